"""Statements on record as rows of a file. Hides which columns there are, and their order.

Each row is one statement with what may be shown of it, where that stands in which text, whose it is, when, and how it
was judged: whoever has the text can check the words by offsets and sha256.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from digests import excerpts, sheets
from digests.model import Article, Development, Source, Span, Statement, Verdict

COLUMNS = (
    "statement_id", "verdict", "actor", "speaker", "kind", "issues", "polarity", "said_first", "said_last", "words",
    "part", "start", "end", "text_sha256", "attribution_sure", "source", "source_class", "language", "url",
    "published_at", "seen_at", "page_read", "article_id", "revision", "story_id",
)  # fmt: skip
"""Columns of an export. `verdict` is "baseline" for a statement of the baseline; `start` and `end` count characters of
the text whose sha256 stands beside them; `page_read` no: the words are from the feed's own text."""

BASELINE = "baseline"


@dataclass(frozen=True)
class Entry:
    """One statement with where it stands and how it was judged."""

    statement: Statement
    span: Span
    article: Article
    source: Source | None
    verdict: Verdict | None
    development: Development | None

    def values(self) -> Mapping[str, sheets.Value]:
        """Its row."""
        s, a = self.statement, self.article
        judged = self.verdict.value if self.verdict else BASELINE if self.development is None else ""
        return {
            "statement_id": s.statement_id,
            "verdict": judged,
            "actor": s.actor_id,
            "speaker": s.speaker,
            "kind": s.kind.value,
            "issues": " ".join(s.issues),
            "polarity": s.polarity.value,
            "said_first": s.said_on.first.isoformat() if s.said_on else None,
            "said_last": s.said_on.last.isoformat() if s.said_on else None,
            "words": self.span.chars,
            "part": s.part.value,
            "start": self.span.start,
            "end": self.span.end,
            "text_sha256": self.span.text.sha,
            "attribution_sure": s.sure,
            "source": a.source_id,
            "source_class": self.source.source_class.value if self.source else None,
            "language": a.language,
            "url": a.url,
            "published_at": stamp(a.published_at),
            "seen_at": stamp(a.seen_at),
            "page_read": a.page_read,
            "article_id": a.article_id,
            "revision": a.revision,
            "story_id": self.development.story_id if self.development else None,
        }


def may_be_shown(statement: Statement, article: Article) -> Span | None:
    """What may be shown of a statement, by the rule of every other answer."""
    return excerpts.of_statement(statement, article) or excerpts.fitting(statement.span)


def stamp(at: datetime | None) -> str | None:
    """An instant as RFC 3339 has it, in UTC, to the second."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if at is not None else None


def head(form: str, about: Mapping[str, object]) -> str:
    """How the file begins, in one of `sheets.FORMS`."""
    if form == "csv":
        return sheets.csv(COLUMNS, ())
    if form == "json":
        return sheets.as_json(about)[:-1] + ', "rows": ['
    told = ((key, value) for key, value in about.items() if value not in {None, ""})
    return "".join(f"- {sheets.escaped(key)}: {sheets.escaped(str(value))}\n" for key, value in told)


def piece(form: str, entry: Entry, *, first: bool) -> str:
    """One statement of it."""
    if form == "csv":
        return sheets.csv_line(COLUMNS, entry.values())
    if form == "json":
        return ("\n" if first else ",\n") + sheets.as_json(entry.values())
    return "\n".join(_paragraphs(entry.values())) + "\n"


def foot(form: str) -> str:
    """How it ends."""
    return "\n]}\n" if form == "json" else ""


def _paragraphs(row: sheets.Values) -> list[str]:
    """One statement: who and when, the words behind a bar, then where they stand."""
    who = " for ".join(sheets.plain(row[c]) for c in ("speaker", "actor") if row[c])
    head = [who, *(sheets.plain(row[c]) for c in ("said_last", "issues", "verdict") if row[c])]
    shown = ("source", "source_class", "language", "published_at", "seen_at", "statement_id", "story_id")
    foot = [f"{c} {sheets.plain(row[c])}" for c in shown if row[c]]
    place = f"{row['part']}, characters {row['start']} to {row['end']} of text sha256 {row['text_sha256']}"
    lines = ["", "## " + sheets.escaped(" · ".join(head)), "", "> " + sheets.escaped(str(row["words"])), ""]
    found = [sheets.escaped(line) for line in (" · ".join(foot), place)]
    link = sheets.address(str(row["url"]))
    return [*lines, "  \n".join([*found, link] if link else found)]

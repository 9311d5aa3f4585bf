"""Promises that are counted rather than graded: silent edits noticed, faults of the baseline found. Hides set-up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from config import Config
from digests import reading
from digests.citing import cite_headline
from digests.lines import fate
from digests.model import Citation, Entry, Feed, Part, Source, SourceClass, Span, Verdict
from digests.novelty import Known
from digests.ports import Recorded
from digests.reading import Reader
from digests.text import sentences
from tests.gate.material import readable

_WORDS = re.compile(r"\w[\w'’-]*")
_TRAIL = re.compile(
    r"^(?:\s*\d{1,2}\.\s+(?:\[[^\]\n]{1,200}\]\([^)\s]{1,300}\)|<span aria-current[^>]{0,40}>[^<]{0,400}</span>))+"
)
_SPAN_CHARS = range(20, 301)  # what a line may carry; addresses are no part of it
_SOURCE = Source("gate-office", "Gate Office", SourceClass.OFFICIAL, "gate-office")
_FEED = Feed("gate-office-feed", _SOURCE.id, "https://office.example/feed", "en")
_TITLE = "Statement on the Ukraine peace plan"  # so that the page is read like any other about the talks
_FIRST_SEEN = datetime(2026, 1, 1, 12, tzinfo=UTC)


@dataclass(frozen=True)
class EditFigures:
    """Sentences, each taken as a posted span, that an edit took away; edits of markup and navigation alone."""

    withdrawn: int
    noticed: int
    standing_reported: int  # sentences that still stand, said to be gone
    markup_only: int
    markup_reported: int  # of these, judged a correction, or with any sentence said to be gone


def silent_edits(rows: Iterable[Mapping[str, Any]], config: Config) -> EditFigures:
    """Each row an edit: markup before (`old`) and after (`new`), taken as two revisions of one article."""
    reader = Reader(config.directory)
    counts = dict.fromkeys(("withdrawn", "noticed", "standing_reported", "markup_only", "markup_reported"), 0)
    for row in rows:
        before, after = (_revision(reader, str(row[key]), n) for n, key in enumerate(("old", "new")))
        stands = " ".join(_words(str(row["new"])))
        spans = _sentences(before)[bool(_TRAIL.match(str(row["old"]))) :]  # the first holds the trail
        gone = [" ".join(_WORDS.findall(span.chars)) not in stands for span in spans]
        kept = {before.article.article_id: (before, after)}
        noticed = [fate(_cited(before, span), kept) is not None for span in spans]
        counts["withdrawn"] += sum(gone)
        counts["noticed"] += sum(g and n for g, n in zip(gone, noticed, strict=True))
        counts["standing_reported"] += sum(n and not g for g, n in zip(gone, noticed, strict=True))
        if _words(_TRAIL.sub("", str(row["old"]))) == _words(_TRAIL.sub("", str(row["new"]))):
            counts["markup_only"] += 1
            counts["markup_reported"] += any(noticed) or _corrects(before, after, config)
    return EditFigures(**counts)


def _revision(reader: Reader, markup: str, number: int) -> Recorded:
    entry = Entry("edit", _TITLE, "", "https://office.example/page", content=markup)
    article = reading.article_of(entry, _FEED, _SOURCE, _FIRST_SEEN + timedelta(hours=number), number)
    return Recorded(article, reader.read(article), None)


def _corrects(before: Recorded, after: Recorded, config: Config) -> bool:
    if before.article.content_sha == after.article.content_sha:
        return False  # the poll takes no revision of it
    known = Known(config.directory, config.baseline, ())
    known.add(before)
    return known.take(after.reading).verdict is Verdict.CORRECTION


def _words(markup: str) -> list[str]:
    return _WORDS.findall(readable(markup))


def _sentences(recorded: Recorded) -> list[Span]:
    record = recorded.article.texts.get(Part.TEXT)
    found = sentences(record, "en") if record else ()
    return [s for s in found if s.end - s.start in _SPAN_CHARS and "](http" not in s.chars]


def _cited(recorded: Recorded, span: Span) -> Citation:
    headline = cite_headline(recorded.article)
    return Citation(span, headline.article_id, headline.source_id, headline.url, Part.TEXT, headline.seen_at)


# --- the baseline ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class FaultFigures:
    """Known faults of the baseline that reports brought to light, and corrections of what was no fault."""

    known: tuple[str, ...]
    found: tuple[str, ...]
    false: tuple[str, ...]  # "the baseline's words <- the report's"


def baseline_faults(recorded: Sequence[Recorded], config: Config) -> FaultFigures:
    """From judged reports: which corrections of the baseline they came to."""
    faults = config.baseline.faults
    found: dict[str, None] = {}
    false: dict[str, None] = {}
    for r in recorded:
        for judgement in r.development.judgements if r.development else ():
            cited = judgement.compared
            if judgement.verdict not in {Verdict.CORRECTION, Verdict.SHIFT} or cited is None:
                continue
            if cited.article_id != config.baseline.article.article_id:
                continue
            meant = [f for f in faults if f.span.start < cited.span.end and cited.span.start < f.span.end]
            found.update(dict.fromkeys(f.span.chars for f in meant))
            if not meant:
                false[f"{cited.span.chars} <- {judgement.statement.span.chars}"] = None
    return FaultFigures(tuple(f.span.chars for f in faults), tuple(found), tuple(false))


def read_in_order(items: Iterable[tuple[Entry, Source, datetime, str]], config: Config) -> list[Recorded]:
    """Entries read and judged one after the other, against the baseline and all before them."""
    reader = Reader(config.directory)
    known = Known(config.directory, config.baseline, reader.read(config.baseline.article).statements)
    found: list[Recorded] = []
    for entry, source, seen, language in items:
        feed = Feed(f"{source.id}-feed", source.id, "", language)
        read = reader.read(reading.article_of(entry, feed, source, seen))
        made = Recorded(read.article, read, known.take(read))
        known.add(made)
        found.append(made)
    return found

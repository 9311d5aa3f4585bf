"""What is labelled: the corpus beside this file, and the shared folder where there is one. Hides both formats.

The shared folder is named by BRIEF_EVAL_DIR (default: `shared` beside the project). What it lacks is an `Absent` with
its path, so that a test can skip and name what it skips.
"""

from __future__ import annotations

import hashlib
import html
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from tests.conftest import REPO
from tests.gate.measures import Cell, Labelled, Said

CORPUS = Path(__file__).resolve().parent / "corpus"


class Absent(Exception):
    """Material that is not on this machine: its path."""


def shared(*parts: str) -> Path:
    """A file of the shared folder; raises Absent."""
    path = Path(os.environ.get("BRIEF_EVAL_DIR") or REPO.parent / "shared").joinpath(*parts)
    if not path.is_file():
        raise Absent(f"{'/'.join(parts)} is not in the shared folder (BRIEF_EVAL_DIR)")
    return path


def fingerprint(paths: Iterable[Path]) -> str:
    """Sixteen hex digits over names and bytes: a label that changes unseen changes them."""
    whole = hashlib.sha256()
    for path in sorted(paths, key=lambda p: p.name):
        whole.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()[:16]


def corpus_files() -> list[Path]:
    """The labelled files of the corpus."""
    return sorted(CORPUS.rglob("*.txt"))


def json_rows(path: Path) -> list[dict[str, Any]]:
    """JSON lines, or one JSON list."""
    text = path.read_text(encoding="utf-8")
    if text.lstrip().startswith("["):
        listed: list[dict[str, Any]] = json.loads(text)
        return listed
    return [json.loads(line) for line in text.split("\n") if line.strip()]


# --- articles and their statements -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class LabelledArticle:
    """An article of the corpus with its statements; `row` is what the `statements` command reads."""

    url: str
    language: str
    row: dict[str, str]
    said: tuple[Said, ...]


@cache
def articles() -> tuple[LabelledArticle, ...]:
    """The articles of the corpus."""
    return tuple(_article(path.read_text(encoding="utf-8")) for path in sorted((CORPUS / "articles").glob("*.txt")))


def _article(raw: str) -> LabelledArticle:
    head, rest = raw.split("\n---\n", 1)
    marked, table = rest.split("\n===\n", 1)
    fields = dict(line.split(": ", 1) for line in head.splitlines())
    text, spans = unmarked(marked.strip())
    url = fields["url"]
    said = tuple(_said(url, line, spans) for line in table.splitlines() if line.strip())
    row = {"url": url, "title": fields["title"], "date": fields["date"], "text": text}
    return LabelledArticle(url, fields.get("language", "en"), row, said)


def unmarked(marked: str) -> tuple[str, dict[str, tuple[int, int]]]:
    """`a {1:b} c` as "a b c" with the offsets of each number."""
    text, spans, open_at = "", {}, ("", 0)
    for piece in re.split(r"(\{\d+:|\})", marked):
        if piece.startswith("{"):
            open_at = piece[1:-1], len(text)
        elif piece == "}":
            spans[open_at[0]] = (open_at[1], len(text))
        else:
            text += piece
    return text, spans


def _said(url: str, line: str, spans: dict[str, tuple[int, int]]) -> Said:
    number, speaker, actor, kind, issues, polarity, day, forms = (part.strip() for part in line.split("|"))
    tags = tuple(forms.split(","))
    start, end = spans[number]
    return Said(
        article=url,
        start=start,
        end=end,
        speaker=speaker,
        actor=actor,
        kind=kind,
        issues=frozenset(issues.split(",")),
        polarity=polarity,
        said_on=day if day[0].isdigit() else None,
        sure="unsure" not in tags,
        vague=day == "~",
        forms=tuple(t for t in tags if t != "unsure"),
    )


def said_of(row: dict[str, Any]) -> Said:
    """A row of a statements file, labelled or found."""
    return Said(
        article=str(row["article"]),
        start=row["start"],
        end=row["end"],
        speaker=row.get("speaker") or "",
        actor=row["actor"],
        kind=row.get("kind") or "",
        issues=frozenset(row.get("issues") or ()),
        polarity=row.get("polarity") or "",
        said_on=row.get("said_on"),
        sure=row.get("sure", True),
    )


def corpus_cells() -> list[Cell]:
    """Positions that the corpus's own statements make: every statement of the newest day of a cell may stand there."""
    dated: dict[tuple[str, str], list[tuple[str, Said]]] = {}
    for article in articles():
        for said in article.said:
            if said.sure and said.kind != "analysis" and not {"old", "vague-date"} & set(said.forms):
                for issue in said.issues:
                    dated.setdefault((said.actor, issue), []).append((said.said_on or article.row["date"], said))
    made = []
    for (actor, issue), rows in sorted(dated.items()):
        newest = max(day for day, _ in rows)
        made.append(Cell(actor, issue, tuple((s.article, s.start) for day, s in rows if day == newest)))
    return made


def cells(path: Path) -> list[Cell]:
    """Labelled positions of a file: two newest statements may stand as the newest, since hours are not labelled."""
    rows = json.loads(path.read_text(encoding="utf-8"))
    return [
        Cell(
            r["actor"],
            r["issue"],
            tuple((a, s) for a, s in r["keys"][:2]),
            wanted=r.get("sure", True) and not r["old_only"],
        )
        for r in rows
    ]


# --- feed items ------------------------------------------------------------------------------------------------------


_INLINE = re.compile(r"</?(?:a|b|i|u|em|strong|span|font|small|sup|sub|code|q|cite|abbr|mark|time)\b[^>]*>", re.I)


def readable(markup: str | None) -> str:
    """Text as a reader sees it: inline tags vanish, other tags part words, entities resolved, white space folded."""
    text = html.unescape(markup or "")
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", _INLINE.sub("", text))).split())


@cache
def feed_items() -> tuple[tuple[dict[str, Any], Labelled], ...]:
    """Items of the corpus: each as the `replay` command reads it, and its labels."""
    raw = (CORPUS / "items.txt").read_text(encoding="utf-8")
    blocks = [b for b in re.split(r"\n\s*\n", raw.strip()) if b.strip()]
    return tuple(_feed_item(n, block) for n, block in enumerate(blocks, 1))


def _feed_item(number: int, block: str) -> tuple[dict[str, Any], Labelled]:
    fields = {line[0]: line[2:].strip() for line in block.splitlines()}
    seen, source, language = (part.strip() for part in fields["@"].split("|"))
    host = re.sub(r"[^a-z]+", "-", source.lower())
    row: dict[str, Any] = {
        "id": number,
        "seen": f"{seen}:00+00:00",
        "source_title": source,
        "language": language,
        "title": fields["T"],
        "description": fields["D"],
        "link": fields.get("U", f"https://{host}.example/{number}"),
    }
    relevance, story, verdict, weight, actors, issues, *more = (part.strip() for part in fields["="].split("|"))
    return row, Labelled(
        item=str(number),
        seen=datetime.fromisoformat(row["seen"]).astimezone(UTC),
        relevance=relevance,
        story=story,
        verdict=verdict,
        weight=int(weight),
        actors=_set(actors),
        issues=_set(issues),
        sure="unsure" not in more,
        texts=(readable(fields["T"]), readable(fields["D"])),
    )


def _set(listed: str) -> frozenset[str]:
    return frozenset(listed.split(",")) - {"-"}


def labelled_items(labels: Iterable[Mapping[str, Any]], items: Iterable[Mapping[str, Any]]) -> list[Labelled]:
    """Rows of labels, with the texts of the items they label."""
    rows = {str(r["id"]): r for r in items}
    return [
        Labelled(
            item=str(g["id"]),
            seen=datetime.fromisoformat(rows[str(g["id"])]["seen"].replace("Z", "+00:00")).astimezone(UTC),
            relevance=g["relevant"],
            story=g["story"],
            verdict=g["novelty"],
            weight=g["weight"],
            actors=frozenset(g["actors"]),
            issues=frozenset(g["issues"]),
            sure=g.get("sure", True),
            texts=tuple(readable(rows[str(g["id"])].get(f)) for f in ("title", "description", "text")),
        )
        for g in labels
    ]


# --- pairs -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ShiftPair:
    """Two dated sentences of one speaker, what a reader calls the second beside the first, and what changed."""

    label: str  # shift, possible, same, other, wording
    changed: str
    actor: str
    speaker: str
    issues: frozenset[str]
    language: str
    hard: bool
    before: tuple[str, str]  # day, sentence
    after: tuple[str, str]

    @property
    def moved(self) -> bool:
        """Whether a reader should be shown both."""
        return self.label in {"shift", "possible"}


@cache
def shift_pairs() -> tuple[ShiftPair, ...]:
    """The shift pairs of the corpus."""
    return tuple(_shift_pairs((CORPUS / "shifts.txt").read_text(encoding="utf-8")))


def _shift_pairs(raw: str) -> Iterator[ShiftPair]:
    lines = [line for line in raw.splitlines() if line[:2] in {"@ ", "a ", "b "}]
    for head, a, b in zip(lines[::3], lines[1::3], lines[2::3], strict=True):
        label, changed, actor, speaker, issues, *more = (part.strip() for part in head[2:].split("|"))
        language = next((m for m in more if m in {"uk", "ru"}), "en")
        yield ShiftPair(label, changed, actor, speaker, _set(issues), language, "hard" in more, _dated(a), _dated(b))


def _dated(line: str) -> tuple[str, str]:
    day, _, sentence = line[2:].partition(" | ")
    return day.strip(), sentence.strip()


@cache
def headline_pairs() -> tuple[tuple[bool, str, str], ...]:
    """Headline pairs of the corpus, with whether both report one happening."""
    lines = (CORPUS / "headlines.txt").read_text(encoding="utf-8").splitlines()
    rows = [line.split(" | ") for line in lines if line[:2] in {"0 ", "1 "}]
    return tuple((label == "1", a.strip(), b.strip()) for label, a, b in rows)

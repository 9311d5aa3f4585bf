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
from digests.model import Citation, Entry, Feed, Part, Reading, Relevance, Source, SourceClass, Span, Verdict
from digests.novelty import Known
from digests.ports import Recorded
from digests.reading import Reader
from tests.gate.material import readable

_QUOTED = re.compile(r"[“\"]([^“”\"\n]{20,400})[”\"]")
_WORDS = re.compile(r"[\w'’-]+")
_SOURCE = Source("gate-office", "Gate Office", SourceClass.OFFICIAL, "gate-office")
_FEED = Feed("gate-office-feed", _SOURCE.id, "https://office.example/feed", "en")
_FIRST_SEEN = datetime(2026, 1, 1, 12, tzinfo=UTC)


@dataclass(frozen=True)
class EditFigures:
    """Quoted passages that an edit took away and that were noticed; edits of markup alone that were reported."""

    withdrawn: int
    noticed: int
    standing_reported: int  # passages that still stand, reported as gone
    markup_only: int
    markup_reported: int


def silent_edits(rows: Iterable[Mapping[str, Any]]) -> EditFigures:
    """Each row an edit: markup before (`old`) and after (`new`), taken as two revisions of one article."""
    counts = dict.fromkeys(("withdrawn", "noticed", "standing_reported", "markup_only", "markup_reported"), 0)
    for row in rows:
        before, after = _revision(str(row["old"]), 0), _revision(str(row["new"]), 1)
        if _words(str(row["old"])) == _words(str(row["new"])):
            counts["markup_only"] += 1
            counts["markup_reported"] += before.article.content_sha != after.article.content_sha
        stands = " ".join(_words(str(row["new"])))
        for span in _quotations(before):
            gone = " ".join(_WORDS.findall(span.chars)) not in stands
            noticed = fate(_cited(before, span), {before.article.article_id: (before, after)}) is not None
            counts["withdrawn"] += gone
            counts["noticed"] += gone and noticed
            counts["standing_reported"] += noticed and not gone
    return EditFigures(**counts)


def _revision(markup: str, number: int) -> Recorded:
    entry = Entry("edit", "A page that is edited", "", "https://office.example/page", content=markup)
    seen = _FIRST_SEEN + timedelta(hours=number)
    article = reading.article_of(entry, _FEED, _SOURCE, seen, number)
    return Recorded(article, Reading(article, Relevance.YES, (), (), ()), None)


def _words(markup: str) -> list[str]:
    return _WORDS.findall(readable(markup))


def _quotations(recorded: Recorded) -> list[Span]:
    record = recorded.article.texts.get(Part.TEXT)
    return [record.span(*found.span(1)) for found in _QUOTED.finditer(record.body)] if record else []


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

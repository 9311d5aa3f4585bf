"""Versions of the baseline: the words of one amended, an article or a day taken instead. Hides how offsets move.

A version is never changed: an amended text is a text of record of its own, kept whole, and every span of it is cut from
it. What was on record by a day is the record's own statements, so nothing of it is written anew.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from digests import text
from digests.model import Article, Baseline, Days, Fault, Part, Span, Statement, TextOfRecord
from digests.ports import BaselineVersion

WORDS_AT_MOST = 500
"""Characters of the words that one amendment takes away, and of those that it puts there."""


@dataclass(frozen=True)
class Amended:
    """The next version, and what was changed: the words in the text that was, and in the one that is."""

    baseline: Baseline
    was: Span
    now: Span


def in_force(files: Baseline, versions: Sequence[BaselineVersion]) -> Baseline:
    """The newest version; of two with one number that of a command, which was announced."""
    held = max(versions, key=lambda v: v.baseline.version, default=None)
    return held.baseline if held is not None and held.baseline.version >= files.version else files


def article_id(version: int) -> str:
    """The id of a version that has a text of its own."""
    return f"baseline-v{version}"


def amended(held: Baseline, files: Baseline, old: str, new: str) -> Amended | int:
    """The next version with other words in one place; how often the old words stand there where that is not once.
    `files`: the version of the files, whose source amended texts count as."""
    version = held.version + 1
    found = _places(held.article, old, re.escape) or _places(held.article, old, _as_typed)
    if len(found) != 1:
        return len(found)
    [(part, start, end)] = found
    before = held.article.texts[part]
    words = text.record(new).body
    after = before.body[:start] + words + before.body[end:]
    made = text.as_given(after)
    article = replace(
        files.article,
        article_id=article_id(version),
        language=held.article.language,
        seen_at=held.article.seen_at,
        published_at=held.article.published_at,
        texts={**held.article.texts, part: made},
        content_sha=made.sha,
    )
    faults = tuple(f for f in (_moved(f, before.sha, start, end, made, len(words)) for f in held.faults) if f)
    baseline = replace(held, version=version, article=article, faults=faults, taken_from="", amended=True)
    return Amended(baseline, before.span(start, end), made.span(start, start + len(words)))


def _places(article: Article, words: str, form: Callable[[str], str]) -> list[tuple[Part, int, int]]:
    """Where words stand in the texts of an article, start and end; `form` makes a pattern of them."""
    pattern = re.compile(form(words))
    return [(part, *m.span()) for part, body in article.texts.items() for m in pattern.finditer(body.body)]


def _as_typed(words: str) -> str:
    """A pattern of words for which a keyboard's own quotation mark or apostrophe was typed."""
    return "".join({'"': '["“”„«»]', "'": "['’‘]"}.get(letter, re.escape(letter)) for letter in words)


def _moved(fault: Fault, sha: str, start: int, end: int, made: TextOfRecord, length: int) -> Fault | None:
    """A known fault in the amended text; None where it was amended away."""
    span = fault.span
    if span.text.sha != sha:
        return fault
    if span.end <= start:
        return replace(fault, span=made.span(span.start, span.end))
    if span.start >= end:
        by = length - (end - start)
        return replace(fault, span=made.span(span.start + by, span.end + by))
    return None


def of_article(held: Baseline, article: Article) -> Baseline:
    """A stored article as the next version, as it was recorded: with its publisher, its address and no known faults."""
    day = (article.published_at or article.seen_at).date()
    return Baseline(held.version + 1, article, (), Days(day, day), taken_from=article.key)


def of_day(held: Baseline, day: date, until: datetime) -> Baseline:
    """What was on record by the end of a day, as the next version; the text that was compared with stays known."""
    return replace(held, version=held.version + 1, as_of=until, as_of_day=day)


def of_version(held: Baseline, earlier: Baseline) -> Baseline:
    """An earlier version once more, as the next one."""
    return replace(earlier, version=held.version + 1)


def parted(
    statements: Iterable[Statement], seen_at: Mapping[str, datetime], until: datetime | None
) -> tuple[list[Statement], list[Statement]]:
    """Statements on record, those of the baseline's day and before first. `until` None: all are newer."""
    then: list[Statement] = []
    since: list[Statement] = []
    for s in statements:
        at = seen_at.get(s.article_id)
        (then if until is not None and at is not None and at <= until else since).append(s)
    return then, since

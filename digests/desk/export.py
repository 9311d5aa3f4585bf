"""Export: statements on record as a file. Hides how much of the record fits into one.

The record in memory is gone through in bounded steps, between which the event loop is free.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from digests import exports, matching
from digests.desk import position
from digests.desk.newsroom import Newsroom
from digests.exports import Entry
from digests.frames import say
from digests.model import Article, Count, Development, File, Frame, Instant, Name, Page, Row, Statement, Tone, Verdict

MOST_ROWS = 2_000
"""Statements of one file."""
MOST_CHARACTERS = 1_000_000
"""Characters of one file: it is kept until Slack has it."""
STEP = 50
"""Statements that are looked at before others get a turn."""
OF_STATEMENTS = ("actor", "issue", "verdict", "kind")
"""Filters that ask of the statement itself; the others ask of its article."""


@dataclass(frozen=True)
class Wish:
    """Which statements, as which kind of file: filters as in `digests.matching`, on record after `since`, until
    `until`."""

    form: str
    filters: Mapping[str, Sequence[str]]
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class _Found:
    entries: tuple[Entry, ...]
    all: int
    left: int


async def export(room: Newsroom, wish: Wish, zone: str, now: datetime) -> Page:
    """The page that a file goes below; without one where nothing fits."""
    async with room.ledger:
        await room.catch_up()
    found = await _found(room, wish)
    about: dict[str, object] = {
        "made_at": exports.stamp(now),
        "filters": " ".join(f"{key}:{','.join(values)}" for key, values in wish.filters.items()),
        "since": exports.stamp(wish.since),
        "until": exports.stamp(wish.until),
        "baseline_version": room.watching.baseline.version,
        "on_record": found.all,
    }
    entries, text = await _written(wish.form, about, found.entries)
    title = say("export.title", n=Count(len(entries)), form=Name(wish.form), at=Instant(now))
    rows = (Row(Tone.TITLE, (title,)), *(Row(Tone.WARNING, (m,)) for m in room.setting.marks))
    page = Page("export", zone, (title,), (*rows, *_told(wish, found, len(entries))))
    if not entries:
        return page
    name = f"statements-{now.astimezone(UTC):%Y-%m-%d}.{wish.form}"
    return Page(page.kind, zone, page.summary, page.rows, files=(File(name, title, text),))


async def _written(form: str, about: Mapping[str, object], entries: Sequence[Entry]) -> tuple[Sequence[Entry], str]:
    """The newest entries that fit into one file, and its text."""
    pieces = [exports.head(form, about)]
    size = len(pieces[0])
    for n, entry in enumerate(entries):
        if n % STEP == 0:
            await asyncio.sleep(0)
        pieces.append(exports.piece(form, entry, first=n == 0))
        size += len(pieces[-1])
        if size > MOST_CHARACTERS:
            return entries[:n], "".join([*pieces[:-1], exports.foot(form)])
    return entries, "".join([*pieces, exports.foot(form)])


def _told(wish: Wish, found: _Found, shown: int) -> Iterator[Row]:
    """What was asked for, and what is not in the file."""
    asked: list[Frame] = [say("label.name", name=Name(f"{k}:{','.join(v)}")) for k, v in wish.filters.items()]
    asked += [say("export.since", at=Instant(wish.since))] if wish.since else []
    asked += [say("export.until", at=Instant(wish.until))] if wish.until else []
    if asked:
        yield Row(Tone.META, tuple(asked))
    if not shown:
        yield Row(Tone.WARNING, (say("export.nothing"),))
        return
    if shown < found.all:
        yield Row(Tone.WARNING, (say("export.of", n=Count(shown), all=Count(found.all)),))
    yield Row(Tone.META, (say("export.columns"),))
    if wish.form == "csv":
        yield Row(Tone.META, (say("export.formula"),))
    if found.left:
        yield Row(Tone.META, (say("export.left", n=Count(found.left)),))


async def _found(room: Newsroom, wish: Wish) -> _Found:
    """What fits, newest first; each statement of an article once, as its newest revision has it."""
    verdicts = position.verdicts_of(room)
    entries: list[Entry] = []
    seen: set[tuple[str, str, str]] = set()
    fitting = left = 0
    for n, (s, article, development) in enumerate(_statements(room, wish), 1):
        if n % STEP == 0:
            await asyncio.sleep(0)
        verdict = verdicts.get(s.statement_id)
        again = (s.article_id, s.actor_id, s.span.chars)
        if again in seen or not _fits(s, verdict, wish.filters, room):
            continue
        seen.add(again)
        fitting += 1
        span = exports.may_be_shown(s, article)
        if span is None:
            left += 1
        elif len(entries) < MOST_ROWS:
            entries.append(Entry(s, span, article, room.source(article.source_id), verdict, development))
    return _Found(tuple(entries), fitting - left, left)


def _statements(room: Newsroom, wish: Wish) -> Iterator[tuple[Statement, Article, Development | None]]:
    """Statements of articles that fit, newest first; the baseline's at the end, where no later time is asked for."""
    of_articles = {key: values for key, values in wish.filters.items() if key not in OF_STATEMENTS}
    for r in sorted(room.recorded.values(), key=lambda r: (r.article.seen_at, r.seq), reverse=True):
        if wish.since is not None and r.article.seen_at <= wish.since:
            break
        late = wish.until is not None and r.article.seen_at > wish.until
        if late or matching.unfit(of_articles, r, room.directory):
            continue
        yield from ((s, r.article, r.development) for s in r.reading.statements)
    if wish.since is None and not of_articles:
        yield from ((s, room.watching.baseline.article, None) for s in room.baseline_apart)


def _fits(s: Statement, verdict: Verdict | None, filters: Mapping[str, Sequence[str]], room: Newsroom) -> bool:
    judged = verdict.value if verdict else ""
    has: Mapping[str, Callable[[str], bool]] = {
        "actor": lambda v: room.directory.rolls_up(s.actor_id, v),
        "issue": lambda v: v in s.issues,
        "verdict": lambda v: v.replace("-", " ") == judged,
        "kind": lambda v: v == s.kind.value,
    }
    return all(any(map(has[key], values)) for key, values in filters.items() if key in has)

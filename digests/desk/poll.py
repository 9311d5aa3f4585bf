"""Poll: from a due feed to recorded developments and pending alerts. Hides conditional GET and first contact."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypeVar

from digests import polling, reading
from digests.desk import alert, asking, correct, corroborate, review
from digests.desk.newsroom import Newsroom
from digests.desk.owing import NOTHING_OWED, Owed
from digests.model import Article, Entry, Feed, Part, Reading, Relevance, Source, SourceClass
from digests.ports import FeedDocument, FeedState, Fetched, FetchFailed, Intake, NotModified, Recorded

AT_ONCE = 16
"""Feeds polled at the same time: twice the hung feeds that one deadline may hold (notes on scale, 2.3)."""
PAGES_AT_MOST = 12
"""Article pages fetched in one poll of one feed; the rest keep the feed's own text."""
IRRELEVANT_BATCH = 200


@dataclass(frozen=True)
class Polled:
    """What one poll came to: `outcome` is news, nothing-new, not-modified, failed or not-a-feed."""

    feed_id: str
    outcome: str
    items: int = 0
    developments: int = 0
    detail: str = ""


async def poll_due(room: Newsroom, now: datetime) -> list[Polled]:
    """Poll every feed that is due, a few at a time and at most two per host. A feed that breaks harms no other.

    They are read together and recorded one after the other in the order of the files, so that the same answers give the
    same record whoever answers first.
    """
    states = await room.store.feed_states()
    gate = asyncio.Semaphore(AT_ONCE)
    hosts: dict[str, asyncio.Semaphore] = {}

    async def one(feed: Feed, before: asyncio.Event, done: asyncio.Event) -> Polled:
        host = hosts.setdefault(polling.host_of(feed.url), asyncio.Semaphore(2))
        state = states.get(feed.id, FeedState(feed.id))
        try:
            async with host, gate:
                came = await _guarded(room, feed, state, now, _read(room, feed, state, now))
            await before.wait()
            if isinstance(came, _Came):
                came = await _guarded(room, feed, state, now, _record(room, came, now))
        finally:
            done.set()
        return _noted(room, came)

    due = polling.due(states, room.watching.feeds, now)
    turns = [asyncio.Event() for _ in range(len(due) + 1)]
    turns[0].set()
    return list(await asyncio.gather(*(one(feed, turns[n], turns[n + 1]) for n, feed in enumerate(due))))


async def guarded_poll(room: Newsroom, feed: Feed, state: FeedState, now: datetime) -> Polled:
    """One poll; a bug in it is noted with the feed and does not stop the others."""
    came = await _guarded(room, feed, state, now, _read(room, feed, state, now))
    if isinstance(came, _Came):
        came = await _guarded(room, feed, state, now, _record(room, came, now))
    return _noted(room, came)


@dataclass(frozen=True)
class _Came:
    """What a feed brought, read and not yet recorded."""

    feed: Feed
    arrivals: Arrivals
    readings: Sequence[Reading]


_Step = TypeVar("_Step", Polled, Polled | _Came)


async def _guarded(room: Newsroom, feed: Feed, state: FeedState, now: datetime, step: Awaitable[_Step]) -> _Step:
    try:
        return await step
    except Exception as bug:  # one of the three named places: a feed must not stop the others
        room.ports.notes("feed_poll_broke", feed=feed.id, error=type(bug).__name__, detail=str(bug)[:300])
        failed = FetchFailed("broke", detail=f"{type(bug).__name__} while reading this feed; see the log")
        return await _failed(room, feed, state, failed, now)


def _noted(room: Newsroom, polled: Polled) -> Polled:
    room.ports.notes(
        "feed_polled", feed=polled.feed_id, outcome=polled.outcome, items=polled.items, detail=polled.detail
    )
    return polled


async def _read(room: Newsroom, feed: Feed, state: FeedState, now: datetime) -> Polled | _Came:
    """Fetch one feed and read what is unseen; what brings nothing writes its next check and ends here."""
    if room.ports.fetcher is None:
        raise RuntimeError("this run has no fetcher: feeds cannot be polled")
    answer = await room.ports.fetcher.feed(feed.url, state.validators)
    if isinstance(answer, FetchFailed):
        return await _failed(room, feed, state, answer, now)
    if isinstance(answer, NotModified):
        after = polling.next_check(state, answer, feed, now, room.ports.jitter())
        await room.store.save_feed_state(after, now, ok=True)
        return Polled(feed.id, "not-modified")
    return await _fetched(room, feed, state, answer, now)


async def _failed(room: Newsroom, feed: Feed, state: FeedState, failed: FetchFailed, now: datetime) -> Polled:
    after = polling.next_check(state, failed, feed, now, room.ports.jitter())
    await room.store.save_feed_state(after, now, ok=False)
    return Polled(feed.id, "failed", detail=f"{failed.reason} {failed.status or ''} {failed.detail}".strip())


async def _fetched(room: Newsroom, feed: Feed, state: FeedState, answer: Fetched, now: datetime) -> Polled | _Came:
    body_sha = hashlib.sha256(answer.body).hexdigest()
    after = polling.next_check(state, answer, feed, now, room.ports.jitter())
    if body_sha == state.body_sha:
        await room.store.save_feed_state(replace(after, body_sha=body_sha, item_hashes=state.item_hashes), now, ok=True)
        return Polled(feed.id, "nothing-new")
    document = await room.ports.analyst.parse(
        answer.body, answer.content_type, answer.final_url, frozenset(state.item_hashes)
    )
    if document.problem:
        return await _failed(room, feed, state, FetchFailed("not-a-feed", detail=document.problem), now)
    after = _paced(replace(after, body_sha=body_sha, item_hashes=document.item_hashes), document, now)
    source = room.source(feed.source_id) or Source(
        feed.source_id, feed.source_id, SourceClass.INDEPENDENT, feed.source_id
    )
    first_contact = state.last_ok_at is None
    arrivals = Arrivals(feed, source, document.entries, first_contact, feed_state=after)
    return _Came(feed, arrivals, await _readings(room, arrivals, now))


async def _record(room: Newsroom, came: _Came, now: datetime) -> Polled:
    """Record what a feed brought."""
    taken = await _recorded(room, came.arrivals, came.readings, now)
    developments = sum(1 for r in taken if r.development is not None and r.development.verdict.tells)
    return Polled(came.feed.id, "news" if taken else "nothing-new", items=len(taken), developments=developments)


def _paced(state: FeedState, document: FeedDocument, now: datetime) -> FeedState:
    """The document's own ttl may only slow the polling down, to a day at most; it is remembered for the next check."""
    if document.ttl is None or state.next_check_at is None:
        return replace(state, ttl=None)
    slowest = min(now + document.ttl, now + timedelta(hours=24))
    return replace(state, ttl=document.ttl, next_check_at=max(state.next_check_at, slowest))


# --- from parsed entries on: what live polling and replay share ---------------------------------------------------


@dataclass(frozen=True)
class Arrivals:
    """Parsed entries of one feed, newest first. `backfill`: first contact; `feed_state` is written last."""

    feed: Feed
    source: Source
    entries: tuple[Entry, ...]
    backfill: bool = False
    alerts: bool = True
    feed_state: FeedState | None = None


async def take(room: Newsroom, arrivals: Arrivals, now: datetime) -> tuple[Recorded, ...]:
    """Record the unseen and the edited among parsed entries, oldest first; returns what was new to the store.

    Each article about the talks is judged and recorded in a transaction of its own, with the alerts it owes; the feed
    state is written last, so that a poll that was cut short is simply done again.
    """
    return await _recorded(room, arrivals, await _readings(room, arrivals, now), now)


async def _readings(room: Newsroom, arrivals: Arrivals, now: datetime) -> Sequence[Reading]:
    """What the unseen entries say; nothing is recorded."""
    venues = room.venues.at(now)
    articles = await _unseen(room, arrivals, now)
    articles = await _with_pages(room, arrivals.feed, articles, now, venues)
    return await room.ports.analyst.read(articles, venues) if articles else []


async def _recorded(
    room: Newsroom, arrivals: Arrivals, readings: Sequence[Reading], now: datetime
) -> tuple[Recorded, ...]:
    taken: list[Recorded] = []
    async with room.ledger:
        if any(r.relevance is not Relevance.NO or r.article.revision for r in readings):
            await room.catch_up()
        readings = [_still_told(room, r) for r in readings]
        quiet = [Recorded(r.article, r, None, arrivals.backfill) for r in readings if r.relevance is Relevance.NO]
        for r in readings:
            if r.relevance is not Relevance.NO:
                taken.extend(await _record_one(room, r, arrivals, now))
        for intake in _quiet_intakes(quiet, arrivals, now):
            taken.extend(await room.store.record(intake))
    return tuple(taken)


def _quiet_intakes(quiet: Sequence[Recorded], arrivals: Arrivals, now: datetime) -> Iterator[Intake]:
    """Articles that are not about the talks, in batches; the feed state goes with the last one."""
    for start in range(0, max(1, len(quiet)), IRRELEVANT_BATCH):
        batch = tuple(quiet[start : start + IRRELEVANT_BATCH])
        state = arrivals.feed_state if start + IRRELEVANT_BATCH >= len(quiet) else None
        if batch or state is not None:
            seen = len(arrivals.entries) if state else 0
            yield Intake(state, batch, polled_at=now if state else None, items_seen=seen)


def _still_told(room: Newsroom, r: Reading) -> Reading:
    """A revision that says nothing of the talks any more still bears on what was told of the article: words may be gone
    from it, or all of it withdrawn."""
    known = r.article.revision > 0 and r.article.article_id in room.by_article
    return replace(r, relevance=Relevance.CONTEXT) if known and r.relevance is Relevance.NO else r


async def _record_one(room: Newsroom, one: Reading, arrivals: Arrivals, now: datetime) -> tuple[Recorded, ...]:
    recorded = Recorded(one.article, one, room.judge(one), arrivals.backfill)
    return await record(room, recorded, now, alerts=not arrivals.backfill and arrivals.alerts)


async def revise(room: Newsroom, reading: Reading, now: datetime) -> tuple[Recorded, ...]:
    """Record a later revision of a told article. Call with the ledger held."""
    await room.catch_up()
    still = _still_told(room, reading)
    return await record(room, Recorded(still.article, still, room.judge(still)), now)


async def record(room: Newsroom, recorded: Recorded, now: datetime, *, alerts: bool = True) -> tuple[Recorded, ...]:
    """Record one article that was judged, in one transaction with all that it owes. Call with the ledger held."""
    owed = NOTHING_OWED
    item = review.queued(room, recorded, now) if alerts else None
    if alerts:
        owed = await correct.owed(room, recorded, now)
        spared = {mark.conversation for mark in owed.told}
        waits = item is not None and room.watching.hold_until_approved
        owed = owed.and_(await alert.owed(room, recorded, now, spared=spared, so_far=owed, folds=not waits))
        owed = owed.and_(await corroborate.owed(room, recorded, now, owed))
        owed = owed.and_(await asking.corrected(room, recorded, now))
    if item is not None:
        owed = await review.held(room, owed, now)
        owed = owed.and_(Owed(deliveries=await asking.notices(room, recorded, item, now)))
    new = await room.store.record(
        Intake(
            None,
            (recorded,),
            deliveries=owed.deliveries,
            told=owed.told,
            lines=owed.lines,
            follows=owed.follows,
            relaid=owed.relaid,
            reviews=(item,) if item is not None else (),
        )
    )
    for r in new:
        room.fold(r)
    return new


async def _unseen(room: Newsroom, arrivals: Arrivals, now: datetime) -> list[Article]:
    """Articles of entries never seen, and revisions of those whose text changed, oldest first."""
    feed, source = arrivals.feed, arrivals.source
    marks = await room.store.seen(feed.id, [e.entry_id for e in arrivals.entries])
    found: dict[str, Article] = {}
    for entry in arrivals.entries:
        mark = marks.get(entry.entry_id)
        revision = mark.revision + 1 if mark else 0
        article = reading.article_of(entry, feed, source, now, revision)
        if mark is None or mark.content_sha != article.content_sha:
            found.setdefault(entry.entry_id, article)
    return list(reversed(found.values()))


async def _with_pages(
    room: Newsroom, feed: Feed, articles: list[Article], now: datetime, venues: Sequence[str]
) -> list[Article]:
    """Fetch the pages of articles that may be about the talks, within robots and limits."""
    if room.ports.fetcher is None or not feed.fetch_pages:
        return articles
    wanted = [a for a in articles if Part.TEXT not in a.texts and a.url and room.interest.in_page(a, venues)]
    chosen = {a.key for a in wanted[-PAGES_AT_MOST:]}
    return [await _paged(room, a, now) if a.key in chosen else a for a in articles]


async def _paged(room: Newsroom, article: Article, now: datetime) -> Article:
    if room.ports.fetcher is None:
        return article
    answer = await room.ports.fetcher.page(article.url, now)
    if isinstance(answer, FetchFailed):
        room.ports.notes("page_not_read", article=article.article_id, reason=answer.reason, status=answer.status)
        return article
    text = await room.ports.analyst.extract(answer.body, answer.content_type)
    if text is None:
        return article
    return replace(article, texts={**article.texts, Part.TEXT: text}, page_read=True)

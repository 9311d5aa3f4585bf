"""Sources: what is read, and how each feed does. Hides where the figures are kept."""

from __future__ import annotations

from datetime import datetime, timedelta

from digests import record_pages
from digests.desk import position
from digests.desk.newsroom import Newsroom
from digests.model import Page
from digests.ports import FeedCoverage, FeedState
from digests.record_pages import FeedHealth, SourceRead

LOOKED = timedelta(days=7)
QUIET = timedelta(days=3)
"""A feed that answers and brought nothing for this long is said to be quiet."""


async def page(room: Newsroom, zone: str, now: datetime) -> Page:
    """Publishers by side, with their share of what came."""
    coverage = {c.feed_id: c for c in await room.coverage(now - LOOKED, now)}
    newest = _newest(room)
    read = []
    for source in room.directory.sources:
        feeds = [f for f in room.watching.feeds if f.source_id == source.id]
        if feeds:
            items = sum(coverage[f.id].items for f in feeds if f.id in coverage)
            read.append(SourceRead(source, len(feeds), items, newest.get(source.id)))
    missing = [v.name for v in await position.voices_missing(room, now)]
    return record_pages.sources(read, missing, zone, room.setting)


def _newest(room: Newsroom) -> dict[str, datetime]:
    """When the newest article on record of each source was seen."""
    newest: dict[str, datetime] = {}
    for r in room.recorded.values():
        at = r.article.seen_at
        newest[r.article.source_id] = max(at, newest.get(r.article.source_id, at))
    return newest


async def health(room: Newsroom, zone: str, now: datetime) -> Page:
    """How each configured feed does."""
    states = await room.store.feed_states()
    coverage = {c.feed_id: c for c in await room.coverage(now - LOOKED, now)}
    feeds = []
    for feed in room.watching.feeds:
        source = room.source(feed.source_id)
        state, read = states.get(feed.id, FeedState(feed.id)), coverage.get(feed.id)
        feeds.append(_health(feed.id, source.side if source else "", state, read, now))
    return record_pages.health(feeds, now, zone, room.setting)


def _health(feed_id: str, side: str, state: FeedState, read: FeedCoverage | None, now: datetime) -> FeedHealth:
    newest = read.newest if read else None
    quiet = state.failing_since is None and state.last_ok_at is not None and newest is not None and newest < now - QUIET
    return FeedHealth(
        feed_id,
        side,
        state.last_outcome,
        state.last_ok_at,
        state.next_check_at,
        state.errors,
        state.failing_since,
        read.items if read else 0,
        newest if quiet else None,
    )

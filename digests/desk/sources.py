"""Sources: what is read, and how each feed does. Hides where the figures are kept."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from datetime import datetime, timedelta

from digests import addresses, record_pages
from digests.desk import position
from digests.desk.newsroom import Newsroom
from digests.frames import echo, say
from digests.model import NOTICE, Button, Name, Page, Row, Tone
from digests.polling import host_of
from digests.ports import FeedCoverage, FeedState
from digests.record_pages import FeedHealth, SourceRead

LOOKED = timedelta(days=7)
FEEDS_AT_MOST = 8
"""Feeds of one publisher that are named."""
ALIKE = 0.6
"""Share of its characters from which a name is offered as the nearest."""
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


@dataclass(frozen=True)
class SourceChange:
    """What somebody wishes to add, pause, resume, remove or label: an address, or a source's or feed's id or name as it
    was typed; `kind`: the class that it should have."""

    what: str
    typed: str
    kind: str = ""


def change(room: Newsroom, wish: SourceChange, zone: str) -> Page:
    """What is read is what the files say: nothing is done, and the answer says what to write where, for this one."""
    rows = _added(room, wish) if wish.what == "add" else _changed(room, wish)
    if rows[0].tone is Tone.WARNING:
        return Page(NOTICE, zone, (say("sources.by_file"),), tuple(rows))
    rows.append(Row(Tone.META, (say("sources.counts_from"),)))
    if room.watching.admins:
        rows.append(Row(Tone.META, (say("sources.who", who=tuple(map(Name, room.watching.admins))),)))
    page = record_pages.titled(NOTICE, say("sources.by_file"), rows, zone, room.setting)
    return record_pages.plus(page, Button(say("button.health"), "ask", "sources status"))


def _added(room: Newsroom, wish: SourceChange) -> list[Row]:
    """Whether its publisher is read already; where its lines go."""
    host = addresses.plain(wish.typed).partition("/")[0].partition("?")[0]
    there = [f.id for f in room.watching.feeds if addresses.same_site(host_of(f.url), host)]
    known = say("sources.read_there", host=echo(host), feeds=tuple(map(Name, there[:FEEDS_AT_MOST])))
    return [
        Row(Tone.STATUS, (known if there else say("sources.not_there", host=echo(host or wish.typed)),)),
        Row(Tone.PLAIN, (say("sources.to_add"),)),
    ]


def _changed(room: Newsroom, wish: SourceChange) -> list[Row]:
    """The source as it is, with its feeds, and what is written to change it; the nearest where there is none such."""
    feeds = room.watching.feeds
    read = {f.source_id: room.source(f.source_id) for f in feeds}
    named: dict[str, str] = {f.id: f.source_id for f in feeds}
    named |= {key: s.id for s in read.values() if s is not None for key in (s.id, s.name.casefold())}
    typed = wish.typed.casefold()
    source = read.get(named.get(typed, ""))
    if source is None:
        near = difflib.get_close_matches(typed[:40], sorted(named), 1, ALIKE)
        unknown = say("sources.unknown", typed=echo(wish.typed))
        if near:
            unknown = say("sources.unknown_near", typed=echo(wish.typed), nearest=Name(near[0]))
        return [Row(Tone.WARNING, (unknown,)), Row(Tone.META, (say("command.nothing_done"),))]
    own = [f.id for f in feeds if f.source_id == source.id]
    shown = [typed] if typed in own else own
    kind = f"{source.source_class.value}, {source.label}" if source.label else source.source_class.value
    how = say("sources.to_label", kind=Name(wish.kind)) if wish.what == "label" else say(f"sources.to_{wish.what}")
    names = tuple(map(Name, shown[:FEEDS_AT_MOST]))
    is_now = (say("label.name", name=Name(source.name)), say("label.name", name=Name(kind)))
    return [Row(Tone.STATUS, (*is_now, say("sources.its_feeds", feeds=names))), Row(Tone.PLAIN, (how,))]


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

"""Home: one person's page, made of the other pages' parts. Hides what he may see of which conversation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from digests import pages, position_pages, slots
from digests.desk import brief, position, queue, review, schedules, status, subscribe
from digests.desk.newsroom import Newsroom
from digests.frames import echo, say
from digests.model import (
    Button,
    Channel,
    Count,
    DeliveryState,
    Frame,
    Instant,
    Link,
    Name,
    Page,
    Piece,
    Row,
    Tone,
)
from digests.rows import line_rows

FIRST_VISIT = timedelta(hours=24)
"""What a first visit looks back on."""
FARTHEST = timedelta(days=14)
"""How far back a visit looks at most, however long ago the last one was."""
APART = timedelta(minutes=30)
"""Visits closer together than this are one: opening the page twice hides nothing."""
LINES_AT_MOST = 5
NEWS, POSITIONS = "news", "positions"
"""What a person looks at, as `Store.look` keeps it."""


@dataclass(frozen=True)
class Visitor:
    """Who opens his page, his IANA zone, and the conversations that he is in, by id with their names."""

    user: str
    zone: str
    member_of: Mapping[str, str]


async def page(room: Newsroom, visitor: Visitor, now: datetime) -> Page:
    """Freshness, what is new since the last visit, who stands where, one's alerts, the digests of one's channels,
    what waits for him to look at, what was corrected."""
    title = say("home.title", at=Instant(now))
    rows = [Row(Tone.TITLE, (title,)), *(Row(Tone.WARNING, (m,)) for m in room.setting.marks)]
    rows += await status.reading(room, now)
    rows += await _new(room, visitor, now)
    rows += await _positions(room, visitor, now)
    rows += await _alerts(room, visitor, now)
    rows += await _digests(room, visitor, now)
    waiting = await _review(room, visitor)
    rows += [*waiting, *await _corrections(room, visitor, now)]
    buttons = (
        *([Button(say("home.look"), "ask", "review")] if len(waiting) > 1 else []),
        Button(say("button.new"), "ask", "new since:last"),
        Button(say("button.positions"), "ask", "position all"),
        Button(say("button.alert_me"), "ask", "subscribe"),
        Button(say("button.search"), "ask", "search"),
        Button(say("button.sources"), "ask", "sources"),
        Button(say("button.help"), "ask", "help"),
    )
    return Page("home", visitor.zone, (title,), tuple(rows), buttons=buttons)


async def _new(room: Newsroom, visitor: Visitor, now: datetime) -> list[Row]:
    before = await room.store.look(visitor.user, NEWS, now, APART)
    since = max(before, now - FARTHEST) if before is not None else now - FIRST_VISIT
    wanted = brief.Wanted(since, now, {})
    lines = (await brief.fresh(room, f"@{visitor.user}", visitor.zone, wanted)).lines
    head = say("home.new", n=Count(len(lines)), since=Instant(since))
    rows = [Row(Tone.TITLE, (head if before is not None else say("home.first", n=Count(len(lines))),))]
    waiting = await review.unseen(room)
    for n, line in enumerate(lines[:LINES_AT_MOST], 1):
        first, *rest = line_rows(line, str(n), room.setting, 1)
        unseen = [Row(Tone.WARNING, (say("review.unseen"),))] if waiting & set(line.development_ids) else []
        rows += [first, *unseen, *rest]
    if len(lines) > LINES_AT_MOST:
        rows.append(Row(Tone.META, (say("home.more", n=Count(len(lines) - LINES_AT_MOST)),)))
    evidence = pages.evidence_buttons(lines[:LINES_AT_MOST])
    return [*rows[:-1], replace(rows[-1], buttons=evidence)]


async def _positions(room: Newsroom, visitor: Visitor, now: datetime) -> list[Row]:
    await room.store.look(visitor.user, POSITIONS, now, APART)
    found = position.cells(room, now.astimezone(ZoneInfo(visitor.zone)))
    grid = position_pages.grid(found, Instant(now), visitor.zone, room.setting)
    plain = grid.table.plain if grid.table is not None else ()
    legend = [Row(Tone.META, (say("grid.legend"),))] if plain else [Row(Tone.META, (say("grid.empty"),))]
    return [Row(Tone.TITLE, (say("home.positions"),)), *legend, *plain]


async def _alerts(room: Newsroom, visitor: Visitor, now: datetime) -> list[Row]:
    listed = await subscribe.listing(room, "", visitor.user, visitor.zone, now)
    none = [Row(Tone.META, (say("home.no_alerts"),))] if len(listed.rows) == 1 else []
    return [Row(Tone.TITLE, (say("home.alerts"),)), *none, *listed.rows[1:]]


async def _digests(room: Newsroom, visitor: Visitor, now: datetime) -> list[Row]:
    """Digests of conversations that he is in, or that he asked for himself; of others he learns nothing."""
    seen = [
        c
        for c in await brief.all_channels(room)
        if c.at and (c.conversation in visitor.member_of or c.created_by == visitor.user)
    ]  # fmt: skip
    rows = [Row(Tone.STATUS, _digest(c, visitor, now)) for c in seen]
    return [Row(Tone.TITLE, (say("home.digests"),)), *(rows or [Row(Tone.META, (say("home.no_digests"),))])]


def _digest(channel: Channel, visitor: Visitor, now: datetime) -> tuple[Piece, ...]:
    name = visitor.member_of.get(channel.conversation, "")
    where = say("home.in_channel", name=echo(f"#{name}")) if name else say("label.name", name=Name(channel.id))
    pieces: list[Piece] = [where, *([say("home.schedule_id", id=Name(channel.id))] if name else [])]
    pieces.append(say("schedule.at", at=tuple(Name(t) for t in channel.at), zone=Name(channel.zone)))
    if channel.is_paused(now):
        pieces.append(schedules.paused(channel))
    coming = slots.upcoming(channel, now, 1)
    return (*pieces, *(schedules.coming(s, channel) for s in coming))


async def _review(room: Newsroom, visitor: Visitor) -> list[Row]:
    """What waits to be looked at, in the order of the queue, for those who may."""
    if not review.may(room, visitor.user):
        return []
    part = await queue.waiting(room, LINES_AT_MOST)
    rows = [Row(Tone.TITLE, (say("home.review", n=Count(part.total)),)), *queue.in_words(part)]
    for n, item in enumerate(part.items, part.first):
        rows += await queue.to_decide(room, item, str(n), 0)
    return [*rows, *queue.following(part)]


async def _corrections(room: Newsroom, visitor: Visitor, now: datetime) -> list[Row]:
    """What was corrected or taken back in the last two weeks of what he, or a conversation that he is in, was told."""
    own = {*visitor.member_of, f"@{visitor.user}"}
    found = [
        d
        for kind in ("correction", "note")
        for d in await room.store.deliveries(kind=kind, since=now - FARTHEST)
        if d.conversation in own and d.state is DeliveryState.SENT
    ]
    latest = sorted(found, key=lambda d: (d.due_at, d.key), reverse=True)
    each = {_what_changed(d.page): d for d in reversed(latest)}
    rows: list[Row] = []
    for d in [d for d in latest if d in each.values()][:LINES_AT_MOST]:
        frames = tuple(p for p in d.page.summary if isinstance(p, Frame))
        rows.append(Row(Tone.STATUS, (say("home.at", at=Instant(d.due_at)), *frames)))
        rows += _words(d.page)
    return [Row(Tone.TITLE, (say("home.corrections", n=Count(len(each))),)), *rows] if found else []


def _words(page: Page) -> list[Row]:
    """What was shown, what became of it and what stands there now; without title, marks and the source's notice."""
    first = next((n for n, row in enumerate(page.rows) if row.tone is Tone.QUOTE), len(page.rows))
    notice = next((n for n, row in enumerate(page.rows) if row.pieces[:1] == (say("follow.notice"),)), len(page.rows))
    return list(page.rows[first:notice])


def _what_changed(page: Page) -> tuple[object, ...]:
    """By what one correction is known that many conversations were told of: the address of the text, what became of
    it, and where nothing did, the ruling."""
    rows = _words(page)
    address = next((p.url for row in rows for p in row.pieces if isinstance(p, Link)), "")
    fates = tuple(p for row in rows if row.tone is Tone.WARNING for p in row.pieces)
    return address, fates or page.summary[:1], "" if address else page.summary

"""Home: one person's page, made of the other pages' parts. Hides what he may see of which conversation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from digests import position_pages, slots
from digests.desk import brief, position, status, subscribe
from digests.desk.newsroom import Newsroom
from digests.frames import echo, say
from digests.model import Button, Channel, Count, Instant, Name, Page, Piece, Row, Tone
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
    """Freshness, what is new since the last visit, who stands where, one's alerts, the digests of one's channels."""
    title = say("home.title", at=Instant(now))
    rows = [Row(Tone.TITLE, (title,)), *(Row(Tone.WARNING, (m,)) for m in room.setting.marks)]
    rows += await status.reading(room, now)
    rows += await _new(room, visitor, now)
    rows += await _positions(room, visitor, now)
    rows += await _alerts(room, visitor, now)
    rows += await _digests(room, visitor, now)
    buttons = (
        Button(say("button.new"), "ask", "new since:last"),
        Button(say("button.positions"), "ask", "position all"),
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
    for n, line in enumerate(lines[:LINES_AT_MOST], 1):
        rows += line_rows(line, str(n), room.setting, 1)
    if len(lines) > LINES_AT_MOST:
        rows.append(Row(Tone.META, (say("home.more", n=Count(len(lines) - LINES_AT_MOST)),)))
    return rows


async def _positions(room: Newsroom, visitor: Visitor, now: datetime) -> list[Row]:
    await room.store.look(visitor.user, POSITIONS, now, APART)
    grid = position_pages.grid(position.cells(room, now), Instant(now), visitor.zone, room.setting)
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
    pieces: list[Piece] = [where]
    pieces.append(say("schedule.at", at=tuple(Name(t) for t in channel.at), zone=Name(channel.zone)))
    if channel.paused:
        return (*pieces, say("schedule.is_paused"))
    coming = slots.upcoming(channel, now, 1)
    return (*pieces, *(say("schedule.next", at=Instant(s)) for s in coming))

"""Position: where an actor stands, from the record in memory. Hides the roll-up and the look for blind sides."""

from __future__ import annotations

from datetime import datetime, timedelta

from digests import compose, position_pages, positions
from digests.desk.newsroom import Newsroom
from digests.model import Page, Position, SourceClass, Voice

LOOKED = timedelta(hours=24)
"""A side none of whose sources was read for this long is called blind."""


async def position(room: Newsroom, actor_id: str, now: datetime, issue: str | None = None) -> Position:
    """The noun itself; for `--json` and for tests."""
    async with room.ledger:
        await room.catch_up()
    shown = tuple(s for s in room.statements if _seen_by(room, s.article_id, s.revision, now))
    return positions.position(actor_id, shown, room.baseline_statements, room.directory, as_of=now, issue=issue)


def _seen_by(room: Newsroom, article_id: str, revision: int, now: datetime) -> bool:
    """Whether it was on record at that time; a rewrite's wording never says where anyone stands."""
    found = room.recorded.get(f"{article_id}.{revision}")
    if found is None or found.article.seen_at > now:
        return False
    source = room.source(found.article.source_id)
    return source is None or source.source_class is not SourceClass.REWRITE


async def page(room: Newsroom, actor_id: str, zone: str, now: datetime, issue: str | None = None) -> Page:
    """The answer to `/position`."""
    found = await position(room, actor_id, now, issue)
    return position_pages.position(found, zone, room.setting, room.recorded, await voices_missing(room, now))


async def voices_missing(room: Newsroom, now: datetime) -> tuple[Voice, ...]:
    """Required voices of which no feed was read lately."""
    read = [
        source
        for c in await room.coverage(now - LOOKED, now)
        if (c.polls_ok or c.items) and (source := room.source(c.source_id)) is not None
    ]
    return compose.missing_voices(room.watching.voices, read, room.directory)

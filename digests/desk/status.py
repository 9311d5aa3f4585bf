"""Status: whether the bot is alive, what it reads, what it owes. Hides where the figures are kept."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta

from digests import slots
from digests.desk import brief, conduct, holding, position, schedules
from digests.desk.newsroom import Newsroom
from digests.frames import say
from digests.model import Channel, Count, DeliveryState, Instant, Name, Page, Row, Tone


@dataclass(frozen=True)
class Asked:
    """Who asks, and in which conversation."""

    user: str
    conversation: str

    def may_see(self, channel: Channel) -> bool:
        """Whether a schedule is of this conversation, or one that he made himself."""
        return channel.conversation == self.conversation or channel.created_by == self.user


LOOKED = timedelta(hours=24)
FAILING_SHOWN = 10


async def page(room: Newsroom, zone: str, now: datetime, asked: Asked | None = None) -> Page:
    """The answer to `status`: feeds, newest item, record, outbox, next digests; every trouble in words. `asked`: who
    asks where, who learns nothing of other conversations' digests; None: the operator, who sees all."""
    title = say("status.title", at=Instant(now))
    rows = [Row(Tone.TITLE, (title,)), *(Row(Tone.WARNING, (m,)) for m in room.setting.marks)]
    rows += [Row(Tone.WARNING, (lack,)) for lack in await asyncio.to_thread(room.ports.lacking)]
    rows += await reading(room, now)
    rows += await _outbox(room, now)
    for channel in await brief.all_channels(room):
        if asked is not None and not asked.may_see(channel):
            continue
        if channel.at and channel.is_paused(now):
            paused = say("status.digest_paused", id=Name(channel.id))
            rows.append(Row(Tone.STATUS, (paused, schedules.paused(channel))))
        for slot in slots.upcoming(channel, now, 1):
            rows.append(Row(Tone.STATUS, (say("status.next_digest", id=Name(channel.id), at=Instant(slot)),)))
    telling = sum(1 for r in room.recorded.values() if r.development and r.development.verdict.tells)
    version = Count(room.watching.baseline.version)
    record = say("status.record", articles=Count(len(room.recorded)), developments=Count(telling), version=version)
    rows.append(Row(Tone.META, (record,)))
    return Page("status", zone, (title,), tuple(rows))


async def reading(room: Newsroom, now: datetime) -> list[Row]:
    """How fresh what is read is: feeds read, the newest item, what fails, which side is not heard."""
    coverage = await room.coverage(now - LOOKED, now)
    ok = [c for c in coverage if c.polls_ok or c.items]
    newest = max((c.newest for c in coverage if c.newest), default=None)
    rows = [Row(Tone.STATUS, (say("status.feeds", ok=Count(len(ok)), all=Count(len(room.watching.feeds))),))]
    if newest is not None:
        rows.append(Row(Tone.STATUS, (say("status.newest", at=Instant(newest)),)))
    failing = sorted((c.failing_since, c.feed_id) for c in coverage if c.failing_since)
    rows += [
        Row(Tone.WARNING, (say("digest.failing_since", feed=Name(feed), since=Instant(since)),))
        for since, feed in failing[:FAILING_SHOWN]
    ]
    missing = await position.voices_missing(room, now)
    if not ok:
        since = max((c.last_ok_at for c in coverage if c.last_ok_at), default=now - LOOKED)
        rows.append(Row(Tone.WARNING, (say("digest.blind", since=Instant(since)),)))
    elif missing:
        sides = tuple(Name(v.name) for v in missing)
        rows.append(Row(Tone.WARNING, (say("digest.partly_blind", sides=sides),)))
    return rows


async def _outbox(room: Newsroom, now: datetime) -> list[Row]:
    """What is owed and what failed: a promise that could not be kept stays visible for a week."""
    deliveries = await room.store.deliveries(since=now - timedelta(days=7))
    waiting = [d for d in deliveries if d.state in {DeliveryState.PENDING, DeliveryState.SENDING}]
    failed = [d for d in deliveries if d.state is DeliveryState.FAILED and d.note != holding.ENDED]
    sent = sum(1 for d in deliveries if d.state is DeliveryState.SENT)
    counts = say("status.outbox", sent=Count(sent), waiting=Count(len(waiting)), failed=Count(len(failed)))
    rows = [Row(Tone.STATUS, (counts,))]
    if pauses := await room.store.pauses():
        rows.append(Row(Tone.WARNING, (say("status.paused", n=Count(len(pauses))),)))
    rows += [
        Row(
            Tone.WARNING,
            (say("status.failed", kind=Name(d.kind), at=Instant(d.due_at), reason=conduct.in_words(d.note, 120)),),
        )
        for d in failed[-3:]
    ]
    return rows

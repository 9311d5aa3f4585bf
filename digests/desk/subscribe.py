"""Subscribe: alert subscriptions and digest schedules made by command. Hides ids, rehearsal and who owns what.

What files say is read-only here: the answer names the file. Subscribing again with the same filters and target updates.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from digests import slots
from digests.desk import alert, brief
from digests.desk.newsroom import Newsroom
from digests.frames import echo, say
from digests.model import (
    Channel,
    Count,
    Frame,
    Instant,
    Name,
    Page,
    Piece,
    Row,
    Span,
    Subscription,
    TextOfRecord,
    Tone,
)
from digests.ports import Recorded

REHEARSED = timedelta(days=7)
SHOWN = 3


def subscription_id(conversation: str, filters: Mapping[str, Sequence[str]]) -> str:
    """Short and stable: the same filters in the same conversation are the same subscription."""
    plain = "\0".join([conversation, *(f"{k}={','.join(sorted(v))}" for k, v in sorted(filters.items()))])
    return "s" + hashlib.sha256(plain.encode()).hexdigest()[:5]


async def subscribe(room: Newsroom, wished: Subscription, now: datetime) -> Page:
    """Save a subscription and say what it would have fired on in the last seven days."""
    existing = {s.subscription_id for s in await room.store.subscriptions(wished.conversation)}
    await room.store.save_subscription(wished)
    async with room.ledger:
        await room.catch_up()
    fired = alert.rehearse(room, wished, now - REHEARSED)
    head = "subscribe.updated" if wished.subscription_id in existing else "subscribe.saved"
    rows = [
        Row(Tone.TITLE, (say(head, id=Name(wished.subscription_id)),)),
        Row(Tone.STATUS, (_filters(wished),)),
        Row(Tone.STATUS, (_rehearsal(room, len(fired), now),)),
    ]
    for r in fired[-SHOWN:]:
        spans = [s.span for s in r.reading.statements[:1]] or [t.span(0, min(300, len(t.body))) for t in _titles(r)]
        rows.append(Row(Tone.QUOTE, tuple(spans[:1])))
        rows.append(Row(Tone.META, (say("subscribe.seen", at=Instant(r.article.seen_at)),)))
    rows.append(Row(Tone.META, (say("subscribe.how_to_end", id=Name(wished.subscription_id)),)))
    return _page(wished.zone, rows)


def _titles(r: Recorded) -> list[TextOfRecord]:
    return [t for _, t in sorted(r.article.texts.items()) if t.body]


def _rehearsal(room: Newsroom, fired: int, now: datetime) -> Frame:
    first = min((r.article.seen_at for r in room.recorded.values()), default=now)
    if first > now - REHEARSED:
        return say("subscribe.rehearsed_little", n=Count(fired), since=Instant(first))
    return say("subscribe.rehearsed", n=Count(fired))


def _filters(s: Subscription) -> Frame:
    if not s.filters:
        return say("subscribe.everything")
    return say("subscribe.filters", filters=tuple(Name(f"{k}:{','.join(v)}") for k, v in sorted(s.filters.items())))


async def unsubscribe(room: Newsroom, typed: str, conversation: str, creator: str, zone: str) -> Page:
    """End a subscription by id: one's own anywhere, anyone's in the conversation where it is asked."""
    for s in await room.store.subscriptions():
        if s.subscription_id == typed and (s.creator == creator or s.conversation == conversation):
            await room.store.remove_subscription(s.subscription_id)
            return _page(zone, [Row(Tone.TITLE, (say("subscribe.ended", id=Name(s.subscription_id)),))])
    return _page(zone, [Row(Tone.TITLE, (say("subscribe.unknown", typed=echo(typed)),))])


async def listing(room: Newsroom, conversation: str, creator: str, zone: str) -> Page:
    """One's own subscriptions and those of this conversation, with when each last fired."""
    mine = [s for s in await room.store.subscriptions() if s.creator == creator or s.conversation == conversation]
    rows = [Row(Tone.TITLE, (say("subscribe.list", n=Count(len(mine))),))]
    fired = await room.store.deliveries(kind="alert")
    for s in mine:
        own = [d.due_at for d in fired if d.subscription_id == s.subscription_id]
        pieces: list[Piece] = [say("label.name", name=Name(s.subscription_id)), _filters(s)]
        pieces.append(say("subscribe.last_fired", at=Instant(max(own))) if own else say("subscribe.never_fired"))
        if s.paused:
            pieces.append(say("subscribe.paused", reason=Name(s.paused)))
        rows.append(Row(Tone.STATUS, tuple(pieces)))
    return _page(zone, rows)


# --- schedules ------------------------------------------------------------------------------------------------------


async def schedule(room: Newsroom, wished: Channel, now: datetime) -> Page:
    """Save a digest schedule for a conversation and say its next three runs."""
    by_file = [c for c in room.watching.channels if c.conversation == wished.conversation or c.id == wished.id]
    if by_file:
        return _page(wished.zone, [Row(Tone.TITLE, (say("schedule.by_file", id=Name(by_file[0].id)),))])
    await room.store.save_channel(wished)
    rows = [Row(Tone.TITLE, (say("schedule.saved", id=Name(wished.id)),)), *_runs(wished, now)]
    return _page(wished.zone, rows)


def _runs(channel: Channel, now: datetime) -> list[Row]:
    at = tuple(Name(t) for t in channel.at)
    rows = [Row(Tone.STATUS, (say("schedule.at", at=at, zone=Name(channel.zone)),))]
    rows += [Row(Tone.META, (say("schedule.next", at=Instant(s)),)) for s in slots.upcoming(channel, now)]
    return rows


async def schedules(room: Newsroom, conversation: str, zone: str, now: datetime) -> Page:
    """The digest schedules of this conversation, those of files named as such."""
    here = [c for c in await brief.all_channels(room) if c.conversation == conversation]
    rows = [Row(Tone.TITLE, (say("schedule.list", n=Count(len(here))),))]
    for c in here:
        pieces = [say("label.name", name=Name(c.id))]
        pieces += [say("schedule.from_file")] if c.created_by == "config" else []
        pieces += [say("schedule.is_paused")] if c.paused else []
        rows += [Row(Tone.LINE, tuple(pieces)), *_runs(c, now)]
    return _page(zone, rows)


async def change_schedule(
    room: Newsroom, channel_id: str, conversation: str, zone: str, now: datetime, *, change: str
) -> Page:
    """Pause, resume or remove a schedule that a command made in this conversation."""
    if any(c.id == channel_id for c in room.watching.channels):
        return _page(zone, [Row(Tone.TITLE, (say("schedule.by_file", id=Name(channel_id)),))])
    for c in await room.store.channels():
        if c.id == channel_id and c.conversation == conversation:
            if change == "remove":
                await room.store.remove_channel(c.id)
            else:
                await room.store.save_channel(replace(c, paused=change == "pause"))
            rows = [Row(Tone.TITLE, (say("schedule.changed", id=Name(c.id), change=Name(change)),))]
            return _page(zone, rows if change != "resume" else [*rows, *_runs(c, now)])
    return _page(zone, [Row(Tone.TITLE, (say("schedule.unknown", typed=echo(channel_id)),))])


def _page(zone: str, rows: Sequence[Row]) -> Page:
    summary: tuple[Frame | Span, ...] = tuple(p for p in rows[0].pieces if isinstance(p, Frame))
    return Page("notice", zone, summary, tuple(rows))

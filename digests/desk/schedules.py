"""Schedules: the digests of a conversation, made, listed, paused, resumed and removed by command. Hides who may change
which, and that a digest that was paused missed nothing.

What files say is read-only here: the answer names the file and the lines to write there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from digests import slots
from digests.desk import brief, conduct, settings
from digests.desk.newsroom import Newsroom
from digests.frames import echo, say
from digests.model import Button, Channel, Count, Day, Frame, Instant, Name, Page, Piece, Row, Tone
from digests.ports import BriefRecord

REMOVE, PAUSE, RESUME = "remove", "pause", "resume"
"""What can become of a schedule."""


@dataclass(frozen=True)
class Change:
    """What is to become of the schedule of that id, who asks where, and his IANA zone; `until`: when a pause ends, None
    where it ends by `resume`."""

    what: str
    channel_id: str
    user: str
    conversation: str
    zone: str
    until: datetime | None = None


async def schedule(room: Newsroom, wished: Channel, now: datetime) -> Page:
    """Save a digest schedule for a conversation and say its next three runs."""
    if rows := _by_file(room, wished):
        return _page(wished.zone, rows)
    await room.store.save_channel(wished)
    await conduct.resume(room, wished.conversation, now)
    rows = [Row(Tone.TITLE, (say("schedule.saved", id=Name(wished.id)),)), *_runs(room, wished, now)]
    return _page(wished.zone, rows)


def would(room: Newsroom, wished: Channel, now: datetime) -> Page:
    """Its next three runs, before anything is saved."""
    if rows := _by_file(room, wished):
        return _page(wished.zone, rows)
    return _page(wished.zone, [Row(Tone.TITLE, (say("schedule.would"),)), *_runs(room, wished, now)])


def _by_file(room: Newsroom, wished: Channel) -> list[Row]:
    """That a file tells about the conversation, the lines to write there and the runs that they would make; nothing
    where none does."""
    known = [c for c in room.watching.channels if c.conversation == wished.conversation or c.id == wished.id]
    return list(settings.by_file(known[0], wished)) if known else []


def _runs(room: Newsroom, channel: Channel, now: datetime) -> list[Row]:
    """On which days, at which times, on what; whether it is paused; when it comes next."""
    at = tuple(Name(t) for t in channel.at)
    pieces = [say("schedule.at", at=at, zone=Name(channel.zone)), _days(channel)]
    if channel.issues:
        known = room.directory.issue_by_id
        names = tuple(Name(known[i].name if i in known else i) for i in channel.issues)
        pieces.append(say("schedule.on_issues", names=names))
    rows = [Row(Tone.STATUS, tuple(pieces))]
    if channel.is_paused(now):
        rows.append(Row(Tone.WARNING, (paused(channel),)))
    rows += [Row(Tone.META, (coming(s, channel),)) for s in slots.upcoming(channel, now)]
    return rows


def coming(slot: datetime, channel: Channel) -> Frame:
    """When a digest comes, as clocks show it where the channel is: its readers' zone, whoever asks from wherever."""
    local = slot.astimezone(ZoneInfo(channel.zone))
    return say("schedule.next", day=Name(f"{local:%a}"), on=Day(local.date()), at=Name(f"{local:%H:%M %Z}"))


def _days(channel: Channel) -> Frame:
    """The days as they are typed: each day, "mon-fri", "mon, thu"."""
    days = sorted(set(channel.days))
    if len(days) == len(slots.WEEK):
        return say("schedule.every_day")
    runs = len(days) > 2 and days == list(range(days[0], days[-1] + 1))
    words = [f"{slots.WEEK[days[0]]}-{slots.WEEK[days[-1]]}"] if runs else [slots.WEEK[d] for d in days]
    return say("schedule.on_days", days=tuple(map(Name, words)))


def paused(channel: Channel) -> Frame:
    """That a schedule is paused, and until when."""
    if channel.paused_until is None:
        return say("schedule.is_paused")
    return say("schedule.is_paused_until", at=Instant(channel.paused_until))


async def schedules(room: Newsroom, conversation: str, user: str, zone: str, now: datetime) -> Page:
    """The digest schedules of this conversation: who made and last changed each, or that a file did."""
    here = [c for c in await brief.all_channels(room) if c.conversation == conversation and c.at]
    reason = (await conduct.paused(room)).get(conversation)
    rows = [Row(Tone.TITLE, (say("schedule.list", n=Count(len(here))),))]
    for c in here:
        pieces: list[Piece] = [say("label.name", name=Name(c.id)), *_by_whom(c, user)]
        pieces += [say("subscribe.paused", reason=Name(reason))] if reason else []
        rows += [Row(Tone.LINE, tuple(pieces)), *_runs(room, c, now)]
        if c.created_by != "config":
            rows[-1] = replace(rows[-1], buttons=_handles(c, now))
    return _page(zone, rows)


def _by_whom(c: Channel, user: str) -> list[Frame]:
    if c.created_by == "config":
        return [say("schedule.from_file")]
    made = [say("subscribe.yours") if c.created_by == user else say("subscribe.made_by", who=Name(c.created_by))]
    if c.changed_at is not None:
        made.append(say("settings.changed", who=Name(c.changed_by), at=Instant(c.changed_at)))
    return made


def _handles(c: Channel, now: datetime) -> tuple[Button, ...]:
    hold = (
        Button(say("button.resume"), "ask", f"schedule resume {c.id}")
        if c.is_paused(now)
        else Button(say("button.pause"), "ask", f"schedule pause {c.id} 7d")
    )
    return hold, Button(say("button.remove"), "ask", f"schedule remove {c.id}")


async def change(room: Newsroom, wish: Change, now: datetime) -> Page:
    """Pause, resume or remove a schedule that a command made in this conversation."""
    if any(c.id == wish.channel_id for c in room.watching.channels):
        return _page(wish.zone, [Row(Tone.TITLE, (say("schedule.by_file", id=Name(wish.channel_id)),))])
    for c in await room.store.channels():
        if c.id == wish.channel_id and c.conversation == wish.conversation and c.at:
            return await _changed(room, c, wish, now)
    return _page(wish.zone, [Row(Tone.TITLE, (say("schedule.unknown", typed=echo(wish.channel_id)),))])


async def _changed(room: Newsroom, before: Channel, wish: Change, now: datetime) -> Page:
    name = Name(before.id)
    room.ports.notes("schedule_changed", channel=before.id, change=wish.what, by=wish.user)
    if wish.what == REMOVE:
        await room.store.remove_channel(before.id)
        return _page(wish.zone, [Row(Tone.TITLE, (say("schedule.removed", id=name),))])
    after = replace(before, paused=wish.what == PAUSE, changed_by=wish.user, changed_at=now)
    after = replace(after, paused_until=wish.until if after.paused else None)
    await room.store.save_channel(after)
    if wish.what == PAUSE:
        title = say("schedule.paused", id=name)
        return _page(wish.zone, [Row(Tone.TITLE, (title,)), *_runs(room, after, now), _meanwhile()])
    if before.is_paused(now):
        await room.store.record_brief(BriefRecord(before.id, now, None, conduct.RESUMED, (), ()))
    await conduct.resume(room, wish.conversation, now)
    return _page(wish.zone, [Row(Tone.TITLE, (say("schedule.resumed", id=name),)), *_runs(room, after, now)])


def _meanwhile() -> Row:
    return Row(Tone.META, (say("schedule.meanwhile"),))


def _page(zone: str, rows: Sequence[Row]) -> Page:
    summary = tuple(p for p in rows[0].pieces if isinstance(p, Frame))
    return Page("notice", zone, summary, tuple(rows))

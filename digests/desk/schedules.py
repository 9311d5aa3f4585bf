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
from digests.desk import brief, conduct, owning, settings
from digests.desk.newsroom import Newsroom
from digests.frames import echo, say
from digests.model import Button, Channel, Count, Day, Frame, Instant, Name, Page, Piece, Row, Tone
from digests.ports import BriefRecord

REMOVE, PAUSE, RESUME = "remove", "pause", "resume"
"""What can become of a schedule."""
_DONE = {REMOVE: "schedule.removed", PAUSE: "schedule.paused", RESUME: "schedule.resumed"}


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
    """Save a digest schedule for a conversation and say all its terms and its next three runs; and what it replaces."""
    if rows := _by_file(room, wished):
        return _page(wished.zone, rows)
    before = await _replaced(room, wished)
    if before is not None and not owning.may_change(room, before.created_by, _asker(wished)):
        return _page(wished.zone, owning.refused(before.created_by, _terms(room, before)))
    await room.store.save_channel(wished)
    await conduct.resume(room, wished.conversation, now)
    title = say("schedule.saved" if before is None else "schedule.replaced", id=Name(wished.id))
    rows = [Row(Tone.TITLE, (title,)), *_runs(room, wished, now), _told_as(wished)]
    page = _page(wished.zone, rows)
    if before is None:
        return page
    await owning.tell(room, before.created_by, _asker(wished), title, _terms(room, wished), wished.conversation, now)
    was = Row(Tone.META, (say("schedule.before"), *_terms(room, before), *settings.said(before)))
    back = Button(say("button.put_back"), "ask", typed(before))
    return replace(page, rows=(*page.rows, was), buttons=(back,))


def _asker(wished: Channel) -> str:
    return wished.changed_by or wished.created_by


async def _replaced(room: Newsroom, wished: Channel) -> Channel | None:
    """The schedule that is there already and says something else."""
    for c in await room.store.channels():
        if c.id == wished.id and c.at and typed(c) != typed(wished):
            return c
    return None


async def would(room: Newsroom, wished: Channel, now: datetime) -> Page:
    """All its terms and its next three runs, and what it would replace, before anything is saved."""
    if rows := _by_file(room, wished):
        return _page(wished.zone, rows)
    before = await _replaced(room, wished)
    rows = [Row(Tone.TITLE, (say("schedule.would"),))]
    if before is not None:
        rows.append(Row(Tone.WARNING, (say("schedule.would_replace"), *_terms(room, before))))
        if not owning.may_change(room, before.created_by, _asker(wished)):
            return _page(wished.zone, owning.refused(before.created_by, _terms(room, before)))
    return _page(wished.zone, [*rows, *_runs(room, wished, now), _told_as(wished)])


def typed(c: Channel) -> str:
    """The command that makes a schedule as it is."""
    words = ["schedule", *c.at, f"days:{days_typed(c.days)}", f"tz:{c.zone}"]
    words += [
        f"{key}:{','.join(values)}" for key, values in (*((("issue", c.issues),) if c.issues else ()), *c.filters)
    ]
    words.append(f"style:{'compact' if c.compact else 'full'}")
    words.append(f"threads:{'on' if c.threads else 'off'}")
    words.append(f"lang:{','.join(c.languages) or 'all'}")
    words.append(f"onquiet:{'say' if c.when_empty == 'say' else 'skip'}")
    return " ".join(words)


def _told_as(c: Channel) -> Row:
    """Style, threads, languages and quiet days, said where one sets a schedule."""
    return Row(Tone.META, settings.said(c))


def _terms(room: Newsroom, channel: Channel) -> tuple[Frame, ...]:
    """On which days, at which times, on what."""
    pieces = [say("schedule.at", at=tuple(Name(t) for t in channel.at), zone=Name(channel.zone)), _days(channel)]
    known = room.directory.issue_by_id
    names = tuple(Name(known[i].name if i in known else i) for i in channel.issues)
    pieces += [say("schedule.on_issues", names=names)] if names else []
    only = tuple(Name(f"{key}:{','.join(values)}") for key, values in channel.filters)
    return (*pieces, say("schedule.only", filters=only)) if only else tuple(pieces)


def _by_file(room: Newsroom, wished: Channel) -> list[Row]:
    """That a file tells about the conversation, the lines to write there and the runs that they would make; nothing
    where none does."""
    known = [c for c in room.watching.channels if c.conversation == wished.conversation or c.id == wished.id]
    return list(settings.by_file(known[0], wished)) if known else []


def _runs(room: Newsroom, channel: Channel, now: datetime) -> list[Row]:
    """On which days, at which times, on what; whether it is paused; when it comes next."""
    rows = [Row(Tone.STATUS, _terms(room, channel))]
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
    words = days_typed(channel.days)
    if words == "daily":
        return say("schedule.every_day")
    return say("schedule.on_days", days=tuple(map(Name, words.split(","))))


def days_typed(days: Sequence[int]) -> str:
    """The days as they are typed: "daily", "mon-fri", "mon,thu"."""
    held = sorted(set(days))
    if len(held) == len(slots.WEEK):
        return "daily"
    runs = len(held) > 2 and held == list(range(held[0], held[-1] + 1))
    return f"{slots.WEEK[held[0]]}-{slots.WEEK[held[-1]]}" if runs else ",".join(slots.WEEK[d] for d in held)


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
        pieces += [say("subscribe.paused", reason=conduct.in_words(reason))] if reason else []
        rows += [Row(Tone.LINE, tuple(pieces)), *_runs(room, c, now), _told_as(c)]
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
    if not owning.may_change(room, before.created_by, wish.user):
        return _page(wish.zone, owning.refused(before.created_by, _terms(room, before)))
    done = say(_DONE[wish.what], id=name)
    await owning.tell(room, before.created_by, wish.user, done, _terms(room, before), wish.conversation, now)
    room.ports.notes("schedule_changed", channel=before.id, change=wish.what, by=wish.user)
    if wish.what == REMOVE:
        await room.store.remove_channel(before.id)
        was = Row(Tone.META, (say("schedule.before"), *_terms(room, before), *settings.said(before)))
        page = _page(wish.zone, [Row(Tone.TITLE, (done,)), was])
        return replace(page, buttons=(Button(say("button.put_back"), "ask", typed(before)),))
    after = replace(before, paused=wish.what == PAUSE, changed_by=wish.user, changed_at=now)
    after = replace(after, paused_until=wish.until if after.paused else None)
    await room.store.save_channel(after)
    if wish.what == PAUSE:
        return _page(wish.zone, [Row(Tone.TITLE, (done,)), *_runs(room, after, now), _meanwhile()])
    if before.is_paused(now):
        await room.store.record_brief(BriefRecord(before.id, now, None, conduct.RESUMED, (), ()))
    await conduct.resume(room, wish.conversation, now)
    return _page(wish.zone, [Row(Tone.TITLE, (done,)), *_runs(room, after, now)])


def _meanwhile() -> Row:
    return Row(Tone.META, (say("schedule.meanwhile"),))


def _page(zone: str, rows: Sequence[Row]) -> Page:
    summary = tuple(p for p in rows[0].pieces if isinstance(p, Frame))
    return Page("notice", zone, summary, tuple(rows))

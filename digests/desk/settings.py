"""Settings: how the digests of one conversation are told. Hides where they are kept: beside its schedule, or as a
schedule without times where there is none yet.

What files say is read-only here: the answer names the file and the lines to write there. Who changed something last,
and when, is shown.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime

from digests import slots
from digests.desk import brief
from digests.desk.newsroom import Newsroom
from digests.frames import say
from digests.model import AS_BEFORE, Button, Channel, Frame, Instant, Name, Page, Row, Telling, Tone


@dataclass(frozen=True)
class Place:
    """Who asks in which conversation, his IANA zone, and how digests are to be told there."""

    user: str
    conversation: str
    zone: str
    telling: Telling = AS_BEFORE


def channel_id(conversation: str) -> str:
    """The id of the one schedule that commands make in a conversation."""
    return "c" + hashlib.sha256(conversation.encode()).hexdigest()[:5]


async def of(room: Newsroom, conversation: str, zone: str) -> Channel:
    """How digests are told here: as a file says, as was set here, or as is usual; without times where none is due."""
    here = [c for c in await brief.all_channels(room) if c.conversation == conversation]
    files = [c for c in here if c.created_by == "config"]
    return (files or here or [Channel(channel_id(conversation), conversation, zone, (), created_by="")])[0]


async def page(room: Newsroom, here: Place) -> Page:
    """The settings of a conversation, with buttons that change them."""
    return _page(await of(room, here.conversation, here.zone), say("settings.title"), here.zone)


async def change(room: Newsroom, here: Place, now: datetime) -> Page:
    """Set what is said; what is not said stays. A conversation that a file tells about is left alone."""
    before = await of(room, here.conversation, here.zone)
    if before.created_by == "config":
        rows = by_file(before, here.telling.of(before))
        return Page("settings", here.zone, (say("schedule.by_file", id=Name(before.id)),), (*rows, *_rows(before)))
    made_by = before.created_by if before.at else here.user
    after = replace(here.telling.of(before), created_by=made_by, changed_by=here.user, changed_at=now)
    await room.store.save_channel(after)
    room.ports.notes("settings_changed", conversation=here.conversation, by=here.user)
    return _page(after, say("settings.saved"), here.zone)


def by_file(before: Channel, wished: Channel) -> tuple[Row, ...]:
    """That a file tells about a conversation, and what to write there for what is wished."""
    head = Row(Tone.WARNING, (say("schedule.by_file", id=Name(before.id)),))
    stand, wish = _written(before), _written(wished)
    lines = [
        Row(Tone.PLAIN, (say("schedule.line", name=Name(k), value=Name(v)),)) for k, v in wish if (k, v) not in stand
    ]
    more = [Row(Tone.META, (say("schedule.no_languages"),))] if wished.languages != before.languages else []
    if not lines:
        return (head, *(more or [Row(Tone.META, (say("schedule.stands"),))]))
    write = Row(Tone.META, (say("schedule.write", id=Name(before.id)),))
    return (head, write, *lines, *more, Row(Tone.META, (say("sources.counts_from"),)))


def _written(c: Channel) -> list[tuple[str, str]]:
    """A schedule as the file has it, key by key."""
    at = ", ".join(f'"{time}"' for time in c.at)
    return [
        ("zone", c.zone),
        ("at", f"[{at}]"),
        ("days", f"[{', '.join(slots.WEEK[day] for day in c.days)}]"),
        ("issues", f"[{', '.join(c.issues)}]"),
        ("when_empty", c.when_empty),
        ("threads", "true" if c.threads else "false"),
        ("style", "compact" if c.compact else "full"),
    ]


def _page(channel: Channel, title: Frame, zone: str) -> Page:
    return Page("settings", zone, (title,), (Row(Tone.TITLE, (title,)), *_rows(channel)), buttons=_buttons(channel))


def said(c: Channel) -> tuple[Frame, ...]:
    """Style, threads, languages and quiet days, each in words."""
    return (
        say("settings.compact" if c.compact else "settings.full"),
        say("settings.threads_on" if c.threads else "settings.threads_off"),
        say("settings.languages", names=tuple(map(Name, c.languages)))
        if c.languages
        else say("settings.languages_all"),
        say("settings.onquiet_say" if c.when_empty == "say" else "settings.onquiet_skip"),
    )


def _rows(c: Channel) -> list[Row]:
    rows = [Row(Tone.PLAIN, (frame,)) for frame in (say("settings.zone", zone=Name(c.zone)), *said(c))]
    if c.created_by == "config":
        rows.append(Row(Tone.META, (say("schedule.from_file"),)))
    elif c.changed_at is not None:
        rows.append(Row(Tone.META, (say("settings.changed", who=Name(c.changed_by), at=Instant(c.changed_at)),)))
    if not c.at:
        rows.append(Row(Tone.META, (say("settings.no_schedule"),)))
    return rows


def _buttons(c: Channel) -> tuple[Button, ...]:
    if c.created_by == "config":
        return ()
    style, threads = ("full" if c.compact else "compact"), ("off" if c.threads else "on")
    return (
        Button(say("button.change_settings"), "ask", "settings"),
        Button(say(f"button.style_{style}"), "ask", f"settings style:{style}"),
        Button(say(f"button.threads_{threads}"), "ask", f"settings threads:{threads}"),
    )

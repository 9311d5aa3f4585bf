"""Conduct: what becomes of a conversation that refuses messages, and how it begins again. Hides whom to tell, and how
often.

Whatever is owed there waits, digests are not written, alerts do not fire; whoever made a subscription or a schedule
there is told once, in a direct message. It begins again when the bot is invited there, when somebody asks for it there,
or, where the bot itself was shut out, when any message is taken again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime

from digests.desk import brief
from digests.desk.editing import key_of
from digests.desk.newsroom import Newsroom
from digests.frames import say
from digests.model import Count, Delivery, Name, Page, Row, Tone
from digests.ports import BriefRecord, Pause

CONVERSATION, WORKSPACE = "conversation", "workspace"
"""Scopes of a refusal that end more than one message."""
STANDING = frozenset({"digest", "alert", "correction", "note", "edit"})
"""Kinds that somebody wished for once and for all; an answer that cannot be shared pauses nothing."""
RESUMED = "resumed"
"""Outcome of the mark that stands where a channel's slots begin again."""
NOTICE = "notice"


def waits(delivery: Delivery, scope: str) -> bool:
    """Whether a refused delivery waits for its conversation; a digest does not, the next one tells what it would."""
    return delivery.kind in STANDING - {"digest"} and scope in {CONVERSATION, WORKSPACE}


async def refused(room: Newsroom, delivery: Delivery, reason: str, scope: str, now: datetime) -> None:
    """Pause the conversation of a delivery that Slack will never take, and tell those who wished for it, once."""
    if delivery.kind not in STANDING or scope not in {CONVERSATION, WORKSPACE}:
        return
    pause = Pause(delivery.conversation, reason, now, scope)
    if await room.store.pause(pause, [_notice(room, pause, who, ids) for who, ids in await _wishes(room, pause)]):
        room.ports.notes("conversation_paused", conversation=pause.conversation, reason=reason)


async def _wishes(room: Newsroom, pause: Pause) -> list[tuple[str, tuple[str, ...]]]:
    """Who wished for what there: user ids with ids of subscriptions and schedules. What files made is the admins'."""
    found: dict[str, list[str]] = {}
    for subscription in await room.store.subscriptions(pause.conversation):
        found.setdefault(subscription.creator, []).append(subscription.subscription_id)
    for channel in await brief.all_channels(room):
        if channel.conversation == pause.conversation:
            for who in room.watching.admins if channel.created_by == "config" else (channel.created_by,):
                found.setdefault(who, []).append(channel.id)
    people = {who: ids for who, ids in found.items() if who[:1] in {"U", "W"} and f"@{who}" != pause.conversation}
    return [(who, tuple(ids)) for who, ids in people.items()]


def _notice(room: Newsroom, pause: Pause, who: str, ids: Sequence[str]) -> Delivery:
    title = say("conduct.paused", where=Name(pause.conversation))
    rows = [
        Row(Tone.TITLE, (title,)),
        *(Row(Tone.WARNING, (mark,)) for mark in room.setting.marks),
        Row(Tone.WARNING, (say("conduct.paused_reason", reason=in_words(pause.reason)),)),
        Row(Tone.STATUS, (say("conduct.paused_what", n=Count(len(ids)), ids=tuple(Name(i) for i in ids)),)),
    ]
    begins = "conduct.paused_shut_out" if pause.scope == WORKSPACE else "conduct.paused_until"
    rows.append(Row(Tone.META, (say(begins),)))
    key = key_of("n", pause.conversation, pause.at.isoformat(), who)
    return Delivery(key, key, NOTICE, f"@{who}", Page(NOTICE, "Etc/UTC", (title,), tuple(rows)), due_at=pause.at)


def in_words(reason: str, most: int = 200) -> Name:
    """Why Slack refused, for a reader: without Slack's own name for it, which stands before the words; that one is for
    the log."""
    code, colon, meaning = reason.partition(": ")
    return Name((meaning if colon and re.fullmatch(r"[a-z_]{1,60}", code) and meaning else reason)[:most])


async def paused(room: Newsroom) -> Mapping[str, str]:
    """Why a conversation takes no messages, by conversation."""
    return {p.conversation: p.reason for p in await room.store.pauses()}


async def resume(room: Newsroom, conversation: str, now: datetime) -> bool:
    """Messages are taken again: what waited goes out, digests begin with the next slot. False: nothing was paused."""
    if not await room.store.resume(conversation):
        return False
    for channel in await brief.all_channels(room):
        if channel.conversation == conversation:
            await room.store.record_brief(BriefRecord(channel.id, now, None, RESUMED, (), ()))
    room.ports.notes("conversation_resumed", conversation=conversation)
    return True


async def reached(room: Newsroom, now: datetime) -> None:
    """A message was taken: the bot is not shut out, whatever was paused for that begins again."""
    for pause in await room.store.pauses():
        if pause.scope == WORKSPACE:
            await resume(room, pause.conversation, now)

"""Alert: which subscriptions a development owes a message. Hides told memory, quiet hours and the cap an hour."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from digests import compose, matching, pages, slots
from digests.desk.newsroom import Newsroom
from digests.model import Delivery, Line, Subscription, Verdict
from digests.ports import Recorded, StoredLine, ToldMark

WINDOW = timedelta(hours=72)
"""How far back the other reports of the same happening are counted."""
TOO_OLD = timedelta(hours=72)
"""A development whose publisher dates it longer ago than this before it was seen alerts nobody."""
AHEAD_OF_US = timedelta(hours=1)
"""Nor does one that is dated in the future."""


@dataclass(frozen=True)
class Owed:
    """What one development owes: written in the transaction that records it."""

    deliveries: tuple[Delivery, ...] = ()
    told: tuple[ToldMark, ...] = ()
    lines: tuple[StoredLine, ...] = ()


NOTHING_OWED = Owed()


async def owed(room: Newsroom, recorded: Recorded, now: datetime) -> Owed:
    """Deliveries for every subscription that asked for this development and whose conversation was not told of it."""
    development = recorded.development
    if development is None or not development.verdict.tells or not _in_time(recorded):
        return NOTHING_OWED
    found = Owed()
    for subscription in await room.store.subscriptions():
        if subscription.paused or not matching.matches(subscription.filters, recorded, room.directory):
            continue
        line = await _line(room, recorded, subscription)
        if line is not None and all(t.conversation != subscription.conversation for t in found.told):
            found = _with(found, await _delivery(room, subscription, line, now), line, subscription, now)
    return found


def _in_time(recorded: Recorded) -> bool:
    published = recorded.article.published_at
    if published is None:
        return True
    seen = recorded.article.seen_at
    return seen - TOO_OLD <= published <= seen + AHEAD_OF_US


async def _line(room: Newsroom, recorded: Recorded, subscription: Subscription) -> Line | None:
    """The alert's line, or None where the conversation has been told, by a digest or an alert."""
    development = recorded.development
    if development is None:
        return None
    told = await room.store.told(subscription.conversation)
    others = [
        r
        for r in room.recorded.values()
        if r.development
        and r.development.story_id == development.story_id
        and r.article.seen_at > recorded.article.seen_at - WINDOW
        and r.article.key != recorded.article.key
    ]
    counted = [replace(r, development=replace(r.development, verdict=Verdict.REPEAT)) for r in others if r.development]
    line = compose.line_of([*counted, recorded], told, room.directory, recorded.article.seen_at - WINDOW)
    if line is None:
        return None
    occasion = f"{subscription.subscription_id} {development.development_id}"
    return replace(line, line_id=compose.line_id(subscription.conversation, occasion, line.story_id))


async def _delivery(room: Newsroom, subscription: Subscription, line: Line, now: datetime) -> Delivery:
    key = alert_key(subscription, line)
    page = pages.alert(line, subscription.zone, room.setting, subscription.subscription_id)
    due = slots.after_quiet(now, subscription.quiet, subscription.zone)
    since = due - timedelta(hours=1)
    recent = [
        d
        for d in await room.store.deliveries(kind="alert", since=since)
        if d.subscription_id == subscription.subscription_id and d.key != key
    ]
    if len(recent) >= subscription.cap_per_hour:  # held, not dropped: it goes out when the hour has room again
        held = sorted(d.due_at for d in recent)[-subscription.cap_per_hour]
        due = max(due, held + timedelta(hours=1))
    return Delivery(
        delivery_id=key,
        key=key,
        kind="alert",
        conversation=subscription.conversation,
        page=page,
        due_at=due,
        subscription_id=subscription.subscription_id,
        story_id=line.story_id,
    )


def alert_key(subscription: Subscription, line: Line) -> str:
    """Opaque and unique: one alert a subscription and set of developments."""
    plain = f"alert\0{subscription.subscription_id}\0{line.story_id}\0{','.join(line.development_ids)}"
    return "a" + hashlib.sha256(plain.encode()).hexdigest()[:24]


def _with(found: Owed, delivery: Delivery, line: Line, subscription: Subscription, now: datetime) -> Owed:
    marks = tuple(
        ToldMark(subscription.conversation, d, line.story_id, line.line_id, now, delivery.key)
        for d in line.development_ids
    )
    stored = StoredLine(line, subscription.conversation, delivery.key)
    return Owed((*found.deliveries, delivery), (*found.told, *marks), (*found.lines, stored))


def rehearse(room: Newsroom, subscription: Subscription, since: datetime) -> list[Recorded]:
    """What the subscription would have fired on since then: one article a story, oldest first."""
    fired: dict[str, Recorded] = {}
    for r in sorted(room.recorded.values(), key=lambda r: (r.article.seen_at, r.article.key)):
        fresh = r.article.seen_at > since and not r.backfill
        if fresh and r.development is not None and matching.matches(subscription.filters, r, room.directory):
            fired.setdefault(r.development.story_id, r)
    return list(fired.values())

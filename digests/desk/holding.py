"""Holding: when an alert goes out that must not go at once, and how what was held is told. Hides quiet hours, mutes and
the cap an hour.

What is held is a pending delivery with a later time. Whatever of a conversation was held and is due becomes one
message, in one transaction, before anything is claimed: a stop anywhere loses nothing and tells nothing twice.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from digests import bulletins, pages, slots
from digests.bulletins import Kept
from digests.desk.newsroom import Newsroom
from digests.model import FOREVER, Delivery, DeliveryState, ReviewState, Subscription

HOUR = timedelta(hours=1)
QUIET = "quiet"
ENDED = "its alert was ended"
"""Why a held alert is not told any more."""
REVIEW = "review"
"""Why an alert is held that a reviewer has not looked at."""
UNSEEN_AFTER = timedelta(minutes=10)
"""How long an alert waits to be looked at."""
LATE = timedelta(minutes=10)
"""An alert that is this much overdue was held too: the bot was away, or its conversation was."""
MERGED = "h"
"""What the key of a message that tells several alerts begins with."""
ONCE_DUE = frozenset({DeliveryState.PENDING, DeliveryState.SENDING, DeliveryState.SENT})


@dataclass(frozen=True)
class Due:
    """When an alert goes out, and why not at once ("" where it does): mute, quiet, cap."""

    at: datetime
    held: str = ""


async def due(room: Newsroom, subscription: Subscription, key: str, now: datetime) -> Due:
    """When an alert that fires now goes out."""
    at, held = now, ""
    if subscription.muted_until is not None and subscription.muted_until > now:
        at, held = subscription.muted_until, "mute"
    if at < FOREVER:
        after = slots.after_quiet(at, subscription.quiet, subscription.zone)
        at, held = after, held or (QUIET if after > at else "")
    return Due(at, held) if held else await _within_cap(room, subscription, key, now)


async def not_before(room: Newsroom, told: Delivery, now: datetime) -> datetime:
    """When a message that follows an alert may go out: not while its subscription is muted or quiet."""
    own = [s for s in await room.store.subscriptions() if s.subscription_id == told.subscription_id]
    if not own:
        return now
    muted = own[0].muted_until
    at = muted if muted is not None and muted > now else now
    return at if at >= FOREVER else slots.after_quiet(at, own[0].quiet, own[0].zone)


async def _within_cap(room: Newsroom, subscription: Subscription, key: str, now: datetime) -> Due:
    """At once while the hour has room; else with all that this hour holds back, when it has room again."""
    recent = [
        d
        for d in await room.store.deliveries(kind="alert", since=now - HOUR)
        if d.subscription_id == subscription.subscription_id and d.key != key and d.state in ONCE_DUE
    ]
    waiting = [d.due_at for d in recent if d.held == "cap" and d.due_at > now]
    if waiting:
        return Due(min(waiting), "cap")
    out = sorted(d.due_at for d in recent if d.due_at <= now)
    if len(out) < subscription.cap_per_hour:
        return Due(now)
    return Due(awake(subscription, out[-subscription.cap_per_hour] + HOUR), "cap")


def awake(subscription: Subscription, at: datetime) -> datetime:
    """An instant, or when the quiet hours end that hold it: whatever else puts an alert off puts it into none."""
    return at if at >= FOREVER else slots.after_quiet(at, subscription.quiet, subscription.zone)


# --- what was held, in one message --------------------------------------------------------------------------------


async def coalesce(room: Newsroom, now: datetime) -> list[Delivery]:
    """Put what was held of one conversation and is due into one message; returns the messages."""
    held: dict[str, list[Delivery]] = {}
    for d in await room.store.waiting(now):
        if d.kind == "alert" and d.attempts == 0 and d.held != REVIEW and (d.held or d.due_at <= now - LATE):
            held.setdefault(d.conversation, []).append(d)
    made = [await _one(room, several, now) for several in held.values() if len(several) > 1]
    return [d for d in made if d is not None]


async def _one(room: Newsroom, several: Sequence[Delivery], now: datetime) -> Delivery | None:
    """One message for several alerts; None where another process was quicker, or a line cannot be read back."""
    kept = [Kept(d, stored.line) for d in several for stored in await room.store.lines_of(d.key)]
    if {k.delivery.key for k in kept} != {d.key for d in several}:
        return None
    wished = {s.subscription_id: s for s in await room.store.subscriptions()}
    own = [wished[i] for i in sorted({d.subscription_id or "" for d in several}) if i in wished]
    caps = [s.cap_per_hour for s in own]
    zone = own[0].zone if own else several[0].page.zone
    key = MERGED + hashlib.sha256("\0".join(sorted(d.key for d in several)).encode()).hexdigest()[:24]
    page = bulletins.away(kept, zone, room.setting, caps)
    into = Delivery(
        delivery_id=key,
        key=key,
        kind="alert",
        conversation=several[0].conversation,
        page=page if await room.threads_in(several[0].conversation) else pages.unthreaded(page),
        due_at=now,
        subscription_id=own[0].subscription_id if len(own) == 1 else None,
        held=several[0].held or "late",
    )
    merged = await room.store.merge(into, [d.key for d in several])
    room.ports.notes("alerts_merged", conversation=into.conversation, alerts=len(several), done=merged)
    return into if merged else None


# --- mutes --------------------------------------------------------------------------------------------------------


async def mute(room: Newsroom, which: Iterable[Subscription], until: datetime) -> int:
    """Hold what these subscriptions fire until an instant; what they hold already waits as long. How many there are."""
    muted = list(which)
    waiting = await _held_by(room, muted)
    for subscription in muted:
        await room.store.save_subscription(replace(subscription, muted_until=until))
        own = [d for d in waiting if d.subscription_id == subscription.subscription_id]
        await room.store.postpone([d.key for d in own if d.due_at < until], awake(subscription, until))
    return len(muted)


async def dropped(room: Newsroom, ended: Subscription) -> int:
    """An alert that was ended tells nothing more: what it held counts as untold. How many alerts there were."""
    held = [d for d in await _held_by(room, [ended]) if d.kind == "alert"]
    for d in held:
        await room.store.settle(replace(d, state=DeliveryState.FAILED, note=ENDED))
    return len(held)


async def unmute(room: Newsroom, which: Iterable[Subscription], now: datetime) -> int:
    """End a mute; what was held because of it goes out now, or when the quiet hours end. How many alerts there were."""
    muted = [s for s in which if s.muted_until is not None]
    waiting = await _held_by(room, muted)
    now_called = room.known.stories.now
    unseen = {now_called(i.story_id) for i in await room.store.reviews(state=ReviewState.WAITING)}
    for subscription in muted:
        await room.store.save_subscription(replace(subscription, muted_until=None))
        own = [d for d in waiting if d.subscription_id == subscription.subscription_id]
        looked_at = [d.key for d in own if now_called(d.story_id or "") not in unseen]
        await room.store.postpone(looked_at, slots.after_quiet(now, subscription.quiet, subscription.zone))
        if not room.watching.hold_until_approved:
            at = slots.after_quiet(now + UNSEEN_AFTER, subscription.quiet, subscription.zone)
            await room.store.postpone([d.key for d in own if d.key not in looked_at and d.due_at > at], at)
    return len(waiting)


async def retimed(room: Newsroom, subscription: Subscription, now: datetime) -> None:
    """What its quiet hours hold goes out when they end by its present terms: now, where it has none any more."""
    muted = subscription.muted_until
    at = slots.after_quiet(muted if muted and muted > now else now, subscription.quiet, subscription.zone)
    held = [d for d in await _held_by(room, [subscription]) if d.held == QUIET and d.kind == "alert"]
    if held and at < FOREVER:
        await room.store.postpone([d.key for d in held], at)


async def _held_by(room: Newsroom, which: Sequence[Subscription]) -> list[Delivery]:
    """Pending alerts, and corrections to alerts, of these subscriptions."""
    ids = {s.subscription_id for s in which}
    told = {"alert", "correction"}
    return [d for d in await room.store.waiting(FOREVER) if d.kind in told and d.subscription_id in ids]

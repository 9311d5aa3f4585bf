"""Deliver: drain the outbox through the messenger. Hides claims, back-off and what a refusal means."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from digests.desk.newsroom import Newsroom
from digests.model import Delivery, DeliveryState
from digests.ports import Posted, PostLater, PostRefused

LEASE = timedelta(seconds=90)
"""How long a claimed delivery may stay without an answer before it is claimed again; longer than any client timeout."""
BATCH = 20
ATTEMPTS_AT_MOST = 40
"""With the back-off below: about ten hours of trying."""
BACK_OFF_AT_MOST = timedelta(minutes=20)


async def deliver(room: Newsroom, now: datetime) -> list[Delivery]:
    """Post what is due until nothing is; returns what was settled. Each delivery ends sent, failed or due later."""
    if room.ports.messenger is None:
        return []
    settled: list[Delivery] = []
    while batch := await room.store.claim(now, BATCH, LEASE):
        settled.extend([await _guarded(room, delivery, now) for delivery in batch])
    return settled


async def _guarded(room: Newsroom, delivery: Delivery, now: datetime) -> Delivery:
    try:
        return await _deliver_one(room, delivery, now)
    except Exception as bug:  # one of the three named places: a delivery must not stop the others
        room.ports.notes("delivery_broke", key=delivery.key, error=type(bug).__name__, detail=str(bug)[:300])
        later = PostLater(timedelta(minutes=1), type(bug).__name__, ambiguous=True)
        return await _settle(room, delivery, later, now)


async def _deliver_one(room: Newsroom, delivery: Delivery, now: datetime) -> Delivery:
    if room.ports.messenger is None:
        raise RuntimeError("this run has no messenger: nothing can be delivered")
    answer = await room.ports.messenger.post(delivery, now)
    return await _settle(room, delivery, answer, now)


async def _settle(
    room: Newsroom, delivery: Delivery, answer: Posted | PostLater | PostRefused, now: datetime
) -> Delivery:
    after = decide(delivery, answer, now)
    await room.store.settle(after)
    room.ports.notes(
        "delivery_settled", key=delivery.key, kind=delivery.kind, state=after.state.value, attempts=after.attempts,
        note=after.note,
    )  # fmt: skip
    if after.state is DeliveryState.FAILED:
        await _failed(room, after, now)
    return after


def decide(delivery: Delivery, answer: Posted | PostLater | PostRefused, now: datetime) -> Delivery:
    """What becomes of a delivery after Slack's answer."""
    match answer:
        case Posted(receipt):
            return replace(delivery, state=DeliveryState.SENT, receipt=receipt, note="")
        case PostRefused(reason):
            return replace(delivery, state=DeliveryState.FAILED, note=reason)
        case PostLater(after, reason, _):
            if delivery.attempts >= ATTEMPTS_AT_MOST:
                return replace(delivery, state=DeliveryState.FAILED, note=f"given up: {reason}")
            wait = max(after, min(timedelta(seconds=2 ** min(delivery.attempts, 11)), BACK_OFF_AT_MOST))
            return replace(delivery, state=DeliveryState.PENDING, due_at=now + wait, note=reason)


async def _failed(room: Newsroom, delivery: Delivery, now: datetime) -> None:
    """A refused alert pauses its subscription; a refused digest stays visible in `status`."""
    if delivery.subscription_id is None:
        return
    for subscription in await room.store.subscriptions():
        if subscription.subscription_id == delivery.subscription_id and not subscription.paused:
            await room.store.save_subscription(replace(subscription, paused=delivery.note))
            room.ports.notes("subscription_paused", subscription=subscription.subscription_id, reason=delivery.note)

"""Deliver: drain the outbox through the messenger. Hides claims, back-off and what a refusal means."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from digests.desk import asking, conduct, holding
from digests.desk.newsroom import Newsroom
from digests.model import Delivery, DeliveryState
from digests.ports import Posted, PostLater, PostRefused

LEASE = timedelta(seconds=90)
"""How long a claimed delivery may stay without an answer before it is claimed again; longer than any client timeout."""
UNTIL_POSTED = timedelta(minutes=1)
"""How long an edit or a note waits for the message that it belongs to."""
LAID_AT_MOST = 200
"""Messages of which it is remembered what they were edited to; of an older one an edit may be done twice."""
BATCH = 20
ATTEMPTS_AT_MOST = 40
"""With the back-off below: about ten hours of trying."""
BACK_OFF_AT_MOST = timedelta(minutes=20)


async def deliver(room: Newsroom, now: datetime) -> list[Delivery]:
    """Post what is due until nothing is; returns what was settled. Each delivery ends sent, failed or due later."""
    if room.ports.messenger is None:
        return []
    await holding.coalesce(room, now)
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
    messenger = room.ports.messenger
    if messenger is None:
        raise RuntimeError("this run has no messenger: nothing can be delivered")
    if not delivery.of:
        return await _settle(room, delivery, await messenger.post(delivery, now), now)
    target = await _target(room, delivery)
    if target is None or target.state in {DeliveryState.FAILED, DeliveryState.DROPPED}:
        done = replace(delivery, state=DeliveryState.SENT, note="nothing was posted that it could change")
        await room.store.settle(done)
        return done
    if target.receipt is None:
        return await _settle(room, delivery, PostLater(UNTIL_POSTED, "what it changes is not posted yet"), now)
    if delivery.kind == "edit":
        return await _edit(room, delivery, target, now)
    thread = target.receipt if target.page.threads else None
    return await _settle(room, delivery, await messenger.post(delivery, now, thread=thread), now)


async def _edit(room: Newsroom, delivery: Delivery, target: Delivery, now: datetime) -> Delivery:
    """Lay a message anew, as its page stands by now; not again where an edit that came before did so already."""
    messenger, receipt = room.ports.messenger, target.receipt
    if messenger is None or receipt is None:
        raise RuntimeError("an edit needs a messenger and a message")
    if room.laid.get(target.key) == target.page:
        return await _settle(room, delivery, Posted(receipt), now)
    answer = await messenger.edit(target.conversation, receipt, target.page)
    if isinstance(answer, Posted):
        room.laid.pop(target.key, None)
        room.laid[target.key] = target.page
        for oldest in list(room.laid)[:-LAID_AT_MOST]:
            del room.laid[oldest]
    return await _settle(room, delivery, answer, now)


async def _target(room: Newsroom, delivery: Delivery) -> Delivery | None:
    """The delivery whose message is edited or answered: the one that told it in the end, where it was merged."""
    target = await room.store.delivery(delivery.of)
    while target is not None and target.state is DeliveryState.MERGED:
        target = await room.store.delivery(target.note)
    return target


async def _settle(
    room: Newsroom, delivery: Delivery, answer: Posted | PostLater | PostRefused, now: datetime
) -> Delivery:
    after = decide(delivery, answer, now)
    await room.store.settle(after)
    room.ports.notes(
        "delivery_settled", key=delivery.key, kind=delivery.kind, state=after.state.value, attempts=after.attempts,
        note=after.note,
    )  # fmt: skip
    if isinstance(answer, PostRefused):
        await conduct.refused(room, after, answer.reason, answer.scope, now)
    elif isinstance(answer, Posted):
        await conduct.reached(room, now)
        await asking.out(room, after, now)
    return after


def decide(delivery: Delivery, answer: Posted | PostLater | PostRefused, now: datetime) -> Delivery:
    """What becomes of a delivery after Slack's answer."""
    match answer:
        case Posted(receipt):  # an edit has no message of its own
            posted = None if delivery.kind == "edit" else receipt
            return replace(delivery, state=DeliveryState.SENT, receipt=posted, note="")
        case PostRefused(reason, scope):
            if delivery.kind == conduct.NOTICE and scope == conduct.WORKSPACE:  # it says so when somebody can hear it
                return decide(delivery, PostLater(BACK_OFF_AT_MOST, reason), now)
            if conduct.waits(delivery, scope):  # parked with all that is owed there, below
                return replace(delivery, state=DeliveryState.PENDING, due_at=now, note=reason)
            return replace(delivery, state=DeliveryState.FAILED, note=reason)
        case PostLater(after, reason, _):
            if delivery.attempts >= ATTEMPTS_AT_MOST:
                return replace(delivery, state=DeliveryState.FAILED, note=f"given up: {reason}")
            wait = max(after, min(timedelta(seconds=2 ** min(delivery.attempts, 11)), BACK_OFF_AT_MOST))
            return replace(delivery, state=DeliveryState.PENDING, due_at=now + wait, note=reason)

"""Editing: a posted message is laid anew, once for each reason. Hides which messages wait and which are out."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime, timedelta

from digests.desk.owing import Owed
from digests.model import Delivery, DeliveryState, Page
from digests.ports import Relaid

EDITED = frozenset({DeliveryState.PENDING, DeliveryState.SENDING, DeliveryState.SENT, DeliveryState.PARKED})
"""States in which a message is out or still to come, so that it may be laid anew."""
OUT = frozenset({DeliveryState.PENDING, DeliveryState.SENDING, DeliveryState.SENT})


def is_out(target: Delivery, now: datetime) -> bool:
    """Whether somebody may have read it, or will before anything that is written now has an effect."""
    return target.state in OUT and not (target.state is DeliveryState.PENDING and target.due_at > now)


def as_laid(target: Delivery, so_far: Owed) -> Delivery:
    """The delivery with its page as it will stand after what is owed already: no edit undoes another."""
    laid = [relaid.page for relaid in so_far.relaid if relaid.key == target.key]
    return replace(target, page=laid[-1]) if laid else target


def edit(target: Delivery, page: Page, why: str, now: datetime, *, after: timedelta = timedelta()) -> Owed:
    """A posted page laid anew, with the duty to edit the message; what still waits to be posted is only laid anew.
    `why`: the same reason is a duty once; `after`: how long the edit may wait for others of the same message."""
    relaid = Relaid(target.key, page)
    if not is_out(target, now):
        return Owed(relaid=(relaid,))
    key = key_of("e", target.key, why)
    duty = Delivery(
        delivery_id=key,
        key=key,
        kind="edit",
        conversation=target.conversation,
        page=page,
        due_at=now + after,
        subscription_id=target.subscription_id,
        story_id=target.story_id,
        of=target.key,
    )
    return Owed(deliveries=(duty,), relaid=(relaid,))


def key_of(letter: str, *parts: str) -> str:
    """Opaque and unique: one duty for the same reason."""
    return letter + hashlib.sha256("\0".join((letter, *parts)).encode()).hexdigest()[:24]

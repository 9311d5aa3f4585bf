"""What is looked at again, and which conversations take no messages. Hides two tables and the states they change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from bot.store import codec, keeping, outbox, schema
from bot.store.engine import Transaction
from digests.model import Delivery, DeliveryState
from digests.ports import Follow, Pause

FOLLOW = codec.Form(Follow)
PAUSE = codec.Form(Pause)

_D, _F, _P = schema.deliveries, schema.follows, schema.pauses
DIGEST = "digest"


def begin(tx: Transaction, follows: Sequence[Follow]) -> None:
    """Follow articles; those that are followed already, or were, stay as they are."""
    tx.add_new(_F, [_row(f) for f in follows])


def save(tx: Transaction, follow: Follow) -> None:
    """Add or replace by article."""
    tx.put(_F, [_row(follow)])


def _row(follow: Follow) -> dict[str, object]:
    return {"article_id": follow.article_id, "next_at": follow.next_at, "body": FOLLOW.dump(follow, {})}


def due(tx: Transaction, now: datetime, limit: int) -> list[Follow]:
    """Followed articles whose next look is due, the longest overdue first."""
    query = sa.select(_F).where(_F.c.next_at <= now).order_by(_F.c.next_at, _F.c.article_id).limit(limit)
    found = (keeping.load(tx, FOLLOW, _F, row.article_id, row.body, {}) for row in tx.all(query))
    return [f for f in found if f is not None]


def pauses(tx: Transaction) -> list[Pause]:
    """Conversations that take no messages, in order of conversation."""
    rows = tx.all(sa.select(_P).order_by(_P.c.conversation))
    found = (keeping.load(tx, PAUSE, _P, row.conversation, row.body, {}) for row in rows)
    return [p for p in found if p is not None]


def pause(tx: Transaction, pause: Pause, notices: Sequence[Delivery]) -> bool:
    """A conversation takes no messages: digests fail, the rest is parked; notices are owed the first time."""
    first = tx.add_one(_P, {"conversation": pause.conversation, "body": PAUSE.dump(pause, {})})
    here = sa.and_(_D.c.conversation == pause.conversation, _D.c.state == DeliveryState.PENDING.value)
    digests = [row.key for row in tx.all(sa.select(_D.c.key).where(here, _D.c.kind == DIGEST).order_by(_D.c.key))]
    for key in digests:
        outbox.fail(tx, key, pause.reason)
    tx.conn.execute(sa.update(_D).where(here).values(state=DeliveryState.PARKED.value))
    for notice in notices if first else ():
        outbox.enqueue(tx, notice)
    return first


def resume(tx: Transaction, conversation: str) -> bool:
    """What was parked is pending again; False where the conversation was not paused. What was tried once and refused
    counts as untried: Slack has none of it, so it need not be looked for."""
    reasons = [p.reason for p in pauses(tx) if p.conversation == conversation]
    if tx.conn.execute(sa.delete(_P).where(_P.c.conversation == conversation)).rowcount != 1:
        return False
    parked = sa.and_(_D.c.conversation == conversation, _D.c.state == DeliveryState.PARKED.value)
    refused = sa.and_(parked, _D.c.attempts == 1, _D.c.note.in_([keeping.storable(r) for r in reasons]))
    tx.conn.execute(sa.update(_D).where(refused).values(attempts=0, first_try_at=None))
    tx.conn.execute(sa.update(_D).where(parked).values(state=DeliveryState.PENDING.value))
    return True

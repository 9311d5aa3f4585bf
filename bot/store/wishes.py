"""What people asked for by commands, when they looked, which of their events came before. Hides four tables."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa

from bot.store import codec, keeping, schema
from bot.store.engine import Transaction
from digests.model import Channel, Subscription

SUBSCRIPTION = codec.Form(Subscription)
CHANNEL = codec.Form(Channel)

REMEMBERED = timedelta(days=1)
"""How long an inbound key is kept. Slack repeats an event for about an hour at most."""

_C, _I, _L, _S = schema.channels, schema.inbound, schema.looks, schema.subscriptions


def subscriptions(tx: Transaction, conversation: str | None = None) -> list[Subscription]:
    """Subscriptions made by commands, in order of creation."""
    query = sa.select(_S).order_by(_S.c.created_at, _S.c.subscription_id)
    if conversation is not None:
        query = query.where(_S.c.conversation == conversation)
    found = (keeping.load(tx, SUBSCRIPTION, _S, row.subscription_id, row.body, {}) for row in tx.all(query))
    return [s for s in found if s is not None]


def save_subscription(tx: Transaction, subscription: Subscription) -> None:
    """Add or replace by id."""
    row = {
        "subscription_id": subscription.subscription_id,
        "conversation": subscription.conversation,
        "created_at": subscription.created_at,
        "body": SUBSCRIPTION.dump(subscription, {}),
    }
    tx.put(_S, [row])


def remove_subscription(tx: Transaction, subscription_id: str) -> bool:
    """False where there was none."""
    return tx.conn.execute(sa.delete(_S).where(_S.c.subscription_id == subscription_id)).rowcount == 1


def channels(tx: Transaction) -> list[Channel]:
    """Digest schedules made by commands, in order of id."""
    rows = tx.all(sa.select(_C).order_by(_C.c.channel_id))
    found = (keeping.load(tx, CHANNEL, _C, row.channel_id, row.body, {}) for row in rows)
    return [c for c in found if c is not None]


def save_channel(tx: Transaction, channel: Channel) -> None:
    """Add or replace by id."""
    tx.put(_C, [{"channel_id": channel.id, "body": CHANNEL.dump(channel, {})}])


def remove_channel(tx: Transaction, channel_id: str) -> bool:
    """False where there was none."""
    return tx.conn.execute(sa.delete(_C).where(_C.c.channel_id == channel_id)).rowcount == 1


def look(tx: Transaction, user: str, what: str, now: datetime, apart: timedelta) -> datetime | None:
    """Note that a person looks at something; when he had last looked before, None where this is the first time."""
    rows = tx.all(sa.select(_L).where(_L.c.user == user, _L.c.what == what))
    before, last = (rows[0].before, rows[0].at) if rows else (None, None)
    if last is not None and now - last >= apart:
        before = last
    tx.put(_L, [{"user": user, "what": what, "before": before, "at": max(now, last) if last else now}])
    return before


def first_time(tx: Transaction, key: str, now: datetime) -> bool:
    """Whether an inbound key comes for the first time; old ones are forgotten on the way."""
    tx.conn.execute(sa.delete(_I).where(_I.c.at < now - REMEMBERED))
    return tx.add_one(_I, {"key": key, "at": now})

"""Duties to post: enqueue, claim, settle, deliveries. Hides leases and the race for the next one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from bot.store import codec, keeping, schema
from bot.store.engine import Transaction
from digests.model import Delivery, DeliveryState
from digests.ports import Relaid

_VARYING = ("due_at", "state", "attempts", "first_try_at", "receipt", "note")
DELIVERY = codec.Form(Delivery, given=_VARYING)
"""What never changes; the rest stands in columns, which claim and settle write."""

_T = schema.deliveries


def enqueue(tx: Transaction, delivery: Delivery) -> bool:
    """Add a duty to post; False where its key exists."""
    texts: codec.Texts = {}
    body = DELIVERY.dump(delivery, texts)
    keeping.save_texts(tx, texts)
    row = {"key": delivery.key, "kind": delivery.kind, "conversation": delivery.conversation, "body": body}
    return tx.add_one(_T, row | _varying(delivery))


def _varying(delivery: Delivery) -> dict[str, Any]:
    return {
        "due_at": delivery.due_at,
        "state": delivery.state.value,
        "attempts": delivery.attempts,
        "first_try_at": delivery.first_try_at,
        "lease_until": None,
        "receipt": None if delivery.receipt is None else keeping.storable(delivery.receipt),
        "note": keeping.storable(delivery.note),
    }


def claim(tx: Transaction, now: datetime, limit: int, lease: timedelta) -> list[Delivery]:
    """Due deliveries, oldest first, one a conversation, marked SENDING."""
    waiting = _waiting(now, limit)
    if not tx.all(waiting):  # most ticks: nothing is due, nothing is locked
        return []
    tx.next_numbers(0)  # one claim at a time: two could each find another oldest of one conversation
    keys = [row.key for row in tx.all(waiting.with_for_update(skip_locked=True))]
    if not keys:
        return []
    tx.conn.execute(
        sa.update(_T)
        .where(_T.c.key.in_(keys))
        .values(
            state=DeliveryState.SENDING.value,
            attempts=_T.c.attempts + 1,
            first_try_at=sa.func.coalesce(_T.c.first_try_at, sa.literal(now, schema.Moment)),
            lease_until=now + lease,
        )
    )
    rows = tx.all(sa.select(_T).where(_T.c.key.in_(keys)).order_by(_T.c.due_at, _T.c.key))
    claimed = _load(tx, rows)
    _give_up(tx, {row.key for row in rows} - {d.key for d in claimed})
    return claimed


def _waiting(now: datetime, limit: int) -> sa.Select[Any]:
    """Keys of the oldest due delivery of each conversation in which none is on its way."""
    sending = _T.c.state == DeliveryState.SENDING.value
    due = sa.and_(_T.c.state == DeliveryState.PENDING.value, _T.c.due_at <= now)
    lapsed = sa.and_(sending, _T.c.lease_until <= now)
    busy = sa.select(_T.c.conversation).where(sending, _T.c.lease_until > now)
    place = sa.func.row_number().over(partition_by=_T.c.conversation, order_by=(_T.c.due_at, _T.c.key))
    ranked = (
        sa.select(_T.c.key, place.label("place"))
        .where(sa.or_(due, lapsed), _T.c.conversation.not_in(busy))
        .subquery("ranked")
    )
    first = sa.select(ranked.c.key).where(ranked.c.place == 1)
    return sa.select(_T.c.key).where(_T.c.key.in_(first)).order_by(_T.c.due_at, _T.c.key).limit(limit)


def _give_up(tx: Transaction, keys: Iterable[str]) -> None:
    """A page that cannot be read back is never posted: it fails visibly, and its conversation goes on."""
    for key in sorted(keys):
        fail(tx, key, "stored page is damaged")


def fail(tx: Transaction, key: str, note: str) -> None:
    """Give a delivery up, visibly: what it would have told counts as untold."""
    failed = {"state": DeliveryState.FAILED.value, "lease_until": None, "note": keeping.storable(note)}
    tx.conn.execute(sa.update(_T).where(_T.c.key == key).values(failed))
    _take_back(tx, key)


def drop(tx: Transaction, key: str, note: str) -> None:
    """Give a delivery up because somebody decided so: what it would have told counts as untold."""
    dropped = {"state": DeliveryState.DROPPED.value, "note": keeping.storable(note)}
    tx.conn.execute(sa.update(_T).where(_T.c.key == key).values(dropped))
    _take_back(tx, key)


def settle(tx: Transaction, delivery: Delivery) -> None:
    """Write the outcome. A receipt always counts and is never undone; any other outcome counts only from the newest
    attempt, so that one whose lease ran out does not overwrite what the next one found. What is over keeps no files."""
    newest = _T.c.attempts == delivery.attempts
    if delivery.state is DeliveryState.SENT:
        newest = sa.true()
    row = sa.and_(_T.c.key == delivery.key, _T.c.state != DeliveryState.SENT.value, newest)
    values = _varying(delivery)
    values.pop("attempts")
    if delivery.page.files and delivery.state in {DeliveryState.SENT, DeliveryState.FAILED}:
        texts: codec.Texts = {}
        values["body"] = DELIVERY.dump(replace(delivery, page=replace(delivery.page, files=())), texts)
        keeping.save_texts(tx, texts)
    written = tx.conn.execute(sa.update(_T).where(row).values(values)).rowcount
    if written and delivery.state is DeliveryState.FAILED:
        _take_back(tx, delivery.key)


def _take_back(tx: Transaction, key: str) -> None:
    tx.conn.execute(sa.delete(schema.told).where(schema.told.c.delivery_key == key))


def delivery(tx: Transaction, key: str) -> Delivery | None:
    """One delivery by its key."""
    found = _load(tx, tx.all(sa.select(_T).where(_T.c.key == key)))
    return found[0] if found else None


def waiting(tx: Transaction, until: datetime) -> list[Delivery]:
    """Pending deliveries with due_at <= until, in order of due_at, then key."""
    pending = sa.select(_T).where(_T.c.state == DeliveryState.PENDING.value, _T.c.due_at <= until)
    return _load(tx, tx.all(pending.order_by(_T.c.due_at, _T.c.key)))


def postpone(tx: Transaction, keys: Iterable[str], due_at: datetime) -> int:
    """Those of them that are pending become due at another time."""
    pending = sa.and_(_T.c.key.in_(list(keys)), _T.c.state == DeliveryState.PENDING.value)
    return tx.conn.execute(sa.update(_T).where(pending).values(due_at=due_at)).rowcount


def merge(tx: Transaction, into: Delivery, keys: Sequence[str]) -> bool:
    """One duty in place of several that are all still pending."""
    tx.next_numbers(0)  # as claim does: none of them is claimed meanwhile
    merged = sa.and_(_T.c.key.in_(keys), _T.c.state == DeliveryState.PENDING.value)
    if len(tx.all(sa.select(_T.c.key).where(merged))) != len(keys) or not enqueue(tx, into):
        return False
    tx.conn.execute(sa.update(_T).where(merged).values(state=DeliveryState.MERGED.value, note=into.key))
    for table in (schema.told, schema.lines, schema.citations):
        tx.conn.execute(sa.update(table).where(table.c.delivery_key.in_(keys)).values(delivery_key=into.key))
    return True


def relay(tx: Transaction, relaid: Sequence[Relaid]) -> None:
    """Pages that read otherwise from now on; what is on its way goes out as it was claimed."""
    for one in relaid:
        found = delivery(tx, one.key)
        if found is not None:
            texts: codec.Texts = {}
            body = DELIVERY.dump(replace(found, page=one.page), texts)
            keeping.save_texts(tx, texts)
            tx.conn.execute(sa.update(_T).where(_T.c.key == one.key).values(body=body))


def deliveries(tx: Transaction, *, kind: str | None = None, since: datetime | None = None) -> list[Delivery]:
    """Deliveries with since < due_at, in order of due_at, then key."""
    query = sa.select(_T).order_by(_T.c.due_at, _T.c.key)
    if kind is not None:
        query = query.where(_T.c.kind == kind)
    if since is not None:
        query = query.where(_T.c.due_at > since)
    return _load(tx, tx.all(query))


def latest(tx: Transaction, conversation: str, kind: str) -> Delivery | None:
    """The newest delivery of a kind to a conversation that Slack has."""
    sent = sa.select(_T).where(_T.c.conversation == conversation, _T.c.state == DeliveryState.SENT.value)
    found = _load(tx, tx.all(sent.where(_T.c.kind == kind).order_by(_T.c.due_at.desc(), _T.c.key.desc()).limit(1)))
    return found[0] if found else None


def delivered(tx: Transaction, receipt: str, conversations: Sequence[str]) -> Delivery | None:
    """The delivery that became the message of this receipt in one of these conversations."""
    where = _T.c.conversation.in_(list(conversations))
    found = _load(tx, tx.all(sa.select(_T).where(_T.c.receipt == keeping.storable(receipt), where).limit(1)))
    return found[0] if found else None


def _load(tx: Transaction, rows: Sequence[sa.Row[Any]]) -> list[Delivery]:
    texts = keeping.load_texts(tx, (row.body for row in rows))
    found = (
        keeping.load(
            tx,
            DELIVERY,
            _T,
            row.key,
            row.body,
            texts,
            due_at=row.due_at,
            state=DeliveryState(row.state),
            attempts=row.attempts,
            first_try_at=row.first_try_at,
            receipt=row.receipt,
            note=row.note,
        )
        for row in rows
    )
    return [d for d in found if d is not None]

"""What people reviewed and decided, and the baseline's versions. Hides three tables and what a decision changes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from bot.store import codec, keeping, outbox, schema
from bot.store.engine import Transaction
from digests.model import AuditEntry, Delivery, DeliveryState, ReviewItem, ReviewState
from digests.ports import BaselineVersion, Ruling

ITEM = codec.Form(ReviewItem)
ENTRY = codec.Form(AuditEntry)
VERSION = codec.Form(BaselineVersion)

_A, _B, _D, _R = schema.audit, schema.baselines, schema.deliveries, schema.reviews


def queue(tx: Transaction, items: Sequence[ReviewItem]) -> None:
    """Add items; those that are there stay as they are. Each leaves an entry."""
    for item in items:
        if tx.add_one(_R, _row(item)):
            _note(tx, AuditEntry(item.at, "", "queued", item.item_id))


def _row(item: ReviewItem) -> dict[str, object]:
    return {"item_id": item.item_id, "state": item.state.value, "at": item.at, "body": ITEM.dump(item, {})}


def _note(tx: Transaction, entry: AuditEntry) -> None:
    [number] = tx.next_numbers(1)
    tx.add_new(_A, [{"number": number, "at": entry.at, "body": ENTRY.dump(entry, {})}])


def reviews(tx: Transaction, *, state: ReviewState | None = None, since: datetime | None = None) -> list[ReviewItem]:
    """Items to review, in order of time, then id."""
    query = sa.select(_R).order_by(_R.c.at, _R.c.item_id)
    if state is not None:
        query = query.where(_R.c.state == state.value)
    if since is not None:
        query = query.where(_R.c.at > since)
    found = (keeping.load(tx, ITEM, _R, row.item_id, row.body, {}) for row in tx.all(query))
    return [item for item in found if item is not None]


def report(tx: Transaction, item: ReviewItem, entry: AuditEntry, notices: Sequence[Delivery]) -> bool:
    """A new item that somebody reported; False and no effect where its id exists."""
    if not tx.add_one(_R, _row(item)):
        return False
    _note(tx, entry)
    for notice in notices:
        outbox.enqueue(tx, notice)
    return True


def rule(tx: Transaction, ruling: Ruling) -> bool:
    """A decision with all that it does; False and no effect where the item does not wait any more, or, to be opened
    again, waits already."""
    if not _change(tx, ruling.item, ruling.entry):
        return False
    for item, entry in ruling.others:
        _change(tx, item, entry)
    outbox.relay(tx, ruling.relaid)
    for delivery in ruling.deliveries:
        outbox.enqueue(tx, delivery)
    for key, due_at in ruling.let_out:
        outbox.postpone(tx, [key], due_at)
    pending = _D.c.state.in_([DeliveryState.PENDING.value, DeliveryState.PARKED.value])
    for key in ruling.dropped:
        if tx.all(sa.select(_D.c.key).where(_D.c.key == key, pending)):
            outbox.drop(tx, key, f"{ruling.entry.act} in review")
    return True


def _change(tx: Transaction, item: ReviewItem, entry: AuditEntry) -> bool:
    """Write what became of an item that waited, or that waits again; False where another was first."""
    waits = _R.c.state == ReviewState.WAITING.value
    before = sa.not_(waits) if item.state is ReviewState.WAITING else waits
    values = {"state": item.state.value, "body": ITEM.dump(item, {})}
    if tx.conn.execute(sa.update(_R).where(_R.c.item_id == item.item_id, before).values(values)).rowcount != 1:
        return False
    _note(tx, entry)
    return True


def audit(tx: Transaction, limit: int, skip: int = 0, of: str = "") -> list[AuditEntry]:
    """The newest entries, newest first, but for so many. `of`: of that item alone."""
    query = sa.select(_A).order_by(_A.c.number.desc()).limit(limit).offset(skip)
    if of:
        query = query.where(_A.c.body.contains(f'"what":{json.dumps(of)}', autoescape=True))
    rows = tx.all(query)
    found = (keeping.load(tx, ENTRY, _A, row.number, row.body, {}) for row in rows)
    return [entry for entry in found if entry is not None]


def audited(tx: Transaction) -> int:
    """How many entries there are."""
    return int(tx.conn.execute(sa.select(sa.func.count()).select_from(_A)).scalar_one())


def baselines(tx: Transaction) -> list[BaselineVersion]:
    """Versions that commands made, in order of version."""
    rows = tx.all(sa.select(_B).order_by(_B.c.version))
    texts = keeping.load_texts(tx, (row.body for row in rows))
    found = (keeping.load(tx, VERSION, _B, row.version, row.body, texts) for row in rows)
    return [version for version in found if version is not None]


def save_baseline(tx: Transaction, version: BaselineVersion, entry: AuditEntry, notices: Sequence[Delivery]) -> bool:
    """Add a version with what announces it; False and no effect where that version exists."""
    texts: codec.Texts = {}
    row = {"version": version.baseline.version, "body": VERSION.dump(version, texts)}
    keeping.save_texts(tx, texts)
    if not tx.add_one(_B, row):
        return False
    _note(tx, entry)
    for notice in notices:
        outbox.enqueue(tx, notice)
    return True

"""What conversations were told: slots, lines, told memory. Hides three tables."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.store import codec, following, keeping, outbox, schema
from bot.store.engine import Transaction
from digests.model import Line
from digests.ports import BriefRecord, SlotRecord, StoredLine, Told, ToldMark

LINE = codec.Form(Line)

_L, _S, _T = schema.lines, schema.slots, schema.told


def save(tx: Transaction, lines: Sequence[StoredLine], told: Sequence[ToldMark]) -> None:
    """Keep lines with where they were posted, and marks; those that are there already stay as they are."""
    texts: codec.Texts = {}
    rows = [
        {
            "line_id": stored.line.line_id,
            "delivery_key": stored.delivery_key,
            "conversation": stored.conversation,
            "body": LINE.dump(stored.line, texts),
        }
        for stored in lines
    ]
    if rows:
        keeping.save_texts(tx, texts)
        numbers = tx.next_numbers(len(rows))
        tx.add_new(_L, [row | {"posting": n} for row, n in zip(rows, numbers, strict=True)])
        tx.add_new(schema.citations, [cited for stored in lines for cited in _cited(stored)])
    tx.add_new(
        _T,
        [
            {
                "conversation": mark.conversation,
                "development_id": mark.development_id,
                "story_id": mark.story_id,
                "line_id": mark.line_id,
                "told_at": mark.told_at,
                "delivery_key": mark.delivery_key,
            }
            for mark in told
        ],
    )


def _cited(stored: StoredLine) -> list[dict[str, str]]:
    """The articles whose words a line shows."""
    line = stored.line
    shown = (c.article_id for c in (line.headline, *line.quotes, line.compared, line.now) if c is not None)
    where = {"line_id": line.line_id, "delivery_key": stored.delivery_key}
    return [{"article_id": article} | where for article in dict.fromkeys(shown)]


def told(tx: Transaction, conversation: str) -> Told:
    """Told memory of a conversation."""
    query = sa.select(_T.c.development_id, _T.c.story_id, _T.c.told_at).where(_T.c.conversation == conversation)
    rows = tx.all(query.order_by(_T.c.told_at, _T.c.development_id))
    stories: dict[str, datetime] = {}
    for row in rows:
        stories.setdefault(row.story_id, row.told_at)
    return Told(frozenset(row.development_id for row in rows), stories)


def told_marks(tx: Transaction, conversation: str) -> list[ToldMark]:
    """What a conversation was told, mark by mark, in order of time."""
    by = schema.deliveries
    query = sa.select(_T, by.c.kind).join(by, by.c.key == _T.c.delivery_key, isouter=True)
    rows = tx.all(query.where(_T.c.conversation == conversation).order_by(_T.c.told_at, _T.c.development_id))
    return [
        ToldMark(r.conversation, r.development_id, r.story_id, r.line_id, r.told_at, r.delivery_key, r.kind or "")
        for r in rows
    ]


def record_brief(tx: Transaction, brief: BriefRecord) -> bool:
    """Write a digest with its slot; False and no effect where that slot is already decided."""
    row = {"channel_id": brief.channel_id, "slot": brief.slot, "outcome": brief.outcome}
    if not tx.add_one(_S, row):
        return False
    if brief.delivery is not None:
        outbox.enqueue(tx, brief.delivery)
    save(tx, brief.lines, brief.told)
    following.begin(tx, brief.follows)
    return True


def last_slot(tx: Transaction, channel_id: str, before: datetime) -> SlotRecord | None:
    """The newest decided slot strictly before an instant."""
    query = sa.select(_S).where(_S.c.channel_id == channel_id, _S.c.slot < before).order_by(_S.c.slot.desc()).limit(1)
    return next((SlotRecord(row.channel_id, row.slot, row.outcome) for row in tx.all(query)), None)


def slots(tx: Transaction, channel_id: str, since: datetime) -> list[SlotRecord]:
    """Decided slots at or after an instant, oldest first."""
    query = sa.select(_S).where(_S.c.channel_id == channel_id, _S.c.slot >= since).order_by(_S.c.slot)
    return [SlotRecord(row.channel_id, row.slot, row.outcome) for row in tx.all(query)]


def line(tx: Transaction, line_id: str) -> StoredLine | None:
    """A posted line by its short id; where it was posted more than once, its newest posting."""
    found = _lines(tx, sa.select(_L).where(_L.c.line_id == line_id).order_by(_L.c.posting.desc()).limit(1))
    return found[0] if found else None


def lines_telling(tx: Transaction, conversation: str, development_id: str, story_id: str) -> list[StoredLine]:
    """Lines by which a conversation was told a development or its happening, in order of writing."""
    told_by = sa.exists().where(
        _T.c.conversation == conversation,
        sa.or_(_T.c.development_id == development_id, _T.c.story_id == story_id),
        _T.c.line_id == _L.c.line_id,
        _T.c.delivery_key == _L.c.delivery_key,
    )
    return _lines(tx, sa.select(_L).where(told_by).order_by(_L.c.posting))


def lines_on(tx: Transaction, story_id: str) -> list[StoredLine]:
    """Lines by which any conversation was told a happening, in the order in which they were written."""
    told_by = sa.exists().where(
        _T.c.story_id == story_id, _T.c.line_id == _L.c.line_id, _T.c.delivery_key == _L.c.delivery_key
    )
    return _lines(tx, sa.select(_L).where(told_by).order_by(_L.c.posting))


def lines_citing(tx: Transaction, article_id: str) -> list[StoredLine]:
    """Lines that show words of an article, in the order in which they were written."""
    cited = schema.citations
    shown = sa.exists().where(
        cited.c.article_id == article_id, cited.c.line_id == _L.c.line_id, cited.c.delivery_key == _L.c.delivery_key
    )
    return _lines(tx, sa.select(_L).where(shown).order_by(_L.c.posting))


def lines_of(tx: Transaction, delivery_key: str) -> list[StoredLine]:
    """The lines of one delivery, in the order in which they were written."""
    return _lines(tx, sa.select(_L).where(_L.c.delivery_key == delivery_key).order_by(_L.c.posting))


def _lines(tx: Transaction, query: sa.Select[Any]) -> list[StoredLine]:
    """Lines that can still be cut from what is stored; the others are left out and noted."""
    rows = tx.all(query)
    texts = keeping.load_texts(tx, (row.body for row in rows))
    loaded = ((row, keeping.load(tx, LINE, _L, row.line_id, row.body, texts)) for row in rows)
    return [StoredLine(found, row.conversation, row.delivery_key) for row, found in loaded if found is not None]

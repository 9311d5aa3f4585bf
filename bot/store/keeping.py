"""How nouns stand in rows: texts once, bodies written and read. Hides look-ups of texts and what damage does."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

import sqlalchemy as sa

from bot.store import codec, schema
from bot.store.engine import Transaction
from digests.model import TextOfRecord

N = TypeVar("N")

AT_ONCE = 500
"""Values of one IN list; SQLite takes 32,766 of them, PostgreSQL 65,535."""


def chunks(values: Sequence[N], size: int = AT_ONCE) -> Iterator[Sequence[N]]:
    """The values in runs of at most `size`."""
    return (values[start : start + size] for start in range(0, len(values), size))


def save_texts(tx: Transaction, texts: codec.Texts) -> None:
    """Keep texts that are not kept yet; their sha names them for ever."""
    tx.add_new(schema.texts, [{"sha": sha, "body": texts[sha].body.encode("utf-8")} for sha in sorted(texts)])


def load_texts(tx: Transaction, bodies: Iterable[str]) -> codec.Texts:
    """The texts that written nouns name. One that does not match its sha any more is left out, counted and logged."""
    table = schema.texts
    texts: codec.Texts = {}
    for wanted in chunks(codec.shas(bodies)):
        for sha, raw in tx.conn.execute(sa.select(table.c.sha, table.c.body).where(table.c.sha.in_(wanted))):
            if hashlib.sha256(raw).hexdigest() == sha:
                texts[sha] = TextOfRecord(raw.decode("utf-8"))
            else:
                tx.dropped.note("texts", sha, "the text does not match its sha256")
    return texts


def load(
    tx: Transaction, form: codec.Form[N], table: sa.Table, key: object, body: str, texts: codec.Texts, **given: Any
) -> N | None:
    """One noun, or None where it is damaged: then it is counted and logged under its table and key."""
    try:
        return form.load(body, texts, **given)
    except codec.Damaged as damaged:
        tx.dropped.note(table.name, str(key), damaged)
        return None


def storable(text: str) -> str:
    """Free text as every database takes it: NUL and lone surrogates become question marks."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", "?")

"""Writes `schemas/NNNN.json`: the rows of a store of the newest schema. Hides what is put into it.

Run `python -m tests.edges.schema_rows` once, in the commit that adds a migration; older files are never changed.
"""

from __future__ import annotations

import asyncio
import json
import tempfile
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.pool import NullPool

from bot.store import SqlStore, open_store, schema
from digests.model import DeliveryState, Relevance
from digests.ports import Follow, Pause, Recorded
from tests.builders import (
    a_brief,
    a_channel,
    a_citation,
    a_delivery,
    a_development,
    a_fault,
    a_feed_state,
    a_judgement,
    a_line,
    a_reading,
    a_recorded,
    a_review_item,
    a_statement,
    a_stored_line,
    a_subscription,
    a_told_mark,
    a_version,
    an_article,
    an_entry,
    an_intake,
    at,
)


async def fill(store: SqlStore) -> None:
    """One of each, and what is easily lost: revisions, unknown speakers, other alphabets, settled deliveries."""
    article = an_article(text="The page: talks resume on 1 December, «так» — сказав він.")
    statements = (
        a_statement(article, words="talks resume", issues=("process", "territory")),
        a_statement(article, words="так", speaker=None, said_on=None),
    )
    judged = [a_judgement(s) for s in statements]
    compared = a_citation(an_article("a0", title="What was said before"))
    development = a_development(article, judgements=judged, compared=compared)
    first = Recorded(article, a_reading(article, statements=statements), development, backfill=True)
    irrelevant = a_recorded(an_article("a2"), relevance=Relevance.NO)
    polled = an_intake(first, irrelevant, feed_state=a_feed_state(), polled_at=at(1), items_seen=2)
    line = a_stored_line(a_line(faults=(a_fault(),)))
    await store.record(
        replace(polled, deliveries=(a_delivery("alert", kind="alert"),), told=(a_told_mark(),), lines=(line,))
    )
    await store.record(an_intake(a_recorded(an_article(title="Edited", revision=1, hours=2))))
    await store.save_feed_state(a_feed_state("other"), at(2), ok=False)
    await store.record_brief(a_brief(hours=3, conversation="C2"))
    [claimed] = await store.claim(at(4), 1, timedelta(minutes=2))
    await store.settle(replace(claimed, state=DeliveryState.SENT, receipt="1764072000.000100"))
    await store.save_subscription(a_subscription(quiet=("22:00", "07:00")))
    await store.save_channel(a_channel())
    await store.first_time("Ev1", at(0))
    await store.look("U1", "news", at(0), timedelta(minutes=30))
    await store.look("U1", "news", at(5), timedelta(minutes=30))
    await store.save_follow(Follow("a1", at(0), at(3), looks=1))
    await store.pause(Pause("C3", "is_archived", at(5)), [])
    await store.report(a_review_item(kind="report"), an_entry(act="reported"), [])
    await store.save_baseline(a_version(), an_entry("2", act="amended"), [])
    await store.close()


def plain(value: object) -> object:
    """A value as JSON keeps it: bytes, instants and days marked as such."""
    if isinstance(value, bytes):
        return {"utf8": value.decode()}
    if isinstance(value, datetime):
        return {"at": value.isoformat()}
    return {"on": value.isoformat()} if isinstance(value, date) else value


def rows(url: str) -> dict[str, list[dict[str, object]]]:
    """Every row of every table but Alembic's own, in an order that foreign keys allow."""
    engine = sa.create_engine(url, poolclass=NullPool)
    tables = sa.MetaData()
    with engine.begin() as connection:
        tables.reflect(connection)
        return {
            table.name: [{k: plain(v) for k, v in row._mapping.items()} for row in connection.execute(sa.select(table))]
            for table in tables.sorted_tables
            if table.name != "alembic_version"
        }


def main() -> None:
    """Write the file of the newest schema."""
    target = Path(__file__).with_name("schemas") / f"{schema.VERSION}.json"
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/store.sqlite3"
        asyncio.run(fill(open_store(url)))
        target.write_text(json.dumps(rows(url), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(target)


if __name__ == "__main__":
    main()

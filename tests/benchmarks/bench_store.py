"""What the store costs beside raw sqlite3, in one run on one disk: ratios first, since machines differ.

The raw side writes the same bytes into the same tables in transactions of the same size, without SQLAlchemy, threads
or codec. Run `python -m tests.benchmarks.bench_store [ARTICLES]`.
"""

from __future__ import annotations

import asyncio
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from bot.store import SqlStore, open_store
from digests.model import Fact, Relevance
from digests.ports import Recorded
from tests.builders import (
    a_citation,
    a_delivery,
    a_development,
    a_feed_state,
    a_judgement,
    a_reading,
    a_span,
    a_statement,
    an_article,
    an_intake,
    at,
)

WORDS = (
    *("Kremlin", "envoy", "talks", "Geneva", "Kyiv", "plan", "draft", "guarantee", "troops", "ceasefire", "assets"),
    *("sanctions", "delegation", "agreement", "the", "a", "of", "in", "on", "with", "after", "meeting", "officials"),
    *("said", "that", "territory", "withdrawal", "proposal", "Europe", "Washington", "president", "minister"),
)
ABOUT_EVERY = 7
"""One article in seven is about the talks, as in the recorded days of January 2026 (about 3,000 of 20,355)."""


def prose(rng: random.Random, characters: int) -> str:
    """Words up to about so many characters."""
    words: list[str] = []
    length = 0
    while length < characters:
        words.append(rng.choice(WORDS))
        length += len(words[-1]) + 1
    return " ".join(words) + "."


def material(rng: random.Random, n: int) -> Recorded:
    """An article as live polling records it: a feed's excerpt, or a page with statements, facts and a development."""
    about = n % ABOUT_EVERY == 0
    article = an_article(
        f"article-{n}",
        title=prose(rng, 70),
        lead=prose(rng, 300),
        text=prose(rng, 3500) if about else "",
        feed_id=f"feed-{n % 50}",
        hours=n / 60,
    )
    text = list(article.texts.values())[-1]
    statements = [
        replace(
            a_statement(article, issues=("process", "territory")),
            span=text.span(60 * k, 60 * k + 150),
            statement_id=f"s-{n}-{k}",
        )
        for k in range(6 if about else 0)
    ]
    facts = [
        Fact(float(k), "people", "kill", a_span(text=text, words=text.body[10 * k : 10 * k + 8])) for k in range(4)
    ]
    reading = replace(
        a_reading(article, relevance=Relevance.YES if about else Relevance.NO, statements=statements, facts=facts),
        terms=tuple((f"word{rng.randrange(5000)}", 1 + k % 3) for k in range(70)),
        rare=tuple(f"name{rng.randrange(5000)}" for _ in range(12)),
        shingles=tuple(rng.randrange(2**32) for _ in range(256 if about else 60)),
    )
    judgements = [a_judgement(s) for s in statements]
    development = a_development(article, judgements=judgements, compared=a_citation(article)) if about else None
    return Recorded(article, reading, development)


async def timed(action: Callable[[], Awaitable[object]]) -> tuple[float, float]:
    """Wall and CPU milliseconds."""
    wall, cpu = time.perf_counter(), time.process_time()
    await action()
    return (time.perf_counter() - wall) * 1000, (time.process_time() - cpu) * 1000


def copied(source: Path, target: Path, batch: int) -> float:
    """Milliseconds to write the same rows with raw sqlite3: the floor."""
    tables = ("texts", "articles", "readings", "statements", "statement_issues", "developments", "seen")
    with sqlite3.connect(source) as read:
        rows = {t: read.execute(f"SELECT * FROM {t}").fetchall() for t in tables}  # noqa: S608
        schema = [s for (s,) in read.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")]
        transactions = max(1, len(rows["articles"]) // batch)
    read.close()
    write = sqlite3.connect(target, isolation_level=None)
    write.execute("PRAGMA journal_mode=WAL")
    write.execute("PRAGMA synchronous=NORMAL")
    for statement in schema:
        write.execute(statement)
    began = time.perf_counter()
    for k in range(transactions):
        write.execute("BEGIN IMMEDIATE")
        for table, held in rows.items():
            part = held[k::transactions]
            if part:
                write.executemany(f"INSERT INTO {table} VALUES ({','.join('?' * len(part[0]))})", part)  # noqa: S608
        write.execute("COMMIT")
    took = (time.perf_counter() - began) * 1000
    write.close()
    return took


def scanned(source: Path) -> float:
    """Milliseconds to fetch every row that a rebuild needs with raw sqlite3: the floor."""
    began = time.perf_counter()
    with sqlite3.connect(source) as read:
        about = "SELECT seq FROM readings WHERE relevance <> 'no'"
        for table in ("articles", "readings", "statements", "developments"):
            read.execute(f"SELECT * FROM {table} WHERE seq IN ({about})").fetchall()  # noqa: S608
        read.execute("SELECT * FROM texts").fetchall()
    read.close()
    return (time.perf_counter() - began) * 1000


def report(name: str, milliseconds: float, floor: float, *, cpu: float, per: int) -> None:
    """One figure: how many times the floor, then the times."""
    print(f"{name:<34}{milliseconds / floor:6.1f} x raw {milliseconds:9.1f} ms {cpu / per:8.3f} ms CPU each of {per}")


async def write(store: SqlStore, file: Path, articles: Sequence[Recorded], batch: int, name: str) -> None:
    """Record them all in batches, beside the same rows raw."""
    parts = [articles[start : start + batch] for start in range(0, len(articles), batch)]
    intakes = [an_intake(*p, feed_state=a_feed_state(), polled_at=p[-1].article.seen_at) for p in parts]

    async def all_of_them() -> None:
        for intake in intakes:
            await store.record(intake)

    wall, cpu = await timed(all_of_them)
    report(name, wall, copied(file, file.with_suffix(f".raw{batch}"), batch), cpu=cpu, per=len(articles))


async def small(name: str, action: Callable[[], Awaitable[object]]) -> None:
    """The median of 21 calls, the first left out: it compiles the statement."""
    walls = [(await timed(action))[0] for _ in range(22)][1:]
    print(f"{name:<34}{sorted(walls)[10]:8.2f} ms")


async def deliver(store: SqlStore, how_many: int) -> None:
    """Enqueue, claim and settle, each durable."""
    for k in range(how_many):
        await store.enqueue(a_delivery(f"d{k}", conversation=f"C{k}", hours=k / 1000))

    async def drain() -> None:
        while claimed := await store.claim(at(24), 20, timedelta(minutes=2)):
            for delivery in claimed:
                await store.settle(replace(delivery, receipt="1.2", state=type(delivery.state).SENT))

    wall, cpu = await timed(drain)
    rate = how_many / wall * 1000
    print(f"claim 20 and settle, durable      {rate:8.0f} deliveries a second, {cpu / how_many:.3f} ms CPU each")


async def measure(folder: Path, how_many: int) -> None:
    """The whole table."""
    rng = random.Random(7)
    articles = [material(rng, n) for n in range(how_many)]
    quiet = [r for r in articles if r.development is None]
    opened = time.perf_counter()
    single = open_store(f"sqlite:///{folder / 'single.sqlite3'}")
    print(f"open a new database               {(time.perf_counter() - opened) * 1000:8.1f} ms")
    await write(single, folder / "single.sqlite3", quiet[:1000], 1, "record one irrelevant article")
    await deliver(single, 400)
    await single.close()
    store = open_store(f"sqlite:///{folder / 'all.sqlite3'}")
    await write(store, folder / "all.sqlite3", articles, 200, f"record {how_many:,} in batches of 200")
    wall, cpu = await timed(store.recorded)
    about = len(await store.recorded())
    report(f"rebuild {about:,} of {how_many:,}", wall, scanned(folder / "all.sqlite3"), cpu=cpu, per=about)
    last = max(r.seq for r in await store.recorded())
    await small("recorded() since the last one", lambda: store.recorded(after_seq=last))
    await small("coverage of 50 feeds", lambda: store.coverage(at(0), at(how_many / 60)))
    await small("seen marks of 100 entries", lambda: store.seen("feed-1", [f"entry-article-{n}" for n in range(100)]))
    await small("told memory, empty", lambda: store.told("C1"))
    await small("claim with nothing due", lambda: store.claim(at(0), 20, timedelta(minutes=2)))
    await store.close()
    size = (folder / "all.sqlite3").stat().st_size
    print(f"bytes an article                  {size / how_many:8.0f}")


def main() -> None:
    """Measure in a temporary folder."""
    how_many = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(measure(Path(folder), how_many))


if __name__ == "__main__":
    main()

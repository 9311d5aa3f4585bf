"""How fast the whole bot acknowledges while it works: idle, during searches, during digests, and while its worker
processes read 1,000 articles that a poll then judges and records.

`make bench ARGS=acks`, or `ARGS="acks 200"` for fewer articles. Printed: p50, p99 and how many times the idle p99 that
is. Goals: p99 under 100 ms idle, under 500 ms during all of it.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import config
from bot import demo
from bot.analyse import ProcessAnalyst
from bot.app import Parts
from bot.demo import SimulatedClock, Stage
from digests.desk.newsroom import silent_notes
from digests.desk.poll import Arrivals
from digests.model import Entry, Feed, Source, SourceClass
from tests.benchmarks.acknowledged import ack, said

NOON = datetime(2025, 12, 3, 12, tzinfo=UTC)
ARTICLES = 1_000
AT_ONCE = 50
"""Articles of one arrival."""
IDLE = 100
PEOPLE = ("Russian Foreign Minister Sergei Lavrov", "Ukrainian President Volodymyr Zelensky", "Donald Trump")
THINGS = ("European troops in Ukraine", "territory under the peace plan", "a ceasefire before a deal")


def entry(n: int) -> Entry:
    """One report among many, no two alike."""
    who, what = PEOPLE[n % 3], THINGS[n // 3 % 3]
    link = f"https://paper-{n % 40}.example/{n}"
    title = f"{who.split()[-1]} speaks of {what}, round {n}"
    said = f"{who} said on Wednesday that his side would not accept {what} before round {n}. "
    text = said + f"The talks number {n} go on in Geneva. " * 12
    return Entry(link, title, text, link, published=NOON - timedelta(minutes=n % 600), language="en")


async def _ack(stage: Stage) -> float:
    return await ack(stage.workspace, stage.person, stage.channel, "help")


async def during(stage: Stage, work: Callable[[], Awaitable[object]]) -> list[float]:
    """Acknowledgements one after the other as long as some work lasts."""
    running = asyncio.ensure_future(work())
    times: list[float] = []
    while not running.done() or not times:
        times.append(await _ack(stage))
        await asyncio.sleep(0.05)
    await running
    return times


async def measure(articles: int) -> None:
    """Print the figures."""
    shipped = config.load(Path(__file__).resolve().parents[2] / "config")
    clock = SimulatedClock(NOON)
    async with ProcessAnalyst(shipped.directory) as analyst:
        parts = Parts(analyst=analyst, notes=silent_notes, jitter=lambda: 0.5)
        with tempfile.TemporaryDirectory() as folder:
            async with demo.stage(shipped, clock, f"sqlite:///{folder}/acks.db", parts) as stage:
                await _rows(stage, articles)


async def _rows(stage: Stage, articles: int) -> None:
    source = Source("paper", "Paper", SourceClass.INDEPENDENT, "paper")
    feed = Feed("paper-feed", "paper", "https://paper.example/feed", "en")

    other = stage.workspace.add_user("other")  # whose answers are not mixed with those that are measured
    room = stage.workspace.add_channel("other-room", other, bot=True)

    async def read() -> None:
        for start in range(0, articles, AT_ONCE):
            entries = tuple(entry(n) for n in range(start, min(start + AT_ONCE, articles)))
            await stage.desk.take(Arrivals(feed, source, entries), NOON)

    async def search() -> None:
        for n in range(20):
            await stage.workspace.command("/brief", f'search "round {n}" talks', user=other, channel=room, wait=2)

    async def brief() -> None:
        for n in range(5):
            await stage.workspace.command(
                "/brief", "preview" if n % 2 else "new since:5d", user=other, channel=room, wait=10
            )

    await _ack(stage)
    idle = said("idle", [await _ack(stage) for _ in range(IDLE)])
    said(f"{articles} articles are read, judged and recorded", await during(stage, read), idle)
    said("20 searches of that record", await during(stage, search), idle)
    said("5 digests of that record", await during(stage, brief), idle)


if __name__ == "__main__":
    asyncio.run(measure(int(sys.argv[1]) if len(sys.argv) > 1 else ARTICLES))

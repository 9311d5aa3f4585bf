"""The pure steps away from the loop: the same answers in both forms, and no step that outlives its deadline."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

import config
from bot.analyse import CHUNK, InlineAnalyst, ProcessAnalyst
from bot.embed import Embedder
from digests import extract, feeds
from digests.model import Article, Directory, Relevance
from digests.ports import Analyst
from digests.reading import Reader
from tests.builders import an_article

URL = "https://news.example/rss"
FEED = (
    b"<rss version='2.0'><channel><item><title>Talks</title><link>https://news.example/1</link></item></channel></rss>"
)
SLOW_FEED = b"<rss version='2.0'><channel><item>" + b"<a>" * 100_000 + b"</item></channel></rss>"
PAGE = (
    b"<html><body><article>"
    + b"<p>The delegations met in Geneva and spoke of the plan for hours.</p>" * 2
    + (
        b"<p>A second round is expected next week, said an official who asked not to be named by reporters.</p>"
        b"<p>Nothing is agreed until everything is agreed, and the draft now has nineteen points, he went on.</p>"
        b"</article></body></html>"
    )
)

pytestmark = pytest.mark.xdist_group("processes")


@pytest.fixture(scope="module")
def directory() -> Directory:
    return config.load(Path(__file__).resolve().parents[2] / "config").directory


@pytest.fixture(params=["inline", "processes"])
async def analyst(request: pytest.FixtureRequest, directory: Directory) -> AsyncIterator[Analyst]:
    made = InlineAnalyst(directory) if request.param == "inline" else ProcessAnalyst(directory)
    async with made as it:
        yield it


def articles(count: int) -> list[Article]:
    return [replace(an_article(f"article-{n}"), entry_id=f"e{n}") for n in range(count)]


# --- what both forms promise --------------------------------------------------------------------------------------


async def test_a_feed_is_parsed_as_the_pure_step_parses_it(analyst: Analyst) -> None:
    whole = feeds.parse(FEED, "text/xml", URL, frozenset())
    known = frozenset(whole.item_hashes)
    assert await analyst.parse(FEED, "text/xml", URL, frozenset()) == whole
    assert (await analyst.parse(FEED, "text/xml", URL, known)).entries == ()
    assert (await analyst.parse(b"no feed", "", URL, frozenset())).problem == "not-a-feed"


async def test_a_page_is_read_as_the_pure_step_reads_it(analyst: Analyst) -> None:
    found = extract.extract(PAGE, "text/html")
    assert found is not None
    assert await analyst.extract(PAGE, "text/html") == found
    assert await analyst.extract(b"no page", "text/html") is None


async def test_readings_come_in_order_and_as_the_pure_step_makes_them_with_vectors(
    analyst: Analyst, directory: Directory
) -> None:
    given = articles(2 * CHUNK + 3)
    readings = await analyst.read(given)
    assert [r.article.article_id for r in readings] == [a.article_id for a in given]
    reader = Reader(directory)
    assert readings == Embedder().read([reader.read(article) for article in given])
    assert any(r.relevance is Relevance.YES and r.vector for r in readings)


async def test_no_articles_are_no_readings(analyst: Analyst) -> None:
    assert await analyst.read([]) == []


async def test_many_may_ask_at_once(analyst: Analyst) -> None:
    found = await asyncio.gather(*(analyst.parse(FEED, "", URL, frozenset()) for _ in range(20)))
    assert [len(document.entries) for document in found] == [1] * 20


# --- what processes promise besides -------------------------------------------------------------------------------


async def test_a_document_that_takes_too_long_is_given_up_and_the_next_is_parsed(directory: Directory) -> None:
    async with ProcessAnalyst(directory, workers=1, job_seconds=0.4) as analyst:
        began = time.monotonic()
        document = await analyst.parse(SLOW_FEED, "", URL, frozenset())
        assert (document.problem, document.entries) == ("took-too-long", ())
        assert time.monotonic() - began < 10
        again = await analyst.parse(FEED, "", URL, frozenset())
        assert again.problem in ("", "took-too-long")  # on a busy machine even this one may miss so short a deadline


async def test_an_article_that_takes_too_long_is_a_value(directory: Directory) -> None:
    async with ProcessAnalyst(directory, workers=1, job_seconds=0.000_001) as analyst:
        [reading] = await analyst.read(articles(1))
    assert (reading.relevance, reading.statements) == (Relevance.NO, ())


async def test_a_worker_that_was_killed_is_replaced_and_its_job_is_done(directory: Directory) -> None:
    async with ProcessAnalyst(directory, workers=1) as analyst:
        for child in multiprocessing.active_children():
            os.kill(child.pid or 0, signal.SIGKILL)
            child.join(10)
        assert len((await analyst.parse(FEED, "", URL, frozenset())).entries) == 1


async def test_the_loop_goes_on_while_a_slow_document_is_parsed(directory: Directory) -> None:
    async with ProcessAnalyst(directory, workers=1) as analyst:
        job = asyncio.ensure_future(analyst.parse(SLOW_FEED, "", URL, frozenset()))
        longest, last = 0.0, time.monotonic()
        while not job.done():
            await asyncio.sleep(0.01)
            longest, last = max(longest, time.monotonic() - last), time.monotonic()
        await job
    assert longest < 0.5


async def test_no_worker_outlives_the_analyst(directory: Directory) -> None:
    async with ProcessAnalyst(directory) as analyst:
        await asyncio.gather(*(analyst.parse(FEED, "", URL, frozenset()) for _ in range(4)))
        assert multiprocessing.active_children()
    assert not multiprocessing.active_children()


async def test_a_caller_that_gives_up_leaves_a_working_analyst(directory: Directory) -> None:
    async with ProcessAnalyst(directory, workers=1) as analyst:
        job = asyncio.ensure_future(analyst.parse(SLOW_FEED, "", URL, frozenset()))
        await asyncio.sleep(0.2)
        job.cancel()
        with pytest.raises(asyncio.CancelledError):
            await job
        assert len((await analyst.parse(FEED, "", URL, frozenset())).entries) == 1


_BOT = """
import asyncio, multiprocessing, pathlib, sys
import config
from bot.analyse import ProcessAnalyst

async def main():
    async with ProcessAnalyst(config.load(pathlib.Path("config")).directory, workers=1):
        print(*[child.pid for child in multiprocessing.active_children()], flush=True)
        await asyncio.sleep(60)

if __name__ == "__main__":
    asyncio.run(main())
"""


def _lives(pid: int) -> bool:
    """Whether a process runs; one that ended and that nobody has asked after is not alive."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/stat")
    return not (status.exists() and status.read_text().rpartition(")")[2].split()[0] == "Z")


def test_workers_end_with_a_bot_that_was_killed(repo: Path, tmp_path: Path) -> None:
    script = tmp_path / "bot_to_kill.py"
    script.write_text(_BOT)
    with subprocess.Popen(
        [sys.executable, str(script)], cwd=repo, env={**os.environ, "PYTHONPATH": str(repo)}, stdout=subprocess.PIPE
    ) as bot:
        assert bot.stdout is not None
        workers = [int(pid) for pid in bot.stdout.readline().split()]
        assert workers
        bot.kill()
    until = time.monotonic() + 10
    while any(_lives(pid) for pid in workers):
        assert time.monotonic() < until, "workers are left behind"
        time.sleep(0.05)

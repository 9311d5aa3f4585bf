"""Feeds polled together: recorded in the order of the files whoever answers first, and none in the way of others."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from aiohttp import web

from bot.app import Parts, open_desk
from bot.fetch import HttpFetcher
from config import Config
from digests.desk import Desk
from digests.desk.newsroom import silent_notes
from digests.model import Feed

NOON = datetime(2025, 12, 3, 12, tzinfo=UTC)


def document(feed: str) -> str:
    return (
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>{feed}</title><item><guid>{feed}</guid>'
        f"<title>Lavrov says Russia will not accept European troops in Ukraine</title><link>http://{feed}.example/</link>"
        "</item></channel></rss>"
    )


@asynccontextmanager
async def desk_of(feeds: int, seconds: Callable[[int], float], tmp_path: Path, shipped: Config) -> AsyncIterator[Desk]:
    """A desk with so many feeds on one host, each answering after its seconds."""

    async def answer(request: web.Request) -> web.Response:
        number = int(request.match_info["number"])
        await asyncio.sleep(seconds(number))
        return web.Response(text=document(f"f{number:02}"), content_type="application/rss+xml")

    app = web.Application()
    app.router.add_get("/{number}", answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    port = runner.addresses[0][1]
    watched = tuple(
        Feed(f"f{n:02}", f"f{n:02}", f"http://127.0.0.1:{port}/{n}", "en", fetch_pages=False) for n in range(feeds)
    )
    try:
        async with HttpFetcher(allow_loopback=True, deadline=5.0) as fetcher:
            parts = Parts(fetcher=fetcher, notes=silent_notes, jitter=lambda: 0.5)
            config = replace(shipped, feeds=watched)
            async with open_desk(config, f"sqlite:///{tmp_path}/{seconds(0)}.db", parts) as desk:
                yield desk
    finally:
        await runner.cleanup()


@pytest.mark.parametrize("slow", [0, 1], ids=["the-first-is-slow", "the-second-is-slow"])
async def test_the_record_is_in_the_order_of_the_files_whoever_answers_first(
    slow: int, tmp_path: Path, shipped: Config
) -> None:
    async with desk_of(2, lambda n: 0.3 if n == slow else 0.0, tmp_path, shipped) as desk:
        await desk.poll_due(NOON)
        recorded = await desk.room.store.recorded()
    assert [r.article.feed_id for r in recorded] == ["f00", "f01"]


async def test_many_feeds_of_one_host_are_all_read(tmp_path: Path, shipped: Config) -> None:
    async with desk_of(40, lambda n: 0.01, tmp_path, shipped) as desk:
        async with asyncio.timeout(60):
            polled = await desk.poll_due(NOON)
    assert [p.outcome for p in polled] == ["news"] * 40

"""Feeds that misbehave: each gets a clear word, none harms the others, and nothing stored is lost."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from aiohttp import web

from bot.app import Parts, open_desk
from bot.fetch import HttpFetcher
from config import Config
from digests.desk import Desk
from digests.desk.newsroom import silent_notes
from digests.model import Channel, Feed

NOON = datetime(2025, 12, 3, 12, tzinfo=UTC)
GOOD = """<?xml version="1.0"?><rss version="2.0"><channel><title>Good</title>
<item><guid>1</guid><title>Lavrov says Russia will not accept European troops in Ukraine</title>
<link>http://good.example/1</link><description>Sergei Lavrov said on Wednesday that Moscow would not accept European
troops in Ukraine.</description></item></channel></rss>"""


async def good(_: web.Request) -> web.Response:
    return web.Response(text=GOOD, content_type="application/rss+xml")


async def empty(_: web.Request) -> web.Response:
    return web.Response(body=b"", content_type="application/rss+xml")


async def page(_: web.Request) -> web.Response:
    return web.Response(text="<!doctype html><html><body><h1>Welcome</h1></body></html>", content_type="text/html")


async def gigantic(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse()
    await response.prepare(request)
    for _ in range(200):
        await response.write(b"<item>" * 10_000)
    return response


async def hanging(_: web.Request) -> web.Response:
    await asyncio.sleep(2)
    return web.Response(text=GOOD)


async def wrongly_encoded(_: web.Request) -> web.Response:
    text = GOOD.replace('version="1.0"?', 'version="1.0" encoding="utf-8"?', 1)
    return web.Response(body=text.replace("Lavrov says", "Lavrov’s word:").encode("cp1252"))


async def failing(_: web.Request) -> web.Response:
    return web.Response(status=503, headers={"Retry-After": "7200"})


ROUTES = {
    "good": good,
    "empty": empty,
    "page": page,
    "gigantic": gigantic,
    "hanging": hanging,
    "wrongly-encoded": wrongly_encoded,
    "failing": failing,
}


@asynccontextmanager
async def newsstand(tmp_path: Path, shipped: Config) -> AsyncIterator[Desk]:
    """One feed of each kind on loopback, and one on a port where nobody listens."""
    app = web.Application()
    for name, answer in ROUTES.items():
        app.router.add_get(f"/{name}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    feeds = [Feed(n, n, f"http://127.0.0.1:{port}/{n}", "en", fetch_pages=False) for n in ROUTES]
    feeds.append(Feed("unreachable", "unreachable", "http://127.0.0.1:1/feed", "en", fetch_pages=False))
    config = replace(shipped, feeds=tuple(feeds))
    async with AsyncExitStack() as stack:
        stack.push_async_callback(runner.cleanup)
        fetcher = await stack.enter_async_context(HttpFetcher(allow_loopback=True, deadline=1.0))
        parts = Parts(fetcher=fetcher, notes=silent_notes, jitter=lambda: 0.5, channels=CHANNELS)
        yield await stack.enter_async_context(open_desk(config, f"sqlite:///{tmp_path}/desk.db", parts))


CHANNELS = (Channel("daily", "C0DAILY00", "UTC", ("13:00",)),)


async def test_each_bad_feed_is_named_with_its_reason_and_the_good_one_is_read(tmp_path: Path, shipped: Config) -> None:
    async with newsstand(tmp_path, shipped) as desk:
        polled = {p.feed_id: p for p in await desk.poll_due(NOON)}
    assert polled["good"].outcome == "news"
    assert polled["wrongly-encoded"].outcome == "news"
    for feed, word in {
        "empty": "empty",
        "page": "html",
        "gigantic": "too-large",
        "hanging": "timeout",
        "failing": "503",
        "unreachable": "unreachable",
    }.items():
        assert polled[feed].outcome == "failed", feed
        assert word in polled[feed].detail.lower(), polled[feed].detail


async def test_a_feed_that_fails_later_loses_nothing_that_was_stored(tmp_path: Path, shipped: Config) -> None:
    async with newsstand(tmp_path, shipped) as desk:
        await desk.poll_due(NOON)
        desk.room.watching = replace(
            desk.room.watching,
            feeds=tuple(replace(f, url=f.url.replace("/good", "/empty")) for f in desk.room.watching.feeds),
        )
        [again] = [p for p in await desk.poll_due(NOON + timedelta(hours=8)) if p.feed_id == "good"]
        assert again.outcome == "failed"
        [coverage] = [c for c in await desk.room.store.coverage(NOON - timedelta(hours=1), NOON) if c.feed_id == "good"]
        assert coverage.items == 1


async def test_retry_after_is_kept(tmp_path: Path, shipped: Config) -> None:
    async with newsstand(tmp_path, shipped) as desk:
        await desk.poll_due(NOON)
        early = {p.feed_id for p in await desk.poll_due(NOON + timedelta(minutes=100))}
        late = {p.feed_id for p in await desk.poll_due(NOON + timedelta(minutes=150))}
    assert "failing" not in early
    assert "failing" in late


async def test_a_digest_names_the_feeds_that_could_not_be_read(tmp_path: Path, shipped: Config) -> None:
    async with newsstand(tmp_path, shipped) as desk:
        await desk.tick(NOON)
        [digest] = await desk.brief_due(NOON + timedelta(hours=1))
    failing = {feed for feed, _ in digest.freshness.failing}
    assert {"empty", "page", "gigantic", "hanging", "failing", "unreachable"} <= failing
    assert "good" not in failing


async def test_a_digest_of_unread_feeds_never_looks_calm(tmp_path: Path, shipped: Config) -> None:
    async with newsstand(tmp_path, shipped) as desk:
        bad = tuple(f for f in desk.room.watching.feeds if f.id not in {"good", "wrongly-encoded"})
        desk.room.watching = replace(desk.room.watching, feeds=bad)
        await desk.tick(NOON)
        [digest] = await desk.brief_due(NOON + timedelta(hours=1))
    assert digest.silence.value == "blind"

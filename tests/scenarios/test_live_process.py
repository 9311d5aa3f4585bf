"""The real entry point as a user starts it, `python -m bot run`, against a loopback Slack and a loopback feed.

The record is filled two hours back, by the desk, so that a digest is owed at the moment the process starts.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import shutil
import signal
import socket
import sqlite3
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import yaml
from aiohttp import web

import config
from bot.app import Parts, open_desk
from bot.fetch import HttpFetcher
from bot.local.faults import Fault, Trouble
from bot.local.workspace import Workspace
from digests.desk.newsroom import silent_notes

ROOT = Path(__file__).resolve().parents[2]
CHANNEL = "C0DAILYDIG"
HEADLINE = "Lavrov says Russia will not accept European troops in Ukraine"
LEAD = "Sergei Lavrov said Moscow would not accept European troops in Ukraine under any peace plan."
STARTED_WITHIN, STOPPED_WITHIN = 60.0, 15.0  # seconds; a start takes some five on an idle machine


def now() -> datetime:
    return datetime.now(UTC)


def feed_of(origin: str, at: datetime) -> str:
    return (
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>Herald</title><item><guid>1</guid>'
        f"<title>{HEADLINE}</title><link>{origin}/1</link><pubDate>{at:%a, %d %b %Y %H:%M:%S} +0000</pubDate>"
        f"<description>{LEAD}</description></item></channel></rss>"
    )


@dataclass
class Town:
    """A loopback Slack, a loopback newspaper, and the folder of a bot that knows both."""

    workspace: Workspace
    folder: Path
    environ: dict[str, str]
    running: list[asyncio.subprocess.Process] = field(default_factory=list)

    @property
    def database(self) -> Path:
        return self.folder / "brief.db"

    async def start(self, **environ: str) -> asyncio.subprocess.Process:
        """The bot, as a user starts it."""
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "bot", "run"),
            cwd=ROOT,
            env=self.environ | environ,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        self.running.append(process)
        return process

    async def ended(self, process: asyncio.subprocess.Process, within: float = STOPPED_WITHIN) -> str:
        """What it had said on standard error when it ended."""
        _, errors = await asyncio.wait_for(process.communicate(), within)
        return errors.decode()

    def posted(self) -> Sequence[Mapping[str, Any]]:
        """What stands in the channel, threads aside."""
        return self.workspace.messages(CHANNEL, threads=False)

    async def until_posted(self, process: asyncio.subprocess.Process, how_many: int = 1) -> None:
        async with asyncio.timeout(STARTED_WITHIN):
            while len(self.posted()) < how_many:
                assert process.returncode is None, (await self.ended(process))[-2000:]
                await asyncio.sleep(0.05)

    async def settled(self) -> None:
        """Until the receipt of what was posted is stored."""
        async with asyncio.timeout(STARTED_WITHIN):
            while any(state != "sent" for (state,) in self.sql("SELECT state FROM deliveries")):
                await asyncio.sleep(0.05)

    def sql(self, statement: str) -> list[Any]:
        with contextlib.closing(sqlite3.connect(self.database, timeout=10)) as connection, connection:
            return connection.execute(statement).fetchall()


def written_config(folder: Path, origin: str, slot: datetime) -> Path:
    """The shipped configuration with one loopback feed and one channel whose digest was due at `slot`."""
    target = folder / "config"
    shutil.copytree(ROOT / "config", target, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    source = {"id": "herald", "name": "Herald", "class": "independent", "side": "russia"}
    feeds = {
        "sources": [source],
        "feeds": [{"id": "herald-en", "source": "herald", "url": f"{origin}/rss", "language": "en", "every": "5m"}],
    }
    (target / "feeds.yaml").write_text(yaml.safe_dump(feeds))
    digests = yaml.safe_load((target / "digests.yaml").read_text())
    digests["channels"] = [
        {"id": "daily", "conversation": CHANNEL, "zone": "UTC", "at": [f"{slot:%H:%M}"], "catch_up": "12h"}
    ]
    (target / "digests.yaml").write_text(yaml.safe_dump(digests, allow_unicode=True))
    return target


@asynccontextmanager
async def newspaper() -> AsyncIterator[str]:
    """An address that answers with a feed of one item, three hours old, and with its page."""
    app, origin = web.Application(), ""

    async def rss(_: web.Request) -> web.Response:
        return web.Response(text=feed_of(origin, now() - timedelta(hours=3)), content_type="application/rss+xml")

    app.router.add_get("/rss", rss)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    origin = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield origin
    finally:
        await runner.cleanup()


async def fill(folder: Path, database: str) -> None:
    """Two hours ago: the channel's record begins and the feed is read."""
    loaded = config.load(folder)
    async with HttpFetcher(allow_loopback=True) as fetcher:
        parts = Parts(fetcher=fetcher, notes=silent_notes, jitter=lambda: 0.5)
        async with open_desk(loaded, database, parts) as desk:
            await desk.tick(now() - timedelta(hours=2))


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    workspace = Workspace(now, bot_token="xoxb-loopback-0000000001", app_token="xapp-loopback-0000000001")
    await workspace.start()
    workspace.add_channel("daily", workspace.add_user("ann"), bot=True, id=CHANNEL)
    async with newspaper() as origin:
        folder = written_config(tmp_path, origin, now() - timedelta(hours=1))
        here = Town(workspace, tmp_path, {})
        here.environ = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("SLACK_", "BRIEF_"))},
            "SLACK_BOT_TOKEN": workspace.tokens.bot,
            "SLACK_APP_TOKEN": workspace.tokens.app,
            "SLACK_API_URL": workspace.base_url,
            "BRIEF_ALLOW_LOOPBACK": "1",
            "BRIEF_CONFIG": str(folder),
            "BRIEF_DATABASE_URL": f"sqlite:///{here.database}",
        }
        await fill(folder, here.environ["BRIEF_DATABASE_URL"])
        try:
            yield here
        finally:
            for process in here.running:
                if process.returncode is None:
                    process.kill()
                    await process.communicate()
            await workspace.close()


async def test_the_digest_that_is_due_is_posted_and_sigterm_ends_the_bot_in_order(town: Town) -> None:
    process = await town.start()
    await town.until_posted(process)
    await town.settled()
    process.send_signal(signal.SIGTERM)
    errors = await town.ended(process)
    assert process.returncode == 0, errors[-2000:]
    assert "Traceback" not in errors
    [digest] = town.posted()
    assert HEADLINE in json.dumps(digest, ensure_ascii=False)
    port = free_port()
    again = await town.start(BRIEF_HEALTH_PORT=str(port))
    await well(port, again)
    again.send_signal(signal.SIGTERM)
    await town.ended(again)
    assert again.returncode == 0
    assert len(town.posted()) == 1


@pytest.mark.parametrize("trouble", [Trouble.SLOW, Trouble.DROP_BEFORE_ACCEPT], ids=["after-slack-took-it", "before"])
async def test_killed_while_posting_and_restarted_it_posts_the_digest_once(town: Town, trouble: Trouble) -> None:
    called = asyncio.Event()

    def hold(method: str, _: Mapping[str, Any]) -> Fault | None:
        if method != "chat.postMessage" or called.is_set():
            return None
        called.set()
        return Fault(trouble, seconds=30.0)

    town.workspace.faults.choose = hold
    process = await town.start()
    async with asyncio.timeout(STARTED_WITHIN):
        await called.wait()
    process.kill()
    await town.ended(process)
    assert len(town.posted()) == (1 if trouble is Trouble.SLOW else 0)
    # The claim of the dead process lapses after its lease; the test does not wait for it.
    town.sql("UPDATE deliveries SET lease_until = first_try_at, due_at = first_try_at WHERE state <> 'sent'")
    again = await town.start()
    await town.until_posted(again)
    await town.settled()
    again.send_signal(signal.SIGTERM)
    await town.ended(again)
    assert len(town.posted()) == 1


async def test_commands_are_answered_and_health_is_told(town: Town) -> None:
    port = free_port()
    process = await town.start(BRIEF_HEALTH_PORT=str(port))
    await town.until_posted(process)
    ann = next(user for user, member in town.workspace.state.users.items() if member.name == "ann")
    answer = await town.workspace.command("/position", "russia", user=ann, channel=CHANNEL, wait=20.0)
    assert answer.ack is not None
    assert answer.ack.after < 3.0
    assert LEAD in answer.text
    assert await well(port, process) == {"well": True, "trouble": ""}
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}/metrics") as response:
        metrics = await response.text()
    assert "brief_well 1" in metrics.splitlines()
    process.send_signal(signal.SIGINT)
    await town.ended(process)
    assert process.returncode == 0


async def well(port: int, process: asyncio.subprocess.Process) -> Any:
    """What /healthz says once it is well: the bot has ticked to the end and Slack reaches it."""
    async with asyncio.timeout(STARTED_WITHIN), aiohttp.ClientSession() as session:
        while process.returncode is None:
            with contextlib.suppress(aiohttp.ClientConnectorError):
                async with session.get(f"http://127.0.0.1:{port}/healthz") as response:
                    if response.status == 200:
                        return await response.json()
            await asyncio.sleep(0.1)
    raise AssertionError("the bot ended before it was well")


def free_port() -> int:
    with socket.socket() as chosen:
        chosen.bind(("127.0.0.1", 0))
        return int(chosen.getsockname()[1])


@pytest.mark.parametrize(
    ("variable", "value", "word"),
    [
        ("SLACK_BOT_TOKEN", "xoxb-of-another-workspace", "SLACK_BOT_TOKEN"),
        ("SLACK_APP_TOKEN", "xapp-of-another-workspace", "SLACK_APP_TOKEN"),
    ],
)
async def test_a_token_that_slack_refuses_ends_the_start_with_one_sentence(
    town: Town, variable: str, value: str, word: str
) -> None:
    process = await town.start(**{variable: value})
    errors = await town.ended(process, STARTED_WITHIN)
    assert process.returncode == 1
    assert word in errors
    assert "Traceback" not in errors
    assert value not in errors
    assert not town.posted()


async def test_a_health_port_that_is_taken_ends_the_start_with_one_sentence(town: Town) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        process = await town.start(BRIEF_HEALTH_PORT=str(taken.getsockname()[1]))
        errors = await town.ended(process, STARTED_WITHIN)
    assert process.returncode == 1
    assert "BRIEF_HEALTH_PORT" in errors
    assert "Traceback" not in errors


async def test_slack_out_of_reach_ends_the_start_with_one_sentence(town: Town) -> None:
    process = await town.start(SLACK_API_URL=f"http://127.0.0.1:{free_port()}/api/")
    errors = await town.ended(process, STARTED_WITHIN)
    assert process.returncode == 1
    assert "Slack cannot be reached" in errors
    assert "Traceback" not in errors


async def test_feeds_of_this_machine_are_not_fetched_unless_it_is_said(town: Town) -> None:
    town.sql("DELETE FROM feeds")
    process = await town.start(BRIEF_ALLOW_LOOPBACK="0")
    await town.until_posted(process)
    await town.settled()
    process.send_signal(signal.SIGTERM)
    errors = await town.ended(process)
    assert "is not fetched" in errors, errors[-1000:]

"""A desk over a real SQLite store and a loopback Slack, reading for real; entries are handed to it as a poll would."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

import config
from bot.app import Parts, open_desk
from bot.local.workspace import Workspace
from bot.slack.gateway import Gateway
from bot.slack.messenger import Pace, SlackMessenger
from config import Config
from digests.desk import Arrivals, Desk
from digests.desk.newsroom import silent_notes
from digests.model import Channel, Entry, Feed, Source, SourceClass
from digests.ports import Messenger, Recorded

OpenDesk = Callable[..., AbstractAsyncContextManager[Desk]]


@pytest.fixture(scope="session")
def shipped() -> Config:
    """The configuration that ships."""
    return config.load(Path(__file__).resolve().parents[2] / "config")


@pytest.fixture
def open_a_desk(tmp_path: Path, shipped: Config) -> OpenDesk:
    """`async with open_a_desk(channels=..., messenger=...) as desk`; the same database each time within a test."""

    @asynccontextmanager
    async def opened(channels: tuple[Channel, ...] = (), messenger: Messenger | None = None) -> AsyncIterator[Desk]:
        parts = Parts(messenger=messenger, notes=silent_notes, jitter=lambda: 0.5, channels=channels)
        async with open_desk(shipped, f"sqlite:///{tmp_path}/desk.db", parts) as desk:
            yield desk

    return opened


DAILY_CHANNEL = "C0DAILY00"
ALERTS_CHANNEL = "C0ALERTS0"


class LoopbackSlack:
    """A workspace with two channels that the bot is in, and messengers to it."""

    def __init__(self, workspace: Workspace, stack: AsyncExitStack) -> None:
        self.workspace = workspace
        self._stack = stack
        person = workspace.add_user("ann")
        for channel in (DAILY_CHANNEL, ALERTS_CHANNEL):
            workspace.add_channel(channel.lower(), person, bot=True, id=channel)

    def messenger(self) -> SlackMessenger:
        """A messenger of its own: what one process has."""
        gateway = Gateway(self.workspace.tokens.bot, self.workspace.base_url, timeout=2.0)
        self._stack.push_async_callback(gateway.close)
        return SlackMessenger(gateway, Pace(apart=0, look_pause=0))

    def posted(self, channel: str) -> list[str]:
        """The fallback texts of what stands in a channel, threads aside."""
        return [str(m.get("text")) for m in self.workspace.messages(channel, threads=False)]


@pytest.fixture
async def slack() -> AsyncIterator[LoopbackSlack]:
    """A loopback Slack for one test."""
    async with AsyncExitStack() as stack:
        workspace = Workspace(lambda: datetime(2025, 12, 3, 6, 30, tzinfo=UTC))
        await workspace.start()
        stack.push_async_callback(workspace.close)
        yield LoopbackSlack(workspace, stack)


class Press:
    """Publishes: `await press.publishes(desk, at, "Some Paper", title, text)`."""

    def __init__(self) -> None:
        self._count = 0

    async def publishes(
        self, desk: Desk, at: datetime, publisher: str, title: str, text: str = "", *, backfill: bool = False
    ) -> tuple[Recorded, ...]:
        """One entry of one publisher, seen at an instant."""
        self._count += 1
        identity = publisher.lower().replace(" ", "-")
        source = Source(identity, publisher, SourceClass.INDEPENDENT, identity)
        feed = Feed(f"{identity}-feed", identity, f"https://{identity}.example/feed", "en")
        link = f"https://{identity}.example/{self._count}"
        entry = Entry(link, title, text, link, published=at, language="en")
        return await desk.take(Arrivals(feed, source, (entry,), backfill=backfill), at)


@pytest.fixture
def press() -> Press:
    """Publishes entries."""
    return Press()

"""The whole bot between a loopback Slack and a press of the test's own, on a clock that the test sets. Hides set-up.

`async with newsroom(shipped, folder) as stage`: people type and press, the press publishes, the bot works at a tick.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot import demo
from bot.app import Parts
from bot.demo import SimulatedClock
from bot.local.state import Message
from bot.local.workspace import Answer, Workspace
from config import Config
from digests.desk import Desk
from digests.desk.newsroom import silent_notes
from digests.ports import Fetcher
from tests.scenarios.conftest import Press
from tests.scenarios.test_alerts import NOON


@dataclass
class Newsroom:
    """Everything that a test of a whole story touches."""

    shown: demo.Stage
    clock: SimulatedClock
    press: Press

    @property
    def desk(self) -> Desk:
        return self.shown.desk

    @property
    def workspace(self) -> Workspace:
        return self.shown.workspace

    @property
    def ann(self) -> str:
        """The person who asks."""
        return self.shown.person

    @property
    def channel(self) -> str:
        """The channel in which she asks, and which gets the digests."""
        return self.shown.channel

    async def types(self, text: str, *, user: str = "", channel: str = "") -> Answer:
        """Somebody types /brief; the answer."""
        return await self.workspace.command("/brief", text, user=user or self.ann, channel=channel or self.channel)

    async def presses(self, message: Message, label: str, *, user: str = "", channel: str = "") -> Answer:
        """Somebody presses the button with that label."""
        action = next(e["action_id"] for e in buttons(message) if e["text"]["text"] == label)
        return await self.workspace.click(message, action, user=user or self.ann, channel=channel or self.channel)

    async def publishes(self, publisher: str, title: str, text: str = "") -> None:
        """A paper publishes now."""
        await self.press.publishes(self.desk, self.clock.now, publisher, title, text)

    async def tick(self, **after: float) -> None:
        """Let time pass, then let the bot work."""
        self.clock.now += timedelta(**after)
        await self.desk.tick(self.clock.now)

    def texts(self, channel: str = "", *, threads: bool = False) -> list[str]:
        """The fallback texts of what stands in a channel."""
        found = self.workspace.messages(channel or self.channel, threads=threads)
        return [str(m["text"]) for m in found if m.get("bot_id")]

    def direct(self, user: str = "") -> list[str]:
        """The fallback texts of what stands in somebody's direct message."""
        return self.texts(self.workspace.direct(user or self.ann))


def buttons(message: Message) -> list[dict[str, Any]]:
    """The buttons of a message."""
    return [e for block in message["blocks"] if block["type"] == "actions" for e in block["elements"]]


@asynccontextmanager
async def newsroom(
    config: Config, folder: Path, *, at: datetime = NOON, fetcher: Fetcher | None = None
) -> AsyncIterator[Newsroom]:
    """The bot at work from an instant on."""
    clock = SimulatedClock(at)
    parts = Parts(fetcher=fetcher, notes=silent_notes, jitter=lambda: 0.5)
    async with demo.stage(config, clock, f"sqlite:///{folder}/newsroom.db", parts) as shown:
        yield Newsroom(shown, clock, Press())

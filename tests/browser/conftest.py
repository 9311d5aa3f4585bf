"""Workspaces with a page, for a browser to stand before. Hides how each is set up and taken down."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from rich.console import Console
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

import config
from bot import cli_page
from bot.demo import Demonstration, demonstration
from bot.local.face import Face, commands, hears
from bot.local.page_server import PageServer, served
from bot.local.person import Person
from bot.local.workspace import Workspace
from config import Config
from config.slack_app import manifest

NOON = datetime(2025, 11, 26, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def shipped() -> Config:
    """The configuration that ships."""
    return config.load(Path(__file__).resolve().parents[2] / "config")


@dataclass
class Week:
    """The recorded week as `make run` shows it."""

    shown: Demonstration
    page: cli_page.Beside

    @property
    def address(self) -> str:
        """Where the page is."""
        return self.page.server.address

    async def settled(self) -> None:
        """Wait until the clock stands."""
        assert self.page.mover is not None
        await self.page.mover.settled()


@pytest.fixture
async def week(shipped: Config) -> AsyncIterator[Week]:
    """The recorded week on its third morning, its page served."""
    async with demonstration(shipped) as shown:
        await shown.play(lambda _: None, cli_page.OPENS, example="")
        async with cli_page.beside(shipped, shown.stage, Console(quiet=True), shown, port=0) as page:
            yield Week(shown, page)


@dataclass
class Room:
    """A workspace with Ann in #news and an app of the test's own in it, connected by Web API and Socket Mode."""

    workspace: Workspace
    server: PageServer
    client: AsyncWebClient
    ann: str
    news: str

    async def post(self, **arguments: object) -> str:
        """Post as the app; gives the timestamp."""
        answer = await self.client.chat_postMessage(**{"channel": self.news, "text": "fallback", **arguments})  # type: ignore[arg-type]
        return str(answer["ts"])


OpenRoom = Callable[..., AbstractAsyncContextManager[Room]]


@pytest.fixture
def open_room(shipped: Config) -> OpenRoom:
    """`async with open_room(app) as room`: a workspace; with an app's listeners where one is given."""

    @asynccontextmanager
    async def opened(listeners: Callable[[AsyncApp], None] | None = None) -> AsyncIterator[Room]:
        passed = [timedelta()]

        def clock() -> datetime:
            passed[0] += timedelta(milliseconds=1)
            return NOON + passed[0]

        workspace = Workspace(clock)
        await workspace.start()
        ann = workspace.add_user("ann")
        news = workspace.add_channel("news", ann, bot=True)
        client = AsyncWebClient(workspace.tokens.bot, base_url=workspace.base_url, retry_handlers=[])
        app = AsyncApp(client=client)
        if listeners is not None:
            listeners(app)
        ears = AsyncSocketModeHandler(app, workspace.tokens.app)
        about = manifest(shipped.slack)
        person = Person(workspace, ann, commands(about), hears(about), (shipped.slack.name,))
        try:
            if listeners is not None:
                await ears.connect_async()  # type: ignore[no-untyped-call]
            async with served(Face(person, about, "live"), port=0) as server:
                yield Room(workspace, server, client, ann, news)
        finally:
            await ears.close_async()  # type: ignore[no-untyped-call]
            await workspace.close()

    return opened

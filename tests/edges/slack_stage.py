"""A stage for the Slack tests: the loopback workspace, the real edge (slack-bolt, slack-sdk) and an answering desk.

The answers are pages of the test's own; the inbox is the real store on SQLite. Hides the set-up and its order.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot import help
from bot.commands import Command
from bot.forms import Facts, Form, form
from bot.local.workspace import Workspace
from bot.slack import Access, Manner, SlackEdge, connect
from bot.slack.answers import NOTHING, About, Asker
from bot.slack.messenger import Pace
from bot.slack.socket import SocketTimes
from bot.store import open_store
from config import SlackApp
from digests.desk.share import Prepare
from digests.desk.tips import Reportable
from digests.frames import say
from digests.model import (
    Actor,
    Channel,
    Choice,
    Directory,
    Issue,
    Name,
    Page,
    Row,
    Source,
    SourceClass,
    Speaker,
    TextOfRecord,
    Tone,
)

NOON = datetime(2025, 11, 26, 12, 0, tzinfo=UTC)
APP = SlackApp("Brief", "What is new", "What is new, who said it", "#112233")
ALERTS = (Choice(say("label.name", name=Name("s12345")), "s12345"),)
HOSTILE = "Deal <!channel> & <https://evil.example|click> *now*"
DIRECTORY = Directory(
    actors=(
        Actor(
            "russia",
            "Russia",
            aliases=("Moscow", "Kremlin"),
            speakers=(Speaker("Sergey Lavrov", "russia", "foreign minister", ("Lavrov",)),),
        ),
        Actor("ukraine", "Ukraine", aliases=("Kyiv",)),
        Actor("united-states", "United States", aliases=("US", "Washington")),
        Actor("europe", "Europe"),
        Actor("france", "France", parent="europe"),
    ),
    issues=(
        Issue("territory", "Territory", terms={"en": ("Donbas", "withdraw*")}),
        Issue("security-guarantees", "Security guarantees"),
        Issue("nato-membership", "NATO membership"),
    ),
    sources=(Source("meridian", "Meridian Wire", SourceClass.WIRE, "meridian"),),
)


@dataclass
class Desk:
    """Answers every command with its name and a quote; remembers what it was asked. `work` runs before an answer."""

    asked: list[tuple[Command, Asker]] = field(default_factory=list)
    greeted: list[str] = field(default_factory=list)
    shared: list[tuple[str, Asker, str]] = field(default_factory=list)
    work: Callable[[Command], Awaitable[None]] | None = None
    rows: int = 1

    @property
    def directory(self) -> Directory:
        """The names of the tests."""
        return DIRECTORY

    async def answer(self, command: Command, asker: Asker, now: datetime) -> Page:
        """The command's own name over a hostile quote."""
        self.asked.append((command, asker))
        if self.work is not None:
            await self.work(command)
        title = say("label.name", name=Name(type(command).__name__))
        text = TextOfRecord(HOSTILE)
        rows = [Row(Tone.META, (frame,)) for frame in command.read_as]
        rows += [Row(Tone.QUOTE, (text.span(0, len(HOSTILE)),))] * self.rows
        return Page("answer", asker.zone, (title,), (Row(Tone.TITLE, (title,)), *rows))

    async def home(self, asker: Asker, member_of: Mapping[str, str], now: datetime) -> Page:
        """The names of the channels that the visitor is in."""
        title = say("command.parties", names=tuple(Name(n) for n in ("Home", *sorted(member_of.values()))))
        return Page("home", asker.zone, (title,), (Row(Tone.TITLE, (title,)),))

    async def form(self, name: str, asker: Asker, about: About = NOTHING) -> Form | None:
        """The form of a verb, with three lines to report."""
        here = Channel("c1", asker.conversation, asker.zone, (), created_by="")
        report = Reportable(("k7f2ab",) if about.message else ())
        return form(name, DIRECTORY, Facts(asker.zone, here, ALERTS, report))

    async def share(self, page: Page, asker: Asker, typed: str, key: str, now: datetime) -> Page:
        """Remembers what was to be posted."""
        self.shared.append((typed, asker, key))
        return page

    async def hand_over(
        self, page: Page, asker: Asker, typed: str, key: str, now: datetime, prepare: Prepare | None = None
    ) -> Page:
        """Remembers what was to be sent."""
        self.shared.append((typed, asker, key))
        return page

    async def joined(self, conversation: str, inviter: str, now: datetime) -> Page:
        """A greeting."""
        self.greeted.append(conversation)
        return help.trouble("hello", "Etc/UTC")


@dataclass
class Stage:
    """Everything that a test of the Slack edge touches."""

    workspace: Workspace
    edge: SlackEdge
    desk: Desk
    ann: str
    news: str
    noted: list[tuple[str, dict[str, Any]]]
    clock: Callable[[], datetime]

    def events(self, name: str) -> list[dict[str, Any]]:
        """What was noted under a name."""
        return [fields for event, fields in self.noted if event == name]

    async def ask(self, text: str, command: str = "/brief") -> Any:
        """Ann types a command in #news."""
        return await self.workspace.command(command, text, user=self.ann, channel=self.news)

    async def until(self, true: Callable[[], bool], within: float = 5.0) -> None:
        """Wait until something is true."""
        async with asyncio.timeout(within):
            while not true():
                await asyncio.sleep(0.01)


TIMES = SocketTimes(ping_interval=1.0, connect_within=5.0, watch_every=0.1, stuck_after=1.0, first_wait=0.2)


@asynccontextmanager
async def staged(
    folder: Path, *, workspace: Workspace | None = None, start: bool = True, tokens: tuple[str, str] | None = None
) -> AsyncIterator[Stage]:
    """A workspace with Ann in #news and the bot in it; the edge connected, where asked."""
    passed = [timedelta()]

    def clock() -> datetime:
        passed[0] += timedelta(milliseconds=1)
        return NOON + passed[0]

    own = workspace is None
    workspace = workspace or Workspace(clock)
    if own:
        await workspace.start()
    ann = workspace.add_user("ann", "America/New_York")
    news = workspace.add_channel("news", ann, bot=True)
    desk, noted = Desk(), []

    def note(event: str, /, **fields: object) -> None:
        noted.append((event, fields))

    store = open_store(f"sqlite:///{folder}/inbox.db")
    bot_token, app_token = tokens or (workspace.tokens.bot, workspace.tokens.app)
    access = Access(bot_token, app_token, workspace.base_url)
    manner = Manner(pace=Pace(apart=0, look_pause=0), times=TIMES, notes=note, timeout=2.0)
    try:
        async with connect(access, APP, desk, store, manner=manner) as edge:
            if start:
                await edge.start(clock)
            yield Stage(workspace, edge, desk, ann, news, noted, clock)
    finally:
        await store.close()
        if own:
            await workspace.close()

"""The recorded week: the whole bot against a loopback Slack and loopback feeds, on a simulated clock. Hides both.

Everything between the feed bytes and the posted message is the code that runs live: the same fetcher, desk, messenger,
slack-bolt and slack-sdk. Only the clock, the outlets and the workspace are ours.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.analyse import InlineAnalyst, ProcessAnalyst
from bot.answers import DeskAnswers
from bot.app import Clock, Parts, open_desk, wall_clock
from bot.fetch import HttpFetcher
from bot.local import week as weeks
from bot.local.week import Week, WeekServer
from bot.local.workspace import Answer, Workspace
from bot.pictures import artist
from bot.schedule import Schedule
from bot.settings import Settings
from bot.slack import Access, Manner, connect
from bot.store import open_store
from config import Config
from digests import slots
from digests.desk import Desk, brief
from digests.desk.newsroom import silent_notes
from digests.desk.poll import Polled
from digests.frames import say
from digests.model import Channel, Delivery, DeliveryState, Directory, Feed, Frame, Page, Source, SourceClass

ZONE = "Europe/Brussels"
AT = ("08:30",)
CHANNEL = "peace-plan-daily"
STEP = timedelta(hours=1)
"""Simulated time between two ticks; slots strike at their own instants in between."""
DEMONSTRATION: tuple[Frame, ...] = (say("digest.demonstration"),)
EXAMPLE = "subscribe actor:russia issue:territory to:dm now"
"""The alert that the person of the demonstration asks for on the first day, so that one goes out."""


@dataclass
class SimulatedClock:
    """A clock that stands still until it is set."""

    now: datetime

    def __call__(self) -> datetime:
        """The instant it shows."""
        return self.now


def week_config(config: Config, week: Week, server: WeekServer) -> Config:
    """The shipped configuration with the outlets of the week instead of the real feeds."""
    sources, feeds = [], []
    for outlet in week.outlets:
        s = outlet.source
        sources.append(Source(s.id, s.name, SourceClass(s.kind), s.family, s.side, s.country, s.zone))
        feeds.append(Feed(s.id, s.id, server.feed_url(s.id), s.language, STEP - timedelta(minutes=10)))
    directory = Directory(
        config.directory.actors,
        config.directory.issues,
        (*sources, *(s for s in config.directory.sources if s.id == config.baseline.article.source_id)),
        config.directory.watch,
    )
    return replace(config, directory=directory, feeds=tuple(feeds))


@dataclass
class Stage:
    """The bot between a loopback Slack and feeds, whichever they are: talk to it, read what it posted."""

    desk: Desk
    workspace: Workspace
    clock: Clock
    channel: str
    person: str

    async def ask(self, command: str, text: str) -> Answer:
        """Type a slash command as the person at the terminal."""
        return await self.workspace.command(command, text, user=self.person, channel=self.channel)


@asynccontextmanager
async def stage(config: Config, clock: Clock, database: str, parts: Parts) -> AsyncIterator[Stage]:
    """A loopback Slack with one person and one channel, and the bot connected to it as to Slack."""
    async with AsyncExitStack() as stack:
        workspace = Workspace(clock)
        await workspace.start()
        stack.push_async_callback(workspace.close)
        person = workspace.add_user("you", ZONE)
        channel = workspace.add_channel("peace-plan-daily", person, bot=True)
        store = open_store(database)
        stack.push_async_callback(store.close)
        answers = DeskAnswers(config)
        access = Access(workspace.tokens.bot, workspace.tokens.app, workspace.base_url)
        draw = (await stack.enter_async_context(artist(parts.notes or silent_notes))).draw
        manner = Manner(draw=draw)
        edge = await stack.enter_async_context(
            connect(access, config.slack, answers, store, paced=False, manner=manner)
        )
        parts = replace(parts, store=store, messenger=edge.messenger, channels=(Channel(CHANNEL, channel, ZONE, AT),))
        desk = await stack.enter_async_context(open_desk(config, database, parts))
        answers.serve(desk)
        await edge.start(clock)
        yield Stage(desk, workspace, clock, channel, person)


@dataclass
class Demonstration:
    """The recorded week on a stage: move the clock."""

    stage: Stage
    week: Week
    clock: SimulatedClock
    told: Callable[[Sequence[Delivery]], None] = lambda _sent: None

    def instants(self, until: datetime | None = None) -> list[datetime]:
        """The instants of the week at which the demonstration ticks."""
        end = min(until, self.week.end) if until else self.week.end
        hours = int((end - self.week.start) / STEP)
        strikes = slots.between(self.stage.desk.room.watching.channels[0], self.week.start, end)
        return sorted({*(self.week.start + STEP * n for n in range(hours + 1)), *strikes})

    async def play(
        self, told: Callable[[Sequence[Delivery]], None], until: datetime | None = None, *, example: str = EXAMPLE
    ) -> None:
        """Let the week pass; `told` is given what Slack received, as it is received, now and when the clock is moved.
        `example` is the alert that is asked for on the first day, if any."""
        self.told = told
        for n, instant in enumerate(self.instants(until)):
            await self._tick(instant)
            if n == 0 and example:
                await self.stage.ask("/brief", example)

    async def _tick(self, instant: datetime) -> None:
        self.clock.now = instant
        ticked = await self.stage.desk.tick(instant)
        self.told([d for d in ticked.delivered if d.state is DeliveryState.SENT])

    @property
    def now(self) -> datetime:
        """What the clock shows."""
        return self.clock.now

    @property
    def end(self) -> datetime:
        """Where the week ends."""
        return self.week.end

    def next_digest(self) -> datetime | None:
        """When the next digest of the week is due."""
        due = slots.between(self.stage.desk.room.watching.channels[0], self.now, self.end)
        return due[0] if due else None

    async def move(self, until: datetime) -> None:
        """Let time pass up to an instant."""
        for instant in self.instants(until):
            if instant > self.now:
                await self._tick(instant)
        if until > self.now:
            await self._tick(until)


@asynccontextmanager
async def demonstration(config: Config) -> AsyncIterator[Demonstration]:
    """Both loopback servers, the bot between them, a database that is thrown away."""
    week = weeks.load()
    clock = SimulatedClock(week.start)
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="recorded-week-"))
        server = await stack.enter_async_context(WeekServer(week, clock, names=True))
        config = week_config(config, week, server)
        fetcher = await stack.enter_async_context(HttpFetcher(allow_loopback=True, resolver=server.resolver()))
        analyst = await stack.enter_async_context(InlineAnalyst(config.directory))
        parts = Parts(analyst=analyst, fetcher=fetcher, marks=DEMONSTRATION, notes=silent_notes, jitter=lambda: 0.5)
        shown = await stack.enter_async_context(stage(config, clock, f"sqlite:///{folder}/week.db", parts))
        yield Demonstration(shown, week, clock)


# --- live feeds, shown in the terminal ---


@dataclass
class Live:
    """Real feeds on a stage: what would be posted is shown instead."""

    stage: Stage

    async def first_poll(self) -> Sequence[Polled]:
        """Poll every feed that is due."""
        return await self.stage.desk.poll_due(self.stage.clock())

    async def preview(self) -> Page:
        """The digest of the last 24 hours, as it would stand now."""
        now = self.stage.clock()
        return await self.stage.desk.catch_up(
            self.stage.channel, ZONE, brief.Wanted(now - timedelta(hours=24), now, again="new")
        )

    async def until_stopped(self, told: Callable[[Sequence[Delivery]], None]) -> None:
        """Tick until the task is cancelled (Ctrl-C)."""

        async def tick(now: datetime) -> None:
            ticked = await self.stage.desk.tick(now)
            told([d for d in ticked.delivered if d.state is DeliveryState.SENT])

        schedule = Schedule(tick, self.stage.clock)
        schedule.start()
        try:
            await asyncio.Event().wait()
        finally:
            await schedule.stop()
            await self.stage.desk.settled()


@asynccontextmanager
async def live(config: Config, settings: Settings) -> AsyncIterator[Live]:
    """The real feeds, the wall clock, the database of the settings, a loopback Slack."""
    async with AsyncExitStack() as stack:
        fetcher = await stack.enter_async_context(HttpFetcher(user_agent=settings.user_agent))
        analyst = await stack.enter_async_context(ProcessAnalyst(config.directory))
        parts = Parts(analyst=analyst, fetcher=fetcher, notes=silent_notes)
        yield Live(await stack.enter_async_context(stage(config, wall_clock, settings.database_url, parts)))

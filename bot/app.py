"""The composition root: wires ports to libraries, holds the wall clock, stops in order. Hides nothing else.

Importing does nothing; `build` opens files and starts workers; `Bot.run` talks until it is told to stop.
"""

from __future__ import annotations

import asyncio
import random
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.analyse import InlineAnalyst, ProcessAnalyst
from bot.answers import DeskAnswers
from bot.embed import lacking
from bot.fetch import HttpFetcher
from bot.health import HealthServer, Pulse
from bot.logs import LogNotes
from bot.pictures import artist
from bot.schedule import Schedule
from bot.settings import Settings
from bot.slack import Access, Manner, SlackEdge, connect
from bot.store import open_store
from config import Config
from digests.desk import Desk, Notes, Ports, Watching
from digests.model import Channel, Frame
from digests.pages import Setting
from digests.ports import Analyst, Fetcher, Messenger, Store

Clock = Callable[[], datetime]


def wall_clock() -> datetime:
    """The only place where the time of day enters the program."""
    return datetime.now(UTC)


def watching(config: Config, channels: tuple[Channel, ...] | None = None) -> Watching:
    """What the files say is watched and told; a channel whose conversation is not a real one yet is told nothing."""
    if channels is None:
        channels = tuple(c for c in config.channels if c not in config.unplaced)
    return Watching(
        config.directory,
        config.baseline,
        config.feeds,
        channels,
        config.required_sides,
        config.access.admins,
        config.access.reviewers,
        config.access.hold_until_approved,
    )


def setting(config: Config, marks: tuple[Frame, ...] = ()) -> Setting:
    """What every page needs."""
    return Setting(config.directory, config.baseline, marks)


@dataclass(frozen=True)
class Parts:
    """What `open_desk` may be given instead of the ordinary part."""

    store: Store | None = None
    analyst: Analyst | None = None
    fetcher: Fetcher | None = None
    messenger: Messenger | None = None
    marks: tuple[Frame, ...] = ()
    notes: Notes | None = None
    jitter: Callable[[], float] | None = None
    channels: tuple[Channel, ...] | None = None


@asynccontextmanager
async def open_desk(config: Config, database: str, parts: Parts | None = None) -> AsyncIterator[Desk]:
    """A desk over a database, for the command line, measuring and the bot alike; closes what it opened."""
    parts = parts or Parts()
    async with AsyncExitStack() as stack:
        store: Store | None = parts.store
        if store is None:
            store = open_store(database)
            stack.push_async_callback(store.close)
        analyst: Analyst | None = parts.analyst
        if analyst is None:
            analyst = await stack.enter_async_context(InlineAnalyst(config.directory))
        ports = Ports(
            store,
            analyst,
            parts.fetcher,
            parts.messenger,
            parts.jitter or random.random,
            parts.notes or LogNotes(),
            lacking,
        )
        yield await Desk.open(ports, watching(config, parts.channels), setting(config, parts.marks))


class Bot:
    """The bot at work: a desk, its edge to Slack, the schedule and its pulse."""

    def __init__(self, desk: Desk, slack: SlackEdge, pulse: Pulse, health: HealthServer | None) -> None:
        self.desk = desk
        self.slack = slack
        self._pulse = pulse
        self._health = health
        self._schedule = Schedule(self._tick, pulse.clock)
        self._stopping = asyncio.Event()

    async def _tick(self, now: datetime) -> None:
        await self.desk.tick(now)
        self._pulse.tick(now)

    def stop(self) -> None:
        """Ask the bot to stop: it finishes what it claimed and closes."""
        self._stopping.set()

    async def run(self) -> None:
        """Talk until `stop`, SIGTERM or SIGINT: first the intake stops, then claimed work ends, then all is closed."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self.stop)
        await self.slack.start(self._pulse.clock)
        if self._health is not None:
            await self._health.start()
        self._schedule.start()
        try:
            await self._stopping.wait()
        finally:
            await self._schedule.stop()
            await self.desk.settled()
            if self._health is not None:
                await self._health.close()


@asynccontextmanager
async def build(config: Config, settings: Settings, clock: Clock = wall_clock) -> AsyncIterator[Bot]:
    """The bot against Slack. Raises SlackProblem, StoreProblem: one sentence and a remedy each."""
    if settings.channel:
        config = config.placed(settings.channel)
    async with AsyncExitStack() as stack:
        store = open_store(settings.database_url)
        stack.push_async_callback(store.close)
        pulse = Pulse(LogNotes(), clock)
        analyst = await stack.enter_async_context(ProcessAnalyst(config.directory, settings.workers))
        fetcher = await stack.enter_async_context(_fetcher(settings))
        answers = DeskAnswers(config)
        draw = (await stack.enter_async_context(artist(pulse))).draw
        slack = connect(access(settings), config.slack, answers, store, notes=pulse, manner=Manner(draw=draw))
        edge = await stack.enter_async_context(slack)
        pulse.slack_healthy = lambda: edge.healthy
        parts = Parts(store, analyst, fetcher, edge.messenger, notes=pulse)
        desk = await stack.enter_async_context(open_desk(config, settings.database_url, parts))
        answers.serve(desk)
        health = HealthServer(pulse, settings.health_port) if settings.health_port else None
        yield Bot(desk, edge, pulse, health)


def access(settings: Settings) -> Access:
    """The two tokens, and where they go. Raises RuntimeError where they are not set: ask `slack_ready` first."""
    if settings.bot_token is None or settings.app_token is None:
        raise RuntimeError("the bot was built against Slack without tokens")
    return Access(settings.bot_token.get_secret_value(), settings.app_token.get_secret_value(), settings.slack_api)


def _fetcher(settings: Settings) -> HttpFetcher:
    return HttpFetcher(settings.allow_loopback, settings.user_agent)

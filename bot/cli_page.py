"""The page of the local workspace beside the terminal. Hides whether anybody may come, browsers, and how one stops."""

from __future__ import annotations

import asyncio
import fcntl
import os
import select
import signal
import stat
import struct
import sys
import termios
import webbrowser
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from rich.console import Console

from bot.demo import Demonstration, Stage
from bot.local.face import Face, Mover, commands, hears
from bot.local.page_server import PORT, Article, PageServer, served
from bot.local.person import Person
from bot.settings import has_display
from config import Config
from config.slack_app import manifest

OPENS = datetime(2025, 11, 26, 7, 30, tzinfo=UTC)
"""Where the clock stands when the page opens: the third digest, the first with every side in it, and days to come."""
OTHER_CHANNEL = "newsroom"
"""A channel without the bot, so that it can be invited somewhere."""
MOVES: Mapping[str, str] = {"next hour": "hour", "next day": "day", "play": "week", "pause": "stop"}
"""What the prompt understands of the clock, and the mover's word for it."""
_LOOK = 0.5
"""Seconds between two looks at whether a pipe is still open."""


def stays_open() -> bool:
    """Whether somebody may come through standard input: a terminal, or a pipe whose other end is open."""
    try:
        fd = sys.stdin.fileno()
        mode = os.fstat(fd).st_mode
    except (AttributeError, OSError, ValueError):
        return False
    if os.isatty(fd):
        return True
    if not (stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode)):
        return False
    readable, _, _ = select.select([fd], [], [], 0)
    if not readable:
        return True
    waiting: int = struct.unpack("i", fcntl.ioctl(fd, termios.FIONREAD, b"\0" * 4))[0]
    return waiting > 0


@dataclass
class Beside:
    """A page that is served, and the clock of what it shows. `stop` is set by Ctrl-C and by a termination."""

    server: PageServer
    mover: Mover | None
    stop: asyncio.Event

    def move(self, typed: str) -> bool:
        """Move the clock as words of the prompt say; False where they say something else."""
        wish = MOVES.get(typed, "") if self.mover is not None else ""
        if wish and self.mover is not None:
            self.mover.start(wish)
        return bool(wish)

    async def until_left(self, talk: Callable[[], Awaitable[None]] | None = None) -> None:
        """Until it is stopped, or the end of `talk`, or of the pipe on standard input where it is no terminal."""
        waiting: list[asyncio.Future[Any]] = [asyncio.ensure_future(self.stop.wait())]
        if talk is not None:
            waiting.append(asyncio.ensure_future(talk()))
        if not sys.stdin.isatty():
            waiting.append(asyncio.ensure_future(_closed()))
        try:
            done, _ = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            for task in waiting:
                task.cancel()
            await asyncio.gather(*waiting, return_exceptions=True)


@asynccontextmanager
async def beside(
    config: Config, stage: Stage, aside: Console, week: Demonstration | None = None, port: int = PORT
) -> AsyncIterator[Beside]:
    """Serve the page of a stage, say where, and open it where there is a screen. `week` is the week whose clock the
    page moves; without it the sources are live."""
    app = manifest(config.slack)
    stage.workspace.add_channel(OTHER_CHANNEL, stage.person)
    person = Person(stage.workspace, stage.person, commands(app), hears(app), (config.slack.name, "brief"))
    face = Face(person, app, "live" if week is None else "recorded")
    if week is not None:
        face.outlets = tuple(outlet.source.site for outlet in week.week.outlets)
        face.mover = Mover(week)
    async with served(face, None if week is None else pages_of(week), port) as server:
        with _stoppable() as stop:
            aside.print("\nThe workspace in your browser, until Ctrl-C:", highlight=False)
            aside.print(f"  {server.address}\n", style="bold", highlight=False, markup=False, soft_wrap=True)
            if sys.stdin.isatty() and sys.stdout.isatty() and has_display():
                await asyncio.to_thread(webbrowser.open, server.address)
            yield Beside(server, face.mover, stop)


def pages_of(week: Demonstration) -> Article:
    """The outlets' pages as they stand when they are opened."""
    outlets = {outlet.source.site: outlet for outlet in week.week.outlets}

    def page(url: str) -> tuple[int, bytes, str] | None:
        there = urlsplit(url)
        outlet = outlets.get(there.hostname or "")
        return None if outlet is None else (*week.week.page(there.path, week.now), outlet.feed.encoding)

    return page


@contextmanager
def _stoppable() -> Iterator[asyncio.Event]:
    """An event that Ctrl-C and a termination set, instead of breaking off."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    numbers = (signal.SIGINT, signal.SIGTERM)
    for number in numbers:
        loop.add_signal_handler(number, stop.set)
    try:
        yield stop
    finally:
        for number in numbers:
            loop.remove_signal_handler(number)


async def _closed() -> None:
    """Until the other end of the pipe is closed; what comes through it is let pass."""
    fd = sys.stdin.fileno()
    while True:
        readable, _, _ = select.select([fd], [], [], 0)
        if readable and not os.read(fd, 65_536):
            return
        await asyncio.sleep(_LOOK)

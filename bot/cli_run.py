"""The running commands: against Slack, against live feeds in the terminal, or the recorded week. Hides the choice."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console

import config as configuration
from bot import cli_page, logs, terminal
from bot import demo as demonstrations
from bot.app import build
from bot.demo import Stage
from bot.problems import Problem
from bot.settings import Settings, unknown_words
from bot.settings import read as read_settings
from config import Config
from digests.model import Delivery

console = Console()
"""Where the conversation is shown."""
aside = Console(stderr=True)
"""Where progress and hints are shown."""

HINT = (
    "This was the recorded week: invented outlets, simulated clock, a loopback Slack. Next steps:\n"
    "  make run LIVE=1                                    poll the real feeds of config/feeds.yaml, shown here\n"
    "  SLACK_BOT_TOKEN=… SLACK_APP_TOKEN=… make run       the same bot in your Slack (docs/operations.md)"
)


async def run(folder: Path, *, live: bool) -> int:
    """Against Slack where both tokens are set; else live feeds or the recorded week in this terminal."""
    settings = read_settings()
    for name in settings.unknown:
        aside.print(unknown_words(name), highlight=False, markup=False)
    if settings.slack_ready:
        return await _slack(configuration.load(folder), settings)
    if live:
        return await _live(configuration.load(folder), settings)
    return await demo(folder)


async def _slack(config: Config, settings: Settings) -> int:
    logs.set_up(level=settings.log_level, json=settings.log_json)
    aside.print("Running against Slack, polling the feeds of config/feeds.yaml. Ctrl-C stops.")
    placed = config.placed(settings.channel) if settings.channel else config
    for channel in placed.unplaced:
        aside.print(f"{channel.id}: no digest goes out before BRIEF_CHANNEL names a channel id", markup=False)
    async with build(config, settings) as bot:
        await bot.run()
    return 0


async def demo(folder: Path, *, until: str = "") -> int:
    """Play the recorded week in the terminal. Where somebody may come, stop on its third morning, serve the page and
    let the reader move the clock."""
    logs.set_up(level="ERROR")
    end = _instant(until) if until else None
    config = configuration.load(folder)
    aside.print("DEMONSTRATION: the recorded week of 24 Nov to 1 Dec 2025; no token, no network beyond loopback.")
    stays = not until and cli_page.stays_open()
    with aside.status("loading the language rules and the week") as status:
        async with demonstrations.demonstration(config) as shown:
            status.update("the week passes")
            if stays:
                await shown.play(_show, cli_page.OPENS, example="")
                status.stop()
                await _look_around(config, shown)
            else:
                await shown.play(_show, end)
                status.stop()
                await _ask_one(shown.stage, "/position russia")
    aside.print(HINT, highlight=False, markup=False)
    return 0


async def _look_around(config: Config, shown: demonstrations.Demonstration) -> None:
    """The page, and a prompt where there is a terminal, in one workspace."""
    async with cli_page.beside(config, shown.stage, aside, shown) as page:
        talks = sys.stdin.isatty() and sys.stdout.isatty()
        await page.until_left((lambda: _converse(shown.stage, page.move)) if talks else None)


def _instant(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError as cause:
        raise Problem(f"--until {text!r} is no ISO time", "write it like 2025-11-27T12:00") from cause
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _show(delivered: Sequence[Delivery]) -> None:
    for delivery in delivered:
        if delivery.kind == "edit":  # a terminal is written once: the page in the browser shows edits
            continue
        where = "#peace-plan-daily" if delivery.kind in {"digest", "note"} else "alert"
        console.rule(f"{where} · {delivery.kind}", style="dim")
        sys.stdout.write(terminal.lines(delivery.page, colour=sys.stdout.isatty()) + "\n\n")


async def _ask_one(shown: Stage, typed: str) -> None:
    command, _, text = typed.partition(" ")
    console.rule(typed, style="dim")
    answer = await shown.ask(command, text)
    sys.stdout.write(terminal.message_lines(answer.messages) + "\n")


async def _converse(shown: Stage, moves: Callable[[str], bool] = lambda _typed: False) -> None:
    """The prompt: every command goes through the loopback Slack and back; `moves` takes words for the clock."""
    from prompt_toolkit import PromptSession
    from prompt_toolkit.completion import WordCompleter
    from prompt_toolkit.patch_stdout import patch_stdout

    words = ["/position russia", "/position ukraine", "/brief new", "/brief subscribe actor:russia", "/brief status"]
    more = ["/brief help", *cli_page.MOVES]
    session: PromptSession[str] = PromptSession(completer=WordCompleter([*words, *more], sentence=True))
    hint = "Or here: /position russia, /brief new, /brief subscribe actor:russia, next day, play; Ctrl-D ends."
    aside.print(hint, highlight=False, markup=False)
    with patch_stdout(raw=True):
        while True:
            try:
                typed = (await session.prompt_async("you> ")).strip()
            except (EOFError, KeyboardInterrupt):
                return
            if typed in {"exit", "quit"}:
                return
            if typed and not moves(typed):
                await _ask_one(shown, typed if typed.startswith("/") else f"/brief {typed}")


async def _live(config: Config, settings: Settings) -> int:
    """Poll the real feeds once and show what they bring; go on until Ctrl-C where there is a terminal."""
    logs.set_up(level="ERROR")
    aside.print("LIVE: polling config/feeds.yaml; no Slack tokens, so what would be posted is shown here.")
    async with demonstrations.live(config, settings) as shown:
        with aside.status("first poll") as status:
            polled = await shown.first_poll()
            status.stop()
        ok = sum(1 for p in polled if p.outcome != "failed")
        aside.print(f"{ok} of {len(polled)} feeds read")
        for p in polled:
            if p.outcome == "failed":
                aside.print(f"  {p.feed_id}: {p.detail}", highlight=False, markup=False)
        sys.stdout.write(terminal.lines(await shown.preview(), colour=sys.stdout.isatty()) + "\n")
        if cli_page.stays_open():
            async with cli_page.beside(config, shown.stage, aside) as page:
                await page.until_left(lambda: shown.until_stopped(_show))
    await asyncio.sleep(0)
    return 0

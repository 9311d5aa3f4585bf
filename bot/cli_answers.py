"""The asking commands: check, poll, brief, position, doctor, manifest, backup. Hides which of them needs a database."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from rich.console import Console
from rich.markup import escape
from rich.progress import Progress
from rich.table import Table

import config as configuration
from bot import checkup, terminal
from bot.answers import DeskAnswers
from bot.app import Parts, open_desk, wall_clock
from bot.commands import BRIEF, MakeSubscription, Misunderstood, parse
from bot.fetch import HttpFetcher
from bot.problems import Problem
from bot.settings import Settings
from bot.settings import read as read_settings
from bot.slack.answers import Asker
from bot.store.backup import back_up
from config import Config, slack_app
from config.problems import nearest
from digests.desk import Desk
from digests.desk.newsroom import silent_notes
from digests.desk.poll import Polled, guarded_poll
from digests.frames import words
from digests.model import Feed, Page
from digests.ports import FeedState

TERMINAL = "terminal"
"""The conversation of a person who asks on the command line."""


class Told(Protocol):
    """A problem of configuration or settings."""

    @property
    def place(self) -> str:
        """Key or variable."""
        ...

    @property
    def what(self) -> str:
        """What is wrong."""
        ...

    @property
    def remedy(self) -> str:
        """What to do."""
        ...


def say_problems(problems: Sequence[Told], console: Console, *, as_json: bool) -> None:
    """Every problem with its place and remedy."""
    if as_json:
        rows = [
            {"file": getattr(p, "file", ""), "place": p.place, "what": p.what, "remedy": p.remedy} for p in problems
        ]
        sys.stdout.write(json.dumps({"problems": rows}, ensure_ascii=False) + "\n")
        return
    console.print(f"[red]{len(problems)} problem{'s' if len(problems) != 1 else ''} in the configuration[/red]")
    for p in problems:
        where = f"{getattr(p, 'file', '')} {p.place}".strip()
        console.print(f"  {where}: {p.what}", highlight=False, markup=False, soft_wrap=True)
        console.print(f"      {p.remedy}", style="green", highlight=False, markup=False, soft_wrap=True)


def check(folder: Path, *, as_json: bool) -> int:
    """Check the configuration; problems are raised and told by the command line."""
    config = configuration.load(folder)
    rows = [
        ("feeds", len(config.feeds)),
        ("sources", len(config.directory.sources)),
        ("actors", len(config.directory.actors)),
        ("issues", len(config.directory.issues)),
        ("channels", len(config.channels)),
        ("baseline faults", len(config.baseline.faults)),
    ]
    if as_json:
        print_json(dict(rows))
        return 0
    console = Console()
    table = Table(title=f"{folder}: no problem found")
    table.add_column("part")
    table.add_column("entries", justify="right")
    for name, n in rows:
        table.add_row(name, str(n))
    console.print(table)
    return 0


def print_json(value: object) -> None:
    """One JSON document on standard output."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def settings_and(folder: Path, database: str) -> tuple[Config, Settings, str]:
    """Configuration, settings, and the database URL that was asked for."""
    settings = read_settings()
    return configuration.load(folder), settings, database or settings.database_url


async def answer(command: str, typed: Sequence[str], folder: Path, database: str, *, as_json: bool) -> int:
    """Answer a command from the database."""
    config, settings, url = settings_and(folder, database)
    zone = settings.zone
    understood = parse(" ".join(typed), command, config.directory, zone)
    if isinstance(understood, Misunderstood):
        told = words(understood.frame, terminal.zone_of(zone))
        suggestions = list(understood.suggestions)
        if as_json:
            print_json({"error": told, "suggestions": suggestions})
        else:
            sys.stderr.write("\n".join([told, *(f"  {s}" for s in suggestions)]) + "\n")
        return 2
    if isinstance(understood, MakeSubscription):  # nobody can press a button here
        understood = replace(understood, at_once=True)
    async with open_desk(config, url, Parts(notes=silent_notes)) as desk:
        answers = DeskAnswers(config)
        answers.serve(desk)
        page = await answers.answer(understood, Asker(TERMINAL, TERMINAL, zone), wall_clock())
    print_page(page, as_json=as_json)
    return 0


async def export(typed: Sequence[str], folder: Path, database: str, out: Path | None) -> int:
    """Write statements on record as a file, or to standard output; what is left out is said on standard error."""
    config, settings, url = settings_and(folder, database)
    understood = parse(" ".join(["export", *typed]), BRIEF, config.directory, settings.zone)
    if isinstance(understood, Misunderstood):
        told = words(understood.frame, terminal.zone_of(settings.zone))
        sys.stderr.write("\n".join([told, *(f"  {s}" for s in understood.suggestions)]) + "\n")
        return 2
    async with open_desk(config, url, Parts(notes=silent_notes)) as desk:
        answers = DeskAnswers(config)
        answers.serve(desk)
        page = await answers.answer(understood, Asker(TERMINAL, TERMINAL, settings.zone), wall_clock())
    sys.stderr.write(terminal.lines(page) + "\n")
    for file in page.files:
        if out is None:
            sys.stdout.write(file.text)
        else:
            out.write_text(file.text, encoding="utf-8", newline="")
    return 0 if page.files else 1


def print_page(page: Page, *, as_json: bool = False) -> None:
    """A page on standard output."""
    if as_json:
        print_json(terminal.as_json(page))
    else:
        sys.stdout.write(terminal.lines(page, colour=sys.stdout.isatty()) + "\n")


async def poll(folder: Path, database: str, feed_id: str, *, as_json: bool) -> int:
    """Poll what is due, or one feed."""
    config, settings, url = settings_and(folder, database)
    chosen = [f for f in config.feeds if f.id == feed_id]
    if feed_id and not chosen:
        remedy = f"write an id of feeds.yaml. {nearest(feed_id, [f.id for f in config.feeds])}"
        raise Problem(f"no feed {feed_id!r} in feeds.yaml", remedy)
    async with (
        HttpFetcher(user_agent=settings.user_agent) as fetcher,
        open_desk(config, url, Parts(fetcher=fetcher, notes=silent_notes)) as desk,
    ):
        polled = await _poll_one(desk, chosen[0]) if chosen else await desk.poll_due(wall_clock())
    _print_polled(polled, as_json=as_json)
    return 0 if all(p.outcome != "failed" for p in polled) else 1


async def _poll_one(desk: Desk, feed: Feed) -> Sequence[Polled]:
    states = await desk.room.store.feed_states()
    return [await guarded_poll(desk.room, feed, states.get(feed.id, FeedState(feed.id)), wall_clock())]


def _print_polled(polled: Iterable[Polled], *, as_json: bool) -> None:
    if as_json:
        print_json([{"feed": p.feed_id, "outcome": p.outcome, "items": p.items, "detail": p.detail} for p in polled])
        return
    table = Table(title="polled")
    for column in ("feed", "outcome", "items", "developments", "detail"):
        table.add_column(column)
    for p in polled:
        table.add_row(p.feed_id, p.outcome, str(p.items), str(p.developments), escape(p.detail))
    Console().print(table)


async def doctor(folder: Path, database: str, *, quick: bool, as_json: bool) -> int:
    """Check everything, one line each."""
    config, settings, url = settings_and(folder, database)
    findings = await checkup.examine(config, settings, url, quick=quick)
    if as_json:
        print_json([{"part": f.part, "ok": f.ok, "what": f.what, "remedy": f.remedy} for f in findings])
    else:
        console = Console()
        for f in findings:
            mark = "[green]ok  [/green]" if f.ok else "[red]FAIL[/red]"
            remedy = f" [yellow]· {escape(f.remedy)}[/yellow]" if f.remedy else ""
            console.print(f"{mark} {escape(f'{f.part}: {f.what}')}{remedy}", highlight=False, soft_wrap=True)
    return 0 if all(f.ok for f in findings) else 1


def manifest(folder: Path, *, as_json: bool) -> int:
    """Print the Slack app manifest."""
    slack = configuration.load(folder).slack
    if as_json:
        print_json(slack_app.manifest(slack))
    else:
        sys.stdout.write(slack_app.written(slack))
    return 0


def backup(folder: Path, database: str, to: Path, *, as_json: bool) -> int:
    """Copy the record while the bot runs."""
    _, _, url = settings_and(folder, database)
    with Progress(console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task("copying the record", total=None)
        size = back_up(url, to, lambda done, pages: shown.update(task, completed=done, total=pages))
    if as_json:
        sys.stdout.write(json.dumps({"file": str(to), "bytes": size}, ensure_ascii=False) + "\n")
    else:
        Console().print(f"{to}: {size:,} bytes, checked", highlight=False, markup=False, soft_wrap=True)
    return 0

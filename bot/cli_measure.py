"""The measuring commands: replay, statements, positions, pairs. Hides temporary databases and progress."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

import config as configuration
from bot import json_lines, measure, measure_pairs
from bot import replay as replaying
from bot.app import Parts, open_desk
from bot.commands import BRIEF, MakeSubscription, Misunderstood, parse
from bot.problems import Problem
from config import Config
from digests import text as texts
from digests.desk import Desk
from digests.desk.newsroom import silent_notes
from digests.frames import words
from digests.model import Baseline, Part, Subscription

EVERY = 25
"""Items between two steps of the progress bar."""


@dataclass(frozen=True)
class Wish:
    """What `replay` was asked to do."""

    items: Path
    out: Path
    config: Path
    known: Path | None
    baseline: Path | None
    database: str
    at: str
    zone: str
    subscribe: tuple[str, ...]


async def replay(wish: Wish) -> int:
    """Run a replay and write its four files."""
    config = _with_baseline(configuration.load(wish.config), wish.baseline)
    plan = _plan(wish, config)
    with tempfile.TemporaryDirectory(prefix="replay-") as folder:
        database = wish.database or f"sqlite:///{folder}/replay.db"
        parts = Parts(notes=silent_notes, jitter=lambda: 0.5, channels=(plan.channel,))
        async with open_desk(config, database, parts) as desk:
            with _progress() as step:
                await replaying.run(desk, plan, step)
            await _write(desk, plan, wish.out)
    return 0


async def _write(desk: Desk, plan: replaying.Plan, out: Path) -> None:
    files = await replaying.files(desk, plan)
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as cause:
        what = f"{out} cannot be made ({cause.strerror})"
        raise Problem(what, "name a folder that can be written; nothing stored is lost") from cause
    for name, rows in (
        ("items", files.items),
        ("digests", files.digests),
        ("alerts", files.alerts),
        ("statements", files.statements),
    ):
        json_lines.write(rows, out / f"{name}.jsonl")


def _plan(wish: Wish, config: Config) -> replaying.Plan:
    try:
        datetime.strptime(wish.at, "%H:%M").replace(tzinfo=ZoneInfo(wish.zone))
    except (ValueError, KeyError) as cause:
        remedy = "write --at like 08:30 and --zone like Europe/Brussels"
        raise Problem(f"--at {wish.at} --zone {wish.zone} is no local time", remedy) from cause
    sources = config.directory.sources
    items = replaying.read_items(wish.items, sources)
    known = replaying.read_items(wish.known, sources) if wish.known else []
    start = items[0].seen if items else datetime(1970, 1, 1, tzinfo=UTC)
    subscriptions = tuple(_subscription(n, text, config, start) for n, text in enumerate(wish.subscribe, 1))
    return replaying.Plan(items, known, wish.at, wish.zone, subscriptions)


def _subscription(number: int, typed: str, config: Config, at: datetime) -> Subscription:
    asked = parse(f"subscribe {typed}", BRIEF, config.directory, "UTC")
    if not isinstance(asked, MakeSubscription):
        why = words(asked.frame, UTC) if isinstance(asked, Misunderstood) else "these are no filters"
        raise Problem(f"--subscribe {typed!r}: {why}", "write filters like actor:russia issue:territory")
    return replaying.subscription(number, dict(asked.filters), at)


def _with_baseline(config: Config, path: Path | None) -> Config:
    """The configuration against another baseline text, which has no known faults."""
    if path is None:
        return config
    old = config.baseline
    article = replace(old.article, article_id="baseline-given", texts={Part.TEXT: texts.as_given(_text(path))})
    return replace(config, baseline=Baseline(old.version + 1, article, (), old.dated))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as cause:
        raise Problem(f"{path} cannot be read ({cause})", "give a UTF-8 text file") from cause


def statements(articles: Path, out: Path, folder: Path) -> int:
    """Write the statements found in articles."""
    measure.statements(articles, out, configuration.load(folder))
    return 0


def positions(articles: Path, out: Path, folder: Path) -> int:
    """Write every cell of every actor's position after reading these articles."""
    measure.positions(articles, out, configuration.load(folder))
    return 0


def pairs(pairs_file: Path, out: Path, folder: Path) -> int:
    """Write one score a pair."""
    measure_pairs.pairs(pairs_file, out, configuration.load(folder))
    return 0


class _progress:
    """A bar on a terminal, a line every tenth elsewhere; always on standard error."""

    def __init__(self) -> None:
        columns = (TextColumn("replaying"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        self._bar = Progress(*columns, console=Console(stderr=True), disable=not sys.stderr.isatty())
        self._task = self._bar.add_task("replay", total=None)
        self._tenths = 0

    def __enter__(self) -> Callable[[int, int], None]:
        self._bar.start()
        return self._step

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def _step(self, done: int, total: int) -> None:
        if done % EVERY == 0 or done == total:
            self._bar.update(self._task, completed=done, total=total)
        if self._bar.disable and done * 10 // total > self._tenths:
            self._tenths = done * 10 // total
            sys.stderr.write(f"replayed {done} of {total} items\n")

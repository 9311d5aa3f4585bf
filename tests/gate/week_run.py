"""The recorded week lived through once: real HTTP on loopback, a real store, a digest a day. Hides servers and clocks.

What comes back are plain values: each digest with its page, its window asked anew of the store, and every report by
`<outlet>/<entry>` and the number of its version, as `expected.yaml` names them.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

import config as configuration
from bot.analyse import InlineAnalyst
from bot.app import Parts, open_desk
from bot.demo import STEP, SimulatedClock, week_config
from bot.fetch import HttpFetcher
from bot.local import week as weeks
from bot.local.week import Week, WeekServer
from config import Config
from digests import compose, slots
from digests.compose import Window
from digests.desk import Desk
from digests.desk.newsroom import silent_notes
from digests.model import Article, Channel, Digest, Directory, Line, Page, Part
from digests.ports import Recorded
from digests.text import from_html
from tests.conftest import REPO

CHANNEL = "recorded-week"


@dataclass(frozen=True)
class Told:
    """One digest as it was told."""

    digest: Digest
    page: Page
    window: Window


@dataclass(frozen=True)
class LivedWeek:
    """The week as it passed."""

    told: tuple[Told, ...]
    recorded: tuple[Recorded, ...]
    names: Mapping[str, tuple[str, int]]  # article key -> ("outlet/entry", number of the version)
    directory: Directory
    texts: frozenset[str]  # every text that any outlet printed, as a reader sees it

    def entries(self, line: Line) -> set[tuple[str, int]]:
        """The reports that a line rests on."""
        told = {r.development.development_id: r for r in self.recorded if r.development}
        reports = (told[d] for d in line.development_ids if d in told)
        shown = {c.article_key for c in (line.headline, *line.quotes)}
        keys = {r.article.key for r in reports if r.article.article_id in line.article_ids} | shown
        return {self.names[k] for k in keys if k in self.names}

    def headline(self, line: Line) -> tuple[str, int]:
        """The report whose headline stands for a line."""
        return self.names[line.headline.article_key]


def expected() -> dict[str, Any]:
    """What a good editor would expect of the seven digests."""
    loaded: dict[str, Any] = yaml.safe_load((weeks.FOLDER / "expected.yaml").read_text(encoding="utf-8"))
    return loaded


async def lived() -> LivedWeek:
    """Let the week pass, an hour at a time."""
    week, wanted = weeks.load(), expected()
    clock = SimulatedClock(week.start)
    channel = Channel(CHANNEL, CHANNEL, wanted["zone"], (wanted["at"],))
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="gate-week-"))
        server = await stack.enter_async_context(WeekServer(week, clock, names=True))
        config = week_config(configuration.load(REPO / "config"), week, server)
        fetcher = await stack.enter_async_context(HttpFetcher(allow_loopback=True, resolver=server.resolver()))
        analyst = await stack.enter_async_context(InlineAnalyst(config.directory))
        parts = Parts(analyst=analyst, fetcher=fetcher, notes=silent_notes, jitter=lambda: 0.5, channels=(channel,))
        database = f"sqlite:///{Path(folder) / 'week.db'}"
        desk = await stack.enter_async_context(open_desk(config, database, parts))
        told = await _told(desk, week, clock, channel)
        recorded = tuple(await desk.room.store.recorded())
        return LivedWeek(told, recorded, _names(week, recorded), config.directory, _texts(week, config))


async def _told(desk: Desk, week: Week, clock: SimulatedClock, channel: Channel) -> tuple[Told, ...]:
    hours = [week.start + STEP * n for n in range(int((week.end - week.start) / STEP) + 1)]
    found: list[tuple[Digest, Window]] = []
    for instant in sorted({*hours, *slots.between(channel, week.start, week.end)}):
        clock.now = instant
        found += [(d, await _window(desk, d)) for d in (await desk.tick(instant)).digests]
    pages = {d.slot: d.page for d in await desk.room.store.deliveries(kind="digest")}
    return tuple(Told(d, pages[d.slot], w) for d, w in found)


async def _window(desk: Desk, digest: Digest) -> Window:
    """What a digest looked at, asked anew."""
    since, until = digest.freshness.since, digest.freshness.until
    recorded = await desk.room.store.recorded(since=min(since, until - compose.CARRY_OVER), until=until)
    kept = tuple(r for r in recorded if not (r.backfill and _older(r.article, since)))
    baseline = desk.room.watching.baseline.article.article_id
    return Window(since, until, kept, (), desk.room.last_words(since), (), baseline)


def _older(article: Article, since: datetime) -> bool:
    return article.published_at is None or article.published_at <= since


def _names(week: Week, recorded: tuple[Recorded, ...]) -> dict[str, tuple[str, int]]:
    """Every recorded report by the name that `expected.yaml` gives it: found by its address and title."""
    found: dict[str, tuple[str, int]] = {}
    for r in recorded:
        outlet = week.outlet(r.article.feed_id)
        title = r.article.texts[Part.TITLE].body if Part.TITLE in r.article.texts else ""
        for entry in outlet.entries:
            for number, version in enumerate(entry.versions, 1):
                if r.article.url.endswith(outlet.path(version)) and _plain(version.title) == _plain(title):
                    found.setdefault(r.article.key, (entry.id.replace(":", "/"), number))
    return found


def _plain(title: str) -> str:
    """Letters and digits alone: markup and quotation marks differ between a file and what a reader sees."""
    read = from_html(title)
    return "".join(c for c in (read.body if read else "").lower() if c.isalnum())


def _texts(week: Week, config: Config) -> frozenset[str]:
    """Every title, summary and body of the week, white space folded."""
    whole = [" ".join(t.body.split()) for t in config.baseline.article.texts.values()]
    for outlet in week.outlets:
        for entry in outlet.entries:
            for version in entry.versions:
                for raw in (version.title, version.summary, *version.body):
                    read = from_html(raw)
                    if read is not None:
                        whole.append(" ".join(read.body.split()))
    return frozenset(whole)


def day_of(told: Told, zone: str) -> str:
    """The local day of a digest, as `expected.yaml` writes it."""
    return told.digest.slot.astimezone(ZoneInfo(zone)).date().isoformat()

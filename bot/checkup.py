"""Doctor: whether everything the bot needs is there, one finding a part. Hides how each part is asked."""

from __future__ import annotations

import platform
import sys
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot import embed
from bot.app import Parts, access, open_desk, wall_clock
from bot.pictures import artist
from bot.problems import Problem
from bot.settings import Settings, unknown_words
from bot.slack import examine as examine_slack
from bot.specimens import specimens
from bot.store import missing_file
from config import Config
from digests.desk import Desk
from digests.desk.newsroom import silent_notes
from digests.frames import say
from digests.model import Channel, DeliveryState, Lane, Mark, Sign, Timeline

STALE = timedelta(hours=2)
"""A feed not read for this long is reported: eight polls of fifteen minutes."""
CONVERSATION_REMEDY = "mend what is named, then invite the bot there again: what is owed goes out"


@dataclass(frozen=True)
class Finding:
    """One part, whether it is well, what was seen, and the remedy where it is not."""

    part: str
    ok: bool
    what: str
    remedy: str = ""


async def examine(config: Config, settings: Settings, database: str, *, quick: bool) -> list[Finding]:
    """Every finding; `quick` leaves out what needs the network."""
    findings = [_python(), _configuration(config), _zones(config), _vectors(), *map(_unread, settings.unknown)]
    findings += await _database(config, database)
    if not quick:
        findings.append(await _pictures())
        findings += await _slack(config, settings)
    return findings


def _python() -> Finding:
    ok = (3, 11) <= sys.version_info[:2] < (3, 14)
    return Finding("python", ok, platform.python_version(), "" if ok else "install Python 3.11, 3.12 or 3.13")


async def _pictures() -> Finding:
    """Whether a picture can be drawn, by drawing one."""
    said: list[str] = []

    def note(_event: str, /, **fields: object) -> None:
        said.append(str(fields.get("reason", "")))

    head, day = say("timeline.baseline"), date(2025, 11, 25)
    sample = Timeline(head, (), day, day, (Lane(head, (Mark(day, Sign.SAID, 1),)),), (), (), (), head)
    async with artist(note) as drawing:
        drawn = await drawing.draw(sample, "Etc/UTC")
    if drawn is None:
        remedy = "install what requirements/run.txt names; until then answers come in words alone"
        return Finding("pictures", False, "none can be drawn: " + " ".join(said).strip()[-200:], remedy)
    return Finding("pictures", True, "one was drawn")


def _configuration(config: Config) -> Finding:
    what = f"{len(config.feeds)} feeds, {len(config.directory.actors)} actors, {len(config.directory.issues)} issues"
    return Finding("configuration", True, f"{what}, baseline v{config.baseline.version} matches its sha256")


def _unread(variable: str) -> Finding:
    return Finding("environment", False, f"{variable} is set and read by nobody", unknown_words(variable))


def _zones(config: Config) -> Finding:
    try:
        for channel in config.channels:
            ZoneInfo(channel.zone)
    except ZoneInfoNotFoundError as missing:
        return Finding("time zones", False, f"unknown: {missing}", "install the tzdata package")
    return Finding("time zones", True, "known")


def _vectors() -> Finding:
    """Which tier decides what is alike. Loads the model, so that an engine that does not start is found here."""
    found = embed.problem()
    if found:
        return Finding("vectors", False, f"{found}: words, names and numbers alone decide what is alike", embed.REMEDY)
    return Finding("vectors", True, f"{embed.PACKAGE}, weights match their sha256")


async def _database(config: Config, database: str) -> list[Finding]:
    """What the database knows; where there is none yet it is only said where one would be made."""
    try:
        missing = missing_file(database)
        if missing is not None:
            made = "it" if missing.parent.is_dir() else "its folder and it"
            what = f"none yet at {missing}; the first run makes {made}"
            return [
                Finding("database", True, what, "where another was meant, correct --database or BRIEF_DATABASE_URL")
            ]
        async with open_desk(config, database, Parts(notes=silent_notes)) as desk:
            return [Finding("database", True, f"{len(desk.room.recorded)} articles on record"), *await _life(desk)]
    except Problem as problem:
        return [Finding("database", False, problem.what, problem.remedy)]


async def _life(desk: Desk) -> list[Finding]:
    """Feeds and outbox, as the database knows them."""
    now = wall_clock()
    coverage = await desk.room.store.coverage(now - STALE, now)
    failing = [c.feed_id for c in coverage if c.failing_since]
    findings = []
    if failing:
        remedy = "see `python -m bot poll --feed ID` for the reason"
        findings.append(Finding("feeds", False, f"failing: {', '.join(failing[:8])}", remedy))
    elif not any(c.last_ok_at for c in coverage):
        findings.append(Finding("feeds", True, "none read yet", "`python -m bot poll` reads them once"))
    else:
        findings.append(Finding("feeds", True, f"{len(coverage)} read"))
    failed = [
        d for d in await desk.room.store.deliveries(since=now - timedelta(days=1)) if d.state is DeliveryState.FAILED
    ]
    what = f"deliveries that failed in 24 hours: {len(failed)}" if failed else "nothing failed in 24 hours"
    if pauses := await desk.room.store.pauses():
        which = "; ".join(f"{p.conversation}: {p.reason}" for p in pauses[:4])
        findings.append(Finding("conversations", False, f"taking no messages: {which}", CONVERSATION_REMEDY))
    findings.append(Finding("outbox", not failed, what, failed[-1].note if failed else ""))
    return findings


async def _slack(config: Config, settings: Settings) -> list[Finding]:
    if not settings.slack_ready:
        hint = "set SLACK_BOT_TOKEN and SLACK_APP_TOKEN (docs/operations.md)"
        return [Finding("slack", True, "no tokens: the bot shows the recorded week instead", hint)]
    made = [(specimen.name, specimen.shown) for specimen in await specimens(config)]
    placed = config.placed(settings.channel) if settings.channel else config
    unplaced = [_unplaced(channel) for channel in placed.unplaced]
    going = [(c.id, c.conversation) for c in placed.channels if c not in placed.unplaced]
    found = await examine_slack(access(settings), config.slack, digests=going, specimens=made)
    return [*(Finding(part, ok, what, remedy) for part, ok, what, remedy in found), *unplaced]


def _unplaced(channel: Channel) -> Finding:
    """A digest of the files without a channel yet: no fault where digests are scheduled by command."""
    what = "goes nowhere yet; digests that are scheduled by command do"
    return Finding(f"digest {channel.id}", True, what, "set BRIEF_CHANNEL to a channel's id")

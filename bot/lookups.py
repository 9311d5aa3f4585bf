"""Commands that look into the record -> pages. Hides how typed times become instants, and when a person last looked."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot import moments
from bot.commands import (
    BASELINE,
    AskBaseline,
    AskBoard,
    AskDiff,
    AskExport,
    AskLatest,
    AskNew,
    AskPosition,
    AskQuality,
    AskQuote,
    AskSearch,
    AskSources,
    AskStatus,
    AskTimeline,
    AskWhy,
    Shareable,
    mending,
)
from bot.moments import Moment
from bot.slack.answers import Asker
from digests import checking
from digests.desk import Desk, brief, timeline
from digests.desk.evidence import Here
from digests.desk.export import Wish
from digests.desk.history import Compared
from digests.desk.home import NEWS, POSITIONS
from digests.desk.position import Asked
from digests.desk.search import Wanted
from digests.desk.sources import SourceChange
from digests.desk.status import Asked as Asking
from digests.frames import echo, say
from digests.model import Frame, Page, Row, Tone

CATCH_UP = timedelta(hours=24)
"""How far back `new` looks where no time is named."""
FARTHEST = timedelta(days=14)
"""How far back `new` looks at most: what is older is history, and `search` finds it."""
_ALL = ("position.not_looked_since", "since.ahead")
"""What is said of a `since:` without which all that is on record is shown."""


async def answer(desk: Desk, command: Shareable, asker: Asker, now: datetime) -> Page:
    """The page that answers one command."""
    here = Here(asker.conversation, asker.user, asker.zone)
    match command:
        case AskPosition():
            return await _position(desk, command, asker, now)
        case AskBoard(issue_id, picture):
            return await desk.grid(issue_id, asker.zone, now, picture=picture)
        case AskNew():
            return await _new(desk, command, asker, now)
        case AskWhy(what, cite):
            return await desk.why(what, here, now, cite=cite)
        case AskLatest(link):
            return await (desk.all_lines(link, here) if link else desk.latest(asker.conversation, asker.zone))
        case AskSearch() | AskQuote():
            return await _found(desk, command, asker, now)
        case AskDiff():
            return await _diff(desk, command, asker, now)
        case AskBaseline() | AskSources() | AskStatus() | AskQuality():
            return await _standing(desk, command, asker, now)
        case AskExport() | AskTimeline():
            return await _filed(desk, command, asker, now)


async def _found(desk: Desk, command: AskSearch | AskQuote, asker: Asker, now: datetime) -> Page:
    """What holds words, or says what somebody read elsewhere."""
    here = Here(asker.conversation, asker.user, asker.zone)
    if isinstance(command, AskQuote):
        each = [await desk.quote(quoted, here) for quoted in (command.quoted, *command.more)]
        return checking.together(each, desk.room.setting)
    since, notes = await _since(desk, command.since, asker, now)
    wanted = Wanted(command.words, dict(command.filters), since, command.page, command.again)
    return _noted(await desk.search(wanted, here), notes)


async def _standing(
    desk: Desk, command: AskBaseline | AskSources | AskStatus | AskQuality, asker: Asker, now: datetime
) -> Page:
    """What is asked of the bot itself: what it compares with, what it reads, how it is, how well it does."""
    match command:
        case AskQuality(since):
            begins, notes = (
                await _since(desk, since, asker, now, ("since.not_looked", "since.ahead")) if since else (None, [])
            )
            return _noted(await desk.quality(begins, asker.zone, now), notes)
        case AskStatus():
            return await desk.status(asker.zone, now, Asking(asker.user, asker.conversation))
        case AskBaseline(history, page):
            return desk.baseline_versions(asker.zone) if history else await desk.baseline(page, asker.zone)
        case AskSources(health, change, what, kind):
            if change:
                return desk.change_sources(SourceChange(change, what, kind), asker.zone)
            return await desk.sources(asker.zone, now, health=health)


async def _since(
    desk: Desk, moment: Moment | None, asker: Asker, now: datetime, instead: tuple[str, str] = _ALL
) -> tuple[datetime | None, list[Frame]]:
    """The instant that a `since:` means, None where it is none that was; and what is done `instead`, in the words for
    who never looked and for a time that lies ahead. Asking is a look."""
    looked = await desk.look(asker.user, NEWS, now)
    return _begins(moment, asker, now, looked, instead)


def _begins(
    moment: Moment | None, asker: Asker, now: datetime, looked: datetime | None, instead: tuple[str, str]
) -> tuple[datetime | None, list[Frame]]:
    if moment is None:
        return None, []
    begins = moment.start(now, asker.zone, looked)
    if begins is None:
        return None, [say(instead[0])]
    return (begins, []) if begins <= now else (None, [say(instead[1], typed=echo(moment.typed))])


async def _new(desk: Desk, command: AskNew, asker: Asker, now: datetime) -> Page:
    since, notes = await _since(desk, command.since, asker, now, ("new.not_looked", "new.ahead"))
    if since is not None and since < now - FARTHEST:
        since = now - FARTHEST
        notes = [say("new.no_farther")]
    since = since if since is not None else now - CATCH_UP
    again = mending.typed_again(["new"], {**dict(command.filters), "since": (moments.typed(since),)})
    wanted = brief.Wanted(since, now, dict(command.filters), page=command.page, again=again)
    return _noted(await desk.catch_up(asker.conversation, asker.zone, wanted), notes)


async def _position(desk: Desk, command: AskPosition, asker: Asker, now: datetime) -> Page:
    looked = await desk.look(asker.user, POSITIONS, now)
    notes: list[Frame] = []
    as_of, since = now, None
    if command.asof is not None:
        as_of = command.asof.end(now, asker.zone, looked) or now
        notes += _ahead(command.asof, now, asker.zone)
    if command.since is not None:
        since, aside = _begins(command.since, asker, now, looked, _ALL)
        notes += aside
    asked = Asked(command.actor_id, as_of, command.issue_id, command.speaker, since)
    if command.vs is None:
        return _noted(await desk.position_page(asked, asker.zone, now), notes)
    if isinstance(command.vs, str) and command.vs != BASELINE:
        return _noted(await desk.position_beside(asked, command.vs, asker.zone), notes)
    then = None
    if isinstance(command.vs, Moment):
        then = command.vs.end(now, asker.zone, looked)
        notes += [say("position.not_looked")] if then is None else _ahead(command.vs, now, asker.zone)
    compared = Compared(command.actor_id, command.issue_id, then, as_of, command.speaker)
    return _noted(await desk.diff(compared, asker.zone), notes)


async def _diff(desk: Desk, command: AskDiff, asker: Asker, now: datetime) -> Page:
    looked = await desk.look(asker.user, POSITIONS, now)
    notes: list[Frame] = []
    then = None
    if isinstance(command.vs, Moment):
        then = command.vs.end(now, asker.zone, looked)
        notes += [say("position.not_looked")] if then is None else _ahead(command.vs, now, asker.zone)
    return _noted(await desk.diff(Compared(command.actor_id, command.issue_id, then, now), asker.zone), notes)


async def _filed(desk: Desk, command: AskExport | AskTimeline, asker: Asker, now: datetime) -> Page:
    """What brings a file along."""
    match command:
        case AskExport():
            return await _export(desk, command, asker, now)
        case AskTimeline():
            return await _timeline(desk, command, asker, now)


async def _export(desk: Desk, command: AskExport, asker: Asker, now: datetime) -> Page:
    since, notes = await _since(desk, command.since, asker, now)
    looked = await desk.look(asker.user, NEWS, now)
    until = command.until.end(now, asker.zone, looked) if command.until is not None else None
    page = await desk.export(Wish(command.form, dict(command.filters), since, until), asker.zone, now)
    return _noted(page, notes)


async def _timeline(desk: Desk, command: AskTimeline, asker: Asker, now: datetime) -> Page:
    looked = await desk.look(asker.user, POSITIONS, now)
    since, notes = _begins(command.since, asker, now, looked, _ALL)
    wish = timeline.Asked(command.actor_id, command.issue_id, since, command.again, command.speaker, command.table)
    return _noted(await desk.timeline(wish, asker.zone, now), notes)


def _ahead(moment: Moment, now: datetime, zone: str) -> list[Frame]:
    """That a time lies ahead: the record ends now."""
    begins = moment.start(now, zone)
    return [say("position.ahead", typed=echo(moment.typed))] if begins is not None and begins > now else []


def _noted(page: Page, notes: list[Frame]) -> Page:
    """The page with what was done otherwise than asked, below its title."""
    rows = tuple(Row(Tone.WARNING, (frame,)) for frame in notes)
    return replace(page, rows=(*page.rows[:1], *rows, *page.rows[1:]))

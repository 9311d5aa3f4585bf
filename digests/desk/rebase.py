"""Rebase: the baseline's next version, by amending words of it or by taking an article or a day instead. Hides where a
version is found, how it is announced, and that two admins may be at it at once.

Nothing is saved before it was looked at: the first answer shows what would change, its button carries the version that
was looked at, and it is refused where that is not the one in force any more.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from digests import baseline_pages, baselines
from digests.baseline_pages import Proposed
from digests.desk import brief, editing
from digests.desk.newsroom import Newsroom
from digests.frames import echo, say
from digests.model import Article, AuditEntry, Baseline, Count, Delivery, Frame, Name, Page, Part
from digests.ports import BaselineVersion

REASON_AT_MOST = 300
SHORTEST = 40
"""Characters that a text must have to be measured against."""


@dataclass(frozen=True)
class Proposal:
    """What an admin asks for: other words for some of the baseline's, or something else to measure against: a day with
    its end, a version, a line's id, an article's address. `typed`: how it is typed to confirm it, without the version.
    """

    user: str
    zone: str
    reason: str
    typed: str
    words: tuple[str, str] | None = None
    what: str = ""
    day: date | None = None
    until: datetime | None = None
    confirmed: int | None = None  # the version that was in force when it was looked at


async def propose(room: Newsroom, wish: Proposal, now: datetime) -> Page:
    """Show what would change; or, where that was confirmed, make the version and announce it."""
    if wish.user not in room.watching.admins:
        return _said(room, wish, _who_may(room))
    async with room.ledger:
        await room.catch_up()
        if (before := _made_before(room, wish)) is not None:
            return _said(room, wish, say("baseline.made_already", version=Count(before)))
        made = await _version(room, wish, now)
        if isinstance(made, Frame):
            return _said(room, wish, made)
        held = room.watching.baseline.version
        if wish.confirmed == held:
            page = await _made(room, made, wish)
            if page is not None:
                return page
        typed = f"{wish.typed} confirm:{held}"
        shown = Proposed(made, held, typed, other_now=wish.confirmed is not None)
        return baseline_pages.proposed(shown, wish.zone, room.setting)


def _made_before(room: Newsroom, wish: Proposal) -> int | None:
    """The version that the same confirmation made when it was pressed first."""
    if wish.confirmed is None:
        return None
    mine = (v for v in room.versions if v.by == wish.user and v.reason == wish.reason[:REASON_AT_MOST])
    return next((v.baseline.version for v in mine if v.baseline.version == wish.confirmed + 1), None)


def _who_may(room: Newsroom) -> Frame:
    admins = tuple(Name(a) for a in room.watching.admins)
    return say("baseline.not_yours", admins=admins) if admins else say("baseline.no_admin")


def _said(room: Newsroom, wish: Proposal, frame: Frame) -> Page:
    return baseline_pages.notice(frame, wish.zone, room.setting)


# --- the version ------------------------------------------------------------------------------------------------------


async def _version(room: Newsroom, wish: Proposal, now: datetime) -> BaselineVersion | Frame:
    """The version that is asked for, or why there is none."""
    held, reason = room.watching.baseline, wish.reason[:REASON_AT_MOST]
    if wish.words is None:
        found = await _taken(room, held, wish, now)
        return found if isinstance(found, Frame) else BaselineVersion(found, now, wish.user, reason)
    old, new = wish.words
    if max(len(old), len(new)) > baselines.WORDS_AT_MOST:
        return say("baseline.too_long", n=Count(baselines.WORDS_AT_MOST))
    if old == new:
        return say("baseline.same")
    amended = baselines.amended(held, room.files, old, new)
    if isinstance(amended, int):
        return say("baseline.not_once", n=Count(amended))
    return BaselineVersion(amended.baseline, now, wish.user, reason, amended.was, amended.now)


async def _taken(room: Newsroom, held: Baseline, wish: Proposal, now: datetime) -> Baseline | Frame:
    """A day, an earlier version, the article of a line, or one at an address."""
    typed = echo(wish.what)
    if wish.day is not None and wish.until is not None:
        if wish.until >= now:
            return say("baseline.day_ahead", typed=typed)
        return baselines.of_day(held, wish.day, wish.until)
    if wish.what.startswith("v") and wish.what[1:].isdecimal():
        versions = {b.version: b for b in (room.files, *(v.baseline for v in room.versions))}
        earlier = versions.get(int(wish.what[1:5]))
        if earlier is None:
            return say("baseline.no_target", typed=typed)
        again = baselines.of_version(held, earlier)
        return say("baseline.same") if replace(again, version=held.version) == held else again
    article = await _article(room, wish.what)
    if article is None:
        return say("baseline.no_target", typed=typed)
    if article.gone or all(len(t.body) < SHORTEST for part, t in article.texts.items() if part is not Part.TITLE):
        return say("baseline.no_text", typed=typed)
    return baselines.of_article(held, article)


async def _article(room: Newsroom, what: str) -> Article | None:
    """The article that a posted line has its headline from, or the newest at an address."""
    if what.startswith(("http://", "https://")):
        at = await room.store.articles_at(what)
        return at[-1].article if at else None
    stored = await room.store.line(what)
    if stored is None:
        return None
    cited = stored.line.headline
    found = await room.store.article(cited.article_id, cited.revision)
    return found.article if found is not None else None


# --- making it --------------------------------------------------------------------------------------------------------


async def _made(room: Newsroom, version: BaselineVersion, wish: Proposal) -> Page | None:
    """Save the version with what announces it, and measure against it from now on; None where another came first."""
    held = version.baseline
    act = "rebased" if version.was is None else "amended"
    entry = AuditEntry(version.at, wish.user, act, f"baseline v{held.version}", version.reason)
    setting = replace(room.setting, baseline=held)
    channels = {c.conversation: c.zone for c in await brief.all_channels(room) if c.at and not c.is_paused(version.at)}
    notices = [
        _notice(conversation, baseline_pages.announced(version, zone, setting), version)
        for conversation, zone in channels.items()
    ]
    if not await room.store.save_baseline(version, entry, notices):
        return None
    await room.measure_against((*room.versions, version))
    room.ports.notes("baseline_made", version=held.version, act=act, by=wish.user)
    return baseline_pages.announced(version, wish.zone, room.setting)


def _notice(conversation: str, page: Page, version: BaselineVersion) -> Delivery:
    """Once a conversation and version."""
    key = editing.key_of("b", str(version.baseline.version), conversation)
    return Delivery(key, key, "notice", conversation, page, due_at=version.at)

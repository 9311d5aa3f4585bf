"""Commands about what the bot owes somebody -> pages. Hides subscriptions' ids, local times, what is typed again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.commands import (
    AskReview,
    CallOff,
    ChangeSchedule,
    Decide,
    Duty,
    EndSubscription,
    ListSubscriptions,
    MakeSubscription,
    Mute,
    Rebase,
    Report,
    Reviewing,
    SendLink,
    ShowSubscription,
    Unmute,
)
from bot.commands.wishes import at_once
from bot.slack.answers import Asker
from digests.desk import Desk, Muting
from digests.desk.altering import Terms, Whose
from digests.desk.evidence import Here
from digests.desk.rebase import Proposal
from digests.desk.review import Reviewer
from digests.desk.ruling import Decision
from digests.desk.subscribe import Ending, not_saved, subscription_id
from digests.model import FOREVER, Page, ReviewState, Subscription

CAP_PER_HOUR = 10
"""Alerts an hour where no cap is asked for."""
DIRECT = "@"
"""A conversation written as @user is that person's direct message; the messenger opens it."""


async def answer(desk: Desk, command: Duty, asker: Asker, now: datetime) -> Page:
    """The page that answers one command."""
    match command:
        case MakeSubscription() | ShowSubscription():
            return await _alert(desk, command, asker, now)
        case CallOff():
            return not_saved(asker.zone)
        case EndSubscription():
            return await desk.unsubscribe(_ending(command, asker), now)
        case ListSubscriptions(whose):
            return await desk.subscriptions(asker.conversation, asker.user, asker.zone, now, whose=whose)
        case Mute():
            return await desk.mute(_muting(asker, command.subscription_id), _until(command, asker, now))
        case AskReview() | Decide() | Report() | SendLink():
            return await _review(desk, command, Here(asker.conversation, asker.user, asker.zone), now)
        case Rebase():
            return await desk.rebase(_proposal(command, asker, now), now)
        case Unmute(which):
            return await desk.unmute(_muting(asker, which), now)


async def _alert(desk: Desk, command: MakeSubscription | ShowSubscription, asker: Asker, now: datetime) -> Page:
    if isinstance(command, ShowSubscription):
        return await desk.present_terms(_whose(command.subscription_id, asker), now)
    if command.edits:
        return await _altered(desk, command, asker, now)
    wished = await _in_its_zone(desk, _subscription(command, asker, now))
    if command.at_once:
        return await desk.subscribe(wished, now)
    return await desk.rehearse(wished, at_once(command), now)


def _whose(which: str, asker: Asker) -> Whose:
    return Whose(which, asker.user, asker.conversation, asker.zone)


async def _altered(desk: Desk, command: MakeSubscription, asker: Asker, now: datetime) -> Page:
    wished = await _in_its_zone(desk, _subscription(command, asker, now))
    to = _conversation(command.to, asker) if command.to else None
    terms = Terms(dict(command.filters), to, wished.quiet, wished.cap_per_hour, wished.zone)
    return await desk.alter(
        _whose(command.edits, asker), terms, now, rehearsed="" if command.at_once else at_once(command)
    )


def _ending(command: EndSubscription, asker: Asker) -> Ending:
    filters = dict(command.filters) if command.filters is not None else None
    to = _conversation(command.to, asker) if command.to is not None else None
    return Ending(asker.user, asker.conversation, asker.zone, command.typed, filters, to)


def _conversation(to: str, asker: Asker) -> str:
    """A direct message goes by its person's name, however it is said: told memory is one."""
    here = DIRECT + asker.user if asker.conversation.startswith("D") else asker.conversation
    return {"": here, "here": here, "dm": DIRECT + asker.user}.get(to, to)


def _subscription(command: MakeSubscription, asker: Asker, now: datetime) -> Subscription:
    conversation = _conversation(command.to, asker)
    filters: dict[str, tuple[str, ...]] = dict(command.filters)
    return Subscription(
        subscription_id=subscription_id(conversation, filters),
        conversation=conversation,
        creator=asker.user,
        filters=filters,
        created_at=now,
        zone=asker.zone,
        quiet=command.quiet,
        cap_per_hour=command.cap or CAP_PER_HOUR,
    )


def terms_of(alert: Subscription, asker: Asker) -> MakeSubscription:
    """What an alert is, as its command would say it here."""
    places = {asker.conversation: "here", DIRECT + asker.user: "dm"}
    to = places.get(alert.conversation, alert.conversation)
    return MakeSubscription(tuple(alert.filters.items()), to, alert.quiet, alert.cap_per_hour)


async def _review(desk: Desk, command: Reviewing, here: Here, now: datetime) -> Page:
    who = Reviewer(here.user, here.zone)
    match command:
        case AskReview(log, after, page, item):
            if item:
                return await desk.review_item(item, who)
            return await (desk.review_log(who, page) if log else desk.reviews(who, after))
        case Decide(item_id, "reopen"):
            return await desk.reopen(item_id, who, now)
        case Decide(item_id, act, reason, actors, issues):
            state = ReviewState.REJECTED if act == "reject" else ReviewState.APPROVED
            return await desk.decide(Decision(item_id, state, reason, actors, issues, act == "scope"), who, now)
        case Report(what, said):
            return await desk.report(what, said, here, now)
        case SendLink(address, more):
            pages = [await desk.send_link(each, who, now) for each in (address, *more)]
            summary = tuple(piece for page in pages for piece in page.summary)
            return replace(pages[0], summary=summary, rows=tuple(row for page in pages for row in page.rows))


async def _in_its_zone(desk: Desk, wished: Subscription) -> Subscription:
    """In a channel whose zone was set, in that zone; else in the asker's."""
    if wished.conversation.startswith(DIRECT):
        return wished
    return replace(wished, zone=(await desk.settings_of(wished.conversation, wished.zone)).zone)


def _proposal(command: Rebase, asker: Asker, now: datetime) -> Proposal:
    """A day is one of the asker's; a day that is not over ends ahead of now."""
    day = until = None
    if command.day is not None and (begins := command.day.start(now, asker.zone)) is not None:
        day = begins.astimezone(ZoneInfo(asker.zone)).date()
        until = _end(day, asker.zone)
    return Proposal(
        asker.user,
        asker.zone,
        command.reason,
        command.typed,
        command.words,
        command.what,
        day,
        until,
        command.confirmed,
    )


def _end(day: date, zone: str) -> datetime:
    """The last instant of a local day."""
    after = datetime.combine(day + timedelta(days=1), time(), ZoneInfo(zone)).astimezone(UTC)
    return after - timedelta(microseconds=1)


def _muting(asker: Asker, subscription_id: str | None) -> Muting:
    return Muting(asker.user, asker.conversation, asker.zone, subscription_id)


def pause_ends(command: ChangeSchedule, zone: str, now: datetime) -> datetime | None:
    """When the pause of a schedule ends: `zone` is the schedule's; None where it is resumed by hand."""
    if command.minutes is not None:
        return now + timedelta(minutes=command.minutes)
    if isinstance(command.until, date):
        return datetime.combine(command.until, time(), ZoneInfo(zone)).astimezone(now.tzinfo)
    return _next(command.until, zone, now) if command.until is not None else None


def _until(command: Mute, asker: Asker, now: datetime) -> datetime:
    """When a mute ends: the next time at which the asker's clock shows it."""
    if command.until is None:
        return now + timedelta(minutes=command.minutes) if command.minutes is not None else FOREVER
    return _next(command.until, asker.zone, now)


def _next(clock: str, zone_name: str, now: datetime) -> datetime:
    """The next instant at which clocks of a zone show "HH:MM"."""
    zone = ZoneInfo(zone_name)
    local = now.astimezone(zone)
    end = datetime.combine(local.date(), time.fromisoformat(clock), zone)
    if end <= local:
        end = datetime.combine(local.date() + timedelta(days=1), time.fromisoformat(clock), zone)
    return end.astimezone(now.tzinfo)

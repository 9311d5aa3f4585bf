"""Commands -> pages: asks the desk what a person asked for. Hides which use case answers which command."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot import duties, lookups
from bot.commands import (
    AskPreview,
    AskSettings,
    ChangeSchedule,
    ChangeSettings,
    Command,
    Help,
    ListSchedules,
    MakeSchedule,
    Misunderstood,
    Shareable,
    Standing,
)
from bot.forms import RULINGS, Facts, Form, form, refilled
from bot.help import greeting, help_page, misunderstood, which_schedule
from bot.slack.answers import NOTHING, About, Asker
from config import Config
from digests.desk import Desk, Muting, tips
from digests.desk.altering import Whose
from digests.desk.evidence import Here
from digests.desk.home import Visitor
from digests.desk.review import Reviewer
from digests.desk.schedules import Change
from digests.desk.settings import Place, channel_id
from digests.desk.share import Prepare, Shared
from digests.desk.tips import Reportable
from digests.frames import echo, say
from digests.model import Channel, Choice, Directory, Frame, Page, Row, Tone


class DeskAnswers:
    """The desk's face to Slack, the terminal and the command line."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._desk: Desk | None = None

    def serve(self, desk: Desk) -> None:
        """From now on this desk answers."""
        self._desk = desk

    @property
    def desk(self) -> Desk:
        """The desk. Raises RuntimeError before `serve`: a wiring bug."""
        if self._desk is None:
            raise RuntimeError("answers were asked before they had a desk")
        return self._desk

    @property
    def directory(self) -> Directory:
        """Who and what can be asked for."""
        return self._config.directory

    async def answer(self, command: Command, asker: Asker, now: datetime) -> Page:
        """The page that answers one command, with what was read as what."""
        page = await self._answer(command, asker, now)
        notes = tuple(Row(Tone.META, (frame,)) for frame in command.read_as)
        return self._marked(replace(page, rows=(*page.rows[:1], *notes, *page.rows[1:])))

    async def joined(self, conversation: str, inviter: str, now: datetime) -> Page:
        """The greeting of a conversation that the bot was invited to; what was paused there begins again."""
        page = greeting(self._config)
        if await self.desk.invited(conversation, now):
            page = replace(page, rows=(*page.rows, Row(Tone.META, (say("conduct.resumed"),))))
        return self._marked(page)

    async def home(self, asker: Asker, member_of: Mapping[str, str], now: datetime) -> Page:
        """One person's App Home; `member_of`: the conversations that he is in, by id with their names."""
        return self._marked(await self.desk.home(Visitor(asker.user, asker.zone, member_of), now))

    async def form(self, name: str, asker: Asker, about: About = NOTHING) -> Form | None:
        """The form of a verb with what it holds here at first; that of an alert, with what that is."""
        if name == "subscribe" and about.identity:
            return await self._alert_form(asker, about.identity)
        here = Muting(asker.user, asker.conversation, asker.zone)
        channel = await self.desk.settings_of(asker.conversation, asker.zone)
        alerts = await self._alerts(name, here)
        report = await self._reportable(asker, about) if name in {"report", "why"} else None
        if report is not None and name == "why":  # nobody need look at it
            report = replace(report, rows=report.rows[:-1])
        direct = asker.conversation[:1] in {"@", "D"}
        zone = channel.zone if channel.at or channel.changed_at else asker.zone
        item = await self.desk.open_item(about.identity, Reviewer(asker.user, zone)) if name in RULINGS else None
        return form(name, self.directory, Facts(zone, channel, alerts, report or tips.NOTHING, direct, item))

    async def _alerts(self, name: str, here: Muting) -> tuple[Choice, ...]:
        """The alerts that a verb may be about."""
        match name:
            case "mute":
                return await self.desk.alerts_to_mute(here)
            case "unsubscribe":
                return await self.desk.alerts_to_end(here)
            case _:
                return ()

    async def _alert_form(self, asker: Asker, which: str) -> Form | None:
        alert = await self.desk.alert(Whose(which, asker.user, asker.conversation, asker.zone))
        made = form("subscribe", self.directory, Facts(asker.zone)) if alert is not None else None
        if alert is None or made is None:
            return None
        return replace(refilled(made, duties.terms_of(alert, asker)), title=say("form.title_edit"))

    async def _reportable(self, asker: Asker, about: About) -> Reportable | None:
        """What can be reported of a line or a message that is the bot's, or of the message that was pressed on."""
        link = f"https://slack.com/archives/{asker.conversation}/p{about.message.replace('.', '')}"
        what = about.identity or (link if about.message else "")
        here = Here(asker.conversation, asker.user, asker.zone)
        return await self.desk.reportable(what, here, ours=bool(about.identity))

    async def share(self, page: Page, asker: Asker, typed: str, key: str, now: datetime) -> Page:
        """Post an answer to the asker's conversation; what he is told of that."""
        return await self.desk.share(Shared(page, asker.conversation, asker.name, typed, key), now)

    async def hand_over(
        self, page: Page, asker: Asker, typed: str, key: str, now: datetime, prepare: Prepare | None = None
    ) -> Page:
        """Send an answer with its files to the asker alone; what he is told of that."""
        shared = Shared(page, duties.DIRECT + asker.user, asker.name, typed, key, True)
        return await self.desk.share(shared, now, prepare)

    def _marked(self, page: Page) -> Page:
        """Every page carries the marks of this run ("demonstration"), once."""
        shown: set[Frame] = {p for row in page.rows for p in row.pieces if isinstance(p, Frame)}
        marks = self.desk.room.setting.marks if self._desk else ()
        missing = tuple(Row(Tone.WARNING, (mark,)) for mark in marks if mark not in shown)
        return replace(page, rows=(*page.rows[:1], *missing, *page.rows[1:])) if missing else page

    async def _answer(self, command: Command, asker: Asker, now: datetime) -> Page:
        match command:
            case AskPreview():
                return await self.desk.preview(await self._channel(asker), now)
            case Help(verb):
                return help_page(self._config, verb, asker.zone)
            case _ if isinstance(command, Standing):
                return await self._standing(command, asker, now)
            case _ if isinstance(command, Shareable):
                return await lookups.answer(self.desk, command, asker, now)
            case _:
                return await duties.answer(self.desk, command, asker, now)

    async def _standing(self, command: Standing, asker: Asker, now: datetime) -> Page:
        place = Place(asker.user, asker.conversation, asker.zone)
        match command:
            case AskSettings():
                return await self.desk.settings(place)
            case ChangeSettings(telling):
                return await self.desk.change_settings(replace(place, telling=telling), now)
            case MakeSchedule():
                before = await self.desk.settings_of(asker.conversation, command.zone)
                wished = _channel(command, before, asker, now)
                return await (self.desk.would_schedule if command.rehearsed else self.desk.schedule)(wished, now)
            case ListSchedules():
                return await self.desk.schedules(asker.conversation, asker.user, asker.zone, now)
            case ChangeSchedule():
                return await self._change_schedule(command, asker, now)

    async def _change_schedule(self, command: ChangeSchedule, asker: Asker, now: datetime) -> Page:
        here = await self._channels(asker)
        if command.channel_id is None and len(here) != 1:
            return which_schedule(here, command, asker.zone)
        which = command.channel_id or here[0].id
        zone = next((c.zone for c in here if c.id == which), asker.zone)
        until = duties.pause_ends(command, zone, now)
        if until is not None and until <= now:
            return misunderstood(
                Misunderstood(say("schedule.over", typed=echo(command.typed))), self._config.slack, zone
            )
        change = Change(command.change, which, asker.user, asker.conversation, asker.zone, until)
        return await self.desk.change_schedule(change, now)

    async def _channels(self, asker: Asker) -> list[Channel]:
        return [c for c in await self.desk.channels() if c.conversation == asker.conversation and c.at]

    async def _channel(self, asker: Asker) -> Channel:
        """The schedule of this conversation, or a passing one where it has none."""
        here = await self._channels(asker)
        return here[0] if here else Channel("none", asker.conversation, asker.zone, ("08:30",))


def _channel(command: MakeSchedule, before: Channel, asker: Asker, now: datetime) -> Channel:
    """One schedule a conversation: asking again changes it, and how it is told stays as it was set."""
    wished = replace(
        command.telling.of(before),
        id=channel_id(asker.conversation),
        at=command.at,
        days=command.days,
        issues=command.issues,
        filters=command.filters,
        created_by=before.created_by if before.at else asker.user,
        paused=False,
        paused_until=None,
    )
    return replace(wished, changed_by=asker.user, changed_at=now) if before.at else wished

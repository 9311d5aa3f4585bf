"""Where everything that people say to the bot comes in. Hides dedupe, zones, parsing, and how an answer is shown.

A listener acknowledges and hands over; here a thing is heard once (Slack delivers some things twice), understood,
answered by the desk and shown: to the asker alone, or openly in the thread where he asked openly.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import traceback
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.commands import (
    BRIEF,
    POSITION,
    SHARE,
    AskWhy,
    Command,
    EndSubscription,
    MakeSchedule,
    MakeSubscription,
    Misunderstood,
    Shareable,
    parse,
)
from bot.forms import asked_for, edited, refilled, reported, ruled
from bot.help import misunderstood, trouble, typed
from bot.slack.answers import About, Answers, Asker, Inbox
from bot.slack.blocks import VALUE, home, render
from bot.slack.called import called
from bot.slack.gateway import Done, Gateway
from bot.slack.heard import Heard
from bot.slack.messenger import SlackMessenger
from bot.slack.modals import modal, rehearsed
from bot.slack.notes import Notes
from bot.slack.overlay import Overlay, back_of
from config import SlackApp
from digests.frames import echo, say, words
from digests.model import NOTICE, Button, Frame, Page, Row, Tone
from digests.ports import Posted

HOME_ZONE = "Etc/UTC"
"""The zone of who has none."""
REPORT = "report"
"""The form in whose place a card says what can be reported, where nothing of a message can be."""
TYPED_TO_SAVE = "subscribe.to_save"
"""What is said of a rehearsal beside buttons, and not in a form: what is typed to save it."""
SUBSCRIBE = "subscribe"
PATIENCE = 2.5
"""Seconds that an answer waits for its files to be sent."""
DRAIN_WITHIN = 10.0
"""Seconds that running answers get when the bot stops."""


@dataclass
class Reception:
    """What listeners hand over to."""

    answers: Answers
    inbox: Inbox
    gateway: Gateway
    messenger: SlackMessenger
    clock: Callable[[], datetime]
    app: SlackApp
    note: Notes
    bot_user: str = ""
    closing: bool = False
    overlay: Overlay = field(init=False)
    _running: set[asyncio.Task[object]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.overlay = Overlay(self.gateway, self.note)

    @asynccontextmanager
    async def working(self) -> AsyncIterator[None]:
        """Work that a stop waits for."""
        task = asyncio.current_task()
        assert task is not None
        self._running.add(task)
        try:
            yield
        finally:
            self._running.discard(task)

    async def drain(self) -> None:
        """Take nothing new and wait for running answers, for a bounded time."""
        self.closing = True
        if self._running:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(asyncio.wait(set(self._running)), DRAIN_WITHIN)

    async def respond(self, heard: Heard) -> None:
        """Answer one thing, once."""
        now = self.clock()
        if not await self.inbox.first_time(heard.key, now):
            self.note("heard_again", key=heard.key)
            return
        asked, form = self._asked(heard), _form_of(heard)
        over = _goes_over(heard, asked, form[0]) and await self.overlay.opens(heard, asked)
        person = await self.gateway.person(heard.user, HOME_ZONE)
        asker = Asker(heard.user, heard.conversation, person.zone, person.name)
        if not over and await self._opened(heard, asker, asked, form):
            return
        if heard.pressed and not over and (ruled(heard.text)[0] or heard.form == REPORT):
            await self.overlay.opens(heard, asked)
        understood = asked.seen_from(person.zone) if isinstance(asked, MakeSchedule) else asked
        if isinstance(understood, MakeSubscription | EndSubscription):
            understood = await self._placed(understood, heard.user)
        if isinstance(understood, Misunderstood):
            self.note("misunderstood", key=heard.key, frame=understood.frame.key)
            await self.show(heard, misunderstood(understood, self.app, person.zone), person.zone)
            return
        page = await self.answers.answer(understood, asker, now)
        if isinstance(understood, MakeSubscription | MakeSchedule):
            page = await self._warned(understood, heard, page)
        self.note("answered", key=heard.key, command=type(understood).__name__, kind=page.kind)
        if isinstance(understood, Shareable):
            page = await self._spread(understood, page, asker, heard, now)
        await self.show(heard, page, person.zone)
        if heard.home and not isinstance(understood, AskWhy):
            await self.visit(heard.user, heard.conversation)

    async def _spread(self, understood: Shareable, page: Page, asker: Asker, heard: Heard, now: datetime) -> Page:
        """What the asker is shown of an answer that may be posted: that it was, where he wished so; else the answer
        with a button for it. Files are for him alone: where he asked openly, that is all that is said there."""
        again = typed(_again(heard), self.app)
        if page.kind == NOTICE:
            return page
        if understood.share and (page.files or not heard.openly):
            await self.messenger.prepare(page)
            return await self.answers.share(page, asker, again, heard.key, now)
        if page.files:
            told = await self._handed(page, asker, heard, again, now)
            if heard.openly:
                return told
            page = replace(page, rows=(*page.rows[:1], *told.rows, *page.rows[1:]), files=())
        return page if heard.openly else _shareable(page, heard)

    async def _handed(self, page: Page, asker: Asker, heard: Heard, again: str, now: datetime) -> Page:
        """What became of files that are sent to the asker. He does not wait long for his answer: what takes longer goes
        on, and he is told of it once more where it is refused."""
        prepare = self.messenger.prepare
        sending = asyncio.create_task(self.answers.hand_over(page, asker, again, heard.key, now, prepare))
        done, _ = await asyncio.wait({sending}, timeout=PATIENCE)
        if done:
            return sending.result()
        later = asyncio.create_task(self._told_later(sending, heard, asker.zone))
        self._running.add(later)
        later.add_done_callback(self._running.discard)
        waiting = say("file.waiting")
        return Page("notice", asker.zone, (waiting,), (Row(Tone.META, (waiting,)),))

    async def _told_later(self, sending: asyncio.Task[Page], heard: Heard, zone: str) -> None:
        await asyncio.wait({sending})
        bug = sending.exception()
        if bug is not None:
            await self.trouble(heard, bug)
        elif sending.result().rows[0].tone is Tone.WARNING:
            await self.show(heard, sending.result(), zone)

    def _asked(self, heard: Heard) -> Command | Misunderstood:
        """What was asked for, before it is known who asks."""
        return parse(heard.text, heard.command, self.answers.directory, HOME_ZONE)

    async def _opened(
        self, heard: Heard, asker: Asker, asked: Command | Misunderstood, wanted: tuple[str, str]
    ) -> bool:
        """Whether a form was opened in place of an answer: for a verb alone, where Slack gave a trigger for it."""
        name, about = wanted
        heard = replace(heard, about=about)
        form = await self.answers.form(name, asker, About(heard.message, about)) if name and heard.trigger else None
        if form is None:
            return False
        if isinstance(asked, MakeSubscription):
            form = refilled(form, asked)
        if form.about:
            form = replace(form, about=(await called(Page(name, asker.zone, (), form.about), self.gateway)).rows)
        opened = await self.overlay.lays(heard, modal(form, back_of(heard), asker.zone))
        done = isinstance(opened, Done)
        self.note("form_opened", key=heard.key, form=name, done=done)
        return done

    async def rehearse(self, heard: Heard, view: Mapping[str, Any]) -> None:
        """Show in an open form what its command would do. Nothing is saved; who closed it meanwhile sees nothing."""
        now = self.clock()
        if not await self.inbox.first_time(heard.key, now):
            return
        person = await self.gateway.person(heard.user, HOME_ZONE)
        understood = self._asked(heard)
        if isinstance(understood, MakeSubscription):
            understood = await self._placed(understood, heard.user)
        if isinstance(understood, Misunderstood):
            page, text = misunderstood(understood, self.app, person.zone), ""
        else:
            asker = Asker(heard.user, heard.conversation, person.zone, person.name)
            if isinstance(understood, MakeSchedule):
                understood = replace(understood.seen_from(person.zone), rehearsed=True)
            page, text = await self.answers.answer(understood, asker, now), heard.text
            if isinstance(understood, MakeSubscription | MakeSchedule):
                page = await self._warned(understood, heard, page)
        rows = tuple(r for r in page.rows if not any(isinstance(p, Frame) and p.key == TYPED_TO_SAVE for p in r.pieces))
        shown = home(replace(page, rows=rows, buttons=()), person.zone)["blocks"]
        after = rehearsed(view, shown, text, person.zone)
        outcome = await self.gateway.write("views.update", view_id=str(view["id"]), view=after)
        self.note("rehearsed_in_form", key=heard.key, done=isinstance(outcome, Done))

    def refusal(self, text: str) -> Frame | None:
        """Why a text would not be understood; None where it would be."""
        understood = parse(text, BRIEF, self.answers.directory, HOME_ZONE)
        return understood.frame if isinstance(understood, Misunderstood) else None

    def in_words(self, frame: Frame) -> str:
        """A frame as plain text, for a place that takes no page."""
        return words(frame, ZoneInfo(HOME_ZONE))

    async def _placed(
        self, wished: MakeSubscription | EndSubscription, user: str
    ) -> MakeSubscription | EndSubscription | Misunderstood:
        """The wish with its channel as an id: one in which the asker is, and that the bot may see. A channel that he is
        not in is answered like one that does not exist."""
        if not wished.to or wished.to in {"here", "dm"}:
            return wished
        for conversation, name in (await self.gateway.conversations_of(user)).items():
            if wished.to in {conversation, f"#{name.casefold()}"}:
                return replace(wished, to=conversation)
        return Misunderstood(say("command.no_such_channel", typed=echo(wished.to)), ("help subscribe",))

    async def _warned(self, wished: MakeSubscription | MakeSchedule, heard: Heard, page: Page) -> Page:
        """With a warning where the bot is not in the channel that it is to post to."""
        place = heard.conversation
        if isinstance(wished, MakeSubscription) and wished.to != "here":
            place = wished.to
        if place[:1] not in {"C", "G"} or await self.gateway.is_inside(place):
            return page
        warning = Row(Tone.WARNING, (say("conduct.not_here"),))
        return replace(page, rows=(*page.rows[:1], warning, *page.rows[1:]))

    async def show(self, heard: Heard, page: Page, zone: str) -> None:
        """Show an answer in the asker's zone: in the card that waits for it, else where he asked."""
        if await self.overlay.fills(heard, page, zone):
            return
        if heard.openly:
            posted = await self.messenger.say(heard.conversation, page, f"answer:{heard.key}", thread=heard.thread)
            reason = "" if isinstance(posted, Posted) else posted.reason
        else:
            message = render(await called(page, self.gateway), zone, threads=False)
            outcome = await self.gateway.whisper(
                heard.conversation, heard.user, message, thread=heard.thread, response_url=heard.response_url
            )
            reason = "" if isinstance(outcome, Done) else outcome.reason
        if reason:
            self.note("answer_not_shown", key=heard.key, reason=reason)

    async def trouble(self, heard: Heard, bug: BaseException) -> None:
        """Tell the asker that something broke, with a short id that the log has too."""
        identity = hashlib.sha256(heard.key.encode()).hexdigest()[:6]
        where = "".join(traceback.format_exception(bug))[-2000:]
        self.note("listener_broke", id=identity, error=type(bug).__name__, detail=str(bug)[:300], where=where)
        await self.show(heard, trouble(identity, HOME_ZONE), HOME_ZONE)

    async def greet(self, conversation: str, inviter: str, key: str) -> None:
        """Say what the bot does, to a conversation that it was invited to."""
        now = self.clock()
        if await self.inbox.first_time(key, now):
            page = await self.answers.joined(conversation, inviter, now)
            posted = await self.messenger.say(conversation, page, f"hello:{key}")
            self.note("greeted", conversation=conversation, done=isinstance(posted, Posted))

    async def visit(self, user: str, conversation: str) -> None:
        """Publish a user's App Home."""
        person = await self.gateway.person(user, HOME_ZONE)
        member_of = await self.gateway.conversations_of(user)
        asker = Asker(user, conversation, person.zone, person.name)
        page = await called(await self.answers.home(asker, member_of, self.clock()), self.gateway)
        outcome = await self.gateway.write("views.publish", user_id=user, view=home(page, person.zone))
        if not isinstance(outcome, Done):
            self.note("home_not_shown", user=user, reason=outcome.reason)


def _goes_over(heard: Heard, asked: Command | Misunderstood, form: str) -> bool:
    """Whether the answer is shown in a card over the conversation: evidence that was pressed for, and whatever is
    pressed or submitted in a card, but for what opens a form."""
    if heard.waits:
        return True
    if not heard.pressed or form:
        return False
    return bool(heard.view) or (isinstance(asked, AskWhy) and not asked.share)


def _form_of(heard: Heard) -> tuple[str, str]:
    """The form that was asked for, and the line or item that it is about; "" where none was."""
    which = edited(heard.text)
    if which and (heard.form or len(heard.text.split()) == len(("subscribe", "edit", "ID"))):
        return SUBSCRIBE, which
    name, about = ruled(heard.text)
    if not name and not heard.pressed and heard.command != POSITION:
        name, about = reported(heard.text)
    name = name or heard.form or asked_for(heard.text, heard.command == POSITION)
    return name, about or (heard.about if name != SUBSCRIBE else "")


def _again(heard: Heard) -> str:
    """What was typed, as the root command has it, on one line."""
    text = " ".join(heard.text.split())
    return f"{POSITION} {text}" if heard.command == POSITION else text


def _shareable(page: Page, heard: Heard) -> Page:
    """The page with a button that posts it; not where the command is longer than a button carries."""
    value = f"{_again(heard)} {SHARE}"
    if len(value) > VALUE:
        return page
    return replace(page, buttons=(*page.buttons, Button(say("button.share"), "ask", value)))

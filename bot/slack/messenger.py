"""Posting once: one queue a conversation, a key on every message, a look before any second try. Hides Slack's lack of
an idempotency key.

The first message of a delivery carries the delivery's key, what goes below it (in the thread, or in further messages
where a page wants no thread) key#1, key#2 ..., its files a reference made from it (`files`). A delivery that was tried
before, or whose end was not known, is looked for in the conversation by its key; what is found is not posted again. The
look is done twice with a pause, since how soon Slack shows what it took is not documented.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from bot.slack import files, refusals
from bot.slack.blocks import Message, render
from bot.slack.called import called, in_own_zone
from bot.slack.files import Attachments, Draw, draw_nothing
from bot.slack.gateway import Done, Gateway, Outcome, key_of
from bot.slack.notes import Notes, silent_notes
from digests.frames import say
from digests.model import Count, Delivery, Name, Page, Row, Tone
from digests.ports import Posted, PostLater, PostRefused

APART = 1.0
"""Seconds between two posts to one conversation: Slack allows about one a second."""
LOOK_PAUSE = 3.0
"""Seconds between two looks for a message that may be there."""
CLOCKS_APART = timedelta(minutes=10)
"""How far Slack's clock and ours may differ when a message is looked for."""
LOOK_BACK = timedelta(days=1)
"""How far a look goes back where the first try is not on record."""
LOOK_PAGES = 20
LOOK_PAGE = 500

Sleep = Callable[[float], Awaitable[object]]


def _loop_time() -> float:
    return asyncio.get_running_loop().time()


@dataclass(frozen=True)
class Pace:
    """How the messenger waits: seconds between posts and between looks, and what sleeps and tells the time. A
    simulated week has no pause at all: `Pace(0, 0)`."""

    apart: float = APART
    look_pause: float = LOOK_PAUSE
    sleep: Sleep = asyncio.sleep
    monotonic: Callable[[], float] = _loop_time


@dataclass
class _Lane:
    """The queue of one conversation: one sender at a time, and when the next may send."""

    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    free_at: float = 0.0


class SlackMessenger:
    """`ports.Messenger` over one gateway."""

    def __init__(
        self, gateway: Gateway, pace: Pace | None = None, notes: Notes = silent_notes, draw: Draw = draw_nothing
    ) -> None:
        self._gateway = gateway
        self._draw = draw
        self._note = notes
        self._pace = pace or Pace()
        self._lanes: dict[str, _Lane] = {}
        self._opened: dict[str, str] = {}

    async def post(
        self, delivery: Delivery, now: datetime, *, thread: str | None = None
    ) -> Posted | PostLater | PostRefused:
        """Post one delivery, at most once; a delivery with more than one attempt is looked for first."""
        since = delivery.first_try_at - CLOCKS_APART if delivery.first_try_at else delivery.due_at - LOOK_BACK
        tried = delivery.attempts > 1
        look_since = since if tried else None
        return await self.say(delivery.conversation, delivery.page, delivery.key, thread=thread, look_since=look_since)

    async def prepare(self, page: Page) -> None:
        """Draw the pictures of a page before it is posted, so that no other message waits for them; who draws keeps
        them for a while."""
        for file in page.files:
            if file.picture is not None:
                await self._draw(file.picture, page.zone)

    async def say(
        self, conversation: str, page: Page, key: str, *, thread: str | None = None, look_since: datetime | None = None
    ) -> Posted | PostLater | PostRefused:
        """Post a page with what goes below it. `look_since`: it may have been posted since then, look first."""
        where = await self._where(conversation)
        if not isinstance(where, str):
            return where
        page = await in_own_zone(page, conversation, self._gateway)
        attached, undrawn = await files.of_page(page, key, self._gateway, self._draw)
        message = render(await called(_without_pictures(page, undrawn), self._gateway))
        async with self._lane(where) as lane:
            receipt: str | None = None
            if look_since is not None:
                found = await self._find(where, key, look_since, thread)
                if isinstance(found, (PostLater, PostRefused)):
                    return found
                receipt = found
            if receipt is not None and attached:
                lacking = await self._lacking(attached, where, receipt, thread)
                if isinstance(lacking, (PostLater, PostRefused)):
                    return lacking
                attached = lacking
            if attached and (trouble := await attached.send()):  # before the message: what is refused is not announced
                return trouble
            if receipt is None:
                outcome = await self._send(lane, where, message, key, thread)
                if not isinstance(outcome, Done):
                    return outcome
                receipt, look_since = str(outcome.data["ts"]), None
            since = receipt if look_since is not None else ""
            below = await self._below(lane, where, message, key, thread if message.apart else thread or receipt, since)
            return below or await self._attach(lane, where, attached, thread or receipt) or Posted(receipt)

    async def edit(self, conversation: str, receipt: str, page: Page) -> Posted | PostLater | PostRefused:
        """Replace a posted message and what stands below it; parts that are new are added to the thread."""
        where = await self._where(conversation)
        if not isinstance(where, str):
            return where
        page = await in_own_zone(page, conversation, self._gateway)
        message = render(await called(page, self._gateway))
        async with self._lane(where) as lane:
            outcome = await self._gateway.update(where, receipt, message)
            if not isinstance(outcome, Done):
                return outcome
            if not message.thread:
                return Posted(receipt)
            below = await self._edit_below(lane, where, receipt, message)
            return below or Posted(receipt)

    async def permalink(self, conversation: str, receipt: str) -> str:
        """The address of a posted message; "" where Slack does not give one."""
        where = await self._where(conversation)
        if not isinstance(where, str):
            return ""
        outcome = await self._gateway.read("chat.getPermalink", channel=where, message_ts=receipt)
        return str(outcome.data.get("permalink") or "") if isinstance(outcome, Done) else ""

    # --- the parts of it ----------------------------------------------------------------------------------------

    @asynccontextmanager
    async def _lane(self, conversation: str) -> AsyncIterator[_Lane]:
        lane = self._lanes.setdefault(conversation, _Lane())
        async with lane.turn:
            yield lane

    async def _where(self, conversation: str) -> str | PostLater | PostRefused:
        """A conversation id; the direct message where a user is given, as "@U123" or by the id alone."""
        if not conversation.startswith(("@", "U", "W")):
            return conversation
        if conversation not in self._opened:
            outcome = await self._gateway.write("conversations.open", users=conversation.removeprefix("@"))
            if not isinstance(outcome, Done):
                return outcome
            self._opened[conversation] = str(outcome.data["channel"]["id"])
        return self._opened[conversation]

    async def _send(
        self, lane: _Lane, conversation: str, message: Message, key: str, thread: str | None = None
    ) -> Outcome:
        """Post one message when the lane is free; Retry-After holds the lane."""
        wait = lane.free_at - self._pace.monotonic()
        if self._pace.apart and wait > 0:
            await self._pace.sleep(wait)
        outcome = await self._gateway.post(conversation, message, key, thread)
        held = outcome.after.total_seconds() if isinstance(outcome, PostLater) else self._pace.apart
        lane.free_at = self._pace.monotonic() + held
        return outcome

    async def _below(
        self, lane: _Lane, conversation: str, message: Message, key: str, thread: str | None, since: str
    ) -> PostLater | PostRefused | None:
        """Post what goes below a message, in a thread where one is given; None when all of it is there. After a refusal
        the rest is given up: the message itself stands. `since`: the message that some of it may stand below already,
        "" where none can."""
        wanted = {f"{key}#{n}": part for n, part in enumerate(message.thread, 1)}
        there = await self._keys(conversation, thread, since, set(wanted)) if since and wanted else set()
        if isinstance(there, (PostLater, PostRefused)):
            return there
        for part_key, part in wanted.items():
            if part_key in there:
                continue
            outcome = await self._send(lane, conversation, part, part_key, thread)
            if isinstance(outcome, PostRefused) and refusals.code_of(outcome.reason) in refusals.IN_CHANNEL_INSTEAD:
                outcome = await self._send(lane, conversation, part, part_key)
            if isinstance(outcome, PostLater):
                return outcome
            if isinstance(outcome, PostRefused):
                self._note("thread_refused", key=part_key, reason=outcome.reason)
                return None
        return None

    async def _attach(
        self, lane: _Lane, conversation: str, attached: Attachments, receipt: str
    ) -> PostLater | PostRefused | None:
        """Show files: in a direct message below it, elsewhere in its thread. A refusal is said where they belong."""
        in_thread = None if conversation.startswith("D") else receipt
        trouble = await attached.show(conversation, in_thread)
        if isinstance(trouble, PostRefused):
            lost = say("file.lost", reason=Name(trouble.reason[:200]))
            page = Page("notice", "Etc/UTC", (lost,), (Row(Tone.WARNING, (lost,)),))
            await self._send(lane, conversation, render(page), f"{receipt}#lost", receipt)
        return trouble

    async def _lacking(
        self, attached: Attachments, conversation: str, receipt: str, thread: str | None
    ) -> Attachments | PostLater | PostRefused:
        """The files that do not stand below a posted message; a second look where some are missing."""
        for look in range(2):
            if look and self._pace.look_pause:
                await self._pace.sleep(self._pace.look_pause)
            if conversation.startswith("D"):
                seen = await self._messages("conversations.history", channel=conversation, oldest=receipt)
            else:
                seen = await self._messages("conversations.replies", channel=conversation, ts=thread or receipt)
            if isinstance(seen, (PostLater, PostRefused)):
                return seen
            attached = attached.without(seen)
            if not attached:
                break
        return attached

    async def _edit_below(
        self, lane: _Lane, conversation: str, receipt: str, message: Message
    ) -> PostLater | PostRefused | None:
        """Lay what stands below a message anew: parts that are new are added, parts that are no longer needed go."""
        found = await self._messages("conversations.replies", channel=conversation, ts=receipt)
        if isinstance(found, (PostLater, PostRefused)):
            return found
        own = next((m for m in found if str(m["ts"]) == receipt), None)
        key, thread = (key_of(own) if own else "") or receipt, None if message.apart else receipt
        found = await self._seen(conversation, None, receipt) if message.apart else found
        if isinstance(found, (PostLater, PostRefused)):
            return found
        stamps = {key_of(m): str(m["ts"]) for m in found if key_of(m).startswith(f"{key}#")}
        for n, part in enumerate(message.thread, 1):
            stamp = stamps.pop(f"{key}#{n}", None)
            if stamp is None:
                outcome = await self._send(lane, conversation, part, f"{key}#{n}", thread)
            else:
                outcome = await self._gateway.update(conversation, stamp, part)
            if not isinstance(outcome, Done):
                return outcome
        for stamp in stamps.values():
            await self._gateway.write("chat.delete", channel=conversation, ts=stamp)
        return None

    # --- looking ------------------------------------------------------------------------------------------------

    async def _find(
        self, conversation: str, key: str, since: datetime, thread: str | None
    ) -> str | PostLater | PostRefused | None:
        """The receipt of a posted message by its key; two looks with a pause."""
        for look in range(2):
            if look and self._pace.look_pause:
                await self._pace.sleep(self._pace.look_pause)
            if thread is not None:
                found = await self._messages("conversations.replies", channel=conversation, ts=thread)
            else:
                oldest = f"{since.timestamp():.6f}"
                found = await self._messages("conversations.history", channel=conversation, oldest=oldest)
            if isinstance(found, (PostLater, PostRefused)):
                return found
            for message in found:
                if key_of(message) == key:
                    return str(message["ts"])
        return None

    async def _keys(
        self, conversation: str, thread: str | None, since: str, wanted: set[str]
    ) -> set[str] | PostLater | PostRefused:
        """Which of the wanted keys stand in a thread, else in the conversation after a message; a second look where
        some are missing."""
        there: set[str] = set()
        for look in range(2):
            if look and self._pace.look_pause:
                await self._pace.sleep(self._pace.look_pause)
            found = await self._seen(conversation, thread, since)
            if isinstance(found, (PostLater, PostRefused)):
                return found
            there |= {key_of(m) for m in found} & wanted
            if there == wanted:
                break
        return there

    async def _seen(
        self, conversation: str, thread: str | None, since: str
    ) -> list[dict[str, Any]] | PostLater | PostRefused:
        """What stands in a thread, else in the conversation after a message."""
        if thread is not None:
            return await self._messages("conversations.replies", channel=conversation, ts=thread)
        return await self._messages("conversations.history", channel=conversation, oldest=since)

    async def _messages(self, method: str, **params: Any) -> list[dict[str, Any]] | PostLater | PostRefused:
        """Messages with their metadata, page by page. Where they cannot be read nothing may be posted a second time."""
        found: list[dict[str, Any]] = []
        cursor: str | None = None
        for _ in range(LOOK_PAGES):
            outcome = await self._gateway.read(
                method, **params, include_all_metadata="true", limit=LOOK_PAGE, cursor=cursor
            )
            if isinstance(outcome, PostLater):
                return PostLater(outcome.after, f"cannot look whether it is there: {outcome.reason}", ambiguous=True)
            if isinstance(outcome, PostRefused):
                return outcome
            found += outcome.data.get("messages", [])
            cursor = outcome.data.get("response_metadata", {}).get("next_cursor") or None
            if cursor is None:
                return found
        return PostRefused("too many messages since the first try to look through: not posted a second time")


def _without_pictures(page: Page, undrawn: int) -> Page:
    """The page with a sentence for pictures that could not be drawn: its rows say what they would show."""
    if not undrawn:
        return page
    missing = Row(Tone.WARNING, (say("picture.missing", n=Count(undrawn)),))
    return replace(page, rows=(*page.rows[:1], missing, *page.rows[1:]))

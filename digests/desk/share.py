"""Share: an answer posted to the conversation where it was asked for, or sent with its files to its asker alone. Hides
that it goes the way of every other duty, so that it is posted once and outlives a restart.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from digests.desk.newsroom import Newsroom
from digests.frames import echo, say
from digests.model import Delivery, DeliveryState, Frame, Name, Page, Row, Tone

Prepare = Callable[[Page], Awaitable[None]]
"""Makes ready what a page brings along: its pictures."""
ANSWER = "answer"
"""The kind of such a delivery."""
DRAWN_WITHIN = timedelta(minutes=1)
"""After which an answer goes out though nobody said that its pictures are drawn: whoever drew them was killed."""


@dataclass(frozen=True)
class Shared:
    """An answer, where it goes, who asked for it by which words, and a key that is the same when it is heard again."""

    page: Page
    conversation: str
    who: str
    typed: str
    key: str
    alone: bool = False  # to its asker, with its files

    @property
    def delivery_key(self) -> str:
        """The key of its delivery."""
        return f"{'file' if self.alone else 'share'}:{self.key}"


async def owe(room: Newsroom, shared: Shared, now: datetime, *, ready: bool = True) -> bool:
    """A duty to post it; False where it is one already. Not `ready`: its pictures are being drawn, and no other message
    is to wait for them."""
    asked: list[Frame] = [say("share.by", who=echo(shared.who))] if shared.who and not shared.alone else []
    asked.append(say("share.asked", typed=echo(shared.typed)))
    rows = (*shared.page.rows[:1], Row(Tone.META, tuple(asked)), *shared.page.rows[1:])
    key = shared.delivery_key
    page = replace(shared.page, rows=rows)
    due_at = now if ready else now + DRAWN_WITHIN
    return await room.store.enqueue(Delivery(key, key, ANSWER, shared.conversation, page, due_at=due_at))


async def ready(room: Newsroom, shared: Shared, now: datetime) -> None:
    """What it brings along is made: it may go out."""
    await room.store.postpone([shared.delivery_key], now)


async def outcome(room: Newsroom, shared: Shared) -> Page:
    """What its asker is told."""
    delivery = await room.store.delivery(shared.delivery_key)
    zone, tone = shared.page.zone, Tone.META
    frame = say("file.waiting" if shared.alone else "share.waiting")
    if delivery is not None and delivery.state is DeliveryState.SENT:
        frame = say("file.sent" if shared.alone else "share.posted")
    elif delivery is not None and delivery.state is DeliveryState.FAILED:
        reason = Name(delivery.note[:200])
        frame = say("file.refused", reason=reason) if shared.alone else say("share.refused", reason=reason)
        tone = Tone.WARNING
    return Page("notice", zone, (frame,), (Row(tone, (frame,)),))

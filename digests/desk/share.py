"""Share: an answer posted to the conversation where it was asked for, or sent with its files to its asker alone. Hides
that it goes the way of every other duty, so that it is posted once and outlives a restart.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from digests.desk import conduct
from digests.desk.newsroom import Newsroom
from digests.frames import echo, say
from digests.model import Delivery, DeliveryState, Frame, Instant, Link, Page, Row, Tone

Prepare = Callable[[Page], Awaitable[None]]
"""Makes ready what a page brings along: its pictures."""
ANSWER = "answer"
"""The kind of such a delivery."""
DRAWN_WITHIN = timedelta(minutes=1)
"""After which an answer goes out though nobody said that its pictures are drawn: whoever drew them was killed."""
AGAIN = timedelta(minutes=10)
"""Within which an answer that says the same is not posted once more: a button was pressed twice, or by two people."""
_ASKED = ("share.by", "share.asked")


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


async def posted_already(room: Newsroom, shared: Shared, now: datetime) -> Delivery | None:
    """The answer that says the same, whoever asked for it, and is posted there lately or on its way."""
    if shared.alone:
        return None
    same = _said(shared.page)
    for d in reversed(await room.store.deliveries(kind=ANSWER, since=now - AGAIN)):
        theirs = d.conversation == shared.conversation and d.key.startswith("share:") and d.key != shared.delivery_key
        if theirs and d.state is not DeliveryState.FAILED and _said(d.page) == same:
            return d
    return None


def _said(page: Page) -> tuple[object, ...]:
    """What a page says to whoever reads it: not when it was asked, by whom and in which zone."""
    rows = [
        (row.tone, pieces)
        for row in (*page.rows, *page.thread)
        if (pieces := tuple(_timeless(p) for p in row.pieces if not (isinstance(p, Frame) and p.key in _ASKED)))
    ]
    cells = [tuple(map(_timeless, cells)) for cells in page.table.cells] if page.table is not None else []
    files = tuple((f.name, f.text) for f in page.files)
    return page.kind, tuple(map(_timeless, page.summary)), tuple(rows), tuple(cells), files


def _timeless(piece: object) -> object:
    if not isinstance(piece, Frame):
        return piece
    return (piece.key, tuple((name, slot) for name, slot in piece.slots if not isinstance(slot, Instant)))


async def owe(room: Newsroom, shared: Shared, now: datetime, *, ready: bool = True) -> bool:
    """A duty to post it; False where it is one already. Not `ready`: its pictures are being drawn, and no other message
    is to wait for them."""
    asked: list[Frame] = [say("share.by", who=echo(shared.who))] if shared.who and not shared.alone else []
    asked.append(say("share.asked", typed=echo(shared.typed)))
    rows = (*shared.page.rows[:1], Row(Tone.META, tuple(asked)), *shared.page.rows[1:])
    key = shared.delivery_key
    page = replace(shared.page, rows=rows, threads=await room.threads_in(shared.conversation))
    due_at = now if ready else now + DRAWN_WITHIN
    return await room.store.enqueue(Delivery(key, key, ANSWER, shared.conversation, page, due_at=due_at))


async def ready(room: Newsroom, shared: Shared, now: datetime) -> None:
    """What it brings along is made: it may go out."""
    await room.store.postpone([shared.delivery_key], now)


async def outcome(room: Newsroom, shared: Shared, already: Delivery | None = None) -> Page:
    """What its asker is told; `already`: it was posted before, at his wish or another's."""
    delivery = await room.store.delivery(already.key if already is not None else shared.delivery_key)
    zone, tone = shared.page.zone, Tone.META
    frame = say("file.waiting" if shared.alone else "share.waiting")
    links: tuple[Link, ...] = ()
    if delivery is not None and delivery.state is DeliveryState.SENT:
        frame = say("file.sent" if shared.alone else "share.posted")
        if already is not None:
            frame = say("share.already", at=Instant(already.due_at))
        links = () if shared.alone else await link(room, delivery)
    elif delivery is not None and delivery.state is DeliveryState.FAILED:
        reason = conduct.in_words(delivery.note)
        frame = say("file.refused", reason=reason) if shared.alone else say("share.refused", reason=reason)
        tone = Tone.WARNING
    return Page("notice", zone, (frame,), (Row(tone, (frame, *links)),))


async def link(room: Newsroom, delivery: Delivery) -> tuple[Link, ...]:
    """To the message that it became, where Slack still has it."""
    messenger = room.ports.messenger
    if messenger is None or delivery.receipt is None:
        return ()
    url = await messenger.permalink(delivery.conversation, delivery.receipt)
    return (Link(say("latest.message"), url),) if url else ()

"""Pages as people read them: names of people and public channels in place of Slack's ids. Hides whom it asks.

The record knows ids alone, since names change. What Slack does not tell stays an id; so does a private channel, whose
name is nobody's business who is not in it.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TypeVar

from bot.slack.gateway import Gateway
from digests.frames import echo
from digests.model import Frame, Name, Page, Piece, Row
from digests.model.frame import Slot

NO_ZONE = "Etc/UTC"
"""The zone of a page that nobody asked for in a zone of his own."""
MOST = 200
"""Ids of one page that are looked up: more than the longest list has."""
AT_A_TIME = 8

AnyPiece = TypeVar("AnyPiece", bound=Piece)

_ID = re.compile(r"[UWC][A-Z0-9]{7,20}")


async def called(page: Page, gateway: Gateway) -> Page:
    """The page with names."""
    ids = sorted({i for frame in _frames(page) for _, slot in frame.slots for i in _ids_in(slot)})[:MOST]
    few = asyncio.Semaphore(AT_A_TIME)

    async def looked_up(identity: str) -> str:
        async with few:
            return await _name(identity, gateway)

    found = await asyncio.gather(*map(looked_up, ids))
    names = {identity: name for identity, name in zip(ids, found, strict=True) if name}
    if not names:
        return page
    summary = tuple(_piece(piece, names) for piece in page.summary)
    rows, thread = (tuple(_row(row, names) for row in rows) for rows in (page.rows, page.thread))
    return replace(page, summary=summary, rows=rows, thread=thread)


async def in_own_zone(page: Page, conversation: str, gateway: Gateway) -> Page:
    """A page to one person that has no zone, in his."""
    if page.zone != NO_ZONE or not conversation.startswith("@"):
        return page
    return replace(page, zone=(await gateway.person(conversation[1:], NO_ZONE)).zone)


async def _name(identity: str, gateway: Gateway) -> str:
    if identity.startswith("C"):
        return await gateway.public_channel(identity)
    return echo((await gateway.person(identity, NO_ZONE)).name).typed


def _ids_in(slot: Slot) -> list[str]:
    """The ids that a slot is, or that it lists."""
    named = slot if isinstance(slot, tuple) else (slot,)
    return [one.text for one in named if isinstance(one, Name) and _ID.fullmatch(one.text)]


def _frames(page: Page) -> Iterator[Frame]:
    for pieces in (page.summary, *(row.pieces for row in (*page.rows, *page.thread))):
        yield from (piece for piece in pieces if isinstance(piece, Frame))


def _row(row: Row, names: Mapping[str, str]) -> Row:
    return replace(row, pieces=tuple(_piece(piece, names) for piece in row.pieces))


def _piece(piece: AnyPiece, names: Mapping[str, str]) -> AnyPiece:
    if not isinstance(piece, Frame):
        return piece
    slots = tuple((key, _slot(slot, names)) for key, slot in piece.slots)
    return replace(piece, slots=slots)


def _slot(slot: Slot, names: Mapping[str, str]) -> Slot:
    if isinstance(slot, tuple):
        return tuple(Name(names.get(one.text, one.text)) for one in slot)
    return Name(names.get(slot.text, slot.text)) if isinstance(slot, Name) else slot

"""Files below a message: named so that each can be found again, sent, shown once. Hides pictures, bytes and both steps.

Slack gives a shared file no key of ours: a short reference made from the delivery's key stands in the file's name and
in the sentence beside it, and is what a second try looks for.
"""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from bot.slack.blocks import escape
from bot.slack.gateway import Done, Gateway
from digests import frames
from digests.frames import say
from digests.model import File, Name, Page, Picture
from digests.ports import PostLater, PostRefused

Draw = Callable[[Picture, str], Awaitable[bytes | None]]
"""Draws a picture for a reader in a zone, as PNG; None where it cannot be drawn."""
Trouble = PostLater | PostRefused


async def draw_nothing(_picture: Picture, _zone: str) -> bytes | None:
    """For where nothing can be drawn."""
    return None


@dataclass(frozen=True)
class Shown:
    """One file as Slack is to show it: `content` its bytes, `comment` the sentence beside it, escaped, with `ref`."""

    ref: str
    name: str
    title: str
    comment: str
    alt: str
    content: bytes


class Attachments:
    """The files of one page under one key, in a conversation."""

    def __init__(self, gateway: Gateway, shown: Sequence[Shown]) -> None:
        self._gateway = gateway
        self._shown = tuple(shown)
        self._sent: dict[str, str] = {}  # file id by ref

    async def send(self) -> Trouble | None:
        """Send the bytes of each; nothing is seen of them yet."""
        for file in self._shown:
            outcome = await self._gateway.upload(file.name, file.content, file.alt)
            if not isinstance(outcome, Done):
                return outcome
            self._sent[file.ref] = str(outcome.data["file_id"])
        return None

    async def show(self, conversation: str, thread: str | None) -> Trouble | None:
        """Show what was sent, in order. A try whose end is not known is ambiguous: look before another."""
        for file in self._shown:
            outcome = await self._gateway.share_file(
                conversation, self._sent[file.ref], file.title, file.comment, thread
            )
            if not isinstance(outcome, Done):
                return outcome
        return None

    def without(self, messages: Iterable[Mapping[str, Any]]) -> Attachments:
        """Those that none of these messages shows."""
        there = list(messages)
        return Attachments(self._gateway, [f for f in self._shown if not any(_shows(m, f.ref) for m in there)])

    def __bool__(self) -> bool:
        return bool(self._shown)


async def of_page(page: Page, key: str, gateway: Gateway, draw: Draw) -> tuple[Attachments, int]:
    """What a page brings along, and how many of its pictures could not be drawn."""
    shown: list[Shown] = []
    undrawn = 0
    for n, file in enumerate(page.files):
        content = file.text.encode() if file.picture is None else await draw(file.picture, page.zone)
        if content is None:
            undrawn += 1
        elif content:
            shown.append(_shown(file, content, hashlib.sha256(f"{key}/{n}".encode()).hexdigest()[:8], page.zone))
    return Attachments(gateway, shown), undrawn


def _shown(file: File, content: bytes, ref: str, zone: str) -> Shown:
    tz = ZoneInfo(zone)
    stem, dot, ending = file.name.rpartition(".")
    title = frames.words(file.title, tz)
    comment = " · ".join((title, frames.words(say("file.ref", id=Name(ref)), tz)))
    alt = " ".join(frames.words(frame, tz) for frame in file.alt)
    return Shown(ref, f"{stem}-{ref}{dot}{ending}", title, escape(comment), alt, content)


def _shows(message: Mapping[str, Any], ref: str) -> bool:
    names = [str(file.get("name", "")) for file in message.get("files") or ()]
    return any(ref in name for name in names) or (bool(message.get("files")) and ref in str(message.get("text", "")))

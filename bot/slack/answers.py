"""What the Slack edge asks of the rest: answers as pages, a memory of what came in. Hides nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.commands import Command
from digests.model import Directory, Page


@dataclass(frozen=True)
class Asker:
    """Who asks, where, and the IANA zone that he reads in."""

    user: str
    conversation: str
    zone: str


class Answers(Protocol):
    """The desk's face: one page for every command. Misunderstandings and troubles are answered by the edge."""

    @property
    def directory(self) -> Directory:
        """The names that commands may use."""
        ...

    async def answer(self, command: Command, asker: Asker, now: datetime) -> Page:
        """The answer to one command; it shows `command.read_as`, where there is any, so that the reader sees which
        name was taken for which."""
        ...

    async def joined(self, conversation: str, inviter: str, now: datetime) -> Page:
        """The greeting of a conversation that the bot was invited to."""
        ...


class Inbox(Protocol):
    """The part of `ports.Store` that remembers what came in."""

    async def first_time(self, key: str, now: datetime) -> bool:
        """Whether an inbound key comes for the first time."""
        ...

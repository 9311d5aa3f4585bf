"""What the Slack edge asks of the rest: answers as pages, a memory of what came in. Hides nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.commands import Command
from bot.forms import Form
from digests.desk.share import Prepare
from digests.model import Directory, Page


@dataclass(frozen=True)
class Asker:
    """Who asks, where, and the IANA zone that he reads in; `name` is how the workspace shows him, "" where unknown."""

    user: str
    conversation: str
    zone: str
    name: str = ""


@dataclass(frozen=True)
class About:
    """What a form is about: the message of this time stamp, or the line or item of this id."""

    message: str = ""
    identity: str = ""


NOTHING = About()
"""What a form is about that is about nothing yet."""


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

    async def home(self, asker: Asker, member_of: Mapping[str, str], now: datetime) -> Page:
        """A person's App Home; `member_of`: the conversations that he is in, by id with their names."""
        ...

    async def share(self, page: Page, asker: Asker, typed: str, key: str, now: datetime) -> Page:
        """Post an answer to the conversation where it was asked, once a key; the page that its asker is shown."""
        ...

    async def hand_over(
        self, page: Page, asker: Asker, typed: str, key: str, now: datetime, prepare: Prepare | None = None
    ) -> Page:
        """Send an answer with its files to the asker alone, once a key; the page that says so. `prepare` is done
        before it is posted."""
        ...

    async def form(self, name: str, asker: Asker, about: About = NOTHING) -> Form | None:
        """The form of a verb as it is opened in a conversation; None where there is nothing to fill in."""
        ...


class Inbox(Protocol):
    """The part of `ports.Store` that remembers what came in."""

    async def first_time(self, key: str, now: datetime) -> bool:
        """Whether an inbound key comes for the first time."""
        ...

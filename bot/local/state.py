"""What a workspace knows: people, conversations, messages, views. Hides ids, timestamps and who sees what."""

from __future__ import annotations

import asyncio
import itertools
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

TEAM = "T0LOCAL"
APP = "A0LOCAL"
BOT_USER = "U0BRIEFBOT"
BOT_ID = "B0BRIEFBOT"
RESPONSE_USES = 5
"""How often one response_url may be used."""
RESPONSE_LIFE = timedelta(minutes=30)
"""How long one response_url may be used."""
MOST_VIEWS = 3
"""Modals that may lie on one another."""
CLOSED = 200
"""Closed modals that are known again by their ids."""

Message = dict[str, Any]


@dataclass(frozen=True)
class Member:
    """A person or the bot. `zone` is an IANA name."""

    id: str
    name: str
    zone: str = "Europe/Brussels"
    is_bot: bool = False


@dataclass
class Conversation:
    """A channel (public or private) or a direct message with its messages in order of time."""

    id: str
    name: str
    kind: str = "channel"  # channel, private, im
    members: list[str] = field(default_factory=list)
    archived: bool = False
    messages: list[Message] = field(default_factory=list)

    def has(self, user: str) -> bool:
        """Whether a user is in it."""
        return user in self.members

    def find(self, ts: str) -> Message | None:
        """A message by its timestamp."""
        return next((m for m in self.messages if m["ts"] == ts), None)


@dataclass(frozen=True)
class Whisper:
    """An ephemeral message: one user in one conversation sees it, and nobody can fetch it."""

    user: str
    conversation: str
    message: Message


@dataclass
class ResponseAddress:
    """A response_url: for one user in one conversation, five uses in half an hour."""

    user: str
    conversation: str
    made_at: datetime
    uses: int = 0


@dataclass
class Trigger:
    """A trigger_id: opens one view within three seconds."""

    user: str
    made: float  # seconds of the event loop's clock


class WorkspaceState:
    """Everything kept by a workspace. `clock` gives its instants: timestamps of messages come from it."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self.clock = clock
        self.users: dict[str, Member] = {BOT_USER: Member(BOT_USER, "brief", "Etc/UTC", is_bot=True)}
        self.conversations: dict[str, Conversation] = {}
        self.whispers: list[Whisper] = []
        self.views: dict[str, dict[str, Any]] = {}
        self.closed: deque[str] = deque(maxlen=CLOSED)  # ids of views, the newest last
        self.homes: dict[str, dict[str, Any]] = {}
        self.responses: dict[str, ResponseAddress] = {}
        self.triggers: dict[str, Trigger] = {}
        self.stacks: dict[str, list[str]] = {}
        self.watchers: list[Callable[[str, Conversation, Message], None]] = []
        self.onlookers: list[Callable[[], None]] = []
        self._numbers = itertools.count(1)
        self._last = 0

    def number(self, letter: str) -> str:
        """A new id with the letter that Slack gives this kind of thing."""
        return f"{letter}0{next(self._numbers):07d}"

    def stamp(self) -> str:
        """A message timestamp: the clock in microseconds, unique and rising."""
        self._last = max(self._last + 1, int(self.clock().timestamp() * 1_000_000))
        return f"{self._last // 1_000_000}.{self._last % 1_000_000:06d}"

    def add_user(self, name: str, zone: str = "Europe/Brussels") -> str:
        """A new person; gives the id."""
        member = Member(self.number("U"), name, zone)
        self.users[member.id] = member
        return member.id

    def add_conversation(
        self, name: str, kind: str = "channel", members: tuple[str, ...] = (), id: str = ""
    ) -> Conversation:
        """A new channel, private channel or direct message, with a given id or the next."""
        made = Conversation(id or self.number("D" if kind == "im" else "C"), name, kind, list(members))
        self.conversations[made.id] = made
        return made

    def direct(self, user: str) -> Conversation:
        """The direct message between the bot and a user, made when it is first asked for."""
        for conversation in self.conversations.values():
            if conversation.kind == "im" and conversation.has(user):
                return conversation
        return self.add_conversation("", "im", (user, BOT_USER))

    def lookup(self, target: str) -> Conversation | None:
        """A conversation by id, by "#name", or by the id of the user whose direct message it is."""
        if target in self.users and target != BOT_USER:
            return self.direct(target)
        if target.startswith("#"):
            return next((c for c in self.conversations.values() if c.name == target[1:]), None)
        return self.conversations.get(target)

    def add_message(self, conversation: Conversation, message: Message) -> Message:
        """Put a message into a conversation with the next timestamp; watchers are told."""
        message = {"type": "message", "ts": self.stamp(), **message}
        conversation.messages.append(message)
        self._tell("posted", conversation, message)
        return message

    def whisper(self, user: str, conversation: Conversation, message: Message) -> Message:
        """Show a message to one user of a conversation."""
        message = {"type": "message", "ts": self.stamp(), "is_ephemeral": True, **message}
        self.whispers.append(Whisper(user, conversation.id, message))
        self._tell("whispered", conversation, message)
        return message

    def changed(self, conversation: Conversation, message: Message) -> None:
        """Tell watchers that a message was edited or deleted."""
        self._tell("changed", conversation, message)

    def _tell(self, what: str, conversation: Conversation, message: Message) -> None:
        for watcher in list(self.watchers):
            watcher(what, conversation, message)
        self.touched()

    def touched(self) -> None:
        """Tell onlookers that something changed: a message, a view, who is in a conversation."""
        for onlooker in list(self.onlookers):
            onlooker()

    def keep_view(self, view: dict[str, Any], user: str, identity: str = "") -> dict[str, Any]:
        """Keep a view of a user, a new one or in place of the one of that id; as Slack stores it."""
        kept = {**view, "team_id": TEAM, "app_id": APP, "hash": self.number("H"), "id": identity or self.number("V"),
                "user": user}  # fmt: skip
        if view.get("type") == "home":
            self.homes[user] = kept
        else:
            self.views[kept["id"]] = kept
        self.touched()
        return kept

    def close_views(self, user: str, least: int = 0) -> None:
        """Close a user's modals from the top until `least` are left."""
        stack = self.stacks.get(user, [])
        for identity in stack[least:]:
            self.views.pop(identity, None)
            self.closed.append(identity)
        self.stacks[user] = stack[:least]
        self.touched()

    def open_response(self, user: str, conversation: str) -> str:
        """A new response address; gives its id."""
        key = self.number("R")
        self.responses[key] = ResponseAddress(user, conversation, self.clock())
        return key

    def use_response(self, key: str) -> ResponseAddress | str:
        """Use a response address once; the error name where it cannot be used."""
        address = self.responses.get(key)
        if address is None:
            return "invalid_url"
        if self.clock() - address.made_at > RESPONSE_LIFE:
            return "expired_url"
        if address.uses >= RESPONSE_USES:
            return "used_url"
        address.uses += 1
        return address


class Seen:
    """What one user sees of the bot in one conversation while he waits: messages, and a modal that opens."""

    def __init__(self, state: WorkspaceState, user: str, channel: str) -> None:
        self.messages: list[Message] = []
        self.view: dict[str, Any] | None = None
        self.fresh = asyncio.Event()
        self._state, self._user, self._channel = state, user, channel
        self._before = self._top()

    def message(self, what: str, conversation: Conversation, message: Message) -> None:
        """A watcher of messages."""
        if what != "changed" and conversation.id == self._channel and message.get("bot_id"):
            self.messages.append(message)
            self.fresh.set()

    def look(self) -> None:
        """An onlooker: whether another modal lies on top, or the topmost has changed."""
        top = self._top()
        if top is not None and top not in (self._before, self.view):
            self.view = top
            self.fresh.set()

    def _top(self) -> dict[str, Any] | None:
        stack = self._state.stacks.get(self._user, [])
        return self._state.views.get(stack[-1]) if stack else None

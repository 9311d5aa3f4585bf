"""What the page of the local workspace shows one person, as JSON, and the clock it can move. Hides what he may not see.

The page is the workspace's face: it reads the state that the Web API writes, and acts through `Person` alone.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol

from bot.local.person import SLACKBOT, Person
from bot.local.state import BOT_USER, Conversation, Message

HOUR = timedelta(hours=1)
BREATH = 0.35
"""Seconds of the reader's time that an hour of a played week takes at least."""
TITLES: Mapping[str, str] = {
    "recorded": "a recorded week, on this machine",
    "live": "live sources, shown on this machine",
}
"""What the workspace is, by kind."""

Json = dict[str, Any]

_KEPT = ("ts", "user", "bot_id", "text", "blocks", "thread_ts", "reply_broadcast", "is_ephemeral", "files", "subtype")


class Clock(Protocol):
    """A clock that the reader moves. Instants are aware; `now` never falls."""

    @property
    def now(self) -> datetime:
        """The instant it shows."""
        ...

    @property
    def end(self) -> datetime:
        """Where it stops for good."""
        ...

    def next_digest(self) -> datetime | None:
        """The next instant at which a digest is due; None where there is none before the end."""
        ...

    async def move(self, until: datetime) -> None:
        """Let everything happen up to an instant."""
        ...


@dataclass
class Mover:
    """Moves a clock, one wish at a time: an hour, to the next digest, or on and on. `moving` names the wish.

    `touched` is called whenever the clock shows something else."""

    clock: Clock
    moving: str = ""
    touched: Callable[[], None] = lambda: None
    _task: asyncio.Task[None] | None = field(default=None, repr=False)

    def start(self, wish: str) -> bool:
        """Begin; False where the clock is moving already or can move no more. `stop` stops after the hour at hand."""
        if wish == "stop":
            self.moving = "stop" if self.moving else ""
            return True
        if self.moving or self.clock.now >= self.clock.end or wish not in {"hour", "day", "week"}:
            return False
        self.moving = wish
        self._task = asyncio.get_running_loop().create_task(self._run(wish))
        return True

    async def _run(self, wish: str) -> None:
        try:
            self.touched()
            if wish == "week":
                while self.moving == "week" and self.clock.now < self.clock.end:
                    await asyncio.gather(self._hours(self.clock.now + HOUR), asyncio.sleep(BREATH))
            else:
                await self._hours(self.clock.now + HOUR if wish == "hour" else self.clock.next_digest())
        finally:
            self.moving = ""
            self.touched()

    async def _hours(self, until: datetime | None) -> None:
        """Hour by hour, so that the reader sees the clock run."""
        goal = min(until or self.clock.end, self.clock.end)
        while self.clock.now < goal and self.moving != "stop":
            await self.clock.move(min(self.clock.now + HOUR, goal))
            self.touched()
            await asyncio.sleep(0)

    async def settled(self) -> None:
        """Wait until nothing moves; raises what went wrong while it moved."""
        if self._task is not None:
            await self._task

    async def stop(self) -> None:
        """Stop moving and wait for the hour at hand."""
        self.start("stop")
        await self.settled()


@dataclass
class Face:
    """What is shown to one person: `kind` is a key of TITLES, `outlets` hosts whose pages the workspace shows itself,
    `manifest` the app's. `mover` is None where the clock is the real one."""

    person: Person
    manifest: Mapping[str, Any]
    kind: str = "recorded"
    outlets: tuple[str, ...] = ()
    mover: Mover | None = None
    changes: int = 0

    def shown(self) -> Json:
        """Everything that the page draws."""
        state, user = self.person.workspace.state, self.person.user
        state.direct(user)
        conversations = [c for c in state.conversations.values() if c.has(user)]
        return {
            "changes": self.changes,
            "title": TITLES[self.kind],
            "kind": self.kind,
            "me": {"id": user, "name": state.users[user].name, "zone": state.users[user].zone},
            "app": self._app(),
            "users": {u.id: {"name": u.name, "bot": u.is_bot} for u in state.users.values()},
            "slackbot": SLACKBOT,
            "outlets": list(self.outlets),
            "conversations": [self._conversation(c) for c in conversations],
            "home": state.homes.get(user),
            "modals": [state.views[v] for v in state.stacks.get(user, []) if v in state.views],
            "clock": self.clock(),
        }

    def clock(self) -> Json:
        """What the clock shows, in seconds since 1970."""
        state = self.person.workspace.state
        shown: Json = {"now": state.clock().timestamp(), "movable": self.mover is not None}
        if self.mover is None:
            return shown
        clock = self.mover.clock
        digest = clock.next_digest()
        return shown | {
            "moving": self.mover.moving,
            "over": clock.now >= clock.end,
            "day": (digest or clock.end).timestamp(),
        }

    def _app(self) -> Json:
        about, features = self.manifest["display_information"], self.manifest["features"]
        commands = [
            {"command": c["command"], "does": c["description"], "hint": c.get("usage_hint", "")}
            for c in features["slash_commands"]
        ]
        return {
            "user": BOT_USER,
            "name": about["name"],
            "does": about["description"],
            "about": about["long_description"],
            "commands": commands,
            "shortcuts": [_shortcut(s) for s in features.get("shortcuts", ())],
            "mute": bool(features["app_home"].get("messages_tab_read_only_enabled")),
        }

    def _conversation(self, conversation: Conversation) -> Json:
        person = self.person
        whispers = [
            w.message
            for w in person.workspace.state.whispers
            if w.user == person.user and w.conversation == conversation.id and w.message["ts"] not in person.dismissed
        ]
        messages = sorted([*conversation.messages, *whispers], key=lambda m: str(m["ts"]))
        read = {key: ts for key, ts in person.read.items() if key.partition("/")[0] == conversation.id}
        return {
            "id": conversation.id,
            "name": conversation.name,
            "kind": conversation.kind,
            "members": [person.workspace.state.users[m].name for m in conversation.members],
            "bot": conversation.has(BOT_USER),
            "archived": conversation.archived,
            "read": read,
            "messages": [_message(m) for m in messages],
        }


def _shortcut(s: Mapping[str, Any]) -> Json:
    anywhere = s["type"] == "global"
    return {"name": s["name"], "callback": s["callback_id"], "does": s["description"], "global": anywhere}


def commands(manifest: Mapping[str, Any]) -> list[str]:
    """The app's slash commands."""
    return [str(c["command"]) for c in manifest["features"]["slash_commands"]]


def hears(manifest: Mapping[str, Any]) -> list[str]:
    """The events that the app is told of."""
    return [str(name) for name in manifest["settings"]["event_subscriptions"]["bot_events"]]


def _message(message: Message) -> Json:
    shown = {key: message[key] for key in _KEPT if key in message}
    return shown | {"edited": True} if "edited" in message else shown

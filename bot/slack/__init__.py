"""Slack: the only folder that knows slack_sdk and slack_bolt. Hides sockets, payloads, limits and error names.

`connect` gives an edge whose messenger posts at once and whose ears open with `start`.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult

from bot.slack.answers import Answers, Inbox
from bot.slack.examine import examine
from bot.slack.files import Draw, draw_nothing
from bot.slack.gateway import TIMEOUT, Access, Gateway, web_client
from bot.slack.listeners import register
from bot.slack.messenger import Pace, SlackMessenger
from bot.slack.notes import Notes, silent_notes
from bot.slack.reception import Reception
from bot.slack.socket import Identity, SlackProblem, Sockets, SocketTimes, identify, socket_address
from config import SlackApp

__all__ = ["Access", "Behind", "Manner", "SlackEdge", "SlackProblem", "connect", "examine"]


@dataclass(frozen=True)
class Manner:
    """How the edge waits and where it notes; tests and the recorded week shorten."""

    pace: Pace = field(default_factory=Pace)
    times: SocketTimes = field(default_factory=SocketTimes)
    notes: Notes = silent_notes
    timeout: float = TIMEOUT
    draw: Draw = draw_nothing


@dataclass(frozen=True)
class Behind:
    """What stands behind the edge: who answers, what remembers."""

    answers: Answers
    inbox: Inbox


class SlackEdge:
    """The bot's end of a workspace: `messenger` posts, `start` begins to listen, `close` stops in order."""

    def __init__(self, access: Access, app: SlackApp, behind: Behind, manner: Manner) -> None:
        self._access = access
        self._app = app
        self._behind = behind
        self._manner = manner
        self._gateway = Gateway(access.bot_token, access.base_url, timeout=manner.timeout)
        self._app_gateway = Gateway(access.app_token, access.base_url, timeout=manner.timeout)
        self.messenger = SlackMessenger(self._gateway, manner.pace, manner.notes, manner.draw)
        self._reception: Reception | None = None
        self.sockets: Sockets | None = None

    @property
    def healthy(self) -> bool:
        """Whether Slack can reach the bot."""
        return self.sockets is not None and self.sockets.healthy

    async def start(self, clock: Callable[[], datetime]) -> None:
        """Check both tokens, register the listeners, open the sockets. Raises SlackProblem."""
        identity = await identify(self._gateway)
        address = await socket_address(self._app_gateway)
        behind, notes = self._behind, self._manner.notes
        self._reception = Reception(
            behind.answers,
            behind.inbox,
            self._gateway,
            self.messenger,
            clock,
            self._app,
            notes,
            identity.bot_user,
        )
        bolt = _bolt(self._access, identity)
        register(bolt, self._reception)
        self.sockets = Sockets(bolt, self._app_gateway, self._access.app_token, notes, self._manner.times)
        await self.sockets.start(address)
        notes("slack_connected", team=identity.team)

    async def close(self) -> None:
        """Stop the intake, let running answers end, close sockets and connections. Closing twice is no error."""
        if self._reception is not None:
            await self._reception.drain()
        if self.sockets is not None:
            await self.sockets.close()
        await self._app_gateway.close()
        await self._gateway.close()


@asynccontextmanager
async def connect(
    access: Access,
    app: SlackApp,
    answers: Answers,
    inbox: Inbox,
    *,
    paced: bool = True,
    notes: Notes | None = None,
    manner: Manner | None = None,
) -> AsyncIterator[SlackEdge]:
    """The edge to one workspace; closed on leaving. `paced` False: no pause between posts, as in a simulated week."""
    manner = manner or Manner()
    if notes is not None:
        manner = replace(manner, notes=notes)
    if not paced:
        manner = replace(manner, pace=Pace(apart=0, look_pause=0))
    edge = SlackEdge(access, app, Behind(answers, inbox), manner)
    try:
        yield edge
    finally:
        await edge.close()


def _bolt(access: Access, identity: Identity) -> AsyncApp:
    """An app whose authorisation is what auth.test said, so that no environment variable changes whose app it is and
    no command waits for a call."""

    async def authorize(**_: Any) -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=None,
            team_id=identity.team_id,
            bot_user_id=identity.bot_user,
            bot_id=identity.bot_id,
            bot_token=access.bot_token,
        )

    logger = logging.getLogger("slack_bolt.brief")
    logger.setLevel(logging.ERROR)  # a token in the environment makes Bolt warn that it is not used
    app = AsyncApp(name="brief", client=web_client("", access.base_url, None, 15.0), authorize=authorize, logger=logger)
    logger.setLevel(logging.WARNING)
    return app

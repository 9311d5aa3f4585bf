"""Two Socket Mode connections on one app: checked before they start, supervised while they run. Hides reconnecting.

Two connections, so that Slack's refreshes leave no gap. The sdk's own client retries a bad token for ever and storms
apps.connections.open; here tokens are checked first, connecting is bounded, reconnecting backs off, and a Socket Mode
that was switched off is left alone.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
from collections import deque
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.web.async_client import AsyncWebClient

from bot.problems import Problem
from bot.slack.gateway import LOOPBACK, Done, Gateway
from bot.slack.notes import Notes
from digests.ports import PostLater

CONNECTIONS = 2
"""Sockets of one app: Slack refreshes one at a time."""
PING_INTERVAL = 10.0
"""Seconds between pings; four unanswered mean a dead connection."""
CONNECT_WITHIN = 20.0
"""Seconds in which a first connection must stand."""
WATCH_EVERY = 5.0
"""Seconds between two looks of the supervision."""
STUCK_AFTER = 30.0
"""Seconds without a connection after which a fresh address is asked for: the sdk would try a dead one for ever."""
FREE_OPENS = 3
"""Reconnections in `STORM_WINDOW` without a wait."""
STORM_WINDOW = 120.0
"""Seconds over which reconnections are counted."""
MOST_WAIT = 30.0
"""Most seconds to wait before a reconnection."""


class SlackProblem(Problem):
    """A matter for the operator: what is wrong between the bot and Slack, and the remedy."""


@dataclass(frozen=True)
class Identity:
    """Who the bot is in the workspace."""

    team: str
    team_id: str
    bot_user: str
    bot_id: str


async def identify(gateway: Gateway) -> Identity:
    """Ask auth.test. Raises SlackProblem."""
    outcome = await gateway.write("auth.test")
    if not isinstance(outcome, Done):
        remedy = "try again in a while" if isinstance(outcome, PostLater) else "set SLACK_BOT_TOKEN to the xoxb- token"
        raise SlackProblem(f"Slack does not take the bot token ({outcome.reason})", remedy)
    data = outcome.data
    return Identity(*(str(data.get(k, "")) for k in ("team", "team_id", "user_id", "bot_id")))


async def socket_address(gateway: Gateway) -> str:
    """Ask apps.connections.open with the app's token for the address of one socket. Raises SlackProblem."""
    outcome = await gateway.write("apps.connections.open")
    if not isinstance(outcome, Done):
        remedy = (
            "try again in a while"
            if isinstance(outcome, PostLater)
            else "set SLACK_APP_TOKEN to an xapp- token with connections:write and switch Socket Mode on"
        )
        raise SlackProblem(f"Slack opens no socket ({outcome.reason})", remedy)
    return str(outcome.data["url"])


class PacedSocket(SocketModeClient):
    """The sdk's client with a back-off before reconnecting, which stops where Socket Mode was switched off."""

    def __init__(self, *, first_wait: float, **how: Any) -> None:
        super().__init__(**how)
        self.disabled = False
        self.first_wait = first_wait
        self._opened: deque[float] = deque(maxlen=50)

    async def enqueue_message(self, message: str) -> None:
        """Hear why Slack disconnects before the sdk reconnects."""
        if '"disconnect"' in message and json.loads(message).get("reason") == "link_disabled":
            self.disabled = True
            self.auto_reconnect_enabled = self.default_auto_reconnect_enabled = False
        await super().enqueue_message(message)

    async def connect_to_new_endpoint(self, force: bool = False) -> None:
        """Reconnect, after a wait that doubles while reconnections follow each other."""
        if self.disabled or self.closed:
            return
        await asyncio.sleep(self._wait())
        if not self.closed:
            await super().connect_to_new_endpoint(force)

    def _wait(self) -> float:
        now = asyncio.get_running_loop().time()
        recent = sum(1 for at in self._opened if now - at < STORM_WINDOW)
        self._opened.append(now)
        return 0.0 if recent < FREE_OPENS else min(self.first_wait * 2 ** (recent - FREE_OPENS), MOST_WAIT)


class _PacedConnection(AsyncSocketModeHandler):
    """Bolt's adapter around our socket."""

    client: PacedSocket

    def __init__(self, app: AsyncApp, client: PacedSocket) -> None:
        self.app = app
        self.app_token = client.app_token
        self.client = client
        client.socket_mode_request_listeners.append(self.handle)  # type: ignore[arg-type]


async def _connect(link: _PacedConnection) -> None:
    await link.connect_async()  # type: ignore[no-untyped-call]


@dataclass(frozen=True)
class SocketTimes:
    """Waits in seconds; tests shorten them."""

    ping_interval: float = PING_INTERVAL
    connect_within: float = CONNECT_WITHIN
    watch_every: float = WATCH_EVERY
    stuck_after: float = STUCK_AFTER
    first_wait: float = 1.0


class Sockets:
    """The connections of one app. `healthy` tells whether at least one stands; quiet alone is no sign of trouble."""

    def __init__(
        self, app: AsyncApp, app_gateway: Gateway, app_token: str, notes: Notes, times: SocketTimes | None = None
    ) -> None:
        self._app = app
        self._gateway = app_gateway
        self._app_token = app_token
        self._note = notes
        self._times = times or SocketTimes()
        self._links: list[_PacedConnection] = []
        self._watching: asyncio.Task[None] | None = None
        self.healthy = False

    @property
    def disabled(self) -> bool:
        """Whether Slack said that Socket Mode was switched off."""
        return any(link.client.disabled for link in self._links)

    async def start(self, address: str) -> None:
        """Connect, the first socket to an address already asked for. Raises SlackProblem."""
        for n in range(CONNECTIONS):
            link = _PacedConnection(self._app, self._socket())
            self._links.append(link)
            link.client.wss_uri = address if n == 0 else await socket_address(self._gateway)
            try:
                await asyncio.wait_for(_connect(link), self._times.connect_within)
            except TimeoutError:
                raise SlackProblem(
                    f"no socket to Slack within {self._times.connect_within:.0f} seconds",
                    "check that wss-primary.slack.com can be reached from here",
                ) from None
        self.healthy = True
        self._watching = asyncio.create_task(self._watch())

    def _socket(self) -> PacedSocket:
        client: AsyncWebClient = self._gateway.client
        socket = PacedSocket(
            app_token=self._app_token,
            web_client=client,
            logger=logging.getLogger("slack_sdk.socket_mode"),
            ping_interval=self._times.ping_interval,
            first_wait=self._times.first_wait,
        )
        if urlsplit(client.base_url).hostname in LOOPBACK:
            socket.proxy = None
        return socket

    async def _watch(self) -> None:
        """Note when the last socket goes and when one comes back; free a socket that is stuck on a dead address."""
        loop = asyncio.get_running_loop()
        seen = [loop.time()] * len(self._links)
        while not self.disabled:
            await asyncio.sleep(self._times.watch_every)
            for n, link in enumerate(self._links):
                if await link.client.is_connected():
                    seen[n] = loop.time()
                elif loop.time() - seen[n] > self._times.stuck_after:
                    link.client.wss_uri = None
                    seen[n] = loop.time()
            healthy = any([await link.client.is_connected() for link in self._links])
            if healthy != self.healthy:
                self.healthy = healthy
                self._note("socket_back" if healthy else "socket_lost")
        self.healthy = False
        self._note("socket_disabled", remedy="switch Socket Mode on in the app's settings, then start the bot again")

    async def close(self) -> None:
        """Close every socket and end what the sdk leaves running."""
        tasks: list[asyncio.Future[Any] | None] = [self._watching]
        if self._watching is not None:
            self._watching.cancel()
        for link in self._links:
            client = link.client
            tasks += [client.message_processor, client.current_session_monitor, client.message_receiver]
            with contextlib.suppress(ConnectionError):
                await link.close_async()  # type: ignore[no-untyped-call]
        await asyncio.gather(*(task for task in tasks if task is not None), return_exceptions=True)
        self._links.clear()
        self.healthy = False

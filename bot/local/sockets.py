"""Socket Mode of the loopback workspace: connections, envelopes, acknowledgements. Hides who is connected.

An envelope goes to one connection, in turn; an acknowledgement may come on any. A connection that was told to
disconnect gets no further envelope. Addresses are good for one connection.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aiohttp import WSMsgType, web

from bot.local.state import APP

ACK_WITHIN = 3.0
"""Seconds in which an envelope must be acknowledged."""
MOST_CONNECTIONS = 10
"""Connections of one app."""
GRACE = 0.3
"""Seconds between telling a connection to go and closing it."""


@dataclass(frozen=True)
class Ack:
    """An acknowledgement: how long it took (s) and what it carried."""

    after: float
    payload: Mapping[str, Any] | None


@dataclass(eq=False)
class Connection:
    """One WebSocket. `leaving`: it gets no more envelopes; `deaf`: pings go unanswered."""

    ws: web.WebSocketResponse
    transport: asyncio.Transport | None
    leaving: bool = False
    deaf: bool = False


class Sockets:
    """All connections of the one app. Counts: `opened` addresses given, `undelivered` envelopes that found none."""

    def __init__(self) -> None:
        self.connections: list[Connection] = []
        self.origin = ""
        self.opened = 0
        self.undelivered = 0
        self.handshake_delay = 0.0
        self._tickets: set[str] = set()
        self._numbers = itertools.count(1)
        self._waiting: dict[str, asyncio.Future[Mapping[str, Any] | None]] = {}
        self._turn = 0
        self.connected = asyncio.Event()

    def open(self) -> str:
        """The address of one new socket."""
        self.opened += 1
        ticket = f"t{next(self._numbers)}"
        self._tickets.add(ticket)
        return f"{self.origin.replace('http', 'ws', 1)}/link?ticket={ticket}"

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """One connection, from handshake to close."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            return web.Response(status=401)
        self._tickets.discard(ticket)
        await asyncio.sleep(self.handshake_delay)
        ws = web.WebSocketResponse(autoping=False)
        await ws.prepare(request)
        if len(self.connections) >= MOST_CONNECTIONS:
            await ws.send_json({"type": "disconnect", "reason": "too_many_websockets"})
            await ws.close()
            return ws
        connection = Connection(ws, request.transport if isinstance(request.transport, asyncio.Transport) else None)
        self.connections.append(connection)
        try:
            await self._talk(connection)
        finally:
            self.connections.remove(connection)
            if not self.connections:
                self.connected.clear()
        return ws

    async def _talk(self, connection: Connection) -> None:
        hello = {
            "type": "hello",
            "num_connections": len(self.connections),
            "debug_info": {"host": "loopback", "approximate_connection_time": 18060},
            "connection_info": {"app_id": APP},
        }
        with contextlib.suppress(ConnectionError):
            await connection.ws.send_json(hello)
            self.connected.set()
            async for message in connection.ws:
                if message.type == WSMsgType.PING and not connection.deaf:
                    await connection.ws.pong(message.data)
                elif message.type == WSMsgType.TEXT:
                    self._acknowledged(json.loads(message.data))

    def _acknowledged(self, said: Mapping[str, Any]) -> None:
        waiting = self._waiting.pop(str(said.get("envelope_id")), None)
        if waiting is not None and not waiting.done():
            waiting.set_result(said.get("payload"))

    def ready(self) -> list[Connection]:
        """Connections that take envelopes."""
        return [c for c in self.connections if not c.leaving and not c.ws.closed]

    async def deliver(self, kind: str, payload: Mapping[str, Any], *, retry: int = 0) -> Ack | None:
        """Send one envelope and wait for its acknowledgement; None where there was no connection or no
        acknowledgement in time."""
        ready = self.ready()
        if not ready:
            self.undelivered += 1
            return None
        self._turn += 1
        connection = ready[self._turn % len(ready)]
        envelope = f"e{next(self._numbers)}"
        message = {
            "envelope_id": envelope,
            "type": kind,
            "payload": payload,
            "accepts_response_payload": kind != "events_api",
        }
        if kind == "events_api":
            message |= {"retry_attempt": retry, "retry_reason": "timeout" if retry else ""}
        loop = asyncio.get_running_loop()
        started = loop.time()
        waiting = self._waiting[envelope] = loop.create_future()
        try:
            await connection.ws.send_json(message)
            said = await asyncio.wait_for(waiting, ACK_WITHIN)
        except (TimeoutError, ConnectionError):
            self._waiting.pop(envelope, None)
            return None
        return Ack(loop.time() - started, said)

    async def disconnect(self, reason: str = "refresh_requested", *, every: bool = False) -> None:
        """Tell one connection (the oldest) or every one to go, then close it after a moment, as Slack does."""
        chosen = self.ready() if every else self.ready()[:1]
        for connection in chosen:
            connection.leaving = reason != "warning"
            await connection.ws.send_json({"type": "disconnect", "reason": reason, "debug_info": {"host": "loopback"}})
        if reason == "warning":
            return
        await asyncio.sleep(GRACE)
        for connection in chosen:
            await connection.ws.close()

    def abort(self) -> None:
        """Break every connection without a word."""
        for connection in self.connections:
            if connection.transport is not None:
                connection.transport.abort()

    async def close(self) -> None:
        """Close every connection."""
        for connection in list(self.connections):
            await connection.ws.close()

"""Health and metrics on a loopback port. Hides the server; says what the desk did last and how old that is.

`/healthz` answers 200 while the bot ticks and Slack can reach it, else 503, with the reason in words. `/metrics` gives
the same figures as Prometheus text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from aiohttp import web

from bot.problems import Problem
from digests.desk.newsroom import Notes

TICK_AT_LEAST = timedelta(minutes=2)
"""Without a tick for this long the bot is not well: twenty-four ticks were missed."""


@dataclass
class Pulse:
    """What happened, counted: wraps the desk's notes and remembers the last tick."""

    notes: Notes
    clock: Callable[[], datetime]
    slack_healthy: Callable[[], bool] = lambda: True
    ticked_at: datetime | None = None
    counts: Counter[str] = field(default_factory=Counter)

    def __call__(self, event: str, /, **fields: object) -> None:
        """Count and pass on."""
        outcome = fields.get("outcome") or fields.get("state")
        self.counts[f"{event}.{outcome}" if isinstance(outcome, str) else event] += 1
        self.notes(event, **fields)

    def tick(self, now: datetime) -> None:
        """A tick ended."""
        self.ticked_at = now

    def trouble(self) -> str:
        """Why the bot is not well, or nothing."""
        if self.ticked_at is None:
            return "not ticked yet"
        if self.clock() - self.ticked_at > TICK_AT_LEAST:
            return f"no tick since {self.ticked_at:%Y-%m-%d %H:%M:%S} UTC"
        return "" if self.slack_healthy() else "Slack cannot reach the bot"


class HealthServer:
    """Answers on 127.0.0.1 while it is open."""

    def __init__(self, pulse: Pulse, port: int) -> None:
        """`port` 0 takes a free one; `port` then tells which."""
        self.port = port
        self._pulse = pulse
        self._runner: web.AppRunner | None = None

    async def start(self) -> None:
        """Listen. Raises Problem where the port cannot be had."""
        app = web.Application()
        app.router.add_get("/healthz", self._health)
        app.router.add_get("/metrics", self._metrics)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, "127.0.0.1", self.port).start()
        except OSError as cause:
            await self.close()
            what = f"port {self.port} of BRIEF_HEALTH_PORT cannot be listened on ({cause.strerror})"
            raise Problem(what, "set another port, or unset it to run without") from cause
        self.port = self._runner.addresses[0][1]

    async def close(self) -> None:
        """Stop listening; closing twice is no error."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def _health(self, _: web.Request) -> web.Response:
        trouble = self._pulse.trouble()
        return web.json_response({"well": not trouble, "trouble": trouble}, status=503 if trouble else 200)

    async def _metrics(self, _: web.Request) -> web.Response:
        lines = ["# TYPE brief_well gauge", f"brief_well {0 if self._pulse.trouble() else 1}"]
        lines += ["# TYPE brief_events_total counter"]
        lines += [f'brief_events_total{{event="{name}"}} {n}' for name, n in sorted(self._pulse.counts.items())]
        return web.Response(text="\n".join(lines) + "\n", content_type="text/plain")

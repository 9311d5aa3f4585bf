"""The clock's hand: calls `desk.tick(now)` every few seconds. Hides APScheduler; decides nothing.

A tick is a task of its own: the library cancels its jobs when it stops, and a message that Slack took must still be
written down as sent. Correctness never rests on the schedule: due feeds, slots and deliveries are decided from the
store, so a tick that is late, doubled or lost changes nothing but the minute.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from datetime import datetime

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

TICK_SECONDS = 5
"""A digest is at most this late, and an alert this much later than its poll."""
OVERLAPPING = 8
"""Ticks that may run at once: a slow poll must not keep a digest waiting (the desk skips what still runs)."""
DRAIN_SECONDS = 20
"""What ticks that run may still take when the bot stops: a supervisor kills it after thirty seconds, and workers and
sockets want some of them."""

_log = logging.getLogger(__name__)


class Schedule:
    """Starts and stops the ticking. One instance a process, on the running event loop."""

    def __init__(
        self, tick: Callable[[datetime], Coroutine[None, None, object]], clock: Callable[[], datetime]
    ) -> None:
        self._tick = tick
        self._clock = clock
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._running: set[asyncio.Task[object]] = set()

    def start(self) -> None:
        """Tick at once, then every `TICK_SECONDS`."""
        self._scheduler.add_job(
            self._run,
            IntervalTrigger(seconds=TICK_SECONDS, timezone="UTC"),
            id="tick",
            next_run_time=self._clock(),
            coalesce=True,
            misfire_grace_time=None,
        )
        self._scheduler.start()

    async def _run(self) -> None:
        if len(self._running) >= OVERLAPPING:
            return
        task = asyncio.create_task(self._tick(self._clock()))
        self._running.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[object]) -> None:
        self._running.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            _log.error("a tick failed; the next one does what it left", exc_info=error)

    async def stop(self) -> None:
        """No further tick; those that run are finished, or cut off after `DRAIN_SECONDS`."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
        if not self._running:
            return
        _, late = await asyncio.wait(self._running, timeout=DRAIN_SECONDS)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)

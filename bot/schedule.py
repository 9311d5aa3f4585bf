"""The clock's hand: calls `desk.tick(now)` every few seconds. Hides APScheduler; decides nothing.

Correctness never rests on the schedule: due feeds, slots and deliveries are decided from the store, so a tick that is
late, doubled or lost changes nothing but the minute.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

TICK_SECONDS = 5
"""A digest is at most this late, and an alert this much later than its poll."""
OVERLAPPING = 8
"""Ticks that may run at once: a slow poll must not keep a digest waiting (the desk skips what still runs)."""


class Schedule:
    """Starts and stops the ticking. One instance a process, on the running event loop."""

    def __init__(self, tick: Callable[[datetime], Awaitable[object]], clock: Callable[[], datetime]) -> None:
        self._tick = tick
        self._clock = clock
        self._scheduler = AsyncIOScheduler(timezone="UTC")

    def start(self) -> None:
        """Tick at once, then every `TICK_SECONDS`."""
        self._scheduler.add_job(
            self._run,
            IntervalTrigger(seconds=TICK_SECONDS, timezone="UTC"),
            id="tick",
            next_run_time=self._clock(),
            max_instances=OVERLAPPING,
            coalesce=True,
            misfire_grace_time=None,
        )
        self._scheduler.start()

    async def _run(self) -> None:
        await self._tick(self._clock())

    def stop(self) -> None:
        """No further tick; one that runs is finished by its owner."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

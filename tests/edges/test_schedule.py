"""The ticking on the real APScheduler: a tick that runs when the bot stops is finished, not cut in two."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime

import pytest

from bot import schedule
from bot.schedule import Schedule


def now() -> datetime:
    return datetime.now(UTC)


async def test_a_tick_that_runs_when_the_ticking_stops_is_finished() -> None:
    began, may_end, ended = asyncio.Event(), asyncio.Event(), []

    async def tick(at: datetime) -> None:
        began.set()
        await may_end.wait()
        ended.append(at)

    ticking = Schedule(tick, now)
    ticking.start()
    await asyncio.wait_for(began.wait(), 5)
    stopping = asyncio.create_task(ticking.stop())
    await asyncio.sleep(0.05)
    assert not stopping.done()
    may_end.set()
    await asyncio.wait_for(stopping, 5)
    assert len(ended) == 1


async def test_a_tick_that_never_ends_does_not_keep_the_bot_from_stopping(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schedule, "DRAIN_SECONDS", 0.05)
    began, cut = asyncio.Event(), asyncio.Event()

    async def tick(_: datetime) -> None:
        began.set()
        try:
            await asyncio.Event().wait()
        finally:
            cut.set()

    ticking = Schedule(tick, now)
    ticking.start()
    await asyncio.wait_for(began.wait(), 5)
    await asyncio.wait_for(ticking.stop(), 5)
    assert cut.is_set()


async def test_a_tick_that_fails_is_told_and_the_next_one_comes(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(schedule, "TICK_SECONDS", 0.05)
    ticks: list[datetime] = []
    third = asyncio.Event()

    async def tick(at: datetime) -> None:
        ticks.append(at)
        if len(ticks) == 3:
            third.set()
        raise ValueError("a fault of ours")

    ticking = Schedule(tick, now)
    with caplog.at_level(logging.ERROR, logger="bot.schedule"):
        ticking.start()
        await asyncio.wait_for(third.wait(), 5)
        await ticking.stop()
    assert "a fault of ours" in caplog.text


async def test_no_more_ticks_run_at_once_than_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schedule, "TICK_SECONDS", 0.02)
    monkeypatch.setattr(schedule, "OVERLAPPING", 2)
    monkeypatch.setattr(schedule, "DRAIN_SECONDS", 0.05)
    begun = 0

    async def tick(_: datetime) -> None:
        nonlocal begun
        begun += 1
        await asyncio.Event().wait()

    ticking = Schedule(tick, now)
    ticking.start()
    await asyncio.sleep(0.3)
    await ticking.stop()
    assert begun == 2

"""Health and metrics over real HTTP: well while the bot ticks and Slack reaches it, and the reason where it is not."""

from __future__ import annotations

import json
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest

from bot.health import TICK_AT_LEAST, HealthServer, Pulse
from bot.problems import Problem
from digests.desk.newsroom import silent_notes

NOON = datetime(2025, 12, 3, 12, tzinfo=UTC)


@dataclass
class Patient:
    """A pulse whose clock and link the test moves, and the server that tells of it."""

    pulse: Pulse
    server: HealthServer
    now: datetime = NOON
    reached: bool = True

    async def asks(self, path: str) -> tuple[int, str, str]:
        """Status, content type and body."""
        url = f"http://127.0.0.1:{self.server.port}{path}"
        async with aiohttp.ClientSession() as session, session.get(url) as response:
            return response.status, response.content_type, await response.text()

    async def health(self) -> tuple[int, Any]:
        status, _, body = await self.asks("/healthz")
        return status, json.loads(body)


@pytest.fixture
async def patient() -> AsyncIterator[Patient]:
    pulse = Pulse(silent_notes, lambda: found.now, lambda: found.reached)
    found = Patient(pulse, HealthServer(pulse, 0))
    await found.server.start()
    yield found
    await found.server.close()


async def test_before_the_first_tick_it_is_not_well(patient: Patient) -> None:
    assert await patient.health() == (503, {"well": False, "trouble": "not ticked yet"})


async def test_a_bot_that_ticks_and_is_reached_is_well(patient: Patient) -> None:
    patient.pulse.tick(NOON)
    patient.now = NOON + TICK_AT_LEAST
    assert await patient.health() == (200, {"well": True, "trouble": ""})


async def test_a_bot_that_stopped_ticking_says_since_when(patient: Patient) -> None:
    patient.pulse.tick(NOON)
    patient.now = NOON + TICK_AT_LEAST + timedelta(seconds=1)
    assert await patient.health() == (503, {"well": False, "trouble": "no tick since 2025-12-03 12:00:00 UTC"})


async def test_a_bot_that_slack_cannot_reach_is_not_well(patient: Patient) -> None:
    patient.pulse.tick(NOON)
    patient.reached = False
    status, health = await patient.health()
    assert status == 503
    assert "Slack" in health["trouble"]


async def test_metrics_count_outcomes_by_name(patient: Patient) -> None:
    patient.pulse.tick(NOON)
    for outcome in ("news", "news", "failed"):
        patient.pulse("feed_polled", feed="herald-en", outcome=outcome)
    patient.pulse("slack_connected", team="Local")
    status, kind, text = await patient.asks("/metrics")
    assert (status, kind) == (200, "text/plain")
    assert text.splitlines() == [
        "# TYPE brief_well gauge",
        "brief_well 1",
        "# TYPE brief_events_total counter",
        'brief_events_total{event="feed_polled.failed"} 1',
        'brief_events_total{event="feed_polled.news"} 2',
        'brief_events_total{event="slack_connected"} 1',
    ]


async def test_what_is_counted_is_noted_too() -> None:
    noted: list[tuple[str, dict[str, object]]] = []
    pulse = Pulse(lambda event, /, **fields: noted.append((event, fields)), lambda: NOON)
    pulse("delivery_settled", state="sent", key="d1")
    assert noted == [("delivery_settled", {"state": "sent", "key": "d1"})]
    assert pulse.counts["delivery_settled.sent"] == 1


async def test_nothing_else_is_answered(patient: Patient) -> None:
    status, _, _ = await patient.asks("/")
    assert status == 404


async def test_a_port_that_is_taken_is_said_with_its_remedy() -> None:
    pulse = Pulse(silent_notes, lambda: NOON)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(Problem) as raised:
            await HealthServer(pulse, taken.getsockname()[1]).start()
    assert "BRIEF_HEALTH_PORT" in raised.value.what
    assert raised.value.remedy


async def test_closing_twice_is_no_error(patient: Patient) -> None:
    await patient.server.close()
    await patient.server.close()

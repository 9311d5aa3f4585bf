"""What the bot says of its own work is what happened: told, told late, reported as wrong, given up."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.local.faults import Trouble
from config import Config
from tests.scenarios.conftest import Press
from tests.scenarios.test_dialogues import NOON, Talk, talking


@pytest.fixture
async def talk(tmp_path: Path, shipped: Config) -> AsyncIterator[Talk]:
    async with talking(shipped, tmp_path) as made:
        yield made


async def test_an_alert_is_counted_with_how_long_it_took(talk: Talk) -> None:
    await talk.says("/brief subscribe actor:ukraine now")
    talk.clock.now = NOON + timedelta(minutes=30)
    title = "Zelensky says Ukraine will hold elections after a ceasefire"
    await Press().publishes(talk.stage.desk, NOON + timedelta(minutes=5), "Fourth Paper", title)
    await talk.stage.desk.tick(talk.clock.now)
    said = (await talk.says("/brief quality")).text
    assert "2 lines in 1 digest and 1 alert that were posted" in said
    assert "read to posted in an alert: 0 h 25 min · 1 line" in said
    assert "0 messages given up" in said


async def test_a_line_that_somebody_reports_is_counted_until_it_is_looked_at(talk: Talk) -> None:
    line = await talk.line()
    await talk.says(f'/brief report {line} "the speaker is wrong"')
    said = (await talk.says("/brief quality")).text
    assert "1 line reported as wrong · 0 taken back, 1 not looked at yet" in said


async def test_what_could_not_be_sent_is_counted(talk: Talk) -> None:
    talk.stage.workspace.faults.next("files.getUploadURLExternal", Trouble.REFUSED, code="missing_scope")
    await talk.says("/brief export csv")
    assert "1 message given up" in (await talk.says("/brief quality")).text


async def test_a_time_in_which_nothing_happened_says_so_without_a_share_of_nothing(talk: Talk) -> None:
    talk.clock.now = NOON + timedelta(days=60)
    said = (await talk.says("/brief quality 1d")).text
    assert "0 lines in 0 digests and 0 alerts that were posted" in said
    assert "0 of 0 lines (0 in 100)" in said
    assert "published to read: no report has a date of its own" in said
    assert "read to posted in a digest: no digest with lines was posted" in said

"""What `why` says of one's alerts on an article: when each went out, what held it, and that a pause is a pause."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from config import Config
from tests.scenarios.newsroom import Newsroom, newsroom
from tests.scenarios.test_alert_conduct import OTHER
from tests.scenarios.test_alerts import TEXT, TITLE
from tests.scenarios.test_conduct import subscribed

MORE = (
    "Lavrov says Russia will not accept European troops in Ukraine, Putin orders 300 drones to the border",
    "President Vladimir Putin ordered 300 drones to the border on Wednesday. Foreign Minister Sergei Lavrov said that"
    " Russia will not accept European troops in Ukraine.",
)


@pytest.fixture
async def stage(shipped: Config, tmp_path: Path) -> AsyncIterator[Newsroom]:
    async with newsroom(shipped, tmp_path) as made:
        yield made


async def test_a_report_went_out_with_the_alert_that_told_it_and_not_with_a_later_one(stage: Newsroom) -> None:
    await subscribed(stage)
    await stage.publishes("First Paper", TITLE, TEXT)
    await stage.tick(minutes=1)
    await stage.tick(hours=3)
    await stage.publishes("Second Paper", *MORE)
    await stage.tick(minutes=1)
    told = sorted(await stage.desk.room.store.deliveries(kind="alert"), key=lambda d: d.due_at)
    assert len({d.story_id for d in told}) == 1, "both tell one happening"
    last = "16:02 CET" if len(told) > 1 else "13:01 CET"  # where it is told with the first, it went out with the first
    for link, at in (("https://first-paper.example/1", "13:01 CET"), ("https://second-paper.example/2", last)):
        said = (await stage.types(f"why {link}")).text
        assert f"went out Wed 3 Dec 2025, {at}" in said, said


async def test_what_was_held_went_out_when_it_was_let_out(stage: Newsroom) -> None:
    await subscribed(stage, "subscribe actor:russia quiet:12:00-15:00 now")
    await stage.publishes("First Paper", TITLE, TEXT)
    await stage.publishes("Other Paper", *OTHER)
    assert "is held until Wed 3 Dec 2025, 15:00 CET" in (await stage.types("why https://first-paper.example/1")).text
    await stage.tick(hours=2, minutes=7)
    said = (await stage.types("why https://first-paper.example/1")).text
    assert "went out Wed 3 Dec 2025, 15:07 CET; quiet hours held it until then" in said, said


async def test_a_pause_is_no_reason_to_have_been_told(stage: Newsroom) -> None:
    talks = await subscribed(stage)
    stage.workspace.remove_bot(talks)
    await stage.publishes("First Paper", TITLE, TEXT)
    await stage.tick(minutes=1)
    waits = (await stage.types("why https://first-paper.example/1")).text
    assert "waits: its conversation takes no messages · the bot is not in this channel" in waits, waits
    await stage.tick(minutes=5)
    await stage.publishes("Other Paper", *OTHER)
    said = (await stage.types("why https://other-paper.example/2")).text
    assert "is paused since Wed 3 Dec 2025, 13:01 CET: its conversation takes no messages" in said, said
    assert "had been told" not in said

"""What stood on a day: nothing that was said after it, whatever text tells it."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot import demo
from bot.app import Parts
from bot.demo import SimulatedClock
from config import Config
from digests.desk.newsroom import silent_notes
from tests.scenarios.conftest import Press

EARLY = datetime(2025, 11, 24, 20, tzinfo=UTC)
"""Before the baseline's own days, the 25th and 26th."""


@pytest.mark.parametrize(
    ("command", "typed", "day"),
    [
        ("/position", "russia asof:2025-11-20", "2025-11-20"),
        ("/position", "ukraine asof:2025-11-23", "2025-11-23"),
        ("/position", "russia", "2025-11-24"),
        ("/position", "all", "2025-11-24"),
        ("/position", "united-states vs:europe", "2025-11-24"),
    ],
)
async def test_a_day_shows_nothing_that_was_said_later(
    command: str, typed: str, day: str, shipped: Config, tmp_path: Path
) -> None:
    parts = Parts(notes=silent_notes, jitter=lambda: 0.5)
    async with demo.stage(shipped, SimulatedClock(EARLY), f"sqlite:///{tmp_path}/desk.db", parts) as stage:
        answer = await stage.ask(command, typed)
    shown = "\n".join(str(m["text"]) for m in answer.messages)
    said = re.findall(r"(?:last said|said|for \[[^\]]+\],) (\d+ Nov) 2025", shown) + re.findall(
        r"(\d+ Nov) 2025 b", shown
    )
    days = [datetime.strptime(f"{d} 2025 +0000", "%d %b %Y %z").date().isoformat() for d in said]
    assert max(days, default="") <= day, shown
    assert days or day < "2025-11-24", shown


async def test_what_the_baseline_has_stands_from_its_day_on(shipped: Config, tmp_path: Path) -> None:
    parts = Parts(notes=silent_notes, jitter=lambda: 0.5)
    later = SimulatedClock(EARLY.replace(day=26))
    async with demo.stage(shipped, later, f"sqlite:///{tmp_path}/desk.db", parts) as stage:
        answer = await stage.ask("/position", "russia asof:2025-11-25")
    assert "[Sergei Lavrov], 25 Nov 2025" in "\n".join(str(m["text"]) for m in answer.messages)


WORDS = "“Russia will not give up its territory in Donbas under the peace plan,” Sergei Lavrov said on Wednesday."


async def test_words_bear_the_verdict_under_which_they_were_told_whoever_repeats_them(
    shipped: Config, tmp_path: Path, press: Press
) -> None:
    noon = datetime(2025, 12, 3, 12, tzinfo=UTC)
    parts = Parts(notes=silent_notes, jitter=lambda: 0.5)
    async with demo.stage(shipped, SimulatedClock(noon), f"sqlite:///{tmp_path}/desk.db", parts) as stage:
        await press.publishes(stage.desk, noon, "First Paper", "Lavrov says Russia will not give up Donbas", WORDS)
        later = noon + timedelta(hours=1)
        await press.publishes(stage.desk, later, "Second Paper", "Lavrov says Russia will not give up Donbas", WORDS)
        room = stage.desk.room
        verdicts = [j.verdict for r in room.recorded.values() if r.development for j in r.development.judgements]
        answer = await stage.ask("/position", "russia territory vs:baseline")
    assert verdicts[-1].value in {"corroborated", "restated"}, "the second paper repeats"
    shown = "\n".join(str(m["text"]) for m in answer.messages)
    assert "judged: new" in shown, shown

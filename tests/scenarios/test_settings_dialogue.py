"""Settings of a conversation: set by a command or a button, kept over a restart, told in the next digest."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.local.workspace import Answer
from config import Config
from tests.scenarios.conftest import Press
from tests.scenarios.test_dialogues import LAND, NOON, TROOPS, TROOPS_TEXT, Talk, is_sound, talking


class Elsewhere:
    """A channel that no file tells about."""

    def __init__(self, talk: Talk) -> None:
        self.talk = talk
        self.stage = talk.stage
        self.channel = self.stage.workspace.add_channel("elsewhere", self.stage.person, bot=True)

    async def says(self, text: str) -> Answer:
        """Type a command there."""
        answer = await self.stage.workspace.command("/brief", text, user=self.stage.person, channel=self.channel)
        is_sound(answer)
        return answer

    async def digest(self) -> list[dict[str, object]]:
        """Schedule one, let news come, and give what is posted."""
        await self.says("schedule daily 13:30 tz:Europe/Brussels")
        await self.stage.desk.tick(NOON)
        press = Press()
        await press.publishes(self.stage.desk, NOON + timedelta(minutes=1), "Fourth Paper", TROOPS, TROOPS_TEXT)
        self.talk.clock.now = NOON + timedelta(minutes=31)
        await self.stage.desk.tick(self.talk.clock.now)
        return self.stage.workspace.messages(self.channel)


@pytest.fixture
async def there(tmp_path: Path, shipped: Config) -> AsyncIterator[Elsewhere]:
    async with talking(shipped, tmp_path) as talk:
        yield Elsewhere(talk)


async def test_settings_wait_for_a_schedule_and_shape_its_digests(there: Elsewhere) -> None:
    saved = await there.says("settings style:compact threads:off")
    assert "SETTINGS SAVED" in saved.text
    assert "no digest is scheduled here yet" in saved.text
    assert "style: compact" in (await there.says("settings show")).text
    assert "last changed by" in saved.text
    [digest] = await there.digest()
    text = str(digest["text"])
    assert f"[1 NEW] {LAND}" in text or f"[1 NEW] {TROOPS}" in text
    assert "WHO SPOKE ·" in text
    assert TROOPS_TEXT.split(". ")[1] not in text, "a compact line is one line"


async def test_without_settings_a_digest_is_full(there: Elsewhere) -> None:
    digest = (await there.digest())[0]
    assert "WHO SPOKE\n" in str(digest["text"])
    assert "[1 NEW]" not in str(digest["text"])


async def test_languages_that_were_not_asked_for_are_left_out_and_counted(there: Elsewhere) -> None:
    await there.says("settings lang:uk")
    [digest] = await there.digest()
    assert TROOPS not in str(digest["text"])
    assert "in a language that was not asked for" in str(digest["text"])
    assert "languages: all" in (await there.says("settings lang:all")).text


async def test_scheduling_anew_keeps_what_was_set_and_changes_what_is_said(there: Elsewhere) -> None:
    await there.says("settings style:compact onquiet:skip tz:Asia/Tokyo")
    await there.says("schedule daily 08:30 threads:off")
    [made] = [c for c in await there.stage.desk.channels() if c.conversation == there.channel]
    assert (made.compact, made.threads, made.when_empty, made.zone) == (True, False, "silent", "Asia/Tokyo")
    await there.says("schedule daily 18:00 style:full tz:Europe/Paris")
    [made] = [c for c in await there.stage.desk.channels() if c.conversation == there.channel]
    assert (made.compact, made.threads, made.at, made.zone) == (False, False, ("18:00",), "Europe/Paris")


async def test_a_schedule_that_comes_after_its_settings_owes_nothing_from_before(there: Elsewhere) -> None:
    await there.says("settings style:compact")
    await there.stage.desk.tick(NOON)
    there.talk.clock.now = NOON + timedelta(days=1, minutes=40)
    await there.says("schedule daily 13:30 tz:Europe/Brussels")
    await there.stage.desk.tick(there.talk.clock.now)
    assert there.stage.workspace.messages(there.channel) == []


async def test_settings_alone_are_no_schedule(there: Elsewhere) -> None:
    await there.says("settings style:compact")
    assert "0 digests scheduled" in (await there.says("schedule list")).text
    assert "No digest is scheduled in this conversation" in (await there.says("schedule pause")).text


async def test_alerts_of_a_channel_are_in_its_zone(there: Elsewhere) -> None:
    await there.says("settings tz:Asia/Tokyo")
    await there.says("subscribe actor:ukraine now")
    [made] = await there.stage.desk.room.store.subscriptions(there.channel)
    assert made.zone == "Asia/Tokyo"


async def test_a_button_changes_what_it_says(there: Elsewhere) -> None:
    answer = await there.says("settings show")
    message = answer.messages[0]
    button = next(
        e for b in message["blocks"] if b["type"] == "actions" for e in b["elements"] if "threads" in e["value"]
    )
    pressed = await there.stage.workspace.click(
        message, button["action_id"], user=there.stage.person, channel=there.channel
    )
    assert "threads: off" in pressed.text

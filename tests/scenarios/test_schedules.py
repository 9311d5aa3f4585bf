"""Schedules that are paused: for a while, until a day, until they are resumed; and nothing of them was missed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from config import Config
from digests.model import Channel
from tests.scenarios.newsroom import Newsroom, buttons, newsroom
from tests.scenarios.test_alerts import TEXT, TITLE


class Elsewhere:
    """A channel with a digest a day at 08:30 in Brussels, made by command at Wed 3 Dec 2025, 13:00."""

    def __init__(self, stage: Newsroom) -> None:
        self.stage = stage
        self.channel = stage.workspace.add_channel("elsewhere", stage.ann, bot=True)

    async def says(self, text: str) -> str:
        return (await self.stage.types(text, channel=self.channel)).text

    async def made(self) -> Channel:
        """The schedule as it is kept."""
        [found] = [c for c in await self.stage.desk.channels() if c.conversation == self.channel]
        return found

    async def days_pass(self, days: int) -> None:
        for _ in range(days * 24):
            await self.stage.tick(hours=1)

    @property
    def digests(self) -> list[str]:
        return [text for text in self.stage.texts(self.channel) if "PEACE PLAN" in text]


@pytest.fixture
async def there(shipped: Config, tmp_path: Path) -> AsyncIterator[Elsewhere]:
    async with newsroom(shipped, tmp_path) as stage:
        made = Elsewhere(stage)
        await made.says("schedule daily 08:30 tz:Europe/Brussels")
        await stage.tick()
        yield made


async def test_a_pause_of_two_days_ends_by_itself_and_the_next_digest_tells_what_came(there: Elsewhere) -> None:
    await there.days_pass(1)
    said = await there.says("schedule pause 2d")
    assert "PAUSED · c" in said
    assert "PAUSED until Sat 6 Dec 2025, 13:00 CET" in said
    assert "next Sun 7 Dec 2025, 08:30 CET" in said
    assert "the first digest after it tells what came meanwhile" in said
    await there.stage.publishes("First Paper", TITLE, TEXT)
    await there.days_pass(2)
    assert len(there.digests) == 1
    await there.days_pass(1)
    [_, digest] = there.digests
    assert "Sun 7 Dec 2025, 08:30 CET" in digest
    assert "what arrived since Thu 4 Dec 08:30" in digest
    assert TITLE in digest
    assert "missed" not in digest.casefold(), "what struck in a pause was not missed"
    assert "PAUSED" not in await there.says("schedule list")


async def test_a_slot_that_strikes_as_the_pause_ends_is_told(there: Elsewhere) -> None:
    await there.says("schedule daily 00:00 tz:Europe/Brussels")
    assert "PAUSED until Fri 5 Dec 2025, 00:00 CET" in await there.says("schedule pause until 2025-12-05")
    await there.days_pass(1)
    assert there.digests == []
    await there.days_pass(1)
    assert len(there.digests) == 1
    assert "Fri 5 Dec 2025, 00:00 CET" in there.digests[0]


async def test_a_pause_is_shown_with_who_made_it_and_how_it_ends(there: Elsewhere) -> None:
    made = await there.made()
    await there.says(f"schedule pause {made.id} until 09:00")
    kept = await there.made()
    assert kept.paused_until is not None
    assert (kept.paused, kept.changed_by) == (True, there.stage.ann)
    for typed in ("schedule list", "status"):
        assert "PAUSED until Thu 4 Dec 2025, 09:00 CET" in await there.says(typed), typed
    view = await there.stage.workspace.open_home(there.stage.ann)
    assert "PAUSED until Thu 4 Dec 2025, 09:00" in str(view)


async def test_the_list_has_a_button_to_pause_to_resume_and_to_remove(there: Elsewhere) -> None:
    listed = await there.stage.types("schedule list", channel=there.channel)
    assert [b["text"]["text"] for b in buttons(listed.messages[0])] == ["Pause 7d", "Remove"]
    assert "made by you" in listed.text
    assert "every day" in listed.text
    paused = await there.stage.presses(listed.messages[0], "Pause 7d", channel=there.channel)
    assert "PAUSED until Wed 10 Dec 2025, 13:00 CET" in paused.text
    listed = await there.stage.types("schedule list", channel=there.channel)
    assert [b["text"]["text"] for b in buttons(listed.messages[0])] == ["Resume", "Remove"]
    resumed = await there.stage.presses(listed.messages[0], "Resume", channel=there.channel)
    assert "RESUMED" in resumed.text
    assert "next Thu 4 Dec 2025, 08:30 CET" in resumed.text
    gone = await there.stage.presses(listed.messages[0], "Remove", channel=there.channel)
    assert "REMOVED" in gone.text
    assert "0 digests" in await there.says("schedule list")


async def test_a_pause_without_an_end_lasts_until_it_is_resumed_and_missed_nothing(there: Elsewhere) -> None:
    assert "PAUSED until `schedule resume`" in await there.says("schedule pause")
    await there.days_pass(3)
    assert there.digests == []
    await there.says("schedule resume")
    await there.days_pass(1)
    [digest] = there.digests
    assert "missed" not in digest.casefold()


async def test_scheduling_anew_ends_a_pause(there: Elsewhere) -> None:
    await there.says("schedule pause 7d")
    await there.says("schedule weekdays 09:00 issue:territory")
    listed = await there.says("schedule list")
    assert "PAUSED" not in listed
    assert "at 09:00 (Europe/Brussels) · mon-fri · on territory alone" in listed
    assert "last changed by" in listed


async def test_a_pause_is_kept_in_the_store(there: Elsewhere) -> None:
    await there.says("schedule pause 7d")
    [kept] = await there.stage.desk.room.store.channels()
    assert kept.paused_until == there.stage.clock.now + timedelta(days=7)


async def test_the_next_digests_are_told_in_the_channel_s_zone_to_who_reads_elsewhere(there: Elsewhere) -> None:
    said = await there.says("schedule daily 08:30 tz:Europe/London")
    assert "at 08:30 (Europe/London)" in said
    assert "next Thu 4 Dec 2025, 08:30 GMT" in said
    assert "09:30" not in said
    assert "next Thu 4 Dec 2025, 08:30 GMT" in await there.says("schedule list")


async def test_a_schedule_is_replaced_knowingly_and_can_be_put_back(there: Elsewhere) -> None:
    await there.says("schedule weekdays 09:00 issue:territory actor:russia style:compact lang:en,uk")
    before = await there.made()
    answer = await there.stage.types("schedule daily 18:00", channel=there.channel)
    assert "SCHEDULE CHANGED" in answer.text
    assert "before: · at 09:00 (Europe/Brussels) · mon-fri · on territory alone · only actor:russia" in answer.text
    for term in ("style: compact", "threads: on", "languages: en, uk", "nothing new: said"):
        assert term in answer.text, "what was not said stays, and is said"
    await there.stage.presses(answer.messages[0], "Put back", channel=there.channel)
    after = await there.made()
    assert (after.at, after.days, after.issues, after.filters, after.compact, after.languages) == (
        (before.at, before.days, before.issues, before.filters, before.compact, before.languages)
    )


async def test_whose_schedule_it_is_and_the_admins_may_change_it_and_he_is_told(there: Elsewhere) -> None:
    stage, bob = there.stage, there.stage.workspace.add_user("bob")
    made = await there.made()
    for typed in ("schedule daily 18:00", *(f"schedule {what} {made.id}" for what in ("pause", "remove"))):
        refused = (await stage.types(typed, user=bob, channel=there.channel)).text
        assert "NOT CHANGED · made by you" in refused
        assert "at 08:30 (Europe/Brussels) · every day" in refused
        assert await there.made() == made
    stage.desk.room.watching = replace(stage.desk.room.watching, admins=(bob,))
    assert "SCHEDULE CHANGED" in (await stage.types("schedule daily 18:00", user=bob, channel=there.channel)).text
    kept = await there.made()
    assert (kept.created_by, kept.changed_by, kept.at) == (stage.ann, bob, ("18:00",))
    await stage.types(f"schedule remove {made.id}", user=bob, channel=there.channel)
    await stage.tick()
    changed, removed = stage.direct(stage.ann)
    assert "bob changed what you had asked for in #elsewhere" in changed
    assert "at 18:00" in changed
    assert "REMOVED" in removed


async def test_a_digest_tells_only_what_its_filters_let_through(there: Elsewhere) -> None:
    said = await there.says("schedule daily 08:30 actor:ukraine tz:Europe/Brussels")
    assert "only actor:ukraine" in said
    await there.stage.publishes("First Paper", TITLE, TEXT)
    await there.days_pass(1)
    assert TITLE not in there.digests[-1]
    assert "ONLY actor:ukraine" in there.digests[-1]
    await there.says("schedule daily 08:30 actor:russia")
    await there.stage.publishes("Second Paper", TITLE, TEXT)
    await there.days_pass(1)
    assert TITLE in there.digests[-1]

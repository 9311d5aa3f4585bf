"""Making, muting and ending alerts as people do it in Slack: typed, pressed, rehearsed first."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from config import Config
from tests.scenarios.newsroom import Newsroom, buttons, newsroom
from tests.scenarios.test_alerts import TEXT, TITLE


@pytest.fixture
async def stage(shipped: Config, tmp_path: Path) -> AsyncIterator[Newsroom]:
    async with newsroom(shipped, tmp_path) as made:
        yield made


async def test_subscribe_rehearses_and_the_button_saves(stage: Newsroom) -> None:
    await stage.publishes("First Paper", TITLE, TEXT)
    answer = await stage.types("subscribe actor:kremlin issue:foreign-troops quiet:22:00-07:00 cap:5/h")
    assert "nothing is saved yet" in answer.text
    assert "would have fired 1 time" in answer.text
    assert TITLE in answer.text or "would not accept" in answer.text
    assert await stage.desk.room.store.subscriptions() == []
    saved = await stage.presses(answer.messages[0], "Save")
    assert "SUBSCRIBED" in saved.text
    [made] = await stage.desk.room.store.subscriptions()
    assert dict(made.filters) == {"actor": ("russia",), "issue": ("foreign-troops",)}
    assert (made.quiet, made.cap_per_hour, made.creator) == (("22:00", "07:00"), 5, stage.ann)
    assert made.conversation == stage.channel


async def test_a_rehearsal_that_is_called_off_leaves_nothing(stage: Newsroom) -> None:
    answer = await stage.types("subscribe actor:russia to:dm")
    assert [b["text"]["text"] for b in buttons(answer.messages[0])] == ["Save", "Narrow", "Cancel"]
    called_off = await stage.presses(answer.messages[0], "Cancel")
    assert "NOT SAVED" in called_off.text
    assert await stage.desk.room.store.subscriptions() == []


async def test_with_the_word_now_it_is_saved_at_once(stage: Newsroom) -> None:
    answer = await stage.types("subscribe actor:russia to:dm now")
    assert "SUBSCRIBED" in answer.text
    await stage.publishes("First Paper", TITLE, TEXT)
    await stage.tick(minutes=1)
    [alert] = stage.direct()
    assert alert.startswith("ALERT")


async def test_alerts_to_a_direct_message_are_muted_from_there(stage: Newsroom) -> None:
    await stage.types("subscribe actor:russia to:dm now")
    direct = stage.workspace.direct(stage.ann)
    assert "No alert of this conversation to mute" in (await stage.types("mute 4h")).text
    assert "1 alert of this conversation held" in (await stage.types("mute 4h", channel=direct)).text
    await stage.publishes("First Paper", TITLE, TEXT)
    await stage.tick(hours=3)
    assert "muted until Wed 3 Dec 17:00" in (await stage.types("subscribe list")).text
    before = len(stage.direct())
    await stage.tick(hours=1)
    assert len(stage.direct()) == before + 1


async def test_muted_until_an_hour_that_has_passed_means_tomorrow(stage: Newsroom) -> None:
    await stage.types("subscribe actor:russia now")
    answer = await stage.types("mute until 09:00")
    assert "MUTED until Thu 4 Dec 09:00" in answer.text


@pytest.mark.parametrize("text", ["mute " + "9" * 4000, "mute <!channel>", "unmute *x* <https://evil.example|y>"])
async def test_nonsense_mutes_nothing(stage: Newsroom, text: str) -> None:
    await stage.types("subscribe actor:russia now")
    answer = await stage.types(text)
    assert len(answer.text) < 500
    assert "<!" not in answer.text
    assert "|y>" not in answer.text
    [made] = await stage.desk.room.store.subscriptions()
    assert made.muted_until is None


async def test_a_rehearsal_names_what_would_have_fired_with_its_source(stage: Newsroom) -> None:
    await stage.publishes("First Paper", TITLE, TEXT)
    answer = await stage.types("subscribe actor:russia")
    assert TITLE in answer.text
    assert "first-paper · independent · Wed 3 Dec 13:00 · headline · source" in answer.text


async def test_an_alert_ends_by_its_filters_in_whatever_order_they_come(stage: Newsroom) -> None:
    await stage.types("subscribe actor:russia,ukraine issue:territory now")
    wrong = await stage.types("unsubscribe actor:russia")
    assert "has just these filters: actor:russia" in wrong.text
    assert len(await stage.desk.room.store.subscriptions()) == 1
    ended = await stage.types("unsubscribe issue:territory actor:ukraine,kremlin")
    assert "UNSUBSCRIBED" in ended.text
    assert "actor:russia,ukraine, issue:territory" in ended.text
    assert await stage.desk.room.store.subscriptions() == []


async def test_filters_that_fit_two_alerts_are_asked_about(stage: Newsroom) -> None:
    await stage.types("subscribe actor:russia now")
    await stage.types("subscribe actor:russia to:dm now")
    which = await stage.types("unsubscribe actor:russia")
    assert "Which one? 2 alerts have these filters; nothing was done" in which.text
    assert len(buttons(which.messages[0])) == 2
    assert "UNSUBSCRIBED" in (await stage.types("unsubscribe actor:russia to:dm")).text
    [left] = await stage.desk.room.store.subscriptions()
    assert left.conversation == stage.channel


async def test_nobody_ends_by_filters_what_is_not_his(stage: Newsroom) -> None:
    other = stage.workspace.add_user("bea")
    await stage.types("subscribe actor:russia to:dm now", user=other)
    assert "has just these filters" in (await stage.types("unsubscribe actor:russia")).text
    assert len(await stage.desk.room.store.subscriptions()) == 1


async def test_a_list_shows_ones_own_or_the_channels_alone(stage: Newsroom) -> None:
    bea = stage.workspace.add_user("bea")
    await stage.types("subscribe actor:russia now", user=bea)
    await stage.types("subscribe actor:ukraine to:dm now")
    both = (await stage.types("subscribe list")).text
    assert "2 subscriptions" in both
    assert "to this conversation" in both
    mine = (await stage.types("subscribe list mine")).text
    assert "actor:ukraine" in mine
    assert "actor:russia" not in mine
    here = (await stage.types("subscribe list channel")).text
    assert "actor:russia" in here
    assert "actor:ukraine" not in here
    assert "No word mien; the nearest is mine" in (await stage.types("subscribe list mien")).text


async def test_an_alert_is_ended_by_who_made_it_or_an_admin_and_its_maker_is_told(stage: Newsroom) -> None:
    bob = stage.workspace.add_user("bob")
    await stage.types("subscribe actor:russia now")
    [made] = await stage.desk.room.store.subscriptions()
    for typed in (
        f"unsubscribe {made.subscription_id}",
        "unsubscribe actor:russia",
        "subscribe actor:russia cap:1 now",
    ):
        assert "NOT CHANGED · made by you" in (await stage.types(typed, user=bob)).text, typed
        assert await stage.desk.room.store.subscriptions() == [made]
    stage.desk.room.watching = replace(stage.desk.room.watching, admins=(bob,))
    assert "UPDATED" in (await stage.types("subscribe actor:russia cap:1 now", user=bob)).text
    [kept] = await stage.desk.room.store.subscriptions()
    assert (kept.creator, kept.cap_per_hour) == (stage.ann, 1)
    assert "UNSUBSCRIBED" in (await stage.types(f"unsubscribe {made.subscription_id}", user=bob)).text
    await stage.tick()
    assert len(stage.direct()) == 2
    assert "bob changed what you had asked for" in stage.direct()[1]


async def test_here_in_a_direct_message_is_the_same_place_as_dm(stage: Newsroom) -> None:
    direct = stage.workspace.direct(stage.ann)
    await stage.types("subscribe actor:russia now", channel=direct)
    assert "SUBSCRIPTION UPDATED" in (await stage.types("subscribe actor:russia to:dm now")).text
    await stage.publishes("First Paper", TITLE, TEXT)
    await stage.tick(minutes=1)
    assert len([text for text in stage.direct() if text.startswith("ALERT")]) == 1


async def test_a_digest_in_a_direct_message_does_not_tell_again_what_an_alert_told_there(stage: Newsroom) -> None:
    direct = stage.workspace.direct(stage.ann)
    await stage.types("schedule daily 13:00 tz:UTC", channel=direct)
    await stage.types("subscribe actor:russia to:dm now")
    await stage.tick(minutes=1)
    await stage.publishes("First Paper", TITLE, TEXT)
    await stage.tick(minutes=1)
    await stage.tick(hours=1)
    alert, digest = stage.direct()
    assert alert.startswith("ALERT")
    assert "COUNTS · 0 lines" in digest

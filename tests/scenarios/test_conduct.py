"""A conversation that takes no messages: paused once, its people told once, nothing lost, begun again when it opens."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.local.faults import Trouble
from config import Config
from digests.model import DeliveryState
from tests.scenarios.newsroom import Newsroom, newsroom
from tests.scenarios.test_alert_conduct import OTHER, SECOND
from tests.scenarios.test_alerts import TEXT, TITLE


@pytest.fixture
async def stage(shipped: Config, tmp_path: Path) -> AsyncIterator[Newsroom]:
    async with newsroom(shipped, tmp_path) as made:
        yield made


async def subscribed(stage: Newsroom, text: str = "subscribe actor:russia now") -> str:
    """A channel in which Ann has an alert; the daily digest's own channel stays as it is."""
    talks = stage.workspace.add_channel("talks", stage.ann, bot=True)
    await stage.types(text, channel=talks)
    return talks


async def test_removed_from_a_channel_the_bot_pauses_and_says_so_to_the_creator_once(stage: Newsroom) -> None:
    talks = await subscribed(stage)
    stage.workspace.remove_bot(talks)
    await stage.publishes("First Paper", TITLE, TEXT)
    await stage.publishes("Other Paper", *OTHER)
    for _ in range(3):
        await stage.tick(minutes=1)
    [note] = stage.direct()
    assert "PAUSED · #talks takes no messages" in note
    assert "the bot is not in this channel: invite it there" in note
    assert stage.texts(talks) == []
    states = {d.state for d in await stage.desk.room.store.deliveries(kind="alert")}
    assert states == {DeliveryState.PARKED}
    await stage.publishes("Third Paper", "Putin says gas will be cut", "Russian President Vladimir Putin said so.")
    await stage.tick(minutes=1)
    assert len(stage.direct()) == 1
    assert "paused: the bot is not in this channel" in (await stage.types("subscribe list")).text


async def test_invited_again_it_delivers_what_it_owed_in_one_message(stage: Newsroom) -> None:
    talks = await subscribed(stage)
    stage.workspace.remove_bot(talks)
    await stage.publishes("First Paper", TITLE, TEXT)
    await stage.publishes("Other Paper", *OTHER)
    await stage.tick(minutes=1)
    answer = await stage.workspace.invite_bot(talks, by=stage.ann)
    assert "what was held follows" in answer.text
    await stage.tick(minutes=30)
    away = stage.texts(talks)[-1]
    assert "While you were away: 2 alerts" in away
    assert await stage.desk.room.store.pauses() == []


async def test_an_archived_channel_pauses_its_schedule_and_writes_no_digests(stage: Newsroom) -> None:
    talks = stage.workspace.add_channel("talks", stage.ann, bot=True)
    await stage.types("schedule daily 13:00 tz:Europe/Brussels", channel=talks)
    await stage.tick(minutes=1)
    stage.workspace.archive(talks)
    for _ in range(4):
        await stage.tick(days=1)
    [note] = stage.direct()
    assert "the channel is archived" in note
    digests = [d for d in await stage.desk.room.store.deliveries(kind="digest") if d.conversation == talks]
    assert [d.state for d in digests] == [DeliveryState.FAILED]
    assert "paused: the channel is archived" in (await stage.types("schedule list", channel=talks, user=stage.ann)).text


async def test_a_schedule_that_begins_again_says_nothing_of_what_it_missed(stage: Newsroom) -> None:
    talks = stage.workspace.add_channel("talks", stage.ann, bot=True)
    await stage.types("schedule daily 13:00 tz:Europe/Brussels", channel=talks)
    await stage.tick(minutes=1)
    stage.workspace.remove_bot(talks)
    for _ in range(3):
        await stage.tick(days=1)
    await stage.workspace.invite_bot(talks, by=stage.ann)
    await stage.tick(days=1)
    digest = stage.texts(talks)[-1]
    assert digest.startswith("Peace plan digest")
    assert "MISSED" not in digest


async def test_shut_out_of_the_workspace_it_begins_again_by_itself(stage: Newsroom) -> None:
    talks = await subscribed(stage)
    stage.workspace.tokens.revoked = "token_revoked"
    await stage.publishes("First Paper", TITLE, TEXT)
    await stage.tick(minutes=1)
    assert [p.scope for p in await stage.desk.room.store.pauses()] == ["workspace"]
    stage.workspace.tokens.revoked = ""
    await stage.tick(minutes=30)
    await stage.tick(minutes=1)
    [note] = stage.direct()
    assert "It begins again by itself" in note
    assert [t[:5] for t in stage.texts(talks)] == ["ALERT"]


async def test_a_message_that_slack_will_not_take_pauses_nobody(stage: Newsroom) -> None:
    talks = await subscribed(stage)
    stage.workspace.faults.next("chat.postMessage", Trouble.REFUSED, code="invalid_blocks")
    await stage.publishes("First Paper", TITLE, TEXT)
    await stage.tick(minutes=1)
    assert await stage.desk.room.store.pauses() == []
    assert stage.direct() == []
    assert stage.texts(talks) == []


async def test_an_edit_in_a_closed_channel_waits_too(stage: Newsroom) -> None:
    talks = await subscribed(stage)
    await stage.publishes("First Paper", TITLE, TEXT)
    await stage.tick(minutes=1)
    stage.workspace.remove_bot(talks)
    await stage.publishes("Second Paper", *SECOND)
    await stage.tick(minutes=1)
    await stage.workspace.invite_bot(talks, by=stage.ann)
    await stage.tick(minutes=4)
    assert any("now 2 publishers, 2 origins" in text for text in stage.texts(talks))


# --- to:#channel ------------------------------------------------------------------------------------------------------


async def test_an_alert_goes_to_another_channel_in_which_its_creator_is(stage: Newsroom) -> None:
    talks = stage.workspace.add_channel("talks", stage.ann, bot=True)
    answer = await stage.types("subscribe actor:russia to:#talks")
    assert f"to:{talks}" in answer.text
    saved = await stage.presses(answer.messages[0], "Save")
    assert "SUBSCRIBED" in saved.text
    await stage.publishes("First Paper", TITLE, TEXT)
    await stage.tick(minutes=1)
    assert len(stage.texts(talks)) == 1


async def test_no_alert_goes_where_its_creator_is_not_and_private_channels_are_not_given_away(stage: Newsroom) -> None:
    bob = stage.workspace.add_user("bob")
    secret = stage.workspace.add_channel("secret", bob, private=True, bot=True)
    open_to_bob = stage.workspace.add_channel("open", bob, bot=True)
    stage.workspace.add_channel("without-the-bot", stage.ann, private=True)
    wanted = ["#secret", secret, f"<#{open_to_bob}|open>", "#nowhere", "#without-the-bot"]
    answers = [(await stage.types(f"subscribe actor:russia to:{to} now")).text for to in wanted]
    assert all("in which you and I both are" in text for text in answers)
    assert (
        len({text.replace(to, "X") for to, text in zip(["#secret", "#nowhere"], (answers[0], answers[3]), strict=True)})
        == 1
    )
    assert await stage.desk.room.store.subscriptions() == []
    await stage.types("subscribe actor:ukraine now", user=bob, channel=secret)
    listed = (await stage.types("subscribe list")).text
    assert secret not in listed
    assert "ukraine" not in listed


async def test_a_channel_without_the_bot_is_warned_of(stage: Newsroom) -> None:
    talks = stage.workspace.add_channel("talks", stage.ann)
    for text in ("subscribe actor:russia to:#talks now", "subscribe actor:russia to:#talks"):
        assert "invite me" in (await stage.types(text)).text
    assert "invite me" in (await stage.types("schedule daily 08:30", channel=talks)).text
    assert "invite me" not in (await stage.types("subscribe actor:russia now")).text

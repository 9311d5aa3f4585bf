"""Alerts that wait, are held, come together, and are counted anew: nothing lost, nothing told twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.slack.messenger import SlackMessenger
from digests import bulletins
from digests.desk import Muting
from digests.desk.subscribe import Ending
from digests.frames import words
from digests.model import FOREVER, Channel, DeliveryState, Frame, Page, Subscription
from tests.scenarios.conftest import ALERTS_CHANNEL, LoopbackSlack, OpenDesk, Press
from tests.scenarios.test_alerts import NOON, TEXT, TITLE, a_subscription

SECOND = (
    "Lavrov: no European troops in Ukraine",
    "Russia will not agree to any European troops on Ukrainian soil, Foreign Minister Sergei Lavrov said on Wednesday.",
)
OTHER = (
    "Kremlin rejects elections proposal as Peskov calls ceasefire premature",
    "Kremlin spokesman Dmitry Peskov said on Wednesday that a ceasefire before a deal was out of the question.",
)
THIRD = (
    "Putin orders cut of gas deliveries in answer to frozen assets plan",
    "Russian President Vladimir Putin said on Wednesday that seizing frozen assets would be met with a response.",
)
MINUTE = timedelta(minutes=1)


def said(page: Page) -> str:
    """Every frame of a page in words."""
    rows = (*page.rows, *page.thread)
    return "\n".join(words(p, UTC) for row in rows for p in row.pieces if isinstance(p, Frame))


def wished(**more: object) -> Subscription:
    return replace(a_subscription(ALERTS_CHANNEL, actor="russia"), **more)  # type: ignore[arg-type]


def here(subscription_id: str | None = None) -> Muting:
    return Muting("U1", ALERTS_CHANNEL, "UTC", subscription_id)


async def test_an_alert_that_waits_for_a_second_origin_fires_when_it_comes(open_a_desk: OpenDesk, press: Press) -> None:
    async with open_a_desk() as desk:
        await desk.subscribe(a_subscription(actor="russia", origins="2"), NOON)
        await press.publishes(desk, NOON, "First Paper", TITLE, TEXT)
        assert await desk.room.store.deliveries(kind="alert") == []
        await press.publishes(desk, NOON + 20 * MINUTE, "Second Paper", *SECOND)
        [alert] = await desk.room.store.deliveries(kind="alert")
        await press.publishes(desk, NOON + 30 * MINUTE, "Third Paper", *SECOND)
        assert len(await desk.room.store.deliveries(kind="alert")) == 1
    assert alert.due_at == NOON + 20 * MINUTE
    assert "2 publishers, 2 origins" in said(alert.page)


async def test_a_copy_of_the_same_words_is_no_second_origin(open_a_desk: OpenDesk, press: Press) -> None:
    async with open_a_desk() as desk:
        await desk.subscribe(a_subscription(actor="russia", origins="2"), NOON)
        await press.publishes(desk, NOON, "First Paper", TITLE, TEXT)
        await press.publishes(desk, NOON + MINUTE, "Second Paper", TITLE, TEXT)
        assert await desk.room.store.deliveries(kind="alert") == []


async def test_waiting_for_one_origin_is_no_waiting(open_a_desk: OpenDesk, press: Press) -> None:
    async with open_a_desk() as desk:
        await desk.subscribe(a_subscription(actor="russia", origins="1"), NOON)
        await press.publishes(desk, NOON, "First Paper", TITLE, TEXT)
        assert len(await desk.room.store.deliveries(kind="alert")) == 1


async def test_corroboration_edits_the_alert_and_notifies_nobody(
    open_a_desk: OpenDesk, press: Press, slack: LoopbackSlack
) -> None:
    async with open_a_desk(messenger=slack.messenger()) as desk:
        await desk.subscribe(wished(), NOON)
        await press.publishes(desk, NOON, "First Paper", TITLE, TEXT)
        await desk.deliver(NOON)
        [before] = slack.posted(ALERTS_CHANNEL)
        await press.publishes(desk, NOON + MINUTE, "Second Paper", *SECOND)
        await desk.deliver(NOON + 5 * MINUTE)
        [message] = slack.workspace.messages(ALERTS_CHANNEL)
        await press.publishes(desk, NOON + 6 * MINUTE, "Second Paper", *SECOND)
        assert await desk.deliver(NOON + 10 * MINUTE) == []
    assert "1 publisher" in before
    assert "now 2 publishers, 2 origins" in message["text"]
    assert "edited" in message


async def test_corroboration_edits_a_digest_too(open_a_desk: OpenDesk, press: Press, slack: LoopbackSlack) -> None:
    channel = Channel("daily", ALERTS_CHANNEL, "UTC", ("12:30",))
    async with open_a_desk((channel,), slack.messenger()) as desk:
        await desk.tick(NOON - MINUTE)
        await press.publishes(desk, NOON, "First Paper", TITLE, TEXT)
        await desk.tick(NOON + 31 * MINUTE)
        [before] = slack.posted(ALERTS_CHANNEL)
        await press.publishes(desk, NOON + 40 * MINUTE, "Second Paper", *SECOND)
        await desk.deliver(NOON + 44 * MINUTE)
        [message] = slack.workspace.messages(ALERTS_CHANNEL)
    assert "1 publisher" in before
    assert "now 2 publishers, 2 origins" in message["text"]
    assert "edited" in message


async def test_reports_that_come_together_are_one_edit(
    open_a_desk: OpenDesk, press: Press, slack: LoopbackSlack
) -> None:
    async with open_a_desk(messenger=slack.messenger()) as desk:
        await desk.subscribe(wished(), NOON)
        await press.publishes(desk, NOON, "First Paper", TITLE, TEXT)
        await desk.deliver(NOON)
        for n, paper in enumerate(("Second Paper", "Third Paper", "Fourth Paper"), 1):
            await press.publishes(desk, NOON + n * MINUTE, paper, SECOND[0], f"{SECOND[1]} {paper} adds a sentence.")
        for minutes in range(2, 12):
            await desk.deliver(NOON + minutes * MINUTE)
        states = {d.state for d in await desk.room.store.deliveries(kind="edit")}
    updates = [call for call in slack.workspace.calls if call.method == "chat.update"]
    [text] = slack.posted(ALERTS_CHANNEL)
    assert "now 4 publishers" in text
    assert len(updates) == 1
    assert states == {DeliveryState.SENT}


async def test_an_edit_waits_for_its_message_and_survives_a_restart(
    open_a_desk: OpenDesk, press: Press, slack: LoopbackSlack
) -> None:
    async with open_a_desk() as desk:
        await desk.subscribe(wished(), NOON)
        await press.publishes(desk, NOON, "First Paper", TITLE, TEXT)
        await press.publishes(desk, NOON + MINUTE, "Second Paper", *SECOND)
    async with open_a_desk(messenger=slack.messenger()) as desk:
        await desk.deliver(NOON + 5 * MINUTE)
        await desk.deliver(NOON + 9 * MINUTE)
        owed = {d.kind: d.state for d in await desk.room.store.deliveries()}
    [text] = slack.posted(ALERTS_CHANNEL)
    assert "now 2 publishers, 2 origins" in text
    assert owed == {"alert": DeliveryState.SENT, "edit": DeliveryState.SENT}


async def _three(press: Press, desk: object, at: datetime) -> None:
    for n, (title, text) in enumerate(((TITLE, TEXT), OTHER, THIRD)):
        await press.publishes(desk, at + n * MINUTE, f"Paper {n}", title, text)  # type: ignore[arg-type]


async def test_what_quiet_hours_held_comes_in_one_message_when_they_end(
    open_a_desk: OpenDesk, press: Press, slack: LoopbackSlack
) -> None:
    async with open_a_desk(messenger=slack.messenger()) as desk:
        await desk.subscribe(wished(quiet=("11:00", "14:00")), NOON)
        await _three(press, desk, NOON)
        assert await desk.deliver(NOON + 10 * MINUTE) == []
        await desk.deliver(NOON + timedelta(hours=2))
        await desk.deliver(NOON + timedelta(hours=3))
        states = sorted(d.state.value for d in await desk.room.store.deliveries(kind="alert"))
    [text] = slack.posted(ALERTS_CHANNEL)
    assert text.startswith("While you were away: 3 alerts")
    assert "held by quiet hours" in text
    for headline in (TITLE, OTHER[0], THIRD[0]):
        assert headline in text
    assert states == ["merged", "merged", "merged", "sent"]


async def test_what_was_held_has_no_thread_where_none_is_wanted(
    open_a_desk: OpenDesk, press: Press, slack: LoopbackSlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulletins, "IN_PARENT", 1)
    async with open_a_desk(messenger=slack.messenger()) as desk:
        await desk.room.store.save_channel(Channel("here", ALERTS_CHANNEL, "UTC", (), threads=False))
        await desk.subscribe(wished(quiet=("11:00", "14:00")), NOON)
        await _three(press, desk, NOON)
        await desk.deliver(NOON + timedelta(hours=3))
    [message] = slack.workspace.messages(ALERTS_CHANNEL)
    assert "in the thread" not in str(message["blocks"])
    for headline in (TITLE, OTHER[0], THIRD[0]):
        assert headline in str(message["blocks"])


async def test_a_single_held_alert_comes_as_itself(open_a_desk: OpenDesk, press: Press, slack: LoopbackSlack) -> None:
    async with open_a_desk(messenger=slack.messenger()) as desk:
        await desk.subscribe(wished(quiet=("11:00", "14:00")), NOON)
        await press.publishes(desk, NOON, "First Paper", TITLE, TEXT)
        await desk.deliver(NOON + timedelta(hours=2))
    [text] = slack.posted(ALERTS_CHANNEL)
    assert text.startswith("ALERT")


async def test_what_a_full_hour_held_comes_in_one_message_with_the_cap_named(
    open_a_desk: OpenDesk, press: Press, slack: LoopbackSlack
) -> None:
    async with open_a_desk(messenger=slack.messenger()) as desk:
        await desk.subscribe(wished(cap_per_hour=1), NOON)
        await _three(press, desk, NOON)
        for minutes in (3, 30, 59, 60, 90):
            await desk.deliver(NOON + minutes * MINUTE)
    first, second = slack.posted(ALERTS_CHANNEL)
    assert first.startswith("ALERT")
    assert second.startswith("Held by the cap: 2 alerts")
    assert "held by the cap of 1 alert an hour" in second


async def test_an_edit_finds_the_message_that_its_alert_was_merged_into(
    open_a_desk: OpenDesk, press: Press, slack: LoopbackSlack
) -> None:
    async with open_a_desk(messenger=slack.messenger()) as desk:
        await desk.subscribe(wished(quiet=("11:00", "14:00")), NOON)
        await _three(press, desk, NOON)
        await desk.deliver(NOON + timedelta(hours=2))
        await press.publishes(desk, NOON + timedelta(hours=3), "Second Paper", *SECOND)
        await desk.deliver(NOON + timedelta(hours=3, minutes=4))
    [text] = slack.posted(ALERTS_CHANNEL)
    assert text.count("now 2 publishers, 2 origins") == 1


async def test_what_fires_while_muted_is_held_and_comes_when_the_mute_ends(
    open_a_desk: OpenDesk, press: Press, slack: LoopbackSlack
) -> None:
    async with open_a_desk(messenger=slack.messenger()) as desk:
        await desk.subscribe(wished(), NOON)
        answer = await desk.mute(here(), NOON + timedelta(hours=4))
        await _three(press, desk, NOON)
        assert await desk.deliver(NOON + timedelta(hours=3)) == []
        await desk.deliver(NOON + timedelta(hours=4))
        await press.publishes(
            desk,
            NOON + timedelta(hours=5),
            "Paper",
            "Zelensky and Putin agree prisoner exchange",
            "Russian President Vladimir Putin said on Wednesday that 300 prisoners would be freed.",
        )
        await desk.deliver(NOON + timedelta(hours=5))
    assert "1 alert of this conversation held" in said(answer)
    first, second = slack.posted(ALERTS_CHANNEL)
    assert "held while muted" in first
    assert second.startswith("ALERT")


async def test_unmuting_lets_out_what_was_held(open_a_desk: OpenDesk, press: Press, slack: LoopbackSlack) -> None:
    async with open_a_desk(messenger=slack.messenger()) as desk:
        await desk.subscribe(wished(), NOON)
        [made] = await desk.room.store.subscriptions()
        await desk.mute(here(made.subscription_id), FOREVER)
        await _three(press, desk, NOON)
        assert await desk.deliver(NOON + timedelta(days=400)) == []
        answer = await desk.unmute(here(), NOON + timedelta(hours=1))
        await desk.deliver(NOON + timedelta(hours=1))
    assert "3 alerts held, delivered now" in said(answer)
    assert len(slack.posted(ALERTS_CHANNEL)) == 1


async def test_nobody_mutes_what_is_neither_his_nor_here(open_a_desk: OpenDesk) -> None:
    async with open_a_desk() as desk:
        await desk.subscribe(wished(), NOON)
        [made] = await desk.room.store.subscriptions()
        answer = await desk.mute(Muting("U2", "C0OTHER00", "UTC", made.subscription_id), FOREVER)
        assert await desk.room.store.subscriptions() == [made]
    assert "No subscription" in said(answer)


async def test_a_rehearsal_saves_nothing_and_says_what_would_have_fired(open_a_desk: OpenDesk, press: Press) -> None:
    async with open_a_desk() as desk:
        await _three(press, desk, NOON)
        page = await desk.rehearse(wished(), "subscribe actor:russia now", NOON + timedelta(hours=1))
        assert await desk.room.store.subscriptions() == []
    assert "would have fired 3 times; the record reaches back only to" in said(page)
    assert [(b.action, b.value) for b in page.buttons] == [
        ("ask", "subscribe actor:russia now"),
        ("narrow", "subscribe actor:russia"),
        ("ask", "subscribe cancel"),
    ]


async def test_a_rehearsal_counts_a_waiting_alert_as_it_would_have_fired(open_a_desk: OpenDesk, press: Press) -> None:
    async with open_a_desk() as desk:
        await press.publishes(desk, NOON, "First Paper", TITLE, TEXT)
        await press.publishes(desk, NOON + MINUTE, "Fourth Paper", *OTHER)
        await press.publishes(desk, NOON + 2 * MINUTE, "Second Paper", *SECOND)
        one = await desk.rehearse(a_subscription(actor="russia"), "", NOON + timedelta(days=8))
        both = await desk.rehearse(a_subscription(actor="russia"), "", NOON + timedelta(hours=1))
        waiting = await desk.rehearse(a_subscription(actor="russia", origins="2"), "", NOON + timedelta(hours=1))
    assert "would have fired 0 times in the last 7 days" in said(one)
    assert "would have fired 2 times" in said(both)
    assert "would have fired 1 time;" in said(waiting)


async def test_the_list_says_who_made_it_when_it_fired_and_how_often(
    open_a_desk: OpenDesk, press: Press, slack: LoopbackSlack
) -> None:
    async with open_a_desk(messenger=slack.messenger()) as desk:
        await desk.subscribe(wished(cap_per_hour=1), NOON)
        await _three(press, desk, NOON)
        await desk.deliver(NOON)
        await desk.deliver(NOON + timedelta(hours=2))
        mine = await desk.subscriptions("C0OTHER00", "U1", "UTC", NOON + timedelta(hours=3))
        yours = await desk.subscriptions(ALERTS_CHANNEL, "U2", "UTC", NOON + timedelta(hours=3))
        strangers = await desk.subscriptions("C0OTHER00", "U2", "UTC", NOON + timedelta(hours=3))
    assert "made by you" in said(mine)
    assert f"to {ALERTS_CHANNEL}" in said(mine)
    assert "made by U1" in said(yours)
    assert "7 days: fired 3, held 2, merged 2" in said(yours)
    assert "last fired Wed 3 Dec 14:00" in said(yours)
    assert said(strangers) == "0 subscriptions"


async def test_two_messengers_on_one_database_tell_what_was_held_once(
    open_a_desk: OpenDesk, press: Press, slack: LoopbackSlack
) -> None:
    messengers: tuple[SlackMessenger, SlackMessenger] = slack.messenger(), slack.messenger()
    async with open_a_desk(messenger=messengers[0]) as one, open_a_desk(messenger=messengers[1]) as two:
        await one.subscribe(wished(quiet=("11:00", "14:00")), NOON)
        await _three(press, one, NOON)
        for desk in (one, two, one):
            await desk.deliver(NOON + timedelta(hours=2))
    assert len(slack.posted(ALERTS_CHANNEL)) == 1


async def test_nothing_that_puts_an_alert_off_puts_it_into_quiet_hours(open_a_desk: OpenDesk, press: Press) -> None:
    quiet = ("12:30", "15:00")
    async with open_a_desk() as desk:
        await desk.subscribe(wished(quiet=quiet, cap_per_hour=1), NOON)
        await _three(press, desk, NOON)
        capped = {d.due_at for d in await desk.room.store.deliveries(kind="alert")}
        await desk.mute(here(), NOON + timedelta(hours=2))
        muted = {d.due_at for d in await desk.room.store.deliveries(kind="alert")}
    assert capped == {NOON, NOON + timedelta(hours=3)}
    assert muted == {NOON + timedelta(hours=3)}


async def test_an_alert_that_was_ended_tells_nothing_more_and_the_digest_has_it(
    open_a_desk: OpenDesk, press: Press, slack: LoopbackSlack
) -> None:
    channel = Channel("daily", ALERTS_CHANNEL, "UTC", ("13:30",))
    async with open_a_desk((channel,), slack.messenger()) as desk:
        await desk.tick(NOON - MINUTE)
        await desk.subscribe(wished(quiet=("11:00", "14:00")), NOON)
        await press.publishes(desk, NOON, "First Paper", TITLE, TEXT)
        [made] = await desk.room.store.subscriptions()
        ending = Ending("U1", ALERTS_CHANNEL, "UTC", made.subscription_id)
        await desk.unsubscribe(ending, NOON + MINUTE)
        await desk.tick(NOON + timedelta(minutes=91))
        await desk.deliver(NOON + timedelta(hours=2))
        status = said(await desk.status("UTC", NOON + timedelta(hours=2)))
    posted = [text for text in slack.posted(ALERTS_CHANNEL) if TITLE in text]
    assert len(posted) == 1
    assert not posted[0].startswith("ALERT")
    assert "ended" not in status


async def test_what_tells_a_told_happening_in_other_words_goes_into_its_message(
    open_a_desk: OpenDesk, press: Press, slack: LoopbackSlack
) -> None:
    """Even a first report by the record: another paper's headline under the same name is the same to a reader."""
    again = "Lavrov says that Russia will not accept European troops in Ukraine, ministry adds"
    text = "The ministry published the minutes of a briefing with journalists of several agencies on Wednesday evening."
    async with open_a_desk(messenger=slack.messenger()) as desk:
        await desk.subscribe(wished(), NOON)
        await desk.subscribe(replace(a_subscription(ALERTS_CHANNEL, issue="foreign-troops")), NOON)
        await press.publishes(desk, NOON, "First Paper", TITLE, TEXT)
        await desk.deliver(NOON)
        await press.publishes(desk, NOON + MINUTE, "Second Paper", again, text)
        await desk.deliver(NOON + 9 * MINUTE)
        assert len(await desk.room.store.deliveries(kind="alert")) == 1
    assert len(slack.posted(ALERTS_CHANNEL)) == 1


async def test_what_was_held_is_told_with_the_counts_and_marks_that_came_meanwhile(
    open_a_desk: OpenDesk, press: Press, slack: LoopbackSlack
) -> None:
    async with open_a_desk(messenger=slack.messenger()) as desk:
        await desk.subscribe(wished(quiet=("11:00", "14:00")), NOON)
        await _three(press, desk, NOON)
        await press.publishes(desk, NOON + 20 * MINUTE, "Second Paper", *SECOND)
        held = [d for d in await desk.room.store.deliveries(kind="alert") if "publishers" in said(d.page)]
        await desk.deliver(NOON + timedelta(hours=2))
    assert len(held) == 1
    [text] = slack.posted(ALERTS_CHANNEL)
    assert text.startswith("While you were away: 3 alerts")
    assert text.count("now 2 publishers, 2 origins") == 1

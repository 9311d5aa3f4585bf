"""Digests: each slot once, whoever runs; a missed one is said; an empty one is honest."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.local.faults import Trouble
from digests.desk import Desk
from digests.frames import words
from digests.model import Channel, DeliveryState, Frame, Page
from tests.scenarios.conftest import ALERTS_CHANNEL, DAILY_CHANNEL, LoopbackSlack, OpenDesk, Press
from tests.scenarios.test_alerts import TEXT, TITLE, a_subscription

MORNING = datetime(2025, 12, 3, 6, 30, tzinfo=UTC)  # 08:30 in Kyiv
DAILY = Channel("daily", DAILY_CHANNEL, "Europe/Kyiv", ("08:30",), catch_up=timedelta(minutes=90))


def said(page: Page) -> list[str]:
    return [words(p, UTC) for row in page.rows for p in row.pieces if isinstance(p, Frame)]


async def started(desk: Desk) -> None:
    await desk.tick(MORNING - timedelta(days=1))


async def test_two_processes_on_one_database_tell_a_slot_once(
    open_a_desk: OpenDesk, press: Press, slack: LoopbackSlack
) -> None:
    one, two = slack.messenger(), slack.messenger()
    async with open_a_desk((DAILY,), one) as first, open_a_desk((DAILY,), two) as second:
        await started(first)
        await press.publishes(first, MORNING - timedelta(hours=2), "First Paper", TITLE, TEXT)
        await asyncio.gather(first.tick(MORNING), second.tick(MORNING))
        await asyncio.gather(first.tick(MORNING), second.tick(MORNING + timedelta(minutes=5)))
    assert len(slack.posted(DAILY_CHANNEL)) == 1


async def test_what_another_process_recorded_is_in_the_digest(open_a_desk: OpenDesk, press: Press) -> None:
    async with open_a_desk((DAILY,)) as first, open_a_desk((DAILY,)) as second:
        await started(first)
        await press.publishes(second, MORNING - timedelta(hours=2), "First Paper", TITLE, TEXT)
        [digest] = await first.brief_due(MORNING)
    assert len(digest.lines) == 1


async def test_a_restart_neither_loses_nor_repeats_a_due_digest(
    open_a_desk: OpenDesk, press: Press, slack: LoopbackSlack
) -> None:
    async with open_a_desk((DAILY,), slack.messenger()) as desk:
        await started(desk)
        await press.publishes(desk, MORNING - timedelta(hours=2), "First Paper", TITLE, TEXT)
    async with open_a_desk((DAILY,), slack.messenger()) as desk:
        await desk.tick(MORNING + timedelta(minutes=30))
        [told] = await desk.room.store.deliveries(kind="digest")
    async with open_a_desk((DAILY,), slack.messenger()) as desk:
        await desk.tick(MORNING + timedelta(minutes=31))
    assert told.slot == MORNING
    assert len(slack.posted(DAILY_CHANNEL)) == 1


async def test_a_slot_missed_for_too_long_is_named_in_the_next_digest(open_a_desk: OpenDesk) -> None:
    async with open_a_desk((replace(DAILY, at=("08:30", "12:30")),)) as desk:
        await started(desk)
        await desk.tick(MORNING + timedelta(hours=4))
        [digest] = await desk.room.store.deliveries(kind="digest")
    assert digest.slot == MORNING + timedelta(hours=4)
    assert any(s.startswith("MISSED") for s in said(digest.page))


async def test_a_silent_channel_gets_no_empty_digest_and_the_slot_is_decided(open_a_desk: OpenDesk) -> None:
    async with open_a_desk((replace(DAILY, when_empty="silent"),)) as desk:
        await started(desk)
        await desk.tick(MORNING)
        record = await desk.room.store.last_slot("daily", MORNING + timedelta(minutes=1))
        assert await desk.room.store.deliveries() == []
    assert record is not None
    assert record.outcome == "silent"


async def test_without_any_feed_read_the_digest_says_blind_not_calm(
    open_a_desk: OpenDesk, slack: LoopbackSlack
) -> None:
    async with open_a_desk((DAILY,), slack.messenger()) as desk:
        await started(desk)
        await desk.tick(MORNING)
        [digest] = await desk.room.store.deliveries(kind="digest")
    assert any(s.startswith("BLIND") for s in said(digest.page))
    assert "blind" in slack.posted(DAILY_CHANNEL)[0]


async def test_a_delivery_that_fails_for_a_while_is_tried_again(open_a_desk: OpenDesk, slack: LoopbackSlack) -> None:
    slack.workspace.faults.next("chat.postMessage", Trouble.RATE_LIMITED, seconds=5)
    async with open_a_desk((DAILY,), slack.messenger()) as desk:
        await started(desk)
        await desk.tick(MORNING)
        assert slack.posted(DAILY_CHANNEL) == []
        await desk.tick(MORNING + timedelta(seconds=6))
    assert len(slack.posted(DAILY_CHANNEL)) == 1


async def test_a_post_whose_answer_was_lost_is_found_and_not_posted_again(
    open_a_desk: OpenDesk, slack: LoopbackSlack
) -> None:
    slack.workspace.faults.next("chat.postMessage", Trouble.DROP_AFTER_ACCEPT)
    async with open_a_desk((DAILY,), slack.messenger()) as desk:
        await started(desk)
        for minutes in range(5):
            await desk.tick(MORNING + timedelta(minutes=minutes))
        [digest] = await desk.room.store.deliveries(kind="digest")
    assert digest.state is DeliveryState.SENT
    assert len(slack.posted(DAILY_CHANNEL)) == 1


async def test_a_refused_digest_is_failed_visibly_and_its_lines_may_be_told_again(
    open_a_desk: OpenDesk, press: Press, slack: LoopbackSlack
) -> None:
    async with open_a_desk((DAILY,), slack.messenger()) as desk:
        await started(desk)
        slack.workspace.archive(DAILY_CHANNEL)
        await press.publishes(desk, MORNING - timedelta(hours=2), "First Paper", TITLE, TEXT)
        await desk.tick(MORNING)
        [failed] = await desk.room.store.deliveries(kind="digest")
        status = said(await desk.status("UTC", MORNING + timedelta(minutes=1)))
        await desk.invited(DAILY_CHANNEL, MORNING + timedelta(hours=1))
        [again] = await desk.brief_due(MORNING + timedelta(days=1))
    assert failed.state is DeliveryState.FAILED
    assert any(s.startswith("FAILED") and "archived" in s for s in status)
    assert len(again.lines) == 1


async def test_a_refused_alert_pauses_its_conversation(
    open_a_desk: OpenDesk, press: Press, slack: LoopbackSlack
) -> None:
    slack.workspace.archive(ALERTS_CHANNEL)
    async with open_a_desk((), slack.messenger()) as desk:
        await desk.subscribe(a_subscription(ALERTS_CHANNEL, actor="russia"), MORNING)
        await press.publishes(desk, MORNING, "First Paper", TITLE, TEXT)
        await desk.tick(MORNING)
        [paused] = await desk.room.store.pauses()
        second = "Zelensky says Russia must accept a ceasefire first"
        await press.publishes(desk, MORNING, "Second Paper", second, f"Ukrainian President Volodymyr {second}.")
        await desk.tick(MORNING + timedelta(minutes=1))
    assert (paused.conversation, "archived" in paused.reason) == (ALERTS_CHANNEL, True)
    assert slack.posted(ALERTS_CHANNEL) == []

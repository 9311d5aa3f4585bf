"""Alerts: who is told at once, once, and when it is held."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from digests.desk.subscribe import subscription_id
from digests.model import Channel, Delivery, Subscription
from tests.scenarios.conftest import OpenDesk, Press

NOON = datetime(2025, 12, 3, 12, tzinfo=UTC)
TITLE = "Lavrov says Russia will not accept European troops in Ukraine"
TEXT = (
    "Russian Foreign Minister Sergei Lavrov said on Wednesday that Moscow would not accept European troops in Ukraine."
)


def a_subscription(conversation: str = "C0ALERTS0", **filters: str) -> Subscription:
    wanted = {k: tuple(v.split(",")) for k, v in filters.items()}
    return Subscription(subscription_id(conversation, wanted), conversation, "U1", wanted, NOON)


def alerts(deliveries: list[Delivery]) -> list[tuple[str, datetime]]:
    return [(d.conversation, d.due_at) for d in deliveries if d.kind == "alert"]


async def test_a_subscriber_is_told_what_he_asked_for(open_a_desk: OpenDesk, press: Press) -> None:
    async with open_a_desk() as desk:
        await desk.subscribe(a_subscription(actor="russia", issue="foreign-troops"), NOON)
        await press.publishes(desk, NOON, "First Paper", TITLE, TEXT)
        [alert] = await desk.room.store.deliveries(kind="alert")
    assert alert.conversation == "C0ALERTS0"
    assert alert.due_at == NOON


async def test_a_filter_that_does_not_fit_tells_nobody(open_a_desk: OpenDesk, press: Press) -> None:
    async with open_a_desk() as desk:
        for filters in ({"actor": "china"}, {"issue": "elections"}, {"lang": "uk"}, {"nonsense": "x"}):
            await desk.subscribe(a_subscription(**filters), NOON)
        await press.publishes(desk, NOON, "First Paper", TITLE, TEXT)
        assert await desk.room.store.deliveries(kind="alert") == []


async def test_a_member_counts_for_its_parent_and_not_the_other_way_round(open_a_desk: OpenDesk, press: Press) -> None:
    async with open_a_desk() as desk:
        await desk.subscribe(a_subscription("C0PARENT0", actor="europe"), NOON)
        await desk.subscribe(a_subscription("C0MEMBER0", actor="germany"), NOON)
        text = "French President Emmanuel Macron said on Wednesday that France was ready to send troops to Ukraine."
        await press.publishes(desk, NOON, "First Paper", "Macron says France is ready to send troops to Ukraine", text)
        found = alerts(await desk.room.store.deliveries())
    assert found == [("C0PARENT0", NOON)]


async def test_two_identical_subscriptions_in_two_conversations_both_fire(open_a_desk: OpenDesk, press: Press) -> None:
    async with open_a_desk() as desk:
        await desk.subscribe(a_subscription("C0ONE0000", actor="russia"), NOON)
        await desk.subscribe(a_subscription("C0TWO0000", actor="russia"), NOON)
        await press.publishes(desk, NOON, "First Paper", TITLE, TEXT)
        found = alerts(await desk.room.store.deliveries())
    assert sorted(found) == [("C0ONE0000", NOON), ("C0TWO0000", NOON)]


async def test_the_same_happening_in_another_paper_is_no_second_alert(open_a_desk: OpenDesk, press: Press) -> None:
    async with open_a_desk() as desk:
        await desk.subscribe(a_subscription(actor="russia"), NOON)
        await press.publishes(desk, NOON, "First Paper", TITLE, TEXT)
        await press.publishes(desk, NOON + timedelta(minutes=20), "Second Paper", TITLE, TEXT)
        assert len(await desk.room.store.deliveries(kind="alert")) == 1


async def test_what_an_alert_told_no_digest_of_that_channel_tells_again(open_a_desk: OpenDesk, press: Press) -> None:
    channel = Channel("daily", "C0ALERTS0", "UTC", ("13:00",))
    async with open_a_desk(channels=(channel,)) as desk:
        await desk.tick(NOON - timedelta(hours=1))
        await desk.subscribe(a_subscription(actor="russia"), NOON)
        await press.publishes(desk, NOON, "First Paper", TITLE, TEXT)
        [digest] = await desk.brief_due(NOON + timedelta(hours=1))
    assert digest.lines == ()


async def test_first_contact_alerts_nobody(open_a_desk: OpenDesk, press: Press) -> None:
    async with open_a_desk() as desk:
        await desk.subscribe(a_subscription(actor="russia"), NOON)
        await press.publishes(desk, NOON, "First Paper", TITLE, TEXT, backfill=True)
        assert await desk.room.store.deliveries(kind="alert") == []


async def test_quiet_hours_hold_an_alert_until_they_end(open_a_desk: OpenDesk, press: Press) -> None:
    async with open_a_desk() as desk:
        wished = a_subscription(actor="russia")
        quiet = Subscription(**{**vars(wished), "quiet": ("11:00", "14:00")})
        await desk.subscribe(quiet, NOON)
        await press.publishes(desk, NOON, "First Paper", TITLE, TEXT)
        found = alerts(await desk.room.store.deliveries())
    assert found == [("C0ALERTS0", NOON + timedelta(hours=2))]


async def test_a_full_hour_holds_the_next_alert_and_drops_none(open_a_desk: OpenDesk, press: Press) -> None:
    async with open_a_desk() as desk:
        wished = Subscription(**{**vars(a_subscription(actor="russia")), "cap_per_hour": 1})
        await desk.subscribe(wished, NOON)
        await press.publishes(desk, NOON, "First Paper", TITLE, TEXT)
        later = NOON + timedelta(minutes=10)
        title = "Kremlin rejects elections proposal as Peskov calls ceasefire premature"
        text = (
            "Kremlin spokesman Dmitry Peskov said on Wednesday that a ceasefire before a deal was out of the question."
        )
        await press.publishes(desk, later, "Second Paper", title, text)
        found = sorted(alerts(await desk.room.store.deliveries()))
    assert [at for _, at in found] == [NOON, NOON + timedelta(hours=1)]


async def test_a_restart_between_two_reports_does_not_alert_twice(open_a_desk: OpenDesk, press: Press) -> None:
    async with open_a_desk() as desk:
        await desk.subscribe(a_subscription(actor="russia"), NOON)
        await press.publishes(desk, NOON, "First Paper", TITLE, TEXT)
    async with open_a_desk() as desk:
        await press.publishes(desk, NOON + timedelta(minutes=5), "Second Paper", TITLE, TEXT)
        assert len(await desk.room.store.deliveries(kind="alert")) == 1

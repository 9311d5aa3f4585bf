"""Two processes on one database: what one of them is told to do, the other does from its next tick on."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.app import Parts, open_desk
from config import Config
from digests import frames
from digests.desk import Desk, Muting
from digests.desk.newsroom import silent_notes
from digests.desk.position import Asked
from digests.desk.rebase import Proposal
from digests.desk.review import Reviewer
from digests.desk.ruling import Decision
from digests.model import DeliveryState, Frame, Page, ReviewState, Span
from tests.scenarios.conftest import LoopbackSlack, Press
from tests.scenarios.test_alerts import NOON, a_subscription
from tests.scenarios.test_review import TEXT, TITLE

ADMIN = Reviewer("U0ADMIN00", "Etc/UTC")
OLD, NEW = "some details that cannot be resolved", "a few delicate details that must be sorted out"
SOON = NOON + timedelta(seconds=5)
"""One tick later."""


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A fresh database of either kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/shared.db"
    return str(request.getfixturevalue("postgres_database"))


@asynccontextmanager
async def two(config: Config, database: str, slack: LoopbackSlack) -> AsyncIterator[tuple[Desk, Desk]]:
    """Two desks, each with a messenger of its own."""
    config = replace(config, access=replace(config.access, admins=(ADMIN.user,), reviewers=(ADMIN.user,)))
    async with AsyncExitStack() as stack:
        parts = [Parts(messenger=slack.messenger(), notes=silent_notes, jitter=lambda: 0.5) for _ in range(2)]
        one, other = [await stack.enter_async_context(open_desk(config, database, p)) for p in parts]
        yield one, other


def words(page: Page) -> str:
    """A page as plain words."""
    pieces = [p for row in (*page.rows, *page.thread) for p in row.pieces]
    utc = NOON.tzinfo
    assert utc is not None
    said = (p.chars if isinstance(p, Span) else frames.words(p, utc) for p in pieces if isinstance(p, Span | Frame))
    return "\n".join(said)


def reports(desk: Desk) -> list[int]:
    """How many reports of each happening are known."""
    return [h.reports for h in desk.room.known._happenings.values()]


async def test_a_ruling_of_one_counts_for_the_other(
    shipped: Config, database: str, slack: LoopbackSlack, press: Press
) -> None:
    asked = Asked("russia", NOON, "foreign-troops")
    async with two(shipped, database, slack) as (one, other):
        await press.publishes(one, NOON, "First Paper", TITLE, TEXT)
        await other.tick(NOON)
        assert TITLE in words(await other.position_page(asked, "Etc/UTC", NOON))
        [item] = await one.room.store.reviews()
        await one.decide(Decision(item.item_id, ReviewState.REJECTED, "wrong speaker"), ADMIN, NOON)
        await other.tick(SOON)
        assert [i.item_id for i in other.room.ruled] == [item.item_id]
        assert TITLE not in words(await other.position_page(asked, "Etc/UTC", SOON))
        [again] = await press.publishes(other, SOON, "Second Paper", TITLE, TEXT)
        assert again.development is not None
        assert not again.development.verdict.tells


async def test_a_version_of_one_is_what_the_other_measures_against(
    shipped: Config, database: str, slack: LoopbackSlack, press: Press
) -> None:
    async with two(shipped, database, slack) as (one, other):
        await press.publishes(one, NOON, "First Paper", TITLE, TEXT)
        for n, confirmed in enumerate((1, 2)):
            old, new = ((OLD, NEW), (NEW, OLD))[n]
            await one.rebase(
                Proposal(ADMIN.user, "Etc/UTC", "so it was", "", words=(old, new), confirmed=confirmed), NOON
            )
        assert other.room.watching.baseline.version == 1
        await other.tick(SOON)
        assert other.room.watching.baseline == one.room.watching.baseline
        assert other.room.setting == one.room.setting
        assert "3 versions" in words(other.baseline_versions("Etc/UTC"))
        known = other.room.known
        await other.tick(SOON + timedelta(seconds=5))
        assert other.room.known is known, "nothing came: nothing is put together anew"
        [copy] = await press.publishes(other, SOON, "Second Paper", TITLE, TEXT)
        assert copy.development is not None
        assert not copy.development.verdict.tells


async def test_an_article_that_comes_with_a_version_is_known_once(
    shipped: Config, database: str, slack: LoopbackSlack, press: Press
) -> None:
    """The other takes up the version and what was recorded before it in one go, and comes to the same as a restart."""
    async with two(shipped, database, slack) as (one, other):
        await press.publishes(one, NOON, "First Paper", TITLE, TEXT)
        await one.rebase(Proposal(ADMIN.user, "Etc/UTC", "so it was", "", words=(OLD, NEW), confirmed=1), NOON)
        await press.publishes(one, NOON, "Second Paper", TITLE, TEXT)
        await other.tick(SOON)
        async with two(shipped, database, slack) as (restarted, _):
            assert reports(other) == reports(restarted) == [2]
            assert list(other.room.recorded) == list(restarted.room.recorded)


async def test_a_mute_and_a_subscription_of_one_hold_for_the_other(
    shipped: Config, database: str, slack: LoopbackSlack, press: Press
) -> None:
    config = replace(shipped, access=replace(shipped.access, reviewers=()))
    async with two(config, database, slack) as (one, other):
        for desk in (one, other):
            desk.room.watching = replace(desk.room.watching, reviewers=())
        await one.subscribe(a_subscription(actor="russia"), NOON)
        await one.mute(Muting("U1", "C0ALERTS0", "Etc/UTC", None), NOON + timedelta(hours=1))
        await press.publishes(other, NOON, "First Paper", TITLE, TEXT)
        await other.tick(SOON)
        [held] = await other.room.store.deliveries(kind="alert")
        assert held.state is DeliveryState.PENDING
        await other.tick(NOON + timedelta(hours=1, minutes=1))
        assert [d.state for d in await one.room.store.deliveries(kind="alert")] == [DeliveryState.SENT]

"""A rehearsal says what the alert would have sent: the same decisions over the same record, asked afterwards."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot import replay
from bot.app import Parts, open_desk
from bot.local import week as weeks
from config import Config
from digests.desk import Desk, rehearsal
from digests.desk.newsroom import silent_notes
from digests.model import Channel, Line, Subscription
from digests.ports import StoredLine
from tests.scenarios.conftest import ALERTS_CHANNEL, OpenDesk, Press
from tests.scenarios.recorded import write_items
from tests.scenarios.test_alert_conduct import MINUTE, OTHER, SECOND, said
from tests.scenarios.test_alerts import NOON, TEXT, TITLE, a_subscription

VALUES: Mapping[str, Sequence[str]] = {
    "actor": ("russia", "ukraine", "united-states", "europe", "germany"),
    "issue": ("territory", "security-guarantees", "foreign-troops", "elections"),
    "verdict": ("new", "update", "differ", "correction"),
    "kind": ("quoted", "reported", "action"),
    "weight": ("1", "2"),
    "source": ("official", "wire", "independent", "state"),
    "lang": ("en", "uk"),
    "origins": ("1", "2", "3"),
}


def wishes() -> list[dict[str, tuple[str, ...]]]:
    """All that tells, each kind of waiting, and filters at random."""
    drawn = random.Random(11)
    found: list[dict[str, tuple[str, ...]]] = [{}, {"origins": ("2",)}, {"origins": ("3",)}]
    for _ in range(25):
        keys = drawn.sample(sorted(VALUES), drawn.randint(1, 2))
        found.append({k: tuple(drawn.sample(VALUES[k], drawn.randint(1, 2))) for k in keys})
    return found


def the_week(folder: Path) -> Path:
    """Every version of every entry of the recorded week, as a poll would bring them."""
    rows: list[dict[str, object]] = [
        {
            "id": f"{outlet.source.id}/{entry.id}",
            "seen": version.at.isoformat(),
            "source_title": outlet.source.name,
            "language": outlet.source.language,
            "title": version.title,
            "description": version.summary,
            "link": f"https://{outlet.source.site}/{entry.id}.html",
            "text": "\n".join(version.body),
        }
        for outlet in weeks.load().outlets
        for entry in outlet.entries
        for version in entry.versions
    ]
    return write_items(sorted(rows, key=lambda row: (str(row["seen"]), str(row["id"]))), folder / "week.jsonl")


Told = tuple[str, tuple[str, ...]]
"""What one alert tells: its headline, and which reports are told by it."""


def told(line: Line) -> Told:
    return line.headline.span.chars, line.development_ids


async def sent(desk: Desk, subscription_id: str) -> list[Told]:
    """What a subscription sent, by hand of the outbox."""
    stored: list[StoredLine] = []
    for delivery in await desk.room.store.deliveries(kind="alert"):
        if delivery.subscription_id == subscription_id:
            stored += await desk.room.store.lines_of(delivery.key)
    return sorted(told(s.line) for s in stored if not s.line.beside)


async def played(shipped: Config, folder: Path, subscriptions: Sequence[Subscription], plan: replay.Plan) -> Desk:
    """A desk that lived through the week with a digest a day, and closed: its record stays in memory and on disk."""
    planned = replace(plan, subscriptions=subscriptions)
    parts = Parts(notes=silent_notes, jitter=lambda: 0.5, channels=(planned.channel,))
    async with open_desk(shipped, f"sqlite:///{folder}/week.db", parts) as desk:
        await replay.run(desk, planned, lambda _done, _total: None)
    return desk


@pytest.fixture(scope="module")
def plan(shipped: Config, tmp_path_factory: pytest.TempPathFactory) -> replay.Plan:
    items = replay.read_items(the_week(tmp_path_factory.mktemp("items")), shipped.directory.sources)
    return replay.Plan(items, at="08:30", zone="Europe/Brussels")


async def test_a_rehearsal_over_a_week_is_what_the_same_subscription_sent(
    shipped: Config, tmp_path: Path, plan: replay.Plan
) -> None:
    began = plan.items[0].seen - timedelta(hours=1)
    subscriptions = [replay.subscription(n, wish, began) for n, wish in enumerate(wishes())]
    await played(shipped, tmp_path, subscriptions, plan)
    parts = Parts(notes=silent_notes, channels=(plan.channel,))
    async with open_desk(shipped, f"sqlite:///{tmp_path}/week.db", parts) as desk:  # after a restart, too
        fired = 0
        for made in subscriptions:
            truth = await sent(desk, made.subscription_id)
            fired += len(truth)
            stranger = replace(made, subscription_id="stranger", conversation="C0STRANGE")
            for asked in (made, stranger):
                rehearsed = await rehearsal.rehearse(desk.room, asked, began)
                assert sorted(map(told, rehearsed)) == truth, made.filters
    assert fired > 300


async def test_a_rehearsal_reckons_with_what_digests_told_there(
    shipped: Config, tmp_path: Path, plan: replay.Plan
) -> None:
    began = plan.items[0].seen - timedelta(hours=1)
    wished = replace(replay.subscription(0, {"origins": ("2",)}, began), conversation=plan.channel.conversation)
    with_it, without = tmp_path / "with", tmp_path / "without"
    for folder, subscriptions in ((with_it, [wished]), (without, [])):
        folder.mkdir()
        await played(shipped, folder, subscriptions, plan)
    parts = Parts(notes=silent_notes, channels=(plan.channel,))
    async with open_desk(shipped, f"sqlite:///{with_it}/week.db", parts) as desk:
        truth = await sent(desk, wished.subscription_id)
    async with open_desk(shipped, f"sqlite:///{without}/week.db", parts) as desk:
        here = await rehearsal.rehearse(desk.room, wished, began)
    assert len(truth) > 10
    assert sorted(map(told, here)) == truth


async def test_what_only_a_rewrite_reports_is_not_counted(open_a_desk: OpenDesk, press: Press) -> None:
    async with open_a_desk() as desk:
        rewrite = next(s for s in desk.room.directory.sources if desk.room.directory.rewrites(s.id))
        await press.publishes(desk, NOON, rewrite.id, TITLE, TEXT)
        page = await desk.rehearse(a_subscription(actor="russia"), "", NOON + MINUTE)
        await press.publishes(desk, NOON + 2 * MINUTE, "Fourth Paper", *OTHER)
        after = await desk.rehearse(a_subscription(actor="russia"), "", NOON + timedelta(hours=1))
    assert "would have fired 0 times" in said(page)
    assert "would have fired 1 time;" in said(after)


async def test_what_a_digest_told_before_is_not_counted(open_a_desk: OpenDesk, press: Press) -> None:
    channel = Channel("daily", ALERTS_CHANNEL, "UTC", ("12:01",))
    wished = a_subscription(ALERTS_CHANNEL, actor="russia", origins="2")
    async with open_a_desk((channel,)) as desk:
        await desk.tick(NOON - MINUTE)
        await press.publishes(desk, NOON, "First Paper", TITLE, TEXT)
        await desk.tick(NOON + MINUTE)
        await press.publishes(desk, NOON + 20 * MINUTE, "Second Paper", *SECOND)
        here = await desk.rehearse(wished, "", NOON + timedelta(hours=1))
        elsewhere = await desk.rehearse(replace(wished, conversation="C0OTHER00"), "", NOON + timedelta(hours=1))
    assert "would have fired 0 times" in said(here)
    assert "would have fired 1 time;" in said(elsewhere)


async def test_quiet_hours_and_the_cap_count_for_nothing_and_are_named(open_a_desk: OpenDesk, press: Press) -> None:
    held: dict[str, object] = {"quiet": ("11:00", "14:00"), "cap_per_hour": 1}
    async with open_a_desk() as desk:
        for n, (title, text) in enumerate(((TITLE, TEXT), OTHER)):
            await press.publishes(desk, _at(n), f"Paper {n}", title, text)
        wished = replace(a_subscription(actor="russia"), **held)  # type: ignore[arg-type]
        page = await desk.rehearse(wished, "", NOON + timedelta(hours=1))
    assert "would have fired 2 times" in said(page)
    assert "quiet hours, mutes and the cap of an hour put off and drop none" in said(page)


async def test_an_alert_that_exists_is_rehearsed_as_if_it_had_told_nothing(open_a_desk: OpenDesk, press: Press) -> None:
    wished = a_subscription(actor="russia")
    async with open_a_desk() as desk:
        await desk.subscribe(wished, NOON)
        for n, (title, text) in enumerate(((TITLE, TEXT), OTHER)):
            await press.publishes(desk, _at(n), f"Paper {n}", title, text)
        page = await desk.rehearse(wished, "", NOON + timedelta(hours=1))
    assert "would have fired 2 times" in said(page)


def _at(n: int) -> datetime:
    return NOON + n * MINUTE

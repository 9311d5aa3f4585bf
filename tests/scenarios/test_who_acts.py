"""Who acts in a report is one answer: the filters', the lines' and the board's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import cast

from bot import replay
from bot.app import Parts, open_desk
from config import Config
from digests import rows
from digests.desk import Arrivals, Desk
from digests.desk.brief import Wanted
from digests.desk.newsroom import silent_notes
from digests.model import BoardEntry, Digest, Line, Refs
from tests.scenarios.conftest import ALERTS_CHANNEL, OpenDesk, Press
from tests.scenarios.recorded import week_items, write_items
from tests.scenarios.test_alert_conduct import MINUTE, said
from tests.scenarios.test_alerts import NOON, a_subscription

SPOKEN_OF = (
    "Putin does not want the peace plan, Poland's Sikorski says",
    "Russian President Vladimir Putin does not want the peace plan for Ukraine, Polish Foreign Minister Radoslaw "
    "Sikorski said on Wednesday.",
)


class _Minuted:
    """A desk whose digests are kept."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.room = desk, desk.room
        self.kept: list[Digest] = []

    async def take(self, arrivals: Arrivals, now: object) -> None:
        await self.desk.take(arrivals, now)  # type: ignore[arg-type]

    async def brief_due(self, now: object) -> None:
        self.kept += await self.desk.brief_due(now)  # type: ignore[arg-type]


def spoke_in(entry: BoardEntry) -> Iterator[str]:
    """The lines in which the board says that a party said something new."""
    for frame in entry.frames:
        if frame.key == "board.new_on":
            yield from (r for _, slot in frame.slots if isinstance(slot, Refs) for r in slot.refs)


async def test_filters_lines_and_board_agree_on_who_acts(shipped: Config, tmp_path: Path) -> None:
    directory = shipped.directory
    items = replay.read_items(write_items(week_items(), tmp_path / "week.jsonl"), directory.sources)
    began = items[0].seen - timedelta(hours=1)
    wished = ("russia", "ukraine", "united-states", "europe", "germany", "eu")
    subscriptions = [replay.subscription(n, {"actor": (actor,)}, began) for n, actor in enumerate(wished)]
    plan = replay.Plan(items, at="08:30", zone="Europe/Brussels", subscriptions=subscriptions)
    parts = Parts(notes=silent_notes, jitter=lambda: 0.5, channels=(plan.channel,))
    alerted: list[tuple[str, Line]] = []
    async with open_desk(shipped, f"sqlite:///{tmp_path}/week.db", parts) as desk:
        minuted = _Minuted(desk)
        await replay.run(cast(Desk, minuted), plan, lambda _done, _total: None)
        for delivery in await desk.room.store.deliveries(kind="alert"):
            actor = wished[int(str(delivery.subscription_id).removeprefix("s"))]
            alerted += [(actor, stored.line) for stored in await desk.room.store.lines_of(delivery.key)]
    for actor, line in alerted:
        assert any(directory.rolls_up(a, actor) for a in line.actors), line.headline.span.chars
        assert all(a.id != actor for a in rows.about_not_by(line, directory)), line.headline.span.chars
    spoken = [
        (entry.actor_id, digest.lines[int(ref) - 1])
        for digest in minuted.kept
        for entry in digest.board
        for ref in spoke_in(entry)
        if ref.isdigit()
    ]
    for party, line in spoken:
        assert any(directory.rolls_up(a, party) for a in line.actors), line.headline.span.chars
        assert all(a.id != party for a in rows.about_not_by(line, directory)), line.headline.span.chars
    assert len(alerted) > 80
    assert len(spoken) > 15


async def test_an_alert_on_a_party_is_silent_where_it_is_only_spoken_of(open_a_desk: OpenDesk, press: Press) -> None:
    async with open_a_desk() as desk:
        for actor in ("russia", "poland", "europe"):
            await desk.subscribe(a_subscription(f"C0{actor[:4].upper()}000", actor=actor), NOON)
        await press.publishes(desk, NOON, "First Paper", *SPOKEN_OF)
        told = {d.conversation for d in await desk.room.store.deliveries(kind="alert")}
        here = await desk.catch_up(ALERTS_CHANNEL, "UTC", Wanted(NOON - MINUTE, NOON + MINUTE, {"actor": ("russia",)}))
        theirs = await desk.catch_up(
            ALERTS_CHANNEL, "UTC", Wanted(NOON - MINUTE, NOON + MINUTE, {"actor": ("poland",)})
        )
    assert told == {"C0POLA000", "C0EURO000"}
    assert "Sikorski" not in str(here.summary)
    assert "Sikorski" in str(theirs.summary)
    assert "about Russia, not by" in said(theirs)

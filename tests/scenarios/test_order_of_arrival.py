"""The order in which reports are polled changes nothing that a digest says of them, and neither does a restart."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import permutations
from pathlib import Path

import pytest

import config
from bot.app import Parts, open_desk
from config import Config
from digests.desk import Arrivals, Desk
from digests.desk.newsroom import silent_notes
from digests.model import Channel, Entry, Feed, Source, SourceClass
from tests.conftest import REPO

START = datetime(2026, 1, 2, 6, 0, tzinfo=UTC)
NIGHT = Channel("night", "C0NIGHT00", "UTC", ("23:00",), catch_up=timedelta(hours=3))
REPORTS = (
    ("Zelensky names spy chief Budanov to head presidential office", "Kyrylo Budanov replaces Andriy Yermak as aide."),
    ("Zelenskyy picks spy chief Budanov as top aide", "Budanov replaces Yermak as chief of staff, Zelensky said."),
    ("Macron hosts allies in Paris for talks on peace plan", "Leaders meet in Paris on guarantees for Ukraine."),
    ("Allies meet in Paris on security guarantees for Ukraine", "Macron hosts the leaders of Ukraine's allies."),
    ("Lavrov says Russia will not accept European troops in Ukraine", "Sergei Lavrov spoke on Friday in Moscow."),
)


@pytest.fixture(scope="module")
def shipped() -> Config:
    return config.load(REPO / "config")


def arrivals(number: int, day: int = 0) -> Arrivals:
    """One report by a paper of its own, published at its own hour."""
    title, lead = REPORTS[number]
    at = START + timedelta(days=day, hours=number)
    paper = Source(f"paper-{number}", f"Paper {number}", SourceClass.INDEPENDENT, f"paper-{number}")
    link = f"https://paper-{number}.example/{day}"
    entry = Entry(f"entry-{day}", title, lead, link, published=at, language="en")
    return Arrivals(Feed(paper.id, paper.id, f"https://{paper.id}.example/feed", "en"), paper, (entry,))


def parts() -> Parts:
    return Parts(notes=silent_notes, jitter=lambda: 0.5, channels=(NIGHT,))


async def polled(desk: Desk, order: Sequence[int]) -> None:
    """All reports, seen at one moment, recorded in this order."""
    for number in order:
        await desk.take(arrivals(number), START + timedelta(hours=9))


def grouped(desk: Desk) -> dict[str, frozenset[str]]:
    """Papers by the id of their happening."""
    return {i: frozenset(r.article.source_id for r in rs) for i, rs in desk.room.by_story.items()}


async def test_whoever_is_polled_first_the_digest_tells_the_same_happenings(shipped: Config, tmp_path: Path) -> None:
    found = set()
    orders = [tuple(range(5)), *list(permutations(range(5)))[17::29]]
    for n, order in enumerate(orders):
        async with open_desk(shipped, f"sqlite:///{tmp_path}/order-{n}.db", parts()) as desk:
            await desk.brief_due(START)
            await polled(desk, order)
            [digest] = await desk.brief_due(START.replace(hour=23))
            told = frozenset(line.story_id for line in digest.lines)
            found.add((told, frozenset(grouped(desk).items())))
    assert len(found) == 1
    [(told, groups)] = found
    assert len(told) == len(groups) == 3


async def test_what_a_digest_put_together_is_together_after_a_restart(shipped: Config, tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path}/restart.db"
    async with open_desk(shipped, database, parts()) as desk:
        await desk.brief_due(START)
        await polled(desk, (4, 3, 2, 1, 0))
        await desk.brief_due(START.replace(hour=23))
        before, names = grouped(desk), {i: set(desk.room.known.stories.ids_of(i)) for i in desk.room.by_story}
        told = await desk.room.told(NIGHT.conversation)
    async with open_desk(shipped, database, parts()) as desk:
        assert grouped(desk) == before
        assert await desk.room.told(NIGHT.conversation) == told
        assert set(told.stories) <= set(before)
        assert desk.room.known.stories.settled_until == START.replace(hour=23)
        for story_id, ids in names.items():
            assert {desk.room.known.stories.now(i) for i in ids} == {story_id}

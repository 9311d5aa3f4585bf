"""The recorded week in a channel that asked for everything at once: one happening, one message."""

from __future__ import annotations

import asyncio
import itertools
from collections import defaultdict
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from bot.analyse import InlineAnalyst
from bot.app import Parts, open_desk
from bot.demo import STEP, SimulatedClock, week_config
from bot.fetch import HttpFetcher
from bot.local import week as weeks
from bot.local.week import WeekServer
from config import Config
from digests import slots
from digests.desk.newsroom import silent_notes
from digests.desk.subscribe import subscription_id
from digests.model import Channel, Delivery, Directory, Line, Page, Span, Subscription, Tone
from digests.ports import Posted
from digests.twins import SAME_HOURS

HERE, ELSEWHERE = "C0EVERYTH", "C0DIGESTS"


class Posts:
    """Takes every message."""

    def __init__(self) -> None:
        self._receipts = itertools.count(1)

    async def post(self, delivery: Delivery, now: datetime, *, thread: str | None = None) -> Posted:
        return Posted(str(next(self._receipts)))

    async def edit(self, conversation: str, receipt: str, page: Page) -> Posted:
        return Posted(receipt)

    async def permalink(self, conversation: str, receipt: str) -> str:
        return ""


@dataclass(frozen=True)
class Week:
    """What the week told: alert messages with their lines, and the lines of digests told elsewhere."""

    alerts: list[tuple[Delivery, list[Line]]]
    digests: list[Line]
    directory: Directory


@pytest.fixture(scope="module")
def week(shipped: Config, tmp_path_factory: pytest.TempPathFactory) -> Week:
    """The week, lived through once."""
    return asyncio.run(_lived(shipped, tmp_path_factory.mktemp("week")))


async def _lived(shipped: Config, folder: Path) -> Week:
    recorded = weeks.load()
    clock = SimulatedClock(recorded.start)
    channel = Channel("daily", ELSEWHERE, "Europe/Brussels", ("08:30",))
    async with AsyncExitStack() as stack:
        server = await stack.enter_async_context(WeekServer(recorded, clock, names=True))
        config = week_config(shipped, recorded, server)
        fetcher = await stack.enter_async_context(HttpFetcher(allow_loopback=True, resolver=server.resolver()))
        analyst = await stack.enter_async_context(InlineAnalyst(config.directory))
        parts = Parts(
            analyst=analyst, fetcher=fetcher, notes=silent_notes, jitter=lambda: 0.5, channels=(channel,),
            messenger=Posts(),
        )  # fmt: skip
        database = f"sqlite:///{folder}/week.db"
        desk = await stack.enter_async_context(open_desk(config, database, parts))
        everything = Subscription(
            subscription_id(HERE, {}), HERE, "U1", {}, recorded.start, "Europe/Brussels", cap_per_hour=60
        )
        await desk.subscribe(everything, recorded.start)
        hours = [recorded.start + STEP * n for n in range(int((recorded.end - recorded.start) / STEP) + 1)]
        for instant in sorted({*hours, *slots.between(channel, recorded.start, recorded.end)}):
            clock.now = instant
            await desk.tick(instant)
        told: dict[str, list[tuple[Delivery, list[Line]]]] = defaultdict(list)
        for d in await desk.room.store.deliveries():
            told[d.kind].append((d, [s.line for s in await desk.room.store.lines_of(d.key)]))
        return Week(told["alert"], [x for _, lines in told["digest"] for x in lines], config.directory)


def quoted(page: Page) -> set[str]:
    """What stands behind a bar in a message."""
    rows = (*page.rows, *page.thread)
    return {p.chars for row in rows if row.tone is Tone.QUOTE for p in row.pieces if isinstance(p, Span)}


def test_no_two_alerts_show_the_same_words(week: Week) -> None:
    """But for what words are compared with: that was told."""
    assert len(week.alerts) > 30
    shown = [quoted(d.page) - {x.compared.span.chars for x in lines if x.compared} for d, lines in week.alerts]
    assert [a & b for a, b in itertools.combinations(shown, 2) if a & b] == []


def test_what_a_digest_tells_in_one_line_was_one_alert(week: Week) -> None:
    """Where papers of two languages quote different people, the line shows both headlines, or somebody has his first
    word hours later, there may be two."""
    twice = []
    for line in week.digests:
        told = set(line.development_ids)
        sent = [(d, lines) for d, lines in week.alerts if any(told & set(x.development_ids) for x in lines)]
        shown = {c.span.chars for c in (line.headline, *line.quotes)}
        if (
            len(sent) > 1
            and not all(shown & quoted(d.page) for d, _ in sent)
            and not _strangers([lines for _, lines in sent])
            and not _first_words([lines for _, lines in sent])
        ):
            twice.append((line.headline.span.chars, [lines[0].headline.span.chars for _, lines in sent]))
    assert twice == []


def _strangers(messages: list[list[Line]]) -> bool:
    """Whether every two messages are in two languages and quote nobody in common."""
    said = [{c.speaker for x in lines for c in x.quotes if c.speaker} for lines in messages]
    languages = [lines[0].headline.language for lines in messages]
    return len(set(languages)) == len(languages) and all(a.isdisjoint(b) for a, b in itertools.combinations(said, 2))


def _first_words(messages: list[list[Line]]) -> bool:
    """Whether each later message begins, hours after all of the one before, with words of somebody not heard there."""
    ordered = sorted(messages, key=lambda lines: lines[0].first_seen)
    return all(
        after[0].first_seen - max(x.first_seen for x in before) > SAME_HOURS
        and bool(_speakers(after[:1]))
        and _speakers(after[:1]).isdisjoint(_speakers(before))
        for before, after in itertools.pairwise(ordered)
    )


def _speakers(lines: list[Line]) -> set[str]:
    return {c.speaker for x in lines for c in (x.headline, *x.quotes) if c.speaker}


def test_somebodys_first_word_hours_later_is_a_message_of_its_own(week: Week) -> None:
    address = "President: after Geneva the list of steps can become workable"
    [lines] = [lines for _, lines in week.alerts if any(x.headline.span.chars == address for x in lines)]
    assert lines[0].headline.span.chars == address
    assert len(lines) > 1, "what came of it in another language stands beside it"


def test_what_came_later_of_a_happening_stands_in_its_message(week: Week) -> None:
    gained = [(d, lines) for d, lines in week.alerts if len(lines) > 1]
    assert len(gained) > 5
    for delivery, lines in gained:
        assert {x.headline.span.chars for x in lines} <= quoted(delivery.page)
        assert [x.beside for x in lines] == ["", *[lines[0].line_id] * (len(lines) - 1)]


def test_no_alert_is_sent_for_the_sake_of_a_rewrite(week: Week) -> None:
    rewriting = [s.id for s in week.directory.sources if week.directory.rewrites(s.id)]
    assert rewriting
    lines = [x for _, lines in week.alerts for x in lines]
    assert [x for x in lines if set(rewriting) & {*x.publishers, x.headline.source_id}] == []

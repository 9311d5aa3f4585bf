"""What a source changes after it was told travels to everyone who was shown it: edited, noted, told, each once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from aiohttp import web

from bot.app import Parts, open_desk
from bot.fetch import HttpFetcher
from bot.slack import rich
from config import Config
from digests.desk import Arrivals, Desk, home
from digests.desk.newsroom import silent_notes
from digests.model import Channel, DeliveryState, Entry, Feed, Page, Source, SourceClass
from digests.ports import Messenger
from tests.scenarios.conftest import ALERTS_CHANNEL, DAILY_CHANNEL, LoopbackSlack
from tests.scenarios.test_alerts import a_subscription

MORNING = datetime(2025, 12, 3, 6, 30, tzinfo=UTC)  # 08:30 in Kyiv
DAILY = Channel("daily", DAILY_CHANNEL, "Europe/Kyiv", ("08:30",))
HOUR = timedelta(hours=1)
TITLE = "Lavrov says Russia will not accept a large Ukrainian army"
TOLD = (
    "Russian Foreign Minister Sergei Lavrov said on Tuesday that Moscow would not accept an army of more than 600,000 "
    "soldiers in Ukraine. "
) + "The talks go on in Geneva, where delegations of several countries met for a second day of consultations. " * 3


@dataclass
class Paper:
    """One paper with one page, served over loopback; `text` None: the page is gone."""

    text: str | None = TOLD
    status: int = 200
    title: str = TITLE
    asked: int = 0
    port: int = 0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/story.html"

    async def serve(self, request: web.Request) -> web.Response:
        if request.path == "/robots.txt":
            return web.Response(text="User-agent: *\nAllow: /\n")
        self.asked += 1
        body = "".join(f"<p>{part}</p>" for part in (self.text or "").split("\n"))
        page = f"<html><head><title>x</title></head><body><article><h1>{self.title}</h1>{body}</article></body></html>"
        return web.Response(text=page, content_type="text/html", status=self.status)

    async def publishes(self, desk: Desk, at: datetime, summary: str = "") -> None:
        """The feed has the story, as it stands now."""
        source = Source("paper", "Paper", SourceClass.INDEPENDENT, "paper")
        feed = Feed("paper-feed", "paper", self.address, "en")
        entry = Entry("story", self.title, summary, self.address, published=MORNING - 3 * HOUR, language="en")
        await desk.take(Arrivals(feed, source, (entry,)), at)


@pytest.fixture
async def paper() -> AsyncIterator[Paper]:
    made = Paper()
    application = web.Application()
    application.router.add_get("/{path:.*}", made.serve)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    made.port = runner.addresses[0][1]
    yield made
    await runner.cleanup()


@asynccontextmanager
async def a_desk(shipped: Config, folder: Path, messenger: Messenger) -> AsyncIterator[Desk]:
    async with HttpFetcher(allow_loopback=True) as fetcher:
        parts = Parts(messenger=messenger, notes=silent_notes, jitter=lambda: 0.5, channels=(DAILY,), fetcher=fetcher)
        quiet = replace(shipped, feeds=())
        async with open_desk(quiet, f"sqlite:///{folder}/desk.db", parts) as desk:
            yield desk


@pytest.fixture
async def desk(shipped: Config, tmp_path: Path, slack: LoopbackSlack) -> AsyncIterator[Desk]:
    async with a_desk(shipped, tmp_path, slack.messenger()) as made:
        yield made


async def told(desk: Desk, paper: Paper) -> None:
    """A digest and an alert have told the story."""
    await desk.tick(MORNING - timedelta(days=1))
    await desk.subscribe(a_subscription(ALERTS_CHANNEL, actor="russia"), MORNING)
    await paper.publishes(desk, MORNING - timedelta(minutes=1))
    await desk.tick(MORNING)


def thread_of(slack: LoopbackSlack, channel: str) -> list[str]:
    return [str(m["text"]) for m in slack.workspace.messages(channel) if "thread_ts" in m]


async def test_home_shows_a_correction_once_that_many_conversations_were_told_of(
    desk: Desk, paper: Paper, slack: LoopbackSlack
) -> None:
    await told(desk, paper)
    paper.text = TOLD.replace("600,000", "800,000")
    await desk.tick(MORNING + HOUR)
    sent = await desk.room.store.deliveries(since=MORNING)
    assert {d.kind for d in sent if "600,000" in said_in(d.page)} >= {"correction", "note"}
    visitor = home.Visitor("U0READER0", "UTC", {DAILY_CHANNEL: "daily", ALERTS_CHANNEL: "alerts"})
    page = await home.page(desk.room, visitor, MORNING + 2 * HOUR)
    _, corrected = said_in(page).split("CORRECTED IN THE LAST 14 DAYS · ")
    assert corrected.startswith("1\n")
    assert corrected.count("600,000") == 1
    assert corrected.index("600,000") < corrected.index("stands there now") < corrected.index("800,000")


def said_in(page: Page) -> str:
    rows = (*page.rows, *page.thread)
    return "\n".join(" · ".join(rich.words_of(piece, ZoneInfo("UTC")) for piece in row.pieces) for row in rows)


async def test_a_silent_edit_of_a_number_is_noticed_and_travels(desk: Desk, paper: Paper, slack: LoopbackSlack) -> None:
    await told(desk, paper)
    [digest], [alert] = slack.posted(DAILY_CHANNEL), slack.posted(ALERTS_CHANNEL)
    assert "600,000 soldiers" in digest + alert
    paper.text = TOLD.replace("600,000", "800,000")
    await desk.tick(MORNING + HOUR)
    [edited] = slack.posted(DAILY_CHANNEL)
    assert "CORRECTED BY THE SOURCE" in edited
    assert "600,000 soldiers" in edited
    [note] = thread_of(slack, DAILY_CHANNEL)
    assert "stands there now" in note
    assert "800,000 soldiers" in note
    first, correction = slack.posted(ALERTS_CHANNEL)
    assert "CORRECTED BY THE SOURCE" in first
    assert correction.startswith("Correction to an alert of")
    assert "800,000 soldiers" in correction


async def test_where_no_threads_are_wanted_the_note_is_a_message_of_its_own(
    shipped: Config, tmp_path: Path, slack: LoopbackSlack, paper: Paper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(globals(), "DAILY", replace(DAILY, threads=False))
    async with a_desk(shipped, tmp_path, slack.messenger()) as desk:
        await told(desk, paper)
        paper.text = TOLD.replace("600,000", "800,000")
        await desk.tick(MORNING + HOUR)
        assert thread_of(slack, DAILY_CHANNEL) == []
        digest, note = slack.posted(DAILY_CHANNEL)
        assert "CORRECTED BY THE SOURCE" in digest
        assert "800,000 soldiers" in note


async def test_the_source_s_own_notice_of_its_correction_stands_in_the_note(
    desk: Desk, paper: Paper, slack: LoopbackSlack
) -> None:
    await told(desk, paper)
    notice = "Correction: an earlier version of this story gave the wrong number."
    paper.text = TOLD.replace("600,000", "800,000") + f"\n\n{notice}"
    await desk.tick(MORNING + HOUR)
    [note] = thread_of(slack, DAILY_CHANNEL)
    assert note.index("800,000 soldiers") < note.index("the source says of it") < note.index(notice)


async def test_it_travels_once_however_often_the_page_is_read(desk: Desk, paper: Paper, slack: LoopbackSlack) -> None:
    await told(desk, paper)
    paper.text = TOLD.replace("600,000", "800,000")
    for hours in (1, 4, 12, 36, 48, 72):
        await desk.tick(MORNING + hours * HOUR)
    assert len(thread_of(slack, DAILY_CHANNEL)) == 1
    assert len([t for t in slack.posted(ALERTS_CHANNEL) if t.startswith("Correction")]) == 1
    assert slack.posted(DAILY_CHANNEL)[0].count("CORRECTED BY THE SOURCE") == 1


async def test_the_next_digest_lists_it_under_corrections(desk: Desk, paper: Paper, slack: LoopbackSlack) -> None:
    await told(desk, paper)
    paper.text = TOLD.replace("600,000", "800,000")
    await desk.tick(MORNING + HOUR)
    await desk.tick(MORNING + timedelta(days=1))
    listed = slack.posted(DAILY_CHANNEL)[1]
    assert "CORRECTED SINCE TOLD · 1 line" in listed
    before, now = listed.split("stands there now")
    assert "600,000 soldiers" in before
    assert "800,000 soldiers" in now


@pytest.mark.parametrize(
    "text", [TOLD.replace("600,000 soldiers", "<b>600,000</b> soldiers"), TOLD + "\nRead more about the talks here."]
)
async def test_new_markup_or_a_further_paragraph_is_no_correction(
    desk: Desk, paper: Paper, slack: LoopbackSlack, text: str
) -> None:
    await told(desk, paper)
    before = slack.posted(DAILY_CHANNEL) + slack.posted(ALERTS_CHANNEL)
    paper.text = text
    await desk.tick(MORNING + HOUR)
    assert slack.posted(DAILY_CHANNEL) + slack.posted(ALERTS_CHANNEL) == before
    assert thread_of(slack, DAILY_CHANNEL) == []


async def test_a_sentence_that_only_reads_otherwise_is_marked_and_nobody_is_disturbed(
    desk: Desk, paper: Paper, slack: LoopbackSlack
) -> None:
    await told(desk, paper)
    paper.text = TOLD.replace("would not accept an army", "would not agree to an army")
    await desk.tick(MORNING + HOUR)
    assert "SINCE REPLACED" in slack.posted(ALERTS_CHANNEL)[0] + slack.posted(DAILY_CHANNEL)[0]
    assert len(slack.posted(ALERTS_CHANNEL)) == 1
    assert thread_of(slack, DAILY_CHANNEL) == []


async def test_a_page_that_is_gone_is_withdrawn(desk: Desk, paper: Paper, slack: LoopbackSlack) -> None:
    await told(desk, paper)
    paper.status, paper.text = 410, None
    await desk.tick(MORNING + HOUR)
    assert "WITHDRAWN BY THE SOURCE" in slack.posted(DAILY_CHANNEL)[0]
    assert "WITHDRAWN BY THE SOURCE" in thread_of(slack, DAILY_CHANNEL)[0]
    assert slack.posted(ALERTS_CHANNEL)[1].startswith("Correction to an alert of")
    asked = paper.asked
    await desk.tick(MORNING + 4 * HOUR)
    assert paper.asked == asked


async def test_one_404_is_an_accident_and_two_are_a_withdrawal(desk: Desk, paper: Paper, slack: LoopbackSlack) -> None:
    await told(desk, paper)
    paper.status = 404
    await desk.tick(MORNING + HOUR)
    assert "WITHDRAWN" not in slack.posted(DAILY_CHANNEL)[0]
    await desk.tick(MORNING + 2 * HOUR)
    assert "WITHDRAWN BY THE SOURCE" in slack.posted(DAILY_CHANNEL)[0]


async def test_a_page_is_asked_for_five_times_in_two_days_and_never_again(
    desk: Desk, paper: Paper, slack: LoopbackSlack
) -> None:
    await told(desk, paper)
    before, asked = paper.asked, []
    for minutes in range(0, 60 * 24 * 4, 30):
        now = MORNING + timedelta(minutes=minutes)
        await desk.follow_due(now)
        if paper.asked > before:
            asked.append(minutes / 60)
            before = paper.asked
    assert asked == [1, 4, 12, 36, 48]


async def test_a_feed_that_says_that_a_story_was_withdrawn_withdraws_it(
    desk: Desk, paper: Paper, slack: LoopbackSlack
) -> None:
    await told(desk, paper)
    paper.status = 404
    await paper.publishes(desk, MORNING + HOUR / 2, "This story has been withdrawn.")
    await desk.deliver(MORNING + HOUR / 2)
    assert "WITHDRAWN BY THE SOURCE" in slack.posted(DAILY_CHANNEL)[0]


async def test_a_correction_owed_when_the_bot_stopped_is_delivered_by_the_next_start(
    shipped: Config, tmp_path: Path, paper: Paper, slack: LoopbackSlack
) -> None:
    async with a_desk(shipped, tmp_path, slack.messenger()) as desk:
        await told(desk, paper)
        paper.text = TOLD.replace("600,000", "800,000")
        await desk.follow_due(MORNING + HOUR)
        owed = [d.kind for d in await desk.room.store.deliveries() if d.state is DeliveryState.PENDING]
    assert sorted(owed) == ["correction", "edit", "edit", "note"]
    async with a_desk(shipped, tmp_path, slack.messenger()) as desk:
        await desk.deliver(MORNING + 2 * HOUR)
        await desk.deliver(MORNING + 3 * HOUR)
    assert len(thread_of(slack, DAILY_CHANNEL)) == 1
    assert len(slack.posted(ALERTS_CHANNEL)) == 2

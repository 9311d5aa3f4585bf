"""What is of high stakes is looked at first, where somebody is there to look; what was wrong is taken back."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from config import Config
from digests.desk import poll, review
from digests.frames import say
from digests.model import DeliveryState, Frame, Part, Reading, Relevance, ReviewState, TextOfRecord, Verdict
from digests.ports import Recorded
from tests.scenarios.newsroom import Newsroom, newsroom

TITLE = "Lavrov says Russia will not agree to European troops in Ukraine"
TEXT = "Russian Foreign Minister Sergei Lavrov said on Wednesday that Moscow would not agree to such troops in Ukraine."

TWO_DAYS = timedelta(days=2)
"""After which a second workspace may use the first one's trigger ids again."""

Opened = Callable[..., AbstractAsyncContextManager[Newsroom]]


@pytest.fixture
def opened(shipped: Config, tmp_path: Path) -> Opened:
    """`async with opened() as stage`: Ann is the only reviewer; `reviewed=False`: nobody is."""

    @asynccontextmanager
    async def made(*, reviewed: bool = True) -> AsyncIterator[Newsroom]:
        async with newsroom(shipped, tmp_path) as stage:
            if reviewed:
                stage.desk.room.watching = replace(stage.desk.room.watching, reviewers=(stage.ann,))
            await stage.types("subscribe actor:russia issue:foreign-troops now")
            yield stage

    return made


async def item_of(stage: Newsroom) -> str:
    [item] = await stage.desk.room.store.reviews()
    return item.item_id


async def alerted_line(stage: Newsroom) -> str:
    """The line of the one alert that was made."""
    [sent] = await stage.desk.room.store.deliveries(kind="alert")
    [stored] = await stage.desk.room.store.lines_of(sent.key)
    return stored.line.line_id


async def published(stage: Newsroom) -> None:
    """A report of high stakes: it must be told, and one publisher alone has it."""
    await stage.publishes("First Paper", TITLE, TEXT)


async def test_without_a_reviewer_nothing_is_held_and_nothing_is_queued(opened: Opened) -> None:
    async with opened(reviewed=False) as stage:
        await published(stage)
        await stage.tick(minutes=1)
        assert await stage.desk.room.store.reviews() == []
        [alert] = stage.texts()
        assert "NOT REVIEWED" not in alert


async def test_unseen_for_ten_minutes_it_goes_out_with_its_label(opened: Opened) -> None:
    async with opened() as stage:
        await published(stage)
        await stage.tick(minutes=9)
        assert stage.texts() == []
        assert stage.direct()[0].startswith("REVIEW r")
        await stage.tick(minutes=1)
        assert "NOT REVIEWED" in stage.texts()[0]


async def test_approved_it_goes_out_at_once_without_a_label(opened: Opened) -> None:
    async with opened() as stage:
        await published(stage)
        answer = await stage.types("review")
        done = await stage.presses(answer.messages[0], f"Approve {await item_of(stage)}")
        assert "APPROVED" in done.text
        await stage.tick(minutes=1)
        [alert] = stage.texts()
        assert "NOT REVIEWED" not in alert
        assert "was decided already" in (await stage.types(f"review approve {await item_of(stage)}")).text


async def test_rejected_it_is_never_told_by_alert_nor_digest(opened: Opened) -> None:
    async with opened() as stage:
        await published(stage)
        asked = await stage.workspace.write(f"review reject {await item_of(stage)}", user=stage.ann)
        assert "Why must" in asked.text, "a message has no trigger: the reasons are buttons"
        await stage.presses(asked.messages[0], "wrong speaker", channel=stage.workspace.direct(stage.ann))
        await stage.tick(minutes=30)
        assert stage.texts() == []
        alerts = await stage.desk.room.store.deliveries(kind="alert")
        assert [a.state for a in alerts] == [DeliveryState.DROPPED]
        assert TITLE not in (await stage.types("preview")).text
        log = (await stage.types("review log")).text
        assert "rejected" in log
        assert "wrong speaker" in log


async def test_rejected_after_it_went_out_it_is_taken_back_where_it_was_told(opened: Opened) -> None:
    async with opened() as stage:
        await published(stage)
        await stage.tick(minutes=11)
        await stage.types(f'review reject {await item_of(stage)} "not new"')
        await stage.tick(minutes=1)
        alert, withdrawal = stage.texts()
        assert "WITHDRAWN BY REVIEW: not new" in alert
        assert "NOT REVIEWED" not in alert
        assert withdrawal.startswith("WITHDRAWN BY REVIEW: not new")


async def test_held_until_approved_it_waits_however_long(opened: Opened) -> None:
    async with opened() as stage:
        stage.desk.room.watching = replace(stage.desk.room.watching, hold_until_approved=True)
        await published(stage)
        await stage.tick(hours=5)
        assert stage.texts() == []
        assert TITLE not in (await stage.types("preview")).text
        await stage.types(f"review approve {await item_of(stage)}")
        await stage.tick(minutes=1)
        assert len(stage.texts()) == 1


async def test_nobody_else_reviews(opened: Opened) -> None:
    async with opened() as stage:
        bob = stage.workspace.add_user("bob")
        await published(stage)
        item = await item_of(stage)
        for text in (
            "review",
            "review log",
            f"review approve {item}",
            f"review reject {item}",
            f"review reject {item} x",
        ):
            answer = await stage.workspace.command("/brief", text, user=bob, channel=stage.workspace.direct(bob))
            assert "Only those whom config/access.yaml names" in answer.text
        [waiting] = await stage.desk.room.store.reviews()
        assert waiting.state is ReviewState.WAITING


async def test_anybody_reports_a_line_and_a_rejected_report_is_taken_back(opened: Opened) -> None:
    async with opened() as stage:
        await published(stage)
        await stage.types(f"review approve {await item_of(stage)}")
        await stage.tick(minutes=1)
        line_id = await alerted_line(stage)
        text = f'report {line_id} "he never said it <!channel>"'
        assert "REPORTED · ticket t" in (await stage.types(text)).text
        assert "is open already" in (await stage.types(text)).text
        [ticket] = await stage.desk.room.store.reviews(state=ReviewState.WAITING)
        shown = (await stage.types("review")).text
        assert "he never said it" in shown
        assert "<!channel>" not in shown
        await stage.types(f'review reject {ticket.item_id} "not what the source says"')
        await stage.tick(minutes=1)
        assert "WITHDRAWN BY REVIEW: not what the source says" in stage.texts()[0]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("report k7f2ab nonsense", "No posted line k7f2ab"),
        ("report k7f2ab", "Which line, and what is wrong with it?"),
        ("review aprove x", "the nearest is approve"),
        ("review approve", "Which item?"),
        ("review approve nothing", "No item nothing to review"),
        ("review " + "x" * 4000, "No word"),
    ],
)
async def test_what_is_not_there_is_named(opened: Opened, text: str, said: str) -> None:
    async with opened() as stage:
        assert said in (await stage.types(text)).text


async def test_unmuting_lets_out_nothing_that_waits_to_be_looked_at(opened: Opened) -> None:
    async with opened() as stage:
        await stage.types("mute 4h")
        await published(stage)
        await stage.types("unmute")
        await stage.tick(minutes=1)
        assert stage.texts() == []
        await stage.tick(minutes=10)
        assert "NOT REVIEWED" in stage.texts()[0]


async def test_held_until_approved_in_quiet_hours_it_is_let_out_when_they_end(opened: Opened) -> None:
    async with opened() as stage:
        stage.desk.room.watching = replace(stage.desk.room.watching, hold_until_approved=True)
        await stage.types("unsubscribe actor:russia issue:foreign-troops")
        await stage.types("subscribe actor:russia issue:foreign-troops quiet:12:00-16:00 now")
        await published(stage)
        await stage.types(f"review approve {await item_of(stage)}")
        await stage.tick(minutes=1)
        assert stage.texts() == []
        await stage.tick(hours=5)
        assert len(stage.texts()) == 1


async def test_what_is_asked_for_bears_the_label_too(opened: Opened) -> None:
    async with opened() as stage:
        await published(stage)
        assert "NOT REVIEWED" in (await stage.types("new")).text


# --- what a ruling changes ------------------------------------------------------------------------------------------


async def test_what_was_found_wrong_says_no_more_where_anybody_stands(
    opened: Opened, shipped: Config, tmp_path: Path
) -> None:
    async with opened() as stage:
        await published(stage)
        assert TITLE in (await stage.types("position russia foreign-troops")).text
        await stage.types(f'review reject {await item_of(stage)} "wrong speaker"')
        assert TITLE not in (await stage.types("position russia foreign-troops")).text
        assert TITLE not in (await stage.types("diff russia")).text
    async with newsroom(shipped, tmp_path, at=stage.clock.now + TWO_DAYS) as after_a_restart:
        position = (await after_a_restart.types("position russia foreign-troops")).text
        assert "no words of its own on foreign troops on record" in position


async def test_a_further_report_of_what_was_found_wrong_is_no_news(opened: Opened) -> None:
    async with opened() as stage:
        await published(stage)
        await stage.types(f'review reject {await item_of(stage)} "wrong speaker"')
        await stage.publishes("Second Paper", TITLE, TEXT)
        await stage.tick(minutes=11)
        assert stage.texts() == []


async def test_the_next_digest_lists_what_was_taken_back(opened: Opened) -> None:
    async with opened() as stage:
        await stage.tick()
        await published(stage)
        await stage.tick(hours=19, minutes=30)
        assert "PEACE PLAN · Thu 4 Dec 2025, 08:30" in stage.texts()[-1]
        await stage.tick(minutes=1)
        await stage.types(f'review reject {await item_of(stage)} "not what the source says"')
        await stage.tick(hours=23, minutes=59)
        next_digest = stage.texts()[-1]
        assert "PEACE PLAN · Fri 5 Dec 2025, 08:30" in next_digest
        assert "CORRECTED SINCE TOLD · 1 line" in next_digest
        assert "WITHDRAWN BY REVIEW Thu 4 Dec" in next_digest


async def test_within_another_scope_it_goes_only_to_those_who_asked_for_that(opened: Opened) -> None:
    async with opened() as stage:
        await published(stage)
        item = await item_of(stage)
        asked = await stage.workspace.write(f"review scope {item}", user=stage.ann)
        assert f"Whose words are in {item}" in asked.text
        done = await stage.types(f"review scope {item} issue:elections")
        assert f"APPROVED · {item} · within its new scope" in done.text
        await stage.tick(minutes=11)
        assert stage.texts() == []
        assert TITLE not in (await stage.types("position russia foreign-troops")).text
        assert "would not agree to such troops" in (await stage.types("position russia elections")).text
        assert "issue:elections" in (await stage.types("review log")).text


async def test_a_new_scope_travels_to_whoever_was_told_otherwise(opened: Opened) -> None:
    async with opened() as stage:
        await published(stage)
        await stage.tick(minutes=11)
        await stage.types(f"review scope {await item_of(stage)} issue:elections")
        await stage.tick(minutes=1)
        alert, word = stage.texts()
        assert "SCOPE CORRECTED BY REVIEW: elections" in alert
        assert "NOT REVIEWED" not in alert
        assert word.startswith("SCOPE CORRECTED BY REVIEW: elections")


async def test_a_party_outside_the_scope_said_nothing_of_it(opened: Opened) -> None:
    async with opened() as stage:
        await published(stage)
        await stage.types(f"review scope {await item_of(stage)} actor:ukraine")
        assert "would not agree" not in (await stage.types("position russia")).text


async def test_whoever_reported_hears_what_came_of_it(opened: Opened) -> None:
    async with opened() as stage:
        bob = stage.workspace.add_user("bob")
        await published(stage)
        await stage.tick(minutes=11)
        line_id = await alerted_line(stage)
        said = await stage.workspace.command(
            "/brief", f'report {line_id} "he said more"', user=bob, channel=stage.workspace.direct(bob)
        )
        assert "REPORTED" in said.text
        [ticket] = [i for i in await stage.desk.room.store.reviews() if i.by == bob]
        await stage.types(f"review approve {ticket.item_id}")
        await stage.tick(minutes=1)
        assert f"Ticket {ticket.item_id}: a reviewer looked at line {line_id}" in stage.direct(bob)[-1]


async def test_what_its_source_withdrew_says_no_more_where_anybody_stands(
    opened: Opened, shipped: Config, tmp_path: Path
) -> None:
    async with opened(reviewed=False) as stage:
        await published(stage)
        [standing] = stage.desk.room.recorded.values()
        assert TITLE in (await stage.types("position russia foreign-troops")).text
        taken_back = replace(standing.article, revision=1, texts={Part.TITLE: TextOfRecord("This story is withdrawn")})
        async with stage.desk.room.ledger:
            nothing = Reading(taken_back, Relevance.CONTEXT, issues=(), actors=(), statements=())
            await poll.record(stage.desk.room, Recorded(taken_back, nothing, None), stage.clock.now)
        assert TITLE not in (await stage.types("position russia foreign-troops")).text
    async with newsroom(shipped, tmp_path, at=stage.clock.now + TWO_DAYS) as after_a_restart:
        position = (await after_a_restart.types("position russia foreign-troops")).text
        assert "no words of its own on foreign troops on record" in position


async def test_the_evidence_and_a_search_say_what_reviewers_made_of_it(opened: Opened) -> None:
    async with opened() as stage:
        await published(stage)
        address = next(iter(stage.desk.room.recorded.values())).article.url
        assert "NOT REVIEWED" in (await stage.types(f"why {address}")).text
        await stage.types(f'review reject {await item_of(stage)} "wrong speaker"')
        for asked in (f"why {address}", 'search "European troops"'):
            assert "WITHDRAWN BY REVIEW Wed 3 Dec" in (await stage.types(asked)).text


async def test_a_wording_that_conflicts_inside_an_update_is_looked_at_too(opened: Opened) -> None:
    async with opened() as stage:
        await published(stage)
        [told] = stage.desk.room.recorded.values()
        assert told.development is not None
        update = replace(told.development, verdict=Verdict.UPDATE, weight=1)
        assert review.queued(stage.desk.room, replace(told, development=update), stage.clock.now) is None
        differs = tuple(replace(j, verdict=Verdict.DIFFER) for j in update.judgements)
        conflict = replace(told, development=replace(update, judgements=differs))
        assert review.queued(stage.desk.room, conflict, stage.clock.now) is not None


async def test_home_has_the_queue_of_reviewers_and_what_was_corrected_lately(opened: Opened) -> None:
    async with opened() as stage:
        await published(stage)
        item = await item_of(stage)
        bob = stage.workspace.add_user("bob")
        assert "TO LOOK AT" not in str(await stage.workspace.open_home(bob))
        view = str(await stage.workspace.open_home(stage.ann))
        assert "TO LOOK AT · 1 item waits" in view
        assert item in view
        await stage.tick(minutes=11)
        await stage.types(f'review reject {item} "wrong speaker"')
        await stage.tick(minutes=1)
        later = str(await stage.workspace.open_home(stage.ann))
        assert "TO LOOK AT · 0 items wait" in later
        assert "CORRECTED IN THE LAST 14 DAYS · 1" in later
        assert "WITHDRAWN BY REVIEW: wrong speaker" in later
        assert "CORRECTED IN THE LAST" not in str(await stage.workspace.open_home(bob))


async def test_whatever_a_ruling_sends_bears_the_marks_of_the_run(opened: Opened) -> None:
    """The recorded week says of every message that it is a demonstration: of notes and answers too."""
    async with opened() as stage:
        room = stage.desk.room
        room.setting = replace(room.setting, marks=(say("digest.demonstration"),))
        await published(stage)
        await stage.tick(minutes=11)
        [alert] = await room.store.deliveries(kind="alert")
        [stored] = await room.store.lines_of(alert.key)
        bob = stage.workspace.add_user("bob")
        await stage.types(f'report {stored.line.line_id} "no"', user=bob, channel=stage.workspace.direct(bob))
        [ticket] = [i for i in await room.store.reviews(state=ReviewState.WAITING) if i.by]
        await stage.types(f'review reject {ticket.item_id} "wrong speaker"')
        await stage.tick(minutes=1)
        sent = await room.store.deliveries()
        assert {d.kind for d in sent} >= {"alert", "notice", "edit", "correction"}
        for d in sent:
            said = [p for row in d.page.rows for p in row.pieces]
            assert any(isinstance(p, Frame) and p.key == "digest.demonstration" for p in said), d.kind

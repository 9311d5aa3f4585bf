"""The queue and the log, however long: nothing of them is out of reach, and what changed since is marked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from bot.local.workspace import Answer
from digests.desk import poll
from digests.model import AuditEntry, Part, ReviewItem, ReviewState, TextOfRecord, Verdict
from tests.scenarios.cards import Reader, labels_of, words_of
from tests.scenarios.newsroom import Newsroom, buttons
from tests.scenarios.test_review import TITLE, Opened, item_of, opened, published

__all__ = ["opened"]  # the fixture


async def waits(stage: Newsroom, identity: str, kind: str = "development", minutes: int = 0) -> None:
    """Put an item into the queue that says nothing but its id."""
    at = stage.clock.now + timedelta(minutes=minutes)
    item = ReviewItem(identity, kind, at, "", (), by=stage.ann, said=f"about {identity}")
    await stage.desk.room.store.report(item, AuditEntry(at, stage.ann, "reported", identity), [])


def ids(answer: Answer) -> list[str]:
    """The items that an answer shows, in its order."""
    typed = [str(b.get("value", "")) for m in answer.messages for b in buttons(m)]
    return [text.rpartition(" ")[2] for text in typed if text.startswith("review approve ")]


def labels(answer: Answer) -> list[str]:
    return [b["text"]["text"] for m in answer.messages for b in buttons(m)]


async def test_every_item_of_a_long_queue_is_reached_by_its_buttons(opened: Opened) -> None:
    async with opened() as stage:
        for n in range(20):
            await waits(stage, f"r{n:02}", minutes=n)
        await waits(stage, "t99", "report", minutes=99)
        first = await stage.types("review")
        assert "REVIEW · 21 items wait" in first.text
        assert "8 of 21 · readers' reports first" in first.text
        assert ids(first) == ["t99", *(f"r{n:02}" for n in range(7))]
        second = await stage.presses(first.messages[-1], "Next 8")
        assert "9 to 16 of 21" in second.text
        assert ids(second) == [f"r{n:02}" for n in range(7, 15)]
        last = await stage.presses(second.messages[-1], "Next 5")
        assert ids(last) == [f"r{n:02}" for n in range(15, 20)]
        assert not [label for label in labels(last) if label.startswith("Next")]
        assert ids(await stage.presses(last.messages[-1], "From the start")) == ids(first)


async def test_what_is_decided_meanwhile_moves_nothing_out_of_sight(opened: Opened) -> None:
    async with opened() as stage:
        for n in range(12):
            await waits(stage, f"r{n:02}", minutes=n)
        first = await stage.types("review")
        for item in ids(first):
            await stage.types(f"review approve {item}")
        assert ids(await stage.presses(first.messages[-1], "Next 4")) == ["r08", "r09", "r10", "r11"]


async def test_what_weighs_most_comes_before_what_waits_longer(opened: Opened) -> None:
    async with opened() as stage:
        await waits(stage, "r00", minutes=-60)
        await published(stage)
        heavy = next(i.item_id for i in await stage.desk.room.store.reviews() if i.article_key)
        assert ids(await stage.types("review")) == [heavy, "r00"]


async def test_who_may_have_moved_comes_before_what_weighs_more(opened: Opened) -> None:
    async with opened() as stage:
        await published(stage)
        room = stage.desk.room
        [heavy] = await room.store.reviews()
        [recorded] = room.recorded.values()
        assert recorded.development is not None
        moved = replace(recorded.development, verdict=Verdict.POSSIBLE_SHIFT, weight=1)
        room.recorded["other.0"] = replace(recorded, development=moved)
        shift = replace(heavy, item_id="r00", article_key="other.0", at=heavy.at + timedelta(hours=1))
        await room.store.report(shift, AuditEntry(shift.at, "", "queued", "r00"), [])
        answer = await stage.types("review")
        assert ids(answer) == ["r00", heavy.item_id]
        first, _, second = answer.text.partition(heavy.item_id)
        assert "to be looked at as: possible shift" in first
        assert "to be looked at since one publisher alone reports it" in second


async def test_home_says_how_many_of_how_many_and_has_a_button_to_the_rest(opened: Opened) -> None:
    async with opened() as stage:
        for n in range(7):
            await waits(stage, f"r{n:02}", minutes=n)
        home = await stage.workspace.open_home(stage.ann)
        assert home is not None
        assert "TO LOOK AT · 7 items wait" in str(home)
        assert "5 of 7" in str(home)
        assert "2 more after these" in str(home)
        assert "Next 2" in labels_of(dict(home))


async def test_the_log_says_which_of_its_entries_it_shows_and_leads_to_the_older(opened: Opened) -> None:
    async with opened() as stage:
        for n in range(21):
            await waits(stage, f"r{n:02}")
        newest = await stage.types("review log")
        assert "REVIEW LOG · newest 20 of 21" in newest.text
        assert "reported r20" in newest.text
        assert "reported r00" not in newest.text
        older = await stage.presses(newest.messages[-1], "Older")
        assert "REVIEW LOG · 21 to 21 of 21, the newest first" in older.text
        assert "reported r00" in older.text
        assert "REVIEW LOG · newest 20 of 21" in (await stage.presses(older.messages[-1], "Newer")).text
        assert "no older entry; there are 21" in (await stage.types("review log page:9")).text
        assert "page" in (await stage.types("review log page:x")).text


# --- what the source did since --------------------------------------------------------------------------------------

PUT_RIGHT = (
    "Russian Foreign Minister Sergei Lavrov said on Wednesday that Moscow would agree to such troops in Ukraine."
)


async def revised(stage: Newsroom, texts: Mapping[Part, str]) -> None:
    """The only article reads otherwise now."""
    [standing] = stage.desk.room.recorded.values()
    now = {part: TextOfRecord(said) for part, said in texts.items()}
    article = replace(standing.article, revision=1, texts=now, seen_at=stage.clock.now)
    [reading] = await stage.desk.room.ports.analyst.read([article])
    async with stage.desk.room.ledger:
        await poll.revise(stage.desk.room, reading, stage.clock.now)


async def test_words_that_their_source_put_right_are_marked_wherever_they_are_decided_on(opened: Opened) -> None:
    async with opened() as stage:
        reader = Reader(stage.workspace, stage.ann)
        await published(stage)
        item = await item_of(stage)
        await stage.tick(minutes=2)
        assert "stands there now" not in (await stage.types("review")).text
        await revised(stage, {Part.TITLE: TITLE, Part.DESCRIPTION: PUT_RIGHT})
        await stage.tick(minutes=1)
        shown = [(await stage.types("review")).text, stage.direct()[0]]
        answer = await stage.types("review")
        await stage.presses(answer.messages[0], f"Reject {item}")
        shown.append(words_of(await reader.card()))
        for text in shown:
            assert "CORRECTED BY THE SOURCE" in text
            assert "stands there now" in text
            assert "would agree to such troops" in text
        assert "CORRECTED BY THE SOURCE" in (await stage.types(f"review approve {item}")).text


async def test_a_decision_on_what_its_source_withdrew_says_so(opened: Opened) -> None:
    async with opened() as stage:
        await published(stage)
        item = await item_of(stage)
        await stage.tick(minutes=1)
        await revised(stage, {Part.TITLE: "This story is withdrawn"})
        await stage.tick(minutes=1)
        assert "WITHDRAWN BY THE SOURCE" in (await stage.types("review")).text
        assert "WITHDRAWN BY THE SOURCE" in stage.direct()[0]
        assert "WITHDRAWN BY THE SOURCE" in (await stage.types(f"review approve {item}")).text
        [decided] = await stage.desk.room.store.reviews()
        assert decided.state is ReviewState.APPROVED


async def test_the_log_quotes_what_was_decided(opened: Opened) -> None:
    async with opened() as stage:
        await published(stage)
        assert TITLE not in (await stage.types("review log")).text
        await stage.types(f"review approve {await item_of(stage)}")
        assert TITLE in (await stage.types("review log")).text

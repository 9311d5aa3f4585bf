"""Several rulings on the same words never speak against each other, and one that was a mistake is put right."""

from __future__ import annotations

from collections.abc import Sequence

from digests.model import DeliveryState, ReviewState
from tests.scenarios.newsroom import Newsroom, buttons
from tests.scenarios.test_review import TITLE, Opened, item_of, opened, published
from tests.scenarios.test_review_notices import second_reviewer

__all__ = ["opened"]  # the fixture


async def told_line(stage: Newsroom) -> str:
    """The line of the only alert, which is out."""
    [sent] = await stage.desk.room.store.deliveries(kind="alert")
    [stored] = await stage.desk.room.store.lines_of(sent.key)
    return stored.line.line_id


async def tickets(stage: Newsroom, said: Sequence[str], user: str = "") -> list[str]:
    """Tickets that somebody opens on the only line, told before."""
    line, who = await told_line(stage), user or stage.ann
    for text in said:
        await stage.types(f'report {line} "{text}"', user=who, channel=stage.workspace.direct(who))
    ids = {i.said: i.item_id for i in await stage.desk.room.store.reviews()}
    return [ids[text] for text in said]


async def out(stage: Newsroom) -> None:
    """The alert goes out, looked at."""
    await published(stage)
    await stage.types(f"review approve {await item_of(stage)}")
    await stage.tick(minutes=1)


async def test_what_is_taken_back_for_one_ticket_settles_every_other_on_it(opened: Opened) -> None:
    async with opened() as stage:
        bob = second_reviewer(stage)
        await out(stage)
        first, second, third = await tickets(stage, ("not he", "not then", "not so"), bob)
        await stage.tick(minutes=1)
        done = await stage.types(f'review reject {first} "wrong speaker"')
        assert f"settled with it: {', '.join(sorted((second, third)))}" in done.text
        for late in (f"review approve {second}", f"review scope {third} issue:elections"):
            answer = (await stage.types(late, user=bob, channel=stage.workspace.direct(bob))).text
            assert "was decided already" in answer
            assert f"settled with {first}" in answer
        await stage.tick(minutes=1)
        [alert, *_] = stage.texts()
        assert "WITHDRAWN BY REVIEW: wrong speaker" in alert
        assert "SCOPE CORRECTED" not in alert
        assert (await stage.types(f"why {second}")).text.count("WITHDRAWN BY REVIEW") == 1
        answers = [text for text in stage.direct(bob) if text.startswith("Ticket ")]
        assert len(answers) == 3
        assert all("is taken back" in text for text in answers)
        assert not [m for m in stage.workspace.messages(stage.workspace.direct(bob)) if third in str(buttons(m))]
        assert (await stage.types("review")).text.startswith("REVIEW · 0 items wait")


async def test_what_was_ruled_for_one_ticket_is_said_beside_the_others(opened: Opened) -> None:
    async with opened() as stage:
        bob = second_reviewer(stage)
        await out(stage)
        first, second = await tickets(stage, ("another issue", "not then"), bob)
        await stage.tick(minutes=1)
        await stage.types(f"review scope {first} issue:elections")
        await stage.tick(minutes=1)
        assert f"on the same words, for {first} · scoped by" in (await stage.types("review")).text
        asked = next(m for m in stage.workspace.messages(stage.workspace.direct(bob)) if second in m["text"])
        assert f"on the same words, for {first}" in asked["text"]
        assert len(buttons(asked)) == 4
        await stage.types(f"review approve {second}")
        await stage.tick(minutes=1)
        assert "it stands, within the scope that review set" in stage.direct(bob)[-1]
        assert "SCOPE CORRECTED BY REVIEW: elections" in stage.texts()[0]


async def test_a_ticket_on_words_that_were_taken_back_since_is_settled_with_them(opened: Opened) -> None:
    async with opened() as stage:
        await out(stage)
        [first] = await tickets(stage, ("not he",))
        await stage.types(f'review reject {first} "wrong speaker"')
        [late] = await tickets(stage, ("not so either",))
        answer = await stage.types(f"review approve {late}")
        assert f"{late} is settled with {first}: the words were taken back already" in answer.text
        assert "APPROVED" not in answer.text
        await stage.tick(minutes=1)
        assert "is taken back" in stage.direct()[-1]


async def test_an_approval_by_mistake_is_opened_again_and_turned_down(opened: Opened) -> None:
    async with opened() as stage:
        await out(stage)
        item = await item_of(stage)
        late = await stage.types(f'review reject {item} "not new"')
        assert "was decided already" in late.text
        again = await stage.presses(late.messages[0], f"Open {item} again")
        assert f"OPENED AGAIN · {item}" in again.text
        assert "turned down" not in again.text.casefold()
        assert "TURNED DOWN" in (await stage.types(f'review reject {item} "not new"')).text
        await stage.tick(minutes=1)
        assert "WITHDRAWN BY REVIEW: not new" in stage.texts()[0]
        assert TITLE not in (await stage.types("position russia foreign-troops")).text
        log = (await stage.types("review log")).text
        for act in ("approved", "reopened", "rejected", "reason: not new", TITLE):
            assert act in log
        shown = (await stage.types(f"review {item}")).text
        assert shown.index("approved") < shown.index("reopened") < shown.index("rejected")


async def test_a_rejection_by_mistake_is_taken_back_wherever_it_travelled(opened: Opened) -> None:
    async with opened() as stage:
        bob = second_reviewer(stage)
        await out(stage)
        first, second = await tickets(stage, ("not he", "not so"), bob)
        await stage.types(f'review reject {first} "wrong speaker"')
        await stage.tick(minutes=1)
        assert TITLE not in (await stage.types("position russia foreign-troops")).text
        await stage.types(f"review reopen {second}")
        waiting = await stage.desk.room.store.reviews(state=ReviewState.WAITING)
        assert {i.item_id for i in waiting} == {first, second}, "what was settled with it waits too"
        await stage.types(f"review approve {first}")
        await stage.types(f"review approve {second}")
        await stage.tick(minutes=1)
        alert, withdrawal, word = stage.texts()
        assert withdrawal.startswith("WITHDRAWN BY REVIEW")
        assert word.startswith("IT STANDS AFTER ALL")
        assert "WITHDRAWN BY REVIEW" not in alert
        assert "IT STANDS AFTER ALL" in alert
        assert TITLE in (await stage.types("position russia foreign-troops")).text
        assert "it stands" in stage.direct(bob)[-1]


async def test_what_another_process_opened_again_counts_here(opened: Opened) -> None:
    async with opened() as stage:
        await out(stage)
        [first] = await tickets(stage, ("not he",))
        await stage.types(f'review reject {first} "wrong speaker"')
        room = stage.desk.room
        assert room.statements == []
        await stage.types(f"review reopen {first}")
        assert room.statements
        await stage.types(f'review reject {first} "wrong speaker"')
        ruled = room.ruled
        room.rule([])
        assert room.statements
        room._heeded = []  # as if the entry had come from elsewhere
        async with room.ledger:
            await room.catch_up()
        assert room.ruled == ruled
        assert room.statements == []


async def test_a_digest_says_that_what_it_summed_up_was_posted_before_a_ruling(opened: Opened) -> None:
    async with opened() as stage:
        await stage.types("unsubscribe actor:russia issue:foreign-troops")
        await stage.tick()
        await published(stage)
        await stage.tick(hours=19, minutes=30)
        await stage.tick(minutes=1)
        item = await item_of(stage)
        await stage.types(f'review reject {item} "not new"')
        await stage.tick(minutes=1)
        note = "what review changed since, as its lines say, is still counted here"
        digest = next((t for t in stage.texts() if "WHO SPOKE" in t), "")
        assert "WITHDRAWN BY REVIEW: not new" in digest
        assert digest.count(note) == 2
        await stage.types(f"review reopen {item}")
        await stage.types(f"review approve {item}")
        await stage.tick(minutes=1)
        digest = next((t for t in stage.texts() if "WHO SPOKE" in t), "")
        assert "IT STANDS AFTER ALL" in digest
        assert note not in digest


async def test_a_ticket_decided_before_anybody_was_asked_asks_nobody(opened: Opened) -> None:
    async with opened() as stage:
        bob = second_reviewer(stage)
        await out(stage)
        [first] = await tickets(stage, ("not he",))
        await stage.types(f"review approve {first}")
        await stage.tick(minutes=1)
        for user in (stage.ann, bob):
            assert not [m for m in stage.direct(user) if f"REVIEW {first}" in m]
        dropped = [d for d in await stage.desk.room.store.deliveries() if d.state is DeliveryState.DROPPED]
        assert len(dropped) == 4, "about the item and about the ticket, to each of two reviewers"
        status = (await stage.types("status")).text
        assert "FAILED" not in status


async def test_a_decision_is_looked_up_by_its_id_or_its_line_s(opened: Opened) -> None:
    async with opened() as stage:
        await out(stage)
        item, line = await item_of(stage), await told_line(stage)
        shown = await stage.types(f"review {item}")
        assert f"REVIEW {item} · decided" in shown.text
        assert TITLE in shown.text
        assert "approved" in shown.text
        assert f"REVIEW {item} · decided" in (await stage.types(f"review {line}")).text
        [ticket] = await tickets(stage, ("not he",))
        both = await stage.types(f"review {line}")
        assert "2 items on line" in both.text
        waits = await stage.presses(both.messages[0], ticket)
        assert f"REVIEW {ticket} · waits for a decision" in waits.text
        assert len(buttons(waits.messages[-1])) == 4
        assert TITLE in (await stage.types(f"why {ticket}")).text
        assert "No item bbbbbb" in (await stage.types("review bbbbbb")).text
        bob = stage.workspace.add_user("bob")
        for text in (f"review {item}", f"review reopen {item}"):
            said = await stage.types(text, user=bob, channel=stage.workspace.direct(bob))
            assert "Only those whom" in said.text


async def test_why_of_an_article_that_was_turned_down_says_so(opened: Opened) -> None:
    async with opened() as stage:
        await stage.types("unsubscribe actor:russia issue:foreign-troops")
        await stage.tick()
        await published(stage)
        await stage.types(f'review reject {await item_of(stage)} "wrong speaker"')
        await stage.tick(hours=19, minutes=30)
        address = next(iter(stage.desk.room.recorded.values())).article.url
        why = (await stage.types(f"why {address}")).text
        assert "NOT TOLD HERE · a reviewer turned it down" in why
        assert "cut off" not in why


async def test_what_nobody_looked_at_says_so_on_home_and_a_quotation_that_was_taken_back_too(opened: Opened) -> None:
    async with opened() as stage:
        await published(stage)
        before = str(await stage.workspace.open_home(stage.ann))
        assert before.count("NOT REVIEWED") == 1
        item = await item_of(stage)
        quote = 'quote "will not agree to European troops"'
        assert "WITHDRAWN" not in (await stage.types(quote)).text
        await stage.types(f'review reject {item} "wrong speaker"')
        after = (await stage.types(quote)).text
        assert "WITHDRAWN BY REVIEW Wed 3 Dec" in after
        await stage.types(f"review reopen {item}")
        assert "WITHDRAWN" not in (await stage.types(quote)).text


async def test_what_is_too_long_is_said_to_be_and_not_cut(opened: Opened) -> None:
    async with opened() as stage:
        await out(stage)
        line, item, long = await told_line(stage), await item_of(stage), "he did not say it so " * 30
        assert "500 characters are read at most" in (await stage.types(f'report {line} "{long}"')).text
        assert await stage.desk.room.store.reviews(state=ReviewState.WAITING) == []
        await stage.types(f"review reopen {item}")
        assert "500 characters are read at most" in (await stage.types(f'review reject {item} "{long}"')).text
        assert len(await stage.desk.room.store.reviews(state=ReviewState.WAITING)) == 1


async def test_what_was_dropped_by_mistake_is_in_the_next_digest_and_in_no_rehearsal_before(opened: Opened) -> None:
    async with opened() as stage:
        await stage.tick()
        await published(stage)
        item = await item_of(stage)
        await stage.types(f'review reject {item} "wrong speaker"')
        rehearsed = (await stage.types("subscribe actor:russia to:dm")).text
        assert TITLE not in rehearsed
        assert "would have fired 0 times" in rehearsed
        await stage.types(f"review reopen {item}")
        await stage.types(f"review approve {item}")
        await stage.tick(minutes=30)
        assert stage.texts() == [], "an alert that was dropped is not sent hours later"
        await stage.tick(hours=19)
        digest = stage.texts()[-1]
        assert TITLE in digest
        assert "NOT REVIEWED" not in digest

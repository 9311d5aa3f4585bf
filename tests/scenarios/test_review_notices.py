"""The messages by which reviewers are asked to look: each says what became of it, and what is decided has no button."""

from __future__ import annotations

import asyncio
import copy
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from bot.local.state import Message
from bot.slack.blocks import escape
from digests.desk import asking, tips
from digests.model import AuditEntry, ReviewItem, ReviewState
from tests.scenarios.cards import Reader, words_of
from tests.scenarios.newsroom import Newsroom, buttons
from tests.scenarios.test_review import TITLE, Opened, alerted_line, item_of, opened, published

__all__ = ["opened"]  # the fixture


def second_reviewer(stage: Newsroom) -> str:
    """Bob reviews too."""
    bob = stage.workspace.add_user("bob")
    stage.desk.room.watching = replace(stage.desk.room.watching, reviewers=(stage.ann, bob))
    return bob


def notices(stage: Newsroom, users: Sequence[str]) -> list[Message]:
    """The first message that each of them got."""
    return [stage.workspace.messages(stage.workspace.direct(user))[0] for user in users]


async def test_whoever_decides_every_reviewer_s_message_says_so_and_loses_its_buttons(opened: Opened) -> None:
    async with opened() as stage:
        bob = second_reviewer(stage)
        await published(stage)
        await stage.tick(minutes=1)
        item = await item_of(stage)
        old = copy.deepcopy(notices(stage, (stage.ann, bob)))
        assert all(len(buttons(message)) == 4 for message in old)
        await stage.types(f'review reject {item} "wrong speaker"', user=bob, channel=stage.workspace.direct(bob))
        await stage.tick(minutes=1)
        for message in notices(stage, (stage.ann, bob)):
            assert f"REVIEW {item} · decided" in message["text"]
            assert "rejected by " in message["text"]
            assert "Wed 3 Dec 2025, 13:01 CET" in message["text"], "in the reader's own zone"
            assert "reason: wrong speaker" in message["text"]
            assert TITLE in message["text"]
            assert buttons(message) == []
        for label, said in (("Approve", "approve"), ("Reject", "reject"), ("Edit scope of", "scope")):
            late = await stage.presses(old[0], f"{label} {item}", channel=stage.workspace.direct(stage.ann))
            text = late.text or words_of(await Reader(stage.workspace, stage.ann).card())
            assert f"{item} was decided already" in text, said
            assert "rejected by bob" in text, said


async def test_a_scope_says_which_in_the_message(opened: Opened) -> None:
    async with opened() as stage:
        await published(stage)
        await stage.tick(minutes=1)
        await stage.types(f"review scope {await item_of(stage)} issue:elections")
        await stage.tick(minutes=1)
        [message] = notices(stage, (stage.ann,))
        assert "scoped by" in message["text"]
        assert "SCOPE CORRECTED BY REVIEW: elections" in message["text"]
        assert buttons(message) == []


async def test_what_went_out_unseen_is_said_and_may_still_be_decided(opened: Opened) -> None:
    async with opened() as stage:
        await published(stage)
        await stage.tick(minutes=1)
        await stage.tick(minutes=10)
        [message] = notices(stage, (stage.ann,))
        assert "It went out Wed 3 Dec 2025, 13:11 CET with its label" in message["text"]
        assert len(buttons(message)) == 4
        item = await item_of(stage)
        await stage.presses(message, f"Approve {item}", channel=stage.workspace.direct(stage.ann))
        await stage.tick(minutes=1)
        [message] = notices(stage, (stage.ann,))
        assert "approved by" in message["text"]
        assert "It went out" not in message["text"]
        assert buttons(message) == []


async def test_a_ticket_s_message_says_who_decided_too(opened: Opened) -> None:
    async with opened() as stage:
        await published(stage)
        await stage.types(f"review approve {await item_of(stage)}")
        await stage.tick(minutes=1)
        line_id = await alerted_line(stage)
        text = f'report {line_id} "he never said it"'
        assert "A reviewer looks at it, and you are told here" in (await stage.types(text)).text
        await stage.tick(minutes=1)
        ticket = next(i.item_id for i in await stage.desk.room.store.reviews() if i.by)
        await stage.types(f'review reject {ticket} "the page says otherwise"')
        assert f"Ticket {ticket} was decided already" in (await stage.types(text)).text
        await stage.tick(minutes=1)
        message = next(m for m in stage.workspace.messages(stage.workspace.direct(stage.ann)) if ticket in m["text"])
        assert f"REVIEW {ticket} · decided" in message["text"]
        assert "he never said it" in message["text"]
        assert buttons(message) == []


async def test_whoever_reported_is_told_who_decided_what_and_why(opened: Opened) -> None:
    async with opened() as stage:
        bob = stage.workspace.add_user("bob")
        await published(stage)
        await stage.types(f"review approve {await item_of(stage)}")
        await stage.tick(minutes=1)
        line_id = await alerted_line(stage)
        line, direct = line_id, stage.workspace.direct(bob)
        for said, ruling, came in (
            ("the issue is another", "scope {} issue:elections", "is told within another scope from now on"),
            ("he never said so", 'reject {} "the page says otherwise"', "is taken back"),
        ):
            await stage.types(f'report {line} "{said}"', user=bob, channel=direct)
            ticket = next(i.item_id for i in await stage.desk.room.store.reviews() if i.said == said)
            await stage.types(f"review {ruling.format(ticket)}")
            await stage.tick(minutes=1)
            answer = stage.direct(bob)[-1]
            assert f"Ticket {ticket}: line {line} {came}" in answer
            assert ", Wed 3 Dec 2025, 13:0" in answer
        assert "reason: the page says otherwise" in stage.direct(bob)[-1]


LONG = "the minister's deputy said it, and not on that day, <!channel> *as* <mailto:x@evil.example|the page> says: " * 4


async def test_what_people_write_is_read_whole_by_whom_it_is_for_and_stays_words(opened: Opened) -> None:
    async with opened() as stage:
        await published(stage)
        await stage.tick(minutes=11)
        line_id = await alerted_line(stage)
        await stage.types(f'report {line_id} "{LONG}"')
        ticket = next(i.item_id for i in await stage.desk.room.store.reviews() if i.by)
        whole = " ".join(LONG.split())
        queue = await stage.types("review")
        assert escape(whole) in queue.text
        assert "<!channel>" not in queue.text
        await stage.types(f'review reject {ticket} "{LONG}"')
        await stage.tick(minutes=1)
        told = [*stage.texts(), *stage.direct()]
        assert sum(escape(whole) in text for text in told) >= 2, "in the answer to the reporter, and in the messages"
        for text in told:
            assert "<!channel>" not in text
            assert "<mailto" not in text
        late = await stage.types(f"review approve {ticket}")
        assert escape(whole) in late.text


async def test_of_two_reviewers_at_once_one_decides_and_the_other_is_told_so(opened: Opened) -> None:
    async with opened() as stage:
        bob = second_reviewer(stage)
        await published(stage)
        item = await item_of(stage)
        answers = await asyncio.gather(
            stage.types(f"review approve {item}"),
            stage.types(f'review reject {item} "not new"', user=bob, channel=stage.workspace.direct(bob)),
        )
        first = [a.text for a in answers if "APPROVED" in a.text or "TURNED DOWN" in a.text]
        second = [a.text for a in answers if "was decided already" in a.text]
        assert (len(first), len(second)) == (1, 1)
        [entry] = [e for e in await stage.desk.room.store.audit(9) if e.what == item and e.act != "queued"]
        [decided] = await stage.desk.room.store.reviews()
        assert (entry.act, entry.by) == (decided.state.value, decided.decided_by)
        await stage.tick(minutes=1)
        assert len(stage.texts()) == (decided.state is ReviewState.APPROVED)


async def test_pressed_twice_it_is_decided_once(opened: Opened) -> None:
    async with opened() as stage:
        await published(stage)
        item = await item_of(stage)
        queue = await stage.types("review")
        answers = await asyncio.gather(*(stage.presses(queue.messages[0], f"Approve {item}") for _ in range(2)))
        texts = [a.text for a in answers]
        assert sum("APPROVED" in text for text in texts) >= 1
        assert len([e for e in await stage.desk.room.store.audit(9) if e.act == "approved"]) == 1
        await stage.tick(minutes=1)
        assert len(stage.texts()) == 1


async def test_a_decision_says_what_it_does_and_a_message_what_happens_without_one(opened: Opened) -> None:
    async with opened() as stage:
        await published(stage)
        await stage.tick(minutes=1)
        [message] = notices(stage, (stage.ann,))
        assert "If nobody decides by 13:10, alerts on it go out with the label" in message["text"]
        item = await item_of(stage)
        assert "1 alert goes out now" in (await stage.types(f"review approve {item}")).text
        await stage.tick(minutes=1)
        line_id = await alerted_line(stage)
        await stage.types(f'report {line_id} "no"')
        ticket = next(i.item_id for i in await stage.desk.room.store.reviews() if i.by)
        done = (await stage.types(f'review reject {ticket} "not new"')).text
        assert "1 posted message is edited" in done
        assert "1 conversation is told" in done


async def test_what_is_held_until_approved_says_that_it_is(opened: Opened) -> None:
    async with opened() as stage:
        stage.desk.room.watching = replace(stage.desk.room.watching, hold_until_approved=True)
        await published(stage)
        await stage.tick(minutes=1)
        [message] = notices(stage, (stage.ann,))
        assert "Nothing of it is told before somebody approves it" in message["text"]


async def test_a_burst_is_announced_one_by_one_up_to_a_number_and_then_once(opened: Opened) -> None:
    async with opened() as stage:
        for n in range(asking.AN_HOUR):
            item = ReviewItem(f"r{n}", "development", stage.clock.now, "", ())
            await stage.desk.room.store.report(item, AuditEntry(item.at, "", "queued", f"r{n}"), [])
        await published(stage)
        await stage.publishes("Second Paper", "Zelensky rules out giving up territory in Donbas", "")
        await stage.tick(minutes=1)
        [more] = stage.direct()
        assert more.startswith("REVIEW · more waits than is announced one by one")
        [message] = notices(stage, (stage.ann,))
        queue = await stage.presses(message, "Review", channel=stage.workspace.direct(stage.ann))
        assert "items wait" in queue.text


async def test_nobody_keeps_the_reviewers_busy_with_tickets_without_end(opened: Opened) -> None:
    async with opened() as stage:
        await published(stage)
        await stage.tick(minutes=11)
        line_id = await alerted_line(stage)
        for n in range(tips.OPEN_AT_MOST):
            assert "REPORTED" in (await stage.types(f'report {line_id} "no {n}"')).text
        assert "20 tickets of yours wait already" in (await stage.types(f'report {line_id} "more"')).text
        assert "is open already" in (await stage.types(f'report {line_id} "no 1"')).text
        ticket = next(i.item_id for i in await stage.desk.room.store.reviews() if i.by)
        await stage.types(f"review approve {ticket}")
        assert "REPORTED" in (await stage.types(f'report {line_id} "more"')).text


async def test_a_decision_that_falls_between_posting_and_saying_so_has_the_last_word(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened() as stage:
        await published(stage)
        item = await item_of(stage)
        once_out = asking._once_out

        async def meanwhile(*args: Any) -> Any:
            owed = await once_out(*args)
            await stage.types(f"review approve {item}")
            return owed

        monkeypatch.setattr(asking, "_once_out", meanwhile)
        await stage.tick(minutes=11)
        await stage.tick(minutes=1)
        [message] = notices(stage, (stage.ann,))
        assert "approved by" in message["text"]
        assert buttons(message) == []


async def test_who_reviews_no_more_is_told_of_the_decision_too(opened: Opened) -> None:
    async with opened() as stage:
        bob = second_reviewer(stage)
        await published(stage)
        await stage.tick(minutes=1)
        stage.desk.room.watching = replace(stage.desk.room.watching, reviewers=(stage.ann,))
        await stage.types(f"review approve {await item_of(stage)}")
        await stage.tick(minutes=1)
        [message] = notices(stage, (bob,))
        assert "approved by" in message["text"]
        assert buttons(message) == []


async def test_what_was_approved_by_mistake_is_looked_at_again_by_a_report(opened: Opened) -> None:
    async with opened() as stage:
        reader = Reader(stage.workspace, stage.ann)
        await published(stage)
        item = await item_of(stage)
        await stage.types(f"review approve {item}")
        await stage.tick(minutes=1)
        late = await stage.types(f'review reject {item} "not new"')
        assert "was decided already" in late.text
        await stage.presses(late.messages[0], "Wrong?")
        form = await reader.card()
        assert form["callback_id"] == "form.report"
        assert TITLE in words_of(form)

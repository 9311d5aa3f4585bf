"""The messages by which reviewers are asked to look: each says what became of it, and what is decided has no button."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import replace

from bot.local.state import Message
from bot.slack.blocks import escape
from tests.scenarios.cards import Reader, words_of
from tests.scenarios.newsroom import Newsroom, buttons
from tests.scenarios.test_review import TITLE, Opened, item_of, opened, published

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
        assert all(len(buttons(message)) == 3 for message in old)
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
        assert len(buttons(message)) == 3
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
        [sent] = await stage.desk.room.store.deliveries(kind="alert")
        [stored] = await stage.desk.room.store.lines_of(sent.key)
        text = f'report {stored.line.line_id} "he never said it"'
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
        [sent] = await stage.desk.room.store.deliveries(kind="alert")
        [stored] = await stage.desk.room.store.lines_of(sent.key)
        line, direct = stored.line.line_id, stage.workspace.direct(bob)
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
        [sent] = await stage.desk.room.store.deliveries(kind="alert")
        [stored] = await stage.desk.room.store.lines_of(sent.key)
        await stage.types(f'report {stored.line.line_id} "{LONG}"')
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

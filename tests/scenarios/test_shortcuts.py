"""Shortcuts from end to end: evidence, a report, a quotation, a link, and the two that stand on no message."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from bot.local.state import Message
from bot.local.workspace import Answer
from bot.slack.listeners.shortcuts import ANYWHERE, ON_MESSAGES
from config import Config
from tests.conftest import REPO
from tests.scenarios.cards import Reader, words_of
from tests.scenarios.test_dialogues import EVIL_TEXT, TROOPS, Talk, is_sound, talking


@pytest.fixture
async def talk(tmp_path: Path, shipped: Config) -> AsyncIterator[Talk]:
    async with talking(shipped, tmp_path) as made:
        yield made


async def uses(talk: Talk, callback: str, message: Message) -> Answer:
    stage = talk.stage
    answer = await stage.workspace.shortcut(callback, message, user=stage.person, channel=stage.channel)
    is_sound(answer)
    return answer


def said(talk: Talk, text: str) -> Message:
    """What somebody else wrote in the channel."""
    conversation = talk.stage.workspace.state.conversations[talk.stage.channel]
    return talk.stage.workspace.state.add_message(conversation, {"user": talk.stage.person, "text": text})


def test_the_manifest_has_every_shortcut_that_is_heard() -> None:
    made = yaml.safe_load((REPO / "config/manifest.yaml").read_text(encoding="utf-8"))["features"]["shortcuts"]
    by_type = {kind: {s["callback_id"] for s in made if s["type"] == kind} for kind in ("message", "global")}
    assert by_type == {"message": set(ON_MESSAGES), "global": set(ANYWHERE)}
    assert all(len(s["name"]) <= 24 and len(s["description"]) <= 150 for s in made)


async def test_a_problem_is_reported_on_a_message_that_tells_lines(talk: Talk) -> None:
    opened = await uses(talk, "report_problem", talk.posted[0])
    assert opened.view is not None
    assert opened.view["callback_id"] == "form.report"
    shown = words_of(opened.view)
    assert TROOPS in shown
    assert "No reviewer is named in config/access.yaml" in shown
    assert "you are told in a direct message" in shown


async def test_what_is_no_message_of_ours_cannot_be_reported_and_a_card_says_what_can(talk: Talk) -> None:
    reader = Reader(talk.stage.workspace, talk.stage.person)
    before = len(talk.stage.workspace.whispers(reader.user))
    await uses(talk, "report_problem", said(talk, "hello"))
    card = await reader.card()
    assert card["title"]["text"] == "Report a problem"
    for words in ("That is no message of mine", "Wrong? below a digest", "Send link to review", "Check this quote"):
        assert words in words_of(card)
    assert len(talk.stage.workspace.whispers(reader.user)) == before


async def test_a_message_that_tells_no_line_is_reported_as_a_whole(talk: Talk) -> None:
    reader = Reader(talk.stage.workspace, talk.stage.person)
    room = talk.stage.desk.room
    room.watching = replace(room.watching, reviewers=(reader.user,))
    await talk.says("/brief position russia share")
    await uses(talk, "report_problem", talk.posted[-1])
    form = await reader.card()
    assert form["callback_id"] == "form.report"
    assert "It tells no line" in words_of(form)
    assert "you will look at it" in words_of(form)
    said_of_it = {"wrong": {"chosen": "the day of “the first” words <!channel> is wrong"}}
    assert await reader.person.submit(str(form["id"]), said_of_it) == {}
    async with asyncio.timeout(5):
        while not (tickets := await room.store.reviews()):
            await asyncio.sleep(0.01)
    [ticket] = tickets
    assert (ticket.kind, ticket.line_id) == ("report", "")
    assert ticket.message.startswith(f"https://slack.com/archives/{talk.stage.channel}/p")
    queue = (await talk.says("/brief review")).text
    assert "the day of “the first” words" in queue
    assert "<!channel>" not in queue
    assert "Russia" in queue
    done = await talk.says(f"/brief review approve {ticket.item_id}")
    assert f"LOOKED AT · {ticket.item_id}" in done.text


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "They say “Moscow would not accept European troops in Ukraine” again",
            ("ON RECORD, word for word", "Sergei Lavrov said"),
        ),
        (
            "He said “Moscow would accept European troops in Ukraine now”!",
            ("NOT ON RECORD IN THESE WORDS", "differs from what was asked in: polarity"),
        ),
        ("Somebody said “the moon is made of green cheese”", ("NOT ON RECORD · none of",)),
        ("hello", ("Check which quotation?",)),
        (
            "‘would not accept European troops’ and “the moon is made of green cheese”",
            ("ON RECORD, word for word", "NOT ON RECORD · none of"),
        ),
        ("&lt;!channel&gt; “&lt;https://evil.example|click&gt; *now* :fire:”", ("NOT ON RECORD",)),
        ('a "quote that never: ends <https://evil.example|click>', ("QUOTATION", "NOT ON RECORD")),
    ],
)
async def test_a_quotation_of_any_message_is_looked_up(talk: Talk, text: str, wanted: tuple[str, ...]) -> None:
    answer = await uses(talk, "check_quote", said(talk, text))
    for words in wanted:
        assert words in answer.text


async def test_a_source_s_own_hostile_words_are_found_and_stay_words(talk: Talk) -> None:
    answer = await uses(talk, "check_quote", said(talk, f"“{EVIL_TEXT[:60]}”"))
    assert answer.messages


async def test_a_link_goes_before_the_reviewers_and_is_never_told(talk: Talk) -> None:
    before = len(talk.posted)
    answer = await uses(talk, "send_link", said(talk, "look <https://paper.example/new?a=1&amp;b=2|this>"))
    assert "SENT TO REVIEW · ticket" in answer.text
    assert "None of my feeds gave this address" in answer.text
    [item] = await talk.stage.desk.room.store.reviews()
    assert (item.kind, item.said, item.by) == ("link", "https://paper.example/new?a=1&b=2", talk.stage.person)
    again = await uses(talk, "send_link", said(talk, "look <https://paper.example/new?a=1&amp;b=2|this>"))
    assert f"Ticket {item.item_id} is open already" in again.text
    known = await uses(talk, "send_link", said(talk, "<https://first-paper.example/1>"))
    assert "It is on record already, from" in known.text
    both = said(talk, "<https://paper.example/2> and <https://paper.example/3|x> and <https://paper.example/2>")
    assert "SENT TO REVIEW" in (await uses(talk, "send_link", both)).text
    sent = {i.said for i in await talk.stage.desk.room.store.reviews()}
    assert {"https://paper.example/2", "https://paper.example/3"} <= sent
    none = await uses(talk, "send_link", said(talk, "no link, only <https://team.slack.com/archives/C1/p1>"))
    assert "There is no link to a page in it" in none.text
    assert len([m for m in talk.posted[before:] if m.get("bot_id")]) == 0


@pytest.mark.parametrize(("callback", "wanted"), [("whats_new", "PEACE PLAN"), ("create_alert", "form.subscribe")])
async def test_a_global_shortcut_answers_in_the_direct_message_or_opens_its_form(
    talk: Talk, callback: str, wanted: str
) -> None:
    workspace, user = talk.stage.workspace, talk.stage.person
    payload = {
        "type": "shortcut",
        "callback_id": callback,
        "user": {"id": user, "username": "you", "team_id": "T0LOCAL"},
        "team": {"id": "T0LOCAL", "domain": "local"},
        "action_ts": workspace.state.stamp(),
        "trigger_id": workspace.trigger(user),
    }
    direct = workspace.direct(user)
    assert await workspace.deliver("interactive", payload) is not None
    async with asyncio.timeout(5):
        while not workspace.messages(direct) and not workspace.state.stacks.get(user):
            await asyncio.sleep(0.01)
    shown = [str(m["text"]) for m in workspace.messages(direct)]
    shown += [str(workspace.state.views[v]["callback_id"]) for v in workspace.state.stacks.get(user, ())]
    assert any(wanted in text for text in shown)


async def test_an_answer_in_a_thread_is_reported_by_its_own_address(talk: Talk) -> None:
    stage = talk.stage
    reader = Reader(stage.workspace, stage.person)
    answer = await stage.workspace.mention("position russia", user=stage.person, channel=stage.channel)
    message = answer.messages[-1]
    assert message["thread_ts"] != message["ts"]
    await uses(talk, "report_problem", message)
    form = await reader.card()
    assert "It tells no line" in words_of(form)
    assert await reader.person.submit(str(form["id"]), {"wrong": {"chosen": "it is older"}}) == {}
    async with asyncio.timeout(5):
        while not (tickets := await stage.desk.room.store.reviews()):
            await asyncio.sleep(0.01)
    assert tickets[0].message.endswith(f"/p{message['ts'].replace('.', '')}")

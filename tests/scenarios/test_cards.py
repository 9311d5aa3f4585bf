"""Evidence over the conversation: it opens at once, what stands in it works, and where it cannot, nothing is lost."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from bot.local.faults import Fault, Trouble
from bot.local.person import Place
from bot.local.workspace import Answer
from config import Config
from digests.desk import evidence
from tests.scenarios.cards import WAITING, Reader, is_card, labels_of, words_of
from tests.scenarios.test_dialogues import LAND, TROOPS, Talk, talking


@pytest.fixture
async def talk(tmp_path: Path, shipped: Config) -> AsyncIterator[Talk]:
    async with talking(shipped, tmp_path) as made:
        yield made


@pytest.fixture
def reader(talk: Talk) -> Reader:
    return Reader(talk.stage.workspace, talk.stage.person)


async def evidence_of(talk: Talk) -> Answer:
    """Press Evidence below the digest."""
    return await talk.presses(Answer(None, [talk.posted[0]]), "Evidence")


async def test_evidence_opens_over_the_conversation_with_all_that_a_typed_card_has(talk: Talk, reader: Reader) -> None:
    pressed = await evidence_of(talk)
    assert pressed.messages == [], "nothing is whispered beside it"
    view = await reader.card()
    is_card(view)
    assert (view["title"]["text"], view["close"]["text"]) == ("Evidence", "Close")
    typed = await talk.says(f"/brief why {await talk.line()}")
    assert typed.view is None, "a typed command is answered where it was typed"
    assert set(_texts(typed.messages)) <= {*words_of(view).split("\n"), *_texts([view])}
    assert labels_of(view) == ["Cite", "Wrong?", "Share"]


def _texts(shown: list[Any]) -> list[str]:
    """Texts of blocks but for buttons."""
    found: list[str] = []

    def look(node: Any) -> None:
        if isinstance(node, Mapping):
            if isinstance(node.get("text"), str):
                found.append(node["text"])
            for value in node.values():
                look(value)
        elif isinstance(node, list):
            for value in node:
                look(value)

    look([[b for b in s["blocks"] if b["type"] != "actions"] for s in shown])
    return found


async def test_the_frame_is_there_before_the_answer_is_looked_up(
    talk: Talk, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    plain = evidence.why

    async def slow(*args: Any, **more: Any) -> Any:
        seen.extend(words_of(view) for view in reader.stack)
        await asyncio.sleep(0.2)
        return await plain(*args, **more)

    monkeypatch.setattr(evidence, "why", slow)
    await evidence_of(talk)
    assert WAITING in seen[0]
    assert "EVIDENCE · line" in words_of(await reader.card())


async def test_a_footnote_lies_on_the_card_and_going_back_shows_the_card(talk: Talk, reader: Reader) -> None:
    await evidence_of(talk)
    card = await reader.card()
    note = await reader.presses("Cite")
    is_card(note)
    assert (note["title"]["text"], note["close"]["text"]) == ("Footnote", "Back")
    assert "https://first-paper.example/1" in json.dumps(note)
    assert labels_of(note) == ["Share"], "the way back is the frame's own"
    assert len(reader.stack) == 2
    await reader.closes()
    assert reader.stack == [card]


async def test_where_no_more_cards_may_lie_on_each_other_the_topmost_is_shown_anew(talk: Talk, reader: Reader) -> None:
    full = Fault(Trouble.REFUSED, code="push_limit_reached")
    await evidence_of(talk)
    await reader.card()
    reader.workspace.faults.choose = lambda method, _args: full if method == "views.push" else None
    assert "Footnote" in words_of(await reader.presses("Cite"))
    assert len(reader.stack) == 1


async def test_a_line_is_reported_on_its_card_and_the_ticket_is_named_there(talk: Talk, reader: Reader) -> None:
    line = await talk.line()
    await evidence_of(talk)
    await reader.card()
    form = await reader.presses("Wrong?")
    assert form["callback_id"] == "form.report"
    before = len(reader.workspace.whispers(reader.user))
    values = {"line": {"chosen": line}, "wrong": {"chosen": "he said the opposite"}}
    assert await reader.person.submit(str(form["id"]), values) == {}
    answer = await reader.card()
    assert "REPORTED · ticket" in words_of(answer)
    assert answer["close"]["text"] == "Back"
    assert len(reader.workspace.whispers(reader.user)) == before
    [item] = await talk.stage.desk.room.store.reviews()
    assert (item.line_id, item.said) == (line, "he said the opposite")


async def test_a_card_is_shared_in_the_conversation_that_it_was_opened_from(talk: Talk, reader: Reader) -> None:
    await evidence_of(talk)
    await reader.card()
    before = len(talk.posted)
    assert "Posted in this conversation" in words_of(await reader.presses("Share"))
    [shared, *_] = talk.posted[before:]
    assert TROOPS in shared["text"]


async def test_an_answer_of_any_length_is_turned_part_by_part_and_nothing_is_left_out(
    talk: Talk, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = await evidence.why(talk.stage.desk.room, await talk.line(), _here(talk), talk.clock.now)
    long = type(whole)(**{**vars(whole), "rows": whole.rows * 12})

    async def many(*_args: Any, **_more: Any) -> Any:
        return long

    monkeypatch.setattr(evidence, "why", many)
    await evidence_of(talk)
    view = await reader.card()
    parts = [view]
    while "Next" in labels_of(view):
        view = await reader.presses("Next")
        assert len(reader.stack) == 1
        parts.append(view)
    assert len(parts) > 2
    assert f"part {len(parts)} of {len(parts)}" in words_of(view)
    assert json.dumps(parts, ensure_ascii=False).count("EVIDENCE · line") == 12
    assert f"part {len(parts) - 1} of" in words_of(await reader.presses("Previous"))


def _here(talk: Talk) -> evidence.Here:
    return evidence.Here(talk.stage.channel, talk.stage.person, "Europe/Brussels")


async def test_a_message_of_several_lines_asks_for_one_in_a_card(talk: Talk, reader: Reader) -> None:
    stage = talk.stage
    await talk.says("/brief new share")
    shared = next(m for m in reversed(talk.posted) if LAND in m["text"])
    used = await stage.workspace.shortcut("show_evidence", talk.posted[0], user=stage.person, channel=stage.channel)
    assert used.messages == []
    assert "EVIDENCE · line" in words_of(await reader.card())
    await stage.workspace.shortcut("show_evidence", shared, user=stage.person, channel=stage.channel)
    assert "This message tells no line" in words_of(await reader.card())


async def test_home_shows_the_evidence_of_what_is_new(talk: Talk, reader: Reader) -> None:
    home = await reader.workspace.open_home(reader.user)
    assert home is not None
    n, menu = next(
        (n, e)
        for n, block in enumerate(home["blocks"])
        if block["type"] == "actions"
        for e in block["elements"]
        if e["type"] == "static_select"
    )
    assert menu["placeholder"]["text"] == "Evidence"
    choice = menu["options"][0]["value"]
    assert await reader.person.press(Place(view=home["id"]), n, menu["action_id"], choice)
    view = await reader.card()
    is_card(view)
    assert "EVIDENCE · line" in words_of(view)
    assert reader.workspace.messages(reader.workspace.direct(reader.user)) == [], "nothing is posted beside it"


# --- where it cannot open -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "fault",
    [
        Fault(Trouble.REFUSED, code="expired_trigger_id"),
        Fault(Trouble.REFUSED, code="invalid_trigger_id"),
        Fault(Trouble.RATE_LIMITED, 30),
        Fault(Trouble.ERROR_500),
        Fault(Trouble.DROP_BEFORE_ACCEPT),
    ],
)
async def test_where_no_card_opens_the_answer_is_whispered(talk: Talk, reader: Reader, fault: Fault) -> None:
    reader.workspace.faults.choose = lambda method, _args: fault if method == "views.open" else None
    answer = await evidence_of(talk)
    assert "EVIDENCE · line" in answer.text
    assert reader.stack == []


async def test_where_a_card_cannot_be_filled_the_answer_is_whispered(talk: Talk, reader: Reader) -> None:
    fault = Fault(Trouble.REFUSED, code="internal_error")
    reader.workspace.faults.choose = lambda method, _args: fault if method == "views.update" else None
    assert "EVIDENCE · line" in (await evidence_of(talk)).text


async def test_who_closed_the_card_before_it_was_filled_is_shown_nothing(
    talk: Talk, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = evidence.why

    async def closed(*args: Any, **more: Any) -> Any:
        await reader.closes()
        return await plain(*args, **more)

    monkeypatch.setattr(evidence, "why", closed)
    answer = await evidence_of(talk)
    assert answer.messages == []
    assert reader.stack == []


async def test_what_breaks_is_said_in_the_card(talk: Talk, reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(*_args: Any, **_more: Any) -> Any:
        raise ValueError("the disk is full")

    monkeypatch.setattr(evidence, "why", broken)
    assert (await evidence_of(talk)).messages == []
    view = await reader.card()
    assert "the log has it as" in words_of(view)
    assert "disk" not in words_of(view)

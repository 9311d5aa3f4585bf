"""Rulings that are filled in: a scope and a rejection open over the conversation, which says what came of them."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.local.person import Place
from bot.local.workspace import Answer
from digests.model import ReviewState
from tests.scenarios.cards import Reader, View, is_card, labels_of, words_of
from tests.scenarios.newsroom import Newsroom
from tests.scenarios.test_review import TITLE, Opened, item_of, opened, published

__all__ = ["opened"]  # the fixture


async def asked_in_the_queue(stage: Newsroom, label: str) -> Answer:
    """Press a button of the only item of the queue."""
    answer = await stage.types("review")
    return await stage.presses(answer.messages[0], f"{label} {await item_of(stage)}")


def held(view: View) -> dict[str, Any]:
    """The elements that are filled in, by key."""
    return {b["block_id"]: b["element"] for b in view["blocks"] if b["type"] == "input"}


def fills(**values: Any) -> dict[str, dict[str, Any]]:
    """What is filled in, by key."""
    return {key: {"chosen": value} for key, value in values.items()}


async def test_a_rejection_is_filled_in_below_the_line_that_it_is_about(opened: Opened) -> None:
    async with opened() as stage:
        reader = Reader(stage.workspace, stage.ann)
        await published(stage)
        assert (await asked_in_the_queue(stage, "Reject")).messages == []
        form = await reader.card()
        assert form["callback_id"] == "form.reject"
        assert TITLE in words_of(form)
        values = fills(reason="wrong speaker", more="it was “his” deputy\nwho said so")
        assert await reader.person.submit(form["id"], values) == {}
        answer = await reader.card()
        is_card(answer)
        assert f"TURNED DOWN · {await item_of(stage)}" in words_of(answer)
        [item] = await stage.desk.room.store.reviews()
        assert item.reason == "wrong speaker: it was “his” deputy who said so"
        await stage.tick(minutes=30)
        assert stage.texts() == []


async def test_what_stands_behind_an_item_is_one_press_away_and_says_who_decided(opened: Opened) -> None:
    async with opened() as stage:
        reader = Reader(stage.workspace, stage.ann)
        await published(stage)
        await asked_in_the_queue(stage, "Evidence of")
        card = words_of(await reader.card())
        assert TITLE in card
        assert "sha256 of the text" in card
        assert "NOT REVIEWED" in card
        await reader.closes()
        await stage.types(f"review approve {await item_of(stage)}")
        address = next(iter(stage.desk.room.recorded.values())).article.url
        after = (await stage.types(f"why {address}")).text
        assert "approved in review Wed 3 Dec 2025" in after
        assert "by you" in after


async def test_a_scope_shows_what_stands_now_and_is_changed(opened: Opened) -> None:
    async with opened() as stage:
        reader = Reader(stage.workspace, stage.ann)
        await published(stage)
        await asked_in_the_queue(stage, "Edit scope of")
        form = await reader.card()
        assert [o["value"] for o in held(form)["actor"]["initial_options"]] == ["russia"]
        assert "foreign-troops" in [o["value"] for o in held(form)["issue"]["initial_options"]]
        assert await reader.person.submit(form["id"], fills(actor=["russia"], issue=["elections"])) == {}
        assert "within its new scope" in words_of(await reader.card())
        [item] = await stage.desk.room.store.reviews()
        assert (item.actors, item.issues) == (("russia",), ("elections",))


@pytest.mark.parametrize(
    ("act", "field", "said"), [("Reject", "reason", "reason"), ("Edit scope of", "actor", "party")]
)
async def test_an_empty_ruling_is_refused_at_its_field_and_the_form_stays(
    opened: Opened, act: str, field: str, said: str
) -> None:
    async with opened() as stage:
        reader = Reader(stage.workspace, stage.ann)
        await published(stage)
        await asked_in_the_queue(stage, act)
        form = await reader.card()
        wrong = await reader.person.submit(form["id"], {})
        assert list(wrong) == [field]
        assert said in wrong[field]
        assert [v["id"] for v in reader.stack] == [form["id"]]
        [item] = await stage.desk.room.store.reviews()
        assert item.state is ReviewState.WAITING


async def test_who_comes_second_is_told_who_was_first(opened: Opened) -> None:
    async with opened() as stage:
        reader = Reader(stage.workspace, stage.ann)
        await published(stage)
        item = await item_of(stage)
        await stage.tick(minutes=1)
        await asked_in_the_queue(stage, "Reject")
        form = await reader.card()
        await stage.types(f"review approve {item}")
        assert await reader.person.submit(form["id"], fills(reason="not new")) == {}
        answer = words_of(await reader.card())
        assert f"{item} was decided already; nothing was done" in answer
        assert "approved by you, Wed 3 Dec 2025" in answer
        await reader.closes()
        assert (await asked_in_the_old_queue(stage, item)).messages == []
        assert "approved by you" in words_of(await reader.card()), "no form for what is decided"


async def asked_in_the_old_queue(stage: Newsroom, item: str) -> Answer:
    """Press Reject below the notice of an item, which still shows it."""
    direct = stage.workspace.direct(stage.ann)
    notice = next(m for m in stage.workspace.messages(direct) if f"REVIEW {item}" in m["text"])
    return await stage.presses(notice, f"Reject {item}", channel=direct)


async def test_typed_it_opens_the_same_form(opened: Opened) -> None:
    async with opened() as stage:
        await published(stage)
        answer = await stage.types(f"review reject {await item_of(stage)}")
        assert answer.view is not None
        assert answer.view["callback_id"] == "form.reject"
        unknown = await stage.types("review scope r2b3c4")
        assert "No item r2b3c4 to review" in unknown.text


async def test_nobody_else_gets_a_form(opened: Opened) -> None:
    async with opened() as stage:
        bob = stage.workspace.add_user("bob")
        await published(stage)
        text = f"review reject {await item_of(stage)}"
        answer = await stage.workspace.command("/brief", text, user=bob, channel=stage.workspace.direct(bob))
        assert answer.view is None
        assert "Only those whom config/access.yaml names" in answer.text


async def test_home_shows_what_waits_and_a_ruling_takes_it_off(opened: Opened) -> None:
    async with opened() as stage:
        reader = Reader(stage.workspace, stage.ann)
        await published(stage)
        item = await item_of(stage)
        home = await stage.workspace.open_home(stage.ann)
        assert home is not None
        labels = dict(_buttons(dict(home)))
        assert {f"Approve {item}", f"Edit scope of {item}", f"Reject {item}"} <= set(labels)
        n, action = labels[f"Reject {item}"]
        assert await reader.person.press(Place(view=home["id"]), n, action)
        form = await reader.card()
        assert form["callback_id"] == "form.reject"
        before = stage.workspace.state.homes[stage.ann]["hash"]
        assert await reader.person.submit(form["id"], fills(more="the page says otherwise")) == {}
        assert "TURNED DOWN" in words_of(await reader.card())
        while stage.workspace.state.homes[stage.ann]["hash"] == before:
            await asyncio.sleep(0.01)
        assert f"Reject {item}" not in labels_of(dict(stage.workspace.state.homes[stage.ann]))


def _buttons(view: View) -> list[tuple[str, tuple[int, str]]]:
    return [
        (e["text"]["text"], (n, e["action_id"]))
        for n, b in enumerate(view["blocks"])
        if b["type"] == "actions"
        for e in b["elements"]
        if "text" in e
    ]

"""An alert is given other terms: typed, from its list, from Home; it stays the same alert."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.local.person import Person, Place
from config import Config
from digests.desk.altering import Whose
from digests.model import Subscription
from tests.scenarios.conftest import OpenDesk, Press
from tests.scenarios.newsroom import Newsroom, buttons, newsroom
from tests.scenarios.test_alert_conduct import MINUTE, OTHER
from tests.scenarios.test_alerts import NOON, TEXT, TITLE, a_subscription


@pytest.fixture
async def stage(shipped: Config, tmp_path: Path) -> AsyncIterator[Newsroom]:
    async with newsroom(shipped, tmp_path) as made:
        yield made


async def only(stage: Newsroom) -> Subscription:
    [made] = await stage.desk.room.store.subscriptions()
    return made


async def test_other_terms_are_rehearsed_and_saved_and_it_stays_the_same_alert(stage: Newsroom) -> None:
    await stage.types("subscribe actor:ukraine quiet:22:00-07:00 cap:5/h now")
    before = await only(stage)
    await stage.publishes("First Paper", TITLE, TEXT)
    shown = await stage.types(f"subscribe edit {before.subscription_id} actor:russia cap:3/h")
    assert "nothing is saved yet" in shown.text
    assert "actor:russia" in shown.text
    assert "would have fired 1 time" in shown.text
    assert await only(stage) == before
    saved = await stage.presses(shown.messages[0], "Save")
    assert f"SUBSCRIPTION CHANGED · {before.subscription_id}" in saved.text
    wanted: Mapping[str, tuple[str, ...]] = {"actor": ("russia",)}
    assert await only(stage) == replace(before, filters=wanted, quiet=None, cap_per_hour=3)


async def test_its_id_alone_shows_what_it_is_and_how_it_is_changed(stage: Newsroom) -> None:
    await stage.types("subscribe actor:ukraine to:dm cap:5/h now")
    made = await only(stage)
    answer = await stage.desk.present_terms(Whose(made.subscription_id, stage.ann, stage.channel, "UTC"), NOON)
    texts = str(answer.rows)
    assert f"subscribe edit {made.subscription_id} actor:ukraine to:dm cap:5" in texts


async def test_what_an_alert_told_it_does_not_tell_again_under_other_terms(stage: Newsroom) -> None:
    await stage.types("subscribe actor:russia to:dm now")
    made = await only(stage)
    await stage.publishes("First Paper", TITLE, TEXT)
    await stage.tick(minutes=1)
    await stage.types(f"subscribe edit {made.subscription_id} issue:foreign-troops now")
    await stage.publishes("Second Paper", TITLE, f"{TEXT} He spoke in Moscow.")
    await stage.tick(minutes=1)
    assert len([text for text in stage.direct() if text.startswith("ALERT")]) == 1
    assert "7 days: fired 1" in (await stage.types("subscribe list")).text


async def test_nobody_changes_what_is_neither_his_nor_here(stage: Newsroom) -> None:
    await stage.types("subscribe actor:russia to:dm now")
    made = await only(stage)
    other = stage.workspace.add_user("bob")
    channel = stage.workspace.add_channel("elsewhere", other, bot=True)
    answer = await stage.types(f"subscribe edit {made.subscription_id} actor:ukraine now", user=other, channel=channel)
    assert "No subscription" in answer.text
    assert await only(stage) == made


async def test_other_terms_are_for_who_made_it_and_for_admins(stage: Newsroom) -> None:
    await stage.types("subscribe actor:russia now")
    made = await only(stage)
    other = stage.workspace.add_user("bob")
    answer = await stage.types(f"subscribe edit {made.subscription_id} actor:ukraine now", user=other)
    assert "NOT CHANGED · made by you" in answer.text
    assert await only(stage) == made


async def test_two_alerts_of_a_conversation_do_not_become_one(stage: Newsroom) -> None:
    await stage.types("subscribe actor:russia now")
    first = await only(stage)
    await stage.types("subscribe actor:ukraine now")
    answer = await stage.types(f"subscribe edit {first.subscription_id} actor:ukraine now")
    assert "nothing was changed" in answer.text
    assert len(await stage.desk.room.store.subscriptions()) == 2


async def test_what_an_alert_was_before_may_be_asked_for_anew_beside_it(stage: Newsroom) -> None:
    await stage.types("subscribe actor:russia now")
    first = await only(stage)
    await stage.types(f"subscribe edit {first.subscription_id} actor:ukraine now")
    assert "SUBSCRIBED" in (await stage.types("subscribe actor:russia now")).text
    assert "SUBSCRIPTION UPDATED" in (await stage.types("subscribe actor:ukraine cap:2/h now")).text
    made = await stage.desk.room.store.subscriptions()
    assert [(dict(s.filters), s.cap_per_hour) for s in made] == [
        ({"actor": ("ukraine",)}, 2),
        ({"actor": ("russia",)}, 10),
    ]
    assert len({s.subscription_id for s in made}) == 2


async def test_subscribing_again_keeps_who_made_it_since_when_and_its_mute(stage: Newsroom) -> None:
    await stage.types("subscribe actor:russia now")
    first = await only(stage)
    await stage.types(f"mute {first.subscription_id} 4h")
    stage.clock.now += timedelta(hours=1)
    other = stage.workspace.add_user("bob")
    stage.desk.room.watching = replace(stage.desk.room.watching, admins=(other,))
    await stage.types("subscribe actor:russia cap:2/h now", user=other)
    again = await only(stage)
    assert (again.creator, again.created_at, again.cap_per_hour) == (first.creator, first.created_at, 2)
    assert again.muted_until == NOON + timedelta(hours=4)


async def test_what_quiet_hours_held_follows_the_new_ones(open_a_desk: OpenDesk, press: Press) -> None:
    wished = replace(a_subscription(actor="russia"), quiet=("11:00", "14:00"))
    async with open_a_desk() as desk:
        await desk.subscribe(wished, NOON)
        for n, (title, text) in enumerate(((TITLE, TEXT), OTHER)):
            await press.publishes(desk, NOON + n * MINUTE, f"Paper {n}", title, text)
        await desk.subscribe(replace(wished, quiet=("11:00", "12:30")), NOON + 10 * MINUTE)
        later = {d.due_at for d in await desk.room.store.deliveries(kind="alert")}
        await desk.subscribe(replace(wished, quiet=None), NOON + 20 * MINUTE)
        now = {d.due_at for d in await desk.room.store.deliveries(kind="alert")}
    assert later == {NOON + 30 * MINUTE}
    assert now == {NOON + 20 * MINUTE}


async def test_home_opens_the_form_filled_in_and_saves_the_same_alert(stage: Newsroom) -> None:
    await stage.types("subscribe actor:ukraine lang:uk quiet:22:00-07:00 cap:7/h to:dm now")
    before = await only(stage)
    person = Person(stage.workspace, stage.ann)
    view = await _edits_from_home(stage, person)
    assert view["title"]["text"] == "Change an alert"
    elements = {b["block_id"]: b["element"] for b in view["blocks"] if b["type"] == "input"}
    assert [o["value"] for o in elements["actor"]["initial_options"]] == ["ukraine"]
    assert [o["value"] for o in elements["lang"]["initial_options"]] == ["uk"]
    assert elements["to"]["initial_option"]["value"] == "dm"
    assert elements["cap"]["initial_option"]["value"] == "7"
    assert (elements["from"]["initial_time"], elements["until"]["initial_time"]) == ("22:00", "07:00")
    chosen = {"actor": {"chosen": ["russia"]}, "to": {"chosen": "dm"}, "cap": {"chosen": "3"}}
    assert await person.submit(str(view["id"]), chosen) == {}
    async with asyncio.timeout(5):
        while "nothing is saved" not in json.dumps(after := stage.workspace.state.views[str(view["id"])]):
            await asyncio.sleep(0.01)
    assert "actor:russia" in json.dumps(after)
    assert await only(stage) == before
    assert await person.submit(str(view["id"]), chosen) == {}
    async with asyncio.timeout(5):
        while await only(stage) == before:
            await asyncio.sleep(0.01)
    wanted: Mapping[str, tuple[str, ...]] = {"actor": ("russia",)}
    assert await only(stage) == replace(before, filters=wanted, quiet=None, cap_per_hour=3)


async def _edits_from_home(stage: Newsroom, person: Person) -> dict[str, Any]:
    home = await stage.workspace.open_home(stage.ann)
    assert home is not None
    pressed = next(
        (n, e["action_id"])
        for n, block in enumerate(home["blocks"])
        for e in block.get("elements", ())
        if e.get("type") == "button" and e["text"]["text"] == "Edit"
    )
    opened = set(stage.workspace.state.views)
    await person.press(Place(view=home["id"]), *pressed)
    async with asyncio.timeout(5):
        while not (new := set(stage.workspace.state.views) - opened):
            await asyncio.sleep(0.01)
    return dict(stage.workspace.state.views[new.pop()])


async def test_the_list_has_a_button_that_opens_the_same_form(stage: Newsroom) -> None:
    await stage.types("subscribe actor:ukraine cap:7/h now")
    answer = await stage.types("subscribe list")
    assert "Edit" in [b["text"]["text"] for b in buttons(answer.messages[0])]
    opened = await stage.presses(answer.messages[0], "Edit")
    assert opened.view is not None
    assert opened.view["title"]["text"] == "Change an alert"
    typed = await stage.types(f"subscribe edit {(await only(stage)).subscription_id}")
    assert typed.view is not None

"""Forms from end to end: a verb alone opens one, what is wrong stands at its field, what is right is a command."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot import forms
from bot.local import limits
from bot.local.person import Person, Place
from bot.local.state import Message
from bot.local.workspace import Answer
from bot.slack.modals import Return, modal
from config import Config
from digests.desk import tips
from digests.desk.evidence import Here
from tests.scenarios.cards import Reader, words_of
from tests.scenarios.test_dialogues import LAND, Talk, talking

Values = Mapping[str, Mapping[str, Any]]


class Filler:
    """One person in a channel that no file tells about, who fills forms in as the page in the browser does."""

    def __init__(self, talk: Talk) -> None:
        self.talk = talk
        self.stage = talk.stage
        self.workspace = talk.stage.workspace
        self.user = talk.stage.person
        self.channel = self.workspace.add_channel("elsewhere", self.user, bot=True)
        self.person = Person(self.workspace, self.user)

    async def opens(self, text: str, command: str = "/brief") -> dict[str, Any]:
        """Type a verb alone; the modal that opened."""
        answer = await self.workspace.command(command, text, user=self.user, channel=self.channel)
        assert answer.view is not None
        assert answer.messages == [], "a form is answered when it is filled in"
        return answer.view

    async def submits(self, view: Mapping[str, Any], values: Values) -> str:
        """Submit what was filled in; the fallback text of the answer."""
        before = len(self.whispers)
        assert await self.person.submit(str(view["id"]), values) == {}
        async with asyncio.timeout(5):
            while len(self.whispers) == before:
                await asyncio.sleep(0.01)
        return str(self.whispers[-1]["text"])

    async def rehearses(self, view: Mapping[str, Any], values: Values) -> dict[str, Any]:
        """Submit what was filled in where the form stays open and shows what it would do; the form as it is then."""
        assert await self.person.submit(str(view["id"]), values) == {}
        async with asyncio.timeout(5):
            while "One moment" in (shown := json.dumps(self.workspace.state.views[str(view["id"])])) or (
                "nothing is saved" not in shown
            ):
                await asyncio.sleep(0.01)
        return dict(self.workspace.state.views[str(view["id"])])

    @property
    def whispers(self) -> list[Message]:
        """What only this person saw."""
        return self.workspace.whispers(self.user)


@pytest.fixture
async def filler(tmp_path: Path, shipped: Config) -> AsyncIterator[Filler]:
    async with talking(shipped, tmp_path) as talk:
        yield Filler(talk)


def fills(**values: Any) -> Values:
    return {key: {"zone" if key == "tz" else "chosen": value} for key, value in values.items()}


async def test_a_position_is_asked_for_by_choosing(filler: Filler) -> None:
    view = await filler.opens("", "/position")
    assert "Ukraine · as of" in await filler.submits(view, fills(actor="ukraine", issue="territory"))


async def test_a_subscription_is_chosen_rehearsed_and_saved(filler: Filler) -> None:
    view = await filler.opens("subscribe")
    chosen = fills(
        actor=["ukraine", "russia"], issue=["territory"], to="here", cap="5", **{"from": "22:00"}, until="07:00"
    )
    after = await filler.rehearses(view, chosen)
    shown = json.dumps(after["blocks"], ensure_ascii=False)
    assert "nothing is saved yet" in shown
    assert "actor:ukraine,russia" in shown
    assert "would have fired 2 times; the record reaches back only to" in shown
    assert "` saves it" not in shown, "here a button does"
    assert LAND in shown
    assert limits.of_view(after) == []
    assert await filler.stage.desk.room.store.subscriptions() == []
    assert "SUBSCRIBED" in await filler.submits(after, chosen)
    [made] = await filler.stage.desk.room.store.subscriptions()
    assert (made.quiet, made.cap_per_hour, made.conversation) == (("22:00", "07:00"), 5, filler.channel)


async def test_what_is_changed_after_the_rehearsal_is_rehearsed_again_before_it_is_saved(filler: Filler) -> None:
    first = fills(actor=["ukraine"], to="here")
    after = await filler.rehearses(await filler.opens("subscribe"), first)
    assert after["submit"]["text"] == "Save"
    other = fills(actor=["turkey"], to="here")
    again = await filler.rehearses(after, other)
    shown = json.dumps(again["blocks"], ensure_ascii=False)
    assert "actor:turkey" in shown
    assert "actor:ukraine" not in shown
    assert "would have fired 0 times" in shown
    assert filler.whispers == []
    await filler.submits(again, other)
    [made] = await filler.stage.desk.room.store.subscriptions()
    assert dict(made.filters) == {"actor": ("turkey",)}


async def test_a_rehearsal_is_narrowed_in_a_form_that_holds_it(filler: Filler) -> None:
    answer = await filler.workspace.command(
        "/brief",
        "subscribe actor:russia issue:territory source:wire lang:uk to:dm quiet:22:00-07:00 cap:7/h",
        user=filler.user,
        channel=filler.channel,
    )
    opened = await filler.workspace.click(answer.messages[0], "narrow", user=filler.user, channel=filler.channel)
    assert opened.view is not None
    elements = {b["block_id"]: b["element"] for b in opened.view["blocks"] if b["type"] == "input"}
    assert [o["value"] for o in elements["actor"]["initial_options"]] == ["russia"]
    assert [o["value"] for o in elements["lang"]["initial_options"]] == ["uk"]
    assert elements["to"]["initial_option"]["value"] == "dm"
    assert elements["cap"]["initial_option"]["value"] == "7"
    assert (elements["from"]["initial_time"], elements["until"]["initial_time"]) == ("22:00", "07:00")
    assert await filler.stage.desk.room.store.subscriptions() == []


async def test_what_is_wrong_stands_at_its_field_and_nothing_is_done(filler: Filler) -> None:
    view = await filler.opens("subscribe")
    half = fills(to="here", **{"from": "22:00"})
    wrong = await filler.person.submit(str(view["id"]), half)
    assert wrong == {"until": "Give both hours, or neither"}
    same = await filler.person.submit(str(view["id"]), fills(to="here", until="07:00", **{"from": "07:00"}))
    assert "quiet for ever" in "".join(same.values())
    assert filler.whispers == []


async def test_a_schedule_shows_the_asker_s_zone_and_takes_one_that_is_looked_up(filler: Filler) -> None:
    view = await filler.opens("schedule")
    n, block = next((n, b) for n, b in enumerate(view["blocks"]) if b.get("block_id") == "tz")
    assert block["element"]["initial_option"]["value"] == "Europe/Brussels"
    options = await filler.person.suggest(Place(view=view["id"]), n, "zone", "tok")
    assert options[0]["value"] == "Asia/Tokyo"
    values = fills(days="weekdays", at="07:15", tz="Asia/Tokyo", style="compact", threads="off", onquiet="skip")
    after = await filler.rehearses(view, values)
    shown = json.dumps(after["blocks"], ensure_ascii=False)
    assert shown.count(", 07:15 JST") == 3
    assert "07:15 JST" in shown
    assert not [c for c in await filler.stage.desk.channels() if c.conversation == filler.channel]
    text = await filler.submits(after, values)
    assert "SCHEDULED" in text
    assert "at 07:15 (Asia/Tokyo)" in text
    [made] = [c for c in await filler.stage.desk.channels() if c.conversation == filler.channel]
    assert (made.days, made.compact, made.threads, made.when_empty) == ((0, 1, 2, 3, 4), True, False, "silent")


async def test_settings_open_as_they_are_and_are_saved(filler: Filler) -> None:
    values = fills(tz="Europe/Brussels", style="compact", threads="on", onquiet="say", lang=["en", "uk"])
    text = await filler.submits(await filler.opens("settings"), values)
    assert "SETTINGS SAVED" in text
    assert "languages: en, uk" in text
    again = {b["block_id"]: b["element"] for b in (await filler.opens("settings"))["blocks"] if b["type"] == "input"}
    assert again["style"]["initial_option"]["value"] == "compact"
    assert [o["value"] for o in again["lang"]["initial_options"]] == ["en", "uk"]


async def test_a_search_and_a_mute_are_filled_in(filler: Filler) -> None:
    found = await filler.submits(
        await filler.opens("search"), fills(words='"not give up territory"', actor=["ukraine"])
    )
    assert LAND in found
    assert "No alert of this conversation to mute" in await filler.submits(
        await filler.opens("mute"), fills(**{"for": "4h"})
    )
    await filler.workspace.command("/brief", "subscribe actor:russia now", user=filler.user, channel=filler.channel)
    [made] = await filler.stage.desk.room.store.subscriptions()
    view = await filler.opens("mute")
    text = await filler.submits(view, fills(which=made.subscription_id, **{"for": "1h"}))
    assert f"MUTED {made.subscription_id} until" in text


async def test_a_form_answers_at_the_command_s_own_address_where_the_bot_is_not(filler: Filler) -> None:
    view = await filler.opens("search")
    filler.workspace.remove_bot(filler.channel)
    assert "SEARCH · page 1" in await filler.submits(view, fills(words="territory"))


async def test_without_a_trigger_a_verb_alone_is_answered_in_words(filler: Filler) -> None:
    told = await filler.workspace.mention("subscribe", user=filler.user, channel=filler.channel)
    assert told.view is None
    assert "nothing is saved yet" in told.text


async def test_a_trigger_that_is_too_old_leads_to_words_instead(filler: Filler) -> None:
    filler.workspace.state.triggers.clear()

    def expired(method: str, args: Mapping[str, Any]) -> None:
        filler.workspace.state.triggers.clear()

    filler.workspace.faults.choose = expired
    answer: Answer = await filler.workspace.command("/brief", "search", user=filler.user, channel=filler.channel)
    assert answer.view is None
    assert "Search for which words?" in answer.text


async def test_the_wrong_button_of_a_digest_opens_a_report_of_its_lines(filler: Filler) -> None:
    talk = filler.talk
    answer = await talk.presses(Answer(None, [talk.posted[0]]), "Wrong?")
    assert answer.view is not None
    line = await talk.line()
    shown = {b["block_id"]: b["element"] for b in answer.view["blocks"] if b["type"] == "input"}
    assert [o["value"] for o in shown["line"].get("options", [])] == [line]
    text = await filler.submits(answer.view, fills(line=line, wrong='the "speaker" is wrong\nreally'))
    assert "REPORTED · ticket" in text
    [item] = await filler.stage.desk.room.store.reviews()
    assert (item.line_id, item.said) == (line, 'the "speaker" is wrong really')


async def test_the_form_of_a_mute_says_of_each_alert_what_it_asks_for_and_where_it_goes(filler: Filler) -> None:
    for text in ("actor:russia issue:foreign-troops", "verdict:shift to:dm", "to:dm"):
        await filler.workspace.command("/brief", f"subscribe {text} now", user=filler.user, channel=filler.channel)
    view = await filler.opens("mute")
    options = next(b["element"]["options"] for b in view["blocks"] if b.get("block_id") == "which")
    labels = {o["text"]["text"].partition(" · ")[2]: o["value"] for o in options}
    assert set(labels) == {
        "Russia, foreign troops · here",
        "verdict:shift · direct message",
        "everything · direct message",
    }
    chosen = labels["Russia, foreign troops · here"]
    assert f"MUTED {chosen} until" in await filler.submits(view, fills(which=chosen, **{"for": "4h"}))
    assert all(o["text"]["text"].startswith(o["value"]) for o in options)


async def test_a_report_on_a_message_of_several_lines_shows_each_and_chooses_none(filler: Filler) -> None:
    room = filler.stage.desk.room
    [first, *_] = [d for d in await room.store.deliveries() if d.receipt]
    here = Here(filler.channel, filler.user, "Europe/Brussels")
    told = await room.store.lines_of(first.key)
    of = await tips.reportable(room, told[0].line.line_id, here)
    assert of is not None
    assert of.lines == (told[0].line.line_id,)
    several = tips.of_lines(room, [told[0].line, replace(told[0].line, line_id="zz9zz9")])
    facts = forms.Facts("Europe/Brussels", report=several)
    made = forms.form("report", room.directory, facts)
    assert made is not None
    field = made.fields[0]
    assert (field.key, field.chosen, field.optional) == ("line", (), False)
    view = modal(made, Return(filler.channel), "Europe/Brussels")
    assert limits.of_view(view) == []
    assert json.dumps(view["blocks"], ensure_ascii=False).count(told[0].line.headline.span.chars) == 2
    labels = [o["text"]["text"] for b in view["blocks"] if b.get("block_id") == "line" for o in b["element"]["options"]]
    assert labels == [f"1 · {told[0].line.line_id}", "2 · zz9zz9"]


async def test_report_alone_opens_the_lines_that_were_told_last_and_with_an_id_that_line(filler: Filler) -> None:
    stage, line = filler.stage, await filler.talk.line()
    for text in ("report", f"report {line}", f"Report {line.upper()}"):
        answer = await filler.workspace.command("/brief", text, user=filler.user, channel=stage.channel)
        assert answer.view is not None
        shown = {b["block_id"]: b["element"] for b in answer.view["blocks"] if b["type"] == "input"}
        assert shown["line"]["initial_option"]["value"] == line
        await filler.person.close(str(answer.view["id"]))
    for text in ("report k7f2ab", "report"):
        nothing = await filler.workspace.command("/brief", text, user=filler.user, channel=filler.channel)
        assert nothing.view is None
        assert "Which line, and what is wrong with it?" in nothing.text


async def test_a_form_of_what_a_file_says_is_answered_in_its_place_with_the_lines_to_write(filler: Filler) -> None:
    filed = Filler(filler.talk)
    filed.channel = filler.stage.channel
    reader = Reader(filler.workspace, filler.user)
    before = await filler.stage.desk.room.store.channels()
    view = await filed.opens("settings")
    chosen = {b["block_id"]: b["element"].get("initial_option", {}).get("value") for b in view["blocks"][:-1]}
    assert chosen == {"tz": "Europe/Brussels", "style": "full", "threads": "on", "onquiet": "say"}
    answers = fills(tz="Europe/Brussels", style="compact", threads="on", onquiet="skip")
    assert await filed.person.submit(str(view["id"]), answers) == {}
    shown = words_of(await reader.card())
    for line in ("style: compact", "when_empty: silent"):
        assert line in shown.splitlines(), shown
    assert "threads:" not in shown.partition("it counts from the next start")[0]
    await reader.closes()
    view = await filed.opens("schedule")
    answers = fills(
        days="mon", at="07:15", at2="17:45", tz="Europe/Brussels", style="full", threads="on", onquiet="say"
    )
    assert await filed.person.submit(str(view["id"]), answers) == {}
    assert {'at: ["07:15", "17:45"]', "days: [mon]"} <= set(words_of(await reader.card()).splitlines())
    assert await filler.stage.desk.room.store.channels() == before, "nothing was saved"

"""Forms: within a view's limits, and what is filled in is a command that the one parser takes."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import config
from bot import forms, naming
from bot.commands import BRIEF, POSITION, Decide, Misunderstood, parse
from bot.forms import FORMS, Facts, Form, Shape
from bot.local import limits
from bot.slack import modals
from bot.slack.modals import Return
from digests.desk.ruling import OpenItem
from digests.desk.tips import Reportable
from digests.frames import say
from digests.model import Channel, Choice, Directory, Name
from tests.conftest import REPO
from tests.edges.slack_stage import DIRECTORY

ZONE = "Europe/Brussels"
NOWHERE = Directory((), (), ())
HERE = Channel("c1", "C1", ZONE, ("08:30",), created_by="U1", languages=("en",), compact=True)
ITEM = OpenItem("r2b3c4", actors=("russia",), issues=("territory",))
ALERTS = tuple(Choice(say("label.name", name=Name(i)), i) for i in ("s12345", "s54321"))
FACTS = Facts(ZONE, HERE, ALERTS, Reportable(("k7f2ab", "m2n3p4")), item=ITEM)


def a_form(name: str, directory: Directory = DIRECTORY, facts: Facts = FACTS) -> Form:
    made = forms.form(name, directory, facts)
    assert made is not None
    return made


@pytest.mark.parametrize("name", FORMS)
def test_every_form_is_a_view_that_slack_takes(name: str) -> None:
    for directory in (DIRECTORY, NOWHERE, config.load(REPO / "config").directory):
        for facts in (FACTS, Facts(ZONE, Channel("c", "C", ZONE, (), created_by="")), Facts(ZONE)):
            made = forms.form(name, directory, facts)
            if made is not None:
                view = modals.modal(made, Return("C1", "https://hooks.example/" + "x" * 200, "1.2", openly=True), ZONE)
                assert limits.of_view(view) == []
                assert "mrkdwn" not in str(view)


def test_a_return_survives_its_way_through_slack() -> None:
    back = Return("C1", "https://hooks.example/1", None, openly=True)
    assert Return.unpacked(back.packed()) == back


def held(made: Form) -> dict[str, tuple[str, ...]]:
    return {field.key: field.chosen for field in made.fields if field.chosen}


def test_what_a_file_says_is_shown_in_forms_that_say_so_and_save_nothing() -> None:
    daily = Channel("daily", "C1", "Europe/Kyiv", ("08:30", "18:00"), (0, 3), issues=("territory",), compact=True)
    filed = Facts("Europe/Kyiv", daily)
    told = {"tz": ("Europe/Kyiv",), "style": ("compact",), "threads": ("on",), "onquiet": ("say",)}
    settings, schedule = a_form("settings", facts=filed), a_form("schedule", facts=filed)
    assert held(settings) == told
    at = {"days": ("mon,thu",), "at": ("08:30",), "at2": ("18:00",), "issue": ("territory",)}
    assert held(schedule) == told | at
    for made, command in ((settings, "settings"), (schedule, "schedule 08:30 18:00 days:mon,thu")):
        assert made.submit == say(f"form.submit_{command.split()[0]}_file")
        assert made.name in forms.STAYING
        assert forms.typed(made.name, held(made)).startswith(command)
        assert not isinstance(parse(forms.typed(made.name, held(made)), BRIEF, DIRECTORY, ZONE), Misunderstood)


def test_a_schedule_opens_as_it_is() -> None:
    weekly = Channel("c1", "C1", ZONE, ("09:00",), (4,), created_by="U1")
    assert held(a_form("schedule", facts=Facts(ZONE, weekly)))["days"] == ("fri",)
    assert held(a_form("schedule", facts=Facts(ZONE, Channel("c1", "C1", ZONE, (), created_by=""))))["at"] == ("08:30",)


def test_a_report_of_nothing_has_no_form() -> None:
    assert forms.form("report", DIRECTORY, Facts(ZONE)) is None


@st.composite
def filled_forms(draw: st.DrawFn) -> tuple[str, dict[str, list[str]]]:
    name = draw(st.sampled_from(FORMS))
    filled: dict[str, list[str]] = {}
    for field in a_form(name).fields:
        if field.optional and draw(st.booleans()):
            continue
        values = [c.value for c in field.options]
        match field.shape:
            case Shape.ONE:
                filled[field.key] = [draw(st.sampled_from(values))]
            case Shape.MANY:
                filled[field.key] = draw(st.lists(st.sampled_from(values), min_size=1, max_size=4, unique=True))
            case Shape.TIME:
                filled[field.key] = [f"{draw(st.integers(0, 23)):02}:{draw(st.integers(0, 59)):02}"]
            case Shape.ZONE:
                filled[field.key] = [draw(st.sampled_from(["Europe/Kyiv", "Asia/Tokyo"]))]
            case Shape.TEXT:
                filled[field.key] = ["europe troops"]
    return name, filled


def lawful(name: str, filled: dict[str, list[str]]) -> bool:
    """What no form can know before it is filled: the board of all takes no times, quiet hours have two ends, what is
    typed as a line may be none."""
    if name == "why":
        return "link" not in filled and "line" in filled
    if filled.get("actor") == ["all"] and {"since", "vs"} & set(filled) and name == "position":
        return False
    if filled.get("lang") and "all" in filled["lang"] and len(filled["lang"]) > 1:
        return False
    ends = filled.get("from"), filled.get("until")
    return (ends[0] is None) == (ends[1] is None) and (ends[0] is None or ends[0] != ends[1])


@given(filled_forms())
def test_what_is_filled_in_is_understood_as_it_was_meant(made: tuple[str, dict[str, list[str]]]) -> None:
    name, filled = made
    text = forms.typed(name, filled, ITEM.item_id)
    understood = parse(text, BRIEF, DIRECTORY, ZONE)
    if not lawful(name, filled):
        return
    if isinstance(understood, Decide):
        assert (understood.item_id, understood.act) == (ITEM.item_id, name)
        assert (set(understood.actors), set(understood.issues)) == (
            set(filled.get("actor", ())),
            set(filled.get("issue", ())),
        )
        assert bool(understood.reason) == bool({"reason", "more"} & set(filled))
    assert not isinstance(understood, Misunderstood), (text, understood)
    if name == "subscribe":
        wished = {key: set(values) for key, values in understood.filters}  # type: ignore[union-attr]
        asked = {key: set(values) for key, values in filled.items() if key not in {"to", "from", "until", "cap"}}
        assert wished == asked


@given(st.text(max_size=300), st.sampled_from(["search", "report", "reject"]))
def test_whatever_is_written_into_a_text_is_data(written: str, name: str) -> None:
    filled = {"words": [written], "line": ["k7f2ab"], "wrong": [written], "reason": ["not new"], "more": [written]}
    keys = {"search": ("words",), "report": ("line", "wrong"), "reject": ("reason", "more")}[name]
    text = forms.typed(name, {k: filled[k] for k in keys}, ITEM.item_id)
    assert "\n" not in text
    understood = parse(text, BRIEF, DIRECTORY, ZONE)
    assert type(understood).__name__ in {"AskSearch", "Report", "Decide", "Misunderstood"}
    if isinstance(understood, Decide):
        assert (understood.item_id, understood.act, understood.actors) == (ITEM.item_id, "reject", ())
        assert understood.reason.startswith("not new")


@pytest.mark.parametrize(
    ("name", "filled", "text"),
    [
        ("why", {"line": ["k7f2ab"]}, "why k7f2ab"),
        ("why", {"link": ["https://a.example/1"]}, "why https://a.example/1"),
        ("unsubscribe", {"which": ["s12345"]}, "unsubscribe s12345"),
        ("quote", {"quoted": ["he said: “no”, since:7d"]}, 'quote "he said: no , since:7d"'),
    ],
)
def test_a_verb_alone_is_filled_in(name: str, filled: dict[str, list[str]], text: str) -> None:
    assert forms.typed(name, filled) == text
    assert not isinstance(parse(text, BRIEF, DIRECTORY, ZONE), Misunderstood)


def test_a_line_and_another_one_are_not_asked_for_together() -> None:
    filled = {"line": ["k7f2ab"], "link": ["m2n3p4"]}
    refused = parse(forms.typed("why", filled), BRIEF, DIRECTORY, ZONE)
    assert isinstance(refused, Misunderstood)
    assert forms.blamed("why", filled, refused.frame) == "link"


def test_a_ruling_needs_one_of_its_fields() -> None:
    for name, field in (("scope", "actor"), ("reject", "reason")):
        found = forms.missing(name, {"more": [" "]})
        assert found is not None
        assert found[0] == field
        assert forms.missing(name, {field: ["x"]}) is None
    assert forms.missing("search", {}) is None


def test_quiet_hours_need_both_and_the_missing_one_is_blamed() -> None:
    for here, lacking in (("from", "until"), ("until", "from")):
        found = forms.missing("subscribe", {"to": ["dm"], here: ["22:00"]})
        assert found is not None
        assert found[0] == lacking
    assert forms.missing("subscribe", {"to": ["dm"], "from": ["22:00"], "until": ["07:00"]}) is None


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("review reject r2b3c4", ("reject", "r2b3c4")),
        ("/Review Scope R2B3C4", ("scope", "r2b3c4")),
        ("review approve r2b3c4", ("", "")),
        ('review reject r2b3c4 "not new"', ("", "")),
        ("review scope", ("", "")),
    ],
)
def test_half_a_ruling_asks_for_its_form(text: str, asked: tuple[str, str]) -> None:
    assert forms.ruled(text) == asked


@pytest.mark.parametrize(
    ("text", "command", "name"),
    [
        ("subscribe", BRIEF, "subscribe"),
        ("  Subscribe ", BRIEF, "subscribe"),
        ("", POSITION, "position"),
        ("position", BRIEF, "position"),
        ("", BRIEF, ""),
        ("subscribe list", BRIEF, ""),
        ("russia", POSITION, ""),
        ("report", BRIEF, ""),
        ("why", BRIEF, "why"),
        ("quote", BRIEF, "quote"),
        ("unsubscribe", BRIEF, "unsubscribe"),
        ("new", BRIEF, ""),
    ],
)
def test_a_verb_alone_asks_for_its_form(text: str, command: str, name: str) -> None:
    assert forms.asked_for(text, command == POSITION) == name


@pytest.mark.parametrize(
    ("name", "filled", "blamed"),
    [
        ("schedule", {"days": ["daily"], "at": ["08:30"], "tz": ["Europe/Nowhere"]}, "tz"),
        ("subscribe", {"to": ["dm"], "from": ["07:00"], "until": ["07:00"]}, "from"),
        ("position", {"actor": ["all"], "since": ["7d"]}, "since"),
        ("search", {"words": ["x"]}, "words"),
    ],
)
def test_a_refusal_stands_at_the_field_that_it_is_about(name: str, filled: dict[str, list[str]], blamed: str) -> None:
    refused = parse(forms.typed(name, filled), BRIEF, DIRECTORY, ZONE)
    assert isinstance(refused, Misunderstood)
    assert forms.blamed(name, filled, refused.frame) == blamed


@pytest.mark.parametrize(
    ("typed", "first"), [("tok", "Asia/Tokyo"), ("Kiev", "Europe/Kyiv"), ("europe/par", "Europe/Paris")]
)
def test_zones_are_found_as_one_types(typed: str, first: str) -> None:
    found = naming.zones_like(typed, 20)
    assert found[0] == first
    assert len(found) <= 20


def test_what_was_filled_in_is_read_whatever_its_shape() -> None:
    state: dict[str, dict[str, Any]] = {
        "a": {"chosen": {"type": "multi_static_select", "selected_options": [{"value": "x"}, {"value": "y"}]}},
        "b": {"chosen": {"type": "static_select", "selected_option": {"value": "z"}}},
        "c": {"chosen": {"type": "timepicker", "selected_time": "08:30"}},
        "d": {"chosen": {"type": "plain_text_input", "value": "words"}},
        "e": {"chosen": {"type": "static_select", "selected_option": None}},
        "f": {"chosen": {"type": "multi_static_select", "selected_options": []}},
    }
    assert modals.filled(state) == {"a": ["x", "y"], "b": ["z"], "c": ["08:30"], "d": ["words"]}

"""Facts about topics: which issues a text speaks of, how strongly, where."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests.topics import Topics
from tests.unit.digests import shipped
from tests.unit.digests.parties import DIRECTORY

TOPICS = Topics(DIRECTORY)


def test_the_strongest_issue_stands_first_then_the_id_decides() -> None:
    assert TOPICS.issues("A ceasefire and a truce over territory", "en") == ("ceasefire", "territory")
    assert TOPICS.issues("territory, ceasefire", "en") == ("ceasefire", "territory")


def test_a_phrase_weighs_more_than_a_word() -> None:
    assert TOPICS.weights("the peace plan and a truce", "en") == {"process": 2, "ceasefire": 1}


def test_a_star_makes_a_stem_and_without_it_words_are_whole() -> None:
    assert TOPICS.issues("territorial", "en") == ("territory",)
    assert TOPICS.issues("planet, landing", "en") == ()


def test_terms_of_the_language_are_used_and_the_english_ones_kept() -> None:
    assert TOPICS.issues("переговори про територію і ceasefire", "uk") == ("ceasefire", "process", "territory")
    assert TOPICS.issues("переговори", "de") == ()


@pytest.mark.parametrize(
    "text",
    [
        "before the U.S. midterm elections",
        "after elections in Hungary",
        "take our legitimate interests into account",
        "repairs of the power lines",
        "another aid package",
        "his Gaza Board of Peace and the Gaza ceasefire",
    ],
)
def test_phrases_that_mean_another_matter_speak_of_no_issue(text: str) -> None:
    topics = Topics(shipped.directory())
    assert topics.issues(text, "en") == ()
    assert topics.short(text, "en") == {}


@pytest.mark.parametrize(
    "text", ["New sanctions on Cuba.", "Tariffs on Canada will stay.", "Venezuelan sanctions end."]
)
def test_sanctions_on_who_is_far_from_the_war_are_none_of_its_issues(text: str) -> None:
    assert Topics(shipped.directory()).issues(text, "en") == ()
    assert Topics(shipped.directory()).issues(f"{text} So do sanctions on Russia.", "en") == ("sanctions",)


def test_case_and_apostrophes_do_not_matter() -> None:
    assert TOPICS.issues("ПЕРЕМИР’Я", "uk") == ("ceasefire",)


def test_spots_say_where() -> None:
    text = "On territory and on the peace plan."
    assert [(text[s.start : s.end], s.issue_id) for s in TOPICS.spots(text, "en")] == [
        ("territory", "territory"),
        ("peace plan", "process"),
    ]


@given(st.text(max_size=300))
def test_any_text_has_issues_of_the_directory_only(text: str) -> None:
    known = {i.id for i in DIRECTORY.issues}
    assert set(TOPICS.issues(text, "en")) <= known

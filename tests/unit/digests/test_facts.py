"""Facts about facts: numbers are found with what they count, and compared as an editor compares them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests.facts import Comparison, compare, find
from digests.text import as_given, record


def found(text: str) -> list[tuple[float, str]]:
    return [(f.value, f.unit) for f in find(as_given(text))]


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("killed 24 people and injured at least 50 more", [(24, "killed"), (50, "injured")]),
        ("Strike kills two, injures 25", [(2, "killed"), (25, "injured")]),
        ("the 20th package of sanctions and 19 points", [(20, "package-th"), (19, "point")]),
        ("a 28-point plan", [(28, "point")]),
        ("600,000 troops instead of 800,000 soldiers", [(600_000, "troop"), (800_000, "troop")]),
        ("€90bn, 135 billion euros, $1.5 billion", [(90e9, "euro"), (135e9, "euro"), (1.5e9, "dollar")]),
        ("90% ready, or 90 percent", [(90, "percent"), (90, "percent")]),
        ("загинули щонайменше 6 осіб", [(6, "killed")]),
        ("погибли 6 человек, ранены 12", [(6, "killed"), (12, "injured")]),
        ("Russland greift mit 90 Drohnen an, 3 Soldaten verletzt", [(90, "drone"), (3, "troop")]),
        ("40 soldats tués, 12 drones", [(40, "troop"), (12, "drone")]),
        ("Rosja wystrzeliła 120 dronów i 15 rakiet", [(120, "drone"), (15, "missile")]),
        ("On 6 January 2026, day 1,408, in 2025", []),
    ],
)
def test_a_number_is_found_with_what_it_counts(text: str, facts: list[tuple[float, str]]) -> None:
    assert found(text) == facts


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Russland lässt drei Gefangene frei", 3),
        ("zwölf Gefangene", 12),
        ("neuf missiles", 9),
        ("dwa miasta", 2),
        ("Rosja zwolniła pięć jeńców", 5),
        ("Россия освободила двух военнопленных", 2),
        ("четырёх пленных", 4),
        ("Росія звільнила трьох полонених", 3),
    ],
)
def test_a_number_in_words_counts_in_every_language_of_the_feeds(text: str, number: float) -> None:
    assert [value for value, _ in found(text)] == [number]


@pytest.mark.parametrize(
    "text", ["90 captives", "90 prisoners", "90 военнопленных", "90 полонених", "90 Gefangene", "90 jeńców"]
)
def test_captives_are_prisoners_in_whatever_language(text: str) -> None:
    assert found(text) == [(90, "prisoner")]


@pytest.mark.parametrize(
    "text", ["4 towns", "four villages", "4 cities", "чотири міста", "четыре города", "vier Städte", "cztery miasta"]
)
def test_towns_are_counted_in_whatever_language(text: str) -> None:
    assert found(text) == [(4, "town")]


def test_a_fact_is_a_span_of_its_text() -> None:
    text = as_given("Officials spoke of at least 600,000 troops.")
    [fact] = find(text)
    assert fact.span.chars == "600,000"
    assert fact.at_least


def one(text: str) -> tuple[float, str]:
    return found(text)[0]


def test_the_19th_and_the_20th_package_are_different_news() -> None:
    [nineteenth], [twentieth] = find(as_given("the 19th package")), find(as_given("the 20th package"))
    assert compare(nineteenth, twentieth) is Comparison.CHANGED


def test_at_least_24_and_24_say_the_same_and_at_least_six_is_more_than_two() -> None:
    [least], [exact] = find(as_given("at least 24 dead")), find(as_given("24 dead"))
    assert compare(least, exact) is Comparison.SAME
    [two], [six] = find(as_given("two dead")), find(as_given("at least six dead"))
    assert compare(two, six) is Comparison.CHANGED


def test_the_dead_are_not_compared_with_drones() -> None:
    [dead], [drones] = find(as_given("12 dead")), find(as_given("200 drones"))
    assert compare(dead, drones) is Comparison.APART


@given(st.text(max_size=400))
def test_any_text_gives_facts_inside_it_or_none(raw: str) -> None:
    text = record(raw)
    for fact in find(text):
        assert text.body[fact.span.start : fact.span.end] == fact.span.chars

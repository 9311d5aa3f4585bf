"""Facts about names: who is meant, for which party, on which day."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests.names import Gazetteer
from tests.unit.digests.parties import DIRECTORY, TUESDAY

GAZETTEER = Gazetteer(DIRECTORY)


def names(text: str, on: date | None = TUESDAY) -> list[tuple[str, str, str | None, str]]:
    return [(text[m.start : m.end], m.actor_id, m.speaker, m.kind) for m in GAZETTEER.mentions(text, on)]


def test_a_person_a_body_a_metonym_and_an_adjective_are_told_apart() -> None:
    assert names("Putin, the Russian Foreign Ministry, Moscow and a Russian poet.") == [
        ("Putin", "russia", "Vladimir Putin", "person"),
        ("Russian Foreign Ministry", "russia", "Russian Foreign Ministry", "body"),
        ("Moscow", "russia", "Russia", "metonym"),
        ("Russian", "russia", None, "adjective"),
    ]


def test_titles_grow_into_the_name_behind_them() -> None:
    assert names("U.S. special envoy Steve Witkoff met Ukrainian President Volodymyr Zelenskyy.") == [
        ("U.S. special envoy Steve Witkoff", "united-states", "Steve Witkoff", "person"),
        ("Ukrainian President Volodymyr Zelenskyy", "ukraine", "Volodymyr Zelensky", "person"),
    ]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("the French leader", "Emmanuel Macron"),
        ("Ukraine's chief", None),
        ("the Russian foreign minister", "Sergei Lavrov"),
        ("Ukraine's chief negotiator", "Rustem Umerov"),
        ("Ukraine’s chief negotiator", "Rustem Umerov"),
        ("a Kremlin official", None),
        ("Ukrainian officials", None),
        ("the Russian ministry", None),
    ],
)
def test_a_title_names_its_one_holder_or_nobody(text: str, speaker: str | None) -> None:
    [(_, _, found, kind)] = names(text)
    assert (found, kind) == (speaker, "role")


def test_dates_of_office_are_respected() -> None:
    assert names("Yermak said", date(2025, 11, 28))
    assert not names("Yermak said", date(2025, 11, 29))
    assert names("Yermak said", None)


def test_words_are_matched_whole_and_with_their_capitals() -> None:
    assert not names("He told us that parisians and Trumpets were there")
    assert names("told the US") == [("US", "united-states", "United States", "metonym")]


def test_a_common_surname_needs_an_introduction() -> None:
    assert not names("Powell said the talks went on")
    assert [n[2] for n in names("Jonathan Powell came. Powell said the talks went on")] == ["Jonathan Powell"] * 2
    assert GAZETTEER.mentions("Powell said", TUESDAY, {"Jonathan Powell"})
    assert not names("Colin Powell said")


def test_a_relative_is_another_person() -> None:
    assert not names("Melania Trump wrote a letter")


def test_a_publisher_is_no_party() -> None:
    assert not names("as The Moscow Times and the Washington Post reported")


def test_what_somebody_backs_is_only_a_property() -> None:
    assert names("Moscow-backed separatists")[0][3] == "adjective"


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("Лаврова", "russia"),
        ("Путіну", "russia"),
        ("Зеленським", "ukraine"),
        ("Україною", "ukraine"),
        ("у Москві", "russia"),
        ("Кремлем", "russia"),
    ],
)
def test_inflected_names_are_known_by_stem_and_ending(text: str, actor: str) -> None:
    assert [n[1] for n in names(text)] == [actor]


def test_a_longer_word_with_the_same_stem_is_not_the_name() -> None:
    assert not names("Путинградський")


@given(st.text(alphabet="PutinTrmpKyivЛавров U.S.'’-, \n", max_size=200))
def test_mentions_are_in_order_and_apart(text: str) -> None:
    mentions = GAZETTEER.mentions(text, TUESDAY)
    assert all(0 <= m.start < m.end <= len(text) for m in mentions)
    assert all(a.end <= b.start for a, b in pairwise(mentions))

"""Which name is offered for what was typed: a slip of the keyboard finds its word, a name of nobody finds nobody."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.commands import VERBS
from bot.naming import Names, names_of, nearest, plain, zones_like
from digests.model import Directory
from tests.unit.digests.shipped import directory

NAMES = Names(directory())


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("rusia", "russia"),
        ("russai", "russia"),
        ("ukrane", "ukraine"),
        ("ukrain", "ukraine"),
        ("ukr", "ukraine"),
        ("chian", "china"),
        ("untied-states", "united-states"),
        ("united natoins", "united-nations"),
        ("the white huose", "united-states"),
        ("zelinsky", "Volodymyr Zelensky"),
        ("witkof", "Steve Witkoff"),
        ("trmp", "Donald Trump"),
        ("vladimir puttin", "Vladimir Putin"),
        ("ursula", "Ursula von der Leyen"),
        ("leyen", "Ursula von der Leyen"),
        ("xi", "Xi Jinping"),
        ("vladimir", ""),  # of several
        ("Росия", "russia"),
        ("полша", "poland"),
        ("Зеленьский", "Volodymyr Zelensky"),
        ("atlantis", ""),
        ("merkel", ""),
        ("banana", ""),
        ("narnia", ""),
        ("weather", ""),
        ("nobody-at-all", ""),
        ("r", ""),
        ("ru", ""),
        ("vr", ""),
        ("", ""),
        (" ", ""),
        ("now", ""),
        ("qwe", ""),
        ("Ж", ""),
        ("атлантида", ""),
    ],
)
def test_the_nearest_party_is_one_that_was_meant(typed: str, meant: str) -> None:
    assert NAMES.who(typed) is None
    assert NAMES.nearest_party(typed) == meant


@pytest.mark.parametrize(
    ("typed", "actor", "speaker"),
    [
        ("zelensky", "ukraine", "Volodymyr Zelensky"),
        ("zelenskiy", "ukraine", "Volodymyr Zelensky"),
        ("Зеленского", "ukraine", "Volodymyr Zelensky"),
        ("Россия", "russia", None),
        ("Україна", "ukraine", None),
        ("РФ", "russia", None),
        ("Russia?", "russia", None),
        ("(the Kremlin)", "russia", None),
        ("U.S.", "united-states", None),
    ],
)
def test_a_name_is_known_in_each_of_its_spellings(typed: str, actor: str, speaker: str | None) -> None:
    who = NAMES.who(typed)
    assert who is not None
    assert (who.actor_id, who.speaker) == (actor, speaker)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("territry", "territory"),
        ("security guarantes", "security-guarantees"),
        ("garantees", "security-guarantees"),
        ("pictrue", ""),
        ("xy", ""),
        ("", ""),
    ],
)
def test_the_nearest_issue_is_one_that_was_meant(typed: str, meant: str) -> None:
    assert NAMES.nearest_issue(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("subscrib", "subscribe"),
        ("sub", "subscribe"),
        ("sched", "schedule"),
        ("shedul", "schedule"),
        ("stauts", "status"),
        ("unsubscibe", "unsubscribe"),
        ("nwe", "new"),
        ("weather", ""),
        ("joke", ""),
        ("hi", ""),
    ],
)
def test_the_nearest_verb_is_one_that_was_meant(typed: str, meant: str) -> None:
    assert nearest(typed, VERBS) == meant


def test_a_word_that_several_issues_share_finds_them_all() -> None:
    assert NAMES.issues_with("Security") == ["security-guarantees", "security-architecture"]
    assert NAMES.issues_with("atlantis") == []


def test_a_zone_is_found_as_it_is_typed() -> None:
    assert zones_like("brussel", 3)[0] == "Europe/Brussels"
    assert zones_like("Europe/Lodnon", 3)[0] == "Europe/London"
    assert zones_like("newyork", 3)[0] == "America/New_York"
    assert zones_like("gondor", 3) == ()


def test_the_names_of_a_directory_are_put_together_once() -> None:
    assert names_of(directory()) is names_of(directory())
    assert names_of(Directory((), (), ())).who("russia") is None
    assert names_of(directory()).who("russia") is not None


@given(st.text(max_size=200))
def test_what_is_near_resolves(typed: str) -> None:
    near = NAMES.nearest_party(typed)
    assert not near or NAMES.who(near) is not None


@example("us")
@example("xi")
@example("ес")
@given(st.text(max_size=2))
def test_two_characters_are_near_to_nothing_but_whom_they_name(typed: str) -> None:
    near = NAMES.nearest_party(typed)
    assert not near or NAMES.who(typed) is not None or plain(typed) in plain(near).split()
    assert NAMES.issue(typed) is not None or NAMES.nearest_issue(typed) == ""
    assert nearest(typed, VERBS) == ""


@pytest.mark.parametrize(
    ("typed", "issue"),
    [
        ("Territory", "territory"),
        ("donbas", "territory"),
        ("территории", "territory"),
        ("territoire", "territory"),
        ("нейтральность", "nato-membership"),
        ("security", None),  # of several
        ("kriminal", None),  # a word is no beginning
        ("atlantis", None),
    ],
)
def test_an_issue_is_known_by_the_words_of_its_terms_in_any_language(typed: str, issue: str | None) -> None:
    found = NAMES.issue(typed)
    assert (found[0] if found else None) == issue

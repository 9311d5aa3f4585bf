"""Facts about hearsay: who acts or speaks by the report's own account, and who is only spoken of in it."""

from __future__ import annotations

import pytest

from tests.unit.digests.shipped import read


@pytest.mark.parametrize(
    ("title", "speaks"),
    [
        ("Putin does not want the peace plan, Sikorski says", {"poland"}),
        ("Putin does not want the peace plan, says Sikorski", {"poland"}),
        ("Putin is not ready for the peace plan, Poland's Sikorski says", {"poland"}),
        ("Putin will not keep the peace plan, Germany's Merz warns", {"germany"}),
        ("Sikorski: Putin does not want the peace plan", {"poland"}),
        ("Polish foreign minister says Putin will never sign the peace plan", {"poland"}),
        ("Sikorski warns against trusting Putin with the peace plan", {"poland"}),
        ("Russia rejects the peace plan, Macron says", {"france"}),
        ("Trump wants the peace plan in Ukraine signed, Kremlin says", {"russia"}),
        ("Europe must not trust Putin on the peace plan for Ukraine, says Sikorski", {"poland"}),
    ],
)
def test_who_is_only_spoken_of_in_a_headline_neither_acts_nor_speaks(title: str, speaks: set[str]) -> None:
    reading = read(title)
    assert set(reading.acting or ()) == speaks


@pytest.mark.parametrize(
    ("title", "acts"),
    [
        ("Zelensky and Trump meet in Florida on the peace plan", {"ukraine", "united-states"}),
        ("Zelensky says he will sign the peace plan, but Putin turns it down", {"ukraine", "russia"}),
        ("Ukraine hails the peace plan; Russia says Europe is not needed", {"ukraine", "russia"}),
        ("Kremlin welcomes the peace plan, Trump pressures Zelensky", {"russia", "united-states", "ukraine"}),
    ],
)
def test_who_acts_beside_what_another_says_acts(title: str, acts: set[str]) -> None:
    assert acts <= {*(read(title).acting or ()), "ukraine"}


def test_words_below_the_headline_are_their_speakers() -> None:
    lead = "Vladimir Putin does not want the peace plan, Polish Foreign Minister Radoslaw Sikorski said on Tuesday."
    assert read("A warning about the peace plan for Ukraine", lead).acting == ("poland",)


def test_whoever_is_named_within_quotation_marks_is_spoken_of() -> None:
    lead = "Sikorski jest „sceptyczny co do tego, czy Putin jest gotowy zawrzeć pokój na warunkach Ukrainy”."
    reading = read("Sikorski o planie pokojowym dla Ukrainy", lead)
    assert "russia" not in (reading.acting or ())


def test_who_is_struck_or_named_is_a_party_to_it_and_does_not_act() -> None:
    reading = read("Russian strikes on Kyiv kill two as peace plan is discussed")
    assert set(reading.actors) == {"russia", "ukraine"}
    assert reading.acting == ("russia",)


def test_whose_attacks_killed_acts_however_they_are_counted() -> None:
    assert read("Two killed in a series of Russian attacks on Kyiv as peace plan is discussed").acting == ("russia",)


def test_an_opinion_is_its_authors_own() -> None:
    reading = read("Opinion | What Trump should do about the peace plan for Ukraine")
    assert (reading.actors, reading.acting) == (("analyst",), ("analyst",))

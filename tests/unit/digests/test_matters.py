"""Facts about matters: which issues a headline and lead are about, and which they only touch on."""

from __future__ import annotations

import pytest

from digests.matters import Matters
from digests.model import Relevance
from digests.topics import Topics
from tests.unit.digests.shipped import directory

MATTERS = Matters(directory(), Topics(directory()))


def about(title: str, lead: str = "", relevance: Relevance = Relevance.YES) -> set[str]:
    return set(MATTERS.of(title, lead, "en", relevance))


@pytest.mark.parametrize(
    ("title", "lead", "issues"),
    [
        ("UK to send troops to Ukraine if peace deal agreed", "", {"foreign-troops"}),
        ("Canada pledges troops for Ukraine", "They would police any peace deal.", {"foreign-troops"}),
        ("Allies agree security guarantees", "The coalition of the willing and US envoys.", {"security-guarantees"}),
        ("Zelensky backs negotiator on land swap", "", {"territory"}),
        ("Peace talks on land swap stall", "", {"process", "territory"}),
        ("Allies meet on security guarantees", "", {"process", "security-guarantees"}),
        ("Witkoff: two signatures from done", "", {"process"}),
    ],
)
def test_the_talks_are_a_matter_of_their_own_where_they_are_what_is_told(
    title: str, lead: str, issues: set[str]
) -> None:
    assert about(title, lead) == issues


def test_an_attack_that_nobody_made_is_no_fighting() -> None:
    assert about("US would back security guarantees after any new Russian attack") == {"security-guarantees"}
    assert "hostilities" in about("Security guarantees near as Russian attack kills two")


@pytest.mark.parametrize(
    ("title", "lead", "issues"),
    [
        (
            "Drones hit hotel in Kherson region",
            "Three drones struck on the Black Sea coast, in Crimea.",
            {"hostilities"},
        ),
        ("Putin calls war sacred", "He lit a candle.", {"hostilities"}),
        ("Zelensky names spy chief as chief of staff", "He fought in the war.", {"process"}),
        ("Over 800,000 without heating", "Drone strikes cut power.", {"hostilities"}),
        ("Ship in the Northern Territory", "", set()),
    ],
)
def test_news_that_bears_on_the_talks_is_about_what_its_headline_says(title: str, lead: str, issues: set[str]) -> None:
    assert about(title, lead, Relevance.CONTEXT) == issues


@pytest.mark.parametrize("land", ["threats to annex Greenland", "a Danish territory", "Moldovan territory"])
def test_land_that_others_would_take_from_each_other_is_no_matter_of_these_talks(land: str) -> None:
    assert about("Allies meet on security guarantees for Ukraine", f"They meet in the shadow of {land}.") == {
        "process",
        "security-guarantees",
    }


@pytest.mark.parametrize("land", ["annex Crimea", "annex the four regions", "hold Ukrainian territory"])
def test_land_of_the_invaded_is_one(land: str) -> None:
    assert "territory" in about("Allies meet on guarantees for Ukraine", f"Moscow wants to {land}.")


def test_where_nothing_else_is_named_a_short_word_of_the_headline_counts() -> None:
    assert about("'Assurances, not promises', says Kyiv") == {"security-guarantees"}
    assert about("'Assurances, not promises', says Kyiv", relevance=Relevance.CONTEXT) == set()

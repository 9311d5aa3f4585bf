"""Facts about acting: who does or says something in a headline or lead, and who is only spoken of there."""

from __future__ import annotations

import pytest

from digests.acting import Acting
from digests.names import Gazetteer
from tests.builders import TUESDAY
from tests.unit.digests.shipped import directory

NAMES = Gazetteer(directory())
ACTING = Acting(directory(), NAMES)


def acting(title: str, lead: str = "") -> set[str]:
    return set(ACTING.of(title, lead, (NAMES.mentions(title, TUESDAY), NAMES.mentions(lead, TUESDAY))))


@pytest.mark.parametrize(
    ("title", "actor"),
    [
        ("Ukraine waits for a delegation from Russia", "russia"),
        ("Kyiv hears more in a call with negotiators of the United States", "united-states"),
        ("Moscow to receive envoys from Ukraine", "ukraine"),
    ],
)
def test_who_sent_a_delegation_acts_through_it(title: str, actor: str) -> None:
    assert actor in acting(title)


def test_what_else_comes_from_a_party_is_no_act_of_it() -> None:
    assert acting("Ukraine waits for a letter from Russia") == {"ukraine"}


@pytest.mark.parametrize(
    ("title", "actor"),
    [
        ("Росія готує відповідь для України", "russia"),
        ("Киев получил ответ от России", "ukraine"),
        ("Kyjiw wartet auf ein Signal von Russland", "ukraine"),
        ("Kiev attend une réponse de Moscou", "ukraine"),
        ("Rosja pisze do Ukrainy", "russia"),
    ],
)
def test_behind_a_preposition_of_any_language_nobody_acts(title: str, actor: str) -> None:
    assert acting(title) == {actor}


@pytest.mark.parametrize(
    "title",
    [
        "Ukraine will not sign if Russia keeps the towns",
        "Kyiv to hold a vote unless Moscow objects",
        "Kyiv waits until Russian drones are gone",
        "Ukraine stays calm before Putin answers",
        "Україна підпише, якщо Путін відповість",
    ],
)
def test_what_a_party_would_have_to_do_first_is_not_done(title: str) -> None:
    assert acting(title) == {"ukraine"}


@pytest.mark.parametrize(
    ("title", "actor"),
    [
        ("Witkoff gives Putin a letter", "united-states"),
        ("A word of Putin worries Kyiv", "ukraine"),
        ("Kyiv hears much about Trump", "ukraine"),
    ],
)
def test_a_person_who_is_given_to_or_spoken_of_does_not_act(title: str, actor: str) -> None:
    assert acting(title) == {actor}


@pytest.mark.parametrize(
    ("title", "actor"),
    [
        ("Песков передав листа Трампу", "russia"),
        ("Зеленський подякував Макрону", "ukraine"),
        ("Київ задоволений Макроном", "ukraine"),
    ],
)
def test_a_surname_in_an_oblique_case_is_nobody_who_acts(title: str, actor: str) -> None:
    assert acting(title) == {actor}


def test_a_second_person_in_one_breath_does_as_the_first() -> None:
    assert acting("Letter about Putin and Trump surprises Kyiv") == {"ukraine"}
    assert acting("Trump and Putin speak of Kyiv") == {"russia", "united-states"}


def test_jets_behind_and_act_though_the_party_before_it_does_not() -> None:
    assert acting("Kyiv annoyed by war with Russia and French jets") == {"france", "ukraine"}


@pytest.mark.parametrize(
    ("title", "actor"),
    [
        ("Ukraine map irritates Kremlin", "russia"),
        ("Kyiv studies a Russia proposed text", "ukraine"),
        ("London says Ukraine must decide", "united-kingdom"),
        ("Moscow ignores Ukraine deadline", "russia"),
    ],
)
def test_a_party_that_only_says_what_a_thing_is_about_does_not_act(title: str, actor: str) -> None:
    assert acting(title) == {actor}


@pytest.mark.parametrize("title", ["US advisers fly to Geneva", "American embassy shuts for a day"])
def test_advisers_and_an_embassy_act_for_their_state(title: str) -> None:
    assert acting(title + ", Kyiv says") == {"united-states", "ukraine"}


def test_whose_city_was_struck_is_a_party_to_it() -> None:
    assert acting("Russia hits Kharkiv at night") == {"russia", "ukraine"}
    assert acting("Drones hit Kharkiv") == {"ukraine"}


def test_a_city_in_which_nothing_struck_brings_nobody_in() -> None:
    assert acting("Russia reads the news of Kharkiv") == {"russia"}


@pytest.mark.parametrize(
    ("title", "actors"),
    [
        ("British troops in Ukraine would be a mistake, Lavrov says", {"russia"}),
        ("Zelensky says US could do more for peace", {"ukraine"}),
        ("Ukraine must hold fire, Kremlin says", {"russia"}),
        ("Macron ready to supply Ukraine with jets", {"france"}),
        ("Russia blames Ukraine for blast", {"russia", "ukraine"}),
        ("Ukraine: Western allies agree, Macron says", {"france"}),
        ("NATO ambassador hopeful, Kyiv says", {"ukraine"}),
        ("Ukraine's European allies pledge jets", {"europe"}),
        ("US to help Kyiv counter any new Russian attack", {"united-states"}),
        ("Russia bombs two Ukrainian regions", {"russia", "ukraine"}),
        ("Kyiv nervous over Trump's Greenland threats", {"ukraine", "united-states"}),
        ("US seizes Russian-flagged tanker", {"russia", "united-states"}),
        ("Ukraine drone strike hits depot on the Volga", {"russia", "ukraine"}),
        ("Carney to visit Kyiv", {"other"}),
        ("Oil falls on Russian oil, Bessent says", {"united-states"}),
    ],
)
def test_whom_a_headline_is_about_is_a_party_to_it_and_who_should_or_might_act_is_not(
    title: str, actors: set[str]
) -> None:
    assert acting(title) == actors


def test_a_meeting_of_an_alliance_is_its_act() -> None:
    assert "coalition-of-the-willing" in acting(
        "Paris hopeful", "They met at a meeting of the ‘Coalition of the Willing’."
    )


@pytest.mark.parametrize(
    ("title", "actors"),
    [
        ("Russia-Ukraine war: the day in brief", {"russia", "ukraine"}),
        ("Berlin summit leaves Kyiv waiting", {"ukraine"}),
        ("Berlin wants summit soon", {"germany"}),
        ("As envoys meet in Paris, Trump's eyes are on the coast", {"united-states"}),
        ("Kyiv fears London would leave Ukraine", {"ukraine", "united-kingdom"}),
        ("Kyiv asks for a NATO-style security guarantee", {"ukraine"}),
        ("Kyiv weighs Franco-German pledge", {"france", "germany", "ukraine"}),
    ],
)
def test_a_pair_that_only_names_the_war_a_place_an_object_and_a_property_do_not_act(
    title: str, actors: set[str]
) -> None:
    assert acting(title) == actors


def test_a_year_of_advances_is_circumstance() -> None:
    lead = "After a year of Russian advances, the aim is to hold on, an officer from Kyiv said."
    assert "russia" not in acting("Another winter at war", lead)
    assert "russia" in acting("Another winter at war", "Russian advances worry an officer from Kyiv.")


def test_whom_somebody_would_host_does_not_act_in_a_lead() -> None:
    assert acting("Offer renewed", "Erdogan is ready to host Putin and Zelensky.") == {"turkey"}


def test_a_headline_in_which_nobody_acts_is_about_those_it_names_but_not_about_where() -> None:
    assert acting("Paris declaration on peace in Ukraine") == set()

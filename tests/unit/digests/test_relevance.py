"""Facts about relevance: the talks, what bears on them, and the rest of the world that uses the same words."""

from __future__ import annotations

import pytest

from digests.model import Relevance
from digests.relevance import Lexicon, Scope, words_of
from tests.unit.digests.shipped import directory

SCOPE = Scope(directory())


@pytest.mark.parametrize(
    ("title", "lead", "language"),
    [
        ("Allies meet in Geneva on security guarantees for Ukraine", "", "en"),
        ("Zelensky says peace plan is nearly ready", "He will meet the envoys on Monday.", "en"),
        ("Kremlin rejects draft", "Moscow said the peace plan for Ukraine needs changes and talks must go on.", "en"),
        ("Україна і США обговорили мирний план у Женеві", "", "uk"),
        ("В Кремле прокомментировали мирный план по Украине", "", "ru"),
        ("Kremlin shrugs off deadline", "The spokesman said Russia was not guided by dates.", "en"),
        ("Russia replaces head of its delegation", "", "en"),
        ("Песков: говорить о мирном соглашении рано, мирные переговоры не закончены", "", "ru"),
        ("Moscow passes main points of the plan on to Washington", "The draft would end the war in Ukraine.", "en"),
        ("'Three is not a compromise': Kyiv turns down American map", "", "en"),
        ("Kyiv says 21-point paper is not final", "", "en"),
        ("Senator says president backs Russia sanctions bill", "", "en"),
        ("Time for Europe to talk to Russia, minister says", "", "en"),
        ("Putin wants to make a deal, Trump believes", "", "en"),
        ("Zelensky hopes to meet Trump soon", "", "en"),
        ("Capital asks for role in postwar Ukraine", "", "en"),
        ("Koalicja chętnych rozmawia o gwarancjach bezpieczeństwa dla Ukrainy", "", "pl"),
    ],
)
def test_the_negotiations_are_told_in_every_language_of_the_feeds(title: str, lead: str, language: str) -> None:
    assert SCOPE.of(title, lead, language) is Relevance.YES


@pytest.mark.parametrize(
    ("title", "lead"),
    [
        ("Russian missiles strike apartment block in Kharkiv", "At least two people were killed."),
        ("Zelensky names new head of his office", "The general takes over on Monday."),
        ("Russia fires Oreshnik missile", "It fell near the western border."),
        ("Coast guard seizes Venezuela-linked, Russian-flagged tanker", ""),
    ],
)
def test_the_war_itself_is_context(title: str, lead: str) -> None:
    assert SCOPE.of(title, lead, "en") is Relevance.CONTEXT


@pytest.mark.parametrize(
    ("title", "lead"),
    [
        ("Envoys push for a ceasefire in Gaza", "Negotiators from Russia were in the region for peace talks."),
        ("Russia condemns strikes against Venezuela", "The Foreign Ministry urged restraint."),
        ("India close to trade deal with US", "Its refiners sent data on what they buy."),
        ("Chip maker shows its new accelerator", "The UltraScale+ part is built for AI training."),
        ("Chess: Russian wins the tournament", ""),
        ("Quarterback Russell Harbour fined over remark", ""),
        ("", ""),
    ],
)
def test_other_wars_and_other_matters_are_neither(title: str, lead: str) -> None:
    assert SCOPE.of(title, lead, "en") is Relevance.NO


def test_a_term_matches_whole_words_only() -> None:
    lexicon = Lexicon({"ai": ["ai"], "talk": ["peace talk*"]})
    assert lexicon.hits(words_of("Training said Ukraine")) == []
    assert [h.label for h in lexicon.hits(words_of("AI and peace talks"))] == ["ai", "talk"]


def test_a_short_name_is_not_another_word_in_small_letters() -> None:
    lexicon = Lexicon({"united-nations": ["UN"]})
    assert lexicon.labels(words_of("UN envoy arrives")) == {"united-nations"}
    assert lexicon.labels(words_of("un accord de paix")) == set()


@pytest.mark.parametrize(
    ("title", "lead"),
    [
        ("Leaders of 35 nations agree to speed up work on security guarantees", "Macron and Starmer chaired the call."),
        ("Putin receives Orban", "Oil and gas were on the agenda."),
        ("Песков: США передали России основные параметры", ""),
    ],
)
def test_a_page_may_tell_what_its_headline_leaves_open(title: str, lead: str) -> None:
    assert SCOPE.may_be(title, lead, "ru" if "П" in title else "en")


def test_a_page_about_anything_else_is_left_alone() -> None:
    assert not SCOPE.may_be("Macron opens the book fair", "He stayed for an hour.", "en")
    assert not SCOPE.may_be("Envoys push for a truce in Gaza", "Rubio spoke of progress.", "en")


def test_us_the_country_is_not_us_the_pronoun() -> None:
    lexicon = Lexicon({"united-states": ["US"]})
    assert lexicon.labels(words_of("US envoy arrives")) == {"united-states"}
    assert lexicon.labels(words_of("U.S. envoy arrives")) == {"united-states"}
    assert lexicon.labels(words_of("They told us nothing")) == set()

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
    ],
)
def test_the_war_itself_is_context(title: str, lead: str) -> None:
    assert SCOPE.of(title, lead, "en") is Relevance.CONTEXT


@pytest.mark.parametrize(
    ("title", "lead"),
    [
        ("Envoys push for a ceasefire in Gaza", "Negotiators from Russia were in the region for peace talks."),
        ("Russia condemns strikes against Venezuela", "The Foreign Ministry urged restraint."),
        ("Chip maker shows its new accelerator", "The UltraScale+ part is built for AI training."),
        ("Chess: Russian wins the tournament", ""),
        ("", ""),
    ],
)
def test_other_wars_and_other_matters_are_neither(title: str, lead: str) -> None:
    assert SCOPE.of(title, lead, "en") is Relevance.NO


def test_a_term_matches_whole_words_only() -> None:
    lexicon = Lexicon({"ai": ["ai"], "talk": ["peace talk*"]})
    assert lexicon.hits(words_of("Training said Ukraine")) == []
    assert [h.label for h in lexicon.hits(words_of("AI and peace talks"))] == ["ai", "talk"]


def test_us_the_country_is_not_us_the_pronoun() -> None:
    lexicon = Lexicon({"united-states": ["US"]})
    assert lexicon.labels(words_of("US envoy arrives")) == {"united-states"}
    assert lexicon.labels(words_of("U.S. envoy arrives")) == {"united-states"}
    assert lexicon.labels(words_of("They told us nothing")) == set()

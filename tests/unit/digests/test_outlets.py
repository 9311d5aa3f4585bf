"""Facts about outlets: a paper's name inside a text speaks of nothing and of nobody."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests.model import Relevance
from digests.names import Gazetteer
from digests.outlets import hidden
from digests.relevance import Scope
from digests.topics import Topics
from tests.unit.digests.shipped import directory


@pytest.mark.parametrize(
    "name",
    ["the Financial Times", "The Kyiv Independent", "the Jerusalem Post", "the Wall Street Journal", "Times of India"],
)
def test_a_papers_name_is_hidden_and_the_rest_stands(name: str) -> None:
    assert hidden(f"He told {name} that Rome agrees.") == f"He told {'.' * len(name)} that Rome agrees."


@pytest.mark.parametrize(
    "passage", ["Hard Times for Kyiv", "the last post in Bakhmut", "the Times are changing", "A voice of Ukraine"]
)
def test_words_that_papers_are_named_by_are_no_papers(passage: str) -> None:
    assert hidden(passage) == passage


def test_a_papers_name_is_no_issue_no_party_and_not_the_war() -> None:
    assert not Topics(directory()).short("He told the Financial Times on Monday", "en")
    assert not Gazetteer(directory()).mentions("as the Japan Times and the Times of India wrote")
    assert Scope(directory()).of("Mayor opens bridge, the Kyiv Independent reports", "", "en") is Relevance.NO


@pytest.mark.parametrize("paper", ["a London newspaper", "a Berlin-based broadcaster", "two Moscow dailies"])
def test_an_unnamed_paper_does_not_give_the_word_of_its_city(paper: str) -> None:
    mentioned = Gazetteer(directory()).mentions(f"Kyiv agrees, according to {paper}.")
    assert {m.actor_id for m in mentioned} == {"ukraine"}


@given(st.text(alphabet="theT PostKyiv ofIndia.", max_size=80))
def test_offsets_hold(passage: str) -> None:
    assert len(hidden(passage)) == len(passage)

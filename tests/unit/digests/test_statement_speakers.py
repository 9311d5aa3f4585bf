"""Facts about whose a statement is: offices with a name beside them, pronouns, names that nobody knows. All made up."""

from __future__ import annotations

from functools import cache

import pytest

from digests.statements import Finder
from tests.unit.digests import shipped
from tests.unit.digests.parties import article


@cache
def _finder() -> Finder:
    return Finder(shipped.directory())


def who(text: str) -> list[str | None]:
    """Speakers of a text's statements, in reading order."""
    return [statement.speaker for statement in _finder().find(article(text))]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "The British defence secretary, Ben Walford, visited Kyiv and told allies sanctions would stay.",
            "Ben Walford",
        ),
        ("Ukraine's energy minister, Olena Horban, said a ceasefire must come before elections.", "Olena Horban"),
        ("The plan was drafted without Europe, according to US Ambassador John J. Sullins.", "John J. Sullins"),
        ("Ukrainian Deputy Foreign Minister Olena Horban said sanctions must stay.", "Olena Horban"),
        ("Russian Foreign Minister Ada Lovelace said the ceasefire was dead.", "Ada Lovelace"),
        (
            "The commander-in-chief of Ukraine's armed forces, Oleksandr Syrskyi, said no territory would be ceded.",
            "Oleksandr Syrskyi",
        ),
    ],
)
def test_an_office_speaks_by_the_name_beside_it(text: str, speaker: str) -> None:
    assert who(text) == [speaker]


def test_an_office_without_a_name_stays_the_partys() -> None:
    assert who("Ukraine's energy minister, in Paris Match magazine, said a ceasefire must come first.") != [
        "Paris Match"
    ]
    assert who("A Ukrainian commander, Moscow says, rejected the ceasefire.") != ["Moscow"]


def test_whom_a_pronoun_urges_is_not_who_urges() -> None:
    text = "Vladimir Putin said a ceasefire was premature.\n\nHis guest flew in. He urged Putin to accept a ceasefire."
    assert who(text) == ["Vladimir Putin"]


def test_a_pronoun_passes_over_its_object_to_who_spoke_before() -> None:
    text = (
        "Marco Rubio said sanctions would stay. Sergei Lavrov called sanctions a mistake. "
        "He told Lavrov that sanctions work."
    )
    assert who(text) == ["Marco Rubio", "Sergei Lavrov", "Marco Rubio"]


def test_a_name_in_the_next_clause_leaves_a_pronoun_free() -> None:
    text = "Sergei Lavrov called sanctions a mistake. He said sanctions hurt the West, and Lavrov alone must go on."
    assert who(text) == ["Sergei Lavrov", "Sergei Lavrov"]


def test_a_short_name_that_nobody_knows_closes_its_own_quotation() -> None:
    text = "“Sanctions must stay,” said Kaja Kallas. “A ceasefire is a trick,” said Holt."
    assert who(text) == ["Kaja Kallas"]


def test_a_stranger_with_a_title_in_capitals_takes_the_pronoun() -> None:
    text = "Sergei Lavrov rejected a ceasefire. Major Archbishop Ivo Marek said homes were cold. He wants a ceasefire."
    assert who(text) == ["Sergei Lavrov"]


def test_a_verb_of_a_headline_is_nobodys_name() -> None:
    assert "Says Kyiv" not in who("US Envoy Says Kyiv Will Accept Ceasefire")


def test_somebody_without_a_name_takes_the_pronoun() -> None:
    text = "Sergei Lavrov rejected a ceasefire. The head of the parish said homes were cold. He wants a ceasefire."
    assert who(text) == ["Sergei Lavrov"]

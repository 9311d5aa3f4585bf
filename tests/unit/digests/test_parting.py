"""What a line's headline does not tell has a line of its own, with an id of its own; what it tells has none."""

from __future__ import annotations

from dataclasses import replace

from digests.model import Verdict
from digests.parting import tells_apart
from tests.unit.digests.newsstand import Newsstand
from tests.unit.digests.shipped import read

VOTE = read("Starmer vows vote on troops for Ukraine", "MPs would vote before any troops go to Ukraine, he said.")
PACT = read(
    "Britain signs pact with France on troops for Ukraine", "The pact on troops for Ukraine was signed in Paris."
)
TALKS = read("Ukraine to tackle hardest issues as talks advance", "The delegations went on in Paris, Zelensky said.")
WISH = read(
    "Zelensky seeks new Trump meeting before winter recess begins",
    "Zelensky said he wants to see Trump on the peace plan for Ukraine.",
)


def test_a_decision_that_the_headline_does_not_know_stands_apart() -> None:
    assert tells_apart(PACT, VOTE)


def test_a_partys_wish_of_somebody_whom_the_headline_does_not_name_stands_apart() -> None:
    assert tells_apart(WISH, TALKS)
    assert not tells_apart(TALKS, WISH)


def test_the_same_decision_in_other_words_does_not_stand_apart() -> None:
    again = read("Britain signs deal to send troops to Ukraine", "The deal on troops for Ukraine was signed in Paris.")
    assert not tells_apart(again, PACT)


def test_a_report_in_another_language_stays_with_its_happening() -> None:
    foreign = replace(PACT, article=replace(PACT.article, language="uk"))
    assert not tells_apart(foreign, VOTE)


def test_one_happening_with_a_decision_in_it_makes_two_lines_with_two_ids_and_both_are_told() -> None:
    stand = Newsstand()
    stand.prints("Starmer vows vote on troops for Ukraine", "MPs would vote before any troops go to Ukraine, he said.")
    stand.prints(
        "Britain signs pact with France on troops for Ukraine",
        "The pact on troops for Ukraine was signed in Paris by Macron and Starmer.",
        outlet="north-paper",
        hours=1,
    )
    [first, second] = stand.recorded
    assert first.development is not None
    assert second.development is not None
    joined = replace(second.development, story_id=first.development.story_id, verdict=Verdict.UPDATE)
    stand.recorded[1] = replace(second, development=joined)
    told = stand.tells()
    assert [len(line.article_ids) for line in told.lines] == [1, 1]
    assert len({line.line_id for line in told.lines}) == 2
    assert {d for line in told.lines for d in line.development_ids} == {
        first.development.development_id,
        joined.development_id,
    }
    assert stand.digest(24, 47).lines == ()

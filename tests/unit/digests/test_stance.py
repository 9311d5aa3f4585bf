"""Facts about for and against: refusals, conditions, commitments, and whose they are. Sentences are made up."""

from __future__ import annotations

import pytest

from digests.model import Kind, Polarity
from tests.unit.digests.parties import found


def stance(text: str) -> Polarity:
    """The stance of the one statement of a text."""
    [statement] = found(text)
    return statement.polarity


@pytest.mark.parametrize(
    "text",
    [
        "Zelensky said Kyiv would not pull back from any land that it holds under the peace plan.",
        "Ukraine will not take part in the peace plan, Zelensky told Polish radio.",
        "“We are not going to sign the peace plan,” Zelensky said.",
        "“There is no version of the peace plan in which we leave,” Zelensky said.",
        "Lavrov said that a truce would only give Kyiv time to rearm under the peace plan.",
        "Lavrov said that troops sent under the peace plan would be legitimate targets.",
        "Lavrov warned against the peace plan.",
        "The Kremlin said it saw no need for the peace plan.",
        "Zelensky said that Kyiv would veto the peace plan.",
        "Zelensky said the peace plan was off the table.",
        "Zelensky added that Kyiv would send none of its own under the peace plan.",
    ],
)
def test_a_refusal_of_one_s_own_is_against(text: str) -> None:
    assert stance(text) is Polarity.OPPOSE


@pytest.mark.parametrize(
    "text",
    [
        "Zelensky said Ukraine would sign no peace plan before it had been read by everybody.",
        "Zelensky was ready, he added, to discuss the peace plan if Moscow stepped back too.",
        "Lavrov suggested that the peace plan could begin once the guns had been silent for a month.",
        "Trump said the peace plan would be published “the day they sign, not a minute earlier”.",
        "Lavrov said Moscow would go on with the peace plan provided that its own terms were met.",
        "Trump threatened to drop the peace plan if there is no answer.",
        "Zelensky said the peace plan would be signed as soon as there is quiet.",
        "Zelensky said that Kyiv would never sign the peace plan without a promise from Washington.",
    ],
)
def test_a_condition_is_one_in_any_of_its_words(text: str) -> None:
    assert stance(text) is Polarity.CONDITIONAL


@pytest.mark.parametrize(
    "text",
    [
        "Zelensky said Kyiv would carry its share of the peace plan.",
        "Lavrov confirmed that Russia would attend the talks about the peace plan.",
        "The Kremlin, for its part, confirmed the agreement.",
        "Lavrov said Russia did not object to the peace plan.",
    ],
)
def test_a_commitment_of_one_s_own_is_support(text: str) -> None:
    assert stance(text) is Polarity.SUPPORT


@pytest.mark.parametrize(
    "text",
    [
        "Zelensky said Russia would not stop at the peace plan.",
        "Zelensky warned it would lift the last hope for the peace plan.",
        "Zelensky called the peace plan a map with holes in it.",
        "Lavrov said that the peace plan had not been shown to anybody before the talks.",
        "Witkoff said no progress on the peace plan was near before the summer.",
        "Witkoff said that Russia had demanded that the peace plan be changed.",
    ],
)
def test_what_others_do_and_what_is_only_told_takes_no_side(text: str) -> None:
    assert stance(text) is Polarity.NEUTRAL


def test_to_offer_is_an_act_that_supports() -> None:
    [statement] = found("Russia has offered to host the talks about the peace plan.")
    assert (statement.kind, statement.polarity) == (Kind.ACTION, Polarity.SUPPORT)


def test_who_tells_somebody_to_do_a_thing_demands_it() -> None:
    assert stance("Trump told Zelensky to sign the peace plan by Friday.") is Polarity.DEMAND


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“The peace plan must not be signed away,” Zelensky said.", Polarity.DEMAND),
        ("“I would like the peace plan to come as soon as possible,” Zelensky said.", Polarity.NEUTRAL),
        ("Russia is fighting to gain full control of the territory as part of any peace plan.", Polarity.DEMAND),
        ("Zelensky offered to sign the peace plan, but only if Russia did the same.", Polarity.CONDITIONAL),
    ],
)
def test_what_must_not_be_is_demanded_and_soon_is_no_condition(text: str, expected: Polarity) -> None:
    assert stance(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We want the peace plan,” Zelensky said.", Polarity.DEMAND),
        ("Zelensky said that the peace plan should be changed.", Polarity.DEMAND),
        ("Zelensky denied that the peace plan had been read to him.", Polarity.NEUTRAL),
        ("Zelensky criticised Russia for its answer to the peace plan in a speech of an hour.", Polarity.OPPOSE),
        ("Zelensky criticised Europe for being slow and lost.", Polarity.NEUTRAL),
    ],
)
def test_fault_is_found_with_people_and_stands_are_taken_on_proposals(text: str, expected: Polarity) -> None:
    statements = found(f"The peace plan was read. {text}")
    assert statements[-1].polarity is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Zelensky warned that ceding land would invite the next ceasefire to be broken.", Polarity.OPPOSE),
        ("Lavrov called a ceasefire on these lines a red line.", Polarity.OPPOSE),
        ("“We want a ceasefire for thirty years,” Zelensky said.", Polarity.DEMAND),
        ("“A ceasefire cannot be had otherwise than by leaving the land,” Lavrov said.", Polarity.DEMAND),
        ("“It is important that a ceasefire is backed by deeds,” Lavrov said.", Polarity.DEMAND),
        (
            "“Without talks on the causes it will not be possible to reach a ceasefire,” Lavrov said.",
            Polarity.CONDITIONAL,
        ),
        ("Any ceasefire, Lavrov said, depended on the removal of the causes.", Polarity.CONDITIONAL),
        ("A vote during a ceasefire, Zelensky said, was possible if the law was changed.", Polarity.CONDITIONAL),
        ("Zelensky said that the ceasefire would have to hold before he could consider a vote.", Polarity.CONDITIONAL),
        ("“I can say nothing of a ceasefire,” Peskov said when asked by reporters to comment.", Polarity.NEUTRAL),
        ("Lavrov said that more military support would not bring a ceasefire.", Polarity.NEUTRAL),
        ("“If the ceasefire holds until spring, then we have a window,” Zelensky said.", Polarity.NEUTRAL),
    ],
)
def test_warnings_conditions_and_wants_are_stands_and_a_reporter_s_question_is_none(
    text: str, expected: Polarity
) -> None:
    assert stance(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Zelensky said Kyiv would not sign the peace plan without security guarantees.", Polarity.DEMAND),
        ("Putin insists Kyiv abandon the land that is named in the peace plan.", Polarity.DEMAND),
        ("The Kremlin refused to confirm that the peace plan had come.", Polarity.NEUTRAL),
        ("The Kremlin refused to sign the peace plan.", Polarity.OPPOSE),
        ("“We are working on a truce with our friends,” Zelensky said.", Polarity.SUPPORT),
    ],
)
def test_what_is_insisted_on_is_demanded_and_silence_refuses_nothing(text: str, expected: Polarity) -> None:
    assert stance(text) is expected

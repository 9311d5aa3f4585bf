"""Facts about wordings: the known faults of the baseline are found from the better wordings, and nothing else is."""

from __future__ import annotations

from datetime import date

import pytest

from digests.model import Days, Kind, Part, Polarity, Span, Statement
from digests.text import as_given
from digests.wordings import Differs, differences, same_utterance

REVERSED = "While sensitive, there are some details that cannot be resolved."
DELICATE = "a few delicate, but not insurmountable, details that must be sorted out"
OUR_DELEGATION = (
    "Our delegation has reached a common understanding of the core terms of the agreement discussed in Geneva."
)
OUR_DELEGATIONS = (
    "Our delegations reached a common understanding on the core terms of the agreement discussed in Geneva"
)
RADICALLY = "the situation would be radically different"
FUNDAMENTALLY = "it will be a fundamentally different situation"
TOTALLY = "totally unconstructive"
AT_FIRST_GLANCE = "At first glance, it is completely unconstructive"
BASIS = "could form the basis of a final peace settlement"
OWN_BASIS = (
    "I believe it could form the basis of a final peace settlement. "
    "But this text has not been discussed with us in detail"
)


def whole(words: str) -> Span:
    return as_given(words).span(0, len(words))


def said(words: str, speaker: str | None = "Someone", on: date | None = date(2025, 11, 25)) -> Statement:
    span = whole(words)
    return Statement(
        statement_id=words[:12],
        article_id="a",
        revision=0,
        part=Part.TEXT,
        span=span,
        actor_id="party",
        speaker=speaker,
        kind=Kind.QUOTED,
        issues=("process",),
        polarity=Polarity.NEUTRAL,
        said_on=Days(on, on) if on else None,
        quotes=(span,),
    )


def kinds(a: str, b: str) -> set[Differs]:
    return {d.kind for d in differences(whole(a), whole(b))}


@pytest.mark.parametrize(
    ("baseline", "better", "kind"),
    [
        (REVERSED, DELICATE, Differs.POLARITY),
        (OUR_DELEGATION, OUR_DELEGATIONS, Differs.PLURAL),
        (RADICALLY, FUNDAMENTALLY, Differs.MODALITY),
        (TOTALLY, AT_FIRST_GLANCE, Differs.HEDGE),
        (BASIS, OWN_BASIS, Differs.HEDGE),
        ("Caroline Leavitt wrote", "Karoline Leavitt wrote", Differs.NAME),
        ("Olysia Rutsevich argued", "Orysia Lutsevych argued", Differs.NAME),
    ],
)
def test_the_known_faults_of_the_baseline_are_named(baseline: str, better: str, kind: Differs) -> None:
    assert kind in kinds(baseline, better)
    assert kind in kinds(better, baseline)


@pytest.mark.parametrize(
    ("baseline", "better"),
    [(REVERSED, DELICATE), (OUR_DELEGATION, OUR_DELEGATIONS), (RADICALLY, FUNDAMENTALLY), (TOTALLY, AT_FIRST_GLANCE)],
)
def test_a_rewrite_and_its_original_are_one_utterance(baseline: str, better: str) -> None:
    assert same_utterance(said(baseline), said(better))


def test_the_day_decides_before_the_words() -> None:
    assert not same_utterance(said(BASIS, on=date(2025, 11, 24)), said(OWN_BASIS, on=date(2025, 11, 21)))


def test_two_speakers_are_two_utterances() -> None:
    assert not same_utterance(said(RADICALLY, "A Minister"), said(RADICALLY, "Another Minister"))


def test_an_unknown_speaker_is_nobody_s_double() -> None:
    assert not same_utterance(said(RADICALLY, None), said(RADICALLY, None))


def test_one_topic_is_not_one_utterance() -> None:
    assert not same_utterance(
        said("We will not give up the territory of our country"), said("The exchange of prisoners will go on next week")
    )


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Russia will accept the plan", "Russia will accept the plan"),
        ("Sergei Lavrov spoke", "Sergey Lavrov spoke"),
        ("Volodymyr Zelensky spoke", "Volodymyr Zelenskyy spoke"),
        ("The plan is not acceptable", "They reject the plan"),
    ],
)
def test_the_same_sense_is_no_difference(a: str, b: str) -> None:
    assert not kinds(a, b)


def test_numbers_are_compared_by_what_they_count() -> None:
    assert kinds("an army of 600,000 troops", "an army of 800,000 troops") == {Differs.NUMBER}
    assert not kinds("an army of 600,000 troops", "a plan of 28 points")


def test_a_condition_that_one_wording_lacks_is_named() -> None:
    assert Differs.CONDITION in kinds("we will stop the war if they withdraw", "we will stop the war")


def test_a_difference_is_cut_from_its_wording() -> None:
    found = differences(whole(REVERSED), whole(DELICATE))
    polarity = next(d for d in found if d.kind is Differs.POLARITY)
    assert polarity.a is not None
    assert polarity.b is not None
    assert polarity.a.chars in REVERSED
    assert polarity.b.chars in DELICATE

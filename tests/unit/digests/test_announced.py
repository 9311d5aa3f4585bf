"""What is announced is told from what is wished, doubted or denied, and its days are those that the reporter meant."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests import announced
from digests.model import Days, Part
from tests.builders import an_article

TUESDAY = date(2025, 11, 25)


def found(sentence: str, *, headline: bool = False) -> list[str]:
    title, lead = (sentence, "") if headline else ("Envoys on the plan", sentence)
    return [s.chars for s in announced.find(an_article(title=title, lead=lead))]


@pytest.mark.parametrize(
    "sentence",
    [
        "Envoys of both countries will meet in Vienna on Friday.",
        "The minister is due to travel to Ankara for a second round.",
        "The two presidents will also hold a telephone call about the draft.",
        "A delegation is expected in the capital next week.",
        "The next round of talks is scheduled for 2 December.",
        "Parliament will vote on the law in December.",
        "Next week, the talks will continue with the American side.",
        "He said that he would travel to Warsaw on Thursday to present the draft.",
        "The foreign ministry expects a delegation from Washington next week.",
        "Делегації зустрінуться у Відні.",
        "Переговоры состоятся на следующей неделе в Анкаре.",
    ],
)
def test_what_somebody_says_will_happen_is_announced(sentence: str) -> None:
    assert found(sentence) == [sentence]


@pytest.mark.parametrize(
    "sentence",
    [
        "The envoys will not meet before the summit is over.",
        "Hungary said it was ready to host talks on a settlement.",
        "The minister hopes to travel to Ankara next week.",
        "If the draft is accepted, the presidents will meet.",
        "The leaders may meet in Vienna on Friday.",
        "No meeting is planned for next week.",
        "They met in Vienna on Friday and signed the draft.",
        "She offered to host the next round in her capital.",
        "The opposition leader would vote against any such law.",
        "The army will continue to expand in the years ahead.",
        "The final decision will be made by the presidents of both countries.",
        "On Tuesday, the ministers said they would vote against the draft.",
    ],
)
def test_what_is_wished_doubted_or_denied_is_not_announced(sentence: str) -> None:
    assert found(sentence) == []


def test_a_headline_has_a_future_of_its_own() -> None:
    assert found("Envoys to meet in Vienna over the draft", headline=True)
    assert not found("Envoys to meet in Vienna over the draft were named.")
    assert not found("Ministers refuse to meet in Vienna over the draft", headline=True)
    assert not found("The long way to meet halfway in the talks", headline=True)


@pytest.mark.parametrize(
    ("sentence", "first", "last"),
    [
        ("Envoys will meet in Vienna on Friday.", 28, 28),
        ("Envoys will meet in Vienna on Tuesday, the minister said on Monday.", 25, 25),
        ("Envoys will meet in Vienna on Monday.", None, None),
        ("Envoys will meet in Vienna later today.", 25, 25),
        ("Envoys will meet in Vienna tomorrow.", 26, 26),
        ("Envoys will meet in Vienna later this week.", 25, 30),
        ("Envoys will meet in Vienna at the end of the week.", 28, 30),
        ("Envoys will meet in Vienna this weekend.", 29, 30),
        ("Envoys will meet in Vienna on 29 November.", 29, 29),
        ("On Thursday, envoys will meet in Vienna.", 27, 27),
    ],
)
def test_days_lie_on_or_after_the_day_of_publication(sentence: str, first: int | None, last: int | None) -> None:
    wanted = Days(date(2025, 11, first), date(2025, 11, last)) if first and last else Days(*(2 * (date(2025, 12, 1),)))
    assert announced.days(sentence, TUESDAY) == wanted


def test_next_week_and_next_month_are_ranges() -> None:
    assert announced.days("Envoys will meet in Vienna next week.", TUESDAY) == Days(
        date(2025, 12, 1), date(2025, 12, 7)
    )
    assert announced.days("Envoys will meet next month.", TUESDAY) == Days(date(2025, 12, 1), date(2025, 12, 31))


def test_what_names_no_day_has_none() -> None:
    assert announced.days("Envoys will meet in Vienna in the coming days.", TUESDAY) is None
    assert announced.days("Envoys will meet in Vienna.", TUESDAY) is None


def test_the_end_of_a_text_that_was_cut_announces_nothing() -> None:
    whole = an_article(title="Envoys on the plan", lead="The talks went on. Envoys will meet in Vienna on Fri")
    assert announced.find(whole)
    assert announced.find(replace(whole, cut=frozenset({Part.DESCRIPTION}))) == ()


WORDS = st.sampled_from((
    *("Envoys", "will", "to", "meet", "not", "on", "Friday", "next", "week", "said", "Monday", ",", "travel"),
    *("is", "due", "the", "talks", "tomorrow", "3", "December", "if", ".", "завтра", "зустрінуться"),
    *("expected", "would", "hold"),
))  # fmt: skip


@given(st.lists(WORDS, max_size=30).map(" ".join), st.dates(date(2020, 1, 1), date(2030, 12, 31)))
def test_no_announced_day_is_over_when_it_is_published(sentence: str, published: date) -> None:
    days = announced.days(sentence, published)
    assert days is None or published <= days.first <= days.last
    for span in announced.find(an_article(title=sentence or "x", lead=sentence)):
        assert span.chars in sentence

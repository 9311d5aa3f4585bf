"""Facts about dates in running text, published on Tuesday 25 November 2025."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests import when
from digests.model import Days

TUESDAY = date(2025, 11, 25)


def days(text: str, published: date = TUESDAY) -> Days | None:
    found = when.find(text, published)
    return found[0].days if found else None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("on Tuesday", date(2025, 11, 25)),
        ("Monday night", date(2025, 11, 24)),
        ("late on Sunday", date(2025, 11, 23)),
        ("Wednesday", date(2025, 11, 19)),
        ("will meet on Friday", date(2025, 11, 28)),
        ("next Friday", date(2025, 11, 28)),
        ("Nov. 21", date(2025, 11, 21)),
        ("Nov 26", date(2025, 11, 26)),
        ("21 November", date(2025, 11, 21)),
        ("November 21, 2025", date(2025, 11, 21)),
        ("Feb.14 2026", date(2026, 2, 14)),
        ("Dec. 31", date(2025, 12, 31)),
        ("2025-11-21", date(2025, 11, 21)),
        ("yesterday", date(2025, 11, 24)),
        ("today", date(2025, 11, 25)),
        ("tomorrow", date(2025, 11, 26)),
        ("у понеділок", date(2025, 11, 24)),
        ("у п’ятницю", date(2025, 11, 21)),
        ("во вторник", date(2025, 11, 25)),
        ("в среду", date(2025, 11, 19)),
        ("21 листопада", date(2025, 11, 21)),
        ("21 ноября 2025", date(2025, 11, 21)),
        ("вчора", date(2025, 11, 24)),
        ("am Montag", date(2025, 11, 24)),
        ("mardi", date(2025, 11, 25)),
        ("w piątek", date(2025, 11, 21)),
        ("last night", date(2025, 11, 24)),
        ("this morning", date(2025, 11, 25)),
        ("the night before, he said", date(2025, 11, 24)),
    ],
)
def test_a_day_is_a_day(text: str, day: date) -> None:
    assert days(text) == Days(day, day)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("last week", date(2025, 11, 17), date(2025, 11, 23)),
        ("earlier this week", date(2025, 11, 24), TUESDAY),
        ("in August", date(2025, 8, 1), date(2025, 8, 31)),
        ("in December", date(2024, 12, 1), date(2024, 12, 31)),
        ("in February last year", date(2024, 2, 1), date(2024, 2, 29)),
        ("overnight", date(2025, 11, 24), TUESDAY),
        ("last month", date(2025, 10, 1), date(2025, 10, 31)),
        ("in 2014", date(2014, 1, 1), date(2014, 12, 31)),
        ("минулого тижня", date(2025, 11, 17), date(2025, 11, 23)),
    ],
)
def test_what_is_vague_stays_a_range(text: str, first: date, last: date) -> None:
    found = days(text)
    assert found == Days(first, last)
    assert found.exact is None


@pytest.mark.parametrize(
    "text", ["we may", "now", "20%", "28-point plan", "the 19th package", "1,200 people", "in 2031"]
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert days(text) is None


def test_a_day_that_cannot_be_is_left_out() -> None:
    assert days("Feb. 31") is None
    assert days("2025-13-40") is None


def test_words_of_the_future_mark_a_date_as_ahead() -> None:
    assert [w.ahead for w in when.find("They met on Monday and will meet again on Friday", TUESDAY)] == [False, True]


def test_the_day_is_the_outlet_s_own() -> None:
    late = datetime(2025, 11, 25, 23, 30, tzinfo=UTC)
    assert when.local_day(late, "Europe/Kyiv") == date(2025, 11, 26)
    assert when.local_day(late, "America/New_York") == TUESDAY
    assert when.local_day(late, "No/Where") == TUESDAY


def test_an_undated_text_is_dated_by_what_it_says() -> None:
    text = "Talks ended on Wednesday. A picture of Feb. 14, 2026. On Feb. 16, the day before the talks, he spoke."
    assert when.dateline(text) == date(2026, 2, 18)
    assert when.dateline("Talks ended on Wednesday.") is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("A headline\nTue, February 24, 2026 at 2:24 PM UTC\nOn Monday he spoke of 2022.", date(2026, 2, 24)),
        ("Updated 24 Feb 2026\nOn Monday he spoke.", date(2026, 2, 24)),
        ("A headline\n24.02.2026. 06:20h\nOn Monday he spoke of it.", date(2026, 2, 24)),
        ("A headline\n31.02.2026\nHe spoke of it.", None),
        ("Read at 2026-02-28T14:30:53\nOn Tuesday he spoke of the war that began on Feb 24, 2022.", date(2026, 2, 24)),
        ("Read at 2026-02-28T14:30:53\nHe spoke of the war that began on Feb 24, 2022.", None),
        (
            f"28 February 2026\nMenu\nFriday 27 February 2026 - 08:01\n{'He spoke of it at length ' * 6}.",
            date(2026, 2, 27),
        ),
    ],
)
def test_a_page_s_own_dates_say_more_than_what_it_looks_back_on(text: str, day: date | None) -> None:
    assert when.dateline(text) == day


@given(st.text(max_size=300), st.dates(date(2015, 1, 1), date(2035, 1, 1)))
def test_any_text_gives_ranges_in_order(text: str, published: date) -> None:
    for found in when.find(text, published):
        assert found.days.first <= found.days.last
        assert 0 <= found.start < found.end <= len(text)


@given(st.dates(date(2015, 1, 1), date(2035, 1, 1)), st.sampled_from(["Monday", "Thursday", "Sunday"]))
def test_a_weekday_without_more_is_within_the_last_seven_days(published: date, weekday: str) -> None:
    found = days(f"on {weekday}", published)
    assert found is not None
    assert found.exact is not None
    assert 0 <= (published - found.first).days < 7

"""Times as people type them: which instants they mean, in which zone, on which side of a change of clocks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.moments import Moment, moment, typed

NOW = datetime(2025, 11, 26, 23, 30, tzinfo=UTC)
BRUSSELS = "Europe/Brussels"  # there it is the 27th by now


@pytest.mark.parametrize(
    ("said", "start", "end"),
    [
        ("2025-11-26", "2025-11-25T23:00", "2025-11-26T22:59:59.999999"),
        ("today", "2025-11-26T23:00", "2025-11-26T23:30"),
        ("Yesterday", "2025-11-25T23:00", "2025-11-26T22:59:59.999999"),
        ("24h", "2025-11-25T23:30", "2025-11-25T23:30"),
        ("7d", "2025-11-19T23:30", "2025-11-19T23:30"),
        ("2w", "2025-11-12T23:30", "2025-11-12T23:30"),
        ("2025-12-24", "2025-12-23T23:00", "2025-11-26T23:30"),
        ("2025-11-26T07:30Z", "2025-11-26T07:30", "2025-11-26T07:30"),
        ("2025-11-26t07:30:05z", "2025-11-26T07:30:05", "2025-11-26T07:30:05"),
        ("2025-11-27T07:30Z", "2025-11-27T07:30", "2025-11-26T23:30"),
    ],
)
def test_a_time_means_these_instants(said: str, start: str, end: str) -> None:
    found = moment(said)
    assert found is not None
    assert found.start(NOW, BRUSSELS) == datetime.fromisoformat(start).replace(tzinfo=UTC)
    assert found.end(NOW, BRUSSELS) == datetime.fromisoformat(end).replace(tzinfo=UTC)


def test_last_is_when_one_last_looked_and_nothing_for_who_never_did() -> None:
    last = moment("last")
    assert last is not None
    looked = NOW - timedelta(hours=5)
    assert last.start(NOW, BRUSSELS, looked) == last.end(NOW, BRUSSELS, looked) == looked
    assert last.start(NOW, BRUSSELS) is None


@pytest.mark.parametrize(("day", "hours"), [("2025-03-30", 23), ("2025-10-26", 25), ("2025-06-01", 24)])
def test_a_day_is_as_long_as_the_clocks_make_it(day: str, hours: int) -> None:
    found = moment(day)
    assert found is not None
    start, end = found.start(NOW, BRUSSELS), found.end(NOW, BRUSSELS)
    assert start is not None
    assert end is not None
    assert end - start == timedelta(hours=hours) - timedelta(microseconds=1)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "soon",
        "0d",
        "7",
        "7m",
        "1000d",
        "2025-13-01",
        "2025-02-30",
        "2025-11-26T25:00Z",
        "2025-11-26T07:30",
        "1999-12-31",
        "2100-01-01",
        "25-11-26",
    ],
)
def test_what_is_no_time_is_none(typed: str) -> None:
    assert moment(typed) is None


@given(
    st.integers(0, 99 * 365 * 86_400).map(lambda seconds: datetime(2000, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds))
)
def test_an_instant_is_typed_as_it_is_read(at: datetime) -> None:
    assert moment(typed(at)) == Moment(typed(at).casefold(), at=at)


@given(st.text(max_size=30))
def test_a_time_never_begins_after_its_end_unless_it_lies_ahead(typed: str) -> None:
    found = moment(typed) or Moment("7d", back=timedelta(days=7))
    start, end = found.start(NOW, BRUSSELS, NOW), found.end(NOW, BRUSSELS, NOW)
    assert start is not None
    assert end is not None
    assert start <= end or start > NOW

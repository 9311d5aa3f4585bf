"""When a channel's digest is due: local time, daylight saving both ways, catch-up, quiet hours."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests import slots
from digests.model import Channel

ZONES = ["Europe/Kyiv", "Europe/Brussels", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"]


def a_channel(zone: str = "Europe/Kyiv", at: tuple[str, ...] = ("08:30",), **other: object) -> Channel:
    return Channel("c", "C1", zone, at, **other)  # type: ignore[arg-type]


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_a_slot_is_the_local_time_of_the_channel() -> None:
    assert slots.between(a_channel(), utc("2025-11-25 00:00"), utc("2025-11-26 00:00")) == (utc("2025-11-25 06:30"),)


@pytest.mark.parametrize(
    ("days", "at", "hours"),
    [((0,), ("08:30",), 7 * 24), ((0, 1, 2, 3, 4), ("08:30",), 3 * 24), (tuple(range(7)), ("08:30", "18:00"), 24)],
)
def test_a_first_digest_looks_back_to_the_slot_before_it_a_day_at_least(
    days: tuple[int, ...], at: tuple[str, ...], hours: int
) -> None:
    monday = utc("2025-11-24 06:30")
    since = slots.before(a_channel(at=at, days=days), monday, timedelta(hours=24))
    assert since == monday - timedelta(hours=hours)


def test_the_local_time_stays_when_the_clocks_change() -> None:
    found = slots.between(a_channel(), utc("2026-03-27 12:00"), utc("2026-03-30 12:00"))
    assert [f"{s:%d %H:%M}" for s in found] == ["28 06:30", "29 05:30", "30 05:30"]


@pytest.mark.parametrize(
    ("zone", "day", "at", "strikes"),
    [
        ("Europe/Kyiv", "2026-03-29", "03:30", "2026-03-29 01:30"),  # does not exist: struck as before the change
        ("Europe/Brussels", "2026-10-25", "02:30", "2026-10-25 00:30"),  # exists twice: the first
        ("America/New_York", "2026-11-01", "01:30", "2026-11-01 05:30"),
        ("America/New_York", "2026-03-08", "02:30", "2026-03-08 07:30"),
    ],
)
def test_a_local_time_that_is_missing_or_doubled_strikes_once(zone: str, day: str, at: str, strikes: str) -> None:
    noon = datetime.fromisoformat(f"{day} 12:00").replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    found = slots.between(a_channel(zone, (at,)), noon - timedelta(hours=14), noon)
    assert found == (utc(strikes),)


@given(
    zone=st.sampled_from(ZONES),
    start=st.integers(0, 2 * 365 * 24 * 60).map(lambda minutes: utc("2025-01-01 00:00") + timedelta(minutes=minutes)),
    steps=st.lists(st.integers(1, 3000), min_size=1, max_size=12),
    hour=st.integers(0, 23),
    minute=st.integers(0, 59),
)
def test_however_the_ticks_fall_every_slot_is_decided_once(
    zone: str, start: datetime, steps: list[int], hour: int, minute: int
) -> None:
    """Whatever the tick pattern, posted and skipped slots together are the slots, each once."""
    channel = a_channel(zone, (f"{hour:02}:{minute:02}", "12:00"), catch_up=timedelta(minutes=90))
    decided, now, got = start, start, []
    for step in steps:
        now = min(now + timedelta(minutes=step), start + timedelta(days=7))
        due = slots.due(channel, decided, now)
        got += [*due.skipped, *([due.post] if due.post else [])]
        decided = got[-1] if got else decided
    assert got == list(slots.between(channel, start, now))


def test_one_slot_a_local_day_in_every_zone_over_a_year() -> None:
    for zone in ZONES:
        found = slots.between(a_channel(zone, ("02:30",)), utc("2026-01-01 12:00"), utc("2027-01-01 12:00"))
        days = [s.astimezone(ZoneInfo(zone)).date() for s in found]
        assert len(days) == len(set(days)) == 365


def test_a_slot_missed_for_longer_than_the_catch_up_is_skipped_not_told() -> None:
    due = slots.due(a_channel(), utc("2025-11-24 06:30"), utc("2025-11-25 08:01"))
    assert due == slots.Due(None, (utc("2025-11-25 06:30"),))


def test_within_the_catch_up_the_newest_slot_is_told_and_older_ones_are_skipped() -> None:
    due = slots.due(a_channel(at=("07:30", "08:30")), utc("2025-11-24 06:30"), utc("2025-11-25 06:45"))
    assert due == slots.Due(utc("2025-11-25 06:30"), (utc("2025-11-25 05:30"),))


def test_a_paused_channel_owes_nothing() -> None:
    assert slots.due(a_channel(paused=True), utc("2025-11-01 00:00"), utc("2025-11-25 06:30")) == slots.Due(None, ())


def test_days_of_the_week_are_local_days() -> None:
    channel = a_channel("Pacific/Auckland", ("00:30",), days=(0,))
    found = slots.between(channel, utc("2025-11-20 00:00"), utc("2025-11-30 00:00"))
    assert found == (utc("2025-11-23 11:30"),)  # Monday in Auckland, Sunday in UTC


def test_the_next_slots_are_named_in_order() -> None:
    assert len(slots.upcoming(a_channel(days=(0, 3)), utc("2025-11-25 00:00"))) == 3


@pytest.mark.parametrize(
    ("at", "until"),
    [
        ("2025-11-25 21:30", "2025-11-26 05:00"),  # 23:30 in Kyiv, held until 07:00
        ("2025-11-25 02:00", "2025-11-25 05:00"),
        ("2025-11-25 10:00", "2025-11-25 10:00"),
    ],
)
def test_quiet_hours_hold_and_do_not_drop(at: str, until: str) -> None:
    assert slots.after_quiet(utc(at), ("22:00", "07:00"), "Europe/Kyiv") == utc(until)


def test_quiet_hours_that_begin_when_they_end_mute_nothing() -> None:
    now = utc("2025-11-25 21:30")
    assert slots.after_quiet(now, ("22:00", "22:00"), "Europe/Kyiv") == now


@pytest.mark.parametrize(
    ("at", "until"),
    [
        ("2025-03-30 00:59", "2025-03-30 01:30"),  # clocks go forward at 01:00 UTC: 02:30 never comes
        ("2025-03-30 01:10", "2025-03-30 01:30"),
        ("2025-03-30 01:30", "2025-03-30 01:30"),
        ("2025-10-26 00:10", "2025-10-26 00:30"),  # and back at 01:00 UTC: 02:30 comes twice
        ("2025-10-26 00:40", "2025-10-26 00:40"),
        ("2025-10-26 01:10", "2025-10-26 01:10"),
    ],
)
def test_quiet_hours_end_once_when_the_clocks_change(at: str, until: str) -> None:
    assert slots.after_quiet(utc(at), ("22:00", "02:30"), "Europe/Brussels") == utc(until)


@given(
    minutes=st.integers(0, 730 * 24 * 60),
    start=st.integers(0, 1439),
    end=st.integers(0, 1439),
    zone=st.sampled_from(ZONES),
)
def test_quiet_hours_hold_for_less_than_two_days_and_what_they_let_go_is_free(
    minutes: int, start: int, end: int, zone: str
) -> None:
    at = utc("2025-01-01 00:00") + timedelta(minutes=minutes)
    quiet = (f"{start // 60:02}:{start % 60:02}", f"{end // 60:02}:{end % 60:02}")
    free = slots.after_quiet(at, quiet, zone)
    assert at <= free <= at + timedelta(hours=49)
    assert slots.after_quiet(free, quiet, zone) == free

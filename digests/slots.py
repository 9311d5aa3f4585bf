"""Which digest slots are due. Hides local time: daylight saving, quiet hours, catch-up.

A slot is the instant at which a channel's local time strikes, once a local day. A local time that does not exist
(clocks go forward) strikes at the instant it would have had before the change; one that exists twice strikes at the
first (PEP 495, fold 0).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from digests.model import Channel

WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""The days as they are typed and written, Monday first."""
LOOK_BACK = timedelta(days=8)
"""Slots older than this are forgotten, not listed as skipped: a bot that was off for a month reports one week."""


@dataclass(frozen=True)
class Due:
    """`post`: the slot to tell now, if any; `skipped`: older undecided slots, oldest first."""

    post: datetime | None
    skipped: tuple[datetime, ...]


def between(channel: Channel, after: datetime, until: datetime) -> tuple[datetime, ...]:
    """The channel's slots with after < slot <= until, in order, as UTC instants."""
    zone = ZoneInfo(channel.zone)
    found = {slot for slot in _strikes(channel, zone, after, until) if after < slot <= until}
    return tuple(sorted(found))


def before(channel: Channel, slot: datetime, least: timedelta) -> datetime:
    """The strike before a slot, at most `LOOK_BACK` and in any case `least` before it: what a week's only digest tells
    first is a week."""
    earlier = between(channel, slot - LOOK_BACK, slot - timedelta(microseconds=1))
    return min([*earlier[-1:], slot - least])


def _strikes(channel: Channel, zone: ZoneInfo, after: datetime, until: datetime) -> Iterator[datetime]:
    day = after.astimezone(zone).date() - timedelta(days=1)
    last = until.astimezone(zone).date()
    while day <= last:
        if day.weekday() in channel.days:
            for at in channel.at:
                yield datetime.combine(day, time.fromisoformat(at), tzinfo=zone).astimezone(UTC)
        day += timedelta(days=1)


def due(channel: Channel, decided: datetime, now: datetime) -> Due:
    """What is due at `now` when everything up to and including `decided` has been decided.

    Of several missed slots only the newest inside the catch-up window is told (it covers the older ones); the others
    and those outside the window are skipped, to be recorded as such. What struck in a pause was not missed.
    """
    if channel.is_paused(now):
        return Due(None, ())
    missed = between(channel, max(_after_pause(channel, decided), now - LOOK_BACK), now)
    if missed and now - missed[-1] <= channel.catch_up:
        return Due(missed[-1], missed[:-1])
    return Due(None, missed)


def upcoming(channel: Channel, now: datetime, count: int = 3) -> tuple[datetime, ...]:
    """The channel's next slots after `now`, those after a pause where it has an end; fewer than `count` only where its
    days and times give none, or it is paused until somebody resumes it."""
    if channel.paused and channel.paused_until is None:
        return ()
    start = _after_pause(channel, now)
    return between(channel, start, start + timedelta(days=7 * count + 1))[:count]


def _after_pause(channel: Channel, at: datetime) -> datetime:
    """`at`, or the last instant of the pause where that is later: a slot that strikes as it ends is told."""
    if not channel.paused or channel.paused_until is None:
        return at
    return max(at, channel.paused_until - timedelta(microseconds=1))


def after_quiet(at: datetime, quiet: tuple[str, str] | None, zone_name: str) -> datetime:
    """`at`, or the end of the quiet hours that hold it. Quiet hours may span midnight; start == end means none. They
    begin and end at instants, as slots strike, so that an hour which comes twice, or never, opens no gap in them."""
    if quiet is None or quiet[0] == quiet[1]:
        return at
    zone = ZoneInfo(zone_name)
    start, end = time.fromisoformat(quiet[0]), time.fromisoformat(quiet[1])
    today = at.astimezone(zone).date()
    for day in (today - timedelta(days=1), today):
        begins = datetime.combine(day, start, tzinfo=zone).astimezone(UTC)
        last = day + timedelta(days=1 if start > end else 0)
        ends = datetime.combine(last, end, tzinfo=zone).astimezone(UTC)
        if begins <= at < ends:
            at = ends
    return at

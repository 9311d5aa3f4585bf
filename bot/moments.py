"""Times as people type them: a day, "yesterday", "7d", "24h", "last". Hides zones and where a day begins and ends."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LAST = "last"
"""Since one last looked."""
FIRST_YEAR, LAST_YEAR = 2000, 2099
"""Years of a day that may be typed."""

_BACK = re.compile(r"([1-9]\d{0,2})([hdw])")
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}t\d{2}:\d{2}(:\d{2})?z")
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_HOUR = re.compile(r"(\d{1,2})(?:[.:h]?([0-5]\d))?h? ?(am|pm)?")
_UNITS = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}
_DAYS_AGO = {"today": 0, "yesterday": 1}


@dataclass(frozen=True)
class Moment:
    """A time as it was typed, to be resolved when the answer is made: exactly one of the four is set.

    `day` a local day, `back` a stretch back from now, `word` one of today, yesterday, last; `at` an instant.
    """

    typed: str
    day: date | None = None
    back: timedelta | None = None
    word: str = ""
    at: datetime | None = None

    def start(self, now: datetime, zone: str, looked: datetime | None = None) -> datetime | None:
        """The first instant of it; None for the last look of who never looked. `looked`: when he did."""
        if self.word == LAST:
            return looked
        if self.back is not None:
            return now - self.back
        if self.at is not None:
            return self.at
        return _midnight(self._on(now, zone), zone, now)

    def end(self, now: datetime, zone: str, looked: datetime | None = None) -> datetime | None:
        """The last instant of it that is not ahead of now: of a day, its end."""
        if self.word == LAST or self.back is not None:
            return self.start(now, zone, looked)
        if self.at is not None:
            return min(now, self.at)
        after = _midnight(self._on(now, zone) + timedelta(days=1), zone, now)
        return min(now, after - timedelta(microseconds=1))

    def _on(self, now: datetime, zone: str) -> date:
        if self.day is not None:
            return self.day
        return now.astimezone(ZoneInfo(zone)).date() - timedelta(days=_DAYS_AGO[self.word])


def _midnight(on: date, zone: str, like: datetime) -> datetime:
    return datetime.combine(on, time(), ZoneInfo(zone)).astimezone(like.tzinfo)


def typed(at: datetime) -> str:
    """An instant as it may be typed, to the second."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def moment(typed: str) -> Moment | None:
    """What was typed as a time; None where it is none."""
    text = typed.strip().casefold()[:20]
    if text == LAST or text in _DAYS_AGO:
        return Moment(text, word=text)
    if back := _BACK.fullmatch(text):
        return Moment(text, back=int(back[1]) * _UNITS[back[2]])
    if _INSTANT.fullmatch(text) and FIRST_YEAR <= int(text[:4]) <= LAST_YEAR:
        try:
            return Moment(text, at=datetime.fromisoformat(text.upper()))
        except ValueError:
            return None
    if (found := _DAY.fullmatch(text)) and FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
        try:
            return Moment(text, day=date(int(found[1]), int(found[2]), int(found[3])))
        except ValueError:
            return None
    return None


def clock_meant(typed: str) -> str:
    """The time of day as "HH:MM" that "9", "9.30", "22h", "0830" or "9pm" probably means; "" where it means none."""
    found = _HOUR.fullmatch(typed.strip().casefold()[:10])
    if found is None:
        return ""
    hour = int(found[1]) % 12 + 12 * (found[3] == "pm") if found[3] else int(found[1])
    return f"{hour:02}:{found[2] or '00'}" if hour < 24 and (not found[3] or 1 <= int(found[1]) <= 12) else ""


def hours_meant(start: str, end: str) -> str:
    """The quiet hours that two times probably mean; the usual ones where one of them means none."""
    meant = clock_meant(start), clock_meant(end)
    return "-".join(meant) if all(meant) and meant[0] != meant[1] else "22:00-07:00"

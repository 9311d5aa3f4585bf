"""Times as people type them: a day, "yesterday", "7d", "24h", "last". Hides zones and where a day begins and ends."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LAST = "last"
"""Since one last looked."""
FIRST_YEAR, LAST_YEAR = 2000, 2099
"""Years of a day that may be typed."""

_BACK = re.compile(r"([1-9]\d{0,2})([hdw])")
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_UNITS = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}
_DAYS_AGO = {"today": 0, "yesterday": 1}


@dataclass(frozen=True)
class Moment:
    """A time as it was typed, to be resolved when the answer is made: exactly one of the three is set.

    `day` a local day, `back` a stretch back from now, `word` one of today, yesterday, last.
    """

    typed: str
    day: date | None = None
    back: timedelta | None = None
    word: str = ""

    def start(self, now: datetime, zone: str, looked: datetime | None = None) -> datetime | None:
        """The first instant of it; None for the last look of who never looked. `looked`: when he did."""
        if self.word == LAST:
            return looked
        if self.back is not None:
            return now - self.back
        return _midnight(self._on(now, zone), zone, now)

    def end(self, now: datetime, zone: str, looked: datetime | None = None) -> datetime | None:
        """The last instant of it that is not ahead of now: of a day, its end."""
        if self.word == LAST or self.back is not None:
            return self.start(now, zone, looked)
        after = _midnight(self._on(now, zone) + timedelta(days=1), zone, now)
        return min(now, after - timedelta(microseconds=1))

    def _on(self, now: datetime, zone: str) -> date:
        if self.day is not None:
            return self.day
        return now.astimezone(ZoneInfo(zone)).date() - timedelta(days=_DAYS_AGO[self.word])


def _midnight(on: date, zone: str, like: datetime) -> datetime:
    return datetime.combine(on, time(), ZoneInfo(zone)).astimezone(like.tzinfo)


def moment(typed: str) -> Moment | None:
    """What was typed as a time; None where it is none."""
    text = typed.strip().casefold()[:20]
    if text == LAST or text in _DAYS_AGO:
        return Moment(text, word=text)
    if back := _BACK.fullmatch(text):
        return Moment(text, back=int(back[1]) * _UNITS[back[2]])
    if (found := _DAY.fullmatch(text)) and FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
        try:
            return Moment(text, day=date(int(found[1]), int(found[2]), int(found[3])))
        except ValueError:
            return None
    return None

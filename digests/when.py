"""Dates in running text: "on Tuesday", "last week", "Nov. 21", "у понеділок" -> days. Hides the calendar of newsrooms.

Everything is resolved against the day of publication in the outlet's zone. A weekday is the last one, that day
included ("Tuesday" on a Tuesday is that day); what is vague stays a range; nothing is guessed beyond a range.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from digests.model import Days


def _listed(words: str) -> list[str]:
    return words.split()


_MONTHS_EN = _listed("january february march april may june july august september october november december")
_MONTHS_UK = _listed("січ лют берез квіт трав черв лип серп верес жовт листопад груд")
_MONTHS_RU = _listed("январ феврал март апрел ма июн июл август сентябр октябр ноябр декабр")
_DAYS_EN = _listed("monday tuesday wednesday thursday friday saturday sunday")
_DAYS_UK = _listed("понеділ вівтор серед четвер п'ятниц субот неділ")
_DAYS_RU = _listed("понедельник вторник сред четверг пятниц суббот воскресен")

_MONTH = (
    r"(?P<month>Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?"
    r"|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_CYRILLIC_MONTH = (
    r"(?P<cmonth>січня|лютого|березня|квітня|травня|червня|липня|серпня|вересня|жовтня|листопада"
    r"|грудня|января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря)"
)
_WEEKDAY = r"(?P<weekday>Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_CYRILLIC_WEEKDAY = (
    r"(?P<cweekday>понеділ\w+|вівтор\w+|серед[уи]|четвер\w*|п[’'ʼ]ятниц\w+|субот[уи]|неділ[юі]"
    r"|понедельник\w*|вторник\w*|сред[уы]|четверг\w*|пятниц\w+|суббот[уы]|воскресень\w)"
)

_LATIN_DAYS = {
    word: number
    for words in (
        "montag dienstag mittwoch donnerstag freitag samstag sonntag",
        "lundi mardi mercredi jeudi vendredi samedi dimanche",
        "poniedziałek wtorek środę czwartek piątek sobotę niedzielę",
    )
    for number, word in enumerate(words.split())
}
"""Weekdays of German, French and Polish as a report names them, Monday 0."""

_PATTERNS: tuple[tuple[str, str], ...] = (
    ("iso", r"\b(?P<iso>20\d\d-[01]\d-[0-3]\d)\b"),
    ("day", rf"\b{_MONTH}[ .]\s?(?P<day>[0-3]?\d)(?:st|nd|rd|th)?\b(?!\d|[:.]\d|,\d)(?:,?\s(?P<year>20\d\d))?"),
    (
        "day",
        (
            rf"\b(?P<day2>[0-3]?\d)(?:st|nd|rd"
            rf"|th)?(?: of)? {_MONTH.replace('month', 'month2')}\b(?:,?\s(?P<year2>20\d\d))?"
        ),
    ),
    ("day", rf"\b(?P<cday>[0-3]?\d) {_CYRILLIC_MONTH}(?: (?P<cyear>20\d\d))?"),
    (
        "month",
        (
            rf"\b(?:[Ii]n|[Ss]ince|[Uu]ntil|[Ll]ate|[Ee]arly|[Mm]id|[Ll]ast|[Oo]f|[Bb]y"
            rf"|an?)[ -]{_MONTH.replace('month', 'month3')}(?:,? (?P<year3>20\d\d)|(?P<back> last year"
            rf"| of last year))?\b(?! \d)"
        ),
    ),
    ("weekday", rf"\b(?P<shift>[Nn]ext|[Ll]ast|[Tt]his|[Cc]oming)? ?{_WEEKDAY}s?\b"),
    ("weekday", rf"\b(?P<cshift>минул\w+|прошл\w+|наступн\w+|следующ\w+)? ?{_CYRILLIC_WEEKDAY}"),
    ("weekday", rf"\b(?P<lweekday>(?i:{'|'.join(_LATIN_DAYS)}))\b"),
    (
        "word",
        (
            r"\b(?P<word>[Tt]oday|[Yy]esterday|[Tt]omorrow|[Tt]onight|[Oo]vernight|[Ll]ast night"
            r"|[Tt]his (?:morning|afternoon|evening)|[Tt]he (?:night|day|evening) before"
            r"(?=[.,;]| (?:that|he|she|they|in|at)\b)|[Tt]he previous (?:day|evening|night)"
            r"|сьогодні|вчора|завтра|сегодня|вчера)\b"
        ),
    ),
    (
        "period",
        (
            r"\b(?P<period>(?:[Ee]arlier )?(?:[Tt]his|[Ll]ast|[Ll]ater this) (?:week|month|year|weekend)"
            r"|(?:the )?past (?:week|month|year|few days)|recent (?:days|weeks)|(?:минулого|цього) (?:тижня"
            r"|місяця|року)|(?:на )?(?:прошлой|этой) неделе)\b"
        ),
    ),
    (
        "ago",
        (
            r"\b(?P<ago>a|two|three|four|five|six|seven|ten|\d{1,2}) (?P<unit>day|week|month|year)s? (?:ago"
            r"|earlier|before)\b"
        ),
    ),
    ("year", r"\b(?:[Ii]n|[Ss]ince|у|в) (?P<only>20\d\d)\b"),
)
_ALL = tuple((kind, re.compile(pattern)) for kind, pattern in _PATTERNS)
_NUMBERS = {"a": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10}
_AHEAD = re.compile(
    r"(?:\b(?:will|would|set to|due|planned|scheduled|expected|upcoming|to (?:be )?(?:held|meet|take"
    r"|begin|start)|відбуд\w+|пройд\w+|состо[ия]\w+|буде\w*|буду\w+|плану\w+|планир\w+)\b[^.;:,]{0,50}"
    r"|\b(?:next|by|until|before|ahead of|after|since) (?:the end of |early |late |the )?(?:on )?)$"
)
_FAR = timedelta(days=45)  # a month-day this far after publication lies in the year before


@dataclass(frozen=True)
class When:
    """A date phrase: where it stands and which days it means. `ahead`: the words before it speak of the future."""

    start: int
    end: int
    days: Days
    ahead: bool = False


def local_day(at: datetime, zone: str) -> date:
    """The day of an instant in the outlet's zone (UTC where the zone is not known)."""
    try:
        return at.astimezone(ZoneInfo(zone)).date()
    except (ZoneInfoNotFoundError, ValueError):
        return at.date()


def find(text: str, published: date) -> tuple[When, ...]:
    """Every date phrase of a text in order, longest first at a place; what names no calendar day is left out."""
    found: list[When] = []
    for kind, pattern in _ALL:
        for match in pattern.finditer(text):
            days = _READ[kind](match, text, published)
            if days:
                start = match.start() + len(match.group()) - len(match.group().lstrip())
                found.append(When(start, match.end(), days, bool(_AHEAD.search(text[max(0, start - 80) : start]))))
    kept: list[When] = []
    for one in sorted(found, key=lambda w: (w.start, -w.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return tuple(kept)


def full_dates(text: str) -> tuple[date, ...]:
    """Days that a text gives with their year, in order: they need no day of publication."""
    found: list[tuple[int, date]] = []
    for kind, pattern in _ALL[:4]:
        for match in pattern.finditer(text):
            groups = match.groupdict()
            if kind == "iso" or groups.get("year") or groups.get("year2") or groups.get("cyear"):
                days = _READ[kind](match, text, date.min)
                if days and days.exact:
                    found.append((match.start(), days.exact))
    return tuple(day for _, day in sorted(found))


def dateline(text: str) -> date | None:
    """The day that an undated news text was published on, as far as it shows.

    A line that is little but a full date ("Tue, February 24, 2026 at 2:24 PM") says it. Else the weekday that the
    first lines name, on or after the newest day that the text gives in full (or, from there, by month and day). Where
    the page has a machine's time on it, nothing is later, and days long before are what the news looks back on.
    """
    byline = _byline(text)
    if byline is not None:
        return byline
    stamp = min((d for d in map(_day_of_iso, _STAMP.findall(text)) if d is not None), default=None)
    newest = max((d for d in full_dates(text) if stamp is None or d <= stamp), default=None)
    lead = _ALL_WEEKDAYS.search(text)
    wanted = (_weekday_of(lead["weekday"]) or 0) if lead else None
    if stamp is not None and (newest is None or stamp - newest > _LOOKS_BACK):
        return stamp - timedelta(days=(stamp.weekday() - wanted) % 7) if wanted is not None else None
    if newest is None:
        return None
    near = [w.days.first for w in find(text, newest + timedelta(days=14)) if w.days.exact and text[w.start].isalpha()]
    named = [d for d in near if newest < d <= newest + timedelta(days=14) and not _weekday_only(text, d)]
    newest = max([newest, *named])
    return newest if wanted is None else newest + timedelta(days=(wanted - newest.weekday()) % 7)


def _byline(text: str) -> date | None:
    """The date in full on a line that holds little else: the last above the running text, best with a time of day (the
    first on a page may be that of the visit), else the first below."""
    above: list[tuple[bool, date]] = []
    running = False
    for line in text[:_BYLINE_WITHIN].split("\n"):
        running = running or (len(line) > 2 * _BYLINE and line.rstrip().endswith((".", "”", '"')))
        if running and above:
            break
        if len(line) <= _BYLINE and _DATED_LINE.match(line) and (days := full_dates(line) or _in_numbers(line)):
            above.append((_TIMED.search(line) is not None, days[0]))
            if running:
                break
    timed = [day for with_time, day in above if with_time]
    days_above = timed or [day for _, day in above]
    return days_above[-1] if days_above else None


def _in_numbers(line: str) -> tuple[date, ...]:
    """A date in numbers as European pages write it, day first: "27.02.2026."."""
    found = _IN_NUMBERS.search(line)
    try:
        return (date(int(found["year"]), int(found["month"]), int(found["day"])),) if found else ()
    except ValueError:
        return ()


def _day_of_iso(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


_STAMP = re.compile(r"\b(20\d\d-[01]\d-[0-3]\d)T[0-2]\d:[0-5]\d")
_LOOKS_BACK = timedelta(days=60)
_TIMED = re.compile(r"\b[0-2]?\d[:.][0-5]\d\b")
_BYLINE = 60  # characters: a longer line says more than when it was published
_BYLINE_WITHIN = 20_000  # characters of a page
_DATED_LINE = re.compile(
    r"\W{0,4}(?:(?i:published|updated|posted|last updated|date|on|modified|first published|by)\b[: |,-]*){0,3}"
    r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? )?(?:[A-Z][a-z]{2,8}\.? \d|\d{1,2}(?:st|nd|rd|th)? [A-Z]|20\d\d-"
    r"|\d{1,2}\.\d{1,2}\.20\d\d)"
)
_IN_NUMBERS = re.compile(r"\b(?P<day>[0-3]?\d)\.(?P<month>[01]?\d)\.(?P<year>20\d\d)\b")


def _weekday_only(text: str, day: date) -> bool:
    """Whether a text names a day only by its weekday."""
    return not re.search(rf"\b{day.strftime('%b')}[a-z]*\.? ?{day.day}\b|\b{day.day} {day.strftime('%b')}", text)


_ALL_WEEKDAYS = re.compile(rf"\b{_WEEKDAY}\b")


def _iso(match: re.Match[str], text: str, published: date) -> Days | None:
    try:
        day = date.fromisoformat(match["iso"])
    except ValueError:
        return None
    return Days(day, day)


def _month_of(name: str) -> int:
    low = name.lower().rstrip(".")
    for months in (_MONTHS_EN, _MONTHS_UK, _MONTHS_RU):
        for number, month in enumerate(months, 1):
            if month.startswith(low[:3]) if low[0].isascii() else low.startswith(month):
                return number
    return 0


def _month_day(match: re.Match[str], text: str, published: date) -> Days | None:
    groups = match.groupdict()
    month = _month_of(groups.get("month") or groups.get("month2") or groups.get("cmonth") or "?")
    number = int(groups.get("day") or groups.get("day2") or groups.get("cday") or 0)
    year = groups.get("year") or groups.get("year2") or groups.get("cyear")
    try:
        if year:
            day = date(int(year), month, number)
        else:
            day = _nearest_year(published, month, number)
    except ValueError:
        return None
    return Days(day, day)


def _nearest_year(published: date, month: int, number: int) -> date:
    day = date(published.year, month, number)
    if day - published > _FAR:
        return date(published.year - 1, month, number)
    if published - day > timedelta(days=330):
        return date(published.year + 1, month, number)
    return day


def _month(match: re.Match[str], text: str, published: date) -> Days | None:
    month = _month_of(match["month3"])
    if not month or (
        match["month3"] == "May" and not match.group().lower().startswith(("in", "since", "late", "early", "last"))
    ):
        return None
    year = int(match["year3"]) if match["year3"] else published.year - (month > published.month or bool(match["back"]))
    return Days(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))


def _weekday(match: re.Match[str], text: str, published: date) -> Days | None:
    groups = match.groupdict()
    wanted = _weekday_of(groups.get("weekday") or groups.get("cweekday") or groups.get("lweekday") or "")
    shift = (groups.get("shift") or groups.get("cshift") or "").lower()
    if wanted is None:
        return None
    if shift.startswith(("next", "coming", "наступ", "следу")) or _AHEAD.search(
        text[max(0, match.start() - 80) : match.start()]
    ):
        day = published + timedelta(days=(wanted - published.weekday()) % 7 or (7 if shift else 0))
    else:
        day = published - timedelta(days=(published.weekday() - wanted) % 7)
    return Days(day, day)


def _weekday_of(name: str) -> int | None:
    low = name.lower().replace("’", "'").replace("ʼ", "'")
    if low in _LATIN_DAYS:
        return _LATIN_DAYS[low]
    for days in (_DAYS_EN, _DAYS_UK, _DAYS_RU):
        for number, day in enumerate(days):
            if low and (day.startswith(low) if low[0].isascii() else low.startswith(day)):
                return number
    return None


def _word(match: re.Match[str], text: str, published: date) -> Days | None:
    low = match["word"].lower()
    back = {"yesterday": 1, "вчора": 1, "вчера": 1, "tomorrow": -1, "завтра": -1}.get(low, 0)
    if low == "overnight":
        return Days(published - timedelta(days=1), published)
    if low == "last night" or low.startswith("the "):
        back = 1
    day = published - timedelta(days=back)
    return Days(day, day)


def _period(match: re.Match[str], text: str, published: date) -> Days | None:
    low = match["period"].lower()
    last = "last" in low or "past" in low or "минул" in low or "прошл" in low
    monday = published - timedelta(days=published.weekday())
    if "weekend" in low:
        saturday = monday - timedelta(days=2)
        return Days(saturday, saturday + timedelta(days=1))
    if "week" in low or "тижн" in low or "недел" in low:
        return Days(monday - timedelta(days=7), monday - timedelta(days=1)) if last else Days(monday, published)
    if "month" in low or "місяц" in low:
        first = published.replace(day=1)
        return (
            Days((first - timedelta(days=1)).replace(day=1), first - timedelta(days=1))
            if last
            else Days(first, published)
        )
    if "year" in low or "рок" in low:
        first = published.replace(month=1, day=1)
        return Days(first.replace(year=first.year - 1), first - timedelta(days=1)) if last else Days(first, published)
    return Days(published - timedelta(days=14), published)


def _ago(match: re.Match[str], text: str, published: date) -> Days | None:
    word = match["ago"].lower()
    count = _NUMBERS[word] if word in _NUMBERS else int(word)
    days = count * {"day": 1, "week": 7, "month": 30, "year": 365}[match["unit"]]
    slack = {"day": 0, "week": 3, "month": 15, "year": 183}[match["unit"]]
    middle = published - timedelta(days=days)
    if "ago" not in match.group():
        return None
    return Days(middle - timedelta(days=slack), middle + timedelta(days=slack))


def _year(match: re.Match[str], text: str, published: date) -> Days | None:
    year = int(match["only"])
    return Days(date(year, 1, 1), date(year, 12, 31)) if year <= published.year else None


_READ: dict[str, Callable[[re.Match[str], str, date], Days | None]] = {
    "iso": _iso,
    "day": _month_day,
    "month": _month,
    "weekday": _weekday,
    "word": _word,
    "period": _period,
    "ago": _ago,
    "year": _year,
}

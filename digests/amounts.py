"""Numbers of a statement with what they count, whatever that is: men, towns, kilometres, a share, a last day.

`facts` reads the numbers of reports by a closed list of units; a position may set a number on anything, so here the
words behind it are the unit. Ordinals are no amounts: the 25th and the 26th package are two packages.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from digests.claim_words import EMPTY, concept_of


@dataclass(frozen=True)
class Amount:
    """A number, and the concepts of the words that say what it counts. `part`: of so many ("nineteen of the 22")."""

    value: float
    unit: frozenset[str]
    part: bool = False


DEADLINE = frozenset({"#deadline"})
"""The unit of a last or first day: until 15 November, by 2029, before spring."""

_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_VALUES: Mapping[str, float] = {
    **{w: float(n) for n, w in enumerate(_SMALL.split())},
    **{w: 10.0 * n for n, w in enumerate(_TENS.split(), 2)},
    "dozen": 12.0,
    "два": 2.0, "дві": 2.0, "две": 2.0, "три": 3.0, "чотири": 4.0, "четыре": 4.0, "п'ять": 5.0, "пять": 5.0,
    "десять": 10.0,
}  # fmt: skip
_SCALES: Mapping[str, float] = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "bn": 1e9, "mn": 1e6, "m": 1e6,
    "k": 1e3, "тис": 1e3, "тыс": 1e3, "тисяч": 1e3, "тысяч": 1e3, "тисячі": 1e3, "тысячи": 1e3, "млн": 1e6,
    "мільйонів": 1e6, "миллионов": 1e6, "млрд": 1e9, "мільярдів": 1e9, "миллиардов": 1e9,
}  # fmt: skip
_MONTHS: Mapping[str, int] = {
    word: n
    for n, words in enumerate(
        (
            "january jan січня января", "february feb лютого февраля", "march mar березня марта",
            "april apr квітня апреля",
            "may травня мая", "june jun червня июня", "july jul липня июля", "august aug серпня августа",
            "september sept sep вересня сентября", "october oct жовтня октября", "november nov листопада ноября",
            "december dec грудня декабря",
        ),
        1,
    )
    for word in words.split()
}  # fmt: skip
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_WORDED = "|".join(sorted(_VALUES, key=len, reverse=True))
_SCALED = "|".join(sorted(_SCALES, key=len, reverse=True))
_DATE = re.compile(
    rf"(?P<cue>\b(?:until|till|by|before|no later than|not before|після|до|к)\s+)?(?:(?:the end of|the|end of"
    rf"|early|late) )?"
    rf"(?:\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{_MONTH})\b\.?(?:,?\s+(?P<y1>20\d\d)\b)?"
    rf"|\b(?P<month2>{_MONTH})\b\.?\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\b(?!,\d)(?:,?\s+(?P<y2>20\d\d)\b)?"
    rf"|\b(?P<month3>{_MONTH})\b\.?(?:\s+(?P<y3>20\d\d)\b)?"
    rf"|\b(?P<y4>20[2-9]\d)\b(?![,.]?\d|\s*(?:%|per\b|percent|[a-z]+s\b)))",
    re.I,
)
_NUMBER = re.compile(
    rf"(?P<sign>[€$£]\s?)?(?<![\w.,-])(?:(?P<digits>\d{{1,3}}(?:[,  ]\d{{3}})+(?:\.\d+)?|\d+(?:[.,]\d+)?)"
    rf"(?P<tight>bn|mn|tn|[mk])?(?![\w]|-(?:point|th\b))"
    rf"|\b(?P<word>{_WORDED})(?:[- ](?P<ones>one|two|three|four|five|six|seven|eight|nine))?\b(?!-point))"
    rf"(?:[- ](?P<scale>{_SCALED})\b\.?)?(?P<percent>\s?%|\s+per\s?cent\b|\s+відсотк\w*|\s+процент\w*)?",
    re.I,
)
_AFTER = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*|[€$£]|[,;.:!?()—–]|\d+")
_BEFORE = re.compile(
    r"\b(army|force|forces|military|ceiling|limit|cap|loan|tariffs?|guarantees?|package|contingent)\s+(?:of|at|to|below|above|under|beyond|over)\s+"
    r"(?:(?:about|around|some|only|at least|up to|no more than|more than)\s+)?$",
    re.I,
)
_PART = re.compile(r"^\s*(?:out )?of\s+(?:the|its|our|those|these|all)?\s*(?:\d+|" + _WORDED + r")?\s*", re.I)
_BREAK_WORDS = (
    "after before in on at to for from by with as and or but that which who will would could can may might must "
    "should had has have was were is are be than until if when while not again а і й та и або или но але для "
    "після после до від от"
)
_BREAKS = frozenset(_BREAK_WORDS.split())
_UNIT_WORDS = 3
_TIME: Mapping[str, float] = {
    word: days
    for words, days in (
        ("hour hours", 1 / 24), ("day days", 1.0), ("week weeks", 7.0), ("month months", 30.0), ("year years", 365.0),
        ("decade decades", 3650.0), ("днів дня дней", 1.0), ("тижнів тижні недель недели", 7.0),
        ("місяців місяці месяцев месяца", 30.0), ("років роки лет года", 365.0),
    )
    for word in words.split()
}  # fmt: skip
"""Days in a unit of time."""
_CURRENCY = {"€": "euro", "$": "dollar", "£": "pound"}
_PRONOUN = frozenset({"one", "zero"})


def cut(chars: str) -> tuple[tuple[Amount, ...], str]:
    """The amounts of a passage, and the passage without numbers and days; what is counted stays in it."""
    found: list[Amount] = []

    def dated(match: re.Match[str]) -> str:
        if not match["cue"]:
            return " " if match["day"] or match["day2"] or match["y4"] or match["month3"].istitle() else match.group()
        found.append(Amount(_day(match), DEADLINE))
        return " before , " if "before" in match["cue"].lower() else " "

    without_days = _DATE.sub(dated, chars)
    bare, at = [], 0
    for match in _NUMBER.finditer(without_days):
        value = _value(match)
        if value is None:
            continue
        tail = without_days[match.end() : match.end() + 60]
        part = _PART.match(tail)
        before = without_days[max(0, match.start() - 40) : match.start()]
        units = _units(match, before, tail[part.end() if part else 0 :])
        found.append(Amount(value * _span_of_time(tail), units, bool(part)))
        bare.append(without_days[at : match.start()])
        at = match.end()
    bare.append(without_days[at:])
    return tuple(found), " ".join(bare)


def _day(match: re.Match[str]) -> float:
    month = match["month"] or match["month2"] or match["month3"] or ""
    year = match["y1"] or match["y2"] or match["y3"] or match["y4"] or "0"
    day = match["day"] or match["day2"] or "0"
    return float(year) * 10_000 + _MONTHS.get(month.lower(), 0) * 100 + float(day)


def _value(match: re.Match[str]) -> float | None:
    word = match["word"]
    if word is not None:
        low = word.lower()
        if low in _PRONOUN and not match["scale"]:
            return None
        value = _VALUES[low] + (_VALUES[match["ones"].lower()] if match["ones"] else 0.0)
    else:
        value = float(re.sub(r"[,  ](?=\d{3}(?!\d))", "", match["digits"]).replace(",", "."))
    for scale in (match["tight"], match["scale"]):
        value *= {"tn": 1e12}.get(scale.lower(), _SCALES.get(scale.lower(), 1.0)) if scale else 1.0
    return value


def _span_of_time(after: str) -> float:
    """Days in what is counted, so that two weeks and fifty days compare; 1 where it is no time."""
    following = re.match(r"[\s-]*([^\W\d_]+)", after)
    return _TIME.get(following[1].lower(), 1.0) if following else 1.0


def _units(match: re.Match[str], before: str, after: str) -> frozenset[str]:
    units = {"#percent"} if match["percent"] else set()
    if match["sign"]:
        units.add(f"#{_CURRENCY[match['sign'].strip()]}")
    for word in _AFTER.findall(after)[:_UNIT_WORDS]:
        if word in _CURRENCY:
            units.add(f"#{_CURRENCY[word]}")
            continue
        if not word[0].isalpha() or word.lower() in _BREAKS:
            break
        if word.lower() in _TIME:
            units.add("#time")
            continue
        if word.lower() not in EMPTY and (concept := concept_of(word)):
            units.add(concept)
    behind = _BEFORE.search(before)
    if behind and (not units or concept_of(behind[1]) == "#troop"):
        units.add(concept_of(behind[1]))
    return frozenset(units)


def changed(old: Sequence[Amount], new: Sequence[Amount]) -> bool:
    """Whether something that both count is counted otherwise, and nothing that both count is counted the same."""
    pairs = [(a, b) for a in old for b in new if a.part == b.part and a.unit & b.unit]
    return bool(pairs) and all(a.value != b.value for a, b in pairs)

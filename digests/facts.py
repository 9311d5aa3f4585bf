"""Numbers with what they count, as facts to compare. Hides how numbers are written in English, Ukrainian and Russian.

"At least six killed", "the 20th package", "600,000 troops", "90 bn euros", "90%". Years, dates and clock times are no
facts of this kind: `digests.when` reads those.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache

from digests.model import Fact, TextOfRecord

LIMIT = 20_000
"""Characters of a text that are searched."""

_SMALL = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen twenty"
)
_ORDINAL_WORDS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
_ORDINALS = _ORDINAL_WORDS.split()
_WORDS: Mapping[str, float] = {
    **{w: float(n) for n, w in enumerate(_SMALL.split(), 1)},
    "dozen": 12.0, "thirty": 30.0, "forty": 40.0, "fifty": 50.0, "sixty": 60.0, "hundred": 100.0,
    "двоє": 2.0, "двое": 2.0, "два": 2.0, "дві": 2.0, "две": 2.0, "троє": 3.0, "трое": 3.0, "три": 3.0,
    "четверо": 4.0, "чотири": 4.0, "четыре": 4.0, "пять": 5.0, "п'ять": 5.0, "пятеро": 5.0, "п'ятеро": 5.0,
    "шість": 6.0, "шесть": 6.0, "шестеро": 6.0, "двух": 2.0, "двох": 2.0, "трёх": 3.0, "трех": 3.0, "трьох": 3.0,
    "четырёх": 4.0, "четырех": 4.0, "чотирьох": 4.0,
    "zwei": 2.0, "drei": 3.0, "vier": 4.0, "fünf": 5.0, "sechs": 6.0, "sieben": 7.0, "acht": 8.0, "neun": 9.0,
    "zehn": 10.0, "elf": 11.0, "zwölf": 12.0, "deux": 2.0, "trois": 3.0, "quatre": 4.0, "cinq": 5.0, "sept": 7.0,
    "huit": 8.0, "neuf": 9.0, "dwa": 2.0, "dwie": 2.0, "trzy": 3.0, "cztery": 4.0, "pięć": 5.0, "sześć": 6.0,
}  # fmt: skip
_SCALES: Mapping[str, float] = {
    "hundred": 1e2, "thousand": 1e3, "k": 1e3, "million": 1e6, "mn": 1e6, "m": 1e6, "billion": 1e9, "bn": 1e9, "b": 1e9,
    "trillion": 1e12, "tn": 1e12, "тис": 1e3, "тыс": 1e3, "тисяч": 1e3, "тысяч": 1e3, "млн": 1e6, "млрд": 1e9,
    "мільярд": 1e9, "миллиард": 1e9, "мільйон": 1e6, "миллион": 1e6,
}  # fmt: skip
_UNITS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "killed",
        (
            "kill",
            "dead",
            "death",
            "died",
            "dies",
            "загин",
            "погиб",
            "убит",
            "вбит",
            "getöt",
            "tote",
            "tué",
            "zabit",
            "zginę",
        ),
    ),
    (
        "injured",
        ("injur", "wound", "hurt", "поран", "ранен", "постражд", "пострада", "verletz", "verwund", "blessé", "rann"),
    ),
    ("percent", ("percent", "per cent", "pct", "%", "відсот", "процент", "prozent", "procent")),
    ("euro", ("€", "euro", "eur", "євро", "евро")),
    ("dollar", ("$", "dollar", "usd", "долар", "доллар")),
    ("pound", ("£", "pound")),
    ("package", ("package", "пакет", "paket", "paquet", "pakiet")),
    ("point", ("point", "пункт", "punkt")),
    ("drone", ("drone", "uav", "shahed", "дрон", "безпілот", "беспилот", "drohne", "dron")),
    ("missile", ("missile", "ракет", "raket", "rakiet")),
    (
        "troop",
        ("troop", "soldier", "servicem", "personnel", "військовослуж", "военнослуж", "солдат", "soldat", "żołnierz"),
    ),
    (
        "prisoner",
        (
            "prisoner",
            "pow",
            "captive",
            "полонен",
            "военноплен",
            "пленн",
            "jeńc",
            "gefangen",
            "kriegsgefangen",
            "prisonnier",
        ),
    ),
    ("body", ("bodies", "тіл", "тел")),
    ("child", ("child", "kids", "дітей", "детей", "kinder", "enfant", "dziec")),
    ("town", ("town", "cities", "city", "village", "міст", "город", "städt", "stadt", "miast", "ville")),
    ("country", ("countr", "nations", "states", "країн", "стран", "länder", "pays", "państw")),
    ("km", ("km", "kilomet", "square", "sq", "mile", "кілометр", "километр", "км")),
    ("barrel", ("barrel",)),
    ("person", ("people", "person", "civilian", "resident", "осіб", "людей", "человек", "mensch", "osób", "ludzi")),
    ("day", ("day", "дн")),
    ("month", ("month", "місяц", "месяц", "monat", "mois", "miesi")),
    ("year", ("year", "рок", "лет", "год", "jahr")),
    ("hour", ("hour", "годин", "час", "stund", "heure", "godzin")),
    ("vote", ("vote", "голос")),
    ("jet", ("jet", "aircraft", "літак", "самолет")),
    ("tank", ("tank", "танк")),
)
_FATES = frozenset({"killed", "injured"})
_BREAK_WORDS = "and or in on at of to by for with as while after і й та и в у на з с"
_BREAKS = frozenset(_BREAK_WORDS.split())
_NOUN_WITHIN = 2  # words behind the number that may hold the noun
_CURRENCY = {"€": "euro", "$": "dollar", "£": "pound"}
_NUMBER = re.compile(
    r"(?P<sign>[€$£])?\s?(?<![\w.,])(?P<digits>\d{1,3}(?:[,  ]\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?)"
    r"(?:(?P<ordinal>st|nd|rd|th|-й|-го|-му)|(?P<scale>bn|mn|tn|[mbk]))?(?![\w])(?P<percent>\s?%)?"
    r"|\b(?P<word>[^\W\d_]{3,12}(?:'[^\W\d_]{2,6})?)\b"
)
_NEXT = re.compile(r"per cent|[^\W_]+(?:['’][^\W_]+)?|[%€$£]|[.,;:!?]")
_AT_LEAST = re.compile(
    r"\b(at least|more than|over|no fewer than|upwards? of|minimum of|щонайменше|понад|більше|не менш|более|не менее"
    r"|свыше)"
    r"\s*(?:a\s+|an\s+)?[€$£]?$",
    re.I,
)
_MONTHS = (
    "jan feb mar apr may jun jul aug sep sept oct nov dec january february march april june july august september"
    " october november december січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня"
    " января февраля марта апреля мая июня июля августа сентября октября ноября декабря"
)
_DATES = frozenset(_MONTHS.split())
_NOT_COUNTED = {"day", "article", "g", "nato", "point", "f", "no", "s", "day's", "chapter", "route"}


class Comparison(StrEnum):
    """How two facts stand to each other."""

    SAME = "same"
    CHANGED = "changed"
    APART = "apart"  # they count different things


def find(text: TextOfRecord, language: str = "en") -> tuple[Fact, ...]:
    """The facts of a text in order of place. Numbers that count nothing known are left out."""
    body = text.body[:LIMIT]
    found: list[Fact] = []
    for match in _NUMBER.finditer(body):
        value, ordinal = _value(match)
        if value is None:
            continue
        fact = _fact(text, body, match, value, ordinal)
        if fact is not None:
            found.append(fact)
    return tuple(found)


def _value(match: re.Match[str]) -> tuple[float | None, bool]:
    word = match["word"]
    if word is not None:
        low = word.lower()
        if low in _ORDINALS:
            return float(_ORDINALS.index(low) + 1), True
        return _WORDS.get(low), False
    digits = match["digits"]
    plain = re.sub(r"[,  ](?=\d{3}(?!\d))", "", digits).replace(",", ".")
    try:
        return float(plain), match["ordinal"] is not None
    except ValueError:
        return None, False


def _fact(text: TextOfRecord, body: str, match: re.Match[str], value: float, ordinal: bool) -> Fact | None:
    tail = body[match.end() : match.end() + 60]
    following = _NEXT.findall(tail)
    if _is_date(body, match, following):
        return None
    scale, following = (_SCALES[match["scale"]], following) if match["scale"] else _scaled(following)
    unit = "percent" if match["percent"] else _CURRENCY.get(match["sign"] or "", "")
    unit = unit or _unit_around(body, match.start(), following, ordinal)
    if not unit or (ordinal and unit not in {"package", "point"}):
        return None
    unit = f"{unit}-th" if ordinal else unit
    before = body[max(0, match.start() - 24) : match.start()]
    about = " ".join(w.lower() for w in following[:2] if len(w) > 2 and w[0].isalpha())
    start = match.start("word") if match["word"] else match.start("digits")
    end = match.end("word") if match["word"] else match.end()
    return Fact(value * scale, unit, about, text.span(start, end), _AT_LEAST.search(before) is not None)


def _is_date(body: str, match: re.Match[str], following: list[str]) -> bool:
    if match["word"] is not None or match["sign"] or match["percent"]:
        return False
    before = re.findall(r"[^\W\d_]+", body[max(0, match.start() - 16) : match.start()].lower())
    if before and (before[-1] in _DATES or before[-1] in _NOT_COUNTED):
        return True
    digits = match["digits"]
    year = len(digits) == 4 and digits.isdigit() and 1900 <= int(digits) <= 2100
    return year or bool(following and following[0].lower() in _DATES)


def _scaled(following: list[str]) -> tuple[float, list[str]]:
    if following:
        low = following[0].lower()
        for scale in _SCALES:
            if low == scale or (len(scale) >= 6 and low.startswith(scale)):
                return _SCALES[scale], following[1:]
    return 1.0, following


def _unit_around(body: str, start: int, following: list[str], ordinal: bool) -> str:
    """What is counted: the noun behind the number; where that is only "people", a verb before it says what befell."""
    after = _unit_after(following, ordinal)
    if after and after != "person":
        return after
    return ("" if ordinal else _unit_before(body, start)) or after


def _unit_after(following: list[str], ordinal: bool) -> str:
    """The counted noun, one adjective between at most; "people" waits for what befell them (people were killed)."""
    person = ""
    for place, word in enumerate(following[: 2 if ordinal else 5]):
        low = word.lower()
        if (not word[0].isalpha() and word not in "%€$£") or low in _BREAKS:
            break
        unit = _unit_of(low)
        if unit == "person":
            person = unit
        elif unit and (place < _NOUN_WITHIN or unit in _FATES):
            return unit
    return person


def _unit_before(body: str, start: int) -> str:
    """The verb may stand before its number: kills two, killing at least 24 people."""
    for word in reversed(re.findall(r"[^\W\d_]+", body[max(0, start - 30) : start].lower())[-3:]):
        unit = _unit_of(word)
        if unit in _FATES:
            return unit
    return ""


@lru_cache(maxsize=4096)
def _unit_of(word: str) -> str:
    for unit, stems in _UNITS:
        if any(word == s if len(s) < 3 else word.startswith(s) for s in stems):
            return unit
    return ""


def compare(old: Fact, new: Fact) -> Comparison:
    """Whether two facts of one happening say the same: "at least 24" and "24" do, "two" and "at least six" do not."""
    if old.unit != new.unit:
        return Comparison.APART
    if old.value == new.value:
        return Comparison.SAME
    if old.at_least and not new.at_least and new.value > old.value and new.value <= old.value * 1.1:
        return Comparison.SAME
    return Comparison.CHANGED


def number_terms(facts: tuple[Fact, ...]) -> tuple[str, ...]:
    """The facts as comparable words, sorted: "killed:24"."""
    return tuple(sorted({f"{f.unit}:{f.value:g}" for f in facts}))

"""Full articles in, statements or positions out, as the measuring contract words them. Hides its file formats.

Offsets count characters of `text` as given; a date that is null or "unknown" is read from the address; "seed" is the
baseline. The same input gives the same bytes.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any, Protocol

from bot import json_lines
from digests import positions as stands
from digests import when
from digests.model import Article, Days, Directory, Part, Statement
from digests.statements import Finder
from digests.text import as_given

BASELINE = "seed"
_URL_DAY = re.compile(r"(20\d\d)[/-](\d{1,2}|[a-z]{3})[/-](\d{1,2})(?:\D|$)")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_RARE = re.compile(r"\b(?:[A-Z][a-z]{3,}|\d[\d.,]*\d)\b")
_NOON = time(12, tzinfo=UTC)
_CYRILLIC = re.compile(r"[А-яЁёЄєІіЇїҐґ]")
_UKRAINIAN = re.compile(r"[ЄєІіЇїҐґ]")
_RUSSIAN = re.compile(r"[ЁёЪъЫыЭэ]")
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


class Configured(Protocol):
    """What measuring needs of the configuration."""

    @property
    def directory(self) -> Directory:
        """Who and what is watched."""
        ...


@dataclass(frozen=True)
class _Read:
    url: str
    article: Article
    statements: tuple[Statement, ...]


def statements(articles: Path, out: Path, config: Configured) -> int:
    """Write one JSON line a statement; returns how many."""
    reads = _read(articles, config.directory)
    return json_lines.write((_row(read, s, config.directory) for read in reads for s in read.statements), out)


def positions(articles: Path, out: Path, config: Configured) -> int:
    """Write one JSON line a cell that `/position` would show after reading the articles; returns how many."""
    reads = list(_read(articles, config.directory))
    urls = {r.article.article_id: r.url for r in reads}
    record = tuple(s for r in reads if r.url != BASELINE for s in r.statements)
    first = tuple(s for r in reads if r.url == BASELINE for s in r.statements)
    seen = {r.article.article_id: r.article.seen_at for r in reads}
    as_of = max(seen.values(), default=_EPOCH)
    rows = []
    for actor in config.directory.actors:
        position = stands.position(actor.id, record, first, config.directory, as_of, seen_at=seen, members=False)
        for held in position.held:
            newest = (*held.newest, *held.baseline)[0]
            rows.append(
                {
                    "actor": actor.id,
                    "issue": held.issue_id,
                    "article": urls[newest.article_id],
                    "start": newest.span.start,
                    "end": newest.span.end,
                    "said_on": _day(newest.said_on),
                }
            )
    return json_lines.write(rows, out)


def _read(path: Path, directory: Directory) -> Iterator[_Read]:
    finder = Finder(directory)
    rows = json_lines.read(path, ("url", "text"))
    for row, day in zip(rows, days_of(rows), strict=True):
        article = article_of(row, day)
        yield _Read(str(row["url"]), article, tuple(s for s in finder.find(article) if s.part is Part.TEXT))


def article_of(row: Mapping[str, Any], day: date | None) -> Article:
    """An article of the contract's form, published at noon of a day (None: not known)."""
    url = str(row["url"])
    at = datetime.combine(day, _NOON) if day else None
    text = str(row.get("text") or "")
    return Article(
        article_id=url,
        feed_id="measure",
        source_id="",
        entry_id=url,
        url=url,
        language=language_of(text),
        seen_at=at or _EPOCH,
        published_at=at,
        texts={
            **({Part.TITLE: as_given(title)} if (title := str(row.get("title") or "").strip()) else {}),
            Part.TEXT: as_given(text),
        },
        page_read=True,
    )


def language_of(text: str) -> str:
    """The language of a full article by its letters: Ukrainian and Russian have letters of their own, in any length
    that is worth reading; everything else is read as English, whose rules names and quotations share most with."""
    cyrillic = len(_CYRILLIC.findall(text))
    if cyrillic * 2 <= sum(map(str.isalpha, text)):
        return "en"
    return "uk" if len(_UKRAINIAN.findall(text)) > len(_RUSSIAN.findall(text)) else "ru"


def days_of(rows: Sequence[Mapping[str, Any]]) -> list[date | None]:
    """The day of each article: as given, from its address, from its own text; else that of the likest dated article
    which was handed in with it, whose weekdays its own then mean."""
    days = [_own_day(row) for row in rows]
    dated = [(n, day) for n, day in enumerate(days) if day is not None]
    if not dated or None not in days:
        return days
    terms = [Counter(_RARE.findall(str(row.get("text") or ""))) for row in rows]
    common = Counter(word for counter in terms for word in counter)
    for n, day in enumerate(days):
        if day is None:
            days[n] = max(dated, key=lambda pair: (_likeness(terms[n], terms[pair[0]], common, len(rows)), pair[1]))[1]
    return days


def _likeness(a: Counter[str], b: Counter[str], common: Counter[str], count: int) -> float:
    """Names and numbers that both texts have, the rarer the more, over what the first has."""
    weight = {word: math.log((count + 1) / common[word]) for word in a}
    total = sum(weight[word] for word in sorted(a)) or 1.0
    return sum(weight[word] for word in sorted(a) if word in b) / total


def _own_day(row: Mapping[str, Any]) -> date | None:
    given = _url_day(str(row["url"])) or _given_day(row.get("date"))  # what is given may be the day of a photograph
    return given or when.dateline(str(row.get("text") or ""))


def _given_day(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def _url_day(url: str) -> date | None:
    found = _URL_DAY.search(url)
    try:
        if not found:
            return None
        month = _MONTHS.index(found[2]) + 1 if found[2].isalpha() else int(found[2])
        return date(int(found[1]), month, int(found[3]))
    except ValueError:
        return None


def _day(days: Days | None) -> str | None:
    """The day; of "that day or the day before" the later one; nothing of a longer range."""
    if days is None or (days.last - days.first).days > 1:
        return None
    return days.last.isoformat()


def _row(read: _Read, found: Statement, directory: Directory) -> dict[str, Any]:
    return {
        "article": read.url,
        "start": found.span.start,
        "end": found.span.end,
        "speaker": found.speaker or directory.actor_name(found.actor_id),
        "actor": found.actor_id,
        "kind": found.kind.value,
        "issues": list(found.issues),
        "polarity": found.polarity.value,
        "said_on": _day(found.said_on),
    }

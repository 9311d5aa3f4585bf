"""Where the talks are held these days, learnt from the record. Hides how a place is told from other names.

Talks are soon called by their place ("the Geneva text"), and no other word of the talks need stand beside it. A place
counts once two publishers have reported talks there, and for some days after the last such report; who reads at one
moment reads with the places of all earlier moments, so that the order of arrival within it decides nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from digests.model import Directory, Part, Reading, Relevance
from digests.relevance import words_of

LASTS = timedelta(days=7)
"""How long after its last report a place still means the talks."""
PUBLISHERS = 2
"""Who must have reported talks there: one may write of other talks."""
NEGOTIATE = ("russia", "ukraine", "united-states", "europe", "nato", "united-nations")
"""Parties whose capitals stand for themselves: "in Moscow" is where half of all news is."""
AT_MOST = 6
"""Places at a time, the most reported first."""
KEPT = 40
"""Places under observation, and reports of one; the one longest unheard of goes first."""
_TOP = 500  # characters of a text below its headline that are searched

_NAME = r"(?P<place>[A-ZÀ-ÞЀ-Я][^\W\d_]{2,}(?: (?:City|Beach|Dhabi))?)"
_IN = r"(?:in|at|à|w|in der|в|у|В|У|do|до)(?: the (?:[A-Za-z]+ ){0,5}of)?"
_TALKS = (
    r"(?:[Tt]alks?|[Nn]egotiat\w+|[Rr]ound|[Ss]ummit|[Mm]eetings?|[Mm]et|[Cc]onsultations|[Dd]elegations?"
    r"|[Пп]ереговор\w*|[Пп]еремовин\w*|[Рр]аунд\w*|[Сс]ам[іи]т\w*|[Вв]стреч\w+|[Зз]устріч\w*|[Дд]елегац\w+"
    r"|Verhandlung\w*|Gespräch\w*|Delegation\w*|pourparlers|négociations|[Rr]ozm\w+|[Nn]egocjac\w+)"
)
_TALKS_THERE = re.compile(rf"\b{_TALKS}\b[^.!?;:\"“”«»]{{0,60}}? {_IN} {_NAME}\b")
_THERE_TALKS = re.compile(rf"\b{_IN} {_NAME}\b[^.!?;:\"“”«»]{{0,50}}? {_TALKS}\b")
_REGION = re.compile(r"^ (?:region|oblast|province|district|direction|sector|област|облас|район)")
_OTHER_WORDS = (
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august"
    " september october november december parliament congress senate house office air force donetsk luhansk english"
    " russian ukrainian peace west east europe asia донецьк донецк"
)
_NO_PLACES = frozenset(_OTHER_WORDS.split())
_ENDINGS = "аеиоуыюяіїєь"


class Venues:
    """A fold over what was recorded; the same articles in the same order give the same places."""

    def __init__(self, directory: Directory) -> None:
        names = sorted(set(_watched(directory)))
        self._words = frozenset(w for n in names if not n.endswith("*") for w in words_of(n))
        self._stems = tuple(words_of(n[:-1])[0] for n in names if n.endswith("*") and words_of(n[:-1]))
        self._reports: dict[str, list[tuple[datetime, str]]] = {}  # by word: when, by which publisher

    def add(self, reading: Reading) -> None:
        """Look where a report about the talks places them."""
        if reading.relevance is not Relevance.YES or reading.shell is not None:
            return
        article = reading.article
        bodies = [article.texts[p].body[:_TOP] for p in Part if p in article.texts]
        for word in dict.fromkeys(w for body in bodies for w in self._in(body)):
            self._reports[word] = [*self._reports.get(word, [])[-KEPT:], (article.seen_at, article.source_id)]
        if len(self._reports) > KEPT:
            oldest = sorted(self._reports, key=lambda w: (max(self._reports[w]), w))
            for word in oldest[: len(self._reports) - KEPT]:
                del self._reports[word]

    def at(self, now: datetime) -> tuple[str, ...]:
        """Words for the places of talks as known before an instant, for `relevance.Scope`."""
        found: list[tuple[int, str]] = []
        for word, reports in self._reports.items():
            lately = [publisher for at, publisher in reports if now - LASTS <= at < now]
            if len(set(lately)) >= PUBLISHERS:
                found.append((-len(lately), word))
        return tuple(word for _, word in sorted(found)[:AT_MOST])

    def _in(self, body: str) -> Iterator[str]:
        for pattern in (_TALKS_THERE, _THERE_TALKS):
            for match in pattern.finditer(body):
                words = words_of(match["place"])
                if words and not _REGION.match(body[match.end("place") :]) and not self._taken(words[0]):
                    yield _stem(" ".join(words))

    def _taken(self, word: str) -> bool:
        return word in self._words or word in _NO_PLACES or word.startswith(self._stems)


def _stem(place: str) -> str:
    """The word as it is looked for: names inflect in Cyrillic."""
    if place.isascii():
        return place
    return f"{place[:-1] if place[-1] in _ENDINGS else place}*"


def _watched(directory: Directory) -> Iterator[str]:
    """Names that are no venue: every country, the capitals of those who negotiate, and places of the war."""
    yield from directory.watch.conflict
    for issue in directory.issues:
        if issue.context:
            yield from (t for terms in issue.terms.values() for t in terms)
    for actor in directory.actors:
        yield from (actor.name, *actor.adjectives)
        if any(directory.rolls_up(actor.id, party) for party in NEGOTIATE):
            yield from (*actor.aliases, *(f"{s}*" for s in actor.stems))

"""Whether a text is about the talks, bears on them, or neither. Hides how watched words are found in running text.

Cheap on purpose: this is the prefilter that every feed item passes. Terms are matched word by word (a dictionary
look-up each), never by one large pattern, so cost grows with the text and not with the configuration.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from digests.model import Directory, Relevance
from digests.outlets import hidden

LEAD_LIMIT = 1500
"""Characters of the lead that are looked at: a newspaper says what it is about at the top."""

CROWD = 3
"""Watched names on top of a text that make its page worth reading: where many meet, they may talk of the war."""

INVADED = "ukraine"
"""The actor whose names mean the war itself; every other party has affairs of its own besides."""

_WORD = re.compile(r"[^\W_]+(?:[.'’ʼ][^\W_]+)*")  # apostrophes and inner dots belong to a word: Ukraine's, U.S, 5.4
_CAPITALS = {"US": "u.s", "USA": "u.s", "U.S": "u.s", "U.S.A": "u.s", "UN": "u.n", "U.N": "u.n"}
"""Names that are other words in small letters: "us" in English, "un" in French."""
_POINTS = "npoints"  # stands for any number of points of the plan
_POINT_STEMS = ("point", "пункт", "punkt")
_STEM_KEY = 3  # stems are looked up by their first letters; a stem shorter than that is matched by those it has


@lru_cache(maxsize=65536)
def _fold(word: str) -> str:
    if word in _CAPITALS:
        return _CAPITALS[word]
    low = word.lower().replace("’", "'").replace("ʼ", "'")
    if low.endswith("'s"):
        low = low[:-2]
    return "u.s" if low == "u.s" else low


def words_of(text: str) -> list[str]:
    """The words of a text, folded for matching: lower case, possessive 's dropped, "US" kept apart from "us"."""
    return [_fold(w) for w in _WORD.findall(text)]


@dataclass(frozen=True)
class Hit:
    """One term found: what it stands for and where (word offsets, end exclusive)."""

    label: str
    start: int
    end: int


class Lexicon:
    """Terms by label, matched at word boundaries. A term is a word or a phrase; a word that ends in * is a stem."""

    def __init__(self, terms: Mapping[str, Iterable[str]]) -> None:
        self._exact: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        self._stems: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for label in terms:
            for term in terms[label]:
                self._add(label, term)

    def _add(self, label: str, term: str) -> None:
        pattern = tuple(_fold(w[:-1]) + "*" if w.endswith("*") else _fold(w) for w in _pattern_words(term))
        if not pattern or pattern[0] == "*":
            return
        first = pattern[0]
        if first.endswith("*"):
            self._stems.setdefault(first[:-1][:_STEM_KEY], []).append((pattern, label))
        else:
            self._exact.setdefault(first, []).append((pattern, label))

    def hits(self, words: Sequence[str]) -> list[Hit]:
        """Every term found, in order of place; terms may overlap."""
        found: list[Hit] = []
        exact, stems = self._exact, self._stems
        for at, word in enumerate(words):
            if word in exact:
                found.extend(_fitting(exact[word], words, at))
            for size in (_STEM_KEY, 2, 1):
                key = word[:size]
                if key in stems and len(key) == size:
                    found.extend(_fitting(stems[key], words, at))
        return found

    def labels(self, words: Sequence[str]) -> set[str]:
        """What the words stand for at all."""
        return {h.label for h in self.hits(words)}


def _pattern_words(term: str) -> list[str]:
    return re.findall(r"[^\W_]+(?:[.'’ʼ][^\W_]+)*\*?", term)


def _fitting(patterns: list[tuple[tuple[str, ...], str]], words: Sequence[str], at: int) -> Iterator[Hit]:
    for pattern, label in patterns:
        end = at + len(pattern)
        if end <= len(words) and all(map(_fits, pattern, words[at:end])):
            yield Hit(label, at, end)


def _fits(pattern: str, word: str) -> bool:
    return word.startswith(pattern[:-1]) if pattern.endswith("*") else word == pattern


@dataclass(frozen=True)
class _Found:
    """What one part of a text (title or lead) names, as counts. `parties` are those who wage the war, by name or by
    who speaks for them."""

    war: int = 0
    parties: int = 0
    talks: int = 0
    issues: int = 0
    context: int = 0
    others: int = 0
    named: int = 0  # watched names of any party but the invaded one
    hints: int = 0

    @property
    def fighting(self) -> int:
        """How often the war is named, or those who wage it."""
        return self.war + self.parties

    @property
    def two_sides(self) -> bool:
        """A party to the war and another watched one."""
        return self.fighting > 0 and self.named - self.parties + min(self.war, 1) + min(self.parties, 1) > 1

    @property
    def topic(self) -> bool:
        return self.talks + self.issues > 0


Venues = Sequence[str]
"""Words, folded, for places where the talks are held these days; a word that ends in * is a stem."""


class Scope:
    """Decides relevance from the directory's watch words and issue terms."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory
        self._lexicons: dict[str, Lexicon] = {}

    def of(self, title: str, lead: str, language: str, venues: Venues = ()) -> Relevance:
        """Relevance of a text by its title and lead. `language` is ISO 639-1 or "" where unknown.

        `venues` are words for places where the talks are held these days: naming one is speaking of the talks.
        """
        head, body = self._found(title, lead, language, venues)
        if not (head.war or body.war or head.parties or body.parties):
            return Relevance.NO
        if _about_talks(head, body):
            return Relevance.YES
        return Relevance.CONTEXT if _bears_on_them(head, body) else Relevance.NO

    def may_be(self, title: str, lead: str, language: str, venues: Venues = ()) -> bool:
        """Whether the text below may be about the talks though headline and lead need not show it: a watched name
        beside a word of the talks or an issue, or a party to the war beside another watched name."""
        if self.of(title, lead, language, venues) is not Relevance.NO:
            return True
        head, body = self._found(title, lead, language, venues)
        words = words_of(f"{title} . {lead}"[:LEAD_LIMIT])
        named = {words[h.end - 1] for h in self._lexicon(language[:2].lower()).hits(words) if h.label == "party"}
        anybody = bool(named) or head.fighting + body.fighting > 0
        sides = head.two_sides or body.two_sides or len(named) >= CROWD
        return not head.others and (sides or (anybody and (head.topic or body.topic)))

    def _found(self, title: str, lead: str, language: str, venues: Venues) -> tuple[_Found, _Found]:
        lexicons = [self._lexicon(language[:2].lower()), *([_venue_lexicon(tuple(venues))] if venues else ())]
        return _found(lexicons, title), _found(lexicons, lead)

    def _lexicon(self, language: str) -> Lexicon:
        if language not in self._lexicons:
            self._lexicons[language] = _watch_lexicon(self._directory, language)
        return self._lexicons[language]


def _found(lexicons: Sequence[Lexicon], passage: str) -> _Found:
    words = words_of(hidden(passage[:LEAD_LIMIT]))
    return _count([hit for lexicon in lexicons for hit in lexicon.hits([*words, *_numbered(words)])])


def _numbered(words: Sequence[str]) -> list[str]:
    """The plan goes by its number of points, whatever that is this week."""
    pairs = pairwise(words)
    return [_POINTS] if any(a.isdigit() and len(a) == 2 and b.startswith(_POINT_STEMS) for a, b in pairs) else []


@lru_cache(maxsize=64)
def _venue_lexicon(venues: tuple[str, ...]) -> Lexicon:
    return Lexicon({"talks": venues})


def _watch_lexicon(directory: Directory, language: str) -> Lexicon:
    terms: dict[str, list[str]] = {
        "war": list(directory.watch.conflict),
        "talks": list(directory.watch.talks),
        "other": list(directory.watch.other_conflicts),
        "hint": list(directory.watch.hints),
        "issue": [],
        "context": [],
        "party": [],
    }
    for issue in directory.issues:
        wanted = terms["context" if issue.context else "issue"]
        for tongue in sorted(issue.terms):
            if not language or tongue in {"en", language}:
                wanted.extend(issue.terms[tongue])
    terms["talks"].append(_POINTS)
    at_war = {word.lower() for word in directory.watch.conflict}
    for actor in directory.actors:
        own = [*actor.aliases, actor.name, *actor.adjectives, *(f"{s}*" for s in actor.stems)]
        people = [n for s in actor.speakers for n in (s.name, *s.aliases, *(f"{x}*" for x in s.stems))]
        if actor.id != INVADED:
            terms["party"].extend([*own, *people])
        if actor.name.lower() in at_war:
            terms["war"].extend(people)
    return Lexicon(terms)


def _count(hits: list[Hit]) -> _Found:
    """How often each kind is named. A word of the war that only names another party shows that party, not the war."""
    parties = {(h.start, h.end) for h in hits if h.label == "party"}
    belligerent = {(h.start, h.end) for h in hits if h.label == "war"}
    n: dict[str, int] = {}
    for hit in hits:
        if hit.label == "war" and (hit.start, hit.end) in parties:
            continue
        n[hit.label] = n.get(hit.label, 0) + 1
    get = n.get
    named = len(parties & belligerent)
    counts = (get(label, 0) for label in ("talks", "issue", "context", "other", "party", "hint"))
    return _Found(get("war", 0), named, *counts)


def _about_talks(head: _Found, body: _Found) -> bool:
    """The war and its talks in the title, or one in the title and the other on top of the text. A party's name shows
    the war only beside words of the talks: oil, courts and elections are affairs of a party that has many."""
    if head.others and not head.war:
        return False
    sides = head if head.two_sides else body
    if sides.two_sides and sides.hints and head.fighting and head.war + body.war and not head.context:
        return True
    if head.war:
        return head.topic or body.talks > 0 or body.issues >= 2
    if head.topic and (body.war or (head.parties and head.talks + body.talks)):
        return head.talks + body.talks > 0 or body.war > 1
    if head.two_sides and body.talks:
        return True
    return body.war > 0 and body.talks > 0 and body.talks + body.issues >= 2 and not body.others


def _bears_on_them(head: _Found, body: _Found) -> bool:
    if head.others and not head.war:
        return head.parties > 0 and head.issues > 0
    if head.war:
        return True
    if head.parties and (body.war or head.context or head.issues):
        return True
    if (head.parties and body.parties and (body.context or body.issues)) or (
        head.named and head.issues and body.parties
    ):
        return not body.others
    return body.war > 0 and (head.context > 0 or body.topic)

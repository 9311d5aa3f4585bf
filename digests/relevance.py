"""Whether a text is about the talks, bears on them, or neither. Hides how watched words are found in running text.

Cheap on purpose: this is the prefilter that every feed item passes. Terms are matched word by word (a dictionary
look-up each), never by one large pattern, so cost grows with the text and not with the configuration.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from digests.model import Directory, Relevance

LEAD_LIMIT = 1500
"""Characters of the lead that are looked at: a newspaper says what it is about at the top."""

INVADED = "ukraine"
"""The actor whose names mean the war itself; every other party has affairs of its own besides."""

_WORD = re.compile(r"[^\W_]+(?:[.'’ʼ][^\W_]+)*")  # apostrophes and inner dots belong to a word: Ukraine's, U.S, 5.4
_UNITED_STATES = {"US", "USA", "U.S", "U.S.A"}  # upper case only: "us" is another word
_STEM_KEY = 3  # stems are looked up by their first letters; a stem shorter than that is matched by those it has


@lru_cache(maxsize=65536)
def _fold(word: str) -> str:
    if word in _UNITED_STATES:
        return "u.s"
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
    """What one part of a text (title or lead) names, as counts."""

    war: int = 0
    parties: int = 0
    talks: int = 0
    issues: int = 0
    context: int = 0
    others: int = 0

    @property
    def topic(self) -> bool:
        return self.talks + self.issues > 0


class Scope:
    """Decides relevance from the directory's watch words and issue terms."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory
        self._lexicons: dict[str, Lexicon] = {}

    def of(self, title: str, lead: str, language: str) -> Relevance:
        """Relevance of a text by its title and lead. `language` is ISO 639-1 or "" where unknown."""
        lexicon = self._lexicon(language[:2].lower())
        head = _count(lexicon.hits(words_of(title[:LEAD_LIMIT])))
        body = _count(lexicon.hits(words_of(lead[:LEAD_LIMIT])))
        if not (head.war or body.war or head.parties or body.parties):
            return Relevance.NO
        if _about_talks(head, body):
            return Relevance.YES
        return Relevance.CONTEXT if _bears_on_them(head, body) else Relevance.NO

    def _lexicon(self, language: str) -> Lexicon:
        if language not in self._lexicons:
            self._lexicons[language] = _watch_lexicon(self._directory, language)
        return self._lexicons[language]


def _watch_lexicon(directory: Directory, language: str) -> Lexicon:
    terms: dict[str, list[str]] = {
        "war": list(directory.watch.conflict),
        "talks": list(directory.watch.talks),
        "other": list(directory.watch.other_conflicts),
        "issue": [],
        "context": [],
        "party": [],
    }
    for issue in directory.issues:
        wanted = terms["context" if issue.context else "issue"]
        for tongue in sorted(issue.terms):
            if not language or tongue in {"en", language}:
                wanted.extend(issue.terms[tongue])
    for actor in directory.actors:
        if actor.id != INVADED:
            terms["party"].extend([*actor.aliases, actor.name, *actor.adjectives, *(f"{s}*" for s in actor.stems)])
            for speaker in actor.speakers:
                terms["party"].extend([speaker.name.split()[-1], *(f"{s}*" for s in speaker.stems)])
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
    return _Found(get("war", 0), named, get("talks", 0), get("issue", 0), get("context", 0), get("other", 0))


def _about_talks(head: _Found, body: _Found) -> bool:
    """The war and its talks in the title, or one in the title and the other on top of the text. A party's name shows
    the war only beside words of the talks: oil, courts and elections are affairs of a party that has many."""
    if head.others and not head.war:
        return False
    if head.war:
        return head.topic or body.talks > 0 or body.issues >= 2
    if head.topic and (body.war or (head.parties and head.talks + body.talks)):
        return head.talks + body.talks > 0 or body.war > 1
    return body.war > 0 and body.talks > 0 and body.talks + body.issues >= 2 and not body.others


def _bears_on_them(head: _Found, body: _Found) -> bool:
    if head.others and not head.war:
        return False
    if head.war:
        return True
    if head.parties and (body.war or head.context or head.issues):
        return True
    return body.war > 0 and (head.context > 0 or body.topic)

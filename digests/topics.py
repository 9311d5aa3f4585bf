"""Which issues of the negotiation a text speaks of. Hides how terms are matched in inflecting languages.

A term is a word or a phrase, case-insensitive, at word boundaries; a word of it that ends in * is a stem. Words are
looked up by their first letters, so cost grows with the text and not with the number of terms.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from digests.model import Directory

_WORD = re.compile(r"[^\W_]+(?:[’'ʼ][^\W_]+)?")
_KEY = 3  # letters of a first word under which its terms are filed
_PHRASE_WEIGHT = 2  # two words say more surely what is meant than one


@dataclass(frozen=True)
class Spot:
    """A term found in a text: the issue it speaks for and where. `weight` 2 for a phrase, 1 for a word."""

    start: int
    end: int
    issue_id: str
    weight: int


@dataclass(frozen=True)
class _Term:
    words: tuple[str, ...]
    stems: tuple[bool, ...]
    issue_id: str

    def fits(self, words: list[tuple[str, int, int]], at: int) -> bool:
        if at + len(self.words) > len(words):
            return False
        for offset, (wanted, stem) in enumerate(zip(self.words, self.stems, strict=True)):
            found = words[at + offset][0]
            if not (found.startswith(wanted) if stem else found == wanted):
                return False
        return True


class Topics:
    """Finds issues by their configured terms. Build once, use for every text."""

    def __init__(self, directory: Directory) -> None:
        self._by_language: dict[str, dict[str, list[_Term]]] = {}
        languages = sorted({language for issue in directory.issues for language in issue.terms})
        self._order = {issue.id: n for n, issue in enumerate(directory.issues)}
        for language in languages:
            index: dict[str, list[_Term]] = {}
            for issue in directory.issues:
                for term in sorted(set(issue.terms.get(language, ()))):
                    _file(index, term, issue.id)
            self._by_language[language] = index

    def spots(self, text: str, language: str) -> tuple[Spot, ...]:
        """Terms of the language (and the English ones: names keep them) in order; the longest at a place."""
        words = [
            (m.group().lower().replace("’", "'").replace("ʼ", "'"), m.start(), m.end()) for m in _WORD.finditer(text)
        ]
        codes = [code for code in dict.fromkeys((language[:2].lower(), "en")) if code in self._by_language]
        found = [spot for at in range(len(words)) for spot in self._at(words, at, codes)]
        kept: list[Spot] = []
        for spot in sorted(found, key=lambda s: (s.start, -s.end, s.issue_id)):
            if not any(k.issue_id == spot.issue_id and spot.end <= k.end for k in kept[-4:]):
                kept.append(spot)
        return tuple(kept)

    def issues(self, text: str, language: str) -> tuple[str, ...]:
        """Issues that the text speaks of, the strongest first, then by id."""
        weights = self.weights(text, language)
        return tuple(sorted(weights, key=lambda issue_id: (-weights[issue_id], issue_id)))

    def weights(self, text: str, language: str) -> dict[str, int]:
        """How strongly the text speaks of each issue that it speaks of at all: the weights of its terms, added up."""
        weights: dict[str, int] = {}
        for spot in self.spots(text, language):
            weights[spot.issue_id] = weights.get(spot.issue_id, 0) + spot.weight
        return weights

    def _at(self, words: list[tuple[str, int, int]], at: int, codes: list[str]) -> Iterator[Spot]:
        word = words[at][0]
        for code in codes:
            index = self._by_language[code]
            for key in dict.fromkeys((word[:1], word[:2], word[:_KEY])):
                for term in index.get(key, ()):
                    if term.fits(words, at):
                        last = words[at + len(term.words) - 1]
                        end = last[2]
                        yield Spot(words[at][1], end, term.issue_id, _PHRASE_WEIGHT if len(term.words) > 1 else 1)


def _file(index: dict[str, list[_Term]], term: str, issue_id: str) -> None:
    pieces = term.lower().replace("’", "'").replace("ʼ", "'").split()
    words: list[str] = []
    stems: list[bool] = []
    for piece in pieces:
        parts = [m.group() for m in _WORD.finditer(piece)]
        for part in parts:
            words.append(part)
            stems.append(False)
        if parts and piece.endswith("*"):
            stems[-1] = True
    if words:
        index.setdefault(words[0][:_KEY], []).append(_Term(tuple(words), tuple(stems), issue_id))

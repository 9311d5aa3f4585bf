"""Which issues of the negotiation a text speaks of. Hides how terms are matched in inflecting languages.

A term is a word or a phrase, case-insensitive, at word boundaries; a word of it that ends in * is a stem. Words are
looked up by their first letters, so cost grows with the text and not with the number of terms.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

from digests.model import Directory
from digests.outlets import hidden

_WORD = re.compile(r"[^\W_]+(?:[’'ʼ][^\W_]+)?")
_KEY = 3  # letters of a first word under which its terms are filed
KEPT = 256
"""Texts whose issues are remembered: more sentences than an article has, and some megabytes at most."""
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
        """Whether it stands there. Most do not by their first word, so that one is looked at alone."""
        first = words[at][0]
        if not (first.startswith(self.words[0]) if self.stems[0] else first == self.words[0]):
            return False
        if len(self.words) == 1:
            return True
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
        in_full = _by_language({i.id: i.terms for i in directory.issues})
        for_short = _by_language({i.id: i.short for i in directory.issues})
        self._in_full = lru_cache(maxsize=KEPT)(partial(_spots, in_full))  # one text is asked about in several ways
        self._for_short = lru_cache(maxsize=KEPT)(partial(_spots, for_short))

    def spots(self, text: str, language: str) -> tuple[Spot, ...]:
        """Terms of the language (and the English ones: names keep them) in order; the longest at a place."""
        return self._in_full(text, language)

    def issues(self, text: str, language: str) -> tuple[str, ...]:
        """Issues that the text speaks of, the strongest first, then by id."""
        weights = self.weights(text, language)
        return tuple(sorted(weights, key=lambda issue_id: (-weights[issue_id], issue_id)))

    def weights(self, text: str, language: str) -> dict[str, int]:
        """How strongly the text speaks of each issue that it speaks of at all: the weights of its terms, added up."""
        return _added_up(self.spots(text, language))

    def short(self, text: str, language: str) -> dict[str, int]:
        """The same by words that mean an issue only where the talks are the subject: "the guarantees", "the plant".
        A word inside a term in full is that term's ("legitimate targets" speak of no election)."""
        full = self.spots(text, language)
        return _added_up([s for s in self._for_short(text, language) if not any(_inside(s, f) for f in full)])


_Index = Mapping[str, Sequence[_Term]]


def _by_language(issues: Mapping[str, Mapping[str, Sequence[str]]]) -> dict[str, _Index]:
    """The terms of every issue, filed by language and first letters."""
    made: dict[str, _Index] = {}
    for language in sorted({language for terms in issues.values() for language in terms}):
        index: dict[str, list[_Term]] = {}
        for issue_id, terms in issues.items():
            for term in sorted(set(terms.get(language, ()))):
                _file(index, term, issue_id)
        made[language] = index
    return made


_IDIOMS = re.compile(
    r"\b(?:бути (?:й |і )?мови|мови (?:про [^\W\d_]{2,20} )?бути|мова (?:йде|йшла|про те)|йде мова|знайти спільну мову"
    r"|спільно[їю] мов[иу])\b",
    re.IGNORECASE,
)
"""Phrases that have a word of an issue and speak of none: Ukrainian says "no talk of" with the word for language."""


_ELSEWHERE = (
    r"U\.?S\.?|American|Hungarian|German|French|Polish|Czech|Slovak|Georgian|Moldovan|British|European|Belarusian|Dutch"
    r"|Japanese|Canadian|midterm|mid-term|congressional"
)
_NOT_OF_THE_WAR = r"Cuban?|Venezuelan?|Syrian?|Canada|Canadian|Mexico|Mexican|Brazil|Japan|Israel|Colombia|Greenland"
"""Whom sanctions and tariffs are put on for other reasons; buyers of Russian oil are not among them."""
_NOT_MEANT = re.compile(
    rf"\b(?:{_ELSEWHERE})(?: (?:midterm|presidential|parliamentary|general|local|federal))? elections?\b"
    r"|\belections? in (?:the )?(?:U\.?S\.?\b|United States|America|Hungary|Germany|France|Poland|Moldova|Georgia)"
    r"|\blegitimate (?:\w+ )?(?:interests?|concerns?|rights?)\b"
    r"|\b(?:supply|party|dividing|assembly)[ -]?lines?\b|\balong (?:the|these|those|similar) lines\b"
    r"|(?<=\bpower )lines\b|(?:(?<=aid )|(?<=loan )|(?<=support )|(?<=funding )|(?<=assistance ))packages?\b"
    r"|\b(?:Gaza|Iran|Lebanon) (?:Board of Peace|[Cc]ease-?fire|[Tt]ruce|[Pp]eace (?:[Pp]lan|[Dd]eal|[Pp]rocess))\b"
    r"|\b(?:[Cc]ease-?fire|[Tt]ruce|[Pp]eace (?:[Pp]lan|[Dd]eal|[Pp]rocess)) (?:in|for|over|with) (?:the )?"
    r"(?:Gaza|Iran|Lebanon|Israel|Hamas|Middle East|Sudan)\b"
    rf"|\b(?:[Ss]anctions?|[Tt]ariffs?|[Ee]mbargo|[Bb]lockade) (?:against|on|of|for) (?:{_NOT_OF_THE_WAR})\b"
    rf"|\b(?:{_NOT_OF_THE_WAR})(?:[’']s)? (?:sanctions|tariffs|embargo)\b"
    r"|(?<=bodies of )[^.;,]{0,40}(?:soldiers|troops|servicemen|fighters|defenders)(?: to Ukraine)?"
)
"""English phrases with a word of an issue that mean another matter: elections abroad, power lines, packages of aid."""


def _spots(indexes: Mapping[str, _Index], text: str, language: str) -> tuple[Spot, ...]:
    text = hidden(text)
    if not text.isascii():
        text = _IDIOMS.sub(lambda found: "." * len(found.group()), text)
    text = _NOT_MEANT.sub(lambda found: "." * len(found.group()), text)
    words = [(m.group().lower().replace("’", "'").replace("ʼ", "'"), m.start(), m.end()) for m in _WORD.finditer(text)]
    codes = [code for code in dict.fromkeys((language[:2].lower(), "en")) if code in indexes]
    found = [spot for code in codes for spot in _found(words, indexes[code])]
    kept: list[Spot] = []
    for spot in sorted(found, key=lambda s: (s.start, -s.end, s.issue_id)):
        if not any(k.issue_id == spot.issue_id and spot.end <= k.end for k in kept[-4:]):
            kept.append(spot)
    return tuple(kept)


def _inside(short: Spot, full: Spot) -> bool:
    """Whether a word is only a part of a longer term."""
    return full.start <= short.start and short.end <= full.end and full.end - full.start > short.end - short.start


def _found(words: list[tuple[str, int, int]], index: _Index) -> Iterator[Spot]:
    for at, (word, start, _) in enumerate(words):
        for key in (f"={word}", word[:_KEY]):
            for term in index.get(key, ()):
                if term.fits(words, at):
                    end = words[at + len(term.words) - 1][2]
                    yield Spot(start, end, term.issue_id, _PHRASE_WEIGHT if len(term.words) > 1 else 1)


def _added_up(spots: Sequence[Spot]) -> dict[str, int]:
    weights: dict[str, int] = {}
    for spot in spots:
        weights[spot.issue_id] = weights.get(spot.issue_id, 0) + spot.weight
    return weights


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
        key = words[0][:_KEY] if stems[0] else f"={words[0]}"
        index.setdefault(key, []).append(_Term(tuple(words), tuple(stems), issue_id))

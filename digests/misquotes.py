"""Words of a text that nearly are a quotation: a word left out, put in or changed. Hides how words are lined up, and
how much may differ.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from digests.model import Span, TextOfRecord

WORDS_AT_LEAST = 4
"""Words below which what is nearly the same may be anything."""
LONG = 4
"""Letters of a word that tells something."""
LONG_AT_LEAST = 2
WORDS_AT_MOST = 120

_WORD = re.compile(r"\w+(?:['’]\w+)?")


@dataclass(frozen=True)
class Near:
    """A stretch of a text that nearly is the quotation: its words that the quotation lacks, and the quotation's words
    that it lacks, each as one stretch."""

    held: Span
    only_there: tuple[Span, ...]
    only_asked: tuple[str, ...]


class Quotation:
    """A quotation as it is lined up with one text after another."""

    def __init__(self, plain: str) -> None:
        self._typed = [found[0] for found in _WORD.finditer(plain)][:WORDS_AT_MOST]
        self._words = [_folded(word) for word in self._typed]
        self._long = {word for word in self._words if len(word) >= LONG}
        self._miss = max(1, len(self._words) // 6)
        self._more = max(3, len(self._words) // 3)

    def found_in(self, record: TextOfRecord) -> Near | None:
        """The nearest stretch of a text, the first of several; None where none is near."""
        if len(self._words) < WORDS_AT_LEAST or len(self._long) < LONG_AT_LEAST:
            return None
        body = _folded(record.body)
        if sum(word not in body for word in self._long) > self._miss:
            return None
        words = list(_WORD.finditer(record.body))
        folded = [_folded(word[0]) for word in words]
        best: tuple[int, Near] | None = None
        for at in self._begins(folded):
            near = self._lined_up(record, words[at : at + self._reach], folded[at : at + self._reach])
            if near is not None and (best is None or near[0] < best[0]):
                best = near
        return best[1] if best is not None else None

    @property
    def _reach(self) -> int:
        return len(self._words) + self._more

    def _begins(self, folded: Sequence[str]) -> list[int]:
        """Where a stretch may begin: at one of the quotation's first words, with most of its long words behind it."""
        first = set(self._words[: self._miss + 1])
        return [
            at
            for at, word in enumerate(folded)
            if word in first and len(self._long - set(folded[at : at + self._reach])) <= self._miss
        ]

    def _lined_up(
        self, record: TextOfRecord, words: Sequence[re.Match[str]], folded: Sequence[str]
    ) -> tuple[int, Near] | None:
        """How much differs, and what; None where it is too much."""
        matcher = SequenceMatcher(None, self._words, folded, autojunk=False)
        same = [block for block in matcher.get_matching_blocks() if block.size]
        if not same:
            return None
        first, last = same[0].b, same[-1].b + same[-1].size
        matched = sum(block.size for block in same)
        missed, put_in = len(self._words) - matched, last - first - matched
        if missed > self._miss or put_in > self._more:
            return None
        there, asked, before, behind = [], [], first, 0
        for block in same:
            if block.b > before:
                there.append(record.span(words[before].start(), words[block.b - 1].end()))
            if block.a > behind:
                asked.append(" ".join(self._typed[behind : block.a]))
            before, behind = block.b + block.size, block.a + block.size
        if behind < len(self._words):
            asked.append(" ".join(self._typed[behind:]))
        held = record.span(words[first].start(), words[last - 1].end())
        return missed + put_in, Near(held, tuple(there), tuple(asked))


def _folded(chars: str) -> str:
    return chars.casefold().replace("’", "'")

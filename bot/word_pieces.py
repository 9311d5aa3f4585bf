"""Texts cut into the pieces of words that a sentence model knows. Hides how pieces are looked up and chosen.

Of all ways to cut a text, the one whose pieces have the largest sum of scores. Pieces are looked up by a number made of
their bytes: a text's every run of characters is asked for at once, and 250,000 pieces cost three megabytes.
"""

from __future__ import annotations

import re

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from bot.weights import Bytes, Pieces

SPACE = "\u2581"
"""What stands for a space, and before a text, inside pieces."""
_UNKNOWN_COSTS = 10.0  # below the least score: a character of no piece is the last resort
_ODD = 0x9E3779B97F4A7C15  # spreads bytes over 64 bits
_SLOTS = 20  # bits that tell at once that most runs are no piece

_Keys = NDArray[np.uint64]


class WordPieces:
    """Knows the pieces of one model."""

    def __init__(self, pieces: Pieces) -> None:
        self._pieces = pieces
        sizes = np.diff(pieces.offsets)
        self._longest = int(sizes.max())
        self._powers: _Keys = np.multiply.accumulate(np.full(self._longest, _ODD, dtype=np.uint64))
        keys = np.zeros(len(sizes), dtype=np.uint64)
        for n in range(self._longest):
            longer = np.flatnonzero(sizes > n)
            keys[longer] += _spread(pieces.letters[pieces.offsets[longer] + n]) * self._powers[n]
        self._order = np.argsort(keys, kind="stable").astype(np.int32)
        self._keys = keys[self._order]
        self._taken = np.zeros(1 << _SLOTS, dtype=np.bool_)
        self._taken[_slots(keys)] = True
        self._worst = float(pieces.scores.min()) - _UNKNOWN_COSTS

    def ids(self, text: str) -> list[int]:
        """The pieces of a text by their numbers in the table, in order. Takes time by its length."""
        written = re.sub("  +", " ", text.translate(self._pieces.written))
        marked = ("" if written.startswith(" ") else SPACE) + written.replace(" ", SPACE)
        letters = np.frombuffer(marked.encode("utf-8", "replace"), dtype=np.uint8)
        return self._best(len(marked), *self._found(letters))

    def _found(self, letters: Bytes) -> tuple[list[int], list[int], list[int]]:
        """Every piece in the text: at which character it begins and ends, and its number; by beginning, then end."""
        begins = np.flatnonzero((letters & 0xC0) != 0x80)
        padded = np.concatenate((_spread(letters), np.zeros(self._longest, dtype=np.uint64)))
        keys = np.cumsum(sliding_window_view(padded, self._longest)[begins] * self._powers, axis=1, dtype=np.uint64)
        ordinal = np.full(len(letters) + self._longest + 1, -1, dtype=np.intp)  # of the character that begins at a byte
        ordinal[begins] = np.arange(len(begins))
        ordinal[len(letters)] = len(begins)
        ends = sliding_window_view(ordinal[1:], self._longest)[begins]
        runs = np.nonzero((ends >= 0) & self._taken[_slots(keys)])
        asked = keys[runs]
        places = np.minimum(np.searchsorted(self._keys, asked), len(self._keys) - 1)
        known = self._keys[places] == asked
        return runs[0][known].tolist(), ends[runs][known].tolist(), self._order[places[known]].tolist()

    def _best(self, length: int, begins: list[int], ends: list[int], numbers: list[int]) -> list[int]:
        """The best way through `length` characters."""
        unknown = self._pieces.unknown
        score = [0.0] + [float("-inf")] * length
        came: list[tuple[int, int]] = [(0, unknown)] * (length + 1)  # from which character, by which piece
        scores = self._pieces.scores[numbers].tolist()
        at = 0
        for n in range(length):
            while at < len(begins) and begins[at] == n:
                end, reached = ends[at], score[n] + scores[at]
                if reached > score[end] and numbers[at] != unknown:
                    score[end], came[end] = reached, (n, numbers[at])
                at += 1
            if score[n] + self._worst > score[n + 1]:
                score[n + 1], came[n + 1] = score[n] + self._worst, (n, unknown)
        way = []
        while length:
            length, number = came[length]
            way.append(number)
        return way[::-1]


def _spread(letters: Bytes) -> _Keys:
    return letters.astype(np.uint64) + np.uint64(1)


def _slots(keys: _Keys) -> NDArray[np.intp]:
    return (keys >> np.uint64(64 - _SLOTS)).astype(np.intp)

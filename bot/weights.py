"""The file of a small sentence model, opened: its shape, its table of word pieces, its matrices. Hides the packing.

Numbers are little-endian: a head, the table of pieces, a directory of matrices, the matrices. A matrix is either 32-bit
floats or blocks of 32 numbers: a 16-bit float by which all of them are multiplied, and 16 bytes, whose low halves are
the first sixteen and whose high halves the others, each 8 too large. The file is mapped: of the rows of words, most of
it, only those that are used come into memory.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Bytes = NDArray[np.uint8]

MAGIC = b"E5S1"
_BLOCK, _BLOCK_BYTES, _ZERO = 32, 18, 8


@dataclass(frozen=True)
class Shape:
    """How large the model is: numbers of a direction, layers, heads, inner numbers of a layer (some times the
    first), tokens of a text at most; and `epsilon`, which is added to a variance before its root is taken."""

    width: int
    layers: int
    heads: int
    inner: int
    tokens: int
    epsilon: float


@dataclass(frozen=True)
class Pieces:
    """The table of word pieces: the UTF-8 bytes of all in a row, where each begins (and the last one ends), its score
    (the logarithm of its share); how a character is written before pieces are looked for; the pieces with a task."""

    letters: Bytes
    offsets: NDArray[np.intp]
    scores: Floats
    written: Mapping[int, str]
    begin: int
    end: int
    unknown: int


class Weights:
    """One file of weights. Raises ValueError where it is none and OSError where it cannot be read."""

    def __init__(self, path: Path) -> None:
        self._bytes: Bytes = np.memmap(path, dtype=np.uint8, mode="r")
        head = _Cursor(self._bytes)
        if head.take(len(MAGIC)) != MAGIC:
            raise ValueError(f"{path.name} holds no weights")
        _, width, layers, heads, inner, _, tokens, _, epsilon, _ = head.numbers("I7ifi")
        self.shape = Shape(width, layers, heads, inner, tokens, epsilon)
        self.pieces = _pieces(head)
        self._places: dict[str, tuple[int, int]] = {}
        for _ in range(*head.numbers("i")):
            name = head.take(*head.numbers("H")).decode("ascii")
            _, count, start, _ = head.numbers("BIQQ")
            self._places[name] = start, count

    def floats(self, name: str) -> Floats:
        """A matrix of plain floats, in a row."""
        start, count = self._places[name]
        return np.frombuffer(self._bytes[start : start + 4 * count].tobytes(), dtype="<f4").astype(np.float32)

    def rows(self, name: str, width: int, chosen: Sequence[int] | slice = slice(None)) -> Floats:
        """Rows of a matrix of blocks, `width` numbers each: the chosen ones, in that order; by default all."""
        start, count = self._places[name]
        length = width // _BLOCK * _BLOCK_BYTES
        packed = self._bytes[start : start + count // width * length].reshape(-1, length)[chosen]
        blocks = np.ascontiguousarray(packed).reshape(-1, _BLOCK_BYTES)
        factors = np.ascontiguousarray(blocks[:, :2]).view("<f2").astype(np.float32)
        numbers = np.concatenate((blocks[:, 2:] & 15, blocks[:, 2:] >> 4), axis=1).astype(np.float32)
        numbers -= np.float32(_ZERO)
        numbers *= factors
        return numbers.reshape(-1, width)


class _Cursor:
    """Reads a file from its beginning on."""

    def __init__(self, content: Bytes) -> None:
        self._content, self._at = content, 0

    def take(self, count: int) -> bytes:
        self._at += count
        return self._content[self._at - count : self._at].tobytes()

    def numbers(self, layout: str) -> tuple[Any, ...]:
        """Of a layout in the words of `struct`, nothing between them."""
        return struct.unpack(f"<{layout}", self.take(struct.calcsize(f"<{layout}")))


def _pieces(head: _Cursor) -> Pieces:
    count, begin, end, _, unknown, length = head.numbers("5iQ")
    offsets = np.frombuffer(head.take(4 * (count + 1)), dtype="<u4").astype(np.intp)
    scores = np.frombuffer(head.take(4 * count), dtype="<f4").astype(np.float32)
    letters = np.frombuffer(head.take(length), dtype=np.uint8)
    replaced, _ = head.numbers("iI")
    written = {}
    for _ in range(replaced):
        character, others = head.numbers("IB")
        written[character] = "".join(map(chr, head.numbers(f"{others}I")))
    return Pieces(letters, offsets, scores, written, begin, end, unknown)

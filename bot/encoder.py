"""Directions of texts from the weights of a small sentence model, in plain numpy. Hides the arithmetic.

A text gives the same bytes on every processor, beside whatever other texts, with any number of threads. For that, what
is multiplied in matrices is whole numbers so small that no sum of products passes 2**24, up to which 32-bit floats are
exact in whatever order they are added: a row of weights in 511 steps either way, the numbers of a token in steps as
fine as the weights leave room for. What curves (the bend of the inner layer, the shares of attention) is looked up in
tables. Sums for means are taken in 64 bits. Matrices are taken square by square, so that what is worked on stays in the
core's own memory.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.weights import Floats, Weights
from bot.word_pieces import WordPieces

TOKENS_AT_ONCE = 600
"""Texts are computed together up to so many tokens."""
PREFIX = "query: "
"""What the model was trained to see before a text that is compared with others of its kind."""

_EXACT = 2.0**24
_STEPS = 511.0  # of a weight: a quarter of them (a signed byte) is four times further from the file's own numbers
_LOOKED_AT, _WEIGHED = 723.0, 1000.0  # steps of queries and keys, 32 products a sum; of values, whose shares sum to:
_WHOLE = 16383.0  # steps that the shares of one token's attention sum to, rounding aside
_FINE, _FADED = 4096, 11  # steps a unit of the table of shares, and units after which a share is nothing
_BEND, _LOW, _HIGH = 512, -8, 128  # steps a unit of the table of the inner layer's bend, and its ends
_TINY = np.float32(1e-6)


class Encoder:
    """One model, loaded: some fifty megabytes. Raises ValueError or OSError where the file cannot be used."""

    def __init__(self, path: Path) -> None:
        weights = Weights(path)
        self._weights = weights
        self._shape = weights.shape
        self._pieces = WordPieces(weights.pieces)
        self._places = weights.floats("emb.pos").reshape(-1, self._shape.width)
        self._places += weights.floats("emb.type")[: self._shape.width]
        self._first = _Norm(weights, "emb.ln")
        self._layers = [_Layer(weights, f"l{n}.") for n in range(self._shape.layers)]
        _one_thread()

    def directions(self, texts: Sequence[str]) -> list[Floats]:
        """One direction of length 1 a text; what passes the tokens that the model knows is left out."""
        table, most = self._weights.pieces, self._shape.tokens - 2
        tokens = [[table.begin, *self._pieces.ids(PREFIX + text)[:most], table.end] for text in texts]
        return [direction for some in _together(tokens) for direction in self._encoded(some)]

    def _encoded(self, texts: Sequence[Sequence[int]]) -> Iterator[Floats]:
        bounds = list(pairwise(np.cumsum([0, *map(len, texts)]).tolist()))
        x = self._weights.rows("emb.word", self._shape.width, [token for text in texts for token in text])
        x += np.concatenate([self._places[: len(text)] for text in texts])
        x = self._first.of(x)
        for layer in self._layers:
            x = layer.of(x, bounds)
        for a, b in bounds:
            mean = x[a:b].mean(axis=0, dtype=np.float64)
            yield (mean / math.sqrt(math.fsum((mean * mean).tolist()))).astype(np.float32)


class _Layer:
    """What happens to the tokens: they look at each other, and are thought over one by one."""

    def __init__(self, weights: Weights, name: str) -> None:
        width, inner = weights.shape.width, weights.shape.inner
        self._heads = weights.shape.heads
        self._looks = [_Square(weights.rows(f"{name}{part}.w", width)) for part in "qkv"]
        self._looks_more = [weights.floats(f"{name}{part}.b") for part in "qkv"]
        self._sees, self._sees_more = _Square(weights.rows(f"{name}ao.w", width)), weights.floats(f"{name}ao.b")
        self._seen = _Norm(weights, f"{name}aln")
        opens, shuts = weights.rows(f"{name}fi.w", width), weights.rows(f"{name}fo.w", inner)
        more = weights.floats(f"{name}fi.b") * np.float32(_BEND) + np.float32(0.5 - _BEND * _LOW)
        parts = [slice(at, at + width) for at in range(0, inner, width)]
        self._inner = [(_Square(opens[part], np.float32(_BEND)), more[part], _Square(shuts[:, part])) for part in parts]
        self._shuts_more = weights.floats(f"{name}fo.b")
        self._done = _Norm(weights, f"{name}oln")

    def of(self, x: Floats, bounds: Sequence[tuple[int, int]]) -> Floats:
        """The tokens after it; one text lies between two bounds."""
        given = _whole(x, min(square.room for square in self._looks))
        looked = [square.of(*given) for square in self._looks]
        for numbers, more in zip(looked, self._looks_more, strict=True):
            numbers += more
        seen = np.concatenate([_attention([numbers[a:b] for numbers in looked], self._heads) for a, b in bounds])
        x += self._sees_more
        x += self._sees.of(*_whole(seen, self._sees.room))
        x = self._seen.of(x)
        given = _whole(x, min(opens.room for opens, _, _ in self._inner))
        x += self._shuts_more
        for opens, more, shuts in self._inner:
            places = opens.of(*given)
            places += more
            x += shuts.of(*_whole(_bent(places), shuts.room))
        return self._done.of(x)


class _Square:
    """A part of a matrix in whole numbers. Its answers are sums of whole numbers below 2**24, times steps."""

    def __init__(self, rows: Floats, unit: np.float32 | float = 1.0) -> None:
        """A row makes one number of the answer, which is told in units."""
        step = np.maximum(np.abs(rows).max(axis=1, keepdims=True), _TINY) / np.float32(_STEPS)
        whole = np.rint(rows / step)
        self._whole: NDArray[np.int16] = np.ascontiguousarray(whole.T).astype(np.int16)
        self._step = step[:, 0] * np.float32(unit)
        self.room = _EXACT / math.sqrt(float(np.square(whole, dtype=np.float64).sum(axis=1).max()))
        """How long the other side may be in steps: what two rows give is no more than the product of their lengths."""

    def of(self, whole: Floats, step: Floats) -> Floats:
        """A row of answers for each row."""
        answer: Floats = whole @ self._whole.astype(np.float32)
        answer *= step
        answer *= self._step
        return answer


def _whole(x: Floats, room: float) -> tuple[Floats, Floats]:
    """Every row in whole steps, so many that its length in steps stays below `room`; and the steps."""
    size = x.shape[1]
    length = np.sqrt(_mean(x * x) * np.float32(size))
    step = np.maximum(length, _TINY) / np.float32(room - math.sqrt(size))  # rounding adds half of that root at most
    whole: Floats = x * (np.float32(1) / step)
    return np.rint(whole, out=whole), step


class _Norm:
    """Brings every row to one mean and one spread."""

    def __init__(self, weights: Weights, name: str) -> None:
        self._times, self._plus = weights.floats(f"{name}.w"), weights.floats(f"{name}.b")
        self._epsilon = np.float32(weights.shape.epsilon)

    def of(self, x: Floats) -> Floats:
        """The rows, in their place."""
        x -= _mean(x)
        x *= np.float32(1) / np.sqrt(_mean(x * x) + self._epsilon)
        x *= self._times
        x += self._plus
        return x


def _mean(x: Floats) -> Floats:
    """Of every row. In 64 bits: what the order of the sum does is lost in the rounding."""
    return np.asarray(np.add.reduce(x, axis=1, dtype=np.float64, keepdims=True) / x.shape[1], dtype=np.float32)


def _attention(looked: Sequence[Floats], heads: int) -> Floats:
    """What the tokens of one text see in each other, of their queries, keys and values: of every head, the values,
    shared by how query and key agree."""
    length, width = looked[0].shape
    size = width // heads
    whole, steps = [], []
    for numbers, room in zip(looked, (_LOOKED_AT, _LOOKED_AT, _WEIGHED), strict=True):
        most = np.abs(numbers).max(axis=0).reshape(heads, size).max(axis=1)
        step = np.maximum(most, _TINY) / np.float32(room)
        steps.append(step[:, None, None])
        rounded = numbers * np.repeat(np.float32(1) / step, size)
        whole.append(np.rint(rounded, out=rounded).reshape(length, heads, size).transpose(1, 0, 2))
    queries, keys, values = whole
    agree = queries @ keys.transpose(0, 2, 1)
    np.subtract(agree.max(axis=2, keepdims=True), agree, out=agree)
    agree *= steps[0] * steps[1] * np.float32(_FINE / math.sqrt(size))
    np.minimum(agree, np.float32(_FINE * _FADED), out=agree)
    shares = _shares()[agree.astype(np.intp)]
    shares *= np.float32(_WHOLE) / shares.sum(axis=2, keepdims=True)
    np.rint(shares, out=shares)
    seen = shares @ values
    seen *= steps[2] / shares.sum(axis=2, keepdims=True)
    together: Floats = seen.transpose(1, 0, 2).reshape(length, width)
    return together


@cache
def _shares() -> Floats:
    """Of attention, in steps, by how much less than the best a key agrees."""
    return np.array([round(_WHOLE * math.exp(-n / _FINE)) for n in range(_FINE * _FADED + 1)], dtype=np.float32)


def _bent(places: Floats) -> Floats:
    """The bend of every number, by its place in the table; beyond the ends as at the ends."""
    table = _bends()
    np.clip(places, np.float32(0), np.float32(len(table) - 1), out=places)
    return table[places.astype(np.intp)]


@cache
def _bends() -> Floats:
    """x * (share of a normal distribution below x)."""
    at = [n / _BEND for n in range(_BEND * _LOW, _BEND * _HIGH + 1)]
    return np.array([x * (1 + math.erf(x / math.sqrt(2))) / 2 for x in at], dtype=np.float32)


def _together(texts: Sequence[list[int]]) -> Iterator[list[list[int]]]:
    """The texts in groups of some length; one that is longer stands alone."""
    group: list[list[int]] = []
    for text in texts:
        if group and sum(map(len, group)) + len(text) > TOKENS_AT_ONCE:
            yield group
            group = []
        group.append(text)
    if group:
        yield group


def _one_thread() -> None:
    """Products as small as these take longer on two threads than on one, and every worker has a core of its own: the
    library behind numpy's products, where it is OpenBLAS, is told so. Elsewhere nothing happens."""
    beside = Path(np.__file__).parent
    for path in sorted([*beside.with_name("numpy.libs").glob("*openblas*"), *beside.glob(".dylibs/*openblas*")]):
        library = ctypes.CDLL(str(path))
        for name in ("scipy_openblas_set_num_threads64_", "openblas_set_num_threads64_", "openblas_set_num_threads"):
            if hasattr(library, name):
                getattr(library, name)(1)
                break

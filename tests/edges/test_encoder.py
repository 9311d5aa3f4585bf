"""Facts about the model in whole numbers: it cuts texts as its table scores best, and answers as exact arithmetic."""

from __future__ import annotations

import math
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from bot.embed import PACKAGE, WEIGHTS
from bot.encoder import PREFIX, TOKENS_AT_ONCE, Encoder
from bot.weights import Weights
from bot.word_pieces import SPACE, WordPieces

TEXTS = [
    "Envoys return from the capital without an agreement",
    "Керівник Офісу президента подав у відставку",
    "½ 😀!!!!",
]
Exact = NDArray[np.float64]


@pytest.fixture(scope="module")
def path() -> Path:
    spec = find_spec(PACKAGE)
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).with_name(WEIGHTS)


@pytest.fixture(scope="module")
def weights(path: Path) -> Weights:
    return Weights(path)


@pytest.fixture(scope="module")
def pieces(weights: Weights) -> WordPieces:
    return WordPieces(weights.pieces)


@pytest.fixture(scope="module")
def encoder(path: Path) -> Encoder:
    return Encoder(path)


def words_of(weights: Weights, ids: Sequence[int]) -> list[str]:
    table = weights.pieces
    return [bytes(table.letters[table.offsets[n] : table.offsets[n + 1]]).decode("utf-8") for n in ids]


# --- pieces -------------------------------------------------------------------------------------------------------


def test_a_text_is_cut_into_the_pieces_that_score_best(weights: Weights, pieces: WordPieces) -> None:
    assert words_of(weights, pieces.ids("Talks resumed in  Geneva")) == [
        "▁Talk",
        "s",
        "▁resume",
        "d",
        "▁in",
        "▁Gene",
        "va",
    ]
    assert words_of(weights, pieces.ids("Київ і Женева"))[0] == "▁Київ"


@settings(max_examples=150, deadline=None)
@given(text=st.text(st.sampled_from("abtehлкио 12:"), max_size=7))
def test_no_other_way_to_cut_a_text_scores_better(weights: Weights, pieces: WordPieces, text: str) -> None:
    table = weights.pieces
    marked = SPACE + " ".join(text.split(" ")).replace(" ", SPACE)
    while SPACE * 2 in marked[1:]:
        marked = marked[0] + marked[1:].replace(SPACE * 2, SPACE)
    ids = pieces.ids(text)
    if text.startswith(" "):
        marked = marked[1:]
    assert "".join(words_of(weights, ids)) == marked
    known = {word: float(table.scores[n]) for n, word in enumerate(_all(weights)) if word and word in marked}
    best = [0.0] + [-math.inf] * len(marked)
    for end in range(1, len(marked) + 1):
        best[end] = max(best[at] + known.get(marked[at:end], -math.inf) for at in range(end))
    assert math.isclose(sum(float(table.scores[n]) for n in ids), best[-1], abs_tol=1e-6)


_ALL: list[str] = []


def _all(weights: Weights) -> list[str]:
    if not _ALL:
        _ALL.extend(words_of(weights, range(len(weights.pieces.scores))))
    return _ALL


def test_a_character_of_no_piece_is_unknown_and_the_rest_is_cut_all_the_same(
    weights: Weights, pieces: WordPieces
) -> None:
    ids = pieces.ids("Talks \U000e0041 resumed")
    assert weights.pieces.unknown in ids
    assert words_of(weights, ids[-2:]) == ["▁resume", "d"]


# --- directions ---------------------------------------------------------------------------------------------------


def test_directions_are_those_of_exact_arithmetic(weights: Weights, pieces: WordPieces, encoder: Encoder) -> None:
    for text, found in zip(TEXTS, encoder.directions(TEXTS), strict=True):
        exact = _exactly(weights, pieces.ids(PREFIX + text))
        assert float(exact @ found) > 0.9999
        assert math.isclose(float(np.linalg.norm(found)), 1, abs_tol=1e-5)


def test_a_text_beyond_what_the_model_takes_is_its_beginning(weights: Weights, encoder: Encoder) -> None:
    long = "word " * (2 * weights.shape.tokens)
    assert 2 * weights.shape.tokens > TOKENS_AT_ONCE
    [whole, beginning] = encoder.directions([long, long[: len("word ") * (weights.shape.tokens + 10)]])
    assert whole.tobytes() == beginning.tobytes()


def test_no_texts_have_no_directions(encoder: Encoder) -> None:
    assert encoder.directions([]) == []


def test_a_file_that_holds_no_weights_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.bin"
    path.write_bytes(b"something else altogether")
    with pytest.raises(ValueError, match=r"other\.bin"):
        Encoder(path)


def _exactly(weights: Weights, ids: list[int]) -> Exact:
    """The direction of a text by the textbook, in 64 bits and with nothing made whole."""
    width, heads = weights.shape.width, weights.shape.heads
    tokens = [weights.pieces.begin, *ids, weights.pieces.end]

    def product(x: Exact, name: str, wide: int = width) -> Exact:
        return np.asarray(x @ weights.rows(f"{name}.w", wide).T.astype(np.float64) + weights.floats(f"{name}.b"))

    def norm(x: Exact, name: str) -> Exact:
        x = (x - x.mean(1, keepdims=True)) / np.sqrt(x.var(1, keepdims=True) + weights.shape.epsilon)
        return x * weights.floats(f"{name}.w") + weights.floats(f"{name}.b")

    x: Exact = weights.rows("emb.word", width, tokens).astype(np.float64) + weights.floats("emb.type")[:width]
    x = norm(x + weights.floats("emb.pos").reshape(-1, width)[: len(tokens)], "emb.ln")
    for n in range(weights.shape.layers):
        query, key, value = (
            product(x, f"l{n}.{part}").reshape(len(tokens), heads, -1).transpose(1, 0, 2) for part in "qkv"
        )
        shares = np.exp(query @ key.transpose(0, 2, 1) / math.sqrt(width // heads))
        seen = shares / shares.sum(2, keepdims=True) @ value
        x = norm(x + product(seen.transpose(1, 0, 2).reshape(len(tokens), width), f"l{n}.ao"), f"l{n}.aln")
        opened = product(x, f"l{n}.fi")
        bent = opened * np.vectorize(lambda t: (1 + math.erf(t / math.sqrt(2))) / 2)(opened)
        x = norm(x + product(bent, f"l{n}.fo", weights.shape.inner), f"l{n}.oln")
    mean = x.mean(0)
    return np.asarray(mean / np.linalg.norm(mean))

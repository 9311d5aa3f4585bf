"""How surely two headlines report one happening, by themselves. Hides how terms, spelling and time are weighed."""

from __future__ import annotations

import math
from collections.abc import Sequence

from digests.commonness import prior_share
from digests.relevance import words_of
from digests.stories import HALF_LIFE_DAYS, cosine, plain_cosine
from digests.terms import concept, terms_of

_NEAR_PART = 0.3  # of a pair's likeness that nearness in time makes, beside 1 for terms and 1 for letters


def alike(a: str, b: str, seconds_apart: float = 0.0) -> float:
    """How surely two headlines report one happening, as a ranking 0..1 without any index.

    Terms, letter runs of the words (for inflection and spelling) and nearness in time; a part of it is time alone.
    """
    words = [[w for w in words_of(h) if len(w) > 1] for h in (a, b)]
    by_term = cosine(dict(terms_of(words[0], ())), dict(terms_of(words[1], ())), _general_weight)
    left, right = (_letter_runs(w) for w in words)
    by_letters = plain_cosine(left, right)
    near = 1.0 / (1.0 + abs(seconds_apart) / 86400 / HALF_LIFE_DAYS)
    return (by_term + by_letters + _NEAR_PART * near) / (2.0 + _NEAR_PART)


def _general_weight(term: str) -> float:
    return -math.log(prior_share(term))


def _letter_runs(words: Sequence[str]) -> dict[str, float]:
    """Runs of four letters, each weighing what its word weighs."""
    runs: dict[str, float] = {}
    for word in words:
        weight = _general_weight(concept(word)) if terms_of([word], ()) else 0.0
        padded = f" {word} "
        for at in range(len(padded) - 3):
            runs[padded[at : at + 4]] = runs.get(padded[at : at + 4], 0.0) + weight
    return runs

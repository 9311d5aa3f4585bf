"""How surely two headlines report one happening, by themselves. Hides how terms, spelling and time are weighed."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from digests import vectors
from digests.commonness import prior_share
from digests.names import Mention
from digests.relevance import words_of
from digests.reports import HALF_LIFE_DAYS, cosine, plain_cosine
from digests.terms import concept, folded, terms_of
from digests.vectors import Vector

_NAMES_PART, _MEANING_PART = 0.3, 2.0  # beside 1 for words, spelling and time: who it is about, what it means
_PERSON, _PARTY = 9.0, 3.0  # what a person and a party weigh among the terms; a word that hardly anybody uses has 7
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


@dataclass(frozen=True)
class Headline:
    """A headline with what is known of it: its terms, names folded to their owners, and its direction of meaning."""

    words: str
    terms: Mapping[str, int]
    vector: Vector | None = None


def known(words: str, mentions: Iterable[Mention], vector: Vector | None = None) -> Headline:
    """A headline whose names were found; `mentions` are offsets in it."""
    return Headline(words, dict(terms_of(folded(words, mentions), ())), vector)


def likeness(a: Headline, b: Headline, seconds_apart: float = 0.0) -> float:
    """The same ranking 0..1 for headlines in any languages: names count whatever their spelling, and meaning counts
    over-proportionally, since all news of one subject is a little alike. Without vectors words and names decide."""
    meant = vectors.likeness(a.vector, b.vector) or 0.0
    score = alike(a.words, b.words, seconds_apart) + _NAMES_PART * cosine(a.terms, b.terms, _named_weight)
    return (score + _MEANING_PART * max(0.0, meant) ** 2) / (1.0 + _NAMES_PART + _MEANING_PART)


def _named_weight(term: str) -> float:
    if term.startswith("@"):
        return _PERSON if "/" in term else _PARTY
    return _general_weight(term)


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

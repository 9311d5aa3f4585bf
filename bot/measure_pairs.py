"""Headline pairs in, scores out, as the measuring contract words them. Hides the file format."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from bot import json_lines
from bot.embed import Embedder
from bot.measure import language_of
from bot.problems import Problem
from config import Config
from digests import headlines
from digests.headlines import Headline
from digests.names import Gazetteer
from digests.vectors import unpacked


def pairs(path: Path, out: Path, config: Config) -> int:
    """Write one score a pair, in order; returns how many."""
    known = _Known(config)
    rows = enumerate(json_lines.read(path, ("a", "b")), 1)
    return json_lines.write([{"score": round(_score(pair, n, path, known), 6)} for n, pair in rows], out)


class _Known:
    """Headlines with their names and their meaning, each looked at once."""

    def __init__(self, config: Config) -> None:
        self._names = Gazetteer(config.directory)
        self._embedder = Embedder()
        self._kept: dict[str, Headline] = {}

    def headline(self, words: str) -> Headline:
        if words not in self._kept:
            [vector] = self._embedder.vectors([words], language_of(words))
            self._kept[words] = headlines.known(words, self._names.mentions(words), unpacked(vector))
        return self._kept[words]


def _score(pair: Mapping[str, Any], number: int, path: Path, known: _Known) -> float:
    try:
        apart = _instant(pair.get("a_seen")) - _instant(pair.get("b_seen"))
    except ValueError as cause:
        what = f"{path}: pair {number}: a_seen or b_seen is no ISO time"
        raise Problem(what, "write it like 2026-01-01T12:00:00+00:00") from cause
    return headlines.likeness(known.headline(str(pair["a"])), known.headline(str(pair["b"])), abs(apart))


def _instant(text: object) -> float:
    return datetime.fromisoformat(str(text).replace("Z", "+00:00")).timestamp() if text else 0.0

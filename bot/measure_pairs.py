"""Headline pairs in, scores out, as the measuring contract words them. Hides the file format."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from bot import json_lines
from bot.problems import Problem
from digests import headlines


def pairs(path: Path, out: Path) -> int:
    """Write one score a pair, in order; returns how many."""
    pairs_read = json_lines.read(path, ("a", "b"))
    return json_lines.write([{"score": round(_score(pair, n, path), 6)} for n, pair in enumerate(pairs_read, 1)], out)


def _score(pair: Mapping[str, Any], number: int, path: Path) -> float:
    try:
        apart = _instant(pair.get("a_seen")) - _instant(pair.get("b_seen"))
    except ValueError as cause:
        what = f"{path}: pair {number}: a_seen or b_seen is no ISO time"
        raise Problem(what, "write it like 2026-01-01T12:00:00+00:00") from cause
    return headlines.alike(str(pair["a"]), str(pair["b"]), abs(apart))


def _instant(text: object) -> float:
    return datetime.fromisoformat(str(text).replace("Z", "+00:00")).timestamp() if text else 0.0

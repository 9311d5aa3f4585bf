"""Headline pairs in, scores out, as the measuring contract words them. Hides the file format."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.problems import Problem
from digests import stories


def pairs(path: Path, out: Path) -> int:
    """Write one score a pair, in order; returns how many."""
    scores = [{"score": round(_score(pair), 6)} for pair in _pairs(path)]
    out.write_text("".join(json.dumps(s) + "\n" for s in scores), encoding="utf-8")
    return len(scores)


def _score(pair: Mapping[str, Any]) -> float:
    apart = _instant(pair.get("a_seen")) - _instant(pair.get("b_seen"))
    return stories.alike(str(pair["a"]), str(pair["b"]), abs(apart))


def _instant(text: object) -> float:
    return datetime.fromisoformat(str(text).replace("Z", "+00:00")).timestamp() if text else 0.0


def _pairs(path: Path) -> Iterator[Mapping[str, Any]]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        yield from (json.loads(line) for line in lines if line.strip())
    except (OSError, ValueError) as cause:
        raise Problem(f"{path} cannot be read ({cause})", "give JSON lines with headlines a and b") from cause

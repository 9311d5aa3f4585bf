"""JSON lines in and out, for measuring. Hides gzip, encodings and half-written files.

What is wrong is a `Problem` that names the file and the line.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.problems import Problem


def read(path: Path, needed: Sequence[str] = ()) -> list[dict[str, Any]]:
    """The objects of a JSON list or of JSON lines (.gz too), each with the keys that are needed."""
    rows = _values(_text(path), path)
    for number, row in enumerate(rows, 1):
        if not isinstance(row, dict):
            raise Problem(f"{path}: entry {number} is not an object", "give one JSON object a line")
        missing = [key for key in needed if key not in row]
        if missing:
            raise Problem(f"{path}: entry {number} lacks {', '.join(missing)}", "every entry needs them")
    return rows


def _text(path: Path) -> str:
    try:
        raw = path.read_bytes()
        return (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8-sig")
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as cause:
        why = cause.strerror if isinstance(cause, OSError) and cause.strerror else str(cause)
        raise Problem(
            f"{path} cannot be read ({why})", "give a UTF-8 file of JSON lines or a JSON list, .gz too"
        ) from cause


def _values(text: str, path: Path) -> list[Any]:
    """A list as such, else a value a line; lines end at line feeds alone, since strings may hold other separators."""
    if text.lstrip()[:1] == "[":
        return list(_value(text, 1, path))
    return [_value(line, number, path) for number, line in enumerate(text.split("\n"), 1) if line.strip()]


def _value(text: str, number: int, path: Path) -> Any:
    try:
        return json.loads(text)
    except (json.JSONDecodeError, RecursionError) as cause:
        raise Problem(f"{path}: line {number} is not JSON ({cause})", "give JSON lines or one JSON list") from cause


def write(rows: Iterable[Mapping[str, object]], path: Path) -> int:
    """Write the rows, UTF-8, replacing the file in one step so that a run that ends early leaves no half file; returns
    how many."""
    lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in rows]
    temporary = path.with_name(path.name + ".part")
    try:
        temporary.write_text("".join(lines), encoding="utf-8")
        temporary.replace(path)
    except OSError as cause:
        what = f"{path} cannot be written ({cause.strerror or cause})"
        raise Problem(what, "name a place that can be written; nothing stored is lost") from cause
    return len(lines)

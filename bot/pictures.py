"""Pictures drawn away from the bot: a noun to PNG by a program of its own. Hides that program: its start, its deadline,
its death.

One picture at a time; an empty environment, so that no token gets there; what was drawn last is kept for a second try.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
import tempfile
from collections import OrderedDict
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import fields, is_dataclass
from datetime import date, tzinfo
from enum import Enum
from pathlib import Path
from typing import Any, Protocol

from bot.terminal import visible, zone_of
from digests import frames
from digests.model import Frame, Picture, Span

SECONDS = 20.0
"""For one picture, with the start of its program on a busy machine."""
KEPT = 4
"""Pictures kept for a second try."""
TREE = Path(__file__).resolve().parent.parent


class Notes(Protocol):
    """Where outcomes are noted."""

    def __call__(self, event: str, /, **fields: object) -> None:
        """Note one outcome."""
        ...


class Artist:
    """Draws pictures; None for one that cannot be drawn."""

    def __init__(self, folder: Path, note: Notes, seconds: float = SECONDS) -> None:
        """`folder` is where the program keeps what it knows of fonts."""
        self._folder = folder
        self._note = note
        self._seconds = seconds
        self._turn = asyncio.Lock()
        self._kept: OrderedDict[str, bytes] = OrderedDict()

    async def draw(self, picture: Picture, zone: str) -> bytes | None:
        """The picture as PNG for a reader in a zone."""
        asked = json.dumps({"kind": type(picture).__name__, **as_json(picture, zone_of(zone))}, sort_keys=True)
        async with self._turn:
            if asked in self._kept:
                return self._kept[asked]
            drawn = await self._drawn(asked.encode())
            if drawn is not None:
                self._kept[asked] = drawn
                if len(self._kept) > KEPT:
                    self._kept.popitem(last=False)
            return drawn

    async def _drawn(self, asked: bytes) -> bytes | None:
        pipe = asyncio.subprocess.PIPE
        try:
            program = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot.drawing", stdin=pipe, stdout=pipe, stderr=pipe, cwd=TREE,
                env={"MPLCONFIGDIR": str(self._folder), "MPLBACKEND": "Agg", "PYTHONDONTWRITEBYTECODE": "1"},
            )  # fmt: skip
        except OSError as problem:
            self._note("picture_not_drawn", reason=str(problem)[:300])
            return None
        try:
            async with asyncio.timeout(self._seconds):
                drawn, said = await program.communicate(asked)
        except TimeoutError:
            self._note("picture_not_drawn", reason="took too long")
            return None
        finally:
            if program.returncode is None:
                with contextlib.suppress(ProcessLookupError):
                    program.kill()
                await program.wait()
        if program.returncode or not drawn.startswith(b"\x89PNG"):
            self._note("picture_not_drawn", reason=said.decode(errors="replace")[-300:])
            return None
        return drawn


@asynccontextmanager
async def artist(note: Notes) -> AsyncIterator[Artist]:
    """An artist with a folder of his own, which is gone with him."""
    with tempfile.TemporaryDirectory(prefix="pictures-") as folder:
        yield Artist(Path(folder), note)


def as_json(noun: object, tz: tzinfo) -> Mapping[str, Any]:
    """A picture in words: frames as a reader in a zone has them, spans as their characters, nothing that turns or hides
    text."""
    return {f.name: _plain(getattr(noun, f.name), tz) for f in fields(noun)}  # type: ignore[arg-type]


def _plain(value: object, tz: tzinfo) -> Any:
    if isinstance(value, Frame):
        return visible(frames.words(value, tz))
    if isinstance(value, Span):
        return visible(value.chars)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(v, tz) for v in value]
    return as_json(value, tz) if is_dataclass(value) else value

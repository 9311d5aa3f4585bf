"""Pages: what a renderer shows, in frames, spans and links. Hides which renderer that is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from digests.model.evidence import Span
from digests.model.frame import Frame
from digests.model.picture import File


class Tone(StrEnum):
    """What a row is, for the renderer to choose a shape."""

    TITLE = "title"
    WARNING = "warning"
    STATUS = "status"
    LINE = "line"
    QUOTE = "quote"
    META = "meta"
    PLAIN = "plain"


@dataclass(frozen=True)
class Link:
    """A place to click; the label is ours, the address is a source's (http or https only)."""

    label: Frame
    url: str


Piece = Frame | Span | Link


@dataclass(frozen=True)
class Row:
    """One row of a page. A QUOTE row holds spans (and frames in square brackets), nothing else."""

    tone: Tone
    pieces: tuple[Piece, ...]
    line_id: str | None = None
    buttons: tuple[Button, ...] = ()  # right below it


@dataclass(frozen=True)
class Choice:
    """One entry of a menu: what choosing it says is the value, at most 75 characters."""

    label: Frame
    value: str


@dataclass(frozen=True)
class Button:
    """Something to press: a frame as label, an action id, an opaque value."""

    label: Frame
    action: str
    value: str = ""
    choices: tuple[Choice, ...] = ()  # a menu, and the value is that of the chosen one


@dataclass(frozen=True)
class Table:
    """Cells by row, the first row their head, every cell one frame; `plain` says the same in rows, for where there are
    no tables."""

    cells: tuple[tuple[Frame, ...], ...]
    plain: tuple[Row, ...]


NOTICE = "notice"
"""The kind of a page that tells one person what was done, or why nothing was: nobody else has a use for it."""


@dataclass(frozen=True)
class Page:
    """One message or answer, ready to render: `summary` is its fallback text; `thread` rows go below it."""

    kind: str  # digest, alert, position, status, help, notice ...
    zone: str
    summary: tuple[Frame | Span, ...]
    rows: tuple[Row, ...]
    thread: tuple[Row, ...] = ()
    buttons: tuple[Button, ...] = ()
    table: Table | None = None  # below the rows
    files: tuple[File, ...] = ()  # below the message
    threads: bool = True  # whether what goes below stands in a thread; else in further messages

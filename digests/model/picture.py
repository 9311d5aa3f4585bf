"""Pictures and files below a page, as nouns: what is drawn, in frames and spans. Hides who draws it, and how."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from digests.model.evidence import Span
from digests.model.frame import Frame


class Sign(StrEnum):
    """What a mark of a timeline stands for; each has a shape of its own."""

    BASELINE = "baseline"
    SAID = "said"
    NEW = "new"
    POSSIBLE_SHIFT = "possible shift"
    SHIFT = "shift"
    CORRECTION = "correction"


@dataclass(frozen=True)
class Mark:
    """One day of a lane, or one week from that day on: how many statements, and the foremost sign among them. `note`:
    number of the note that shows its words, 0 for none."""

    on: date
    sign: Sign
    n: int
    note: int = 0


@dataclass(frozen=True)
class Lane:
    """One row of a timeline, its marks in order of day; `before` is the day of the baseline's own words."""

    head: Frame
    marks: tuple[Mark, ...]
    before: Frame | None = None


@dataclass(frozen=True)
class Note:
    """The words behind a numbered mark: `head` says what it is, `who` speaks where the span does not say so, `foot`
    where it stands; `was` are the words that it was compared with, where it moved."""

    number: int
    head: tuple[Frame, ...]
    who: tuple[Frame, ...]
    span: Span
    foot: tuple[Frame, ...]
    was: Span | None = None


@dataclass(frozen=True)
class Timeline:
    """When positions moved: lanes over days, first and last inclusive, `step` days a mark. `about` stands under the
    title, `below` under the picture; `before` is the head of the baseline's column."""

    title: Frame
    about: tuple[Frame, ...]
    first: date
    last: date
    lanes: tuple[Lane, ...]
    legend: tuple[tuple[Sign, Frame], ...]
    notes: tuple[Note, ...]
    below: tuple[Frame, ...]
    before: Frame
    step: int = 1


@dataclass(frozen=True)
class Square:
    """One cell of a board: its words, its sign, and how many days before the board's own day it is of; None: nothing
    on record."""

    words: Frame
    sign: Sign
    days: int | None


@dataclass(frozen=True)
class Board:
    """Issues down, parties across, as a picture; each row a head and as many cells as there are heads. `ages`
    are shades: up to so many days, and what that is called, the newest first."""

    title: Frame
    about: tuple[Frame, ...]
    corner: Frame
    heads: tuple[Frame, ...]
    rows: tuple[tuple[Frame, tuple[Square, ...]], ...]
    ages: tuple[tuple[int, Frame], ...]
    legend: tuple[tuple[Sign, Frame], ...]
    below: tuple[Frame, ...]


Picture = Timeline | Board


@dataclass(frozen=True)
class File:
    """A file below a page: a name with its ending, a title, and either its text or the picture in it. `alt` says in
    words what the picture shows."""

    name: str
    title: Frame
    text: str = ""
    picture: Picture | None = None
    alt: tuple[Frame, ...] = ()

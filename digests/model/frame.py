"""Frames: the bot's own words as a key with typed slots. Hides nothing; the closed list is in `digests.frames`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Count:
    """A number the bot counted itself."""

    n: int


@dataclass(frozen=True)
class Instant:
    """A moment, shown in the reader's zone."""

    at: datetime


@dataclass(frozen=True)
class Day:
    """A day, shown as such (never converted between zones)."""

    on: date


@dataclass(frozen=True)
class Name:
    """A name from configuration (actor, issue, source, speaker, zone), a word of the glossary (verdict, kind),
    or an address from configuration. Never text of a feed."""

    text: str


@dataclass(frozen=True)
class Echo:
    """What a person typed, bounded (to 80 characters, or to 500 where he wrote for others), shown as typed and never
    parsed."""

    typed: str


@dataclass(frozen=True)
class Refs:
    """Numbers of lines on the same page, or line ids: "1, 2, 5"."""

    refs: tuple[str, ...]


Slot = Count | Instant | Day | Name | Echo | Refs | tuple[Name, ...]


@dataclass(frozen=True)
class Frame:
    """The bot's own words: a key of the closed list in `digests.frames` with typed slots. Build with `frames.say`."""

    key: str
    slots: tuple[tuple[str, Slot], ...] = ()

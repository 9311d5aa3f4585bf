"""What is wrong with configuration, in words, with the place and the remedy. Hides how a list of it is printed."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

PER_FILE = 100
"""Problems of one file that are listed; a file of nonsense has thousands, and the rest is said as a count."""

_SHOWN = 80
"""Characters of a wrong value that are shown back."""


@dataclass(frozen=True)
class Problem:
    """One thing to mend: the file, the place in it such as `feeds[3].url`, what is wrong and what to do about it.

    `line` counts from 1; None where the place has no line of its own (a file that is missing).
    """

    file: str
    place: str
    what: str
    remedy: str
    line: int | None = None

    def __str__(self) -> str:
        at = f"{self.file}:{self.line}" if self.line else self.file
        return f"{at} {self.place}: {self.what}. {self.remedy}." if self.place else f"{at}: {self.what}. {self.remedy}."


class ConfigProblems(Exception):
    """Every problem of every file of a configuration folder, so that all can be mended at one sitting."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        count = len(self.problems)
        lines = [f"configuration: {count} {'problem' if count == 1 else 'problems'}"]
        return "\n".join([*lines, *(f"  {p}" for p in self.problems)])


def capped(problems: list[Problem]) -> list[Problem]:
    """The first `PER_FILE` problems of one file, and one that says how many more there are."""
    if len(problems) <= PER_FILE:
        return problems
    more = len(problems) - PER_FILE
    tail = Problem(problems[0].file, "", f"{more} more problems in this file", "Mend the ones above first")
    return [*problems[:PER_FILE], tail]


def shown(value: object) -> str:
    """A wrong value as it may be shown: quoted, on one line, cut."""
    if isinstance(value, dict | list):
        return "a mapping" if isinstance(value, dict) else "a list"
    text = str(value)
    clean = "".join(c if c.isprintable() else "?" for c in text[: _SHOWN + 1])
    return f"“{clean}”" if len(clean) <= _SHOWN else f"“{clean[:_SHOWN]}…”"


def nearest(word: str, known: Iterable[str]) -> str:
    """The most similar of the known words as a sentence that suggests it; the list itself where none is near."""
    choices = sorted(known)
    close = difflib.get_close_matches(word[:_SHOWN], choices, n=1, cutoff=0.6)
    if close:
        return f"Did you mean {close[0]}?".rstrip("?")
    if not choices:
        return "None is defined yet"
    listed = ", ".join(choices[:12])
    return f"Known: {listed}{' ...' if len(choices) > 12 else ''}"

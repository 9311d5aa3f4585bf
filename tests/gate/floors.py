"""What each figure once reached and may not fall below. Hides the file, rounding, and which way is up.

Floors rise only. `raised` never lowers one: a fall needs `lower` with a reason, which stays in the file. A material
is pinned by its fingerprint, so that labels cannot change without anybody's noticing.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.gate.figures import Measured

FILE = Path(__file__).with_name("floors.json")

LESS_IS_BETTER = frozenset(
    {
        "digest.told_twice",
        "digest.mixed",
        "digest.unsourced",
        "digest.most_lines",
        "board.wrong",
        "shifts.false_alarms",
        "shifts.hard_false_alarms",
        "shifts.unread",
        "baseline.false_conflicts",
        "edits.standing_reported",
        "edits.markup_reported",
    }
)
"""Figures whose floor is a ceiling."""

FREE = frozenset({"shifts.called", "edits.withdrawn", "edits.markup_only", "statements.precision", "statements.recall"})
"""Figures that are shown and held to nothing: sizes, and the two halves of one that is held."""

LINES_ALLOWED = 12
"""What a slot may hold: fewer lines are no merit in themselves, so this ceiling does not come down."""

_STEP = 1000
"""Floors keep three digits: one statement of the smallest material moves a share by more."""


class Falls(Exception):
    """A floor would be lowered: which, from what to what."""


@dataclass
class Floors:
    """The floors of every material with its fingerprint, and what was ever lowered, and why."""

    fingerprints: dict[str, str] = field(default_factory=dict)
    held: dict[str, dict[str, float]] = field(default_factory=dict)
    lowered: list[dict[str, Any]] = field(default_factory=list)

    def of(self, material: str) -> dict[str, float]:
        """Floors (and ceilings) by figure."""
        return self.held.get(material, {})

    def same_material(self, measured: Measured) -> bool:
        """Whether the floors were set on these very labels."""
        return self.fingerprints.get(measured.material) == measured.fingerprint

    def breaches(self, measured: Measured) -> list[str]:
        """Every figure below its floor, in words; a figure that is no longer given is one."""
        found = []
        for name, floor in sorted(self.of(measured.material).items()):
            now = measured.figures.get(name)
            if now is None:
                found.append(f"{measured.material} {name}: no longer measured; its floor is {shown(name, floor)}")
            elif not _holds(name, now, floor):
                word = "above its ceiling" if name in LESS_IS_BETTER else "below its floor"
                found.append(f"{measured.material} {name}: {shown(name, now)} is {word} {shown(name, floor)}")
        return found

    def raised(self, measured: Measured) -> list[str]:
        """Pin the material and raise what rose; raises Falls, and changes nothing, where anything would be lowered."""
        broken = self.breaches(measured)
        if broken:
            raise Falls("; ".join(broken))
        held = self.held.setdefault(measured.material, {})
        changed = []
        for name, value in sorted(measured.figures.items()):
            floor = _floor(name, value)
            if name not in FREE and held.get(name) != floor:
                changed.append(f"{measured.material} {name}: {shown(name, held.get(name))} -> {shown(name, floor)}")
                held[name] = floor
        self.fingerprints[measured.material] = measured.fingerprint
        return changed

    def lower(self, measured: Measured, reason: str) -> list[str]:
        """Set the floors to what is measured now, and keep what fell with the reason."""
        held = self.held.setdefault(measured.material, {})
        fallen: list[dict[str, Any]] = []
        for name, floor in sorted(held.items()):
            now = measured.figures.get(name)
            if now is None or not _holds(name, now, floor):
                fallen.append({"material": measured.material, "figure": name, "from": floor, "to": now, "why": reason})
        for row in fallen:
            del held[row["figure"]]
        self.lowered += fallen
        return [f"lowered {row['material']} {row['figure']}" for row in fallen] + self.raised(measured)


def _holds(name: str, now: float, floor: float) -> bool:
    return now <= floor if name in LESS_IS_BETTER else now >= floor


def _floor(name: str, value: float) -> float:
    if name == "digest.most_lines":
        return LINES_ALLOWED
    if name in LESS_IS_BETTER:
        return math.ceil(value * _STEP) / _STEP
    return math.floor(value * _STEP) / _STEP


def shown(name: str, value: float | None) -> str:
    """A figure as the table shows it: counts whole, shares with three digits."""
    if value is None:
        return "-"
    return f"{value:g}" if name in COUNTS else f"{value:.3f}"


COUNTS = frozenset(
    {
        "digest.told_twice",
        "digest.mixed",
        "digest.unsourced",
        "digest.most_lines",
        "board.wrong",
        "shifts.unread",
        "shifts.called",
        "baseline.false_conflicts",
        "edits.standing_reported",
        "edits.markup_reported",
        "edits.withdrawn",
        "edits.markup_only",
    }
)
"""Figures that count."""


def load(path: Path = FILE) -> Floors:
    """The floors of a file; none where there is no file yet."""
    if not path.is_file():
        return Floors()
    raw = json.loads(path.read_text(encoding="utf-8"))
    held = {name: dict(rows["floors"]) for name, rows in raw["materials"].items()}
    return Floors({name: rows["fingerprint"] for name, rows in raw["materials"].items()}, held, raw["lowered"])


def save(floors: Floors, path: Path = FILE) -> None:
    """Replace the file in one step."""
    materials: Mapping[str, Mapping[str, Any]] = {
        name: {"fingerprint": floors.fingerprints[name], "floors": dict(sorted(floors.held[name].items()))}
        for name in sorted(floors.held)
    }
    text = json.dumps({"materials": materials, "lowered": floors.lowered}, indent=2, ensure_ascii=False)
    temporary = path.with_suffix(".part")
    temporary.write_text(text + "\n", encoding="utf-8")
    temporary.replace(path)


def breaches(floors: Floors, measured: Iterable[Measured]) -> list[str]:
    """Of every material."""
    return [line for one in measured for line in floors.breaches(one)]

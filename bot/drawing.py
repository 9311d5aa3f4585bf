"""Draws one picture: JSON on standard input, PNG on standard output. A program of its own, the only one that loads
matplotlib; its memory ends with the picture. Hides where everything stands, so that nothing covers anything else.

Shapes and words say what colours say.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from bot.canvas import (
    BAND,
    COUNT,
    EDGE,
    FAINT,
    GRID,
    HEAD,
    INK,
    LEAD,
    PAPER,
    RULE,
    SHADES,
    SMALL,
    SOFT,
    TICK,
    TITLE,
    WIDTH,
    Look,
    Sheet,
    width,
    wrapped,
)  # fmt: skip

Json = Mapping[str, Any]
DASHED: Json = {"edgecolor": FAINT, "linestyle": "--", "linewidth": 1.0}
"""The edge of a cell that only the baseline has."""


def _top(sheet: Sheet, picture: Json) -> None:
    room = WIDTH - 2 * EDGE
    sheet.height = sheet.lines(EDGE, sheet.height, wrapped(picture["title"], TITLE, room, 3), TITLE) + 0.04
    about = wrapped(" · ".join(picture["about"]), LEAD, room, 3)
    sheet.height = sheet.lines(EDGE, sheet.height, about, LEAD) + 0.22


def _legend(sheet: Sheet, legend: Sequence[tuple[str, str]]) -> None:
    """The signs that are drawn, in words."""
    if not legend:
        return
    x, y = EDGE + 0.1, sheet.height + 0.12
    for sign, words in legend:
        wide = 0.22 + width(words, SMALL) + 0.32
        if x + wide > WIDTH - EDGE:
            x, y = EDGE + 0.1, y + 0.26
        sheet.mark(x, y, sign)
        sheet.text(x + 0.17, y, words, SMALL)
        x += wide
    sheet.height = y + 0.2


def _foot(sheet: Sheet, picture: Json) -> None:
    lines = [line for words in picture["below"] for line in wrapped(words, SMALL, WIDTH - 2 * EDGE, 3)]
    sheet.height = sheet.lines(EDGE, sheet.height + 0.06, lines, SMALL)


# --- a timeline -------------------------------------------------------------------------------------------------------

LANE, LEVEL = 0.62, 0.18
"""Height of a lane, and how much higher it is for each further level of numbers."""


@dataclass(frozen=True)
class _Axis:
    """Where days stand."""

    first: date
    days: int
    left: float
    right: float

    def x(self, day: date) -> float:
        """The middle of a day."""
        return self.left + (self.right - self.left) * ((day - self.first).days + 0.5) / self.days

    def of(self, mark: Json) -> float:
        """Where a mark stands."""
        return self.x(date.fromisoformat(mark["on"]))

    def scale(self, step: int) -> float:
        """How large a mark may be, so that neighbours stay apart; 1 is full size."""
        apart = (self.right - self.left) / self.days * step * 72
        return max(0.6, min(1.0, apart / 15))

    def ticks(self) -> Iterator[date]:
        """Days that have a label: as many as have room; from a week on, Mondays."""
        room = int((self.right - self.left) / 0.8)
        step = next((s for s in (1, 2, 7, 14, 28, 56, 112) if self.days / s <= room), 365)
        start = self.first + timedelta(days=-self.first.weekday() % 7 if step >= 7 else 0)
        for n in range(0, self.days, step):
            if (start + timedelta(days=n) - self.first).days < self.days:
                yield start + timedelta(days=n)


def timeline(picture: Json) -> bytes:
    """Lanes over days, the legend, and the words behind the numbered marks."""
    sheet = Sheet()
    _top(sheet, picture)
    lanes: Sequence[Json] = picture["lanes"]
    heads = [wrapped(lane["head"], HEAD, 2.3, 2) for lane in lanes]
    left = EDGE + 0.12 + max(width(line, HEAD) for head in heads for line in head)
    based = any(lane["before"] for lane in lanes)
    column = left + 0.62 if based else left
    first, last = date.fromisoformat(picture["first"]), date.fromisoformat(picture["last"])
    axis = _Axis(first, (last - first).days + 1, column + (0.75 if based else 0.35), WIDTH - EDGE - 0.15)
    top = sheet.height + 0.42
    levels = [_levels(lane, axis) for lane in lanes]
    highs = [LANE + LEVEL * max([0, *level.values()]) for level in levels]
    bottom = top + sum(highs)
    if based:
        sheet.text(column, top - 0.14, picture["before"], TICK, "center")
    _days(sheet, axis, top, bottom)
    y = top
    for n, (lane, head, high) in enumerate(zip(lanes, heads, highs, strict=True)):
        if n % 2 == 0:
            sheet.box(EDGE, y, WIDTH - 2 * EDGE, high, BAND)
        y += high
        middle = y - LANE / 2
        sheet.lines(EDGE + 0.1, middle - len(head) * HEAD.height / 2, head, HEAD)
        _lane(sheet, lane, axis, column, middle, picture["step"])
        for mark in lane["marks"]:
            if mark["note"]:
                sheet.number(axis.of(mark), middle - 0.2 - LEVEL * levels[n][mark["note"]], mark["note"])
    sheet.height = bottom + 0.08
    _legend(sheet, picture["legend"])
    _foot(sheet, picture)
    _notes(sheet, picture["notes"])
    return sheet.png()


def _days(sheet: Sheet, axis: _Axis, top: float, bottom: float) -> None:
    year = 0
    for day in axis.ticks():
        sheet.rule(axis.x(day), top, axis.x(day), bottom, GRID)
        sheet.text(axis.x(day), top - 0.14, f"{day.day} {MONTHS[day.month - 1]}", TICK, "center")
        if day.year != year:
            sheet.text(axis.x(day), top - 0.31, str(day.year), Look(8.5, "bold", SOFT), "center")
            year = day.year


MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _levels(lane: Json, axis: _Axis) -> dict[int, int]:
    """How high the number of each note stands: as low as it has room beside the others."""
    ends: list[float] = []
    levels: dict[int, int] = {}
    for mark in lane["marks"]:
        if mark["note"]:
            x = axis.of(mark)
            level = next((n for n, end in enumerate(ends) if end <= x), len(ends))
            ends[level : level + 1] = [x + 0.22]
            levels[mark["note"]] = level
    return levels


def _lane(sheet: Sheet, lane: Json, axis: _Axis, column: float, y: float, step: int) -> None:
    marks = lane["marks"]
    if lane["before"]:
        sheet.rule(column, y, axis.of(marks[-1]) if marks else column, y, FAINT, 1.2)
        sheet.mark(column, y, "baseline")
        sheet.text(column, y + 0.2, lane["before"], COUNT, "center")
    elif len(marks) > 1:
        sheet.rule(axis.of(marks[0]), y, axis.of(marks[-1]), y, FAINT, 1.2)
    counted = 0.0
    for mark in marks:
        x, count = axis.of(mark), f"×{mark['n']}"
        sheet.mark(x, y, mark["sign"], axis.scale(step))
        half = width(count, COUNT) / 2
        if mark["n"] > 1 and x - half > counted:
            sheet.text(x, y + 0.2, count, COUNT, "center")
            counted = x + half + 0.04


def _notes(sheet: Sheet, notes: Sequence[Json]) -> None:
    """The words behind the numbers, in two columns that are filled row by row."""
    if not notes:
        return
    sheet.height += 0.2
    sheet.rule(EDGE, sheet.height, WIDTH - EDGE, sheet.height)
    sheet.height += 0.16
    columns = 2 if len(notes) > 1 else 1
    room = (WIDTH - 2 * EDGE - 0.4 * (columns - 1)) / columns
    for n in range(0, len(notes), columns):
        ends = [_note(sheet, note, EDGE + i * (room + 0.4), room) for i, note in enumerate(notes[n : n + columns])]
        sheet.height = max(ends) + 0.22


def _note(sheet: Sheet, note: Json, x: float, room: float) -> float:
    y, inner = sheet.height, x + 0.32
    head = wrapped(" · ".join(note["head"]), HEAD, room - 0.32, 3)
    sheet.number(x + 0.1, y + HEAD.height / 2, note["number"])
    y = sheet.lines(inner, y, head, HEAD) + 0.05
    if note["was"]:
        y = _quote(sheet, note["was"], inner, y, room - 0.32, SOFT) + 0.07
    words = " ".join([*note["who"], note["span"]])
    y = _quote(sheet, words, inner, y, room - 0.32, INK) + 0.04
    return sheet.lines(inner, y, wrapped(" · ".join(note["foot"]), SMALL, room - 0.32, 6), SMALL)


def _quote(sheet: Sheet, span: str, x: float, y: float, room: float, colour: str) -> float:
    """A span behind a bar."""
    look = Look(10, colour=colour)
    end = sheet.lines(x + 0.13, y, wrapped(span, look, room - 0.13, 12), look)
    sheet.rule(x + 0.03, y + 0.02, x + 0.03, end - 0.01, FAINT, 2.4)
    return end


# --- a board ----------------------------------------------------------------------------------------------------------


def board(picture: Json) -> bytes:
    """Issues down, parties across; the newer the darker, and each cell says its day."""
    sheet = Sheet()
    _top(sheet, picture)
    heads: Sequence[str] = picture["heads"]
    issues = [wrapped(row[0], HEAD, 2.0, 2) for row in picture["rows"]]
    left = EDGE + 0.2 + max(width(line, HEAD) for lines in issues for line in lines)
    wide = min(1.9, (WIDTH - EDGE - left) / len(heads))
    tops = [wrapped(head, HEAD, wide - 0.12, 3) for head in heads]
    deep = max(len(lines) for lines in tops) * HEAD.height
    for n, lines in enumerate(tops):
        for i, line in enumerate(reversed(lines)):
            sheet.text(left + (n + 0.5) * wide, sheet.height + deep - (i + 0.5) * HEAD.height, line, HEAD, "center")
    y = sheet.height + deep + 0.1
    for lines, (_, cells) in zip(issues, picture["rows"], strict=True):
        words = [wrapped(cell["words"], Look(8.5), wide - 0.2, 3) for cell in cells]
        high = max(0.42, 0.16 + max(len(w) for w in words) * Look(8.5).height)
        sheet.lines(EDGE, y + (high - len(lines) * HEAD.height) / 2, lines, HEAD)
        for n, (cell, lines_in) in enumerate(zip(cells, words, strict=True)):
            _square(sheet, cell, lines_in, (left + n * wide, y, wide, high), picture["ages"])
        y += high
    sheet.height = y + 0.1
    _ages(sheet, picture)
    _legend(sheet, [entry for entry in picture["legend"] if entry[0] != "baseline"])
    _foot(sheet, picture)
    return sheet.png()


def _shade(days: int | None, ages: Sequence[tuple[int, str]]) -> int | None:
    if days is None:
        return None
    return next((n for n, (most, _) in enumerate(ages) if days <= most), len(ages) - 1)


def _square(
    sheet: Sheet, cell: Json, lines: Sequence[str], place: tuple[float, float, float, float], ages: Any
) -> None:
    x, y, wide, high = place
    shade = _shade(cell["days"], ages)
    dashed = cell["sign"] == "baseline" and shade is not None
    fill, ink = (PAPER, INK) if dashed else (BAND, FAINT) if shade is None else SHADES[min(shade, len(SHADES) - 1)]
    edge = DASHED if dashed else {"edgecolor": PAPER, "linewidth": 0}
    shape = "round,pad=0,rounding_size=0.06"
    sheet.box(x + 0.04, y + 0.04, wide - 0.08, high - 0.08, fill, boxstyle=shape, **edge)
    look = Look(8.5, "bold" if cell["sign"] == "shift" else "normal", ink)
    begin = y + (high - len(lines) * look.height) / 2
    for n, line in enumerate(lines):
        sheet.text(x + wide / 2, begin + (n + 0.5) * look.height, line, look, "center")
    if cell["sign"] == "shift":
        sheet.mark(x + 0.16, y + 0.16, "shift")


def _ages(sheet: Sheet, picture: Json) -> None:
    """The shades in words, and the dashes of the baseline where there are any."""
    x, y = EDGE, sheet.height + 0.1
    shades = [SHADES[min(n, len(SHADES) - 1)] for n in range(len(picture["ages"]))]
    thin: Json = {"edgecolor": RULE, "linewidth": 0.6}
    chips = [(words, *shade, thin) for (_, words), shade in zip(picture["ages"], shades, strict=True)]
    chips += [(words, PAPER, INK, DASHED) for sign, words in picture["legend"] if sign == "baseline"]
    for words, fill, ink, edge in chips:
        wide = width(words, SMALL) + 0.24
        sheet.box(x, y - 0.11, wide, 0.22, fill, boxstyle="round,pad=0,rounding_size=0.05", **edge)
        sheet.text(x + wide / 2, y, words, Look(8.5, colour=ink), "center")
        x += wide + 0.12
    sheet.height = y + 0.18


def draw(picture: Json) -> bytes:
    """One picture as PNG; `kind` says which."""
    return timeline(picture) if picture["kind"] == "Timeline" else board(picture)


def main() -> int:
    """Draw what is asked for on standard input."""
    sys.stdout.buffer.write(draw(json.load(sys.stdin)))
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Draws one picture: JSON on standard input, PNG on standard output. A program of its own, the only one that loads
matplotlib; its memory ends with the picture. Hides fonts, measures and where everything stands.

Lengths are inches from the upper left corner. Every text is drawn as it is (a `$` begins no formula), in the fonts that
come with matplotlib; shapes and words say what colours say; the same input gives the same bytes.
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import matplotlib
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.patches import FancyBboxPatch, Rectangle
from matplotlib.textpath import TextToPath

DOTS = 130
"""Dots an inch."""
WIDTH = 12.0
EDGE = 0.45
LINE = 1.35
"""Height of a line of text, in its size."""
MOST_CHARACTERS = 400
"""Characters of one text that are drawn."""

INK, SOFT, FAINT, RULE, GRID = "#1b1f24", "#57606a", "#8c959f", "#d8dee4", "#e9edf1"
BAND, PAPER = "#f6f8fa", "#ffffff"
BLUE, RED, PURPLE = "#0072b2", "#d55e00", "#8f3f71"
"""Blue and vermilion are told apart by every kind of colour vision."""
SHADES = (("#0b4f8a", PAPER), ("#4d8fc7", PAPER), ("#b3d3ec", INK), ("#e8f1f9", INK))
"""Fills by age, the newest first, with the colour of the text on each."""

Json = Mapping[str, Any]


@dataclass(frozen=True)
class Look:
    """How a text looks: points, weight, colour."""

    size: float
    weight: str = "normal"
    colour: str = INK

    @property
    def font(self) -> FontProperties:
        """Its font."""
        return FontProperties(family="DejaVu Sans", weight=self.weight, size=self.size)

    @property
    def height(self) -> float:
        """Height of one of its lines."""
        return self.size * LINE / 72


TITLE, LEAD, HEAD, BODY, SMALL = (
    Look(15, "bold"),
    Look(9.5, colour=SOFT),
    Look(10, "bold"),
    Look(10),
    Look(8.5, colour=SOFT),
)
TICK, NUMBER, COUNT = Look(8.5, colour=SOFT), Look(8, "bold", PAPER), Look(7.5, colour=SOFT)

_measure = TextToPath()


def width(text: str, look: Look) -> float:
    """How wide a text is."""
    return float(_measure.get_text_width_height_descent(text, look.font, ismath=False)[0]) / 72 if text else 0.0


def wrapped(text: str, look: Look, room: float, most: int = 99) -> list[str]:
    """Lines no wider than the room; a wider word is broken. What is beyond the most lines ends in an ellipsis."""
    lines = [""]
    for word in text[:MOST_CHARACTERS].split():
        for piece in _pieces(word, look, room):
            longer = f"{lines[-1]} {piece}".strip()
            if lines[-1] and width(longer, look) > room:
                lines.append(piece)
            else:
                lines[-1] = longer
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while last and width(last + "…", look) > room:
        last = last[:-1]
    return [*lines[: most - 1], last.rstrip() + "…"]


def _pieces(word: str, look: Look, room: float) -> Iterator[str]:
    while width(word, look) > room and len(word) > 1:
        size = next((n for n in range(len(word) - 1, 1, -1) if width(word[:n], look) <= room), 1)
        yield word[:size]
        word = word[size:]
    yield word


@dataclass
class Sheet:
    """What is to be drawn, kept until the height is known."""

    height: float = 0.3
    artists: list[Any] = field(default_factory=list)

    def text(self, x: float, y: float, text: str, look: Look, align: str = "left") -> None:
        """One line whose middle is at y."""
        self.artists.append(("text", x, y, text, look, align))

    def lines(self, x: float, y: float, lines: Sequence[str], look: Look) -> float:
        """Lines from y downwards; where they end."""
        for n, line in enumerate(lines):
            self.text(x, y + (n + 0.5) * look.height, line, look)
        return y + len(lines) * look.height

    def box(self, x: float, y: float, wide: float, high: float, fill: str, **more: Any) -> None:
        """A filled rectangle."""
        self.artists.append(("patch", Rectangle((x, y), wide, high, facecolor=fill, linewidth=0, zorder=0) if not more
                             else FancyBboxPatch((x, y), wide, high, facecolor=fill, zorder=1, **more)))  # fmt: skip

    def rule(self, x: float, y: float, to_x: float, to_y: float, colour: str = RULE, thick: float = 0.8) -> None:
        """A line."""
        self.artists.append(("line", Line2D([x, to_x], [y, to_y], color=colour, linewidth=thick, zorder=1)))

    def mark(self, x: float, y: float, sign: str) -> None:
        """The shape of a sign."""
        shape, size, fill, edge = MARKS[sign]
        self.artists.append(("line", Line2D([x], [y], marker=shape, markersize=size, markerfacecolor=fill, zorder=3,
                                            markeredgecolor=edge, markeredgewidth=1.6, linestyle="none")))  # fmt: skip
        if sign == "possible shift":
            self.text(x, y, "?", Look(7, "bold", edge), "center")

    def png(self) -> bytes:
        """The picture."""
        high = self.height + 0.2
        figure = Figure(figsize=(WIDTH, high), dpi=DOTS, facecolor=PAPER)
        FigureCanvasAgg(figure)
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_xlim(0, WIDTH)
        axes.set_ylim(high, 0)
        axes.set_axis_off()
        for kind, *what in self.artists:
            if kind == "text":
                x, y, text, look, align = what
                axes.text(x, y, text, color=look.colour, fontproperties=look.font, ha=align, va="center_baseline",
                          parse_math=False, zorder=4)  # fmt: skip
            elif kind == "line":
                axes.add_line(what[0])
            else:
                axes.add_patch(what[0])
        written = io.BytesIO()
        figure.savefig(written, format="png", dpi=DOTS, metadata={"Software": None})
        return written.getvalue()


MARKS: Mapping[str, tuple[str, float, str, str]] = {
    "baseline": ("s", 8, PAPER, INK),
    "said": ("o", 7, PAPER, SOFT),
    "new": ("o", 9, BLUE, BLUE),
    "possible shift": ("D", 10, PAPER, RED),
    "shift": ("D", 10, RED, RED),
    "correction": ("^", 10, PURPLE, PURPLE),
}
"""Shape, size, fill and edge of every sign: no two share a shape and a fill."""


def _top(sheet: Sheet, picture: Json) -> None:
    room = WIDTH - 2 * EDGE
    sheet.height = sheet.lines(EDGE, sheet.height, wrapped(picture["title"], TITLE, room, 3), TITLE) + 0.04
    about = wrapped(" · ".join(picture["about"]), LEAD, room, 3)
    sheet.height = sheet.lines(EDGE, sheet.height, about, LEAD) + 0.22


def _legend(sheet: Sheet, picture: Json) -> None:
    """The signs that are drawn, in words."""
    x, y = EDGE + 0.1, sheet.height + 0.12
    for sign, words in picture["legend"]:
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

LANE = 0.62


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
    bottom = top + LANE * len(lanes)
    if based:
        sheet.text(column, top - 0.14, picture["before"], TICK, "center")
    _days(sheet, axis, top, bottom)
    for n, (lane, head) in enumerate(zip(lanes, heads, strict=True)):
        y = top + n * LANE
        if n % 2 == 0:
            sheet.box(EDGE, y, WIDTH - 2 * EDGE, LANE, BAND)
        sheet.lines(EDGE + 0.1, y + (LANE - len(head) * HEAD.height) / 2, head, HEAD)
        _lane(sheet, lane, axis, column, y + LANE / 2)
    sheet.height = bottom + 0.08
    _legend(sheet, picture)
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


def _lane(sheet: Sheet, lane: Json, axis: _Axis, column: float, y: float) -> None:
    marks = [(axis.x(date.fromisoformat(m["on"])), m) for m in lane["marks"]]
    if lane["before"]:
        end = marks[-1][0] if marks else column
        sheet.rule(column, y, end, y, FAINT, 1.2)
        sheet.mark(column, y - 0.03, "baseline")
        sheet.text(column, y + 0.18, lane["before"], COUNT, "center")
    elif len(marks) > 1:
        sheet.rule(marks[0][0], y, marks[-1][0], y, FAINT, 1.2)
    counted = -1.0
    numbered = -1.0
    raised = False
    for x, mark in marks:
        sheet.mark(x, y, mark["sign"])
        if mark["note"]:
            raised = x - numbered < 0.24 and not raised
            _number(sheet, x, y - (0.38 if raised else 0.2), mark["note"])
            numbered = x
        count = f"×{mark['n']}"
        if mark["n"] > 1 and x - width(count, COUNT) / 2 > counted + 0.04:
            sheet.text(x, y + 0.2, count, COUNT, "center")
            counted = x + width(count, COUNT) / 2


def _number(sheet: Sheet, x: float, y: float, number: int) -> None:
    disc = Line2D([x], [y], marker="o", markersize=11.5, color=INK, markeredgewidth=0, linestyle="none", zorder=3)
    sheet.artists.append(("line", disc))
    sheet.text(x, y, str(number), NUMBER, "center")


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
    _number(sheet, x + 0.1, y + HEAD.height / 2, note["number"])
    y = sheet.lines(inner, y, head, HEAD) + 0.05
    if note["was"]:
        y = _quote(sheet, note["was"], inner, y, room - 0.32, SOFT) + 0.07
    words = " ".join([*note["who"], note["span"]])
    y = _quote(sheet, words, inner, y, room - 0.32, INK) + 0.04
    return sheet.lines(inner, y, wrapped(" · ".join(note["foot"]), SMALL, room - 0.32, 4), SMALL)


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
    _ages(sheet, picture["ages"])
    _legend(sheet, picture)
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
    edge = {"edgecolor": FAINT, "linestyle": "--", "linewidth": 1.0} if dashed else {"edgecolor": PAPER, "linewidth": 0}
    shape = "round,pad=0,rounding_size=0.06"
    sheet.box(x + 0.04, y + 0.04, wide - 0.08, high - 0.08, fill, boxstyle=shape, **edge)
    look = Look(8.5, "bold" if cell["sign"] == "shift" else "normal", ink)
    begin = y + (high - len(lines) * look.height) / 2
    for n, line in enumerate(lines):
        sheet.text(x + wide / 2, begin + (n + 0.5) * look.height, line, look, "center")
    if cell["sign"] == "shift":
        sheet.mark(x + 0.16, y + 0.16, "shift")


def _ages(sheet: Sheet, ages: Sequence[tuple[int, str]]) -> None:
    x, y = EDGE, sheet.height + 0.1
    for n, (_, words) in enumerate(ages):
        fill, ink = SHADES[min(n, len(SHADES) - 1)]
        wide = width(words, SMALL) + 0.24
        sheet.box(
            x, y - 0.11, wide, 0.22, fill, boxstyle="round,pad=0,rounding_size=0.05", edgecolor=RULE, linewidth=0.6
        )
        sheet.text(x + wide / 2, y, words, Look(8.5, colour=ink), "center")
        x += wide + 0.12
    sheet.height = y + 0.18


def draw(picture: Json) -> bytes:
    """One picture as PNG; `kind` says which."""
    matplotlib.rcParams["font.family"] = "DejaVu Sans"
    return timeline(picture) if picture["kind"] == "Timeline" else board(picture)


if __name__ == "__main__":
    sys.stdout.buffer.write(draw(json.load(sys.stdin)))

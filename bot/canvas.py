"""A sheet on which texts, boxes, rules and marks stand, and its PNG. Hides matplotlib: its fonts, measures and artists.

Lengths are inches from the upper left corner. Every text is drawn as it is (a `$` begins no formula), in the fonts that
come with matplotlib; the same sheet gives the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, get_font
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
SHADES = (("#0b4f8a", PAPER), ("#2a6fa8", PAPER), ("#b3d3ec", INK), ("#e8f1f9", INK))
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


@cache
def _glyphs() -> frozenset[int]:
    """Characters that both weights of the font have."""
    normal, bold = (get_font(findfont(Look(10, weight).font)).get_charmap() for weight in ("normal", "bold"))
    return frozenset(normal) & frozenset(bold)


def drawable(text: str) -> str:
    """The text with a mark in place of every character that the font lacks."""
    return "".join(c if ord(c) in _glyphs() else "\ufffd" for c in text)


def width(text: str, look: Look) -> float:
    """How wide a text is."""
    if not text:
        return 0.0
    return float(_measure.get_text_width_height_descent(drawable(text), look.font, ismath=False)[0]) / 72


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
        self.artists.append(("text", x, y, drawable(text), look, align))

    def lines(self, x: float, y: float, lines: Sequence[str], look: Look) -> float:
        """Lines from y downwards; where they end."""
        for n, line in enumerate(lines):
            self.text(x, y + (n + 0.5) * look.height, line, look)
        return y + len(lines) * look.height

    def number(self, x: float, y: float, number: int) -> None:
        """A number in a disc."""
        disc = Line2D([x], [y], marker="o", markersize=11.5, color=INK, markeredgewidth=0, linestyle="none", zorder=3)
        self.artists.append(("line", disc))
        self.text(x, y, str(number), NUMBER, "center")

    def box(self, x: float, y: float, wide: float, high: float, fill: str, **more: Any) -> None:
        """A filled rectangle; with rounded corners and an edge, where more is said of it."""
        plain = Rectangle((x, y), wide, high, facecolor=fill, linewidth=0, zorder=0)
        patch = FancyBboxPatch((x, y), wide, high, facecolor=fill, zorder=1, **more) if more else plain
        self.artists.append(("patch", patch))

    def rule(self, x: float, y: float, to_x: float, to_y: float, colour: str = RULE, thick: float = 0.8) -> None:
        """A line."""
        self.artists.append(("line", Line2D([x, to_x], [y, to_y], color=colour, linewidth=thick, zorder=1)))

    def mark(self, x: float, y: float, sign: str, scale: float = 1.0) -> None:
        """The shape of a sign, smaller where there is no room for it."""
        shape, size, fill, edge = MARKS[sign]
        look: dict[str, Any] = {
            "marker": shape,
            "markersize": size * scale,
            "markerfacecolor": fill,
            "markeredgecolor": edge,
        }
        thick = 1.6 if fill == PAPER else 0.9
        self.artists.append(("line", Line2D([x], [y], linestyle="none", markeredgewidth=thick, zorder=3, **look)))
        if sign == "possible shift":
            self.text(x, y, "?", Look(7 * scale, "bold", edge), "center")

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
    "new": ("o", 10, BLUE, PAPER),
    "possible shift": ("D", 10, PAPER, RED),
    "shift": ("D", 11, RED, PAPER),
    "correction": ("^", 11.5, PURPLE, PAPER),
}
"""Shape, size, fill and edge of every sign: no two share a shape and a fill."""

"""Promises of pictures: the same bytes for the same noun, every text as it is, nothing on top of anything else."""

from __future__ import annotations

import io
import random
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bot import canvas, drawing
from bot.canvas import MARKS, Look, width, wrapped
from bot.pictures import as_json
from digests.frames import say
from digests.model import Board, Lane, Mark, Name, Note, Sign, Square, TextOfRecord, Timeline
from digests.timelines import LEGEND

FIRST = date(2025, 11, 20)
HOSTILE = "He said $x^2$ \\frac{a}{b} \u202eevil\u200f <!channel> %s \x1b[2J won’t “agree” — не погодиться, ї ґ є " * 4
TEXT = TextOfRecord(HOSTILE)


def name(text: str) -> Any:
    return say("label.name", name=Name(text))


def timeline(lanes: Sequence[Lane], days: int = 14, notes: int = 0) -> dict[str, Any]:
    """A timeline as the program is handed it."""
    made = Timeline(
        title=name("TIMELINE · Ukraine $a_1$"),
        about=(name("about $x$"),),
        first=FIRST,
        last=FIRST + timedelta(days=days - 1),
        lanes=tuple(lanes),
        legend=LEGEND,
        notes=tuple(
            Note(n, (name("head"),), (name("[Someone]"),), TEXT.span(0, 280), (name("foot"),), TEXT.span(0, 90))
            for n in range(1, notes + 1)
        ),
        below=(name("below"),),
        before=name("baseline"),
    )
    return {"kind": "Timeline", **as_json(made, ZoneInfo("Europe/Kyiv"))}


def board() -> dict[str, Any]:
    squares = (
        Square(name("3 Dec 2025"), Sign.SAID, 0),
        Square(name("24 Nov 2025, baseline"), Sign.BASELINE, 9),
        Square(name("1 Dec 2025 · shift Mon 1 Dec 09:00"), Sign.SHIFT, 2),
        Square(name("–"), Sign.SAID, None),
    )
    ages = ((1, name("today")), (7, name("a week")), (99, name("older")))
    made = Board(name("POSITIONS $"), (), name("issue"), (name("A party with a long name"),) * 4,
                 ((name("territory"), squares), (name("x" * 60), squares)), ages, LEGEND, (name("below"),))  # fmt: skip
    return {"kind": "Board", **as_json(made, ZoneInfo("Europe/Kyiv"))}


def dense(lanes: int, days: int) -> list[Lane]:
    chance = random.Random(7)
    number = 0
    made = []
    for _ in range(lanes):
        marks = []
        for day in sorted(chance.sample(range(days), chance.randint(0, days))):
            number += number < 6
            sign = chance.choice(list(Sign)[1:])
            marks.append(
                Mark(FIRST + timedelta(days=day), sign, chance.choice([1, 3, 140]), number if number < 6 else 0)
            )
        made.append(Lane(name("Security guarantees and $more$ " + "x" * 30), tuple(marks), name("24 Nov 2025")))
    return made


def pixels(png: bytes) -> Any:
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB"))


@pytest.mark.parametrize("picture", [timeline(dense(3, 14), notes=3), board()])
def test_the_same_picture_is_the_same_bytes_and_says_nothing_of_who_made_it_when(picture: dict[str, Any]) -> None:
    png = drawing.draw(picture)
    assert png == drawing.draw(picture)
    assert png.startswith(b"\x89PNG")
    assert not Image.open(io.BytesIO(png)).text.keys() - {"dpi"}  # type: ignore[attr-defined]


@pytest.mark.parametrize(("lanes", "days"), [(1, 1), (12, 2), (1, 60), (12, 400)])
def test_any_number_of_days_and_lanes_is_drawn_within_the_sheet(days: int, lanes: int) -> None:
    shown = pixels(drawing.draw(timeline(dense(lanes, days), days, notes=6)))
    assert shown.shape[1] == canvas.WIDTH * canvas.DOTS
    for margin in (shown[:20], shown[-20:], shown[:, :25], shown[:, -25:]):
        assert margin.min() == 255, "something stands in the margin"


class Recording(canvas.Sheet):
    """A sheet whose texts can be asked where they stand."""

    def boxes(self) -> list[tuple[float, float, float, float, str]]:
        """Left, top, right, bottom of every text, in inches."""
        found = []
        for kind, *what in self.artists:
            if kind == "text":
                x, y, text, look, align = what
                wide, high = width(text, look), look.size / 72
                left = x - wide / 2 if align == "center" else x
                found.append((left, y - high / 2, left + wide, y + high / 2, text))
        return found


@pytest.mark.parametrize(("lanes", "days"), [(12, 60), (3, 400)])
def test_no_text_stands_on_another(lanes: int, days: int, monkeypatch: pytest.MonkeyPatch) -> None:
    sheets: list[Recording] = []

    def sheet() -> Recording:
        sheets.append(Recording())
        return sheets[-1]

    monkeypatch.setattr(drawing, "Sheet", sheet)
    drawing.draw(timeline(dense(lanes, days), days, notes=6))
    drawing.draw(board())
    for made in sheets:
        boxes = [box for box in made.boxes() if box[4] not in {"?"}]
        for n, a in enumerate(boxes):
            for b in boxes[n + 1 :]:
                apart = a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] + 0.02 or b[3] <= a[1] + 0.02
                assert apart, (a, b)


def test_no_two_signs_look_the_same_without_colour() -> None:
    looks = {(shape, fill == canvas.PAPER) for shape, _, fill, _ in MARKS.values()}
    assert len(looks) == len(MARKS) == len(Sign)


def luminance(colour: str) -> float:
    """Relative luminance, as WCAG 2 has it."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(
    ("text", "ground"),
    [(ink, fill) for fill, ink in canvas.SHADES] + [(canvas.SOFT, canvas.BAND), (canvas.INK, canvas.BAND)],
)
def test_every_text_has_enough_contrast(text: str, ground: str) -> None:
    light, dark = sorted((luminance(text), luminance(ground)), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200), st.floats(0.4, 6))
def test_wrapped_lines_fit_and_lose_no_character(text: str, room: float) -> None:
    look = Look(10)
    lines = wrapped(text, look, room)
    assert all(width(line, look) <= room or len(line) == 1 for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_what_is_cut_ends_in_an_ellipsis() -> None:
    lines = wrapped("one two three four five six seven", Look(10), 0.8, most=2)
    assert len(lines) == 2
    assert lines[-1].endswith("…")


def test_formulas_control_characters_and_turned_text_are_shown_as_text_or_not_at_all() -> None:
    handed = timeline([Lane(name("a"), (Mark(FIRST, Sign.SHIFT, 1, 1),))], notes=1)
    words = handed["notes"][0]["span"]
    assert "$x^2$ \\frac{a}{b}" in words
    assert not {"\u202e", "\u200f", "\x1b"} & set(words)
    drawing.draw(handed)

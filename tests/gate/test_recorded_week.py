"""The recorded week holds its floors: what must be told is told, nothing twice, nothing without source or warning."""

from __future__ import annotations

import asyncio

import pytest

from tests.gate.recorded_week import MUST_BE_NOTHING, Figures, fallen, floors, measured, raised, table
from tests.gate.week_run import lived

pytestmark = [pytest.mark.gate, pytest.mark.xdist_group("recorded-week")]


@pytest.fixture(scope="module")
def figures() -> Figures:
    """The week, lived through once."""
    return measured(asyncio.run(lived()))


def test_no_figure_falls_below_its_floor(figures: Figures, capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        print("\n" + table(figures.values, floors()))
    worse = fallen(figures.values, floors())
    assert worse == [], {kind: lines for kind, lines in figures.misses.items() if lines}


@pytest.mark.parametrize("name", [n for n in MUST_BE_NOTHING if n != "told_twice"])
def test_what_must_never_happen_does_not(figures: Figures, name: str) -> None:
    assert figures.values[name] == 0, figures.misses


def test_every_figure_has_a_floor(figures: Figures) -> None:
    assert set(figures.values) - {"lines"} == set(floors())


def test_floors_rise_and_never_fall() -> None:
    held = {"must_told": 0.5, "told_twice": 2.0}
    assert raised({"must_told": 0.6, "told_twice": 1.0}, held) == {"must_told": 0.6, "told_twice": 1.0}
    assert raised({"must_told": 0.4, "told_twice": 3.0}, held) == held
    assert fallen({"must_told": 0.4, "told_twice": 3.0}, held) == ["must_told", "told_twice"]
    assert fallen({"must_told": 0.5, "told_twice": 2.0}, held) == []

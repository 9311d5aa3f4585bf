"""Prints the table of figures when the gate has run in one process (`make gate`)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.gate import figures, floors, material, table

_ran: list[str] = []


@pytest.fixture(autouse=True)
def _noted(request: pytest.FixtureRequest) -> Iterator[None]:
    """Remember which materials were measured, so that the table measures nothing of its own."""
    yield
    callspec = getattr(request.node, "callspec", None)
    name = callspec.params.get("name") if callspec else None
    if name in figures.MATERIALS and name not in _ran:
        _ran.append(name)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The table, of what was measured."""
    found = []
    for name in (n for n in figures.MATERIALS if n in _ran):
        try:
            found.append(figures.measured(name))
        except material.Absent as why:
            terminalreporter.write_line(f"left out {name}: {why}")
    if found:
        terminalreporter.write_sep("=", "the gate")
        terminalreporter.write_line(table.text(found, floors.load()))

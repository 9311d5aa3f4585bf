"""The board of parties and issues as a picture. Hides shades, and how many parties stand beside each other."""

from __future__ import annotations

from datetime import date, datetime

from digests.frames import say
from digests.model import Board, Count, Directory, File, Frame, Instant, Name, Sign, Square
from digests.position_pages import Cell, Grid
from digests.rows import Setting

PARTIES_AT_MOST = 8
"""Parties that a picture has room for; those with most issues come first."""
AGES = (
    (1, say("chart.today")),
    (3, say("chart.days", n=Count(3))),
    (7, say("chart.days", n=Count(7))),
    (100_000, say("chart.older")),
)
"""Shades: words of the last 24 hours, of three days, of a week, older."""


def file(cells: Grid, now: datetime, on: date, zone: str, setting: Setting) -> File | None:
    """The board as a file, `on` being the reader's day; None where nothing is on record."""
    directory = setting.directory
    issues = [i for i in directory.issues if any(i.id in row for row in cells.values())]
    ranked = sorted((a for a in cells if cells[a]), key=lambda a: -len(cells[a]))[:PARTIES_AT_MOST]
    parties = [a.id for a in directory.actors if a.id in ranked]
    if not parties or not issues:
        return None
    title = say("chart.title", at=Instant(now), zone=Name(zone))
    rows = tuple(
        (say("label.name", name=Name(i.name)), tuple(_square(cells[a].get(i.id), on) for a in parties)) for i in issues
    )
    signs = {cell.sign for _, row in rows for cell in row}
    legend = tuple((s, say(f"sign.{s.name.lower()}")) for s in (Sign.BASELINE, Sign.SHIFT) if s in signs)
    about = (say("chart.of", parties=Count(len(parties)), issues=Count(len(issues))), *setting.marks)
    heads = tuple(say("label.name", name=Name(directory.actor_name(a))) for a in parties)
    below = (say("chart.below"),)
    board = Board(title, about, say("grid.issue"), heads, rows, AGES, legend, below)
    return File(f"positions-{on.isoformat()}.png", title, picture=board, alt=_alt(title, parties, cells, directory))


def _square(cell: Cell | None, on: date) -> Square:
    if cell is None:
        return Square(say("grid.none"), Sign.SAID, None)
    day = cell.day or cell.seen
    words = cell.frame()
    if cell.baseline:
        words = say("chart.baseline", on=day)
    sign = Sign.SHIFT if cell.moved is not None else Sign.BASELINE if cell.baseline else Sign.SAID
    return Square(words, sign, max(0, (on - day.on).days))


def _alt(title: Frame, parties: list[str], cells: Grid, directory: Directory) -> tuple[Frame, ...]:
    """Each party with the issues on which it has words, as far as there is room."""
    names = {i.id: i.name for i in directory.issues}
    return (
        title,
        *(
            say(
                "chart.alt",
                who=Name(directory.actor_name(a)),
                issues=tuple(Name(names[i]) for i in names if i in cells[a]),
            )
            for a in parties
        ),
    )

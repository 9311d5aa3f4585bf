"""One table: measure, naive or published figure, goal, now, floor. Hides its widths.

The naive figures are of keywords, first alias and link dedupe, on the same rows where that is said, else on the dev
labels; published ones name their system.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tests.gate.figures import Measured
from tests.gate.floors import LESS_IS_BETTER, Floors, shown


@dataclass(frozen=True)
class Goal:
    """A figure with what it is called, what others reach and what is wanted."""

    figure: str
    called: str
    others: str
    goal: float | None  # None: a stress that no figure is asked of


GOALS = (
    Goal("digest.unsourced", "lines that no item carries", "0", 0),
    Goal("digest.told_twice", "happenings told twice", "32", 0),
    Goal("digest.mixed", "lines of two happenings", "0", 0),
    Goal("digest.most_lines", "lines in a slot, at most", "47", 12),
    Goal("digest.must_told", "must-have happenings in 24 h", "1.00", 1.0),
    Goal("digest.line_precision", "precision of lines", "0.40", 0.85),
    Goal("items.relevance", "relevance F1", "0.89", 0.95),
    Goal("items.tell_or_not", "tell or not F1", "0.55", 0.82),
    Goal("items.verdict", "verdicts right", "0.18", 0.70),
    Goal("items.stories", "stories BCubed F1", "0.58", 0.86),
    Goal("headlines.f1", "headline pairs, best F1", "char TF-IDF 0.918", 0.95),
    Goal("headlines.auc", "headline pairs, AUC", "char TF-IDF 0.954", 0.98),
    Goal("headlines.hard_f1", "same, against near ones, F1", "-", None),
    Goal("headlines.hard_auc", "same, against near ones, AUC", "-", None),
    Goal("items.actors", "actors of items F1", "0.70", 0.90),
    Goal("items.issues", "issues of items F1", "0.76", 0.84),
    Goal("statements.found", "statements found F1", "0.51", 0.80),
    Goal("statements.quoted_recall", "quoted ones found", "0.40", 0.96),
    Goal("statements.actor", "of found: actor right", "0.88", 0.95),
    Goal("statements.speaker", "of found: speaker right", "0.30", 0.92),
    Goal("statements.kind", "of found: kind right", "0.92", 0.97),
    Goal("statements.day", "of found: day right", "0.38", 0.90),
    Goal("statements.vague_kept_vague", "of found: vague days left vague", "-", 1.0),
    Goal("statements.issues", "of found: issues F1", "0.87", 0.90),
    Goal("statements.polarity", "of found: polarity right", "0.55", 0.78),
    Goal("statements.actor_and_issue", "actor and issue both right F1", "0.43", 0.70),
    Goal("positions.cells", "positions: cells F1", "0.60", 0.80),
    Goal("positions.newest", "positions: newest right", "0.24", 0.85),
    Goal("shifts.precision", "shifts: precision", "-", 0.95),
    Goal("shifts.recall", "shifts or possible ones noticed", "-", 0.80),
    Goal("shifts.hard_false_alarms", "false alarms on hard pairs", "polarity rule .50-.58", 0.05),
    Goal("shifts.unread", "pairs whose actor was not found", "-", 0),
    Goal("board.wrong", "status frames that are wrong", "-", 0),
    Goal("polnear.source", "PolNeAR source F1", "rules .11, CRF .51", 0.50),
    Goal("polnear.cue", "PolNeAR cue F1", "rules .23, CRF .53", 0.50),
    Goal("polnear.content", "PolNeAR content F1", "rules .06, CRF .29", 0.45),
    Goal("baseline.faults_found", "faults of the baseline found", "-", 1.0),
    Goal("baseline.false_conflicts", "false conflicts with it", "-", 0),
    Goal("edits.noticed", "spans that edits took, noticed", "-", 1.0),
    Goal("edits.standing_reported", "standing spans said to be gone", "-", 0),
    Goal("edits.markup_reported", "markup-only edits reported", "-", 0),
)
"""Every measure that has a goal, in the order of the table."""

_HEAD = ("measure", "material", "naive or published", "goal", "now", "floor", "")


def rows(measured: Sequence[Measured], floors: Floors) -> Iterator[tuple[str, ...]]:
    """The rows of the table, one a measure and material that gives it."""
    by_name: Mapping[str, Measured] = {m.material: m for m in measured}
    for goal in GOALS:
        for name, one in by_name.items():
            now = one.figures.get(goal.figure)
            if now is None:
                continue
            floor = floors.of(name).get(goal.figure) if floors.same_material(one) else None
            yield (
                goal.called,
                name,
                _others(goal, one),
                shown(goal.figure, goal.goal),
                shown(goal.figure, now),
                shown(goal.figure, floor),
                "" if _reached(goal, now) else "short of the goal",
            )


def _reached(goal: Goal, now: float) -> bool:
    if goal.goal is None:
        return True
    return now <= goal.goal if goal.figure in LESS_IS_BETTER else now >= goal.goal


def _others(goal: Goal, one: Measured) -> str:
    """The simplest reader on the same rows where it was run, else what was found of others on other material."""
    if goal.figure in one.naive:
        return f"naive, same rows {shown(goal.figure, one.naive[goal.figure])}"
    return goal.others if one.material != "corpus" or goal.figure.startswith("shifts") else "-"


def text(measured: Sequence[Measured], floors: Floors) -> str:
    """The table, for a terminal."""
    listed = [_HEAD, *rows(measured, floors)]
    widths = [max(len(row[n]) for row in listed) for n in range(len(_HEAD))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in listed
    )

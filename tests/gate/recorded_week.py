"""The recorded week against what an editor expects of it: figures, floors that only rise, a table.

`python -m tests.gate.recorded_week` prints the table with every miss in words and raises the floors to what was
reached; it never lowers one. The floors lie in `recorded_week.json` beside this file.
"""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from digests import frames
from digests.model import Frame, Line, Page, Span, Verdict
from tests.gate.week_run import LivedWeek, Told, day_of, expected, lived
from tests.unit.digests.recount import Recount, shown

FLOORS = Path(__file__).with_name("recorded_week.json")
COUNTS = frozenset(
    {
        *(
            "told_twice",
            "unsourced",
            "never_told",
            "faults_unwarned",
            "board_wrong",
            "blind_unsaid",
            "corrected_unsaid",
        ),
        "not_expected",
    }
)
"""Figures of which less is better; the others are shares of what was wanted."""
MUST_BE_NOTHING = ("told_twice", "unsourced", "faults_unwarned", "board_wrong", "blind_unsaid", "corrected_unsaid")
DIFFERS = frozenset({Verdict.CORRECTION, Verdict.DIFFER, Verdict.SHIFT, Verdict.POSSIBLE_SHIFT})


@dataclass
class Figures:
    """What the week gave; `misses` are lines by kind, to be read by whoever mends a rule."""

    values: dict[str, float] = field(default_factory=dict)
    misses: dict[str, list[str]] = field(default_factory=dict)

    def missed(self, kind: str, what: str) -> None:
        """One thing that went wrong."""
        self.misses.setdefault(kind, []).append(what)


def measured(week: LivedWeek) -> Figures:
    """Every figure of the week."""
    figures, wanted = Figures(), expected()
    by_day = {day_of(t, wanted["zone"]): t for t in week.told}
    _musts(figures, week, wanted, by_day)
    _nevers(figures, week, wanted, by_day)
    _wordings(figures, week, wanted, by_day)
    _once(figures, week, wanted)
    _sourced(figures, week)
    _faults(figures, week)
    _board(figures, week)
    _blind(figures, wanted, by_day, week)
    _corrected(figures, wanted, by_day, week)
    return figures


def named(raw: str) -> tuple[str, int]:
    """("outlet/entry", number of its version); 0 for any version."""
    entry, _, number = raw.partition("#")
    return entry, int(number or 0)


def rests_on(week: LivedWeek, line: Line, entries: Iterable[str]) -> bool:
    """Whether a line rests on one of these reports."""
    there = week.entries(line)
    return any((entry, n) in there if n else any(e == entry for e, _ in there) for entry, n in map(named, entries))


def _musts(figures: Figures, week: LivedWeek, wanted: Mapping[str, Any], by_day: Mapping[str, Told]) -> None:
    """Happenings that their digest is wrong without; whether with a right verdict; what else stood there."""
    told = right = every = 0
    expected_lines: set[str] = set()
    for day in wanted["digests"]:
        lines = by_day[day["day"]].digest.lines
        for must in day["must"]:
            every += 1
            mine = [line for line in lines if rests_on(week, line, must["entries"])]
            expected_lines.update(line.line_id for line in mine)
            told += bool(mine)
            right += any(v.value in must["verdicts"] for line in mine for v in line.verdicts)
            if not mine:
                figures.missed("not told", f"{day['day']} {must['happening']}")
        for one in day.get("context", ()):
            mine = [line for line in lines if rests_on(week, line, one["entries"])]
            expected_lines.update(line.line_id for line in mine)
    labelled = {day["day"] for day in wanted["digests"]}
    stood = [line for day, t in by_day.items() if day in labelled for line in t.digest.lines]
    for line in stood:
        if line.line_id not in expected_lines:
            figures.missed("not expected", f"{week.headline(line)[0]}: {line.headline.span.chars[:80]}")
    figures.values["must_told"] = told / every
    figures.values["verdict_right"] = right / max(1, told)
    figures.values["not_expected"] = len(figures.misses.get("not expected", ()))
    figures.values["lines"] = len(stood)


def _nevers(figures: Figures, week: LivedWeek, wanted: Mapping[str, Any], by_day: Mapping[str, Told]) -> None:
    """Reports that must not stand for a line of their digest."""
    for day in wanted["digests"]:
        bad = {named(e): reason for reason, entries in day["never"].items() for e in entries}
        for line in by_day[day["day"]].digest.lines:
            entry, number = week.headline(line)
            reason = bad.get((entry, number)) or bad.get((entry, 0))
            if reason:
                figures.missed("never told", f"{day['day']} {reason} {entry}: {line.headline.span.chars[:80]}")
    figures.values["never_told"] = len(figures.misses.get("never told", ()))


def _wordings(figures: Figures, week: LivedWeek, wanted: Mapping[str, Any], by_day: Mapping[str, Told]) -> None:
    """Wordings of one utterance that a digest shows: each must be called so."""
    flagged = shown_ = 0
    for day in wanted["digests"]:
        for one in day.get("wordings", ()):
            lines = [x for x in by_day[day["day"]].digest.lines if rests_on(week, x, one["entries"])]
            if not lines:
                continue
            shown_ += 1
            said = any(DIFFERS & set(line.verdicts) for line in lines)
            flagged += said
            if not said:
                figures.missed("wording not flagged", f"{day['day']} {one['of']} ({one['kind']})")
    figures.values["wordings_flagged"] = flagged / max(1, shown_)


def _once(figures: Figures, week: LivedWeek, wanted: Mapping[str, Any]) -> None:
    """Nothing twice: no development in two lines, no happening of the labels as news in two digests or two lines."""
    times = Counter(d for t in week.told for line in t.digest.lines for d in line.development_ids)
    for development, n in times.items():
        if n > 1:
            figures.missed("told twice", f"development {development}")
    for must in (m for day in wanted["digests"] for m in day["must"]):
        lines = [
            line
            for t in week.told
            for line in t.digest.lines
            if Verdict.NEW in line.verdicts
            and week.headline(line) in {_exact(e, week.headline(line)) for e in must["entries"]}
        ]
        for line in lines[1:]:
            figures.missed("told twice", f"{must['happening']}: {line.headline.span.chars[:80]}")
    figures.values["told_twice"] = len(figures.misses.get("told twice", ()))


def _exact(raw: str, like: tuple[str, int]) -> tuple[str, int]:
    entry, number = named(raw)
    return entry, number or like[1]


def _sourced(figures: Figures, week: LivedWeek) -> None:
    """Every span of every page stands in a text of the week or of the baseline."""
    for t in week.told:
        for row in (*t.page.rows, *t.page.thread):
            for piece in row.pieces:
                if isinstance(piece, Span):
                    words = " ".join(piece.chars.split())
                    if not any(words in text for text in week.texts):
                        figures.missed("unsourced", words[:100])
    figures.values["unsourced"] = len(figures.misses.get("unsourced", ()))


def _faults(figures: Figures, week: LivedWeek) -> None:
    """Pages that show the reversed sentence without its other wording and the warning."""
    for t in week.told:
        text = words_of(t.page)
        if "details that cannot be resolved" in text and not (
            "not insurmountable" in text and "WORDINGS DIFFER: polarity" in text
        ):
            figures.missed("fault unwarned", t.digest.slot.isoformat())
    figures.values["faults_unwarned"] = len(figures.misses.get("fault unwarned", ()))


def _board(figures: Figures, week: LivedWeek) -> None:
    """Status frames that a recount does not bear out."""
    for t in week.told:
        recount = Recount(t.digest.lines, t.digest.alerted, t.window, week.directory, t.digest.freshness)
        for entry in t.digest.board:
            for frame in sorted(shown(entry) ^ recount.said(entry)):
                figures.missed("board wrong", f"{t.digest.slot:%d %b} {entry.actor_id}: {frame}")
    figures.values["board_wrong"] = len(figures.misses.get("board wrong", ()))


def _blind(figures: Figures, wanted: Mapping[str, Any], by_day: Mapping[str, Told], week: LivedWeek) -> None:
    """Outlets that could not be read at a slot and are not named in its digest."""
    for day in wanted["digests"]:
        for outlet in day.get("blind", ()):
            name = week.directory.source_by_id[outlet].name
            if f"{name}: not read since" not in words_of(by_day[day["day"]].page):
                figures.missed("blind unsaid", f"{day['day']} {outlet}")
    figures.values["blind_unsaid"] = len(figures.misses.get("blind unsaid", ()))


def _corrected(figures: Figures, wanted: Mapping[str, Any], by_day: Mapping[str, Told], week: LivedWeek) -> None:
    """What was told and its source corrected since, and the next digest does not list."""
    for day in wanted["digests"]:
        listed = {week.headline(line)[0] for line in by_day[day["day"]].digest.corrections}
        for entry in day.get("corrected", ()):
            if entry not in listed:
                figures.missed("corrected unsaid", f"{day['day']} {entry}")
    figures.values["corrected_unsaid"] = len(figures.misses.get("corrected unsaid", ()))


def words_of(page: Page) -> str:
    """A page as plain words, one row a line."""
    zone = ZoneInfo(page.zone)

    def said(piece: object) -> str:
        return piece.chars if isinstance(piece, Span) else frames.words(piece, zone) if isinstance(piece, Frame) else ""

    return "\n".join(" · ".join(map(said, row.pieces)) for row in (*page.rows, *page.thread))


# --- floors ---------------------------------------------------------------------------------------------------------


def floors() -> dict[str, float]:
    """What was once reached."""
    loaded: dict[str, float] = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    return loaded


def fallen(values: Mapping[str, float], held: Mapping[str, float]) -> list[str]:
    """Figures that are worse than their floor."""
    worse = (n for n in held if n in values and (values[n] > held[n] if n in COUNTS else values[n] < held[n] - 1e-9))
    return sorted(worse)


def raised(values: Mapping[str, float], held: Mapping[str, float]) -> dict[str, float]:
    """The floors with every figure that got better; none that got worse."""
    better = {n: min(v, held.get(n, v)) if n in COUNTS else max(v, held.get(n, v)) for n, v in values.items()}
    return {n: round(better[n], 4) for n in sorted(better) if n != "lines"}


def table(values: Mapping[str, float], held: Mapping[str, float]) -> str:
    """Figures beside their floors."""
    rows = [f"{'recorded week':<20} {'reached':>8} {'floor':>8}"]
    for name in sorted(values):
        floor = f"{held[name]:g}" if name in held else "-"
        rows.append(f"{name:<20} {values[name]:>8.4g} {floor:>8}")
    return "\n".join(rows)


def main(arguments: Sequence[str] = ()) -> None:
    """Print the table and the misses; raise the floors."""
    figures = measured(asyncio.run(lived()))
    print(table(figures.values, floors()))
    for kind, lines in sorted(figures.misses.items()):
        print(f"\n{kind}\n" + "\n".join(f"  {line}" for line in lines))
    if "--look" not in arguments:
        FLOORS.write_text(json.dumps(raised(figures.values, floors()), indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    import sys

    main(sys.argv[1:])

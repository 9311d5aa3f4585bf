"""Where an actor stands, issue by issue: newest statement, those before, the baseline's. Hides order and roll-up.

Only an actor's own words and acts move it: analysis never does, nor what others say about it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from digests.model import Days, Directory, Held, Kind, Position, Statement, Verdict

_UNDATED = date.min
_MOVES = (Verdict.SHIFT,)


def position(  # noqa: PLR0913 - the four facts a position rests on, and three ways to ask for less of them
    actor_id: str,
    statements: Sequence[Statement],
    baseline_statements: Sequence[Statement],
    directory: Directory,
    as_of: datetime,
    issue: str | None = None,
    *,
    seen_at: Mapping[str, datetime] | None = None,
    verdicts: Mapping[str, Verdict] | None = None,
    members: bool = True,
) -> Position:
    """The position as of an instant. `statements` in order of recording. `seen_at` by article id, where known, and
    `verdicts` by statement id make "newest" and "last moved" exact. Members roll up to their parent unless told not to.
    """
    seen = seen_at or {}
    own = [s for s in statements if _own(s, actor_id, directory, members) and not _later(seen.get(s.article_id), as_of)]
    first = [s for s in baseline_statements if _own(s, actor_id, directory, members)]
    held = []
    for entry in directory.issues:
        if issue is not None and entry.id != issue:
            continue
        newest = _newest_first([s for s in own if entry.id in s.issues], seen)
        baseline = _newest_first([s for s in first if entry.id in s.issues], seen)
        if newest or baseline:
            held.append(_held(entry.id, newest, baseline, seen, verdicts or {}))
    shown = {h.issue_id for h in held}
    asked = [i.id for i in directory.issues if issue is None or i.id == issue]
    about = _newest_first(
        [s for s in statements if _about(s, actor_id, directory) and (issue is None or issue in s.issues)], seen
    )
    return Position(actor_id, as_of, tuple(held), tuple(about), tuple(i for i in asked if i not in shown))


def said_by(statements: Iterable[Statement], day: date, dated: Days) -> tuple[Statement, ...]:
    """Those of a baseline's statements that had been said by the end of a day: its text may be of a later one. What
    names no day is of the first day that the text is dated."""
    return tuple(s for s in statements if (s.said_on.last if s.said_on else dated.first) <= day)


def _held(
    issue_id: str,
    newest: list[Statement],
    baseline: list[Statement],
    seen: Mapping[str, datetime],
    verdicts: Mapping[str, Verdict],
) -> Held:
    moved = [s for s in newest if verdicts.get(s.statement_id) in _MOVES]
    at = max((seen[s.article_id] for s in moved if s.article_id in seen), default=None)
    return Held(issue_id, tuple(newest), tuple(baseline), at, verdicts.get(newest[0].statement_id) if newest else None)


def _own(statement: Statement, actor_id: str, directory: Directory, members: bool) -> bool:
    if statement.kind is Kind.ANALYSIS:
        return False
    return statement.actor_id == actor_id or (members and directory.rolls_up(statement.actor_id, actor_id))


def _about(statement: Statement, actor_id: str, directory: Directory) -> bool:
    return not directory.rolls_up(statement.actor_id, actor_id) and any(
        directory.rolls_up(a, actor_id) for a in statement.about
    )


def _later(seen: datetime | None, as_of: datetime) -> bool:
    return seen is not None and seen > as_of


def _newest_first(found: Iterable[Statement], seen: Mapping[str, datetime]) -> list[Statement]:
    """By the day it was said, then by when it was seen; within one article the top is the news, so what stands first
    there comes first. A statement without a day is taken as of the day that its article was seen."""
    kept = list(found)
    articles = {s.article_id: n for n, s in enumerate(kept)}  # of two seen on one day, the one recorded later is newer
    kept.sort(key=lambda s: (articles[s.article_id], -s.span.start), reverse=True)
    kept.sort(key=lambda s: _when(s, seen), reverse=True)
    return kept


def _when(statement: Statement, seen: Mapping[str, datetime]) -> tuple[date, date, bool]:
    at = seen.get(statement.article_id)
    day = statement.said_on.last if statement.said_on else (at.date() if at else _UNDATED)
    return day, at.date() if at else _UNDATED, statement.said_on is not None

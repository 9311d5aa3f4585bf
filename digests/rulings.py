"""What reviewers ruled, laid over what was read. Hides which statements a ruling takes off the record.

The record is never rewritten: a development that was found wrong stays known, so that a further report of it is a
repeat, but its statements no longer say where anybody stands; a scope set by hand counts instead of the one that was
read.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from digests.model import Change, Development, Directory, Fate, Line, ReviewItem, ReviewState, Statement
from digests.ports import Recorded


def decided(items: Iterable[ReviewItem]) -> list[ReviewItem]:
    """Rulings that change what counts, in order of decision; what another ruling settled changes nothing by itself."""
    bear = [(i.decided_at, i) for i in items if i.decided_at is not None and (overrules(i) or rescopes(i))]
    return [item for _, item in sorted(bear, key=lambda row: (row[0], row[1].item_id))]


def overrules(item: ReviewItem) -> bool:
    """Whether a ruling takes words back."""
    return item.state is ReviewState.REJECTED and not item.settled_by


def on_same(item: ReviewItem, others: Iterable[ReviewItem]) -> list[ReviewItem]:
    """The other items on developments that an item is on."""
    own = set(item.development_ids)
    return [other for other in others if other.item_id != item.item_id and own & set(other.development_ids)]


def rescopes(item: ReviewItem) -> bool:
    """Whether a ruling sets another scope."""
    return item.state is ReviewState.APPROVED and bool(item.actors or item.issues)


def laid_over(recorded: Recorded, items: Sequence[ReviewItem], directory: Directory) -> Recorded:
    """The report as it counts after the rulings, in their order."""
    for item in items:
        d = recorded.development
        if d is None or d.development_id not in item.development_ids:
            continue
        if overrules(item):
            recorded = replace(recorded, reading=replace(recorded.reading, statements=()))
        elif rescopes(item):
            recorded = _rescoped(recorded, d, item, directory)
    return recorded


def _rescoped(recorded: Recorded, d: Development, item: ReviewItem, directory: Directory) -> Recorded:
    actors, issues = item.actors or d.actors, item.issues or d.issues
    kept = {s.statement_id: k for s in recorded.reading.statements if (k := _kept(s, item, directory)) is not None}
    judged = tuple(
        replace(j, statement=kept[j.statement.statement_id]) for j in d.judgements if j.statement.statement_id in kept
    )
    acting = item.actors or d.acting
    reading = replace(recorded.reading, statements=tuple(kept.values()), actors=actors, acting=acting, issues=issues)
    development = replace(d, actors=actors, acting=acting, issues=issues, judgements=judged)
    return replace(recorded, reading=reading, development=development)


def _kept(s: Statement, item: ReviewItem, directory: Directory) -> Statement | None:
    """The statement within the scope: a party outside it said nothing of this; on issues that it lacks it is silent."""
    if item.actors and not any(directory.rolls_up(s.actor_id, actor) for actor in item.actors):
        return None
    issues = tuple(i for i in s.issues if i in item.issues) or item.issues
    return replace(s, issues=issues) if item.issues else s


def taken_back(recorded: Recorded, items: Iterable[ReviewItem]) -> Change | None:
    """That a ruling took back what a report tells, and when; None where none did."""
    own = recorded.development.development_id if recorded.development is not None else ""
    at = next((i.decided_at for i in items if overrules(i) and own in i.development_ids), None)
    return (
        Change(recorded.article.article_id, recorded.article.revision, Fate.OVERRULED, at) if at is not None else None
    )


def on_lines(told: Iterable[Line], items: Sequence[ReviewItem]) -> list[Line]:
    """Of lines that were told, those that a ruling overruled or rescoped, marked with the last that did: what was taken
    back stays so, whatever its scope."""
    found: list[Line] = []
    for line in told:
        own = [i for i in items if i.decided_at is not None and set(i.development_ids) & set(line.development_ids)]
        if own:
            last = next((i for i in reversed(own) if overrules(i)), own[-1])
            fate = Fate.OVERRULED if overrules(last) else Fate.RESCOPED
            at = last.decided_at or line.first_seen
            cited = line.headline
            found.append(replace(line, changes=(Change(cited.article_id, cited.revision, fate, at),)))
    return found

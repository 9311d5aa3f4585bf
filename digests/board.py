"""The board of who spoke: one entry a party, in closed frames, each a query over lines and record. Hides the roll-up.

Never "no change": that is a claim about the world. "Nothing new on record" only where a source of that side was read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from digests.frames import say
from digests.model import (
    Actor,
    BoardEntry,
    Day,
    Directory,
    Frame,
    Freshness,
    Instant,
    Judgement,
    Kind,
    Line,
    Name,
    Refs,
    Statement,
    Verdict,
)
from digests.ports import Recorded

PARTIES = ("russia", "ukraine", "united-states", "europe")
"""The parties that always stand on the board; another top-level actor stands there when it spoke in a line."""

_CHANGED = {
    "reason.number_changed": "number",
    "reason.condition_changed": "condition",
    "reason.yes_no_changed": "yes/no",
}


def entries(
    lines: Sequence[Line],
    recorded: Sequence[Recorded],
    last_words: Mapping[str, Statement],
    directory: Directory,
    fresh: Freshness,
) -> tuple[BoardEntry, ...]:
    """One entry a party, parties in the order of the configuration."""
    judged = _judgements(lines, recorded)
    always = [a for a in directory.actors if a.id in PARTIES]
    tops = [a for a in directory.actors if a.parent is None and a.id not in {*PARTIES, "analyst", "other"}]
    spoke = [a for a in tops if _own(a, judged, directory)]
    return tuple(BoardEntry(a.id, _frames(a, lines, judged, last_words, directory, fresh)) for a in [*always, *spoke])


def _judgements(lines: Sequence[Line], recorded: Sequence[Recorded]) -> list[tuple[str, Judgement]]:
    """(number of the line as shown, judgement) of every statement that a line rests on."""
    number = {d: str(n) for n, line in enumerate(lines, 1) for d in line.development_ids}
    found: list[tuple[str, Judgement]] = []
    for r in recorded:
        if r.development is not None and r.development.development_id in number:
            ref = number[r.development.development_id]
            found.extend((ref, j) for j in r.development.judgements)
    return found


def _own(actor: Actor, judged: Sequence[tuple[str, Judgement]], directory: Directory) -> list[tuple[str, Judgement]]:
    """Judgements on statements by the actor or its members; analysis moves nothing and is nobody's own."""
    return [
        (ref, j)
        for ref, j in judged
        if j.statement.kind is not Kind.ANALYSIS and directory.rolls_up(j.statement.actor_id, actor.id)
    ]


def _frames(
    actor: Actor,
    lines: Sequence[Line],
    judged: Sequence[tuple[str, Judgement]],
    last_words: Mapping[str, Statement],
    directory: Directory,
    fresh: Freshness,
) -> tuple[Frame, ...]:
    own = _own(actor, judged, directory)
    frames = _spoken(own, actor, directory)
    spoke_in = {ref for ref, j in own if j.verdict.tells or j.verdict is Verdict.RESTATED}
    named = [
        str(n)
        for n, line in enumerate(lines, 1)
        if str(n) not in spoke_in and any(directory.rolls_up(a, actor.id) for a in (*line.named, *line.actors))
    ]
    if not frames:
        frames = _silent(actor, last_words, directory, fresh, named=bool(named))
    if named:
        frames.append(say("board.named_in", lines=Refs(tuple(named))))
    return tuple(frames)


def _spoken(own: Sequence[tuple[str, Judgement]], actor: Actor, directory: Directory) -> list[Frame]:
    """Frames for what the actor itself said in the lines, strongest first."""
    frames: list[Frame] = []
    new: dict[str, set[str]] = defaultdict(set)
    restated: dict[str, set[str]] = defaultdict(set)
    corrected: set[str] = set()
    for ref, j in own:
        issue = j.statement.issues[0] if j.statement.issues else ""
        name = _issue_name(issue, directory)
        if j.verdict is Verdict.SHIFT and name:
            what = Name(_CHANGED.get(j.reason.key, "yes/no"))
            frames.append(say("board.shift", issue=name, lines=Refs((ref,)), what=what))
        elif j.verdict is Verdict.POSSIBLE_SHIFT and name:
            frames.append(say("board.possible_shift", issue=name, lines=Refs((ref,))))
        elif j.verdict is Verdict.CORRECTION:
            corrected.add(ref)
        elif j.verdict in {Verdict.NEW, Verdict.UPDATE} and name:
            new[issue].add(ref)
        elif j.verdict is Verdict.RESTATED and j.statement.said_on is not None and j.statement.said_on.exact:
            restated[j.statement.said_on.exact.isoformat()].add(ref)
    order = {i.id: n for n, i in enumerate(directory.issues)}
    for issue in sorted(new, key=lambda i: (directory.issue_by_id[i].context, order[i])):
        issue_name = Name(directory.issue_by_id[issue].name)
        frames.append(say("board.new_on", issue=issue_name, lines=_refs(new[issue])))
    if corrected:
        frames.append(say("board.corrected", lines=_refs(corrected)))
    if restated and not new:
        day = max(restated)
        stated = next(
            j.statement.said_on.exact
            for _, j in own
            if j.statement.said_on and j.statement.said_on.exact and j.statement.said_on.exact.isoformat() == day
        )
        frames.append(say("board.restated", on=Day(stated), lines=_refs(restated[day])))
    return list(dict.fromkeys(frames))


def _silent(
    actor: Actor, last_words: Mapping[str, Statement], directory: Directory, fresh: Freshness, *, named: bool
) -> list[Frame]:
    """Frames for a party that said nothing of its own in the lines: what the record has, and whether we looked."""
    frames: list[Frame] = []
    last = [s for a, s in sorted(last_words.items()) if directory.rolls_up(a, actor.id)]
    read = any(directory.rolls_up(side, actor.id) for side in fresh.sides_read)
    if not last:
        frames.append(say("board.nothing_on_record"))
    else:
        newest = max(last, key=lambda s: (s.said_on.last if s.said_on else fresh.since.date(), s.statement_id))
        on = newest.said_on.last if newest.said_on else fresh.since.date()
        who = Name(newest.speaker or directory.actor_by_id[newest.actor_id].name)
        nothing = say("board.nothing_since", on=Day(on)) if read and not named else None
        frames.append(nothing or say("board.nothing_own", who=who, on=Day(on)))
    if not read:
        frames.append(say("board.not_read_since", since=Instant(fresh.since)))
    return frames


def _issue_name(issue: str, directory: Directory) -> Name | None:
    found = directory.issue_by_id.get(issue)
    return Name(found.name) if found else None


def _refs(refs: set[str]) -> Refs:
    return Refs(tuple(sorted(refs, key=int)))

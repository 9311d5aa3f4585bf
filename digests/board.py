"""The board of who spoke: one entry a party, in closed frames, each a query over lines and record. Hides the roll-up.

Never "no change": that is a claim about the world. "Nothing new on record" only where a source of that side was read.
A party's own words are the statements of its speakers, bodies and members; analysis is nobody's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from digests.carriers import is_rewrite
from digests.coverage import Window
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

PARTIES = ("united-states", "russia", "ukraine", "europe")
"""The parties that always stand on the board; another top-level actor stands there when it spoke in a line."""
NOT_PARTIES = frozenset({"analyst", "other"})

_CHANGED = {
    "reason.number_changed": "number",
    "reason.condition_changed": "condition",
    "reason.yes_no_changed": "yes/no",
}


@dataclass(frozen=True)
class _Own:
    """One own statement of a party in a line, with what the line is called on the page."""

    ref: str
    judgement: Judgement


@dataclass(frozen=True)
class _Ground:
    """What the frames are asked of."""

    lines: Sequence[tuple[str, Line]]  # with what they are called on the page
    window: Window
    directory: Directory
    fresh: Freshness
    in_lines: tuple[_Own, ...]
    actor_of: Mapping[str, str]  # statement id -> actor id

    def own(self, actor: Actor) -> list[_Own]:
        return [o for o in self.in_lines if self.speaks_for(o.judgement.statement, actor)]

    def speaks_for(self, statement: Statement, actor: Actor) -> bool:
        return statement.kind is not Kind.ANALYSIS and self.directory.rolls_up(statement.actor_id, actor.id)

    def heard(self, actor: Actor) -> list[Judgement]:
        """Its own statements in everything that arrived in the window, told or not; what only rewrites have is none."""
        sourced = (r for r in self.window.fresh if r.development and not is_rewrite(r.article, self.directory))
        found = (j for r in sourced if r.development for j in r.development.judgements)
        return [j for j in found if j.verdict is not Verdict.BACKGROUND and self.speaks_for(j.statement, actor)]


def entries(
    lines: Sequence[Line], alerted: Sequence[Line], window: Window, directory: Directory, fresh: Freshness
) -> tuple[BoardEntry, ...]:
    """One entry a party: the four parties first, then whoever else spoke in a line, in the order of configuration.

    `lines` are named by their numbers, those that alerts told since the last digest by their ids.
    """
    shown = (*((str(n), line) for n, line in enumerate(lines, 1)), *((line.line_id, line) for line in alerted))
    ref_of = {d: ref for ref, line in shown for d in line.development_ids}
    sourced = [r for r in window.recorded if not is_rewrite(r.article, directory)]
    developments = [r.development for r in sourced if r.development]
    told = [(ref_of[d.development_id], d) for d in developments if d.development_id in ref_of]
    in_lines = tuple(_Own(ref, j) for ref, d in told for j in d.judgements)
    actor_of = {j.statement.statement_id: j.statement.actor_id for d in developments for j in d.judgements}
    ground = _Ground(shown, window, directory, fresh, in_lines, actor_of)
    always = [directory.actor_by_id[p] for p in PARTIES if p in directory.actor_by_id]
    others = [a for a in directory.actors if a.parent is None and a.id not in {*PARTIES, *NOT_PARTIES}]
    spoke = [a for a in others if ground.own(a)]
    return tuple(BoardEntry(a.id, _frames(a, ground)) for a in [*always, *spoke])


def _frames(actor: Actor, ground: _Ground) -> tuple[Frame, ...]:
    own = ground.own(actor)
    frames = _spoken(actor, own, ground) or _silent(actor, ground)
    if not own and not any(ground.directory.rolls_up(side, actor.id) for side in ground.fresh.sides_read):
        frames.append(_not_read(actor, ground))
    spoke_in = {o.ref for o in own if o.judgement.verdict.tells or o.judgement.verdict is Verdict.RESTATED}
    named = [ref for ref, line in ground.lines if ref not in spoke_in and _names(line, actor, ground)]
    if named:
        frames.append(say("board.named_in", lines=Refs(tuple(named))))
    return tuple(frames)


def _names(line: Line, actor: Actor, ground: _Ground) -> bool:
    return any(ground.directory.rolls_up(a, actor.id) for a in (*line.named, *line.actors))


# --- what it said in the lines --------------------------------------------------------------------------------------


def _spoken(actor: Actor, own: Sequence[_Own], ground: _Ground) -> list[Frame]:
    """Frames for a party's own words in the lines, the strongest claim first."""
    directory = ground.directory
    shifts: dict[tuple[str, str], set[str]] = defaultdict(set)
    by_issue: dict[Verdict, dict[str, set[str]]] = {v: defaultdict(set) for v in (Verdict.POSSIBLE_SHIFT, Verdict.NEW)}
    corrected: set[str] = set()
    for o in own:
        verdict, issue = o.judgement.verdict, _first_issue(o.judgement.statement, directory)
        if verdict is Verdict.CORRECTION:
            corrected.add(o.ref)
        elif issue and verdict is Verdict.SHIFT:
            shifts[issue, _CHANGED.get(o.judgement.reason.key, "yes/no")].add(o.ref)
        elif issue and verdict is Verdict.POSSIBLE_SHIFT:
            by_issue[verdict][issue].add(o.ref)
        elif issue and verdict in {Verdict.NEW, Verdict.UPDATE}:
            by_issue[Verdict.NEW][issue].add(o.ref)
    frames = [
        say("board.shift", issue=_issue(i, directory), lines=_refs(shifts[i, what]), what=Name(what))
        for i, what in sorted(shifts, key=lambda key: (_rank(key[0], directory), key[1]))
    ]
    for verdict, key in ((Verdict.POSSIBLE_SHIFT, "board.possible_shift"), (Verdict.NEW, "board.new_on")):
        found = by_issue[verdict]
        ranked = sorted(found, key=lambda i: _rank(i, directory))
        frames += [say(key, issue=_issue(i, directory), lines=_refs(found[i])) for i in ranked]
    frames += _differing(actor, own, ground)
    if corrected:
        frames.append(say("board.corrected", lines=_refs(corrected)))
    frames += _restated(own)
    shifted = shifts or by_issue[Verdict.POSSIBLE_SHIFT]
    return [*frames, say("board.no_shift")] if frames and not shifted else frames


def _restated(own: Sequence[_Own]) -> list[Frame]:
    """What it said again, the newest day of it."""
    days: dict[date, set[str]] = defaultdict(set)
    for o in own:
        said = o.judgement.statement.said_on
        if o.judgement.verdict is Verdict.RESTATED and said is not None and said.exact is not None:
            days[said.exact].add(o.ref)
    return [say("board.restated", on=Day(max(days)), lines=_refs(days[max(days)]))] if days else []


def _differing(actor: Actor, own: Sequence[_Own], ground: _Ground) -> list[Frame]:
    """Its words beside another party's on the same issue, where the record says that they differ."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for o in own:
        compared = o.judgement.compared
        other = ground.actor_of.get(compared.statement_id or "") if compared is not None else None
        issue = _first_issue(o.judgement.statement, ground.directory)
        differs = o.judgement.verdict is Verdict.DIFFER and other and issue
        if differs and not ground.directory.rolls_up(other or "", actor.id):
            found[other or "", issue].add(o.ref)
    return [
        say(
            "board.differ",
            a=Name(actor.name),
            b=Name(ground.directory.actor_name(other)),
            issue=_issue(issue, ground.directory),
            lines=_refs(found[other, issue]),
        )
        for other, issue in sorted(found)
    ]


# --- where it said nothing new --------------------------------------------------------------------------------------


def _silent(actor: Actor, ground: _Ground) -> list[Frame]:
    """Frames for a party with no new words of its own in the lines: whether it spoke at all, and when it last did."""
    heard = ground.heard(actor)
    if any(j.verdict.tells for j in heard):
        return [say("board.only_left_out")]
    last = [s for a, s in sorted(ground.window.last_words.items()) if ground.directory.rolls_up(a, actor.id)]
    newest = max(last, key=lambda s: (s.said_on.last if s.said_on else date.min, s.statement_id), default=None)
    if heard:
        read = any(ground.directory.rolls_up(side, actor.id) for side in ground.fresh.sides_read)
        if read and newest is not None and newest.said_on is not None:
            return [say("board.nothing_since", on=Day(newest.said_on.last))]
        return [say("board.only_known")]
    return [_last_on_record(newest, ground)]


def _last_on_record(newest: Statement | None, ground: _Ground) -> Frame:
    if newest is None:
        return say("board.nothing_on_record")
    who = Name(newest.speaker or ground.directory.actor_name(newest.actor_id))
    days, key = newest.said_on, "board.nothing_own"
    if days is None:
        return say("board.nothing_own_undated", who=who)
    if newest.article_id == ground.window.baseline_id:
        key += "_baseline"
    if days.exact is None:
        return say(key + "_between", who=who, first=Day(days.first), last=Day(days.last))
    return say(key, who=who, on=Day(days.exact))


def _not_read(actor: Actor, ground: _Ground) -> Frame:
    """That no source of this side was read in the window, and when one last was, as far as is known."""
    last = [at for side, at in ground.fresh.last_read if ground.directory.rolls_up(side, actor.id)]
    return say("board.not_read_since", since=Instant(max(last))) if last else say("board.not_read")


# --- names and numbers ----------------------------------------------------------------------------------------------


def _first_issue(statement: Statement, directory: Directory) -> str:
    return next((i for i in statement.issues if i in directory.issue_by_id), "")


def _rank(issue: str, directory: Directory) -> tuple[bool, int]:
    order = [i.id for i in directory.issues]
    return directory.issue_by_id[issue].context, order.index(issue)


def _issue(issue: str, directory: Directory) -> Name:
    return Name(directory.issue_by_id[issue].name)


def _refs(refs: set[str]) -> Refs:
    """Numbers in their order, then ids."""
    return Refs(tuple(sorted(refs, key=lambda ref: (not ref.isdigit(), int(ref) if ref.isdigit() else 0, ref))))

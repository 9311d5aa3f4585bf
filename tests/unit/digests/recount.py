"""Every status frame of the board asked again, from the definitions alone: what is on the page is compared with this.

Written against the words of the frames and not against the board's code: plain loops over what was recorded.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC

from digests.coverage import Window
from digests.frames import words
from digests.model import BoardEntry, Directory, Freshness, Judgement, Kind, Line, SourceClass, Statement, Verdict

CHANGED = {
    "reason.number_changed": "number",
    "reason.condition_changed": "condition",
    "reason.yes_no_changed": "yes/no",
}


class Recount:
    """The record of one digest, to be asked about one party at a time."""

    def __init__(
        self, lines: Sequence[Line], alerted: Sequence[Line], window: Window, directory: Directory, fresh: Freshness
    ) -> None:
        self.window, self.directory, self.fresh = window, directory, fresh
        self.named = [(str(n + 1), line) for n, line in enumerate(lines)] + [(a.line_id, a) for a in alerted]

    def said(self, entry: BoardEntry) -> set[str]:
        """The words of every frame that should stand behind a party."""
        actor = entry.actor_id
        own = self.own(actor)
        told = {ref for ref, j in own if j.verdict.tells or j.verdict is Verdict.RESTATED}
        found = self.spoken(actor, own) or {self.silent(actor)}
        read = any(self.directory.rolls_up(side, actor) for side in self.fresh.sides_read)
        if not own and not read:
            last = [at for side, at in self.fresh.last_read if self.directory.rolls_up(side, actor)]
            at = max(last, default=None)
            since = f"{at.astimezone(UTC):%a} {at.day} {at:%b %H:%M}" if at else ""
            found.add(f"no source of this side read since {since}" if at else "no source of this side is read")
        others = [
            ref
            for ref, line in self.named
            if ref not in told and any(self.directory.rolls_up(a, actor) for a in line.actors + line.named)
        ]
        return found | ({f"named in {', '.join(others)}"} if others else set())

    def own(self, actor: str) -> list[tuple[str, Judgement]]:
        """(what the line is called, judgement) of the party's own statements in the lines."""
        return [
            (ref, j)
            for ref, line in self.named
            for r in self.window.recorded
            if r.development
            and r.development.development_id in line.development_ids
            and not self.spun(r.article.source_id)
            for j in r.development.judgements
            if self.speaks(j.statement, actor)
        ]

    def spun(self, source_id: str) -> bool:
        source = self.directory.source_by_id.get(source_id)
        return source is not None and source.source_class is SourceClass.REWRITE

    def speaks(self, statement: Statement, actor: str) -> bool:
        return statement.kind is not Kind.ANALYSIS and self.directory.rolls_up(statement.actor_id, actor)

    def spoken(self, actor: str, own: list[tuple[str, Judgement]]) -> set[str]:
        found: set[str] = set()
        for issue in self.directory.issues:
            mine = [
                (ref, j) for ref, j in own if next((i for i in j.statement.issues if i in self.ids), "") == issue.id
            ]
            new = refs(ref for ref, j in mine if j.verdict in {Verdict.NEW, Verdict.UPDATE})
            possible = refs(ref for ref, j in mine if j.verdict is Verdict.POSSIBLE_SHIFT)
            found |= {f"new on {issue.name}: {new}"} if new else set()
            found |= {f"possible shift on {issue.name}: read {possible}, was and now"} if possible else set()
            for what in ("number", "condition", "yes/no"):
                shifted = refs(
                    ref for ref, j in mine if j.verdict is Verdict.SHIFT and CHANGED.get(j.reason.key, "yes/no") == what
                )
                found |= {f"shift on {issue.name}: {shifted} ({what} changed)"} if shifted else set()
        corrected = refs(ref for ref, j in own if j.verdict is Verdict.CORRECTION)
        found |= {f"wording corrected: {corrected}"} if corrected else set()
        days = {
            j.statement.said_on.exact
            for _, j in own
            if j.verdict is Verdict.RESTATED and j.statement.said_on and j.statement.said_on.exact
        }
        if days:
            newest = max(days)
            again = refs(
                ref
                for ref, j in own
                if j.verdict is Verdict.RESTATED and j.statement.said_on and j.statement.said_on.exact == newest
            )
            found.add(f"said again in other words, {newest.day} {newest:%b %Y}: {again}")
        if found and not any("shift on" in f for f in found):
            found.add("no shift found")
        return found

    @property
    def ids(self) -> set[str]:
        return {i.id for i in self.directory.issues}

    def silent(self, actor: str) -> str:
        heard = [
            j
            for r in self.window.recorded
            if r.development
            and self.window.since < r.article.seen_at <= self.window.until
            and not self.spun(r.article.source_id)
            for j in r.development.judgements
            if j.verdict is not Verdict.BACKGROUND and self.speaks(j.statement, actor)
        ]
        if any(j.verdict.tells for j in heard):
            return "own words only in what was left out"
        last = [s for a, s in self.window.last_words.items() if self.directory.rolls_up(a, actor)]
        dated = sorted((s.said_on.last, s.statement_id, s) for s in last if s.said_on)
        if heard:
            read = any(self.directory.rolls_up(side, actor) for side in self.fresh.sides_read)
            if read and dated:
                return f"nothing new on record since {dated[-1][0].day} {dated[-1][0]:%b %Y}"
            return "only words that are on record already"
        if not last:
            return "nothing on record"
        if not dated:
            who = max(last, key=lambda s: s.statement_id)
            return f"nothing of its own · last on record {self.name(who)}, day not in the text"
        statement = dated[-1][2]
        days = statement.said_on
        assert days is not None
        when = f"{days.last.day} {days.last:%b %Y}"
        if days.exact is None:
            when = f"between {days.first.day} {days.first:%b %Y} and {when}"
        beside = " (baseline)" if statement.article_id == self.window.baseline_id else ""
        return f"nothing of its own · last on record {self.name(statement)}, {when}{beside}"

    def name(self, statement: Statement) -> str:
        return statement.speaker or self.directory.actor_by_id[statement.actor_id].name


def refs(found: object) -> str:
    """Numbers in order, then ids."""
    assert hasattr(found, "__iter__")
    unique = {str(f) for f in found}
    numbers = sorted((f for f in unique if f.isdigit()), key=int)
    return ", ".join([*numbers, *sorted(unique - set(numbers))])


def shown(entry: BoardEntry) -> set[str]:
    """The frames of a party as words."""
    return {words(f, UTC) for f in entry.frames}

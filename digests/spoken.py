"""Has it been said? A statement against what its actor has on record: verdict, reason, and the words compared with.

Hides the order of the questions: the same utterance in these or other words, then the same thing spoken of again, then
the same substance. A shift needs a changed number, condition or yes/no between two statements of one actor in its own
words about one named thing; anything less sure is only a possible shift, and what is merely left unsaid is neither.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from digests import claims, moves
from digests.citing import OnRecord
from digests.claim_words import concept_of
from digests.frames import say
from digests.known_faults import NAME, Mended, mended
from digests.matters import PROCESS
from digests.model import (
    Baseline,
    Citation,
    Directory,
    Frame,
    Judgement,
    Kind,
    Name,
    Reading,
    Statement,
    Verdict,
)
from digests.moves import Move, What
from digests.relevance import words_of
from digests.statements.issues import HOSTILITIES
from digests.terms import terms_of
from digests.wordings import Differs, differences, same_utterance

RECENT = 400
"""Newest statements of an actor that are looked at for the same utterance, beside the baseline's: some days of news."""

ON_ISSUE = 40
"""Newest statements of an actor on one issue that are looked at for the same thing."""

ONE_UTTERANCE = timedelta(days=3)
"""Reports of one utterance lie no further apart, where they do not say themselves when it was made."""

LIKE = 0.8
"""Share of the shorter statement's words that both have, from which they say the same."""

PARTLY_LIKE = 0.5
"""The same, from which they have the same substance."""

_MATERIAL = frozenset({Differs.POLARITY, Differs.NUMBER})


class Spoken:
    """What every actor has on record, the baseline's statements first. Grows by `remember`."""

    def __init__(self, directory: Directory, baseline: Baseline) -> None:
        self._directory = directory
        self._baseline = baseline
        self._of_baseline: dict[str, list[OnRecord]] = {}
        self._of_actor: dict[str, list[OnRecord]] = {}
        self._on_issue: dict[tuple[str, str], list[OnRecord]] = {}
        self._own_words: dict[tuple[str, str | None], frozenset[str]] = {}
        self._shifting = {i.id for i in directory.issues if not i.context} - {PROCESS}  # process at large never shifts

    def remember(self, statement: Statement, citation: Citation, *, from_baseline: bool) -> None:
        """Put a statement on record."""
        row = OnRecord(statement, citation, from_baseline)
        held = self._of_baseline if from_baseline else self._of_actor
        held.setdefault(statement.actor_id, []).append(row)
        for issue in statement.issues:
            self._on_issue.setdefault((statement.actor_id, issue), []).append(row)

    def judge(self, statement: Statement, reading: Reading) -> Judgement:
        """One statement of a reading against what its actor has on record; changes nothing."""
        if reading.shell is not None:
            return Judgement(statement, Verdict.BACKGROUND, say("reason.background", shell=Name(reading.shell.value)))
        article = reading.article
        on = statement.said_on.last if statement.said_on else (article.published_at or article.seen_at).date()
        rewrite = self._directory.rewrites(article.source_id)
        return (
            self._same_words(statement, on, rewrite)
            or self._same_thing(statement, on, rewrite)
            or self._same_substance(statement)
        )

    # --- the same utterance -------------------------------------------------------------------------------------------

    def _same_words(self, statement: Statement, on: date, rewrite: bool) -> Judgement | None:
        """The same utterance on record in these or other words: what differs from the likest wording decides."""
        recent = self._of_actor.get(statement.actor_id, [])[-RECENT:]
        of_baseline = self._of_baseline.get(statement.actor_id, [])
        ours, theirs = _likest(statement, recent, on), _likest(statement, of_baseline, on)
        right = None if rewrite else mended(statement, self._baseline, of_baseline, (r.statement for r in recent), on)
        if right is not None:
            return Judgement(statement, Verdict.CORRECTION, _set_right(statement, right), right.citation)
        if theirs is not None and not theirs[0]:
            return Judgement(statement, Verdict.CORROBORATED, say("reason.known"), theirs[1].citation)
        if ours is not None and not _MATERIAL & set(ours[0]):
            return Judgement(statement, Verdict.CORROBORATED, say("reason.known"), ours[1].citation)
        if theirs is not None and not rewrite:
            what = Name(", ".join(theirs[0]))
            return Judgement(statement, Verdict.CORRECTION, say("reason.better_wording", what=what), theirs[1].citation)
        if ours is not None and self._gives_otherwise(statement, ours[1].statement):
            what = Name(", ".join(ours[0]))
            return Judgement(statement, Verdict.DIFFER, say("reason.wordings_differ", what=what), ours[1].citation)
        return None

    def _gives_otherwise(self, new: Statement, old: Statement) -> bool:
        """Whether two wordings of one utterance come to different claims, and not only to different words."""
        own, was, now = self._own(new), claims.of(old), claims.of(new)
        moved = moves.move(was, now, own) if moves.same_thing(was, now, own) else None
        return moved is not None and moved.what is not What.CONDITION

    # --- the same thing -----------------------------------------------------------------------------------------------

    def _same_thing(self, new: Statement, on: date, rewrite: bool) -> Judgement | None:
        """The newest that this actor has on record about the same thing decides: said again, or moved from."""
        if new.kind is Kind.ANALYSIS:
            return None
        own, now = self._own(new), claims.of(new)
        for row in self._comparable(new):
            was = claims.of(row.statement)
            if row.statement.kind is Kind.ANALYSIS or not moves.same_thing(was, now, own):
                continue
            if row.said > on:
                return None  # older words than those on record move nothing
            moved = moves.move(was, now, own)
            if moved is None:
                return Judgement(new, Verdict.RESTATED, say("reason.same_substance"), row.citation)
            if row.said == on and not _both_in_own_words(new, row.statement):
                return None  # two outlets' words for one day's remarks: nobody moves between them
            return self._moved(moved, new, row, named=moves.named(was, now, own), rewrite=rewrite)
        return None

    def _comparable(self, statement: Statement) -> list[OnRecord]:
        """What this actor has on record on these issues, or where an issue was not recognised; newest first."""
        vague = set(statement.issues) <= {PROCESS}
        rows = {row.statement.statement_id: row for row in self._earlier(statement)}
        for row in self._of_actor.get(statement.actor_id, [])[-RECENT:]:
            if vague or set(row.statement.issues) <= {PROCESS}:
                rows.setdefault(row.statement.statement_id, row)
        return sorted(rows.values(), key=lambda row: row.said, reverse=True)

    def _moved(self, moved: Move, new: Statement, row: OnRecord, *, named: bool, rewrite: bool) -> Judgement | None:
        """A shift where both say it outright in their own words, else a possible one; process only by name."""
        old = row.statement
        issues = set(new.issues) & set(old.issues) or set(new.issues) | set(old.issues)
        if not issues & self._shifting and not (issues - {HOSTILITIES} and (named or moved.plain)):
            return None
        own_words = _both_in_own_words(new, old)
        sourced = not rewrite and not self._directory.rewrites(row.citation.source_id)
        if moved.plain and own_words and sourced and issues & self._shifting:
            return Judgement(new, Verdict.SHIFT, say(f"reason.{moved.what.value}_changed"), row.citation)
        return Judgement(new, Verdict.POSSIBLE_SHIFT, say(f"reason.maybe_{moved.what.value}"), row.citation)

    def _own(self, statement: Statement) -> frozenset[str]:
        """Concepts that stand for the side that speaks: its names, its adjectives, its speaker."""
        key = statement.actor_id, statement.speaker
        if key not in self._own_words:
            actor = self._directory.actor_by_id.get(statement.actor_id)
            named = (actor.name, *actor.aliases, *actor.adjectives) if actor else ()
            words = " ".join((*named, statement.speaker or "")).split()
            concepts = (concept_of(w) for w in words if w[0].isupper())
            self._own_words[key] = frozenset(c for c in concepts if c and not c.startswith("#"))
        return self._own_words[key]

    # --- the same substance -------------------------------------------------------------------------------------------

    def _same_substance(self, statement: Statement) -> Judgement:
        """Against the likest thing that this actor has on record on these issues; new where there is none."""
        earlier = self._earlier(statement)
        if not earlier:
            return Judgement(statement, Verdict.NEW, self._first_on_issue(statement))
        mine = _bag(statement)
        share, _, row = max(
            ((_containment(mine, _bag(row.statement)), n, row) for n, row in enumerate(earlier)),
            key=lambda scored: scored[:2],
        )
        if share >= LIKE and _same_day(statement, row.statement):
            return Judgement(statement, Verdict.CORROBORATED, say("reason.known"), row.citation)
        if share >= PARTLY_LIKE and not moves.other_one(claims.of(row.statement), claims.of(statement)):
            return Judgement(statement, Verdict.RESTATED, say("reason.same_substance"), row.citation)
        reason = say("reason.new_fact", what=Name("words not on record"))
        return Judgement(statement, Verdict.UPDATE, reason, row.citation)

    def _earlier(self, statement: Statement) -> list[OnRecord]:
        found: dict[str, OnRecord] = {}
        for issue in statement.issues:
            for row in self._on_issue.get((statement.actor_id, issue), ())[-ON_ISSUE:]:
                found[row.statement.statement_id] = row
        return list(found.values())

    def _first_on_issue(self, statement: Statement) -> Frame:
        issue = self._directory.issue_by_id.get(statement.issues[0]) if statement.issues else None
        return say(
            "reason.first_on_issue",
            who=Name(self._directory.actor_name(statement.actor_id)),
            issue=Name(issue.name if issue else "the talks"),
        )


def _likest(statement: Statement, rows: Sequence[OnRecord], on: date) -> tuple[tuple[Differs, ...], OnRecord] | None:
    """The wording of the same utterance that differs least, with what it differs in; the earliest of equals."""
    best: tuple[tuple[Differs, ...], OnRecord] | None = None
    for row in rows:
        if abs(row.said - on) > ONE_UTTERANCE:
            continue
        if row.statement.span.chars != statement.span.chars and not same_utterance(statement, row.statement):
            continue
        kinds = tuple(dict.fromkeys(d.kind for d in differences(statement.span, row.statement.span)))
        if best is None or len(kinds) < len(best[0]):
            best = kinds, row
    return best


def _set_right(statement: Statement, right: Mended) -> Frame:
    """What a better wording differs in; where nothing can be named, the kind that is known of the fault."""
    kind = right.fault.kind
    if kind == NAME:
        return say("reason.better_name", who=Name(right.fault.other_wording))
    kinds = list(dict.fromkeys(d.kind.value for d in differences(statement.span, right.citation.span)))
    what = kinds if kinds and kind in {*kinds, "wording"} else [kind, *kinds]
    return say("reason.better_wording", what=Name(", ".join(what)))


def _both_in_own_words(a: Statement, b: Statement) -> bool:
    return a.kind is Kind.QUOTED and b.kind is Kind.QUOTED and a.sure and b.sure


def _bag(statement: Statement) -> frozenset[str]:
    return frozenset(t for t, _ in terms_of(words_of(statement.span.chars), ()))


def _containment(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


def _same_day(a: Statement, b: Statement) -> bool:
    return a.said_on is not None and b.said_on is not None and a.said_on.first == b.said_on.first

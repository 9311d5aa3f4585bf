"""Has it been said? A statement against what its actor has on record: verdict, reason, and the words compared with.

Hides how wordings are aligned and what counts as a change. A shift needs a changed number, condition or yes/no between
two statements of one actor in its own words about one named thing; anything less sure is only a possible shift.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from digests import facts, text
from digests.citing import cite_baseline
from digests.frames import say
from digests.model import (
    Baseline,
    Citation,
    Directory,
    Judgement,
    Kind,
    Name,
    Polarity,
    Reading,
    SourceClass,
    Statement,
    Verdict,
)
from digests.reading import PROCESS
from digests.relevance import words_of
from digests.terms import terms_of
from digests.wordings import Differs, differences, same_utterance

RECENT = 400
"""Newest statements of an actor that are looked at for the same utterance, beside the baseline's: some days of news."""

_FAULT_SHARE = 0.6  # of a known better wording's words that a statement must have
_NEGATION = re.compile(
    r"\b(?:not|no|never|cannot|without|neither|nor|reject\w*|refus\w*|rul\w+ out|oppos\w+"
    r"|не|ні|нет|жодн\w*|відкин\w*|отверг\w*)\b"
    r"|n['’]t\b",
    re.I,
)
_CONDITION = re.compile(
    r"\b(?:if|unless|only when|provided|as long as|on condition|якщо|если|за умови|при условии)\b", re.I
)


class Spoken:
    """What every actor has on record, the baseline's statements first. Grows by `remember`."""

    def __init__(self, directory: Directory, baseline: Baseline) -> None:
        self._directory = directory
        self._baseline = baseline
        self._of_baseline: dict[str, list[tuple[Statement, Citation, bool]]] = {}
        self._of_actor: dict[str, list[tuple[Statement, Citation, bool]]] = {}
        self._statements: dict[tuple[str, str], list[tuple[Statement, Citation, bool]]] = {}
        self._shifting = {i.id for i in directory.issues if not i.context} - {PROCESS}  # process at large never shifts

    def remember(self, statement: Statement, citation: Citation, *, from_baseline: bool) -> None:
        """Put a statement on record."""
        held = self._of_baseline if from_baseline else self._of_actor
        held.setdefault(statement.actor_id, []).append((statement, citation, from_baseline))
        for issue in statement.issues:
            self._statements.setdefault((statement.actor_id, issue), []).append((statement, citation, from_baseline))

    def judge(self, statement: Statement, reading: Reading) -> Judgement:
        """One statement of a reading against what its actor has on record; changes nothing."""
        if reading.shell is not None:
            return Judgement(statement, Verdict.BACKGROUND, say("reason.background", shell=Name(reading.shell.value)))
        same = self._same_words(statement)
        if same is not None:
            return same
        earlier = self._earlier(statement)
        if not earlier:
            issue = self._directory.issue_by_id.get(statement.issues[0]) if statement.issues else None
            actor = self._directory.actor_by_id.get(statement.actor_id)
            reason = say(
                "reason.first_on_issue",
                who=Name(actor.name if actor else statement.actor_id),
                issue=Name(issue.name if issue else "the talks"),
            )
            return Judgement(statement, Verdict.NEW, reason)
        return self._beside(statement, earlier, reading)

    def _earlier(self, statement: Statement) -> list[tuple[Statement, Citation, bool]]:
        found: dict[str, tuple[Statement, Citation, bool]] = {}
        for issue in statement.issues:
            for row in self._statements.get((statement.actor_id, issue), ()):
                found[row[0].statement_id] = row
        return list(found.values())[-40:]

    def _beside(
        self, statement: Statement, earlier: Sequence[tuple[Statement, Citation, bool]], reading: Reading
    ) -> Judgement:
        """Against the likest thing that this actor has on record on these issues."""
        mine = _bag(statement)
        scored = sorted(
            ((_containment(mine, _bag(old)), n) for n, (old, _, _) in enumerate(earlier)),
            key=lambda row: (-row[0], -row[1]),
        )
        share, at = scored[0]
        old, citation, _ = earlier[at]
        if share >= 0.8:
            same_day = _same_day(statement, old)
            verdict = Verdict.CORROBORATED if same_day else Verdict.RESTATED
            return Judgement(statement, verdict, say("reason.known" if same_day else "reason.same_substance"), citation)
        shifted = self._shift(statement, old, citation, reading) if share >= 0.35 else None
        if shifted is not None:
            return shifted
        if share >= 0.5:
            return Judgement(statement, Verdict.RESTATED, say("reason.same_substance"), citation)
        return Judgement(statement, Verdict.UPDATE, say("reason.new_fact", what=Name("words not on record")), citation)

    def _shift(self, new: Statement, old: Statement, citation: Citation, reading: Reading) -> Judgement | None:
        """A number, condition or yes/no that changed about the same named object; sure only in own words."""
        if Kind.ANALYSIS in {new.kind, old.kind} or not set(new.issues) & set(old.issues) & self._shifting:
            return None
        key = _what_changed(new, old)
        if key is None:
            return None
        sure = (
            new.sure
            and old.sure
            and new.kind is Kind.QUOTED
            and old.kind is Kind.QUOTED
            and not self._is_rewrite(reading.article.source_id)
            and not self._is_rewrite(citation.source_id)
            and bool(_objects(new) & _objects(old))
        )
        if sure:
            return Judgement(new, Verdict.SHIFT, say(key), citation)
        return Judgement(new, Verdict.POSSIBLE_SHIFT, say("reason.maybe_changed"), citation)

    def _is_rewrite(self, source_id: str) -> bool:
        source = self._directory.source_by_id.get(source_id)
        return source is not None and source.source_class is SourceClass.REWRITE

    def _same_words(self, statement: Statement) -> Judgement | None:
        """The same utterance on record in these or other words: what differs from the likest wording decides."""
        found: tuple[tuple[Differs, ...], Citation, bool] | None = None
        recent = self._of_actor.get(statement.actor_id, [])[-RECENT:]
        for old, citation, from_baseline in (*self._of_baseline.get(statement.actor_id, ()), *recent):
            if old.span.chars != statement.span.chars and not same_utterance(statement, old):
                continue
            kinds = tuple(dict.fromkeys(d.kind for d in differences(statement.span, old.span)))
            if found is None or len(kinds) < len(found[0]):
                found = kinds, citation, from_baseline
        if found is None:
            return self._known_fault(statement)
        kinds, citation, from_baseline = found
        what = Name(", ".join(kinds))
        if from_baseline and kinds:
            return Judgement(statement, Verdict.CORRECTION, say("reason.better_wording", what=what), citation)
        if {Differs.POLARITY, Differs.NUMBER} & set(kinds):
            return Judgement(statement, Verdict.DIFFER, say("reason.wordings_differ", what=what), citation)
        return Judgement(statement, Verdict.CORROBORATED, say("reason.known"), citation)

    def _known_fault(self, statement: Statement) -> Judgement | None:
        """Words that the baseline is known to have wrong, as the report says that is named with the fault."""
        for fault in self._baseline.faults:
            if not _same_person(fault.said_by, statement.speaker):
                continue
            theirs, mine = _stems(fault.other_wording), _stems(statement.span.chars)
            if theirs and len(theirs & mine) / len(theirs) >= _FAULT_SHARE:
                reason = say("reason.better_wording", what=Name(fault.kind))
                return Judgement(statement, Verdict.CORRECTION, reason, cite_baseline(self._baseline, fault.span))
        return None


def _what_changed(new: Statement, old: Statement) -> str | None:
    """The frame of what changed between two statements, None where nothing did."""
    now, was = new.span.chars, old.span.chars
    numbers_now, numbers_was = _numbers(now), _numbers(was)
    if any(u in numbers_was and numbers_was[u] != v for u, v in numbers_now.items()):
        return "reason.number_changed"
    if {new.polarity, old.polarity} == {Polarity.SUPPORT, Polarity.OPPOSE}:
        return "reason.yes_no_changed"
    if bool(_NEGATION.search(now)) != bool(_NEGATION.search(was)) and _containment(_bag(new), _bag(old)) >= 0.6:
        return "reason.yes_no_changed"
    if (new.polarity is Polarity.CONDITIONAL) != (old.polarity is Polarity.CONDITIONAL) and bool(
        _CONDITION.search(now)
    ) != bool(_CONDITION.search(was)):
        return "reason.condition_changed"
    return None


def _numbers(chars: str) -> dict[str, float]:
    return {f.unit: f.value for f in facts.find(text.as_given(chars))}


def _objects(statement: Statement) -> set[str]:
    """The named things of a statement: capitalised words inside a sentence, and what its numbers count."""
    inner = re.findall(r"(?<=[a-zа-яіїєґ,] )[A-ZА-ЯІЇЄҐ][\w'’-]+", statement.span.chars)
    return {w.lower() for w in inner} | set(_numbers(statement.span.chars))


def _bag(statement: Statement) -> frozenset[str]:
    return frozenset(_stems(statement.span.chars))


def _stems(chars: str) -> set[str]:
    return {t for t, _ in terms_of(words_of(chars), ())}


def _containment(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


def _same_day(a: Statement, b: Statement) -> bool:
    return a.said_on is not None and b.said_on is not None and a.said_on.first == b.said_on.first


def _same_person(a: str, b: str | None) -> bool:
    return bool(a) and bool(b) and a.split()[-1].lower() == str(b).split()[-1].lower()

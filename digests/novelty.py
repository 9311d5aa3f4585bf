"""Is it new? A reading against baseline and record: the verdict, why, and what it was compared with. Hides the rules.

`Known` is a fold: adding the same articles in the same order gives the same state and the same verdicts, so it is
rebuilt from the store after a restart. The baseline is what everybody knows at the start; fed back as news it tells
nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from hashlib import sha256

from digests import facts, text
from digests.facts import Comparison, compare
from digests.frames import say
from digests.model import (
    Article,
    Baseline,
    Citation,
    Development,
    Directory,
    Fact,
    Frame,
    Judgement,
    Kind,
    Name,
    Part,
    Polarity,
    Reading,
    Relevance,
    SourceClass,
    Statement,
    Verdict,
)
from digests.names import Gazetteer
from digests.ports import Recorded
from digests.reading import PROCESS, folded, terms_of
from digests.relevance import words_of
from digests.stories import Placement, Stories
from digests.wordings import Differs, differences, same_utterance

FUTURE = timedelta(hours=26)
"""A publication date further ahead of its sight is wrong or a trap: a day for missing zones, two hours for clocks."""

ANCIENT = timedelta(days=7)
"""An article dated longer ago than this when first seen is a resurfaced one."""

FRESH = 0.68
"""What a further report must bring to add something material: the untold share of its lead's telling weight, and a part
of the headline's, since a headline says what its newsroom holds to be new."""

FRESH_OPENING = 0.5
"""The same for a report that opens a story beside others like it: below, it is one of them in other words."""

_SAME_TEXT = 0.7  # of the terms that an edit leaves, so that a changed number is a correction and no new report
_FAULT_SHARE = 0.6  # of a known better wording's words that a statement must have
_HEADLINE_PART = 0.4
_TOLD_CHARS = 4000  # of a text whose words count as told


@dataclass
class _Happening:
    """What has been told of one story so far."""

    terms: dict[str, None] = field(default_factory=dict)
    facts: list[tuple[Fact, str]] = field(default_factory=list)  # with the source id that gave it
    sources: dict[str, None] = field(default_factory=dict)
    first: Citation | None = None
    newest: Citation | None = None
    reports: int = 0


@dataclass(frozen=True)
class _Outcome:
    verdict: Verdict
    reason: Frame
    compared: Citation | None = None


class Known:
    """Baseline and record as one mutable memory. `stories` is the index of happenings."""

    def __init__(self, directory: Directory, baseline: Baseline, baseline_statements: tuple[Statement, ...]) -> None:
        self.stories = Stories()
        self._directory = directory
        self._baseline = baseline
        self._happenings: dict[str, _Happening] = {}
        self._baseline_cites = {s.statement_id: cite_statement(s, baseline.article) for s in baseline_statements}
        self._of_actor: dict[str, list[tuple[Statement, Citation, bool]]] = {}
        self._statements: dict[tuple[str, str], list[tuple[Statement, Citation, bool]]] = {}
        self._revisions: dict[str, Reading] = {}
        for statement in baseline_statements:
            self._remember(statement, self._baseline_cites[statement.statement_id], from_baseline=True)
        self._names = Gazetteer(directory)
        self._shifting = {i.id for i in directory.issues if not i.context} - {PROCESS}  # process at large never shifts

    def take(self, reading: Reading) -> Development:
        """Place and judge in one step; nothing is remembered until `add`."""
        return self.judge(reading, self.stories.place(reading))

    def judge(self, reading: Reading, placement: Placement) -> Development:
        """The verdict on one article, from what was added before it."""
        judgements = tuple(self._judge_statement(s, reading) for s in reading.statements)
        outcome = self._outcome(reading, placement, judgements)
        article = reading.article
        return Development(
            development_id=_id("d", article.key),
            story_id=placement.story_id,
            article_id=article.article_id,
            revision=article.revision,
            verdict=outcome.verdict,
            reason=outcome.reason,
            weight=self._weight(reading, placement, outcome),
            issues=reading.issues,
            actors=reading.actors,
            seen_at=article.seen_at,
            judgements=judgements,
            compared=outcome.compared,
            copy_of=placement.copy_of,
            context=reading.relevance is Relevance.CONTEXT,
        )

    def add(self, recorded: Recorded) -> None:
        """Remember an article as it was judged; one whose judgement was lost is judged again for its place."""
        reading = recorded.reading
        if reading.relevance is Relevance.NO:
            return
        development = recorded.development or self.take(reading)
        self.stories.add(reading, Placement(development.story_id, development.copy_of, None, 0.0))
        happening = self._happenings.setdefault(development.story_id, _Happening())
        here = cite_headline(recorded.article)
        if development.verdict is not Verdict.BACKGROUND:
            happening.terms.update(dict.fromkeys(self._told_terms(recorded.article)))
            happening.facts.extend((f, recorded.article.source_id) for f in reading.facts)
            happening.first = happening.first or here
            happening.newest = here
            happening.reports += 1
            happening.sources[recorded.article.source_id] = None
        self._revisions[recorded.article.article_id] = reading
        for statement in reading.statements:
            self._remember(statement, cite_statement(statement, recorded.article), from_baseline=False)

    # --- the article ---------------------------------------------------------------------------------------------

    def _outcome(self, reading: Reading, placement: Placement, judgements: Sequence[Judgement]) -> _Outcome:
        early = self._never_news(reading)
        if early is not None:
            return early
        if self._is_baseline(reading):
            return _Outcome(Verdict.REPEAT, say("reason.known"), cite_headline(self._baseline.article))
        raised = self._raised(judgements)
        if raised is not None:
            return raised
        corrected = self._corrected(reading)
        if corrected is not None:
            return corrected
        happening = self._happenings.get(placement.story_id)
        if placement.copy_of is not None and happening is not None:
            return _Outcome(Verdict.CORROBORATED, say("reason.copy"), happening.first)
        near = [h for i in placement.near if (h := self._happenings.get(i)) is not None and h.reports]
        if happening is None or not happening.reports:
            return self._opening(reading, near)
        return self._against(reading, happening, near)

    def _opening(self, reading: Reading, near: Sequence[_Happening]) -> _Outcome:
        """A first report, unless what it says stands in the happenings beside it."""
        if near and self._freshness(reading, near) < FRESH_OPENING:
            return _Outcome(Verdict.REPEAT, say("reason.another_report"), near[0].first)
        return _Outcome(Verdict.NEW, say("reason.first_report"))

    def _never_news(self, reading: Reading) -> _Outcome | None:
        article = reading.article
        if reading.shell is not None:
            return _Outcome(Verdict.BACKGROUND, say("reason.background", shell=Name(reading.shell.value)))
        if article.published_at is not None:
            if article.published_at - article.seen_at > FUTURE:
                return _Outcome(Verdict.BACKGROUND, say("reason.future"))
            if article.seen_at - article.published_at > ANCIENT:
                return _Outcome(Verdict.BACKGROUND, say("reason.too_old"))
        return None

    def _is_baseline(self, reading: Reading) -> bool:
        """The baseline itself, or a passage of it, as news."""
        body = " ".join(words_of(_whole(self._baseline.article)))
        parts = [t for t in reading.article.texts.values() if len(t.body) >= 40]
        return bool(parts) and all(" ".join(words_of(t.body)) in body for t in parts)

    def _raised(self, judgements: Sequence[Judgement]) -> _Outcome | None:
        """A statement that corrects or shifts outweighs what the happening says."""
        for verdict in (Verdict.CORRECTION, Verdict.SHIFT, Verdict.POSSIBLE_SHIFT):
            for judgement in judgements:
                if judgement.verdict is verdict:
                    return _Outcome(verdict, judgement.reason, judgement.compared)
        return None

    def _corrected(self, reading: Reading) -> _Outcome | None:
        """A later revision of a known article: news only where a number, name or negation changed."""
        before = self._revisions.get(reading.article.article_id)
        if before is None or reading.article.revision <= before.article.revision:
            return None
        if _NOTICE.search(_whole(reading.article)) and not _NOTICE.search(_whole(before.article)):
            return _Outcome(Verdict.CORRECTION, say("reason.source_corrected"), cite_headline(before.article))
        if _changed_fact(before.facts, reading.facts) and _overlap(before, reading) >= _SAME_TEXT:
            return _Outcome(Verdict.CORRECTION, say("reason.source_corrected"), cite_headline(before.article))
        return None

    def _against(self, reading: Reading, happening: _Happening, near: Sequence[_Happening]) -> _Outcome:
        """A further report of a told happening."""
        differing = self._differing(reading, happening)
        if differing is not None:
            return differing
        if self._freshness(reading, [happening, *near]) < FRESH:
            return _Outcome(Verdict.REPEAT, say("reason.another_report"), happening.first)
        numbers = _new_facts(reading.facts, [f for h in (happening, *near) for f, _ in h.facts])
        what = _UNIT_NAMES[numbers[0].unit] if numbers else "what was done or said"
        return _Outcome(Verdict.UPDATE, say("reason.new_fact", what=Name(what)), happening.newest)

    def _freshness(self, reading: Reading, told: Sequence[_Happening]) -> float:
        """How much of a report is in none of the told happenings: the lead's share and a part of the headline's."""
        lead = self._untold_share((t for t, _ in reading.terms), told)
        return lead + _HEADLINE_PART * self._untold_share((t for t, n in reading.terms if n > 1), told)

    def _untold_share(self, terms: Iterable[str], told: Sequence[_Happening]) -> float:
        fresh = total = 0.0
        for term in terms:
            weight = self.stories.weight_of(term)
            total += weight
            fresh += 0.0 if any(term in h.terms for h in told) else weight
        return fresh / total if total else 0.0

    def _told_terms(self, article: Article) -> list[str]:
        """Every term of an article: what it says far down is told as well."""
        on = article.seen_at.date()
        bodies = [article.texts[p].body[:_TOLD_CHARS] for p in Part if p in article.texts]
        words = [w for body in bodies for w in folded(body, self._names.mentions(body, on))]
        return [term for term, _ in terms_of(words, ())]

    def _differing(self, reading: Reading, happening: _Happening) -> _Outcome | None:
        """A number of the dead or wounded that is not the one told: a later figure, or sources that differ."""
        for fact in reading.facts:
            if fact.unit not in {"killed", "injured"}:
                continue
            known = [(f, s) for f, s in happening.facts if f.unit == fact.unit]
            if known and all(compare(f, fact) is Comparison.CHANGED for f, _ in known):
                if fact.value > max(f.value for f, _ in known):
                    return _Outcome(
                        Verdict.UPDATE, say("reason.new_fact", what=Name(_UNIT_NAMES[fact.unit])), happening.newest
                    )
                if reading.article.source_id not in {s for _, s in known}:
                    return _Outcome(Verdict.DIFFER, say("reason.facts_differ"), happening.newest)
        return None

    def _weight(self, reading: Reading, placement: Placement, outcome: _Outcome) -> int:
        if outcome.verdict is Verdict.BACKGROUND:
            return 0
        happening = self._happenings.get(placement.story_id)
        sources = len(happening.sources) if happening else 0
        raised = 1 if sources >= 3 else 0
        return min(2, reading.weight + raised)

    # --- the statement -------------------------------------------------------------------------------------------

    def _remember(self, statement: Statement, citation: Citation, *, from_baseline: bool) -> None:
        self._of_actor.setdefault(statement.actor_id, []).append((statement, citation, from_baseline))
        for issue in statement.issues:
            self._statements.setdefault((statement.actor_id, issue), []).append((statement, citation, from_baseline))

    def _judge_statement(self, statement: Statement, reading: Reading) -> Judgement:
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
        for old, citation, from_baseline in self._of_actor.get(statement.actor_id, ()):
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


# --- plain comparisons ---------------------------------------------------------------------------------------------

_NOTICE = re.compile(
    r"\b(correction|corrected|clarification|an earlier version of this (?:article|story)|editor.s note|"
    r"this (?:article|story) (?:has been|was) (?:corrected|amended))\b",
    re.I,
)
_UNIT_NAMES = {
    "killed": "the number of the dead",
    "injured": "the number of the wounded",
    "percent": "a share",
    "euro": "a sum",
    "dollar": "a sum",
    "pound": "a sum",
    "point": "the number of points",
    "package-th": "a sanctions package",
    "troop": "a number of troops",
    "drone": "a number of drones",
    "missile": "a number of missiles",
    "prisoner": "a number of prisoners",
    "country": "a number of countries",
}
_NEGATION = re.compile(
    r"\b(?:not|no|never|cannot|without|neither|nor|reject\w*|refus\w*|rul\w+ out|oppos\w+"
    r"|не|ні|нет|жодн\w*|відкин\w*|отверг\w*)\b"
    r"|n['’]t\b",
    re.I,
)
_CONDITION = re.compile(
    r"\b(?:if|unless|only when|provided|as long as|on condition|якщо|если|за умови|при условии)\b", re.I
)


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


def _new_facts(mine: Iterable[Fact], known: Sequence[Fact]) -> list[Fact]:
    """Facts of a kind that tells whose value nobody gave yet."""
    return [f for f in mine if f.unit in _UNIT_NAMES and not any(compare(k, f) is Comparison.SAME for k in known)]


def _changed_fact(before: Sequence[Fact], after: Sequence[Fact]) -> bool:
    """Whether something counted before is counted otherwise now."""
    old = {(f.unit, f.value) for f in before}
    return any((f.unit, f.value) not in old and f.unit in {u for u, _ in old} for f in after)


def _overlap(a: Reading, b: Reading) -> float:
    left, right = {t for t, _ in a.terms}, {t for t, _ in b.terms}
    return len(left & right) / max(1, min(len(left), len(right)))


def _whole(article: Article) -> str:
    return "\n".join(article.texts[p].body for p in Part if p in article.texts)


def _id(kind: str, key: str) -> str:
    return kind + sha256(key.encode()).hexdigest()[:12]


def cite_headline(article: Article) -> Citation:
    """The headline (or the first words there are) as a citation."""
    part = next(p for p in Part if p in article.texts)
    record = article.texts[part]
    return Citation(
        span=record.span(0, min(len(record.body), 300)),
        article_id=article.article_id,
        source_id=article.source_id,
        url=article.url,
        part=part,
        seen_at=article.seen_at,
        published_at=article.published_at,
        page_read=article.page_read,
        language=article.language,
        revision=article.revision,
    )


def cite_statement(statement: Statement, article: Article) -> Citation:
    """A statement's span as a citation."""
    return replace(
        cite_headline(article),
        span=statement.span,
        part=statement.part,
        speaker=statement.speaker,
        speaker_in_span=statement.speaker_in_span,
        said_on=statement.said_on,
        statement_id=statement.statement_id,
    )


def cite_baseline(baseline: Baseline, span: object) -> Citation:
    """A faulty passage of the baseline as a citation."""
    return replace(cite_headline(baseline.article), span=span, part=Part.TEXT, said_on=baseline.dated)  # type: ignore[arg-type]

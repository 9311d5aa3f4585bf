"""Is it new? A reading against baseline and record: the verdict, why, and what it was compared with. Hides the rules.

`Known` is a fold: adding the same articles in the same order gives the same state and the same verdicts, so it is
rebuilt from the store after a restart. The baseline is what everybody knows at the start; fed back as news it tells
nothing.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from digests import fates, notices
from digests.citing import cite_headline, cite_statement
from digests.facts import Comparison, compare, number_terms
from digests.frames import say
from digests.happenings import Happening, Happenings
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
    Reading,
    Relevance,
    Statement,
    Verdict,
)
from digests.names import Gazetteer
from digests.ports import Recorded
from digests.reading import decided, headline_of, is_round_up, is_turned
from digests.relevance import words_of
from digests.reports import Told, days
from digests.spoken import Spoken
from digests.stories import Placement, Regrouped, Stories
from digests.terms import folded, is_person, terms_of

FUTURE = timedelta(hours=26)
"""A publication date further ahead of its sight is wrong or a trap: a day for missing zones, two hours for clocks."""

ANCIENT = timedelta(days=7)
"""An article dated longer ago than this when first seen is a resurfaced one."""

FRESH = 0.68
"""What a further report that brings something untold must come to, so that it is what the report is about: the untold
share of its lead's telling weight, and a part of the headline's, since a headline says what its newsroom holds new."""

FRESH_WORDS = 0.95
"""The same where all that a report brings is other words: nearly all of it has to be untold."""

FRESH_OPENING = 0.52
"""The same for a report that opens a story beside others like it: below, it is one of them in other words."""

_SAME_TEXT = 0.7  # of the terms that an edit leaves, so that a changed number is a correction and no new report
_HEADLINE_PART = 0.4
_NO_CHANCE = 50.0  # a number from which two counts that are equal count the same
_TOLD_CHARS = 4000  # of a text whose words count as told


@dataclass(frozen=True)
class _Outcome:
    verdict: Verdict
    reason: Frame
    compared: Citation | None = None


class Known:
    """Baseline and record as one mutable memory. `stories` is the index of happenings, settled until an instant;
    `names` finds whom a text names."""

    def __init__(
        self,
        directory: Directory,
        baseline: Baseline,
        baseline_statements: tuple[Statement, ...],
        settled_until: datetime | None = None,
    ) -> None:
        self.stories = Stories(settled_until)
        self._directory = directory
        self._baseline = baseline
        self._happenings = Happenings()
        self._spoken = Spoken(directory, baseline)
        self._revisions: dict[str, Reading] = {}
        for statement in baseline_statements:
            self._spoken.remember(statement, cite_statement(statement, baseline.article), from_baseline=True)
        self.names = Gazetteer(directory)

    def take(self, reading: Reading) -> Development:
        """Place and judge in one step; nothing is remembered until `add`."""
        return self.judge(reading, self.stories.place(reading))

    def judge(self, reading: Reading, placement: Placement) -> Development:
        """The verdict on one article, from what was added before it."""
        judgements = tuple(self._spoken.judge(s, reading) for s in reading.statements)
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
            joins=placement.joins,
            acting=reading.acting,
        )

    def add(self, recorded: Recorded) -> None:
        """Remember an article as it was judged; one whose judgement was lost is judged again for its place."""
        reading = recorded.reading
        if reading.relevance is Relevance.NO:
            return
        development = recorded.development or self.take(reading)
        joins = tuple(self.stories.now(i) for i in development.joins)
        placed = Placement(development.story_id, development.copy_of, None, 0.0, joins=joins)
        for told in self.stories.add(reading, placed):
            self._forget(told)
        story_id = self.stories.now(development.story_id)
        for old in joins:
            if old != story_id:
                self._happenings.join(old, story_id)
        if development.verdict is not Verdict.BACKGROUND:
            settled = self.stories.is_settled(days(recorded.article.seen_at))
            self._happenings.add(story_id, recorded.article.key, self._told(recorded), settled=settled)
        self._revisions[recorded.article.article_id] = reading
        for statement in reading.statements:
            self._spoken.remember(statement, cite_statement(statement, recorded.article), from_baseline=False)

    def _told(self, recorded: Recorded) -> Happening:
        """What one report told."""
        reading, here = recorded.reading, cite_headline(recorded.article)
        return Happening(
            terms=dict.fromkeys(self._told_terms(recorded.article)),
            facts=[(f, recorded.article.source_id) for f in reading.facts],
            sources={recorded.article.source_id: None},
            actors=dict.fromkeys(reading.actors),
            voices=dict.fromkeys(_voices(reading)),
            acts=dict.fromkeys(decided(reading)),
            counted=dict.fromkeys((*number_terms(reading.facts), *_counted(reading))),
            languages={recorded.article.language: None},
            first=here,
            newest=here,
            reports=1,
        )

    def settling(self, until: datetime) -> Generator[None, None, Regrouped]:
        """What `Stories.settling` finds; nothing is remembered until `regroup`."""
        return self.stories.settling(until)

    def regroup(self, found: Regrouped) -> None:
        """Let reports belong where settling found them."""
        for old, into in found.joins.items():
            self._happenings.join(old, into)
        self.stories.regroup(found)
        self._happenings.move(found.moves)
        self._happenings.settle(found.settled)

    def _forget(self, told: Told) -> None:
        """Let go of what only served to compare reports of one happening; statements stay on record."""
        self._happenings.settle({told.key})
        if self.stories.story(told.story_id) is None:
            self._happenings.forget(told.story_id)
        if (kept := self._revisions.get(told.article_id)) and kept.article.revision == told.revision:
            del self._revisions[told.article_id]

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
        happening = self._happenings.of(placement.story_id)
        if placement.copy_of is not None and happening is not None:
            return _Outcome(Verdict.CORROBORATED, say("reason.copy"), happening.first)
        near = [h for i in placement.near if (h := self._happenings.of(i)) is not None and h.reports]
        if happening is None or not happening.reports:
            return self._opening(reading, near)
        return self._against(reading, happening, near)

    def _opening(self, reading: Reading, near: Sequence[Happening]) -> _Outcome:
        """A first report, unless what it says stands in the happenings beside it."""
        acted = any(all(a not in h.acts for h in near) for a in decided(reading))
        if near and not acted and (is_turned(reading.article) or self._freshness(reading, near) < FRESH_OPENING):
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
        """A statement that corrects or shifts outweighs what the happening says; a name set right is no happening."""
        for verdict in (Verdict.CORRECTION, Verdict.SHIFT, Verdict.POSSIBLE_SHIFT):
            for judgement in judgements:
                if judgement.verdict is verdict and judgement.reason.key != "reason.better_name":
                    return _Outcome(verdict, judgement.reason, judgement.compared)
        return None

    def _corrected(self, reading: Reading) -> _Outcome | None:
        """A later revision of a known article: news only where a number, name or negation changed."""
        before = self._revisions.get(reading.article.article_id)
        if before is None or reading.article.revision <= before.article.revision:
            return None
        if notices.added(before.article, reading.article) is not None:
            return _Outcome(Verdict.CORRECTION, say("reason.source_corrected"), cite_headline(before.article))
        if _changed_fact(before, reading) and _overlap(before, reading) >= _SAME_TEXT:
            return _Outcome(Verdict.CORRECTION, say("reason.source_corrected"), cite_headline(before.article))
        return None

    def _against(self, reading: Reading, happening: Happening, near: Sequence[Happening]) -> _Outcome:
        """A further report of a told happening; a round-up tells again what others reported."""
        if is_round_up(headline_of(reading.article)):
            return _Outcome(Verdict.REPEAT, say("reason.another_report"), happening.first)
        differing = self._differing(reading, happening)
        if differing is not None:
            return differing
        told = [happening, *near]
        brings = _brings(reading, told)
        foreign = reading.article.language not in happening.languages  # its words are others anyhow
        if (foreign and not brings) or self._freshness(reading, told) < (FRESH if brings else FRESH_WORDS):
            return _Outcome(Verdict.REPEAT, say("reason.another_report"), happening.first)
        numbers = _new_facts(reading.facts, [f for h in (happening, *near) for f, _ in h.facts])
        what = _UNIT_NAMES[numbers[0].unit] if numbers else "what was done or said"
        return _Outcome(Verdict.UPDATE, say("reason.new_fact", what=Name(what)), happening.newest)

    def _freshness(self, reading: Reading, told: Sequence[Happening]) -> float:
        """How much of a report is in none of the told happenings: the lead's share and a part of the headline's."""
        lead = self._untold_share((t for t, _ in reading.terms), told)
        return lead + _HEADLINE_PART * self._untold_share((t for t, n in reading.terms if n > 1), told)

    def _untold_share(self, terms: Iterable[str], told: Sequence[Happening]) -> float:
        fresh = total = 0.0
        for term in terms:
            weight = self.stories.weight_of(term)
            total += weight
            fresh += 0.0 if any(term in h.terms or term in h.counted for h in told) else weight
        return fresh / total if total else 0.0

    def _told_terms(self, article: Article) -> list[str]:
        """Every term of an article: what it says far down is told as well."""
        on = article.seen_at.date()
        bodies = [article.texts[p].body[:_TOLD_CHARS] for p in Part if p in article.texts]
        words = [w for body in bodies for w in folded(body, self.names.mentions(body, on))]
        return [term for term, _ in terms_of(words, ())]

    def _differing(self, reading: Reading, happening: Happening) -> _Outcome | None:
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
        happening = self._happenings.of(placement.story_id)
        sources = len(happening.sources) if happening else 0
        raised = 1 if sources >= 3 else 0
        return min(2, reading.weight + raised)


# --- plain comparisons ---------------------------------------------------------------------------------------------

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
    "town": "a number of towns",
    "on": "a day",
}


_OWN_WORDS = frozenset({Kind.QUOTED, Kind.REPORTED})


def _counted(reading: Reading) -> list[str]:
    """Numbers on top of a report, as terms, of a kind that tells."""
    return [t for t, _ in reading.terms if ":" in t and t.partition(":")[0] in _UNIT_NAMES]


def _brings(reading: Reading, told: Sequence[Happening]) -> bool:
    """Whether a report has something that can be named and is in none of the told: a person, a party that acts or
    speaks, somebody's own words, a decision, a number. Other words alone are another paper's."""
    return (
        _has_untold(filter(is_person, reading.rare), [h.terms for h in told])
        or _has_untold(reading.actors, [h.actors for h in told])
        or _has_untold(_voices(reading), [h.voices for h in told])
        or _has_untold(decided(reading), [h.acts for h in told])
        or any(not any(_is_counted(n, h.counted) for h in told) for n in _counted(reading))
    )


def _voices(reading: Reading) -> list[str]:
    """Speakers whose own words a report gives for sure."""
    said = (s for s in reading.statements if s.sure and s.kind in _OWN_WORDS)
    return [s.speaker for s in said if s.speaker]


def _has_untold(mine: Iterable[str], told: Sequence[Mapping[str, None]]) -> bool:
    return any(all(x not in there for there in told) for x in mine)


def _is_counted(number: str, told: Iterable[str]) -> bool:
    """Whether a number was told: of the same things or, where it is too large for chance, by another name for them
    (300 prisoners, 300 servicemen)."""
    unit, _, value = number.partition(":")
    if number in told:
        return True
    return unit != "on" and float(value) >= _NO_CHANCE and any(n.endswith(f":{value}") for n in told)


def _new_facts(mine: Iterable[Fact], known: Sequence[Fact]) -> list[Fact]:
    """Facts of a kind that tells whose value nobody gave yet."""
    return [f for f in mine if f.unit in _UNIT_NAMES and not any(compare(k, f) is Comparison.SAME for k in known)]


def _changed_fact(before: Reading, after: Reading) -> bool:
    """Whether something counted before is counted otherwise now, in the same sentence: what was added changes none."""
    old = {(f.unit, f.value) for f in before.facts}
    units = {u for u, _ in old}
    changed = (f for f in after.facts if (f.unit, f.value) not in old and f.unit in units)
    return any(fates.changed_number(f.span, before.article, after.article) is not None for f in changed)


def _overlap(a: Reading, b: Reading) -> float:
    left, right = {t for t, _ in a.terms}, {t for t, _ in b.terms}
    return len(left & right) / max(1, min(len(left), len(right)))


def _whole(article: Article) -> str:
    return "\n".join(article.texts[p].body for p in Part if p in article.texts)


def _id(kind: str, key: str) -> str:
    return kind + sha256(key.encode()).hexdigest()[:12]

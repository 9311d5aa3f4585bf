"""Whether two lines tell one happening that the record keeps apart. Hides by what a reader would notice it.

He would notice one headline under two names, one utterance shown twice, one person's figure in two wordings, and two
reports of one speech. What contradicts in a number is never one happening.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from digests import excerpts, headlines
from digests.model import Citation, Directory, Judgement, Kind, Line, Part, Span, Verdict
from digests.names import Gazetteer, Mention
from digests.ports import Recorded
from digests.relevance import words_of
from digests.reports import MEETING, OUTCOMES, acts_of
from digests.terms import is_person
from digests.vectors import Vector, likeness, unpacked

SAME_HEADLINE = 0.8
"""Likeness of headlines from which two lines are one happening."""
SAME_DAY = timedelta(hours=12)
"""Between the reports of one happening in two languages."""
SAME_MOVE = 0.35
"""Likeness in meaning from which a line that says again that parties meet goes with what came of it."""
SAME_COMPANY, AT_ONCE = 0.5, 0.45
"""Likeness in meaning from which headlines that name the same persons are one happening; where nobody names more and
they come within `SAME_HOURS`."""
SAME_HOURS = timedelta(hours=3)
"""Between the reports that papers write of what has just happened."""
FIGURES = 2
"""Figures of one person that tell a statement, whichever of them a headline has."""
SAME_READOUT = 0.5
"""The same where one headline is what somebody says of a meeting."""
SAME_MEETING = 0.45
"""The same of headlines that tell only that parties meet in one place."""
COMPANY = 2
"""Persons that tell a move: of one alone many things are told in a day."""
BELONGS = 2
"""Content words that a quotation and a headline share at least, for the one to be what the other is about."""
TOLD_OF = 0.7
"""Share of a headline's content words, that of the quotation which it reports."""
OWN_WORDS = 8
"""Words between quotation marks from which a sentence is somebody's own and not a paper's with a scrap of his."""
_HOSTS = re.compile(r"\b([A-Z][\w’'-]{2,30}) [Hh]ost(?:s|ed|ing)?\b|\b[Ii]n ([A-Z][\w’'-]{2,30})")
_SAYS = re.compile(
    r"\b(?:says?|said|tells?|told|urges?|warns?|calls?|insists?|vows?|demands?|expects?|sees|hopes?|wants?|according)\b"
    r"|[:“”\"]|[‘'].{3,}[’']",
    re.I,
)
_TELLING_UNITS = frozenset({"percent", "point", "package-th", "euro", "dollar", "pound", "troop"})


@dataclass(frozen=True)
class _Marks:
    """By what the reports behind one line may be known again."""

    persons: frozenset[str] = frozenset()
    figures: frozenset[tuple[str, float]] = frozenset()
    keys: frozenset[str] = frozenset()  # of its articles
    echoes: frozenset[str] = frozenset()  # keys of articles whose utterance it gives again


class Twins:
    """Knows the reports behind lines."""

    def __init__(self, recorded: Sequence[Recorded], directory: Directory, gazetteer: Gazetteer | None = None) -> None:
        self._by_development = {r.development.development_id: r for r in recorded if r.development}
        self._vectors = {r.article.key: r.reading.vector for r in recorded}
        self._found: dict[str, Sequence[Mention]] = {}
        self._directory = directory
        self._gazetteer = gazetteer

    def one(self, a: Line, b: Line) -> bool:
        """Whether the two lines are one happening."""
        if same_correction(a, b) or same_words(a, b):
            return True
        mine, theirs = self._marks(a), self._marks(b)
        if mine.persons & theirs.persons and len(mine.figures & theirs.figures) >= FIGURES:
            return True
        if excerpts.other_figures(a.headline.span, b.headline.span):
            return False
        figure = bool(mine.persons & theirs.persons) and bool(mine.figures & theirs.figures)
        return figure or self._same_company(a, b) or bool(mine.echoes & theirs.keys) or bool(theirs.echoes & mine.keys)

    def _same_company(self, a: Line, b: Line) -> bool:
        """Whether both headlines name the same persons, two at least and one headline perhaps somebody besides, within
        half a day, and the reports mean about the same."""
        one, other = self._in_headline(a), self._in_headline(b)
        if len(one & other) < COMPANY or not (one <= other or other <= one):
            return False
        apart = abs(a.first_seen - b.first_seen)
        at_once = one == other and apart <= SAME_HOURS
        return apart <= SAME_DAY and self._meant(a, b) >= (AT_ONCE if at_once else SAME_COMPANY)

    def one_meeting(self, a: Line, b: Line) -> bool:
        """Whether both headlines tell of a meeting, and not what came of it, in one place on one day: papers see it
        from several sides and name different guests. One of them may be what a guest says of it."""
        if _acts(a) != MEETING or _acts(b) != MEETING or abs(a.first_seen - b.first_seen) > SAME_DAY:
            return False
        one, other = self._in_headline(a), self._in_headline(b)
        strangers = bool(one and other) and one.isdisjoint(other)
        plain = _only_meets(a) + _only_meets(b)
        alike = self._meant(a, b) >= (SAME_MEETING if plain == len((a, b)) else SAME_READOUT)
        return plain > 0 and alike and not strangers and self._one_place(a, b)

    def overtaken(self, line: Line, outcome: Line) -> bool:
        """Whether a line on a told happening says again that parties meet, and the other one what comes of it."""
        told_before = line.verdicts == (Verdict.UPDATE,) and _only_meets(line)
        came = bool(_acts(outcome) & OUTCOMES) and abs(line.first_seen - outcome.first_seen) <= SAME_DAY
        return told_before and came and self._one_place(line, outcome) and self._meant(line, outcome) >= SAME_MOVE

    def _one_place(self, a: Line, b: Line) -> bool:
        return any(
            not self._places(x).isdisjoint(t for r in self._reports(y) for t in (*r.reading.rare, *self._places(y)))
            for x, y in ((a, b), (b, a))
        )

    def _places(self, line: Line) -> set[str]:
        """What stands after "in" on top of a line's reports and in its headline, and who "hosts" there."""
        inside = {t[3:] for r in self._reports(line) for t in r.reading.rare if t.startswith("in:")}
        found = (place.lower() for pair in _HOSTS.findall(line.headline.span.chars) for place in pair if place)
        return inside.union(found)

    def _meant(self, a: Line, b: Line) -> float:
        return likeness(self._vector(a.headline), self._vector(b.headline)) or 0.0

    def _reports(self, line: Line) -> list[Recorded]:
        return [r for d in line.development_ids if (r := self._by_development.get(d)) is not None]

    def _vector(self, headline: Citation) -> Vector | None:
        return unpacked(self._vectors.get(headline.article_key, ""))

    def in_two_languages(self, a: Line, b: Line) -> bool:
        """Whether the two are one happening as papers of two languages have it: the same persons and nobody else in
        both headlines, on a common question, within half a day."""
        if a.headline.language[:2] == b.headline.language[:2] or a.context is not b.context:
            return False
        apart = abs(a.first_seen - b.first_seen)
        if apart > SAME_DAY or excerpts.other_figures(a.headline.span, b.headline.span):
            return False
        persons = self._in_headline(a)
        return bool(persons) and persons == self._in_headline(b)

    def _in_headline(self, line: Line) -> frozenset[str]:
        """Persons whom the headline names, in whatever language."""
        found = self._mentions(line.headline)
        return frozenset(m.speaker for m in found if m.kind == "person" and m.speaker is not None)

    def _mentions(self, headline: Citation) -> Sequence[Mention]:
        key = headline.article_key
        if key not in self._found:
            if self._gazetteer is None:  # built where a window has two lines to compare, and then once
                self._gazetteer = Gazetteer(self._directory)
            self._found[key] = self._gazetteer.mentions(headline.span.chars, headline.seen_at.date())
        return self._found[key]

    def _marks(self, line: Line) -> _Marks:
        reports = self._reports(line)
        return _Marks(
            persons=frozenset(t for r in reports for t in r.reading.rare if is_person(t)),
            figures=frozenset(figure for r in reports for figure in _figures(r)),
            keys=frozenset(r.article.key for r in reports),
            echoes=frozenset(key for r in reports for key in _echoes(r)),
        )


def _acts(line: Line) -> frozenset[str]:
    return acts_of(words_of(line.headline.span.chars))


def _only_meets(line: Line) -> bool:
    """Whether a headline tells of a meeting: not what came of it, and not what somebody says about it."""
    return _acts(line) == MEETING and _SAYS.search(line.headline.span.chars) is None


def _figures(r: Recorded) -> set[tuple[str, float]]:
    """Numbers on top of an article that identify what was said: shares, sums, counts of points, packages, troops."""
    top = {t.sha for part, t in r.article.texts.items() if part is not Part.TEXT}
    return {(f.unit, f.value) for f in r.reading.facts if f.unit in _TELLING_UNITS and f.span.text.sha in top}


def _echoes(r: Recorded) -> set[str]:
    """Articles whose utterance this one is about and gives again; what it quotes in passing is no echo."""
    headline = excerpts.headline(r.article)
    judged = r.development.judgements if r.development else ()
    return {
        j.compared.article_key
        for j in judged
        if headline is not None and j.compared is not None and _is_echo(j, headline)
    }


def _is_echo(j: Judgement, headline: Span) -> bool:
    quoted = j.verdict is Verdict.CORROBORATED and j.statement.kind is Kind.QUOTED
    return quoted and excerpts.shared_terms(j.statement.span, headline) >= BELONGS


def same_correction(a: Line, b: Line) -> bool:
    """Whether both correct one wording."""
    both = a.verdicts[0] is b.verdicts[0] is Verdict.CORRECTION
    return both and a.compared is not None and b.compared is not None and a.compared.span == b.compared.span


def same_words(a: Line, b: Line) -> bool:
    """Whether the headlines say the same, or an utterance that one of them is about is shown by both or is the other's
    headline."""
    if any(_same_utterance(x, y) and _belongs(x, a, b) for x in a.quotes for y in b.quotes):
        return True
    if excerpts.other_figures(a.headline.span, b.headline.span):
        return False
    if _is_shown(a, b) or _is_shown(b, a):
        return True
    apart = abs((a.first_seen - b.first_seen).total_seconds())
    return headlines.alike(a.headline.span.chars, b.headline.span.chars, apart) >= SAME_HEADLINE


def _same_utterance(a: Citation, b: Citation) -> bool:
    return a.speaker is not None and a.speaker == b.speaker and excerpts.same_words(a.span, b.span)


def _is_shown(a: Line, b: Line) -> bool:
    """Whether what the one line's headline tells of a party is what the other shows in the party's own words."""
    if set(a.actors).isdisjoint(b.actors) or abs(a.first_seen - b.first_seen) > SAME_DAY:
        return False
    own = (q.span for q in b.quotes if q.speaker and excerpts.quoted_words(q.span) >= OWN_WORDS)
    return any(excerpts.held(a.headline.span, words) >= TOLD_OF for words in own)


def _belongs(quote: Citation, *lines: Line) -> bool:
    return any(excerpts.shared_terms(quote.span, line.headline.span) >= BELONGS for line in lines)


def told_so(line: Line, told_lines: Sequence[Line]) -> bool:
    """Whether lately a line said the same and this one claims no more than to be news."""
    if not {Verdict.NEW, Verdict.UPDATE}.issuperset(line.verdicts):
        return False
    news = line.verdicts == (Verdict.NEW,)
    return any(same_words(line, old) for old in told_lines if news or _same_headline(line, old))


def _same_headline(a: Line, b: Line) -> bool:
    return words_of(a.headline.span.chars) == words_of(b.headline.span.chars)

"""What is known while a text is read, and whose words a quotation or an answer without a name is.

Hides how long a voice is remembered, and how newsrooms go on quoting: units of nothing but quotation, a reporter's
questions, interviews.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from digests.model import Article, Part, TextOfRecord
from digests.names import Mention
from digests.statements import interviews
from digests.statements.issues import Trail
from digests.statements.links import Link, Referring
from digests.statements.referents import Memory, Voice, fits, office_of
from digests.statements.strangers import Strangers
from digests.statements.units import Unit

_ASKS = re.compile(
    r"\?\W{0,3}$|\bI (?:then |also )?(?:ask|asked|put it to|put to|suggest|suggested|wondered|pressed)\b"
)
"""A reporter's own question."""
_TURN = re.compile(r"[^:\n]{2,60}:[*_]{0,3}\s*")
_NEAR = 2  # paragraphs behind somebody's words in which a quotation without a name is his
_INTERVIEW = 5  # paragraphs between the answers of an interview
_ANSWERS = 2  # answers after which somebody is interviewed, and not only asked
_REMARK = 12  # characters beside a quotation that name nobody and say nothing
_NAMED = re.compile(r"\b(?:said|says|told) [A-ZÀ-Þ]|\b(?![HS]?[Hh]e\b)[A-ZÀ-Þ][\w’'-]+ (?:said|says|told)\b")
"""The few words by which a short name closes its quotation: whoever he is, the one before does not go on."""


@dataclass(frozen=True)
class Found:
    """A voice with the link that carries it, before it is cut out. Offsets are of the clause, in its unit."""

    voice: Voice
    link: Link | None
    sure: bool
    named: bool  # whether the unit names the speaker
    start: int
    end: int
    links: tuple[Link, ...] = ()  # every outermost link of the voice
    answer: bool = False  # whether it stands in an interview's answer
    part: bool = False  # whether its voice states something else in the same sentence


@dataclass
class Hearing:
    """What is known while one part of an article is read."""

    article: Article
    part: Part
    text: TextOfRecord
    on: date | None
    memory: Memory
    introduced: set[str]
    trail: Trail
    strangers: Strangers
    quoting: Voice | None = None  # whose quotation ended the unit before
    speaking: tuple[int, Voice | None] = (-9, None)  # paragraph, the one person who speaks there
    answering: tuple[int, Voice | None] = (-9, None)  # paragraph, the person quoted last: who answers a reporter
    asked: int = -1  # paragraph of the reporter's last question
    answers: tuple[interviews.Answer, ...] = ()  # of an interview that is printed as questions and answers
    headed: tuple[Voice, ...] = ()  # whom the article's opening names: "he" and "the minister" before the text does
    given: Counter[Voice] = field(default_factory=Counter)  # answers to a reporter's questions

    def answered(self, unit: Unit) -> list[Found]:
        """A sentence of an interview's answer is his who answers, whatever it says of others."""
        for answer in self.answers:
            if answer.start <= unit.start < answer.end and answer.voice.actor_id and not _asks(unit):
                turn = _TURN.match(unit.shown) if unit.start == answer.start else None
                start, end = turn.end() if turn else 0, len(unit.shown)
                return [Found(answer.voice, None, sure=True, named=turn is not None, start=start, end=end, answer=True)]
        return []

    def running_on(self, unit: Unit) -> list[Found]:
        """A unit that is nothing but quotation goes on with the words of the unit before, or is those of the one person
        who speaks in the paragraphs before it."""
        if not (unit.quoted or unit.open_quote) or len(outside(unit)) > _REMARK or _NAMED.search(outside(unit)):
            return []
        at, near = self.speaking
        voice = self.quoting or (near if unit.paragraph - at <= _NEAR else None)
        if voice is None or not voice.actor_id:
            return []
        if voice.person and unit.paragraph - self.asked <= 1:
            self.given[voice] += 1
        return [Found(voice, None, sure=True, named=False, start=0, end=len(unit.shown))]

    def listen(self, unit: Unit, mentions: tuple[Mention, ...], found: Sequence[Found]) -> None:
        """Keep whose words a paragraph of nothing but quotation would be: those of the one person who spoke last,
        unless somebody else came in since; behind a reporter's question, of the one whom he interviews."""
        people = list(dict.fromkeys(f.voice for f in found if f.voice.person))
        at, voice = self.answering
        if not unit.quoted and (_ASKS.search(unit.masked) or self.asked == unit.paragraph):
            self.asked = unit.paragraph
            answers = voice if unit.paragraph - at <= _INTERVIEW else self.speaking[1] or self._interviewed()
            self.speaking = (unit.paragraph, people[0] if len(people) == 1 and answers is None else answers)
        elif len(people) == 1:
            self.speaking = (unit.paragraph, people[0])
            if unit.quoted or unit.paragraph - at > _INTERVIEW:
                self.answering = self.speaking
        elif found or (unit.quoted and len(outside(unit)) > _REMARK) or any(m.kind == "person" for m in mentions):
            self.speaking = (unit.paragraph, None)

    def _interviewed(self) -> Voice | None:
        """Who alone has answered a reporter's questions, and more than once: the article is an interview with him."""
        return next(iter(self.given)) if len(self.given) == 1 and self.given.total() >= _ANSWERS else None

    def heard(self, unit: Unit, found: Sequence[Found]) -> None:
        """Remember who spoke in a unit, and whose quotation ended it."""
        for one in found:
            self.memory.heard(unit.paragraph, one.voice)
        if found and unit.quoted:
            self.quoting = found[-1].voice if len({f.voice for f in found}) == 1 else _quoter(found, unit)
        if self.trail.sentence:
            self.trail.newest = (unit.paragraph, self.trail.sentence)

    def first_of_all(self, reference: Referring, roles: Mapping[str, str]) -> tuple[Voice, ...]:
        """Whom "he" or "the minister" means before the text has named one: the person in the headline above it."""
        word = reference.word.lower()
        if office := office_of(word):
            return tuple(v for v in self.headed if office in roles.get(v.speaker or "", ""))[:1]
        named = any(v.person for _, v in (*self.memory.named, *self.memory.spoke))
        return () if named or word not in {"he", "she"} else tuple(v for v in self.headed[:1] if fits(word, v.speaker))


def outside(unit: Unit) -> str:
    """What a unit says outside of its quotations."""
    return unit.masked.replace("\x01", "").strip(" .,;:–—-")


def _asks(unit: Unit) -> bool:
    return unit.shown.rstrip().endswith("?")


def _quoter(found: Sequence[Found], unit: Unit) -> Voice | None:
    """Of several voices of a unit, the one whose clause holds its last quotation."""
    last = unit.quoted[-1][0]
    holding = [f for f in found if f.start <= last < f.end]
    return holding[-1].voice if holding else None

"""From units to statements: which links state something, for whom, on which issues, when. Hides the order of it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from digests import when
from digests.model import Article, Days, Directory, Kind, Part, Polarity, SourceClass, Span, Statement, TextOfRecord
from digests.names import Gazetteer, Mention
from digests.statements import dated, interviews, links, scope, stance, units
from digests.statements.issues import Issues, Trail
from digests.statements.links import Link, Referring
from digests.statements.referents import ANALYST, OWNED, Memory, Voice, fits, party_before, voice_of, within
from digests.statements.strangers import Strangers
from digests.statements.subjects import free
from digests.statements.units import Unit
from digests.topics import Topics

_ORDER = (Part.TITLE, Part.DESCRIPTION, Part.TEXT)


@dataclass
class _Reading:
    """What is known while one part is read."""

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
    headed: Voice | None = None  # the first person whom the article names: "he" before anybody else is named


@dataclass(frozen=True)
class _Found:
    """A voice with the link that carries it, before it is cut out."""

    voice: Voice
    link: Link | None
    sure: bool
    named: bool  # whether the unit names the speaker
    start: int  # of the clause, in the unit
    end: int
    links: tuple[Link, ...] = ()  # every outermost link of the voice
    answer: bool = False  # whether it stands in an interview's answer


_CYRILLIC = re.compile(r"[А-яЄєІіЇїҐґ]{3}")
_ASKS = re.compile(
    r"\?\W{0,3}$|\bI (?:then |also )?(?:ask|asked|put it to|put to|suggest|suggested|wondered|pressed)\b"
)
"""A reporter's own question."""
_TURN = re.compile(r"[^:\n]{2,60}:[*_]{0,3}\s*")
_NEAR = 2  # paragraphs behind somebody's words in which a quotation without a name is his
_INTERVIEW = 5  # paragraphs between the answers of an interview
_AHEAD = timedelta(days=1)  # clocks and zones of publishers differ by less


class Finder:
    """Finds statements. Build once for a directory; `find` is pure and needs no other article."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory
        self.gazetteer = Gazetteer(directory)
        self.topics = Topics(directory)
        self._sides = {s.id: s.side for s in directory.sources if s.source_class is SourceClass.OFFICIAL}
        self._roles = {p.name: p.role.lower() for actor in directory.actors for p in actor.speakers}
        self._zones = {s.id: s.zone for s in directory.sources}
        self._issues = Issues(directory, self.topics)

    def find(self, article: Article) -> tuple[Statement, ...]:
        """Every statement of an article, part by part in reading order."""
        on = self._day(article)
        introduced: set[str] = set()
        strangers = Strangers()
        words = " \n".join(article.texts[part].body for part in _ORDER if part in article.texts)
        news = dated.news_day(_opening(article), on)
        title = article.texts[Part.TITLE].body if Part.TITLE in article.texts else ""
        found: list[Statement] = []
        for part in _ORDER:
            text = article.texts.get(part)
            if text is not None and text.body:
                trail = self._issues.trail(words, title, article.language)
                reading = _Reading(article, part, text, on, Memory(news=news), introduced, trail, strangers)
                if part is Part.TEXT:
                    reading.headed = self._headed(words, on)
                    reading.answers = interviews.find(text.body, self.gazetteer)
                found.extend(self._part(reading))
        once: dict[str, Statement] = {}
        for statement in found:  # two persons of one party in one clause are one statement of the party
            once.setdefault(statement.statement_id, statement)
        return tuple(once.values())

    def _headed(self, words: str, on: date | None) -> Voice | None:
        """The person whom an article names first, on a line that may be none of its text."""
        people = (m for m in self.gazetteer.mentions(words[:_OPENING], on) if m.kind == "person")
        first = next(people, None)
        return voice_of(first) if first is not None else None

    def _names(self, words: str) -> bool:
        return any(m.start == 0 for m in self.gazetteer.mentions(words))

    def _day(self, article: Article) -> date | None:
        """The day that "on Tuesday" is counted from: the publisher's, unless it claims a day that has not come."""
        at = article.published_at
        if at is not None and at - article.seen_at > _AHEAD:
            at = article.seen_at
        return when.local_day(at, self._zones.get(article.source_id, "UTC")) if at is not None else None

    def _part(self, reading: _Reading) -> Iterator[Statement]:
        for unit in units.of(reading.article, reading.part, reading.text, self._names):
            mentions = self.gazetteer.mentions(unit.masked, reading.on, reading.introduced)
            if not _CYRILLIC.search(unit.masked):
                mentions = reading.strangers.joined(unit.masked, mentions)
            yield from self._unit(reading, unit, mentions)
            for mention in mentions:
                if mention.kind == "person" and mention.speaker:
                    reading.introduced.add(mention.speaker)
                if mention.kind != "adjective" and free(unit.masked, mention, mentions):
                    reading.memory.saw(unit.paragraph, voice_of(mention))

    def _unit(self, reading: _Reading, unit: Unit, mentions: tuple[Mention, ...]) -> Iterator[Statement]:
        found = _answered(reading, unit) or self._voices(reading, unit, mentions)
        if not found:
            found = self._running_on(reading, unit)
        reading.quoting = None
        self._listen(reading, unit, mentions, found)
        reading.trail.sentence = self._issues.named(unit.shown, reading.article.language)
        for one in found:
            statement = self._statement(reading, unit, one, mentions)
            if statement is not None:
                reading.trail.spoke((one.voice.actor_id, one.voice.speaker), unit.paragraph, statement.issues)
                yield statement
        for one in found:
            reading.memory.heard(unit.paragraph, one.voice)
        if found and unit.quoted:
            reading.quoting = found[-1].voice if len({f.voice for f in found}) == 1 else _quoter(found, unit)
        if reading.trail.sentence:
            reading.trail.newest = (unit.paragraph, reading.trail.sentence)

    def _voices(self, reading: _Reading, unit: Unit, mentions: tuple[Mention, ...]) -> list[_Found]:
        """The voices of a unit: outermost links, one a voice, clauses apart where they stand apart."""
        outer = scope.outermost(unit.masked, links.find(unit.masked, mentions))
        for link in outer:
            if isinstance(link.subject, Mention) and not link.subject.actor_id:
                reading.memory.heard(unit.paragraph, voice_of(link.subject))  # "he" is somebody else now
        clauses = scope.clauses(unit.masked, outer)
        found: dict[tuple[str, str | None], _Found] = {}
        for link in outer:
            start, end = clauses[link.cue_start]
            for voice, sure in self._who(reading, unit, link, mentions):
                one = _Found(voice, link, sure, isinstance(link.subject, Mention), start, end, (link,))
                known = found.get((voice.actor_id, voice.speaker))
                found[voice.actor_id, voice.speaker] = _together(known, one) if known else one
        return _one_a_party(list(found.values()))

    def _who(
        self, reading: _Reading, unit: Unit, link: Link, mentions: tuple[Mention, ...]
    ) -> Iterator[tuple[Voice, bool]]:
        if isinstance(link.subject, Referring):
            tail = scope.is_tail(unit.masked, link)
            before = _before_quotation(unit, link.subject) if tail else unit.masked
            here = within(before, link.subject, mentions, self._roles)
            there = (here,) if here else reading.memory.resolve(link.subject, unit.paragraph, self._roles)
            if owned := OWNED.fullmatch(link.subject.word):
                party = party_before(unit.masked, link.subject, mentions)
                there = self._of_party((party,) if party else reading.memory.parties(unit.paragraph), owned, reading)
            for voice in there or self._office(reading, link.subject) or _first_of_all(reading, link.subject):
                if voice.actor_id:
                    yield voice, voice.actor_id == ANALYST
        elif link.subject.actor_id in self._directory.actor_by_id:
            yield voice_of(link.subject), True

    def _of_party(self, parties: Sequence[Voice], owned: re.Match[str], reading: _Reading) -> tuple[Voice, ...]:
        """ "Its spokesman": the holder of that office of the party spoken of, or the party where nobody is known."""
        for party in parties[:1]:
            holder = self.gazetteer.holder(party.actor_id, owned["office"], reading.on)
            return (Voice(party.actor_id, holder or party.speaker, person=holder is not None),)
        return ()

    def _office(self, reading: _Reading, reference: Referring) -> tuple[Voice, ...]:
        """In a party's own bulletin "the President" is that party's."""
        side = self._sides.get(reading.article.source_id, "")
        office = reference.word.partition(" ")[2]
        holder = (
            self.gazetteer.holder(side, office, reading.on) if side and reference.word[:3].lower() == "the" else None
        )
        return (Voice(side, holder, person=True),) if holder else ()

    def _running_on(self, reading: _Reading, unit: Unit) -> list[_Found]:
        """A unit that is nothing but quotation goes on with the words of the unit before, or is those of the one person
        who speaks in the paragraphs before it."""
        if not (unit.quoted or unit.open_quote) or len(_outside(unit)) > 12:
            return []
        at, near = reading.speaking
        voice = reading.quoting or (near if unit.paragraph - at <= _NEAR else None)
        if voice is None or not voice.actor_id:
            return []
        return [_Found(voice, None, sure=True, named=False, start=0, end=len(unit.shown))]

    def _listen(self, reading: _Reading, unit: Unit, mentions: tuple[Mention, ...], found: Sequence[_Found]) -> None:
        """Keep whose words a paragraph of nothing but quotation would be: those of the one person who spoke last,
        unless somebody else came in since; behind a reporter's question, of the one whom he interviews."""
        people = list(dict.fromkeys(f.voice for f in found if f.voice.person))
        at, voice = reading.answering
        if not unit.quoted and (_ASKS.search(unit.masked) or reading.asked == unit.paragraph):
            reading.asked = unit.paragraph
            answers = voice if unit.paragraph - at <= _INTERVIEW else reading.speaking[1]
            reading.speaking = (unit.paragraph, people[0] if len(people) == 1 and answers is None else answers)
        elif len(people) == 1:
            reading.speaking = (unit.paragraph, people[0])
            if unit.quoted or unit.paragraph - at > _INTERVIEW:
                reading.answering = reading.speaking
        elif found or (unit.quoted and len(_outside(unit)) > 12) or any(m.kind == "person" for m in mentions):
            reading.speaking = (unit.paragraph, None)

    def _statement(self, reading: _Reading, unit: Unit, one: _Found, mentions: tuple[Mention, ...]) -> Statement | None:
        who = (one.voice.actor_id, one.voice.speaker)
        issues = self._issues.of(reading.trail, unit, (one.start, one.end), one.link, who)
        if one.answer and not reading.trail.sentence:
            return None  # in a long answer only what names its subject states something on it
        if not issues:
            return None
        quoted = tuple((a, b) for a, b in unit.quoted if a < one.end and b > one.start)
        kind = _kind(one, bool(quoted) or unit.open_quote)
        words = unit.shown[one.start : one.end]
        if kind is not Kind.QUOTED and _SAYS_NOTHING.fullmatch(words.strip()):
            return None
        others = [
            (m.start - one.start, m.end - one.start)
            for m in mentions
            if m.actor_id != one.voice.actor_id and m.start >= one.start
        ]
        polarity = Polarity.NEUTRAL if kind is Kind.ANALYSIS else stance.polarity(words, one.links, others, one.start)
        span = reading.text.span(*_trimmed(reading.text.body, unit.start + one.start, unit.start + one.end))
        about = sorted({m.actor_id for m in mentions if one.start <= m.start < one.end} - {one.voice.actor_id, ""})
        return Statement(
            statement_id=_id(reading, span, one.voice.actor_id),
            article_id=reading.article.article_id,
            revision=reading.article.revision,
            part=reading.part,
            span=span,
            actor_id=one.voice.actor_id,
            speaker=one.voice.speaker,
            kind=kind,
            issues=issues,
            polarity=polarity,
            said_on=self._said_on(reading, unit, one),
            quotes=_inner(reading.text, unit, quoted),
            about=tuple(about),
            speaker_in_span=one.named,
            sure=one.sure,
        )

    def _said_on(self, reading: _Reading, unit: Unit, one: _Found) -> Days | None:
        memory = reading.memory
        if dated.some_day(unit.shown, one.link):
            return None
        own = dated.own_day(unit.shown, one.link, reading.on, unit.quoted)
        if own is not None:
            memory.dated(one.voice, unit.paragraph, own)
            return own
        near = memory.near(unit.paragraph)
        return dated.lent_day(one.link, memory.before(one.voice), near, reading.on, headline=unit.headline)


def _before_quotation(unit: Unit, reference: Referring) -> str:
    """What introduces the quotation that a closing "he said" belongs to: whom that names, "he" takes up."""
    quoted = [start for start, end in unit.quoted if start > 0 and end <= reference.start]
    return unit.masked[: quoted[-1]] if quoted else ""


def _first_of_all(reading: _Reading, reference: Referring) -> tuple[Voice, ...]:
    """Whom "he" means before the text has named anybody: the one in the headline above it."""
    known = reading.headed
    named = any(v.person for _, v in (*reading.memory.named, *reading.memory.spoke))
    if (
        known is None
        or named
        or reference.word.lower() not in {"he", "she"}
        or not fits(reference.word.lower(), known.speaker)
    ):
        return ()
    return (known,)


def _answered(reading: _Reading, unit: Unit) -> list[_Found]:
    """A sentence of an interview's answer is his who answers, whatever it says of others."""
    for answer in reading.answers:
        if answer.start <= unit.start < answer.end and answer.voice.actor_id and not unit.shown.rstrip().endswith("?"):
            turn = _TURN.match(unit.shown) if unit.start == answer.start else None
            start = turn.end() if turn else 0
            return [
                _Found(
                    answer.voice, None, sure=True, named=turn is not None, start=start, end=len(unit.shown), answer=True
                )
            ]
    return []


def _outside(unit: Unit) -> str:
    """What a unit says outside of its quotations."""
    return unit.masked.replace("\x01", "").strip(" .,;:–—-")


def _opening(article: Article) -> str:
    """The first characters of the longest part."""
    return max((t.body for t in article.texts.values()), key=len, default="")[:_OPENING]


_SAYS_NOTHING = re.compile(
    r"(?:What|How|Why) [^,:;“”\"]{1,100}\b(?:said|says|told|wrote)\b[^,:;“”\"]{0,60}"
    r"|[^,:;“”\"]{1,80}\b(?:(?:answer(?:s|ed)|took|takes?) (?:a |the |some |several |reporters[’'] )?questions?\b"
    r"|(?:commented|wrote|spoke)\b(?! (?:by|with|of|for|against|in favo\w*|out|up)\b))"
    r"(?:(?! (?:that|saying|and|but|while)\b)[^,:;“”\"]){0,120}"
)
"""That somebody spoke or wrote, on a subject or to somebody, and not a word of what he said."""

_OPENING = 2500
"""Characters in which a news text says of which day it is."""


def _together(known: _Found, more: _Found) -> _Found:
    """Two links of one voice in one unit are one statement; saying outranks doing."""
    says = known.link is None or known.link.verb.mode != "act" or more.link is None or more.link.verb.mode == "act"
    return replace(
        known,
        link=known.link if says else more.link,
        links=known.links + more.links,
        start=min(known.start, more.start),
        end=max(known.end, more.end),
        sure=known.sure or more.sure,
        named=known.named or more.named,
    )


def _quoter(found: Sequence[_Found], unit: Unit) -> Voice | None:
    """Of several voices of a unit, the one whose clause holds its last quotation."""
    last = unit.quoted[-1][0]
    holding = [f for f in found if f.start <= last < f.end]
    return holding[-1].voice if holding else None


def _one_a_party(found: list[_Found]) -> list[_Found]:
    """A body and its own spokesman in one clause state one thing: the person stays."""
    kept = []
    for one in found:
        rivals = [
            f
            for f in found
            if f is not one and f.voice.actor_id == one.voice.actor_id and (f.start, f.end) == (one.start, one.end)
        ]
        if one.voice.person or not any(r.voice.person or found.index(r) < found.index(one) for r in rivals):
            kept.append(one)
    return kept


def _kind(one: _Found, quoted: bool) -> Kind:
    if one.voice.actor_id == ANALYST:
        return Kind.ANALYSIS
    if one.link is not None and one.link.verb.mode == "act" and not quoted:
        return Kind.ACTION
    return Kind.QUOTED if quoted else Kind.REPORTED


def _trimmed(body: str, start: int, end: int) -> tuple[int, int]:
    cut = body[start:end]
    return start + len(cut) - len(cut.lstrip(" ,;:*\u200b")), end - (len(cut) - len(cut.rstrip(" ,;:*\u200b")))


def _inner(text: TextOfRecord, unit: Unit, quoted: Sequence[tuple[int, int]]) -> tuple[Span, ...]:
    spans = []
    for start, end in quoted:
        a, b = unit.start + max(0, start), unit.start + min(len(unit.shown), end)
        while a < b and (text.body[a] in '“”"«»„‘’' or text.body[a].isspace()):
            a += 1
        while b > a and (text.body[b - 1] in '“”"«»‘’' or text.body[b - 1].isspace()):
            b -= 1
        if b > a:
            spans.append(text.span(a, b))
    return tuple(spans)


def _id(reading: _Reading, span: Span, actor_id: str) -> str:
    """Short name of a statement: the same for the same characters of the same revision."""
    words = f"{reading.article.article_id}|{reading.article.revision}|{reading.part}|{span.start}|{span.end}|{actor_id}"
    return hashlib.sha256(words.encode("utf-8")).hexdigest()[:12]

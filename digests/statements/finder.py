"""From units to statements: which links state something, for whom, on which issues, when. Hides the order of it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from digests import when
from digests.model import Article, Days, Directory, Kind, Part, Polarity, SourceClass, Span, Statement, TextOfRecord
from digests.names import Gazetteer, Mention
from digests.statements import dated, interviews, links, scope, stance, units
from digests.statements.hearing import Found, Hearing
from digests.statements.issues import Issues
from digests.statements.links import Link, Referring
from digests.statements.referents import ANALYST, OWNED, Memory, Voice, named_behind, party_before, voice_of, within
from digests.statements.strangers import Strangers, speaks_unnamed
from digests.statements.subjects import free
from digests.statements.units import Unit
from digests.topics import Topics

_ORDER = (Part.TITLE, Part.DESCRIPTION, Part.TEXT)


_CYRILLIC = re.compile(r"[А-яЄєІіЇїҐґ]{3}")
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
        texts = [(part, article.texts[part]) for part in _ORDER if part in article.texts and article.texts[part].body]
        read = {part: tuple(units.of(article, part, text, self._names)) for part, text in texts}
        running = " \n".join(unit.shown for part, _ in texts for unit in read[part])
        found: list[Statement] = []
        for part, text in texts:
            trail = self._issues.trail(running, title, article.language)
            hearing = Hearing(article, part, text, on, Memory(news=news), introduced, trail, strangers)
            if part is Part.TEXT:
                hearing.headed = self._headed(words, on)
                hearing.answers = interviews.find(text.body, self.gazetteer)
            found.extend(self._part(hearing, read[part]))
        once: dict[str, Statement] = {}
        for statement in found:  # two persons of one party in one clause are one statement of the party
            once.setdefault(statement.statement_id, statement)
        return tuple(once.values())

    def _headed(self, words: str, on: date | None) -> tuple[Voice, ...]:
        """The people whom an article's opening names, on a line that may be none of its text."""
        people = (m for m in self.gazetteer.mentions(words[:_OPENING], on) if m.kind == "person")
        return tuple(dict.fromkeys(voice_of(m) for m in people))

    def _names(self, words: str) -> bool:
        return any(m.start == 0 for m in self.gazetteer.mentions(words))

    def _day(self, article: Article) -> date | None:
        """The day that "on Tuesday" is counted from: the publisher's, unless it claims a day that has not come."""
        at = article.published_at
        if at is not None and at - article.seen_at > _AHEAD:
            at = article.seen_at
        return when.local_day(at, self._zones.get(article.source_id, "UTC")) if at is not None else None

    def _part(self, hearing: Hearing, read: Sequence[Unit]) -> Iterator[Statement]:
        for unit in read:
            mentions = self.gazetteer.mentions(unit.masked, hearing.on, hearing.introduced)
            if not _CYRILLIC.search(unit.masked):
                mentions = hearing.strangers.joined(unit.masked, mentions)
            yield from self._unit(hearing, unit, mentions)
            for mention in mentions:
                if mention.kind == "person" and mention.speaker:
                    hearing.introduced.add(mention.speaker)
                if mention.kind != "adjective" and free(unit.masked, mention, mentions):
                    hearing.memory.saw(unit.paragraph, voice_of(mention))

    def _unit(self, hearing: Hearing, unit: Unit, mentions: tuple[Mention, ...]) -> Iterator[Statement]:
        found = hearing.answered(unit) or self._voices(hearing, unit, mentions) or hearing.running_on(unit)
        hearing.quoting = None
        hearing.listen(unit, mentions, found)
        named = self._issues.named(unit.shown, hearing.article.language)
        hearing.trail.reads(unit.shown, named, {m.actor_id for m in mentions})
        for one in found:
            statement = self._statement(hearing, unit, one, mentions)
            if statement is not None:
                hearing.trail.spoke((one.voice.actor_id, one.voice.speaker), unit.paragraph, statement.issues)
                yield statement
        hearing.heard(unit, found)

    def _voices(self, hearing: Hearing, unit: Unit, mentions: tuple[Mention, ...]) -> list[Found]:
        """The voices of a unit: outermost links, one a voice, clauses apart where they stand apart."""
        outer = scope.outermost(unit.masked, links.find(unit.masked, mentions))
        for link in outer:
            if isinstance(link.subject, Mention) and not link.subject.actor_id:
                hearing.memory.heard(unit.paragraph, voice_of(link.subject))  # "he" is somebody else now
        clauses = scope.clauses(unit.masked, outer)
        if not outer and speaks_unnamed(unit.masked, mentions):
            hearing.memory.heard(unit.paragraph, Voice("", None, person=True))
        found: list[Found] = []
        for link in outer:
            start, end = clauses[link.cue_start]
            for voice, sure in self._who(hearing, unit, link, mentions):
                one = Found(voice, link, sure, isinstance(link.subject, Mention), start, end, (link,))
                self._join(hearing, unit, found, one)
        return _one_a_party(found)

    def _join(self, hearing: Hearing, unit: Unit, found: list[Found], one: Found) -> None:
        """Add a voice's next link: to what it states already, or, where it goes on to another issue ("rejected the
        demand and insists on guarantees"), as a statement of its own."""
        known = next((n for n in reversed(range(len(found))) if found[n].voice == one.voice), None)
        if known is None:
            found.append(one)
            return
        cut = scope.goes_on(unit.masked, found[known].links[-1], one.links[0])
        if cut is not None and self._elsewhere(unit, found[known], one, cut, hearing.article.language):
            before, behind = cut
            found[known] = replace(found[known], end=before, part=True)
            found.append(replace(one, start=behind, named=False, part=True))
        else:
            found[known] = _together(found[known], one)

    def _elsewhere(self, unit: Unit, known: Found, one: Found, cut: tuple[int, int], language: str) -> bool:
        """Whether the words behind a cut name an issue of the talks that those before it do not."""
        before, behind = cut
        if before - known.start < _SHORTEST or one.end - behind < _SHORTEST:
            return False
        first, then = (
            self._issues.of_talks(t, language) for t in (unit.shown[known.start : before], unit.shown[behind : one.end])
        )
        return bool(then) and not set(first) & set(then)

    def _who(
        self, hearing: Hearing, unit: Unit, link: Link, mentions: tuple[Mention, ...]
    ) -> Iterator[tuple[Voice, bool]]:
        if isinstance(link.subject, Referring):
            tail = scope.is_tail(unit.masked, link)
            before = _before_quotation(unit, link.subject) if tail else unit.masked
            here = within(before, link.subject, mentions, self._roles)
            others = named_behind(unit.masked, link.subject, mentions)
            there = (here,) if here else hearing.memory.resolve(link.subject, unit.paragraph, self._roles, others)
            if owned := OWNED.fullmatch(link.subject.word):
                party = party_before(unit.masked, link.subject, mentions)
                there = self._of_party((party,) if party else hearing.memory.parties(unit.paragraph), owned, hearing)
            for voice in (
                there or self._office(hearing, link.subject) or hearing.first_of_all(link.subject, self._roles)
            ):
                if voice.actor_id:
                    yield voice, voice.actor_id == ANALYST
        elif link.subject.actor_id in self._directory.actor_by_id:
            yield voice_of(link.subject), True

    def _of_party(self, parties: Sequence[Voice], owned: re.Match[str], hearing: Hearing) -> tuple[Voice, ...]:
        """ "Its spokesman": the holder of that office of the party spoken of, or the party where nobody is known."""
        for party in parties[:1]:
            holder = self.gazetteer.holder(party.actor_id, owned["office"], hearing.on)
            return (Voice(party.actor_id, holder or party.speaker, person=holder is not None),)
        return ()

    def _office(self, hearing: Hearing, reference: Referring) -> tuple[Voice, ...]:
        """In a party's own bulletin "the President" is that party's."""
        side = self._sides.get(hearing.article.source_id, "")
        office = reference.word.partition(" ")[2]
        holder = (
            self.gazetteer.holder(side, office, hearing.on) if side and reference.word[:3].lower() == "the" else None
        )
        return (Voice(side, holder, person=True),) if holder else ()

    def _statement(self, hearing: Hearing, unit: Unit, one: Found, mentions: tuple[Mention, ...]) -> Statement | None:
        who = (one.voice.actor_id, one.voice.speaker)
        issues = self._issues.of(hearing.trail, unit, (one.start, one.end), one.link, who, part=one.part)
        if one.answer and not hearing.trail.sentence and not self.topics.short(unit.shown, hearing.article.language):
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
        span = hearing.text.span(*_trimmed(hearing.text.body, unit.start + one.start, unit.start + one.end))
        about = sorted({m.actor_id for m in mentions if one.start <= m.start < one.end} - {one.voice.actor_id, ""})
        return Statement(
            statement_id=_id(hearing, span, one.voice.actor_id),
            article_id=hearing.article.article_id,
            revision=hearing.article.revision,
            part=hearing.part,
            span=span,
            actor_id=one.voice.actor_id,
            speaker=one.voice.speaker,
            kind=kind,
            issues=issues,
            polarity=polarity,
            said_on=self._said_on(hearing, unit, one),
            quotes=_inner(hearing.text, unit, quoted),
            about=tuple(about),
            speaker_in_span=one.named,
            sure=one.sure,
        )

    def _said_on(self, hearing: Hearing, unit: Unit, one: Found) -> Days | None:
        memory = hearing.memory
        if dated.some_day(unit.shown, one.link):
            return None
        own = dated.own_day(unit.shown, one.link, hearing.on, unit.quoted)
        if dated.long_ago(unit.shown, one.link, hearing.on, unit.quoted):
            memory.recalled(one.voice, unit.paragraph)
        elif own is not None:
            memory.dated(one.voice, unit.paragraph, own)
        if own is not None or memory.past == (unit.paragraph, one.voice):
            return own
        near = memory.near(unit.paragraph)
        return dated.lent_day(one.link, memory.before(one.voice), near, hearing.on, headline=unit.headline)


def _before_quotation(unit: Unit, reference: Referring) -> str:
    """What introduces the quotation that a closing "he said" belongs to: whom that names, "he" takes up."""
    quoted = [start for start, end in unit.quoted if start > 0 and end <= reference.start]
    return unit.masked[: quoted[-1]] if quoted else ""


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

_SHORTEST = 25
"""Characters that a clause has at least to be a statement of its own."""

_OPENING = 2500
"""Characters in which a news text says of which day it is."""


def _together(known: Found, more: Found) -> Found:
    """Two links of one voice in one unit are one statement; saying outranks doing."""
    says = known.link is None or known.link.verb.mode != "act" or more.link is None or more.link.verb.mode == "act"
    return replace(
        known,
        link=known.link if says else more.link,
        links=known.links + more.links,
        start=known.start if known.part else min(known.start, more.start),
        end=max(known.end, more.end),
        sure=known.sure or more.sure,
        named=known.named or more.named,
    )


def _one_a_party(found: list[Found]) -> list[Found]:
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


def _kind(one: Found, quoted: bool) -> Kind:
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


def _id(hearing: Hearing, span: Span, actor_id: str) -> str:
    """Short name of a statement: the same for the same characters of the same revision."""
    words = f"{hearing.article.article_id}|{hearing.article.revision}|{hearing.part}|{span.start}|{span.end}|{actor_id}"
    return hashlib.sha256(words.encode("utf-8")).hexdigest()[:12]

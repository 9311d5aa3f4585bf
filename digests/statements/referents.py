"""Whom "he", "they", "the official" or a quotation without a name means. Hides the memory of who spoke last.

Only the last fitting speaker of the paragraph or the one before is taken; what does not fit stays unresolved.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from digests.model import Days
from digests.names import Mention
from digests.statements.subjects import Referring, free


def _listed(words: str) -> list[str]:
    return words.split()


@dataclass(frozen=True)
class Voice:
    """Who speaks: an actor, a canonical name or None, and whether a person (not a body) is meant."""

    actor_id: str
    speaker: str | None
    person: bool
    titled: bool = False  # named by a title alone: "a U.S. official"


ANALYST = "analyst"
_ANALYSTS = re.compile(r"analyst|expert|observer|critic", re.IGNORECASE)
_PLURAL = re.compile(r"they|both|sides|countries|parties|delegations|leaders|presidents|вони|они", re.IGNORECASE)
_OFFICE_WORD = re.compile(
    r"vice president|president|prime minister|foreign minister|minister|envoy|chancellor|secretary|negotiator|spokes"
    r"|ambassador|aide|adviser|pope"
)
_BODY = re.compile(
    r"(?:ministry|agency|bloc|alliance|watchdog|commission|council|department|embassy|office|delegation|service)$"
)
_WRITER = re.compile(r"(?:think[ -]tank|institute|report|study|survey)$")
"""What a body that was named before wrote, or is called by now."""
OWNED = re.compile(r"(?:its|their) (?P<office>.+)", re.IGNORECASE)
_ENGLISH = {
    "the pm": "the prime minister",
    "the premier": "the prime minister",
    "the pontiff": "the pope",
    "президент": "the president",
    "міністр": "the minister",
    "министр": "the minister",
}
_GROUP = re.compile(r"the (?:leaders|ministers|envoys|negotiators|officials|allies|ambassadors)")
_FAR_REACH = 9  # paragraphs back in which a group's name may stand
_NEXT_CLAUSE = re.compile(r"; |, (?:while|whereas|and|but)\b|(?<![A-Z])\. ")
_REACH = 2  # paragraphs back in which a pronoun's speaker may stand


def voice_of(mention: Mention) -> Voice:
    """The voice that a mention is."""
    titled = mention.kind == "role" and mention.speaker is None
    return Voice(
        mention.actor_id, mention.speaker, mention.kind == "person" or (mention.kind == "role" and not titled), titled
    )


_WOMEN = frozenset(_listed("Karoline Ingrid Rachel Liz Annette Kristi Tammy Elizabeth Margaret"))
_MEN = frozenset(_listed("Mykola Nikita Mykyta Ilya Illia Luca Joshua Oleksa Mustafa Kostya Sasha Misha Jonas"))
"""Given names that do not show by their ending whose they are."""


def fits(pronoun: str, speaker: str | None) -> bool:
    """Whether "he" or "she" can mean a person, by the given name: those in -a are women's, but for some."""
    if speaker is None or pronoun not in {"he", "she", "він", "вона", "он", "она"}:
        return True
    given = speaker.split()[0]
    woman = given in _WOMEN or (given.endswith("a") and given not in _MEN)
    return woman == (pronoun in {"she", "вона", "она"})


def office_of(word: str) -> str:
    """The office that "the prime minister" names (lower case), "" where a reference names none."""
    found = _OFFICE_WORD.search(_ENGLISH.get(word, word)) if word.startswith("the ") else None
    return found.group() if found else ""


def named_behind(sentence: str, reference: Referring, mentions: Sequence[Mention]) -> frozenset[Voice]:
    """The people whom a sentence names behind a pronoun, in its own clause: "he urged X" is not X's word."""
    end = _NEXT_CLAUSE.search(sentence, reference.end)
    reach = end.start() if end else len(sentence)
    return frozenset(voice_of(m) for m in mentions if reference.end <= m.start < reach and m.kind == "person")


def party_before(sentence: str, reference: Referring, mentions: Sequence[Mention]) -> Voice | None:
    """The last party or body named before a reference as a subject can be: whose "its" is."""
    before = [m for m in mentions if m.end <= reference.start and m.kind in {"metonym", "body"}]
    fitting = [m for m in before if free(sentence, m, tuple(mentions))]
    return voice_of(fitting[-1]) if fitting else None


def within(
    sentence: str, reference: Referring, mentions: Sequence[Mention], roles: Mapping[str, str] | None = None
) -> Voice | None:
    """The name in the same sentence that a pronoun or a title takes up: the first person for "he" (for "the minister"
    the last who is one), the last party for "it". `roles`: what offices people hold, lower case.

    `sentence` may end before the pronoun, and then names behind its end are not meant.
    """
    word = reference.word.lower()
    office = _OFFICE_WORD.search(_ENGLISH.get(word, word)) if word.startswith("the ") else None
    if office and roles:
        holders = [m for m in mentions if m.end <= reference.start and m.kind == "person"]
        holders = [m for m in holders if office.group() in roles.get(m.speaker or "", "")]
        return voice_of(holders[-1]) if holders else None
    if word not in {"he", "she", "it", "він", "вона", "он", "она"}:
        return None
    person = word != "it"
    end = min(reference.start, len(sentence))
    before = [m for m in mentions if m.end <= end and m.kind != "adjective" and voice_of(m).person == person]
    owners = [m for m in before if person and sentence[m.end : m.end + 1] in {"’", "'"}]
    before = [m for m in before if not person or free(sentence, m, tuple(mentions))] or owners  # "In X's speech, he"
    before = [m for m in before if fits(word, m.speaker)]
    if not before:
        return None
    subjects = [m for m in before if free(sentence, m, tuple(mentions))]
    return voice_of(before[0] if person else (subjects or before)[-1])


@dataclass
class Memory:
    """What was heard so far in one text."""

    spoke: list[tuple[int, Voice]] = field(default_factory=list)  # paragraph, voice; newest last
    named: list[tuple[int, Voice]] = field(default_factory=list)  # persons and parties as subjects or topics
    newest: tuple[int, Days | None] = (-1, None)
    past: tuple[int, Voice | None] = (-1, None)  # paragraph, whose words of long ago it told
    news: Days | None = None  # the day that the article is about
    days: dict[str, Days] = field(default_factory=dict)  # speaker or actor -> day of the newest dated statement

    def heard(self, paragraph: int, voice: Voice) -> None:
        """A statement was found."""
        self.spoke.append((paragraph, voice))

    def saw(self, paragraph: int, voice: Voice) -> None:
        """A name was read, whether it stated anything or not."""
        self.named.append((paragraph, voice))

    def resolve(
        self, reference: Referring, paragraph: int, roles: Mapping[str, str], others: Collection[Voice] = ()
    ) -> tuple[Voice, ...]:
        """The voices meant, none where it stays open. Analysts without a name are the analyst actor. `roles`: what
        offices people hold, lower case, by canonical name: "the president" is none but a president. `others`: whom the
        sentence names behind the reference: "he" is none of them."""
        word = reference.word.lower()
        if _ANALYSTS.search(word):
            return (Voice(ANALYST, None, person=False),)
        if _WRITER.search(word):
            return tuple(v for v in self._last(paragraph, person=False) if v.speaker)
        if word == "it":
            return self._last(paragraph, person=False)
        if _GROUP.fullmatch(word):
            groups = [(at, v) for at, v in self.spoke if paragraph - at <= _FAR_REACH and not v.person]
            return (groups[-1][1],) if groups and groups[-1][1].titled else ()
        if _PLURAL.search(word):
            return (
                self._parties(paragraph) if word not in {"they", "вони", "они"} else self._last(paragraph, person=False)
            )
        if _BODY.search(word):
            return self._last(paragraph, person=False)
        if " " in word and ("official" in word or "source" in word):
            titled = [v for at, v in self.spoke if paragraph - at <= _REACH and v.titled]
            return tuple(titled[-1:]) or self._last(paragraph, person=True)
        office = _OFFICE_WORD.search(_ENGLISH.get(word, word))
        if office is None:
            return self._last(paragraph, person=True, word=word, others=others)
        voices = [v for at, v in (*self.named, *self.spoke) if paragraph - at <= _REACH and v.person]
        return tuple([v for v in voices if office.group() in roles.get(v.speaker or "", "")][-1:])

    def parties(self, paragraph: int) -> tuple[Voice, ...]:
        """The party or body that spoke or was a subject last."""
        spoke = [(at, v) for at, v in (*self.named, *self.spoke) if not v.person and paragraph - at <= 1]
        return (max(spoke, key=lambda row: row[0])[1],) if spoke else ()

    def _last(
        self, paragraph: int, *, person: bool, word: str = "", others: Collection[Voice] = ()
    ) -> tuple[Voice, ...]:
        for at, voice in reversed(self.spoke):
            if paragraph - at > _REACH:
                break
            if voice.person == person and fits(word, voice.speaker) and voice not in others:
                return (voice,)
        for at, voice in reversed(self.named if person else []):
            if paragraph - at > 1:
                break
            if voice.person and fits(word, voice.speaker) and voice not in others:
                return (voice,)
        return ()

    def _parties(self, paragraph: int) -> tuple[Voice, ...]:
        """The two parties of the war, where both were named within reach."""
        near = {v.actor_id for at, v in self.named if paragraph - at <= _REACH}
        if {"russia", "ukraine"} <= near:
            return (Voice("ukraine", None, person=False), Voice("russia", None, person=False))
        return ()

    def recalled(self, voice: Voice, paragraph: int) -> None:
        """Somebody's words of a past that is no day: what he says next in this paragraph is of then, too."""
        self.past = (paragraph, voice)

    def before(self, voice: Voice) -> Days | None:
        """The day of the newest dated statement of the same speaker (or body)."""
        return self.days.get(voice.speaker or voice.actor_id)

    def near(self, paragraph: int) -> Days | None:
        """The day that the paragraph gave before, or the day of the news."""
        at, days = self.newest
        return days if days is not None and at == paragraph else self.news

    def dated(self, voice: Voice, paragraph: int, days: Days) -> None:
        """Remember a statement's day."""
        if days.exact is not None:
            self.days[voice.speaker or voice.actor_id] = days
            self.newest = (paragraph, days)

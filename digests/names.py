"""Who is named in a text, and for which party they stand. Hides spelling, inflection, titles and dates of office.

Every configured name is found by one walk over the capitalised words of the text, each a dictionary look-up, so cost
grows with the text and not with the configuration.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from digests.model import Actor, Directory, Speaker
from digests.outlets import hidden
from digests.roles import ROLE_OF, Roles, is_title


def _listed(words: str) -> list[str]:
    return words.split()


MentionKind = Literal["person", "body", "metonym", "role", "adjective"]

_CAPITAL = re.compile(r"(?<![\w@#/])[A-ZÀ-ÖØ-ÞŚŁŻŹĆŠŽČĐЀ-ЯҐ]\w*")
_FIRST_WORD = re.compile(r"[^\W\d_]\w*")
_COMPOUND = re.compile(r"-[a-z]{3,}\b|[-–][A-Z]")
_SPELLED = re.compile(r"(?:yi|iy|yy|ii|ij|(?<=[sz]k)y|(?<=[sz]k)i)$")
_SPELLINGS = ("y", "yi", "iy", "yy", "ii", "i")
"""Endings by which English writes one Ukrainian or Russian surname."""
_TITLE_RUN = re.compile(r"(?:[\w.’'-]+ ){1,6}$")

RELATIVES = frozenset(
    _listed("Melania Ivanka Eric Barron Lara Tiffany Colin Jerome Usha Lyudmila Olena Brigitte Hunter")
)
"""Given names of namesakes of people in the news: "Melania Trump" does not speak for the United States."""

_NAMESAKES = ("Berlin Wall", "London Stock Exchange", "Ukraine War Environmental", "Britain's Got", "UN Women")
"""What begins with a party's name and is none of it."""
_NOUN_ENDINGS = frozenset(
    _listed(
        " ий ый ій а я у ю ом ем єм им ім ым ою ею єю ой ей ов ів ев єв ам ям ами ями ах ях ові еві єві и і ї й ы е є о"
        " ого ему ому ім их ых ими ыми ія ію ії ією ия ию ии ией і́ ю ь ська ської ську ською"
    )
)
"""Case endings of Ukrainian and Russian nouns and surnames (none is one too)."""
_ADJECTIVE_ENDINGS = re.compile(
    r"(?:[ії]?й?сь?к|[иі]?йсь?к|ь?сь?к)(?:ий|ого|ому|им|ім|а|ої|у|ій|ою|е|і|их|ими|ая|ой|ую|ое|ие|ый|их|ом|им|ими)$"
)


_PREFERRED = ("blocked", "person", "body", "metonym", "role", "adjective")  # where one phrase is listed as several


@dataclass(frozen=True)
class Mention:
    """A name in a text. `start`, `end` count characters. `speaker` is the canonical name of the person or body, the
    actor's own name for a metonym, None for a title that names no single person and for an adjective."""

    start: int
    end: int
    actor_id: str
    speaker: str | None
    kind: MentionKind


@dataclass(frozen=True)
class _Entry:
    """One way to write one name."""

    phrase: str
    actor_id: str
    speaker: str | None
    kind: MentionKind | Literal["blocked"]
    since: date | None = None
    until: date | None = None
    shared: bool = False

    def in_office(self, on: date | None) -> bool:
        """Whether the person speaks for the actor on a day; an unknown day asks nothing."""
        return on is None or ((self.since is None or self.since <= on) and (self.until is None or on <= self.until))


class Gazetteer:
    """Finds configured people, bodies, metonyms, titles and adjectives. Build once, use for every text."""

    def __init__(self, directory: Directory) -> None:
        self._names: dict[str, list[_Entry]] = {}
        self._stems: dict[str, list[_Entry]] = {}
        self._roles = Roles(directory)
        for phrase in _NAMESAKES:
            self._add(_Entry(phrase, "", None, "blocked"))
        own = {n for a in directory.actors for n in (a.name, *a.aliases, *a.bodies)}
        for source in directory.sources:
            if " " in source.name and source.name not in own:
                self._add(_Entry(source.name, "", None, "blocked"))
        for actor in directory.actors:
            self._add_actor(actor)
        small = sorted({word for word in self._names if word[0].islower()})
        self._small = {word: re.compile(rf"\b{re.escape(word)}\b") for word in small}
        for entries in self._names.values():
            entries.sort(key=lambda e: (-len(e.phrase), e.phrase, _PREFERRED.index(e.kind), e.actor_id, str(e.since)))

    def mentions(self, text: str, on: date | None = None, introduced: Collection[str] = ()) -> tuple[Mention, ...]:
        """Mentions in order, longest match, none overlapping. `on`: the day, for dates of office. `introduced`:
        canonical names that an earlier part of the article gave in full (for surnames that many bear)."""
        return self._roles.join(text, list(self._raw(hidden(text), on, set(introduced))), on)

    def holder(self, actor_id: str, title: str, on: date | None) -> str | None:
        """The one person whose office a title names on a day."""
        return self._roles.holder(actor_id, title, on)

    def _raw(self, text: str, on: date | None, introduced: set[str]) -> Iterator[Mention]:
        done = 0
        for match in self._beginnings(text):
            start = match.start()
            if start < done:
                continue
            entry, end = self._longest(text, start, match.group(), on)
            if entry is None:
                continue
            done = end
            if entry.kind == "blocked" or (entry.kind == "person" and not _this_person(text, start, entry, introduced)):
                continue
            if entry.kind == "person" and " " in entry.phrase and entry.speaker:
                introduced.add(entry.speaker)
            if _COMPOUND.match(text, end):  # "Moscow-backed": only a property
                yield Mention(start, end, entry.actor_id, None, "adjective")
            else:
                yield Mention(start, end, entry.actor_id, entry.speaker, entry.kind)

    def _beginnings(self, text: str) -> Sequence[re.Match[str]]:
        """Words that a name may begin with, in order: with a capital, or those that a configured name has small."""
        found = list(_CAPITAL.finditer(text))
        small = [match for word, pattern in self._small.items() if word in text for match in pattern.finditer(text)]
        return sorted([*found, *small], key=lambda match: match.start()) if small else found

    def _longest(self, text: str, start: int, word: str, on: date | None) -> tuple[_Entry | None, int]:
        for entry in self._names.get(word, ()):
            end = start + len(entry.phrase)
            if text.startswith(entry.phrase, start) and entry.in_office(on) and not _runs_on(text, end, entry.phrase):
                return entry, end
        if word[0] >= "Ѐ":
            for cut in range(len(word), max(2, len(word) - 8), -1):
                ending = word[cut:]
                for entry in self._stems.get(word[:cut], ()):
                    fitted = _inflected(entry, ending)
                    if fitted and fitted.in_office(on):
                        return fitted, start + len(word)
        return None, start

    def _add(self, entry: _Entry) -> None:
        first = _FIRST_WORD.match(entry.phrase)
        if first:
            self._names.setdefault(first.group(), []).append(entry)
            if "'" in entry.phrase:
                self._names[first.group()].append(replace(entry, phrase=entry.phrase.replace("'", "’")))

    def _add_actor(self, actor: Actor) -> None:
        for name in sorted({actor.name, *actor.aliases}):
            self._add(_Entry(name, actor.id, actor.name, "metonym"))
        for body in sorted(set(actor.bodies)):
            self._add(_Entry(body, actor.id, body, "body"))
        for adjective in sorted(set(actor.adjectives)):
            self._add(_Entry(adjective, actor.id, None, "adjective"))
        for stem in sorted(set(actor.stems)):
            self._stems.setdefault(stem, []).append(_Entry(stem, actor.id, actor.name, "metonym"))
        for speaker in actor.speakers:
            self._add_speaker(actor, speaker)

    def _add_speaker(self, actor: Actor, speaker: Speaker) -> None:
        given = {spelling for name in (speaker.name, *speaker.aliases) for spelling in _spellings(name)}
        surname = speaker.name.split()[-1]
        for phrase in sorted({*given, *_spellings(surname)} if len(surname) > 2 else given):
            shared = phrase not in given  # not listed alone: too many others bear it
            self._add(_Entry(phrase, actor.id, speaker.name, "person", speaker.since, speaker.until, shared))
        for stem in sorted(set(speaker.stems)):
            entry = _Entry(stem, actor.id, speaker.name, "person", speaker.since, speaker.until)
            self._stems.setdefault(stem, []).append(entry)


def _spellings(name: str) -> tuple[str, ...]:
    """A name as newsrooms spell it: "Syrskyi" is Syrsky, Syrskyy, Syrskiy and Syrskii too."""
    return (name, *(_SPELLED.sub(ending, name) for ending in _SPELLINGS)) if _SPELLED.search(name) else (name,)


def _runs_on(text: str, end: int, phrase: str) -> bool:
    """Whether the word goes on past the match ("Russian" after "Russia")."""
    return end < len(text) and (text[end].isalnum() or text[end] == "_") and not phrase.endswith(".")


def _inflected(entry: _Entry, ending: str) -> _Entry | None:
    """The entry as this ending makes it: a noun, an adjective ("российский"), or nothing known."""
    if entry.kind == "metonym" and entry.phrase.endswith(("ськ", "ск")):
        return replace(entry, kind="adjective", speaker=None) if len(ending) <= 3 else None
    if not ending or ending in _NOUN_ENDINGS:
        return entry
    if entry.kind == "metonym" and _ADJECTIVE_ENDINGS.match(ending):
        return replace(entry, kind="adjective", speaker=None)
    return None


def _this_person(text: str, start: int, entry: _Entry, introduced: set[str]) -> bool:
    """Whether a surname means the configured person, by what stands before it."""
    before = text[max(0, start - 60) : start]
    words = before.split()
    if words and before.endswith(" ") and words[-1].strip("“\"'‘(") in RELATIVES:
        return False
    if not entry.shared or entry.speaker in introduced:
        return True
    run = _TITLE_RUN.search(before)
    return bool(run and words and is_title(words[-1]) and ROLE_OF.search(run.group()))

"""Names that a person types, resolved: parties, people, issues, sources, zones. Hides spelling, aliases and nearness.

An exact name or alias resolves, whatever its capitals and hyphens, and so does a Cyrillic word that begins as a name is
known to; anything else has a nearest name at most, and is never taken for it.

What is near is measured in slips of the keyboard: a letter left out, put in or mistaken, two neighbours swapped. How
many a word may have follows from its length, as search engines have it (Elasticsearch, "fuzziness: AUTO:3,8"), so that
a word by which nobody is meant finds nobody. The beginning of a word is near too, as git has it of its commands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from zoneinfo import available_timezones

from rapidfuzz.distance import OSA

from digests.model import Directory, Speaker

ONE_SLIP, TWO_SLIPS = 3, 8
"""Characters from which a word may have one slip, and two: at most a third of a short word, a quarter of a long one."""
SURE = 5
"""Characters below which the first must be right: hardly anybody mistypes it, and short words are like too many."""
BEGINNING = 3
"""Characters from which a beginning stands for the word."""
SHORT = 3
"""Characters up to which a word of an issue's name does not stand for it."""
TYPED = 80
"""Characters of what was typed that are compared."""


_AROUND = " ?!.,;:()"


def plain(name: str) -> str:
    """A name without capitals, hyphens, article and the marks around it, as it is looked up."""
    return re.sub(r"[\s_\-’']+", " ", name[:TYPED].casefold()).strip(_AROUND).removeprefix("the ")


@dataclass(frozen=True)
class Who:
    """A party, or a person who speaks for it. `exact`: typed as its own id or name, no alias."""

    actor_id: str
    actor: str
    speaker: str | None = None
    exact: bool = True


class Names:
    """Every name of a directory."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory
        self._people: dict[str, Who] = {}
        self._parties: dict[str, Who] = {}
        for actor in directory.actors:
            for speaker in actor.speakers:
                self._add_speaker(speaker, actor.name)
            for name in (*actor.aliases, *actor.bodies, *actor.adjectives):
                self._parties.setdefault(plain(name), Who(actor.id, actor.name, exact=False))
        for actor in directory.actors:
            for name in (actor.id, actor.name):
                self._parties[plain(name)] = Who(actor.id, actor.name)
        self._stems = self._known_stems()
        self._parts = self._parts_of_names()
        self._issues = self._issue_names()
        self._issue_words, self._issue_stems = self._words_of_issues()

    def _add_speaker(self, speaker: Speaker, actor: str) -> None:
        who = Who(speaker.actor_id, actor, speaker.name)
        for name in (speaker.name, *speaker.aliases):
            self._people.setdefault(plain(name), who)

    def _known_stems(self) -> dict[str, Who]:
        """Whom a word stands for that begins so; none where several are meant."""
        meant: dict[str, list[Who]] = {}
        for actor in self._directory.actors:
            for stem in actor.stems:
                meant.setdefault(plain(stem), []).append(Who(actor.id, actor.name, exact=False))
            for speaker in actor.speakers:
                for stem in speaker.stems:
                    meant.setdefault(plain(stem), []).append(Who(speaker.actor_id, actor.name, speaker.name))
        return {stem: whos[0] for stem, whos in meant.items() if len(set(whos)) == 1}

    def _parts_of_names(self) -> dict[str, Who]:
        """Whom one word of a person's name is near to, where one person alone has it."""
        meant: dict[str, set[Who]] = {}
        for actor in self._directory.actors:
            for speaker in actor.speakers:
                for word in plain(speaker.name).split():
                    meant.setdefault(word, set()).add(Who(speaker.actor_id, actor.name, speaker.name))
        return {word: next(iter(whos)) for word, whos in meant.items() if len(whos) == 1}

    def _words_of_issues(self) -> tuple[dict[str, str], dict[str, str]]:
        """The issue that a word is about, in any language: by the word, and by how it begins; none where it may be
        several."""
        meant: tuple[dict[str, set[str]], dict[str, set[str]]] = {}, {}
        for issue in self._directory.issues:
            for term in (term for terms in issue.terms.values() for term in terms):
                word = plain(term.removesuffix("*"))
                if " " not in word and len(word) > SHORT:
                    meant[term.endswith("*")].setdefault(word, set()).add(issue.id)
        whole, begun = ({w: next(iter(ids)) for w, ids in one.items() if len(ids) == 1} for one in meant)
        return whole, begun

    def _issue_names(self) -> dict[str, tuple[str, bool]]:
        """Issue ids by name; a term, or one word of a name, names an issue only where it names no other."""
        terms: dict[str, set[str]] = {}
        for issue in self._directory.issues:
            known = [term for term in issue.terms.get("en", ()) if not term.endswith("*")]
            for term in (*known, *(word for word in plain(issue.id).split() if len(word) > SHORT)):
                terms.setdefault(plain(term), set()).add(issue.id)
        found = {term: (min(ids), False) for term, ids in terms.items() if len(ids) == 1}
        for issue in self._directory.issues:
            found[plain(issue.id)] = found[plain(issue.name)] = (issue.id, True)
        return found

    def who(self, typed: str) -> Who | None:
        """The party or person of this name."""
        name = plain(typed)
        return self._parties.get(name) or self._people.get(name) or self._begun(name)

    def _begun(self, name: str) -> Who | None:
        """Whom one word stands for by its stem, the longest that it has."""
        sizes = range(len(name), BEGINNING - 1, -1) if " " not in name else ()
        return next((who for size in sizes if (who := self._stems.get(name[:size]))), None)

    def issue(self, typed: str) -> tuple[str, bool] | None:
        """The issue of this name with whether it is its own; else it is an alias, or a word of its terms that names no
        party."""
        name = plain(typed)
        found = self._issues.get(name)
        if found is not None or " " in name or self.who(name) is not None:
            return found
        begun = (self._issue_stems.get(name[:size], "") for size in range(len(name), SHORT, -1))
        issue_id = self._issue_words.get(name) or next((i for i in begun if i), "")
        return (issue_id, False) if issue_id else None

    def issues_with(self, word: str) -> list[str]:
        """Ids of the issues whose names have this word."""
        return [i.id for i in self._directory.issues if plain(word) in {*plain(i.id).split(), *plain(i.name).split()}]

    def issue_name(self, issue_id: str) -> str:
        """The issue's name for a reader."""
        return self._directory.issue_by_id[issue_id].name

    def source(self, typed: str) -> str | None:
        """The source id of this id or name."""
        for source in self._directory.sources:
            if plain(typed) in {plain(source.id), plain(source.name)}:
                return source.id
        return None

    def nearest_party(self, typed: str) -> str:
        """The nearest party or person, "" where none is near: a party by its id, a person by his name."""
        near = nearest(plain(typed), [*self._parties, *self._people])
        who = self.who(near) if near else self._parts.get(plain(typed)) or self._almost_begun(plain(typed))
        return (who.speaker or who.actor_id) if who else ""

    def _almost_begun(self, name: str) -> Who | None:
        """Whom one word nearly stands for by its stem."""
        found = []
        for stem, who in self._stems.items() if " " not in name else ():
            slips = min(OSA.distance(name[:size], stem) for size in range(len(stem) - 1, len(stem) + 2))
            if slips <= _slips(name, stem):
                found.append((slips, -len(stem), stem, who))
        return min(found, key=lambda one: one[:3])[3] if found else None

    def nearest_issue(self, typed: str) -> str:
        """The id of the nearest issue, "" where none is near."""
        near = nearest(plain(typed), self._issues)
        return self._issues[near][0] if near else ""

    def nearest_source(self, typed: str, classes: Iterable[str]) -> str:
        """The nearest source id or class."""
        return nearest(typed, [*classes, *(s.id for s in self._directory.sources)])

    def actors(self) -> list[str]:
        """Ids of all parties, in order."""
        return [actor.id for actor in self._directory.actors]

    def issues(self) -> list[str]:
        """Ids of all issues, in order."""
        return [issue.id for issue in self._directory.issues]


_MADE: dict[int, tuple[Directory, Names]] = {}
"""The names of the directory asked for last, by its identity: hundreds of names are not put together for each word."""


def names_of(directory: Directory) -> Names:
    """Every name of a directory, put together once."""
    held = _MADE.get(id(directory))
    if held is None:
        _MADE.clear()
        held = _MADE[id(directory)] = directory, Names(directory)
    return held[1]


def nearest(typed: str, known: Iterable[str]) -> str:
    """The known word or name that was probably meant, "" where none is near."""
    wanted = typed[:TYPED].casefold().strip()
    near = [(apart, len(word), word) for word in set(known) if (apart := _apart(wanted, word.casefold())) is not None]
    return min(near)[2] if near else ""


def _apart(typed: str, known: str) -> float | None:
    """The share of slips that lies between two names, none where one begins the other; None where they are too many:
    of any word, or of all of them together."""
    if len(typed) >= BEGINNING and known.startswith(typed) and " " not in known[len(typed) :]:
        return 0.0
    ours, theirs = typed.split(), known.split()
    slips = _slipped("".join(ours), "".join(theirs))
    if slips is None and len(ours) == len(theirs):
        each = [_slipped(a, b) for a, b in zip(ours, theirs, strict=True)]
        slips = sum(n for n in each if n is not None) if None not in each else None
    return slips / max(len(typed), len(known)) if slips is not None else None


def _slipped(typed: str, known: str) -> int | None:
    allowed = _slips(typed, known)
    slips = OSA.distance(typed, known, score_cutoff=allowed)
    return slips if slips <= allowed else None


def _slips(typed: str, known: str) -> int:
    """How many slips may lie between two words: two where the longer is long, none where the shorter is very short."""
    shorter = min(len(typed), len(known))
    if shorter < ONE_SLIP or (shorter < SURE and typed[0] != known[0]):
        return 0
    return 2 if max(len(typed), len(known)) >= TWO_SLIPS else 1


@cache
def _zones() -> tuple[str, ...]:
    return tuple(sorted(available_timezones()))


_CITIES: Mapping[str, str] = {"kiev": "Europe/Kyiv", "brussels": "Europe/Brussels", "washington": "America/New_York"}


def zone(typed: str) -> str | None:
    """The IANA zone of this name, whatever its capitals; a city alone where it names one zone."""
    wanted = typed[:TYPED].casefold().replace(" ", "_")
    zones = _zones()
    exact = next((z for z in zones if z.casefold() == wanted), None)
    cities = [z for z in zones if z.casefold().rpartition("/")[2] == wanted and "/" in z]
    return exact or _CITIES.get(wanted) or (cities[0] if len(cities) == 1 else None)


def zones_like(typed: str, most: int) -> tuple[str, ...]:
    """IANA zones that hold what was typed, those whose city begins with it first; the nearest where none does."""
    wanted = typed[:TYPED].casefold().strip().replace(" ", "_")
    holding = [z for z in _zones() if wanted and wanted in z.casefold()]
    holding.sort(key=lambda z: (not z.casefold().rpartition("/")[2].startswith(wanted), z))
    near = zone(typed) or nearest_zone(typed)
    return tuple(dict.fromkeys([*([near] if near else []), *holding]))[:most]


def nearest_zone(typed: str) -> str:
    """The nearest IANA zone, by its name or by its city."""
    zones = {z.casefold(): z for z in _zones() if "/" in z}
    cities = {z.rpartition("/")[2]: z for z in sorted(zones)}
    wanted = typed[:TYPED].casefold()
    near = nearest(wanted, zones) or cities.get(nearest(wanted, cities), "")
    return zones.get(near, "")

"""Who and what is watched: configuration as plain values. Hides that it came from files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property


class SourceClass(StrEnum):
    """What kind of publisher speaks."""

    WIRE = "wire"
    OFFICIAL = "official"
    STATE = "state"
    BROADCASTER = "broadcaster"
    INDEPENDENT = "independent"
    THINK_TANK = "think-tank"
    REWRITE = "rewrite"


@dataclass(frozen=True)
class Source:
    """A publisher. `family` is its origin family (shared owner or wire); `side` an actor id or "" for none."""

    id: str
    name: str
    source_class: SourceClass
    family: str
    side: str = ""
    country: str = ""
    zone: str = "UTC"
    label: str = ""  # e.g. "state-funded, Qatar"; shown behind the class


@dataclass(frozen=True)
class Feed:
    """One address of a source. `every` is the wished polling interval."""

    id: str
    source_id: str
    url: str
    language: str  # ISO 639-1
    every: timedelta = timedelta(minutes=15)
    fetch_pages: bool = True


@dataclass(frozen=True)
class Speaker:
    """A person who speaks for an actor from a day, until a day (both inclusive; None is open)."""

    name: str
    actor_id: str
    role: str
    aliases: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    stems: tuple[str, ...] = ()  # Cyrillic stems for inflected forms, e.g. "Лавров"
    titles: tuple[str, ...] = ()  # role words beside the actor's adjective or name: "foreign minister", "top diplomat"


@dataclass(frozen=True)
class Actor:
    """A party. Members roll up to `parent`. `bodies` are institutions that speak by their own name."""

    id: str
    name: str
    parent: str | None = None
    aliases: tuple[str, ...] = ()  # names and metonyms: Moscow, the Kremlin
    bodies: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()  # "Russian": forms roles ("the Russian foreign minister")
    stems: tuple[str, ...] = ()
    speakers: tuple[Speaker, ...] = ()


@dataclass(frozen=True)
class Issue:
    """A question of the negotiation. Terms: words or phrases, caseless, at word boundaries; a final * is a stem.

    `context` issues (hostilities, military aid) bear on the talks but are not themselves about them. `short`: what a
    report says for short once its subject is clear ("the guarantees"); what an item is about is not asked of them.
    """

    id: str
    name: str
    points: tuple[int, ...] = ()
    terms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # by language; "en" always there
    context: bool = False
    short: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # words that mean it only inside such news


@dataclass(frozen=True)
class Watch:
    """Words that say what a text is about and what kind of text it is (same syntax as issue terms, all languages)."""

    conflict: tuple[str, ...] = ()  # Ukraine, Kyiv, Putin ...: the war at all
    talks: tuple[str, ...] = ()  # peace plan, envoy, negotiations ...: the talks
    hints: tuple[
        str, ...
    ] = ()  # deal, draft, map ...: the talks, where a party to the war and another stand beside them
    other_conflicts: tuple[str, ...] = ()  # Gaza, Sudan ...: talks about something else
    shells: Mapping[str, tuple[str, ...]] = field(
        default_factory=dict
    )  # opinion, explainer, live, retrospective, photo


@dataclass(frozen=True)
class Voice:
    """A voice that a digest must have read, else it is partly blind: a source of one of `classes` on one `side`.

    An empty side or an empty list of classes asks for nothing in that respect. `name` is what the reader is shown.
    """

    id: str
    name: str
    side: str = ""  # an actor id; sources of its members count
    classes: tuple[SourceClass, ...] = ()


@dataclass(frozen=True)
class Directory:
    """Everything configured that reading needs: actors with speakers, issues, sources, watch words."""

    actors: tuple[Actor, ...]
    issues: tuple[Issue, ...]
    sources: tuple[Source, ...]
    watch: Watch = field(default_factory=Watch)

    @cached_property
    def actor_by_id(self) -> Mapping[str, Actor]:
        """Actors by id."""
        return {a.id: a for a in self.actors}

    @cached_property
    def issue_by_id(self) -> Mapping[str, Issue]:
        """Issues by id."""
        return {i.id: i for i in self.issues}

    @cached_property
    def source_by_id(self) -> Mapping[str, Source]:
        """Sources by id."""
        return {s.id: s for s in self.sources}

    def actor_name(self, actor_id: str) -> str:
        """A party's name for a reader; its id where it is configured no more."""
        actor = self.actor_by_id.get(actor_id)
        return actor.name if actor else actor_id

    def rewrites(self, source_id: str) -> bool:
        """Whether a publisher rewrites others' reports: a lead to follow, never evidence. Unknown ones do not."""
        source = self.source_by_id.get(source_id)
        return source is not None and source.source_class is SourceClass.REWRITE

    def rolls_up(self, actor_id: str, to: str) -> bool:
        """Whether statements of the first actor count for the second (itself, or its parent)."""
        at: str | None = actor_id
        while at is not None:
            if at == to:
                return True
            actor = self.actor_by_id.get(at)
            at = actor.parent if actor else None
        return False

    def carries(self, source: Source, voice: Voice) -> bool:
        """Whether reading that source is hearing that voice."""
        if voice.classes and source.source_class not in voice.classes:
            return False
        return not voice.side or bool(source.side and self.rolls_up(source.side, voice.side))

"""What has been told of each happening so far, and what becomes of it when happenings are regrouped. Hides how that is
kept apart by report as long as the report may still move.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field

from digests.model import Citation, Fact


@dataclass
class Happening:
    """What has been told of one story so far."""

    terms: dict[str, None] = field(default_factory=dict)
    facts: list[tuple[Fact, str]] = field(default_factory=list)  # with the source id that gave it
    sources: dict[str, None] = field(default_factory=dict)
    actors: dict[str, None] = field(default_factory=dict)  # who was told to act or speak
    voices: dict[str, None] = field(default_factory=dict)  # speakers whose own words were told
    acts: dict[str, None] = field(default_factory=dict)  # decisive ones of its headlines
    counted: dict[str, None] = field(default_factory=dict)  # numbers as terms
    languages: dict[str, None] = field(default_factory=dict)
    first: Citation | None = None
    newest: Citation | None = None
    reports: int = 0

    def absorb(self, other: Happening) -> None:
        """What was told besides: by another report, or of another story that turned out to be this one."""
        self.terms.update(other.terms)
        self.facts.extend(other.facts)
        self.sources.update(other.sources)
        self.actors.update(other.actors)
        self.voices.update(other.voices)
        self.acts.update(other.acts)
        self.counted.update(other.counted)
        self.languages.update(other.languages)
        self.first = min((c for c in (self.first, other.first) if c), key=lambda c: c.seen_at, default=None)
        self.newest = max((c for c in (other.newest, self.newest) if c), key=lambda c: c.seen_at, default=None)
        self.reports += other.reports


class Happenings:
    """What was told, by story id."""

    def __init__(self) -> None:
        self._whole: dict[str, Happening] = {}
        self._settled: dict[str, Happening] = {}  # the part of it that does not move any more
        self._loose: dict[str, tuple[str, Happening]] = {}  # article key -> its story, and what it told

    def of(self, story_id: str) -> Happening | None:
        """What was told of a story; None where nothing was."""
        return self._whole.get(story_id)

    def values(self) -> tuple[Happening, ...]:
        """What was told of every story."""
        return tuple(self._whole.values())

    def add(self, story_id: str, key: str, told: Happening, *, settled: bool) -> None:
        """What a report told; one that is not settled may move."""
        self._whole.setdefault(story_id, Happening()).absorb(told)
        if settled:
            self._settled.setdefault(story_id, Happening()).absorb(told)
        else:
            self._loose[key] = story_id, told

    def join(self, old: str, into: str) -> None:
        """What was told of one story was told of another."""
        for kept in (self._whole, self._settled):
            if (gone := kept.pop(old, None)) is not None:
                kept.setdefault(into, Happening()).absorb(gone)
        self._loose = {k: (into if i == old else i, told) for k, (i, told) in self._loose.items()}

    def move(self, moves: Mapping[str, str]) -> None:
        """Reports belong to other stories: article key -> story id."""
        touched = {story_id: None for k in moves if k in self._loose for story_id in (self._loose[k][0], moves[k])}
        self._loose = {k: (moves.get(k, i), told) for k, (i, told) in self._loose.items()}
        for story_id in touched:
            parts = [told for i, told in self._loose.values() if i == story_id]
            self._whole.pop(story_id, None)
            for part in [*filter(None, [self._settled.get(story_id)]), *parts]:
                self._whole.setdefault(story_id, Happening()).absorb(part)

    def settle(self, keys: Set[str]) -> None:
        """These reports do not move any more."""
        for key in sorted(keys & self._loose.keys()):
            story_id, told = self._loose.pop(key)
            self._settled.setdefault(story_id, Happening()).absorb(told)

    def forget(self, story_id: str) -> None:
        """A story that nothing can join any more."""
        self._whole.pop(story_id, None)
        self._settled.pop(story_id, None)

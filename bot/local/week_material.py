"""What the recorded week is made of: outlets, their entries, every version of each; one YAML file an outlet.

Hides the shape of the files: which keys there are, what a revision inherits, and where a fault in one is reported.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import yaml

FEED_LENGTH = 25
"""Items in a feed document at most, newest first: a usual length of publishers' feeds."""

_SOURCE_KEYS = frozenset({"id", "name", "class", "family", "side", "country", "zone", "language"})
_FEED_KEYS = frozenset({"format", "path", "full_text", "encoding"})
_VERSION_KEYS = frozenset({"at", "slug", "published", "title", "summary", "byline", "body", "notice"})
_ENTRY_KEYS = _VERSION_KEYS | {"id", "robots_disallowed", "revisions", "gone_at"}


class WeekMalformed(ValueError):
    """A file of the week cannot be used; the message names the file, the place and the fault."""


@dataclass(frozen=True, slots=True)
class Source:
    """An invented publisher; the fields are those of a source in `config/feeds.yaml` (`kind` is its class)."""

    id: str
    name: str
    kind: str
    family: str
    side: str
    country: str
    zone: str
    language: str

    @property
    def site(self) -> str:
        """The publisher's host name, under the reserved name `.example`."""
        return f"{self.id}.example"


@dataclass(frozen=True, slots=True)
class FeedForm:
    """How an outlet's feed is written; `full_text` puts the body into each item, `encoding` also holds for pages."""

    format: Literal["rss", "atom", "rdf"]
    path: str
    full_text: bool
    encoding: str


@dataclass(frozen=True, slots=True)
class Version:
    """One text of an entry from the instant `at` on; `published` is the date shown, None shows no date."""

    at: datetime
    slug: str
    published: datetime | None
    title: str
    summary: str
    byline: str
    body: tuple[str, ...]
    notice: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a feed under one id: its versions oldest first, and when its page was withdrawn, if ever."""

    id: str
    versions: tuple[Version, ...]
    robots_disallowed: bool
    gone_at: datetime | None

    def version(self, at: datetime) -> Version | None:
        """The text that stood at `at`, or None before the entry appeared."""
        return next((v for v in reversed(self.versions) if v.at <= at), None)


@dataclass(frozen=True, slots=True)
class Outlet:
    """A source, the form of its feed, and its entries in the order of their first appearance."""

    source: Source
    feed: FeedForm
    entries: tuple[Entry, ...]

    def path(self, version: Version) -> str:
        """The address of a version's page below the host."""
        return f"/{self.source.id}/{version.slug}.html"

    def paths(self, entry: Entry, at: datetime) -> set[str]:
        """Every address that an entry of this outlet has had up to `at`."""
        return {self.path(version) for version in entry.versions if version.at <= at}

    def standing(self, at: datetime) -> list[tuple[Entry, Version]]:
        """The entries of the feed document at `at` with their texts, newest entry first, at most FEED_LENGTH."""
        seen = [(entry, version) for entry in self.entries if (version := entry.version(at)) is not None]
        return seen[::-1][:FEED_LENGTH]

    def instants(self) -> set[datetime]:
        """Every instant at which a text of this outlet changes."""
        return {v.at for e in self.entries for v in e.versions} | {e.gone_at for e in self.entries if e.gone_at}

    def changed(self, at: datetime) -> datetime | None:
        """The newest change at or before `at`; None before the first."""
        return max((instant for instant in self.instants() if instant <= at), default=None)


def read_mapping(path: Path) -> dict[str, Any]:
    """The mapping that a file holds; WeekMalformed when it holds something else."""
    loaded = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not isinstance(loaded, dict):
        raise WeekMalformed(f"{path.name}: not a mapping")
    return loaded


def instant(place: str, value: object) -> datetime:
    """An aware instant in UTC from `2025-11-25T13:05:00Z` (YAML hands over a string or a datetime)."""
    found = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    if found.tzinfo is None:
        raise WeekMalformed(f"{place}: {value} has no zone; write it as 2025-11-25T13:05:00Z")
    return found.astimezone(UTC)


def _only(place: str, found: dict[str, Any], allowed: frozenset[str]) -> None:
    extra = sorted(set(found) - allowed)
    if extra:
        raise WeekMalformed(f"{place}: unknown keys {', '.join(extra)}; allowed are {', '.join(sorted(allowed))}")


def read_outlet(path: Path) -> Outlet:
    """One outlet from its file; entries are put in the order of their first appearance."""
    name, raw = path.name, read_mapping(path)
    _only(name, raw, frozenset({"source", "feed", "entries"}))
    _only(f"{name}: source", raw["source"], _SOURCE_KEYS)
    _only(f"{name}: feed", raw["feed"], _FEED_KEYS)
    fields = {("kind" if key == "class" else key): value for key, value in raw["source"].items()}
    source = Source(**fields)
    if f"{source.id}.yaml" != name:
        raise WeekMalformed(f"{name}: source: the id {source.id} is not the file's name")
    entries = sorted((_entry(name, item) for item in raw["entries"]), key=lambda e: (e.versions[0].at, e.id))
    ids = Counter(entry.id for entry in entries)
    if max(ids.values()) > 1:
        raise WeekMalformed(f"{name}: entries: {ids.most_common(1)[0][0]} stands twice")
    return Outlet(source, FeedForm(**raw["feed"]), tuple(entries))


def _entry(name: str, raw: dict[str, Any]) -> Entry:
    """One entry with its versions: what a revision does not name stays as it was before it."""
    place = f"{name}: {raw.get('id')}"
    _only(place, raw, _ENTRY_KEYS)
    at = instant(place, raw["at"])
    first = Version(at, raw["slug"], at, raw["title"], raw.get("summary", ""), raw.get("byline", ""), (), "")
    versions = [_revised(place, first, raw)]
    for revision in raw.get("revisions", ()):
        _only(place, revision, _VERSION_KEYS)
        versions.append(_revised(place, versions[-1], revision))
        if versions[-1].at <= versions[-2].at:
            raise WeekMalformed(f"{place}: revisions are not in the order of `at`")
    gone = instant(place, raw["gone_at"]) if "gone_at" in raw else None
    return Entry(f"{name.removesuffix('.yaml')}:{raw['id']}", tuple(versions), bool(raw.get("robots_disallowed")), gone)


def _revised(place: str, before: Version, raw: dict[str, Any]) -> Version:
    """`before` with what `raw` names; `published: null` shows no date, a missing `published` keeps the one before."""
    changes: dict[str, Any] = {key: raw[key] for key in ("slug", "title", "summary", "byline", "notice") if key in raw}
    changes["at"] = instant(place, raw["at"])
    if "body" in raw:
        changes["body"] = tuple(raw["body"])
    if "published" in raw:
        changes["published"] = None if raw["published"] is None else instant(place, raw["published"])
    return replace(before, **changes)

"""Which articles tell one happening: copies and rewrites folded, independent origins counted. Hides how candidates are
found and when happenings turn out to be one.

Two tiers. A copy shares its word runs with a text on record (containment, after boilerplate is stripped). A report of
the same happening shares its rare terms, names, numbers and day, and does not tell the opposite act. A new headline
under a known address is judged like any other text: a running article may tell several happenings.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from digests.commonness import Commonness
from digests.model import Article, Directory, Part, Reading
from digests.reports import Likeness, Told, is_copy, told_of

WINDOW_DAYS = 5.0
"""Days after its last report during which a happening takes new reports."""

MEMORY_DAYS = 14.0
"""Days after which an article is forgotten: long enough to know a late reprint, short enough to hold in memory."""

SAME_HAPPENING = 0.25
"""Likeness from which two reports are one happening."""

ONE_HAPPENING = 0.28
"""Likeness of two happenings from which they are one."""

NEAR = 0.12
"""Likeness from which a happening is one that a reader would compare with."""

NEAR_MOST = 4
"""Happenings that a report is compared with at most."""

_PROBED_TERMS, _PROBED_REPORTS = 24, 200  # most telling terms looked up, newest reports looked at for each
_LIKEST_SHARE = 0.3  # of a story's likeness is its likest report, the rest the mean of its liker half
_COMPARED, _LINKED = 60, 12  # newest reports of a happening that are compared with one report, with another happening
_RUNS_INDEXED = 64
_WIRES: Mapping[str, tuple[str, ...]] = {
    "reuters": ("reuters",),
    "ap": ("ap", "associated press", "the associated press"),
    "afp": ("afp", "agence france-presse"),
    "tass": ("tass",),
    "interfax": ("interfax",),
    "dpa": ("dpa",),
    "bloomberg": ("bloomberg",),
    "xinhua": ("xinhua",),
    "upi": ("upi",),
}
_BYLINE = re.compile(r"\((AP|AFP|Reuters|REUTERS|Xinhua|TASS|Interfax|dpa|UPI)\)")


_Key = TypeVar("_Key", str, int)


@dataclass(frozen=True)
class Placement:
    """Where an article belongs. `score` is its likeness to `nearest`, 0..1; `opens` says that the story is new.

    `joins` are the happenings that turn out to be `story_id` now that this report stands between them.
    """

    story_id: str
    copy_of: str | None
    nearest: str | None
    score: float
    opens: bool = False
    near: tuple[str, ...] = ()  # the happenings that it is most like, likest first: what a reader would compare with
    joins: tuple[str, ...] = ()


@dataclass
class Story:
    """One happening: its reports in order of arrival."""

    story_id: str
    members: list[Told] = field(default_factory=list)


class Stories:
    """The index of happenings. Grows by `add` in order of arrival; the same articles in the same order give the same
    stories with the same ids, and in another order nearly always the same stories: what was kept apart for want of a
    report between is joined when it comes."""

    def __init__(self) -> None:
        self._stories: dict[str, Story] = {}
        self._joined: dict[str, str] = {}  # a happening that was joined to another one
        self._names: dict[str, tuple[str, ...]] = {}  # all ids that a happening has had, where it has had several
        self._in_order: deque[Told] = deque()
        self._by_term: dict[str, list[Told]] = defaultdict(list)
        self._by_run: dict[int, list[Told]] = defaultdict(list)
        self._common = Commonness()
        self._likeness = Likeness(self._common)

    def story(self, story_id: str) -> Story | None:
        """A happening by any of its ids, None where it is not known (any more)."""
        return self._stories.get(self.now(story_id))

    def now(self, story_id: str) -> str:
        """The id that a happening has now: its own, or that of the one it was joined to."""
        while story_id in self._joined:
            story_id = self._joined[story_id]
        return story_id

    def ids_of(self, story_id: str) -> tuple[str, ...]:
        """Every id that a happening has had, the present one first."""
        return self._names.get(self.now(story_id), (self.now(story_id),))

    def weight_of(self, term: str) -> float:
        """How telling a term is in this stream."""
        return self._common.weight(term)

    def likeness(self, a: Told, b: Told) -> float:
        """How surely two articles report one happening, 0..1."""
        return self._likeness.of(a, b)

    def place(self, reading: Reading) -> Placement:
        """Where an article belongs; changes nothing."""
        told = told_of(reading, "")
        ranked = self._ranked(told)
        near = tuple(story_id for score, story_id, _ in ranked[:NEAR_MOST] if score >= NEAR)
        copy = self._copy(told)
        if copy is not None:
            return Placement(self.now(copy.story_id), copy.article_id, copy.article_id, 1.0, near=near)
        score, story_id, nearest = ranked[0] if ranked else (0.0, "", None)
        nearest_id = nearest.article_id if nearest else None
        if score < SAME_HAPPENING:
            return Placement(_story_id(reading.article), None, nearest_id, score, opens=True, near=near)
        joined = self._joining(told, story_id, near)
        return Placement(joined[0], None, nearest_id, score, near=near, joins=joined[1:])

    def add(self, reading: Reading, placement: Placement) -> tuple[Told, ...]:
        """Enter a placed article; returns those that are forgotten for it, since nothing can join or copy them now."""
        for story_id in placement.joins:
            self._join(story_id, placement.story_id)
        told = told_of(reading, self.now(placement.story_id))
        self._stories.setdefault(told.story_id, Story(told.story_id)).members.append(told)
        self._in_order.append(told)
        self._common.add(told.terms)
        for term in told.terms:
            self._by_term[term].append(told)
        for run in _runs(told):
            self._by_run[run].append(told)
        forgotten = []
        while self._in_order[0].at < told.at - MEMORY_DAYS:
            forgotten.append(self._in_order.popleft())
            self._forget(forgotten[-1])
        return tuple(forgotten)

    def _forget(self, told: Told) -> None:
        for term in told.terms:
            _drop(self._by_term, term, told)
        for run in _runs(told):
            _drop(self._by_run, run, told)
        story = self._stories[self.now(told.story_id)]
        story.members = [m for m in story.members if m is not told]
        if not story.members:
            del self._stories[story.story_id]

    def _join(self, old: str, into: str) -> None:
        """Make one happening of two; ids of what was forgotten meanwhile lead to the other one all the same."""
        old, into = self.now(old), self.now(into)
        if old == into:
            return
        self._names[into] = (*self.ids_of(into), *self.ids_of(old))
        self._joined[old] = into
        gone = self._stories.pop(old, None)
        if gone is not None:
            story = self._stories.setdefault(into, Story(into))
            story.members = sorted([*story.members, *gone.members], key=lambda m: (m.at, m.article_id, m.revision))

    def _joining(self, told: Told, story_id: str, near: Sequence[str]) -> tuple[str, ...]:
        """The happenings that are one with this report between them, the one with the oldest report first."""
        found = [self._stories[story_id]]
        members = [*found[0].members, told]
        rest = [self._stories[i] for i in near if i != story_id]
        while rest:
            linked = [(self._link(members, other.members), n) for n, other in enumerate(rest)]
            score, n = max(linked, key=lambda row: (row[0], -row[1]))
            if score < ONE_HAPPENING:
                break
            found.append(rest.pop(n))
            members.extend(found[-1].members)
        return tuple(s.story_id for s in sorted(found, key=lambda s: (s.members[0].at, s.story_id)))

    def _link(self, mine: Sequence[Told], theirs: Sequence[Told]) -> float:
        """Likeness of two happenings: the mean of the liker half of all pairs of their newest reports."""
        newest = (sorted(x, key=lambda m: (m.at, m.article_id, m.revision))[-_LINKED:] for x in (mine, theirs))
        left, right = newest
        scores = sorted((self._likeness.of(a, b) for a in left for b in right), reverse=True)
        half = scores[: (len(scores) + 1) // 2]
        return sum(half) / len(half)

    def _copy(self, told: Told) -> Told | None:
        shared: Counter[tuple[str, int]] = Counter()
        by_key: dict[tuple[str, int], Told] = {}
        for run in sorted(told.shingles):
            for other in self._by_run.get(run, ()):
                key = (other.article_id, other.revision)
                shared[key] += 1
                by_key[key] = other
        for key, _ in sorted(shared.items(), key=lambda kv: (-kv[1], kv[0]))[:5]:
            other = by_key[key]
            if is_copy(told.shingles, other.shingles) and self._headlines_agree(told, other):
                return other
        return None

    def _headlines_agree(self, a: Told, b: Told) -> bool:
        """A running article keeps its body under a new headline: that is no copy but a new report."""
        if a.address != b.address:
            return True
        return set(a.headline) == set(b.headline)

    def _ranked(self, told: Told) -> list[tuple[float, str, Told]]:
        """Happenings of the window with their likeness and their likest report, likest first."""
        candidates: dict[str, None] = {}
        telling = sorted(told.terms, key=lambda t: (-self._common.weight(t), t))[:_PROBED_TERMS]
        for term in dict.fromkeys([*telling, *told.headline]):
            for other in self._by_term.get(term, ())[-_PROBED_REPORTS:]:
                if abs(told.at - other.at) <= WINDOW_DAYS:
                    candidates[self.now(other.story_id)] = None
        scored = [(*self._story_likeness(told, self._stories[story_id]), story_id) for story_id in sorted(candidates)]
        return sorted(((s, i, m) for s, m, i in scored), key=lambda row: (-row[0], row[1]))

    def _story_likeness(self, told: Told, story: Story) -> tuple[float, Told]:
        """Partly the likest report, mostly the others: one stray report may not drag a happening along."""
        scored = sorted(
            ((self._likeness.of(told, m), m.article_id, m.revision, m) for m in story.members[-_COMPARED:]),
            key=lambda row: (-row[0], row[1], row[2]),
        )
        top = scored[: max(1, (len(scored) + 1) // 2)]
        mean = sum(row[0] for row in top) / len(top)
        return _LIKEST_SHARE * scored[0][0] + (1 - _LIKEST_SHARE) * mean, scored[0][3]


def _runs(told: Told) -> list[int]:
    return sorted(told.shingles)[:_RUNS_INDEXED]


def _drop(index: dict[_Key, list[Told]], key: _Key, told: Told) -> None:
    kept = [t for t in index[key] if t is not told]
    if kept:
        index[key] = kept
    else:
        del index[key]


def _story_id(article: Article) -> str:
    return f"s{article.article_id}" + (f"r{article.revision}" if article.revision else "")


def origins(articles: Sequence[Article], directory: Directory) -> int:
    """Independent origin families among articles: a wire's report counts as the wire's wherever it is printed, and the
    same text counts once."""
    families: dict[str, None] = {}
    seen: set[str] = set()
    for article in articles:
        if article.content_sha and article.content_sha in seen:
            continue
        seen.add(article.content_sha)
        families[_family(article, directory)] = None
    return len(families)


def _family(article: Article, directory: Directory) -> str:
    wire = _wire(article)
    if wire:
        return wire
    source = directory.source_by_id.get(article.source_id)
    return (source.family or source.id) if source else article.source_id


def _wire(article: Article) -> str:
    named = article.origin.strip().lower()
    for part in (Part.DESCRIPTION, Part.TEXT):
        if part in article.texts and (found := _BYLINE.search(article.texts[part].body[:200])):
            named = found[1].lower()
    return next((wire for wire, names in _WIRES.items() if named in names), "")

"""Which articles tell one happening: copies and rewrites folded, independent origins counted. Hides how candidates are
found and when happenings turn out to be one.

Two tiers. A copy shares its word runs with a text on record (containment, after boilerplate is stripped). A report of
the same happening shares its rare terms, names, numbers and day, and does not tell the opposite act. A new headline
under a known address is judged like any other text: a running article may tell several happenings.

And two times. At its arrival a report is put to the likest happening; when something is decided about it, all that
arrived since the last time is put together anew, from all of it at once (`digests.settling`).
"""

from __future__ import annotations

import re
from bisect import insort
from collections import Counter, defaultdict, deque
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeVar

from digests.commonness import Commonness
from digests.model import Article, Directory, Part, Reading
from digests.reports import HALF_LIFE_SETTLED, Likeness, Told, days, is_copy, order_of, told_of
from digests.settling import Group, settle

WINDOW_DAYS = 5.0
"""Days after its last report during which a happening takes new reports."""

MEMORY_DAYS = 14.0
"""Days after which an article is forgotten: long enough to know a late reprint, short enough to hold in memory."""

SAME_HAPPENING = 0.25
"""Likeness from which a report is put to a happening at its arrival."""

NEAR = 0.12
"""Likeness from which a happening is one that a reader would compare with."""

NEAR_MOST = 4
"""Happenings that a report is compared with at most."""

_PROBED_TERMS, _PROBED_REPORTS = 24, 200  # most telling terms looked up, newest reports looked at for each
_LIKEST_SHARE = 0.3  # of a story's likeness is its likest report, the rest the mean of its liker half
_COMPARED, _LINKED = 60, 12  # newest reports of a happening that are compared with a report, when it is settled
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

    `joins` are happenings that are known to be `story_id`.
    """

    story_id: str
    copy_of: str | None
    nearest: str | None
    score: float
    opens: bool = False
    near: tuple[str, ...] = ()  # the happenings that it is most like, likest first: what a reader would compare with
    joins: tuple[str, ...] = ()


@dataclass(frozen=True)
class Regrouped:
    """What settling finds: happenings that are one with an older one, and reports that belong elsewhere, among them
    those seen later which follow the report that opened their happening."""

    until: datetime
    joins: Mapping[str, str] = field(default_factory=dict)  # the id that it had -> the one that it has now
    moves: Mapping[str, str] = field(default_factory=dict)  # article key -> the happening that it belongs to
    settled: frozenset[str] = frozenset()  # keys of the articles that do not move any more


@dataclass
class Story:
    """One happening and its reports, in their order."""

    story_id: str
    members: list[Told] = field(default_factory=list)


class Stories:
    """The index of happenings.

    Grows by `add` in order of arrival. Where a report is put at its arrival is a guess which later ones may correct;
    what `settling` finds does not depend on who came first, and stays. `settled_until`: until when it was done.
    """

    def __init__(self, settled_until: datetime | None = None) -> None:
        self.settled_until = settled_until
        self._stories: dict[str, Story] = {}
        self._home: dict[str, str] = {}  # article key -> its happening
        self._joined: dict[str, str] = {}  # an id that is no happening's own any more -> the happening's own
        self._names: dict[str, dict[str, None]] = {}  # those ids, by happening
        self._in_order: deque[Told] = deque()
        self._by_term: dict[str, list[Told]] = defaultdict(list)
        self._by_run: dict[int, list[Told]] = defaultdict(list)
        self._common = Commonness()
        self._likeness = Likeness(self._common)
        self._likeness_settled = Likeness(self._common, HALF_LIFE_SETTLED)

    def story(self, story_id: str) -> Story | None:
        """A happening by any of its ids, None where it is not known (any more)."""
        return self._stories.get(self.now(story_id))

    def now(self, story_id: str) -> str:
        """The id that a happening has now: its own, or that of the one to which the report that opened it belongs."""
        return self._joined.get(story_id, story_id)

    def ids_of(self, story_id: str) -> tuple[str, ...]:
        """Every id that leads to a happening, its own first."""
        return (self.now(story_id), *self._names.get(self.now(story_id), ()))

    def weight_of(self, term: str) -> float:
        """How telling a term is in this stream."""
        return self._common.weight(term)

    def likeness(self, a: Told, b: Told) -> float:
        """How surely two articles report one happening, 0..1."""
        return self._likeness.of(a, b)

    def place(self, reading: Reading) -> Placement:
        """Where an article belongs by what is known at its arrival; changes nothing."""
        told = told_of(reading, "")
        ranked = self._ranked(told)
        near = tuple(story_id for score, story_id, _ in ranked[:NEAR_MOST] if score >= NEAR)
        copy = self._copy(told)
        if copy is not None:
            return Placement(self._home[copy.key], copy.article_id, copy.article_id, 1.0, near=near)
        score, story_id, nearest = ranked[0] if ranked else (0.0, "", None)
        nearest_id = nearest.article_id if nearest else None
        if score < SAME_HAPPENING:
            return Placement(opened_by(told.article_id, told.revision), None, nearest_id, score, opens=True, near=near)
        return Placement(story_id, None, nearest_id, score, near=near)

    def add(self, reading: Reading, placement: Placement) -> tuple[Told, ...]:
        """Enter a placed article; returns those that are forgotten for it, since nothing can join or copy them now."""
        for story_id in placement.joins:
            self._join(story_id, placement.story_id)
        told = told_of(reading, self.now(placement.story_id))
        self._enter(told, told.story_id)
        self._in_order.append(told)
        self._common.add(told.terms)
        for term in told.terms:
            self._by_term[term].append(told)
        for run in _runs(told):
            self._by_run[run].append(told)
        forgotten = []
        while self._in_order[0].at < told.at - MEMORY_DAYS:
            forgotten.append(self._forget(self._in_order.popleft()))
        return tuple(forgotten)

    def _enter(self, told: Told, story_id: str) -> None:
        insort(self._stories.setdefault(story_id, Story(story_id)).members, told, key=order_of)
        self._home[told.key] = story_id

    def _leave(self, told: Told) -> str:
        """Take a report out of its happening, and that out of the index where it was the last; the happening's id."""
        story = self._stories[self._home.pop(told.key)]
        story.members = [m for m in story.members if m is not told]
        if not story.members:
            del self._stories[story.story_id]
        return story.story_id

    def _forget(self, told: Told) -> Told:
        for term in told.terms:
            _drop(self._by_term, term, told)
        for run in _runs(told):
            _drop(self._by_run, run, told)
        return replace(told, story_id=self._leave(told))

    def _join(self, old: str, into: str) -> None:
        """Make one happening of two; ids of what was forgotten meanwhile lead to the other one all the same."""
        old, into = self.now(old), self.now(into)
        if old == into:
            return
        gone = self._stories.get(old)
        for told in tuple(gone.members) if gone is not None else ():
            self._leave(told)
            self._enter(told, into)
        self._lead(old, into)

    def _lead(self, story_id: str, into: str) -> None:
        """Let an id, and those that led to it, lead to a happening from now on; its own id leads nowhere else."""
        before = self._joined.pop(story_id, None)
        if before is not None:
            del self._names[before][story_id]
        if story_id != into:
            for one in (story_id, *self._names.pop(story_id, ())):
                self._joined[one] = into
                self._names.setdefault(into, {})[one] = None

    # --- settling ----------------------------------------------------------------------------------------------------

    def settling(self, until: datetime) -> Generator[None, None, Regrouped]:
        """What was seen since the last time and until an instant, put together from all of it at once. Changes nothing
        and yields now and then, so that whoever runs it may let others go first; nothing may be added meanwhile."""
        fresh = sorted((t for t in self._in_order if not self.is_settled(t.at) and t.at <= days(until)), key=order_of)
        found = yield from settle(self._groups(fresh), self._alike)
        joins: dict[str, str] = {}
        homes: dict[str, str] = {}  # of what is new
        for groups in found:
            held = sorted((self._age(g.settled), g.settled) for g in groups if g.settled)
            oldest = min(order_of(t) for g in groups for t in g.reports)
            into = held[0][1] if held else opened_by(*oldest[1:])
            joins.update((old, into) for _, old in held[1:])
            homes.update((t.key, into) for g in groups for t in g.reports if not self.is_settled(t.at))
        moves = {k: i for k, i in homes.items() if joins.get(self._home[k], self._home[k]) != i}
        opened = {opened_by(t.article_id, t.revision): moves[t.key] for t in fresh if t.key in moves}
        later = (t for t in self._in_order if t.key not in homes and self._home[t.key] in opened)
        return Regrouped(until, joins, moves | {t.key: opened[self._home[t.key]] for t in later}, frozenset(homes))

    def regroup(self, found: Regrouped) -> None:
        """Let reports belong where settling found them."""
        for old, into in found.joins.items():
            self._join(old, into)
        moved = [t for t in self._in_order if t.key in found.moves]
        before = {t.key: self._leave(t) for t in moved}
        for told in moved:
            into, own = found.moves[told.key], opened_by(told.article_id, told.revision)
            self._enter(told, into)
            if own in (into, before[told.key]):
                self._lead(own, into)
        self.settled_until = max(found.until, self.settled_until or found.until)

    def _members(self, story_id: str) -> tuple[Told, ...]:
        story = self._stories.get(story_id)
        return tuple(story.members) if story is not None else ()

    def is_settled(self, at: float) -> bool:
        """Whether what was seen then, in days, does not move any more."""
        return self.settled_until is not None and at <= days(self.settled_until)

    def _age(self, story_id: str) -> tuple[float, str, int]:
        return min(order_of(m) for m in self._members(story_id) if self.is_settled(m.at))

    def _alike(self, a: Told, b: Told) -> float:
        if abs(a.at - b.at) > WINDOW_DAYS or self._likeness_settled.far(a, b):
            return 0.0
        return self._likeness_settled.of(a, b)

    def _groups(self, fresh: Sequence[Told]) -> list[Group]:
        """What there is to put together: happenings that take new reports, and what is new, copies with their text."""
        if not fresh:
            return []
        since = fresh[0].at - WINDOW_DAYS
        held: dict[str, list[Told]] = {}
        for told in sorted(self._in_order, key=order_of):
            if told.at >= since and self.is_settled(told.at):
                held.setdefault(self._home[told.key], []).append(told)
        held = {story_id: members[-_LINKED:] for story_id, members in held.items()}
        alone: dict[str, list[Told]] = {}
        place: dict[str, list[Told]] = {}  # by article key
        for told in fresh:
            copied = self._copy(told, earlier=True)
            if copied is None:
                place[told.key] = alone.setdefault(told.key, [])
            elif copied.key in place:
                place[told.key] = place[copied.key]
            else:
                place[told.key] = held.setdefault(self._home[copied.key], [])
            place[told.key].append(told)
        known = [Group(tuple(members), story_id) for story_id, members in held.items()]
        return [*known, *(Group(tuple(members)) for members in alone.values())]

    def _copy(self, told: Told, *, earlier: bool = False) -> Told | None:
        """The text on record that this one is a copy of; of those that were seen before it, where only they count."""
        shared: Counter[str] = Counter()
        texts: dict[str, Told] = {}
        for run in sorted(told.shingles):
            for other in self._by_run.get(run, ()):
                if not earlier or order_of(other) < order_of(told):
                    shared[other.key] += 1
                    texts[other.key] = other
        for key, _ in sorted(shared.items(), key=lambda kv: (-kv[1], kv[0]))[:5]:
            if is_copy(told.shingles, texts[key].shingles) and self._headlines_agree(told, texts[key]):
                return texts[key]
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
                    candidates[self._home[other.key]] = None
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


def opened_by(article_id: str, revision: int) -> str:
    """The id of the happening that an article opens."""
    return f"s{article_id}" + (f"r{revision}" if revision else "")


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

"""Which articles tell one happening: copies and rewrites folded, independent origins counted. Hides how likeness is
weighed and how candidates are found.

Two tiers. A copy shares its word runs with a text on record (containment, after boilerplate is stripped). A report of
the same happening shares its rare terms, names, numbers and day, and does not tell the opposite act. A new headline
under a known address is judged like any other text: a running article may tell several happenings.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from digests.commonness import Commonness
from digests.model import Article, Directory, Part, Reading
from digests.reading import headline_of
from digests.relevance import words_of
from digests.terms import terms_of

WINDOW_DAYS = 5.0
"""Days after its last report during which a happening takes new reports."""

MEMORY_DAYS = 14.0
"""Days after which an article is forgotten: long enough to know a late reprint, short enough to hold in memory."""

COPY_CONTAINMENT = 0.6
"""Share of the shorter text's word runs found in the longer one: an agency copy in another paper measured 0.877."""

COPY_RUNS = 12
"""Word runs that two texts must share at least to be called copies."""

SAME_HAPPENING = 0.25
"""Likeness from which two reports are one happening."""

NEAR = 0.12
"""Likeness from which a happening is one that a reader would compare with."""

NEAR_MOST = 4
"""Happenings that a report is compared with at most."""

HALF_LIFE_DAYS = 1.5
"""Days after which likeness counts half: most reports of a happening come within hours of each other."""

_PROBED_TERMS, _PROBED_REPORTS = 24, 200  # most telling terms looked up, newest reports looked at for each
_NAMED_LONGER = 2.0
_RARE_WEIGHT = 3.5
_PERSON, _ACT, _NAME = 1.5, 1.3, 1.3  # times the weight of a person, an act, another name
_WORD_AT_MOST = 4.0
_SAME_HEADLINE = 0.8  # what equal headlines are worth, whatever the leads say
_EQUAL_HEADLINES = 0.75
_HEADLINE_TERMS = 5
_LIKEST_SHARE = 0.85  # of a story's likeness is its likest report, the rest the mean of its liker half
_ACTS: Mapping[str, str] = {
    word: act
    for act, words in {
        "decide": "accept accepts accepted welcomes back backs backed agree agrees agreed sign signs signed"
        " commit commits committed pledge pledges pledged hail hails hailed yield yields adopt"
        " adopts adopted approve approves approved declaration",
        "draft": "draft drafts leaked leak document documents",
        "meet": "meet meets met meeting meetings gather gathers gathered summit host hosts hosted hosting"
        " visit visits travel travels heads attend attends attended discuss discusses talks round",
        "strike": "strike strikes struck attack attacks hit hits kill kills killed killing dead deadly bomb"
        " bombs missile missiles barrage",
        "post": "appoint appoints appointed name names named naming pick picks tap taps select selects oust"
        " ousts ousted resign resigns resigned remove removes removed replace replaces replaced"
        " fires fired dismisses dismissed adviser",
        "deny": "deny denies denied reject rejects rejected refute refutes refuted didn't doesn't",
        "prove": "proof evidence",
    }.items()
    for word in words.split()
}
_RUNS_INDEXED = 64
_OCCASION = 1.15
_OCCASION_DAYS = 2.0
_OPPOSITES = (("decide", "deny"),)
_OPPOSITE_ACT = 0.3
_SAME_ACT, _OTHER_ACT, _OTHER_ACTOR, _SHELL = 1.2, 0.7, 0.92, 0.6
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
    """Where an article belongs. `score` is its likeness to `nearest`, 0..1; `opens` says that the story is new."""

    story_id: str
    copy_of: str | None
    nearest: str | None
    score: float
    opens: bool = False
    near: tuple[str, ...] = ()  # the happenings that it is most like, likest first: what a reader would compare with


@dataclass(frozen=True)
class Told:
    """One article as the index keeps it."""

    article_id: str
    revision: int
    story_id: str
    at: float  # days since year 1, of seen_at
    terms: Mapping[str, int]
    headline: tuple[str, ...]
    names: frozenset[str]
    places: frozenset[str]
    acts: frozenset[str]
    actor: str
    shell: bool
    shingles: frozenset[int]
    address: str


@dataclass
class Story:
    """One happening: its reports in order of arrival."""

    story_id: str
    members: list[Told] = field(default_factory=list)

    @property
    def last_at(self) -> float:
        """Days since year 1 of the newest report."""
        return max(m.at for m in self.members)


class Stories:
    """The index of happenings. Grows by `add` in order of arrival; the same articles in the same order give the same
    stories with the same ids."""

    def __init__(self) -> None:
        self._stories: dict[str, Story] = {}
        self._in_order: deque[Told] = deque()
        self._by_term: dict[str, list[Told]] = defaultdict(list)
        self._by_run: dict[int, list[Told]] = defaultdict(list)
        self._common = Commonness()

    def story(self, story_id: str) -> Story | None:
        """A happening by id, None where it is not known (any more)."""
        return self._stories.get(story_id)

    def weight_of(self, term: str) -> float:
        """How telling a term is in this stream."""
        return self._common.weight(term)

    def place(self, reading: Reading) -> Placement:
        """Where an article belongs; changes nothing."""
        told = told_of(reading, "")
        ranked = self._ranked(told)
        near = tuple(story_id for score, story_id, _ in ranked[:NEAR_MOST] if score >= NEAR)
        copy = self._copy(told)
        if copy is not None:
            return Placement(copy.story_id, copy.article_id, copy.article_id, 1.0, near=near)
        score, story_id, nearest = ranked[0] if ranked else (0.0, "", None)
        nearest_id = nearest.article_id if nearest else None
        if score >= SAME_HAPPENING:
            return Placement(story_id, None, nearest_id, score, near=near)
        return Placement(_story_id(reading.article), None, nearest_id, score, opens=True, near=near)

    def add(self, reading: Reading, placement: Placement) -> tuple[Told, ...]:
        """Enter a placed article; returns those that are forgotten for it, since nothing can join or copy them now."""
        told = told_of(reading, placement.story_id)
        self._stories.setdefault(placement.story_id, Story(placement.story_id)).members.append(told)
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
        story = self._stories[told.story_id]
        story.members = [m for m in story.members if m is not told]
        if not story.members:
            del self._stories[told.story_id]

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
        for term in sorted(told.terms, key=lambda t: (-self._common.weight(t), t))[:_PROBED_TERMS]:
            for other in self._by_term.get(term, ())[-_PROBED_REPORTS:]:
                if abs(told.at - other.at) <= WINDOW_DAYS:
                    candidates[other.story_id] = None
        scored = [(*self._story_likeness(told, self._stories[story_id]), story_id) for story_id in sorted(candidates)]
        return sorted(((s, i, m) for s, m, i in scored), key=lambda row: (-row[0], row[1]))

    def _story_likeness(self, told: Told, story: Story) -> tuple[float, Told]:
        """Mostly the likest report, partly the others: one stray report may not drag a happening along."""
        scored = sorted(
            ((self.likeness(told, m), m.article_id, m.revision, m) for m in story.members[-60:]),
            key=lambda row: (-row[0], row[1], row[2]),
        )
        top = scored[: max(1, (len(scored) + 1) // 2)]
        mean = sum(row[0] for row in top) / len(top)
        return _LIKEST_SHARE * scored[0][0] + (1 - _LIKEST_SHARE) * mean, scored[0][3]

    def likeness(self, a: Told, b: Told) -> float:
        """How surely two articles report one happening, 0..1."""
        score = max(self._terms_likeness(a, b), _SAME_HEADLINE * self._headline_likeness(a, b))
        score /= 1.0 + abs(a.at - b.at) / (HALF_LIFE_DAYS * (_NAMED_LONGER if self._share_a_name(a, b) else 1.0))
        score *= _act_factor(a.acts, b.acts)
        if a.actor and b.actor and a.actor != b.actor:
            score *= _OTHER_ACTOR
        if _one_occasion(a, b):
            score *= _OCCASION
        return min(1.0, score * (_SHELL if a.shell or b.shell else 1.0))

    def _terms_likeness(self, a: Told, b: Told) -> float:
        """Cosine of the terms: who and what was done outweigh the words of the telling."""
        names = a.names | b.names

        def weight(term: str) -> float:
            telling = self._common.weight(term)
            if term.startswith("@"):
                return telling * (_PERSON if "/" in term else 1.0)
            if term.startswith("#"):
                return telling * _ACT
            return telling * _NAME if term in names or ":" in term else min(telling, _WORD_AT_MOST)

        return cosine(a.terms, b.terms, weight)

    def _headline_likeness(self, a: Told, b: Told) -> float:
        """Of two headlines that say enough to be compared alone."""
        if min(len(a.headline), len(b.headline)) < _HEADLINE_TERMS:
            return 0.0
        score = cosine(dict.fromkeys(a.headline, 1), dict.fromkeys(b.headline, 1), self._common.weight)
        return score if score >= _EQUAL_HEADLINES else 0.0

    def _share_a_name(self, a: Told, b: Told) -> bool:
        """Whether both hold a name that hardly any other article holds: such a happening stays itself for days."""
        shared = [t for t in a.terms if t in b.terms and (t in a.names or t in b.names)]
        return any(self._common.weight(t) >= _RARE_WEIGHT for t in shared)


def _one_occasion(a: Told, b: Told) -> bool:
    """Two reports of a meeting in one place within hours: its words are too common to be alike by themselves."""
    return "meet" in a.acts & b.acts and bool(a.places & b.places) and abs(a.at - b.at) <= _OCCASION_DAYS


def _act_factor(a: frozenset[str], b: frozenset[str]) -> float:
    """What the acts of two headlines make of their likeness: a yes and a no are two happenings, however alike."""
    if not a or not b:
        return 1.0
    if any(
        yes in x and yes not in y and no in y and no not in x for yes, no in _OPPOSITES for x, y in ((a, b), (b, a))
    ):
        return _OPPOSITE_ACT
    return _SAME_ACT if a & b else _OTHER_ACT


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


def told_of(reading: Reading, story_id: str) -> Told:
    """The article as the index keeps it."""
    article = reading.article
    head = words_of(headline_of(article))
    at = article.seen_at
    return Told(
        article_id=article.article_id,
        revision=article.revision,
        story_id=story_id,
        at=at.toordinal() + (at.hour * 3600 + at.minute * 60 + at.second) / 86400,
        terms=dict(reading.terms),
        headline=tuple(t for t, _ in terms_of(head, ())),
        names=frozenset(r for r in reading.rare if not r.startswith("in:")),
        places=frozenset(r for r in reading.rare if r.startswith("in:")),
        acts=frozenset(_ACTS[w] for w in head if w in _ACTS),
        actor=reading.actors[0] if reading.actors else "",
        shell=reading.shell is not None,
        shingles=frozenset(reading.shingles),
        address=_address(article.url),
    )


def _address(url: str) -> str:
    return url.partition("#")[0].partition("?")[0].rstrip("/").lower()


def is_copy(a: frozenset[int], b: frozenset[int]) -> bool:
    """Whether one text holds most of the other's word runs. Kept runs are the smallest hashes, so compare below the
    smaller of the two upper bounds."""
    if not a or not b:
        return False
    bound = min(max(a), max(b))
    left, right = {r for r in a if r <= bound}, {r for r in b if r <= bound}
    shared = len(left & right)
    return shared >= COPY_RUNS and shared / max(1, min(len(left), len(right))) >= COPY_CONTAINMENT


def cosine(a: Mapping[str, int], b: Mapping[str, int], weight: Callable[[str], float]) -> float:
    """Cosine of two bags of terms, each term weighed by how telling it is; counts are damped."""
    return plain_cosine(
        {t: (1 + math.log(n)) * weight(t) for t, n in a.items()},
        {t: (1 + math.log(n)) * weight(t) for t, n in b.items()},
    )


def plain_cosine(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    """Cosine of two bags of weights; 0 where either is empty."""
    dot = sum(v * b[t] for t, v in a.items() if t in b)
    norm = math.sqrt(sum(v * v for v in a.values()) * sum(v * v for v in b.values()))
    return dot / norm if norm else 0.0


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

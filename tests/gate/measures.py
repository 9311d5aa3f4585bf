"""What the figures of the gate mean, in plain values. Hides matching: which found statement answers which labelled one.

Nothing here knows the product. Every function takes labels and findings and returns numbers; a figure without a
denominator is 0.0 where it counts hits and None where it is a share of nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

BACKDROP = frozenset({"hostilities", "military-aid"})
"""Issues that are context: nobody is asked to find every statement on them, and nobody is blamed for finding one."""

TELLING = frozenset({"new", "update"})
"""Labels of items that a digest may tell."""

IN_TIME = timedelta(hours=24)
"""How soon after its first report a happening that must be told is to be told."""


@dataclass(frozen=True)
class Score:
    """Precision, recall and their harmonic mean, each in 0..1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Zero where both are."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def score(right: float, extra: float, missed: float) -> Score:
    """From counts: found and wanted, found and not wanted, wanted and not found."""
    return Score(right / (right + extra) if right + extra else 0.0, right / (right + missed) if right + missed else 0.0)


def of_flags(rows: Iterable[tuple[bool, bool]]) -> Score:
    """From (wanted, found) pairs of yes and no."""
    rows = list(rows)
    return score(sum(w and f for w, f in rows), sum(f and not w for w, f in rows), sum(w and not f for w, f in rows))


def of_sets(rows: Iterable[tuple[frozenset[str], frozenset[str]]]) -> Score:
    """From (wanted, found) pairs of sets, every element counted once where it stands (micro average)."""
    rows = list(rows)
    return score(sum(len(w & f) for w, f in rows), sum(len(f - w) for w, f in rows), sum(len(w - f) for w, f in rows))


def share(rows: Iterable[bool]) -> float | None:
    """The share of yes; None of nothing."""
    rows = list(rows)
    return sum(rows) / len(rows) if rows else None


def bcubed(wanted: Mapping[str, Hashable], found: Mapping[str, Hashable]) -> Score:
    """Two ways of parting the same ids into groups (Bagga and Baldwin, 1998), averaged over the ids."""
    if not wanted:
        return Score(0.0, 0.0)
    mates, guessed = _mates(wanted), _mates(found)
    precision = sum(len(mates[i] & guessed[i]) / len(guessed[i]) for i in wanted) / len(wanted)
    return Score(precision, sum(len(mates[i] & guessed[i]) / len(mates[i]) for i in wanted) / len(wanted))


def _mates(parts: Mapping[str, Hashable]) -> dict[str, frozenset[str]]:
    groups: dict[Hashable, set[str]] = defaultdict(set)
    for identity, label in parts.items():
        groups[label].add(identity)
    return {identity: frozenset(groups[label]) for identity, label in parts.items()}


def ranking(rows: Sequence[tuple[float, bool]]) -> tuple[float, float]:
    """(value, label) pairs: the best F1 that any threshold gives, and the chance that a yes outranks a no (AUC)."""
    yes, no = sorted(v for v, label in rows if label), sorted(v for v, label in rows if not label)
    if not yes or not no:
        return 0.0, 0.0
    outranked = sum((a > b) + (a == b) / 2 for a in yes for b in no)
    best = 0.0
    for threshold in {v for v, _ in rows}:
        kept = [label for v, label in rows if v >= threshold]
        best = max(best, score(sum(kept), len(kept) - sum(kept), len(yes) - sum(kept)).f1)
    return best, outranked / (len(yes) * len(no))


# --- statements ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Said:
    """A statement as labelled or as found: offsets in its article, day as ISO text or None.

    `vague` (labels only): the text names no single day, so a found day is a guess. `forms` (labels only): how the
    sentence is built.
    """

    article: str
    start: int
    end: int
    speaker: str
    actor: str
    kind: str
    issues: frozenset[str]
    polarity: str
    said_on: str | None = None
    sure: bool = True
    vague: bool = False
    forms: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """Characters, at least one."""
        return max(1, self.end - self.start)

    @property
    def backdrop(self) -> bool:
        """Whether it speaks of context alone."""
        return bool(self.issues) and self.issues <= BACKDROP

    @property
    def counted(self) -> bool:
        """Whether a labelled statement has to be found."""
        return self.sure and not self.backdrop


_BODY = re.compile(
    r"\b(?:russia|ukraine|states|kremlin|house|ministry|government|officials?|council|commission|union|nato|delegations?"
    r"|negotiators|parliament|senate|forces|military|intelligence|europe|agency|office|army|institute|kyiv|moscow"
    r"|washington|sources?|authorities|administration|mission|monitors?|department|unnamed|sides|allies|leaders)\b",
    re.I,
)


def _overlap(a: Said, b: Said) -> int:
    return max(0, min(a.end, b.end) - max(a.start, b.start))


def likeness(a: Said, b: Said) -> float:
    """Shared characters over all characters of two spans."""
    return _overlap(a, b) / max(1, max(a.end, b.end) - min(a.start, b.start))


def answers(found: Said, wanted: Said) -> bool:
    """Whether one span can stand for the other: a clause for its sentence, never the paragraph around it."""
    if found.backdrop and not wanted.backdrop:
        return False
    near = _overlap(found, wanted) / min(found.size, wanted.size) >= 0.5
    return near and 0.2 <= found.size / wanted.size <= 3


def _surname(name: str) -> str:
    words = re.findall(r"[^\W\d_]+", name.lower())
    return re.sub(r"(?:iy|yy|ij|y|i)$", "y", words[-1]) if words else ""


def same_speaker(wanted: Said, found: Said) -> bool:
    """Persons by surname, however it is spelt at its end; bodies by the actor that they stand for."""
    if _BODY.search(wanted.speaker):
        return wanted.actor == found.actor
    return _surname(wanted.speaker) == _surname(found.speaker)


def matched(wanted: Sequence[Said], found: Sequence[Said]) -> dict[int, int]:
    """Which found statement (by place) answers which labelled one; each once, those of the same actor first."""
    of_article: dict[str, list[int]] = defaultdict(list)
    for at, one in enumerate(found):
        of_article[one.article].append(at)
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for same_actor in (True, False):
        for n, label in enumerate(wanted):
            fits = [
                at
                for at in ([] if n in pairs else of_article[label.article])
                if at not in taken and answers(found[at], label) and (not same_actor or found[at].actor == label.actor)
            ]
            if fits:
                pairs[n] = max(fits, key=lambda at: _closeness(wanted[n], found[at]))
                taken.add(pairs[n])
    return pairs


def _closeness(wanted: Said, found: Said) -> tuple[float, bool, bool]:
    return likeness(wanted, found), found.kind == wanted.kind, same_speaker(wanted, found)


@dataclass(frozen=True)
class StatementFigures:
    """How well statements were found, and how well the found ones were read."""

    wanted: int
    found: Score
    quoted_recall: float | None
    actor: float | None
    speaker: float | None
    kind: float | None
    polarity: float | None
    day: float | None
    vague_kept_vague: float | None
    issues: Score
    actor_and_issue: Score
    hits: tuple[tuple[Said, Said], ...]
    missed: tuple[Said, ...]
    extra: tuple[Said, ...]


def statements(wanted: Sequence[Said], found: Sequence[Said]) -> StatementFigures:
    """Labelled against found. Unsure labels and those on context alone count neither for nor against."""
    articles = {w.article for w in wanted}
    found = [f for f in found if f.article in articles]
    pairs = matched(wanted, found)
    hits = tuple((w, found[pairs[n]]) for n, w in enumerate(wanted) if w.counted and n in pairs)
    missed = tuple(w for n, w in enumerate(wanted) if w.counted and n not in pairs)
    free = [w for w in wanted if not w.counted]
    taken = set(pairs.values())
    extra = tuple(f for at, f in enumerate(found) if at not in taken and not f.backdrop and not _excused(f, free))
    both = sum(w.actor == f.actor and bool(w.issues & f.issues) for w, f in hits)
    size = len(hits) + len(missed)

    def accuracy(test: Callable[[Said, Said], bool], among: Callable[[Said], bool] = lambda _: True) -> float | None:
        return share(test(w, f) for w, f in hits if among(w))

    quoted = [n for n, w in enumerate(wanted) if w.counted and w.kind == "quoted"]
    return StatementFigures(
        wanted=size,
        found=score(len(hits), len(extra), len(missed)),
        quoted_recall=share(n in pairs for n in quoted),
        actor=accuracy(lambda w, f: w.actor == f.actor),
        speaker=accuracy(same_speaker),
        kind=accuracy(lambda w, f: w.kind == f.kind),
        polarity=accuracy(lambda w, f: w.polarity == f.polarity),
        day=accuracy(lambda w, f: w.said_on == f.said_on, lambda w: bool(w.said_on)),
        vague_kept_vague=accuracy(lambda _, f: f.said_on is None, lambda w: w.vague),
        issues=of_sets((w.issues, f.issues) for w, f in hits),
        actor_and_issue=score(both, len(extra) + len(hits) - both, size - both),
        hits=hits,
        missed=missed,
        extra=extra,
    )


def _excused(found: Said, free: Iterable[Said]) -> bool:
    return any(w.article == found.article and w.actor == found.actor and likeness(w, found) >= 0.5 for w in free)


# --- positions -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Cell:
    """Where a labelled actor stands on an issue: where (article, start) its newest statement may be.

    `wanted` False: a reader need not get it (unsure, or nothing but old words), and may.
    """

    actor: str
    issue: str
    newest: tuple[tuple[str, int], ...]
    wanted: bool = True


@dataclass(frozen=True)
class Shown:
    """The newest statement that `/position` shows of one actor on one issue."""

    actor: str
    issue: str
    article: str
    start: int
    end: int


def positions(labelled: Sequence[Cell], shown: Sequence[Shown]) -> tuple[Score, float | None]:
    """Cells found, and the share of found cells that show a statement which may stand as the newest."""
    cells = {(c.actor, c.issue): c for c in labelled if c.issue not in BACKDROP}
    got = {(s.actor, s.issue): s for s in shown if s.issue not in BACKDROP and s.actor not in {"analyst", "other"}}
    need = [key for key, cell in cells.items() if cell.wanted and cell.newest]
    hit = [key for key in need if key in got]
    right = share(
        any(got[key].article == a and got[key].start - 200 <= at <= got[key].end for a, at in cells[key].newest)
        for key in hit
    )
    return score(len(hit), len(set(got) - set(cells)), len(need) - len(hit)), right


# --- items and digests -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Labelled:
    """A feed item as labelled, with the texts that a line of it may be cut from."""

    item: str
    seen: datetime
    relevance: str  # yes, context or no
    story: str
    verdict: str
    weight: int
    actors: frozenset[str]
    issues: frozenset[str]
    sure: bool
    texts: tuple[str, ...]  # as a reader sees them: no tags, white space folded


@dataclass(frozen=True)
class Judged:
    """A feed item as the replay judged it."""

    item: str
    relevant: bool
    story: str | None
    verdict: str | None
    actors: frozenset[str]
    issues: frozenset[str]


@dataclass(frozen=True)
class ItemFigures:
    """How well items were read and put together."""

    relevance: Score
    tell_or_not: Score
    verdict: float | None
    actors: Score
    issues: Score
    stories: Score


def items(labelled: Sequence[Labelled], judged: Sequence[Judged]) -> ItemFigures:
    """Labelled against judged. An item that the replay lost was judged to be nothing; unsure labels do not count."""
    got = {j.item: j for j in judged}
    sure = [g for g in labelled if g.sure]
    yes = [g for g in sure if g.relevance == "yes"]
    near = [g for g in sure if g.relevance != "no"]
    nothing = Judged("", False, None, None, frozenset(), frozenset())

    def of(g: Labelled) -> Judged:
        return got.get(g.item, nothing)

    return ItemFigures(
        relevance=of_flags((g.relevance == "yes", of(g).relevant) for g in sure if g.relevance != "context"),
        tell_or_not=of_flags((g.verdict in TELLING, of(g).relevant and of(g).verdict in TELLING) for g in yes),
        verdict=share(g.verdict == of(g).verdict for g in yes),
        actors=of_sets((g.actors, of(g).actors) for g in near),
        issues=of_sets((g.issues, of(g).issues) for g in near),
        stories=bcubed({g.item: g.story for g in near}, {g.item: of(g).story or ("alone", g.item) for g in near}),
    )


@dataclass(frozen=True)
class Told:
    """One line of a digest: when it went out, the items it rests on, its words."""

    slot: datetime
    items: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class DigestFigures:
    """What the digests of a replay did for their reader."""

    must: int
    told_in_time: float | None
    lines: int
    precision: float | None
    most_a_slot: int
    told_again: int
    mixed: int
    unsourced: int
    unlabelled: int
    missed: tuple[str, ...]  # stories that had to be told and were not, or not in time
    idle: tuple[Told, ...]  # lines that gave the reader nothing that was worth a line


class EarlyLine(ValueError):
    """A line rests on an item that nobody had seen yet: the replay itself is wrong."""


def digests(labelled: Sequence[Labelled], lines: Sequence[Told]) -> DigestFigures:
    """A line is good when its items tell one happening worth a line and one of them is unused and told something."""
    gold = {g.item: g for g in labelled}
    first = _must(labelled)
    told: dict[str, datetime] = {}
    used: set[str] = set()
    good = again = mixed = unlabelled = unsourced = 0
    idle: list[Told] = []
    slots: dict[datetime, int] = defaultdict(int)
    for line in sorted(lines, key=lambda row: row.slot):
        slots[line.slot] += 1
        known = [gold[i] for i in line.items if i in gold]
        if any(g.seen > line.slot for g in known):
            raise EarlyLine(f"{line.slot.isoformat()} rests on {line.items}")
        unsourced += not _sourced(line.text, known)
        if not known:
            unlabelled += 1
            continue
        stories = {g.story for g in known if g.relevance != "no"}
        fresh = [g for g in known if g.item not in used and g.verdict in TELLING]
        mixed += len(stories) > 1
        again += bool(stories) and stories <= set(told) and not fresh
        fine = len(stories) == 1 and any(g.weight >= 1 for g in fresh)
        good += fine
        idle.extend([] if fine else [line])
        used.update(line.items)
        if len(stories) == 1:
            told.setdefault(stories.pop(), line.slot)
    counted = len(lines) - unlabelled
    late = tuple(s for s in sorted(first) if s not in told or told[s] - first[s] > IN_TIME)
    return DigestFigures(
        must=len(first),
        told_in_time=1 - len(late) / len(first) if first else None,
        lines=counted,
        precision=good / counted if counted else None,
        most_a_slot=max(slots.values(), default=0),
        told_again=again,
        mixed=mixed,
        unsourced=unsourced,
        unlabelled=unlabelled,
        missed=late,
        idle=tuple(idle),
    )


def _must(labelled: Sequence[Labelled]) -> dict[str, datetime]:
    """The stories that an editor would be embarrassed to miss, with the time of their first report."""
    first: dict[str, datetime] = {}
    for g in labelled:
        if g.relevance != "no" and g.weight == 2 and g.verdict != "background" and g.sure:
            first[g.story] = min(first.get(g.story, g.seen), g.seen)
    return first


def _sourced(text: str, known: Iterable[Labelled]) -> bool:
    folded = " ".join(text.split())
    return len(folded) >= 20 and any(folded in t for g in known for t in g.texts)

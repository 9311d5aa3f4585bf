"""Which reports are one happening, found from all of them at once, so that it does not matter which came first.
Hides in which order groups are put together.

Two groups are one where the mean likeness of all pairs of their reports is high enough; the likest two are joined
first. What was settled before stays together, and so do copies of one text.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from itertools import combinations

from digests.reports import Told, order_of

ONE_HAPPENING = 0.22
"""Mean likeness of all pairs of reports from which two groups are one happening."""

STEP = 200
"""Comparisons between two moments at which others may go first."""

Order = tuple[float, str, int]


@dataclass(frozen=True)
class Group:
    """Reports that stay together: a happening that was settled before, copies of one text, or one report alone."""

    reports: tuple[Told, ...]
    settled: str = ""  # the id of the happening; "" where it was not settled yet

    @property
    def order(self) -> Order:
        """That of its oldest report."""
        return min(map(order_of, self.reports))


class _Links:
    """Sums of likeness between groups; a pair that is not named shares nothing."""

    def __init__(self, groups: Sequence[Group]) -> None:
        self.size = {n: len(g.reports) for n, g in enumerate(groups)}
        self.sums: dict[int, dict[int, float]] = {n: {} for n in self.size}

    def put(self, a: int, b: int, total: float) -> None:
        """The sum over all pairs of two groups."""
        self.sums[a][b] = self.sums[b][a] = total

    def mean(self, a: int, b: int) -> float:
        """Mean likeness of all pairs of two groups."""
        return self.sums[a].get(b, 0.0) / (self.size[a] * self.size[b])

    def join(self, a: int, b: int) -> list[int]:
        """Make b a part of a; the groups whose likeness to a is another now."""
        mine, theirs = self.sums[a], self.sums.pop(b)
        mine.pop(b, None)
        theirs.pop(a, None)
        self.size[a] += self.size.pop(b)
        touched = sorted({*mine, *theirs})
        for other in touched:
            self.sums[other].pop(b, None)
            self.put(a, other, mine.get(other, 0.0) + theirs.get(other, 0.0))
        return touched


def settle(
    groups: Iterable[Group], likeness: Callable[[Told, Told], float]
) -> Generator[None, None, list[list[Group]]]:
    """The groups that are one happening, the oldest first; yields now and then, so that whoever runs it may let others
    go first. The same groups in any order give the same lists."""
    ordered = sorted(groups, key=lambda g: g.order)
    links = _Links(ordered)
    yield from _measured(ordered, links, likeness)
    parts = {n: [n] for n in range(len(ordered))}
    heap = [(-links.mean(a, b), a, b) for a, near in links.sums.items() for b in near if a < b]
    heapify(heap)
    while heap and -heap[0][0] >= ONE_HAPPENING:
        score, a, b = heappop(heap)
        if a not in parts or b not in parts or -score != links.mean(a, b):
            continue  # measured before one of them grew
        parts[a].extend(parts.pop(b))
        for other in links.join(a, b):
            first, second = sorted((a, other))
            heappush(heap, (-links.mean(a, other), first, second))
    return [[ordered[n] for n in sorted(parts[a])] for a in sorted(parts)]


def _measured(
    groups: Sequence[Group], links: _Links, likeness: Callable[[Told, Told], float]
) -> Generator[None, None, None]:
    compared = 0
    for a, b in combinations(range(len(groups)), 2):
        total = sum(likeness(x, y) for x in groups[a].reports for y in groups[b].reports)
        if total > 0.0:
            links.put(a, b, total)
        compared += len(groups[a].reports) * len(groups[b].reports)
        if compared >= STEP:
            compared = 0
            yield

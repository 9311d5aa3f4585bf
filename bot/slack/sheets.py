"""Groups of blocks onto messages: what fits into one, and what goes on in others. Hides the budgets of a message.

A page of lines is cut between lines alone, and its first message is whole: what comes before the lines, as many of them
as there is room for, how many more there are and where, and what comes after them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from digests.model import Frame, Row, Tone

BLOCKS = 45
"""Most blocks of a message; Slack takes 50."""
CHARACTERS = 9_000
"""Most text characters over all blocks of a message; Slack documents no limit and was seen to refuse from 11,341 on."""
SERIALISED = 12_000
"""Most characters of the serialised blocks of a message; Slack was seen to refuse from 13,200 on."""
MORE = "digest.more_in_thread"
"""The frame that says how many lines a page goes on with."""

Json = dict[str, Any]


@dataclass
class Group:
    """Rows that stay together: their blocks, and their lines in plain words."""

    blocks: list[Json]
    lines: list[str]
    tone: Tone

    @cached_property
    def size(self) -> int:
        """Characters of its texts and addresses."""
        return size(self.blocks)

    @cached_property
    def serialised(self) -> int:
        """Characters of its blocks as JSON."""
        return sum(map(serialised, self.blocks))


Bundle = Sequence[Group]
"""Groups that stand in one message wherever they fit into one: a line with all that belongs to it."""


@dataclass
class Sheet:
    """One message being filled, up to the blocks that are kept free for its foot."""

    foot: Sequence[Json] = ()
    most: int = BLOCKS
    groups: list[Group] = field(default_factory=list)

    def takes(self, *groups: Group) -> bool:
        """Whether these groups fit beside what it holds."""
        held = [self._kept, *self.groups, *groups]
        return (
            sum(len(g.blocks) for g in held) <= self.most
            and sum(g.size for g in held) <= CHARACTERS
            and sum(g.serialised for g in held) <= SERIALISED
        )

    @cached_property
    def _kept(self) -> Group:
        return Group(list(self.foot), [], Tone.PLAIN)


def filled(bundles: Iterable[Bundle], empty: Sheet) -> Iterator[list[Group]]:
    """Bundles as many at a time as a sheet like the empty one takes. What is more than a whole sheet is cut between its
    groups, of which a sheet takes one at least."""
    sheet = replace(empty, groups=[])
    for bundle in bundles:
        for part in [bundle] if empty.takes(*bundle) else [[group] for group in bundle]:
            if sheet.groups and not sheet.takes(*part):
                yield sheet.groups
                sheet = replace(empty, groups=[])
            sheet.groups.extend(part)
    if sheet.groups:
        yield sheet.groups


@dataclass(frozen=True)
class Storeys:
    """The rows of a page of lines: what comes before the lines, each line, what comes after them."""

    head: Sequence[Row]
    lines: Sequence[Sequence[Row]]
    foot: Sequence[Row]


def storeys(rows: Sequence[Row]) -> Storeys:
    """A line begins with the row that names it and ends where another begins; the last one ends before the next row
    about the whole page. The row that counts what goes on elsewhere belongs to neither and is left out."""
    rows = [row for row in rows if not _counts_more(row)]
    starts = [n for n, row in enumerate(rows) if row.line_id is not None]
    if not starts:
        return Storeys(rows, (), ())
    last = starts[-1]
    end = next((n for n in range(last, len(rows)) if rows[n].tone in {Tone.STATUS, Tone.TITLE}), len(rows))
    bounds = zip(starts, [*starts[1:], end], strict=True)
    return Storeys(rows[: starts[0]], tuple(rows[a:b] for a, b in bounds), rows[end:])


def _counts_more(row: Row) -> bool:
    return len(row.pieces) == 1 and isinstance(row.pieces[0], Frame) and row.pieces[0].key == MORE


def serialised(block: Json) -> int:
    """Characters of a block as JSON, with the comma after it."""
    return len(json.dumps(block, ensure_ascii=False, separators=(",", ":"))) + 1


def size(node: Any) -> int:
    """Characters of every text and address in a block tree."""
    if isinstance(node, dict):
        own = sum(len(v) for k, v in node.items() if k in {"text", "url"} and isinstance(v, str))
        return own + sum(size(v) for v in node.values() if not isinstance(v, str))
    return sum(size(item) for item in node) if isinstance(node, (list, tuple)) else 0

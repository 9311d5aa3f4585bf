"""Owing: what one recorded article owes, written in the transaction that records it. Hides nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from digests.model import Delivery, Line
from digests.ports import Follow, Relaid, StoredLine, ToldMark

FIRST_LOOK = timedelta(hours=1)
"""When the page behind a told article is looked at again for the first time."""


@dataclass(frozen=True)
class Owed:
    """Duties to post and to edit, what is told by them, and what is followed from now on."""

    deliveries: tuple[Delivery, ...] = ()
    told: tuple[ToldMark, ...] = ()
    lines: tuple[StoredLine, ...] = ()
    follows: tuple[Follow, ...] = ()
    relaid: tuple[Relaid, ...] = ()

    def and_(self, other: Owed) -> Owed:
        """Both."""
        return Owed(
            (*self.deliveries, *other.deliveries),
            (*self.told, *other.told),
            (*self.lines, *other.lines),
            (*self.follows, *other.follows),
            (*self.relaid, *other.relaid),
        )


NOTHING_OWED = Owed()


def follows_of(lines: Iterable[Line], now: datetime) -> tuple[Follow, ...]:
    """The articles whose words lines show, to be looked at again."""
    shown = {c.article_id: None for line in lines for c in (line.headline, *line.quotes) if c.url}
    return tuple(Follow(article, now, now + FIRST_LOOK) for article in shown)

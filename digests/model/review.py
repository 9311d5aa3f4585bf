"""Review: what people look at before or after it is told, and what they decided. Hides nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ReviewState(StrEnum):
    """Life of an item in the queue."""

    WAITING = "waiting"
    APPROVED = "approved"
    REJECTED = "rejected"


@dataclass(frozen=True)
class ReviewItem:
    """One thing to look at: a development of a high-stakes kind, a line or a message that somebody reported as wrong,
    or a page that somebody sent.

    `kind` is development, report or link. `said` is what the reporter wrote, at most 500 characters, shown as an echo
    alone; of a link, its address.
    """

    item_id: str  # short, typed by people
    kind: str
    at: datetime
    story_id: str
    development_ids: tuple[str, ...]
    article_key: str = ""  # of a development: the report that it was found in
    line_id: str = ""  # of a report: the line, "" for a whole message
    message: str = ""  # of a report on a whole message: its address
    delivery_key: str = ""  # and the delivery that posted it, where it was one
    by: str = ""  # user id of the reporter
    asked: tuple[str, ...] = ()  # user ids of those who were asked to look
    said: str = ""
    state: ReviewState = ReviewState.WAITING
    actors: tuple[str, ...] = ()  # approved with this scope instead of the one that was read; none: as read
    issues: tuple[str, ...] = ()
    decided_by: str = ""
    decided_at: datetime | None = None
    reason: str = ""
    turn: int = 0  # how often it was opened again
    settled_by: str = ""  # the item whose ruling took the same words back, and settled this one with it

    @property
    def turned(self) -> tuple[str, ...]:
        """Its id, with which turn it is where it was opened again: what one decision on it does is done once."""
        return (self.item_id, str(self.turn)) if self.turn else (self.item_id,)


@dataclass(frozen=True)
class AuditEntry:
    """Who did what to which item or version, when and why. Written with the act, never changed."""

    at: datetime
    by: str  # user id
    act: str  # queued, reported, sent, approved, scoped, rejected, settled, reopened, amended, rebased
    what: str  # item id, line id or version
    reason: str = ""
    scope: tuple[str, ...] = ()  # of "scoped": the parties and issues, as they are typed

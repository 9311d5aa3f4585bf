"""What is kept, beside the nouns of the glossary: polling state, told memory, duties. Hides nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from digests.model import Article, AuditEntry, Baseline, Delivery, Development, Line, Page, Reading, ReviewItem, Span
from digests.ports.world import Validators


@dataclass(frozen=True)
class FeedState:
    """Polling state of one feed. `next_check_at` None: never polled."""

    feed_id: str
    validators: Validators = field(default_factory=Validators)
    body_sha: str = ""
    item_hashes: tuple[str, ...] = ()
    next_check_at: datetime | None = None
    last_ok_at: datetime | None = None
    failing_since: datetime | None = None
    errors: int = 0
    last_outcome: str = ""
    ttl: timedelta | None = None  # what the document last said of its own pace
    validators_since: datetime | None = None  # validators are dropped after 8 days: some servers say 304 for ever


@dataclass(frozen=True)
class SeenMark:
    """That an entry was seen; outlives the article."""

    content_sha: str
    revision: int
    first_seen_at: datetime


@dataclass(frozen=True)
class Recorded:
    """One article revision with what was read in it and how it was judged. `backfill`: first contact, alerts nobody.

    `development` is None where the article is not about the talks.
    """

    article: Article
    reading: Reading
    development: Development | None
    backfill: bool = False
    seq: int = 0  # given by the store, in order of recording


@dataclass(frozen=True)
class Relaid:
    """That the page of a delivery reads otherwise from now on."""

    key: str
    page: Page


@dataclass(frozen=True)
class Follow:
    """That the page behind a told article is looked at again, for silent edits. `next_at` None: no more."""

    article_id: str
    told_at: datetime
    next_at: datetime | None
    looks: int = 0
    missing: int = 0  # looks in a row that found no page


@dataclass(frozen=True)
class Pause:
    """That a conversation takes no messages since an instant, and why. `scope`: conversation, or workspace where the
    bot itself was shut out, which ends when any message is taken again."""

    conversation: str
    reason: str
    at: datetime
    scope: str = "conversation"


@dataclass(frozen=True)
class Intake:
    """What one poll learned, written in one transaction."""

    feed_state: FeedState | None
    recorded: tuple[Recorded, ...]
    deliveries: tuple[Delivery, ...] = ()
    told: tuple[ToldMark, ...] = ()
    lines: tuple[StoredLine, ...] = ()
    polled_at: datetime | None = None
    items_seen: int = 0
    follows: tuple[Follow, ...] = ()  # those of articles that are followed already have no effect
    relaid: tuple[Relaid, ...] = ()
    reviews: tuple[ReviewItem, ...] = ()


@dataclass(frozen=True)
class ToldMark:
    """That a conversation was told a development by a delivery. Taken back when the delivery fails for good. `kind`: of
    the delivery, where the mark was read back; "" where there is none."""

    conversation: str
    development_id: str
    story_id: str
    line_id: str
    told_at: datetime
    delivery_key: str
    kind: str = ""


@dataclass(frozen=True)
class StoredLine:
    """A line as it was posted, with where."""

    line: Line
    conversation: str
    delivery_key: str


@dataclass(frozen=True)
class Told:
    """What one conversation has been told, in any form."""

    developments: frozenset[str] = frozenset()
    stories: Mapping[str, datetime] = field(default_factory=dict)  # story id -> first told at


@dataclass(frozen=True)
class FeedCoverage:
    """What was read of one feed in a window; the ground of every "nothing new"."""

    feed_id: str
    source_id: str
    polls_ok: int
    polls_failed: int
    items: int  # articles first seen in the window
    newest: datetime | None  # seen_at of the newest of them
    last_ok_at: datetime | None  # at or before the window's end, ever
    failing_since: datetime | None


@dataclass(frozen=True)
class BriefRecord:
    """One digest, written in one transaction with its slot."""

    channel_id: str
    slot: datetime
    delivery: Delivery | None  # None: a silent channel with nothing to say, or a slot that was skipped
    outcome: str  # posted, silent, skipped
    lines: tuple[StoredLine, ...]
    told: tuple[ToldMark, ...]
    follows: tuple[Follow, ...] = ()


@dataclass(frozen=True)
class SlotRecord:
    """A slot that was decided."""

    channel_id: str
    slot: datetime
    outcome: str


@dataclass(frozen=True)
class Ruling:
    """What a decision on a review item does, written in one transaction with it: pages laid anew, duties added, pending
    ones let out at an instant, or dropped with what they would have told, other items that it settles. A ruling whose
    item waits opens it again."""

    item: ReviewItem
    entry: AuditEntry
    relaid: tuple[Relaid, ...] = ()
    deliveries: tuple[Delivery, ...] = ()
    let_out: tuple[tuple[str, datetime], ...] = ()  # delivery key, due at
    dropped: tuple[str, ...] = ()
    others: tuple[tuple[ReviewItem, AuditEntry], ...] = ()  # decided with it, or opened again with it


@dataclass(frozen=True)
class BaselineVersion:
    """One version of the baseline that a command made; the first is the files'."""

    baseline: Baseline
    at: datetime
    by: str
    reason: str
    was: Span | None = None  # of an amendment: the words in the version before
    now: Span | None = None  # and those in this one

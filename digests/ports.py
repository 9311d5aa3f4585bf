"""Every edge of the system on one page: what the desk asks of the world. Hides every library behind it.

All ports are async and may be called from one event loop. Expected outcomes are values; an exception from a port is
a bug or a matter for the operator. Nothing here reads a clock: `now` is an argument, always aware UTC.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from digests.model import (
    Article,
    Channel,
    Delivery,
    Development,
    Entry,
    Line,
    Page,
    Reading,
    Subscription,
    TextOfRecord,
)

# --- fetching ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Validators:
    """What the last good answer of an address left for a conditional GET."""

    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True)
class Fetched:
    """A body, decoded and within bounds. `moved_to` is set where the server said that the address moved for good."""

    body: bytes
    content_type: str
    validators: Validators
    final_url: str
    moved_to: str = ""
    fresh_for: timedelta | None = None  # Cache-Control max-age or Expires


@dataclass(frozen=True)
class NotModified:
    """The server said 304."""

    fresh_for: timedelta | None = None


@dataclass(frozen=True)
class FetchFailed:
    """Why there is no body: `reason` is one of unreachable, timeout, too-large, status, redirects, refused-address,
    robots, not-http, decoding. `gone` marks 404/410 of a page."""

    reason: str
    status: int = 0
    retry_after: timedelta | None = None
    detail: str = ""

    @property
    def gone(self) -> bool:
        """Whether the server says that the page is no more."""
        return self.status in {404, 410}


class Fetcher(Protocol):
    """HTTP within limits: size, time, redirects, private addresses refused, robots honoured for pages."""

    async def feed(self, url: str, validators: Validators) -> Fetched | NotModified | FetchFailed:
        """One conditional GET of a feed document."""
        ...

    async def page(self, url: str, now: datetime) -> Fetched | FetchFailed:
        """One GET of an article page, where its host's robots.txt allows it."""
        ...


# --- analysis, away from the event loop ---------------------------------------------------------------------------


@dataclass(frozen=True)
class FeedDocument:
    """A parsed feed: entries in document order, how many were unusable, what the document says of its own pace.

    `item_hashes` are 16-byte hex hashes of the raw items, to parse only unseen ones next time.
    """

    entries: tuple[Entry, ...]
    skipped: int
    problem: str = ""  # "" or why the document is not a feed: empty, html, not-a-feed
    ttl: timedelta | None = None
    title: str = ""
    item_hashes: tuple[str, ...] = ()


class Analyst(Protocol):
    """The CPU-bound pure steps, in worker processes."""

    async def parse(self, body: bytes, content_type: str, url: str, known: frozenset[str]) -> FeedDocument:
        """A feed document; items whose raw hash is in `known` may be left out of the entries."""
        ...

    async def extract(self, body: bytes, content_type: str) -> TextOfRecord | None:
        """The article text of a page, None where there is none."""
        ...

    async def read(self, articles: Sequence[Article]) -> list[Reading]:
        """One reading an article, in order."""
        ...


# --- the store ----------------------------------------------------------------------------------------------------


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
    """That a conversation takes no messages since an instant, and why."""

    conversation: str
    reason: str
    at: datetime


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


@dataclass(frozen=True)
class ToldMark:
    """That a conversation was told a development by a delivery. Taken back when the delivery fails for good."""

    conversation: str
    development_id: str
    story_id: str
    line_id: str
    told_at: datetime
    delivery_key: str


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


class Store(Protocol):
    """Everything kept. One method is one transaction. Loading re-cuts spans: where a stored text does not match its
    hash, the row is left out, counted and logged, and the rest comes back.

    Ids and keys are unique: recording the same (article, revision), slot, delivery key or told mark again has no effect
    and is no error, so that every use case may run twice.
    """

    async def feed_states(self) -> Mapping[str, FeedState]:
        """Polling state by feed id, of every feed ever polled."""
        ...

    async def save_feed_state(self, state: FeedState, polled_at: datetime, *, ok: bool) -> None:
        """A poll without news: its state and one row of the poll log."""
        ...

    async def seen(self, feed_id: str, entry_ids: Iterable[str]) -> Mapping[str, SeenMark]:
        """The marks of those entries that were seen before."""
        ...

    async def record(self, intake: Intake) -> tuple[Recorded, ...]:
        """Write one intake; returns what was new to the store, with sequence numbers."""
        ...

    async def recorded(
        self, *, since: datetime | None = None, until: datetime | None = None, after_seq: int = 0
    ) -> list[Recorded]:
        """Articles about the talks (relevance yes or context), in order of recording, by article seen_at window
        (since < seen_at <= until). One whose development can no longer be read comes without it: on record, untold."""
        ...

    async def article(self, article_id: str, revision: int | None = None) -> Recorded | None:
        """One article (any relevance), by default its newest revision."""
        ...

    async def articles_at(self, address: str) -> list[Recorded]:
        """Articles published at an address (any relevance), each in its newest revision, in order of recording.
        Addresses are compared as `addresses.plain` has them; none is at what is no address."""
        ...

    async def coverage(self, since: datetime, until: datetime) -> list[FeedCoverage]:
        """What was read of each feed with since < t <= until, in order of feed id; feeds first touched later are left
        out. `source_id` is that of the newest article by then, "" where there is none."""
        ...

    async def told(self, conversation: str) -> Told:
        """Told memory of a conversation."""
        ...

    async def lines_telling(self, conversation: str, development_id: str, story_id: str) -> list[StoredLine]:
        """Lines by which a conversation was told a development, or its happening, in the order in which they were
        written."""
        ...

    async def record_brief(self, brief: BriefRecord) -> bool:
        """Write a digest with its slot; False and no effect where that (channel, slot) is already decided."""
        ...

    async def last_slot(self, channel_id: str, before: datetime) -> SlotRecord | None:
        """The newest decided slot strictly before an instant."""
        ...

    async def slots(self, channel_id: str, since: datetime) -> list[SlotRecord]:
        """Decided slots at or after an instant, oldest first."""
        ...

    async def line(self, line_id: str) -> StoredLine | None:
        """A posted line by its short id."""
        ...

    async def lines_of(self, delivery_key: str) -> list[StoredLine]:
        """The lines of one delivery, in the order in which they were written."""
        ...

    async def lines_on(self, story_id: str) -> list[StoredLine]:
        """Lines by which any conversation was told a happening, in the order in which they were written."""
        ...

    async def lines_citing(self, article_id: str) -> list[StoredLine]:
        """Lines that show words of an article, whichever revision, in the order in which they were written."""
        ...

    async def follows(self, now: datetime, limit: int) -> list[Follow]:
        """Followed articles whose next look is due, the longest overdue first."""
        ...

    async def save_follow(self, follow: Follow) -> None:
        """Add or replace by article."""
        ...

    async def pauses(self) -> list[Pause]:
        """Conversations that take no messages, in order of conversation."""
        ...

    async def pause(self, pause: Pause, notices: Iterable[Delivery]) -> bool:
        """From now on a conversation takes no messages: its pending digests fail and take their told marks back, what
        else is pending there is parked, and notices are owed. False and no effect where it is paused already."""
        ...

    async def resume(self, conversation: str) -> bool:
        """It takes messages again: what was parked is pending. False where it was not paused."""
        ...

    async def subscriptions(self, conversation: str | None = None) -> list[Subscription]:
        """Subscriptions made by commands, in order of creation."""
        ...

    async def save_subscription(self, subscription: Subscription) -> None:
        """Add or replace by id."""
        ...

    async def remove_subscription(self, subscription_id: str) -> bool:
        """False where there was none."""
        ...

    async def channels(self) -> list[Channel]:
        """Digest schedules made by commands, in order of id."""
        ...

    async def save_channel(self, channel: Channel) -> None:
        """Add or replace by id."""
        ...

    async def remove_channel(self, channel_id: str) -> bool:
        """False where there was none."""
        ...

    async def enqueue(self, delivery: Delivery) -> bool:
        """Add a duty to post; False where its key exists."""
        ...

    async def claim(self, now: datetime, limit: int, lease: timedelta) -> list[Delivery]:
        """Due deliveries, oldest first, one at a time per conversation, marked SENDING with attempts + 1. A delivery
        left SENDING longer than `lease` is claimed again (attempts > 1 tells the messenger to look before posting)."""
        ...

    async def settle(self, delivery: Delivery) -> None:
        """Write state, receipt, note and due_at of a claimed delivery. FAILED takes its told marks back. SENT is final;
        any other outcome of an attempt whose lease ran out and that was claimed again has no effect."""
        ...

    async def delivery(self, key: str) -> Delivery | None:
        """One delivery by its key."""
        ...

    async def waiting(self, until: datetime) -> list[Delivery]:
        """Pending deliveries with due_at <= until, in order of due_at, then key."""
        ...

    async def postpone(self, keys: Iterable[str], due_at: datetime) -> int:
        """Those of them that are pending become due at another time; how many."""
        ...

    async def merge(self, into: Delivery, keys: Iterable[str]) -> bool:
        """One duty in place of several: these become MERGED with the new one's key as their note, their lines and told
        marks become its own. False and no effect where one of them is no longer pending."""
        ...

    async def deliveries(self, *, kind: str | None = None, since: datetime | None = None) -> list[Delivery]:
        """Deliveries with since < due_at, in order of due_at, then key."""
        ...

    async def latest(self, conversation: str, kind: str) -> Delivery | None:
        """The newest delivery of a kind to a conversation that Slack has, by due_at, then key."""
        ...

    async def delivered(self, receipt: str, conversations: Sequence[str]) -> Delivery | None:
        """The delivery that became the message of this receipt in one of these conversations."""
        ...

    async def look(self, user: str, what: str, now: datetime, apart: timedelta) -> datetime | None:
        """Note that a person looks at something; gives when he had last looked before. Looks less than `apart` from
        each other are one; None where this is the first."""
        ...

    async def first_time(self, key: str, now: datetime) -> bool:
        """Whether an inbound key (event id, trigger id) comes for the first time; forgotten after a day."""
        ...

    async def close(self) -> None:
        """Release connections."""
        ...


# --- posting ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Posted:
    """Slack has it; the receipt names it."""

    receipt: str


@dataclass(frozen=True)
class PostLater:
    """Not posted, or not known; try again after a while. `ambiguous`: Slack may have it, look before posting."""

    after: timedelta
    reason: str
    ambiguous: bool = False


@dataclass(frozen=True)
class PostRefused:
    """Slack will not take it however often: archived, not in channel, revoked, invalid."""

    reason: str


class Messenger(Protocol):
    """One gateway to Slack: one queue a conversation, metadata key, a look in the channel before any second try."""

    async def post(
        self, delivery: Delivery, now: datetime, *, thread: str | None = None
    ) -> Posted | PostLater | PostRefused:
        """Post one delivery, at most once; in the thread of a posted message, where its receipt is given."""
        ...

    async def edit(self, conversation: str, receipt: str, page: Page) -> Posted | PostLater | PostRefused:
        """Replace a posted message."""
        ...

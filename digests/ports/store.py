"""The store's verbs: everything kept, one transaction a verb. Hides that it is a database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from digests.model import AuditEntry, Channel, Delivery, ReviewItem, ReviewState, Subscription
from digests.ports.kept import (
    BaselineVersion,
    BriefRecord,
    FeedCoverage,
    FeedState,
    Follow,
    Intake,
    Pause,
    Recorded,
    Ruling,
    SeenMark,
    SlotRecord,
    StoredLine,
    Told,
    ToldMark,
)


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

    async def regroup(self, joins: Mapping[str, str], moves: Mapping[str, str]) -> None:
        """Give what is on record and what was told another story id: of whole happenings (`joins`: the id they had ->
        the id they have now), then of single developments (`moves`: development id -> story id)."""
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

    async def told_marks(self, conversation: str) -> list[ToldMark]:
        """What a conversation was told, mark by mark, with the kind of what told it, in order of time."""
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
        else is pending there is parked, and notices are owed. Where it is paused already only the parking is done, and
        it is False."""
        ...

    async def resume(self, conversation: str) -> bool:
        """It takes messages again: what was parked is pending. False where it was not paused."""
        ...

    async def reviews(self, *, state: ReviewState | None = None, since: datetime | None = None) -> list[ReviewItem]:
        """Items to review, in order of time, then id; in one state, and with since < at, where that is asked."""
        ...

    async def report(self, item: ReviewItem, entry: AuditEntry, notices: Iterable[Delivery]) -> bool:
        """A new item that somebody reported; False and no effect where its id exists."""
        ...

    async def rule(self, decision: Ruling) -> bool:
        """Write a decision with all that it does. No effect and False where the item does not wait any more; of one
        that opens it again, where it waits."""
        ...

    async def audit(self, limit: int, skip: int = 0, of: str = "") -> list[AuditEntry]:
        """The newest entries but for the first `skip`, newest first. `of`: of that item, line or version alone."""
        ...

    async def audited(self) -> int:
        """How many entries there are."""
        ...

    async def baselines(self) -> list[BaselineVersion]:
        """Versions that commands made, in order of version."""
        ...

    async def save_baseline(self, version: BaselineVersion, entry: AuditEntry, notices: Iterable[Delivery]) -> bool:
        """Add a version with what announces it; False and no effect where that version exists."""
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
        any other outcome of an attempt whose lease ran out and that was claimed again has no effect. SENT and FAILED
        keep none of the files of the page."""
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

"""The store: every verb of `ports.Store` as one transaction in a thread. Hides all SQL."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from bot.store import articles, following, outbox, polling, ruling, telling, wishes
from bot.store.engine import Database
from digests.model import AuditEntry, Channel, Delivery, ReviewItem, ReviewState, Subscription
from digests.ports import (
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


class SqlStore:
    """`ports.Store` over SQLite or PostgreSQL; open it with `open_store`. What a verb promises is said there.

    Raises StoreProblem where the operator has to act (disk full, locked, server away); nothing is half-written then.
    """

    def __init__(self, database: Database) -> None:
        self._db = database

    @property
    def dropped(self) -> int:
        """Rows left out so far since they did not turn back into what was stored; each was logged as `row_dropped`."""
        return self._db.dropped.count

    async def feed_states(self) -> Mapping[str, FeedState]:
        """Polling state by feed id."""
        return await self._db.read(polling.feed_states)

    async def save_feed_state(self, state: FeedState, polled_at: datetime, *, ok: bool) -> None:
        """A poll without news."""
        await self._db.write(polling.save_feed_state, state, polled_at, ok=ok)

    async def seen(self, feed_id: str, entry_ids: Iterable[str]) -> Mapping[str, SeenMark]:
        """The marks of those entries that were seen before."""
        return await self._db.read(articles.seen, feed_id, list(entry_ids))

    async def record(self, intake: Intake) -> tuple[Recorded, ...]:
        """Write one intake; what was new to the store, numbered."""
        return await self._db.write(articles.record, intake)

    async def regroup(self, joins: Mapping[str, str], moves: Mapping[str, str]) -> None:
        """Happenings joined to others, developments moved to others."""
        await self._db.write(articles.regroup, joins, moves)

    async def recorded(
        self, *, since: datetime | None = None, until: datetime | None = None, after_seq: int = 0
    ) -> list[Recorded]:
        """Articles about the talks or their context, in order of recording."""
        return await self._db.read(articles.recorded, since=since, until=until, after_seq=after_seq)

    async def article(self, article_id: str, revision: int | None = None) -> Recorded | None:
        """One article, by default its newest revision."""
        return await self._db.read(articles.article, article_id, revision)

    async def articles_at(self, address: str) -> list[Recorded]:
        """Articles published at an address, each in its newest revision."""
        return await self._db.read(articles.articles_at, address)

    async def coverage(self, since: datetime, until: datetime) -> list[FeedCoverage]:
        """What was read of each feed with since < t <= until."""
        return await self._db.read(polling.coverage, since, until)

    async def told(self, conversation: str) -> Told:
        """Told memory of a conversation."""
        return await self._db.read(telling.told, conversation)

    async def told_marks(self, conversation: str) -> list[ToldMark]:
        """What a conversation was told, mark by mark."""
        return await self._db.read(telling.told_marks, conversation)

    async def lines_telling(self, conversation: str, development_id: str, story_id: str) -> list[StoredLine]:
        """Lines by which a conversation was told a development or its happening."""
        return await self._db.read(telling.lines_telling, conversation, development_id, story_id)

    async def record_brief(self, brief: BriefRecord) -> bool:
        """Write a digest with its slot, once."""
        return await self._db.write_durably(telling.record_brief, brief)

    async def last_slot(self, channel_id: str, before: datetime) -> SlotRecord | None:
        """The newest decided slot strictly before an instant."""
        return await self._db.read(telling.last_slot, channel_id, before)

    async def slots(self, channel_id: str, since: datetime) -> list[SlotRecord]:
        """Decided slots at or after an instant."""
        return await self._db.read(telling.slots, channel_id, since)

    async def line(self, line_id: str) -> StoredLine | None:
        """A posted line by its short id."""
        return await self._db.read(telling.line, line_id)

    async def lines_of(self, delivery_key: str) -> list[StoredLine]:
        """The lines of one delivery, in the order in which they were written."""
        return await self._db.read(telling.lines_of, delivery_key)

    async def lines_on(self, story_id: str) -> list[StoredLine]:
        """Lines by which any conversation was told a happening."""
        return await self._db.read(telling.lines_on, story_id)

    async def lines_citing(self, article_id: str) -> list[StoredLine]:
        """Lines that show words of an article."""
        return await self._db.read(telling.lines_citing, article_id)

    async def follows(self, now: datetime, limit: int) -> list[Follow]:
        """Followed articles whose next look is due."""
        return await self._db.read(following.due, now, limit)

    async def save_follow(self, follow: Follow) -> None:
        """Add or replace by article."""
        await self._db.write(following.save, follow)

    async def pauses(self) -> list[Pause]:
        """Conversations that take no messages."""
        return await self._db.read(following.pauses)

    async def pause(self, pause: Pause, notices: Iterable[Delivery]) -> bool:
        """From now on a conversation takes no messages; once."""
        return await self._db.write_durably(following.pause, pause, list(notices))

    async def resume(self, conversation: str) -> bool:
        """It takes messages again."""
        return await self._db.write_durably(following.resume, conversation)

    async def reviews(self, *, state: ReviewState | None = None, since: datetime | None = None) -> list[ReviewItem]:
        """Items to review, in order of time."""
        return await self._db.read(ruling.reviews, state=state, since=since)

    async def report(self, item: ReviewItem, entry: AuditEntry, notices: Iterable[Delivery]) -> bool:
        """A new item that somebody reported."""
        return await self._db.write_durably(ruling.report, item, entry, list(notices))

    async def rule(self, decision: Ruling) -> bool:
        """Write a decision with all that it does, once."""
        return await self._db.write_durably(ruling.rule, decision)

    async def audit(self, limit: int, skip: int = 0, of: str = "") -> list[AuditEntry]:
        """The newest entries, newest first, but for so many; of one item alone where it is named."""
        return await self._db.read(ruling.audit, limit, skip, of)

    async def audited(self) -> int:
        """How many entries there are."""
        return await self._db.read(ruling.audited)

    async def baselines(self) -> list[BaselineVersion]:
        """Versions of the baseline that commands made."""
        return await self._db.read(ruling.baselines)

    async def save_baseline(self, version: BaselineVersion, entry: AuditEntry, notices: Iterable[Delivery]) -> bool:
        """Add a version of the baseline, once."""
        return await self._db.write_durably(ruling.save_baseline, version, entry, list(notices))

    async def subscriptions(self, conversation: str | None = None) -> list[Subscription]:
        """Subscriptions made by commands."""
        return await self._db.read(wishes.subscriptions, conversation)

    async def save_subscription(self, subscription: Subscription) -> None:
        """Add or replace by id."""
        await self._db.write_durably(wishes.save_subscription, subscription)

    async def remove_subscription(self, subscription_id: str) -> bool:
        """False where there was none."""
        return await self._db.write_durably(wishes.remove_subscription, subscription_id)

    async def channels(self) -> list[Channel]:
        """Digest schedules made by commands."""
        return await self._db.read(wishes.channels)

    async def save_channel(self, channel: Channel) -> None:
        """Add or replace by id."""
        await self._db.write_durably(wishes.save_channel, channel)

    async def remove_channel(self, channel_id: str) -> bool:
        """False where there was none."""
        return await self._db.write_durably(wishes.remove_channel, channel_id)

    async def enqueue(self, delivery: Delivery) -> bool:
        """Add a duty to post; False where its key exists."""
        return await self._db.write_durably(outbox.enqueue, delivery)

    async def claim(self, now: datetime, limit: int, lease: timedelta) -> list[Delivery]:
        """Due deliveries, one a conversation, marked SENDING."""
        return await self._db.write_durably(outbox.claim, now, limit, lease)

    async def settle(self, delivery: Delivery) -> None:
        """Write the outcome of a claimed delivery."""
        await self._db.write_durably(outbox.settle, delivery)

    async def delivery(self, key: str) -> Delivery | None:
        """One delivery by its key."""
        return await self._db.read(outbox.delivery, key)

    async def waiting(self, until: datetime) -> list[Delivery]:
        """Pending deliveries with due_at <= until."""
        return await self._db.read(outbox.waiting, until)

    async def postpone(self, keys: Iterable[str], due_at: datetime) -> int:
        """Those of them that are pending become due at another time."""
        return await self._db.write_durably(outbox.postpone, list(keys), due_at)

    async def merge(self, into: Delivery, keys: Iterable[str]) -> bool:
        """One duty in place of several that are all still pending."""
        return await self._db.write_durably(outbox.merge, into, list(keys))

    async def deliveries(self, *, kind: str | None = None, since: datetime | None = None) -> list[Delivery]:
        """Deliveries in order of due_at, then key."""
        return await self._db.read(outbox.deliveries, kind=kind, since=since)

    async def latest(self, conversation: str, kind: str) -> Delivery | None:
        """The newest delivery of a kind to a conversation that Slack has."""
        return await self._db.read(outbox.latest, conversation, kind)

    async def delivered(self, receipt: str, conversations: Sequence[str]) -> Delivery | None:
        """The delivery that became the message of this receipt."""
        return await self._db.read(outbox.delivered, receipt, conversations)

    async def look(self, user: str, what: str, now: datetime, apart: timedelta) -> datetime | None:
        """Note that a person looks; when he had last looked before."""
        return await self._db.write(wishes.look, user, what, now, apart)

    async def first_time(self, key: str, now: datetime) -> bool:
        """Whether an inbound key comes for the first time."""
        return await self._db.write(wishes.first_time, key, now)

    async def close(self) -> None:
        """Finish what was begun and release connections."""
        await self._db.close()

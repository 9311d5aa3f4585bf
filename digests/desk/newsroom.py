"""What every use case of the desk shares: ports, configuration, and the record in memory. Hides how it is rebuilt."""

from __future__ import annotations

import asyncio
from bisect import insort
from collections.abc import Callable, Generator, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Protocol

from digests import baselines, positions, rulings
from digests.carriers import withdrawn
from digests.interest import Interest
from digests.model import (
    Article,
    AuditEntry,
    Baseline,
    Channel,
    Development,
    Directory,
    Feed,
    Frame,
    Kind,
    Page,
    Reading,
    Relevance,
    ReviewItem,
    Source,
    Statement,
    Voice,
)
from digests.novelty import Known
from digests.pages import Setting
from digests.ports import Analyst, BaselineVersion, FeedCoverage, Fetcher, Messenger, Recorded, Store, Told
from digests.stories import Regrouped
from digests.venues import Venues

DECIDED = frozenset({"posted", "silent"})
"""Outcomes of slots at which somebody was told, or nobody for want of news."""
_EVER = datetime(2000, 1, 1, tzinfo=UTC)
AT_ONCE = 50
"""Articles that are taken up again in one go, some tens of milliseconds."""


class Notes(Protocol):
    """Where outcomes are noted: one past-tense event an outcome, with fields. The composition root binds the log."""

    def __call__(self, event: str, /, **fields: object) -> None:
        """Note one outcome."""
        ...


def silent_notes(event: str, /, **fields: object) -> None:
    """Notes nothing: for measuring and tests."""


@dataclass(frozen=True)
class Ports:
    """The edges of the system. `fetcher` and `messenger` are None where a run needs none (replay, answers)."""

    store: Store
    analyst: Analyst
    fetcher: Fetcher | None = None
    messenger: Messenger | None = None
    jitter: Callable[[], float] = lambda: 0.5
    """A number in [0, 1) for spreading polls."""
    notes: Notes = silent_notes
    lacking: Callable[[], tuple[Frame, ...]] = tuple
    """What this machine does without, in words for status: asked when it is wanted, since it may read files."""


@dataclass(frozen=True)
class Watching:
    """What files say is watched and told."""

    directory: Directory
    baseline: Baseline
    feeds: tuple[Feed, ...] = ()
    channels: tuple[Channel, ...] = ()
    voices: tuple[Voice, ...] = ()  # that a digest must have read
    admins: tuple[str, ...] = ()  # user ids; those who look after what files made
    reviewers: tuple[str, ...] = ()  # user ids; without one nothing is held
    hold_until_approved: bool = False  # not told before a reviewer approved it


@dataclass
class Newsroom:
    """Ports, configuration and the record in memory: the fold of everything recorded, in order of recording."""

    ports: Ports
    watching: Watching
    setting: Setting
    known: Known
    files: Baseline  # the version of the files, whichever is in force
    baseline_statements: tuple[Statement, ...]
    interest: Interest
    venues: Venues
    statements: list[Statement] = field(default_factory=list)
    recorded: dict[str, Recorded] = field(default_factory=dict)  # by article key
    by_story: dict[str, list[Recorded]] = field(default_factory=dict)  # reports of a happening, in order of recording
    by_article: dict[str, list[Recorded]] = field(default_factory=dict)  # revisions of an article, the same way
    versions: tuple[BaselineVersion, ...] = ()  # of the baseline, that commands made
    ruled: list[ReviewItem] = field(default_factory=list)  # rulings that change what counts, in order of decision
    seq: int = 0
    _as_read: dict[str, Recorded] = field(default_factory=dict)  # what a ruling changed, as it was read, by article key
    _heeded: list[AuditEntry] = field(default_factory=list)  # the newest entry of the log when it was last looked at
    laid: dict[str, Page] = field(default_factory=dict)  # what messages were edited to last, by delivery key
    _withdrawn: set[str] = field(default_factory=set)  # article ids
    ledger: asyncio.Lock = field(default_factory=asyncio.Lock)  # one judging and recording at a time

    @property
    def store(self) -> Store:
        """The store."""
        return self.ports.store

    @property
    def directory(self) -> Directory:
        """The directory."""
        return self.watching.directory

    @property
    def baseline_apart(self) -> tuple[Statement, ...]:
        """The baseline's statements, where its text is no article on record."""
        return tuple(s for s in self.baseline_statements if s.article_key not in self.recorded)

    @property
    def earlier_texts(self) -> Mapping[str, Article]:
        """The texts of every version of the baseline, by article id."""
        return {b.article.article_id: b.article for b in (self.files, *(v.baseline for v in self.versions))}

    def source(self, source_id: str) -> Source | None:
        """A configured source."""
        return self.directory.source_by_id.get(source_id)

    async def threads_in(self, conversation: str) -> bool:
        """Whether messages to a conversation may have threads: none of its digests is set to do without."""
        channels = {c.id: c for c in (*await self.store.channels(), *self.watching.channels)}
        return all(c.threads for c in channels.values() if c.conversation == conversation)

    async def coverage(self, since: datetime, until: datetime) -> list[FeedCoverage]:
        """What was read of each feed in a window; a feed that never gave an article has its source from the files."""
        sources = {feed.id: feed.source_id for feed in self.watching.feeds}
        found = await self.store.coverage(since, until)
        return [replace(c, source_id=c.source_id or sources.get(c.feed_id, "")) for c in found]

    def fold(self, recorded: Recorded) -> None:
        """Take one recorded article into the record in memory; twice the same has no effect."""
        if recorded.article.key in self.recorded:
            return
        self.seq = max(self.seq, recorded.seq)
        if recorded.reading.relevance is Relevance.NO:
            return
        self.known.add(recorded)
        self.venues.add(recorded.reading)
        recorded = self._under_its_id(recorded)
        recorded = self._as_ruled(recorded)
        article_id = recorded.article.article_id
        self.recorded[recorded.article.key] = recorded
        self.by_article.setdefault(article_id, []).append(recorded)
        if recorded.development is not None:
            self.by_story.setdefault(recorded.development.story_id, []).append(recorded)
        if withdrawn(article_id, self.by_article) != (article_id in self._withdrawn):
            self._withdrawn ^= {article_id}
            self._recount()
        elif article_id not in self._withdrawn:
            self.statements.extend(recorded.reading.statements)

    def _under_its_id(self, recorded: Recorded) -> Recorded:
        """The article under the id that its happening has now; what it joined goes there with it."""
        development = recorded.development
        if development is None:
            return recorded
        recorded = self.called_now(recorded)
        story_id = self.known.stories.now(development.story_id)
        joined = [i for i in development.joins if i != story_id]
        self._move({r.article.key: story_id for old in joined for r in self.by_story.get(old, ())})
        return recorded

    def _move(self, moves: Mapping[str, str]) -> None:
        """Let reports belong to other happenings: article key -> story id."""
        left = [r for key in moves if (r := self.recorded.get(key)) is not None and r.development is not None]
        for r in left:
            was, into = r.development.story_id if r.development else "", moves[r.article.key]
            moved = under(r, into)
            self.recorded[r.article.key] = moved
            self.by_story[was] = [x for x in self.by_story[was] if x.article.key != r.article.key]
            insort(self.by_story.setdefault(into, []), moved, key=lambda x: x.seq)
            revisions = self.by_article[r.article.article_id]
            revisions[:] = [moved if x.article.key == r.article.key else x for x in revisions]
            if not self.by_story[was]:
                del self.by_story[was]

    async def settle(self, until: datetime) -> None:
        """Put together anew what was seen until an instant and was not settled yet, before something is decided about
        it. Call with the ledger held."""
        found = await _leisurely(self.known.settling(until))
        moves = {
            d.development_id: story_id
            for key, story_id in found.moves.items()
            if key in self.recorded and (d := self.recorded[key].development) is not None
        }
        if found.joins or moves:
            await self.store.regroup(found.joins, moves)
        self.known.regroup(found)
        whole = {r.article.key: into for old, into in found.joins.items() for r in self.by_story.get(old, ())}
        self._move({**whole, **found.moves})

    def called_now(self, recorded: Recorded) -> Recorded:
        """An article as the store has it, under the id that its happening has now."""
        development = recorded.development
        return under(recorded, self.known.stories.now(development.story_id)) if development else recorded

    def ids_of(self, development: Development) -> tuple[str, ...]:
        """Every id that a happening has had, and has with a report that is about to be recorded."""
        ids = (i for story in (development.story_id, *development.joins) for i in self.known.stories.ids_of(story))
        return tuple(dict.fromkeys(ids))

    async def told(self, conversation: str, arriving: Development | None = None) -> Told:
        """What a conversation has been told, happenings by the ids that they have now: once `arriving` is recorded,
        where one is given."""
        memories = [await self.store.told(name) for name in await self.names_of(conversation)]
        told = Told(
            frozenset().union(*(m.developments for m in memories)),
            {story: at for m in reversed(memories) for story, at in m.stories.items()},
        )
        joined = dict.fromkeys(self.ids_of(arriving), arriving.story_id) if arriving else {}
        stories: dict[str, datetime] = {}
        for old, at in sorted(told.stories.items(), key=lambda kv: (kv[1], kv[0])):
            now = self.known.stories.now(old)
            stories.setdefault(joined.get(now, now), at)
        return replace(told, stories=stories)

    async def names_of(self, conversation: str) -> tuple[str, ...]:
        """Every name under which a conversation is told something, its own first: a direct message has that of its
        person, for alerts, and its own, for digests that he asked for there."""
        direct = [c for c in await self.store.channels() if c.conversation.startswith("D") and c.created_by]
        owners = [f"@{c.created_by}" for c in direct if c.conversation == conversation]
        own = [c.conversation for c in direct if f"@{c.created_by}" == conversation]
        return tuple(dict.fromkeys((conversation, *owners, *own)))

    def rule(self, items: Iterable[ReviewItem]) -> None:
        """Let the rulings among all items count from now on, and none that was taken back."""
        before, self.ruled = self.ruled, rulings.decided(items)
        changed = {d for item in set(before) ^ set(self.ruled) for d in item.development_ids}
        if not changed:
            return
        laid: dict[str, Recorded] = {}
        for key, r in self.recorded.items():
            if r.development is not None and r.development.development_id in changed:
                laid[key] = self._as_ruled(under(self._as_read.pop(key, r), r.development.story_id))
        for reports in (*self.by_article.values(), *self.by_story.values()):
            reports[:] = [laid.get(r.article.key, r) for r in reports]
        self.recorded.update(laid)
        self._recount()

    def _as_ruled(self, recorded: Recorded) -> Recorded:
        """An article as it counts after the rulings; how it was read is kept, for a ruling may be taken back."""
        ruled = rulings.laid_over(recorded, self.ruled, self.directory)
        if ruled is not recorded:
            self._as_read[recorded.article.key] = recorded
        return ruled

    async def measure_against(self, versions: tuple[BaselineVersion, ...]) -> None:
        """From now on the newest of all versions is the baseline: what is known is put together anew. Call with the
        ledger held."""
        held = baselines.in_force(self.files, versions)
        statements = await read_baseline(self.ports, held)
        known = Known(self.directory, held, statements, self.known.stories.settled_until)
        for n, recorded in enumerate(await self.store.recorded()):
            if recorded.seq <= self.seq:  # what came since is folded in its turn
                known.add(recorded)
            if n % AT_ONCE == AT_ONCE - 1:
                await asyncio.sleep(0)  # whoever waits for an answer goes first
        self.known, self.baseline_statements, self.versions = known, statements, versions
        self.watching, self.setting = replace(self.watching, baseline=held), replace(self.setting, baseline=held)

    def _recount(self) -> None:
        """The statements that count: those of withdrawn articles say nothing any more."""
        standing = (r for r in self.recorded.values() if r.article.article_id not in self._withdrawn)
        self.statements = [s for r in standing for s in r.reading.statements]

    async def catch_up(self) -> None:
        """Fold what was recorded since by this process or another one, and heed what was decided. Call with the ledger
        held."""
        await self._heed()
        for recorded in await self.store.recorded(after_seq=self.seq):
            self.fold(recorded)

    async def _heed(self) -> None:
        """Take up rulings and versions that another process made: each left an entry in the log."""
        newest = await self.store.audit(1)
        if newest == self._heeded:
            return
        self.rule(await self.store.reviews())
        versions = tuple(await self.store.baselines())
        if len(versions) != len(self.versions):
            await self.measure_against(versions)
            self.ports.notes("baseline_in_force", version=versions[-1].baseline.version)
        self._heeded = newest

    def judge(self, reading: Reading) -> Development | None:
        """The reading against baseline and record; None where it is not about the talks."""
        if reading.relevance is Relevance.NO:
            return None
        return self.known.take(reading)

    def last_words(self, before: datetime) -> Mapping[str, Statement]:
        """Newest own statement of each actor seen before an instant, or of the baseline; never analysis."""
        last: dict[str, Statement] = {}
        held_then = positions.said_by(self.baseline_statements, before.date(), self.watching.baseline.dated)
        for s in (*held_then, *self.statements):
            if s.kind is Kind.ANALYSIS:
                continue
            found = self.recorded.get(s.article_key)
            if found is not None and found.article.seen_at > before:
                continue
            if found is not None and self.directory.rewrites(found.article.source_id):
                continue  # its words are nobody's; the baseline, a rewrite itself, is shown as such
            held = last.get(s.actor_id)
            if held is None or _said(s) >= _said(held):
                last[s.actor_id] = s
        return last


def under(recorded: Recorded, story_id: str) -> Recorded:
    """The article as a report of the happening with this id."""
    if recorded.development is None or recorded.development.story_id == story_id:
        return recorded
    return replace(recorded, development=recorded.development.of_story(story_id))


def _said(s: Statement) -> date:
    """The last day on which it can have been said; what has no day is older than what has one."""
    return s.said_on.last if s.said_on else date.min


async def read_baseline(ports: Ports, held: Baseline) -> tuple[Statement, ...]:
    """The statements of a version's text."""
    [reading] = await ports.analyst.read([held.article])
    return reading.statements


async def _leisurely(steps: Generator[None, None, Regrouped]) -> Regrouped:
    """What the steps come to; whoever waits for an answer goes first."""
    while True:
        try:
            next(steps)
        except StopIteration as done:
            found: Regrouped = done.value
            return found
        await asyncio.sleep(0)


async def _settled_until(store: Store, watching: Watching) -> datetime | None:
    """The last slot of any channel that was told: what was seen by then was put together for it."""
    channels = {c.id for c in (*watching.channels, *await store.channels())}
    slots = [r.slot for i in sorted(channels) for r in await store.slots(i, _EVER) if r.outcome in DECIDED]
    return max(slots, default=None)


async def open_newsroom(ports: Ports, watching: Watching, setting: Setting) -> Newsroom:
    """Read the baseline, rebuild the record from the store."""
    files = watching.baseline
    versions = tuple(await ports.store.baselines())
    held = baselines.in_force(files, versions)
    watching, setting = replace(watching, baseline=held), replace(setting, baseline=held)
    statements = await read_baseline(ports, held)
    known = Known(watching.directory, held, statements, await _settled_until(ports.store, watching))
    interest, venues = Interest(watching.directory), Venues(watching.directory)
    room = Newsroom(ports, watching, setting, known, files, statements, interest, venues, versions=versions)
    ports.notes("baseline_in_force", version=held.version, sha=held.article.content_sha[:12])
    room.ruled = rulings.decided(await ports.store.reviews())
    async with room.ledger:
        await room.catch_up()
    return room

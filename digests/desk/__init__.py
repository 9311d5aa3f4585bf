"""The desk: everything the bot can do, one verb a method. Hides the use cases behind one face.

`tick(now)` is the whole life of the bot: poll what is due, brief what is due, deliver what is owed. The schedule calls
it, and so do the recorded week and the measuring replay; nothing else moves time.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from digests.desk import (
    altering,
    brief,
    conduct,
    decisions,
    deliver,
    evidence,
    export,
    follow,
    history,
    home,
    poll,
    position,
    quality,
    queue,
    quote,
    rebase,
    ruling,
    schedules,
    search,
    settings,
    share,
    sources,
    status,
    subscribe,
    timeline,
    tips,
)  # fmt: skip
from digests.desk.altering import Terms, Whose
from digests.desk.evidence import Here
from digests.desk.export import Wish
from digests.desk.history import Compared
from digests.desk.home import Visitor
from digests.desk.newsroom import Newsroom, Notes, Ports, Watching, open_newsroom
from digests.desk.poll import Arrivals
from digests.desk.position import Asked
from digests.desk.rebase import Proposal
from digests.desk.review import Reviewer
from digests.desk.ruling import Decision, OpenItem
from digests.desk.schedules import Change
from digests.desk.search import Wanted
from digests.desk.settings import Place
from digests.desk.share import Shared
from digests.desk.sources import SourceChange
from digests.desk.subscribe import Ending, Muting
from digests.desk.tips import Reportable
from digests.model import Channel, Choice, Delivery, Digest, Page, Position, Subscription
from digests.pages import Setting
from digests.ports import Recorded

__all__ = ["Arrivals", "Desk", "Muting", "Newsroom", "Notes", "Ports", "Ticked", "Watching"]


NEXT = 2.0
"""Seconds that an answer waits for others to be posted."""
Filters = Mapping[str, Sequence[str]]
"""Filter values by key, as in `digests.matching`."""


@dataclass(frozen=True)
class Ticked:
    """What one tick did."""

    polled: Sequence[poll.Polled]
    digests: Sequence[Digest]
    delivered: Sequence[Delivery]
    followed: Sequence[follow.Looked] = ()


class Desk:
    """Everything the bot can do. Build it with `Desk.open`."""

    def __init__(self, room: Newsroom) -> None:
        self.room = room
        self._polling = asyncio.Lock()
        self._following = asyncio.Lock()
        self._briefing = asyncio.Lock()
        self._delivering = asyncio.Lock()
        self._sharing = asyncio.Lock()

    @classmethod
    async def open(cls, ports: Ports, watching: Watching, setting: Setting) -> Desk:
        """Read the baseline, rebuild the record from the store."""
        return cls(await open_newsroom(ports, watching, setting))

    async def tick(self, now: datetime) -> Ticked:
        """Heed what other processes did, poll, follow, brief, deliver. A family that still runs from an earlier tick is
        left alone, so that a slow poll holds no digest up; within one tick the order is fixed, so that a simulated week
        is the same every time."""
        await self.heed()
        polled = await self.poll_due(now)
        followed = await self.follow_due(now)
        digests = await self.brief_due(now)
        delivered = await self.deliver(now)
        return Ticked(polled, digests, delivered, followed)

    async def heed(self) -> None:
        """Take up what another process on this database recorded, ruled and rebased; left alone where this one is
        recording, which takes it up by itself."""
        if not self.room.ledger.locked():
            async with self.room.ledger:
                await self.room.catch_up()

    async def poll_due(self, now: datetime) -> Sequence[poll.Polled]:
        """Poll every feed that is due."""
        if self._polling.locked() or self.room.ports.fetcher is None:
            return []
        async with self._polling:
            return await poll.poll_due(self.room, now)

    async def follow_due(self, now: datetime) -> Sequence[follow.Looked]:
        """Look again at every told page that is due."""
        if self._following.locked():
            return []
        async with self._following:
            return await follow.follow_due(self.room, now)

    async def brief_due(self, now: datetime) -> Sequence[Digest]:
        """Tell every slot that is due."""
        if self._briefing.locked():
            return []
        async with self._briefing:
            return await brief.brief_due(self.room, now)

    async def deliver(self, now: datetime) -> Sequence[Delivery]:
        """Post what is owed."""
        if self._delivering.locked():
            return []
        async with self._delivering:
            return await deliver.deliver(self.room, now)

    async def settled(self) -> None:
        """Wait until whatever a tick began has ended: nothing claimed is left hanging."""
        for running in (self._polling, self._following, self._briefing, self._delivering):
            async with running:
                pass

    async def take(self, arrivals: Arrivals, now: datetime) -> tuple[Recorded, ...]:
        """Record parsed entries as a poll does."""
        return await poll.take(self.room, arrivals, now)

    async def position(self, actor_id: str, now: datetime, issue: str | None = None) -> Position:
        """Where an actor stands."""
        return await position.position(self.room, actor_id, now, issue)

    async def position_page(self, asked: Asked, zone: str, now: datetime) -> Page:
        """The answer to `/position`."""
        return await position.page(self.room, asked, zone, now)

    async def position_beside(self, asked: Asked, other: str, zone: str) -> Page:
        """Two parties side by side."""
        return await position.beside(self.room, asked, other, zone)

    async def grid(self, issue: str | None, zone: str, now: datetime, *, picture: bool = False) -> Page:
        """Every party on every issue, or on one."""
        return await position.grid(self.room, issue, zone, now, picture=picture)

    async def quality(self, since: datetime | None, zone: str, now: datetime) -> Page:
        """What the bot knows of its own work."""
        return await quality.page(self.room, since, zone, now)

    async def timeline(self, asked: timeline.Asked, zone: str, now: datetime) -> Page:
        """When whose own words came on record, as a picture or a table."""
        return await timeline.page(self.room, asked, zone, now)

    async def diff(self, asked: Compared, zone: str) -> Page:
        """Was and now."""
        return await history.diff(self.room, asked, zone)

    async def why(self, what: str, here: Here, now: datetime, *, cite: bool = False) -> Page:
        """What stands behind a line, or why an article was not told."""
        return await evidence.why(self.room, what, here, now, cite=cite)

    async def search(self, wanted: Wanted, here: Here) -> Page:
        """Reports on record that hold words."""
        return await search.search(self.room, wanted, here)

    async def send_link(self, address: str, who: Reviewer, now: datetime) -> Page:
        """Put a page before the reviewers."""
        return await tips.send(self.room, address, who, now)

    async def quote(self, quoted: str, here: Here) -> Page:
        """Whether a quotation is on record."""
        return await quote.check(self.room, quoted, here)

    async def all_lines(self, link: str, here: Here) -> Page:
        """Every line of the digest behind a message here."""
        return await evidence.all_lines(self.room, link, here)

    async def latest(self, conversation: str, zone: str) -> Page:
        """The last digest of a conversation."""
        return await history.latest(self.room, conversation, zone)

    async def baseline(self, page: int, zone: str) -> Page:
        """The baseline's statements, a page of them."""
        return await history.baseline(self.room, page, zone)

    async def rebase(self, proposal: Proposal, now: datetime) -> Page:
        """Show what a new version of the baseline would change; or make it, where that was confirmed."""
        return await rebase.propose(self.room, proposal, now)

    def baseline_versions(self, zone: str) -> Page:
        """The baseline's versions."""
        return history.versions(self.room, zone)

    async def sources(self, zone: str, now: datetime, *, health: bool = False) -> Page:
        """What is read, or how each feed does."""
        return await (sources.health if health else sources.page)(self.room, zone, now)

    def change_sources(self, wish: SourceChange, zone: str) -> Page:
        """How what is read is changed: in the files, which are not written from here."""
        return sources.change(self.room, wish, zone)

    async def home(self, visitor: Visitor, now: datetime) -> Page:
        """One person's page."""
        return await home.page(self.room, visitor, now)

    async def look(self, user: str, what: str, now: datetime) -> datetime | None:
        """Note that a person looks at the news or at positions; when he had last looked before."""
        return await self.room.store.look(user, what, now, home.APART)

    async def share(self, shared: Shared, now: datetime, prepare: share.Prepare | None = None) -> Page:
        """Post an answer where it was asked for, unless it stands there, or send it to who asked, alone; says what
        became of it. `prepare` is done before the post, while other messages go out."""
        async with self._sharing:
            already = await share.posted_already(self.room, shared, now)
            if already is None:
                await share.owe(self.room, shared, now, ready=prepare is None)
        if prepare is not None and already is None:
            await prepare(shared.page)
            await share.ready(self.room, shared, now)
        await self._deliver_next(now)
        return await share.outcome(self.room, shared, already)

    async def _deliver_next(self, now: datetime) -> None:
        """Post what is owed once what is being posted is out; whoever posts for longer than that takes it along."""
        try:
            await asyncio.wait_for(self._delivering.acquire(), NEXT)
        except TimeoutError:
            return
        try:
            await deliver.deliver(self.room, now)
        finally:
            self._delivering.release()

    async def export(self, wish: Wish, zone: str, now: datetime) -> Page:
        """Statements on record, as a file below a page."""
        return await export.export(self.room, wish, zone, now)

    async def preview(self, channel: Channel, now: datetime) -> Page:
        """What the channel's next digest would say."""
        return await brief.preview(self.room, channel, now)

    async def catch_up(self, conversation: str, zone: str, wanted: brief.Wanted) -> Page:
        """What is new in a window."""
        return await brief.catch_up(self.room, conversation, zone, wanted)

    async def channels(self) -> list[Channel]:
        """Channels of the files and of commands."""
        return await brief.all_channels(self.room)

    async def status(self, zone: str, now: datetime, asked: status.Asked | None = None) -> Page:
        """Whether the bot is alive, what it reads, what it owes; of schedules those that the asker may see, all where
        it is the operator who asks."""
        return await status.page(self.room, zone, now, asked)

    async def subscribe(self, wished: Subscription, now: datetime) -> Page:
        """Save a subscription and rehearse it."""
        return await subscribe.subscribe(self.room, wished, now)

    async def alert(self, whose: Whose) -> Subscription | None:
        """An alert that somebody may change; None where there is none."""
        return await altering.found(self.room, whose)

    async def present_terms(self, whose: Whose, now: datetime) -> Page:
        """What an alert is, and how it is changed."""
        return await altering.present(self.room, whose, now)

    async def alter(self, whose: Whose, terms: Terms, now: datetime, *, rehearsed: str = "") -> Page:
        """Give an alert other terms; with `rehearsed`, the command that saves them, only show what it would fire on."""
        return await altering.alter(self.room, whose, terms, now, rehearsed=rehearsed)

    async def rehearse(self, wished: Subscription, typed: str, now: datetime) -> Page:
        """What a subscription would have fired on; nothing is saved. `typed`: the command that saves it."""
        return await subscribe.rehearse(self.room, wished, typed, now)

    async def invited(self, conversation: str, now: datetime) -> bool:
        """The bot was invited to a conversation; whether something that was paused there begins again."""
        return await conduct.resume(self.room, conversation, now)

    async def reviews(self, who: Reviewer, after: str = "") -> Page:
        """What waits for a reviewer, from what comes after an item on."""
        return await queue.queue(self.room, who, after)

    async def review_log(self, who: Reviewer, page: int = 1) -> Page:
        """What was decided, a page of it."""
        return await decisions.log(self.room, who, page)

    async def review_item(self, what: str, who: Reviewer) -> Page:
        """An item with all that was decided on it, by its id or its line's."""
        return await decisions.item(self.room, what, who)

    async def reopen(self, item_id: str, who: Reviewer, now: datetime) -> Page:
        """Let an item that was decided wait for a decision again."""
        return await decisions.reopen(self.room, item_id, who, now)

    async def decide(self, wish: Decision, who: Reviewer, now: datetime) -> Page:
        """Approve an item, reject it, or approve it within a scope; a rejection needs a reason, a scope its extent."""
        return await ruling.decide(self.room, wish, who, now)

    async def open_item(self, item_id: str, who: Reviewer) -> OpenItem | None:
        """An item as it is to be decided; None where it cannot be."""
        return await ruling.open_item(self.room, item_id, who)

    async def report(self, what: str, said: str, here: Here, now: datetime) -> Page:
        """Somebody says that a posted line is wrong, or a message."""
        return await tips.report(self.room, what, said, here, now)

    async def reportable(self, what: str, here: Here, *, ours: bool = False) -> Reportable | None:
        """What a report may be of, of a line or of a message here."""
        return await tips.reportable(self.room, what, here, ours=ours)

    async def mute(self, muting: Muting, until: datetime) -> Page:
        """Hold alerts until an instant."""
        return await subscribe.mute(self.room, muting, until)

    async def unmute(self, muting: Muting, now: datetime) -> Page:
        """Let alerts go out again."""
        return await subscribe.unmute(self.room, muting, now)

    async def alerts_to_mute(self, muting: Muting) -> tuple[Choice, ...]:
        """The subscriptions that a mute there would mean, or that are the asker's own, each with what it asks for."""
        return await subscribe.to_mute(self.room, muting)

    async def alerts_to_end(self, muting: Muting) -> tuple[Choice, ...]:
        """The subscriptions that the asker may end, each with what it asks for."""
        return await subscribe.to_end(self.room, muting)

    async def unsubscribe(self, ending: Ending, now: datetime) -> Page:
        """End a subscription."""
        return await subscribe.unsubscribe(self.room, ending, now)

    async def subscriptions(self, conversation: str, user: str, zone: str, now: datetime, *, whose: str = "") -> Page:
        """One's own subscriptions and those of a conversation, or one kind of these alone."""
        return await subscribe.listing(self.room, conversation, user, zone, now, whose=whose)

    async def schedule(self, wished: Channel, now: datetime) -> Page:
        """Save a digest schedule."""
        return await schedules.schedule(self.room, wished, now)

    async def would_schedule(self, wished: Channel, now: datetime) -> Page:
        """What a digest schedule would be; nothing is saved."""
        return await schedules.would(self.room, wished, now)

    async def settings(self, here: Place) -> Page:
        """How digests are told in a conversation."""
        return await settings.page(self.room, here)

    async def change_settings(self, here: Place, now: datetime) -> Page:
        """Tell them otherwise from now on."""
        return await settings.change(self.room, here, now)

    async def settings_of(self, conversation: str, zone: str) -> Channel:
        """The noun of it; `zone` where none is set."""
        return await settings.of(self.room, conversation, zone)

    async def schedules(self, conversation: str, user: str, zone: str, now: datetime) -> Page:
        """The digest schedules of this conversation."""
        return await schedules.schedules(self.room, conversation, user, zone, now)

    async def change_schedule(self, wish: Change, now: datetime) -> Page:
        """Pause, resume or remove a schedule."""
        return await schedules.change(self.room, wish, now)

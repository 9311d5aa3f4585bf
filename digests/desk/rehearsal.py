"""Rehearsal: what an alert would have sent, had it existed. Hides how it is known today what was known then.

The record is walked in order of arrival, each report through the decisions that a living alert makes: its filters, the
reports of its happening by then, independent origins, what the conversation had been told. Told memory is what others
told it, and what the alert itself would have. Quiet hours, mutes and the cap only put off, and count for nothing here.
"""

from __future__ import annotations

import asyncio
from bisect import bisect_left
from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from digests import lines, matching
from digests.desk import alert, brief, folding
from digests.desk.newsroom import DECIDED, Newsroom, under
from digests.model import Delivery, DeliveryState, Development, Fate, Line, Subscription, Verdict
from digests.ports import Recorded, Told, ToldMark
from digests.stories import opened_by

AT_ONCE = 20
"""Reports that are looked at in one go, some milliseconds."""
DIGEST = "digest"
LONGEST_AGO = timedelta(days=60)
"""How far before the rehearsed stretch digests are looked for, at which happenings were put together."""


async def rehearse(room: Newsroom, subscription: Subscription, since: datetime) -> list[Line]:
    """The lines that a subscription made at an instant would have sent since, oldest first."""
    then = _Then(room, await _put_together(room, since))
    alerts = await room.store.deliveries(kind="alert")
    memory = _Memory(
        await _told_by_others(room, subscription, alerts), {d.development_id: r.seq for r, d in _judged(room)}
    )
    rejected = await alert.rejected_by_reviewers(room)
    came = sorted((r for r in room.recorded.values() if r.article.seen_at > since), key=lambda r: r.seq)
    others = await _alerted_by_others(room, subscription, alerts)
    sent: list[Line] = []
    shown: list[Line] = []  # by them, and by what they gained
    for n, r in enumerate(came):
        if n % AT_ONCE == AT_ONCE - 1:
            await asyncio.sleep(0)  # whoever waits for an answer goes first
        if _is_said_otherwise(room, r, shown):
            memory.add(r.development)
            continue
        if not _may_fire(room, subscription, r):
            continue
        group = then.reports(r)
        recent = [o for o in group if o.article.seen_at > r.article.seen_at - alert.WINDOW]
        reported = alert.fires(room, subscription, recent)
        fired = [f for f in reported if f.development and f.development.development_id not in rejected]
        line = alert.line_of(room, subscription, recent, fired, memory.at(r, group)) if fired else None
        if line is not None:
            line = alert.called(line, subscription)
            told = sorted((x for x in (*others, *shown) if x.first_seen <= r.article.seen_at), key=folding.in_order)
            into = folding.belongs(room, line, recent, told)
            if into is None:
                sent.append(line)
            shown.append(line if into is None else folding.beside(line, into))
            memory.add(line)
    return sent


async def _alerted_by_others(room: Newsroom, subscription: Subscription, alerts: Sequence[Delivery]) -> list[Line]:
    """What other alerts told the conversation."""
    others = [
        d
        for d in alerts
        if d.conversation == subscription.conversation and d.subscription_id != subscription.subscription_id
    ]
    return [stored.line for d in others for stored in await room.store.lines_of(d.key)]


def _may_fire(room: Newsroom, subscription: Subscription, r: Recorded) -> bool:
    """Whether it is worth while to look at its happening: what waits for origins looks at every report of it."""
    if r.backfill or r.development is None or r.development.verdict is Verdict.BACKGROUND:
        return False
    waits = matching.waits(subscription.filters)
    return waits or not matching.unfit(subscription.filters, r, room.directory)


async def _put_together(room: Newsroom, since: datetime) -> list[datetime]:
    """When happenings were put together anew, oldest first: as each digest was decided."""
    found: set[datetime] = set()
    for channel in await brief.all_channels(room):
        records = await room.store.slots(channel.id, since - LONGEST_AGO)
        found.update(s.slot for s in records if s.outcome in DECIDED)
    return sorted(found)


def _judged(room: Newsroom) -> Iterator[tuple[Recorded, Development]]:
    for r in room.recorded.values():
        if r.development is not None:
            yield r, r.development


class _Then:
    """Which reports were taken for one happening when a report came: by what each was taken for at its arrival until
    the next time that happenings were put together, by where it was put from then on."""

    def __init__(self, room: Newsroom, slots: Sequence[datetime]) -> None:
        self._room, self._slots = room, slots
        self._came: dict[str, list[Recorded]] = defaultdict(list)
        self._opened: dict[str, Recorded] = {}
        for r, d in _judged(room):
            self._came[_came_as(d)].append(r)
            self._opened[opened_by(r.article.article_id, r.article.revision)] = r

    def reports(self, r: Recorded) -> list[Recorded]:
        """The reports of its happening that were on record when it came, oldest first, and itself."""
        d = r.development
        if d is None:
            return [r]
        at = r.article.seen_at
        ids = dict.fromkeys((_came_as(d), *d.joins))
        loose = [o for i in ids for o in self._came.get(i, ()) if not self._is_settled(o, at)]
        homes = dict.fromkeys(self._room.known.stories.now(i) for i in ids if self._was_settled(i, at))
        settled = [o for i in homes for o in self._room.by_story.get(i, ()) if self._is_settled(o, at)]
        before = {o.seq: under(o, d.story_id) for o in (*settled, *loose) if o.seq < r.seq}
        return [*(before[seq] for seq in sorted(before)), r]

    def _was_settled(self, story_id: str, at: datetime) -> bool:
        opening = self._opened.get(story_id)
        return opening is None or self._is_settled(opening, at)

    def _is_settled(self, r: Recorded, at: datetime) -> bool:
        """Whether happenings had been put together between its arrival and an instant."""
        n = bisect_left(self._slots, r.article.seen_at)
        return n < len(self._slots) and self._slots[n] < at


def _came_as(d: Development) -> str:
    return d.came_as or d.story_id


async def _told_by_others(room: Newsroom, subscription: Subscription, alerts: Sequence[Delivery]) -> list[ToldMark]:
    """What the conversation was told, but for the alerts of this subscription itself, where it exists."""
    own = [d for d in alerts if d.subscription_id == subscription.subscription_id]
    keys = {d.key for d in own}
    called_now = room.known.stories.now
    merged = {(d.note, called_now(d.story_id or "")) for d in own if d.state is DeliveryState.MERGED}
    places = await room.names_of(subscription.conversation)
    marks = sorted([m for place in places for m in await room.store.told_marks(place)], key=lambda m: m.told_at)
    return [m for m in marks if m.delivery_key not in keys and (m.delivery_key, called_now(m.story_id)) not in merged]


class _Memory:
    """What the conversation had been told when a report came. `marks`: of others, oldest first; `seqs`: when what was
    told was recorded, by development id."""

    def __init__(self, marks: Sequence[ToldMark], seqs: Mapping[str, int]) -> None:
        self._ahead, self._seqs = deque(marks), seqs
        self._developments: set[str] = set()

    def at(self, r: Recorded, group: Sequence[Recorded]) -> Told:
        """Told memory, of happenings just the one that these reports are of."""
        while self._ahead and self._is_before(self._ahead[0], r):
            self._developments.add(self._ahead.popleft().development_id)
        own = {o.development.development_id for o in group if o.development is not None}
        known = r.development is not None and bool(own & self._developments)
        stories = {r.development.story_id: r.article.seen_at} if r.development is not None and known else {}
        return Told(frozenset(own & self._developments), stories)

    def _is_before(self, mark: ToldMark, r: Recorded) -> bool:
        """A digest is told after all that came by its slot; whatever else is told at once."""
        if mark.told_at != r.article.seen_at:
            return mark.told_at < r.article.seen_at
        return mark.kind != DIGEST and self._seqs.get(mark.development_id, 0) <= r.seq

    def add(self, told: Line | Development | None) -> None:
        """The alert, or a correction to it, would have told it."""
        if isinstance(told, Line):
            self._developments.update(told.development_ids)
        elif told is not None:
            self._developments.add(told.development_id)


def _is_said_otherwise(room: Newsroom, r: Recorded, sent: Sequence[Line]) -> bool:
    """Whether a source corrects what the alert had told: then a correction goes out in place of an alert."""
    if r.development is None or r.development.reason.key != "reason.source_corrected":
        return False
    article_id = r.article.article_id
    revisions = {article_id: [o for o in room.by_article.get(article_id, ()) if o.seq <= r.seq]}
    shown = [c for line in sent for c in (line.headline, *line.quotes) if c.article_id == article_id]
    changes = (lines.fate(c, revisions) for c in shown)
    return any(change is not None and change.fate is not Fate.REPLACED for change in changes)

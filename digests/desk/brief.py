"""Brief: the digest of a channel at a slot, a preview, and a personal catch-up. Hides windows and first contact."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from digests import compose, pages, record_pages, rulings, slots
from digests.choice import EARLIER, HELD
from digests.desk import alert, review
from digests.desk.newsroom import DECIDED, Newsroom
from digests.desk.owing import follows_of
from digests.frames import say
from digests.model import Button, Channel, Count, Delivery, DeliveryState, Digest, Instant, Line, Name, Page, Row, Tone
from digests.ports import BriefRecord, Recorded, StoredLine, Told, ToldMark

UNTOLD = frozenset({DeliveryState.FAILED, DeliveryState.DROPPED})
"""States of deliveries that told nobody."""
STARTED = "started"
"""Outcome of the mark that stands where a channel's record of slots begins."""


@dataclass(frozen=True)
class Wanted:
    """What a digest is made of: what arrived in (since, until] and fits the filters, in at most so many lines (None: as
    many as a digest has). `page` from 1; `again`: how the same is typed."""

    since: datetime
    until: datetime
    filters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    most: int | None = None
    page: int = 1
    again: str = ""


async def all_channels(room: Newsroom) -> list[Channel]:
    """Channels of the files and of commands; a file's channel wins over a command's of the same id."""
    files = {c.id: c for c in room.watching.channels}
    made = {c.id: c for c in await room.store.channels() if c.id not in files}
    return [*files.values(), *made.values()]


async def brief_due(room: Newsroom, now: datetime) -> list[Digest]:
    """Tell every due slot, mark every slot that was missed. A channel met for the first time starts now."""
    told: list[Digest] = []
    paused = {p.conversation for p in await room.store.pauses()}
    for channel in await all_channels(room):
        if channel.conversation in paused or not channel.at:
            continue
        last = await room.store.last_slot(channel.id, now + timedelta(microseconds=1))
        if last is None:
            await room.store.record_brief(BriefRecord(channel.id, now, None, STARTED, (), ()))
            continue
        due = slots.due(channel, last.slot, now)
        for missed in due.skipped:
            await room.store.record_brief(BriefRecord(channel.id, missed, None, "skipped", (), ()))
            room.ports.notes("slot_skipped", channel=channel.id, slot=missed.isoformat())
        if due.post is not None:
            digest = await brief(room, channel, due.post, due.skipped)
            if digest is not None:
                told.append(digest)
    return told


async def brief(room: Newsroom, channel: Channel, slot: datetime, skipped: Sequence[datetime] = ()) -> Digest | None:
    """Write the digest of one slot with its delivery; None where another process decided the slot first."""
    async with room.ledger:
        await room.catch_up()
        await room.settle(slot)
    since, floor = await _window(room, channel, slot)
    digest = await _digest(
        room, channel, Wanted(since, slot, dict(channel.filters)), floor, await room.told(channel.conversation)
    )
    delivery = (
        None if channel.when_empty == "silent" and not digest.lines else await _delivery(room, channel, digest, skipped)
    )
    key = delivery.key if delivery else ""
    lines = tuple(StoredLine(line, channel.conversation, key) for line in digest.lines)
    marks = tuple(
        ToldMark(channel.conversation, d, line.story_id, line.line_id, slot, key)
        for line in digest.lines
        for d in line.development_ids
    )
    outcome = "posted" if delivery else "silent"
    follows = follows_of(digest.lines, slot) if delivery else ()
    first = await room.store.record_brief(BriefRecord(channel.id, slot, delivery, outcome, lines, marks, follows))
    if not first:
        return None
    room.ports.notes("digest_written", channel=channel.id, slot=slot.isoformat(), lines=len(lines), outcome=outcome)
    return digest


async def _window(room: Newsroom, channel: Channel, slot: datetime) -> tuple[datetime, datetime]:
    """(since, floor): what arrived after `since` is fresh; nothing seen at or before `floor` is looked at.

    Since the last digest that was told; where there is none, since the slot before this one would have struck, 24 hours
    at least. The floor is the channel's start, or the carry-over before the slot.
    """
    records = await room.store.slots(channel.id, slot - timedelta(days=60))
    told = [r.slot for r in records if r.outcome in DECIDED and r.slot < slot]
    started = [r.slot for r in records if r.outcome == STARTED]
    floor = slot - compose.CARRY_OVER
    if started and not told:
        floor = max(floor, min(started) - compose.FIRST_WINDOW)
    since = max(told) if told else slots.before(channel, slot, compose.FIRST_WINDOW)
    return since, min(floor, since)


async def _digest(room: Newsroom, channel: Channel, wanted: Wanted, floor: datetime, told: Told) -> Digest:
    since, until = wanted.since, wanted.until
    withheld = await review.withheld(room)
    recorded, aside = [], Counter[str]()
    for r in await room.store.recorded(since=floor, until=until):
        held = r.development is not None and r.development.development_id in withheld
        if _stale(r, since) or held:
            first = r.article.revision == 0 and r.article.seen_at > since
            aside[HELD if held else EARLIER] += int(first)
            continue
        recorded.append(rulings.laid_over(room.called_now(r), room.ruled, room.directory))
    coverage = await room.coverage(since, until)
    told_lines = await _told_lines(room, channel.conversation, until) if told.developments else ()
    lately = [item for item in room.ruled if item.decided_at is not None and since < item.decided_at <= until]
    window = compose.Window(
        since,
        until,
        tuple(recorded),
        tuple(coverage),
        room.last_words(since),
        told_lines,
        room.watching.baseline.article.article_id,
        tuple(rulings.on_lines(told_lines, lately)),
        _told_reports(room, told_lines),
        _asked_for(room, recorded, wanted.filters) if wanted.filters else None,
        wanted.most,
        aside,
    )
    return compose.digest(
        channel,
        window,
        told,
        room.directory,
        voices=room.watching.voices,
        baseline_version=room.watching.baseline.version,
        faults=room.watching.baseline.faults,
    )


def _asked_for(room: Newsroom, recorded: Sequence[Recorded], filters: Mapping[str, Sequence[str]]) -> frozenset[str]:
    """Keys of the articles that filters let through."""
    return frozenset(
        r.article.key
        for r in recorded
        if r.development and alert.asked_for(room, filters, r, room.by_story.get(r.development.story_id, (r,)))
    )


async def _told_lines(room: Newsroom, conversation: str, until: datetime) -> tuple[Line, ...]:
    """What a conversation was told lately, by digests and alerts, oldest first."""
    names = await room.names_of(conversation)
    found: list[Line] = []
    for delivery in await room.store.deliveries(since=until - compose.TOLD_LATELY):
        told = delivery.due_at < until and delivery.state not in UNTOLD
        if told and delivery.conversation in names:
            found += [stored.line for stored in await room.store.lines_of(delivery.key)]
    return tuple(found)


def _told_reports(room: Newsroom, told_lines: Sequence[Line]) -> tuple[Recorded, ...]:
    """The newest revisions of the articles that told lines rest on, as reviewers left them."""
    ids = dict.fromkeys(article_id for line in told_lines for article_id in line.article_ids)
    newest = (room.by_article[i][-1] for i in ids if i in room.by_article)
    return tuple(rulings.laid_over(r, room.ruled, room.directory) for r in newest)


def _stale(r: Recorded, since: datetime) -> bool:
    """Found at first contact and published before the window, or undated: it was there before we looked."""
    published = r.article.published_at
    return r.backfill and (published is None or published <= since)


async def _delivery(room: Newsroom, channel: Channel, digest: Digest, skipped: Sequence[datetime]) -> Delivery:
    key = digest_key(channel.id, digest.slot)
    page = await review.labelled(room, digest, _only(pages.digest(digest, room.setting), dict(channel.filters)))
    if skipped:
        missed = tuple(Row(Tone.WARNING, (say("digest.missed", at=Instant(s)),)) for s in skipped[-3:])
        page = replace(page, rows=(page.rows[0], *missed, *page.rows[1:]))
    return Delivery(key, key, "digest", channel.conversation, page, due_at=digest.slot, slot=digest.slot)


def digest_key(channel_id: str, slot: datetime) -> str:
    """Opaque and unique: one digest a channel and slot."""
    return "d" + hashlib.sha256(f"digest\0{channel_id}\0{slot.isoformat()}".encode()).hexdigest()[:24]


async def preview(room: Newsroom, channel: Channel, now: datetime) -> Page:
    """What the channel's next digest would say if it were told now. Tells nobody: nothing is recorded. A digest that
    was told at this very instant is told: the next one begins where it ends."""
    at = now + timedelta(microseconds=1)
    since, floor = await _window(room, channel, at)
    told = await room.told(channel.conversation)
    digest = _unposted(await _digest(room, channel, Wanted(since, at, dict(channel.filters)), floor, told))
    page = pages.preview(pages.digest(digest, room.setting), digest, await _coming(room, channel, now))
    return await review.labelled(room, digest, _only(page, dict(channel.filters)))


async def _coming(room: Newsroom, channel: Channel, now: datetime) -> datetime | None:
    """When the digest comes that a preview is of: at a slot that strikes now and is not told yet, else at the next."""
    decided = await room.store.last_slot(channel.id, now + timedelta(microseconds=1))
    if decided is None and all(c.id != channel.id for c in await all_channels(room)):
        return None
    striking = slots.due(channel, decided.slot, now).post if decided is not None else None
    return striking or next(iter(slots.upcoming(channel, now, 1)), None)


CATCH_UP_LINES = 10
"""Lines of a catch-up; the others are a press away."""


async def catch_up(room: Newsroom, conversation: str, zone: str, wanted: Wanted) -> Page:
    """What is new in a window, whatever was told, page by page. For one reader's eyes; nothing is recorded."""
    digest = await fresh(room, conversation, zone, replace(wanted, most=CATCH_UP_LINES * wanted.page))
    page = pages.unposted(pages.digest(digest, room.setting))
    if wanted.page > 1:
        shown = await fresh(room, conversation, zone, replace(wanted, most=CATCH_UP_LINES * (wanted.page - 1)))
        before = {line.story_id for line in shown.lines}
        digest = replace(digest, lines=tuple(line for line in digest.lines if line.story_id not in before))
        further = record_pages.further(digest.lines, len(before), zone, room.setting)
        page = record_pages.plus(further, *pages.evidence_buttons(digest.lines, len(before)))
    if digest.cut:
        page = replace(page, rows=tuple(row for row in page.rows if row != pages.cut_off(digest)))
        more = Button(say("button.more_lines", n=Count(digest.cut)), "ask", f"{wanted.again} page:{wanted.page + 1}")
        page = replace(page, buttons=(more, *page.buttons))
    return _only(await review.labelled(room, digest, page), wanted.filters)


def _only(page: Page, filters: Mapping[str, Sequence[str]]) -> Page:
    """The page with the filters that its lines fit, below its title."""
    if not filters:
        return page
    asked = tuple(Name(f"{key}:{','.join(values)}") for key, values in sorted(filters.items()))
    return replace(page, rows=(page.rows[0], Row(Tone.STATUS, (say("new.only", filters=asked),)), *page.rows[1:]))


async def fresh(room: Newsroom, conversation: str, zone: str, wanted: Wanted) -> Digest:
    """The noun of it: what a digest of that window would hold for somebody who was told nothing."""
    async with room.ledger:
        await room.catch_up()
    channel = Channel(id="catch-up", conversation=conversation, zone=zone, at=("00:00",))
    return _unposted(await _digest(room, channel, wanted, wanted.since, Told()))


def _unposted(digest: Digest) -> Digest:
    """Its lines under ids that name their happening: `why` finds those too, though the lines are kept nowhere. What was
    told before keeps its own. An answer has no thread."""
    ids = {line.line_id: happening_id(line.story_id) for line in digest.lines}
    return replace(
        digest,
        threads=False,
        lines=tuple(replace(line, line_id=ids[line.line_id]) for line in digest.lines),
        ahead=tuple((ids.get(line_id, line_id), citation) for line_id, citation in digest.ahead),
    )


def happening_id(story_id: str) -> str:
    """The id of a line that was never posted: the same in every answer."""
    return compose.line_id("", "record", story_id)

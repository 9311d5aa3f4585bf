"""Quality: what the bot knows of its own work, counted from the record of some days. Hides where each figure is kept.

Every figure stands with what it was counted from; what rests on a publisher's claim says so. How well texts are read is
measured on labelled material instead (docs/quality.md): the record does not know what it has missed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from statistics import median

from digests import quality_pages
from digests.desk import holding
from digests.desk.newsroom import Newsroom
from digests.model import Delivery, DeliveryState, Page, ReviewState, Verdict
from digests.ports import Recorded, StoredLine
from digests.quality_pages import Figures, Lag

DAYS = 7
FARTHEST = 90
"""Days that are looked back where none are named, and at most."""
MOST_MESSAGES = 400
"""Newest digests and alerts whose lines are counted."""
TELLING = ("digest", "alert")
LATE = timedelta(days=7)
"""An item whose publisher dates it so long before it was seen was no news when it came: its delay says nothing."""


async def page(room: Newsroom, since: datetime | None, zone: str, now: datetime) -> Page:
    """The answer to `quality`."""
    first = max(since or now - timedelta(days=DAYS), now - timedelta(days=FARTHEST))
    async with room.ledger:
        await room.catch_up()
    return quality_pages.page(await figures(room, first, now), first, now, zone, room.setting)


async def figures(room: Newsroom, since: datetime, now: datetime) -> Figures:
    """Every figure of the time since an instant."""
    coverage = await room.coverage(since, now)
    recorded = [r for r in room.recorded.values() if since < r.article.seen_at <= now]
    judged = [r.development for r in recorded if r.development is not None]
    owed = await room.store.deliveries(since=since)
    sent = [d for d in owed if d.state is DeliveryState.SENT]
    messages = [d for d in sent if d.kind in TELLING][-MOST_MESSAGES:]
    told = [(d, await room.store.lines_of(d.key)) for d in messages]
    lines = [stored for _, of in told for stored in of]
    reports = [item for item in await room.store.reviews(since=since) if item.kind == "report"]
    return Figures(
        items=sum(c.items for c in coverage),
        feeds=sum(1 for c in coverage if c.polls_ok or c.items),
        all_feeds=len(room.watching.feeds),
        polls_failed=sum(c.polls_failed for c in coverage),
        reports=len(recorded),
        telling=sum(d.verdict.tells for d in judged),
        repeated=sum(d.verdict in {Verdict.REPEAT, Verdict.RESTATED, Verdict.CORROBORATED} for d in judged),
        statements=sum(len(r.reading.statements) for r in recorded),
        unsure=sum(not s.sure for r in recorded for s in r.reading.statements),
        digests=sum(d.kind == "digest" for d in messages),
        alerts=sum(d.kind == "alert" for d in messages),
        failed=sum(d.state is DeliveryState.FAILED and d.note != holding.ENDED for d in owed),
        lines=len(lines),
        excerpts=sum(_from_feeds(stored) for stored in lines),
        single=sum(stored.line.origins == 1 for stored in lines),
        twice=_told_twice(lines),
        corrected=len({d.of for d in sent if d.kind in {"note", "correction"}}),
        doubted=len(reports),
        upheld=sum(item.state is ReviewState.REJECTED for item in reports),
        waiting=sum(item.state is ReviewState.WAITING for item in reports),
        read=_lag(_read_after(recorded)),
        alerted=_lag(_told_after([t for t in told if t[0].kind == "alert"])),
        briefed=_lag(_told_after([t for t in told if t[0].kind == "digest"])),
    )


def _from_feeds(stored: StoredLine) -> bool:
    """Whether nothing of a line was cut from the article's own page."""
    line = stored.line
    return not any(c.page_read for c in (line.headline, *line.quotes))


def _told_twice(lines: Sequence[StoredLine]) -> int:
    """Lines that told a conversation a development which it had been told in another message of this time."""
    first: dict[tuple[str, str], str] = {}
    again = 0
    for stored in lines:
        keys = [(stored.conversation, d) for d in stored.line.development_ids]
        again += any(first.get(key, stored.delivery_key) != stored.delivery_key for key in keys)
        for key in keys:
            first.setdefault(key, stored.delivery_key)
    return again


def _read_after(recorded: Sequence[Recorded]) -> Iterator[timedelta]:
    """From the publisher's date to our reading, of what was not there before the feed was first read."""
    for r in recorded:
        published = r.article.published_at
        if published is not None and not r.backfill and timedelta() <= r.article.seen_at - published <= LATE:
            yield r.article.seen_at - published


def _told_after(told: Sequence[tuple[Delivery, Sequence[StoredLine]]]) -> Iterator[timedelta]:
    """From our first reading of a happening to Slack's own time of the message that told it."""
    for delivery, lines in told:
        at = _posted_at(delivery)
        yield from (max(at - stored.line.first_seen, timedelta()) for stored in lines if not stored.line.carried_over)


def _posted_at(delivery: Delivery) -> datetime:
    """Slack's receipt is a time; where it is not one, when the message was due."""
    whole, dot, rest = (delivery.receipt or "").partition(".")
    if not (dot and whole.isdecimal() and rest.isdecimal() and len(whole) <= 11):
        return delivery.due_at
    return datetime.fromtimestamp(int(whole), UTC)


def _lag(found: Iterator[timedelta]) -> Lag | None:
    every = [delay.total_seconds() for delay in found]
    return Lag(timedelta(seconds=median(every)), len(every)) if every else None

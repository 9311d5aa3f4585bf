"""Untold: why an article became no line here, and why no alert fired. Hides the order in which reasons are asked, which
is that of the digest's own choice.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import chain

from digests import compose, matching, rows, slots
from digests.desk import alert, brief
from digests.desk.newsroom import Newsroom
from digests.frames import say
from digests.lines import is_rewrite, revisions_of, withdrawn
from digests.model import (
    FOREVER,
    Channel,
    Count,
    Delivery,
    DeliveryState,
    Development,
    Frame,
    Instant,
    Name,
    Relevance,
    Row,
    Subscription,
    Tone,
    Verdict,
)
from digests.ports import Recorded, StoredLine


async def because(
    room: Newsroom, r: Recorded, conversations: Sequence[str], now: datetime
) -> tuple[list[Row], StoredLine | None]:
    """Why these conversations were not told of it, and the line that told them of its happening, where one did."""
    d = r.development
    if r.reading.relevance is Relevance.NO or d is None:
        return [_row(say("told.not_about"))], None
    found = [
        await room.store.lines_telling(c, d.development_id, story) for c in conversations for story in room.ids_of(d)
    ]
    lines = list(dict.fromkeys(chain.from_iterable(found)))
    line = lines[-1] if lines else None
    told = [_row(say("told.here", id=Name(line.line.line_id)))] if line is not None else []
    if not d.verdict.tells:
        return [*_never(d, room), *told], line
    if line is not None:
        return told, line
    frame = _spoilt(room, r) or await _passed(room, r, d, conversations[0], now)
    return [_row(frame)], None


def _row(frame: Frame) -> Row:
    return Row(Tone.WARNING, (frame,))


def _never(d: Development, room: Newsroom) -> list[Row]:
    """A verdict that tells nobody, with what it repeats."""
    if d.verdict is Verdict.BACKGROUND:
        return [Row(Tone.WARNING, (say("told.background"), d.reason))]
    found = [Row(Tone.WARNING, (say("told.repeat"), d.reason))]
    return [*found, *(rows.evidence((d.compared,), room.setting) if d.compared else [])]


def _spoilt(room: Newsroom, r: Recorded) -> Frame | None:
    """What keeps an article that would tell from speaking anywhere."""
    if is_rewrite(r.article, room.directory):
        return say("told.rewrite")
    own = [o for o in room.recorded.values() if o.article.article_id == r.article.article_id]
    if withdrawn(r.article.article_id, revisions_of(own)):
        return say("told.withdrawn")
    if r.backfill and (
        r.article.published_at is None or r.article.published_at < r.article.seen_at - timedelta(days=1)
    ):
        return say("told.backfill")
    return None


async def _passed(room: Newsroom, r: Recorded, d: Development, conversation: str, now: datetime) -> Frame:
    """Why the digest of this conversation does not have it, or has it not yet."""
    here = [c for c in await brief.all_channels(room) if c.conversation == conversation and not c.is_paused(now)]
    if not here:
        return say("told.no_digest")
    wanting = [
        c
        for c in here
        if (not c.issues or set(c.issues) & set(d.issues))
        and not matching.unfit(dict(c.filters), r, room.directory)
    ]  # fmt: skip
    if not wanting:
        return say("told.other_issue")
    least = 2 if d.context else 1
    if d.weight < least:
        return say("told.weight", n=Count(d.weight), least=Count(least))
    channel = wanting[0]
    last = await room.store.last_slot(channel.id, now + timedelta(microseconds=1))
    if last is None or last.slot < r.article.seen_at:
        return _waiting(channel, now)
    until = r.article.seen_at + compose.CARRY_OVER
    if until > now and not d.context:
        return say("told.cut_off", at=Instant(until))
    return say("told.passed_over")


def _waiting(channel: Channel, now: datetime) -> Frame:
    coming = slots.upcoming(channel, now, 1)
    return say("told.waiting", at=Instant(coming[0])) if coming else say("told.no_digest")


# --- alerts ---------------------------------------------------------------------------------------------------------


async def alerts(room: Newsroom, r: Recorded, conversations: Sequence[str], user: str) -> list[Row]:
    """Why none of one's own alerts fired, nor any of this conversation; one row an alert."""
    mine = [
        s
        for s in await room.store.subscriptions()
        if s.creator == user or s.conversation in conversations
    ]  # fmt: skip
    sent = await room.store.deliveries(kind="alert", since=r.article.seen_at - timedelta(days=1)) if mine else []
    rows_ = [Row(Tone.META, (_not_fired(room, r, s, sent),)) for s in mine]
    return rows_ or [Row(Tone.META, (say("told.no_alerts"),))]


def _not_fired(room: Newsroom, r: Recorded, s: Subscription, sent: Sequence[Delivery]) -> Frame:
    name, d = Name(s.subscription_id), r.development
    ids = room.ids_of(d) if d is not None else ()
    fired = [o for o in sent if o.subscription_id == s.subscription_id and o.story_id in ids]
    if fired:
        return _outcome(name, fired[-1])
    if d is None or not d.verdict.tells:
        return say("told.alert_silent", id=name)
    keys = matching.unfit(s.filters, r, room.directory)
    if keys:
        return say("told.alert_filter", id=name, filters=tuple(Name(f"{k}:{','.join(s.filters[k])}") for k in keys))
    if r.backfill:
        return say("told.alert_backfill", id=name)
    published, seen = r.article.published_at, r.article.seen_at
    if published is not None and not seen - alert.TOO_OLD <= published <= seen + alert.AHEAD_OF_US:
        return say("told.alert_date", id=name)
    if s.created_at > seen:
        return say("told.alert_after", id=name, at=Instant(s.created_at))
    if s.paused:
        return say("told.alert_paused", id=name, reason=Name(s.paused[:120]))
    return say("told.alert_known", id=name)


def _outcome(name: Name, fired: Delivery) -> Frame:
    if fired.state is DeliveryState.FAILED:
        return say("told.alert_failed", id=name, reason=Name(fired.note[:120]))
    if fired.due_at == FOREVER:
        return say("told.alert_waits", id=name)
    if fired.state in {DeliveryState.PENDING, DeliveryState.SENDING}:
        return say("told.alert_held", id=name, at=Instant(fired.due_at))
    return say("told.alert_sent", id=name, at=Instant(fired.due_at))

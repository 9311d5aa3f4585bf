"""Untold: why an article became no line here, and why no alert fired. Hides the order in which reasons are asked, which
is that of the digest's own choice.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import chain

from digests import compose, matching, rows, slots
from digests.carriers import is_rewrite, revisions_of, withdrawn
from digests.desk import alert, brief, conduct, review
from digests.desk.newsroom import Newsroom
from digests.frames import say
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
from digests.ports import Pause, Recorded, StoredLine

_HELD = {"quiet": "quiet hours", "mute": "a mute", "cap": "the cap of an hour", "review": "review"}
"""Why an alert was held, in words."""


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
    frame = await _in_review(room, d) or _spoilt(room, r) or await _passed(room, r, d, conversations[0], now)
    return [_row(frame)], None


def _row(frame: Frame) -> Row:
    return Row(Tone.WARNING, (frame,))


def _never(d: Development, room: Newsroom) -> list[Row]:
    """A verdict that tells nobody, with what it repeats."""
    if d.verdict is Verdict.BACKGROUND:
        return [Row(Tone.WARNING, (say("told.background"), d.reason))]
    found = [Row(Tone.WARNING, (say("told.repeat"), d.reason))]
    return [*found, *(rows.evidence((d.compared,), room.setting) if d.compared else [])]


async def _in_review(room: Newsroom, d: Development) -> Frame | None:
    """That reviewers keep it from being told."""
    if d.development_id in await alert.rejected_by_reviewers(room):
        return say("told.turned_down")
    return say("told.in_review") if d.development_id in await review.withheld(room) else None


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
    posted = await room.store.lines_of(brief.digest_key(channel.id, last.slot))
    if until > now and not d.context and len(posted) >= compose.LINES_AT_MOST:
        return say("told.cut_off", at=Instant(until))
    return say("told.passed_over")


def _waiting(channel: Channel, now: datetime) -> Frame:
    coming = slots.upcoming(channel, now, 1)
    return say("told.waiting", at=Instant(coming[0])) if coming else say("told.no_digest")


# --- alerts ---------------------------------------------------------------------------------------------------------


async def alerts(room: Newsroom, r: Recorded, conversations: Sequence[str], user: str) -> list[Row]:
    """What became of one's own alerts on it, and of those of this conversation; one row an alert."""
    mine = [
        s
        for s in await room.store.subscriptions()
        if s.creator == user or s.conversation in conversations
    ]  # fmt: skip
    sent = await room.store.deliveries(kind="alert", since=r.article.seen_at - timedelta(days=1)) if mine else []
    paused = {p.conversation: p for p in await room.store.pauses()}
    rows_ = []
    for s in mine:
        fired = await _fired(room, r, [d for d in sent if d.subscription_id == s.subscription_id])
        frame = (
            _outcome(Name(s.subscription_id), *fired) if fired else _not_fired(room, r, s, paused.get(s.conversation))
        )
        rows_.append(Row(Tone.META, (frame,)))
    return rows_ or [Row(Tone.META, (say("told.no_alerts"),))]


async def _fired(room: Newsroom, r: Recorded, sent: Sequence[Delivery]) -> tuple[Delivery, Delivery] | None:
    """The alert that told this report, else the first that told its happening, and the message in which it went out:
    what was held goes out with others."""
    d = r.development
    ids = room.ids_of(d) if d is not None else ()
    on_it = sorted((o for o in sent if o.story_id in ids), key=lambda o: (o.due_at, o.key))
    if d is None or not on_it:
        return None
    first = on_it[0]
    for alerted in on_it:
        lines = [stored.line for stored in await room.store.lines_of(alerted.key)]
        if any(d.development_id in line.development_ids for line in lines):
            first = alerted
            break
    message: Delivery | None = first
    while message is not None and message.state is DeliveryState.MERGED:
        message = await room.store.delivery(message.note)
    return first, message or first


def _not_fired(room: Newsroom, r: Recorded, s: Subscription, pause: Pause | None) -> Frame:
    name, d = Name(s.subscription_id), r.development
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
        return say("told.alert_paused", id=name, reason=conduct.in_words(s.paused, 120))
    if pause is not None and pause.at <= seen:
        return say("told.alert_shut_out", id=name, at=Instant(pause.at), reason=conduct.in_words(pause.reason, 120))
    if is_rewrite(r.article, room.directory):
        return say("told.alert_rewrite", id=name)
    return say("told.alert_known", id=name)


def _outcome(name: Name, fired: Delivery, message: Delivery) -> Frame:
    """What became of an alert that fired; `message`: in which it goes out."""
    if message.state is DeliveryState.FAILED:
        return say("told.alert_failed", id=name, reason=conduct.in_words(message.note, 120))
    if message.state is DeliveryState.DROPPED:
        return say("told.alert_dropped", id=name, reason=conduct.in_words(message.note, 120))
    if message.state is DeliveryState.PARKED:
        return say("told.alert_parked", id=name, reason=conduct.in_words(message.note, 120))
    if message.due_at == FOREVER:
        return say("told.alert_waits", id=name)
    if message.state in {DeliveryState.PENDING, DeliveryState.SENDING}:
        return say("told.alert_held", id=name, at=Instant(message.due_at))
    out = Instant(_went_out(message))
    if fired.held:
        return say("told.alert_sent_later", id=name, at=out, held=Name(_HELD.get(fired.held, fired.held)))
    return say("told.alert_sent", id=name, at=out)


def _went_out(message: Delivery) -> datetime:
    """When Slack took a message, as its receipt says; else when it was due."""
    seconds, dot, _ = (message.receipt or "").partition(".")
    return datetime.fromtimestamp(int(seconds), UTC) if dot and seconds.isdigit() else message.due_at

"""Alert: which subscriptions a development owes a message. Hides told memory and which reports a filter looks at."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from digests import bulletins, carriers, compose, matching, quoting, rulings
from digests.carriers import is_rewrite
from digests.desk import folding, holding
from digests.desk.newsroom import Newsroom, under
from digests.desk.owing import NOTHING_OWED, Owed, follows_of
from digests.frames import say
from digests.model import Delivery, Line, ReviewState, Subscription, Verdict
from digests.ports import Recorded, StoredLine, Told, ToldMark

WINDOW = timedelta(hours=72)
"""How far back the other reports of the same happening are counted."""
TOO_OLD = timedelta(hours=72)
"""A development whose publisher dates it longer ago than this before it was seen alerts nobody."""
AHEAD_OF_US = timedelta(hours=1)
"""Nor does one that is dated in the future."""


async def owed(
    room: Newsroom,
    recorded: Recorded,
    now: datetime,
    *,
    spared: Collection[str] = (),
    so_far: Owed = NOTHING_OWED,
    folds: bool = True,
) -> Owed:
    """Deliveries for every subscription that asked for this development, or waited for its happening to be reported
    independently, and whose conversation was not told of it. `spared`: conversations that are told otherwise;
    `so_far`: what else the same report owes; `folds`: whether a message that told the happening may gain this."""
    if recorded.development is None or recorded.development.verdict is Verdict.BACKGROUND:
        return NOTHING_OWED
    subscriptions = [s for s in await room.store.subscriptions() if not s.paused]
    if not subscriptions:
        return NOTHING_OWED
    group = reports(room, recorded)
    wanted = [(s, fired) for s in subscriptions if (fired := fires(room, s, group))]
    paused = {p.conversation for p in await room.store.pauses()} if wanted else set()
    rejected = await rejected_by_reviewers(room) if wanted else frozenset()
    lately = await folding.alerts(room, now) if wanted and folds else []
    found = NOTHING_OWED
    for subscription, reported in wanted:
        fired = [r for r in reported if r.development and r.development.development_id not in rejected]
        if not fired or subscription.conversation in paused or subscription.conversation in spared:
            continue
        told = await room.told(subscription.conversation, recorded.development)
        line = line_of(room, subscription, group, fired, told)
        if line is not None and all(t.conversation != subscription.conversation for t in found.told):
            line = called(line, subscription)
            before = await folding.alerted(room, subscription.conversation, lately)
            found = found.and_(await _one(room, subscription, line, group, now, so_far.and_(found), before))
    return found


async def _one(
    room: Newsroom,
    subscription: Subscription,
    line: Line,
    group: Sequence[Recorded],
    now: datetime,
    so_far: Owed,
    before: Sequence[folding.Alerted],
) -> Owed:
    """A message, or what the message that told the happening here gains. `before`: what alerts told here lately."""
    into = folding.belongs(room, line, group, [a.stored.line for a in before])
    for one in before:
        if into is not None and one.stored.line == into:
            return folding.joined(room, one, line, group, so_far, now)
    return _told(await _delivery(room, subscription, line, now), line, subscription, now)


async def rejected_by_reviewers(room: Newsroom) -> frozenset[str]:
    """Developments that a reviewer found wrong."""
    items = await room.store.reviews(state=ReviewState.REJECTED)
    return frozenset(d for item in items if rulings.overrules(item) for d in item.development_ids)


def reports(room: Newsroom, recorded: Recorded) -> list[Recorded]:
    """The reports of the same happening in the last three days, this one last; none that was recorded after it."""
    development = recorded.development
    if development is None:
        return [recorded]
    since, ahead = recorded.article.seen_at - WINDOW, recorded.seq or room.seq + 1  # 0: not on record yet
    others = [
        under(r, development.story_id)
        for story in (development.story_id, *development.joins)
        for r in room.by_story.get(story, ())
        if since < r.article.seen_at and r.seq < ahead and r.article.key != recorded.article.key
    ]
    return [*others, recorded]


def fires(room: Newsroom, subscription: Subscription, group: Sequence[Recorded]) -> list[Recorded]:
    """The reports of a happening, the newest last, that make a subscription fire now: the newest; where it waits for
    origins, the earlier ones too. A rewrite says nothing that anybody is told for its sake."""
    if is_rewrite(group[-1].article, room.directory):
        return []
    heard = _heard(room, group)
    return [
        r
        for r in (heard if matching.waits(subscription.filters) else heard[-1:])
        if not is_rewrite(r.article, room.directory)
        and not r.backfill
        and _in_time(r)
        and asked_for(room, subscription.filters, r, heard)
    ]


def asked_for(room: Newsroom, filters: Mapping[str, Sequence[str]], r: Recorded, group: Sequence[Recorded]) -> bool:
    """Whether filters let a report of a happening through; independent origins are those of what it says."""
    origins = 1
    if matching.ORIGINS in filters and r.development is not None:
        origins = carriers.carried(group, r, (r.development.development_id,), room.directory).origins
    return matching.matches(filters, r, room.directory, origins=origins)


def _heard(room: Newsroom, group: Sequence[Recorded]) -> Sequence[Recorded]:
    """The reports, the first of a publisher of its own as news where rewrites alone had told the happening: nobody was
    told it for their sake."""
    n = next((n for n, r in enumerate(group) if not is_rewrite(r.article, room.directory)), 0)
    rewritten = any(r.development is not None and r.development.verdict.tells for r in group[:n])
    d = group[n].development
    if not rewritten or d is None or d.verdict.tells or d.verdict is Verdict.BACKGROUND:
        return group
    news = replace(d, verdict=Verdict.NEW, reason=say("reason.first_report"), compared=None)
    return [*group[:n], replace(group[n], development=news), *group[n + 1 :]]


def _in_time(recorded: Recorded) -> bool:
    published = recorded.article.published_at
    if published is None:
        return True
    seen = recorded.article.seen_at
    return seen - TOO_OLD <= published <= seen + AHEAD_OF_US


def line_of(
    room: Newsroom, subscription: Subscription, group: Sequence[Recorded], fired: Sequence[Recorded], told: Told
) -> Line | None:
    """What an alert tells, without its id: of the reports those that made it fire, the others are counted; who asked
    for a verdict reads that verdict, who asked for kinds of statements reads one of these. None where the conversation
    has been told, by a digest or an alert, where rewrites alone have it, or where what was asked for cannot be shown.
    """
    telling = {r.article.key: r for r in fired}
    counted = [telling.get(r.article.key) or _only_counted(r) for r in group]
    since = group[-1].article.seen_at - WINDOW
    as_news = "verdict" not in subscription.filters
    line = compose.line_of(counted, told, room.directory, since, as_news=as_news)
    kinds = subscription.filters.get("kind", ())
    return quoting.showing(line, kinds, fired) if line is not None and kinds else line


def called(line: Line, subscription: Subscription) -> Line:
    """The line under its id."""
    occasion = f"{subscription.subscription_id} {','.join(line.development_ids)}"
    return replace(line, line_id=compose.line_id(subscription.conversation, occasion, line.story_id))


def _only_counted(r: Recorded) -> Recorded:
    """As a report that adds to the count and tells nothing."""
    return replace(r, development=replace(r.development, verdict=Verdict.REPEAT)) if r.development else r


async def _delivery(room: Newsroom, subscription: Subscription, line: Line, now: datetime) -> Delivery:
    key = alert_key(subscription, line)
    due = await holding.due(room, subscription, key, now)
    return Delivery(
        delivery_id=key,
        key=key,
        kind="alert",
        conversation=subscription.conversation,
        page=bulletins.alert(line, subscription.zone, room.setting, subscription.subscription_id),
        due_at=due.at,
        held=due.held,
        subscription_id=subscription.subscription_id,
        story_id=line.story_id,
    )


def alert_key(subscription: Subscription, line: Line) -> str:
    """Opaque and unique: one alert a subscription and set of developments."""
    plain = f"alert\0{subscription.subscription_id}\0{line.story_id}\0{','.join(line.development_ids)}"
    return "a" + hashlib.sha256(plain.encode()).hexdigest()[:24]


def _told(delivery: Delivery, line: Line, subscription: Subscription, now: datetime) -> Owed:
    marks = tuple(
        ToldMark(subscription.conversation, d, line.story_id, line.line_id, now, delivery.key)
        for d in line.development_ids
    )
    stored = StoredLine(line, subscription.conversation, delivery.key)
    return Owed((delivery,), marks, (stored,), follows_of([line], now))

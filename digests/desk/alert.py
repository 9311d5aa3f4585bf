"""Alert: which subscriptions a development owes a message. Hides told memory and which reports a filter looks at."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from digests import compose, matching, pages, rulings, stories
from digests.desk import holding
from digests.desk.newsroom import Newsroom, under
from digests.lines import is_rewrite
from digests.model import Delivery, Line, ReviewState, Subscription, Verdict
from digests.ports import Follow, Recorded, Relaid, StoredLine, Told, ToldMark

WINDOW = timedelta(hours=72)
"""How far back the other reports of the same happening are counted."""
TOO_OLD = timedelta(hours=72)
"""A development whose publisher dates it longer ago than this before it was seen alerts nobody."""
AHEAD_OF_US = timedelta(hours=1)
"""Nor does one that is dated in the future."""
FIRST_LOOK = timedelta(hours=1)
"""When the page behind a told article is looked at again for the first time."""


@dataclass(frozen=True)
class Owed:
    """What one recorded article owes: written in the transaction that records it."""

    deliveries: tuple[Delivery, ...] = ()
    told: tuple[ToldMark, ...] = ()
    lines: tuple[StoredLine, ...] = ()
    follows: tuple[Follow, ...] = ()
    relaid: tuple[Relaid, ...] = ()

    def and_(self, other: Owed) -> Owed:
        """Both."""
        return Owed(
            (*self.deliveries, *other.deliveries),
            (*self.told, *other.told),
            (*self.lines, *other.lines),
            (*self.follows, *other.follows),
            (*self.relaid, *other.relaid),
        )


NOTHING_OWED = Owed()


async def owed(room: Newsroom, recorded: Recorded, now: datetime, *, spared: Collection[str] = ()) -> Owed:
    """Deliveries for every subscription that asked for this development, or waited for its happening to be reported
    independently, and whose conversation was not told of it. `spared`: conversations that are told otherwise."""
    if recorded.development is None or recorded.development.verdict is Verdict.BACKGROUND:
        return NOTHING_OWED
    subscriptions = [s for s in await room.store.subscriptions() if not s.paused]
    if not subscriptions:
        return NOTHING_OWED
    group = reports(room, recorded)
    origins = independent(room, group)
    wanted = [(s, fired) for s in subscriptions if (fired := fires(room, s, recorded, group, origins))]
    paused = {p.conversation for p in await room.store.pauses()} if wanted else set()
    rejected = await rejected_by_reviewers(room) if wanted else frozenset()
    found = NOTHING_OWED
    for subscription, reported in wanted:
        fired = [r for r in reported if r.development and r.development.development_id not in rejected]
        if not fired or subscription.conversation in paused or subscription.conversation in spared:
            continue
        told = await room.told(subscription.conversation, recorded.development)
        line = line_of(room, group, fired, told)
        if line is not None and all(t.conversation != subscription.conversation for t in found.told):
            line = _called(line, subscription)
            found = found.and_(_told(await _delivery(room, subscription, line, now), line, subscription, now))
    return found


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


def independent(room: Newsroom, group: Sequence[Recorded]) -> int:
    """Independent origins among reports; what rewrites others counts for none."""
    return stories.origins([r.article for r in group if not is_rewrite(r.article, room.directory)], room.directory)


def fires(
    room: Newsroom, subscription: Subscription, recorded: Recorded, group: Sequence[Recorded], origins: int
) -> list[Recorded]:
    """The reports that make a subscription fire now: the new one; where it waits for origins, the earlier ones too."""
    looked_at = group if matching.waits(subscription.filters) else [recorded]
    return [
        r
        for r in looked_at
        if not r.backfill and _in_time(r) and matching.matches(subscription.filters, r, room.directory, origins=origins)
    ]


def _in_time(recorded: Recorded) -> bool:
    published = recorded.article.published_at
    if published is None:
        return True
    seen = recorded.article.seen_at
    return seen - TOO_OLD <= published <= seen + AHEAD_OF_US


def line_of(room: Newsroom, group: Sequence[Recorded], fired: Sequence[Recorded], told: Told) -> Line | None:
    """What an alert tells, without its id: of the reports those that made it fire, the others are counted. None where
    the conversation has been told, by a digest or an alert, or where rewrites alone have it."""
    keys = {r.article.key for r in fired}
    counted = [r if r.article.key in keys else _only_counted(r) for r in group]
    return compose.line_of(counted, told, room.directory, group[-1].article.seen_at - WINDOW)


def _called(line: Line, subscription: Subscription) -> Line:
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
        page=pages.alert(line, subscription.zone, room.setting, subscription.subscription_id),
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


def follows_of(lines: Iterable[Line], now: datetime) -> tuple[Follow, ...]:
    """The articles whose words lines show, to be looked at again."""
    shown = {c.article_id: None for line in lines for c in (line.headline, *line.quotes) if c.url}
    return tuple(Follow(article, now, now + FIRST_LOOK) for article in shown)

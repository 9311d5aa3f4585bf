"""When to poll next: what the feed wishes, what the server asks, and patience with those that fail. Hides the sums.

Pure: instants and the dice (`jitter`) are arguments.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import zip_longest
from urllib.parse import urlsplit

from digests.model import Feed
from digests.ports import FeedState, Fetched, FetchFailed, NotModified, Validators

LONGEST_WAIT = timedelta(hours=24)  # whatever a server asks: a briefing that polls less is none
LONGEST_BACK_OFF = timedelta(hours=6)  # a feed that comes back is read on the same day
GONE_WAIT = timedelta(hours=24)  # 410 is meant for ever, but addresses do come back
VALIDATORS_LAST = timedelta(days=8)  # some servers say 304 for ever; older validators are not sent
SPREAD = 0.1  # of the interval, to either side, so that feeds added together drift apart
MOST_DOUBLINGS = 12
MOST_OUTCOME = 200


def next_check(
    state: FeedState, outcome: Fetched | NotModified | FetchFailed, feed: Feed, now: datetime, jitter: float
) -> FeedState:
    """The polling state after one outcome, with the instant of the next check; hashes of the body are left alone.

    `jitter` is a number in [0, 1); 0.5 neither hastens nor delays. `state.ttl` is what the document last said.
    """
    if isinstance(outcome, FetchFailed):
        return _after_failure(state, outcome, feed, now, jitter)
    wait = min(max(feed.every, outcome.fresh_for or timedelta(), state.ttl or timedelta()), LONGEST_WAIT)
    good = replace(
        state,
        next_check_at=now + min(_spread(wait, jitter), LONGEST_WAIT),
        last_ok_at=now,
        failing_since=None,
        errors=0,
    )
    if isinstance(outcome, Fetched):
        says = f"fetched; moved for good to {outcome.moved_to}" if outcome.moved_to else "fetched"
        return replace(good, validators=outcome.validators, validators_since=now, last_outcome=says[:MOST_OUTCOME])
    since = state.validators_since or now
    if now - since >= VALIDATORS_LAST:
        return replace(good, validators=Validators(), validators_since=None, last_outcome="not-modified")
    return replace(good, validators_since=since, last_outcome="not-modified")


def _after_failure(state: FeedState, failed: FetchFailed, feed: Feed, now: datetime, jitter: float) -> FeedState:
    """Twice as long each time, to six hours; never before the instant that the server asked for."""
    wait = min(feed.every * 2 ** min(state.errors, MOST_DOUBLINGS), max(LONGEST_BACK_OFF, feed.every))
    says = " ".join(filter(None, (failed.reason, str(failed.status or ""), failed.detail)))
    if failed.status == 410:
        wait = GONE_WAIT
        says = "410: the server says that this feed is gone for good; asked again once a day. Take it out of feeds.yaml"
    asked = min(max(failed.retry_after or timedelta(), timedelta()), LONGEST_WAIT)
    return replace(
        state,
        next_check_at=now + min(max(_spread(wait, jitter), asked), LONGEST_WAIT),
        failing_since=state.failing_since or now,
        errors=state.errors + 1,
        last_outcome=says[:MOST_OUTCOME],
    )


def _spread(wait: timedelta, jitter: float) -> timedelta:
    return wait * (1 - SPREAD + 2 * SPREAD * min(max(jitter, 0.0), 1.0))


def due(states: Mapping[str, FeedState], feeds: Iterable[Feed], now: datetime) -> tuple[Feed, ...]:
    """Feeds to poll now: the longest overdue first, hosts in turn; those that hung last time come last.

    A feed that was never polled is due. A check that is set further ahead than any wait reaches (a clock that was set
    back) is due too.
    """
    ready = [feed for feed in feeds if _is_due(states.get(feed.id), feed, now)]
    ready.sort(key=lambda feed: (_since(states.get(feed.id), now), feed.id))
    hung = [feed for feed in ready if _hung(states.get(feed.id))]
    return per_host(feed for feed in ready if feed not in hung) + per_host(hung)


def _is_due(state: FeedState | None, feed: Feed, now: datetime) -> bool:
    if state is None or state.next_check_at is None:
        return True
    return state.next_check_at <= now or state.next_check_at > now + max(LONGEST_WAIT, feed.every)


def _since(state: FeedState | None, now: datetime) -> datetime:
    return now if state is None or state.next_check_at is None else state.next_check_at


def _hung(state: FeedState | None) -> bool:
    return state is not None and state.last_outcome.startswith("timeout")


def per_host(feeds: Iterable[Feed]) -> tuple[Feed, ...]:
    """The same feeds with hosts in turn, so that a limit per host (two at once) seldom makes the others wait."""
    by_host: dict[str, list[Feed]] = {}
    for feed in feeds:
        by_host.setdefault(host_of(feed.url), []).append(feed)
    return tuple(feed for turn in zip_longest(*by_host.values()) for feed in turn if feed is not None)


def host_of(url: str) -> str:
    """The host that an address names, lower case; "" where it names none."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""

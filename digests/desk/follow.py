"""Follow: told articles are looked at again for two days, since sources edit silently. Hides when and what is compared.

A feed says nothing of an edit inside a page. Looks come at growing intervals, through the same fetcher with its limits
and robots; the next look is written down before the present one is made, so that a page that breaks is not hammered.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from digests import fates, polling
from digests.desk import poll
from digests.desk.newsroom import Newsroom
from digests.model import Article, Part, Reading, Relevance, TextOfRecord
from digests.ports import Fetched, FetchFailed, Follow, Recorded

LOOKS = tuple(timedelta(hours=h) for h in (1, 4, 12, 36, 48))
"""When a page is looked at after it was told: 1, 3, 8, 24 and 12 hours apart, two days in all."""
AT_ONCE = 20
"""Pages in one round; the others wait for the next tick."""
HOSTS_AT_ONCE = 4
MISSING_MEANS_GONE = 2
"""Looks in a row that must find 404 before a page counts as taken down; one 410 is enough."""
NEVER = frozenset({"robots", "refused-address", "not-http"})
"""Failures after which a page is not asked for again."""


@dataclass(frozen=True)
class Looked:
    """What one look came to: `outcome` is same, changed, gone, missing, unread or ended."""

    article_id: str
    outcome: str


async def follow_due(room: Newsroom, now: datetime) -> list[Looked]:
    """Look at every told page that is due, one at a time per host."""
    if room.ports.fetcher is None:
        return []
    by_host: dict[str, list[tuple[Follow, Article]]] = {}
    for follow in await room.store.follows(now, AT_ONCE):
        found = await room.store.article(follow.article_id)
        if found is None or found.article.gone or not found.article.url:
            await room.store.save_follow(replace(follow, next_at=None))
            continue
        by_host.setdefault(polling.host_of(found.article.url), []).append((follow, found.article))
    gate = asyncio.Semaphore(HOSTS_AT_ONCE)

    async def one(pages: Sequence[tuple[Follow, Article]]) -> list[Looked]:
        async with gate:
            return [await look(room, follow, article, now) for follow, article in pages]

    return [looked for done in await asyncio.gather(*map(one, by_host.values())) for looked in done]


async def look(room: Newsroom, follow: Follow, article: Article, now: datetime) -> Looked:
    """One look at one page."""
    if room.ports.fetcher is None:
        raise RuntimeError("this run has no fetcher: no page can be looked at")
    after = _after(follow, now)
    await room.store.save_follow(after)
    answer = await room.ports.fetcher.page(article.url, now)
    if isinstance(answer, FetchFailed):
        outcome = await _failed(room, after, article, answer, now)
    else:
        outcome = await _fetched(room, article, answer, now)
        if after.missing:
            await room.store.save_follow(replace(after, missing=0))
    room.ports.notes("page_followed", article=article.article_id, outcome=outcome)
    return Looked(article.article_id, outcome)


def _after(follow: Follow, now: datetime) -> Follow:
    """The follow with its next look; a bot that was off skips the looks that it missed."""
    ahead = [follow.told_at + after for after in LOOKS if follow.told_at + after > now]
    return replace(follow, looks=follow.looks + 1, next_at=ahead[0] if ahead else None)


async def _failed(room: Newsroom, after: Follow, article: Article, failed: FetchFailed, now: datetime) -> str:
    if failed.reason in NEVER:
        await room.store.save_follow(replace(after, next_at=None))
        return "ended"
    if not failed.gone:
        wait = now + (failed.retry_after or timedelta())
        await room.store.save_follow(replace(after, next_at=max(after.next_at, wait) if after.next_at else None))
        return "unread"
    if failed.status != 410 and after.missing + 1 < MISSING_MEANS_GONE:
        await room.store.save_follow(replace(after, missing=after.missing + 1, next_at=now + LOOKS[0]))
        return "missing"
    await room.store.save_follow(replace(after, next_at=None))
    title = article.texts.get(Part.TITLE)
    kept: Mapping[Part, TextOfRecord] = {Part.TITLE: title} if title is not None else article.texts
    gone = replace(article, revision=article.revision + 1, seen_at=now, texts=kept, gone=True)
    nothing = Reading(gone, Relevance.CONTEXT, issues=(), actors=(), statements=())
    async with room.ledger:
        await room.catch_up()
        await poll.record(room, Recorded(gone, nothing, None), now)
    return "gone"


async def _fetched(room: Newsroom, article: Article, answer: Fetched, now: datetime) -> str:
    """A text is compared with the page's own earlier one: what a feed carries is another text."""
    before = article.texts.get(Part.TEXT)
    if not article.page_read or before is None:
        return "same"
    text = await room.ports.analyst.extract(answer.body, answer.content_type)
    if text is None:
        return "unread"
    if fates.words(text.body) == fates.words(before.body):
        return "same"
    revised = replace(article, revision=article.revision + 1, seen_at=now, texts={**article.texts, Part.TEXT: text})
    [reading] = await room.ports.analyst.read([revised], room.venues.at(now))
    async with room.ledger:
        await poll.revise(room, reading, now)
    return "changed"

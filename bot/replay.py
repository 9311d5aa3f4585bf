"""Replay: recorded feed items through the code that live polling uses, on a simulated clock. Hides ids and files.

The measuring contract: items in order of `seen`, one digest a day, each subscription a conversation of its own; with a
database a run that was killed goes on where it stopped and ends with the same files.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot import json_lines
from bot.problems import Problem
from digests import slots
from digests.desk import Arrivals, Desk
from digests.desk.brief import STARTED
from digests.model import Channel, Delivery, Entry, Feed, Relevance, Source, SourceClass, Subscription
from digests.ports import BriefRecord, Intake, Recorded, ToldMark

CHANNEL = "replay"


class ReplayProblem(Problem):
    """The items cannot be replayed: names the file, the place and the remedy."""


@dataclass(frozen=True)
class Item:
    """One recorded feed item; `raw_id` keeps the JSON type that it came with."""

    raw_id: object
    seen: datetime
    feed: Feed
    source: Source
    entry: Entry


# --- reading items ------------------------------------------------------------------------------------------------


def read_items(path: Path, sources: Iterable[Source]) -> list[Item]:
    """Items of a JSON list or JSON lines file (.gz too), in order of `seen`, then of their place in the file."""
    by_name = {_plain(s.name): s for s in sources}
    rows = json_lines.read(path, ("id", "seen", "source_title", "title", "link"))
    items = [_item(row, n, path, by_name) for n, row in enumerate(rows, 1)]
    return sorted(items, key=lambda i: i.seen)


def _item(row: Mapping[str, Any], number: int, path: Path, by_name: Mapping[str, Source]) -> Item:
    seen = _instant(str(row["seen"]))
    if seen is None:
        what = f"{path}: item {number}: `seen` is not an ISO time with a zone"
        raise ReplayProblem(what, "write it like 2026-01-01T12:00:00+00:00")
    source = _source(str(row["source_title"] or "unknown"), by_name)
    entry = Entry(
        entry_id=json.dumps(row["id"]),
        title=str(row["title"] or ""),
        summary=str(row.get("description") or ""),
        link=str(row["link"] or ""),
        published=_instant(str(row.get("published") or "")),
        language=str(row.get("language") or "")[:2].lower(),
        page_text=str(row.get("text") or ""),
    )
    feed = Feed(f"replay-{source.id}", source.id, str(row.get("source_url") or ""), entry.language or "en")
    return Item(row["id"], seen, feed, source, entry)


def _instant(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        return None
    return at.astimezone(UTC) if at.tzinfo else None


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def _source(title: str, by_name: Mapping[str, Source]) -> Source:
    """The configured source of that name, also where the feed's title says more; else a new one."""
    plain = _plain(title)
    longer = (s for n, s in sorted(by_name.items()) if n and plain.startswith(f"{n}-"))
    found = by_name.get(plain) or next(longer, None)
    if found is not None:
        return found
    identity = plain or "unknown"
    return Source(identity, title, SourceClass.INDEPENDENT, identity)


# --- running --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Plan:
    """How to replay: items, known items, the daily slot and the subscriptions."""

    items: Sequence[Item]
    known: Sequence[Item] = ()
    at: str = "23:59"
    zone: str = "UTC"
    subscriptions: Sequence[Subscription] = ()

    @property
    def channel(self) -> Channel:
        """The one channel of a replay."""
        return Channel(CHANNEL, CHANNEL, self.zone, (self.at,), catch_up=timedelta(days=3))


async def run(desk: Desk, plan: Plan, progress: Callable[[int, int], None]) -> None:
    """Feed every item to the desk in order of `seen`; tell each slot when it strikes, the last day included."""
    if not plan.items:
        return
    channel, start = plan.channel, plan.items[0].seen - timedelta(microseconds=1)
    await _start(desk, plan, channel, start)
    total = len(plan.items)
    strikes = list(slots.between(channel, start, plan.items[-1].seen + timedelta(days=1)))
    strikes = strikes[: next((n + 1 for n, s in enumerate(strikes) if s >= plan.items[-1].seen), len(strikes))]
    done = 0
    while done < total:
        upto = next((n for n in range(done, total) if strikes and plan.items[n].seen > strikes[0]), total)
        for group in _groups(plan.items[done:upto]):
            await desk.take(_arrivals(group), group[0].seen)
            done += len(group)
            progress(done, total)
        if strikes and (done >= total or plan.items[done].seen > strikes[0]):
            await desk.brief_due(strikes.pop(0))
    for strike in strikes:
        await desk.brief_due(strike)


def _groups(items: Sequence[Item]) -> Iterator[list[Item]]:
    """Runs of items that one poll of one feed could have brought: same feed, same instant, distinct entries."""
    group: list[Item] = []
    for item in items:
        same = group and item.feed.id == group[0].feed.id and item.seen == group[0].seen
        if group and not (same and all(item.entry.entry_id != i.entry.entry_id for i in group)):
            yield group
            group = []
        group.append(item)
    if group:
        yield group


def _arrivals(group: Sequence[Item], *, known: bool = False) -> Arrivals:
    """Entries in the order of a feed document, newest first."""
    entries = tuple(i.entry for i in reversed(group))
    return Arrivals(group[0].feed, group[0].source, entries, backfill=known, alerts=not known)


async def _start(desk: Desk, plan: Plan, channel: Channel, start: datetime) -> None:
    """Mark where the channel's record begins, read the known items, tell nobody of them."""
    store = desk.room.store
    told: list[ToldMark] = []
    for group in _groups(plan.known):
        await desk.take(_arrivals(group, known=True), group[0].seen)
    conversations = [channel.conversation, *(s.conversation for s in plan.subscriptions)]
    for r in await store.recorded(until=start) if plan.known else []:
        if r.development is not None and r.backfill:
            told.extend(_told(r, c, start) for c in conversations)
    if told:
        await store.record(Intake(None, (), told=tuple(told)))
    for subscription in plan.subscriptions:
        await store.save_subscription(subscription)
    await store.record_brief(BriefRecord(channel.id, start, None, STARTED, (), ()))


def _told(r: Recorded, conversation: str, at: datetime) -> ToldMark:
    if r.development is None:
        raise ValueError("only a development can be told")
    d = r.development
    return ToldMark(conversation, d.development_id, d.story_id, "", at, "known")


# --- writing what the contract asks for -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Files:
    """What a replay writes, as rows of JSON lines."""

    items: list[dict[str, object]]
    digests: list[dict[str, object]]
    alerts: list[dict[str, object]]
    statements: list[dict[str, object]]


async def files(desk: Desk, plan: Plan) -> Files:
    """The rows of items.jsonl, digests.jsonl, alerts.jsonl and statements.jsonl, from the store."""
    items, statements = [], []
    names: dict[str, object] = {}  # article id -> the item's own id
    by_entry = {(r.article.feed_id, r.article.entry_id): r for r in await desk.room.store.recorded()}
    for item in plan.items:
        recorded = by_entry.get((item.feed.id, item.entry.entry_id))
        items.append(_item_row(item, recorded, desk.room.known.stories.now))
        if recorded is not None:
            names[recorded.article.article_id] = item.raw_id
            statements.extend(_statement_rows(item, recorded))
    digests = [await _digest_row(desk, d, names) for d in await desk.room.store.deliveries(kind="digest")]
    alerts = [await _alert_row(desk, d, names) for d in await desk.room.store.deliveries(kind="alert")]
    alerts.sort(key=lambda a: (str(a["subscription"]), str(a["at"]), str(a["text"])))
    return Files(items, digests, [a for a in alerts if a["items"]], statements)


def _item_row(item: Item, recorded: Recorded | None, happening: Callable[[str], str]) -> dict[str, object]:
    development = recorded.development if recorded else None
    relevant = recorded is not None and recorded.reading.relevance is Relevance.YES
    return {
        "id": item.raw_id,
        "relevant": relevant,
        "story": happening(development.story_id) if development else None,
        "verdict": development.verdict.label if development and relevant else None,
        "actors": list(recorded.reading.actors) if recorded else [],
        "issues": list(recorded.reading.issues) if recorded else [],
    }


def _statement_rows(item: Item, recorded: Recorded) -> list[dict[str, object]]:
    return [
        {
            "article": item.raw_id,
            "field": s.part.value,
            "start": s.span.start,
            "end": s.span.end,
            "speaker": s.speaker,
            "actor": s.actor_id,
            "kind": s.kind.value,
            "issues": list(s.issues),
            "polarity": s.polarity.value,
            "said_on": s.said_on.exact.isoformat() if s.said_on and s.said_on.exact else None,
        }
        for s in recorded.reading.statements
    ]


async def _digest_row(desk: Desk, delivery: Delivery, names: Mapping[str, object]) -> dict[str, object]:
    lines = await desk.room.store.lines_of(delivery.key)
    return {
        "slot": delivery.slot.isoformat() if delivery.slot else None,
        "channel": delivery.conversation,
        "lines": [
            {
                "items": [names[a] for a in stored.line.article_ids if a in names],
                "text": stored.line.headline.span.chars,
                "url": stored.line.headline.url,
                "verdict": stored.line.verdicts[0].value,
                "issues": list(stored.line.issues),
            }
            for stored in lines
        ],
    }


async def _alert_row(desk: Desk, delivery: Delivery, names: Mapping[str, object]) -> dict[str, object]:
    stored = await desk.room.store.lines_of(delivery.key)
    line = stored[0].line if stored else None
    return {
        "subscription": delivery.subscription_id,
        "at": delivery.due_at.isoformat(),
        "items": [names[a] for a in line.article_ids if a in names] if line else [],
        "text": line.headline.span.chars if line else "",
        "url": line.headline.url if line else "",
    }


def subscription(number: int, filters: Mapping[str, tuple[str, ...]], at: datetime) -> Subscription:
    """The n-th --subscribe: a conversation of its own, no quiet hours, no cap that a replay could reach."""
    name = f"s{number}"
    made = Subscription(name, f"replay-{name}", "replay", filters, at, cap_per_hour=10_000)
    return replace(made, zone="UTC")

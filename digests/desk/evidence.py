"""Evidence: what stands behind a line, a message's lines, a statement, or an article that was not told. Hides how what
was typed is told apart, and that nobody learns what another conversation was told.
"""

from __future__ import annotations

import difflib
import re
from collections import ChainMap
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from digests import addresses, backing, compose, evidence_pages, pages
from digests.desk import brief, review, untold
from digests.desk.newsroom import Newsroom
from digests.evidence_pages import Card
from digests.frames import echo, say
from digests.lines import fate
from digests.model import (
    Button,
    Change,
    Count,
    Delivery,
    Frame,
    Instant,
    Line,
    Name,
    Page,
    Relevance,
    Row,
    Tone,
)
from digests.polling import host_of
from digests.ports import StoredLine, Told

RECENT = timedelta(days=14)
"""How far back a mistyped line id is looked for among what a conversation was told."""
ALIKE = 0.6
"""Share of its characters from which a line id is offered as the nearest."""
ADDRESS_AT_MOST = 1_900
"""Characters of an address that a button's value carries with its command."""
_MESSAGE = re.compile(r"https?://[^/\s]{1,100}/archives/([A-Z0-9]{2,20})/p(\d{10})(\d{6})(?:\?(\S{0,200}))?")
_THREAD = re.compile(r"(?:^|&)thread_ts=(\d{10}\.\d{6})(?:&|$)")


@dataclass(frozen=True)
class Here:
    """Who asks, where, and the IANA zone that he reads in."""

    conversation: str
    user: str
    zone: str

    @property
    def conversations(self) -> tuple[str, str]:
        """The conversations of which he may learn what they were told: this one, and his own direct message."""
        return self.conversation, f"@{self.user}"


def is_message(what: str) -> bool:
    """Whether something is the address of a message."""
    return _MESSAGE.match(what) is not None


async def behind(room: Newsroom, link: str, here: Here) -> tuple[str, Delivery | None] | None:
    """The message at an address here, by its plain address, with the delivery that posted it, where it was one; None
    for a message of another conversation."""
    found = _MESSAGE.match(link)
    if found is None or found[1] != here.conversation:
        return None
    thread = _THREAD.search(found[4] or "")
    own = f"{found[2]}.{found[3]}"
    posted = await room.store.delivered(thread[1], here.conversations) if thread else None
    posted = posted or await room.store.delivered(own, here.conversations)
    return found[0].partition("?")[0], posted


async def why(room: Newsroom, what: str, here: Here, now: datetime, *, cite: bool = False) -> Page:
    """The answer to `why`: by a line's id, a statement's id, the link of a message here, or an article's address."""
    async with room.ledger:
        await room.catch_up()
    if found := _MESSAGE.match(what):
        thread = _THREAD.search(found[4] or "")
        if found[1] != here.conversation:
            return _none_of_mine(here)
        return await of_message(room, thread[1] if thread else f"{found[2]}.{found[3]}", here, now, cite=cite)
    if what.lower().startswith(("http://", "https://")):
        return await _of_address(room, what, here, now, cite=cite)
    stored = await room.store.line(what)
    if stored is not None:
        return await _shown(room, await _of_line(room, stored, here), here, cite=cite)
    line = _of_record(room, what)
    if line is not None:
        title = say("evidence.title_line", id=Name(what))
        return await _shown(room, Card(title, backing.of_line(line, record_of(room)), what, line), here, cite=cite)
    statement = record_of(room).statement(what)
    if statement is None:
        return await _no_line(room, what, here, now)
    who = Name(statement.speaker or room.directory.actor_by_id[statement.actor_id].name)
    behind = backing.of_statement(statement, record_of(room))
    return await _shown(room, Card(say("evidence.title_statement", who=who), behind, what), here, cite=cite)


async def of_message(room: Newsroom, receipt: str, here: Here, now: datetime, *, cite: bool = False) -> Page:
    """What stands behind a message of the bot's: its only line, or a choice of its lines."""
    delivery = await room.store.delivered(receipt, here.conversations)
    if delivery is None:
        return _none_of_mine(here)
    lines = await room.store.lines_of(delivery.key)
    if len(lines) == 1:
        return await _shown(room, await _of_line(room, lines[0], here), here, cite=cite)
    if not lines:
        return evidence_pages.unknown([Row(Tone.WARNING, (say("evidence.no_lines_in_it"),))], here.zone)
    title = say("evidence.which_line", n=Count(len(lines)))
    buttons = pages.evidence_buttons([stored.line for stored in lines])
    return Page("evidence", here.zone, (title,), (Row(Tone.TITLE, (title,)),), buttons=buttons)


async def all_lines(room: Newsroom, link: str, here: Here) -> Page:
    """Every line of the digest or alert behind a message here, with all of its words and what became of them since."""
    found = _MESSAGE.match(link)
    thread = _THREAD.search(found[4] or "") if found else None
    receipt = thread[1] if thread else f"{found[2]}.{found[3]}" if found else ""
    mine = found is not None and found[1] == here.conversation
    delivery = await room.store.delivered(receipt, here.conversations) if mine else None
    told = [s.line for s in await room.store.lines_of(delivery.key)] if delivery is not None else []
    if delivery is None or not told:
        return _none_of_mine(here)
    lines = [replace(line, changes=_changes(room, line)) for line in told]
    return pages.all_lines(lines, delivery.due_at, here.zone, room.setting)


def _changes(room: Newsroom, line: Line) -> tuple[Change, ...]:
    cited = (line.headline, *line.quotes)
    revisions = {c.article_id: room.by_article.get(c.article_id, []) for c in cited}
    return tuple(dict.fromkeys(f for c in cited if (f := fate(c, revisions)) is not None))


def id_on_record(room: Newsroom, story_id: str) -> str:
    """The id by which `why` shows a happening that was told nowhere; "" where there is no line to show of it."""
    return brief.happening_id(story_id) if _told_now(room, story_id) is not None else ""


def _of_record(room: Newsroom, line_id: str) -> Line | None:
    """The line of a happening as it would be told now: what `new` shows is kept nowhere."""
    ids_of = room.known.stories.ids_of
    story = next((s for s in room.by_story for i in ids_of(s) if brief.happening_id(i) == line_id), None)
    return _told_now(room, story) if story is not None else None


def _told_now(room: Newsroom, story: str) -> Line | None:
    """The line that somebody who was told nothing would be told of a happening."""
    group = room.by_story.get(story, [])
    if not group:
        return None
    return compose.line_of(group, Told(), room.directory, min(r.article.seen_at for r in group))


def record_of(room: Newsroom) -> backing.Record:
    """The record in memory as the pure part reads it."""
    return backing.Record(
        room.recorded,
        room.watching.baseline.article,
        room.baseline_apart,
        room.directory,
        room.earlier_texts,
        room.known.stories.now,
    )


async def _shown(room: Newsroom, made: Card, here: Here, *, cite: bool) -> Page:
    made = await _reviewed(room, made)
    return (evidence_pages.footnote if cite else evidence_pages.card)(made, here.zone, room.setting)


async def _reviewed(room: Newsroom, made: Card) -> Card:
    """The card with what reviewers made of it."""
    behind = made.behind.development
    own = (behind.development_id,) if behind is not None else ()
    ids = made.line.development_ids if made.line is not None else own
    return replace(made, reviewed=await review.marks(room, ids))


async def _of_line(room: Newsroom, stored: StoredLine, here: Here) -> Card:
    """The card of a posted line; when it was told only to those who were told."""
    line = stored.line
    told_at = None
    if stored.conversation in here.conversations:
        delivery = await room.store.delivery(stored.delivery_key)
        told_at = delivery.due_at if delivery else None
    title = say("evidence.title_line", id=Name(line.line_id))
    return Card(title, backing.of_line(line, record_of(room)), line.line_id, line, told_at, posted=True)


def _none_of_mine(here: Here) -> Page:
    return evidence_pages.unknown([Row(Tone.WARNING, (say("evidence.no_message"),))], here.zone)


async def _no_line(room: Newsroom, typed: str, here: Here, now: datetime) -> Page:
    """No such line; and the nearest that this conversation was told. An item of review stands for what it is about."""
    if what := await _reviewed_as(room, typed):
        return await why(room, what, here, now)
    known: dict[str, None] = {}
    for delivery in await room.store.deliveries(since=now - RECENT):
        if delivery.conversation in here.conversations:
            known.update((s.line.line_id, None) for s in await room.store.lines_of(delivery.key))
    begins = [line_id for line_id in known if len(typed) >= 2 and line_id.startswith(typed)]
    near = begins[-1:] or difflib.get_close_matches(typed[:20], list(known), 1, ALIKE)
    if not near:
        return evidence_pages.unknown([Row(Tone.WARNING, (say("evidence.no_line", typed=echo(typed)),))], here.zone)
    told = say("evidence.no_line_near", typed=echo(typed), nearest=Name(near[0]))
    button = Button(say("label.name", name=Name(near[0])), "ask", f"why {near[0]}")
    return evidence_pages.unknown([Row(Tone.WARNING, (told,))], here.zone, (button,))


async def _reviewed_as(room: Newsroom, item_id: str) -> str:
    """The line's id, or the article's address, that an item of review is about; "" for none."""
    item = next((i for i in await room.store.reviews() if i.item_id == item_id), None)
    if item is None:
        return ""
    recorded = room.recorded.get(item.article_key)
    what = item.line_id or (recorded.article.url if recorded is not None else "")
    return what if what != item_id else ""


# --- by an article's address ----------------------------------------------------------------------------------------


async def _of_address(room: Newsroom, address: str, here: Here, now: datetime, *, cite: bool) -> Page:
    found = await room.store.articles_at(address)
    if not found:
        return _not_on_record(room, address, here)
    recorded = next((r for r in found if r.reading.relevance is not Relevance.NO), found[0])
    because, line = await untold.because(room, recorded, here.conversations, now)
    if line is not None and recorded.article.article_id in line.line.article_ids:
        told = await _shown(room, await _of_line(room, line, here), here, cite=cite)
        return told if cite else _and_alerts(told, await untold.alerts(room, recorded, here.conversations, here.user))
    because += await untold.alerts(room, recorded, here.conversations, here.user)
    named = address if len(address) <= ADDRESS_AT_MOST else ""
    record = replace(record_of(room), recorded=ChainMap({recorded.article.key: recorded}, room.recorded))
    made = Card(say("evidence.title_article"), backing.of_report(recorded, record), named)
    if cite:
        return evidence_pages.footnote(made, here.zone, room.setting)
    made = await _reviewed(room, made)
    return evidence_pages.untold(made, because, here.zone, room.setting)


def _and_alerts(page: Page, rows: Sequence[Row]) -> Page:
    """The card of a told line with what became of one's own alerts on it."""
    return replace(page, rows=(*page.rows[:1], *rows, *page.rows[1:]))


def _not_on_record(room: Newsroom, address: str, here: Here) -> Page:
    """Nothing at this address was read; and whether its publisher is read at all."""
    rows = [Row(Tone.WARNING, (say("told.not_on_record"),)), Row(Tone.META, (_publisher(room, address),))]
    return evidence_pages.unknown(rows, here.zone)


def _publisher(room: Newsroom, address: str) -> Frame:
    host = addresses.plain(address).partition("/")[0].partition("?")[0]
    source_id = next((f.source_id for f in room.watching.feeds if addresses.same_site(host_of(f.url), host)), None)
    source_id = source_id or next((s for s in _sources_at(room, host)), None)
    source = room.source(source_id) if source_id else None
    if source is None:
        return say("told.source_not_read", host=echo(host or address))
    newest = max((r.article.seen_at for r in room.recorded.values() if r.article.source_id == source.id), default=None)
    if newest is None:
        return say("told.source_quiet", source=Name(source.name))
    return say("told.source_read", source=Name(source.name), at=Instant(newest))


def _sources_at(room: Newsroom, host: str) -> Sequence[str]:
    """Sources whose articles stand at that host: a feed's own address often stands at another."""
    return [r.article.source_id for r in room.recorded.values() if addresses.same_site(host_of(r.article.url), host)][
        :1
    ]

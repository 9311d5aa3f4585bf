"""Decisions: what was decided, as a log and item by item, and opening an item again. Hides how an item is found by what
it is about.

A decision is never rewritten. An item that is opened again waits anew, with whatever its ruling had settled; the next
decision on it travels like the first one, and both stay in the log.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from digests.desk import asking, queue, review
from digests.desk.newsroom import Newsroom
from digests.desk.owing import NOTHING_OWED
from digests.desk.review import Reviewer
from digests.frames import SAID_AT_MOST, echo, say
from digests.model import AuditEntry, Button, Count, Frame, Instant, Name, Page, ReviewItem, ReviewState, Row, Tone
from digests.ports import Ruling
from digests.rows import evidence

LOGGED = 20
"""Entries of the log that one answer shows."""
OF_ONE = 30
"""Entries on one item that are shown: far more than it is opened again."""
FOUND = 8
"""Items on one line among which one is chosen."""


# --- the log --------------------------------------------------------------------------------------------------------


async def log(room: Newsroom, who: Reviewer, page: int = 1) -> Page:
    """Who decided what, the newest first, so many at a time, each with the headline that it is about."""
    if not review.may(room, who.user):
        return review.said_to(who, "review.not_yours")
    before = (page - 1) * LOGGED
    entries = await room.store.audit(LOGGED, before)
    total = await room.store.audited()
    items = {item.item_id: item for item in await room.store.reviews()}
    rows = [Row(Tone.TITLE, (_logged(before, len(entries), total),))]
    for entry in entries:
        rows += [_entry(entry), *await _headline(room, items.get(entry.what) if entry.by else None)]
    turns = [Button(say("review.newer"), "ask", f"review log page:{page - 1}")] if page > 1 else []
    turns += [Button(say("review.older"), "ask", f"review log page:{page + 1}")] if before + LOGGED < total else []
    return replace(review.plain(who.zone, rows), buttons=tuple(turns))


def _entry(e: AuditEntry) -> Row:
    pieces = [say("review.entry", at=Instant(e.at), who=Name(e.by or "bot"), act=Name(e.act), what=Name(e.what))]
    pieces += [say("review.within", scope=tuple(Name(each) for each in e.scope))] if e.scope else []
    pieces += [say("review.because", typed=echo(e.reason, SAID_AT_MOST))] if e.reason else []
    return Row(Tone.META, tuple(pieces))


async def _headline(room: Newsroom, item: ReviewItem | None) -> list[Row]:
    line = await queue.line_of(room, item) if item is not None else None
    shown = evidence((line.headline,), room.setting) if line is not None else []
    return [*shown[:1], *shown[2:]]  # without where it stands, with the warnings that its words need


def _logged(before: int, shown: int, total: int) -> Frame:
    """Which entries of the log are shown."""
    if shown == total:
        return say("review.log", n=Count(total))
    if not shown:
        return say("review.log_ended", all=Count(total))
    if not before:
        return say("review.log_newest", n=Count(shown), all=Count(total))
    return say("review.log_part", first=Count(before + 1), last=Count(before + shown), all=Count(total))


# --- one item -------------------------------------------------------------------------------------------------------


async def item(room: Newsroom, what: str, who: Reviewer) -> Page:
    """An item with all that was decided on it, and what to press; by its own id, or by that of its line."""
    if not review.may(room, who.user):
        return review.said_to(who, "review.not_yours")
    found = await _on(room, what)
    if not found:
        return _unknown(what, who)
    if len(found) > 1:
        return _which(room, what, found, who)
    return await _shown(room, found[0], who)


def _unknown(what: str, who: Reviewer) -> Page:
    return review.plain(who.zone, [Row(Tone.TITLE, (say("review.unknown", typed=echo(what)),))])


async def _on(room: Newsroom, what: str) -> Sequence[ReviewItem]:
    """The item of that id; else the items on that line, and on what it tells, the newest last."""
    items = await room.store.reviews()
    own = [i for i in items if i.item_id == what]
    stored = await room.store.line(what) if not own else None
    if stored is None:
        return own
    told = set(stored.line.development_ids)
    return [i for i in items if i.line_id == what or told & set(i.development_ids)][-FOUND:]


def _which(room: Newsroom, what: str, found: Sequence[ReviewItem], who: Reviewer) -> Page:
    rows = [Row(Tone.TITLE, (say("review.on_line", n=Count(len(found)), line=Name(what)),))]
    for one in found:
        key = "review.item" if one.kind == review.DEVELOPMENT else "review.ticket"
        head = say(key, id=Name(one.item_id), at=Instant(one.at))
        rows.append(Row(Tone.META, (head, *queue.ruled(room, one))))
    buttons = (Button(say("label.name", name=Name(i.item_id)), "ask", f"review {i.item_id}") for i in found)
    return replace(review.plain(who.zone, rows), buttons=tuple(buttons))


async def _shown(room: Newsroom, one: ReviewItem, who: Reviewer) -> Page:
    waits = one.state is ReviewState.WAITING
    title = say("review.one_waits" if waits else "review.done", id=Name(one.item_id))
    past = [_entry(e) for e in reversed(await room.store.audit(OF_ONE, of=one.item_id))]
    rows = [Row(Tone.TITLE, (title,)), *await queue.about(room, one), *past]
    made = queue.buttons(room, one)
    if not waits:
        made = (*again(one), *(b for b in made if b.value.startswith("why ")))
    return replace(review.plain(who.zone, rows), buttons=made)


def again(one: ReviewItem) -> tuple[Button, ...]:
    """Opens an item that was decided again; none for what was only looked at."""
    if review.is_looked_at(one):
        return ()
    first = one.settled_by or one.item_id
    return (Button(say("review.open_again", id=Name(first)), "ask", f"review reopen {first}"),)


# --- opened again ---------------------------------------------------------------------------------------------------


async def reopen(room: Newsroom, item_id: str, who: Reviewer, now: datetime) -> Page:
    """Let an item wait for a decision again, and whatever was settled with it: until then none counts."""
    if not review.may(room, who.user):
        return review.said_to(who, "review.not_yours")
    async with room.ledger:
        await room.catch_up()
        items = {i.item_id: i for i in await room.store.reviews()}
        one = items.get(item_id)
        if one is None:
            return _unknown(item_id, who)
        one = items.get(one.settled_by, one)
        if one.state is ReviewState.WAITING or review.is_looked_at(one):
            return await _shown(room, one, who)
        ruling = await _opened(room, one, [i for i in items.values() if i.settled_by == one.item_id], who, now)
        if await room.store.rule(ruling):
            room.rule(await room.store.reviews())
        one = ruling.item
    made = review.plain(
        who.zone,
        [
            Row(Tone.TITLE, (say("review.reopened", id=Name(one.item_id)),)),
            Row(Tone.META, (say("review.reopened_until"),)),
            *await queue.about(room, one),
        ],
    )
    return replace(made, buttons=queue.buttons(room, one))


async def _opened(
    room: Newsroom, one: ReviewItem, settled: Sequence[ReviewItem], who: Reviewer, now: datetime
) -> Ruling:
    """The item and what was settled with it as they wait again, with what asks the reviewers anew."""
    changed = [(was, _waiting(was)) for was in (one, *settled)]
    entries = [AuditEntry(now, who.user, "reopened", was.item_id) for was, _ in changed]
    owed = NOTHING_OWED
    for _, waits in changed:
        owed = owed.and_(await asking.again(room, waits, who.user, now))
    others = tuple((waits, entry) for (_, waits), entry in list(zip(changed, entries, strict=True))[1:])
    return Ruling(changed[0][1], entries[0], owed.relaid, owed.deliveries, others=others)


def _waiting(was: ReviewItem) -> ReviewItem:
    return replace(
        was,
        state=ReviewState.WAITING,
        actors=(),
        issues=(),
        decided_by="",
        decided_at=None,
        reason="",
        settled_by="",
        turn=was.turn + 1,
    )

"""Review: what people look at before or after it is told. Hides which developments are of high stakes, and what a
decision changes where something is told already.

Without a reviewer in the files nothing is queued and nothing is held. With one, an alert waits ten minutes to be looked
at and then goes out with its label; only where the files ask for it does it wait for an approval.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from digests import compose, relaying
from digests.desk import alert, editing, holding
from digests.desk.alert import Owed
from digests.desk.newsroom import Newsroom
from digests.frames import echo, say
from digests.model import (
    FOREVER,
    AuditEntry,
    Button,
    Count,
    Delivery,
    Digest,
    Frame,
    Instant,
    Line,
    Link,
    Name,
    Page,
    Piece,
    ReviewItem,
    ReviewState,
    Row,
    Tone,
    Verdict,
)
from digests.ports import Recorded, Told
from digests.rows import line_rows

STAKES = frozenset({Verdict.SHIFT, Verdict.POSSIBLE_SHIFT, Verdict.DIFFER, Verdict.CORRECTION})
"""Verdicts that somebody may be quoted on."""
MUST = 2
"""Weight from which a first report that rests on one publisher is looked at too."""
SHOWN = 8
"""Items of the queue that one answer shows, with two buttons each."""
LOGGED = 20
SAID_AT_MOST = 500
DEVELOPMENT, REPORT, LINK = "development", "report", "link"


# --- into the queue ---------------------------------------------------------------------------------------------------


def queued(room: Newsroom, recorded: Recorded, now: datetime) -> ReviewItem | None:
    """What one recorded article puts into the queue; None where nobody reviews or little is at stake."""
    d = recorded.development
    if not room.watching.reviewers or d is None or not d.verdict.tells:
        return None
    publishers = {r.article.source_id for r in alert.reports(room, recorded)}
    single = d.verdict is Verdict.NEW and d.weight >= MUST and len(publishers) == 1
    raised = STAKES & {d.verdict, *(j.verdict for j in d.judgements)}
    if not raised and not single:
        return None
    identity = "r" + compose.line_id("review", d.development_id, d.story_id)[1:]
    return ReviewItem(identity, DEVELOPMENT, now, d.story_id, (d.development_id,), article_key=recorded.article.key)


def held(room: Newsroom, owed: Owed, now: datetime) -> Owed:
    """The same alerts, labelled, and waiting to be looked at."""
    lines = {stored.delivery_key: stored.line.line_id for stored in owed.lines}
    return replace(owed, deliveries=tuple(_waiting(room, d, lines, now) for d in owed.deliveries))


def _waiting(room: Newsroom, d: Delivery, lines: dict[str, str], now: datetime) -> Delivery:
    if d.kind != "alert" or d.key not in lines:
        return d
    page = relaying.noted(d.page, lines[d.key], say("review.unseen"))
    if room.watching.hold_until_approved:
        return replace(d, page=page, due_at=FOREVER, held=holding.REVIEW)
    return replace(d, page=page, due_at=max(d.due_at, now + holding.UNSEEN_AFTER), held=d.held or holding.REVIEW)


def notices(room: Newsroom, recorded: Recorded, item: ReviewItem, now: datetime) -> tuple[Delivery, ...]:
    """One message to each reviewer, with what to press."""
    line = _line(room, recorded)
    if line is None:
        return ()
    return tuple(notice(room, item, line_rows(line, "1", room.setting), who, now) for who in room.watching.reviewers)


def sent(item: ReviewItem) -> tuple[Piece, ...]:
    """Who sent which page."""
    by = say("review.link_sent", who=Name(item.by))
    return (by, Link(say("line.address"), item.said)) if item.said.startswith(("http://", "https://")) else (by,)


def notice(room: Newsroom, item: ReviewItem, rows: Iterable[Row], who: str, now: datetime) -> Delivery:
    """One message to one reviewer."""
    title = say("review.asked", id=Name(item.item_id))
    marks = (Row(Tone.WARNING, (mark,)) for mark in room.setting.marks)
    page = Page("notice", "Etc/UTC", (title,), (Row(Tone.TITLE, (title,)), *marks, *rows), buttons=_buttons(item))
    key = editing.key_of("w", item.item_id, who)
    return Delivery(key, key, "notice", f"@{who}", page, due_at=now)


def _line(room: Newsroom, recorded: Recorded) -> Line | None:
    """The development as a line, whatever was told of it."""
    since = recorded.article.seen_at - alert.WINDOW
    return compose.line_of([recorded], Told(), room.directory, since)


def _buttons(item: ReviewItem) -> tuple[Button, ...]:
    """Of a development: approve, edit its scope, reject. Of a report: let the line stand, or take it back."""
    if item.kind == LINK:
        return (Button(say("review.looked", id=Name(item.item_id)), "ask", f"review approve {item.item_id}"),)
    keys = {"approve": "review.approve", "scope": "review.scope", "reject": "review.reject"}
    if item.kind == REPORT:
        keys = {"approve": "review.stand", "scope": "review.scope", "reject": "review.take_back"}
    return tuple(
        Button(say(key, id=Name(item.item_id)), "ask", f"review {act} {item.item_id}") for act, key in keys.items()
    )


# --- what digests make of it ------------------------------------------------------------------------------------------


async def withheld(room: Newsroom) -> frozenset[str]:
    """Developments that are not told: rejected; where the files ask for it, those that wait as well."""
    items = await room.store.reviews(state=ReviewState.REJECTED)
    if room.watching.hold_until_approved:
        items += await room.store.reviews(state=ReviewState.WAITING)
    told = (item for item in items if item.kind == DEVELOPMENT or item.state is ReviewState.REJECTED)
    return frozenset(d for item in told for d in item.development_ids)


async def labelled(room: Newsroom, digest: Digest, page: Page) -> Page:
    """The page with its label on each line that waits for a reviewer."""
    if not room.watching.reviewers:
        return page
    items = await room.store.reviews(state=ReviewState.WAITING)
    waiting = {d for item in items if item.kind == DEVELOPMENT for d in item.development_ids}
    for line in digest.lines:
        if waiting & set(line.development_ids):
            page = relaying.noted(page, line.line_id, say("review.unseen"))
    return page


async def marks(room: Newsroom, development_ids: Collection[str]) -> tuple[Row, ...]:
    """What reviewers made of a development, the last word first; that nobody has looked at it, where it waits."""
    items = [i for i in await room.store.reviews() if set(i.development_ids) & set(development_ids)]
    decided = sorted((i for i in items if i.decided_at is not None), key=lambda i: str(i.decided_at), reverse=True)
    rows = [Row(_TONES[i.state], _mark(room, i)) for i in decided]
    waits = any(i.state is ReviewState.WAITING and i.kind == DEVELOPMENT for i in items)
    return (*([Row(Tone.WARNING, (say("review.unseen"),))] if waits else []), *rows)


_TONES = {ReviewState.REJECTED: Tone.WARNING, ReviewState.APPROVED: Tone.META}


def _mark(room: Newsroom, item: ReviewItem) -> tuple[Frame, ...]:
    at = Instant(item.decided_at or item.at)
    if item.state is ReviewState.REJECTED:
        return (say("line.overruled", at=at), say("review.because", typed=echo(item.reason)))
    if item.actors or item.issues:
        return (say("line.rescoped", at=at), scope(room, item))
    return (say("review.looked_at", at=at),)


def scope(room: Newsroom, item: ReviewItem) -> Frame:
    """The parties and issues that a reviewer set."""
    actors, issues = room.directory.actor_by_id, room.directory.issue_by_id
    names = [actors[a].name for a in item.actors if a in actors] + [issues[i].name for i in item.issues if i in issues]
    return say("review.rescoped", scope=tuple(Name(n) for n in names))


# --- what people ask --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Reviewer:
    """Who asks, and the IANA zone that he reads in."""

    user: str
    zone: str


def may(room: Newsroom, user: str) -> bool:
    """Whether the files let a person review; admins may too, nobody else."""
    return user in room.watching.reviewers or user in room.watching.admins


async def queue(room: Newsroom, who: Reviewer) -> Page:
    """What waits, oldest first, with what to press."""
    if not may(room, who.user):
        return said_to(who, "review.not_yours")
    waiting = await room.store.reviews(state=ReviewState.WAITING)
    rows = [Row(Tone.TITLE, (say("review.queue", n=Count(len(waiting))),))]
    for n, item in enumerate(waiting[:SHOWN], 1):
        rows += await to_decide(room, item, str(n))
    if len(waiting) > SHOWN:
        rows.append(Row(Tone.META, (say("review.more", n=Count(len(waiting) - SHOWN)),)))
    return plain(who.zone, rows)


async def to_decide(room: Newsroom, item: ReviewItem, number: str, quotes: int | None = None) -> list[Row]:
    """One item of the queue, with what to press below it; of its line at most `quotes` spans."""
    head = "review.item" if item.kind == DEVELOPMENT else "review.ticket"
    rows = [Row(Tone.PLAIN, (say(head, id=Name(item.item_id), at=Instant(item.at)),))]
    rows += await about(room, item, number, quotes)
    return [*rows[:-1], replace(rows[-1], buttons=_buttons(item))]


async def about(room: Newsroom, item: ReviewItem, number: str = "1", quotes: int | None = None) -> list[Row]:
    """What an item tells, as a line, or what was said of a line."""
    if item.kind == DEVELOPMENT:
        recorded = room.recorded.get(item.article_key)
        line = _line(room, recorded) if recorded is not None else None
        return line_rows(line, number, room.setting, quotes) if line is not None else []
    if item.kind == LINK:
        return [Row(Tone.META, sent(item))]
    stored = await room.store.line(item.line_id)
    said = Row(Tone.META, (say("review.reported", who=Name(item.by), typed=echo(item.said)),))
    return [said, *(line_rows(stored.line, number, room.setting, quotes) if stored is not None else [])]


async def log(room: Newsroom, who: Reviewer) -> Page:
    """Who decided what, newest first."""
    if not may(room, who.user):
        return said_to(who, "review.not_yours")
    entries = await room.store.audit(LOGGED)
    rows = [Row(Tone.TITLE, (say("review.log", n=Count(len(entries))),))]
    for e in entries:
        by = Name(e.by or "bot")
        pieces = [say("review.entry", at=Instant(e.at), who=by, act=Name(e.act), what=Name(e.what))]
        rows.append(Row(Tone.META, (*pieces, *([say("review.because", typed=echo(e.reason))] if e.reason else []))))
    return plain(who.zone, rows)


async def report(room: Newsroom, line_id: str, said: str, who: Reviewer, now: datetime) -> Page:
    """Somebody says that a posted line is wrong: a ticket."""
    stored = await room.store.line(line_id)
    if stored is None:
        return plain(who.zone, [Row(Tone.TITLE, (say("review.no_line", typed=echo(line_id)),))])
    line, said = stored.line, said[:SAID_AT_MOST]
    identity = "t" + compose.line_id(who.user, f"{line_id} {said} {now.date()}", line.story_id)[1:]
    item = ReviewItem(
        identity, REPORT, now, line.story_id, line.development_ids, line_id=line.line_id, by=who.user, said=said
    )
    told = Row(Tone.META, (say("review.reported", who=Name(who.user), typed=echo(said)),))
    rows = [told, *line_rows(line, "1", room.setting)]
    asked = [notice(room, item, rows, reviewer, now) for reviewer in room.watching.reviewers]
    first = await room.store.report(item, AuditEntry(now, who.user, "reported", identity, said), asked)
    answer = [Row(Tone.TITLE, (say("review.opened" if first else "review.open", id=Name(identity)),))]
    if not room.watching.reviewers:
        answer.append(Row(Tone.META, (say("review.nobody"),)))
    return plain(who.zone, answer)


def said_to(who: Reviewer, key: str) -> Page:
    """One sentence of ours."""
    return plain(who.zone, [Row(Tone.TITLE, (say(key),))])


def plain(zone: str, rows: Sequence[Row]) -> Page:
    """Rows as an answer."""
    summary = tuple(p for p in rows[0].pieces if isinstance(p, Frame))
    return Page("notice", zone, summary, tuple(rows))

"""Review: what people look at before or after it is told. Hides which developments are of high stakes, and what waits
or was decided looks like where it is told.

Without a reviewer in the files nothing is queued and nothing is held. With one, an alert waits ten minutes to be looked
at and then goes out with its label; only where the files ask for it does it wait for an approval.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from digests import compose, relaying, rulings
from digests.desk import alert, holding
from digests.desk.newsroom import Newsroom
from digests.desk.owing import Owed
from digests.frames import SAID_AT_MOST, echo, say
from digests.model import (
    FOREVER,
    Delivery,
    Development,
    Digest,
    Frame,
    Instant,
    Line,
    Name,
    Page,
    ReviewItem,
    ReviewState,
    Row,
    Tone,
    Verdict,
)
from digests.ports import Recorded, Told

STAKES = frozenset({Verdict.SHIFT, Verdict.POSSIBLE_SHIFT, Verdict.DIFFER, Verdict.CORRECTION})
"""Verdicts that somebody may be quoted on."""
MUST = 2
"""Weight from which a first report that rests on one publisher is looked at too."""
DEVELOPMENT, REPORT, LINK = "development", "report", "link"


def is_looked_at(item: ReviewItem) -> bool:
    """Whether there is nothing to decide on an item: a page or a whole message, which are only looked at."""
    return item.kind == LINK or bool(item.message)


# --- into the queue ---------------------------------------------------------------------------------------------------


def queued(room: Newsroom, recorded: Recorded, now: datetime) -> ReviewItem | None:
    """What one recorded article puts into the queue; None where nobody reviews or little is at stake."""
    d = recorded.development
    if not room.watching.reviewers or d is None or not d.verdict.tells:
        return None
    publishers = {r.article.source_id for r in alert.reports(room, recorded)}
    single = d.verdict is Verdict.NEW and d.weight >= MUST and len(publishers) == 1
    if not _raised(d) and not single:
        return None
    identity = "r" + compose.line_id("review", d.development_id, d.story_id)[1:]
    asked = room.watching.reviewers
    return ReviewItem(
        identity, DEVELOPMENT, now, d.story_id, (d.development_id,), article_key=recorded.article.key, asked=asked
    )


def _raised(d: Development) -> list[Verdict]:
    """Verdicts of a development that somebody may be quoted on, in their order."""
    found = {d.verdict, *(j.verdict for j in d.judgements)}
    return [v for v in Verdict if v in found & STAKES]


def at_stake(d: Development) -> Frame:
    """Why a development is looked at: its line may call it new, to somebody who has heard nothing of it yet."""
    raised = tuple(Name(v.value) for v in _raised(d))
    return say("review.raised", what=raised) if raised else say("review.alone")


async def held(room: Newsroom, owed: Owed, now: datetime) -> Owed:
    """The same alerts, labelled, and waiting to be looked at."""
    lines = {stored.delivery_key: stored.line.line_id for stored in owed.lines}
    relaid = tuple(replace(r, page=_labelled(r.page, lines.get(r.key))) for r in owed.relaid)
    deliveries = tuple([await _waiting(room, d, lines, now) for d in owed.deliveries])
    return replace(owed, deliveries=deliveries, relaid=relaid)


def _labelled(page: Page, line_id: str | None) -> Page:
    return relaying.noted(page, line_id, say("review.unseen")) if line_id is not None else page


async def _waiting(room: Newsroom, d: Delivery, lines: dict[str, str], now: datetime) -> Delivery:
    if d.kind == "edit":
        return replace(d, page=_labelled(d.page, lines.get(d.of)))
    if d.kind != "alert" or d.key not in lines:
        return d
    page = _labelled(d.page, lines[d.key])
    if room.watching.hold_until_approved:
        return replace(d, page=page, due_at=FOREVER, held=holding.REVIEW)
    unseen = await holding.not_before(room, d, now + holding.UNSEEN_AFTER)
    return replace(d, page=page, due_at=max(d.due_at, unseen), held=d.held or holding.REVIEW)


def line_of(room: Newsroom, recorded: Recorded) -> Line | None:
    """The development as a line, whatever was told of it."""
    since = recorded.article.seen_at - alert.WINDOW
    return compose.line_of([recorded], Told(), room.directory, since)


# --- what digests make of it ------------------------------------------------------------------------------------------


async def withheld(room: Newsroom) -> frozenset[str]:
    """Developments that are not told: rejected; where the files ask for it, those that wait as well."""
    items = [i for i in await room.store.reviews(state=ReviewState.REJECTED) if rulings.overrules(i)]
    if room.watching.hold_until_approved:
        items += await room.store.reviews(state=ReviewState.WAITING)
    told = (item for item in items if item.kind == DEVELOPMENT or item.state is ReviewState.REJECTED)
    return frozenset(d for item in told for d in item.development_ids)


async def unseen(room: Newsroom) -> frozenset[str]:
    """Developments that wait for a reviewer; none where nobody reviews."""
    items = await room.store.reviews(state=ReviewState.WAITING) if room.watching.reviewers else []
    return frozenset(d for item in items if item.kind == DEVELOPMENT for d in item.development_ids)


async def labelled(room: Newsroom, digest: Digest, page: Page) -> Page:
    """The page with its label on each line that waits for a reviewer."""
    waiting = await unseen(room)
    for line in digest.lines:
        if waiting & set(line.development_ids):
            page = relaying.noted(page, line.line_id, say("review.unseen"))
    return page


async def marks(room: Newsroom, development_ids: Collection[str]) -> tuple[Row, ...]:
    """What reviewers made of a development, the last word first; that nobody has looked at it, where it waits."""
    items = [i for i in await room.store.reviews() if set(i.development_ids) & set(development_ids)]
    own = (i for i in items if i.decided_at is not None and not i.settled_by)
    decided = sorted(own, key=lambda i: str(i.decided_at), reverse=True)
    rows = [Row(_TONES[i.state], _mark(room, i)) for i in decided]
    waits = any(i.state is ReviewState.WAITING and i.kind == DEVELOPMENT for i in items)
    return (*([Row(Tone.WARNING, (say("review.unseen"),))] if waits else []), *rows)


_TONES = {ReviewState.REJECTED: Tone.WARNING, ReviewState.APPROVED: Tone.META}


def _mark(room: Newsroom, item: ReviewItem) -> tuple[Frame, ...]:
    at, by = Instant(item.decided_at or item.at), say("review.by", who=Name(item.decided_by))
    if item.state is ReviewState.REJECTED:
        return (say("line.overruled", at=at), by, say("review.because", typed=echo(item.reason, SAID_AT_MOST)))
    if item.actors or item.issues:
        return (say("line.rescoped", at=at), by, say("review.to", scope=_names(room, item)))
    return (say("review.looked_at", at=at), by)


def scope(room: Newsroom, item: ReviewItem) -> Frame:
    """The parties and issues that a reviewer set."""
    return say("review.rescoped", scope=_names(room, item))


def _names(room: Newsroom, item: ReviewItem) -> tuple[Name, ...]:
    actors, issues = room.directory.actor_by_id, room.directory.issue_by_id
    names = [actors[a].name for a in item.actors if a in actors] + [issues[i].name for i in item.issues if i in issues]
    return tuple(Name(n) for n in names)


# --- what people ask --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Reviewer:
    """Who asks, and the IANA zone that he reads in."""

    user: str
    zone: str


def may(room: Newsroom, user: str) -> bool:
    """Whether the files let a person review; admins may too, nobody else."""
    return user in room.watching.reviewers or user in room.watching.admins


def said_to(who: Reviewer, key: str) -> Page:
    """One sentence of ours."""
    return plain(who.zone, [Row(Tone.TITLE, (say(key),))])


def plain(zone: str, rows: Sequence[Row]) -> Page:
    """Rows as an answer."""
    summary = tuple(p for p in rows[0].pieces if isinstance(p, Frame))
    return Page("notice", zone, summary, tuple(rows))

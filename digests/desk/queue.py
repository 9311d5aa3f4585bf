"""Queue: what waits for a reviewer, as a page and item by item. Hides the order in which it is shown, how it is paged,
and what the source of an item did to its words since.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from digests import lines, rulings
from digests.desk import correct, review
from digests.desk.newsroom import Newsroom
from digests.desk.review import DEVELOPMENT, LINK, REPORT, Reviewer
from digests.frames import SAID_AT_MOST, echo, say
from digests.model import (
    Article,
    Button,
    Change,
    Citation,
    Count,
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
from digests.ports import Recorded
from digests.rows import evidence, line_rows

SHOWN = 8
"""Items of the queue that one answer shows, with their buttons."""
ALSO = 3
"""Rulings because of other items that are shown beside what waits."""
ADDRESS_AT_MOST = 1_900
"""Characters of an address that a button carries."""
Revisions = Mapping[str, Sequence[Recorded]]
"""Revisions of articles by article id, oldest first."""
_MOVES = frozenset({Verdict.SHIFT, Verdict.POSSIBLE_SHIFT, Verdict.DIFFER})
_RANKS = {REPORT: 0, LINK: 1, DEVELOPMENT: 2}


# --- what waits -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Waiting:
    """A part of what waits: `first` counts from 1, `total` is all that waits."""

    items: Sequence[ReviewItem]
    first: int
    total: int

    @property
    def left(self) -> int:
        """How many come after this part."""
        return self.total - self.first + 1 - len(self.items)


async def waiting(room: Newsroom, most: int, after: str = "") -> Waiting:
    """At most so many items in their order, from the first one that comes after the item of that id: what is decided
    meanwhile moves nothing out of sight."""
    items = await room.store.reviews()
    ranked = sorted((i for i in items if i.state is ReviewState.WAITING), key=lambda i: _rank(room, i))
    mark = next((_rank(room, i) for i in items if i.item_id == after), None)
    before = sum(_rank(room, i) <= mark for i in ranked) if mark is not None else 0
    return Waiting(ranked[before : before + most], before + 1, len(ranked))


def _rank(room: Newsroom, item: ReviewItem) -> tuple[int, bool, int, datetime, str]:
    """What readers said comes first, then who may have moved and whose words differ, then what weighs most; of the same
    weight what waits longest."""
    recorded = room.recorded.get(item.article_key) if item.kind == DEVELOPMENT else None
    d = recorded.development if recorded is not None else None
    moved = d is not None and bool(_MOVES & {d.verdict, *(j.verdict for j in d.judgements)})
    return _RANKS.get(item.kind, len(_RANKS)), not moved, -d.weight if d is not None else 0, item.at, item.item_id


async def queue(room: Newsroom, who: Reviewer, after: str = "") -> Page:
    """What waits, with what to press, and a button to what comes after it."""
    if not review.may(room, who.user):
        return review.said_to(who, "review.not_yours")
    part = await waiting(room, SHOWN, after)
    rows = [Row(Tone.TITLE, (say("review.queue", n=Count(part.total)),)), *in_words(part)]
    for n, item in enumerate(part.items, part.first):
        rows += await to_decide(room, item, str(n))
    start = (Button(say("review.from_the_start"), "ask", "review"),) if part.first > 1 else ()
    return review.plain(who.zone, [*rows, *following(part, start)])


def in_words(part: Waiting) -> list[Row]:
    """Which part of all that waits is shown, and in what order; nothing where all of it is."""
    if part.total <= len(part.items):
        return []
    if not part.items:
        return [Row(Tone.META, (say("review.nothing_after"),))]
    shown = say("review.first_of", n=Count(len(part.items)), all=Count(part.total))
    if part.first > 1:
        last = Count(part.first + len(part.items) - 1)
        shown = say("review.part_of", first=Count(part.first), last=last, all=Count(part.total))
    return [Row(Tone.META, (shown, say("review.order")))]


def following(part: Waiting, also: tuple[Button, ...] = ()) -> list[Row]:
    """How many come after a part, with a button to them and what else is to be pressed, below all of it."""
    turns: tuple[Button, ...] = ()
    if part.left > 0 and part.items:
        after = f"review after {part.items[-1].item_id}"
        turns = (Button(say("review.next", n=Count(min(part.left, SHOWN))), "ask", after),)
    if not turns and not also:
        return []
    return [Row(Tone.STATUS, (say("review.left", n=Count(max(part.left, 0))),), buttons=(*turns, *also))]


async def to_decide(room: Newsroom, item: ReviewItem, number: str, quotes: int | None = None) -> list[Row]:
    """One item of the queue, with what to press below it; of its line at most `quotes` spans."""
    head = "review.item" if item.kind == DEVELOPMENT else "review.ticket"
    rows = [Row(Tone.PLAIN, (say(head, id=Name(item.item_id), at=Instant(item.at)),))]
    rows += await about(room, item, number, quotes)
    return [*rows[:-1], replace(rows[-1], buttons=buttons(room, item))]


def buttons(room: Newsroom, item: ReviewItem, article: Article | None = None) -> tuple[Button, ...]:
    """Of a development: approve, edit its scope, reject. Of a report: let the line stand, or take it back. Of both what
    stands behind it. `article`: of a development that is about to be recorded."""
    if review.is_looked_at(item):
        return (Button(say("review.looked", id=Name(item.item_id)), "ask", f"review approve {item.item_id}"),)
    keys = {"approve": "review.approve", "scope": "review.scope", "reject": "review.reject"}
    if item.kind == REPORT:
        keys = {"approve": "review.stand", "scope": "review.scope", "reject": "review.take_back"}
    made = [Button(say(key, id=Name(item.item_id)), "ask", f"review {act} {item.item_id}") for act, key in keys.items()]
    recorded = room.recorded.get(item.article_key)
    article = recorded.article if recorded is not None else article
    what = item.line_id or (article.url if article is not None else "")
    if 0 < len(what) <= ADDRESS_AT_MOST:
        made.append(Button(say("review.evidence", id=Name(item.item_id)), "ask", f"why {what}"))
    return tuple(made)


# --- what an item is about ------------------------------------------------------------------------------------------


async def about(
    room: Newsroom,
    item: ReviewItem,
    number: str = "1",
    quotes: int | None = None,
    revisions: Revisions | None = None,
) -> list[Row]:
    """What an item tells, as a line, or what was said of a line or message; what the source made of its words since.
    `revisions`: of articles as they are about to be, where not as they are on record."""
    if item.kind == LINK:
        return [Row(Tone.META, sent(item))]
    if item.message:
        return [_said(item), *await _posted(room, item)]
    line = await line_of(room, item)
    rows = told(room, line, number, quotes, revisions) if line is not None else []
    if item.state is ReviewState.WAITING:
        rows += [also(room, other) for other in await _decided_on_same(room, item)]
    if item.kind == DEVELOPMENT:
        recorded = room.recorded.get(item.article_key)
        return [*stake(recorded), *rows]
    return [_said(item), *rows]


async def _decided_on_same(room: Newsroom, item: ReviewItem) -> list[ReviewItem]:
    """The last rulings on the same words because of other items, in order."""
    same = [i for i in rulings.on_same(item, await room.store.reviews()) if not i.settled_by]
    return sorted((i for i in same if i.decided_at is not None), key=lambda i: (str(i.decided_at), i.item_id))[-ALSO:]


def also(room: Newsroom, other: ReviewItem) -> Row:
    """What was decided on the same words because of another item."""
    return Row(Tone.WARNING, (say("review.also", id=Name(other.item_id)), *ruled(room, other)))


def stake(recorded: Recorded | None) -> list[Row]:
    """Why a development is looked at."""
    if recorded is None or recorded.development is None:
        return []
    return [Row(Tone.META, (review.at_stake(recorded.development),))]


def _said(item: ReviewItem) -> Row:
    return Row(Tone.META, (say("review.reported", who=Name(item.by), typed=echo(item.said, SAID_AT_MOST)),))


async def _posted(room: Newsroom, item: ReviewItem) -> list[Row]:
    """The message that was reported: what it says first, where that is kept, and where it stands."""
    posted = await room.store.delivery(item.delivery_key) if item.delivery_key else None
    link = Row(Tone.META, (Link(say("report.message"), item.message),))
    return [*(summary(posted.page) if posted is not None else ()), link]


def summary(page: Page) -> list[Row]:
    """What a page says first."""
    return [Row(Tone.PLAIN if isinstance(piece, Frame) else Tone.QUOTE, (piece,)) for piece in page.summary]


async def line_of(room: Newsroom, item: ReviewItem) -> Line | None:
    """The line that is looked at: of a development as it was read, of a report as it was posted."""
    if item.kind == DEVELOPMENT:
        recorded = room.recorded.get(item.article_key)
        return review.line_of(room, recorded) if recorded is not None else None
    stored = await room.store.line(item.line_id) if item.line_id else None
    return stored.line if stored is not None else None


def told(
    room: Newsroom, line: Line, number: str = "1", quotes: int | None = None, revisions: Revisions | None = None
) -> list[Row]:
    """A line with what its source did to its words since, and what stands there now."""
    revisions = revisions if revisions is not None else room.by_article
    changes = since(line, revisions)
    marked = replace(line, changes=tuple(correct.gravest(change for _, change in changes)))
    rows = line_rows(marked, number, room.setting, quotes)
    shown = (line.headline, *(line.quotes if quotes is None else line.quotes[:quotes]))
    found = (lines.put_right(c, change, revisions[c.article_id][-1].article) for c, change in changes if c in shown)
    now = list(dict.fromkeys(c for c in found if c is not None))
    return [*rows, Row(Tone.META, (say("follow.stands_now"),)), *evidence(now, room.setting)] if now else rows


def since(line: Line, revisions: Revisions) -> list[tuple[Citation, Change]]:
    """Words of a line that do not stand at their source any more, with what became of them."""
    kept = {c.article_id: list(revisions.get(c.article_id, ())) for c in (line.headline, *line.quotes)}
    found = ((c, lines.fate(c, kept)) for c in (line.headline, *line.quotes))
    return [(c, change) for c, change in found if change is not None]


def sent(item: ReviewItem) -> tuple[Piece, ...]:
    """Who sent which page."""
    by = say("review.link_sent", who=Name(item.by))
    return (by, Link(say("line.address"), item.said)) if item.said.startswith(("http://", "https://")) else (by,)


def ruled(room: Newsroom, item: ReviewItem) -> tuple[Frame, ...]:
    """Who decided what, when and why; nothing of what waits."""
    if item.decided_at is None:
        return ()
    act = Name("scoped" if item.actors or item.issues else item.state.value)
    pieces = [say("review.decided_by", who=Name(item.decided_by), act=act, at=Instant(item.decided_at))]
    pieces += [review.scope(room, item)] if item.actors or item.issues else []
    pieces += [say("review.because", typed=echo(item.reason, SAID_AT_MOST))] if item.reason else []
    pieces += [say("review.settled_by", id=Name(item.settled_by))] if item.settled_by else []
    return tuple(pieces)

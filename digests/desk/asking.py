"""Asking: the messages by which reviewers are asked to look. Hides which they are, and how each is kept true: that a
line went out unseen, that its source changed, who decided.

What is decided keeps no buttons; whoever presses one that he still sees is told who was first.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from digests.desk import editing, holding, queue, review
from digests.desk.newsroom import Newsroom
from digests.desk.owing import NOTHING_OWED, Owed
from digests.frames import say
from digests.model import (
    Article,
    Button,
    Delivery,
    DeliveryState,
    Frame,
    Instant,
    Line,
    Name,
    Page,
    ReviewItem,
    ReviewState,
    Row,
    Tone,
)
from digests.ports import Intake, Recorded
from digests.rows import line_rows

NOTICE = "notice"
TOLD = frozenset({"digest", "alert"})
UNSEEN, OUT = "review.unseen", "review.out"
HOUR, AN_HOUR = timedelta(hours=1), 6
"""Developments of an hour that are announced one by one."""


async def notices(room: Newsroom, recorded: Recorded, item: ReviewItem, now: datetime) -> tuple[Delivery, ...]:
    """One message to each reviewer about a development, with what to press; of a burst one that there is more."""
    line = review.line_of(room, recorded)
    if line is None:
        return ()
    lately = [i for i in await room.store.reviews(since=now - HOUR) if i.kind == review.DEVELOPMENT]
    if len(lately) >= AN_HOUR:
        return tuple(_more(room, lately[AN_HOUR - 1], who, now) for who in room.watching.reviewers)
    rows = [*queue.stake(recorded), *line_rows(line, "1", room.setting)]
    page = _page(room, item, rows, article=recorded.article)
    return tuple(_to(item, page, who, now) for who in room.watching.reviewers)


def _more(room: Newsroom, last: ReviewItem, who: str, now: datetime) -> Delivery:
    """That more waits than was announced; said once after the last item that was."""
    title = say("review.more")
    marks = (Row(Tone.WARNING, (mark,)) for mark in room.setting.marks)
    look = Button(say("home.look"), "ask", "review")
    page = Page(NOTICE, "Etc/UTC", (title,), (Row(Tone.TITLE, (title,)), *marks), buttons=(look,))
    key = editing.key_of("w", "more", last.item_id, who)
    return Delivery(key, key, NOTICE, f"@{who}", page, due_at=now)


def notice(room: Newsroom, item: ReviewItem, rows: Iterable[Row], who: str, now: datetime) -> Delivery:
    """One message to one reviewer."""
    return _to(item, _page(room, item, rows), who, now)


def _to(item: ReviewItem, page: Page, who: str, now: datetime) -> Delivery:
    key = _key(item, who)
    return Delivery(key, key, NOTICE, f"@{who}", page, due_at=now)


def _page(
    room: Newsroom, item: ReviewItem, rows: Iterable[Row], became: Sequence[Row] = (), article: Article | None = None
) -> Page:
    """The message about an item, with what became of it; buttons as long as it waits."""
    waits = item.state is ReviewState.WAITING
    became = became or _ahead(room, item)
    title = say("review.asked" if waits else "review.done", id=Name(item.item_id))
    marks = (Row(Tone.WARNING, (mark,)) for mark in room.setting.marks)
    head = (Row(Tone.TITLE, (title,)), *became, *marks)
    said = tuple(p for row in became for p in row.pieces if isinstance(p, Frame))
    buttons = queue.buttons(room, item, article) if waits else ()
    return Page(NOTICE, "Etc/UTC", (title, *said), (*head, *rows), buttons=buttons)


def _ahead(room: Newsroom, item: ReviewItem) -> Sequence[Row]:
    """What happens to a development that nobody decides on."""
    if item.kind != review.DEVELOPMENT:
        return ()
    if room.watching.hold_until_approved:
        return (Row(Tone.META, (say("review.kept"),)),)
    return (Row(Tone.META, (say("review.due", at=Instant(item.at + holding.UNSEEN_AFTER)),)),)


def _key(item: ReviewItem, who: str) -> str:
    return editing.key_of("w", *item.turned, who)


async def _posted(room: Newsroom, item: ReviewItem) -> list[Delivery]:
    """The messages about an item, also to those who review no more."""
    users = dict.fromkeys((*item.asked, *room.watching.reviewers))
    keys = [_key(replace(item, turn=n), user) for n in range(item.turn + 1) for user in users]
    found = [await room.store.delivery(key) for key in keys]
    return [d for d in found if d is not None and d.state is not DeliveryState.DROPPED]


async def _out_since(room: Newsroom, item: ReviewItem) -> list[Row]:
    """What the messages about an item say of its having gone out; nothing where it has not."""
    return [row for d in await _posted(room, item) for row in d.page.rows if _says(row, OUT)][:1]


async def _anew(
    room: Newsroom, item: ReviewItem, rows: Sequence[Row], became: Sequence[Row], why: str, now: datetime
) -> Owed:
    """Every message about an item laid anew."""
    owed = NOTHING_OWED
    page = _page(room, item, rows, became)
    for posted in await _posted(room, item):
        if page != posted.page:
            owed = owed.and_(editing.edit(posted, page, why, now))
    return owed


async def unsent(room: Newsroom, item: ReviewItem) -> tuple[str, ...]:
    """The keys of the messages about an item that nobody has yet: once it is decided they need not go out."""
    found = await _posted(room, item)
    return tuple(d.key for d in found if d.state is DeliveryState.PENDING and d.attempts == 0)


async def decided(room: Newsroom, item: ReviewItem, now: datetime) -> Owed:
    """It says who decided what, and there is nothing to press any more."""
    became = [Row(Tone.WARNING, queue.ruled(room, item))]
    why = " ".join(("decided", *item.turned[1:]))
    owed = await _anew(room, item, await queue.about(room, item), became, why, now)
    nobody_has = await unsent(room, item)
    return replace(owed, deliveries=tuple(d for d in owed.deliveries if d.of not in nobody_has))


async def also(room: Newsroom, item: ReviewItem, other: ReviewItem, now: datetime) -> Owed:
    """It says what was decided on the same words because of another item, which is about to be recorded."""
    rows = [*await queue.about(room, item), queue.also(room, other)]
    return await _anew(room, item, rows, await _out_since(room, item), " ".join(("also", *other.turned)), now)


async def again(room: Newsroom, item: ReviewItem, by: str, now: datetime) -> Owed:
    """It was opened again: the messages about it say by whom and have their buttons; a new one to whoever has none."""
    became = [Row(Tone.WARNING, (say("review.opened_again", who=Name(by), at=Instant(now)),))]
    rows = await queue.about(room, item)
    owed = await _anew(room, item, rows, became, " ".join(("again", *item.turned)), now)
    have = {d.conversation[1:] for d in await _posted(room, item)}
    page = _page(room, item, rows, became)
    asked = tuple(_to(item, page, who, now) for who in room.watching.reviewers if who not in have)
    return owed.and_(Owed(deliveries=asked))


async def corrected(room: Newsroom, recorded: Recorded, now: datetime) -> Owed:
    """What a later revision did to the words of what waits; the revision is about to be recorded."""
    if recorded.article.revision == 0 or not room.watching.reviewers:
        return NOTHING_OWED
    article_id = recorded.article.article_id
    arriving = {article_id: [*room.by_article.get(article_id, ()), recorded]}
    revisions = ChainMap(arriving, room.by_article)
    owed = NOTHING_OWED
    for item in await room.store.reviews(state=ReviewState.WAITING):
        line = await queue.line_of(room, item)
        if line is None or article_id not in {c.article_id for c in (line.headline, *line.quotes)}:
            continue
        rows = await queue.about(room, item, revisions=revisions)
        became = await _out_since(room, item)
        owed = owed.and_(await _anew(room, item, rows, became, f"corrected {recorded.article.key}", now))
    return owed


async def out(room: Newsroom, delivery: Delivery, now: datetime) -> None:
    """Something was posted with its label: whoever was asked to look is told that it is out. It waits for no analysis:
    what was decided meanwhile is looked for afterwards."""
    if delivery.kind not in TOLD or not any(_says(row, UNSEEN) for row in (*delivery.page.rows, *delivery.page.thread)):
        return
    told = [s.line for s in await room.store.lines_of(delivery.key)]
    items = [i for i in await room.store.reviews(state=ReviewState.WAITING) if i.kind == review.DEVELOPMENT]
    owed, laid = NOTHING_OWED, set[str]()
    for item in (i for i in items if _tells(told, i)):
        became = [Row(Tone.WARNING, (say(OUT, at=Instant(now)),))]
        owed = owed.and_(await _once_out(room, item, became, now))
        laid.add(item.item_id)
    if owed == NOTHING_OWED:
        return
    await _write(room, owed)
    for item in await room.store.reviews():
        if item.item_id in laid and item.state is not ReviewState.WAITING:
            await _write(room, await decided(room, item, now))


async def _write(room: Newsroom, owed: Owed) -> None:
    await room.store.record(Intake(None, (), deliveries=owed.deliveries, relaid=owed.relaid))


async def _once_out(room: Newsroom, item: ReviewItem, became: Sequence[Row], now: datetime) -> Owed:
    """That it is out is said once, with when it first was."""
    if await _out_since(room, item):
        return NOTHING_OWED
    return await _anew(room, item, await queue.about(room, item), became, "out", now)


def _tells(lines: Iterable[Line], item: ReviewItem) -> bool:
    return any(set(item.development_ids) & set(line.development_ids) for line in lines)


def _says(row: Row, key: str) -> bool:
    return any(isinstance(p, Frame) and p.key == key for p in row.pieces)

"""Tips: what anybody may put before the reviewers: a line or a message that is wrong, a page to look at. Hides what of
it is on record.

Of a page nothing is read or told: what the feeds do not give is never told. The reviewers see the address and who sent
it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from digests import addresses, compose
from digests.desk import asking, evidence, queue, review
from digests.desk.evidence import Here
from digests.desk.newsroom import Newsroom
from digests.desk.review import Reviewer
from digests.frames import SAID_AT_MOST, echo, say
from digests.model import AuditEntry, Count, Frame, Line, Name, Page, ReviewItem, ReviewState, Row, Tone
from digests.rows import compact_rows

OPEN_AT_MOST = 20
"""Tickets of one person that wait at a time: each asks every reviewer."""


@dataclass(frozen=True)
class Reportable:
    """What a report may be of: one of the lines of a message, by id, or the whole message at an address; `rows` show
    it, and who will look at it."""

    lines: tuple[str, ...] = ()
    message: str = ""
    rows: tuple[Row, ...] = ()


NOTHING = Reportable()
"""Nothing can be reported."""


async def reportable(room: Newsroom, what: str, here: Here, *, ours: bool = False) -> Reportable | None:
    """What can be reported of a line, by its id, or of a message here, by its address: its lines, or all of it where it
    tells none; of nothing in particular the lines that were told here last. None where nothing can. `ours`: the message
    is known to be the bot's."""
    if not what:
        return await _newest(room, here)
    if not evidence.is_message(what):
        stored = await room.store.line(what)
        return of_lines(room, [stored.line]) if stored is not None else None
    found = await evidence.behind(room, what, here)
    if found is None or (found[1] is None and not ours):
        return None
    address, posted = found
    told = [s.line for s in await room.store.lines_of(posted.key)] if posted is not None else []
    if told:
        return of_lines(room, told)
    rows = [*(queue.summary(posted.page) if posted is not None else ()), Row(Tone.META, (say("report.whole"),))]
    return Reportable(message=address, rows=(*rows, _lookers(room)))


async def _newest(room: Newsroom, here: Here) -> Reportable | None:
    """The lines of the newest digest or alert of this conversation."""
    place = f"@{here.user}" if here.conversation[:1] in {"@", "D"} else here.conversation
    found = [d for kind in ("digest", "alert") if (d := await room.store.latest(place, kind)) is not None]
    newest = max(found, key=lambda d: (d.due_at, d.key), default=None)
    told = [s.line for s in await room.store.lines_of(newest.key)] if newest is not None else []
    return of_lines(room, told) if told else None


def of_lines(room: Newsroom, told: Sequence[Line]) -> Reportable:
    """The only line of a message with its words and what became of them, several by number and headline alone: more
    would push what is filled in out of sight."""
    if len(told) == 1:
        rows = queue.told(room, told[0], "1", 1)
    else:
        heads = (replace(line, compared=None, changes=()) for line in told)
        rows = [row for n, line in enumerate(heads, 1) for row in compact_rows(line, str(n), room.setting)]
    return Reportable(tuple(line.line_id for line in told), rows=(*rows, _lookers(room)))


def _lookers(room: Newsroom) -> Row:
    """Who will look at a report."""
    if not room.watching.reviewers:
        return Row(Tone.WARNING, (say("review.nobody"),))
    return Row(Tone.META, (say("report.who", who=tuple(Name(user) for user in room.watching.reviewers)),))


async def report(room: Newsroom, what: str, said: str, here: Here, now: datetime) -> Page:
    """Somebody says that a posted line is wrong, or a message: a ticket. `what`: the line's id or the message's
    address."""
    if len(said) > SAID_AT_MOST:
        return review.plain(here.zone, [Row(Tone.TITLE, (say("command.too_long", n=Count(SAID_AT_MOST)),))])
    of, who = await reportable(room, what, here, ours=bool(said)), Reviewer(here.user, here.zone)
    if of is None:
        return what_can_be(what, here)
    if not said or len(of.lines) > 1:
        asked = say("report.which" if len(of.lines) > 1 else "report.what_is_wrong")
        ids = [Row(Tone.META, (say("report.line", n=Count(n), id=Name(i)),)) for n, i in enumerate(of.lines, 1)]
        return review.plain(here.zone, [Row(Tone.TITLE, (asked,)), *of.rows, *ids])
    if of.message:
        return await _of_message(room, of.message, said, here, now)
    stored = await room.store.line(of.lines[0])
    line = stored.line if stored is not None else None
    if line is None:
        return what_can_be(what, here)
    identity = "t" + compose.line_id(here.user, f"{line.line_id} {said} {now.date()}", line.story_id)[1:]
    item = ReviewItem(
        identity, review.REPORT, now, line.story_id, line.development_ids, line_id=line.line_id, by=here.user, said=said
    )
    return review.plain(here.zone, await _asked(room, item, "reported", "review.opened", who))


async def _of_message(room: Newsroom, address: str, said: str, here: Here, now: datetime) -> Page:
    """A ticket on a whole message."""
    found = await evidence.behind(room, address, here)
    posted = found[1] if found is not None else None
    identity = "t" + compose.line_id(here.user, f"{address} {said} {now.date()}", "")[1:]
    item = ReviewItem(
        identity,
        review.REPORT,
        now,
        "",
        (),
        by=here.user,
        said=said,
        message=address,
        delivery_key=posted.key if posted is not None else "",
    )
    who = Reviewer(here.user, here.zone)
    return review.plain(here.zone, await _asked(room, item, "reported", "review.opened", who))


def what_can_be(what: str, here: Here) -> Page:
    """Nothing of that can be reported; what can be, and how."""
    missing = say("review.no_line", typed=echo(what))
    title = say("report.not_mine") if evidence.is_message(what) else missing
    ways = ("report.way_line", "report.way_message", "report.way_page", "report.way_quote")
    return review.plain(here.zone, [Row(Tone.TITLE, (title,)), *(Row(Tone.PLAIN, (say(way),)) for way in ways)])


async def send(room: Newsroom, address: str, who: Reviewer, now: datetime) -> Page:
    """Put an address before the reviewers, once a day and person."""
    plain = addresses.plain(address)
    identity = "u" + hashlib.sha256(f"{plain}\0{who.user}\0{now.date()}".encode()).hexdigest()[:5]
    item = ReviewItem(identity, review.LINK, now, "", (), by=who.user, said=address[:SAID_AT_MOST])
    title, *rest = await _asked(room, item, "sent", "review.link_opened", who)
    known = await room.store.articles_at(address)
    found = _known(room, known[0].article.source_id) if known else say("review.link_unread")
    return review.plain(who.zone, [title, Row(Tone.META, (found,)), *rest])


async def _asked(room: Newsroom, item: ReviewItem, act: str, opened: str, who: Reviewer) -> Sequence[Row]:
    """Open a ticket and ask every reviewer, once; what is said of it, with what was decided where that is done."""
    own = [i for i in await room.store.reviews(state=ReviewState.WAITING) if i.by == who.user]
    if len(own) >= OPEN_AT_MOST and item.item_id not in {i.item_id for i in own}:
        return [Row(Tone.TITLE, (say("review.too_many", n=Count(len(own))),))]
    item = replace(item, asked=room.watching.reviewers)
    rows = await queue.about(room, item)
    asked = [asking.notice(room, item, rows, reviewer, item.at) for reviewer in room.watching.reviewers]
    entry = AuditEntry(item.at, who.user, act, item.item_id, item.said)
    if await room.store.report(item, entry, asked):
        first = [Row(Tone.TITLE, (say(opened, id=Name(item.item_id)),))]
        nobody = say("review.nobody") if not room.watching.reviewers else say("review.what_next")
        return [*first, Row(Tone.META, (nobody,))]
    known = next((i for i in await room.store.reviews() if i.item_id == item.item_id), item)
    done = queue.ruled(room, known)
    title = say("review.closed" if done else "review.open", id=Name(item.item_id))
    return [Row(Tone.TITLE, (title,)), *([Row(Tone.META, done)] if done else [])]


def _known(room: Newsroom, source_id: str) -> Frame:
    source = room.source(source_id)
    return say("review.link_known", source=Name(source.name if source else source_id))

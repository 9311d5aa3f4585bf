"""Tips: what anybody may put before the reviewers: a line that is wrong, a page to look at. Hides what is on record of
it already.

Of a page nothing is read or told: what the feeds do not give is never told. The reviewers see the address and who sent
it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime

from digests import addresses, compose
from digests.desk import asking, queue, review
from digests.desk.newsroom import Newsroom
from digests.desk.review import Reviewer
from digests.frames import SAID_AT_MOST, echo, say
from digests.model import AuditEntry, Frame, Name, Page, ReviewItem, Row, Tone


async def report(room: Newsroom, line_id: str, said: str, who: Reviewer, now: datetime) -> Page:
    """Somebody says that a posted line is wrong: a ticket."""
    stored = await room.store.line(line_id)
    if stored is None:
        return review.plain(who.zone, [Row(Tone.TITLE, (say("review.no_line", typed=echo(line_id)),))])
    line, said = stored.line, said[:SAID_AT_MOST]
    identity = "t" + compose.line_id(who.user, f"{line_id} {said} {now.date()}", line.story_id)[1:]
    item = ReviewItem(
        identity, review.REPORT, now, line.story_id, line.development_ids, line_id=line.line_id, by=who.user, said=said
    )
    return review.plain(who.zone, await _asked(room, item, "reported", "review.opened", who))


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

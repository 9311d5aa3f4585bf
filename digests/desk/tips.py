"""Tips: a page that somebody wants the reviewers to look at. Hides what is on record of it already.

Nothing is read or told for it: what the feeds do not give is never told. The reviewers see the address and who sent it.
"""

from __future__ import annotations

import hashlib
from datetime import datetime

from digests import addresses
from digests.desk import review
from digests.desk.newsroom import Newsroom
from digests.desk.review import Reviewer
from digests.frames import say
from digests.model import AuditEntry, Frame, Name, Page, ReviewItem, Row, Tone


async def send(room: Newsroom, address: str, who: Reviewer, now: datetime) -> Page:
    """Put an address before the reviewers, once a day and person."""
    plain = addresses.plain(address)
    identity = "u" + hashlib.sha256(f"{plain}\0{who.user}\0{now.date()}".encode()).hexdigest()[:5]
    item = ReviewItem(identity, review.LINK, now, "", (), by=who.user, said=address[: review.SAID_AT_MOST])
    rows = [Row(Tone.META, review.sent(item))]
    asked = [review.notice(room, item, rows, reviewer, now) for reviewer in room.watching.reviewers]
    first = await room.store.report(item, AuditEntry(now, who.user, "sent", identity, item.said), asked)
    answer = [Row(Tone.TITLE, (say("review.link_opened" if first else "review.open", id=Name(identity)),))]
    known = await room.store.articles_at(address)
    answer.append(Row(Tone.META, (_known(room, known[0].article.source_id) if known else say("review.link_unread"),)))
    if not room.watching.reviewers:
        answer.append(Row(Tone.META, (say("review.nobody"),)))
    return review.plain(who.zone, answer)


def _known(room: Newsroom, source_id: str) -> Frame:
    source = room.source(source_id)
    return say("review.link_known", source=Name(source.name if source else source_id))

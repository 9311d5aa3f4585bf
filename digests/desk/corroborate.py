"""Corroborate: a further report of what was told raises the count in that message. Hides how a message is edited.

Nobody is notified: the posted page is laid anew and a duty to edit it is owed, a little later: reports that come
together are one edit.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from digests import relaying
from digests.carriers import Carried, carried
from digests.desk import alert
from digests.desk.editing import EDITED, as_laid, edit
from digests.desk.newsroom import Newsroom
from digests.desk.owing import NOTHING_OWED, Owed
from digests.model import Delivery, Line, Page
from digests.ports import Recorded

TOLD = frozenset({"digest", "alert"})
COME_TOGETHER = timedelta(minutes=3)
"""How long an edit waits for further reports: one round of polls takes about as long."""


async def owed(room: Newsroom, recorded: Recorded, now: datetime, so_far: Owed = NOTHING_OWED) -> Owed:
    """Edits of the digests and alerts that told this happening, where more publishers or origins report it by now.
    `so_far`: what else the same report owes."""
    if recorded.development is None:
        return NOTHING_OWED
    pages: dict[str, tuple[Delivery, Page]] = {}
    counts: dict[str, list[Carried]] = {}
    for stored in [s for i in room.ids_of(recorded.development) for s in await room.store.lines_on(i)]:
        line = stored.line
        by = by_now(room, line, recorded)
        if by is None or line.first_seen < now - alert.WINDOW:
            continue
        if (len(by.publishers), by.origins) <= (len(line.publishers), line.origins):
            continue
        known = pages.get(stored.delivery_key)
        target = known[0] if known else await room.store.delivery(stored.delivery_key)
        if target is not None and target.kind in TOLD and target.state in EDITED:
            target = as_laid(target, so_far)
            page = known[1] if known else target.page
            pages[target.key] = target, relaying.recounted(page, line.line_id, len(by.publishers), by.origins)
            counts.setdefault(target.key, []).append(by)
    owed = NOTHING_OWED
    for target, page in pages.values():
        if page != target.page:
            why = " ".join(f"{len(by.publishers)} {by.origins}" for by in counts[target.key])
            owed = owed.and_(edit(target, page, why, now, after=COME_TOGETHER))
    return owed


def by_now(room: Newsroom, line: Line, arriving: Recorded | None = None) -> Carried | None:
    """Who bears out a told line by now, a report that arrives included; None where its own text is gone."""
    head = room.recorded.get(line.headline.article_key)
    if head is None:
        return None
    found = {r.article.key: r for story in stories_of(room, line) for r in room.by_story.get(story, ())}
    if arriving is not None:
        found |= {r.article.key: r for r in alert.reports(room, arriving)}
    return carried(list(found.values()), head, line.development_ids, room.directory, room.by_article)


def stories_of(room: Newsroom, line: Line) -> tuple[str, ...]:
    """The happenings, by the ids that they have now, whose reports a line tells: more than one where the record keeps
    apart what a reader takes for one."""
    told = (r.development for a in line.article_ids for r in room.by_article.get(a, ()))
    ids = (d.story_id for d in told if d is not None and d.development_id in line.development_ids)
    return tuple(dict.fromkeys((room.known.stories.now(line.story_id), *ids)))

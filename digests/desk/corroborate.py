"""Corroborate: a further report of what was told raises the count in that message. Hides how a message is edited.

Nobody is notified: the posted page is laid anew and a duty to edit it is owed, a little later: reports that come
together are one edit.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from digests import relaying
from digests.desk import alert
from digests.desk.alert import NOTHING_OWED, Owed
from digests.desk.editing import edit
from digests.desk.newsroom import Newsroom
from digests.lines import is_rewrite
from digests.model import Delivery, DeliveryState, Page
from digests.ports import Recorded

TOLD = frozenset({"digest", "alert"})
COME_TOGETHER = timedelta(minutes=3)
"""How long an edit waits for further reports: one round of polls takes about as long."""
EDITED = frozenset({DeliveryState.PENDING, DeliveryState.SENDING, DeliveryState.SENT, DeliveryState.PARKED})


async def owed(room: Newsroom, recorded: Recorded, now: datetime) -> Owed:
    """Edits of the digests and alerts that told this happening, where more publishers or origins report it by now."""
    group = alert.reports(room, recorded)
    if recorded.development is None or len(group) < 2:
        return NOTHING_OWED
    sourced = [r for r in group if not is_rewrite(r.article, room.directory)]
    publishers, origins = len({r.article.source_id for r in sourced}), alert.independent(room, group)
    pages: dict[str, tuple[Delivery, Page]] = {}
    for stored in [s for i in room.ids_of(recorded.development) for s in await room.store.lines_on(i)]:
        line = stored.line
        if (publishers, origins) <= (len(line.publishers), line.origins) or line.first_seen < now - alert.WINDOW:
            continue
        known = pages.get(stored.delivery_key)
        target = known[0] if known else await room.store.delivery(stored.delivery_key)
        if target is not None and target.kind in TOLD and target.state in EDITED:
            page = known[1] if known else target.page
            pages[target.key] = target, relaying.recounted(page, line.line_id, publishers, origins)
    owed = NOTHING_OWED
    for target, page in pages.values():
        if page != target.page:
            owed = owed.and_(edit(target, page, f"{publishers} {origins}", now, after=COME_TOGETHER))
    return owed

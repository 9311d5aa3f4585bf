"""Corroborate: a further report of what an alert told raises the count in that alert. Hides how a message is edited.

Nobody is notified: the posted page is laid anew and a duty to edit it is owed.
"""

from __future__ import annotations

import hashlib
from datetime import datetime

from digests import relaying
from digests.desk import alert
from digests.desk.alert import NOTHING_OWED, Owed
from digests.desk.newsroom import Newsroom
from digests.lines import is_rewrite
from digests.model import Delivery, DeliveryState, Page
from digests.ports import Recorded, Relaid

EDITED = frozenset({DeliveryState.PENDING, DeliveryState.SENDING, DeliveryState.SENT, DeliveryState.PARKED})


async def owed(room: Newsroom, recorded: Recorded, now: datetime) -> Owed:
    """Edits of the alerts that told this happening, where more publishers or origins report it by now."""
    group = alert.reports(room, recorded)
    if recorded.development is None or len(group) < 2:
        return NOTHING_OWED
    sourced = [r for r in group if not is_rewrite(r.article, room.directory)]
    publishers, origins = len({r.article.source_id for r in sourced}), alert.independent(room, group)
    pages: dict[str, tuple[Delivery, Page]] = {}
    for stored in await room.store.lines_on(recorded.development.story_id):
        line = stored.line
        if (publishers, origins) <= (len(line.publishers), line.origins) or line.first_seen < now - alert.WINDOW:
            continue
        known = pages.get(stored.delivery_key)
        target = known[0] if known else await room.store.delivery(stored.delivery_key)
        if target is not None and target.kind == "alert" and target.state in EDITED:
            page = known[1] if known else target.page
            pages[target.key] = target, relaying.recounted(page, line.line_id, publishers, origins)
    owed = NOTHING_OWED
    for target, page in pages.values():
        if page != target.page:
            owed = owed.and_(edit(target, page, f"{publishers} {origins}", now))
    return owed


def edit(target: Delivery, page: Page, why: str, now: datetime) -> Owed:
    """A posted page laid anew, with the duty to edit the message; what still waits to be posted is only laid anew.
    `why`: the same reason is a duty once."""
    relaid = Relaid(target.key, page)
    if target.state is DeliveryState.PARKED or (target.state is DeliveryState.PENDING and target.due_at > now):
        return Owed(relaid=(relaid,))
    key = "e" + hashlib.sha256(f"edit\0{target.key}\0{why}".encode()).hexdigest()[:24]
    duty = Delivery(
        delivery_id=key,
        key=key,
        kind="edit",
        conversation=target.conversation,
        page=page,
        due_at=now,
        subscription_id=target.subscription_id,
        story_id=target.story_id,
        of=target.key,
    )
    return Owed(deliveries=(duty,), relaid=(relaid,))

"""Quote: whether a quotation is on record. Hides the order in which the record is looked through, in bounded steps
between which the event loop is free.
"""

from __future__ import annotations

import asyncio

from digests import checking, rulings
from digests.checking import Check
from digests.desk.evidence import Here
from digests.desk.newsroom import Newsroom
from digests.model import Page

STEP = 50
"""Reports that are looked at before others get a turn: some milliseconds."""


async def check(room: Newsroom, quoted: str, here: Here) -> Page:
    """Who said it, in which words, or that it is not on record."""
    async with room.ledger:
        await room.catch_up()
    checked = Check(quoted)
    checked.look(room.watching.baseline.article, room.baseline_statements)
    newest = {r.article.article_id: r for r in room.recorded.values()}
    for n, r in enumerate(newest.values(), 1):
        if n % STEP == 0:
            await asyncio.sleep(0)
        if r.development is None or r.development.copy_of is None:
            checked.look(r.article, r.reading.statements)
    changes = [change for r in newest.values() if (change := rulings.taken_back(r, room.ruled)) is not None]
    return checking.page(checked.found, here.zone, room.setting, changes)

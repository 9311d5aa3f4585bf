"""Owning: who may change what somebody else asked for, and how he hears of it. Hides the rule: whoever asked for it and
the admins of config/access.yaml.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from digests.desk.editing import key_of
from digests.desk.newsroom import Newsroom
from digests.frames import say
from digests.model import Delivery, Frame, Name, Page, Row, Tone

NOTICE = "notice"


def may_change(room: Newsroom, creator: str, user: str) -> bool:
    """Whether a user may change or end what the creator asked for."""
    return user == creator or user in room.watching.admins


def refused(creator: str, terms: Sequence[Frame]) -> list[Row]:
    """That it is left as it is, what it says, and who could change it."""
    return [
        Row(Tone.TITLE, (say("owning.theirs", who=Name(creator)),)),
        Row(Tone.STATUS, tuple(terms)),
        Row(Tone.META, (say("owning.who_may"),)),
    ]


async def tell(
    room: Newsroom, creator: str, by: str, said: Frame, terms: Sequence[Frame], where: str, now: datetime
) -> None:
    """Owe the creator a direct message: what somebody else did, to what, in which conversation."""
    if by == creator or creator[:1] not in {"U", "W"}:
        return
    title = say("owning.told", who=Name(by), where=Name(where))
    rows = (
        Row(Tone.TITLE, (title,)),
        *(Row(Tone.WARNING, (mark,)) for mark in room.setting.marks),
        Row(Tone.STATUS, (said, *terms)),
    )
    key = key_of("n", where, creator, said.key, now.isoformat())
    page = Page(NOTICE, "Etc/UTC", (title, said), rows)
    await room.store.enqueue(Delivery(key, key, NOTICE, f"@{creator}", page, due_at=now))

"""History: then and now, the baseline, the last digest. Hides what "then" is when it is the baseline."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from digests import baseline_pages, pages, record_pages, standpoints
from digests.desk import position, share
from digests.desk.newsroom import Newsroom
from digests.desk.position import Asked
from digests.frames import say
from digests.model import FOREVER, Button, Delivery, Held, Instant, Page, Row, Statement, Tone, Verdict
from digests.pages import ALL_LINES
from digests.record_pages import Comparison, Pair
from digests.standpoints import foremost


@dataclass(frozen=True)
class Compared:
    """Whose words are compared (None: every party's), on which issue, with what: `then` None is the baseline."""

    actor_id: str | None
    issue: str | None
    then: datetime | None
    at: datetime
    speaker: str | None = None


async def diff(room: Newsroom, asked: Compared, zone: str) -> Page:
    """Was and now, party by party."""
    async with room.ledger:
        await room.catch_up()
    then = asked.then.astimezone(ZoneInfo(zone)) if asked.then else None
    actors = [asked.actor_id] if asked.actor_id else [a.id for a in room.directory.actors if a.parent is None]
    verdicts = position.verdicts_of(room)
    pairs: list[Pair] = []
    unmoved, only_now = 0, dict[str, None]()
    for actor in actors:
        wish = position.in_zone(Asked(actor, asked.at, asked.issue, asked.speaker), zone)
        now = {h.issue_id: h for h in position.held_by(room, wish, verdicts).held}
        was = _then(room, wish, then, now.values(), verdicts)
        for issue, held in now.items():
            newest = standpoints.foremost_of(held, room.setting, room.recorded)
            if newest is None:
                unmoved += issue in was
            elif issue not in was:
                only_now[issue] = None
            elif was[issue].statement_id == newest.statement_id or held.last not in held.newest:
                unmoved += 1
            else:
                pairs.append(Pair(actor, issue, was[issue], newest, position.told_as(room, newest, held)))
    of = (asked.speaker or room.directory.actor_name(asked.actor_id)) if asked.actor_id else ""
    silent = tuple(only_now) if asked.actor_id else ()
    made = Comparison(tuple(_movers_first(pairs)), asked.at, asked.then, of, unmoved, silent)
    return record_pages.diff(made, zone, room.setting, room.recorded)


def _then(
    room: Newsroom, wish: Asked, then: datetime | None, now: Iterable[Held], verdicts: Mapping[str, Verdict]
) -> dict[str, Statement]:
    """By issue, what stood then: the baseline's newest, or the newest words as of that time."""
    if then is None:
        return {h.issue_id: foremost(h.baseline)[0] for h in now if h.baseline}
    earlier = position.held_by(room, replace(wish, as_of=then), verdicts).held
    return {
        h.issue_id: standpoints.foremost_of(h, room.setting, room.recorded) or (*h.newest, *h.baseline)[0]
        for h in earlier
    }


def _movers_first(pairs: Sequence[Pair]) -> list[Pair]:
    """What was judged to be a shift, or possibly one, before the rest; else in the order of parties and issues."""
    rank = {"shift": 0, "possible shift": 1, "correction": 2, "differ": 3, "new": 4, "update": 4}
    return sorted(pairs, key=lambda p: rank.get(p.verdict.value if p.verdict else "", 5))


async def baseline(room: Newsroom, page: int, zone: str) -> Page:
    """The baseline's statements; of a day of the record, those that stood then."""
    async with room.ledger:
        await room.catch_up()
    held = room.baseline_statements
    if room.watching.baseline.as_of is not None:
        positions = (position.held_by(room, Asked(a.id, FOREVER)) for a in room.directory.actors if a.parent is None)
        held = tuple({s.statement_id: s for p in positions for h in p.held for s in h.baseline[:1]}.values())
    return baseline_pages.statements(held, page, zone, room.setting, room.recorded)


def versions(room: Newsroom, zone: str) -> Page:
    """The baseline's versions."""
    return baseline_pages.versions(room.versions, room.files, len(room.baseline_statements), zone, room.setting)


async def latest(room: Newsroom, conversation: str, zone: str) -> Page:
    """The last digest of a conversation as its message stands, marked with when it was posted, and a link to it."""
    delivery = await room.store.latest(conversation, "digest")
    if delivery is None:
        frame = say("latest.none")
        return Page("notice", zone, (frame,), (Row(Tone.WARNING, (frame,)),))
    page, slot = pages.unthreaded(delivery.page), delivery.slot or delivery.due_at
    link = await share.link(room, delivery)
    mark = Row(Tone.META, (say("latest.of", at=Instant(slot)), *link))
    buttons = tuple(_every_line(b, delivery) for b in page.buttons)
    return replace(page, rows=(*page.rows[:1], mark, *page.rows[1:]), buttons=buttons)


def _every_line(button: Button, delivery: Delivery) -> Button:
    """The button that shows every line names the message: the copy of it is another one."""
    if button.action != ALL_LINES or not delivery.receipt:
        return button
    link = f"https://slack.com/archives/{delivery.conversation}/p{delivery.receipt.replace('.', '')}"
    return replace(button, action="ask", value=f"latest {link}")

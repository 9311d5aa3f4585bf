"""Timeline: own words by the day, of a party issue by issue or of all parties on one. Hides which days are shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from digests import timelines
from digests.desk import position
from digests.desk.newsroom import Newsroom
from digests.frames import say
from digests.model import Held, Instant, Judgement, Name, Page, Sign, Statement
from digests.timelines import SIGNS, Said, Strand

DAYS = 60
"""How far back a timeline goes at most where no time is asked for."""
LEAST_DAYS = 14
"""How far back it goes then at least, where there is anything."""
NEARLY_ALL = 0.95
"""The share of statements that it shows then: one old statement does not press all others together."""
FARTHEST = 400
"""Days of a timeline at most."""


@dataclass(frozen=True)
class Asked:
    """Whose words, on which issue, since when; one of actor and issue is set. `again`: how it is typed; `table`: as a
    table instead of a picture."""

    actor_id: str | None
    issue: str | None
    since: datetime | None
    again: str
    speaker: str | None = None
    table: bool = False


async def page(room: Newsroom, asked: Asked, zone: str, now: datetime) -> Page:
    """The answer to `timeline`."""
    async with room.ledger:
        await room.catch_up()
    strands = _strands(room, asked, zone, now)
    last = now.astimezone(ZoneInfo(zone)).date()
    first = _first(strands, asked.since, last, zone)
    names = [asked.speaker or room.directory.actor_name(asked.actor_id)] if asked.actor_id else []
    names += [room.directory.issue_by_id[asked.issue].name] if asked.issue else []
    of = timelines.Asked(
        tuple(map(Name, names)), first, last, Instant(now), asked.again, asked.table, asked.since is not None
    )
    return timelines.page(strands, of, zone, room.setting, room.recorded)


def _first(strands: list[Strand], since: datetime | None, last: date, zone: str) -> date:
    """The first day: as asked, else the first on which anything was said; never too far back."""
    if since is not None:
        return max(since.astimezone(ZoneInfo(zone)).date(), last - timedelta(days=FARTHEST))
    days = sorted(said.on for strand in strands for said in strand.said)
    recent = [on for on in days if on >= last - timedelta(days=DAYS)]
    if not recent:
        return last - timedelta(days=DAYS)
    early = recent[int(len(recent) * (1 - NEARLY_ALL))]
    return max(recent[0], min(early, last - timedelta(days=LEAST_DAYS - 1)))


def _strands(room: Newsroom, asked: Asked, zone: str, now: datetime) -> list[Strand]:
    judged = position.judgements_of(room)
    verdicts = {statement_id: j.verdict for statement_id, j in judged.items()}
    actors = [asked.actor_id] if asked.actor_id else [a.id for a in room.directory.actors if a.parent is None]
    found: list[Strand] = []
    for actor in actors:
        wish = position.in_zone(position.Asked(actor, now, asked.issue, asked.speaker), zone)
        for held in position.held_by(room, wish, verdicts).held:
            name = (
                room.directory.issue_by_id[held.issue_id].name if asked.actor_id else room.directory.actor_name(actor)
            )
            said = tuple(_said(room, s, zone, judged.get(s.statement_id)) for s in held.newest)
            found.append(Strand(say("label.name", name=Name(name)), actor, held.issue_id, said, _dated(held)))
    return found


def _dated(held: Held) -> tuple[Statement, ...]:
    return tuple(sorted(held.baseline, key=lambda s: s.said_on is None))


def _said(room: Newsroom, s: Statement, zone: str, judged: Judgement | None) -> Said:
    sign = SIGNS.get(judged.verdict) if judged is not None else None
    seen = room.recorded[s.article_key].article.seen_at
    on = s.said_on.last if s.said_on else seen.astimezone(ZoneInfo(zone)).date()
    moved = sign in {Sign.SHIFT, Sign.POSSIBLE_SHIFT}
    return Said(s, on, sign or Sign.SAID, judged.compared if judged is not None and moved else None)

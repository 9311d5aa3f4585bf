"""Position: where an actor stands, from the record in memory. Hides roll-up, times and blind sides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from digests import baselines, compose, grid_pictures, position_pages, positions, standpoints
from digests.desk.newsroom import Newsroom
from digests.frames import say
from digests.model import Button, Day, Held, Instant, Judgement, Page, Position, Statement, Verdict, Voice
from digests.position_pages import Cell, OnOne
from digests.quoting import VERDICT_RANK

LOOKED = timedelta(hours=24)
"""A side none of whose sources was read for this long is called blind."""


@dataclass(frozen=True)
class Asked:
    """Whose position, and which part of it: on one issue, one person's words alone, as the record stood at `as_of`,
    and nothing that was on record before `since`. `as_of` in the reader's zone, where there is one: its day counts."""

    actor_id: str
    as_of: datetime
    issue: str | None = None
    speaker: str | None = None
    since: datetime | None = None


async def position(room: Newsroom, actor_id: str, now: datetime, issue: str | None = None) -> Position:
    """The noun itself; for `--json` and for tests."""
    return await of(room, Asked(actor_id, now, issue))


async def of(room: Newsroom, asked: Asked) -> Position:
    """The position that was asked for."""
    async with room.ledger:
        await room.catch_up()
    return held_by(room, asked)


def in_zone(asked: Asked, zone: str) -> Asked:
    """The same, with the reader's day."""
    return replace(asked, as_of=asked.as_of.astimezone(ZoneInfo(zone)))


def held_by(room: Newsroom, asked: Asked, verdicts: Mapping[str, Verdict] | None = None) -> Position:
    """The same from what is in memory already. `verdicts` by statement id, where they are at hand."""
    on_record = tuple(s for s in room.statements if _on_record(room, s, asked))
    seen_at = _seen_at(room, on_record)
    then, shown = baselines.parted(on_record, seen_at, _compared_until(room, asked))
    said = positions.said_by(room.baseline_statements, asked.as_of.date(), room.watching.baseline.dated)
    first = tuple(s for s in said if asked.speaker in {None, s.speaker})
    found = positions.position(
        asked.actor_id,
        shown,
        () if asked.since else (*first, *then),
        room.directory,
        as_of=asked.as_of,
        issue=asked.issue,
        seen_at=seen_at,
        verdicts=verdicts if verdicts is not None else verdicts_of(room),
    )
    about = () if asked.speaker else found.about
    if then:
        found = replace(found, held=tuple(replace(h, baseline=h.baseline[:1]) for h in found.held))
    return replace(found, about=about, speaker=asked.speaker, since=asked.since)


def _compared_until(room: Newsroom, asked: Asked) -> datetime | None:
    """Until when the record counts as the baseline: none of it, unless a day was made one and is not ahead of what is
    asked for."""
    until = room.watching.baseline.as_of
    return until if until is not None and asked.since is None and asked.as_of > until else None


def _on_record(room: Newsroom, s: Statement, asked: Asked) -> bool:
    """Whether it was on record at that time; a rewrite's wording never says where anyone stands."""
    found = room.recorded.get(s.article_key)
    if found is None or found.article.seen_at > asked.as_of or asked.speaker not in {None, s.speaker}:
        return False
    if asked.since is not None and found.article.seen_at <= asked.since:
        return False
    return not room.directory.rewrites(found.article.source_id)


def _seen_at(room: Newsroom, shown: tuple[Statement, ...]) -> Mapping[str, datetime]:
    """When each article was seen, the newest of its revisions that counts."""
    seen: dict[str, datetime] = {}
    for s in shown:
        at = room.recorded[s.article_key].article.seen_at
        seen[s.article_id] = max(at, seen.get(s.article_id, at))
    return seen


def judgements_of(room: Newsroom) -> Mapping[str, Judgement]:
    """How every statement on record was judged, by its id."""
    developments = (r.development for r in room.recorded.values())
    return {j.statement.statement_id: j for d in developments if d is not None for j in d.judgements}


def verdicts_of(room: Newsroom) -> Mapping[str, Verdict]:
    """The verdict on every statement on record, by its id."""
    return {statement_id: j.verdict for statement_id, j in judgements_of(room).items()}


def told_as(room: Newsroom, statement: Statement, held: Held) -> Verdict | None:
    """The verdict under which these words were told: the gravest that any report of them has, else that of the first
    report which told them. A later report repeats, the words do not. None where they were never judged."""
    found = room.recorded.get(statement.article_key)
    if found is None or found.development is None:
        return None
    uttered = statement.speaker, statement.said_on
    same = {s.statement_id for s in held.newest if (s.speaker, s.said_on) == uttered} | {statement.statement_id}
    reports = sorted(room.by_story.get(found.development.story_id, ()), key=lambda r: (r.article.seen_at, r.seq))
    carried = [
        (d, j) for r in reports if (d := r.development) for j in d.judgements if j.statement.statement_id in same
    ]
    graver = [j.verdict for _, j in carried if VERDICT_RANK.get(j.verdict, 9) < VERDICT_RANK[Verdict.NEW]]
    if graver:
        return min(graver, key=VERDICT_RANK.__getitem__)
    told = [d.verdict for d, _ in carried if d.verdict in {Verdict.NEW, Verdict.UPDATE}]
    own = [j.verdict for _, j in carried if j.statement.statement_id == statement.statement_id]
    return next(iter((*told, *own)), None)


async def page(room: Newsroom, asked: Asked, zone: str, now: datetime) -> Page:
    """The answer to `/position`. What was read lately is asked of now, whatever the position is as of."""
    asked = in_zone(asked, zone)
    found = await of(room, asked)
    one = None
    if asked.issue is not None:
        one = OnOne(asked.issue) if found.held else _nearest(room, asked, asked.issue)
    return position_pages.position(found, zone, room.setting, room.recorded, await voices_missing(room, now), one)


def _nearest(room: Newsroom, asked: Asked, issue: str) -> OnOne:
    """Of somebody without own words on an issue in that time: the issue of his newest, this one before all others."""
    held = held_by(room, replace(asked, issue=None, since=None)).held
    own = [h for h in held if h.issue_id == issue] or sorted(held, key=_last_said, reverse=True)
    if not own:
        return OnOne(issue)
    days = own[0].last.said_on
    return OnOne(issue, own[0].issue_id, Day(days.last) if days else None)


def _last_said(held: Held) -> date:
    days = standpoints.last_said(held).said_on
    return days.last if days is not None else date.min


async def beside(room: Newsroom, asked: Asked, other: str, zone: str) -> Page:
    """Two parties side by side."""
    asked = in_zone(asked, zone)
    one = await of(room, asked)
    second = held_by(room, replace(asked, actor_id=other, speaker=None))
    return position_pages.beside(one, second, zone, room.setting, room.recorded)


async def grid(room: Newsroom, issue: str | None, zone: str, now: datetime, *, picture: bool = False) -> Page:
    """The answer to `/position all`: every party that has no parent, its members' words counted for it; as a picture
    below it, where that is asked for."""
    async with room.ledger:
        await room.catch_up()
    found = cells(room, now.astimezone(ZoneInfo(zone)), issue)
    page = position_pages.grid(found, Instant(now), zone, room.setting, issue)
    file = grid_pictures.file(found, now, now.astimezone(ZoneInfo(zone)).date(), zone, room.setting)
    if file is None or picture:
        return replace(page, files=(file,) if file else ())
    typed = f"position all {issue} picture" if issue else "position all picture"
    return replace(page, buttons=(*page.buttons, Button(say("button.picture"), "ask", typed)))


def cells(room: Newsroom, now: datetime, issue: str | None = None) -> position_pages.Grid:
    """When each party's own words on each issue were last on record. `now` in the reader's zone: its day counts."""
    found: dict[str, dict[str, Cell]] = {}
    verdicts = verdicts_of(room)
    for actor in room.directory.actors:
        if actor.parent is None:
            held = held_by(room, Asked(actor.id, now, issue), verdicts).held
            found[actor.id] = {h.issue_id: _cell(room, h) for h in held}
    return found


def _cell(room: Newsroom, held: Held) -> Cell:
    newest = standpoints.last_said(held)
    article = room.recorded.get(newest.article_key)
    seen = (article.article if article else room.watching.baseline.article).seen_at.date()
    day = Day(newest.said_on.last) if newest.said_on else None
    return Cell(day, Day(seen), newest in held.baseline, Instant(held.moved_at) if held.moved_at else None)


async def voices_missing(room: Newsroom, now: datetime) -> tuple[Voice, ...]:
    """Required voices of which no feed was read lately."""
    read = [
        source
        for c in await room.coverage(now - LOOKED, now)
        if (c.polls_ok or c.items) and (source := room.source(c.source_id)) is not None
    ]
    return compose.missing_voices(room.watching.voices, read, room.directory)

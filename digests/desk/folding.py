"""Folding: what belongs to a happening that an alert told here goes into that message and makes no other. Hides by what
it is known as the same happening, and what the message gains.

A message that gains words is edited, which notifies nobody; so a party that may have moved, sources that contradict, a
decision that the message does not tell of, or somebody's first word hours later still make a message of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from digests import bulletins, excerpts, parting, relaying
from digests.carriers import LATER, Carried, carried
from digests.desk.editing import EDITED, as_laid, edit
from digests.desk.newsroom import Newsroom
from digests.desk.owing import Owed, follows_of
from digests.model import Citation, Delivery, Line, Page, Span, Tone, Verdict
from digests.ports import Recorded, StoredLine, ToldMark
from digests.twins import SAME_HOURS, Twins, same_words

ALIVE = timedelta(hours=24)
"""How long after a happening's report an alert on it takes in what else comes of it; then that is other news."""
GRAVE = frozenset({Verdict.SHIFT, Verdict.POSSIBLE_SHIFT, Verdict.DIFFER})
"""Verdicts that are a message of their own where the happening's alert does not have them."""
LINES_AT_MOST = 4
"""Lines of a message from which it gains none: what comes then is counted in it and found by `why`."""


@dataclass(frozen=True)
class Alerted:
    """A line that an alert told here, and the message that it stands in."""

    stored: StoredLine
    delivery: Delivery


async def alerts(room: Newsroom, now: datetime) -> list[Delivery]:
    """The alerts of late, wherever they went."""
    return list(await room.store.deliveries(kind="alert", since=now - ALIVE))


async def alerted(room: Newsroom, conversation: str, lately: Sequence[Delivery]) -> list[Alerted]:
    """The lines that alerts told a conversation lately, or will once they are let out, the oldest first."""
    found: list[Alerted] = []
    for d in lately:
        if d.conversation == conversation and d.state in EDITED:
            found += [Alerted(stored, d) for stored in await room.store.lines_of(d.key)]
    return sorted(found, key=lambda a: in_order(a.stored.line))


def in_order(line: Line) -> tuple[datetime, str]:
    """Which of two lines was told first."""
    return line.first_seen, line.line_id


def belongs(room: Newsroom, line: Line, group: Sequence[Recorded], told: Sequence[Line]) -> Line | None:
    """The line, of those that alerts told here, with which another one belongs in one message; None where it is to be a
    message of its own. `group`: the reports of its happening."""
    if not told:
        return None
    alive = {old.line_id for old in told if not old.beside and line.first_seen - old.first_seen <= ALIVE}
    near = [old for old in told if (old.beside or old.line_id) in alive]
    behind = {r.article.key: r for old in near for a in old.article_ids for r in room.by_article.get(a, ())}
    behind |= {r.article.key: r for r in group}
    twins = Twins(list(behind.values()), room.directory, room.known.names)
    ids = {r.development.development_id for r in group if r.development is not None}
    same = [old for old in near if ids & set(old.development_ids) or _one(twins, line, old)]
    if GRAVE & set(line.verdicts) - {v for old in same for v in old.verdicts} or _speaks_up(line, same):
        return None
    head = behind[line.headline.article_key]
    shown = [r for old in same if (r := behind.get(old.headline.article_key)) is not None]
    in_other_words = not any(same_words(line, old) for old in same)
    if shown and in_other_words and all(parting.tells_apart(head.reading, r.reading) for r in shown):
        return None
    return same[0] if same else None


def _one(twins: Twins, line: Line, old: Line) -> bool:
    """Whether a reader takes two lines for one happening; across languages only of what has just happened, where both
    name the same persons or show words of one speaker on one question."""
    at_once = abs(line.first_seen - old.first_seen) <= SAME_HOURS
    return twins.one(line, old) or (at_once and (twins.in_two_languages(line, old) or _one_voice(line, old)))


def _speaks_up(line: Line, told: Sequence[Line]) -> bool:
    """Whether somebody of whom the message has no words speaks hours after all of it was told: an edit would let nobody
    know of his first word."""
    late = all(line.first_seen - old.first_seen > SAME_HOURS for old in told)
    return (
        bool(told)
        and late
        and bool(_speakers(line))
        and _speakers(line).isdisjoint(n for old in told for n in _speakers(old))
    )


def _speakers(line: Line) -> set[str]:
    return {c.speaker for c in (line.headline, *line.quotes) if c.speaker}


def _one_voice(a: Line, b: Line) -> bool:
    spoke = [_speakers(x) for x in (a, b)]
    abroad = a.headline.language[:2] != b.headline.language[:2]
    return abroad and bool(spoke[0] & spoke[1]) and not set(a.issues).isdisjoint(b.issues)


def joined(room: Newsroom, into: Alerted, line: Line, group: Sequence[Recorded], so_far: Owed, now: datetime) -> Owed:
    """The message with what a line adds to it, which counts as told by it. `so_far`: what is owed already."""
    target = as_laid(into.delivery, so_far)
    by = _carried(room, into.stored.line, group)
    page, fresh = _counted(target.page, into.stored.line, by), _unsaid(_with(line, by), target.page)
    shown = [fresh] if fresh is not None and len(bulletins.lines_in(page)) < LINES_AT_MOST and not page.thread else []
    for one in shown:
        page = bulletins.gained(page, one, room.setting, now)
    line_id = line.line_id if shown else into.stored.line.line_id
    marks = tuple(
        ToldMark(target.conversation, d, line.story_id, line_id, now, target.key) for d in line.development_ids
    )
    stored = tuple(StoredLine(beside(one, into.stored.line), target.conversation, target.key) for one in shown)
    owed = Owed(told=marks, lines=stored, follows=follows_of(shown, now))
    return owed.and_(edit(target, page, f"joined {line.line_id}", now)) if page != target.page else owed


def beside(line: Line, old: Line) -> Line:
    """The line as one that came into the message of another."""
    return replace(line, beside=old.beside or old.line_id)


def _carried(room: Newsroom, told: Line, group: Sequence[Recorded]) -> Carried:
    """Who reports the told line, where the happening of the new one is its own."""
    head = room.recorded.get(told.headline.article_key)
    if head is None or head.development is None:
        return Carried(told.publishers, told.origins)
    reports = {r.article.key: r for r in (*room.by_story.get(head.development.story_id, ()), *group)}
    return carried(list(reports.values()), head, told.development_ids, room.directory)


def _counted(page: Page, told: Line, by: Carried) -> Page:
    if (len(by.publishers), by.origins) <= (len(told.publishers), told.origins):
        return page
    return relaying.recounted(page, told.line_id, len(by.publishers), by.origins)


def _with(line: Line, by: Carried) -> Line:
    """The line with the figure of the happening, unless it tells what came later of it: that has its own."""
    return line if line.reason.key in LATER else replace(line, publishers=by.publishers, origins=by.origins)


def _unsaid(line: Line, page: Page) -> Line | None:
    """The line with what a page does not show yet; None where it shows all of it."""
    said = [
        p for row in (*page.rows, *page.thread) if row.tone is Tone.QUOTE for p in row.pieces if isinstance(p, Span)
    ]
    fresh = [c for c in (line.headline, *line.quotes) if not _is_said(c, said)]
    return replace(line, headline=fresh[0], quotes=tuple(fresh[1:])) if fresh else None


def _is_said(citation: Citation, said: Sequence[Span]) -> bool:
    return any(s.overlaps(citation.span) or excerpts.same_words(s, citation.span) for s in said)

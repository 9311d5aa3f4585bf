"""Timelines: when own words on what came on record, as a page, a picture and a table. Hides how days become marks.

A mark is a day with everything that was said on it; its sign is the foremost of what was judged there. Nothing is said
of why: the words behind the moves stand below, cut from their texts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from digests import sheets
from digests.frames import say
from digests.model import (
    Button,
    Citation,
    Count,
    Day,
    File,
    Frame,
    Instant,
    Lane,
    Mark,
    Name,
    Note,
    Page,
    Row,
    Sign,
    Span,
    Statement,
    Timeline,
    Tone,
    Verdict,
)
from digests.ports import Recorded
from digests.rows import Setting, evidence
from digests.standpoints import shown

NOTES_AT_MOST = 6
MARKS_A_LANE = 10
"""Marks of a lane that are written out; the table has all of them."""
LEAST_DAYS = 7
WEEKLY_FROM = 92
"""Days from which a mark is a week: more marks than that are not told apart."""

SIGNS: Mapping[Verdict, Sign] = {
    Verdict.SHIFT: Sign.SHIFT,
    Verdict.POSSIBLE_SHIFT: Sign.POSSIBLE_SHIFT,
    Verdict.CORRECTION: Sign.CORRECTION,
    Verdict.NEW: Sign.NEW,
    Verdict.UPDATE: Sign.NEW,
    Verdict.DIFFER: Sign.NEW,
}
"""What a judgement is drawn as; any other is said again."""
MOVES = (Sign.SHIFT, Sign.POSSIBLE_SHIFT, Sign.CORRECTION)
"""Signs that come before others in the notes, in this order."""
_RANK = {sign: n for n, sign in enumerate((*MOVES, Sign.NEW, Sign.SAID))}
LEGEND = tuple(
    (sign, say(f"sign.{sign.name.lower()}"))
    for sign in (Sign.BASELINE, Sign.SAID, Sign.NEW, Sign.POSSIBLE_SHIFT, Sign.SHIFT, Sign.CORRECTION)
)
COLUMNS = ("actor", "issue", "day", "sign", "statements", "statement_id", "words", "source", "url", "note")
"""Columns of the table; the words are those of the statement that gives the day its sign."""


@dataclass(frozen=True)
class Said:
    """One statement of a party's own: its day, how it was judged, and the words it was compared with where it moved."""

    statement: Statement
    on: date
    sign: Sign
    was: Citation | None = None


@dataclass(frozen=True)
class Strand:
    """What is drawn as one lane: a party on an issue; `said` newest first."""

    head: Frame
    actor_id: str
    issue_id: str
    said: tuple[Said, ...]
    baseline: tuple[Statement, ...]


@dataclass(frozen=True)
class Asked:
    """What a timeline is of: names for its title, the days between which, as of when; `again` how it is typed."""

    of: tuple[Name, ...]
    first: date
    last: date
    at: Instant
    again: str
    table: bool = False
    chosen: bool = False  # the first day was asked for


@dataclass(frozen=True)
class _Noted:
    number: int
    strand: Strand
    said: Said
    now: Citation


def page(
    strands: Sequence[Strand], asked: Asked, zone: str, setting: Setting, articles: Mapping[str, Recorded]
) -> Page:
    """The answer: lanes in words, the words behind the moves, and the picture or the table as a file."""
    earlier = sum(said.on < asked.first for s in strands for said in s.said)
    left = (say("timeline.not_drawn", n=Count(earlier)),) if earlier and not asked.chosen else ()
    strands = [_within(s, asked) for s in strands]
    strands = [s for s in strands if s.said or s.baseline]
    first = min([asked.first, asked.last - timedelta(days=LEAST_DAYS - 1)])
    title = say("timeline.title", what=asked.of, first=Day(first), last=Day(asked.last), zone=Name(zone))
    rows = [Row(Tone.TITLE, (title,)), *(Row(Tone.WARNING, (m,)) for m in setting.marks)]
    if not any(s.said for s in strands):
        none = Row(Tone.WARNING, (say("timeline.nothing"), *left))
        return Page("timeline", zone, (title,), (*rows, none))
    notes = _notes(strands, setting, articles)
    count = say("timeline.count", n=Count(sum(len(s.said) for s in strands)), lanes=Count(len(strands)), at=asked.at)
    rows += [Row(Tone.META, (count,)), *(row for s in strands for row in _lane_rows(s, asked, notes))]
    rows += [row for note in notes for row in _note_rows(note, setting)]
    rows.append(Row(Tone.META, (say("timeline.undated"), *left)))
    name = f"timeline-{asked.last.isoformat()}"
    drawn = _picture(strands, asked, title, (count, *left, *setting.marks), notes, setting, first)
    file = File(f"{name}.png", title, picture=drawn, alt=_alt(title, count, strands, notes))
    if asked.table:
        file = File(f"{name}.csv", title, text=sheets.csv(COLUMNS, _table(strands, notes, setting, articles)))
    table = Button(say("button.table"), "ask", f"{asked.again} csv")
    return Page("timeline", zone, (title,), tuple(rows), buttons=() if asked.table else (table,), files=(file,))


def _within(strand: Strand, asked: Asked) -> Strand:
    said = tuple(s for s in strand.said if asked.first <= s.on <= asked.last)
    return Strand(strand.head, strand.actor_id, strand.issue_id, said, strand.baseline)


def foremost(said: Sequence[Said]) -> Said:
    """What stands for a day: a move before new words before what is said again; the newest of each."""
    return min(said, key=lambda s: _RANK[s.sign])


def _days(strand: Strand) -> dict[date, list[Said]]:
    """Statements by day, in order of day."""
    days: dict[date, list[Said]] = {}
    for said in sorted(strand.said, key=lambda s: s.on):
        days.setdefault(said.on, []).append(said)
    return {on: sorted(days[on], key=strand.said.index) for on in days}


# --- the words behind the moves ---------------------------------------------------------------------------------------


def _notes(strands: Sequence[Strand], setting: Setting, articles: Mapping[str, Recorded]) -> list[_Noted]:
    """At most so many, numbered by day: every move that may be shown before new words, the newest before others."""
    found = [f for strand in strands for f in _candidates(strand, setting, articles)]
    found.sort(key=lambda f: f[1].on, reverse=True)
    found.sort(key=lambda f: (_RANK[f[1].sign], f[0]))
    chosen: dict[str, tuple[Strand, Said, Citation]] = {}
    for _, said, strand, citation in found:
        if len(chosen) < NOTES_AT_MOST:
            chosen.setdefault(said.statement.statement_id, (strand, said, citation))
    ordered = sorted(chosen.values(), key=lambda f: (f[1].on, strands.index(f[0])))
    return [_Noted(n, strand, said, citation) for n, (strand, said, citation) in enumerate(ordered, 1)]


def _candidates(
    strand: Strand, setting: Setting, articles: Mapping[str, Recorded]
) -> list[tuple[int, Said, Strand, Citation]]:
    """What may be noted of a lane, a day each, the newest first, with its place: each lane has its turn."""
    found: list[tuple[int, Said, Strand, Citation]] = []
    for on_day in reversed(list(_days(strand).values())):
        best = foremost(on_day)
        citation = shown(best.statement, setting, articles) if best.sign is not Sign.SAID else None
        if citation is not None:
            found.append((0 if best.sign in MOVES else len(found), best, strand, citation))
    return found


def _head(note: _Noted) -> tuple[Frame, ...]:
    sign = say(f"sign.{note.said.sign.name.lower()}")
    return say("timeline.day", on=Day(note.said.on)), note.strand.head, sign


def _note_rows(note: _Noted, setting: Setting) -> Iterator[Row]:
    yield Row(Tone.LINE, (say("search.number", n=Count(note.number)), *_head(note)))
    if note.said.was is not None:
        yield Row(Tone.META, (say("line.was"),))
        yield from evidence((note.said.was,), setting)
        yield Row(Tone.META, (say("line.now"),))
    yield from evidence((note.now,), setting)


def _as_note(note: _Noted, setting: Setting) -> Note:
    """A note as it stands in the picture: its words, then where they stand; links are left to the page."""
    rows = evidence((note.now,), setting)
    foot = [p for row in rows for p in row.pieces if isinstance(p, Frame)]
    who = [f for f in foot if f.key == "label.speaker"]
    foot = [f for f in foot if f.key != "label.speaker"]
    spans = [p for row in rows for p in row.pieces if isinstance(p, Span)]
    was = note.said.was.span if note.said.was is not None else None
    return Note(note.number, _head(note), tuple(who), spans[0] if spans else note.now.span, tuple(foot), was)


# --- lanes in words, in the picture, in the table ---------------------------------------------------------------------


def _number(strand: Strand, days: Sequence[Said], notes: Sequence[_Noted]) -> int:
    return next((n.number for n in notes if n.strand is strand and n.said in days), 0)


def _lane_rows(strand: Strand, asked: Asked, notes: Sequence[_Noted]) -> Iterator[Row]:
    yield Row(Tone.LINE, (strand.head,))
    days = _days(strand)
    frames: list[Frame] = []
    if strand.baseline:
        frames.append(_before(strand))
    if len(days) > MARKS_A_LANE:
        frames.append(say("timeline.earlier", n=Count(len(days) - MARKS_A_LANE)))
    for on, said in list(days.items())[-MARKS_A_LANE:]:
        sign, number = Name(foremost(said).sign.value), _number(strand, said, notes)
        if number:
            frames.append(say("timeline.noted", on=Day(on), sign=sign, n=Count(len(said)), note=Count(number)))
        else:
            frames.append(say("timeline.mark", on=Day(on), sign=sign, n=Count(len(said))))
    if not days:
        frames.append(say("timeline.none_since", first=Day(asked.first)))
    yield Row(Tone.META, tuple(frames))


def _before(strand: Strand) -> Frame:
    days = strand.baseline[0].said_on
    return say("timeline.before", on=Day(days.last)) if days else say("timeline.before_undated")


def _lane(strand: Strand, asked: Asked, notes: Sequence[_Noted], first: date, step: int) -> Lane:
    bins: dict[date, list[Said]] = {}
    for on, said in _days(strand).items():
        bins.setdefault(first + timedelta(days=(on - first).days // step * step), []).extend(said)
    marks = tuple(Mark(on, foremost(said).sign, len(said), _number(strand, said, notes)) for on, said in bins.items())
    return Lane(strand.head, marks, _before_short(strand) if strand.baseline else None)


def _before_short(strand: Strand) -> Frame:
    days = strand.baseline[0].said_on
    return say("timeline.day", on=Day(days.last)) if days else say("layout.nothing")


def _picture(
    strands: Sequence[Strand],
    asked: Asked,
    title: Frame,
    about: tuple[Frame, ...],
    notes: Sequence[_Noted],
    setting: Setting,
    first: date,
) -> Timeline:
    step = 7 if (asked.last - first).days >= WEEKLY_FROM else 1
    baseline = setting.baseline
    version = say("timeline.version", version=Count(baseline.version), first=Day(baseline.dated.first))
    used = {m.sign for s in strands for m in _lane(s, asked, notes, first, step).marks} | {Sign.BASELINE}
    below = (say("timeline.counts"), say("timeline.undated"), *((say("timeline.weekly"),) if step > 1 else ()), version)
    return Timeline(
        title=title,
        about=about,
        first=first,
        last=asked.last,
        lanes=tuple(_lane(s, asked, notes, first, step) for s in strands),
        legend=tuple((sign, words) for sign, words in LEGEND if sign in used),
        notes=tuple(_as_note(n, setting) for n in notes),
        below=below,
        before=say("timeline.baseline"),
        step=step,
    )


def _alt(title: Frame, count: Frame, strands: Sequence[Strand], notes: Sequence[_Noted]) -> tuple[Frame, ...]:
    """The picture in words: what it is of, each lane's last day, each note's head."""
    lanes = [
        say("timeline.alt_lane", n=Count(len({s.on for s in strand.said})), on=Day(strand.said[0].on))
        for strand in strands
        if strand.said
    ]
    heads = [strand.head for strand in strands if strand.said]
    moved = [frame for note in notes if note.said.sign in MOVES for frame in _head(note)]
    return (title, count, *(f for pair in zip(heads, lanes, strict=True) for f in pair), *moved)


def _table(
    strands: Sequence[Strand], notes: Sequence[_Noted], setting: Setting, articles: Mapping[str, Recorded]
) -> Iterator[sheets.Values]:
    for strand in strands:
        for on, said in _days(strand).items():
            best = foremost(said)
            citation = shown(best.statement, setting, articles)
            yield {
                "actor": strand.actor_id,
                "issue": strand.issue_id,
                "day": on.isoformat(),
                "sign": best.sign.value,
                "statements": len(said),
                "statement_id": best.statement.statement_id,
                "words": citation.span.chars if citation else None,
                "source": citation.source_id if citation else None,
                "url": citation.url if citation else None,
                "note": _number(strand, said, notes) or None,
            }

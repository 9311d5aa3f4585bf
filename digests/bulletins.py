"""Pages of alerts and of what comes after them: what was held, what was corrected. Hides the order of their rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from digests import relaying
from digests.frames import say
from digests.model import Citation, Count, Delivery, Frame, Instant, Line, Name, Page, Refs, Row, Span, Tone
from digests.pages import evidence_buttons, evidence_of, more_in_thread
from digests.rows import Setting, corrected, evidence, line_rows

IN_PARENT = 5
"""Lines of a held message that stand in it; the rest goes to its thread."""

_ENDINGS = frozenset({"alert.subscription", "alert.subscriptions"})
"""Frames of the row that ends an alert."""


@dataclass(frozen=True)
class Kept:
    """One alert that was held: its delivery and the line that it tells."""

    delivery: Delivery
    line: Line


@dataclass(frozen=True)
class Changed:
    """Words of a line that their source changed, what it has in their place, where that can be shown, and what it says
    of its correction, where it says so."""

    were: tuple[Citation, ...]
    now: tuple[Citation, ...] = ()
    notice: Citation | None = None


def alert(line: Line, zone: str, setting: Setting, subscription_id: str) -> Page:
    """One event to one subscriber."""
    names = tuple(
        Name(setting.directory.issue_by_id[i].name) for i in line.issues if i in setting.directory.issue_by_id
    )
    verdict = Name(", ".join(v.value.upper() for v in line.verdicts))
    title = say("alert.title", verdict=verdict, issues=names) if names else say("alert.title_bare", verdict=verdict)
    rows = [
        Row(Tone.TITLE, (title,)),
        *(Row(Tone.WARNING, (mark,)) for mark in setting.marks),
        *line_rows(line, "1", setting),
        Row(Tone.META, (say("alert.subscription", id=Name(subscription_id)),)),
    ]
    return Page("alert", zone, (title, line.headline.span), tuple(rows), buttons=evidence_buttons((line,)))


def gained(page: Page, line: Line, setting: Setting, at: datetime) -> Page:
    """The page of an alert with one line more, which came in at an instant: below what it tells already."""
    ids = [*lines_in(page), line.line_id]
    head, *below = line_rows(line, str(len(ids)), setting)
    head = replace(head, pieces=(*head.pieces, say("alert.added", at=Instant(at))))
    end = next((n for n, row in enumerate(page.rows) if _ends(row)), len(page.rows))
    rows = (*page.rows[:end], head, *below, *page.rows[end:])
    return replace(page, rows=rows, buttons=evidence_of(ids))


def lines_in(page: Page) -> list[str]:
    """The ids of the lines of a page, in their order."""
    return [row.line_id for row in (*page.rows, *page.thread) if row.line_id]


def _ends(row: Row) -> bool:
    return isinstance(row.pieces[0], Frame) and row.pieces[0].key in _ENDINGS


def away(kept: Sequence[Kept], zone: str, setting: Setting, caps: Sequence[int]) -> Page:
    """Several alerts that were held, told in one message, the weightier first. `caps`: of their subscriptions."""
    ranked = _ranked(kept)
    since = min(k.line.first_seen for k in kept)
    key = "alert.capped" if {k.delivery.held for k in kept} == {"cap"} else "alert.away"
    alerts = Count(len({k.delivery.key for k in kept}))
    title = say(key, n=alerts, since=Instant(since))
    shown = [_as_held(k, n) or line_rows(k.line, str(n), setting) for n, k in enumerate(ranked, 1)]
    parent = [row for rows in shown[:IN_PARENT] for row in rows]
    thread = [row for rows in shown[IN_PARENT:] for row in rows]
    if thread:
        parent.append(more_in_thread(len(shown) - IN_PARENT))
    ids = sorted({k.delivery.subscription_id for k in kept if k.delivery.subscription_id})
    rows = (
        Row(Tone.TITLE, (title,)),
        Row(Tone.STATUS, tuple(_why(kept, caps))),
        *(Row(Tone.WARNING, (mark,)) for mark in setting.marks),
        *parent,
        Row(Tone.META, (say("alert.subscriptions", ids=tuple(Name(i) for i in ids)),)),
    )
    summary: tuple[Frame | Span, ...] = (
        say(f"{key}_summary", n=alerts),
        *(k.line.headline.span for k in ranked[:3]),
    )
    return Page("alert", zone, summary, rows, tuple(thread), evidence_buttons([k.line for k in ranked]))


def _ranked(kept: Sequence[Kept]) -> list[Kept]:
    """The weightier alerts first, what a message gained below what it told."""
    own = {k.line.line_id: k.line for k in kept}

    def rank(k: Kept) -> tuple[int, datetime, str, bool, datetime]:
        first = own.get(k.line.beside, k.line)
        return -first.weight, first.first_seen, first.line_id, bool(k.line.beside), k.line.first_seen

    return sorted(kept, key=rank)


def _as_held(k: Kept, number: int) -> list[Row]:
    """The rows of a held alert's line under another number: counts and marks that came while it was held stay."""
    rows = [row for row in relaying.of_line(k.delivery.page, k.line.line_id) if not _ends(row)]
    if not rows:
        return []
    head, *pieces = rows[0].pieces
    verdict = dict(head.slots).get("verdict") if isinstance(head, Frame) else None
    if not isinstance(verdict, Name):
        return []
    numbered = say("line.head", n=Refs((str(number),)), verdict=verdict)
    return [replace(rows[0], pieces=(numbered, *pieces)), *rows[1:]]


def _why(kept: Sequence[Kept], caps: Sequence[int]) -> list[Frame]:
    """Why they were held, each reason once."""
    reasons = {k.delivery.held for k in kept}
    frames = [say(f"alert.held_{reason}") for reason in ("quiet", "mute") if reason in reasons]
    if "cap" in reasons and caps:
        frames.append(say("alert.held_cap", n=Count(min(caps))))
    return frames or [say("alert.held_late")]


def correction(line: Line, shown: Changed, zone: str, setting: Setting, told_at: datetime) -> Page:
    """To everyone who got an alert: its source changed or withdrew what was quoted."""
    title = say("alert.correction", at=Instant(told_at))
    rows = (
        Row(Tone.TITLE, (title,)),
        *(Row(Tone.WARNING, (mark,)) for mark in setting.marks),
        *_changed_rows(line, shown, setting),
    )
    return Page("correction", zone, (say("alert.corrected_summary", at=Instant(told_at)), line.headline.span), rows)


def note(line: Line, shown: Changed, zone: str, setting: Setting) -> Page:
    """To the thread of a message: what became of a line in it."""
    title = say("follow.note")
    marks = (Row(Tone.WARNING, (mark,)) for mark in setting.marks)
    head = Row(Tone.TITLE, (title, say("follow.line", id=Name(line.line_id))))
    return Page("note", zone, (title, line.headline.span), (head, *marks, *_changed_rows(line, shown, setting)))


def ruled(line: Line, title: Frame, zone: str, setting: Setting) -> Page:
    """To whoever was shown a line that a reviewer found wrong, or whose scope he set. `title`: his ruling."""
    marks = (Row(Tone.WARNING, (mark,)) for mark in setting.marks)
    head = Row(Tone.TITLE, (title, say("follow.line", id=Name(line.line_id))))
    rows = (head, *marks, *evidence((line.headline,), setting))
    return Page("note", zone, (title, line.headline.span), rows)


def _changed_rows(line: Line, shown: Changed, setting: Setting) -> list[Row]:
    """The words that were shown with what became of them, what stands there now, and the source's own notice."""
    rows = corrected(shown.were, shown.now, setting, line.changes)
    if shown.notice is not None:
        rows += [Row(Tone.META, (say("follow.notice"),)), *evidence((shown.notice,), setting)]
    return rows

"""Nouns -> pages: digest and alert. Hides the order of storeys; every piece is a frame, a span or a link."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from digests import announced, excerpts, frames, preface, when
from digests.frames import say
from digests.model import (
    Button,
    Choice,
    Citation,
    Count,
    Day,
    Digest,
    Directory,
    Frame,
    Instant,
    Line,
    Link,
    Name,
    Page,
    Piece,
    Refs,
    Row,
    Silence,
    Span,
    Tone,
    Verdict,
)
from digests.rows import Setting, compact_rows, compared, evidence, line_rows

__all__ = [
    "ALL_LINES", "PARENT_LINES", "WORDS_AT_MOST", "WRONG", "Setting", "all_lines", "digest",
    "evidence_buttons", "evidence_of", "more_in_thread", "preview", "unposted", "unthreaded", "words_of_page",
]  # fmt: skip

PARENT_LINES = 7
"""Lines in the parent message; the rest stands in its thread."""
ALL_LINES = "all_lines"
"""The action of the button that shows every line of the digest under which it stands."""
WRONG = "wrong"
"""The action of the button that reports a line; its value is that line's id, and empty below a message of several."""
WORDS_AT_MOST = 750
"""Words of a digest, thread included: ten minutes of reading with the sources open."""
ALERTED_AT_MOST = 5


# --- digest ---------------------------------------------------------------------------------------------------------


def digest(d: Digest, setting: Setting) -> Page:
    """A digest in its three storeys: who spoke, the lines, what lies ahead and what was left out. Where it would run
    longer than `WORDS_AT_MOST`, lines stay and spans go, those first that a reader misses least; each line says how
    many of its own stand in its evidence alone."""
    if d.compact:
        return _compact(d, setting)
    page = _digest(d, setting, [len(line.quotes) for line in d.lines])
    if words_of_page(page) <= WORDS_AT_MOST:
        return page
    kept = [min(1, len(line.quotes)) if compared(line) else 0 for line in d.lines]
    page = _digest(d, setting, kept)
    for n, quotes in _by_worth(d):
        if kept[n] == quotes - 1:
            kept[n] = quotes
            longer = _digest(d, setting, kept)
            if words_of_page(longer) <= WORDS_AT_MOST:
                page = longer
            else:
                kept[n] = quotes - 1
    return page


def _by_worth(d: Digest) -> Iterator[tuple[int, int]]:
    """(place of a line, how many of its spans): a first one before any second one, what stands in the parent before
    what does not, the war last."""
    lines = sorted(range(len(d.lines)), key=lambda n: (n >= PARENT_LINES or d.lines[n].context, n))
    most = max((len(line.quotes) for line in d.lines), default=0)
    yield from ((n, quotes) for quotes in range(1, most + 1) for n in lines if len(d.lines[n].quotes) >= quotes)


def words_of_page(page: Page) -> int:
    """Words that a reader meets in a page and its thread: what has a letter. Numbers, dots and addresses are none."""
    zone = ZoneInfo(page.zone)
    pieces = (p for row in (*page.rows, *page.thread) for p in row.pieces)
    return sum(any(c.isalpha() for c in word) for p in pieces for word in _said(p, zone).split())


def _said(piece: Piece, zone: ZoneInfo) -> str:
    if isinstance(piece, Span):
        return piece.chars
    return frames.words(piece.label if isinstance(piece, Link) else piece, zone)


def _digest(d: Digest, setting: Setting, kept: Sequence[int]) -> Page:
    head = [*preface.head(d, setting), *preface.board(d, setting.directory)]
    lines = [line_rows(line, str(n), setting, k) for n, (line, k) in enumerate(zip(d.lines, kept, strict=True), 1)]
    parent, thread = _parted(d, lines)
    foot = [*_alerted(d, setting), *_ahead(d, setting, kept), *_closing(d, setting)]
    return _laid(d, [*head, *parent, *foot], thread)


def _compact(d: Digest, setting: Setting) -> Page:
    """The same digest for who reads many: who spoke in one line, each happening in one, and the counts."""
    lines = [compact_rows(line, str(n), setting) for n, line in enumerate(d.lines, 1)]
    parent, thread = _parted(d, lines)
    return _laid(
        d,
        [*preface.head(d, setting), *preface.brief_board(d, setting.directory), *parent, *_closing(d, setting)],
        thread,
    )


def _parted(d: Digest, lines: Sequence[Sequence[Row]]) -> tuple[list[Row], list[Row]]:
    """What stands in the message itself, and what in its thread."""
    in_parent = PARENT_LINES if d.threads else len(lines)
    parent = [row for rows in lines[:in_parent] for row in rows]
    thread = [row for rows in lines[in_parent:] for row in rows]
    if thread:
        parent.append(more_in_thread(len(lines) - in_parent))
    return parent, thread


def more_in_thread(n: int) -> Row:
    """How many lines stand in the thread of a message: below its own lines, and part of none of them."""
    return Row(Tone.STATUS, (say("digest.more_in_thread", n=Count(n)),))


def _laid(d: Digest, rows: Sequence[Row], thread: Sequence[Row]) -> Page:
    return Page(
        kind="digest",
        zone=d.zone,
        summary=_summary(d),
        rows=tuple(rows),
        thread=tuple(thread),
        buttons=_digest_buttons(d),
        threads=d.threads,
    )


def _digest_buttons(d: Digest) -> tuple[Button, ...]:
    if not d.lines:
        return ()
    actions = (("button.alert_me", "alert_me"), ("button.new", "new"), ("button.wrong", WRONG))
    every = Button(say("button.all_lines"), ALL_LINES)
    return (every, *evidence_buttons(d.lines), *(Button(say(label), action) for label, action in actions))


def unposted(page: Page) -> Page:
    """A digest that is shown and not posted: without the button that is about a message."""
    return replace(page, buttons=tuple(b for b in page.buttons if b.action != ALL_LINES))


def preview(page: Page, d: Digest, coming: datetime | None) -> Page:
    """A digest as it would be told now; `coming`: when it will be, None where none is scheduled or it is paused."""
    title = say("preview.title", at=Instant(d.slot), zone=Name(d.zone), since=Instant(d.freshness.since))
    when = say("preview.coming", at=Instant(coming)) if coming is not None else say("preview.not_coming")
    return unposted(replace(page, rows=(Row(Tone.TITLE, (title,)), Row(Tone.META, (when,)), *page.rows[1:])))


def unthreaded(page: Page) -> Page:
    """A posted digest as an answer shows it, which has no thread: every line in its order."""
    place = next((n for n, row in enumerate(page.rows) if _counts_more(row)), len(page.rows))
    return replace(page, rows=(*page.rows[:place], *page.thread, *page.rows[place + 1 :]), thread=(), threads=False)


def _counts_more(row: Row) -> bool:
    first, *others = row.pieces
    return isinstance(first, Frame) and first.key == "digest.more_in_thread" and not others


def all_lines(lines: Sequence[Line], at: datetime, zone: str, setting: Setting) -> Page:
    """Every line of a digest with all of its words, whatever the digest had room for."""
    title = say("lines.title", n=Count(len(lines)), at=Instant(at))
    rows = [Row(Tone.TITLE, (title,)), *(Row(Tone.WARNING, (mark,)) for mark in setting.marks)]
    rows += [row for n, line in enumerate(lines, 1) for row in line_rows(line, str(n), setting)]
    return Page("lines", zone, (title,), tuple(rows), buttons=evidence_buttons(lines), threads=False)


def evidence_buttons(lines: Sequence[Line], before: int = 0) -> tuple[Button, ...]:
    """What stands behind a message's lines: a button for the only one, a menu of several, by the numbers they bear:
    `before` lines stand elsewhere."""
    return evidence_of([line.line_id for line in lines], before)


def evidence_of(line_ids: Sequence[str], before: int = 0) -> tuple[Button, ...]:
    """The same of lines by their ids."""
    told = [(n, line_id) for n, line_id in enumerate(line_ids, before + 1) if line_id]
    if len(told) < 2:
        return tuple(Button(say("button.evidence"), "ask", f"why {line_id}") for _, line_id in told)
    choices = (Choice(say("button.line", n=Refs((str(n),)), id=Name(i)), f"why {i}") for n, i in told)
    return (Button(say("button.evidence"), "ask", choices=tuple(choices)),)


def _summary(d: Digest) -> tuple[Frame | Span, ...]:
    at = Instant(d.slot)
    if d.silence is Silence.BLIND:
        return (say("digest.summary_blind", at=at),)
    if not d.lines:
        return (say("digest.summary_empty", at=at),)
    return (say("digest.summary", at=at, n=Count(len(d.lines))), *(line.headline.span for line in d.lines[:3]))


def _alerted(d: Digest, setting: Setting) -> list[Row]:
    """What alerts told this conversation since the last digest: named again, told once; past a few, by the ids that
    their alerts bear."""
    if not d.alerted:
        return []
    apart = [line for line in d.alerted if not line.beside]  # the others stand in the messages of these
    rows = [Row(Tone.STATUS, (say("digest.alerted", n=Count(len(apart))),))]
    for line in apart[:ALERTED_AT_MOST]:
        quote, source, *warnings = evidence((line.headline,), setting)
        rows += [quote, Row(source.tone, (say("line.id", id=Name(line.line_id)), *source.pieces)), *warnings]
    others = tuple(line.line_id for line in apart[ALERTED_AT_MOST:])
    more = say("digest.alerted_more", n=Count(len(others)), lines=Refs(others))
    return [*rows, Row(Tone.META, (more,))] if others else rows


def _ahead(d: Digest, setting: Setting, kept: Sequence[int]) -> list[Row]:
    """What is announced, with its days; a sentence that stands among the lines is only pointed to."""
    if not d.ahead:
        return [Row(Tone.STATUS, (say("digest.nothing_ahead"),))] if d.lines else []
    numbers = {line.line_id: str(n) for n, line in enumerate(d.lines, 1)}
    rows = [Row(Tone.STATUS, (say("digest.ahead"),))]
    shown = [c.span for line, k in zip(d.lines, kept, strict=True) for c in (line.headline, *line.quotes[:k])]
    for line_id, citation in d.ahead:
        on = _days_of(citation, setting.directory)
        if line_id not in numbers:
            where = say("digest.ahead_before", id=Name(line_id))
        elif any(excerpts.same_words(citation.span, s) for s in shown):
            rows.append(Row(Tone.META, (say("digest.ahead_above", line=Refs((numbers[line_id],))), on)))
            continue
        else:
            where = say("digest.ahead_of", line=Refs((numbers[line_id],)))
        quote, source, *warnings = evidence((citation,), setting)
        rows += [quote, Row(source.tone, (where, on, *source.pieces)), *warnings]
    return rows


def _days_of(c: Citation, directory: Directory) -> Frame:
    """When what a sentence announces will be; that it names no day is said."""
    days = announced.days_of(c, directory)
    if days is None:
        return say("digest.ahead_undated")
    if days.exact is not None:
        return say("digest.ahead_on", on=Day(days.exact))
    return say("digest.ahead_between", first=Day(days.first), last=Day(days.last))


_COUNTED = {
    Verdict.NEW: "digest.new",
    Verdict.UPDATE: "digest.updates",
    Verdict.SHIFT: "digest.shifts",
    Verdict.POSSIBLE_SHIFT: "digest.possible_shifts",
    Verdict.DIFFER: "digest.differ",
    Verdict.CORRECTION: "digest.corrections",
}
_ALWAYS_COUNTED = frozenset({Verdict.NEW, Verdict.SHIFT})
"""Verdicts whose nought is worth a word."""


def _closing(d: Digest, setting: Setting) -> list[Row]:
    """The counts, which add up: reports by verdict; with what is not about the talks, and without later versions of an
    article, they are the items that were read."""
    context = sum(line.context for line in d.lines)
    reports = sum(d.counts.values())
    told = say(
        "digest.told", lines=Count(len(d.lines)), context=Count(context), used=Count(d.used), reports=Count(reports)
    )
    counted = [
        say(key, n=Count(d.counts.get(v.value, 0)))
        for v, key in _COUNTED.items()
        if v in _ALWAYS_COUNTED or d.counts.get(v.value)
    ]
    repeats = sum(d.counts.get(v.value, 0) for v in (Verdict.REPEAT, Verdict.RESTATED, Verdict.CORROBORATED))
    counted.append(say("digest.repeats", n=Count(repeats)))
    counted += [say("digest.background", n=Count(n)) for n in (d.counts.get(Verdict.BACKGROUND.value, 0),) if n]
    counted += [say("digest.versions", n=Count(d.versions))] if d.versions else []
    rows = [Row(Tone.STATUS, (told, *counted))]
    if d.left_out:
        left = (say("digest.left_out_reason", n=Count(n), reason=Name(why)) for why, n in d.left_out.items())
        rows.append(Row(Tone.META, (say("digest.left_out", n=Count(sum(d.left_out.values()))), *left)))
    return [*rows, *([cut_off(d)] if d.cut else [])]


def cut_off(d: Digest) -> Row:
    """How many lines the cap cut off, and where they stand."""
    day = Name(when.local_day(d.freshness.since, d.zone).isoformat())
    return Row(Tone.META, (say("digest.more_cut", n=Count(d.cut)), say("digest.new_since", day=day)))

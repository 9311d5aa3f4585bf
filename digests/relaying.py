"""Posted pages laid anew: a count that rose, a mark beside words that their source changed. Hides where a line stands.

What was posted stays, to the character; a page to which nothing is added comes back as the same value.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from digests.frames import say
from digests.model import Change, Citation, Count, Frame, Line, Page, Row, Span, Tone
from digests.rows import fate

_FATES = frozenset({"line.since_replaced", "line.corrected_by_source", "line.withdrawn"})
_SUMMED = frozenset({"digest.who_spoke", "digest.told"})
_COUNTED = frozenset({"line.one_publisher", "line.publishers", "line.publishers_now"})


def recounted(page: Page, line_id: str, publishers: int, origins: int) -> Page:
    """The page with what is known by now of who reports a line: "now 4 publishers, 2 origins"."""
    counted = say("line.publishers_now", n=Count(publishers), origins=Count(origins))

    def anew(rows: Sequence[Row]) -> list[Row]:
        head = rows[0]
        if head.line_id != line_id:
            return list(rows)
        pieces = tuple(counted if isinstance(p, Frame) and p.key in _COUNTED else p for p in head.pieces)
        return [replace(head, pieces=pieces), *rows[1:]]

    return _each_line(page, anew)


def marked(page: Page, line: Line, changes: Sequence[Change]) -> Page:
    """The page with what became of a line's sources below each source that changed; once, however often asked."""

    def anew(rows: Sequence[Row]) -> list[Row]:
        return _with_marks(rows, line, changes) if rows[0].line_id == line.line_id else list(rows)

    return _each_line(page, anew)


def noted(page: Page, line_id: str, remark: Frame) -> Page:
    """The page with a remark of ours right below the head of a line; once, however often asked."""

    def anew(rows: Sequence[Row]) -> list[Row]:
        if rows[0].line_id != line_id or any(remark in row.pieces for row in rows):
            return list(rows)
        return [rows[0], Row(Tone.WARNING, (remark,)), *rows[1:]]

    return _each_line(page, anew)


def without(page: Page, line_id: str, *keys: str) -> Page:
    """The page without certain remarks of ours at a line."""

    def anew(rows: Sequence[Row]) -> list[Row]:
        return [row for row in rows if rows[0].line_id != line_id or _key(row) not in keys]

    return _each_line(page, anew)


def remarks(page: Page, line_id: str, keys: Collection[str]) -> list[Frame]:
    """Of certain remarks of ours those that stand at a line."""
    parts = (part for rows in (page.rows, page.thread) for part in _lines(rows) if part[0].line_id == line_id)
    return [p for part in parts for row in part if _key(row) in keys for p in row.pieces if isinstance(p, Frame)]


def ruled(page: Page, line_id: str, remark: Frame, marks: Collection[str]) -> Page:
    """The page with a ruling on a line; while any line bears one of these marks, who spoke and the counts bear one too:
    they stay as they were posted."""
    page = noted(page, line_id, remark)
    marked = any(_key(row) in marks for row in (*page.rows, *page.thread))
    note = Row(Tone.WARNING, (say("digest.as_posted"),))
    rows: list[Row] = []
    for row in (r for r in page.rows if r != note):
        rows.append(row)
        if marked and any(isinstance(p, Frame) and p.key in _SUMMED for p in row.pieces[:1]):
            rows.append(note)
    return replace(page, rows=tuple(rows))


def of_line(page: Page, line_id: str) -> list[Row]:
    """The rows of a line as they stand on a page by now, with every mark that came since; none where it has none."""
    parts = (part for rows in (page.rows, page.thread) for part in _lines(rows))
    return next((list(part) for part in parts if part[0].line_id == line_id), [])


def shows(page: Page, line_id: str, citation: Citation) -> bool:
    """Whether a page shows words of that text under a line."""
    for rows in (page.rows, page.thread):
        for part in _lines(rows):
            if part[0].line_id == line_id and any(_shows(row, citation) for row in part):
                return True
    return False


def _each_line(page: Page, anew: Callable[[Sequence[Row]], list[Row]]) -> Page:
    rows, thread = (tuple(row for part in _lines(rows) for row in anew(part)) for rows in (page.rows, page.thread))
    if (rows, thread) == (page.rows, page.thread):
        return page
    return replace(page, rows=rows, thread=thread)


def _lines(rows: Sequence[Row]) -> list[Sequence[Row]]:
    """Rows in runs: a line with what belongs to it, and what stands between lines."""
    starts = [n for n, row in enumerate(rows) if n == 0 or row.line_id is not None or row.tone is Tone.STATUS]
    ends = [*starts[1:], len(rows)] if starts else []
    return [rows[start:end] for start, end in zip(starts, ends, strict=True)]


def _with_marks(rows: Sequence[Row], line: Line, changes: Sequence[Change]) -> list[Row]:
    made = list(rows)
    for change in changes:
        cited = [c for c in (line.headline, *line.quotes, line.compared, line.now) if c and _changed(c, change)]
        place = _below(made, cited)
        if place is None:
            continue
        mark = Row(Tone.WARNING, (fate(change),))
        there = _key(made[place]) if place < len(made) else ""
        if there in _FATES and there != _key(mark):
            made[place] = mark  # it went further: replaced, then withdrawn
        elif there not in _FATES:
            made.insert(place, mark)
    return made


def _key(row: Row) -> str:
    """The frame that a row consists of, "" where it holds anything else."""
    return row.pieces[0].key if len(row.pieces) == 1 and isinstance(row.pieces[0], Frame) else ""


def _changed(citation: Citation, change: Change) -> bool:
    return (citation.article_id, citation.revision) == (change.article_id, change.revision)


def _below(rows: Sequence[Row], cited: Sequence[Citation]) -> int | None:
    """Where the source of the cited words ends; None where none of them is shown."""
    last = max((n for n, row in enumerate(rows) if any(_shows(row, c) for c in cited)), default=None)
    if last is None:
        return None
    source = next((n for n in range(last + 1, len(rows)) if rows[n].tone is not Tone.QUOTE), len(rows) - 1)
    return source + 1


def _shows(row: Row, citation: Citation) -> bool:
    """Whether a row was cut from the same place, shortened perhaps."""
    if row.tone is not Tone.QUOTE:
        return False
    return any(isinstance(piece, Span) and piece.overlaps(citation.span) for piece in row.pieces)

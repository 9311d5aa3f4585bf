"""Facts about timelines: a day is one mark, moves have their words below; page, picture and table agree."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from digests import grid_pictures, sheets, timelines
from digests.frames import say, words
from digests.model import Board, Day, Frame, Instant, Name, Page, Row, Sign, Span, Statement, Timeline
from digests.ports import Recorded
from digests.position_pages import Cell
from digests.rows import Setting
from digests.timelines import Asked, Said, Strand
from tests.builders import a_citation, a_statement, an_article
from tests.unit.digests.newsstand import setting

LAST = date(2025, 12, 1)
AT = Instant(datetime(2025, 12, 1, 20, tzinfo=UTC))
ZONE = "Europe/Brussels"


class Stand:
    """Strands of invented statements, with the articles behind them."""

    def __init__(self) -> None:
        self.articles: dict[str, Recorded] = {}
        self.n = 0

    def said(self, days_ago: int, sign: Sign, *, was: bool = False) -> Said:
        """One statement so many days before the last day."""
        self.n += 1
        on = LAST - timedelta(days=days_ago)
        article = an_article(f"a{self.n}", title=f"Peskov says that sentence number {self.n} is his own words", lead="")
        statement = a_statement(article, said_on=on, statement_id=f"s{self.n}")
        self.articles[article.key] = Recorded(article, None, None)  # type: ignore[arg-type]
        earlier = an_article("old", title="Peskov said before that the older words stood on record")
        return Said(statement, on, sign, a_citation(earlier) if was else None)

    def page(self, *strands: Strand, first: int = 20, table: bool = False, chosen: bool = False) -> Page:
        """The page of strands over so many days."""
        asked = Asked((Name("Russia"),), LAST - timedelta(days=first), LAST, AT, "timeline russia", table, chosen)
        return timelines.page(strands, asked, ZONE, shown(), self.articles)


def shown() -> Setting:
    return setting()


def strand(*said: Said, issue: str = "territory", baseline: tuple[Statement, ...] = ()) -> Strand:
    newest = tuple(sorted(said, key=lambda s: s.on, reverse=True))
    return Strand(say("label.name", name=Name(issue)), "russia", issue, newest, baseline)


def drawn(page: Page) -> Timeline:
    [file] = page.files
    assert isinstance(file.picture, Timeline)
    return file.picture


def text(rows: tuple[Row, ...]) -> str:
    return "\n".join(
        " · ".join(
            p.chars if isinstance(p, Span) else words(p, UTC) if isinstance(p, Frame) else "" for p in row.pieces
        )
        for row in rows
    )


def test_a_day_is_one_mark_whose_sign_is_the_foremost_and_whose_count_is_all() -> None:
    stand = Stand()
    made = stand.page(strand(stand.said(3, Sign.SAID), stand.said(3, Sign.SHIFT, was=True), stand.said(3, Sign.NEW)))
    [mark] = drawn(made).lanes[0].marks
    assert (mark.sign, mark.n, mark.note) == (Sign.SHIFT, 3, 1)
    assert "28 Nov 2025 shift ×3 (1)" in text(made.rows)


def test_a_shift_has_both_wordings_below_it_on_the_page_and_in_the_picture() -> None:
    stand = Stand()
    made = stand.page(strand(stand.said(3, Sign.SHIFT, was=True)))
    [note] = drawn(made).notes
    assert note.was is not None
    assert "older words stood" in note.was.chars
    assert "sentence number 1" in note.span.chars
    said = text(made.rows)
    assert said.index("older words stood") < said.index("sentence number 1")


def test_moves_come_before_new_words_and_every_lane_has_its_turn() -> None:
    stand = Stand()
    busy = strand(*(stand.said(n, Sign.NEW) for n in range(9)), issue="process")
    moved = strand(stand.said(15, Sign.POSSIBLE_SHIFT, was=True), stand.said(19, Sign.CORRECTION), issue="territory")
    quiet = strand(stand.said(12, Sign.NEW), stand.said(1, Sign.SAID), issue="elections")
    notes = drawn(stand.page(busy, moved, quiet)).notes
    assert len(notes) == timelines.NOTES_AT_MOST
    assert [note.number for note in notes] == [1, 2, 3, 4, 5, 6]
    heads = ["/".join(words(f, UTC) for f in note.head) for note in notes]
    assert sum("territory" in head for head in heads) == 2
    assert sum("elections" in head for head in heads) == 1
    assert [head.partition("/")[0] for head in heads[:3]] == ["12 Nov 2025", "16 Nov 2025", "19 Nov 2025"]


def test_what_lies_before_the_first_day_is_counted_and_not_drawn() -> None:
    stand = Stand()
    lanes = strand(stand.said(3, Sign.NEW), stand.said(40, Sign.NEW))
    made = stand.page(lanes)
    assert [mark.on for mark in drawn(made).lanes[0].marks] == [LAST - timedelta(days=3)]
    assert "1 earlier statement left out" in text(made.rows)
    assert "earlier statement" not in text(stand.page(lanes, chosen=True).rows)


def test_a_lane_that_only_the_baseline_has_is_shown_and_nothing_at_all_is_said() -> None:
    stand = Stand()
    only = strand(baseline=(a_statement(said_on=date(2025, 11, 24)),))
    made = stand.page(strand(stand.said(3, Sign.NEW), issue="process"), only)
    assert [lane.before is not None for lane in drawn(made).lanes] == [False, True]
    assert "baseline 24 Nov 2025" in text(made.rows)
    empty = stand.page(only)
    assert empty.files == ()
    assert "no words of its own on record in this time" in text(empty.rows)


def test_many_days_are_drawn_by_the_week_and_no_statement_is_lost() -> None:
    stand = Stand()
    made = drawn(stand.page(strand(*(stand.said(n * 3, Sign.SAID) for n in range(60))), first=200))
    assert made.step == 7
    marks = made.lanes[0].marks
    assert sum(mark.n for mark in marks) == 60
    assert all((mark.on - made.first).days % 7 == 0 for mark in marks)
    assert len({mark.on for mark in marks}) == len(marks)


@given(st.lists(st.tuples(st.integers(0, 30), st.sampled_from(list(Sign)[1:])), min_size=1, max_size=25))
def test_the_table_the_picture_and_the_page_agree(given: list[tuple[int, Sign]]) -> None:
    stand = Stand()
    lanes = [strand(*(stand.said(n, sign) for n, sign in given))]
    picture = drawn(stand.page(*lanes, first=30))
    [file] = stand.page(*lanes, first=30, table=True).files
    rows = list(csv.DictReader(io.StringIO(file.text.removeprefix(sheets.MARK), newline="")))
    marks = picture.lanes[0].marks
    assert [(r["day"], r["sign"], int(r["statements"]), int(r["note"] or 0)) for r in rows] == [
        (m.on.isoformat(), m.sign.value, m.n, m.note) for m in marks
    ]
    assert {m.note for m in marks if m.note} == {note.number for note in picture.notes}
    assert {sign for sign, _ in picture.legend} == {m.sign for m in marks} | {Sign.BASELINE}


def test_the_description_says_what_the_picture_is_of_and_which_moves_it_shows() -> None:
    stand = Stand()
    [file] = stand.page(strand(stand.said(3, Sign.SHIFT, was=True), stand.said(1, Sign.SAID))).files
    alt = " ".join(words(frame, UTC) for frame in file.alt)
    assert "TIMELINE · Russia" in alt
    assert "territory 2 days with own words, the last 30 Nov 2025;" in alt
    assert alt.endswith("28 Nov 2025 territory shift")


def test_the_board_says_every_cell_in_words_and_shades_it_by_its_age() -> None:
    directory = shown().directory
    first, second = (issue.id for issue in directory.issues[:2])
    seen = Day(LAST - timedelta(days=9))
    cells = {
        directory.actors[0].id: {first: Cell(Day(LAST), Day(LAST)), second: Cell(seen, seen, baseline=True)},
        directory.actors[1].id: {first: Cell(None, Day(LAST - timedelta(days=2)), moved=None)},
    }
    file = grid_pictures.file(cells, AT.at, LAST, ZONE, shown())
    assert file is not None
    board = file.picture
    assert isinstance(board, Board)
    told = [[(words(c.words, UTC), c.sign, c.days) for c in row] for _, row in board.rows]
    assert told == [
        [("1 Dec 2025", Sign.SAID, 0), ("seen 29 Nov 2025", Sign.SAID, 2)],
        [("22 Nov 2025, baseline", Sign.BASELINE, 9), ("–", Sign.SAID, None)],
    ]
    assert all(len(row) == len(board.heads) for _, row in board.rows)
    moved = {directory.actors[0].id: {first: replace(cells[directory.actors[0].id][first], moved=AT)}}
    other = grid_pictures.file(moved, AT.at, LAST, ZONE, shown())
    assert other is not None
    assert isinstance(other.picture, Board)
    assert other.picture.rows[0][1][0].sign is Sign.SHIFT
    assert grid_pictures.file({}, AT.at, LAST, ZONE, shown()) is None

"""The gate's measures on cases that were counted by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.gate import measures
from tests.gate.measures import Cell, EarlyLine, Judged, Labelled, Said, Shown, Told

NOON = datetime(2026, 10, 5, 12, tzinfo=UTC)


def said(start: int, end: int, actor: str = "russia", **more: object) -> Said:
    plain = Said("a", start, end, "Peskov", actor, "reported", frozenset({"ceasefire"}), "oppose", "2026-10-05")
    return replace(plain, **more)  # type: ignore[arg-type]


def labelled(
    item: str, story: str, verdict: str = "new", *, weight: int = 2, hours: int = 0, **more: object
) -> Labelled:
    plain = Labelled(
        item=item,
        seen=NOON + timedelta(hours=hours),
        relevance="yes",
        story=story,
        verdict=verdict,
        weight=weight,
        actors=frozenset({"russia"}),
        issues=frozenset({"process"}),
        sure=True,
        texts=(f"The headline of item {item} as it stands",),
    )
    return replace(plain, **more)  # type: ignore[arg-type]


def line(*items: str, hours: int = 6, text: str = "") -> Told:
    return Told(NOON + timedelta(hours=hours), items, text or f"The headline of item {items[0]} as it stands")


def judged(item: str, *, relevant: bool = True, story: str | None = "s", verdict: str | None = "new") -> Judged:
    return Judged(item, relevant, story, verdict, frozenset({"russia"}), frozenset({"process"}))


def test_precision_recall_and_their_mean() -> None:
    found = measures.score(right=6, extra=2, missed=6)
    assert (found.precision, found.recall, found.f1) == (0.75, 0.5, 0.6)
    assert measures.score(0, 0, 0).f1 == 0.0


def test_sets_are_counted_element_by_element() -> None:
    rows = [(frozenset("ab"), frozenset("bc")), (frozenset("d"), frozenset("d"))]
    found = measures.of_sets(rows)
    assert (found.precision, found.recall) == pytest.approx((2 / 3, 2 / 3))


def test_bcubed_of_a_group_torn_and_two_joined() -> None:
    wanted = {"1": "x", "2": "x", "3": "y", "4": "z"}
    found = {"1": "p", "2": "q", "3": "q", "4": "r"}
    got = measures.bcubed(wanted, found)
    assert got.precision == pytest.approx((1 + 0.5 + 0.5 + 1) / 4)
    assert got.recall == pytest.approx((0.5 + 0.5 + 1 + 1) / 4)


def test_ranking_counts_ties_as_half() -> None:
    rows = [(0.9, True), (0.5, True), (0.5, False), (0.1, False)]
    f1, auc = measures.ranking(rows)
    assert auc == pytest.approx((1 + 1 + 0.5 + 1) / 4)
    assert f1 == pytest.approx(2 * 2 / (2 * 2 + 1))  # the threshold 0.5: two right, one too many
    assert measures.ranking([(0.9, True)]) == (0.0, 0.0)


def test_a_clause_answers_for_its_sentence_and_a_paragraph_does_not() -> None:
    sentence = said(100, 200)
    assert measures.answers(said(110, 150), sentence)
    assert measures.answers(said(90, 290), sentence)
    assert not measures.answers(said(0, 400), sentence)
    assert not measures.answers(said(190, 260), sentence)
    assert not measures.answers(said(100, 115), sentence)


def test_what_is_found_on_context_alone_finds_no_core_statement() -> None:
    war = said(0, 50, issues=frozenset({"hostilities"}))
    assert not measures.answers(war, said(0, 50))
    assert measures.answers(war, war)


def test_speakers_are_compared_by_surname_and_bodies_by_actor() -> None:
    wanted = said(0, 9, speaker="Zelensky", actor="ukraine")
    assert measures.same_speaker(wanted, said(0, 9, speaker="Volodymyr Zelenskyy"))
    assert not measures.same_speaker(wanted, said(0, 9, speaker="Andrii Yermak"))
    body = said(0, 9, speaker="Russian Foreign Ministry")
    assert measures.same_speaker(body, said(0, 9, speaker="Russia"))
    assert not measures.same_speaker(body, said(0, 9, "ukraine", speaker="Russian Foreign Ministry"))


def test_a_span_with_two_actors_gives_each_its_own() -> None:
    wanted = [said(0, 90, "russia"), said(0, 90, "ukraine")]
    found = [said(0, 90, "ukraine"), said(0, 90, "russia")]
    assert measures.matched(wanted, found) == {0: 1, 1: 0}


def test_statements_found_missed_and_made_up() -> None:
    wanted = [
        said(0, 50, kind="quoted"),
        said(60, 100),
        said(200, 250, sure=False),
        said(300, 350, issues=frozenset({"hostilities"})),
    ]
    found = [
        said(0, 50, kind="reported", polarity="neutral"),  # found, kind and polarity wrong
        said(200, 250),  # excused: the label is unsure
        said(300, 350, issues=frozenset({"military-aid"})),  # context counts neither way
        said(500, 550),  # made up
    ]
    got = measures.statements(wanted, found)
    assert (got.wanted, got.found.precision, got.found.recall) == (2, 0.5, 0.5)
    assert (got.quoted_recall, got.kind, got.polarity, got.actor, got.day) == (1.0, 0.0, 0.0, 1.0, 1.0)
    assert [m.start for m in got.missed] == [60]
    assert [e.start for e in got.extra] == [500]
    assert got.actor_and_issue.precision == 0.5


def test_a_vague_day_is_right_when_no_day_is_named() -> None:
    wanted = [said(0, 50, said_on=None, vague=True), said(60, 110, said_on=None, vague=True)]
    got = measures.statements(wanted, [said(0, 50), said(60, 110, said_on=None)])
    assert got.vague_kept_vague == 0.5
    assert got.day is None


def test_position_cells_and_the_newest_statement() -> None:
    cells = [
        Cell("russia", "ceasefire", (("b", 300), ("b", 900))),
        Cell("ukraine", "elections", (("a", 10),)),
        Cell("ukraine", "process", (("a", 10),), wanted=False),
        Cell("russia", "hostilities", (("a", 10),)),
    ]
    shown = [
        Shown("russia", "ceasefire", "b", 290, 350),
        Shown("ukraine", "process", "a", 10, 50),
        Shown("russia", "sanctions", "a", 10, 50),
        Shown("analyst", "sanctions", "a", 10, 50),
    ]
    found, newest = measures.positions(cells, shown)
    assert (found.precision, found.recall, newest) == (0.5, 0.5, 1.0)
    _, newest = measures.positions(cells, [Shown("russia", "ceasefire", "a", 300, 350)])
    assert newest == 0.0


def test_items_leave_context_out_of_relevance_and_unsure_labels_out_of_all() -> None:
    gold = [
        labelled("1", "s"),
        labelled("2", "s", "repeat"),
        labelled("3", "t", relevance="context"),
        labelled("4", "none", "background", relevance="no", weight=0),
        labelled("5", "u", sure=False),
    ]
    got = [
        judged("1"),
        judged("2", verdict="update"),
        judged("3", relevant=False),
        judged("4"),
        judged("5", story=None),
    ]
    found = measures.items(gold, got)
    assert (found.relevance.precision, found.relevance.recall) == pytest.approx((2 / 3, 1.0))
    assert (found.tell_or_not.precision, found.tell_or_not.recall, found.verdict) == (0.5, 1.0, 0.5)
    assert found.stories.recall == 1.0
    assert found.stories.precision == pytest.approx((2 / 3 + 2 / 3 + 1 / 3) / 3)


def test_a_lost_item_was_judged_to_be_nothing() -> None:
    found = measures.items([labelled("1", "s")], [])
    assert (found.relevance.recall, found.verdict, found.stories.f1) == (0.0, 0.0, 1.0)


def test_digest_lines_good_again_mixed_and_unsourced() -> None:
    gold = [labelled("1", "s"), labelled("2", "s", "repeat"), labelled("3", "t"), labelled("4", "v", weight=0)]
    lines = [
        line("1"),  # good
        line("2", hours=30),  # again: nothing new in a told story
        line("3", "1", hours=30),  # mixed
        line("4", hours=30, text="too short"),  # weight 0, and no span of the item
    ]
    got = measures.digests(gold, lines)
    assert (got.lines, got.precision, got.told_again, got.mixed, got.unsourced) == (4, 0.25, 1, 1, 1)
    assert (got.must, got.told_in_time, got.missed, got.most_a_slot) == (2, 0.5, ("t",), 3)


def test_a_happening_that_is_told_late_was_not_told_in_time() -> None:
    got = measures.digests([labelled("1", "s")], [line("1", hours=25)])
    assert (got.told_in_time, got.precision, got.missed) == (0.0, 1.0, ("s",))


def test_a_line_before_its_item_was_seen_is_no_figure_but_a_fault() -> None:
    with pytest.raises(EarlyLine):
        measures.digests([labelled("1", "s", hours=9)], [line("1", hours=6)])

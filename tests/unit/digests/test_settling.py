"""Facts about settling: which reports are one happening does not depend on which of them came first."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import TypeVar

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from digests.model import Reading
from digests.reports import Told, told_of
from digests.settling import Group, settle
from digests.stories import Regrouped, Stories, opened_by
from digests.vectors import packed
from tests.builders import NOON, at
from tests.unit.digests.shipped import read
from tests.unit.digests.test_stories import BODY

N = TypeVar("N")

DAY = (
    ("Zelensky names spy chief Budanov to head presidential office", "Kyrylo Budanov replaces Yermak as top aide."),
    ("Zelenskyy picks spy chief Budanov as top aide", "Budanov replaces Yermak as chief of staff."),
    ("Spy chief Budanov to replace Yermak as head of presidential office", "Zelensky named Budanov on Friday."),
    ("Russian missiles strike apartment block in Kharkiv", "At least two people were killed in Kharkiv."),
    ("Two dead as Russian missile strike hits Kharkiv apartments", "Missiles hit the block in Kharkiv at noon."),
    ("Kharkiv: rescuers search apartment block after missile strike", "Two people were killed by the strike."),
    ("Macron hosts allies in Paris for talks on security guarantees", "Leaders meet in Paris on Ukraine."),
    ("Allies meet in Paris on security guarantees for Ukraine", "Macron hosts the leaders of the allies."),
    ("Merz and Tusk back use of frozen Russian assets for Ukraine", "Berlin and Warsaw want a reparations loan."),
)
HOURS = tuple(range(len(DAY)))


def reports(shift: float = 0.0) -> list[Reading]:
    """The reports of a day, an hour apart."""
    return [read(title, lead, hours=n + shift) for n, (title, lead) in enumerate(DAY)]


def done(steps: Generator[None, None, N]) -> N:
    """What the steps come to."""
    while True:
        try:
            next(steps)
        except StopIteration as stopped:
            found: N = stopped.value
            return found


def settled(index: Stories, hours: float) -> Regrouped:
    found = done(index.settling(at(hours)))
    index.regroup(found)
    return found


def entered(index: Stories, arriving: Sequence[Reading]) -> list[str]:
    """The ids under which reports arrive."""
    ids = []
    for reading in arriving:
        placement = index.place(reading)
        index.add(reading, placement)
        ids.append(placement.story_id)
    return ids


def happenings(index: Stories, of: Sequence[Reading]) -> dict[str, frozenset[str]]:
    """Articles by the id of their happening."""
    ids = {opened_by(r.article.article_id, 0) for r in of}
    stories = {s.story_id: s for i in ids if (s := index.story(i)) is not None}
    return {i: frozenset(m.article_id for m in s.members) for i, s in stories.items()}


@settings(max_examples=25, deadline=None)
@given(st.permutations(HOURS), st.permutations(HOURS))
def test_the_order_of_arrival_changes_neither_who_is_together_nor_by_which_id(
    one: Sequence[int], other: Sequence[int]
) -> None:
    found = []
    for order in (one, other):
        arriving, index = reports(), Stories()
        entered(index, [arriving[n] for n in order])
        settled(index, 24)
        found.append(happenings(index, arriving))
    assert found[0] == found[1]
    assert max(map(len, found[0].values())) > 1


@settings(max_examples=25, deadline=None)
@given(st.permutations(HOURS), st.permutations(HOURS))
def test_nor_does_it_on_the_day_after(one: Sequence[int], other: Sequence[int]) -> None:
    found = []
    for order in (one, other):
        index = Stories()
        for shift in (0.0, 24.0):
            named = [
                replace(r, article=replace(r.article, article_id=f"{shift}-{n}")) for n, r in enumerate(reports(shift))
            ]
            entered(index, [named[n] for n in order])
            settled(index, 20 + shift)
        found.append({(m.article_id, i) for i, story in index._stories.items() for m in story.members})
    assert found[0] == found[1]


@given(st.permutations(range(6)), st.lists(st.integers(0, 9), min_size=15, max_size=15))
def test_groups_come_out_the_same_in_whatever_order_they_go_in(order: Sequence[int], tenths: Sequence[int]) -> None:
    plain = told_of(read("Talks on the plan go on"), "")
    groups = [Group((replace(plain, article_id=f"a{n}"),)) for n in range(6)]
    pairs = iter(tenths)
    alike = {frozenset((f"a{a}", f"a{b}")): next(pairs) / 10 for a in range(6) for b in range(a)}

    def likeness(a: Told, b: Told) -> float:
        return alike[frozenset((a.article_id, b.article_id))]

    assert done(settle(groups, likeness)) == done(settle([groups[n] for n in order], likeness))


def test_what_was_settled_stays_together_and_keeps_its_id() -> None:
    index = Stories()
    first = reports()
    entered(index, first[:6])
    settled(index, 6)
    before = happenings(index, first)
    entered(index, first[6:])
    settled(index, 24)
    after = happenings(index, first)
    assert all(any(old <= new for new in after.values()) for old in before.values())
    assert {i for i, members in before.items() if len(members) > 1} <= set(after)


def test_what_is_decided_changes_nothing_until_it_is_taken_over() -> None:
    index, arriving = Stories(), reports()
    entered(index, arriving[::-1])
    before = happenings(index, arriving)
    found = done(index.settling(at(24)))
    assert happenings(index, arriving) == before
    index.regroup(found)
    assert found.settled == frozenset(r.article.key for r in arriving)


def test_an_id_that_was_given_at_arrival_leads_to_where_its_first_report_went() -> None:
    index, arriving = Stories(), reports()
    given_ids = entered(index, arriving[::-1])
    settled(index, 24)
    for reading, story_id in zip(arriving[::-1], given_ids, strict=True):
        if story_id != opened_by(reading.article.article_id, 0):
            continue
        story = index.story(story_id)
        assert story is not None
        assert reading.article.article_id in {m.article_id for m in story.members}
        assert story_id in index.ids_of(story_id)


def test_what_comes_after_the_moment_is_left_for_the_next_time() -> None:
    index, arriving = Stories(), reports()
    entered(index, arriving)
    assert settled(index, 2.5).settled == frozenset(r.article.key for r in arriving[:3])
    assert settled(index, 24).settled == frozenset(r.article.key for r in arriving[3:])
    assert settled(index, 24) == Regrouped(at(24))


def test_a_copy_goes_where_its_text_is_whatever_else_it_is_like() -> None:
    index = Stories()
    wire = read("Negotiators meet in Geneva on the plan", BODY)
    entered(index, [wire])
    settled(index, 1)
    copy = read("Storm closes schools across the north", BODY, hours=30)
    entered(index, [copy])
    settled(index, 48)
    story = index.story(opened_by(wire.article.article_id, 0))
    assert story is not None
    assert len(story.members) == 2


def test_two_issues_of_a_daily_series_are_two_happenings() -> None:
    def issue(n: int, hours: float) -> Reading:
        made = read(f"Russia-Ukraine war: List of key events, day {n}", "", hours=hours, article_id=f"list-{n}")
        return replace(made, vector=packed("m", np.array([9, 1], dtype=np.float32)))

    index = Stories()
    entered(index, [issue(1407, 0), issue(1408, 23)])
    settled(index, 24)
    assert len({index.now("slist-1407"), index.now("slist-1408")}) == 2


def test_reports_far_apart_in_meaning_or_time_are_not_put_together_by_their_words() -> None:
    title, lead = DAY[0]
    near = read(title, lead, article_id="near")
    far = read(title, lead, article_id="far", hours=1)
    late = read(title, lead, article_id="late", hours=24 * 6)
    near, far, late = (
        replace(r, vector=packed("m", np.array(v, dtype=np.float32)))
        for r, v in ((near, (9, 1)), (far, (1, 9)), (late, (9, 1)))
    )
    index = Stories()
    entered(index, [near, far, late])
    settled(index, 24 * 7)
    assert len({index.now(f"s{name}") for name in ("near", "far", "late")}) == 3


def test_it_steps_aside_while_it_compares() -> None:
    index = Stories()
    entered(index, [read(f"Talks on matter {n} of the plan", "", article_id=f"m{n}", hours=n / 10) for n in range(40)])
    assert sum(1 for _ in index.settling(NOON + timedelta(hours=9))) >= 3

"""What was read: the ground of every silence."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from digests import coverage
from digests.coverage import LOST_AFTER, Window
from digests.model import Silence, Voice
from digests.ports import FeedCoverage
from tests.builders import a_line, at
from tests.unit.digests.newsstand import Newsstand, directory

RUSSIAN = Voice("russian", "Russian", "russia")


def fed(
    outlet: str, *, ok: int = 24, failed: int = 0, items: int = 0, failing_for: timedelta | None = None
) -> FeedCoverage:
    since = at(24) - failing_for if failing_for is not None else None
    return FeedCoverage(outlet, outlet, ok, failed, items, at(20) if items else None, since or at(24), since)


def window(*feeds: FeedCoverage) -> Window:
    return replace(Newsstand().window(0, 24), coverage=feeds)


@pytest.mark.parametrize(
    ("failing_for", "lost"),
    [(None, False), (timedelta(minutes=40), False), (LOST_AFTER, True), (timedelta(hours=10), True)],
)
def test_a_feed_that_failed_for_hours_at_the_end_leaves_its_side_unread(
    failing_for: timedelta | None, lost: bool
) -> None:
    fresh = coverage.freshness(window(fed("volga-agency", failed=2, failing_for=failing_for)), directory(), [RUSSIAN])
    assert (fresh.missing == (RUSSIAN,)) is lost
    assert bool(fresh.failing) is lost
    assert ("russia" in fresh.sides_read) is not lost


def test_a_feed_without_a_single_answer_is_lost_at_once() -> None:
    fresh = coverage.freshness(
        window(fed("volga-agency", ok=0, failed=1, failing_for=timedelta(minutes=5))), directory(), ()
    )
    assert [feed for feed, _ in fresh.failing] == ["volga-agency"]


@pytest.mark.parametrize(
    ("read_before", "failing", "silent"),
    [
        (timedelta(minutes=5), None, Silence.NOTHING_NEW),
        (timedelta(minutes=5), timedelta(minutes=3), Silence.NOTHING_NEW),
        (LOST_AFTER, None, Silence.BLIND),
        (LOST_AFTER, timedelta(minutes=3), Silence.BLIND),
        (None, None, Silence.BLIND),
    ],
)
def test_a_window_in_which_no_feed_was_due_yet_is_no_blindness(
    read_before: timedelta | None, failing: timedelta | None, silent: Silence
) -> None:
    begun = replace(Newsstand().window(0, 24), since=at(24) - timedelta(minutes=4))
    last_ok = begun.since - read_before if read_before is not None else None
    failed = at(24) - failing if failing is not None else None
    feed = FeedCoverage("volga-agency", "volga-agency", 0, int(failing is not None), 0, None, last_ok, failed)
    fresh = coverage.freshness(replace(begun, coverage=(feed,)), directory(), ())
    assert coverage.silence([], fresh) is silent


def test_items_count_as_reading_where_nothing_is_polled() -> None:
    fresh = coverage.freshness(window(fed("volga-agency", ok=0, items=3)), directory(), [RUSSIAN])
    assert (fresh.items, fresh.feeds, fresh.missing) == (3, 1, ())


def test_lines_do_not_hide_that_a_part_was_not_read() -> None:
    fresh = coverage.freshness(window(fed("harbour-wire", items=1)), directory(), [RUSSIAN])
    assert coverage.silence([a_line()], fresh) is Silence.PARTLY_BLIND
    assert coverage.silence([], replace(fresh, missing=())) is Silence.NOTHING_NEW
    assert coverage.silence([a_line()], replace(fresh, missing=())) is Silence.LINES
    assert coverage.silence([], replace(fresh, feeds=0)) is Silence.BLIND


def test_what_arrived_in_the_window_is_fresh_and_the_rest_is_not() -> None:
    stand = Newsstand()
    for hours in (-1, 0, 1, 24, 25):
        stand.prints("Lavrov says Russia will not accept European troops", hours=hours)
    assert [r.article.seen_at for r in stand.window(0, 24).fresh] == [at(1), at(24)]

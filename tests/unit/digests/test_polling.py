"""When a feed is asked again: wishes, requests and patience, with the clock and the dice handed in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests import polling
from digests.model import Feed
from digests.ports import FeedState, Fetched, FetchFailed, NotModified, Validators

NOW = datetime(2025, 11, 25, 12, tzinfo=UTC)
QUARTER = timedelta(minutes=15)
MIDDLE = 0.5
OLD = Validators('"old"', "")


def a_feed(feed_id: str = "wire", url: str = "https://wire.example/rss", every: timedelta = QUARTER) -> Feed:
    return Feed(feed_id, feed_id, url, "en", every)


def fetched(fresh_for: timedelta | None = None, moved_to: str = "") -> Fetched:
    return Fetched(b"x", "text/xml", Validators('"new"', ""), "https://wire.example/rss", moved_to, fresh_for)


def after(
    outcome: Fetched | NotModified | FetchFailed,
    state: FeedState | None = None,
    feed: Feed | None = None,
    jitter: float = MIDDLE,
) -> FeedState:
    return polling.next_check(state or FeedState("wire"), outcome, feed or a_feed(), NOW, jitter)


def wait(state: FeedState) -> timedelta:
    assert state.next_check_at is not None
    return state.next_check_at - NOW


# --- after a good answer ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fresh_for", "expected"),
    [
        (None, QUARTER),
        (timedelta(minutes=1), QUARTER),
        (timedelta(hours=1), timedelta(hours=1)),
        (timedelta(days=9), timedelta(hours=24)),
    ],
)
def test_the_longer_of_wish_and_freshness_is_waited_to_a_day_at_most(
    fresh_for: timedelta | None, expected: timedelta
) -> None:
    assert wait(after(fetched(fresh_for))) == wait(after(NotModified(fresh_for))) == expected


def test_the_dice_spread_checks_by_a_tenth_to_either_side() -> None:
    waits = [wait(after(fetched(), jitter=dice)) for dice in (0.0, 0.5, 1.0)]
    assert waits == [QUARTER * 0.9, QUARTER, QUARTER * 1.1]


def test_a_good_answer_forgets_the_failures() -> None:
    failing = FeedState("wire", errors=5, failing_since=NOW - timedelta(days=1), last_ok_at=NOW - timedelta(days=2))
    state = after(fetched(), failing)
    assert (state.errors, state.failing_since, state.last_ok_at, state.last_outcome) == (0, None, NOW, "fetched")


def test_hashes_of_the_body_are_left_to_the_caller() -> None:
    state = after(fetched(), FeedState("wire", body_sha="ab", item_hashes=("1", "2")))
    assert (state.body_sha, state.item_hashes) == ("ab", ("1", "2"))


def test_a_feed_that_moved_for_good_says_where_to() -> None:
    assert "https://new.example/rss" in after(fetched(moved_to="https://new.example/rss")).last_outcome


def test_new_validators_replace_the_old_and_are_young() -> None:
    state = after(fetched(), FeedState("wire", validators=OLD, validators_since=NOW - timedelta(days=7)))
    assert (state.validators.etag, state.validators_since) == ('"new"', NOW)


@pytest.mark.parametrize(("age", "kept"), [(timedelta(days=7), OLD), (timedelta(days=8), Validators())])
def test_validators_are_dropped_after_eight_days_of_not_modified(age: timedelta, kept: Validators) -> None:
    state = after(NotModified(), FeedState("wire", validators=OLD, validators_since=NOW - age))
    assert state.validators == kept


# --- after a failure ----------------------------------------------------------------------------------------------


def test_failures_double_the_wait_to_six_hours() -> None:
    state = FeedState("wire")
    waits = []
    for _ in range(8):
        state = after(FetchFailed("timeout"), state)
        waits.append(wait(state) / QUARTER)
    assert waits == [1, 2, 4, 8, 16, 24, 24, 24]
    assert (state.errors, state.failing_since, state.last_ok_at) == (8, NOW, None)


def test_a_feed_that_wishes_to_be_polled_seldom_is_not_polled_oftener_for_failing() -> None:
    assert wait(after(FetchFailed("timeout"), feed=a_feed(every=timedelta(hours=12)))) == timedelta(hours=12)


def test_the_first_failure_is_remembered() -> None:
    began = NOW - timedelta(hours=3)
    assert after(FetchFailed("timeout"), FeedState("wire", errors=2, failing_since=began)).failing_since == began


def test_validators_survive_a_failure() -> None:
    assert after(FetchFailed("status", 500), FeedState("wire", validators=OLD)).validators == OLD


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (timedelta(hours=2), timedelta(hours=2)),
        (timedelta(seconds=5), QUARTER * 0.9),
        (timedelta(days=400), timedelta(hours=24)),
        (timedelta(hours=-1), QUARTER * 0.9),
    ],
)
def test_no_check_is_before_the_instant_that_the_server_asked_for(asked: timedelta, expected: timedelta) -> None:
    assert wait(after(FetchFailed("status", 429, retry_after=asked), jitter=0.0)) == expected


def test_a_feed_that_is_gone_is_asked_once_a_day_and_says_so() -> None:
    state = after(FetchFailed("status", 410))
    assert wait(state) == timedelta(days=1)
    assert "gone for good" in state.last_outcome
    assert "once a day" in state.last_outcome


def test_what_went_wrong_is_said_in_bounded_words() -> None:
    state = after(FetchFailed("status", 403, detail="refused " * 100))
    assert state.last_outcome.startswith("status 403 refused")
    assert len(state.last_outcome) <= 200


OUTCOMES = st.one_of(
    st.builds(fetched, st.none() | st.timedeltas()),
    st.builds(NotModified, st.none() | st.timedeltas()),
    st.builds(FetchFailed, st.sampled_from(["timeout", "status"]), st.integers(0, 599), st.none() | st.timedeltas()),
)


@given(OUTCOMES, st.integers(0, 10_000), st.floats(-1, 2), st.timedeltas(timedelta(minutes=5), timedelta(hours=24)))
def test_every_wait_is_between_nearly_the_wish_and_a_day(
    outcome: Fetched | NotModified | FetchFailed, errors: int, jitter: float, every: timedelta
) -> None:
    state = after(outcome, FeedState("wire", errors=errors), a_feed(every=every), jitter)
    assert every * 0.9 - timedelta(microseconds=1) <= wait(state) <= timedelta(hours=24)


# --- what is due --------------------------------------------------------------------------------------------------


def due(feeds: Sequence[Feed], *states: FeedState) -> list[str]:
    return [feed.id for feed in polling.due({state.feed_id: state for state in states}, feeds, NOW)]


def checked(feed_id: str, in_minutes: float, last_outcome: str = "fetched") -> FeedState:
    return FeedState(feed_id, next_check_at=NOW + timedelta(minutes=in_minutes), last_outcome=last_outcome)


def own(feed_id: str) -> Feed:
    return a_feed(feed_id, f"https://{feed_id}.example/rss")


def test_feeds_whose_time_has_come_or_that_were_never_polled_are_due() -> None:
    feeds = [own("early"), own("now"), own("late"), own("never"), own("fresh")]
    states = [checked("early", -9), checked("now", 0), checked("late", 1), FeedState("fresh")]
    assert sorted(due(feeds, *states)) == ["early", "fresh", "never", "now"]


def test_the_longest_overdue_comes_first_and_feeds_that_hung_come_last() -> None:
    feeds = [own("a"), own("b"), own("c")]
    states = [checked("a", -1), checked("b", -9), checked("c", -99, "timeout no answer")]
    assert due(feeds, *states) == ["b", "a", "c"]


def test_a_clock_that_was_set_back_does_not_silence_a_feed() -> None:
    assert due([own("a")], checked("a", 60 * 24 * 30)) == ["a"]


def test_hosts_take_turns() -> None:
    feeds = [a_feed(f"{host}{n}", f"https://{host}.example/{n}") for host in "ab" for n in range(3)]
    assert [feed.id for feed in polling.per_host(feeds)] == ["a0", "b0", "a1", "b1", "a2", "b2"]


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.integers(-99, 99)), max_size=12))
def test_turns_lose_no_feed(wanted: list[tuple[str, int]]) -> None:
    feeds = [a_feed(str(n), f"https://{host}.example/{n}") for n, (host, _) in enumerate(wanted)]
    assert sorted(feed.id for feed in polling.per_host(feeds)) == sorted(feed.id for feed in feeds)


@pytest.mark.parametrize(
    ("url", "host"), [("https://WWW.A.example:8443/x", "www.a.example"), ("nonsense", ""), ("http://[x", "")]
)
def test_a_host_is_named_by_its_address(url: str, host: str) -> None:
    assert polling.host_of(url) == host


def test_states_are_values() -> None:
    before = FeedState("wire")
    after(fetched(), before)
    assert before == replace(before)

"""A digest put together: what was read, which silence it is, what lies ahead, what was corrected since it was told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from digests import compose, coverage, pages
from digests.model import Digest, Fate, Silence, SourceClass, Verdict, Voice
from tests.builders import a_channel, a_line, at
from tests.unit.digests.newsstand import (
    LEAVITT,
    LEAVITT_LEAD,
    OUTLETS,
    TROOPS,
    TROOPS_LEAD,
    UMEROV,
    UMEROV_LEAD,
    Newsstand,
    directory,
    judged,
    setting,
    text_of,
)

VOICES = (
    Voice("us", "US official", "united-states", (SourceClass.OFFICIAL,)),
    Voice("russian", "Russian official or state", "russia", (SourceClass.OFFICIAL, SourceClass.STATE)),
    Voice("european", "European", "europe", ()),
    Voice("wire", "wire", "", (SourceClass.WIRE,)),
)


def a_day() -> Newsstand:
    stand = Newsstand()
    stand.prints(TROOPS, TROOPS_LEAD, outlet="north-paper")
    return stand


def test_the_same_window_gives_the_same_digest() -> None:
    assert a_day().digest() == a_day().digest()


def test_what_was_read_is_counted_by_items_and_publishers() -> None:
    stand = a_day()
    stand.prints(LEAVITT, LEAVITT_LEAD, outlet="north-paper", hours=1)
    stand.prints("Harbour Town win derby 3-1", outlet="south-paper", hours=2)
    fresh = stand.digest().freshness
    assert (fresh.items, fresh.publishers, fresh.newest) == (3, 2, at(2))
    assert fresh.feeds == len(OUTLETS)


@pytest.mark.parametrize(
    ("read", "missing"),
    [
        ([s.id for s in OUTLETS], []),
        (["harbour-wire", "potomac-record"], ["Russian official or state", "European"]),
        (["volga-agency", "seine-post"], ["US official", "wire"]),
        (["north-paper"], ["US official", "Russian official or state", "European", "wire"]),
    ],
)
def test_a_voice_that_was_not_heard_is_missing(read: list[str], missing: list[str]) -> None:
    digest = a_day().digest(voices=VOICES, read=read)
    assert [v.name for v in digest.freshness.missing] == missing
    assert digest.silence is (Silence.PARTLY_BLIND if len(read) < len(OUTLETS) else Silence.LINES)


def silence_of(digest: Digest) -> Silence:
    return digest.silence


def test_the_four_silences_are_told_apart() -> None:
    assert silence_of(a_day().digest()) is Silence.LINES
    assert silence_of(Newsstand().digest()) is Silence.NOTHING_NEW
    assert silence_of(a_day().digest(read=["north-paper"])) is Silence.PARTLY_BLIND
    assert silence_of(Newsstand().digest(read=[])) is Silence.BLIND


def test_a_feed_that_fails_is_named_with_its_instant() -> None:
    fresh = a_day().digest(read=[s.id for s in OUTLETS if s.id != "volga-agency"]).freshness
    assert fresh.failing == (("volga-agency", at(-24)),)
    assert dict(fresh.last_read)["russia"] == at(-26)


def test_most_lines_on_one_publisher_is_thin() -> None:
    stand = Newsstand()
    for n, title in enumerate(("Merz speaks in Berlin", "Tusk speaks in Warsaw", "Orban speaks in Budapest")):
        stand.keeps(judged(f"s{n}", outlet="north-paper", title=f"{title} about matter {n} of the plan"))
    assert stand.digest().thin
    assert compose.rests_on_one(stand.digest().lines) == ("north-paper", (1, 2, 3))
    for n, title in enumerate(
        ("Kallas meets ministers again", "Costa writes a letter home", "Stubb calls the White House")
    ):
        stand.keeps(judged(f"t{n}", outlet="harbour-wire" if n else "south-paper", title=title))
    assert not stand.digest().thin


def test_two_lines_are_not_thin() -> None:
    assert compose.rests_on_one([a_line(), a_line()]) is None


def test_what_is_announced_stands_ahead_once_with_its_line() -> None:
    lead = TROOPS_LEAD + " American envoy Steve Witkoff is due to meet Vladimir Putin in Moscow on 2 December."
    stand = Newsstand()
    stand.prints(TROOPS, lead, outlet="north-paper")
    stand.prints(TROOPS, lead, outlet="south-paper", hours=1)
    digest = stand.digest()
    [(line_id, citation)] = digest.ahead
    assert line_id == digest.lines[0].line_id
    assert citation.span.chars.startswith("American envoy Steve Witkoff")
    assert text_of(pages.digest(digest, setting())).count("is due to meet Vladimir Putin") == 1
    assert "as quoted in line 1 · 2 Dec 2025" in text_of(pages.digest(digest, setting()))


def test_developments_of_the_window_are_counted_by_verdict() -> None:
    stand = Newsstand()
    stand.keeps(judged("a", hours=-30))
    stand.keeps(judged("b", hours=1))
    stand.keeps(judged("c", hours=2, verdict=Verdict.REPEAT))
    counts = stand.digest().counts
    assert counts["new"] == 1
    assert counts["repeat"] == 1
    assert set(counts) == {v.value for v in Verdict}


def test_a_correction_of_the_baseline_carries_its_known_fault() -> None:
    stand = Newsstand()
    stand.prints(UMEROV, UMEROV_LEAD)
    [line] = stand.digest().lines
    assert [f.said_by for f in line.faults] == ["Rustem Umerov"]


def test_what_was_told_and_then_withdrawn_heads_the_next_digest() -> None:
    stand = a_day()
    told = stand.tells()
    name = stand.recorded[0].article.article_id
    stand.prints(TROOPS, "This story has been withdrawn.", outlet="north-paper", name=name, hours=30, revision=1)
    [corrected] = stand.digest(24, 48).corrections
    assert corrected.headline.span.chars in {TROOPS}
    assert corrected.line_id == told.lines[0].line_id
    assert {c.fate for c in corrected.changes} == {Fate.WITHDRAWN}
    assert stand.digest(48, 72).corrections == ()


def test_what_was_told_and_only_replaced_is_no_correction() -> None:
    stand = a_day()
    stand.tells()
    name = stand.recorded[0].article.article_id
    stand.prints(LEAVITT, LEAVITT_LEAD, outlet="north-paper", name=name, hours=30, revision=1)
    assert stand.digest(24, 48).corrections == ()


def test_ids_of_lines_differ_between_slots_and_conversations() -> None:
    stand = a_day()
    here = stand.digest().lines[0].line_id
    there = stand.digest(channel=a_channel(conversation="C2")).lines[0].line_id
    assert len({here, there, stand.digest(until=23).lines[0].line_id}) == 3


def test_a_channels_wishes_reach_the_page() -> None:
    channel = replace(a_channel(), threads=False, compact=True)
    digest = a_day().digest(channel=channel)
    assert (digest.threads, digest.compact) == (False, True)


def test_missing_voices_count_members_for_their_parent() -> None:
    seine = directory().source_by_id["seine-post"]
    assert coverage.missing_voices(VOICES, [seine], directory()) == tuple(v for v in VOICES if v.id != "european")

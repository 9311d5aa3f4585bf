"""What lies ahead is what the lines announce and what was announced before: soonest first, once, and not over."""

from __future__ import annotations

import pytest

from digests import pages
from digests.model import Digest
from tests.unit.digests.newsstand import TROOPS, TROOPS_LEAD, Newsstand, setting, text_of

MEET = " American envoy Steve Witkoff is due to meet Vladimir Putin in Moscow on 2 December."
CALL = "European leaders will hold a call on the peace plan for Ukraine on Thursday, the Elysee palace said."


def announced(digest: Digest) -> list[str]:
    return [citation.span.chars for _, citation in digest.ahead]


def a_stand() -> Newsstand:
    stand = Newsstand()
    stand.prints(TROOPS, TROOPS_LEAD + MEET, outlet="north-paper")
    stand.prints("Macron says Europe must sit at the table of the peace talks", CALL, outlet="south-paper")
    return stand


def test_the_soonest_stands_first_whatever_the_order_of_the_lines() -> None:
    found = announced(a_stand().digest())
    assert [s.split()[0] for s in found] == ["European", "American"]


def test_what_was_announced_before_is_shown_until_it_is_over() -> None:
    stand = a_stand()
    told = stand.tells()
    assert announced(stand.digest(24, 48)) == [CALL, MEET.strip()]
    assert announced(stand.digest(48, 72)) == [MEET.strip()]
    assert announced(stand.digest(7 * 24, 8 * 24)) == []
    shown = text_of(pages.digest(stand.digest(24, 48), setting()))
    assert "announced before, line " in shown
    assert {line_id for line_id, _ in stand.digest(24, 48).ahead} == {line.line_id for line in told.lines}


def test_what_has_no_day_is_not_carried_over() -> None:
    stand = Newsstand()
    stand.prints(TROOPS, TROOPS_LEAD + " American envoy Steve Witkoff will visit Moscow.", outlet="north-paper")
    [said] = announced(stand.tells())
    assert said.startswith("American envoy")
    assert announced(stand.digest(24, 48)) == []


def test_two_announcements_of_one_appointment_stand_once() -> None:
    stand = a_stand()
    stand.prints(
        "Kremlin says there will be no delay to the peace talks",
        "Putin will receive Witkoff in Moscow on December 2, spokesman Dmitry Peskov said.",
        outlet="harbour-wire",
    )
    assert sum("Moscow" in s for s in announced(stand.digest())) == 1


def test_what_the_source_took_back_is_announced_no_more() -> None:
    stand = a_stand()
    stand.tells()
    name = stand.recorded[0].article.article_id
    stand.prints(TROOPS, TROOPS_LEAD, outlet="north-paper", name=name, hours=30, revision=1)
    assert announced(stand.digest(24, 48)) == [CALL]


def test_a_digest_without_room_to_quote_still_says_what_lies_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "WORDS_AT_MOST", 1)
    digest = a_stand().digest()
    shown = text_of(pages.digest(digest, setting()))
    before, after = shown.split("AHEAD\n")
    assert MEET.strip() not in before
    assert MEET.strip() in after
    assert "line 2 · 2 Dec 2025 · " in after

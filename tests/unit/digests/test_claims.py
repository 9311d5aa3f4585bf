"""Facts about claims: what news words in many ways comes to one form, and what differs in substance does not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests import claims, moves
from digests.claims import Answer, Claim
from digests.model import Kind, Part, Polarity, Statement
from digests.moves import What
from digests.text import as_given

NOBODY: frozenset[str] = frozenset()


def claim(words: str) -> Claim:
    text = as_given(words)
    span = text.span(0, len(text.body))
    statement = Statement("s", "a", 0, Part.TEXT, span, "party", None, Kind.REPORTED, (), Polarity.NEUTRAL, None)
    return claims.of(statement)


def moved(was: str, now: str) -> tuple[What, bool] | None:
    """What changed between two sentences and whether plainly; None where they are of two things, or nothing did."""
    old, new = claim(was), claim(now)
    if not moves.same_thing(old, new, NOBODY):
        return None
    found = moves.move(old, new, NOBODY)
    return (found.what, found.plain) if found else None


def same_thing(was: str, now: str) -> bool:
    return moves.same_thing(claim(was), claim(now), NOBODY)


# --- one sense, one form ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        "Soldiers will go to the island only after a truce.",
        "No soldier will go to the island before a truce.",
        "Soldiers will not go to the island until a truce.",
        "No soldiers will go to the island without a truce.",
        "The minister said soldiers would go to the island only once there was a truce.",
        "Soldiers would go to the island only if there was a truce, the minister told reporters.",
    ],
)
def test_no_before_and_only_after_are_one_condition(words: str) -> None:
    read = claim(words)
    assert read.answer is Answer.YES
    assert [sorted(c.words) for c in read.conditions if c.strict] == [["#truce"]]
    assert {"#troop", "#send", "island"} <= read.about


@pytest.mark.parametrize(
    ("words", "answer", "firm"),
    [
        ("We will accept the offer", Answer.YES, True),
        ("We will not accept the offer", Answer.NO, True),
        ("The offer is unacceptable", Answer.NO, True),
        ("We rule out the offer", Answer.NO, True),
        ("We do not rule out the offer", Answer.YES, False),
        ("We could accept the offer", Answer.YES, False),
        ("None of us will take the offer", Answer.NO, True),
        ("The offer is no longer on the table", Answer.NO, True),
        ("She would not say whether the offer stood", Answer.OPEN, True),
        ("The offer is still under discussion", Answer.OPEN, True),
        ("We have neither accepted nor rejected the offer", Answer.OPEN, True),
        ("Мы не примем предложение", Answer.NO, True),
        ("Ми ніколи не приймемо пропозицію", Answer.NO, True),
        ("Ми готові прийняти пропозицію", Answer.YES, True),
        ("Предложение неприемлемо", Answer.NO, True),
    ],
)
def test_yes_no_and_neither_are_read(words: str, answer: Answer, firm: bool) -> None:
    read = claim(words)
    assert (read.answer, read.firm) == (answer, firm)


def test_no_number_but_this_one_denies_nothing() -> None:
    assert claim("There is no figure but 800,000 soldiers for our army").answer is Answer.YES


@pytest.mark.parametrize(
    ("words", "value", "unit"),
    [
        ("an army of 800,000 after the war", 800_000, "#troop"),
        ("four thousand British soldiers", 4_000, "#troop"),
        ("7,500 men at most", 7_500, "#troop"),
        ("eleven towns in the east", 11, "town"),
        ("1,500 unarmed observers on the line", 1_500, "observer"),
        ("a strip forty kilometres wide", 40, "#unit-km"),
        ("lasting twenty-five years", 25 * 365, "#time"),
        ("tariffs of 60 per cent", 60, "#percent"),
        ("a 10% tariff", 10, "#percent"),
        ("a loan of €90bn", 90e9, "#euro"),
        ("140 billion euros", 140e9, "#euro"),
        ("армія у 800 тисяч військових", 800_000, "#troop"),
    ],
)
def test_numbers_are_read_with_what_they_count(words: str, value: float, unit: str) -> None:
    [amount] = claim(words).amounts
    assert amount.value == value
    assert unit in amount.unit


def test_an_ordinal_is_no_amount() -> None:
    read = claim("the 25th package will list tankers")
    assert not read.amounts
    assert read.marks == {"25th"}


def test_a_day_is_read_only_where_it_is_a_limit() -> None:
    assert claim("They met on November 5 in the capital").amounts == ()
    [limit] = claim("They have until November 15 to sign").amounts
    assert limit.value == 1115


# --- what moved -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("was", "now", "what", "plain"),
    [
        ("We need an army of 800,000 soldiers", "We need an army of 650,000 soldiers", What.NUMBER, True),
        ("The force will have 300 observers", "The force will have 900 observers", What.NUMBER, True),
        ("We will send troops to the island", "We will not send troops to the island", What.YES_NO, True),
        ("We reject the use of the assets", "We do not rule out the use of the assets", What.YES_NO, False),
        ("We will send troops to the island", "We will send troops to the island if all agree", What.CONDITION, True),
        ("We will lift the veto once schools reopen", "We will lift the veto once taxes fall", What.CONDITION, True),
        ("We will lift the veto once schools reopen", "We will lift the veto without conditions", What.CONDITION, True),
        ("We will lift the veto if schools reopen", "We will lift the veto", What.CONDITION, False),
        ("We have until May 1 to sign the treaty", "We have until June 1 to sign the treaty", What.NUMBER, False),
    ],
)  # fmt: skip
def test_a_changed_number_condition_or_answer_is_seen(was: str, now: str, what: What, plain: bool) -> None:
    assert moved(was, now) == (what, plain)


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("We will send 4,000 soldiers to the island", "We will train 9,000 soldiers from the island"),
        ("We will not leave Port Reed", "We will leave two villages near Port Grey"),
        ("The 25th package will list 41 tankers", "The 26th package will list 60 tankers"),
        ("The first tranche will be 16 billion euros", "The second tranche will be 9 billion euros"),
        ("They agreed to an energy truce", "They did not agree to a general truce"),
        ("We will not join the club this year", "We will join the club one day"),
        ("We reject the European paper on guarantees", "We welcome the American paper on guarantees"),
    ],
)
def test_two_things_are_not_one_that_moved(was: str, now: str) -> None:
    assert not same_thing(was, now)


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("No soldier will go to the island before a truce", "Soldiers will go to the island only after a truce"),
        ("Sanctions stay until the troops leave", "No sanction will be lifted before the troops leave"),
        ("Foreign troops on the island are unacceptable", "We will not accept foreign troops on the island"),
        ("We need an army of 800,000 soldiers", "There will be no bargaining over an army of 800,000 soldiers"),
        ("Elections are possible only after a truce", "There will be no elections without a truce"),
        ("We brought home 205 prisoners today", "We brought home 390 prisoners today"),
        ("We will not send troops to the island", "We will not send troops to the island before a truce"),
    ],
)  # fmt: skip
def test_what_says_the_same_has_not_moved(was: str, now: str) -> None:
    assert moved(was, now) is None


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_two_passages_are_compared_and_none_moved_from_itself(a: str, b: str) -> None:
    for words in (a, b):
        if as_given(words).body:
            one = claim(words)
            assert moves.move(one, one, NOBODY) is None
    if as_given(a).body and as_given(b).body:
        moved(a, b)

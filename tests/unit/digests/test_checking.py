"""A quotation is on record word for word, only alike, or not at all; nobody is shown what he handed in as evidence."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests import checking
from digests.checking import Check, Checked, quoted_in
from digests.model import Part, Span
from tests.builders import a_statement, an_article
from tests.unit.digests.newsstand import setting, text_of

BETTER = "There are a few delicate, but not insurmountable, details that must be sorted out."
LEAD = f"She spoke in Washington. “{BETTER[:-1]},” Leavitt said on Tuesday. The talks go on."
REVERSED = "While sensitive, there are some details that cannot be resolved."


def checked(quoted: str) -> Checked:
    article = an_article("better", title="White House: talks go on", lead=LEAD)
    held = article.texts[Part.DESCRIPTION].body
    said = held[held.index("“There") : held.index(" The talks")]
    statement = a_statement(article, words=said, speaker="Karoline Leavitt")
    check = Check(quoted)
    check.look(article, (replace(statement, speaker_in_span=False),))
    return check.found


@pytest.mark.parametrize(
    "quoted",
    [
        "a few delicate, but not insurmountable, details",
        "“A few delicate, but not  insurmountable, details that must be sorted out.”",
        "not insurmountable,\ndetails that must",
    ],
)
def test_words_of_a_source_are_on_record_whatever_their_marks_and_spaces(quoted: str) -> None:
    found = checked(quoted)
    [hit] = found.exact
    assert hit.citation.speaker == "Karoline Leavitt"
    assert "not insurmountable" in hit.citation.span.chars
    shown = text_of(checking.page(found, "UTC", setting()))
    assert "ON RECORD, word for word · 1 report, 1 publisher" in shown


def test_a_reversed_wording_is_only_alike_and_says_in_what() -> None:
    found = checked(REVERSED)
    assert found.exact == []
    [hit] = found.alike.values()
    assert "polarity" in hit.differs
    shown = text_of(checking.page(found, "UTC", setting()))
    assert "NOT ON RECORD IN THESE WORDS · 1 wording is alike" in shown
    assert "differs from what was asked in: polarity" in shown


@pytest.mark.parametrize(
    ("quoted", "there", "asked"),
    [
        ("There are a few delicate details that must be sorted out", ["but not insurmountable"], []),
        ("not insurmountable, minor details that must be sorted out", [], ["minor"]),
        ("not insurmountable, details that must be ironed out", ["sorted"], ["ironed"]),
        ("not insurmountable details that must be sorted out", [], []),
    ],
)
def test_nearly_these_words_are_found_and_what_differs_is_shown(
    quoted: str, there: list[str], asked: list[str]
) -> None:
    found = checked(quoted)
    assert (found.exact, found.alike) == ([], {})
    [hit] = found.near.values()
    assert hit.near is not None
    assert ([s.chars for s in hit.near.only_there], list(hit.near.only_asked)) == (there, asked)
    shown = text_of(checking.page(found, "UTC", setting()))
    assert "NOT ON RECORD IN THESE WORDS · 1 wording is near" in shown
    for word in (*there, *asked):
        assert word in shown
    assert ("only marks between them differ" in shown) == (not there and not asked)


def test_few_words_are_looked_up_word_for_word_alone() -> None:
    assert checked("insurmountable details").near == {}
    assert len(checked("delicate, but").exact) == 1


@pytest.mark.parametrize("quoted", ["the moon is made of green cheese", "details of the new garden", "x" * 500, "…"])
def test_what_nobody_said_is_not_on_record(quoted: str) -> None:
    found = checked(quoted)
    assert (found.exact, found.alike) == ([], {})
    assert "NOT ON RECORD · none of 1 report has these words" in text_of(checking.page(found, "UTC", setting()))


@given(st.text(max_size=700))
def test_whatever_is_handed_in_is_looked_up_and_never_shown_as_evidence(quoted: str) -> None:
    page = checking.page(checked(quoted).__class__(quoted), "UTC", setting())
    assert [p for row in page.rows for p in row.pieces if isinstance(p, Span)] == []
    for hit in (*checked(quoted).exact, *checked(quoted).alike.values()):
        assert hit.citation.span.chars in LEAD or hit.citation.span.chars == "White House: talks go on"


@pytest.mark.parametrize(
    ("message", "quoted"),
    [
        ("He said “it could serve as a basis” and “no such thing”", "it could serve as a basis"),
        ('Did he say "we will never agree to that"?', "we will never agree to that"),
        ("no marks at all", "no marks at all"),
        ("„Ми не підемо на це“, сказав він", "Ми не підемо на це"),
        ("She said ‘we don’t agree to that’ today", "we don’t agree to that"),
        ("She said 'we don't agree to that' today", "we don't agree to that"),
        ("that's the ministers' own view", "that's the ministers' own view"),
        ("the “deal” is called “red lines”", "red lines"),
    ],
)
def test_the_longest_quotation_of_a_message_is_looked_up(message: str, quoted: str) -> None:
    assert quoted_in(message) == quoted


def test_every_quotation_of_a_message_is_looked_up_and_no_more_than_some() -> None:
    said = (
        "He said “it could serve as a basis”, “no such thing” and again “no such thing”, ‘never, ever’"
        " and “four words are here”, not “two words”"
    )
    assert checking.quotations_in(said) == (
        "it could serve as a basis", "no such thing", "never, ever", "four words are here",
    )  # fmt: skip


def test_a_long_message_takes_no_long_time() -> None:
    assert len(quoted_in('"' + "a " * 50_000)) <= checking.CHARACTERS_AT_MOST
    for mark in "'‘’":
        assert len(quoted_in((mark + "a ") * 30_000)) <= checking.CHARACTERS_AT_MOST

"""What may be posted of a text: whole sentences, nothing lost that matters, nothing that was cut."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests import excerpts, text
from digests.model import Part, Span
from tests.builders import a_span, a_statement, an_article

LONG = (
    "Ukraine’s delegation and that of the United States went through every point of the draft in Geneva for eleven "
    "hours on Sunday, among them territory, the size of the army, money for rebuilding and the plant in Zaporizhzhia, "
)


def sentence(chars: str) -> Span:
    record = text.as_given(chars)
    return record.span(0, len(chars))


def chars_of(span: Span | None) -> str:
    assert span is not None
    return span.chars


def test_a_clause_is_posted_as_its_whole_sentence_with_who_says_it() -> None:
    lead = "Talks went on. Russia will not withdraw from Donetsk unless Kyiv agrees, Sergei Lavrov said on Tuesday."
    article = an_article(lead=lead)
    found = excerpts.of_statement(a_statement(article, words="Russia will not withdraw"), article)
    assert chars_of(found) == lead.partition(". ")[2]


def test_nothing_touches_the_end_that_a_feed_cut_off() -> None:
    article = an_article(lead="Talks went on in Geneva. Sergei Lavrov said that Russia would")
    cut = type(article)(**{**vars(article), "cut": frozenset({Part.DESCRIPTION})})
    assert excerpts.of_statement(a_statement(cut, words="Sergei Lavrov said that Russia would"), cut) is None
    assert chars_of(excerpts.of_statement(a_statement(cut, words="Talks went on"), cut)) == "Talks went on in Geneva."


def test_a_long_sentence_ends_with_a_clause() -> None:
    shown = chars_of(
        excerpts.fitting(
            sentence(
                LONG + "which had been among the hardest of all the questions before them on that long day in Geneva."
            )
        )
    )
    assert len(shown) <= excerpts.SPAN_AT_MOST
    assert LONG.startswith(shown)
    assert LONG.startswith(",", len(shown))


@pytest.mark.parametrize(
    "tail",
    [
        "but nothing was agreed.",
        "if Russia agrees.",
        "Rustem Umerov said on Monday.",
        "according to two people in the room.",
        "which Moscow does not accept.",
        "unless it is changed.",
        "що не було погоджено.",
    ],
)
def test_a_long_sentence_is_not_shown_without_its_condition_negation_or_speaker(tail: str) -> None:
    assert (
        excerpts.fitting(
            sentence(LONG + "with the rest left for a second meeting that both sides want in Abu Dhabi, " + tail)
        )
        is None
    )


def test_a_quotation_is_never_cut_in_two() -> None:
    chars = "The delegation wrote: “" + LONG * 2 + "and it is done.”"
    assert excerpts.fitting(sentence(chars)) is None


@pytest.mark.parametrize("scrap", ["“unconstructive”", "Yes, he did.", "not rushing"])
def test_one_or_two_words_are_never_shown(scrap: str) -> None:
    assert excerpts.fitting(sentence(scrap)) is None


@pytest.mark.parametrize(
    ("dateline", "says"),
    [
        ("KYIV (Harbour Wire) - ", "A delegation left for Florida on Saturday."),
        ("HALLANDALE BEACH, Florida (AP) — ", "Four hours of talks brought progress."),
        ("(Volga) ", "The Kremlin has seen no new draft of the plan."),
        ("MOSCOW, Nov 25 — ", "Russia is waiting for the text, the Kremlin said."),
    ],
)
def test_where_a_report_was_written_is_no_part_of_it(dateline: str, says: str) -> None:
    assert chars_of(excerpts.fitting(sentence(dateline + says))) == says


def test_a_publishers_name_is_no_part_of_a_headline_and_a_speakers_is() -> None:
    article = an_article(title="Kremlin has received nothing after talks - Harbour Post", feed_id="harbour-post")
    assert chars_of(excerpts.headline(article)) == "Kremlin has received nothing after talks"
    article = an_article(title="Kremlin has received nothing after Geneva talks - Peskov", feed_id="volga-state")
    assert chars_of(excerpts.headline(article)).endswith("- Peskov")
    article = an_article(title="Allies meet in Kyiv for talks on the plan - The Daily Planet", feed_id="search")
    assert chars_of(excerpts.headline(article)) == "Allies meet in Kyiv for talks on the plan"


@pytest.mark.parametrize(
    ("chars", "expected"),
    [
        ("This was agreed in Geneva on Sunday evening.", True),
        ("He said that Russia was ready to talk.", True),
        ("“This is not about the terms alone,” Rubio said.", False),
        ("Russia is ready to talk, Peskov said.", False),
    ],
)
def test_what_points_back_is_known_to_lean(chars: str, expected: bool) -> None:
    assert excerpts.leans(sentence(chars)) is expected


def test_the_same_words_under_another_cut_are_known() -> None:
    whole = a_span(
        "Russia is ready to talk about the draft plan", "Russia is ready to talk about the draft plan, Peskov said."
    )
    assert excerpts.same_words(whole, sentence("Peskov: Russia ready to talk about draft plan"))
    assert not excerpts.same_words(whole, sentence("Ukraine has agreed to send a delegation to Florida"))


_VOCABULARY = (
    "Russia Ukraine will accept the plan and withdraw from Donetsk if not unless Lavrov said , ; – “ ” which after "
    "talks in Geneva on Tuesday but only security guarantees were agreed"
)
_WORDS = st.lists(st.sampled_from(_VOCABULARY.split(" ")), min_size=40, max_size=120)
_LOSES = re.compile(r"\b(?:not|if|unless|said|but|only)\b")


@given(_WORDS)
def test_no_shortened_sentence_loses_what_turns_its_meaning(words: list[str]) -> None:
    chars = " ".join(words).replace(" ,", ",").replace(" ;", ";").replace("“ ", "“").replace(" ”", "”").strip()
    shown = excerpts.fitting(sentence(chars))
    if shown is None:
        return
    assert len(shown.chars) <= excerpts.SPAN_AT_MOST
    assert shown.start == 0
    assert not _LOSES.search(chars[len(shown.chars) :])
    assert shown.chars.count("“") <= shown.chars.count("”") or len(shown.chars) == len(chars)

"""What a later text did to words that were shown: stood, replaced, corrected, withdrawn; and never markup alone."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests import fates, text
from digests.model import Article, Fate, Part, TextOfRecord
from tests.builders import an_article

BEFORE = "Trump said that the plan had 28 points. Rustem Umerov led the delegation in Geneva. Moscow did not agree."


def later(body: str, **more: object) -> Article:
    return replace(an_article(text=body, revision=1), **more)  # type: ignore[arg-type]


def fate(words: str, after: str, *, notice: bool = False, before: str = BEFORE) -> Fate | None:
    record = TextOfRecord(before)
    start = before.index(words)
    span = record.span(start, start + len(words))
    return fates.of_span(span, Part.TEXT, later(after), notice=notice)


@pytest.mark.parametrize(
    ("words", "after", "expected"),
    [
        ("the plan had 28 points", BEFORE, None),
        ("the plan had 28 points", BEFORE.replace("28", "**28**"), None),
        ("the plan had 28 points", BEFORE.replace("had 28", "had\n28").replace(".", " ."), None),
        ("Trump said that the plan had 28 points.", BEFORE.replace("28", "22"), Fate.CORRECTED),
        (
            "Rustem Umerov led the delegation in Geneva.",
            BEFORE.replace("Rustem Umerov", "Andriy Yermak"),
            Fate.CORRECTED,
        ),
        ("Moscow did not agree.", BEFORE.replace("did not agree", "did agree"), Fate.CORRECTED),
        ("Moscow did not agree.", BEFORE.replace("did not agree", "did not concur"), Fate.REPLACED),
        ("Moscow did not agree.", "Something else was told here altogether by somebody.", Fate.REPLACED),
        ("Moscow did not agree.", "", Fate.REPLACED),
    ],
)
def test_a_later_text_leaves_replaces_or_corrects_words(words: str, after: str, expected: Fate | None) -> None:
    assert fate(words, after) is expected


def test_what_is_gone_under_a_notice_was_corrected() -> None:
    assert fate("Moscow did not agree.", "Nothing of it is left here.", notice=True) is Fate.CORRECTED


def test_a_page_that_is_gone_takes_its_words_with_it() -> None:
    span = TextOfRecord(BEFORE).span(0, 20)
    assert fates.of_span(span, Part.TEXT, later(BEFORE, gone=True), notice=False) is Fate.WITHDRAWN


def test_another_headline_of_a_running_article_is_no_correction() -> None:
    old = TextOfRecord("Trump Says U.S. Close to Deal to End Ukraine War After Abu Dhabi Talks")
    newest = replace(an_article(title="Trump Says Envoy Witkoff Will Meet Putin in Moscow"), revision=1)
    assert fates.of_span(old.span(0, len(old.body)), Part.TITLE, newest, notice=False) is Fate.REPLACED


def test_a_headline_that_says_wasnt_for_was_not_is_no_correction() -> None:
    old = TextOfRecord("CIA Says Putin Residence Was Not Target of Ukrainian Drones")
    for after in (
        "CIA Says Putin Residence Wasn’t Target of Ukrainian Drones",
        "CIA Says Putin Residence Wasn't a Target",
    ):
        newest = replace(an_article(title=after), revision=1)
        assert fates.of_span(old.span(0, len(old.body)), Part.TITLE, newest, notice=False) is not Fate.CORRECTED


def test_a_headline_that_denies_what_it_said_is_a_correction() -> None:
    old = TextOfRecord("CIA Says Putin Residence Was Target of Ukrainian Drones")
    newest = replace(an_article(title="CIA Says Putin Residence Wasn’t Target of Ukrainian Drones"), revision=1)
    assert fates.of_span(old.span(0, len(old.body)), Part.TITLE, newest, notice=False) is Fate.CORRECTED


def test_what_stands_there_now_is_the_sentence_most_like_it() -> None:
    span = TextOfRecord(BEFORE).span(0, BEFORE.index(".") + 1)
    found = fates.instead(span, later(BEFORE.replace("28", "22")))
    assert found is not None
    assert found[1].chars == "Trump said that the plan had 22 points."
    assert fates.instead(span, later("Weather: rain.")) is None


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_two_texts_are_compared_and_a_text_never_differs_from_itself(a: str, b: str) -> None:
    one = text.record(a)
    if one.body:
        span = one.span(0, len(one.body))
        assert fates.of_span(span, Part.TEXT, later(one.body), notice=False) is None
        fates.of_span(span, Part.TEXT, later(b or "x"), notice=False)


# --- silent edits of a real publisher ---------------------------------------------------------------------------------


def letters(chars: str) -> str:
    """Letters and digits alone, addresses left out: another way to say whether words are the same."""
    return re.sub(r"[\W_]+", "", re.sub(r"https?://[^\s<>\"')\]]+", "", chars)).lower()


@pytest.mark.gate
def test_every_sentence_that_an_edit_withdrew_is_found_and_no_edit_of_markup_is(shared: Path) -> None:
    found = missed = edits = 0
    edited = (shared / "data/whitehouse/silent_edits.dev.jsonl").read_text(encoding="utf-8")
    for row in map(json.loads, edited.splitlines()):
        old, new = text.from_html(row["old"]), text.from_html(row["new"])
        assert old is not None
        assert new is not None
        after = later(new.body)
        reported = 0
        for sentence in text.sentences(old, "en"):
            told = fates.of_span(sentence, Part.TEXT, after, notice=False) is not None
            withdrawn = letters(sentence.chars) not in letters(new.body)
            reported += told
            found += withdrawn and told
            missed += withdrawn and not told
        edits += 1
        assert row["words_changed"] or not reported, row["path"]
    print(f"{edits} edits: {found} withdrawn sentences found, {missed} missed")
    assert missed == 0
    assert found >= 60

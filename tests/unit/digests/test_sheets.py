"""Promises of files of rows: what a spreadsheet, a parser or a Markdown reader makes of them is the text, no more."""

from __future__ import annotations

import csv
import io
import json
import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from digests import sheets

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=80)
HOSTILE = (
    "=HYPERLINK(\"https://evil.example\",\"click\")", "+1+1", "-2+3+cmd|' /C calc'!A0", "@SUM(A1:A9)", "\t=1+1",
    "  =1+1", "＝1+1", "\r=1", "\n@x",
)  # fmt: skip


def read_back(text: str) -> list[list[str]]:
    """What a program makes of a CSV file."""
    return list(csv.reader(io.StringIO(text.removeprefix(sheets.MARK), newline="")))


@pytest.mark.parametrize("cell", HOSTILE)
def test_no_cell_of_a_spreadsheet_begins_like_a_formula(cell: str) -> None:
    [_, [shown]] = read_back(sheets.csv(["words"], [{"words": cell}]))
    assert shown == "'" + cell


@given(TEXT)
def test_a_cell_is_the_text_or_the_text_behind_an_apostrophe(words: str) -> None:
    rows = read_back(sheets.csv(["a", "words", "z"], [{"a": 1, "words": words, "z": True}]))
    assert rows[0] == ["a", "words", "z"]
    assert rows[1][0] == "1"
    assert rows[1][2] == "yes"
    assert rows[1][1] in {words, "'" + words}
    assert not re.match(r"\s*[=+\-@]", rows[1][1])


@given(TEXT, st.none() | st.integers() | st.booleans())
def test_json_gives_every_value_exactly(words: str, other: int | bool | None) -> None:
    line = sheets.as_json({"words": words, "other": other})
    assert json.loads(line) == {"words": words, "other": other}
    assert "\n" not in line


@given(TEXT.filter(lambda t: t.strip()))
def test_markdown_shows_these_characters_and_makes_nothing_of_them(words: str) -> None:
    shown = MarkdownIt("commonmark").render("> x " + sheets.escaped(words) + " x")
    found = re.fullmatch(r"<blockquote>\n<p>x (.*) x</p>\n</blockquote>\n", shown, re.DOTALL)
    assert found is not None, shown
    assert "<" not in found[1]
    assert plainly(unescape(found[1])) == plainly(words)


def plainly(words: str) -> str:
    """Blanks aside, and what Markdown cannot hold: it replaces NUL."""
    return re.sub(r"\s+", "", words.replace("\x00", "\ufffd"))


@pytest.mark.parametrize("words", ["# x", "1. x", "- x", "> x", "    x", "<b>x</b>", "[x](https://e.example)",
                                   "![x](y)", "www.evil.example", "https://evil.example", "`x`",
                                   "***x***", "|a|b|"])  # fmt: skip
def test_markdown_at_the_head_of_a_line_stays_text(words: str) -> None:
    shown = MarkdownIt("commonmark").render("> " + sheets.escaped(words))
    found = re.fullmatch(r"<blockquote>\n<p>(.*)</p>\n</blockquote>\n", shown, re.DOTALL)
    assert found is not None, shown
    assert unescape(found[1]) == words.strip()


@pytest.mark.parametrize(("url", "link"), [("https://a.example/x?y=1", "<https://a.example/x?y=1>"),
                                           ("javascript:alert(1)", ""), ("https://a.example/ x", ""),
                                           ("https://a.example/<x>", ""), ("", "")])  # fmt: skip
def test_only_a_web_address_becomes_a_link(url: str, link: str) -> None:
    assert sheets.address(url) == link

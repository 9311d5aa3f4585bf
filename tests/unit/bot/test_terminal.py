"""Promises of the terminal: a bar opens a span and nothing else, and no source moves the cursor."""

from __future__ import annotations

import json
import re
from typing import Any

from hypothesis import given

from bot import terminal
from bot.slack.blocks import render
from digests.frames import say
from digests.model import Button, Count, Link, Name, Page, Row, Span, TextOfRecord, Tone
from tests.unit.bot.test_blocks import pages, words

QUOTE = TextOfRecord("“No,” he said. There are a few delicate, but not insurmountable, details.")
EVIL = TextOfRecord("red \x1b[31malert\x07 \u202edrawkcab\r over\x9b2J")


def whole(text: TextOfRecord) -> Span:
    return text.span(0, len(text.body))


def a_page(*rows: Row, **more: Any) -> Page:
    return Page("digest", "Europe/Brussels", (say("label.demonstration"),), rows, **more)


def test_a_page_looks_like_the_reference_picture() -> None:
    page = a_page(
        Row(Tone.TITLE, (say("label.name", name=Name("PEACE PLAN")),)),
        Row(Tone.STATUS, (say("digest.who_spoke"),)),
        Row(Tone.STATUS, (say("label.name", name=Name("Russia")), say("board.nothing_on_record"))),
        Row(Tone.LINE, (say("label.name", name=Name("1  NEW")), say("label.name", name=Name("process")))),
        Row(Tone.QUOTE, (say("label.speaker", who=Name("Leavitt")), whole(QUOTE))),
        Row(Tone.META, (say("line.headline"), Link(say("line.link"), "https://a.example/1"))),
        buttons=(Button(say("button.new"), "new"),),
    )
    assert terminal.lines(page).splitlines() == [
        "PEACE PLAN",
        "WHO SPOKE",
        "  Russia          nothing on record",
        "1  NEW · process",
        "   [Leavitt] | “No,” he said. There are a few delicate, but not insurmountable, details.",
        "     headline · source: https://a.example/1",
        "[What is new]",
    ]


@given(pages)
def test_what_stands_behind_a_bar_is_the_sources(page: Page) -> None:
    bodies = [p.text.body for row in (*page.rows, *page.thread) for p in row.pieces if isinstance(p, Span)]
    spoken = [terminal.visible(line) for body in bodies for line in body.splitlines()]
    behind = [line.split("| ", 1)[1] for line in terminal.lines(page).split("\n") if re.match(r"   \| ", line)]
    assert all(any(text in line for line in spoken) or not text for text in behind)


@given(pages)
def test_nothing_is_left_out(page: Page) -> None:
    text = re.sub(r"\s*\n\s*(\| )?|\s+", "", terminal.lines(page))
    for row in (*page.rows, *page.thread):
        for piece in row.pieces:
            for line in words(piece).splitlines():
                assert re.sub(r"\s+", "", terminal.visible(line)) in text


@given(pages)
def test_no_source_moves_the_cursor(page: Page) -> None:
    for shown in (terminal.lines(page), terminal.message_lines([{"blocks": list(render(page).blocks)}])):
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", shown)


def test_escapes_of_a_source_are_made_visible() -> None:
    shown = terminal.lines(a_page(Row(Tone.QUOTE, (whole(EVIL),))))
    assert "\x1b" not in shown
    assert "red \ufffd[31malert\ufffd" in shown


def test_a_terminal_is_coloured_and_wrapped_and_each_wrapped_line_has_its_bar() -> None:
    long = TextOfRecord("word " * 60)
    page = a_page(Row(Tone.QUOTE, (whole(long),)), Row(Tone.WARNING, (say("command.open_quote"),)))
    shown = terminal.lines(page, colour=True).split("\n")
    assert all(line.startswith("\x1b[36m   | ") for line in shown[:-1])
    assert shown[-1].startswith("\x1b[1;33m")
    assert all(len(line) < terminal.WIDTH + 12 for line in shown)
    assert len(terminal.lines(page).split("\n")) == 2


def test_a_party_has_its_column_and_a_longer_beginning_has_none() -> None:
    party = Row(Tone.STATUS, (say("board.party", who=Name("Russia")), say("board.no_shift")))
    counts = Row(Tone.STATUS, (say("digest.left_out", n=Count(12345678)), say("digest.new", n=Count(1))))
    lines = terminal.lines(a_page(party, counts)).splitlines()
    assert lines == ["  Russia          no shift found", "LEFT OUT 12,345,678 · new 1"]


def test_what_slack_was_handed_is_shown_alike() -> None:
    page = a_page(
        Row(Tone.TITLE, (say("label.name", name=Name("RUSSIA")),)),
        Row(Tone.QUOTE, (whole(QUOTE),)),
        Row(Tone.META, (Link(say("line.link"), "https://a.example/1"),)),
        buttons=(Button(say("button.new"), "new"),),
    )
    message = render(page)
    assert terminal.message_lines([{"blocks": list(message.blocks), "text": message.text}]).splitlines() == [
        "RUSSIA",
        f"   | {QUOTE.body}",
        "     source: https://a.example/1",
        "[What is new]",
    ]
    assert terminal.message_lines([{"text": "a &lt; b &amp;amp;"}]) == "a < b &amp;"


def test_json_carries_the_evidence() -> None:
    page = a_page(
        Row(Tone.LINE, (say("label.demonstration"),), "k7f2"),
        Row(Tone.QUOTE, (QUOTE.span(1, 3),), "k7f2"),
        Row(Tone.META, (say("line.headline"), Link(say("line.link"), "https://a.example/1")), "k7f2"),
        Row(Tone.PLAIN, (QUOTE.span(0, 4),)),
    )
    shown = json.loads(json.dumps(terminal.as_json(page)))
    quote = {"span": "No", "sha": QUOTE.sha, "start": 1, "end": 3, "url": "https://a.example/1"}
    assert shown["rows"][1] == {"tone": "quote", "line_id": "k7f2", "pieces": [quote]}
    assert shown["rows"][0]["pieces"] == [{"frame": "label.demonstration", "words": "demonstration"}]
    assert shown["rows"][3]["pieces"][0]["url"] is None


def test_an_unknown_zone_is_utc() -> None:
    assert str(terminal.zone_of("Nowhere/Land")) == "Etc/UTC"

"""Promises of the renderer: within every limit, nothing lost, and no word that is neither a frame's nor a source's."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.local import limits
from bot.slack import blocks
from bot.slack.blocks import Message, render
from digests import frames
from digests.model import (
    Button,
    Choice,
    Count,
    Day,
    Echo,
    Frame,
    Instant,
    Link,
    Name,
    Page,
    Piece,
    Refs,
    Row,
    Slot,
    Span,
    Table,
    TextOfRecord,
    Tone,
)
from digests.phrases import PHRASES

BRUSSELS = ZoneInfo("Europe/Brussels")
HOSTILE = [
    "a > b <https://evil.example|click> & so on",
    "<!channel> <@U123> *bold* _it_ `code` :smile: &amp; &lt;",
    "Лавров: «Нет» — сказал он.\nВторая строка · с точкой",
    "He said: “No.” " * 40,
    "x" * 7000,
]
LINK = re.compile(r"<(https?://[^|<>]+)\|([^<>|]+)>")
LAYOUT = [key for key in PHRASES if key.startswith("layout.")]


def words(piece: Piece) -> str:
    if isinstance(piece, Span):
        return piece.chars
    if isinstance(piece, Link) and piece.label.key == "line.address":
        return piece.url  # which is to be read itself
    return frames.words(piece.label if isinstance(piece, Link) else piece, BRUSSELS)


# --- pages of all kinds -----------------------------------------------------------------------------------------

_names = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=30)
_SLOTS: dict[str, st.SearchStrategy[Slot]] = {
    "count": st.integers(0, 10_000).map(Count),
    "instant": st.integers(1_735_700_000, 1_798_700_000).map(lambda at: Instant(datetime.fromtimestamp(at, UTC))),
    "day": st.dates(date(2025, 1, 1), date(2026, 12, 31)).map(Day),
    "name": _names.map(Name),
    "names": st.lists(_names.map(Name), min_size=1, max_size=4).map(tuple),
    "refs": st.lists(st.integers(1, 12).map(str), min_size=1, max_size=4).map(lambda refs: Refs(tuple(refs))),
    "echo": st.text(max_size=120).map(frames.echo),
}


def _frame(key: str) -> st.SearchStrategy[Frame]:
    slots = {spec.name: _SLOTS[spec.type] for spec in frames.slots_of(key)}
    return st.fixed_dictionaries(slots).map(lambda filled: frames.say(key, **filled))


_frames = st.sampled_from(sorted(set(PHRASES) - set(LAYOUT))).flatmap(_frame)
_texts = st.one_of(st.sampled_from(HOSTILE), st.text(min_size=1, max_size=400)).map(TextOfRecord)


@st.composite
def _spans(draw: st.DrawFn) -> Span:
    text = draw(_texts)
    start = draw(st.integers(0, len(text.body) - 1))
    return text.span(start, draw(st.integers(start + 1, len(text.body))))


_labels = _frames.filter(lambda frame: frame.key != "line.address")  # which shows the address in its place
_links = st.builds(Link, _labels, st.sampled_from(["https://a.example/1", "http://b.example/?q=1&r=2", "javascript:x"]))


@st.composite
def _rows(draw: st.DrawFn) -> Row:
    tone = draw(st.sampled_from(list(Tone)))
    if tone == Tone.QUOTE:
        pieces: Sequence[Piece] = draw(st.lists(_spans(), min_size=1, max_size=2))
    else:
        pieces = draw(st.lists(st.one_of(_frames, _frames, _links), min_size=1, max_size=3))
    return Row(tone, tuple(pieces))


_choices = st.lists(st.builds(Choice, _frames, st.text(max_size=90)), max_size=4).map(tuple)
_buttons = st.builds(Button, _frames, st.sampled_from(["ask", "new"]), st.text(max_size=50), _choices)


@st.composite
def _tables(draw: st.DrawFn) -> Table:
    """As wide in every row; its rows say the same."""
    across = draw(st.integers(1, 4))
    cells = draw(st.lists(st.lists(_frames, min_size=across, max_size=across).map(tuple), min_size=1, max_size=5))
    return Table(tuple(cells), tuple(Row(Tone.STATUS, row) for row in cells))


pages = st.builds(
    Page,
    kind=st.just("digest"),
    zone=st.just("Europe/Brussels"),
    summary=st.lists(_frames, min_size=1, max_size=2).map(tuple),
    rows=st.lists(_rows(), max_size=25).map(tuple),
    thread=st.lists(_rows(), max_size=6).map(tuple),
    buttons=st.lists(_buttons, max_size=30).map(tuple),
    table=st.none() | _tables(),
)


# --- the checker ------------------------------------------------------------------------------------------------


def every(message: Message) -> Iterator[Message]:
    yield message
    if message.simple is not None:
        yield from every(message.simple)
    for below in message.thread:
        yield from every(below)


def shown(node: Any) -> Iterator[str]:
    """Every string of a block tree that a reader sees: of mrkdwn the labels of links, entities as their characters."""
    if isinstance(node, dict) and node.get("type") == "mrkdwn":
        yield html.unescape(LINK.sub(r"\2", node["text"]))
    elif isinstance(node, dict):
        for key, value in node.items():
            if key == "text" and isinstance(value, str):
                yield value
            else:
                yield from shown(value)
    elif isinstance(node, (list, tuple)):
        for item in node:
            yield from shown(item)


def said(page: Page) -> list[Piece]:
    cells = [cell for row in page.table.cells for cell in row] if page.table else []
    plain = page.table.plain if page.table else ()
    return [*page.summary, *(piece for row in (*page.rows, *page.thread, *plain) for piece in row.pieces), *cells]


def strangers(message: Message, page: Page) -> list[str]:
    """Texts of a rendered page that are neither a frame's words nor a stored text's characters."""
    spans = [piece for piece in said(page) if isinstance(piece, Span)]
    ours = {words(piece) for piece in said(page) if not isinstance(piece, Span)}
    pressed = [*page.buttons, *(b for row in (*page.rows, *page.thread) for b in row.buttons)]
    ours |= {words(frames.say(key)) for key in LAYOUT} | {words(b.label)[: blocks.LABEL] for b in pressed}
    ours |= {words(c.label)[: blocks.LABEL] for b in pressed for c in b.choices}
    bodies = {span.text.body for span in spans}
    found = []
    for part in every(message):
        lawful = (
            text in ours or any(text in body for body in bodies) or _made_of(text, ours) for text in shown(part.blocks)
        )
        found += [text for text, fine in zip(shown(part.blocks), lawful, strict=True) if not fine]
        found += _fallback_strangers(part.text, ours, spans)
    return found


LEFT_OUT = re.compile(r"(?:^|\n)and ([\d,]+) more lines?, in the message itself$")


def left_out(text: str) -> int:
    """How many lines a fallback text says that it leaves out."""
    found = LEFT_OUT.search(text)
    return int(found[1].replace(",", "")) if found else 0


def _fallback_strangers(text: str, ours: set[str], spans: list[Span]) -> list[str]:
    if re.search(r"[<>]|&(?!amp;|lt;|gt;)", text):
        return [text]
    plain = LEFT_OUT.sub("", text).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    cut = {s.chars[at : at + blocks.VALUE] for s in spans for at in range(0, len(s.chars), blocks.VALUE)}
    return [] if _made_of(plain, ours | cut | {s.chars for s in spans}) else [text]


def _made_of(text: str, parts: set[str]) -> bool:
    """Whether a text is nothing but parts in a row (line breaks that end it may have been stripped)."""
    reached = {0}
    for at in range(len(text)):
        if at in reached:
            reached |= {at + len(part) for part in parts if part and text.startswith(part, at)}
    return len(text) in reached or any(len(text) + n in reached for n in (1, 2))


# --- the promises -----------------------------------------------------------------------------------------------


@given(pages)
def test_no_word_is_neither_a_frames_nor_a_sources(page: Page) -> None:
    assert strangers(render(page), page) == []


@given(pages, st.data())
def test_the_promise_fails_when_a_word_is_injected(page: Page, data: st.DataObject) -> None:
    message = render(page)
    tree = json.loads(json.dumps(list(message.blocks)))
    leaves = [leaf for leaf in _leaves(tree) if leaf.get("type") in {"text", "plain_text", "link", "mrkdwn"}]
    assume(leaves)
    data.draw(st.sampled_from(leaves))["text"] += " allegedly☃"
    assert strangers(replace(message, blocks=tuple(tree)), page)
    assert strangers(replace(message, text=message.text + " allegedly☃"), page)


def _leaves(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        if isinstance(node.get("text"), str):
            yield node
        for value in node.values():
            yield from _leaves(value)
    elif isinstance(node, list):
        for item in node:
            yield from _leaves(item)


@pytest.mark.parametrize("unescaped", ["&", "<", ">"])
def test_the_promise_fails_when_an_escape_is_removed(unescaped: str, monkeypatch: pytest.MonkeyPatch) -> None:
    body = TextOfRecord(f"before {unescaped} after")
    page = _page([Row(Tone.QUOTE, (body.span(0, len(body.body)),))])
    assert strangers(render(page), page) == []
    escape = blocks.escape
    monkeypatch.setattr(blocks, "escape", lambda text: escape(text).replace(html.escape(unescaped), unescaped))
    assert strangers(render(page), page)


@given(pages)
def test_every_message_is_within_slacks_limits(page: Page) -> None:
    for part in every(render(page)):
        assert limits.of_blocks(list(part.blocks)) == []
        assert not limits.too_long(list(part.blocks))
        assert len(part.blocks) <= 45
        assert sum(len(text) for text in shown(part.blocks)) <= 9_000
        assert 0 < len(part.text) <= 3_000


@given(pages)
def test_what_does_not_fit_goes_on_below_and_nothing_is_lost(page: Page) -> None:
    page = replace(page, table=None)
    ours = {words(frames.say(key)) for key in LAYOUT}
    texts = [
        t for part in every(render(page)) for block in part.blocks if block["type"] != "actions" for t in shown(block)
    ]
    rows = page.rows or (Row(Tone.PLAIN, page.summary),)
    wanted = [words(piece) for row in (*rows, *page.thread) for piece in row.pieces]
    assert _squeezed(texts, ours) == _squeezed(wanted, ours)


@given(pages)
def test_what_a_table_says_stands_in_rows_too(page: Page) -> None:
    message = render(page)
    simple = message.simple or message
    if page.table is None:
        assert message.simple is None
        return
    assert [b["type"] for part in every(simple) for b in part.blocks].count("table") == 0
    assert [b["type"] for b in message.blocks].count("table") == (message.simple is not None)
    said_in_rows = _squeezed([t for part in every(simple) for t in shown(part.blocks)], set())
    assert all(_squeezed([words(p)], set()) in said_in_rows for row in page.table.plain for p in row.pieces)


def _squeezed(texts: list[str], ours: set[str]) -> str:
    """Texts in a row without the separators that are ours."""
    joined = "".join(text for text in texts if text not in ours)
    for separator in (" · ", "\n"):
        joined = joined.replace(separator, "")
    return joined


def test_a_fallback_that_is_too_long_says_how_many_lines_it_leaves_out_and_where_they_are() -> None:
    long = TextOfRecord("One of very many words. " * 10)
    page = _page([Row(Tone.QUOTE, (long.span(0, 230),))] * 30)
    message = render(page)
    kept = sum(line.startswith("One") for line in message.text.split("\n"))
    assert message.text.endswith(f"\nand {30 - kept} more lines, in the message itself")
    assert 2_600 < len(message.text) <= 3_000
    assert left_out(render(_page([Row(Tone.QUOTE, (long.span(0, 230),))])).text) == 0


@given(pages)
def test_the_fallback_says_what_the_blocks_say(page: Page) -> None:
    message = render(page)
    if left_out(message.text):
        return
    plain = html.unescape(message.text)
    ours = {words(frames.say(key)) for key in ("layout.continued", "layout.nothing")}
    for block in message.blocks:
        for text in shown(block) if block["type"] != "actions" else ():
            assert text in plain or text in ours, text


@given(pages)
def test_nothing_is_ever_parsed_by_slack(page: Page) -> None:
    """But links of the small print, in which nothing else is markup and no word is a source's or a person's."""
    ours = {words(piece) for piece in said(page) if not isinstance(piece, Span) and not _echoes(piece)}
    ours |= {words(frames.say(key)) for key in LAYOUT}
    dumped = json.dumps([part.blocks for part in every(render(page))])
    assert '"emoji": true' not in dumped
    for part in every(render(page)):
        for block in part.blocks:
            if "mrkdwn" not in json.dumps(block).replace('"text": "mrkdwn', ""):
                continue
            assert block["type"] == "context" or "mrkdwn" in "".join(shown(block))
            for text in (e for e in block["elements"] if e["type"] == "mrkdwn"):
                assert text["verbatim"] is True
                left = LINK.sub("", text["text"])
                assert not re.search(r"[*_~`<>]|&(?!amp;|lt;|gt;)|:[^\s:]{1,60}:", left)
                assert _made_of(html.unescape(LINK.sub(r"\2", text["text"])), ours)


def _echoes(piece: Piece) -> bool:
    return isinstance(piece, Frame) and any(isinstance(slot, Echo) for _, slot in piece.slots)


@given(pages)
def test_links_go_to_the_web_alone(page: Page) -> None:
    for part in every(render(page)):
        addresses = re.findall(r'"url": "([^"]*)"', json.dumps(part.blocks))
        assert all(url.startswith(("http://", "https://")) for url in addresses)


def test_the_limits_are_those_of_the_reference(shared: Path) -> None:
    reference = json.loads((shared / "data/slack/block_limits.json").read_text(encoding="utf-8"))
    assert reference["header"]["text"]["max_length"] >= blocks.HEADER
    assert reference["button"]["text"]["max_length"] >= blocks.LABEL
    assert reference["button"]["value"]["max_length"] >= blocks.VALUE
    assert reference["button"]["url"]["max_length"] >= blocks.ADDRESS
    assert reference["actions"]["elements"]["max_items"] >= blocks.BUTTONS
    assert reference["view"]["blocks"]["max_items"] >= blocks.VIEW_BLOCKS


def _page(rows: list[Row], **more: Any) -> Page:
    return Page("notice", "Europe/Brussels", (frames.say("label.demonstration"),), tuple(rows), **more)


def test_a_quote_stands_in_a_quote_bar_byte_for_byte() -> None:
    body = TextOfRecord("He said <!channel> *now* :fire: & “no”.")
    message = render(_page([Row(Tone.QUOTE, (body.span(0, len(body.body)),))]))
    assert message.blocks[0] == {
        "type": "rich_text",
        "elements": [{"type": "rich_text_quote", "elements": [{"type": "text", "text": body.body}]}],
    }
    assert "&lt;!channel&gt; *now* :fire: &amp; “no”." in message.text


def test_a_title_is_a_header_until_it_is_too_long_for_one() -> None:
    short, long = (Row(Tone.TITLE, (frames.say("label.name", name=Name("x" * n)),)) for n in (150, 151))
    assert render(_page([short])).blocks[0]["type"] == "header"
    assert render(_page([long])).blocks[0]["type"] == "rich_text"


def test_the_rows_of_a_line_share_a_block_and_its_source_stands_below_in_small_print() -> None:
    body = TextOfRecord("one two three")
    line = [
        Row(Tone.LINE, (frames.say("label.demonstration"),)),
        Row(Tone.QUOTE, (body.span(0, 3),)),
        Row(Tone.META, (Link(frames.say("line.link"), "https://a.example"),)),
    ]
    assert [b["type"] for b in render(_page(line * 3)).blocks] == ["rich_text", "context"] * 3
    [small] = render(_page(line)).blocks[1]["elements"]
    assert small == {"type": "mrkdwn", "text": "<https://a.example|source>", "verbatim": True}


def test_where_blocks_run_short_small_print_stands_with_its_line_and_nothing_goes_below() -> None:
    body = TextOfRecord("one two three")
    source = Row(Tone.META, (Link(frames.say("line.link"), "https://a.example"),))
    line = [Row(Tone.LINE, (frames.say("label.demonstration"),)), Row(Tone.QUOTE, (body.span(0, 3),)), source]
    message = render(_page(line * 30))
    assert [b["type"] for b in message.blocks] == ["rich_text"] * 30
    assert message.thread == ()


@pytest.mark.parametrize(
    "piece",
    [
        frames.say("label.name", name=Name("a *bold* claim")),
        frames.say("label.name", name=Name("no_such_thing_")),
        frames.say("label.name", name=Name("on :fire: now")),
        frames.say("search.words", typed=frames.echo("plain")),
        TextOfRecord("plain").span(0, 5),
    ],
)
def test_small_print_that_might_be_markup_is_shown_where_nothing_is_parsed(piece: Piece) -> None:
    link = Link(frames.say("line.link"), "https://a.example")
    assert [b["type"] for b in render(_page([Row(Tone.META, (piece, link))])).blocks] == ["rich_text"]


def test_a_line_is_drawn_between_who_spoke_and_what_was_said() -> None:
    tones = (Tone.TITLE, Tone.STATUS, Tone.LINE, Tone.STATUS)
    rows = [Row(tone, (frames.say("label.demonstration"),)) for tone in tones]
    types = [b["type"] for b in render(_page(rows)).blocks]
    assert types == ["header", "rich_text", "divider", "rich_text", "divider", "rich_text"]


def test_buttons_of_a_row_stand_below_it_and_every_id_is_its_own() -> None:
    button = Button(frames.say("button.new"), "ask", "new")
    rows = [Row(Tone.LINE, (frames.say("label.demonstration"),), buttons=(button, button))] * 2
    message = render(_page(rows, buttons=(button,)))
    assert [b["type"] for b in message.blocks] == ["rich_text", "actions", "rich_text", "actions", "actions"]
    ids = [e["action_id"] for b in message.blocks if b["type"] == "actions" for e in b["elements"]]
    assert len(set(ids)) == 5


def test_instants_are_shown_in_the_readers_zone() -> None:
    at = frames.say("digest.summary_empty", at=Instant(datetime(2025, 11, 26, 7, 30, tzinfo=UTC)))
    page = _page([Row(Tone.PLAIN, (at,))])
    assert "08:30 CET" in render(page).text
    assert "02:30 EST" in render(page, "America/New_York").text


def test_buttons_have_unique_ids_and_the_home_takes_what_fits() -> None:
    button = Button(frames.say("button.new"), "ask", "new")
    message = render(_page([], buttons=(button, button)))
    assert [e["action_id"] for e in message.blocks[-1]["elements"]] == ["ask", "ask.1"]
    rows = [Row(Tone.LINE, (frames.say("label.demonstration"),))] * 300
    home = blocks.home(_page(rows))
    assert limits.of_view(home) == []
    assert len(home["blocks"]) == 100


def test_what_a_quote_is_stands_right_above_it_and_its_source_below() -> None:
    text = TextOfRecord("It was said. It is said now.")
    was, now = text.span(0, 12), text.span(13, 28)
    label, link = frames.say("line.was"), Link(frames.say("line.link"), "https://a.example/1")
    source = Row(Tone.META, (frames.say("label.demonstration"), link))
    rows = [Row(Tone.QUOTE, (now,)), source, Row(Tone.META, (label,)), Row(Tone.QUOTE, (was,)), source]
    shapes = [
        (b["type"], [t for t in shown(b) if t in {words(label), was.chars, now.chars}])
        for b in render(_page(rows)).blocks
    ]
    assert shapes == [
        ("rich_text", [now.chars]),
        ("context", []),
        ("rich_text", [words(label), was.chars]),
        ("context", []),
    ]

"""Pages for a terminal and as JSON: pure. Hides indents, wrapping, colour, and what a source may not do to a terminal.

`|` opens a span: the source's characters to the end of the line, and nothing of ours among them.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import tzinfo
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from digests import frames
from digests.model import Frame, Link, Page, Piece, Row, Span, Tone

WIDTH = 100
"""Columns of a terminal where none are given; output that is no terminal is not wrapped."""
PARTY = 16
"""Columns for the name at the head of a board's row."""
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_LINK = re.compile(r"<(https?://[^|<>\s]{1,3000})\|([^<>|]{1,3000})>")
_LOOKS: Mapping[Tone, str] = {Tone.TITLE: "1", Tone.WARNING: "1;33", Tone.LINE: "1", Tone.QUOTE: "36", Tone.META: "2"}
_INDENT: Mapping[Tone, str] = {Tone.QUOTE: "   ", Tone.META: "     "}

Json = dict[str, Any]


def zone_of(name: str) -> tzinfo:
    """The zone of an IANA name; UTC where there is no such zone."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("Etc/UTC")


def visible(text: str) -> str:
    """Text without what would move a terminal's cursor, change its colours or turn its direction."""
    return _UNSEEN.sub("\ufffd", text).replace("\t", " ")


def lines(page: Page, zone: str | None = None, width: int | None = None, colour: bool = False) -> str:
    """A page as lines, for a reader in `zone` (by default the page's). Wrapped to `width` columns where it is given or
    the output is a terminal (`colour`); else every span stands on one line."""
    tz = zone_of(zone or page.zone)
    columns = width if width is not None else (WIDTH if colour else 0)
    shown: list[str] = []
    rows = page.rows or (Row(Tone.PLAIN, page.summary),)
    for row in (*rows, *(page.table.plain if page.table else ())):
        shown += _row(row, tz, columns, colour)
    if page.thread:
        shown.append("     " + frames.words(frames.say("layout.continued"), tz))
        for row in page.thread:
            shown += _row(row, tz, columns, colour)
    if page.buttons:
        shown.append(" ".join(f"[{visible(frames.words(b.label, tz))}]" for b in page.buttons))
    return "\n".join(shown)


def _row(row: Row, tz: tzinfo, columns: int, colour: bool) -> Iterator[str]:
    if row.tone == Tone.QUOTE:
        yield from (_painted(line, row.tone, colour) for line in _quote(row.pieces, tz, columns))
        return
    words = [_words(piece, tz) for piece in row.pieces]
    if row.tone == Tone.STATUS and len(words) > 1 and len(words[0]) <= PARTY:
        text, indent = f"  {words[0]:<{PARTY - 1}} " + " · ".join(words[1:]), " " * (PARTY + 2)
    else:
        text, indent = _INDENT.get(row.tone, "") + " · ".join(words), _INDENT.get(row.tone, "") + "  "
    for line in _wrapped(text, columns, indent):
        yield _painted(line, row.tone, colour)


def _quote(pieces: Sequence[Piece], tz: tzinfo, columns: int) -> Iterator[str]:
    """Spans behind bars; our words before a span stand before its bar."""
    before = "   "
    for piece in pieces:
        if not isinstance(piece, Span):
            before += _words(piece, tz) + " "
            continue
        bar = f"{before}| "
        for part in piece.chars.splitlines() or [""]:
            room = max(20, columns - len(bar)) if columns else 0
            for line in _wrapped(visible(part), room, ""):
                yield bar + line
                bar = " " * len(before) + "| "
        before = "   "
    if before.strip():
        yield before.rstrip()


def _wrapped(text: str, columns: int, indent: str) -> list[str]:
    if not columns or len(text) <= columns:
        return [text]
    wrapper = textwrap.TextWrapper(columns, subsequent_indent=indent, replace_whitespace=False)
    wrapper.break_long_words = wrapper.break_on_hyphens = False
    return wrapper.wrap(text) or [text]


def _painted(line: str, tone: Tone, colour: bool) -> str:
    look = _LOOKS.get(tone)
    return f"\x1b[{look}m{line}\x1b[0m" if colour and look else line


def _words(piece: Piece, tz: tzinfo) -> str:
    if isinstance(piece, Span):
        return visible(piece.chars)
    if isinstance(piece, Link):
        return visible(f"{frames.words(piece.label, tz)}: {piece.url}").replace("\n", "")
    return visible(frames.words(piece, tz))


# --- what Slack was handed --------------------------------------------------------------------------------------


def message_lines(messages: Iterable[Mapping[str, Any]]) -> str:
    """Messages as Slack has them (blocks, else their text), for a terminal."""
    return "\n".join(line for message in messages for line in _message(message))


def _message(message: Mapping[str, Any]) -> Iterator[str]:
    if not message.get("blocks"):
        text = str(message.get("text", ""))
        yield visible(text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
    for block in message.get("blocks") or ():
        if block["type"] == "header":
            yield visible(block["text"]["text"])
        elif block["type"] == "actions":
            labels = (element.get("text", element.get("placeholder", {})) for element in block["elements"])
            yield " ".join(f"[{visible(label.get('text', ''))}]" for label in labels)
        elif block["type"] == "table":
            yield from (" | ".join(visible(cell["text"]) for cell in row) for row in block["rows"])
        elif block["type"] == "rich_text":
            yield from _rich(block["elements"])
        elif block["type"] == "context":
            yield from ("     " + visible(line) for text in block["elements"] for line in _small(text).splitlines())


def _rich(elements: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    beside = ""
    for element in elements:
        quoted = element["type"] == "rich_text_quote"
        mark, beside = ("   | ", "     ") if quoted else (beside, beside)
        text = "".join(_inline(part) for part in element["elements"])
        yield from (mark + visible(line) for line in text.splitlines())


def _small(text: Mapping[str, Any]) -> str:
    """Small print: of a link its words and its address."""
    if text["type"] != "mrkdwn":
        return str(text["text"])
    shown = _LINK.sub(r"\2: \1", str(text["text"]))
    return shown.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _inline(part: Mapping[str, Any]) -> str:
    if part["type"] != "link":
        return str(part.get("text", ""))
    return f"{part['text']}: {part['url']}" if "text" in part else str(part["url"])


# --- JSON -------------------------------------------------------------------------------------------------------


def as_json(page: Page, zone: str | None = None) -> Json:
    """A page as plain values: frames with key and words, spans with the sha256 of their text, offsets and, where the
    rows after them name it, the address of their source."""
    tz = zone_of(zone or page.zone)
    return {
        "kind": page.kind,
        "zone": zone or page.zone,
        "summary": [_piece(piece, tz, None) for piece in page.summary],
        "rows": _rows(page.rows, tz),
        "thread": _rows(page.thread, tz),
        "table": [[frames.words(cell, tz) for cell in row] for row in page.table.cells] if page.table else None,
        "buttons": [
            {"label": frames.words(b.label, tz), "action": b.action, "value": b.value} for b in page.buttons
        ],
    }  # fmt: skip


def _rows(rows: Sequence[Row], tz: tzinfo) -> list[Json]:
    return [
        {
            "tone": row.tone.value,
            "line_id": row.line_id,
            "pieces": [_piece(piece, tz, _address(rows[n:])) for piece in row.pieces],
        }
        for n, row in enumerate(rows)
    ]


def _address(rows: Sequence[Row]) -> str | None:
    """The address that the first source row at or after a quote names."""
    for row in rows:
        for piece in row.pieces:
            if isinstance(piece, Link):
                return piece.url
        if row.tone not in {Tone.QUOTE, Tone.META}:
            return None
    return None


def _piece(piece: Frame | Span | Link, tz: tzinfo, url: str | None) -> Json:
    if isinstance(piece, Span):
        return {"span": piece.chars, "sha": piece.text.sha, "start": piece.start, "end": piece.end, "url": url}
    if isinstance(piece, Link):
        return {"link": piece.url, "words": frames.words(piece.label, tz)}
    return {"frame": piece.key, "words": frames.words(piece, tz)}

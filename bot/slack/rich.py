"""Rows as rich text elements, in which Slack parses nothing. Hides styles, separators, which addresses may be links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import tzinfo
from typing import Any

from digests import frames
from digests.model import Link, Piece, Row, Span, Tone

VALUE = 2_000
"""Most characters of a button's value, and of one text element here."""
ADDRESS = 3_000
"""Most characters of a link's address."""
_WEB = re.compile(r"https?://[^\s<>|\"\\]+")

Json = dict[str, Any]


def gap_text(tz: tzinfo) -> str:
    """What stands between pieces of a row."""
    return frames.words(frames.say("layout.gap"), tz)


def elements_of(rows: Iterable[Row], tz: tzinfo) -> list[Json]:
    """Rows as sections and quotes, one after the other."""
    elements: list[Json] = []
    for row in rows:
        inline = list(_inline(row, tz))
        if row.tone == Tone.QUOTE:
            elements.append({"type": "rich_text_quote", "elements": inline})
        elif elements and elements[-1]["type"] == "rich_text_section":
            elements[-1]["elements"] += [text("layout.break", tz), *inline]
        else:
            elements.append(section(inline))
    for element in elements:
        if element["type"] == "rich_text_section":
            element["elements"] = _run_together(element["elements"])
    return elements


def _run_together(inline: Iterable[Json]) -> list[Json]:
    """Neighbouring texts of one style as one: our own words with what stands between them take a message's room by the
    element. In quotes every span is an element of its own."""
    made: list[Json] = []
    for element in inline:
        last = made[-1] if made else {}
        alike = last.get("type") == element["type"] == "text" and last.get("style") == element.get("style")
        if alike and len(last["text"]) + len(element["text"]) <= VALUE:
            made[-1] = last | {"text": last["text"] + element["text"]}
        else:
            made.append(element)
    return made


def gap(row: Row) -> str:
    """The frame between the pieces of a row."""
    return "layout.space" if row.tone == Tone.QUOTE else "layout.gap"


def _inline(row: Row, tz: tzinfo) -> Iterator[Json]:
    """The pieces of a row as rich text elements, with our separators between them."""
    style = {"bold": True} if row.tone in {Tone.TITLE, Tone.WARNING} else None
    for n, piece in enumerate(row.pieces):
        if n:
            after_span = row.tone == Tone.QUOTE and isinstance(row.pieces[n - 1], Span) and isinstance(piece, Span)
            yield text("layout.break" if after_span else gap(row), tz)
        head = n == 0 and (row.tone is Tone.LINE or (row.tone is Tone.STATUS and len(row.pieces) > 1))
        yield from _elements(piece, tz, {"bold": True} if head else style)


def _elements(piece: Piece, tz: tzinfo, style: Json | None) -> Iterator[Json]:
    if isinstance(piece, Link):
        label = frames.words(piece.label, tz)
        if _is_web(piece.url):
            yield {"type": "link", "url": piece.url} | ({} if _is_bare(piece) else {"text": label})
            return
        yield {"type": "text", "text": label}
        return
    words = words_of(piece, tz)
    for start in range(0, len(words), VALUE):
        element: Json = {"type": "text", "text": words[start : start + VALUE]}
        yield element | {"style": style} if style else element


def _is_web(url: str) -> bool:
    return len(url) <= ADDRESS and _WEB.fullmatch(url) is not None


def _is_bare(link: Link) -> bool:
    """Whether the address itself is to be read, as in a footnote."""
    return link.label.key == "line.address" and _is_web(link.url)


def words_of(piece: Piece, tz: tzinfo) -> str:
    """A piece as plain text."""
    if isinstance(piece, Span):
        return piece.chars
    if isinstance(piece, Link):
        return piece.url if _is_bare(piece) else frames.words(piece.label, tz)
    return frames.words(piece, tz)


def joined(pieces: Iterable[Piece], tz: tzinfo, gap: str) -> str:
    """Pieces as plain text, a frame between them."""
    return frames.words(frames.say(gap), tz).join(words_of(piece, tz) for piece in pieces)


def text(key: str, tz: tzinfo) -> Json:
    """A frame without slots as a text element."""
    return {"type": "text", "text": frames.words(frames.say(key), tz)}


def section(elements: list[Json]) -> Json:
    """Elements in a line."""
    return {"type": "rich_text_section", "elements": elements}


def block(elements: list[Json]) -> Json:
    """Sections and quotes as one block."""
    return {"type": "rich_text", "elements": elements}

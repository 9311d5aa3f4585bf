"""Small print: rows of the bot's own words as context blocks. Hides the one text that Slack parses, and for what.

A context block takes links in mrkdwn alone. Words of a source, and what a person typed, never stand in one: only frames
and links do, escaped, and only where no character of them would be read as markup. Where any might be, there is none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from digests.model import Echo, Frame, Link, Row, Tone

MOST = 2_000
"""Most characters of one context text; Slack takes 3,000."""
_MARKUP = re.compile(r"[*_~`]|:[^\s:]{1,60}:")
_WEB = re.compile(r"https?://[^\s<>|\"\\]{1,1500}")

Json = dict[str, Any]


def block(rows: Sequence[Row], words: Callable[[Frame], str], gap: str) -> Json | None:
    """Rows as one context block, each on a line of its own; None where they are to be shown otherwise. `words`: a frame
    as plain text; `gap` stands between pieces."""
    if not rows or any(row.tone is not Tone.META for row in rows):
        return None
    lines = [_line(row, words, gap) for row in rows]
    if any(line is None for line in lines):
        return None
    text = "\n".join(line for line in lines if line is not None)
    plain = not any(isinstance(piece, Link) for row in rows for piece in row.pieces)
    if not 0 < len(text) <= MOST:
        return None
    if plain:
        shown = "\n".join(gap.join(words(p) for p in row.pieces if isinstance(p, Frame)) for row in rows)
        return _context({"type": "plain_text", "text": shown, "emoji": False}) if shown.strip() else None
    return _context({"type": "mrkdwn", "text": text, "verbatim": True})


def _context(text: Json) -> Json:
    return {"type": "context", "elements": [text]}


def _line(row: Row, words: Callable[[Frame], str], gap: str) -> str | None:
    """A row as mrkdwn in which nothing but our links means anything; None where that cannot be said."""
    made = []
    for piece in row.pieces:
        if isinstance(piece, Link):
            label = words(piece.label)
            if (
                piece.label.key == "line.address"
                or not _WEB.fullmatch(piece.url)
                or _unsafe(label)
                or not label.strip()
            ):
                return None
            made.append(f"<{escape(piece.url)}|{escape(label)}>")
        elif isinstance(piece, Frame):
            said = words(piece)
            if any(isinstance(slot, Echo) for _, slot in piece.slots) or _unsafe(said):
                return None
            made.append(escape(said))
        else:
            return None
    return gap.join(made)


def _unsafe(text: str) -> bool:
    return _MARKUP.search(text) is not None or "|" in text or "\n" in text


def escape(text: str) -> str:
    """Text for a field that Slack parses: `&`, `<` and `>` as entities, nothing else."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

"""Quotation marks: which characters of a paragraph are somebody's words. Hides the marks of four languages.

Inches, apostrophes and possessives are no quotation marks; a quotation that does not close runs to the paragraph's end
(newspapers open it again in the next paragraph).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

MASK = "\x01"
_PAIRS = {"“": "”", "«": "»", "„": "“”", '"': '"', "‘": "’", "‟": "”"}
_MIXED = {"“": '"', '"': "”"}  # marks that a page mixes: taken where the right one does not follow
_WORD = re.compile(r"\w")
_INTRODUCED = re.compile(r"[a-z)](?:: |:|, )$")
_SCARE_LIMIT = 1200  # characters: a quotation without end is not believed beyond this


@dataclass(frozen=True)
class Quote:
    """A quotation: offsets of its first and last mark (`end` exclusive); `closed` False where no end mark is."""

    start: int
    end: int
    closed: bool = True

    @property
    def inner(self) -> tuple[int, int]:
        """Offsets of the words without the marks."""
        return self.start + 1, self.end - 1 if self.closed else self.end


def find(line: str) -> tuple[Quote, ...]:
    """Quotations of one paragraph, outermost only, in order."""
    found: list[Quote] = []
    at = 0
    while at < len(line):
        closing = _PAIRS.get(line[at])
        if not closing or not _opens(line, at):
            at += 1
            continue
        end = _close(line, at, closing)
        other = _close(line, at, _MIXED[line[at]]) if line[at] in _MIXED else None
        if other is not None and (end is None or _mixed(line, at, other, end)):
            end = other
        if end is None:
            if _runs_on(line, at):
                found.append(Quote(at, len(line), closed=False))
                break
            at += 1
            continue
        if _WORD.search(line, at + 1, end):
            found.append(Quote(at, end + 1))
        at = end + 1
    return tuple(found)


def _opens(line: str, at: int) -> bool:
    before = line[at - 1] if at else " "
    after = line[at + 1] if at + 1 < len(line) else " "
    if line[at] in '"‘':
        return not before.isalnum() and not after.isspace()
    return True


def _runs_on(line: str, at: int) -> bool:
    """Whether a mark that nothing closes opens a quotation of several paragraphs: at the paragraph's start, or behind
    the words that introduce it; a straight mark only where no other follows."""
    if line[at] == '"' and '"' in line[at + 1 :]:
        return False
    return line[at] in '“«„"' and (at < 2 or _INTRODUCED.search(line[max(0, at - 20) : at]) is not None)


def _mixed(line: str, at: int, other: int, end: int) -> bool:
    """Whether the other kind of mark comes first and no quotation of that kind was opened between."""
    return other < end and not any(line[n] in '“"' and _opens(line, n) for n in range(at + 1, other))


def _close(line: str, at: int, closing: str) -> int | None:
    single = line[at] == "‘"
    for end in range(at + 1, min(len(line), at + _SCARE_LIMIT)):
        if line[end] in closing:
            after = line[end + 1] if end + 1 < len(line) else " "
            if (single or line[end] == '"') and (after.isalnum() or (line[end] == '"' and line[end - 1].isspace())):
                continue
            return end
    return None


def masked(line: str, quotes: tuple[Quote, ...]) -> str:
    """The paragraph with every quotation blanked out by `MASK`: same length, same offsets."""
    out = line
    for quote in quotes:
        out = out[: quote.start] + MASK * (quote.end - quote.start) + out[quote.end :]
    return out

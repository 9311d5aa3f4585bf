"""The pieces of text that can carry a statement: sentences of the article's own lines, quotations kept whole.

Hides lines that are not the article, multi-sentence quotations, and the cut end of a cut text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from digests.model import Article, Part, TextOfRecord
from digests.statements import noise, quotes
from digests.text import for_matching, paragraphs, sentences

_LONGEST = 700  # characters of a unit: sentences of one quotation are joined up to here
_MOST = 2000  # characters: what runs on longer is a table, a list or an attack, and nobody's sentence
_HEADLINE_TAIL = re.compile(r"\s+(?:\||[-–—])\s+[\w .’'&:-]{2,40}$")


@dataclass(frozen=True)
class Unit:
    """One sentence, or the sentences that one quotation holds together. Offsets are of the text of record.

    `shown` is the text for matching, `masked` the same with quotations blanked, `quoted` their offsets in it.
    """

    start: int
    end: int
    paragraph: int
    shown: str
    masked: str
    quoted: tuple[tuple[int, int], ...]
    headline: bool = False
    open_quote: bool = False  # a quotation that began in an earlier unit or paragraph runs on here


def of(article: Article, part: Part, text: TextOfRecord, names: Callable[[str], bool]) -> Iterator[Unit]:
    """The units of one part of an article, in order. `names`: whether words name a party, and so no publisher."""
    given = for_matching(text)
    body = noise.mended(given) if part is Part.TEXT else given
    lines = [(span.start, span.end) for span in paragraphs(TextOfRecord(body))]
    if part is Part.TEXT:
        lines = noise.readable(lines, body, given)
    sentence_ends = [(s.start, s.end) for s in sentences(TextOfRecord(body), article.language)]
    last = sentence_ends[-1] if sentence_ends else (0, 0)
    first = 0
    for number, (start, end) in enumerate(lines):
        line = body[start:end]
        found = quotes.find(line)
        hidden = quotes.masked(line, found)
        while first < len(sentence_ends) and sentence_ends[first][1] <= start:
            first += 1
        behind = first
        while behind < len(sentence_ends) and sentence_ends[behind][0] < end:
            behind += 1
        inside = sentence_ends[first:behind]
        for a, b in _joined(inside, start, end, found):
            if (part in article.cut and b > last[0]) or b - a > _MOST:
                continue
            if part is Part.TITLE:
                b = _without_publisher(body, a, b, names)
            quoted = tuple(
                (q.start - (a - start), q.end - (a - start)) for q in found if q.start < b - start and q.end > a - start
            )
            runs_on = any(q.start < a - start < q.end for q in found)
            yield Unit(
                a, b, number, body[a:b], hidden[a - start : b - start], quoted, _is_headline(part, body[a:b]), runs_on
            )


def _is_headline(part: Part, shown: str) -> bool:
    """A title, or a line above a text that sums it up: no full stop."""
    return part is Part.TITLE or (
        part is Part.TEXT and not shown.rstrip().endswith((".", "!", "?", "”", '"', "’", "…", "»", ")"))
    )


def _joined(
    inside: list[tuple[int, int]], start: int, end: int, found: tuple[quotes.Quote, ...]
) -> Iterator[tuple[int, int]]:
    """Sentences of one line, those that one quotation spans joined with its attribution."""
    held: tuple[int, int] | None = None
    for a, b in inside:
        a, b = max(a, start), min(b, end)
        if held is not None:
            a = held[0]
        crossing = [q for q in found if q.start < b - start < q.end and q.closed]
        if crossing and b - a < _LONGEST and crossing[0].end + start - a < _LONGEST:
            held = (a, b)
            continue
        held = None
        if b > a:
            yield a, b
    if held is not None:
        yield held


def _without_publisher(body: str, start: int, end: int, names: Callable[[str], bool]) -> int:
    """A headline's end without " - Publisher" or " | Section"."""
    tail = _HEADLINE_TAIL.search(body[start:end])
    while tail and tail.start() > 20 and not (tail.group().lstrip()[0] != "|" and names(tail.group().lstrip(" -–—"))):
        end = start + tail.start()
        tail = _HEADLINE_TAIL.search(body[start:end])
    return end

"""Lines of a page that are not the article: menus, captions, related links, credits, calls to subscribe.

Hides how pages are littered. Judged line by line; what follows the credits at the foot is not read at all.
"""

from __future__ import annotations

import re

_FOOT = re.compile(
    r"^(?:\(?(?:Additional )?[Rr]eporting by |\(?Writing by |Our Standards:|Follow (?:AP|us|our)\b"
    r"|Comments$|Leave a Reply|Next Post|Related (?:Posts|Articles|Topics|News|Stories)"
    r"|Read [Mm]ore(?: from|:)?$|More from |Recommended|You may also like|Share this|Sign up (?:for"
    r"|here|to)|Photo [Cc]redit|Copyright|© |Читайте також|Читайте также|Most read|Trending"
    r"|Editing by |All rights reserved|Keep [Rr]eading|Listen to |Watch: |Sources?:$|Tags?:)"
)
_NOISE = re.compile(
    r"(?:\]\(|^#|^!?\[|https?://\S+$|Getty Images|AFP/|/AFP|/Reuters|via REUTERS|REUTERS/|/AP\b"
    r"|\[(?:File|Photo)|Handout|Item \d+ of \d+|^\*\*\[\d|list \d+ of \d+|notification-|"
    r"audio element|Sign up|[Nn]ewsletter|[Ss]ubscribe|cookies?\b|[Cc]lick here|Show me more"
    r"|Advertisement|^ADVERTISEMENT|opens new tab|Learn more about|^- \*\*|^- #"
    r"|\bAll [Rr]ights [Rr]eserved|"
    r"^(?:Photo|Image|Picture|Video|Caption|File photo|FILE|Фото|Відео|Видео|Иллюстрация"
    r"|Ілюстрація)\b ?[:\-–]?|is pictured|\(Photo|EPA-|EPA/|Anadolu Agency$|^\d+ (?:min|hours?"
    r"|days?) )"
)
_BULLET = re.compile(r"^[*•·–-] ")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»“)\]]*$")
_DATELINE = re.compile(
    r"^(?:\*\*)?(?:[A-ZÀ-Þ][\w.’'-]*(?:[ ,/]{1,3}(?:[A-Z][\w.’'-]*|\d{1,2}|de|of"
    r"|and)){0,8},? ?)?(?:\((?:[A-Z][\w .,&/’'-]{1,40})\))? ?(?:—|–|--| - |-)+ ?(?:\*\*)? ?"
)
_ABOVE = 4  # lines above the running text that may sum it up
_CAPTION = 30  # characters: a line with a full stop below this is a caption or a crumb
_HEADLINE = 25  # characters: below, a line of a list is a name or a date and no headline
_SHORT = 60  # characters: a line without a full stop below this is no headline that says anything


def readable(lines: list[tuple[int, int]], text: str) -> list[tuple[int, int]]:
    """Of the lines of a text (offsets), those that are the article's own words, with datelines cut from their start."""
    lines = lines[: _body(lines, text)]
    kept: list[tuple[int, int]] = []
    first = next((n for n, (start, end) in enumerate(lines) if _is_prose(text[start:end])), len(lines))
    listed = first == len(lines)  # no running text at all: a list of headlines
    for n, (start, end) in enumerate(lines):
        line = text[start:end]
        if listed and end - start >= _HEADLINE and not _NOISE.search(line):
            kept.append((start, end))
            continue
        if _NOISE.search(line) or not (_is_prose(line) or (n < first and _is_summary(lines, n, first, text))):
            continue
        bullet = _BULLET.match(line)
        if bullet:
            start += bullet.end()
        kept.append((start + _dateline(text[start:end]), end))
    return kept


def _is_prose(line: str) -> bool:
    """Running text: a line that ends like a sentence and is longer than a caption."""
    return bool(_SENTENCE_END.search(line)) and len(line) > _CAPTION and not _BULLET.match(line)


def _is_summary(lines: list[tuple[int, int]], n: int, first: int, text: str) -> bool:
    """Whether a line above the running text sums the article up (headline, standfirst, bullets) and is no menu."""
    start, end = lines[n]
    if n < first - _ABOVE or text.count(text[start:end]) > 1:
        return False
    return bool(_BULLET.match(text[start:end])) or end - start >= _SHORT


def _body(lines: list[tuple[int, int]], text: str) -> int:
    """How many lines come before the foot of the page; a foot in the first third is none."""
    for n, (start, end) in enumerate(lines):
        if n * 3 >= len(lines) and _FOOT.search(text[start:end]):
            return n
    return len(lines)


def _dateline(line: str) -> int:
    """Characters of "KYIV, Feb 5 (Reuters) - " at the start of a paragraph."""
    found = _DATELINE.match(line[:90])
    if found and found.end() and re.match(r"(?:\*\*)?[A-ZÀ-Þ]{3}|.*\(", found.group()):
        return found.end()
    return 0

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
    r"|About the [Aa]uthors?$|Authors?$|More [Ww]ork from "
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
_PAGE_TITLE = re.compile(r" \| [\w .’'&-]+$|\.(?:com|org|net|co\.uk)$")
_CAPTION_DATE = re.compile(r", (?:on )?(?:[A-Z][a-z]+day,? )?[A-Z][a-z]{2,8}\.? \d{1,2}, 20\d\d\.?$")
_BULLET = re.compile(r"^[*•·–-] ")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»“)\]]*$")
_DATELINE = re.compile(
    r"^(?:\*\*)?(?:[A-ZÀ-Þ][\w.’'-]*(?:[ ,/]{1,3}(?:[A-Z][\w.’'-]*|\d{1,2}|de|of"
    r"|and)){0,8},? ?)?(?:\((?:[A-Z][\w .,&/’'-]{1,40})\))? ?(?:—|–|--| - |-)+ ?(?:\*\*)? ?"
)
_MENU = 10  # lines: with more above them, headlines are those of a page with menus, and the text says it again
_ABOVE = 4  # lines above the running text that may sum it up
_CAPTION = 30  # characters: a line with a full stop below this is a caption or a crumb
_HEADLINE = 25  # characters: below, a line of a list is a name or a date and no headline
_SHORT = 60  # characters: a line without a full stop below this is no headline that says anything
_LABEL = re.compile(r"[A-Z][\w&’'-]*(?: [A-Z][\w&’'-]*){0,2}")
_SMALL = 3  # letters of the words that a headline in title case may leave small
_BROKEN = re.compile(r"(?<=[\w,;:’”“\"%)–—-])[ \t]*\n(?:[ \t]*\n)?[ \t]*(?=[a-zà-þ])")
_CUT_END = re.compile(r"(?:,|\b(?:that|the|an?|of|to|and|with|for|from|since|its|his|said))$")
_ENDS_LINK = re.compile(r"(?<=[a-z,])\n(?=[.,;:] )")


def mended(text: str) -> str:
    """A text of the same length in which lines that a link broke ("pushing for a", "peace agreement by June") are one
    again: what goes on in small letters behind no full stop is the same sentence."""
    return _ENDS_LINK.sub(" ", _BROKEN.sub(lambda found: " " * len(found.group()), text))


def readable(lines: list[tuple[int, int]], text: str, given: str = "") -> list[tuple[int, int]]:
    """Of the lines of a text (offsets), those that are the article's own words, with datelines cut from their start.
    `given`: the text before it was mended; a line that was broken there is running text, whatever it ends with."""
    lines = lines[: _body(lines, text)]
    kept: list[tuple[int, int]] = []
    first = next((n for n, (a, b) in enumerate(lines) if _is_running(text[a:b], given[a:b])), len(lines))
    listed = first == len(lines)  # no running text at all: a list of headlines
    for n, (start, end) in enumerate(lines):
        line = text[start:end]
        if listed and end - start >= _HEADLINE and not _is_litter(line):
            kept.append((start, end))
            continue
        running = _is_prose(line) or (n >= first and _is_broken(line, given[start:end]))
        if (
            _is_litter(line)
            or _is_card(lines, n, text)
            or not (running or (n < first and _is_summary(lines, n, first, text)))
        ):
            continue
        bullet = _BULLET.match(line)
        if bullet:
            start += bullet.end()
        kept.append((start + _dateline(text[start:end]), end))
    return kept


def _is_prose(line: str) -> bool:
    """Running text: a line that ends like a sentence and is longer than a caption."""
    return bool(_SENTENCE_END.search(line)) and len(line) > _CAPTION and not _BULLET.match(line)


def _is_running(line: str, given: str) -> bool:
    """Whether a line may be the first of the running text: prose, or prose that a link broke."""
    return _is_prose(line) or (len(line) > _SHORT and "\n" in given and not _BULLET.match(line))


def _is_broken(line: str, given: str) -> bool:
    """Whether a line is running text of which a link took the end, or which it broke."""
    return len(line) > _SHORT and ("\n" in given or _CUT_END.search(line) is not None) and not _BULLET.match(line)


def _is_summary(lines: list[tuple[int, int]], n: int, first: int, text: str) -> bool:
    """Whether a line above the running text sums the article up (headline, standfirst, bullets) and is no menu."""
    start, end = lines[n]
    if n < first - _ABOVE or text.count(text[start:end]) > 1:
        return False
    return bool(_BULLET.match(text[start:end])) or (end - start >= _SHORT and n < _MENU)


def _is_litter(line: str) -> bool:
    """What is no part of the article whatever it looks like: credits, captions, the page's own title."""
    return bool(_NOISE.search(line) or _PAGE_TITLE.search(line) or (len(line) > 60 and _CAPTION_DATE.search(line)))


def _is_card(lines: list[tuple[int, int]], n: int, text: str) -> bool:
    """Whether a line is the teaser of another article, in the midst of this one: alone below a label of a word or two
    ("Commentary") and a headline."""
    if n < 2 or (n + 1 < len(lines) and _is_prose(text[slice(*lines[n + 1])])):
        return False
    label, headline = (text[slice(*lines[at])] for at in (n - 2, n - 1))
    return _LABEL.fullmatch(label) is not None and _in_title_case(headline) and not _SENTENCE_END.search(headline[:-1])


def _in_title_case(line: str) -> bool:
    words = [w for w in line.split() if w[0].isalpha() and len(w) > _SMALL]
    return len(words) >= _SMALL and all(w[0].isupper() for w in words) and not line.endswith((".", ":", "”"))


def _body(lines: list[tuple[int, int]], text: str) -> int:
    """How many lines come before the foot of the page: the first that looks like one with more running text above it
    than below. Menus have the same words on top."""
    prose = [end - start if _is_prose(text[start:end]) else 0 for start, end in lines]
    above, below = 0, sum(prose)
    for n, (start, end) in enumerate(lines):
        if above > below and n * 3 >= len(lines) and _FOOT.search(text[start:end]):
            return n
        above, below = above + prose[n], below - prose[n]
    return len(lines)


def _dateline(line: str) -> int:
    """Characters of "KYIV, Feb 5 (Reuters) - " at the start of a paragraph."""
    found = _DATELINE.match(line[:90])
    if found and found.end() and re.match(r"(?:\*\*)?[A-ZÀ-Þ]{3}|.*\(", found.group()):
        return found.end()
    return 0

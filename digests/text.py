"""The text of record: normalised once, offsets hold for ever. Hides Unicode, HTML and where a sentence ends.

`record` is for plain text, `from_html` for what a feed or page field holds, `as_given` for texts whose offsets are
promised to somebody else. All three are bounded and linear in the length of their input.
"""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache

from digests.model import Span, TextOfRecord
from digests.sentences import boundaries

MOST_CHARS = 200_000  # of a text of record; the longest article seen is a tenth of it
MOST_HTML = 500_000  # of markup that is looked at; news pages and feed contents stay far below

_LINE_END = re.compile("\r\n?|[\n\x85\u2028\u2029]")
_BLANKS = re.compile(r"[^\S\n]+")
# Never shown, or shown to deceive: controls, soft hyphen, bidirectional marks and overrides, interlinear and tag signs.
_REMOVED = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200e\u200f\u202a-\u202e\u2061-\u206f\ufff9-\ufffb"
    "\U000e0000-\U000e007f]+"
)
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff"
# Inside a Latin, Greek or Cyrillic word a zero-width character only hides the word from a search. At a word's edge it
# is one news agency's watermark and stays, so that spans are the source's characters; in other scripts it is spelling.
_IN_WORD = re.compile(f"(?<=[0-9A-Za-z\u00c0-\u058f])[{_INVISIBLE}]+(?=[0-9A-Za-z\u00c0-\u058f])")
_EDGE = " " + _INVISIBLE
_SURROGATE = re.compile("[\ud800-\udfff]")
_AS_BLANK = dict.fromkeys(map(ord, _INVISIBLE), " ")


def _names(listed: str) -> list[str]:
    return listed.split()


# Tags that vanish: what stands on both sides is one word. The list is the measuring contract's.
_INLINE = frozenset(_names("a b i u em strong span font small sup sub code q cite abbr mark time"))
# Tags that part words but no paragraphs.
_SPACE = frozenset(
    _names("img picture source svg path wbr input button label iframe video audio embed object param s del ins")
)
_DROPPED = frozenset({"script", "style", "template", "noscript"})
_TAG_NAME = re.compile(r"/?([A-Za-z][A-Za-z0-9:-]{0,40})")
_TAG_STOP = re.compile("[>\"']")
_QUOTED_TAGS_GIVEN_UP = 20  # unclosed attribute quotes after which quotes inside tags are no longer believed


def record(raw: str) -> TextOfRecord:
    """Plain text, normalised: NFC, line ends to "\\n" and no empty lines, blanks folded to one space, lines trimmed.

    Controls, soft hyphens and bidirectional signs go, lone surrogates become U+FFFD; quotes, dashes and case stay.
    At most `MOST_CHARS` characters. What comes out goes in again unchanged.
    """
    body = raw[: 4 * MOST_CHARS]
    if not body.isascii():
        body = _SURROGATE.sub("\ufffd", body)
        body = _IN_WORD.sub("", unicodedata.normalize("NFC", _REMOVED.sub("", _LINE_END.sub("\n", body))))
        body = unicodedata.normalize("NFC", body)
    else:
        body = _REMOVED.sub("", _LINE_END.sub("\n", body))
    lines = (line.strip(_EDGE) for line in _BLANKS.sub(" ", body).split("\n"))
    body = "\n".join(line for line in lines if line)
    if len(body) > MOST_CHARS:
        body = body[:MOST_CHARS].rstrip(_EDGE + "\n")
    return TextOfRecord(body)


def as_given(raw: str) -> TextOfRecord:
    """The text unchanged, for callers who were promised offsets of what they handed in."""
    return TextOfRecord(raw)


def from_html(markup: str) -> TextOfRecord | None:
    """The text of an HTML field as a reader sees it, or None where there is none.

    Inline tags vanish, other tags part words, block tags part paragraphs, scripts and styles are dropped, entities are
    resolved before and after the tags (feeds escape twice). Markup beyond `MOST_HTML` characters is not looked at.
    """
    source = html.unescape(markup[:MOST_HTML])
    text = _without_tags(source) if "<" in source else source
    found = record(html.unescape(text))
    return found if found.body else None


def _without_tags(source: str) -> str:
    """Tags to nothing, a blank or a line end. Each character is passed at most a bounded number of times."""
    tags = _Tags(source)
    out: list[str] = []
    at = 0
    blocks = False
    while (start := source.find("<", at)) >= 0:
        out.append(source[at:start])
        name, at = tags.end_of(start)
        if name in _DROPPED and source[start + 1] != "/":
            at = tags.end_of_dropped(name, at)
        if name == "<":  # no tag: a character
            out.append("<")
        elif name not in _INLINE:
            part = "\x1e" if name and name not in _SPACE else " "
            blocks = blocks or part != " "
            out.append(part)
    out.append(source[at:])
    text = "".join(out)
    if blocks:  # with paragraphs marked up, a line end in the source is only a blank
        text = _LINE_END.sub(" ", text)
    return text.replace("\x1e", "\n")


class _Tags:
    """Where the tag that starts at an offset ends."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._absent: set[str] = set()  # needles of which no more follow
        self._quotes_left = _QUOTED_TAGS_GIVEN_UP

    def _find(self, needle: str, at: int) -> int:
        if needle in self._absent:
            return -1
        found = self._source.find(needle, at)
        if found < 0:
            self._absent.add(needle)
        return found

    def end_of(self, start: int) -> tuple[str, int]:
        """Lower-case name ("" for comments and declarations, "<" where it is no tag) and the offset behind it."""
        if self._source.startswith("<!--", start):
            end = self._find("-->", start + 4)
            return "", end + 3 if end >= 0 else self._plain_end(start)
        named = _TAG_NAME.match(self._source, start + 1)
        if named is None:
            return (
                ("", self._plain_end(start)) if self._source[start + 1 : start + 2] in ("!", "?") else ("<", start + 1)
            )
        return named[1].lower(), self._quoted_end(named.end())

    def _plain_end(self, at: int) -> int:
        end = self._find(">", at)
        return end + 1 if end >= 0 else len(self._source)  # a cut tag: its rest was never text

    def _quoted_end(self, at: int) -> int:
        """Behind the ">" that stands outside attribute quotes, or behind the first one where quotes do not close."""
        here = at
        while self._quotes_left and (stop := _TAG_STOP.search(self._source, here)):
            if stop[0] == ">":
                return stop.end()
            closed = self._find(stop[0], stop.end())
            if closed < 0:
                break
            here = closed + 1
        self._quotes_left -= bool(self._quotes_left)
        return self._plain_end(at)

    def end_of_dropped(self, name: str, at: int) -> int:
        """Behind the end tag of an element without text; only its start tag goes where it never ends."""
        end = self._find(f"</{name}", at)
        return self._plain_end(end) if end >= 0 else at


def paragraphs(text: TextOfRecord) -> tuple[Span, ...]:
    """The lines of a text that hold anything, trimmed, in order."""
    return tuple(text.span(start, end) for start, end in _lines(text.body))


def _lines(body: str) -> list[tuple[int, int]]:
    found = []
    at = 0
    for line in body.split("\n"):
        trimmed = line.strip()
        if trimmed:
            start = at + len(line) - len(line.lstrip())
            found.append((start, start + len(trimmed)))
        at += len(line) + 1
    return found


def sentences(text: TextOfRecord, language: str) -> tuple[Span, ...]:
    """The sentences of a text, trimmed, in order, without overlap; together they hold every non-blank character.

    A sentence never crosses a line end. A quotation that runs on into its attribution is one sentence with it.
    """
    return _sentences(text, language[:2].lower())


@lru_cache(maxsize=256)
def _sentences(text: TextOfRecord, language: str) -> tuple[Span, ...]:
    spans = []
    for start, end in _lines(text.body):
        line = text.body[start:end]
        at = 0
        for stop in (*boundaries(line, language), len(line)):
            piece = line[at:stop]
            trimmed = piece.strip()
            if trimmed:
                first = start + at + len(piece) - len(piece.lstrip())
                spans.append(text.span(first, first + len(trimmed)))
            at = stop
    return tuple(spans)


def for_matching(text: TextOfRecord) -> str:
    """The body with invisible characters as blanks: same length, same offsets, for those who search or parse it."""
    return text.body if text.body.isascii() else text.body.translate(_AS_BLANK)


_TRAILS_OFF = re.compile(r"(?:\.\.\.|…|\[\s?(?:\.\.\.|…)\s?\]|\(\s?(?:\.\.\.|…)\s?\))\s*$")
_ENDS_WELL = re.compile(r"[.!?…][\"'”’»“)\]]*\s*$")
_LAST_TAG = re.compile(r"<[^<>]*>$")
_OPEN_TAG = re.compile(r"<[A-Za-z/!][^<>]{0,2000}$")
_CUT_WITHIN = 9  # characters that trimming may have taken after the cut
_EXCERPT = 500  # characters of visible text at which publishers cut their own excerpts without a sign


def is_cut(description: str, limit: int = 999) -> bool:
    """Whether a publisher or poller cut this text, so that its last sentence has no end and may not be cited.

    Cut: it trails off in "..." or "[…]"; or it ends without the end of a sentence about where texts are known to be
    cut, at `limit` characters (a poller's) or 500 of what a reader sees. `description` is the raw field, markup and
    all, since that is what a poller cuts.
    """
    tail = _OPEN_TAG.sub("", description[-2500:]).rstrip()
    while tag := _LAST_TAG.search(tail):
        tail = tail[: tag.start()].rstrip()
    tail = html.unescape(tail)
    if _TRAILS_OFF.search(tail):
        return True
    if len(description) < _EXCERPT - _CUT_WITHIN or _ENDS_WELL.search(tail):
        return False
    if limit - _CUT_WITHIN <= len(description) <= limit + 1:
        return True
    seen = from_html(description)
    return seen is not None and _EXCERPT - 2 <= len(seen.body) <= _EXCERPT

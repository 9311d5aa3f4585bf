"""Page bytes to the text of an article. Hides trafilatura and what pages are made of.

Text alone is taken: metadata of pages is often wrong, and reading dates from pages asks the wall clock.
"""

from __future__ import annotations

import codecs
import re

import trafilatura

from digests import text
from digests.model import TextOfRecord

MOST_BYTES = 5_000_000  # of a page; the fetcher lets no more through
MOST_TAGS = 40_000  # in a page, end tags too; twice a rich front page, and some cost more than linear time
FEWEST_CHARS = 200  # less is a consent notice, a paywall's lead or an error in a page's clothes

_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body|article|main)[\s>]", re.IGNORECASE)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9_:-]{1,40})", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,300}\?>", re.IGNORECASE)
_NUL = re.compile("[\x00\ufffe\uffff]")
# What trafilatura and lxml are known to raise on odd pages.
_UNREADABLE = (ValueError, LookupError, AttributeError, TypeError, AssertionError, RecursionError)


def extract(body: bytes, content_type: str) -> TextOfRecord | None:
    """The article text of a page, None where the bytes are no page or hold no article. Never raises."""
    if not body or len(body) > MOST_BYTES or not _is_page(body, content_type) or body.count(b"<") > MOST_TAGS:
        return None
    try:
        found = trafilatura.extract(
            _decoded(body, content_type),
            output_format="txt",
            favor_precision=True,
            include_comments=False,
            include_tables=False,
            include_formatting=False,
            include_links=False,
            include_images=False,
            with_metadata=False,
            deduplicate=False,
        )
    except _UNREADABLE:
        return None
    article = text.record(found or "")
    return article if len(article.body) >= FEWEST_CHARS else None


def _is_page(body: bytes, content_type: str) -> bool:
    named = content_type.partition(";")[0].strip().lower()
    if named and named not in ("text/html", "application/xhtml+xml", "text/plain", "application/octet-stream"):
        return False
    return _PAGE.search(body[:100_000]) is not None


def _decoded(body: bytes, content_type: str) -> str:
    """By byte order mark, header, the page's own word, UTF-8 and last Windows-1252, which fits any bytes."""
    if body.startswith(codecs.BOM_UTF8):
        return _clean(body[3:].decode("utf-8", "replace"))
    head = body[:4_000].decode("ascii", "replace")
    for source in (content_type, head):
        named = _CHARSET.search(source)
        if named:
            try:
                return _clean(body.decode(named[1]))
            except (LookupError, UnicodeError, ValueError):
                continue
    try:
        return _clean(body.decode("utf-8"))
    except UnicodeDecodeError:
        return _clean(body.decode("windows-1252", "replace"))


def _clean(page: str) -> str:
    return _NUL.sub(" ", _DECLARATION.sub("", page))

"""Feed bytes to entries. Hides feedparser, its quirks and its cost.

feedparser is the one expensive step of polling. The raw bytes are split by item, each item is hashed, and only items
that were not there last time are parsed. Where the split is in doubt, or the count of entries disagrees with it, the
whole document is parsed: the entries are the same, the rate is not.
"""

from __future__ import annotations

import hashlib
import io
import re
import xml.sax
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

import feedparser

from digests import text
from digests.model import Entry
from digests.ports import FeedDocument

MOST_BYTES = 5_000_000  # of a document; twice the largest real feed seen
MOST_TAGS = 250_000  # in a document; the richest real feed seen has a tenth, and each costs feedparser 15 microseconds
MOST_ENTRIES = 2_000  # of a document; the newest are kept
MOST_TITLE = 500
MOST_SUMMARY = 50_000
MOST_CONTENT = 200_000
MOST_LINK = 2_000
MOST_ALONE = 300  # items parsed one by one where one of them makes feedparser give up
LONGEST_TTL = timedelta(hours=24)

# What feedparser is known to raise on malformed documents; anything else is a bug of ours and may be heard.
_UNREADABLE = (ValueError, LookupError, AttributeError, TypeError, AssertionError, OverflowError, xml.sax.SAXException)


def parse(body: bytes, content_type: str, url: str, known: frozenset[str]) -> FeedDocument:
    """The entries of a feed document in document order, those whose raw hash is in `known` left out.

    `url` is where it came from, for relative links. Never raises for what a server may send: what is no feed is a
    document with a `problem`. Entries without a title and text, or without a link to a page, are skipped and counted.
    """
    body = body[:MOST_BYTES]
    if not body.strip():
        return FeedDocument((), 0, problem="empty")
    if _is_page(body):
        return FeedDocument((), 0, problem="html")
    raw = _split(body)
    document = raw.whole() if raw else _shortened(body)
    if document.count(b"<") > MOST_TAGS:
        return FeedDocument((), 0, problem="not-a-feed")
    hashes = tuple(raw.hashes()) if raw else ()
    found = _read(raw, hashes, known, content_type) if raw else _feedparser(document, content_type)
    if found is None or not (found.get("version") or found.entries):
        return FeedDocument((), 0, problem="not-a-feed")
    entries = [_entry(each, found.feed, url) for each in found.entries[:MOST_ENTRIES]]
    kept = tuple(entry for entry in entries if entry is not None)
    title = text.from_html(_string(found.feed, "title", MOST_TITLE))
    return FeedDocument(
        entries=kept,
        skipped=len(entries) - len(kept) + (raw.dropped if raw else 0),
        ttl=_ttl(found.feed),
        title=title.body if title else "",
        item_hashes=hashes,
    )


def _read(raw: _Raw, hashes: Sequence[str], known: frozenset[str], content_type: str) -> Any:
    """What feedparser says of head and unseen items; of all items where it does not see just those."""
    unseen = [n for n, item_hash in enumerate(hashes) if item_hash not in known]
    found = _feedparser(raw.only(unseen), content_type)
    if found is not None and len(found.entries) == len(unseen):
        return found
    found = _feedparser(raw.whole(), content_type)
    return found if found is not None else _one_by_one(raw, unseen, content_type)


def _one_by_one(raw: _Raw, unseen: Sequence[int], content_type: str) -> Any:
    """The head with every unseen item that feedparser can read by itself: one bad item costs the others nothing."""
    found = _feedparser(raw.only([]), content_type)
    if found is None:
        return None
    for n in unseen[:MOST_ALONE]:
        alone = _feedparser(raw.only([n]), content_type)
        found.entries.extend(alone.entries if alone is not None else [{}])  # {}: skipped, and counted
    return found


def _feedparser(document: bytes, content_type: str) -> Any:
    """feedparser's result or None. Always from a stream: it would open a string as a file or an address."""
    headers = {"content-type": content_type}  # no address: an id would become relative to it, and change when it moves
    try:
        return feedparser.parse(
            io.BytesIO(document), response_headers=headers, resolve_relative_uris=False, sanitize_html=False
        )
    except _UNREADABLE:
        return None


# --- splitting raw bytes ------------------------------------------------------------------------------------------

_MARK = re.compile(rb"<!\[CDATA\[|<!--|<(/?)(item|entry)(?=[\s>/])[^<>]{0,2000}>", re.IGNORECASE)
_DATE = re.compile(rb"<(?:pubDate|published|updated|dc:date)>\s*([^<>]{4,60}?)\s*</", re.IGNORECASE)


@dataclass(frozen=True)
class _Raw:
    """A document and where its items stand (start, end), in document order. `dropped`: items left out of them."""

    body: bytes
    items: tuple[tuple[int, int], ...]
    begin: int  # where the first item of all begins
    end: int  # where the last one of all ends
    dropped: int = 0

    def hashes(self) -> Iterator[str]:
        """A 16-byte hash, in hex, of each raw item."""
        for start, end in self.items:
            yield hashlib.blake2b(self.body[start:end], digest_size=16).hexdigest()

    def only(self, wanted: Sequence[int]) -> bytes:
        """The document with these items alone."""
        if not self.items:
            return self.body
        pieces = [self.body[: self.begin]]
        pieces += [self.body[slice(*self.items[n])] for n in wanted]
        return b"\n".join([*pieces, self.body[self.end :]])

    def whole(self) -> bytes:
        """The document with all items that count."""
        return self.body if not self.dropped else self.only(range(len(self.items)))


def _split(body: bytes) -> _Raw | None:
    """Where the items stand; None where that is not certain (nested or unclosed items, wide encodings)."""
    if b"\0" in body[:200]:  # UTF-16 and UTF-32
        return None
    spans: list[tuple[int, int]] = []
    opened = -1
    at = 0
    while mark := _MARK.search(body, at):
        at = mark.end()
        if mark[2] is None:
            closing = b"-->" if mark[0] == b"<!--" else b"]]>"
            at = body.find(closing, at) + len(closing)
            if at < len(closing):
                break
        elif mark[1]:
            if opened < 0:
                return None
            spans.append((opened, at))
            opened = -1
        elif not mark[0].endswith(b"/>"):
            if opened >= 0:
                return None
            opened = mark.start()
    begin, end = (spans[0][0], spans[-1][1]) if spans else (len(body), len(body))
    if opened >= 0:  # the last item was cut off: it is read when it is whole
        return _newest(_Raw(body, tuple(spans), begin, len(body), 1)) if spans else None
    return _newest(_Raw(body, tuple(spans), begin, end))


def _newest(raw: _Raw) -> _Raw:
    """The document with no more than the newest `MOST_ENTRIES` items; feeds put them first, some put them last."""
    surplus = len(raw.items) - MOST_ENTRIES
    if surplus <= 0:
        return raw
    first, last = (_date(raw.body[slice(*raw.items[n])]) for n in (0, -1))
    ascending = first is not None and last is not None and first < last
    items = raw.items[surplus:] if ascending else raw.items[:MOST_ENTRIES]
    return _Raw(raw.body, items, raw.begin, raw.end, raw.dropped + surplus)


def _date(item: bytes) -> datetime | None:
    found = _DATE.search(item[:20_000])
    if found is None:
        return None
    written = found[1].decode("ascii", "replace")
    for read in (parsedate_to_datetime, datetime.fromisoformat):
        try:
            return read(written).replace(tzinfo=UTC)  # which of two is later; hours do not matter
        except ValueError:
            continue
    return None


def _shortened(body: bytes) -> bytes:
    """A document that cannot be split, cut off behind `MOST_ENTRIES` items so that reading it is bounded."""
    for n, mark in enumerate(re.finditer(rb"<(?:\w{1,20}:)?(?:item|entry)[\s>]", body, re.IGNORECASE)):
        if n == MOST_ENTRIES:
            return body[: mark.start()]
    return body


# --- what is no feed ----------------------------------------------------------------------------------------------

_PROLOGUE = re.compile(rb"(?:\xef\xbb\xbf|\s|<\?[^>]{0,500}>|<!--[^>]{0,500}-->){0,20}", re.IGNORECASE)
_PAGE = re.compile(rb"<!doctype\s+html|<html[\s>]", re.IGNORECASE)
_FEED = re.compile(rb"<(?:\w{1,20}:)?(?:rss|feed|rdf|channel)[\s>]", re.IGNORECASE)


def _is_page(body: bytes) -> bool:
    """Whether a server sent a page instead of a feed: a consent wall, an error page, a login."""
    begins = _PROLOGUE.match(body)
    assert begins is not None  # it may be empty
    return bool(_PAGE.match(body, begins.end())) and not _FEED.search(body[:5_000])


# --- entries ------------------------------------------------------------------------------------------------------

# Bylines and sources that name a news agency: who wrote it is not who publishes it.
_AGENCY = re.compile(
    r"\b(?:Reuters|AP|Associated Press|AFP|Agence France-Presse|dpa|PAP|ANSA|EFE|UPI|Bloomberg|Xinhua"
    r"|Anadolu(?: Agency)?|TASS|ТАСС"
    r"|Interfax(?:-Ukraine)?|Интерфакс|Інтерфакс-Україна|Ukrinform|Укрінформ|UNIAN|УНІАН|RIA Novosti|РИА Новости)\b"
)
_UNSEEN = re.compile(r"[\x00-\x20\x7f]")


def _entry(found: Any, feed: Any, url: str) -> Entry | None:
    """One entry within bounds, or None where it has no link to a page or says nothing."""
    title = _string(found, "title", MOST_TITLE)
    content = _content(found)
    summary = _string(found, "summary", MOST_SUMMARY)
    link = _link(found, url)
    if not link or not (title.strip() or summary.strip() or content.strip()):
        return None
    return Entry(
        entry_id=_entry_id(_string(found, "id", MOST_LINK), link),
        title=title,
        summary="" if content and summary == content[:MOST_SUMMARY] else summary,
        link=link,
        content=content,
        published=_published(found),
        language=_language(found, feed),
        origin=_origin(found),
    )


def _string(holder: Any, key: str, most: int) -> str:
    value = dict.get(holder, key)
    return value[:most] if isinstance(value, str) else ""


def _entry_id(written: str, link: str) -> str:
    """The publisher's own id, else the link. Very long ones by their hash, since ids are keys."""
    entry_id = written.strip() or link
    if len(entry_id) <= MOST_TITLE:
        return entry_id
    return hashlib.blake2b(entry_id.encode("utf-8", "replace"), digest_size=16).hexdigest()


def _link(found: Any, url: str) -> str:
    """The first address of a page among link, alternates and id; `url` is what relative ones are relative to."""
    links = [each for each in dict.get(found, "links") or () if isinstance(each, dict)]
    alternates = [_string(each, "href", MOST_LINK + 1) for each in links if dict.get(each, "rel") == "alternate"]
    for written in (_string(found, "link", MOST_LINK + 1), *alternates):
        address = _address(written.strip(), url)
        if address:
            return address
    return _address(_string(found, "id", MOST_LINK + 1).strip(), "")


def _address(written: str, base: str) -> str:
    """An absolute http or https address within bounds, or ""."""
    if not written or len(written) > MOST_LINK or _UNSEEN.search(written):
        return ""
    try:
        address = urljoin(base, written)
        parts = urlsplit(address)
        return address if parts.scheme in ("http", "https") and parts.hostname else ""
    except ValueError:
        return ""


def _content(found: Any) -> str:
    """The longest of the bodies that came with an entry, "" where none did."""
    bodies = [
        _string(each, "value", MOST_CONTENT) for each in dict.get(found, "content") or () if isinstance(each, dict)
    ]
    return max(bodies, key=len, default="")


def _published(found: Any) -> datetime | None:
    for key in ("published_parsed", "updated_parsed", "created_parsed"):
        parts = dict.get(found, key)
        if parts is None:
            continue
        try:
            year, month, day, hour, minute, second = parts[:6]
            return datetime(year, month, day, hour, minute, second, tzinfo=UTC)
        except (ValueError, TypeError, OverflowError):
            continue
    return None


def _language(found: Any, feed: Any) -> str:
    """ISO 639-1 or -2 code, lower case, "" where the document does not say."""
    details = dict.get(found, "title_detail")
    written = _string(details, "language", 20) if isinstance(details, dict) else ""
    primary = re.split("[-_]", (written or _string(feed, "language", 20)).strip().lower())[0]
    return primary if primary.isalpha() and primary.isascii() and len(primary) in (2, 3) else ""


def _origin(found: Any) -> str:
    """Another publisher that the entry names: RSS <source>, or a news agency in its byline."""
    source = dict.get(found, "source")
    named = _string(source, "title", MOST_TITLE) if isinstance(source, dict) else ""
    if named.strip():
        plain = text.from_html(named)
        return plain.body if plain else ""
    agency = _AGENCY.search(_string(found, "author", MOST_TITLE))
    return agency[0] if agency else ""


def _ttl(feed: Any) -> timedelta | None:
    """How long the document asks not to be fetched again: <ttl>, in minutes.

    The syndication module's pace is not asked: one publishing system writes "hourly" into every feed it makes.
    """
    minutes = _number(_string(feed, "ttl", 12))
    return min(timedelta(minutes=minutes), LONGEST_TTL) if minutes else None


def _number(written: str) -> float:
    """A positive number of at most nine digits, 0 for anything else."""
    found = re.fullmatch(r"\s*(\d{1,9}(?:\.\d{1,3})?)\s*", written)
    return float(found[1]) if found else 0.0

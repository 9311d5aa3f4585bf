"""What the headers of an answer mean. Hides HTTP's dates, directives and content codings; trusts none of them.

No clock: dates are counted from the server's own `Date`.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from digests.ports import Validators

LONGEST = timedelta(hours=24)  # that a server may ask to be left alone
MOST_VALIDATOR = 500  # characters that are stored and sent back

_SENDABLE = re.compile(rf"[\x20-\x7e]{{1,{MOST_VALIDATOR}}}")
_MAX_AGE = re.compile(r"(?:^|[,\s])max-age\s*=\s*\"?(\d{1,9})", re.IGNORECASE)


class TooLarge(Exception):
    """A body beyond the bound, on the wire or unpacked."""


class Undecodable(Exception):
    """A body that is not in the coding that its header names."""


def validators(headers: Mapping[str, str]) -> Validators:
    """What to send back next time; nothing that could not be sent as it came."""
    etag, modified = headers.get("ETag", ""), headers.get("Last-Modified", "")
    return Validators(*(value if _SENDABLE.fullmatch(value) else "" for value in (etag, modified)))


def fresh_for(headers: Mapping[str, str]) -> timedelta | None:
    """How long the answer says it stays fresh, at most a day; None where it does not say or wants to be asked."""
    directives = headers.get("Cache-Control", "")[:1_000].lower()
    if "no-cache" in directives or "no-store" in directives:
        return None
    aged = _MAX_AGE.search(directives)
    if aged:
        return _bounded(timedelta(seconds=int(aged[1])))
    expires, said = _date(headers.get("Expires", "")), _date(headers.get("Date", ""))
    return _bounded(expires - said) if expires and said else None


def retry_after(headers: Mapping[str, str]) -> timedelta | None:
    """How long the server asks to be left alone, in seconds or until a date; at most a day."""
    asked = headers.get("Retry-After", "").strip()[:60]
    if re.fullmatch(r"\d{1,9}", asked):
        return _bounded(timedelta(seconds=int(asked)))
    until, said = _date(asked), _date(headers.get("Date", ""))
    return _bounded(until - said) if until and said else None


def _bounded(asked: timedelta) -> timedelta | None:
    return min(asked, LONGEST) if asked > timedelta() else None


def _date(written: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(written[:60])
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


async def unpacked(chunks: AsyncIterator[bytes], coding: str, most: int) -> bytes:
    """The whole body, unpacked piece by piece so that a small packed one cannot become a huge one.

    Raises TooLarge, Undecodable.
    """
    unpacker = _Unpacker(coding, most)
    async for chunk in chunks:
        unpacker.feed(chunk)
    return unpacker.end()


class _Unpacker:
    """One body on its way in."""

    def __init__(self, coding: str, most: int) -> None:
        self._coding = coding.strip().lower()
        if self._coding not in ("", "identity", "gzip", "x-gzip", "deflate"):
            raise Undecodable(f"coding {coding[:40]!r} was not asked for")
        self._most = most
        self._wire = 0
        self._out = bytearray()
        self._zip: zlib._Decompress | None = None
        self._started = False

    def feed(self, chunk: bytes) -> None:
        """Take bytes from the wire."""
        self._wire += len(chunk)
        if self._wire > self._most:
            raise TooLarge
        if not self._started and chunk:
            self._started = True
            self._zip = self._begin(chunk)
        self._take(chunk)

    def _begin(self, chunk: bytes) -> zlib._Decompress | None:
        """How to unpack what begins like this; some servers name a coding and send plain text."""
        if self._coding in ("gzip", "x-gzip"):
            return zlib.decompressobj(31) if chunk[:1] == b"\x1f" else None
        if self._coding == "deflate":
            wrapped = len(chunk) > 1 and chunk[0] & 15 == 8 and (chunk[0] << 8 | chunk[1]) % 31 == 0
            return zlib.decompressobj(15 if wrapped else -15)
        return None

    def _take(self, data: bytes) -> None:
        while data:
            if self._zip is None:
                self._keep(data)
                return
            try:
                self._keep(self._zip.decompress(data, self._most - len(self._out) + 1))
            except zlib.error as broken:
                raise Undecodable(f"not {self._coding}: {broken}"[:100]) from broken
            data = self._zip.unconsumed_tail
            if self._zip.eof:
                data = self._zip.unused_data.lstrip(b"\0")
                if not data.startswith(b"\x1f\x8b"):  # padding behind the end
                    return
                self._zip = zlib.decompressobj(31)

    def _keep(self, data: bytes) -> None:
        self._out += data
        if len(self._out) > self._most:
            raise TooLarge

    def end(self) -> bytes:
        """The body; a packed one must be whole."""
        if self._zip is not None and not self._zip.eof:
            raise Undecodable("the packed body ends early")
        return bytes(self._out)

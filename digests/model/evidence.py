"""Evidence: texts of record and the spans cut from them. Hides hashing and the one way to make a span."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class TextOfRecord:
    """One text, normalised once by `digests.text` and never changed again; its sha256 is its name.

    Build it with `text.record(...)`; the store builds it again from what it stored and checks the hash.
    """

    body: str

    @cached_property
    def sha(self) -> str:
        """Hex sha256 of the UTF-8 bytes of the body."""
        return hashlib.sha256(self.body.encode("utf-8")).hexdigest()

    def span(self, start: int, end: int) -> Span:
        """Cut evidence out of this text: the only way to make a `Span`.

        Raises ValueError where the offsets do not lie inside the text or cut nothing.
        """
        if not 0 <= start < end <= len(self.body):
            raise ValueError(f"span {start}..{end} does not lie in a text of {len(self.body)} characters")
        return Span(self, start, end)

    def __repr__(self) -> str:
        return f"TextOfRecord({self.sha[:12]}, {len(self.body)} characters)"


@dataclass(frozen=True, eq=False)
class Span:
    """Start, end and therefore the exact characters in one text of record. Cut it with `TextOfRecord.span` only."""

    text: TextOfRecord
    start: int
    end: int

    @property
    def chars(self) -> str:
        """The exact characters of the source."""
        return self.text.body[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether both have a character of the same text in common."""
        return self.text.sha == other.text.sha and self.start < other.end and other.start < self.end

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Span) and self._key == other._key

    def __hash__(self) -> int:
        return hash(self._key)

    @property
    def _key(self) -> tuple[str, int, int]:
        return self.text.sha, self.start, self.end

    def __repr__(self) -> str:
        return f"Span({self.text.sha[:8]}, {self.start}, {self.end}, {self.chars!r})"

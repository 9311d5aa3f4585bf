"""What the desk asks of the world: pages, analysis away from the event loop, Slack. Hides every library behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from digests.model import (
    Article,
    Delivery,
    Entry,
    Page,
    Reading,
    TextOfRecord,
)

# --- fetching ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Validators:
    """What the last good answer of an address left for a conditional GET."""

    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True)
class Fetched:
    """A body, decoded and within bounds. `moved_to` is set where the server said that the address moved for good."""

    body: bytes
    content_type: str
    validators: Validators
    final_url: str
    moved_to: str = ""
    fresh_for: timedelta | None = None  # Cache-Control max-age or Expires


@dataclass(frozen=True)
class NotModified:
    """The server said 304."""

    fresh_for: timedelta | None = None


@dataclass(frozen=True)
class FetchFailed:
    """Why there is no body: `reason` is one of unreachable, timeout, too-large, status, redirects, refused-address,
    robots, not-http, decoding. `gone` marks 404/410 of a page."""

    reason: str
    status: int = 0
    retry_after: timedelta | None = None
    detail: str = ""

    @property
    def gone(self) -> bool:
        """Whether the server says that the page is no more."""
        return self.status in {404, 410}


class Fetcher(Protocol):
    """HTTP within limits: size, time, redirects, private addresses refused, robots honoured for pages."""

    async def feed(self, url: str, validators: Validators) -> Fetched | NotModified | FetchFailed:
        """One conditional GET of a feed document."""
        ...

    async def page(self, url: str, now: datetime) -> Fetched | FetchFailed:
        """One GET of an article page, where its host's robots.txt allows it."""
        ...


# --- analysis, away from the event loop ---------------------------------------------------------------------------


@dataclass(frozen=True)
class FeedDocument:
    """A parsed feed: entries in document order, how many were unusable, what the document says of its own pace.

    `item_hashes` are 16-byte hex hashes of the raw items, to parse only unseen ones next time.
    """

    entries: tuple[Entry, ...]
    skipped: int
    problem: str = ""  # "" or why the document is not a feed: empty, html, not-a-feed
    ttl: timedelta | None = None
    title: str = ""
    item_hashes: tuple[str, ...] = ()


class Analyst(Protocol):
    """The CPU-bound pure steps, in worker processes."""

    async def parse(self, body: bytes, content_type: str, url: str, known: frozenset[str]) -> FeedDocument:
        """A feed document; items whose raw hash is in `known` may be left out of the entries."""
        ...

    async def extract(self, body: bytes, content_type: str) -> TextOfRecord | None:
        """The article text of a page, None where there is none."""
        ...

    async def read(self, articles: Sequence[Article], venues: Sequence[str] = ()) -> list[Reading]:
        """One reading an article, in order. `venues`: words for where the talks are held these days."""
        ...


# --- posting ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Posted:
    """Slack has it; the receipt names it."""

    receipt: str


@dataclass(frozen=True)
class PostLater:
    """Not posted, or not known; try again after a while. `ambiguous`: Slack may have it, look before posting."""

    after: timedelta
    reason: str
    ambiguous: bool = False


@dataclass(frozen=True)
class PostRefused:
    """Slack will not take it however often: archived, not in channel, revoked, invalid. `scope` says what else it will
    not take: this message alone, anything in this conversation, or anything at all ("workspace")."""

    reason: str
    scope: str = "message"


class Messenger(Protocol):
    """One gateway to Slack: one queue a conversation, metadata key, a look in the channel before any second try."""

    async def post(
        self, delivery: Delivery, now: datetime, *, thread: str | None = None
    ) -> Posted | PostLater | PostRefused:
        """Post one delivery, at most once; in the thread of a posted message, where its receipt is given."""
        ...

    async def edit(self, conversation: str, receipt: str, page: Page) -> Posted | PostLater | PostRefused:
        """Replace a posted message."""
        ...

    async def permalink(self, conversation: str, receipt: str) -> str:
        """The address of a posted message; "" where it cannot be learnt."""
        ...

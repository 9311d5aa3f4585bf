"""What arrives: feed entries and the articles made of them. Hides the feed formats."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from digests.model.evidence import TextOfRecord


@dataclass(frozen=True)
class Entry:
    """One item of a feed document as `feeds.parse` gives it. HTML fields are raw; nothing here is trusted."""

    entry_id: str
    title: str  # may hold HTML and entities
    summary: str  # may hold HTML
    link: str
    content: str = ""  # content:encoded / atom content, HTML
    published: datetime | None = None
    language: str = ""
    origin: str = ""  # RSS <source> or a byline that names another publisher
    page_text: str = ""  # plain text of the page when it came with the entry (replay)


class Part(StrEnum):
    """Which of an article's texts a span was cut from; the words of the measuring contract."""

    TITLE = "title"
    DESCRIPTION = "description"
    TEXT = "text"


def article_key(article_id: str, revision: int) -> str:
    """Article id and revision: names one reading of it."""
    return f"{article_id}.{revision}"


@dataclass(frozen=True)
class Article:
    """One published text, by (feed, entry id); `revision` counts from 0, a changed text is the next one.

    `texts` holds a text of record for each part that is there. `cut` names parts whose end is missing (a feed that
    cuts at about 999 characters): no span may touch that end.
    """

    article_id: str
    feed_id: str
    source_id: str
    entry_id: str
    url: str
    language: str
    seen_at: datetime
    texts: Mapping[Part, TextOfRecord]
    published_at: datetime | None = None
    revision: int = 0
    content_sha: str = ""
    origin: str = ""
    cut: frozenset[Part] = frozenset()
    page_read: bool = False  # the text came from the publisher's page, not from the feed
    gone: bool = False  # the publisher took the page down; the headline stays, as its name

    @property
    def key(self) -> str:
        """As `article_key`."""
        return article_key(self.article_id, self.revision)

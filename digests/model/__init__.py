"""The nouns of the glossary, frozen: every other module speaks in these. Hides which file a noun stands in.

All instants are aware datetimes in UTC, all days are dates; offsets count characters of one text of record.
"""

from digests.model.article import Article, Entry, Part
from digests.model.delivery import FOREVER, Channel, Delivery, DeliveryState, Subscription
from digests.model.digest import BoardEntry, Change, Digest, Fate, Freshness, Held, Line, Position, Silence
from digests.model.directory import Actor, Directory, Feed, Issue, Source, SourceClass, Speaker, Voice, Watch
from digests.model.evidence import Span, TextOfRecord
from digests.model.frame import Count, Day, Echo, Frame, Instant, Name, Refs, Slot
from digests.model.page import Button, Choice, Link, Page, Piece, Row, Table, Tone
from digests.model.reading import (
    Baseline,
    Citation,
    Days,
    Development,
    Fact,
    Fault,
    Judgement,
    Kind,
    Polarity,
    Reading,
    Relevance,
    Shell,
    Statement,
    Verdict,
)
from digests.model.review import AuditEntry, ReviewItem, ReviewState

__all__ = [
    "FOREVER",
    "Actor",
    "Article",
    "AuditEntry",
    "Baseline",
    "BoardEntry",
    "Button",
    "Change",
    "Channel",
    "Choice",
    "Citation",
    "Count",
    "Day",
    "Days",
    "Delivery",
    "DeliveryState",
    "Development",
    "Digest",
    "Directory",
    "Echo",
    "Entry",
    "Fact",
    "Fate",
    "Fault",
    "Feed",
    "Frame",
    "Freshness",
    "Held",
    "Instant",
    "Issue",
    "Judgement",
    "Kind",
    "Line",
    "Link",
    "Name",
    "Page",
    "Part",
    "Piece",
    "Polarity",
    "Position",
    "Reading",
    "Refs",
    "Relevance",
    "ReviewItem",
    "ReviewState",
    "Row",
    "Shell",
    "Silence",
    "Slot",
    "Source",
    "SourceClass",
    "Span",
    "Speaker",
    "Statement",
    "Subscription",
    "Table",
    "TextOfRecord",
    "Tone",
    "Verdict",
    "Voice",
    "Watch",
]

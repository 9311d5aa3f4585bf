"""The tables. Hides nothing: what is kept, by which key, and why each index is there.

A `body` is the noun itself as `codec` writes it; the columns beside it are copies for keys, order and queries.
Rows of `channels` and `subscriptions` were made by commands; what files say is never written here.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.engine import Dialect

VERSION = "0004"
"""The newest migration, which these tables equal (a test compares them)."""

KEY_LIMIT = 200
"""Characters of a key that are kept as they are: PostgreSQL refuses index rows over 2,704 bytes."""


class Key(sa.types.TypeDecorator[str]):
    """A key, compared and ordered by code point in every database.

    Feeds and users choose some keys: one that is long, or holds what a database refuses (NUL, lone surrogates), is
    replaced by its hash, in rows and in look-ups alike.
    """

    impl = sa.Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> sa.types.TypeEngine[Any]:
        """Bytewise order on PostgreSQL too, whatever the locale of the database."""
        return postgresql.TEXT(collation="C") if dialect.name == "postgresql" else sa.Text()

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """As it is, or its hash."""
        if value is None or (len(value) <= KEY_LIMIT and value.isprintable()):
            return value
        return "sha256:" + hashlib.sha256(value.encode("utf-8", "surrogatepass")).hexdigest()


class Moment(sa.types.TypeDecorator[datetime]):
    """An aware instant in UTC; SQLite keeps it as sortable text."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Raises ValueError for an instant without a zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no zone: instants are aware")
        return value.astimezone(UTC) if dialect.name == "postgresql" else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Aware again, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


metadata = sa.MetaData()


def _body() -> sa.Column[str]:
    return sa.Column("body", sa.Text, nullable=False)


# One row. Locking it puts writers of articles, and claims, one behind the other on PostgreSQL, so that a higher seq is
# never visible before a lower one; on SQLite writers queue anyway.
counters = sa.Table(
    "counters",
    metadata,
    sa.Column("name", Key, primary_key=True),
    sa.Column("value", sa.BigInteger, nullable=False),
)

texts = sa.Table(
    "texts",
    metadata,
    sa.Column("sha", Key, primary_key=True),
    sa.Column("body", sa.LargeBinary, nullable=False),  # UTF-8, so that the very bytes that were hashed are kept
)

articles = sa.Table(
    "articles",
    metadata,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),  # order of recording
    sa.Column("article_id", Key, nullable=False),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("feed_id", Key, nullable=False),
    sa.Column("source_id", Key, nullable=False),
    sa.Column("seen_at", Moment, nullable=False),
    sa.Column("published_at", Moment),
    sa.Column("backfill", sa.Boolean, nullable=False),
    _body(),
    sa.Column("address", Key),  # as it is compared; null or "" where there is none
    sa.UniqueConstraint("article_id", "revision", name="articles_key"),
    sa.Index("articles_by_address", "address"),  # articles_at
    sa.Index("articles_by_feed", "feed_id", "seen_at", "revision"),  # coverage
)

seen = sa.Table(  # outlives the article: no foreign key, never expires
    "seen",
    metadata,
    sa.Column("feed_id", Key, primary_key=True),
    sa.Column("entry_id", Key, primary_key=True),
    sa.Column("content_sha", sa.Text, nullable=False),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("first_seen_at", Moment, nullable=False),
)

readings = sa.Table(
    "readings",
    metadata,
    sa.Column("seq", sa.Integer, sa.ForeignKey("articles.seq"), primary_key=True, autoincrement=False),
    sa.Column("relevance", Key, nullable=False),
    sa.Column("seen_at", Moment, nullable=False),
    _body(),
    sa.Index("readings_by_seq", "relevance", "seq"),  # recorded(after_seq)
    sa.Index("readings_by_time", "relevance", "seen_at"),  # recorded(since, until)
)

statements = sa.Table(
    "statements",
    metadata,
    sa.Column("seq", sa.Integer, sa.ForeignKey("articles.seq"), primary_key=True, autoincrement=False),
    sa.Column("place", sa.Integer, primary_key=True, autoincrement=False),  # order within the reading
    sa.Column("statement_id", Key, nullable=False),
    sa.Column("actor_id", Key, nullable=False),
    sa.Column("speaker", Key),  # null: the source leaves it open
    sa.Column("kind", Key, nullable=False),
    sa.Column("polarity", Key, nullable=False),
    sa.Column("said_first", sa.Date),
    sa.Column("said_last", sa.Date),
    sa.Column("seen_at", Moment, nullable=False),
    sa.Column("text_sha", Key, nullable=False),
    sa.Column("start_at", sa.Integer, nullable=False),  # characters in that text
    sa.Column("end_at", sa.Integer, nullable=False),
    _body(),
    sa.Index("statements_by_actor", "actor_id", "seen_at"),
    sa.Index("statements_by_id", "statement_id"),
)

statement_issues = sa.Table(
    "statement_issues",
    metadata,
    sa.Column("issue_id", Key, primary_key=True),
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("place", sa.Integer, primary_key=True, autoincrement=False),
    sa.ForeignKeyConstraint(["seq", "place"], ["statements.seq", "statements.place"]),
)

developments = sa.Table(
    "developments",
    metadata,
    sa.Column("seq", sa.Integer, sa.ForeignKey("articles.seq"), primary_key=True, autoincrement=False),
    sa.Column("development_id", Key, nullable=False),
    sa.Column("story_id", Key, nullable=False),
    sa.Column("verdict", Key, nullable=False),
    sa.Column("weight", sa.Integer, nullable=False),
    sa.Column("seen_at", Moment, nullable=False),
    _body(),
    sa.Index("developments_by_story", "story_id", "seen_at"),
    sa.Index("developments_by_id", "development_id"),
)

feeds = sa.Table(
    "feeds",
    metadata,
    sa.Column("feed_id", Key, primary_key=True),
    sa.Column("body", sa.Text),  # null: articles came of it (a replay), but it was never polled
)

polls = sa.Table(
    "polls",
    metadata,
    sa.Column("feed_id", Key, primary_key=True),
    sa.Column("at", Moment, primary_key=True),
    sa.Column("ok", sa.Boolean, nullable=False),
    sa.Column("items", sa.Integer, nullable=False),
    sa.Index("polls_by_outcome", "feed_id", "ok", "at"),  # last ok, failing since
)

slots = sa.Table(
    "slots",
    metadata,
    sa.Column("channel_id", Key, primary_key=True),
    sa.Column("slot", Moment, primary_key=True),
    sa.Column("outcome", Key, nullable=False),
)

deliveries = sa.Table(
    "deliveries",
    metadata,
    sa.Column("key", Key, primary_key=True),
    sa.Column("kind", Key, nullable=False),
    sa.Column("conversation", Key, nullable=False),
    sa.Column("due_at", Moment, nullable=False),
    sa.Column("state", Key, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("first_try_at", Moment),
    sa.Column("lease_until", Moment),  # null unless sending: when another may claim it again
    sa.Column("receipt", sa.Text),
    sa.Column("note", sa.Text, nullable=False),
    _body(),
    sa.Index("deliveries_due", "state", "due_at"),  # claim
    sa.Index("deliveries_by_kind", "kind", "due_at"),  # how many alerts in the last hour
    sa.Index("deliveries_by_receipt", "receipt"),  # delivered
)

told = sa.Table(
    "told",
    metadata,
    sa.Column("conversation", Key, primary_key=True),
    sa.Column("development_id", Key, primary_key=True),
    sa.Column("story_id", Key, nullable=False),
    sa.Column("line_id", Key, nullable=False),
    sa.Column("told_at", Moment, nullable=False),
    sa.Column("delivery_key", Key, nullable=False),
    sa.Index("told_by_delivery", "delivery_key"),  # taken back when it fails
    sa.Index("told_by_story", "conversation", "story_id"),  # lines_telling
    sa.Index("told_on_story", "story_id"),  # lines_on
)

lines = sa.Table(
    "lines",
    metadata,
    sa.Column("line_id", Key, primary_key=True),
    sa.Column("delivery_key", Key, primary_key=True),
    sa.Column("conversation", Key, nullable=False),
    sa.Column("posting", sa.Integer, nullable=False),  # order of writing: the newest posting of a line comes last
    _body(),
    sa.Index("lines_by_delivery", "delivery_key", "posting"),  # lines_of
)

citations = sa.Table(  # which lines show words of which articles
    "citations",
    metadata,
    sa.Column("article_id", Key, primary_key=True),
    sa.Column("line_id", Key, primary_key=True),
    sa.Column("delivery_key", Key, primary_key=True),
    sa.Index("citations_by_delivery", "delivery_key"),  # merge
)

follows = sa.Table(  # told articles whose pages are looked at again
    "follows",
    metadata,
    sa.Column("article_id", Key, primary_key=True),
    sa.Column("next_at", Moment),  # null: no more
    _body(),
    sa.Index("follows_due", "next_at"),
)

pauses = sa.Table(  # conversations that take no messages
    "pauses",
    metadata,
    sa.Column("conversation", Key, primary_key=True),
    _body(),
)

reviews = sa.Table(
    "reviews",
    metadata,
    sa.Column("item_id", Key, primary_key=True),
    sa.Column("state", Key, nullable=False),
    sa.Column("at", Moment, nullable=False),
    _body(),
    sa.Index("reviews_by_state", "state", "at"),
)

audit = sa.Table(  # never changed, never deleted
    "audit",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("at", Moment, nullable=False),
    _body(),
)

baselines = sa.Table(  # versions that commands made; the first is the files'
    "baselines",
    metadata,
    sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
    _body(),
)

subscriptions = sa.Table(
    "subscriptions",
    metadata,
    sa.Column("subscription_id", Key, primary_key=True),
    sa.Column("conversation", Key, nullable=False),
    sa.Column("created_at", Moment, nullable=False),
    _body(),
    sa.Index("subscriptions_by_conversation", "conversation"),
)

channels = sa.Table(
    "channels",
    metadata,
    sa.Column("channel_id", Key, primary_key=True),
    _body(),
)

looks = sa.Table(  # when a person looked, and when before that
    "looks",
    metadata,
    sa.Column("user", Key, primary_key=True),
    sa.Column("what", Key, primary_key=True),
    sa.Column("before", Moment),  # null: he had not
    sa.Column("at", Moment, nullable=False),
)

inbound = sa.Table(
    "inbound",
    metadata,
    sa.Column("key", Key, primary_key=True),
    sa.Column("at", Moment, nullable=False),
    sa.Index("inbound_by_time", "at"),  # forgetting
)

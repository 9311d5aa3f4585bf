"""The first schema."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Forward only: a database newer than the code is refused, not taken back."""
    counters = op.create_table(
        "counters",
        sa.Column("name", KEY, nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.bulk_insert(counters, [{"name": "recorded", "value": 0}])
    _articles()
    _readings()
    _polling()
    _telling()
    _wishes()


def _articles() -> None:
    """Texts and articles."""
    op.create_table(
        "texts",
        sa.Column("sha", KEY, nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha"),
    )
    op.create_table(
        "articles",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("article_id", KEY, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("feed_id", KEY, nullable=False),
        sa.Column("source_id", KEY, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.Column("published_at", MOMENT, nullable=True),
        sa.Column("backfill", sa.Boolean(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("article_id", "revision", name="articles_key"),
    )
    op.create_index("articles_by_feed", "articles", ["feed_id", "seen_at", "revision"], unique=False)
    op.create_table(
        "seen",
        sa.Column("feed_id", KEY, nullable=False),
        sa.Column("entry_id", KEY, nullable=False),
        sa.Column("content_sha", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("first_seen_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("feed_id", "entry_id"),
    )


def _readings() -> None:
    """What was read in articles, and how it was judged."""
    op.create_table(
        "readings",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("relevance", KEY, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["seq"],
            ["articles.seq"],
        ),
        sa.PrimaryKeyConstraint("seq"),
    )
    op.create_index("readings_by_seq", "readings", ["relevance", "seq"], unique=False)
    op.create_index("readings_by_time", "readings", ["relevance", "seen_at"], unique=False)
    op.create_table(
        "statements",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("statement_id", KEY, nullable=False),
        sa.Column("actor_id", KEY, nullable=False),
        sa.Column("speaker", KEY, nullable=True),
        sa.Column("kind", KEY, nullable=False),
        sa.Column("polarity", KEY, nullable=False),
        sa.Column("said_first", sa.Date(), nullable=True),
        sa.Column("said_last", sa.Date(), nullable=True),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.Column("text_sha", KEY, nullable=False),
        sa.Column("start_at", sa.Integer(), nullable=False),
        sa.Column("end_at", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["seq"],
            ["articles.seq"],
        ),
        sa.PrimaryKeyConstraint("seq", "place"),
    )
    op.create_index("statements_by_actor", "statements", ["actor_id", "seen_at"], unique=False)
    op.create_index("statements_by_id", "statements", ["statement_id"], unique=False)
    op.create_table(
        "statement_issues",
        sa.Column("issue_id", KEY, nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["seq", "place"],
            ["statements.seq", "statements.place"],
        ),
        sa.PrimaryKeyConstraint("issue_id", "seq", "place"),
    )
    op.create_table(
        "developments",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("development_id", KEY, nullable=False),
        sa.Column("story_id", KEY, nullable=False),
        sa.Column("verdict", KEY, nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["seq"],
            ["articles.seq"],
        ),
        sa.PrimaryKeyConstraint("seq"),
    )
    op.create_index("developments_by_id", "developments", ["development_id"], unique=False)
    op.create_index("developments_by_story", "developments", ["story_id", "seen_at"], unique=False)


def _polling() -> None:
    """Feeds and their polls."""
    op.create_table(
        "feeds",
        sa.Column("feed_id", KEY, nullable=False),
        sa.Column("body", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("feed_id"),
    )
    op.create_table(
        "polls",
        sa.Column("feed_id", KEY, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("ok", sa.Boolean(), nullable=False),
        sa.Column("items", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("feed_id", "at"),
    )
    op.create_index("polls_by_outcome", "polls", ["feed_id", "ok", "at"], unique=False)


def _telling() -> None:
    """What is owed and what was told."""
    op.create_table(
        "slots",
        sa.Column("channel_id", KEY, nullable=False),
        sa.Column("slot", MOMENT, nullable=False),
        sa.Column("outcome", KEY, nullable=False),
        sa.PrimaryKeyConstraint("channel_id", "slot"),
    )
    op.create_table(
        "deliveries",
        sa.Column("key", KEY, nullable=False),
        sa.Column("kind", KEY, nullable=False),
        sa.Column("conversation", KEY, nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("state", KEY, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("first_try_at", MOMENT, nullable=True),
        sa.Column("lease_until", MOMENT, nullable=True),
        sa.Column("receipt", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index("deliveries_by_kind", "deliveries", ["kind", "due_at"], unique=False)
    op.create_index("deliveries_due", "deliveries", ["state", "due_at"], unique=False)
    op.create_table(
        "told",
        sa.Column("conversation", KEY, nullable=False),
        sa.Column("development_id", KEY, nullable=False),
        sa.Column("story_id", KEY, nullable=False),
        sa.Column("line_id", KEY, nullable=False),
        sa.Column("told_at", MOMENT, nullable=False),
        sa.Column("delivery_key", KEY, nullable=False),
        sa.PrimaryKeyConstraint("conversation", "development_id"),
    )
    op.create_index("told_by_delivery", "told", ["delivery_key"], unique=False)
    op.create_table(
        "lines",
        sa.Column("line_id", KEY, nullable=False),
        sa.Column("delivery_key", KEY, nullable=False),
        sa.Column("conversation", KEY, nullable=False),
        sa.Column("posting", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("line_id", "delivery_key"),
    )
    op.create_index("lines_by_delivery", "lines", ["delivery_key", "posting"], unique=False)


def _wishes() -> None:
    """What people asked for."""
    op.create_table(
        "subscriptions",
        sa.Column("subscription_id", KEY, nullable=False),
        sa.Column("conversation", KEY, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("subscription_id"),
    )
    op.create_index("subscriptions_by_conversation", "subscriptions", ["conversation"], unique=False)
    op.create_table(
        "channels",
        sa.Column("channel_id", KEY, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("channel_id"),
    )
    op.create_table(
        "inbound",
        sa.Column("key", KEY, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index("inbound_by_time", "inbound", ["at"], unique=False)

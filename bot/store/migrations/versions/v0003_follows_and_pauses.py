"""Lines are found by the articles that they cite and the happening that they tell; follows and pauses are kept."""

from __future__ import annotations

import re

import sqlalchemy as sa
from alembic import context, op

from bot.store.schema import Key

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
MOMENT = sa.DateTime(timezone=True)
AT_ONCE = 500
CITED = re.compile(r'"article_id":"([^"\\]{1,200})"')
"""In a line's body only what it cites, and what became of that, has an article_id."""


def upgrade() -> None:
    """Forward only: a database newer than the code is refused, not taken back."""
    op.create_table(
        "citations",
        sa.Column("article_id", KEY, nullable=False),
        sa.Column("line_id", KEY, nullable=False),
        sa.Column("delivery_key", KEY, nullable=False),
        sa.PrimaryKeyConstraint("article_id", "line_id", "delivery_key"),
    )
    op.create_index("citations_by_delivery", "citations", ["delivery_key"], unique=False)
    op.create_table(
        "follows",
        sa.Column("article_id", KEY, nullable=False),
        sa.Column("next_at", MOMENT, nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("article_id"),
    )
    op.create_index("follows_due", "follows", ["next_at"], unique=False)
    op.create_table(
        "pauses",
        sa.Column("conversation", KEY, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("conversation"),
    )
    op.create_index("told_on_story", "told", ["story_id"], unique=False)
    if not context.is_offline_mode():
        _fill()


def _fill() -> None:
    """What the lines that are there cite."""
    lines = sa.table("lines", *(sa.column(c) for c in ("posting", "line_id", "delivery_key", "body")))
    cited = sa.table("citations", *(sa.column(c, Key) for c in ("article_id", "line_id", "delivery_key")))
    conn, last = op.get_bind(), -1
    while True:
        some = sa.select(lines).where(lines.c.posting > last).order_by(lines.c.posting).limit(AT_ONCE)
        rows = conn.execute(some).all()
        if not rows:
            return
        last = rows[-1].posting
        found = [
            {"article_id": article, "line_id": row.line_id, "delivery_key": row.delivery_key}
            for row in rows
            for article in dict.fromkeys(CITED.findall(row.body))
        ]
        if found:
            conn.execute(sa.insert(cited), found)

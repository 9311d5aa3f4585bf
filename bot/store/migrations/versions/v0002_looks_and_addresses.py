"""Articles are found by address, lines by what they told, messages by receipt; looks are kept."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import context, op

from bot.store.schema import Key
from digests import addresses

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
MOMENT = sa.DateTime(timezone=True)
AT_ONCE = 500


def upgrade() -> None:
    """Forward only: a database newer than the code is refused, not taken back."""
    op.add_column("articles", sa.Column("address", KEY, nullable=True))
    if not context.is_offline_mode():
        _fill()
    op.create_index("articles_by_address", "articles", ["address"], unique=False)
    op.create_index("deliveries_by_receipt", "deliveries", ["receipt"], unique=False)
    op.create_index("told_by_story", "told", ["conversation", "story_id"], unique=False)
    op.create_table(
        "looks",
        sa.Column("user", KEY, nullable=False),
        sa.Column("what", KEY, nullable=False),
        sa.Column("before", MOMENT, nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("user", "what"),
    )


def _fill() -> None:
    """Addresses of the articles that are there; a body that cannot be read has none."""
    articles = sa.table("articles", sa.column("seq", sa.Integer), sa.column("body"), sa.column("address", Key))
    conn, last = op.get_bind(), 0
    place = sa.update(articles).where(articles.c.seq == sa.bindparam("row")).values(address=sa.bindparam("found"))
    while True:
        some = sa.select(articles.c.seq, articles.c.body).where(articles.c.seq > last)
        rows = conn.execute(some.order_by(articles.c.seq).limit(AT_ONCE)).all()
        if not rows:
            return
        last = rows[-1].seq
        conn.execute(place, [{"row": row.seq, "found": _address(row.body)} for row in rows])


def _address(body: str) -> str:
    try:
        return addresses.plain(str(json.loads(body).get("url", "")))
    except (AttributeError, ValueError):
        return ""

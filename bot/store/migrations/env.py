"""Runs the migrations: on the connection that `upgrade` opened, on `-x url=...`, or as SQL text. Hides which."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import context
from sqlalchemy.engine import Connection

from bot.store import schema
from bot.store.upgrade import types_differ


def _run(connection: Connection) -> None:
    # SQLite has transactional DDL where BEGIN is ours; Alembic does not count on it.
    context.configure(
        connection=connection, target_metadata=schema.metadata, transactional_ddl=True, compare_type=types_differ
    )
    with context.begin_transaction():
        context.run_migrations()


def _url() -> str:
    arguments = context.get_x_argument(as_dictionary=True)
    return arguments.get("url", "sqlite:///data/brief.sqlite3")


if context.is_offline_mode():
    context.configure(url=_url(), target_metadata=schema.metadata, literal_binds=True)
    with context.begin_transaction():
        context.run_migrations()
elif (given := context.config.attributes.get("connection")) is not None:
    _run(given)
else:
    with sa.create_engine(_url()).connect() as opened:
        _run(opened)
        opened.commit()

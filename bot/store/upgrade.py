"""From any older schema to the newest, once, however many processes start at a time. Hides Alembic and its lock."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.store import problems, schema
from bot.store.engine import Database

MIGRATIONS = Path(__file__).with_name("migrations")
"""Alembic's script folder; `python -m alembic -c bot/store/migrations/alembic.ini` works on it by hand."""

_LOCK = 0x6272_6965_66
"""Names the advisory lock on PostgreSQL that only one upgrade holds."""


def upgrade(database: Database) -> None:
    """Bring the schema to the newest version, in one transaction that others wait for. Raises StoreProblem."""
    with database.transaction("read") as conn:
        if _stored_version(conn, database) == schema.VERSION:
            return
    with database.transaction("durable") as conn:
        if conn.dialect.name == "postgresql":
            conn.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
        if _stored_version(conn, database) != schema.VERSION:  # another process may have been quicker
            _migrate(conn)


def _stored_version(conn: Connection, database: Database) -> str | None:
    """None for an empty database. Raises StoreProblem for one of a newer program, or of another one."""
    tables = set(sa.inspect(conn).get_table_names())
    where = problems.place(database.url)
    if "alembic_version" not in tables:
        ours = tables & set(schema.metadata.tables)
        if ours or (tables and conn.dialect.name == "sqlite"):
            found = ", ".join(sorted(ours or tables)[:3])
            raise problems.StoreProblem(
                f"{where} holds tables of another program ({found})",
                "name another database; this one was left as it is",
            )
        return None
    version = conn.execute(sa.text("SELECT version_num FROM alembic_version")).scalar_one_or_none()
    known = {path.stem.partition("_")[0].removeprefix("v") for path in MIGRATIONS.glob("versions/v*.py")}
    if version is not None and version not in known:
        raise problems.StoreProblem(
            f"{where} was written by a newer version of the bot (schema {version}, this one knows {schema.VERSION})",
            "update the bot, or restore the backup made before that update; nothing was changed",
        )
    return str(version) if version is not None else None


def _migrate(conn: Connection) -> None:
    from alembic import command  # takes a third of a second to import, and only a first start needs it
    from alembic.config import Config

    config = Config(attributes={"connection": conn})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    command.upgrade(config, "head")


def difference(conn: Connection) -> list[Any]:
    """What separates the tables of a database from `schema`: for the test that keeps migrations true."""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    options = {"compare_type": types_differ}
    return list(compare_metadata(MigrationContext.configure(conn, opts=options), schema.metadata))


def types_differ(context: Any, _column: Any, _described: Any, stored: Any, wanted: Any) -> bool:
    """Whether a column's type is not what `schema` says, collation included: Alembic does not see through our types."""
    dialect = context.dialect
    return bool(stored.compile(dialect) != wanted.compile(dialect))

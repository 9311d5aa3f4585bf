"""Everything kept, over SQLite by default and PostgreSQL by URL. Hides all SQL, threads, locks and migrations."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from sqlalchemy import URL

from bot.store.engine import PATIENCE, Database, parsed
from bot.store.problems import StoreProblem, place
from bot.store.sqlstore import SqlStore
from bot.store.upgrade import upgrade

__all__ = ["SqlStore", "StoreProblem", "missing_file", "open_store"]


def open_store(url: str, patience: timedelta = PATIENCE) -> SqlStore:
    """The store at a database URL (`sqlite:///data/brief.sqlite3`, `postgresql://user@host/name`), upgraded to the
    newest schema; a missing SQLite file is made, with its folder. `patience`: how long to wait for a lock of another.

    Raises StoreProblem, with the remedy, where the database cannot be used; it is left as it was. Blocks: call it
    before the event loop is busy.
    """
    database = Database(url, patience)
    try:
        _make_folder(database)
        upgrade(database)
    except BaseException:
        database.close_now()
        raise
    return SqlStore(database)


def missing_file(url: str) -> Path | None:
    """The SQLite file that opening this database would make; None where nothing would be made. Raises StoreProblem for
    an address that is not understood."""
    file = _file_of(parsed(url))
    return file if file is not None and not file.exists() else None


def _file_of(url: URL) -> Path | None:
    in_a_file = url.get_backend_name() == "sqlite" and url.database not in {None, "", ":memory:"}
    return Path(str(url.database)) if in_a_file else None


def _make_folder(database: Database) -> None:
    file = _file_of(database.url)
    if file is None:
        return
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreProblem(
            f"{place(database.url)} cannot be made ({error.strerror})",
            "name a path in a folder that the account of the bot may write, or make that folder",
        ) from error

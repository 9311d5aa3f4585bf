"""A whole copy of the record while the bot runs. Hides SQLite's online backup and that PostgreSQL brings its own.

The copy is written beside its place under another name, looked through by SQLite, and moved there whole: what carries
the name of a backup is one.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

from bot.store.engine import parsed
from bot.store.problems import StoreProblem, place, told_by

PAGES_AT_A_TIME = 256
"""Pages copied between two calls of `progress`: a megabyte at SQLite's page size of 4 KB. The bot may write between."""

Progress = Callable[[int, int], None]
"""Called with pages copied and pages in all."""


def back_up(url: str, to: Path, progress: Progress = lambda _done, _all: None) -> int:
    """Copy the database at `url` to the file `to` and return its bytes. The database may be in use meanwhile.

    Raises StoreProblem, with the remedy, where there is nothing to copy, where a file is in the way, where the disk
    refuses, and for PostgreSQL, which has `pg_dump`.
    """
    found = parsed(url)
    if found.get_backend_name() != "sqlite":
        raise StoreProblem(
            f"{place(found)} is not a file",
            "use `pg_dump --format=custom --file=brief.dump NAME`; it copies a live one",
        )
    source = Path(found.database or ":memory:")
    if not source.is_file():
        raise StoreProblem(
            f"{place(found)} is not there", "name the one the bot writes with --database or BRIEF_DATABASE_URL"
        )
    if to.exists():
        raise StoreProblem(f"{to} is there already", "name a file that does not exist; a backup replaces nothing")
    unfinished = to.with_name(f"{to.name}.unfinished")
    try:
        unfinished.parent.mkdir(parents=True, exist_ok=True)
        unfinished.unlink(missing_ok=True)
        _copy(source, unfinished, progress)
        unfinished.replace(to)
        return to.stat().st_size
    except sqlite3.Error as error:
        problem = told_by(error, found)
        if problem is None:
            raise
        raise problem from error
    except OSError as error:
        raise StoreProblem(
            f"{to} cannot be written ({error.strerror})", "name a path that this account may write"
        ) from error
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)


def _copy(source: Path, to: Path, progress: Progress) -> None:
    read_only = f"{source.absolute().as_uri()}?mode=ro"
    with closing(sqlite3.connect(read_only, uri=True)) as live, closing(sqlite3.connect(to)) as copy:
        live.backup(copy, pages=PAGES_AT_A_TIME, progress=lambda _status, left, pages: progress(pages - left, pages))
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it
        answer = copy.execute("PRAGMA integrity_check").fetchone()
    if answer != ("ok",):
        raise StoreProblem(
            f"the database {source} is damaged: SQLite does not find its copy whole",
            "keep the earlier backups; `sqlite3 FILE .recover` may save what is left",
        )

"""What can be wrong with a database that a person can mend. Hides the drivers' exceptions and their wording."""

from __future__ import annotations

import sqlite3

import psycopg
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

from bot.problems import Problem


class StoreProblem(Problem):
    """A matter for the operator: what is wrong with the database, and the remedy. Nothing stored is lost by it."""


_SQLITE = {
    sqlite3.SQLITE_FULL: (
        "the disk of {place} is full",
        "free some space, then go on; what was stored before is whole",
    ),
    sqlite3.SQLITE_BUSY: (
        "{place} is locked by another process",
        "stop the other process or the open database browser, then try again",
    ),
    sqlite3.SQLITE_LOCKED: (
        "{place} is locked by another process",
        "stop the other process or the open database browser, then try again",
    ),
    sqlite3.SQLITE_NOTADB: (
        "{place} is not a database",
        "name another file, or move this one away; it was left as it is",
    ),
    sqlite3.SQLITE_CORRUPT: (
        "{place} is damaged",
        "restore it from a backup; `sqlite3 FILE .recover` may save what is left",
    ),
    sqlite3.SQLITE_CANTOPEN: (
        "{place} cannot be opened",
        "make its folder, and make the folder and the file writable for the account that runs the bot",
    ),
    sqlite3.SQLITE_READONLY: (
        "{place} cannot be written",
        "make the file and its folder writable for the account that runs the bot",
    ),
    sqlite3.SQLITE_PERM: (
        "{place} cannot be written",
        "make the file and its folder writable for the account that runs the bot",
    ),
    sqlite3.SQLITE_IOERR: (
        "{place} cannot be read or written: the disk refuses",
        "check the disk, its quota and its free space, then go on",
    ),
}
"""By SQLite's primary result code (sqlite.org/rescode.html); extended codes carry it in their low byte."""

_POSTGRES = {
    "28": ("{place} refuses the user or the password", "check user and password in the database URL"),
    "3D": ("{place} does not exist", "create it with `createdb`, or name another in the database URL"),
    "42501": ("{place} does not let this user write", "grant the user CREATE and USAGE on the schema"),
    "25006": ("{place} cannot be written", "point the database URL at the primary server, not at a replica"),
    "53100": ("the disk of {place} is full", "free some space on the server; what was stored before is whole"),
    "53": ("{place} has no room for another connection", "raise max_connections, or stop other clients"),
    "55P03": ("{place} is locked by another session", "end the session that holds the lock, then try again"),
    "57": ("{place} went away", "start the server again; the bot goes on from what is stored"),
    "08": ("{place} cannot be reached", "start the server, or check host and port in the database URL"),
}
"""By SQLSTATE or its class (postgresql.org, appendix A)."""


def place(url: URL) -> str:
    """The database as a message names it; never with its password."""
    if url.get_backend_name() == "sqlite":
        return f"the database {url.database or ':memory:'}"
    return f"the database {url.render_as_string(hide_password=True)}"


def told_by(error: DBAPIError | sqlite3.Error, url: URL) -> StoreProblem | None:
    """The problem behind a driver's exception, or None where no operator can mend it: then it is a bug."""
    orig = error.orig if isinstance(error, DBAPIError) else error
    found = _sqlite(orig) if isinstance(orig, sqlite3.Error) else _postgres(orig)
    if found is None:
        return None
    what, remedy = found
    return StoreProblem(what.format(place=place(url)), remedy)


def _sqlite(orig: sqlite3.Error) -> tuple[str, str] | None:
    code = getattr(orig, "sqlite_errorcode", None)  # absent where the module itself refuses, e.g. a closed connection
    return None if code is None else _SQLITE.get(code & 0xFF)


def _postgres(orig: BaseException | None) -> tuple[str, str] | None:
    if not isinstance(orig, psycopg.Error):
        return None
    state = orig.sqlstate
    if state is None:  # refused before the server could say why, or the line broke
        broken = isinstance(orig, psycopg.OperationalError)
        return _refused(str(orig)) if broken else None
    return _POSTGRES.get(state) or _POSTGRES.get(state[:2])


def _refused(message: str) -> tuple[str, str]:
    """A connection that failed carries no SQLSTATE in libpq, only the server's words (English unless lc_messages)."""
    if "password" in message or "authentication" in message or "role" in message:
        return _POSTGRES["28"]
    if "database" in message and "does not exist" in message:
        return _POSTGRES["3D"]
    if "too many clients" in message or "remaining connection slots" in message:
        return _POSTGRES["53"]
    return _POSTGRES["08"]

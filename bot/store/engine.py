"""The database, its threads and its transactions. Hides pragmas, locks, pools and which dialect it is.

SQLite: one thread writes, one after the other, each transaction begun with BEGIN IMMEDIATE so that it never has to be
upgraded half-way; readers have connections and snapshots of their own (WAL). PostgreSQL: a small pool of threads.

What must survive a loss of power: with synchronous=NORMAL a committed SQLite transaction may be lost then (never torn,
never out of order), with FULL it may not. What a feed told can be polled again, so `durable=False` is right for it.
What was claimed for posting, its receipt, and what a person asked for by a command cannot be had again: `durable=True`.
A durable commit also secures every one before it. A killed process loses nothing either way.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from threading import Lock
from typing import Any, Concatenate, ParamSpec, TypeVar

import sqlalchemy as sa
import structlog
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import QueuePool, StaticPool

from bot.store import problems, schema

P = ParamSpec("P")
R = TypeVar("R")
Rows = Sequence[Mapping[str, Any]]

PATIENCE = timedelta(seconds=10)
"""How long to wait for a lock that another process holds. Our own transactions take milliseconds."""

POSTGRES_THREADS = 4
"""Transactions at a time on PostgreSQL: more than one process ever has in flight."""

SQLITE_READERS = 2
"""Reading threads on SQLite: an answer need not wait for a rebuild of the record."""

_STEP = (
    sa.update(schema.counters)
    .where(schema.counters.c.name == "recorded")
    .values(value=schema.counters.c.value + sa.bindparam("step"))
    .returning(schema.counters.c.value)
)

_log = structlog.get_logger("bot.store")


class Dropped:
    """Counts rows that were left out since they did not turn back into what was stored, and logs each."""

    def __init__(self) -> None:
        self.count = 0
        self._lock = Lock()

    def note(self, table: str, key: str, reason: object) -> None:
        """One row left out."""
        with self._lock:
            self.count += 1
        _log.warning("row_dropped", table=table, key=key, reason=str(reason))


@dataclass(frozen=True)
class Transaction:
    """One open transaction: what every verb of the store is handed."""

    conn: Connection
    dropped: Dropped

    def all(self, query: sa.Select[Any], **values: object) -> Sequence[sa.Row[Any]]:
        """Every row; `values` fill the parameters that the query names."""
        return self.conn.execute(query, values).all()

    def add_new(self, table: sa.Table, rows: Rows) -> None:
        """Insert rows; those whose key is there already are left as they are."""
        if rows:
            self.conn.execute(_insert_new(table, self.conn.dialect.name), rows)

    def add_one(self, table: sa.Table, row: Mapping[str, Any]) -> bool:
        """Insert one row; False and no effect where its key is there already."""
        insert = _insert_new(table, self.conn.dialect.name)
        return self.conn.execute(insert, row, execution_options={"preserve_rowcount": True}).rowcount == 1

    def put(self, table: sa.Table, rows: Rows, *, keep: str = "", newest: str = "") -> None:
        """Insert rows or replace those with the same key, but for the column to keep; where a column tells which of
        two rows is newer, an older one replaces nothing."""
        if rows:
            self.conn.execute(_insert_or_replace(table, keep, newest, self.conn.dialect.name), rows)

    def next_numbers(self, how_many: int) -> range:
        """Numbers never given before, rising in order of commit: who asks next waits until this transaction ends."""
        last: int = self.conn.execute(_STEP, {"step": how_many}).scalar_one()
        return range(last - how_many + 1, last + 1)


def _insert(table: sa.Table, dialect: str) -> sqlite.Insert | postgresql.Insert:
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)


@cache
def _insert_new(table: sa.Table, dialect: str) -> sa.Insert:
    return _insert(table, dialect).on_conflict_do_nothing()


@cache
def _insert_or_replace(table: sa.Table, keep: str, newest: str, dialect: str) -> sa.Insert:
    insert = _insert(table, dialect)
    key = [c.name for c in table.primary_key.columns]
    changed = {c.name: insert.excluded[c.name] for c in table.columns if c.name not in (*key, keep)}
    newer = insert.excluded[newest] >= table.c[newest] if newest else None
    return insert.on_conflict_do_update(index_elements=key, set_=changed, where=newer)


class Database:
    """One database and the threads that talk to it."""

    def __init__(self, url: str, patience: timedelta = PATIENCE) -> None:
        self.url = parsed(url)
        self.dropped = Dropped()
        self._engine = _engine(self.url, patience)
        if self._engine.dialect.name == "sqlite":
            self._writer = ThreadPoolExecutor(1, "store-writer")
            in_memory = isinstance(self._engine.pool, StaticPool)
            self._reader = self._writer if in_memory else ThreadPoolExecutor(SQLITE_READERS, "store-reader")
        else:
            self._writer = self._reader = ThreadPoolExecutor(POSTGRES_THREADS, "store")

    async def read(self, verb: Callable[Concatenate[Transaction, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run a verb that changes nothing, in one transaction, in a thread."""
        return await asyncio.get_running_loop().run_in_executor(
            self._reader, lambda: self._run("read", verb, *args, **kwargs)
        )

    async def write(self, verb: Callable[Concatenate[Transaction, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run a verb whose effect may be lost with the power, and can be had again."""
        return await asyncio.get_running_loop().run_in_executor(
            self._writer, lambda: self._run("write", verb, *args, **kwargs)
        )

    async def write_durably(
        self, verb: Callable[Concatenate[Transaction, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Run a verb whose effect survives everything but the loss of the disk."""
        return await asyncio.get_running_loop().run_in_executor(
            self._writer, lambda: self._run("durable", verb, *args, **kwargs)
        )

    async def close(self) -> None:
        """Finish what was begun, release threads and connections. Twice is once."""
        await asyncio.to_thread(self.close_now)

    def close_now(self) -> None:
        """The same, for those without an event loop."""
        self._writer.shutdown(wait=True)
        self._reader.shutdown(wait=True)
        self._engine.dispose()

    @contextmanager
    def transaction(self, begin: str) -> Iterator[Connection]:
        """One transaction in this thread; `begin` is read, write or durable. Problems that a person can mend are
        raised as StoreProblem."""
        try:
            with self._engine.connect().execution_options(begin=begin) as conn, conn.begin():
                yield conn
        except (DBAPIError, sqlite3.Error) as error:  # the latter from our own PRAGMA and BEGIN
            problem = problems.told_by(error, self.url)
            if problem is None:
                raise
            raise problem from error

    def _run(self, begin: str, verb: Callable[Concatenate[Transaction, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        with self.transaction(begin) as conn:
            return verb(Transaction(conn, self.dropped), *args, **kwargs)


def parsed(url: str) -> URL:
    """The URL with our drivers. `sqlite:///file`, `postgresql://...`; the driver's name may stand in it or not."""
    try:
        found = make_url(url)
        backend = found.get_backend_name()
    except (ArgumentError, ValueError):
        found, backend = None, ""
    if found is None or backend not in {"sqlite", "postgresql", "postgres"}:
        raise problems.StoreProblem(
            "the database URL is not understood",
            "write sqlite:///FOLDER/FILE.sqlite3 or postgresql://USER@HOST/NAME",
        )
    return found.set(drivername="sqlite" if backend == "sqlite" else "postgresql+psycopg")


def _engine(url: URL, patience: timedelta) -> Engine:
    milliseconds = int(patience / timedelta(milliseconds=1))
    if url.get_backend_name() == "sqlite":
        return _sqlite_engine(url, milliseconds)
    arguments = {"connect_timeout": 10, "options": f"-c lock_timeout={milliseconds} -c timezone=UTC"}
    return sa.create_engine(url, connect_args=arguments, pool_size=POSTGRES_THREADS, max_overflow=0, pool_pre_ping=True)


def _sqlite_engine(url: URL, milliseconds: int) -> Engine:
    in_memory = url.database in {None, "", ":memory:"}
    engine = sa.create_engine(
        url, poolclass=StaticPool if in_memory else QueuePool, connect_args={"check_same_thread": False}
    )

    @sa.event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # the module begins no transaction of its own: `_begin` does
        # Bytes that are no UTF-8 any more make one row unreadable, not the whole answer.
        connection.text_factory = lambda raw: str(raw, "utf-8", "replace")
        connection.execute(f"PRAGMA busy_timeout={milliseconds}")
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA journal_mode=WAL")  # stays with the file; readers and the writer do not wait

    @sa.event.listens_for(engine, "begin")
    def _begin(conn: Connection) -> None:
        connection: Any = conn.connection.dbapi_connection
        begin = conn.get_execution_options().get("begin", "read")
        if begin == "read":
            connection.execute("BEGIN")
        else:
            connection.execute(f"PRAGMA synchronous={'FULL' if begin == 'durable' else 'NORMAL'}")
            connection.execute("BEGIN IMMEDIATE")

    return engine

"""Every older schema to the newest, row for row; by several processes at once; killed half-way.

`schemas/NNNN.json` holds the rows that a store of that schema held. When a migration is added, the newest schema gets
a file of its own (`python -m tests.edges.schema_rows`), and no older file is ever changed.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy.pool import NullPool

from bot.store import open_store, schema
from bot.store.upgrade import MIGRATIONS, difference
from digests.model import DeliveryState, Relevance
from tests.builders import NOON, a_recorded, an_article, an_intake, at

SCHEMAS = sorted(Path(__file__).with_name("schemas").glob("*.json"))
Rows = Mapping[str, list[dict[str, Any]]]


@contextmanager
def raw(url: str) -> Iterator[sa.Connection]:
    """The database without the store, in one transaction."""
    engine = sa.create_engine(url, poolclass=NullPool)
    with engine.begin() as connection:
        yield connection
    engine.dispose()


def tables_of(connection: sa.Connection) -> sa.MetaData:
    """The tables as they are."""
    found = sa.MetaData()
    found.reflect(connection)
    return found


def value(written: object, dialect: str) -> object:
    """A value of a schema's file: bytes, instants and days are marked."""
    match written:
        case {"utf8": str(text)}:
            return text.encode()
        case {"at": str(instant)}:
            naive = datetime.fromisoformat(instant)
            return naive.replace(tzinfo=UTC) if dialect == "postgresql" else naive
        case {"on": str(day)}:
            return date.fromisoformat(day)
        case _:
            return written


def rows_of(file: Path, dialect: str) -> Rows:
    """What a store of that schema held."""
    written = json.loads(file.read_text(encoding="utf-8"))
    return {t: [{k: value(v, dialect) for k, v in row.items()} for row in rows] for t, rows in written.items()}


def make_old(url: str, file: Path) -> Rows:
    """An old database with its rows."""
    with raw(url) as connection:
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(MIGRATIONS))
        command.upgrade(config, file.stem)
        rows = rows_of(file, connection.dialect.name)
        for table in reversed(tables_of(connection).sorted_tables):
            if table.name != "alembic_version":
                connection.execute(sa.delete(table))
        for table in tables_of(connection).sorted_tables:
            if rows.get(table.name):
                connection.execute(sa.insert(table), rows[table.name])
    return rows


def test_the_code_names_the_newest_migration_and_there_is_a_file_of_rows_for_each() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    scripts = ScriptDirectory.from_config(config)
    assert scripts.get_heads() == [schema.VERSION]
    assert [file.stem for file in SCHEMAS] == sorted(script.revision for script in scripts.walk_revisions())


def test_the_migrations_make_the_tables_that_the_code_describes(store_url: str) -> None:
    open_store(store_url)._db.close_now()
    with raw(store_url) as connection:
        assert difference(connection) == []
        assert set(tables_of(connection).tables) == {*schema.metadata.tables, "alembic_version"}


def test_every_index_that_the_code_describes_is_there(store_url: str) -> None:
    open_store(store_url)._db.close_now()
    with raw(store_url) as connection:
        made = {i.name for t in tables_of(connection).sorted_tables for i in t.indexes}
    assert made == {i.name for t in schema.metadata.sorted_tables for i in t.indexes}


@pytest.mark.parametrize("file", SCHEMAS, ids=lambda file: file.stem)
async def test_an_old_database_keeps_every_row_and_value_on_its_way_to_the_newest(store_url: str, file: Path) -> None:
    before = make_old(store_url, file)
    store = open_store(store_url)
    with raw(store_url) as connection:
        for table in tables_of(connection).sorted_tables:
            if table.name not in before:  # Alembic's own, and what came later
                continue
            after = [dict(row._mapping) for row in connection.execute(sa.select(table))]
            old = before[table.name]
            kept = [{k: row[k] for k in row if not old or k in old[0]} for row in after]
            assert sorted(kept, key=repr) == sorted(old, key=repr), table.name
    await store.close()


@pytest.mark.parametrize("file", SCHEMAS, ids=lambda file: file.stem)
async def test_an_old_database_is_read_whole_by_the_newest_code(store_url: str, file: Path) -> None:
    make_old(store_url, file)
    store = open_store(store_url)
    found = await store.recorded()
    assert [r.article.key for r in found] == ["a1.0", "a1.1"]
    assert [s.span.chars for s in found[0].reading.statements] == ["talks resume", "так"]
    assert found[0].development is not None
    assert found[0].development.compared is not None
    assert found[0].development.compared.span.chars == "What was said before"
    assert found[0].backfill
    irrelevant = await store.article("a2")
    assert irrelevant is not None
    assert irrelevant.reading.relevance is Relevance.NO
    assert {f: s.last_ok_at for f, s in (await store.feed_states()).items()} == {"harbour-post": NOON, "other": NOON}
    assert (await store.told("C1")).stories == {"story-1": NOON}
    line = await store.line("k7f2")
    assert line is not None
    assert line.line.headline.span.chars == "Kremlin says it has seen no new draft of the plan"
    assert [found.line.line_id for found in await store.lines_citing("a1")] == ["k7f2", "k7f2"]
    assert {(d.kind, d.state) for d in await store.deliveries()} == {
        ("alert", DeliveryState.SENT),
        ("digest", DeliveryState.PENDING),
    }
    assert [s.quiet for s in await store.subscriptions()] == [("22:00", "07:00")]
    assert [c.at for c in await store.channels()] == [("08:30",)]
    assert not await store.first_time("Ev1", at(1))
    assert [s.outcome for s in await store.slots("daily", at(0))] == ["posted"]
    assert store.dropped == 0
    await store.close()


@pytest.mark.parametrize("file", SCHEMAS, ids=lambda file: file.stem)
async def test_an_old_database_goes_on_being_written(store_url: str, file: Path) -> None:
    make_old(store_url, file)
    store = open_store(store_url)
    known = [r.seq for r in await store.recorded()]
    [new] = await store.record(an_intake(a_recorded(an_article("later", hours=9))))
    assert new.seq > max(known)
    assert await store.recorded(after_seq=max(known)) == [new]
    await store.close()


def test_opening_twice_changes_nothing_the_second_time(tmp_path: Path) -> None:
    file = tmp_path / "store.sqlite3"
    open_store(f"sqlite:///{file}")._db.close_now()
    before = file.read_bytes()
    open_store(f"sqlite:///{file}")._db.close_now()
    assert file.read_bytes() == before


OPENING = "import sys; from bot.store import open_store; open_store(sys.argv[1])._db.close_now(); print('open')"


def test_several_processes_may_open_a_new_database_at_once(store_url: str, repo: Path) -> None:
    each = [
        subprocess.Popen([sys.executable, "-c", OPENING, store_url], cwd=repo, stdout=subprocess.PIPE, text=True)
        for _ in range(5)
    ]
    assert [process.communicate(timeout=100)[0] for process in each] == ["open\n"] * 5


STOPPED = """
import sys, time
import sqlalchemy as sa
from bot.store import open_store
@sa.event.listens_for(sa.Engine, "before_cursor_execute")
def stop(conn, cursor, statement, *rest):
    if sys.argv[2] in statement:
        print("there", flush=True)
        time.sleep(60)
open_store(sys.argv[1])
"""


@pytest.mark.parametrize("where", ["CREATE TABLE readings", "CREATE TABLE inbound", "INTO alembic_version"])
async def test_an_upgrade_that_is_killed_is_done_by_the_next_start(store_url: str, repo: Path, where: str) -> None:
    script = [sys.executable, "-c", STOPPED, store_url, where]
    with subprocess.Popen(script, cwd=repo, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "there\n"
        process.kill()
    store = open_store(store_url)
    assert await store.recorded() == []
    await store.close()


@pytest.mark.parametrize("url", ["sqlite:///nowhere.sqlite3", "postgresql+psycopg://nobody@nowhere.invalid/brief"])
def test_the_migrations_can_be_printed_as_sql_without_a_database(repo: Path, url: str) -> None:
    options = ["-c", "bot/store/migrations/alembic.ini", "-x", f"url={url}", "upgrade", "head", "--sql"]
    done = subprocess.run(
        [sys.executable, "-m", "alembic", *options], cwd=repo, capture_output=True, text=True, check=True
    )
    for table in schema.metadata.tables:
        assert f"CREATE TABLE {table} (" in done.stdout
    assert ('COLLATE "C"' in done.stdout) == url.startswith("postgresql")
    assert not (repo / "nowhere.sqlite3").exists()


def test_the_migrations_run_by_hand_on_a_url(repo: Path, store_url: str) -> None:
    options = ["-c", "bot/store/migrations/alembic.ini", "-x", f"url={store_url}", "upgrade", "head"]
    subprocess.run([sys.executable, "-m", "alembic", *options], cwd=repo, capture_output=True, check=True)
    with raw(store_url) as connection:
        assert difference(connection) == []

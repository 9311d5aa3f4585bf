"""The store under trouble: killed, locked, full, damaged, racing. All or nothing, one clear error, nothing lost."""

from __future__ import annotations

import itertools
import json
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.pool import NullPool
from structlog.testing import capture_logs

from bot.store import SqlStore, StoreProblem, open_store
from digests.model import DeliveryState, ReviewState
from digests.ports import Follow, Pause, Recorded, Ruling, Store
from tests.builders import (
    NOON,
    a_brief,
    a_channel,
    a_citation,
    a_delivery,
    a_development,
    a_feed_state,
    a_line,
    a_page,
    a_reading,
    a_recorded,
    a_review_item,
    a_statement,
    a_stored_line,
    a_subscription,
    a_told_mark,
    a_version,
    an_article,
    an_entry,
    an_intake,
    at,
)

LEASE = timedelta(minutes=2)


@contextmanager
def raw(url: str) -> Iterator[sa.Connection]:
    """The database behind the store's back, in one transaction."""
    engine = sa.create_engine(url, poolclass=NullPool)
    with engine.begin() as connection:
        yield connection
    engine.dispose()


def change(url: str, statement: str, **values: object) -> None:
    """One statement behind the store's back."""
    with raw(url) as connection:
        assert connection.execute(sa.text(statement), values).rowcount > 0


def run_beside(repo: Path, script: str, *arguments: str) -> subprocess.Popen[str]:
    """A process of the project's own, running a script; its output is a pipe."""
    return subprocess.Popen([sys.executable, "-c", script, *arguments], cwd=repo, stdout=subprocess.PIPE, text=True)


# --- killed -------------------------------------------------------------------------------------------------------

STOPPED_AT = """
import asyncio, sys, time
import sqlalchemy as sa
from bot.store import open_store
from tests.builders import *
url, where = sys.argv[1:]
store = open_store(url)
@sa.event.listens_for(sa.Engine, "before_cursor_execute")
def stop(conn, cursor, statement, *rest):
    if statement.startswith(where):
        print("there", flush=True)
        time.sleep(60)
intake = an_intake(
    a_recorded(), feed_state=a_feed_state(), polled_at=NOON,
    deliveries=[a_delivery()], told=[a_told_mark()], lines=[a_stored_line()],
)
asyncio.run(store.record(intake))
"""

PLACES = ["articles", "readings", "statements", "developments", "seen", "polls", "feeds", "deliveries", "lines", "told"]


@pytest.mark.parametrize("table", PLACES)
async def test_a_process_killed_in_the_middle_of_recording_leaves_nothing(
    store_url: str, repo: Path, table: str
) -> None:
    with run_beside(repo, STOPPED_AT, store_url, f"INSERT INTO {table} ") as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "there\n"
        process.kill()
    store = open_store(store_url)
    assert await store.recorded() == []
    assert await store.seen("harbour-post", ["entry-a1"]) == {}
    assert await store.feed_states() == {}
    assert await store.deliveries() == []
    assert (await store.told("C1")).developments == frozenset()
    assert await store.line("k7f2") is None
    assert len(await store.record(an_intake(a_recorded()))) == 1
    await store.close()


RECORDING = """
import asyncio, sys
from bot.store import open_store
from tests.builders import *
store = open_store(sys.argv[1])
async def main():
    for n in range(100000):
        each = [a_recorded(an_article(f"{n}-{k}", hours=n)) for k in range(20)]
        marks = [a_told_mark(f"d-{n}-{k}.0", delivery_key=f"d{n}") for k in range(20)]
        await store.record(an_intake(*each, deliveries=[a_delivery(f"d{n}")], told=marks))
        print(n, flush=True)
asyncio.run(main())
"""


async def test_a_process_killed_anywhere_leaves_each_intake_whole_or_not_at_all(store_url: str, repo: Path) -> None:
    rng = random.Random(20251125)
    for _ in range(3):
        with run_beside(repo, RECORDING, store_url) as process:
            assert process.stdout is not None
            first = process.stdout.readline()
            time.sleep(rng.uniform(0.02, 0.3))
            process.kill()
            said = [int(line) for line in [first, *process.stdout.readlines()] if line.endswith("\n")]
        store = open_store(store_url)
        articles = Counter(r.article.article_id.partition("-")[0] for r in await store.recorded())
        marks = Counter(d.split("-")[1] for d in (await store.told("C1")).developments)
        owed = {d.key.removeprefix("d") for d in await store.deliveries()}
        assert set(articles.values()) == set(marks.values()) == {20}
        assert set(articles) == set(marks) == owed
        assert {str(n) for n in said} <= set(articles)
        assert store.dropped == 0
        await store.close()


# --- racing -------------------------------------------------------------------------------------------------------

CLAIMING = """
import asyncio, json, random, sys, time
from dataclasses import replace
from datetime import timedelta
from bot.store import open_store
from tests.builders import *
async def main():
    store, done = open_store(sys.argv[1]), []
    idle = 0
    while idle < 20:
        claimed = await store.claim(at(9), 3, timedelta(hours=1))
        idle = 0 if claimed else idle + 1
        began = time.monotonic()
        await asyncio.sleep(random.uniform(0, 0.01))
        for d in claimed:
            done.append([d.key, d.conversation, d.attempts, began, time.monotonic()])
            await store.settle(replace(d, state=DeliveryState.SENT, receipt=d.key))
    await store.close()
    print(json.dumps(done))
asyncio.run(main())
"""


async def test_two_processes_post_every_delivery_once_and_one_at_a_time_a_conversation(
    store: SqlStore, store_url: str, repo: Path
) -> None:
    owed = [a_delivery(f"d{n}", conversation=f"C{n % 9}", hours=n / 1000) for n in range(120)]
    await store.record(an_intake(deliveries=owed))
    posters = [run_beside(repo, CLAIMING, store_url) for _ in range(2)]
    shares = [json.loads(poster.communicate(timeout=100)[0]) for poster in posters]
    done = [one for share in shares for one in share]
    assert sorted(key for key, *_ in done) == sorted(d.key for d in owed)
    assert {attempts for _, _, attempts, *_ in done} == {1}
    assert all(shares), "one process did all the work: they did not race"
    spells = defaultdict(list)
    for _, conversation, _, began, ended in done:
        spells[conversation].append((began, ended))
    for each in spells.values():
        each.sort()
        assert all(before[1] <= after[0] for before, after in itertools.pairwise(each))
    assert {d.state for d in await store.deliveries()} == {DeliveryState.SENT}


RECORDING_THE_SAME = """
import asyncio, sys
from bot.store import open_store
from tests.builders import *
async def main():
    store, new = open_store(sys.argv[1]), 0
    for n in range(60):
        new += len(await store.record(an_intake(a_recorded(an_article(f"a{n}")), deliveries=[a_delivery(f"d{n}")])))
    await store.close()
    print(new)
asyncio.run(main())
"""


async def test_two_processes_that_read_the_same_feed_record_each_article_once(
    store: SqlStore, store_url: str, repo: Path
) -> None:
    readers = [run_beside(repo, RECORDING_THE_SAME, store_url) for _ in range(2)]
    new = [int(reader.communicate(timeout=100)[0]) for reader in readers]
    assert sum(new) == 60
    found = await store.recorded()
    assert len({r.article.article_id for r in found}) == len({r.seq for r in found}) == len(found) == 60
    assert len(await store.deliveries()) == 60


# --- locked -------------------------------------------------------------------------------------------------------

DIGEST = a_delivery("owed")
VERBS: Mapping[str, Callable[[SqlStore], Awaitable[object]]] = {
    "feed_states": lambda s: s.feed_states(),
    "save_feed_state": lambda s: s.save_feed_state(a_feed_state(), NOON, ok=True),
    "seen": lambda s: s.seen("harbour-post", ["entry-a1"]),
    "record": lambda s: s.record(an_intake(a_recorded(an_article("a2")))),
    "regroup": lambda s: s.regroup({"story-1": "story-2"}, {"d-a1.0": "story-3"}),
    "recorded": lambda s: s.recorded(),
    "article": lambda s: s.article("a1"),
    "articles_at": lambda s: s.articles_at("https://harbour-post.example/a1"),
    "coverage": lambda s: s.coverage(at(-1), at(1)),
    "told": lambda s: s.told("C1"),
    "told_marks": lambda s: s.told_marks("C1"),
    "lines_telling": lambda s: s.lines_telling("C1", "d-a1.0", "story-1"),
    "record_brief": lambda s: s.record_brief(a_brief()),
    "last_slot": lambda s: s.last_slot("daily", at(1)),
    "slots": lambda s: s.slots("daily", at(0)),
    "line": lambda s: s.line("k7f2"),
    "lines_of": lambda s: s.lines_of("delivery-1"),
    "lines_on": lambda s: s.lines_on("story-1"),
    "lines_citing": lambda s: s.lines_citing("a1"),
    "follows": lambda s: s.follows(at(9), 5),
    "save_follow": lambda s: s.save_follow(Follow("a1", NOON, at(3))),
    "pauses": lambda s: s.pauses(),
    "pause": lambda s: s.pause(Pause("C1", "is_archived", NOON), [a_delivery("notice")]),
    "resume": lambda s: s.resume("C9"),
    "reviews": lambda s: s.reviews(),
    "report": lambda s: s.report(a_review_item("r2"), an_entry("r2"), [a_delivery("notice")]),
    "rule": lambda s: s.rule(Ruling(replace(a_review_item(), state=ReviewState.APPROVED), an_entry())),
    "audit": lambda s: s.audit(5),
    "audited": lambda s: s.audited(),
    "baselines": lambda s: s.baselines(),
    "save_baseline": lambda s: s.save_baseline(a_version(2), an_entry("2"), [a_delivery("announced")]),
    "subscriptions": lambda s: s.subscriptions(),
    "save_subscription": lambda s: s.save_subscription(a_subscription("s2")),
    "remove_subscription": lambda s: s.remove_subscription("s1"),
    "channels": lambda s: s.channels(),
    "save_channel": lambda s: s.save_channel(a_channel("another")),
    "remove_channel": lambda s: s.remove_channel("daily"),
    "enqueue": lambda s: s.enqueue(a_delivery("another")),
    "claim": lambda s: s.claim(at(1), 5, LEASE),
    "settle": lambda s: s.settle(replace(DIGEST, state=DeliveryState.SENT)),
    "delivery": lambda s: s.delivery("owed"),
    "waiting": lambda s: s.waiting(at(9)),
    "postpone": lambda s: s.postpone(["owed"], at(9)),
    "merge": lambda s: s.merge(a_delivery("merged"), ["owed"]),
    "deliveries": lambda s: s.deliveries(),
    "latest": lambda s: s.latest("C1", "digest"),
    "delivered": lambda s: s.delivered("1764072000.000100", ["C1"]),
    "look": lambda s: s.look("U1", "news", NOON, timedelta(minutes=30)),
    "first_time": lambda s: s.first_time("Ev1", NOON),
    "close": lambda s: s.close(),
}
READS = ["feed_states", "seen", "recorded", "article", "coverage", "told", "last_slot", "slots", "line", "lines_of"]
READS += ["subscriptions", "channels", "deliveries", "articles_at", "lines_telling", "latest", "delivered"]
READS += ["lines_on", "lines_citing", "follows", "pauses", "delivery", "waiting", "reviews", "audit", "audited"]
READS += ["baselines", "told_marks"]
WRITES = [verb for verb in VERBS if verb not in READS and verb != "close"]


def test_every_verb_of_the_port_is_tried_under_a_lock() -> None:
    """Add a new verb to VERBS, and to READS where it changes nothing."""
    assert list(VERBS) == [name for name in vars(Store) if not name.startswith("_")]


@contextmanager
def locked(url: str) -> Iterator[None]:
    """Another program holds the database: SQLite's write lock, or every table of PostgreSQL."""
    engine = sa.create_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        if url.startswith("sqlite"):
            connection.exec_driver_sql("BEGIN EXCLUSIVE")
        else:
            names = ", ".join(sorted(sa.inspect(connection).get_table_names()))
            connection.exec_driver_sql(f"LOCK TABLE {names} IN ACCESS EXCLUSIVE MODE")
        yield
        connection.rollback()
    engine.dispose()


async def filled(url: str, patience: timedelta) -> SqlStore:
    """A store that holds one of each."""
    store = open_store(url, patience)
    await store.record(an_intake(a_recorded(), deliveries=[DIGEST], told=[a_told_mark()], lines=[a_stored_line()]))
    await store.save_subscription(a_subscription())
    await store.save_channel(a_channel())
    return store


def contents(url: str) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    with raw(url) as connection:
        tables = sa.MetaData()
        tables.reflect(connection)
        return {
            t.name: sorted((tuple(r) for r in connection.execute(sa.select(t))), key=repr) for t in tables.sorted_tables
        }


@pytest.mark.parametrize("verb", WRITES)
async def test_a_verb_that_writes_says_that_the_database_is_locked_and_changes_nothing(
    store_url: str, verb: str
) -> None:
    store = await filled(store_url, timedelta(milliseconds=50))
    before = contents(store_url)
    with locked(store_url), pytest.raises(StoreProblem, match=r"is locked by another .*then try again"):
        await VERBS[verb](store)
    assert contents(store_url) == before
    await VERBS[verb](store)
    await store.close()


@pytest.mark.parametrize("verb", READS)
async def test_a_verb_that_reads_answers_while_another_writes(tmp_path: Path, verb: str) -> None:
    url = f"sqlite:///{tmp_path / 'store.sqlite3'}"
    store = await filled(url, timedelta(milliseconds=50))
    with locked(url):
        while_locked = await VERBS[verb](store)
    assert while_locked == await VERBS[verb](store)
    await store.close()


@pytest.mark.parametrize("verb", READS)
async def test_a_verb_that_reads_locked_tables_says_so(postgres_database: str, verb: str) -> None:
    store = await filled(postgres_database, timedelta(milliseconds=50))
    with locked(postgres_database), pytest.raises(StoreProblem, match="is locked by another"):
        await VERBS[verb](store)
    await VERBS[verb](store)
    await store.close()


async def test_a_closed_store_closes_though_the_database_is_locked(store_url: str) -> None:
    store = await filled(store_url, timedelta(milliseconds=50))
    with locked(store_url):
        await VERBS["close"](store)


async def test_a_lock_that_is_let_go_in_time_is_only_waited_for(store_url: str) -> None:
    store = await filled(store_url, timedelta(seconds=20))
    with locked(store_url):
        writing = VERBS["enqueue"](store)
    assert await writing is True
    await store.close()


# --- damaged ------------------------------------------------------------------------------------------------------


async def test_a_text_that_does_not_match_its_hash_is_left_out_counted_and_logged(
    store: SqlStore, store_url: str
) -> None:
    damaged, whole = a_recorded(an_article("a1", title="Ceasefire agreed")), a_recorded(an_article("a2", title="Talks"))
    await store.record(an_intake(damaged, whole))
    sha = damaged.article.texts[next(iter(damaged.article.texts))].sha
    change(store_url, "UPDATE texts SET body = :body WHERE sha = :sha", body=b"Ceasefire denied", sha=sha)
    with capture_logs() as logs:
        found = await store.recorded()
    assert [r.article.article_id for r in found] == ["a2"]
    assert [(entry["event"], entry["table"]) for entry in logs] == [
        ("row_dropped", "texts"),
        ("row_dropped", "articles"),
    ]
    assert store.dropped == 2
    assert await store.article("a1") is None


async def test_a_statement_whose_span_does_not_fit_is_left_out_and_its_article_stays(
    store: SqlStore, store_url: str
) -> None:
    article = an_article()
    spoken = (a_statement(article, words="Russia"), a_statement(article, words="Peskov"))
    await store.record(an_intake(Recorded(article, a_reading(article, statements=spoken), a_development(article))))
    span = json.dumps({"t": spoken[0].span.text.sha, "s": 90, "e": 900})
    broken = json.dumps({"statement_id": "x"})[:-1] + f', "span": {span}}}'
    change(store_url, "UPDATE statements SET body = :body WHERE place = 0", body=broken)
    [back] = await store.recorded()
    assert back.reading.statements == spoken[1:]
    assert back.development is not None
    assert store.dropped == 1


async def test_an_article_whose_development_cannot_be_read_stays_on_record_untold(
    store: SqlStore, store_url: str
) -> None:
    article, before = an_article(), an_article("a0", title="What was said before")
    compared = a_development(article, compared=a_citation(before))
    await store.record(an_intake(Recorded(article, a_reading(article), compared)))
    sha = a_citation(before).span.text.sha
    change(store_url, "DELETE FROM texts WHERE sha = :sha", sha=sha)
    [back] = await store.recorded()
    assert (back.article, back.development) == (article, None)
    assert store.dropped == 1


async def test_a_page_that_cannot_be_read_back_fails_visibly_and_its_conversation_goes_on(
    store: SqlStore, store_url: str
) -> None:
    page = a_page(a_line(article=an_article("a1", title="Ceasefire agreed", lead="")))
    owed = [a_delivery("damaged", page=page), a_delivery("next", hours=1, page=a_page(a_line()))]
    await store.record(an_intake(deliveries=owed, told=[a_told_mark("d1", delivery_key="damaged")]))
    sha = an_article(title="Ceasefire agreed").texts[next(iter(an_article().texts))].sha
    change(store_url, "UPDATE texts SET body = :body WHERE sha = :sha", body=b"Ceasefire denied", sha=sha)
    assert await store.claim(at(2), 10, LEASE) == []
    assert (await store.told("C1")).developments == frozenset()
    assert [d.key for d in await store.claim(at(2), 10, LEASE)] == ["next"]
    with raw(store_url) as connection:
        row = connection.execute(sa.text("SELECT state, note FROM deliveries WHERE key = 'damaged'")).one()
    assert tuple(row) == ("failed", "stored page is damaged")


@pytest.mark.parametrize("table", ["articles", "readings", "statements", "developments", "lines", "deliveries"])
@pytest.mark.parametrize("body", ["", "{", "[]", "null", "{}", '{"texts": {"title": {"t": 1}}}'])
async def test_a_body_that_is_no_noun_is_left_out(store: SqlStore, store_url: str, table: str, body: str) -> None:
    written = an_intake(a_recorded(), deliveries=[a_delivery()], lines=[a_stored_line()])
    await store.record(written)
    change(store_url, f"UPDATE {table} SET body = :body", body=body)  # noqa: S608 - a name of the list above
    await store.recorded()
    await store.article("a1")
    await store.deliveries()
    await store.line("k7f2")
    assert store.dropped > 0


async def test_bytes_that_are_no_text_any_more_cost_one_row_alone(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'store.sqlite3'}"
    store = open_store(url)
    await store.record(an_intake(a_recorded(an_article("a1")), a_recorded(an_article("a2"))))
    broken = "UPDATE articles SET body = CAST(x'7bff' || body AS TEXT) WHERE article_id = 'a1'"
    change(url, broken)
    assert [r.article.article_id for r in await store.recorded()] == ["a2"]
    await store.close()


# --- full, unwritable, not ours -----------------------------------------------------------------------------------


async def test_a_full_disk_is_said_and_what_was_stored_is_whole(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'store.sqlite3'}"
    store = await filled(url, timedelta(seconds=1))
    await store.close()

    def fill(connection: Any, _: object) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count={pages}")

    before = contents(url)
    sa.event.listen(sa.Engine, "connect", fill)
    try:
        full = open_store(url)
        long = a_recorded(an_article("long", text="A long page. " * 5000))
        with pytest.raises(StoreProblem, match=r"disk of .*store\.sqlite3 is full: free some space"):
            await full.record(an_intake(long, deliveries=[a_delivery("never")]))
        assert len(await full.recorded()) == 1
        await full.close()
    finally:
        sa.event.remove(sa.Engine, "connect", fill)
    assert contents(url) == before
    again = open_store(url)
    assert len(await again.record(an_intake(long))) == 1
    await again.close()


def test_a_file_that_is_not_a_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("These are my notes.\n" * 300)
    with pytest.raises(StoreProblem, match=r"notes\.txt is not a database: name another file"):
        open_store(f"sqlite:///{file}")
    assert file.read_text() == "These are my notes.\n" * 300
    assert [f.name for f in tmp_path.iterdir()] == ["notes.txt"]


def test_a_database_of_another_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "places.sqlite"
    with sqlite3.connect(file) as other:
        other.execute("CREATE TABLE moz_places (url TEXT)")
    other.close()
    with pytest.raises(StoreProblem, match=r"holds tables of another program \(moz_places\)"):
        open_store(f"sqlite:///{file}")
    with sqlite3.connect(file) as other:
        assert [name for (name,) in other.execute("SELECT name FROM sqlite_master")] == ["moz_places"]
    other.close()


def test_tables_of_ours_without_a_version_are_not_taken_over(store_url: str) -> None:
    with raw(store_url) as connection:
        connection.execute(sa.text("CREATE TABLE articles (headline TEXT)"))
    with pytest.raises(StoreProblem, match=r"another program \(articles\)"):
        open_store(store_url)


async def test_a_database_that_another_program_shares_is_used_beside_it(postgres_database: str) -> None:
    with raw(postgres_database) as connection:
        connection.execute(sa.text("CREATE TABLE invoices (total INT)"))
    store = open_store(postgres_database)
    await store.record(an_intake(a_recorded()))
    await store.close()


def test_a_newer_database_is_refused_and_left_alone(store_url: str) -> None:
    open_store(store_url)._db.close_now()
    change(store_url, "UPDATE alembic_version SET version_num = '9999'")
    before = contents(store_url)
    with pytest.raises(StoreProblem, match=r"newer version of the bot \(schema 9999.*update the bot, or restore"):
        open_store(store_url)
    assert contents(store_url) == before


def test_a_missing_folder_is_made(tmp_path: Path) -> None:
    open_store(f"sqlite:///{tmp_path}/data/of/the/bot/brief.sqlite3")._db.close_now()
    assert (tmp_path / "data/of/the/bot/brief.sqlite3").is_file()


@pytest.mark.parametrize("where", ["file/brief.sqlite3", "file/below/brief.sqlite3", "folder"])
def test_a_path_that_cannot_hold_a_file_is_refused(tmp_path: Path, where: str) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "folder").mkdir()
    with pytest.raises(StoreProblem, match=r"cannot be (made|opened).*: .*folder"):
        open_store(f"sqlite:///{tmp_path / where}")


OPENING = """
import os, sys
from bot.store import StoreProblem, open_store
if os.geteuid() == 0:
    os.setegid(65534)
    os.seteuid(65534)  # nobody: root may write everywhere
try:
    open_store(sys.argv[1])
except StoreProblem as problem:
    print(problem)
"""


@pytest.mark.parametrize("what", ["folder", "file"])
def test_a_path_that_may_not_be_written_is_refused(repo: Path, what: str) -> None:
    with tempfile.TemporaryDirectory(prefix="brief-ro-") as name:  # pytest's own folder is closed to other accounts
        folder = Path(name)
        if what == "file":
            open_store(f"sqlite:///{folder}/brief.sqlite3")._db.close_now()
            (folder / "brief.sqlite3").chmod(0o444)
        folder.chmod(0o555)
        done = run_beside(repo, OPENING, f"sqlite:///{folder}/brief.sqlite3").communicate(timeout=60)[0]
        folder.chmod(0o755)
    assert "writable for the account that runs the bot" in done


@pytest.mark.parametrize("url", ["", "brief.sqlite3", "mysql://u:secret@h/d", "sqlite", "postgresql//h/secret"])
def test_a_url_that_is_none_is_refused_with_an_example(url: str) -> None:
    with pytest.raises(StoreProblem, match=r"write sqlite:///FOLDER/FILE\.sqlite3 or postgresql://") as raised:
        open_store(url)
    assert "secret" not in str(raised.value)


def test_a_server_that_is_not_there_is_said_without_the_password(tmp_path: Path) -> None:
    with pytest.raises(StoreProblem, match=r"cannot be reached: start the server") as raised:
        open_store(f"postgresql://bot:secret@/brief?host={tmp_path}")
    assert "secret" not in str(raised.value)


def test_a_database_that_does_not_exist_is_said(postgres_url: str) -> None:
    with pytest.raises(StoreProblem, match=r"does not exist: create it with `createdb`"):
        open_store(postgres_url.replace("/postgres?", "/nowhere?"))


async def test_a_server_that_hung_up_is_called_again(postgres_database: str) -> None:
    store = await filled(postgres_database, timedelta(seconds=5))
    others = "datname = current_database() AND pid <> pg_backend_pid()"
    with raw(postgres_database) as connection:
        hang_up = f"SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE {others}"  # noqa: S608
        assert connection.execute(sa.text(hang_up)).scalar_one() >= 1
    assert len(await store.recorded()) == 1
    await store.close()


def test_a_problem_names_what_and_remedy_apart() -> None:
    problem = StoreProblem("the disk is full", "free some space")
    assert (problem.what, problem.remedy, str(problem)) == (
        "the disk is full",
        "free some space",
        "the disk is full: free some space",
    )

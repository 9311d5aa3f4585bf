"""A backup is whole, is taken from a database in use, and replaces nothing."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.store import SqlStore, StoreProblem, open_store
from bot.store.backup import back_up
from tests.builders import a_recorded, an_article, an_intake


async def a_store(folder: Path) -> tuple[SqlStore, str]:
    url = f"sqlite:///{folder / 'brief.sqlite3'}"
    store = open_store(url)
    await store.record(an_intake(a_recorded(an_article("a1", title="Talks"))))
    return store, url


async def test_a_backup_of_a_database_in_use_holds_all_that_was_recorded(tmp_path: Path) -> None:
    store, url = await a_store(tmp_path)
    size = back_up(url, tmp_path / "copies" / "one.db")  # the store is open: its last words are in the WAL alone
    assert size == (tmp_path / "copies" / "one.db").stat().st_size
    again = open_store(f"sqlite:///{tmp_path / 'copies' / 'one.db'}")
    assert await again.recorded() == await store.recorded()
    assert [r.article.article_id for r in await again.recorded()] == ["a1"]
    await again.close()
    await store.close()


async def test_what_is_written_while_the_copy_is_made_harms_neither(tmp_path: Path) -> None:
    store, url = await a_store(tmp_path)
    for number in range(2, 40):
        text = f"Talks number {number}. " + "A sentence of the talks. " * 2000
        await store.record(an_intake(a_recorded(an_article(f"a{number}", title=f"Talks {number}", text=text))))
    copying = asyncio.to_thread(back_up, url, tmp_path / "copy.db")
    writing = store.record(an_intake(a_recorded(an_article("late", title="Late"))))
    await asyncio.gather(copying, writing)
    again = open_store(f"sqlite:///{tmp_path / 'copy.db'}")
    assert {r.article.article_id for r in await again.recorded()} >= {f"a{n}" for n in range(1, 40)}
    assert len(await store.recorded()) == 40
    await again.close()
    await store.close()


async def test_a_backup_replaces_nothing_and_leaves_nothing_half_done(tmp_path: Path) -> None:
    store, url = await a_store(tmp_path)
    (tmp_path / "kept.db").write_text("mine", encoding="utf-8")
    with pytest.raises(StoreProblem, match="is there already"):
        back_up(url, tmp_path / "kept.db")
    assert (tmp_path / "kept.db").read_text(encoding="utf-8") == "mine"
    with pytest.raises(StoreProblem, match="cannot be written"):
        back_up(url, tmp_path / "kept.db" / "below-a-file.db")
    assert not list(tmp_path.glob("*.unfinished"))
    await store.close()


async def test_a_damaged_database_gives_no_backup(tmp_path: Path) -> None:
    store, url = await a_store(tmp_path)
    await store.close()
    file = tmp_path / "brief.sqlite3"
    body = bytearray(file.read_bytes())
    body[4096:8192] = b"\xff" * 4096
    file.write_bytes(body)
    with pytest.raises(StoreProblem, match="damaged"):
        back_up(url, tmp_path / "copy.db")
    assert {p.name for p in tmp_path.iterdir()} <= {"brief.sqlite3", "brief.sqlite3-wal", "brief.sqlite3-shm"}


@pytest.mark.parametrize(
    ("url", "word"),
    [
        ("sqlite:///no/such/file.db", "is not there"),
        ("sqlite://", "is not there"),
        ("postgresql://user@localhost/brief", "is not a file"),
        ("what is this", "not understood"),
    ],
)
def test_what_cannot_be_copied_is_said(url: str, word: str, tmp_path: Path) -> None:
    with pytest.raises(StoreProblem, match=word) as refused:
        back_up(url, tmp_path / "copy.db")
    assert refused.value.remedy


def test_a_copy_is_one_file(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "live.db")) as live:
        live.execute("PRAGMA journal_mode=WAL")
        live.execute("CREATE TABLE t (x)")
        live.commit()
        back_up(f"sqlite:///{tmp_path / 'live.db'}", tmp_path / "copy.db")
    with closing(sqlite3.connect(tmp_path / "copy.db")) as copy:
        assert copy.execute("SELECT name FROM sqlite_master").fetchall() == [("t",)]
    assert not list(tmp_path.glob("copy.db-*"))

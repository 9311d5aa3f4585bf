"""Fixtures of the edges' tests: an empty store on each database that the bot runs on. Hides how each is made."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.store import SqlStore, open_store


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database; a test that asks for it runs once on each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'store.sqlite3'}"
    found: str = request.getfixturevalue("postgres_database")
    return found


@pytest.fixture
async def store(store_url: str) -> AsyncIterator[SqlStore]:
    """An open, empty store."""
    opened = open_store(store_url)
    yield opened
    await opened.close()

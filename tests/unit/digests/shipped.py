"""The shipped configuration and what is built from it once, and a short way to read and judge invented articles."""

from __future__ import annotations

from functools import cache

import config
from digests.model import Development, Directory, Reading
from digests.novelty import Known
from digests.ports import Recorded
from digests.reading import Reader
from tests.builders import an_article
from tests.conftest import REPO


@cache
def shipped() -> config.Config:
    """The configuration of the tree."""
    return config.load(REPO / "config")


def directory() -> Directory:
    """Its directory."""
    return shipped().directory


@cache
def reader() -> Reader:
    """A reader of it."""
    return Reader(directory())


def known() -> Known:
    """A memory that holds the shipped baseline and nothing else."""
    baseline = shipped().baseline
    return Known(directory(), baseline, reader().read(baseline.article).statements)


def read(title: str, lead: str = "", *, article_id: str = "", hours: float = 0.0, revision: int = 0) -> Reading:
    """An invented article, read. Its id is its title unless one is given."""
    name = article_id or title
    return reader().read(an_article(name, title=title, lead=lead, hours=hours, revision=revision, feed_id=name))


def tell(memory: Known, *readings: Reading) -> list[Development]:
    """Judge and add, one after the other."""
    found = []
    for reading in readings:
        development = memory.take(reading)
        memory.add(Recorded(reading.article, reading, development))
        found.append(development)
    return found

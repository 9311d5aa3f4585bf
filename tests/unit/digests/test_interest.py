"""Which pages are worth fetching, from what a feed gives."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from digests import reading
from digests.interest import Interest
from digests.model import Article, Directory, Entry, Feed, Source, SourceClass
from tests.unit.digests import shipped

NOON = datetime(2025, 11, 25, 12, tzinfo=UTC)
OFFICIAL = Source("record", "A Record", SourceClass.OFFICIAL, "record", "united-states")
PAPER = Source("paper", "A Paper", SourceClass.INDEPENDENT, "paper")


@pytest.fixture(scope="module")
def directory() -> Directory:
    return replace(shipped.directory(), sources=(*shipped.directory().sources, OFFICIAL, PAPER))


def an_item(title: str, source: Source, summary: str = "") -> Article:
    feed = Feed(f"{source.id}-feed", source.id, "https://a.example/feed", "en")
    return reading.article_of(Entry("1", title, summary, "https://a.example/1"), feed, source, NOON)


def test_a_headline_about_the_talks_is_followed_whoever_writes_it(directory: Directory) -> None:
    assert Interest(directory).in_page(an_item("Envoys meet in Geneva on peace plan for Ukraine", PAPER))


def test_a_bare_headline_of_an_official_is_followed_where_it_names_somebody_watched(directory: Directory) -> None:
    title = "Press Secretary Karoline Leavitt on the remaining details"
    assert Interest(directory).in_page(an_item(title, OFFICIAL, "Statement on X, 25 November 2025"))
    assert not Interest(directory).in_page(an_item(title, PAPER, "Statement on X, 25 November 2025"))


def test_an_official_who_says_what_it_is_about_is_taken_at_his_word(directory: Directory) -> None:
    lead = "Press Secretary Karoline Leavitt spoke about the turkey pardon, the ballroom and the parade. " * 3
    assert not Interest(directory).in_page(an_item("Remarks by Press Secretary Karoline Leavitt", OFFICIAL, lead))


def test_a_bare_headline_that_names_nobody_is_left_alone(directory: Directory) -> None:
    assert not Interest(directory).in_page(an_item("Schedule for the week", OFFICIAL))

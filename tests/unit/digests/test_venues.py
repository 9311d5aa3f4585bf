"""Where the talks are held is learnt from reports, and then naming the place is speaking of the talks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from digests.model import Article, Part, Relevance
from digests.reading import Reader
from digests.text import as_given
from digests.venues import LASTS, Venues
from tests.unit.digests.shipped import directory

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
READER = Reader(directory())


def report(title: str, lead: str, publisher: str = "a", at: datetime = NOON, language: str = "en") -> Article:
    name = f"{publisher}-{at:%d%H%M}-{len(title)}"
    texts = {Part.TITLE: as_given(title), Part.DESCRIPTION: as_given(lead)}
    return Article(name, publisher, publisher, name, f"https://{publisher}.example/{name}", language, at, texts)


def learnt(*articles: Article) -> Venues:
    venues = Venues(directory())
    for article in articles:
        venues.add(READER.read(article))
    return venues


TALKS = ("Ukraine peace talks open by the sea", "Delegations of Russia and Ukraine met for talks in Split on Monday.")
AFTER = NOON + timedelta(hours=1)


def test_a_place_counts_once_two_publishers_reported_talks_there() -> None:
    assert learnt(report(*TALKS)).at(AFTER) == ()
    assert learnt(report(*TALKS), report(*TALKS, publisher="a", at=NOON + timedelta(minutes=5))).at(AFTER) == ()
    assert learnt(report(*TALKS), report(*TALKS, publisher="b")).at(AFTER) == ("split",)


def test_reports_of_one_moment_do_not_know_of_each_other() -> None:
    assert learnt(report(*TALKS), report(*TALKS, publisher="b")).at(NOON) == ()


def test_a_place_is_forgotten_after_some_days() -> None:
    venues = learnt(report(*TALKS), report(*TALKS, publisher="b"))
    assert venues.at(NOON + LASTS) == ("split",)
    assert venues.at(NOON + LASTS + timedelta(minutes=1)) == ()


def test_capitals_of_those_who_negotiate_and_places_of_the_war_are_no_venues() -> None:
    lead = "Delegations met for talks in Moscow; then for talks in Kharkiv region, and for talks in Paris on Monday."
    title = "Ukraine peace talks go on"
    assert learnt(report(title, lead), report(title, lead, publisher="b")).at(AFTER) == ()


def test_a_name_that_inflects_is_known_by_its_stem() -> None:
    lead = "Делегации США и Украины провели переговоры в Любляне."
    title = "Начались мирные переговоры по Украине"
    there = learnt(report(title, lead, language="ru"), report(title, lead, publisher="b", language="ru")).at(AFTER)
    assert there == ("люблян*",)
    later = report("Песков: в Любляну никто не едет", "", publisher="c", at=AFTER, language="ru")
    assert READER.relevance(later) is not Relevance.YES
    assert READER.relevance(later, there) is Relevance.YES


def test_a_text_named_after_its_place_is_about_the_talks() -> None:
    later = report("Putin says Split text could be a foundation", "He spoke on Friday.", at=AFTER)
    assert READER.relevance(later) is not Relevance.YES
    assert READER.relevance(later, ("split",)) is Relevance.YES


def test_a_place_alone_is_not_about_the_talks() -> None:
    assert (
        READER.relevance(report("Split opens its film festival", "Guests came from Italy."), ("split",)) is Relevance.NO
    )

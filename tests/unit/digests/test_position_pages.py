"""Where an actor stands, as it is read: the newest words, what was said before them, and nobody's words twice."""

from __future__ import annotations

from digests import position_pages, positions
from tests.builders import at
from tests.unit.digests.newsstand import Newsstand, directory, setting, text_of

NEWEST = "Russia will not accept European troops in Ukraine, Foreign Minister Sergei Lavrov said on Thursday."
SAME_DAY = "Lavrov said on Thursday that foreign soldiers in Ukraine would be a target for the Russian army."
AGAIN = "Foreign Minister Sergei Lavrov said on Thursday that Russia will not accept European troops in Ukraine."
BEFORE = "Russia sees no need for a foreign contingent in Ukraine, Lavrov said on Tuesday in Moscow."


def a_page(stand: Newsstand, actor: str = "russia") -> str:
    said = [s for r in stand.recorded for s in r.reading.statements]
    seen = {r.article.article_id: r.article.seen_at for r in stand.recorded}
    held = positions.position(actor, said, stand.baseline, directory(), at(96), seen_at=seen)
    articles = {r.article.key: r for r in stand.recorded}
    return text_of(position_pages.position(held, "UTC", setting(), articles))


def a_stand() -> Newsstand:
    stand = Newsstand()
    stand.prints("Lavrov on foreign troops in Ukraine", BEFORE, outlet="north-paper", hours=1)
    stand.prints("Lavrov on the peace plan for Ukraine", SAME_DAY, outlet="harbour-wire", hours=49)
    stand.prints("Lavrov on European troops in Ukraine", AGAIN, outlet="south-paper", hours=50)
    stand.prints("Lavrov on troops in Ukraine", NEWEST, outlet="north-paper", hours=51)
    return stand


def test_what_was_said_before_stands_below_the_newest_however_many_outlets_tell_the_newest() -> None:
    page = a_page(a_stand())
    shown = page[page.index("foreign troops") :]
    assert shown.index("now") < shown.index(NEWEST) < shown.index("before") < shown.index(BEFORE)


def test_the_same_words_of_one_day_stand_once() -> None:
    page = a_page(a_stand())
    assert NEWEST in page
    assert AGAIN not in page
    assert page.index("the same day") < page.index(SAME_DAY) < page.index(BEFORE)


def test_own_words_are_not_shown_as_those_of_others_too() -> None:
    stand = Newsstand()
    stand.prints("Lavrov to meet Witkoff on peace plan - Kremlin", "The peace plan for Ukraine is on the table.")
    assert {s.actor_id for s in stand.recorded[0].reading.statements} == {"russia", "united-states"}
    assert a_page(stand).count("Lavrov to meet Witkoff") == 1


def test_a_headline_gives_way_to_its_own_sentence_that_says_it_in_full() -> None:
    stand = Newsstand()
    lead = (
        "Russia would not accept European troops in Ukraine, Foreign Minister Sergei Lavrov said on Tuesday in Moscow."
    )
    stand.prints("Russia would not accept European troops in Ukraine, Lavrov says", lead, outlet="north-paper")
    page = a_page(stand)
    assert lead in page
    assert "Lavrov says" not in page

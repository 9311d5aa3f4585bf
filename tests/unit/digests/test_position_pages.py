"""Where an actor stands, as it is read: the newest words, what was said before them, and nobody's words twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from digests import position_pages, positions, rows, standpoints
from digests.model import Held, Kind
from digests.ports import Recorded
from digests.text import as_given
from tests.builders import a_citation, a_reading, a_statement, an_article, at
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


PESKOV = "“We have seen no peace plan for Ukraine yet,” Kremlin spokesman Dmitry Peskov said on Tuesday."
USHAKOV = "“The peace plan for Ukraine is a basis for talks,” Kremlin aide Yuri Ushakov told reporters on Tuesday."


def test_everybody_who_spoke_that_day_stands_before_a_second_sentence_of_one_article() -> None:
    stand = Newsstand()
    stand.prints("Peskov on the peace plan for Ukraine", PESKOV, outlet="north-paper", hours=1)
    more = f"{USHAKOV} Ushakov said that the talks on the peace plan for Ukraine would go on in Moscow."
    stand.prints("Kremlin aide speaks of peace plan talks", more, outlet="south-paper", hours=2)
    page = a_page(stand)
    shown = page[page.index("process of the talks") :]
    assert shown.index("now") < shown.index(USHAKOV) < shown.index("the same day") < shown.index(PESKOV)


def test_own_words_of_the_day_stand_before_a_papers_account_of_a_meeting() -> None:
    stand = Newsstand()
    stand.prints("Peskov on the peace plan for Ukraine", PESKOV, outlet="north-paper", hours=1)
    meeting = "President Vladimir Putin received Viktor Orban on Tuesday and spoke of the peace plan for Ukraine."
    stand.prints("Putin receives Orban", meeting, outlet="south-paper", hours=5)
    page = a_page(stand)
    shown = page[page.index("process of the talks") :]
    assert shown.index("now") < shown.index(PESKOV)
    assert meeting not in shown[: shown.index(PESKOV)]


def test_words_that_stand_under_one_issue_are_named_under_the_next() -> None:
    stand = Newsstand()
    both = "Russia will accept neither foreign troops in Ukraine nor Ukraine in NATO, Sergei Lavrov said on Tuesday."
    stand.prints("Lavrov on the peace plan for Ukraine", both, outlet="north-paper", hours=1)
    page = a_page(stand)
    assert page.count(both) == 1
    assert "now · the words shown under NATO membership" in page


def test_a_speaker_whom_the_words_name_is_not_put_before_them_in_brackets() -> None:
    span = as_given("The Ukrainian delegation affirmed that its concerns were addressed.").span(0, 67)
    cited = replace(a_citation(), span=span, speaker="Ukrainian delegation", speaker_in_span=False)
    [quoted, *_] = rows.evidence((cited,), setting())
    assert quoted.pieces == (span,)
    [other, *_] = rows.evidence((replace(cited, speaker="Andriy Yermak"),), setting())
    assert len(other.pieces) == 2


@pytest.mark.parametrize(("issue", "first"), [("process", "words"), ("territory", "deed")])
def test_a_later_deed_is_a_position_but_in_the_process_of_the_talks(issue: str, first: str) -> None:
    said, done = (
        an_article(name, title="", lead="", text=f"These are the {name} of that day.") for name in ("words", "deed")
    )
    words = a_statement(said, words="These are the words of that day.", issues=(issue,), said_on=date(2025, 11, 24))
    deed = a_statement(
        done, words="These are the deed of that day.", issues=(issue,), said_on=date(2025, 11, 25), kind=Kind.ACTION
    )
    held = Held(issue, (deed, words), (), None, None)
    recorded = {a.key: Recorded(a, a_reading(a), None) for a in (said, done)}
    found = standpoints.of(held, setting(), recorded)
    assert [x.citation.article_id for x in found] == [first, "deed" if first == "words" else "words"]
    assert [x.label for x in found] == ["position.now", "position.done" if first == "words" else "position.before"]
    assert standpoints.last_said(held) is (words if first == "words" else deed)

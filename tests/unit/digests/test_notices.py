"""What publishers say of their own corrections is found, and nothing else is taken for it."""

from __future__ import annotations

import pytest

from digests import notices, text
from digests.model import Part
from tests.builders import an_article


@pytest.mark.parametrize(
    "notice",
    [
        "Correction: the plan has 19 points, not 20.",
        "CORRECTION (26 Nov): a name was misspelt.",
        "This article was amended on 26 November 2025 to correct a figure.",
        "This story has been corrected to show that the talks lasted two days.",
        "An earlier version of this article misstated the number of points.",
        "A previous version of this report named the wrong minister.",
        "The headline has been corrected.",
        "Korrektur: Der Plan hat 19 Punkte.",
        "Sprostowanie: plan ma 19 punktów.",
        "Исправление: в плане 19 пунктов.",
        "В предыдущей версии этого материала была ошибка.",
        "Виправлення: у плані 19 пунктів.",
    ],
)
def test_a_correction_is_found_wherever_it_stands(notice: str) -> None:
    for body in (f"{notice}\nThe talks went on.", f"The talks went on. They end soon.\n{notice}"):
        found = notices.notice_in(text.record(body))
        assert found is not None
        assert found.chars == notice


@pytest.mark.parametrize(
    "words",
    [
        "The article of the constitution was amended by parliament.",
        "An earlier version of the peace plan had 28 points.",
        "Updated at 10:30 with comments from Kyiv.",
        "Markets await a correction.",
        "He corrected the minister.",
        "A previous version of the draft was rejected.",
    ],
)
def test_changes_of_the_world_are_no_corrections_of_the_text(words: str) -> None:
    assert notices.notice_in(text.record(words)) is None


def test_a_notice_is_shown_to_the_end_of_its_paragraph() -> None:
    notice = "Correction: an earlier version gave the wrong number of points. The plan has 19, not 20."
    found = notices.notice_in(text.record(f"The talks went on.\n{notice}\nThey end soon."))
    assert found is not None
    assert found.chars == notice


def test_a_paragraph_that_goes_on_too_long_ends_with_a_whole_sentence() -> None:
    notice = "Correction: the plan has 19 points. " + "The delegations met once more in the city. " * 20
    found = notices.notice_in(text.record(notice))
    assert found is not None
    assert len(found.chars) <= notices.LONGEST
    assert found.chars.endswith("in the city.")


def test_only_a_notice_that_came_with_the_revision_is_an_added_one() -> None:
    notice = "Correction: the plan has 19 points, not 20."
    before, after = an_article(text="The talks went on."), an_article(text=f"The talks went on.\n{notice}", revision=1)
    found = notices.added(before, after)
    assert found is not None
    assert (found[0], found[1].chars) == (Part.TEXT, notice)
    assert notices.added(after, an_article(text=f"The talks ended.\n{notice}", revision=2)) is None

"""What stands behind a line: the sentences beside it, every other wording, each report once, what came later."""

from __future__ import annotations

from collections.abc import Sequence

from digests import backing
from digests.backing import Record, around
from digests.model import Citation, Line, Part
from digests.ports import Recorded
from tests.builders import a_citation, a_fault, a_line, an_article
from tests.unit.digests.newsstand import LEAVITT, LEAVITT_LEAD, TROOPS, TROOPS_LEAD, Newsstand, directory

BASELINE = an_article("baseline", title="", lead="", text=a_fault().span.text.body)
THREE = "The talks go on. Lavrov said on Tuesday that Moscow would not accept troops. He spoke in Moscow."


def a_record(recorded: Sequence[Recorded]) -> Record:
    return Record({r.article.key: r for r in recorded}, BASELINE, (), directory())


def a_cited(words: str, part: Part, text: str = THREE) -> tuple[Citation, Record]:
    article = an_article("x", title="Lavrov speaks", lead="", text=text)
    citation = a_citation(article, words=words, part=part)
    return citation, Record({}, article, (), directory())  # the record finds the baseline's own text by its id


def first_line(stand: Newsstand) -> Line:
    return stand.digest().lines[0]


def test_a_sentence_stands_between_the_one_before_and_the_one_after() -> None:
    citation, record = a_cited("Lavrov said on Tuesday that Moscow would not accept troops.", Part.TEXT)
    cited = around(citation, record)
    assert cited.before is not None
    assert cited.after is not None
    assert (cited.before.chars, cited.after.chars) == ("The talks go on.", "He spoke in Moscow.")
    assert not cited.missing


def test_the_first_sentence_has_none_before_it_and_the_last_none_after() -> None:
    first, record = a_cited("The talks go on.", Part.TEXT)
    last, _ = a_cited("He spoke in Moscow.", Part.TEXT)
    assert around(first, record).before is None
    assert around(last, record).after is None


def test_a_headline_stands_alone() -> None:
    citation, record = a_cited("Lavrov speaks", Part.TITLE)
    cited = around(citation, record)
    assert (cited.before, cited.after, cited.missing) == (None, None, False)


def test_a_text_that_is_no_longer_at_hand_is_said_to_be_missing() -> None:
    citation, _ = a_cited("The talks go on.", Part.TEXT)
    assert around(citation, a_record([])).missing


def test_every_report_of_the_happening_counts_once_and_publishers_apart_from_origins() -> None:
    stand = Newsstand()
    stand.prints(TROOPS, TROOPS_LEAD, outlet="north-paper")
    stand.prints(TROOPS, TROOPS_LEAD, outlet="seine-post", hours=1)
    behind = backing.of_line(first_line(stand), a_record(stand.recorded))
    assert [r.recorded.article.source_id for r in behind.reports] == ["north-paper", "seine-post"]
    assert behind.publishers == 2
    assert behind.origins == 1, "the same words in two papers come from one origin"
    assert [r.copy for r in behind.reports] == [False, True]


def test_a_later_text_of_the_same_article_is_counted_and_never_another_report() -> None:
    stand = Newsstand()
    stand.prints(TROOPS, TROOPS_LEAD, outlet="north-paper", name="running")
    line = first_line(stand)
    stand.prints(TROOPS, TROOPS_LEAD + " It rained.", outlet="north-paper", name="running", hours=2, revision=1)
    behind = backing.of_line(line, a_record(stand.recorded))
    assert behind.revisions == 1
    assert len(behind.reports) == 1


def test_what_it_was_judged_by_is_what_was_stored() -> None:
    stand = Newsstand()
    stand.prints(LEAVITT, LEAVITT_LEAD, outlet="north-paper")
    line = first_line(stand)
    behind = backing.of_line(line, a_record(stand.recorded))
    assert behind.development is not None
    assert behind.development.development_id in line.development_ids
    assert behind.cited[0].citation.span == line.headline.span


def test_a_line_whose_record_is_gone_still_shows_its_own_words() -> None:
    line = a_line()
    behind = backing.of_line(line, a_record([]))
    assert behind.cited[0].citation.span == line.headline.span
    assert (behind.development, behind.reports, behind.publishers) == (None, (), 0)


def test_an_unknown_statement_is_none() -> None:
    assert a_record([]).statement("nobody-said-it") is None

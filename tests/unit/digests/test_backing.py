"""What stands behind a line: the sentences beside it, every other wording, each report once, what came later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from digests import backing, evidence_pages
from digests.backing import Record, around
from digests.evidence_pages import Card
from digests.frames import say
from digests.model import Citation, Line, Name, Part, Verdict
from digests.ports import Recorded
from tests.builders import a_citation, a_fault, a_line, an_article
from tests.unit.digests.newsstand import (
    LEAVITT,
    LEAVITT_LEAD,
    TROOPS,
    TROOPS_LEAD,
    Newsstand,
    directory,
    judged,
    setting,
    text_of,
)

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


def test_every_report_that_a_line_quotes_is_listed_whatever_happening_it_came_as() -> None:
    head, abroad = judged("s1"), judged("s2", outlet="dnipro-office", hours=1)
    line = replace(
        a_line(), story_id="s1", development_ids=("d-" + head.article.key,), article_ids=(head.article.article_id,)
    )
    line = replace(line, headline=a_citation(head.article), quotes=(a_citation(abroad.article),))
    behind = backing.of_line(line, a_record([head, abroad]))
    assert [r.recorded.article.source_id for r in behind.reports] == ["harbour-wire", "dnipro-office"]


@pytest.mark.parametrize("reason", ["reason.first_report", "reason.first_told"])
def test_what_came_before_is_no_report_of_what_is_told_as_a_first_one(reason: str) -> None:
    old, head = judged("s1", outlet="north-paper"), judged("s1", hours=5)
    old, head = (replace(r, seq=n) for n, r in enumerate((old, head), 1))
    line = replace(
        a_line(),
        story_id="s1",
        reason=say(reason),
        development_ids=("d-" + head.article.key,),
        article_ids=(head.article.article_id,),
        headline=a_citation(head.article),
        quotes=(),
        first_seen=head.article.seen_at,
    )
    behind = backing.of_line(line, a_record([old, head]))
    listed = [[r.recorded.article.source_id for r in found] for found in (behind.earlier, behind.reports)]
    first = reason == "reason.first_report"
    assert listed == ([["north-paper"], ["harbour-wire"]] if first else [[], ["north-paper", "harbour-wire"]])
    assert behind.preceded
    card = text_of(
        evidence_pages.card(Card(say("evidence.title_line", id=Name("x")), behind, "x", line), "UTC", setting())
    )
    assert "first report of this happening" not in card
    assert "nothing there comes near" not in card


def test_the_card_of_a_line_shows_the_lines_own_verdict_and_what_it_was_compared_with() -> None:
    stand = Newsstand()
    stand.prints(TROOPS, TROOPS_LEAD, outlet="north-paper")
    told = replace(first_line(stand), verdicts=(Verdict.UPDATE,), reason=say("reason.same_substance"), compared=None)
    card = Card(say("evidence.title_line", id=Name("x")), backing.of_line(told, a_record(stand.recorded)), "x", told)
    shown = text_of(evidence_pages.card(card, "UTC", setting()))
    assert "JUDGED UPDATE" in shown
    assert "why · same substance" in shown
    assert "first report" not in shown


def test_a_line_whose_record_is_gone_still_shows_its_own_words() -> None:
    line = a_line()
    behind = backing.of_line(line, a_record([]))
    assert behind.cited[0].citation.span == line.headline.span
    assert (behind.development, behind.reports, behind.publishers) == (None, (), 0)


def test_an_unknown_statement_is_none() -> None:
    assert a_record([]).statement("nobody-said-it") is None

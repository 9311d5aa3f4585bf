"""One happening as one line: which report speaks for it, what of it is shown, what is never shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from digests import carriers
from digests import lines as making
from digests.frames import say
from digests.model import Fate, Kind, Line, Name, Verdict
from digests.ports import Recorded, Told
from digests.stories import opened_by
from tests.builders import a_statement, an_article, at
from tests.unit.digests.newsstand import (
    LEAVITT,
    LEAVITT_LEAD,
    TROOPS,
    TROOPS_LEAD,
    UMEROV,
    UMEROV_LEAD,
    Newsstand,
    directory,
    judged,
)


def line_of(*group: Recorded, told: Told | None = None) -> Line:
    line = making.line_of(group, told or Told(), directory(), at(-24))
    assert line is not None
    return line


def test_a_line_tells_the_happening_by_its_own_headline_and_who_said_what() -> None:
    line = line_of(Newsstand().prints(TROOPS, TROOPS_LEAD))
    assert line.headline.span.chars == TROOPS
    assert line.verdicts == (Verdict.NEW,)
    assert "russia" in line.actors
    assert [c.span.chars for c in line.quotes] in ([TROOPS_LEAD], [])


def test_a_second_span_says_what_the_headline_does_not() -> None:
    lead = (
        "“We have made this plain to all of our American colleagues,” Foreign Minister Sergei Lavrov said on Tuesday."
    )
    [quote] = line_of(Newsstand().prints(TROOPS, lead)).quotes
    assert quote.span.chars == lead
    assert quote.speaker == "Sergei Lavrov"


def test_a_rewrite_speaks_for_nothing_that_a_better_source_has() -> None:
    spun = judged("troops", outlet="spun-daily", title="Moscow Slams the Door on Europe’s Soldiers", hours=0)
    wire = judged("troops", outlet="harbour-wire", title=TROOPS, hours=1, verdict=Verdict.REPEAT)
    line = line_of(spun, wire)
    assert line.headline.source_id == "harbour-wire"
    assert line.publishers == ("harbour-wire",)
    assert set(line.development_ids) == {spun.development.development_id if spun.development else ""}


def test_what_only_a_rewrite_has_is_no_line() -> None:
    spun = judged("visit", outlet="spun-daily", title="Zelensky Will Be at the White House on Thursday", weight=2)
    assert making.line_of([spun], Told(), directory(), at(-24)) is None


def test_a_rewrites_words_are_nobodys_quote() -> None:
    article = an_article("spun", title="Moscow Slams the Door on Europe", lead=TROOPS_LEAD, feed_id="spun-daily")
    words = a_statement(article, speaker="Sergei Lavrov", kind=Kind.QUOTED)
    spun = judged("troops", outlet="spun-daily", statements=[words], article=article)
    wire = judged("troops", outlet="harbour-wire", title=TROOPS, hours=1)
    line = line_of(spun, wire)
    assert all(c.source_id == "harbour-wire" for c in (line.headline, *line.quotes))


@pytest.mark.parametrize(
    ("better", "worse"),
    [("harbour-wire", "volga-agency"), ("potomac-record", "volga-agency"), ("north-paper", "east-institute")],
)
def test_the_better_kind_of_source_gives_the_headline(better: str, worse: str) -> None:
    first = judged("talks", outlet=worse, title="Delegations of Russia and America met in Abu Dhabi", hours=0)
    second = judged("talks", outlet=better, title="Delegations of America and Russia meet in Abu Dhabi", hours=1)
    assert line_of(first, second).headline.source_id == better


def test_english_comes_before_other_languages_and_an_original_before_its_copy() -> None:
    title = "Делегації зустрілися в Женеві у неділю"
    article = an_article("uk", title=title, lead="", feed_id="north-paper", language="uk")
    ours = judged("talks", outlet="south-paper", title="Delegations met in Geneva on Sunday", hours=1)
    assert line_of(judged("talks", article=article), ours).headline.language == "en"
    copy = judged("talks", outlet="harbour-wire", title="Delegations met in Geneva on Sunday", hours=2)
    assert copy.development is not None
    copy = replace(copy, development=replace(copy.development, copy_of=ours.article.article_id))
    assert line_of(ours, copy).headline.source_id == "south-paper"


def told_abroad_first(english: Verdict, *, told: Sequence[str] = ()) -> Line:
    """A happening that a Ukrainian paper reports first and an English one after it."""
    title = "Делегації зустрілися в Женеві у неділю"
    first = judged("talks", article=an_article("uk", title=title, lead="", feed_id="north-paper", language="uk"))
    later = judged("talks", outlet="south-paper", title="Delegations met in Geneva", hours=1, verdict=english)
    assert first.development is not None
    line = line_of(first, later, told=Told(frozenset(told), {}))
    assert line.development_ids == (first.development.development_id,)
    return line


def test_an_english_report_that_adds_nothing_speaks_for_what_was_told_first_abroad() -> None:
    assert told_abroad_first(Verdict.REPEAT).headline.language == "en"
    assert told_abroad_first(Verdict.CORROBORATED).headline.language == "en"


def test_background_and_what_was_told_already_speak_for_nothing() -> None:
    assert told_abroad_first(Verdict.BACKGROUND).headline.language == "uk"
    assert told_abroad_first(Verdict.REPEAT, told=["d-south-paper-talks-1.0"]).headline.language == "uk"


def test_a_line_weighs_what_the_weightiest_report_of_its_happening_does_and_a_rewrite_weighs_nothing() -> None:
    first = judged("talks", title="Delegations met in Geneva", weight=1)
    for outlet, weight in (("south-paper", 2), ("spun-daily", 1)):
        again = judged("talks", outlet=outlet, hours=1, verdict=Verdict.REPEAT, weight=2)
        assert line_of(first, again).weight == weight


def test_a_later_figure_gives_the_headline() -> None:
    stand = Newsstand()
    first = stand.prints("Russian strikes on Kyiv kill two", "Two people were killed in Kyiv overnight.")
    second = stand.prints("Russian strikes on Kyiv kill six", "Six people were killed.", outlet="north-paper", hours=4)
    assert first.development is not None
    raised = replace(
        first.development,
        development_id="raised",
        verdict=Verdict.UPDATE,
        reason=say("reason.new_fact", what=Name("the number of the dead")),
        article_id=second.article.article_id,
        seen_at=second.article.seen_at,
    )
    line = line_of(first, replace(second, development=raised))
    assert line.headline.span.chars == "Russian strikes on Kyiv kill six"


def test_told_once_is_not_told_again_and_a_new_fact_of_it_is() -> None:
    first = judged("talks", hours=0)
    later = judged("talks", outlet="north-paper", hours=3, verdict=Verdict.UPDATE)
    assert first.development is not None
    told = Told(frozenset({first.development.development_id}), {"talks": at(1)})
    assert making.line_of([first], told, directory(), at(-24)) is None
    line = line_of(first, later, told=told)
    assert line.verdicts == (Verdict.UPDATE,)
    assert line.article_ids == (later.article.article_id,)


def test_a_later_fact_of_a_happening_first_heard_of_is_part_of_the_news() -> None:
    first = judged("talks", hours=0)
    later = judged("talks", outlet="north-paper", hours=3, verdict=Verdict.UPDATE)
    assert line_of(first, later).verdicts == (Verdict.NEW,)
    assert line_of(later).verdicts == (Verdict.NEW,)


def test_a_repeat_makes_no_line() -> None:
    for verdict in (Verdict.REPEAT, Verdict.CORROBORATED, Verdict.RESTATED, Verdict.BACKGROUND):
        assert making.line_of([judged("talks", verdict=verdict)], Told(), directory(), at(-24)) is None


def taken_for_another(outlet: str, hours: float) -> Recorded:
    """A report that its arrival found told in another happening, and that was put to one of its own later."""
    name = "first" if hours == 0 else f"report-{hours:g}"
    article = an_article(name, title=TROOPS, lead=f"So {outlet} writes.", feed_id=outlet, hours=hours)
    report = judged(opened_by("first", 0), article=article, verdict=Verdict.REPEAT)
    assert report.development is not None
    return replace(report, development=replace(report.development, reason=say("reason.another_report")))


def test_a_happening_whose_reports_were_each_taken_for_another_is_news_once_three_carry_it() -> None:
    papers = ("harbour-wire", "north-paper", "south-paper")
    reports = [taken_for_another(outlet, n) for n, outlet in enumerate(papers)]
    line = line_of(*reports)
    assert line.verdicts == (Verdict.NEW,)
    assert line.publishers == tuple(sorted(papers))
    told = Told(stories={line.story_id: at(1)})
    assert making.line_of(reports, told, directory(), at(-24)) is None, "and only once"
    assert making.line_of(reports[:2], Told(), directory(), at(-24)) is None, "two may well be the other one's"


def test_what_was_background_from_the_first_does_not_become_news_by_its_company() -> None:
    reports = [taken_for_another(outlet, n) for n, outlet in enumerate(("harbour-wire", "north-paper"))]
    musing = judged(opened_by("first", 0), outlet="south-paper", title="What soldiers mean", verdict=Verdict.BACKGROUND)
    assert making.line_of([*reports, musing], Told(), directory(), at(-24)) is None


def test_a_better_wording_stands_beside_the_baselines() -> None:
    line = line_of(Newsstand().prints(UMEROV, UMEROV_LEAD))
    assert line.verdicts == (Verdict.CORRECTION,)
    assert line.compared is not None
    assert "Our delegation has reached" in line.compared.span.chars
    assert line.now is not None
    assert "Our delegations reached" in line.now.span.chars
    assert any("Our delegations reached" in c.span.chars for c in line.quotes)


def test_a_running_article_is_told_and_said_to_be_replaced() -> None:
    stand = Newsstand()
    stand.prints(TROOPS, TROOPS_LEAD, outlet="north-paper", name="running")
    stand.prints(LEAVITT, LEAVITT_LEAD, outlet="north-paper", name="running", hours=5, revision=1)
    revisions = carriers.revisions_of(stand.recorded)
    line = making.line_of(stand.recorded[:1], Told(), directory(), at(-24), revisions)
    assert line is not None
    [change] = line.changes
    assert (change.fate, change.revision, change.at) == (Fate.REPLACED, 0, at(5))
    newest = making.line_of(stand.recorded[1:], Told(), directory(), at(-24), revisions)
    assert newest is not None
    assert newest.changes == ()


def test_what_its_source_took_back_is_no_line() -> None:
    stand = Newsstand()
    stand.prints(TROOPS, TROOPS_LEAD, outlet="north-paper", name="gone", hours=0)
    stand.prints(TROOPS, "This story has been withdrawn.", outlet="north-paper", name="gone", hours=5, revision=1)
    assert making.line_of(stand.recorded, Told(), directory(), at(-24)) is None


def test_analysis_is_called_analysis() -> None:
    article = an_article("think", title="The Kremlin prepares to refuse without saying no", lead=TROOPS_LEAD)
    view = a_statement(article, actor_id="analyst", speaker="East Institute", kind=Kind.ANALYSIS)
    assert line_of(judged("view", statements=[view], article=article)).analysis
    assert not line_of(Newsstand().prints(TROOPS, TROOPS_LEAD)).analysis


def test_who_is_only_spoken_of_does_not_speak() -> None:
    article = an_article("about", title="Ukraine agrees to the terms, American official says", lead=LEAVITT_LEAD)
    said = a_statement(article, actor_id="united-states", speaker="Karoline Leavitt")
    line = line_of(judged("terms", statements=[said], actors=("ukraine", "united-states"), article=article))
    assert line.actors == ("united-states",)
    assert line.named == ("ukraine",)


def test_line_ids_can_be_typed_and_differ() -> None:
    ids = {making.line_id("C1", "2025-11-25", f"story-{n}") for n in range(2000)}
    assert len(ids) == 2000
    assert all(len(i) == 6 and not set(i) & set("aeiou01l") for i in ids)

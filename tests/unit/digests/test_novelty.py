"""Facts about novelty: what everybody knows tells nothing, what was told is not told again, a change is a change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from digests.model import Article, Development, Fact, Kind, Name, Reading, Statement, Verdict
from digests.novelty import Known
from digests.ports import Recorded
from digests.stories import Placement
from tests.builders import a_span, an_article, at
from tests.unit.digests.shipped import directory, known, read, reader, shipped, tell

MEETING = "Allies meet in Geneva on security guarantees for Ukraine"
MEETING_LEAD = "Envoys of fifteen states gathered on Sunday. Rustem Umerov leads the delegation from Kyiv."
STRIKE = "Russian strike on Kharkiv kills two"
STRIKE_LEAD = "Missiles hit an apartment block in Kharkiv and killed two people, the governor said."


def verdicts(memory: Known, *readings: Reading) -> list[Verdict]:
    return [d.verdict for d in tell(memory, *readings)]


def test_the_baseline_fed_back_as_news_is_no_development() -> None:
    article = shipped().baseline.article
    again = Article(**{**vars(article), "article_id": "again", "source_id": "harbour-post", "seen_at": at(48)})
    [development] = tell(known(), reader().read(again))
    assert not development.verdict.tells
    assert not [j for j in development.judgements if j.verdict.tells]


def test_every_paragraph_of_the_baseline_as_an_item_of_its_own_is_no_development() -> None:
    memory = known()
    body = max((t.body for t in shipped().baseline.article.texts.values()), key=len)
    for n, paragraph in enumerate(p for p in body.split("\n") if len(p) > 80):
        reading = read(paragraph[:60].rsplit(" ", 1)[0], paragraph, article_id=f"p{n}", hours=n)
        for development in tell(memory, reading):
            assert not development.verdict.tells, paragraph


def test_a_first_report_is_new_and_the_same_again_is_not() -> None:
    first, again = verdicts(known(), read(MEETING, MEETING_LEAD), read(MEETING, MEETING_LEAD, article_id="x", hours=2))
    assert first is Verdict.NEW
    assert not again.tells


def test_a_copy_corroborates_and_names_what_it_copies() -> None:
    lead = MEETING_LEAD + " They are to agree on a text by the evening, three diplomats told this paper on Sunday."
    memory = known()
    _, copy = tell(memory, read(MEETING, lead), read("Guarantees for Ukraine: envoys in Geneva", lead, hours=3))
    assert (copy.verdict, copy.copy_of) == (Verdict.CORROBORATED, MEETING)


def test_a_later_figure_of_the_dead_is_an_update_that_cites_the_earlier_report() -> None:
    later = read("Death toll of Russian strike on Kharkiv rises to six", "At least six people were killed.", hours=5)
    memory = known()
    first, update = tell(memory, read(STRIKE, STRIKE_LEAD), later)
    assert first.story_id == update.story_id
    assert update.verdict is Verdict.UPDATE
    assert update.compared is not None
    assert update.compared.span.chars == STRIKE


def test_a_new_decision_in_a_told_happening_is_told() -> None:
    decided = read(
        "Allies in Geneva sign declaration on troops for Ukraine",
        "Britain and France will send a force of 15,000 after a ceasefire, the declaration says.",
        hours=9,
    )
    memory = known()
    verdict = verdicts(memory, read(MEETING, MEETING_LEAD), decided)[1]
    assert verdict.tells


def test_explainers_and_opinions_are_background() -> None:
    assert verdicts(known(), read("Why Ukraine's security guarantees are so hard", "")) == [Verdict.BACKGROUND]


def test_what_is_dated_in_the_future_or_long_ago_is_background() -> None:
    for away in (timedelta(days=3), timedelta(days=-40)):
        article = an_article("a", title=MEETING, lead=MEETING_LEAD, published_at=at() + away)
        assert verdicts(known(), reader().read(article)) == [Verdict.BACKGROUND]


def test_a_revision_with_another_number_is_the_sources_correction() -> None:
    memory = known()
    before = read(STRIKE, STRIKE_LEAD, article_id="run")
    after = read(STRIKE, STRIKE_LEAD.replace("two", "three"), article_id="run", hours=1, revision=1)
    assert verdicts(memory, before, after)[1] is Verdict.CORRECTION


def test_a_number_that_a_revision_adds_corrects_none() -> None:
    lead = STRIKE_LEAD + " Rescuers worked through the night in two districts of the city, and schools stayed shut."
    trail = "1. Home 2. News 3. Strike kills four at port, two hurt"
    for added in (trail + " " + lead, lead + " In Odesa another raid killed four people, the mayor said."):
        memory = known()
        before, after = (
            read(STRIKE, words, article_id="run", hours=n, revision=n) for n, words in enumerate((lead, added))
        )
        assert verdicts(memory, before, after)[1] is not Verdict.CORRECTION


def test_a_better_wording_of_a_known_fault_is_a_correction_and_no_shift() -> None:
    lead = (
        "White House press secretary Karoline Leavitt said on Tuesday there are “a few delicate, but not "
        "insurmountable, details that must be sorted out” in the peace plan for Ukraine."
    )
    [development] = tell(known(), read("White House says Ukraine peace plan talks go on", lead))
    assert development.verdict is Verdict.CORRECTION
    assert development.compared is not None
    assert "cannot be resolved" in development.compared.span.chars


def test_rebuilding_from_the_record_gives_the_same_verdicts() -> None:
    readings = [
        read(MEETING, MEETING_LEAD),
        read(STRIKE, STRIKE_LEAD, hours=1),
        read("Envoys in Geneva: guarantees for Ukraine", MEETING_LEAD, hours=2),
        read("Zelensky says peace plan is 90% ready", "He spoke in Kyiv on Monday.", hours=3),
    ]
    memory = known()
    told = tell(memory, *readings[:3])
    rebuilt = Known(directory(), shipped().baseline, reader().read(shipped().baseline.article).statements)
    for reading, development in zip(readings, told, strict=False):
        rebuilt.add(Recorded(reading.article, reading, development))
    assert rebuilt.take(readings[3]) == memory.take(readings[3])


def test_judging_remembers_nothing() -> None:
    memory = known()
    reading = read(MEETING, MEETING_LEAD)
    assert memory.take(reading) == memory.take(reading)


def test_analysis_and_process_never_shift() -> None:
    memory = known()
    first = read("Putin backs peace plan for Ukraine as a basis", "“I support the plan,” Putin said on Monday.")
    later = read("Putin rejects peace plan for Ukraine", "“I do not support the plan,” Putin said on Friday.", hours=90)
    for development in tell(memory, first, later):
        for judgement in development.judgements:
            if judgement.verdict is Verdict.SHIFT:
                assert judgement.statement.kind is Kind.QUOTED
                assert set(judgement.statement.issues) - {"process"}


TOLD = ("gather", "geneva", "delegation", "sunday")
"""Terms of the meeting's report that are as telling as any other word."""
UNTOLD = ("walnut", "copper", "lantern", "saddle", "pepper", "violin")


def against(
    memory: Known,
    *terms: str,
    title: str = "Geneva",
    language: str = "en",
    rare: Sequence[str] = (),
    actors: Sequence[str] = (),
    facts: Sequence[Fact] = (),
    story: str = f"s{MEETING}",
    near: Sequence[str] = (),
    said: Sequence[Statement] = (),
) -> Development:
    """The verdict on a report with these terms in its lead, placed in a story whatever its words."""
    article = an_article("further", title=title, lead="", hours=5, language=language)
    plain = replace(reader().read(article), terms=tuple((t, 1) for t in terms), statements=tuple(said), shell=None)
    reading = replace(plain, rare=tuple(rare), actors=tuple(actors), facts=tuple(facts))
    return memory.judge(reading, Placement(story, None, None, 0.5, near=tuple(near)))


def told_meeting() -> Known:
    memory = known()
    tell(memory, read(MEETING, MEETING_LEAD))
    return memory


def test_other_words_alone_must_be_nearly_all_of_a_further_report() -> None:
    assert against(told_meeting(), *TOLD[1:2], *UNTOLD).verdict is Verdict.REPEAT
    assert against(told_meeting(), *UNTOLD).verdict is Verdict.UPDATE


def test_a_decision_lets_a_further_report_tell() -> None:
    words = (*TOLD, *UNTOLD)
    assert against(told_meeting(), *words, title="Delegations rejected Geneva").verdict is Verdict.UPDATE
    assert against(told_meeting(), *words, title="Delegations rejecting Geneva").verdict is Verdict.REPEAT


def test_a_told_number_is_told_and_another_one_is_not() -> None:
    memory = known()
    tell(memory, read(MEETING, f"{MEETING_LEAD} They speak of 20 towns."))
    words = (*TOLD, *TOLD[:1], *UNTOLD[:-1])
    assert against(memory, *words, "town:20").verdict is Verdict.REPEAT
    assert against(memory, *words, "town:30").verdict is Verdict.UPDATE
    assert against(memory, *words, "on:12-20").verdict is Verdict.UPDATE


def test_a_large_number_of_the_same_things_by_another_name_is_told() -> None:
    memory = known()
    tell(memory, read(MEETING, f"{MEETING_LEAD} They will swap 300 prisoners of war."))
    words = (*TOLD, *TOLD[:1], *UNTOLD[:-1])
    assert against(memory, *words, "troop:300").verdict is Verdict.REPEAT
    assert against(memory, *words, "troop:350").verdict is Verdict.UPDATE


def test_a_further_report_with_somebody_or_a_number_untold_needs_fewer_new_words() -> None:
    rubio, umerov = "@united-states/Marco Rubio", "@ukraine/Rustem Umerov"
    words = (*TOLD, *UNTOLD)
    assert against(told_meeting(), *words, rare=[rubio]).verdict is Verdict.UPDATE
    assert against(told_meeting(), *words, rare=[umerov]).verdict is Verdict.REPEAT
    assert against(told_meeting(), *words, actors=["france"]).verdict is Verdict.UPDATE
    assert against(told_meeting(), *words, actors=["ukraine"]).verdict is Verdict.REPEAT


def test_the_own_words_of_somebody_who_was_not_heard_yet_tell_and_those_of_who_was_do_not() -> None:
    memory = known()
    tell(memory, read(MEETING, f"{MEETING_LEAD} “We want peace,” Rustem Umerov said."))
    words = (*TOLD, *UNTOLD)
    lead = "“We want peace,” {who} said."
    umerov, rubio = (read(MEETING, lead.format(who=who)).statements for who in ("Rustem Umerov", "Marco Rubio"))
    assert against(memory, *words, said=umerov).verdict is Verdict.REPEAT
    assert against(memory, *words, said=rubio).verdict is Verdict.UPDATE
    assert against(memory, *words, said=[replace(s, sure=False) for s in rubio]).verdict is Verdict.REPEAT


def test_a_headline_with_a_turn_of_its_own_tells_again_what_was_told_beside_it_and_alone_it_is_news() -> None:
    turned = "Envoys near a deal in Geneva – but one chair stays empty"
    near = f"s{MEETING}"
    assert against(told_meeting(), *UNTOLD, title=turned, story="other", near=[near]).verdict is Verdict.REPEAT
    assert against(told_meeting(), *UNTOLD, title=turned, story="other").verdict is Verdict.NEW
    plain = turned.replace(" – but", ", but")
    assert against(told_meeting(), *UNTOLD, title=plain, story="other", near=[near]).verdict is Verdict.NEW


@pytest.mark.parametrize(
    ("number", "verdict"),
    [
        ("town:2", Verdict.UPDATE),
        ("on:12-10", Verdict.UPDATE),
        ("hour:5", Verdict.REPEAT),
        ("country:15", Verdict.REPEAT),
    ],
)
def test_a_count_of_towns_and_a_day_tell_and_a_length_of_time_or_a_told_count_does_not(
    number: str, verdict: Verdict
) -> None:
    assert against(told_meeting(), *TOLD, *TOLD[:1], *UNTOLD[:-1], number).verdict is verdict


def test_an_update_says_that_it_is_the_number_of_towns() -> None:
    two = Fact(2.0, "town", "towns", a_span("two", "leave two towns"))
    development = against(told_meeting(), *UNTOLD, "town:2", facts=[two])
    assert dict(development.reason.slots)["what"] == Name("a number of towns")


def test_a_paper_in_another_language_adds_nothing_by_its_other_words() -> None:
    words = ("pokój", "stół", "kawa", "sala")
    assert against(told_meeting(), *words, language="pl").verdict is Verdict.REPEAT
    assert against(told_meeting(), *words, language="en").verdict is Verdict.UPDATE
    assert against(told_meeting(), *words, language="pl", rare=["@france/Emmanuel Macron"]).verdict is Verdict.UPDATE


def test_a_language_is_foreign_to_a_happening_though_another_one_beside_it_was_told_in_it() -> None:
    memory = told_meeting()
    other = reader().read(an_article("strike", title=STRIKE, lead=STRIKE_LEAD, hours=1, language="pl"))
    [strike] = tell(memory, other)
    words = ("pokój", "stół", "kawa", "sala")
    assert against(memory, *words, language="pl", near=[strike.story_id]).verdict is Verdict.REPEAT


def test_a_round_up_tells_again_what_others_report() -> None:
    for title, verdict in (("Geneva briefing: the day", Verdict.REPEAT), ("Geneva: the day", Verdict.UPDATE)):
        assert against(told_meeting(), *UNTOLD, title=title, actors=["france"]).verdict is verdict


@pytest.mark.parametrize(
    ("title", "verdict"),
    [
        ("Ukraine signs in Geneva", Verdict.NEW),
        ("Ukraine rejected guarantees in Geneva", Verdict.NEW),
        ("Ukraine to sign in Geneva", Verdict.REPEAT),
        ("Ukraine signing in Geneva", Verdict.REPEAT),
    ],
)
def test_a_decision_tells_however_known_its_words_and_a_coming_one_does_not(title: str, verdict: Verdict) -> None:
    beside = f"s{MEETING}"
    assert against(told_meeting(), *TOLD, title=title, story="other", near=[beside]).verdict is verdict


def test_a_decision_that_a_happening_beside_it_told_is_no_news() -> None:
    memory = known()
    signed = read("Ukraine signs security guarantees in Geneva", MEETING_LEAD)
    [told] = tell(memory, signed)
    again = against(memory, *TOLD, title="Kyiv signs in Geneva", story="other", near=[told.story_id])
    assert again.verdict is Verdict.REPEAT


def joined_by_a_report_between(memory: Known, title: str = STRIKE, language: str = "en") -> None:
    """The strike was told as a happening of its own; a later report shows that it is part of the meeting."""
    other = reader().read(an_article("strike", title=title, lead=STRIKE_LEAD, hours=1, language=language))
    [meeting, strike] = tell(memory, read(MEETING, MEETING_LEAD), other)
    between = read("Allies meet on guarantees for Ukraine as strike is told", "", article_id="between", hours=2)
    joined = replace(memory.take(between), story_id=meeting.story_id, joins=(strike.story_id,))
    memory.add(Recorded(between.article, between, joined))


def test_what_was_told_of_a_happening_counts_as_told_of_the_one_that_it_joins() -> None:
    words = ("#flat", "block", "kharkiv", "governor")
    assert against(told_meeting(), *words).verdict is Verdict.UPDATE
    memory = known()
    joined_by_a_report_between(memory)
    assert against(memory, *words).verdict is Verdict.REPEAT
    six = Fact(6.0, "killed", "people", a_span("six", "six people were killed"))
    later = against(memory, *words, facts=[six])
    assert (later.verdict, dict(later.reason.slots)["what"]) == (Verdict.UPDATE, Name("the number of the dead"))


def test_who_acted_and_what_was_counted_in_a_happening_that_joins_is_told_too() -> None:
    memory, apart = known(), told_meeting()
    joined_by_a_report_between(memory)
    words = (*TOLD, *UNTOLD)
    for told, verdict in ((apart, Verdict.UPDATE), (memory, Verdict.REPEAT)):
        assert against(told, *words, actors=["russia"]).verdict is verdict
        assert against(told, *words[:-1], "killed:2").verdict is verdict


def test_what_was_decided_in_a_happening_that_joins_is_told_too() -> None:
    memory, apart = known(), told_meeting()
    joined_by_a_report_between(memory, "Russia seizes block in Kharkiv")
    for told, verdict in ((apart, Verdict.NEW), (memory, Verdict.REPEAT)):
        again = against(told, *TOLD, title="Russia seizes block", story="other", near=[f"s{MEETING}"])
        assert again.verdict is verdict


def test_a_language_in_which_a_happening_that_joins_was_told_is_foreign_to_it_no_more() -> None:
    memory, apart = known(), told_meeting()
    joined_by_a_report_between(memory, language="pl")
    for told, verdict in ((apart, Verdict.REPEAT), (memory, Verdict.UPDATE)):
        assert against(told, "pokój", "stół", "kawa", "sala", language="pl").verdict is verdict

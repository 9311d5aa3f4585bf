"""Facts about novelty: what everybody knows tells nothing, what was told is not told again, a change is a change."""

from __future__ import annotations

from datetime import timedelta

from digests.model import Article, Kind, Reading, Verdict
from digests.novelty import Known
from digests.ports import Recorded
from tests.builders import an_article, at
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

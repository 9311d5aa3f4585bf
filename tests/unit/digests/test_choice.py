"""What a conversation is told: weight before party, one line a happening, the war as context, all of it counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests import choice, pages, twins
from digests.choice import CONTEXT_AT_MOST, LINES_AT_MOST, Choice, choose
from digests.frames import say
from digests.model import Article, Line, Name, Verdict
from digests.ports import Recorded, Told
from digests.vectors import packed
from tests.builders import a_channel, a_citation, a_line, a_statement, an_article, at
from tests.unit.digests.newsstand import (
    PAPERS,
    TROOPS,
    TROOPS_LEAD,
    Newsstand,
    directory,
    fresh,
    judged,
    setting,
    text_of,
)

# fmt: off
NOUNS = (
    "Lavrov", "Rubio", "Umerov", "Merz", "Macron", "Kallas", "Witkoff", "Peskov", "Zelensky", "Trump", "Orban",
    "Tusk", "Starmer", "Erdogan", "Guterres", "Grossi", "Geneva", "Abu-Dhabi", "Florida", "Bishkek", "Luanda",
    "Brussels", "Kyiv", "Warsaw", "Berlin", "Paris", "Ankara", "Doha", "Riyadh", "Helsinki",
)
# fmt: on


def stand_with(*reports: Recorded) -> Newsstand:
    stand = Newsstand()
    for report in reports:
        stand.keeps(report)
    return stand


def chosen(stand: Newsstand, since: float = -24, until: float = 24) -> Choice:
    return choose(stand.window(since, until), stand.told, directory(), a_channel())


def stories(lines: tuple[Line, ...]) -> list[str]:
    return [line.story_id for line in lines]


def report(n: int, *, weight: int = 1, actor: str = "russia", hours: float = 0.0, context: bool = False) -> Recorded:
    title = (
        f"{NOUNS[n % 30]} and {NOUNS[(7 * n + 3) % 30]} discuss matter {n} of the plan in {NOUNS[(11 * n + 5) % 30]}"
    )
    return judged(f"s{n:02}", title=title, weight=weight, actors=(actor,), hours=hours, context=context)


def test_weight_comes_before_party_and_party_before_time() -> None:
    parties = [a.id for a in directory().actors]
    stand = stand_with(
        report(1, actor="ukraine", hours=0),
        report(2, actor="russia", hours=3),
        report(3, actor="ukraine", weight=2, hours=5),
        report(4, actor="russia", hours=1),
    )
    order = (
        ["s03", "s04", "s02", "s01"]
        if parties.index("russia") < parties.index("ukraine")
        else ["s03", "s01", "s04", "s02"]
    )
    assert stories(chosen(stand).lines) == order


def test_a_possible_shift_stands_before_whatever_weighs_more() -> None:
    shift = report(9, actor="ukraine", hours=6)
    assert shift.development is not None
    shift = replace(shift, development=replace(shift.development, verdict=Verdict.POSSIBLE_SHIFT))
    many = [report(n, weight=2, hours=n / 10) for n in range(10, 25)]
    assert stories(chosen(stand_with(*many, shift)).lines)[0] == "s09"


def test_at_most_twelve_lines_and_the_rest_is_kept_for_tomorrow() -> None:
    stand = stand_with(*(report(n, hours=n / 10) for n in range(15)))
    told = stand.tells()
    assert len(told.lines) == LINES_AT_MOST
    assert told.cut == 3
    tomorrow = stand.digest(24, 47)
    assert {line.story_id for line in tomorrow.lines} == {f"s{n:02}" for n in range(15)} - set(stories(told.lines))
    assert all(line.carried_over for line in tomorrow.lines)
    assert stand.digest(48, 72).lines == ()


def test_a_digest_names_the_day_since_which_new_shows_what_it_cut_off() -> None:
    stand = stand_with(*(report(n, hours=n / 10) for n in range(15)))
    digest = stand.digest()
    assert "3 more lines were cut off · `new since:2025-11-24` shows all" in text_of(pages.digest(digest, setting()))


def test_the_war_is_context_at_most_twice_and_not_from_yesterday() -> None:
    stand = stand_with(*(report(n, weight=2, context=True) for n in range(4)), report(9))
    lines = chosen(stand).lines
    assert [line.context for line in lines] == [False, *[True] * CONTEXT_AT_MOST]
    assert [line for line in chosen(stand, 24, 47).lines if line.context] == []


def test_quiet_background_is_left_out_and_counted() -> None:
    stand = stand_with(
        report(1),
        *(report(n, context=True) for n in (10, 11, 12)),
        report(3, weight=0),
        judged("s04", verdict=Verdict.BACKGROUND),
        judged("s05", verdict=Verdict.REPEAT),
        judged("s06", outlet="spun-daily", title="Kremlin Trashes Europe’s Plan"),
    )
    found = chosen(stand)
    assert stories(found.lines) == ["s01", "s10", "s11"]
    window = stand.window()
    left = choice.left_out(window, found, stand.told, directory(), fresh(window))
    expected = ("background", "known already", "only in a rewrite", "context", "of little weight")
    assert left == dict.fromkeys(expected, 1)
    assert list(left) == [r for r in choice.REASONS if r in left]


def test_on_a_full_day_context_must_matter() -> None:
    talks = [report(n) for n in range(choice.SLOW_DAY)]
    stand = stand_with(*talks, report(10, context=True), report(11, context=True, weight=2))
    assert [line.story_id for line in chosen(stand).lines if line.context] == ["s11"]


def test_on_a_full_day_the_war_is_told_where_three_carry_it() -> None:
    talks = [report(n) for n in range(6)]
    outlets = ("harbour-wire", "north-paper", "south-paper")
    carried = [judged("s90", outlet=o, title=f"Strike on Kyiv kills nine, says {o}", context=True) for o in outlets]
    alone = judged("s91", title="Depot burns near Kursk after drones", context=True)
    lines = chosen(stand_with(*talks, *carried, alone)).lines
    assert [line.story_id for line in lines if line.context] == ["s90"]


def test_what_two_carry_is_worth_a_line_and_what_one_carries_alone_may_not_be() -> None:
    two = [
        judged("s90", outlet=o, title=f"The matter is told by {o}", weight=0) for o in ("harbour-wire", "north-paper")
    ]
    assert stories(chosen(stand_with(*two, report(9, weight=0))).lines) == ["s90"]


def test_one_happening_in_two_languages_is_one_line_with_both_headlines() -> None:
    stand = Newsstand()
    stand.prints(
        "Ukraine’s chief negotiator Umerov leads the delegation", "Rustem Umerov heads the delegation to the talks."
    )
    stand.prints(
        "Умєров очолив делегацію на переговорах",
        "Рустем Умєров очолив делегацію України на переговорах про мирний план.",
        outlet="north-paper",
        hours=1,
        language="uk",
    )
    apart = stand.recorded.pop()
    assert apart.development is not None
    stand.keeps(replace(apart, development=replace(apart.development, story_id="apart", verdict=Verdict.NEW)))
    [line] = chosen(stand).lines
    assert line.headline.language == "en"
    assert [c.language for c in line.quotes][-1] == "uk"
    assert line.publishers == ("harbour-wire", "north-paper")


def test_what_is_only_recognised_is_shown_twice_at_most_and_last() -> None:
    titles = (
        "Merz sprach im Bundestag über den Plan",
        "Wadephul reist zu Gesprächen nach Kiew",
        "Pistorius über Truppen",
    )
    foreign = [
        judged(f"de{n}", article=an_article(f"de{n}", title=title, feed_id="north-paper", language="de"))
        for n, title in enumerate(titles)
    ]
    stand = stand_with(*foreign, report(1, actor="ukraine", hours=3))
    found = chosen(stand)
    assert len(found.lines) == 1 + choice.UNREAD_AT_MOST
    window = stand.window()
    left = choice.left_out(window, found, stand.told, directory(), fresh(window))
    assert left == {"in a language that is not read closely": 1}


def test_what_think_tanks_write_is_no_happening() -> None:
    view = judged("view", outlet="east-institute", title="Assessment: the Kremlin prepares to refuse", weight=2)
    stand = stand_with(view)
    window = stand.window()
    found = chosen(stand)
    assert found.lines == ()
    assert choice.left_out(window, found, stand.told, directory(), fresh(window)) == {"analysis": 1}


def no_haste() -> tuple[Article, Article]:
    """Two papers' reports of one utterance, each under a headline of its own."""
    lead = "“We are not rushing our American colleagues in any way,” Foreign Minister Sergei Lavrov said on Tuesday."
    first, second = (
        an_article(name, title=title, lead=lead, feed_id=name, hours=hours)
        for name, title, hours in (
            ("harbour-wire", "Moscow waits for a new text of the plan", 0),
            ("north-paper", "Foreign minister rules out haste over American proposals", 1),
        )
    )
    return first, second


def test_one_utterance_under_two_headlines_is_one_line() -> None:
    first, second = no_haste()
    stand = stand_with(
        judged("a", article=first, statements=[a_statement(first, speaker="Sergei Lavrov")]),
        judged("b", article=second, statements=[a_statement(second, speaker="Sergei Lavrov")]),
    )
    [line] = chosen(stand).lines
    assert len(line.development_ids) == 2, "what is folded counts as told"
    assert line.publishers == ("harbour-wire", "north-paper"), "and stands behind the line"
    assert set(line.article_ids) == {first.article_id, second.article_id}
    assert line.origins == 2


def test_who_speaks_in_a_twin_is_not_only_spoken_of_in_the_line() -> None:
    first, second = no_haste()
    both = [a_statement(second, speaker="Sergei Lavrov"), a_statement(second, actor_id="france", speaker="Barrot")]
    stand = stand_with(
        judged(
            "a", article=first, statements=[replace(a_statement(first, speaker="Sergei Lavrov"), about=("france",))]
        ),
        judged("b", article=second, statements=both),
    )
    [line] = chosen(stand).lines
    assert (line.actors, line.named) == (("france", "russia"), ())


def test_a_twins_further_verdict_is_marked_and_an_update_is_part_of_the_news() -> None:
    first, second = (
        judged("ab"[n], outlet=outlet, title=TROOPS, hours=n)
        for n, outlet in enumerate(("harbour-wire", "north-paper"))
    )
    for verdict, marks in (
        (Verdict.UPDATE, (Verdict.NEW,)),
        (Verdict.CORRECTION, (Verdict.CORRECTION, Verdict.NEW)),
    ):
        assert second.development is not None
        other = replace(second, development=replace(second.development, verdict=verdict))
        assert [line.verdicts for line in chosen(stand_with(first, other)).lines] == [marks]


def test_one_persons_figure_is_one_line() -> None:
    stand = Newsstand()
    lead = (
        "Volodymyr Zelensky said in his New Year address that {} percent of the peace deal was ready, the rest was not."
    )
    stand.prints("Zelensky says peace deal is 90% ready", lead.format(90), hours=0)
    stand.prints("Kyiv: only the last tenth of the deal is open", lead.format(90), outlet="north-paper", hours=2)
    assert len(chosen(stand).lines) == 1


def test_what_was_told_under_this_headline_is_no_news_the_next_day() -> None:
    stand = stand_with(judged("a", title=TROOPS))
    stand.tells()
    stand.keeps(judged("b", outlet="north-paper", title=TROOPS, hours=30))
    assert chosen(stand, 24, 48).lines == ()


def test_a_channel_gets_the_issues_that_it_wants() -> None:
    stand = Newsstand()
    stand.prints(TROOPS, TROOPS_LEAD)
    for issues, count in (((), 1), (("foreign-troops",), 1), (("nuclear-plant",), 0)):
        channel = type(a_channel())(**{**vars(a_channel()), "issues": issues})
        assert len(choose(stand.window(), stand.told, directory(), channel).lines) == count


def test_the_same_headline_is_known_across_quotation_marks() -> None:
    article = an_article("x", title="Trump: deal ‘close’ after talks in Abu Dhabi")
    line = a_line(article=article)
    again = a_line(article=an_article("y", title='Trump: deal "close" after talks in Abu Dhabi'))
    assert twins.same_words(line, again)
    assert not twins.same_words(
        line, a_line(article=an_article("z", title="Kremlin says it has seen no new draft of it"))
    )
    assert a_citation(article).span.chars == line.headline.span.chars


def ukrainian(
    n: int = 0, *, hours: float = 0.0, weight: int = 1, context: bool = False, language: str = "uk"
) -> Recorded:
    """A report in another language that names nobody."""
    title = ("Делегації зібралися біля озера", "Фермери продали зерно", "Учителі написали листа")[n]
    article = an_article(f"uk{n}", title=title, lead="", feed_id="north-paper", language=language, hours=hours)
    return judged(f"uk{n}", article=article, weight=weight, context=context, actors=("ukraine",))


def shown(stand: Newsstand, *languages: str, since: float = -24, until: float = 24) -> list[str]:
    """The stories of a digest for who asked for these languages."""
    channel = replace(a_channel(), languages=languages)
    return stories(choose(stand.window(since, until), stand.told, directory(), channel).lines)


def test_a_line_rests_on_reports_in_the_languages_that_were_asked_for_and_the_others_are_counted() -> None:
    stand = stand_with(report(1), ukrainian())
    assert shown(stand, "uk") == ["uk0"]
    assert shown(stand, "en") == ["s01"]
    assert sorted(shown(stand)) == ["s01", "uk0"]
    window = stand.window()
    found = choose(window, stand.told, directory(), replace(a_channel(), languages=("uk",)))
    left = choice.left_out(window, found, stand.told, directory(), fresh(window))
    assert left == {choice.OTHER_LANGUAGE: 1}


def test_that_somebody_says_nothing_is_no_line() -> None:
    assert shown(stand_with(judged("silent", title="Kremlin declines to comment on the plan", weight=2))) == []


def test_what_is_only_recognised_is_told_on_its_day_or_never() -> None:
    stand = stand_with(ukrainian(weight=2, language="de"), report(1, weight=2))
    assert sorted(shown(stand, since=-10, until=14)) == ["s01", "uk0"]
    assert shown(stand, since=10, until=34) == ["s01"]


def test_what_stands_in_another_language_alone_and_is_only_worth_a_line_is_told_on_its_day_or_never() -> None:
    for weight, later in ((1, []), (choice.MUST, ["uk0"])):
        stand = stand_with(ukrainian(weight=weight))
        assert shown(stand, since=-10, until=14) == ["uk0"]
        assert shown(stand, since=10, until=34) == later


@pytest.mark.parametrize(
    ("others", "weight", "languages", "told"),
    [
        (choice.FULL_DAY - 1, 1, (), True),
        (choice.FULL_DAY, 1, (), False),
        (choice.FULL_DAY, choice.MUST, (), True),
        (choice.FULL_DAY, 1, ("en", "uk"), True),
    ],
)
def test_a_full_day_has_no_room_for_what_stands_in_another_language_alone(
    others: int, weight: int, languages: Sequence[str], told: bool
) -> None:
    stand = stand_with(*(report(n) for n in range(others)), ukrainian(weight=weight))
    assert ("uk0" in shown(stand, *languages)) is told


def test_what_only_bears_on_the_talks_is_told_in_ones_own_language() -> None:
    stand = stand_with(report(1), ukrainian(weight=2, context=True))
    assert shown(stand) == ["s01"]
    assert shown(stand, "uk") == ["uk0"]


UMEROV_IN_IT = "@ukraine/Rustem Umerov"
MACRON_IN_IT = "@france/Emmanuel Macron"


def pointing(r: Recorded, *direction: int, rare: Sequence[str] = ()) -> Recorded:
    """The report, with a direction of meaning and whom it names on top."""
    vector = packed("m", np.array(direction, dtype=np.float32)) if direction else ""
    return replace(r, reading=replace(r.reading, vector=vector, rare=tuple(rare), terms=()))


@pytest.mark.parametrize(
    ("hours", "direction", "rare", "verdict", "news"),
    [
        (20, (90, 30), [UMEROV_IN_IT], Verdict.NEW, False),
        (26, (90, 30), [UMEROV_IN_IT], Verdict.NEW, True),
        (20, (0, 100), [UMEROV_IN_IT], Verdict.NEW, True),
        (20, (90, 30), [MACRON_IN_IT], Verdict.NEW, True),
        (20, (90, 30), [UMEROV_IN_IT], Verdict.SHIFT, True),
    ],
)
def test_what_was_told_is_no_news_in_another_language_within_a_day(
    hours: float, direction: Sequence[int], rare: Sequence[str], verdict: Verdict, news: bool
) -> None:
    stand = stand_with(pointing(report(1), 100, 20, rare=[UMEROV_IN_IT]))
    assert stand.tells(-12, 12).lines
    abroad = ukrainian(hours=hours)
    assert abroad.development is not None
    abroad = replace(abroad, development=replace(abroad.development, verdict=verdict))
    stand.keeps(pointing(abroad, *direction, rare=rare))
    assert bool(shown(stand, since=12, until=36)) is news


def beside(english: Recorded, foreign: Recorded) -> int:
    """How many lines an English report and a foreign one make."""
    return len(chosen(stand_with(english, foreign)).lines)


def test_a_foreign_report_that_names_nobody_else_is_told_with_the_english_one() -> None:
    english = pointing(report(1, actor="ukraine"), rare=[UMEROV_IN_IT, MACRON_IN_IT])
    assert beside(english, pointing(ukrainian(hours=1), rare=[UMEROV_IN_IT])) == 1
    assert beside(english, pointing(ukrainian(hours=1), rare=["@poland/Donald Tusk"])) == 2
    assert beside(english, pointing(ukrainian(hours=1))) == 2, "who names nobody says nothing of whom it is about"
    assert beside(english, pointing(ukrainian(hours=13), rare=[UMEROV_IN_IT])) == 2


def test_where_a_foreign_report_names_one_only_nobody_else_may_act_in_it() -> None:
    english = pointing(report(1, actor="russia"), rare=[UMEROV_IN_IT, MACRON_IN_IT])
    assert beside(english, pointing(ukrainian(hours=1), rare=[UMEROV_IN_IT])) == 2
    assert beside(english, pointing(ukrainian(hours=1), rare=[UMEROV_IN_IT, MACRON_IN_IT])) == 1


def test_reports_in_two_languages_that_mean_the_same_and_share_a_person_are_one_line() -> None:
    english = pointing(report(1), 100, 20, rare=[UMEROV_IN_IT])
    both = [UMEROV_IN_IT, MACRON_IN_IT]
    assert beside(english, pointing(ukrainian(hours=13), 90, 30, rare=both)) == 1
    assert beside(english, pointing(ukrainian(hours=13), 0, 100, rare=both)) == 2
    assert beside(english, pointing(ukrainian(hours=13), 90, 30, rare=[MACRON_IN_IT])) == 2


def test_reports_in_one_language_are_not_compared_so() -> None:
    first, second = (pointing(report(n), 100, 20, rare=[UMEROV_IN_IT]) for n in (1, 2))
    assert beside(first, second) == 2


def test_a_line_with_both_headlines_bears_the_verdicts_of_both() -> None:
    abroad = ukrainian(hours=1)
    assert abroad.development is not None
    abroad = replace(abroad, development=replace(abroad.development, verdict=Verdict.SHIFT))
    english = pointing(report(1, actor="ukraine"), rare=[UMEROV_IN_IT])
    [line] = chosen(stand_with(english, pointing(abroad, rare=[UMEROV_IN_IT]))).lines
    assert set(line.verdicts) == {Verdict.NEW, Verdict.SHIFT}


@given(st.lists(st.tuples(st.sampled_from(PAPERS), st.integers(0, 2), st.booleans(), st.integers(0, 23)), max_size=25))
def test_whatever_arrives_no_bound_is_crossed_and_everything_is_accounted_for(
    arrived: list[tuple[str, int, bool, int]],
) -> None:
    stand = Newsstand()
    for n, (outlet, weight, context, hours) in enumerate(arrived):
        title = f"{NOUNS[n]} and {NOUNS[(n + 9) % 30]} on matter {n}"
        stand.keeps(judged(f"s{n}", outlet=outlet, title=title, weight=weight, context=context, hours=hours))
    digest = stand.digest()
    assert len(digest.lines) <= LINES_AT_MOST
    assert sum(line.context for line in digest.lines) <= CONTEXT_AT_MOST
    assert [line.weight for line in digest.lines if not line.context] == sorted(
        (line.weight for line in digest.lines if not line.context), reverse=True
    )
    assert len(set(stories(digest.lines))) == len(digest.lines)
    used = {a for line in digest.lines for a in line.article_ids}
    assert sum(digest.left_out.values()) + len(used) == len(arrived)
    assert all(line.first_seen <= at(24) for line in digest.lines)


@pytest.mark.parametrize("adds_abroad", [False, True])
def test_a_line_with_news_and_an_update_is_told_for_what_it_adds_to_what_was_told_before_either(
    adds_abroad: bool,
) -> None:
    adds, before = say("reason.new_fact", what=Name("what was done or said")), a_citation()
    both = [
        pointing(report(1, actor="ukraine"), rare=[UMEROV_IN_IT]),
        pointing(ukrainian(hours=1), rare=[UMEROV_IN_IT]),
    ]
    old = both[adds_abroad]
    assert old.development is not None
    update = replace(old.development, verdict=Verdict.UPDATE, reason=adds, compared=before)
    both[adds_abroad] = replace(old, development=update)
    stand = stand_with(*both)
    stand.told = Told(stories={update.story_id: at(-30)})
    [line] = chosen(stand).lines
    assert set(line.verdicts) == {Verdict.NEW, Verdict.UPDATE}
    assert (line.reason, line.compared) == (adds, before), "a first report of this it is not"

"""When two lines tell one happening that the record keeps apart, and when they only look alike."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from digests.model import Kind, Line, Verdict
from digests.ports import Recorded
from digests.twins import Twins, same_words, told_so
from digests.vectors import packed
from tests.builders import a_judgement, a_line, a_statement, an_article
from tests.unit.digests.newsstand import Newsstand, directory, judged
from tests.unit.digests.shipped import directory as shipped_directory

SAID = "“We are not rushing our American colleagues in any way,” Foreign Minister Sergei Lavrov said on Tuesday."


def headlined(title: str, name: str = "") -> Line:
    return a_line(name or title, an_article(name or title, title=title), quotes=())


@pytest.mark.parametrize(
    ("a", "b", "one"),
    [
        ("Trump: deal ‘close’ after talks in Abu Dhabi", 'Trump: deal "close" after talks in Abu Dhabi', True),
        ("EU prepares 19th package of sanctions on Russia", "EU prepares 20th package of sanctions on Russia", False),
        ("Russian strikes on Kyiv kill two", "Russian strikes on Kyiv kill six", False),
        ("Kremlin says it has seen no new draft", "Umerov leads Ukrainian team to Florida", False),
    ],
)
def test_headlines_are_one_by_their_words_and_never_across_a_number(a: str, b: str, one: bool) -> None:
    assert same_words(headlined(a), headlined(b)) is one


def lines_of(stand: Newsstand) -> list[Line]:
    lines = []
    for r in stand.recorded:
        assert r.development is not None
        line = a_line(r.article.article_id, r.article, quotes=())
        lines.append(replace(line, development_ids=(r.development.development_id,)))
    return lines


def test_a_report_of_a_speech_that_stands_in_another_line_is_that_lines_happening() -> None:
    stand = Newsstand()
    first = an_article("first", title="Lavrov not rushing American colleagues", lead=SAID, feed_id="harbour-wire")
    again = an_article("again", title="No haste: Lavrov and his American colleagues", lead=SAID, feed_id="north-paper")
    stand.keeps(judged("a", article=first))
    repeated = replace(a_statement(again, words=SAID, speaker="Sergei Lavrov"), kind=Kind.QUOTED)
    compared = a_line("x", first).headline
    judgement = replace(a_judgement(repeated, verdict=Verdict.CORROBORATED), compared=compared)
    report = judged("b", article=again)
    assert report.development is not None
    stand.keeps(replace(report, development=replace(report.development, judgements=(judgement,))))
    one, two = lines_of(stand)
    assert Twins(stand.window().recorded, directory()).one(one, two)
    assert Twins(stand.window().recorded, directory()).one(two, one)


def told_of_umerov(title: str, *, actors: tuple[str, ...] = ("ukraine",), hours: float = 1.0) -> Line:
    return a_line("b", an_article("b", title=title, hours=hours), quotes=(), actors=actors)


def test_a_headline_that_reports_what_another_line_shows_in_somebodys_own_words_is_that_lines() -> None:
    words = "“We have found common ground on the main points of the agreement drafted in Bern,” Umerov wrote."
    article = an_article("a", title="Rustem Umerov on two days in Bern", lead=words)
    quote = replace(a_line("a", article).quotes[0], speaker="Rustem Umerov")
    shows = a_line("a", article, quotes=(quote,), actors=("ukraine",))
    headline = "Ukraine says common ground found on main points of deal"
    assert same_words(shows, told_of_umerov(headline))
    assert same_words(told_of_umerov(headline), shows)
    assert not same_words(shows, told_of_umerov(headline, actors=("russia",)))
    assert not same_words(shows, told_of_umerov(headline, hours=14))
    assert not same_words(shows, told_of_umerov("Ukraine says main points of deal need another round of talks"))
    unsaid = replace(quote, span=an_article(lead=words.replace("“", "").replace("”", "")).texts[quote.part].span(0, 90))
    assert not same_words(replace(shows, quotes=(unsaid,)), told_of_umerov(headline)), "nobody's own words"


def company(*titles_and_directions: tuple[str, tuple[int, int]], apart: float = 0.0) -> bool:
    stand = Newsstand()
    for number, (title, direction) in enumerate(titles_and_directions):
        article = an_article(f"a{number}", title=title, lead="", feed_id=f"paper-{number}", hours=number * apart)
        r = judged(f"d{number}", article=article)
        vector = packed("m", np.array(direction, dtype=np.float32))
        stand.keeps(replace(r, reading=replace(r.reading, vector=vector)))
    one, two = lines_of(stand)
    return Twins(stand.window().recorded, shipped_directory()).one(one, two)


def test_two_headlines_that_send_the_same_persons_on_one_errand_are_one_happening() -> None:
    sends = ("Trump sends Witkoff to Moscow with the plan", (100, 20))
    assert company(sends, ("President Trump directs envoy Witkoff to go to Moscow", (90, 45)))
    assert not company(sends, ("Trump and Witkoff watch a parade of veterans", (0, 100)))
    assert not company(sends, ("Rubio sends Kellogg to Moscow with the plan", (100, 20)))


SENDS = ("Trump sends Witkoff to Moscow with the plan", (100, 20))


def test_an_errand_of_the_same_persons_half_a_day_later_is_another() -> None:
    again = ("President Trump directs envoy Witkoff to go to Moscow", (90, 45))
    assert company(SENDS, again, apart=11)
    assert not company(SENDS, again, apart=13)


def test_what_is_less_alike_is_one_errand_only_while_it_has_just_happened() -> None:
    ultimatum = ("'My patience is thin': Trump's ultimatum to Witkoff", (29, 96))
    assert company(SENDS, ultimatum, apart=2)
    assert not company(SENDS, ultimatum, apart=4)


def test_one_headline_may_name_somebody_besides_and_not_each_somebody_else() -> None:
    to_putin = ("Envoy Witkoff goes to see Putin, Trump says", (90, 45))
    assert company(SENDS, to_putin)
    assert not company(("Trump sends Witkoff and Rubio to Moscow with the plan", (100, 20)), to_putin)


def test_of_one_person_alone_many_things_are_told_in_a_day() -> None:
    assert not company(
        ("Trump praises the plan at a rally", (100, 20)), ("A good day for all, Trump thinks", (100, 20))
    )


def test_revisions_of_a_running_article_are_not_one_for_that() -> None:
    stand = Newsstand()
    stand.prints("U.S. Army Secretary meets Russian officials", "Talks went on.", outlet="north-paper", name="running")
    stand.prints("Trump sends Witkoff to Putin", "He goes to Moscow.", outlet="north-paper", name="running", revision=1)
    told = [
        replace(a_line(r.article.key, r.article, quotes=()), development_ids=(r.article.key,)) for r in stand.recorded
    ]
    assert not Twins(stand.window().recorded, directory()).one(*told)


def test_what_was_told_is_news_again_only_with_a_stronger_claim() -> None:
    old = headlined("Lavrov says Russia will not accept European troops", "old")
    new = headlined("Lavrov says Russia will not accept European troops", "new")
    assert told_so(new, [old])
    assert told_so(replace(new, verdicts=(Verdict.UPDATE,)), [old])
    assert not told_so(replace(new, verdicts=(Verdict.SHIFT,)), [old])
    assert not told_so(headlined("Umerov leads Ukrainian team to Florida"), [old])


def meeting(title: str, place: str = "kyiv", hours: float = 0.0, meant: tuple[int, int] = (10, 6)) -> Recorded:
    """A report under that headline which names a place."""
    report = judged(title, title=title, hours=hours)
    vector = packed("m", np.array(meant, dtype=np.float32))
    return replace(report, reading=replace(report.reading, rare=(f"in:{place}",), vector=vector))


def are_one_meeting(*reports: Recorded) -> bool:
    stand = Newsstand()
    for report in reports:
        stand.keeps(report)
    one, two = (
        replace(line, first_seen=r.article.seen_at) for line, r in zip(lines_of(stand), stand.recorded, strict=True)
    )
    twins = Twins(stand.window().recorded, directory())
    return twins.one_meeting(one, two) and twins.one_meeting(two, one)


HOSTED = "Kyiv hosts allied security chiefs"
IN_TOWN = "Allies gather for talks on plan"


def test_a_meeting_in_one_place_on_one_day_is_one_line_whomever_a_headline_names() -> None:
    assert are_one_meeting(meeting(HOSTED, "nowhere"), meeting(IN_TOWN))
    assert are_one_meeting(meeting("Rubio says talks with Ukraine were productive"), meeting(IN_TOWN))


@pytest.mark.parametrize(
    "other",
    [
        meeting(IN_TOWN, "geneva"),
        meeting(IN_TOWN, hours=20),
        meeting(IN_TOWN, meant=(-6, 10)),
        meeting("Allies sign declaration after talks"),
        meeting("Storm closes schools"),
    ],
    ids=["elsewhere", "another day", "another matter", "what came of it", "no meeting"],
)
def test_meetings_elsewhere_or_later_and_what_comes_of_one_are_lines_of_their_own(other: Recorded) -> None:
    assert not are_one_meeting(meeting("Leaders meet in town"), other)


def test_what_two_people_say_of_a_meeting_is_two_lines() -> None:
    assert not are_one_meeting(meeting("Rubio says talks were good"), meeting("Lavrov says talks were bad"))
    assert not are_one_meeting(meeting("Rubio meets the delegation"), meeting("Lavrov meets the delegation"))


def test_that_parties_meet_is_no_second_line_where_what_came_of_it_is_told() -> None:
    stand = Newsstand()
    stand.keeps(meeting("Leaders meet in town"))
    stand.keeps(meeting("Leaders sign declaration after talks", hours=2))
    gathering, outcome = lines_of(stand)
    twins = Twins(stand.window().recorded, directory())
    told_before = replace(gathering, verdicts=(Verdict.UPDATE,))
    assert twins.overtaken(told_before, outcome)
    assert not twins.overtaken(replace(gathering, verdicts=(Verdict.NEW,)), outcome)
    assert not twins.overtaken(outcome, told_before)

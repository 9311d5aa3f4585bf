"""Facts about likeness: what is done, where, by whom and what is meant make two reports one happening or two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from digests.commonness import Commonness
from digests.reports import Likeness, Told, told_of
from digests.vectors import Vector, packed, unpacked
from tests.unit.digests.shipped import read

HEAD = ("walnut", "copper", "lantern", "saddle", "pepper")
LIKENESS = Likeness(Commonness())


def told(
    *terms: str,
    acts: Sequence[str] = (),
    actor: str = "",
    place: str = "",
    language: str = "en",
    meant: tuple[int, int] | None = None,
    hours: float = 0.0,
) -> Told:
    """A report as the index keeps it, made of nothing but what a test is about."""
    plain = told_of(read("Talks on the plan go on", hours=hours), "story")
    vector: Vector | None = unpacked(packed("m", np.array(meant, dtype=np.float32))) if meant else None
    return replace(
        plain,
        terms=dict.fromkeys(terms or HEAD, 1),
        headline=(),
        names=frozenset(),
        places=frozenset({place} if place else ()),
        acts=frozenset(acts),
        actor=actor,
        language=language,
        vector=vector,
    )


def acts_of(title: str) -> frozenset[str]:
    return told_of(read(title), "story").acts


@pytest.mark.parametrize(
    ("title", "act"),
    [
        ("Зеленський підписав угоду", "decide"),
        ("Зеленский подписал документ", "decide"),
        ("Tusk przyjął plan", "decide"),
        ("Merz unterzeichnet die Erklärung", "decide"),
        ("Macron signe la déclaration", "decide"),
        ("Делегації зустрілися в Женеві", "meet"),
        ("Gespräche in Genf", "meet"),
        ("Загинули двоє людей", "strike"),
        ("Путин назначил нового главу", "post"),
        ("Київ спростував заяву", "deny"),
        ("Kreml zaprzecza", "deny"),
        ("Berlin bestreitet den Bericht", "deny"),
        ("Moscou rejette le plan", "deny"),
        ("Kyiv asks for evidence", "prove"),
    ],
)
def test_what_a_headline_says_was_done_is_known_in_every_language_of_the_feeds(title: str, act: str) -> None:
    assert act in acts_of(title)


def test_that_something_was_not_done_denies_and_a_bare_not_does_not() -> None:
    assert "deny" in acts_of("Ukraine did not strike the house")
    assert "deny" not in acts_of("Kyiv, not Moscow, hears of the house")


@pytest.mark.parametrize("yes", ["decide", "prove"])
def test_a_yes_and_a_no_are_two_happenings_unless_one_headline_has_both(yes: str) -> None:
    apart = LIKENESS.of(told(acts=[yes]), told(acts=["deny"]))
    assert apart < 0.5 * LIKENESS.of(told(acts=["meet"]), told(acts=["deny"]))
    assert apart < LIKENESS.of(told(acts=[yes, "deny"]), told(acts=["deny"]))


def test_what_ends_a_meeting_is_no_further_report_of_the_meeting() -> None:
    preview, outcome = told("harbour", *HEAD, acts=["meet"]), told("river", *HEAD, acts=["meet", "draft"])
    assert LIKENESS.of(preview, outcome) < LIKENESS.of(preview, replace(outcome, acts=frozenset({"meet", "strike"})))


def test_denials_of_two_parties_are_kept_apart_and_those_of_one_are_not() -> None:
    first, same, other = (told("harbour", *HEAD, acts=["deny"], actor=a) for a in ("ukraine", "ukraine", "russia"))
    meeting = (told("harbour", *HEAD, acts=["meet"], actor=a) for a in ("ukraine", "russia"))
    second = replace(other, terms={**other.terms, "river": 3})
    assert LIKENESS.of(first, replace(second, actor="ukraine")) > LIKENESS.of(first, second)
    assert LIKENESS.of(first, other) < LIKENESS.of(*meeting)
    assert LIKENESS.of(first, same) == 1.0


def test_reports_in_which_another_party_acts_are_a_little_further_apart() -> None:
    ours, theirs, nobodys = (told("harbour", *HEAD, actor=a) for a in ("ukraine", "russia", ""))
    first = told("river", *HEAD, actor="ukraine")
    assert LIKENESS.of(first, ours) == LIKENESS.of(first, nobodys) > LIKENESS.of(first, theirs) > 0.5


def test_reports_of_a_meeting_in_one_place_within_two_days_are_nearer_than_their_words() -> None:
    first = told("harbour", *HEAD, acts=["meet"], place="in:geneva")
    for place, hours, nearer in (("in:geneva", 3, True), ("in:paris", 3, False), ("in:geneva", 50, False)):
        there = told("river", "ladder", *HEAD[:3], acts=["meet"], place=place, hours=hours)
        nowhere = replace(there, places=frozenset())
        assert (LIKENESS.of(first, there) > LIKENESS.of(first, nowhere)) is nearer


def test_days_between_two_reports_part_them_and_a_rare_name_holds_them_longer() -> None:
    first, soon, late = (told(hours=hours) for hours in (0, 1, 60))
    assert LIKENESS.of(first, soon) > 2 * LIKENESS.of(first, late)
    named = [replace(r, names=frozenset({"walnut"})) for r in (first, late)]
    assert LIKENESS.of(*named) > LIKENESS.of(first, late)


def test_in_one_language_meaning_counts_beside_words() -> None:
    first, near, far = (
        told(meant=(100, 0)),
        told("harbour", *HEAD, meant=(95, 20)),
        told("harbour", *HEAD, meant=(0, 9)),
    )
    assert LIKENESS.of(first, near) > LIKENESS.of(first, far) > 0.0
    other_words = told("river", "ladder", "violin", meant=(95, 20))
    assert (
        LIKENESS.of(first, near)
        > LIKENESS.of(first, other_words)
        > LIKENESS.of(first, replace(far, terms={"river": 1}))
    )


def test_across_languages_meaning_alone_is_not_enough_without_a_common_name_or_number() -> None:
    said = told("@russia", "town:4", *HEAD, meant=(100, 10))
    for common, one in (("@russia", True), ("town:4", True), ("walnut", False)):
        abroad = told(common, "озеро", language="uk", meant=(98, 12))
        assert (LIKENESS.of(said, abroad) > 0.25) is one


def test_across_languages_a_common_name_is_not_enough_where_something_else_is_meant() -> None:
    said = told("@russia", *HEAD, meant=(100, 0))
    assert LIKENESS.of(said, told("@russia", "озеро", language="uk", meant=(5, 100))) < 0.25


def test_without_a_direction_of_meaning_words_are_compared_across_languages_too() -> None:
    said, abroad = told("@russia", "town:4"), told("@russia", "town:4", language="uk")
    assert LIKENESS.of(said, abroad) > 0.9


def test_appointments_to_two_posts_are_further_apart_than_two_reports_of_one() -> None:
    one = told_of(read("Zelensky names Budanov as chief of staff"), "story")
    same = told_of(read("Zelenskyy picks spy chief to head presidential office"), "story")
    other = told_of(read("Zelensky names new defence minister"), "story")
    assert one.posts & same.posts
    assert one.posts.isdisjoint(other.posts)
    plain = told(acts=["post"])
    apart = LIKENESS.of(replace(plain, posts=one.posts), replace(plain, posts=other.posts))
    assert apart < LIKENESS.of(replace(plain, posts=one.posts), replace(plain, posts=same.posts))
    assert told_of(read("Zelensky meets chief of staff"), "story").posts == frozenset()


def headed(title: str) -> Told:
    """A report of which nothing but the headline's speakers and acts is looked at."""
    whole = told_of(read(title), "story")
    return replace(told(acts=sorted(whole.acts)), persons=whole.persons, voices=whole.voices)


def test_two_persons_remarks_on_one_subject_are_two_happenings_and_one_persons_are_not() -> None:
    starmer = headed("Starmer says guarantees for Ukraine need a backstop")
    macron = headed("Guarantees for Ukraine need a backstop, Macron says")
    again = headed("Starmer: no guarantees for Ukraine without a backstop")
    assert LIKENESS.of(starmer, macron) < 0.7 * LIKENESS.of(starmer, again)


def test_a_remark_is_another_happening_than_what_was_done_about_its_subject() -> None:
    remark = headed("Starmer vows lawmakers will have a say on soldiers for Ukraine")
    done = headed("Britain and France to station soldiers in Ukraine after a ceasefire")
    about = headed("Starmer to station soldiers in Ukraine after a ceasefire")
    assert remark.voices == {"Keir Starmer"}
    assert LIKENESS.of(remark, done) < LIKENESS.of(done, done)
    assert LIKENESS.of(remark, about) == LIKENESS.of(about, about), "both headlines name him"


def test_somebodys_word_for_what_was_done_reports_it() -> None:
    told_so = headed("Drone strike hits clinic in Kyiv, Zelensky says")
    plain = headed("Patients carried out after strike on clinic")
    assert LIKENESS.of(told_so, plain) == LIKENESS.of(plain, plain)


def test_two_issues_of_a_series_are_known_by_whatever_differs_in_their_count() -> None:
    first, second = (told_of(read(f"War diary, day {day}, part 1: Kyiv and the plan"), "s") for day in (812, 813))
    plain = told()
    apart = LIKENESS.of(replace(plain, issues=first.issues), replace(plain, issues=second.issues))
    assert apart < 0.5 * LIKENESS.of(plain, plain)
    other_count = replace(plain, issues={"episode": "7"})
    assert LIKENESS.of(replace(plain, issues=first.issues), other_count) == LIKENESS.of(plain, plain)

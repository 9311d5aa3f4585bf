"""Facts about statements in pages as they come: two stands in a sentence, other news, teasers, turns. All made up."""

from __future__ import annotations

import pytest

from digests.statements import Finder
from tests.unit.digests import shipped
from tests.unit.digests.parties import article, found, who

RUSSIA, UKRAINE = ("russia", "Russia"), ("ukraine", "Ukraine")


def _shipped_who(text: str) -> list[tuple[str, str | None]]:
    return [(s.actor_id, s.speaker) for s in Finder(shipped.directory()).find(article(text))]


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        (
            "Kyiv has rejected every land swap so far and insists on security guarantees before winter.",
            [
                ("Kyiv has rejected every land swap so far", ("territory",)),
                ("insists on security guarantees before winter.", ("security-guarantees",)),
            ],
        ),
        (
            "Lavrov opposed the truce that was offered but said he would discuss the land by the river.",
            [
                ("Lavrov opposed the truce that was offered", ("ceasefire",)),
                ("said he would discuss the land by the river.", ("territory",)),
            ],
        ),
    ],
)
def test_two_stands_of_one_voice_in_one_sentence_are_two_statements(
    text: str, spans: list[tuple[str, tuple[str, ...]]]
) -> None:
    assert [(s.span.chars, s.issues) for s in found(text)] == spans


@pytest.mark.parametrize(
    "text",
    [
        "Kyiv rejected the truce and said on Monday that the truce was a trap.",
        "Zelensky spoke of the truce at length and mentioned land by the river.",
        "Kyiv rejected the truce and “said no” to giving up land by the river.",
    ],
)
def test_one_stand_told_with_two_verbs_is_one_statement(text: str) -> None:
    assert len(found(text)) == 1


def test_what_is_rejected_in_a_clause_of_its_own_is_what_was_spoken_of() -> None:
    text = (
        "Moscow is pushing for all of the Donbas.\n"
        "Kyiv has rejected the demand outright and insists on security guarantees before winter."
    )
    assert [(s.actor_id, s.issues) for s in found(text)][1:] == [
        ("ukraine", ("territory",)),
        ("ukraine", ("security-guarantees",)),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ukraine's ambassador to the United States said the peace plan was dead.", ("ukraine", None)),
        ("The US envoy for talks with Moscow said the peace plan was alive.", ("united-states", "Steve Witkoff")),
        ("A study by Chatham House said that the truce would not last.", ("analyst", "Chatham House")),
        ("Russia, which holds a fifth of Ukraine, is fighting to take the rest of the Donbas.", RUSSIA),
        ("Kyiv could take up another US demand - for a truce by summer.", ("united-states", "United States")),
        ("The US and Moscow continue talks on a truce.", ("united-states", "United States")),
    ],
)
def test_a_subject_that_goes_on_to_another_name_keeps_its_verb(text: str, expected: tuple[str, str | None]) -> None:
    assert who(text)[0] == expected


def test_clauses_in_a_list_are_each_a_party_s_own() -> None:
    text = (
        "Trump urged Moscow to drop its claim to the land, Kyiv signed the agreement on prisoners, and the Kremlin"
        " rejected the truce."
    )
    assert who(text) == [("united-states", "Donald Trump"), UKRAINE, RUSSIA]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The truce follows a meeting in Geneva involving Witkoff and the Kremlin's Lavrov.",
            ["Steve Witkoff", "Sergei Lavrov"],
        ),
        ("A meeting on the truce between Witkoff and Lavrov is planned for Friday.", []),
        ("A meeting on the truce between Witkoff and Lavrov would end it.", []),
    ],
)
def test_a_meeting_that_was_held_is_an_act_of_those_who_met(text: str, expected: list[str]) -> None:
    assert [s.speaker for s in found(text)] == expected


def test_a_place_before_a_colon_in_running_text_is_where_it_was_written() -> None:
    text = "Kyiv: President Volodymyr Zelensky has said on Monday that the peace plan is to be read again in full."
    assert who(text) == [("ukraine", "Volodymyr Zelensky")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Sikorski po rozmowie z Zełenskim: ten plan pokojowy trzeba napisać od nowa",
            [("poland", "Radoslaw Sikorski")],
        ),
        ("Umerov after talks with Witkoff: the peace plan is not ready to be signed", [("ukraine", "Rustem Umerov")]),
        ("Europe after the talks in Geneva: what the peace plan leaves out of account", []),
    ],
)
def test_a_headline_after_a_meeting_has_the_words_of_the_one_it_begins_with(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert _shipped_who(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Putin says the fighting stops when troops withdraw, calls U.S. plan a possible basis", ["Vladimir Putin"]),
        ("Putin says the peace plan is useful, demands Kyiv withdraw its troops from the Donbas", ["Vladimir Putin"]),
        ("The peace plan must be written again, says Zelensky before meeting Witkoff", ["Volodymyr Zelensky"]),
        ("The peace plan must be written again, says Kremlin spokesman Dmitry Peskov", ["Dmitry Peskov"]),
    ],
)
def test_a_name_behind_a_second_verb_is_spoken_of_where_the_sentence_goes_on_about_it(
    text: str, expected: list[str]
) -> None:
    assert [name for _, name in _shipped_who(text)] == expected


def test_an_act_that_only_says_which_paper_is_meant_is_no_act_of_that_day() -> None:
    assert _shipped_who("The plan that Washington presented in spring would cede the Donbas.") == []
    assert _shipped_who("Washington presented a plan that would cede the Donbas.") == [
        ("united-states", "United States")
    ]


def test_what_somebody_ought_to_accept_or_say_is_no_statement_of_his() -> None:
    assert _shipped_who("Zelensky should accept the peace plan and say that he is grateful.") == []
    assert _shipped_who("Trump said Zelensky should accept the peace plan and say thanks.") == [
        ("united-states", "Donald Trump")
    ]


def test_a_negotiator_is_not_the_chief_of_them() -> None:
    assert _shipped_who("Peace plan cut from 28 to 19 points, Ukrainian negotiator says") == [("ukraine", None)]


def test_a_day_before_a_closing_attribution_is_of_what_is_said() -> None:
    statements = Finder(shipped.directory())
    [of_content] = statements.find(article("The leaders spoke of the peace plan on Sunday, Macron said."))
    [of_saying] = statements.find(article("On Sunday the leaders spoke of the peace plan, Macron said."))
    assert of_saying.said_on is not None
    assert of_saying.said_on.exact is not None
    assert of_content.said_on != of_saying.said_on


def test_a_ceasefire_elsewhere_is_not_the_one_of_this_plan() -> None:
    [statement] = Finder(shipped.directory()).find(article("Witkoff praised the ceasefire in Gaza and the peace plan."))
    assert "ceasefire" not in statement.issues


def test_a_minister_of_something_is_who_is_named_behind_it() -> None:
    text = "The peace plan is not ours, said Ukrainian Minister of Defence Mykhailo Fedorov."
    assert _shipped_who(text) == [("ukraine", "Mykhailo Fedorov")]


def test_words_of_long_ago_have_no_day_and_lend_none() -> None:
    text = (
        "Zelensky said on Monday that the peace plan was late.\n"
        "In an interview in March 2025 Zelensky said the peace plan was a dream. “The peace plan is a dream,” he said."
    )
    assert [s.said_on is None or s.said_on.exact is None for s in found(text)] == [False, True, True]


def test_what_was_named_before_is_the_institute_and_a_verb_may_close_its_words() -> None:
    text = (
        "Chatham House said the truce was short of guards.\n"
        "“Nobody can count the breaches of the truce any more,” the British think-tank concluded."
    )
    assert who(text) == [("analyst", "Chatham House")] * 2


def test_unnamed_officials_of_the_west_hold_their_own_words() -> None:
    text = "Western diplomats said on Monday that Washington agrees with Moscow on the peace plan."
    assert _shipped_who(text) == [("other", "Western diplomats")]


def test_experts_in_a_list_have_one_title() -> None:
    text = (
        "We asked the analysts Ada Brandt, Boris Lind and Carla Mies about the peace plan.\n"
        "Mies said the peace plan was thin."
    )
    assert who(text) == [("analyst", "Carla Mies")]


def test_news_from_elsewhere_states_nothing_on_the_talks() -> None:
    text = (
        "Trump said the peace plan was close.\n"
        "The letter goes on to Gaza, where a school was opened.\n"
        "Trump said it was a great day for everybody there. Kyiv was quiet.\n"
        "Trump said he had hopes for a good end."
    )
    assert [s.span.chars for s in found(text)] == [
        "Trump said the peace plan was close.",
        "Trump said he had hopes for a good end.",
    ]


def test_a_card_for_another_article_is_no_part_of_this_one() -> None:
    text = (
        "Zelensky said that the peace plan needs a truce before anything else is written into it.\n"
        "Commentary\n"
        "What If The Peace Plan Fails\n"
        "Moscow must be made to want the peace plan by those who pay for it.\n"
        "Ada Brandt\n"
        "Moscow wants the peace plan to be signed by the end of the month, whatever else may come."
    )
    assert [s.actor_id for s in found(text)] == ["ukraine", "russia"]


def test_the_first_line_of_a_page_counts_though_a_link_broke_it() -> None:
    menu = "\n".join(
        ("News", "Business", "Politics", "Science", "Style", "Travel", "Money", "Food", "Home", "Back", "Sport")
    )
    first = "Lavrov said on Monday that the peace plan had been read and would be\nanswered soon"
    text = f"{menu}\n{first}\nNobody else was there to speak to him."
    assert who(text) == [("russia", "Sergei Lavrov")]


def test_menus_do_not_say_what_an_article_is_about() -> None:
    menu = "\n".join(f"territory {n}" for n in range(12))
    text = f"{menu}\nTrump spoke of the peace plan for an hour in front of the cameras.\nHe said that was all he had."
    assert [s.issues for s in found(text)] == [("process",)]


def test_the_minister_before_any_is_named_is_the_one_in_the_headline() -> None:
    text = "Lavrov on the peace plan\nThe foreign minister said that the peace plan had to be rewritten from page one."
    assert who(text) == [("russia", "Sergei Lavrov")]


def test_who_answered_a_reporter_twice_answers_him_again() -> None:
    text = (
        "Zelensky said the peace plan was on his desk.\n"
        "I asked him who wrote it.\n“Not I, and not for this peace plan.”\n"
        "I asked him who would.\n“Somebody with time for a peace plan.”\n"
        "The room was cold that day, and Trump looked down from a screen on the wall.\n"
        + "A lamp went out above the table while we sat there.\n" * 5
        + "I asked him for a last word.\n“The peace plan will keep us busy.”"
    )
    assert [s.speaker for s in found(text)][-1] == "Volodymyr Zelensky"


def test_land_that_may_be_had_back_is_no_mere_fighting() -> None:
    text = "Zelensky said missiles alone would not get back the land that was lost."
    assert "territory" in found(text)[0].issues


@pytest.mark.parametrize(
    ("text", "issues"),
    [
        ("Kyiv said on Monday that an oil refinery in the south was hit by its drones.", ("hostilities",)),
        ("Kyiv said on Monday that the sanctions on every oil refinery must stay.", ("sanctions",)),
    ],
)
def test_works_that_drones_hit_are_the_fighting_and_no_trade(text: str, issues: tuple[str, ...]) -> None:
    assert [s.issues for s in Finder(shipped.directory()).find(article(text))] == [issues]


@pytest.mark.parametrize(
    "text",
    [
        "Russia is not ready for a ceasefire, Ukraine's Zelensky says",
        "Russia will not accept a ceasefire in Donbas, Ukraine's Umerov says",
        "Moscow must not dictate the peace plan to Kyiv, says Zelensky",
    ],
)
def test_what_somebody_says_of_another_at_the_end_is_his_whosever_he_is(text: str) -> None:
    assert {s.actor_id for s in found(text)} == {"ukraine"}

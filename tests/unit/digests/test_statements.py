"""Facts about statements: who said, wanted or did what, in which clause, how surely. Sentences are made up."""

from __future__ import annotations

from datetime import date
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests.model import Days, Kind, Part, Polarity, Statement
from tests.unit.digests.parties import FINDER, article, found, who

MONDAY, TUESDAY = date(2025, 11, 24), date(2025, 11, 25)
RUSSIA, UKRAINE, STATES = ("russia", "Russia"), ("ukraine", "Ukraine"), ("united-states", "United States")
LAVROV, PUTIN, ZELENSKY = ("russia", "Sergei Lavrov"), ("russia", "Vladimir Putin"), ("ukraine", "Volodymyr Zelensky")


def one(text: str) -> Statement:
    [statement] = found(text)
    return statement


@pytest.mark.parametrize(
    "text",
    [
        "“We are ready for talks about the plan,” Lavrov said in a long interview with state television.",
        "“We are ready for talks about the plan,” said Lavrov in a long interview with state television.",
        "Lavrov said that Moscow had not received the plan and would wait for the next round of talks.",
        "Russian Foreign Minister Sergei Lavrov, speaking to reporters in Minsk, rejected the peace plan outright.",
        "The plan is far from ready, according to Russian Foreign Minister Sergei Lavrov, who spoke on Monday.",
        "The peace plan was rejected by Lavrov in a long interview with state television on Monday evening.",
        "Russia's foreign minister, Sergei Lavrov, said that the talks about the plan would go on for a while.",
        "There is no new plan, as Lavrov put it, and the Russian foreign minister said that talks would go on.",
        "Lavrov, who has been critical of the plan, said that talks would go on for as long as it takes them.",
        "Lavrov has attacked the plan many times, and called for talks that take the interests of all into account.",
    ],
)
def test_the_forms_of_attribution_find_one_speaker(text: str) -> None:
    assert who(text) == [LAVROV]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Kremlin: no new draft of the peace plan has been received", [RUSSIA]),
        ("Lavrov says peace plan has not been received", [LAVROV]),
        ("‘We will not give up land’ – Zelensky", [ZELENSKY]),
        ("Peace plan not received yet, says Kremlin", [RUSSIA]),
        ("Moscow rejects ceasefire | The Moscow Times", [RUSSIA]),
    ],
)
def test_headlines_have_forms_of_their_own(title: str, expected: list[tuple[str, str]]) -> None:
    statements = FINDER.find(article(title=title))
    assert [(s.actor_id, s.speaker) for s in statements] == expected
    assert all(s.part is Part.TITLE for s in statements)
    assert all("Moscow Times" not in s.span.chars for s in statements)


def test_the_second_half_of_a_split_quotation_is_the_same_speaker_s() -> None:
    first, second = found(
        "“We will never give up our land,” Zelensky told reporters in the capital. “The talks will not change this.”"
    )
    assert (first.speaker, second.speaker) == ("Volodymyr Zelensky", "Volodymyr Zelensky")
    assert second.span.chars == "“The talks will not change this.”"
    assert not second.speaker_in_span


def test_a_quotation_of_several_sentences_stays_whole() -> None:
    statement = one(
        "“The talks went well. The plan is better now. We will go on,” Zelensky said after the meeting in Geneva."
    )
    assert statement.span.chars.startswith("“The talks went well.")
    assert statement.span.chars.endswith("in Geneva.")
    assert [q.chars for q in statement.quotes] == ["The talks went well. The plan is better now. We will go on,"]


def test_two_actors_in_one_sentence_give_two_statements() -> None:
    statements = found(
        "Moscow demands that Kyiv withdraw from the Donbas, while Ukraine has rejected any loss of territory."
    )
    assert [(s.actor_id, s.polarity) for s in statements] == [
        ("russia", Polarity.DEMAND),
        ("ukraine", Polarity.OPPOSE),
    ]
    assert statements[1].span.chars == "Ukraine has rejected any loss of territory."


def test_subjects_joined_by_and_state_together() -> None:
    assert who("Russia and Ukraine agreed on a large exchange of prisoners after two days of talks.") == [
        RUSSIA,
        UKRAINE,
    ]


def test_what_one_says_of_another_is_his_own_statement_about_the_other() -> None:
    statement = one(
        "Trump said that Putin had agreed to a ceasefire of one week during the cold weather in the region."
    )
    assert statement.speaker == "Donald Trump"
    assert statement.about == ("russia",)


def test_a_pronoun_is_the_last_fitting_speaker_and_said_to_be_unsure() -> None:
    first, second = found(
        "Lavrov said that the talks would go on next week.\nHe added that the plan had not been received so far."
    )
    assert second.speaker == first.speaker
    assert (first.sure, second.sure) == (True, False)


def test_she_is_not_he() -> None:
    text = (
        "Zakharova said that the talks would go on. Lavrov said that the plan was new. "
        "She added that the deal was far away."
    )
    assert [s.speaker for s in found(text)] == ["Maria Zakharova", "Sergei Lavrov", "Maria Zakharova"]


def test_a_closing_he_said_is_whom_the_words_before_the_quotation_name() -> None:
    text = (
        "Lavrov said that the peace plan was not yet ready.\n"
        "Kremlin spokesman Dmitry Peskov took another view of the talks: “They can hardly be better,” he stated."
    )
    assert [s.speaker for s in found(text)] == ["Sergei Lavrov", "Dmitry Peskov"]


def test_the_president_is_none_but_a_president() -> None:
    text = (
        "Zelensky met Umerov before the talks.\n"
        "Umerov said that the talks had begun. The president said that the plan was good."
    )
    assert [s.speaker for s in found(text)][-1] == "Volodymyr Zelensky"


def test_a_pronoun_without_a_speaker_in_reach_is_nobody() -> None:
    assert found("He said that the plan was good and that talks about it would go on for a while.") == ()


def test_a_speaker_that_is_left_open_is_none() -> None:
    statement = one(
        "A senior Kremlin official said that the talks about the plan had gone well in Abu Dhabi this week."
    )
    assert (statement.actor_id, statement.speaker) == ("russia", None)


def test_analysts_are_analysis_and_never_an_actor_s_words() -> None:
    statement = one(
        "The Institute for the Study of War said that Russia has rejected the plan and that talks will fail."
    )
    assert (statement.actor_id, statement.kind) == ("analyst", Kind.ANALYSIS)
    assert who("Analysts say that the peace plan will hardly be accepted by anybody in the region.") == [
        ("analyst", None)
    ]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("“The plan is good,” Zelensky said after the meeting in the capital on Monday evening.", Kind.QUOTED),
        ("Zelensky said the plan was good after the meeting in the capital on Monday evening.", Kind.REPORTED),
        ("Zelensky signed an agreement on the return of prisoners in the capital on Monday evening.", Kind.ACTION),
    ],
)
def test_how_a_statement_is_carried(text: str, kind: Kind) -> None:
    assert one(text).kind is kind


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("Moscow rejected the peace plan in a statement that was published on Monday evening.", Polarity.OPPOSE),
        ("Moscow welcomed the peace plan in a statement that was published on Monday evening.", Polarity.SUPPORT),
        ("Moscow did not accept the peace plan that was published on Monday evening in Geneva.", Polarity.OPPOSE),
        ("Kyiv insists on security guarantees from all its partners before any other agreement.", Polarity.DEMAND),
        (
            "Moscow said that it would stop if Ukraine would withdraw from all of the Donbas region.",
            Polarity.CONDITIONAL,
        ),
        ("Zelensky said that the talks had been long and that they had been constructive and calm.", Polarity.NEUTRAL),
        ("Zelensky said that he would never accept the plan that was published on Monday evening.", Polarity.OPPOSE),
    ],
)
def test_stance_follows_the_verb_its_negation_and_its_condition(text: str, polarity: Polarity) -> None:
    assert one(text).polarity is polarity


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Zelensky said on Monday that the talks would be held on Friday in the capital.", Days(MONDAY, MONDAY)),
        ("On Monday, Zelensky said that the talks would be held on Friday in the capital.", Days(MONDAY, MONDAY)),
        (
            "Zelensky said last week that the talks would be held in the capital soon.",
            Days(date(2025, 11, 17), date(2025, 11, 23)),
        ),
        ("Zelensky said that the talks would be held in the capital of the country.", Days(MONDAY, TUESDAY)),
        ("Zelensky has repeatedly said that the talks would be held in the capital.", None),
        (
            "In a speech on August 15, Zelensky said that the talks would be held soon.",
            Days(date(2025, 8, 15), date(2025, 8, 15)),
        ),
    ],
)
def test_the_day_is_the_day_of_saying(text: str, days: Days | None) -> None:
    assert one(text).said_on == days


def test_a_day_lends_itself_to_the_same_speaker_s_next_words() -> None:
    _, second = found(
        "Zelensky said on Monday that the talks had begun.\nZelensky added that the plan was a good one for all."
    )
    assert second.said_on == Days(MONDAY, MONDAY)


def test_words_without_an_issue_speak_of_what_was_spoken_of() -> None:
    first, second = found(
        "Moscow wants the Donbas and all its territory.\nKyiv has firmly rejected this condition in public."
    )
    assert first.issues == second.issues == ("territory",)


def test_acts_of_war_are_no_stand_on_territory() -> None:
    assert [
        s.issues for s in found("Russia attacked the territory of the region with drones and missiles overnight.")
    ] == [("hostilities",)]


def test_no_span_touches_the_cut_end_of_a_cut_text() -> None:
    text = "Lavrov said that the plan was new to everybody in Moscow. Zelensky said that the talks were far from ov"
    statements = FINDER.find(article(description=text, cut=True))
    assert [s.speaker for s in statements] == ["Sergei Lavrov"]
    assert len(FINDER.find(article(description=text))) == 2


PAGE = """Home
Trump says plan is close to being signed by all
Zelensky is pictured in the capital after the talks. Photo: Somebody/Getty Images
KYIV, Nov 25 (Wire) - Lavrov said that the talks about the plan would go on for some more weeks at least.
* list 1 of 2Zelensky says talks have been good
Sign up for our newsletter, in which Putin says something about the plan every day.
Reporting by A. Reporter; Editing by An Editor
Zelensky said that the talks about the plan would never end, a headline of another article told us here."""


def test_menus_captions_links_and_what_follows_the_credits_are_not_read() -> None:
    statements = found(PAGE)
    lavrov = next(s for s in statements if s.speaker == "Sergei Lavrov")
    assert lavrov.span.chars.startswith("Lavrov said")
    assert not any(s.speaker in {"Volodymyr Zelensky", "Vladimir Putin"} for s in statements)


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Лавров заявив, що переговори триватимуть і далі, але перемир'я поки не буде.", "uk", LAVROV),
        ("«Переговори триватимуть», – заявив міністр Сергій Лавров журналістам у вівторок.", "uk", LAVROV),
        ("Зеленський відкинув будь-які переговори про територію країни на цих умовах.", "uk", ZELENSKY),
        ("За словами Зеленського, переговори про перемир'я відбудуться наступного тижня.", "uk", ZELENSKY),
        ("Путин заявил, что переговоры о перемирии пройдут на следующей неделе в Минске.", "ru", PUTIN),
        (
            "Об этом сообщил Песков, комментируя переговоры о перемирии с журналистами.",
            "ru",
            ("russia", "Dmitry Peskov"),
        ),
        ("Кремль: переговоры о перемирии пройдут на следующей неделе", "ru", RUSSIA),
    ],
)
def test_ukrainian_and_russian_are_attributed_by_inflected_names(
    text: str, language: str, expected: tuple[str, str]
) -> None:
    statements = FINDER.find(article(title=text, language=language))
    assert [(s.actor_id, s.speaker) for s in statements] == [expected]


def test_ids_name_the_same_words_for_ever_and_differ_otherwise() -> None:
    text = "Russia and Ukraine agreed on a large exchange of prisoners after two days of talks."
    first, again = found(text), found(text)
    assert [s.statement_id for s in first] == [s.statement_id for s in again]
    assert len({s.statement_id for s in first}) == 2


@pytest.mark.parametrize(
    "text",
    [
        "Putin said " * 15_000,
        "A/" * 45 + "B said that the plan was good.",
        "“" * 5_000 + " Putin said that the plan was good.",
        "Putin said “the plan” and " * 5_000,
        "Putin said that the plan was good.\n" * 4_000,
        "Putin, " * 300 + "said that the plan was good.",
        "the " * 500 + "plan, said Putin.",
    ],
)
def test_hostile_texts_take_little_time(text: str) -> None:
    started = process_time()
    found(text[:200_000])
    assert process_time() - started < 10


def test_two_of_one_party_in_one_clause_are_one_statement_of_it() -> None:
    statements = found("Lavrov and Peskov said that the talks about the peace plan would go on in the next days.")
    assert [(s.actor_id, s.speaker) for s in statements] == [LAVROV]


WORDS = st.sampled_from(
    [
        "Putin",
        "Zelensky",
        "said",
        "that",
        "“",
        "”",
        "the plan",
        ",",
        ".",
        "he",
        "rejected",
        "Russia",
        "and",
        "\n",
        "while",
        "'s",
        "by",
    ]
)


@given(st.lists(WORDS, max_size=60))
def test_any_text_gives_spans_of_itself_that_name_known_parties(words: list[str]) -> None:
    text = " ".join(words)
    statements = found(text)
    assert len({s.statement_id for s in statements}) == len(statements)
    for statement in statements:
        assert statement.span.chars == text[statement.span.start : statement.span.end]
        assert statement.span.chars == statement.span.chars.strip()
        assert statement.issues
        assert all(statement.span.start <= q.start < q.end <= statement.span.end for q in statement.quotes)

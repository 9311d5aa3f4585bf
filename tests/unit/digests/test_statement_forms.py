"""Facts about statements in forms that newsrooms vary: offices, lists, participles, words for short. All made up."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from digests.model import Kind
from digests.names import Gazetteer
from digests.statements import Finder
from digests.topics import Topics
from tests.unit.digests import shipped
from tests.unit.digests.parties import FINDER, article, found, who

RUSSIA, UKRAINE = ("russia", "Russia"), ("ukraine", "Ukraine")
LAVROV, PESKOV, ZELENSKY = (
    ("russia", "Sergei Lavrov"),
    ("russia", "Dmitry Peskov"),
    ("ukraine", "Volodymyr Zelensky"),
)
WITKOFF, TRUMP = ("united-states", "Steve Witkoff"), ("united-states", "Donald Trump")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kyiv will never sign the peace plan in this form, Lavrov stressed.", [LAVROV]),
        ("Moscow rejected the peace plan when it first saw it, said Lavrov, its foreign minister.", [LAVROV]),
        ("Trump told Lavrov that he would drop the peace plan, Witkoff said.", [WITKOFF]),
    ],
)
def test_who_closes_a_sentence_says_all_of_it(text: str, expected: list[tuple[str, str]]) -> None:
    assert who(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Sergei Lavrov commented on Monday on the new peace plan.",
        "Dmitry Peskov answered questions of reporters about the peace plan on Thursday.",
        "Karoline Leavitt wrote on X on 25 November about the peace plan.",
        "What Lavrov said about the peace plan in Minsk on Thursday.",
    ],
)
def test_that_somebody_spoke_without_a_word_of_it_is_no_statement(text: str) -> None:
    assert who(text) == []


def test_a_word_of_what_was_said_makes_it_one() -> None:
    assert who("Lavrov spoke against the peace plan.") == [LAVROV]
    assert who("Lavrov spoke to reporters and rejected the peace plan.") == [LAVROV]
    assert who("Lavrov commented on the peace plan, calling it dead.") == [LAVROV]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lavrov fumed that the peace plan had been changed behind closed doors.", [LAVROV]),
        ("“The peace plan is a joke,” sniffed Kremlin mouthpiece Maria Zakharova.", [("russia", "Maria Zakharova")]),
        ("The American envoy, Steve Witkoff, was hopeful, saying the peace plan was nearly done.", [WITKOFF]),
        ("Moscow shrugged off the new peace plan.", [RUSSIA]),
        ("The peace plan was confirmed by the office of President Zelensky.", [ZELENSKY]),
        ("The peace plan was described by Foreign Ministry spokeswoman Maria Zakharova as a joke.", [
            ("russia", "Maria Zakharova")
        ]),
        ("Trump to Kyiv: sign the peace plan or be left alone", [TRUMP]),
        ("Lavrov was quoted as saying by an agency that the peace plan was dead.", [LAVROV]),
        ("Zelensky took to the air to say the peace plan was unfair.", [ZELENSKY]),
        ("The Ukrainian president used a televised address to warn that the peace plan was unfair.", [ZELENSKY]),
        ("As Zelensky put it, the peace plan is “a door without a house”.", [ZELENSKY]),
        ("A spokesman for Zelensky said no peace plan had come.", [("ukraine", None)]),
        ("“No peace plan has come to us yet,” Zelensky's office said.", [("ukraine", None)]),
    ],
)  # fmt: skip
def test_speech_is_known_by_where_a_verb_stands(text: str, expected: list[tuple[str, str]]) -> None:
    assert who(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Russia will not talk about the peace plan, its foreign ministry has said in a statement.", [RUSSIA]),
        ("Moscow opposes the peace plan. Its foreign minister said the peace plan was dead.", [RUSSIA, LAVROV]),
        ("Lavrov rejected the peace plan on Monday. In his words, the peace plan was stillborn.", [LAVROV, LAVROV]),
        ("Ukraine's reaction came from Zelensky: the president hailed the peace plan as fair.", [ZELENSKY]),
        ("The US president fumed that the peace plan had been changed by others.", [TRUMP]),
    ],
)
def test_offices_and_pronouns_are_those_of_the_party_that_was_named(text: str, expected: list[tuple[str, str]]) -> None:
    assert who(text) == expected


def test_a_list_of_headlines_is_read_line_by_line_and_a_page_with_prose_is_not() -> None:
    lines = ["Lavrov: the peace plan is not acceptable to us", "Zelensky rules out the new peace plan"]
    assert who("\n".join(lines)) == [LAVROV, ZELENSKY]
    prose = "The weather in the capital was fine on Monday, and nobody thought of anything else that day."
    assert who("\n".join([*["Menu of the day and more"] * 5, *lines, "One", "Two", "Three", "Four", prose])) == []


def test_what_a_report_says_for_short_names_the_issue_of_a_statement_and_never_of_an_item() -> None:
    topics = Topics(shipped.directory())
    said = "A guarantee that an aggressor can veto is worth nothing, he said."
    assert set(topics.short(said, "en")) == {"security-guarantees"}
    assert topics.issues(said, "en") == ()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Lavrov told a rally the night before that the peace plan was dead.", date(2025, 11, 24)),
        ("Lavrov was clear this morning that the peace plan was dead.", date(2025, 11, 25)),
        ("Lavrov last night called the peace plan dead.", date(2025, 11, 24)),
        ("Lavrov had earlier said that the peace plan was dead.", None),
    ],
)
def test_days_that_are_told_without_a_calendar(text: str, day: date | None) -> None:
    [statement] = found(text)
    assert (statement.said_on.exact if statement.said_on else None) == day


def test_a_statement_that_names_no_issue_is_on_what_the_article_speaks_of() -> None:
    text = (
        "The security guarantees of the new paper were read out on Monday, and the security guarantees were long.\n"
        "Nobody in the hall had seen a shorter list of so many things, and the coffee was cold.\n"
        "Kyiv had asked for a ceasefire before that meeting was called.\n"
        "“We have heard this before, and we shall hear it again,” Lavrov said."
    )
    [*_, last] = found(text)
    assert (last.actor_id, last.kind, last.issues) == ("russia", Kind.QUOTED, ("security-guarantees",))


@pytest.mark.parametrize(
    "text",
    [
        "“The peace plan is dead,” said Ada Lovelace, a researcher at an institute in the capital.",
        "Ada Lovelace, a senior fellow at an institute, said the peace plan was dead.",
        "Political scientist Ada Lovelace said the peace plan was dead.",
    ],
)
def test_an_expert_of_no_list_is_analysis_under_the_name_that_the_text_gives(text: str) -> None:
    [statement] = found(text)
    assert (statement.actor_id, statement.speaker, statement.kind) == ("analyst", "Ada Lovelace", Kind.ANALYSIS)


@pytest.mark.parametrize(
    "text",
    [
        "Russia's foreign minister, Ada Lovelace, said the peace plan was dead.",
        "Russian Foreign Minister Ada Lovelace said the peace plan was dead.",
    ],
)
def test_a_title_beside_a_name_that_is_not_known_does_not_mean_the_holder_that_is(text: str) -> None:
    assert who(text) == [("russia", "Ada Lovelace")]


def test_a_name_that_is_written_small_is_found() -> None:
    names = Gazetteer(shipped.directory())
    [mention] = names.mentions("Troops of the coalition of the willing will come.")
    assert mention.actor_id == "coalition-of-the-willing"


@pytest.mark.parametrize(
    ("language", "text", "speaker"),
    [
        ("de", "„Wir werden keine Gebiete abtreten“, sagte der Präsident Wolodymyr Selenskyj.", "Volodymyr Zelensky"),
        ("de", "Laut Kremlsprecher Peskow ist eine Waffenruhe nicht möglich.", "Dmitry Peskov"),
        ("de", "Merz erklärte, die Ukraine brauche Sicherheitsgarantien.", "Friedrich Merz"),
        ("fr", "« Nous ne céderons pas de territoire », a déclaré Volodymyr Zelensky.", "Volodymyr Zelensky"),
        ("fr", "Emmanuel Macron a rejeté un cessez-le-feu.", "Emmanuel Macron"),
        ("fr", "Selon le Kremlin, un cessez-le-feu n'est pas possible.", "Russia"),
        ("pl", "„Nie oddamy terytorium” – powiedział prezydent Wołodymyr Zełenski.", "Volodymyr Zelensky"),
        ("pl", "Według Kremla zawieszenie broni nie jest możliwe.", "Russia"),
        ("uk", "За словами Зеленського, перемир’я можливе.", "Volodymyr Zelensky"),
        ("uk", "Зеленський відкинув перемир’я. За його словами, перемир’я було б пасткою.", "Volodymyr Zelensky"),
        ("ru", "Перемирие невозможно, сообщил Песков.", "Dmitry Peskov"),
    ],
)
def test_the_commonest_forms_of_other_languages_name_their_speaker(language: str, text: str, speaker: str) -> None:
    statements = _shipped_finder().find(article(text, language=language))
    assert {s.speaker for s in statements} == {speaker}


@cache
def _shipped_finder() -> Finder:
    return Finder(shipped.directory())


@pytest.mark.parametrize(
    "text",
    [
        "It is not clear whether Putin accepts the peace plan.",
        "Moscow's allies called for restraint in the peace plan.",
        "Neither Trump nor Zelensky commented on the peace plan.",
    ],
)
def test_what_is_open_is_of_friends_or_is_silence_states_nothing(text: str) -> None:
    assert who(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ada Lovelace, Russia team lead at the ISW, said in an interview that the peace plan was dead.", "analyst"),
        ("Ret. Maj. Gen. Ada Lovelace told the paper that she did not believe in the peace plan.", "analyst"),
        ("The Lovelace Institute said that the peace plan was dead.", "analyst"),
        ("Ukrainian lawmaker Ada Lovelace said that the peace plan was dead.", "ukraine"),
        ("Canadian Prime Minister Ada Lovelace said that the peace plan was dead.", None),
    ],
)
def test_who_is_introduced_by_the_text_speaks_for_whom_it_says(text: str, expected: str | None) -> None:
    assert [s.actor_id for s in found(text)] == ([expected] if expected else [])


def test_a_surname_and_a_pronoun_take_up_whom_the_text_introduced() -> None:
    text = (
        "Zelensky said that the peace plan was difficult. Ada Lovelace, a professor of law, said the plan was dead.\n"
        "“The ceasefire is a trap,” she said. Lovelace noted that Russia wants the territory."
    )
    assert [s.speaker for s in found(text)] == ["Volodymyr Zelensky", *["Ada Lovelace"] * 3]


def test_he_is_not_the_watched_party_once_somebody_else_speaks() -> None:
    text = (
        "Putin said that the peace plan was difficult.\n"
        "Canadian Prime Minister John Lovelace said that the ceasefire was near. He added that sanctions would stay."
    )
    assert [s.speaker for s in found(text)] == ["Vladimir Putin"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Officials from Russia, Ukraine, and the United States began talks on Monday.", ["russia", "ukraine", "usa"]),
        ("Kyiv and its European partners contend that any ceasefire needs guarantees.", ["ukraine", "europe"]),
        ("The Trump-Putin summit agreed on a framework for the peace plan.", []),
        ("Ukraine’s General Staff said the ceasefire was broken.", ["ukraine"]),
        ("Ukraine’s Air Force said the ceasefire was broken.", ["ukraine"]),
    ],
)
def test_parties_stand_in_lists_and_compounds(text: str, expected: list[str]) -> None:
    actors = {s.actor_id.replace("united-states", "usa") for s in found(text)}
    assert actors == set(expected)


def test_a_line_that_a_link_broke_is_one_sentence() -> None:
    text = (
        "The talks in the capital went on for the whole of the day.\n"
        "Zelensky said earlier this month that the United States is pushing for a\npeace agreement by June\n"
        "The hall was as cold as it had been on the day before."
    )
    [statement] = found(text)
    assert statement.span.chars.endswith("peace agreement by June")


def test_words_of_a_page_s_foot_in_its_menu_do_not_end_the_article() -> None:
    menu = "\n".join(["Home", "News", "Trending", "Most read stories of the day", "Recommended", "Sports"])
    text = f"{menu}\nLavrov said that the peace plan was dead, and that nobody in the hall had to be told of it again."
    assert [s.speaker for s in found(text)] == ["Sergei Lavrov"]


def test_quotation_marks_of_two_kinds_hold_one_quotation() -> None:
    [statement] = found('"The peace plan is dead,” Lavrov said.')
    assert statement.kind is Kind.QUOTED


def test_whom_a_statement_quotes_has_said_it() -> None:
    [statement] = found("“The peace plan is dead,” the text quoted Foreign Minister Sergei Lavrov as saying.")
    assert (statement.speaker, statement.kind) == ("Sergei Lavrov", Kind.QUOTED)


@pytest.mark.parametrize(
    "text",
    [
        "The burden of ensuring that Ukraine resists the peace plan lies with nobody.",
        "What the Americans do not speak of is the peace plan.",
    ],
)
def test_what_is_only_to_be_brought_about_is_nobody_s_statement(text: str) -> None:
    assert not found(text)


def test_land_as_the_fighting_changes_it_is_the_fighting() -> None:
    [statement] = found("Zelensky said that Ukrainian forces had regained 300 square kilometres of territory.")
    assert statement.issues == ("hostilities",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Zelensky said that the ceasefire needed guarantees.\n"
            "“Without them a ceasefire is a break for those who attack.”",
            [ZELENSKY, ZELENSKY],
        ),
        (
            "“We want the ceasefire,” Zelensky said.\nBut would it hold, I asked, without guarantees from abroad?\n"
            "“It is not only about the ceasefire. We want guarantees for many years.”\n"
            "And what would Putin say to that? He is not known to give way.\n“We shall see about the ceasefire.”",
            [ZELENSKY, ZELENSKY, ZELENSKY],
        ),
        (
            "Zelensky said that the ceasefire needed guarantees.\nLavrov was in the room and Putin was not.\n"
            "“Without them a ceasefire is a break for those who attack.”",
            [ZELENSKY],
        ),
        (
            "Zelensky said that the ceasefire needed guarantees.\n"
            "“The ceasefire is far away,” a baker in the town said.\n"
            "“A ceasefire would be nice for all of us here.”",
            [ZELENSKY],
        ),
        (
            'Asked about the talks, Lavrov said: "The ceasefire is a matter of months.\n'
            '"A ceasefire without the causes removed would be a break.',
            [LAVROV, LAVROV],
        ),
    ],
)
def test_a_paragraph_of_nothing_but_quotation_is_of_the_one_who_speaks(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert who(text) == expected


def test_he_before_anybody_is_named_is_the_one_in_the_headline() -> None:
    said = FINDER.find(
        article("“The ceasefire can come this year,” he told the broadcaster.", title="A day with Lavrov")
    )
    assert [s.speaker for s in said] == ["Sergei Lavrov"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rep. Ada Lovelace, R-Pa., told the channel that the peace plan was dead.", ["united-states"]),
        ("Lavrov would neither confirm nor deny that the peace plan was dead.", ["russia"]),
        ("Two ministers travelled there. Lavrov travelled to Minsk on Monday for talks on the peace plan.", ["russia"]),
    ],
)
def test_titles_of_one_country_and_what_is_neither_confirmed_nor_denied(text: str, expected: list[str]) -> None:
    assert [s.actor_id for s in found(text)] == expected


_EXPERT_ABOVE = "Jane Doe, a senior fellow at Chatham House, has followed the talks from their first day to this one.\n"
_ANSWERS = (
    "I do not think that Putin wants a ceasefire before the summer.",
    "We should see the security guarantees first, I would say.",
    "My view is that Trump rejects the territory clause.",
)
_ASKED = (
    "Will there be a ceasefire this year?",
    "What would come first in such a deal?",
    "And what about the land itself?",
)


@pytest.mark.parametrize(
    "text",
    [
        _EXPERT_ABOVE + "\n".join(f"{q}\n{a}" for q, a in zip(_ASKED, _ANSWERS, strict=True)),
        _EXPERT_ABOVE + "\n".join(f"The Paper: {q}\nJane Doe: {a}" for q, a in zip(_ASKED, _ANSWERS, strict=True)),
        _EXPERT_ABOVE + "\n".join(f"Q: {q}\nA: {a}" for q, a in zip(_ASKED, _ANSWERS, strict=True)),
    ],
)
def test_an_answer_of_a_printed_interview_is_his_who_answers_whatever_it_says_of_others(text: str) -> None:
    said = [s for s in found(text) if any(a in s.span.chars for a in _ANSWERS)]
    assert [(s.actor_id, s.speaker, s.kind) for s in said] == [("analyst", "Jane Doe", Kind.ANALYSIS)] * 3


def test_questions_that_nobody_is_known_to_answer_are_nobody_s_statements() -> None:
    text = "\n".join(f"{q}\n{a}" for q, a in zip(_ASKED, _ANSWERS, strict=True))
    assert not [s for s in found(text) if s.actor_id == "analyst"]

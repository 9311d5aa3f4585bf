"""Facts about reading: what an article is, who acts in it, what it is about, and what makes it a shell."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests.model import Article, Entry, Feed, Part, Relevance, Shell, Source, SourceClass
from digests.reading import article_of, headline_of, lead_of, says_nothing
from digests.shells import Shells
from digests.terms import concept
from tests.builders import NOON, an_article
from tests.unit.digests.shipped import directory, read, reader

SOURCE = Source("harbour-post", "Harbour Post", SourceClass.INDEPENDENT, "harbour")
FEED = Feed("harbour-post-world", "harbour-post", "https://harbour.example/world.rss", "en", timedelta(minutes=15))


def article(summary: str = "", *, title: str = "A title", content: str = "", page: str = "") -> Article:
    entry = Entry("e1", title, summary, "https://harbour.example/1", content=content, page_text=page)
    return article_of(entry, FEED, SOURCE, NOON)


def test_an_entry_becomes_texts_of_record_without_markup() -> None:
    found = article("<p>Talks <b>went</b> on.</p>", title="Talks &amp; tea")
    assert found.texts[Part.TITLE].body == "Talks & tea"
    assert found.texts[Part.DESCRIPTION].body == "Talks went on."
    assert Part.TEXT not in found.texts


def test_the_page_is_the_text_where_it_was_read() -> None:
    found = article("Short.", page="The whole text of the page, long enough.")
    assert found.texts[Part.TEXT].body.startswith("The whole text")
    assert found.page_read


def test_a_description_that_was_cut_is_marked() -> None:
    assert article("They met on Tuesday and then they…").cut == {Part.DESCRIPTION}
    assert article("They met on Tuesday.").cut == frozenset()


def test_an_edit_of_markup_alone_is_no_revision_and_an_edited_word_is() -> None:
    plain = article("They met on Tuesday.")
    assert article('<p class="x">They <i>met</i> on Tuesday.</p>').content_sha == plain.content_sha
    assert article("They met on Monday.").content_sha != plain.content_sha


def test_an_article_keeps_its_id_when_its_text_changes() -> None:
    assert article("One.").article_id == article("Two.").article_id


def test_the_publisher_that_a_news_search_appends_is_not_the_headline() -> None:
    assert headline_of(an_article(title="Allies meet in Geneva on guarantees - The Harbour Post")) == (
        "Allies meet in Geneva on guarantees"
    )


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        ("Envoys meet over the plan for a ceasefire | harbour.example", "Envoys meet over the plan for a ceasefire"),
        ("Envoys meet over the plan for a ceasefire – Europe live", "Envoys meet over the plan for a ceasefire"),
        ("Envoys meet over the plan for a ceasefire — What we know", "Envoys meet over the plan for a ceasefire"),
        ("Allies would watch over the truce – Draft Statement", "Allies would watch over the truce – Draft Statement"),
        ("Allies get warm words on guarantees — but no dates", "Allies get warm words on guarantees — but no dates"),
        ("Envoys call the plan a good basis - and go home", "Envoys call the plan a good basis - and go home"),
    ],
)
def test_what_stands_behind_a_dash_is_news_unless_it_is_who_publishes_it(title: str, headline: str) -> None:
    assert headline_of(an_article(title=title)) == headline


def test_datelines_and_teasers_are_no_lead() -> None:
    lead = "KYIV, Jan 2 (Reuters) - They met. The post They met appeared first on Harbour Post."
    assert lead_of(an_article(lead=lead)) == "They met."


@pytest.mark.parametrize(
    ("title", "actors"),
    [
        ("Russia says it will give US proof of alleged Ukrainian drone attack", {"russia", "ukraine", "united-states"}),
        ("Ukraine peace deal is close, Trump says", {"united-states"}),
        ("Macron hosts talks in Paris on war with Russia over Ukraine", {"france"}),
        ("Ukraine's foreign minister rejects draft of peace plan", {"ukraine"}),
        ("Russia and Ukraine accuse each other before peace talks", {"russia", "ukraine"}),
    ],
)
def test_those_who_act_are_told_from_those_who_are_spoken_of(title: str, actors: set[str]) -> None:
    assert set(read(title).actors) == actors


def test_an_opinion_is_its_authors_own() -> None:
    found = read("Opinion: Ukraine must not trust security guarantees")
    assert (found.shell, found.actors) == (Shell.OPINION, ("analyst",))


@pytest.mark.parametrize(
    ("title", "shell"),
    [
        ("Why Ukraine's security guarantees are so hard", Shell.EXPLAINER),
        ("Ukraine peace talks live: allies gather in Geneva", Shell.LIVE),
        ("JANE HARBOUR: A peace deal for Ukraine on the cheap", Shell.OPINION),
        ("What the West should do if Ukraine peace talks fail", Shell.OPINION),
        ("The Papers: peace in Ukraine 'within reach' and a royal row", Shell.LIVE),
        ("/r/WorldNews Live Thread: talks on Ukraine, day 900 (Thread #12)", Shell.LIVE),
        ("Will Russia accept peacekeepers in Ukraine? | Inside Story", Shell.EXPLAINER),
        ("Ukraine has its security guarantees. Now comes the hard part.", Shell.EXPLAINER),
        ("Force for Ukraine must be 'robust', warns ex-US general", Shell.EXPLAINER),
        ("Moment of truth for the Ukraine peace talks", Shell.RETROSPECTIVE),
        ("Two years on: the truce that Ukraine never had", Shell.RETROSPECTIVE),
        ("Peace in Ukraine? We are fooling ourselves: GENERAL SIR JOHN HARBOUR", Shell.OPINION),
        ("We will sign the peace deal for Ukraine, Trump says", None),
        ("Allies sign security guarantees for Ukraine in Geneva", None),
        ("Trump shares editorial critical of Putin amid Ukraine peace talks", None),
    ],
)
def test_a_shell_is_known_by_its_headline(title: str, shell: Shell | None) -> None:
    assert read(title).shell is shell


@pytest.mark.parametrize(
    ("lead", "shell"),
    [
        ("For peace in Ukraine we need to learn from our harvests.", Shell.EXPLAINER),
        ("Two weeks have shown how fast it goes, writes our political editor.", Shell.EXPLAINER),
        ("“We need guarantees for Ukraine,” he said.", None),
        ("“For Ukraine we need guarantees that nobody can take from anyone who signs them in the years to come", None),
    ],
)
def test_who_speaks_for_himself_in_a_lead_outside_quotation_marks_explains(lead: str, shell: Shell | None) -> None:
    assert read("Security guarantees for Ukraine on the table", lead).shell is shell


def test_an_office_that_speaks_in_its_own_voice_explains_nothing() -> None:
    address = an_article("a", title="Address on Ukraine's security guarantees", lead="We need to act now, together.")
    assert reader().read(address).shell is Shell.EXPLAINER
    assert reader().read(replace(address, source_id="president-of-ukraine")).shell is None


def test_a_shell_weighs_nothing_and_a_decision_most() -> None:
    assert read("Why Ukraine's security guarantees are so hard").weight == 0
    assert read("Allies sign security guarantees for Ukraine in Geneva").weight == 2


def test_what_lies_ahead_is_a_sentence_of_the_text() -> None:
    found = read("Envoys on the peace plan for Ukraine", "Witkoff will meet Putin in Moscow next week. It rained.")
    assert [s.chars for s in found.ahead] == ["Witkoff will meet Putin in Moscow next week."]


def test_an_article_about_something_else_is_only_labelled_so() -> None:
    found = read("Chip maker shows its accelerator")
    assert (found.relevance, found.statements, found.terms) == (Relevance.NO, (), ())


def test_two_ways_to_write_one_name_are_one_term() -> None:
    assert concept("maliuk") == concept("malyuk")
    assert (
        dict(read("Zelensky on the peace plan").terms).keys() == dict(read("Zelenskiy on the peace plan").terms).keys()
    )


@given(st.text(max_size=300), st.text(max_size=600))
def test_any_entry_can_be_read_and_spans_lie_in_their_texts(title: str, summary: str) -> None:
    found = reader().read(article("Ukraine peace talks. " + summary, title="Zelensky " + title))
    for span in found.ahead:
        assert any(span.text == text for text in found.article.texts.values())
    assert list(found.terms) == sorted(found.terms)


@pytest.mark.parametrize(
    ("title", "language", "live"),
    [
        ("Ukraine-Krieg im Liveticker: Delegationen in Genf eingetroffen", "de", True),
        ("Newsblog zum Krieg: Selenskyj trifft Gesandte", "de", True),
        ("Wojna w Ukrainie. Relacja na żywo: rozmowy pokojowe w Genewie", "pl", True),
        ("EN DIRECT, guerre en Ukraine : Zelensky attend la réponse de Moscou", "fr", True),
        ("Selenskyj trifft Gesandte in Genf zu Gesprächen über den Friedensplan", "de", False),
        ("Zelensky demande un dialogue direct avec Moscou sur le plan de paix", "fr", False),
    ],
)
def test_a_live_page_is_known_in_polish_german_and_french(title: str, language: str, live: bool) -> None:
    article = replace(an_article("x", title=title, lead=""), language=language)
    assert (Shells(directory()).of(article, title) is Shell.LIVE) is live


def test_a_headline_that_somebody_says_nothing_tells_nothing() -> None:
    assert says_nothing("Kremlin declines to comment on reports of a meeting")
    assert not says_nothing("Kremlin comments on reports of a meeting")


@pytest.mark.parametrize(
    ("title", "speaks"),
    [
        ("Trump's former adviser says Russia offered a swap for Ukraine", True),
        ("Peace in Ukraine not near, analysts say", True),
        ("Former president Poroshenko at peace talks in Ukraine", False),
    ],
)
def test_an_outsider_who_interprets_is_an_analyst(title: str, speaks: bool) -> None:
    assert ("analyst" in read(title).actors) is speaks


@pytest.mark.parametrize(
    "title",
    [
        "UN experts say Russia deported children from Ukraine",
        "Trump’s former Russia adviser says Moscow offered a swap over Ukraine",
        "Experts from twelve nations meet in Kyiv on monitoring a ceasefire in Ukraine",
        "Zelensky meets Ukraine’s allies at NATO HQ",
    ],
)
def test_a_body_of_experts_and_a_former_insider_tell_news(title: str) -> None:
    assert read(title).shell is None


@pytest.mark.parametrize(
    ("title", "lead", "weight"),
    [
        ("Shadow minister steps back from Ukraine ceasefire brief", "A client of his had been named in Parliament.", 0),
        ("US ambassador thanks Canada for its part in a ceasefire in Ukraine", "He thanked Canada on Monday.", 0),
        ("Kremlin rejects ceasefire in Ukraine", "The Kremlin rejected a ceasefire in Ukraine on Monday.", 1),
        ("Ukraine ceasefire hopes fade as strike hits town", "Four people were killed.", 1),
        ("Ukraine ceasefire draft leaked to a newspaper", "It runs to nine pages.", 1),
    ],
)
def test_a_line_takes_a_partys_word_or_deed_or_the_dead_or_what_came_to_light(
    title: str, lead: str, weight: int
) -> None:
    assert read(title, lead).weight == weight


@pytest.mark.parametrize(
    ("title", "weight"),
    [
        ("Ukrainian bakery bombed last year sells its bread abroad", 0),
        ("Russian strike on Ukrainian bakery kills four", 1),
        ("Russia says Ukrainian drones hit a bakery near Kursk", 1),
    ],
)
def test_a_strike_weighs_something_with_its_dead_or_where_somebody_speaks_of_it(title: str, weight: int) -> None:
    reading = read(title)
    assert reading.relevance is Relevance.CONTEXT
    assert reading.weight == weight

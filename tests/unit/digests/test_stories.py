"""Facts about stories: copies, rewrites, running articles, opposite acts, and who is counted as an origin."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import numpy as np

from digests.headlines import Headline, alike, known
from digests.headlines import likeness as headline_likeness
from digests.model import Directory, Part, Reading, Source, SourceClass
from digests.names import Gazetteer
from digests.reading import shingles_of
from digests.reports import is_copy, told_of
from digests.stories import Placement, Stories, origins
from digests.text import record
from digests.vectors import Vector, packed
from tests.builders import an_article
from tests.unit.digests.shipped import directory, read

BODY = (
    "Negotiators from Ukraine and the United States met for five hours in Geneva on Sunday to go through the "
    "peace plan point by point. Rustem Umerov said the two delegations had agreed on most of the text. Marco "
    "Rubio called the day the most productive so far and said work would go on through the week. Officials "
    "from three European states joined the second half of the meeting. Moscow said it had been told nothing "
    "officially and would wait for a document. "
)


def known_headline(words: str) -> Headline:
    return known(words, Gazetteer(directory()).mentions(words))


def place_all(*readings: object) -> list[str]:
    index = Stories()
    ids = []
    for reading in readings:
        placement = index.place(reading)  # type: ignore[arg-type]
        index.add(reading, placement)  # type: ignore[arg-type]
        ids.append(placement.story_id)
    return ids


def test_a_wire_copy_with_a_dateline_and_a_tail_is_a_copy() -> None:
    wire = an_article("w", lead="GENEVA (AP) — " + BODY)
    reprint = an_article("r", lead=BODY + " Read more at our site. The post It appeared first on The Daily Harbour.")
    assert is_copy(frozenset(shingles_of(wire)), frozenset(shingles_of(reprint)))


def test_two_reports_of_other_matters_are_no_copies() -> None:
    other = an_article("o", lead="Ministers of the Union talked about the frozen assets in Brussels. " * 5)
    assert not is_copy(frozenset(shingles_of(an_article("w", lead=BODY))), frozenset(shingles_of(other)))


def test_a_copy_names_the_text_it_copies() -> None:
    index = Stories()
    first = read("Ukraine and US negotiators meet in Geneva", BODY)
    index.add(first, index.place(first))
    placement = index.place(read("Peace plan talks: five hours in Geneva", BODY, hours=3))
    assert placement.copy_of == "Ukraine and US negotiators meet in Geneva"


def test_reports_of_one_appointment_in_other_words_are_one_story_and_a_strike_is_another() -> None:
    named = read("Zelensky names spy chief Budanov to head presidential office", "Kyrylo Budanov replaces Yermak.")
    picked = read("Zelenskyy picks spy chief Budanov as top aide", "He replaces Yermak as chief of staff.", hours=2)
    strike = read("Russian missiles strike apartment block in Kharkiv", "At least two people were killed.", hours=3)
    first, second, third = place_all(named, picked, strike)
    assert first == second != third


def test_the_same_people_with_the_opposite_act_are_two_stories() -> None:
    agrees = read("Kremlin agrees to truce on energy sites in Ukraine, Peskov says", "", hours=0)
    refuses = read("Kremlin rejects truce on energy sites in Ukraine, Peskov says", "", hours=1)
    first, second = place_all(agrees, refuses)
    assert first != second


def test_a_running_article_with_a_new_headline_is_judged_as_a_new_report() -> None:
    before = read("Army secretary holds talks with Russian officials in Abu Dhabi", "", article_id="run")
    after = read(
        "Kremlin says peace plan was not discussed as Trump sends envoy", "", article_id="run", hours=6, revision=1
    )
    first, second = place_all(before, after)
    assert first != second


def test_order_of_arrival_does_not_change_who_is_together() -> None:
    readings = [
        read("Zelensky names spy chief Budanov to head presidential office", "Kyrylo Budanov replaces Yermak."),
        read("Zelenskyy picks spy chief Budanov as top aide", "Budanov replaces Yermak as chief of staff.", hours=1),
        read("Russian missiles strike apartment block in Kharkiv", "At least two people were killed.", hours=2),
        read("Two dead as Russian missile strike hits Kharkiv apartments", "Missiles hit the block at noon.", hours=3),
    ]
    found = set()
    for order in permutations(range(4)):
        ids = dict(zip(order, place_all(*(readings[n] for n in order)), strict=True))
        found.add((ids[0] == ids[1], ids[2] == ids[3], ids[0] == ids[2]))
    assert found == {(True, True, False)}


BERLIN = "Leaders of France and Germany meet in Berlin on security guarantees for Ukraine"


def with_vector(reading: Reading, *direction: int) -> Reading:
    return replace(reading, vector=packed("m", np.array(direction, dtype=np.float32)))


def test_one_happening_in_two_languages_is_one_story_where_it_means_the_same() -> None:
    english = with_vector(read("Zelensky and Merz meet in Berlin", "The two leaders spoke for an hour."), 100, 20, 0)
    french = read("Zelensky et Merz se rencontrent", "Les deux dirigeants ont parlé.", hours=1)
    french = with_vector(replace(french, article=replace(french.article, language="fr")), 98, 25, 0)
    elsewhere = replace(french, vector=packed("m", np.array([0, 20, 100], dtype=np.float32)))
    assert len(set(place_all(english, french))) == 1
    assert len(set(place_all(english, elsewhere))) == 2


def test_what_was_kept_apart_becomes_one_when_a_report_comes_between() -> None:
    index = Stories()
    early = with_vector(read(BERLIN, ""), 100, 0, 0)
    other = with_vector(read("Macron and Merz: allies in Berlin back guarantees", "", hours=1), 0, 100, 0)
    between = with_vector(read("Macron and Merz meet in Berlin on guarantees for Ukraine", "", hours=2), 80, 80, 0)
    first = index.place(early)
    index.add(early, first)
    second = index.place(other)
    index.add(other, Placement(second.story_id, None, None, 0.0, opens=True))
    index.add(between, Placement(first.story_id, None, None, 0.0, joins=(second.story_id,)))
    assert index.now(second.story_id) == first.story_id
    assert set(index.ids_of(second.story_id)) == {first.story_id, second.story_id}
    story = index.story(second.story_id)
    assert story is not None
    assert len(story.members) == 3


def test_denials_of_two_parties_are_two_stories() -> None:
    kyiv = read("Ukraine denies strike on residence near Valdai", "Kyiv rejected the claim.")
    washington = read("United States denies strike on residence near Valdai", "", hours=1)
    same = read("Ukraine did not strike residence near Valdai, Kyiv says", "Kyiv rejected the claim.", hours=1)
    first, other, third = (told_of(r, "") for r in (kyiv, washington, same))
    index = Stories()
    assert "deny" in first.acts & other.acts & third.acts
    assert index.likeness(first, other) < index.likeness(first, third)


def test_a_draft_of_the_outcome_and_the_meeting_itself_are_kept_further_apart_than_two_previews() -> None:
    preview = read("Allies meet in Paris on security guarantees for Ukraine", "")
    second = read("Allies to meet in Paris on security guarantees for Ukraine", "", hours=1)
    draft = read("Allies meet in Paris on draft of security guarantees for Ukraine", "", hours=1)
    index = Stories()
    told = [told_of(r, "") for r in (preview, second, draft)]
    assert index.likeness(told[0], told[1]) > index.likeness(told[0], told[2])


def test_a_story_id_comes_from_its_first_article_alone() -> None:
    reading = read("Zelensky names spy chief Budanov to head presidential office")
    assert place_all(reading) == place_all(reading) == [f"s{reading.article.article_id}"]


def test_a_story_older_than_the_window_takes_no_new_report() -> None:
    first = read("Allies meet in Geneva on security guarantees for Ukraine", "")
    later = read("Allies meet in Geneva on security guarantees for Ukraine", "", article_id="later", hours=24 * 9)
    assert len(set(place_all(first, later))) == 2


def test_what_nothing_can_join_any_more_is_forgotten() -> None:
    index = Stories()
    first = read("Allies meet in Geneva on security guarantees for Ukraine", "")
    placement = index.place(first)
    assert index.add(first, placement) == ()
    later = read("Russian missiles strike apartment block in Kharkiv", "", hours=24 * 20)
    assert [t.article_id for t in index.add(later, index.place(later))] == [first.article.article_id]
    assert index.story(placement.story_id) is None


SOURCES = tuple(
    Source(name, name, SourceClass.INDEPENDENT, family)
    for name, family in [("post", "harbour"), ("radio", "harbour"), ("courier", "courier")]
)
PLACES = Directory((), (), SOURCES)


def test_papers_of_one_owner_and_reprints_of_one_wire_are_one_origin() -> None:
    own = an_article("a", source_id="post", lead="One text.")
    sister = an_article("b", source_id="radio", lead="Another text.")
    wire = an_article("c", source_id="courier", lead="KYIV (Reuters) - A third text.")
    reprint = an_article("d", source_id="post", lead="KYIV, Jan 2 (Reuters) - A third text, edited.")
    assert origins([own, sister], PLACES) == 1
    assert origins([own, wire, reprint], PLACES) == 2


def test_headlines_of_one_happening_rank_above_others() -> None:
    same = alike("Zelensky names spy chief as top aide", "Ukraine's Zelenskyy picks spy chief as new chief of staff")
    other = alike("Zelensky names spy chief as top aide", "Storm closes schools across the north")
    assert same > other
    assert alike("Zelensky names spy chief", "Zelensky names spy chief") > same


def test_a_name_is_the_same_name_in_another_spelling_and_another_alphabet() -> None:
    kyiv, moscow = known_headline("Zelensky meets students"), known_headline("Зеленський зустрівся зі студентами")
    other = known_headline("Песков встретился со студентами")
    assert headline_likeness(kyiv, moscow) > headline_likeness(kyiv, other)


def test_headlines_that_mean_the_same_rank_above_those_that_share_words() -> None:
    a = Headline("x", {}, Vector("m", bytes([100, 20, 0])))
    near, far = (Headline("y", {}, Vector("m", bytes(v))) for v in ([90, 30, 0], [0, 30, 100]))
    assert headline_likeness(a, near) > headline_likeness(a, far)
    assert 0.0 <= headline_likeness(a, far) <= headline_likeness(a, a) <= 1.0


def test_vectors_of_two_models_say_nothing() -> None:
    a, b = Headline("x", {}, Vector("m", bytes([100, 20]))), Headline("y", {}, Vector("n", bytes([100, 20])))
    assert headline_likeness(a, b) == headline_likeness(a, Headline("y", {}))


def test_boilerplate_alone_is_no_likeness() -> None:
    tail = "The post A headline of ours appeared first on The Daily Harbour."
    first, second = an_article("a", lead="Rain today. " + tail), an_article("b", lead="Snow tonight. " + tail)
    assert not set(shingles_of(first)) & set(shingles_of(second))
    assert record(tail).body == tail
    assert Part.DESCRIPTION in first.texts

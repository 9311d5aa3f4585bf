"""The gate about itself: floors hold, rise, and do not sink unseen; the corpus is what it says it is."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from digests.model import Kind, Polarity
from tests.gate import floors, material, polnear, table
from tests.gate.figures import Measured, shipped
from tests.gate.floors import Falls, Floors


def measured(**values: float) -> Measured:
    return Measured("corpus", "f00d", {k.replace("__", "."): v for k, v in values.items()})


def held(**values: float) -> Floors:
    made = Floors()
    made.raised(measured(**values))
    return made


def test_a_figure_below_its_floor_is_a_breach() -> None:
    one = held(items__verdict=0.5, digest__told_twice=2)
    assert one.breaches(measured(items__verdict=0.5, digest__told_twice=2)) == []
    assert one.breaches(measured(items__verdict=0.49, digest__told_twice=3)) == [
        "corpus digest.told_twice: 3 is above its ceiling 2",
        "corpus items.verdict: 0.490 is below its floor 0.500",
    ]


def test_a_figure_that_is_no_longer_measured_is_a_breach() -> None:
    assert held(items__verdict=0.5).breaches(measured()) == [
        "corpus items.verdict: no longer measured; its floor is 0.500"
    ]


def test_floors_rise_with_what_is_reached() -> None:
    one = held(items__verdict=0.5, digest__told_twice=2)
    one.raised(measured(items__verdict=0.61239, digest__told_twice=0))
    assert one.of("corpus") == {"items.verdict": 0.612, "digest.told_twice": 0}


def test_raising_refuses_to_lower_and_then_changes_nothing() -> None:
    one = held(items__verdict=0.5, items__stories=0.7)
    with pytest.raises(Falls, match=r"items\.verdict"):
        one.raised(measured(items__verdict=0.4, items__stories=0.9))
    assert one.of("corpus") == {"items.verdict": 0.5, "items.stories": 0.7}


def test_lowering_keeps_the_reason() -> None:
    one = held(items__verdict=0.5)
    one.lower(measured(items__verdict=0.4), "the label of item 7 was wrong")
    assert one.of("corpus") == {"items.verdict": 0.4}
    assert one.lowered[0]["why"] == "the label of item 7 was wrong"


def test_fewer_lines_a_slot_do_not_tighten_the_cap() -> None:
    assert held(digest__most_lines=4).of("corpus") == {"digest.most_lines": floors.LINES_ALLOWED}


def test_floors_survive_their_file(tmp_path: Path) -> None:
    one = held(items__verdict=0.5)
    one.lower(measured(items__verdict=0.4), "why not")
    floors.save(one, tmp_path / "floors.json")
    assert floors.load(tmp_path / "floors.json") == one
    assert floors.load(tmp_path / "none.json") == Floors()


def test_the_table_sets_every_figure_beside_its_goal_and_floor() -> None:
    rows = list(table.rows([measured(items__verdict=0.61)], held(items__verdict=0.5)))
    assert rows == [("verdicts right", "corpus", "-", "0.700", "0.610", "0.500", "short of the goal")]


def test_every_goal_that_is_less_the_better_is_a_ceiling() -> None:
    assert {g.figure for g in table.GOALS if g.goal == 0} <= floors.LESS_IS_BETTER


def test_a_changed_label_changes_the_fingerprint(tmp_path: Path) -> None:
    path = tmp_path / "items.txt"
    path.write_text("= yes | a", encoding="utf-8")
    before = material.fingerprint([path])
    path.write_text("= no | a", encoding="utf-8")
    assert material.fingerprint([path]) != before


def test_marked_spans_are_cut_where_they_stand() -> None:
    text, spans = material.unmarked("One {1:two}, {2:three.} Four")
    assert text == "One two, three. Four"
    assert {n: text[a:b] for n, (a, b) in spans.items()} == {"1": "two", "2": "three."}


def test_bio_labels_are_read_as_spans() -> None:
    labels = ["B-source", "I-source", "B-cue", "I-content", "I-content", "O", "B-content"]
    assert polnear.spans(labels) == {("source", 0, 2), ("cue", 2, 3), ("content", 3, 5), ("content", 6, 7)}


# --- the corpus ------------------------------------------------------------------------------------------------------


def test_the_corpus_is_as_large_as_its_page_says() -> None:
    assert len(material.articles()) == 20
    assert sum(len(a.said) for a in material.articles()) >= 150
    assert len(material.feed_items()) == 122
    assert len(material.shift_pairs()) == 160
    assert len(material.headline_pairs()) == 147


def test_labels_of_the_corpus_use_the_words_of_the_product() -> None:
    directory = shipped().directory
    actors = set(directory.actor_by_id) | {"analyst", "other"}
    issues = set(directory.issue_by_id)
    for said in (s for a in material.articles() for s in a.said):
        assert said.actor in actors, said
        assert said.issues <= issues, said
        assert said.kind in {k.value for k in Kind}, said
        assert said.polarity in {p.value for p in Polarity}, said
    for _, item in material.feed_items():
        assert item.actors <= actors, item
        assert item.issues <= issues, item
        assert item.relevance in {"yes", "context", "no"}, item
        assert item.verdict in {"new", "update", "repeat", "background"}, item
    for pair in material.shift_pairs():
        assert pair.actor in actors, pair
        assert pair.issues <= issues, pair


def test_labelled_spans_begin_and_end_at_words() -> None:
    for article in material.articles():
        for said in article.said:
            words = article.row["text"][said.start : said.end]
            assert words == words.strip(), words
            assert words, said


def test_a_story_has_one_weight_and_opens_with_its_first_report() -> None:
    weights: dict[str, set[int]] = {}
    for _, item in material.feed_items():
        weights.setdefault(item.story, set()).add(item.weight)
    assert {story: w for story, w in weights.items() if len(w) > 1 and story != "none"} == {}
    opened: Counter[str] = Counter()
    for _, item in material.feed_items():
        if item.verdict in {"update", "repeat"}:
            assert opened[item.story], item
        opened[item.story] += item.verdict == "new"
    assert max(opened.values()) == 1


def test_shift_pairs_are_of_both_kinds_and_hard_ones_are_among_them() -> None:
    labels = Counter(p.label for p in material.shift_pairs())
    assert set(labels) == {"shift", "possible", "same", "other", "wording"}
    assert labels["shift"] + labels["possible"] >= 60
    assert sum(p.hard for p in material.shift_pairs()) >= 60
    assert {p.changed for p in material.shift_pairs() if p.label == "shift"} == {"number", "condition", "yes/no"}

"""Labels over real texts: they hold no text, name what exists, and the fresh ones keep their errors to themselves."""

from __future__ import annotations

import re

import pytest

from tests.gate import labels
from tests.gate.figures import shipped
from tests.gate.material import json_rows

STATEMENTS, ITEMS = ("february", "winter", "fresh"), ("log", "freshlog")

_SLUG = re.compile(r"[a-z0-9-]{4,60}|none")


@pytest.mark.parametrize("name", [*STATEMENTS, *ITEMS])
def test_a_label_names_only_actors_and_issues_that_are_watched(name: str) -> None:
    known = set(shipped().directory.issue_by_id)
    parties = {actor.id for actor in shipped().directory.actors} | {"other", "analyst"}
    for row in json_rows(labels.path(name)):
        assert set(row["issues"]) <= known, row
        assert {row["actor"]} <= parties if name in STATEMENTS else set(row["actors"]) <= parties, row


@pytest.mark.parametrize("name", STATEMENTS)
def test_a_labelled_span_is_known_by_its_hash_and_never_by_its_words(name: str) -> None:
    wanted = {"article", "start", "end", "sha", "speaker", "actor", "kind", "issues", "polarity", "said_on", "sure"}
    for row in json_rows(labels.path(name)):
        assert set(row) == wanted | {"vs_baseline"}, row
        assert re.fullmatch(r"[0-9a-f]{12}", row["sha"])
        assert 0 <= row["start"] < row["end"]
        assert len(row["speaker"]) <= 80


@pytest.mark.parametrize("name", ITEMS)
def test_a_labelled_item_is_a_number_and_names_a_story_once_new(name: str) -> None:
    rows = json_rows(labels.path(name))
    assert len({row["id"] for row in rows}) == len(rows)
    for row in rows:
        assert set(row) == {"id", "relevant", "story", "novelty", "weight", "actors", "issues", "sure"}, row
        assert _SLUG.fullmatch(row["story"]), row
    stories = {row["story"] for row in rows if row["novelty"] == "new"}
    assert all(sum(r["novelty"] == "new" for r in rows if r["story"] == s) == 1 for s in stories)

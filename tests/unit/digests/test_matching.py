"""Filters: keys are AND-ed, values OR-ed, and whatever is not understood matches nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests import matching
from digests.model import Kind, Verdict
from digests.ports import Recorded
from tests.builders import a_judgement, a_statement, an_article
from tests.unit.digests.newsstand import directory, judged


def a_report(verdict: Verdict = Verdict.NEW, *, language: str = "en") -> Recorded:
    """A French statement in a British paper's class, of weight 1, on process."""
    article = an_article("a", feed_id="seine-post", language=language)
    said = a_statement(article, actor_id="france", speaker="Emmanuel Macron", kind=Kind.QUOTED)
    report = judged("s1", article=article, verdict=verdict, actors=("france",), statements=[said])
    assert report.development is not None
    judgements = (a_judgement(said, verdict=verdict),)
    return replace(report, development=replace(report.development, judgements=judgements))


def fits(report: Recorded, **filters: str) -> bool:
    return matching.matches({k: tuple(v.split(",")) for k, v in filters.items()}, report, directory())


def test_no_filter_matches_everything_that_tells() -> None:
    assert fits(a_report())
    for verdict in Verdict:
        assert fits(a_report(verdict)) is verdict.tells


@pytest.mark.parametrize(
    "filters",
    [
        {"actor": "france"},
        {"actor": "europe"},
        {"actor": "russia,europe"},
        {"issue": "process"},
        {"verdict": "new"},
        {"kind": "quoted"},
        {"weight": "1"},
        {"weight": "0"},
        {"source": "seine-post"},
        {"source": "independent"},
        {"lang": "en"},
        {"actor": "france", "issue": "territory,process", "weight": "1"},
    ],
)
def test_every_filter_that_fits(filters: dict[str, str]) -> None:
    assert fits(a_report(), **filters)


@pytest.mark.parametrize(
    "filters",
    [
        {"actor": "germany"},
        {"issue": "territory"},
        {"verdict": "shift"},
        {"kind": "analysis"},
        {"weight": "2"},
        {"source": "wire"},
        {"lang": "uk"},
        {"actor": "france", "issue": "territory"},
    ],
)
def test_every_filter_that_does_not_fit(filters: dict[str, str]) -> None:
    assert not fits(a_report(), **filters)


def test_a_parent_does_not_count_for_its_member() -> None:
    article = an_article("a", feed_id="seine-post")
    assert not fits(judged("s1", article=article, actors=("europe",)), actor="france")


def test_a_verdict_of_two_words_is_typed_with_a_dash() -> None:
    assert fits(a_report(Verdict.POSSIBLE_SHIFT), verdict="possible-shift")
    assert fits(a_report(Verdict.POSSIBLE_SHIFT), verdict="possible shift")


@pytest.mark.parametrize(
    "filters",
    [{"mood": "good"}, {"actor": ""}, {"actor": "atlantis"}, {"weight": "heavy"}, {"weight": "-1"}, {"issue": "*"}],
)
def test_what_is_not_understood_matches_nothing(filters: dict[str, str]) -> None:
    assert not fits(a_report(), **filters)


def test_a_filter_without_values_matches_nothing() -> None:
    assert not matching.matches({"actor": ()}, a_report(), directory())


def test_what_is_not_about_the_talks_matches_nothing() -> None:
    assert not matching.matches({}, replace(a_report(), development=None), directory())


_FILTERS = st.dictionaries(
    st.sampled_from([*matching.KEYS, "other"]), st.lists(st.text(max_size=12), max_size=3), max_size=4
)


@given(_FILTERS)
def test_one_more_filter_never_widens(filters: dict[str, list[str]]) -> None:
    report = a_report()
    if matching.matches(filters, report, directory()):
        for key in filters:
            assert matching.matches({k: v for k, v in filters.items() if k != key}, report, directory())
    else:
        assert not matching.matches({**filters, "lang": filters.get("lang", ["en"])}, report, directory())

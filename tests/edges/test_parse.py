"""Facts about the language pipeline behind its edge: plain values, right offsets, and rules alone without it."""

from __future__ import annotations

import logging
from itertools import pairwise

import pytest

from bot.parse import Parser
from digests.model import Part
from tests.unit.digests.parties import FINDER, article

TEXT = "Lavrov told reporters that the plan was new.\nIn Minsk, the minister Moscow trusts most rejected the plan."


@pytest.fixture(scope="module")
def parser() -> Parser:
    return Parser()


def test_tokens_stand_where_the_text_has_them(parser: Parser) -> None:
    given = article(TEXT)
    parsed = parser.parse(given, FINDER.candidates(given))[Part.TEXT]
    words = [TEXT[t.start : t.end] for t in parsed.tokens]
    assert words[:3] == ["Lavrov", "told", "reporters"]
    assert all(a.start < b.start for a, b in pairwise(parsed.tokens))
    assert all(0 <= t.head < len(parsed.tokens) for t in parsed.tokens)
    lavrov = parsed.tokens[0]
    assert lavrov.relation == "nsubj"
    assert words[lavrov.head] == "told"


def test_a_parse_never_takes_a_statement_away(parser: Parser) -> None:
    given = article(TEXT)
    rules = FINDER.find(given)
    both = FINDER.find(given, parser.parse(given, FINDER.candidates(given)))
    assert {s.statement_id for s in rules} <= {s.statement_id for s in both}


def test_only_english_is_parsed(parser: Parser) -> None:
    assert parser.parse(article(TEXT, language="uk"), {Part.TEXT: ((0, 10),)}) == {}


def test_without_a_pipeline_there_is_one_loud_line_and_rules_read_on(caplog: pytest.LogCaptureFixture) -> None:
    missing = Parser("no_such_model")
    given = article(TEXT)
    with caplog.at_level(logging.ERROR):
        assert missing.parse(given, FINDER.candidates(given)) == {}
        assert not missing.available
    assert [r.levelname for r in caplog.records] == ["ERROR"]
    assert "rules alone" in caplog.text
    assert FINDER.find(given, {})

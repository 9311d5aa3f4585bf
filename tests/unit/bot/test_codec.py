"""Nouns to JSON and back: nothing is lost, equal nouns give equal bytes, damage is told and never crashes."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.store import codec
from bot.store.articles import ARTICLE, DEVELOPMENT, READING, STATEMENT
from bot.store.outbox import DELIVERY
from bot.store.polling import STATE
from bot.store.telling import LINE
from bot.store.wishes import CHANNEL, SUBSCRIPTION
from digests.model import (
    Article,
    Button,
    Channel,
    Delivery,
    Development,
    Line,
    Page,
    Part,
    Reading,
    Row,
    Span,
    Statement,
    Subscription,
    TextOfRecord,
)
from digests.ports import FeedState
from tests.builders import NOON, a_delivery, a_line, a_reading, a_recorded, a_span, a_statement, an_article, at

STORED: Mapping[type, tuple[codec.Form[Any], tuple[str, ...]]] = {
    Article: (ARTICLE, ()),
    Reading: (READING, ("article", "statements")),
    Statement: (STATEMENT, ()),
    Development: (DEVELOPMENT, ()),
    Line: (LINE, ()),
    Page: (codec.Form(Page), ()),
    Delivery: (DELIVERY, ("due_at", "state", "attempts", "first_try_at", "receipt", "note")),
    Subscription: (SUBSCRIPTION, ()),
    Channel: (CHANNEL, ()),
    FeedState: (STATE, ()),
}
"""Every noun that has a row of its own, with the fields that its row keeps in columns."""

BODIES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)


@st.composite
def spans(draw: st.DrawFn) -> Span:
    """Any span of any text."""
    text = TextOfRecord(draw(BODIES))
    start = draw(st.integers(0, len(text.body) - 1))
    return text.span(start, draw(st.integers(start + 1, len(text.body))))


st.register_type_strategy(Span, spans())
st.register_type_strategy(TextOfRecord, BODIES.map(TextOfRecord))
ZONES = st.sampled_from([UTC, timezone(timedelta(hours=5, minutes=45)), timezone(timedelta(hours=-9))])
SECONDS = st.integers(-(10**9), 10**9)
st.register_type_strategy(datetime, st.builds(lambda s, z: (NOON + timedelta(seconds=s)).astimezone(z), SECONDS, ZONES))
FEW_BUTTONS = st.lists(st.from_type(Button), max_size=1).map(tuple)  # each is large
st.register_type_strategy(Row, st.builds(Row, buttons=FEW_BUTTONS))
st.register_type_strategy(float, st.floats(allow_nan=False))
NOUNS: Mapping[type, st.SearchStrategy[Any]] = {noun: st.from_type(noun) for noun in STORED}
FEWER = settings(max_examples=40)
"""Nouns are large: a hundred of each of ten would take a minute."""


def there_and_back(form: codec.Form[Any], noun: Any, kept: tuple[str, ...]) -> tuple[str, Any]:
    """What is written, and the noun that is read from it."""
    texts: codec.Texts = {}
    body = form.dump(noun, texts)
    assert sorted(codec.shas([body])) == sorted(texts)
    return body, form.load(body, texts, **{name: getattr(noun, name) for name in kept})


@pytest.mark.parametrize("noun", list(STORED), ids=lambda noun: noun.__name__)
@FEWER
@given(data=st.data())
def test_every_stored_noun_comes_back_equal_and_is_written_alike_again(noun: type, data: st.DataObject) -> None:
    form, kept = STORED[noun]
    given_noun = data.draw(NOUNS[noun])
    body, back = there_and_back(form, given_noun, kept)
    assert back == given_noun
    assert there_and_back(form, back, kept)[0] == body
    assert body.isascii()


@given(article=NOUNS[Article], hours=st.integers(-23, 23))
def test_equal_articles_give_equal_bytes_whatever_zone_and_order_they_were_made_with(
    article: Article, hours: int
) -> None:
    turned = replace(
        article,
        seen_at=article.seen_at.astimezone(timezone(timedelta(hours=hours))),
        texts=dict(reversed(list(article.texts.items()))),
        cut=frozenset(sorted(article.cut, reverse=True)),
    )
    assert turned == article
    assert ARTICLE.dump(turned, {}) == ARTICLE.dump(article, {})


def test_the_bytes_do_not_hang_on_the_hash_seed(repo: Path) -> None:
    script = (
        "from bot.store.articles import ARTICLE; from digests.model import Part; from dataclasses import replace\n"
        "from tests.builders import an_article\n"
        "print(ARTICLE.dump(replace(an_article(text='long'), cut=frozenset(Part)), {}))"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", script], cwd=repo, env={"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2", "3")
    ]
    assert len(set(runs)) == 1
    assert b"description" in runs[0]


def test_a_text_is_kept_apart_and_named_by_its_sha() -> None:
    statement = a_statement(words="has not received")
    texts: codec.Texts = {}
    body = STATEMENT.dump(statement, texts)
    assert "has not received" not in body
    assert texts == {statement.span.text.sha: statement.span.text}


def test_a_sha_written_by_a_user_is_not_taken_for_a_text() -> None:
    typed = f'"t":"{"a" * 64}"'
    assert codec.shas([CHANNEL.dump(Channel(typed, "C1", "UTC", ()), {})]) == []


def test_a_span_whose_text_is_missing_is_damage() -> None:
    body = STATEMENT.dump(a_statement(), {})
    with pytest.raises(codec.Damaged, match="Statement: KeyError"):
        STATEMENT.load(body, {})


@pytest.mark.parametrize(("start", "end"), [(0, 9999), (5, 5), (9, 3), (-4, 3)])
def test_a_span_that_does_not_fit_its_text_is_damage(start: int, end: int) -> None:
    texts: codec.Texts = {}
    written = json.loads(STATEMENT.dump(a_statement(), texts))
    written["span"] |= {"s": start, "e": end}
    with pytest.raises(codec.Damaged, match="does not lie in"):
        STATEMENT.load(json.dumps(written), texts)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["is", "t", "s", "e", "key"]), inner),
    max_leaves=6,
)


@pytest.mark.parametrize("noun", list(STORED), ids=lambda noun: noun.__name__)
@FEWER
@given(data=st.data())
def test_a_damaged_row_gives_damage_and_no_other_exception(noun: type, data: st.DataObject) -> None:
    form, kept = STORED[noun]
    names = [f.name for f in fields(noun) if f.name not in kept]
    body = data.draw(st.dictionaries(st.sampled_from(names), JSON).map(json.dumps) | JSON.map(json.dumps) | st.text())
    with contextlib.suppress(codec.Damaged):  # anything else fails the test
        form.load(body, {}, **dict.fromkeys(kept))


@pytest.mark.parametrize("noun", ["line", "page", "reading", "recorded"])
def test_what_builders_make_comes_back(noun: str) -> None:
    made: dict[str, tuple[codec.Form[Any], Any, tuple[str, ...]]] = {
        "line": (LINE, a_line(), ()),
        "page": (DELIVERY, a_delivery(), STORED[Delivery][1]),
        "reading": (READING, a_reading(), STORED[Reading][1]),
        "recorded": (DEVELOPMENT, a_recorded().development, ()),
    }
    form, value, kept = made[noun]
    assert there_and_back(form, value, kept)[1] == value


def test_parts_come_back_in_the_order_of_the_contract() -> None:
    article = an_article(text="The page.")
    turned = replace(article, texts=dict(reversed(list(article.texts.items()))))
    assert list(there_and_back(ARTICLE, turned, ())[1].texts) == [Part.TITLE, Part.DESCRIPTION, Part.TEXT]


def test_an_instant_comes_back_in_utc() -> None:
    elsewhere = replace(a_delivery(), slot=at(3).astimezone(timezone(timedelta(hours=5, minutes=45))))
    slot = there_and_back(DELIVERY, elsewhere, STORED[Delivery][1])[1].slot
    assert (slot, slot.tzinfo) == (at(3), UTC)


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="has no zone"):
        ARTICLE.dump(replace(an_article(), seen_at=NOON.replace(tzinfo=None)), {})


@dataclass(frozen=True)
class Before:
    """A noun as an older version of the bot knew it."""

    name: str
    gone: int = 0


@dataclass(frozen=True)
class After:
    """The same noun after a field came and another went."""

    name: str
    came: tuple[str, ...] = ("new",)


def test_a_field_that_came_later_takes_its_default_and_one_that_went_is_ignored() -> None:
    assert codec.Form(After).load(codec.Form(Before).dump(Before("x", gone=3), {}), {}) == After("x")


def test_a_field_without_a_default_that_is_not_there_is_damage() -> None:
    with pytest.raises(codec.Damaged, match="name"):
        codec.Form(Before).load("{}", {})


@dataclass(frozen=True)
class Loose:
    """A noun with a field that JSON cannot carry faithfully."""

    held: object


def test_a_noun_that_could_not_come_back_is_refused_when_its_form_is_made() -> None:
    with pytest.raises(TypeError, match="no way to write"):
        codec.Form(Loose)


def test_a_span_of_astral_characters_counts_characters_not_bytes() -> None:
    statement = replace(a_statement(), span=a_span("🕊 так", "«🕊 так» — сказав він"))
    assert there_and_back(STATEMENT, statement, ())[1].span.chars == "🕊 так"

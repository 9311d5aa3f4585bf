"""Two spellings of one address are one; two addresses never are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests.addresses import plain


@pytest.mark.parametrize(
    "spelling",
    [
        "http://www.paper.example/2025/11/talks",
        "https://paper.example/2025/11/talks/",
        "https://PAPER.example:443/2025/11/talks#comments",
        "https://m.paper.example/2025/11/talks?utm_source=feed&utm_medium=rss&fbclid=1",
        "https://amp.paper.example/2025/11/talks/amp",
        " https://paper.example/2025/11/t%61lks ",
    ],
)
def test_spellings_of_one_address_are_one(spelling: str) -> None:
    assert plain(spelling) == "paper.example/2025/11/talks"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://paper.example/a?id=1", "https://paper.example/a?id=2"),
        ("https://paper.example/a", "https://paper.example/A"),
        ("https://paper.example/a", "https://paper.example:8080/a"),
        ("https://paper.example/a", "https://paper.example.evil.example/a"),
    ],
)
def test_two_addresses_stay_two(one: str, other: str) -> None:
    assert plain(one) != plain(other)


def test_parameters_that_name_the_article_are_kept_in_one_order() -> None:
    assert plain("https://paper.example/?b=2&a=1") == plain("https://paper.example?a=1&b=2") == "paper.example?a=1&b=2"


@pytest.mark.parametrize(
    "text", ["", "k7f2xy", "javascript:alert(1)", "https://", "https://user@paper.example/a", "http://[::1"]
)
def test_what_is_no_web_address_is_none(text: str) -> None:
    assert plain(text) == ""


@given(st.text(max_size=4000))
def test_any_text_is_looked_at_without_harm(text: str) -> None:
    assert len(plain("https://paper.example/" + text)) < 20_000
    plain(text)

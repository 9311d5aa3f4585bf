"""The text of an article out of its page, and the notice in which a publisher corrects it."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests import extract, text

SENTENCES = [
    "The delegations of the two countries met in Geneva on Tuesday and spoke about the plan for three hours.",
    "A second round of talks is expected next week, an official who asked not to be named told reporters.",
    "“Nothing is agreed until everything is agreed,” he said, and added that the draft now has nineteen points.",
    "Élysée officials, who follow the talks from afar, said that guarantees remain the hardest question of all.",
]
WORDS = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)


def page(article: str = WORDS, head: str = "") -> bytes:
    menu = "<nav><ul>" + "".join(f"<li><a href='/{n}'>Section {n}</a></li>" for n in range(20)) + "</ul></nav>"
    foot = "<footer><p>All rights reserved. Subscribe to our newsletter.</p></footer>"
    body = f"{menu}<main><article><h1>Talks go on in Geneva</h1>{article}</article></main>{foot}"
    return f"<!DOCTYPE html><html><head>{head}<title>T</title></head><body>{body}</body></html>".encode()


def test_the_article_is_taken_and_the_rest_of_the_page_is_left() -> None:
    found = extract.extract(page(), "text/html; charset=utf-8")
    assert found is not None
    for sentence in SENTENCES:
        assert sentence in found.body
    assert "Section 3" not in found.body
    assert "newsletter" not in found.body


def test_what_is_taken_is_a_text_of_record_and_the_same_every_time() -> None:
    first, again = (extract.extract(page(), "text/html") for _ in range(2))
    assert first is not None
    assert first == again == text.record(first.body)


def test_comments_and_scripts_are_not_the_article() -> None:
    comment = "<section class='comments'><p>First! What a great read this was, said nobody at all.</p></section>"
    noise = f"<script>var a = 'secret words';</script>{comment}"
    found = extract.extract(page(WORDS + noise), "text/html")
    assert found is not None
    assert "secret words" not in found.body
    assert "great read" not in found.body


@pytest.mark.parametrize(
    ("encoding", "content_type", "head"),
    [
        ("utf-8", "text/html", ""),
        ("utf-8-sig", "text/html; charset=iso-8859-1", ""),
        ("windows-1252", "text/html; charset=windows-1252", ""),
        ("windows-1252", "text/html", '<meta charset="windows-1252">'),
        ("windows-1252", "text/html; charset=no-such", ""),
        ("utf-8", "", "<meta charset=''>"),
    ],
)
def test_a_page_is_read_in_the_encoding_it_is_in(encoding: str, content_type: str, head: str) -> None:
    body = page(head=head).decode().encode(encoding)
    found = extract.extract(body, content_type)
    assert found is not None
    assert "Élysée" in found.body
    assert "“Nothing" in found.body


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"", "text/html"),
        (b"%PDF-1.7 ...", "application/pdf"),
        (page(), "application/json"),
        (page(), "image/png"),
        (b"plain words " * 100, "text/plain"),
        (b"<html><body><p>Please enable JavaScript to go on.</p></body></html>", "text/html"),
        (page() + b" " * extract.MOST_BYTES, "text/html"),
        (b"<html>" + b"\0" * 1000, "text/html"),
    ],
)
def test_what_holds_no_article_gives_none(body: bytes, content_type: str) -> None:
    assert extract.extract(body, content_type) is None


@given(st.binary(max_size=300), st.text(max_size=40))
def test_no_page_raises(noise: bytes, content_type: str) -> None:
    whole = page()
    extract.extract(whole[:400] + noise + whole[400:], content_type)
    extract.extract(b"<html>" + noise, content_type)


HOSTILE: dict[str, Callable[[], bytes]] = {
    "nested blocks": lambda: b"<html><body>" + b"<div>" * 50_000 + b"words " * 100,
    "nested inline tags": lambda: b"<html><body><p>" + b"<b>" * 50_000 + b"words " * 100,
    "5 MB of text": lambda: b"<html><body><article>" + b"word " * 900_000,
    "many paragraphs": lambda: b"<html><body><article>" + b"<p>one two three four five</p>" * 19_000,
    "many links": lambda: b"<html><body><article>" + b"<a href=x>some link text</a>" * 19_000,
    "a million attributes": lambda: b"<html " + b"a=1 " * 1_000_000 + b">",
    "a million tags": lambda: b"<html><body>" + b"<i>" * 1_000_000,
}


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_a_hostile_page_is_read_in_bounded_time(name: str) -> None:
    body = HOSTILE[name]()
    began = time.process_time()
    extract.extract(body, "text/html")
    assert time.process_time() - began < 8

"""Promises of a digest's layout: every line whole and in its order, a first message that lacks nothing, threads only
where they are wanted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.local import limits
from bot.slack import rich
from bot.slack.blocks import Message, render
from bot.slack.sheets import storeys
from digests import bulletins, pages
from digests.frames import say
from digests.model import Citation, Digest, Fate, Frame, Line, Name, Page, Part, Row, Tone, Verdict
from digests.model.digest import Change
from tests.builders import a_citation, a_delivery, a_line, an_article, at
from tests.unit.bot.test_blocks import every, shown
from tests.unit.digests.newsstand import OUTLETS, Newsstand, directory, setting

ISSUES = sorted(directory().issue_by_id)
WORDS = (
    "Peace talks in Geneva went on late: “nothing is agreed,” the envoy said, & <all> asked *who* <!channel> meant. "
)
ZONE = ZoneInfo("Europe/Brussels")


@st.composite
def _citations(draw: st.DrawFn, most: int) -> Citation:
    """Up to 300 characters of a text, as posted spans have, with an address of any usual length."""
    n, outlet = draw(st.integers(0, 10**9)), draw(st.sampled_from(OUTLETS))
    size = draw(st.integers(20, most))
    article = an_article(f"a{n}", title=f"{n} {WORDS * 4}"[:size], feed_id=outlet.id, hours=draw(st.integers(0, 40)))
    who = draw(st.none() | st.sampled_from(["Dmitry Peskov", "Kaja Kallas"]))
    url = f"https://{outlet.id}.example/{n}/{'a-long-address-' * draw(st.integers(0, 12))}"
    return replace(a_citation(article), url=url, speaker=who, speaker_in_span=False, part=Part.TITLE)


@st.composite
def _lines(draw: st.DrawFn, n: int) -> Line:
    headline = draw(_citations(160))
    verdict = draw(st.sampled_from([Verdict.NEW, Verdict.UPDATE, Verdict.SHIFT, Verdict.POSSIBLE_SHIFT]))
    made = replace(
        a_line(
            f"id{n:04d}", verdicts=[verdict], issues=draw(st.lists(st.sampled_from(ISSUES), min_size=1, max_size=3))
        ),
        headline=headline,
        quotes=tuple(draw(st.lists(_citations(300), max_size=2))),
        publishers=tuple(draw(st.lists(st.sampled_from([s.id for s in OUTLETS]), min_size=1, max_size=6))),
        context=draw(st.booleans()),
    )
    moved = verdict in {Verdict.SHIFT, Verdict.POSSIBLE_SHIFT}
    compared, now = (draw(_citations(300)), draw(_citations(300))) if moved else (None, None)
    changes = (Change(headline.article_id, headline.revision, Fate.REPLACED, at(30)),) if draw(st.booleans()) else ()
    return replace(made, compared=compared, now=now, changes=changes)


@st.composite
def digests(draw: st.DrawFn) -> Digest:
    """Digests up to the bounds of what is chosen, of which some are long and some short."""
    count = draw(st.sampled_from([0, 1, 3, 7, 8, 12]))
    lines = [draw(_lines(n)) for n in range(count)]
    ahead = (
        [(draw(st.sampled_from(lines)).line_id, draw(_citations(300))) for _ in range(draw(st.integers(0, 3)))]
        if lines
        else []
    )
    return replace(
        Newsstand().digest(),
        lines=tuple(lines),
        ahead=tuple(ahead),
        alerted=tuple(draw(_lines(100 + n)) for n in range(draw(st.sampled_from([0, 2, 7])))),
        corrections=tuple(draw(_lines(200 + n)) for n in range(draw(st.sampled_from([0, 1, 4])))),
        threads=draw(st.booleans()),
        compact=draw(st.booleans()),
    )  # fmt: skip


def said_by(message: Message) -> str:
    """All that one message says, in order, without what only separates."""
    return squeezed("".join(text for block in message.blocks if block["type"] != "actions" for text in shown(block)))


def squeezed(text: str) -> str:
    return re.sub(r"[\s·]+", "", text)


def said(rows: Sequence[Row]) -> str:
    return squeezed("".join(rich.words_of(piece, ZONE) for row in rows for piece in row.pieces))


@settings(max_examples=40)
@given(digests())
def test_every_line_stands_whole_and_in_its_order_within_slacks_limits(digest: Digest) -> None:
    page = pages.digest(digest, setting())
    message = render(page)
    parts = list(every(message))
    for part in parts:
        assert limits.of_blocks(list(part.blocks)) == []
        assert not limits.too_long(list(part.blocks))
        assert len(part.blocks) <= 45
        assert sum(len(text) for text in shown(part.blocks)) <= 9_000
    lines = [*storeys(page.rows).lines, *storeys(page.thread).lines]
    assert len(lines) == len(digest.lines)
    texts = list(map(said_by, parts))
    places = [[(n, text.find(said(line))) for n, text in enumerate(texts) if said(line) in text] for line in lines]
    assert all(places), "a line is whole in one message"
    assert all(min(a) < max(b) for a, b in pairwise(places))


@settings(max_examples=40)
@given(digests())
def test_the_first_message_lacks_nothing_but_lines_and_says_how_many(digest: Digest) -> None:
    page = pages.digest(digest, setting())
    message = render(page)
    first = said_by(message)
    inside, outside = storeys(page.rows), storeys(page.thread)
    lines = [said(line) for line in (*inside.lines, *outside.lines)]
    here = [line for line in lines if line in first]
    assert lines[: len(here)] == here
    assert len(here) <= pages.PARENT_LINES or not digest.threads
    left = len(lines) - len(here)
    where = "inthethread" if digest.threads else "inthenextmessage"
    count = f"{left}moreline{'s' if left > 1 else ''}{where}" if left else ""
    assert first == said(inside.head) + "".join(here) + count + said(inside.foot)
    assert message.below == left
    assert not digest.lines or message.blocks[-1]["type"] == "actions"


@settings(max_examples=25)
@given(digests())
def test_without_threads_what_does_not_fit_comes_in_messages_that_say_which_part_they_are(digest: Digest) -> None:
    page = pages.digest(replace(digest, threads=False), setting())
    message = render(page)
    assert page.thread == ()
    assert message.apart
    assert not any("in the thread" in text for part in every(message) for text in shown(part.blocks))
    for n, part in enumerate(message.thread, 2):
        assert f"part{n}of{len(message.thread) + 1}" in said_by(part)
        assert "Peace plan digest" in part.text.split("\n")[0]


@settings(max_examples=15)
@given(digests())
def test_an_answer_shows_a_posted_digest_whole_and_speaks_of_no_thread(digest: Digest) -> None:
    posted = pages.digest(replace(digest, threads=True), setting())
    answer = pages.unthreaded(posted)
    lines = [said(line) for line in (*storeys(posted.rows).lines, *storeys(posted.thread).lines)]
    assert [said(line) for line in storeys(answer.rows).lines] == lines
    assert storeys(answer.rows).foot == storeys(posted.rows).foot
    texts = [text for part in every(render(answer)) for text in shown(part.blocks)]
    assert not any("in the thread" in text for text in texts)


@given(st.integers(1, 14))
def test_alerts_that_were_held_say_how_many_stand_in_the_thread(held: int) -> None:
    line = a_line()
    kept = [bulletins.Kept(a_delivery(f"d{n}", kind="alert"), replace(line, line_id=f"id{n}")) for n in range(held)]
    page = bulletins.away(kept, "UTC", setting(), [3])
    message = render(page)
    assert message.below == max(0, held - bulletins.IN_PARENT)
    assert len(storeys(page.thread).lines) == message.below


@pytest.mark.parametrize("more", [True, False])
def test_the_row_that_counts_what_goes_on_is_part_of_no_line(more: bool) -> None:
    rows = [Row(Tone.LINE, (_name("one"),), "id1"), Row(Tone.META, (_name("source"),))]
    foot = [Row(Tone.STATUS, (_name("counts"),)), Row(Tone.META, (_name("left out"),))]
    parts = storeys([*rows, *([pages.more_in_thread(3)] if more else []), *foot])
    assert (parts.head, [list(line) for line in parts.lines], list(parts.foot)) == ([], [rows], foot)


def _name(text: str) -> Frame:
    return say("label.name", name=Name(text))


def test_a_page_that_is_no_page_of_lines_goes_on_from_where_it_was_full() -> None:
    rows = tuple(Row(Tone.PLAIN, (_name("x" * 900),)) for _ in range(14))
    message = render(Page("position", "UTC", (_name("all"),), rows))
    assert len(message.thread) == 1
    assert not message.apart
    assert shown_last(message) == "continues below"


def shown_last(message: Message) -> str:
    return [text for block in message.blocks for text in shown(block)][-1]

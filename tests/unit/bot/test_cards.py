"""Cards: whatever the page, every part is a view that Slack takes, of frames and spans alone, and no word is lost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hypothesis import given

from bot.local import limits
from bot.slack import blocks, cards
from bot.slack.blocks import Message
from bot.slack.modals import Return
from digests.model import Page
from tests.unit.bot.test_blocks import pages, shown, strangers

ZONE = "Europe/Brussels"
BACK = Return("C1", "https://hooks.example/" + "x" * 200, "1.2", answers="why k7f2ab", over=True)


def parts_of(page: Page) -> Iterator[dict[str, Any]]:
    """Every part of a card, as its buttons turn to them."""
    n = 1
    while True:
        view = cards.card(page, BACK, ZONE, n)
        yield view
        turns = [e for b in view["blocks"] if b["type"] == "actions" for e in b["elements"]]
        if not any(e["action_id"].startswith(blocks.TURN) and e["value"] == str(n + 1) for e in turns):
            return
        n += 1


def is_lawful_card(page: Page) -> None:
    """What every page keeps to as a card."""
    count = 0
    for count, view in enumerate(parts_of(page), 1):
        assert limits.of_view(view) == []
        content = [b for b in view["blocks"] if b["type"] != "actions"]
        assert sum(len(text) for text in shown(view["blocks"])) <= blocks.CHARACTERS
        assert sum(len(block) for block in content) > 0
        ours = {f"part {count} of {n}" for n in range(1, 99)} | {"Next", "Previous"}
        told = Message(tuple(view["blocks"]), "")
        assert [text for text in strangers(told, page) if text not in ours] == []
    assert cards.card(page, BACK, ZONE, count + 1) == cards.card(page, BACK, ZONE, count), "past the last is the last"


@given(pages)
def test_every_part_of_every_card_is_lawful(page: Page) -> None:
    is_lawful_card(page)


@given(pages)
def test_the_parts_together_say_what_the_page_says(page: Page) -> None:
    texts = [t for v in parts_of(page) for b in v["blocks"] if b["type"] != "actions" for t in shown(b)]
    whole = [t for b in blocks.home(page, ZONE)["blocks"] if b["type"] != "actions" for t in shown(b)]
    count = len(list(parts_of(page)))
    turned = {f"part {n} of {count}" for n in range(1, count + 1)} if count > 1 else set()
    said = [t for t in texts if t not in turned]
    if len(blocks.home(page, ZONE)["blocks"]) < blocks.VIEW_BLOCKS and page.rows:
        assert "".join(said).replace("\n", "") == "".join(t for t in whole if t not in turned).replace("\n", "")


def test_a_waiting_card_is_lawful_and_says_that_it_waits() -> None:
    for kind in ("evidence", "footnote", "report", "review", ""):
        view = cards.waiting(kind, Return("C1"), "Etc/UTC")
        assert limits.of_view(view) == []
        assert list(shown(view["blocks"])) == ["One moment …"]


def test_what_a_long_command_asked_for_is_not_remembered_by_a_modal() -> None:
    assert Return("C1", answers="why k7f2ab").fits
    assert not Return("C1", answers="why https://example.org/" + "x" * 3_000).fits
    assert Return.unpacked(BACK.packed()) == BACK

"""Answers as modals: pure, within a view's limits. Hides titles, and what a card remembers of what was asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from bot.slack import modals
from bot.slack.blocks import leaf
from bot.slack.modals import Return
from digests import frames
from digests.model import Frame, Page

CALLBACK = "card"
"""The callback id of every card; a card is never submitted."""
_TITLES: Mapping[str, str] = {
    "evidence": "card.evidence",
    "footnote": "card.footnote",
    "report": "card.report",
    "review": "card.review",
    "scope": "card.review",
    "reject": "card.review",
    "baseline": "card.baseline",
    "amend": "card.baseline",
}
"""Titles by the kind of page; every other page is an answer."""

Json = dict[str, Any]


def waiting(kind: str, back: Return, zone: str) -> Json:
    """The frame of a card whose content is being looked up."""
    said = modals.plain(frames.say("card.waiting"), ZoneInfo(zone), 2_000)
    return _view(kind, back, [{"type": "context", "elements": [said]}], ZoneInfo(zone))


def card(page: Page, back: Return, zone: str, part: int = 1, kind: str = "") -> Json:
    """One part of an answer as a modal, for a reader in `zone` (an IANA name). `kind` is what was asked for, where the
    page itself does not say."""
    if page.kind == "footnote":
        page = _footnote(page, back)
    return _view(page.kind if page.kind in _TITLES else kind, back, leaf(page, part, zone), ZoneInfo(zone))


def _footnote(page: Page, back: Return) -> Page:
    """Without what the frame says already: its name, and the way back to the card under it."""
    buttons = tuple(b for b in page.buttons if not (back.over and b.label.key == "button.evidence"))
    return replace(page, rows=page.rows[1:], buttons=buttons)


def _view(kind: str, back: Return, blocks: list[Json], tz: ZoneInfo) -> Json:
    title = frames.say(_TITLES.get(kind, "card.answer"))
    close: Frame = frames.say("card.back" if back.over else "card.close")
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "private_metadata": back.packed(),
        "title": modals.plain(title, tz, modals.TITLE),
        "close": modals.plain(close, tz, modals.TITLE),
        "blocks": blocks,
    }

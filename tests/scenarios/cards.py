"""Cards that open over a conversation, as a person reads them and presses in them. Hides when their answer is there."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from typing import Any

from bot.local import limits
from bot.local.person import Person, Place
from bot.local.workspace import Workspace

WAITING = "One moment"

View = dict[str, Any]


class Reader:
    """One person with modals before him."""

    def __init__(self, workspace: Workspace, user: str) -> None:
        self.workspace, self.user = workspace, user
        self.person = Person(workspace, user)

    @property
    def stack(self) -> list[View]:
        """The modals that lie on each other, the topmost last."""
        state = self.workspace.state
        return [state.views[identity] for identity in state.stacks.get(self.user, ())]

    async def card(self) -> View:
        """The topmost modal, once it has its answer; within every limit."""
        async with asyncio.timeout(5):
            while not self.stack or WAITING in words_of(self.stack[-1]):
                await asyncio.sleep(0.01)
        assert limits.of_view(self.stack[-1]) == []
        return self.stack[-1]

    async def presses(self, label: str, choice: str = "") -> View:
        """Press a button of the topmost modal, or choose in its menu; the modal that is on top after it."""
        view = self.stack[-1]
        for n, element in _pressable(view):
            if _label(element) == label:
                before = (view["id"], view["hash"])
                chosen = choice or (element["options"][0]["value"] if "options" in element else None)
                assert await self.person.press(Place(view=view["id"]), n, element["action_id"], chosen)
                async with asyncio.timeout(5):
                    while (self.stack[-1]["id"], self.stack[-1]["hash"]) == before:
                        await asyncio.sleep(0.01)
                return await self.card()
        raise AssertionError(f"no button {label} in {[e for _, e in _pressable(view)]}")

    async def closes(self) -> None:
        """Close the topmost modal."""
        await self.person.close(str(self.stack[-1]["id"]))


def words_of(view: View) -> str:
    """What a modal says, title first."""
    return "\n".join(limits.texts({"title": view["title"], "blocks": view["blocks"]}))


def labels_of(view: View) -> list[str]:
    """What can be pressed in a modal."""
    return [_label(element) for _, element in _pressable(view)]


def is_card(view: View) -> None:
    """What holds for every card: it can be closed and not be submitted, and nothing that it shows is parsed but links
    of its small print."""
    assert view["callback_id"] == "card"
    assert "submit" not in view
    assert view["close"]["text"]
    for block in view["blocks"]:
        assert "mrkdwn" not in json.dumps(block) or block["type"] == "context"


def _label(element: dict[str, Any]) -> str:
    return str(element.get("text", element.get("placeholder", {})).get("text", ""))


def _pressable(view: View) -> Iterator[tuple[int, dict[str, Any]]]:
    for n, block in enumerate(view["blocks"]):
        if block["type"] == "actions":
            yield from ((n, element) for element in block["elements"])

"""A catch-up of a busy stretch: ten lines, the others a press away, none twice and none lost."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from bot import demo
from bot.local import limits
from bot.local.workspace import Answer
from config import Config

START = datetime(2025, 11, 26, 7, 35, tzinfo=UTC)


def elements(answer: Answer) -> list[dict[str, Any]]:
    return [e for m in answer.messages for b in m["blocks"] if b["type"] == "actions" for e in b["elements"]]


def lines(answer: Answer) -> list[str]:
    """What the menu of evidence offers: a number and an id for each line, in order."""
    [menu] = [e for e in elements(answer) if e["type"] == "static_select"]
    return [f"{o['text']['text']} {o['value']}" for o in menu["options"]]


def more(answer: Answer) -> str:
    """What the button asks that shows further lines; "" where there is none."""
    return next((e["value"] for e in elements(answer) if "more line" in e.get("text", {}).get("text", "")), "")


def text_of(answer: Answer) -> str:
    return "\n".join(text for m in answer.messages for text in limits.texts(m["blocks"]))


async def test_a_catch_up_shows_ten_lines_and_the_others_behind_a_button(shipped: Config) -> None:
    async with demo.demonstration(shipped) as shown:
        await shown.move(START)
        answers = [await shown.stage.ask("/brief", "new since:3d")]
        while more(answers[-1]) and len(answers) < 10:
            shown.clock.now = START.replace(minute=35 + len(answers))
            answers.append(await shown.stage.ask("/brief", more(answers[-1])))
    pages = [lines(answer) for answer in answers]
    assert len(pages) > 1
    assert [len(page) for page in pages[:-1]] == [10] * (len(pages) - 1)
    told = [line for page in pages for line in page]
    assert [line.split()[1] for line in told] == [str(n) for n in range(1, len(told) + 1)]
    assert len({line.split()[-1] for line in told}) == len(told)
    texts = [text_of(answer) for answer in answers]
    assert not any("in the thread" in text or "`new` shows them" in text for text in texts)
    assert f"lines 11 to {min(20, len(told))}" in texts[1]


async def test_filters_and_the_beginning_stay_when_a_catch_up_is_turned(shipped: Config) -> None:
    async with demo.demonstration(shipped) as shown:
        await shown.move(START)
        asked = more(await shown.stage.ask("/brief", "new since:3d weight:1"))
        assert asked == "new weight:1 since:2025-11-23T07:35:00Z page:2"
        assert "ONLY weight:1" in text_of(await shown.stage.ask("/brief", asked))
        assert "no further line" in text_of(await shown.stage.ask("/brief", "new page:9"))
        assert "x is no page" in text_of(await shown.stage.ask("/brief", "new page:x"))

"""Takes the pictures that the README shows: the page, and a timeline as it is drawn. Hides the way to them.

python -m tests.browser.picture      # writes docs/workspace.png and docs/timeline.png anew; needs Chromium
"""

from __future__ import annotations

import asyncio
from pathlib import Path

from rich.console import Console

import config
from bot import cli_page
from bot.demo import demonstration
from tests.browser.window import window

REPO = Path(__file__).resolve().parents[2]
PICTURE = REPO / "docs" / "workspace.png"
TIMELINE = REPO / "docs" / "timeline.png"


async def take() -> None:
    """The third morning, with the guide, the newest digest and a command about to be sent."""
    shipped = config.load(REPO / "config")
    async with demonstration(shipped) as shown:
        await shown.play(lambda _: None, cli_page.OPENS, example="")
        async with (
            cli_page.beside(shipped, shown.stage, Console(quiet=True), shown, port=0) as page,
            window(page.server.address, width=1400, height=900) as seen,
        ):
            await seen.message("what arrived since").wait_for()
            await seen.composer.press_sequentially("/position russia")
            await seen.page.screenshot(path=PICTURE)


async def draw() -> None:
    """The timeline of a party at the end of the week, as it stands in the direct message."""
    async with demonstration(config.load(REPO / "config")) as shown:
        await shown.play(lambda _: None, example="")
        await shown.stage.ask("/brief", "timeline russia")
        [made] = [f for f in shown.stage.workspace.files.kept.values() if f.name.endswith(".png")]
        TIMELINE.write_bytes(made.content or b"")


async def both() -> None:
    """One after the other."""
    await take()
    await draw()


if __name__ == "__main__":
    asyncio.run(both())

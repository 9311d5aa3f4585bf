"""Takes the picture of the page that the README shows. Hides the way to it.

python -m tests.browser.picture      # writes docs/workspace.png anew; needs Chromium
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


if __name__ == "__main__":
    asyncio.run(take())

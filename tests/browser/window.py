"""A real headless Chromium before the page of the local workspace. Hides where it comes from and how it is started.

It is Debian's, or the one that $BRIEF_TEST_CHROMIUM names; without any the test is skipped, under CI=true it fails.
Whatever the page asks for and complains of is kept: at the end of a test every request went to this machine, and the
console was silent (a breach of the page's content policy stands there).
"""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.async_api import BrowserContext, ConsoleMessage, Locator, Page, async_playwright, expect

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
"""Names under which machines have it."""
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
)  # fmt: skip
"""It runs as root in a container, and calls nobody of its own accord."""
PATIENCE = 15_000
"""Milliseconds that something may take to appear."""


def program() -> str:
    """The browser; skips the test where there is none, fails it where there must be one."""
    named = os.environ.get("BRIEF_TEST_CHROMIUM", "")
    found = named or next((path for name in PROGRAMS if (path := shutil.which(name))), "")
    if not found:
        reason = "no Chromium: apt-get install chromium, or name one in BRIEF_TEST_CHROMIUM"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return found


@dataclass
class Window:
    """One window on the page. `asked` are the addresses it asked for, `complaints` what its console said."""

    page: Page
    context: BrowserContext
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    @property
    def composer(self) -> Locator:
        """The composer of the open channel."""
        return self.page.locator(".room-pane .composer textarea")

    @property
    def completions(self) -> Locator:
        """What the composer offers."""
        return self.page.get_by_role("listbox", name="Commands").get_by_role("option")

    @property
    def picked(self) -> Locator:
        """What the composer would take now."""
        return self.page.get_by_role("listbox", name="Commands").get_by_role("option", selected=True)

    @property
    def messages(self) -> Locator:
        """Messages of the open conversation, oldest first."""
        return self.page.locator(".room-pane article.message")

    def message(self, words: str) -> Locator:
        """The newest message that has these words."""
        return self.messages.filter(has_text=words).last

    def button(self, name: str) -> Locator:
        """A button by its whole label."""
        return self.page.get_by_role("button", name=name, exact=True)

    def follow(self, page: Page) -> None:
        """Keep what a page asks for and complains of."""
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._heard)

    def _heard(self, said: ConsoleMessage) -> None:
        if said.type in {"error", "warning"}:
            self.complaints.append(said.text)


@asynccontextmanager
async def window(address: str, *, width: int = 1280, height: int = 860, **look: Any) -> AsyncIterator[Window]:
    """A window on an address; `look` is handed to the browser (color_scheme, has_touch ...)."""
    path = program()
    expect.set_options(timeout=PATIENCE)
    async with async_playwright() as driver:
        browser = await driver.chromium.launch(executable_path=path, headless=True, args=list(FLAGS))
        try:
            context = await browser.new_context(viewport={"width": width, "height": height}, **look)
            context.set_default_timeout(PATIENCE)
            opened = Window(await context.new_page(), context)
            context.on("page", opened.follow)
            opened.follow(opened.page)
            await opened.page.goto(address)
            await opened.page.locator(".columns").wait_for()
            yield opened
        finally:
            await browser.close()
    strangers = [url for url in opened.asked if not _loopback(url)]
    assert strangers == [], "the page asked somebody else"
    assert opened.complaints == []


def _loopback(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in {"data", "blob"} or parts.hostname == "127.0.0.1"

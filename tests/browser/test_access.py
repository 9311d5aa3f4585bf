"""The page for those who use no mouse, no colours, a screen reader, a small screen or a dark room."""

from __future__ import annotations

import pytest
from axe_playwright_python.async_playwright import Axe  # type: ignore[import-untyped]
from playwright.async_api import expect

from tests.browser.conftest import OpenRoom, Room, Week
from tests.browser.test_blocks import plain, rich, text
from tests.browser.test_forms import BUTTON, Recorder
from tests.browser.window import Window, window

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
"""The accessibility rules that the page is held to, contrast among them."""


async def faults(seen: Window) -> list[str]:
    """What the accessibility engine finds on the page as it stands."""
    found = await Axe().run(seen.page, options=RULES)
    return [
        f"{fault['id']}: {node['html'][:120]} {node['failureSummary'][:300]}"
        for fault in found.response["violations"]
        for node in fault["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
async def test_no_rule_of_accessibility_is_broken(open_room: OpenRoom, scheme: str, width: int) -> None:
    app = Recorder()
    async with open_room(app.listen) as room:
        await furnished(room)
        async with window(room.server.address, width=width, color_scheme=scheme) as seen:
            await expect(seen.messages.last).to_be_visible()
            assert await faults(seen) == []
            await seen.composer.press_sequentially("/")
            await expect(seen.page.get_by_role("listbox", name="Commands")).to_be_visible()
            assert await faults(seen) == []
            await seen.composer.fill("")
            await seen.page.get_by_role("button", name="1 reply").click()
            await expect(seen.page.get_by_role("region", name="Thread")).to_be_visible()
            assert await faults(seen) == []
            await seen.page.keyboard.press("Escape")
            await seen.button("Alert me").click()
            await expect(seen.page.get_by_role("dialog")).to_be_visible()
            await seen.button("Save").click()
            await expect(seen.page.get_by_role("alert").first).to_be_visible()
            assert await faults(seen) == []


async def furnished(room: Room) -> None:
    """A channel with one of everything in it."""
    parent = await room.post(blocks=[{"type": "header", "text": plain("Title")}, rich(text("said", bold=True)), BUTTON])
    await room.post(text="below", thread_ts=parent)
    await room.client.chat_postEphemeral(channel=room.news, user=room.ann, text="*only* <https://news.example|you>")
    table = {
        "type": "table",
        "rows": [[{"type": "raw_text", "text": "Actor"}], [{"type": "raw_text", "text": "Russia"}]],
    }
    context = {"type": "context", "elements": [{"type": "mrkdwn", "text": "quiet `code` <!here>"}]}
    await room.post(blocks=[table, context, {"type": "divider"}])
    room.workspace.messages(room.news)[-1]["blocks"].append({"type": "video", "alt_text": "a film"})


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_the_recorded_week_breaks_no_rule_either(week: Week, scheme: str) -> None:
    async with window(week.address, color_scheme=scheme) as seen:
        await expect(seen.message("what arrived since Tue 25 Nov")).to_be_visible()
        assert await faults(seen) == []
        await seen.page.get_by_role("navigation").get_by_role("button", name="Peace plan briefing").click()
        await seen.page.get_by_role("tab", name="Home").click()
        await expect(seen.page.get_by_role("tabpanel").get_by_role("heading").first).to_be_visible()
        assert await faults(seen) == []


async def test_everything_is_done_by_keyboard_alone(open_room: OpenRoom) -> None:
    app = Recorder()
    async with open_room(app.listen) as room:
        parent = await room.post(blocks=[BUTTON])
        await room.post(text="below", thread_ts=parent)
        async with window(room.server.address) as seen:
            keys, page = seen.page.keyboard, seen.page
            await expect(seen.messages.first).to_be_visible()
            await keys.press("Tab")
            await expect(page.get_by_role("link", name="Skip to the composer")).to_be_focused()
            await keys.press("Enter")
            await expect(seen.composer).to_be_focused()

            await keys.type("/")
            await expect(seen.completions).to_have_count(3)
            await keys.press("ArrowDown")
            await expect(seen.picked).to_contain_text("/brief")
            await keys.press("ArrowUp")
            await keys.press("ArrowUp")
            await expect(seen.picked).to_contain_text("/invite")
            await keys.press("Escape")
            await expect(seen.page.get_by_role("listbox", name="Commands")).to_have_count(0)
            await keys.press("Backspace")
            await keys.type("/b")
            await keys.press("Tab")
            await expect(seen.composer).to_have_value("/brief ")
            await keys.press("Control+A")
            await keys.type("two")
            await keys.press("Shift+Enter")
            await keys.type("lines")
            await keys.press("Enter")
            await expect(seen.messages.last.locator("p.rich")).to_have_text("two\nlines")

            await focus(seen, "Alert me")
            await keys.press("Enter")
            await expect(page.get_by_role("dialog")).to_be_visible()
            await keys.press("Escape")
            await expect(page.get_by_role("dialog")).to_have_count(0)

            await focus(seen, "1 reply")
            await keys.press("Enter")
            await expect(page.get_by_role("heading", name="Thread")).to_be_focused()
            await keys.press("Escape")
            await expect(page.get_by_role("button", name="1 reply")).to_be_focused()


async def focus(seen: Window, name: str) -> None:
    """Go to a button by Shift+Tab, as somebody at the composer does."""
    wanted = seen.page.get_by_role("button", name=name).first
    await seen.composer.focus()
    for _ in range(30):
        await seen.page.keyboard.press("Shift+Tab")
        if await wanted.evaluate("node => node === document.activeElement"):
            return
    raise AssertionError(f"{name} cannot be reached by keyboard")


async def test_news_is_announced_and_everything_has_a_name(open_room: OpenRoom) -> None:
    async with open_room() as room, window(room.server.address) as seen:
        log = seen.page.get_by_role("log", name="Messages in news")
        await expect(log).to_be_visible()
        await room.post(text="arrived")
        await expect(log).to_contain_text("arrived")
        await expect(seen.page.get_by_role("article", name="Peace plan briefing, 13:00")).to_be_visible()
        await expect(seen.page).to_have_title("news · Local workspace")


@pytest.mark.parametrize("width", [320, 390, 768])
async def test_nothing_is_cut_off_on_a_small_screen(open_room: OpenRoom, width: int) -> None:
    app = Recorder()
    async with open_room(app.listen) as room:
        await furnished(room)
        await room.post(blocks=[rich(text("x" * 400))])
        async with window(room.server.address, width=width, height=640, has_touch=True) as seen:
            await expect(seen.messages.last).to_be_visible()
            wide = await seen.page.evaluate("document.scrollingElement.scrollWidth")
            assert wide <= width
            await expect(seen.composer).to_be_in_viewport()
            if width < 720:
                await seen.button("Channels").click()
                await seen.page.get_by_role("button", name="Peace plan briefing").click()
                await expect(seen.page.get_by_role("tab", name="Messages")).to_be_visible()


async def test_nothing_is_said_by_colour_alone(open_room: OpenRoom) -> None:
    app = Recorder()
    async with open_room(app.listen) as room:
        await furnished(room)
        async with window(room.server.address, forced_colors="active") as seen:
            await expect(seen.page.get_by_text("Only visible to you")).to_be_visible()
            await expect(seen.page.get_by_text("APP").first).to_be_visible()
            await seen.composer.press_sequentially("/")
            await expect(seen.picked).to_have_count(1)

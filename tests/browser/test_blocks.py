"""Block Kit on the page: every kind of block as Slack shows it, and text that tries to be more than text."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.async_api import expect

from tests.browser.conftest import OpenRoom
from tests.browser.window import window

HOSTILE = (
    "<img src=x onerror=alert(1)><script>alert(1)</script> <!channel> <https://evil.example|click> "
    "*bold* `code` :smile: &lt;b&gt; ${alert(1)} \u202etxt\u202c"
)
"""What a feed may say; on the page it is letters."""


def rich(*elements: dict[str, Any]) -> dict[str, Any]:
    """A rich text block of one section."""
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(elements)}]}


def text(words: str, **style: bool) -> dict[str, Any]:
    """A text element."""
    return {"type": "text", "text": words} | ({"style": style} if style else {})


def plain(words: str) -> dict[str, Any]:
    """A plain text object without emoji."""
    return {"type": "plain_text", "text": words, "emoji": False}


HOSTILE_BLOCKS: list[dict[str, Any]] = [
    {"type": "header", "text": plain(HOSTILE[:150])},
    rich(text(HOSTILE)),
    {"type": "rich_text", "elements": [{"type": "rich_text_quote", "elements": [text(HOSTILE)]}]},
    {"type": "rich_text", "elements": [{"type": "rich_text_preformatted", "elements": [text(HOSTILE)]}]},
    {"type": "section", "text": plain(HOSTILE)},
    {"type": "context", "elements": [plain(HOSTILE)]},
    {"type": "actions", "elements": [{"type": "button", "action_id": "a", "text": plain(HOSTILE[:75])}]},
    {"type": "table", "rows": [[{"type": "raw_text", "text": HOSTILE}], [{"type": "raw_text", "text": HOSTILE}]]},
]


@pytest.mark.parametrize("block", HOSTILE_BLOCKS, ids=lambda block: str(block["type"]))
def test_every_hostile_block_holds_the_text(block: dict[str, Any]) -> None:
    assert HOSTILE[:60] in str(block)


async def test_hostile_text_stays_text_in_every_block(open_room: OpenRoom) -> None:
    async with open_room() as room:
        await room.post(blocks=HOSTILE_BLOCKS)
        await room.post(text="<script>alert(1)</script><img src=x onerror=alert(1)>")
        async with window(room.server.address) as seen:
            shown = seen.messages.first
            await expect(shown.get_by_role("heading")).to_have_text(HOSTILE[:150])
            await expect(shown.locator("blockquote")).to_have_text(HOSTILE)
            await expect(shown.locator("pre")).to_have_text(HOSTILE)
            await expect(shown.locator(".block-section p")).to_have_text(HOSTILE)
            await expect(shown.locator(".block-context .rich")).to_have_text(HOSTILE)
            await expect(shown.get_by_role("cell")).to_have_text(HOSTILE)
            await expect(shown.locator(".block-actions button")).to_have_text(HOSTILE[:75])
            assert await seen.page.locator("#page script, article img:not(.avatar), article a").count() == 0
            assert await seen.page.evaluate("typeof window.alerted") == "undefined"


async def test_links_lead_out_only_as_links(open_room: OpenRoom) -> None:
    async with open_room() as room:
        await room.post(blocks=[rich({"type": "link", "url": "https://news.example/a?b=c&d", "text": "source"})])
        posted = room.workspace.messages(room.news)[-1]
        posted["blocks"][0]["elements"][0]["elements"].append(
            {"type": "link", "url": "javascript:alert(1)", "text": "x"}
        )
        async with window(room.server.address) as seen:
            link = seen.messages.first.get_by_role("link")
            await expect(link).to_have_count(1)
            await expect(link).to_have_attribute("href", "https://news.example/a?b=c&d")
            await expect(link).to_have_attribute("rel", "noopener noreferrer")
            await expect(seen.messages.first.get_by_text("x", exact=True)).to_be_visible()


async def test_mrkdwn_is_read_as_slack_reads_it(open_room: OpenRoom) -> None:
    said = (
        "*bold* _it_ ~gone~ `a &lt; b` :white_check_mark: 2*3*4 snake_case_name <https://news.example|label> <@{ann}> "
        "<#{news}> <!here> <!date^1764144000^{{date_short}} {{time}}|then> &lt;b&gt;\n&gt; quoted"
    )
    async with open_room() as room:
        words = said.format(ann=room.ann, news=room.news)
        await room.post(blocks=[{"type": "section", "text": {"type": "mrkdwn", "text": words}}])
        async with window(room.server.address) as seen:
            shown = seen.messages.first
            await expect(shown.locator("p b")).to_have_text("bold")
            await expect(shown.locator("i")).to_have_text("it")
            await expect(shown.locator("s")).to_have_text("gone")
            await expect(shown.locator("code")).to_have_text("a < b")
            await expect(shown.get_by_role("img", name="white check mark")).to_have_text("✅")
            await expect(shown.locator("p")).to_contain_text("2*3*4 snake_case_name label @ann #news @here")
            await expect(shown.locator("p")).to_contain_text("26 Nov 2025 09:00 <b>")
            await expect(shown.locator("blockquote")).to_have_text("quoted")


async def test_rich_text_has_styles_lists_dates_and_names(open_room: OpenRoom) -> None:
    items = [{"type": "rich_text_section", "elements": [text(word)]} for word in ("one", "two")]
    blocks = [
        rich(
            text("strong", bold=True, italic=True),
            {"type": "emoji", "name": "wave", "unicode": "1f44b"},
            {"type": "user", "user_id": "U0BRIEFBOT"},
            {"type": "date", "timestamp": 1764144000, "format": "{date_long} at {time}", "fallback": "then"},
            {"type": "broadcast", "range": "here"},
        ),
        {
            "type": "rich_text",
            "elements": [
                {"type": "rich_text_list", "style": "ordered", "indent": 0, "offset": 2, "elements": items},
                {"type": "rich_text_list", "style": "bullet", "indent": 1, "elements": items},
            ],
        },
    ]
    async with open_room() as room:
        await room.post(blocks=blocks)
        async with window(room.server.address) as seen:
            shown = seen.messages.first
            await expect(shown.locator(".bold.italic")).to_have_text("strong")
            await expect(shown.get_by_role("img", name="wave")).to_have_text("👋")
            await expect(shown).to_contain_text(
                re.compile("@Peace plan briefingWednesday,? 26 November 2025 at 09:00@here")
            )
            await expect(shown.locator("ol")).to_have_attribute("start", "3")
            await expect(shown.locator("ul.indent-1 li")).to_have_text(["one", "two"])


async def test_a_block_that_is_not_known_is_named_and_its_words_are_shown(open_room: OpenRoom) -> None:
    async with open_room() as room:
        await room.post(blocks=[rich(text("known"))])
        room.workspace.messages(room.news)[-1]["blocks"].append(
            {"type": "video", "title": plain("<b>A film</b>"), "alt_text": "about it"}
        )
        async with window(room.server.address) as seen:
            box = seen.messages.first.locator(".unknown")
            await expect(box).to_contain_text("Block “video” is not drawn on this page: <b>A film</b> · about it")


async def test_pictures_of_others_are_named_and_not_loaded(open_room: OpenRoom) -> None:
    block = {
        "type": "image",
        "image_url": "https://pictures.example/p.png",
        "alt_text": "a chart",
        "title": plain("Chart"),
    }
    async with open_room() as room:
        await room.post(blocks=[block])
        async with window(room.server.address) as seen:
            await expect(seen.messages.first).to_contain_text("Picture: a chart")


async def test_files_come_with_a_name_a_picture_or_a_link(open_room: OpenRoom) -> None:
    dot = bytes.fromhex(
        "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d4944415478da63fccfc0f01f000501"
        "01ff5ca7c5d80000000049454e44ae426082"
    )
    async with open_room() as room:
        uploads: list[dict[str, Any]] = [
            {"filename": "positions.csv", "content": "actor,issue\nrussia,territory\n", "title": "Positions"},
            {"filename": "board.png", "file": dot, "title": "Board"},
        ]
        await room.client.files_upload_v2(channel=room.news, initial_comment="Two files", file_uploads=uploads)
        async with window(room.server.address) as seen:
            shown = seen.message("Two files")
            await expect(shown.get_by_role("link", name="Positions")).to_be_visible()
            await expect(shown).to_contain_text("positions.csv · 29 bytes")
            await expect(shown.get_by_role("img", name="Board")).to_be_visible()
            async with seen.page.expect_download() as saving:
                await shown.get_by_role("link", name="Positions").click()
            saved = await (await saving.value).path()
            assert saved.read_text() == "actor,issue\nrussia,territory\n"


async def test_a_thread_opens_beside_its_message_and_takes_replies(open_room: OpenRoom) -> None:
    async with open_room() as room:
        parent = await room.post(text="parent")
        await room.post(text="below", thread_ts=parent)
        async with window(room.server.address) as seen:
            await expect(seen.messages).to_have_count(1)
            await seen.page.get_by_role("button", name="1 reply").click()
            thread = seen.page.get_by_role("region", name="Thread")
            await expect(thread.locator("article")).to_have_count(2)
            await thread.get_by_role("textbox").fill("mine")
            await thread.get_by_role("textbox").press("Enter")
            await expect(thread.locator("article").last).to_contain_text("mine")
            await thread.get_by_role("textbox").fill("/brief new")
            await thread.get_by_role("textbox").press("Enter")
            await expect(thread).to_contain_text("/brief is not supported in threads. Sorry!")
            await expect(seen.messages).to_have_count(1)
            await seen.page.keyboard.press("Escape")
            await expect(thread).to_have_count(0)


async def test_an_edit_and_a_deletion_are_seen_at_once(open_room: OpenRoom) -> None:
    async with open_room() as room:
        first, second = await room.post(text="1 origin"), await room.post(text="to go")
        async with window(room.server.address) as seen:
            await expect(seen.messages).to_have_count(2)
            await room.client.chat_update(channel=room.news, ts=first, text="2 origins")
            await room.client.chat_delete(channel=room.news, ts=second)
            await expect(seen.messages).to_have_count(1)
            await expect(seen.messages.first).to_contain_text("2 origins(edited)")


async def test_what_comes_elsewhere_is_marked_until_it_is_looked_at(open_room: OpenRoom) -> None:
    async with open_room() as room:
        other = room.workspace.add_channel("other", room.ann, bot=True)
        async with window(room.server.address) as seen:
            entry = seen.page.get_by_role("navigation").get_by_role("button", name="other")
            await room.post(channel=other, text="first")
            await room.post(channel=other, text="second")
            await expect(entry).to_contain_text("2 new")
            await entry.click()
            await expect(seen.messages).to_have_count(2)
            await expect(entry).not_to_contain_text("new")

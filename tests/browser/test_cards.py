"""Cards over the conversation, on the recorded week, with the bot itself behind the page."""

from __future__ import annotations

from playwright.async_api import expect

from tests.browser.conftest import Week
from tests.browser.window import window


async def test_evidence_opens_over_the_digest_leads_to_a_footnote_and_back(week: Week) -> None:
    async with window(week.address) as seen:
        count = await seen.messages.count()
        digest = seen.message("what arrived since Tue 25 Nov 08:30")
        await digest.get_by_label("Evidence").select_option(index=1)
        card = seen.page.get_by_role("dialog", name="Evidence")
        await expect(card).to_contain_text("EVIDENCE · line")
        await expect(card).to_contain_text("sha256 of the text")
        await card.get_by_role("button", name="Cite").click()
        note = seen.page.get_by_role("dialog", name="Footnote")
        await expect(note.get_by_role("link").first).to_be_visible()
        await note.get_by_role("button", name="Back").click()
        await expect(card).to_contain_text("JUDGED")
        await card.get_by_role("button", name="Wrong?").click()
        form = seen.page.get_by_role("dialog", name="Report a problem")
        await form.get_by_label("What is wrong").fill("the number is that of the first draft")
        await form.get_by_role("button", name="Report").click()
        await expect(seen.page.get_by_role("dialog")).to_contain_text("REPORTED · ticket")
        await seen.button("Back").click()
        await expect(card).to_contain_text("JUDGED")
        await seen.page.keyboard.press("Escape")
        await expect(seen.page.get_by_role("dialog")).to_have_count(0)
        await expect(seen.messages).to_have_count(count)


async def test_the_shortcut_and_the_home_open_the_same_card(week: Week) -> None:
    async with window(week.address) as seen:
        digest = seen.message("what arrived since Tue 25 Nov 08:30")
        await digest.hover()
        await digest.get_by_label("Message shortcuts").click()
        await digest.get_by_role("button", name="Show evidence").click()
        which = seen.page.get_by_role("dialog", name="Evidence")
        await expect(which).to_contain_text("which one?")
        await which.get_by_label("Evidence").select_option(index=2)
        await expect(seen.page.get_by_role("dialog")).to_contain_text("EVIDENCE · line")
        await seen.button("Back").click()
        await which.locator("footer").get_by_role("button", name="Close").click()
        await seen.page.get_by_role("navigation", name="Conversations").get_by_text("Peace plan briefing").click()
        await seen.page.get_by_role("tab", name="Home").click()
        await seen.page.get_by_label("Evidence").first.select_option(index=1)
        await expect(seen.page.get_by_role("dialog", name="Evidence")).to_contain_text("EVIDENCE · line")

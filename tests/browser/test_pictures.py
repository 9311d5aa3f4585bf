"""Pictures that people ask for, as the page shows them: in the direct message, with what they say in words."""

from __future__ import annotations

import re

from playwright.async_api import expect

from tests.browser.conftest import Week
from tests.browser.window import window


async def test_a_timeline_is_seen_in_the_direct_message_and_described(week: Week) -> None:
    async with window(week.address) as seen:
        page = seen.page
        await seen.composer.fill("/brief timeline russia")
        await seen.composer.press("Enter")
        answer = seen.message("TIMELINE · Russia").filter(has_text="Only visible to you")
        await expect(answer).to_contain_text("ent to you in a direct message")
        await (
            page.get_by_role("navigation", name="Conversations")
            .get_by_role("button", name="Peace plan briefing")
            .click()
        )
        picture = page.get_by_role(
            "img", name=re.compile(r"TIMELINE · Russia .* statements in own words .* process of the talks")
        )
        await expect(picture).to_be_visible()
        await expect(picture).to_be_in_viewport()
        assert await picture.evaluate("p => p.complete && p.naturalWidth > 1000 && p.clientWidth > 200")
        fits = "p => p.getBoundingClientRect().right <= p.closest('article').getBoundingClientRect().right"
        assert await picture.evaluate(fits)

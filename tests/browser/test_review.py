"""Rulings that are filled in, on the recorded week, with the reader as its reviewer."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from playwright.async_api import expect

from tests.browser.conftest import Week
from tests.browser.window import window


async def test_a_reviewer_turns_an_item_down_and_a_second_ruling_is_told_so(week: Week) -> None:
    stage = week.shown.stage
    room = stage.desk.room
    room.watching = replace(room.watching, reviewers=(stage.person,))
    await week.shown.move(week.shown.now + timedelta(hours=12))
    async with window(week.address) as seen:
        await seen.composer.fill("/brief review")
        await seen.composer.press("Enter")
        queue = seen.message("REVIEW ·")
        await queue.get_by_role("button", name="Reject ").first.click()
        form = seen.page.get_by_role("dialog", name="Turn down")
        await form.get_by_role("button", name="Turn down").click()
        await expect(form.get_by_role("alert")).to_contain_text("Choose a reason, or write one below")
        await form.get_by_label("Why it must not stand").select_option("wrong date")
        await form.get_by_role("button", name="Turn down").click()
        done = seen.page.get_by_role("dialog", name="Review")
        await expect(done).to_contain_text("TURNED DOWN")
        await done.locator("footer").get_by_role("button", name="Close").click()
        await queue.get_by_role("button", name="Edit scope of ").first.click()
        await expect(seen.page.get_by_role("dialog", name="Review")).to_contain_text("was decided already")

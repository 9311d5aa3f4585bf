"""The first two minutes of a newcomer, on the recorded week, with the bot itself behind the page."""

from __future__ import annotations

import re
from datetime import timedelta
from zoneinfo import ZoneInfo

from playwright.async_api import expect

from tests.browser.conftest import Week
from tests.browser.window import window


async def test_a_newcomer_reads_asks_subscribes_and_is_alerted(week: Week) -> None:
    async with window(week.address) as seen:
        page = seen.page
        # He sees where he is, the time, and the newest digest from its first line.
        await expect(page.get_by_role("complementary", name="Guide")).to_contain_text("on your own machine")
        await expect(page.get_by_role("group", name="Clock of the recorded week")).to_contain_text("Wed 26 Nov, 08:30")
        digest = seen.message("what arrived since Tue 25 Nov 08:30")
        await expect(digest.get_by_role("heading").first).to_be_in_viewport()
        await expect(digest.locator("blockquote").first).to_be_visible()

        # He types a command with completion, and only he sees the answer.
        await seen.composer.press_sequentially("/pos")
        await expect(seen.picked).to_contain_text("/position russia [territory]")
        await seen.composer.press("Enter")
        await expect(seen.composer).to_have_value("/position ")
        await seen.composer.press_sequentially("russia")
        await seen.composer.press("Enter")
        answer = seen.messages.filter(has_text="Only visible to you").filter(has_text="against baseline")
        await expect(answer.locator("blockquote").first).to_be_visible()

        # The guide writes the next command for him.
        await seen.button("Write /brief subscribe").click()
        await expect(seen.composer).to_have_value("/brief subscribe actor:russia to:dm")
        await seen.composer.press("Enter")
        rehearsal = seen.message("nothing is saved yet")
        await expect(rehearsal).to_contain_text("would have fired")
        await rehearsal.get_by_role("button", name="Save").click()
        await expect(seen.message("SUBSCRIBED")).to_contain_text("Only visible to you")

        # A day passes: the digest comes into the channel, the alert into the direct message.
        await page.locator("header.bar").get_by_role("button", name="Next day").click()
        await expect(
            seen.message("what arrived since Wed 26 Nov 08:30").get_by_role("heading").first
        ).to_be_in_viewport()
        app = page.get_by_role("navigation", name="Conversations").get_by_role("button", name="Peace plan briefing")
        await expect(app).to_contain_text("new")
        await page.reload()
        await expect(page.get_by_role("complementary", name="Guide")).to_contain_text("There is more to see")
        await app.click()
        await expect(seen.message("ALERT")).to_be_visible()

        # What is asked there needs no slash.
        await seen.composer.fill("position russia")
        await seen.composer.press("Enter")
        await expect(seen.message("Russia · as of")).to_be_visible()


async def test_a_button_of_a_digest_answers_in_its_place(week: Week) -> None:
    async with window(week.address) as seen:
        digest = seen.message("what arrived since Tue 25 Nov 08:30")
        count = await seen.messages.count()
        await digest.get_by_role("button", name="What is new").click()
        await expect(seen.messages).to_have_count(count + 2)  # the answer, and what goes on below it
        for left in (1, 0):
            await expect(seen.messages.last).to_contain_text("Only visible to you")
            await seen.messages.last.get_by_role("button", name="Dismiss message").click()
            await expect(seen.messages).to_have_count(count + left)


async def test_an_alert_is_asked_for_by_a_form_that_says_what_is_wrong_with_it(week: Week) -> None:
    async with window(week.address) as seen:
        digest = seen.message("what arrived since Tue 25 Nov 08:30")
        await digest.get_by_role("button", name="Alert me").click()
        form = seen.page.get_by_role("dialog", name="Alert me")
        await form.get_by_label("Quiet from").fill("22:00")
        await form.get_by_role("button", name="Rehearse").click()
        await expect(form.get_by_role("alert")).to_contain_text("Give both hours")
        await form.get_by_label("Quiet until").fill("07:00")
        await form.get_by_role("button", name="Rehearse").click()
        await expect(form).to_contain_text("nothing is saved yet")
        await expect(form).to_contain_text("quiet 22:00-07:00")
        await expect(form.get_by_label("Quiet from")).to_have_value("22:00")
        await form.get_by_role("button", name="Save").click()
        await expect(form).to_have_count(0)
        await expect(seen.messages.last).to_contain_text("SUBSCRIBED")


async def test_the_guide_asks_for_save_only_where_there_is_one(week: Week) -> None:
    async with window(week.address) as seen:
        await seen.composer.fill("/brief subscribe")
        await seen.composer.press("Enter")
        form = seen.page.get_by_role("dialog", name="Alert me")
        await form.get_by_role("button", name="Cancel").click()
        await expect(seen.button("Write /brief subscribe")).to_be_visible()


async def test_a_source_opens_the_very_page_that_a_line_was_cut_from(week: Week) -> None:
    async with window(week.address) as seen:
        digest = seen.message("what arrived since Tue 25 Nov 08:30")
        corrected = await digest.get_by_text("CORRECTED BY THE SOURCE").count()  # stands above what is new
        headline = await digest.locator("blockquote").nth(corrected).inner_text()
        async with seen.context.expect_page() as opening:
            await digest.locator(".block-context").get_by_role("link").nth(corrected).click()
        source = await opening.value
        await expect(source.locator("body")).to_contain_text(headline)
        assert await source.evaluate("window.origin") == "null", "what others wrote may do nothing here"


async def test_home_shows_the_app_and_its_buttons_work(week: Week) -> None:
    async with window(week.address) as seen:
        page = seen.page
        app = page.get_by_role("navigation", name="Conversations").get_by_role("button", name="Peace plan briefing")
        await app.click()
        await page.get_by_role("tab", name="Home").click()
        home = page.get_by_role("tabpanel")
        await expect(home.get_by_role("heading").first).to_be_visible()
        await home.locator(".block-actions button").first.click()
        await page.get_by_role("tab", name="Messages").click()
        await expect(seen.messages.last).to_have_attribute("aria-label", re.compile("Peace plan briefing"))


async def test_the_bot_greets_a_channel_that_it_is_invited_to_and_answers_a_mention_there(week: Week) -> None:
    async with window(week.address) as seen:
        await seen.page.get_by_role("button", name="newsroom").click()
        await seen.button("Invite the bot").click()
        await expect(seen.message("was added to the channel")).to_be_visible()
        greeting = seen.messages.last
        await expect(greeting.locator(".block-actions button").first).to_be_visible()
        await seen.composer.press_sequentially("@pe")
        await seen.composer.press("Tab")
        await expect(seen.composer).to_have_value("@Peace plan briefing ")
        await seen.composer.press_sequentially("status")
        await seen.composer.press("Enter")
        asked = seen.message("@Peace plan briefing status")
        await expect(asked.locator(".mention")).to_have_text("@Peace plan briefing")
        await asked.get_by_role("button", name="1 reply").click()
        thread = seen.page.get_by_role("region", name="Thread")
        await expect(thread.locator("article").last).to_contain_text("feeds read in the last 24 hours")


async def test_the_week_plays_until_it_is_paused(week: Week) -> None:
    async with window(week.address) as seen:
        clock = seen.page.get_by_role("group", name="Clock of the recorded week")
        await seen.button("Play the week").click()
        await expect(clock).to_contain_text("time passes")
        await expect(clock).to_contain_text(re.compile(r"\d\d:30 CET(?<!08:30 CET)"))
        await seen.button("Pause").click()
        await expect(seen.button("Next hour")).to_be_enabled()
        await week.settled()
        stopped = week.shown.now
        await seen.button("Next hour").click()
        hour = (stopped + timedelta(hours=1)).astimezone(ZoneInfo("Europe/Brussels"))
        await expect(clock).to_contain_text(f"{hour:%H:%M}")
        await week.settled()
        assert week.shown.now == hour


async def test_shortcuts_stand_on_a_message_and_below_the_composer(week: Week) -> None:
    async with window(week.address) as seen:
        digest = seen.message("what arrived since Tue 25 Nov 08:30")
        await digest.hover()
        await digest.get_by_label("Message shortcuts").click()
        await digest.get_by_role("button", name="Report a problem").click()
        form = seen.page.get_by_role("dialog", name="Report a problem")
        await expect(form).to_be_visible()
        await form.get_by_role("button", name="Cancel").click()
        await digest.hover()
        await digest.get_by_label("Message shortcuts").click()
        await digest.get_by_role("button", name="Show evidence").click()
        card = seen.page.get_by_role("dialog", name="Evidence")
        await expect(card).to_contain_text("which one?")
        await card.locator("footer").get_by_role("button", name="Close").click()
        await seen.page.get_by_label("Shortcuts", exact=True).click()
        await seen.page.get_by_role("button", name="Create an alert").click()
        await expect(seen.page.get_by_role("dialog", name="Alert me")).to_be_visible()


async def test_what_only_the_reader_sees_has_no_shortcuts(week: Week) -> None:
    async with window(week.address) as seen:
        await seen.composer.fill("/brief status")
        await seen.composer.press("Enter")
        await expect(seen.messages.last).to_contain_text("Only visible to you")
        await seen.messages.last.hover()
        await expect(seen.messages.last.get_by_label("Message shortcuts")).to_have_count(0)

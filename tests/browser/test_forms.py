"""Buttons, menus and modals: what a press on the page hands to an app over Socket Mode, and what comes back."""

from __future__ import annotations

import re
from typing import Any

from playwright.async_api import expect
from slack_bolt.async_app import AsyncApp

from tests.browser.conftest import OpenRoom
from tests.browser.window import window


def plain(words: str) -> dict[str, Any]:
    """A plain text object."""
    return {"type": "plain_text", "text": words}


def option(value: str) -> dict[str, Any]:
    """An option whose label is its value in capitals."""
    return {"text": plain(value.upper()), "value": value}


def modal(title: str, *blocks: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A modal with a submit button."""
    return {
        "type": "modal",
        "callback_id": title,
        "title": plain(title),
        "submit": plain("Save"),
        "blocks": list(blocks),
    } | more


def question(block_id: str, element: dict[str, Any], **more: Any) -> dict[str, Any]:
    """An input block whose action has the block's name."""
    asked = {"action_id": block_id, **element}
    return {"type": "input", "block_id": block_id, "label": plain(block_id.title()), "element": asked, **more}


SUBSCRIBE = modal(
    "Subscribe",
    question("name", {"type": "plain_text_input", "max_length": 20}),
    question("actor", {"type": "static_select", "options": [option("russia"), option("ukraine")]}),
    question(
        "issues", {"type": "multi_static_select", "options": [option("territory"), option("nato")]}, optional=True
    ),
    question(
        "to", {"type": "radio_buttons", "options": [option("here"), option("dm")], "initial_option": option("dm")}
    ),
    question("kinds", {"type": "checkboxes", "options": [option("shift"), option("new")]}, optional=True),
    question("at", {"type": "timepicker", "initial_time": "08:30"}),
    question("day", {"type": "datepicker"}, optional=True),
    question("zone", {"type": "external_select", "min_query_length": 2}, optional=True),
    question("where", {"type": "conversations_select"}, optional=True),
)


class Recorder:
    """An app that opens the form on a button and remembers what it was sent."""

    def __init__(self) -> None:
        self.submitted: list[dict[str, Any]] = []
        self.pressed: list[dict[str, Any]] = []
        self.closed: list[str] = []

    def listen(self, app: AsyncApp) -> None:
        """Put the listeners on an app."""

        async def pressed(ack: Any, body: dict[str, Any], client: Any) -> None:
            await ack()
            self.pressed.append(body)
            if body["actions"][0]["action_id"] == "open":
                await client.views_open(trigger_id=body["trigger_id"], view=SUBSCRIBE | {"notify_on_close": True})

        async def zones(ack: Any, body: dict[str, Any]) -> None:
            await ack(options=[option(f"{body['value']}-paris"), option(f"{body['value']}-kyiv")])

        async def submitted(ack: Any, body: dict[str, Any]) -> None:
            values = body["view"]["state"]["values"]
            self.submitted.append(values)
            if values["name"]["name"]["value"] == "taken":
                await ack(response_action="errors", errors={"name": "This name is taken"})
            elif values["name"]["name"]["value"] == "more":
                await ack(response_action="push", view=modal("Sure", {"type": "section", "text": plain("Really?")}))
            else:
                await ack()

        async def sure(ack: Any) -> None:
            await ack(response_action="clear")

        async def closed(ack: Any, body: dict[str, Any]) -> None:
            await ack()
            self.closed.append(body["view"]["callback_id"])

        app.options("zone")(zones)
        app.action(re.compile(".+"))(pressed)
        app.view("Subscribe")(submitted)
        app.view("Sure")(sure)
        app.view_closed("Subscribe")(closed)


BUTTON = {
    "type": "actions",
    "elements": [{"type": "button", "action_id": "open", "text": plain("Alert me"), "value": "v"}],
}


async def test_a_form_is_filled_checked_and_handed_over_as_slack_does(open_room: OpenRoom) -> None:
    app = Recorder()
    async with open_room(app.listen) as room:
        await room.post(blocks=[BUTTON])
        async with window(room.server.address) as seen:
            await seen.button("Alert me").click()
            form = seen.page.get_by_role("dialog", name="Subscribe")
            await form.get_by_role("button", name="Save").click()
            await expect(form.get_by_role("alert")).to_have_count(2)
            assert app.submitted == [], "what must be filled in is asked for before the app is"
            await form.get_by_label("Name").fill("taken")
            await form.get_by_label("Actor").select_option("russia")
            await form.get_by_role("button", name="Save").click()
            await expect(form.get_by_role("alert")).to_contain_text("This name is taken")
            await form.get_by_label("Name").fill("mine")
            await form.locator("summary").click()
            await form.get_by_label("TERRITORY").check()
            await form.get_by_role("radio", name="HERE").check()
            await form.get_by_label("SHIFT").check()
            await form.get_by_label("At", exact=True).fill("18:00")
            await form.get_by_label("Day").fill("2025-11-28")
            await form.get_by_label("Zone").fill("eu")
            await form.get_by_role("button", name="EU-KYIV").click()
            await form.get_by_label("Where").select_option(room.news)
            await form.get_by_role("button", name="Save").click()
            await expect(form).to_have_count(0)
        values = {name: next(iter(inside.values())) for name, inside in app.submitted[-1].items()}
        assert values["name"] == {"type": "plain_text_input", "value": "mine"}
        assert values["actor"] == {"type": "static_select", "selected_option": option("russia")}
        assert values["issues"] == {"type": "multi_static_select", "selected_options": [option("territory")]}
        assert values["to"] == {"type": "radio_buttons", "selected_option": option("here")}
        assert values["kinds"] == {"type": "checkboxes", "selected_options": [option("shift")]}
        assert values["at"] == {"type": "timepicker", "selected_time": "18:00"}
        assert values["day"] == {"type": "datepicker", "selected_date": "2025-11-28"}
        assert values["zone"] == {"type": "external_select", "selected_option": option("eu-kyiv")}
        assert values["where"] == {"type": "conversations_select", "selected_conversation": room.news}


async def test_a_modal_lies_on_another_until_both_are_cleared(open_room: OpenRoom) -> None:
    app = Recorder()
    async with open_room(app.listen) as room:
        await room.post(blocks=[BUTTON])
        async with window(room.server.address) as seen:
            await seen.button("Alert me").click()
            await seen.page.get_by_label("Name").fill("more")
            await seen.page.get_by_label("Actor").select_option("ukraine")
            await seen.button("Save").click()
            await expect(seen.page.get_by_role("dialog", name="Sure")).to_contain_text("Really?")
            await seen.button("Save").click()
            await expect(seen.page.get_by_role("dialog")).to_have_count(0)


async def test_escape_closes_a_modal_and_the_app_is_told(open_room: OpenRoom) -> None:
    app = Recorder()
    async with open_room(app.listen) as room:
        await room.post(blocks=[BUTTON])
        async with window(room.server.address) as seen:
            await seen.button("Alert me").click()
            form = seen.page.get_by_role("dialog", name="Subscribe")
            await expect(form.get_by_label("Name")).to_be_visible()
            await seen.page.keyboard.press("Escape")
            await expect(form).to_have_count(0)
            await expect(seen.button("Alert me")).to_be_visible()
        assert app.closed == ["Subscribe"]


async def test_escape_pressed_twice_closes_a_modal_once_and_the_console_is_silent(open_room: OpenRoom) -> None:
    app = Recorder()
    async with open_room(app.listen) as room:
        await room.post(blocks=[BUTTON])
        async with window(room.server.address) as seen:
            for times in (2, 3):
                await seen.button("Alert me").click()
                form = seen.page.get_by_role("dialog", name="Subscribe")
                await expect(form.get_by_label("Name")).to_be_visible()
                await seen.page.evaluate(
                    "times => { for (let n = 0; n < times; n += 1) document.querySelector('dialog')"
                    ".dispatchEvent(new Event('cancel', { cancelable: true })); }",
                    times,
                )
                for _ in range(times):
                    await seen.page.keyboard.press("Escape")
                await expect(form).to_have_count(0)
            await expect(seen.button("Alert me")).to_be_visible()
            assert seen.complaints == []
        assert app.closed == ["Subscribe", "Subscribe"]


async def test_menus_and_questions_act_as_they_say(open_room: OpenRoom) -> None:
    app = Recorder()
    menu = {"type": "overflow", "action_id": "more", "options": [option("mute"), option("remove")]}
    select = {
        "type": "static_select",
        "action_id": "which",
        "placeholder": plain("Which"),
        "options": [option("a"), option("b")],
    }
    sure = {"title": plain("Remove it?"), "text": plain("It ends now."), "confirm": plain("Yes"), "deny": plain("No")}
    danger = {"type": "button", "action_id": "end", "style": "danger", "text": plain("End"), "confirm": sure}
    async with open_room(app.listen) as room:
        section = {"type": "section", "block_id": "line", "text": plain("A line"), "accessory": menu}
        await room.post(blocks=[section, {"type": "actions", "elements": [select, danger]}])
        async with window(room.server.address) as seen:
            await seen.page.get_by_label("More actions").click()
            await seen.button("REMOVE").click()
            await seen.page.get_by_label("Which").select_option("b")
            await seen.button("End").click()
            await seen.button("No").click()
            await seen.button("End").click()
            await seen.button("Yes").click()
            await expect(seen.page.get_by_role("dialog")).to_have_count(0)
            await expect(seen.button("End")).not_to_have_attribute("aria-busy", "true")
        actions = [body["actions"][0] for body in app.pressed]
        assert [a["action_id"] for a in actions] == ["more", "which", "end"]
        assert actions[0]["selected_option"] == option("remove")
        assert actions[0]["block_id"] == "line"
        assert actions[1]["selected_option"] == option("b")
        assert app.pressed[0]["container"]["channel_id"] == room.news


async def test_a_press_that_nobody_answers_is_said(open_room: OpenRoom) -> None:
    async with open_room() as room:
        await room.post(blocks=[BUTTON])
        async with window(room.server.address) as seen:
            await seen.button("Alert me").click()
            await expect(seen.page.locator(".notice")).to_have_text("The bot did not answer within three seconds.")
            await seen.composer.fill("/position russia")
            await seen.composer.press("Enter")
            await expect(seen.messages.last).to_contain_text("/position failed with the error “operation_timeout”")
            await seen.composer.fill("/nonsense")
            await seen.composer.press("Enter")
            await expect(seen.messages.last).to_contain_text("/nonsense is not a valid command")

"""Buttons and menus. Hides their payload: a button is a command that is pressed instead of typed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from bot.commands import BRIEF
from bot.slack.blocks import TURN
from bot.slack.heard import Heard
from bot.slack.listeners import hearing
from bot.slack.modals import Return
from bot.slack.reception import Reception
from digests.pages import ALL_LINES

MEANS: Mapping[str, str] = {"new": "new", "alert_me": "subscribe", "wrong": "help report"}
"""Commands of buttons that carry none as their value; the actions of `TYPED` carry their own."""
FORMS: Mapping[str, str] = {"wrong": "report", "narrow": "subscribe"}
"""Forms of buttons: about the message in which they stand, or filled with what their command says."""
TYPED = frozenset({"ask", "narrow"})
"""Buttons that carry their command as their value."""


def register(app: AsyncApp, reception: Reception) -> None:
    """Listen to every button and menu."""

    async def pressed(ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        await ack()
        await hearing.answer(reception, _heard(body, action))

    app.action(re.compile(r".+"))(pressed)


def _heard(body: dict[str, Any], action: dict[str, Any]) -> Heard:
    """The command of a button. On the Home tab there is no conversation: the answer goes to the direct message. In a
    modal there is none either: it remembers its own."""
    name = str(action.get("action_id", "")).partition(".")[0]
    container = body.get("container") or {}
    chosen = str((action.get("selected_option") or {}).get("value") or action.get("value") or "")
    about = str((body.get("message") or {}).get("thread_ts") or container.get("message_ts") or "")
    user = str(body["user"]["id"])
    conversation = str((body.get("channel") or {}).get("id") or "")
    heard = Heard(
        text=chosen if name in TYPED else MEANS.get(name, name),
        command=BRIEF,
        user=user,
        conversation=conversation or f"@{user}",
        key=f"{body.get('trigger_id')}:{action.get('action_ts')}",
        response_url=str(body.get("response_url") or ""),
        thread=(body.get("message") or {}).get("thread_ts"),
        openly=not conversation,
        trigger=str(body.get("trigger_id") or ""),
        form=FORMS.get(name, ""),
        about=chosen if name not in TYPED else "",
        home=(body.get("view") or {}).get("type") == "home",
        message=about,
        pressed=True,
    )
    if name == ALL_LINES:
        return replace(heard, text=f"latest https://slack.com/archives/{conversation}/p{about.replace('.', '')}")
    return _in_modal(heard, body["view"], name) if (body.get("view") or {}).get("type") == "modal" else heard


def _in_modal(heard: Heard, view: Mapping[str, Any], name: str) -> Heard:
    """The same, pressed in a modal: its answer comes on top of it, another part of a card in its place."""
    back = Return.unpacked(str(view["private_metadata"]))
    heard = replace(
        heard,
        conversation=back.conversation,
        response_url=back.response_url,
        thread=back.thread,
        openly=back.openly,
        home=back.home,
        view=str(view["id"]),
        over=True,
    )
    if name != TURN:
        return heard
    part = int(heard.about) if heard.about.isdecimal() else 1
    return replace(heard, text=back.answers, about="", over=back.over, waits=True, part=part)

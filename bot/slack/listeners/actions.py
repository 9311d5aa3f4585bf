"""Buttons and menus. Hides their payload: a button is a command that is pressed instead of typed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from bot.commands import BRIEF
from bot.slack.listeners import hearing
from bot.slack.reception import Heard, Reception
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
    """The command of a button. On the Home tab there is no conversation: the answer goes to the direct message."""
    name = str(action.get("action_id", "")).partition(".")[0]
    container = body.get("container") or {}
    chosen = (action.get("selected_option") or {}).get("value") or action.get("value")
    about = str((body.get("message") or {}).get("thread_ts") or container.get("message_ts") or "")
    text = str(chosen or "") if name in TYPED else MEANS.get(name, name)
    user = str(body["user"]["id"])
    conversation = str((body.get("channel") or {}).get("id") or "")
    if name == ALL_LINES:
        text = f"latest https://slack.com/archives/{conversation}/p{about.replace('.', '')}"
    return Heard(
        text=text,
        command=BRIEF,
        user=user,
        conversation=conversation or f"@{user}",
        key=f"{body.get('trigger_id')}:{action.get('action_ts')}",
        response_url=str(body.get("response_url") or ""),
        thread=(body.get("message") or {}).get("thread_ts"),
        openly=not conversation,
        trigger=str(body.get("trigger_id") or ""),
        form=FORMS.get(name, ""),
        home=(body.get("view") or {}).get("type") == "home",
        message=about,
    )

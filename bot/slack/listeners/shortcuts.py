"""Message shortcuts. Hides their payload: a shortcut on a message is `why` with that message's link."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from bot.commands import BRIEF
from bot.slack.listeners import hearing
from bot.slack.reception import Heard, Reception

SHOW_EVIDENCE = "show_evidence"
"""The callback id of the manifest."""


def register(app: AsyncApp, reception: Reception) -> None:
    """Listen to the shortcuts of the manifest."""

    async def show_evidence(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        await hearing.answer(reception, _heard(body))

    app.message_shortcut(SHOW_EVIDENCE)(show_evidence)


def _heard(body: dict[str, Any]) -> Heard:
    """Asks for the message by its own link, which no other conversation's messages are shown for."""
    message, conversation = body.get("message") or {}, str(body["channel"]["id"])
    stamp = str(message.get("thread_ts") or message.get("ts") or "0.0")
    return Heard(
        text=f"why https://slack.com/archives/{conversation}/p{stamp.replace('.', '')}",
        command=BRIEF,
        user=str(body["user"]["id"]),
        conversation=conversation,
        key=f"{body.get('trigger_id')}:{body.get('action_ts')}",
        response_url=str(body.get("response_url") or ""),
        thread=message.get("thread_ts"),
    )

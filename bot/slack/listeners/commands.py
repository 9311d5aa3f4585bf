"""Slash commands. Hides their payload; their names come from configuration."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from bot.commands import BRIEF, POSITION
from bot.slack.heard import Heard
from bot.slack.listeners import hearing
from bot.slack.listeners.typed import unescape
from bot.slack.reception import Reception


def register(app: AsyncApp, reception: Reception) -> None:
    """Listen to both commands."""
    names = {reception.app.brief_command: BRIEF, reception.app.position_command: POSITION}

    async def command(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        heard = Heard(
            text=unescape(str(body.get("text") or "")),
            command=names[str(body["command"])],
            user=str(body["user_id"]),
            conversation=str(body["channel_id"]),
            key=str(body["trigger_id"]),
            response_url=str(body.get("response_url") or ""),
            trigger=str(body["trigger_id"]),
        )
        await hearing.answer(reception, heard)

    for name in names:
        app.command(name)(command)

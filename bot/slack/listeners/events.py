"""Events: a mention, a direct message, an invitation, the Home tab. Hides their payloads.

Bolt acknowledges events by itself before a listener runs. Retries are answered like first deliveries: a retry may be
the only one, and what was heard before is known by its event id.
"""

from __future__ import annotations

import re
from typing import Any

from slack_bolt.async_app import AsyncApp

from bot.commands import BRIEF
from bot.slack.heard import Heard
from bot.slack.listeners import hearing
from bot.slack.listeners.typed import without_mention
from bot.slack.reception import Reception


def register(app: AsyncApp, reception: Reception) -> None:
    """Listen to every event of the manifest; others are acknowledged and left."""

    async def mention(body: dict[str, Any], event: dict[str, Any]) -> None:
        await hearing.answer(reception, _said(body, event, str(event.get("thread_ts") or event["ts"])))

    async def message(body: dict[str, Any], event: dict[str, Any]) -> None:
        if event.get("channel_type") == "im" and not event.get("subtype") and not event.get("bot_id"):
            await hearing.answer(reception, _said(body, event, event.get("thread_ts")))

    async def joined(body: dict[str, Any], event: dict[str, Any]) -> None:
        if event["user"] != reception.bot_user:
            return
        inviter, channel, key = str(event.get("inviter") or ""), str(event["channel"]), str(body["event_id"])
        heard = Heard("", BRIEF, inviter, channel, key)
        await hearing.attempt(reception, heard, lambda: reception.greet(channel, inviter, key))

    async def home(body: dict[str, Any], event: dict[str, Any]) -> None:
        if event.get("tab") != "home":
            return
        user = str(event["user"])
        heard = Heard("", BRIEF, user, str(event.get("channel") or user), str(body["event_id"]))
        await hearing.attempt(reception, heard, lambda: reception.visit(user, heard.conversation))

    async def other() -> None:
        """Nothing is done."""

    app.event("app_mention")(mention)
    app.event("message")(message)
    app.event("member_joined_channel")(joined)
    app.event("app_home_opened")(home)
    app.event(re.compile(r".+"))(other)


def _said(body: dict[str, Any], event: dict[str, Any], thread: str | None) -> Heard:
    return Heard(
        text=without_mention(str(event.get("text") or "")),
        command=BRIEF,
        user=str(event["user"]),
        conversation=str(event["channel"]),
        key=str(body["event_id"]),
        thread=thread,
        openly=True,
    )

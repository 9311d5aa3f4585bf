"""Listeners: acknowledge, hand over, no more. Hides Bolt's decorators and payloads."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from slack_bolt.async_app import AsyncApp
from slack_bolt.response import BoltResponse

from bot.slack.listeners import actions, commands, events, shortcuts, views
from bot.slack.reception import Reception


def register(app: AsyncApp, reception: Reception) -> None:
    """Put every listener on an app."""

    async def gate(next: Callable[[], Awaitable[BoltResponse]]) -> BoltResponse:
        """While the bot stops, nothing new is taken: unacknowledged, Slack delivers an event again later."""
        return BoltResponse(status=503) if reception.closing else await next()

    app.use(gate)
    commands.register(app, reception)
    actions.register(app, reception)
    events.register(app, reception)
    shortcuts.register(app, reception)
    views.register(app, reception)

"""What every listener does after its acknowledgement: let it leave, answer, say so where answering broke.

Hides that an acknowledgement is only sent when the event loop is free: Bolt polls for it every 10 ms.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from bot.slack.heard import Heard
from bot.slack.reception import Reception

ACK_LEAVES = 0.03
"""Seconds in which Bolt sends an acknowledgement that was given."""


async def answer(reception: Reception, heard: Heard) -> None:
    """Answer what was heard; the one place where anything that breaks is told to the asker and noted."""
    await attempt(reception, heard, lambda: reception.respond(heard))


async def attempt(reception: Reception, heard: Heard, work: Callable[[], Awaitable[None]]) -> None:
    """Do some work for what was heard, under the same guard."""
    async with reception.working():
        await asyncio.sleep(ACK_LEAVES)
        try:
            await work()
        except Exception as bug:  # one of the three named places: a listener must answer
            await reception.trouble(heard, bug)

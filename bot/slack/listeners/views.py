"""Modals that are submitted, and options that are looked up while one types. Hides their payloads: a filled form is a
command that is filled in instead of typed.

A refusal is shown at the field that it is about, before the modal closes: parsing is pure and takes no time.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from bot import forms, naming
from bot.commands import BRIEF
from bot.commands.wishes import AT_ONCE
from bot.slack import cards, modals, overlay
from bot.slack.heard import Heard
from bot.slack.listeners import hearing
from bot.slack.reception import HOME_ZONE, Reception
from digests.model import Frame

SUGGESTED = 20
"""Zones that are offered at once."""


def register(app: AsyncApp, reception: Reception) -> None:
    """Listen to every form, and to the zones that it asks for."""

    async def submitted(ack: AsyncAck, body: dict[str, Any], view: dict[str, Any]) -> None:
        name = str(view["callback_id"]).removeprefix(modals.PREFIX)
        filled = modals.filled(view["state"]["values"])
        back = modals.Return.unpacked(str(view["private_metadata"]))
        text = forms.typed(name, filled, back.about)
        wrong = _wrong(reception, name, filled, text)
        if wrong is not None:
            await ack(response_action="errors", errors={wrong[0] or _first_input(view): reception.in_words(wrong[1])})
            return
        heard = _heard(text, body, view)
        if name in forms.STAYING or (back.over and name not in forms.REHEARSED):
            await ack(response_action="update", view=cards.waiting(name, overlay.back_of(heard), HOME_ZONE))
            await hearing.answer(reception, replace(heard, waits=True))
        elif name not in forms.REHEARSED:
            await ack()
            await hearing.answer(reception, heard)
        elif back.rehearsed == modals.mark_of(text):
            await ack()
            at_once = f"{text} {AT_ONCE}" if name == "subscribe" else text
            await hearing.answer(reception, replace(heard, text=at_once))
        else:
            await ack(response_action="update", view=modals.looking(view, text, HOME_ZONE))
            await hearing.attempt(reception, heard, lambda: reception.rehearse(heard, view))

    async def zones(ack: AsyncAck, payload: dict[str, Any]) -> None:
        found = naming.zones_like(str(payload.get("value") or ""), SUGGESTED)
        await ack(options=[modals.zone_option(name) for name in found])

    app.view(re.compile(rf"{re.escape(modals.PREFIX)}\w+"))(submitted)
    app.options(modals.ZONES)(zones)


def _wrong(reception: Reception, name: str, filled: forms.Filled, text: str) -> tuple[str, Frame] | None:
    """What is wrong with a filled form, and the key of the field that it is about; None where nothing is."""
    missing = forms.missing(name, filled)
    if missing is not None:
        return missing
    problem = reception.refusal(text)
    return (forms.blamed(name, filled, problem), problem) if problem is not None else None


def _first_input(view: dict[str, Any]) -> str:
    return next(str(block["block_id"]) for block in view["blocks"] if block["type"] == "input")


def _heard(text: str, body: dict[str, Any], view: dict[str, Any]) -> Heard:
    back = modals.Return.unpacked(str(view["private_metadata"]))
    return Heard(
        text=text,
        command=BRIEF,
        user=str(body["user"]["id"]),
        conversation=back.conversation,
        key=f"view:{view['id']}:{view.get('hash', '')}",
        response_url=back.response_url,
        thread=back.thread,
        openly=back.openly,
        home=back.home,
        view=str(view["id"]),
        over=back.over,
    )

"""Shortcuts, on messages and anywhere. Hides their payloads: a shortcut is a command about the message it stands on, or
the form of one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from bot.commands import BRIEF
from bot.commands.reviews import LINKS
from bot.grammar import unmarked
from bot.slack.heard import Heard
from bot.slack.listeners import hearing
from bot.slack.listeners.typed import unescape
from bot.slack.reception import Reception
from digests.checking import quotations_in

Payload = Mapping[str, Any]

_LINK = re.compile(r"<(https?://[^|<>\s]{1,1900})(?:\|[^<>]{0,500})?>", re.IGNORECASE)
_OWN = re.compile(r"https?://[a-z0-9.-]{0,100}\bslack\.com/", re.IGNORECASE)


def register(app: AsyncApp, reception: Reception) -> None:
    """Listen to the shortcuts of the manifest."""

    async def used(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        ours = bool(reception.bot_user) and (body.get("message") or {}).get("user") == reception.bot_user
        first = await _first_part(reception, body) if ours else ""
        await hearing.answer(reception, _on_message(body, ours=ours, first=first))

    async def begun(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        await hearing.answer(reception, _anywhere(body))

    for callback in ON_MESSAGES:
        app.message_shortcut(callback)(used)
    for callback in ANYWHERE:
        app.global_shortcut(callback)(begun)


def _address(body: Payload) -> str:
    """The message's own link, which no other conversation's messages are shown for."""
    return f"https://slack.com/archives/{body['channel']['id']}/p{_stamp(body).replace('.', '')}"


def _evidence(body: Payload) -> str:
    return f"why {_address(body)}"


def _problem(body: Payload) -> str:
    """Where nothing of the message can be reported there is no form, and the answer says what can be."""
    return f"report {_own_address(body)}"


def _own_address(body: Payload) -> str:
    """The message's link, with that of the thread in which it stands."""
    message = body.get("message") or {}
    stamp, thread = str(message.get("ts") or "0.0"), str(message.get("thread_ts") or "")
    link = f"https://slack.com/archives/{body['channel']['id']}/p{stamp.replace('.', '')}"
    return f"{link}?thread_ts={thread}" if thread not in {"", stamp} else link


def _quote(body: Payload) -> str:
    """Asks for all that the message quotes; no mark of it can close ours."""
    each = quotations_in(unescape(str((body.get("message") or {}).get("text") or "")))
    return " ".join(["quote", *('"' + unmarked(quoted.replace("\\", " ")) + '"' for quoted in each)])


def _link(body: Payload) -> str:
    """Asks for a look at each page that the message links to."""
    found = [m[1] for m in _LINK.finditer(str((body.get("message") or {}).get("text") or ""))]
    pages = [unescape(url) for url in found if not _OWN.match(url)]
    return " ".join(["report", LINKS, *dict.fromkeys(pages)])


ON_MESSAGES: Mapping[str, Callable[[Payload], str]] = {
    "show_evidence": _evidence,
    "report_problem": _problem,
    "check_quote": _quote,
    "send_link": _link,
}
"""What each message shortcut of the manifest asks for."""
ANYWHERE: Mapping[str, str] = {"whats_new": "new", "create_alert": "subscribe"}
"""What each global shortcut asks for."""
_FORMS: Mapping[str, str] = {"report_problem": "report"}


def _stamp(body: Payload) -> str:
    message = body.get("message") or {}
    return str(message.get("thread_ts") or message.get("ts") or "0.0")


async def _first_part(reception: Reception, body: Payload) -> str:
    """The message that a further part of it belongs to, where no thread says so."""
    message = body.get("message") or {}
    if message.get("thread_ts") or not message.get("ts"):
        return ""
    return await reception.gateway.first_part(str(body["channel"]["id"]), str(message["ts"]))


def _on_message(body: dict[str, Any], *, ours: bool, first: str = "") -> Heard:
    """`ours`: it stands on a message of the bot's, of which the first part is `first`."""
    callback, thread = str(body["callback_id"]), (body.get("message") or {}).get("thread_ts")
    body = {**body, "message": {**(body.get("message") or {}), "thread_ts": thread or first}}
    return Heard(
        text=ON_MESSAGES[callback](body),
        command=BRIEF,
        user=str(body["user"]["id"]),
        conversation=str(body["channel"]["id"]),
        key=f"{body.get('trigger_id')}:{body.get('action_ts')}",
        response_url=str(body.get("response_url") or ""),
        thread=thread,
        trigger=str(body.get("trigger_id") or ""),
        form=_FORMS.get(callback, ""),
        about=_own_address(body) if ours and callback in _FORMS else "",
        message=_stamp(body),
        pressed=True,
    )


def _anywhere(body: dict[str, Any]) -> Heard:
    """There is no conversation: the answer goes to the direct message."""
    user = str(body["user"]["id"])
    return Heard(
        text=ANYWHERE[str(body["callback_id"])],
        command=BRIEF,
        user=user,
        conversation=f"@{user}",
        key=f"{body.get('trigger_id')}:{body.get('action_ts')}",
        trigger=str(body.get("trigger_id") or ""),
        openly=True,
        pressed=True,
    )

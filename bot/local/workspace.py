"""A loopback Slack of our own: Web API and Socket Mode on 127.0.0.1, and the people in it. Hides HTTP and WebSockets.

The bot is connected to it as to Slack, by the real slack-bolt and slack-sdk. The methods of `Workspace` are what
people do: type a command, mention the bot, press a button, invite it. Time stamps come from the clock handed in.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from aiohttp import web

from bot.local.faults import ACCEPTS, Fault, Faults, Trouble
from bot.local.sockets import Ack, Sockets
from bot.local.state import (
    APP,
    BOT_USER,
    TEAM,
    Conversation,
    Message,
    ResponseAddress,
    Seen,
    Trigger,
    WorkspaceState,
)
from bot.local.web_api import ApiError, Args, Tokens, WebApi

POSTS = frozenset({"chat.postMessage", "chat.postEphemeral"})
"""Methods under the pace of one message a second and conversation."""


@dataclass
class Answer:
    """What a person got for what he did: whether and when it was acknowledged, the messages that came, and the modal
    that opened."""

    ack: Ack | None
    messages: list[Message] = field(default_factory=list)
    view: dict[str, Any] | None = None

    @property
    def text(self) -> str:
        """The fallback texts of all messages."""
        return "\n".join(str(m.get("text", "")) for m in self.messages)


@dataclass(frozen=True)
class Call:
    """One call of the Web API, as it came and as it ended."""

    method: str
    args: Mapping[str, Any]
    error: str  # "" when it was done


class Workspace:
    """One workspace with one app installed. `strict` refuses blocks without a fallback text."""

    def __init__(
        self,
        clock: Callable[[], datetime],
        *,
        bot_token: str = "xoxb-loopback",  # noqa: S107 - a made-up token of a made-up workspace
        app_token: str = "xapp-loopback",  # noqa: S107 - as above
        strict: bool = True,
    ) -> None:
        self.state = WorkspaceState(clock)
        self.faults = Faults()
        self.sockets = Sockets()
        self.tokens = Tokens(bot_token, app_token)
        self.calls: deque[Call] = deque(maxlen=20_000)
        self.bot_user = BOT_USER
        self._api = WebApi(self.state, self.tokens, self.sockets.open, strict=strict)
        self.files = self._api.files
        self._posted_at: dict[str, float] = {}
        self._runner: web.AppRunner | None = None
        self._origin = ""
        self._held: list[tuple[str, Mapping[str, Any]]] = []

    @property
    def base_url(self) -> str:
        """The address for the Web API client."""
        return f"{self._origin}/api/"

    async def start(self) -> None:
        """Listen on a free port of 127.0.0.1."""
        application = web.Application(client_max_size=4 * 1024 * 1024)
        application.router.add_route("*", "/api/{method}", self._serve_api)
        application.router.add_post("/response/{key}", self._serve_response)
        application.router.add_post("/upload/{id}", self.files.receive)
        application.router.add_get("/link", self.sockets.serve)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self._origin = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        self.sockets.origin = self.files.origin = self._origin

    async def close(self) -> None:
        """Close sockets and stop listening."""
        await self.sockets.close()
        if self._runner is not None:
            await self._runner.cleanup()

    # --- people and places --------------------------------------------------------------------------------------

    def add_user(self, name: str, zone: str = "Europe/Brussels") -> str:
        """A new person; gives the id."""
        return self.state.add_user(name, zone)

    def add_channel(self, name: str, *members: str, private: bool = False, bot: bool = False, id: str = "") -> str:
        """A new channel with members, the bot among them where asked, with a given id or the next; gives the id."""
        inside = (*members, BOT_USER) if bot else members
        return self.state.add_conversation(name, "private" if private else "channel", inside, id).id

    def direct(self, user: str) -> str:
        """The conversation id of a user's direct message with the bot."""
        return self.state.direct(user).id

    def messages(self, channel: str, *, threads: bool = True) -> list[Message]:
        """Messages of a conversation, oldest first; with or without what stands in threads."""
        return [m for m in self._conversation(channel).messages if threads or "thread_ts" not in m]

    def whispers(self, user: str) -> list[Message]:
        """Ephemeral messages that a user was shown, oldest first."""
        return [w.message for w in self.state.whispers if w.user == user]

    def archive(self, channel: str) -> None:
        """Archive a channel."""
        self._conversation(channel).archived = True

    def _conversation(self, channel: str) -> Conversation:
        return self.state.conversations[channel]

    # --- what people do -----------------------------------------------------------------------------------------

    async def command(self, name: str, text: str, *, user: str, channel: str, wait: float = 5.0) -> Answer:
        """Type a slash command and wait for its acknowledgement and its answer (at most `wait` seconds)."""
        payload = self._who(user, channel) | {
            "command": name,
            "text": text,
            "response_url": self._response_url(user, channel),
            "trigger_id": self.trigger(user),
        }
        return await self._ask("slash_commands", payload, user, channel, wait)

    async def mention(self, text: str, *, user: str, channel: str, thread: str = "", wait: float = 5.0) -> Answer:
        """Mention the bot in a channel; Slack hands the text over with &, < and > as entities."""
        escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        said: Message = {"user": user, "text": f"<@{BOT_USER}> {escaped}"}
        if thread:
            said["thread_ts"] = thread
        message = self.state.add_message(self._conversation(channel), said)
        event = {**message, "type": "app_mention", "channel": channel, "event_ts": message["ts"]}
        return await self._ask("events_api", self._event(event), user, channel, wait)

    async def write(self, text: str, *, user: str, wait: float = 5.0) -> Answer:
        """Write to the bot in the direct message."""
        conversation = self.state.direct(user)
        message = self.state.add_message(conversation, {"user": user, "text": text})
        event = {**message, "channel": conversation.id, "channel_type": "im", "event_ts": message["ts"]}
        return await self._ask("events_api", self._event(event), user, conversation.id, wait)

    async def click(
        self, message: Message, action_id: str, *, user: str, channel: str, choice: str = "", wait: float = 5.0
    ) -> Answer:
        """Press a button of a message that the user sees; of a menu, choose the entry with the value `choice`."""
        button = _find_button(message.get("blocks", ()), action_id)
        if choice:
            button["selected_option"] = {"value": choice}
        payload = {
            "type": "block_actions",
            "user": {"id": user, "username": self.state.users[user].name, "team_id": TEAM},
            "api_app_id": APP,
            "team": {"id": TEAM, "domain": "local"},
            "container": {"type": "message", "message_ts": message["ts"], "channel_id": channel,
                          "is_ephemeral": bool(message.get("is_ephemeral"))},
            "channel": {"id": channel, "name": self._conversation(channel).name},
            "message": message,
            "trigger_id": self.trigger(user),
            "response_url": self._response_url(user, channel),
            "actions": [{**button, "action_ts": self.state.stamp()}],
        }  # fmt: skip
        return await self._ask("interactive", payload, user, channel, wait)

    async def shortcut(self, callback: str, message: Message, *, user: str, channel: str, wait: float = 5.0) -> Answer:
        """Use a message shortcut on a message that the user sees."""
        payload = {
            "type": "message_action",
            "callback_id": callback,
            "user": {"id": user, "username": self.state.users[user].name, "team_id": TEAM},
            "team": {"id": TEAM, "domain": "local"},
            "channel": {"id": channel, "name": self._conversation(channel).name},
            "message": message,
            "message_ts": message["ts"],
            "action_ts": self.state.stamp(),
            "trigger_id": self.trigger(user),
            "response_url": self._response_url(user, channel),
        }
        return await self._ask("interactive", payload, user, channel, wait)

    async def invite_bot(self, channel: str, *, by: str, wait: float = 5.0) -> Answer:
        """Invite the bot to a channel."""
        conversation = self._conversation(channel)
        if not conversation.has(BOT_USER):
            conversation.members.append(BOT_USER)
            self.state.touched()
        event = {"type": "member_joined_channel", "user": BOT_USER, "channel": channel, "channel_type": "C",
                 "team": TEAM, "inviter": by, "event_ts": self.state.stamp()}  # fmt: skip
        return await self._ask("events_api", self._event(event), by, channel, wait)

    def remove_bot(self, channel: str) -> None:
        """Take the bot out of a channel."""
        self._conversation(channel).members.remove(BOT_USER)
        self.state.touched()

    async def open_home(self, user: str, wait: float = 5.0) -> Mapping[str, Any] | None:
        """Open the app's Home; gives the view that was published within `wait` seconds."""
        before = self.state.homes.get(user)
        event = {"type": "app_home_opened", "user": user, "channel": self.direct(user), "tab": "home",
                 "event_ts": self.state.stamp()}  # fmt: skip
        await self.deliver("events_api", self._event(event))
        until = asyncio.get_running_loop().time() + wait
        while self.state.homes.get(user) is before and asyncio.get_running_loop().time() < until:
            await asyncio.sleep(0.01)
        return self.state.homes.get(user)

    # --- envelopes ----------------------------------------------------------------------------------------------

    async def deliver(self, kind: str, payload: Mapping[str, Any], *, retry: int = 0) -> Ack | None:
        """Send one envelope. An event that nobody took is held for `redeliver`, as Slack retries events only."""
        ack = await self.sockets.deliver(kind, payload, retry=retry)
        if ack is None and kind == "events_api":
            self._held.append((kind, payload))
        return ack

    async def redeliver(self) -> list[Ack | None]:
        """Send the held events again, as Slack does after a minute and after five."""
        held, self._held = self._held, []
        return [await self.deliver(kind, payload, retry=1) for kind, payload in held]

    def trigger(self, user: str) -> str:
        """A new trigger_id."""
        key = self.state.number("G")
        self.state.triggers[key] = Trigger(user, asyncio.get_running_loop().time())
        return key

    def _response_url(self, user: str, channel: str) -> str:
        return f"{self._origin}/response/{self.state.open_response(user, channel)}"

    def _who(self, user: str, channel: str) -> dict[str, Any]:
        conversation = self._conversation(channel)
        return {
            "team_id": TEAM,
            "team_domain": "local",
            "channel_id": channel,
            "channel_name": conversation.name if conversation.kind == "channel" else "directmessage",
            "user_id": user,
            "user_name": self.state.users[user].name,
            "api_app_id": APP,
            "is_enterprise_install": "false",
        }

    def _event(self, event: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "type": "event_callback",
            "team_id": TEAM,
            "api_app_id": APP,
            "event": dict(event),
            "event_id": self.state.number("E"),
            "event_time": int(self.state.clock().timestamp()),
            "authorizations": [{"team_id": TEAM, "user_id": BOT_USER, "is_bot": True}],
        }

    async def _ask(self, kind: str, payload: Mapping[str, Any], user: str, channel: str, wait: float) -> Answer:
        """Deliver, then gather what the user sees of it: until a message came and 150 ms passed without another."""
        seen = Seen(self.state, user, channel)
        answer = Answer(None, seen.messages)
        self.state.watchers.append(seen.message)
        self.state.onlookers.append(seen.look)
        try:
            answer.ack = await self.deliver(kind, payload)
            if answer.ack is not None and answer.ack.payload:
                shown = {"user": BOT_USER, "bot_id": "ack", **answer.ack.payload}
                self.state.whisper(user, self._conversation(channel), shown)
            limit = wait
            with contextlib.suppress(TimeoutError):
                while limit > 0:
                    await asyncio.wait_for(seen.fresh.wait(), limit)
                    seen.fresh.clear()
                    limit = min(0.15, wait)
        finally:
            self.state.watchers.remove(seen.message)
            self.state.onlookers.remove(seen.look)
        answer.view = seen.view
        return answer

    # --- what the bot calls -------------------------------------------------------------------------------------

    async def _serve_api(self, request: web.Request) -> web.StreamResponse:
        method, args = request.match_info["method"], await _arguments(request)
        token = request.headers.get("Authorization", "").removeprefix("Bearer").strip() or str(args.get("token", ""))
        fault = self.faults.take(method, args)
        if fault is not None and fault.trouble not in ACCEPTS:
            self.calls.append(Call(method, args, fault.trouble.value))
            return await _misbehave(request, fault)
        body = self._run(method, token, args)
        self.calls.append(Call(method, args, str(body.get("error", ""))))
        if fault is not None:
            return await _misbehave(request, fault, body)
        if body.get("error") == "ratelimited":
            return web.json_response(body, status=429, headers={"Retry-After": "1"})
        return web.json_response(body, headers={"X-OAuth-Scopes": ",".join(self.tokens.scopes)})

    def _run(self, method: str, token: str, args: Args) -> dict[str, Any]:
        try:
            if self.faults.paced and method in POSTS:
                self._pace(str(args.get("channel")))
            return self._api.call(method, token, args)
        except ApiError as refusal:
            return refusal.body

    def _pace(self, channel: str) -> None:
        now = asyncio.get_running_loop().time()
        if now - self._posted_at.get(channel, -10.0) < 0.98:
            raise ApiError("ratelimited")
        self._posted_at[channel] = now

    async def _serve_response(self, request: web.Request) -> web.Response:
        address = self.state.use_response(request.match_info["key"])
        if not isinstance(address, ResponseAddress):
            return web.Response(status=404, text=address)
        said = {"user": BOT_USER, "bot_id": "response", **(await _arguments(request))}
        conversation = self._conversation(address.conversation)
        if said.get("response_type") == "in_channel":
            self.state.add_message(conversation, said)
        else:
            self.state.whisper(address.user, conversation, said)
        return web.Response(text="ok")


async def _arguments(request: web.Request) -> dict[str, Any]:
    """Arguments from the query, a form or a JSON body."""
    args: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        with contextlib.suppress(ValueError):
            args |= json.loads(await request.text() or "{}")
    elif request.can_read_body:
        args |= {key: value for key, value in (await request.post()).items() if isinstance(value, str)}
    return args


async def _misbehave(request: web.Request, fault: Fault, body: Mapping[str, Any] | None = None) -> web.StreamResponse:
    """Answer as the fault says."""
    match fault.trouble:
        case Trouble.DROP_AFTER_ACCEPT | Trouble.DROP_BEFORE_ACCEPT:
            if request.transport is not None:
                request.transport.close()
            return web.Response(status=500)
        case Trouble.SLOW:
            await asyncio.sleep(fault.seconds)
            return web.json_response(dict(body or {}))
        case Trouble.RATE_LIMITED:
            after = {"Retry-After": f"{fault.seconds:.0f}"}
            return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers=after)
        case Trouble.RATE_LIMITED_OK:
            return web.json_response({"ok": False, "error": "ratelimited"})
        case Trouble.REFUSED:
            return web.json_response({"ok": False, "error": fault.code})
        case Trouble.HTML | Trouble.HTML_AFTER_ACCEPT:
            status = 200 if fault.trouble == Trouble.HTML else 503
            return web.Response(text="<html><body>Maintenance</body></html>", content_type="text/html", status=status)
        case Trouble.ERROR_500 | Trouble.ERROR_500_AFTER_ACCEPT:
            return web.json_response({"ok": False, "error": "internal_error"}, status=500)


def _find_button(blocks: Any, action_id: str) -> dict[str, Any]:
    for block in blocks:
        for item in (*block.get("elements", ()), block.get("accessory", {})):
            if item.get("action_id") == action_id:
                return {
                    "action_id": action_id,
                    "block_id": block.get("block_id", "b1"),
                    "type": item["type"],
                    "value": item.get("value", ""),
                    "text": item.get("text"),
                }
    raise LookupError(f"no button {action_id!r} in the message")

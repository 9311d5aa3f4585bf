"""The one way out to Slack's Web API. Hides the sdk's client, its retries, proxies, timeouts and exceptions.

No call is tried twice here: the sdk's retries post twice when an answer is lost. Every call ends as a value: done,
later (perhaps done: ambiguous), or refused.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack import refusals
from bot.slack.blocks import Message
from digests.ports import PostLater, PostRefused

TIMEOUT = 15.0
"""Seconds for one call. An ambiguous end is looked at before any second try."""
PARTS_LOOKED_AT = 20
"""Messages among which the first part of a long one is looked for."""
AFTER_TROUBLE = timedelta(seconds=5)
"""How long to leave a call alone that broke; longer than what may still be under way at Slack."""
ZONE_KEPT = 3600.0
CHANNEL_KEPT = 300.0
"""Seconds for which a user's zone and name are believed."""
ALT = 1_000
"""Most characters of what is said of a picture to who does not see it; Slack's own bound."""
MEMBER_PAGES = 5
"""Pages of 200 channels that are read of what a user is in."""
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


SLACK = "https://slack.com/api/"
"""Slack's Web API."""


@dataclass(frozen=True)
class Access:
    """The two tokens of an app in a workspace, and where its Web API is."""

    bot_token: str = field(repr=False)
    app_token: str = field(repr=False)
    base_url: str = SLACK

    @classmethod
    def to(cls, base_url: str, bot_token: str, app_token: str) -> Access:
        """Access to the workspace at an address."""
        return cls(bot_token, app_token, base_url)


@dataclass(frozen=True)
class Done:
    """Slack did it and answered this."""

    data: Mapping[str, Any]


@dataclass(frozen=True)
class Person:
    """A user's IANA zone, and how the workspace shows him."""

    zone: str
    name: str = ""


Outcome = Done | PostLater | PostRefused


def web_client(token: str, base_url: str, session: aiohttp.ClientSession | None, timeout: float) -> AsyncWebClient:
    """A client that never retries by itself, and that reaches a loopback address past any proxy (the sdk would not)."""
    client = AsyncWebClient(
        token=token, base_url=base_url, session=session, retry_handlers=[], timeout=max(1, round(timeout))
    )
    if urlsplit(base_url).hostname in LOOPBACK:
        client.proxy = None
    return client


class Gateway:
    """Calls to one workspace with one bot token. The session has a timeout of its own: the sdk's is not applied to a
    session that it is handed."""

    def __init__(self, token: str, base_url: str, *, timeout: float = TIMEOUT) -> None:
        self._token = token
        self._base_url = base_url
        self._timeout = timeout
        self._session: aiohttp.ClientSession | None = None
        self._client: AsyncWebClient | None = None
        self._people: dict[str, tuple[Person | None, float]] = {}
        self._channels: dict[str, tuple[str, float]] = {}

    @property
    def client(self) -> AsyncWebClient:
        """The client, made inside the running event loop when it is first asked for."""
        if self._client is None:
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=self._timeout))
            self._client = web_client(self._token, self._base_url, self._session, self._timeout)
        return self._client

    async def close(self) -> None:
        """Release the connections."""
        if self._session is not None:
            await self._session.close()
        self._session = self._client = None

    async def read(self, method: str, **params: Any) -> Outcome:
        """A call that asks."""
        return await self._call(method, params={k: v for k, v in params.items() if v is not None})

    async def write(self, method: str, **arguments: Any) -> Outcome:
        """A call that changes something."""
        return await self._call(method, json={k: v for k, v in arguments.items() if v is not None})

    async def _call(self, method: str, **how: Any) -> Outcome:
        try:
            answer = await self.client.api_call(method, **how)
            return Done(dict(answer.data) if isinstance(answer.data, dict) else {})
        except SlackApiError as error:
            return _mapped(error)
        except aiohttp.ClientConnectorError as error:
            return PostLater(AFTER_TROUBLE, f"Slack cannot be reached: {error.strerror or type(error).__name__}")
        except (TimeoutError, aiohttp.ClientError, ConnectionError) as error:
            return PostLater(AFTER_TROUBLE, f"no answer from Slack: {type(error).__name__}", ambiguous=True)

    async def scopes(self) -> frozenset[str] | None:
        """What the token may do, as Slack says beside an answer; None where it does not say."""
        try:
            answer = await self.client.api_call("auth.test")
        except (SlackApiError, TimeoutError, aiohttp.ClientError, ConnectionError):
            return None
        given = answer.headers.get("X-OAuth-Scopes")
        return frozenset(name.strip() for name in given.split(",")) if given is not None else None

    async def faults(self, asked: Mapping[str, str]) -> Sequence[str] | PostLater | PostRefused:
        """What Slack finds wrong with a message or a view, each with its place; nothing is shown to anybody. `asked`:
        arguments of `blocks.validate`, which takes no token. A PostLater or PostRefused where it was not looked at."""
        try:
            await self.client.api_call("blocks.validate", json=dict(asked))
        except SlackApiError as error:
            said = error.response.data if isinstance(error.response.data, dict) else {}
            if said.get("error") in refusals.INVALID:
                told = said.get("errors") or [{"message": said["error"]}]
                return [f"{t.get('pointer', '')} {t.get('message') or t.get('code', '')}".strip()[:200] for t in told]
            outcome = _mapped(error)
            return outcome if not isinstance(outcome, Done) else ()
        except (TimeoutError, aiohttp.ClientError, ConnectionError) as error:
            return PostLater(AFTER_TROUBLE, f"no answer from Slack: {type(error).__name__}")
        return ()

    # --- what the bot says --------------------------------------------------------------------------------------

    async def post(self, conversation: str, message: Message, key: str, thread: str | None = None) -> Outcome:
        """Post one message (not what goes below it) with its key as metadata; unfurling off."""
        return await self._shown(
            "chat.postMessage",
            message,
            channel=conversation,
            thread_ts=thread,
            unfurl_links=False,
            unfurl_media=False,
            metadata={"event_type": "briefing_post", "event_payload": {"key": key}},
        )

    async def first_part(self, conversation: str, stamp: str) -> str:
        """The first message of what a message of ours is a further part of; the message itself where it is none, or
        Slack does not say."""
        outcome = await self.read(
            "conversations.history",
            channel=conversation,
            latest=stamp,
            inclusive="true",
            limit=PARTS_LOOKED_AT,
            include_all_metadata="true",
        )
        found = outcome.data.get("messages", []) if isinstance(outcome, Done) else []
        stamps = {key_of(m): str(m["ts"]) for m in reversed(found)}
        own = next((key for key, ts in stamps.items() if ts == stamp), "")
        return stamps.get(own.partition("#")[0], stamp) if "#" in own else stamp

    async def update(self, conversation: str, receipt: str, message: Message) -> Outcome:
        """Replace one posted message."""
        return await self._shown("chat.update", message, channel=conversation, ts=receipt)

    async def _shown(self, method: str, message: Message, **where: Any) -> Outcome:
        """A message by a method; without its table where the workspace takes none."""
        outcome = await self.write(method, **where, blocks=list(message.blocks), text=message.text)
        refused = isinstance(outcome, PostRefused) and refusals.code_of(outcome.reason) in refusals.NOT_THESE_BLOCKS
        if refused and message.simple is not None:
            return await self._shown(method, message.simple, **where)
        return outcome

    # --- files --------------------------------------------------------------------------------------------------

    async def upload(self, name: str, content: bytes, alt: str = "") -> Outcome:
        """Send the bytes of a file; the answer's `file_id` names it. Nobody sees it until it is shared, so that a try
        whose end is not known does no harm."""
        outcome = await self.read(
            "files.getUploadURLExternal", filename=name, length=len(content), alt_txt=alt[:ALT] or None
        )
        if not isinstance(outcome, Done):
            return outcome
        session = self.client.session
        assert session is not None
        try:
            async with session.post(str(outcome.data["upload_url"]), data=content, proxy=self.client.proxy) as answer:
                if answer.status == 200:
                    return outcome
                return PostLater(AFTER_TROUBLE, f"the upload address says {answer.status}")
        except (TimeoutError, aiohttp.ClientError, ConnectionError) as error:
            return PostLater(AFTER_TROUBLE, f"the upload address does not answer: {type(error).__name__}")

    async def share_file(
        self, conversation: str, file: str, title: str, comment: str, thread: str | None = None
    ) -> Outcome:
        """Show an uploaded file in a conversation; `comment` is parsed by Slack and must be escaped."""
        return await self.read(
            "files.completeUploadExternal",
            files=json.dumps([{"id": file, "title": title}]),
            channel_id=conversation,
            initial_comment=comment,
            thread_ts=thread,
        )

    async def whisper(
        self, conversation: str, user: str, message: Message, *, thread: str | None = None, response_url: str = ""
    ) -> Outcome:
        """Show a message, and what goes below it, to one user. Where the bot is not in the conversation, the answer
        address of the command is used. A second try may show it twice, which only this user sees."""
        outcome: Outcome = Done({})
        for part in (message, *message.thread):
            for _ in range(2):
                outcome = await self._whisper(conversation, user, part, thread, response_url)
                if not isinstance(outcome, PostLater) or outcome.after > AFTER_TROUBLE:
                    break
                await asyncio.sleep(0 if outcome.ambiguous else outcome.after.total_seconds())
            if not isinstance(outcome, Done):
                return outcome
        return outcome

    async def _whisper(
        self, conversation: str, user: str, message: Message, thread: str | None, response_url: str
    ) -> Outcome:
        outcome = await self._shown("chat.postEphemeral", message, channel=conversation, user=user, thread_ts=thread)
        reach = isinstance(outcome, PostRefused) and refusals.code_of(outcome.reason) in refusals.OUT_OF_REACH
        return await self._respond(response_url, message) if reach and response_url else outcome

    async def _respond(self, response_url: str, message: Message) -> Outcome:
        """Answer at a command's own address (five uses in half an hour). The sdk's client for it would retry."""
        said = {
            "response_type": "ephemeral",
            "replace_original": False,
            "text": message.text,
            "blocks": list(message.blocks),
        }
        session = self.client.session
        assert session is not None
        try:
            async with session.post(response_url, json=said) as answer:
                if answer.status == 200:
                    return Done({})
                return PostRefused(f"the command's answer address says {answer.status}")
        except (TimeoutError, aiohttp.ClientError) as error:
            return PostRefused(f"the command's answer address does not answer: {type(error).__name__}")

    async def person(self, user: str, otherwise: str) -> Person:
        """A user's IANA zone by name, as an offset is wrong after a change of clocks, and how the workspace shows him;
        asked anew every hour. `otherwise`: the zone of who has none."""
        now = asyncio.get_running_loop().time()
        known, at = self._people.get(user, (None, now))
        if known is not None and now - at < ZONE_KEPT:
            return known
        outcome = await self.read("users.info", user=user)
        if not isinstance(outcome, Done):
            return known or Person(otherwise)
        shown = outcome.data.get("user", {})
        profile = shown.get("profile") or {}
        name = profile.get("display_name") or profile.get("real_name") or shown.get("real_name") or shown.get("name")
        known = Person(str(shown.get("tz") or otherwise), str(name or "")[:80])
        self._people[user] = known, now
        return known

    async def public_channel(self, conversation: str) -> str:
        """How a public channel is called, "#name"; "" for a private one and where Slack does not say. Asked anew every
        few minutes: it may be made private."""
        now = asyncio.get_running_loop().time()
        known, at = self._channels.get(conversation, ("", now - CHANNEL_KEPT))
        if now - at < CHANNEL_KEPT:
            return known
        outcome = await self.read("conversations.info", channel=conversation)
        if isinstance(outcome, PostLater):
            return ""
        channel = outcome.data.get("channel", {}) if isinstance(outcome, Done) else {}
        name = str(channel.get("name") or "")[:80]
        called = f"#{name}" if name and not channel.get("is_private") else ""
        self._channels[conversation] = called, now
        return called

    async def is_inside(self, conversation: str) -> bool:
        """Whether the bot may post to a channel; true too where Slack does not say."""
        outcome = await self.read("conversations.info", channel=conversation)
        if isinstance(outcome, PostRefused):
            return refusals.code_of(outcome.reason) not in refusals.OUT_OF_REACH
        return not isinstance(outcome, Done) or bool(outcome.data.get("channel", {}).get("is_member", True))

    async def conversations_of(self, user: str) -> dict[str, str]:
        """The channels that a user is in, by id with their names; private ones only where the bot is in them too. What
        cannot be read is left out: nobody is shown more for it."""
        found: dict[str, str] = {}
        cursor: str | None = None
        for _ in range(MEMBER_PAGES):
            outcome = await self.read(
                "users.conversations",
                user=user,
                types="public_channel,private_channel",
                exclude_archived="true",
                limit=200,
                cursor=cursor,
            )
            if not isinstance(outcome, Done):
                return found
            found |= {str(c["id"]): str(c.get("name") or "") for c in outcome.data.get("channels", [])}
            cursor = outcome.data.get("response_metadata", {}).get("next_cursor") or None
            if cursor is None:
                return found
        return found


def _mapped(error: SlackApiError) -> Outcome:
    """What an unsuccessful answer means. An answer that is not Slack's JSON leaves open what was done."""
    answer = error.response
    data = getattr(answer, "data", None)
    status = int(getattr(answer, "status_code", None) or getattr(answer, "status", 0) or 0)
    code = str(data.get("error", "")) if isinstance(data, dict) else ""
    if status == 429 or code in refusals.LATER:
        given = str(getattr(answer, "headers", {}).get("Retry-After", ""))
        wait = int(given) if given.isdigit() else refusals.LATER.get(code, 30)
        return PostLater(
            timedelta(seconds=wait), refusals.in_words(code) if code in refusals.REFUSALS else code or "429"
        )
    if status >= 500 or not code or code in refusals.UNKNOWN:
        return PostLater(AFTER_TROUBLE, f"Slack is unwell: {code or 'no JSON'} ({status})", ambiguous=True)
    return PostRefused(refusals.in_words(code), refusals.scope_of(code))


def key_of(message: dict[str, Any]) -> str:
    """The key that a message carries, "" where it carries none."""
    payload = (message.get("metadata") or {}).get("event_payload") or {}
    return str(payload.get("key", ""))

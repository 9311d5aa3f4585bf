"""The loopback workspace refuses what Slack refuses: else every other Slack test would prove nothing."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.local import limits
from bot.local.state import RESPONSE_USES
from bot.local.workspace import Workspace


class Clock:
    """A clock that is set by hand."""

    now = datetime(2025, 11, 26, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def workspace(clock: Clock) -> AsyncIterator[Workspace]:
    made = Workspace(clock)
    await made.start()
    yield made
    await made.close()


async def call(workspace: Workspace, method: str, token: str | None = None, **args: Any) -> dict[str, Any]:
    """One call as JSON with the bot's token."""
    headers = {"Authorization": f"Bearer {workspace.tokens.bot if token is None else token}"}
    async with (
        aiohttp.ClientSession(headers=headers) as session,
        session.post(workspace.base_url + method, json=args) as answer,
    ):
        body: dict[str, Any] = await answer.json()
        return body


async def test_tokens_are_known_and_of_the_right_kind(workspace: Workspace) -> None:
    async def error(method: str, token: str) -> str:
        return str((await call(workspace, method, token)).get("error", ""))

    assert await error("auth.test", "") == "not_authed"
    assert await error("auth.test", "xoxb-wrong") == "invalid_auth"
    assert await error("auth.test", workspace.tokens.app) == "not_allowed_token_type"
    assert await error("apps.connections.open", workspace.tokens.bot) == "not_allowed_token_type"
    assert await error("apps.connections.open", workspace.tokens.app) == ""
    assert await error("api.test", "") == ""
    assert await error("no.such", workspace.tokens.bot) == "unknown_method"
    workspace.tokens.revoked = "token_revoked"
    assert await error("auth.test", workspace.tokens.bot) == "token_revoked"


async def test_timestamps_come_from_the_clock_and_rise(workspace: Workspace, clock: Clock) -> None:
    channel = workspace.add_channel("news", bot=True)
    stamps = [(await call(workspace, "chat.postMessage", channel=channel, text=str(n)))["ts"] for n in range(3)]
    clock.now += timedelta(hours=1)
    stamps.append((await call(workspace, "chat.postMessage", channel=channel, text="later"))["ts"])
    assert stamps == sorted(stamps)
    assert len(set(stamps)) == 4
    assert float(stamps[-1]) == pytest.approx(clock.now.timestamp())


async def test_history_is_paged_bounded_and_hides_metadata_and_threads(workspace: Workspace) -> None:
    channel = workspace.add_channel("news", bot=True)
    metadata = {"event_type": "briefing_post", "event_payload": {"key": "k"}}
    posted = [
        (await call(workspace, "chat.postMessage", channel=channel, text=str(n), metadata=metadata))["ts"]
        for n in range(5)
    ]
    await call(workspace, "chat.postMessage", channel=channel, text="below", thread_ts=posted[0])
    first = await call(workspace, "conversations.history", channel=channel, limit=2)
    assert [m["text"] for m in first["messages"]] == ["4", "3"]
    assert "metadata" not in first["messages"][0]
    cursor = first["response_metadata"]["next_cursor"]
    second = await call(
        workspace, "conversations.history", channel=channel, limit=2, cursor=cursor, include_all_metadata=True
    )
    assert [m["metadata"] for m in second["messages"]] == [metadata, metadata]
    since = await call(workspace, "conversations.history", channel=channel, oldest=posted[2])
    assert [m["text"] for m in since["messages"]] == ["4", "3"]
    thread = await call(workspace, "conversations.replies", channel=channel, ts=posted[0])
    assert [m["text"] for m in thread["messages"]] == ["0", "below"]


@pytest.mark.parametrize(
    ("metadata", "error"),
    [
        ({"event_type": "x", "event_payload": {"a": 1, "b": "c", "d": {"e": True}}}, ""),
        ({"event_type": "x" * 51, "event_payload": {}}, "invalid_metadata_format"),
        ({"event_type": "x"}, "invalid_metadata_format"),
        ({"event_type": "x", "event_payload": {"a": [1]}}, "invalid_metadata_schema"),
        ({"event_type": "x", "event_payload": {"a": "b" * 9000}}, "metadata_too_large"),
    ],
)
async def test_metadata_is_flat_and_small(workspace: Workspace, metadata: dict[str, Any], error: str) -> None:
    channel = workspace.add_channel("news", bot=True)
    answer = await call(workspace, "chat.postMessage", channel=channel, text="x", metadata=metadata)
    assert answer.get("error", "") == error


_PLAIN = {"type": "plain_text", "text": "x"}
BAD_BLOCKS: list[tuple[dict[str, Any], str]] = [
    ({"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}, "/blocks/0/text/text"),
    ({"type": "header", "text": {"type": "mrkdwn", "text": "x"}}, "/blocks/0/text/type"),
    ({"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3001}}, "/blocks/0/text/text"),
    ({"type": "section"}, "/blocks/0"),
    ({"type": "section", "fields": [_PLAIN] * 11}, "/blocks/0/fields"),
    ({"type": "context", "elements": [_PLAIN] * 11}, "/blocks/0/elements"),
    ({"type": "actions", "elements": []}, "/blocks/0/elements"),
    ({"type": "actions", "elements": [{"type": "button", "text": {"type": "plain_text", "text": "x" * 76}}]},
     "/blocks/0/elements/0/text/text"),
    ({"type": "actions", "elements": [{"type": "button", "text": _PLAIN, "value": "x" * 2001}]},
     "/blocks/0/elements/0/value"),
    ({"type": "actions", "elements": [{"type": "button", "text": _PLAIN, "action_id": "a"}] * 2},
     "/blocks/0/elements/1/action_id"),
    ({"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": ""}]}]},
     "/blocks/0/elements/0/elements/0/text"),
    ({"type": "rich_text", "elements": [{"type": "rich_text_quote", "elements": [
        {"type": "link", "url": "javascript:alert(1)"}]}]}, "/blocks/0/elements/0/elements/0/url"),
    ({"type": "image", "image_url": "https://a.example/a.png"}, "/blocks/0/alt_text"),
    ({"type": "input", "label": _PLAIN, "element": {"type": "plain_text_input"}}, "/blocks/0"),
    ({"type": "hologram"}, "/blocks/0/type"),
]  # fmt: skip


@pytest.mark.parametrize(("block", "pointer"), BAD_BLOCKS)
async def test_blocks_beyond_a_limit_are_refused_with_their_place(
    workspace: Workspace, block: dict[str, Any], pointer: str
) -> None:
    channel = workspace.add_channel("news", bot=True)
    answer = await call(workspace, "chat.postMessage", channel=channel, text="x", blocks=[block])
    assert answer["error"] == "invalid_blocks"
    assert pointer in "".join(answer["response_metadata"]["messages"])
    judged = await call(workspace, "blocks.validate", "", blocks=json.dumps([block]))
    assert judged["error"] == "invalid_blocks"
    assert pointer in {problem["pointer"] for problem in judged["errors"]}


async def test_whole_messages_have_limits_too(workspace: Workspace) -> None:
    channel = workspace.add_channel("news", bot=True)
    long = {"type": "section", "text": {"type": "plain_text", "text": "x" * 2900}}

    async def error(**args: Any) -> str:
        return str((await call(workspace, "chat.postMessage", channel=channel, **args)).get("error", ""))

    assert await error(text="x", blocks=[long] * 4) == ""
    assert await error(text="x", blocks=[long] * 5) == "msg_blocks_too_long"
    assert await error(text="x", blocks=[{"type": "divider"}] * 51) == "invalid_blocks"
    assert await error(text="x", blocks=[{"type": "divider", "block_id": "b"}] * 2) == "invalid_blocks"
    assert await error(blocks=[{"type": "divider"}]) == "no_text"
    assert await error(text="x" * 4001) == "msg_too_long"
    assert await error(text="x", blocks="not json") == "invalid_blocks_format"
    assert await error(text="x", thread_ts="1.1") == "thread_not_found"


def test_the_limits_are_those_of_the_reference(shared: Path) -> None:
    reference = json.loads((shared / "data/slack/block_limits.json").read_text(encoding="utf-8"))

    def refused(block: dict[str, Any]) -> bool:
        return bool(limits.of_blocks([block]))

    def text(n: int) -> dict[str, str]:
        return {"type": "plain_text", "text": "x" * n}

    for kind, most in (("header", reference["header"]["text"]), ("section", reference["section"]["text"])):
        assert not refused({"type": kind, "text": text(most["max_length"])})
        assert refused({"type": kind, "text": text(most["max_length"] + 1)})
    most = reference["button"]["text"]["max_length"]
    for n, bad in ((most, False), (most + 1, True)):
        assert refused({"type": "actions", "elements": [{"type": "button", "text": text(n)}]}) is bad
    for kind in ("context", "actions"):
        count = reference[kind]["elements"]["max_items"]
        item = text(1) if kind == "context" else {"type": "button", "text": text(1)}
        assert not refused({"type": kind, "elements": [item] * count}) or kind == "actions"
        assert refused({"type": kind, "elements": [item] * (count + 1)})
    assert reference["view"]["blocks"]["max_items"] == limits.VIEW_BLOCKS


async def test_an_answer_address_works_five_times_within_half_an_hour(workspace: Workspace, clock: Clock) -> None:
    user = workspace.add_user("ann")
    channel = workspace.add_channel("news", user)
    used, late = (workspace._response_url(user, channel) for _ in range(2))
    async with aiohttp.ClientSession() as session:
        said = [(await session.post(used, json={"text": str(n)})).status for n in range(RESPONSE_USES + 1)]
        clock.now += timedelta(minutes=31)
        assert (await session.post(late, json={"text": "late"})).status == 404
    assert said == [200] * 5 + [404]
    assert len(workspace.whispers(user)) == 5
    assert workspace.messages(channel) == []


async def test_an_ephemeral_message_needs_its_reader_in_the_channel(workspace: Workspace) -> None:
    ann, bob = workspace.add_user("ann"), workspace.add_user("bob")
    channel = workspace.add_channel("news", ann, bot=True)
    assert (await call(workspace, "chat.postEphemeral", channel=channel, user=ann, text="x"))["ok"]
    answer = await call(workspace, "chat.postEphemeral", channel=channel, user=bob, text="x")
    assert answer["error"] == "user_not_in_channel"
    history = await call(workspace, "conversations.history", channel=channel)
    assert history["messages"] == []


async def test_only_own_messages_are_edited_and_deleted(workspace: Workspace) -> None:
    ann = workspace.add_user("ann")
    channel = workspace.add_channel("news", ann, bot=True)
    theirs = workspace.state.add_message(workspace.state.conversations[channel], {"user": ann, "text": "hi"})
    posted = await call(workspace, "chat.postMessage", channel=channel, text="a")
    assert (await call(workspace, "chat.update", channel=channel, ts=posted["ts"], text="b"))["ok"]
    assert workspace.messages(channel)[1]["text"] == "b"
    refused = await call(workspace, "chat.update", channel=channel, ts=theirs["ts"], text="b")
    assert refused["error"] == "cant_update_message"
    assert (await call(workspace, "chat.getPermalink", channel=channel, message_ts=posted["ts"]))["ok"]
    assert (await call(workspace, "chat.delete", channel=channel, ts=posted["ts"]))["ok"]
    assert [m["text"] for m in workspace.messages(channel)] == ["hi"]


async def test_channels_are_joined_listed_and_private_ones_hidden(workspace: Workspace) -> None:
    ann = workspace.add_user("ann")
    public, hidden = workspace.add_channel("news", ann), workspace.add_channel("hidden", ann, private=True)
    assert (await call(workspace, "chat.postMessage", channel=public, text="x"))["error"] == "not_in_channel"
    assert (await call(workspace, "chat.postMessage", channel=hidden, text="x"))["error"] == "channel_not_found"
    assert (await call(workspace, "conversations.join", channel=public))["channel"]["is_member"]
    assert (await call(workspace, "chat.postMessage", channel="#news", text="x"))["ok"]
    listed = await call(workspace, "conversations.list", types="public_channel,private_channel")
    assert [c["name"] for c in listed["channels"]] == ["news"]
    assert ann in (await call(workspace, "conversations.members", channel=public))["members"]
    opened = await call(workspace, "conversations.open", users=ann)
    assert (await call(workspace, "conversations.info", channel=opened["channel"]["id"]))["channel"]["user"] == ann


async def test_a_view_opens_once_by_its_trigger_and_changes_by_its_hash(workspace: Workspace) -> None:
    ann = workspace.add_user("ann")
    view = {"type": "modal", "title": _PLAIN, "blocks": [{"type": "divider"}]}
    trigger = workspace.trigger(ann)
    opened = await call(workspace, "views.open", trigger_id=trigger, view=view)
    assert opened["ok"]
    assert (await call(workspace, "views.open", trigger_id=trigger, view=view))["error"] == "invalid_trigger_id"
    stale = await call(workspace, "views.update", view_id=opened["view"]["id"], view=view, hash="stale")
    assert stale["error"] == "hash_conflict"
    long = view | {"title": {"type": "plain_text", "text": "x" * 25}}
    assert not (await call(workspace, "views.update", view_id=opened["view"]["id"], view=long))["ok"]
    home = {"type": "home", "blocks": [{"type": "divider"}]}
    assert (await call(workspace, "views.publish", user_id=ann, view=home))["ok"]
    assert workspace.state.homes[ann]["type"] == "home"

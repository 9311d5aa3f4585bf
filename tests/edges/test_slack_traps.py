"""The traps of Slack and its libraries, each with a test that falls into it unless the edge steps over."""

from __future__ import annotations

import ast
import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from slack_sdk.web.async_client import AsyncWebClient

import bot.slack
from bot.local import limits
from bot.local.faults import Trouble
from bot.local.workspace import Workspace
from bot.slack import Access, SlackProblem, examine
from bot.slack.gateway import Done, Gateway
from bot.slack.messenger import Pace, SlackMessenger
from digests.frames import say
from digests.model import Page, Row, Tone
from digests.ports import Posted, PostLater
from tests.edges.slack_stage import APP, NOON, Stage, staged

SOURCES = sorted(Path(bot.slack.__file__).parent.rglob("*.py"))


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with staged(tmp_path) as made:
        yield made


@pytest.fixture
async def workspace() -> AsyncIterator[Workspace]:
    made = Workspace(lambda: NOON)
    await made.start()
    yield made
    await made.close()


def page() -> Page:
    frame = say("label.demonstration")
    return Page("notice", "Etc/UTC", (frame,), (Row(Tone.PLAIN, (frame,)),))


# --- 1 to 4: clients --------------------------------------------------------------------------------------------


async def test_the_sdk_alone_would_post_twice_and_the_gateway_posts_once(workspace: Workspace) -> None:
    channel = workspace.add_channel("news", bot=True)
    workspace.faults.next("chat.postMessage", Trouble.DROP_AFTER_ACCEPT)
    careless = AsyncWebClient(workspace.tokens.bot, workspace.base_url)
    careless.proxy = None
    await careless.chat_postMessage(channel=channel, text="twice")
    assert len(workspace.messages(channel)) == 2

    workspace.faults.next("chat.postMessage", Trouble.DROP_AFTER_ACCEPT)
    gateway = Gateway(workspace.tokens.bot, workspace.base_url)
    outcome = await gateway.write("chat.postMessage", channel=channel, text="once")
    await gateway.close()
    assert isinstance(outcome, PostLater)
    assert outcome.ambiguous
    assert len(workspace.messages(channel)) == 3


async def test_a_command_is_answered_without_the_sdks_own_answer_client(stage: Stage) -> None:
    await stage.ask("new")
    assert all(address.uses == 0 for address in stage.workspace.state.responses.values())


def test_no_listener_asks_bolt_for_a_client() -> None:
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, (ast.AsyncFunctionDef, ast.FunctionDef)) and "listeners" in path.parts:
                taken = {argument.arg for argument in node.args.args}
                assert not taken & {"client", "say", "respond", "context"}, path


async def test_a_slow_call_ends_when_the_gateway_says_so(workspace: Workspace) -> None:
    gateway = Gateway(workspace.tokens.bot, workspace.base_url, timeout=0.3)
    workspace.faults.next("auth.test", Trouble.SLOW, seconds=5)
    started = time.monotonic()
    outcome = await gateway.write("auth.test")
    await gateway.close()
    assert isinstance(outcome, PostLater)
    assert time.monotonic() - started < 2


# --- 5: the loop ------------------------------------------------------------------------------------------------


async def test_the_acknowledgement_leaves_before_the_work(stage: Stage) -> None:
    async def hog(_: object) -> None:
        time.sleep(1.0)

    stage.desk.work = hog
    answer = await stage.ask("new")
    assert answer.ack is not None
    assert answer.ack.after < 0.5
    assert "AskNew" in answer.text


async def test_an_acknowledgement_waits_for_no_call_to_slack(stage: Stage) -> None:
    stage.workspace.faults.next("users.info", Trouble.SLOW, seconds=1.0)
    answer = await stage.ask("new")
    assert answer.ack is not None
    assert answer.ack.after < 0.5


# --- 6: tokens --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tokens", "named"),
    [
        (("xoxb-wrong", "xapp-loopback"), "SLACK_BOT_TOKEN"),
        (("xoxb-loopback", "xapp-wrong"), "SLACK_APP_TOKEN"),
        (("xapp-loopback", "xoxb-loopback"), "SLACK_BOT_TOKEN"),
    ],
)
async def test_a_wrong_token_is_one_sentence_at_once(tmp_path: Path, tokens: tuple[str, str], named: str) -> None:
    async with staged(tmp_path, start=False, tokens=tokens) as stage:
        with pytest.raises(SlackProblem) as raised:
            async with asyncio.timeout(3):
                await stage.edge.start(stage.clock)
        assert named in str(raised.value)
        assert "xoxb-wrong" not in str(raised.value)


async def test_a_check_up_names_what_is_wrong_and_the_remedy(workspace: Workspace) -> None:
    findings = await examine(Access("xoxb-wrong", workspace.tokens.app, workspace.base_url), APP)
    assert [(part, well) for part, well, _, _ in findings] == [
        ("slack bot token", False),
        ("slack app token", True),
        ("slack channels", False),
    ]
    workspace.add_channel("news", bot=True)
    findings = await examine(Access.to(workspace.base_url, workspace.tokens.bot, workspace.tokens.app), APP)
    assert all(well for _, well, _, _ in findings)
    assert workspace.sockets.connections == []


async def test_a_check_up_names_a_permission_that_an_older_app_lacks(workspace: Workspace) -> None:
    workspace.add_channel("news", bot=True)
    workspace.tokens.scopes = tuple(name for name in workspace.tokens.scopes if name != "files:write")
    findings = await examine(Access.to(workspace.base_url, workspace.tokens.bot, workspace.tokens.app), APP)
    assert [(part, what, remedy) for part, well, what, remedy in findings if not well] == [
        (
            "slack scopes",
            "the app lacks files:write (send an export or a picture as a file)",
            "install the app again with config/manifest.yaml",
        )
    ]


async def test_tokens_do_not_show_in_a_traceback() -> None:
    assert "secret" not in repr(Access("xoxb-secret", "xapp-secret"))


# --- 7 and 8: sockets -------------------------------------------------------------------------------------------


async def test_two_sockets_stand_and_quiet_is_no_sign_of_trouble(stage: Stage) -> None:
    await asyncio.sleep(1.5)
    assert len(stage.workspace.sockets.ready()) == 2
    assert stage.edge.healthy
    assert stage.workspace.sockets.opened == 2
    assert stage.events("socket_lost") == []


async def test_a_refresh_leaves_nothing_undelivered(stage: Stage) -> None:
    stage.workspace.sockets.handshake_delay = 0.15
    refresh = asyncio.create_task(stage.workspace.sockets.disconnect("refresh_requested"))
    acks: list[asyncio.Task[object]] = []
    while len(acks) < 60:
        payload = stage.workspace._who(stage.ann, stage.news) | {
            "command": "/brief", "text": "status", "trigger_id": stage.workspace.trigger(stage.ann), "response_url": "",
        }  # fmt: skip
        acks.append(asyncio.create_task(stage.workspace.deliver("slash_commands", payload)))
        await asyncio.sleep(0.01)
    await refresh
    assert all(await asyncio.gather(*acks))
    assert stage.workspace.sockets.undelivered == 0
    await stage.until(lambda: len(stage.workspace.sockets.ready()) == 2)


async def test_a_broken_connection_comes_back_and_is_noted(stage: Stage) -> None:
    stage.workspace.sockets.abort()
    await stage.until(lambda: not stage.edge.healthy, 3)
    await stage.until(lambda: stage.edge.healthy, 8)
    answer = await stage.ask("new")
    assert "AskNew" in answer.text
    assert stage.events("socket_lost")
    assert stage.events("socket_back")


async def test_a_deaf_connection_is_replaced(stage: Stage) -> None:
    first = list(stage.workspace.sockets.connections)
    for connection in first:
        connection.deaf = True
    await stage.until(lambda: any(c not in first for c in stage.workspace.sockets.connections), 9)
    await stage.until(lambda: stage.edge.healthy, 3)


async def test_reconnecting_does_not_storm(stage: Stage) -> None:
    before = stage.workspace.sockets.opened
    until = time.monotonic() + 3
    while time.monotonic() < until:
        if stage.workspace.sockets.ready():
            await stage.workspace.sockets.disconnect("too_many_websockets", every=True)
        await asyncio.sleep(0.02)
    assert stage.workspace.sockets.opened - before <= 14


async def test_a_socket_mode_that_was_switched_off_is_left_alone(stage: Stage) -> None:
    before = stage.workspace.sockets.opened
    await stage.workspace.sockets.disconnect("link_disabled", every=True)
    await stage.until(lambda: bool(stage.events("socket_disabled")), 3)
    await asyncio.sleep(1.5)
    assert stage.workspace.sockets.opened == before
    assert not stage.edge.healthy


async def test_a_dead_socket_address_is_replaced_by_a_fresh_one(stage: Stage) -> None:
    workspace = stage.workspace
    kept = workspace.sockets.open
    dead = iter([f"{workspace.sockets.origin.replace('http', 'ws')}/link?ticket=expired"] * 2)
    workspace._api._methods["apps.connections.open"] = lambda _: {"url": next(dead, None) or kept()}
    workspace.sockets.abort()
    await stage.until(lambda: len(workspace.sockets.ready()) >= 1, 10)


# --- 10 and 11: once, and to the end ----------------------------------------------------------------------------


async def test_stopping_waits_for_a_running_answer(stage: Stage) -> None:
    async def slowly(_: object) -> None:
        await asyncio.sleep(0.6)

    stage.desk.work = slowly
    asked = asyncio.create_task(stage.ask("new"))
    await stage.until(lambda: bool(stage.desk.asked))
    await stage.edge.close()
    answer = await asked
    assert "AskNew" in answer.text


async def test_an_event_that_nobody_took_is_answered_when_slack_sends_it_again(stage: Stage) -> None:
    await stage.edge.close()
    answer = await stage.workspace.mention("new", user=stage.ann, channel=stage.news, wait=0)
    assert answer.ack is None
    await stage.edge.start(stage.clock)
    assert await stage.workspace.redeliver()
    await stage.until(lambda: len(stage.workspace.messages(stage.news)) == 2)


async def test_what_comes_twice_is_answered_once_even_after_a_restart(stage: Stage) -> None:
    event = {"type": "app_mention", "user": stage.ann, "channel": stage.news, "text": "new", "ts": "1.1"}
    stage.workspace.state.add_message(stage.workspace._conversation(stage.news), {"user": stage.ann, "text": "new"})
    event["ts"] = stage.workspace.messages(stage.news)[0]["ts"]
    payload = stage.workspace._event(event)
    assert await stage.workspace.deliver("events_api", payload)
    assert await stage.workspace.deliver("events_api", payload, retry=1)
    await stage.until(lambda: bool(stage.events("heard_again")))
    await stage.edge.close()
    await stage.edge.start(stage.clock)
    assert await stage.workspace.deliver("events_api", payload, retry=2)
    await stage.until(lambda: len(stage.events("heard_again")) == 2)
    assert len(stage.desk.asked) == 1
    assert len(stage.workspace.messages(stage.news)) == 2


async def test_an_event_of_no_interest_is_acknowledged(stage: Stage) -> None:
    event = {"type": "reaction_added", "user": stage.ann, "reaction": "eyes", "event_ts": "1.0"}
    assert await stage.workspace.deliver("events_api", stage.workspace._event(event))


# --- 13 to 18: payloads and environment -------------------------------------------------------------------------


async def test_blocks_without_a_fallback_text_are_refused_here(workspace: Workspace) -> None:
    channel = workspace.add_channel("news", bot=True)
    gateway = Gateway(workspace.tokens.bot, workspace.base_url)
    blocks = [{"type": "divider"}]
    outcome = await gateway.write("chat.postMessage", channel=channel, blocks=blocks)
    assert "no_text" in str(outcome)
    assert isinstance(await gateway.write("chat.postMessage", channel=channel, blocks=blocks, text="x"), Done)
    await gateway.close()


async def test_variables_of_other_apps_change_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CLIENT_ID", "CLIENT_SECRET", "SIGNING_SECRET", "BOT_TOKEN", "APP_TOKEN", "VERIFICATION_TOKEN"):
        monkeypatch.setenv(f"SLACK_{name}", "of-another-app")
    async with staged(tmp_path) as stage:
        assert "AskNew" in (await stage.ask("new")).text


async def test_a_proxy_does_not_stand_between_the_bot_and_the_loopback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    async with staged(tmp_path) as stage:
        assert "AskNew" in (await stage.ask("new")).text


async def test_nothing_is_scheduled_at_slack() -> None:
    assert not any("scheduleMessage" in path.read_text(encoding="utf-8") for path in SOURCES)


async def test_asked_where_the_bot_is_not_the_answer_takes_the_commands_own_address(stage: Stage) -> None:
    outside = stage.workspace.add_channel("outside", stage.ann)
    answer = await stage.workspace.command("/brief", "new", user=stage.ann, channel=outside)
    assert "AskNew" in answer.text
    assert stage.workspace.messages(outside) == []
    stage.desk.rows = 900
    await stage.workspace.command("/brief", "new", user=stage.ann, channel=outside)
    assert [address.uses for address in stage.workspace.state.responses.values()] == [1, 5]
    assert stage.events("answer_not_shown")


async def test_the_zone_of_a_user_is_a_name_not_an_offset(stage: Stage) -> None:
    tbilisi = stage.workspace.add_user("nino", "Asia/Tbilisi")
    stage.workspace._conversation(stage.news).members.append(tbilisi)
    await stage.workspace.command("/brief", "new", user=tbilisi, channel=stage.news)
    assert stage.desk.asked[0][1].zone == "Asia/Tbilisi"


async def test_an_edit_keeps_to_the_same_limits(workspace: Workspace) -> None:
    channel = workspace.add_channel("news", bot=True)
    gateway = Gateway(workspace.tokens.bot, workspace.base_url)
    messenger = SlackMessenger(gateway, Pace(0, 0))
    posted = await messenger.say(channel, page(), "k")
    assert isinstance(posted, Posted)
    assert isinstance(await messenger.edit(channel, posted.receipt, page()), Posted)
    for call in workspace.calls:
        assert limits.of_blocks(call.args["blocks"]) == []
    await gateway.close()

"""Promises of the messenger against a loopback Slack: each delivery once, whatever happens to the calls."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.local.faults import Fault, Trouble
from bot.local.workspace import Workspace
from bot.slack.gateway import Gateway
from bot.slack.messenger import Pace, SlackMessenger
from digests.frames import say
from digests.model import Delivery, Instant, Name, Page, Row, TextOfRecord, Tone
from digests.ports import Posted, PostLater, PostRefused

NOON = datetime(2025, 11, 26, 12, 0, tzinfo=UTC)


@dataclass
class Edge:
    """A workspace with a channel, and a messenger connected to it."""

    workspace: Workspace
    gateway: Gateway
    messenger: SlackMessenger
    user: str
    channel: str

    def keys(self, channel: str = "") -> list[str]:
        """The keys of what stands in a channel, in order."""
        return [m["metadata"]["event_payload"]["key"] for m in self.workspace.messages(channel or self.channel)]

    async def post(self, delivery: Delivery) -> Posted | PostLater | PostRefused:
        """Post at noon."""
        return await self.messenger.post(delivery, NOON)

    async def until_done(self, delivery: Delivery) -> Posted | PostRefused:
        """What the desk does: try again, counting attempts, until it is settled."""
        for attempt in range(1, 60):
            answer = await self.post(replace(delivery, attempts=attempt, first_try_at=NOON))
            if not isinstance(answer, PostLater):
                return answer
        raise AssertionError("never settled")


@pytest.fixture
async def edge() -> AsyncIterator[Edge]:
    workspace = Workspace(lambda: NOON)
    await workspace.start()
    user = workspace.add_user("ann")
    channel = workspace.add_channel("news", user, bot=True)
    gateway = Gateway(workspace.tokens.bot, workspace.base_url, timeout=0.4)
    yield Edge(workspace, gateway, SlackMessenger(gateway, Pace(apart=0, look_pause=0)), user, channel)
    await gateway.close()
    await workspace.close()


def page(word: str = "demonstration", rows: int = 1, thread: int = 0) -> Page:
    row = Row(Tone.LINE, (say("label.name", name=Name(word)),))
    below = TextOfRecord("below " * 380)
    quote = Row(Tone.QUOTE, (below.span(0, len(below.body)),))
    return Page("digest", "Etc/UTC", (say("label.name", name=Name(word)),), (row,) * rows, (quote,) * thread)


def delivery(edge: Edge, key: str = "k1", conversation: str = "", **more: Any) -> Delivery:
    return Delivery(key, key, "digest", conversation or edge.channel, page(key, **more), NOON, attempts=1)


async def test_a_post_carries_its_key_its_fallback_and_no_unfurling(edge: Edge) -> None:
    answer = await edge.post(delivery(edge))
    assert isinstance(answer, Posted)
    call = edge.workspace.calls[-1]
    assert call.args["unfurl_links"] is False
    assert call.args["unfurl_media"] is False
    assert call.args["text"] == "k1\nk1"
    assert call.args["metadata"] == {"event_type": "briefing_post", "event_payload": {"key": "k1"}}
    assert "reply_broadcast" not in call.args
    assert edge.workspace.messages(edge.channel)[0]["ts"] == answer.receipt


async def test_what_does_not_fit_stands_in_the_thread_with_keys_of_its_own(edge: Edge) -> None:
    answer = await edge.post(delivery(edge, thread=9))
    assert isinstance(answer, Posted)
    assert edge.keys() == ["k1", "k1#1", "k1#2", "k1#3"]
    assert {m["thread_ts"] for m in edge.workspace.messages(edge.channel)[1:]} == {answer.receipt}


def unthreaded(edge: Edge, lines: int = 60, remark: str = "") -> Delivery:
    """A digest of a conversation that wants no thread, of which one message holds no more than a part."""
    body = TextOfRecord("It stands in the one message or in the next. " * 6)
    quote, name = Row(Tone.QUOTE, (body.span(0, 260),)), say("label.name", name=Name(remark or "line"))
    rows = tuple(row for n in range(lines) for row in (Row(Tone.LINE, (name,), f"l{n}"), quote))
    whole = Page("digest", "Etc/UTC", (say("digest.summary_empty", at=Instant(NOON)),), rows, threads=False)
    return Delivery("k1", "k1", "digest", edge.channel, whole, NOON, attempts=1)


async def test_where_no_thread_is_wanted_the_parts_are_messages_of_the_conversation(edge: Edge) -> None:
    answer = await edge.post(unthreaded(edge))
    assert isinstance(answer, Posted)
    messages = edge.workspace.messages(edge.channel)
    assert edge.keys() == ["k1", "k1#1", "k1#2"]
    assert [m for m in messages if m.get("thread_ts")] == []
    assert [f"part {n} of 3" in m["text"] for n, m in enumerate(messages, 1)] == [False, True, True]
    again = await edge.post(replace(unthreaded(edge), attempts=2, first_try_at=NOON))
    assert again == answer
    assert edge.keys() == ["k1", "k1#1", "k1#2"]


async def test_the_first_part_is_known_of_each_further_one(edge: Edge) -> None:
    await edge.post(replace(delivery(edge), key="k0"))
    posted = await edge.post(unthreaded(edge))
    assert isinstance(posted, Posted)
    other, *parts = [str(m["ts"]) for m in edge.workspace.messages(edge.channel)]
    assert [await edge.gateway.first_part(edge.channel, ts) for ts in parts] == [posted.receipt] * 3
    assert await edge.gateway.first_part(edge.channel, other) == other
    edge.workspace.faults.next("conversations.history", Trouble.ERROR_500)
    assert await edge.gateway.first_part(edge.channel, parts[1]) == parts[1]


async def test_a_part_that_was_lost_is_posted_beside_those_that_are_there(edge: Edge) -> None:
    calls = 0

    def lose_the_third(method: str, _: Mapping[str, Any]) -> Fault | None:
        nonlocal calls
        calls += method == "chat.postMessage"
        return Fault(Trouble.DROP_BEFORE_ACCEPT) if calls == 3 and method == "chat.postMessage" else None

    edge.workspace.faults.choose = lose_the_third
    assert isinstance(await edge.until_done(unthreaded(edge)), Posted)
    assert edge.keys() == ["k1", "k1#1", "k1#2"]


async def test_an_edit_lays_the_parts_anew_and_takes_away_what_is_no_longer_needed(edge: Edge) -> None:
    posted = await edge.post(unthreaded(edge))
    assert isinstance(posted, Posted)
    page = unthreaded(edge, lines=40, remark="now").page
    assert isinstance(await edge.messenger.edit(edge.channel, posted.receipt, page), Posted)
    assert edge.keys() == ["k1", "k1#1"]
    assert all("now" in m["text"] and "line\n" not in m["text"] for m in edge.workspace.messages(edge.channel))


@pytest.mark.parametrize(
    ("trouble", "ambiguous", "there"),
    [
        (Trouble.DROP_AFTER_ACCEPT, True, True),
        (Trouble.DROP_BEFORE_ACCEPT, True, False),
        (Trouble.SLOW, True, True),
        (Trouble.ERROR_500, True, False),
        (Trouble.ERROR_500_AFTER_ACCEPT, True, True),
        (Trouble.HTML, True, False),
        (Trouble.HTML_AFTER_ACCEPT, True, True),
        (Trouble.RATE_LIMITED, False, False),
        (Trouble.RATE_LIMITED_OK, False, False),
    ],
)
async def test_a_broken_call_is_tried_once_and_then_looked_for(
    edge: Edge, trouble: Trouble, ambiguous: bool, there: bool
) -> None:
    edge.workspace.faults.next("chat.postMessage", trouble, seconds=1)
    first = await edge.post(delivery(edge))
    assert isinstance(first, PostLater)
    assert first.ambiguous is ambiguous
    assert first.after > timedelta()
    assert len(edge.keys()) == int(there)
    second = await edge.post(replace(delivery(edge), attempts=2, first_try_at=NOON))
    assert isinstance(second, Posted)
    assert edge.keys() == ["k1"]
    assert second.receipt == edge.workspace.messages(edge.channel)[0]["ts"]


async def test_retry_after_is_heard(edge: Edge) -> None:
    edge.workspace.faults.next("chat.postMessage", Trouble.RATE_LIMITED, seconds=7)
    answer = await edge.post(delivery(edge))
    assert isinstance(answer, PostLater)
    assert answer.after == timedelta(seconds=7)


async def test_a_thread_that_broke_off_is_completed_without_doubles(edge: Edge) -> None:
    calls = 0

    def break_the_third(method: str, _: Mapping[str, Any]) -> Fault | None:
        nonlocal calls
        calls += method == "chat.postMessage"
        return Fault(Trouble.DROP_AFTER_ACCEPT) if calls == 3 and method == "chat.postMessage" else None

    edge.workspace.faults.choose = break_the_third
    assert isinstance(await edge.until_done(delivery(edge, thread=9)), Posted)
    assert sorted(edge.keys()) == ["k1", "k1#1", "k1#2", "k1#3"]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("not_in_channel", "invite"),
        ("channel_not_found", "invite"),
        ("is_archived", "archived"),
        ("account_inactive", "install"),
        ("token_revoked", "SLACK_BOT_TOKEN"),
        ("invalid_auth", "SLACK_BOT_TOKEN"),
        ("msg_blocks_too_long", "longer"),
        ("invalid_blocks", "blocks"),
        ("restricted_action", "administrator"),
        ("some_new_error", "refused"),
    ],
)
async def test_a_refusal_ends_a_delivery_with_words_for_the_operator(edge: Edge, code: str, words: str) -> None:
    edge.workspace.faults.next("chat.postMessage", Trouble.REFUSED, code=code)
    answer = await edge.post(delivery(edge))
    assert isinstance(answer, PostRefused)
    assert answer.reason.startswith(code)
    assert words in answer.reason


async def test_the_workspace_itself_refuses_what_slack_refuses(edge: Edge) -> None:
    outside = edge.workspace.add_channel("outside", edge.user)
    hidden = edge.workspace.add_channel("hidden", edge.user, private=True)
    old = edge.workspace.add_channel("old", edge.user, bot=True)
    edge.workspace.archive(old)
    reasons = []
    for channel in (outside, hidden, old, "C404"):
        answer = await edge.post(delivery(edge, conversation=channel))
        assert isinstance(answer, PostRefused)
        reasons.append(answer.reason.partition(":")[0])
    assert reasons == ["not_in_channel", "channel_not_found", "is_archived", "channel_not_found"]


async def test_a_thread_that_is_refused_goes_to_the_channel(edge: Edge) -> None:
    def refuse_threads(method: str, args: Mapping[str, Any]) -> Fault | None:
        threaded = method == "chat.postMessage" and args.get("thread_ts")
        return Fault(Trouble.REFUSED, code="restricted_action_non_threadable_channel") if threaded else None

    edge.workspace.faults.choose = refuse_threads
    assert isinstance(await edge.post(delivery(edge, thread=9)), Posted)
    assert edge.keys() == ["k1", "k1#1", "k1#2", "k1#3"]


async def test_where_history_cannot_be_read_nothing_is_posted_a_second_time(edge: Edge) -> None:
    edge.workspace.faults.next("conversations.history", Trouble.REFUSED, code="missing_scope")
    edge.workspace.faults.next("conversations.history", Trouble.ERROR_500)
    again = replace(delivery(edge), attempts=2, first_try_at=NOON)
    assert isinstance(await edge.post(again), PostRefused)
    later = await edge.post(again)
    assert isinstance(later, PostLater)
    assert later.ambiguous
    assert edge.keys() == []


async def test_a_user_is_posted_to_in_the_direct_message(edge: Edge) -> None:
    assert isinstance(await edge.post(delivery(edge, conversation=edge.user)), Posted)
    again = replace(delivery(edge, conversation=edge.user), attempts=2, first_try_at=NOON)
    assert isinstance(await edge.post(again), Posted)
    assert edge.keys(edge.workspace.direct(edge.user)) == ["k1"]


async def test_an_edit_replaces_the_message_and_its_thread(edge: Edge) -> None:
    posted = await edge.post(delivery(edge, thread=5))
    assert isinstance(posted, Posted)
    before = len(edge.keys())
    edited = await edge.messenger.edit(edge.channel, posted.receipt, page("other", thread=9))
    assert edited == posted
    texts = [m["text"] for m in edge.workspace.messages(edge.channel)]
    assert texts[0] == "other\nother"
    assert len(texts) > before
    assert edge.keys() == ["k1", *(f"k1#{n}" for n in range(1, len(texts)))]
    assert isinstance(await edge.messenger.edit(edge.channel, "1.0", page("other")), PostRefused)


async def test_posts_to_one_conversation_keep_apart_and_others_do_not_wait(edge: Edge) -> None:
    slept: list[float] = []
    now = 100.0

    async def sleep(seconds: float) -> None:
        nonlocal now
        slept.append(round(seconds, 3))
        now += seconds

    pace = Pace(apart=1.0, look_pause=0, sleep=sleep, monotonic=lambda: now)
    messenger = SlackMessenger(edge.gateway, pace)
    other = edge.workspace.add_channel("other", bot=True)
    for n in range(3):
        await messenger.post(delivery(edge, f"k{n}"), NOON)
    await messenger.post(delivery(edge, "o1", other), NOON)
    assert slept == [1.0, 1.0]


async def test_the_pace_satisfies_a_workspace_that_enforces_it(edge: Edge) -> None:
    edge.workspace.faults.paced = True
    messenger = SlackMessenger(edge.gateway, Pace(apart=1.0, look_pause=0))
    answers = await asyncio.gather(*(messenger.post(delivery(edge, f"k{n}"), NOON) for n in range(3)))
    assert all(isinstance(answer, Posted) for answer in answers)
    assert edge.keys() == ["k0", "k1", "k2"]


@pytest.mark.parametrize("seed", [1, 2])
async def test_of_150_posts_with_faults_none_is_lost_and_none_doubled(edge: Edge, seed: int) -> None:
    chance = random.Random(seed)
    troubles = [t for t in Trouble if t not in {Trouble.REFUSED, Trouble.SLOW}]
    met: Counter[Trouble] = Counter()

    def trouble(method: str, _: Mapping[str, Any]) -> Fault | None:
        if chance.random() > (0.45 if method == "chat.postMessage" else 0.15):
            return None
        chosen = Trouble.SLOW if chance.random() < 0.04 else chance.choice(troubles)
        met[chosen] += 1
        return Fault(chosen, seconds=0.7)

    channels = [edge.channel, *(edge.workspace.add_channel(f"c{n}", bot=True) for n in range(5))]
    wanted = [delivery(edge, f"key-{n}", channels[n % 6], thread=4 * (n % 10 == 0)) for n in range(150)]
    edge.workspace.faults.choose = trouble
    answers = await asyncio.gather(*(edge.until_done(d) for d in wanted))
    assert all(isinstance(answer, Posted) for answer in answers)
    there = Counter(key for channel in channels for key in edge.keys(channel))
    print(f"\n150 deliveries, {sum(there.values())} messages, {met.total()} faults: {dict(met)}")
    assert set(there.values()) == {1}
    assert {key for key in there if "#" not in key} == {d.key for d in wanted}
    receipts = {a.receipt for a in answers if isinstance(a, Posted)}
    assert len(receipts) == 150
    assert met.total() > 100

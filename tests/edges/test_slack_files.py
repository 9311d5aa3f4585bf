"""Promises of files below a message, against a loopback Slack: each file once, whatever happens to the calls; what
cannot be sent is not announced; what is refused is said.
"""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.local.faults import Fault, Trouble
from bot.local.workspace import Workspace
from bot.slack.gateway import Gateway
from bot.slack.messenger import Pace, SlackMessenger
from digests.frames import say
from digests.model import Delivery, File, Lane, Mark, Name, Page, Picture, Row, Sign, Timeline, Tone
from digests.ports import Posted, PostLater, PostRefused

NOON = datetime(2025, 11, 26, 12, 0, tzinfo=UTC)
HEAD = say("label.name", name=Name("a <!channel> & b"))
LANE = Lane(HEAD, (Mark(date(2025, 11, 25), Sign.SAID, 1),))
CHART = Timeline(HEAD, (), date(2025, 11, 25), date(2025, 11, 26), (LANE,), (), (), (), HEAD)
STEPS = ("files.getUploadURLExternal", "chat.postMessage", "files.completeUploadExternal")


@dataclass
class Edge:
    """A workspace with a channel and a person, and a messenger connected to it."""

    workspace: Workspace
    messenger: SlackMessenger
    user: str
    channel: str

    def files(self, conversation: str = "") -> list[dict[str, Any]]:
        """The files that stand in a conversation, each as often as it is shown."""
        return [f for m in self.workspace.messages(conversation or self.channel) for f in m.get("files", ())]

    async def until_done(self, delivery: Delivery) -> Posted | PostRefused:
        """What the desk does: try again, counting attempts, until it is settled."""
        for attempt in range(1, 60):
            answer = await self.messenger.post(replace(delivery, attempts=attempt, first_try_at=NOON), NOON)
            if not isinstance(answer, PostLater):
                return answer
        raise AssertionError("never settled")

    @property
    def direct(self) -> str:
        """The person's direct message."""
        return self.workspace.state.direct(self.user).id


async def drawn(picture: Picture, zone: str) -> bytes | None:
    """What a drawn picture is to Slack: bytes."""
    return f"{type(picture).__name__} in {zone}".encode()


@pytest.fixture
async def edge() -> AsyncIterator[Edge]:
    workspace = Workspace(lambda: NOON)
    await workspace.start()
    user = workspace.add_user("ann")
    channel = workspace.add_channel("news", user, bot=True)
    gateway = Gateway(workspace.tokens.bot, workspace.base_url, timeout=0.4)
    yield Edge(workspace, SlackMessenger(gateway, Pace(apart=0, look_pause=0), draw=drawn), user, channel)
    await gateway.close()
    await workspace.close()


TABLE = File("statements.csv", HEAD, text="a,b\r\n1,Привіт\r\n")
PICTURE = File("timeline.png", HEAD, picture=CHART, alt=(HEAD, HEAD))


def delivery(key: str, conversation: str, *files: File) -> Delivery:
    page = Page("export", "Etc/UTC", (HEAD,), (Row(Tone.TITLE, (HEAD,)),), files=files or (TABLE,))
    return Delivery(key, key, "answer", conversation, page, NOON, attempts=1)


async def test_a_file_for_one_person_stands_in_his_direct_message_below_the_sentence_that_announces_it(
    edge: Edge,
) -> None:
    assert isinstance(await edge.until_done(delivery("k1", f"@{edge.user}")), Posted)
    message, shared = edge.workspace.messages(edge.direct)
    assert message["metadata"]["event_payload"]["key"] == "k1"
    [file] = shared["files"]
    assert "thread_ts" not in shared
    assert file["name"].startswith("statements-")
    assert file["name"].endswith(".csv")
    assert edge.workspace.files.kept[file["id"]].content == TABLE.text.encode()
    assert edge.files() == []


async def test_a_file_that_is_shared_stands_in_the_thread_of_its_message(edge: Edge) -> None:
    done = await edge.until_done(delivery("k1", edge.channel))
    assert isinstance(done, Posted)
    assert edge.workspace.messages(edge.channel)[1]["thread_ts"] == done.receipt
    assert len(edge.files()) == 1


async def test_the_sentence_beside_a_file_is_escaped(edge: Edge) -> None:
    await edge.until_done(delivery("k1", edge.channel))
    said = edge.workspace.messages(edge.channel)[1]["text"]
    assert "a &lt;!channel&gt; &amp; b · ref " in said


async def test_a_picture_is_drawn_when_it_is_posted_and_says_what_it_shows(edge: Edge) -> None:
    await edge.until_done(delivery("k1", edge.channel, PICTURE, TABLE))
    picture, table = edge.files()
    assert edge.workspace.files.kept[picture["id"]].content == b"Timeline in Etc/UTC"
    assert picture["alt_txt"] == "a <!channel> & b a <!channel> & b"
    assert picture["mimetype"] == "image/png"
    assert table["name"] != picture["name"]


async def test_a_picture_that_cannot_be_drawn_leaves_the_text_and_a_sentence(edge: Edge) -> None:
    gateway = Gateway(edge.workspace.tokens.bot, edge.workspace.base_url)
    blind = SlackMessenger(gateway, Pace(apart=0, look_pause=0))
    assert isinstance(await blind.post(delivery("k1", edge.channel, PICTURE), NOON), Posted)
    [message] = edge.workspace.messages(edge.channel)
    assert "1 picture could not be drawn; what stands here says the same" in message["text"]
    assert edge.files() == []
    await gateway.close()


@pytest.mark.parametrize("where", ["direct", "channel"])
@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("trouble", sorted(set(Trouble) - {Trouble.REFUSED}))
async def test_a_broken_step_neither_loses_a_file_nor_doubles_it(
    edge: Edge, where: str, step: str, trouble: Trouble
) -> None:
    edge.workspace.faults.next(step, trouble, seconds=1)
    conversation = f"@{edge.user}" if where == "direct" else edge.channel
    assert isinstance(await edge.until_done(delivery("k1", conversation, TABLE, PICTURE)), Posted)
    place = edge.direct if where == "direct" else edge.channel
    assert sorted(f["mimetype"] for f in edge.files(place)) == ["image/png", "text/csv"]
    assert len([m for m in edge.workspace.messages(place) if "metadata" in m]) == 1


async def test_fifty_files_with_random_faults_arrive_once_each(edge: Edge) -> None:
    trouble = random.Random(20251126)

    def choose(method: str, _: Mapping[str, Any]) -> Fault | None:
        if method in STEPS and trouble.random() < 0.3:
            return Fault(trouble.choice(sorted(set(Trouble) - {Trouble.REFUSED, Trouble.SLOW})))
        return None

    edge.workspace.faults.choose = choose
    places = [edge.channel, f"@{edge.user}"]
    for n in range(50):
        assert isinstance(await edge.until_done(delivery(f"k{n}", places[n % 2])), Posted)
        await asyncio.sleep(0)
    names = Counter(f["name"] for place in (edge.channel, edge.direct) for f in edge.files(place))
    assert len(names) == 50
    assert set(names.values()) == {1}


async def test_a_second_process_finds_what_the_first_one_had_shared(edge: Edge) -> None:
    edge.workspace.faults.next("files.completeUploadExternal", Trouble.DROP_AFTER_ACCEPT)
    first = await edge.messenger.post(delivery("k1", edge.channel), NOON)
    assert isinstance(first, PostLater)
    assert first.ambiguous
    gateway = Gateway(edge.workspace.tokens.bot, edge.workspace.base_url)
    other = SlackMessenger(gateway, Pace(apart=0, look_pause=0), draw=drawn)
    again = replace(delivery("k1", edge.channel), attempts=2, first_try_at=NOON)
    assert isinstance(await other.post(again, NOON), Posted)
    assert len(edge.files()) == 1
    await gateway.close()


async def test_what_may_not_be_sent_is_not_announced(edge: Edge) -> None:
    edge.workspace.faults.next("files.getUploadURLExternal", Trouble.REFUSED, code="missing_scope")
    refused = await edge.until_done(delivery("k1", edge.channel))
    assert isinstance(refused, PostRefused)
    assert "missing_scope: the app lacks a permission: install it again with config/manifest.yaml" in refused.reason
    assert edge.workspace.messages(edge.channel) == []


async def test_what_is_refused_after_it_was_announced_is_said_below_it(edge: Edge) -> None:
    edge.workspace.faults.next("files.completeUploadExternal", Trouble.REFUSED, code="file_not_found")
    assert isinstance(await edge.until_done(delivery("k1", edge.channel)), PostRefused)
    message, said = edge.workspace.messages(edge.channel)
    assert said["thread_ts"] == message["ts"]
    assert "The file that belongs here was refused: file_not_found" in said["text"]

"""Ids become names where Slack is, and private channels stay what they are."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from bot.local.workspace import Workspace
from bot.slack.called import called
from bot.slack.gateway import Gateway
from bot.slack.messenger import Pace, SlackMessenger
from digests.frames import say
from digests.model import Delivery, Instant, Name, Page, Row, Tone

NOON = datetime(2025, 12, 3, 12, tzinfo=UTC)


@pytest.fixture
async def workspace() -> AsyncIterator[Workspace]:
    made = Workspace(lambda: NOON)
    await made.start()
    yield made
    await made.close()


@pytest.fixture
async def gateway(workspace: Workspace) -> AsyncIterator[Gateway]:
    made = Gateway(workspace.tokens.bot, workspace.base_url)
    yield made
    await made.close()


def a_page(*names: str) -> Page:
    """A page that was asked for by nobody, and names an instant and ids."""
    rows = [Row(Tone.META, (say("settings.changed", who=Name(name), at=Instant(NOON)),)) for name in names]
    return Page("notice", "Etc/UTC", (say("conduct.paused", where=Name(names[0])),), tuple(rows))


async def test_people_and_public_channels_are_named_and_private_ones_are_not(
    workspace: Workspace, gateway: Gateway
) -> None:
    ann = workspace.add_user("ann <!channel> *x*", "Europe/Kyiv")
    news = workspace.add_channel("news", ann)
    hidden = workspace.add_channel("hidden", ann, private=True, bot=True)
    page = await called(a_page(ann, news, hidden, "U0NOBODY00", "config"), gateway)
    told = [slot.text for row in page.rows for p in row.pieces for _, slot in p.slots if isinstance(slot, Name)]  # type: ignore[union-attr]
    assert told == ["ann <!channel> *x*", "#news", hidden, "U0NOBODY00", "config"]


async def test_a_message_to_one_person_names_people_and_tells_the_time_as_he_reads_it(
    workspace: Workspace, gateway: Gateway
) -> None:
    ann = workspace.add_user("ann <!channel> *x*", "Europe/Kyiv")
    messenger = SlackMessenger(gateway, Pace(0, 0))
    await messenger.post(Delivery("k", "k", "notice", f"@{ann}", a_page(ann), due_at=NOON), NOON)
    [posted] = workspace.messages(workspace.direct(ann))
    assert "ann &lt;!channel&gt; *x*" in posted["text"]
    assert "14:00" in posted["text"]
    assert ann not in posted["text"]


async def test_every_id_of_a_list_is_named(workspace: Workspace, gateway: Gateway) -> None:
    ann, bob = workspace.add_user("ann"), workspace.add_user("bob")
    who = say("report.who", who=(Name(ann), Name("U0NOBODY00"), Name(bob)))
    page = await called(Page("notice", "Etc/UTC", (who,), (Row(Tone.META, (who,)),)), gateway)
    assert page.summary == (say("report.who", who=(Name("ann"), Name("U0NOBODY00"), Name("bob"))),)


async def test_a_long_list_is_named_to_its_end_and_asked_for_once(workspace: Workspace, gateway: Gateway) -> None:
    ann = workspace.add_user("ann")
    channels = [workspace.add_channel(f"talks-{n}", ann) for n in range(45)]
    for _ in range(2):
        page = await called(a_page(*channels), gateway)
        told = [slot.text for row in page.rows for p in row.pieces for _, slot in p.slots if isinstance(slot, Name)]  # type: ignore[union-attr]
        assert told == [f"#talks-{n}" for n in range(45)]
    asked = [c for c in workspace.calls if c.method == "conversations.info"]
    assert len(asked) == 45

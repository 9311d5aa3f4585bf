"""Doctor: one finding a part, each fault with its remedy, and nobody is shown anything by it."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot import checkup, forms
from bot.app import Parts, open_desk, wall_clock
from bot.checkup import Finding
from bot.local import limits
from bot.local.faults import Fault, Trouble
from bot.local.workspace import Workspace
from bot.settings import read
from bot.slack import Access, examine
from bot.slack.blocks import Message
from bot.specimens import Specimen, specimens
from config import Config
from digests.desk.newsroom import silent_notes
from digests.model import Delivery, DeliveryState, Page
from digests.ports import FeedState, Pause
from tests.edges.slack_stage import APP
from tests.scenarios.conftest import DAILY_CHANNEL, LoopbackSlack

NEEDS_NO_TOKEN = "blocks.validate"
TABLE = Message(
    ({"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]]},),
    "x",
    simple=Message(({"type": "divider"},), "x"),
)
PLAIN = Message(({"type": "divider"},), "x")
LONG: dict[str, Any] = {"type": "home", "blocks": [{"type": "divider"}] * 101}


def environment(slack: LoopbackSlack, **more: str) -> dict[str, str]:
    """Variables with which a bot runs against this workspace."""
    tokens = slack.workspace.tokens
    tokens.bot, tokens.app = "xoxb-loopback-0000000001", "xapp-loopback-0000000001"
    return {
        "SLACK_BOT_TOKEN": tokens.bot,
        "SLACK_APP_TOKEN": tokens.app,
        "SLACK_API_URL": slack.workspace.base_url,
    } | more


async def findings(config: Config, folder: Path, environ: Mapping[str, str], *, quick: bool = False) -> list[Finding]:
    return await checkup.examine(config, read(environ), f"sqlite:///{folder}/brief.db", quick=quick)


async def test_all_is_well_where_all_is_and_nobody_is_shown_anything(
    shipped: Config, tmp_path: Path, slack: LoopbackSlack
) -> None:
    found = await findings(shipped, tmp_path, environment(slack, BRIEF_CHANNEL=DAILY_CHANNEL))
    assert [(f.part, f.what, f.remedy) for f in found if not f.ok] == []
    said = {f.part: f.what for f in found}
    assert re.fullmatch(r"Slack takes all \d{2,3} kinds of message, form and Home tab", said["slack blocks"])
    assert said["digest daily"] == f"goes to #{DAILY_CHANNEL.lower()}"
    judged = [call for call in slack.workspace.calls if call.method == NEEDS_NO_TOKEN]
    assert len(judged) > 60
    shown = {call.method for call in slack.workspace.calls}
    assert shown <= {
        "auth.test", "apps.connections.open", "conversations.list", "conversations.info", NEEDS_NO_TOKEN,
    }  # fmt: skip


async def test_there_is_a_specimen_of_everything_that_slack_is_handed(shipped: Config) -> None:
    made = await specimens(shipped)
    assert {s.name.removesuffix(", below") for s in made} >= {
        *(f"posted {kind}" for kind in ("digest", "alert", "correction", "edit", "note", "notice")),
        *(f"form {name}" for name in forms.FORMS),
        *("card, waiting", "card evidence", "card untold", "card footnote", "card review"),
        *("home", "greeting", "trouble", "misunderstood", "review"),
        *("digest", "position", "grid", "diff", "baseline", "evidence", "footnote", "untold", "search", "quote"),
        *("help", "notice", "settings", "sources", "status", "quality", "timeline", "export"),
    }
    types = {block["type"] for s in made for block in _blocks(s)}
    assert types == {"header", "rich_text", "context", "actions", "divider", "table", "input"}
    elements = {e["type"] for s in made for b in _blocks(s) if b["type"] == "actions" for e in b["elements"]}
    assert elements == {"button", "static_select"}
    for specimen in made:
        assert _problems(specimen) == [], specimen.name
        assert len(json.dumps(_blocks(specimen))) < 30_000, specimen.name


def _blocks(specimen: Specimen) -> list[dict[str, Any]]:
    shown = specimen.shown
    return list(shown.blocks) if isinstance(shown, Message) else shown["blocks"]


def _problems(specimen: Specimen) -> list[object]:
    shown = specimen.shown
    return [*(limits.of_blocks(list(shown.blocks)) if isinstance(shown, Message) else limits.of_view(shown))]


# --- Slack ------------------------------------------------------------------------------------------------------------


async def judged(workspace: Workspace, *made: tuple[str, Message | dict[str, Any]]) -> tuple[str, bool, str, str]:
    """The last finding about the workspace: that of the blocks."""
    access = Access.to(workspace.base_url, workspace.tokens.bot, workspace.tokens.app)
    return (await examine(access, APP, specimens=made))[-1]


async def test_what_slack_would_refuse_is_named_with_its_place(slack: LoopbackSlack) -> None:
    part, well, what, remedy = await judged(slack.workspace, ("home", LONG), ("digest", PLAIN))
    assert (part, well) == ("slack blocks", False)
    assert what.startswith("Slack refuses 1 of 2: home /blocks ")
    assert remedy


async def test_a_workspace_without_tables_is_no_fault_since_they_are_shown_as_rows(slack: LoopbackSlack) -> None:
    def choose(method: str, args: Mapping[str, Any]) -> Fault | None:
        refused = method == NEEDS_NO_TOKEN and '"table"' in str(args.get("message"))
        return Fault(Trouble.REFUSED, code="invalid_message") if refused else None

    slack.workspace.faults.choose = choose
    _, well, what, _ = await judged(slack.workspace, ("grid", TABLE), ("digest", PLAIN))
    assert well
    assert what.endswith("tables are shown as rows here (grid)")


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (Fault(Trouble.RATE_LIMITED, 30), "not all looked at (digest): ratelimited"),
        (Fault(Trouble.REFUSED, code="unknown_method"), "not all looked at (digest): unknown_method"),
        (Fault(Trouble.DROP_BEFORE_ACCEPT), "not all looked at (digest): no answer from Slack"),
        (Fault(Trouble.HTML), "not all looked at (digest): Slack is unwell"),
    ],
)
async def test_what_could_not_be_looked_at_is_not_called_well(slack: LoopbackSlack, fault: Fault, said: str) -> None:
    slack.workspace.faults.choose = lambda method, _args: fault if method == NEEDS_NO_TOKEN else None
    _, well, what, remedy = await judged(slack.workspace, ("digest", PLAIN))
    assert not well
    assert what.startswith(said)
    assert remedy


async def test_a_digest_that_can_go_nowhere_is_named(slack: LoopbackSlack) -> None:
    workspace = slack.workspace
    ann = workspace.add_user("ann")
    elsewhere = workspace.add_channel("elsewhere", ann)
    archived = workspace.add_channel("archived", ann, bot=True)
    workspace.state.conversations[archived].archived = True
    places = {"a": DAILY_CHANNEL, "b": elsewhere, "c": archived, "d": "C0NOWHERE0"}
    access = Access.to(workspace.base_url, workspace.tokens.bot, workspace.tokens.app)
    found = {part: (well, what) for part, well, what, _ in await examine(access, APP, digests=places.items())}
    assert found["digest a"] == (True, f"goes to #{DAILY_CHANNEL.lower()}")
    assert found["digest b"] == (False, "the bot is not in #elsewhere")
    assert found["digest c"] == (False, "#archived is archived")
    assert found["digest d"][1].startswith("C0NOWHERE0: channel_not_found: the channel does not exist or is private")


async def test_where_slack_is_away_every_part_says_so(slack: LoopbackSlack) -> None:
    access = Access.to("http://127.0.0.1:9/api/", "xoxb-1", "xapp-1")
    found = await examine(access, APP, digests=[("daily", DAILY_CHANNEL)], specimens=[("digest", PLAIN)])
    assert {part for part, well, _, _ in found if not well} == {
        "slack bot token", "slack app token", "slack channels", "digest daily", "slack blocks",
    }  # fmt: skip
    assert all(remedy.startswith("try again") for _, well, _, remedy in found if not well)


# --- what the database knows ------------------------------------------------------------------------------------------


async def test_what_failed_and_what_is_paused_is_named(shipped: Config, tmp_path: Path) -> None:
    now = wall_clock()
    async with open_desk(shipped, f"sqlite:///{tmp_path}/brief.db", Parts(notes=silent_notes)) as desk:
        store = desk.room.store
        for feed, failing in (("bbc-world", now), ("tass-en", None)):
            state = FeedState(feed, last_ok_at=None if failing else now, failing_since=failing)
            await store.save_feed_state(state, now, ok=failing is None)
        page = Page("notice", "UTC", (), ())
        await store.enqueue(Delivery("d1", "d1", "notice", "C0DAILY00", page, due_at=now - timedelta(hours=1)))
        [claimed] = await store.claim(now, 5, timedelta(minutes=1))
        await store.settle(replace(claimed, state=DeliveryState.FAILED, note="the channel is archived"))
        await store.pause(Pause("C0DAILY00", "the channel is archived", now, "conversation"), [])
    found = {f.part: f for f in await findings(shipped, tmp_path, {"BRIEF_CHANEL": "C0DAILY00"}, quick=True)}
    wrong = {part: (f.what, f.remedy) for part, f in found.items() if not f.ok}
    assert wrong["feeds"] == ("failing: bbc-world", "see `python -m bot poll --feed ID` for the reason")
    assert wrong["outbox"] == ("deliveries that failed in 24 hours: 1", "the channel is archived")
    assert wrong["conversations"][0] == "taking no messages: C0DAILY00: the channel is archived"
    assert wrong["environment"] == (
        "BRIEF_CHANEL is set and read by nobody",
        wrong["environment"][1],
    )
    assert "BRIEF_CHANNEL" in wrong["environment"][1]
    assert set(wrong) == {"feeds", "outbox", "conversations", "environment"}


async def test_feeds_that_were_never_read_and_fail_are_no_feeds_still_to_read(shipped: Config, tmp_path: Path) -> None:
    now = wall_clock()
    async with open_desk(shipped, f"sqlite:///{tmp_path}/brief.db", Parts(notes=silent_notes)) as desk:
        await desk.room.store.save_feed_state(FeedState("bbc-world", failing_since=now), now, ok=False)
    [feeds] = [f for f in await findings(shipped, tmp_path, {}, quick=True) if f.part == "feeds"]
    assert not feeds.ok
    assert feeds.what == "failing: bbc-world"


async def test_a_database_that_is_not_there_is_named_and_not_made(shipped: Config, tmp_path: Path) -> None:
    mistyped = tmp_path / "daat" / "brief.db"
    found = await checkup.examine(shipped, read({}), f"sqlite:///{mistyped}", quick=True)
    [database] = [f for f in found if f.part == "database"]
    assert database.ok, "before the first run there is none"
    assert database.what == f"none yet at {mistyped}; the first run makes its folder and it"
    assert database.remedy
    assert list(tmp_path.iterdir()) == []


async def test_a_database_that_cannot_be_used_is_named(shipped: Config, tmp_path: Path) -> None:
    (tmp_path / "brief.db").write_text("this is no database " * 100)
    [found] = [f for f in await findings(shipped, tmp_path, {}, quick=True) if not f.ok]
    assert found.part == "database"
    assert found.remedy
    (tmp_path / "brief.db").unlink()
    with sqlite3.connect(tmp_path / "brief.db") as connection:
        connection.execute("CREATE TABLE alembic_version (version_num TEXT)")
        connection.execute("INSERT INTO alembic_version VALUES ('9999')")
    connection.close()
    [newer] = [f for f in await findings(shipped, tmp_path, {}, quick=True) if not f.ok]
    assert newer.part == "database"
    assert newer.remedy

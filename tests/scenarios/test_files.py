"""Files that people ask for, through a real desk, a real store and a loopback Slack: what is in them, who gets them."""

from __future__ import annotations

import asyncio
import csv
import io
import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.app import Parts, open_desk
from bot.local.faults import Trouble
from bot.slack.blocks import escape
from config import Config
from digests import sheets
from digests.desk.newsroom import silent_notes
from digests.desk.share import Shared
from digests.exports import COLUMNS
from digests.frames import say
from digests.model import DeliveryState, Page
from tests.scenarios.conftest import DAILY_CHANNEL, LoopbackSlack
from tests.scenarios.test_alerts import NOON
from tests.scenarios.test_dialogues import Talk, talking


@pytest.fixture
async def talk(tmp_path: Path, shipped: Config) -> AsyncIterator[Talk]:
    async with talking(shipped, tmp_path) as made:
        yield made


def sent(talk: Talk, where: str = "") -> list[tuple[dict[str, Any], str]]:
    """The files of a conversation, by default of the person's direct message, with their text."""
    workspace = talk.stage.workspace
    conversation = where or workspace.state.direct(talk.stage.person).id
    found = [f for m in workspace.messages(conversation) for f in m.get("files", ())]
    texts = [f for f in found if not f["name"].endswith(".png")]
    return [(f, (workspace.files.kept[f["id"]].content or b"").decode()) for f in texts]


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix(sheets.MARK), newline="")))


async def test_every_row_can_be_checked_against_the_text_that_it_names(talk: Talk) -> None:
    await talk.says("/brief export csv")
    [(_, text)] = sent(talk)
    made = rows(text)
    assert tuple(made[0]) == COLUMNS
    texts = {t.sha: t.body for r in talk.stage.desk.room.recorded.values() for t in r.article.texts.values()}
    texts |= {t.sha: t.body for t in talk.stage.desk.room.watching.baseline.article.texts.values()}
    for row in made:
        words = texts[row["text_sha256"]][int(row["start"]) : int(row["end"])]
        assert row["words"] in {words, "'" + words}
    verdicts = {row["verdict"] for row in made}
    assert "baseline" in verdicts
    assert "new" in verdicts


async def test_the_three_forms_hold_the_same_statements(talk: Talk) -> None:
    for form in sheets.FORMS:
        await talk.says(f"/brief export {form} actor:russia")
    [(_, table), (_, document), (_, page)] = sent(talk)
    ids = [row["statement_id"] for row in rows(table)]
    assert ids
    assert ids == [row["statement_id"] for row in json.loads(document)["rows"]]
    assert page.count("\n## ") == len(ids)
    assert all(identity in page for identity in ids)


async def test_filters_add_up_and_a_member_speaks_for_its_party(talk: Talk) -> None:
    await talk.says("/brief export json actor:ukraine issue:territory since:2025-12-03")
    [(_, text)] = sent(talk)
    made = json.loads(text)
    assert made["filters"] == "actor:ukraine issue:territory"
    assert made["since"] == "2025-12-02T23:00:00Z"
    assert {(row["actor"], "territory" in row["issues"].split()) for row in made["rows"]} == {("ukraine", True)}
    assert all(row["seen_at"] > "2025-12-02T23:00:00Z" for row in made["rows"])


async def test_a_file_is_for_its_asker_alone_unless_it_is_shared(talk: Talk) -> None:
    answer = await talk.says("/brief export csv actor:russia")
    assert "Sent to you in a direct message" in answer.text
    assert sent(talk, talk.stage.channel) == []
    assert len(sent(talk)) == 1
    shared = await talk.presses(answer, "Share")
    assert "Posted in this conversation" in shared.text
    assert len(sent(talk, talk.stage.channel)) == 1
    assert len(sent(talk)) == 1


async def test_a_file_holds_no_more_than_it_may_and_says_what_is_not_in_it(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await talk.says("/brief export json")
    everything = json.loads(sent(talk)[-1][1])["rows"]
    for bound, value in (("MOST_CHARACTERS", 2500), ("MOST_ROWS", 3)):
        with monkeypatch.context() as patched:
            patched.setattr(f"digests.desk.export.{bound}", value)
            for form in sheets.FORMS:
                answer = await talk.says(f"/brief export {form}")
                assert f"of {len(everything)}; narrow it by actor:" in answer.text
            [(_, table), (_, document), _] = sent(talk)[-3:]
        kept = json.loads(document)["rows"]
        assert kept == everything[: len(kept)]
        assert 0 < len(kept) <= 3
        assert [row["statement_id"] for row in rows(table)] == [
            row["statement_id"] for row in everything[: len(rows(table))]
        ]


async def test_a_file_outlives_a_bad_minute_and_comes_once(talk: Talk) -> None:
    talk.stage.workspace.faults.next("files.completeUploadExternal", Trouble.DROP_AFTER_ACCEPT)
    answer = await talk.says("/brief export csv")
    assert "It is sent to you in a direct message as soon as Slack takes it" in answer.text
    for _ in range(3):
        talk.clock.now = talk.clock.now.replace(minute=talk.clock.now.minute + 1)
        await talk.stage.desk.tick(talk.clock.now)
    assert len(sent(talk)) == 1
    [delivery] = await talk.stage.desk.room.store.deliveries(kind="answer")
    assert delivery.state is DeliveryState.SENT


async def test_an_app_without_the_permission_says_which_and_what_to_do(talk: Talk) -> None:
    talk.stage.workspace.faults.next("files.getUploadURLExternal", Trouble.REFUSED, code="missing_scope")
    answer = await talk.says("/brief export csv")
    assert "It could not be sent to you: the app lacks a permission" in answer.text
    assert sent(talk) == []
    assert "EXPORT" in (await talk.says("/brief export csv")).text
    assert len(sent(talk)) == 1


# --- pictures -------------------------------------------------------------------------------------------------------


async def test_a_timeline_comes_as_a_picture_with_its_description_and_as_a_table(talk: Talk) -> None:
    answer = await talk.says("/brief timeline russia")
    await talk.presses(answer, "As a table")
    await arrived(talk, 2)
    picture, (_, table) = pictures(talk)[0], sent(talk)[-1]
    assert picture["mimetype"] == "image/png"
    assert "TIMELINE · Russia" in picture["alt_txt"]
    assert "foreign troops" in picture["alt_txt"]
    made = rows(table)
    assert [row["day"] for row in made if row["issue"] == "foreign-troops"] == ["2025-12-03"]
    assert made[0]["sign"] == "new"
    assert all(escape(row["words"]) in answer.text for row in made if row["note"])


async def test_the_board_comes_as_a_picture_by_a_button(talk: Talk) -> None:
    answer = await talk.says("/position all")
    assert pictures(talk) == []
    pressed = await talk.presses(answer, "Picture")
    assert "ent to you in a direct message" in pressed.text
    await arrived(talk, 1)
    [picture] = pictures(talk)
    assert "Ukraine: territory" in picture["alt_txt"]


async def test_where_nothing_can_be_drawn_the_text_comes_with_a_sentence(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.pictures.sys.executable", "/nowhere/python")
    answer = await talk.says("/brief timeline russia")
    assert "Sent to you in a direct message" in answer.text
    workspace = talk.stage.workspace
    [message] = workspace.messages(workspace.state.direct(talk.stage.person).id)
    assert "1 picture could not be drawn; what stands here says the same" in message["text"]
    assert "foreign troops" in message["text"]


async def test_an_answer_does_not_wait_for_a_slow_picture_and_a_refusal_is_told_later(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.slack.reception.PATIENCE", 0.001)
    workspace = talk.stage.workspace
    workspace.faults.next("files.getUploadURLExternal", Trouble.REFUSED, code="missing_scope")
    answer = await talk.says("/brief timeline russia")
    assert "It is sent to you in a direct message as soon as Slack takes it" in answer.text
    async with asyncio.timeout(60):
        told = "It could not be sent to you: the app lacks a permission"
        while not any(told in str(w.message) for w in workspace.state.whispers):
            await asyncio.sleep(0.05)
    await talk.says("/brief timeline russia")
    await arrived(talk, 1)
    assert len(pictures(talk)) == 1


async def arrived(talk: Talk, files: int) -> None:
    """Wait until so many files stand in the person's direct message: a busy machine draws slowly."""
    workspace = talk.stage.workspace
    direct = workspace.state.direct(talk.stage.person).id
    async with asyncio.timeout(60):
        while sum(len(m.get("files", ())) for m in workspace.messages(direct)) < files:
            await asyncio.sleep(0.05)


def pictures(talk: Talk) -> list[dict[str, Any]]:
    """The pictures of the person's direct message."""
    workspace = talk.stage.workspace
    found = [f for m in workspace.messages(workspace.state.direct(talk.stage.person).id) for f in m.get("files", ())]
    made = [f for f in found if f["name"].endswith(".png")]
    assert all((workspace.files.kept[f["id"]].content or b"").startswith(b"\x89PNG") for f in made)
    return made


async def test_nobody_waits_for_a_picture_that_somebody_else_asked_for(
    shipped: Config, tmp_path: Path, slack: LoopbackSlack
) -> None:
    drawn = asyncio.Event()

    async def slowly(_page: Page) -> None:
        await drawn.wait()

    parts = Parts(messenger=slack.messenger(), notes=silent_notes)
    async with open_desk(shipped, f"sqlite:///{tmp_path}/shared.db", parts) as desk:
        first, second = (
            Shared(Page("notice", "UTC", (said,), ()), DAILY_CHANNEL, "ann", "x", key)
            for key, said in (("1", say("share.waiting")), ("2", say("conduct.hello")))
        )
        waiting = asyncio.create_task(desk.share(first, NOON, slowly))
        async with asyncio.timeout(5):
            while not await desk.room.store.delivery(first.delivery_key):
                await asyncio.sleep(0.01)
        await desk.tick(NOON)
        assert slack.posted(DAILY_CHANNEL) == []
        said = await desk.share(second, NOON)
        assert said.rows[0].pieces[0] == say("share.posted")
        assert len(slack.posted(DAILY_CHANNEL)) == 1
        drawn.set()
        assert (await waiting).rows[0].pieces[0] == say("share.posted")
        assert len(slack.posted(DAILY_CHANNEL)) == 2


async def test_what_was_being_drawn_when_the_bot_was_killed_goes_out_later(
    shipped: Config, tmp_path: Path, slack: LoopbackSlack
) -> None:
    async def killed(_page: Page) -> None:
        raise asyncio.CancelledError

    shared = Shared(Page("notice", "UTC", (say("conduct.hello"),), ()), DAILY_CHANNEL, "ann", "x", "1")
    parts = Parts(messenger=slack.messenger(), notes=silent_notes)
    async with open_desk(shipped, f"sqlite:///{tmp_path}/killed.db", parts) as desk:
        with pytest.raises(asyncio.CancelledError):
            await desk.share(shared, NOON, killed)
    async with open_desk(shipped, f"sqlite:///{tmp_path}/killed.db", parts) as desk:
        await desk.tick(NOON)
        assert slack.posted(DAILY_CHANNEL) == []
        await desk.tick(NOON + timedelta(minutes=1))
        assert len(slack.posted(DAILY_CHANNEL)) == 1

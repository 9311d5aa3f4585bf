"""The baseline's next version: looked at first, announced once where digests go, and measured against from then on."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from config import Config
from digests.model import Verdict
from tests.scenarios.cards import Reader, words_of
from tests.scenarios.newsroom import Newsroom, buttons, newsroom
from tests.scenarios.test_alerts import NOON

OLD, NEW = "some details that cannot be resolved", "a few delicate details that must be sorted out"
AMEND = f'baseline amend "{OLD}" -> "{NEW}" because:"the reports of that day have it so"'
TITLE = "Lavrov says Russia will not agree to European troops in Ukraine"
TEXT = "Russian Foreign Minister Sergei Lavrov said on Wednesday that Moscow would not agree to such troops in Ukraine."
PASSAGE = (
    "Russian President Vladimir Putin said on Monday that he believes a 28-point peace plan, which includes a promise"
    " for Ukraine to withdraw from territory it still controls and never join NATO, “could form the basis of a final"
    " peace settlement.”"
)
"""A passage of the shipped baseline."""

TWO_DAYS = timedelta(days=2)
"""After which a second workspace may use the first one's trigger ids again."""

Opened = Callable[..., AbstractAsyncContextManager[Newsroom]]


@pytest.fixture
def opened(shipped: Config, tmp_path: Path) -> Opened:
    """`async with opened() as stage`: Ann is an admin; the same database each time within a test."""

    @asynccontextmanager
    async def made(*, at: datetime = NOON) -> AsyncIterator[Newsroom]:
        async with newsroom(shipped, tmp_path, at=at) as stage:
            stage.desk.room.watching = replace(stage.desk.room.watching, admins=(stage.ann,))
            yield stage

    return made


async def confirmed(stage: Newsroom, text: str) -> str:
    """The answer to a command that was looked at and confirmed."""
    shown = await stage.types(text)
    assert "nothing is saved yet" in shown.text
    [label] = [b["text"]["text"] for b in buttons(shown.messages[0]) if b["text"]["text"].startswith("Make it v")]
    return (await stage.presses(shown.messages[0], label)).text


async def test_nothing_is_saved_before_it_was_looked_at(opened: Opened) -> None:
    async with opened() as stage:
        shown = (await stage.types(AMEND)).text
        assert "BASELINE v2 WOULD FOLLOW v1 · nothing is saved yet" in shown
        gone, _, come = shown.partition("the words that go")[2].partition("the words that come")
        assert f"While sensitive, there are {OLD}." in gone
        assert f"While sensitive, there are {NEW}." in come
        assert await stage.desk.room.store.baselines() == []


async def test_an_amended_text_is_kept_whole_and_announced_once_where_digests_go(opened: Opened) -> None:
    async with opened() as stage:
        before = stage.desk.room.watching.baseline
        assert "THE BASELINE IS v2 NOW" in await confirmed(stage, AMEND)
        await stage.tick()
        await stage.tick(minutes=5)
        [announced] = stage.texts()
        assert "THE BASELINE IS v2 NOW" in announced
        assert "reason: the reports of that day have it so" in announced
        [version] = await stage.desk.room.store.baselines()
        [old], [new] = before.article.texts.values(), version.baseline.article.texts.values()
        assert new.body == old.body.replace(OLD, NEW)
        assert version.now is not None
        assert version.now.chars == NEW
        assert len(version.baseline.faults) == len(before.faults) - 1  # the fault that was amended away
        assert all(f.span.text.sha == new.sha for f in version.baseline.faults)
        assert {f.span.chars for f in version.baseline.faults} < {f.span.chars for f in before.faults}
        history = (await stage.types("baseline history")).text
        assert "2 versions" in history
        assert "version 2, in force · a rewrite, amended" in history
        assert "version 1 · a rewrite" in history
        assert [(e.act, e.what) for e in await stage.desk.room.store.audit(1)] == [("amended", "baseline v2")]


async def test_a_restart_keeps_the_version_and_a_digest_names_it(opened: Opened) -> None:
    async with opened() as stage:
        await confirmed(stage, AMEND)
    async with opened(at=stage.clock.now + TWO_DAYS) as stage:
        preview = (await stage.types("preview")).text
        assert "against baseline v2 (25 Nov 2025, a rewrite, amended)" in preview
        assert preview.index("against baseline v2") < preview.index("WHO SPOKE")
        assert "against baseline v2" in (await stage.types("position ukraine")).text
        assert "baseline v2" in (await stage.types("diff ukraine")).text
        assert NEW in (await stage.types("baseline page:1")).text + (await stage.types("baseline page:2")).text


async def test_a_confirmation_pressed_twice_makes_one_version_and_says_so(opened: Opened) -> None:
    async with opened() as stage:
        await confirmed(stage, AMEND)
        again = await stage.types(f"{AMEND} confirm:1")
        assert "Made already: it is v2" in again.text
        assert len(await stage.desk.room.store.baselines()) == 1


async def test_a_version_whose_text_is_in_force_is_not_taken_again(opened: Opened) -> None:
    async with opened() as stage:
        assert "That is what stands there" in (await stage.types('baseline rebase v1 because:"once more"')).text
        await confirmed(stage, AMEND)
        await confirmed(stage, 'baseline rebase v1 because:"as it was"')
        assert "That is what stands there" in (await stage.types('baseline rebase v1 because:"once more"')).text


async def test_the_history_lists_known_faults_below_the_version_in_force(opened: Opened) -> None:
    async with opened() as stage:
        await confirmed(stage, AMEND)
        history = (await stage.types("baseline history")).text
        assert history.index("in force") < history.index("WORDINGS DIFFER") < history.index("version 1 ·")


async def test_who_is_no_admin_is_told_who_may(opened: Opened) -> None:
    async with opened() as stage:
        bob = stage.workspace.add_user("bob")
        for text in (AMEND, "baseline rebase v1 because:x", f"{AMEND} confirm:1"):
            answer = await stage.types(text, user=bob, channel=stage.workspace.direct(bob))
            assert "config/access.yaml names you" in answer.text, "a name, not an id"
        assert await stage.desk.room.store.baselines() == []


async def test_the_words_may_be_filled_in_too(opened: Opened) -> None:
    async with opened() as stage:
        asked = await stage.types("baseline amend")
        assert asked.view is not None
        filled = {key: {"chosen": value} for key, value in (("old", OLD), ("new", NEW), ("because", "<!here> so"))}
        reader = Reader(stage.workspace, stage.ann)
        assert await reader.person.submit(str(asked.view["id"]), filled) == {}
        shown = await reader.card()
        assert (shown["title"]["text"], len(reader.stack)) == ("Baseline", 1)
        assert "BASELINE v2 WOULD FOLLOW v1" in words_of(shown)
        assert "THE BASELINE IS v2 NOW" in words_of(await reader.presses("Make it v2"))
        assert stage.workspace.whispers(stage.ann) == [], "all of it is shown where it was filled in"


@pytest.mark.parametrize("typed", ["“totally unconstructive.”", '"totally unconstructive."'])
async def test_words_in_quotation_marks_may_be_amended_by_command_and_by_form(opened: Opened, typed: str) -> None:
    """Also where the keyboard has only its own marks for those of the text: what comes is what was typed."""
    new = "“completely unconstructive,” he added"
    async with opened() as stage:
        escaped = typed.replace('"', '\\"')
        shown = await stage.types(f'baseline amend "{escaped}" -> "{new}" because:x')
        assert "was “totally unconstructive.”" in shown.text
        assert f"was {new}" in shown.text
        asked = await stage.types("baseline amend")
        assert asked.view is not None
        words = (("old", typed), ("new", new), ("because", 'his "own" words'))
        filled = {key: {"chosen": value} for key, value in words}
        reader = Reader(stage.workspace, stage.ann)
        assert await reader.person.submit(str(asked.view["id"]), filled) == {}
        await reader.card()
        await reader.presses("Make it v2")
        [version] = await stage.desk.room.store.baselines()
        assert version.was is not None
        assert version.was.chars == "“totally unconstructive.”"
        assert version.now is not None
        assert version.now.chars == new
        assert version.reason == 'his "own" words'


async def test_two_admins_at_once_make_one_version(opened: Opened) -> None:
    async with opened() as stage:
        first = await stage.types(AMEND)
        second = await stage.types('baseline amend "While sensitive" -> "While delicate" because:"as reported"')
        await stage.presses(first.messages[0], "Make it v2")
        late = await stage.presses(second.messages[0], "Make it v2")
        assert "The baseline is v2 by now; look again before you confirm" in late.text
        assert [v.baseline.version for v in await stage.desk.room.store.baselines()] == [2]
        twice = await stage.presses(first.messages[0], "Make it v2")
        assert "Made already: it is v2" in twice.text


async def test_an_article_of_the_record_becomes_what_is_measured_against(opened: Opened) -> None:
    async with opened() as stage:
        await stage.publishes("First Paper", TITLE, TEXT * 2)
        await stage.publishes("Second Paper", PASSAGE[:120], PASSAGE)
        first, passage = stage.desk.room.recorded.values()
        assert passage.development is not None
        assert passage.development.verdict is Verdict.REPEAT
        said = await confirmed(stage, f'baseline rebase {first.article.url} because:"this is what is talked about now"')
        assert TITLE in said
        assert "against baseline v2 (3 Dec 2025, first-paper)" in (await stage.types("preview")).text
        assert "would not agree" in (await stage.types("baseline")).text
        assert "a rewrite, do not quote it" not in (await stage.types("baseline")).text
        await stage.publishes("Third Paper", TITLE, TEXT * 2)
        again = next(r for r in stage.desk.room.recorded.values() if r.article.source_id == "third-paper")
        assert again.development is not None
        assert not again.development.verdict.tells
        await stage.publishes("Fourth Paper", PASSAGE[:120], PASSAGE)
        now_new = next(r for r in stage.desk.room.recorded.values() if r.article.source_id == "fourth-paper")
        assert now_new.development is not None
        assert now_new.development.reason.key != "reason.known"
    async with opened(at=stage.clock.now + TWO_DAYS) as stage:
        assert "against baseline v2 (3 Dec 2025, first-paper)" in (await stage.types("preview")).text


async def test_a_day_of_the_record_becomes_what_positions_are_measured_against(opened: Opened) -> None:
    async with opened() as stage:
        await stage.publishes("First Paper", TITLE, TEXT)
        await stage.tick(days=2)
        today = f"{stage.clock.now:%Y-%m-%d}"
        assert f"{today} is not over" in (await stage.types(f"baseline rebase {today} because:x")).text
        await confirmed(stage, 'baseline rebase 2025-12-03 because:"since the talks of that day"')
        position = (await stage.types("position russia foreign-troops")).text
        assert "against baseline v2 (3 Dec 2025, what was on record by then)" in position
        assert f"baseline\n{TITLE}" in position
        assert "nothing on record on both sides" in (await stage.types("diff russia foreign-troops")).text
        later = "Lavrov says Russia will agree to European troops in Ukraine"
        await stage.publishes("First Paper", later, TEXT.replace("would not agree", "would agree after all"))
        difference = (await stage.types("diff russia foreign-troops")).text
        assert TITLE in difference
        assert "would agree after all" in difference or later in difference
        assert "what was on record by the end of 3 Dec 2025" in (await stage.types("baseline")).text


async def test_an_earlier_version_can_be_taken_again(opened: Opened) -> None:
    async with opened() as stage:
        before = stage.desk.room.watching.baseline
        await confirmed(stage, AMEND)
        await confirmed(stage, 'baseline rebase v1 because:"as it was"')
        held = stage.desk.room.watching.baseline
        assert held == replace(before, version=3)
        assert "3 versions" in (await stage.types("baseline history")).text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('baseline amend "no such words" -> "others" because:x', "stand 0 times in the baseline, not once"),
        ('baseline amend "the" -> "a" because:x', "not once: copy the exact characters"),
        (f'baseline amend "{OLD}" -> "{OLD}" because:x', "That is what stands there"),
        (f'baseline amend "{OLD}" -> "{"y" * 501}" because:x', "At most 500 characters"),
        (f'baseline amend "{OLD}" "{NEW}" because:x', "Which words, and what instead?"),
        ("baseline rebase k7f2ab because:x", "No line, version or stored article k7f2ab"),
        ("baseline rebase v9 because:x", "No line, version or stored article v9"),
        ("baseline rebase https://nobody.example/1 because:x", "No line, version or stored article"),
        ("baseline rebase 2030-01-01 because:x", "2030-01-01 is not over"),
        ("baseline rebase yesterday today because:x", "today is not understood after baseline"),
        ('baseline amend "<!channel>" -> "*x*" because:"<!here>"', "stand 0 times"),
    ],
)
async def test_what_cannot_be_done_is_said(opened: Opened, text: str, said: str) -> None:
    async with opened() as stage:
        answer = (await stage.types(text)).text
        assert said in answer
        assert await stage.desk.room.store.baselines() == []


async def test_a_hostile_reason_is_shown_as_typed_and_parsed_by_nobody(opened: Opened) -> None:
    async with opened() as stage:
        await confirmed(stage, AMEND.replace("the reports of that day have it so", "<!channel> *now*"))
        await stage.tick()
        [announced] = stage.texts()
        assert "&lt;!channel&gt; *now*" in announced

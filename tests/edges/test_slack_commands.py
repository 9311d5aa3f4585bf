"""What people get from the bot in Slack, over real Socket Mode and the real Web API of a loopback workspace."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.commands import AskNew, AskPosition, AskWhy, Help, MakeSubscription
from bot.local.faults import Trouble
from digests.frames import say
from digests.model import Name, Page, Row, Table, Tone
from tests.edges.slack_stage import HOSTILE, Stage, staged


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with staged(tmp_path) as made:
        yield made


async def test_a_command_is_acknowledged_and_answered_to_the_asker_alone(stage: Stage) -> None:
    answer = await stage.ask("new")
    assert answer.ack is not None
    assert "AskNew" in answer.text
    assert stage.workspace.messages(stage.news) == []
    assert len(stage.workspace.whispers(stage.ann)) == 1
    command, asker = stage.desk.asked[0]
    assert command == AskNew()
    assert (asker.user, asker.conversation, asker.zone) == (stage.ann, stage.news, "America/New_York")


async def test_the_position_command_takes_a_party_and_says_what_it_read(stage: Stage) -> None:
    answer = await stage.ask("kremlin donbas", "/position")
    assert stage.desk.asked[0][0] == AskPosition("russia", "territory", None, stage.desk.asked[0][0].read_as)
    assert "read kremlin as Russia" in answer.text
    assert "read donbas as Territory" in answer.text


async def test_an_unknown_name_is_answered_with_the_nearest_and_a_button(stage: Stage) -> None:
    answer = await stage.ask("rusia", "/position")
    assert "No party rusia; the nearest is russia" in answer.text
    assert "Nothing was done." in answer.text
    assert stage.desk.asked == []
    again = await stage.workspace.click(answer.messages[0], "ask", user=stage.ann, channel=stage.news)
    assert "AskPosition" in again.text
    assert stage.desk.asked[0][0] == AskPosition("russia")


@pytest.mark.parametrize("text", ["x" * 4000, "a " * 2000, "<!channel> `*x*` &amp;", '"' * 3, ":::::", "\x00\x1b[2J"])
async def test_nonsense_is_answered_shortly(stage: Stage, text: str) -> None:
    answer = await stage.ask(text)
    assert answer.ack is not None
    assert len(answer.messages) == 1
    assert len(answer.text) < 400
    assert "<!" not in answer.text
    assert stage.desk.asked == []


async def test_a_bare_command_asks_for_help_or_opens_its_form(stage: Stage) -> None:
    await stage.ask("")
    opened = await stage.ask("", "/position")
    assert [command for command, _ in stage.desk.asked] == [Help(None)]
    assert opened.view["callback_id"] == "form.position"
    assert opened.messages == []


async def test_hostile_text_arrives_as_it_is_and_is_parsed_nowhere(stage: Stage) -> None:
    message = (await stage.ask("new")).messages[0]
    quote = message["blocks"][1]["elements"][0]
    assert quote == {"type": "rich_text_quote", "elements": [{"type": "text", "text": HOSTILE}]}
    assert "&lt;!channel&gt; &amp; &lt;https://evil.example|click&gt; *now*" in message["text"]
    assert "mrkdwn" not in json.dumps(message["blocks"])


async def test_a_mention_is_answered_in_its_thread(stage: Stage) -> None:
    answer = await stage.workspace.mention("position russia", user=stage.ann, channel=stage.news)
    assert answer.messages[0]["thread_ts"] == stage.workspace.messages(stage.news)[0]["ts"]
    assert not answer.messages[0]["reply_broadcast"]
    assert stage.desk.asked[0][0] == AskPosition("russia")


async def test_a_free_question_gets_the_nearest_command_and_no_prose(stage: Stage) -> None:
    asked = "is the Kremlin serious about security guarantees?"
    answer = await stage.workspace.mention(asked, user=stage.ann, channel=stage.news)
    assert "/position russia security-guarantees" in answer.text
    assert stage.desk.asked == []


async def test_typed_entities_are_what_was_typed(stage: Stage) -> None:
    answer = await stage.workspace.mention("position A&B<C>", user=stage.ann, channel=stage.news)
    assert "No party A&amp;B&lt;C&gt;" in answer.text


async def test_a_direct_message_is_answered(stage: Stage) -> None:
    answer = await stage.workspace.write("new", user=stage.ann)
    assert "AskNew" in answer.text
    assert "thread_ts" not in answer.messages[0]


async def test_invited_to_a_channel_the_bot_greets_once(stage: Stage) -> None:
    talks = stage.workspace.add_channel("talks", stage.ann)
    await stage.workspace.invite_bot(talks, by=stage.ann)
    assert stage.desk.greeted == [talks]
    assert len(stage.workspace.messages(talks)) == 1


async def test_somebody_else_who_joins_is_not_greeted(stage: Stage) -> None:
    event = {"type": "member_joined_channel", "user": stage.ann, "channel": stage.news, "event_ts": "1.0"}
    ack = await stage.workspace.deliver("events_api", stage.workspace._event(event))
    assert ack is not None
    assert stage.desk.greeted == []


async def test_the_home_tab_is_of_the_channels_that_its_visitor_is_in(stage: Stage) -> None:
    stage.workspace.add_channel("elsewhere")
    stage.workspace.add_channel("closed", stage.ann, private=True)  # the bot is not in it: it is not to be known
    view = await stage.workspace.open_home(stage.ann)
    assert view is not None
    assert view["type"] == "home"
    assert view["blocks"][0]["text"]["text"] == "parties: Home, news"


async def test_an_answer_can_be_posted_by_a_word_and_by_its_button(stage: Stage) -> None:
    answer = await stage.ask("kremlin donbas", "/position")
    await stage.workspace.click(answer.messages[0], "ask", user=stage.ann, channel=stage.news)
    await stage.ask("status share")
    assert [(typed, asker.name) for typed, asker, _ in stage.desk.shared] == [
        ("/position kremlin donbas share", "ann"),
        ("/brief status share", "ann"),
    ]
    assert len({key for _, _, key in stage.desk.shared}) == 2


async def test_what_only_its_asker_may_see_is_not_shared(stage: Stage) -> None:
    answer = await stage.ask("subscribe list share")
    assert "subscribe is answered to you alone" in answer.text
    assert stage.desk.shared == []
    offered = (await stage.ask("subscribe list")).messages[0]["blocks"]
    assert "share" not in json.dumps(offered)


async def test_a_choice_of_a_menu_is_its_command(stage: Stage) -> None:
    answer = await stage.ask("new")
    menu = {"type": "static_select", "action_id": "ask", "options": [{"value": "why k7f2xy"}]}
    answer.messages[0]["blocks"].append({"type": "actions", "elements": [menu]})
    answer.messages[0]["blocks"] = answer.messages[0]["blocks"][-1:]
    await stage.workspace.click(answer.messages[0], "ask", user=stage.ann, channel=stage.news, choice="why k7f2xy")
    assert stage.desk.asked[-1][0] == AskWhy("k7f2xy")


async def test_show_evidence_on_a_message_asks_for_that_message(stage: Stage) -> None:
    mentioned = await stage.workspace.mention("status", user=stage.ann, channel=stage.news)
    message = mentioned.messages[0]
    answer = await stage.workspace.shortcut("show_evidence", message, user=stage.ann, channel=stage.news)
    assert answer.ack is not None
    stamp = str(message["thread_ts"]).replace(".", "")  # the delivery is the thread's first message
    assert stage.desk.asked[-1][0] == AskWhy(f"https://slack.com/archives/{stage.news}/p{stamp}")
    assert answer.view is not None
    assert answer.view["callback_id"] == "card"
    assert stage.workspace.whispers(stage.ann) == []


async def test_a_table_is_posted_as_rows_where_the_workspace_takes_none(stage: Stage) -> None:
    cell = say("label.name", name=Name("cell"))
    plain = Row(Tone.STATUS, (say("label.name", name=Name("as a row")),))
    page = Page("grid", "Etc/UTC", (cell,), (Row(Tone.TITLE, (cell,)),), table=Table(((cell,), (cell,)), (plain,)))
    await stage.edge.messenger.say(stage.news, page, "first")
    stage.workspace.faults.next("chat.postMessage", Trouble.REFUSED, code="invalid_blocks")
    await stage.edge.messenger.say(stage.news, page, "second")
    with_table, without = stage.workspace.messages(stage.news)
    assert [b["type"] for b in with_table["blocks"]] == ["header", "table"]
    assert [b["type"] for b in without["blocks"]] == ["header", "rich_text"]
    assert with_table["text"] == without["text"]
    assert "as a row" in without["text"]


async def test_an_answer_that_is_too_long_goes_on_below(stage: Stage) -> None:
    stage.desk.rows = 400
    answer = await stage.ask("new")
    assert len(answer.messages) > 1
    text = json.dumps([m["blocks"] for m in answer.messages], ensure_ascii=False)
    assert text.count("evil.example") == 400


async def test_a_desk_that_breaks_is_told_to_the_asker_with_an_id_that_the_log_has(stage: Stage) -> None:
    async def broken(_: object) -> None:
        raise ValueError("the database is on fire: xoxb-secret")

    stage.desk.work = broken
    answer = await stage.ask("new")
    assert answer.ack is not None
    noted = stage.events("listener_broke")[0]
    assert f"the log has it as {noted['id']}" in answer.text
    assert "fire" not in answer.text
    assert noted["error"] == "ValueError"


async def test_a_button_of_an_older_version_is_answered_too(stage: Stage) -> None:
    answer = await stage.ask("rusia", "/position")
    answer.messages[0]["blocks"][-1]["elements"][0] |= {"action_id": "frobnicate", "value": ""}
    again = await stage.workspace.click(answer.messages[0], "frobnicate", user=stage.ann, channel=stage.news)
    assert "No command frobnicate" in again.text


async def test_a_subscription_arrives_with_its_filters_resolved(stage: Stage) -> None:
    await stage.ask("subscribe actor:kremlin,“united states” verdict:shift quiet:22:00-07:00 cap:5/h to:dm")
    command, _ = stage.desk.asked[0]
    assert isinstance(command, MakeSubscription)
    assert command.filters == (("actor", ("russia", "united-states")), ("verdict", ("shift",)))
    assert (command.to, command.quiet, command.cap) == ("dm", ("22:00", "07:00"), 5)

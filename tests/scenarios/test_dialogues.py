"""Dialogues: what a person types and what he is answered, command by command, through a real desk, a real store and a
loopback Slack. Each table has the usual, the empty, the wrong with its nearest, and the hostile.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import escape
from pathlib import Path
from typing import Any

import pytest

from bot import demo
from bot.app import Parts
from bot.commands import FIRST, VERBS
from bot.demo import SimulatedClock, Stage
from bot.local import limits
from bot.local.person import Person, Place
from bot.local.workspace import Answer
from config import Config
from digests.desk.newsroom import silent_notes
from tests.scenarios.cards import Reader, words_of
from tests.scenarios.conftest import Press

MORNING = datetime(2025, 12, 3, 6, tzinfo=UTC)
NOON = datetime(2025, 12, 3, 12, tzinfo=UTC)
EVIL = "Kremlin on peace plan: <!channel> & <https://evil.example|click> *now* says Peskov about territory"
EVIL_TEXT = "Kremlin spokesman Dmitry Peskov said on Wednesday that territory was <b>*not*</b> `for` sale."
TROOPS = "Lavrov says Russia will not accept European troops in Ukraine"
TROOPS_TEXT = (
    "The talks go on. Russian Foreign Minister Sergei Lavrov said on Wednesday that Moscow would not accept European"
    " troops in Ukraine. He spoke in Moscow."
)
LAND = "Zelensky says Ukraine will not give up territory under the peace plan"
LAND_TEXT = "Ukrainian President Volodymyr Zelensky said on Wednesday that Kyiv would not withdraw from Donbas."
GARDEN = "Town garden wins a prize for its roses"
OPINION = "Opinion: What the peace plan for Ukraine gets wrong"


@dataclass
class Talk:
    """One person in one channel, and everything that was said to him."""

    stage: Stage
    clock: SimulatedClock

    async def says(self, typed: str) -> Answer:
        """Type a slash command."""
        command, _, text = typed.partition(" ")
        return await self.stage.ask(command, text)

    async def presses(self, answer: Answer, label: str, choice: str = "") -> Answer:
        """Press the button of that label."""
        for message in answer.messages:
            for element in _elements(message):
                if element["type"] == "button" and element["text"]["text"] == label:
                    return await self._click(message, element["action_id"], "")
                if element["type"] == "static_select" and element["placeholder"]["text"] == label:
                    return await self._click(message, element["action_id"], choice or element["options"][0]["value"])
        raise AssertionError(f"no button {label}")

    async def _click(self, message: dict[str, Any], action: str, choice: str) -> Answer:
        person, channel = self.stage.person, self.stage.channel
        return await self.stage.workspace.click(message, action, user=person, channel=channel, choice=choice)

    @property
    def posted(self) -> list[dict[str, Any]]:
        """What everybody in the channel sees."""
        return self.stage.workspace.messages(self.stage.channel)

    async def line(self) -> str:
        """The id of the first line of the digest."""
        found = re.search(r"id ([23456789bcdfghjkmnpqrstvwxyz]{6})", str(self.posted[0]["text"]))
        assert found is not None
        return found[1]


def _elements(message: Mapping[str, Any]) -> Sequence[dict[str, Any]]:
    return [e for block in message.get("blocks", ()) if block["type"] == "actions" for e in block["elements"]]


@asynccontextmanager
async def talking(config: Config, folder: Path) -> AsyncIterator[Talk]:
    """A day with a digest at 08:30 and news before and after it."""
    clock = SimulatedClock(MORNING - timedelta(days=1))
    parts = Parts(notes=silent_notes, jitter=lambda: 0.5)
    press = Press()
    async with demo.stage(config, clock, f"sqlite:///{folder}/desk.db", parts) as stage:
        desk = stage.desk
        await desk.tick(clock.now)
        clock.now = MORNING
        await press.publishes(desk, MORNING, "First Paper", TROOPS, TROOPS_TEXT)
        await press.publishes(desk, MORNING + timedelta(minutes=5), "Second Paper", TROOPS, TROOPS_TEXT)
        await press.publishes(desk, MORNING, "First Paper", GARDEN, "Roses.")
        await press.publishes(desk, MORNING, "First Paper", OPINION, "The peace plan for Ukraine is wrong, we think.")
        clock.now = MORNING + timedelta(hours=1, minutes=31)
        await desk.tick(clock.now)
        clock.now = NOON
        await press.publishes(desk, NOON - timedelta(hours=1), "Second Paper", LAND, LAND_TEXT)
        await press.publishes(desk, NOON - timedelta(hours=1), "Third Paper", escape(escape(EVIL)), EVIL_TEXT)
        yield Talk(stage, clock)


@pytest.fixture
async def talk(tmp_path: Path, shipped: Config) -> AsyncIterator[Talk]:
    async with talking(shipped, tmp_path) as made:
        yield made


def is_sound(answer: Answer) -> None:
    """What holds for every answer: acknowledged, with a fallback text, nothing of it parsed by Slack."""
    assert answer.ack is not None
    assert answer.messages or answer.view
    if answer.view:
        assert limits.of_view(answer.view) == []
        for block in answer.view["blocks"]:
            assert "mrkdwn" not in json.dumps(block) or block["type"] == "context"
    for message in answer.messages:
        assert str(message["text"]).strip()
        assert not re.search(r"<[!@#h]", str(message["text"])), message["text"]
        blocks = json.dumps(message["blocks"])
        for block in message["blocks"]:
            assert "mrkdwn" not in json.dumps(block) or block["type"] == "context"
        assert '"type": "broadcast"' not in blocks


Dialogue = tuple[str, tuple[str, ...]]
"""What is typed, and what the answer says."""

LONG = "x" * 3990
HOSTILE = ("<!channel> *bold* `code`", "<https://evil.example|click>")

DIALOGUES: dict[str, tuple[Dialogue, ...]] = {
    "position": (
        (
            "/position russia",
            ("Russia · as of", "foreign troops", "would not accept European troops", "NOTHING ON RECORD"),
        ),
        ("/position", ("Where a party stands", "all parties, the board", "Compare with", "Only you see the answer")),
        ("/position  ", ("Where a party stands",)),
        ("/brief position", ("Where a party stands",)),
        ("/position lavrov", ("Sergei Lavrov, for Russia", "Sergei Lavrov speaks for Russia", "would not accept")),
        (
            "/position lavrov elections",
            (
                "Sergei Lavrov: no words of its own on elections in Ukraine on record",
                "elections in Ukraine alone",
                "newest own words on record: foreign troops, 3 Dec 2025",
            ),
        ),
        ("/position turkey elections", ("Turkey: no words of its own on elections in Ukraine on record",)),
        (
            "/position russia foreign-troops since:2025-12-03",
            ("Russia: own words on foreign troops", "would not accept European troops"),
        ),
        ("/position zelenskiy territory", ("Volodymyr Zelensky, for Ukraine", "Donbas")),
        ("/position russia since:2025-12-03", ("only what came on record since Wed 3 Dec 2025, 00:00 CET",)),
        ("/position russia asof:2025-12-01", ("as of Mon 1 Dec 2025, 23:59 CET", "baseline")),
        ("/position russia asof:2030-01-01", ("2030-01-01 lies ahead; this is as of now",)),
        ("/position russia vs:baseline", ("Russia · WAS AND NOW · baseline v1",)),
        ("/position russia vs:2025-12-01", ("as of Mon 1 Dec 2025, 23:59 CET",)),
        (
            "/position russia vs:last",
            ("WAS AND NOW", "you have not looked before the last half hour; compared with the baseline instead"),
        ),
        ("/position russia vs:ukraine", ("Russia beside Ukraine", "territory")),
        ("/position russia vs:soon", ("vs: does not take soon", "Nothing was done.")),
        ("/position russia since:soon", ("since: does not take soon; write a day as 2025-11-26",)),
        ("/position russia sinse:7d", ("No filter sinse:; the nearest is since:",)),
        ("/position rusia", ("No party rusia; the nearest is russia",)),
        ("/position rusia since:7d", ("No party rusia; the nearest is russia", "/position russia since:7d")),
        ("/position atlantis", ("No party atlantis\n", "/position russia", "/position ukraine")),
        ("/position territory", ("territory is an issue; name a party too, or all", "/position all territory")),
        ("/position russia security", ("No issue security", "/position russia security-architecture")),
        ("/position russia?", ("Russia · as of",)),
        ("/position xi", ("No party xi; the nearest is Xi Jinping",)),
        ("/position Лавров территория", ("read территория as territory",)),
        ("/position Россия", ("Russia · as of", "read Россия as Russia")),
        ("/position Росия", ("No party Росия; the nearest is russia",)),
        ("/position russia territry", ("No issue territry; the nearest is territory",)),
        ("/position all", ("POSITIONS · own words last on record", "Russia", "foreign troops 3 Dec 2025")),
        ("/position all issue:territory", ("POSITIONS", "Ukraine · territory 3 Dec 2025")),
        ("/position all picture", ("POSITIONS · own words last on record", "ent to you in a direct message")),
        ("/position all territory picture", ("Ukraine · territory 3 Dec 2025", "ent to you in a direct message")),
        ("/position all pictrue", ("No issue pictrue", "Nothing was done.")),
        ("/position all territry", ("No issue territry; the nearest is territory",)),
        ("/position all actor:russia", ("No issue all", "Nothing was done.")),
        ("/position all since:7d", ("since: does not go with position all",)),
        (
            "/position europe france",
            ("One party and one issue at a time", "/position europe vs:france", "/position france"),
        ),
        ("/position since:7d", ("Whose position? Name a party or a person, or all",)),
    ),
    "new": (
        ("/brief new", ("PEACE PLAN", "what arrived since Tue 2 Dec 13:00", TROOPS)),
        ("/brief new since:last", ("you have not looked before the last half hour; the last 24 hours are shown",)),
        ("/brief new since:last", ("you have not looked before the last half hour",)),
        (
            "/brief new since:2030-01-01",
            ("2030-01-01 lies ahead; the last 24 hours are shown", "Moscow would not accept"),
        ),
        ("/brief new since:2025-12-03", ("what arrived since Wed 3 Dec 00:00",)),
        ("/brief new since:30d", ("no farther back than 14 days",)),
        ("/brief new actor:ukraine", (LAND, "ONLY actor:ukraine · WHO SPOKE is of all that was read")),
        ("/brief new actor:ukraine", ("4 other than asked for", "LEFT OUT 5", "1 not about the talks")),
        ("/brief new actor:china", ("nothing new", "Russia · own words only in what was left out")),
        ("/brief new since:now", ("since: does not take now",)),
        ("/brief new asof:7d", ("asof: does not go with new",)),
    ),
    "why": (
        ("/brief why", ("Evidence", "foreign troops", "Or another one", "Lavrov")),
        ("/brief why .", ("Which line? Give its id, a message's link or an article's address",)),
        ("/brief why k7f2xy", ("No line k7f2xy on record",)),
        ("/brief why https://first-paper.example/1", ("EVIDENCE · line", "the words", "sha256 of the text")),
        ("/brief why https://www.first-paper.example/1/?utm_source=x", ("EVIDENCE · line",)),
        ("/brief why https://second-paper.example/2", ("known already", "TOLD HERE · line", "a copy")),
        ("/brief why https://first-paper.example/3", ("NOT TOLD · not about the talks", GARDEN)),
        ("/brief why https://first-paper.example/4", ("NOT TOLD · background, never a development", OPINION)),
        (
            "/brief why https://second-paper.example/5",
            ("NOT TOLD HERE YET · the next digest is Thu 4 Dec 2025, 08:30",),
        ),
        ("/brief why https://www.pravda.com.ua/eng/x", ("NOT READ", "Ukrainska Pravda is read")),
        ("/brief why https://nobody.example/1", ("NOT READ", "nothing from nobody.example is on record")),
        ("/brief why https://slack.com/archives/C9999/p1764747060000000", ("No digest or alert of this conversation",)),
        ("/brief why one two", ("two is not understood after why",)),
        ("/brief why since:7d", ("since: does not go with why",)),
    ),
    "latest": (
        (
            "/brief latest",
            ("PEACE PLAN · Wed 3 Dec 2025, 08:30 CET", "with what was corrected in it; nothing else since", TROOPS),
        ),
        ("/brief latest", ("the message",)),
        ("/brief latest soon", ("soon is not understood after latest",)),
        ("/brief latets", ("No command latets; the nearest is latest",)),
    ),
    "search": (
        ("/brief search troops", ("SEARCH · page 1", "troops")),
        (
            '/brief search "European troops" actor:russia',
            ("European troops · actor:russia", TROOPS, "said 3 Dec 2025", "· id "),
        ),
        ("/brief search lavrov", ("also as", "Lavrov")),
        ("/brief search troop", ("none of the", "reports on record holds all of these words")),
        ("/brief search territory", ("&lt;!channel&gt; &amp; &lt;https://evil.example|click&gt; *now*",)),
        ("/brief search roses", ("none of the",)),
        ("/brief search", ("Search the record", "quotation marks hold a phrase")),
        ("/brief search page:2", ("Search for which words?",)),
        ("/brief search x", ("Search for which words?",)),
        ("/brief search a b c d e f g h i jj", ("Too much at once",)),
        ("/brief search troops page:9", ("no further report",)),
        ("/brief search troops page:0", ("0 is no page; write it as page:2",)),
        ("/brief search troops acter:russia", ("No filter acter:; the nearest is actor:",)),
        ("/brief search troops actor:rusia", ("No party rusia; the nearest is russia",)),
        ("/brief search troops since:2030-01-01", ("2030-01-01 lies ahead; it was left aside",)),
    ),
    "quote": (
        (
            '/brief quote "would not accept European troops"',
            ("ON RECORD, word for word", "Sergei Lavrov said on Wednesday", "said 3 Dec 2025"),
        ),
        ("/brief quote Moscow would accept European troops in Ukraine", ("NOT ON RECORD IN THESE WORDS", "polarity")),
        ("/brief quote the moon is made of cheese", ("NOT ON RECORD · none of",)),
        ("/brief quote", ("Check a quotation", "Looked up in all that is on record")),
        ("/brief quote one", ("Check which quotation? Two words at least",)),
        ("/brief quote European troops", ("ON RECORD, word for word",)),
        (
            '/brief quote "would not accept any European troops"',
            (
                "NOT ON RECORD IN THESE WORDS · 1 wording is near",
                "asked, but not on record there: any",
                "Sergei Lavrov",
            ),
        ),
        ("/brief quote a b c since:7d", ("since: does not go with quote",)),
        ("/brief qoute a b c", ("No command qoute; the nearest is quote",)),
    ),
    "diff": (
        ("/brief diff", ("WAS AND NOW · baseline v1",)),
        ("/brief diff ukraine", ("Ukraine · WAS AND NOW · baseline v1", "on record now and not then: territory")),
        ("/brief diff territory", ("WAS AND NOW",)),
        ("/brief diff russia vs:24h", ("Russia · WAS AND NOW · as of Tue 2 Dec 2025, 13:00",)),
        (
            "/brief diff russia vs:last",
            ("you have not looked before the last half hour; compared with the baseline instead",),
        ),
        ("/brief diff rusia", ("No party rusia; the nearest is russia", "/brief diff russia")),
        ("/brief diff russia since:7d", ("since: does not go with diff",)),
    ),
    "baseline": (
        (
            "/brief baseline",
            ("BASELINE v1", "a rewrite, do not quote it", "7 faults known", "WORDINGS DIFFER: polarity"),
        ),
        ("/brief baseline page:2", ("BASELINE v1",)),
        ("/brief baseline page:99", ("no such page",)),
        ("/brief baseline history", ("1 version", "in force", "sha256 of the text 0318748492")),
        ("/brief baseline amend", ("Amend the baseline", "Nothing is saved yet")),
        ("/brief baseline amend delicate", ("Which words, and what instead?",)),
        ("/brief baseline amend delicate -> sensitive", ("Why? Add because:",)),
        ("/brief baseline amend delicate -> sensitive because:x", ("config/access.yaml names none",)),
        ("/brief baseline rebase", ("Measure against what?",)),
        ("/brief baseline rebase v1", ("Why? Add because:",)),
        ("/brief baseline rebase v1 because:x", ("Only an admin may amend or rebase the baseline",)),
        ("/brief baseline rebase v1 becuse:x", ("No filter becuse:; the nearest is because:",)),
        ("/brief baseline amned a -> b", ("No word amned; the nearest is amend",)),
        ("/brief baseline histroy", ("No word histroy; the nearest is history",)),
    ),
    "sources": (
        ("/brief sources", ("SOURCES ·", "PARTLY BLIND", "items in 7 days")),
        ("/brief sources status", ("FEEDS ·", "never read")),
        ("/brief sources stats", ("No word stats; the nearest is status",)),
        (
            "/brief sources add https://www.pravda.com.ua/rss/new",
            (
                "config/feeds.yaml and is changed there alone; nothing was done",
                "pravda.com.ua is read: ukrainska-pravda",
                "under feeds:",
            ),
        ),
        (
            "/brief sources add https://nobody.example/feed",
            ("nobody.example is not read yet", "counts from the next start"),
        ),
        ("/brief sources add nobody", ("Which feed? Give its address", "Nothing was done.")),
        ("/brief sources pause tass", ("TASS · state, state news agency, Russia", "put # before the lines")),
        ("/brief sources resume tass", ("take the # off",)),
        ("/brief sources remove ukrinform", ("what it gave stays on record",)),
        ("/brief sources pause tas", ("No source or feed tas; the nearest is tass", "Nothing was done.")),
        ("/brief sources pause", ("Which source or feed? Give its id",)),
        ("/brief sources label tass state", ("write class: state in its line",)),
        ("/brief sources label tass stat", ("No source class stat; the nearest is state",)),
        ("/brief sources label tass", ("As what? One of wire, official", "Nothing was done.")),
        ("/brief sources pause tass now", ("now is not understood after sources",)),
        ("/brief sources puase tass", ("tass is not understood after sources",)),
    ),
    "settings": (
        ("/brief settings", ("How digests are told", "This stands in config/digests.yaml, which alone changes it")),
        ("/brief settings show", ("from config/digests.yaml, changed there only", "style: full")),
        ("/brief settings style:tiny", ("style: does not take tiny; it takes full, compact",)),
        ("/brief settings threads:of", ("threads: does not take of; it takes on, off",)),
        ("/brief settings lang:xx", ("No language xx",)),
        ("/brief settings tz:Europe/Brusels", ("No time zone Europe/Brusels; the nearest is Europe/Brussels",)),
        ("/brief settings stile:full", ("No filter stile:; the nearest is style:",)),
        ("/brief settings loud", ("loud is not understood after settings",)),
        (
            "/brief settings compact",
            ("compact needs its key before it: style:compact", "/brief settings style:compact"),
        ),
        ("/brief settings daily", ("daily goes with schedule, not with settings", "/brief schedule daily 08:30")),
        (
            "/brief settings style:compact",
            ("stands in config/digests.yaml; change it there", "under id: peace-plan-daily write", "style: compact"),
        ),
        ("/brief settings style:full", ("stands in config/digests.yaml; change it there", "it says so already")),
        ("/brief settings lang:en", ("lang: is for channels that no file tells about",)),
    ),
    "schedule": (
        ("/brief schedule", ("The digest here", "This stands in config/digests.yaml", "Show the lines")),
        (
            "/brief schedule 09:00 days:mon,thu",
            ("peace-plan-daily stands in config/digests.yaml", "nothing was done", 'at: ["09:00"]', "days: [mon, thu]"),
        ),
        ("/brief schedule pause", ("peace-plan-daily stands in config/digests.yaml",)),
        ("/brief schedule pause 7d", ("peace-plan-daily stands in config/digests.yaml",)),
        ("/brief schedule pause 7x", ("7x is no length of a pause; write it as 7d", "Nothing was done.")),
        ("/brief schedule pause 999d", ("999d is no length of a pause",)),
        ("/brief schedule pause until soon", ("until soon is no length of a pause",)),
        ("/brief schedule pause until 25:00", ("25:00 is no time of day",)),
        ("/brief schedule pause until 2025-12-01", ("until 2025-12-01 is over", "Nothing was done.")),
        ("/brief schedule pause c12345 7d at once", ("at once is not understood after schedule",)),
        ("/brief schedule list", ("1 digest scheduled",)),
        ("/brief schedule weakly 09:00", ("No word weakly",)),
    ),
    "subscribe": (
        ("/brief subscribe actor:russia", ("nothing is saved yet",)),
        ("/brief subscribe", ("Alert me", "Kinds of source (none: all)", "then Save saves it")),
        ("/brief subscribe to:here", ("everything that a digest may carry",)),
        (
            "/brief subscribe actor:rusia min:major",
            ("No filter min:; the nearest is weight:", "/brief subscribe actor:russia weight:2"),
        ),
        ("/brief subscribe actor:russia hold", ("nothing is saved yet",)),
    ),
    "unsubscribe": (("/brief unsubscribe", ("Which one?",)), ("/brief unsubscribe s0", ("No subscription s0",))),
    "mute": (
        ("/brief mute", ("Mute alerts", "held, not lost")),
        ("/brief mute 4h", ("No alert of this conversation to mute",)),
    ),
    "unmute": (("/brief unmute", ("No alert of this conversation",)), ("/brief unmute a b", ("b is not understood",))),
    "review": (
        ("/brief review", ("Only those whom config/access.yaml names may do this",)),
        ("/brief review log", ("Only those whom config/access.yaml names may do this",)),
        ("/brief review log now", ("now is not understood after review",)),
        ("/brief review approve", ("Which item? `review` shows what waits",)),
        ("/brief review reject", ("Which item?",)),
        ("/brief review approve r12345 at once", ("at once is not understood after review",)),
        ("/brief review reject r12345 wrong", ("Only those whom config/access.yaml names may do this",)),
        ("/brief review aprove r12345", ("No word aprove; the nearest is approve",)),
        ("/brief review scope", ("Which item?",)),
        ("/brief review scope r12345 actor:rusia", ("No party rusia; the nearest is russia",)),
        ("/brief review scope r12345 actor:russia", ("Only those whom config/access.yaml names may do this",)),
        ("/brief review actor:russia", ("actor: does not go with review",)),
        ("/brief reveiw", ("the nearest is review",)),
    ),
    "report": (
        ("/brief report", ("Report a problem", "Which line", "What is wrong")),
        ("/brief report k7f2ab", ("Which line, and what is wrong with it?",)),
        ('/brief report k7f2ab "the speaker is wrong"', ("No posted line k7f2ab",)),
        ("/brief report since:7d", ("since: does not go with report",)),
        ("/brief reprot", ("the nearest is report",)),
    ),
    "preview": (
        (
            "/brief preview",
            (
                "PREVIEW · PEACE PLAN as of Wed 3 Dec 2025, 13:00 CET",
                "2 lines",
                "territory",
                "comes Thu 4 Dec 2025, 08:30",
            ),
        ),
        ("/brief preview now", ("now is not understood",)),
    ),
    "status": (("/brief status", ("STATUS ·", "record:")), ("/brief statis", ("the nearest is status",))),
    "quality": (
        (
            "/brief quality",
            (
                "QUALITY · counted from Wed 26 Nov 2025, 13:00 CET to Wed 3 Dec 2025, 13:00 CET",
                "5 reports about the talks",
                "1 line in 1 digest and 0 alerts that were posted",
                "0 of 1 line told a conversation what it had been told",
                "1 of 1 line (100 in 100) rest on headlines and feed excerpts alone",
                "0 lines reported as wrong",
                "read to posted in a digest, which waits for its hour: 1 h 31 min · 1 line",
                "read to posted in an alert: no alert was posted",
            ),
        ),
        ("/brief quality 30d", ("counted from Mon 3 Nov 2025",)),
        ("/brief quality since:yesterday", ("counted from Tue 2 Dec 2025, 00:00 CET",)),
        ("/brief quality since:400d", ("counted from Thu 4 Sep 2025",)),
        ("/brief quality soon", ("quality does not take soon",)),
        ("/brief quality 7d since:7d", ("Nothing was done.",)),
        ("/brief quality 7d 8d", ("8d is not understood after quality",)),
        ("/brief quality sinse:7d", ("No filter sinse:; the nearest is since:",)),
        ("/brief qualty", ("No command qualty; the nearest is quality",)),
    ),
    "timeline": (
        (
            "/brief timeline russia",
            (
                "TIMELINE · Russia · ",
                "foreign troops",
                "3 Dec 2025 new ×",
                "will not accept European troops",
                "ent to you in a direct message",
            ),
        ),
        ("/brief timeline territory", ("TIMELINE · territory · ", "Ukraine", "statements in own words")),
        (
            "/brief timeline lavrov foreign troops since:2025-12-01",
            ("TIMELINE · Sergei Lavrov, foreign troops · 27 Nov",),
        ),
        (
            "/brief timeline ukraine issue:territory csv",
            ("TIMELINE · Ukraine, territory", "ent to you in a direct message"),
        ),
        ("/brief timeline turkey", ("no words of its own on record in this time",)),
        ("/brief export csv since:2030-01-01", ("2030-01-01 lies ahead; it was left aside",)),
        ("/brief timeline russia since:2030-01-01", ("2030-01-01 lies ahead",)),
        ("/brief timeline russia since:last", ("TIMELINE · Russia",)),
        ("/brief timeline", ("Whose timeline? Name a party, a person or an issue", "/brief timeline russia")),
        ("/brief timeline rusia", ("No party rusia; the nearest is russia", "/brief timeline russia")),
        ("/brief timeline atlantis", ("No party atlantis\n", "/brief timeline russia")),
        ("/brief timeline nobody-at-all", ("No party nobody-at-all", "/brief timeline ukraine")),
        ("/brief timeline russia territry", ("No issue territry; the nearest is territory",)),
        ("/brief timeline russia sinse:7d", ("No filter sinse:; the nearest is since:",)),
        ("/brief timeline russia verdict:shift", ("verdict: does not go with timeline",)),
        ("/brief timeline russia since:soon", ("since: does not take soon; write a day as 2025-11-26",)),
        ("/brief timeline actor:russia,ukraine", ("Nothing was done.",)),
    ),
    "export": (
        (
            "/brief export csv",
            ("EXPORT ·", "statements · csv", "begins with an apostrophe", "ent to you in a direct message"),
        ),
        ("/brief export json actor:russia", ("· json", "actor:russia", "ent to you in a direct message")),
        ("/brief export .md issue:territory since:2025-12-03", ("on record since Wed 3 Dec 2025, 00:00 CET",)),
        ("/brief export csv until:2025-12-01", ("on record until Mon 1 Dec 2025, 23:59 CET",)),
        ("/brief export csv actor:russia issue:territory verdict:shift", ("nothing on record fits",)),
        ("/brief export", ("As which file? Name one of csv, json, md", "/brief export csv")),
        ("/brief export xls", ("No file xls",)),
        ("/brief export jsn", ("No file jsn; the nearest is json",)),
        ("/brief export csv actor:rusia", ("No party rusia; the nearest is russia",)),
        ("/brief export csv acter:russia", ("No filter acter:; the nearest is actor:",)),
        ("/brief export csv weight:2", ("weight: does not go with export",)),
        ("/brief export csv since:2025-12-03 until:2025-12-01", ("lies before since:", "Nothing was done.")),
        ("/brief export csv since:soon", ("since: does not take soon; write a day as 2025-11-26",)),
        ("/brief export csv json", ("json is not understood after export",)),
    ),
    "help": (
        ("/brief", ("COMMANDS", "/brief why ID", "and latest, search")),
        ("/brief help more", ("/brief latest", "/brief search", "/brief sources")),
        ("/brief help position", ("/position russia since:7d", "times: a day as 2025-11-26", "parties: russia")),
        ("/brief help searhc", ("No command searhc; the nearest is search",)),
    ),
}


def test_there_is_a_dialogue_for_every_verb() -> None:
    assert sorted(DIALOGUES) == sorted(VERBS)


@pytest.mark.parametrize("verb", sorted(DIALOGUES))
async def test_a_dialogue(verb: str, talk: Talk) -> None:
    told = len(talk.posted)
    for typed, wanted in DIALOGUES[verb]:
        answer = await talk.says(typed)
        is_sound(answer)
        shown = "\n".join([answer.text, *(text for m in answer.messages for text in limits.texts(m["blocks"]))])
        shown += "\n".join(limits.texts(answer.view))
        for words in wanted:
            assert words in shown, (typed, words, shown)
    assert len(talk.posted) == told, "an answer was shown to everybody"


@pytest.mark.parametrize("verb", sorted(DIALOGUES))
async def test_what_is_long_or_hostile_is_answered_shortly_or_as_data(verb: str, talk: Talk) -> None:
    command = "/position" if verb == "position" else f"/brief {verb}"
    for tail in (LONG, *HOSTILE, '"', "\x00\u202e", "a " * 1900, "actor:" + LONG, "&lt;!here&gt;"):
        answer = await talk.says(f"{command} {tail}")
        is_sound(answer)
        assert len(answer.text) < 3000, (verb, tail[:40])
    assert not [m for m in talk.posted if "evil.example" in json.dumps(m) and "digest" not in str(m)]


async def test_help_shows_the_seven_verbs_first(talk: Talk) -> None:
    answer = await talk.says("/brief help")
    shown = re.findall(r"^/(?:brief )?([a-z]+)", answer.text, re.MULTILINE)
    assert tuple(dict.fromkeys(shown)) == FIRST
    more = await talk.presses(answer, "More commands")
    shown = re.findall(r"^/brief ([a-z]+)", more.text, re.MULTILINE)
    assert tuple(dict.fromkeys(w for w in shown if w not in FIRST)) == VERBS[len(FIRST) :]


# --- evidence -------------------------------------------------------------------------------------------------------


async def test_evidence_shows_the_sentence_on_either_side_cut_from_the_stored_text(talk: Talk) -> None:
    answer = await talk.says(f"/brief why {await talk.line()}")
    assert "the sentence before\nThe talks go on." in answer.text
    assert "the sentence after\nHe spoke in Moscow." in answer.text
    assert "would not accept European troops in Ukraine." in answer.text
    assert "2 reports, 2 publishers, 1 origin" in answer.text
    assert "JUDGED NEW" in answer.text
    assert "SINCE · no later text of the same article on record" in answer.text


async def test_a_digest_has_its_evidence_one_press_away_and_a_footnote_one_more(talk: Talk) -> None:
    [digest] = talk.posted
    await talk.presses(Answer(None, [digest]), "Evidence")
    reader = Reader(talk.stage.workspace, talk.stage.person)
    assert "EVIDENCE · line" in words_of(await reader.card())
    note = await reader.presses("Cite")
    assert note["title"]["text"] == "Footnote"
    assert "".join(e.get("text", "") for e in _inline(note)).count(
        f"first-paper (independent) · 3 Dec 2025 · headline, characters 0 to {len(TROOPS)}"
    )
    links = [e for e in _inline(note) if e["type"] == "link"]
    assert {"type": "link", "url": "https://first-paper.example/1"} in links


def _inline(message: Mapping[str, Any]) -> list[dict[str, Any]]:
    rich = [b for b in message["blocks"] if b["type"] == "rich_text"]
    return [part for block in rich for element in block["elements"] for part in element["elements"]]


async def test_show_evidence_on_a_digest_offers_its_lines_and_on_another_message_nothing(talk: Talk) -> None:
    stage = talk.stage
    reader = Reader(stage.workspace, stage.person)
    await stage.workspace.shortcut("show_evidence", talk.posted[0], user=stage.person, channel=stage.channel)
    assert "EVIDENCE · line" in words_of(await reader.card())
    stage.workspace.state.add_message(
        stage.workspace.state.conversations[stage.channel], {"user": stage.person, "text": "hi"}
    )
    await stage.workspace.shortcut("show_evidence", talk.posted[-1], user=stage.person, channel=stage.channel)
    assert "No digest or alert of this conversation is behind that message" in words_of(await reader.card())


async def test_nobody_learns_by_a_link_what_another_conversation_was_told(talk: Talk) -> None:
    stage = talk.stage
    elsewhere = stage.workspace.add_channel("elsewhere", stage.person, bot=True)
    link = f"https://team.slack.com/archives/{stage.channel}/p{str(talk.posted[0]['ts']).replace('.', '')}"
    there = await stage.workspace.command("/brief", f"why {link}", user=stage.person, channel=elsewhere)
    assert "No digest or alert of this conversation is behind that message" in there.text
    here = await talk.says(f"/brief why {link}")
    assert "EVIDENCE" in here.text or "which one?" in here.text


async def test_a_line_told_elsewhere_has_its_evidence_but_not_when_it_was_told(talk: Talk) -> None:
    stage = talk.stage
    elsewhere = stage.workspace.add_channel("elsewhere", stage.person, bot=True)
    line = await talk.line()
    there = await stage.workspace.command("/brief", f"why {line}", user=stage.person, channel=elsewhere)
    assert f"EVIDENCE · line {line}" in there.text
    assert "told Wed" not in there.text
    assert "told Wed" in (await talk.says(f"/brief why {line}")).text


async def test_a_mistyped_line_is_answered_with_the_nearest_that_was_told_here(talk: Talk) -> None:
    line = await talk.line()
    wrong = await talk.says(f"/brief why {line[:4]}")
    assert f"the nearest told here is {line}" in wrong.text
    await talk.presses(wrong, line)
    assert f"EVIDENCE · line {line}" in words_of(await Reader(talk.stage.workspace, talk.stage.person).card())


async def test_a_position_leads_to_the_evidence_of_its_newest_words(talk: Talk) -> None:
    answer = await talk.says("/position russia")
    [menu] = [e for e in _elements(answer.messages[0]) if e["type"] == "static_select"]
    [troops] = [o["value"] for o in menu["options"] if o["text"]["text"] == "foreign troops"]
    await talk.presses(answer, "Evidence", troops)
    card = await Reader(talk.stage.workspace, talk.stage.person).card()
    assert "EVIDENCE · Sergei Lavrov" in words_of(card)
    assert "first-paper.example/1" in json.dumps(card)


async def test_a_line_of_an_answer_that_was_never_posted_has_its_evidence_too(talk: Talk) -> None:
    for typed in ("/brief new", "/brief preview"):
        answer = await talk.says(typed)
        found = re.search(r"id ([23456789bcdfghjkmnpqrstvwxyz]{6})", answer.text)
        assert found is not None
        await talk.presses(answer, "Evidence", f"why {found[1]}")
        card = words_of(await Reader(talk.stage.workspace, talk.stage.person).card())
        assert f"EVIDENCE · line {found[1]}" in card
        assert "told " not in card.partition("the words")[0]


@pytest.mark.parametrize("later", [timedelta(0), timedelta(seconds=1), timedelta(minutes=20)])
async def test_a_preview_begins_where_the_digest_that_was_just_told_ends(talk: Talk, later: timedelta) -> None:
    talk.clock.now = datetime(2025, 12, 3, 7, 30, tzinfo=UTC) + later
    shown = (await talk.says("/brief preview")).text
    assert "what arrived since Wed 3 Dec 08:30" in shown
    assert "COUNTS · 0 lines, of them context 0, from 0 of 0 reports on the talks" in shown
    assert "the next digest here comes Thu 4 Dec 2025, 08:30 CET" in shown
    assert TROOPS not in shown


async def test_a_preview_at_a_slot_that_nobody_was_told_yet_is_of_that_slot(talk: Talk) -> None:
    talk.clock.now = datetime(2025, 12, 4, 7, 30, tzinfo=UTC)
    shown = (await talk.says("/brief preview")).text
    assert "what arrived since Wed 3 Dec 08:30" in shown
    assert "the next digest here comes Thu 4 Dec 2025, 08:30 CET" in shown
    assert LAND in shown


# --- search ---------------------------------------------------------------------------------------------------------


async def test_a_search_is_turned_page_by_page_and_shows_each_report_once(talk: Talk) -> None:
    press = Press()
    for n in range(12):
        title = f"Lavrov says talks number {n} on the peace plan for Ukraine go on"
        await press.publishes(talk.stage.desk, NOON - timedelta(minutes=30 - n), f"Paper {n}", title)
    answer = await talk.says('/brief search "talks number" actor:russia')
    seen = re.findall(r"talks number (\d+)", answer.text)
    while any(e.get("text", {}).get("text") == "Next" for m in answer.messages for e in _elements(m)):
        answer = await talk.presses(answer, "Next")
        seen += re.findall(r"talks number (\d+)", answer.text)
    assert len(seen) == len(set(seen)) == 12
    assert seen == [str(n) for n in reversed(range(12))]


@pytest.mark.parametrize(
    "typed",
    [
        "/brief sources add https://nobody.example/feed",
        "/brief sources pause nobody",
        "/brief why k7f2xy",
        "/brief why https://nobody.example/1",
    ],
)
async def test_what_did_nothing_is_not_offered_to_be_posted(talk: Talk, typed: str) -> None:
    before = len(talk.posted)
    answer = await talk.says(typed)
    assert "Share" not in {e["text"]["text"] for m in answer.messages for e in _elements(m) if "text" in e}
    assert "Posted" not in (await talk.says(f"{typed} share")).text
    assert len(talk.posted) == before


# --- share ----------------------------------------------------------------------------------------------------------


async def test_shared_answers_are_posted_once_with_who_asked_and_what(talk: Talk) -> None:
    before = len(talk.posted)
    answer = await talk.says("/position lavrov share")
    assert "Posted in this conversation" in answer.text
    shared = [m for m in talk.posted[before:] if "thread_ts" not in m]
    assert len(shared) == 1
    assert "you asked · /position lavrov share" in shared[0]["text"]
    assert "would not accept" in shared[0]["text"]
    pressed = await talk.presses(await talk.says("/brief sources"), "Share")
    assert "Posted in this conversation" in pressed.text
    assert any("/brief sources share" in m["text"] for m in talk.posted)


async def test_an_answer_that_is_shared_twice_is_posted_once_and_its_place_is_said(talk: Talk) -> None:
    before = len(talk.posted)
    answer = await talk.says("/position lavrov")
    first, second = await asyncio.gather(talk.presses(answer, "Share"), talk.presses(answer, "Share"))
    assert len(talk.posted) == before + 1
    said = f"{first.text}\n{second.text}"
    assert "Posted in this conversation ·" in said
    assert "Posted in this conversation already (Wed 3 Dec 13:00); nothing in it has changed since" in said
    for each in (first, second):
        assert f"{talk.stage.channel}/p" in str(each.messages[-1]["blocks"]), "where it stands"
    talk.clock.now += timedelta(minutes=5)
    other = talk.stage.workspace.add_user("other")
    again = await talk.stage.workspace.command("/position", "lavrov share", user=other, channel=talk.stage.channel)
    assert "already" in again.text
    talk.clock.now += timedelta(minutes=6)
    assert "already" not in (await talk.presses(answer, "Share")).text
    assert len(talk.posted) == before + 2


async def test_what_cannot_be_posted_is_said_to_who_asked(talk: Talk) -> None:
    stage = talk.stage
    stage.workspace.remove_bot(stage.channel)
    answer = await talk.says("/brief status share")
    assert "It could not be posted here: the bot is not in this channel: invite it there" in answer.text


async def test_status_tells_of_no_schedule_but_those_of_this_conversation_and_ones_own(talk: Talk) -> None:
    stage = talk.stage
    secret = stage.workspace.add_channel("secret", bot=True, private=True)
    other = stage.workspace.add_user("other")
    stage.workspace.state.conversations[secret].members.append(other)
    await stage.workspace.command("/brief", "schedule daily 05:05", user=other, channel=secret)
    [made] = [c for c in await stage.desk.channels() if c.conversation == secret]
    assert made.id not in (await talk.says("/brief status")).text
    assert made.id in (await stage.workspace.command("/brief", "status", user=other, channel=secret)).text


async def test_the_last_digest_comes_with_a_link_to_its_message(talk: Talk) -> None:
    answer = await talk.says("/brief latest")
    small = [e["text"] for m in answer.messages for b in m["blocks"] if b["type"] == "context" for e in b["elements"]]
    address = f"/archives/{talk.stage.channel}/p{talk.posted[0]['ts'].replace('.', '')}"
    assert any(f"{address}|the message>" in text for text in small)


async def test_why_of_a_told_article_says_why_no_alert_fired_too(talk: Talk) -> None:
    await talk.says("/brief subscribe actor:ukraine to:dm now")
    answer = await talk.says("/brief why https://first-paper.example/1")
    assert "EVIDENCE · line" in answer.text
    assert "did not fire: actor:ukraine does not fit" in answer.text


# --- schedules ------------------------------------------------------------------------------------------------------


async def test_pausing_without_an_id_asks_which_of_several(talk: Talk) -> None:
    stage = talk.stage
    elsewhere = stage.workspace.add_channel("elsewhere", stage.person, bot=True)

    async def says(text: str) -> Answer:
        return await stage.workspace.command("/brief", text, user=stage.person, channel=elsewhere)

    assert "No digest is scheduled in this conversation" in (await says("schedule pause")).text
    await says("schedule daily 08:30")
    assert "PAUSED · c" in (await says("schedule pause")).text
    assert "RESUMED · c" in (await says("schedule resume")).text
    [made] = [c for c in await stage.desk.channels() if c.conversation == elsewhere]
    await stage.desk.room.store.save_channel(type(made)(**{**vars(made), "id": "another", "at": ("18:00",)}))
    which = await says("schedule pause")
    assert "Which one? This conversation has 2 digests" in which.text
    assert "Nothing was done." in which.text
    assert not any(c.paused for c in await stage.desk.channels())
    message = which.messages[0]
    button = next(e for e in _elements(message) if e["value"] == "schedule pause another")
    await stage.workspace.click(message, button["action_id"], user=stage.person, channel=elsewhere)
    assert [c.id for c in await stage.desk.channels() if c.paused] == ["another"]


# --- home -----------------------------------------------------------------------------------------------------------


def text_of(view: Mapping[str, Any]) -> str:
    return json.dumps(view["blocks"], ensure_ascii=False)


async def test_home_shows_what_is_new_who_stands_where_ones_alerts_and_digests(talk: Talk) -> None:
    stage = talk.stage
    await talk.says("/brief subscribe actor:russia to:dm now")
    secret = stage.workspace.add_channel("secret", bot=True, private=True)
    other = stage.workspace.add_user("other")
    stage.workspace.state.conversations[secret].members.append(other)
    await stage.workspace.command("/brief", "schedule daily 05:05", user=other, channel=secret)
    view = await stage.workspace.open_home(stage.person)
    assert view is not None
    assert len(view["blocks"]) <= 100
    shown = text_of(view)
    for words in (
        "NEW in the last 24 hours · 3 lines",
        TROOPS,
        "POSITIONS · own words last on record",
        "foreign troops 3 Dec 2025",
        "YOUR ALERTS",
        "actor:russia",
        "7 days: fired",
        "DIGESTS in your channels",
        "#peace-plan-daily",
    ):
        assert words in shown, words
    assert "05:05" not in shown, "a private channel that he is not in"
    assert "05:05" in text_of(await stage.workspace.open_home(other) or {})


async def test_alerts_are_managed_from_home_which_shows_it_at_once(talk: Talk) -> None:
    stage = talk.stage
    await talk.says("/brief subscribe actor:russia to:dm quiet:22:00-07:00 now")
    [made] = await stage.desk.room.store.subscriptions()
    person, direct = Person(stage.workspace, stage.person), stage.workspace.direct(stage.person)

    async def presses(label: str) -> tuple[str, str]:
        view = await stage.workspace.open_home(stage.person)
        assert view is not None
        n, element = next((n, e) for n, b in enumerate(view["blocks"]) for e in b.get("elements", ())
                          if b["type"] == "actions" and e.get("text", {}).get("text") == label)  # fmt: skip
        before = stage.workspace.state.homes[stage.person]
        await person.press(Place(view=view["id"]), n, element["action_id"])
        async with asyncio.timeout(5):
            while stage.workspace.state.homes[stage.person] is before:
                await asyncio.sleep(0.01)
        return str(stage.workspace.messages(direct)[-1]["text"]), text_of(stage.workspace.state.homes[stage.person])

    said, shown = await presses("Rehearse")
    assert "nothing is saved yet" in said
    assert "quiet 22:00-07:00" in said
    said, shown = await presses("Mute 4h")
    assert f"MUTED {made.subscription_id} until" in said
    assert "muted until" in shown
    said, shown = await presses("Unmute")
    assert "UNMUTED" in said
    assert "Mute 4h" in shown
    said, shown = await presses("Unsubscribe")
    assert "UNSUBSCRIBED" in said
    assert "actor:russia" not in shown
    assert await stage.desk.room.store.subscriptions() == []


async def test_home_has_no_schedule_but_with_its_id(talk: Talk) -> None:
    view = await talk.stage.workspace.open_home(talk.stage.person)
    assert view is not None
    [daily] = [c for c in await talk.stage.desk.channels() if c.conversation == talk.stage.channel]
    assert f"id {daily.id}" in text_of(view)


async def test_home_counts_what_is_new_since_the_last_visit_and_opening_it_twice_hides_nothing(talk: Talk) -> None:
    stage = talk.stage
    first = await stage.workspace.open_home(stage.person)
    again = await stage.workspace.open_home(stage.person)
    assert first is not None
    assert again is not None
    assert "NEW in the last 24 hours · 3 lines" in text_of(first)
    assert "NEW in the last 24 hours · 3 lines" in text_of(again)
    talk.clock.now = NOON + timedelta(hours=3)
    title = "Macron says France is ready to send troops to Ukraine"
    text = "French President Emmanuel Macron said on Wednesday that France was ready to send troops to Ukraine."
    await Press().publishes(stage.desk, NOON + timedelta(hours=2), "Fourth Paper", title, text)
    later = await stage.workspace.open_home(stage.person)
    assert later is not None
    assert "NEW since your last visit, Wed 3 Dec 13:00 · 1 line" in text_of(later)
    assert title in text_of(later)


async def test_the_buttons_of_a_position_on_one_issue_stay_on_it(talk: Talk) -> None:
    answer = await talk.says("/position russia foreign-troops")
    values = {e["text"]["text"]: e.get("value") for m in answer.messages for e in _elements(m) if e["type"] == "button"}
    assert values["Was / now"] == "position russia foreign-troops vs:baseline"
    assert values["Alert me"] == "subscribe actor:russia issue:foreign-troops"
    assert values["Timeline"] == "timeline russia foreign-troops"
    nowhere = await talk.says("/position lavrov elections")
    assert "own words on foreign troops" in (await talk.presses(nowhere, "foreign troops")).text


async def test_a_filtered_answer_counts_every_publisher_of_what_it_shows(talk: Talk) -> None:
    everything = (await talk.says("/brief new since:2025-12-02")).text
    filtered = (await talk.says("/brief new since:2025-12-02 actor:russia verdict:new")).text
    for shown in (everything, filtered):
        head = shown[: shown.rindex(TROOPS)]
        assert "2 publishers, 1 origin" in head[head.rindex("NEW ·") :]
    assert LAND in everything
    assert LAND not in filtered


async def test_every_time_on_a_card_bears_its_year_and_zone(talk: Talk) -> None:
    for typed in (f"/brief why {await talk.line()}", "/brief why https://first-paper.example/4"):
        shown = (await talk.says(typed)).text
        assert "2025, " in shown
        assert not re.search(r"\b(?:Nov|Dec) \d\d:\d\d", shown), shown


async def test_all_lines_of_a_digest_are_one_press_away_with_all_of_their_words(talk: Talk) -> None:
    answer = await talk.presses(Answer(None, [talk.posted[0]]), "All lines")
    is_sound(answer)
    assert "ALL LINES · 1 line of the digest of Wed 3 Dec 2025, 08:30 CET" in answer.text
    assert TROOPS in answer.text
    assert "would not accept European troops" in answer.text
    copy = await talk.says("/brief latest")
    assert "ALL LINES · 1 line" in (await talk.presses(copy, "All lines")).text
    for typed in ("/brief new", "/brief preview"):
        shown = await talk.says(typed)
        labels = [e["text"]["text"] for m in shown.messages for e in _elements(m) if e["type"] == "button"]
        assert "Alert me" in labels
        assert "All lines" not in labels, "nothing of it was posted"


async def test_nobody_sees_all_lines_of_another_conversation(talk: Talk) -> None:
    stage = talk.stage
    elsewhere = stage.workspace.add_channel("elsewhere", stage.person, bot=True)
    link = f"https://team.slack.com/archives/{stage.channel}/p{str(talk.posted[0]['ts']).replace('.', '')}"
    there = await stage.workspace.command("/brief", f"latest {link}", user=stage.person, channel=elsewhere)
    assert "No digest or alert of this conversation is behind that message" in there.text


async def test_every_report_that_a_search_finds_leads_to_its_evidence(talk: Talk) -> None:
    found = await talk.says("/brief search lavrov")
    shown = await talk.presses(found, "Evidence")
    card = "\n".join(str(m["text"]) for m in shown.messages) or words_of(shown.view or {})
    assert "EVIDENCE" in card or "Evidence" in card
    typed = re.search(r"· id (\w{6})", found.text)
    assert typed is not None
    assert "REPORTS OF THIS HAPPENING" in (await talk.says(f"/brief why {typed[1]}")).text
    untold = await talk.says("/brief search territory")
    typed = re.search(r"· id (\w{6})", untold.text)
    assert typed is not None, "what was told nowhere has an id too"
    assert "REPORTS OF THIS HAPPENING" in (await talk.says(f"/brief why {typed[1]}")).text

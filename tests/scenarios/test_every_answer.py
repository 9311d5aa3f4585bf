"""Every answer of every verb, over records that chance made: frames and spans alone, within every limit of Slack, and a
fallback text that says what the blocks say. A subscription to one thing gives that thing and no other.
"""

from __future__ import annotations

import html
import random
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.answers import DeskAnswers
from bot.app import Parts, open_desk
from bot.commands import BRIEF, VERBS, Misunderstood, parse
from bot.help import misunderstood
from bot.local import limits
from bot.slack.answers import Asker
from bot.slack.blocks import home, render
from config import Config
from digests import frames, matching
from digests.desk import Desk
from digests.desk.newsroom import silent_notes
from digests.model import Echo, Frame, Page, Span
from digests.ports import Recorded
from tests.scenarios.conftest import Press
from tests.scenarios.test_alerts import a_subscription
from tests.unit.bot.test_blocks import every, left_out, shown, strangers
from tests.unit.bot.test_cards import is_lawful_card

NOON = datetime(2025, 12, 3, 12, tzinfo=UTC)
ZONE = "Europe/Brussels"
ASKER = Asker("U1", "C0ASKING0", ZONE, "ann")
SEEDS = (1, 3)

PEOPLE = (
    ("Russian Foreign Minister Sergei Lavrov", "Moscow"),
    ("Ukrainian President Volodymyr Zelensky", "Kyiv"),
    ("US Secretary of State Marco Rubio", "Washington"),
    ("French President Emmanuel Macron", "France"),
    ("Kremlin spokesman Dmitry Peskov", "the Kremlin"),
)
SAYINGS = (
    "would not accept European troops in Ukraine",
    "was ready to discuss territory under the peace plan",
    "rejected any ceasefire before a deal",
    "wanted security guarantees for {n} years",
    "would exchange {n} prisoners",
    "would withdraw from Donbas if elections were held",
)
HOSTILE = ("<!channel> *now* ", "<https://evil.example|click> ", "", "", "", ":fire: _so_ & ", "“")
DAYS = ("Monday", "Tuesday", "Wednesday")


def reports(seed: int) -> list[tuple[timedelta, str, str, str]]:
    """(how long before noon, publisher, title, text) of some twenty reports, copies and hostile marks among them."""
    rng = random.Random(seed)
    made = []
    for n in range(rng.randrange(8, 26)):
        (who, side), saying = rng.choice(PEOPLE), rng.choice(SAYINGS).format(n=rng.randrange(2, 5000))
        mark = html.escape(html.escape(rng.choice(HOSTILE)))
        title = f"{mark}{who.split()[-1]} says {side} {saying} {n}"
        text = f"The talks go on. {who} said on {rng.choice(DAYS)} that {side} {saying}. " + "Word " * rng.randrange(
            300
        )
        made.append((timedelta(minutes=rng.randrange(1, 5000)), f"Paper {rng.randrange(7)}", title, text))
        if rng.random() < 0.3:
            made.append((timedelta(minutes=rng.randrange(1, 500)), f"Paper {rng.randrange(7)}", title, text))
    return sorted(made, reverse=True)


@asynccontextmanager
async def a_record(config: Config, folder: Path, seed: int) -> AsyncIterator[Desk]:
    """A desk with a record made by chance, a digest that was told, and an alert."""
    async with open_desk(
        config, f"sqlite:///{folder}/{seed}.db", Parts(notes=silent_notes, jitter=lambda: 0.5)
    ) as desk:
        press = Press()
        answers = DeskAnswers(config)
        answers.serve(desk)
        for typed in ("schedule daily 12:30", "subscribe actor:russia now", "subscribe issue:territory to:dm now"):
            command = parse(typed, BRIEF, config.directory, ZONE)
            assert not isinstance(command, Misunderstood)
            await answers.answer(command, ASKER, NOON - timedelta(days=4))
        await desk.brief_due(NOON - timedelta(days=4))
        for before, paper, title, text in reports(seed):
            await press.publishes(desk, NOON - before, paper, title, text)
        await desk.brief_due(NOON)
        yield desk


def typed_of(verb: str) -> Sequence[str]:
    """The usual ways in which a verb is typed."""
    return {
        "position": ("position russia", "position lavrov", "position all", "position ukraine vs:russia",
                     "position europe vs:baseline", "position russia since:2d"),
        "new": ("new", "new since:5d", "new actor:russia since:5d"),
        "search": ("search talks", "search troops page:2", "search nothing-like-this"),
        "quote": ('quote "would not accept European troops"', 'quote "the moon is made of cheese"'),
        "why": ("why k7f2ab", "why https://paper-1.example/1", "why https://paper-2.example/2 cite",
                "why https://nobody.example/x"),
        "diff": ("diff", "diff russia", "diff territory vs:2d"),
        "baseline": ("baseline", "baseline page:2", "baseline history"),
        "sources": ("sources", "sources status"),
        "schedule": ("schedule list", "schedule daily 08:30 style:compact", "schedule pause"),
        "settings": ("settings", "settings style:compact threads:off lang:en"),
        "subscribe": ("subscribe to:here", "subscribe list", "subscribe actor:russia,ukraine weight:2"),
        "mute": ("mute 4h", "mute"),
        "help": ("help", "help more", *(f"help {v}" for v in VERBS)),
        "export": ("export csv", "export json", "export md"),
    }.get(verb, (verb, f"{verb} x"))  # fmt: skip


async def answered(desk: Desk, config: Config, typed: str) -> Page:
    answers = DeskAnswers(config)
    answers.serve(desk)
    command = parse(typed, BRIEF, config.directory, ZONE)
    if isinstance(command, Misunderstood):
        return misunderstood(command, config.slack, ZONE)
    return await answers.answer(command, ASKER, NOON)


def is_lawful(page: Page, typed: str) -> None:
    """What every page that anybody sees keeps to."""
    message = render(page, ZONE)
    assert strangers(message, page) == [], typed
    is_lawful_card(page)
    for part in every(message):
        blocks = list(part.blocks)
        assert limits.of_blocks(blocks) == [], typed
        assert not limits.too_long(blocks), typed
        assert len(blocks) <= 45, typed
        assert sum(len(text) for text in shown(blocks)) <= 9_000, typed
        assert 0 < len(part.text) <= 3_000, typed
        if part.simple is None and not left_out(part.text):
            plain = html.unescape(part.text)
            for block in (b for b in blocks if b["type"] not in {"actions", "table"}):
                for text in shown(block):
                    assert text in plain or text == frames.words(frames.say("layout.continued"), UTC), (typed, text)


@pytest.mark.parametrize("seed", SEEDS)
async def test_every_answer_of_every_verb_is_lawful_whatever_is_on_record(
    seed: int, shipped: Config, tmp_path: Path
) -> None:
    async with a_record(shipped, tmp_path, seed) as desk:
        kinds = set()
        for verb in VERBS:
            for typed in typed_of(verb):
                page = await answered(desk, shipped, typed)
                kinds.add(page.kind)
                is_lawful(page, typed)
        assert {"digest", "position", "help", "status"} <= kinds
        for delivery in await desk.room.store.deliveries():
            is_lawful(delivery.page, delivery.kind)
        visitor = await DeskAnswers.home(_serving(shipped, desk), ASKER, {"C0ASKING0": "asking"}, NOON)
        assert limits.of_view(home(visitor, ZONE)) == []


def _serving(config: Config, desk: Desk) -> DeskAnswers:
    answers = DeskAnswers(config)
    answers.serve(desk)
    return answers


async def test_nothing_on_record_is_answered_lawfully_too(shipped: Config, tmp_path: Path) -> None:
    async with open_desk(shipped, f"sqlite:///{tmp_path}/none.db", Parts(notes=silent_notes)) as desk:
        for verb in VERBS:
            for typed in typed_of(verb):
                page = await answered(desk, shipped, typed)
                is_lawful(page, typed)
                assert [p for row in page.rows for p in row.pieces if isinstance(p, Frame | Span)]
        view = home(await _serving(shipped, desk).home(ASKER, {}, NOON), ZONE)
        assert limits.of_view(view) == []


def test_what_a_person_typed_stands_in_echoes_alone(shipped: Config) -> None:
    typed = "subscribe actor:zzyzx"
    command = parse(typed, BRIEF, shipped.directory, ZONE)
    assert isinstance(command, Misunderstood)
    held = [slot for _, slot in command.frame.slots if "zzyzx" in str(slot)]
    assert held
    assert all(isinstance(slot, Echo) for slot in held)


# --- one thing, and no other ----------------------------------------------------------------------------------------


def a_filter(rng: random.Random, config: Config) -> dict[str, str]:
    values = {
        "actor": [a.id for a in config.directory.actors if a.parent is None],
        "issue": [i.id for i in config.directory.issues],
        "verdict": ["new", "update", "shift", "possible-shift", "differ", "correction"],
        "kind": ["quoted", "reported", "action", "analysis"],
        "weight": ["1", "2"],
        "lang": ["en", "uk"],
        "source": ["independent", "wire", "paper-1"],
        "origins": ["1", "2"],
    }
    keys = rng.sample(sorted(values), rng.randrange(0, 4))
    return {key: ",".join(rng.sample(values[key], min(len(values[key]), rng.randrange(1, 3)))) for key in keys}


@pytest.mark.parametrize("seed", SEEDS)
async def test_a_subscription_gives_only_what_it_asks_for_and_twins_in_two_channels_both_fire(
    seed: int, shipped: Config, tmp_path: Path
) -> None:
    rng = random.Random(1000 + seed)
    wished = [a_filter(rng, shipped) for _ in range(12)]
    parts = Parts(notes=silent_notes, jitter=lambda: 0.5)
    async with open_desk(shipped, f"sqlite:///{tmp_path}/alerts.db", parts) as desk:
        for n, filters in enumerate(wished):
            for side in ("A", "B"):
                await desk.subscribe(a_subscription(f"C{side}{n:07}", **filters), NOON - timedelta(days=9))
        press = Press()
        for before, paper, title, text in reports(seed + 10):
            await press.publishes(desk, NOON - before, paper, title, text)
        lines: dict[str, list[set[str]]] = {}
        for d in await desk.room.store.deliveries(kind="alert"):
            for stored in await desk.room.store.lines_of(d.key):
                lines.setdefault(d.conversation, []).append(set(stored.line.development_ids))
        for n, filters in enumerate(wished):
            own, twin = lines.get(f"CA{n:07}", []), lines.get(f"CB{n:07}", [])
            assert own == twin, filters
            asked = {key: value.split(",") for key, value in filters.items()}
            for developments in own:
                told = [r for r in desk.room.recorded.values() if _id(r) in developments]
                assert told
                assert any(matching.matches(asked, r, desk.room.directory, origins=9) for r in told), filters


def _id(r: Recorded) -> str:
    return r.development.development_id if r.development is not None else ""

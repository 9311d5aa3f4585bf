"""What every digest promises, whatever the papers print: nothing invented, nothing told twice, a board that is true.

Real parts throughout: entries are read and judged, kept in SQLite on disk, told by the desk slot by slot.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

import config
from bot.analyse import InlineAnalyst
from bot.app import Parts, open_desk
from config import Config
from digests import frames
from digests.choice import EARLIER, HELD
from digests.coverage import Window
from digests.desk import Arrivals, Desk
from digests.desk.newsroom import silent_notes
from digests.model import (
    Channel,
    Digest,
    Directory,
    Entry,
    Feed,
    Frame,
    Link,
    Name,
    Page,
    Source,
    SourceClass,
    Span,
    TextOfRecord,
    Verdict,
)
from digests.phrases import PHRASES
from digests.wordings import Differs
from tests.conftest import REPO
from tests.unit.digests.recount import Recount, shown

START = datetime(2025, 11, 24, 6, 0, tzinfo=UTC)
CONVERSATION = "C0DAILY00"
MORNING = Channel("morning", CONVERSATION, "Europe/Kyiv", ("08:30",), catch_up=timedelta(hours=3))
EVENING = Channel("evening", CONVERSATION, "Europe/Brussels", ("19:00", "23:30"), catch_up=timedelta(hours=3))

OUTLETS = (
    Source("harbour-wire", "Harbour Wire", SourceClass.WIRE, "harbour-wire"),
    Source("north-paper", "North Paper", SourceClass.INDEPENDENT, "north"),
    Source("south-paper", "South Paper", SourceClass.BROADCASTER, "south"),
    Source("spun-daily", "Spun Daily", SourceClass.REWRITE, "spun"),
)
STORIES = (
    (
        "Lavrov says Russia will not accept European troops in Ukraine",
        "Russia would not accept European troops in Ukraine, Foreign Minister Sergei Lavrov said on {day} in Moscow.",
    ),
    (
        "Umerov leaves for talks in Florida as Yermak quits",
        "“The task is to work out the steps needed to end the war,” Rustem Umerov said on {day}, "
        "according to the presidential office in Kyiv.",
    ),
    (
        "Rubio calls Geneva talks on peace plan productive",
        "U.S. Secretary of State Marco Rubio said on {day} that the talks with Ukraine were productive, "
        "“but there’s more work to be done.”",
    ),
    (
        "Kallas demands pressure on Russia before any ceasefire",
        "EU foreign policy chief Kaja Kallas said on {day} that Russia must agree to an unconditional ceasefire first.",
    ),
    (
        "Kremlin says Putin will receive Witkoff",
        "Vladimir Putin will receive U.S. envoy Steve Witkoff, Kremlin spokesman Dmitry Peskov said on "
        "{day}. The meeting is due to take place in Moscow next week.",
    ),
    (
        "Merz warns against a peace plan over Europe’s head",
        "There must be no agreement on Ukraine over the heads of Europeans, Chancellor Friedrich Merz "
        "told the Bundestag on {day}.",
    ),
    (
        "Russian strikes on Kyiv kill {n}",
        "Russian missiles killed {n} people in Kyiv overnight, officials said on {day}.",
    ),
    (
        "Plan cut to {n} points after Geneva",
        "The peace plan now has {n} points, Ukrainian negotiator Serhiy Kyslytsya said on {day}.",
    ),
    (
        "White House sees few details left in peace plan for Ukraine",
        "There are “a few delicate, but not insurmountable, details that must be sorted out,” White "
        "House press secretary Karoline Leavitt wrote on {day}.",
    ),
    ("Harbour Town win derby 3-1", "Two late goals decided the match on {day}."),
)
HOSTILE = ("<b>*bold*</b> ", "<!channel> ", "&lt;script&gt; ", "\u202e", "`code` ", "")


@dataclass(frozen=True)
class Print:
    """One entry of one outlet at one hour."""

    story: int
    outlet: int
    hour: int
    number: int
    mark: str

    def entry(self, n: int) -> Entry:
        """The entry, as a feed would have it."""
        title, lead = STORIES[self.story]
        at = START + timedelta(hours=self.hour)
        words = {"n": str(self.number), "day": f"{at:%A}"}
        link = f"https://{OUTLETS[self.outlet].id}.example/{n}"
        return Entry(link, self.mark + title.format(**words), lead.format(**words), link, published=at, language="en")


PRINTS = st.lists(
    st.builds(
        Print,
        story=st.integers(0, len(STORIES) - 1),
        outlet=st.integers(0, len(OUTLETS) - 1),
        hour=st.integers(0, 71),
        number=st.integers(2, 30),
        mark=st.sampled_from(HOSTILE),
    ),
    max_size=24,
)
TICKS = st.lists(st.integers(1, 76 * 2), min_size=3, max_size=14, unique=True)


@cache
def shipped() -> Config:
    """The configuration of the tree, with the outlets of this page beside its own."""
    loaded = config.load(REPO / "config")
    whole = loaded.directory
    return replace(loaded, directory=Directory(whole.actors, whole.issues, (*whole.sources, *OUTLETS), whole.watch))


@cache
def analyst() -> InlineAnalyst:
    """One reader for every run: it remembers nothing."""
    return InlineAnalyst(shipped().directory)


@dataclass(frozen=True)
class Day:
    """What came of a run: digests in the order in which they were written, their pages, every text that was printed."""

    digests: Sequence[Digest]
    pages: Sequence[Page]
    windows: Sequence[Window]
    texts: frozenset[str]
    urls: frozenset[str]
    directory: Directory


async def lived(prints: Sequence[Print], ticks: Sequence[int], *, restarts: bool = False) -> Day:
    """Print and tick in order of time, over a database on disk; with `restarts` each tick is a process of its own."""
    todo = [(p.hour * 2, 0, n, p) for n, p in enumerate(prints)]
    steps = sorted([*todo, *((t, 1, t, None) for t in ticks)], key=lambda step: step[:3])
    runs = [[step] for step in steps] if restarts else [steps]
    told: list[tuple[Digest, Window]] = []
    with tempfile.TemporaryDirectory() as folder:
        database = f"sqlite:///{Path(folder) / 'desk.db'}"
        parts = Parts(analyst=analyst(), notes=silent_notes, jitter=lambda: 0.5, channels=(MORNING, EVENING))
        for run in ([], *runs):
            async with open_desk(shipped(), database, parts) as desk:
                await desk.brief_due(START) if not run else None
                for step in run:
                    told += await _one(desk, *step)
        async with open_desk(shipped(), database, parts) as desk:
            return await _day(desk, told)


async def _one(desk: Desk, half_hours: int, _: int, n: int, printed: Print | None) -> list[tuple[Digest, Window]]:
    """One entry arrives, or the clock ticks."""
    now = START + timedelta(minutes=30 * half_hours)
    if printed is None:
        return [(digest, await _window(desk, digest)) for digest in await desk.brief_due(now)]
    source = OUTLETS[printed.outlet]
    feed = Feed(f"{source.id}-feed", source.id, f"https://{source.id}.example/feed", "en")
    await desk.take(Arrivals(feed, source, (printed.entry(n),)), now)
    return []


async def _day(desk: Desk, told: Sequence[tuple[Digest, Window]]) -> Day:
    pages = [d.page for d in await desk.room.store.deliveries(kind="digest")]
    recorded = await desk.room.store.recorded()
    texts = {t.body for r in recorded for t in r.article.texts.values()}
    texts |= {t.body for t in shipped().baseline.article.texts.values()}
    texts |= {f.other.text.body for f in shipped().baseline.faults if f.other is not None}
    urls = frozenset(r.article.url for r in recorded)
    digests, windows = [d for d, _ in told], [w for _, w in told]
    return Day(digests, pages, windows, frozenset(texts), urls, desk.room.directory)


async def _window(desk: Desk, digest: Digest) -> Window:
    """What the digest looked at, asked anew of the store."""
    since, until = digest.freshness.since, digest.freshness.until
    recorded = await desk.room.store.recorded(since=min(since, until - timedelta(hours=48)), until=until)
    baseline = shipped().baseline.article.article_id
    return Window(since, until, tuple(recorded), (), desk.room.last_words(since), (), baseline)


def vocabulary(directory: Directory) -> set[str]:
    """Every name that a page may hold: configured names, words of the glossary, the baseline's known faults."""
    known = {a.name for a in directory.actors} | {s.name for a in directory.actors for s in a.speakers}
    known |= {body for a in directory.actors for body in (*a.bodies, *a.aliases)}
    known |= {i.name for i in directory.issues} | {s.name for s in directory.sources} | {s.name for s in OUTLETS}
    known |= {v.name for v in shipped().required_sides}
    for fault in shipped().baseline.faults:
        known |= {fault.kind, fault.source, fault.said_by, *([] if fault.said_by else [fault.other_wording])}
    return known


GLOSSARY = {c.value for c in SourceClass} | {
    "background", "known already", "told already", "only in a rewrite", "withdrawn by the source", "context",
    "of little weight", "cut off by the cap", "not about the talks", "published earlier", "held back in review",
    "number", "condition", "yes/no", "Europe/Kyiv", "Europe/Brussels", "baseline article",
}  # fmt: skip
VERDICTS = {v.value.upper() for v in Verdict}


def checked_name(name: str, known: set[str]) -> bool:
    """Whether a name is the bot's to say: configured, of the glossary, an id, or verdicts in a row."""
    if name in known or name in GLOSSARY or set(name.split(", ")) <= VERDICTS:
        return True
    line_id = len(name) == 6 and name.isalnum() and name == name.lower()
    kinds = set(name.split(", ")) <= {d.value for d in Differs}
    facts = name.startswith(
        ("the number of the ", "the number of points", "a ", "what was done or said", "words not on record")
    )
    return line_id or kinds or facts


def check_pieces(page: Page, day: Day) -> None:
    """Frames of the closed list with slots of their types, spans of printed texts, links to printed pages."""
    known = vocabulary(day.directory)
    for row in (*page.rows, *page.thread):
        for piece in row.pieces:
            if isinstance(piece, Span):
                assert piece.text.body in day.texts
                assert TextOfRecord(piece.text.body).span(piece.start, piece.end) == piece
            elif isinstance(piece, Link):
                assert piece.url in day.urls
            else:
                check_frame(piece, known)
    assert all(isinstance(p, Frame) or p.text.body in day.texts for p in page.summary)


def check_frame(frame: Frame, known: set[str]) -> None:
    """One frame, said again from its slots."""
    assert frame.key in PHRASES
    assert frames.say(frame.key, **dict(frame.slots)) == frame
    for _, slot in frame.slots:
        for name in slot if isinstance(slot, tuple) else (slot,):
            if isinstance(name, Name):
                assert checked_name(name.text, known), f"{name.text!r} in {frame.key}"


@settings(max_examples=20)
@given(PRINTS, TICKS)
def test_a_digest_holds_frames_spans_and_links_and_nothing_else(prints: list[Print], ticks: list[int]) -> None:
    day = asyncio.run(lived(prints, ticks))
    for page in day.pages:
        check_pieces(page, day)


@settings(max_examples=20)
@given(PRINTS, TICKS)
def test_a_conversation_is_told_nothing_twice_whatever_slots_it_has(prints: list[Print], ticks: list[int]) -> None:
    day = asyncio.run(lived(prints, ticks))
    told = [d for digest in day.digests for line in digest.lines for d in line.development_ids]
    assert len(told) == len(set(told))
    news = [line.story_id for digest in day.digests for line in digest.lines if line.verdicts == (Verdict.NEW,)]
    assert len(news) == len(set(news))
    headlines = [
        line.headline.span.chars
        for digest in day.digests
        for line in digest.lines
        if {Verdict.NEW, Verdict.UPDATE}.issuperset(line.verdicts)
    ]
    assert len(headlines) == len(set(headlines))


@settings(max_examples=20)
@given(PRINTS, TICKS)
def test_every_status_frame_can_be_asked_again_of_the_store(prints: list[Print], ticks: list[int]) -> None:
    day = asyncio.run(lived(prints, ticks))
    for digest, window in zip(day.digests, day.windows, strict=True):
        recount = Recount(digest.lines, digest.alerted, window, day.directory, digest.freshness)
        for entry in digest.board:
            assert shown(entry) == recount.said(entry), entry.actor_id


@given(PRINTS, TICKS)
def test_the_counts_of_a_digest_add_up(prints: list[Print], ticks: list[int]) -> None:
    for digest in asyncio.run(lived(prints, ticks)).digests:
        reports = sum(digest.counts.values())
        unread = sum(digest.left_out.get(why, 0) for why in ("not about the talks", EARLIER, HELD))
        assert digest.freshness.items == reports - digest.versions + unread
        assert digest.used + sum(digest.left_out.values()) == reports + unread


@settings(max_examples=5)
@given(PRINTS, TICKS)
def test_a_restart_between_any_two_slots_changes_nothing(prints: list[Print], ticks: list[int]) -> None:
    one, two = asyncio.run(lived(prints, ticks)), asyncio.run(lived(prints, ticks, restarts=True))
    assert [d.lines for d in one.digests] == [d.lines for d in two.digests]
    assert [p.rows for p in one.pages] == [p.rows for p in two.pages]

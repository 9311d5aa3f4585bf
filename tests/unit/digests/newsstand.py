"""A newsstand for tests of what is told: invented outlets of every class print, and what they print is read, judged and
remembered for real, against the shipped baseline. Hides the reader, the memory and how a digest's window is filled.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from digests import compose, coverage, frames, pages
from digests.coverage import Window
from digests.model import (
    Article,
    Channel,
    Digest,
    Directory,
    Frame,
    Freshness,
    Judgement,
    Kind,
    Line,
    Link,
    Page,
    Relevance,
    Source,
    SourceClass,
    Span,
    Statement,
    Verdict,
    Voice,
)
from digests.novelty import Known
from digests.ports import FeedCoverage, Recorded, Told
from digests.reading import Reader
from tests.builders import a_channel, a_development, a_reading, an_article, at
from tests.unit.digests.shipped import shipped

OUTLETS = (
    Source("harbour-wire", "Harbour Wire", SourceClass.WIRE, "harbour-wire"),
    Source("volga-agency", "Volga Agency", SourceClass.STATE, "volga", "russia", label="state, Russia"),
    Source("dnipro-office", "Dnipro Office", SourceClass.OFFICIAL, "dnipro", "ukraine"),
    Source("potomac-record", "Potomac Record", SourceClass.OFFICIAL, "potomac", "united-states"),
    Source("seine-post", "Seine Post", SourceClass.INDEPENDENT, "seine", "france"),
    Source("north-paper", "North Paper", SourceClass.INDEPENDENT, "north"),
    Source("south-paper", "South Paper", SourceClass.INDEPENDENT, "south"),
    Source("east-institute", "East Institute", SourceClass.THINK_TANK, "east"),
    Source("spun-daily", "Spun Daily", SourceClass.REWRITE, "spun"),
)
PAPERS = ("harbour-wire", "north-paper", "south-paper", "seine-post", "potomac-record", "dnipro-office")
"""Outlets that may speak for a happening."""

UMEROV = "Ukraine says delegations share understanding on core terms of deal"
UMEROV_LEAD = (
    "“Our delegations reached a common understanding on the core terms of the agreement discussed in Geneva,” "
    "Ukraine’s chief negotiator Rustem Umerov wrote on Facebook on Tuesday."
)
LEAVITT = "White House says few details remain in Ukraine peace plan"
LEAVITT_LEAD = (
    "There are “a few delicate, but not insurmountable, details that must be sorted out,” White House press secretary "
    "Karoline Leavitt wrote on Tuesday about the peace plan for Ukraine."
)
TROOPS = "Lavrov says Russia will not accept European troops in Ukraine"
TROOPS_LEAD = (
    "Russia would not accept European troops in Ukraine, Foreign Minister Sergei Lavrov said on Tuesday in Moscow."
)


@cache
def directory() -> Directory:
    """The shipped parties and issues, with the outlets of the newsstand beside the shipped ones."""
    whole = shipped().directory
    return Directory(whole.actors, whole.issues, (*whole.sources, *OUTLETS), whole.watch)


@cache
def reader() -> Reader:
    """One reader for every test."""
    return Reader(directory())


def setting() -> pages.Setting:
    """What pages need."""
    return pages.Setting(directory(), shipped().baseline)


class Newsstand:
    """Prints, remembers, and composes digests for one conversation."""

    def __init__(self) -> None:
        self.baseline = reader().read(shipped().baseline.article).statements
        self._memory = Known(directory(), shipped().baseline, self.baseline)
        self.recorded: list[Recorded] = []
        self.told = Told()
        self.told_lines: list[Line] = []

    def prints(
        self,
        title: str,
        lead: str = "",
        *,
        outlet: str = "harbour-wire",
        hours: float = 0.0,
        name: str = "",
        revision: int = 0,
        language: str = "en",
        text: str = "",
    ) -> Recorded:
        """One article, read and judged like any other."""
        article = an_article(
            name or f"{outlet}-{len(self.recorded)}",
            title=title,
            lead=lead,
            text=text,
            feed_id=outlet,
            hours=hours,
            revision=revision,
            language=language,
        )
        reading = reader().read(article)
        development = None if reading.relevance is Relevance.NO else self._memory.take(reading)
        recorded = Recorded(article, reading, development, seq=len(self.recorded) + 1)
        self._memory.add(recorded)
        return self.keeps(recorded)

    def keeps(self, recorded: Recorded) -> Recorded:
        """Something judged elsewhere."""
        self.recorded.append(recorded)
        return recorded

    def window(self, since: float = -24, until: float = 24, read: Sequence[str] | None = None) -> Window:
        """What a digest would look at; `read`: the outlets that answered, by default all."""
        start, end = at(since), at(until)
        floor = end - compose.CARRY_OVER
        seen = [r for r in self.recorded if floor < r.article.seen_at <= end]
        answered = [s.id for s in OUTLETS] if read is None else list(read)
        fed = tuple(self._fed(s.id, start, end, ok=s.id in answered) for s in OUTLETS)
        return Window(
            start,
            end,
            tuple(seen),
            fed,
            self._last_words(start),
            tuple(self.told_lines),
            shipped().baseline.article.article_id,
            told_reports=self._told_reports(),
        )

    def _told_reports(self) -> tuple[Recorded, ...]:
        cited = {article_id for line in self.told_lines for article_id in line.article_ids}
        return tuple({r.article.article_id: r for r in self.recorded if r.article.article_id in cited}.values())

    def _fed(self, outlet: str, since: datetime, until: datetime, *, ok: bool) -> FeedCoverage:
        items = [r.article.seen_at for r in self.recorded if r.article.source_id == outlet]
        inside = [t for t in items if since < t <= until] if ok else []
        last = until if ok else since - timedelta(hours=2)
        return FeedCoverage(
            outlet, outlet, int(ok), int(not ok), len(inside), max(inside, default=None), last, None if ok else since
        )

    def _last_words(self, before: datetime) -> dict[str, Statement]:
        spoken = [s for r in self.recorded if r.article.seen_at <= before for s in r.reading.statements]
        dated = [s for s in (*self.baseline, *spoken) if s.kind is not Kind.ANALYSIS and s.said_on]
        return {s.actor_id: s for s in sorted(dated, key=lambda s: s.said_on.last if s.said_on else before.date())}

    def digest(
        self,
        since: float = -24,
        until: float = 24,
        *,
        channel: Channel | None = None,
        voices: Sequence[Voice] = (),
        read: Sequence[str] | None = None,
    ) -> Digest:
        """The digest of a slot; nothing is remembered as told."""
        return compose.digest(
            channel or a_channel(),
            self.window(since, until, read),
            self.told,
            directory(),
            voices=voices,
            faults=shipped().baseline.faults,
        )

    def tells(self, since: float = -24, until: float = 24, *, channel: Channel | None = None) -> Digest:
        """The digest of a slot, told: what stands in it is remembered."""
        made = self.digest(since, until, channel=channel)
        stories = {**self.told.stories}
        for line in made.lines:
            stories.setdefault(line.story_id, at(until))
        developments = self.told.developments | {d for line in made.lines for d in line.development_ids}
        self.told = Told(frozenset(developments), stories)
        self.told_lines.extend(made.lines)
        return made

    def page(self, since: float = -24, until: float = 24) -> Page:
        """The page of a slot."""
        return pages.digest(self.digest(since, until), setting())


def judged(
    story: str,
    *,
    outlet: str = "harbour-wire",
    title: str = "",
    lead: str = "",
    hours: float = 0.0,
    verdict: Verdict = Verdict.NEW,
    weight: int = 1,
    context: bool = False,
    actors: Sequence[str] = ("russia",),
    statements: Sequence[Statement] = (),
    article: Article | None = None,
) -> Recorded:
    """A report with the verdict that a test wants; its statements carry the same."""
    article = article or an_article(
        f"{outlet}-{story}-{hours:g}",
        title=title or f"{story} is what the paper reports today",
        lead=lead,
        feed_id=outlet,
        hours=hours,
    )
    relevance = Relevance.CONTEXT if context else Relevance.YES
    reading = a_reading(article, relevance=relevance, statements=statements, actors=actors, weight=weight)
    development = a_development(
        article,
        story_id=story,
        verdict=verdict,
        weight=weight,
        actors=actors,
        judgements=[Judgement(s, verdict, a_development().reason) for s in statements],
    )
    return Recorded(article, reading, replace(development, context=context))


def fresh(window: Window) -> Freshness:
    """What was read in a window, without required voices."""
    return coverage.freshness(window, directory(), ())


def text_of(page: Page) -> str:
    """Every word of a page, thread and fallback included, one row a line."""

    def said(piece: Frame | Span | Link) -> str:
        if isinstance(piece, Span):
            return piece.chars
        return frames.words(piece.label if isinstance(piece, Link) else piece, ZoneInfo(page.zone))

    rows = [" · ".join(said(p) for p in row.pieces) for row in (*page.rows, *page.thread)]
    return "\n".join([*rows, " ".join(said(p) for p in page.summary)])

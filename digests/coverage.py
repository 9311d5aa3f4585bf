"""What was read between two instants: the ground of every "nothing new". Hides how feeds add up to sides and voices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from digests.model import Directory, Freshness, Line, Silence, Source, Statement, Voice
from digests.ports import FeedCoverage, Recorded

LOST_AFTER = timedelta(hours=2)
"""How long a feed may fail at the end of a window until its side counts as not read: a few polls, not a night."""


@dataclass(frozen=True)
class Window:
    """What a digest looks at: articles seen in (since, until], before `since` those that it may still carry over."""

    since: datetime
    until: datetime
    recorded: tuple[Recorded, ...]
    coverage: tuple[FeedCoverage, ...]
    last_words: Mapping[str, Statement]  # actor id -> newest own statement on record before `since`
    told_lines: tuple[Line, ...] = ()  # what this conversation was told lately, oldest first
    baseline_id: str = ""  # the baseline's article id
    ruled: tuple[Line, ...] = ()  # told before, and overruled or rescoped by a reviewer in this window
    told_reports: tuple[Recorded, ...] = ()  # what those lines rest on, as it stands now
    asked_for: frozenset[str] | None = None  # keys of the articles that were asked for; None: all
    most: int | None = None  # lines at most; None: as many as a digest has
    set_aside: Mapping[str, int] = field(
        default_factory=dict
    )  # why articles first seen in it are not looked at -> them

    def fits(self, r: Recorded) -> bool:
        """Whether a report is one that was asked for."""
        return self.asked_for is None or r.article.key in self.asked_for

    @property
    def fresh(self) -> tuple[Recorded, ...]:
        """What arrived in the window itself."""
        return tuple(r for r in self.recorded if self.since < r.article.seen_at <= self.until)


def freshness(window: Window, directory: Directory, voices: Sequence[Voice]) -> Freshness:
    """What was read between since and until, by side and voice."""
    read: list[Source] = []
    failing: list[tuple[str, datetime]] = []
    for c in window.coverage:
        source = directory.source_by_id.get(c.source_id)
        answered = _answered(c, window)
        lost = c.failing_since is not None and (not answered or window.until - c.failing_since >= LOST_AFTER)
        if source is not None and (c.items or answered) and not lost:
            read.append(source)
        if c.failing_since is not None and lost:
            failing.append((c.feed_id, c.failing_since))
    newest = [c.newest for c in window.coverage if c.newest is not None]
    return Freshness(
        since=window.since,
        until=window.until,
        items=sum(c.items for c in window.coverage),
        publishers=len({c.source_id for c in window.coverage if c.items}),
        newest=max(newest, default=None),
        feeds=sum(1 for c in window.coverage if _answered(c, window) or c.items),
        failing=tuple(sorted(failing)),
        sides_read=tuple(sorted({s.side for s in read if s.side})),
        missing=missing_voices(voices, read, directory),
        sources_read=tuple(sorted({s.id for s in read})),
        last_read=_last_read(window.coverage, directory),
    )


def _answered(c: FeedCoverage, window: Window) -> bool:
    """Whether a feed was read: in the window, or before a short one so lately that it need not be read again yet."""
    before = c.last_ok_at is not None and window.until - LOST_AFTER < c.last_ok_at <= window.since
    return c.polls_ok > 0 or before


def _last_read(coverage: Sequence[FeedCoverage], directory: Directory) -> tuple[tuple[str, datetime], ...]:
    last: dict[str, datetime] = {}
    for c in coverage:
        source = directory.source_by_id.get(c.source_id)
        at = max((t for t in (c.last_ok_at, c.newest) if t is not None), default=None)
        if source is not None and source.side and at is not None:
            last[source.side] = max(at, last.get(source.side, at))
    return tuple(sorted(last.items()))


def missing_voices(voices: Sequence[Voice], read: Sequence[Source], directory: Directory) -> tuple[Voice, ...]:
    """Required voices that none of the sources read can stand for."""
    return tuple(v for v in voices if not any(directory.carries(s, v) for s in read))


def silence(lines: Sequence[Line], fresh: Freshness) -> Silence:
    """Which of the four silences a digest is. A failing feed blinds a part even where its side is heard elsewhere."""
    if fresh.feeds == 0:
        return Silence.BLIND
    if fresh.missing or fresh.failing:
        return Silence.PARTLY_BLIND
    return Silence.LINES if lines else Silence.NOTHING_NEW

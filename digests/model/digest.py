"""What is told: lines, boards, digests, positions. Hides how lines were chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from digests.model.directory import Voice
from digests.model.frame import Frame
from digests.model.reading import Citation, Fault, Statement, Verdict


class Fate(StrEnum):
    """What became, at its source, of the text that a span was cut from."""

    REPLACED = "replaced"  # the newest revision lacks the span: neutral
    CORRECTED = "corrected"  # with a notice, or a changed number, name or negation
    WITHDRAWN = "withdrawn"
    OVERRULED = "overruled"  # a reviewer found it wrong, whatever its source says
    RESCOPED = "rescoped"  # a reviewer set whose words these are, or on which issue


@dataclass(frozen=True)
class Change:
    """That a later revision of a cited article lacks what was cited of it, or takes it back."""

    article_id: str
    revision: int  # the one that was cited
    fate: Fate
    at: datetime  # when the later one was seen


@dataclass(frozen=True)
class Line:
    """The unit posted: one happening, its verdict and why, the headline and at most two spans of who said what."""

    line_id: str
    story_id: str
    verdicts: tuple[Verdict, ...]
    reason: Frame
    issues: tuple[str, ...]
    actors: tuple[str, ...]  # who speaks or acts, by their own id
    named: tuple[str, ...]  # others that it is about
    weight: int
    headline: Citation
    quotes: tuple[Citation, ...]
    compared: Citation | None
    development_ids: tuple[str, ...]
    article_ids: tuple[str, ...]
    publishers: tuple[str, ...]  # source ids that report it
    origins: int  # independent origin families among them
    first_seen: datetime
    context: bool = False
    carried_over: bool = False  # cut off by the last digest's cap
    faults: tuple[Fault, ...] = ()
    now: Citation | None = None  # what `compared` was compared with, where that is a statement
    changes: tuple[Change, ...] = ()  # at the sources of its citations, since they were cut
    analysis: bool = False  # nobody's own words stand behind it: moves no position
    beside: str = ""  # the id of the line of an alert into whose message it came


@dataclass(frozen=True)
class BoardEntry:
    """One party of the board of who spoke: frames only, each a query that a test recomputes."""

    actor_id: str
    frames: tuple[Frame, ...]


class Silence(StrEnum):
    """The four silences, told apart in words."""

    LINES = "lines"
    NOTHING_NEW = "nothing-new"
    PARTLY_BLIND = "partly-blind"
    BLIND = "blind"


@dataclass(frozen=True)
class Freshness:
    """What was read between two instants: the ground on which "nothing new" may be said."""

    since: datetime
    until: datetime
    items: int
    publishers: int
    newest: datetime | None
    feeds: int
    failing: tuple[tuple[str, datetime], ...]  # feed id, failing since
    sides_read: tuple[str, ...]
    missing: tuple[Voice, ...]  # required voices of which no source was read
    sources_read: tuple[str, ...] = ()  # source ids
    last_read: tuple[tuple[str, datetime], ...] = ()  # side, when a source of it was last read, ever


@dataclass(frozen=True)
class Digest:
    """What one channel is told at one slot."""

    channel_id: str
    slot: datetime
    zone: str
    freshness: Freshness
    silence: Silence
    board: tuple[BoardEntry, ...]
    lines: tuple[Line, ...]
    ahead: tuple[tuple[str, Citation], ...]  # line id, announcing span
    counts: Mapping[str, int]  # verdict -> developments
    left_out: Mapping[str, int]  # reason -> reports that no line rests on, items not about the talks among them
    corrections: tuple[Line, ...] = ()
    instead: Mapping[str, tuple[Citation, Citation]] = field(default_factory=dict)
    """By the id of a corrected line: the words that its source changed, and what stands there now."""
    baseline_version: int = 1
    thin: bool = False
    alerted: tuple[Line, ...] = ()  # told to the same conversation by alerts since the last digest
    cut: int = 0  # lines worth telling that the cap left for the next digest
    threads: bool = True  # whether the lines beyond the first seven stand in a thread
    compact: bool = False  # headlines alone
    used: int = 0  # of the developments that are counted, those that a line or an alert rests on
    versions: int = 0  # of them, those of later versions of an article: they are no items


@dataclass(frozen=True)
class Held:
    """One cell of a position: the actor on one issue, newest first; the baseline's own statements apart."""

    issue_id: str
    newest: tuple[Statement, ...]
    baseline: tuple[Statement, ...]
    moved_at: datetime | None
    verdict: Verdict | None

    @property
    def last(self) -> Statement:
        """What was said last: the newest on record, unless the baseline has words of a later day."""
        newest, *_ = *self.newest, *self.baseline
        first = self.baseline[0] if self.baseline else newest
        if newest.said_on is None or first.said_on is None:
            return newest
        return first if newest.said_on.before(first.said_on) else newest


@dataclass(frozen=True)
class Position:
    """Where an actor stands, issue by issue, as of an instant."""

    actor_id: str
    as_of: datetime
    held: tuple[Held, ...]
    about: tuple[Statement, ...]  # others' words about the actor: move nothing
    silent: tuple[str, ...]  # issues with nothing on record
    speaker: str | None = None  # his words alone
    since: datetime | None = None  # nothing that was on record before

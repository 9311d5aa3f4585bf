"""Developments and told memory -> the digest of one channel at one slot. Hides how its storeys are put together.

What is told is a happening with all that is new in it. No word is written here: lines, spans, frames and counts alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from digests import agenda, board, coverage
from digests.carriers import Revisions, revisions_of
from digests.choice import CARRY_OVER, LINES_AT_MOST, choose, left_out
from digests.coverage import Window, missing_voices
from digests.excerpts import cite
from digests.lines import fate, line_id, line_of, put_right
from digests.model import (
    Change,
    Channel,
    Citation,
    Digest,
    Directory,
    Fate,
    Fault,
    Line,
    Verdict,
    Voice,
)
from digests.ports import Recorded, Told

FIRST_WINDOW = timedelta(hours=24)
"""What the first digest of a conversation looks back on at least."""
TOLD_LATELY = timedelta(days=7)
"""How far back what was told is looked at again: for corrections at its source, and for the same news once more."""

__all__ = [
    "CARRY_OVER",
    "FIRST_WINDOW",
    "LINES_AT_MOST",
    "TOLD_LATELY",
    "Window",
    "cite",
    "digest",
    "line_id",
    "line_of",
    "missing_voices",
]


def digest(
    channel: Channel,
    window: Window,
    told: Told,
    directory: Directory,
    *,
    voices: Sequence[Voice] = (),
    baseline_version: int = 1,
    faults: Sequence[Fault] = (),
) -> Digest:
    """The digest of one channel for the slot `window.until`."""
    choice = choose(window, told, directory, channel)
    lines = tuple(replace(x, faults=_faults_of(x, faults)) for x in _with_ids(choice.lines, channel, window))
    choice = replace(choice, lines=lines)
    alerted = tuple(line for line in window.told_lines if window.since < line.first_seen <= window.until)
    counted = [r for r in window.fresh if r.development and window.fits(r)]
    behind = {article_id for line in (*lines, *alerted) for article_id in line.article_ids}
    fresh = coverage.freshness(window, directory, voices)
    revisions = revisions_of([r for r in window.recorded if r.article.seen_at <= window.until])
    corrected = _corrected_since_told(window, revisions)
    return Digest(
        channel_id=channel.id,
        slot=window.until,
        zone=channel.zone,
        freshness=fresh,
        silence=coverage.silence(lines, fresh),
        board=board.entries(lines, alerted, window, directory, fresh),
        lines=lines,
        ahead=agenda.ahead(lines, window, directory, channel.zone),
        counts=_counts(counted),
        used=sum(r.article.article_id in behind for r in counted),
        versions=sum(r.article.revision > 0 for r in counted),
        left_out=left_out(window, replace(choice, told=alerted), told, directory, fresh),
        corrections=(*(line for line, _ in corrected), *window.ruled),
        instead=_instead(corrected, revisions),
        alerted=alerted,
        baseline_version=baseline_version,
        thin=rests_on_one(lines) is not None,
        cut=len(choice.cut),
        threads=channel.threads,
        compact=channel.compact,
    )


def _with_ids(lines: Sequence[Line], channel: Channel, window: Window) -> Iterator[Line]:
    """The lines with their ids; of two on one happening the second goes by its headline's report too."""
    taken: set[str] = set()
    for line in lines:
        told = f"{line.story_id}.{line.headline.article_id}" if line.story_id in taken else line.story_id
        taken.add(line.story_id)
        yield replace(line, line_id=line_id(channel.conversation, window.until.isoformat(), told))


def _faults_of(line: Line, faults: Sequence[Fault]) -> tuple[Fault, ...]:
    """Known wording faults of the baseline that stand beside this line: it shows or was compared with the span."""
    shown = [c for c in (line.headline, *line.quotes, line.compared) if c is not None]
    return tuple(f for f in faults if any(c.span.overlaps(f.span) for c in shown))


def rests_on_one(lines: Sequence[Line]) -> tuple[str, tuple[int, ...]] | None:
    """(source id, numbers of the lines) where most lines, three at least, rest on one publisher alone."""
    single = Counter(line.publishers[0] for line in lines if len(line.publishers) == 1)
    if not single:
        return None
    source, most = min(single.items(), key=lambda kv: (-kv[1], kv[0]))
    if most < 3 or most * 2 <= len(lines):
        return None
    return source, tuple(n for n, line in enumerate(lines, 1) if line.publishers == (source,))


def _counts(counted: Sequence[Recorded]) -> dict[str, int]:
    verdicts = Counter(r.development.verdict for r in counted if r.development)
    return {v.value: verdicts[v] for v in Verdict}


Changed = tuple[Line, Sequence[tuple[Citation, Change]]]
"""A line as it was told, with what became of its words."""


def _corrected_since_told(window: Window, revisions: Revisions) -> list[Changed]:
    """Lines told before whose source corrected or withdrew what was shown, as seen in this window; oldest first."""
    found: list[Changed] = []
    for line in window.told_lines:
        fates = [(cited, change) for cited in (line.headline, *line.quotes) if (change := fate(cited, revisions))]
        fresh = [(c, x) for c, x in fates if x.fate is not Fate.REPLACED and window.since < x.at <= window.until]
        if fresh:
            found.append((replace(line, changes=tuple(dict.fromkeys(x for _, x in fresh))), fresh))
    return found


def _instead(corrected: Sequence[Changed], revisions: Revisions) -> dict[str, tuple[Citation, Citation]]:
    """The first words of each corrected line that its source changed, with the sentence that stands there now; nothing
    of a line where none does."""
    found: dict[str, tuple[Citation, Citation]] = {}
    for line, changed in corrected:
        for cited, change in changed:
            there = put_right(cited, change, revisions[cited.article_id][-1].article)
            if there is not None:
                found.setdefault(line.line_id, (cited, there))
    return found

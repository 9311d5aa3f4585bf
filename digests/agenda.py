"""What lies ahead of a digest: what its lines announce, and what lines told before announced for days still to come.

Hides which sentence of a happening announces it best, and when two announce the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from digests import announced, excerpts, when
from digests.coverage import Window
from digests.model import Article, Citation, Days, Directory, Line, Part, Span
from digests.ports import Recorded

AT_MOST = 3

_Dated = tuple[Days | None, str, Citation]


def ahead(lines: Sequence[Line], window: Window, directory: Directory, zone: str) -> tuple[tuple[str, Citation], ...]:
    """(id of the line, sentence that announces): those of the digest's own lines first, then what was announced before
    and has a day; the soonest first, what has no day last. What is over on the day of the slot, in `zone`, is left out.
    """
    today = when.local_day(window.until, zone)
    found: list[_Dated] = []
    sources = ((lines, window.recorded, True), (window.told_lines, window.told_reports, False))
    for told, reported, undated in sources:
        reports = {r.development.development_id: (n, r) for n, r in enumerate(reported) if r.development is not None}
        for line in told:
            if len(found) == AT_MOST:
                break
            behind = sorted((reports[d] for d in line.development_ids if d in reports), key=lambda one: one[0])
            _take(found, line, [r for _, r in behind], directory, today, undated=undated)
    found.sort(key=lambda one: one[0].first if one[0] is not None else date.max)
    return tuple((line_id, citation) for _, line_id, citation in found)


def _take(
    found: list[_Dated],
    line: Line,
    behind: Sequence[Recorded],
    directory: Directory,
    today: date,
    *,
    undated: bool,
) -> None:
    """Add what a line announces most precisely, in its language, where that is not over and not there already."""
    cited = [c for r in behind if r.article.article_id in line.article_ids for c in _announcements(r)]
    dated = [(announced.days_of(c, directory), line.line_id, c) for c in cited]
    coming = [d for d in dated if (undated if d[0] is None else d[0].last >= today)]
    fresh = [d for d in coming if not any(_same(d, other) for other in found)]
    if fresh and len(fresh) == len(coming):
        found.append(min(fresh, key=lambda one: (_vagueness(one[0]), one[2].language != line.headline.language)))


def _same(a: _Dated, b: _Dated) -> bool:
    """Whether two announce one happening: in the same words, or for the same days with a name in common."""
    if excerpts.same_words(a[2].span, b[2].span):
        return True
    return a[0] is not None and a[0] == b[0] and bool(_names(a[2].span) & _names(b[2].span))


def _names(span: Span) -> set[str]:
    """Words with a capital that are no days: names, more or less."""
    return {w for w in _CAPITALISED.findall(span.chars) if not w.endswith("day")}


_CAPITALISED = re.compile(r"\b[^\W\d_a-z]\w{2,}")


def _vagueness(days: Days | None) -> int:
    """How many days an announcement leaves open; none named is the vaguest."""
    return (days.last - days.first).days if days is not None else 10_000


def _announcements(r: Recorded) -> Iterator[Citation]:
    """The sentences of a report that announce something and can be shown by themselves."""
    for span in r.reading.ahead:
        whole = excerpts.fitting(span)
        if whole is not None and whole.end == span.end and not excerpts.leans(whole):
            yield excerpts.cite(r.article, whole, _part_of(r.article, whole))


def _part_of(article: Article, span: Span) -> Part:
    return next((p for p, t in sorted(article.texts.items()) if t.sha == span.text.sha), Part.TEXT)

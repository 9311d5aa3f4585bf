"""Who reports what a line tells: publishers and independent origins, one figure wherever it is shown or waited for.
Hides which reports of a happening bear the told words out.

What rewrites others, was withdrawn or never is news bears nothing out. Nor does what came before: where a line tells
what a later report added, those who had reported the happening by then had not reported that, and who adds something
else still does not report it again.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from digests import stories
from digests.model import Article, Development, Directory, Verdict
from digests.ports import Recorded

_TAKEN_BACK = re.compile(
    r"\b(?:this|the) (?:story|article|report|item) (?:has been|was|is) (?:withdrawn|retracted|removed|taken down)\b"
    r"|^(?:retracted|withdrawn|retraction)\b",
    re.I | re.M,
)
LATER = frozenset({"reason.new_fact", "reason.facts_differ", "reason.source_corrected"})
"""Reasons that say of a report that it has what the earlier ones had not."""
Revisions = Mapping[str, Sequence[Recorded]]
"""Every recorded revision by article id, oldest first."""


@dataclass(frozen=True)
class Carried:
    """Source ids in order, and how many independent origin families are among them."""

    publishers: tuple[str, ...]
    origins: int


def carried(
    reports: Sequence[Recorded],
    head: Recorded,
    told: Collection[str],
    directory: Directory,
    revisions: Revisions | None = None,
) -> Carried:
    """Who bears out what a line tells. `reports`: of its happening; `head`: the one whose headline it shows, which
    always counts; `told`: ids of the developments that it tells; `revisions`: more than those among the reports."""
    kept = revisions if revisions is not None else revisions_of(reports)
    since = _since(reports, head, told)
    articles = [
        r.article
        for r in reports
        if r.article.key == head.article.key or (_reports(r, directory, kept) and (since is None or _repeats(r, since)))
    ]
    return Carried(tuple(sorted({a.source_id for a in articles})), stories.origins(articles, directory))


def reach(reports: Sequence[Recorded], directory: Directory) -> int:
    """How widely a happening is carried, whatever each report of it tells: independent origins, rewrites aside."""
    return stories.origins([r.article for r in reports if not is_rewrite(r.article, directory)], directory)


def _reports(r: Recorded, directory: Directory, revisions: Revisions) -> bool:
    never_news = r.development is not None and r.development.verdict is Verdict.BACKGROUND
    return not (
        never_news or is_rewrite(r.article, directory) or withdrawn(r.article.article_id, revisions)
    )  # fmt: skip


def _repeats(r: Recorded, since: datetime) -> bool:
    """Whether a report may give again what was first told at an instant: it is no older and has nothing later still."""
    return r.article.seen_at >= since and not (
        r.development is not None and r.development.verdict.tells and _is_later(r.development)
    )


def _since(reports: Sequence[Recorded], head: Recorded, told: Collection[str]) -> datetime | None:
    """Since when the told words can have been reported; None: as long as their happening."""
    own = head.development
    if own is not None and own.verdict.tells:
        return own.seen_at if _is_later(own) else None
    tells = [d for r in reports if (d := r.development) is not None and d.development_id in told]
    return min(d.seen_at for d in tells) if tells and all(map(_is_later, tells)) else None


def _is_later(d: Development) -> bool:
    return d.reason.key in LATER


def is_rewrite(article: Article, directory: Directory) -> bool:
    """Whether the article is of a publisher that rewrites others' reports."""
    return directory.rewrites(article.source_id)


def revisions_of(recorded: Sequence[Recorded]) -> dict[str, list[Recorded]]:
    """The revisions of each article, oldest first."""
    found: dict[str, list[Recorded]] = {}
    for r in sorted(recorded, key=lambda r: r.article.revision):
        found.setdefault(r.article.article_id, []).append(r)
    return found


def withdrawn(article_id: str, revisions: Revisions) -> bool:
    """Whether the newest revision takes the article back."""
    kept = revisions.get(article_id, ())
    if not kept:
        return False
    newest = kept[-1].article
    return newest.gone or any(_TAKEN_BACK.search(t.body[:400]) for t in newest.texts.values())

"""One happening as one line: its headline, who said what, what it was compared with. Hides which report speaks for it.

A rewrite never speaks where a better source has the happening, is never shown as somebody's words, and makes no line
alone. What was told to a conversation, in any form, is not told to it again.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from digests import excerpts, fates, parting, quoting, stories
from digests.carriers import Revisions, carried, is_rewrite, reach, revisions_of, withdrawn
from digests.excerpts import cite
from digests.frames import say
from digests.model import (
    Article,
    Change,
    Citation,
    Development,
    Directory,
    Fate,
    Kind,
    Line,
    Part,
    SourceClass,
    Verdict,
)
from digests.ports import Recorded, Told
from digests.quoting import VERDICT_RANK

ISSUES_AT_MOST = 3
CARRIED = 2
"""Independent origins from which a happening is worth a line whatever its reports say."""

OVERLOOKED = 3
"""The same where every one of its reports was taken for another happening's."""

_CLASS_RANK = {
    SourceClass.WIRE: 0,
    SourceClass.OFFICIAL: 1,
    SourceClass.BROADCASTER: 2,
    SourceClass.INDEPENDENT: 3,
    SourceClass.STATE: 4,
    SourceClass.THINK_TANK: 5,
    SourceClass.REWRITE: 6,
}


def line_of(
    group: Sequence[Recorded],
    told: Told,
    directory: Directory,
    since: datetime,
    revisions: Revisions | None = None,
    *,
    as_news: bool = True,
) -> Line | None:
    """One line for one happening, or None where it has nothing that this conversation was not told, or where what it
    has rests on rewrites and withdrawn texts alone. `group`: its reports; `since`: what is older was cut off by the
    last cap; `as_news`: whether what came of a happening is news to who is told of it for the first time."""
    kept = revisions if revisions is not None else revisions_of(group)
    standing = _seen_together(
        [r for r in sorted(group, key=_order) if not withdrawn(r.article.article_id, kept)], told, directory
    )
    telling = [r for r in standing if untold(r, told)]
    sourced = [r for r in standing if not is_rewrite(r.article, directory)]
    speaking = [r for r in sourced if r in telling] or sourced
    if all(r.article.language != "en" for r in speaking):
        speaking = [*speaking, *(r for r in sourced if r.article.language == "en" and _may_speak(r, told))]
    first_time = all(r.development is None or r.development.story_id not in told.stories for r in telling)
    anew = first_time or any(r in telling for r in sourced)  # else a rewrite puts in its words what was told
    if not telling or not speaking or not anew:
        return None
    head = min(speaking, key=lambda r: _headline_rank(r, speaking, directory, kept))
    headline = _headline(head)
    if headline is None:
        return None
    basis = [r for r in sourced if r in telling] or [head]
    return _made(headline, head, basis, telling, _Shared(sourced, directory, kept, since, first_time and as_news))


def lines_of(
    group: Sequence[Recorded], told: Told, directory: Directory, since: datetime, revisions: Revisions
) -> list[Line]:
    """One line for one happening, and one for what its headline does not speak for."""
    whole = line_of(group, told, directory, since, revisions)
    if whole is None or len(whole.development_ids) < 2:
        return [whole] if whole is not None else []
    head = next(r for r in group if r.article.key == whole.headline.article_key)
    apart = {r.article.key for r in parting.parted(group, head)}
    if not apart:
        return [whole]
    halves = ([r for r in group if (r.article.key in apart) is other] for other in (False, True))
    return [line for half in halves if (line := line_of(half, told, directory, since, revisions)) is not None]


@dataclass(frozen=True)
class _Shared:
    """What every part of a line is made with."""

    sourced: Sequence[Recorded]  # every report of the happening but rewrites
    directory: Directory
    revisions: Revisions
    since: datetime
    first_time: bool  # the conversation was told nothing of this happening


def _made(
    headline: Citation, head: Recorded, basis: Sequence[Recorded], telling: Sequence[Recorded], shared: _Shared
) -> Line:
    told_now = [d for r in telling if (d := r.development) is not None]
    judged = [d for r in basis if (d := r.development) is not None and d.verdict.tells] or told_now
    if shared.first_time:
        judged = _as_first_told(judged)
    own = [d for d in judged if not _by_its_source(d)] or judged
    first = min(own, key=lambda d: (VERDICT_RANK.get(d.verdict, 9), d.seen_at, d.development_id))
    quotes = quoting.chosen(headline, head, basis)
    compared, now = _comparison(first, {r.article.key: r.article for r in basis})
    actors, named = _who(judged)
    told_ids = tuple(d.development_id for d in told_now)
    borne = carried(shared.sourced, head, told_ids, shared.directory, shared.revisions)
    return Line(
        line_id="",
        story_id=first.story_id,
        verdicts=tuple(sorted({d.verdict for d in own}, key=lambda v: VERDICT_RANK.get(v, 9))),
        reason=first.reason,
        issues=_issues(judged, shared.directory),
        actors=actors,
        named=named,
        weight=_weight(told_now, shared.sourced, shared.directory),
        headline=headline,
        quotes=quotes,
        compared=compared,
        development_ids=told_ids,
        article_ids=tuple(dict.fromkeys([head.article.article_id, *(r.article.article_id for r in basis)])),
        publishers=borne.publishers,
        origins=borne.origins,
        first_seen=min(d.seen_at for d in told_now),
        context=all(d.context for d in judged) and not _states_a_position(judged, shared.directory),
        carried_over=all(d.seen_at <= shared.since for d in told_now),
        now=now,
        changes=_changes((headline, *quotes), shared.revisions),
        analysis=_is_analysis(judged, head.article, shared.directory),
    )


def counted(line: Line, recorded: Sequence[Recorded], directory: Directory) -> Line:
    """The line with who reports any of the happenings that it tells by now, among what is recorded."""
    judged = [(r, d) for r in recorded if (d := r.development) is not None]
    told = {d.story_id for _, d in judged if d.development_id in line.development_ids}
    reports = [r for r, d in judged if d.story_id in told]
    head = next(r for r in reports if r.article.key == line.headline.article_key)
    by = carried(reports, head, line.development_ids, directory)
    return replace(line, publishers=by.publishers, origins=by.origins)


def _weight(told_now: Sequence[Development], sourced: Sequence[Recorded], directory: Directory) -> int:
    """A happening weighs what its heaviest report weighs; that others carry it is worth a line by itself."""
    origins = reach(sourced, directory)
    heaviest = max(d.weight for d in (*told_now, *(r.development for r in sourced)) if d is not None)
    return max(heaviest, int(origins >= CARRIED))


def _as_first_told(judged: list[Development]) -> list[Development]:
    """To a conversation that hears of a happening for the first time its later facts and its source's corrections are
    part of the news."""

    def seen_so(d: Development) -> Development:
        if d.verdict is not Verdict.UPDATE and not _by_its_source(d):
            return d
        return replace(d, verdict=Verdict.NEW, reason=say("reason.first_told"), compared=None)

    return [seen_so(d) for d in judged]


def _by_its_source(d: Development) -> bool:
    """Whether a source corrected itself: beside other news of the happening that is a mark and no verdict."""
    return d.verdict is Verdict.CORRECTION and d.reason.key == "reason.source_corrected"


def _order(r: Recorded) -> tuple[datetime, str]:
    return r.article.seen_at, r.article.key


def untold(r: Recorded, told: Told) -> bool:
    """Whether it tells, and the conversation was told neither it nor, where it is a first report, its happening."""
    d = r.development
    if d is None or not d.verdict.tells or d.development_id in told.developments:
        return False
    return not (d.verdict is Verdict.NEW and d.story_id in told.stories)


def _seen_together(standing: Sequence[Recorded], told: Told, directory: Directory) -> Sequence[Recorded]:
    """The reports, the first of them as news where a happening was nobody's: when they came each was taken for another
    one's, and only together they show that it is one of its own. One report alone may well be the other one's."""
    judged = [(r, r.development) for r in standing if r.development is not None]
    if not judged or any(d.verdict.tells or d.story_id in told.stories for _, d in judged):
        return standing
    first, opening = judged[0]
    taken = opening.verdict is Verdict.REPEAT and opening.reason.key == "reason.another_report"
    own = opening.story_id == stories.opened_by(first.article.article_id, first.article.revision)
    reports = (r.article for r, d in judged if d.verdict is not Verdict.BACKGROUND)
    carried = stories.origins([a for a in reports if not is_rewrite(a, directory)], directory) >= OVERLOOKED
    if not (taken and own and carried):
        return standing
    as_news = replace(first, development=replace(opening, verdict=Verdict.NEW, compared=None))
    return [as_news if r is first else r for r in standing]


def _may_speak(r: Recorded, told: Told) -> bool:
    """Whether a report that adds nothing may still give its headline: it tells the happening in English."""
    d = r.development
    return d is not None and d.verdict is not Verdict.BACKGROUND and d.development_id not in told.developments


# --- the headline ---------------------------------------------------------------------------------------------------


def _headline_rank(
    r: Recorded, speaking: Sequence[Recorded], directory: Directory, revisions: Revisions
) -> tuple[object, ...]:
    """Original before copy, standing before replaced, English first, a question last; then the better kind of source,
    the report that most others resemble, a later figure, and the first of equals: it tells and does not reflect."""
    source = directory.source_by_id.get(r.article.source_id)
    rank = _CLASS_RANK[source.source_class] if source else _CLASS_RANK[SourceClass.INDEPENDENT]
    d = r.development
    mine = excerpts.headline(r.article)
    if mine is None:
        return (1,)
    alike = sum(1 for o in speaking if (h := excerpts.headline(o.article)) and excerpts.shared_terms(mine, h) >= 2)
    return (
        0,
        int(d is not None and d.copy_of is not None),
        int(fate(cite(r.article, mine, Part.TITLE), revisions) is not None),
        int(r.article.language != "en"),
        int(mine.chars.endswith("?")),
        int(rank >= _CLASS_RANK[SourceClass.STATE]),
        -alike,
        -_later_figure(r),
        rank,
        r.article.seen_at,
        r.article.key,
    )


def _later_figure(r: Recorded) -> float:
    """When a report was seen that raises a number of the dead or wounded; 0 for every other."""
    d = r.development
    what = dict(d.reason.slots).get("what") if d is not None and d.verdict in {Verdict.UPDATE, Verdict.DIFFER} else None
    raised = any(f.unit in {"killed", "injured"} for f in r.reading.facts)
    return r.article.seen_at.timestamp() if what is not None and raised else 0.0


def _headline(r: Recorded) -> Citation | None:
    """The article's own headline; where it is a scrap, its first statement or sentence that stands by itself."""
    span = excerpts.headline(r.article)
    if span is not None:
        return cite(r.article, span, Part.TITLE)
    for s in r.reading.statements:
        shown = excerpts.of_statement(s, r.article)
        if shown is not None and not excerpts.leans(shown):
            return cite(r.article, shown, s.part, s)
    lead = excerpts.lead(r.article)
    return cite(r.article, lead[1], lead[0]) if lead else None


# --- what else stands on the line -----------------------------------------------------------------------------------


def _comparison(first: Development, articles: Mapping[str, Article]) -> tuple[Citation | None, Citation | None]:
    """(was, now) of the development that the line is told for; `now` only where a statement was compared."""
    for j in first.judgements:
        if j.compared is not None and j.verdict is first.verdict and j.compared == (first.compared or j.compared):
            article = articles.get(first.article_key)
            if article is None:
                return j.compared, None
            span = excerpts.of_statement(j.statement, article) or j.statement.span
            return j.compared, cite(article, span, j.statement.part, j.statement)
    return first.compared, None


def _who(judged: Sequence[Development]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(actors that speak or act, actors that are only spoken of)."""
    statements = [j.statement for d in judged for j in d.judgements]
    everyone = {a for d in judged for a in d.actors} | {a for s in statements for a in s.about}
    actors = {s.actor_id for s in statements if s.kind is not Kind.ANALYSIS}
    actors |= {a for d in judged for a in d.acting or ()}
    actors = actors or {a for d in judged for a in d.who_acts}
    return tuple(sorted(actors)), tuple(sorted(everyone - actors))


def _states_a_position(judged: Sequence[Development], directory: Directory) -> bool:
    """Whether a party's own words stand in it on a question of the negotiation: then it is about the talks, whatever
    else it tells."""
    said = (j.statement for d in judged for j in d.judgements if j.verdict.tells)
    return any(
        s.kind in {Kind.QUOTED, Kind.REPORTED}
        and s.sure
        and any(not directory.issue_by_id[i].context for i in s.issues[:1] if i in directory.issue_by_id)
        for s in said
    )


def _issues(judged: Sequence[Development], directory: Directory) -> tuple[str, ...]:
    """What the line is about: what its statements speak of most, context issues last."""
    counted: Counter[str] = Counter()
    for d in judged:
        counted.update(dict.fromkeys(d.issues, 1))
        for j in d.judgements:
            counted.update(j.statement.issues[:1])
    order = {i.id: (i.context, n) for n, i in enumerate(directory.issues)}
    known = [i for i in counted if i in order]
    ranked = sorted(known, key=lambda i: (order[i][0], -counted[i], order[i][1]))
    return tuple(ranked[:ISSUES_AT_MOST])


def _is_analysis(judged: Sequence[Development], article: Article, directory: Directory) -> bool:
    kinds = {j.statement.kind for d in judged for j in d.judgements}
    source = directory.source_by_id.get(article.source_id)
    return kinds == {Kind.ANALYSIS} or (source is not None and source.source_class is SourceClass.THINK_TANK)


# --- what became of the sources -------------------------------------------------------------------------------------


def _changes(citations: Sequence[Citation], revisions: Revisions) -> tuple[Change, ...]:
    found = {c: None for citation in citations if (c := fate(citation, revisions)) is not None}
    return tuple(found)


def fate(citation: Citation, revisions: Revisions) -> Change | None:
    """What the newest later revision of the cited article did to the span; None where the span still stands."""
    later = [r for r in revisions.get(citation.article_id, ()) if r.article.revision > citation.revision]
    if not later:
        return None
    newest = later[-1]
    notice = any(r.development and r.development.reason.key == "reason.source_corrected" for r in later)
    what = fates.of_span(citation.span, citation.part, newest.article, notice=notice)
    if withdrawn(citation.article_id, revisions):
        what = Fate.WITHDRAWN
    return Change(citation.article_id, citation.revision, what, newest.article.seen_at) if what else None


def put_right(cited: Citation, change: Change, newest: Article) -> Citation | None:
    """The sentence that stands in place of one whose source corrected it; None where none does."""
    there = fates.instead(cited.span, newest) if change.fate is Fate.CORRECTED else None
    return excerpts.cite(newest, there[1], there[0]) if there is not None else None


# --- ids ------------------------------------------------------------------------------------------------------------

_ALPHABET = "23456789bcdfghjkmnpqrstvwxyz"


def line_id(conversation: str, occasion: str, story_id: str) -> str:
    """Six characters that people can type: no vowels, no 0 1 l, so that no word and no doubt arises (28^6 = 4.8e8)."""
    number = int.from_bytes(hashlib.sha256(f"{conversation}\0{occasion}\0{story_id}".encode()).digest()[:8], "big")
    letters = []
    for _ in range(6):
        number, rest = divmod(number, len(_ALPHABET))
        letters.append(_ALPHABET[rest])
    return "".join(letters)

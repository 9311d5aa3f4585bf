"""Positions -> pages: where an actor stands, issue by issue. Hides which words of a statement may be shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from digests import compose, excerpts
from digests.frames import say
from digests.model import (
    Article,
    Citation,
    Count,
    Day,
    Directory,
    Held,
    Instant,
    Name,
    Page,
    Position,
    Row,
    SourceClass,
    Span,
    Statement,
    Tone,
    Voice,
)
from digests.ports import Recorded
from digests.rows import Setting, evidence

EARLIER_STATEMENTS = 2
ABOUT_STATEMENTS = 3


def position(
    p: Position, zone: str, setting: Setting, articles: Mapping[str, Recorded], missing: Sequence[Voice] = ()
) -> Page:
    """Where an actor stands, issue by issue. `articles`: recorded articles by article key, for their sources."""
    directory = setting.directory
    who = Name(actor_name(p.actor_id, directory))
    first = Day(setting.baseline.dated.first)
    version = Count(setting.baseline.version)
    own = say("position.own_on", n=Count(len(p.held)), all=Count(len(directory.issues)))
    title = say("position.title", who=who, at=Instant(p.as_of), version=version, first=first)
    rows = [Row(Tone.TITLE, (title,)), *(Row(Tone.WARNING, (m,)) for m in setting.marks), Row(Tone.STATUS, (own,))]
    blind = tuple(Name(v.name) for v in missing if v.side and directory.rolls_up(p.actor_id, v.side))
    if blind:
        rows.append(Row(Tone.WARNING, (say("position.blind", sides=blind),)))
    under: dict[Span, Name] = {}
    for held in p.held:
        rows += _held(held, setting, articles, under)
    others = [c for s in p.about if (c := _shown(s, setting, articles)) is not None]
    if others:
        rows.append(Row(Tone.STATUS, (say("position.about", who=who),)))
        rows += [row for c in others[:ABOUT_STATEMENTS] for row in _labelled("position.other", c, setting)]
    silent = tuple(Name(directory.issue_by_id[i].name) for i in p.silent if i in directory.issue_by_id)
    if silent:
        rows.append(Row(Tone.META, (say("position.nothing", issues=silent),)))
    summary = say("position.summary", who=who, n=Count(len(p.held)), all=Count(len(directory.issues)))
    return Page("position", zone, (summary,), tuple(rows))


def _held(held: Held, setting: Setting, articles: Mapping[str, Recorded], under: dict[Span, Name]) -> list[Row]:
    """One issue: the newest words, those before, the baseline's. What only a rewrite has is nobody's words.
    `under`: spans of the baseline that were shown, and under which issue; grows."""
    issue = Name(setting.directory.issue_by_id[held.issue_id].name)
    newest = [c for s in held.newest if (c := _shown(s, setting, articles)) is not None][: 1 + EARLIER_STATEMENTS]
    baseline = [c for s in held.baseline if (c := _shown(s, setting, articles)) is not None][:1]
    if not newest and not baseline:
        return []
    days = (newest or baseline)[0].said_on
    head = say("position.issue", issue=issue, on=Day(days.last)) if days else say("position.issue_undated", issue=issue)
    moved = say("position.moved", at=Instant(held.moved_at)) if held.moved_at else say("position.not_moved")
    rows = [Row(Tone.LINE, (head, moved))]
    for n, c in enumerate(newest):
        rows += _labelled("position.now" if n == 0 else "position.before", c, setting)
    for c in baseline:
        if c.span in under:
            rows.append(Row(Tone.META, (say("position.baseline_under", issue=under[c.span]),)))
        else:
            rows += _labelled("position.baseline", c, setting)
            under[c.span] = issue
    return rows


def _labelled(label: str, c: Citation, setting: Setting) -> list[Row]:
    return [Row(Tone.META, (say(label),)), *evidence((c,), setting)]


def _shown(s: Statement, setting: Setting, articles: Mapping[str, Recorded]) -> Citation | None:
    """A statement as evidence: its whole sentence where that may be posted, else its own words where they are few
    enough; None where only a rewrite has it, or its article is not at hand."""
    article = _article_of(s, setting, articles)
    if article is None:
        return None
    source = setting.directory.source_by_id.get(article.source_id)
    own = article.article_id == setting.baseline.article.article_id
    if not own and source is not None and source.source_class is SourceClass.REWRITE:
        return None
    span = excerpts.of_statement(s, article) or excerpts.fitting(s.span)
    return compose.cite(article, span, s.part, s) if span is not None else None


def _article_of(s: Statement, setting: Setting, articles: Mapping[str, Recorded]) -> Article | None:
    if s.article_id == setting.baseline.article.article_id:
        return setting.baseline.article
    found = articles.get(f"{s.article_id}.{s.revision}")
    return found.article if found else None


def actor_name(actor_id: str, directory: Directory) -> str:
    """A party's name for a reader; its id where it is configured no more."""
    actor = directory.actor_by_id.get(actor_id)
    return actor.name if actor else actor_id

"""Which of an actor's words on an issue speak for him: the newest, his own before a paper's, one utterance once. Hides
what may be shown of a statement, and what is a deed and no position.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from digests import excerpts, fates
from digests.matters import PROCESS
from digests.model import Article, Citation, Held, Kind, Part, Statement
from digests.ports import Recorded
from digests.rows import Setting

OF_ONE_DAY = 3
"""Utterances of the newest day that are shown: not one paper's alone, and not one speaker's."""
SHOWN_AT_MOST = 4
"""With those of days before."""

NOW, SAME_DAY, BEFORE, DONE = "position.now", "position.same_day", "position.before", "position.done"


@dataclass(frozen=True)
class Shown:
    """A statement with what may be posted of it, and as what it is shown."""

    statement: Statement
    citation: Citation
    label: str = NOW


def of(held: Held, setting: Setting, articles: Mapping[str, Recorded]) -> list[Shown]:
    """The newest words, others' of the same side and day, and those of days before: several outlets tell one utterance,
    and what a reader looks for below it is what else was said, and what was said before. In the process of the talks a
    meeting or a journey is no position: where there are words, a deed stands below them, and only one since."""
    words = [s for s in held.newest if s.kind is not Kind.ACTION]
    if held.issue_id != PROCESS or not words:
        return _told_by_day(_in_turn(_shown(held.newest, setting, articles)))
    told = _told_by_day(_in_turn(_shown(words, setting, articles)))
    deeds = (s for s in held.newest if s.kind is Kind.ACTION)
    done = next(_shown(deeds, setting, articles), None)
    since = done is not None and (not told or _day(done.citation) > _day(told[0].citation))
    if done is None or not since or any(_says_no_more(done.citation, x.citation) for x in told):
        return told
    return [*told, Shown(done.statement, done.citation, DONE if told else NOW)]


def last_said(held: Held) -> Statement:
    """What was said last, the baseline's words included, deeds aside where they are no position."""
    if held.issue_id != PROCESS:
        return held.last
    words = next((s for s in held.newest if s.kind is not Kind.ACTION), None)
    return replace(held, newest=(words,)).last if words is not None else held.last


def _shown(statements: Iterable[Statement], setting: Setting, articles: Mapping[str, Recorded]) -> Iterator[Shown]:
    """What may be posted of them, one after the other: most are never asked for."""
    return (Shown(s, c) for s in statements if (c := shown(s, setting, articles)) is not None)


def foremost_of(held: Held, setting: Setting, articles: Mapping[str, Recorded]) -> Statement | None:
    """What stands at the head of the newest; None where nothing may be shown."""
    found = of(held, setting, articles)
    return found[0].statement if found else None


def _in_turn(found: Iterator[Shown]) -> Iterator[Shown]:
    """Day by day, newest first; of each day first what everybody said, once a speaker and once an article, then what
    was said besides. Somebody's own words come before a paper's account of words or of a meeting."""
    for _, day in groupby(found, key=lambda x: _day(x.citation)):
        said = list(day)
        articles: dict[str, Shown] = {}
        for x in sorted(said, key=lambda x: not _in_own_words(x)):
            articles.setdefault(x.citation.article_id, x)
        speakers: dict[str | None, Shown] = {}
        for x in (x for x in said if x in articles.values()):
            held = speakers.setdefault(x.statement.speaker, x)
            if _in_own_words(x) and not _in_own_words(held):
                speakers[x.statement.speaker] = x
        ahead = sorted(speakers.values(), key=lambda x: not _in_own_words(x))
        yield from ahead
        yield from (x for x in said if x not in ahead)


def _in_own_words(x: Shown) -> bool:
    return x.statement.kind is Kind.QUOTED and x.statement.sure and not excerpts.leans(x.citation.span)


def _told_by_day(found: Iterable[Shown]) -> list[Shown]:
    kept: list[Shown] = []
    for x in found:
        above = next((n for n, k in enumerate(kept) if _says_no_more(x.citation, k.citation)), None)
        if above is not None:
            kept[above] = _fuller(kept[above], x)
            continue
        earlier = bool(kept) and _day(x.citation) != _day(kept[0].citation)
        if earlier and any(x.citation.article_id == k.citation.article_id for k in kept):
            continue
        if earlier or len(kept) < OF_ONE_DAY:
            kept.append(Shown(x.statement, x.citation, BEFORE if earlier else SAME_DAY if kept else NOW))
        if len(kept) == SHOWN_AT_MOST:
            break
    return kept


def _fuller(above: Shown, x: Shown) -> Shown:
    """A headline gives way to the sentence below it that says the same and more."""
    a, c = above.citation, x.citation
    same = c.article_key == a.article_key and a.part is Part.TITLE and c.part is not Part.TITLE
    return Shown(x.statement, c, above.label) if same and len(c.span.chars) > len(a.span.chars) else above


def _day(c: Citation) -> date:
    """The day on which words were said, or else seen."""
    return c.said_on.last if c.said_on else c.seen_at.date()


def distinct(found: Iterable[Citation | None], at_most: int) -> list[Citation]:
    """The first citations, each with words of its own: a headline that its page repeats, a sentence that a second
    outlet prints, or a part of what stands above it shows a reader nothing more."""
    kept: list[Citation] = []
    for c in found:
        if c is not None and not any(_says_no_more(c, above) for above in kept):
            kept.append(c)
        if len(kept) == at_most:
            break
    return kept


def _says_no_more(c: Citation, above: Citation) -> bool:
    return fates.stands(c.span, (above.span.chars,)) or (
        _day(c) == _day(above) and excerpts.same_words(c.span, above.span)
    )


def foremost(baseline: Sequence[Statement]) -> list[Statement]:
    """The baseline's statements, a person's quoted words before what it tells of a party at large; else as they are."""
    return sorted(baseline, key=lambda s: s.kind is not Kind.QUOTED)


def shown(s: Statement, setting: Setting, articles: Mapping[str, Recorded]) -> Citation | None:
    """A statement as evidence: its whole sentence where that may be posted, else its own words where they are few
    enough; None where only a rewrite has it, or its article is not at hand."""
    article = article_of(s, setting, articles)
    if article is None:
        return None
    own = article.article_id == setting.baseline.article.article_id
    if not own and setting.directory.rewrites(article.source_id):
        return None
    span = excerpts.of_statement(s, article) or excerpts.fitting(s.span)
    return excerpts.cite(article, span, s.part, s) if span is not None else None


def article_of(s: Statement, setting: Setting, articles: Mapping[str, Recorded]) -> Article | None:
    """The article that a statement was cut from; None where it is not at hand."""
    if s.article_id == setting.baseline.article.article_id:
        return setting.baseline.article
    found = articles.get(s.article_key)
    return found.article if found else None

"""Search: reports on record that hold words, newest first. Hides word boundaries, spellings of names, and paging.

The record in memory is looked through in bounded steps, between which the event loop is free: an acknowledgement never
waits for a search.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from digests import excerpts, matching, record_pages, text
from digests.desk import evidence
from digests.desk.evidence import Here
from digests.desk.newsroom import Newsroom
from digests.frames import echo, say
from digests.model import Article, Directory, Frame, Instant, Kind, Name, Page, Part, ReviewState, Span, Statement
from digests.ports import Recorded
from digests.record_pages import Found, Results

A_PAGE = 5
NAMES_AT_MOST = 6
"""Other spellings of names that an answer lists; all of them are looked for."""
STEP = 100
"""Reports that are looked at before others get a turn: some milliseconds."""


@dataclass(frozen=True)
class Wanted:
    """Words (with blanks: phrases), filters, since when; which page; how the search is typed."""

    words: tuple[str, ...]
    filters: Mapping[str, Sequence[str]]
    since: datetime | None
    page: int
    again: str


@dataclass(frozen=True)
class _Term:
    """One word or phrase, or any spelling of a person's name."""

    pattern: re.Pattern[str]
    names: tuple[str, ...] = ()


async def search(room: Newsroom, wanted: Wanted, here: Here) -> Page:
    """One page of what was found."""
    async with room.ledger:
        await room.catch_up()
    terms = [_term(word, room.directory) for word in wanted.words]
    first = (wanted.page - 1) * A_PAGE
    hits = await _hits(room, terms, wanted, first + A_PAGE + 1)
    found = [_found(r, terms) for r in hits[first : first + A_PAGE]]
    told = [await _with_line(room, f, r, here) for f, r in zip(found, hits[first:], strict=False)]
    names = tuple(dict.fromkeys(n for term in terms for n in term.names))[:NAMES_AT_MOST]
    results = Results(
        tuple(told), wanted.page, len(hits) > first + A_PAGE, wanted.again, len(room.recorded), first + 1, names
    )
    return record_pages.search(results, _said(wanted), here.zone, room.setting)


def _said(wanted: Wanted) -> list[Frame]:
    said = [say("search.words", typed=echo(word)) for word in wanted.words]
    said += [say("label.name", name=Name(f"{key}:{','.join(values)}")) for key, values in wanted.filters.items()]
    return [*said, *([say("search.since", at=Instant(wanted.since))] if wanted.since else [])]


def _term(word: str, directory: Directory) -> _Term:
    """What is looked for: the word itself at word boundaries; for a person, each configured spelling."""
    plain = word.casefold()
    for actor in directory.actors:
        for speaker in actor.speakers:
            names = (speaker.name, *speaker.aliases)
            if any(plain == name.casefold() for name in names):
                return _Term(_pattern(names), tuple(n for n in names if n.casefold() != plain))
    return _Term(_pattern((word,)))


def _pattern(names: Sequence[str]) -> re.Pattern[str]:
    each = (r"\s{1,3}".join(re.escape(part) for part in name.split()) for name in names)
    return re.compile(rf"(?<!\w)(?:{'|'.join(each)})(?!\w)", re.IGNORECASE)


async def _hits(room: Newsroom, terms: Sequence[_Term], wanted: Wanted, most: int) -> list[Recorded]:
    """Newest first, at most so many: the newest revision of an article that holds the words, no copy of another."""
    ordered = sorted(room.recorded.values(), key=lambda r: (r.article.seen_at, r.seq), reverse=True)
    hits: list[Recorded] = []
    seen: set[str] = set()
    for n, r in enumerate(ordered, 1):
        if wanted.since is not None and r.article.seen_at <= wanted.since:
            break
        if n % STEP == 0:
            await asyncio.sleep(0)
        if r.article.article_id in seen or _is_copy(r) or matching.unfit(wanted.filters, r, room.directory):
            continue
        if all(any(term.pattern.search(t.body) for t in r.article.texts.values()) for term in terms):
            seen.add(r.article.article_id)
            hits.append(r)
            if len(hits) == most:
                break
    return hits


def _is_copy(r: Recorded) -> bool:
    return r.development is not None and r.development.copy_of is not None


def _found(r: Recorded, terms: Sequence[_Term]) -> Found:
    span, part = _best(r.article, terms)
    development = r.development
    return Found(
        excerpts.cite(r.article, span, part, _said_there(r, span)),
        development.verdict if development else None,
        development.issues if development else r.reading.issues,
    )


def _said_there(r: Recorded, span: Span) -> Statement | None:
    """Whose words a sentence is; None where it has no one's, or those of several."""
    held = [s for s in r.reading.statements if s.kind is not Kind.ANALYSIS and s.span.overlaps(span)]
    return held[0] if len({(s.actor_id, s.speaker) for s in held}) == 1 else None


def _best(article: Article, terms: Sequence[_Term]) -> tuple[Span, Part]:
    """The sentence that may be posted and holds most of the words; the headline before others of as many."""
    best: tuple[int, Span, Part] | None = None
    for part in Part:
        for span in _sentences(article, part):
            held = sum(term.pattern.search(span.chars) is not None for term in terms)
            if best is None or held > best[0]:
                best = (held, span, part)
    if best is not None:
        return best[1], best[2]
    part, record = next((p, article.texts[p]) for p in Part if p in article.texts)
    return record.span(0, min(len(record.body), excerpts.SPAN_AT_MOST)), part


def _sentences(article: Article, part: Part) -> list[Span]:
    if part is Part.TITLE:
        headline = excerpts.headline(article)
        return [headline] if headline is not None else []
    record = article.texts.get(part)
    if record is None:
        return []
    whole = text.sentences(record, article.language)
    whole = whole[:-1] if part in article.cut else whole
    return [span for s in whole if (span := excerpts.fitting(s)) is not None]


async def _with_line(room: Newsroom, found: Found, r: Recorded, here: Here) -> Found:
    if r.development is None:
        return found
    d = r.development
    lines = [
        stored
        for conversation in here.conversations
        for story in room.ids_of(d)
        for stored in await room.store.lines_telling(conversation, d.development_id, story)
    ]
    own = [i for i in room.ruled if d.development_id in i.development_ids]
    wrong = [i.decided_at for i in own if i.state is ReviewState.REJECTED]
    its = [stored for stored in lines if d.development_id in stored.line.development_ids] or lines
    line_id = its[-1].line.line_id if its else evidence.id_on_record(room, d.story_id)
    return replace(found, line_id=line_id, overruled=wrong[-1] if wrong else None)

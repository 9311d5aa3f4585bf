"""Developments and told memory -> the digest: choose, order, cap. Hides the editor's judgement; writes no word.

What is told is a story with all that is new in it; what was told to this conversation, in any form, is not told again.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from digests import board, stories
from digests.model import (
    Article,
    BoardEntry,
    Channel,
    Citation,
    Digest,
    Directory,
    Fault,
    Freshness,
    Kind,
    Line,
    Part,
    Silence,
    Source,
    SourceClass,
    Span,
    Statement,
    Verdict,
    Voice,
)
from digests.ports import FeedCoverage, Recorded, Told

LINES_AT_MOST = 12
"""Lines of one digest: what an analyst reads in ten minutes (the measuring contract allows no more)."""
CONTEXT_AT_MOST = 2
"""Context lines (war, economy, aid) among them: they bear on the talks and are not what the digest is for."""
AHEAD_AT_MOST = 3
SPAN_AT_MOST = 300
"""Characters of one posted span."""
SPAN_AT_LEAST = 20
CARRY_OVER = timedelta(hours=48)
"""How long a line that the cap cut off stays eligible."""
FIRST_WINDOW = timedelta(hours=24)

_CLASS_RANK = {
    SourceClass.OFFICIAL: 1,
    SourceClass.WIRE: 0,
    SourceClass.BROADCASTER: 2,
    SourceClass.INDEPENDENT: 3,
    SourceClass.STATE: 4,
    SourceClass.THINK_TANK: 5,
    SourceClass.REWRITE: 6,
}
_VERDICT_RANK = {
    Verdict.SHIFT: 0,
    Verdict.POSSIBLE_SHIFT: 1,
    Verdict.CORRECTION: 2,
    Verdict.DIFFER: 3,
    Verdict.NEW: 4,
    Verdict.UPDATE: 5,
}


@dataclass(frozen=True)
class Window:
    """What a digest looks at: recorded articles seen in (since - carry over, until], and what was read meanwhile."""

    since: datetime
    until: datetime
    recorded: tuple[Recorded, ...]
    coverage: tuple[FeedCoverage, ...]
    last_words: Mapping[str, Statement]  # actor id -> newest own statement on record before `since`


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
    lines, cut = _choose(window, told, directory, channel)
    lines = tuple(_with_id(replace(line, faults=_faults_of(line, faults)), channel, window.until) for line in lines)
    fresh = freshness(window, directory, voices)
    entries: tuple[BoardEntry, ...] = board.entries(
        lines, [r for r in window.recorded if r.article.seen_at > window.since], window.last_words, directory, fresh
    )
    return Digest(
        channel_id=channel.id,
        slot=window.until,
        zone=channel.zone,
        freshness=fresh,
        silence=_silence(lines, fresh),
        board=entries,
        lines=lines,
        ahead=_ahead(lines, window.recorded),
        counts=_counts(window),
        left_out=_left_out(window, lines, cut, fresh),
        baseline_version=baseline_version,
        thin=_thin(lines),
    )


# --- choosing ---------------------------------------------------------------------------------------------------


def _choose(window: Window, told: Told, directory: Directory, channel: Channel) -> tuple[tuple[Line, ...], int]:
    """The chosen lines in order, and how many worth a line the cap cut off."""
    groups: dict[str, list[Recorded]] = defaultdict(list)
    for r in window.recorded:
        if r.development is not None and r.article.seen_at <= window.until:
            groups[r.development.story_id].append(r)
    lines = [line for _, group in sorted(groups.items()) if (line := line_of(group, told, directory, window.since))]
    if channel.issues:
        lines = [line for line in lines if set(line.issues) & set(channel.issues)]
    worth = sorted((line for line in lines if _worth(line)), key=lambda line: _choice_key(line))
    talks = [line for line in worth if not line.context]
    context = [line for line in worth if line.context][:CONTEXT_AT_MOST]
    chosen = (talks[: LINES_AT_MOST - len(context)] + context)[:LINES_AT_MOST]
    parties = {a.id: n for n, a in enumerate(directory.actors)}
    chosen.sort(key=lambda line: (line.context, -line.weight, _party(line, parties), line.first_seen, line.story_id))
    return tuple(chosen), len(worth) - len(chosen)


def _worth(line: Line) -> bool:
    return line.weight >= (2 if line.context else 1)


def _choice_key(line: Line) -> tuple[int, int, int, datetime, str]:
    best = min(_VERDICT_RANK.get(v, 9) for v in line.verdicts)
    return -line.weight, best, -line.origins, line.first_seen, line.story_id


def _party(line: Line, parties: Mapping[str, int]) -> int:
    return min((parties.get(a, 99) for a in line.actors), default=99)


def line_of(group: Sequence[Recorded], told: Told, directory: Directory, since: datetime) -> Line | None:
    """One line for one story, or None where it has nothing that this conversation was not told."""
    group = sorted(group, key=lambda r: (r.article.seen_at, r.article.key))
    telling = [r for r in group if _untold(r, told)]
    if not telling:
        return None
    head = min(telling, key=lambda r: (_headline_rank(r, directory), r.article.seen_at, r.article.key))
    headline = _headline(head)
    if headline is None:
        return None
    developments = [r.development for r in telling if r.development is not None]
    quotes = _quotes(telling, headline, directory)
    actors = tuple(sorted({a for d in developments for a in d.actors}))
    judged = [j for d in developments for j in d.judgements]
    named = sorted({a for j in judged for a in j.statement.about} - set(actors))
    issues = Counter(i for d in developments for i in d.issues)
    first = min(developments, key=lambda d: (_VERDICT_RANK.get(d.verdict, 9), d.seen_at, d.development_id))
    return Line(
        line_id="",
        story_id=first.story_id,
        verdicts=tuple(sorted({d.verdict for d in developments}, key=lambda v: _VERDICT_RANK.get(v, 9))),
        reason=first.reason,
        issues=tuple(sorted(issues, key=lambda i: (-issues[i], i)))[:3],
        actors=actors,
        named=tuple(named),
        weight=max(d.weight for d in developments),
        headline=headline,
        quotes=quotes,
        compared=first.compared or next((j.compared for j in first.judgements if j.compared and j.verdict.tells), None),
        development_ids=tuple(d.development_id for d in developments),
        article_ids=tuple(dict.fromkeys(r.article.article_id for r in telling)),
        publishers=tuple(sorted({r.article.source_id for r in group})),
        origins=stories.origins([r.article for r in group], directory),
        first_seen=developments[0].seen_at,
        context=all(d.context for d in developments),
        carried_over=all(d.seen_at <= since for d in developments),
    )


def _untold(r: Recorded, told: Told) -> bool:
    d = r.development
    if d is None or not d.verdict.tells or d.development_id in told.developments:
        return False
    return not (d.verdict is Verdict.NEW and d.story_id in told.stories)


def _headline_rank(r: Recorded, directory: Directory) -> tuple[int, int, int, int]:
    source = directory.source_by_id.get(r.article.source_id)
    rank = _CLASS_RANK[source.source_class] if source else 3
    copy = r.development is not None and r.development.copy_of is not None
    verdict = _VERDICT_RANK.get(r.development.verdict, 9) if r.development else 9
    rewrite = source is not None and source.source_class is SourceClass.REWRITE
    return int(rewrite), int(copy), int(r.article.language != "en"), min(verdict, 3) * 10 + rank


def _headline(r: Recorded) -> Citation | None:
    """The article's own headline; its first statement where the headline is too short to stand alone."""
    title = r.article.texts.get(Part.TITLE)
    if title is not None and len(title.body) >= SPAN_AT_LEAST:
        span = title.span(0, min(len(title.body), SPAN_AT_MOST))
        return cite(r.article, span, Part.TITLE)
    for s in r.reading.statements:
        if SPAN_AT_LEAST <= len(s.span.chars) <= SPAN_AT_MOST:
            return cite(r.article, s.span, s.part, s)
    return None


def cite(article: Article, span: Span, part: Part, statement: Statement | None = None) -> Citation:
    """A span of an article with where and when."""
    return Citation(
        span=span,
        article_id=article.article_id,
        source_id=article.source_id,
        url=article.url,
        part=part,
        seen_at=article.seen_at,
        published_at=article.published_at,
        speaker=statement.speaker if statement else None,
        speaker_in_span=statement.speaker_in_span if statement else True,
        said_on=statement.said_on if statement else None,
        statement_id=statement.statement_id if statement else None,
        page_read=article.page_read and part is Part.TEXT,
        language=article.language,
        revision=article.revision,
    )


def _quotes(telling: Sequence[Recorded], headline: Citation, directory: Directory) -> tuple[Citation, ...]:
    """At most two spans that carry who said what, of different actors; quoted before reported, sure before unsure."""
    ranked: list[tuple[tuple[int, int, int, int, int], str, Citation]] = []
    for n, r in enumerate(telling):
        if r.development is None:
            continue
        rewrite = _is_rewrite(r.article, directory)
        for m, j in enumerate(r.development.judgements):
            s = j.statement
            if not _quotable(s, j.verdict, headline, rewrite=rewrite):
                continue
            key = (int(not s.sure), int(s.kind is not Kind.QUOTED), int(not j.verdict.tells), n, m)
            ranked.append((key, s.actor_id, cite(r.article, s.span, s.part, s)))
    ranked.sort(key=lambda x: x[0])
    chosen: list[tuple[str, Citation]] = []
    for _, actor, citation in ranked:
        fresh = all(
            citation.span.chars not in c.span.chars and c.span.chars not in citation.span.chars for _, c in chosen
        )
        if fresh and all(actor != a for a, _ in chosen):
            chosen.append((actor, citation))
        if len(chosen) == 2:
            break
    return tuple(c for _, c in chosen)


def _contains(a: Span, b: Span) -> bool:
    return a.chars in b.chars or b.chars in a.chars


def _is_rewrite(article: Article, directory: Directory) -> bool:
    source = directory.source_by_id.get(article.source_id)
    return source is not None and source.source_class is SourceClass.REWRITE


def _quotable(s: Statement, verdict: Verdict, headline: Citation, *, rewrite: bool) -> bool:
    if s.kind is Kind.ANALYSIS or verdict in {Verdict.REPEAT, Verdict.CORROBORATED, Verdict.BACKGROUND} or rewrite:
        return False
    if not SPAN_AT_LEAST <= len(s.span.chars) <= SPAN_AT_MOST:
        return False
    return not _contains(s.span, headline.span)


def _with_id(line: Line, channel: Channel, slot: datetime) -> Line:
    return replace(line, line_id=line_id(channel.conversation, slot.isoformat(), line.story_id))


_ALPHABET = "23456789bcdfghjkmnpqrstvwxyz"


def line_id(conversation: str, occasion: str, story_id: str) -> str:
    """Six characters that people can type: no vowels, no 0 1 l, so that no word and no doubt arises (28^6 = 4.8e8)."""
    number = int.from_bytes(hashlib.sha256(f"{conversation}\0{occasion}\0{story_id}".encode()).digest()[:8], "big")
    letters = []
    for _ in range(6):
        number, rest = divmod(number, len(_ALPHABET))
        letters.append(_ALPHABET[rest])
    return "".join(letters)


def _faults_of(line: Line, faults: Sequence[Fault]) -> tuple[Fault, ...]:
    """Known wording faults of the baseline that stand beside this line: it shows or was compared with the span."""
    shown = [c for c in (line.headline, *line.quotes, line.compared) if c is not None]
    return tuple(f for f in faults if any(_overlaps(c.span, f.span) for c in shown))


def _overlaps(a: Span, b: Span) -> bool:
    return a.text.sha == b.text.sha and a.start < b.end and b.start < a.end


# --- what stands around the lines -------------------------------------------------------------------------------


def freshness(window: Window, directory: Directory, voices: Sequence[Voice]) -> Freshness:
    """What was read between since and until, by side and voice."""
    read: list[Source] = []
    failing: list[tuple[str, datetime]] = []
    publishers: set[str] = set()
    for c in window.coverage:
        source = directory.source_by_id.get(c.source_id)
        if source is not None and (c.items or c.polls_ok):
            read.append(source)
        if c.items:
            publishers.add(c.source_id)
        if c.failing_since is not None and not c.polls_ok:
            failing.append((c.feed_id, c.failing_since))
    newest = [c.newest for c in window.coverage if c.newest is not None]
    return Freshness(
        since=window.since,
        until=window.until,
        items=sum(c.items for c in window.coverage),
        publishers=len(publishers),
        newest=max(newest, default=None),
        feeds=sum(1 for c in window.coverage if c.polls_ok or c.items),
        failing=tuple(sorted(failing)),
        sides_read=tuple(sorted({s.side for s in read if s.side})),
        missing=missing_voices(voices, read, directory),
    )


def missing_voices(voices: Sequence[Voice], read: Sequence[Source], directory: Directory) -> tuple[Voice, ...]:
    """Required voices that none of the sources read can stand for."""

    def stands(voice: Voice, source: Source) -> bool:
        side = not voice.side or (bool(source.side) and directory.rolls_up(source.side, voice.side))
        return side and (not voice.classes or source.source_class in voice.classes)

    return tuple(v for v in voices if not any(stands(v, s) for s in read))


def _silence(lines: Sequence[Line], fresh: Freshness) -> Silence:
    if fresh.feeds == 0:
        return Silence.BLIND
    if fresh.missing or fresh.failing:
        return Silence.PARTLY_BLIND
    return Silence.LINES if lines else Silence.NOTHING_NEW


def _ahead(lines: Sequence[Line], recorded: Sequence[Recorded]) -> tuple[tuple[str, Citation], ...]:
    """Sentences of the chosen lines' articles that announce something to come, once each, in the order of the lines."""
    by_article: dict[str, Recorded] = {r.article.article_id: r for r in recorded}
    found: list[tuple[str, Citation]] = []
    seen: set[str] = set()
    for line in lines:
        shown = {c.span.chars for c in (line.headline, *line.quotes)}
        for article_id in line.article_ids:
            r = by_article.get(article_id)
            spans = r.reading.ahead if r else ()
            fitting = [
                s for s in spans if SPAN_AT_LEAST <= len(s.chars) <= SPAN_AT_MOST and s.chars not in seen | shown
            ]
            if r is not None and fitting:
                seen.add(fitting[0].chars)
                found.append((line.line_id, cite(r.article, fitting[0], _part_of(r.article, fitting[0]))))
                break
    return tuple(found[:AHEAD_AT_MOST])


def _part_of(article: Article, span: Span) -> Part:
    return next((p for p, t in sorted(article.texts.items()) if t.sha == span.text.sha), Part.TEXT)


def _counts(window: Window) -> dict[str, int]:
    fresh = [r.development for r in window.recorded if r.development and r.article.seen_at > window.since]
    counted = Counter(d.verdict.value for d in fresh)
    return {v.value: counted.get(v.value, 0) for v in Verdict}


def _left_out(window: Window, lines: Sequence[Line], cut: int, fresh: Freshness) -> dict[str, int]:
    """Items of the window that no line rests on, by reason; reasons are words of the glossary."""
    used = {a for line in lines for a in line.article_ids}
    reasons: Counter[str] = Counter()
    inside = [r for r in window.recorded if r.article.seen_at > window.since]
    for r in inside:
        d = r.development
        if r.article.article_id in used or d is None:
            continue
        if d.verdict is Verdict.BACKGROUND:
            reasons["background"] += 1
        elif not d.verdict.tells:
            reasons["repeats"] += 1
        elif d.context:
            reasons["context"] += 1
        else:
            reasons["of little weight"] += 1
    distinct = len({r.article.article_id for r in inside})
    reasons["not about the talks"] = max(0, fresh.items - distinct)
    reasons["cut off by the cap"] = cut
    return {k: n for k, n in sorted(reasons.items()) if n}


def _thin(lines: Sequence[Line]) -> bool:
    """Whether most lines rest on one and the same publisher alone."""
    single = Counter(line.publishers[0] for line in lines if len(line.publishers) == 1)
    return len(lines) >= 3 and bool(single) and max(single.values()) * 2 > len(lines)

"""Nouns -> pages: digest, alert, position. Hides the order of rows; every piece is a frame, a span or a link."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from digests.frames import say
from digests.model import (
    Baseline,
    Button,
    Citation,
    Count,
    Day,
    Days,
    Digest,
    Directory,
    Frame,
    Held,
    Instant,
    Line,
    Link,
    Name,
    Page,
    Part,
    Piece,
    Position,
    Refs,
    Row,
    Silence,
    SourceClass,
    Span,
    Statement,
    Tone,
    Voice,
)
from digests.ports import Recorded

PARENT_LINES = 7
"""Lines in the parent message; the rest stands in its thread."""
EARLIER_STATEMENTS = 2
ABOUT_STATEMENTS = 3


@dataclass(frozen=True)
class Setting:
    """What every page needs beside its noun: names, the baseline, marks such as "demonstration"."""

    directory: Directory
    baseline: Baseline
    marks: tuple[Frame, ...] = ()
    demo: bool = False


# --- digest -----------------------------------------------------------------------------------------------------


def digest(d: Digest, setting: Setting) -> Page:
    """A digest in its three storeys: who spoke, the lines, what lies ahead and what was left out."""
    head = [
        Row(
            Tone.TITLE,
            (say("digest.title", at=Instant(d.slot), zone=Name(d.zone), since=Instant(d.freshness.since)),),
        ),
        *(Row(Tone.WARNING, (mark,)) for mark in setting.marks),
        *_freshness(d, setting.directory),
        *_board(d, setting.directory),
    ]
    lines = [line_rows(line, str(n), setting) for n, line in enumerate(d.lines, 1)]
    parent = [row for rows in lines[:PARENT_LINES] for row in rows]
    rest = [row for rows in lines[PARENT_LINES:] for row in rows]
    if rest:
        parent.append(Row(Tone.META, (say("digest.more_in_thread", n=Count(len(lines) - PARENT_LINES)),)))
    return Page(
        kind="digest",
        zone=d.zone,
        summary=_summary(d),
        rows=(*head, *parent, *_ahead(d, setting.directory), *_closing(d, setting)),
        thread=tuple(rest),
        buttons=_digest_buttons(d),
    )


def _digest_buttons(d: Digest) -> tuple[Button, ...]:
    return (Button(say("button.alert_me"), "alert_me"), Button(say("button.new"), "new")) if d.lines else ()


def _summary(d: Digest) -> tuple[Frame | Span, ...]:
    at = Instant(d.slot)
    if d.silence is Silence.BLIND:
        return (say("digest.summary_blind", at=at),)
    if not d.lines:
        return (say("digest.summary_empty", at=at),)
    return (say("digest.summary", at=at, n=Count(len(d.lines))), *(line.headline.span for line in d.lines[:3]))


def _freshness(d: Digest, directory: Directory) -> list[Row]:
    """One of the four silences, in words; and THIN where most rests on one publisher."""
    f = d.freshness
    if d.silence is Silence.BLIND:
        return [Row(Tone.WARNING, (say("digest.blind", since=Instant(f.since)),)), *_failing(d, directory)]
    rows = []
    if f.missing:
        sides = tuple(Name(v.name) for v in f.missing)
        rows.append(Row(Tone.WARNING, (say("digest.partly_blind", sides=sides),)))
    rows.extend(_failing(d, directory))
    if d.thin:
        rows.append(Row(Tone.WARNING, (say("digest.thin"),)))
    if f.newest is None:
        rows.append(Row(Tone.STATUS, (say("digest.nothing_seen", feeds=Count(f.feeds)),)))
    elif d.lines:
        fresh = say("digest.freshness", items=Count(f.items), publishers=Count(f.publishers), newest=Instant(f.newest))
        rows.append(Row(Tone.STATUS, (fresh,)))
    else:
        nothing = say("digest.nothing_new", feeds=Count(f.feeds), items=Count(f.items), newest=Instant(f.newest))
        rows.append(Row(Tone.STATUS, (nothing,)))
    return rows


def _failing(d: Digest, directory: Directory) -> list[Row]:
    return [
        Row(Tone.WARNING, (say("digest.failing_since", feed=Name(feed), since=Instant(since)),))
        for feed, since in d.freshness.failing
    ]


def _board(d: Digest, directory: Directory) -> list[Row]:
    rows = [Row(Tone.STATUS, (say("digest.who_spoke"),))]
    rows.extend(
        Row(Tone.STATUS, (say("board.party", who=Name(_actor_name(e.actor_id, directory))), *e.frames)) for e in d.board
    )
    return rows


def _ahead(d: Digest, directory: Directory) -> list[Row]:
    if not d.ahead:
        return [Row(Tone.META, (say("digest.nothing_ahead"),))] if d.lines else []
    numbers = {line.line_id: str(n) for n, line in enumerate(d.lines, 1)}
    rows = [Row(Tone.STATUS, (say("digest.ahead"),))]
    for line_id, citation in d.ahead:
        rows.append(Row(Tone.QUOTE, (citation.span,), line_id))
        source = _source(citation, directory)
        rows.append(Row(Tone.META, (say("digest.ahead_of", line=Refs((numbers[line_id],))), *source)))
    return rows


_COUNTED = {
    "new": "new",
    "update": "update",
    "shift": "shift",
    "possible": "possible shift",
    "differ": "differ",
    "correction": "correction",
}


def _closing(d: Digest, setting: Setting) -> list[Row]:
    counts = {slot: Count(d.counts.get(verdict, 0)) for slot, verdict in _COUNTED.items()}
    repeats = sum(d.counts.get(v, 0) for v in ("repeat", "restated", "corroborated"))
    rows = [Row(Tone.META, (say("digest.counts", repeat=Count(repeats), **counts),))]
    if d.left_out:
        left = (say("digest.left_out_reason", n=Count(n), reason=Name(why)) for why, n in d.left_out.items())
        rows.append(Row(Tone.META, (say("digest.left_out"), *left)))
    first = setting.baseline.dated.first
    rows.append(Row(Tone.META, (say("digest.baseline", version=Count(d.baseline_version), first=Day(first)),)))
    return rows


# --- one line ---------------------------------------------------------------------------------------------------


def line_rows(line: Line, number: str, setting: Setting) -> list[Row]:
    """One line: verdict and issues, the headline and its spans, source rows, wordings and what it was compared with."""
    directory = setting.directory
    verdicts = Name(", ".join(v.value.upper() for v in line.verdicts))
    issues = tuple(Name(directory.issue_by_id[i].name) for i in line.issues if i in directory.issue_by_id)
    head: list[Piece] = [say("line.head", n=Refs((number,)), verdict=verdicts)]
    if line.context:
        head.append(say("line.context"))
    if issues:
        head.append(say("label.names", names=issues))
    head.append(say("line.publishers", n=Count(len(line.publishers)), origins=Count(line.origins)))
    if line.carried_over:
        head.append(say("digest.yesterday"))
    if line.named and not line.actors:
        named = tuple(Name(_actor_name(a, directory)) for a in line.named)
        head.append(say("line.about", whom=named))
    rows = [Row(Tone.LINE, tuple(head), line.line_id)]
    rows += citation_rows((line.headline, *line.quotes), directory)
    rows += _comparison(line, setting)
    rows.append(Row(Tone.META, (line.reason, say("line.id", id=Name(line.line_id)))))
    return rows


def citation_rows(citations: Sequence[Citation], directory: Directory) -> list[Row]:
    """Quote rows, each run of one article closed by one source row."""
    rows: list[Row] = []
    for n, c in enumerate(citations):
        rows.append(Row(Tone.QUOTE, _quoted(c)))
        last = n + 1 == len(citations) or (citations[n + 1].article_id, citations[n + 1].revision) != (
            c.article_id,
            c.revision,
        )
        if last:
            rows.append(Row(Tone.META, _source(c, directory)))
    return rows


def _quoted(c: Citation) -> tuple[Piece, ...]:
    if c.speaker and not c.speaker_in_span:
        return (say("label.speaker", who=Name(c.speaker)), c.span)
    return (c.span,)


def _source(c: Citation, directory: Directory) -> tuple[Piece, ...]:
    source = directory.source_by_id.get(c.source_id)
    name = source.name if source else c.source_id
    kind = source.source_class.value if source else SourceClass.INDEPENDENT.value
    if source and source.label:
        kind = f"{kind}, {source.label}"
    pieces: list[Piece] = [
        say("line.source", source=Name(name), source_class=Name(kind), at=Instant(c.published_at or c.seen_at))
    ]
    if c.part is Part.TITLE:
        pieces.append(say("line.headline"))
    else:
        pieces.append(say("line.page") if c.page_read else say("line.excerpt"))
    if c.language not in {"", "en"}:
        pieces.append(say("line.language", language=Name(c.language)))
    if c.said_on is not None:
        pieces.append(_said(c.said_on))
    if source and source.source_class is SourceClass.REWRITE:
        pieces.append(say("line.rewrite"))
    if c.url.startswith(("https://", "http://")):
        pieces.append(Link(say("line.link"), c.url))
    return tuple(pieces)


def _said(days: Days) -> Frame:
    if days.exact is not None:
        return say("line.said_on", on=Day(days.exact))
    return say("line.said_between", first=Day(days.first), last=Day(days.last))


def _comparison(line: Line, setting: Setting) -> list[Row]:
    """What the line was compared with, where that changes how it is read: shifts, corrections, differing facts."""
    rows: list[Row] = []
    for fault in line.faults:
        on = setting.baseline.dated.last
        who = Name(fault.said_by or "baseline")
        rows.append(Row(Tone.WARNING, (say("line.wordings_differ", what=Name(fault.kind)),)))
        rows.append(Row(Tone.META, (say("line.baseline_has", who=who, on=Day(on)),)))
        rows.append(Row(Tone.QUOTE, (fault.span,)))
    telling = {v.value for v in line.verdicts} & {"shift", "possible shift", "differ", "correction"}
    shown = any(line.compared and f.span == line.compared.span for f in line.faults)
    if line.compared is not None and telling and not shown:
        rows.append(Row(Tone.META, (say("line.was"),)))
        rows += citation_rows((line.compared,), setting.directory)
    return rows


# --- alert ------------------------------------------------------------------------------------------------------


def alert(line: Line, zone: str, setting: Setting, subscription_id: str) -> Page:
    """One event to one subscriber."""
    names = tuple(Name(setting.directory.issue_by_id[i].name) for i in line.issues)
    title = say("alert.title", verdict=Name(", ".join(v.value.upper() for v in line.verdicts)), issues=names)
    rows = [
        Row(Tone.TITLE, (title,)),
        *(Row(Tone.WARNING, (mark,)) for mark in setting.marks),
        *line_rows(line, "1", setting)[1:],
        Row(Tone.META, (say("alert.subscription", id=Name(subscription_id)),)),
    ]
    return Page("alert", zone, (title, line.headline.span), tuple(rows))


# --- position ---------------------------------------------------------------------------------------------------


def position(
    p: Position, zone: str, setting: Setting, articles: dict[str, Recorded], missing: Sequence[Voice] = ()
) -> Page:
    """Where an actor stands, issue by issue. `articles`: recorded articles by article key, for their sources."""
    directory = setting.directory
    who = Name(_actor_name(p.actor_id, directory))
    first = Day(setting.baseline.dated.first)
    version = Count(setting.baseline.version)
    own = say("position.own_on", n=Count(len(p.held)), all=Count(len(directory.issues)))
    title = say("position.title", who=who, at=Instant(p.as_of), version=version, first=first)
    rows = [Row(Tone.TITLE, (title,)), *(Row(Tone.WARNING, (m,)) for m in setting.marks), Row(Tone.STATUS, (own,))]
    blind = tuple(Name(v.name) for v in missing if v.side and directory.rolls_up(p.actor_id, v.side))
    if blind:
        rows.append(Row(Tone.WARNING, (say("position.blind", sides=blind),)))
    for held in p.held:
        rows += _held(held, setting, articles)
    about = [row for s in p.about[:ABOUT_STATEMENTS] for row in _statement("position.other", s, setting, articles)]
    if about:
        rows += [Row(Tone.STATUS, (say("position.about", who=who),)), *about]
    silent = tuple(Name(directory.issue_by_id[i].name) for i in p.silent)
    if silent:
        rows.append(Row(Tone.META, (say("position.nothing", issues=silent),)))
    summary = say("position.summary", who=who, n=Count(len(p.held)), all=Count(len(directory.issues)))
    return Page("position", zone, (summary,), tuple(rows))


def _held(held: Held, setting: Setting, articles: dict[str, Recorded]) -> list[Row]:
    issue = Name(setting.directory.issue_by_id[held.issue_id].name)
    newest = (held.newest or held.baseline)[0]
    days = newest.said_on
    if days is not None:
        head = [say("position.issue", issue=issue, on=Day(days.last))]
    else:
        head = [say("position.issue_undated", issue=issue)]
    moved = say("position.moved", at=Instant(held.moved_at)) if held.moved_at else say("position.not_moved")
    rows = [Row(Tone.LINE, (*head, moved))]
    for n, s in enumerate(held.newest[: 1 + EARLIER_STATEMENTS]):
        rows += _statement("position.now" if n == 0 else "position.before", s, setting, articles)
    for s in held.baseline[:1]:
        rows += _statement("position.baseline", s, setting, articles)
    return rows


def _statement(label: str, s: Statement, setting: Setting, articles: dict[str, Recorded]) -> list[Row]:
    """A statement with its source; a baseline statement carries its known faults and the warning beside it."""
    piece: list[Piece] = [say(label)]
    if s.speaker and not s.speaker_in_span:
        piece.append(say("label.speaker", who=Name(s.speaker)))
    meta: list[Piece] = list(piece)
    if s.said_on is not None:
        meta.append(_said(s.said_on))
    if not s.sure:
        meta.append(say("line.unsure"))
    baseline = s.article_id == setting.baseline.article.article_id
    rows = [Row(Tone.META, tuple(meta)), Row(Tone.QUOTE, (s.span,))]
    found = articles.get(f"{s.article_id}.{s.revision}")
    if baseline:
        rows.append(Row(Tone.META, (say("line.baseline_article"), say("line.rewrite"))))
        rows += _baseline_faults(s, setting)
    elif found is not None:
        citation = Citation(
            s.span,
            s.article_id,
            found.article.source_id,
            found.article.url,
            s.part,
            found.article.seen_at,
            found.article.published_at,
            page_read=found.article.page_read and s.part is Part.TEXT,
            language=found.article.language,
            revision=s.revision,
        )
        rows.append(Row(Tone.META, _source(citation, setting.directory)))
    return rows


def _baseline_faults(s: Statement, setting: Setting) -> list[Row]:
    rows = []
    for fault in setting.baseline.faults:
        same_text = fault.span.text.sha == s.span.text.sha
        if same_text and fault.span.start < s.span.end and s.span.start < fault.span.end:
            rows.append(Row(Tone.WARNING, (say("line.wordings_differ", what=Name(fault.kind)),)))
            other = say(
                "line.other_wording",
                who=Name(fault.said_by or "baseline"),
                wording=Name(fault.other_wording),
                source=Name(fault.source),
            )
            rows.append(Row(Tone.META, (other,)))
    return rows


def _actor_name(actor_id: str, directory: Directory) -> str:
    actor = directory.actor_by_id.get(actor_id)
    return actor.name if actor else actor_id

"""The record -> pages: found reports, then and now, the sources. Hides the order of their rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from digests.frames import say
from digests.model import (
    Button,
    Choice,
    Citation,
    Count,
    Frame,
    Instant,
    Line,
    Name,
    Page,
    Piece,
    Refs,
    Row,
    Source,
    Statement,
    Tone,
    Verdict,
)
from digests.ports import Recorded
from digests.rows import Setting, against, evidence, issue_frame, line_rows
from digests.standpoints import shown

PAIRS_AT_MOST = 8


def titled(kind: str, title: Frame, rows: Sequence[Row], zone: str, setting: Setting) -> Page:
    """A page whose title is its summary, with the marks of the run."""
    marks = (Row(Tone.WARNING, (m,)) for m in setting.marks)
    return Page(kind, zone, (title,), (Row(Tone.TITLE, (title,)), *marks, *rows))


def plus(page: Page, *buttons: Button) -> Page:
    """The page with more buttons."""
    return replace(page, buttons=(*page.buttons, *buttons))


def further(lines: Sequence[Line], before: int, zone: str, setting: Setting) -> Page:
    """Lines of a catch-up that stand behind `before` others."""
    first, last = Refs((str(before + 1),)), Refs((str(before + len(lines)),))
    title = say("new.further", first=first, last=last) if lines else say("new.no_further")
    rows = [row for n, line in enumerate(lines, before + 1) for row in line_rows(line, str(n), setting)]
    return titled("lines", title, rows, zone, setting)


# --- search ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Found:
    """One report that holds the words, with the sentence that holds most of them."""

    citation: Citation
    verdict: Verdict | None
    issues: tuple[str, ...]
    line_id: str = ""  # by which the asker's conversation was told, or under which `why` shows what is on record
    overruled: datetime | None = None  # when a reviewer found it wrong


@dataclass(frozen=True)
class Results:
    """One page of a search: `page` from 1, `more` whether there is another, `again` how the search is typed, `of` how
    many reports were looked through; `names` other spellings that were looked for too."""

    found: tuple[Found, ...]
    page: int
    more: bool
    again: str
    of: int
    first: int = 1
    names: tuple[str, ...] = ()


def search(results: Results, words: Sequence[Frame], zone: str, setting: Setting) -> Page:
    """Reports that hold the words, newest first. `words`: the search, echoed."""
    title = say("search.title", page=Count(results.page))
    rows = [Row(Tone.META, tuple(words))]
    if results.names:
        rows.append(Row(Tone.META, (say("search.names", names=tuple(Name(n) for n in results.names)),)))
    for n, found in enumerate(results.found, results.first):
        at = found.overruled
        wrong = [Row(Tone.WARNING, (say("line.overruled", at=Instant(at)),))] if at is not None else []
        rows += [Row(Tone.LINE, _head(n, found, setting)), *wrong, *evidence((found.citation,), setting)]
    if not results.found:
        key = "search.nothing" if results.page == 1 else "search.no_more"
        rows.append(Row(Tone.WARNING, (say(key, n=Count(results.of)),)))
    page = plus(titled("search", title, rows, zone, setting), *_evidence_of(results, setting))
    if not results.more:
        return page
    return plus(page, Button(say("button.next_page"), "ask", f"{results.again} page:{results.page + 1}"))


def _evidence_of(results: Results, setting: Setting) -> list[Button]:
    """What stands behind each report that was found: the words that are shown, else its happening."""
    choices = []
    for n, found in enumerate(results.found, results.first):
        asked = found.citation.statement_id or found.line_id
        if asked:
            source = setting.directory.source_by_id.get(found.citation.source_id)
            name = Name(source.name if source else found.citation.source_id)
            choices.append(Choice(say("search.choice", n=Count(n), source=name), f"why {asked}"))
    return [Button(say("button.evidence"), "ask", choices=tuple(choices))] if choices else []


def _head(n: int, found: Found, setting: Setting) -> tuple[Piece, ...]:
    pieces: list[Piece] = [say("search.number", n=Count(n))]
    if found.verdict is not None:
        pieces.append(say("label.name", name=Name(found.verdict.value.upper())))
    pieces += [issue_frame(i, setting.directory) for i in found.issues[:3] if i in setting.directory.issue_by_id]
    if found.line_id:
        pieces.append(say("line.id", id=Name(found.line_id)))
    return tuple(pieces)


# --- then and now ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Pair:
    """A party on an issue, then and now. `verdict`: how the newest words were judged, where that is on record."""

    actor_id: str
    issue_id: str
    was: Statement
    now: Statement
    verdict: Verdict | None = None


@dataclass(frozen=True)
class Comparison:
    """Pairs of statements, what they are compared with, and cells that have only one side. `then` None: the baseline;
    `of` names a person or party where one was asked for."""

    pairs: tuple[Pair, ...]
    at: datetime
    then: datetime | None = None
    of: str = ""
    unmoved: int = 0  # cells with nothing newer than then
    only_now: tuple[str, ...] = ()  # issues with words now and none then


def diff(made: Comparison, zone: str, setting: Setting, articles: Mapping[str, Recorded]) -> Page:
    """Was and now, side by side. That words differ is shown, not claimed: a shift is named only where it was judged."""
    title = _compared_with(made, setting)
    rows: list[Row] = []
    shown_pairs = 0
    for pair in made.pairs:
        both = [shown(s, setting, articles) for s in (pair.was, pair.now)]
        if shown_pairs == PAIRS_AT_MOST or both[0] is None or both[1] is None:
            continue
        shown_pairs += 1
        rows += [Row(Tone.LINE, _pair_head(pair, setting)), Row(Tone.META, (say("line.was"),))]
        rows += [*evidence((both[0],), setting), Row(Tone.META, (say("line.now"),)), *evidence((both[1],), setting)]
    left = len(made.pairs) - shown_pairs
    rows += [Row(Tone.META, (say("diff.left", n=Count(left)),))] if shown_pairs == PAIRS_AT_MOST and left else []
    rows += [Row(Tone.WARNING, (say("diff.nothing"),))] if not shown_pairs else []
    rows += [Row(Tone.META, (say("diff.unmoved", n=Count(made.unmoved)),))] if made.unmoved else []
    names = tuple(Name(setting.directory.issue_by_id[i].name) for i in made.only_now)
    rows += [Row(Tone.META, (say("diff.only_now", issues=names),))] if names else []
    return titled("diff", title, rows, zone, setting)


def _compared_with(made: Comparison, setting: Setting) -> Frame:
    at = Instant(made.at)
    if made.then is not None:
        then = Instant(made.then)
        return (
            say("diff.title_of", who=Name(made.of), then=then, at=at)
            if made.of
            else say("diff.title", then=then, at=at)
        )
    if made.of:
        return say("diff.title_baseline_of", who=Name(made.of), at=at, **against(setting))
    return say("diff.title_baseline", at=at, **against(setting))


def _pair_head(pair: Pair, setting: Setting) -> tuple[Piece, ...]:
    who = say("label.name", name=Name(setting.directory.actor_name(pair.actor_id)))
    head: list[Piece] = [who, issue_frame(pair.issue_id, setting.directory)]
    if pair.verdict is not None:
        head.append(say("diff.judged", verdict=Name(pair.verdict.value)))
    return tuple(head)


# --- the sources ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class SourceRead:
    """A source with its feeds, and what came of it in the last week."""

    source: Source
    feeds: int
    items: int
    newest: datetime | None


@dataclass(frozen=True)
class FeedHealth:
    """How one feed does. `quiet_since`: it answers, and nothing new came of it since."""

    feed_id: str
    side: str  # an actor id, "" for none
    outcome: str
    last_ok: datetime | None
    next_check: datetime | None
    errors: int
    failing_since: datetime | None
    items: int
    quiet_since: datetime | None


def sources(read: Sequence[SourceRead], missing: Sequence[str], zone: str, setting: Setting) -> Page:
    """What is read, side by side, with each side's share of a week's items."""
    everything = sum(r.items for r in read)
    title = say("sources.title", n=Count(len(read)), feeds=Count(sum(r.feeds for r in read)))
    rows = [Row(Tone.WARNING, (say("digest.partly_blind", sides=tuple(Name(m) for m in missing)),))] if missing else []
    for side in _sides([r.source.side for r in read], setting):
        own = [r for r in read if r.source.side == side]
        items = sum(r.items for r in own)
        share = Count(round(100 * items / everything) if everything else 0)
        rows.append(Row(Tone.LINE, (_side(side, setting), say("sources.share", n=Count(items), share=share))))
        rows += [Row(Tone.STATUS, _read(r)) for r in own]
    return plus(titled("sources", title, rows, zone, setting), Button(say("button.health"), "ask", "sources status"))


def _read(r: SourceRead) -> tuple[Piece, ...]:
    kind = f"{r.source.source_class.value}, {r.source.label}" if r.source.label else r.source.source_class.value
    newest = say("sources.newest", at=Instant(r.newest)) if r.newest else say("sources.none")
    return (say("label.name", name=Name(r.source.name)), say("label.name", name=Name(kind)),
            say("sources.items", n=Count(r.items)), newest)  # fmt: skip


def health(feeds: Sequence[FeedHealth], at: datetime, zone: str, setting: Setting) -> Page:
    """How each feed does, side by side; those that fail come first on their side."""
    failing = sum(f.failing_since is not None for f in feeds)
    title = say("sources.health", n=Count(len(feeds)), failing=Count(failing), at=Instant(at))
    rows: list[Row] = []
    for side in _sides([f.side for f in feeds], setting):
        rows.append(Row(Tone.LINE, (_side(side, setting),)))
        own = sorted((f for f in feeds if f.side == side), key=lambda f: (f.failing_since is None, f.feed_id))
        rows += [_feed(f) for f in own]
    return titled("sources", title, rows, zone, setting)


def _feed(f: FeedHealth) -> Row:
    pieces: list[Piece] = [say("label.name", name=Name(f.feed_id))]
    pieces.append(say("sources.last_ok", at=Instant(f.last_ok)) if f.last_ok else say("sources.never_ok"))
    if f.failing_since is not None:
        since = Instant(f.failing_since)
        pieces.append(say("sources.failing", since=since, n=Count(f.errors), why=Name(f.outcome[:80] or "no answer")))
    pieces.append(say("sources.items", n=Count(f.items)))
    if f.quiet_since is not None:
        pieces.append(say("sources.quiet", since=Instant(f.quiet_since)))
    if f.next_check is not None:
        pieces.append(say("sources.next", at=Instant(f.next_check)))
    return Row(Tone.WARNING if f.failing_since else Tone.STATUS, tuple(pieces))


def _sides(named: Sequence[str], setting: Setting) -> list[str]:
    """Sides in the order of the parties, those of nobody last."""
    order = {a.id: n for n, a in enumerate(setting.directory.actors)}
    return sorted(dict.fromkeys(named), key=lambda side: (order.get(side, len(order)), side))


def _side(side: str, setting: Setting) -> Frame:
    return say("label.name", name=Name(setting.directory.actor_name(side))) if side else say("sources.no_side")

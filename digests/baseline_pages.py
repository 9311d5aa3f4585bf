"""The baseline -> pages: its statements, its versions, what a new one would change. Hides the order of their rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from digests import excerpts
from digests.frames import echo, say
from digests.model import (
    Baseline,
    Button,
    Count,
    Day,
    Fault,
    Frame,
    Instant,
    Link,
    Name,
    Page,
    Piece,
    Row,
    Span,
    Statement,
    Tone,
)
from digests.ports import BaselineVersion, Recorded
from digests.record_pages import plus, titled
from digests.rows import Setting, evidence, issue_frame, kind, other_wording
from digests.standpoints import article_of

STATEMENTS_A_PAGE = 8
VERSIONS_SHOWN = 12
"""Versions that one answer shows, newest first; all are kept."""
BESIDE = 60
"""Characters on either side of changed words that are shown with them."""

# --- what it says ---------------------------------------------------------------------------------------------------


def statements(
    held: Sequence[Statement], page: int, zone: str, setting: Setting, articles: Mapping[str, Recorded]
) -> Page:
    """The statements of the version in force, with what other reports have instead. A page of them."""
    version = setting.baseline
    title = say(
        "baseline.title", version=Count(version.version), first=Day(version.dated.first), last=Day(version.dated.last)
    )
    start = (page - 1) * STATEMENTS_A_PAGE
    rows = _what_it_is(version, setting) if page == 1 else []
    part = held[start : start + STATEMENTS_A_PAGE]
    for n, statement in enumerate(part, start + 1):
        rows += _statement(n, statement, setting, articles)
    if not part:
        rows.append(Row(Tone.WARNING, (say("baseline.no_page", n=Count(len(held))),)))
    made = titled("baseline", title, rows, zone, setting)
    if start + STATEMENTS_A_PAGE >= len(held):
        return made
    return plus(made, Button(say("button.next_page"), "ask", f"baseline page:{page + 1}"))


def _what_it_is(version: Baseline, setting: Setting) -> list[Row]:
    """What kind of text it is, and what is known to be wrong with it."""
    if version.as_of_day is not None:
        return [Row(Tone.STATUS, (say("baseline.until", day=Day(version.as_of_day)),))]
    if version.taken_from:
        pieces: list[Piece] = [say("baseline.kind", kind=kind(version, setting.directory))]
        if version.article.url.startswith(("https://", "http://")):
            pieces.append(Link(say("baseline.article"), version.article.url))
        return [Row(Tone.STATUS, tuple(pieces))]
    pieces = [say("baseline.rewrite", n=Count(len(version.faults)))]
    pieces += [say("baseline.amended_here")] if version.amended else []
    return [Row(Tone.WARNING, tuple(pieces))]


def _statement(n: int, statement: Statement, setting: Setting, articles: Mapping[str, Recorded]) -> list[Row]:
    article = article_of(statement, setting, articles)
    if article is None:
        return []
    span = excerpts.of_statement(statement, article) or excerpts.fitting(statement.span)
    who = say("label.name", name=Name(setting.directory.actor_name(statement.actor_id)))
    issues = [issue_frame(i, setting.directory) for i in statement.issues[:3] if i in setting.directory.issue_by_id]
    head: tuple[Piece, ...] = (say("search.number", n=Count(n)), who, *issues)
    if span is None:
        return [Row(Tone.LINE, head), Row(Tone.META, (say("evidence.too_long", n=Count(len(statement.span.chars))),))]
    return [Row(Tone.LINE, head), *evidence((excerpts.cite(article, span, statement.part, statement),), setting)]


# --- its versions ---------------------------------------------------------------------------------------------------


def versions(made: Sequence[BaselineVersion], files: Baseline, read: int, zone: str, setting: Setting) -> Page:
    """Every version, the newest first: what it is, who made it when and why, what was changed. `read`: statements of
    the one in force."""
    rows: list[Row] = []
    for version in sorted(made, key=lambda v: v.baseline.version, reverse=True)[:VERSIONS_SHOWN]:
        said = say("baseline.made", at=Instant(version.at), who=Name(version.by), reason=echo(version.reason))
        rows += [
            *_version(version.baseline, read, setting),
            Row(Tone.META, (said,)),
            *changed(version.was, version.now),
        ]
    rows += [*_version(files, read, setting), Row(Tone.META, (say("baseline.of_files"),))]
    return titled("baseline", say("baseline.versions", n=Count(1 + len(made))), rows, zone, setting)


def _version(version: Baseline, read: int, setting: Setting) -> list[Row]:
    record = next(iter(version.article.texts.values()))
    in_force = version is setting.baseline or version == setting.baseline
    key = "baseline.version_in_force" if in_force else "baseline.version"
    what: list[Piece] = [say("baseline.dated", first=Day(version.dated.first), last=Day(version.dated.last))]
    if version.as_of_day is not None:
        what = [say("baseline.until", day=Day(version.as_of_day))]
    if in_force:
        what.append(say("baseline.holds", statements=Count(read)))
    what.append(say("baseline.faults", faults=Count(len(version.faults))))
    return [
        Row(
            Tone.LINE,
            (say(key, version=Count(version.version)), say("baseline.kind", kind=kind(version, setting.directory))),
        ),
        Row(Tone.META, tuple(what)),
        Row(Tone.META, (say("evidence.sha", sha=Name(record.sha)),)),
        *(row for fault in version.faults if in_force for row in _fault(fault)),
    ]


def _fault(fault: Fault) -> list[Row]:
    wrong = Row(Tone.WARNING, (say("line.wordings_differ", what=Name(fault.kind)),))
    return [wrong, Row(Tone.QUOTE, (fault.span,)), *other_wording(fault)]


# --- a new one ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Proposed:
    """A version that somebody would make, and what is typed to make it; `other_now`: another came in between."""

    version: BaselineVersion
    old: int
    confirm: str
    other_now: bool = False


def proposed(made: Proposed, zone: str, setting: Setting) -> Page:
    """What would change, and a button that changes it."""
    number = Count(made.version.baseline.version)
    rows = [Row(Tone.WARNING, (say("baseline.other_now", version=Count(made.old)),))] if made.other_now else []
    rows += _what_changes(made.version, setting)
    rows.append(Row(Tone.META, (say("baseline.measured"),)))
    page = titled("baseline", say("baseline.look_first", version=number, old=Count(made.old)), rows, zone, setting)
    confirm = Button(say("baseline.confirm", version=number), "ask", made.confirm)
    return plus(page, confirm, Button(say("baseline.leave"), "ask", "baseline"))


def announced(version: BaselineVersion, zone: str, setting: Setting) -> Page:
    """To every channel with a digest: the baseline is another one now, who made it, why, and what it is."""
    said = say("baseline.made", at=Instant(version.at), who=Name(version.by), reason=echo(version.reason))
    rows = [Row(Tone.META, (said,)), *_what_changes(version, setting), Row(Tone.META, (say("baseline.measured"),))]
    title = say("baseline.new_version", version=Count(version.baseline.version))
    page = titled("notice", title, rows, zone, setting)
    return plus(page, Button(say("label.name", name=Name("baseline")), "ask", "baseline history"))


def _what_changes(version: BaselineVersion, setting: Setting) -> list[Row]:
    if version.was is not None:
        return changed(version.was, version.now)
    held = version.baseline
    rows = _what_it_is(held, setting)
    if held.taken_from:
        part, record = next(iter(held.article.texts.items()))
        head = record.span(0, min(len(record.body), excerpts.SPAN_AT_MOST))
        rows += evidence((excerpts.cite(held.article, excerpts.fitting(head) or head, part),), setting)
    return rows


def changed(was: Span | None, now: Span | None) -> list[Row]:
    """The words that go and those that come, each with what stands around them, cut from its own text."""
    shown = (("baseline.was", was), ("baseline.becomes", now))
    return [row for key, span in shown if span is not None for row in _in_place(say(key), span)]


def _in_place(label: Frame, span: Span) -> list[Row]:
    body = span.text.body
    start = max(body.rfind("\n", 0, span.start) + 1, span.start - BESIDE)
    ends = body.find("\n", span.end)
    end = min(len(body) if ends < 0 else ends, span.end + BESIDE)
    return [Row(Tone.META, (label,)), Row(Tone.QUOTE, (span.text.span(start, end),))]


def notice(frame: Frame, zone: str, setting: Setting) -> Page:
    """One sentence of ours."""
    return titled("notice", frame, (), zone, setting)

"""Evidence -> pages: the card behind a line, why an article was not told, a footnote. Hides the order of their rows.

Every span passes through `rows.evidence`, the sentences around it too, so that no faulty wording of the baseline is
shown without its warning.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from digests import excerpts, when
from digests.backing import Backing, Cited, Report
from digests.frames import say
from digests.model import (
    NOTICE,
    Article,
    Button,
    Citation,
    Count,
    Day,
    Development,
    Frame,
    Instant,
    Judgement,
    Line,
    Link,
    Name,
    Page,
    Part,
    Piece,
    Row,
    Span,
    Tone,
)
from digests.pages import WRONG
from digests.rows import Setting, evidence, is_baseline, issue_frame


@dataclass(frozen=True)
class Card:
    """What a card is about: how it is named, when its line was told where, and what stands behind it. `named`: what is
    typed to ask for it again."""

    title: Frame
    behind: Backing
    named: str
    line: Line | None = None
    told_at: datetime | None = None
    reviewed: tuple[Row, ...] = ()  # what reviewers made of it
    posted: bool = False  # its line was told somewhere, so that it may be reported as wrong


def card(made: Card, zone: str, setting: Setting) -> Page:
    """Everything behind one line, statement or article."""
    rows = [Row(Tone.TITLE, (made.title,)), *(Row(Tone.WARNING, (m,)) for m in setting.marks)]
    if made.told_at is not None:
        rows.append(Row(Tone.META, (say("evidence.told", at=Instant(made.told_at)),)))
    rows += made.reviewed
    rows += [row for c in made.behind.cited for row in _cited(c, made.behind, setting)]
    rows += [*_why(made, setting), *_wordings(made.behind, setting), *_reports(made.behind, setting)]
    rows += _since(made.behind)
    buttons = [Button(say("button.cite"), "ask", f"why {made.named} cite")] if made.named else []
    if made.posted and made.line is not None:
        buttons.append(Button(say("button.wrong"), WRONG, made.line.line_id))
    return Page("evidence", zone, (made.title,), _dated(rows), buttons=tuple(buttons))


_WITH_YEAR = {
    "line.source": "line.source_dated",
    "line.since_replaced": "line.since_replaced_dated",
    "line.corrected_by_source": "line.corrected_by_source_dated",
    "line.withdrawn": "line.withdrawn_dated",
    "line.overruled": "line.overruled_dated",
    "line.rescoped": "line.rescoped_dated",
}
"""Frames whose times bear year and zone on a card: it is what is kept and cited, perhaps years later."""


def _dated(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The rows with every time of theirs in full."""
    return tuple(replace(row, pieces=tuple(_in_full(p) for p in row.pieces)) for row in rows)


def _in_full(piece: Piece) -> Piece:
    return replace(piece, key=_WITH_YEAR.get(piece.key, piece.key)) if isinstance(piece, Frame) else piece


# --- the words ------------------------------------------------------------------------------------------------------


def _cited(cited: Cited, behind: Backing, setting: Setting) -> list[Row]:
    """The span in its place: the sentence before, itself with its source, the sentence after, then what is on file."""
    c = cited.citation
    rows = _neighbour("evidence.before", cited.before, c, setting)
    rows.append(Row(Tone.LINE, (say("evidence.span"),)))
    rows += evidence((c,), setting, behind.changes)
    rows.append(Row(Tone.META, _on_file(c)))
    rows += _neighbour("evidence.after", cited.after, c, setting)
    if cited.missing:
        rows.append(Row(Tone.META, (say("evidence.no_text"),)))
    return rows


def _neighbour(label: str, span: Span | None, c: Citation, setting: Setting) -> list[Row]:
    """A sentence beside the span, without naming its source again; one too long to post is said to be there."""
    if span is None:
        return []
    if excerpts.fitting(span) is None and len(span.chars) > excerpts.SPAN_AT_MOST:
        return [Row(Tone.META, (say(label), say("evidence.too_long", n=Count(len(span.chars)))))]
    beside = Citation(**{**vars(c), "span": span, "speaker": None, "said_on": None, "statement_id": None})
    shown = [row for row in evidence((beside,), setting) if not _names_source(row)]
    return [Row(Tone.META, (say(label),)), *shown]


def _names_source(row: Row) -> bool:
    return any(isinstance(p, Frame) and p.key == "line.source" for p in row.pieces)


def _on_file(c: Citation) -> tuple[Piece, ...]:
    """Where the characters stand, the hash of the text that they were cut from, when we saw it, and by which way."""
    span = c.span
    pieces: list[Piece] = [
        say("evidence.offsets", start=Count(span.start), end=Count(span.end), all=Count(len(span.text.body))),
        say("evidence.seen", at=Instant(c.seen_at)),
        say("evidence.revision", n=Count(c.revision + 1)),
        say("evidence.sha", sha=Name(span.text.sha)),
    ]
    if c.published_at is not None:
        pieces.insert(1, say("evidence.published", at=Instant(c.published_at)))
    return tuple(pieces)


# --- why it was judged so -------------------------------------------------------------------------------------------


def _why(made: Card, setting: Setting) -> list[Row]:
    """The verdict, its reason, and what was compared, those of the line where there is one; then the same of each
    statement shown."""
    judged: Line | Development | None = made.line or made.behind.development
    if judged is None:
        return []
    verdicts = judged.verdicts if isinstance(judged, Line) else (judged.verdict,)
    head: list[Piece] = [say("evidence.judged", verdict=Name(", ".join(v.value.upper() for v in verdicts)))]
    head += [issue_frame(i, setting.directory) for i in judged.issues if i in setting.directory.issue_by_id]
    head.append(say("evidence.weight", n=Count(judged.weight)))
    beside = made.behind.preceded and judged.reason.key == "reason.first_report"
    reason = say("evidence.first_of_it") if beside else judged.reason
    rows = [Row(Tone.LINE, tuple(head)), Row(Tone.META, (say("evidence.because"), reason))]
    rows += _compared(judged.compared, setting)
    if judged.compared is None and judged.reason.key == "reason.first_report" and not beside:
        rows.append(Row(Tone.META, (say("evidence.nothing_to_compare"),)))
    shown = {judged.compared.span} if judged.compared else set()
    for judgement in made.behind.judged:
        verdict, *compared = _judged(judgement, made.behind, setting, shown)
        rows += compared if verdict in rows and not compared else [verdict, *compared]
    return rows


def _compared(compared: Citation | None, setting: Setting) -> list[Row]:
    if compared is None:
        return []
    return [Row(Tone.META, (say("evidence.compared"),)), *evidence((compared,), setting)]


def _judged(judgement: Judgement, behind: Backing, setting: Setting, shown: set[Span]) -> list[Row]:
    """How one statement was judged, whose report it is where that is not the headline's; what it was compared with only
    where it was not shown before. `shown` grows."""
    statement = judgement.statement
    who = Name(statement.speaker or setting.directory.actor_by_id[statement.actor_id].name)
    verdict = say("evidence.statement", who=who, kind=Name(statement.kind.value), verdict=Name(judgement.verdict.value))
    rows = [Row(Tone.META, (verdict, judgement.reason, *_by_another(statement.article_id, behind, setting)))]
    if judgement.compared is not None and judgement.compared.span not in shown:
        shown.add(judgement.compared.span)
        rows += _compared(judgement.compared, setting)
    return rows


def _by_another(article_id: str, behind: Backing, setting: Setting) -> list[Piece]:
    """The publisher of words that are not the headline's."""
    cited = next((c.citation for c in behind.cited if c.citation.article_id == article_id), None)
    if cited is None or article_id == behind.cited[0].citation.article_id:
        return []
    source = setting.directory.source_by_id.get(cited.source_id)
    return [say("label.name", name=Name(source.name if source else cited.source_id))]


# --- the same elsewhere ---------------------------------------------------------------------------------------------


def _wordings(behind: Backing, setting: Setting) -> list[Row]:
    """Every other wording of the utterance, with what it differs in."""
    if not behind.wordings:
        return [Row(Tone.META, (say("evidence.one_wording"),))]
    all_of_them = len(behind.wordings) + behind.more_wordings
    rows = [Row(Tone.LINE, (say("evidence.wordings", n=Count(all_of_them)),))]
    for wording in behind.wordings:
        shown = evidence((wording.citation,), setting)
        if wording.differs and not any(row.tone is Tone.WARNING for row in shown):
            what = Name(", ".join(wording.differs))
            rows.append(Row(Tone.WARNING, (say("line.wordings_differ", what=what),)))
        elif not wording.differs:
            rows.append(Row(Tone.META, (say("evidence.same_sense"),)))
        rows += shown
    if behind.more_wordings:
        rows.append(Row(Tone.META, (say("evidence.more", n=Count(behind.more_wordings)),)))
    return rows


def _reports(behind: Backing, setting: Setting) -> list[Row]:
    """Who reports the happening, and from how many origins."""
    if not behind.reports:
        return []
    n = len(behind.reports) + behind.more_reports
    counted = say("evidence.reports", n=Count(n), publishers=Count(behind.publishers), origins=Count(behind.origins))
    rows = [Row(Tone.LINE, (counted,))]
    if behind.more_reports:
        rows.append(Row(Tone.META, (say("evidence.earlier", n=Count(behind.more_reports)),)))
    rows += [Row(Tone.META, _report(r, setting)) for r in behind.reports]
    if behind.earlier:
        before = len(behind.earlier) + behind.more_earlier
        rows.append(Row(Tone.LINE, (say("evidence.put_with_it", n=Count(before)),)))
        rows += [Row(Tone.META, _report(r, setting)) for r in behind.earlier]
    return rows


def _report(report: Report, setting: Setting) -> tuple[Piece, ...]:
    article, development = report.recorded.article, report.recorded.development
    source = setting.directory.source_by_id.get(article.source_id)
    kind = Name(source.source_class.value if source else "independent")
    name = Name(source.name if source else article.source_id)
    pieces: list[Piece] = [say("line.source", source=name, source_class=kind, at=Instant(article.seen_at))]
    if development is not None:
        pieces.append(say("label.name", name=Name(development.verdict.value)))
    pieces += [say("evidence.copy")] if report.copy else []
    pieces += [say("evidence.later")] if report.later else []
    return (*pieces, *_link(article))


def _link(article: Article) -> tuple[Piece, ...]:
    return (Link(say("line.link"), article.url),) if article.url.startswith(("https://", "http://")) else ()


def _since(behind: Backing) -> list[Row]:
    """What became of the sources: the marks stand beside the spans, here is how many later texts were seen."""
    if behind.revisions:
        return [Row(Tone.META, (say("evidence.revised", n=Count(behind.revisions)),))]
    return [Row(Tone.META, (say("evidence.not_revised"),))]


# --- a footnote -----------------------------------------------------------------------------------------------------


def footnote(made: Card, zone: str, setting: Setting) -> Page:
    """The text of a footnote for each piece of evidence: words, whose, where, when, and how to check them."""
    title = say("cite.title")
    rows = [Row(Tone.TITLE, (title,)), *(Row(Tone.WARNING, (m,)) for m in setting.marks)]
    for cited in made.behind.cited:
        shown = evidence((cited.citation,), setting, made.behind.changes)
        rows += [row for row in shown if not _names_source(row)]
        rows.append(Row(Tone.PLAIN, _note(cited.citation, setting)))
    back = Button(say("button.evidence"), "ask", f"why {made.named}")
    return Page("footnote", zone, (title,), _dated(rows), buttons=(back,) if made.named else ())


def _note(c: Citation, setting: Setting) -> tuple[Piece, ...]:
    source = setting.directory.source_by_id.get(c.source_id)
    name = Name(source.name if source else c.source_id)
    kind = Name(source.source_class.value if source else "independent")
    pieces: list[Piece] = [say("cite.speaker", who=Name(c.speaker))] if c.speaker else []
    pieces.append(say("cite.source", source=name, source_class=kind))
    if c.published_at is not None:
        pieces.append(say("cite.published", on=Day(when.local_day(c.published_at, source.zone if source else "UTC"))))
    part = {Part.TITLE: "cite.headline", Part.DESCRIPTION: "cite.excerpt"}.get(c.part, "cite.text")
    span = c.span
    pieces.append(say(part, start=Count(span.start), end=Count(span.end)))
    pieces.append(say("cite.seen", at=Instant(c.seen_at), sha=Name(span.text.sha)))
    if is_baseline(c, setting):
        pieces.append(say("line.rewrite"))
    elif c.url.startswith(("https://", "http://")):
        pieces.append(Link(say("line.address"), c.url))
    return tuple(pieces)


# --- not told -------------------------------------------------------------------------------------------------------


def untold(made: Card, because: Sequence[Row], zone: str, setting: Setting) -> Page:
    """Why an article was not told here, then what is on record of it."""
    whole = card(made, zone, setting)
    marks = 1 + len(setting.marks)
    summary = tuple(p for row in because[:1] for p in row.pieces if isinstance(p, Frame))
    return Page(
        "untold", zone, (made.title, *summary), (*whole.rows[:marks], *because, *whole.rows[marks:]),
        buttons=whole.buttons,
    )  # fmt: skip


def unknown(rows: Sequence[Row], zone: str, buttons: Sequence[Button] = ()) -> Page:
    """Nothing is on record under what was typed; the first row says so."""
    summary = tuple(p for p in rows[0].pieces if isinstance(p, Frame))
    return Page(NOTICE, zone, summary, tuple(rows), buttons=tuple(buttons))


__all__ = ["Card", "card", "footnote", "unknown", "untold"]

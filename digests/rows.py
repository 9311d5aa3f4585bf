"""One line, or one piece of evidence, as rows: spans with whose words, where, when and of what kind. Hides which
warnings must stand beside which words.

Every span of a page passes through `evidence`, so that a wording of the baseline that other reports contradict is never
shown without its other wording and the warning.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from digests import excerpts
from digests.frames import say
from digests.model import (
    Actor,
    Baseline,
    Change,
    Citation,
    Count,
    Day,
    Days,
    Directory,
    Fate,
    Fault,
    Frame,
    Instant,
    Line,
    Link,
    Name,
    Part,
    Piece,
    Refs,
    Row,
    SourceClass,
    Span,
    Tone,
    Verdict,
)
from digests.relevance import words_of

LANGUAGES: Mapping[str, str] = MappingProxyType(
    {
        "uk": "Ukrainian",
        "ru": "Russian",
        "de": "German",
        "fr": "French",
        "pl": "Polish",
        "es": "Spanish",
        "it": "Italian",
    }
)
"""Names of ISO 639-1 codes; a code without a name is shown as it is."""

COMPARED = frozenset({Verdict.SHIFT, Verdict.POSSIBLE_SHIFT, Verdict.DIFFER, Verdict.CORRECTION})
"""Verdicts that a reader can only check with what the words were compared with."""

_PLAIN_REASONS = frozenset(
    {"reason.first_report", "reason.first_told", "reason.first_on_issue", "reason.better_wording", "reason.better_name"}
)
_FATES = {
    Fate.REPLACED: "line.since_replaced",
    Fate.CORRECTED: "line.corrected_by_source",
    Fate.WITHDRAWN: "line.withdrawn",
    Fate.OVERRULED: "line.overruled",
    Fate.RESCOPED: "line.rescoped",
}


@dataclass(frozen=True)
class Setting:
    """What every page needs beside its noun: names, the baseline, marks such as "demonstration"."""

    directory: Directory
    baseline: Baseline
    marks: tuple[Frame, ...] = ()
    demo: bool = False


# --- one line -------------------------------------------------------------------------------------------------------


def line_rows(line: Line, number: str, setting: Setting, quotes: int | None = None) -> list[Row]:
    """One line: verdict and issues, the headline and its spans (at most `quotes` of them), their sources, how many
    spans are not shown, what it was compared with, and why it is told where that is not plain."""
    shown = line.quotes if quotes is None else line.quotes[:quotes]
    rows = [Row(Tone.LINE, _head(line, number, setting.directory), line.line_id)]
    rows += evidence((line.headline, *shown), setting, line.changes)
    beside = _comparison(line, setting, (line.headline, *shown))
    rows += [*_unshown(line, [*rows, *beside]), *beside]
    if _needs_a_reason(line.reason):
        rows.append(Row(Tone.META, (line.reason,)))
    return rows


def _unshown(line: Line, rows: Sequence[Row]) -> list[Row]:
    """How many of a line's spans none of its rows shows."""
    spans = [piece for row in rows for piece in row.pieces if isinstance(piece, Span)]
    left = sum(not any(c.span.overlaps(s) for s in spans) for c in line.quotes)
    return [Row(Tone.META, (say("line.more_quotes", n=Count(left)),))] if left else []


def compact_rows(line: Line, number: str, setting: Setting) -> list[Row]:
    """One line in one line: number and verdict, the headline, its source; then the warnings that must stand beside it,
    and was and now where the verdict is of a comparison."""
    shown = _bounded(line.headline)
    if shown is None or is_baseline(shown, setting):
        return line_rows(line, number, setting, 0)
    verdicts = Name(", ".join(v.value.upper() for v in line.verdicts))
    name, kind = _publisher(shown, setting.directory)
    label = say("line.compact_source", source=name, source_class=kind, at=Instant(_shown_at(shown)))
    web = shown.url.startswith(("https://", "http://"))
    head = say("line.compact", n=Refs((number,)), verdict=verdicts)
    source = Link(label, shown.url) if web else label
    rows = [Row(Tone.QUOTE, (head, shown.span, source, *_compact_speaker(line)), line.line_id)]
    rows += evidence((shown,), setting, line.changes)[2:]
    return [*rows, *_comparison(line, setting, (shown,))]


def _compact_speaker(line: Line) -> list[Frame]:
    """Whose words a line rests on first, and the day on which they were said."""
    spoken = next((c for c in (line.headline, *line.quotes) if c.speaker), None)
    if spoken is None:
        return []
    who, days = Name(spoken.speaker or ""), spoken.said_on
    unsure = [] if spoken.sure else [say("line.compact_unsure")]
    if days is None:
        return [say("line.compact_speaker", who=who), *unsure]
    if days.exact is not None:
        return [say("line.compact_said", who=who, on=Day(days.exact)), *unsure]
    return [say("line.compact_said_between", who=who, first=Day(days.first), last=Day(days.last)), *unsure]


def _needs_a_reason(reason: Frame) -> bool:
    """Whether the verdict alone leaves a reader asking why: a fact that was added is named where it is a number."""
    if reason.key == "reason.new_fact":
        what = dict(reason.slots)["what"]
        return isinstance(what, Name) and what.text.startswith(("the number of ", "a "))
    return reason.key not in _PLAIN_REASONS


def _head(line: Line, number: str, directory: Directory) -> tuple[Piece, ...]:
    verdicts = Name(", ".join(v.value.upper() for v in line.verdicts))
    head: list[Piece] = [say("line.head", n=Refs((number,)), verdict=verdicts)]
    if line.context:
        head.append(say("line.context"))
    head += [issue_frame(i, directory) for i in line.issues if i in directory.issue_by_id]
    about = about_not_by(line, directory)
    if about:
        head.append(say("line.about", whom=tuple(Name(a.name) for a in about)))
    if line.analysis:
        head.append(say("line.analysis"))
    head.append(publishers(line))
    if line.carried_over:
        head.append(say("digest.yesterday"))
    if line.line_id:
        head.append(say("line.id", id=Name(line.line_id)))
    return tuple(head)


def issue_frame(issue_id: str, directory: Directory) -> Frame:
    """An issue with the points of the plan that it covers."""
    issue = directory.issue_by_id[issue_id]
    if not issue.points:
        return say("label.name", name=Name(issue.name))
    key = "line.issue_point" if len(issue.points) == 1 else "line.issue_points"
    return say(key, issue=Name(issue.name), points=Refs(tuple(str(p) for p in issue.points)))


def publishers(line: Line) -> Frame:
    """How many publishers report it, and of how many independent origins."""
    if len(line.publishers) == 1:
        return say("line.one_publisher")
    return say("line.publishers", n=Count(len(line.publishers)), origins=Count(line.origins))


def about_not_by(line: Line, directory: Directory) -> tuple[Actor, ...]:
    """Parties whose act or stance the headline reports while only others are on record in the line: "Kyiv agrees", as
    an official of Washington has it."""
    if not line.actors:
        return ()
    named = (directory.actor_by_id[a] for a in line.named if a in directory.actor_by_id)
    silent = (a for a in named if not any(directory.rolls_up(s, a.id) for s in line.actors))
    return tuple(a for a in silent if _opens_with(line.headline.span, a))


def _opens_with(headline: Span, actor: Actor) -> bool:
    chars = headline.chars
    names = [actor.name, *actor.aliases, *actor.bodies, *(s.name.split()[-1] for s in actor.speakers if s.name.split())]
    return any(chars.startswith(n) and not chars[len(n) : len(n) + 1].isalnum() for n in names if n)


def compared(line: Line) -> bool:
    """Whether the line shows what it was compared with."""
    return line.compared is not None and bool(COMPARED & set(line.verdicts))


def _comparison(line: Line, setting: Setting, shown: Sequence[Citation]) -> list[Row]:
    """Was and now, where that decides how the line is read; the baseline's words only with their warning."""
    if line.compared is None or not compared(line):
        return []
    rows: list[Row] = []
    if line.now is not None and not any(line.now.span.chars in c.span.chars for c in shown):
        rows += [Row(Tone.META, (say("line.now"),)), *evidence((line.now,), setting)]
    if not is_baseline(line.compared, setting):
        return [*rows, Row(Tone.META, (say("line.was"),)), *evidence((line.compared,), setting)]
    if not any(_touches(line.compared.span, f) for f in setting.baseline.faults):
        what = next((v for k, v in line.reason.slots if k == "what" and isinstance(v, Name)), None)
        if what is not None:
            rows.append(Row(Tone.WARNING, (say("line.wordings_differ", what=what), say("line.of_baseline"))))
    return [*rows, *_of_baseline(line.compared, setting, now=line.now)]


# --- evidence -------------------------------------------------------------------------------------------------------


def evidence(citations: Iterable[Citation], setting: Setting, changes: Sequence[Change] = ()) -> list[Row]:
    """Quote rows, each run of one article closed by one source row; then what became of that source, and the warning
    for words of the baseline that are known to be wrong."""
    rows: list[Row] = []
    for run in _runs([c for c in map(_bounded, citations) if c is not None]):
        if is_baseline(run[0], setting):
            rows += [row for c in run for row in _of_baseline(c, setting)]
            continue
        rows += [Row(Tone.QUOTE, _quoted(c)) for c in run]
        rows.append(Row(Tone.META, _source(run, setting)))
        rows += [Row(Tone.WARNING, (fate(c),)) for c in changes if _cites(c, run[0])]
        rows += _warned(run, setting)
    return rows


def corrected(
    were: Sequence[Citation], now: Sequence[Citation], setting: Setting, changes: Sequence[Change]
) -> list[Row]:
    """Words that their source changed with what became of them, then what stands there now."""
    rows = evidence(were, setting, changes)
    return [*rows, Row(Tone.META, (say("follow.stands_now"),)), *evidence(now, setting)] if now else rows


def _of_baseline(c: Citation, setting: Setting, now: Citation | None = None) -> list[Row]:
    """Words of the baseline: as what the baseline article has, below the warnings that they need. `now`: the better
    wording, shown just above."""
    has = _baseline_has(c.speaker or "", c.said_on or setting.baseline.dated)
    shown = _bounded(c)
    if shown is None:
        return []
    return [*_warned((shown,), setting, now), Row(Tone.META, (has,)), Row(Tone.QUOTE, _quoted(shown))]


def _warned(run: Sequence[Citation], setting: Setting, now: Citation | None = None) -> list[Row]:
    """The warning and the other wording for every faulty wording that a run shows; a correction of the baseline is
    named as such."""
    shown = [f for f in setting.baseline.faults if any(_touches(c.span, f) for c in run)]
    if not shown:
        return []
    kinds = Name(", ".join(dict.fromkeys(f.kind for f in shown)))
    warning = [say("line.wordings_differ", what=kinds), *([say("line.of_baseline")] if now else [])]
    others = [f for f in shown if now is None or not _carries(now.span, f)]
    return [Row(Tone.WARNING, tuple(warning)), *(row for f in others for row in other_wording(f))]


def other_wording(fault: Fault) -> list[Row]:
    """What the named report has: a name as a name, somebody's words as the span that they are."""
    source = Name(fault.source)
    if not fault.said_by:
        return [Row(Tone.META, (say("line.other_name", wording=Name(fault.other_wording), source=source),))]
    told = Row(Tone.META, (say("line.other_wording", who=Name(fault.said_by), source=source),))
    return [told, *([Row(Tone.QUOTE, (fault.other,))] if fault.other is not None else [])]


def _carries(span: Span, fault: Fault) -> bool:
    """Whether a span has the other wording of a fault, word for word."""
    return f" {' '.join(words_of(fault.other_wording))} " in f" {' '.join(words_of(span.chars))} "


def is_baseline(citation: Citation, setting: Setting) -> bool:
    """Whether a citation was cut from a baseline that is nothing but one; a publisher's article stands for itself."""
    return citation.article_id == setting.baseline.article.article_id and not setting.baseline.taken_from


def against(setting: Setting) -> dict[str, Count | Day | Name]:
    """The slots of a frame that names the version in force: its number, its day, and what it is."""
    held = setting.baseline
    first = held.as_of_day if held.as_of_day is not None else held.dated.first
    return {"version": Count(held.version), "first": Day(first), "kind": kind(held, setting.directory)}


def kind(held: Baseline, directory: Directory) -> Name:
    """What a version is: a rewrite, amended perhaps, a publisher's article, or a day of the record."""
    if held.as_of is not None:
        return Name("what was on record by then")
    if not held.taken_from:
        return Name("a rewrite, amended" if held.amended else "a rewrite")
    source = directory.source_by_id.get(held.article.source_id)
    return Name(source.name if source else held.article.source_id)


def _bounded(c: Citation) -> Citation | None:
    """The citation within the bounds of a posted span; None where it cannot be shortened without loss."""
    if len(c.span.chars) <= excerpts.SPAN_AT_MOST:
        return c
    span = excerpts.fitting(c.span)
    return Citation(**{**vars(c), "span": span}) if span is not None else None


def _runs(citations: Sequence[Citation]) -> list[list[Citation]]:
    runs: list[list[Citation]] = []
    for c in citations:
        if runs and (runs[-1][-1].article_id, runs[-1][-1].revision) == (c.article_id, c.revision):
            runs[-1].append(c)
        else:
            runs.append([c])
    return runs


def _quoted(c: Citation) -> tuple[Piece, ...]:
    if c.speaker and not c.speaker_in_span and c.speaker.casefold() not in c.span.chars.casefold():
        return say("label.speaker", who=Name(c.speaker)), c.span
    return (c.span,)


def _source(run: Sequence[Citation], setting: Setting) -> tuple[Piece, ...]:
    """Where the run stands: publisher and kind, when, which part, language, day, and a link."""
    c = run[0]
    source = setting.directory.source_by_id.get(c.source_id)
    name, kind = _publisher(c, setting.directory)
    pieces: list[Piece] = [say("line.source", source=name, source_class=kind, at=Instant(_shown_at(c)))]
    pieces += dict.fromkeys(_part(one) for one in run)
    if c.language not in {"", "en"}:
        pieces.append(say("line.language", language=Name(LANGUAGES.get(c.language, c.language))))
    pieces += dict.fromkeys(said(one.said_on) for one in run if one.said_on is not None)
    if any(not one.sure for one in run):
        pieces.append(say("line.unsure"))
    if source and source.source_class is SourceClass.REWRITE:
        pieces.append(say("line.rewrite"))
    if c.url.startswith(("https://", "http://")):
        pieces.append(Link(say("line.link"), c.url))
    return tuple(pieces)


def _publisher(c: Citation, directory: Directory) -> tuple[Name, Name]:
    """Who published it, and what kind of publisher that is: never the one without the other."""
    source = directory.source_by_id.get(c.source_id)
    if source is None:
        return Name(c.source_id), Name(SourceClass.INDEPENDENT.value)
    kind = source.source_class.value
    return Name(source.name), Name(f"{kind}, {source.label}" if source.label else kind)


def _shown_at(c: Citation) -> datetime:
    """The publisher's date; ours where he gives none, or one that was still to come when we saw it."""
    return c.seen_at if c.published_at is None or c.published_at > c.seen_at else c.published_at


def _part(c: Citation) -> Frame:
    if c.part is Part.TITLE:
        return say("line.headline")
    return say("line.page") if c.page_read else say("line.excerpt")


def said(days: Days) -> Frame:
    """The day on which something was said, or the days between which."""
    if days.exact is not None:
        return say("line.said_on", on=Day(days.exact))
    return say("line.said_between", first=Day(days.first), last=Day(days.last))


def _cites(change: Change, c: Citation) -> bool:
    return (change.article_id, change.revision) == (c.article_id, c.revision)


def fate(change: Change) -> Frame:
    """What became of words that were shown, and when that was seen."""
    return say(_FATES[change.fate], at=Instant(change.at))


# --- the baseline's faults ------------------------------------------------------------------------------------------


def _touches(span: Span, fault: Fault) -> bool:
    """Whether a span shows a faulty wording: cut from the same place, or carrying the same words anywhere else."""
    if span.text.sha == fault.span.text.sha:
        return span.start < fault.span.end and fault.span.start < span.end
    wrong = words_of(fault.span.chars)
    return len(wrong) >= excerpts.WORDS_AT_LEAST and f" {' '.join(wrong)} " in f" {' '.join(words_of(span.chars))} "


def _baseline_has(who: str, days: Days) -> Frame:
    if not who:
        return say("line.baseline_has_it", on=Day(days.last))
    return say("line.baseline_has", who=Name(who), on=Day(days.last))

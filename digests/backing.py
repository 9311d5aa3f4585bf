"""What stands behind a line: the sentences around it, every wording, the other reports, what came later. Hides how they
are found in the record. Nothing is judged here anew: verdicts and reasons are those that were stored.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import datetime

from digests import excerpts, text
from digests.carriers import Carried, carried, revisions_of
from digests.lines import fate
from digests.model import (
    Article,
    Change,
    Citation,
    Development,
    Directory,
    Judgement,
    Line,
    Part,
    Span,
    Statement,
    article_key,
)
from digests.ports import Recorded
from digests.wordings import differences, same_utterance

WORDINGS_AT_MOST = 6
REPORTS_AT_MOST = 10
EARLIER_AT_MOST = 5
CITED_AT_MOST = 3

_TELLS_WHAT_CAME = frozenset(
    {"reason.first_report", "reason.new_fact", "reason.facts_differ", "reason.source_corrected"}
)
"""Reasons that say of a line that nobody had reported before what it tells."""


@dataclass(frozen=True)
class Cited:
    """One piece of evidence in its place: the sentence before it and the one after, cut from the same text."""

    citation: Citation
    before: Span | None = None
    after: Span | None = None
    missing: bool = False  # the article is no longer at hand: nothing around it can be cut


@dataclass(frozen=True)
class Wording:
    """The same utterance as another text gives it. `differs`: kinds of difference, gravest first."""

    citation: Citation
    differs: tuple[str, ...]


@dataclass(frozen=True)
class Report:
    """One report of the happening, as it was judged."""

    recorded: Recorded
    copy: bool
    later: bool  # than the line's own article


@dataclass(frozen=True)
class Backing:
    """Everything that a card shows. `more_wordings`, `more_reports`: how many are left out. `earlier`: reports that
    were put with the happening and came before what the line tells of it; none counts as a report of that."""

    cited: tuple[Cited, ...]
    wordings: tuple[Wording, ...] = ()
    more_wordings: int = 0
    judged: tuple[Judgement, ...] = ()
    development: Development | None = None
    reports: tuple[Report, ...] = ()
    more_reports: int = 0
    preceded: bool = False  # something was put with the happening that came before what is told of it
    earlier: tuple[Report, ...] = ()
    more_earlier: int = 0
    publishers: int = 0
    origins: int = 0
    changes: tuple[Change, ...] = ()
    revisions: int = 0  # later texts of the cited articles on record


@dataclass(frozen=True)
class Record:
    """Where to look: every recorded revision by article key, and the baseline with its statements."""

    recorded: Mapping[str, Recorded]
    baseline: Article
    baseline_statements: tuple[Statement, ...]
    directory: Directory
    earlier: Mapping[str, Article] = field(default_factory=dict)  # the texts of the baseline's other versions, by id
    happening: Callable[[str], str] = str  # the id that a happening has now

    def article(self, article_id: str, revision: int) -> Article | None:
        """A text on record; the baseline's own counts."""
        if article_id == self.baseline.article_id:
            return self.baseline
        found = self.recorded.get(article_key(article_id, revision))
        return found.article if found else self.earlier.get(article_id)

    def statement(self, statement_id: str) -> Statement | None:
        """A statement by its id."""
        for s in self.baseline_statements:
            if s.statement_id == statement_id:
                return s
        for r in self.recorded.values():
            for s in r.reading.statements:
                if s.statement_id == statement_id:
                    return s
        return None


def of_line(line: Line, record: Record) -> Backing:
    """What stands behind a posted line, as the record is now."""
    citations = _distinct([line.headline, *line.quotes])[:CITED_AT_MOST]
    ids = {*line.article_ids, *(c.article_id for c in citations)}
    told = [d for r in record.recorded.values() if (d := r.development) and d.development_id in line.development_ids]
    own = {*ids, *(d.article_id for d in told)}
    stories = (line.story_id, *(d.story_id for d in told))
    since = line.first_seen if line.reason.key in _TELLS_WHAT_CAME else None
    return _backing(citations, told, _Happening(stories, own, since), record)


def of_statement(statement: Statement, record: Record) -> Backing:
    """What stands behind a statement that a position shows."""
    article = record.article(statement.article_id, statement.revision)
    if article is None:
        return Backing(())
    found = record.recorded.get(article.key)
    span = excerpts.of_statement(statement, article) or statement.span
    cited = excerpts.cite(article, span, statement.part, statement)
    return _of_one(cited, found, record)


def of_report(recorded: Recorded, record: Record) -> Backing:
    """What stands behind an article, told or not."""
    article = recorded.article
    headline = excerpts.headline(article)
    cited = [excerpts.cite(article, headline, Part.TITLE)] if headline else []
    if not cited and (lead := excerpts.lead(article)):
        cited = [excerpts.cite(article, lead[1], lead[0])]
    return _of_one(cited[0] if cited else None, recorded, record)


def _of_one(cited: Citation | None, recorded: Recorded | None, record: Record) -> Backing:
    """What stands behind one article: where it is the first report, those that were put with it later came before."""
    d = recorded.development if recorded else None
    since = d.seen_at if d is not None and d.reason.key == "reason.first_report" else None
    happening = _Happening((d.story_id,) if d else (), {d.article_id} if d else set(), since)
    return _backing([cited] if cited else [], [d] if d else [], happening, record)


@dataclass(frozen=True)
class _Happening:
    """Where the reports of a line are found: under which ids, those that it rests on in any case, and since when others
    can have reported what it tells; None: as long as there are reports."""

    stories: Sequence[str]
    own: Set[str]  # article ids
    since: datetime | None


def _backing(
    citations: Sequence[Citation], told: Sequence[Development], happening: _Happening, record: Record
) -> Backing:
    statements = _statements(citations, record)
    found = _wordings(statements, citations, record)
    everything = _reports(happening, {d.development_id for d in told}, citations, record)
    before = [r for r in everything if _came_before(r, happening)]
    reports = [r for r in everything if r not in before]
    by = _carried(citations, everything, told, record)
    ids = {c.article_id for c in citations}
    revisions = revisions_of([r for r in record.recorded.values() if r.article.article_id in ids])
    later = [r for c in citations for r in revisions.get(c.article_id, ()) if r.article.revision > c.revision]
    judged = [j for d in told for j in d.judgements if j.statement in statements]
    return Backing(
        cited=tuple(around(c, record) for c in citations),
        wordings=tuple(found[:WORDINGS_AT_MOST]),
        more_wordings=max(0, len(found) - WORDINGS_AT_MOST),
        judged=tuple(judged),
        development=told[0] if told else None,
        reports=tuple(reports[-REPORTS_AT_MOST:]),
        more_reports=max(0, len(reports) - REPORTS_AT_MOST),
        preceded=_preceded(everything, happening, told),
        earlier=tuple(before[-EARLIER_AT_MOST:]),
        more_earlier=max(0, len(before) - EARLIER_AT_MOST),
        publishers=len(by.publishers),
        origins=by.origins,
        changes=tuple(dict.fromkeys(c for one in citations if (c := fate(one, revisions)) is not None)),
        revisions=len({r.article.key for r in later}),
    )


def _carried(
    citations: Sequence[Citation], reports: Sequence[Report], told: Sequence[Development], record: Record
) -> Carried:
    """Who bears out what is shown: the figure that its line has, with what came since."""
    head = record.recorded.get(citations[0].article_key) if citations else None
    if head is None:
        return Carried((), 0)
    ids = [d.development_id for d in told]
    return carried([r.recorded for r in reports], head, ids, record.directory)


def around(citation: Citation, record: Record) -> Cited:
    """A citation with the sentence on either side; a headline stands alone, what a feed cut off is not touched."""
    article = record.article(citation.article_id, citation.revision)
    if article is None:
        return Cited(citation, missing=True)
    held = article.texts.get(citation.part)
    if citation.part is Part.TITLE or held is None or held.sha != citation.span.text.sha:
        return Cited(citation)
    sentences = text.sentences(held, article.language)
    whole = sentences[:-1] if citation.part in article.cut else sentences
    before = [s for s in whole if s.end <= citation.span.start]
    after = [s for s in whole if s.start >= citation.span.end]
    return Cited(citation, before[-1] if before else None, after[0] if after else None)


def _distinct(citations: Sequence[Citation]) -> list[Citation]:
    return list({(c.article_id, c.revision, c.span): c for c in citations}.values())


def _statements(citations: Sequence[Citation], record: Record) -> list[Statement]:
    """The statements whose words the citations show."""
    found: dict[str, Statement] = {}
    for c in citations:
        r = record.recorded.get(c.article_key)
        own = r.reading.statements if r else ()
        if r is None and c.article_id == record.baseline.article_id:
            own = record.baseline_statements
        for s in own:
            if s.statement_id == c.statement_id or s.span.overlaps(c.span):
                found[s.statement_id] = s
    return list(found.values())


def _wordings(statements: Sequence[Statement], shown: Sequence[Citation], record: Record) -> list[Wording]:
    """Every other wording of these utterances on record, the baseline's first, then as they were recorded; a text that
    says it twice counts once."""
    everything = [*record.baseline_statements, *(s for r in record.recorded.values() for s in r.reading.statements)]
    by_speaker: dict[str, list[Statement]] = {}
    for s in everything:
        if s.speaker is not None:
            by_speaker.setdefault(s.speaker, []).append(s)
    found: dict[str, Wording] = {}
    spans = {c.span for c in shown}
    same_text = {(c.article_id, c.revision) for c in shown}  # what it says twice is no other wording
    for statement in statements:
        for other in by_speaker.get(statement.speaker or "", ()):
            article = record.article(other.article_id, other.revision)
            if article is None or (other.article_id, other.revision) in same_text:
                continue
            span = excerpts.of_statement(other, article) or excerpts.fitting(other.span)
            if span is None or span in spans or span.chars in found or not same_utterance(statement, other):
                continue
            differs = tuple(dict.fromkeys(d.kind.value for d in differences(statement.span, other.span)))
            found[span.chars] = Wording(excerpts.cite(article, span, other.part, other), differs)
    return list(found.values())


def _came_before(report: Report, happening: _Happening) -> bool:
    article = report.recorded.article
    own = article.article_id in happening.own
    return not own and happening.since is not None and article.seen_at < happening.since


def _preceded(reports: Sequence[Report], happening: _Happening, told: Sequence[Development]) -> bool:
    """Whether a report on which the line does not rest was recorded before those on which it does."""
    ids = {d.development_id for d in told}
    first = min((r.recorded.seq for r in reports if _tells(r.recorded, ids)), default=0)
    return any(r.recorded.seq < first for r in reports if r.recorded.article.article_id not in happening.own)


def _tells(r: Recorded, ids: Set[str]) -> bool:
    return r.development is not None and r.development.development_id in ids


def _reports(happening: _Happening, told: Set[str], citations: Sequence[Citation], record: Record) -> list[Report]:
    """Every report of the happening on record, in the order in which they were seen; of an article's revisions the one
    that was told, else the first."""
    first = max((c.seen_at for c in citations), default=None)
    stories = {record.happening(i) for i in happening.stories if i}
    shown: dict[str, Recorded] = {}
    for r in record.recorded.values():
        key = r.article.article_id
        its = key in happening.own or (r.development is not None and r.development.story_id in stories)
        if its and (key not in shown or (_tells(r, told) and not _tells(shown[key], told))):
            shown[key] = r
    ordered = sorted(shown.values(), key=lambda r: (r.article.seen_at, r.article.key))
    return [
        Report(
            r,
            copy=r.development is not None and r.development.copy_of is not None,
            later=first is not None and r.article.seen_at > first,
        )
        for r in ordered
    ]

"""Spans with where and when they come from: the evidence behind what is posted. Hides which fields that takes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from digests.model import Article, Baseline, Citation, Part, Span, Statement


@dataclass(frozen=True)
class OnRecord:
    """A statement that is on record, with where it stands."""

    statement: Statement
    citation: Citation
    from_baseline: bool = False

    @property
    def said(self) -> date:
        """When it was said or, where its text gives no day, was reported."""
        told = self.citation.published_at or self.citation.seen_at
        return self.statement.said_on.last if self.statement.said_on else told.date()


def cite_headline(article: Article) -> Citation:
    """The headline (or the first words there are) as a citation."""
    part = next(p for p in Part if p in article.texts)
    record = article.texts[part]
    return Citation(
        span=record.span(0, min(len(record.body), 300)),
        article_id=article.article_id,
        source_id=article.source_id,
        url=article.url,
        part=part,
        seen_at=article.seen_at,
        published_at=article.published_at,
        page_read=article.page_read,
        language=article.language,
        revision=article.revision,
    )


def cite_statement(statement: Statement, article: Article) -> Citation:
    """A statement's span as a citation."""
    return replace(
        cite_headline(article),
        span=statement.span,
        part=statement.part,
        speaker=statement.speaker,
        speaker_in_span=statement.speaker_in_span,
        said_on=statement.said_on,
        statement_id=statement.statement_id,
    )


def cite_baseline(baseline: Baseline, span: Span) -> Citation:
    """A faulty passage of the baseline as a citation."""
    return replace(cite_headline(baseline.article), span=span, part=Part.TEXT, said_on=baseline.dated)

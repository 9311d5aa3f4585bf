"""Who said what: the at most two spans below a headline. Hides what makes one statement worth more than another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from digests import excerpts
from digests.excerpts import cite
from digests.model import Article, Citation, Judgement, Kind, Part, Span, Verdict
from digests.ports import Recorded

QUOTES_AT_MOST = 2
_WORDS_OF_A_QUOTE = 3
"""Quoted words from which a sentence carries somebody's own words; one or two are a label."""

VERDICT_RANK = {
    v: n
    for n, v in enumerate(
        (Verdict.SHIFT, Verdict.POSSIBLE_SHIFT, Verdict.CORRECTION, Verdict.DIFFER, Verdict.NEW, Verdict.UPDATE)
    )
}
"""Verdicts that tell, the one that an analyst must see first at 0."""


@dataclass(frozen=True)
class _Offer:
    """A statement that may be shown. `rank` sorts, the best first."""

    rank: tuple[int, int, int]
    actor: str
    said: bool  # not only done
    citation: Citation


def chosen(headline: Citation, head: Recorded, basis: Sequence[Recorded]) -> tuple[Citation, ...]:
    """At most two spans of different actors that say what the headline does not. `head` is the headline's article,
    `basis` every report that the line rests on. Where no statement may be shown: the first sentence of `head`."""
    kept: list[_Offer] = []
    for offer in sorted(_offers(headline, head, basis), key=lambda o: o.rank):
        shown = (headline, *(o.citation for o in kept))
        again = any(excerpts.same_words(offer.citation.span, c.span) for c in shown)
        if not again and all(offer.actor != o.actor for o in kept) and (offer.said or not kept):
            kept.append(offer)
        if len(kept) == QUOTES_AT_MOST:
            break
    if kept or headline.part is not Part.TITLE:
        return tuple(o.citation for o in kept)
    lead = excerpts.lead(head.article)
    if lead is None or excerpts.same_words(lead[1], headline.span):
        return ()
    return (cite(head.article, lead[1], lead[0]),)


def _offers(headline: Citation, head: Recorded, basis: Sequence[Recorded]) -> Iterator[_Offer]:
    for n, r in enumerate(basis):
        for m, j in enumerate(r.development.judgements if r.development else ()):
            span = _showable(j, r.article)
            if span is not None:
                citation = cite(r.article, span, j.statement.part, j.statement)
                near = 2 * (r is head) + (r.article.language == head.article.language)
                worth = near + _worth(j, citation, headline)
                yield _Offer((-worth, n, m), j.statement.actor_id, j.statement.kind is not Kind.ACTION, citation)


def _showable(j: Judgement, article: Article) -> Span | None:
    """The span of a judged statement; None where it is analysis, the headline itself, or may not be cut."""
    s = j.statement
    if s.kind is Kind.ANALYSIS or s.part is Part.TITLE or j.verdict is Verdict.BACKGROUND:
        return None
    span = excerpts.of_statement(s, article)
    if span is None or (excerpts.names_nobody(span) and s.speaker is None):
        return None
    return span


def _worth(j: Judgement, citation: Citation, headline: Citation) -> int:
    """What tells before what is known, words before deeds, own words before reported ones, what fits the headline
    before what does not, and what stands by itself before what leans on a sentence that is not shown."""
    s = j.statement
    words = s.kind is Kind.QUOTED and excerpts.quoted_words(citation.span) >= _WORDS_OF_A_QUOTE
    leaning = excerpts.leans(citation.span) and not _named_in_brackets(citation)
    return (
        4 * (VERDICT_RANK.get(j.verdict, len(Verdict)) <= VERDICT_RANK[Verdict.DIFFER])
        + 2 * j.verdict.tells
        + 3 * (s.kind is not Kind.ACTION)
        + 2 * words
        + 2 * s.sure
        + min(2, excerpts.shared_terms(citation.span, headline.span))
        - 3 * leaning
    )


def _named_in_brackets(c: Citation) -> bool:
    """Whether a name in brackets will stand before the span for the pronoun that it begins with."""
    return bool(c.speaker) and not c.speaker_in_span and excerpts.names_nobody(c.span)

"""Who said what: the at most two spans below a headline. Hides what makes one statement worth more than another."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from digests import excerpts
from digests.excerpts import cite
from digests.model import Article, Citation, Judgement, Kind, Line, Part, Span, Verdict
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
_OWN_WORDS_MAY_SHARE = 0.8
_REPORTED_WORDS_MAY_SHARE = 0.6
"""Share of a span's content words that the headline may have and the span is shown nonetheless."""


@dataclass(frozen=True)
class _Offer:
    """A statement that may be shown. `rank` sorts, the best first."""

    rank: tuple[int, int, int]
    actor: str
    said: bool  # not only done
    quoted: bool
    leaning: bool  # on a sentence that is not shown
    citation: Citation


def chosen(headline: Citation, head: Recorded, basis: Sequence[Recorded]) -> tuple[Citation, ...]:
    """At most two spans of different actors that say what the headline does not. `head` is the headline's article,
    `basis` every report that the line rests on. Where no statement may be shown: the first sentence of `head`."""
    kept: list[_Offer] = []
    for offer in sorted(_offers(headline, head, basis), key=lambda o: o.rank):
        again = _says_again(offer, headline, (o.citation for o in kept))
        second = offer.said and not offer.leaning and all(offer.actor != o.actor for o in kept)
        if not again and (second or not kept):
            kept.append(offer)
        if len(kept) == QUOTES_AT_MOST:
            break
    if kept or headline.part is not Part.TITLE:
        return tuple(o.citation for o in kept)
    lead = excerpts.lead(head.article)
    if lead is None or excerpts.adds_nothing(lead[1], headline.span, _REPORTED_WORDS_MAY_SHARE):
        return ()
    return (cite(head.article, lead[1], lead[0]),)


def showing(line: Line, kinds: Collection[str], reports: Sequence[Recorded]) -> Line | None:
    """The line with a statement of one of these kinds in it, by which it tells: the one that it shows, else the best
    that can be shown in place of its last span; None where none can."""
    told = [(r, j) for r in reports for j in (r.development.judgements if r.development else ()) if j.verdict.tells]
    asked = [(r, j) for r, j in told if j.statement.kind.value in kinds]
    shown = (line.headline, *line.quotes)
    if any(j.statement.span.overlaps(c.span) for _, j in asked for c in shown):
        return line
    offers = [
        cite(r.article, span, j.statement.part, j.statement)
        for r, j in asked
        if not _announces(j, r) and (span := _showable(j, r.article)) is not None
    ]
    if not offers:
        return None
    best = max(offers, key=lambda c: excerpts.shared_terms(c.span, line.headline.span))
    return replace(line, quotes=(*line.quotes[: QUOTES_AT_MOST - 1], best))


def _says_again(offer: _Offer, headline: Citation, kept: Iterable[Citation]) -> bool:
    """Whether the reader has it already. Somebody's own words are worth showing beside a headline that sums them up."""
    share = _OWN_WORDS_MAY_SHARE if offer.quoted else _REPORTED_WORDS_MAY_SHARE
    span = offer.citation.span
    return excerpts.adds_nothing(span, headline.span, share) or any(excerpts.same_words(span, c.span) for c in kept)


def _offers(headline: Citation, head: Recorded, basis: Sequence[Recorded]) -> Iterator[_Offer]:
    for n, r in enumerate(basis):
        for m, j in enumerate(r.development.judgements if r.development else ()):
            span = None if _announces(j, r) else _showable(j, r.article)
            if span is not None:
                citation = cite(r.article, span, j.statement.part, j.statement)
                near = 2 * (r is head) + (r.article.language == head.article.language)
                worth = near + _worth(j, citation, headline)
                kind = j.statement.kind
                own = kind is Kind.QUOTED
                leaning = excerpts.leans(span) and not _named_in_brackets(citation)
                said = kind is not Kind.ACTION
                yield _Offer((-worth, n, m), j.statement.actor_id, said, own, leaning, citation)


def _announces(j: Judgement, r: Recorded) -> bool:
    """Whether a deed is one to come: that stands ahead and not among what was said."""
    s = j.statement.span
    return j.statement.kind is Kind.ACTION and any(
        a.text.sha == s.text.sha and a.start < s.end and s.start < a.end for a in r.reading.ahead
    )


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
        + 3 * words
        + s.sure
        + min(2, excerpts.shared_terms(citation.span, headline.span))
        - 3 * leaning
    )


def _named_in_brackets(c: Citation) -> bool:
    """Whether a name in brackets will stand before the span for the pronoun that it begins with."""
    return bool(c.speaker) and not c.speaker_in_span and excerpts.names_nobody(c.span)

"""What may be posted of a text: whole sentences with their attribution, bounded. Hides where a sentence may be cut.

A span that is posted keeps its negation, its condition and who said it; where shortening would lose one of them, the
span is not posted at all. What is marked as cut off by the feed has no end, so nothing may touch it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache

from digests import facts, text
from digests.model import Article, Citation, Part, Span, Statement, TextOfRecord
from digests.reading import headline_of
from digests.relevance import words_of
from digests.terms import terms_of

SPAN_AT_MOST = 300
"""Characters of one posted span (architecture, section 4b)."""
SPAN_AT_LEAST = 20
"""Characters below which a span says nothing by itself (the measuring contract's bound)."""
WORDS_AT_LEAST = 4
"""Words below which a span is a scrap: one or two quoted words are never a line."""
CLAUSE_AT_LEAST = 60
"""Characters that a shortened sentence keeps at least: less is no longer the sentence."""

_CLAUSE_END = re.compile(
    r"(?=,? (?:after|as|when|where|while|who|which|with|where|during|following)\b)|(?=[,;] )|(?= [–—-] )"
)
_KEEP = re.compile(
    r"\b(?:not|no|nor|never|neither|none|nothing|cannot|without|unless|if|only|until|provided|unlikely|reject\w*|refus\w*"
    r"|but|although|though|however|despite|except|instead|reportedly|allegedly|may|might|could"
    r"|said|says|say|told|wrote|added|adding|according|statement|reported|announced|claimed|quoted|post(?:ed)?"
    r"|не|ні|нет|без|якщо|если|але|но|лише|только|заяв\w+|сказа\w+|слова\w*|повідом\w+|сообщ\w+)\b|n['’]t\b",
    re.I,
)
_LEANS = re.compile(
    r"(?:He|She|They|It|This|That|These|Those|Such|His|Her|Their|Its|Both|But|And|Yet|However|Instead|Meanwhile|Also"
    r"|The (?:move|two|latter|former|decision|statement|comments?|remarks?|announcement|meeting|proposal|official)"
    r"|Він|Вона|Вони|Це|Цей|Он|Она|Они|Это|Этот)\b"
)
_SHORT = 80
"""Characters up to which a sentence that says "it" of something says nothing without that thing."""
_POINTS_BACK = re.compile(r"\b(?:it|them|this|these|those|the two)\b(?! (?:was|is|week|month|year|weekend|time))")
_PRONOUN = re.compile(r"(?:He|She|They|His|Her|Their|Він|Вона|Вони|Он|Она|Они)\b")
_DATELINE = re.compile(
    r"(?:[A-ZÀ-ÖА-ЯІЇЄҐ][A-ZÀ-ÖА-ЯІЇЄҐ .'’-]{1,40}(?:, [\w. ]{2,20})?\s?)?"
    r"\([^()]{2,30}\)\s?(?:[–—-]\s?)?(?=[A-ZÀ-ÖА-ЯІЇЄҐ“«\"])"
    r"|[A-ZÀ-ÖА-ЯІЇЄҐ][A-ZÀ-ÖА-ЯІЇЄҐ ]{2,30}(?:, [\w. ]{2,20})?\s[–—-]\s"
)
_DIGITS = re.compile(r"\d[\d.,]*")
_OPENING = "“”\"«„'‘"
_QUOTED = re.compile(r"[“«„][^“”«»]{0,600}[”»]|\"[^\"]{0,600}\"")


def of_statement(statement: Statement, article: Article) -> Span | None:
    """What may be posted of a statement: its whole sentences, or as much of them as loses nothing; None where nothing
    may."""
    record = article.texts.get(statement.part)
    if record is None or record.sha != statement.span.text.sha:
        return None
    if statement.part is Part.TITLE:
        return headline(article)
    return _around(record, statement.span, article, statement.part)


def headline(article: Article) -> Span | None:
    """The article's own headline, without the publisher that a news search appends; None where it is a scrap."""
    record = article.texts.get(Part.TITLE)
    if record is None:
        return None
    whole = record.span(0, _end_of_headline(record, article))
    if len(whole.chars) <= SPAN_AT_MOST:
        return whole if _says_something(whole) and Part.TITLE not in article.cut else None
    first = text.sentences(record, article.language)[:1]
    return fitting(first[0]) if first else None


def _end_of_headline(record: TextOfRecord, article: Article) -> int:
    """Where the headline ends and the publisher's name begins. A tail that the article itself speaks of is not his name
    but who says it ("... - Peskov"); so is a single word that is not his, where there is no article to ask."""
    bare = headline_of(article).rstrip()
    words = record.body[len(bare) :].strip(" -–—|")
    tail, origin = _slug(words), _slug(article.origin)
    if not bare or not tail:
        return len(record.body)
    if tail == origin or tail.startswith(article.source_id) or article.source_id.startswith(tail):
        return len(bare)
    below = [t.body for part, t in article.texts.items() if part is not Part.TITLE]
    spoken_of = any(words in body for body in below) if below else " " not in words
    return len(record.body) if spoken_of else len(bare)


def _slug(name: str) -> str:
    return "-".join(re.findall(r"[^\W_]+", name.lower()))


def lead(article: Article) -> tuple[Part, Span] | None:
    """The first sentence below the headline that may be posted and stands by itself."""
    for part in (Part.DESCRIPTION, Part.TEXT):
        for sentence in _whole_sentences(article, part)[:2]:
            span = fitting(sentence)
            if span is not None and not leans(span):
                return part, span
    return None


def fitting(sentence: Span) -> Span | None:
    """A sentence within the bounds and without its dateline, shortened at a clause end where nothing that matters is
    lost; else None."""
    sentence = _without_dateline(sentence)
    if len(sentence.chars) <= SPAN_AT_MOST:
        return sentence if _says_something(sentence) else None
    return next(_shortened(sentence), None)


def _without_dateline(span: Span) -> Span:
    """The span behind "KYIV (Agency) - ": where a report was written is no part of what it says."""
    found = _DATELINE.match(span.chars)
    return span.text.span(span.start + found.end(), span.end) if found and found.end() < len(span.chars) else span


def cite(article: Article, span: Span, part: Part, statement: Statement | None = None) -> Citation:
    """A span of an article with where and when, and with whose words it is where a statement says so."""
    found = Citation(
        span=span,
        article_id=article.article_id,
        source_id=article.source_id,
        url=article.url,
        part=part,
        seen_at=article.seen_at,
        published_at=article.published_at,
        page_read=article.page_read and part is Part.TEXT,
        language=article.language,
        revision=article.revision,
    )
    if statement is None:
        return found
    return replace(
        found,
        speaker=statement.speaker,
        speaker_in_span=statement.speaker_in_span,
        said_on=statement.said_on,
        statement_id=statement.statement_id,
        sure=statement.sure,
    )


def leans(span: Span) -> bool:
    """Whether the span points back to what is not shown, by its first word or, where it is short, anywhere; quoted
    words stand by themselves."""
    short = len(span.chars) <= _SHORT and bool(_POINTS_BACK.search(_QUOTED.sub("", span.chars)))
    return short or bool(_LEANS.match(span.chars))


def names_nobody(span: Span) -> bool:
    """Whether the span begins with a pronoun that a name in brackets can stand for."""
    return bool(_PRONOUN.match(span.chars.lstrip(_OPENING)))


def same_words(a: Span, b: Span) -> bool:
    """Whether one span says what the other says already: most content words of the shorter one are in the other, and
    no number contradicts."""
    if other_figures(a, b):
        return False
    left, right = _terms(a), _terms(b)
    small = min(len(left), len(right))
    return a.chars in b.chars or b.chars in a.chars or (small > 0 and len(left & right) / small >= 0.8)


def other_figures(a: Span, b: Span) -> bool:
    """Whether two spans give different numbers of one thing: the 19th package is not the 20th."""
    mine, theirs = _figures(a.chars), _figures(b.chars)
    return any(mine[unit].isdisjoint(theirs[unit]) for unit in mine.keys() & theirs.keys())


@lru_cache(maxsize=512)
def _figures(chars: str) -> Mapping[str, frozenset[str]]:
    """Values by unit; digits that no unit claims stand under ""."""
    found: dict[str, set[str]] = {}
    for fact in facts.find(text.as_given(chars)):
        found.setdefault(fact.unit, set()).add(f"{fact.value:g}")
    digits = set(_DIGITS.findall(chars))
    if digits and not found:
        found[""] = digits
    return {unit: frozenset(values) for unit, values in found.items()}


def adds_nothing(span: Span, shown: Span, share: float = 0.8) -> bool:
    """Whether so large a share of a span's content words is shown already that it need not be."""
    mine = _terms(span)
    return not mine or len(mine & _terms(shown)) / len(mine) >= share


def shared_terms(a: Span, b: Span) -> int:
    """Content words that two spans have in common."""
    return len(_terms(a) & _terms(b))


def held(a: Span, b: Span) -> float:
    """Share of one span's content words that the other has; 0 where a number contradicts or it says too little."""
    mine = _terms(a)
    if len(mine) < WORDS_AT_LEAST or other_figures(a, b):
        return 0.0
    return len(mine & _terms(b)) / len(mine)


def quoted_words(span: Span) -> int:
    """Words inside quotation marks."""
    return sum(len(words_of(q)) for q in _QUOTED.findall(span.chars))


def _terms(span: Span) -> frozenset[str]:
    return frozenset(t for t, _ in terms_of(words_of(span.chars), ()))


def _whole_sentences(article: Article, part: Part) -> tuple[Span, ...]:
    record = article.texts.get(part)
    if record is None:
        return ()
    found = text.sentences(record, article.language)
    return found[:-1] if part in article.cut else found


def _around(record: TextOfRecord, span: Span, article: Article, part: Part) -> Span | None:
    """The whole sentences that hold a span, where they fit together; else the one sentence that holds most of it."""
    held = [s for s in _whole_sentences(article, part) if s.start < span.end and span.start < s.end]
    if not held or held[-1].end < span.end:
        return None
    whole = record.span(held[0].start, held[-1].end)
    if "\n" in whole.chars:
        return None
    if len(whole.chars) <= SPAN_AT_MOST:
        whole = _without_dateline(whole)
        return whole if _says_something(whole) else None
    return fitting(max(held, key=lambda s: min(s.end, span.end) - max(s.start, span.start)))


def _shortened(sentence: Span) -> Iterator[Span]:
    """Beginnings of a sentence that end with a clause, longest first, whose lost rest holds nothing that turns the
    meaning or says who speaks, and that cut no quotation."""
    chars = sentence.chars
    quoted = [m.span() for m in _QUOTED.finditer(chars)]
    ends = {
        len(chars[: m.start()].rstrip(" ,;")) for m in _CLAUSE_END.finditer(chars, CLAUSE_AT_LEAST, SPAN_AT_MOST + 1)
    }
    for end in sorted(ends, reverse=True):
        inside = any(start < end < stop for start, stop in quoted)
        if end <= SPAN_AT_MOST and not inside and not _KEEP.search(chars, end) and _balanced(chars[:end]):
            yield sentence.text.span(sentence.start, sentence.start + end)


def _balanced(chars: str) -> bool:
    pairs = (("“", "”"), ("«", "»"), ("(", ")"), ("[", "]"))
    return chars.count('"') % 2 == 0 and all(chars.count(a) <= chars.count(b) for a, b in pairs)


def _says_something(span: Span) -> bool:
    return len(span.chars) >= SPAN_AT_LEAST and len(words_of(span.chars)) >= WORDS_AT_LEAST

"""Is a quotation on record: in these words, only in others, or not at all. Hides quotation marks, dashes and how alike
two wordings must be.

Whoever checks hands in what he read somewhere; what he is shown is cut from stored texts alone. Reports are looked
through one at a time, so that the caller may let others have a turn between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from digests import excerpts, text
from digests.frames import echo, say
from digests.misquotes import Near, Quotation
from digests.model import (
    Article,
    Button,
    Change,
    Citation,
    Count,
    Frame,
    Name,
    Page,
    Part,
    Row,
    Span,
    Statement,
    TextOfRecord,
    Tone,
)
from digests.rows import Setting, evidence
from digests.wordings import concepts, differences

WORDS_AT_LEAST = 2
"""Words below which what is quoted may stand anywhere."""
CHARACTERS_AT_MOST = 600
"""Characters of a quotation that are looked up."""
ALIKE_AT_LEAST = 3
"""Telling words that two wordings of one utterance share at least."""
ALIKE_SHARE = 0.5
"""Share of the quotation's telling words that a wording must have."""
SHOWN = 3

QUOTATIONS_AT_MOST = 4
"""Quotations of one message that are looked up."""

_QUOTED = re.compile(
    r"[“„«\"](?P<double>[^“”„«»\"]{4,600})[”“»\"]"
    r"|‘(?P<single>(?:[^‘’]|’(?=\w)){4,600})’(?!\w)"
    r"|(?<!\w)'(?P<plain>(?:[^']|'(?=\w)){4,600})'(?!\w)"
)
"""A quotation in double marks, or in single ones, within which a mark before a letter is an apostrophe."""
_MARKS = "“”„«»\"'‘’ \t\n.,;:…"
_APOSTROPHE, _DASH = "['’‘]", "[-–—]"


@dataclass(frozen=True)
class Hit:
    """One report that has it. `differs`: kinds of difference, for a wording that is near or only alike; `near`: which
    words differ, where few do."""

    citation: Citation
    differs: tuple[str, ...] = ()
    share: float = 1.0
    near: Near | None = None


@dataclass
class Checked:
    """What was found so far of one quotation."""

    quoted: str
    exact: list[Hit] = field(default_factory=list)
    near: dict[str, Hit] = field(default_factory=dict)
    alike: dict[str, Hit] = field(default_factory=dict)
    looked_through: int = 0


def quotations_in(message: str) -> tuple[str, ...]:
    """What a message quotes, in its order, the longest where there are many; all of it where it has no quotation of
    some words; cut to what is read."""
    each = [" ".join(found[found.lastgroup or 0].split()) for found in _QUOTED.finditer(message)]
    found = list(dict.fromkeys(quoted for quoted in each if words_in(quoted) >= WORDS_AT_LEAST))
    longest = sorted(found, key=len, reverse=True)[:QUOTATIONS_AT_MOST]
    kept = [quoted for quoted in found if quoted in longest] or [" ".join(message.split())]
    return tuple(quoted[:CHARACTERS_AT_MOST] for quoted in kept)


def quoted_in(message: str) -> str:
    """The longest of what a message quotes."""
    return max(quotations_in(message), key=len)


def words_in(quoted: str) -> int:
    """How many words are quoted."""
    return len(re.findall(r"\w+", quoted))


class Check:
    """One quotation, looked for in one report after another."""

    def __init__(self, quoted: str) -> None:
        plain = quoted[:CHARACTERS_AT_MOST].strip(_MARKS)
        self.found = Checked(plain)
        self._pattern = _pattern(plain)
        self._own = TextOfRecord(plain or "-")
        self._span = self._own.span(0, len(self._own.body))
        self._concepts = concepts(self._span)
        self._nearly = Quotation(plain)

    def look(self, article: Article, statements: Sequence[Statement]) -> None:
        """Take one report into account."""
        self.found.looked_through += 1
        for part, record in sorted(article.texts.items()):
            if held := self._pattern.search(record.body):
                citation = _around(article, part, record.span(*held.span()), statements)
                if citation is not None:
                    self.found.exact.append(Hit(citation))
                return
        if not self._near(article, statements):
            for statement in statements:
                self._alike(article, statement)

    def _near(self, article: Article, statements: Sequence[Statement]) -> bool:
        """Whether a report has nearly these words."""
        for part, record in sorted(article.texts.items()):
            near = self._nearly.found_in(record)
            citation = _around(article, part, near.held, statements) if near is not None else None
            if near is not None and citation is not None:
                kinds = tuple(dict.fromkeys(d.kind.value for d in differences(self._span, near.held)))
                self.found.near.setdefault(near.held.chars.casefold(), Hit(citation, kinds, near=near))
                return True
        return False

    def _alike(self, article: Article, statement: Statement) -> None:
        shared = self._concepts & concepts(statement.span)
        share = len(shared) / max(1, len(self._concepts))
        if len(shared) < ALIKE_AT_LEAST or share < ALIKE_SHARE:
            return
        span = excerpts.of_statement(statement, article) or excerpts.fitting(statement.span)
        if span is not None and share > getattr(self.found.alike.get(span.chars), "share", 0.0):
            kinds = tuple(dict.fromkeys(d.kind.value for d in differences(self._span, statement.span)))
            self.found.alike[span.chars] = Hit(excerpts.cite(article, span, statement.part, statement), kinds, share)


def _pattern(plain: str) -> re.Pattern[str]:
    """These words in this order, whatever the spaces, apostrophes, dashes and capitals between sources."""
    each = (re.escape(word) for word in plain.split())
    joined = r"\s{1,3}".join(re.sub("['’‘]", _APOSTROPHE, re.sub(r"\\-|[–—]", _DASH, word)) for word in each)
    return re.compile(rf"(?<!\w){joined}(?!\w)" if joined else r"(?!)", re.IGNORECASE)


def _around(article: Article, part: Part, held: Span, statements: Sequence[Statement]) -> Citation | None:
    """The sentence that has it, with whose words it is where a statement says so."""
    own = [s for s in statements if s.span.overlaps(held)]
    inside = [s for s in text.sentences(held.text, article.language) if s.overlaps(held)]
    span = excerpts.fitting(inside[0]) if len(inside) == 1 else None
    if span is None or not span.overlaps(held):
        span = held if len(held.chars) <= excerpts.SPAN_AT_MOST else None
    return excerpts.cite(article, span, part, own[0] if own else None) if span is not None else None


# --- the answer -----------------------------------------------------------------------------------------------------


def page(found: Checked, zone: str, setting: Setting, changes: Sequence[Change] = ()) -> Page:
    """Whether it is on record, by whom, and in which words. `changes`: what became of reports since."""
    title = say("quote.title", typed=echo(found.quoted))
    exact = sorted(found.exact, key=lambda h: (h.citation.speaker is None, h.citation.seen_at, h.citation.article_id))
    near = sorted(found.near.values(), key=_nearest)
    alike = sorted(found.alike.values(), key=lambda h: (-h.share, h.citation.seen_at, h.citation.article_id))
    rows = [Row(Tone.TITLE, (title,)), *(Row(Tone.WARNING, (m,)) for m in setting.marks)]
    verdict = _verdict(found, exact, near, alike)
    rows.append(Row(Tone.WARNING, (verdict,)))
    for hit in exact[:SHOWN]:
        rows += evidence((hit.citation,), setting, changes)
    others = [*near, *alike] if exact else alike if near else []
    if not exact:
        rows += [row for hit in near[:SHOWN] for row in _only_near(hit, setting, changes)]
    if others:
        rows.append(Row(Tone.LINE, (say("quote.others", n=Count(len(others))),)))
    for hit in (others or alike)[:SHOWN]:
        rows += _only_near(hit, setting, changes)
    return Page("quote", zone, (title, verdict), tuple(rows), buttons=tuple(_buttons([*exact, *near, *alike])))


def _nearest(hit: Hit) -> tuple[object, ...]:
    near = hit.near
    much = len(near.only_there) + len(near.only_asked) if near is not None else 0
    return much, hit.citation.seen_at, hit.citation.article_id


def _only_near(hit: Hit, setting: Setting, changes: Sequence[Change]) -> list[Row]:
    """A wording that is near or alike, with what differs."""
    shown = list(evidence((hit.citation,), setting, changes))
    near = hit.near
    if near is None:
        return [*shown, Row(Tone.META, (_difference(hit),))]
    if near.only_asked:
        shown.append(Row(Tone.META, (say("quote.only_asked", words=echo(" … ".join(near.only_asked))),)))
    if near.only_there:
        shown += [Row(Tone.META, (say("quote.only_there"),)), *(Row(Tone.QUOTE, (s,)) for s in near.only_there)]
    if not near.only_asked and not near.only_there:
        shown.append(Row(Tone.META, (say("quote.marks"),)))
    return [*shown, *([Row(Tone.META, (_difference(hit),))] if hit.differs else [])]


def _verdict(found: Checked, exact: Sequence[Hit], near: Sequence[Hit], alike: Sequence[Hit]) -> Frame:
    if exact:
        publishers = Count(len({h.citation.source_id for h in exact}))
        return say("quote.exact", n=Count(len(exact)), publishers=publishers)
    if near:
        return say("quote.near", n=Count(len(near)))
    if alike:
        return say("quote.alike", n=Count(len(alike)))
    return say("quote.none", n=Count(found.looked_through))


def _difference(hit: Hit) -> Frame:
    return say("quote.differs", what=Name(", ".join(hit.differs))) if hit.differs else say("quote.same_sense")


def together(pages: Sequence[Page], setting: Setting) -> Page:
    """Several quotations, one after the other, below the marks of the first."""
    first, *others = pages
    if not others:
        return first
    marks = [Row(Tone.WARNING, (mark,)) for mark in setting.marks]
    rows = (*first.rows, *(row for page in others for row in page.rows if row not in marks))
    ids = dict.fromkeys(button.value for page in pages for button in page.buttons[:1])
    buttons = tuple(Button(_evidence_of(n), "ask", value) for n, value in enumerate(ids))
    return replace(first, summary=tuple(piece for page in pages for piece in page.summary), rows=rows, buttons=buttons)


def _evidence_of(n: int) -> Frame:
    return say("button.evidence_of", n=Count(n + 1)) if n else say("button.evidence")


def _buttons(hits: Iterable[Hit]) -> Iterable[Button]:
    ids = dict.fromkeys(h.citation.statement_id for h in hits if h.citation.statement_id)
    for n, statement in enumerate(list(ids)[:SHOWN]):
        yield Button(_evidence_of(n), "ask", f"why {statement}")

"""The same utterance in other words: whether two statements are one, and what their wordings differ in.

Aligned by speaker, day and telling words (never by string likeness: a reversed quotation shares few characters with its
original). Hides inflection, synonyms that rewriters put in, and the scope of negation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from difflib import SequenceMatcher
from enum import StrEnum
from functools import lru_cache

from digests import facts
from digests.facts import Comparison
from digests.model import Fact, Kind, Span, Statement


def _listed(words: str) -> list[str]:
    return words.split()


class Differs(StrEnum):
    """What two wordings of one utterance differ in."""

    POLARITY = "polarity"
    MODALITY = "modality"
    CONDITION = "condition"
    NUMBER = "number"
    PLURAL = "singular or plural"
    NAME = "name"
    HEDGE = "hedge"


@dataclass(frozen=True)
class Difference:
    """One difference. `a`, `b`: the words of either wording that carry it, None where one has none."""

    kind: Differs
    a: Span | None
    b: Span | None


@dataclass(frozen=True)
class _Word:
    """A content word: its concept, where it stands (in the text of record), how it is said."""

    concept: str
    start: int
    end: int
    negated: bool
    modal: str
    plural: bool
    noun: bool


_SAME_DAY = timedelta(days=1)  # an utterance of the evening is reported under the next day too
_ENOUGH = 0.5  # share of the shorter wording's telling words that both must have
_LEAST = 2
_KEPT = 2048  # wordings whose words and numbers are kept: those of some days are compared over and over

_CONCEPTS: Mapping[str, str] = {
    word: concept
    for concept, words in {
        "resolve": "resolve resolved solve solved settle settled overcome sorted sort ironed surmountable",
        "-resolve": "insurmountable unresolvable unsolvable intractable unresolved",
        "delicate": "delicate sensitive tricky",
        "wholly": "radically fundamentally totally completely entirely absolutely wholly utterly quite",
        "accept": "accept accepts accepted acceptable agree agrees agreed approve approved support supports supported",
        "-accept": "reject rejects rejected unacceptable refuse refuses refused oppose opposes opposed disagree rules",
        "talks": "talks negotiations negotiation talk",
        "understanding": "understanding understandings accord",
        "begin": "begin began begun start started starts begins",
        "end": "end ends ended stop stops stopped cease",
        "basis": "basis foundation groundwork",
        "withdraw": "withdraw withdraws withdrawal withdrew leave pull",
        "difficult": "difficult hard tough",
        "key": "key core main principal basic",
    }.items()
    for word in words.split()
}
_STOP = frozenset(
    _listed(
        "a an the and or but nor of in on at to for from by with without into about as is are was were "
        "be been being has have had do does did "
        "it its this that these those he she they them his her their we us our you your i my me who "
        "which what when where there here so such also "
        "just only more most very some any all both each every other one said say says saying told "
        "added adding according while if then than too "
        "will would can could may might must shall should cannot not no never neither wrote asked "
        "stated s t re ve ll d don isn wasn won few out up"
    )
)
_MODALS: Mapping[str, str] = {
    **dict.fromkeys(("can", "could", "may", "might", "cannot", "can't", "couldn't"), "may"),
    **dict.fromkeys(("must", "should", "needs", "need", "has to", "have to", "ought"), "must"),
    **dict.fromkeys(("will", "shall", "won't", "'ll"), "will"),
    **dict.fromkeys(("would", "wouldn't"), "would"),
}
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_NEGATION = re.compile(
    r"\b(?:not|no|never|cannot|without|neither|nor|hardly|не|нет|ні|ніколи)\b|n['’]t\b", re.IGNORECASE
)
_CLAUSE_END = re.compile(r"[,;:.!?—–]|\b(?:but|and|which|that|who|because)\b", re.IGNORECASE)
_HEDGES = re.compile(
    r"\b(?:at first (?:glance|sight)|perhaps|maybe|possibly|probably|likely|in principle"
    r"|on the whole|more or less|i think|i believe|in my view"
    r"|reportedly|apparently|it seems|seems to|appears to|so far|for now|in general|almost|nearly"
    r"|partly|to some extent|in part|на перший погляд"
    r"|на первый взгляд|можливо|возможно)\b",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"\b(?:if|unless|only when|provided|as long as|on condition|якщо|если|за умови|при условии)\b", re.IGNORECASE
)
_NAME = re.compile(r"[A-ZА-ЯІЇЄҐ][\w’'-]+(?: (?:[A-ZА-ЯІЇЄҐ][\w’'-]+))+")
_ALIKE = 0.6  # SequenceMatcher ratio of two words of a name from which they are spellings of one
_UN = re.compile(r"^(?:un|in|im|non-?|dis)(?=[a-z]{5})")


def same_utterance(a: Statement, b: Statement) -> bool:
    """Whether two statements are the same words of one speaker as two texts give them.

    The speaker must be known and one, the days must not exclude each other (the day decides before the words), and
    half of the shorter wording's telling words must be in both, two at least.
    """
    if a.speaker is None or a.speaker != b.speaker or a.actor_id != b.actor_id or Kind.ACTION in {a.kind, b.kind}:
        return False
    if a.said_on and b.said_on:
        if a.said_on.exact and b.said_on.exact and a.said_on.first != b.said_on.first:
            return False
        if a.said_on.first > b.said_on.last + _SAME_DAY or b.said_on.first > a.said_on.last + _SAME_DAY:
            return False
    mine, theirs = _telling(a), _telling(b)
    shared = mine & theirs
    return len(shared) >= _LEAST and len(shared) >= _ENOUGH * min(len(mine), len(theirs))


def differences(a: Span, b: Span) -> tuple[Difference, ...]:
    """What two wordings of one utterance differ in, in order of gravity. Says nothing about texts that are none."""
    first, second = _words(a), _words(b)
    found = [
        *_by_sense(a, b, first, second),
        *_numbers(a, b),
        *_plurals(a, b, first, second),
        *_names(a, b),
        *_one_sided(a, b, _CONDITION, Differs.CONDITION),
        *_one_sided(a, b, _HEDGES, Differs.HEDGE),
    ]
    order = list(Differs)
    return tuple(sorted(dict.fromkeys(found), key=lambda d: (order.index(d.kind), d.a.start if d.a else 0)))


def concepts(span: Span) -> frozenset[str]:
    """What the content words of a span stand for, whatever their form: by this two wordings are found to be alike."""
    return frozenset(word.concept for word in _words(span))


def _telling(statement: Statement) -> frozenset[str]:
    """The concepts of the quoted words, where there are enough of them, else of the whole span."""
    quoted = frozenset(w.concept.lstrip("-") for span in statement.quotes for w in _words(span))
    return quoted if len(quoted) >= _LEAST else frozenset(w.concept.lstrip("-") for w in _words(statement.span))


@lru_cache(maxsize=_KEPT)
def _words(span: Span) -> tuple[_Word, ...]:
    return tuple(_content(span))


def _content(span: Span) -> Iterator[_Word]:
    chars = span.chars
    for match in _WORD.finditer(chars):
        low = match.group().lower().replace("’", "'")
        low = low[:-2] if low.endswith("'s") else low
        if low in _STOP or low in _MODALS or len(low) < 3 or low.endswith("n't"):
            continue
        concept, opposite = _concept(low)
        before = _reach(chars, match.start())
        negated = bool(_NEGATION.search(before)) != opposite
        modal = next(
            (_MODALS[w] for w in reversed(re.findall(r"[\w'’]+", before.lower().replace("’", "'"))) if w in _MODALS), ""
        )
        known = low in _CONCEPTS
        start = span.start + match.start()
        yield _Word(
            concept,
            start,
            span.start + match.end(),
            negated,
            modal,
            _is_plural(low),
            not known and match.group()[0].islower(),
        )


def _reach(chars: str, at: int) -> str:
    """What stands before a word in its clause, at most six words of it."""
    before = chars[max(0, at - 60) : at]
    ends = [m.end() for m in _CLAUSE_END.finditer(before)]
    before = before[ends[-1] :] if ends else before
    return " ".join(before.split()[-6:])


def _concept(word: str) -> tuple[str, bool]:
    """The concept of a word, and whether the word says its opposite ("insurmountable")."""
    known = _CONCEPTS.get(word)
    if known:
        return known.lstrip("-"), known.startswith("-")
    return _stem(word), False


def _stem(word: str) -> str:
    for ending in ("ations", "ation", "ments", "ment", "ingly", "ings", "ing", "edly", "ed", "ies", "ly", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def _is_plural(word: str) -> bool:
    return word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 4


def _by_sense(a: Span, b: Span, first: tuple[_Word, ...], second: tuple[_Word, ...]) -> Iterator[Difference]:
    """Polarity and modality of the concepts that both have."""
    for concept in sorted({w.concept for w in first} & {w.concept for w in second}):
        mine = [w for w in first if w.concept == concept]
        theirs = [w for w in second if w.concept == concept]
        if {w.negated for w in mine}.isdisjoint({w.negated for w in theirs}):
            yield Difference(Differs.POLARITY, _cut(a, mine[0]), _cut(b, theirs[0]))
        modal, other = {w.modal for w in mine} - {""}, {w.modal for w in theirs} - {""}
        if modal and other and modal.isdisjoint(other):
            yield Difference(Differs.MODALITY, _cut(a, mine[0]), _cut(b, theirs[0]))
    yield from _opposites(a, b, first, second)


def _opposites(a: Span, b: Span, first: tuple[_Word, ...], second: tuple[_Word, ...]) -> Iterator[Difference]:
    """ "constructive" here, "unconstructive" there."""
    for mine in first:
        for theirs in second:
            bare, other = _UN.sub("", mine.concept), _UN.sub("", theirs.concept)
            if mine.concept != theirs.concept and bare == other and (mine.negated == theirs.negated):
                yield Difference(Differs.POLARITY, _cut(a, mine), _cut(b, theirs))


@lru_cache(maxsize=_KEPT)
def _facts_of(span: Span) -> tuple[Fact, ...]:
    return tuple(f for f in facts.find(span.text) if span.start <= f.span.start < span.end)


def _numbers(a: Span, b: Span) -> Iterator[Difference]:
    mine, theirs = _facts_of(a), _facts_of(b)
    for fact in mine:
        alike = [f for f in theirs if f.unit == fact.unit]
        if alike and all(facts.compare(f, fact) is Comparison.CHANGED for f in alike):
            yield Difference(Differs.NUMBER, fact.span, alike[0].span)


def _plurals(a: Span, b: Span, first: tuple[_Word, ...], second: tuple[_Word, ...]) -> Iterator[Difference]:
    for concept in sorted({w.concept for w in first if w.noun} & {w.concept for w in second if w.noun}):
        mine = [w for w in first if w.concept == concept]
        theirs = [w for w in second if w.concept == concept]
        if {w.plural for w in mine}.isdisjoint({w.plural for w in theirs}) and _differ_by_s(a, b, mine[0], theirs[0]):
            yield Difference(Differs.PLURAL, _cut(a, mine[0]), _cut(b, theirs[0]))


def _differ_by_s(a: Span, b: Span, mine: _Word, theirs: _Word) -> bool:
    left, right = a.text.body[mine.start : mine.end].lower(), b.text.body[theirs.start : theirs.end].lower()
    short, long = sorted((left, right), key=len)
    return long in {short + "s", short + "es", short[:-1] + "ies"}


def _names(a: Span, b: Span) -> Iterator[Difference]:
    """Names that are spellings of one another beyond what transliteration explains."""
    for mine in _NAME.finditer(a.chars):
        for theirs in _NAME.finditer(b.chars):
            left, right = mine.group().split(), theirs.group().split()
            if len(left) != len(right) or [_folded(w) for w in left] == [_folded(w) for w in right]:
                continue
            if all(
                SequenceMatcher(None, _folded(x), _folded(y)).ratio() >= _ALIKE
                for x, y in zip(left, right, strict=True)
            ):
                yield Difference(
                    Differs.NAME,
                    a.text.span(a.start + mine.start(), a.start + mine.end()),
                    b.text.span(b.start + theirs.start(), b.start + theirs.end()),
                )


def _folded(word: str) -> str:
    return re.sub(
        r"(?:iy|yy|ij|yi|ii|ey|ei|i|j)", "y", word.lower().replace("’s", "").replace("'s", "").replace("h", "")
    )


def _one_sided(a: Span, b: Span, pattern: re.Pattern[str], kind: Differs) -> Iterator[Difference]:
    mine, theirs = pattern.search(a.chars), pattern.search(b.chars)
    if mine and not theirs:
        yield Difference(kind, a.text.span(a.start + mine.start(), a.start + mine.end()), None)
    elif theirs and not mine:
        yield Difference(kind, None, b.text.span(b.start + theirs.start(), b.start + theirs.end()))


def _cut(span: Span, word: _Word) -> Span:
    return span.text.span(word.start, word.end)

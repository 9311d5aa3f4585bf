"""What a statement comes to: yes or no, how firmly, on which conditions, with which numbers, about what.

Hides how news words all that. Two forms of one sense come to one claim: "no soldier before a ceasefire" is "soldiers
only after a ceasefire", "sanctions stay" is "sanctions are not lifted". English is read closely, Ukrainian and Russian
by their plain negations and conditions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from digests import amounts
from digests.amounts import Amount
from digests.claim_words import (
    ANTONYMS,
    ATTRIBUTION_AFTER,
    ATTRIBUTION_BEFORE,
    CUES,
    EITHER,
    EMPTY,
    FREE,
    GIVEN_UP,
    NO,
    NOT_DENYING,
    OPEN,
    OTHER_ONE,
    SHADES,
    TIMES,
    WEAK,
    YES,
    concept_of,
)
from digests.model import Statement

LIMIT = 600
"""Characters of a statement that are read."""
UNSAID = frozenset({"#unsaid"})
"""What something is made to depend on where the words do not tell ("if all agree")."""

_WHOLE = 3
"""Spaces in a quotation from which it is a sentence, and not a phrase inside somebody else's."""


class Answer(StrEnum):
    """Yes or no to what is spoken of; open where the speaker gives neither."""

    YES = "yes"
    NO = "no"
    OPEN = "open"


@dataclass(frozen=True)
class Condition:
    """What something is made to depend on. `strict`: said as a condition, not as a time ("after a truce"). `lacking`:
    what is expressly done without."""

    words: frozenset[str]
    strict: bool
    lacking: bool = False


@dataclass(frozen=True)
class Claim:
    """A statement in normal form. Words are concepts (stems, synonyms folded)."""

    about: frozenset[str]  # of the main clause, without what the other fields hold
    names: frozenset[str]  # those of them that are names
    answer: Answer
    firm: bool  # False: could, might, ready to consider, does not rule out
    folded: bool  # a no with a before, until or without, read as a yes on a condition
    denied: frozenset[str]  # what stands right behind a no
    conditions: tuple[Condition, ...]
    free: bool  # expressly without conditions
    amounts: tuple[Amount, ...]
    marks: frozenset[str]  # first, last, 25th, another, remaining: which one of several is meant
    times: frozenset[str]  # this year, one day, on Thursday
    past: bool  # tells what happened, takes no position
    shades: frozenset[str] = frozenset()  # more than, almost all: how a number is meant

    @property
    def words(self) -> frozenset[str]:
        """Its concepts, those of its conditions among them."""
        return self.about.union(*(c.words for c in self.conditions))


def of(statement: Statement) -> Claim:
    """The claim of a statement."""
    return _claim(_content(statement))


def _content(statement: Statement) -> str:
    """The words that carry it: whole sentences that are quoted, else the span without its attribution."""
    span = statement.span.chars[:LIMIT]
    whole = [q.chars for q in statement.quotes if q.chars[:1].isupper() and q.chars.count(" ") >= _WHOLE]
    if whole:
        return " . ".join(whole)[:LIMIT]
    bare, closing = ATTRIBUTION_AFTER.subn(" ", span, count=1)
    return bare if closing else ATTRIBUTION_BEFORE.sub("", span, count=1)


@lru_cache(maxsize=4096)
def _claim(chars: str) -> Claim:
    plain = chars.replace("’", "'").replace("ʼ", "'")
    plain = re.sub(r"[“”\"«»„]", " ", plain)
    found, plain = amounts.cut(plain)
    shades = frozenset(m.group().lower() for m in SHADES.finditer(plain))
    marks = frozenset(m.group().lower() for m in OTHER_ONE.finditer(plain))
    times = frozenset(m.group().lower() for m in TIMES.finditer(plain))
    plain = NOT_DENYING.sub(" ", OTHER_ONE.sub(" ", plain))
    plain = GIVEN_UP.sub(" cede ", plain)
    if EITHER.search(plain):
        plain = ""
    marked = OPEN.sub(" \x03 ", plain)
    marked = FREE.sub(" \x06 ", marked)
    marked = NO.sub(" \x01 ", marked)
    marked = WEAK.sub(" \x04 ", marked)
    marked = YES.sub(" ", marked)
    main, pieces = _parted(marked)
    denials = main.count("\x01") + sum(bool(ANTONYMS.get(w.lower())) for w in _words(main))
    folded = denials % 2 == 1 and any(cue in _FOLDING for cue, _ in pieces)
    strict = tuple(_condition(cue, words, folded) for cue, words in pieces)
    denied = denials % 2 == 1 and not folded
    about, names = _about(main)
    return Claim(
        about=about,
        names=names,
        answer=Answer.OPEN if "\x03" in main else Answer.NO if denied else Answer.YES,
        firm="\x04" not in main and not (denials and denials % 2 == 0),
        folded=folded,
        denied=_denied(main),
        conditions=tuple(c for c in strict if c.words),
        free="\x06" in marked,
        amounts=found,
        marks=marks,
        times=times,
        past=bool(_PAST.search(plain)) and not _AHEAD.search(plain),
        shades=shades,
    )


_FOLDING = frozenset({"before", "until", "till", "without", "unless", "без", "пока не", "поки не", "до", "до того як"})
_WITHOUT = frozenset({"without", "без"})
_STRICT = re.compile(
    r"^(?:only|if|unless|provided|providing|as (?:long|soon) as|so long as|on (?:the )?condition|in (?:return|exchange)"
    r"|once|the day"
    r"|якщо|если|лише|тільки|только|за умови|при условии|пока не|поки не)",
    re.I,
)
_PAST = re.compile(
    r"\b(?:had|has|have|was|were|been)\s+(?:\w+\s+)?\w+ed\b|\b(?:had|has|have) been\b"
    r"|\b(?:brought|got|gave|took|lost|won|sent|received|returned|delivered|handed|freed|exchanged|captured|liberated|seized"
    r"|повернули|передали|вернули|отримали|получили)\b",
    re.I,
)
_AHEAD = re.compile(
    r"\b(?:will|would|must|should|shall|can|could|may|might|need\w*|ready|prepared|willing|committed|want\w*|agree\w*|accept\w*|demand\w*"
    r"|insist\w*"
    r"|limit\w*|ceiling|offer\w*|propos\w*|ask\w*|if|only|until|before)\b",
    re.I,
)
_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*|[\x01\x03\x04\x06]|[,;.:!?—–]")
_BOUNDARY = re.compile(r"[,;.:!?—–]|\b(?:but|while|although|і що|и что|and that)\b")


def _words(chars: str) -> list[str]:
    return _WORD.findall(chars)


def _parted(marked: str) -> tuple[str, list[tuple[str, str]]]:
    """The main clause, and each condition with its cue."""
    pieces: list[tuple[str, str]] = []
    main: list[str] = []
    at = 0
    for cue in CUES.finditer(marked):
        if cue.start() < at:
            continue
        main.append(marked[at : cue.start()])
        end = _BOUNDARY.search(marked, cue.end())
        following = CUES.search(marked, cue.end())
        stop = min(end.start() if end else len(marked), following.start() if following else len(marked))
        if cue.group().lower() in _WITHOUT and (no := marked.find("\x01", cue.end(), stop)) > 0:
            stop = no  # "a truce without a settlement is unacceptable": the no is the sentence's
        pieces.append((" ".join(cue.group().lower().split()), marked[cue.end() : stop]))
        at = stop
    main.append(marked[at:])
    return " ".join(main), pieces


def _condition(cue: str, chars: str, folded: bool) -> Condition:
    words, _ = _about(chars)
    strict = bool(_STRICT.match(cue))
    asked = strict or (folded and cue in _FOLDING)
    return Condition(words or (UNSAID if strict else words), asked, lacking=not asked and cue in _WITHOUT)


def _about(chars: str) -> tuple[frozenset[str], frozenset[str]]:
    """Concepts of a passage, and which of them are names."""
    found: dict[str, bool] = {}
    opening = True
    for word in _words(chars):
        if not word[0].isalpha():
            opening = opening or word in ".!?:"
            continue
        concept = concept_of(word)
        if concept and word.lower() not in EMPTY:
            found[concept] = found.get(concept, False) or (word[0].isupper() and not opening)
        opening = False
    return frozenset(found), frozenset(w for w, name in found.items() if name)


def _denied(main: str) -> frozenset[str]:
    return frozenset(_denials(_words(main)))


def _denials(words: list[str]) -> Iterator[str]:
    """The first word of content behind each no."""
    waiting = False
    for word in words:
        if word == "\x01":
            waiting = True
        elif not word[0].isalpha():
            waiting = waiting and word not in ";.!?"
        elif waiting and word.lower() not in EMPTY and (concept := concept_of(word)):
            yield concept
            waiting = False

"""What a later text of an article did to words that were shown of an earlier one. Hides how sentences are compared.

Words are compared, not characters: new markup, other quotation marks or another address behind a link change nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from digests import text
from digests.model import Article, Fate, Part, Span

ALIKE = 0.5
"""Share of a sentence's words that another must have to be the same sentence, changed."""
SAME_SENTENCE = 0.6
"""Share from which a changed number, name or negation is a correction and not another sentence."""
SAME_HEADLINE = 0.8
"""The same of headlines: a running article has another one for every happening."""
SENTENCES_AT_MOST = 2_000
"""Sentences of a text that are looked at."""

_ADDRESS = re.compile(r"https?://[^\s<>\"')\]]+")
_CONTRACTED = re.compile(r"\b([a-z]{2,6})n't\b|\bcannot\b", re.I)
_STEMS = {"ca": "can", "wo": "will", "sha": "shall"}
_WORD = re.compile(r"[^\W_]+(?:['’.,][^\W_]+)*")
_NUMBERS = frozenset({
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "dozen",
    "hundred", "thousand", "million", "billion", "first", "second", "third", "half", "twice", "once",
})  # fmt: skip
_NEGATIONS = frozenset({
    "not", "no", "never", "neither", "nor", "none", "nothing", "without", "unless", "if", "only",
    "не", "ні", "нет", "никогда", "ніколи", "без", "якщо", "если", "nicht", "kein", "keine", "nie", "ne", "pas",
})  # fmt: skip
_OPENERS = frozenset({"the", "a", "an", "in", "on", "at", "he", "she", "it", "they", "we", "his", "her", "its"})


def words(chars: str) -> list[str]:
    """The words of a passage, as they are compared: no addresses, no case, one apostrophe, "wasn't" as "was not"."""
    plain = _ADDRESS.sub(" ", chars).replace("’", "'")
    return [w.lower() for w in _WORD.findall(_CONTRACTED.sub(_uncontracted, plain))]


def _uncontracted(match: re.Match[str]) -> str:
    verb = match[1] or "can"
    return f"{_STEMS.get(verb.lower(), verb)} not"


def stands(span: Span, texts: Iterable[str]) -> bool:
    """Whether one of the texts still has every word of the span, in its order."""
    wanted = " ".join(["", *words(span.chars), ""])
    return any(wanted in _run(body) for body in texts)


@lru_cache(maxsize=32)
def _run(body: str) -> str:
    """The words of a text in their order."""
    return " ".join(["", *words(body), ""])


def of_span(span: Span, part: Part, newest: Article, *, notice: bool) -> Fate | None:
    """What became of a span of that part in a later revision; None where it stands. `notice`: the publisher says that
    it corrected the text."""
    if newest.gone:
        return Fate.WITHDRAWN
    if stands(span, (t.body for t in newest.texts.values())):
        return None
    if notice:
        return Fate.CORRECTED
    enough = SAME_HEADLINE if part is Part.TITLE else SAME_SENTENCE
    corrected = any(s >= enough and _material(span.chars, there.chars, newest) for s, _, there in _like(span, newest))
    return Fate.CORRECTED if corrected else Fate.REPLACED


def instead(span: Span, newest: Article) -> tuple[Part, Span] | None:
    """The sentence that a later revision has in place of a span: the one most like it; None where none is."""
    found = [one for one in _like(span, newest) if one[0] >= ALIKE]
    return found[0][1:] if found else None


def changed_number(number: Span, before: Article, after: Article) -> Span | None:
    """The sentence of the earlier revision in whose place a number of the later one stands; None where its sentence is
    an added one, was there before, or where the earlier one still stands: then nothing was put right."""
    sentence = _sentence_of(number, after)
    if sentence is None or stands(sentence, (t.body for t in before.texts.values())):
        return None
    for score, _, old in _like(sentence, before):
        gone = not stands(old, (t.body for t in after.texts.values()))
        if gone and score >= SAME_SENTENCE and _marks(words(old.chars)) != _marks(words(sentence.chars)):
            return old
    return None


def _sentence_of(span: Span, article: Article) -> Span | None:
    record = next((t for t in article.texts.values() if t == span.text), None)
    found = text.sentences(record, article.language)[:SENTENCES_AT_MOST] if record else ()
    return next((s for s in found if s.start <= span.start < s.end), None)


def _like(span: Span, newest: Article) -> list[tuple[float, Part, Span]]:
    """The sentence most like a span, with how much; none where the texts have none."""
    wanted = Counter(words(span.chars))
    best: tuple[float, Part, Span] | None = None
    for part in (Part.TEXT, Part.DESCRIPTION, Part.TITLE):
        record = newest.texts.get(part)
        for sentence in text.sentences(record, newest.language)[:SENTENCES_AT_MOST] if record else ():
            score = _likeness(wanted, Counter(words(sentence.chars)))
            if best is None or score > best[0]:
                best = score, part, sentence
    return [best] if best else []


def _likeness(a: Counter[str], b: Counter[str]) -> float:
    """Share of the words of the shorter passage that both have; the longer may say more."""
    shorter = min(a.total(), b.total())
    if not shorter or shorter * 3 < a.total():
        return 0.0
    return (a & b).total() / shorter


def _material(before: str, after: str, newest: Article) -> bool:
    """Whether a number, a name or a negation changed between two wordings of one sentence. Where every word has a
    capital, only what is a name in the text below counts as one."""
    old, new = words(before), words(after)
    if _marks(old) - _marks(new) or (_negated(old) != _negated(new)):
        return True
    gone, come = _names(before) - set(new), _names(after) - set(old)
    if gone and come and _in_title_case(after):
        come &= {w for body in newest.texts.values() if body.body != after for w in _names(body.body[:_NAMES_CHARS])}
    return bool(gone and come)


_NAMES_CHARS = 8_000
"""Characters of a text whose names are looked at."""


def _in_title_case(chars: str) -> bool:
    long = [w for w in _WORD.findall(chars) if len(w) > _SHORT]
    return bool(long) and sum(w[0].isupper() for w in long) > 0.7 * len(long)


_SHORT = 3


def _marks(said: Sequence[str]) -> Counter[str]:
    return Counter(w for w in said if w in _NUMBERS or any(c.isdigit() for c in w))


def _negated(said: Sequence[str]) -> int:
    return sum(w in _NEGATIONS for w in said)


def _names(chars: str) -> set[str]:
    """Words with a capital inside a sentence; the first word of one is none, unless it is nothing else."""
    found = _WORD.findall(_ADDRESS.sub(" ", chars).replace("’", "'"))
    return {w.lower() for w in found[1:] if w[0].isupper() and w.lower() not in _OPENERS | _NEGATIONS}

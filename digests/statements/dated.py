"""On which day a statement was made. Hides which of a sentence's dates is its own and what earlier ones lend.

The date beside the verb of saying counts; one inside the content does not; without any, the day of the same speaker's
statement before, else "published that day or the day before" where newsrooms' simple past says so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from digests import when
from digests.model import Days
from digests.statements.links import Link

_OPENS = 40  # characters within which a date opens the sentence: "In a speech on 17 December at the ..., X said"
_HEADS = 12  # characters: a date that stands before all else is the sentence's own
_CLOSES = re.compile(r"[\s.,”\"]*")
_BESIDE = 14  # characters beside the verb in which "earlier" is its own
_LATELY = 14  # days before publication within which a vague time may still be that of the news
_NEAR = 70  # characters around subject and verb in which a date is theirs


def own_day(sentence: str, link: Link | None, published: date | None, quoted: Sequence[tuple[int, int]]) -> Days | None:
    """The day that the sentence itself gives for the statement."""
    if published is None:
        return None
    found = [w for w in when.find(sentence, published) if not w.ahead and not any(a <= w.start < b for a, b in quoted)]
    found = [w for w in found if sentence[w.end : w.end + 1] not in {"’", "'"}]  # "Wednesday's talks"
    found = [w for w in found if w.days.first <= published and (w.days.last - w.days.first).days <= 31]
    if not found:
        return None
    if link is None:
        return found[0].days if len(found) == 1 and found[0].days.exact else None
    if link.verb.mode == "act":
        exact = [w for w in found if w.days.exact]
        return (exact or found)[0].days
    near = [
        w
        for w in found
        if (_distance(w, link) <= (90 if link.form == "right" else _NEAR) or w.start < _OPENS)
        and _outside_content(sentence, w, link)
    ]
    return min(near, key=lambda w: (w.days.exact is None, _distance(w, link))).days if near else None


_SOME_DAY = re.compile(
    r"\b(?:earlier|previously|in the past|once|long|for (?:years|months)|years ago|months ago)\b"
    r"(?! (?:on|this|in|today|that|the|last|[A-Z])\b)",
)


def some_day(sentence: str, link: Link | None) -> bool:
    """Whether the verb's own words say no more than that it was before: "had earlier said", "said previously"."""
    if link is None:
        return False
    left, right = sorted((link.subject.end, link.cue_start))
    near = f"{sentence[max(left, right - _BESIDE) : right]} | {sentence[link.cue_end : link.cue_end + _BESIDE]}"
    return _SOME_DAY.search(near) is not None


def long_ago(sentence: str, link: Link | None, published: date | None, quoted: Sequence[tuple[int, int]]) -> bool:
    """Whether the sentence puts its verb into a past that is no day: "in a March 2025 interview", "last year"."""
    if link is None or published is None or link.verb.mode != "speech":
        return False
    return any(
        not w.ahead
        and w.days.exact is None
        and (published - w.days.last).days > _LATELY
        and not any(a <= w.start < b for a, b in quoted)
        and (_distance(w, link) <= _BESIDE or w.start < _OPENS)
        and _outside_content(sentence, w, link)
        for w in when.find(sentence, published)
    )


def _distance(one: when.When, link: Link) -> int:
    return max(0, link.start - one.end, one.start - link.end)


def _outside_content(sentence: str, one: when.When, link: Link) -> bool:
    """Whether a date behind the verb still belongs to it: no "that", comma or second verb between. One before the
    comma of a closing ", X says" is that of what is said."""
    if one.end <= link.start:
        closes = _CLOSES.fullmatch(sentence, link.end) is not None
        if closes and one.start > _HEADS and sentence[one.end : link.start].strip() == ",":
            return False
        return not any(c in sentence[one.end : link.start] for c in ";:") and (
            one.start < 40 or link.start - one.end < 25
        )
    between = sentence[link.end : one.start]
    return not any(
        word in f" {between} "
        for word in (" that ", " will ", " would ", " to end", " had ", " was ", " were ", " has ")
    ) and len(between) < (90 if link.form == "right" else 45)


def lent_day(
    link: Link | None, before: Days | None, near: Days | None, published: date | None, *, headline: bool = False
) -> Days | None:
    """The day that goes without saying. `before`: of the same speaker's statement before; `near`: of the paragraph or
    of the article's news. Habits and standing wishes ("has repeatedly", "wants") have none; a headline is today's."""
    if link is None:
        return before or near
    if link.verb.mode == "act":
        return None if link.perfect and not headline else near
    if link.form in {"noun", "predicate"}:
        return before if link.verb.form == "past" and not link.perfect else None
    if not headline and link.form != "according" and (link.perfect or link.verb.form in {"s", "base", "ing"}):
        return None
    if before is not None or near is not None:
        return before or near
    if published is None or link.verb.mode == "stance":
        return None
    return Days(published - timedelta(days=1), published)


def news_day(opening: str, published: date | None) -> Days | None:
    """The day of the news itself: the first day that an article's opening names, where that is the day of publication
    or the one before."""
    if published is None:
        return None
    for found in when.find(opening, published):
        day = found.days.exact
        if day is not None and not found.ahead and timedelta(0) <= published - day <= timedelta(days=1):
            return found.days
    return None

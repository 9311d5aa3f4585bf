"""Whether a later claim moved from an earlier one: a number, a condition or a yes/no about the same thing. Hides when
two claims are about the same thing.

Where each of two claims names something that the other lacks, they speak of two things, and both can be true. Where
they are of one thing, what changed is either plain or only possible; what is merely left unsaid is no change.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from digests import amounts
from digests.claims import UNSAID, Answer, Claim, Condition

_SHARED = 2
"""Concepts that two claims of one thing share, unless there is nothing else in either."""
_BESIDE = 3
"""Concepts that the longer of two claims may have beside the shared ones, and as many again as they share."""
_SAME_CONDITION = 0.5
"""Share of the shorter condition's concepts that both have, from which it is not plainly another one."""
_GENERIC = frozenset({"ukraine", "russia", "#talk", "#deal", "#plan", "war", "peace", "#basis"})


class What(StrEnum):
    """What changed."""

    NUMBER = "number"
    CONDITION = "condition"
    YES_NO = "yes_no"


@dataclass(frozen=True)
class Move:
    """A change between two claims. `plain`: both say it outright; else a reader should read both."""

    what: What
    plain: bool


def same_thing(old: Claim, new: Claim, own: frozenset[str]) -> bool:
    """Whether two claims of one speaker are about the same thing. `own`: concepts that stand for the speaker's side."""
    main = (old.about & new.about) - own
    shared = (old.words & new.words) - own
    only_old, only_new = _beside(old, new, own), _beside(new, old, own)
    if not main or (only_old and only_new) or _other_ones(old, new) or _other_place(old, new) or _other_place(new, old):
        return False
    counted = _same_units(old, new)
    if len(shared) + counted < _SHARED and (only_old or only_new):
        return False
    return len(only_old | only_new) <= _BESIDE and bool(shared - _GENERIC or counted or len(shared) > _SHARED)


def move(old: Claim, new: Claim, own: frozenset[str]) -> Move | None:
    """What changed between two claims about the same thing; None where nothing did, or nothing that they say."""
    exact = not (_beside(old, new, own) or _beside(new, old, own))
    if old.answer is not new.answer:
        return _yes_no(old, new, exact)
    return _number(old, new, exact) or _condition(old, new)


def named(old: Claim, new: Claim, own: frozenset[str]) -> bool:
    """Whether the two share a name beside the speaker's own, a number of one kind, or two words that are not of every
    talks: no matter at large."""
    units = frozenset().union(*(a.unit for a in old.amounts)) & frozenset().union(*(a.unit for a in new.amounts))
    shared = (old.about & new.about) - own
    return bool(shared & old.names & new.names or units or len(shared - _GENERIC) >= _SHARED)


def other_one(old: Claim, new: Claim) -> bool:
    """Whether alike claims expressly mean two of a kind: the 25th package and the 26th, 300 prisoners and 175."""
    return bool(old.marks and new.marks and old.marks != new.marks) or amounts.changed(old.amounts, new.amounts)


def _beside(mine: Claim, other: Claim, own: frozenset[str]) -> frozenset[str]:
    """What one claim speaks of and the other nowhere does."""
    return mine.about - other.words - own


def _other_place(mine: Claim, other: Claim) -> bool:
    """Whether each names something that the other does not, be it the speaker's own side ("in Belgium", "at home")."""
    return bool(mine.names - other.words and (other.names - mine.words))


def _other_ones(old: Claim, new: Claim) -> bool:
    """Whether one of several is meant, and not the same one by both; or another time."""
    return old.marks != new.marks or bool(old.times and new.times and old.times != new.times)


def _yes_no(old: Claim, new: Claim, exact: bool) -> Move | None:
    if Answer.OPEN in {old.answer, new.answer}:
        return Move(What.YES_NO, plain=False)
    no, yes = (old, new) if old.answer is Answer.NO else (new, old)
    if yes.folded or _denies_another(no, yes):
        return None  # "never" and "not before" are one answer
    what = What.CONDITION if any(c.strict for c in yes.conditions) else What.YES_NO
    return Move(what, plain=yes.firm and no.firm and (exact or bool(no.names & yes.names)))


def _denies_another(no: Claim, yes: Claim) -> bool:
    """Whether the no is about something that the yes does not speak of ("no bargaining over an army of 800,000")."""
    return bool(no.denied) and not no.denied & yes.about


def _number(old: Claim, new: Claim, exact: bool) -> Move | None:
    if (old.past or new.past) and not _in_parts(old, new):
        return None  # what happened is counted, not taken as a position
    if amounts.changed(old.amounts, new.amounts):
        dated = any(a.unit == amounts.DEADLINE for a in (*old.amounts, *new.amounts))
        return Move(What.NUMBER, plain=exact and not dated)
    bounded = old.shades & _BOUNDS != new.shades & _BOUNDS and _same_value(old, new)
    return Move(What.NUMBER, plain=False) if bounded or _in_parts(old, new) else None


_MORE_OR_LESS = ("higher", "larger", "bigger", "greater", "longer", "lower", "smaller", "shorter", "fewer")
_BOUNDS = frozenset(f"{word} than" for word in _MORE_OR_LESS) | {"above", "below"}
_PARTS = frozenset({"almost all", "nearly all", "all", "most", "half"})


def _same_units(old: Claim, new: Claim) -> bool:
    return any(a.unit & b.unit for a in old.amounts for b in new.amounts)


def _same_value(old: Claim, new: Claim) -> bool:
    return bool({a.value for a in old.amounts} & {b.value for b in new.amounts})


def _in_parts(old: Claim, new: Claim) -> bool:
    """Nineteen of the 22, then almost all of the 22."""
    if not _same_value(old, new) or old.shades & _PARTS == new.shades & _PARTS:
        return False
    return any(a.part for a in old.amounts) != any(b.part for b in new.amounts)


def _condition(old: Claim, new: Claim) -> Move | None:
    """A condition that came, went, or became another one."""
    was, now = [c for c in old.conditions if c.strict], [c for c in new.conditions if c.strict]
    if _done_without(was, new.conditions) or _done_without(now, old.conditions):
        return Move(What.CONDITION, plain=True)
    if was and now:
        return _another(was, now)
    if now and not was:
        if _held(now, old):
            return None
        return Move(What.CONDITION, plain=old.free or new.answer is Answer.YES)
    if was and not now and not _held(was, new):
        return Move(What.CONDITION, plain=new.free)
    return None


def _another(was: Sequence[Condition], now: Sequence[Condition]) -> Move | None:
    best = 0.0
    for a in was:
        for b in now:
            if UNSAID in {a.words, b.words} or not (a.words - b.words and b.words - a.words):
                return None
            best = max(best, len(a.words & b.words) / min(len(a.words), len(b.words)))
    return Move(What.CONDITION, plain=best < _SAME_CONDITION)


def _done_without(strict: Sequence[Condition], others: Sequence[Condition]) -> bool:
    """Whether one statement asks for what the other expressly does without."""
    return any(a.words & b.words for a in strict for b in others if b.lacking)


def _held(strict: Sequence[Condition], other: Claim) -> bool:
    """Whether the other statement has one of the conditions as a time ("after a truce", "only after a truce"), or
    speaks of all of it ("with guarantees")."""
    return any(a.words <= other.about or any(a.words & b.words for b in other.conditions) for a in strict)

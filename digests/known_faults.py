"""Words and names that the baseline is known to have wrong: which report sets them right. Hides how that is seen.

The fault itself is configured with the better wording and the report that has it; here a statement is recognised as
that better wording, and never the baseline's own words come round again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from digests.citing import OnRecord, cite_baseline
from digests.model import Baseline, Citation, Fault, Statement
from digests.relevance import words_of
from digests.terms import terms_of

NAME = "name"
"""The kind of fault that is a name spelt wrong."""

NAME_MATTERS = timedelta(days=7)
"""How far from the baseline's day a name set right is of use; later it repeats what the baseline's page says."""

_BETTER = 0.6
"""Share of the better wording's words that a statement must have."""
_SAME_MATTER = 0.4
"""Share of the shorter statement's words that both have, where only a name in it is set right."""
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Mended:
    """A known fault that a statement sets right, and the baseline's words to be shown beside it."""

    fault: Fault
    citation: Citation


def mended(
    statement: Statement, baseline: Baseline, of_baseline: Sequence[OnRecord], known: Iterable[Statement], on: date
) -> Mended | None:
    """The fault of the baseline that a statement sets right; None where it sets none right, or one that a statement on
    record (`known`) has set right already. `of_baseline`: what the baseline has of the same actor. `on`: when the
    statement was made."""
    for fault in baseline.faults:
        where = next((row for row in of_baseline if _holds(row.citation, fault)), None)
        if fault.kind == NAME:
            near = where is not None and abs(where.said - on) <= NAME_MATTERS
            right = where is not None and near and _right_name(statement, fault, where.statement)
        else:
            right = _better_words(statement, fault)
        if right and not any(_says(old, fault) for old in known):
            return Mended(fault, where.citation if where else cite_baseline(baseline, fault.span))
    return None


def _holds(citation: Citation, fault: Fault) -> bool:
    return citation.span.start < fault.span.end and fault.span.start < citation.span.end


def _says(old: Statement, fault: Fault) -> bool:
    """Whether a statement on record has the better wording or name."""
    if fault.kind == NAME:
        return old.speaker == _person(fault) and fault.other_wording in old.span.chars
    return _better_words(old, fault)


def _better_words(statement: Statement, fault: Fault) -> bool:
    """The speaker's words as the better report has them, and not as the baseline does."""
    if not _same_person(fault.said_by, statement.speaker):
        return False
    mine, better, faulty = _stems(statement.span.chars), _stems(fault.other_wording), _stems(fault.span.chars)
    likeness = len(better & mine) / len(better) if better else 0.0
    if likeness < _BETTER or _run(fault.span.chars) in _run(statement.span.chars):
        return False
    return likeness >= (len(faulty & mine) / len(faulty) if faulty else 0.0) or not faulty - better


def _right_name(statement: Statement, fault: Fault, there: Statement) -> bool:
    """The same person with the right name, on the same matter."""
    if statement.speaker is None or statement.speaker != there.speaker or statement.speaker != _person(fault):
        return False
    if fault.other_wording not in statement.span.chars:
        return False
    mine, old = _stems(statement.span.chars), _stems(there.span.chars)
    return len(mine & old) >= _SAME_MATTER * min(len(mine), len(old))


def _person(fault: Fault) -> str:
    return fault.said_by or fault.other_wording


def _same_person(a: str, b: str | None) -> bool:
    return bool(a) and bool(b) and a.split()[-1].lower() == str(b).split()[-1].lower()


def _stems(chars: str) -> set[str]:
    return {t for t, _ in terms_of(words_of(chars), ())}


def _run(chars: str) -> str:
    """The words of a passage in their order, whatever stands between them."""
    return " ".join(["", *_WORD.findall(chars.lower()), ""])

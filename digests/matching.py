"""Whether a development is what a subscription asked for. Hides the filter keys; filters fail closed.

Filters of different keys are AND-ed, values of one key OR-ed; an unknown key or value matches nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from digests.model import Directory, Verdict
from digests.ports import Recorded

KEYS = ("actor", "issue", "verdict", "kind", "weight", "source", "lang", "origins")
"""The filter keys, words of the glossary."""
ORIGINS = "origins"
"""The key that waits: it looks at every report of the happening, not at one."""


def matches(
    filters: Mapping[str, Sequence[str]], recorded: Recorded, directory: Directory, *, origins: int = 1
) -> bool:
    """Whether the recorded article carries a development that tells and fits every filter. `origins`: independent
    origins that report its happening by now."""
    development = recorded.development
    if development is None or not development.verdict.tells:
        return False
    return all(
        any(_enough(v, origins) if key == ORIGINS else _fits(key, v, recorded, directory) for v in values)
        for key, values in filters.items()
    )


def unfit(filters: Mapping[str, Sequence[str]], recorded: Recorded, directory: Directory) -> tuple[str, ...]:
    """The keys of the filters that an article does not fit, whatever its verdict; `origins` is not among them, which
    asks of every report of the happening."""
    return tuple(
        key
        for key, values in filters.items()
        if key != ORIGINS and not any(_fits(key, value, recorded, directory) for value in values)
    )


def waits(filters: Mapping[str, Sequence[str]]) -> bool:
    """Whether a later report of a happening may be what fires."""
    return any(value != "1" for value in filters.get(ORIGINS, ()))


def _enough(value: str, origins: int) -> bool:
    return value.isdecimal() and 1 <= int(value) <= origins


def _fits(key: str, value: str, r: Recorded, directory: Directory) -> bool:
    return key in _TESTS and _TESTS[key](value, r, directory)


def _actor(value: str, r: Recorded, directory: Directory) -> bool:
    actors = r.development.who_acts if r.development else ()
    return any(directory.rolls_up(a, value) for a in actors)


def _issue(value: str, r: Recorded, directory: Directory) -> bool:
    return r.development is not None and value in r.development.issues


def _verdict(value: str, r: Recorded, directory: Directory) -> bool:
    """Whether it is told for that verdict: the one by which a message is headed."""
    verdict = r.development.verdict if r.development is not None else None
    return verdict is not None and verdict.tells and verdict.value.replace(" ", "-") == value.replace(" ", "-")


def _kind(value: str, r: Recorded, directory: Directory) -> bool:
    judged = r.development.judgements if r.development else ()
    return any(j.statement.kind.value == value for j in judged if j.verdict.tells)


def _weight(value: str, r: Recorded, directory: Directory) -> bool:
    return value.isdigit() and r.development is not None and r.development.weight >= int(value)


def _source(value: str, r: Recorded, directory: Directory) -> bool:
    source = directory.source_by_id.get(r.article.source_id)
    return value == r.article.source_id or (source is not None and value == source.source_class.value)


def _lang(value: str, r: Recorded, directory: Directory) -> bool:
    return r.article.language == value


_TESTS: Mapping[str, Callable[[str, Recorded, Directory], bool]] = {
    "actor": _actor,
    "issue": _issue,
    "verdict": _verdict,
    "kind": _kind,
    "weight": _weight,
    "source": _source,
    "lang": _lang,
}

TELLING = tuple(v.value for v in Verdict if v.tells)
"""Verdicts that a filter may name."""

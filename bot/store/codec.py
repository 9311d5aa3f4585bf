"""Nouns to JSON and back, the same bytes for equal nouns. Hides how spans, texts, instants and unions are written.

Texts are kept apart: on the way out they are collected by their sha, on the way in they are looked up, and every span
is cut anew from its text. Fields are written in order of their names, and left out where they hold their default, so
that a field that is added later needs no migration.
"""

from __future__ import annotations

import collections.abc
import dataclasses
import json
import re
import types
import typing
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import Any, Generic, TypeVar

from digests.model import Span, TextOfRecord

N = TypeVar("N")
Texts = dict[str, TextOfRecord]
"""Texts by sha: filled by `dump`, read by `load`."""

_Out = Callable[[Any, Texts], Any]
_In = Callable[[Any, Mapping[str, TextOfRecord]], Any]
_Pair = tuple[_Out, _In]

_SHA = re.compile(r'"t":"([0-9a-f]{64})"')  # cannot match inside a JSON string: quotes are escaped there
_MICROSECOND = timedelta(microseconds=1)
_PLAIN = (str, int, bool)


class Damaged(ValueError):
    """A stored row that does not turn back into its noun: a text that is not there, a span that does not fit."""


class Form(Generic[N]):
    """How one noun is written. `given` names fields that the row keeps elsewhere and `load` is handed."""

    def __init__(self, noun: type[N], given: Iterable[str] = ()) -> None:
        self._noun = noun
        self._out, self._in = _noun_pair(noun, frozenset(given))

    def dump(self, noun: N, texts: Texts) -> str:
        """The noun as ASCII JSON; its texts of record are added to `texts`.

        Raises ValueError for an instant without a zone.
        """
        return json.dumps(self._out(noun, texts), separators=(",", ":"))

    def load(self, body: str, texts: Mapping[str, TextOfRecord], **given: Any) -> N:
        """The noun again. Raises Damaged where a text is missing, a span does not fit or a field is not to be read."""
        try:
            fields = self._in(json.loads(body), texts)
            return self._noun(**fields, **given)
        except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as problem:
            raise Damaged(f"{self._noun.__name__}: {type(problem).__name__}: {problem}"[:300]) from problem


def shas(bodies: Iterable[str]) -> list[str]:
    """The texts that written nouns name, each once, in order of first use."""
    found: dict[str, None] = {}
    for body in bodies:
        found.update(dict.fromkeys(_SHA.findall(body)))
    return list(found)


# --- one pair of functions a type ---------------------------------------------------------------------------------


def _noun_pair(noun: type, given: frozenset[str]) -> _Pair:
    """Out gives a dict, in gives the fields to build the noun with."""
    hints = typing.get_type_hints(noun)
    fields = sorted((f for f in dataclasses.fields(noun) if f.name not in given), key=lambda f: f.name)
    steps = [(f.name, *_pair(hints[f.name]), _default(f)) for f in fields]
    outs = [(name, out, default) for name, out, _, default in steps]
    ins = {name: read for name, _, read, _ in steps}

    def out(value: Any, texts: Texts) -> dict[str, Any]:
        written = {}
        for name, write, default in outs:
            held = getattr(value, name)
            if held != default:
                written[name] = write(held, texts)
        return written

    def read(written: Any, texts: Mapping[str, TextOfRecord]) -> dict[str, Any]:
        return {name: ins[name](held, texts) for name, held in written.items() if name in ins}

    return out, read


def _default(f: dataclasses.Field[Any]) -> Any:
    if f.default_factory is not dataclasses.MISSING:
        return f.default_factory()
    return f.default  # MISSING equals nothing: such a field is always written


@cache
def _pair(hint: Any) -> _Pair:
    origin = typing.get_origin(hint)
    if origin in {typing.Union, types.UnionType}:
        return _union(typing.get_args(hint))
    if origin is tuple:
        return _tuple(typing.get_args(hint))
    if origin is frozenset:
        return _frozenset(typing.get_args(hint)[0])
    if origin in {dict, Mapping, collections.abc.Mapping}:
        return _mapping(*typing.get_args(hint))
    if isinstance(hint, type):
        return _scalar(hint)
    raise TypeError(f"no way to write {hint!r}")


def _scalar(hint: type) -> _Pair:
    if hint in _PLAIN:
        return _same, _same
    if hint in _SCALARS:
        return _SCALARS[hint]
    if issubclass(hint, StrEnum):
        members = {m.value: m for m in hint}
        return (lambda v, _: v.value), (lambda v, _: members[v])
    if dataclasses.is_dataclass(hint):
        out, read = _noun_pair(hint, frozenset())
        return out, (lambda v, texts: hint(**read(v, texts)))
    raise TypeError(f"no way to write {hint!r}")


def _same(value: Any, _: Any) -> Any:
    return value


def _union(members: tuple[Any, ...]) -> _Pair:
    kinds = [m for m in members if m is not type(None)]
    if len(kinds) == 1:
        out, read = _pair(kinds[0])
        return (
            (lambda v, texts: None if v is None else out(v, texts)),
            (lambda v, texts: None if v is None else read(v, texts)),
        )
    return _tagged(kinds)


def _tagged(kinds: list[Any]) -> _Pair:
    """One of several nouns, named by "is"; at most one member is a tuple, written as a bare list. None stays None."""
    tuples = [_pair(k) for k in kinds if typing.get_origin(k) is tuple]
    nouns = {k.__name__: _pair(k) for k in kinds if typing.get_origin(k) is None}
    if len(tuples) > 1 or len(tuples) + len(nouns) != len(kinds):
        raise TypeError(f"no way to tell {kinds!r} apart")

    def out(value: Any, texts: Texts) -> Any:
        if value is None:
            return None
        if isinstance(value, tuple):
            return tuples[0][0](value, texts)
        name = type(value).__name__
        return {"is": name, **nouns[name][0](value, texts)}

    def read(written: Any, texts: Mapping[str, TextOfRecord]) -> Any:
        if written is None:
            return None
        if isinstance(written, list):
            return tuples[0][1](written, texts)
        return nouns[written["is"]][1](written, texts)

    return out, read


def _tuple(members: tuple[Any, ...]) -> _Pair:
    """JSON writes a tuple as a list, so that only members that are not plain have to be written one by one."""
    if len(members) == 2 and members[1] is Ellipsis:
        return _row_of(members[0])
    pairs = [_pair(m) for m in members]
    if all(m in _PLAIN for m in members):
        return _same, (lambda v, _: tuple(v))
    return (
        (lambda v, texts: [p[0](one, texts) for p, one in zip(pairs, v, strict=True)]),
        (lambda v, texts: tuple([p[1](one, texts) for p, one in zip(pairs, v, strict=True)])),
    )


def _row_of(member: Any) -> _Pair:
    if member in _PLAIN:
        return _same, (lambda v, _: tuple(v))
    out, read = _pair(member)
    if out is _same:
        return _same, (lambda v, texts: tuple([read(one, texts) for one in v]))
    return (
        (lambda v, texts: [out(one, texts) for one in v]),
        (lambda v, texts: tuple([read(one, texts) for one in v])),
    )


def _frozenset(member: Any) -> _Pair:
    out, read = _pair(member)
    rank = _rank(member)
    return (
        (lambda v, texts: [out(one, texts) for one in sorted(v, key=rank)]),
        (lambda v, texts: frozenset([read(one, texts) for one in v])),
    )


def _mapping(key: Any, value: Any) -> _Pair:
    """Keys are strings or enum members; written in the order of the enum, or of the alphabet."""
    key_out, key_in = _pair(key)
    out, read = _pair(value)
    rank = _rank(key)
    return (
        (lambda v, texts: {key_out(k, texts): out(v[k], texts) for k in sorted(v, key=rank)}),
        (lambda v, texts: {key_in(k, texts): read(one, texts) for k, one in v.items()}),
    )


def _rank(member: Any) -> Callable[[Any], Any]:
    if isinstance(member, type) and issubclass(member, StrEnum):
        ranks = {m: n for n, m in enumerate(member)}
        return lambda m: ranks[m]
    return lambda m: m


def _instant_out(value: datetime, _: Any) -> str:
    if value.tzinfo is None:
        raise ValueError(f"{value!r} has no zone: instants are aware")
    return (value if value.tzinfo is UTC else value.astimezone(UTC)).isoformat()


def _instant_in(written: str, _: Any) -> datetime:
    instant = datetime.fromisoformat(written)
    return instant if instant.tzinfo is UTC else instant.astimezone(UTC)


def _text_out(value: TextOfRecord, texts: Texts) -> dict[str, str]:
    texts[value.sha] = value
    return {"t": value.sha}


def _span_out(value: Span, texts: Texts) -> dict[str, Any]:
    texts[value.text.sha] = value.text
    return {"t": value.text.sha, "s": value.start, "e": value.end}


_SCALARS: dict[type, _Pair] = {
    float: ((lambda v, _: float(v)), (lambda v, _: float(v))),
    datetime: (_instant_out, _instant_in),
    date: ((lambda v, _: v.isoformat()), (lambda v, _: date.fromisoformat(v))),
    timedelta: ((lambda v, _: v // _MICROSECOND), (lambda v, _: v * _MICROSECOND)),
    TextOfRecord: (_text_out, (lambda v, texts: texts[v["t"]])),
    Span: (_span_out, (lambda v, texts: texts[v["t"]].span(v["s"], v["e"]))),
}

"""Every sentence of the bot's own: a closed list with typed slots and no facts in it. Hides templates and plurals.

A template's slot reads `{name:type}` or `{name:type:option}`:
`{n:count}`, `{n:count:item|items}` · `{at:instant}`, `{at:instant:clock}`, `{at:instant:full}` · `{on:day}` ·
`{who:name}` · `{who:names}` (a list of names) · `{lines:refs}` · `{typed:echo}`.
Templates are ours; slot values are never parsed as templates.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import tzinfo
from typing import cast

from digests.model import Count, Day, Echo, Frame, Instant, Name, Refs, Slot
from digests.phrases import PHRASES

ECHO_LIMIT = 80
"""Characters of what a user typed that are shown back to him."""
SAID_AT_MOST = 500
"""Characters of what a person wrote for others to read: what is wrong with a line, why it does not stand."""

_SLOT = re.compile(r"\{(?P<name>[a-z_]+):(?P<type>[a-z]+)(?::(?P<option>[^{}]*))?\}")
_TYPES: Mapping[str, type | tuple[type, ...]] = {
    "count": Count,
    "instant": Instant,
    "day": Day,
    "name": Name,
    "names": tuple,
    "refs": Refs,
    "echo": Echo,
}


@dataclass(frozen=True)
class SlotSpec:
    """What a template expects in one place."""

    name: str
    type: str
    option: str


def slots_of(key: str) -> tuple[SlotSpec, ...]:
    """The slots of one frame of the closed list, in order. Raises KeyError for a key that is not in it."""
    return tuple(SlotSpec(m["name"], m["type"], m["option"] or "") for m in _SLOT.finditer(PHRASES[key]))


def say(key: str, **slots: Slot) -> Frame:
    """A frame of the closed list with its slots filled. Raises ValueError where key, names or types do not fit."""
    if key not in PHRASES:
        raise ValueError(f"no frame {key!r} in the closed list")
    specs = slots_of(key)
    wanted = {s.name for s in specs}
    if wanted != set(slots):
        raise ValueError(f"frame {key!r} wants slots {sorted(wanted)}, not {sorted(slots)}")
    for spec in specs:
        _check(key, spec, slots[spec.name])
    return Frame(key, tuple(sorted(slots.items())))


def _check(key: str, spec: SlotSpec, value: Slot) -> None:
    if not isinstance(value, _TYPES[spec.type]):
        raise ValueError(f"frame {key!r}: slot {spec.name!r} takes a {spec.type}, not {type(value).__name__}")
    if isinstance(value, tuple) and not all(isinstance(v, Name) for v in value):
        raise ValueError(f"frame {key!r}: slot {spec.name!r} takes names only")
    if isinstance(value, Instant) and value.at.tzinfo is None:
        raise ValueError(f"frame {key!r}: slot {spec.name!r} takes an aware instant")


def echo(typed: str, most: int = ECHO_LIMIT) -> Echo:
    """What the user typed, cut to `most` characters, control characters and line breaks as spaces."""
    clean = re.sub(r"[\x00-\x1f\x7f\u2028\u2029]+", " ", typed).strip()
    return Echo(clean if len(clean) <= most else clean[: most - 1] + "…")


def words(frame: Frame, zone: tzinfo) -> str:
    """The frame as plain text for a reader in `zone`."""
    slots = dict(frame.slots)

    def fill(m: re.Match[str]) -> str:
        return _show(slots[m["name"]], m["type"], m["option"] or "", zone)

    return _SLOT.sub(fill, PHRASES[frame.key])


def _show(value: Slot, kind: str, option: str, zone: tzinfo) -> str:
    if kind == "count":
        return _show_count(cast(Count, value).n, option)
    if kind == "instant":
        return _show_instant(cast(Instant, value), option, zone)
    if kind == "day":
        on = cast(Day, value).on
        return f"{on.day} {on:%b %Y}"
    if kind == "names":
        return ", ".join(n.text for n in cast(tuple[Name, ...], value))
    if kind == "refs":
        return ", ".join(cast(Refs, value).refs)
    return cast(Echo, value).typed if kind == "echo" else cast(Name, value).text


def _show_count(n: int, option: str) -> str:
    if not option:
        return f"{n:,}"
    one, _, many = option.partition("|")
    return f"{n:,} {one if n == 1 else many}"


def _show_instant(value: Instant, option: str, zone: tzinfo) -> str:
    at = value.at.astimezone(zone)
    if option == "clock":
        return f"{at:%H:%M}"
    if option == "full":
        return f"{at:%a} {at.day} {at:%b %Y, %H:%M %Z}"
    return f"{at:%a} {at.day} {at:%b %H:%M}"

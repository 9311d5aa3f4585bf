"""From a filled form to the command that it says. Hides how fields become words and pairs, and which marks stay."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bot.commands.telling import WORDS as TELLING_WORDS
from bot.commands.wishes import EDIT
from bot.grammar import MOST_CHARACTERS, quoted
from digests.frames import say
from digests.model import Echo, Frame

Filled = Mapping[str, Sequence[str]]
"""What a form holds, by the key of its field; nothing under a key that was left empty."""
RULINGS = frozenset({"scope", "reject"})
"""Forms by which a reviewer decides."""
FILED = "_file"
"""What the name of a form ends with that shows what a file says: it is answered with the lines to write there."""
TIMES = ("at", "at2", "at3", "at4", "at5", "at6")
"""Keys of the times of day of a schedule."""
_LONGEST_TEXT = 400
"""Characters of a text that is filled in."""


def missing(name: str, filled: Filled) -> tuple[str, Frame] | None:
    """The field that had to be filled in too, and what to say there: the other of two hours, a part of a ruling."""
    given = {key for key, values in filled.items() if any(v.strip() for v in values)}
    if len(hours := given & {"from", "until"}) == 1:
        return ("until" if "from" in hours else "from"), say("form.both_hours")
    if name not in RULINGS or given:
        return None
    return ("actor", say("form.scope_missing")) if name == "scope" else ("reason", say("form.reason_missing"))


def typed(name: str, filled: Filled, about: str = "") -> str:
    """The command that a filled form says, without the slash. `about`: the item that a ruling is about, or the alert
    that is to be like this."""
    name = name.removesuffix(FILED)
    plain = _verbatim if name in _VERBATIM else _plain
    said = {key: [plain(v) for v in values if plain(v)] for key, values in filled.items()}
    said = {key: values for key, values in said.items() if values}
    if name == "amend":
        old, new, why = (" ".join(said.get(key, ())) for key in ("old", "new", "because"))
        return f"baseline amend {quoted(old)} -> {quoted(new)} because:{quoted(why)}"[:MOST_CHARACTERS]
    words = [word for key in _WORDS.get(name, ()) for word in said.get(key, ())]
    if name == "subscribe" and about:
        words = [EDIT, about]
    if name == "report":
        what, *wrong = words if "line" in said else [about, *words]
        words = [what, *([quoted(" ".join(wrong))] if wrong else [])]
    if name == "quote":
        words = [quoted(" ".join(words))]
    if name == "search":
        words = [str(w) for w in filled.get("words", ())][:1]
    if name == "reject":
        words = [quoted(": ".join((*said.get("reason", ()), *said.get("more", ()))))]
    pairs = [f"{key}:{_listed(said[key])}" for key in _PAIRS.get(name, ()) if key in said]
    if "from" in said and "until" in said:
        pairs.append(f"quiet:{said['from'][0]}-{said['until'][0]}")
    verb = ("review", name, about) if name in RULINGS else (name,)
    return " ".join(" ".join([*verb, *words, *pairs]).split())[:MOST_CHARACTERS]


_WORDS: Mapping[str, Sequence[str]] = {
    "position": ("actor", "issue"),
    "schedule": TIMES,
    "mute": ("which", "for"),
    "unsubscribe": ("which",),
    "why": ("line", "link"),
    "quote": ("quoted",),
    "report": ("line", "wrong"),
}
_PAIRS: Mapping[str, Sequence[str]] = {
    "position": ("since", "vs"),
    "subscribe": ("actor", "issue", "verdict", "kind", "source", "weight", "origins", "lang", "to", "cap"),
    "schedule": ("days", "tz", "issue", *TELLING_WORDS),
    "search": ("actor", "issue", "since"),
    "scope": ("actor", "issue"),
    "settings": ("tz", *TELLING_WORDS, "lang"),
}


_VERBATIM = frozenset({"amend", "report", "reject"})
"""Verbs whose texts keep their quotation marks."""


def _verbatim(value: str) -> str:
    """A value with every mark of it."""
    return " ".join(value.split())[:_LONGEST_TEXT].strip()


def _plain(value: str) -> str:
    """A value as a word of a command: no quotation mark of it can close ours."""
    return re.sub(r'["“”„«»\s]+', " ", value)[:_LONGEST_TEXT].strip()


def _listed(values: Sequence[str]) -> str:
    return ",".join(f'"{v}"' if " " in v else v for v in values)


def blamed(name: str, filled: Filled, problem: Frame) -> str:
    """The key of the field that a refusal is about: the one that holds what it echoes, else the first one."""
    echoed = [slot.typed for _, slot in problem.slots if isinstance(slot, Echo)]
    named = [e.removesuffix(":") for e in echoed if e.removesuffix(":") in filled]
    holding = [k for k, values in filled.items() if any(e and (e in v or v in e) for e in echoed for v in values if v)]
    return next(iter((*named, *holding, *filled)), "")

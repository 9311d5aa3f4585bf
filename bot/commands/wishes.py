"""Commands that leave something behind: schedule, subscribe, unsubscribe, mute. Hides their words and keys."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot import grammar, moments
from bot.commands import mending, telling
from bot.commands.asks import (
    CallOff,
    ChangeSchedule,
    Command,
    EndSubscription,
    ListSchedules,
    ListSubscriptions,
    MakeSchedule,
    MakeSubscription,
    Mute,
    ShowSubscription,
    Unmute,
)
from bot.grammar import Misread
from bot.naming import Names, nearest
from digests.frames import echo, say
from digests.model import Name

AT_ONCE = "now"
"""The last word of `subscribe` that saves without a rehearsal."""
HOLD = "hold"
"""A word of `subscribe` that changes nothing: what fires in quiet hours is always held."""
_WISHED = (*grammar.FILTERS, "to", "quiet", "cap")
EDIT = "edit"
"""The word before the id of an alert that is to be another."""
LONGEST_MUTE = 30 * 24 * 60
"""Minutes that alerts may be muted for at most; longer is a wish to unsubscribe."""
_FOR = re.compile(r"(\d{1,3})(m|min|h|d)")
_MINUTES = {"m": 1, "min": 1, "h": 60, "d": 24 * 60}
LONGEST_PAUSE = 366 * 24 * 60
"""Minutes that a schedule may be paused for at most."""
_STRETCH = re.compile(r"(\d{1,3})(h|d|w)")
_PAUSES = {"h": 60, "d": 24 * 60, "w": 7 * 24 * 60}


WEEKLY = "weekly"
"""The word before the day of a digest that comes once a week."""


def schedule(words: Sequence[str], pairs: grammar.Pairs, names: Names, zone: str) -> Command:
    """A digest at fixed times, or what becomes of one."""
    first = words[0].casefold() if words else "list"
    if first in {"remove", "pause", "resume"}:
        grammar.allow(pairs, (), f"schedule {first}")
        return _pause(words[1:]) if first == "pause" else _change(first, words[1:])
    if first == "list" and not pairs:
        grammar.no_words(words[1:], "schedule")
        return ListSchedules()
    return _make_schedule(words, pairs, names, zone)


def _change(what: str, words: Sequence[str]) -> ChangeSchedule:
    grammar.no_words(words[1:], "schedule")
    if what == "remove" and not words:
        raise Misread(say("command.which_schedule"), ("schedule list",))
    return ChangeSchedule(what, words[0] if words else None)


def _pause(words: Sequence[str]) -> ChangeSchedule:
    """`pause`, `pause 7d`, `pause until 2025-12-08`, each with an id before it or after it."""
    said = list(words)
    named = said.pop(0) if said and not _is_end(said[0]) else None
    ends = [said.pop(0)] if said else []
    if ends and ends[0].casefold() == "until" and said:
        ends.append(said.pop(0))
    if named is None and said:
        named = said.pop(0)
    grammar.no_words(said, "schedule")
    if not ends:
        return ChangeSchedule("pause", named)
    typed = " ".join(ends)
    minutes, until = _pause_end(ends)
    if minutes is None and until is None:
        raise Misread(say("command.bad_pause", typed=echo(typed)), ("schedule pause 7d",))
    return ChangeSchedule("pause", named, minutes, until, typed)


def _is_end(word: str) -> bool:
    """Whether a word says how long a pause lasts, rightly or wrongly; no id that a command makes begins like one."""
    return word.casefold() == "until" or word[:1].isdigit()


def _pause_end(ends: Sequence[str]) -> tuple[int | None, str | date | None]:
    """Minutes, or a local time or day; neither where that is no end of a pause."""
    last = ends[-1].casefold()
    if len(ends) == 1:
        found = _STRETCH.fullmatch(last)
        minutes = int(found[1]) * _PAUSES[found[2]] if found else 0
        return (minutes if 1 <= minutes <= LONGEST_PAUSE else None), None
    if last.count(":") == 1:
        return None, grammar.clock(last)
    found_day = moments.moment(last)
    return None, found_day.day if found_day is not None else None


_ONLY = tuple(key for key in grammar.FILTERS if key not in telling.KEYS)
"""Filters of a schedule; `lang:` says how digests are told, and which texts lines may rest on."""
_ENDS = {"off": "pause", "stop": "pause", "cancel": "remove", "delete": "remove", "end": "remove", "show": "list"}
"""What other tools call that which becomes of a schedule."""
_SCHEDULED = ("tz", *_ONLY, *telling.KEYS)
"""Keys of a schedule beside its days and times, which need none."""


def _no_word(word: str, known: Sequence[str], names: Names) -> Misread:
    """A word that a schedule does not take: one that is left over, one that is near, or a value without its key."""
    if word.casefold() in mending.FILLERS:
        left_over = say("command.not_understood_after", typed=echo(word), verb=Name("schedule"))
        return Misread(left_over, mend=(word, ""))
    near = _ENDS.get(word.casefold()) or nearest(word, known)
    return grammar.unknown("word", word, near) if near else mending.keyless([word], _SCHEDULED, names, "schedule")


def _make_schedule(words: Sequence[str], pairs: grammar.Pairs, names: Names, zone: str) -> Command:
    grammar.allow(pairs, ("at", "days", *_SCHEDULED), "schedule")
    times: list[str] = [*pairs.get("at", ())]
    days: tuple[int, ...] = tuple(range(7))
    weekly = bool(words) and words[0].casefold() == WEEKLY
    named = [word for word in words if grammar.names_days(word)]
    if named:
        days = grammar.days(named)
    elif weekly and "days" not in pairs:
        raise Misread(say("command.which_day"), ("schedule weekly mon 09:00",))
    for word in words[int(weekly) :]:
        if word in named:
            continue
        if any(c.isdigit() for c in word):
            times += [part for part in word.split(",") if part]
        else:
            raise _no_word(word, (*grammar.DAY_WORDS, WEEKLY, "list", "remove", "pause", "resume"), names)
    if not times:
        raise Misread(say("command.which_time"), ("schedule daily 08:30",), mend=("", "08:30"))
    if "days" in pairs:
        days = grammar.days(pairs["days"])
    given = grammar.filters({k: v for k, v in pairs.items() if k in _ONLY}, names)
    at = tuple(sorted({grammar.clock(t) for t in times}))
    told = telling.telling(pairs)
    only = tuple((key, values) for key, values in given.pairs() if key != "issue")
    issues = given.values.get("issue", ())
    return MakeSchedule(at, told.zone or zone, days, issues, given.read_as, told, filters=only)


def subscribe(words: Sequence[str], pairs: grammar.Pairs, names: Names, _zone: str) -> Command:
    """An alert by filters, or the list of them."""
    if words and words[0].casefold() == "list" and not pairs:
        return _list(words[1:])
    if [w.casefold() for w in words] == ["cancel"] and not pairs:
        return CallOff()
    if words and words[0].casefold() == EDIT:
        return _edit(words[1:], pairs, names)
    return _alert(words, pairs, names)


def _edit(words: Sequence[str], pairs: grammar.Pairs, names: Names) -> Command:
    """Other terms for an alert: all that it is to be; the id alone asks what it is."""
    if not words:
        raise Misread(say("command.which_subscription"), ("subscribe list",))
    if len(words) == 1 and not pairs:
        return ShowSubscription(words[0])
    wished = _alert(words[1:], pairs, names)
    return replace(wished, edits=words[0], to=wished.to if "to" in pairs else "")


def _alert(words: Sequence[str], pairs: grammar.Pairs, names: Names) -> MakeSubscription:
    at_once = bool(words) and words[-1].casefold() == AT_ONCE
    loose = [word for word in words[: len(words) - at_once] if word.casefold() != HOLD]
    if loose:
        raise mending.keyless(loose, _WISHED, names, "subscribe")
    grammar.allow(pairs, _WISHED, "subscribe")
    given = grammar.filters({k: v for k, v in pairs.items() if k in grammar.FILTERS}, names)
    return MakeSubscription(
        given.pairs(),
        grammar.target(pairs.get("to", ("here",))),
        grammar.quiet(pairs["quiet"]) if "quiet" in pairs else None,
        grammar.cap(pairs["cap"]) if "cap" in pairs else None,
        given.read_as,
        at_once,
    )


def _list(words: Sequence[str]) -> ListSubscriptions:
    whose = words[0].casefold() if words else ""
    if whose not in {"", "mine", "channel"}:
        near = nearest(whose, ("mine", "channel"))
        raise grammar.unknown("word", words[0], near, (f"subscribe list {near}".strip(),))
    grammar.no_words(words[1:], "subscribe")
    return ListSubscriptions(whose)


def at_once(command: MakeSubscription) -> str:
    """The text that saves a rehearsed alert, without the slash."""
    words = [EDIT, command.edits] if command.edits else []
    words += [f"{key}:{','.join(values)}" for key, values in command.filters]
    words += [f"to:{command.to}"] if command.to and (command.edits or command.to != "here") else []
    words += [f"quiet:{command.quiet[0]}-{command.quiet[1]}"] if command.quiet else []
    words += [f"cap:{command.cap}"] if command.cap else []
    return " ".join(["subscribe", *words, AT_ONCE])


def unsubscribe(words: Sequence[str], pairs: grammar.Pairs, names: Names, _zone: str) -> Command:
    """The end of an alert, by id or by its filters."""
    grammar.allow(pairs, (*grammar.FILTERS, "to"), "unsubscribe")
    if pairs:
        grammar.no_words(words, "unsubscribe")
        given = grammar.filters({k: v for k, v in pairs.items() if k in grammar.FILTERS}, names)
        typed = " ".join(f"{key}:{','.join(values)}" for key, values in pairs.items())
        return EndSubscription(
            typed, given.pairs(), grammar.target(pairs["to"]) if "to" in pairs else None, given.read_as
        )
    if not words:
        raise Misread(say("command.which_subscription"), ("subscribe list",))
    grammar.no_words(words[1:], "unsubscribe")
    return EndSubscription(words[0])


def mute(words: Sequence[str], pairs: grammar.Pairs, _names: Names, _zone: str) -> Command:
    """`mute 4h`, `mute until 09:00`, `mute ID`, `mute ID 4h`."""
    grammar.allow(pairs, (), "mute")
    if not words:
        raise Misread(say("command.which_mute"), ("mute 4h", "mute until 09:00"))
    named = None if _is_time(words[0]) else words[0]
    rest = list(words if named is None else words[1:])
    if rest and rest[0].casefold() == "until":
        if len(rest) < 2:
            raise Misread(say("command.which_time"), ("mute until 09:00",))
        grammar.no_words(rest[2:], "mute")
        return Mute(None, grammar.clock(rest[1]), named)
    grammar.no_words(rest[1:], "mute")
    return Mute(_minutes(rest[0]) if rest else None, None, named)


def _is_time(word: str) -> bool:
    return word.casefold() == "until" or _FOR.fullmatch(word.casefold()) is not None


def _minutes(word: str) -> int:
    found = _FOR.fullmatch(word.casefold())
    minutes = int(found[1]) * _MINUTES[found[2]] if found else 0
    if not 1 <= minutes <= LONGEST_MUTE:
        raise Misread(say("command.bad_stretch", typed=echo(word)), ("mute 4h",))
    return minutes


def unmute(words: Sequence[str], pairs: grammar.Pairs, _names: Names, _zone: str) -> Command:
    """`unmute`, `unmute ID`."""
    grammar.allow(pairs, (), "unmute")
    grammar.no_words(words[1:], "unmute")
    return Unmute(words[0] if words else None)

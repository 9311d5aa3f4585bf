"""Commands that leave something behind: schedule, subscribe, unsubscribe. Hides their words and keys."""

from __future__ import annotations

from collections.abc import Sequence

from bot import grammar
from bot.commands.asks import (
    ChangeSchedule,
    Command,
    EndSubscription,
    ListSchedules,
    ListSubscriptions,
    MakeSchedule,
    MakeSubscription,
)
from bot.grammar import Misread
from bot.naming import Names, nearest
from digests.frames import echo, say


def schedule(words: Sequence[str], pairs: grammar.Pairs, names: Names, zone: str) -> Command:
    """A digest at fixed times, or what becomes of one."""
    first = words[0].casefold() if words else "list"
    if first in {"remove", "pause", "resume"}:
        grammar.allow(pairs, (), f"schedule {first}")
        grammar.no_words(words[2:], "schedule")
        if first == "remove" and len(words) < 2:
            raise Misread(say("command.which_schedule"), ("schedule list",))
        return ChangeSchedule(first, words[1] if len(words) > 1 else None)
    if first == "list" and not pairs:
        grammar.no_words(words[1:], "schedule")
        return ListSchedules()
    return _make_schedule(words, pairs, names, zone)


def _make_schedule(words: Sequence[str], pairs: grammar.Pairs, names: Names, zone: str) -> Command:
    grammar.allow(pairs, ("at", "tz", "days", "issue"), "schedule")
    times: list[str] = [*pairs.get("at", ())]
    days: tuple[int, ...] = tuple(range(7))
    for word in words:
        if word.casefold() in grammar.DAY_WORDS:
            days = grammar.DAY_WORDS[word.casefold()]
        elif any(c.isdigit() for c in word):
            times += [part for part in word.split(",") if part]
        else:
            known = (*grammar.DAY_WORDS, "list", "remove", "pause", "resume")
            near = nearest(word, known)
            raise grammar.unknown("word", word, near, ("help schedule",))
    if not times:
        raise Misread(say("command.which_time"), ("schedule daily 08:30",))
    if "days" in pairs:
        days = grammar.days(pairs["days"])
    if "tz" in pairs:
        zone = grammar.zone(pairs["tz"])
    given = grammar.filters({k: v for k, v in pairs.items() if k == "issue"}, names)
    at = tuple(sorted({grammar.clock(t) for t in times}))
    return MakeSchedule(at, zone, days, given.values.get("issue", ()), given.read_as)


def subscribe(words: Sequence[str], pairs: grammar.Pairs, names: Names, _zone: str) -> Command:
    """An alert by filters, or the list of them."""
    if words and words[0].casefold() == "list" and not pairs:
        grammar.no_words(words[1:], "subscribe")
        return ListSubscriptions()
    if words:
        raise _loose_words(words, names)
    grammar.allow(pairs, (*grammar.FILTERS, "to", "quiet", "cap"), "subscribe")
    given = grammar.filters({k: v for k, v in pairs.items() if k in grammar.FILTERS}, names)
    return MakeSubscription(
        given.pairs(),
        grammar.target(pairs.get("to", ("here",))),
        grammar.quiet(pairs["quiet"]) if "quiet" in pairs else None,
        grammar.cap(pairs["cap"]) if "cap" in pairs else None,
        given.read_as,
    )


def _loose_words(words: Sequence[str], names: Names) -> Misread:
    """Words without a key: name the filter that they seem to be."""
    typed = " ".join(words)
    who, issue = names.who(typed), names.issue(typed)
    if who is not None:
        return Misread(say("command.filter_needs_key", typed=echo(typed)), (f"subscribe actor:{who.actor_id}",))
    if issue is not None:
        return Misread(say("command.filter_needs_key", typed=echo(typed)), (f"subscribe issue:{issue[0]}",))
    return Misread(say("command.filter_needs_key", typed=echo(typed)), ("help subscribe",))


def unsubscribe(words: Sequence[str], pairs: grammar.Pairs, _names: Names, _zone: str) -> Command:
    """The end of an alert."""
    grammar.allow(pairs, (), "unsubscribe")
    if not words:
        raise Misread(say("command.which_subscription"), ("subscribe list",))
    grammar.no_words(words[1:], "unsubscribe")
    return EndSubscription(words[0])

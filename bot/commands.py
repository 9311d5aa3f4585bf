"""What a person may ask, and the one parser for slash commands, mentions, buttons and the terminal's prompt.

Hides grammar, quotes and bounds. Filters are flat `key:value[,value]`, quotes hold values with spaces. An unknown verb,
key, value or name is never guessed: the answer names it and the nearest, and nothing is done.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot import grammar
from bot.grammar import Misread
from bot.naming import Names, nearest
from digests.frames import echo, say
from digests.model import Directory, Frame, Name

POSITION, BRIEF = "position", "brief"
"""What the two slash commands are called here, whatever they are called in a workspace."""

Filters = tuple[tuple[str, tuple[str, ...]], ...]
"""Filter values by key, in the order of the keys' first use; keys as in `digests.matching`."""


@dataclass(frozen=True)
class AskPosition:
    """Where a party stands; on one issue where it is named. `speaker`: a person was asked for, by whose party."""

    actor_id: str
    issue_id: str | None = None
    speaker: str | None = None
    read_as: tuple[Frame, ...] = ()


@dataclass(frozen=True)
class AskNew:
    """What is new."""

    filters: Filters = ()
    read_as: tuple[Frame, ...] = ()


@dataclass(frozen=True)
class AskPreview:
    """What the next digest of this conversation would say."""

    read_as: tuple[Frame, ...] = ()


@dataclass(frozen=True)
class AskStatus:
    """Whether the bot is alive and what it reads."""

    read_as: tuple[Frame, ...] = ()


@dataclass(frozen=True)
class MakeSchedule:
    """A digest for this conversation: local times "HH:MM" in `zone`, `days` 0 Monday to 6 Sunday; no issues: all."""

    at: tuple[str, ...]
    zone: str
    days: tuple[int, ...] = (0, 1, 2, 3, 4, 5, 6)
    issues: tuple[str, ...] = ()
    read_as: tuple[Frame, ...] = ()


@dataclass(frozen=True)
class ListSchedules:
    """The digests of this conversation."""

    read_as: tuple[Frame, ...] = ()


@dataclass(frozen=True)
class ChangeSchedule:
    """`change` is remove, pause or resume; without an id the only schedule of this conversation is meant."""

    change: str
    channel_id: str | None = None
    read_as: tuple[Frame, ...] = ()


@dataclass(frozen=True)
class MakeSubscription:
    """An alert. `to` is "here" or "dm"; `quiet` local "HH:MM" from, until; `cap` alerts an hour, None the default."""

    filters: Filters = ()
    to: str = "here"
    quiet: tuple[str, str] | None = None
    cap: int | None = None
    read_as: tuple[Frame, ...] = ()


@dataclass(frozen=True)
class ListSubscriptions:
    """One's own alerts and those of this conversation."""

    read_as: tuple[Frame, ...] = ()


@dataclass(frozen=True)
class EndSubscription:
    """End an alert by its id."""

    subscription_id: str
    read_as: tuple[Frame, ...] = ()


@dataclass(frozen=True)
class Help:
    """What can be asked; about one verb where it is named. Answered by the edge."""

    verb: str | None = None
    read_as: tuple[Frame, ...] = ()


Command = (
    AskPosition | AskNew | AskPreview | AskStatus | MakeSchedule | ListSchedules | ChangeSchedule | MakeSubscription
    | ListSubscriptions | EndSubscription | Help
)  # fmt: skip


@dataclass(frozen=True)
class Misunderstood:
    """Nothing was done, and why; `suggestions` are commands to press or type, without the slash: "position russia"."""

    frame: Frame
    suggestions: tuple[str, ...] = ()


_HARMLESS = frozenset({"new", "preview", "status", "help"})
VERBS = ("new", "position", "subscribe", "unsubscribe", "schedule", "preview", "status", "help")
"""The verbs of the root command, in the order of help."""


def parse(text: str, command: str, directory: Directory, zone: str) -> Command | Misunderstood:
    """What a text asks for. `command` is BRIEF or POSITION; `zone` the IANA zone of who asks."""
    names = Names(directory)
    try:
        words, pairs = grammar.split(text)
        if command == BRIEF and words and words[0].casefold() == POSITION:
            command, words = POSITION, words[1:]
        if command == POSITION:
            return _position(words, pairs, names)
        return _brief(words, pairs, names, zone)
    except Misread as misread:
        return Misunderstood(misread.frame, misread.suggestions)


# --- positions --------------------------------------------------------------------------------------------------


def _position(words: Sequence[str], pairs: grammar.Pairs, names: Names) -> Command:
    grammar.allow(pairs, ("actor", "issue"), POSITION)
    given = grammar.filters(pairs, names)
    actors, issues = given.values.get("actor", ()), given.values.get("issue", ())
    if len(actors) > 1 or len(issues) > 1:
        raise Misread(say("command.one_at_a_time"))
    if not words and not actors:
        return Help(POSITION)
    who, rest = (None, words) if actors else _who(words, names)
    notes = [*given.read_as, *(_read_who(who, words[: len(words) - len(rest)]) if who else ())]
    issue = issues[0] if issues else None
    if rest:
        issue, note = _issue(rest, names, who.actor_id if who else actors[0])
        notes += note
    if who is not None:
        return AskPosition(who.actor_id, issue, who.speaker, tuple(notes))
    return AskPosition(actors[0], issue, None, tuple(notes))


def _who(words: Sequence[str], names: Names) -> tuple[grammar.Who, Sequence[str]]:
    """The party that a position is asked of and the words left, the longest name first; the issue may come first."""
    for size in range(min(len(words), grammar.NAME_WORDS), 0, -1):
        if who := names.who(" ".join(words[:size])):
            return who, words[size:]
    for size in range(1, min(len(words), grammar.NAME_WORDS)):
        who = names.who(" ".join(words[size:]))
        if who and names.issue(" ".join(words[:size])):
            return who, words[:size]
    for size in (2, 1):
        if near := names.nearest_party(" ".join(words[:size])):
            raise grammar.unknown("party", " ".join(words[:size]), near, (f"{POSITION} {near}",))
    raise grammar.unknown("party", words[0], "", tuple(f"{POSITION} {a}" for a in names.actors()[:3]))


def _read_who(who: grammar.Who, typed: Sequence[str]) -> list[Frame]:
    if who.speaker is not None:
        return [say("command.read_speaker", speaker=Name(who.speaker), who=Name(who.actor))]
    return [] if who.exact else [say("position.matched", typed=echo(" ".join(typed)), who=Name(who.actor))]


def _issue(words: Sequence[str], names: Names, actor_id: str) -> tuple[str, list[Frame]]:
    typed = " ".join(words)
    found = names.issue(typed)
    if found is None:
        near = names.nearest_issue(typed)
        raise grammar.unknown("issue", typed, near, (f"{POSITION} {actor_id} {near}".strip(),))
    issue_id, exact = found
    note = say("command.read_issue", typed=echo(typed), issue=Name(names.issue_name(issue_id)))
    return issue_id, [] if exact else [note]


# --- the root command -------------------------------------------------------------------------------------------


def _brief(words: Sequence[str], pairs: grammar.Pairs, names: Names, zone: str) -> Command:
    if not words:
        if pairs:
            raise Misread(say("command.verb_first"), ("new", "subscribe"))
        return Help()
    verb, rest = words[0].casefold().lstrip("/"), words[1:]
    run = _RUN.get(verb)
    if run is None:
        raise _unknown_verb(words, names)
    return run(rest, pairs, names, zone)


def _unknown_verb(words: Sequence[str], names: Names) -> Misread:
    """The nearest verb; or, for words that name a party, the position that they seem to ask for."""
    near = nearest(words[0], VERBS)
    if near:
        return grammar.unknown("command", words[0], near, (near if near in _HARMLESS else f"help {near}",))
    guess = grammar.named_in(words, names)
    return grammar.unknown("command", " ".join(words), "", (guess,) if guess else ("help",))


def _no_words(words: Sequence[str], verb: str) -> None:
    if words:
        raise Misread(
            say("command.not_understood_after", typed=echo(" ".join(words)), verb=Name(verb)), (f"help {verb}",)
        )


def _new(words: Sequence[str], pairs: grammar.Pairs, names: Names, _zone: str) -> Command:
    _no_words(words, "new")
    grammar.allow(pairs, grammar.FILTERS, "new")
    given = grammar.filters(pairs, names)
    return AskNew(given.pairs(), given.read_as)


def _plain(command: Command, verb: str) -> Callable[..., Command]:
    def run(words: Sequence[str], pairs: grammar.Pairs, _names: Names, _zone: str) -> Command:
        _no_words(words, verb)
        grammar.allow(pairs, (), verb)
        return command

    return run


def _schedule(words: Sequence[str], pairs: grammar.Pairs, names: Names, zone: str) -> Command:
    first = words[0].casefold() if words else "list"
    if first in {"remove", "pause", "resume"}:
        grammar.allow(pairs, (), f"schedule {first}")
        _no_words(words[2:], "schedule")
        if first == "remove" and len(words) < 2:
            raise Misread(say("command.which_schedule"), ("schedule list",))
        return ChangeSchedule(first, words[1] if len(words) > 1 else None)
    if first == "list" and not pairs:
        _no_words(words[1:], "schedule")
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


def _subscribe(words: Sequence[str], pairs: grammar.Pairs, names: Names, _zone: str) -> Command:
    if words and words[0].casefold() == "list" and not pairs:
        _no_words(words[1:], "subscribe")
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


def _unsubscribe(words: Sequence[str], pairs: grammar.Pairs, _names: Names, _zone: str) -> Command:
    grammar.allow(pairs, (), "unsubscribe")
    if not words:
        raise Misread(say("command.which_subscription"), ("subscribe list",))
    _no_words(words[1:], "unsubscribe")
    return EndSubscription(words[0])


def _help(words: Sequence[str], pairs: grammar.Pairs, _names: Names, _zone: str) -> Command:
    grammar.allow(pairs, (), "help")
    if not words:
        return Help()
    verb = words[0].casefold().lstrip("/")
    if verb not in VERBS:
        near = nearest(verb, VERBS)
        raise grammar.unknown("command", words[0], near, (f"help {near}" if near else "help",))
    return Help(verb)


_RUN: Mapping[str, Callable[[Sequence[str], grammar.Pairs, Names, str], Command]] = {
    "new": _new,
    "preview": _plain(AskPreview(), "preview"),
    "status": _plain(AskStatus(), "status"),
    "schedule": _schedule,
    "subscribe": _subscribe,
    "unsubscribe": _unsubscribe,
    "help": _help,
}

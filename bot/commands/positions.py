"""The position command: a party or person, an issue, times. Hides in which order they may come."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot import grammar
from bot.commands.asks import BASELINE, AskBoard, AskPosition, Command, Help
from bot.grammar import Misread
from bot.moments import Moment
from bot.naming import Names
from digests.frames import echo, say
from digests.model import Frame, Name

POSITION = "position"
"""What this command is called here, whatever it is called in a workspace."""

ALL = "all"
PICTURE = "picture"
"""The last word of a board that is drawn too."""
_KEYS = ("actor", "issue", "since", "asof", "vs")


def position(words: Sequence[str], pairs: grammar.Pairs, names: Names) -> Command:
    """What a position command asks for."""
    grammar.allow(pairs, _KEYS, POSITION)
    given = grammar.filters({k: v for k, v in pairs.items() if k in {"actor", "issue"}}, names)
    actors, issues = given.values.get("actor", ()), given.values.get("issue", ())
    if len(actors) > 1 or len(issues) > 1:
        raise Misread(say("command.one_at_a_time"))
    if words and words[0].casefold() == ALL and not actors:
        return _board(words[1:], pairs, names, issues, given.read_as)
    if not words and not actors:
        if set(pairs) - {"issue"}:
            raise Misread(say("command.whose_position"), (f"{POSITION} {ALL}",))
        return _board((), pairs, names, issues, given.read_as) if issues else Help(POSITION)
    asked, rest = (None, words) if actors else who(words, names)
    notes = [*given.read_as, *(read_who(asked, words[: len(words) - len(rest)]) if asked else ())]
    issue = issues[0] if issues else None
    if rest and (other := names.who(" ".join(rest))) is not None and not names.issue(" ".join(rest)):
        one = asked.actor_id if asked else actors[0]
        beside = (f"{POSITION} {one} vs:{other.actor_id}",) if other.actor_id != one else ()
        raise Misread(say("command.one_at_a_time"), (*beside, f"{POSITION} {other.speaker or other.actor_id}"))
    if rest:
        issue, note = an_issue(rest, names, f"{POSITION} {asked.actor_id if asked else actors[0]}")
        notes += note
    times = {key: grammar.when(key, pairs[key]) for key in ("since", "asof") if key in pairs}
    return AskPosition(
        asked.actor_id if asked else actors[0],
        issue,
        asked.speaker if asked else None,
        tuple(notes),
        times.get("since"),
        times.get("asof"),
        _versus(pairs["vs"], names) if "vs" in pairs else None,
    )


def _board(
    words: Sequence[str], pairs: grammar.Pairs, names: Names, issues: tuple[str, ...], read_as: tuple[Frame, ...]
) -> Command:
    grammar.allow(pairs, ("issue",), f"{POSITION} {ALL}")
    picture = bool(words) and words[-1].casefold() == PICTURE
    words = words[:-1] if picture else words
    if not words:
        return AskBoard(issues[0] if issues else None, picture, read_as)
    issue, note = an_issue(words, names, f"{POSITION} {ALL}")
    return AskBoard(issue, picture, (*read_as, *note))


def who(words: Sequence[str], names: Names, verb: str = POSITION) -> tuple[grammar.Who, Sequence[str]]:
    """The party or person named and the words left, the longest name first; the issue may come first. `verb`: that of
    the commands which are suggested where nobody is named."""
    for size in range(min(len(words), grammar.NAME_WORDS), 0, -1):
        if found := names.who(" ".join(words[:size])):
            return found, _left(words, size, names, verb)
    for size in range(1, min(len(words), grammar.NAME_WORDS)):
        found = names.who(" ".join(words[size:]))
        if found and names.issue(" ".join(words[:size])):
            return found, words[:size]
    for typed in _perhaps_a_name(words, names):
        if near := names.nearest_party(typed):
            raise grammar.unknown("party", typed, near, (f"{verb} {near}",))
    typed = " ".join(words[: grammar.NAME_WORDS])
    if (issue := names.issue(typed)) is not None:
        tries = (f"{verb} {ALL} {issue[0]}",) if verb == POSITION else (f"{verb} {issue[0]}",)
        raise Misread(say("command.is_issue", typed=echo(typed)), tries)
    named = grammar.named_in(words, names).removeprefix(POSITION).strip()
    raise grammar.unknown("party", typed, "", tuple(f"{verb} {a}" for a in ([named] if named else names.actors()[:3])))


def _left(words: Sequence[str], size: int, names: Names, verb: str) -> Sequence[str]:
    """The words behind a name. Where they say nothing, the name may be one that is misspelt and longer."""
    rest, typed = " ".join(words[size:]), " ".join(words)
    if rest and not (names.issue(rest) or names.who(rest) or names.nearest_issue(rest)):
        near = names.nearest_party(typed)
        if near and len(words) <= grammar.NAME_WORDS and names.who(near) != names.who(" ".join(words[:size])):
            raise grammar.unknown("party", typed, near, (f"{verb} {near}",))
    return words[size:]


def _perhaps_a_name(words: Sequence[str], names: Names) -> Iterator[str]:
    """Which of the words may be a misspelt name: the first two, the first, or those behind an issue."""
    yield from (" ".join(words[:size]) for size in (2, 1))
    for size in range(1, min(len(words), grammar.NAME_WORDS)):
        if names.issue(" ".join(words[:size])):
            yield " ".join(words[size:])


def read_who(asked: grammar.Who, typed: Sequence[str]) -> list[Frame]:
    """Which typed name was taken for whom."""
    if asked.speaker is not None:
        return [say("command.read_speaker", speaker=Name(asked.speaker), who=Name(asked.actor))]
    return [] if asked.exact else [say("position.matched", typed=echo(" ".join(typed)), who=Name(asked.actor))]


def an_issue(words: Sequence[str], names: Names, before: str) -> tuple[str, list[Frame]]:
    """The issue that words name, and what was read as what. `before`: the command to which the nearest is added."""
    typed = " ".join(words)
    found = names.issue(typed)
    if found is None and (other := names.who(typed)) is not None:
        verb = before.split()[0]
        raise Misread(say("command.one_at_a_time"), (before, f"{verb} {other.speaker or other.actor_id}"))
    if found is None:
        near = names.nearest_issue(typed)
        tries = [near] if near else names.issues_with(typed)[:3] or [""]
        raise grammar.unknown("issue", typed, near, tuple(f"{before} {issue}".strip() for issue in tries))
    issue_id, exact = found
    note = say("command.read_issue", typed=echo(typed), issue=Name(names.issue_name(issue_id)))
    return issue_id, [] if exact else [note]


def _versus(values: Sequence[str], names: Names) -> Moment | str:
    """The baseline, a time, or another party."""
    typed = values[0]
    if len(values) > 1:
        raise Misread(say("command.one_at_a_time"))
    if typed.casefold() == BASELINE:
        return BASELINE
    found = names.who(typed)
    if found is not None and found.speaker is None:
        return found.actor_id
    return grammar.when("vs", values)

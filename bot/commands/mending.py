"""A command that was not understood, typed again as it was probably meant: one press instead of a second try. Hides how
far a guess may go: each step is one that a refusal named, the whole is understood, and nothing is done.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from bot import grammar, moments, naming
from bot.commands.asks import Command
from bot.grammar import Misread, Pairs
from bot.naming import Names
from digests.frames import echo, say
from digests.model import Name

STEPS = 4
"""Things in one command that are set right."""
LONGEST = 100
"""Characters of a command that is offered."""
FILLERS = frozenset({"about", "and", "at", "by", "for", "from", "in", "me", "of", "on", "please", "the", "to"})
"""Words of a sentence that are left out where all others mean something."""
_PLAIN = re.compile(r"[\w .,:/#\"'’+-]+")
"""What an offered command is made of: what was typed comes back in it."""


def mended(words: Sequence[str], pairs: Pairs, wrong: Misread, read: Callable[[Sequence[str], Pairs], Command]) -> str:
    """The command with everything set right that refusals name, "" where that does not make one. `words` begin with the
    verb; `read` understands a command or raises Misread."""
    for _ in range(STEPS):
        if wrong.mend is None:
            return ""
        words, pairs = _replaced(words, pairs, *wrong.mend)
        try:
            read(words, pairs)
        except Misread as next_wrong:
            wrong = next_wrong
        else:
            text = typed_again(words, pairs)
            return text if len(text) <= LONGEST and _PLAIN.fullmatch(text) else ""
    return ""


def typed_again(words: Sequence[str], pairs: Pairs) -> str:
    """Words and pairs as somebody types them."""
    values = ((key, [_safely(v) for v in values]) for key, values in pairs.items())
    return " ".join([*map(_safely, words), *(f"{key}:{','.join(each)}" for key, each in values)])


def _safely(value: str) -> str:
    return value if re.fullmatch(r"[^\s,:\"]+|[\dTZ:-]+", value) else f'"{grammar.unmarked(value)}"'


def _replaced(words: Sequence[str], pairs: Pairs, typed: str, right: str) -> tuple[list[str], Pairs]:
    """With what is right in place of what was typed: a key ("min:"), a pair ("kind:shift"), a value, or words; behind
    the words where "" stands for what was left out."""
    if not typed:
        return [*words, *right.split()], pairs
    key, colon, value = typed.partition(":")
    if colon and key in pairs and value in {"", *pairs[key]}:
        kept = {k: tuple(v for v in values if k != key or (value and v != value)) for k, values in pairs.items()}
        new, _, meant = right.partition(":")
        added = (meant,) if value else pairs[key]
        return list(words), _without_empty({**kept, new: (*kept.get(new, ()), *added)})
    if any(typed == ",".join(values) or typed in values for values in pairs.values()):
        return list(words), {
            k: (right,) if typed == ",".join(values) else tuple(right if v == typed else v for v in values)
            for k, values in pairs.items()
        }
    for at, size in _runs(words, typed):
        name, colon, value = right.partition(":")
        if colon and name.isalpha():
            rest = [*words[:at], *words[at + size :]]
            return rest, {**pairs, name: (*pairs.get(name, ()), value)}
        return [*words[:at], *right.split(), *words[at + size :]], pairs
    return list(words), pairs


def _runs(words: Sequence[str], typed: str) -> Iterator[tuple[int, int]]:
    for at in range(len(words)):
        for size in range(1, min(len(words) - at, grammar.NAME_WORDS) + 1):
            if " ".join(words[at : at + size]) == typed:
                yield at, size


def _without_empty(pairs: Mapping[str, tuple[str, ...]]) -> Pairs:
    return {key: values for key, values in pairs.items() if values}


# --- values without their keys --------------------------------------------------------------------------------------


def keyless(words: Sequence[str], keys: Sequence[str], names: Names, verb: str) -> Misread:
    """Words where a verb takes pairs alone: what belongs to one key is told with it, one after the other."""
    runs = list(_belonging(words, keys, names))
    if runs and all(pair or typed.casefold() in FILLERS for typed, pair in runs):
        typed, pair = runs[0]
        if not pair:
            return Misread(say("command.not_understood_after", typed=echo(typed), verb=Name(verb)), mend=(typed, ""))
        return Misread(say("command.needs_this_key", typed=echo(typed), pair=Name(pair)), mend=(typed, pair))
    for typed in (t for t, pair in runs if not pair and names.who(t) is None and names.issue(t) is None):
        party = names.nearest_party(typed) if "actor" in keys else ""
        issue = names.nearest_issue(typed) if "issue" in keys else ""
        if bool(party) != bool(issue):
            return grammar.unknown("party" if party else "issue", typed, party or issue)
    return Misread(say("command.not_understood_after", typed=echo(" ".join(words)), verb=Name(verb)))


def scheduled(words: Sequence[str], verb: str) -> Misread | None:
    """Words that say when a digest comes, where another verb was typed; None where they say something else."""
    if not grammar.names_days(words[0]):
        return None
    said = say("command.goes_with", typed=echo(words[0]), verb=Name("schedule"), other=Name(verb))
    at = next((w for w in words[1:] if re.fullmatch(r"\d{1,2}:\d\d", w)), "08:30")
    return Misread(said, (f"schedule {words[0].casefold()} {at}",))


def belonging(words: Sequence[str], keys: Sequence[str], names: Names) -> list[str]:
    """The pairs that words are without their keys; none where one of them belongs to no key, or to several."""
    pairs = [pair for _, pair in _belonging(words, keys, names)]
    return pairs if all(pairs) else []


def _belonging(words: Sequence[str], keys: Sequence[str], names: Names) -> Iterator[tuple[str, str]]:
    """Runs of words, the longest first, each with its pair; a word without one with ""."""
    at = 0
    while at < len(words):
        for size in range(min(len(words) - at, grammar.NAME_WORDS), 0, -1):
            typed = " ".join(words[at : at + size])
            pair = _pair(typed, keys, names)
            if pair or size == 1:
                yield typed, pair
                at += size
                break


def _pair(typed: str, keys: Sequence[str], names: Names) -> str:
    """The pair that a value makes with the one of these keys that takes it, or a key with the value behind it."""
    first, _, rest = typed.partition(" ")
    named = grammar.OUR_WORD.get(first.casefold(), first.casefold())
    if rest and named in keys and (value := _value(named, rest, names)):
        return f"{named}:{value}"
    fits = [f"{key}:{value}" for key in keys if (value := _value(key, typed, names))]
    return fits[0] if len(fits) == 1 else ""


def _value(key: str, typed: str, names: Names) -> str:
    """A value as a key takes it, "" where it does not."""
    word = typed.casefold()
    if key in grammar.HOW_TOLD:
        return word if word in grammar.HOW_TOLD[key] else ""
    if key == "actor":
        who = names.who(typed)
        return who.actor_id if who else ""
    if key == "tz":
        return naming.zone(typed) or ""
    if key in {"since", "until", "asof", "vs"}:
        return word if moments.moment(typed) is not None else ""
    return word if _is_taken(key, typed, names) else ""


def _is_taken(key: str, typed: str, names: Names) -> bool:
    if key not in _CHECKED:
        return grammar.takes(key, typed, names)
    try:
        _CHECKED[key]((typed,))
    except Misread:
        return False
    return True


_CHECKED: Mapping[str, Callable[[Sequence[str]], object]] = {
    "to": grammar.target,
    "quiet": grammar.quiet,
    "cap": grammar.cap,
}

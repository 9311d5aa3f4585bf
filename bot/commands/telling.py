"""How digests are told: `style:`, `threads:`, `lang:`, `onquiet:`, `tz:`. Hides the words that stand for each.

The same keys go with `schedule` and with `settings`; what is not said stays as it was.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot import grammar
from bot.commands.asks import AskSettings, ChangeSettings, Command
from bot.grammar import Misread, Pairs
from bot.naming import Names, nearest
from digests.frames import echo, say
from digests.model import Name, Telling

ALL = "all"
"""The word for every language."""
KEYS = ("style", "threads", "lang", "onquiet")
"""Keys that say how digests are told, beside `tz`."""
WORDS: Mapping[str, Mapping[str, object]] = {
    "style": {"full": False, "compact": True},
    "threads": {"on": True, "off": False},
    "onquiet": {"say": "say", "skip": "silent"},
}
"""The words that each key takes, and what they mean to a `Telling`."""
_FIELDS = {"style": "compact", "threads": "threads", "onquiet": "when_empty"}


def settings(words: Sequence[str], pairs: Pairs, _names: Names, _zone: str) -> Command:
    """How digests are told here, or how they are to be told from now on."""
    grammar.no_words([w for w in words if w.casefold() != "show"], "settings")
    grammar.allow(pairs, (*KEYS, "tz"), "settings")
    return ChangeSettings(telling(pairs, "settings")) if pairs else AskSettings()


def telling(pairs: Pairs, verb: str) -> Telling:
    """What the keys say. Raises Misread at the first value that means nothing."""
    said: dict[str, object] = {_FIELDS[key]: _meant(key, pairs[key], verb) for key in WORDS if key in pairs}
    return Telling(
        zone=grammar.zone(pairs["tz"]) if "tz" in pairs else None,
        languages=_languages(pairs["lang"]) if "lang" in pairs else None,
        **said,  # type: ignore[arg-type]  # each field's type is that of its words
    )


def _meant(key: str, values: Sequence[str], verb: str) -> object:
    known = WORDS[key]
    if len(values) != 1 or values[0].casefold() not in known:
        typed = ",".join(values)
        near = nearest(typed, known)
        suggestions = (f"settings {key}:{near}",) if near else (f"help {verb}",)
        raise Misread(
            say("command.one_of", filter=Name(f"{key}:"), typed=echo(typed), words=tuple(Name(w) for w in known)),
            suggestions,
        )
    return known[values[0].casefold()]


def _languages(values: Sequence[str]) -> tuple[str, ...]:
    """ISO 639-1 codes in order, none for all of them."""
    wanted = [v.casefold() for v in values]
    if wanted == [ALL]:
        return ()
    for typed in wanted:
        if typed not in grammar.LANGUAGES:
            raise grammar.unknown("language", typed, nearest(typed, grammar.LANGUAGES), ("help settings",))
    return tuple(sorted(set(wanted)))

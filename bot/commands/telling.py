"""How digests are told: `style:`, `threads:`, `lang:`, `onquiet:`, `tz:`. Hides the words that stand for each.

The same keys go with `schedule` and with `settings`; what is not said stays as it was.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot import grammar
from bot.commands import mending
from bot.commands.asks import AskSettings, ChangeSettings, Command
from bot.grammar import Misread, Pairs
from bot.naming import Names, nearest
from digests.frames import echo, say
from digests.model import Name, Telling

ALL = "all"
"""The word for every language."""
KEYS = ("style", "threads", "lang", "onquiet")
"""Keys that say how digests are told, beside `tz`."""
WORDS = grammar.HOW_TOLD
_FIELDS = {"style": "compact", "threads": "threads", "onquiet": "when_empty"}


def settings(words: Sequence[str], pairs: Pairs, names: Names, _zone: str) -> Command:
    """How digests are told here, or how they are to be told from now on."""
    loose = [w for w in words if w.casefold() != "show"]
    if loose:
        raise mending.scheduled(loose, "settings") or mending.keyless(loose, (*KEYS, "tz"), names, "settings")
    grammar.allow(pairs, (*KEYS, "tz"), "settings")
    return ChangeSettings(telling(pairs)) if pairs else AskSettings()


def telling(pairs: Pairs) -> Telling:
    """What the keys say. Raises Misread at the first value that means nothing."""
    said: dict[str, object] = {_FIELDS[key]: _meant(key, pairs[key]) for key in WORDS if key in pairs}
    return Telling(
        zone=grammar.zone(pairs["tz"]) if "tz" in pairs else None,
        languages=_languages(pairs["lang"]) if "lang" in pairs else None,
        **said,  # type: ignore[arg-type]  # each field's type is that of its words
    )


def _meant(key: str, values: Sequence[str]) -> object:
    known = WORDS[key]
    if len(values) != 1 or values[0].casefold() not in known:
        typed = ",".join(values)
        near = nearest(typed, known)
        takes = say("command.one_of", filter=Name(f"{key}:"), typed=echo(typed), words=tuple(Name(w) for w in known))
        raise Misread(takes, mend=(typed, near) if near else None)
    return known[values[0].casefold()]


def _languages(values: Sequence[str]) -> tuple[str, ...]:
    """ISO 639-1 codes in order, none for all of them."""
    wanted = [v.casefold() for v in values]
    if wanted == [ALL]:
        return ()
    for typed in wanted:
        if typed not in grammar.LANGUAGES:
            raise grammar.unknown("language", typed, nearest(typed, grammar.LANGUAGES))
    return tuple(sorted(set(wanted)))

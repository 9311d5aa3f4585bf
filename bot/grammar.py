"""The words of a command: quotes, `key:value` pairs, times, days, zones, caps. Hides every bound and every error.

An error is a `Misread`: it names what was typed, with the nearest lawful word where one is near.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from bot import moments, naming
from bot.moments import Moment
from bot.naming import Names, Who, nearest
from digests import slots
from digests.frames import echo, say
from digests.matching import KEYS, TELLING
from digests.model import Count, Frame, Kind, Name, SourceClass

__all__ = ["Misread", "Pairs", "Who"]

MOST_CHARACTERS = 4_000
"""Characters of a command that are read."""
MOST_WORDS = 60
"""Words of a command that are read."""
NAME_WORDS = 6
"""Words that a name may have."""
MOST_CAP = 60
"""Most alerts an hour that may be asked for."""
FILTERS = KEYS
"""Keys of filters."""
LANGUAGES = ("cs", "de", "en", "es", "fi", "fr", "hu", "it", "pl", "ro", "ru", "sk", "tr", "uk")
"""Languages that a filter may name (ISO 639-1)."""

OUR_WORD: Mapping[str, str] = {
    "min": "weight", "severity": "weight", "importance": "weight",
    "who": "actor", "party": "actor", "country": "actor",
    "topic": "issue", "subject": "issue", "about": "issue",
    "outlet": "source", "publisher": "source", "from": "source",
    "language": "lang", "timezone": "tz", "zone": "tz", "on": "days",
    "after": "since", "before": "until", "channel": "to",
}  # fmt: skip
"""What other tools call our keys. Nobody is understood by these: the error names the key that was meant."""

Pairs = Mapping[str, tuple[str, ...]]

HOW_TOLD: Mapping[str, Mapping[str, object]] = {
    "style": {"full": False, "compact": True},
    "threads": {"on": True, "off": False},
    "onquiet": {"say": "say", "skip": "silent"},
}
"""The words that a key of `settings` takes, and what they mean to a `Telling`."""

_CHANNEL = re.compile(r"<?#?(?P<id>[CG][A-Z0-9]{7,20})(?:\|[^<>|]{0,80})?>?|(?P<name>#[^\s#<>|,:]{1,80})")
WEEK = slots.WEEK
_WHOLE_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DAY_WORDS: Mapping[str, tuple[int, ...]] = {
    "daily": (0, 1, 2, 3, 4, 5, 6),
    "weekdays": (0, 1, 2, 3, 4),
    "weekends": (5, 6),
}
"""Words for sets of days; 0 is Monday."""
_WRAPPED = re.compile(r"<(https?://[^|<>\s]{1,3000})(?:\|[^<>]{0,500})?>", re.IGNORECASE)
"""An address as Slack wraps it in a message: "<https://...|label>"."""
_CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
_COMMA, _COLON = "\ue000", "\ue001"
_MARKS = '"“”„«»'
_PLAIN_MARKS = str.maketrans(_MARKS, '"' * len(_MARKS))
_ESCAPED = re.compile(r"\\([\"“”„«»\\])")
_QUOTED = re.compile(
    r"\"(?:[^\"\\]|\\.)*\"|[“”](?:[^“”\\]|\\.)*”|„(?:[^“”„\\]|\\.)*[“”]|[«»](?:[^«»\\]|\\.)*[«»]", re.DOTALL
)


class Misread(Exception):
    """A command that cannot be understood, with commands to try. `mend`: (what was typed, what was probably meant); a
    key ends with its colon, and a pair is written as one. Without either, the help of the verb is what to try."""

    def __init__(self, frame: Frame, suggestions: tuple[str, ...] = (), mend: tuple[str, str] | None = None) -> None:
        super().__init__(frame.key)
        self.frame = frame
        self.suggestions = suggestions
        self.mend = mend


def unknown(what: str, typed: str, near: str, suggestions: tuple[str, ...] = ()) -> Misread:
    """No such thing; and the nearest, where one is near. `what` is our word for the thing."""
    if near:
        frame = say("command.unknown_near", what=Name(what), typed=echo(typed), nearest=Name(near))
    else:
        frame = say("command.unknown", what=Name(what), typed=echo(typed))
    return Misread(frame, suggestions, (typed, near) if near else None)


# --- words and pairs --------------------------------------------------------------------------------------------


def split(text: str) -> tuple[list[str], dict[str, tuple[str, ...]]]:
    """Words and `key:value[,value]` pairs of a command; a pair that comes twice adds its values."""
    words: list[str] = []
    pairs: dict[str, tuple[str, ...]] = {}
    try:
        tokens = _tokens(_WRAPPED.sub(r"\1", text[:MOST_CHARACTERS]))
    except Misread:
        if len(text) <= MOST_CHARACTERS:
            raise
        raise Misread(say("command.too_long", n=Count(MOST_CHARACTERS))) from None  # its quotation ends beyond the cut
    for token in tokens:
        if is_address(token):
            words.append(_restored(token))
            continue
        key, colon, value = token.partition(":")
        if not colon or not re.fullmatch(r"[A-Za-z]{1,40}", key):
            words.append(_restored(token))
            continue
        values = tuple(_restored(part).strip() for part in value.split(",") if part.strip())
        if not values:
            raise Misread(say("command.empty_filter", typed=echo(key)))
        pairs[key.casefold()] = pairs.get(key.casefold(), ()) + values
    return words, pairs


def quoted(text: str) -> str:
    """A text in quotation marks, so that it is read as these characters, marks among them."""
    return '"' + re.sub(r"([\"\\])", r"\\\1", text) + '"'


def unmarked(text: str) -> str:
    """A text without quotation marks."""
    return re.sub(f"[{_MARKS}]", "", text)


def _tokens(text: str) -> list[str]:
    """Words at spaces; inside quotes spaces, commas and colons are letters."""
    kept = []
    for part, inside in _nested(text) or _flat(text):
        kept.append(re.sub(r"\s", "\u00a0", part).replace(",", _COMMA).replace(":", _COLON) if inside else part)
    return [token for token in re.split(r"[ \t\r\n\f\v]+", "".join(kept)) if token][:MOST_WORDS]


def _nested(text: str) -> list[tuple[str, bool]] | None:
    """Stretches outside and inside of quotes, where a mark is closed by its own: marks of another kind are letters
    inside, and so is any behind a backslash. None where a mark is left over."""
    parts, at = [], 0
    for found in _QUOTED.finditer(text):
        parts += [(text[at : found.start()], False), (_ESCAPED.sub(r"\1", found[0][1:-1]), True)]
        at = found.end()
    parts.append((text[at:], False))
    return None if any(set(_MARKS) & set(part) for part, inside in parts if not inside) else parts


def _flat(text: str) -> list[tuple[str, bool]]:
    """The same where every mark is like every other: one kind begins and another ends."""
    parts = text.translate(_PLAIN_MARKS).split('"')
    if len(parts) % 2 == 0:
        raise Misread(say("command.open_quote"))
    return [(part, n % 2 == 1) for n, part in enumerate(parts)]


def _restored(token: str) -> str:
    return token.replace("\u00a0", " ").replace(_COMMA, ",").replace(_COLON, ":")


def is_address(token: str) -> bool:
    """Whether a word is a web address."""
    return re.match(r"https?://", token, re.IGNORECASE) is not None


def no_words(words: Sequence[str], verb: str) -> None:
    """Refuse words that a verb does not take."""
    if words:
        raise Misread(say("command.not_understood_after", typed=echo(" ".join(words)), verb=Name(verb)))


def when(key: str, values: Sequence[str]) -> Moment:
    """One time: a day, today, yesterday, a stretch back, or last."""
    found = moments.moment(values[0]) if len(values) == 1 else None
    if found is None:
        raise Misread(say("command.bad_moment", filter=Name(f"{key}:"), typed=echo(",".join(values))))
    return found


def allow(pairs: Pairs, keys: Sequence[str], verb: str) -> None:
    """Refuse keys that a verb does not take, naming the first."""
    for key in pairs:
        if key not in keys:
            near = OUR_WORD[key] if OUR_WORD.get(key) in keys else nearest(key, keys)
            if near:
                raise unknown("filter", f"{key}:", f"{near}:")
            raise Misread(say("command.key_not_here", typed=echo(f"{key}:"), verb=Name(verb)))


def named_in(words: Sequence[str], names: Names) -> str:
    """The position that free words seem to ask for: the first party and the first issue among them; "" for none."""
    bare = [word.strip("?!.,;:()’'\"") for word in words]
    runs = [" ".join(bare[at : at + size]) for at in range(len(bare)) for size in (3, 2, 1) if at + size <= len(bare)]
    who = next((found for run in runs if (found := names.who(run))), None)
    if who is None:
        return ""
    issue = next((named[0] for run in runs if (named := names.issue(run))), "")
    return f"position {who.speaker or who.actor_id} {issue}".strip()


# --- filters ----------------------------------------------------------------------------------------------------


@dataclass
class Given:
    """Filters as resolved, and what was read as what."""

    values: dict[str, tuple[str, ...]] = field(default_factory=dict)
    notes: list[Frame] = field(default_factory=list)

    @property
    def read_as(self) -> tuple[Frame, ...]:
        """Which typed name was taken for which."""
        return tuple(self.notes)

    def pairs(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Values by key."""
        return tuple(self.values.items())


def filters(pairs: Pairs, names: Names) -> Given:
    """Every filter with its values resolved; raises Misread at the first that means nothing."""
    given = Given()
    for key, values in pairs.items():
        resolved = [_resolved(key, value, names, given) for value in values]
        given.values[key] = tuple(dict.fromkeys(resolved))
    return given


def _resolved(key: str, value: str, names: Names, given: Given) -> str:
    """The value as it is kept; where it is near to none of this key but is one of another, that is told."""
    try:
        return _VALUES[key](value, names, given)
    except Misread as misread:
        others = [other for other in FILTERS if takes(other, value, names)]
        if misread.mend is not None or len(others) != 1:
            raise
        pair = f"{others[0]}:{value}"
        said = say("command.needs_this_key", typed=echo(value), pair=Name(f"{others[0]}:"))
        raise Misread(said, mend=(f"{key}:{value}", pair)) from None


def takes(key: str, value: str, names: Names) -> bool:
    """Whether a filter takes a value."""
    try:
        _VALUES[key](value, names, Given())
    except Misread:
        return False
    return True


def _actor(typed: str, names: Names, given: Given) -> str:
    who = names.who(typed)
    if who is None:
        raise unknown("party", typed, names.nearest_party(typed))
    if who.speaker is not None:
        said = say("command.person_filter", typed=echo(typed), who=Name(who.actor))
        raise Misread(said, mend=(typed, who.actor_id))
    if not who.exact:
        given.notes.append(say("position.matched", typed=echo(typed), who=Name(who.actor)))
    return who.actor_id


def _issue(typed: str, names: Names, given: Given) -> str:
    found = names.issue(typed)
    if found is None:
        raise unknown("issue", typed, names.nearest_issue(typed))
    if not found[1]:
        given.notes.append(say("command.read_issue", typed=echo(typed), issue=Name(names.issue_name(found[0]))))
    return found[0]


def _one_of(what: str, known: Sequence[str]) -> Callable[[str, Names, Given], str]:
    def resolve(typed: str, _names: Names, _given: Given) -> str:
        wanted = typed.casefold().replace(" ", "-")
        if wanted not in known:
            raise unknown(what, typed, nearest(wanted, known))
        return wanted

    return resolve


def _source(typed: str, names: Names, _given: Given) -> str:
    classes = [kind.value for kind in SourceClass]
    if typed.casefold() in classes:
        return typed.casefold()
    found = names.source(typed)
    if found is None:
        raise unknown("source", typed, names.nearest_source(typed, classes))
    return found


_WORTH_A_LINE = frozenset({"0", "notable", "minor", "line", "all", "any"})
"""What other tools call a weight that is not the highest."""


def _weight(typed: str, _names: Names, _given: Given) -> str:
    wanted = {"must": "2"}.get(typed.casefold(), typed)
    if wanted not in {"1", "2"}:
        raise unknown("weight", typed, "1" if typed.casefold() in _WORTH_A_LINE else "2")
    return wanted


def _origins(typed: str, _names: Names, _given: Given) -> str:
    if not re.fullmatch(r"[1-9]", typed):
        raise unknown("number of origins", typed, "2")
    return typed


_VALUES: Mapping[str, Callable[[str, Names, Given], str]] = {
    "actor": _actor,
    "issue": _issue,
    "verdict": _one_of("verdict", tuple(v.replace(" ", "-") for v in TELLING)),
    "kind": _one_of("kind", tuple(k.value for k in Kind)),
    "weight": _weight,
    "source": _source,
    "lang": _one_of("language", LANGUAGES),
    "origins": _origins,
}


# --- times, days, zones, caps -----------------------------------------------------------------------------------


def clock(typed: str) -> str:
    """A local time as "HH:MM"."""
    found = _CLOCK.fullmatch(typed)
    if found is None:
        raise Misread(say("command.bad_time", typed=echo(typed)), mend=(typed, moments.clock_meant(typed) or "08:30"))
    return f"{int(found[1]):02}:{found[2]}"


def names_days(word: str) -> bool:
    """Whether a bare word is a set of days: "daily", "mon", "Monday", "mon-fri"."""
    ends = word.casefold().split("-")
    return word.casefold() in DAY_WORDS or (len(ends) <= 2 and all(e in WEEK or e in _WHOLE_DAYS for e in ends))


def days(values: Sequence[str]) -> tuple[int, ...]:
    """Days of the week from "mon-fri", "sat", "weekdays" ...; a range may wrap over Sunday."""
    chosen: set[int] = set()
    for value in values:
        if value.casefold() in DAY_WORDS:
            chosen |= set(DAY_WORDS[value.casefold()])
            continue
        first, dash, last = value.casefold().partition("-")
        start, end = _day(first), _day(last) if dash else _day(first)
        chosen |= {(start + n) % 7 for n in range((end - start) % 7 + 1)}
    return tuple(sorted(chosen))


def _day(typed: str) -> int:
    if typed[:3] not in WEEK or not typed.isalpha():
        raise unknown("day", typed, nearest(typed[:3], WEEK))
    return WEEK.index(typed[:3])


def zone(values: Sequence[str]) -> str:
    """One IANA zone."""
    found = naming.zone(values[0]) if len(values) == 1 else None
    if found is None:
        raise unknown("time zone", ",".join(values), naming.nearest_zone(values[0]))
    return found


def quiet(values: Sequence[str]) -> tuple[str, str]:
    """Quiet hours "HH:MM-HH:MM", local; a start that is its own end would be silence for ever and is refused."""
    start, dash, end = values[0].partition("-")
    typed = ",".join(values)
    if len(values) != 1 or not dash or not (_CLOCK.fullmatch(start) and _CLOCK.fullmatch(end)):
        raise Misread(say("command.bad_quiet", typed=echo(typed)), mend=(typed, moments.hours_meant(start, end)))
    hours = clock(start), clock(end)
    if hours[0] == hours[1]:
        raise Misread(say("command.quiet_for_ever", typed=echo(typed)), mend=(typed, "22:00-07:00"))
    return hours


def cap(values: Sequence[str]) -> int:
    """Alerts an hour, "5" or "5/h"."""
    found = re.fullmatch(r"(\d{1,3})(/h)?", values[0]) if len(values) == 1 else None
    if found is None or not 1 <= int(found[1]) <= MOST_CAP:
        raise Misread(say("command.bad_cap", typed=echo(",".join(values))), mend=(",".join(values), "5/h"))
    return int(found[1])


def target(values: Sequence[str]) -> str:
    """Where alerts go: "here", "dm", "#name", or a channel's id, as Slack wraps one too: "<#C0123456789|name>"."""
    typed = values[0] if len(values) == 1 else ""
    wanted = typed.casefold()
    if wanted in {"here", "dm"}:
        return wanted
    found = _CHANNEL.fullmatch(typed)
    if found is None:
        named = f"#{wanted}" if _CHANNEL.fullmatch(f"#{wanted}") else "dm"
        raise Misread(say("command.to_here_or_dm", typed=echo(",".join(values))), mend=(",".join(values), named))
    return found["id"] or found["name"].casefold()

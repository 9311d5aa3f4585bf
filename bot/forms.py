"""Forms: a command filled in instead of typed. Hides which fields a command has, and how they become its text.

A filled form is a command's text and goes through the one parser: what it may say, and every refusal, is the typed
command's. Labels are frames; options are names of the configuration and words of the glossary.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import zip_longest

from bot.commands.asks import MakeSubscription
from bot.commands.telling import ALL as EVERY_LANGUAGE
from bot.commands.telling import WORDS as TELLING_WORDS
from bot.commands.wishes import EDIT
from bot.filling import FILED, RULINGS, TIMES, Filled, blamed, missing, typed
from bot.grammar import LANGUAGES, WEEK, days
from bot.moments import LAST
from digests.desk.evidence import is_message
from digests.desk.ruling import REASONS, OpenItem
from digests.desk.tips import NOTHING, Reportable
from digests.frames import say
from digests.matching import TELLING
from digests.model import Channel, Choice, Count, Directory, Frame, Kind, Name, Row, SourceClass

EVERYBODY = "all"
"""The party of a position form that stands for the board of all."""
_SINCE = ("24h", "7d", "30d", LAST)
_STRETCHES = ("30m", "1h", "4h", "12h", "1d", "3d")
_DAYS = ("daily", "weekdays", "weekends", "mon", "tue", "wed", "thu", "fri", "sat", "sun")
_CAPS = ("1", "3", "5", "10", "20")


class Shape(StrEnum):
    """How a field is filled in."""

    ONE = "one"  # of its options
    MANY = "many"  # of its options
    TEXT = "text"
    TIME = "time"  # of day, "HH:MM"
    ZONE = "zone"  # an IANA name, looked up as it is typed


@dataclass(frozen=True)
class Field:
    """One thing to fill in: `key` is unique in its form; `chosen` is what it holds at first."""

    key: str
    label: Frame
    shape: Shape
    options: tuple[Choice, ...] = ()
    chosen: tuple[str, ...] = ()
    optional: bool = True
    hint: Frame | None = None


@dataclass(frozen=True)
class Form:
    """A command to fill in: `name` is its verb, `note` says what happens next."""

    name: str
    title: Frame
    submit: Frame
    fields: tuple[Field, ...]
    note: Frame
    about: tuple[Row, ...] = ()  # what it is about, above its fields


@dataclass(frozen=True)
class Facts:
    """What a form shows of the conversation that it is opened for: how digests are told there, the zone of who asks,
    his alerts and the channel's, and what a report may be of."""

    zone: str
    channel: Channel | None = None
    alerts: tuple[Choice, ...] = ()
    report: Reportable = NOTHING
    direct: bool = False
    item: OpenItem | None = None  # that is to be decided

    @property
    def by_file(self) -> bool:
        """Whether a file tells about the conversation: then nothing is changed here."""
        return self.channel is not None and self.channel.created_by == "config"


# --- which forms there are ----------------------------------------------------------------------------------------


def form(name: str, directory: Directory, facts: Facts) -> Form | None:
    """The form of a verb; None for a verb that has none, or that could not do anything here."""
    made = tuple(_FIELDS[name](directory, facts)) if name in _FIELDS else ()
    if not made:
        return None
    about = facts.item.rows if facts.item is not None and name in RULINGS else ()
    about = facts.report.rows if name in {"report", "why"} else about
    if name in _TOLD and facts.by_file:
        name += FILED
    return Form(name, say(f"form.title_{name}"), say(f"form.submit_{name}"), made, say(f"form.note_{name}"), about)


def asked_for(text: str, command_is_position: bool) -> str:
    """The form that a text asks for, "" for none: a verb alone, or a position command without a word."""
    words = text.casefold().split()
    if command_is_position:
        return "position" if not words else ""
    if words == ["baseline", "amend"]:
        return "amend"
    verb = words[0].lstrip("/") if len(words) == 1 else ""
    return verb if verb in _FIELDS and verb not in _ABOUT else ""


def edited(text: str) -> str:
    """The alert that `subscribe edit ID ...` is about; "" for any other text."""
    words = text.split()
    plain = [w.casefold().lstrip("/") for w in words[:2]]
    return words[2] if plain == ["subscribe", EDIT] and len(words) > 2 else ""


def ruled(text: str) -> tuple[str, str]:
    """The form that `review scope ID` or `review reject ID` asks for, with that id; twice "" for any other text."""
    words = text.casefold().split()
    if len(words) == 3 and words[0].lstrip("/") == "review" and words[1] in RULINGS:
        return words[1], words[2]
    return "", ""


def reported(text: str) -> tuple[str, str]:
    """The form that `report` or `report ID` asks for, with what it is about; twice "" for any other text, and for the
    address of a page."""
    words = text.split()
    if not words or words[0].casefold().lstrip("/") != "report" or len(words) > 2:
        return "", ""
    about = words[1] if len(words) == 2 else ""
    page = "://" in about and not is_message(about)
    return ("", "") if page else ("report", about if "://" in about else about.casefold())


def _position(directory: Directory, _facts: Facts) -> Iterable[Field]:
    everybody = Choice(say("form.everybody"), EVERYBODY)
    parties = _parties(directory)
    against = (Choice(say("form.baseline"), "baseline"), *parties)
    yield Field("actor", say("form.party"), Shape.ONE, (everybody, *parties), optional=False)
    yield Field("issue", say("form.issue"), Shape.ONE, _issues(directory))
    yield Field("since", say("form.since"), Shape.ONE, _words(_SINCE))
    yield Field("vs", say("form.versus"), Shape.ONE, against)


def _subscribe(directory: Directory, facts: Facts) -> Iterable[Field]:
    places = (Choice(say("form.here"), "here"), Choice(say("form.direct"), "dm"))
    yield Field("actor", say("form.parties"), Shape.MANY, _parties(directory))
    yield Field("issue", say("form.issues"), Shape.MANY, _issues(directory))
    yield Field("verdict", say("form.verdicts"), Shape.MANY, _words([v.replace(" ", "-") for v in TELLING]))
    yield Field("kind", say("form.kinds"), Shape.MANY, _words([k.value for k in Kind]))
    yield Field("source", say("form.classes"), Shape.MANY, _words([c.value for c in SourceClass]))
    yield Field("weight", say("form.weight"), Shape.ONE, (Choice(say("form.weight_must"), "2"),))
    yield Field("origins", say("form.origins"), Shape.ONE, _words(("2", "3")))
    yield Field("lang", say("form.languages"), Shape.MANY, _words(LANGUAGES))
    yield Field("to", say("form.to"), Shape.ONE, places, ("dm" if facts.direct else "here",), optional=False)
    yield Field("from", say("form.quiet_from"), Shape.TIME)
    yield Field("until", say("form.quiet_until"), Shape.TIME)
    yield Field("cap", say("form.cap"), Shape.ONE, _words(_CAPS))


def _schedule(directory: Directory, facts: Facts) -> Iterable[Field]:
    here = facts.channel if facts.channel is not None and facts.channel.at else None
    on = _days_of(here) if here is not None else "weekdays"
    yield Field("days", say("form.days"), Shape.ONE, _words(dict.fromkeys((*_DAYS, on))), (on,), optional=False)
    at = here.at[: len(TIMES)] if here is not None else ("08:30",)
    yield Field("at", say("form.at"), Shape.TIME, chosen=at[:1], optional=False)
    for key, time in zip_longest(TIMES[1 : max(2, len(at))], at[1:]):
        yield Field(key, say("form.at_too"), Shape.TIME, chosen=(time,) if time else ())
    yield Field("tz", say("form.zone"), Shape.ZONE, chosen=(facts.zone,), optional=False)
    yield Field("issue", say("form.issues"), Shape.MANY, _issues(directory), here.issues if here is not None else ())
    yield from _telling(facts.channel)


def _days_of(here: Channel) -> str:
    """The days of a schedule as one word, as they may be typed."""
    found = next((word for word in _DAYS if days((word,)) == here.days), "")
    return found or ",".join(_DAYS[-len(WEEK) :][day] for day in here.days)


def _settings(_directory: Directory, facts: Facts) -> Iterable[Field]:
    here = facts.channel
    if here is None:
        return
    yield Field("tz", say("form.zone"), Shape.ZONE, chosen=(here.zone,), optional=False)
    yield from _telling(here)
    if facts.by_file:
        return
    codes = (Choice(say("form.every_language"), EVERY_LANGUAGE), *_words(LANGUAGES))
    yield Field("lang", say("form.languages"), Shape.MANY, codes, here.languages or (EVERY_LANGUAGE,))


def _telling(here: Channel | None) -> Iterable[Field]:
    """Style, threads and quiet days as they are, or as is usual."""
    shown = here or Channel("", "", "", ())
    held = {"style": shown.compact, "threads": shown.threads, "onquiet": shown.when_empty}
    for key, words in TELLING_WORDS.items():
        chosen = tuple(word for word, meant in words.items() if meant == held[key])
        options = tuple(Choice(say(f"form.{key}_{word}"), word) for word in words)
        yield Field(key, say(f"form.{key}"), Shape.ONE, options, chosen, optional=False)


def _search(directory: Directory, _facts: Facts) -> Iterable[Field]:
    yield Field("words", say("form.words"), Shape.TEXT, optional=False, hint=say("form.words_hint"))
    yield Field("actor", say("form.parties"), Shape.MANY, _parties(directory))
    yield Field("issue", say("form.issues"), Shape.MANY, _issues(directory))
    yield Field("since", say("form.since"), Shape.ONE, _words(_SINCE))


def _mute(_directory: Directory, facts: Facts) -> Iterable[Field]:
    if facts.alerts:
        yield Field("which", say("form.alert"), Shape.ONE, facts.alerts, hint=say("form.alert_hint"))
    yield Field("for", say("form.stretch"), Shape.ONE, _words(_STRETCHES), ("4h",), optional=False)


def _amend(_directory: Directory, _facts: Facts) -> Iterable[Field]:
    yield Field("old", say("form.old_words"), Shape.TEXT, optional=False, hint=say("form.old_words_hint"))
    yield Field("new", say("form.new_words"), Shape.TEXT, optional=False)
    yield Field("because", say("form.because"), Shape.TEXT, optional=False)


def _report(_directory: Directory, facts: Facts) -> Iterable[Field]:
    of = facts.report
    if of.lines:
        lines = _numbered(of.lines)
        chosen = of.lines if len(of.lines) == 1 else ()
        yield Field("line", say("form.line"), Shape.ONE, lines, chosen, optional=False)
    if of.lines or of.message:
        yield Field("wrong", say("form.wrong"), Shape.TEXT, optional=False)


def _why(_directory: Directory, facts: Facts) -> Iterable[Field]:
    if facts.report.lines:
        yield Field("line", say("form.line"), Shape.ONE, _numbered(facts.report.lines))
    yield Field("link", say("form.or_link"), Shape.TEXT, hint=say("form.or_link_hint"))


def _quote(_directory: Directory, _facts: Facts) -> Iterable[Field]:
    yield Field("quoted", say("form.quoted"), Shape.TEXT, optional=False, hint=say("form.quoted_hint"))


def _unsubscribe(_directory: Directory, facts: Facts) -> Iterable[Field]:
    if facts.alerts:
        yield Field("which", say("form.alert"), Shape.ONE, facts.alerts, optional=False)


def _numbered(lines: Sequence[str]) -> tuple[Choice, ...]:
    return tuple(
        Choice(say("report.line", n=Count(n), id=Name(line_id)), line_id) for n, line_id in enumerate(lines, 1)
    )


def _scope(directory: Directory, facts: Facts) -> Iterable[Field]:
    if facts.item is not None:
        hint = say("form.scope_actors_hint")
        yield Field("actor", say("form.scope_actors"), Shape.MANY, _parties(directory), facts.item.actors, hint=hint)
        yield Field("issue", say("form.scope_issues"), Shape.MANY, _issues(directory), facts.item.issues)


def _reject(_directory: Directory, facts: Facts) -> Iterable[Field]:
    if facts.item is not None:
        yield Field("reason", say("form.reason"), Shape.ONE, _words(REASONS))
        yield Field("more", say("form.reason_more"), Shape.TEXT)


_FIELDS: Mapping[str, Callable[[Directory, Facts], Iterable[Field]]] = {
    "position": _position,
    "subscribe": _subscribe,
    "schedule": _schedule,
    "search": _search,
    "why": _why,
    "quote": _quote,
    "unsubscribe": _unsubscribe,
    "mute": _mute,
    "settings": _settings,
    "report": _report,
    "amend": _amend,
    "scope": _scope,
    "reject": _reject,
}
_TOLD = ("schedule", "settings")
STAYING = RULINGS | {"amend", *(name + FILED for name in _TOLD)}
"""Forms in whose place their answer is shown: what came of a ruling, what an amendment would change, what to write."""
_ABOUT = RULINGS | {"report", "amend"}
"""Forms that no verb alone asks for."""
REHEARSED = frozenset({"subscribe", "schedule"})
"""Forms that stay open to show what they would do before they do it."""
FORMS = tuple(_FIELDS)
"""Verbs that can be filled in."""


def refilled(made: Form, asked: MakeSubscription) -> Form:
    """The form of an alert, filled with what a command says."""
    said: dict[str, tuple[str, ...]] = {**dict(asked.filters), **({"to": (asked.to,)} if asked.to else {})}
    said |= {"from": asked.quiet[:1], "until": asked.quiet[1:]} if asked.quiet else {}
    said |= {"cap": (str(asked.cap),)} if asked.cap else {}
    kept = {f.key: f.chosen if f.key == "to" else () for f in made.fields}
    return replace(made, fields=tuple(_refilled(f, (kept | said)[f.key]) for f in made.fields))


def _refilled(held: Field, chosen: tuple[str, ...]) -> Field:
    """With what was chosen, also where the form itself offers less."""
    known = {o.value for o in held.options}
    more = _words(v for v in chosen if v not in known) if held.shape in {Shape.ONE, Shape.MANY} else ()
    return replace(held, chosen=chosen, options=(*held.options, *more))


def _parties(directory: Directory) -> tuple[Choice, ...]:
    return tuple(Choice(say("label.name", name=Name(a.name)), a.id) for a in directory.actors)


def _issues(directory: Directory) -> tuple[Choice, ...]:
    return tuple(Choice(say("label.name", name=Name(i.name)), i.id) for i in directory.issues)


def _words(words: Iterable[str]) -> tuple[Choice, ...]:
    return tuple(Choice(say("label.name", name=Name(w)), w) for w in words)


__all__ = [
    "EVERYBODY", "FORMS", "REHEARSED", "RULINGS", "STAYING", "Facts", "Field", "Filled", "Form", "Shape",
    "asked_for", "blamed", "edited", "form", "missing", "refilled", "reported", "ruled", "typed",
]  # fmt: skip

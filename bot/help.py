"""What the bot says of itself: help, greeting, misunderstandings, troubles. Hides the order of their rows.

Every word is a frame; examples are made of the command names and the names of the configuration at hand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.commands import FIRST, MORE, POSITION, VERBS, ChangeSchedule, Misunderstood
from bot.grammar import FILTERS
from config import Config, SlackApp
from digests.frames import say
from digests.matching import TELLING
from digests.model import Button, Channel, Count, Directory, Frame, Kind, Name, Page, Row, SourceClass, Tone

DAILY = "schedule daily 08:30 days:mon-fri"
"""The digest that a greeting proposes."""

_EXAMPLES: Mapping[str, tuple[str, ...]] = {
    "new": ("new", "new since:last", "new actor:{actor}"),
    "position": (
        "position {actor}",
        "position {actor} {issue}",
        "position all",
        "position all picture",
        "position {actor} since:7d",
        "position {actor} asof:2025-11-26",
        "position {actor} vs:baseline",
        "position {actor} share",
    ),
    "subscribe": (
        "subscribe actor:{actor}",
        "subscribe actor:{actor} issue:{issue} verdict:shift to:dm",
        "subscribe issue:{issue} quiet:22:00-07:00 cap:5/h",
        "subscribe actor:{actor} origins:2 now",
        "subscribe edit ID actor:{actor} cap:3/h",
        "subscribe list",
        "subscribe list mine",
    ),
    "unsubscribe": ("unsubscribe ID", "unsubscribe actor:{actor} issue:{issue}", "unsubscribe actor:{actor} to:dm"),
    "mute": ("mute 4h", "mute until 09:00", "mute ID", "mute ID 4h"),
    "unmute": ("unmute", "unmute ID"),
    "review": (
        "review",
        "review approve ID",
        "review scope ID actor:{actor} issue:{issue}",
        'review reject ID "wrong speaker"',
        "review reopen ID",
        "review ID",
        "review log",
        "review log page:2",
    ),
    "report": ('report ID "the speaker is wrong"',),
    "schedule": (
        DAILY,
        "schedule daily 08:30,18:00 tz:Europe/London",
        "schedule weekly mon 09:00",
        "schedule list",
        "schedule pause 7d",
        "schedule pause ID until 2025-12-08",
        "schedule resume",
        "schedule remove ID",
    ),
    "preview": ("preview",),
    "settings": ("settings", "settings style:compact threads:off", "settings lang:en,uk tz:Europe/London"),
    "why": ("why ID", "why ID cite", "why https://www.example.org/article"),
    "latest": ("latest", "latest share"),
    "search": ('search "security guarantees"', "search drones actor:{actor} since:7d"),
    "quote": ('quote "could serve as a basis"',),
    "diff": ("diff {actor}", "diff {actor} {issue}", "diff {actor} vs:2025-11-27"),
    "baseline": (
        "baseline",
        "baseline history",
        'baseline amend "old words" -> "new words" because:"a better report has them"',
        'baseline rebase ID because:"the plan that is talked about now"',
        'baseline rebase 2025-12-01 because:"since the talks of that day"',
        'baseline rebase v1 because:"as it was"',
    ),
    "sources": ("sources", "sources status", "sources add https://www.example.org/feed", "sources pause ID"),
    "status": ("status",),
    "export": ("export csv", "export json actor:{actor} since:7d", "export md issue:{issue} until:2025-11-30"),
    "quality": ("quality", "quality 30d"),
    "timeline": ("timeline {actor}", "timeline {actor} {issue} since:30d", "timeline {issue}", "timeline {actor} csv"),
    "help": ("help", "help subscribe"),
}


_TAKES: Mapping[str, tuple[str, ...]] = {
    "new": ("parties", "issues", "filters", "times", "share"),
    "position": ("parties", "issues", "times", "share"),
    "subscribe": ("parties", "issues", "filters", "alert"),
    "unsubscribe": ("parties", "issues", "filters"),
    "schedule": ("days", "parties", "issues", "filters", "telling"),
    "settings": ("telling",),
    "search": ("parties", "issues", "filters", "times", "share"),
    "diff": ("parties", "issues", "times", "share"),
    "review": ("parties", "issues"),
    "why": ("share",),
    "quote": ("share",),
    "latest": ("share",),
    "status": ("share",),
    "sources": ("share",),
    "baseline": ("share",),
    "export": ("parties", "issues", "times", "share"),
    "quality": ("times", "share"),
    "timeline": ("parties", "issues", "times", "share"),
}
"""Which words the help of a verb lists."""


def typed(text: str, app: SlackApp) -> str:
    """A command as it is typed in this workspace: "position russia" is "/position russia"."""
    verb, _, rest = text.partition(" ")
    if verb == POSITION:
        return f"{app.position_command} {rest}".strip()
    return f"{app.brief_command} {text}".strip()


def help_page(config: Config, verb: str | None, zone: str) -> Page:
    """The verbs that come first, each with an example, or those behind them (`MORE`); or one verb with all of its
    examples and the words that it takes."""
    app = config.slack
    title = say("command.title")
    rows = [Row(Tone.TITLE, (title,))]
    if verb is None or verb == MORE:
        shown = FIRST if verb is None else VERBS[len(FIRST) :]
        rows += [Row(Tone.PLAIN, (_example(_EXAMPLES[v][0], config), say(f"command.does_{v}"))) for v in shown]
        if verb is None:
            rest = tuple(Name(v) for v in VERBS[len(FIRST) :])
            rows.append(Row(Tone.META, (say("command.more", verbs=rest),)))
        rows.append(Row(Tone.META, (say("command.more_help", command=Name(typed("help subscribe", app))),)))
        return Page("help", zone, (title,), tuple(rows), buttons=_help_buttons(verb, app))
    rows.append(Row(Tone.PLAIN, (say("label.name", name=Name(verb)), say(f"command.does_{verb}"))))
    rows += [Row(Tone.PLAIN, (_example(text, config),)) for text in _EXAMPLES[verb]]
    rows += _vocabulary(verb, config.directory)
    return Page("help", zone, (title,), tuple(rows))


def _help_buttons(verb: str | None, app: SlackApp) -> tuple[Button, ...]:
    if verb is not None:
        return tuple(_ask(text, app) for text in ("latest", "sources", "diff", "help"))
    forms = (
        ("button.positions", POSITION),
        ("button.alert_me", "subscribe"),
        ("button.schedule", "schedule"),
        ("button.search", "search"),
        ("button.settings", "settings"),
    )
    more = Button(say("button.more_commands"), "ask", f"help {MORE}")
    return (Button(say("button.new"), "ask", "new"), *(Button(say(key), "ask", text) for key, text in forms), more)


def examples(verb: str, config: Config) -> list[str]:
    """The examples of a verb as they follow the root command; ID stands for an id."""
    return [_filled(text, config.directory) for text in _EXAMPLES[verb]]


def _filled(text: str, directory: Directory) -> str:
    """An example with a party and an issue of the configuration."""
    actor = directory.actors[0].id if directory.actors else "actor"
    issue = directory.issues[0].id if directory.issues else "issue"
    return text.format(actor=actor, issue=issue)


def _example(text: str, config: Config) -> Frame:
    return say("command.try", command=Name(typed(_filled(text, config.directory), config.slack)))


def _vocabulary(verb: str, directory: Directory) -> list[Row]:
    """The words that a verb takes."""
    if verb not in _TAKES:
        return []
    takes = _TAKES[verb]
    rows = [_names("command.parties", [actor.id for actor in directory.actors])] if "parties" in takes else []
    rows += [_names("command.issues", [issue.id for issue in directory.issues])] if "issues" in takes else []
    if "filters" in takes:
        rows.append(_names("command.filters", [f"{key}:" for key in FILTERS]))
        rows.append(_names("command.verdicts", [v.replace(" ", "-") for v in TELLING]))
        rows.append(_names("command.kinds", [kind.value for kind in Kind]))
        rows.append(_names("command.classes", [kind.value for kind in SourceClass]))
        rows.append(Row(Tone.META, (say("command.filters_help"),)))
    for word in ("alert", "days", "telling", "times", "share"):
        rows += [Row(Tone.META, (say(f"command.{word}_help"),))] if word in takes else []
    return rows


def _names(key: str, names: Sequence[str]) -> Row:
    return Row(Tone.META, (say(key, names=tuple(Name(name) for name in names)),))


def _ask(text: str, app: SlackApp) -> Button:
    return Button(say("command.try", command=Name(typed(text, app))), "ask", text)


def misunderstood(what: Misunderstood, app: SlackApp, zone: str) -> Page:
    """What was not understood, that nothing was done, and what to press instead."""
    rows = [
        Row(Tone.WARNING, (what.frame,)),
        Row(Tone.META, (say("command.nothing_done"),)),
    ]
    suggestions = what.suggestions or ("help",)
    tries = tuple(_ask(text, app) for text in suggestions if "ID" not in text)
    rows.append(Row(Tone.PLAIN, (say("command.instead"), *(button.label for button in tries))))
    return Page("notice", zone, (what.frame,), tuple(rows), buttons=tries)


def which_schedule(here: Sequence[Channel], asked: ChangeSchedule, zone: str) -> Page:
    """Which of several schedules is meant; or that there is none."""
    frame = say("schedule.which", n=Count(len(here))) if here else say("schedule.none_here")
    again = [f"schedule {asked.change} {c.id} {asked.typed}".strip() for c in here]
    buttons = tuple(Button(say("label.name", name=Name(c.id)), "ask", a) for c, a in zip(here, again, strict=True))
    rows = [Row(Tone.WARNING, (frame,)), Row(Tone.META, (say("command.nothing_done"),))]
    for channel in here:
        at = tuple(Name(t) for t in channel.at)
        head = say("label.name", name=Name(channel.id))
        rows.append(Row(Tone.STATUS, (head, say("schedule.at", at=at, zone=Name(channel.zone)))))
    return Page("notice", zone, (frame,), tuple(rows), buttons=buttons)


def trouble(identity: str, zone: str) -> Page:
    """Something broke; the id stands in the log too."""
    frame = say("conduct.trouble", id=Name(identity))
    return Page("notice", zone, (frame,), (Row(Tone.WARNING, (frame,)),))


def greeting(config: Config) -> Page:
    """What the bot does, what it watches, and a digest to begin with."""
    directory = config.directory
    publishers = len({feed.source_id for feed in config.feeds})
    hello = say("conduct.hello")
    watches = say(
        "conduct.watches",
        feeds=Count(len(config.feeds)),
        publishers=Count(publishers),
        actors=Count(len(directory.actors)),
        issues=Count(len(directory.issues)),
    )
    rows = (
        Row(Tone.TITLE, (hello,)),
        Row(Tone.PLAIN, (say("conduct.evidence"),)),
        Row(Tone.PLAIN, (watches,)),
        Row(Tone.PLAIN, (say("conduct.propose"), _example(DAILY, config))),
        *(Row(Tone.PLAIN, (_example(_EXAMPLES[v][0], config), say(f"command.does_{v}"))) for v in VERBS[:3]),
        Row(Tone.META, (say("conduct.quiet_by_default"),)),
    )
    buttons = (
        Button(say("button.schedule_daily"), "ask", DAILY),
        Button(say("button.new"), "ask", "new"),
        Button(say("button.help"), "ask", "help"),
    )
    return Page("greeting", "Etc/UTC", (hello,), rows, buttons=buttons)


__all__ = ["greeting", "help_page", "misunderstood", "trouble", "typed", "which_schedule"]

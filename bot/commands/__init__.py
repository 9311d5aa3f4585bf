"""What a person may ask, and the one parser for slash commands, mentions, buttons and the terminal's prompt.

Hides grammar, quotes and bounds. Filters are flat `key:value[,value]`, quotes hold values with spaces. An unknown verb,
key, value or name is never guessed: the answer names it and the nearest, and nothing is done.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from bot import grammar, naming
from bot.commands import files, mending, questions, record, reviews, telling, wishes
from bot.commands.asks import (
    BASELINE,
    AskBaseline,
    AskBoard,
    AskDiff,
    AskExport,
    AskLatest,
    AskNew,
    AskPosition,
    AskPreview,
    AskQuality,
    AskQuote,
    AskSearch,
    AskSettings,
    AskSources,
    AskStatus,
    AskTimeline,
    AskWhy,
    CallOff,
    ChangeSchedule,
    ChangeSettings,
    Command,
    Duty,
    EndSubscription,
    Filters,
    Help,
    ListSchedules,
    ListSubscriptions,
    MakeSchedule,
    MakeSubscription,
    Misunderstood,
    Mute,
    Reviewing,
    Shareable,
    ShowSubscription,
    Standing,
    Unmute,
)
from bot.commands.positions import POSITION, position
from bot.commands.rulings import AskReview, Decide, Rebase, Report, SendLink
from bot.grammar import Misread
from bot.naming import Names, nearest
from digests.frames import echo, say
from digests.model import Directory, Name

__all__ = [
    "BASELINE", "BRIEF", "FIRST", "MORE", "POSITION", "SHARE", "VERBS", "AskBaseline", "AskBoard", "AskDiff",
    "AskExport", "AskLatest", "AskNew", "AskPosition", "AskPreview", "AskQuality", "AskQuote", "AskReview",
    "AskSearch", "AskSettings", "AskSources", "AskStatus", "AskTimeline", "AskWhy", "CallOff", "ChangeSchedule",
    "ChangeSettings", "Command", "Decide", "Duty", "EndSubscription", "Filters", "Help", "ListSchedules",
    "ListSubscriptions", "MakeSchedule", "MakeSubscription", "Misunderstood", "Mute", "Rebase", "Report", "Reviewing",
    "SendLink", "Shareable", "ShowSubscription", "Standing", "Unmute", "parse",
]  # fmt: skip

BRIEF = "brief"
"""What the root command is called here, whatever it is called in a workspace."""

SHARE = "share"
"""The last word of a command whose answer is to be posted."""

MORE = "more"
"""`help more` shows the verbs that help leaves behind."""

FIRST = ("new", "position", "subscribe", "schedule", "why", "status", "help")
"""The verbs that help shows first."""
VERBS = (
    *FIRST,
    "latest",
    "search",
    "quote",
    "diff",
    "baseline",
    "sources",
    "preview",
    "settings",
    "unsubscribe",
    "mute",
    "unmute",
    "review",
    "report",
    "export",
    "timeline",
    "quality",
)
"""The verbs of the root command, in the order of help."""

OUR_VERB: Mapping[str, str] = {
    "alert": "subscribe", "alerts": "subscribe", "follow": "subscribe", "notify": "subscribe", "watch": "subscribe",
    "config": "settings", "digest": "latest", "evidence": "why", "feed": "sources", "feeds": "sources",
    "find": "search", "compare": "diff", "download": "export", "chart": "timeline", "history": "timeline",
    "correct": "report", "wrong": "report",
}  # fmt: skip
"""What other tools call our verbs. Nobody is understood by these: the error names the verb that was meant."""
MOST_TRIES = 3
"""Commands that are suggested at most."""
_HARMLESS = frozenset({"new", "preview", "status", "help", "latest", "diff", "baseline", "sources", "quality"})


def parse(text: str, command: str, directory: Directory, zone: str) -> Command | Misunderstood:
    """What a text asks for. `command` is BRIEF or POSITION; `zone` the IANA zone of who asks."""
    names = naming.names_of(directory)

    def read(words: Sequence[str], pairs: grammar.Pairs) -> Command:
        share = len(words) > 1 and words[-1].casefold() == SHARE
        understood = _understood(words[:-1] if share else words, pairs, names, zone)
        return _shared(understood, words) if share else understood

    words: list[str] = []
    pairs: grammar.Pairs = {}
    try:
        words, pairs = grammar.split(text)
        words = [POSITION, *words] if command == POSITION else words
        return read(words, pairs)
    except Misread as misread:
        return Misunderstood(misread.frame, _tries(misread, words, mending.mended(words, pairs, misread, read)))


def _tries(misread: Misread, words: Sequence[str], mended: str) -> tuple[str, ...]:
    """What to try instead: what was probably meant, then what the refusal names, else the help of the verb."""
    verb = words[0].casefold().lstrip("/") if words else ""
    usual = misread.suggestions or ((f"help {verb}",) if verb in VERBS else ("help",))
    return tuple(dict.fromkeys((*((mended,) if mended and mended not in VERBS else ()), *usual)))[:MOST_TRIES]


def _understood(words: Sequence[str], pairs: grammar.Pairs, names: Names, zone: str) -> Command:
    if words and words[0].casefold() == POSITION:
        return position(words[1:], pairs, names)
    if not words:
        if pairs:
            raise Misread(say("command.verb_first"), ("new", "subscribe"))
        return Help()
    run = _RUN.get(words[0].casefold().lstrip("/"))
    if run is None:
        asked, with_pairs = questions.command_of(words, _HARMLESS, names) if not pairs else ([], {})
        if not asked:
            raise _unknown_verb(words, names)
        understood = _understood(asked, with_pairs, names, zone)
        meant = mending.typed_again(asked, with_pairs)
        told = say("command.read_question", typed=echo(" ".join(words)), command=Name(meant))
        return replace(understood, read_as=(told, *understood.read_as))
    return run(words[1:], pairs, names, zone)


def _shared(understood: Command, words: Sequence[str]) -> Command:
    """The same, to be posted; what only its asker may see is not."""
    if isinstance(understood, Shareable):
        return replace(understood, share=True)
    raise Misread(say("command.not_shared", verb=Name(words[0].casefold().lstrip("/")[:40])))


def _unknown_verb(words: Sequence[str], names: Names) -> Misread:
    """The nearest verb; or, for words that name a party, the position that they seem to ask for; or the verb that takes
    them as the values of its keys."""
    near = OUR_VERB.get(words[0].casefold()) or nearest(words[0], VERBS)
    if near:
        return grammar.unknown("command", words[0], near, (near if near in _HARMLESS else f"help {near}",))
    if when := mending.scheduled(words, words[0]):
        return grammar.unknown("command", " ".join(words), "", when.suggestions)
    told = " ".join(mending.belonging(words, telling.KEYS, names))
    guess = f"settings {told}" if told else grammar.named_in(words, names)
    if not guess and len(words) == 1 and (party := names.nearest_party(words[0])):
        guess = f"{POSITION} {party}"
    return grammar.unknown("command", " ".join(words), "", (guess,) if guess else ("help",))


def _plain(command: Command, verb: str) -> Callable[..., Command]:
    def run(words: Sequence[str], pairs: grammar.Pairs, _names: Names, _zone: str) -> Command:
        grammar.no_words(words, verb)
        grammar.allow(pairs, (), verb)
        return command

    return run


def _help(words: Sequence[str], pairs: grammar.Pairs, _names: Names, _zone: str) -> Command:
    grammar.allow(pairs, (), "help")
    if not words:
        return Help()
    verb = words[0].casefold().lstrip("/")
    if verb not in {*VERBS, MORE}:
        near = nearest(verb, (*VERBS, MORE))
        raise grammar.unknown("command", words[0], near, (f"help {near}" if near else "help",))
    return Help(verb)


_RUN: Mapping[str, Callable[[Sequence[str], grammar.Pairs, Names, str], Command]] = {
    "new": record.new,
    "preview": _plain(AskPreview(), "preview"),
    "status": _plain(AskStatus(), "status"),
    "latest": record.latest,
    "why": record.why,
    "search": record.search,
    "quote": record.quote,
    "diff": record.diff,
    "baseline": reviews.baseline,
    "sources": record.sources,
    "schedule": wishes.schedule,
    "settings": telling.settings,
    "subscribe": wishes.subscribe,
    "unsubscribe": wishes.unsubscribe,
    "review": reviews.review,
    "report": reviews.report,
    "mute": wishes.mute,
    "unmute": wishes.unmute,
    "export": files.export,
    "timeline": files.timeline,
    "quality": record.quality,
    "help": _help,
}

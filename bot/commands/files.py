"""Commands whose answer is a file or a picture: export, timeline. Hides their words and keys."""

from __future__ import annotations

from collections.abc import Sequence

from bot import grammar
from bot.commands import mending
from bot.commands.asks import AskExport, AskTimeline, Command
from bot.commands.positions import an_issue, read_who, who
from bot.grammar import Misread
from bot.naming import Names, nearest
from digests.frames import echo, say
from digests.model import Frame
from digests.sheets import FORMS

FILTERS = ("actor", "issue", "verdict", "kind", "source", "lang")
"""Filters that ask of a statement or its article; `weight` and `origins` ask of a happening."""


def export(words: Sequence[str], pairs: grammar.Pairs, names: Names, _zone: str) -> Command:
    """Statements on record, as a file of a kind."""
    keys = (*FILTERS, "since")
    grammar.allow(pairs, (*keys, "until"), "export")
    if not words:
        raise Misread(say("command.which_form"), tuple(f"export {form}" for form in FORMS))
    form = words[0].casefold().lstrip(".")
    if form not in FORMS:
        near = nearest(form, FORMS)
        raise grammar.unknown("file", words[0], near, tuple(f"export {f}" for f in ((near,) if near else FORMS)))
    if words[1:]:
        raise mending.keyless(words[1:], keys, names, "export")
    given = grammar.filters({k: v for k, v in pairs.items() if k in FILTERS}, names)
    since, until = (grammar.when(k, pairs[k]) if k in pairs else None for k in ("since", "until"))
    if since and until and since.day and until.day and until.day < since.day:
        raise Misread(say("command.until_first", until=echo(until.typed), since=echo(since.typed)))
    return AskExport(form, given.pairs(), since, until, given.read_as)


TABLE = "csv"
"""The last word of a timeline that is wanted as a table."""


def timeline(words: Sequence[str], pairs: grammar.Pairs, names: Names, _zone: str) -> Command:
    """Whose words, on which issue, since when; a party or an issue is named, or both."""
    grammar.allow(pairs, ("actor", "issue", "since"), "timeline")
    table = bool(words) and words[-1].casefold() == TABLE
    words = words[:-1] if table else words
    given = grammar.filters({k: v for k, v in pairs.items() if k != "since"}, names)
    actors, issues = given.values.get("actor", ()), given.values.get("issue", ())
    if len(actors) > 1 or len(issues) > 1:
        raise Misread(say("command.one_at_a_time"))
    if not words and not actors and not issues:
        parties = names.actors()[:3]
        raise Misread(say("command.which_timeline"), tuple(f"timeline {a}" for a in parties))
    actor, issue, speaker = actors[0] if actors else None, issues[0] if issues else None, None
    notes: list[Frame] = [*given.read_as]
    only_issue = not actor and not issue and names.issue(" ".join(words)) and not names.who(" ".join(words))
    rest = words
    if words and not actor and not only_issue:
        asked, rest = who(words, names, "timeline")
        actor, speaker = asked.actor_id, asked.speaker
        notes += read_who(asked, words[: len(words) - len(rest)])
    if rest:
        issue, note = an_issue(rest, names, f"timeline {actor or ''}".strip())
        notes += note
    since = grammar.when("since", pairs["since"]) if "since" in pairs else None
    named = speaker or actor
    typed = [
        "timeline",
        *([f'"{named}"'] if speaker else [named] if named else []),
        *([f"issue:{issue}"] if issue else []),
    ]
    typed += [f"since:{since.typed}"] if since else []
    return AskTimeline(actor, issue, speaker, since, table, " ".join(typed), tuple(notes))

"""Commands whose answer is a file or a picture: export. Hides their words and keys."""

from __future__ import annotations

from collections.abc import Sequence

from bot import grammar
from bot.commands.asks import AskExport, Command
from bot.grammar import Misread
from bot.naming import Names, nearest
from digests.frames import echo, say
from digests.sheets import FORMS

FILTERS = ("actor", "issue", "verdict", "kind", "source", "lang")
"""Filters that ask of a statement or its article; `weight` and `origins` ask of a happening."""


def export(words: Sequence[str], pairs: grammar.Pairs, names: Names, _zone: str) -> Command:
    """Statements on record, as a file of a kind."""
    grammar.allow(pairs, (*FILTERS, "since", "until"), "export")
    if not words:
        raise Misread(say("command.which_form"), tuple(f"export {form}" for form in FORMS))
    form = words[0].casefold().lstrip(".")
    if form not in FORMS:
        near = nearest(form, FORMS)
        raise grammar.unknown("file", words[0], near, tuple(f"export {f}" for f in ((near,) if near else FORMS)))
    grammar.no_words(words[1:], "export")
    given = grammar.filters({k: v for k, v in pairs.items() if k in FILTERS}, names)
    since, until = (grammar.when(k, pairs[k]) if k in pairs else None for k in ("since", "until"))
    if since and until and since.day and until.day and until.day < since.day:
        raise Misread(say("command.until_first", until=echo(until.typed), since=echo(since.typed)))
    return AskExport(form, given.pairs(), since, until, given.read_as)

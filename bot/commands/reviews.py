"""Commands about what is right: review, report. Hides their words."""

from __future__ import annotations

from collections.abc import Sequence

from bot import grammar
from bot.commands.asks import AskReview, Command, Decide, Report, SendLink
from bot.grammar import Misread
from bot.naming import Names, nearest
from digests.frames import say

SCOPE = "scope"
ACTS = ("approve", SCOPE, "reject", "log")


def review(words: Sequence[str], pairs: grammar.Pairs, names: Names, _zone: str) -> Command:
    """`review`, `review log`, `review approve ID`, `review scope ID actor:A issue:I`, `review reject ID "reason"`."""
    act = words[0].casefold() if words else ""
    grammar.allow(pairs, ("actor", "issue") if act == SCOPE else (), "review")
    if not words:
        return AskReview()
    if act not in ACTS:
        raise grammar.unknown("word", words[0], nearest(act, ACTS), ("help review",))
    if act == "log":
        grammar.no_words(words[1:], "review")
        return AskReview(log=True)
    if len(words) < 2:
        raise Misread(say("command.which_item"), ("review",))
    if act != "reject":
        grammar.no_words(words[2:], "review")
    given = grammar.filters(pairs, names)
    scope = (given.values.get("actor", ()), given.values.get("issue", ()))
    return Decide(words[1].casefold(), act, " ".join(words[2:]), *scope, given.read_as)


def report(words: Sequence[str], pairs: grammar.Pairs, _names: Names, _zone: str) -> Command:
    """`report ID "what is wrong"`; or `report ADDRESS`, for the reviewers to look at a page."""
    grammar.allow(pairs, (), "report")
    if words and grammar.is_address(words[0]):
        grammar.no_words(words[1:], "report")
        return SendLink(words[0])
    if len(words) < 2:
        raise Misread(say("command.which_report"), ("help report",))
    return Report(words[0].casefold(), " ".join(words[1:]))

"""Commands about what is right: review, report. Hides their words."""

from __future__ import annotations

from collections.abc import Sequence

from bot import grammar
from bot.commands.asks import AskReview, Command, Decide, Report
from bot.grammar import Misread
from bot.naming import Names, nearest
from digests.frames import say

ACTS = ("approve", "reject", "log")


def review(words: Sequence[str], pairs: grammar.Pairs, _names: Names, _zone: str) -> Command:
    """`review`, `review log`, `review approve ID`, `review reject ID "reason"`."""
    grammar.allow(pairs, (), "review")
    if not words:
        return AskReview()
    act = words[0].casefold()
    if act not in ACTS:
        raise grammar.unknown("word", words[0], nearest(act, ACTS), ("help review",))
    if act == "log":
        grammar.no_words(words[1:], "review")
        return AskReview(log=True)
    if len(words) < 2:
        raise Misread(say("command.which_item"), ("review",))
    if act == "approve":
        grammar.no_words(words[2:], "review")
    return Decide(words[1].casefold(), act == "approve", " ".join(words[2:]))


def report(words: Sequence[str], pairs: grammar.Pairs, _names: Names, _zone: str) -> Command:
    """`report ID "what is wrong"`."""
    grammar.allow(pairs, (), "report")
    if len(words) < 2:
        raise Misread(say("command.which_report"), ("help report",))
    return Report(words[0].casefold(), " ".join(words[1:]))

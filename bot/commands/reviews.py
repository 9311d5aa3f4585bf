"""Commands about what is right: review, report, and the next version of the baseline. Hides their words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot import grammar
from bot.commands import record
from bot.commands.asks import Command
from bot.commands.rulings import AskReview, Decide, Rebase, Report, SendLink
from bot.grammar import Misread
from bot.moments import LAST, moment
from bot.naming import Names, nearest
from digests.desk.evidence import is_message
from digests.frames import say

SCOPE = "scope"
LOOKS, MAKES = frozenset({"show", "history"}), frozenset({"amend", "rebase"})
"""What may be said of the baseline: looks at it, and what makes its next version."""
ARROWS = frozenset({"->", "→", "=>", "–>", "—>"})
"""What stands between words and those that come instead, as keyboards and programs write it."""
LOG, AFTER = "log", "after"
ACTS = ("approve", SCOPE, "reject", "reopen", LOG, AFTER)
_ID = re.compile(r"[b-df-hjkmnp-tv-z2-9]{6}|u[0-9a-f]{5}")
"""What an item's id, or a line's, looks like."""
_TAKES = {SCOPE: ("actor", "issue"), LOG: ("page",)}


def review(words: Sequence[str], pairs: grammar.Pairs, names: Names, _zone: str) -> Command:
    """`review`, `review after ID`, `review log page:2`, `review approve ID`, `review scope ID actor:A issue:I`, `review
    reject ID "reason"`, `review reopen ID`, `review ID`."""
    act = words[0].casefold() if words else ""
    grammar.allow(pairs, _TAKES.get(act, ()), "review")
    if not words:
        return AskReview()
    if act not in ACTS and _ID.fullmatch(act) and not nearest(act, ACTS):
        grammar.no_words(words[1:], "review")
        return AskReview(item=act)
    if act not in ACTS:
        raise grammar.unknown("word", words[0], nearest(act, ACTS), ("help review",))
    if act == LOG:
        grammar.no_words(words[1:], "review")
        return AskReview(log=True, page=record.page_of(pairs))
    if len(words) < 2:
        raise Misread(say("command.which_item"), ("review",))
    if act != "reject":
        grammar.no_words(words[2:], "review")
    if act == AFTER:
        return AskReview(after=words[1].casefold())
    given = grammar.filters(pairs, names)
    scope = (given.values.get("actor", ()), given.values.get("issue", ()))
    return Decide(words[1].casefold(), act, " ".join(words[2:]), *scope, given.read_as)


LINKS = "links"
"""The word before several addresses, at which the reviewers are to look."""
LINKS_AT_MOST = 5


def report(words: Sequence[str], pairs: grammar.Pairs, _names: Names, _zone: str) -> Command:
    """`report ID "what is wrong"`, by the id of a line or the address of a message; or `report ADDRESS`, for the
    reviewers to look at a page."""
    grammar.allow(pairs, (), "report")
    if words and is_message(words[0]):
        return Report(words[0], " ".join(words[1:]))
    if words and grammar.is_address(words[0]):
        grammar.no_words(words[1:], "report")
        return SendLink(words[0])
    if words and words[0].casefold() == LINKS:
        first, *more = words[1 : LINKS_AT_MOST + 1] or [""]
        if not all(map(grammar.is_address, (first, *more))):
            raise Misread(say("command.no_link"), ("help report",))
        return SendLink(first, tuple(more))
    if len(words) < 2:
        raise Misread(say("command.which_report"), ("help report",))
    return Report(words[0].casefold(), " ".join(words[1:]))


def baseline(words: Sequence[str], pairs: grammar.Pairs, names: Names, zone: str) -> Command:
    """`baseline amend "old" -> "new" because:"reason"`, `baseline rebase ID because:"reason"`, or a look at it."""
    act = words[0].casefold() if words else ""
    if act and act not in LOOKS | MAKES:
        near = nearest(act, sorted(LOOKS | MAKES))
        raise grammar.unknown("word", words[0], near, (f"baseline {near}" if near in LOOKS else "help baseline",))
    if act not in MAKES:
        return record.baseline(words, pairs, names, zone)
    grammar.allow(pairs, ("because", "confirm"), "baseline")
    confirmed = _version(pairs.get("confirm"))
    if act == "amend":
        old, new = _either_side(words[1:])
        reason = _reason(pairs)
        typed = f"baseline amend {grammar.quoted(old)} -> {grammar.quoted(new)} because:{grammar.quoted(reason)}"
        return Rebase(reason, (old, new), typed=typed, confirmed=confirmed)
    if len(words) < 2:
        raise Misread(say("command.which_target"), ("help baseline",))
    grammar.no_words(words[2:], "baseline")
    what, reason = words[1], _reason(pairs)
    found = moment(what)
    day = found if found is not None and found.back is None and found.word != LAST else None
    what = what if grammar.is_address(what) else what.casefold()
    return Rebase(reason, None, what, day, f"baseline rebase {what} because:{grammar.quoted(reason)}", confirmed)


def _either_side(words: Sequence[str]) -> tuple[str, str]:
    """The words before an arrow and those after it."""
    at = next((n for n, word in enumerate(words) if word in ARROWS), 0)
    if not 0 < at < len(words) - 1:
        raise Misread(say("command.which_words_amended"), ("help baseline",))
    return " ".join(words[:at]), " ".join(words[at + 1 :])


def _reason(pairs: grammar.Pairs) -> str:
    reason = ", ".join(pairs.get("because", ())).strip()
    if not reason:
        raise Misread(say("command.which_because"), ("help baseline",))
    return reason


def _version(values: Sequence[str] | None) -> int | None:
    """The version that was looked at; none where nothing that is one was typed, and then it is shown first."""
    return int(values[0]) if values and len(values) == 1 and values[0].isdecimal() and len(values[0]) < 6 else None

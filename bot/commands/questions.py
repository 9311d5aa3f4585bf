"""Questions as people put them to somebody who is there: "what is new?", "where does Russia stand?". Hides the closed
list of turns that are understood; everything else is a command or none.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from bot import moments
from bot.grammar import Pairs
from bot.naming import Names

LONGEST = 120
"""Characters of a question that is looked at."""
_NEWS = re.compile(
    r"(?:so )?(?:what(?:'?s| is)|is there|any(?:thing)?)(?: the| any(?:thing)?)? (?:new|news|latest)"
    r"(?: today| here| now)?(?: since ([\w-]{1,12}))?"
)
_HAPPENED = re.compile(r"what(?: has|'s)? happened(?: today| lately)?(?: since ([\w-]{1,12}))?")
_STANDS = re.compile(
    r"(?:where does (.{1,40}) stand|what (?:does|did|do|is|are) (.{1,40}) (?:say|saying|said))"
    r"(?: (?:on|about) (.{1,40}))?"
)
_WELL = frozenset({"are you alive", "are you there", "are you ok", "are you okay", "how are you", "ping"})
_HELLO = frozenset({"hi", "hello", "hey", "help me", "what can you do", "how does this work", "what is this"})


def command_of(words: Sequence[str], verbs: Collection[str], names: Names) -> tuple[list[str], Pairs]:
    """The words and pairs of the command that a question asks for; no words where it is none of the list. One of these
    verbs with a mark behind it is that verb."""
    said = " ".join(words).casefold().replace("’", "'").strip(" ?!.,")
    if not said or len(said) > LONGEST:
        return [], {}
    if said in verbs or said in _WELL or said in _HELLO:
        return [said if said in verbs else "status" if said in _WELL else "help"], {}
    if asked := _NEWS.fullmatch(said) or _HAPPENED.fullmatch(said):
        since = asked[1] or ""
        known = not since or moments.moment(since) is not None
        return (["new"] if known else []), ({"since": (since,)} if since else {})
    return _position(said, names), {}


def _position(said: str, names: Names) -> list[str]:
    asked = _STANDS.fullmatch(said)
    who = names.who(asked[1] or asked[2]) if asked is not None else None
    issue = names.issue(asked[3]) if asked is not None and asked[3] else None
    if asked is None or who is None or (asked[3] and issue is None):
        return []
    named = who.speaker.split() if who.speaker else [who.actor_id]
    return ["position", *named, *([issue[0]] if issue is not None else [])]

"""Which names of a headline or lead stand in somebody's words, and are spoken of there by another. Hides how it is seen
where his words begin and end.

"Putin wants more, Sikorski says" is Sikorski's; "Trump: Kyiv agreed" is Trump's. In a headline it is seen by its verbs,
below it by the statements that were found. What a party did is told by the report itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from digests.model import Kind, Statement
from digests.names import Mention
from digests.statements import links, quotes, scope
from digests.statements.links import Link

STRANGERS = frozenset({"analyst", "other"})
"""Who speaks without a name that is known: his words are somebody else's all the same."""
SPEECH = "speech"
STATING = frozenset({SPEECH, "stance"})
_NEXT_CLAUSE = re.compile(r"; |, (?:while|whereas|but|as|after|before|and)\b")
_BREAK = re.compile(r"[,;]")


@dataclass(frozen=True)
class Said:
    """Where somebody's words stand in a passage, and whose they are."""

    start: int
    end: int
    actors: frozenset[str]

    def by_another(self, mention: Mention) -> bool:
        """Whether a name stands in the words of somebody else."""
        return self.start <= mention.start and mention.end <= self.end and mention.actor_id not in self.actors


def in_headline(title: str, mentions: Sequence[Mention]) -> tuple[list[Said], list[str]]:
    """The words of others in a headline, by its verbs, and the ids of those who say them."""
    masked = quotes.masked(title, quotes.find(title))
    named = tuple(mentions)
    stating = [
        (link, link.subject)
        for link in scope.outermost(masked, links.find(masked, named))
        if link.verb.mode in STATING and isinstance(link.subject, Mention)
    ]
    said = [_content(masked, link, subject, named) for link, subject in stating]
    return said, [subject.actor_id for link, subject in stating if link.verb.mode == SPEECH]


def _content(title: str, link: Link, subject: Mention, mentions: Sequence[Mention]) -> Said:
    """What a verb introduces, up to the next clause; or what it closes, from the semicolon on, whatever the speaker is
    called by."""
    if not (scope.is_tail(title, link) or _closes(title, link)):
        clause = (_NEXT_CLAUSE if link.verb.mode == SPEECH else _BREAK).search(title, link.cue_end)
        return Said(link.cue_end, clause.start() if clause else len(title), frozenset({subject.actor_id}))
    first = min(link.start, subject.start)
    comma = title.rfind(",", 0, first)
    called = first if comma < 0 else comma  # "Poland's foreign minister, X": all of it says who speaks
    inside = (m.actor_id for m in mentions if called <= m.start < first)
    return Said(title.rfind(";", 0, first) + 1, called, frozenset({subject.actor_id, *inside}))


def _closes(title: str, link: Link) -> bool:
    """Whether a verb is a headline's last word: ", X warns"."""
    return link.form == "left" and not title[link.cue_end :].strip(" .") and "," in title[: link.start]


def by_statements(passage: str, mentions: Sequence[Mention], statements: Sequence[Statement]) -> Iterator[Said]:
    """The words of others in a passage, by the statements that were found in it: those of them that its semicolons do
    not part from whoever says them."""
    for s in statements:
        at = passage.find(s.span.chars)
        if at < 0 or s.kind is Kind.ACTION:
            continue
        start, end = at, at + len(s.span.chars)
        by = next((m for m in mentions if m.actor_id == s.actor_id and start <= m.start < end), None)
        if by is not None:
            start = max(start, passage.rfind(";", 0, by.start) + 1)
            parted = passage.find(";", by.end)
            end = min(end, parted) if parted >= 0 else end
        yield Said(start, end, frozenset(o.actor_id for o in statements if o.span == s.span))

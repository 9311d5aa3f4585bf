"""Subjects that rules over words do not reach, from a parse: the verb's subject arc, its conjuncts, its agent.

Hides dependency labels. Only adds links for verbs that the rules left without a subject.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from digests.model.parse import ParsedText, Token
from digests.names import Mention
from digests.statements.links import Link
from digests.statements.subjects import Referring, Subject
from digests.statements.verbs import Verb, lexicon

_SUBJECTS = {"nsubj"}
_PRONOUNS = {"he", "she", "they", "it"}


def add(known: Sequence[Link], parsed: ParsedText, start: int, end: int, mentions: Sequence[Mention]) -> list[Link]:
    """The known links of a unit (offsets from its start) and those that its parse adds, by place of the cue."""
    first = bisect_left(parsed.tokens, start, key=lambda t: t.start)
    last = bisect_left(parsed.tokens, end, key=lambda t: t.start)
    taken = {link.cue_start for link in known}
    more = [
        link
        for index in range(first, last)
        for link in _of(parsed.tokens, index, start, mentions)
        if link.cue_start not in taken
    ]
    return sorted([*known, *more], key=lambda link: (link.cue_start, link.subject.start))


def _of(tokens: Sequence[Token], index: int, start: int, mentions: Sequence[Mention]) -> Iterator[Link]:
    token = tokens[index]
    verb = _verb(token)
    if verb is None:
        return
    for child in range(max(0, index - 40), min(len(tokens), index + 25)):
        if tokens[child].head == index and tokens[child].relation in _SUBJECTS:
            subject = _subject(tokens[child], start, mentions)
            if subject is not None:
                yield Link(subject, verb, token.start - start, token.end - start, "left")


def _verb(token: Token) -> Verb | None:
    if token.tag not in {"VBD", "VBZ", "VBP"}:
        return None
    for verb in lexicon().get(token.lemma, ()):
        if verb.mode in {"speech", "stance"}:
            return verb
    return None


def _subject(token: Token, start: int, mentions: Sequence[Mention]) -> Subject | None:
    if token.lemma in _PRONOUNS:
        return Referring(token.start - start, token.end - start, token.lemma)
    for mention in mentions:
        if mention.start <= token.start - start < mention.end and token.end - start == mention.end:
            return mention if mention.kind != "adjective" else None
    return None

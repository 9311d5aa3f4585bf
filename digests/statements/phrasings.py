"""Attributions that no list of verbs holds: by where a verb stands, in a participle, by others, by an expert's title.

Hides the phrasings; what they find are links like any others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from digests.names import Mention
from digests.statements import subjects
from digests.statements.link import Link
from digests.statements.subjects import Referring
from digests.statements.verbs import Verb, lexicon

_OPENING = 30  # characters within which a sentence's first name is its subject
_NOBODY = Referring(0, 0, "")


def find(sentence: str, mentions: tuple[Mention, ...], known: list[Link]) -> list[Link]:
    """Links of such phrasings. `known`: those that verbs of the lists made."""
    found = list(_unlisted(sentence, mentions, known))
    found.extend(_saying(sentence, mentions, [*known, *found]))
    found.extend(_experts(sentence))
    found.extend(_gathered(sentence, mentions))
    return found


def _unlisted(sentence: str, mentions: tuple[Mention, ...], known: list[Link]) -> Iterator[Link]:
    """Verbs of no list that can only be speech where they stand: "fumed that", and behind a quotation "..., sniffed X"
    or "..., X sniffed."."""
    cues = {link.cue_start for link in known}
    for token in _THAT.finditer(sentence):
        if token.start() not in cues and token[0] not in lexicon():
            base = Link(_NOBODY, Verb(token[0], "speech", "past"), token.start(), token.end(), "left")
            yield from (replace(base, subject=s) for s in subjects.left_of(sentence, token.start(), mentions))
    for token in _BEHIND_QUOTATION.finditer(sentence):
        start, end = token.span("verb")
        if start not in cues and token["verb"] not in lexicon():
            base = Link(_NOBODY, Verb(token["verb"], "speech", "past"), start, end, "right")
            near = [m for m in mentions if end < m.start <= end + 5 and m.kind in {"person", "role"}]
            yield from (replace(base, subject=m) for m in near[:1])


def _saying(sentence: str, mentions: tuple[Mention, ...], known: list[Link]) -> Iterator[Link]:
    """ "X was hopeful, saying ...": the participle's subject opens a sentence whose other verbs state nothing."""
    for told in _TOLD_BY_OTHERS.finditer(sentence):
        base = Link(_NOBODY, Verb("say", "speech", "past"), told.start(), told.end(), "left")
        yield from (replace(base, subject=s) for s in subjects.left_of(sentence, told.start(), mentions))
    for cited in _CITED.finditer(sentence):
        base = Link(_NOBODY, Verb("say", "speech", "past"), cited.start(), cited.end(), "left")
        near = [m for m in mentions if cited.start("who") - 2 <= m.start <= cited.start("who") + 40]
        near = [m for m in near if m.kind in {"person", "body"} or m.speaker]
        yield from (replace(base, subject=m) for m in near[:1] if m.end <= cited.end("who") + 1)
    token = _PARTICIPLE.search(sentence)
    if token is None or any(link.cue_start < token.start() and link.verb.mode != "act" for link in known):
        return
    start, end = token.span("verb")
    verb = next((v for v in lexicon().get(token["verb"], ()) if v.form == "ing" and v.mode == "speech"), None)
    first = next((m for m in mentions if m.start <= _OPENING and m.kind != "adjective"), None)
    opening = subjects.referring_first(sentence)
    if verb is None or any(link.cue_start == start for link in known):
        return
    if first is not None and first.end < start and subjects.free(sentence, first, mentions):
        yield Link(first, replace(verb, form="past"), start, end, "left")
    elif opening is not None:
        yield Link(opening, replace(verb, form="past"), start, end, "left")


def _experts(sentence: str) -> Iterator[Link]:
    """People of no list whom a title or apposition calls experts: "said X Y, a researcher at Z", "analyst X said"."""
    if not _EXPERT.search(sentence):
        return
    for pattern, form in ((_SAID_EXPERT, "right"), (_EXPERT_SAID, "left")):
        for found in pattern.finditer(sentence):
            start, end = found.span("name" if found["name"] else "named")
            verb = Verb(found["verb"], "speech", "past")
            yield Link(Referring(start, end, "analyst"), verb, *found.span("verb"), form)


def _gathered(sentence: str, mentions: tuple[Mention, ...]) -> Iterator[Link]:
    """People whom a meeting that was held brought together: "a meeting on Thursday involving X and Y"."""
    meeting = _MEETING.search(sentence)
    if meeting is None or not _WAS_HELD.search(sentence) or _IS_TO_BE.search(sentence):
        return
    among = [m for m in mentions if meeting.end() <= m.start < meeting.end() + _GATHERED and m.kind == "person"]
    if len({m.actor_id for m in among}) > 1:
        verb = Verb("meet", "act", "past")
        for m in among:
            yield Link(m, verb, meeting.start(), meeting.start("joint"), "passive")


_MEETING = re.compile(
    r"\b(?:meeting|talks|call|conversation|summit)\b[^.;:\x01]{0,50}?(?P<joint> (?:between|involving) )"
)
_WAS_HELD = re.compile(
    r"\b(?:follow(?:s|ed)|lasted|took place|(?:was|were) held|ended|concluded|came after|yesterday"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b"
)
_IS_TO_BE = re.compile(
    r"\b(?:will|would|could|may|might|planned|expected|scheduled|due|possible|proposed|upcoming|next|before any)\b"
)
_GATHERED = 200  # characters behind "between" in which those who met are named

_EXPERTS = (
    r"(?:[Pp]olitical scientist|[Aa]nalysts?|experts?|researcher|fellow|professor|economist|historian"
    r"|scholar|lecturer)\b"
)
_EXPERT = re.compile(_EXPERTS)
_PERSON = r"(?P<name>[A-ZÀ-Þ][\w’'-]+(?: [A-ZÀ-Þ][\w.’'-]+){1,2})"
_SAID_EXPERT = re.compile(
    rf"(?:[,\x01?!]) ?(?P<verb>said|says|wrote|writes|argued|argues|noted|added) {_PERSON},"
    rf" (?:[\w’'-]+ ){{0,6}}{_EXPERTS}"
)
_EXPERT_SAID = re.compile(
    rf"(?:{_PERSON}, (?:[\w’'-]+ ){{0,6}}{_EXPERTS}[^,;.]{{0,90}},|{_EXPERTS} {_PERSON.replace('name', 'named')})"
    r" (?:has |have |also )?(?P<verb>said|says|wrote|writes|argued|argues|noted|told|added|believes|warned)\b"
)
_THAT = re.compile(r"\b[a-z]{4,}ed(?= that\b)")
_BEHIND_QUOTATION = re.compile(r"\x01,? (?P<verb>[a-z]{3,}(?:ed|s))(?= (?:the |a )?[A-ZÀ-Þ])")
_SAYS = "say|warn|call|praise|urge|accuse|announce|declare|demand|argue|insist|tell|promise"
_TOLD_BY_OTHERS = re.compile(
    r"\b(?:was|is|were|has been) (?:also )?(?:quoted|cited)(?: by [\w ]{2,30}?)? as (?:saying|telling)\b"
    rf"|\b(?:took|takes|turned) to [\w’ ]{{1,30}}? to (?:{_SAYS})\b"
    rf"|\b(?:used|uses) (?:a|an|his|her|its|the) [^.;:,]{{3,60}}? to (?:{_SAYS})\b"
)
_CITED = re.compile(
    r"\b(?:quot(?:ed|ing|es)|cit(?:ed|ing|es)) (?P<who>[^,;:.]{3,80}?)(?= as (?:saying|telling|stating|writing)\b)"
)
_PARTICIPLE = re.compile(
    r", (?P<verb>saying|adding|calling|arguing|insisting|warning|describing|telling|claiming|noting|stressing|writing"
    r"|declaring|accusing|suggesting|promising|vowing|asserting|tweeting|posting)\b"
)

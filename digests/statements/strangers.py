"""People and institutes that the directory does not name: officials of watched parties, experts, and everybody else.

Hides how a text introduces somebody ("defence ministry adviser X Y", "X Y, a fellow at Z, said") and takes the surname
up again. A stranger who speaks for nobody that is watched still holds his words: "he" then means him, and what he says
of a party is not the party's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from digests.names import Mention
from digests.statements.verbs import lexicon

ANALYST = "analyst"
NOBODY = ""
"""The actor of a person who speaks for nobody that is watched."""

_NAME = r"[A-ZÀ-ÞŚŁŻŹĆŠŽČĐ][a-zß-ÿĀ-ž’'-]+[A-Z]?[a-zß-ÿĀ-ž’-]*(?: (?:[A-Z]\.|(?:de|van|von|der|al|bin|ben|El|Al)))*"
_PERSONS = (
    r"president|prime minister|minister|premier|chancellor|secretary|envoy|ambassador|spokes(?:man|woman|person)"
    r"|official|officer|adviser|advisor|aide|negotiator|diplomat|lawmaker|senator|congress(?:man|woman)|MP|MEP|deputy"
    r"|governor|mayor|commander|general|colonel|major|captain|lieutenant|admiral|head|chief|chair(?:man|woman|person)?"
    r"|director|chief executive|CEO|founder|editor|analyst|expert|economist|historian|scholar|scientist|researcher"
    r"|fellow|professor|lecturer|academic|lawyer|lobbyist|journalist|blogger|activist|representative|president-elect"
    r"|lead|leader|manager|partner|strategist|veteran|soldier|resident|commissioner|president|correspondent|speaker"
    r"|cardinal|archbishop|bishop|king|prince|oligarch|businessman|banker|member|author|writer|consultant|specialist"
    r"|Gen|Lt|Col|Maj|Adm|Capt|Brig|Sen|Rep|Dr|Prof|Sir|Lord|Lady|Mr|Mrs|Ms|Amb|Gov|Sgt"
)
_FULL = re.compile(
    rf"\b(?!(?i:{_PERSONS})\b){_NAME}(?: [A-ZÀ-ÞŚŁŻŹĆŠŽČĐ][a-zß-ÿĀ-ž’'-]+[A-Z]?[a-zß-ÿĀ-ž’-]*){{1,2}}(?![\w])"
)
"""A given name and a surname, without the title before them."""
_TITLE_BEFORE = re.compile(rf"\b(?:{_PERSONS})s?\b\.?,? $", re.IGNORECASE)
_HELD = re.compile(rf".*\b(?i:{_PERSONS})\.?,? (?P<name>{_FULL.pattern})")
"""A title that ends in its holder's name, written with capitals or without: "Foreign Minister X Y"."""
_APPOSITION = re.compile(
    rf",? (?:[^,;:.\x01]{{0,60}}? )?(?:{_PERSONS})s?\b[^;:\x01]{{0,120}}?(?:,|\)| said\b|\.$)|"
    r", (?:who|whose|a|an|the|from|of|at|with) [^;:\x01]{3,140}?,",
    re.IGNORECASE,
)
_SAYS = (
    r"(?:(?:has|have|had|also|later|then|further|recently) ){0,2}(?:said|says|told|tells|wrote|writes|argued"
    r"|argues|noted"
    r"|notes|added|adds|explained|explains|warned|warns|believes|thinks|estimates|estimated|concluded|concludes"
    r"|stressed"
    r"|pointed|observed|observes|predicted|predicts|called|calls|described|describes|suggested|suggests|insisted"
    r"|insists"
    r"|claimed|claims|stated|states|announced|replied|responded|asked|acknowledged|remarked|cautioned|likened"
    r"|fired back"
    r"|contends|contended|recalled|recalls|maintains|maintained|posted|tweeted|declared|urged|urges|criticized"
    r"|criticised"
    r"|rejected|denied|confirmed|expressed|accused)\b"
)
_UNNAMED = re.compile(
    rf"(?:The|A|An|One) (?:[\w-]+ ){{0,3}}(?i:{_PERSONS})(?: (?:of|at|in|for|from) [^,.;\x01]{{3,60}}?)? {_SAYS}"
)
"""A sentence whose subject is somebody whom the text gives no name."""
_JOINT = re.compile(r",? and |, ")
_LIST_BEFORE = re.compile(
    rf"\b(?:(?:{_PERSONS})s|fellows) (?:[A-ZÀ-Þ][\w’'-]+(?: [A-ZÀ-Þ][\w’'-]+){{1,2}}(?:,|,? and) ){{0,4}}$",
    re.IGNORECASE,
)
"""The title of several people, and those of them who stand before a name."""
_SPEAKS = re.compile(rf" {_SAYS}")
_SAID_BEFORE = re.compile(
    r"(?:[,\x01?!] ?|\bas )(?:said|says|wrote|writes|explained|argued|argues|noted|added|told)(?: the)? $"
)
_ACCORDING = re.compile(r"\b[Aa]ccording to $")
_EXPERT = re.compile(
    r"\b(?:analysts?|experts?|researcher|research|fellow|professor|economist|historian|scholar|lecturer|academic"
    r"|political scientist|strategist|think[ -]tank|institute|cent(?:er|re) for|university|college|foundation|school of"
    r"|retired|ret|former|author|consultant|consultancy|programme|program|military observer)\b"
    r"|\bISW\b|\bCSIS\b|\bRUSI\b|\bIISS\b|\bCarnegie\b|\bCNAS\b|\bRAND\b|\bCouncil on\b",
    re.IGNORECASE,
)
_NO_PERSON = re.compile(
    r"\b(?:News|Times|Post|Agency|Ministry|Council|University|Institute|Department|Union|House|Reuters|Press|Journal"
    r"|Guardian|Telegraph|Bank|Fund|Court|Party|Committee|Commission|Church|Street|Square|Sea|River|City|Oblast|Region"
    r"|States|Kingdom|Nations|Republic|Federation|Service|Office|Group|Company|Corp|Digital|Radio|Television|Network"
    r"|Center|Centre|Foundation|Society|Association|Alliance|Act|Force|Forces|Army|Navy|Guard|Security|Defen[cs]e|Prize"
    r"|Plan|Agreement|Accords?|Treaty|Summit|Conference|Forum|Talks|War|Day|North|South|East|West|New|Abu|Black|White"
    r"|Middle|Red|Great|Security|International|National|European|American|Russian|Ukrainian|British|German|French"
    r"|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March|April|June|July|August|September"
    r"|October|November|December|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec|The|This|That|In|On|At|But|And|As|If|When"
    r"|While|After"
    r"|Before|For|From|With|By|Meanwhile|However|According|Army|Air|General|Staff|Senate|Congress|Parliament|Embassy"
    r"|President|Minister|Secretary|Former|Last|Earlier|Both|Some|Many|Most|Its|His|Her|Their|Our|What|Why|How|World"
    r"|Economics|Energy|Oil|Gas|Pipeline|Airport|Base|Brigade|Battalion|Regiment|Fleet|Command|Human|Rights|Watch|Green"
    r"|Truth|Social|Super|Big|Daily|Sky|Fox|Telegram|Facebook|Twitter|Associated|Front|Line)\b"
)
_INSTITUTE = re.compile(
    r"\b(?:(?:[A-Z][\w’'-]+ ){1,4}(?:Institute|Foundation|Observatory|Think[ -][Tt]ank)(?: (?:for|of"
    r"|on) (?:the )?[A-Z]\w+"
    r"(?:(?: and| of| for)? [A-Z]\w+){0,3})?"
    r"|(?:Institute|Cent(?:er|re)|Foundation) (?:for|of|on) (?:the )?[A-Z][\w-]+(?:,? (?:and |of "
    r"|in )?[A-Z][\w-]+){0,4})"
)
_OF_STATE = re.compile(
    r"Countering|Disinformation|Communications|National (?:Security|Resistance)|Public Health|Memory"
)
_ARMS = re.compile(
    r"\b(?:air force|general staff|navy|border guard|security service|emergency service)$", re.IGNORECASE
)
"""Parts of a state that speak in their own name."""

_AWAY = 90  # characters before a name in which its titles may say for whom somebody speaks


@dataclass(frozen=True)
class Stranger:
    """Somebody whom the text itself introduced. `actor_id` is `NOBODY` where he speaks for no watched party."""

    name: str
    actor_id: str


@dataclass
class Strangers:
    """Who was introduced so far in one article, by surname."""

    known: dict[str, Stranger] = field(default_factory=dict)

    def joined(self, sentence: str, mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
        """The mentions of a sentence (quotations masked) with those of strangers, in order; titles that named nobody
        get the name that stands behind them."""
        own = tuple(self._named(sentence, m) for m in mentions)
        found = [*own, *self._institutes(sentence, own)]
        for match in _FULL.finditer(sentence):
            stranger = self._introduced(sentence, match, found) or self._listed(sentence, match, found)
            if stranger is not None:
                found = [m for m in found if not (match.start() < m.end and m.start < match.end())]
                found.append(Mention(match.start(), match.end(), stranger.actor_id, stranger.name, "person"))
        found.extend(self._again(sentence, found))
        return tuple(sorted(found, key=lambda m: m.start))

    def _named(self, sentence: str, mention: Mention) -> Mention:
        """A title with the unlisted name that it ends in ("Ukraine's energy minister X Y") is that person's."""
        if mention.kind != "role" or mention.speaker is not None:
            return mention
        words = sentence[mention.start : mention.end]
        if _ARMS.search(words):
            return replace(mention, speaker=words, kind="body")
        held = _HELD.fullmatch(words)
        name = held["name"] if held else _after_small_letters(words)
        if not name or not _is_persons(name):
            return mention
        self._learn(Stranger(name, mention.actor_id))
        return replace(mention, speaker=name, kind="person")

    def _institutes(self, sentence: str, mentions: Sequence[Mention]) -> list[Mention]:
        found = []
        for match in _INSTITUTE.finditer(sentence):
            taken = any(match.start() < m.end and m.start < match.end() and m.kind != "adjective" for m in mentions)
            if not taken and not _OF_STATE.search(match.group()):
                start = match.start() + (4 if match.group().startswith("The ") else 0)
                found.append(Mention(start, match.end(), ANALYST, sentence[start : match.end()], "body"))
        return found

    def _introduced(self, sentence: str, match: re.Match[str], mentions: Sequence[Mention]) -> Stranger | None:
        """Who a full name is, where the text shows that it is a person's; None for anything else."""
        start, end = match.span()
        over = [m for m in mentions if start < m.end and m.start < end]
        if any(m.kind in {"person", "body"} or m.start < start for m in over) or not _is_persons(match.group()):
            return None
        surname = match.group().split()[-1]
        if surname in self.known and self.known[surname].name == match.group():
            return self.known[surname]
        before, behind = sentence[max(0, start - _AWAY) : start], sentence[end : end + 200]
        titled, beside = _TITLE_BEFORE.search(before), _APPOSITION.match(behind)
        speaks = _SPEAKS.match(behind) or _SAID_BEFORE.search(before) or _ACCORDING.search(before)
        if not (titled or speaks or (beside and behind.startswith(","))):
            return None
        role = self._role(before if titled else "", behind[: beside.end()] if beside and behind[:1] == "," else "")
        stranger = Stranger(match.group(), self._actor(role, start, end, sentence, mentions))
        self._learn(stranger)
        return stranger

    def _listed(self, sentence: str, match: re.Match[str], mentions: Sequence[Mention]) -> Stranger | None:
        """A full name that goes on a list of people who have one title: "experts A, B, and C"."""
        before = [m for m in mentions if m.end <= match.start() and m.kind == "person"]
        last = max(before, key=lambda m: m.end, default=None)
        if last is None or not _JOINT.fullmatch(sentence, last.end, match.start()) or not _is_persons(match.group()):
            return None
        if any(match.start() < m.end and m.start < match.end() for m in mentions):
            return None
        names = _LIST_BEFORE.search(sentence[max(0, last.start - 2 * _AWAY) : last.start])
        if names is None or not last.actor_id:
            return None
        stranger = Stranger(match.group(), last.actor_id)
        self._learn(stranger)
        return stranger

    def _role(self, before: str, behind: str) -> str:
        """The words that say who somebody is: his title, back to the clause's start, and his apposition."""
        title = re.split(r"[,;:\x01] |(?<=[a-z]{4})\. |\b(?:said|says|told|and|but|that|with|by|to)\b", before)[-1]
        return f"{title} | {behind}"

    def _actor(self, role: str, start: int, end: int, sentence: str, mentions: Sequence[Mention]) -> str:
        if _EXPERT.search(role):
            return ANALYST
        title, _, behind = role.partition(" | ")
        beside = [
            m
            for m in mentions
            if (start - len(title) <= m.start < start or end <= m.start < end + len(behind)) and m.actor_id
        ]
        official = re.search(rf"\b(?:{_OFFICES})\b", role, re.IGNORECASE)
        if beside and official:
            return beside[0].actor_id
        return next((actor for actor, words in _PARLIAMENTS if words.search(role)), NOBODY)

    def _learn(self, stranger: Stranger) -> None:
        self.known[stranger.name.split()[-1]] = stranger

    def _again(self, sentence: str, mentions: Sequence[Mention]) -> list[Mention]:
        """Surnames of people introduced before."""
        found: list[Mention] = []
        for surname, stranger in self.known.items():
            for match in re.finditer(rf"\b{re.escape(surname)}\b", sentence):
                free = not any(match.start() < m.end and m.start < match.end() for m in (*mentions, *found))
                alone = not re.search(r"[A-Z][a-z]+ $", sentence[: match.start()]) or _TITLE_BEFORE.search(
                    sentence[max(0, match.start() - _AWAY) : match.start()]
                )
                if free and alone:
                    found.append(Mention(match.start(), match.end(), stranger.actor_id, stranger.name, "person"))
        return found


def speaks_unnamed(sentence: str, mentions: Sequence[Mention]) -> bool:
    """Whether somebody who is neither named nor of a watched party speaks: "The head of the parish said"."""
    subject = _UNNAMED.match(sentence)
    return subject is not None and not any(m.start < subject.end() for m in mentions)


def _is_persons(name: str) -> bool:
    """Whether two or three words with capitals can be a person's name: no body's, and no verb of a headline."""
    verbs = lexicon().get(name.split()[0].lower(), ())
    return not _NO_PERSON.search(name) and not any(verb.form in {"s", "past", "ing"} for verb in verbs)


def _after_small_letters(words: str) -> str:
    """The full name that a title in small letters ends in, "" where it ends in none."""
    name = re.search(rf"{_FULL.pattern}$", words)
    return name.group() if name and words[: name.start()].rstrip(" ,")[-1:].islower() else ""


_PARLIAMENTS = tuple(
    (actor, re.compile(rf"\b(?:{words})"))
    for actor, words in (
        ("united-states", r"Rep\.|Sen\.|[Cc]ongress(?:man|woman)|Republican|Democrat|GOP|[RD]-[A-Z]|Pentagon|House "),
        (
            "united-kingdom",
            r"Labour|Tory|Conservative|Liberal Democrat|Shadow |shadow |Foreign Secretary|Defence Secretary",
        ),
        ("germany", r"Bundestag|CDU|CSU|SPD|Bundeswehr"),
        ("france", r"Élysée|National Assembly"),
        ("poland", r"Sejm|Law and Justice"),
        ("eu", r"MEP\b|European Parliament"),
        ("ukraine", r"Rada\b|Verkhovna|Servant of the People"),
        ("russia", r"Duma|Federation Council|United Russia"),
    )
)
"""Words of a title that only one country's politics has: "Rep. X", "X, a Labour MP"."""

_OFFICES = (
    r"president|prime minister|minister|premier|chancellor|secretary|envoy|ambassador|spokes(?:man|woman|person)"
    r"|officials?|officer|adviser|advisor|aide|negotiator|diplomat|lawmaker|senator|congress(?:man|woman)|MP|MEP|deputy"
    r"|governor|commander|general|colonel|admiral|head|chief|chair(?:man|woman|person)?|representative|commissioner"
    r"|speaker|Gen|Lt|Col|Maj|Adm|Sen|Rep|leader|mayor"
)

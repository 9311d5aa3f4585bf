"""Titles as names: "the French leader", "Ukraine's chief negotiator", "a senior Kremlin official", "US negotiators".

Hides which title names one office holder, and how a title, a name and a possessive grow into one mention.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from digests.model import Directory, Speaker


def _listed(words: str) -> list[str]:
    return words.split()


if TYPE_CHECKING:
    from digests.names import Mention

_HEADS = (
    "president|leader|premier|prime minister|vice president|chancellor|foreign minister|minister"
    "|ministry|secretary|envoy|emissary|negotiator|"
    "spokesman|spokeswoman|spokesperson|press secretary|official|aide|adviser|advisor|ambassador"
    "|diplomat|delegation|representative|commander|"
    "chief|head|general|lawmaker|senator|legislator|parliament|speaker|government|administration"
    "|authorities|side|team|army|military|air force|"
    "forces|troops|intelligence|presidency|general staff|counterpart|mediator|lawmakers|leadership"
    "|source|commissioner|cabinet|regime|"
    "defen[cs]e minister|office|press service|officials|negotiators|diplomats|envoys|leaders|ministers|representatives"
    "|aides|mediators|senators|allies|capitals|"
    "nations|countries|governments|states|members|partners|delegates|delegations|sources|advisers"
    "|advisors|chief of staff|state media"
    "|staff|force|services?|agency|committee|council|department|bureau|navy|police|mission|embassy|governor|mayor"
    "|coordinator|prosecutors?|ombudsman|mp|mps|deputies|deputy|parliamentarian|command|border guard|watchdog|regulator"
)
ROLE_OF = re.compile(rf"\b(?:{_HEADS})\b", re.IGNORECASE)
_MODIFIERS = frozenset(
    _listed(
        "senior special top chief lead deputy former presidential foreign defense defence interior "
        "finance prime vice national security state "
        "military treasury army peace negotiating government high-ranking unnamed acting permanent "
        "press official anonymous energy economic trade "
        "development new main long-time longtime close key interim opposition first second one "
        "high-level parliamentary lower upper house diplomatic "
        "joint working technical mediation air general war justice technology sanctions climate human "
        "rights cabinet regional local occupation Kremlin "
        "White House State Department Foreign Ministry Defense Defence Treasury Secretary Security "
        "Council Pentagon and of investment wealth fund "
        "sovereign negotiations negotiation expert political right-hand personal policy affairs "
        "armed border emergency central electoral investigative federal space naval ground anti-corruption nuclear "
        "atomic agriculture infrastructure digital culture education health social intelligence crisis "
        "prosecutor reconstruction integration communications strategic information domestic internal"
    )
)
_PERSONS = frozenset(
    _listed(
        "president leader premier minister chancellor secretary envoy emissary negotiator spokesman "
        "spokeswoman spokesperson aide "
        "adviser advisor ambassador diplomat commander chief head general speaker mediator commissioner "
        "representative staff"
    )
)  # last words of titles that one person holds
_OUTSIDERS = re.compile(
    r" (?:\w+ )?(?:observers?|analysts?|experts?|bloggers?|correspondents?|journalists?"
    r"|think[ -]tanks?|newspapers?|media|outlets?|news|TV|television"
    r"|radio|broadcasters?|agency|website|historian|economist|academics?|scholars?|professor"
    r"|citizens?|people|public|voters|society)\b"
)
_WORD = re.compile(r"[ \u00a0]([\w.-]+)")
_ADMINISTRATION = re.compile(r"(?:[’']s)? (?i:administration|team|government|cabinet|camp)\b")
_POSSESSIVE = re.compile(r"[’'](?:s\b)?")
_TITLES = frozenset(
    _listed(
        "president prime vice minister secretary envoy chancellor mr mrs ms dr sir general gen lt "
        "senator sen rep ambassador spokesman spokeswoman "
        "spokesperson aide adviser advisor chief chairman commissioner premier king pope crown prince "
        "emir sheikh leader negotiator official counterpart "
        "director-general president-elect lt. gen. sen. mr. dr. special presidential foreign defense "
        "defence national security council press "
        "top of state head treasury army interior finance ministry department mouthpiece boss supremo"
    )
)
_OF_ROLE = re.compile(
    rf"(?:\b[Tt]he |\b[Aa]n? )?(?:[\w-]+ ){{0,3}}?\b(?:{_HEADS}) (?:of|at|in) (?:the )?$", re.IGNORECASE
)
_STATIONED = re.compile(
    r"\b(?:troops|forces|army|military|allies|nations|countries|states|members|partners|leaders|ministers|envoys"
    r"|negotiators|delegations?|mediators?|side|team) (?:in|at) (?:the )?$",
    re.IGNORECASE,
)
"""Whoever is in a place need not be of it: "troops in Ukraine", "leaders in Paris"."""
_SPOKES_FOR = re.compile(
    r"(?:\b[Tt]he |\b[Aa] )?\bspokes(?:man|woman|person) for (?:the |President |Prime Minister )?$"
)
_HEAD_OF_GOVERNMENT = ("president", "prime minister", "chancellor", "premier")
_ANY = re.compile(
    r"\b(?:an?|one|some|several|two|three|four|many|other|unnamed|anonymous|another)\b[\s\w-]*$", re.IGNORECASE
)


_SENT_TO = frozenset(_listed("nato united-nations"))
_AMBASSADOR = re.compile(r"\b(?:ambassador|envoy)s?$", re.IGNORECASE)
"""An ambassador named by an organisation is some state's: "the NATO ambassador"."""
_NOT_THEIRS = re.compile(r"\b(?:allies|partners|counterparts?|capitals|nations|countries|states)$")
_OF_ONE = re.compile(r" of [A-Z][a-z]+$")
_OTHER_NAME = re.compile(
    r",? (?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|White|State|Air)"
    r"([A-ZÀ-Þ][\w’'-]+ (?:[A-Z]\. )?[A-ZÀ-Þ][\w’'-]+)"
)


_OF_MANY = re.compile(r"(?<!chief of the )(?<!chief of )\bgeneral staff$", re.IGNORECASE)


_RANK = re.compile(r"\b(?:senior|special|top)\b", re.IGNORECASE)  # "top negotiator" is an office, "negotiator" is none
_VAGUE = frozenset({("chief",), ("head",), ("negotiator",)})
"""Titles that say by themselves whose office is meant only where somebody is listed with just them."""


def is_title(word: str) -> bool:
    """Whether a word can stand before a name as a title."""
    return word.lower().strip("“\"'‘(,") in _TITLES


class Roles:
    """Grows mentions into titles, and titles into the person who holds the office on the day."""

    def __init__(self, directory: Directory) -> None:
        self._speakers: dict[str, list[Speaker]] = {a.id: list(a.speakers) for a in directory.actors}
        self._members: dict[str, tuple[str, ...]] = {
            a.id: tuple(sorted(b.id for b in directory.actors if b.parent == a.id)) for a in directory.actors
        }

    def join(self, text: str, raw: Sequence[Mention], on: date | None) -> tuple[Mention, ...]:
        """Raw names joined with the titles around them, in order, none overlapping."""
        grown: list[Mention] = []
        names = frozenset(m.start for m in raw)
        for mention in raw:
            grown.append(self._with_title_before(text, self._with_role_after(text, mention, names, on), grown, on))
        merged: list[Mention] = []
        for mention in grown:
            if merged and mention.start < merged[-1].end:
                if mention.end <= merged[-1].end:
                    continue
                mention = replace(mention, start=merged[-1].end)
            if merged and _sent(text, merged[-1], mention):
                left, title = merged[-1], text[mention.start : mention.end]
                holder = self.holder(left.actor_id, title, on)
                merged[-1] = replace(left, end=mention.end, kind="role", speaker=holder)
            elif merged and (_one_title(text, merged[-1], mention) or _of_office(text, merged[-1], mention)):
                merged[-1] = replace(mention, start=merged[-1].start)
            else:
                merged.append(mention)
        return tuple(merged)

    def _with_role_after(self, text: str, mention: Mention, names: Collection[int], on: date | None) -> Mention:
        """ "Russian" + "foreign minister"; "Ukraine" + "'s chief negotiator"; "Kremlin" + "official"."""
        at = mention.end
        if owned := _POSSESSIVE.match(text, at):
            at = owned.end()
        administration = None if owned or mention.kind != "person" else _ADMINISTRATION.match(text, at)
        if administration:
            return replace(mention, end=administration.end(), kind="role", speaker=None)
        head_end = _head_end(text, at, names)
        if head_end == at or (mention.kind == "person" and not owned):
            return mention
        if _OUTSIDERS.match(text, head_end):
            return replace(mention, end=head_end, kind="adjective", speaker=None)
        if mention.actor_id in _SENT_TO and _AMBASSADOR.search(text[at:head_end]):
            return replace(mention, end=head_end, kind="adjective", speaker=None)
        if owned and _NOT_THEIRS.search(text[at:head_end]):  # "Russia's allies" are not Russia
            return replace(mention, end=head_end, kind="adjective", speaker=None)
        unnamed = _ANY.search(text[max(0, mention.start - 24) : mention.start])
        other = _other_name(text, head_end, names)
        if other is not None and text[at:head_end].split()[-1].lower() in _PERSONS:
            end = _end_of_name(text, other)
            if other == head_end + 1 or text.startswith(",", end):  # "the British envoy X Y", "the envoy, X Y, said"
                return replace(mention, end=end, kind="role", speaker=None)
        holder = None if unnamed or other else self.holder(mention.actor_id, text[at:head_end].strip(), on)
        return replace(mention, end=head_end, kind="role", speaker=holder)

    def _with_title_before(self, text: str, mention: Mention, earlier: Sequence[Mention], on: date | None) -> Mention:
        """ "President" + "Donald Trump"; "head of" + "Ukraine's military intelligence"."""
        floor = earlier[-1].end if earlier else 0
        before = text[max(floor, mention.start - 60) : mention.start]
        joint = before.endswith(("of ", "at ", "in ", " the "))
        joint = joint and not _STATIONED.search(before)
        if joint and mention.kind in {"metonym", "body", "role"} and (of := _OF_ROLE.search(before)):
            start = mention.start - len(before) + of.start()
            holder = (
                mention.speaker
                if mention.kind == "role" and mention.speaker
                else self.holder(mention.actor_id, of.group(), on)
            )
            return replace(mention, start=start, kind="role", speaker=holder)
        if spokes := _SPOKES_FOR.search(before):
            return replace(mention, start=mention.start - len(before) + spokes.start(), kind="role", speaker=None)
        if mention.kind != "person":
            return mention
        start = mention.start
        while (word := re.search(r"([\w.-]+) $", text[max(floor, start - 24) : start])) and is_title(word.group(1)):
            start -= len(word.group())
        if text.startswith("of ", start):  # "the office of President X": no title begins with it
            start += len("of ")
        return replace(mention, start=start)

    def holder(self, actor_id: str, phrase: str, on: date | None) -> str | None:
        """The one person whose office the title names on that day; None where it names several or nobody."""
        wanted = _key(phrase)
        if not wanted or not _PERSONS.intersection(wanted) or _OF_MANY.search(phrase):
            return None
        serving = [s for s in self._speakers.get(actor_id, []) if _serves(s, on)]
        if wanted == ("leader",):
            chosen = [
                s.name
                for s in serving
                if any(h in s.role.lower() for h in _HEAD_OF_GOVERNMENT) and "vice" not in s.role.lower()
            ]
            return chosen[0] if chosen else None
        named = [s.name for s in serving if any(_is_title(phrase, t) for t in (*s.titles, s.role))]
        if not named and wanted not in _VAGUE:
            of_all = [s for s in serving if not _OF_ONE.search(s.role)]  # "foreign minister of" one of several states
            named = [s.name for s in of_all if wanted[-1] in _key(s.role) and set(wanted) <= set(_key(s.role))]
            if wanted == ("president",):
                named = [n for n, s in ((s.name, s) for s in serving) if _key(s.role)[:1] == ("president",)]
        return named[0] if len(set(named)) == 1 else None


def _is_title(phrase: str, title: str) -> bool:
    """Whether a phrase means the office of a title; a vague one does so in the title's own rank only."""
    key = _key(phrase)
    return key == _key(title) and (key not in _VAGUE or _RANK.findall(phrase) == _RANK.findall(title))


def _other_name(text: str, at: int, names: Collection[int]) -> int | None:
    """Where a name that is not configured follows a title: "Ukraine's energy minister, Name Surname" is perhaps not
    the holder that is known."""
    found = _OTHER_NAME.match(text, at)
    return found.start(1) if found and not any(found.start(1) <= start < found.end() for start in names) else None


def _end_of_name(text: str, at: int) -> int:
    found = _OTHER_NAME.match(text, at - 1)
    return found.end() if found else at


def _head_end(text: str, at: int, names: Collection[int]) -> int:
    """Where the title that starts at an offset ends: behind its last head ("foreign minister"), `at` where it has none.
    Another name ends it, unless that is part of a title ("White House")."""
    end = head_end = at
    for _ in range(6):
        word = _WORD.match(text, end)
        if not word:
            break
        plain = word.group(1).rstrip(".-")
        known = plain in _MODIFIERS or plain.lower() in _MODIFIERS
        if word.start(1) in names and not known:
            break
        end = word.end()
        if ROLE_OF.fullmatch(plain):
            head_end = end - (len(word.group(1)) - len(plain))
            if plain.lower() in {"side", "allies", "sources", "forces"}:
                break
        elif not known:
            break
    return head_end


def _serves(speaker: Speaker, on: date | None) -> bool:
    return on is None or (
        (speaker.since is None or speaker.since <= on) and (speaker.until is None or on <= speaker.until)
    )


def _key(phrase: str) -> tuple[str, ...]:
    """Words of a title that tell one office from another."""
    low = (
        phrase.lower()
        .replace("defense", "defence")
        .replace("advisor", "adviser")
        .replace("spokeswoman", "spokesman")
        .replace("spokesperson", "spokesman")
    )
    words = re.findall(r"[\w-]+", low)
    return tuple(
        w
        for w in words
        if w not in {"the", "a", "an", "s", "senior", "special", "top", "of", "at", "in", "longtime", "long-time"}
    )


def _sent(text: str, left: Mention, right: Mention) -> bool:
    """Whether a state's ambassador to an organisation is named: "US" + "NATO ambassador"."""
    states = left.kind in {"adjective", "metonym"} and left.actor_id not in _SENT_TO
    sent = right.actor_id in _SENT_TO and _AMBASSADOR.search(text[right.start : right.end])
    return bool(states and sent and text[left.end : right.start] in {" ", "’s ", "'s "})


def _of_office(text: str, title: Mention, mention: Mention) -> bool:
    """Whether a title goes on with its office and then the name: "Minister" + "of Defence X Y"."""
    same = title.kind == "role" and mention.kind == "person" and title.actor_id == mention.actor_id
    return (
        same and text[title.end : mention.start] == " of " and ROLE_OF.search(text[title.start : title.end]) is not None
    )


def _office_named(text: str, title: Mention, name: Mention) -> bool:
    """Whether an office that one person holds is followed by who holds it: "the chief of X's forces, Y Z, "."""
    closed = title.speaker is None and title.actor_id == name.actor_id and text.startswith(",", name.end)
    words = re.findall(r"[\w-]+", text[title.start : title.end].lower())
    one_person = not _PERSONS.isdisjoint((words[-1], *words[:2]))
    return closed and one_person and _ANY.search(text[max(0, title.start - 24) : title.start]) is None


def _one_title(text: str, left: Mention, right: Mention) -> bool:
    """Whether a title and the name behind it are one: "Kremlin aide" + "Yuri Ushakov"."""
    between = text[left.end : right.start]
    if left.kind == right.kind == "person" and left.speaker == right.speaker and not between.strip():
        return True
    if left.kind in {"adjective", "role", "body", "metonym"} and right.kind == "person":
        given = right.speaker.split()[0] if right.speaker else ""
        return not between.replace(given, "").strip() or (
            between == ", "
            and left.kind == "role"
            and (left.speaker == right.speaker or _office_named(text, left, right))
        )
    return (
        left.kind in {"adjective", "body", "metonym"}
        and right.kind in {"role", "body"}
        and between in {" ", "’s ", "'s "}
    )

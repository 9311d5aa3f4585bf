"""Which issues headline and lead of an article are about, beside those that they only touch on.

A term found says that an issue is named; a headline says what the news is. Hides what a lead adds as background: deals
that are only conditions ("if a peace deal is agreed"), attacks that nobody made ("any new Russian attack"), places that
name where and not what, and the talks that every report of these weeks mentions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from digests.model import Directory, Relevance
from digests.topics import Spot, Topics

PROCESS = "process"
"""The issue of meetings, drafts and envoys."""

HOSTILITIES = "hostilities"
"""The issue of the fighting itself: what news of the war is about that names no other."""

_MEETING = re.compile(
    r"\b(?:meet(?:s|ing|ings)?|met|talks?|summit|gather(?:s|ed)?|hosts?|visits?|heads? to|travels? to|attends?"
    r"|conference|round of|envoys|negotiat(?!or\b)\w{1,6}|зустріч\w{0,3}|встреч\w{0,3}"
    r"|szczyt\w{0,3}|spotkani\w{1,3}|Treffen|Gipfel)\b",
    re.I,
)
_DEAL = (
    r"(?:peace (?:deal|agreement|settlement|accord|treaty|plan|proposal)|cease-?fire|truce|deal with russia"
    r"|end (?:to|of) (?:the )?(?:war|fighting|hostilities))"
)
_CONDITION = re.compile(
    r"\b(?:if|once|when|after|should|until|unless|before|(?:in|following) (?:the )?(?:event|case|aftermath|wake) of"
    r"|under|(?:as )?part of|upon|following|back(?:ing)?|support(?:ing)?|guarantee|underpin|police|uphold"
    r"|enforc\w{1,3}|pending)"
    rf" (?:[\w’'-]+ ){{0,4}}?{_DEAL}s?\b",
    re.I,
)
"""A deal that others wait for: what is told happens under it, it does not tell how the deal comes about."""
_FEARED = re.compile(
    r"\b(?:if|any|future|further|potential|possible|new(?! year)|renewed|another|deter|prevent|counter)"
    r" (?:[\w’'-]+ ){0,3}?(?:attack(?:s|ed|ing)?|aggression|invasion|invad\w{1,3}|strikes?|offensives?)(?: again)?\b",
    re.I,
)
_PLAIN_PLACES = re.compile(
    r"\b(?:(?:NATO|Northern|Capital|US|U\.S\.|national|home|alliance|its own)"
    r"|(?!Ukrain)[A-Z][a-z]{2,9}(?:ish|an|ese|nch)) [Tt]erritor(?:y|ies)\b"
    r"|\bannex\w{0,6} (?:of )?(?!Ukrain|Crime|Donb|Donet|Luha|Kher|Zapor|Khark|Odes|Sum|Dnip|Mykol|Kyiv)[A-Z]\w+"
    r"|\bBlack Sea (?:coast|resort|city|town|village|port)\b",
)
"""Land that nobody negotiates here: other states' own, and what others would take from each other."""
_ATTENDANTS = frozenset(
    [
        "coalition of the willing",
        "coalition of willing",
        "envoys",
        "envoy",
        "negotiators",
        "negotiator",
        "delegation",
        "delegations",
        "mediated",
        "mediation",
        "mediate",
        "mediator",
        "trilateral",
        "compromise",
        "компроміс",
        "компромисс",
        "kompromiss",
        "compromis",
        "kompromis",
        "draft statement",
        "summit",
        "productive",
        "negotiated",
        "the talks",
    ]
)
"""Words of the talks that say who was there and not what was dealt with."""
_APPOINTED = re.compile(
    r"\b(?:names?|named|appoint\w{0,4}|taps?|picks?|selects?|nominat\w{1,3}|replac\w{1,3}|resign\w{0,3}|dismiss\w{0,3}"
    r"|fires?|fired|sacks?|sacked|oust\w{0,3}|tapped|picked|chosen|asks|new)\b",
    re.I,
)
_OFFICE = re.compile(
    r"\b(?:chief of staff|(?:presidential|president.s) (?:office|administration)|top aide|right[- ]hand"
    r"|(?:chief|lead) negotiator|head of (?:the |its )?delegation|peace envoy|special envoy)\b",
    re.I,
)
_FIGURE = re.compile(r"^[\d.,\s]+$")
_FORCES = re.compile(
    r"\b(?:troops?|soldiers?|army|armies|forces|military|personnel|servicemen|cap(?:s|ped)?|limit\w{0,3})\b", re.I
)
_WAR = re.compile(
    r"\b(?:war|wartime|invasion|invad\w{1,3}|fighting|fight(?:s|ers?)?|battle\w{0,6}|soldiers?|troops|front|frontlines?"
    r"|assassinat\w{0,5}|mobili[sz]\w{1,6}|recruit\w{0,5}|commander|drones?|missiles?|bounty|strikes?|struck|hits?|attack(?:s|ed|ing)?|depot|refiner(?:y|ies)|bombs?|bombed|killed|downed"
    r"|війн\w{0,3}|войн\w{0,3}|Krieg\w{0,3}|guerre|wojn\w{0,3})\b",
    re.I,
)


class Matters:
    """Finds what an article is about. Build once for a directory."""

    def __init__(self, directory: Directory, topics: Topics) -> None:
        self._order = [i.id for i in directory.issues]
        self._context = frozenset(i.id for i in directory.issues if i.context)
        self._topics = topics

    def of(self, title: str, lead: str, language: str, relevance: Relevance) -> tuple[str, ...]:
        """Issue ids in the directory's order."""
        head, body = _plain(title), _plain(lead)
        heads, bodies = self._topics.spots(head, language), self._topics.spots(body, language)
        found = self._named(head, heads, f"{head} . {body}")
        below = self._named(body, bodies, f"{head} . {body}")
        if relevance is Relevance.CONTEXT and found:
            below &= {PROCESS}
        found |= below - {PROCESS}
        if relevance is Relevance.YES and not found - {PROCESS}:
            found |= set(self._topics.short(head, language)) - {PROCESS} - self._context
        if self._is_process(title, body, language, found, relevance):
            found.add(PROCESS)
        else:
            found.discard(PROCESS)
        if not found and relevance is Relevance.CONTEXT and _WAR.search(f"{title} . {lead}"):
            found.add(HOSTILITIES)
        return tuple(i for i in self._order if i in found)

    def _named(self, passage: str, spots: Iterable[Spot], whole: str) -> set[str]:
        """Issues of terms that mean them: a bare figure means the size of an army only beside one."""
        forces = _FORCES.search(whole) is not None
        return {s.issue_id for s in spots if forces or not _FIGURE.match(passage[s.start : s.end])}

    def _is_process(self, title: str, body: str, language: str, found: set[str], relevance: Relevance) -> bool:
        """Whether the talks are what is told: they are met for, or named where no question of theirs is."""
        if relevance is Relevance.CONTEXT and _APPOINTED.search(title) and _OFFICE.search(title):
            return True
        head = _CONDITION.sub(" ", _plain(title))
        if relevance is Relevance.YES and _MEETING.search(head):
            return True
        told = [
            passage[s.start : s.end].lower()
            for passage in (head, _CONDITION.sub(" ", body))
            for s in self._topics.spots(passage, language)
            if s.issue_id == PROCESS
        ]
        if found - {PROCESS} - self._context:
            return any(term not in _ATTENDANTS for term in told)
        return bool(told) or (relevance is Relevance.YES and not found - {PROCESS})


def _plain(passage: str) -> str:
    """The passage without what only sounds like an issue."""
    return _PLAIN_PLACES.sub(" ", _FEARED.sub(" ", passage))

"""Who acts or speaks in a headline or lead, beside those who are only spoken of. Hides the rules of place and grammar.

"Ukraine peace deal", "in Paris", "war with Russia" and "Putin's residence" name parties that do nothing there; "Russia
says", "Ukrainian drones" and "Ukraine's president" name those who do. Attribution of statements is not decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from digests.model import Directory
from digests.names import Gazetteer, Mention
from digests.relevance import Lexicon, words_of

_BEFORE = re.compile(r"([\w’'-]+) (?:the |a |an |its |his |their |former |so-called |[“‘\"'])*$", re.I)
_AFTER = re.compile(r"(?P<own>[’']s?)?[\s-]+[“‘\"']?(?P<next>[\w’-]+)")
_AND = re.compile(r"^(?:,| and| &|,? and) $")

_VIOLENCE = re.compile(
    r"\b(?:strikes?|struck|attacks?|hits?|kill(?:s|ed|ing)?|drones?|missiles?|captured?|shelling)\b", re.I
)

_TARGET_WORDS = (
    "in on of near across at over against hit hits strike strikes target targets attack attacks alleged attempted"
)
_TARGET_AFTER = frozenset(_TARGET_WORDS.split())

_OBJECT_WORDS = (
    "in to for on of from with against over into about near across toward towards outside inside around onto amid "
    "between than versus vs like via throughout within invaded occupied hit hits struck target targets targeted "
    "support supports supporting back backs backing protect protects protecting help helps helping counter defend "
    "defends attack attacks attacking attacked bomb bombs pound pounds arm arms arming host hosts urge urges tell "
    "tells told warn warns press presses pressure give gives offer offers threaten threatens blame blames accuse "
    "accuses postwar post-war end ending attempted alleged "
)
_OBJECT_AFTER = frozenset(_OBJECT_WORDS.split())
_THEME_WORDS = (
    "peace war wars talks talk deal deals plan plans ceasefire cease-fire truce security guarantee guarantees "
    "conflict negotiations invasion troop troops deployment position crisis summit meeting agreement proposal "
    "proposals policy aid support borders border territory front declaration statement pact pledge pledges accord "
    "framework bureau correspondent backstop reconstruction loan funding oil crude gas economy sanctions envoy "
    "monitoring defense defence settlement diplomacy efforts effort question issue dispute standoff relations "
    "ties war-related postwar adviser spy progress "
)
_THEMES = frozenset(_THEME_WORDS.split())
_AGENT_WORDS = (
    "president presidents leader leaders minister ministers ministry government officials official army forces "
    "force military troops soldiers intelligence spy spies chief chiefs head envoy envoys negotiators negotiator "
    "delegation team parliament ambassador diplomats diplomat spokesman spokeswoman spokesperson security agency "
    "services service secret foreign defense defence prime top senior chancellor king general commander "
    "commanders navy state staff council commission allies administration cabinet lawmakers mps authorities side "
    "ally partners drones drone missiles missile strike strikes attack attacks shelling bombardment raid advance "
    "advances gains offensive assault jets warplanes barrage fire threat threats demand demands claim claims "
    "decision visit address speech warning warnings plot proof offer rejection refusal ultimatum negotiating "
    "diplomats  "
)
_AGENTS = frozenset(_AGENT_WORDS.split())
_LEAD_WORDS = 45  # of a lead: who acts stands early, background follows


class Acting:
    """Finds those who act. Build once for a directory and its gazetteer."""

    def __init__(self, directory: Directory, names: Gazetteer) -> None:
        self._names = names
        lower = {a.id: [n for n in a.aliases if n[:1].islower()] for a in directory.actors}
        self._lower = Lexicon(lower)

    def of(self, title: str, lead: str, mentions: tuple[Sequence[Mention], Sequence[Mention]]) -> tuple[str, ...]:
        """Ids of those who act or speak, in order of their first act: the headline's, then the lead's."""
        top = " ".join(lead.split()[:_LEAD_WORDS])
        found = [*self._in(title, mentions[0]), *self._lower_names(title)]
        if _VIOLENCE.search(title):  # who was struck is a party to it
            found += [m.actor_id for m in mentions[0] if m.kind != "body" and _is_target(title, m)]
        found += [*self._in(lead, [m for m in mentions[1] if m.end <= len(top)]), *self._lower_names(top)]
        return tuple(dict.fromkeys(found)) or tuple(dict.fromkeys(m.actor_id for m in mentions[0]))

    def _in(self, passage: str, mentions: Sequence[Mention]) -> Iterator[str]:
        joined = False  # "Russia and Ukraine accuse": what follows "and" does as its fellow does
        last_end = -10
        for mention in mentions:
            if not (joined and _AND.match(passage[last_end : mention.start])):
                joined = _acts(passage, mention)
            last_end = mention.end
            if joined:
                yield mention.actor_id

    def _lower_names(self, passage: str) -> list[str]:
        return [h.label for h in self._lower.hits(words_of(passage))]


def _is_target(passage: str, mention: Mention) -> bool:
    before = _BEFORE.search(passage[max(0, mention.start - 40) : mention.start])
    return before is not None and before[1].lower() in _TARGET_AFTER


def _acts(passage: str, mention: Mention) -> bool:
    before = _BEFORE.search(passage[max(0, mention.start - 40) : mention.start])
    after = _AFTER.match(passage[mention.end : mention.end + 40])
    follows = after["next"].lower() if after else ""
    owns = bool(after and after["own"])
    if mention.kind in {"person", "role"}:
        return not owns or follows in _AGENTS
    if mention.kind == "adjective":
        return follows in _AGENTS
    if before and before[1].lower() in _OBJECT_AFTER:
        return owns and follows in _AGENTS
    if owns:
        return follows in _AGENTS
    return follows not in _THEMES


__all__ = ["Acting"]

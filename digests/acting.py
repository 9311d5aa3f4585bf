"""Who acts or speaks in a headline or lead, beside those who are only spoken of. Hides the rules of place and grammar.

"Ukraine peace deal", "in Paris", "war with Russia" and "Putin's residence" name parties that do nothing there; "Russia
says", "Ukrainian drones" and "Ukraine's president" name those who do. Attribution of statements is not decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from digests.model import Directory
from digests.names import Gazetteer, Mention
from digests.relevance import INVADED, Lexicon, words_of

_BEFORE = re.compile(r"([\w’'-]+) (?:the |a |an |its |his |their |former |so-called |[“‘\"'])*$", re.I)
_SENT_BY = re.compile(
    r"\b(?:delegations?|negotiators|officials|advis[eo]rs|envoys|leaders|ministers|diplomats|representatives)"
    r" (?:from|of) (?:the )?$",
    re.I,
)
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
_CONDITION_WORDS = "if unless before until once provided wenn falls якщо если contradicting echoing"
_CONDITIONS = frozenset(_CONDITION_WORDS.split())
_FOREIGN_WORDS = (
    "по на о об про против проти для к ко от від из з із зі за при над под під щодо gegen für mit von über an aus nach"
    " en au aux de du contre pour avec sur na do o dla przeciw wobec"
)
_OBJECT_AFTER = frozenset(f"{_OBJECT_WORDS} {_CONDITION_WORDS} {_FOREIGN_WORDS}".split())
_PERSON_OBJECT_WORDS = "gives give gave of for about against gegen über von contre de про против проти"
_PERSON_OBJECT_AFTER = frozenset(f"{_PERSON_OBJECT_WORDS} {_CONDITION_WORDS}".split())
_OBLIQUE = re.compile(r"[а-яіїєґ](?:у|ю|ові|еві|ом|ем|єм|ым|им)$")
"""Endings of a Ukrainian or Russian surname that is given to, spoken of or acted upon."""
_THEME_WORDS = (
    "peace war wars talks talk deal deals plan plans ceasefire cease-fire truce security guarantee guarantees "
    "conflict negotiations invasion troop troops deployment position crisis summit meeting agreement proposal "
    "proposals policy aid support borders border territory front declaration statement pact pledge pledges accord "
    "framework bureau correspondent backstop reconstruction loan funding oil crude gas economy sanctions envoy "
    "monitoring defense defence settlement diplomacy efforts effort question issue dispute standoff relations "
    "ties war-related postwar adviser spy progress map text paper deadline deadlines ultimatum tariff tariffs "
    "limits caps "
    "style proposed mediated brokered flagged must should soll sollen повинна должна "
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
    "diplomats advisers advisors embassy "
)
_AGENTS = frozenset(_AGENT_WORDS.split())
_LEAD_WORDS = 45  # of a lead: who acts stands early, background follows


class Acting:
    """Finds those who act. Build once for a directory and its gazetteer."""

    def __init__(self, directory: Directory, names: Gazetteer) -> None:
        self._names = names
        lower = {a.id: [n for n in a.aliases if n[:1].islower()] for a in directory.actors}
        self._lower = Lexicon(lower)
        people = {n for a in directory.actors for s in a.speakers for n in (s.name.split()[-1], *s.aliases)}
        named = people | {n for a in directory.actors for n in (a.name, *a.aliases)}
        places = [w for w in directory.watch.conflict if w.istitle() and "*" not in w and w not in named]
        self._places = Lexicon({INVADED: places})

    def of(self, title: str, lead: str, mentions: tuple[Sequence[Mention], Sequence[Mention]]) -> tuple[str, ...]:
        """Ids of those who act or speak, in order of their first act: the headline's, then the lead's."""
        top = " ".join(lead.split()[:_LEAD_WORDS])
        found = [*self._in(title, mentions[0]), *self._lower_names(title)]
        if _VIOLENCE.search(title):  # who was struck is a party to it
            found += [m.actor_id for m in mentions[0] if m.kind != "body" and _is_target(title, m)]
            found += [INVADED] if self._places.labels(words_of(title)) else []
        found += [*self._in(lead, [m for m in mentions[1] if m.end <= len(top)]), *self._lower_names(top)]
        return tuple(dict.fromkeys(found)) or tuple(dict.fromkeys(m.actor_id for m in mentions[0]))

    def _in(self, passage: str, mentions: Sequence[Mention]) -> Iterator[str]:
        acts = False  # "Russia and Ukraine accuse", "of Trump and Putin": what follows "and" does as its fellow does
        last_end = -10
        for mention in mentions:
            if not _AND.match(passage[last_end : mention.start]):
                acts = _acts(passage, mention)
            elif acts or mention.kind == "adjective":
                acts = acts or _acts(passage, mention)
            last_end = mention.end
            if acts:
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
        if before and before[1].lower() in _PERSON_OBJECT_AFTER:
            return False
        return (not owns or follows in _AGENTS) and not _OBLIQUE.search(passage[mention.start : mention.end])
    if mention.kind == "adjective":
        return follows in _AGENTS and not (before and before[1].lower() in _CONDITIONS)
    if _SENT_BY.search(passage[max(0, mention.start - 60) : mention.start]):
        return True
    if before and before[1].lower() in _OBJECT_AFTER:
        return owns and follows in _AGENTS
    if owns:
        return follows in _AGENTS
    return follows not in _THEMES


__all__ = ["Acting"]

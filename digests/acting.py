"""Who acts or speaks in a headline or lead, beside those who are only spoken of. Hides the rules of place and grammar.

"Ukraine peace deal", "in Paris" and "war with Russia" name parties that do nothing there; "Russia says", "Ukrainian
drones" and "Ukraine's president" name those who do. Whom a headline names is a party to it even where the act is aimed
at him: the war's own two names alone say no more than what it is about. Attribution of statements is not decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from digests import hearsay
from digests.model import Directory, Statement
from digests.names import Gazetteer, Mention
from digests.relevance import INVADED, Lexicon, words_of
from digests.statements import quotes

_BEFORE = re.compile(r"([\w’'-]+) (?:the |a |an |its |his |their |that |former |so-called |[“‘\"'])*$", re.I)
_SENT_BY = re.compile(
    r"\b(?:delegations?|negotiators|officials|advis[eo]rs|envoys|leaders|ministers|diplomats|representatives)"
    r" (?:from|of) (?:the )?$",
    re.I,
)
_AFTER = re.compile(r"(?P<own>[’']s?)?[\s-]+[“‘\"']?(?P<next>[\w’-]+)")
_AND = re.compile(r"^(?:,| and| &|,? and) $")

_VIOLENCE = re.compile(
    r"\b(?:strikes?|struck|attack(?:s|ed|ing)?|hits?|kill(?:s|ed|ing)?|drones?|missiles?|captured?|shell(?:s|ed|ing)"
    r"|bomb(?:s|ed|ing|ards?|ardment)?|barrages?|raids?|pound(?:s|ed)|pummel\w{0,4})\b",
    re.I,
)

_STRUCK = re.compile(
    r"\b(?:hits?|strikes?|attacks?|bombs|destroys|targets|damages|sets fire to) \w+|\b(?:drone|missile|strike|attack)s?"
    r" (?:sets?|hits?|kills?|strikes?|damages?|sparks?|ignites?|destroys?)\b",
    re.I,
)
"""Strikes upon something: upon what, need not be said when the striker is."""
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
    "propose proposes proposed want wants wanted ask asks asked under have let lets given giving "
)
_CONDITION_WORDS = "if unless before until once provided wenn falls якщо если contradicting echoing"
_CONDITIONS = frozenset(_CONDITION_WORDS.split())
_FOREIGN_WORDS = (
    "по на о об про против проти для к ко от від из з із зі за при над под під щодо gegen für mit von über an aus nach"
    " en au aux de du contre pour avec sur na do od o dla przeciw wobec"
)
_FOREIGN = frozenset(_FOREIGN_WORDS.split())
_OBJECT_AFTER = frozenset(f"{_OBJECT_WORDS} {_CONDITION_WORDS} {_FOREIGN_WORDS}".split())
_PERSON_OBJECT_WORDS = "gives give gave of for about against gegen über von contre de про против проти"
_PERSON_OBJECT_AFTER = frozenset(f"{_PERSON_OBJECT_WORDS} {_CONDITION_WORDS}".split())
_PROPERTY_AFTER = frozenset(["of", "against", "amid", "despite", *_CONDITIONS])
"""Before "Russian advances": what comes behind is circumstance and no act that is told."""
_OBLIQUE = re.compile(r"[а-яіїєґ](?:у|ю|ові|еві|ом|ем|єм|ым|им)$")
"""Endings of a Ukrainian or Russian surname that is given to, spoken of or acted upon."""
_THEME_WORDS = (
    "peace war wars talks talk deal deals plan plans ceasefire cease-fire truce security guarantee guarantees "
    "conflict negotiations invasion troop troops deployment position crisis summit meeting agreement proposal "
    "proposals policy aid support borders border territory front declaration statement pact pledge pledges accord "
    "framework bureau correspondent backstop reconstruction loan funding oil crude gas economy sanctions envoy "
    "monitoring defense defence settlement diplomacy efforts effort question issue dispute standoff relations "
    "ties war-related postwar adviser spy progress map text paper deadline deadlines ultimatum tariff tariffs "
    "limits caps law soil territory airspace time history assets reserves funds energy lng coal steel grain "
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
    "commitment commitments pledge pledges promise promises "
    "diplomats advisers advisors embassy "
)
_AGENTS = frozenset(_AGENT_WORDS.split())
_ACCUSED = re.compile(r"\b(?:accus|blam|denounc)\w{1,4} (?:the )?$", re.I)
_MEETING_OF = re.compile(
    r"\b(?:meeting|talks|summit|gathering|session|conference|leaders|members) (?:yet )?of (?:the )?(?:so-called )?"
    r"[“‘\"']?$",
    re.I,
)
_SOUGHT = re.compile(r"\b(?:sought|wanted|desired|demanded|requested|needed) by (?:the )?$", re.I)
_FEARED = re.compile(r"\b(?:any|future|further|potential|possible|new|renewed) (?:\w+ )?$", re.I)
"""Before an attack: one that nobody has made yet."""
_TAKING = r"(?!see |join |meet |hear |let |have |be )[a-z]+"
_INFINITIVE = re.compile(rf"\bto {_TAKING} (?:the )?$")
_TAKEN = re.compile(
    rf"(?:\b(?:to|would|will|can|could|must|not) {_TAKING}|\b[a-z]{{2,}}(?<!includ)(?<!follow)ing) (?:the )?$"
)
"""Before a name: the verb that takes it for its object ("to supply Ukraine", "would back Kyiv", "allowing Russia")."""
_TRIP = re.compile(
    r"\b(?:travel|head|fl(?:y|ies|ew)|go(?:es)?|return|trip|visit|fled)\w{0,3} (?:back )?(?:to|in) (?:the )?$", re.I
)
_STYLED = re.compile(r"-(?!led\b|run\b|fired\b|launched\b)[a-z]{3,}\b")
"""Behind a name: what makes it a property of something else ("NATO-style", "Russian-flagged")."""
_PLACED_WORDS = "in at near inside across outside around within throughout off between against"
_PLACED = frozenset(_PLACED_WORDS.split())
_NEXT = re.compile(r"(?:[’']s?)?(?P<words>(?:[\s-]+[“‘\"']?[\w’'-]+){1,2})")
_CARRIED = re.compile(
    r"[\s-]+(?:oil|gas|crude|lng)[\s-]+(?:tankers?|depots?|refiner(?:y|ies)|terminals?|giants?|majors?|compan(?:y|ies)"
    r"|firms?|ports?|facilit(?:y|ies)|flows?|exports?|revenues?)\b",
    re.I,
)
_WISHED = re.compile(r"(?:[’']s?)?\s(?:should|could|must|may|might|would|needs? to|ought to|to)\b", re.I)
"""Behind a name: what others say that the party would or should do."""
_WISHED_OF_ITS = re.compile(r"(?: [\w’'-]+){0,4}? (?:should|could|must|may|might|would)\b", re.I)
_SAID = re.compile(r"\b(?:says?|said|tells?|told|suggests?|warns?|claims?|calls?)\b|: | [–—-] ", re.I)
_PARTNERS = re.compile(r"\b(?:allies|partners|neighbou?rs|rivals|backers)$", re.I)
_SEVERAL = re.compile(r"\b(?:allies|leaders|countries|nations|capitals|partners|officials|states|powers|governments)$")
"""Behind these a theme is a verb: "allies pledge", "leaders plan"."""
_ENVOYS = re.compile(r"\b(?:ambassador|envoy)s?\b", re.I)
_HALVES_WORDS = "security defence defense state foreign energy"
_HALVES = frozenset(_HALVES_WORDS.split())
"""Words that make an agent of a party only with the word behind them: "Ukraine's security council"."""
_OTHERS_WORDS = "allies partners neighbours neighbors rivals"
_OTHERS = frozenset(_OTHERS_WORDS.split())
_TOPIC = re.compile(r":\s")
_GROUPS = frozenset({"europe", "nato", "coalition-of-the-willing", "united-nations"})
"""Actors that are a region or an alliance as well: only what they do brings them in."""
_GIVEN_WORDS = "gives give gave to for tells told"
_GIVEN = frozenset(_GIVEN_WORDS.split())
_GATHERINGS_WORDS = "summit declaration meeting talks conference gathering round accord format"
_GATHERINGS = frozenset(_GATHERINGS_WORDS.split())
"""Behind a capital: what is held there, by whomever."""
_SENT_TO = frozenset({"nato", "united-nations"})
"""Organisations whose "ambassador" is a state's."""
_INVADER = "russia"

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
        found += [m.actor_id for m in _parties(title, mentions[0])]
        if _VIOLENCE.search(title):  # who was struck is a party to it
            found += [m.actor_id for m in mentions[0] if m.kind != "body" and _is_target(title, m)]
            found += [_INVADER] if set(found) == {INVADED} and _STRUCK.search(title) else []
            found += [INVADED] if self._places.labels(words_of(title)) else []
        found += [*self._in(lead, [m for m in mentions[1] if m.end <= len(top)]), *self._lower_names(top)]
        return tuple(dict.fromkeys(found)) or tuple(
            dict.fromkeys(m.actor_id for m in mentions[0] if not _is_place(title, m))
        )

    def doing(
        self,
        title: str,
        lead: str,
        mentions: tuple[Sequence[Mention], Sequence[Mention]],
        statements: Sequence[Statement],
    ) -> tuple[str, ...]:
        """Ids of those who act or speak by the report's own account, in order of their first act: nobody who is only
        named, struck or spoken of, and nobody whose act is told in the words of somebody else."""
        top = " ".join(lead.split()[:_LEAD_WORDS])
        said, speaking = hearsay.in_headline(title, mentions[0])
        own = [m for m in _unquoted(title, mentions[0]) if not any(x.by_another(m) for x in said)]
        found = [*self._in(title, own), *(m.actor_id for m in own if _strikes(title, m))]
        if not found and {m.actor_id for m in mentions[0]} == {INVADED} and _STRUCK.search(title):
            found.append(_INVADER)
        early = _unquoted(lead, [m for m in mentions[1] if m.end <= len(top)])
        found += [*speaking, *self._telling(lead, early, statements)]
        return tuple(dict.fromkeys([*found, *self._lower_names(title), *self._lower_names(top)]))

    def _telling(self, passage: str, mentions: Sequence[Mention], statements: Sequence[Statement]) -> list[str]:
        acting = {*self._in(passage, mentions), *hearsay.STRANGERS}
        said = [x for x in hearsay.by_statements(passage, mentions, statements) if x.actors & acting]
        return list(self._in(passage, [m for m in mentions if not any(x.by_another(m) for x in said)]))

    def _in(self, passage: str, mentions: Sequence[Mention]) -> Iterator[str]:
        acting = list(_acting(passage, mentions))
        sure = {m.actor_id for m in acting if not _is_wished(passage, m)}
        spoken = bool(sure) and _SAID.search(passage) is not None
        for mention in acting:
            if mention.actor_id in sure or not spoken:
                yield mention.actor_id

    def _lower_names(self, passage: str) -> list[str]:
        return [h.label for h in self._lower.hits(words_of(passage))]


def _unquoted(passage: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The names outside quotation marks: of those inside, somebody speaks."""
    quoted = quotes.find(passage)
    return [m for m in mentions if not any(q.start <= m.start < q.end for q in quoted)]


def _acting(passage: str, mentions: Sequence[Mention]) -> Iterator[Mention]:
    acts = False  # "Russia and Ukraine accuse", "of Trump and Putin": what follows "and" does as its fellow does
    last_end = -10
    for n, mention in enumerate(mentions):
        own = _acts(passage, mention, _pair_end(passage, mentions, n))
        if not _AND.match(passage[last_end : mention.start]) or _owns(passage, mention.end):
            acts = own
        elif mention.kind == "adjective" or _begins(passage, mentions, n):
            acts = acts or own
        last_end = mention.end
        if acts and not (n + 1 < len(mentions) and _is_heading(passage, mention)):
            yield mention


def _begins(passage: str, mentions: Sequence[Mention], n: int) -> bool:
    """Whether a person opens a clause behind a comma: "In a plan for Ukraine, Trump ..."."""
    if n == 0 or mentions[n].kind != "person" or mentions[n - 1].kind == "person":
        return False
    return passage[mentions[n - 1].end : mentions[n].start] == ", "


def _is_heading(passage: str, mention: Mention) -> bool:
    """Whether a country's name heads what follows: "Ukraine: allies agree"."""
    return mention.start == 0 and mention.kind == "metonym" and _TOPIC.match(passage, mention.end) is not None


def _pair_end(passage: str, mentions: Sequence[Mention], n: int) -> int:
    """Where the last name of "Russia-Ukraine war" ends: what follows is said of both."""
    while n + 1 < len(mentions) and passage[mentions[n].end : mentions[n + 1].start] in {"-", "–", "/"}:
        n += 1
    return mentions[n].end


def _owns(passage: str, end: int) -> bool:
    after = _AFTER.match(passage[end : end + 40])
    return bool(after and after["own"])


def _is_wished(passage: str, mention: Mention) -> bool:
    """Whether others say what the party, or what is its own, would or should do."""
    pattern = _WISHED_OF_ITS if mention.kind in {"adjective", "role"} else _WISHED
    return pattern.match(passage, mention.end) is not None


def _is_place(passage: str, mention: Mention) -> bool:
    """Whether a name only tells where something is."""
    before = _BEFORE.search(passage[max(0, mention.start - 40) : mention.start])
    return _is_venue(passage, mention) or (before is not None and before[1].lower() in _PLACED)


def _is_venue(passage: str, mention: Mention) -> bool:
    """Whether a capital only tells where a meeting is held: "Paris summit"."""
    named = passage[mention.start : mention.end]
    if mention.kind != "metonym" or mention.speaker == named or not named.istitle():
        return False
    return bool(_GATHERINGS.intersection(_follows(passage, mention.end)[:1]))


def _is_target(passage: str, mention: Mention) -> bool:
    before = _BEFORE.search(passage[max(0, mention.start - 40) : mention.start])
    if mention.kind == "adjective":
        feared = _FEARED.search(passage[max(0, mention.start - 40) : mention.start])
        return mention.actor_id in {INVADED, _INVADER} and not (feared or (before and before[1].lower() in _CONDITIONS))
    return before is not None and before[1].lower() in _TARGET_AFTER


def _strikes(title: str, mention: Mention) -> bool:
    """Whether a headline counts whom a party's attacks killed: "two killed in a series of Russian attacks"."""
    struck = mention.kind == "adjective" and _VIOLENCE.search(title) is not None
    return struck and _agent(_follows(title, mention.end)) and not _FEARED.search(title[: mention.start][-40:])


def _parties(title: str, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Whom a headline is about though they do nothing in it; behind "and" as before it."""
    fellow, last_end = True, -10
    for n, mention in enumerate(mentions):
        joined = _AND.match(title[last_end : mention.start]) is not None and not _begins(title, mentions, n)
        fellow = (fellow or not joined) and _is_party(title, mention, _pair_end(title, mentions, n))
        last_end = mention.end
        if fellow:
            yield mention


def _is_party(title: str, mention: Mention, end: int) -> bool:
    """Whether a headline that names someone is about him as well, though he does nothing in it. `end`: where the last
    name of a pair ends."""
    follows = _follows(title, end)
    if mention.actor_id in _GROUPS:
        return False
    named = title[mention.start : mention.end]
    ahead = title[max(0, mention.start - 40) : mention.start]
    before = _BEFORE.search(ahead)
    word = before[1].lower() if before else ""
    if word in _CONDITIONS or _OBLIQUE.search(named) or _is_wished(title, mention):
        return False
    if _ACCUSED.search(ahead):
        return True
    owns = _owns(title, mention.end)
    if mention.kind == "person":
        return owns or word not in _PERSON_OBJECT_AFTER | _GIVEN
    if mention.actor_id == INVADED:
        return False
    themed = bool(follows) and follows[0] in _THEMES
    if mention.kind == "adjective" and _FEARED.search(ahead):
        return False
    if mention.kind == "adjective":
        return not themed or bool(_CARRIED.match(title[mention.end : mention.end + 60]))
    if mention.actor_id == _INVADER:
        return owns and not themed
    return not _is_venue(title, mention) and word not in _PLACED and word not in _FOREIGN and not _TRIP.search(ahead)


def _follows(passage: str, end: int) -> list[str]:
    """The two words behind a name, folded."""
    found = _NEXT.match(passage, end)
    return [w.lower() for w in re.findall(r"[\w’'-]+", found["words"])][:2] if found else []


def _agent(follows: Sequence[str], owned: bool = False) -> bool:
    """Whether what stands behind "Russian" or "Putin's" does something for them: "forces", "overnight strikes".
    Whom a party owns as allies are others."""
    words = follows[1:] if follows[:1] and follows[0] in _HALVES else follows
    return any(w in _AGENTS for w in words) and not (owned and any(w in _OTHERS for w in words))


def _acts(passage: str, mention: Mention, end: int) -> bool:
    ahead = passage[max(0, mention.start - 60) : mention.start]
    before = _BEFORE.search(ahead[-40:])
    word = before[1].lower() if before else ""
    named = passage[mention.start : mention.end]
    follows = _follows(passage, end)
    owns = _owns(passage, end)
    if _ACCUSED.search(ahead) or (mention.actor_id in _GROUPS and _MEETING_OF.search(ahead)):
        return True
    if _SOUGHT.search(ahead) or _is_another(mention, named):
        return False
    if mention.kind in {"person", "role"}:
        if word in _PERSON_OBJECT_AFTER or _INFINITIVE.search(ahead):
            return False
        return (not owns or _agent(follows)) and not _OBLIQUE.search(named)
    if mention.kind == "adjective":
        styled = _STYLED.match(passage, mention.end)
        return _agent(follows) and not styled and word not in _PROPERTY_AFTER and not _FEARED.search(ahead)
    if _SENT_BY.search(ahead):
        return True
    if word in _OBJECT_AFTER:
        return owns and _agent(follows, owned=True)
    if owns:
        return _agent(follows, owned=True)
    themed = follows and follows[0] in _THEMES and not _SEVERAL.search(named)
    return not themed and not _TAKEN.search(ahead)


def _is_another(mention: Mention, named: str) -> bool:
    """Whether a title that begins with a party's name is somebody else's: "US allies", "the NATO ambassador"."""
    if mention.kind != "role":
        return False
    if mention.actor_id in _SENT_TO:
        return _ENVOYS.search(named) is not None
    return mention.actor_id not in _GROUPS and _PARTNERS.search(named) is not None


__all__ = ["Acting"]

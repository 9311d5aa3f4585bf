"""The verbs by which newsrooms say that somebody speaks, wants or acts. Hides inflection in three languages.

Lists are from everyday news English; a verb belongs to one class (how the statement is carried) and one stance (what
the verb alone says about the proposal spoken of).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from digests.model import Polarity
from digests.statements.foreign import FORMS


def _listed(words: str) -> list[str]:
    return words.split()


@dataclass(frozen=True)
class Verb:
    """A verb form met in a text. `mode`: speech (carries content), stance (wants, rejects), act.
    `form`: s (says), base, past, ing, part (only a participle)."""

    lemma: str
    mode: str
    form: str
    stance: Polarity = Polarity.NEUTRAL


_SPEECH = (
    "say add tell note write report state announce describe explain reply respond remark comment "
    "indicate suggest claim argue believe think "
    "estimate confirm acknowledge admit recall reiterate repeat stress emphasise emphasize "
    "underline underscore highlight declare predict "
    "maintain complain question outline detail tout boast float hope expect express voice ask "
    "caution accuse blame quip joke post tweet assert "
    "contend recount reveal disclose mention signal stipulate clarify assess see view consider call "
    "label characterise characterize hint "
    "assure inform insist warn speculate vent cite decry lament temper revisit quote denounce "
    "praise thank hail deny echo appeal tell appear doubt "
    "cast urge fear agree discuss elaborate concede remind invoke convey relay affirm reaffirm "
    "testify address dub deem recommend point clarify weigh restate retort muse reckon attest joke "
    "apologise apologize lament concur reveal summarise summarize characterise "
    "answer fume rage thunder sniff snap sneer scoff gush bristle rail retort grumble moan rant tease hedge intone "
    "opine counter allege profess proclaim pronounce theorise theorize volunteer venture "
    "confide murmur mutter shout cry "
    "liken equate chide scold upbraid berate admonish castigate deplore bemoan regret mourn marvel gloat brag crow "
    "exclaim bark growl chime interject enthuse extol laud salute commend compliment gripe grouse carp whine deride "
    "taunt jeer belittle disparage chastise reproach reprimand censure vilify forewarn counsel "
    "posit postulate hypothesise hypothesize surmise conjecture "
    "foresee envisage envision deduce infer portray depict enumerate itemise itemize "
    "elucidate interpret analyse analyze swear aver implore beseech entreat exhort reassure confess divulge "
    "trumpet telegraph insinuate intimate imply observe inquire muse "
    "commiserate apprise caution scorn decry equivocate vacillate waffle reaffirm hypothesise "
    "theorise comment joke "
)
_DEMAND = "demand want seek require urge press push request pressure lobby plead beg"
_OPPOSE = (
    "repudiate renounce scupper torpedo "
    "reject refuse dismiss oppose condemn criticise criticize deny rebuff decline block veto resist "
    "rebuke slam blast object exclude protest "
    "denounce lambast balk spurn disavow decry nix disagree dispute refute contest rebut"
)
_SUPPORT = (
    "greenlight okay second "
    "welcome support back favor favour endorse accept approve agree pledge promise vow commit "
    "embrace praise hail thank applaud champion "
    "consent undertake guarantee backed congratulate"
)
_OTHER_STANCE = "threaten intend plan aim warn prefer accuse"
_ACTS = (
    "sign meet conclude launch exchange receive seize vote impose lift extend suspend halt pause "
    "resume cancel postpone send deploy appoint "
    "reappoint name invite arrive visit host share present submit publish release return swap adopt "
    "ratify slow freeze unfreeze withdraw hold lead "
    "brief discuss begin start end travel fly reach borrow spend provide deliver transfer open "
    "close convene gather stage negotiate sanction ban "
    "tighten ease expel detain sentence draft revise amend unveil hand join quit leave attend "
    "participate speak talk phone stop cut attack hit "
    "bomb shell capture destroy unleash fight invade violate break honor honour implement complete "
    "fire dismiss replace nominate "
    "allocate transfer finance fund boost supply purchase buy sell pass grant waive renew schedule "
    "dispatch prepare announce finalise finalize "
    "offer propose conduct concede abandon kill intercept down shoot mount recognise recognize annex evacuate "
    "repatriate free order instruct cease "
    "continue accelerate intensify step strike broker mediate kick wrap confer consult"
)
WAR = frozenset(
    _listed("attack hit bomb shell capture destroy unleash shoot strike kill intercept down annex fire fight invade")
)
"""Acts of war: whatever land or port they name, they are the fighting, not a stand on the issue."""

MAYBE_WAR = frozenset(_listed("launch mount stage seize conduct use deploy carry break intensify step"))
"""Acts that are acts of war where the fighting is what the sentence speaks of."""

_IRREGULAR: Mapping[str, tuple[str, ...]] = {
    "say": ("said",),
    "tell": ("told",),
    "write": ("wrote", "written"),
    "think": ("thought",),
    "see": ("saw", "seen"),
    "foresee": ("foresaw", "foreseen"),
    "forecast": ("forecast",),
    "swear": ("swore", "sworn"),
    "bar": ("barred",),
    "infer": ("inferred",),
    "seek": ("sought",),
    "hold": ("held",),
    "lead": ("led",),
    "send": ("sent",),
    "meet": ("met",),
    "begin": ("began", "begun"),
    "fly": ("flew", "flown"),
    "spend": ("spent",),
    "withdraw": ("withdrew", "withdrawn"),
    "give": ("gave", "given"),
    "make": ("made",),
    "set": ("set",),
    "cut": ("cut",),
    "hit": ("hit",),
    "leave": ("left",),
    "speak": ("spoke", "spoken"),
    "fight": ("fought",),
    "strike": ("struck",),
    "quit": ("quit",),
    "break": ("broke", "broken"),
    "buy": ("bought",),
    "sell": ("sold",),
    "shoot": ("shot",),
    "put": ("put",),
    "keep": ("kept",),
    "cast": ("cast",),
    "forbid": ("forbade", "forbidden"),
    "freeze": ("froze", "frozen"),
    "unfreeze": ("unfroze",),
    "overtake": ("overtook",),
    "swap": ("swapped",),
    "ban": ("banned",),
    "plan": ("planned",),
    "admit": ("admitted",),
    "commit": ("committed",),
    "permit": ("permitted",),
    "refer": ("referred",),
    "prefer": ("preferred",),
    "stop": ("stopped",),
    "cite": ("cited",),
    "submit": ("submitted",),
    "transfer": ("transferred",),
    "beg": ("begged",),
    "confer": ("conferred",),
    "step": ("stepped",),
    "wrap": ("wrapped",),
    "slam": ("slammed",),
    "quip": ("quipped",),
    "rebut": ("rebutted",),
    "undertake": ("undertook",),
    "name": ("named",),
    "dub": ("dubbed",),
    "nix": ("nixed",),
    "label": ("labelled", "labeled"),
    "signal": ("signalled", "signaled"),
    "cancel": ("cancelled", "canceled"),
    "expel": ("expelled",),
    "shell": ("shelled",),
    "pay": ("paid",),
    "bomb": ("bombed",),
    "down": ("downed",),
    "free": ("freed",),
    "agree": ("agreed",),
    "decree": ("decreed",),
    "travel": ("travelled", "traveled"),
    "counsel": ("counselled", "counseled"),
    "veto": ("vetoed",),
}
_PARTICLES: Mapping[tuple[str, str], tuple[str, Polarity]] = {
    ("call", "for"): ("stance", Polarity.DEMAND),
    ("call", "on"): ("stance", Polarity.DEMAND),
    ("shrug", "off"): ("stance", Polarity.NEUTRAL),
    ("brush", "off"): ("stance", Polarity.OPPOSE),
    ("brush", "aside"): ("stance", Polarity.OPPOSE),
    ("laugh", "off"): ("stance", Polarity.OPPOSE),
    ("wave", "away"): ("stance", Polarity.OPPOSE),
    ("put", "it"): ("speech", Polarity.NEUTRAL),
    ("put", "forward"): ("act", Polarity.SUPPORT),
    ("hit", "back"): ("speech", Polarity.NEUTRAL),
    ("hit", "out"): ("speech", Polarity.NEUTRAL),
    ("lash", "out"): ("speech", Polarity.NEUTRAL),
    ("point", "out"): ("speech", Polarity.NEUTRAL),
    ("weigh", "in"): ("speech", Polarity.NEUTRAL),
    ("sum", "up"): ("speech", Polarity.NEUTRAL),
    ("warn", "against"): ("stance", Polarity.OPPOSE),
    ("insist", "that"): ("speech", Polarity.NEUTRAL),
    ("rule", "out"): ("stance", Polarity.OPPOSE),
    ("turn", "down"): ("stance", Polarity.OPPOSE),
    ("insist", "on"): ("stance", Polarity.DEMAND),
    ("push", "back"): ("stance", Polarity.OPPOSE),
    ("hold", "off"): ("act", Polarity.OPPOSE),
    ("set", "out"): ("speech", Polarity.NEUTRAL),
    ("lay", "out"): ("speech", Polarity.NEUTRAL),
    ("play", "down"): ("speech", Polarity.NEUTRAL),
    ("take", "issue"): ("stance", Polarity.OPPOSE),
    ("sign", "off"): ("act", Polarity.SUPPORT),
    ("flesh", "out"): ("speech", Polarity.NEUTRAL),
    ("shoot", "down"): ("act", Polarity.NEUTRAL),
    ("go", "further"): ("speech", Polarity.NEUTRAL),
    ("conclude", "that"): ("speech", Polarity.NEUTRAL),
    ("fight", "for"): ("stance", Polarity.DEMAND),
    ("set", "forth"): ("speech", Polarity.NEUTRAL),
    ("spell", "out"): ("speech", Polarity.NEUTRAL),
    ("pour", "cold"): ("stance", Polarity.OPPOSE),
    ("back", "away"): ("stance", Polarity.OPPOSE),
    ("budge", "from"): ("stance", Polarity.DEMAND),
    ("bring", "up"): ("speech", Polarity.NEUTRAL),
    ("make", "clear"): ("speech", Polarity.NEUTRAL),
    ("go", "on"): ("speech", Polarity.NEUTRAL),
    ("speak", "of"): ("speech", Polarity.NEUTRAL),
    ("cast", "doubt"): ("stance", Polarity.NEUTRAL),
    ("strike", "a"): ("speech", Polarity.NEUTRAL),
    ("allude", "to"): ("speech", Polarity.NEUTRAL),
    ("fire", "back"): ("speech", Polarity.NEUTRAL),
    ("fight", "to"): ("stance", Polarity.DEMAND),
    ("call", "off"): ("act", Polarity.OPPOSE),
}
_PARTICLE_VERBS = {
    "rule": "ruled",
    "turn": "turned",
    "lay": "laid",
    "play": "played",
    "flesh": "fleshed",
    "go": "went",
    "spell": "spelled",
    "take": "took",
    "pour": "poured",
    "budge": "budged",
    "bring": "brought",
    "allude": "alluded",
    "set": "set",
    "shrug": "shrugged",
    "brush": "brushed",
    "laugh": "laughed",
    "wave": "waved",
    "put": "put",
    "lash": "lashed",
    "sum": "summed",
}
_GERUND = {"tie": "tying", "lie": "lying"}
_DOUBLED = frozenset(
    _listed(
        "swap ban plan admit commit permit refer prefer stop cut hit set begin submit transfer beg "
        "confer bar infer step wrap slam quip put quit shoot shrug snap sum"
    )
)

ADJECTIVES: Mapping[str, Polarity] = {
    "ready": Polarity.SUPPORT,
    "willing": Polarity.SUPPORT,
    "prepared": Polarity.SUPPORT,
    "open": Polarity.SUPPORT,
    "committed": Polarity.SUPPORT,
    "keen": Polarity.SUPPORT,
    "unwilling": Polarity.OPPOSE,
    "opposed": Polarity.OPPOSE,
    "against": Polarity.OPPOSE,
    "clear": Polarity.NEUTRAL,
    "blunt": Polarity.NEUTRAL,
    "categorical": Polarity.NEUTRAL,
    "unequivocal": Polarity.NEUTRAL,
    "emphatic": Polarity.NEUTRAL,
    "scathing": Polarity.NEUTRAL,
    "dismissive": Polarity.OPPOSE,
    "reluctant": Polarity.OPPOSE,
    "confident": Polarity.NEUTRAL,
    "optimistic": Polarity.NEUTRAL,
    "sceptical": Polarity.NEUTRAL,
    "skeptical": Polarity.NEUTRAL,
    "hopeful": Polarity.NEUTRAL,
    "determined": Polarity.DEMAND,
    "convinced": Polarity.NEUTRAL,
    "adamant": Polarity.DEMAND,
    "concerned": Polarity.NEUTRAL,
    "worried": Polarity.NEUTRAL,
    "silent": Polarity.NEUTRAL,
    "interested": Polarity.SUPPORT,
    "due": Polarity.NEUTRAL,
}
"""Predicates after a form of "be" that say where somebody stands."""

NOUNS: Mapping[str, Polarity] = {
    "demand": Polarity.DEMAND,
    "demands": Polarity.DEMAND,
    "insistence": Polarity.DEMAND,
    "call": Polarity.DEMAND,
    "calls": Polarity.DEMAND,
    "pleas": Polarity.DEMAND,
    "plea": Polarity.DEMAND,
    "pressure": Polarity.DEMAND,
    "request": Polarity.DEMAND,
    "appeal": Polarity.DEMAND,
    "refusal": Polarity.OPPOSE,
    "rejection": Polarity.OPPOSE,
    "opposition": Polarity.OPPOSE,
    "objection": Polarity.OPPOSE,
    "objections": Polarity.OPPOSE,
    "veto": Polarity.OPPOSE,
    "willingness": Polarity.SUPPORT,
    "readiness": Polarity.SUPPORT,
    "support": Polarity.SUPPORT,
    "backing": Polarity.SUPPORT,
    "pledge": Polarity.SUPPORT,
    "promise": Polarity.SUPPORT,
    "offer": Polarity.SUPPORT,
    "proposal": Polarity.NEUTRAL,
    "warning": Polarity.NEUTRAL,
    "threat": Polarity.NEUTRAL,
}
"""Nouns that carry a statement in possessive or "by" forms: "Russia's demand that", "a call by Kyiv for"."""

_NOUNISH = frozenset(
    _listed("sanction attack strike ban fund supply demand offer claim order report plan aim visit release step call")
)
_OF_NOUNS = frozenset(_listed("on against of by over from are were is was have had include included remain will would"))


def is_noun(verb: Verb, following: str) -> bool:
    """Whether a form like "sanctions" or "attacks" is a noun here, by the word behind it."""
    return (
        verb.form == "s"
        and verb.lemma in _NOUNISH
        and following in _OF_NOUNS
        and (verb.lemma, following) not in _PARTICLES
    )


def _inflect(lemma: str) -> dict[str, str]:
    """Form -> kind of form, for one English verb."""
    stem = lemma[:-1] if lemma.endswith("e") and not lemma.endswith("ee") else lemma
    doubled = lemma + lemma[-1] if lemma in _DOUBLED else stem
    third = lemma + ("es" if re.search(r"(?:s|sh|ch|x|z|o)$", lemma) else "s")
    if re.search(r"[^aeiou]y$", lemma):
        third = lemma[:-1] + "ies"
    gerund = _GERUND.get(lemma) or (doubled + "ing")
    forms = {lemma: "base", third: "s", gerund: "ing"}
    pasts = _IRREGULAR.get(lemma) or ((lemma[:-1] + "ied",) if re.search(r"[^aeiou]y$", lemma) else (stem + "ed",))
    for n, past in enumerate(pasts):
        forms[past] = "past" if n == 0 else "part"
    return forms


@cache
def lexicon() -> Mapping[str, tuple[Verb, ...]]:
    """Lower-case form -> the verbs it may be. Built once."""
    table: dict[str, dict[tuple[str, str], Verb]] = {}

    def put(words: str, mode: str, stance: Polarity) -> None:
        for lemma in words.split():
            for form, kind in _inflect(lemma).items():
                table.setdefault(form, {}).setdefault((lemma, kind), Verb(lemma, mode, kind, stance))

    put(_DEMAND, "stance", Polarity.DEMAND)
    put(_OPPOSE, "stance", Polarity.OPPOSE)
    put(_SUPPORT, "stance", Polarity.SUPPORT)
    put(_OTHER_STANCE, "stance", Polarity.NEUTRAL)
    put(_SPEECH, "speech", Polarity.NEUTRAL)
    put(_ACTS, "act", Polarity.NEUTRAL)
    for lemma, past in _PARTICLE_VERBS.items():
        for form, kind in {**_inflect(lemma), past: "past"}.items():
            table.setdefault(form, {}).setdefault((lemma, kind), Verb(lemma, "particle", kind))
    for form, (mode, stance) in FORMS.items():
        table.setdefault(form, {})[form, "past"] = Verb(form, mode, "past", stance)
    return {form: tuple(verbs.values()) for form, verbs in table.items()}


def with_particle(verb: Verb, following: str) -> Verb | None:
    """The verb together with the word behind it ("call" + "for"); None where it needs a particle and has none."""
    changed = _PARTICLES.get((verb.lemma, following))
    if changed:
        return Verb(f"{verb.lemma} {following}", changed[0], verb.form, changed[1])
    return None if verb.mode == "particle" else verb

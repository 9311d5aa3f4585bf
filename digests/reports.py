"""One report as it is compared, and how surely two reports tell one happening. Hides how likeness is weighed.

Words, names and numbers, the acts of the headlines, place and time; and the direction of meaning, where both have one:
it alone reaches from one language into another.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise

from digests.commonness import Commonness
from digests.model import Kind, Part, Reading, article_key
from digests.reading import headline_of
from digests.relevance import words_of
from digests.terms import is_person, terms_of
from digests.vectors import Vector, unpacked
from digests.vectors import likeness as likeness_of

HALF_LIFE_DAYS = 1.5
"""Days after which likeness counts half: most reports of a happening come within hours of each other."""

HALF_LIFE_SETTLED = 2.0
"""The same where all reports of the time between are at hand."""

COPY_CONTAINMENT = 0.6
"""Share of the shorter text's word runs found in the longer one: an agency copy in another paper measured 0.877."""

COPY_RUNS = 12
"""Word runs that two texts must share at least to be called copies."""

FAR = 0.4
"""Likeness of meaning below which reports in one language tell two happenings."""

_NAMED_LONGER = 2.0
_RARE_WEIGHT = 3.5
_PERSON, _ACT, _NAME = 1.5, 1.3, 1.3  # times the weight of a person, an act, another name
_WORD_AT_MOST = 4.0
_SAME_HEADLINE = 0.8  # what equal headlines are worth, whatever the leads say
_EQUAL_HEADLINES = 0.75
_HEADLINE_TERMS = 5
_MEANT, _UNALIKE, _RANGE = 0.6, 0.3, 1.0
_X_UNALIKE, _X_RANGE, _X_NAMED = 0.2, 0.8, 0.15
_ACTS: Mapping[str, str] = {
    word: act
    for act, words in {
        "decide": "accept accepts accepted welcomes back backs backed agree agrees agreed sign signs signed"
        " commit commits committed pledge pledges pledged hail hails hailed yield yields adopt"
        " adopts adopted approve approves approved declaration"
        " ухвалив ухвалила ухвалили схвалив схвалила підписав підписали погодився погодилися домовилися"
        " подписал подписали принял одобрил согласился согласились договорились"
        " podpisał podpisali podpisały przyjął przyjęła zgodził zgodziła uzgodnili"
        " unterzeichnet unterzeichnen beschließt beschließen billigt stimmt"
        " signe signent adopte adoptent accepte acceptent",
        "draft": "draft drafts leaked leak document documents",
        "meet": "meet meets met meeting meetings gather gathers gathered summit host hosts hosted hosting"
        " visit visits travel travels heads attend attends attended discuss discusses talks round"
        " зустріч зустрівся зустрілися саміт переговори встреча встретился встретились саммит переговоры"
        " spotkanie spotkał spotkali szczyt rozmowy treffen trifft gipfel gespräche rencontre sommet pourparlers",
        "strike": "strike strikes struck attack attacks hit hits kill kills killed killing dead deadly bomb"
        " bombs missile missiles barrage"
        " атака атакували атакувала удар вдарили обстріл загинули атаковали ударили обстрел погибли"
        " atak zaatakowali ostrzał zginęli angriff angriffe getötet attaque frappe frappes",
        "post": "appoint appoints appointed name names named naming pick picks tap taps select selects oust"
        " ousts ousted resign resigns resigned remove removes removed replace replaces replaced"
        " fires fired dismisses dismissed adviser"
        " призначив призначили звільнив відставку назначил назначили уволил отставку"
        " mianował powołał odwołał dymisji dymisję ernennt entlässt nomme limoge",
        "deny": "deny denies denied reject rejects rejected refute refutes refuted didn't doesn't"
        " заперечив заперечує заперечили відкинув спростував отрицает опроверг отверг отвергает"
        " zaprzecza zaprzeczył zaprzeczyła odrzuca odrzucił dementiert bestreitet lehnt dément rejette",
        "prove": "proof proofs evidence докази доказательства dowody dowód beweise preuves",
    }.items()
    for word in words.split()
}
_POSTS: Mapping[str, str] = {
    word: post
    for post, words in {
        "presidency": "staff aide presidential office administration кабінету офісу офиса президента kancelarii",
        "defence": "defense defence оборони обороны obrony verteidigungsminister défense",
        "energy": "energy енергетики энергетики energii energieminister énergie",
        "foreign": "foreign diplomat diplomatic закордонних иностранных zagranicznych außenminister étrangères",
        "economy": "economic economy finance фінансів финансов finansów finanzminister",
        "services": "spy spymaster intelligence security розвідки разведки wywiadu geheimdienst renseignement",
        "justice": "prosecutor judge court прокурор прокурора prokurator staatsanwalt procureur",
        "embassy": "ambassador ambassadors посол посла ambasador botschafter ambassadeur",
        "army": "commander general army navy командувач главнокомандующий dowódca generał befehlshaber",
        "delegation": "delegation envoy negotiator negotiators team делегації делегации delegacji délégation",
    }.items()
    for word in words.split()
}
_AUXILIARIES = frozenset(["is", "are", "was", "were", "do", "does", "did", "has", "have", "had"])
_WORDS = frozenset({Kind.QUOTED, Kind.REPORTED})
_OCCASION = 1.3
_OCCASION_DAYS = 2.0
_OPPOSITES = (("decide", "deny"), ("prove", "deny"))
OUTCOMES = frozenset({"decide", "deny", "draft", "prove"})
"""Acts that are news beside the meeting of which they come."""
MEETING = frozenset({"meet"})
_OPPOSITE_ACT = 0.3
_SAME_ACT, _OTHER_ACT, _OTHER_ACTOR, _SHELL = 1.2, 0.7, 0.92, 0.8
_OTHER_ISSUE, _OTHER_POST = 0.3, 0.6
_OTHER_VOICE, _NO_VOICE = 0.6, 0.75  # of two persons' words; of somebody's words and what nobody says
_ISSUE = re.compile(
    r"\b(day|week|part|episode|edition|issue|no|число|день|tag|jour|dzień)\.?\s?#?\s?(\d[\d.,]{0,6})\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Told:
    """One article as the index keeps it."""

    article_id: str
    revision: int
    story_id: str
    at: float  # days since year 1, of seen_at
    terms: Mapping[str, int]
    headline: tuple[str, ...]
    names: frozenset[str]
    places: frozenset[str]
    acts: frozenset[str]
    actor: str
    shell: bool
    shingles: frozenset[int]
    address: str
    language: str = "en"
    vector: Vector | None = None
    issues: Mapping[str, str] = field(default_factory=dict)  # of a series: what its headline counts -> the number
    posts: frozenset[str] = frozenset()  # that its headline fills or clears
    persons: frozenset[str] = frozenset()  # whom its headline names
    voices: frozenset[str] = frozenset()  # those of them whose words it is

    @property
    def key(self) -> str:
        """As `article_key`."""
        return article_key(self.article_id, self.revision)


def order_of(told: Told) -> tuple[float, str, int]:
    """The order of reports, which is that of no arrival: when they were seen, then their names."""
    return told.at, told.article_id, told.revision


def days(at: datetime) -> float:
    """An instant in days since year 1."""
    return at.toordinal() + (at.hour * 3600 + at.minute * 60 + at.second + at.microsecond / 1e6) / 86400


class Likeness:
    """Compares reports of one stream, by how common terms are in it; `half_life` in days."""

    def __init__(self, common: Commonness, half_life: float = HALF_LIFE_DAYS) -> None:
        self._common, self._half_life = common, half_life

    def of(self, a: Told, b: Told) -> float:
        """How surely two articles report one happening, 0..1."""
        score = self._said_alike(a, b)
        score /= 1.0 + abs(a.at - b.at) / (self._half_life * (_NAMED_LONGER if self._share_a_name(a, b) else 1.0))
        others = bool(a.actor and b.actor and a.actor != b.actor)
        score *= _act_factor(a.acts, b.acts, others) * (_OTHER_ACTOR if others else 1.0)
        if any(a.issues[counted] != b.issues[counted] for counted in a.issues.keys() & b.issues.keys()):
            score *= _OTHER_ISSUE
        if a.posts and b.posts and not a.posts & b.posts:
            score *= _OTHER_POST
        if _one_occasion(a, b):
            score *= _OCCASION
        score *= _voice_factor(a, b)
        return min(1.0, score * (_SHELL if a.shell or b.shell else 1.0))

    def far(self, a: Told, b: Told) -> bool:
        """Whether two reports mean things so far apart that their words need not be compared."""
        meant = likeness_of(a.vector, b.vector)
        return meant is not None and a.language == b.language and meant < FAR

    def _said_alike(self, a: Told, b: Told) -> float:
        """Words and meaning together; across languages meaning, and the names and numbers that any language writes."""
        meant = likeness_of(a.vector, b.vector)
        if a.language == b.language or meant is None:
            words = max(self._terms_likeness(a, b), _SAME_HEADLINE * self._headline_likeness(a, b))
            if meant is None:
                return words
            return (1 - _MEANT) * words + _MEANT * max(0.0, (meant - _UNALIKE) / _RANGE)
        named = self._named_likeness(a, b)
        if named <= 0:
            return 0.0
        return (1 - _X_NAMED) * max(0.0, (meant - _X_UNALIKE) / _X_RANGE) + _X_NAMED * named

    def _named_likeness(self, a: Told, b: Told) -> float:
        mine, theirs = ({t: n for t, n in x.terms.items() if t[0] == "@" or ":" in t} for x in (a, b))
        return cosine(mine, theirs, self._common.weight)

    def _terms_likeness(self, a: Told, b: Told) -> float:
        """Cosine of the terms: who and what was done outweigh the words of the telling."""
        names = a.names | b.names

        def weight(term: str) -> float:
            telling = self._common.weight(term)
            if term.startswith("@"):
                return telling * (_PERSON if "/" in term else 1.0)
            if term.startswith("#"):
                return telling * _ACT
            return telling * _NAME if term in names or ":" in term else min(telling, _WORD_AT_MOST)

        return cosine(a.terms, b.terms, weight)

    def _headline_likeness(self, a: Told, b: Told) -> float:
        """Of two headlines that say enough to be compared alone."""
        if min(len(a.headline), len(b.headline)) < _HEADLINE_TERMS:
            return 0.0
        score = cosine(dict.fromkeys(a.headline, 1), dict.fromkeys(b.headline, 1), self._common.weight)
        return score if score >= _EQUAL_HEADLINES else 0.0

    def _share_a_name(self, a: Told, b: Told) -> bool:
        """Whether both hold a name that hardly any other article holds: such a happening stays itself for days."""
        shared = [t for t in a.terms if t in b.terms and (t in a.names or t in b.names)]
        return any(self._common.weight(t) >= _RARE_WEIGHT for t in shared)


def _one_occasion(a: Told, b: Told) -> bool:
    """Two reports of a meeting in one place within hours: its words are too common to be alike by themselves."""
    return "meet" in a.acts & b.acts and bool(a.places & b.places) and abs(a.at - b.at) <= _OCCASION_DAYS


def _act_factor(a: frozenset[str], b: frozenset[str], others: bool) -> float:
    """What the acts of two headlines make of their likeness: a yes and a no are two happenings, however alike, and so
    are the denials of two parties (`others`)."""
    if not a or not b:
        return 1.0
    if any(
        yes in x and yes not in y and no in y and no not in x for yes, no in _OPPOSITES for x, y in ((a, b), (b, a))
    ):
        return _OPPOSITE_ACT
    same = a & b and a & OUTCOMES == b & OUTCOMES and not (others and "deny" in a)
    return _SAME_ACT if same else _OTHER_ACT


def _voice_factor(a: Told, b: Told) -> float:
    """What it makes of likeness whose words the headlines are: two persons' remarks on one subject are two happenings,
    and so are a remark and what was done about its subject, unless both tell one act, as where somebody reports it, or
    both headlines name the person."""
    if a.voices and b.voices:
        return 1.0 if a.voices & b.voices else _OTHER_VOICE
    strangers = a.voices - b.persons or b.voices - a.persons
    return _NO_VOICE if strangers and not a.acts & b.acts else 1.0


def acts_of(head: Sequence[str]) -> frozenset[str]:
    """What a headline says was done; "did not" denies as "denies" does."""
    acts = {_ACTS[w] for w in head if w in _ACTS}
    if any(word == "not" and before in _AUXILIARIES for before, word in pairwise(head)):
        acts.add("deny")
    return frozenset(acts)


def told_of(reading: Reading, story_id: str) -> Told:
    """The article as the index keeps it."""
    article = reading.article
    head = words_of(headline_of(article))
    acts = acts_of(head)
    return Told(
        article_id=article.article_id,
        revision=article.revision,
        story_id=story_id,
        at=days(article.seen_at),
        terms=dict(reading.terms),
        headline=tuple(t for t, _ in terms_of(head, ())),
        names=frozenset(r for r in reading.rare if not r.startswith("in:")),
        places=frozenset(r for r in reading.rare if r.startswith("in:")),
        acts=acts,
        actor=reading.actors[0] if reading.actors else "",
        shell=reading.shell is not None,
        shingles=frozenset(reading.shingles),
        address=_address(article.url),
        language=article.language[:2],
        vector=unpacked(reading.vector),
        issues={counted.lower(): number for counted, number in _ISSUE.findall(headline_of(article))},
        posts=frozenset(_POSTS[w] for w in head if w in _POSTS) if "post" in acts else frozenset(),
        persons=(persons := _persons(reading)),
        voices=_voices(reading, persons),
    )


def _persons(reading: Reading) -> frozenset[str]:
    """Whom the top of a report is about: named in its headline, which counts twice, or again and again below it."""
    return frozenset(t.partition("/")[2] for t, n in reading.terms if n > 1 and is_person(t))


def _voices(reading: Reading, persons: frozenset[str]) -> frozenset[str]:
    """Those whose words a headline is for sure."""
    said = (s for s in reading.statements if s.part is Part.TITLE and s.sure and s.kind in _WORDS)
    return frozenset(s.speaker for s in said if s.speaker in persons)


def _address(url: str) -> str:
    return url.partition("#")[0].partition("?")[0].rstrip("/").lower()


def is_copy(a: frozenset[int], b: frozenset[int]) -> bool:
    """Whether one text holds most of the other's word runs. Kept runs are the smallest hashes, so compare below the
    smaller of the two upper bounds."""
    if not a or not b:
        return False
    bound = min(max(a), max(b))
    left, right = {r for r in a if r <= bound}, {r for r in b if r <= bound}
    shared = len(left & right)
    return shared >= COPY_RUNS and shared / max(1, min(len(left), len(right))) >= COPY_CONTAINMENT


def cosine(a: Mapping[str, int], b: Mapping[str, int], weight: Callable[[str], float]) -> float:
    """Cosine of two bags of terms, each term weighed by how telling it is; counts are damped."""
    return plain_cosine(
        {t: (1 + math.log(n)) * weight(t) for t, n in a.items()},
        {t: (1 + math.log(n)) * weight(t) for t, n in b.items()},
    )


def plain_cosine(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    """Cosine of two bags of weights; 0 where either is empty."""
    dot = sum(v * b[t] for t, v in a.items() if t in b)
    norm = math.sqrt(sum(v * v for v in a.values()) * sum(v * v for v in b.values()))
    return dot / norm if norm else 0.0

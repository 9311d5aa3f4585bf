"""On which issues a statement is: by its clause's own words, else by what it points back to. Hides how far one looks.

Reports name an issue in full once and then for short ("the guarantees", "the plant"): words that mean an issue only in
such news count for a statement, never for what an article is about. A clause without a word of its own goes on with
what its speaker, its paragraph, or the article as a whole speaks of.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from digests.model import Directory
from digests.statements.links import MEETINGS, Link
from digests.statements.units import Unit
from digests.statements.verbs import MAYBE_WAR, WAR
from digests.topics import Topics

VAGUE, CEASEFIRE, HOSTILITIES, TERRITORY = "process", "ceasefire", "hostilities", "territory"
SANCTIONS = "sanctions"
"""Ids of issues whose words overlap by nature: "proposal" and "deal" stand for any issue, a truce names the strikes,
and what sanctions are put on is what drones hit."""

_GROUND = re.compile(
    r"\bterritorial (?:gain|advance|loss)|\b(?:square|sq) ?(?:kilomet|km|mile)|\b(?:re)?(?:gain|captur|tak|took"
    r"|seiz|liberat"
    r"|clear|occup|advanc|conquer)\w*\b(?:[^.;]|\.\d){0,60}\b(?:territory|ground|per ?cent|%|kilomet|km\b|miles"
    r"|meters|metres)"
    r"|\b(?:assaults?|offensives?|attack\w*|pushes|push) (?:on|in|into|towards?|against)\b",
    re.IGNORECASE,
)
"""Land as the fighting changes it: a report from the front."""

_HIT = r"(?:hit|hits|struck|strik\w+|target(?:s|ed|ing)|attack\w*|drones?|missiles?|ablaze|fire|damag\w+)"
_WORKS = r"(?:refiner(?:y|ies)|tankers?)"
_TARGET = re.compile(rf"\b{_HIT}\b[^.;]{{0,60}}\b{_WORKS}\b|\b{_WORKS}\b[^.;]{{0,60}}\b{_HIT}\b", re.IGNORECASE)
"""Works and ships as drones reach them."""

_OF_TRADE = re.compile(r"\b(?:sanction|price cap|embargo|revenue|fleet|buy|purchas|export|seiz|tariff)", re.IGNORECASE)
"""Words by which they are spoken of as what sanctions are put on."""

_OF_LAND = re.compile(
    r"\b(?:ced|conce|withdr|recogni|giv\w+ up|hand\w* over|surrender|annex|swap|status|issue|question|deal"
    r"|agreement|talks"
    r"|reclaim(?:ing)?\b|(?:get|win|tak)\w* back\b|red line|\bspeak about"
    r"|negotiat|demand|plan\b|proposal|guarantee|sovereign|integrity|compromise|border|peace)",
    re.IGNORECASE,
)
"""Words by which land is spoken of as what the parties bargain over."""

_PEACE = re.compile(
    r"\b(?:(?<!of )(?<!world )peace|peaceful\w*|dialogue|diploma\w+|negotiat\w+|(?:end|stop|finish|halt)(?:ing"
    r"|ed|s)? (?:the|this|his"
    r"|its|Russia[’']s|Putin[’']s) (?:war|aggression|invasion|killing|fighting)|(?:war|fighting|killing) (?:to"
    r"|will|would|must|should"
    r"|can|could) (?:end|stop)|(?:end of|end to) (?:the|this) war|pressure on (?:Russia|Moscow|Putin|the Kremlin"
    r"|the aggressor))\b",
    re.IGNORECASE,
)
"""Words by which the fighting is spoken of as what is to end."""

_ONLY_WITH = {
    "armed-forces": re.compile(
        r"\b(?:limit|cap|cut|reduc|siz|number|strength|restrict|peacetime|shr[iu]nk|ceiling|large|small|strong"
        r"|big|downsiz"
        r"|long-range|\d{2,3}[, .]?000|thousand|half|troops|disarm|weak|personnel)",
        re.IGNORECASE,
    ),
    "monitoring": re.compile(
        r"^(?!.*\bmonitor\w* (?:the |Russian |Ukrainian |its |enemy )*(?:troop|movement|situation|airspace|front"
        r"|escalat"
        r"|developments|channels?|groups?|battle)).*",
        re.IGNORECASE | re.DOTALL,
    ),
}
"""What must stand beside words for short that are also plain words of war: an army is an issue by its size."""

_OFFERS = frozenset({"offer", "propose", "put forward"})
"""Acts that are words: what they are about may be named for short."""

_MOST = 3  # issues of one statement
_MOST_FOR_SHORT = 2  # issues of one that are only named for short, or pointed back to
_TITLE_COUNTS = 6  # times a word in full, beside 2 in the text: what newsrooms put on top is what it is about
_CHIEFLY = 2  # times what any issue of the talks weighs: from there the fighting is what an article is about
_OF_WAR = frozenset({"russia", "ukraine"})
_ELSEWHERE = re.compile(
    r"\b(?:Gaza|Israel|Hamas|Hezbollah|Iran|Tehran|Syria|Yemen|Houthi|Sudan|Venezuela|Maduro|Caracas|Greenland|Cuba|Havana"
    r"|Taiwan|Epstein|Panama|Nigeria|Congo|Lebanon|Pakistan|Afghanistan|Minneapolis|Supreme Court)"
)
"""Places and matters of other news: a sentence that names one, and neither party of the war, has left the subject."""
_OTHERS = "other"
"""Those far from the war: what they say counts where it names an issue in full, for it may be about anything."""

_WAGED = re.compile(r" (?:(?:its|his|their|the|a|this) )?(?:[\w-]+ ){0,2}(?:invasion|war|offensive|assault|attack)s?\b")
_FAR = 3  # paragraphs behind the last that named an issue: what comes later may be about anything
_WHOLE = 20_000  # characters of an article that tell what it is about

_POINTS_BACK = re.compile(
    r"\b(?:(?:this|that|these|those|such|any such) (?:arrangement|proposal|demand|idea|condition"
    r"|offer|request|agreement|deal|plan|move|step|clause|threat|decision|caution|announcement|approach|measure"
    r"|pledge|promise|suggestion|scenario|compromise|term)s?"
    r"|the (?:arrangement|proposal|idea|suggestion|decision|announcement|threat|clause|move|request|offer|demand"
    r"|condition|report)s?)\b",
    re.IGNORECASE,
)


@dataclass
class Trail:
    """What one part of an article spoke of so far, and what the article as a whole speaks of."""

    words: str  # of the whole article
    title: str  # of it, "" where it has none
    language: str
    topics: Topics
    context: frozenset[str]
    sentence: tuple[str, ...] = ()  # issues that the unit being read names in full
    newest: tuple[int, tuple[str, ...]] = (-1, ())  # paragraph, issues of the last unit that named any
    spoken: dict[tuple[str, str | None], tuple[int, tuple[str, ...]]] = field(default_factory=dict)
    away: bool = False  # whether the text went on to other news, as letters and live pages do

    @cached_property
    def main(self) -> tuple[str, ...]:
        """The issue that the article names most, words in full counted twice; none where it names none."""
        weights: dict[str, int] = {}
        for words, times in ((self.words[:_WHOLE], 2), (self.title, _TITLE_COUNTS)):
            for i, weight in self.topics.weights(words, self.language).items():
                weights[i] = weights.get(i, 0) + times * weight
            for i, weight in self.topics.short(words, self.language).items():
                weights[i] = weights.get(i, 0) + times // 2 * weight
        fought = max((weights.pop(i, 0) for i in sorted(self.context)), default=0)
        most = sorted(weights, key=lambda i: (-weights[i], i))[:1]
        return (HOSTILITIES,) if fought > _CHIEFLY * max(weights.values(), default=0) else tuple(most)

    def reads(self, shown: str, named: tuple[str, ...], actors: Collection[str]) -> None:
        """A unit begins: what it names in full, and which actors it mentions."""
        self.sentence = named
        if named or not _OF_WAR.isdisjoint(actors):
            self.away = False
        elif _OTHERS in actors or _ELSEWHERE.search(shown):
            self.away = True

    def spoke(self, who: tuple[str, str | None], paragraph: int, issues: tuple[str, ...]) -> None:
        """A voice (actor, speaker) stated something on these issues."""
        self.spoken[who] = (paragraph, issues)

    def near(self, who: tuple[str, str | None], unit: Unit) -> tuple[str, ...]:
        """What the voice spoke of last, else the paragraph (or the one before, pointed back to), else the article."""
        at, issues = self.spoken.get(who, (-9, ()))
        if issues and unit.paragraph - at <= 1:
            return issues
        at, last = self.newest
        back = unit.paragraph - at
        if last and (back == 0 or (back == 1 and _POINTS_BACK.search(unit.shown))):
            return last[:_MOST_FOR_SHORT]
        return (self.main or last[:1]) if at < 0 or back <= _FAR else ()


class Issues:
    """Knows the issues of clauses. Build once for a directory."""

    def __init__(self, directory: Directory, topics: Topics) -> None:
        self._topics = topics
        self._context = frozenset(i.id for i in directory.issues if i.context)

    def trail(self, words: str, title: str, language: str) -> Trail:
        """A new trail, for one part of an article. `words`: all of the article."""
        return Trail(words, title, language, self._topics, self._context)

    def named(self, text: str, language: str) -> tuple[str, ...]:
        """Issues that a text names in full, without what stands there only in passing: one loose word of process beside
        a named issue, and the fighting that a ceasefire is about."""
        weights = self._topics.weights(text, language)
        if weights.get(VAGUE) == 1 and any(weights[i] > 1 and i not in self._context for i in weights if i != VAGUE):
            del weights[VAGUE]
        if CEASEFIRE in weights:
            weights.pop(HOSTILITIES, None)
        fought_over = HOSTILITIES in weights or _GROUND.search(text)
        if TERRITORY in weights and fought_over and not _OF_LAND.search(text):
            weights[HOSTILITIES] = weights.get(HOSTILITIES, 0) + weights.pop(TERRITORY)
        if SANCTIONS in weights and _TARGET.search(text) and not _OF_TRADE.search(text):
            weights[HOSTILITIES] = weights.get(HOSTILITIES, 0) + weights.pop(SANCTIONS)
        return _ranked(weights)

    def of_talks(self, text: str, language: str) -> tuple[str, ...]:
        """Issues of the talks that a text names in full or for short, the talks at large and the fighting left out."""
        names = (*self.named(text, language), *self._short(text, language))
        return tuple(dict.fromkeys(i for i in names if i != VAGUE and i not in self._context))

    def of(
        self,
        trail: Trail,
        unit: Unit,
        clause: tuple[int, int],
        link: Link | None,
        who: tuple[str, str | None],
        *,
        part: bool = False,
    ) -> tuple[str, ...]:
        """Issues of what a voice states in a clause of a unit (offsets in it); none where it states nothing on any.
        `part`: it states something else in the same sentence, whose other issues then are not this clause's."""
        start, end = clause
        words = unit.shown[start:end]
        sentence = trail.sentence if not part else ()
        if (who[0] == _OTHERS or trail.away) and not sentence:
            return ()
        full = sentence if end - start >= len(unit.shown) - 2 else self.named(words, trail.language)
        short = self._short(words, trail.language)
        own = full
        if full and not set(full) <= self._context:
            own = (*full, *(i for i in short if i not in full and i != VAGUE and i not in self._context))
        elif full and not (link is not None and link.verb.mode == "act"):
            own = (VAGUE, *full) if _PEACE.search(words) else full
            if TERRITORY in short and _OF_LAND.search(words):
                own = (TERRITORY, *own)
        if link is not None and link.verb.mode == "act":
            own = own or (self._chosen(short) if link.verb.lemma in _OFFERS else ())
            war = bool(_WAGED.match(unit.shown, link.cue_end))
            return self._of_act("invade" if war else link.verb.lemma, own) or (
                trail.near(who, unit)[:1] if _meets(link) else ()
            )
        own = own or _vague_or_first(sentence) or self._chosen(short)[:_MOST_FOR_SHORT]
        near = trail.near(who, unit)
        if own and not (set(own) <= {VAGUE} and near and _POINTS_BACK.search(unit.shown)):
            return own[:_MOST]
        return near or own[:_MOST]

    def _short(self, words: str, language: str) -> tuple[str, ...]:
        """Issues that a clause names for short; plain words of war count with what makes them an issue alone."""
        found = _ranked(self._topics.short(words, language))
        if not language.startswith("en"):
            return found
        return tuple(i for i in found if i not in _ONLY_WITH or _ONLY_WITH[i].search(words))

    def _chosen(self, short: tuple[str, ...]) -> tuple[str, ...]:
        """Of issues named for short: those of the talks before the talks at large, and these before the fighting."""
        of_talks = tuple(i for i in short if i not in self._context)
        return tuple(i for i in of_talks if i != VAGUE) or of_talks or short

    def _of_act(self, lemma: str, own: tuple[str, ...]) -> tuple[str, ...]:
        """What an act is about: only what is named; an act of war is the fighting, whatever land it names."""
        war = lemma in WAR or (lemma in MAYBE_WAR and HOSTILITIES in own)
        return tuple(i for i in own if i in self._context) if war else own[:_MOST]


def _ranked(weights: dict[str, int]) -> tuple[str, ...]:
    return tuple(sorted(weights, key=lambda issue: (-weights[issue], issue)))


def _vague_or_first(issues: Sequence[str]) -> tuple[str, ...]:
    """Of the issues of a sentence those of a clause that names none: the talks, where named, else the first."""
    return tuple(i for i in issues if i == VAGUE) or tuple(issues[:1])


def _meets(link: Link) -> bool:
    return link.verb.lemma in MEETINGS

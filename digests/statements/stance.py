"""What a statement says about the proposal it speaks of: support, oppose, conditional, demand, neutral.

Hides the words and the scope of negation. Mood words ("constructive", "difficult") and accusations are neutral; support
needs a welcome, an endorsement or a commitment.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from digests.model import Polarity
from digests.statements.links import Link


def _listed(words: str) -> list[str]:
    return words.split()


_CONDITION = re.compile(
    r"\b(?:only (?:if|when|once|after|under|with)|on (?:the )?condition that|provided(?: that)?(?= [a-z]+ )"
    r"|(?<!for )as long as"
    r"|threat\w+ [^.;:]{3,90} (?:if|unless)|(?:will|would|could|can) [^.;:]{3,80}\bas soon as\b(?! possible"
    r"| practic| we can| it can)"
    r"|so long as|unless|would depend|will depend|depend(?:s|ed)? on(?! (?:how|whether|who|what|where"
    r"|the outcome))|depending on|conditional on|subject to"
    r"|(?:is|be|are|was|made) contingent on|must (?:first )?be .{0,30}before|but the \w+ must|any deal requires"
    r"|not before|not (?:a|one) (?:minute|day|hour|moment|second) (?:earlier|sooner|before)"
    r"|лише (?:якщо|після|за)|тільки (?:якщо|після)|только (?:если|после|при)|за умови|при условии)\b"
    r"|\b[Ii]f\b.{3,120}\b(?:would|will|then(?! (?:we|you|they|there) (?:have|are|is)\b)|shall|let[’']s)\b"
    r"|^\W{0,3}without [^.;:]{3,90}\b(?:not (?:be )?possible|impossible|(?:will|can) (?:not|never)|cannot"
    r"|won[’']t|can[’']t"
    r"|no (?:deal|agreement|peace|settlement|ceasefire|truce|talks|progress|meeting|end))\b"
    r"|\b(?:not (?:be )?possible|impossible|no (?:deal|agreement|peace|settlement|ceasefire|truce|talks|meeting|end)\b"
    r"|(?:will|can|could|would) (?:not|never) (?:be|come|last|hold)|cannot (?:be|come|last"
    r"|hold)) [^.;:]{0,70}\bwithout\b"
    r"|\b(?:would|will|must|needs?|has|have) (?:need |have )?(?:to )[^.;:]{3,60}\bbefore (?:(?:he|she|it|they|we|any|"
    r"the|an?)\b|(?:\w+ ){1,3}(?:can|could|would|will)\b)"
    r"|\b(?:needs?|needed) [^.;:]{3,60}\bfirst\b(?! (?:time|step|round|stage|phase))"
    r"|\b(?:talks|dialogue|negotiations|deal|agreement|settlement|peace|compromise)\b\W{1,6}in which [^.;:]{3,60}"
    r"\b(?:is|are) (?:upheld|respected|met|guaranteed|recogni[sz]ed|addressed|ensured|secured|taken into account)\b",
    re.IGNORECASE,
)
_READY_IF = re.compile(
    r"\b(?:accept|agree|support|back|discuss|(?<!\bas )possible|feasible|ready|willing|prepared|open|consider|join"
    r"|sign|withdraw|lift|send|halt"
    r"|stop|meet|resume|attend|participate|take part)\b[^.;:]{0,110}(?<!asked)(?<!see)(?<!as)(?<!even)(?<!what) if\b"
    r"|\b(?:could|can|would|will|may|might|ready|willing|prepared)\b[^.;:\"“”]{1,90}\bonce (?!again|more)\b"
    r"|\b(?:could|can)\b[^.;:]{1,90}\bwithin [\w ]{1,15} (?:of|after) (?:an? |the )?(?:full )?"
    r"(?:ceasefire|truce|deal|agreement|settlement|signing)\b"
)
_NOT_BEFORE = re.compile(
    r"(?:\b(?:no|(?<!was )(?<!were )(?<!did )(?<!been )(?<!has )(?<!have )(?<!had )not|never|nothing|none|cannot"
    r"|rul(?:e|es|ed|ing) out)\b|n[’']t\b)[^.;:]{1,90}\b(?:before|until)\b"
    r"(?! (?:the end|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|now|then|today|20\d\d))"
    r"|(?:\b(?:not|never|cannot)|n[’']t) (?:sign|agree|accept|negotiate|meet|withdraw)\b[^.;:]{0,70}\bwithout\b"
    r"(?![^.;:]{0,30}\bguarantee)"
    r"|\bне (?:підпиш|погод|прийм|подпиш|соглас|прим)\w+[^.;:]{0,60}\bбез\b",
    re.IGNORECASE,
)
_WILL = re.compile(
    r"\b(?:will|would|can|could|shall|cannot|must|may|goes|going|ruled?|rules|ruling)\b|n[’']t\b|не\b", re.IGNORECASE
)
_SILENCE = (
    r" to (?:\w+ )?(?:comment|confirm|deny|say|answer|elaborate|speculate|specify|disclose|reveal|be drawn"
    r"|give details)\b"
)
"""What somebody refuses who refuses nothing that is proposed: to speak."""
_NO_ANSWER = re.compile(_SILENCE)
_OPPOSED = re.compile(
    r"\b(?:(?:не може бути (?:й |і )?мови|мови (?:про \w+ )?бути не може|не может быть и речи|речи быть не может)"
    rf"|reject\w*|refus\w+(?!{_SILENCE})|rul(?:e|es|ed|ing) out|unacceptable|oppos(?:e|es|ed|ing)"
    r"|against the (?:plan|proposal|deal)|not fair|unconstructive|not accept\w*|never accept\w*"
    r"|would not be accepted|never forgive|exclud\w+|disqualif\w+|dismiss\w*|premature"
    r"|no compromise|categorically|out of the question|not on the agenda|non-starter|no intention of"
    r"|no (?:sense|point)\W{1,3}in|(?:lawful|legitimate) targets?|makes? no sense"
    r"|no (?:place|room|need|reason) for|(?:off|not on) the table"
    r"|(?:will|would|shall) (?:veto|block|oppose|reject|resist|boycott|withhold)"
    r"|(?:is|are|be|was) no (?:version|way|scenario|question)"
    r"|would only (?:give|help|embolden|reward|prolong|encourage|benefit|lead)"
    r"|warn(?:s|ed|ing) against|red lines?\b(?! of)|tantamount to (?:surrender|capitulat\w+|defeat)"
    r"|warn(?:s|ed|ing) that (?:any )?(?:withdraw|ced|giv|surrender|abandon|hand|recogni[sz]|accept|conced|lift|eas"
    r"|seiz|confiscat|send|deploy|freez|leav)ing [^.;]{0,90}\b(?:would|will|could)|(?:sounds|is|was) (?:unbelievabl[ey]"
    r"|absurd|strange|unthinkable|inconceivable|a trap|a mistake|a betrayal)\b|half-measures|"
    r"no longer (?:accept|support)\w*"
    r"|не (?:підпиш|погод|торгу|визна|прийм|вивед|відда|обговорю|допуст|дозвол|поступ|відступ|подпиш|соглас|призна|прим"
    r"|вывед|отда|обсужда|позвол|отступ|верн)\w+|неможлив\w+|невозможн\w+|(?:is|are|was|were) impossible"
    r"|nie (?:odda|zgodz|zaakcept|podpis|wyśl|ustąp|uzna)\w+"
    r"|(?:keine?n?|nicht|niemals)\b[^.;,]{0,40}\b(?:abtreten|akzeptieren|zustimmen|unterschreiben|verhandeln|hinnehmen)"
    r"|n(?:e |[’'])(?:céd|accept|sign|négoci|recul|reconna)\w+ (?:pas|jamais)"
    r"|відкида\w+|відмов\w+|неприйнятн\w+|отверг\w+|отказ\w+|неприемлем\w+|проти\b|исключ\w+|виключ\w+)\b",
    re.IGNORECASE,
)
_DEMANDED = re.compile(
    r"\b(?:must\b(?! not be \w+ (?:as|for|with)\b)|needs? to|has to|have to|should (?!be)|better come"
    r"|should (?:not )?be (?!\w*(?:ready|able|possible|noted|clear|surpris|completed|finished|known|seen"
    r"|good))\w+(?:ed|en|t|n)\b"
    r"|ought to|(?:has|have) got to|(?:it is|it[’']s) (?:high )?time (?:to|for|that)|(?:we|I) (?:want|expect"
    r"|deserve|ask|insist|call)\b(?! to (?:thank|say))"
    r"|(?:is|are) (?:urgently )?needed"
    r"|(?:is|was) (?:up to|for) (?:the )?[A-Z]\w+ to\b"
    r"|important that|required to|pleas? for|require[sd]?|crucial that|essential"
    r"|going to have to|вимага\w+|повинн\w+|має бути|потрібно|требу\w+|должн\w+|необходимо|заклика\w+|призыва\w+)\b",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"\b(?:demand(?:s|ed|ing)? (?:that|for|an? |the )|insist(?:s|ed|ing)? on "
    r"|insist\w* (?:that )?[^.;]{2,60}\b(?:be|must|should|give|withdraw|cede|leave|accept|drop|abandon|renounce|stop)\b"
    r"|urg(?:e|es|ed|ing)|call(?:s|ed|ing)? (?:for|on)"
    r"|want[s]? (?:control|Kyiv|Ukraine|Russia|Moscow|them)|ask(?:s|ed|ing)? (?!by\b)(?:\w+ ){1,3}(?:to|for)\b"
    r"|(?:its|his|her|our|their|my) (?:own )?(?:[a-z]+ )?(?:demands?|conditions?) (?:[^.;]{0,60} )?(?:remain"
    r"|stand|stay|unchanged|must|are not|have not|has not|ha(?:s|ve) been met)\w*"
    r"|conditions (?:must|have to|need to) be met|maximalist demands|root causes (?:\w+ ){0,4}(?:must|removed|eradicat)"
    r"|eradicate the root causes|tak(?:e|es|ing) into account (?:the |our |its |their |all )?(?:\w+[’']s? )?"
    r"(?:legitimate |national |security |legal )*(?:interests|concerns)"
    r"|(?:we|you|I) (?:also |really |now |all )?need|need(?:s|ed)? (?:an?|the|more|real|strong|robust|clear"
    r"|reliable|security|guarantees) [a-z]+\b"
    r"|(?:tell|tells|told|telling) (?:(?!that\b|reporters|journalists)\w+ ){1,3}to [a-z]+\b)",
    re.IGNORECASE,
)
_NOTHING_LESS = re.compile(
    r"(?:\b(?:not|never|cannot)|n[’']t) (?:sign|agree|accept)\b[^.;:]{0,70}\bwithout\b[^.;:]{0,30}\bguarantee"
    r"|\bnothing less than\b|\b(?:not|never|cannot|impossible)\b[^.;]{0,40}\b(?:otherwise|other) than\b"
    r"|\bthe only (?:way|path|road)\b|\bno (?:alternative|substitute) (?:to|for)\b",
    re.IGNORECASE,
)
_NOT_AGAINST = re.compile(
    r"\b(?:not|n[’']t|no longer) (?:be )?(?:opposed? to|oppose|against|object(?:ing)? to)\b|\bno objections? to\b",
    re.IGNORECASE,
)
_SUPPORTED = re.compile(
    r"\b(?:welcom\w+|supports |supported |supporting "
    r"|(?<!military )(?<!financial )(?<!additional )(?<!of )(?<!for )support (?!would|will|could|for|from)"
    r"|endors\w+|agree[sd]? (?:to|on|in|with)|accept(?:s|ed"
    r"|ing)? |in favou?r of|back(?:s|ed|ing)? (?:the|a) |ready\W{1,3}(?:to|for)\b|prepared\W{1,3}to\b"
    r"|willing(?:ness)? to|open to|committed to|pledg\w+|promis\w+"
    r"|grateful|appreciat\w+|stands? (?:with|by) [A-Z]|(?:is|are|am) (?:ready|determined|working) (?:to|on|towards?)\b"
    r"|thank(?:s|ed)?|prais\w+|as a basis"
    r"|(?:could|might|may|can) (?:form|be|serve as) (?:the|a) (?:basis|foundation)"
    r"|common understanding|encouraged|tangible (?:results|progress)|advanc\w+ efforts|importance of|progress toward"
    r"|key to|right direction|will attend"
    r"|favou?r(?:s|ed)"
    r"|confirm(?:s|ed)? (?:the|its|this) (?:arrangement|deal|agreement|truce|accord|pause|participation)"
    r"|підтрим\w+|готов\w+|погод\w+|поддерж\w+|соглас\w+)\b",
    re.IGNORECASE,
)
_REFUSED = re.compile(
    r"(?:\b(?P<who>[\w’'-]+) )?(?:\b(?:will|would|shall|can|could) (?:not|never)"
    r"|\b(?:won|wouldn|can|couldn)[’']t|\bcannot"
    r"|\b(?:is|are|am|was|were)(?: not|n[’']t) (?:going|ready|prepared|willing|about) to"
    r"|\b(?:do|does|did)(?: not|n[’']t) (?:intend|plan|want|wish) to) (?:\w+ly |ever |even |simply )?(?P<verb>[a-z]+)",
    re.IGNORECASE,
)
_NONE = re.compile(
    r"(?:\b(?P<who>[\w’'-]+) )?\b(?:will|would|shall) (?P<verb>[a-z]+) (?:no|none|nothing|nobody)\b", re.IGNORECASE
)
_COMMITTED = re.compile(
    r"(?:\b(?P<who>[\w’'-]+) )?\b(?:will|would|shall|is going to|are going to) (?:also |soon |now |gladly |continue to "
    r"|be )?(?P<verb>provide|contribute|carry|send|sign|attend|join|lead|host|adopt|resume|keep|support|back|lift|help"
    r"|take part|deliver|ratify|honou?r|participate|pay|fund|finance|try|go on|do everything|grant|respect|implement"
    r"|observe|release|adopted|submitted|provided|lifted|delivered|released)\b",
    re.IGNORECASE,
)
_FACTS = frozenset(
    _listed(
        "be say comment know happen rule exclude block oppose object reject veto stop hesitate see need reach succeed "
        "achieve end last work bring understand imagine afford tell speculate disclose elaborate resolve have do help "
        "confirm deny stand exist find get make go come win lose believe think wait forget solve stay"
    )
)
"""Verbs whose negation refuses nothing: what cannot be, or is not known."""

_OF_OTHERS = frozenset(_listed("warn accuse claim blame fear doubt predict estimate"))
"""Verbs behind which "it would lift" is what somebody fears or expects of others."""

_NOT_OWN = frozenset(_listed("they people who which that there nobody this those these russians ukrainians americans"))
"""Subjects that are not the speaker's own side."""

_HARDLY = re.compile(
    r"\b(?:(?:little|no)(?: to no| real)? (?:evidence|sign|indication|hint)s?\b[^.;]{0,60}|(?:unlikely|yet"
    r"|fail(?:ed|s)?|reluctant"
    r"|slow|hesitant) to (?:\w+ )?|stopp?(?:ed|s)? short of (?:\w+ )?|whether (?:[\w’']+ ){1,4})$",
    re.IGNORECASE,
)
"""What stands before a word of support that was not given."""

_NOT = re.compile(
    r"(?:\b(?:not|never|no|without|neither|nor|cannot|hardly)|n[’']t|\bне|\bні)\s+(?:[\w’'-]+\s+){0,3}$", re.IGNORECASE
)


_ACTS = {
    "sign": Polarity.SUPPORT,
    "offer": Polarity.SUPPORT,
    "propose": Polarity.SUPPORT,
    "ratify": Polarity.SUPPORT,
    "adopt": Polarity.SUPPORT,
    "conclude": Polarity.SUPPORT,
    "vote": Polarity.SUPPORT,
    "impose": Polarity.SUPPORT,
    "tighten": Polarity.SUPPORT,
    "sanction": Polarity.SUPPORT,
    "seize": Polarity.SUPPORT,
    "fund": Polarity.SUPPORT,
    "allocate": Polarity.SUPPORT,
    "provide": Polarity.SUPPORT,
    "deliver": Polarity.SUPPORT,
    "share": Polarity.SUPPORT,
    "unveil": Polarity.SUPPORT,
    "present": Polarity.SUPPORT,
    "boost": Polarity.SUPPORT,
    "hand": Polarity.SUPPORT,
    "resume": Polarity.SUPPORT,
    "implement": Polarity.SUPPORT,
    "stop": Polarity.OPPOSE,
    "suspend": Polarity.OPPOSE,
    "cancel": Polarity.OPPOSE,
    "veto": Polarity.OPPOSE,
    "violate": Polarity.OPPOSE,
    "sign off": Polarity.SUPPORT,
}
"""What an act says about the thing that it is done to."""


def polarity(text: str, links: Sequence[Link], others: Sequence[tuple[int, int]] = (), start: int = 0) -> Polarity:
    """The stance of one statement: its verbs first, then its words, negation turning support and opposition round.

    `others`: where other parties stand in the text as names; what they support or refuse is not the speaker's stance.
    `start`: where the text begins in the unit that the links count from.
    """
    acts = bool(links) and all(link.verb.mode == "act" for link in links)
    offers = acts and all(link.verb.lemma in {"offer", "propose"} for link in links)
    if (not acts or offers) and (_CONDITION.search(text) or _READY_IF.search(text) or _not_before(text)):
        return Polarity.CONDITIONAL
    for link in links:
        if link.verb.stance is not Polarity.NEUTRAL and not _of_somebody(link, text, start):
            return turned(link.verb.stance) if link.negated else link.verb.stance
    if acts:
        return next((_ACTS[link.verb.lemma] for link in links if link.verb.lemma in _ACTS), Polarity.NEUTRAL)
    if not _NOTHING_LESS.search(text) and (_own(_REFUSED, text, others, _FACTS) or _own(_NONE, text, others, _FACTS)):
        return Polarity.OPPOSE
    read = _read(text, others)
    if read is not None:
        return read
    if any(link.verb.lemma in _OF_OTHERS for link in links):
        return Polarity.NEUTRAL
    return Polarity.SUPPORT if _own(_COMMITTED, text, others, frozenset()) else Polarity.NEUTRAL


def _read(text: str, others: Sequence[tuple[int, int]]) -> Polarity | None:
    """The first stance that the words themselves take, None where they take none."""
    for pattern, stance in _READ:
        for found in pattern.finditer(text):
            if pattern is not _DEMANDED and _of_others(found.start(), others):
                continue
            if stance is Polarity.SUPPORT and _HARDLY.search(text[max(0, found.start() - 70) : found.start()]):
                continue
            return turned(stance) if _NOT.search(text[max(0, found.start() - 40) : found.start()]) else stance
    return None


def _of_somebody(link: Link, text: str, start: int) -> bool:
    """Whether a verb finds fault with somebody or contradicts, and with no proposal: a mood, and no stand."""
    if link.verb.lemma in _DENIALS:
        return True
    behind = text[max(0, link.cue_end - start) :][:_OBJECT]
    if link.verb.lemma in {"refuse", "decline"} and _NO_ANSWER.match(behind):
        return True
    return link.verb.lemma in _CRITICISM and not _PROPOSED.search(behind)


_DENIALS = frozenset(_listed("deny dispute refute contest rebut disavow disagree"))
_CRITICISM = frozenset(_listed("criticize criticise condemn denounce slam blast lambast rebuke protest"))
_OBJECT = 70  # characters behind a verb in which its object is named
_PROPOSED = re.compile(
    r"\b(?:plan|proposal|deal|idea|sanction|demand|agreement|decision|concession|talks|draft|guarantee"
    r"|cease-?fire|truce"
    r"|loan|step|membership|deployment|referendum|election|summit|format|negotiat|terms|document|settlement|freez|seiz"
    r"|confiscat|recogni|point|clause|text|calls? for|suggestion|peacekeep|troops)",
    re.IGNORECASE,
)


_READ = (
    (_NOT_AGAINST, Polarity.SUPPORT),
    (_NOTHING_LESS, Polarity.DEMAND),
    (_OPPOSED, Polarity.OPPOSE),
    (_ASKED, Polarity.DEMAND),
    (_DEMANDED, Polarity.DEMAND),
    (_SUPPORTED, Polarity.SUPPORT),
)


def _not_before(text: str) -> bool:
    """Whether a thing is refused until another: "would sign no map before", but not "no progress before summer"."""
    found = _NOT_BEFORE.search(text)
    return found is not None and _WILL.search(text, max(0, found.start() - 60), found.end()) is not None


def _own(pattern: re.Pattern[str], text: str, others: Sequence[tuple[int, int]], but: frozenset[str]) -> bool:
    """Whether the speaker's own side will, or will not, do something; `but`: verbs that do not count."""
    for found in pattern.finditer(text):
        who = found["who"] or ""
        own = who.lower() not in _NOT_OWN and not _of_others(found.start() + len(who) + bool(who), others)
        if own and found["verb"].lower() not in but:
            return True
    return False


def _of_others(at: int, others: Sequence[tuple[int, int]]) -> bool:
    return any(0 <= at - end <= _NEAR for _, end in others)


_NEAR = 25  # characters between another party's name and the verb that it is the subject of


def turned(stance: Polarity) -> Polarity:
    """What a negation makes of a stance: "did not reject" says nothing more than that."""
    return Polarity.OPPOSE if stance is Polarity.SUPPORT else Polarity.NEUTRAL

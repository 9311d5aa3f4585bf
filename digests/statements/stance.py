"""What a statement says about the proposal it speaks of: support, oppose, conditional, demand, neutral.

Hides the words and the scope of negation. Mood words ("constructive", "difficult") and accusations are neutral; support
needs a welcome, an endorsement or a commitment.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from digests.model import Polarity
from digests.statements.links import Link

_CONDITION = re.compile(
    r"\b(?:only if|only when|only after|on condition that|on the condition|provided that|as long as"
    r"|unless|would depend|will depend|depends? on|depending on|conditional on"
    r"|contingent on|must (?:first )?be .{0,30}before|but the \w+ must|any deal requires|лише якщо"
    r"|тільки якщо|только если|за умови|при условии)\b|\b[Ii]f\b.{3,120}\b(?:would|will|then)\b",
    re.IGNORECASE,
)
_OPPOSED = re.compile(
    r"\b(?:reject\w*|refus\w+|rul(?:e|es|ed|ing) out|unacceptable|oppos(?:e|es|ed|ing)"
    r"|against the (?:plan|proposal|deal)|not fair|unconstructive|not accept\w*|never accept\w*"
    r"|will not (?:give|cede|agree|accept|recogni[sz]e|withdraw|sign|allow)"
    r"|won[’']t (?:give|cede|agree|accept|recogni[sz]e|withdraw|sign)|would not be accepted"
    r"|cannot accept|can[’']t accept|never forgive|exclud\w+|disqualif\w+|dismiss\w*|premature"
    r"|no compromise|categorically|out of the question"
    r"|відкида\w+|відмов\w+|неприйнятн\w+|отверг\w+|отказ\w+|неприемлем\w+|проти\b|исключ\w+|виключ\w+)\b",
    re.IGNORECASE,
)
_DEMANDED = re.compile(
    r"\b(?:demand(?:s|ed|ing)? (?:that|for|an? |the )|insist(?:s|ed|ing)? |urg(?:e|es|ed|ing)"
    r"|call(?:s|ed|ing)? (?:for|on)|must\b|needs? to|has to|have to|should (?!be)|better come"
    r"|required to|pleas? for|require[sd]?|crucial that|essential|want[s]? (?:control|Kyiv|Ukraine"
    r"|Russia|Moscow|them)"
    r"|going to have to|вимага\w+|повинн\w+|має бути|потрібно|требу\w+|должн\w+|необходимо|заклика\w+|призыва\w+)\b",
    re.IGNORECASE,
)
_SUPPORTED = re.compile(
    r"\b(?:welcom\w+|support(?:s|ed|ing)? |endors\w+|agree[sd]? (?:to|on|in|with)|accept(?:s|ed"
    r"|ing)? |in favou?r of|back(?:s|ed|ing)? (?:the|a) |ready (?:to|for)|prepared to"
    r"|willing(?:ness)? to|open to|committed to|pledg\w+|promis\w+"
    r"|thank(?:s|ed)?|prais\w+|could (?:form|be|serve as) the basis|as a basis|common understanding"
    r"|encouraged|tangible (?:results|progress)|advanc\w+ efforts|importance of|progress toward"
    r"|key to|right direction|will attend|favou?rs|підтрим\w+|готов\w+|погод\w+|поддерж\w+"
    r"|соглас\w+)\b",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"(?:\b(?:not|never|no|without|neither|nor|cannot|hardly)|n[’']t|\bне|\bні)\s+(?:[\w’'-]+\s+){0,3}$", re.IGNORECASE
)


_ACTS = {
    "sign": Polarity.SUPPORT,
    "exchange": Polarity.SUPPORT,
    "swap": Polarity.SUPPORT,
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


def polarity(text: str, links: Sequence[Link], others: Sequence[tuple[int, int]] = ()) -> Polarity:
    """The stance of one statement: its verbs first, then its words, negation turning support and opposition round.

    `others`: where other parties stand in the text as names; what they support or refuse is not the speaker's stance.
    """
    if _CONDITION.search(text):
        return Polarity.CONDITIONAL
    for link in links:
        if link.verb.stance is not Polarity.NEUTRAL:
            return turned(link.verb.stance) if link.negated else link.verb.stance
    if links and all(link.verb.mode == "act" for link in links):
        return _ACTS.get(links[0].verb.lemma, Polarity.NEUTRAL)
    for pattern, stance in ((_OPPOSED, Polarity.OPPOSE), (_DEMANDED, Polarity.DEMAND), (_SUPPORTED, Polarity.SUPPORT)):
        for found in pattern.finditer(text):
            if stance is not Polarity.DEMAND and any(0 <= found.start() - end <= _NEAR for _, end in others):
                continue
            return turned(stance) if _NOT.search(text[max(0, found.start() - 40) : found.start()]) else stance
    return Polarity.NEUTRAL


_NEAR = 25  # characters between another party's name and the verb that it is the subject of


def turned(stance: Polarity) -> Polarity:
    """What a negation makes of a stance: "did not reject" says nothing more than that."""
    return Polarity.OPPOSE if stance is Polarity.SUPPORT else Polarity.NEUTRAL

"""The words by which news says yes, no, perhaps and on condition: closed lists and patterns, no rules. Hides spelling.

Patterns are searched in passages of bounded length; none has a repetition inside a repetition.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from digests.terms import stem

NO = re.compile(
    r"\b(?:no longer|no one|nobody|nothing|none|never|cannot|not|no|neither|nor|hardly"
    r"|rul(?:e|es|ed|ing) out|reject(?:s|ed|ing|ion of)?|refus(?:e|es|ed|ing|al)|oppos(?:e|es|ed|ing|ition to)"
    r"|opposed to"
    r"|against|unacceptable|unthinkable|impossible|off the table|out of the question|ha(?:s|d|ve) been dropped"
    r"|(?<=would )(?:veto|block)|(?<=will )(?:veto|block)|(?<=not )(?:veto|block)|(?<=\bto )(?:veto|block)"
    r"|vetoe[ds]|block(?:ed|s|ing)|stand(?:s|ing)? in the way of"
    r"|object(?:s|ed)? to|exclud(?:e|es|ed|ing)|stay(?:s|ed)? out|stay(?:s|ed)? away|(?:is|was|are|were|remains?"
    r"|stays?) (?:now )?closed"
    r"|dismiss(?:es|ed|ing)?|declin(?:e|es|ed|ing) to|fail(?:s|ed)? to|stopped short of"
    r"|less than ready|unwilling|unable"
    r"|не|ні|ніколи|никогда|нет|немає|жодн\w{1,4}|нельзя|неможлив\w{1,4}|невозможн\w{1,4}|неприйнятн\w{1,4}"
    r"|неприемлем\w{1,4}|відкин\w{1,5}|відкида\w{1,4}|отверг\w{0,5}|відмов\w{1,6}|отказ\w{1,7}|виключ\w{1,6}"
    r"|исключ\w{1,6}|проти|против)\b|n't\b",
    re.I,
)
WEAK = re.compile(
    r"\b(?:could|might|may|perhaps|possibl[ey]|ready to (?:consider|look at)|ready to(?= (?:discuss|talk"
    r"|negotiate))|open to|consider(?:s|ed|ing)?"
    r"|look(?:s|ed|ing)? at|in principle|largely|partly|mostly|some of|almost|nearly|would be prepared to consider"
    r"|не виключа\w{1,4}|не исключа\w{1,4}|може|можуть|может|могут|можливо|возможно)\b",
    re.I,
)
OPEN = re.compile(
    r"\b(?:(?:would|will|could|did|do|does|can)(?: not|n't) (?:yet )?(?:say|comment|decide|know)(?: (?:when"
    r"|whether|if|how))?|declin(?:e|es|ed"
    r"|ing) to say"
    r"|refus(?:e|es|ed|ing) to say|(?:a|the) (?:matter|question|decision) for|up to"
    r"|neither(?: \w{1,20}){1,3} nor \w{1,20}"
    r"|(?:still )?(?:being|under) (?:discussed|discussion|review|negotiated|negotiation)|undecided"
    r"|(?:not|n't) (?:yet )?(?:been )?decided|too early(?: to (?:say|tell|judge|know)(?: (?:when|whether|if"
    r"|how))?)?|premature|remain(?:s|ed)? open)\b",
    re.I,
)
YES = re.compile(
    r"\b(?:accept(?:s|ed|ing|able|ance)?|agree(?:s|d|ing|ment to)?(?: to| with| on)?|back(?:s|ed|ing)?(?= \w)"
    r"|support(?:s|ed|ing|ive)?(?: of| for)?|welcom(?:e|es|ed|ing)|endors(?:e|es|ed|ing)|approv(?:e|es|ed|ing)"
    r"|(?:ready|prepared|willing|readiness|willingness)(?: to| for)?|want(?:s|ed)?(?: to)?|insist(?:s|ed"
    r"|ing)?(?: on| that)?"
    r"|in favou?r of|favou?r(?:s|ed)?|on the table|irreversible|repeat(?:s|ed)?|renew(?:s|ed)? (?:his|her|its"
    r"|their) offer to"
    r"|погод\w{1,6}|соглас\w{1,6}|готов\w{0,4}|підтрим\w{1,5}|поддерж\w{1,6})\b",
    re.I,
)
FREE = re.compile(
    r"\b(?:without (?:any )?(?:pre)?conditions?|unconditional(?:ly)?|no (?:pre)?conditions|whenever [^,.;]{1,40}"
    r"|at any (?:time|moment)|any ?time|with or without [^,.;]{1,40}|whether or not [^,.;]{1,60}"
    r"|regardless of [^,.;]{1,40}"
    r"|(?:no matter|whatever) [^,.;]{1,40}|even (?:if|without|before) [^,.;]{1,60}|без (?:будь-яких )?умов"
    r"|без (?:всяких )?условий"
    r"|без (?:попередніх|предварительных) \w{1,10})",
    re.I,
)
CUES = re.compile(
    r"\b(?:only (?:if|when|once|after|under|with|on|in|as)|if and when|as soon as|if|unless|provid(?:ed"
    r"|ing)(?: that)?"
    r"|as long as"
    r"|so long as|on (?:the )?condition(?: that| of)?|in (?:return|exchange) for|once|the day|until|till|before"
    r"|after|when"
    r"|following|without"
    r"|лише (?:якщо|після|коли|за)|тільки (?:якщо|після|коли|за)|только (?:если|после|когда|при)|якщо|если"
    r"|за умови(?:,? що)?|при условии(?:,? что)?|пока не|поки не|до того як|після|после|без)\b",
    re.I,
)
OTHER_ONE = re.compile(
    r"\b(?:first|second|third(?! (?:country|countries|part))|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last"
    r"|latest|remaining|rest|others?"
    r"|another(?! (?:year|month|week|day|decade|hour|time))|additional|further|extra|next(?! (?:year|month|week|day))"
    r"|\d{1,3}(?:st|nd|rd|th)|\d{1,3}-(?:й|го|му|м))\b",
    re.I,
)
SHADES = re.compile(
    r"\b(?:more than|(?:higher|larger|bigger|greater|longer) than|over|above|less than|(?:lower|smaller|shorter"
    r"|fewer) than|below|at least|no more than|up to|almost all"
    r"|nearly all|all"
    r"|most|half|part)\b",
    re.I,
)
_SAID = (
    r"(?:said|says|told|tells|announced|announces|stated|states|added|adds|wrote|writes|repeated|repeats"
    r"|confirmed|confirms"
    r"|insisted|insists|warned|warns|argued|argues|stressed|noted|explained|declared|claimed|reiterated|affirmed"
    r"|pledged|vowed"
    r"|заявив|заявила|сказав|сказала|повідомив|повідомила|заявил|сказал|сообщил|сообщила|подчеркнул|наголосив"
    r"|додав|добавил)"
)
ATTRIBUTION_BEFORE = re.compile(
    rf"^[^.!?;]{{0,140}}?\b{_SAID}\b(?=\s+\S+\s+\S+\s+\S)"
    r"(?:\s+(?:(?<=told )(?:the\s+)?[^\s,]{1,20}|(?:in|at) [A-Z][^\s,]{1,20}|on [A-Z][a-z]{2,6}day)){0,3}"
    r"(?:\s+(?:in|at|on|to|aboard|after|before|during|following|via)\s[^,.;:]{1,50}?(?=\s+that\b))?"
    r"\s*[,:]?\s*(?:that\b|що\b|что\b)?",
)
ATTRIBUTION_AFTER = re.compile(
    rf",\s*(?:(?:according to|for)\s[^.;]{{1,80}}|[^,.;]{{0,80}}?\b{_SAID}\b(?![^;]*\b(?:that|що"
    rf"|что)\b)[^;]{{0,60}})\.?\s*$",
)
NOT_DENYING = re.compile(
    r"\b(?:ніколи|никогда|ніхто|никто|нічого|ничего|ніде|нигде|жодн\w{1,4})(?=[^,.;]{1,60}\bне\b)|\b(?:no|nothing"
    r"|none)(?: \w{1,20}){0,2} (?:but|except|other than)\b|\bnot a (?:minute|moment|day|second"
    r"|hour) \w{1,10}"
    r"|\bany (?:foreign|outside|other|such|further)\b|\bnot only\b|\bnot just\b",
    re.I,
)
"""Words that look like a no and are none; and what "any" takes away from the word behind it."""
EITHER = re.compile(r"\beither\b[^.;]{1,120}\bor\b|\bor else\b", re.I)
"""Two ways are left open: neither is what the speaker says will be."""
GIVEN_UP = re.compile(r"\bgiv(?:e|es|en|ing) up\b|\bgave up\b|\bhand(?:s|ed|ing)? over\b", re.I)
TIMES = re.compile(
    r"\b(?:this|next|last|in the next) (?:year|month|week|spring|summer|autumn|winter|round|exchange)|one day"
    r"|some day"
    r"|(?:on )?(?:mon|tues|wednes|thurs|fri|satur|sun)day|tomorrow|today|eventually|for ever|in the long (?:run"
    r"|term)\b",
    re.I,
)

ANTONYMS: Mapping[str, str] = {
    word: concept
    for concept, words in {
        "#lift": "stay stays stayed remain remains remained keep keeps kept maintain maintains maintained persist",
        "#resume": "suspend suspends suspended halt halts halted stop stops stopped pause pauses paused cancel"
        " cancels"
        " cancelled canceled",
    }.items()
    for word in words.split()
}
"""Words that deny a concept: what stays is not lifted."""

_CONCEPTS: Mapping[str, str] = {
    **ANTONYMS,
    **{
        word: concept
        for concept, words in {
            "#lift": "lift lifts lifted lifting ease eases eased easing relax relaxed drop drops dropped dropping"
            " remove"
            " removed scrap scrapped waive waived",
            "#resume": "resume resumes resumed continue continues continued restart restarts restarted",
            "#troop": "troop troops soldier soldiers men servicemen military army forces force contingent військових"
            " військові солдат солдати військо армія армії военных военные войска солдаты",
            "#withdraw": "withdraw withdraws withdrew withdrawn withdrawal withdrawing leave leaves left pull"
            " pulls pulled"
            " cede cedes ceded surrender surrenders",
            "#send": "send sends sent sending provide provides provided contribute contributes contributed deploy"
            " deploys"
            " deployed deployment go goes went dispatch supply supplies supplied",
            "#truce": "ceasefire truce cease-fire перемир'я перемирие припинення",
            "#plan": "plan plans proposal proposals paper",
            "#deal": "deal deals agreement agreements treaty settlement accord pact",
            "#recognise": "recognise recognised recognises recognize recognized recognition",
            "#join": "join joins joined joining accession membership member enter",
            "#host": "host hosts hosted hosting",
            "#use": "use uses used using usage",
            "#meet": "meet meets met meeting",
            "#talk": "talk talks negotiations negotiate discuss discussed discussion",
            "#unit-km": "km kilometre kilometres kilometer kilometers",
            "#percent": "percent pct",
            "#euro": "euro euros eur",
            "#dollar": "dollar dollars usd",
            "#pound": "pound pounds",
            "#part": "part parts share shares",
            "#basis": "basis foundation",
            "#solve": "solve solved solves solution resolve resolved resolution",
            "#prisoner": "prisoner prisoners pow pows captive captives",
            "russia": "russia russian russians moscow kremlin росія росії російськ россия россии",
            "ukraine": "ukraine ukrainian ukrainians kyiv kiev україна україни украина украины україні украине",
            "us": "america american americans washington us u.s",
            "france": "france french paris",
            "germany": "germany german germans berlin",
            "britain": "britain british uk london",
            "europe": "europe european europeans",
            "poland": "poland polish warsaw",
            "italy": "italy italian rome",
            "hungary": "hungary hungarian budapest",
            "turkey": "turkey turkish ankara",
            "china": "china chinese beijing",
        }.items()
        for word in words.split()
    },
}
_EMPTY_WORDS = (
    "days weeks months years decades decade hours hour give gives gave giving "
    "capped limited higher lower larger smaller bigger greater longer shorter fewer third "
    "a an the and or but nor of in on at to for from by with into onto over under about as is are was were be been "
    "being has have had do does did it its this that these those he she they them his her their we us our you your i "
    "my me who which what where there here so such also just only more most very some any all both each every other "
    "one own same said say says than then too will would can could may might must shall should ought need needs "
    "needed necessary live still yet again now today tomorrow yesterday already ever even down out up off between "
    "within along year month week monday tuesday wednesday thursday friday saturday sunday january february march "
    "april june july august september october november december earlier later soon day ve re ll s t m d least around "
    "roughly no-one let get gets got make makes made take takes took enough exceed no number final і й та у в на"
    " з що "
    "як це є був була було були буде будуть для до від за про и во с со что как это есть был была было были будет "
    "будут от о об ее его их её свої свою своїх свои своих"
)
EMPTY = frozenset(_EMPTY_WORDS.split())
"""Words that say nothing of what is spoken of."""


def concept_of(word: str) -> str:
    """The concept of a word: synonyms and forms of one sense are one; empty for what is no word of content."""
    low = word.lower().replace("’", "'")
    low = low.removesuffix("'s").rstrip("'")
    if len(low) < 2:
        return ""
    if low == "us" and word != "US":
        return ""
    known = _CONCEPTS.get(low)
    if known:
        return known
    if not low.isascii():
        return low[:5] if len(low) > 5 else low
    plain = stem(low)
    return plain[:-1] if len(plain) > 3 and plain[-1] == plain[-2] and plain[-1] not in "sle" else plain

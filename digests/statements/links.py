"""Which verb or noun states something for which subject, by rules over one sentence with its quotations blanked.

Hides the forms of attribution: "X said", "said X", "according to X", passives, possessive and noun forms ("Russia's
demand that"), predicates ("X is ready to"), headlines with a colon. `digests.statements.subjects` finds the subject.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from digests.model import Polarity
from digests.names import Mention
from digests.statements import phrasings, subjects
from digests.statements.foreign import FORMS
from digests.statements.link import Link
from digests.statements.quotes import MASK
from digests.statements.subjects import Referring, Subject
from digests.statements.verbs import ADJECTIVES, NOUNS, Verb, is_noun, lexicon, with_particle


def _listed(words: str) -> list[str]:
    return words.split()


__all__ = ["MEETINGS", "Link", "Referring", "Subject", "find"]

MEETINGS = frozenset(_listed("meet hold confer talk speak negotiate consult"))
"""Acts that two parties do together, and that are about whatever is being negotiated."""


_TOKEN = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_NEXT_WORD = re.compile(r"\s+([\w’'-]+)")
_BE = re.compile(r"\b(?:is|are|was|were|be|been|being)\s+(?:[a-z]+ly\s+|also\s+|now\s+|not\s+|still\s+)*$")
_NEGATION = re.compile(r"(?:\bnot|n[’']t|\bnever|\bcannot|\bneither|\bнікол?и|\bне)\s+(?:[\w-]+\s+){0,2}$")
_PERFECT = re.compile(r"\b(?:has|have|had|’s|’ve)\s+(?:[\w-]+\s+){0,3}$")
_MODAL = re.compile(r"\b(?:would|could|should|may|might|can|must|cannot|whether|if)\s+(?:[\w-]+\s+){0,2}$")
_OUGHT = re.compile(r"^ (?:should|must|might|may|ought to|needs? to)\b")  # nothing was said yet
_NO_VERB = re.compile(r"\b(?:the|a|an|its|his|her|their|of|new|any|no|this|that)$")
_TO = re.compile(r"\bto$")
_PASSED_TO = re.compile(r"\b(?:appear|seem|continue|begin|tend)(?:s|ed|d)? to$|\bbegan to$")
_AUXILIARY = re.compile(r"\b(?:do|does|did|will|would|can|could|should|may|might|must|cannot|to)\b|n[’']t\b")
_CONJUNCTION = re.compile(r"(?:\band|\bbut|,|\bthen)(?: \w+ly| also| then| has| have| had)?\s*$")
_SHORTEST = 15  # characters that a headline has behind its colon
_OPENING = 30  # characters within which a sentence's first name is its subject
_SILENT = frozenset(
    _listed("say state comment respond specify elaborate detail disclose reveal name identify reply speak talk mention")
)
_CLOSING = frozenset(_listed("conclude continue begin finish end propose offer"))
"""Acts by which a quotation goes on or closes: "..., X concluded."."""
_TAIL = 45  # characters between a quotation and the verb that closes it
_ENDS = re.compile(r"\s*(?:[.,;:]|$)")
_ENSURED = re.compile(
    r"\b(?:ensur|guarantee|mean|hop|fear|imply|implies|requir|assum|prevent|allow|enabl|expect|so|even|such)\w* "
    r"(?:that )?(?:the )?$"
)
_RELATIVE = re.compile(
    r"(?:^|[,;:—–“(]|\b(?:and|but|while|after|before|as|when|that|said|says|because|since|Then|Now"
    r"|Still|Yet))\s*(?:the |The )?$"
)
_PICKED_OUT = re.compile(
    r"\b(?:plan|proposal|draft|document|text|paper|list|offer|framework|deal|terms)s? (?:that|which)(?: the)? $",
    re.IGNORECASE,
)
"""What stands before an act that only says which paper is meant: "the plan that Washington presented"."""
_MEETS = re.compile(r"\b(?:with)\s+(?:the\s+|his\s+|her\s+|[a-z]+\s+){0,2}$")
_ACCORDING = re.compile(
    r"\b(?:[Aa]ccording to|[Ii]n the (?:words|view|opinion) of|[Aa]s (?:told|reported|stated|announced|confirmed) by"
    r"|[Сс]огласно|[Пп]о словам|[Пп]о мнению|[Зз]а словами|[Зз]а даними|[Пп]о данным|[Нн]а думку|as per"
    r"|[Ll]aut|[Nn]ach (?:Angaben|Worten|Aussage|Ansicht|Darstellung)(?: von| des| der| vom)?"
    r"|[Ss]elon|[Dd][’']après|[Ww]edług|[Zz]daniem)\s+"
)
_IN_WORDS = re.compile(
    r"\b(?:[Ii]n (?P<en>his|her|its|their) (?:own )?(?:words|view|opinion|telling|account)"
    r"|(?:[Пп]о|[Зз]а) (?P<cyr>его|её|ее|їхніми|його|її|их) (?:словам|мнению|словами|думкою|утверждению)\b)"
)
_AN_OWNER = re.compile(r"[’']s? $")
_MEANS = {
    "his": "he", "her": "she", "its": "it", "their": "they", "him": "he", "them": "they", "его": "он", "её": "она",
    "ее": "она", "их": "они", "його": "він", "її": "вона", "їхніми": "вони",
}  # fmt: skip
_ALL_NOUNS = "|".join(sorted(NOUNS))
_COMPLEMENT = r"(?= (?:[–—-] )?(?:that|for|to|on|of|against|not)\b)"
_OWNED = re.compile(rf"[’']s?\s+((?:(?!to\b|of\b|and\b|for\b)[\w-]+\s+){{0,2}}?)(?P<noun>{_ALL_NOUNS})\b{_COMPLEMENT}")
_BESIDE = re.compile(rf" (?P<noun>{_ALL_NOUNS})\b{_COMPLEMENT}")
_BY_NOUN = re.compile(rf"\b(?P<noun>{_ALL_NOUNS}) (?:by|from) (?:the )?$")
_ON_INSISTENCE = re.compile(r"(?:[’']s)? (?P<noun>insistence|request|demand)\b")
_QUALIFIED = re.compile(r"(?:[a-zа-яіїєґ]+ ){0,5}")
_AT = re.compile(r"\b(?:[Oo]n|[Aa]t) $")
_COPULA = re.compile(r"\b(?:is|are|was|were|be|been|remains?|remained|’s)\s+(?:[a-z]+\s+){0,2}$")
_REMAINS = re.compile(r"\b(?:remains?|remained)\s+(?:[a-z]+\s+){0,2}$")
_COLON_HEAD = re.compile(r"^\s*(?:[\w’'.-]+\s){0,3}$")
_TO_SOMEBODY = re.compile(r" (?:to|on|zu|zur|zum|über|à|sur|do|o|про|о) [\w’' -]{2,30}(?=: )")
_AFTER = re.compile(
    r" (?:after|before|following|amid|nach|vor|après|avant|po|przed|після|перед|после) [\w’' -]{2,45}(?=: )"
)
_COLON_TAIL = re.compile(r"(?:: |[\x01”\"] ?[–—-] | [–—] )(?:[A-Z]\w+ ){0,3}$")
_NOBODY = Referring(0, 0, "")


def find(sentence: str, mentions: tuple[Mention, ...]) -> list[Link]:
    """Every link of a sentence (quotations masked; mention offsets count from its start), by place of the cue."""
    found: list[Link] = []
    for token in _TOKEN.finditer(sentence):
        word = token.group().lower()
        if word in ADJECTIVES:
            found.extend(_predicate(sentence, mentions, token, ADJECTIVES[word]))
        for verb in lexicon().get(word, ()):
            linked = _verb_links(sentence, mentions, token, verb, found)
            if linked:
                found.extend(linked)
                break
    found.extend(phrasings.find(sentence, mentions, found))
    found.extend(_according(sentence, mentions))
    found.extend(_nouns(sentence, mentions))
    found.extend(_colon(sentence, mentions))
    kept: dict[tuple[int, int], Link] = {}
    for link in found:
        kept.setdefault((link.cue_start, link.subject.start), link)
    return sorted(kept.values(), key=lambda link: (link.cue_start, link.subject.start))


def _verb_links(
    sentence: str, mentions: tuple[Mention, ...], token: re.Match[str], verb: Verb, before: list[Link]
) -> list[Link]:
    """Links of one verb form: its left subject, else the inverted or passive one on its right."""
    following = _NEXT_WORD.match(sentence, token.end())
    behind = following.group(1).lower() if following else ""
    whole = with_particle(verb, behind)
    if whole is None or is_noun(verb, behind) or any(m.start <= token.start() < m.end for m in mentions):
        return []
    left = sentence[max(0, token.start() - 70) : token.start()]
    if whole.mode == "act" and whole.lemma in _CLOSING and MASK in left[-_TAIL:] and _ENDS.match(sentence, token.end()):
        whole = replace(whole, mode="speech")
    negated = bool(_NEGATION.search(left))
    if negated and verb.lemma in _SILENT:
        return []
    base = Link(_NOBODY, whole, token.start(), token.end(), "left", negated, bool(_PERFECT.search(left)))
    passive = verb.form in {"past", "part"} and bool(_BE.search(left))
    if not passive and _finite(verb, left) and not (whole.mode == "act" and _MODAL.search(left)):
        found = _active(sentence, mentions, token, base, before)
        if found:
            return found
    if verb.form in {"past", "part"} and (passive or whole.mode == "speech"):
        return [replace(base, subject=s, form="passive") for s in subjects.agent_of(sentence, token.end(), mentions)]
    return []


def _active(
    sentence: str, mentions: tuple[Mention, ...], token: re.Match[str], base: Link, before: list[Link]
) -> list[Link]:
    """Left subjects first; in other languages those on the right, where the verb opens its clause."""
    foreign = token.group().lower() in FORMS
    inverted = foreign and sentence[: token.start()].rstrip().endswith((",", "\x01", "—", "–", "-"))
    left = [] if inverted else _stated(sentence, mentions, base, before)
    carried = bool(left) and left[0].subject.end <= (before[-1].cue_start if before else 0)
    if not (foreign or base.verb.mode == "speech"):
        return left
    right = [replace(base, subject=s, form="right") for s in subjects.right_of(sentence, token, mentions)]
    closed = any(isinstance(x.subject, Mention) and _CLOSED.match(sentence, x.subject.end) for x in right)
    if left and not carried and not (closed and left[0].subject == mentions[0]):
        return left
    if left:  # "..., said X" has its subject behind it, whatever verb stands before the comma
        right = [link for link in right if isinstance(link.subject, Mention)]
    return right or left or (_stated(sentence, mentions, base, before) if inverted else [])


def _stated(sentence: str, mentions: tuple[Mention, ...], base: Link, before: list[Link]) -> list[Link]:
    """Links to left subjects; a verb behind "and" or "but" has the subject of the verb before it."""
    found = subjects.left_of(sentence, _without_to(sentence, base), mentions)
    if base.verb.mode == "act":
        head = sentence[: found[0].start] if found else ""
        found = [s for s in found if (_RELATIVE.search(head) or s.start < 50) and not _PICKED_OUT.search(head)]
        found = [s for s in found if not isinstance(s, Referring) or s.word.lower() not in {"it", "they"}]
        if found and base.verb.lemma in MEETINGS:
            found = [*found, *_met(sentence, mentions, base.cue_end)]
    found = found or _carried(sentence, mentions, base, before)
    head = sentence[: found[0].start] if found else ""
    if found and base.verb.mode != "speech" and (_OPEN.search(head) or (not before and _ENSURED.search(head))):
        return []
    if found and _NEITHER.search(sentence[max(0, found[0].start - 40) : found[0].start]):
        if base.verb.lemma in _SILENT:
            return []
        base = replace(base, negated=True)
    if found and _OUGHT.search(sentence[found[0].end : base.cue_start]):
        return []
    if base.verb.form == "base" and len(found) == 1 and not _plural(sentence, found[0], base.cue_start):
        return []
    if base.verb.lemma == "agree" and (
        len(found) > 1 or any(isinstance(s, Referring) and " " in s.word for s in found)
    ):
        base = replace(base, verb=replace(base.verb, mode="act"))  # what two sides agree on is done, not only said
    return [replace(base, subject=s) for s in found]


_CLOSED = re.compile(r"\s*(?:[.;]|$)")
"""Behind a speaker who closes a sentence."""
_AVOIR = re.compile(r"\b(?:a|ont|avait|avaient|hat|haben)\s+(?:[a-z]+\s+)?$")


def _carried(sentence: str, mentions: tuple[Mention, ...], base: Link, before: list[Link]) -> list[Subject]:
    """The subject of the verb before "and" or "but", else the name that opens the sentence."""
    if not _CONJUNCTION.search(sentence[max(0, base.cue_start - 30) : base.cue_start]):
        return []
    if before:
        last = before[-1]
        goes_on = last.form in {"left", "predicate"} and last.cue_end < base.cue_start and _same_tense(last, base.verb)
        return [last.subject] if goes_on else []
    first = [m for m in mentions[:1] if m.start <= _OPENING and m.kind != "adjective" and base.verb.mode != "act"]
    return [m for m in first if subjects.free(sentence, m, mentions)]


_OPEN = re.compile(r"\b(?:whether|if|unless|until|lest)\s+(?:the\s+)?$", re.IGNORECASE)
_NEITHER = re.compile(r"\b[Nn]either (?:[\w.’'-]+ ){1,5}nor (?:the )?$")


def _without_to(sentence: str, base: Link) -> int:
    """Where the verb group starts: a headline's "to" ("US to promise support") belongs to it, and a French "a"."""
    if base.verb.lemma in FORMS and (auxiliary := _AVOIR.search(sentence[: base.cue_start])):
        return auxiliary.start()
    before = sentence[: base.cue_start].rstrip()
    return (
        len(before) - 2
        if base.verb.form == "base" and len(before) < _OPENING and _TO.search(before)
        else base.cue_start
    )


def _plural(sentence: str, subject: Subject, at: int) -> bool:
    """Whether a subject can have a bare verb: it is a plural, or an auxiliary stands between."""
    words = sentence[subject.start : subject.end]
    return (
        words.endswith("s")
        or words.lower() in {"they", "both men"}
        or bool(_AUXILIARY.search(sentence[subject.end : at]))
    )


def _same_tense(before: Link, verb: Verb) -> bool:
    """Whether a verb may go on with the subject of one before it: "has rejected it and insists" too."""
    return verb.mode != "act" and (before.verb.form == verb.form or (before.perfect and verb.form == "s"))


def _met(sentence: str, mentions: tuple[Mention, ...], at: int) -> list[Subject]:
    """The other party of "met with", "held talks with"."""
    for m in mentions:
        if at <= m.start <= at + 60:
            between = sentence[at : m.start]
            if _MEETS.search(between) or not between.strip():
                return (
                    [m]
                    if (m.kind in {"person", "body"} or m.speaker) and sentence[m.end : m.end + 1] not in {"’", "'"}
                    else []
                )
            return []
    return []


def _finite(verb: Verb, left: str) -> bool:
    """Whether the form can be a finite verb here: an -ing needs "is", a bare form no "to" before it."""
    before = left.rstrip()
    if verb.form == "ing":
        return bool(_BE.search(left))
    if verb.form == "part":
        return bool(_PERFECT.search(left))
    if verb.form == "base" and _TO.search(before):
        return bool(_PASSED_TO.search(before)) or len(before) < _OPENING  # a headline's "US to promise support"
    return not (verb.form in {"base", "s"} and _NO_VERB.search(before))


def _predicate(sentence: str, mentions: tuple[Mention, ...], token: re.Match[str], stance: Polarity) -> list[Link]:
    left = sentence[: token.start()]
    if not _COPULA.search(left[-40:]):
        return []
    copula = _COPULA.search(left[-40:])
    past = copula is not None and copula.group().startswith(("was", "were"))
    verb = Verb(token.group().lower(), "stance", "past" if past else "s", stance)
    remains = _REMAINS.search(left)
    found = subjects.left_of(sentence, remains.start() if remains else token.start(), mentions)
    negated, perfect = bool(_NEGATION.search(left[-60:])), bool(_PERFECT.search(left[-60:]))
    return [Link(s, verb, token.start(), token.end(), "predicate", negated, perfect) for s in found]


def _according(sentence: str, mentions: tuple[Mention, ...]) -> Iterator[Link]:
    for found in _ACCORDING.finditer(sentence):
        verb = Verb("according", "speech", "s")
        for m in mentions:
            if not found.end() <= m.start <= found.end() + 50:
                continue
            gap = sentence[found.end() : m.start]
            owned = sentence[m.end : m.end + 1] in {"’", "'"}
            if owned and _QUALIFIED.fullmatch(gap):
                continue  # "according to the United Nations' nuclear watchdog"
            if (_QUALIFIED.fullmatch(gap) or _AN_OWNER.search(gap)) and not owned and m.kind != "adjective":
                yield Link(m, verb, found.start(), found.end(), "according")
            break
        else:
            reference = subjects.referring_at(sentence, found.end())
            if reference is not None:
                word = _MEANS.get(reference.word.lower(), reference.word)
                yield Link(replace(reference, word=word), verb, found.start(), found.end(), "according")
    for found in _IN_WORDS.finditer(sentence):
        start, end = found.span(found.lastgroup or 0)
        reference = Referring(start, end, _MEANS[found.group(found.lastgroup or 0)])
        yield Link(reference, Verb("words", "speech", "s"), found.start(), found.end(), "according")


def _nouns(sentence: str, mentions: tuple[Mention, ...]) -> Iterator[Link]:
    """ "Russia's demand that", "Russian demands for", "opposition from X", "at X's insistence"."""
    for m in mentions:
        found = _noun_of(sentence, m)
        if found is not None and found.group("noun") in NOUNS:
            noun, at = found.group("noun"), found.start("noun")
            subject = replace(m, kind="role") if m.kind == "adjective" else m
            yield Link(subject, Verb(noun, "noun", "s", NOUNS[noun]), at, at + len(noun), "noun")


def _noun_of(sentence: str, m: Mention) -> re.Match[str] | None:
    if found := _OWNED.match(sentence, m.end):
        return found
    if m.kind in {"adjective", "metonym"} and (found := _BESIDE.match(sentence, m.end)):
        return found
    if _AT.search(sentence[: m.start]) and (found := _ON_INSISTENCE.match(sentence, m.end)):
        return found
    return _BY_NOUN.search(sentence[: m.start])


def _colon(sentence: str, mentions: tuple[Mention, ...]) -> Iterator[Link]:
    """ "Kremlin: ..." and "...: Zelensky" headlines."""
    verb = Verb("colon", "speech", "s")
    aside = 0  # up to where a name is only whom somebody speaks to, or after meeting whom
    for m in mentions:
        if m.kind == "adjective" or m.start < aside:
            continue
        topic = m.kind == "metonym" and sentence[m.start : m.end] == m.speaker  # "Ukraine: ..." is no speaker
        at = m.end
        if addressed := _TO_SOMEBODY.match(sentence, at) or _AFTER.match(sentence, at):
            at = aside = addressed.end()
            topic = topic and addressed.re is _AFTER  # "Ukraine after a year of talks: ..." is none either
        heads = sentence[at : at + 2] == ": " and _COLON_HEAD.match(sentence[: m.start])
        if heads and not topic and len(sentence) - m.end > _SHORTEST:
            yield Link(m, verb, at, at + 1, "colon")
        tail = sentence[m.end :]
        if re.fullmatch(r"(?:\s[|–—-]\s.{0,60})?\s*", tail) and _COLON_TAIL.search(sentence[: m.start]):
            yield Link(m, verb, m.start - 1, m.start, "colon")

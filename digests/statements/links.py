"""Who is the subject of which saying, wanting or acting verb, by rules over one sentence with its quotations blanked.

Hides the grammar of attribution: left subjects with appositions and adverbs between, inverted "said X", "according to
X", "as X put it", passives, possessive and noun forms, predicates ("X is ready to"), headlines with a colon.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from digests.model import Polarity
from digests.names import Mention
from digests.statements.quotes import MASK
from digests.statements.verbs import ADJECTIVES, NOUNS, Verb, lexicon, with_particle


@dataclass(frozen=True)
class Referring:
    """A subject that names nobody by itself: "he", "they", "the official", "both sides", "analysts"."""

    start: int
    end: int
    word: str


Subject = Mention | Referring


@dataclass(frozen=True)
class Link:
    """A subject and the verb (or noun) by which it states something. `start`, `end` span both; `form` names the rule."""

    subject: Subject
    verb: Verb
    cue_start: int
    cue_end: int
    form: str
    negated: bool = False
    perfect: bool = False

    @property
    def start(self) -> int:
        """Offset of the first character of subject or cue."""
        return min(self.subject.start, self.cue_start)

    @property
    def end(self) -> int:
        """Offset behind the last character of subject or cue."""
        return max(self.subject.end, self.cue_end)


_TOKEN = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_BETWEEN = re.compile(
    r"(?:^|(?<=[\s,(\x01]))(?:has|have|had|is|was|are|were|be|been|being|also|later|then|again|further|did|does|do|would|will|could|may|might|should|must|still|now|once|first"
    r"|not|never|n[’']t|hasn[’']t|haven[’']t|hadn[’']t|didn[’']t|doesn[’']t|don[’']t|won[’']t|wouldn[’']t|isn[’']t|wasn[’']t|aren[’']t|weren[’']t|can|cannot|can[’']t|long|both|all|each|too"
    r"|meanwhile|however|instead|yet|twice|always|often|even|just|only|in turn|for (?:his|her|its|their) part|appeared? to|seem(?:ed|s)? to|appears to|continue[sd]? to|began to|vowed to"
    r"|on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?: (?:morning|evening|night|afternoon))?|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|yesterday|today|this week|last (?:week|month|year|night)|earlier"
    r"|in a (?:joint )?(?:statement|post|speech|interview)|reportedly|(?!ally|family|supply|rally|reply)[a-z]+ly|та|и|і|також|также|не|вже|уже|раніше|ранее)[\s,]*$"
)
_AUX = re.compile(
    r"\b(?:is|are|was|were|be|been|being|has been|have been|had been)\s+(?:[a-z]+ly\s+|also\s+|now\s+|not\s+|still\s+)*$"
)
_NEGATION = re.compile(r"(?:\bnot|n[’']t|\bnever|\bcannot|\bneither|\bнікол?и|\bне)\s+(?:[\w-]+\s+){0,3}$")
_PERFECT = re.compile(r"\b(?:has|have|had|’s|’ve)\s+(?:[\w-]+\s+){0,3}$")
_REFERRING = re.compile(
    r"(?:^|(?<=[\s,(\x01“\"]))(?P<word>[Hh]e|[Ss]he|[Tt]hey|[Ii]t|[Bb]oth sides|[Tt]he (?:two|three|warring|opposing) (?:sides|countries|parties|delegations|leaders|presidents)|[Bb]oth (?:countries|parties|delegations|leaders|men)|[Ee]ach side"
    r"|[Tt]he (?:senior |former |top |Russian |Ukrainian |American |US |U\.S\. )?(?:minister|president|official|envoy|spokesman|spokeswoman|spokesperson|leader|chancellor|diplomat|negotiator|adviser|aide|secretary|head of state|prime minister|source|ministry|statement|former president)"
    r"|(?:[\w-]+ )?(?:[Aa]nalysts|[Ee]xperts|[Oo]bservers|[Cc]ritics|[Aa]nalyst|[Ee]xpert)|Він|він|Вона|вона|Вони|Он|он|Она|она|Они)\s*$"
)
_PREPOSITION = re.compile(
    r"\b(?:of|with|from|in|to|for|at|on|by|near|into|between|among|against|about|over|after|before|toward|towards|than|like|via|through|around|outside|across|inside|within|behind|under|without|alongside|including|upon|and with)\s+(?:(?:the|a|an|his|its|their|both|former)\s+)*(?:[a-z-]+\s+){0,1}$",
    re.IGNORECASE,
)
_NEXT_WORD = re.compile(r"\s+([\w’'-]+)")
_CLAUSE = re.compile(
    r"(?:[;:—–]|, (?:and|but|while|as|whereas|although|though|when|where|after|because|since)\b|\b(?:while|but|that|because|although|when|as|if)\b)"
)
_INVERTED = re.compile(r"\s+(?:(?:by|on \w+|also|later|the|a|an|both|former|then|[a-zа-яіїєґ’'-]+ly)\s+)*")
_ACCORDING = re.compile(
    r"\b(?:[Aa]ccording to|[Ii]n the (?:words|view|opinion) of|[Aa]s (?:told|reported|stated|announced|confirmed) by|[Сс]огласно|[Пп]о словам|[Пп]о мнению|[Зз]а словами|[Зз]а даними|[Пп]о данным|[Нн]а думку|as per)\s+"
)
_NOT_NAMED = re.compile(
    r"(?:an?|one|two|three|four|several|some|multiple|people|person|sources?|officials?|documents?|reports?|media|the (?:report|document|media))\b[\w\s,-]{0,40}?"
)
_OWNED = re.compile(r"[’']s?\s+((?:[\w-]+\s+){0,3}?)(" + "|".join(sorted(NOUNS)) + r")\b")
_BY = re.compile(r"[^.;:,()]{0,90}?\bby\s+(?:the\s+|both\s+|a\s+|an\s+)*(?:[a-z-]+\s+){0,2}")
_COLON = re.compile(r"^\s*(?:[\w’'.-]+\s){0,3}$")


def find(sentence: str, mentions: tuple[Mention, ...]) -> list[Link]:
    """Every link of a sentence (quotations masked; mention offsets count from its start), by place of the cue."""
    links: list[Link] = []
    names = {m.start: m for m in mentions}
    for token in _TOKEN.finditer(sentence):
        word = token.group().lower()
        for verb in lexicon().get(word, ()):
            found = _verb_link(sentence, mentions, names, token, verb)
            if found:
                links.extend(found)
                break
        else:
            if word in ADJECTIVES:
                links.extend(_predicate(sentence, mentions, token, ADJECTIVES[word]))
    links.extend(_according(sentence, mentions))
    links.extend(_owned_nouns(sentence, mentions))
    links.extend(_colon(sentence, mentions))
    return sorted(_distinct(links), key=lambda link: (link.cue_start, link.subject.start))


def _distinct(links: list[Link]) -> list[Link]:
    kept: dict[tuple[int, int], Link] = {}
    for link in links:
        kept.setdefault((link.cue_start, link.subject.start), link)
    return list(kept.values())


def _verb_link(
    sentence: str, mentions: tuple[Mention, ...], names: dict[int, Mention], token: re.Match[str], verb: Verb
) -> list[Link]:
    """Links of one verb form: its left subject, else the inverted or passive one on its right."""
    following = _NEXT_WORD.match(sentence, token.end())
    whole = with_particle(verb, following.group(1).lower() if following else "")
    if whole is None or any(m.start <= token.start() < m.end for m in mentions):
        return []
    left = sentence[: token.start()]
    base = Link(
        _NOBODY,
        whole,
        token.start(),
        token.end(),
        "left",
        bool(_NEGATION.search(left[-60:])),
        bool(_PERFECT.search(left[-60:])),
    )
    passive = verb.form in {"past", "part"} and bool(_AUX.search(left[-50:]))
    if verb.form in {"past", "part"} and (passive or left.rstrip().endswith((MASK, "as")) or not _may_be_left(left)):
        by = _agent(sentence, mentions, token.end())
        if by:
            return [replace(base, subject=m, form="passive") for m in by]
    if passive:
        return []
    if _form_fits(verb, left):
        subjects = _left(sentence, token.start(), mentions)
        if subjects:
            return [replace(base, subject=s) for s in subjects]
    if verb.mode == "speech" and verb.form in {"past", "s", "base"} or (following and not following.group(1).isascii()):
        return [replace(base, subject=s, form="right") for s in _right(sentence, token, names, left)]
    return []


_NOBODY = Referring(0, 0, "")


def _may_be_left(left: str) -> bool:
    return bool(left.strip())


def _form_fits(verb: Verb, left: str) -> bool:
    """Whether the form can be a finite verb here: an -ing needs "is", a bare form no "to" before it."""
    before = left.rstrip()
    if verb.form == "ing":
        return bool(_AUX.search(left[-50:]))
    if verb.form == "part":
        return bool(_PERFECT.search(left[-60:]))
    return not (verb.form == "base" and re.search(r"\b(?:to|the|a|an|its|his|their|of|new|any|no)$", before))


def _left(sentence: str, at: int, mentions: tuple[Mention, ...]) -> list[Subject]:
    """Subjects that end where the verb group starts, or whose apposition does."""
    end = at
    for _ in range(8):
        head = sentence[:end].rstrip()
        between = _BETWEEN.search(head[-60:])
        if not between:
            break
        end = max(0, len(head) - 60) + between.start()
    head = sentence[:end].rstrip()
    if head.endswith(("who", "which", "that")) and re.search(r",? (?:who|which|that)$", head):
        head = re.sub(r",? (?:who|which|that)$", "", head)
    return _ending_at(sentence, head, mentions)


def _ending_at(sentence: str, head: str, mentions: tuple[Mention, ...]) -> list[Subject]:
    referring = _REFERRING.search(head[-70:])
    if referring and not head.endswith(","):
        offset = max(0, len(head) - 70)
        return [Referring(offset + referring.start("word"), offset + referring.end("word"), referring["word"])]
    trimmed = head.rstrip(" ,)—–-")
    for m in mentions:
        if m.end == len(trimmed) and m.kind != "adjective" and (trimmed == head or sentence[m.end : m.end + 1] in ",)"):
            if trimmed != head and _is_listed(sentence, m, mentions):
                continue
            if _free(sentence, m):
                return _coordinated(sentence, m, mentions)
            return _host(sentence, m, mentions)
    if head.endswith((",", "—", "–", ")")):
        return _before_apposition(sentence, head, mentions)
    return []


def _is_listed(sentence: str, mention: Mention, mentions: tuple[Mention, ...]) -> bool:
    """Whether a name before a comma belongs to an apposition of an earlier subject ("X, envoy of Y, said")."""
    clause = _clause_start(sentence, mention.start)
    return any(
        clause <= m.start < mention.start
        and m.kind in {"person", "role", "body"}
        and sentence[m.end : m.end + 1] in {",", " "}
        and sentence[m.end : m.end + 2] in {", ", " ("}
        and _free(sentence, m)
        for m in mentions
    )


def _before_apposition(sentence: str, head: str, mentions: tuple[Mention, ...]) -> list[Subject]:
    clause = _clause_start(sentence, len(head) - 1)
    fitting = [
        m
        for m in mentions
        if m.end < len(head)
        and m.kind != "adjective"
        and sentence[m.end : m.end + 1] in {",", "—", "–"}
        or sentence[m.end : m.end + 2] in {" (", " —", " –"}
    ]
    fitting = [m for m in fitting if m.end < len(head) and len(head) - m.end < 220 and _free(sentence, m)]
    inside = [m for m in fitting if m.start >= clause] or fitting[-1:]
    return _coordinated(sentence, inside[0], mentions) if inside else []


def _clause_start(sentence: str, at: int) -> int:
    starts = [0]
    for match in re.finditer(r"; |, (?:and|but|while|whereas) |[:—–] | that ", sentence[:at]):
        starts.append(match.end())
    return starts[-1]


def _free(sentence: str, mention: Mention) -> bool:
    """Whether a name is no object of a preposition and no possessive."""
    return (
        not _PREPOSITION.search(sentence[max(0, mention.start - 40) : mention.start])
        and sentence[mention.end : mention.end + 1] not in "’'"
        or False
    )


def _coordinated(sentence: str, last: Mention, mentions: tuple[Mention, ...]) -> list[Subject]:
    """The subject with those it is joined to by "and" or commas."""
    joined: list[Subject] = [last]
    at = last
    for m in reversed([m for m in mentions if m.end <= last.start]):
        between = sentence[m.end : at.start]
        if re.fullmatch(r",? (?:and|і|и|та) (?:the )?|, (?:the )?", between) and _free(sentence, m):
            if m.kind != "adjective" or re.search(r"and", between):
                joined.append(m)
            at = m
        else:
            break
    actors: dict[str, Subject] = {}
    for subject in reversed(joined):
        if isinstance(subject, Mention):
            actors.setdefault(subject.actor_id + (subject.speaker or "" if subject.kind == "person" else ""), subject)
    return list(actors.values())


def _host(sentence: str, mention: Mention, mentions: tuple[Mention, ...]) -> list[Subject]:
    """The head of a noun phrase that ends in a name behind a preposition: "officials in Kyiv", "a source close to ..."."""
    before = sentence[: mention.start]
    found = re.search(
        r"\b(?:officials|officers|leaders|authorities|lawmakers|negotiators|diplomats|[Aa] source close|[Ss]ources close|members|[Ss]enators)\b(?: visiting| based)? (?:in|from|of|at|to|within) (?:the )?$",
        before[-60:],
    )
    if found:
        return [replace(mention, kind="role", speaker=None)]
    near = re.search(r" (?:in|at|from|near|on) (?:the )?$", before[-12:])
    if near:
        end = len(before) - len(before[-12:]) + near.start()
        return _ending_at(sentence, sentence[:end], tuple(m for m in mentions if m.end <= end))
    return []


def _right(sentence: str, token: re.Match[str], names: dict[int, Mention], left: str) -> list[Subject]:
    """The subject of an inverted "said X": at the sentence's start (Cyrillic), behind a comma, a quotation or "as"."""
    before = left.rstrip()
    cyrillic = not token.group().isascii()
    if not cyrillic and before and not before.endswith((",", MASK, " as", "?", "!", "—", "–", "As", "which", "what")):
        return []
    skipped = _INVERTED.match(sentence, token.end())
    at = skipped.end() if skipped else token.end()
    for start in sorted(names):
        if at <= start <= at + (45 if cyrillic else 0) or token.end() < start <= at:
            if cyrillic and not re.fullmatch(r"[\s\w’'ʼ-]*", sentence[at:start]):
                return []
            mention = names[start]
            return [mention] if mention.kind != "adjective" else []
    pronoun = re.match(r"(he|she|they|він|вона|он|она)\b", sentence[at:])
    return [Referring(at, at + pronoun.end(), pronoun.group())] if pronoun else []


def _agent(sentence: str, mentions: tuple[Mention, ...], at: int) -> list[Mention]:
    """Who stands behind "by" after a participle."""
    by = _BY.match(sentence, at)
    if not by:
        return []
    for m in mentions:
        if (
            by.end() - 1 <= m.start <= by.end() + 1
            and m.kind != "adjective"
            and sentence[m.end : m.end + 1] not in {"’", "'"}
        ):
            return [m]
    return []


def _predicate(sentence: str, mentions: tuple[Mention, ...], token: re.Match[str], stance: Polarity) -> list[Link]:
    left = sentence[: token.start()]
    if not re.search(r"\b(?:is|are|was|were|be|been|remains?|remained|’s)\s+(?:[a-z]+\s+){0,2}$", left[-40:]):
        return []
    verb = Verb(token.group().lower(), "stance", "s", stance)
    copula = re.search(r"\b(?:remains?|remained)\s+(?:[a-z]+\s+){0,2}$", left)
    subjects = _left(sentence, copula.start() if copula else token.start(), mentions)
    negated = bool(_NEGATION.search(left[-60:]))
    perfect = bool(_PERFECT.search(left[-60:]))
    return [Link(s, verb, token.start(), token.end(), "predicate", negated, perfect) for s in subjects]


def _according(sentence: str, mentions: tuple[Mention, ...]) -> Iterator[Link]:
    for found in _ACCORDING.finditer(sentence):
        verb = Verb("according", "speech", "s")
        for m in mentions:
            gap = sentence[found.end() : m.start] if found.end() <= m.start <= found.end() + 50 else None
            if gap is not None and re.fullmatch(
                r"(?:the |an? |senior |top |one |two |several |some |[a-zа-яіїєґ]+ )*", gap
            ):
                if m.kind == "adjective":
                    m = replace(m, kind="role")
                yield Link(m, verb, found.start(), found.end(), "according")
                break


def _owned_nouns(sentence: str, mentions: tuple[Mention, ...]) -> Iterator[Link]:
    for m in mentions:
        owned = _OWNED.match(sentence, m.end)
        if owned:
            noun = owned.group(2)
            yield Link(m, Verb(noun, "noun", "s", NOUNS[noun]), owned.start(2), owned.end(), "noun")
        elif m.kind == "adjective" and (
            follows := re.match(
                r" (demands?|calls?|insistence|rejection|proposal|threats?|warnings?|claims?)\b", sentence[m.end :]
            )
        ):
            noun = follows.group(1)
            stance = NOUNS.get(noun, Polarity.NEUTRAL)
            yield Link(
                replace(m, kind="role"), Verb(noun, "noun", "s", stance), m.end + 1, m.end + follows.end(), "noun"
            )
    for found in re.finditer(r"\b(" + "|".join(sorted(NOUNS)) + r") (?:by|from) (?:the )?", sentence):
        for m in mentions:
            if m.start == found.end():
                noun = found.group(1)
                yield Link(m, Verb(noun, "noun", "s", NOUNS[noun]), found.start(), found.end(), "noun")


def _colon(sentence: str, mentions: tuple[Mention, ...]) -> Iterator[Link]:
    """ "Kremlin: ..." and "...: Zelensky" headlines."""
    verb = Verb("colon", "speech", "s")
    for m in mentions:
        if m.kind == "adjective":
            continue
        if sentence[m.end : m.end + 2] == ": " and _COLON.match(sentence[: m.start]) and len(sentence) - m.end > 15:
            yield Link(m, verb, m.end, m.end + 1, "colon")
        tail = sentence[m.end :]
        if re.fullmatch(r"(?:\s[|–—-]\s.{0,60})?\s*", tail) and re.search(
            r"(?:: |[\x01”\"] ?[–—-] | [–—] )(?:[A-Z]\w+ ){0,3}$", sentence[: m.start]
        ):
            yield Link(m, verb, m.start - 1, m.start, "colon")

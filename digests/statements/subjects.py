"""The subject of a verb, by rules: the name, title or pronoun that a verb group hangs on. Hides English word order.

Appositions, adverbs, relative pronouns and dates between subject and verb are passed over; a name behind a preposition
or with a possessive is nobody's subject; names joined by "and" are subjects together.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from digests.names import Mention
from digests.statements.foreign import FORMS
from digests.statements.quotes import MASK


@dataclass(frozen=True)
class Referring:
    """A subject that names nobody by itself: "he", "they", "the official", "both sides", "analysts"."""

    start: int
    end: int
    word: str


Subject = Mention | Referring

_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_MONTH_DAY = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]*\.? \d{1,2}"
_PASSED_OVER = (
    "already|soon|ever|so far",
    "neither|has|have|had|is|was|are|were|be|been|being|also|later|then|again|further|did|does|do|would|will|could|may|might",
    "should|must|still|now|once|first|not|never|can|cannot|long|both|all|each|too|meanwhile|however|instead|yet|twice",
    "n[’']t|has?n[’']t|haven[’']t|hadn[’']t|didn[’']t|doesn[’']t|don[’']t|won[’']t|wouldn[’']t|isn[’']t|wasn[’']t",
    "aren[’']t|weren[’']t|can[’']t|always|often|even|just|only|in turn|for (?:his|her|its|their) part|in response",
    "(?:appear|seem|continue|begin|tend)(?:s|ed|d)? to|began to|earlier|previously|yesterday|today|in recent days",
    f"(?:late |early |earlier )?(?:on )?{_DAY}(?: (?:morning|evening|night|afternoon))?|on {_MONTH_DAY}|{_MONTH_DAY}",
    "(?:earlier |later )?(?:this|last) (?:week|month|year|night)|in a (?:joint )?(?:statement|post|speech|interview)",
    "(?!ally|family|supply|rally|reply)[a-z]+ly|та|и|і|також|также|не|вже|уже|раніше|ранее|теж|тоже",
)
_BETWEEN = re.compile(rf"(?:^|(?<=[\s,(\x01]))(?:{'|'.join(_PASSED_OVER)})[\s,]*$")
_TITLED = "senior |former |top |Russian |Ukrainian |American |US |U\\.S\\. |French |German |British |Polish |Turkish "
_OFFICE = (
    "minister|president|official|envoy|spokesman|spokeswoman|spokesperson|leader|chancellor"
    "|diplomat|negotiator|adviser|advisor|aide"
    "|secretary|head of state|prime minister|source|ministry|former president|commissioner|general"
    "|PM|premier|pontiff|agency|bloc|alliance|watchdog|commission|council|department|embassy|office|delegation"
    "|secretary[ -]general|director[ -]general|press office|press service"
)
_ADJECTIVES = "foreign |defen[cs]e |interior |justice |finance |energy |press |chief |deputy |special |top |vice "
_MANY = "two|three|warring|opposing"
_REFERRING = re.compile(
    r"(?:^|(?<=[\s,(\x01“\"—–]))(?P<word>[Hh]e|[Ss]he|[Tt]hey|[Ii]t|[Bb]oth (?:sides|countries"
    r"|parties|delegations|leaders|men)"
    rf"|[Tt]he (?:{_MANY}) (?:sides|countries|parties|delegations|leaders|presidents)|[Ee]ach side"
    r"|[Tt]he (?:leaders|ministers|envoys|negotiators|officials|allies|ambassadors)"
    r"|[Ii]ts (?:leaders|officials|negotiators|government|military|army|air force|forces|delegation|parliament"
    r"|lawmakers)"
    rf"|(?:[Tt]he|[Ii]ts|[Tt]heir) (?:{_TITLED})?(?:{_ADJECTIVES})?(?i:{_OFFICE})"
    r"|[Tt]he (?:[\w.-]+ )?(?:think[ -]tank|institute|report|study|survey)"
    r"|(?:[\w-]+ )?(?:[Aa]nalysts|[Ee]xperts|[Oo]bservers|[Cc]ritics|[Aa]nalyst|[Ee]xpert)"
    r"|[Вв]ін|[Вв]она|[Вв]они|[Оо]н|[Оо]на|[Оо]ни)\s*$"
)
_PREPOSITIONS = (
    "of|with|from|in|to|for|at|on|by|near|into|between|among|against|about|over|toward|towards|than"
    "|like|via|through|around"
    "|outside|across|inside|within|behind|under|without|alongside|including|involving|upon|despite"
    "|amid|during|following|regarding"
)
_DETERMINERS = r"(?:(?:the|a|an|his|her|its|their|both|former)\s+)*(?:[a-z-]+\s+){0,1}$"
_PREPOSITION = re.compile(rf"\b(?:{_PREPOSITIONS})\s+{_DETERMINERS}", re.IGNORECASE)
_TIME_PREPOSITION = re.compile(rf"\b(?:after|before|since|until)\s+{_DETERMINERS}", re.IGNORECASE)
_JOINED = re.compile(
    r",? (?:and|і|и|та) (?:\w+ly )?(?:(?:the|its|his|her|their) )?|, (?:the )?|,? as well as (?:the )?"
)
_HOSTED = re.compile(
    r"\b(?:[Oo]fficials|officers|[Ll]eaders|[Aa]uthorities|lawmakers|[Nn]egotiators|[Dd]iplomats|[Aa] source close"
    r"|[Ss]ources close|members|[Tt]eams|[Mm]inisters"
    r"|[Ss]enators|[Rr]epresentatives|[Ee]nvoys|[Dd]elegations?|[Dd]elegates)\b(?: visiting| based)? (?:in|from"
    r"|of|at|to|within) (?:the )?$"
)
_WRITTEN_BY = re.compile(
    r"\b(?:reports?|stud(?:y|ies)|survey|poll|analysis|assessment|research|estimates?|figures|data)"
    r"(?: (?:compiled|published|released|prepared|conducted|issued))? (?:from|by|of) (?:the )?$"
)
"""What a body says in writing: "a report by X said"."""
_PLACE = re.compile(r" (?:in|at|from|near|on) (?:the )?$")
_INVERTED = re.compile(r"\s+(?:(?:by|on \w+|also|later|the|a|an|both|former|then|[a-zа-яіїєґ’'-]+ly)\s+)*")
_FOREIGN_GAP = 45  # characters of titles and words between a verb of another language and its subject
_APPOSITION = 220  # characters that an apposition may have


def left_of(sentence: str, at: int, mentions: tuple[Mention, ...]) -> list[Subject]:
    """Subjects that end where the verb group at an offset starts, or whose apposition does."""
    end = at
    stripped = False
    for _ in range(8):
        head = sentence[:end].rstrip()
        between = _BETWEEN.search(head[-60:])
        if not between:
            break
        end = max(0, len(head) - 60) + between.start()
        stripped = stripped or "," in between.group() or head[:end].rstrip().endswith(",")
    head = sentence[:end].rstrip()
    relative = re.search(r",?(?: --| —)? (?:who|which|that)(?:[’']s|[’']ve|[’']d)?$", head)
    if relative:
        antecedent = head[: relative.start()]
        last = next((m for m in mentions if m.end == len(antecedent) and m.kind != "adjective"), None)
        return [last] if last is not None else []
    return _ending_at(sentence, head, mentions, closed=stripped)


def _ending_at(sentence: str, head: str, mentions: tuple[Mention, ...], *, closed: bool) -> list[Subject]:
    referring = _REFERRING.search(head[-70:])
    titled = any(m.end == len(head) and m.kind in {"role", "person"} for m in mentions)  # "the US president"
    if referring and not titled and not head.endswith(","):
        offset = max(0, len(head) - 70)
        return [Referring(offset + referring.start("word"), offset + referring.end("word"), referring["word"])]
    trimmed = head.rstrip(" ,)—–-")
    last = next((m for m in mentions if m.end == len(trimmed)), None)
    if last is not None and last.kind != "adjective" and (trimmed == head or sentence[last.end : last.end + 1] in ",)"):
        titled = ", " in sentence[last.start : last.end]  # "Russia's envoy, X," closes itself
        apart = sentence[: last.start].rstrip().endswith(",")  # "the party's chairman, X, said"
        if trimmed == head or titled or ((closed or apart) and not _in_apposition(sentence, last, mentions)):
            if free(sentence, last, mentions, finite=True):
                return _coordinated(sentence, last, mentions)
            return (
                _host(sentence, last, mentions)
                or _hosts(sentence, last, mentions)
                or _sent_to(sentence, last, mentions)
            )
    if head.endswith((",", "—", "–", ")")) or closed:
        return _before_apposition(sentence, head + ("" if head.endswith((",", "—", "–", ")")) else ","), mentions)
    return []


def _in_apposition(sentence: str, mention: Mention, mentions: tuple[Mention, ...]) -> bool:
    """Whether a name before a comma belongs to an apposition of an earlier subject ("X, envoy of Y, said")."""
    clause = _clause_start(sentence, mention.start)
    return any(
        clause <= m.start < mention.start
        and (m.kind in {"person", "role", "body"} or sentence.startswith((", which ", ", whose "), m.end))
        and sentence[m.end : m.end + 2] in {", ", " ("}
        and free(sentence, m, mentions)
        for m in mentions
    )


def _before_apposition(sentence: str, head: str, mentions: tuple[Mention, ...]) -> list[Subject]:
    clause = _clause_start(sentence, len(head) - 1)
    fitting = [
        m
        for m in mentions
        if m.kind != "adjective"
        and m.end < len(head) - 1
        and len(head) - m.end < _APPOSITION
        and (sentence[m.end : m.end + 1] in {",", "—", "–"} or sentence[m.end : m.end + 2] in {" (", " —", " –"})
        and free(sentence, m, mentions)
    ]
    inside = [m for m in fitting if m.start >= clause] or fitting[-1:]
    return _coordinated(sentence, inside[0], mentions) if inside else []


def _clause_start(sentence: str, at: int) -> int:
    starts = [match.end() for match in _CLAUSE_START.finditer(sentence, 0, at)]
    return starts[-1] if starts else 0


_CLAUSE_START = re.compile(r"; |, (?:and|but|while|whereas) |[:—–] | that ")


def free(sentence: str, mention: Mention, mentions: tuple[Mention, ...], *, finite: bool = False) -> bool:
    """Whether a name is no object of a preposition, alone or in a list, and no possessive. `finite`: a verb follows
    directly, so that "after" and "before" are conjunctions."""
    if sentence[mention.end : mention.end + 1] in {"’", "'"}:
        return False
    before = sentence[max(0, mention.start - 40) : mention.start]
    if _PREPOSITION.search(before) or (not finite and _TIME_PREPOSITION.search(before)):
        return False
    for m in reversed(mentions):
        if m.end <= mention.start:
            between = sentence[m.end : mention.start]
            if _JOINED.fullmatch(between) and (
                " " in between.strip(", ") or "and" in between or _goes_on(sentence, mention)
            ):
                return free(sentence, m, mentions, finite=finite)
            break
    return True


def _goes_on(sentence: str, mention: Mention) -> bool:
    """Whether a list goes on behind a name: "A, B and C"."""
    return bool(re.match(r",? and |, [A-Z]", sentence[mention.end : mention.end + 8]))


def _coordinated(sentence: str, last: Mention, mentions: tuple[Mention, ...]) -> list[Subject]:
    """The subject with those it is joined to by "and" or commas."""
    joined = [last]
    for m in reversed([m for m in mentions if m.end <= last.start]):
        joint = sentence[m.end : joined[-1].start]
        if not _JOINED.fullmatch(joint) or not free(sentence, m, mentions, finite=True):
            break
        if len(joined) == 1 and not joint.strip(", "):
            break  # a comma alone joins nobody to the last of a list
        joined.append(m)
    actors: dict[tuple[str, str | None], Subject] = {}
    for subject in reversed(joined):
        if subject.kind == "adjective" and last.kind in {"role", "body"}:
            subject = replace(subject, kind="role")
        actors.setdefault((subject.actor_id, subject.speaker if subject.kind == "person" else None), subject)
    return list(actors.values())


def _host(sentence: str, mention: Mention, mentions: tuple[Mention, ...]) -> list[Subject]:
    """The head of a noun phrase that ends in a name behind a preposition: "officials in Kyiv", "a source close to"."""
    before = sentence[: mention.start]
    if _HOSTED.search(before[-60:]):
        return [replace(mention, kind="role", speaker=None)]
    if mention.kind == "body" and _WRITTEN_BY.search(before[-40:]):
        return [mention]
    near = _PLACE.search(before[-12:])
    if near:
        end = len(before) - len(before[-12:]) + near.start()
        inside = tuple(m for m in mentions if m.end <= end)
        return _ending_at(sentence, sentence[:end], inside, closed=False)
    return []


_TOWARDS = re.compile(r"(?: (?:to|for|on|with|in charge of))(?: [a-z]+){0,4} (?:the )?")


def _sent_to(sentence: str, last: Mention, mentions: tuple[Mention, ...]) -> list[Subject]:
    """The head of a noun phrase that goes on to another name: "A's ambassador to B", "the envoy for talks with B"."""
    heads = [m for m in mentions if m.end <= last.start and m.kind == "role"]
    if heads and _TOWARDS.fullmatch(sentence, heads[-1].end, last.start) and free(sentence, heads[-1], mentions):
        return [heads[-1]]
    return []


def _hosts(sentence: str, last: Mention, mentions: tuple[Mention, ...]) -> list[Subject]:
    """The parties of "officials from A, B and C" and "delegations of A and B"."""
    listed = [last]
    for m in reversed([m for m in mentions if m.end <= last.start]):
        if not _JOINED.fullmatch(sentence[m.end : listed[-1].start]):
            break
        listed.append(m)
    if len(listed) > 1 and _HOSTED.search(sentence[max(0, listed[-1].start - 60) : listed[-1].start]):
        return [replace(m, kind="role", speaker=None) for m in reversed(listed)]
    return []


def right_of(sentence: str, token: re.Match[str], mentions: tuple[Mention, ...]) -> list[Subject]:
    """The subject of an inverted "said X": behind a comma, a quotation or "as"; anywhere with a foreign verb."""
    before = sentence[: token.start()].rstrip()
    foreign = token.group().lower() in FORMS
    if not foreign and not before.endswith((",", MASK, " as", "?", "!", "—", "–", "As")):
        return []
    skipped = _INVERTED.match(sentence, token.end())
    at = skipped.end() if skipped else token.end()
    reach = [m for m in mentions if token.end() < m.start <= at + (_FOREIGN_GAP if foreign else 0)]
    reach = [m for m in reach if re.fullmatch(r"[\s\w’'ʼ-]*", sentence[token.end() : m.start])]
    named = [m for m in reach if m.kind != "adjective" and sentence[m.end : m.end + 1] not in {"’", "'"}]
    if named and (foreign or named[0] is reach[0]):
        chosen = next((m for m in named if m.kind == "person"), named[0])
        spoken_of = not foreign and before.endswith(",") and MASK not in before[-2:]  # "..., calls U.S. plan a basis"
        return [] if spoken_of and _GOES_ON.match(sentence, chosen.end) else [chosen]
    if reach and not foreign:
        return []
    pronoun = _BEHIND.match(sentence, at)
    return [Referring(at, pronoun.end(), pronoun.group())] if pronoun else []


_GOES_ON = re.compile(
    rf"(?:[’']s)? (?!(?:in|on|at|after|as|during|when|while|who|before|following|amid|and|for|from|to|with|last|this"
    rf"|late|early|yesterday|today|again|over|about|of|(?:{_ADJECTIVES})?(?:{_OFFICE})s?)\b)[a-z]"
)
"""What a name has behind it that is no speaker's: words that go on about a thing of its, or about what it does."""

_BEHIND = re.compile(
    r"(?:he|she|they|він|вона|он|она|the (?i:official|minister|president|envoy|source|spokesman|spokeswoman)"
    r"|президент|міністр|министр)\b"
)
_OBJECT = re.compile(
    rf"(?:him|her|them)\b|(?:the|its|their) (?:{_ADJECTIVES})?(?:{_OFFICE})\b(?! (?:of|for|at|in) )(?![’'])",
    re.IGNORECASE,
)


_FIRST = re.compile(r"(?:He|She)\b")


def referring_first(sentence: str) -> Referring | None:
    """The pronoun that opens a sentence."""
    found = _FIRST.match(sentence)
    return Referring(found.start(), found.end(), found.group()) if found else None


def referring_at(sentence: str, at: int) -> Referring | None:
    """What stands behind "according to" and names nobody: "the ministry", "him"."""
    found = _OBJECT.match(sentence, at)
    return Referring(found.start(), found.end(), found.group()) if found else None


_BY = re.compile(r"[^.;:,()]{0,90}?\bby\s+(?:the\s+|both\s+|a\s+|an\s+)*(?:[a-z-]+\s+){0,2}")


def agent_of(sentence: str, at: int, mentions: tuple[Mention, ...]) -> list[Subject]:
    """Who stands behind "by" after a participle that ends at an offset."""
    by = _BY.match(sentence, at)
    if not by:
        return []
    for m in mentions:
        if by.end() - 1 <= m.start <= by.end() + 1:
            owned = sentence[m.end : m.end + 1] in {"’", "'"}
            return [] if m.kind == "adjective" or owned else [m]
    return []

"""Words as comparable terms: names folded to their owner, acts to a concept, the rest to a stem. Hides the word lists.

Two reports of one happening choose other verbs and spell names otherwise; what is compared is what they share.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from digests.names import Mention
from digests.relevance import words_of

_STOP_WORDS = (
    "a an the and or but nor if of in on at to for from by with without into onto over under about as is are was "
    "were be been being has have had do does did will would can could may might shall should must not no it its "
    "this that these those he she they them his her their him we our you your i my me us who whom whose which "
    "what when where why how than then there here so such also just only more most less least very much many some "
    "any all both each every other another own same said say says saying told tell tells according after before "
    "during while since until amid between among against through out up down off again further new news one two "
    "first last year years day days week time live update updates latest report reports reported reportedly "
    "people like get gets got make makes made take takes took still back now even ever never yet near percent "
    "per cent и в во на "
    "не что он с со как а то все она так его но да ты к у же вы за бы по только ее мне было вот от меня еще нет о "
    "из ему теперь когда даже ну ли если уже или быть был него до вас них для мы тебя их чем была сам чтоб без "
    "будто это эти того і й та у в на не що він з як а то все вона так його але до від за про для при після через "
    "також це цього цей є був була було були буде під над між щодо який яка яке які "
)
_STOP = frozenset(_STOP_WORDS.split())
_CONCEPTS: Mapping[str, str] = {
    word: concept
    for concept, words in {
        "appoint": "appoint appoints appointed appointing appointment name names named naming pick picks picked tap"
        " taps tapped select selects selected chooses chosen nominate nominates nominated",
        "oust": "oust ousts ousted ouster fire fires fired dismiss dismissed dismisses remove removes removed"
        " removal sack sacks sacked resign resigns resigned resignation",
        "strike": "strike strikes struck attack attacks attacked attacking hit hits raid raids bomb bombs bombed"
        " bombing barrage bombardment shelling shelled",
        "kill": "kill kills killed killing killings dead deadly death deaths die dies died fatal fatalities",
        "injure": "injure injures injured injuring injuries wounded wounding hurt",
        "meet": "meet meets met meeting meetings gather gathers gathered gathering summit summits convene host"
        " hosts hosted hosting",
        "talk": "talk talks negotiation negotiations negotiate negotiating negotiators negotiator dialogue"
        " discuss discusses discussed discussing discussions discussion",
        "agree": "agree agrees agreed sign signs signed signing",
        "deal": "agreement agreements deal deals pact pacts accord accords",
        "reject": "reject rejects rejected rejecting rejection deny denies denied denying dismisses refute refutes"
        " refuted rebuff rebuffs rule rules",
        "guarantee": "guarantee guarantees guaranteed pledge pledges pledged commitment commitments promise promises"
        " backstop",
        "truce": "ceasefire ceasefires cease-fire truce truces",
        "troop": "troop troops soldier soldiers boots force forces deployment deploy deploys deployed deploying",
        "seize": "seize seizes seized seizing seizure capture captures captured capturing grab intercept intercepts",
        "home": "home residence house mansion dacha",
        "aide": "aide adviser advisor advisers advisors",
        "chief": "chief head heads leader boss",
        "spy": "spy spies spymaster intelligence",
        "office": "office staff",
        "warn": "warn warns warned warning warnings threaten threatens threatened threat threats",
        "plan": "plan plans planned planning proposal proposals",
        "accuse": "accuse accuses accused accusing accusation blame blames blamed blaming allege alleges alleged"
        " allegation",
        "drone": "drone drones uav uavs",
        "missile": "missile missiles",
        "ship": "tanker tankers vessel vessels ship ships",
        "child": "child children kids kid toddler son daughter",
        "flat": "apartment apartments flats flat building buildings tower",
        "clinic": "hospital clinic medical",
        "progress": "progress breakthrough",
        "europe": "europe european europeans",
    }.items()
    for word in words.split()
}
_INNER_CAPITAL = re.compile(r"(?<=[\w,’'] )[A-ZÀ-ÞЀ-Я][\w’'-]+")


def folded(passage: str, mentions: Iterable[Mention]) -> list[str]:
    """The words of a passage with every name replaced by one word: "@actor" or, for a person, "@actor/speaker"."""
    out: list[str] = []
    at = 0
    for mention in mentions:
        out.extend(words_of(passage[at : mention.start]))
        person = mention.kind in {"person", "role"} and mention.speaker
        out.append(f"@{mention.actor_id}/{mention.speaker}" if person else f"@{mention.actor_id}")
        at = mention.end
    out.extend(words_of(passage[at:]))
    return out


def stem(word: str) -> str:
    """A crude English stem: plural, -ing and -ed fall away; other alphabets lose an ending of two letters."""
    if not word.isascii():
        return word[:-2] if len(word) > 6 else word[:-1] if len(word) > 4 else word
    for tail, keep in (("ies", "y"), ("ing", ""), ("ied", "y"), ("ed", ""), ("es", ""), ("s", ""), ("ly", "")):
        if word.endswith(tail) and len(word) - len(tail) >= 3 and not word.endswith("ss"):
            return word[: -len(tail)] + keep
    return word


def concept(word: str) -> str:
    """The word as a comparable term: an act's concept, else its stem with two ways to transliterate folded."""
    plain = word.replace("'", "")
    found = _CONCEPTS.get(plain)
    return f"#{found}" if found else stem(plain).replace("iu", "yu").replace("iy", "y").replace("yy", "y")


def terms_of(head: Sequence[str], body: Sequence[str]) -> tuple[tuple[str, int], ...]:
    """Content terms with counts, sorted; a term of the headline counts twice."""
    counts: Counter[str] = Counter()
    for words, times in ((head, 2), (body, 1)):
        for word in words:
            if word.startswith("@"):
                counts[word] += times
                if "/" in word:
                    counts[word.partition("/")[0]] += 0  # the actor is implied, without weight of its own
            elif ":" in word:
                counts[word] += times
            elif len(word) > 1 and word not in _STOP and not word.isdigit():
                counts[concept(word)] += times
    return tuple(sorted((t, n) for t, n in counts.items() if n))


def is_person(term: str) -> bool:
    """Whether a term is a person of the directory ("@actor/name"), not an actor ("@actor") or a word."""
    return term.startswith("@") and "/" in term


def named_in(title: str, lead: str, terms: Sequence[tuple[str, int]]) -> set[str]:
    """The terms that are names: persons of the directory, and words with a capital inside a sentence. A headline in
    title case shows no names; its words count as names only where the lead writes them so."""
    passages = [lead] if _is_title_case(title) else [title, lead]
    capitals = {concept(w) for p in passages for c in _INNER_CAPITAL.findall(p) for w in words_of(c)}
    return {t for t, _ in terms if is_person(t) or t in capitals}


def _is_title_case(title: str) -> bool:
    words = [w for w in title.split() if w[0].isalpha() and len(w) > 3]
    return sum(w[0].isupper() for w in words) > 0.7 * len(words)

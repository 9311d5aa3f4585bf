"""One article, read: what it is about, who acts in it, its facts, and what identifies its happening.

Hides how content words become comparable terms (names folded to their owner, acts to a concept), what makes a text a
shell, and how an editor would weigh it. Needs no other article; `digests.stories` and `digests.novelty` compare.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from digests import facts, text
from digests.acting import Acting
from digests.model import (
    Article,
    Directory,
    Entry,
    Fact,
    Feed,
    Part,
    Reading,
    Relevance,
    Shell,
    Source,
    Span,
    Statement,
    TextOfRecord,
)
from digests.model.parse import ParsedText
from digests.names import Mention
from digests.relevance import Lexicon, Scope, words_of
from digests.statements import Finder

LEAD_CHARS = 700
"""Characters of description or text that count as the lead: the happening is told there, background follows."""

AUTHOR = "analyst"
"""The actor for whom an opinion piece speaks."""

PROCESS = "process"
"""The issue of meetings, drafts and envoys."""

FACTS_KEPT = 60

SHINGLE_WORDS = 5
SHINGLES_KEPT = 256
"""Word runs that are hashed, and how many of the smallest hashes are kept of one text."""

_STOP_WORDS = (
    "a an the and or but nor if of in on at to for from by with without into onto over under about as is are was "
    "were be been being has have had do does did will would can could may might shall should must not no it its "
    "this that these those he she they them his her their him we our you your i my me us who whom whose which "
    "what when where why how than then there here so such also just only more most less least very much many some "
    "any all both each every other another own same said say says saying told tell tells according after before "
    "during while since until amid between among against through out up down off again further new news one two "
    "first last year years day days week time live update updates latest report reports reported reportedly "
    "people like get gets got make makes made take takes took still back now even ever never yet near и в во на "
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
_BOILERPLATE = re.compile(
    r"The post [^\n]{1,300}? appeared first on [^\n]{1,100}|Continue reading\W*$|Read (?:more|the full)[^\n]{0,60}$|"
    r"Sign up (?:to|for) [^\n]{0,120}|What we know on day [\d,]{1,7}|Click here[^\n]{0,80}|Subscribe[^\n]{0,80}$",
    re.I | re.M,
)
_DATELINE = re.compile(
    r"^[A-Z][A-Za-z0-9 ,.-]{1,40}?\((?:AP|AFP|Reuters|Xinhua|TASS|dpa|UPI|ANI|PTI)\)\s*[—–-]*\s*", re.M
)
_PUBLISHER_TAIL = re.compile(r"\s+[-–—|]\s+(?P<name>[^-–—|]{2,60})$")
_PLACE = re.compile(r"\b(?:in|to|at|near|on) (?:the )?([A-Z][a-zà-ÿ’'-]{2,})")
_PLACE_CHARS = 400
_DAYS_AND_MONTHS = (
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august"
    " september october november december"
)
_DAYS = frozenset(_DAYS_AND_MONTHS.split())
_SPANS_OF_TIME = frozenset({"day", "month", "year", "hour"})
_MEETING = re.compile(
    r"\b(?:meet(?:s|ing|ings)?|met|talks?|summit|gather(?:s|ed)?|hosts?|visits?|heads? to|travels? to|attends?"
    r"|conference|round of|envoys?|negotiat\w{1,6}|зустріч\w{0,3}|встреч\w{0,3}"
    r"|szczyt\w{0,3}|spotkani\w{1,3}|Treffen|Gipfel)\b",
    re.I,
)
_ROUND_UP = re.compile(
    r"\b(?:briefing|round-?up|key (?:events|developments)|day in review|newsletter|at a glance)\b", re.I
)
_LIVE_ADDRESS = re.compile(r"/live/|/live-?(?:blog|updates|news)|liveblog", re.I)
_OPINION_ADDRESS = re.compile(r"/(?:opinions?|commentisfree|op-?eds?|editorials?|columns?|commentary)/", re.I)
_BYLINED = re.compile(r"^[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]+){1,2}: |\| [A-Z][a-z’'-]+(?: [A-Z][\w.’'-]+){1,2}$")
_CLAUSE = re.compile(r"[:|]|\s[–—-]\s")
_COUNSEL = re.compile(r"\b(?:must|should|ought to|needs? to|can(?:no|')t afford|may be the only)\b", re.I)
_SAYS = re.compile(
    r"\b(?:says?|said|tells?|told|urges?|warns?|calls?|insists?|vows?|demands?|according)\b|[:“\"‘]| '", re.I
)
_OUTLOOK = re.compile(
    r"^\d{1,2}/\d{1,2}: |\b(?:look(?:ing|s)? (?:ahead|back)|the year (?:ahead|that was)|in review|prospects for|outlook"
    r"|what to expect|on the rise)\b",
    re.I,
)
_QUESTION = re.compile(r"^(?:why|how|what)\b(?! (?:happened|a (?:day|week)))[^?]*|[?:–—] (?:why|how|what) |\?$", re.I)
_INNER_CAPITAL = re.compile(r"(?<=[\w,’'] )[A-ZÀ-ÞЀ-Я][\w’'-]+")
_AHEAD = re.compile(
    r"\b(?:(?:is|are|was|were) (?:due|set|expected|scheduled|slated) to"
    r"|will (?:meet|travel|visit|host|attend|hold|vote|sign|discuss|take part|be held|gather|present|decide)"
    r"|to (?:meet|travel|visit|host|attend|vote|gather) |plans? to (?:meet|travel|visit|hold)"
    r"|next (?:week|month)|later this (?:week|month)|by the end of|ahead of (?:a|the) (?:meeting|summit|vote)"
    r"|on the eve of|зустрінет|відбудет|состоится|встретится|планує|планирует)",
    re.I,
)


def article_of(entry: Entry, feed: Feed, source: Source, seen_at: datetime, revision: int = 0) -> Article:
    """The article that a feed entry is: texts of record, what is cut, and a hash that markup-only edits leave alone."""
    texts: dict[Part, TextOfRecord] = {}
    cut: set[Part] = set()
    title = text.from_html(entry.title)
    description = text.from_html(entry.summary)
    whole = text.record(entry.page_text) if entry.page_text.strip() else text.from_html(entry.content)
    if title is not None:
        texts[Part.TITLE] = title
    if description is not None:
        texts[Part.DESCRIPTION] = description
        if text.is_cut(entry.summary):
            cut.add(Part.DESCRIPTION)
    if whole is not None and whole.body and (description is None or len(whole.body) > len(description.body)):
        texts[Part.TEXT] = whole
        if not entry.page_text.strip() and text.is_cut(entry.content):
            cut.add(Part.TEXT)
    bodies = "\x1f".join(f"{part.value}\x1e{texts[part].body}" for part in Part if part in texts)
    return Article(
        article_id=_short(f"{feed.id}\x1f{entry.entry_id}"),
        feed_id=feed.id,
        source_id=source.id,
        entry_id=entry.entry_id,
        url=entry.link,
        language=(entry.language or feed.language or "en")[:2].lower(),
        seen_at=seen_at,
        texts=texts,
        published_at=entry.published,
        revision=revision,
        content_sha=hashlib.sha256(bodies.encode("utf-8", "replace")).hexdigest(),
        origin=entry.origin,
        cut=frozenset(cut),
        page_read=bool(entry.page_text.strip()),
    )


def _short(text_: str) -> str:
    return hashlib.sha256(text_.encode("utf-8", "replace")).hexdigest()[:12]


def headline_of(article: Article) -> str:
    """The headline without the publisher that a news search appends to it."""
    title = article.texts.get(Part.TITLE)
    return _without_publisher(title.body) if title else ""


def _without_publisher(title: str) -> str:
    found = _PUBLISHER_TAIL.search(title)
    return title[: found.start()] if found and len(found["name"].split()) <= 6 and found.start() >= 15 else title


def lead_of(article: Article) -> str:
    """The top of the article below its headline: description, else the beginning of the text; boilerplate stripped."""
    for part in (Part.DESCRIPTION, Part.TEXT):
        if part in article.texts:
            body = article.texts[part].body[: 3 * LEAD_CHARS]
            return _BOILERPLATE.sub(" ", _DATELINE.sub("", body))[:LEAD_CHARS].strip()
    return ""


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


class Reader:
    """Reads articles against one directory."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory
        self._scope = Scope(directory)
        self._finder = Finder(directory)
        self._names = self._finder.gazetteer
        self._topics = self._finder.topics
        self._acting = Acting(directory, self._names)
        self._shells = Lexicon(directory.watch.shells)
        self._lands = {w for a in directory.actors for n in (a.name, *a.adjectives) for w in n.split()}

    def relevance(self, article: Article) -> Relevance:
        """The prefilter alone."""
        return self._scope.of(headline_of(article), lead_of(article), article.language)

    def candidates(self, article: Article) -> Mapping[Part, tuple[tuple[int, int], ...]]:
        """Offsets of passages worth a parse, part by part; none where the article is not about the talks."""
        return {} if self.relevance(article) is Relevance.NO else self._finder.candidates(article)

    def read(self, article: Article, parses: Mapping[Part, ParsedText] | None = None) -> Reading:
        """Everything that one article says by itself. An article that is not about the talks is only labelled so.

        `parses` (of `candidates`) sharpen who is the subject; without them rules decide alone.
        """
        relevance = self.relevance(article)
        if relevance is Relevance.NO:
            return Reading(article, relevance, (), (), ())
        title, lead = headline_of(article), lead_of(article)
        on = article.seen_at.date()
        named = self._names.mentions(title, on), self._names.mentions(lead, on)
        head, body = folded(title, named[0]), folded(lead, named[1])
        statements = self._finder.find(article, parses)
        found = _facts(article)
        shell = self._shell(article, title)
        issues = self._issue_ids(title, lead, article.language, relevance)
        top = [*head, *_counted(title)]
        terms = terms_of(top, () if _ROUND_UP.search(title) else [*body, *_counted(lead)])
        return Reading(
            article=article,
            relevance=relevance,
            issues=issues,
            actors=self._actors(title, lead, named, shell, statements),
            statements=statements,
            facts=found,
            shell=shell,
            terms=terms,
            rare=tuple(sorted({*named_in(title, lead, terms), *facts.number_terms(found), *self._places(title, lead)})),
            shingles=shingles_of(article),
            ahead=_ahead(article),
            weight=0 if shell else weigh(relevance, issues, head),
        )

    def _actors(
        self,
        title: str,
        lead: str,
        named: tuple[Sequence[Mention], Sequence[Mention]],
        shell: Shell | None,
        statements: Sequence[Statement],
    ) -> tuple[str, ...]:
        """Those who act or speak, in order; an opinion is its author's own, whoever it is about."""
        if shell is Shell.OPINION:
            return (AUTHOR,)
        own = [s.actor_id for s in statements if s.part is not Part.TITLE and s.sure]
        return tuple(dict.fromkeys([*self._acting.of(title, lead, named), *own]))

    def _shell(self, article: Article, title: str) -> Shell | None:
        labels = {label for clause in _CLAUSE.split(title) for label in self._shell_words(clause)}
        if _LIVE_ADDRESS.search(article.url):
            labels.add(Shell.LIVE)
        if _OPINION_ADDRESS.search(article.url) or _columnist(article):
            labels.add(Shell.OPINION)
        if _COUNSEL.search(title) and not _SAYS.search(title):
            labels.add(Shell.OPINION)
        if _OUTLOOK.search(title):
            labels.add(Shell.RETROSPECTIVE)
        if _QUESTION.search(title):
            labels.add(Shell.EXPLAINER)
        return next((shell for shell in Shell if shell.value in labels), None)

    def _places(self, title: str, lead: str) -> Iterator[str]:
        """Where it happens, as "in:paris": places named on top of the text, whole countries apart."""
        for place in _PLACE.findall(f"{title} . {lead[:_PLACE_CHARS]}"):
            if place not in self._lands and place.lower() not in _DAYS:
                yield f"in:{place.lower()}"

    def _shell_words(self, clause: str) -> Iterator[str]:
        """A phrase counts anywhere; a single word ("editorial", "live") only where it labels: at a clause's end."""
        words = words_of(clause)
        for hit in self._shells.hits(words):
            if hit.end - hit.start > 1 or hit.start == 0 or hit.end == len(words):
                yield hit.label

    def _issue_ids(self, title: str, lead: str, language: str, relevance: Relevance) -> tuple[str, ...]:
        """Issues of title and lead in the directory's order; a meeting about the talks is process besides."""
        found = {*self._topics.issues(title, language), *self._topics.issues(lead, language)}
        if relevance is Relevance.YES and _MEETING.search(title):
            found.add(PROCESS)
        return tuple(i.id for i in self._directory.issues if i.id in found)


def _facts(article: Article) -> tuple[Fact, ...]:
    found: list[Fact] = []
    for part in Part:
        if part in article.texts:
            found.extend(facts.find(article.texts[part], article.language))
    return tuple(found[:FACTS_KEPT])


def _counted(passage: str) -> list[str]:
    """The facts of a passage as terms; spans of time count nothing that tells one happening from another."""
    found = facts.find(text.as_given(passage))
    return [t for t in facts.number_terms(found) if t.partition(":")[0] not in _SPANS_OF_TIME]


def _columnist(article: Article) -> bool:
    """Whether the headline carries its author, as only columns do: "NAME SURNAME: ..." or "... | Name Surname"."""
    title = article.texts.get(Part.TITLE)
    return title is not None and _BYLINED.search(title.body) is not None


def _actors(head: Sequence[str], body: Sequence[str], statements: Sequence[Statement]) -> tuple[str, ...]:
    """Those who act or speak, in the order in which they are named."""
    named = [w[1:].partition("/")[0] for w in (*head, *body[:40]) if w.startswith("@")]
    return tuple(dict.fromkeys([*named, *(s.actor_id for s in statements)]))


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


def named_in(title: str, lead: str, terms: Sequence[tuple[str, int]]) -> set[str]:
    """The terms that are names: persons of the directory, and words with a capital inside a sentence. A headline in
    title case shows no names; its words count as names only where the lead writes them so."""
    passages = [lead] if _is_title_case(title) else [title, lead]
    capitals = {concept(w) for p in passages for c in _INNER_CAPITAL.findall(p) for w in words_of(c)}
    return {t for t, _ in terms if (t.startswith("@") and "/" in t) or t in capitals}


def _is_title_case(title: str) -> bool:
    words = [w for w in title.split() if w[0].isalpha() and len(w) > 3]
    return sum(w[0].isupper() for w in words) > 0.7 * len(words)


def shingles_of(article: Article) -> tuple[int, ...]:
    """The smallest hashes of the word runs of the article's texts, sorted; boilerplate and datelines are stripped."""
    whole = max(
        (article.texts[p].body for p in (Part.DESCRIPTION, Part.TEXT) if p in article.texts), key=len, default=""
    )
    plain = _BOILERPLATE.sub(" ", _DATELINE.sub("", whole[:20_000]))
    words = [w.replace("'", "") for w in words_of(plain)]
    runs = (" ".join(words[i : i + SHINGLE_WORDS]) for i in range(len(words) - SHINGLE_WORDS + 1))
    return tuple(sorted({zlib.crc32(run.encode("utf-8", "replace")) for run in runs})[:SHINGLES_KEPT])


def _ahead(article: Article) -> tuple[Span, ...]:
    found: list[Span] = []
    for part in (Part.TITLE, Part.DESCRIPTION, Part.TEXT):
        record = article.texts.get(part)
        if record is None or not _AHEAD.search(record.body):
            continue
        sentences = text.sentences(record, article.language)
        kept = sentences[:-1] if part in article.cut else sentences
        found.extend(s for s in kept if len(s.chars) >= 20 and _AHEAD.search(s.chars))
    return tuple(found[:4])


def weigh(relevance: Relevance, issues: Sequence[str], head: Sequence[str]) -> int:
    """How an editor would weigh one article by its headline: 2 must, 1 worth a line, 0 leave."""
    acts = {concept(w) for w in head}
    principals = sum("/" in w for w in head)
    if relevance is Relevance.YES:
        return 2 if acts & {"#agree", "#meet", "#talk", "#guarantee"} or principals >= 2 else 1
    return 1 if principals or acts & {"#strike", "#kill", "#appoint", "#oust"} else 0

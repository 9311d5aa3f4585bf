"""One article, read: what it is about, who acts in it, its facts, and what identifies its happening.

Hides how content words become comparable terms (names folded to their owner, acts to a concept), what makes a text a
shell, and how an editor would weigh it. Needs no other article; `digests.stories` and `digests.novelty` compare.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterator, Sequence
from datetime import date, datetime

from digests import announced, facts, text, when
from digests.acting import Acting
from digests.matters import Matters
from digests.model import (
    Article,
    Directory,
    Entry,
    Fact,
    Feed,
    Kind,
    Part,
    Reading,
    Relevance,
    Shell,
    Source,
    Statement,
    TextOfRecord,
)
from digests.relevance import Scope, Venues, words_of
from digests.shells import Shells
from digests.statements import Finder
from digests.terms import concept, folded, named_in, terms_of

LEAD_CHARS = 700
"""Characters of description or text that count as the lead: the happening is told there, background follows."""
PAGE_TOP = 600
"""Characters of a page's text that may show what it is about where headline and description do not."""
BARE_CHARS = 60
"""A description shorter than this says no more than "Statement on X, 25 November"."""

AUTHOR = "analyst"
"""The actor for whom an opinion piece speaks."""

DECISIVE = frozenset({"#agree", "#appoint", "#oust", "#reject", "#seize"})
"""Acts that change where things stand: who first reports one tells something, however known its words."""
_VICTIMS = frozenset({"killed", "injured"})


FACTS_KEPT = 60

SHINGLE_WORDS = 5
SHINGLES_KEPT = 256
"""Word runs that are hashed, and how many of the smallest hashes are kept of one text."""

_BOILERPLATE = re.compile(
    r"The post [^\n]{1,300}? appeared first on [^\n]{1,100}|Continue reading\W*$|Read (?:more|the full)[^\n]{0,60}$|"
    r"Sign up (?:to|for) [^\n]{0,120}|What we know on day [\d,]{1,7}|Click here[^\n]{0,80}|Subscribe[^\n]{0,80}$",
    re.I | re.M,
)
_DATELINE = re.compile(
    r"^[A-Z][A-Za-z0-9 ,.-]{1,40}?\((?:AP|AFP|Reuters|Xinhua|TASS|dpa|UPI|ANI|PTI)\)\s*[—–-]*\s*", re.M
)
_PUBLISHER_TAIL = re.compile(
    r"\s+[-|]\s+(?:[^\W\d_a-z][^-–—|]{1,60}|[\w-]{2,40}(?:\.[\w-]{2,40}){1,3})$"
    r"|\s+[–—]\s+(?:(?:[\w ]{1,20} )?(?:live|video|podcast|reports?|[A-Z]{2,5})|(?:[Ww]hat|[Hh]ere)\b[\w ’']{1,40})$"
)
"""A news search appends " - Publisher", a paper " – live", " — what we know" or whom it cites; what else stands behind
a dash is news."""
_TURN = re.compile(r"\s[-–—]\s+but\s", re.I)
_PLACE = re.compile(r"\b(?:in|to|at|near|on) (?:the )?([A-Z][a-zà-ÿ’'-]{2,})")
_PLACE_CHARS = 400
_DAYS_AND_MONTHS = (
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august"
    " september october november december"
)
_DAYS = frozenset(_DAYS_AND_MONTHS.split())
_SPANS_OF_TIME = frozenset({"day", "month", "year", "hour"})
_ROUND_UP = re.compile(
    r"\b(?:briefing|round-?up|key (?:events|developments)|day in review|newsletter|at a glance)\b", re.I
)
_NO_COMMENT = re.compile(
    r"\b(?:ha(?:s|ve) nothing to say|(?:decline|refuse)[sd]? to comment|(?:will|would) not comment|no comment)\b",
    re.I,
)
"""A headline that somebody says nothing tells nothing."""
_EXPERT = re.compile(
    r"\b(?:(?:experts?|analysts?|think[- ]?tanks?|researchers?|academics?|scholars?|historians?|economists?|professor"
    r"|institute|(?:ex|former)[- ](?:\w+[- ]){0,3}(?:advis[eo]r|ambassador|general|commander|diplomat|official"
    r"|spy|colonel|officer))(?: [\w.’'-]+){0,4}?"
    r" (?:says?|said|warn(?:s|ed)?|argues?|argued|tells?|told|claims?|believes?|thinks?|predicts?|explains?|fears?)"
    r"|(?:says?|said|warn(?:s|ed)|argues?|according to|claims?)(?: an?| the)?(?: [\w-]+)?"
    r" (?:experts?|analysts?|think[- ]?tanks?|ex-\w+"
    r"|former \w+ (?:advis[eo]r|ambassador|general|commander|diplomat|official)))\b",
    re.I,
)
"""Who interprets, as a headline names him: by his trade or by the office that he no longer holds."""
_HOUSE_VIEW = re.compile(r"\bview on\b|^(?:editorial|our view)\b", re.I)
"""A newspaper's own opinion has no author: it is about whom it names."""
_EXPERT_CHARS = 160
_EVIDENCE = re.compile(
    r"\b(?:researchers|laborator(?:y|ies)|lab|satellite|documents?|drafts?|investigations?|investigators|leak(?:s|ed)?"
    r"|recordings?|transcripts?|data)\b",
    re.I,
)
"""What a headline names that tells of things which nobody announced."""
_STATED = re.compile(
    r"\b(?:says?|said|tells?|told|vows?|vowed|insists?|demands?|urges?|announces?|declares?|proposes?|offers?|refuses?"
    r"|orders?|pledges?)\b",
    re.I,
)
"""A headline in which somebody speaks his mind or commits himself, whoever he is."""
_COURTESY = re.compile(r"\b(?:thanks|thanked|congratulates?d?|greets|greeted)\b", re.I)
"""Said for the sake of manners."""


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
    return title[: found.start()] if found and len(found[0].split()) <= 7 and found.start() >= 15 else title


def is_turned(article: Article) -> bool:
    """Whether a headline gives news a turn of the writer's own: "Deal signed – but one question is open"."""
    title = article.texts.get(Part.TITLE)
    return title is not None and _TURN.search(title.body) is not None


def is_round_up(headline: str) -> bool:
    """Whether a headline heads a round-up: of what its lead tells, other articles are the reports."""
    return _ROUND_UP.search(headline) is not None


def lead_of(article: Article) -> str:
    """The top of the article below its headline, boilerplate stripped: the description; where that is bare, as an
    official's page has it, or missing, the beginning of the text besides."""
    tops: list[str] = []
    for part in (Part.DESCRIPTION, Part.TEXT):
        if part in article.texts and sum(map(len, tops)) < BARE_CHARS:
            body = article.texts[part].body[: 3 * LEAD_CHARS]
            tops.append(_BOILERPLATE.sub(" ", _DATELINE.sub("", body)).strip())
    return " ".join(tops)[:LEAD_CHARS].strip()


class Reader:
    """Reads articles against one directory."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory
        self._scope = Scope(directory)
        self._finder = Finder(directory)
        self._names = self._finder.gazetteer
        self._matters = Matters(directory, self._finder.topics)
        self._acting = Acting(directory, self._names)
        self._shells = Shells(directory)
        self._lands = {w for a in directory.actors for n in (a.name, *a.adjectives) for w in n.split()}

    def relevance(self, article: Article, venues: Venues = ()) -> Relevance:
        """The prefilter alone: by headline and lead, or, where a page was read, by headline and the page's top."""
        title, lead = self._headline(article), lead_of(article)
        found = self._scope.of(title, lead, article.language, venues)
        if found is Relevance.YES or Part.TEXT not in article.texts:
            return found
        top = _DATELINE.sub("", article.texts[Part.TEXT].body)[:PAGE_TOP]
        paged = self._scope.of(title, top, article.language, venues)
        return Relevance.YES if paged is Relevance.YES else found if found is not Relevance.NO else paged

    def _headline(self, article: Article) -> str:
        """The headline without its publisher; " - Kremlin" at its end is who speaks."""
        whole, short = article.texts.get(Part.TITLE), headline_of(article)
        tail = whole.body[len(short) :] if whole is not None else ""
        speaks = any(m.end - m.start >= len(tail.strip(" -–—|")) for m in self._names.mentions(tail))
        return whole.body if speaks and whole is not None else short

    def read(self, article: Article, venues: Venues = ()) -> Reading:
        """Everything that one article says by itself. An article that is not about the talks is only labelled so.

        `venues` are words for where the talks are held these days.
        """
        relevance = self.relevance(article, venues)
        if relevance is Relevance.NO:
            return Reading(article, relevance, (), (), ())
        title, lead = self._headline(article), lead_of(article)
        on = article.seen_at.date()
        named = self._names.mentions(title, on), self._names.mentions(lead, on)
        head, body = folded(title, named[0]), folded(lead, named[1])
        statements = self._finder.find(article)
        found = _facts(article)
        shell = self._shells.of(article, title)
        issues = self._matters.of(title, lead, article.language, relevance)
        top = [*head, *_counted(title), *_dated(title, on)]
        reported = shell is not Shell.OPINION or _HOUSE_VIEW.search(title) is not None
        voices = _voices(title, lead, statements) if reported else (AUTHOR,)  # an opinion is its author's own
        terms = terms_of(top, () if is_round_up(title) else [*body, *_counted(lead), *_dated(lead, on)])
        return Reading(
            article=article,
            relevance=relevance,
            issues=issues,
            actors=_each((*self._acting.of(title, lead, named), *voices)) if reported else voices,
            acting=_each((*self._acting.doing(title, lead, named, statements), *voices)) if reported else voices,
            statements=statements,
            facts=found,
            shell=shell,
            terms=terms,
            rare=tuple(sorted({*named_in(title, lead, terms), *facts.number_terms(found), *self._places(title, lead)})),
            shingles=shingles_of(article),
            ahead=announced.find(article),
            weight=0
            if shell or says_nothing(title)
            else weigh(relevance, head, self._substance(article, title, statements, found)),
        )

    def _substance(self, article: Article, title: str, statements: Sequence[Statement], found: Sequence[Fact]) -> bool:
        """Whether a watched party says or does something in it for sure, or its headline tells a word, a decision or
        evidence, or two questions of the talks at once; or the dead and wounded are counted. Of what is in another
        language than English too little is read to say that it holds nothing."""
        if _COURTESY.search(title):
            return False
        own = any(s.sure and s.kind is not Kind.ANALYSIS and s.actor_id != AUTHOR for s in statements)
        if own or article.language != "en" or any(f.unit in _VICTIMS for f in found):
            return True
        on_the_table = [
            i for i in self._finder.topics.issues(title, article.language) if not self._directory.issue_by_id[i].context
        ]
        return bool(_decisive(title)) or len(on_the_table) > 1 or bool(_STATED.search(title) or _EVIDENCE.search(title))

    def _places(self, title: str, lead: str) -> Iterator[str]:
        """Where it happens, as "in:paris": places named on top of the text, whole countries apart."""
        for place in _PLACE.findall(f"{title} . {lead[:_PLACE_CHARS]}"):
            if place not in self._lands and place.lower() not in _DAYS:
                yield f"in:{place.lower()}"


def _voices(title: str, lead: str, statements: Sequence[Statement]) -> tuple[str, ...]:
    """Those who speak for sure below the headline, and experts."""
    own = [s.actor_id for s in statements if s.part is not Part.TITLE and s.sure]
    return (*own, *([AUTHOR] if _EXPERT.search(title) or _EXPERT.search(lead[:_EXPERT_CHARS]) else []))


def _each(ids: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ids))


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


def _dated(passage: str, on: date) -> list[str]:
    """Days named by their number, as terms ("on:11-15"), but those around the day of the report: a deadline or a
    meeting is known by its day in every language."""
    found = (w for w in when.find(passage, on) if any(c.isdigit() for c in passage[w.start : w.end]))
    days = (w.days.first for w in found if w.days.first == w.days.last)
    return [f"on:{day:%m-%d}" for day in days if abs((day - on).days) > 1]


def shingles_of(article: Article) -> tuple[int, ...]:
    """The smallest hashes of the word runs of the article's texts, sorted; boilerplate and datelines are stripped."""
    whole = max(
        (article.texts[p].body for p in (Part.DESCRIPTION, Part.TEXT) if p in article.texts), key=len, default=""
    )
    plain = _BOILERPLATE.sub(" ", _DATELINE.sub("", whole[:20_000]))
    words = [w.replace("'", "") for w in words_of(plain)]
    runs = (" ".join(words[i : i + SHINGLE_WORDS]) for i in range(len(words) - SHINGLE_WORDS + 1))
    return tuple(sorted({zlib.crc32(run.encode("utf-8", "replace")) for run in runs})[:SHINGLES_KEPT])


def decided(reading: Reading) -> list[str]:
    """Decisive acts that the headline tells as done: "signs", "rejected", not "will sign" or "rejecting"."""
    title = reading.article.texts.get(Part.TITLE)
    return _decisive(title.body) if title is not None else []


def _decisive(title: str) -> list[str]:
    return [c for w in words_of(title) if w.endswith(("s", "ed")) and (c := concept(w)) in DECISIVE]


def says_nothing(headline: str) -> bool:
    """Whether a headline tells only that somebody does not comment."""
    return _NO_COMMENT.search(headline) is not None


def weigh(relevance: Relevance, head: Sequence[str], substance: bool) -> int:
    """How an editor would weigh one article by its headline: 2 must, 1 worth a line, 0 leave. Of the talks, what is not
    heavy by its headline needs substance: somebody's own word or deed, a count of the dead, or evidence. So does a
    strike of the war: that something was hit is every day's news."""
    acts = {concept(w) for w in head}
    principals = sum("/" in w for w in head)
    if relevance is Relevance.YES:
        return 2 if acts & {"#agree", "#meet", "#talk", "#guarantee"} or principals >= 2 else int(substance)
    return int(principals > 0 or bool(acts & {"#kill", "#appoint", "#oust"}) or ("#strike" in acts and substance))

"""What was understood of articles: statements, facts, verdicts, the baseline. Hides how it was found."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from digests.model.article import Article, Part, article_key
from digests.model.evidence import Span
from digests.model.frame import Frame


class Kind(StrEnum):
    """How a statement is carried."""

    QUOTED = "quoted"
    REPORTED = "reported"
    ACTION = "action"
    ANALYSIS = "analysis"


class Polarity(StrEnum):
    """Towards the proposal spoken of."""

    SUPPORT = "support"
    OPPOSE = "oppose"
    CONDITIONAL = "conditional"
    DEMAND = "demand"
    NEUTRAL = "neutral"


@dataclass(frozen=True)
class Days:
    """A day or, where the source is vague ("last week"), the range it lies in; both ends inclusive."""

    first: date
    last: date

    @property
    def exact(self) -> date | None:
        """The day, where there is only one."""
        return self.first if self.first == self.last else None

    def before(self, other: Days) -> bool:
        """Whether all of it lies before the other."""
        return self.last < other.first


@dataclass(frozen=True)
class Statement:
    """Someone, for an actor, on issues, at a time, by one span.

    `speaker` is a canonical name (person or body, or the actor's own name for a metonym); None where the source
    leaves it open, and then nothing is guessed. `speaker_in_span` says whether the span itself names the speaker.
    `about`: other actors that the span speaks of. `sure` False: attribution rests on a pronoun or a guess.
    """

    statement_id: str
    article_id: str
    revision: int
    part: Part
    span: Span
    actor_id: str
    speaker: str | None
    kind: Kind
    issues: tuple[str, ...]
    polarity: Polarity
    said_on: Days | None
    quotes: tuple[Span, ...] = ()  # the quoted words inside the span, without their quotation marks
    about: tuple[str, ...] = ()
    speaker_in_span: bool = True
    sure: bool = True

    @property
    def article_key(self) -> str:
        """The key of the article that it was cut from."""
        return article_key(self.article_id, self.revision)


@dataclass(frozen=True)
class Fact:
    """A number with its unit and what it counts, as found: ("6", "killed"), ("19", "point"), ("90 bn", "euro")."""

    value: float
    unit: str
    about: str  # the head noun or the words around it, lower case, stemmed
    span: Span
    at_least: bool = False


class Relevance(StrEnum):
    """Whether an article is about the negotiations (yes), bears on them (context), or neither (no)."""

    YES = "yes"
    CONTEXT = "context"
    NO = "no"


class Shell(StrEnum):
    """Kinds of text that never are developments."""

    OPINION = "opinion"
    EXPLAINER = "explainer"
    LIVE = "live"
    RETROSPECTIVE = "retrospective"
    PHOTO = "photo"


@dataclass(frozen=True)
class Reading:
    """What the pure analysis of one article (one revision) found; needs no other article.

    `terms` are the content words (lower case, stemmed) of title and lead with their counts, `rare` the names and
    numbers among them, `shingles` hashes of word runs over the longest text, for copies. `vector` is the
    direction of meaning of title and lead as `digests.vectors` writes it, "" where none was made.
    """

    article: Article
    relevance: Relevance
    issues: tuple[str, ...]
    actors: tuple[str, ...]  # the parties to it: those who act or speak in it, or whom its headline is about
    statements: tuple[Statement, ...]
    facts: tuple[Fact, ...] = ()
    shell: Shell | None = None
    terms: tuple[tuple[str, int], ...] = ()
    rare: tuple[str, ...] = ()
    shingles: tuple[int, ...] = ()
    ahead: tuple[Span, ...] = ()  # sentences that announce something to come
    weight: int = 0
    vector: str = ""
    acting: tuple[str, ...] | None = None  # those who act or speak in it; None: read before they were told apart


class Verdict(StrEnum):
    """Section 4b of the architecture, and the four words of the measuring contract (`label`)."""

    NEW = "new"
    UPDATE = "update"
    SHIFT = "shift"
    POSSIBLE_SHIFT = "possible shift"
    DIFFER = "differ"
    CORRECTION = "correction"
    RESTATED = "restated"
    CORROBORATED = "corroborated"
    REPEAT = "repeat"
    BACKGROUND = "background"

    @property
    def tells(self) -> bool:
        """Whether a digest or alert may carry it."""
        return self not in {Verdict.RESTATED, Verdict.CORROBORATED, Verdict.REPEAT, Verdict.BACKGROUND}

    @property
    def label(self) -> str:
        """The word of the measuring contract."""
        if self in {Verdict.NEW, Verdict.BACKGROUND}:
            return self.value
        return "update" if self.tells else "repeat"


@dataclass(frozen=True)
class Judgement:
    """One statement against baseline and record: the verdict, why (a frame), and what it was compared with."""

    statement: Statement
    verdict: Verdict
    reason: Frame
    compared: Citation | None = None


@dataclass(frozen=True)
class Development:
    """One article judged: which story, what it adds. Verdicts that do not tell are stored and counted, never shown.

    `weight`: 2 must, 1 worth a line, 0 leave. `compared`: what the happening was compared with. `joins`: happenings
    that turned out to be `story_id` with this report between them; what was recorded under their ids belongs to it.
    `came_as`: the happening that it was taken for when it came, "" where that is `story_id` still.
    """

    development_id: str
    story_id: str
    article_id: str
    revision: int
    verdict: Verdict
    reason: Frame
    weight: int
    issues: tuple[str, ...]
    actors: tuple[str, ...]
    seen_at: datetime
    judgements: tuple[Judgement, ...] = ()
    compared: Citation | None = None
    copy_of: str | None = None  # article id: the same text, published again
    context: bool = False
    joins: tuple[str, ...] = ()
    came_as: str = ""
    acting: tuple[str, ...] | None = None  # those who act or speak; None: judged before they were told apart

    @property
    def who_acts(self) -> tuple[str, ...]:
        """Those who act or speak in it; every party to it, where it is not known who of them does."""
        return self.acting if self.acting is not None else self.actors

    def of_story(self, story_id: str) -> Development:
        """The same as a report of the happening with this id."""
        if story_id == self.story_id:
            return self
        return replace(self, story_id=story_id, came_as=self.came_as or self.story_id)

    @property
    def article_key(self) -> str:
        """The key of the article that it judges."""
        return article_key(self.article_id, self.revision)


@dataclass(frozen=True)
class Citation:
    """A span with where and when: what stands behind every posted piece of evidence."""

    span: Span
    article_id: str
    source_id: str
    url: str
    part: Part
    seen_at: datetime
    published_at: datetime | None = None
    speaker: str | None = None
    speaker_in_span: bool = True
    said_on: Days | None = None
    statement_id: str | None = None
    page_read: bool = False
    language: str = "en"
    revision: int = 0
    sure: bool = True  # False: who speaks rests on a pronoun or a guess

    @property
    def article_key(self) -> str:
        """The key of the article that it was cut from."""
        return article_key(self.article_id, self.revision)


@dataclass(frozen=True)
class Fault:
    """A wording of the baseline that other reports contradict: shown beside it whenever it is shown.

    `other` is cut from a text of record of its own: the named report's words, as they are kept beside the baseline.
    """

    span: Span
    kind: str  # polarity, number, wording, name, day, hedge
    source: str
    said_by: str = ""
    other: Span | None = None  # None only in what was stored before it was a span

    @property
    def other_wording(self) -> str:
        """The characters of the other wording."""
        return self.other.chars if self.other is not None else ""


@dataclass(frozen=True)
class Baseline:
    """A frozen, versioned, dated text with its known faults; statements are cut from it as from any article.

    `as_of`: what was on record by then stands for it as well, the end of `as_of_day` as its maker reads the clock.
    """

    version: int
    article: Article
    faults: tuple[Fault, ...]
    dated: Days
    taken_from: str = ""  # article key, where it is a stored article of a publisher's
    amended: bool = False  # its text was amended by hand
    as_of: datetime | None = None
    as_of_day: date | None = None

"""Nouns for tests, one call each: what a test is about is named, the rest is sensible. Hides the nouns' many fields.

Times are given in hours after `NOON` where a builder takes `hours`; texts are ordinary strings, spans are named by the
words they hold. The outlets are invented.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

from digests import frames
from digests.model import (
    Article,
    AuditEntry,
    Baseline,
    Channel,
    Citation,
    Count,
    Days,
    Delivery,
    DeliveryState,
    Development,
    Fact,
    Fault,
    Frame,
    Instant,
    Judgement,
    Kind,
    Line,
    Link,
    Name,
    Page,
    Part,
    Polarity,
    Reading,
    Relevance,
    ReviewItem,
    Row,
    Span,
    Statement,
    Subscription,
    TextOfRecord,
    Tone,
    Verdict,
)
from digests.ports import BaselineVersion, BriefRecord, FeedState, Intake, Recorded, StoredLine, ToldMark, Validators

NOON = datetime(2025, 11, 25, 12, 0, tzinfo=UTC)
"""A Tuesday, the day of the baseline."""
TUESDAY = NOON.date()

TITLE = "Kremlin says it has seen no new draft of the plan"
LEAD = "Russia has not received a new draft of the peace plan, spokesman Dmitry Peskov said on Tuesday."


def at(hours: float = 0.0) -> datetime:
    """So many hours after noon."""
    return NOON + timedelta(hours=hours)


def a_text(body: str = LEAD) -> TextOfRecord:
    """A text of record with exactly these characters."""
    return TextOfRecord(body)


def a_span(words: str = "no new draft", text: TextOfRecord | str = TITLE) -> Span:
    """The first place where a text holds these words."""
    record = TextOfRecord(text) if isinstance(text, str) else text
    start = record.body.index(words)
    return record.span(start, start + len(words))


def an_article(
    article_id: str = "a1",
    *,
    title: str = TITLE,
    lead: str = LEAD,
    text: str = "",
    feed_id: str = "harbour-post",
    source_id: str = "",
    entry_id: str = "",
    hours: float = 0.0,
    revision: int = 0,
    language: str = "en",
    published_at: datetime | None = None,
) -> Article:
    """An article of an invented outlet; parts given as "" are not there."""
    given = {Part.TITLE: title, Part.DESCRIPTION: lead, Part.TEXT: text}
    texts = {part: TextOfRecord(body) for part, body in given.items() if body}
    return Article(
        article_id=article_id,
        feed_id=feed_id,
        source_id=source_id or feed_id,
        entry_id=entry_id or f"entry-{article_id}",
        url=f"https://{feed_id}.example/{article_id}",
        language=language,
        seen_at=at(hours),
        texts=texts,
        published_at=published_at or at(hours - 0.5),
        revision=revision,
        content_sha=hashlib.sha256("\n".join(t.body for t in texts.values()).encode()).hexdigest(),
        page_read=bool(text),
    )


def a_statement(
    article: Article | None = None,
    *,
    words: str = "",
    actor_id: str = "russia",
    speaker: str | None = "Dmitry Peskov",
    issues: Sequence[str] = ("process",),
    kind: Kind = Kind.REPORTED,
    polarity: Polarity = Polarity.NEUTRAL,
    said_on: date | None = TUESDAY,
    statement_id: str = "",
) -> Statement:
    """A statement cut from the first part that holds `words`; by default the whole lead, or the title."""
    article = article or an_article()
    holding = [(part, text) for part, text in article.texts.items() if words in text.body]
    part, text = holding[-1]
    span = a_span(words, text) if words else text.span(0, len(text.body))
    return Statement(
        statement_id=statement_id or f"{article.key}:{part.value}:{span.start}",
        article_id=article.article_id,
        revision=article.revision,
        part=part,
        span=span,
        actor_id=actor_id,
        speaker=speaker,
        kind=kind,
        issues=tuple(issues),
        polarity=polarity,
        said_on=Days(said_on, said_on) if said_on else None,
    )


def a_reading(
    article: Article | None = None,
    *,
    relevance: Relevance = Relevance.YES,
    statements: Sequence[Statement] | None = None,
    issues: Sequence[str] = ("process",),
    actors: Sequence[str] = ("russia",),
    facts: Sequence[Fact] = (),
    weight: int = 1,
) -> Reading:
    """A reading with one statement; one of an irrelevant article has none."""
    article = article or an_article()
    if statements is None:
        statements = () if relevance is Relevance.NO else (a_statement(article),)
    title = article.texts.get(Part.TITLE)
    words = sorted(set(title.body.lower().split())) if title else []
    return Reading(
        article=article,
        relevance=relevance,
        issues=() if relevance is Relevance.NO else tuple(issues),
        actors=() if relevance is Relevance.NO else tuple(actors),
        statements=tuple(statements),
        facts=tuple(facts),
        terms=tuple((word, 1) for word in words),
        rare=tuple(word for word in words if word[:1].isdigit()),
        weight=weight,
    )


def a_citation(article: Article | None = None, *, words: str = "", part: Part = Part.TITLE) -> Citation:
    """A span of an article with where and when; by default its whole title."""
    article = article or an_article()
    text = article.texts[part]
    return Citation(
        span=a_span(words, text) if words else text.span(0, len(text.body)),
        article_id=article.article_id,
        source_id=article.source_id,
        url=article.url,
        part=part,
        seen_at=article.seen_at,
        published_at=article.published_at,
        language=article.language,
        revision=article.revision,
    )


def a_judgement(statement: Statement | None = None, *, verdict: Verdict = Verdict.NEW) -> Judgement:
    """A statement judged."""
    return Judgement(statement or a_statement(), verdict, frames.say("reason.first_report"))


def a_development(
    article: Article | None = None,
    *,
    story_id: str = "story-1",
    verdict: Verdict = Verdict.NEW,
    weight: int = 1,
    issues: Sequence[str] = ("process",),
    actors: Sequence[str] = ("russia",),
    judgements: Sequence[Judgement] = (),
    reason: Frame | None = None,
    compared: Citation | None = None,
) -> Development:
    """An article judged."""
    article = article or an_article()
    return Development(
        development_id=f"d-{article.key}",
        story_id=story_id,
        article_id=article.article_id,
        revision=article.revision,
        verdict=verdict,
        reason=reason or frames.say("reason.first_report"),
        weight=weight,
        issues=tuple(issues),
        actors=tuple(actors),
        seen_at=article.seen_at,
        judgements=tuple(judgements),
        compared=compared,
    )


def a_recorded(
    article: Article | None = None,
    *,
    relevance: Relevance = Relevance.YES,
    story_id: str = "story-1",
    verdict: Verdict = Verdict.NEW,
    backfill: bool = False,
) -> Recorded:
    """An article, read and judged; one that is not about the talks has no development."""
    article = article or an_article()
    reading = a_reading(article, relevance=relevance)
    judgements = tuple(a_judgement(s, verdict=verdict) for s in reading.statements)
    development = a_development(article, story_id=story_id, verdict=verdict, judgements=judgements)
    return Recorded(article, reading, None if relevance is Relevance.NO else development, backfill)


SORTED_OUT = "a few delicate, but not insurmountable, details that must be sorted out"


def a_fault(text: str = "There are some details that cannot be resolved.") -> Fault:
    """A wording of a baseline with what another report has instead."""
    return Fault(
        span=a_span("cannot be resolved", text),
        kind="polarity",
        source="harbour-post",
        said_by="Karoline Leavitt",
        other=a_span(SORTED_OUT, SORTED_OUT),
    )


def a_line(
    line_id: str = "k7f2",
    article: Article | None = None,
    *,
    story_id: str = "story-1",
    verdicts: Sequence[Verdict] = (Verdict.NEW,),
    issues: Sequence[str] = ("process",),
    actors: Sequence[str] = ("russia",),
    quotes: Sequence[Citation] | None = None,
    compared: Citation | None = None,
    faults: Sequence[Fault] = (),
    weight: int = 1,
) -> Line:
    """A line with the article's headline and one quote of its lead."""
    article = article or an_article()
    if quotes is None:
        quotes = (a_citation(article, part=Part.DESCRIPTION),) if Part.DESCRIPTION in article.texts else ()
    return Line(
        line_id=line_id,
        story_id=story_id,
        verdicts=tuple(verdicts),
        reason=frames.say("reason.first_report"),
        issues=tuple(issues),
        actors=tuple(actors),
        named=(),
        weight=weight,
        headline=a_citation(article),
        quotes=tuple(quotes),
        compared=compared,
        development_ids=(f"d-{article.key}",),
        article_ids=(article.article_id,),
        publishers=(article.source_id,),
        origins=1,
        first_seen=article.seen_at,
        faults=tuple(faults),
    )


def a_page(line: Line | None = None, *, kind: str = "digest", zone: str = "Europe/Brussels") -> Page:
    """A page with a title and one line: every sort of piece is on it."""
    line = line or a_line()
    title = frames.say("digest.title", at=Instant(at()), zone=Name(zone), since=Instant(at(-24)))
    return Page(
        kind=kind,
        zone=zone,
        summary=(frames.say("digest.summary", at=Instant(at()), n=Count(1)), line.headline.span),
        rows=(
            Row(Tone.TITLE, (title,)),
            Row(Tone.LINE, (frames.say("label.count", n=Count(1)),), line.line_id),
            Row(Tone.QUOTE, (line.headline.span,), line.line_id),
            Row(Tone.META, (Link(frames.say("line.link"), line.headline.url),), line.line_id),
        ),
    )


def a_delivery(
    key: str = "delivery-1",
    *,
    conversation: str = "C1",
    kind: str = "digest",
    page: Page | None = None,
    hours: float = 0.0,
    state: DeliveryState = DeliveryState.PENDING,
    subscription_id: str | None = None,
) -> Delivery:
    """A duty to post, due so many hours after noon."""
    return Delivery(
        delivery_id=key,
        key=key,
        kind=kind,
        conversation=conversation,
        page=page or a_page(kind=kind),
        due_at=at(hours),
        state=state,
        subscription_id=subscription_id,
    )


def a_told_mark(
    development_id: str = "d-a1.0",
    *,
    conversation: str = "C1",
    story_id: str = "story-1",
    line_id: str = "k7f2",
    delivery_key: str = "delivery-1",
    hours: float = 0.0,
) -> ToldMark:
    """That a conversation was told a development."""
    return ToldMark(conversation, development_id, story_id, line_id, at(hours), delivery_key)


def a_stored_line(
    line: Line | None = None, *, conversation: str = "C1", delivery_key: str = "delivery-1"
) -> StoredLine:
    """A line with where it was posted."""
    return StoredLine(line or a_line(), conversation, delivery_key)


def a_feed_state(feed_id: str = "harbour-post", *, etag: str = 'W/"1"', hours: float = 0.25) -> FeedState:
    """The state after a good poll; the next check is due so many hours after noon."""
    return FeedState(
        feed_id,
        validators=Validators(etag, "Tue, 25 Nov 2025 12:00:00 GMT"),
        body_sha="ab" * 32,
        item_hashes=("0f" * 16, "1f" * 16),
        next_check_at=at(hours),
        last_ok_at=NOON,
        last_outcome="news",
        validators_since=NOON,
    )


def an_intake(
    *recorded: Recorded,
    feed_state: FeedState | None = None,
    deliveries: Sequence[Delivery] = (),
    told: Sequence[ToldMark] = (),
    lines: Sequence[StoredLine] = (),
    polled_at: datetime | None = None,
    items_seen: int = 0,
) -> Intake:
    """What one poll learned."""
    return Intake(feed_state, recorded, tuple(deliveries), tuple(told), tuple(lines), polled_at, items_seen)


def a_brief(
    channel_id: str = "daily",
    *,
    hours: float = 0.0,
    conversation: str = "C1",
    line: Line | None = None,
    outcome: str = "posted",
) -> BriefRecord:
    """A digest with one line, its slot, its delivery and its told mark."""
    line = line or a_line()
    key = f"{channel_id}@{at(hours).isoformat()}"
    delivery = a_delivery(key, conversation=conversation, page=a_page(line), hours=hours)
    marks = tuple(ToldMark(conversation, d, line.story_id, line.line_id, at(hours), key) for d in line.development_ids)
    return BriefRecord(channel_id, at(hours), delivery, outcome, (StoredLine(line, conversation, key),), marks)


def a_subscription(
    subscription_id: str = "s1",
    *,
    conversation: str = "C1",
    filters: Mapping[str, tuple[str, ...]] | None = None,
    hours: float = 0.0,
    quiet: tuple[str, str] | None = None,
) -> Subscription:
    """A wish to be alerted of what Russia does."""
    asked = {"actor": ("russia",)} if filters is None else filters
    return Subscription(subscription_id, conversation, "U1", asked, at(hours), quiet=quiet)


def a_channel(
    channel_id: str = "daily",
    *,
    conversation: str = "C1",
    zone: str = "Europe/Brussels",
    times: Sequence[str] = ("08:30",),
) -> Channel:
    """A conversation with a digest a day, made by a command."""
    return Channel(channel_id, conversation, zone, tuple(times), created_by="U1")


def a_review_item(item_id: str = "r1", *, kind: str = "development", hours: float = 0.0) -> ReviewItem:
    """Something that waits for a reviewer."""
    return ReviewItem(item_id, kind, at(hours), "story-1", ("d-a1.0",), article_key="a1.0")


def an_entry(what: str = "r1", *, act: str = "approved", hours: float = 0.0) -> AuditEntry:
    """That a reviewer did something."""
    return AuditEntry(at(hours), "U1", act, what, "read both")


def a_version(
    version: int = 2, *, hours: float = 0.0, text: str = "A wording that cannot be resolved."
) -> BaselineVersion:
    """A version of the baseline that a command made."""
    article = an_article("baseline", title="", lead="", text=text)
    fault = a_fault(text)
    return BaselineVersion(
        Baseline(version, article, (fault,), Days(TUESDAY, TUESDAY)), at(hours), "U1", "better words"
    )

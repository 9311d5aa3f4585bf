"""Articles with what was read in them and how they were judged: record, recorded, article, seen. Hides six tables."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.store import codec, following, keeping, outbox, polling, ruling, schema, telling
from bot.store.engine import Transaction
from digests import addresses
from digests.model import Article, Development, Reading, Relevance, Statement
from digests.ports import Intake, Recorded, SeenMark
from digests.stories import opened_by

ARTICLE = codec.Form(Article)
READING = codec.Form(Reading, given=("article", "statements"))
STATEMENT = codec.Form(Statement)
DEVELOPMENT = codec.Form(Development)

_A, _R, _D, _S = schema.articles, schema.readings, schema.developments, schema.statements
_ROWS = (
    sa.select(
        _A.c.seq,
        _A.c.backfill,
        _A.c.body.label("article"),
        _R.c.body.label("reading"),
        _D.c.body.label("development"),
        _D.c.story_id,
    )
    .join(_R, _R.c.seq == _A.c.seq)
    .join(_D, _D.c.seq == _A.c.seq, isouter=True)
)
_KNOWN = sa.select(_A.c.article_id, _A.c.revision).where(_A.c.article_id.in_(sa.bindparam("ids", expanding=True)))
AT_ONE_ADDRESS = 20
"""Articles at one address that are read: as many feeds of one publisher may carry it."""
_ABOUT = (Relevance.YES.value, Relevance.CONTEXT.value)


# --- writing ------------------------------------------------------------------------------------------------------


def record(tx: Transaction, intake: Intake) -> tuple[Recorded, ...]:
    """Write one intake; what was new comes back with its number."""
    new = _number(tx, intake.recorded)
    rows = _Rows()
    for one in new:
        rows.take(one)
    keeping.save_texts(tx, rows.texts)
    for table in (_A, _R, _S, schema.statement_issues, _D):
        tx.add_new(table, rows.of[table.name])
    _mark_seen(tx, intake)
    polling.log_poll(tx, intake)
    for delivery in intake.deliveries:
        outbox.enqueue(tx, delivery)
    telling.save(tx, intake.lines, intake.told)
    following.begin(tx, intake.follows)
    outbox.relay(tx, intake.relaid)
    ruling.queue(tx, intake.reviews)
    return tuple(new)


def regroup(tx: Transaction, joins: Mapping[str, str], moves: Mapping[str, str]) -> None:
    """What is on record and what was told of a happening, and of a development, goes by another story id now."""
    for table in (_D, schema.told):
        for old, into in sorted(joins.items()):
            tx.conn.execute(sa.update(table).where(table.c.story_id == old).values(story_id=into))
        for development_id, into in sorted(moves.items()):
            tx.conn.execute(sa.update(table).where(table.c.development_id == development_id).values(story_id=into))


def _number(tx: Transaction, recorded: Sequence[Recorded]) -> list[Recorded]:
    """Those of them that the store does not have, each once, numbered. Taking the numbers first holds off any other
    writer until this transaction ends, so that what is looked up stays true."""
    if not recorded:
        return []
    numbers = iter(tx.next_numbers(len(recorded)))
    known: set[tuple[str, int]] = set()
    for ids in keeping.chunks(sorted({r.article.article_id for r in recorded})):
        known.update((row.article_id, row.revision) for row in tx.all(_KNOWN, ids=ids))
    new = []
    for one in recorded:
        key = one.article.article_id, one.article.revision
        if key not in known:
            known.add(key)
            new.append(dataclasses.replace(one, seq=next(numbers)))
    return new


class _Rows:
    """Rows of several tables and the texts they name, gathered so that each table is written once."""

    def __init__(self) -> None:
        self.of: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self.texts: codec.Texts = {}

    def take(self, one: Recorded) -> None:
        """The rows of one article."""
        article = one.article
        self.of[_A.name].append(
            {
                "seq": one.seq,
                "article_id": article.article_id,
                "revision": article.revision,
                "feed_id": article.feed_id,
                "source_id": article.source_id,
                "seen_at": article.seen_at,
                "published_at": article.published_at,
                "backfill": one.backfill,
                "address": addresses.plain(article.url),
                "body": ARTICLE.dump(article, self.texts),
            }
        )
        self.of[_R.name].append(
            {
                "seq": one.seq,
                "relevance": one.reading.relevance.value,
                "seen_at": article.seen_at,
                "body": READING.dump(one.reading, self.texts),
            }
        )
        for place, statement in enumerate(one.reading.statements):
            self._statement(one, place, statement)
        if one.development is not None:
            self._development(one.seq, one.development)

    def _statement(self, one: Recorded, place: int, statement: Statement) -> None:
        said = statement.said_on
        self.of[_S.name].append(
            {
                "seq": one.seq,
                "place": place,
                "statement_id": statement.statement_id,
                "actor_id": statement.actor_id,
                "speaker": statement.speaker,
                "kind": statement.kind.value,
                "polarity": statement.polarity.value,
                "said_first": said.first if said else None,
                "said_last": said.last if said else None,
                "seen_at": one.article.seen_at,
                "text_sha": statement.span.text.sha,
                "start_at": statement.span.start,
                "end_at": statement.span.end,
                "body": STATEMENT.dump(statement, self.texts),
            }
        )
        self.of[schema.statement_issues.name].extend(
            {"issue_id": issue, "seq": one.seq, "place": place} for issue in dict.fromkeys(statement.issues)
        )

    def _development(self, seq: int, development: Development) -> None:
        self.of[_D.name].append(
            {
                "seq": seq,
                "development_id": development.development_id,
                "story_id": development.story_id,
                "verdict": development.verdict.value,
                "weight": development.weight,
                "seen_at": development.seen_at,
                "body": DEVELOPMENT.dump(development, self.texts),
            }
        )


def _mark_seen(tx: Transaction, intake: Intake) -> None:
    """One mark an entry, its newest revision; when it was first seen stays as it was."""
    marks = {}
    for article in sorted((r.article for r in intake.recorded), key=lambda a: a.revision):
        marks[article.feed_id, article.entry_id] = {
            "feed_id": article.feed_id,
            "entry_id": article.entry_id,
            "content_sha": article.content_sha,
            "revision": article.revision,
            "first_seen_at": article.seen_at,
        }
    tx.put(schema.seen, list(marks.values()), keep="first_seen_at", newest="revision")


# --- reading ------------------------------------------------------------------------------------------------------


def seen(tx: Transaction, feed_id: str, entry_ids: Sequence[str]) -> Mapping[str, SeenMark]:
    """The marks of those entries that were seen before."""
    table = schema.seen
    key = schema.Key()
    asked = {key.process_bind_param(entry_id, tx.conn.dialect): entry_id for entry_id in entry_ids}
    marks = {}
    for ids in keeping.chunks(list(asked)):
        for row in tx.all(sa.select(table).where(table.c.feed_id == feed_id, table.c.entry_id.in_(ids))):
            marks[asked[row.entry_id]] = SeenMark(row.content_sha, row.revision, row.first_seen_at)
    return marks


def recorded(
    tx: Transaction, *, since: datetime | None = None, until: datetime | None = None, after_seq: int = 0
) -> list[Recorded]:
    """Articles about the talks or their context, in order of recording."""
    about = _R.c.relevance.in_(_ABOUT)
    query = _ROWS.where(about, _R.c.seq > after_seq).order_by(_A.c.seq)
    numbers = sa.select(_R.c.seq).where(about, _R.c.seq > after_seq)
    if since is not None:
        query, numbers = query.where(_R.c.seen_at > since), numbers.where(_R.c.seen_at > since)
    if until is not None:
        query, numbers = query.where(_R.c.seen_at <= until), numbers.where(_R.c.seen_at <= until)
    return _load(tx, tx.all(query), _S.c.seq.in_(numbers))


def article(tx: Transaction, article_id: str, revision: int | None = None) -> Recorded | None:
    """One article of any relevance, by default its newest revision."""
    query = _ROWS.where(_A.c.article_id == article_id).order_by(_A.c.revision.desc()).limit(1)
    if revision is not None:
        query = query.where(_A.c.revision == revision)
    rows = tx.all(query)
    found = _load(tx, rows, _S.c.seq == rows[0].seq) if rows else []
    return found[0] if found else None


def articles_at(tx: Transaction, address: str) -> list[Recorded]:
    """Articles of any relevance published at an address, each in its newest revision, in order of recording."""
    wanted = addresses.plain(address)
    if not wanted:
        return []
    newer = _A.alias("newer")
    later = sa.exists().where(newer.c.article_id == _A.c.article_id, newer.c.revision > _A.c.revision)
    query = _ROWS.where(_A.c.address == wanted, ~later).order_by(_A.c.seq).limit(AT_ONE_ADDRESS)
    rows = tx.all(query)
    return _load(tx, rows, _S.c.seq.in_([row.seq for row in rows]))


def _load(tx: Transaction, rows: Sequence[sa.Row[Any]], which: sa.ColumnElement[bool]) -> list[Recorded]:
    """Articles of these rows; `which` chooses their statements."""
    if not rows:
        return []
    said = tx.all(sa.select(_S.c.seq, _S.c.place, _S.c.body).where(which).order_by(_S.c.seq, _S.c.place))
    texts = keeping.load_texts(tx, _bodies(rows, said))
    statements: dict[int, list[Statement]] = defaultdict(list)
    for row in said:
        statement = keeping.load(tx, STATEMENT, _S, f"{row.seq}/{row.place}", row.body, texts)
        if statement is not None:
            statements[row.seq].append(statement)
    found = (_one(tx, row, tuple(statements[row.seq]), texts) for row in rows)
    return [one for one in found if one is not None]


def _bodies(rows: Sequence[sa.Row[Any]], said: Sequence[sa.Row[Any]]) -> Iterable[str]:
    for row in rows:
        yield from (row.article, row.reading, row.development or "")
    for row in said:
        yield row.body


def _one(tx: Transaction, row: sa.Row[Any], statements: tuple[Statement, ...], texts: codec.Texts) -> Recorded | None:
    """Without its article or reading there is nothing to say; without its development it stays on record, untold."""
    published = keeping.load(tx, ARTICLE, _A, row.seq, row.article, texts)
    if published is None:
        return None
    reading = keeping.load(tx, READING, _R, row.seq, row.reading, texts, article=published, statements=statements)
    if reading is None:
        return None
    development = None
    if row.development is not None:
        development = keeping.load(tx, DEVELOPMENT, _D, row.seq, row.development, texts)
    if development is not None and development.story_id != row.story_id:
        development = _regrouped(development, row.story_id)
    return Recorded(published, reading, development, row.backfill, row.seq)


def _regrouped(development: Development, story_id: str) -> Development:
    """As a report of the happening that it belongs to by now; where it had opened another one, that one's id leads
    there."""
    opened = development.story_id == opened_by(development.article_id, development.revision)
    joins = (*development.joins, development.story_id) if opened else development.joins
    return dataclasses.replace(development.of_story(story_id), joins=joins)

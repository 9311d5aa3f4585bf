"""Polling: the state of feeds, the log of polls, what was read of each feed. Hides three tables."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from bot.store import codec, keeping, schema
from bot.store.engine import Transaction
from digests.ports import FeedCoverage, FeedState, Intake

STATE = codec.Form(FeedState)

POLLS_KEPT = timedelta(days=90)
"""How long the log tells of a poll: far longer than any digest looks back, and at a poll in five minutes some 26,000
rows a feed at most."""

_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)

_A, _F, _P = schema.articles, schema.feeds, schema.polls


def feed_states(tx: Transaction) -> Mapping[str, FeedState]:
    """Polling state by feed id, of every feed ever polled."""
    rows = tx.all(sa.select(_F).where(_F.c.body.is_not(None)).order_by(_F.c.feed_id))
    states = (keeping.load(tx, STATE, _F, row.feed_id, row.body, {}) for row in rows)
    return {state.feed_id: state for state in states if state is not None}


def save_feed_state(tx: Transaction, state: FeedState, polled_at: datetime, *, ok: bool, items: int = 0) -> None:
    """The state, and one row of the log; the same poll twice is one."""
    tx.put(_F, [{"feed_id": state.feed_id, "body": STATE.dump(state, {})}])
    tx.put(_P, [{"feed_id": state.feed_id, "at": polled_at, "ok": ok, "items": items}])
    _forget(tx, state.feed_id, polled_at - POLLS_KEPT)


def _forget(tx: Transaction, feed_id: str, before: datetime) -> None:
    """Drop old polls of a feed; the last that succeeded stays, and with it all since: they date a silence."""
    succeeded = sa.and_(_P.c.feed_id == feed_id, _P.c.ok.is_(True))
    last_ok = tx.conn.execute(sa.select(sa.func.max(_P.c.at)).where(succeeded)).scalar_one()
    if last_ok is not None:
        tx.conn.execute(sa.delete(_P).where(_P.c.feed_id == feed_id, _P.c.at < min(before, last_ok)))


def log_poll(tx: Transaction, intake: Intake) -> None:
    """What an intake says of its poll. Without a state (a replay) the feeds that articles came of are noted alone."""
    feed_ids = sorted({r.article.feed_id for r in intake.recorded})
    state = intake.feed_state
    if state is not None and intake.polled_at is not None:
        save_feed_state(tx, state, intake.polled_at, ok=True, items=intake.items_seen)
    elif state is not None:
        tx.put(_F, [{"feed_id": state.feed_id, "body": STATE.dump(state, {})}])
    elif intake.polled_at is not None:
        rows = [{"feed_id": f, "at": intake.polled_at, "ok": True, "items": intake.items_seen} for f in feed_ids]
        tx.put(_P, rows)
    polled = state.feed_id if state else None
    tx.add_new(_F, [{"feed_id": f, "body": None} for f in feed_ids if f != polled])


def coverage(tx: Transaction, since: datetime, until: datetime) -> list[FeedCoverage]:
    """What was read of each feed; a feed that was first touched after the window is left out."""
    found = (_covered(row) for row in tx.all(_coverage_query(since, until)))
    return [c for c in found if c is not None]


def _covered(row: sa.Row[Any]) -> FeedCoverage | None:
    untouched = row.source_id is None and row.last_ok_at is None and row.failing_since is None
    if untouched:
        return None
    return FeedCoverage(
        feed_id=row.feed_id,
        source_id=row.source_id or "",
        polls_ok=row.polls_ok,
        polls_failed=row.polls_failed,
        items=row.items,
        newest=row.newest,
        last_ok_at=row.last_ok_at,
        failing_since=row.failing_since,
    )


def _coverage_query(since: datetime, until: datetime) -> sa.Select[Any]:
    """One probe of an index for each figure of each feed; nothing depends on how long the log is."""
    in_window = sa.and_(_P.c.feed_id == _F.c.feed_id, _P.c.at > since, _P.c.at <= until)
    polls = sa.select(sa.func.count()).select_from(_P).where(in_window)
    arrived = sa.and_(_A.c.feed_id == _F.c.feed_id, _A.c.seen_at > since, _A.c.seen_at <= until, _A.c.revision == 0)
    good = _P.alias("good")
    succeeded = sa.and_(good.c.feed_id == _F.c.feed_id, good.c.ok.is_(True), good.c.at <= until)
    last_ok = sa.select(sa.func.max(good.c.at)).where(succeeded).correlate(_F).scalar_subquery()
    failed = sa.and_(_P.c.feed_id == _F.c.feed_id, _P.c.ok.is_(False), _P.c.at <= until)
    since_then = _P.c.at > sa.func.coalesce(last_ok, sa.literal(_LONG_AGO, schema.Moment))
    failing = sa.select(sa.func.min(_P.c.at)).where(failed, since_then).correlate(_F)
    source = sa.select(_A.c.source_id).where(_A.c.feed_id == _F.c.feed_id, _A.c.seen_at <= until)
    return sa.select(
        _F.c.feed_id,
        polls.where(_P.c.ok.is_(True)).scalar_subquery().label("polls_ok"),
        polls.where(_P.c.ok.is_(False)).scalar_subquery().label("polls_failed"),
        sa.select(sa.func.count()).select_from(_A).where(arrived).scalar_subquery().label("items"),
        sa.select(sa.func.max(_A.c.seen_at)).where(arrived).scalar_subquery().label("newest"),
        last_ok.label("last_ok_at"),
        failing.scalar_subquery().label("failing_since"),
        source.order_by(_A.c.seen_at.desc(), _A.c.seq.desc()).limit(1).scalar_subquery().label("source_id"),
    ).order_by(_F.c.feed_id)

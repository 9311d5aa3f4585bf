"""Correct: what a later revision of an article did to words that were posted travels to whoever was shown them.

Hides which messages cite it. The message is edited; where the source corrected or withdrew, a note goes below a digest,
and whoever got an alert gets a message: each once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from digests import bulletins, lines, notices, relaying
from digests.bulletins import Changed
from digests.desk import editing, holding
from digests.desk.newsroom import Newsroom
from digests.desk.owing import NOTHING_OWED, Owed
from digests.excerpts import cite
from digests.model import Change, Citation, Delivery, DeliveryState, Fate, Line, Page
from digests.ports import Recorded, ToldMark

TOLD = frozenset({"digest", "alert"})
SAID = frozenset({"note", "correction"})
GIVEN_UP = frozenset({DeliveryState.FAILED, DeliveryState.DROPPED, DeliveryState.MERGED})


async def owed(room: Newsroom, recorded: Recorded, now: datetime) -> Owed:
    """Edits, notes and messages that one recorded revision owes."""
    if recorded.article.revision == 0:
        return NOTHING_OWED
    article_id = recorded.article.article_id
    revisions = {article_id: [*room.by_article.get(article_id, ()), recorded]}
    targets: dict[str, Delivery] = {}
    found = NOTHING_OWED
    for stored in await room.store.lines_citing(article_id):
        target = targets.get(stored.delivery_key) or await room.store.delivery(stored.delivery_key)
        if target is None or target.kind not in TOLD or target.state in GIVEN_UP:
            continue
        were = [(c, f) for c in _shown(target.page, stored.line) if (f := lines.fate(c, revisions)) is not None]
        changes = tuple(gravest(change for _, change in were))
        page = relaying.marked(target.page, stored.line, changes)
        if page == target.page:
            continue
        laid = replace(target, page=page)
        targets[target.key] = laid
        why = f"{stored.line.line_id} {article_id} {','.join(sorted(c.fate.value for c in changes))}"
        found = found.and_(editing.edit(laid, page, why, now))
        line = replace(stored.line, changes=changes)
        shown = Changed(
            tuple(c for c, _ in were), tuple(_instead(were, recorded)), _notice(were, revisions[article_id])
        )
        found = found.and_(await _said(room, laid, line, shown, now))
    return found.and_(Owed(told=_told(recorded, found, now)))


def _told(recorded: Recorded, found: Owed, now: datetime) -> tuple[ToldMark, ...]:
    """Who is told of the correction by a note or a message is not told it again as news: where the correction is all
    that the revision brings."""
    d = recorded.development
    if d is None or d.reason.key != "reason.source_corrected":
        return ()
    said = {owed.conversation: owed for owed in found.deliveries if owed.kind in SAID}
    return tuple(ToldMark(place, d.development_id, d.story_id, "", now, owed.key) for place, owed in said.items())


def _shown(page: Page, line: Line) -> list[Citation]:
    """What a page shows of a line's evidence."""
    cited = [c for c in (line.headline, *line.quotes, line.now, line.compared) if c is not None]
    return [c for c in cited if relaying.shows(page, line.line_id, c)]


def gravest(changes: Iterable[Change]) -> list[Change]:
    """One change for each text: withdrawn before corrected before replaced."""
    order = (Fate.REPLACED, Fate.CORRECTED, Fate.WITHDRAWN)
    worst: dict[tuple[str, int], Change] = {}
    for change in changes:
        key = change.article_id, change.revision
        if key not in worst or order.index(change.fate) > order.index(worst[key].fate):
            worst[key] = change
    return list(worst.values())


def _instead(were: Sequence[tuple[Citation, Change]], recorded: Recorded) -> list[Citation]:
    """The sentences that stand in place of what was corrected."""
    there = (lines.put_right(citation, change, recorded.article) for citation, change in were)
    return list(dict.fromkeys(c for c in there if c is not None))


def _notice(were: Sequence[tuple[Citation, Change]], revisions: Sequence[Recorded]) -> Citation | None:
    """The source's own notice of its correction, where the text that was shown did not have it yet."""
    shown = {citation.article_key for citation, change in were if change.fate is Fate.CORRECTED}
    newest = revisions[-1].article
    before = next((r.article for r in revisions if r.article.key in shown), None)
    said = notices.added(before, newest) if before is not None else None
    return cite(newest, said[1], said[0]) if said is not None else None


async def _said(room: Newsroom, target: Delivery, line: Line, shown: Changed, now: datetime) -> Owed:
    """A note below a digest, or a message to whoever got an alert; none for what was only replaced, and none where the
    message is not out yet: it will carry the mark."""
    grave = [c for c in line.changes if c.fate is not Fate.REPLACED]
    if not grave or not editing.is_out(target, now):
        return NOTHING_OWED
    zone, is_alert = target.page.zone, target.kind == "alert"
    if is_alert:
        page = bulletins.correction(line, shown, zone, room.setting, target.due_at)
    else:
        page = bulletins.note(line, shown, zone, room.setting)
    what = ",".join(sorted({f"{c.article_id} {c.fate.value}" for c in grave}))
    key = editing.key_of("c", target.key, line.line_id, what)
    duty = Delivery(
        delivery_id=key,
        key=key,
        kind="correction" if is_alert else "note",
        conversation=target.conversation,
        page=page,
        due_at=await holding.not_before(room, target, now) if is_alert else now,
        subscription_id=target.subscription_id,
        story_id=line.story_id,
        of="" if is_alert else target.key,
    )
    return Owed(deliveries=(duty,))

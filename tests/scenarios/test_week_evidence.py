"""The evidence of every line of the recorded week agrees with the line: nothing on a card contradicts what was told."""

from __future__ import annotations

from datetime import UTC, datetime

from bot import demo
from config import Config
from digests import backing
from digests.desk import evidence
from digests.model import Line, Verdict

UNTIL = datetime(2025, 11, 26, 8, tzinfo=UTC)
"""Three digests, and what an alert on everything told beside them."""


async def test_no_card_contradicts_its_line(shipped: Config) -> None:
    async with demo.demonstration(shipped) as week:
        stage = week.stage
        other = stage.workspace.add_channel("everything", stage.person, bot=True)
        await stage.workspace.command("/brief", "subscribe now", user=stage.person, channel=other)
        await week.play(lambda _: None, UNTIL, example="")
        room = stage.desk.room
        told = [s.line for d in await room.store.deliveries() for s in await room.store.lines_of(d.key)]
        found = [fault for line in told for fault in faults(line, evidence.record_of(room))]
    assert len(told) > 20
    assert found == []


def faults(line: Line, record: backing.Record) -> list[str]:
    """What on the card of a line cannot be."""
    behind = backing.of_line(line, record)
    listed = {r.recorded.article.article_id for r in (*behind.reports,)}
    found = [
        f"{line.line_id} quotes what it does not list"
        for c in (line.headline, *line.quotes)
        if c.article_id not in listed
    ]
    was = line.compared
    if was is not None and was.article_id != record.baseline.article_id:
        if was.seen_at > line.headline.seen_at:
            found.append(f"{line.line_id} was compared with what came later")
        if was.article_key == line.headline.article_key:
            found.append(f"{line.line_id} was compared with itself")
    first = line.reason.key == "reason.first_report"
    if first and (was is not None or line.verdicts[0] is not Verdict.NEW):
        found.append(f"{line.line_id} is a first report that was compared, or is not called new")
    found += [
        f"{line.line_id} lists what came before" for r in behind.earlier if r.recorded.article.article_id in listed
    ]
    return found

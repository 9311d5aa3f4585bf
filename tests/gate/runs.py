"""The bot at work on labelled material: its measuring commands as they are, and its memory for pairs. Hides files.

Nothing here decides anything: rows come back as the values that `measures` compares.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

from bot import measure, measure_pairs
from bot import replay as replaying
from bot.app import Parts, open_desk
from config import Config
from digests.compose import CARRY_OVER, Window
from digests.desk import Arrivals, Desk
from digests.desk.newsroom import silent_notes
from digests.model import Article, Digest, Part, Verdict
from digests.novelty import Known
from digests.ports import Recorded
from digests.reading import Reader
from digests.text import as_given
from tests.conftest import REPO
from tests.gate.material import ShiftPair, json_rows, said_of
from tests.gate.measures import Judged, Said, Shown, Told
from tests.unit.digests.recount import Recount
from tests.unit.digests.recount import shown as board_shown

CONFIG = REPO / "config"


def statements(articles: Path, out: Path, config: Config) -> list[Said]:
    """What `bot statements` finds in a file of articles."""
    measure.statements(articles, out / "statements.jsonl", config)
    return [said_of(row) for row in json_rows(out / "statements.jsonl")]


def positions(articles: Path, out: Path, config: Config) -> list[Shown]:
    """What `bot positions` shows after a file of articles."""
    measure.positions(articles, out / "positions.jsonl", config)
    fields = ("actor", "issue", "article", "start", "end")
    return [Shown(**{f: row[f] for f in fields}) for row in json_rows(out / "positions.jsonl")]


def written(rows: Iterable[Mapping[str, Any]], folder: Path, name: str) -> Path:
    """Rows as a file that a command reads."""
    path = folder / name
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


@dataclass(frozen=True)
class Replayed:
    """What a replay came to: its items and lines, and the status frames that the record does not bear out."""

    judged: tuple[Judged, ...]
    told: tuple[Told, ...]
    wrong_frames: tuple[str, ...]


class _Minuted:
    """A desk whose digests are kept with what they looked at, so that their boards can be counted again."""

    def __init__(self, desk: Desk, baseline_id: str) -> None:
        self.desk, self.room, self._baseline_id = desk, desk.room, baseline_id
        self.kept: list[tuple[Digest, Window]] = []

    async def take(self, arrivals: Arrivals, now: datetime) -> None:
        """As the desk does."""
        await self.desk.take(arrivals, now)

    async def brief_due(self, now: datetime) -> None:
        """As the desk does; what the digests looked at is asked anew of the store."""
        for digest in await self.desk.brief_due(now):
            since, until = digest.freshness.since, digest.freshness.until
            recorded = await self.room.store.recorded(since=min(since, until - CARRY_OVER), until=until)
            words = self.room.last_words(since)
            self.kept.append((digest, Window(since, until, tuple(recorded), (), words, (), self._baseline_id)))


def replay(items: Path, config: Config) -> Replayed:
    """What `bot replay` makes of a file of items."""
    return asyncio.run(_replay(items, config))


async def _replay(items: Path, config: Config) -> Replayed:
    plan = replaying.Plan(replaying.read_items(items, config.directory.sources))
    parts = Parts(notes=silent_notes, jitter=lambda: 0.5, channels=(plan.channel,))
    with tempfile.TemporaryDirectory(prefix="gate-") as folder:
        async with open_desk(config, f"sqlite:///{folder}/gate.db", parts) as desk:
            minuted = _Minuted(desk, config.baseline.article.article_id)
            await replaying.run(cast(Desk, minuted), plan, lambda done, total: None)
            files = await replaying.files(desk, plan)
    wrong = [frame for digest, window in minuted.kept for frame in _wrong(digest, window, config)]
    return Replayed(tuple(map(_judged, files.items)), tuple(_told(files.digests)), tuple(wrong))


def _wrong(digest: Digest, window: Window, config: Config) -> Iterator[str]:
    recount = Recount(digest.lines, digest.alerted, window, config.directory, digest.freshness)
    for entry in digest.board:
        stands, should = board_shown(entry), recount.said(entry)
        if stands != should:
            yield f"{digest.slot:%d %b} {entry.actor_id}: {sorted(stands - should)} for {sorted(should - stands)}"


def _judged(row: Mapping[str, Any]) -> Judged:
    return Judged(
        item=str(row["id"]),
        relevant=row["relevant"],
        story=row["story"],
        verdict=row["verdict"],
        actors=frozenset(row["actors"]),
        issues=frozenset(row["issues"]),
    )


def _told(rows: Iterable[Mapping[str, Any]]) -> Iterator[Told]:
    for row in rows:
        slot = datetime.fromisoformat(row["slot"]).astimezone(UTC)
        for line in row["lines"]:
            yield Told(slot, tuple(str(i) for i in line["items"]), line["text"])


def scores(pairs: Path, out: Path, config: Config) -> list[float]:
    """What `bot pairs` scores."""
    measure_pairs.pairs(pairs, out / "pairs.jsonl", config)
    return [row["score"] for row in json_rows(out / "pairs.jsonl")]


# --- shifts ----------------------------------------------------------------------------------------------------------


def verdicts(pairs: Sequence[ShiftPair], config: Config) -> list[Verdict | None]:
    """How the second sentence of each pair is judged where the first is all that is on record; None: not read."""
    reader = Reader(config.directory)
    return [_verdict(pair, reader, config) for pair in pairs]


def _verdict(pair: ShiftPair, reader: Reader, config: Config) -> Verdict | None:
    known = Known(config.directory, config.baseline, ())
    issue = config.directory.issue_by_id[sorted(pair.issues)[0]].name
    before = reader.read(_report(*pair.before, pair.language, issue))
    known.add(Recorded(before.article, before, known.take(before)))
    after = reader.read(_report(*pair.after, pair.language, issue))
    judged = [j.verdict for j in known.take(after).judgements if j.statement.actor_id == pair.actor]
    first = {s.actor_id for s in before.statements}
    if not judged or pair.actor not in first:
        return None
    loud = (Verdict.SHIFT, Verdict.POSSIBLE_SHIFT)
    return next((v for v in loud if v in judged), judged[0])


def _report(day: str, sentence: str, language: str, issue: str) -> Article:
    """A report that is one sentence under a headline that names its issue, published at noon by some outlet."""
    at, name = datetime.fromisoformat(f"{day}T12:00:00+00:00"), hashlib.sha256(sentence.encode()).hexdigest()[:8]
    title = f"Ukraine peace talks: {issue}"
    return Article(
        article_id=f"{name}-{day}",
        feed_id=f"gate-{name}",
        source_id=f"gate-{name}",
        entry_id=f"{name}-{day}",
        url=f"https://{name}.example/{day}",
        language=language,
        seen_at=at,
        published_at=at,
        texts={Part.TITLE: as_given(title), Part.TEXT: as_given(sentence)},
        page_read=True,
    )

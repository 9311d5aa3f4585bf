"""The bot at work on labelled material: its measuring commands as they are, and its memory for pairs. Hides files.

Nothing here decides anything: rows come back as the values that `measures` compares.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot import cli_measure, measure, measure_pairs
from config import Config
from digests.model import Article, Part, Verdict
from digests.novelty import Known
from digests.ports import Recorded
from digests.reading import Reader
from digests.text import as_given
from tests.conftest import REPO
from tests.gate.material import ShiftPair, json_rows, said_of
from tests.gate.measures import Judged, Said, Shown, Told

CONFIG = REPO / "config"


def _written(rows: Iterable[Mapping[str, Any]], path: Path) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


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
    return _written(rows, folder / name)


def replay(items: Path, out: Path) -> tuple[list[Judged], list[Told]]:
    """What `bot replay` writes of a file of items."""
    wish = cli_measure.Wish(items, out, CONFIG, None, None, "", "23:59", "UTC", ())
    asyncio.run(cli_measure.replay(wish))
    judged = [
        Judged(
            item=str(r["id"]),
            relevant=r["relevant"],
            story=r["story"],
            verdict=r["verdict"],
            actors=frozenset(r["actors"]),
            issues=frozenset(r["issues"]),
        )
        for r in json_rows(out / "items.jsonl")
    ]
    told = [
        Told(datetime.fromisoformat(d["slot"]).astimezone(UTC), tuple(str(i) for i in line["items"]), line["text"])
        for d in json_rows(out / "digests.jsonl")
        for line in d["lines"]
    ]
    return judged, told


def scores(pairs: Path, out: Path) -> list[float]:
    """What `bot pairs` scores."""
    measure_pairs.pairs(pairs, out / "pairs.jsonl")
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

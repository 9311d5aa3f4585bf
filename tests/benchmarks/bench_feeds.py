"""What reading feeds, pages' texts and sentences costs beside plain feedparser, in one run: ratios first.

CPU seconds, rounds interleaved, the best round counts. Real recorded feeds where the folder of real material is there
(BRIEF_EVAL_DIR), else made-up ones. Run `python -m tests.benchmarks.bench_feeds [ROUNDS]`.
"""

from __future__ import annotations

import io
import os
import sys
import time
from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path

import feedparser

from digests import feeds, text

URL = "https://news.example/rss"
REPO = Path(__file__).resolve().parents[2]
SENTENCE = "President Donald J. Trump said on Feb. 13 that the U.S. plan, “a good plan. A fair one,” has 19 points. "


def documents() -> tuple[str, list[bytes]]:
    """Where the documents come from, and their bytes."""
    folder = Path(os.environ.get("BRIEF_EVAL_DIR") or REPO.parent / "shared") / "data" / "news-feeds"
    if folder.is_dir():
        return "24 recorded feeds", [path.read_bytes() for path in sorted(folder.iterdir())]
    words = f"<description>&lt;p&gt;{SENTENCE * 5}&lt;/p&gt;</description>"
    made = "".join(f"<item><title>T</title><link>https://a.example/{n}</link>{words}</item>" for n in range(40))
    return "24 made-up feeds", [f"<rss version='2.0'><channel><title>t</title>{made}</channel></rss>".encode()] * 24


def best(rounds: int, steps: Sequence[Callable[[], object]]) -> list[float]:
    """The least CPU seconds of each step, taking turns."""
    least = [float("inf")] * len(steps)
    for _ in range(rounds):
        for n, step in enumerate(steps):
            began = time.process_time()
            step()
            least[n] = min(least[n], time.process_time() - began)
    return least


def main(rounds: int = 3) -> None:
    """Print the table."""
    named, bodies = documents()
    seen = [feeds.parse(body, "", URL, frozenset()) for body in bodies]
    none_new = [frozenset(document.item_hashes) for document in seen]
    one_new = [frozenset(document.item_hashes[1:]) for document in seen]
    unseen: frozenset[str] = frozenset()
    prose, fresh = "\n".join([SENTENCE * 10] * 200), count()  # a text that was cut before is remembered

    def read(known: Sequence[frozenset[str]]) -> None:
        for body, hashes in zip(bodies, known, strict=True):
            feeds.parse(body, "", URL, hashes)

    plain, cold, one, none, cut = best(
        rounds,
        [
            lambda: [feedparser.parse(io.BytesIO(body)) for body in bodies],
            lambda: read([unseen] * len(bodies)),
            lambda: read(one_new),
            lambda: read(none_new),
            lambda: text.sentences(text.as_given(f"{prose}{next(fresh)}"), "en"),
        ],
    )
    print(f"{named}, {sum(len(document.entries) for document in seen)} entries; CPU, best of {rounds}")
    print(f"{'':28}{'x feedparser':>14}{'feeds/s':>12}")
    for name, seconds in (("feedparser alone", plain), ("all new", cold), ("one new item", one), ("none new", none)):
        print(f"{name:28}{plain / seconds:14.1f}{len(bodies) / seconds:12.0f}")
    print(f"{'sentences a second':28}{2000 / cut:26.0f}")


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:2]))

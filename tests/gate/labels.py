"""Labels of our own over real texts that the project does not hold: they name a text, and never repeat it.

Statements lie over articles of the shared folder, feed items over a public log of feeds (`FEED_LOG`). What a machine
lacks is an `Absent`, and so is a text that is no longer the labelled one: every span has the hash of its words.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from tests.gate.material import Absent, json_rows, labelled_items, said_of, shared
from tests.gate.measures import Labelled, Said

FOLDER = Path(__file__).resolve().parent / "labels"

FEED_LOG = "BRIEF_TEST_FEED_LOG"
"""Names a checkout of github.com/rumca-js/RSS-Link-Database-2026 (its commit of 2026-01-11 or later)."""

LOGGED_DAYS = tuple(f"2026-01-{day:02}" for day in (7, 8, 9, 10))
"""The days of that log on which items are labelled."""

DESCRIPTION_CUT = 999
"""Characters of a description that the recorded days of the shared folder kept; the log is cut alike."""


def path(name: str) -> Path:
    """The file of a set of labels."""
    return FOLDER / f"{name}.jsonl"


# --- statements ------------------------------------------------------------------------------------------------------


def statements(name: str) -> tuple[list[Said], list[dict[str, Any]]]:
    """A set of labelled statements, and the articles they stand in as the `statements` command reads them."""
    rows = json_rows(path(name))
    stored = _articles()
    texts: dict[str, dict[str, Any]] = {}
    for row in rows:
        article = stored.get(row["article"])
        words = article["text"][row["start"] : row["end"]] if article else ""
        if not article or hashlib.sha256(words.encode()).hexdigest()[: len(row["sha"])] != row["sha"]:
            raise Absent(f"the labelled text of {row['article']} is not in the shared folder (BRIEF_EVAL_DIR)")
        texts[row["article"]] = article
    return [said_of(row) for row in rows], list(texts.values())


@cache
def _articles() -> Mapping[str, dict[str, Any]]:
    with gzip.open(shared("data", "articles-2026-02", "articles.jsonl.gz"), "rt", encoding="utf-8") as lines:
        return {r["url"]: {k: r.get(k) for k in ("url", "title", "date", "text")} for r in map(json.loads, lines)}


# --- feed items ------------------------------------------------------------------------------------------------------


def items(name: str) -> tuple[list[Labelled], list[dict[str, Any]]]:
    """A set of labelled items, and the items as the `replay` command reads them, in order of `seen`."""
    labels, logged = json_rows(path(name)), _logged()
    missing = [row["id"] for row in labels if row["id"] not in logged]
    if missing:
        raise Absent(f"items {missing[:3]} and {len(missing)} in all are not in the log that {FEED_LOG} names")
    rows = sorted((logged[row["id"]] for row in labels), key=lambda r: (r["seen"], r["id"]))
    return labelled_items(labels, rows), rows


@cache
def _logged() -> Mapping[int, dict[str, Any]]:
    folder = Path(os.environ.get(FEED_LOG) or "absent")
    if not (folder / "sources.json").is_file():
        raise Absent(f"no public log of feeds: {FEED_LOG} names a checkout of rumca-js/RSS-Link-Database-2026")
    titles = {s["url"]: s["title"] for s in json_rows(folder / "sources.json")}
    days = (folder / "2026" / "01" / day for day in LOGGED_DAYS)
    rows = [row for day in days for file in sorted(day.iterdir()) for row in json_rows(file) if "id" in row]
    return {row["id"]: _item(row, titles) for row in rows}


def _item(row: Mapping[str, Any], titles: Mapping[str, str]) -> dict[str, Any]:
    feed = row.get("source_url") or ""
    return {
        "id": row["id"],
        "seen": row["date_created"],
        "source_title": titles.get(feed, feed),
        "title": row["title"],
        "description": (row["description"] or "")[:DESCRIPTION_CUT],
        "link": row["link"],
    }

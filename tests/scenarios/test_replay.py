"""What the measuring contract promises of a replay, through the command line as a user runs it."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.scenarios.recorded import week_items, write_items

ROOT = Path(__file__).resolve().parents[2]
FILES = ("items.jsonl", "digests.jsonl", "alerts.jsonl", "statements.jsonl")
ALERTS = ("--subscribe", "actor:russia", "--subscribe", "issue:territory weight:1")


def replay(items: Path, out: Path, *more: str, seed: str = "0") -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "bot", "replay", str(items), "--out", str(out), *more]
    env = {**os.environ, "PYTHONHASHSEED": seed}
    return subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def finish(running: subprocess.Popen[bytes]) -> None:
    _, errors = running.communicate(timeout=110)
    assert running.returncode == 0, errors.decode()[-2000:]


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def contents(out: Path) -> Mapping[str, bytes]:
    return {name: (out / name).read_bytes() for name in FILES}


@pytest.fixture(scope="module")
def items(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_items(week_items(), tmp_path_factory.mktemp("items") / "items.jsonl")


@pytest.fixture(scope="module")
def undisturbed(items: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("undisturbed")
    finish(replay(items, out, *ALERTS))
    return out


def test_every_line_is_a_span_of_an_item_it_rests_on(items: Path, undisturbed: Path) -> None:
    texts = {row["id"]: [row["title"], row["description"], row["text"]] for row in rows(items)}
    lines = [line for digest in rows(undisturbed / "digests.jsonl") for line in digest["lines"]]
    assert len(lines) >= 7
    for line in lines:
        folded = " ".join(line["text"].split())
        assert len(folded) >= 20
        assert any(folded in " ".join(t.split()) for i in line["items"] for t in texts[i])


def test_no_slot_has_more_than_twelve_lines_and_none_rests_on_what_was_not_seen(items: Path, undisturbed: Path) -> None:
    seen = {row["id"]: row["seen"] for row in rows(items)}
    for digest in rows(undisturbed / "digests.jsonl"):
        assert len(digest["lines"]) <= 12
        assert all(seen[i] <= digest["slot"] for line in digest["lines"] for i in line["items"])


def test_every_item_has_one_row_and_keeps_its_id(items: Path, undisturbed: Path) -> None:
    assert [r["id"] for r in rows(undisturbed / "items.jsonl")] == [r["id"] for r in rows(items)]


def test_an_item_stands_in_one_line_of_one_digest_at_most(undisturbed: Path) -> None:
    told = [i for d in rows(undisturbed / "digests.jsonl") for line in d["lines"] for i in line["items"]]
    assert len(told) == len(set(told))


def test_alerts_fire_each_once_and_only_for_what_was_asked(items: Path, undisturbed: Path) -> None:
    alerts = rows(undisturbed / "alerts.jsonl")
    assert {a["subscription"] for a in alerts} == {"s1", "s2"}
    keys = [(a["subscription"], tuple(a["items"])) for a in alerts]
    assert len(keys) == len(set(keys))


def test_the_hash_seed_changes_no_byte(items: Path, undisturbed: Path, tmp_path: Path) -> None:
    finish(replay(items, tmp_path, *ALERTS, seed="4711"))
    assert contents(tmp_path) == contents(undisturbed)


def test_the_baseline_fed_back_as_news_is_no_development(tmp_path: Path) -> None:
    text = (ROOT / "config/baseline/seed-article.txt").read_text(encoding="utf-8")
    paragraphs = text.split("\n")
    item = {
        "id": 1,
        "seen": "2025-11-26T12:00:00+00:00",
        "source_title": "Some Paper",
        "title": paragraphs[0][:120],
        "description": paragraphs[1],
        "link": "https://paper.example/1",
        "text": text,
    }
    out = tmp_path / "out"
    finish(replay(write_items([item], tmp_path / "items.jsonl"), out))
    assert [line for digest in rows(out / "digests.jsonl") for line in digest["lines"]] == []
    assert rows(out / "items.jsonl")[0]["verdict"] in {"repeat", "background"}


def test_known_items_are_told_to_nobody(items: Path, tmp_path: Path) -> None:
    every = rows(items)
    known, fresh = write_items(every[:60], tmp_path / "known.jsonl"), write_items(every[60:], tmp_path / "fresh.jsonl")
    finish(replay(fresh, tmp_path / "out", "--known", str(known), *ALERTS))
    before = {row["id"] for row in every[:60]}
    told = {i for d in rows(tmp_path / "out/digests.jsonl") for line in d["lines"] for i in line["items"]}
    alerted = {i for a in rows(tmp_path / "out/alerts.jsonl") for i in a["items"]}
    assert told
    assert not (told | alerted) & before


@pytest.mark.timeout(600)
@pytest.mark.parametrize("round_", range(4))
def test_killed_anywhere_and_restarted_the_same_digests_and_alerts(
    items: Path, undisturbed: Path, tmp_path: Path, round_: int
) -> None:
    """kill -9 at five random moments of a run over one database, four times over; then one run to the end."""
    database = f"sqlite:///{tmp_path}/killed.db"
    rng = random.Random(20251125 + round_)
    for _ in range(5):
        running = replay(items, tmp_path / "out", "--database", database, *ALERTS)
        time.sleep(rng.uniform(1.0, 4.0))
        running.send_signal(signal.SIGKILL)
        running.communicate()
    finish(replay(items, tmp_path / "out", "--database", database, *ALERTS))
    assert contents(tmp_path / "out") == contents(undisturbed)

"""The floors, on every material that is on this machine; and the measures beside those that the labels came with.

`make gate` prints the table when the tests have run. What is absent is skipped by name.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.gate import figures, floors, material, runs
from tests.gate.figures import MATERIALS, Measured, shipped

SHIPPED = ("corpus", "week")
"""Materials that every machine has: of these the labels are pinned."""

pytestmark = [pytest.mark.gate, pytest.mark.xdist_group("gate")]


def measured(name: str) -> Measured:
    """A material's figures; skips where the material is absent."""
    try:
        return figures.measured(name)
    except material.Absent as why:
        pytest.skip(str(why))


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_labels_are_those_that_the_floors_were_set_on(name: str) -> None:
    pinned = floors.load().fingerprints.get(name)
    assert measured(name).fingerprint == pinned, "say `python -m tests.gate --update` when the change is meant"


@pytest.mark.parametrize("name", list(MATERIALS))
def test_no_figure_falls_below_its_floor(name: str) -> None:
    one, held = measured(name), floors.load()
    if name not in SHIPPED and not held.same_material(one):
        pytest.skip(f"{name}: other labels than the floors were set on; the table has its figures")
    assert held.breaches(one) == []


# --- the same figures as the measuring script of the shared folder ---------------------------------------------------


def script(*arguments: str) -> dict[str, Any]:
    try:
        path = material.shared("eval", "score.py")
    except material.Absent as why:
        pytest.skip(str(why))
    done = subprocess.run([sys.executable, str(path), *arguments], capture_output=True, text=True, check=True)
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def dev(name: str) -> str:
    try:
        return str(material.shared("eval", "dev", name))
    except material.Absent as why:
        pytest.skip(str(why))


def close(mine: float | None, theirs: float | None) -> bool:
    """Equal to the four digits that the script prints."""
    return mine is not None and theirs is not None and abs(mine - theirs) < 1e-4


def test_statement_figures_equal_those_of_the_shared_script(tmp_path: Path) -> None:
    gold, articles = dev("statements.jsonl"), Path(dev("articles_source.jsonl"))
    mine = measured("dev").figures
    runs.statements(articles, tmp_path, shipped())
    theirs = script("statements", "--gold", gold, "--out", str(tmp_path / "statements.jsonl"))
    assert close(mine["statements.found"], theirs["found"]["f1"])
    assert close(mine["statements.quoted_recall"], theirs["quoted_recall"])
    assert close(mine["statements.issues"], theirs["issues"]["f1"])
    assert close(mine["statements.actor_and_issue"], theirs["actor_and_issue_found"]["f1"])
    for ours, name in (("actor", "actor"), ("speaker", "speaker"), ("kind", "kind"), ("polarity", "polarity")):
        assert close(mine[f"statements.{ours}"], theirs[f"{name}_accuracy"]), name
    assert close(mine["statements.day"], theirs["said_on_accuracy"])


def test_position_figures_equal_those_of_the_shared_script(tmp_path: Path) -> None:
    gold, articles = dev("positions.json"), Path(dev("articles_source.jsonl"))
    mine = measured("dev").figures
    runs.positions(articles, tmp_path, shipped())
    theirs = script("positions", "--gold", gold, "--out", str(tmp_path / "positions.jsonl"))
    assert close(mine["positions.cells"], theirs["cells_found"]["f1"])
    assert close(mine["positions.newest"], theirs["newest_right"])


def test_item_and_digest_figures_equal_those_of_the_shared_script(tmp_path: Path) -> None:
    gold, source = dev("items.jsonl"), dev("items_source.json")
    mine = measured("dev").figures
    out = tmp_path / "out"
    command = [sys.executable, "-m", "bot", "replay", source, "--out", str(out)]
    subprocess.run(command, cwd=runs.CONFIG.parent, check=True, capture_output=True)
    theirs = script("items", "--gold", gold, "--out", str(out), "--source", source)
    for name, key in (("relevance",) * 2, ("tell_or_not",) * 2, ("actors",) * 2, ("issues",) * 2):
        assert close(mine[f"items.{name}"], theirs[key]["f1"]), name
    assert close(mine["items.stories"], theirs["stories_bcubed"]["f1"])
    assert close(mine["items.verdict"], theirs["verdict_accuracy"])
    digest = theirs["digest"]
    for name, key in (
        ("must_told", "told_in_24h"),
        ("line_precision", "line_precision"),
        ("most_lines", "most_lines_a_slot"),
        ("told_twice", "told_twice"),
        ("mixed", "mixed_lines"),
        ("unsourced", "unsourced_lines"),
    ):
        assert close(mine[f"digest.{name}"], digest[key]), name


def test_headline_figures_equal_those_of_the_shared_script(tmp_path: Path) -> None:
    mine = measured("pairs").figures
    gold = material.shared("data", "pairs", "same_story_en.dev.jsonl")
    runs.scores(gold, tmp_path, shipped())
    theirs = script("pairs", "--gold", str(gold), "--out", str(tmp_path / "pairs.jsonl"))
    assert close(mine["headlines.f1"], theirs["best_f1"])
    assert close(mine["headlines.auc"], theirs["auc"])

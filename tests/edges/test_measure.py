"""Facts about measuring: the contract's files, offsets of the text as given, the same bytes under any hash seed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bot import measure
from tests.unit.digests.parties import DIRECTORY

REPO = Path(__file__).resolve().parent.parent.parent
ARTICLES: list[dict[str, Any]] = [
    {
        "url": "seed",
        "title": "",
        "date": "2025-11-26",
        "text": "Lavrov said on Tuesday that the talks would go on for long.",
    },
    {
        "url": "https://outlet.example/2025/11/27/talks",
        "title": "",
        "date": None,
        "text": "  \nZelensky said\u200b on Thursday that the  peace plan was good.\nMoscow rejects any ceasefire now.",
    },
    {
        "url": "https://outlet.example/x",
        "title": "",
        "date": "unknown",
        "text": "Zelensky said on Thursday that the peace plan was fine.",
    },
]
CONFIG = SimpleNamespace(directory=DIRECTORY)


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    path = tmp_path / "articles.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in ARTICLES), encoding="utf-8")
    return path


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_statements_have_the_contract_s_fields_and_offsets_of_the_text_as_given(articles: Path, tmp_path: Path) -> None:
    out = tmp_path / "statements.jsonl"
    assert measure.statements(articles, out, CONFIG) == 4
    found = rows(out)
    assert set(found[0]) == {"article", "start", "end", "speaker", "actor", "kind", "issues", "polarity", "said_on"}
    text = str(ARTICLES[1]["text"])
    zelensky = found[1]
    assert text[zelensky["start"] : zelensky["end"]].startswith("Zelensky said\u200b on Thursday")
    assert (zelensky["speaker"], zelensky["said_on"]) == ("Volodymyr Zelensky", "2025-11-27")
    assert found[2]["speaker"] == "Russia"


def test_positions_are_the_newest_cell_by_cell_with_the_baseline_behind(articles: Path, tmp_path: Path) -> None:
    out = tmp_path / "positions.jsonl"
    measure.positions(articles, out, CONFIG)
    cells = {(row["actor"], row["issue"]): row for row in rows(out)}
    assert cells["russia", "process"]["article"] == "seed"
    assert cells["russia", "ceasefire"]["article"] == ARTICLES[1]["url"]
    assert ("ukraine", "process") in cells


def test_an_undated_article_takes_the_day_of_the_likest_dated_one() -> None:
    assert measure.days_of(ARTICLES) == [date(2025, 11, 26), date(2025, 11, 27), date(2025, 11, 27)]


def test_the_same_bytes_whatever_the_hash_seed(articles: Path, tmp_path: Path) -> None:
    code = (
        "import sys, types; from pathlib import Path; from bot import measure; "
        "from tests.unit.digests.parties import DIRECTORY; "
        "measure.statements(Path(sys.argv[1]), Path(sys.argv[2]), types.SimpleNamespace(directory=DIRECTORY));"
        "measure.positions(Path(sys.argv[1]), Path(sys.argv[2] + '.p'), types.SimpleNamespace(directory=DIRECTORY))"
    )
    written = []
    for seed in ("0", "1"):
        out = tmp_path / seed
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        subprocess.run([sys.executable, "-c", code, str(articles), str(out)], cwd=REPO, env=environment, check=True)
        written.append(out.read_bytes() + Path(f"{out}.p").read_bytes())
    assert written[0] == written[1]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Russia said it would not sign. Мир was the only Russian word in it.", "en"),
        ("Президент України Володимир Зеленський заявив, що її позиція не змінилася.", "uk"),
        ("Президент России Владимир Путин заявил, что её позиция не изменилась, и это объявили вечером.", "ru"),
        ("", "en"),
    ],
)
def test_an_article_is_read_in_the_language_of_its_letters(text: str, language: str) -> None:
    assert measure.language_of(text) == language

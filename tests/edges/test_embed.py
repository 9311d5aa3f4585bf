"""Facts about the embedder behind its edge: the file that was looked into or none, the same bytes, bounded input."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import time
from base64 import b64decode
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import config
from bot import checkup, embed
from bot.app import Parts, open_desk, wall_clock
from bot.embed import CENTRES, LONGEST, MODEL, Embedder
from bot.settings import read
from bot.store.articles import READING
from digests.desk.newsroom import silent_notes
from digests.frames import words
from digests.model import Article, Frame, Reading, Relevance, Row, TextOfRecord
from digests.reading import Reader
from digests.vectors import COMPONENT_MOST, likeness, unpacked
from tests.builders import an_article
from tests.conftest import REPO

SAME = {
    "en": "Zelensky's chief of staff Yermak resigns",
    "uk": "Керівник Офісу президента Єрмак подав у відставку",
    "ru": "Глава офиса Зеленского Ермак подал в отставку",
    "pl": "Szef biura Zełenskiego Jermak podał się do dymisji",
    "de": "Selenskyjs Stabschef Jermak tritt zurück",
    "fr": "Yermak, le chef de cabinet de Zelensky, démissionne",
}
OTHER = "EU leaders agree on a loan from the immobilised assets"


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return Embedder()


def alike(a: str, b: str) -> float:
    found = likeness(unpacked(a), unpacked(b))
    assert found is not None
    return found


@pytest.mark.parametrize("language", sorted(SAME))
def test_one_happening_is_nearer_in_every_language_than_another_one(embedder: Embedder, language: str) -> None:
    [here, other] = embedder.vectors([SAME["en"], OTHER], "en")
    [there] = embedder.vectors([SAME[language]], language)
    assert alike(here, there) > 0.3 + alike(other, there)


OTHER_PROCESSORS = {
    "this processor": {},
    "an old one's products": {"OPENBLAS_CORETYPE": "Prescott"},
    "another one's products": {"OPENBLAS_CORETYPE": "Haswell"},
    "no wide numbers": {"NPY_DISABLE_CPU_FEATURES": "X86_V4 X86_V3", "OPENBLAS_CORETYPE": "Nehalem"},
}
"""What numpy and the library of its products do elsewhere, by their own variables; idle where they do not know one."""


@pytest.mark.parametrize("processor", sorted(OTHER_PROCESSORS))
def test_the_same_text_gives_the_same_bytes_in_another_process_and_on_another_processor(
    embedder: Embedder, processor: str
) -> None:
    texts = [*SAME.values(), f"{OTHER}. {' '.join(SAME.values())}"]
    code = f"from bot.embed import Embedder; print(*Embedder().vectors({texts!r}, 'en'))"
    variables = {**os.environ, **OTHER_PROCESSORS[processor]}
    run = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        cwd=REPO,
        env=variables,
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.split() == embedder.vectors(texts, "en")


@settings(max_examples=8, deadline=None, derandomize=True)
@given(others=st.lists(st.text(max_size=90), max_size=9), at=st.integers(0, 9), language=st.sampled_from(sorted(SAME)))
def test_what_is_computed_beside_it_does_not_move_a_vector(
    embedder: Embedder, others: list[str], at: int, language: str
) -> None:
    text = SAME[language]
    [alone] = embedder.directions([text])
    texts = [*others[:at], text, *others[at:]]
    beside = embedder.directions(texts)[texts.index(text)]
    assert alone is not None
    assert beside is not None
    assert alone.tobytes() == beside.tobytes()


def test_readings_get_the_vectors_of_their_own_articles(embedder: Embedder) -> None:
    reader = Reader(config.load(REPO / "config").directory)
    talks = [
        an_article(f"a{n}", title=f"Zelensky and Witkoff discuss the peace plan for Ukraine, day {n}")
        for n in range(12)
    ]
    readings = [reader.read(a) for a in [talks[0], an_article("b", title="A cake is baked"), *talks[1:], talks[0]]]
    made = embedder.read(readings)
    assert [r.vector for r in made] == [embedder.read([reading])[0].vector for reading in readings]
    assert [bool(r.vector) for r in made] == [r.relevance is not Relevance.NO for r in readings]
    assert len({r.vector for r in made}) >= len(talks)


def test_a_vector_is_short_plain_text(embedder: Embedder) -> None:
    [vector] = embedder.vectors([SAME["uk"]], "uk")
    assert vector.startswith(f"{MODEL}:")
    assert vector.isascii()
    assert len(vector) < 600
    made = unpacked(vector)
    assert made is not None
    components = np.frombuffer(made.components, dtype=np.int8)
    assert len(components) == 384
    assert int(np.abs(components.astype(int)).max()) == COMPONENT_MOST


@pytest.mark.parametrize("text", ["", " \n ", "\x00", "\u200b"])
def test_a_blank_text_has_no_vector(embedder: Embedder, text: str) -> None:
    assert embedder.vectors([text], "en") == [""]


def test_a_long_text_costs_no_more_than_its_beginning(embedder: Embedder) -> None:
    start = time.process_time()
    [long] = embedder.vectors(["x y " * 500_000], "en")
    assert time.process_time() - start < 5
    assert [long] == embedder.vectors([("x y " * LONGEST)[:LONGEST]], "en")


@settings(max_examples=60, deadline=None)
@given(text=st.text(st.characters(), max_size=60))
def test_no_text_breaks_the_engine(embedder: Embedder, text: str) -> None:
    [vector] = embedder.vectors([text], "xx")
    assert not vector or unpacked(vector) is not None


def test_the_centres_are_the_mean_directions_of_the_headlines_beside_them(embedder: Embedder) -> None:
    written = json.loads(CENTRES.read_text(encoding="utf-8"))
    assert set(written["centres"]) == set(written["headlines"]) >= {"en", "uk", "ru", "pl", "de", "fr"}
    for language, headlines in written["headlines"].items():
        directions = [d for d in embedder.directions(headlines) if d is not None]
        assert len(directions) == len(headlines) == 20
        made = np.rint(np.mean(directions, axis=0) * 32767)
        kept = np.frombuffer(b64decode(written["centres"][language]), dtype="<i2")
        assert int(np.abs(made - kept).max()) <= 2, language


# --- without the file that was looked into ------------------------------------------------------------------------


@pytest.fixture
def other_weights(tmp_path: Path) -> Path:
    path = tmp_path / embed.WEIGHTS
    path.write_bytes(b"not the weights" * 1000)
    return path


@pytest.fixture
def unlike(monkeypatch: pytest.MonkeyPatch, other_weights: Path) -> Path:
    """A machine whose package holds another file than the one that was looked into."""
    monkeypatch.setattr(embed, "_packaged", lambda: other_weights)
    embed.problem.cache_clear()
    return other_weights


@pytest.fixture(autouse=True)
def asked_anew() -> Iterator[None]:
    yield
    embed.problem.cache_clear()


def test_another_file_is_not_opened_and_one_loud_line_says_so(
    other_weights: Path, caplog: pytest.LogCaptureFixture
) -> None:
    wrong = Embedder(weights=other_weights)
    with caplog.at_level(logging.ERROR):
        assert wrong.vectors(["Talks resume", "Talks end"], "en") == ["", ""]
        assert not wrong.available
    assert [r.levelname for r in caplog.records] == ["ERROR"]
    assert "not the file that was looked into" in caplog.text


def test_a_file_that_is_gone_is_a_reason_too(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        assert Embedder(weights=tmp_path / "gone.bin").vectors(["Talks resume"], "en") == [""]
    assert "cannot be read" in caplog.text


def test_without_vectors_articles_are_read_all_the_same(other_weights: Path) -> None:
    reader = Reader(config.load(REPO / "config").directory)
    readings = [reader.read(an_article("one"))]
    assert Embedder(weights=other_weights).read(readings) == readings
    assert readings[0].relevance is Relevance.YES


@pytest.mark.usefixtures("unlike")
async def test_doctor_and_status_say_loudly_that_there_are_no_vectors_and_what_helps(tmp_path: Path) -> None:
    configuration = config.load(REPO / "config")
    database = f"sqlite:///{tmp_path}/brief.db"
    findings = await checkup.examine(configuration, read({}), database, quick=True)
    [found] = [f for f in findings if f.part == "vectors"]
    assert not found.ok
    assert "sha256" in found.what
    assert "run.txt" in found.remedy
    async with open_desk(configuration, database, Parts(notes=silent_notes)) as desk:
        page = await desk.status("UTC", wall_clock())
    [said] = [text for text in _texts(page.rows) if text.startswith("NO VECTORS")]
    assert "sha256" in said
    assert "run.txt" in said


async def test_doctor_names_the_tier_where_all_is_well(tmp_path: Path) -> None:
    configuration = config.load(REPO / "config")
    database = f"sqlite:///{tmp_path}/brief.db"
    findings = await checkup.examine(configuration, read({}), database, quick=True)
    [found] = [f for f in findings if f.part == "vectors"]
    assert found.ok
    assert embed.PACKAGE in found.what
    async with open_desk(configuration, database, Parts(notes=silent_notes)) as desk:
        page = await desk.status("UTC", wall_clock())
    assert not [text for text in _texts(page.rows) if "VECTORS" in text]


def _texts(rows: Iterable[Row]) -> list[str]:
    return [words(piece, UTC) for row in rows for piece in row.pieces if isinstance(piece, Frame)]


# --- on record -----------------------------------------------------------------------------------------------------


def _loaded(body: str, reading: Reading, texts: dict[str, TextOfRecord], article: Article) -> Reading:
    return READING.load(body, texts, article=article, statements=reading.statements)


def test_a_reading_keeps_its_vector_and_one_written_before_there_were_any_still_loads(embedder: Embedder) -> None:
    article = an_article("one")
    plain = Reader(config.load(REPO / "config").directory).read(article)
    [reading] = embedder.read([plain])
    texts: dict[str, TextOfRecord] = {}
    body = READING.dump(reading, texts)
    assert reading.vector in body
    assert _loaded(body, reading, texts, article) == reading
    before = json.loads(body)
    del before["vector"]
    assert _loaded(json.dumps(before), reading, texts, article) == replace(reading, vector="") == plain

"""YAML as it was written: no guesses, no cleverness, bounds, and the line of everything."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.document import MAX_BYTES, Document, read, spelled


def written(at: Path, text: str | bytes) -> Document:
    path = at / "some.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return read(path)


def test_every_scalar_stays_the_characters_that_were_written(tmp_path: Path) -> None:
    document = written(tmp_path, "{a: NO, b: 012, c: 12:30:45, d: 2025-11-26, e: ~, f: 1e3, on: off, g: 'x: y'}")
    expected = {
        "a": "NO",
        "b": "012",
        "c": "12:30:45",
        "d": "2025-11-26",
        "e": "~",
        "f": "1e3",
        "on": "off",
        "g": "x: y",
    }
    assert document.tree == expected
    assert document.problems == []


def test_every_value_knows_its_line(tmp_path: Path) -> None:
    document = written(tmp_path, "feeds:\n  - id: a\n    url: b\n  - id: c\n")
    assert document.line_of(("feeds", 0, "url")) == 3
    assert document.line_of(("feeds", 1)) == 4
    assert document.line_of(("feeds", 1, "source")) == 4, "what is missing has the line of what it is missing from"


def test_a_place_reads_as_people_write_it() -> None:
    assert spelled(("feeds", 3, "url")) == "feeds[3].url"
    assert spelled(()) == ""
    assert "\n" not in spelled(("a\nb" * 100,))
    assert len(spelled(("x" * 5000,))) < 100


@pytest.mark.parametrize(
    ("content", "words", "line"),
    [
        ("a: 1\nb: 2\na: 3\n", "“a” stands twice (first on line 1)", 3),
        ("a: &x [1]\nb: *x\n", "anchors and aliases", 1),
        ("a: 1\nb: !!python/object:os.system x\n", "tags", 2),
        ("a:\n\tb: 1\n", "a tab", 2),
        ("a: [1\nb: 2\n", "not YAML", 2),
        ("a: 'x\n", "not YAML", 2),
        ("a: 1\n---\nb: 2\n", "several YAML documents", None),
        ("? [a, b]\n: c\n", "a key must be a word", 1),
        ("a: " + "[" * 40 + "]" * 40, "nested too deep", 1),
        ("a: \x07\n", "control character", 1),
        ("", "empty", 1),
        (" \n\n", "empty", 1),
        ("# only a comment\n", "no value", 1),
        (b"\xef\xbb\xbfa: 1\n", "byte order mark", 1),
        ("a: ж\n".encode("utf-16"), "byte order mark", 1),
        (b"a: 1\nb: \xff\xfe\n", "not UTF-8", 2),
        (b"\x7fELF\x00\x01", "not text", 1),
        (b"a: 1\n" + b"#" * MAX_BYTES, "larger than", None),
    ],
)
def test_what_is_not_plain_yaml_is_said_in_words_with_its_line(
    tmp_path: Path, content: str | bytes, words: str, line: int | None
) -> None:
    document = written(tmp_path, content)
    assert any(words in p.what for p in document.problems), document.problems
    first = document.problems[0]
    assert first.file.endswith("some.yaml")
    assert first.remedy
    if line is not None:
        assert first.line == line


def test_a_missing_file_and_a_folder_in_its_place_are_problems(tmp_path: Path) -> None:
    assert "missing" in read(tmp_path / "absent.yaml").problems[0].what
    assert "cannot be read" in read(tmp_path).problems[0].what


def test_a_file_that_nests_a_hundred_thousand_deep_is_refused_and_does_not_crash(tmp_path: Path) -> None:
    assert written(tmp_path, "[" * 100_000).problems


def test_a_file_of_aliases_that_would_expand_a_billion_times_is_refused(tmp_path: Path) -> None:
    rows = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    rows += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    assert written(tmp_path, "\n".join(rows)).problems

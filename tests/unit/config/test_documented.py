"""docs/configuration.md names every file, key, word, scope and variable, and no variable that nobody reads."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot import settings
from config import editors, slack_app
from config.schema import FILES

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "configuration.md").read_text(encoding="utf-8")


def section(heading: str) -> str:
    """The part of the page under one heading."""
    parts = re.split(r"^## ", PAGE, flags=re.MULTILINE)
    return next(p for p in parts if p.startswith(heading))


def keys_and_words(model: str) -> set[str]:
    """Every key and every word of a closed list in a file's model, those of its parts included."""
    shapes = editors.schema()["$defs"]
    found: set[str] = set()
    waiting, seen = [model], set()
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        shape = shapes[name]
        found |= set(shape.get("properties", {})) | set(shape.get("enum", ()))
        text = str(shape)
        waiting += re.findall(r"#/\$defs/(\w+)", text)
        for values in re.findall(r"'enum': \[([^\]]*)\]", text):
            found |= set(re.findall(r"'([^']+)'", values))
    return found


@pytest.mark.parametrize("file", sorted(FILES))
def test_every_key_of_every_file_is_explained_in_its_section(file: str) -> None:
    part = section("baseline/" if file.startswith("baseline") else file)
    missing = sorted(k for k in keys_and_words(FILES[file].__name__) if f"`{k}`" not in part)
    assert not missing


def test_every_variable_is_explained_and_no_other() -> None:
    part = section("Environment")
    assert set(re.findall(r"^\| `([A-Z_]+)` \|", part, flags=re.MULTILINE)) == set(settings.MEANINGS)
    assert set(re.findall(r"BRIEF_[A-Z_]+|SLACK_[A-Z_]+", PAGE)) <= set(settings.MEANINGS)


def test_every_scope_is_explained_and_no_other() -> None:
    part = section("slack.yaml")
    rows = "".join(re.findall(r"^\| (`[a-z_]+(?::[a-z]+)?`.*?) \|", part.split("| scope |")[1], flags=re.MULTILINE))
    assert set(re.findall(r"`([^`]+)`", rows)) == {name for name, _ in slack_app.SCOPES}

"""A small configuration that is right, for tests to make wrong. Hides which files there must be."""

from __future__ import annotations

import hashlib
from pathlib import Path

import config
from config import Config, ConfigProblems, Problem

TEXT = "The minister said on Monday that the plan was dead.\nNobody else did.\n"

FILES = {
    "feeds.yaml": """\
sources:
  - id: herald
    name: The Herald
    class: independent
    side: ruritania
    country: "NO"
    zone: Europe/Oslo
feeds:
  - id: herald-en
    source: herald
    url: https://herald.example/rss
    language: en
    every: 30m
""",
    "actors.yaml": """\
actors:
  - id: continent
    name: The Continent
  - id: ruritania
    name: Ruritania
    parent: continent
    aliases: [Strelsau]
    adjectives: [Ruritanian]
    stems: [Рурита]
    speakers:
      - name: Rudolf Elphberg
        role: king
        since: "2020-01-02"
        titles: [king]
        aliases: [Elphberg]
        earlier:
          - role: crown prince
            until: "2020-01-01"
            titles: [crown prince]
""",
    "issues.yaml": """\
issues:
  - id: territory
    name: territory
    points: [21, 22]
    terms:
      en: [border*, land swap]
      uk: [кордон*]
  - id: weather
    name: weather
    context: true
    terms:
      en: [rain]
watch:
  conflict: {en: [Ruritania]}
  talks: {en: [peace plan*]}
  other_conflicts: {en: [Graustark]}
  shells:
    opinion: {en: [opinion]}
    explainer: {en: [explainer]}
    live: {en: [live updates]}
    retrospective: {en: [years ago]}
    photo: {en: [in pictures]}
""",
    "digests.yaml": """\
channels:
  - id: daily
    conversation: somewhere
    zone: Europe/Oslo
    at: ["18:00", "08:30"]
    days: [fri, mon]
    catch_up: 2h
    issues: [territory]
    when_empty: silent
    threads: false
    style: compact
required_sides:
  - id: press
    name: free press
    side: continent
    classes: [independent]
""",
    "access.yaml": """\
admins: [U0000000001]
reviewers: [W0000000002]
""",
    "slack.yaml": f"""\
app:
  name: Small
  description: A small app.
  long_description: {"A small app that says little. " * 7}
  color: "#102030"
commands:
  position: /stand
  brief: /tell
""",
    "baseline/baseline.yaml": f"""\
version: 3
title: Baseline article
text: text.txt
sha256: {hashlib.sha256(TEXT.encode()).hexdigest()}
language: en
dated: {{first: "2025-11-24", last: "2025-11-25"}}
published: "2025-11-25"
zone: America/New_York
faults:
  - span: the plan was dead
    kind: polarity
    other_wording: the plan was not dead
    source: The Herald, 24 Nov 2025
    said_by: The minister
""",
    "baseline/text.txt": TEXT,
}


def folder(at: Path, **changed: str | bytes | None) -> Path:
    """Write the small configuration; `changed` replaces files by stem (`feeds=...`), None leaves one out."""
    (at / "baseline").mkdir(parents=True, exist_ok=True)
    for name, text in FILES.items():
        value = changed.get(Path(name).stem, text)
        if value is None:
            continue
        (at / name).write_bytes(value.encode("utf-8") if isinstance(value, str) else value)
    return at


def edited(name: str, old: str, new: str) -> str:
    """One of the files with a piece of it replaced; the piece must be there."""
    text = FILES[name]
    assert old in text, f"{old!r} is not in {name}"
    return text.replace(old, new, 1)


def problems(at: Path) -> tuple[Problem, ...]:
    """What is wrong with a folder; nothing where it loads."""
    try:
        config.load(at)
    except ConfigProblems as found:
        return found.problems
    return ()


def only(at: Path) -> Problem:
    """The one problem of a folder."""
    found = problems(at)
    assert len(found) == 1, "\n".join(map(str, found)) or "no problem"
    return found[0]


def loaded(at: Path) -> Config:
    """The configuration of a folder that is right."""
    return config.load(at)

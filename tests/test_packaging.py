"""What a fresh machine and an image get: locks that agree, a tree that runs as it is copied, honest notices.

No container engine is needed: the Dockerfile is read, and its stage two is imitated in a folder.
"""

from __future__ import annotations

import fnmatch
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from requirements import notices
from requirements.looked_into import LOOKED_INTO

REPO = Path(__file__).resolve().parent.parent
LOCKS = ("run.txt", "dev.txt")


def hashes(lock: str) -> dict[str, list[str]]:
    """Requirement (`name==version ; marker`) to the sha256 sums of its files."""
    found: dict[str, list[str]] = {}
    current = ""
    for line in (REPO / "requirements" / lock).read_text(encoding="utf-8").splitlines():
        if re.match(r"[A-Za-z0-9]", line):
            current = line.removesuffix("\\").strip()
            found[current] = []
        elif digest := re.fullmatch(r" +--hash=sha256:([0-9a-f]{64})(?: \\)?", line):
            found[current].append(digest[1])
    return found


def dockerfile() -> list[list[str]]:
    """Instructions of the Dockerfile, as words, comments and line ends gone."""
    text = re.sub(r"^\s*#.*\n", "", (REPO / "Dockerfile").read_text(encoding="utf-8"), flags=re.MULTILINE)
    return [line.split() for line in text.replace("\\\n", " ").splitlines() if line.strip()]


def final_stage() -> list[list[str]]:
    """The instructions from the last FROM on."""
    steps = dockerfile()
    return steps[max(number for number, words in enumerate(steps) if words[0] == "FROM") :]


def copied() -> list[tuple[list[str], str]]:
    """What stage two copies out of the tree, and where to."""
    copies = [words[1:] for words in final_stage() if words[0] == "COPY" and not words[1].startswith("--from")]
    return [(words[:-1], words[-1]) for words in copies]


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_requirement_is_pinned_and_hashed(lock: str) -> None:
    locked = hashes(lock)
    assert len(locked) > 50
    assert [line for line, sums in locked.items() if not sums or not re.match(r"[\w.-]+==[\w.]+(?: ;|$)", line)] == []


def test_what_runs_is_what_is_tested() -> None:
    run, dev = hashes("run.txt"), hashes("dev.txt")
    assert {line: sums for line, sums in run.items() if dev.get(line) != sums} == {}


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_place(lock: str) -> None:
    lines = (REPO / "requirements" / lock).read_text(encoding="utf-8").splitlines()
    assert [
        line for line in lines if re.match(r"\s*(?:-i|-f|--\w*index\w*|--find\S*|--trusted\S*)\b|.*://", line)
    ] == []


@pytest.mark.parametrize(("name", "digest"), LOOKED_INTO.items())
def test_repackaged_weights_are_the_ones_that_were_looked_into(name: str, digest: str) -> None:
    (sums,) = [sums for line, sums in hashes("dev.txt").items() if line.startswith(f"{name}==")]
    assert sums == [digest], "one file alone: a second would be somebody's upload that nobody has read"


def test_every_wanted_package_is_locked() -> None:
    wanted = notices.locked(REPO / "requirements" / "run.in")
    locked = {requirement.name.lower() for requirement in notices.locked(REPO / "requirements" / "run.txt")}
    assert [entry.name for entry in wanted if entry.name.lower() not in locked] == []


def test_the_notices_are_fresh() -> None:
    page = (REPO / "THIRD_PARTY_NOTICES.md").read_text(encoding="utf-8")
    assert page == notices.page(), "run `make fix`"


def test_the_licence_travels_with_the_image() -> None:
    sources = [name for names, _ in copied() for name in names]
    assert {"LICENSE", "THIRD_PARTY_NOTICES.md"} <= set(sources)


def test_the_image_holds_the_packages_and_no_more() -> None:
    sources = [name for names, _ in copied() for name in names]
    assert sorted(sources) == ["LICENSE", "THIRD_PARTY_NOTICES.md", "bot", "config", "digests"]
    assert [name for name in sources if not (REPO / name).exists()] == []


def test_the_image_runs_as_a_numbered_user_that_is_not_root() -> None:
    users = [words[1] for words in final_stage() if words[0] == "USER"]
    assert len(users) == 1
    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", users[0])


def test_the_image_takes_only_hashed_wheels() -> None:
    installs = [" ".join(words) for words in dockerfile() if "pip install" in " ".join(words)]
    assert len(installs) == 1
    assert "--require-hashes" in installs[0]
    assert "--only-binary :all:" in installs[0]
    assert "run.txt" in installs[0]


def test_the_image_names_its_python_and_needs_no_zones_of_the_system() -> None:
    bases = {words[1] for words in dockerfile() if words[0] == "FROM"}
    assert bases == {"python:3.11-slim"}
    assert any(line.startswith("tzdata==") for line in hashes("run.txt"))


def test_the_build_sees_no_history_no_tests_and_no_secrets() -> None:
    rules = [line for line in (REPO / ".dockerignore").read_text(encoding="utf-8").splitlines() if line.strip()]
    for hidden in (".git", "tests", ".venv", ".env", "data", "docs", "Makefile"):
        assert _ignored(hidden, rules), hidden
    for names, _ in copied():
        assert [name for name in names if _ignored(name, rules)] == []
    assert not _ignored("requirements", rules)


def _ignored(name: str, rules: list[str]) -> bool:
    """As the builder decides: the last rule that matches wins."""
    verdict = False
    for rule in rules:
        if not rule.startswith("#") and fnmatch.fnmatch(name, rule.removeprefix("!")):
            verdict = not rule.startswith("!")
    return verdict


def image_tree(folder: Path) -> Path:
    """The work folder of the image: what the Dockerfile copies, laid out as it says."""
    for names, target in copied():
        for name in names:
            goal = folder / target / name if target.endswith("./") else folder / target
            goal.parent.mkdir(parents=True, exist_ok=True)
            if (REPO / name).is_dir():
                shutil.copytree(REPO / name, goal, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(REPO / name, goal)
    return folder


def in_image(tree: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the entry point in such a tree, with the image's environment and nothing of this machine's."""
    environment = {"PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1", "PYTHONTZPATH": ""}
    command = [sys.executable, "-m", "bot", *words]
    return subprocess.run(command, cwd=tree, env=environment, capture_output=True, text=True, timeout=60, check=False)


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The image's tree, read-only to the tests."""
    if not (REPO / "bot" / "__main__.py").exists():
        pytest.skip("bot/__main__.py is still to come")
    return image_tree(tmp_path_factory.mktemp("image"))


@pytest.mark.parametrize("words", [("--help",), ("run", "--help"), ("doctor", "--help")])
def test_the_entry_point_runs_from_the_tree_that_the_image_holds(tree: Path, words: tuple[str, ...]) -> None:
    done = in_image(tree, *words)
    assert done.returncode == 0, done.stderr
    assert "Usage" in done.stdout


def test_the_image_checks_its_health_with_a_command_that_exists() -> None:
    (check,) = [" ".join(words) for words in final_stage() if words[0] == "HEALTHCHECK"]
    assert '["python", "-m", "bot", "doctor", "--quick"]' in check


def composed() -> dict[str, Any]:
    """compose.yaml as compose reads it."""
    page: dict[str, Any] = yaml.safe_load((REPO / "compose.yaml").read_text(encoding="utf-8"))
    return page


def test_both_ways_to_compose_have_a_bot() -> None:
    services = composed()["services"]
    ways = {
        way: [name for name, service in services.items() if way in service["profiles"]]
        for way in ("sqlite", "postgres")
    }
    assert ways == {"sqlite": ["bot"], "postgres": ["bot-postgres", "postgres"]}


def test_no_secret_has_a_default() -> None:
    secret = re.compile(r"TOKEN|PASSWORD|SECRET")
    for service in composed()["services"].values():
        for name, value in service["environment"].items():
            if secret.search(name):
                assert re.fullmatch(r"\$\{\w+:-\}", value), name
            assert not re.search(r"://[^$]*:[^$@/]+@", value), name


def test_composed_bots_keep_their_data_in_a_volume() -> None:
    page = composed()
    volumes = [words[1] for words in final_stage() if words[0] == "VOLUME"]
    assert volumes == ["/data"]
    for name in ("bot", "bot-postgres"):
        assert page["services"][name]["volumes"] == ["brief:/data"]
    assert set(page["volumes"]) == {"brief", "postgres"}


def test_the_supported_pythons_are_the_same_everywhere() -> None:
    project = tomllib.loads((REPO / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["requires-python"] == ">=3.11,<3.14"
    assert "(3, 11) <= sys.version_info[:2] < (3, 14)" in (REPO / "requirements" / "ensure.sh").read_text(
        encoding="utf-8"
    )


def make(tmp_path: Path, *words: str, path: str) -> subprocess.CompletedProcess[str]:
    """`make` in a copy of what it needs, with a PATH of the test's choice."""
    for name in ("Makefile", "requirements"):
        source = REPO / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, tmp_path / name)
    command = ["make", "--no-print-directory", *words]
    environment = {"PATH": path}
    return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)


def tools(folder: Path) -> str:
    """A PATH that has what a bare machine has, and no Python."""
    folder.mkdir()
    for name in ("sh", "make", "dirname", "cmp", "awk", "ls"):
        (folder / name).symlink_to(shutil.which(name) or pytest.fail(f"this machine lacks {name}"))
    return str(folder)


def test_a_machine_without_python_is_told_in_one_sentence_what_to_install(tmp_path: Path) -> None:
    done = make(tmp_path, "dev", path=tools(tmp_path / "bin"))
    said = [line for line in done.stderr.splitlines() if not line.startswith("make: ***")]
    assert done.returncode == 2
    assert len(said) == 1
    assert "apt install python3" in said[0]
    assert "brew install" in said[0]


@pytest.mark.parametrize(
    ("shim", "complaint"),
    [
        ("exit 127", "none was found"),  # a shim of a version switcher without that version
        ('case "$2" in *ensurepip*) exit 1;; *) exit 0;; esac', "lacks its venv module"),  # Debian without python3-venv
    ],
)
def test_a_python_that_cannot_make_an_environment_is_named(tmp_path: Path, shim: str, complaint: str) -> None:
    path = tools(tmp_path / "bin")
    stub = tmp_path / "bin" / "python3"
    stub.write_text(f"#!/bin/sh\n{shim}\n")
    stub.chmod(0o755)
    done = make(tmp_path, "run", path=path)
    said = [line for line in done.stderr.splitlines() if not line.startswith("make: ***")]
    assert done.returncode == 2
    assert len(said) == 1
    assert complaint in said[0]
    assert not (tmp_path / ".venv").exists()


def test_make_alone_lists_the_commands(tmp_path: Path) -> None:
    done = make(tmp_path, path=tools(tmp_path / "bin"))
    assert done.returncode == 0
    for command in ("run", "test", "check", "fix", "gate", "bench", "dev", "lock", "clean", "help"):
        assert re.search(rf"^  make {command} ", done.stdout, flags=re.MULTILINE), command


def test_the_integration_run_is_a_script_that_checks() -> None:
    script = REPO / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert "make check" in script.read_text(encoding="utf-8")


def test_the_hooks_need_no_network() -> None:
    hooks = yaml.safe_load((REPO / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    assert {repo["repo"] for repo in hooks["repos"]} == {"local"}
    assert {hook["language"] for repo in hooks["repos"] for hook in repo["hooks"]} == {"system"}


def test_every_decision_is_listed() -> None:
    listed = set(re.findall(r"\(([\w-]+\.md)\)", (REPO / "docs" / "adr" / "README.md").read_text(encoding="utf-8")))
    assert listed == {path.name for path in (REPO / "docs" / "adr").glob("[0-9]*.md")}


def test_links_between_pages_lead_somewhere() -> None:
    pages = [REPO / "README.md", REPO / "CHANGELOG.md", *(REPO / "docs").rglob("*.md")]
    links = [
        (page, target)
        for page in pages
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text("utf-8"))
    ]
    assert len(links) > 5
    assert [f"{page.name} -> {target}" for page, target in links if not (page.parent / target).exists()] == []

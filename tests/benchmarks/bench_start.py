"""What a newcomer waits for: how long the command line takes to start, to answer, and to play the recorded week.

Wall seconds, the best of three runs; the recorded week once. Run `python -m tests.benchmarks.bench_start`.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

REPO = Path(__file__).resolve().parents[2]


def run(*words: str) -> tuple[float, float]:
    """Wall seconds and peak megabytes of one command."""
    began = time.perf_counter()
    started = subprocess.Popen(
        [sys.executable, "-m", "bot", *words], cwd=REPO, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    _, status, used = os.wait4(started.pid, 0)
    started.returncode = os.waitstatus_to_exitcode(status)
    assert started.returncode == 0, words
    return time.perf_counter() - began, used.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        database = ("--database", f"sqlite:///{folder}/brief.db")
        for name, rounds, words in (
            ("--help", 3, ("--help",)),
            ("check the configuration", 3, ("check",)),
            ("position russia, new database", 1, ("position", "russia", *database)),
            ("position russia", 3, ("position", "russia", *database)),
            ("the recorded week", 1, ("demo",)),
        ):
            taken = [run(*words) for _ in range(rounds)]
            print(f"{name:<32}{min(t for t, _ in taken):7.2f} s {max(m for _, m in taken):7.0f} MB")


if __name__ == "__main__":
    main()

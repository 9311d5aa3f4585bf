"""Installs one lock into the environment this runs in, showing progress; hides pip and its talk.

Standard library only, since nothing else is installed when it runs. Called by `ensure.sh`.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import time
from collections import deque
from pathlib import Path

HERE = Path(__file__).resolve().parent
WANTED = re.compile(r"^([A-Za-z0-9][\w.-]*)==", re.MULTILINE)
FETCHED = ("Collecting ", "Processing ", "Requirement already satisfied: ", "Ignoring ")
"""How pip begins the one line that it prints for each requirement, whatever it does with it."""

TAIL = 25
"""Lines of pip's own words to show when it fails."""


def main(lock: str) -> int:
    """Install `requirements/<lock>.txt` by hash; leave a copy of it as the stamp. Returns pip's exit code."""
    wanted = HERE / f"{lock}.txt"
    total = len(WANTED.findall(wanted.read_text(encoding="utf-8")))
    _say(f"Installing {total} packages into .venv from requirements/{wanted.name} (once; a minute or two)")
    started = time.monotonic()
    code, last_words = _pip(wanted, total)
    if code:
        _say("\n".join(last_words))
        _say("Installing failed: pip's last words are above. When the network answers again, run the same command.")
        return code
    for stamp in {"run", lock}:
        shutil.copyfile(HERE / f"{stamp}.txt", Path(sys.prefix) / f".lock-{stamp}")
    _say(f"Installed in {time.monotonic() - started:.0f} s")
    return 0


def _pip(wanted: Path, total: int) -> tuple[int, deque[str]]:
    """Run pip, turning its lines into a count; gives its exit code and its last lines."""
    command = [sys.executable, "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    command += ["--progress-bar", "off", "--require-hashes", "--no-deps", "-r", str(wanted)]
    last_words: deque[str] = deque(maxlen=TAIL)
    fetched = 0
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as pip:
        for line in pip.stdout or ():
            last_words.append(line.rstrip())
            if line.startswith(FETCHED):
                fetched += 1
                _count(fetched, total)
            elif line.startswith("Installing collected packages"):
                _end_count()
                _say("  all fetched; unpacking")
    return pip.returncode, last_words


def _count(fetched: int, total: int) -> None:
    """One line that is rewritten on a terminal; every twentieth package elsewhere."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\033[K  {fetched}/{total}")
        sys.stderr.flush()
    elif fetched % 20 == 0:
        _say(f"  {fetched}/{total}")


def _end_count() -> None:
    if sys.stderr.isatty():
        sys.stderr.write("\r\033[K")


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))

"""Every benchmark, each in a process of its own so that none warms or fills another one's memory: `make bench`.

`make bench ARGS=store` runs one, `make bench ARGS="store 5000"` hands the rest on to it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
NAMES = tuple(sorted(path.stem.removeprefix("bench_") for path in HERE.glob("bench_*.py")))


def one(name: str, *arguments: str) -> int:
    """Run one benchmark; a line with its time and its peak memory stands below its figures."""
    print(f"== {name} ==", flush=True)
    began = time.perf_counter()
    started = subprocess.Popen(
        [sys.executable, "-m", f"tests.benchmarks.bench_{name}", *arguments], cwd=HERE.parents[1]
    )
    _, status, used = os.wait4(started.pid, 0)
    started.returncode = os.waitstatus_to_exitcode(status)
    peak = used.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)  # bytes there, kilobytes elsewhere
    took = time.perf_counter() - began
    print(f"-- {took:.1f} s, {used.ru_utime + used.ru_stime:.1f} s of CPU, peak {peak:.0f} MB\n", flush=True)
    return started.returncode


def main() -> int:
    """Run what was asked for, by default all; 1 where one failed, 2 where none has that name."""
    asked, rest = sys.argv[1:2] or list(NAMES), sys.argv[2:]
    if unknown := [name for name in asked if name not in NAMES]:
        print(f"no benchmark {unknown[0]!r}; there are: {', '.join(NAMES)}", file=sys.stderr)
        return 2
    codes = [one(name, *rest) for name in asked]  # every one, whatever became of those before
    return int(any(codes))


if __name__ == "__main__":
    sys.exit(main())

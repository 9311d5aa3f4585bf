"""`python -m bot run` as a person starts it: on a terminal, with an open pipe, with nobody there."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.browser.window import window

REPO = Path(__file__).resolve().parents[2]
ADDRESS = re.compile(rb"http://127\.0\.0\.1:\d+/[\w-]+/")


def environment() -> dict[str, str]:
    """This machine's, without a display, so that no browser of the tester's opens."""
    kept = {name: value for name, value in os.environ.items() if name not in {"DISPLAY", "WAYLAND_DISPLAY"}}
    return kept | {"SSH_TTY": "far", "TERM": "xterm", "COLUMNS": "200"}


@contextmanager
def on_a_terminal() -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """The bot on a terminal of its own; gives the process and the other end."""
    ours, its = pty.openpty()
    command = [sys.executable, "-m", "bot", "run"]
    process = subprocess.Popen(
        command, cwd=REPO, env=environment(), stdin=its, stdout=its, stderr=its, start_new_session=True
    )
    os.close(its)
    try:
        yield process, ours
    finally:
        process.kill()
        process.wait()
        os.close(ours)


def read_until(there: int, wanted: re.Pattern[bytes], within: float = 60.0) -> bytes:
    """What comes until it holds what is wanted."""
    came, end = b"", time.monotonic() + within
    while not wanted.search(came):
        ready, _, _ = select.select([there], [], [], max(0.0, end - time.monotonic()))
        if not ready:
            raise AssertionError(f"nothing of {wanted.pattern!r} in {came[-2000:]!r}")
        came += os.read(there, 65_536)
    return came


@pytest.mark.slow
async def test_on_a_terminal_the_page_is_served_beside_a_prompt_until_ctrl_c() -> None:
    with on_a_terminal() as (process, there):
        said = read_until(there, re.compile(ADDRESS.pattern + rb".*you>", re.DOTALL))
        assert b"DEMONSTRATION" in said
        assert b"what arrived since Tue 25 Nov 08:30" in said
        assert b"what arrived since Wed 26 Nov" not in said, "the reader moves the clock"
        found = ADDRESS.search(said)
        assert found is not None
        async with window(found[0].decode()) as seen:
            await expect(seen.message("what arrived since Tue 25 Nov 08:30")).to_be_visible()
            os.write(there, b"next day\r")
            await expect(seen.message("what arrived since Wed 26 Nov 08:30")).to_be_visible()
            os.write(there, b"/position ukraine\r")
            await expect(seen.message("Only visible to you")).to_contain_text("Ukraine")
        read_until(there, re.compile(rb"own words on.*you>", re.DOTALL))  # the page shows an answer before the terminal
        os.write(there, b"\x03")
        read_until(there, re.compile(rb"SLACK_BOT_TOKEN"))
        assert process.wait(20) == 0


@pytest.mark.slow
def test_with_an_open_pipe_the_page_is_served_until_it_closes() -> None:
    command = [sys.executable, "-m", "bot", "run"]
    with subprocess.Popen(
        command, cwd=REPO, env=environment(), stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        assert process.stderr is not None
        read_until(process.stderr.fileno(), ADDRESS)
        process.stdin.write(b"nobody reads this\n")
        process.stdin.close()
        assert process.wait(30) == 0


@pytest.mark.slow
def test_a_termination_ends_the_page_in_order() -> None:
    command = [sys.executable, "-m", "bot", "run"]
    with subprocess.Popen(
        command, cwd=REPO, env=environment(), stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    ) as process:
        assert process.stderr is not None
        read_until(process.stderr.fileno(), ADDRESS)
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0


@pytest.mark.slow
def test_with_nobody_there_the_week_is_printed_and_that_is_all() -> None:
    command = [sys.executable, "-m", "bot", "run"]
    done = subprocess.run(
        command, cwd=REPO, env=environment(), stdin=subprocess.DEVNULL, capture_output=True, timeout=100, check=False
    )
    assert done.returncode == 0, done.stderr
    assert len(re.findall(rb"^PEACE PLAN ", done.stdout, re.MULTILINE)) >= 8
    assert ADDRESS.search(done.stdout + done.stderr) is None

"""Promises of the program that draws: away from the bot, without its environment, and its death costs a picture."""

from __future__ import annotations

import asyncio
import sys
from datetime import date
from pathlib import Path

import pytest

from bot import pictures
from bot.pictures import Artist
from digests.frames import say
from digests.model import Lane, Mark, Name, Sign, Timeline

HEAD = say("label.name", name=Name("Україна $x$"))
LANE = Lane(HEAD, (Mark(date(2025, 11, 25), Sign.SAID, 2),))
CHART = Timeline(HEAD, (), date(2025, 11, 25), date(2025, 11, 30), (LANE,), (), (), (), HEAD)


class Noted(list[str]):
    """What was noted."""

    def __call__(self, event: str, /, **fields: object) -> None:
        """Note one outcome."""
        self.append(f"{event}: {fields.get('reason')}")


def draws_with(source: str, folder: Path, patch: pytest.MonkeyPatch) -> None:
    """From now on pictures are drawn by a program of that source."""
    tree = folder / "tree"
    (tree / "bot").mkdir(parents=True)
    (tree / "bot" / "__init__.py").write_text("")
    (tree / "bot" / "drawing.py").write_text(source)
    patch.setattr(pictures, "TREE", tree)


async def test_a_picture_is_drawn_by_a_program_of_its_own(tmp_path: Path) -> None:
    noted = Noted()
    artist = Artist(tmp_path, noted)
    png = await artist.draw(CHART, "Europe/Kyiv")
    assert png is not None
    assert png.startswith(b"\x89PNG")
    assert await artist.draw(CHART, "Europe/Kyiv") is png
    assert noted == []


async def test_a_bot_that_never_draws_never_loads_the_library() -> None:
    asked = (
        "import sys, bot.app, bot.demo; print(any(m.partition('.')[0] in {'matplotlib', 'PIL'} for m in sys.modules))"
    )
    program = await asyncio.create_subprocess_exec(sys.executable, "-c", asked, stdout=asyncio.subprocess.PIPE,
                                                   cwd=pictures.TREE)  # fmt: skip
    said, _ = await program.communicate()
    assert said.strip() == b"False"


async def test_a_picture_that_takes_too_long_is_given_up_and_its_program_with_it(tmp_path: Path) -> None:
    noted = Noted()
    assert await Artist(tmp_path, noted, seconds=0.05).draw(CHART, "Europe/Kyiv") is None
    assert noted == ["picture_not_drawn: took too long"]


async def test_a_machine_without_the_library_draws_nothing_and_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draws_with("import a_library_that_is_not_here\n", tmp_path, monkeypatch)
    noted = Noted()
    assert await Artist(tmp_path, noted).draw(CHART, "Europe/Kyiv") is None
    [line] = noted
    assert "No module named 'a_library_that_is_not_here'" in line


async def test_the_program_gets_nothing_of_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-secret")
    draws_with("import os, sys; sys.exit(' '.join(sorted(os.environ)))\n", tmp_path, monkeypatch)
    noted = Noted()
    assert await Artist(tmp_path, noted).draw(CHART, "Europe/Kyiv") is None
    assert "MPLCONFIGDIR" in noted[0]
    assert "SLACK" not in noted[0]
    assert "HOME" not in noted[0]

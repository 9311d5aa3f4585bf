"""The command line as a user types it: examples in every help, JSON wherever it answers; for whatever goes wrong one
sentence with a remedy, no traceback, nothing stored lost. Most of it runs `main` in this process: a start costs time.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import typer.main
import yaml
from typer.testing import CliRunner

from bot.__main__ import app, main
from tests.scenarios.recorded import week_items, write_items

ROOT = Path(__file__).resolve().parents[2]
GROUP = typer.main.get_group(app)
COMMANDS = sorted(GROUP.commands)
MEASURING = ("replay", "statements", "positions", "pairs")
NONSENSE = "xq " * 1333


@dataclass(frozen=True)
class Said:
    """What a command said, and its exit code."""

    code: int
    out: str
    errors: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def one_line(self) -> str:
        """Standard error without the line breaks of a narrow terminal."""
        return " ".join(self.errors.split())


def started(*words: str, **environ: str) -> Said:
    """The entry point in a process of its own."""
    env = {**os.environ, "COLUMNS": "200"} | environ
    done = subprocess.run(
        [sys.executable, "-m", "bot", *words], cwd=ROOT, env=env, stdin=subprocess.DEVNULL, capture_output=True,
        text=True, timeout=100, check=False,
    )  # fmt: skip
    assert "Traceback" not in done.stderr + done.stdout, done.stderr[-3000:]
    return Said(done.returncode, done.stdout, done.stderr)


Typed = Callable[..., Said]


@pytest.fixture
def bot(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Typed:
    """`bot("position", "russia", BRIEF_ZONE="UTC")`: the entry point in this process."""
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("COLUMNS", "200")

    def typed(*words: str, **environ: str) -> Said:
        for name, value in environ.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(sys, "argv", ["bot", *words])
        capsys.readouterr()
        try:
            code = main()
        except SystemExit as ended:
            code = int(ended.code or 0)
        return Said(code, *capsys.readouterr())

    return typed


def refused(said: Said, *words: str, code: int = 1) -> None:
    """It was refused in one sentence with these words, and with a remedy on a line of its own."""
    assert said.code == code, said
    assert not said.out
    for word in words:
        assert word in said.one_line
    sentence, *remedy = [line for line in said.errors.splitlines() if line.strip()]
    assert not sentence.startswith(" ")
    assert remedy, said.errors
    assert all(line.startswith(" ") for line in remedy)


def test_the_entry_point_is_the_same_in_a_process_of_its_own(database: str) -> None:
    said = started("position", "rusia", "--database", database)
    assert said.code == 2
    assert "position russia" in said.errors


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> str:
    return f"sqlite:///{tmp_path_factory.mktemp('database')}/brief.db"


# --- help -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", COMMANDS)
def test_every_help_has_an_example_that_begins_as_it_is_typed(command: str) -> None:
    shown = CliRunner().invoke(app, [command, "--help"], env={"COLUMNS": "200"})
    assert shown.exit_code == 0
    assert "Example" in shown.output
    assert f"python -m bot {command}" in shown.output


def test_help_lists_every_command_with_what_it_does() -> None:
    shown = CliRunner().invoke(app, ["--help"], env={"COLUMNS": "200"}).output
    for name, command in GROUP.commands.items():
        assert name in shown
        assert command.help, name


def test_every_command_that_answers_has_json() -> None:
    without = [n for n in COMMANDS if "--json" not in {o for p in GROUP.commands[n].params for o in p.opts}]
    assert set(without) == {"run", "demo", "export", *MEASURING}, "an export is JSON where it is asked for as such"


# --- JSON -------------------------------------------------------------------------------------------------------------


def test_check_counts_in_json(bot: Typed) -> None:
    said = bot("check", "--json")
    assert said.code == 0
    assert said.json["feeds"] > 10


def test_a_position_in_json_comes_from_the_database_with_spans_and_without_slack(bot: Typed, database: str) -> None:
    said = bot("position", "russia", "--json", "--database", database)
    assert said.code == 0
    pieces = [piece for row in said.json["rows"] for piece in row["pieces"]]
    spans = [piece for piece in pieces if "span" in piece]
    assert spans, "the baseline alone gives Russia's words"
    assert all(piece["end"] - piece["start"] == len(piece["span"]) for piece in spans)
    assert all("frame" in piece or "span" in piece or "link" in piece for piece in pieces)


@pytest.mark.parametrize("words", [["status"], ["new"], ["preview"], ["help"], ["subscribe", "list"]], ids=" ".join)
def test_what_follows_brief_is_answered_in_json(bot: Typed, words: list[str], database: str) -> None:
    said = bot("brief", *words, "--json", "--database", database)
    assert said.code == 0
    assert said.json["rows"]


def test_a_record_into_which_nothing_was_read_calls_itself_blind_and_not_partly(bot: Typed, tmp_path: Path) -> None:
    said = bot("brief", "status", "--database", f"sqlite:///{tmp_path}/new.db")
    assert "BLIND · no feed could be read since" in said.out
    assert "PARTLY" not in said.out


def test_an_export_is_written_to_standard_output_or_to_a_file_and_its_summary_beside_it(
    bot: Typed, database: str, tmp_path: Path
) -> None:
    printed = bot("export", "json", "issue:territory", "--database", database)
    assert printed.code == 0
    assert {row["verdict"] for row in json.loads(printed.out)["rows"]} == {"baseline"}
    assert "EXPORT · " in printed.errors
    there = tmp_path / "territory.csv"
    written = bot("export", "csv", "issue:territory", "--database", database, "--out", str(there))
    assert (written.code, written.out) == (0, "")
    assert there.read_text(encoding="utf-8").count("\n") == 1 + len(json.loads(printed.out)["rows"])


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["jsn"], 2, "No file jsn; the nearest is json"),
        (["csv", "actor:rusia"], 2, "the nearest is russia"),
        (["csv", "since:1h"], 1, "nothing on record fits"),
    ],
)
def test_an_export_that_cannot_be_made_says_why(
    bot: Typed, database: str, words: list[str], code: int, told: str
) -> None:
    said = bot("export", *words, "--database", database)
    assert (said.code, said.out) == (code, "")
    assert told in said.errors


def test_doctor_finds_in_json(bot: Typed, database: str) -> None:
    said = bot("doctor", "--json", "--database", database)
    assert said.code == 0
    assert {"python", "configuration", "database", "slack"} <= {finding["part"] for finding in said.json}
    assert all(finding["ok"] or finding["remedy"] for finding in said.json)


def test_the_manifest_is_the_same_in_json_and_yaml(bot: Typed) -> None:
    printed = bot("manifest")
    assert yaml.safe_load(printed.out) == bot("manifest", "--json").json
    assert yaml.safe_load(printed.out) == yaml.safe_load((ROOT / "config/manifest.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["position", "rusia"], 2),
        (["brief", NONSENSE], 2),
        (["check", "--config", "/nowhere"], 2),
        (["poll", "--feed", "nobody"], 1),
        (["position", "russia", "--database", "nonsense"], 1),
    ],
    ids=lambda value: " ".join(value)[:40] if isinstance(value, list) else None,
)
def test_a_refusal_is_json_too_where_json_was_asked(bot: Typed, words: list[str], code: int, database: str) -> None:
    more = [] if {"--database", "check"} & set(words) else ["--database", database]
    said = bot(*words, *more, "--json")
    assert said.code == code
    assert said.json
    assert not said.errors


# --- what is typed ----------------------------------------------------------------------------------------------------


def test_an_unknown_actor_gets_the_nearest_and_nothing_is_guessed(bot: Typed, database: str) -> None:
    said = bot("position", "rusia", "--database", database)
    assert said.code == 2
    assert "rusia" in said.errors
    assert "position russia" in said.errors
    assert not said.out


@pytest.mark.parametrize("command", ["position", "brief"])
@pytest.mark.parametrize("typed", [NONSENSE, "x" * 4_000, "\u202e" + '"' * 3_999, "a:b " * 1_000], ids=range(4))
def test_four_thousand_characters_of_nonsense_get_a_short_answer(
    bot: Typed, command: str, typed: str, database: str
) -> None:
    said = bot(command, typed, "--database", database)
    assert said.code == 2
    assert 0 < len(said.errors) < 600
    assert "\u202e" not in said.errors
    assert not said.out


def test_an_unknown_feed_is_refused_with_the_nearest(bot: Typed, database: str) -> None:
    refused(bot("poll", "--feed", "bbc-word", "--database", database), "bbc-word", "feeds.yaml", "bbc-world")


# --- configuration and environment ------------------------------------------------------------------------------------


def test_a_malformed_configuration_is_told_whole_with_file_place_and_remedy(bot: Typed, tmp_path: Path) -> None:
    folder = tmp_path / "config"
    shutil.copytree(ROOT / "config", folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    feeds, digests = folder / "feeds.yaml", folder / "digests.yaml"
    feeds.write_text(feeds.read_text(encoding="utf-8").replace("class: wire", "class: wyre", 1), encoding="utf-8")
    digests.write_text(digests.read_text(encoding="utf-8").replace("Europe/Brussels", "Europe/Brusels"), "utf-8")
    (folder / "access.yaml").write_text("admins: {", "utf-8")
    said = bot("check", "--config", str(folder))
    assert said.code == 2
    for word in ("3 problems", "feeds.yaml", "wyre", "digests.yaml", "Europe/Brussels", "access.yaml"):
        assert word in said.one_line, word
    told = bot("check", "--config", str(folder), "--json").json["problems"]
    assert {Path(p["file"].partition(":")[0]).name for p in told} == {"access.yaml", "digests.yaml", "feeds.yaml"}
    assert all(p["what"] and p["remedy"] for p in told)


@pytest.mark.parametrize("command", ["run", "demo", "poll", "brief", "doctor", "manifest"])
def test_no_command_runs_on_a_configuration_that_is_wrong(bot: Typed, command: str, tmp_path: Path) -> None:
    said = bot(command, BRIEF_CONFIG=str(tmp_path / "nowhere"), BRIEF_DATABASE_URL=f"sqlite:///{tmp_path}/made.db")
    assert said.code == 2
    assert "there is no such folder" in said.one_line
    assert not list(tmp_path.iterdir())


def test_tokens_of_a_wrong_form_are_refused_unseen(bot: Typed) -> None:
    said = bot("run", SLACK_BOT_TOKEN="xapp-1-A0123456789-abcdefghij", SLACK_APP_TOKEN="hunter2")
    assert said.code == 2
    for word in ("2 problems", "SLACK_BOT_TOKEN", "xoxb-", "SLACK_APP_TOKEN", "xapp-"):
        assert word in said.one_line
    assert "abcdefghij" not in said.errors
    assert "hunter2" not in said.errors


def test_one_token_alone_is_refused(bot: Typed) -> None:
    said = bot("run", SLACK_BOT_TOKEN="xoxb-1234567890-abcdefghij")
    assert said.code == 2
    assert "SLACK_APP_TOKEN" in said.one_line
    assert "abcdefghij" not in said.errors


# --- the database -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "word"),
    [
        ("mysql://x", "not understood"),
        ("nonsense", "not understood"),
        ("postgresql://localhost:1/brief", "cannot be reached"),
        ("sqlite:////proc/nothing/brief.db", "cannot be made"),
    ],
)
def test_a_database_that_cannot_be_had_is_said_in_one_sentence(bot: Typed, url: str, word: str) -> None:
    refused(bot("position", "russia", "--database", url), word)


def test_the_password_of_a_database_is_not_shown() -> None:
    said = started("position", "russia", "--database", "postgresql://brief:hunter2@localhost:1/brief")
    refused(said, "cannot be reached")
    assert "hunter2" not in said.errors


def test_a_folder_that_may_not_be_written_is_said_in_one_sentence(bot: Typed, tmp_path: Path) -> None:
    folder = tmp_path / "locked"
    folder.mkdir(mode=0o500)
    if os.access(folder, os.W_OK):  # root may write anywhere but into what is no folder
        folder.rmdir()
        folder.write_text("a file in the folder's place")
    refused(bot("position", "russia", "--database", f"sqlite:///{folder}/brief.db"), "cannot be")


def test_a_file_that_is_no_database_is_left_as_it_is(bot: Typed, tmp_path: Path) -> None:
    file = tmp_path / "notes.db"
    file.write_text("my notes, and no database" * 100)
    refused(bot("position", "russia", "--database", f"sqlite:///{file}"), str(file))
    assert file.read_text() == "my notes, and no database" * 100


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 1 MB that can grow."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("only root on Linux may mount the small disk that this test fills")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def test_a_full_disk_is_said_and_a_run_on_a_larger_one_ends_as_if_nothing_had_been(
    small_disk: Path, tmp_path: Path
) -> None:
    items = write_items(week_items(), tmp_path / "items.jsonl")
    words = ["replay", str(items), "--database", f"sqlite:///{small_disk}/brief.db", "--out"]
    refused(started(*words, str(tmp_path / "out")), "full", "free some space")
    with closing(sqlite3.connect(f"file:{small_disk}/brief.db?mode=ro", uri=True)) as stored:
        assert stored.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        kept = stored.execute("SELECT count(*) FROM articles").fetchone()[0]
    assert kept > 0
    subprocess.run(["mount", "-o", "remount,size=64m", str(small_disk)], check=True)
    assert started(*words, str(tmp_path / "out")).code == 0
    assert started("replay", str(items), "--out", str(tmp_path / "undisturbed")).code == 0
    for name in ("items", "digests", "statements"):
        written = (tmp_path / "out" / f"{name}.jsonl").read_bytes()
        assert written == (tmp_path / "undisturbed" / f"{name}.jsonl").read_bytes(), name


# --- files to be measured ---------------------------------------------------------------------------------------------

MALFORMED: Sequence[tuple[str, bytes, str]] = [
    ("items.jsonl", b'{"id": 1', "line 1 is not JSON"),
    ("items.jsonl", b'{"id": 1}\nnot JSON', "line 2 is not JSON"),
    ("items.json", b"[1, 2]", "entry 1 is not an object"),
    ("items.json", b'[{"url": "x", "id": 1}]', "entry 1 lacks"),
    ("items.jsonl.gz", b"not gzip at all", "cannot be read"),
    ("items.jsonl", b"\xff\xfe\x00", "cannot be read"),
]


@pytest.mark.parametrize(("name", "content", "word"), MALFORMED, ids=[word for _, _, word in MALFORMED])
def test_malformed_items_are_refused_with_their_place_and_nothing_is_written(
    bot: Typed, name: str, content: bytes, word: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(content)
    for command in ("replay", "pairs") if word != "cannot be read" else MEASURING:
        refused(bot(command, str(tmp_path / name), "--out", str(tmp_path / "out")), name, word)
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_an_item_without_a_time_is_named_by_its_number(bot: Typed, tmp_path: Path) -> None:
    items = week_items()[:3]
    items[2]["seen"] = "yesterday"
    path = write_items(items, tmp_path / "items.jsonl")
    refused(bot("replay", str(path), "--out", str(tmp_path / "out")), "item 3", "seen")


@pytest.mark.parametrize(
    ("option", "value", "word"),
    [("--at", "25:00", "08:30"), ("--zone", "Mars", "Europe/Brussels"), ("--subscribe", "actor:rusia", "russia"),
     ("--baseline", "nowhere.txt", "nowhere.txt"), ("--known", "nowhere.jsonl", "nowhere.jsonl")],
)  # fmt: skip
def test_a_wrong_option_of_a_replay_is_refused_with_the_right_form(
    bot: Typed, option: str, value: str, word: str, tmp_path: Path
) -> None:
    path = write_items(week_items()[:1], tmp_path / "items.jsonl")
    refused(bot("replay", str(path), "--out", str(tmp_path / "out"), option, value), value, word)


@pytest.mark.parametrize("command", MEASURING)
def test_a_place_that_cannot_be_written_is_said(bot: Typed, command: str, tmp_path: Path) -> None:
    empty = tmp_path / "empty.jsonl"
    empty.write_text("")
    refused(bot(command, str(empty), "--out", str(empty / "out")), "empty.jsonl")
    assert empty.read_text() == ""


def test_a_string_may_hold_what_other_programs_take_for_a_line_break(bot: Typed, tmp_path: Path) -> None:
    pair = {"a": "Kremlin says\u2028talks go on", "b": "Talks go on,\u0085Kremlin says"}
    path = tmp_path / "pairs.jsonl"
    path.write_text(json.dumps(pair, ensure_ascii=False) + "\n", encoding="utf-8")
    assert bot("pairs", str(path), "--out", str(tmp_path / "out.jsonl")).code == 0
    [row] = (tmp_path / "out.jsonl").read_text().splitlines()
    assert 0 <= json.loads(row)["score"] <= 1

"""The command line: `python -m bot COMMAND`. Hides typer; every command parses, asks and prints, ten lines each.

Exit codes: 0 done, 1 could not be done (one sentence says why), 2 wrong input or configuration.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from bot import cli_answers, cli_measure, cli_run
from bot.problems import Problem
from bot.settings import SettingsProblems
from bot.settings import read as read_settings
from config import ConfigProblems

app = typer.Typer(
    name="bot",
    help="The peace-plan briefing bot: what is new in the talks, against a stored baseline, word for word.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
)
errors = Console(stderr=True)

ConfigOption = Annotated[
    Path | None, typer.Option("--config", help="Folder of the YAML files; default from BRIEF_CONFIG.")
]
DatabaseOption = Annotated[str, typer.Option("--database", help="Database URL; default from BRIEF_DATABASE_URL.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Answer as JSON.")]
OutOption = Annotated[Path, typer.Option("--out", help="Where to write.")]


def _folder(given: Path | None) -> Path:
    return given or read_settings().config_folder


def _ended(work: Coroutine[Any, Any, int]) -> None:
    raise typer.Exit(asyncio.run(work))


@app.command(epilog="Examples: `python -m bot run` · `python -m bot run --live`")
def run(
    config: ConfigOption = None,
    live: Annotated[bool, typer.Option("--live", help="Poll the real feeds of config/feeds.yaml.")] = False,
) -> None:
    """Run the bot: against Slack where tokens are set, else on the recorded week in this terminal."""
    _ended(cli_run.run(_folder(config), live=live))


@app.command(epilog="Example: `python -m bot demo </dev/null`")
def demo(
    config: ConfigOption = None,
    until: Annotated[str, typer.Option("--until", help="Stop the recorded week at this ISO time.")] = "",
) -> None:
    """Show the recorded week: digests as they would be posted, then a prompt on a terminal."""
    _ended(cli_run.demo(_folder(config), until=until))


@app.command(epilog="Example: `python -m bot check --config config`")
def check(config: ConfigOption = None, as_json: JsonOption = False) -> None:
    """Check every file of the configuration; lists every problem with file, place and remedy."""
    raise typer.Exit(cli_answers.check(_folder(config), as_json=as_json))


@app.command(epilog="Example: `python -m bot poll --feed bbc-world`")
def poll(
    config: ConfigOption = None,
    database: DatabaseOption = "",
    feed: Annotated[str, typer.Option("--feed", help="Only this feed, due or not.")] = "",
    as_json: JsonOption = False,
) -> None:
    """Poll the feeds that are due, once, and say what each brought."""
    _ended(cli_answers.poll(_folder(config), database, feed, as_json=as_json))


@app.command(epilog="Examples: `python -m bot brief new` · `python -m bot brief subscribe actor:russia`")
def brief(
    words: Annotated[list[str] | None, typer.Argument(help="What would follow /brief in Slack.")] = None,
    config: ConfigOption = None,
    database: DatabaseOption = "",
    as_json: JsonOption = False,
) -> None:
    """Answer a /brief command from the database, without Slack."""
    _ended(cli_answers.answer("brief", words or [], _folder(config), database, as_json=as_json))


@app.command(epilog="Examples: `python -m bot position russia` · `python -m bot position kremlin territory --json`")
def position(
    words: Annotated[list[str], typer.Argument(help="An actor, by any of its names, and an issue if you like.")],
    config: ConfigOption = None,
    database: DatabaseOption = "",
    as_json: JsonOption = False,
) -> None:
    """Where an actor stands, from the database, without Slack."""
    _ended(cli_answers.answer("position", words, _folder(config), database, as_json=as_json))


@app.command(epilog="Example: `python -m bot export csv actor:russia since:7d --out russia.csv`")
def export(
    words: Annotated[list[str], typer.Argument(help="csv, json or md, and filters.")],
    config: ConfigOption = None,
    database: DatabaseOption = "",
    out: Annotated[Path | None, typer.Option("--out", help="Where to write; else to standard output.")] = None,
) -> None:
    """Statements on record with their words, offsets, links, times, hashes and verdicts, as a file."""
    _ended(cli_answers.export(words, _folder(config), database, out))


@app.command(epilog="Examples: `python -m bot doctor` · `python -m bot doctor --quick`")
def doctor(
    config: ConfigOption = None,
    database: DatabaseOption = "",
    quick: Annotated[bool, typer.Option("--quick", help="Only what a health check needs: no network.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Check everything the bot needs to work, one line each with the remedy."""
    _ended(cli_answers.doctor(_folder(config), database, quick=quick, as_json=as_json))


@app.command(epilog="Example: `python -m bot backup --out brief-backup.db`")
def backup(
    out: OutOption, config: ConfigOption = None, database: DatabaseOption = "", as_json: JsonOption = False
) -> None:
    """Copy the SQLite database to a new file, whole and checked, while the bot runs."""
    raise typer.Exit(cli_answers.backup(_folder(config), database, out, as_json=as_json))


@app.command(epilog="Example: `python -m bot manifest > config/manifest.yaml`")
def manifest(config: ConfigOption = None, as_json: JsonOption = False) -> None:
    """Print the Slack app manifest made from the configuration."""
    raise typer.Exit(cli_answers.manifest(_folder(config), as_json=as_json))


@app.command(epilog="Example: `python -m bot replay items.jsonl.gz --out out --at 08:30 --zone Europe/Brussels`")
def replay(  # noqa: PLR0913, PLR0917 - the options of the measuring contract
    items: Annotated[Path, typer.Argument(help="Feed items: a JSON list or JSON lines, .gz too.")],
    out: OutOption,
    config: ConfigOption = None,
    known: Annotated[Path | None, typer.Option("--known", help="Items to read first and tell nobody.")] = None,
    baseline: Annotated[Path | None, typer.Option("--baseline", help="Another baseline text.")] = None,
    database: DatabaseOption = "",
    at: Annotated[str, typer.Option("--at", help="Local time of the daily digest.")] = "23:59",
    zone: Annotated[str, typer.Option("--zone", help="IANA zone of --at.")] = "UTC",
    subscribe: Annotated[list[str] | None, typer.Option("--subscribe", help='Filters, e.g. "actor:russia".')] = None,
) -> None:
    """Replay recorded feed items on a simulated clock and write what was understood and told."""
    wish = cli_measure.Wish(items, out, _folder(config), known, baseline, database, at, zone, tuple(subscribe or ()))
    _ended(cli_measure.replay(wish))


@app.command(epilog="Example: `python -m bot statements articles.jsonl --out statements.jsonl`")
def statements(articles: Path, out: OutOption, config: ConfigOption = None) -> None:
    """Write the statements found in articles (JSON lines of url, title, date, text)."""
    raise typer.Exit(cli_measure.statements(articles, out, _folder(config)))


@app.command(epilog="Example: `python -m bot positions articles.jsonl --out positions.jsonl`")
def positions(articles: Path, out: OutOption, config: ConfigOption = None) -> None:
    """Write what /position would show for every actor after reading these articles."""
    raise typer.Exit(cli_measure.positions(articles, out, _folder(config)))


@app.command(epilog="Example: `python -m bot pairs pairs.jsonl --out scores.jsonl`")
def pairs(
    pairs_file: Annotated[Path, typer.Argument(metavar="PAIRS")], out: OutOption, config: ConfigOption = None
) -> None:
    """Write how surely two headlines report one happening, a score a line."""
    raise typer.Exit(cli_measure.pairs(pairs_file, out, _folder(config)))


def _say(problem: Problem, *, as_json: bool) -> None:
    if as_json:
        sys.stdout.write(json.dumps({"error": problem.what, "remedy": problem.remedy}, ensure_ascii=False) + "\n")
    else:
        errors.print(problem.what, style="red", highlight=False, markup=False, soft_wrap=True)
        errors.print(f"  {problem.remedy}", highlight=False, markup=False, soft_wrap=True)


def main() -> int:
    """Run the command line; expected problems become one sentence, a remedy and an exit code."""
    as_json = "--json" in sys.argv
    try:
        app(standalone_mode=True)
    except (ConfigProblems, SettingsProblems) as problems:
        cli_answers.say_problems(problems.problems, errors, as_json=as_json)
        return 2
    except Problem as problem:
        _say(problem, as_json=as_json)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

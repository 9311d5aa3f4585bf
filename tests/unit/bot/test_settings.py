"""Settings: every wrong variable at once, secrets that never print, and one place that reads the environment."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import settings
from bot.settings import MEANINGS, Settings, SettingsProblems, read
from config.problems import Problem

BOT, APP = "xoxb-1234567890-abcdefghij", "xapp-1-A0123456789-abcdefghij"


def problems(**environ: str) -> list[tuple[str, str, str]]:
    with pytest.raises(SettingsProblems) as raised:
        read(environ)
    return [(p.place, p.what, p.remedy) for p in raised.value.problems]


def test_nothing_set_is_a_bot_without_slack_on_a_local_database() -> None:
    found = read({})
    assert found == Settings()
    assert (found.database_url, found.zone, found.log_level, found.log_json) == (
        "sqlite:///data/brief.db",
        "UTC",
        "info",
        False,
    )
    assert not found.slack_ready
    assert (found.config_folder / "feeds.yaml").is_file(), "the shipped folder, wherever the program was started"


def test_an_empty_variable_counts_as_not_set() -> None:
    assert read(dict.fromkeys(MEANINGS, " ")) == Settings()


def test_everything_can_be_set() -> None:
    found = read(
        {
            "SLACK_BOT_TOKEN": BOT,
            "SLACK_APP_TOKEN": f" {APP}\n",
            "BRIEF_CHANNEL": "C0123456789",
            "BRIEF_CONFIG": "/etc/brief",
            "BRIEF_CONTACT": "desk@example.org",
            "BRIEF_DATABASE_URL": "postgres://brief:secret@localhost/brief",
            "BRIEF_HEALTH_PORT": "8080",
            "BRIEF_LOG": "DEBUG",
            "BRIEF_LOG_FORMAT": "json",
            "BRIEF_WORKERS": "2",
            "BRIEF_ZONE": "Europe/Brussels",
        }
    )
    assert found.slack_ready
    assert found.app_token is not None
    assert found.app_token.get_secret_value() == APP
    assert found.database_url == "postgresql+psycopg://brief:secret@localhost/brief"
    assert (found.channel, found.config_folder) == ("C0123456789", Path("/etc/brief"))
    assert (found.health_port, found.workers, found.log_level, found.log_json) == (8080, 2, "debug", True)
    assert found.user_agent.endswith("(+desk@example.org)")


def test_slack_may_stand_on_this_machine_or_behind_https() -> None:
    assert read({"SLACK_API_URL": "http://127.0.0.1:8123/api"}).slack_api == "http://127.0.0.1:8123/api/"
    assert read({"SLACK_API_URL": "https://slack-gov.com/api/"}).slack_api == "https://slack-gov.com/api/"


def test_feeds_of_this_machine_are_fetched_only_where_it_is_said() -> None:
    assert not read({}).allow_loopback
    assert not read({"BRIEF_ALLOW_LOOPBACK": "0"}).allow_loopback
    assert read({"BRIEF_ALLOW_LOOPBACK": "1"}).allow_loopback


def test_secrets_do_not_print() -> None:
    found = read(
        {"SLACK_BOT_TOKEN": BOT, "SLACK_APP_TOKEN": APP, "BRIEF_DATABASE_URL": "postgresql://a:hush@localhost/b"}
    )
    assert not re.search("abcdefghij|hush", f"{found!r} {found}")


def test_a_wrong_token_is_not_shown_either() -> None:
    found = problems(SLACK_BOT_TOKEN=APP, SLACK_APP_TOKEN="hunter2")
    assert [p for p, _, _ in found] == ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"]
    assert "other of the two tokens" in found[0][1]
    assert "xapp-" in found[1][2]
    assert not re.search("abcdefghij|hunter2", str(found))


@pytest.mark.parametrize("name", ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"])
def test_one_token_alone_is_a_problem_of_the_other(name: str) -> None:
    other = ({"SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"} - {name}).pop()
    ((place, what, remedy),) = problems(**{name: BOT if "BOT" in name else APP})
    assert place == other
    assert name in what
    assert "without Slack" in remedy


@pytest.mark.parametrize(
    ("name", "value", "remedy"),
    [
        ("BRIEF_CHANNEL", "#general", "C0123456789"),
        ("BRIEF_DATABASE_URL", "mysql://x", "sqlite:///"),
        ("BRIEF_DATABASE_URL", "http://[", "sqlite:///"),
        ("BRIEF_DATABASE_URL", "postgresql://localhost:many/brief", "sqlite:///"),
        ("SLACK_API_URL", "slack.com", "https://slack.com/api/"),
        ("SLACK_API_URL", "http://slack.example/api/", "Write https"),
        ("SLACK_API_URL", "http://10.0.0.1/api/", "Write https"),
        ("SLACK_API_URL", "https://me:secret@slack.com/api/", "Unset it"),
        ("BRIEF_ALLOW_LOOPBACK", "yes", "0, 1"),
        ("BRIEF_HEALTH_PORT", "70000", "digits"),
        ("BRIEF_HEALTH_PORT", "٣", "digits"),
        ("BRIEF_LOG", "loud", "debug, info"),
        ("BRIEF_LOG_FORMAT", "xml", "text, json"),
        ("BRIEF_WORKERS", "0", "digits"),
        ("BRIEF_ZONE", "Europe/Brusels", "Europe/Brussels"),
        ("BRIEF_ZONE", "\x00", "IANA"),
        ("BRIEF_CONTACT", "a b\nX-Header: 1", "without spaces"),
    ],
)
def test_a_wrong_value_is_said_with_its_remedy(name: str, value: str, remedy: str) -> None:
    ((place, what, said),) = problems(**{name: value})
    assert place == name
    assert what.isprintable()
    assert remedy in said


def test_every_problem_comes_at_once() -> None:
    found = problems(BRIEF_LOG="loud", BRIEF_ZONE="Mars", BRIEF_WORKERS="many", SLACK_BOT_TOKEN=BOT)
    assert [p for p, _, _ in found] == ["BRIEF_LOG", "BRIEF_WORKERS", "BRIEF_ZONE", "SLACK_APP_TOKEN"]


def test_a_mistyped_variable_is_noticed_and_the_tests_own_are_not() -> None:
    found = read({"BRIEF_DATABSE_URL": "x", "BRIEF_EVAL_DIR": "y", "BRIEF_TEST_POSTGRES_BIN": "z", "HOME": "/"})
    assert found.unknown == ("BRIEF_DATABSE_URL",)
    assert "Did you mean BRIEF_DATABASE_URL" in settings.unknown_words("BRIEF_DATABSE_URL")


def test_the_process_environment_is_read_when_nothing_is_handed_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRIEF_WORKERS", "3")
    assert read().workers == 3


def test_settings_do_not_change_once_read() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        read({}).zone = "UTC"  # type: ignore[misc]


@given(st.dictionaries(st.sampled_from(sorted(MEANINGS)), st.text(max_size=40)))
def test_any_value_gives_settings_or_problems(environ: dict[str, str]) -> None:
    for problem in _problems(environ):
        assert problem.what.isprintable()
        assert problem.remedy


def _problems(environ: dict[str, str]) -> tuple[Problem, ...]:
    try:
        read(environ)
    except SettingsProblems as found:
        return found.problems
    return ()

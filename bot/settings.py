"""Secrets and paths from the environment. Hides variable names, defaults, and how a wrong value is said.

The only module that reads the environment. Secrets are `SecretStr`: they print as stars, in logs and tracebacks too.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from pydantic import SecretStr

from config import is_slack_id
from config.problems import Problem, nearest, shown

SHIPPED_CONFIG = Path(__file__).resolve().parent.parent / "config"
"""The folder of configuration that comes with the project."""

DEFAULT_DATABASE = "sqlite:///data/brief.db"
DEFAULT_SLACK = "https://slack.com/api/"
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
"""Hosts that are this machine itself."""
LOG_LEVELS = ("debug", "info", "warning", "error")
LOG_FORMATS = ("text", "json")

MEANINGS: Mapping[str, str] = {
    "SLACK_BOT_TOKEN": "Slack's bot token (xoxb-...), from OAuth & Permissions; without it the bot runs on a local one",
    "SLACK_APP_TOKEN": "Slack's app-level token (xapp-...) with connections:write; goes with the bot token",
    "SLACK_API_URL": f"address of Slack's Web API; default: {DEFAULT_SLACK}; http only to this machine itself",
    "BRIEF_ALLOW_LOOPBACK": "1: feeds of this machine itself may be fetched, for tests alone; default: 0",
    "BRIEF_CHANNEL": "id of the channel (C0123456789) that stands in for a name in digests.yaml",
    "BRIEF_CONFIG": "folder of configuration; default: config beside the program",
    "BRIEF_CONTACT": "address or mail that publishers can write to, sent with every request",
    "BRIEF_DATABASE_URL": f"SQLite or PostgreSQL; default: {DEFAULT_DATABASE}",
    "BRIEF_HEALTH_PORT": "loopback port that answers /healthz and /metrics; default: none",
    "BRIEF_LOG": f"how much is logged: {', '.join(LOG_LEVELS)}; default: info",
    "BRIEF_LOG_FORMAT": f"how it is logged: {' or '.join(LOG_FORMATS)}; default: text",
    "BRIEF_WORKERS": "processes that read articles; default: 1",
    "BRIEF_ZONE": "time zone of answers on the terminal; default: UTC",
}
"""Every variable that is read, with what it means; docs/configuration.md names each."""

TESTS_OWN = ("BRIEF_EVAL_DIR", "BRIEF_TEST_")
"""Beginnings of variables that the tests read and the bot does not."""

PROGRAM = "peace-plan-briefing/0.1"
"""How the bot names itself to publishers."""

FILE = "environment"
"""Stands where a problem of a file names the file."""


class SettingsProblems(Exception):
    """Every wrong variable at once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "\n".join(str(p) for p in self.problems)


@dataclass(frozen=True)
class Settings:
    """What the environment says, checked. Both Slack tokens are there or neither; the database's address may hold a
    password and is not part of the representation.

    `unknown` names variables that begin with BRIEF_ and that nobody reads: worth a warning, not an end.
    """

    database_url: str = field(default=DEFAULT_DATABASE, repr=False)
    config_folder: Path = SHIPPED_CONFIG
    bot_token: SecretStr | None = None
    app_token: SecretStr | None = None
    slack_api: str = DEFAULT_SLACK
    allow_loopback: bool = False
    channel: str = ""
    contact: str = ""
    health_port: int | None = None
    log_level: str = "info"
    log_json: bool = False
    workers: int = 1
    zone: str = "UTC"
    unknown: tuple[str, ...] = ()

    @property
    def slack_ready(self) -> bool:
        """Whether the bot runs against Slack rather than the local workspace."""
        return self.bot_token is not None and self.app_token is not None

    @property
    def user_agent(self) -> str:
        """How the bot names itself to publishers, with the address they can write to."""
        return f"{PROGRAM} (+{self.contact})" if self.contact else PROGRAM


def read(environ: Mapping[str, str] | None = None) -> Settings:
    """The settings in a mapping of variables, by default this process's. An empty variable counts as not set.

    Raises SettingsProblems with every problem.
    """
    reader = _Reader(os.environ if environ is None else environ)
    settings = Settings(
        database_url=reader.checked("BRIEF_DATABASE_URL", _database, DEFAULT_DATABASE),
        config_folder=reader.checked("BRIEF_CONFIG", Path, SHIPPED_CONFIG),
        bot_token=reader.token("SLACK_BOT_TOKEN", "xoxb-"),
        app_token=reader.token("SLACK_APP_TOKEN", "xapp-"),
        slack_api=reader.checked("SLACK_API_URL", _slack_api, DEFAULT_SLACK),
        allow_loopback=reader.checked("BRIEF_ALLOW_LOOPBACK", _one_of(("0", "1")), "0") == "1",
        channel=reader.checked("BRIEF_CHANNEL", _channel, ""),
        contact=reader.checked("BRIEF_CONTACT", _contact, ""),
        health_port=reader.checked("BRIEF_HEALTH_PORT", _between(1, 65535), None),
        log_level=reader.checked("BRIEF_LOG", _one_of(LOG_LEVELS), "info"),
        log_json=reader.checked("BRIEF_LOG_FORMAT", _one_of(LOG_FORMATS), "text") == "json",
        workers=reader.checked("BRIEF_WORKERS", _between(1, 64), 1),
        zone=reader.checked("BRIEF_ZONE", _zone, "UTC"),
        unknown=tuple(sorted(n for n in reader.environ if n.startswith("BRIEF_") and not _known(n))),
    )
    reader.both_tokens()
    if reader.problems:
        raise SettingsProblems(reader.problems)
    return settings


def has_display(environ: Mapping[str, str] | None = None) -> bool:
    """Whether a browser would open before the person at this terminal: there is a display, and it is not far away."""
    there = os.environ if environ is None else environ
    if there.get("SSH_CONNECTION") or there.get("SSH_TTY"):
        return False
    return sys.platform == "darwin" or bool(there.get("DISPLAY") or there.get("WAYLAND_DISPLAY"))


def unknown_words(name: str) -> str:
    """What to say of a variable that nobody reads."""
    return f"{name} is read by nobody. {nearest(name, MEANINGS)}"


def _known(name: str) -> bool:
    return name in MEANINGS or name.startswith(TESTS_OWN)


_T = TypeVar("_T")
_D = TypeVar("_D")


class _Wrong(Exception):
    """What is wrong with a value, and the remedy."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what)
        self.what = what
        self.remedy = remedy


class _Reader:
    """Reads variables and collects what is wrong with them."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.environ = environ
        self.problems: list[Problem] = []

    def value(self, name: str) -> str:
        return self.environ.get(name, "").strip()

    def checked(self, name: str, check: Callable[[str], _T], default: _D) -> _T | _D:
        """The value as its check gives it; the default where there is none or it is wrong."""
        value = self.value(name)
        if not value:
            return default
        try:
            return check(value)
        except _Wrong as wrong:
            self.problems.append(Problem(FILE, name, wrong.what, wrong.remedy))
            return default

    def token(self, name: str, prefix: str) -> SecretStr | None:
        """A Slack token; never shown, not even when it is wrong."""
        value = self.value(name)
        if not value:
            return None
        if not re.fullmatch(re.escape(prefix) + r"[A-Za-z0-9-]{10,250}", value):
            other = (
                "the other of the two tokens" if value.startswith(("xoxb-", "xapp-")) else "not one of Slack's tokens"
            )
            what = f"this is {other}" if not value.startswith(prefix) else "the token is cut or holds other characters"
            self.problems.append(Problem(FILE, name, what, f"Copy the whole token that begins with {prefix}"))
            return None
        return SecretStr(value)

    def both_tokens(self) -> None:
        """One token alone connects to nothing."""
        names = ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN")
        missing = [n for n in names if not self.value(n)]
        if len(missing) == 1:
            other = names[1 - names.index(missing[0])]
            remedy = f"Set {missing[0]} too, or unset {other} to run without Slack"
            self.problems.append(Problem(FILE, missing[0], f"it is not set, but {other} is", remedy))


def _database(value: str) -> str:
    scheme = urlsplit(value).scheme if _splits(value) else ""
    if scheme in {"postgres", "postgresql"}:
        return "postgresql+psycopg:" + value.partition(":")[2]
    if scheme in {"postgresql+psycopg", "sqlite"}:
        return value
    what = "this is not the address of an SQLite or PostgreSQL database"
    raise _Wrong(what, f"Write {DEFAULT_DATABASE} or postgresql://user:password@host/name")


def _slack_api(value: str) -> str:
    """The address, with a slash at its end. Tokens go there: never in the clear over a network."""
    parts = urlsplit(value) if _splits(value) else urlsplit("")
    host = parts.hostname or ""
    if not host or parts.username or parts.query or parts.fragment or not re.fullmatch(r"[\x21-\x7e]{1,500}", value):
        raise _Wrong("this is not the address of a Web API", f"Unset it, or write it like {DEFAULT_SLACK}")
    if parts.scheme != "https" and not (parts.scheme == "http" and host in LOOPBACK):
        raise _Wrong(f"tokens are not sent to {shown(value)} in the clear", "Write https; http only to 127.0.0.1")
    return value.rstrip("/") + "/"


def _splits(value: str) -> bool:
    try:
        return urlsplit(value).port != 0
    except ValueError:
        return False


def _channel(value: str) -> str:
    if not is_slack_id(value):
        what = f"{shown(value)} is not a channel's id"
        raise _Wrong(what, "An id looks like C0123456789: it stands at the end of the channel's details")
    return value


def _zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError):
        remedy = f"Write an IANA name. {nearest(value, available_timezones())}"
        raise _Wrong(f"there is no time zone {shown(value)}", remedy) from None
    return value


def _contact(value: str) -> str:
    if not re.fullmatch(r"[\x21-\x7e]{3,200}", value):
        raise _Wrong(f"{shown(value)} cannot be sent with a request", "Write a mail or web address, without spaces")
    return value


def _one_of(words: tuple[str, ...]) -> Callable[[str], str]:
    def check(value: str) -> str:
        if value.lower() not in words:
            raise _Wrong(f"{shown(value)} is not one of its words", f"Write {', '.join(words)}")
        return value.lower()

    return check


def _between(low: int, high: int) -> Callable[[str], int]:
    def check(value: str) -> int:
        if not re.fullmatch(r"[0-9]{1,6}", value) or not low <= int(value) <= high:
            raise _Wrong(f"{shown(value)} is not a number from {low} to {high}", "Write digits only")
        return int(value)

    return check

"""What one value of a file must be: ids, days, times, addresses, terms. Hides how each is read from what was written.

Values arrive as the characters that were written (config/document.py), so each kind says how it reads them, and what to
write instead where it cannot.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Annotated, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from config.problems import nearest

ID = r"^[a-z][a-z0-9-]*$"
LANGUAGE = r"^[a-z]{2}$"
COUNTRY = r"^[A-Z]{2}$"
CLOCK = r"^([01][0-9]|2[0-3]):[0-5][0-9]$"
USER_ID = r"^[UW][A-Z0-9]{6,20}$"
CONVERSATION = r"^([CGD][A-Z0-9]{7,20}|[a-z0-9][a-z0-9_-]{0,79})$"
COMMAND = r"^/[a-z0-9][a-z0-9_-]{0,30}$"
COLOR = r"^#[0-9a-fA-F]{6}$"
SHA256 = r"^[0-9a-f]{64}$"
TEXT_FILE = r"^[a-z0-9][a-z0-9-]*\.txt$"

FORMS = {
    ID: "An id is lower-case letters, digits and hyphens, a letter first",
    LANGUAGE: "Write the language's two-letter code, such as en or uk",
    COUNTRY: "Write the country's two-letter code, such as GB",
    CLOCK: 'Write a local time in quotes, such as "08:30"',
    USER_ID: "A Slack member id looks like U0123456789: in the profile, under More, Copy member ID",
    CONVERSATION: "A channel id looks like C0123456789: it stands at the end of the channel's details",
    COMMAND: "A command is a slash and up to 31 lower-case letters, digits and hyphens",
    COLOR: 'Write a colour in quotes, such as "#2a4d69"',
    SHA256: "Write the 64 hexadecimal digits that sha256sum prints",
    TEXT_FILE: "Name a .txt file of the same folder",
}
"""What to write, for each form that a value must have."""


def wrong(what: str, remedy: str) -> PydanticCustomError:
    """A problem with its own remedy, as a validator raises it."""
    return PydanticCustomError("config", "{what}", {"what": what, "remedy": remedy})


def one_line(value: str) -> str:
    """The text, where all of it can be printed on one line."""
    if not value.isprintable():
        raise wrong("it holds line breaks or control characters", "Write it on one line")
    return value


def _duration(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    match = re.fullmatch(r"(\d{1,4})([mh])", value)
    if not match:
        raise wrong("this is not a length of time", "Write minutes or hours, such as 15m or 2h")
    n = int(match[1])
    return timedelta(minutes=n) if match[2] == "m" else timedelta(hours=n)


def _day(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            raise ValueError(value)
        return date.fromisoformat(value)
    except ValueError:
        raise wrong("this is not a day", "Write year, month and day as in 2025-11-28") from None


def _yes_no(value: Any) -> Any:
    if isinstance(value, str) and value not in {"true", "false"}:
        raise wrong("this must be true or false", "Write true or false")
    return value == "true" if isinstance(value, str) else value


def _whole(value: Any) -> Any:
    if isinstance(value, str):
        if not re.fullmatch(r"\d{1,9}", value):
            raise wrong("this is not a whole number", "Write digits only")
        return int(value)
    return value


def _zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError):  # unknown, malformed, or a folder of zones such as "Europe"
        raise wrong(
            "there is no such time zone", f"Write an IANA name. {nearest(value, available_timezones())}"
        ) from None
    return value


def _url(value: str) -> str:
    if re.search(r"[\s<>\"\\^`{|}]", value):
        raise wrong("an address holds no spaces, quotes or angle brackets", "Percent-encode them, as %20 and %22")
    try:
        parts = urlsplit(value)
        host, user = parts.hostname, parts.username
        _ = parts.port
    except ValueError:
        host, user, parts = None, None, urlsplit("")
    if parts.scheme not in {"http", "https"} or not host:
        raise wrong("this is not an http or https address", "Write it whole, with https:// in front")
    if user is not None:
        raise wrong("an address here holds no user name or password", "Use a feed that needs none")
    return value


def _term(value: str) -> str:
    if "*" in value[:-1] or value == "*" or not any(c.isalnum() for c in value):
        raise wrong("a term is words, with * at its very end at most", "Write it as in peace plan or withdraw*")
    if value.endswith("*") and len(value) < MIN_STEM + 1:
        raise wrong(f"a stem has at least {MIN_STEM} letters before its *", "Write a longer stem or whole words")
    return value


def once(values: list[Any], *, fold: bool = False) -> list[Any]:
    """The list, where nothing stands in it twice; `fold`: whatever its case."""
    seen: set[str] = set()
    for value in values:
        key = str(value).casefold() if fold else str(value)
        if key in seen:
            raise wrong(f"“{str(value)[:60]}” is listed twice", "Remove one of the two")
        seen.add(key)
    return values


MIN_STEM = 3
"""Letters a term's stem needs: shorter ones match half the dictionary."""

Id = Annotated[str, StringConstraints(pattern=ID, max_length=60)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=200, strip_whitespace=True), AfterValidator(one_line)]
Prose = Annotated[
    str, StringConstraints(min_length=1, max_length=1000, strip_whitespace=True), AfterValidator(one_line)
]
Term = Annotated[
    str,
    StringConstraints(min_length=2, max_length=80, strip_whitespace=True),
    AfterValidator(one_line),
    AfterValidator(_term),
]
Names = Annotated[list[Text], Field(max_length=400), AfterValidator(once)]
Terms = Annotated[list[Term], Field(max_length=400), AfterValidator(lambda v: once(v, fold=True))]
Language = Annotated[str, StringConstraints(pattern=LANGUAGE)]
TermsByLanguage = dict[Language, Terms]
Zone = Annotated[str, StringConstraints(min_length=1, max_length=60), AfterValidator(_zone)]
Url = Annotated[str, StringConstraints(max_length=1000), AfterValidator(_url)]
Clock = Annotated[str, StringConstraints(pattern=CLOCK)]
Day = Annotated[date, BeforeValidator(_day)]
YesNo = Annotated[bool, BeforeValidator(_yes_no)]
Whole = Annotated[int, BeforeValidator(_whole)]
_DURATION = WithJsonSchema({"type": "string", "pattern": r"^\d{1,4}[mh]$"})
Every = Annotated[
    timedelta, BeforeValidator(_duration), Field(ge=timedelta(minutes=5), le=timedelta(hours=24)), _DURATION
]
CatchUp = Annotated[timedelta, BeforeValidator(_duration), Field(ge=timedelta(0), le=timedelta(hours=24)), _DURATION]
Country = Annotated[str, StringConstraints(pattern=COUNTRY)]
UserId = Annotated[str, StringConstraints(pattern=USER_ID)]
Users = Annotated[list[UserId], BeforeValidator(lambda v: [] if v == "" else v), AfterValidator(once)]
Conversation = Annotated[str, StringConstraints(pattern=CONVERSATION)]
CommandName = Annotated[str, StringConstraints(pattern=COMMAND)]

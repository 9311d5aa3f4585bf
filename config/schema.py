"""The shape of every file in this folder: one model a file, and what a value in it must be. Hides pydantic.

Values arrive as the characters that were written (config/document.py), so each type here says how it reads them. Ids
that point elsewhere are checked in config/crossings.py, when every file has been read.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from config.problems import nearest
from digests.model import SourceClass

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


def _line(value: str) -> str:
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


def _once(values: list[Any], *, fold: bool = False) -> list[Any]:
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
Text = Annotated[str, StringConstraints(min_length=1, max_length=200, strip_whitespace=True), AfterValidator(_line)]
Prose = Annotated[str, StringConstraints(min_length=1, max_length=1000, strip_whitespace=True), AfterValidator(_line)]
Term = Annotated[
    str,
    StringConstraints(min_length=2, max_length=80, strip_whitespace=True),
    AfterValidator(_line),
    AfterValidator(_term),
]
Names = Annotated[list[Text], Field(max_length=400), AfterValidator(_once)]
Terms = Annotated[list[Term], Field(max_length=400), AfterValidator(lambda v: _once(v, fold=True))]
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
Users = Annotated[list[UserId], BeforeValidator(lambda v: [] if v == "" else v), AfterValidator(_once)]
Conversation = Annotated[str, StringConstraints(pattern=CONVERSATION)]
CommandName = Annotated[str, StringConstraints(pattern=COMMAND)]


class Strict(BaseModel):
    """What all files share: unknown keys are refused, and nothing changes once read."""

    model_config = ConfigDict(extra="forbid", frozen=True)


# --- feeds.yaml ---------------------------------------------------------------------------------------------------


class SourceEntry(Strict):
    """A publisher."""

    id: Id
    name: Text
    source_class: Annotated[SourceClass, Field(alias="class")]
    family: Annotated[Id | None, Field(description="Origin family; its own id where it is left out.")] = None
    side: Annotated[Id | None, Field(description="The actor at whose home it publishes, or for whom it speaks.")] = None
    country: Annotated[Country | None, Field(description="ISO 3166 code.")] = None
    zone: Annotated[Zone, Field(description="The zone in which its “today” and “Tuesday” are read.")] = "UTC"
    label: Annotated[Text | None, Field(description="Shown behind the class, such as “state-funded, Qatar”.")] = None


class FeedEntry(Strict):
    """One address of a source."""

    id: Id
    source: Id
    url: Url
    language: Language
    every: Annotated[Every, Field(description="Wished polling interval, 5m to 24h.")] = timedelta(minutes=15)
    pages: Annotated[YesNo, Field(description="Whether article pages are read too, where robots.txt allows.")] = True


class FeedsFile(Strict):
    """feeds.yaml: who is read, and where."""

    sources: Annotated[list[SourceEntry], Field(min_length=1, max_length=500)]
    feeds: Annotated[list[FeedEntry], Field(min_length=1, max_length=1000)]


# --- actors.yaml --------------------------------------------------------------------------------------------------


class OfficeEntry(Strict):
    """An office held before the present one."""

    role: Text
    titles: Names = []
    since: Day | None = None
    until: Day | None = None


class SpeakerEntry(Strict):
    """A person who speaks for the actor."""

    name: Text
    role: Text
    since: Annotated[Day | None, Field(description="First day in office; left out where it does not matter.")] = None
    until: Annotated[Day | None, Field(description="Last day in office.")] = None
    titles: Annotated[Names, Field(description="Role words beside the actor's adjective or name.")] = []
    aliases: Annotated[Names, Field(description="Other spellings and forms of the name.")] = []
    stems: Annotated[Names, Field(description="Beginnings of inflected forms, Cyrillic above all.")] = []
    earlier: Annotated[list[OfficeEntry], Field(max_length=10)] = []


class ActorEntry(Strict):
    """A party."""

    id: Id
    name: Text
    parent: Annotated[Id | None, Field(description="The actor that it rolls up to.")] = None
    aliases: Annotated[Names, Field(description="Names and metonyms.")] = []
    bodies: Annotated[Names, Field(description="Institutions that speak by their own name.")] = []
    adjectives: Annotated[Names, Field(description="“Russian”: forms roles with titles.")] = []
    stems: Annotated[Names, Field(description="Beginnings of inflected forms, Cyrillic above all.")] = []
    speakers: Annotated[list[SpeakerEntry], Field(max_length=200)] = []


class ActorsFile(Strict):
    """actors.yaml: the parties and who speaks for them."""

    actors: Annotated[list[ActorEntry], Field(min_length=1, max_length=200)]


# --- issues.yaml --------------------------------------------------------------------------------------------------


class IssueEntry(Strict):
    """A question of the negotiation."""

    id: Id
    name: Text
    points: Annotated[list[Annotated[Whole, Field(ge=1, le=99)]], AfterValidator(_once)] = []
    context: Annotated[YesNo, Field(description="Bears on the talks but is not itself about them.")] = False
    terms: Annotated[TermsByLanguage, Field(description="Words by language; “en” must be there.")]


class ShellsEntry(Strict):
    """Words of titles that say what kind of text it is."""

    opinion: TermsByLanguage
    explainer: TermsByLanguage
    live: TermsByLanguage
    retrospective: TermsByLanguage
    photo: TermsByLanguage


class WatchEntry(Strict):
    """Words that say what a text is about at all."""

    conflict: Annotated[TermsByLanguage, Field(description="The war at all.")]
    talks: Annotated[TermsByLanguage, Field(description="The negotiations.")]
    other_conflicts: Annotated[TermsByLanguage, Field(description="Talks about something else.")]
    shells: ShellsEntry


class IssuesFile(Strict):
    """issues.yaml: the questions of the negotiation, and the words that show a text is about them."""

    issues: Annotated[list[IssueEntry], Field(min_length=1, max_length=100)]
    watch: WatchEntry


# --- digests.yaml -------------------------------------------------------------------------------------------------


class Weekday(StrEnum):
    """Days as they are written."""

    MON = "mon"
    TUE = "tue"
    WED = "wed"
    THU = "thu"
    FRI = "fri"
    SAT = "sat"
    SUN = "sun"


class ChannelEntry(Strict):
    """A conversation with a schedule of digests."""

    id: Id
    conversation: Annotated[Conversation, Field(description="Slack's channel id, or a name that BRIEF_CHANNEL fills.")]
    zone: Zone
    at: Annotated[list[Clock], Field(min_length=1, max_length=24), AfterValidator(_once)]
    days: Annotated[list[Weekday], Field(min_length=1), AfterValidator(_once)] = list(Weekday)
    catch_up: Annotated[CatchUp, Field(description="How late a missed digest may still come.")] = timedelta(minutes=90)
    issues: Annotated[list[Id], Field(description="None listed: all."), AfterValidator(_once)] = []
    when_empty: Literal["say", "silent"] = "say"
    threads: YesNo = True
    style: Literal["full", "compact"] = "full"


class VoiceEntry(Strict):
    """A voice that a digest must have read."""

    id: Id
    name: Text
    side: Annotated[Id | None, Field(description="An actor; sources of its members count.")] = None
    classes: Annotated[list[SourceClass], Field(description="None listed: any."), AfterValidator(_once)] = []


class DigestsFile(Strict):
    """digests.yaml: who is told, when, and what must have been read for it."""

    channels: Annotated[list[ChannelEntry], Field(max_length=500)]
    required_sides: Annotated[list[VoiceEntry], Field(max_length=50)]


# --- access.yaml, slack.yaml --------------------------------------------------------------------------------------


class AccessFile(Strict):
    """access.yaml: who may change things from Slack. Nobody, where it is silent."""

    admins: Users = []
    reviewers: Users = []


class AppEntry(Strict):
    """How the app presents itself. Lengths are the app manifest's."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=35), AfterValidator(_line)]
    description: Annotated[str, StringConstraints(min_length=1, max_length=140), AfterValidator(_line)]
    long_description: Annotated[str, StringConstraints(min_length=175, max_length=4000, strip_whitespace=True)]
    color: Annotated[str, StringConstraints(pattern=COLOR)]


class CommandsEntry(Strict):
    """The names of the slash commands."""

    position: CommandName
    brief: CommandName


class SlackFile(Strict):
    """slack.yaml: the app and its commands, from which manifest.yaml is made."""

    app: AppEntry
    commands: CommandsEntry


# --- baseline/baseline.yaml ---------------------------------------------------------------------------------------


class DatedEntry(Strict):
    """The days a text speaks of."""

    first: Day
    last: Day


class FaultEntry(Strict):
    """A wording that other reports contradict."""

    span: Annotated[Prose, Field(description="The exact characters in the text; they must stand there once.")]
    kind: Literal["polarity", "number", "wording", "name", "day", "hedge"]
    other_wording: Prose
    source: Prose
    said_by: Annotated[Text | None, Field(description="Who said it, where it is somebody's words.")] = None


class BaselineFile(Strict):
    """baseline/baseline.yaml: what is known of the frozen text beside it."""

    version: Annotated[Whole, Field(ge=1)]
    title: Text
    text: Annotated[str, StringConstraints(pattern=TEXT_FILE, max_length=80)]
    sha256: Annotated[str, StringConstraints(pattern=SHA256)]
    language: Language
    dated: DatedEntry
    published: Day
    zone: Zone
    faults: Annotated[list[FaultEntry], Field(max_length=200)] = []


FILES: dict[str, type[Strict]] = {
    "feeds.yaml": FeedsFile,
    "actors.yaml": ActorsFile,
    "issues.yaml": IssuesFile,
    "digests.yaml": DigestsFile,
    "access.yaml": AccessFile,
    "slack.yaml": SlackFile,
    "baseline/baseline.yaml": BaselineFile,
}
"""Every file of the folder that people edit, by its name in it."""

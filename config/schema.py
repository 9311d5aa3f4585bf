"""The shape of every file in this folder: one model a file. What one value must be, config/kinds.py hides.

Ids that point elsewhere are checked in config/crossings.py, when every file has been read.
"""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from config.kinds import (
    COLOR,
    SHA256,
    TEXT_FILE,
    CatchUp,
    Clock,
    CommandName,
    Conversation,
    Country,
    Day,
    Every,
    Id,
    Language,
    Names,
    Prose,
    TermsByLanguage,
    Text,
    Url,
    Users,
    Whole,
    YesNo,
    Zone,
    once,
    one_line,
)
from digests.model import SourceClass


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
    points: Annotated[list[Annotated[Whole, Field(ge=1, le=99)]], AfterValidator(once)] = []
    context: Annotated[YesNo, Field(description="Bears on the talks but is not itself about them.")] = False
    terms: Annotated[TermsByLanguage, Field(description="Words by language; “en” must be there.")]
    short: Annotated[TermsByLanguage, Field(description="Words that mean it only where talks are the subject.")] = {}


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
    hints: Annotated[
        TermsByLanguage,
        Field(
            default_factory=dict,
            description="Words that mean the talks only where a party to the war and another party stand beside them.",
        ),
    ]
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
    at: Annotated[list[Clock], Field(min_length=1, max_length=24), AfterValidator(once)]
    days: Annotated[list[Weekday], Field(min_length=1), AfterValidator(once)] = list(Weekday)
    catch_up: Annotated[CatchUp, Field(description="How late a missed digest may still come.")] = timedelta(minutes=90)
    issues: Annotated[list[Id], Field(description="None listed: all."), AfterValidator(once)] = []
    when_empty: Literal["say", "silent"] = "say"
    threads: YesNo = True
    style: Literal["full", "compact"] = "full"


class VoiceEntry(Strict):
    """A voice that a digest must have read."""

    id: Id
    name: Text
    side: Annotated[Id | None, Field(description="An actor; sources of its members count.")] = None
    classes: Annotated[list[SourceClass], Field(description="None listed: any."), AfterValidator(once)] = []


class DigestsFile(Strict):
    """digests.yaml: who is told, when, and what must have been read for it."""

    channels: Annotated[list[ChannelEntry], Field(max_length=500)]
    required_sides: Annotated[list[VoiceEntry], Field(max_length=50)]


# --- access.yaml, slack.yaml --------------------------------------------------------------------------------------


class AccessFile(Strict):
    """access.yaml: who may change things from Slack. Nobody, where it is silent."""

    admins: Users = []
    reviewers: Users = []
    hold_until_approved: Annotated[YesNo, Field(description="Held until approved, not ten minutes.")] = False


class AppEntry(Strict):
    """How the app presents itself. Lengths are the app manifest's."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=35), AfterValidator(one_line)]
    description: Annotated[str, StringConstraints(min_length=1, max_length=140), AfterValidator(one_line)]
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

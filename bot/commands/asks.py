"""What can be asked: one noun a command, with every name resolved. Hides nothing.

`read_as` says which typed name was taken for which; `share` asks to post the answer to the conversation.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from bot.commands.rulings import AskReview, Decide, Rebase, Report, SendLink
from bot.moments import Moment
from digests.model import AS_BEFORE, Frame, Telling

Filters = tuple[tuple[str, tuple[str, ...]], ...]
"""Filter values by key, in the order of the keys' first use; keys as in `digests.matching`."""

BASELINE = "baseline"
"""What `vs:` compares with where no time and no party is named."""


@dataclass(frozen=True)
class AskPosition:
    """Where a party stands; on one issue where it is named. `speaker`: a person was asked for, by whose party, and his
    words alone answer. `vs`: BASELINE, a party's id, or a time with which to compare."""

    actor_id: str
    issue_id: str | None = None
    speaker: str | None = None
    read_as: tuple[Frame, ...] = ()
    since: Moment | None = None
    asof: Moment | None = None
    vs: Moment | str | None = None
    share: bool = False


@dataclass(frozen=True)
class AskBoard:
    """Every party on every issue, or on one: when its own words were last on record; as a picture too, where wished."""

    issue_id: str | None = None
    picture: bool = False
    read_as: tuple[Frame, ...] = ()
    share: bool = False


@dataclass(frozen=True)
class AskNew:
    """What is new; `since` when, 24 hours where it is not said. `page` from 1."""

    filters: Filters = ()
    read_as: tuple[Frame, ...] = ()
    since: Moment | None = None
    page: int = 1
    share: bool = False


@dataclass(frozen=True)
class AskPreview:
    """What the next digest of this conversation would say."""

    read_as: tuple[Frame, ...] = ()


@dataclass(frozen=True)
class AskStatus:
    """Whether the bot is alive and what it reads."""

    read_as: tuple[Frame, ...] = ()
    share: bool = False


@dataclass(frozen=True)
class AskWhy:
    """What stands behind a line, or why an article was not told. `what`: a line id, a message's link or an article's
    address, as typed. `cite`: as the text of a footnote."""

    what: str
    cite: bool = False
    read_as: tuple[Frame, ...] = ()
    share: bool = False


@dataclass(frozen=True)
class AskLatest:
    """The last digest of this conversation; or every line of the one behind the message of that link."""

    link: str = ""
    read_as: tuple[Frame, ...] = ()
    share: bool = False


@dataclass(frozen=True)
class AskSearch:
    """Reports on record that hold all of these words (a word with blanks is a phrase), newest first. `page` from 1;
    `again` is the same search as it is typed, without its page."""

    words: tuple[str, ...]
    filters: Filters = ()
    since: Moment | None = None
    page: int = 1
    again: str = ""
    read_as: tuple[Frame, ...] = ()
    share: bool = False


@dataclass(frozen=True)
class AskQuote:
    """Whether a quotation is on record, and in which words; and each of some more."""

    quoted: str
    more: tuple[str, ...] = ()
    read_as: tuple[Frame, ...] = ()
    share: bool = False


@dataclass(frozen=True)
class AskDiff:
    """Then and now, party by party and issue by issue. `vs`: BASELINE or a time."""

    actor_id: str | None = None
    issue_id: str | None = None
    vs: Moment | str = BASELINE
    read_as: tuple[Frame, ...] = ()
    share: bool = False


@dataclass(frozen=True)
class AskBaseline:
    """The baseline's statements with its faults; or its versions."""

    history: bool = False
    page: int = 1
    read_as: tuple[Frame, ...] = ()
    share: bool = False


@dataclass(frozen=True)
class AskSources:
    """What is read, by side; or how each feed does; or, with `change` (add, pause, resume, remove, label), how what is
    read is changed: `what` is an address or a source's or feed's id as typed, `kind` the class that it should have."""

    health: bool = False
    change: str = ""
    what: str = ""
    kind: str = ""
    read_as: tuple[Frame, ...] = ()
    share: bool = False


@dataclass(frozen=True)
class AskQuality:
    """What the bot knows of its own work; `since` when, a week where it is not said."""

    since: Moment | None = None
    read_as: tuple[Frame, ...] = ()
    share: bool = False


@dataclass(frozen=True)
class AskTimeline:
    """When own words came on record: a party's or a person's by issue, or, without one, every party's on an issue.
    `table`: as a table instead of a picture; `again` is the same as it is typed."""

    actor_id: str | None
    issue_id: str | None = None
    speaker: str | None = None
    since: Moment | None = None
    table: bool = False
    again: str = ""
    read_as: tuple[Frame, ...] = ()
    share: bool = False


@dataclass(frozen=True)
class AskExport:
    """Statements on record as a file; `form` is csv, json or md."""

    form: str
    filters: Filters = ()
    since: Moment | None = None
    until: Moment | None = None
    read_as: tuple[Frame, ...] = ()
    share: bool = False


@dataclass(frozen=True)
class MakeSchedule:
    """A digest for this conversation: local times "HH:MM", `days` 0 Monday to 6 Sunday; no issues: all; `zone`: the
    asker's, for where none is set; `telling`: how it is told, as far as that was said."""

    at: tuple[str, ...]
    zone: str
    days: tuple[int, ...] = (0, 1, 2, 3, 4, 5, 6)
    issues: tuple[str, ...] = ()
    read_as: tuple[Frame, ...] = ()
    telling: Telling = AS_BEFORE
    rehearsed: bool = False  # only shown: what it would be
    filters: Filters = ()  # beside issues

    def seen_from(self, zone: str) -> MakeSchedule:
        """The same, asked for in a zone."""
        return replace(self, zone=self.telling.zone or zone)


@dataclass(frozen=True)
class AskSettings:
    """How digests are told in this conversation."""

    read_as: tuple[Frame, ...] = ()


@dataclass(frozen=True)
class ChangeSettings:
    """How digests are to be told in this conversation from now on."""

    telling: Telling
    read_as: tuple[Frame, ...] = ()


@dataclass(frozen=True)
class ListSchedules:
    """The digests of this conversation."""

    read_as: tuple[Frame, ...] = ()


@dataclass(frozen=True)
class ChangeSchedule:
    """`change` is remove, pause or resume; without an id the only schedule of this conversation is meant. A pause ends
    after so many minutes, or at the next local "HH:MM" or as a local day begins (`until`), or, where neither is said,
    when it is resumed; `typed` is how its end was typed."""

    change: str
    channel_id: str | None = None
    minutes: int | None = None
    until: str | date | None = None
    typed: str = ""
    read_as: tuple[Frame, ...] = ()


@dataclass(frozen=True)
class MakeSubscription:
    """An alert. `to` is "here" or "dm"; `quiet` local "HH:MM" from, until; `cap` alerts an hour, None the default.
    `at_once`: saved without a rehearsal first. `edits`: the alert that is to be so, `to` "" where it went."""

    filters: Filters = ()
    to: str = "here"
    quiet: tuple[str, str] | None = None
    cap: int | None = None
    read_as: tuple[Frame, ...] = ()
    at_once: bool = False
    edits: str = ""


@dataclass(frozen=True)
class ShowSubscription:
    """What one alert is, to be changed."""

    subscription_id: str
    read_as: tuple[Frame, ...] = ()


@dataclass(frozen=True)
class CallOff:
    """A rehearsed alert is not wanted."""

    read_as: tuple[Frame, ...] = ()


@dataclass(frozen=True)
class Mute:
    """Hold alerts: for so many minutes, or until a local "HH:MM", or, where neither is said, until `Unmute`. Without an
    id all of this conversation."""

    minutes: int | None = None
    until: str | None = None
    subscription_id: str | None = None
    read_as: tuple[Frame, ...] = ()


@dataclass(frozen=True)
class Unmute:
    """Let alerts go out again."""

    subscription_id: str | None = None
    read_as: tuple[Frame, ...] = ()


@dataclass(frozen=True)
class ListSubscriptions:
    """One's own alerts and those of this conversation; `whose` "mine" or "channel": one kind alone."""

    whose: str = ""
    read_as: tuple[Frame, ...] = ()


@dataclass(frozen=True)
class EndSubscription:
    """End an alert by its id, or by its filters, and by `to` where that is said; `typed` is how it was named."""

    typed: str
    filters: Filters | None = None
    to: str | None = None
    read_as: tuple[Frame, ...] = ()


@dataclass(frozen=True)
class Help:
    """What can be asked; about one verb where it is named. Answered by the edge."""

    verb: str | None = None
    read_as: tuple[Frame, ...] = ()


Shareable = (
    AskPosition
    | AskBoard
    | AskNew
    | AskStatus
    | AskWhy
    | AskLatest
    | AskSearch
    | AskQuote
    | AskDiff
    | AskBaseline
    | AskSources
    | AskExport
    | AskQuality
    | AskTimeline
)
"""Commands whose answer may be posted to the conversation with the word `share`."""


Reviewing = AskReview | Decide | Report | SendLink
"""Commands about what is right."""

Alerting = MakeSubscription | ShowSubscription | CallOff | ListSubscriptions | EndSubscription | Mute | Unmute
Duty = Alerting | Reviewing | Rebase
"""Commands about what the bot owes somebody."""

Standing = MakeSchedule | ListSchedules | ChangeSchedule | AskSettings | ChangeSettings
"""Commands about the digests of a conversation."""

Command = Shareable | AskPreview | Standing | Duty | Help


@dataclass(frozen=True)
class Misunderstood:
    """Nothing was done, and why; `suggestions` are commands to press or type, without the slash: "position russia"."""

    frame: Frame
    suggestions: tuple[str, ...] = ()

"""Telling and delivering: channels, subscriptions and duties to post. Hides Slack."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from digests.model.page import Page

FOREVER = datetime(9000, 1, 1, tzinfo=UTC)
"""When something is due that waits for a person: never by itself."""


@dataclass(frozen=True)
class Channel:
    """A conversation with scheduled digests: `at` local times "HH:MM" in `zone`, `days` 0 Monday .. 6 Sunday."""

    id: str
    conversation: str  # Slack channel id
    zone: str
    at: tuple[str, ...]
    days: tuple[int, ...] = (0, 1, 2, 3, 4, 5, 6)
    catch_up: timedelta = timedelta(minutes=90)
    issues: tuple[str, ...] = ()  # none: all
    when_empty: str = "say"  # say | silent
    threads: bool = True
    compact: bool = False
    created_by: str = "config"
    paused: bool = False
    languages: tuple[str, ...] = ()  # ISO 639-1, of the texts that lines rest on; none: all
    changed_by: str = ""  # user id of who last changed it by a command
    changed_at: datetime | None = None
    paused_until: datetime | None = None  # where it is paused: None until it is resumed
    filters: tuple[tuple[str, tuple[str, ...]], ...] = ()  # of what it tells, beside its issues, as of an alert

    def is_paused(self, now: datetime) -> bool:
        """Whether no digest is told at that instant; a pause that has an end ends by itself."""
        return self.paused and (self.paused_until is None or now < self.paused_until)


@dataclass(frozen=True)
class Telling:
    """How the digests of a conversation are to be told from now on; None: as before."""

    zone: str | None = None
    compact: bool | None = None
    threads: bool | None = None
    when_empty: str | None = None
    languages: tuple[str, ...] | None = None

    def of(self, channel: Channel) -> Channel:
        """The channel with what is said here."""
        said = {name: value for name, value in vars(self).items() if value is not None}
        return replace(channel, **said)


@dataclass(frozen=True)
class Subscription:
    """A wish to be alerted. Filters are AND-ed, values within one filter OR-ed; no filter matches all that tells."""

    subscription_id: str
    conversation: str  # channel or DM to post to
    creator: str
    filters: Mapping[str, tuple[str, ...]]
    created_at: datetime
    zone: str = "UTC"
    quiet: tuple[str, str] | None = None  # local HH:MM, HH:MM
    cap_per_hour: int = 10
    paused: str = ""  # reason, "" when active
    muted_until: datetime | None = None  # what fires before is held till then; `FOREVER`: till it is unmuted


AS_BEFORE = Telling()
"""Nothing is to be told otherwise."""


class DeliveryState(StrEnum):
    """Life of a duty to post."""

    PENDING = "pending"
    SENDING = "sending"  # claimed; whether Slack has it is unknown until the receipt
    SENT = "sent"
    FAILED = "failed"  # given up, visibly
    DROPPED = "dropped"  # not to be posted any more: somebody decided so
    MERGED = "merged"  # told by another delivery, together with others that were held
    PARKED = "parked"  # waits for its conversation, which takes no messages now


@dataclass(frozen=True)
class Delivery:
    """A duty to post one page to one conversation, once. `key` is unique and travels as message metadata."""

    delivery_id: str
    key: str
    kind: str  # digest, alert, notice, correction (to an alert), edit (of a message), note (in its thread)
    conversation: str
    page: Page
    due_at: datetime
    state: DeliveryState = DeliveryState.PENDING
    attempts: int = 0
    first_try_at: datetime | None = None
    subscription_id: str | None = None
    slot: datetime | None = None
    story_id: str | None = None
    receipt: str | None = None  # Slack's ts
    note: str = ""
    held: str = ""  # why it was not due at once: quiet, mute, cap, review
    of: str = ""  # an edit or a note: the key of the delivery whose message it changes or stands under

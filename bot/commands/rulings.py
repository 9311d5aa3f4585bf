"""What can be asked about what is right: review, reports, the next version of the baseline. Hides nothing.

Nouns like those of `asks`, of which they are a part.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.moments import Moment
from digests.model import Frame


@dataclass(frozen=True)
class AskReview:
    """What waits, from what comes after an item on; or a page of the `log`; or one `item`, by its id or its line's."""

    log: bool = False
    after: str = ""
    page: int = 1
    item: str = ""
    read_as: tuple[Frame, ...] = ()


@dataclass(frozen=True)
class Decide:
    """Approve an item, reject it, or approve it within a scope; a reason or an extent that is missing is asked for."""

    item_id: str
    act: str  # approve, reject, scope, reopen
    reason: str = ""
    actors: tuple[str, ...] = ()
    issues: tuple[str, ...] = ()
    read_as: tuple[Frame, ...] = ()


@dataclass(frozen=True)
class SendLink:
    """A page at which the reviewers are asked to look, and some more."""

    address: str
    more: tuple[str, ...] = ()
    read_as: tuple[Frame, ...] = ()


@dataclass(frozen=True)
class Report:
    """A posted line is wrong, or a whole message: `what`, a line's id or a message's address; `said` why."""

    what: str
    said: str
    read_as: tuple[Frame, ...] = ()


@dataclass(frozen=True)
class Rebase:
    """The baseline's next version: other words for some of it, or something else to measure against, which is a day, a
    version, a line's id or an address. `confirmed`: the version that was in force when it was looked at."""

    reason: str
    words: tuple[str, str] | None = None
    what: str = ""
    day: Moment | None = None
    typed: str = ""  # how it is typed again, without the version
    confirmed: int | None = None
    read_as: tuple[Frame, ...] = ()

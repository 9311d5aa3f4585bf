"""Every edge of the system: what the desk asks of the world, what is kept, and the store's verbs. Hides which file.

All ports are async and may be called from one event loop. Expected outcomes are values; an exception from a port is
a bug or a matter for the operator. Nothing here reads a clock: `now` is an argument, always aware UTC.
"""

from digests.ports.kept import (
    BaselineVersion,
    BriefRecord,
    FeedCoverage,
    FeedState,
    Follow,
    Intake,
    Pause,
    Recorded,
    Relaid,
    Ruling,
    SeenMark,
    SlotRecord,
    StoredLine,
    Told,
    ToldMark,
)
from digests.ports.store import Store
from digests.ports.world import (
    Analyst,
    FeedDocument,
    Fetched,
    Fetcher,
    FetchFailed,
    Messenger,
    NotModified,
    Posted,
    PostLater,
    PostRefused,
    Validators,
)

__all__ = [
    "Analyst",
    "BaselineVersion",
    "BriefRecord",
    "FeedCoverage",
    "FeedDocument",
    "FeedState",
    "FetchFailed",
    "Fetched",
    "Fetcher",
    "Follow",
    "Intake",
    "Messenger",
    "NotModified",
    "Pause",
    "PostLater",
    "PostRefused",
    "Posted",
    "Recorded",
    "Relaid",
    "Ruling",
    "SeenMark",
    "SlotRecord",
    "Store",
    "StoredLine",
    "Told",
    "ToldMark",
    "Validators",
]

"""What configuration becomes: plain frozen values for the rest of the program. Hides that it was ever YAML."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from digests.model import Baseline, Channel, Directory, Feed, Voice

_SLACK_ID = re.compile(r"[CGD][A-Z0-9]{7,20}")


def is_slack_id(conversation: str) -> bool:
    """Whether this is a conversation's id as Slack gives it, not a name standing in for one."""
    return _SLACK_ID.fullmatch(conversation) is not None


@dataclass(frozen=True)
class Access:
    """Slack user ids by what they may do. Nobody may, where nobody is listed: it fails closed."""

    admins: tuple[str, ...] = ()
    reviewers: tuple[str, ...] = ()
    hold_until_approved: bool = False


@dataclass(frozen=True)
class SlackApp:
    """How the app presents itself in Slack and what its slash commands are called, with their leading slash."""

    name: str
    description: str
    long_description: str
    color: str
    position_command: str = "/position"
    brief_command: str = "/brief"


@dataclass(frozen=True)
class Config:
    """Everything that a person decided, checked as a whole."""

    directory: Directory
    feeds: tuple[Feed, ...]
    channels: tuple[Channel, ...]
    required_sides: tuple[Voice, ...]
    baseline: Baseline
    access: Access
    slack: SlackApp

    @property
    def unplaced(self) -> tuple[Channel, ...]:
        """Channels whose conversation is still a name: `placed` gives them a real one, nothing is posted before."""
        return tuple(c for c in self.channels if not is_slack_id(c.conversation))

    def placed(self, conversation: str) -> Config:
        """This configuration with every conversation that is still a name replaced by a conversation's id."""
        channels = (c if is_slack_id(c.conversation) else replace(c, conversation=conversation) for c in self.channels)
        return replace(self, channels=tuple(channels))

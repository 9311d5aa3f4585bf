"""The Slack app's manifest, made from slack.yaml. Hides the manifest's own shape, scopes and events.

python -m config.slack_app      # writes config/manifest.yaml anew
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import yaml

from config.loading import GENERATED, load
from config.problems import ConfigProblems
from config.values import SlackApp

SCOPES: tuple[tuple[str, str], ...] = (
    ("app_mentions:read", "be told when somebody mentions the bot"),
    ("channels:history", "look in a public channel before a second try to post, so that nothing is posted twice"),
    ("channels:read", "be told of an invitation to a public channel, see whether the bot and who asks are in it"),
    ("chat:write", "post"),
    ("commands", "answer its slash commands"),
    ("files:write", "send an export or a picture as a file"),
    ("groups:history", "look in a private channel before a second try to post"),
    ("groups:read", "be told of an invitation to a private channel, and see whether the bot is in it"),
    ("im:history", "hear what is asked in its direct message, and look there before a second try to post"),
    ("im:write", "open a direct message for a person's alerts"),
    ("users:read", "read a person's time zone"),
)
"""What the bot asks for, and for what: nothing else. The app-level token needs connections:write besides."""

EVENTS: tuple[tuple[str, str], ...] = (
    ("app_home_opened", "show the Home tab"),
    ("app_mention", "answer a mention"),
    ("member_joined_channel", "greet the channel that the bot was invited to"),
    ("message.im", "answer what is asked in its own direct message"),
)
"""What Slack tells the bot of. No message events of channels: the bot reads no conversation but its own."""


SHORTCUTS: tuple[tuple[str, str, str, str], ...] = (
    ("show_evidence", "message", "Show evidence", "What stands behind the lines of this message"),
    ("report_problem", "message", "Report a problem", "Say that a line of this message is wrong"),
    ("check_quote", "message", "Check this quote", "Whether what this message quotes is on record, and by whom"),
    ("send_link", "message", "Send link to review", "Ask the reviewers to look at the page that this message links to"),
    ("whats_new", "global", "What is new", "What came in the last 24 hours, each line in a source's words"),
    ("create_alert", "global", "Create an alert", "Be told when such a thing is new"),
)
"""Shortcuts: callback id, type, name (at most 24 characters), description."""


def manifest(app: SlackApp) -> dict[str, Any]:
    """The app manifest, schema 2, as plain values in the order in which it is written."""
    return {
        "_metadata": {"major_version": 2, "minor_version": 0},
        "display_information": {
            "name": app.name,
            "description": app.description,
            "long_description": app.long_description,
            "background_color": app.color,
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": app.name, "always_online": True},
            "shortcuts": [
                {"name": name, "type": kind, "callback_id": callback, "description": does}
                for callback, kind, name, does in SHORTCUTS
            ],
            "slash_commands": [
                {
                    "command": app.position_command,
                    "description": "Where an actor stands, in its own words, with sources",
                    "usage_hint": "russia [territory] [since:7d] | all",
                    "should_escape": False,
                },
                {
                    "command": app.brief_command,
                    "description": "What is new; schedules and alerts",
                    "usage_hint": "new | subscribe | schedule | why | search | timeline | export | status | help",
                    "should_escape": False,
                },
            ],
        },
        "oauth_config": {"scopes": {"bot": [name for name, _ in SCOPES]}},
        "settings": {
            "event_subscriptions": {"bot_events": [name for name, _ in EVENTS]},
            "interactivity": {"is_enabled": True},
            "org_deploy_enabled": False,
            "socket_mode_enabled": True,
            "token_rotation_enabled": False,
        },
    }


def written(app: SlackApp) -> str:
    """The manifest as the file holds it."""
    head = "# Made from slack.yaml by `python -m config.slack_app`: change that file, not this one.\n"
    return head + yaml.safe_dump(manifest(app), sort_keys=False, allow_unicode=True, width=100)


def main(folder: Path) -> int:
    """Write the manifest into a configuration folder; 2 where the configuration is wrong."""
    try:
        text = written(load(folder).slack)
    except ConfigProblems as problems:
        sys.stderr.write(f"{problems}\n")
        return 2
    (folder / GENERATED).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent))

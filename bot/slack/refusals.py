"""What Slack's error names mean for a delivery: later, or never, with words for the operator. Hides the names."""

from __future__ import annotations

from collections.abc import Mapping

LATER: Mapping[str, int] = {
    "ratelimited": 30,
    "rate_limited": 30,
    "message_limit_exceeded": 900,
    "team_added_to_org": 900,
    "accesslimited": 900,
}
"""Errors that say "not done, not now", with seconds to wait where Slack gives no Retry-After."""

UNKNOWN = frozenset({"internal_error", "fatal_error", "service_unavailable", "request_timeout"})
"""Errors that leave open whether the call was done."""

REFUSALS: Mapping[str, str] = {
    "not_in_channel": "the bot is not in this channel: invite it there",
    "channel_not_found": "the channel does not exist or is private and the bot is not in it: invite it there",
    "is_archived": "the channel is archived",
    "account_inactive": "the app or its bot user was removed from the workspace: install it again",
    "token_revoked": "the bot token was revoked: install the app again and set SLACK_BOT_TOKEN",
    "token_expired": "the bot token has expired: turn token rotation off, or set a new SLACK_BOT_TOKEN",
    "invalid_auth": "SLACK_BOT_TOKEN is not a token of this workspace: copy it again from the app's page",
    "not_authed": "no token was sent: set SLACK_BOT_TOKEN",
    "not_allowed_token_type": "the wrong kind of token: SLACK_BOT_TOKEN begins with xoxb-, SLACK_APP_TOKEN with xapp-",
    "missing_scope": "the app lacks a permission: install it again with config/manifest.yaml",
    "restricted_action": "a preference of the workspace forbids the bot to post here: ask an administrator",
    "restricted_action_read_only_channel": "the channel is read-only for the bot",
    "restricted_action_thread_only_channel": "the channel takes replies in threads only",
    "restricted_action_non_threadable_channel": "the channel takes no replies in threads",
    "restricted_action_thread_locked": "the thread is locked",
    "user_not_in_channel": "the user is not in this channel",
    "messages_tab_disabled": "the Messages tab of the app is off: switch it on in the app's settings",
    "msg_blocks_too_long": "the message is longer than Slack takes: please report this, with the message",
    "msg_too_long": "the message is longer than Slack takes: please report this, with the message",
    "invalid_blocks": "Slack does not take these blocks: please report this, with the message",
    "invalid_blocks_format": "Slack does not take these blocks: please report this, with the message",
    "no_text": "the message is empty: please report this",
    "ekm_access_denied": "the workspace's administrators have disabled messages in this channel",
    "app_access_restricted": "this user may not use the app",
    "user_not_found": "there is no such user in the workspace",
    "message_not_found": "the message is no longer there",
    "cant_update_message": "the message is not the bot's own",
    "file_uploads_disabled": "the workspace takes no files: ask an administrator",
    "file_uploads_except_images_disabled": "the workspace takes no files but pictures: ask an administrator",
    "file_upload_size_restricted": "the workspace takes no file of this size: narrow what is asked for",
    "storage_limit_reached": "the workspace has no room for files left: ask an administrator",
    "edit_window_closed": "the workspace no longer lets this message be edited",
}
"""Errors that stay, with what an operator can do."""

INVALID = frozenset({"invalid_blocks", "invalid_message", "invalid_view"})
"""What `blocks.validate` says of what Slack would not take; it names each fault beside it."""

IN_CHANNEL_INSTEAD = frozenset({"restricted_action_non_threadable_channel", "restricted_action_thread_locked"})
"""Refusals of a reply in a thread after which the reply is posted in the channel."""

NOT_THESE_BLOCKS = frozenset({"invalid_blocks", "invalid_blocks_format"})
"""Refusals after which a message with a table is sent without it: new kinds of block reach workspaces one by one."""

OUT_OF_REACH = frozenset({"not_in_channel", "channel_not_found", "user_not_in_channel", "is_archived"})
"""Refusals of an ephemeral message after which the command's own answer address is used."""


SHUT_OUT = frozenset(
    {
        "account_inactive", "token_revoked", "token_expired", "invalid_auth", "not_authed", "not_allowed_token_type",
        "missing_scope",
    }
)  # fmt: skip
"""Refusals of the bot itself: nothing is taken anywhere until its token or its permissions are mended."""

CLOSED = frozenset(
    {
        "not_in_channel", "channel_not_found", "is_archived", "restricted_action", "user_not_found",
        "restricted_action_read_only_channel", "restricted_action_thread_only_channel", "messages_tab_disabled",
        "ekm_access_denied", "app_access_restricted",
    }
)  # fmt: skip
"""Refusals of a conversation: nothing is taken there until somebody opens it again."""


def scope_of(code: str) -> str:
    """What else is refused, as in `ports.PostRefused`."""
    if code in SHUT_OUT:
        return "workspace"
    return "conversation" if code in CLOSED else "message"


def in_words(code: str) -> str:
    """The error name with its meaning."""
    return f"{code}: {REFUSALS.get(code, 'Slack refused; its documentation explains this name')}"


def code_of(reason: str) -> str:
    """The error name of a reason made by `in_words`."""
    return reason.partition(":")[0]

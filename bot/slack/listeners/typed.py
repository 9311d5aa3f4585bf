"""Text as a person typed it. Hides Slack's entities and the mention of the bot in front."""

from __future__ import annotations

import re

_MENTION = re.compile(r"^\s*<@[A-Z0-9]{1,30}(?:\|[^>]{0,80})?>[\s,:]*")


def unescape(text: str) -> str:
    """`&lt;`, `&gt;` and `&amp;` as the characters that were typed."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def without_mention(text: str) -> str:
    """What was said to the bot, without the mention that begins it."""
    return unescape(_MENTION.sub("", text[:8_000], count=1))

"""The closed list, its second part: what the bot says of its own when it is asked. Hides nothing.

Groups: command, evidence, told, record, sources, board, home, share. The rules of `digests.phrases` hold.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_COMMANDS = {
    "command.which_line": "Which line? Give its id, a message's link or an article's address",
    "command.which_words": "Search for which words? Two letters at least; quotes hold a phrase",
    "command.too_many_words": "Too much at once: at most 8 words or phrases of 80 characters",
    "command.whose_position": "Whose position? Name a party or a person, or all",
    "command.bad_page": "{typed:echo} is no page; write it as page:2",
    "command.bad_moment": (
        "{filter:name} does not take {typed:echo}; write a day as 2025-11-26, or today, yesterday, 24h, 7d, last"
    ),
    "command.does_why": "what stands behind a line: the sentence, its source, every wording; or why an article was not told",
    "command.does_latest": "the last digest of this conversation",
    "command.does_search": "lines on record that hold these words, newest first",
    "command.does_diff": "the baseline's words beside the newest, party by party",
    "command.does_baseline": "what everything is compared with, and the faults that are known of it",
    "command.does_sources": "what is read, by side; with status, how each feed does",
    "command.not_shared": "{verb:name} is answered to you alone",
}

ANSWERS: Mapping[str, str] = MappingProxyType(_COMMANDS)

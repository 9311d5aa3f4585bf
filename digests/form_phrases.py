"""The closed list, its fourth part: settings, forms to fill in, the look-up of a quotation. Hides nothing.

The rules of `digests.phrases` hold.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_SETTINGS = {
    "settings.title": "SETTINGS · how digests are told here",
    "settings.saved": "SETTINGS SAVED · how digests are told here",
    "settings.zone": "zone: {zone:name}",
    "settings.full": "style: full, every line with its words and sources",
    "settings.compact": "style: compact, every line in one line",
    "settings.threads_on": "threads: on, what comes after the seventh line stands in the thread and nowhere else",
    "settings.threads_off": "threads: off, everything stands in the one message",
    "settings.languages": "languages: {names:names}",
    "settings.languages_all": "languages: all",
    "settings.onquiet_say": "nothing new: said, with what was checked",
    "settings.onquiet_skip": "nothing new: no message",
    "settings.changed": "last changed by {who:name}, {at:instant}",
    "settings.no_schedule": "no digest is scheduled here yet; these settings wait for one",
    "button.change_settings": "Change",
    "button.style_full": "Full lines",
    "button.style_compact": "Compact lines",
    "button.threads_on": "Threads on",
    "button.threads_off": "Threads off",
    "command.one_of": "{filter:name} does not take {typed:echo}; it takes {words:names}",
    "command.does_settings": "how digests are told here: zone, style, threads, languages",
    "command.telling_help": (
        "style: takes full or compact; threads: on or off; lang: codes such as en,uk or all; onquiet: say or skip"
    ),
}

FORMS: Mapping[str, str] = MappingProxyType(_SETTINGS)

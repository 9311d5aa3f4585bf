"""The closed list, its fourth part: files, pictures, and what the bot knows of itself. Hides nothing.

A part of the closed list in `phrases`, whose rules hold.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_COMMANDS = {
    "command.does_export": "statements on record as a file, to you alone: csv, json or md",
    "command.which_form": "As which file? Name one of csv, json, md",
    "command.until_first": "until: {until:echo} lies before since: {since:echo}",
    "command.forms": "files: {names:names}",
}

_FILES = {
    "file.sent": "Sent to you in a direct message",
    "file.waiting": "It is sent to you in a direct message as soon as Slack takes it",
    "file.refused": "It could not be sent to you: {reason:name}",
    "file.lost": "The file that belongs here was refused: {reason:name}",
    "picture.missing": "{n:count:picture|pictures} could not be drawn; what stands here says the same",
    "file.ref": "ref {id:name}",
}

_EXPORT = {
    "export.title": "EXPORT · {n:count:statement|statements} · {form:name} · as of {at:instant:full}",
    "export.since": "on record since {at:instant:full}",
    "export.until": "on record until {at:instant:full}",
    "export.of": "the newest {n:count} of {all:count}; narrow it by actor:, issue:, since: or until: for the others",
    "export.left": "{n:count:statement|statements} left out: too long to be shown, or short of a whole sentence",
    "export.columns": "each with its words, offsets, sha256 of the text, link, times and verdict; times are UTC",
    "export.formula": "where a spreadsheet would take a cell for a formula it begins with an apostrophe",
    "export.nothing": "nothing on record fits",
}

FILES: Mapping[str, str] = MappingProxyType(_COMMANDS | _FILES | _EXPORT)

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
    "command.does_timeline": "when the own words of a party, or of all on an issue, came on record; a picture",
    "command.which_timeline": "Whose timeline? Name a party, a person or an issue",
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

_TIMELINE = {
    "timeline.title": "TIMELINE · {what:names} · {first:day} to {last:day} ({zone:name})",
    "timeline.count": (
        "{n:count:statement|statements} in own words · {lanes:count:row|rows} · as of {at:instant:full}"
    ),
    "timeline.nothing": "no words of its own on record in this time",
    "timeline.none_since": "nothing since {first:day}",
    "timeline.day": "{on:day}",
    "timeline.mark": "{on:day} {sign:name} ×{n:count}",
    "timeline.noted": "{on:day} {sign:name} ×{n:count} ({note:count})",
    "timeline.before": "baseline {on:day}",
    "timeline.before_undated": "baseline, no day",
    "timeline.baseline": "baseline",
    "timeline.not_drawn": "{n:count:earlier statement|earlier statements} left out; since: takes an earlier day",
    "timeline.earlier": "{n:count:earlier day|earlier days}",
    "timeline.undated": "a day is that on which it was said; where the text names none, that on which it was seen",
    "timeline.counts": "×: statements of that day; a number in a circle: its words stand below",
    "timeline.weekly": "a mark is a week, from its first day",
    "timeline.version": "baseline v{version:count} of {first:day}, a rewrite",
    "timeline.alt_lane": "{n:count:day|days} with own words, the last {on:day};",
    "sign.baseline": "in the baseline",
    "sign.said": "said again",
    "sign.new": "new words",
    "sign.possible_shift": "possible shift, read both",
    "sign.shift": "shift",
    "sign.correction": "better wording",
    "button.timeline": "Timeline",
    "button.table": "As a table",
    "button.picture": "Picture",
}

_BOARD = {
    "chart.title": "POSITIONS · own words last on record · as of {at:instant:full} ({zone:name})",
    "chart.of": "{parties:count:party|parties} on {issues:count:issue|issues}",
    "chart.baseline": "{on:day}, baseline",
    "chart.today": "today or the day before",
    "chart.days": "up to {n:count:day|days}",
    "chart.older": "older",
    "chart.below": (
        "a cell is the day of a party's newest own words on an issue; seen: the text names no day, ours is shown; –: "
        "nothing on record"
    ),
    "chart.alt": "{who:name}: {issues:names};",
}

_QUALITY = {
    "command.does_quality": "what the bot knows of its own work: read, told, taken back, how fast",
    "quality.title": "QUALITY · counted from {since:instant:full} to {at:instant:full}",
    "quality.reading": "READ",
    "quality.items": (
        "{n:count:item|items} from {feeds:count} of {all:count:feed|feeds} · {failed:count:poll|polls} failed"
    ),
    "quality.reports": (
        "{n:count:report|reports} about the talks · {new:count} with something new · {again:count} known already"
    ),
    "quality.statements": (
        "{n:count:statement|statements} found · speaker not certain of {unsure:count} ({share:count} in 100)"
    ),
    "quality.telling": "TOLD",
    "quality.told": (
        "{n:count:line|lines} in {digests:count:digest|digests} and {alerts:count:alert|alerts} that were posted"
    ),
    "quality.twice": "{n:count} of {of:count:line|lines} told a conversation what it had been told",
    "quality.failed": "{n:count:message|messages} given up",
    "quality.trust": "HOW FAR TO TRUST IT",
    "quality.excerpts": (
        "{n:count} of {of:count:line|lines} ({share:count} in 100) rest on headlines and feed excerpts alone, without"
        " the page"
    ),
    "quality.single": "{n:count} of {of:count:line|lines} ({share:count} in 100) had one origin when they were told",
    "quality.corrected": "{n:count:message|messages} corrected after posting",
    "quality.doubted": (
        "{n:count:line|lines} reported as wrong · {upheld:count} taken back, {waiting:count} not looked at yet"
    ),
    "quality.speed": "HOW FAST, the middle of each",
    "quality.read": "published (as its publisher says) to read: {h:count} h {m:count} min · {n:count:report|reports}",
    "quality.read_none": "published to read: no report has a date of its own",
    "quality.alerted": "read to posted in an alert: {h:count} h {m:count} min · {n:count:line|lines}",
    "quality.alerted_none": "read to posted in an alert: no alert was posted",
    "quality.briefed": (
        "read to posted in a digest, which waits for its hour: {h:count} h {m:count} min · {n:count:line|lines}"
    ),
    "quality.briefed_none": "read to posted in a digest: no digest with lines was posted",
    "quality.not_here": "what was missed is not on record: how well texts are read is measured in docs/quality.md",
}

FILES: Mapping[str, str] = MappingProxyType(_COMMANDS | _FILES | _EXPORT | _TIMELINE | _BOARD | _QUALITY)

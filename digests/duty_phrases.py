"""The closed list, its third part: what the bot owes. Alerts held, counted anew, corrected; pauses, review, versions.

Hides nothing; a part of the closed list in `phrases`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_ALERTS = {
    "line.publishers_now": "now {n:count:publisher|publishers}, {origins:count:origin|origins}",
    "alert.subscriptions": "subscriptions {ids:names} · `subscribe list` shows them",
    "alert.away": "WHILE YOU WERE AWAY · {n:count:alert|alerts} held since {since:instant}",
    "alert.capped": "BEYOND THE CAP · {n:count:alert|alerts} held since {since:instant}",
    "alert.capped_summary": "Held by the cap: {n:count:alert|alerts}",
    "alert.away_summary": "While you were away: {n:count:alert|alerts}",
    "alert.held_quiet": "held by quiet hours",
    "alert.held_mute": "held while muted",
    "alert.held_cap": "held by the cap of {n:count:alert|alerts} an hour",
    "alert.held_late": "held until this conversation could be reached",
    "alert.correction": "CORRECTION to an alert of {at:instant}",
    "alert.corrected_summary": "Correction to an alert of {at:instant}",
}

_FOLLOWING = {
    "follow.note": "The source of a line above changed what was quoted",
    "follow.stands_now": "stands there now",
    "follow.notice": "the source says of it",
    "follow.line": "line {id:name}",
}

_SUBSCRIPTIONS = {
    "subscribe.would": "ALERT ME · nothing is saved yet",
    "subscribe.to_save": "`{command:name}` saves it",
    "subscribe.not_saved": "NOT SAVED · no alert was made",
    "subscribe.to": "to {where:name}",
    "subscribe.to_here": "to this conversation",
    "subscribe.latest": "the latest {n:count} of them",
    "subscribe.which": "Which one? {n:count:alert has|alerts have} these filters; nothing was done",
    "subscribe.unknown_filters": (
        "No subscription of yours or of this conversation has just these filters: {typed:echo}; `subscribe list`"
        " shows them"
    ),
    "subscribe.to_dm": "to a direct message",
    "subscribe.made_by": "made by {who:name}",
    "subscribe.yours": "made by you",
    "subscribe.counts": "7 days: fired {fired:count}, held {held:count}, merged {merged:count}",
    "subscribe.quiet": "quiet {start:name}-{end:name}",
    "subscribe.cap": "at most {n:count} an hour",
    "subscribe.muted_until": "muted until {at:instant}",
    "subscribe.muted": "muted until `unmute`",
    "mute.done": "MUTED until {at:instant} · {n:count:alert|alerts} of this conversation held, none lost",
    "mute.done_one": "MUTED {id:name} until {at:instant} · what fires is held, not lost",
    "mute.done_open": "MUTED {id:name} until `unmute {id:name}` · what fires is held, not lost",
    "mute.ended": "UNMUTED · {n:count:alert|alerts} held, delivered now",
    "mute.nothing": "No alert of this conversation to mute; `subscribe list` shows what there is",
    "button.save": "Save",
    "button.narrow": "Narrow",
    "button.cancel": "Cancel",
}

_CONDUCT = {
    "status.no_vectors": (
        "NO VECTORS · {reason:name}: words, names and numbers alone decide what is alike · {remedy:name}"
    ),
    "status.paused": "PAUSED · {n:count:conversation takes|conversations take} no messages; who asked was told",
    "owning.theirs": "NOT CHANGED · made by {who:name}",
    "owning.who_may": "Who made it may change it, and the admins whom config/access.yaml names",
    "owning.told": "{who:name} changed what you had asked for in {where:name}",
    "conduct.paused": "PAUSED · {where:name} takes no messages from me",
    "conduct.paused_reason": "{reason:name}",
    "conduct.paused_what": "{n:count:subscription or schedule|subscriptions and schedules} of yours: {ids:names}",
    "conduct.paused_until": (
        "What was held there waits. It begins again when I am invited there, or when you subscribe or resume there"
    ),
    "conduct.paused_shut_out": "What was held waits. It begins again by itself when Slack takes my messages again",
    "conduct.resumed": "Paused here since I could not post; it begins again now, and what was held follows",
    "conduct.not_here": "I am not in this channel yet: invite me, or nothing of this can be posted here",
}

_REVIEW = {
    "review.unseen": "NOT REVIEWED: nobody has looked at this yet",
    "review.asked": "REVIEW {id:name} · please look at this",
    "review.done": "REVIEW {id:name} · decided",
    "review.due": "If nobody decides by {at:instant:clock}, alerts on it go out with the label NOT REVIEWED",
    "review.kept": "Nothing of it is told before somebody approves it",
    "review.more": "REVIEW · more waits than is announced one by one",
    "review.let_out": "{n:count:alert goes|alerts go} out now",
    "review.dropped": "{n:count:alert is|alerts are} not sent",
    "review.edited": "{n:count:posted message is|posted messages are} edited",
    "review.words": "{n:count:conversation is|conversations are} told",
    "review.out": "It went out {at:instant:full} with its label, since nobody had looked; a decision still counts",
    "review.approve": "Approve {id:name}",
    "review.scope": "Edit scope of {id:name}",
    "review.reject": "Reject {id:name}",
    "review.stand": "Let the line of {id:name} stand",
    "review.take_back": "Take the line of {id:name} back",
    "review.line_stands": "Ticket {id:name}: a reviewer looked at line {line:name}, and it stands",
    "review.line_rescoped": "Ticket {id:name}: line {line:name} is told within another scope from now on",
    "review.line_stands_rescoped": (
        "Ticket {id:name}: a reviewer looked at line {line:name}, and it stands, within the scope that review set"
    ),
    "review.line_taken_back": "Ticket {id:name}: line {line:name} is taken back, and whoever was told it is told",
    "review.which_scope": (
        "Whose words are in {id:name}, and on which issue? Choose, or type `review scope {id:name} actor:… issue:…`"
    ),
    "review.by_whom": "Party",
    "review.on_what": "Issue",
    "review.by": "by {who:name}",
    "review.evidence": "Evidence of {id:name}",
    "review.looked_at": "approved in review {at:instant:full}",
    "review.rescoped": "SCOPE CORRECTED BY REVIEW: {scope:names}",
    "review.scoped": "APPROVED · {id:name} · within its new scope, which is told where it was told otherwise",
    "review.queue": "REVIEW · {n:count:item waits|items wait}",
    "review.item": "{id:name} · queued {at:instant}",
    "review.raised": "to be looked at as: {what:names}",
    "review.alone": "to be looked at since one publisher alone reports it",
    "review.ticket": "{id:name} · reported {at:instant}",
    "review.reported": "{who:name} says: {typed:echo}",
    "review.first_of": "{n:count} of {all:count}",
    "review.part_of": "{first:count} to {last:count} of {all:count}",
    "review.order": "readers' reports first, then shifts and what differs, then what weighs most and waits longest",
    "review.left": "{n:count} more after these",
    "review.nothing_after": "nothing that waits comes after that",
    "review.next": "Next {n:count}",
    "review.from_the_start": "From the start",
    "review.log": "REVIEW LOG · {n:count:entry|entries}",
    "review.log_newest": "REVIEW LOG · newest {n:count} of {all:count}",
    "review.log_part": "REVIEW LOG · {first:count} to {last:count} of {all:count}, the newest first",
    "review.log_ended": "REVIEW LOG · no older entry; there are {all:count}",
    "review.older": "Older",
    "review.newer": "Newer",
    "review.entry": "{at:instant:full} · {who:name} · {act:name} {what:name}",
    "review.because": "reason: {typed:echo}",
    "review.not_yours": "Only those whom config/access.yaml names may do this; nothing was done",
    "review.no_line": "No posted line {typed:echo}; every line bears its id",
    "review.opened": "REPORTED · ticket {id:name}",
    "review.open": "Ticket {id:name} is open already",
    "review.too_many": "{n:count} tickets of yours wait already; nothing was opened before some of them are decided",
    "review.closed": "Ticket {id:name} was decided already",
    "review.what_next": "A reviewer looks at it, and you are told here what came of it",
    "review.nobody": "No reviewer is named in config/access.yaml; the ticket is kept until one is",
    "review.why": "Why must {id:name} not stand? Press a reason, or type one in quotes",
    "review.unknown": "No item {typed:echo} to review; `review` shows what waits",
    "review.approved": "APPROVED · {id:name}",
    "review.rejected": "TURNED DOWN · {id:name}",
    "review.decided": "{id:name} was decided already; nothing was done",
    "review.decided_by": "{act:name} by {who:name}, {at:instant:full}",
    "review.withdrawn": "WITHDRAWN BY REVIEW: {reason:echo}",
    "review.restored": "IT STANDS AFTER ALL: review took back what it had said of this line",
    "review.not_out": "nobody was told of it",
    "review.also": "on the same words, for {id:name}",
    "review.settled": "settled with it: {ids:names}",
    "review.settled_by": "settled with {id:name}",
    "review.too_late": "{id:name} is settled with {first:name}: the words were taken back already",
    "review.within": "within {scope:names}",
    "review.to": "now {scope:names}",
    "review.on_line": "REVIEW · {n:count:item|items} on line {line:name}",
    "review.one_waits": "REVIEW {id:name} · waits for a decision",
    "review.open_again": "Open {id:name} again",
    "review.opened_again": "opened again by {who:name}, {at:instant:full}",
    "review.reopened": "OPENED AGAIN · {id:name} · nothing is decided on it now",
    "review.reopened_until": "What was posted stays as it is until the next decision, which travels as the first did",
}

_HOME = {
    "home.review": "TO LOOK AT · {n:count:item waits|items wait}",
    "home.look": "Review",
    "home.corrections": "CORRECTED IN THE LAST 14 DAYS · {n:count}",
    "home.at": "{at:instant}",
}

_BASELINE = {
    "baseline.title": "BASELINE v{version:count} · {first:day} to {last:day}",
    "baseline.kind": "{kind:name}",
    "baseline.rewrite": "a rewrite, do not quote it · {n:count:fault|faults} known, each shown where its words are",
    "baseline.no_page": "no such page; the baseline has {n:count:statement|statements}",
    "baseline.versions": "BASELINE · {n:count:version|versions}",
    "baseline.version": "version {version:count}",
    "baseline.version_in_force": "version {version:count}, in force",
    "baseline.dated": "dated {first:day} to {last:day}",
    "baseline.holds": "{statements:count:statement|statements} read from it",
    "baseline.faults": "{faults:count:fault|faults} known",
    "baseline.of_files": "from config/baseline",
    "baseline.made": "{at:instant:full} · {who:name} · reason: {reason:echo}",
    "baseline.amended_here": "amended",
    "baseline.article": "the article",
    "baseline.until": "what was on record by the end of {day:day}",
    "baseline.was": "the words that go",
    "baseline.becomes": "the words that come",
    "baseline.not_yours": "Only an admin may amend or rebase the baseline; config/access.yaml names {admins:names}",
    "baseline.no_admin": (
        "Only an admin may amend or rebase the baseline, and config/access.yaml names none; nothing was done"
    ),
    "baseline.look_first": "BASELINE v{version:count} WOULD FOLLOW v{old:count} · nothing is saved yet",
    "baseline.confirm": "Make it v{version:count}",
    "baseline.leave": "Leave it as it is",
    "baseline.other_now": "The baseline is v{version:count} by now; look again before you confirm",
    "baseline.new_version": "THE BASELINE IS v{version:count} NOW",
    "baseline.measured": "What counts as new, and every position, is measured against it from now on",
    "baseline.not_once": (
        "These words stand {n:count:time|times} in the baseline, not once: copy the exact characters, without"
        " quotation marks, and enough of them"
    ),
    "baseline.too_long": "At most {n:count} characters of words at a time",
    "baseline.same": "That is what stands there",
    "baseline.made_already": "Made already: it is v{version:count}",
    "baseline.no_target": "No line, version or stored article {typed:echo} to measure against",
    "baseline.no_text": "Of {typed:echo} no text is kept that may be measured against",
    "baseline.day_ahead": "{typed:echo} is not over; name a day that is",
    "command.which_words_amended": "Which words, and what instead? Nothing is saved before you confirm",
    "command.which_target": "Measure against what? A line's id, a stored article's address, a day or a version",
    "command.which_because": "Why? Add because: with a sentence in quotes; it is announced with the version",
}

_COMMANDS = {
    "command.does_review": "what waits to be looked at; approve or reject it, for reviewers",
    "command.does_report": "says that a posted line is wrong; opens a ticket",
    "command.alert_help": (
        "to: here, dm or a #channel; quiet: hours such as 22:00-07:00, which hold alerts; cap: alerts an hour, such as"
        " 5/h; now as the last word saves without a rehearsal"
    ),
    "command.no_link": "There is no link to a page in it; Send link to review asks for a look at one",
    "command.which_report": "Which line, and what is wrong with it? Give its id and a sentence in quotes",
    "command.which_item": "Which item? `review` shows what waits",
    "command.no_such_channel": "No channel {typed:echo} in which you and I both are",
    "command.does_mute": "holds alerts for a while; nothing is lost, and what was held comes in one message",
    "command.does_unmute": "lets held alerts out and new ones through",
    "command.which_mute": "Mute for how long, or which one? Say 4h, until 09:00, or an id",
    "command.bad_stretch": "{typed:echo} is no stretch of time from 1m to 30d; write it as 30m, 4h or 2d",
}

DUTIES: Mapping[str, str] = MappingProxyType(
    _ALERTS | _FOLLOWING | _SUBSCRIPTIONS | _CONDUCT | _REVIEW | _HOME | _BASELINE | _COMMANDS
)

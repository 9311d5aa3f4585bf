"""The closed list of the bot's own words, by key. Hides nothing: what the bot can say of its own is all here.

Add a phrase here, use it through `frames.say`; a test refuses phrases that nobody uses and words that claim facts.
Never "no change": that is a claim about the world. Groups: label, digest, board, line, reason, ahead, position,
alert, command, conduct.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from digests.answer_phrases import ANSWERS
from digests.duty_phrases import DUTIES
from digests.file_phrases import FILES
from digests.form_phrases import FORMS

_LABELS = {
    "label.name": "{name:name}",
    "label.count": "{n:count}",
    "label.demonstration": "demonstration",
    "label.speaker": "[{who:name}]",
}

_DIGEST = {
    "new.further": "PEACE PLAN · what is new, lines {first:refs} to {last:refs}",
    "new.no_further": "PEACE PLAN · no further line",
    "button.more_lines": "{n:count:more line|more lines}",
    "preview.title": "PREVIEW · PEACE PLAN as of {at:instant:full} ({zone:name}) · what arrived since {since:instant}",
    "preview.coming": "nobody else sees this · the next digest here comes {at:instant:full}",
    "preview.not_coming": "nobody else sees this · no digest comes here, see `schedule`",
    "digest.title": "PEACE PLAN · {at:instant:full} ({zone:name}) · what arrived since {since:instant}",
    "digest.demonstration": "DEMONSTRATION · invented outlets, a recorded week of 24 Nov to 1 Dec 2025",
    "digest.freshness": (
        "{items:count:item|items} from {publishers:count:publisher|publishers} · newest {newest:instant}"
    ),
    "digest.partly_blind": "PARTLY BLIND · no source read from: {sides:names} · do not read those sides as silent",
    "digest.partly_blind_feeds": "PARTLY BLIND · {n:count:feed|feeds} could not be read",
    "digest.failing_since": "{feed:name}: not read since {since:instant}",
    "digest.failing_more": "{n:count:more feed|more feeds} not read",
    "digest.checked": "checked: {names:names}",
    "digest.alerted": "TOLD HERE ALREADY in this time · {n:count:line|lines}",
    "digest.alerted_more": "{n:count:more line|more lines}, told above in this conversation: {lines:refs}",
    "digest.corrected_since_told": "CORRECTED SINCE TOLD · {n:count:line|lines}",
    "digest.blind": "BLIND · no feed could be read since {since:instant} · do not read this as calm",
    "digest.nothing_new": (
        "NOTHING NEW · checked {feeds:count:feed|feeds}, {items:count:item|items} · newest {newest:instant}"
    ),
    "digest.nothing_more": (
        "NOTHING BEYOND WHAT WAS TOLD HERE · checked {feeds:count:feed|feeds}, {items:count:item|items}"
        " · newest {newest:instant}"
    ),
    "digest.thin": "THIN · lines {lines:refs} rest on {who:name} alone",
    "digest.who_spoke": "WHO SPOKE",
    "digest.ahead": "AHEAD",
    "digest.new": "new {n:count}",
    "digest.updates": "updates {n:count}",
    "digest.shifts": "shifts {n:count}",
    "digest.possible_shifts": "possible shifts {n:count}",
    "digest.differ": "differ {n:count}",
    "digest.corrections": "corrections {n:count}",
    "digest.repeats": "repeats {n:count}",
    "digest.told": (
        "COUNTS · {lines:count:line|lines}, of them context {context:count}, "
        "from {used:count} of {reports:count:report|reports} on the talks"
    ),
    "digest.versions": "later versions among these reports {n:count}",
    "digest.background": "background {n:count}",
    "digest.left_out": "LEFT OUT {n:count}",
    "digest.left_out_reason": "{n:count} {reason:name}",
    "digest.nothing_seen": "NOTHING NEW · checked {feeds:count:feed|feeds}, no item arrived",
    "digest.nothing_ahead": "AHEAD · nothing announced in these texts",
    "digest.ahead_of": "line {line:refs}",
    "digest.ahead_above": "as quoted in line {line:refs}",
    "digest.ahead_before": "announced before, line {id:name}",
    "digest.ahead_on": "{on:day}",
    "digest.ahead_between": "between {first:day} and {last:day}",
    "digest.ahead_undated": "no day in the text",
    "digest.missed": "MISSED · the digest of {at:instant} was not posted: the bot was not running",
    "digest.baseline": "against baseline v{version:count} ({first:day}, {kind:name})",
    "digest.summary": "Peace plan digest, {at:instant:full}: {n:count:line|lines}",
    "digest.summary_empty": "Peace plan digest, {at:instant:full}: nothing new",
    "digest.summary_blind": "Peace plan digest, {at:instant:full}: blind, do not read this as calm",
    "digest.yesterday": "from yesterday",
    "digest.more_in_thread": "{n:count:more line|more lines} in the thread",
    "digest.more_in_next": "{n:count:more line|more lines} in the next message",
    "digest.more_cut": "{n:count:more line was|more lines were} cut off",
    "digest.new_since": "`new since:{day:name}` shows all",
}

_BOARD = {
    "board.party": "{who:name}",
    "board.new_on": "new on {issue:name}: {lines:refs}",
    "board.restated": "said again in other words, {on:day}: {lines:refs}",
    "board.possible_shift": "possible shift on {issue:name}: read {lines:refs}, was and now",
    "board.shift": "shift on {issue:name}: {lines:refs} ({what:name} changed)",
    "board.differ": "{a:name} and {b:name} differ on {issue:name}: {lines:refs}",
    "board.corrected": "wording corrected: {lines:refs}",
    "board.spoke": "{who:name} {lines:refs}",
    "board.quiet": "nothing new of their own: {names:names}",
    "board.unread": "not read: {names:names}",
    "board.no_shift": "no shift found",
    "board.nothing_own": "nothing of its own · last on record {who:name}, {on:day}",
    "board.nothing_own_baseline": "nothing of its own · last on record {who:name}, {on:day} (baseline)",
    "board.nothing_own_between": ("nothing of its own · last on record {who:name}, between {first:day} and {last:day}"),
    "board.nothing_own_baseline_between": (
        "nothing of its own · last on record {who:name}, between {first:day} and {last:day} (baseline)"
    ),
    "board.nothing_own_undated": "nothing of its own · last on record {who:name}, day not in the text",
    "board.only_known": "only words that are on record already",
    "board.only_left_out": "own words only in what was left out",
    "board.named_in": "named in {lines:refs}",
    "board.nothing_since": "nothing new on record since {on:day}",
    "board.nothing_on_record": "nothing on record",
    "board.not_read_since": "no source of this side read since {since:instant}",
    "board.not_read": "no source of this side is read",
}

_LINE = {
    "line.head": "{n:refs}  {verdict:name}",
    "line.compact": "[{n:refs} {verdict:name}]",
    "line.compact_source": "[{source:name} · {source_class:name} · {at:instant}]",
    "line.compact_speaker": "[{who:name}]",
    "line.compact_said": "[{who:name}, said {on:day}]",
    "line.compact_said_between": "[{who:name}, said between {first:day} and {last:day}]",
    "line.compact_unsure": "[speaker not certain]",
    "line.publishers": "{n:count:publisher|publishers}, {origins:count:origin|origins}",
    "line.one_publisher": "1 publisher",
    "line.issue_point": "{issue:name} (point {points:refs})",
    "line.issue_points": "{issue:name} (points {points:refs})",
    "line.source": "{source:name} · {source_class:name} · {at:instant}",
    "line.headline": "headline",
    "line.excerpt": "excerpt",
    "line.page": "page",
    "line.more_quotes": "+{n:count:quotation|quotations} in Evidence",
    "line.said_on": "said {on:day}",
    "line.said_between": "said between {first:day} and {last:day}",
    "line.language": "in {language:name}",
    "line.id": "id {id:name}",
    "line.link": "source",
    "line.unsure": "speaker not certain",
    "line.about": "about {whom:names}, not by",
    "line.analysis": "analysis: moves no position",
    "line.rewrite": "rewrite; do not quote",
    "line.was": "was",
    "line.now": "now",
    "line.wordings_differ": "WORDINGS DIFFER: {what:name}",
    "line.of_baseline": "a correction of the baseline, not a shift",
    "line.baseline_has_it": "the baseline article (rewrite; do not quote) has, {on:day}:",
    "line.baseline_has": "the baseline article (rewrite; do not quote) has for [{who:name}], {on:day}:",
    "line.other_name": "other wording: {wording:name} ({source:name})",
    "line.other_wording": "other wording for [{who:name}] ({source:name}):",
    "line.source_dated": "{source:name} · {source_class:name} · {at:instant:full}",
    "line.since_replaced_dated": "SINCE REPLACED {at:instant:full}",
    "line.corrected_by_source_dated": "CORRECTED BY THE SOURCE {at:instant:full}",
    "digest.as_posted": "As it was posted: what review changed since, as its lines say, is still counted here",
    "line.withdrawn_dated": "WITHDRAWN BY THE SOURCE {at:instant:full}",
    "line.overruled_dated": "WITHDRAWN BY REVIEW {at:instant:full}",
    "line.rescoped_dated": "SCOPE CORRECTED BY REVIEW {at:instant:full}",
    "line.since_replaced": "SINCE REPLACED {at:instant}",
    "line.corrected_by_source": "CORRECTED BY THE SOURCE {at:instant}",
    "line.withdrawn": "WITHDRAWN BY THE SOURCE {at:instant}",
    "line.overruled": "WITHDRAWN BY REVIEW {at:instant}",
    "line.rescoped": "SCOPE CORRECTED BY REVIEW {at:instant}",
    "line.context": "CONTEXT",
}

_REASONS = {
    "reason.first_report": "first report of this happening; nothing in baseline or record tells it",
    "reason.first_told": "told here for the first time",
    "reason.first_on_issue": "{who:name} was not on record on {issue:name}",
    "reason.new_fact": "adds a fact to what was told: {what:name}",
    "reason.number_changed": "a number changed about the same thing",
    "reason.yes_no_changed": "a yes or no changed about the same thing",
    "reason.condition_changed": "a condition came or went about the same thing",
    "reason.maybe_changed": "number, condition or yes/no may have changed; the rule is not sure",
    "reason.maybe_number": "a number may have changed about the same thing; the rule is not sure, read both",
    "reason.maybe_condition": "a condition may have come, gone or changed; the rule is not sure, read both",
    "reason.maybe_yes_no": "a yes or no may have changed about the same thing; the rule is not sure, read both",
    "reason.facts_differ": "two sources give different facts",
    "reason.better_wording": "a better wording of words already on record: {what:name}",
    "reason.better_name": "a name is spelt otherwise than in words already on record: {who:name}",
    "reason.wordings_differ": "sources word the same utterance differently: {what:name}",
    "reason.source_corrected": "the source corrected itself",
    "reason.same_substance": "same substance, new date or other words",
    "reason.known": "known: in the baseline or on record",
    "reason.copy": "a copy of a text on record",
    "reason.another_report": "another report of a told happening; adds nothing material",
    "reason.background": "{shell:name}: not a development",
    "reason.too_old": "dated long before it was seen",
    "reason.future": "dated in the future",
}

_ALERTS = {
    "alert.title": "ALERT · {verdict:name} · {issues:names}",
    "alert.title_bare": "ALERT · {verdict:name}",
    "alert.added": "added {at:instant}",
    "alert.subscription": "subscription {id:name} · `unsubscribe {id:name}` ends it",
}

_SUBSCRIPTIONS = {
    "subscribe.saved": "SUBSCRIBED · {id:name}",
    "subscribe.updated": "SUBSCRIPTION UPDATED · {id:name}",
    "subscribe.changed": "SUBSCRIPTION CHANGED · {id:name}",
    "subscribe.present": "SUBSCRIPTION · {id:name}",
    "subscribe.how_to_edit": "to change it, say all that it shall be: `{command:name}`",
    "subscribe.same": "The subscription {id:name} has these filters and goes there already; nothing was changed",
    "subscribe.everything": "everything that a digest may carry",
    "subscribe.filters": "{filters:names}",
    "subscribe.put_off": (
        "a happening counts once, and again with what is new in it; quiet hours, mutes and the cap of an hour put off "
        "and drop none"
    ),
    "subscribe.rehearsed": "would have fired {n:count:time|times} in the last 7 days",
    "subscribe.rehearsed_little": (
        "would have fired {n:count:time|times}; the record reaches back only to {since:instant}"
    ),
    "subscribe.how_to_end": "`unsubscribe {id:name}` ends it",
    "subscribe.ended": "UNSUBSCRIBED · {id:name}",
    "subscribe.unknown": "No subscription {typed:echo} of yours or of this conversation; `subscribe list` shows them",
    "subscribe.list": "{n:count:subscription|subscriptions}",
    "subscribe.last_fired": "last fired {at:instant}",
    "subscribe.never_fired": "not fired yet",
    "subscribe.paused": "paused: {reason:name}",
}

_SCHEDULES = {
    "schedule.would": "A DIGEST HERE · nothing is saved yet",
    "schedule.saved": "SCHEDULED · {id:name}",
    "schedule.replaced": "SCHEDULE CHANGED · {id:name} · a conversation has one",
    "schedule.before": "before:",
    "schedule.would_replace": "this takes the place of the one here:",
    "schedule.at": "at {at:names} ({zone:name})",
    "schedule.next": "next {day:name} {on:day}, {at:name}",
    "schedule.list": "{n:count:digest|digests} scheduled for this conversation",
    "schedule.from_file": "from config/digests.yaml, changed there only",
    "schedule.every_day": "every day",
    "schedule.on_days": "{days:names}",
    "schedule.only": "only {filters:names}",
    "button.put_back": "Put back",
    "schedule.on_issues": "on {names:names} alone",
    "schedule.is_paused": "PAUSED until `schedule resume`",
    "schedule.is_paused_until": "PAUSED until {at:instant:full}",
    "schedule.paused": "PAUSED · {id:name}",
    "schedule.resumed": "RESUMED · {id:name}",
    "schedule.removed": "REMOVED · {id:name}",
    "schedule.meanwhile": "the first digest after it tells what came meanwhile",
    "schedule.over": "{typed:echo} is over; a pause ends ahead",
    "schedule.by_file": "The schedule {id:name} stands in config/digests.yaml; change it there",
    "schedule.write": "nothing was done; under id: {id:name} write instead",
    "schedule.line": "{name:name}: {value:name}",
    "schedule.no_languages": "lang: is for channels that no file tells about",
    "schedule.stands": "it says so already",
    "schedule.unknown": "No schedule {typed:echo} in this conversation; `schedule list` shows them",
}

_STATUS = {
    "status.title": "STATUS · {at:instant:full}",
    "status.feeds": "{ok:count} of {all:count:feed|feeds} read in the last 24 hours",
    "status.newest": "newest item {at:instant}",
    "status.outbox": "messages of 7 days: sent {sent:count} · waiting {waiting:count} · failed {failed:count}",
    "status.failed": "FAILED · {kind:name} of {at:instant}: {reason:name}",
    "status.digest_paused": "digest {id:name}",
    "status.next_digest": "next digest {id:name}: {at:instant:full}",
    "status.record": (
        "record: {articles:count:article|articles}, {developments:count:development|developments},"
        " baseline v{version:count}"
    ),
}

_BUTTONS = {
    "button.alert_me": "Alert me",
    "button.all_lines": "All lines",
    "lines.title": "ALL LINES · {n:count:line|lines} of the digest of {at:instant:full}",
    "button.new": "What is new",
    "button.schedule_daily": "Schedule it",
    "button.help": "Help",
}

_POSITION = {
    "position.title": (
        "{who:name} · as of {at:instant:full} · against baseline v{version:count} ({first:day}, {kind:name})"
    ),
    "position.summary": "{who:name}: own words on {n:count} of {all:count} issues",
    "position.own_on": "own words on {n:count} of {all:count} issues",
    "position.matched": "read {typed:echo} as {who:name}",
    "position.issue": "{issue:name} · last said {on:day}",
    "position.issue_undated": "{issue:name} · day not in the text",
    "position.now": "now",
    "position.before": "before",
    "position.same_day": "the same day",
    "position.baseline": "baseline",
    "position.done": "done since",
    "position.under": "the words shown under {issue:name}",
    "position.moved": "last shift on record {at:instant}",
    "position.not_moved": "shifts on record: none",
    "position.about": "ABOUT {who:name}, NOT BY IT · moves nothing",
    "position.nothing": "NOTHING ON RECORD · {issues:names}",
    "position.nothing_on": "{who:name}: nothing on record on {issue:name}",
    "position.blind": "PARTLY BLIND · {sides:names}: no source read; nothing below is about our record, not about them",
}

_COMMANDS = {
    "command.unknown": "No {what:name} {typed:echo}",
    "command.unknown_near": "No {what:name} {typed:echo}; the nearest is {nearest:name}",
    "command.nothing_done": "Nothing was done.",
    "command.one_at_a_time": "One party and one issue at a time",
    "command.read_speaker": "{speaker:name} speaks for {who:name}",
    "command.read_question": "read {typed:echo} as `{command:name}`",
    "command.read_issue": "read {typed:echo} as {issue:name}",
    "command.verb_first": "A command begins with its verb, filters come after it",
    "command.not_understood_after": "{typed:echo} is not understood after {verb:name}",
    "command.is_issue": "{typed:echo} is an issue; name a party too, or all",
    "command.needs_this_key": "{typed:echo} needs its key before it: {pair:name}",
    "command.goes_with": "{typed:echo} goes with {verb:name}, not with {other:name}",
    "command.empty_filter": "{typed:echo}: has no value",
    "command.open_quote": "A quotation mark is not closed",
    "command.too_long": "Too long: {n:count:character is|characters are} read at most; nothing was done",
    "command.key_not_here": "{typed:echo} does not go with {verb:name}",
    "command.person_filter": "{typed:echo} is a person; filters take parties, here {who:name}",
    "command.which_schedule": "Which one? Give its id",
    "command.which_subscription": "Which one? Give its id",
    "command.bad_pause": "{typed:echo} is no length of a pause; write it as 7d, until 2025-12-08 or until 09:00",
    "command.which_time": "At what time? Write it as 08:30",
    "command.which_day": "On which day? Write it as mon",
    "command.bad_time": "{typed:echo} is no time of day; write it as 08:30",
    "command.bad_quiet": "{typed:echo} are no quiet hours; write them as 22:00-07:00",
    "command.quiet_for_ever": "{typed:echo} would be quiet for ever; begin and end must differ",
    "command.bad_cap": "{typed:echo} is no number of alerts an hour from 1 to 60; write it as 5/h",
    "command.to_here_or_dm": "{typed:echo} is no place: to: takes here, dm or #channel",
    "command.try": "{command:name}",
    "command.instead": "Try",
    "command.title": "COMMANDS",
    "command.more_help": "{command:name} and its like show every word that a command takes",
    "command.does_new": "what is new, each line in a source's words",
    "command.does_position": "where a party stands, issue by issue, in its own words",
    "command.does_subscribe": "an alert when such a thing is new, here or in a direct message",
    "command.does_unsubscribe": "ends an alert; the list of subscriptions shows the ids",
    "command.does_schedule": "a digest in this conversation at fixed times",
    "command.does_preview": "what the next digest here would say now",
    "command.does_status": "what is read, how fresh it is, what is owed",
    "command.does_help": "this page; with a verb, every word that it takes",
    "command.parties": "parties: {names:names}",
    "command.issues": "issues: {names:names}",
    "command.filters": "filters: {names:names}",
    "command.verdicts": "verdicts: {names:names}",
    "command.kinds": "kinds: {names:names}",
    "command.classes": "source classes: {names:names}",
    "command.filters_help": "values of one filter are alternatives, filters add up; quotes hold a name with spaces",
    "command.days_help": "days: takes mon-fri, sat, weekdays; tz: takes a name such as Europe/Brussels",
}

_CONDUCT = {
    "conduct.hello": "I brief on the peace plan: what is new and who said it",
    "conduct.evidence": "Every line stands in a source's own words, with its link; what is mine stands outside the bar",
    "conduct.watches": (
        "I read {feeds:count:feed|feeds} of {publishers:count:publisher|publishers}"
        " for {actors:count:party|parties} on {issues:count:issue|issues}"
    ),
    "conduct.propose": "A digest here every working morning:",
    "conduct.quiet_by_default": "Only the asker sees an answer; what is posted here was scheduled or subscribed here",
    "conduct.trouble": "Something broke while answering; the log has it as {id:name}. Please try again",
}

_LAYOUT = {
    "layout.gap": " · ",
    "layout.space": " ",
    "layout.break": "\n",
    "fallback.more": "and {n:count:more line|more lines}, in the message itself",
    "layout.nothing": "–",
    "layout.continued": "continues below",
}

PHRASES: Mapping[str, str] = MappingProxyType(
    _LABELS
    | _DIGEST
    | _BOARD
    | _LINE
    | _REASONS
    | _POSITION
    | _LAYOUT
    | _COMMANDS
    | _CONDUCT
    | _ALERTS
    | _SUBSCRIPTIONS
    | _SCHEDULES
    | _STATUS
    | _BUTTONS
    | dict(ANSWERS)
    | dict(DUTIES)
    | dict(FILES)
    | dict(FORMS)
)

"""The closed list, its second part: what the bot says of its own when it is asked. Hides nothing.

Groups: command, evidence, told, record, sources, board, home, share. The rules of `digests.phrases` hold.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_COMMANDS = {
    "command.which_feed": "Which feed? Give its address",
    "command.which_class": "As what? One of {kinds:names}",
    "command.which_source": "Which source or feed? Give its id",
    "command.which_line": "Which line? Give its id, a message's link or an article's address",
    "command.which_words": "Search for which words? Two letters at least; quotes hold a phrase",
    "command.too_many_words": "Too much at once: at most 8 words or phrases of 80 characters",
    "command.whose_position": "Whose position? Name a party or a person, or all",
    "command.bad_page": "{typed:echo} is no page; write it as page:2",
    "command.bad_moment": (
        "{filter:name} does not take {typed:echo}; write a day as 2025-11-26, or today, yesterday, 24h, 7d, last"
    ),
    "command.does_why": "what stands behind a line, or why an article was not told",
    "command.does_latest": "the last digest of this conversation",
    "command.does_search": "lines on record that hold these words, newest first",
    "command.does_diff": "the baseline's words beside the newest, party by party",
    "command.does_baseline": "what everything is compared with, and the faults that are known of it",
    "command.does_sources": "what is read, by side; with status, how each feed does",
    "command.more": "and {verbs:names}",
    "command.times_help": "times: a day as 2025-11-26, or today, yesterday, 24h, 7d, last (when you last looked)",
    "command.share_help": "share, as the last word, posts the answer here for everybody",
    "command.not_shared": "{verb:name} is answered to you alone",
}

_POSITIONS = {
    "position.title_speaker": (
        "{speaker:name}, for {who:name} · as of {at:instant:full}"
        " · against baseline v{version:count} ({first:day}, {kind:name})"
    ),
    "position.since": "only what came on record since {at:instant:full}",
    "position.none": "{who:name}: no words of its own on record",
    "position.on_one": "{issue:name} alone",
    "position.summary_on": "{who:name}: own words on {issue:name}",
    "position.none_on": "{who:name}: no words of its own on {issue:name} on record",
    "position.none_on_since": "{who:name}: no words of its own on {issue:name} on record since then",
    "position.newest": "newest own words on record: {issue:name}, {on:day}",
    "position.newest_undated": "newest own words on record: {issue:name}, day not in the text",
    "position.nothing_since": "NOTHING ON RECORD SINCE THEN · {issues:names}",
    "position.beside": "{a:name} beside {b:name} · as of {at:instant:full}",
    "position.neither": "neither {a:name} nor {b:name} has words of its own on record there",
    "position.also_on": "also on: {issues:names}",
    "position.of": "{who:name}",
    "position.ahead": "{typed:echo} lies ahead; this is as of now",
    "position.not_looked_since": "you have not looked before the last half hour; all that is on record is shown",
    "new.not_looked": "you have not looked before the last half hour; the last 24 hours are shown",
    "new.ahead": "{typed:echo} lies ahead; the last 24 hours are shown",
    "since.not_looked": "you have not looked before the last half hour; `since:last` was left aside",
    "since.ahead": "{typed:echo} lies ahead; it was left aside",
    "new.only": "ONLY {filters:names} · WHO SPOKE is of all that was read",
    "new.no_farther": "no farther back than 14 days; `search` finds what is older",
    "position.not_looked": "you have not looked before the last half hour; compared with the baseline instead",
}

_GRID = {
    "grid.title": "POSITIONS · own words last on record · as of {at:instant:full}",
    "grid.legend": "day: last said · b: last in the baseline · seen: no day in the text · –: nothing on record",
    "grid.issue": "issue",
    "grid.none": "–",
    "grid.day": "{on:day}",
    "grid.baseline": "{on:day} b",
    "grid.moved": "{on:day} · shift {at:instant}",
    "grid.seen": "seen {on:day}",
    "grid.of_day": "{issue:name} {on:day}",
    "grid.of_baseline": "{issue:name} {on:day} b",
    "grid.of_moved": "{issue:name} {on:day} · shift {at:instant}",
    "grid.of_seen": "{issue:name} seen {on:day}",
    "grid.also": "also on record: {who:names}",
    "grid.empty": "nothing on record",
}

_BUTTONS = {
    "button.evidence": "Evidence",
    "button.against_baseline": "Was / now",
    "button.party": "{who:name}",
    "button.share": "Share",
    "button.cite": "Cite",
    "button.next_page": "Next",
    "button.more_commands": "More commands",
    "button.line": "line {n:refs} · id {id:name}",
}

_EVIDENCE = {
    "evidence.title_line": "EVIDENCE · line {id:name}",
    "evidence.title_statement": "EVIDENCE · {who:name}",
    "evidence.title_article": "WHY · an article on record",
    "evidence.title_unknown": "WHY · an article that is not on record",
    "evidence.told": "told {at:instant:full}",
    "evidence.before": "the sentence before",
    "evidence.span": "the words",
    "evidence.after": "the sentence after",
    "evidence.too_long": "{n:count:character|characters}, too long to show",
    "evidence.no_text": "the text is no longer at hand; nothing around the words can be cut",
    "evidence.offsets": "characters {start:count} to {end:count} of {all:count}",
    "evidence.published": "published {at:instant:full}",
    "evidence.seen": "seen here {at:instant:full}",
    "evidence.revision": "text {n:count} of this article",
    "evidence.sha": "sha256 of the text {sha:name}",
    "evidence.judged": "JUDGED {verdict:name}",
    "evidence.weight": "weight {n:count}",
    "evidence.because": "why",
    "evidence.compared": "compared with",
    "evidence.nothing_to_compare": "compared with everything on record; nothing there comes near",
    "evidence.statement": "{who:name}, {kind:name}: {verdict:name}",
    "evidence.one_wording": "no other wording of these words on record",
    "evidence.wordings": "OTHER WORDINGS ON RECORD · {n:count}",
    "evidence.same_sense": "other words, no difference found in number, name, condition or yes and no",
    "evidence.more": "and {n:count} more",
    "evidence.earlier": "and {n:count} earlier",
    "evidence.reports": (
        "REPORTS OF THIS HAPPENING · {n:count:report|reports}, {publishers:count:publisher|publishers},"
        " {origins:count:origin|origins}"
    ),
    "evidence.put_with_it": "EARLIER, PUT WITH IT · {n:count:report|reports} of what came before",
    "evidence.first_of_it": (
        "no report of it when it was judged; those from before, below, were put with it for their likeness"
    ),
    "evidence.copy": "a copy",
    "evidence.later": "later",
    "evidence.revised": "SINCE · {n:count:later text|later texts} of the same article on record",
    "evidence.not_revised": "SINCE · no later text of the same article on record",
    "evidence.no_line": "No line {typed:echo} on record",
    "evidence.no_line_near": "No line {typed:echo} on record; the nearest told here is {nearest:name}",
    "evidence.no_message": "No digest or alert of this conversation is behind that message; ask where it stands",
    "evidence.which_line": "This message tells {n:count:line|lines}; which one?",
    "evidence.no_lines_in_it": "This message tells no line",
    "line.address": "address",
}

_CITE = {
    "cite.title": "FOOTNOTE",
    "cite.speaker": "{who:name}",
    "cite.source": "{source:name} ({source_class:name})",
    "cite.published": "{on:day}",
    "cite.headline": "headline, characters {start:count} to {end:count}",
    "cite.excerpt": "excerpt of the feed, characters {start:count} to {end:count}",
    "cite.text": "text of the article, characters {start:count} to {end:count}",
    "cite.seen": "seen {at:instant:full}, sha256 {sha:name}",
}

_TOLD = {
    "told.not_on_record": "NOT READ · none of my feeds gave this address, so nothing of it was told",
    "told.source_read": "{source:name} is read · newest item {at:instant:full}",
    "told.source_quiet": "{source:name} is read, but nothing of it is on record",
    "told.source_not_read": "nothing from {host:echo} is on record",
    "told.not_about": "NOT TOLD · not about the talks",
    "told.background": "NOT TOLD · background, never a development",
    "told.repeat": "NOT TOLD · known already; it repeats what was on record",
    "told.rewrite": "NOT TOLD · a rewrite, which never speaks where a better source has it, nor alone",
    "told.withdrawn": "NOT TOLD · withdrawn by its source",
    "told.turned_down": "NOT TOLD HERE · a reviewer turned it down",
    "told.in_review": "NOT TOLD HERE YET · it waits for a reviewer to approve it",
    "told.backfill": "NOT TOLD · it was in the feed at first contact, dated before",
    "told.no_digest": "NOT TOLD HERE · no digest is scheduled in this conversation",
    "told.other_issue": "NOT TOLD HERE · the digest of this conversation is on other issues",
    "told.weight": "NOT TOLD HERE · of little weight: {n:count}, and a line takes {least:count}",
    "told.waiting": "NOT TOLD HERE YET · the next digest is {at:instant:full}",
    "told.cut_off": "NOT TOLD HERE YET · cut off by the digest's cap; it may still come until {at:instant:full}",
    "told.passed_over": "NOT TOLD HERE · weightier lines, or a line that says the same, took its place",
    "told.here": "TOLD HERE · line {id:name}",
    "told.no_alerts": "no alert of yours or of this conversation could have fired",
    "told.alert_filter": "alert {id:name} did not fire: {filters:names} does not fit",
    "told.alert_backfill": "alert {id:name} did not fire: first contact alerts nobody",
    "told.alert_date": "alert {id:name} did not fire: its date is too far from when it was seen",
    "told.alert_after": "alert {id:name} did not fire: it was made later, {at:instant:full}",
    "told.alert_silent": "alert {id:name} did not fire: what is background, or known, alerts nobody",
    "told.alert_paused": "alert {id:name} is paused: {reason:name}",
    "told.alert_sent": "alert {id:name} went out {at:instant:full}",
    "told.alert_sent_later": "alert {id:name} went out {at:instant:full}; {held:name} held it until then",
    "told.alert_parked": "alert {id:name} waits: its conversation takes no messages · {reason:name}",
    "told.alert_shut_out": (
        "alert {id:name} is paused since {at:instant:full}: its conversation takes no messages · {reason:name}"
    ),
    "told.alert_rewrite": "alert {id:name} did not fire: a rewrite alerts nobody",
    "told.alert_waits": "alert {id:name} waits until somebody lets it out",
    "told.alert_held": "alert {id:name} is held until {at:instant:full}",
    "told.alert_failed": "alert {id:name} could not be posted: {reason:name}",
    "told.alert_dropped": "alert {id:name} was not sent: {reason:name}",
    "told.alert_known": "alert {id:name} did not fire: its conversation had been told",
}

_RECORD = {
    "search.title": "SEARCH · page {page:count}",
    "search.words": "{typed:echo}",
    "search.since": "since {at:instant:full}",
    "search.names": "also as {names:names}",
    "search.number": "{n:count}",
    "search.choice": "{n:count} · {source:name}",
    "search.nothing": "none of the {n:count:report|reports} on record holds all of these words",
    "search.no_more": "no further report among the {n:count} on record holds all of these words",
    "diff.title": "WAS AND NOW · as of {then:instant:full}, and as of {at:instant:full}",
    "diff.title_of": "{who:name} · WAS AND NOW · as of {then:instant:full}, and as of {at:instant:full}",
    "diff.title_baseline": "WAS AND NOW · baseline v{version:count} ({first:day}, {kind:name}), and {at:instant:full}",
    "diff.title_baseline_of": (
        "{who:name} · WAS AND NOW · baseline v{version:count} ({first:day}, {kind:name}), and {at:instant:full}"
    ),
    "diff.judged": "judged: {verdict:name}",
    "diff.left": "and {n:count} more; name a party or an issue",
    "diff.nothing": "nothing on record on both sides that can be shown",
    "diff.unmoved": "nothing newer on record: {n:count}",
    "diff.only_now": "on record now and not then: {issues:names}",
    "latest.of": "the digest of {at:instant:full}, with what was corrected in it; nothing else since",
    "latest.message": "the message",
    "latest.none": "No digest was posted in this conversation yet",
}

_SOURCES = {
    "sources.title": "SOURCES · {n:count:publisher|publishers}, {feeds:count:feed|feeds}",
    "sources.by_file": "What is read stands in config/feeds.yaml and is changed there alone; nothing was done",
    "sources.read_there": "{host:echo} is read: {feeds:names}",
    "sources.not_there": "{host:echo} is not read yet",
    "sources.its_feeds": "feeds {feeds:names}",
    "sources.to_add": "its publisher goes under sources:, with class and side, its address under feeds:",
    "sources.to_pause": "to stop reading it, put # before the lines of these feeds; what it gave stays on record",
    "sources.to_resume": "to read it again, take the # off the lines of its feeds",
    "sources.to_remove": "to drop it, take the lines of these feeds out; what it gave stays on record",
    "sources.to_label": "for another class, write class: {kind:name} in its line; what is told after that bears it",
    "sources.counts_from": "`python -m bot check` says what is wrong with it; it counts from the next start",
    "sources.who": "whoever looks after the files: {who:names}",
    "sources.unknown": "No source or feed {typed:echo}",
    "sources.unknown_near": "No source or feed {typed:echo}; the nearest is {nearest:name}",
    "sources.share": "{n:count:item|items} in 7 days, {share:count} in 100 of all",
    "sources.items": "{n:count:item|items} in 7 days",
    "sources.newest": "newest about the talks {at:instant}",
    "sources.none": "nothing about the talks on record",
    "sources.no_side": "of no party",
    "sources.health": "FEEDS · {n:count}, {failing:count} failing · {at:instant:full}",
    "sources.last_ok": "read {at:instant}",
    "sources.never_ok": "never read",
    "sources.failing": "FAILING since {since:instant}, {n:count:time|times}: {why:name}",
    "sources.quiet": "answers, nothing new since {since:instant}",
    "sources.next": "next {at:instant}",
    "button.health": "Health",
}

_HOME = {
    "home.title": "HOME · {at:instant:full}",
    "home.new": "NEW since your last visit, {since:instant} · {n:count:line|lines}",
    "home.first": "NEW in the last 24 hours · {n:count:line|lines}",
    "home.more": "and {n:count:more line|more lines}; the button below shows them",
    "home.positions": "POSITIONS · own words last on record",
    "home.alerts": "YOUR ALERTS",
    "home.no_alerts": "none yet; `subscribe` makes one, after showing what it would have fired on",
    "home.digests": "DIGESTS in your channels",
    "home.no_digests": "none yet; `schedule daily 08:30`, typed in a channel, makes one there",
    "home.in_channel": "{name:echo}",
    "button.positions": "Positions",
    "button.sources": "Sources",
}

_SHARE = {
    "share.by": "{who:echo} asked",
    "share.asked": "{typed:echo}",
    "share.posted": "Posted in this conversation",
    "share.already": "Posted in this conversation already ({at:instant}); nothing in it has changed since",
    "share.waiting": "It is posted here as soon as Slack takes it",
    "share.refused": "It could not be posted here: {reason:name}",
}

_SCHEDULES = {
    "schedule.which": "Which one? This conversation has {n:count:digest|digests}",
    "schedule.none_here": "No digest is scheduled in this conversation",
}

ANSWERS: Mapping[str, str] = MappingProxyType(
    _COMMANDS
    | _POSITIONS
    | _GRID
    | _BUTTONS
    | _EVIDENCE
    | _CITE
    | _TOLD
    | _RECORD
    | _SOURCES
    | _HOME
    | _SHARE
    | _SCHEDULES
)

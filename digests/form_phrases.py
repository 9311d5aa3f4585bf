"""The closed list, its fourth part: settings, forms to fill in, cards, the look-up of a quotation. Hides nothing.

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
    "settings.threads_on": "threads: on, at most seven lines in the message, the others in its thread and nowhere else",
    "settings.threads_off": "threads: off, nothing goes to a thread; what one message does not hold comes in the next",
    "settings.languages": "languages: {names:names}",
    "settings.languages_all": "languages: all",
    "settings.onquiet_say": "nothing new: said, with what was checked",
    "settings.onquiet_skip": "nothing new: no message",
    "settings.changed": "last changed by {who:name}, {at:instant:full}",
    "settings.no_schedule": "no digest is scheduled here yet; these settings wait for one",
    "button.change_settings": "Change",
    "button.style_full": "Full lines",
    "button.style_compact": "Compact lines",
    "button.threads_on": "Threads on",
    "button.threads_off": "Threads off",
    "button.pause": "Pause 7d",
    "button.resume": "Resume",
    "button.remove": "Remove",
    "command.one_of": "{filter:name} does not take {typed:echo}; it takes {words:names}",
    "command.does_settings": "how digests are told here: zone, style, threads, languages",
    "command.telling_help": (
        "style: takes full or compact; threads: on or off; lang: codes such as en,uk or all; onquiet: say or skip"
    ),
}

_FORMS = {
    "form.title_position": "Where a party stands",
    "form.submit_position": "Show",
    "form.note_position": "Only you see the answer; its Share button posts it.",
    "form.title_subscribe": "Alert me",
    "form.title_edit": "Change an alert",
    "form.submit_subscribe": "Rehearse",
    "form.note_subscribe": "Rehearse shows here what it would have fired on in the last 7 days; then Save saves it.",
    "form.looking": "One moment …",
    "form.title_schedule": "A digest here",
    "form.submit_schedule": "Show next runs",
    "form.note_schedule": "Its next three runs are shown before it is saved; it replaces the schedule that is here.",
    "form.title_search": "Search the record",
    "form.submit_search": "Search",
    "form.note_search": "Only you see the answer; its Share button posts it.",
    "form.title_mute": "Mute alerts",
    "form.submit_mute": "Mute",
    "form.note_mute": "What fires meanwhile is held, not lost, and comes in one message.",
    "form.title_schedule_file": "The digest here",
    "form.submit_schedule_file": "Show the lines",
    "form.note_schedule_file": (
        "This stands in config/digests.yaml, which alone changes it. Nothing is saved here: "
        "you are shown the lines to write there."
    ),
    "form.title_settings_file": "How digests are told",
    "form.submit_settings_file": "Show the lines",
    "form.note_settings_file": (
        "This stands in config/digests.yaml, which alone changes it. Nothing is saved here: "
        "you are shown the lines to write there."
    ),
    "form.title_settings": "How digests are told",
    "form.submit_settings": "Save",
    "form.note_settings": "For everybody in this conversation; who changed it last is shown.",
    "form.title_amend": "Amend the baseline",
    "form.submit_amend": "Show the change",
    "form.note_amend": "Nothing is saved yet: you see what would change first. For admins; announced with the reason.",
    "form.old_words": "The words that go",
    "form.old_words_hint": "The exact characters, quotation marks among them; they must stand in the baseline once.",
    "form.new_words": "The words that come instead",
    "form.because": "Why",
    "form.title_report": "Report a problem",
    "form.submit_report": "Report",
    "form.note_report": (
        "Opens a ticket with your name. A reviewer lets it stand, sets it right or takes it back; then you are told in"
        " a direct message, and whoever was told what was wrong is told too."
    ),
    "form.alert_here": "{id:name} · {what:names} · here",
    "form.alert_direct": "{id:name} · {what:names} · direct message",
    "form.alert_there": "{id:name} · {what:names} · elsewhere",
    "form.title_scope": "Edit scope",
    "form.submit_scope": "Approve within it",
    "form.note_scope": "It counts from now on, and whoever was told otherwise is told.",
    "form.scope_actors": "Parties",
    "form.scope_actors_hint": "What stands now is chosen. A party that is not chosen said nothing of this.",
    "form.scope_issues": "Issues",
    "form.scope_missing": "Choose a party or an issue",
    "form.title_reject": "Turn down",
    "form.submit_reject": "Turn down",
    "form.note_reject": "It is not told; where it was told, that is corrected, and this reason is shown.",
    "form.reason": "Why it must not stand",
    "form.reason_more": "In your own words",
    "form.both_hours": "Give both hours, or neither",
    "form.reason_missing": "Choose a reason, or write one below",
    "form.party": "Party",
    "form.parties": "Parties (none: all)",
    "form.everybody": "all parties, the board",
    "form.issue": "Issue",
    "form.issues": "Issues (none: all)",
    "form.since": "Only what came since",
    "form.versus": "Compare with",
    "form.baseline": "the baseline",
    "form.verdicts": "Verdicts (none: all that tell)",
    "form.kinds": "Kinds (none: all)",
    "form.classes": "Kinds of source (none: all)",
    "form.weight": "Weight",
    "form.weight_must": "only what must be told",
    "form.origins": "Wait for independent origins",
    "form.to": "Where to",
    "form.here": "here",
    "form.direct": "a direct message to me",
    "form.quiet_from": "Quiet from",
    "form.quiet_until": "Quiet until",
    "form.cap": "At most so many an hour",
    "form.days": "Days",
    "form.at": "At",
    "form.at_too": "And at",
    "form.zone": "Time zone",
    "form.style": "Style",
    "form.style_full": "full: every line with its words",
    "form.style_compact": "compact: one line each",
    "form.threads": "Threads",
    "form.threads_on": "on: seven lines, the others in the thread",
    "form.threads_off": "off: what one message does not hold in the next",
    "form.onquiet": "When nothing is new",
    "form.onquiet_say": "say so, with what was checked",
    "form.onquiet_skip": "no message",
    "form.languages": "Languages of the texts",
    "form.every_language": "all",
    "form.words": "Words",
    "form.words_hint": "All of them must stand in a report; quotation marks hold a phrase.",
    "form.alert": "Which alert",
    "form.alert_hint": "None: every alert of this conversation.",
    "form.stretch": "For how long",
    "form.line": "Which line",
    "form.wrong": "What is wrong",
    "button.wrong": "Wrong?",
    "button.schedule": "Schedule",
    "button.search": "Search",
    "button.settings": "Settings",
}

_CARDS = {
    "card.evidence": "Evidence",
    "card.footnote": "Footnote",
    "card.review": "Review",
    "card.baseline": "Baseline",
    "card.report": "Report a problem",
    "card.answer": "Answer",
    "card.waiting": "One moment …",
    "card.close": "Close",
    "card.back": "Back",
    "card.part": "part {n:count} of {all:count}",
    "button.previous_page": "Previous",
}

_HOME = {
    "home.schedule_id": "id {id:name}",
    "button.edit": "Edit",
    "button.rehearse": "Rehearse",
    "button.mute": "Mute 4h",
    "button.unmute": "Unmute",
    "button.unsubscribe": "Unsubscribe",
}

_TIPS = {
    "review.link_opened": "SENT TO REVIEW · ticket {id:name}",
    "review.link_sent": "{who:name} sent a page",
    "review.link_known": "It is on record already, from {source:name}; `why` with its address shows what became of it",
    "review.link_unread": "None of my feeds gave this address; nothing of it is told unless one does",
    "review.link_looked": "Ticket {id:name}: a reviewer looked at the page that you sent",
    "review.message_looked": "Ticket {id:name}: a reviewer looked at the message that you reported",
    "report.line": "{n:count} · {id:name}",
    "report.message": "the message",
    "report.whole": "It tells no line: the report is of the whole message, and the reviewers see what it says first",
    "report.who": "{who:names} will look at it",
    "report.which": "Which of its lines? Say `report ID` with what is wrong, in quotes",
    "report.what_is_wrong": "What is wrong with it? Say `report`, its id or address, and a sentence in quotes",
    "report.not_mine": "That is no message of mine in this conversation, so I can take back nothing of it",
    "report.way_line": (
        "A line: Wrong? below a digest, an alert or a card of evidence; or `report ID` and what is wrong, in quotes."
        " Every line bears its id"
    ),
    "report.way_message": "Any other message of mine: Report a problem, on that message",
    "report.way_page": "A page that I should know: Send link to review, on a message that links to it",
    "report.way_quote": "A quotation in anybody's message: Check this quote says whether it is on record",
    "review.looked": "Looked at {id:name}",
    "review.looked_done": "LOOKED AT · {id:name}",
}

_QUOTES = {
    "quote.title": "QUOTATION · {typed:echo}",
    "quote.exact": ("ON RECORD, word for word · {n:count:report|reports}, {publishers:count:publisher|publishers}"),
    "quote.near": "NOT ON RECORD IN THESE WORDS · {n:count:wording is|wordings are} near",
    "quote.only_there": "on record there, not in what was asked:",
    "quote.only_asked": "asked, but not on record there: {words:echo}",
    "quote.marks": "the same words; only marks between them differ",
    "quote.alike": "NOT ON RECORD IN THESE WORDS · {n:count:wording is|wordings are} alike",
    "quote.none": "NOT ON RECORD · none of {n:count:report|reports} has these words, or words like them",
    "quote.others": "OTHER WORDINGS ON RECORD · {n:count}",
    "quote.differs": "differs from what was asked in: {what:name}",
    "quote.same_sense": "other words; no difference found in number, name, condition or yes and no",
    "button.evidence_of": "Evidence {n:count}",
    "command.which_quote": "Check which quotation? Two words at least, best in quotation marks",
    "command.does_quote": "whether a quotation is on record: by whom, word for word or only alike",
}

FORMS: Mapping[str, str] = MappingProxyType(_SETTINGS | _FORMS | _CARDS | _HOME | _TIPS | _QUOTES)

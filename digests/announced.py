"""What a sentence announces: a meeting, a journey, a vote to come, and on which days. Hides the tenses of newsrooms.

Announced is what somebody says will happen. What may, could or would happen on a condition is not, nor what somebody is
ready to do, nor what will not happen.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta

from digests import text, when
from digests.model import Article, Citation, Days, Directory, Part, Span

FEWEST_CHARS = 20
"""A shorter sentence is a piece of one."""
AT_MOST = 4
"""Announcements of one article that are kept, in the order of its texts."""

_MEETING = (
    r"meet|confer|convene|gather|travel|visit|fly|attend|vote|take part|take place|be held|reconvene|resume talks"
    r"|hold (?:(?!off|back)\w+ ){0,3}(?:talks|meetings?|calls?|summit|consultations|negotiations|votes?|conference)"
    r"|host (?!\w+ (?:troops|forces|bases))|sign (?!off)|be signed"
)
"""Verbs that tell a happening whoever does it."""
_DATED_ONLY = (
    r"discuss|be discussed|present|be presented|decide|begin|start|open|come|go|arrive|return|address|brief|be briefed"
    r"|receive|submit|unveil|publish|continue|speak|talk|lead|join|finali[sz]e|send|hear|take up|consider|be in"
)
"""Verbs that tell a happening only where the sentence says when."""
_WILL = (
    r"(?:will|shall|(?:is|are|was|were) (?:due|set|expected|scheduled|slated|planned|going) to|plans? to|planned to)"
)
_BETWEEN = r"(?: (?:also|then|now|again|soon|both|likely|first|personally|jointly|reportedly)){0,2}"
_EVENT = r"(?:talks|meetings?|summit|call|votes?|visit|rounds?|session|conference|delegations?|consultations|envoys?)"

_HAPPENS = re.compile(rf"\b{_WILL}{_BETWEEN} (?:{_MEETING})\b", re.I)
_HAPPENS_THEN = re.compile(
    rf"\b(?:{_WILL}|would){_BETWEEN} (?:{_MEETING}|{_DATED_ONLY})\b"
    rf"|\b{_EVENT}[^.;:]{{0,60}} (?:is|are|was|were) (?:due|set|expected|scheduled|slated|planned)\b"
    rf"|\b(?:expects?|awaits?|plans|planned|scheduled|announced|(?:will|to) (?:have|receive))\b[^.;:]{{0,40}}"
    rf"\b{_EVENT}\b",
    re.I,
)
_HEADLINE = re.compile(
    rf"(?<!plan)(?<!deal)(?<!how)(?<!way)(?<!chance)(?<!agreement)(?<!right)(?<!\bgo) to{_BETWEEN} (?:{_MEETING})\b",
    re.I,
)
"""A headline's future: "Envoys to meet"."""
_UNDECIDED = re.compile(
    r"\b(?:not|never|no|nobody|without|whether|may|might|could|should|unlikely|cancel\w*|refus\w+|den(?:y|ies|ied)"
    r"|ready|willing|able|prepared|wants?|wanted|hop(?:es?|ed|ing)|wish\w*|offer(?:s|ed|ing)?|invit\w+|urg\w+|ask(?:s|ed)?"
    r"|call(?:s|ed) (?:for|on)|need\w*|fail\w*|tr(?:y|ies|ied)|had been|used)\b"
    r"|n[’']t\b|\?",
    re.I,
)
"""Before the verb, or in it: what is wished, offered, doubted or denied is not announced."""
_CYRILLIC = re.compile(
    r"\b(?<!не )(?:зустрінуться|зустрінеться|відбудеться|відбудуться|прибуде|прибудуть|відвідає|проведуть|підпишуть"
    r"|встретится|встретятся|состоится|состоятся|пройдут|прибудет|прибудут|посетит|проведут|подпишут)\b",
    re.I,
)

_WEEKDAY = r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
_DAY = re.compile(
    rf"{_WEEKDAY}|\b(?:\d{{1,2}} )?(?:Jan|Feb|March|April|May|June|July|Aug|Sept|Oct|Nov|Dec)[a-z]*\.? ?\d{{0,2}}\b"
)
"""A day of the calendar as reports name one."""
_SPOKE = re.compile(r"\b(?:said|says|told|announced|reported|wrote|confirmed|added|statement|interview)\b", re.I)
_SAID_THEN = re.compile(_SPOKE.pattern + r"[^.;,]{0,40}$", re.I)
_NEAR = 140
"""Characters behind the verb in which the time of what it announces stands."""


def find(article: Article) -> tuple[Span, ...]:
    """The sentences of an article that announce something, headline first."""
    found: list[Span] = []
    for part in (Part.TITLE, Part.DESCRIPTION, Part.TEXT):
        record = article.texts.get(part)
        if record is None or not any(pattern.search(record.body) for pattern in _VERBS):
            continue
        sentences = text.sentences(record, article.language)
        kept = sentences[:-1] if part in article.cut else sentences
        found += [s for s in kept if len(s.chars) >= FEWEST_CHARS and _verb(s.chars, headline=part is Part.TITLE)]
    return tuple(found[:AT_MOST])


def days(sentence: str, published: date) -> Days | None:
    """The days on which what a sentence announces will happen, from that of its publication on; None where it names
    none. A range where it is vague ("next week")."""
    verb = _verb(sentence, headline=True)
    return _time(sentence, verb, published) if verb else None


def days_of(cited: Citation, directory: Directory) -> Days | None:
    """The same for a cited sentence, from the day on which its outlet published it."""
    source = directory.source_by_id.get(cited.source_id)
    return days(cited.span.chars, when.local_day(cited.published_at or cited.seen_at, source.zone if source else "UTC"))


def _verb(sentence: str, *, headline: bool) -> re.Match[str] | None:
    """Where a sentence announces something."""
    for pattern in _VERBS:
        if pattern is _HEADLINE and not headline:
            continue
        for match in pattern.finditer(sentence):
            if _is_settled(sentence, match) and (pattern is not _HAPPENS_THEN or _names_a_time(sentence, match)):
                return match
    return None


_VERBS = (_HAPPENS, _HAPPENS_THEN, _HEADLINE, _CYRILLIC)


def _is_settled(sentence: str, verb: re.Match[str]) -> bool:
    """Whether no condition is set, and nothing in its clause up to the verb doubts, denies or only wishes it."""
    return _CONDITION.search(sentence) is None and _UNDECIDED.search(_CLAUSE.split(sentence[: verb.end()])[-1]) is None


_CONDITION = re.compile(r"\b(?:if|unless|якщо|если)\b", re.I)
_CLAUSE = re.compile(r"[;:,“”]")


def _names_a_time(sentence: str, verb: re.Match[str]) -> bool:
    return any(True for pattern in (*_PHRASES, _DAY) for _ in _times(sentence, verb, pattern))


def _time(sentence: str, verb: re.Match[str], published: date) -> Days | None:
    """The days of the time nearest behind the verb, else of one before it."""
    found: list[tuple[bool, int, Days | None]] = []
    for pattern, resolve in _PHRASES.items():
        found += [(m.start() < verb.start(), m.start(), resolve(published)) for m in _times(sentence, verb, pattern)]
    dated = when.find(sentence, published)
    for match in _times(sentence, verb, _DAY):
        exact = next((w.days.exact for w in dated if w.start < match.end() and match.start() < w.end), None)
        day = _next(match.group(), exact, published)
        if day is not None:
            found.append((match.start() < verb.start(), match.start(), Days(day, day)))
    return min(found, key=lambda f: f[:2])[2] if found else None


def _times(sentence: str, verb: re.Match[str], pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """Times about the verb that are not when somebody spoke: "said on Monday", "On Monday, he said"."""
    for match in pattern.finditer(sentence, max(0, verb.start() - _NEAR), verb.end() + _NEAR):
        begins = verb.start() if match.start() >= verb.start() else 0
        between = sentence[match.end() : verb.start()]
        if not _SAID_THEN.search(sentence[begins : match.start()]) and not _SPOKE.search(between):
            yield match


def _next(phrase: str, day: date | None, published: date) -> date | None:
    """A weekday that is announced is the next one, that day included; another day counts where it is not over."""
    if day is None:
        return None
    if re.search(_WEEKDAY, phrase):
        return published + timedelta(days=(day.weekday() - published.weekday()) % 7)
    return day if day >= published else None


def _week_after(published: date) -> Days:
    monday = published + timedelta(days=7 - published.weekday())
    return Days(monday, monday + timedelta(days=6))


def _this_week(published: date) -> Days:
    return Days(published, published + timedelta(days=6 - published.weekday()))


def _week_s_end(published: date) -> Days:
    friday = published + timedelta(days=max(0, 4 - published.weekday()))
    return Days(friday, published + timedelta(days=6 - published.weekday()))


def _weekend(published: date) -> Days:
    saturday = published + timedelta(days=max(0, 5 - published.weekday()))
    return Days(saturday, published + timedelta(days=6 - published.weekday()))


def _month_after(published: date) -> Days:
    first = (published.replace(day=1) + timedelta(days=32)).replace(day=1)
    return Days(first, (first + timedelta(days=32)).replace(day=1) - timedelta(days=1))


def _today(published: date) -> Days:
    return Days(published, published)


def _tomorrow(published: date) -> Days:
    return _today(published + timedelta(days=1))


def _open(published: date) -> None:
    """Soon: no calendar day."""


_PHRASES: Mapping[re.Pattern[str], Callable[[date], Days | None]] = {
    re.compile(pattern, re.I): resolve
    for pattern, resolve in (
        (
            r"\bnext week\b(?! ?end)|\bthe (?:coming|following) week\b|\bнаступного тижня|\bна следующей неделе",
            _week_after,
        ),
        (r"\bnext month\b|\bнаступного місяця|\bв следующем месяце", _month_after),
        (r"\b(?:later )?this week\b(?! ?end)|\bцього тижня|\bна этой неделе", _this_week),
        (r"\b(?:at|by|towards?) the end of (?:the|this) week\b|\bнаприкінці тижня|\bв конце недели", _week_s_end),
        (r"\b(?:this|the coming|at the) weekend\b|\bover the weekend\b|\bна вихідних|\bв выходные", _weekend),
        (r"\b(?:later )?today\b|\btonight\b|\bthis (?:afternoon|evening)\b|\bсьогодні|\bсегодня", _today),
        (r"\btomorrow\b|\bзавтра\b", _tomorrow),
        (
            r"\b(?:in|over|within) the (?:next|coming) (?:few )?(?:days|weeks|hours)\b|\bsoon\b|\bin the near future\b",
            _open,
        ),
        (r"\bнайближчими днями|\bв ближайшие дни|\bскоро\b|\bнезабаром", _open),
    )
}
"""Phrases that set a time ahead; the days are None where a phrase names no calendar day by itself."""

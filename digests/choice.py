"""Which happenings a conversation is told, in which order, and why the others are left out. Hides the editor's order.

Weight before party; no two lines on one happening; the war only as context and never more than two; what the cap cut
off stays eligible for two days, the war does not.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from digests import excerpts, headlines
from digests import lines as making
from digests.coverage import Window
from digests.model import Channel, Citation, Directory, Freshness, Kind, Line, Reading, Verdict
from digests.ports import Recorded, Told
from digests.quoting import VERDICT_RANK
from digests.relevance import words_of

LINES_AT_MOST = 12
"""Lines of one digest: what an analyst reads in ten minutes (the measuring contract allows no more)."""
CONTEXT_AT_MOST = 2
"""Context lines (war, economy, aid) among them: they bear on the talks and are not what the digest is for."""
CARRY_OVER = timedelta(hours=48)
"""How long a line that the cap cut off stays eligible."""
_TELLING_UNITS = frozenset({"percent", "point", "package-th", "euro", "dollar", "pound", "troop"})
SAME_HEADLINE = 0.8
"""Likeness of headlines from which two lines are one happening that the record keeps apart."""


@dataclass(frozen=True)
class Choice:
    """The chosen lines in order, without ids, and those worth a line that the cap cut off."""

    lines: tuple[Line, ...]
    cut: tuple[Line, ...]
    told: tuple[Line, ...] = ()  # by alerts, in the same window


def choose(window: Window, told: Told, directory: Directory, channel: Channel) -> Choice:
    """What a channel is told of what it has not been told."""
    candidates = [line for line in _lines(window, told, directory) if _wanted(line, channel) and _worth(line)]
    distinct = _distinct(sorted(candidates, key=_choice_key), window)
    talks = [line for line in distinct if not line.context]
    context = [line for line in distinct if line.context and not line.carried_over]
    shown = talks[:LINES_AT_MOST]
    shown += context[: min(CONTEXT_AT_MOST, LINES_AT_MOST - len(shown))]
    parties = {a.id: n for n, a in enumerate(directory.actors)}
    shown.sort(key=lambda line: (line.context, -line.weight, _party(line, parties), line.first_seen, line.story_id))
    return Choice(tuple(shown), tuple(talks[LINES_AT_MOST:]))


def _lines(window: Window, told: Told, directory: Directory) -> list[Line]:
    groups: dict[str, list[Recorded]] = defaultdict(list)
    for r in window.recorded:
        if r.development is not None and r.article.seen_at <= window.until:
            groups[r.development.story_id].append(r)
    revisions = making.revisions_of([r for r in window.recorded if r.article.seen_at <= window.until])
    made = (making.line_of(group, told, directory, window.since, revisions) for _, group in sorted(groups.items()))
    return [line for line in made if line is not None]


def _wanted(line: Line, channel: Channel) -> bool:
    return not channel.issues or bool(set(line.issues) & set(channel.issues))


def _worth(line: Line) -> bool:
    """Context stands only where an editor would be embarrassed to miss it."""
    return line.weight >= (2 if line.context else 1)


def _choice_key(line: Line) -> tuple[int, int, int, datetime, str]:
    best = min(VERDICT_RANK.get(v, 9) for v in line.verdicts)
    return -line.weight, best, -line.origins, line.first_seen, line.story_id


def _party(line: Line, parties: Mapping[str, int]) -> int:
    return min((parties.get(a, 99) for a in line.actors), default=99)


def _distinct(ranked: Sequence[Line], window: Window) -> list[Line]:
    """One line a happening, the better one; a weaker line whose headline says the same is told with it. A first report
    whose headline says what was told lately is no news."""
    readings = {r.article.article_id: r.reading for r in window.recorded}
    echoes = _echoes(window)
    kept: list[Line] = []
    for line in ranked:
        if _told_so(line, window.told_lines):
            continue
        twin = next(
            (
                n
                for n, k in enumerate(kept)
                if same_happening(line, k) or _same_figure(line, k, readings) or _echoed(line, k, echoes)
            ),
            None,
        )
        if twin is None:
            kept.append(line)
        else:
            both = (*kept[twin].development_ids, *line.development_ids)
            kept[twin] = replace(kept[twin], development_ids=both)
    return kept


def _told_so(line: Line, told_lines: Sequence[Line]) -> bool:
    """Whether lately a line said the same and this one claims no more than to be news."""
    if not {Verdict.NEW, Verdict.UPDATE}.issuperset(line.verdicts):
        return False
    return any(
        same_happening(line, old) for old in told_lines if line.verdicts == (Verdict.NEW,) or _same_headline(line, old)
    )


def _same_headline(a: Line, b: Line) -> bool:
    return words_of(a.headline.span.chars) == words_of(b.headline.span.chars)


def same_happening(a: Line, b: Line) -> bool:
    """Whether two lines tell one happening that the record keeps apart: their headlines say the same, or they show the
    same utterance."""
    corrections = a.verdicts[0] is b.verdicts[0] is Verdict.CORRECTION
    if corrections and a.compared is not None and b.compared is not None and a.compared.span == b.compared.span:
        return True
    if any(_same_utterance(x, y) for x in a.quotes for y in b.quotes):
        return True
    if excerpts.other_figures(a.headline.span, b.headline.span):
        return False
    apart = abs((a.first_seen - b.first_seen).total_seconds())
    return headlines.alike(a.headline.span.chars, b.headline.span.chars, apart) >= SAME_HEADLINE


def _same_figure(a: Line, b: Line, readings: Mapping[str, Reading]) -> bool:
    """Whether two lines give one person's same figure: "90% ready", "'90 per cent' done"."""
    persons = _persons(a, readings) & _persons(b, readings)
    return bool(persons) and bool(_figures(a, readings) & _figures(b, readings))


def _echoes(window: Window) -> Mapping[str, frozenset[str]]:
    """By article id, the articles whose utterance an article gives again."""
    found: dict[str, set[str]] = {}
    for r in window.recorded:
        for j in r.development.judgements if r.development else ():
            if j.verdict is Verdict.CORROBORATED and j.compared is not None and j.statement.kind is Kind.QUOTED:
                found.setdefault(r.article.article_id, set()).add(j.compared.article_id)
    return {article: frozenset(others) for article, others in found.items()}


def _echoed(a: Line, b: Line, echoes: Mapping[str, frozenset[str]]) -> bool:
    """Whether one line's reports give again what was said in the other's: one speech, two reports."""
    mine, theirs = set(a.article_ids), set(b.article_ids)
    return any(echoes.get(x, frozenset()) & theirs for x in mine) or any(
        echoes.get(x, frozenset()) & mine for x in theirs
    )


def _persons(line: Line, readings: Mapping[str, Reading]) -> set[str]:
    return {t for a in line.article_ids if a in readings for t in readings[a].rare if t.startswith("@") and "/" in t}


def _figures(line: Line, readings: Mapping[str, Reading]) -> set[tuple[str, float]]:
    """Numbers that identify what was said: shares, sums, counts of points, packages and troops in the headlines."""
    facts = (f for a in line.article_ids if a in readings for f in readings[a].facts)
    return {(f.unit, f.value) for f in facts if f.unit in _TELLING_UNITS}


def _same_utterance(a: Citation, b: Citation) -> bool:
    return a.speaker is not None and a.speaker == b.speaker and excerpts.same_words(a.span, b.span)


# --- what was left out ----------------------------------------------------------------------------------------------

REASONS = (
    "background",
    "known already",
    "told already",
    "only in a rewrite",
    "withdrawn by the source",
    "context",
    "of little weight",
    "cut off by the cap",
    "not about the talks",
)
"""Why a report makes no line, in the order in which they are asked."""


def left_out(window: Window, choice: Choice, told: Told, directory: Directory, fresh: Freshness) -> dict[str, int]:
    """Reports of the window that no line rests on, by reason, in the order of `REASONS`."""
    used = {a for line in (*choice.lines, *choice.told) for a in line.article_ids}
    cut = {d for line in choice.cut for d in line.development_ids}
    said = {d for line in choice.lines for d in line.development_ids}
    revisions = making.revisions_of(window.recorded)
    counted: Counter[str] = Counter()
    for r in window.fresh:
        if r.development is not None and r.article.article_id not in used:
            counted[_reason(r, said, cut, told, directory, revisions)] += 1
    first = {r.article.article_id for r in window.fresh if r.article.revision == 0}
    counted["not about the talks"] = max(0, fresh.items - len(first))
    return {reason: counted[reason] for reason in REASONS if counted[reason]}


def _reason(
    r: Recorded,
    said: set[str],
    cut: set[str],
    told: Told,
    directory: Directory,
    revisions: making.Revisions,
) -> str:
    d = r.development
    if d is None or d.verdict is Verdict.BACKGROUND:
        return "background"
    if not d.verdict.tells or d.development_id in said:
        return "known already"
    if not making.untold(r, told):
        return "told already"
    if making.is_rewrite(r.article, directory):
        return "only in a rewrite"
    if making.withdrawn(r.article.article_id, revisions):
        return "withdrawn by the source"
    if d.development_id in cut:
        return "cut off by the cap"
    return "context" if d.context else "of little weight"

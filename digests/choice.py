"""Which happenings a conversation is told, in which order, and why the others are left out. Hides the editor's order.

Weight before party; no two lines on one happening; the war only as context and never more than two; what the cap cut
off stays eligible for two days, the war does not.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from digests import carriers, vectors
from digests import lines as making
from digests.coverage import Window
from digests.frames import say
from digests.model import Channel, Directory, Freshness, Line, SourceClass, Verdict
from digests.ports import Recorded, Told
from digests.quoting import VERDICT_RANK
from digests.reading import says_nothing
from digests.terms import is_person
from digests.twins import SAME_DAY, Twins, told_so

LINES_AT_MOST = 12
"""Lines of one digest: what an analyst reads in ten minutes (the measuring contract allows no more)."""
CONTEXT_AT_MOST = 2
"""Context lines (war, economy, aid) among them: they bear on the talks and are not what the digest is for."""
READ = frozenset({"en", "uk", "ru", ""})
"""Languages whose texts are read for who says what (ISO 639-1); others are recognised and shown."""
UNREAD_AT_MOST = 2
"""Lines of one digest in other languages: nobody's words can be told from the paper's in them."""
SLOW_DAY = 5
"""Lines about the talks below which a day has room for context that is only worth a line."""
WIDELY = 3
"""Independent origins from which the war is told beside a day full of talks."""
ALIKE = 0.5
"""Likeness of meaning (cosine of vectors) from which reports in two languages that name one person tell one thing."""
LATELY = timedelta(hours=24)
"""How long after its first report a happening is no news in another language."""
MUST = 2
"""The weight of what a digest is wrong without."""
FULL_DAY = 10
"""Lines about the talks above which what stands in other languages alone, and is only worth a line, is left."""
CARRY_OVER = timedelta(hours=48)
"""How long a line that the cap cut off stays eligible."""


@dataclass(frozen=True)
class Choice:
    """The chosen lines in order, without ids, and those worth a line that the cap cut off."""

    lines: tuple[Line, ...]
    cut: tuple[Line, ...]
    told: tuple[Line, ...] = ()  # by alerts, in the same window
    languages: tuple[str, ...] = ()  # that were asked for; none: all
    issues: tuple[str, ...] = ()  # the same way


def choose(window: Window, told: Told, directory: Directory, channel: Channel) -> Choice:
    """What a channel is told of what it has not been told."""
    made = _lines(window, told, directory, channel.languages)
    candidates = [x for x in made if x.weight >= 1 and _wanted(x, channel) and not _only_analysed(x, directory)]
    candidates = [x for x in candidates if not says_nothing(x.headline.span.chars)]
    distinct = _distinct(sorted(candidates, key=_choice_key), window, directory)
    talks = [line for line in distinct if not line.context]
    read, unread = [x for x in talks if _is_read(x)], [x for x in talks if not _is_read(x) and not x.carried_over]
    talks = [*read, *unread[:UNREAD_AT_MOST]]
    abroad = [x for x in talks if x.weight < MUST and not _in_own_language(x, channel)]
    room = max(0, FULL_DAY - len(talks) + len(abroad))
    fresh = [x for x in abroad if not x.carried_over]
    talks = sorted([*(x for x in talks if x not in abroad), *fresh[:room]], key=_choice_key)
    least = 2 if len(talks) >= SLOW_DAY else 1
    context = [x for x in distinct if x.context and (not x.carried_over or _spread_since(x, window, directory))]
    heavy = [x for x in context if x.weight >= least]
    context = (
        heavy or [x for x in context if _reach(x, window, directory) >= WIDELY and not _war_told_before(x, window)][:1]
    )
    context = [x for x in context if _in_own_language(x, channel)]
    most = window.most or LINES_AT_MOST
    shown = talks[:most]
    shown += context[: min(CONTEXT_AT_MOST, most - len(shown))]
    parties = {a.id: n for n, a in enumerate(directory.actors)}
    shown.sort(
        key=lambda x: (x.context, not _moved(x), -x.weight, _party(x, parties), x.first_seen, x.story_id),
    )
    return Choice(tuple(shown), tuple(talks[most:]), languages=channel.languages, issues=channel.issues)


def _lines(window: Window, told: Told, directory: Directory, languages: Sequence[str]) -> list[Line]:
    groups: dict[str, list[Recorded]] = defaultdict(list)
    for r in window.recorded:
        if r.development is not None and r.article.seen_at <= window.until and _in_one_of(r, languages):
            groups[r.development.story_id].append(r)
    revisions = carriers.revisions_of([r for r in window.recorded if r.article.seen_at <= window.until])
    asked_for = [_counting(group, window) for _, group in sorted(groups.items()) if any(map(window.fits, group))]
    return [x for group in asked_for for x in making.lines_of(group, told, directory, window.since, revisions)]


def _counting(group: list[Recorded], window: Window) -> list[Recorded]:
    """The reports of a happening: those that were not asked for tell nothing and are counted."""
    return [
        replace(r, development=replace(r.development, verdict=Verdict.REPEAT))
        if r.development and not window.fits(r)
        else r
        for r in group
    ]


def _in_one_of(r: Recorded, languages: Sequence[str]) -> bool:
    """Whether a report is in a language that was asked for; none asked for: any."""
    return not languages or r.article.language[:2] in languages


def _war_told_before(line: Line, window: Window) -> bool:
    """Whether the war was told in the day before it: one night's strikes go by many words."""
    return any(old.context and abs(line.first_seen - old.first_seen) <= LATELY for old in window.told_lines)


def _spread_since(line: Line, window: Window, directory: Directory) -> bool:
    """Whether it is in this window that a happening of the war came to be carried widely."""
    return _reach(line, window, directory) >= WIDELY > _reach(line, window, directory, window.since)


def _reach(line: Line, window: Window, directory: Directory, until: datetime | None = None) -> int:
    """How widely a happening is carried, whatever each report of it tells: independent origins by then."""
    by = until or window.until
    reports = (r for r in window.recorded if r.development and r.development.story_id == line.story_id)
    return carriers.reach([r for r in reports if r.article.seen_at <= by], directory)


def _wanted(line: Line, channel: Channel) -> bool:
    return not channel.issues or bool(set(line.issues) & set(channel.issues))


def _is_read(line: Line) -> bool:
    """Whether the line rests on a text that the bot reads for who says what, and not only recognises."""
    return line.headline.language[:2] in READ or any(c.speaker for c in (line.headline, *line.quotes))


def _in_own_language(line: Line, channel: Channel) -> bool:
    """Whether one reads it in a language that was asked for, English where none was: what only bears on the talks is
    not worth more effort."""
    return line.headline.language[:2] in (channel.languages or ("en", ""))


def _only_analysed(line: Line, directory: Directory) -> bool:
    """Whether think tanks alone publish it: what they write is no happening."""
    sources = (directory.source_by_id.get(p) for p in line.publishers)
    return all(s is not None and s.source_class is SourceClass.THINK_TANK for s in sources)


def _moved(line: Line) -> bool:
    """Whether somebody may have moved: what a reader with ten minutes came for."""
    return Verdict.SHIFT in line.verdicts or Verdict.POSSIBLE_SHIFT in line.verdicts


def _choice_key(line: Line) -> tuple[bool, int, bool, bool, int, int, datetime, str]:
    best = min(VERDICT_RANK.get(v, 9) for v in line.verdicts)
    stale = line.carried_over, not _is_read(line)
    return not _moved(line), -line.weight, *stale, best, -line.origins, line.first_seen, line.story_id


def _party(line: Line, parties: Mapping[str, int]) -> int:
    return min((parties.get(a, 99) for a in line.actors), default=99)


def _distinct(ranked: Sequence[Line], window: Window, directory: Directory) -> list[Line]:
    """One line a happening, the better one; a weaker line that tells the same is told with it. A first report that says
    what was told lately is no news."""
    twins, marks = Twins(window.recorded, directory), _Marks(window)
    reports = [r for r in window.recorded if r.article.seen_at <= window.until]
    kept: list[Line] = []
    for line in ranked:
        if told_so(line, window.told_lines) or any(marks.told_abroad(line, old) for old in window.told_lines):
            continue
        twin = next((n for n, k in enumerate(kept) if twins.one(line, k) or twins.one_meeting(line, k)), None)
        other = next(
            (n for n, k in enumerate(kept) if twins.in_two_languages(line, k) or marks.in_two_languages(line, k)), None
        )
        if twin is not None:
            kept[twin] = making.counted(_merged(kept[twin], line), reports, directory)
        elif other is not None:
            kept[other] = making.counted(_beside(kept[other], line), reports, directory)
        else:
            kept.append(line)
    return _without_overtaken(kept, twins)


def _without_overtaken(kept: Sequence[Line], twins: Twins) -> list[Line]:
    """What is told anyhow by the line on what came of it is told with that line."""
    left = list(kept)
    for line in kept:
        over = next((n for n, k in enumerate(left) if k is not line and twins.overtaken(line, k)), None)
        if over is not None:
            left[over] = _folded(left[over], line)
            left = [k for k in left if k.story_id != line.story_id]
    return left


class _Marks:
    """By what papers of two languages tell one happening where their headlines name nobody or others: the one names no
    person, number or day on top that the other does not, and nobody else acts; or both mean the same and name a person
    in common. Both headlines are shown, so that a wrong guess hides little."""

    def __init__(self, window: Window) -> None:
        self._by_story: dict[str, list[Recorded]] = defaultdict(list)
        for r in window.recorded:
            if r.development is not None and r.article.seen_at <= window.until:
                self._by_story[r.development.story_id].append(r)

    def in_two_languages(self, a: Line, b: Line) -> bool:
        """Whether the two are one happening as papers of two languages have it."""
        if not self._may_be(a, b, LATELY):
            return False
        pairs = ((x, y) for x, y in ((a, b), (b, a)) if x.headline.language[:2] not in {"en", ""})
        silent = self._may_be(a, b, SAME_DAY) and any(self._adds_nobody(*pair) for pair in pairs)
        return silent or self._means_the_same(a, b)

    def _adds_nobody(self, foreign: Line, other: Line) -> bool:
        mine, theirs = self._of(foreign), self._of(other)
        nobody_else = len(mine) > 1 or set(foreign.actors) <= {*other.actors, *other.named}
        return bool(mine) and mine <= theirs and nobody_else

    def told_abroad(self, line: Line, old: Line) -> bool:
        """Whether a line that claims no more than to be news was told lately in another language."""
        return line.verdicts == (Verdict.NEW,) and self._may_be(line, old, LATELY) and self._means_the_same(line, old)

    def _may_be(self, a: Line, b: Line, apart: timedelta) -> bool:
        near = abs(a.first_seen - b.first_seen) <= apart and bool(set(a.issues) & set(b.issues))
        return near and a.headline.language[:2] != b.headline.language[:2]

    def _means_the_same(self, a: Line, b: Line) -> bool:
        mine, theirs = self._by_story[a.story_id], self._by_story[b.story_id]
        named = [{t for r in reports for t in _specifics(r) if t.startswith("@")} for reports in (mine, theirs)]
        pairs = ((x.reading.vector, y.reading.vector) for x in mine for y in theirs)
        return bool(named[0] & named[1]) and any(_likeness(*pair) >= ALIKE for pair in pairs)

    def _of(self, line: Line) -> set[str]:
        told = set(line.development_ids)
        reports = [r for r in self._by_story[line.story_id] if r.development and r.development.development_id in told]
        return {t for r in reports for t in _specifics(r)}


def _likeness(a: str, b: str) -> float:
    left, right = vectors.unpacked(a), vectors.unpacked(b)
    found = left.likeness(right) if left is not None and right is not None else None
    return found if found is not None else 0.0


def _specifics(r: Recorded) -> set[str]:
    """Persons, numbers and days that a report names on top."""
    persons = {t for t in r.reading.rare if is_person(t)}
    return persons | {t for t, _ in r.reading.terms if ":" in t}


def _folded(line: Line, twin: Line) -> Line:
    """The line, told for its twin too: who speaks or acts in either is not only spoken of."""
    actors = {*line.actors, *twin.actors}
    return replace(
        line,
        development_ids=(*line.development_ids, *twin.development_ids),
        actors=tuple(sorted(actors)),
        named=tuple(sorted({*line.named, *twin.named} - actors)),
    )


def _graver(line: Line, twin: Line) -> Line:
    """Which of two lines on one happening says why it is told: the one with the graver verdict; of news and an update
    the update, for what it adds to was told before either."""
    if {line.verdicts[0], twin.verdicts[0]} == {Verdict.NEW, Verdict.UPDATE}:
        return line if line.verdicts[0] is Verdict.UPDATE else twin
    return min(line, twin, key=lambda x: VERDICT_RANK.get(x.verdicts[0], 9))


def _merged(line: Line, twin: Line) -> Line:
    """The line with its twin's reports behind it: both tell one happening."""
    grounds = _graver(line, twin)
    verdicts = {*line.verdicts, *twin.verdicts}
    if Verdict.NEW in verdicts:
        verdicts.discard(Verdict.UPDATE)  # what is told for the first time is told with all that came of it
    is_update = grounds.verdicts[0] is Verdict.UPDATE
    return replace(
        _folded(line, twin),
        verdicts=tuple(sorted(verdicts, key=lambda v: VERDICT_RANK.get(v, 9))),
        reason=say("reason.first_told") if is_update and Verdict.NEW in verdicts else grounds.reason,
        compared=grounds.compared,
        now=grounds.now,
        article_ids=tuple(dict.fromkeys([*line.article_ids, *twin.article_ids])),
        first_seen=min(line.first_seen, twin.first_seen),
    )


def _beside(line: Line, twin: Line) -> Line:
    """The line with its twin's headline from another language below it: nothing of either is lost."""
    shown, other = (
        (line, twin) if line.headline.language[:2] == "en" or twin.headline.language[:2] != "en" else (twin, line)
    )
    grounds = _graver(shown, other)
    return replace(
        _folded(shown, other),
        verdicts=tuple(sorted({*shown.verdicts, *other.verdicts}, key=lambda v: VERDICT_RANK.get(v, 9))),
        reason=grounds.reason,
        compared=grounds.compared,
        now=grounds.now,
        quotes=(*shown.quotes[:1], other.headline),
        article_ids=tuple(dict.fromkeys([*shown.article_ids, *other.article_ids])),
        weight=max(shown.weight, other.weight),
        first_seen=min(shown.first_seen, other.first_seen),
        changes=(*shown.changes, *other.changes),
    )


# --- what was left out ----------------------------------------------------------------------------------------------

OTHER_LANGUAGE = "in a language that was not asked for"
OTHER_ISSUE = "on other issues than asked for"
OTHER = "other than asked for"
EARLIER, HELD = "published earlier", "held back in review"
REASONS = (
    OTHER,
    OTHER_LANGUAGE,
    OTHER_ISSUE,
    "background",
    "known already",
    "told already",
    "only in a rewrite",
    "withdrawn by the source",
    "analysis",
    "in a language that is not read closely",
    "context",
    "of little weight",
    "cut off by the cap",
    EARLIER,
    HELD,
    "not about the talks",
)
"""Why a report makes no line, in the order in which they are asked."""


def left_out(window: Window, choice: Choice, told: Told, directory: Directory, fresh: Freshness) -> dict[str, int]:
    """Reports of the window that no line rests on, by reason, in the order of `REASONS`."""
    used = {a for line in (*choice.lines, *choice.told) for a in line.article_ids}
    cut = {d for line in choice.cut for d in line.development_ids}
    said = {d for line in choice.lines for d in line.development_ids}
    revisions = carriers.revisions_of(window.recorded)
    counted: Counter[str] = Counter()
    for r in window.fresh:
        if r.development is not None and r.article.article_id not in used:
            passed = _not_asked_for(r, window, choice)
            counted[passed or _reason(r, said, cut, told, directory, revisions)] += 1
    first = {r.article.article_id for r in window.fresh if r.article.revision == 0}
    counted.update(window.set_aside)
    counted["not about the talks"] = max(0, fresh.items - len(first) - sum(window.set_aside.values()))
    return {reason: counted[reason] for reason in REASONS if counted[reason]}


def _not_asked_for(r: Recorded, window: Window, choice: Choice) -> str:
    """Why a report was not looked at for this reader; "" where it was."""
    if not window.fits(r):
        return OTHER
    if not _in_one_of(r, choice.languages):
        return OTHER_LANGUAGE
    issues = r.development.issues if r.development is not None else ()
    return OTHER_ISSUE if choice.issues and not set(issues) & set(choice.issues) else ""


def _reason(
    r: Recorded,
    said: set[str],
    cut: set[str],
    told: Told,
    directory: Directory,
    revisions: carriers.Revisions,
) -> str:
    d = r.development
    if d is None or d.verdict is Verdict.BACKGROUND:
        return "background"
    if not d.verdict.tells or d.development_id in said:
        return "known already"
    if not making.untold(r, told):
        return "told already"
    if carriers.is_rewrite(r.article, directory):
        return "only in a rewrite"
    if carriers.withdrawn(r.article.article_id, revisions):
        return "withdrawn by the source"
    if d.development_id in cut:
        return "cut off by the cap"
    source = directory.source_by_id.get(r.article.source_id)
    if source is not None and source.source_class is SourceClass.THINK_TANK:
        return "analysis"
    if r.article.language[:2] not in READ:
        return "in a language that is not read closely"
    return "context" if d.context else "of little weight"

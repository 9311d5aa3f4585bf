"""Positions -> pages: one party, two side by side, all on a grid. Hides which words of a statement may be shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from digests import standpoints
from digests.frames import say
from digests.model import (
    Button,
    Choice,
    Citation,
    Count,
    Day,
    Days,
    Directory,
    Frame,
    Held,
    Instant,
    Issue,
    Name,
    Page,
    Position,
    Row,
    Span,
    Table,
    Tone,
    Voice,
)
from digests.ports import Recorded
from digests.rows import Setting, against, evidence
from digests.standpoints import distinct, foremost, shown

ABOUT_STATEMENTS = 3
BESIDE_AT_MOST = 8
"""Issues on which two parties are shown side by side; the others are named."""
PARTIES_AT_MOST = 6
"""Parties of the grid: what a screen shows beside each other; the others are named with their counts."""


@dataclass(frozen=True)
class OnOne:
    """That one issue was asked for; where nothing is on record on it, the issue of the newest own words, and their day,
    None where the text names none."""

    issue_id: str
    nearest: str | None = None
    last_said: Day | None = None


def position(
    p: Position,
    zone: str,
    setting: Setting,
    articles: Mapping[str, Recorded],
    missing: Sequence[Voice] = (),
    one: OnOne | None = None,
) -> Page:
    """Where an actor stands, issue by issue, or on one. `articles`: recorded articles by article key, for their
    sources."""
    directory = setting.directory
    who = Name(p.speaker or directory.actor_name(p.actor_id))
    rows = [*_head(p, setting, missing, one)]
    under: dict[Span, Name] = {}
    for held in p.held:
        rows += _held(held, setting, articles, under)
    if not p.held:
        rows += _none(p, who, directory, one)
    own = {s.span for held in p.held for s in held.newest}
    others = distinct((shown(s, setting, articles) for s in p.about if s.span not in own), ABOUT_STATEMENTS)
    if others:
        rows.append(Row(Tone.STATUS, (say("position.about", who=who),)))
        rows += [row for c in others for row in evidence((c,), setting)]
    silent = tuple(Name(directory.issue_by_id[i].name) for i in p.silent if i in directory.issue_by_id)
    if silent and one is None:
        key = "position.nothing" if p.since is None else "position.nothing_since"
        rows.append(Row(Tone.META, (say(key, issues=silent),)))
    return Page(
        "position", zone, (_summary(p, who, directory, one),), tuple(rows), buttons=_buttons(p, setting, articles, one)
    )


def _summary(p: Position, who: Name, directory: Directory, one: OnOne | None) -> Frame:
    if one is None:
        return say("position.summary", who=who, n=Count(len(p.held)), all=Count(len(directory.issues)))
    key = "position.summary_on" if p.held else "position.none_on"
    return say(key, who=who, issue=Name(directory.issue_by_id[one.issue_id].name))


def _none(p: Position, who: Name, directory: Directory, one: OnOne | None) -> list[Row]:
    """That there are no own words; where one issue was asked for, on what the newest are."""
    if one is None:
        return [Row(Tone.WARNING, (say("position.none", who=who),))]
    since = "position.none_on_since" if p.since else "position.none_on"
    rows = [Row(Tone.WARNING, (say(since, who=who, issue=Name(directory.issue_by_id[one.issue_id].name)),))]
    if one.nearest is None:
        return [*rows, Row(Tone.STATUS, (say("position.none", who=who),))]
    issue = Name(directory.issue_by_id[one.nearest].name)
    undated = say("position.newest_undated", issue=issue)
    newest = say("position.newest", issue=issue, on=one.last_said) if one.last_said is not None else undated
    return [*rows, Row(Tone.STATUS, (newest,))]


def _head(p: Position, setting: Setting, missing: Sequence[Voice], one: OnOne | None) -> list[Row]:
    """Whose words, as of when, against what; the sides that were not read come first."""
    directory = setting.directory
    party = Name(directory.actor_name(p.actor_id))
    at = Instant(p.as_of)
    title = say("position.title", who=party, at=at, **against(setting))
    if p.speaker is not None:
        speaker = Name(p.speaker)
        title = say("position.title_speaker", speaker=speaker, who=party, at=at, **against(setting))
    own = say("position.own_on", n=Count(len(p.held)), all=Count(len(directory.issues)))
    if one is not None:
        own = say("position.on_one", issue=Name(directory.issue_by_id[one.issue_id].name))
    rows = [Row(Tone.TITLE, (title,)), *(Row(Tone.WARNING, (m,)) for m in setting.marks)]
    rows.append(Row(Tone.STATUS, (own, *([say("position.since", at=Instant(p.since))] if p.since else []))))
    blind = tuple(Name(v.name) for v in missing if v.side and directory.rolls_up(p.actor_id, v.side))
    if blind:
        rows.append(Row(Tone.WARNING, (say("position.blind", sides=blind),)))
    return rows


def _buttons(p: Position, setting: Setting, articles: Mapping[str, Recorded], one: OnOne | None) -> tuple[Button, ...]:
    """Evidence of the newest words on each issue, and the way to the baseline; a person's leads to the party's."""
    directory = setting.directory
    choices = [
        Choice(say("label.name", name=Name(directory.issue_by_id[h.issue_id].name)), f"why {newest.statement_id}")
        for h in p.held
        if (newest := standpoints.foremost_of(h, setting, articles)) is not None
    ]
    menu = [Button(say("button.evidence"), "ask", choices=tuple(choices))] if choices else []
    if one is not None and one.nearest is not None:
        label = say("label.name", name=Name(directory.issue_by_id[one.nearest].name))
        menu.append(Button(label, "ask", f"position {p.speaker or p.actor_id} {one.nearest}"))
    if p.speaker is not None:
        party = say("button.party", who=Name(directory.actor_name(p.actor_id)))
        return (*menu, Button(party, "ask", f"position {p.actor_id}"))
    on, only = (f" {one.issue_id}", f" issue:{one.issue_id}") if one is not None else ("", "")
    return (
        *menu,
        Button(say("button.against_baseline"), "ask", f"position {p.actor_id}{on} vs:baseline"),
        Button(say("button.alert_me"), "ask", f"subscribe actor:{p.actor_id}{only}"),
        Button(say("button.timeline"), "ask", f"timeline {p.actor_id}{on}"),
    )


def _held(held: Held, setting: Setting, articles: Mapping[str, Recorded], under: dict[Span, Name]) -> list[Row]:
    """One issue: the newest words, those before, the baseline's. What only a rewrite has is nobody's words.
    `under`: spans that were shown, and under which issue; grows."""
    issue = Name(setting.directory.issue_by_id[held.issue_id].name)
    own = standpoints.of(held, setting, articles)
    baseline = [c for s in foremost(held.baseline) if (c := shown(s, setting, articles)) is not None][:1]
    if not own and not baseline:
        return []
    days = _last_days([x.citation for x in own[:1]], baseline)
    head = say("position.issue", issue=issue, on=Day(days.last)) if days else say("position.issue_undated", issue=issue)
    moved = say("position.moved", at=Instant(held.moved_at)) if held.moved_at else say("position.not_moved")
    rows = [Row(Tone.LINE, (head, moved))]
    for label, c in [*((x.label, x.citation) for x in own), *(("position.baseline", c) for c in baseline)]:
        if c.span in under:
            rows.append(Row(Tone.META, (say(label), say("position.under", issue=under[c.span]))))
        else:
            rows += _labelled(label, c, setting)
            under[c.span] = issue
    return rows


def _last_days(own: Sequence[Citation], baseline: Sequence[Citation]) -> Days | None:
    """When the words were said that were said last: the newest on record, unless the baseline's are of a later day."""
    newest, *others = [c.said_on for c in (*own, *baseline)]
    later = [d for d in others if newest is not None and d is not None and newest.before(d)]
    return later[0] if later else newest


def _labelled(label: str, c: Citation, setting: Setting) -> list[Row]:
    return [Row(Tone.META, (say(label),)), *evidence((c,), setting)]


# --- two parties ----------------------------------------------------------------------------------------------------


def beside(one: Position, other: Position, zone: str, setting: Setting, articles: Mapping[str, Recorded]) -> Page:
    """Two parties, issue by issue: the newest words of each. That they differ is for the reader to see."""
    directory = setting.directory
    names = [Name(directory.actor_name(p.actor_id)) for p in (one, other)]
    cells = [{h.issue_id: h for h in p.held} for p in (one, other)]
    both = [i.id for i in directory.issues if i.id in cells[0] and i.id in cells[1]]
    single = [i.id for i in directory.issues if (i.id in cells[0]) != (i.id in cells[1])]
    title = say("position.beside", a=names[0], b=names[1], at=Instant(one.as_of))
    rows = [Row(Tone.TITLE, (title,)), *(Row(Tone.WARNING, (m,)) for m in setting.marks)]
    asked = (both + single)[:BESIDE_AT_MOST]
    for issue_id in asked:
        rows.append(Row(Tone.LINE, (say("label.name", name=Name(directory.issue_by_id[issue_id].name)),)))
        for name, held in zip(names, cells, strict=True):
            rows.append(Row(Tone.META, (say("position.of", who=name),)))
            rows += _newest(held.get(issue_id), name, setting, articles)
    if not asked:
        rows.append(Row(Tone.WARNING, (say("position.neither", a=names[0], b=names[1]),)))
    left = tuple(Name(directory.issue_by_id[i].name) for i in (both + single)[BESIDE_AT_MOST:])
    if left:
        rows.append(Row(Tone.META, (say("position.also_on", issues=left),)))
    return Page("position", zone, (title,), tuple(rows))


def _newest(held: Held | None, who: Name, setting: Setting, articles: Mapping[str, Recorded]) -> list[Row]:
    own = [x.citation for x in standpoints.of(held, setting, articles)] if held is not None else []
    first = (shown(s, setting, articles) for s in foremost(held.baseline)) if held is not None else ()
    newest = next((c for c in (*own, *first) if c is not None), None)
    if newest is None:
        return [Row(Tone.META, (say("position.none", who=who),))]
    return evidence((newest,), setting)


# --- all parties ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Cell:
    """When a party's own words on an issue were last on record. `day` None: the text names none, `seen` is ours."""

    day: Day | None
    seen: Day
    baseline: bool = False
    moved: Instant | None = None

    def frame(self, issue: Name | None = None) -> Frame:
        """The cell in words, with its issue where that does not stand at the head of its row."""
        on = {"issue": issue} if issue is not None else {}
        where = "grid.of_" if issue is not None else "grid."
        if self.day is None:
            return say(f"{where}seen", on=self.seen, **on)
        if self.moved is not None:
            return say(f"{where}moved", on=self.day, at=self.moved, **on)
        return say(f"{where}baseline" if self.baseline else f"{where}day", on=self.day, **on)


Grid = Mapping[str, Mapping[str, Cell]]
"""Cells by party and issue; what is not there is not on record."""


def grid(cells: Grid, at: Instant, zone: str, setting: Setting, issue: str | None = None) -> Page:
    """Every party on every issue, or on one: when its own words were last on record, and when they last shifted."""
    directory = setting.directory
    issues = [
        i for i in directory.issues if (issue is None or i.id == issue) and any(i.id in c for c in cells.values())
    ]
    ranked = sorted(cells, key=lambda a: -len(cells[a]))[:PARTIES_AT_MOST]
    parties = [a.id for a in directory.actors if a.id in ranked and cells[a.id]]
    others = [a.id for a in directory.actors if cells.get(a.id) and a.id not in parties]
    title = say("grid.title", at=at)
    rows = [Row(Tone.TITLE, (title,)), *(Row(Tone.WARNING, (m,)) for m in setting.marks)]
    if not parties:
        return Page("grid", zone, (title,), (*rows, Row(Tone.WARNING, (say("grid.empty"),))))
    rows.append(Row(Tone.META, (say("grid.legend"),)))
    also = tuple(Name(directory.actor_name(a)) for a in others)
    named = [Row(Tone.META, (say("grid.also", who=also),))] if also else []
    silent = tuple(Name(i.name) for i in directory.issues if issue is None and i not in issues)
    quiet = [Row(Tone.META, (say("position.nothing", issues=silent),))] if silent else []
    heads = [say("label.name", name=Name(directory.actor_name(a))) for a in parties]
    table = _table(cells, parties, issues, heads)
    on = f" {issue}" if issue else ""
    buttons = tuple(Button(head, "ask", f"position {a}{on}") for head, a in zip(heads, parties, strict=True))
    return Page("grid", zone, (title,), (*rows, *named, *quiet), buttons=buttons, table=table)


def _table(cells: Grid, parties: Sequence[str], issues: Sequence[Issue], heads: Sequence[Frame]) -> Table:
    """Issues down, parties across; as rows, each party with its issues."""
    none = say("grid.none")
    lines = [
        (say("label.name", name=Name(i.name)), *(c.frame() if (c := cells[a].get(i.id)) else none for a in parties))
        for i in issues
    ]
    plain = tuple(
        Row(Tone.STATUS, (head, *(c.frame(Name(i.name)) for i in issues if (c := cells[a].get(i.id)))))
        for head, a in zip(heads, parties, strict=True)
    )
    return Table(((say("grid.issue"), *heads), *lines), plain)

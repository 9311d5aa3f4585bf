"""Pages as Block Kit: pure, within a message's budgets. Hides block types, escaping and how a page is cut to fit.

Spans and frames stand in `rich_text` elements or `plain_text` headers with emoji off, where Slack parses nothing;
only the fallback text is parsed, so it alone is escaped. What does not fit in one message goes on in its thread, or in
further messages where the page wants no thread; a line of a digest stands whole wherever it stands.
"""

from __future__ import annotations

import itertools
import operator
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from bot.slack import context, rich
from bot.slack.context import escape
from bot.slack.rich import ADDRESS, VALUE
from bot.slack.sheets import BLOCKS, CHARACTERS, MORE, SERIALISED, Bundle, Group, Sheet, filled, storeys
from digests import frames
from digests.model import Button, Choice, Count, Frame, Page, Piece, Row, Span, Table, Tone

FALLBACK = 3_000
"""Most characters of the fallback text, escaped; Slack advises 4,000."""
_LEFT_OUT = 60
"""Characters of it that are kept free to say how many lines it leaves out."""
HEADER = 150
"""Most characters of a header block."""
LABEL = 75
"""Most characters of a button's label."""
BUTTONS = 25
"""Most buttons of one actions block."""
CHOICE = 75
"""Most characters of a choice's value; documents differ, this is the lowest."""
CHOICES = 100
"""Most choices of a menu."""
VIEW_BLOCKS = 100
"""Most blocks of an App Home and of a modal."""
TURN = "turn"
"""The action of a button that turns to another part of a modal; its value is the number of that part."""
_GROUP = 2_500
_OF_LINES = frozenset({"digest", "alert", "lines"})
"""Kinds of pages that are cut between lines alone."""

__all__ = [
    "ADDRESS", "BLOCKS", "BUTTONS", "CHARACTERS", "CHOICE", "CHOICES", "FALLBACK", "HEADER", "LABEL", "SERIALISED",
    "TURN", "VALUE", "VIEW_BLOCKS", "Message", "escape", "home", "leaf", "render",
]  # fmt: skip

Json = dict[str, Any]


@dataclass(frozen=True)
class Message:
    """What Slack is handed: blocks, the fallback text that says what they say, and what goes below in the thread."""

    blocks: tuple[Json, ...]
    text: str
    thread: tuple[Message, ...] = ()
    simple: Message | None = None  # the same without a table, for a workspace that takes none
    apart: bool = False  # what goes below stands in further messages and not in a thread
    below: int = 0  # lines that do


def render(page: Page, zone: str | None = None, *, threads: bool | None = None) -> Message:
    """A page as one message with what goes below it, for a reader in `zone` (an IANA name; by default the page's). A
    table is shown as one where it fits in the message, else as rows. `threads`: whether what goes below will stand in a
    thread, by default as the page wants it."""
    tz = ZoneInfo(zone or page.zone)
    page = replace(page, rows=page.rows or (Row(Tone.PLAIN, page.summary),))
    page = page if threads is None else replace(page, threads=threads)
    if page.table is None:
        return _rendered(page, tz)
    simple = _rendered(replace(page, rows=(*page.rows, *page.table.plain), table=None), tz)
    message = _rendered(page, tz, _table(page.table, tz))
    return simple if message.thread or simple.thread else replace(message, text=simple.text, simple=simple)


def _rendered(page: Page, tz: tzinfo, table: Json | None = None) -> Message:
    """With small print in blocks of its own; without, where only so more fits in the first message."""
    airy = _laid(page, _Look(tz, airy=True), table)
    wanted = sum(row.line_id is not None for row in page.thread) if page.kind in _OF_LINES else 0
    if len(airy.thread) <= bool(page.thread) and airy.below <= wanted:
        return airy
    dense = _laid(page, _Look(tz, airy=False), table)
    return min(airy, dense, key=lambda m: (m.below, len(m.thread)))


@dataclass
class _Laid:
    """What stands in the first message, what goes on elsewhere, and how many lines of it."""

    groups: list[Group]
    rest: list[Bundle]
    below: int = 0


def _laid(page: Page, look: _Look, table: Json | None) -> Message:
    foot = [*([table] if table is not None else []), *_buttons(page.buttons, look)]
    laid = (_between_lines(page, look, foot) if page.kind in _OF_LINES else None) or _in_sequence(page, look, foot)
    summary = rich.joined(page.summary, look.tz, "layout.space")
    text = _fallback([summary, *(line for g in laid.groups for line in g.lines)])
    blocks = [block for g in laid.groups for block in g.blocks]
    apart = page.kind in _OF_LINES and not page.threads
    named = page.summary[:1] if apart else ()
    parts = list(filled(laid.rest, Sheet(_part_head(named, 99, 99, look).blocks if apart else ())))
    heads = [[_part_head(named, n, len(parts) + 1, look)] if apart else [] for n in range(2, len(parts) + 2)]
    below = tuple(_message([*head, *part]) for head, part in zip(heads, parts, strict=True))
    return Message((*blocks, *foot), text, below, apart=apart, below=laid.below)


def _part_head(named: Sequence[Piece], n: int, among: int, look: _Look) -> Group:
    """What a further message begins with: of what it is a part, and which."""
    counted = frames.say("card.part", n=Count(n), all=Count(among))
    return _group([Row(Tone.STATUS, (*(p for p in named if isinstance(p, Frame)), counted))], look)


def _between_lines(page: Page, look: _Look, foot: list[Json]) -> _Laid | None:
    """A page of lines: its first message has head and foot, and as many lines as there is room for. None where there is
    no line, or no room for head and foot alone."""
    inside, outside = storeys(page.rows), storeys(page.thread)
    head, last = list(_groups(inside.head, look)), list(_groups(inside.foot, look, Tone.LINE))
    lines = [list(_groups(rows, look, Tone.LINE if n else Tone.STATUS)) for n, rows in enumerate(inside.lines)]
    below = [list(_groups(rows, look)) for rows in (outside.head, *outside.lines, outside.foot) if rows]
    sheet = Sheet(foot)
    for shown in range(len(lines), -1, -1) if lines else ():
        left = len(lines) - shown + len(outside.lines)
        more = frames.say(MORE if page.threads else "digest.more_in_next", n=Count(left))
        counted = [_group([Row(Tone.META, (more,))], look)] if left else []
        groups = [*head, *(g for line in lines[:shown] for g in line), *counted, *last]
        if sheet.takes(*groups):
            return _Laid(groups, [*lines[shown:], *below], left)
    return None


def _in_sequence(page: Page, look: _Look, foot: list[Json]) -> _Laid:
    """Any other page: as much as fits from the top on, the rest below."""
    continued = rich.block([rich.section([rich.text("layout.continued", look.tz)])])
    sheet = Sheet([*foot, continued])
    rest: list[Bundle] = []
    for bundle in _bundles(page.rows, page, look):
        if rest or not sheet.takes(*bundle):
            rest.append(bundle)
        else:
            sheet.groups += bundle
    rest += _bundles(page.thread, page, look)
    return _Laid([*sheet.groups, *([Group([continued], [], Tone.PLAIN)] if rest else [])], rest)


def _bundles(rows: Sequence[Row], page: Page, look: _Look) -> list[Bundle]:
    """What stands together in a message: a line of a page of lines, else what belongs to one row."""
    if page.kind not in _OF_LINES:
        return [[group] for group in _groups(rows, look)]
    parts = storeys(rows)
    head, last = ([[g] for g in _groups(run, look)] for run in (parts.head, parts.foot))
    return [*head, *(list(_groups(line, look)) for line in parts.lines), *last]


def _table(table: Table, tz: tzinfo) -> Json:
    """Cells as raw text, where nothing is parsed; Slack takes no empty one."""
    nothing = frames.words(frames.say("layout.nothing"), tz)
    rows = [[{"type": "raw_text", "text": frames.words(cell, tz) or nothing} for cell in row] for row in table.cells]
    return {"type": "table", "rows": rows}


def home(page: Page, zone: str | None = None) -> Json:
    """A page as the view of an App Home, where no table stands; what does not fit is left out."""
    tz = ZoneInfo(zone or page.zone)
    rows = (*page.rows, *(page.table.plain if page.table is not None else ()), *page.thread)
    blocks, foot = _view(rows, page.buttons, _Look(tz, airy=True))
    if len(blocks) + len(foot) > VIEW_BLOCKS:
        blocks, foot = _view(rows, page.buttons, _Look(tz, airy=False))
    return {"type": "home", "blocks": [*blocks[: VIEW_BLOCKS - len(foot)], *foot]}


def leaf(page: Page, part: int, zone: str | None = None) -> list[Json]:
    """The blocks of one part of a page, from 1 on, as a modal shows it: what a message's budgets do not take, a button
    turns to. Past the last part it is the last."""
    tz = ZoneInfo(zone or page.zone)
    look = _Look(tz, airy=True)
    rows = (*(page.rows or (Row(Tone.PLAIN, page.summary),)), *(page.table.plain if page.table else ()), *page.thread)
    turning = [Button(frames.say(key), TURN, "99") for key in ("button.previous_page", "button.next_page")]
    counted = frames.say("card.part", n=Count(99), all=Count(99))
    kept = [
        *_buttons((*turning, *page.buttons), _Look(tz, airy=True)),
        _group([Row(Tone.META, (counted,))], look).blocks[0],
    ]
    parts = list(filled(([g] for g in _groups(rows, look)), Sheet(kept, VIEW_BLOCKS)))
    part = min(max(1, part), len(parts))
    blocks = [block for group in parts[part - 1] for block in group.blocks]
    if len(parts) > 1:
        counted = frames.say("card.part", n=Count(part), all=Count(len(parts)))
        blocks.append(rich.block(rich.elements_of([Row(Tone.META, (counted,))], tz)))
    turns = [Button(frames.say("button.previous_page"), TURN, str(part - 1))] if part > 1 else []
    turns += [Button(frames.say("button.next_page"), TURN, str(part + 1))] if part < len(parts) else []
    return [*blocks, *_buttons((*turns, *page.buttons), look)]


def _view(rows: Iterable[Row], buttons: tuple[Button, ...], look: _Look) -> tuple[list[Json], list[Json]]:
    return [block for group in _groups(rows, look) for block in group.blocks], list(_buttons(buttons, look))


def _message(groups: Iterable[Group]) -> Message:
    held = list(groups)
    return Message(tuple(b for g in held for b in g.blocks), _fallback(line for g in held for line in g.lines))


def _fallback(lines: Iterable[str]) -> str:
    """Whole lines as long as they fit, escaped; then how many did not, and where they stand."""
    escaped = [escape(line) for line in lines]
    kept, size = 0, 0
    while kept < len(escaped) and size + len(escaped[kept]) + 1 <= FALLBACK - _LEFT_OUT:
        size += len(escaped[kept]) + 1
        kept += 1
    left = len(escaped) - kept
    if left == 1 and size + len(escaped[kept]) <= FALLBACK:
        kept, left = len(escaped), 0
    more = [frames.words(frames.say("fallback.more", n=Count(left)), ZoneInfo("Etc/UTC"))] if left else []
    return "\n".join([*escaped[:kept], *more]).strip("\n")


# --- rows to groups ---------------------------------------------------------------------------------------------


@dataclass
class _Look:
    """How rows become blocks: in which zone, with small print apart or not, with ids that are unique in a message."""

    tz: tzinfo
    airy: bool
    ids: Counter[str] = field(default_factory=Counter)


def _groups(rows: Iterable[Row], look: _Look, storey: Tone | None = None) -> Iterator[Group]:
    """Rows that belong together: a line with its quotes and sources, a run of status rows. Where there is room, a line
    is drawn between the storeys of a page; `storey`: what stands above the rows."""
    for group in _runs(rows, look):
        now = group.tone if group.tone in _STOREYS else storey
        parted = now is not storey and storey not in {None, Tone.TITLE} and Tone.LINE in {now, storey}
        if look.airy and parted:
            group.blocks.insert(0, {"type": "divider"})
        yield group
        storey = now


_STOREYS = frozenset({Tone.TITLE, Tone.STATUS, Tone.LINE})
"""Tones that begin a storey of a page; the others belong to what stands above them."""


def _runs(rows: Iterable[Row], look: _Look) -> Iterator[Group]:
    tz = look.tz
    held: list[Row] = []
    size = 0
    for row in _bounded(rows, tz):
        length = _length(row, tz)
        starts = not held or row.tone in {Tone.TITLE, Tone.LINE} or held[0].tone == Tone.TITLE
        changes = row.tone not in {Tone.QUOTE, Tone.META} and held and row.tone != held[-1].tone
        if held and (starts or changes or size + length > _GROUP):
            yield _group(held, look)
            held, size = [], 0
        held.append(row)
        size += length
        if row.buttons:
            yield _group(held, look)
            held, size = [], 0
    if held:
        yield _group(held, look)


def _bounded(rows: Iterable[Row], tz: tzinfo) -> Iterator[Row]:
    """Rows none of which is longer than a group: a longer one becomes several of its tone."""
    for row in rows:
        held: list[Piece] = []
        size = 0
        for piece in row.pieces:
            for part in _cut(piece):
                length = len(rich.words_of(part, tz)) + 3
                if held and size + length > _GROUP:
                    yield Row(row.tone, tuple(held), row.line_id)
                    held, size = [], 0
                held.append(part)
                size += length
        if held:
            yield Row(row.tone, tuple(held), row.line_id, row.buttons)


def _cut(piece: Piece) -> Iterator[Piece]:
    if not isinstance(piece, Span):
        yield piece
        return
    for start in range(piece.start, piece.end, VALUE):
        yield piece.text.span(start, min(start + VALUE, piece.end))


def _group(rows: list[Row], look: _Look) -> Group:
    tz = look.tz
    lines = [rich.joined(row.pieces, tz, rich.gap(row)) for row in rows]
    if len(rows) == 1 and rows[0].tone == Tone.TITLE and len(lines[0]) <= HEADER and "\n" not in lines[0]:
        block: Json = {"type": "header", "text": {"type": "plain_text", "text": lines[0], "emoji": False}}
        return Group([block, *_buttons(rows[0].buttons, look)], lines, Tone.TITLE)
    blocks: list[Json] = []
    after: list[Row | None] = [*rows[1:], None]
    small_print = [
        row.tone is Tone.META and not _introduces(row, below) for row, below in zip(rows, after, strict=True)
    ]
    for small, run in itertools.groupby(zip(small_print, rows, strict=True), operator.itemgetter(0)):
        held = [row for _, row in run]
        apart = context.block(held, lambda f: frames.words(f, tz), rich.gap_text(tz)) if small and look.airy else None
        blocks.append(apart or rich.block(rich.elements_of(held, tz)))
    buttons = [b for row in rows for b in row.buttons]
    return Group([*_joined_blocks(blocks), *_buttons(tuple(buttons), look)], lines, rows[0].tone)


def _introduces(row: Row, below: Row | None) -> bool:
    """Whether a row says what the quote right below it is ("was", "stands there now"): it stays with that quote."""
    return below is not None and below.tone is Tone.QUOTE and [type(piece) for piece in row.pieces] == [Frame]


def _joined_blocks(blocks: Iterable[Json]) -> list[Json]:
    """Neighbours of rich text as one block."""
    made: list[Json] = []
    for block in blocks:
        if made and made[-1]["type"] == block["type"] == "rich_text":
            made[-1]["elements"] += block["elements"]
        else:
            made.append(block)
    return made


def _buttons(buttons: tuple[Button, ...], look: _Look) -> Iterator[Json]:
    """Blocks of buttons and menus; one whose value Slack would refuse is left out. Ids are unique: "ask", "ask.1"."""
    tz = look.tz
    elements: list[Json] = []
    for button in buttons:
        element = _menu(button, tz) if button.choices else _button(button, tz)
        if element is not None:
            count = look.ids[button.action]
            look.ids[button.action] += 1
            elements.append(element | {"action_id": f"{button.action}.{count}" if count else button.action})
    for start in range(0, len(elements), BUTTONS):
        yield {"type": "actions", "elements": elements[start : start + BUTTONS]}


def _button(button: Button, tz: tzinfo) -> Json | None:
    if len(button.value) > VALUE or not frames.words(button.label, tz):
        return None
    element: Json = {"type": "button", "text": _label(button, tz)}
    return element | {"value": button.value} if button.value else element


def _menu(button: Button, tz: tzinfo) -> Json | None:
    """A menu of the choices whose value fits; Slack takes no label without a character."""
    fitting = [c for c in button.choices if 0 < len(c.value) <= CHOICE and frames.words(c.label, tz)][:CHOICES]
    options = [{"text": _label(choice, tz), "value": choice.value} for choice in fitting]
    if not options or not frames.words(button.label, tz):
        return None
    return {"type": "static_select", "placeholder": _label(button, tz), "options": options}


def _label(button: Button | Choice, tz: tzinfo) -> Json:
    return {"type": "plain_text", "text": frames.words(button.label, tz)[:LABEL], "emoji": False}


def _length(row: Row, tz: tzinfo) -> int:
    return sum(len(rich.words_of(piece, tz)) + 3 for piece in row.pieces)

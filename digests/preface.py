"""What a digest says before its lines: when, what was read, which silence this is, what was corrected, who spoke. Hides
which sentence stands for what.
"""

from __future__ import annotations

from digests import compose
from digests.frames import say
from digests.model import Count, Digest, Directory, Frame, Instant, Name, Refs, Row, Silence, Tone
from digests.rows import Setting, against, corrected, evidence

CORRECTIONS_AT_MOST = 3
FAILING_AT_MOST = 5
NAMES_AT_MOST = 24


def head(d: Digest, setting: Setting) -> list[Row]:
    """What comes before who spoke: when, what was read, what was corrected."""
    title = say("digest.title", at=Instant(d.slot), zone=Name(d.zone), since=Instant(d.freshness.since))
    marks = (Row(Tone.WARNING, (mark,)) for mark in setting.marks)
    compared = Row(Tone.STATUS, (say("digest.baseline", **against(setting)),))
    return [Row(Tone.TITLE, (title,)), *marks, *_freshness(d, setting.directory), compared, *_corrections(d, setting)]


def _freshness(d: Digest, directory: Directory) -> list[Row]:
    """What was read, and which of the four silences this is; THIN where most rests on one publisher; an empty digest
    names whom it checked."""
    f = d.freshness
    if d.silence is Silence.BLIND:
        return [Row(Tone.WARNING, (say("digest.blind", since=Instant(f.since)),)), *_failing(d, directory)]
    rows = []
    if f.missing:
        sides = tuple(Name(v.name) for v in f.missing)
        rows.append(Row(Tone.WARNING, (say("digest.partly_blind", sides=sides),)))
    elif d.silence is Silence.PARTLY_BLIND:
        rows.append(Row(Tone.WARNING, (say("digest.partly_blind_feeds", n=Count(len(f.failing))),)))
    rows += [*_failing(d, directory), *_thin(d, directory), Row(Tone.STATUS, (_what_was_read(d),))]
    if not d.lines and f.sources_read:
        checked = tuple(Name(directory.source_by_id[s].name) for s in f.sources_read[:NAMES_AT_MOST])
        rows.append(Row(Tone.STATUS, (say("digest.checked", names=checked),)))
    return rows


def _what_was_read(d: Digest) -> Frame:
    f = d.freshness
    if f.newest is None:
        return say("digest.nothing_seen", feeds=Count(f.feeds))
    newest = Instant(f.newest)
    if d.lines:
        return say("digest.freshness", items=Count(f.items), publishers=Count(f.publishers), newest=newest)
    key = "digest.nothing_more" if d.alerted else "digest.nothing_new"
    return say(key, feeds=Count(f.feeds), items=Count(f.items), newest=newest)


def _failing(d: Digest, directory: Directory) -> list[Row]:
    failing = d.freshness.failing
    rows = []
    for feed, since in failing[:FAILING_AT_MOST]:
        source = directory.source_by_id.get(feed)
        name = Name(source.name if source else feed)
        rows.append(Row(Tone.WARNING, (say("digest.failing_since", feed=name, since=Instant(since)),)))
    if len(failing) > FAILING_AT_MOST:
        rows.append(Row(Tone.WARNING, (say("digest.failing_more", n=Count(len(failing) - FAILING_AT_MOST)),)))
    return rows


def _thin(d: Digest, directory: Directory) -> list[Row]:
    one = compose.rests_on_one(d.lines) if d.thin else None
    if one is None:
        return []
    source = directory.source_by_id.get(one[0])
    refs = Refs(tuple(str(n) for n in one[1]))
    return [Row(Tone.WARNING, (say("digest.thin", lines=refs, who=Name(source.name if source else one[0])),))]


def _corrections(d: Digest, setting: Setting) -> list[Row]:
    """What was told before and was since corrected or withdrawn at its source: before anything new."""
    if not d.corrections:
        return []
    rows = [Row(Tone.WARNING, (say("digest.corrected_since_told", n=Count(len(d.corrections))),))]
    for line in d.corrections[-CORRECTIONS_AT_MOST:]:
        if line.line_id in d.instead:
            were, now = d.instead[line.line_id]
            rows += corrected((were,), (now,), setting, line.changes)
            continue
        cited = [c for c in (line.headline, *line.quotes) if any(c.article_id == x.article_id for x in line.changes)]
        rows += evidence(cited[:1], setting, line.changes)
    return rows


def board(d: Digest, directory: Directory) -> list[Row]:
    """Who spoke, a party a row."""
    rows = [Row(Tone.STATUS, (say("digest.who_spoke"),))]
    for entry in d.board:
        who = say("board.party", who=Name(directory.actor_name(entry.actor_id)))
        rows.append(Row(Tone.STATUS, (who, *entry.frames)))
    return rows


_OWN_WORDS = frozenset(
    {"board.new_on", "board.restated", "board.possible_shift", "board.shift", "board.differ", "board.corrected"}
)
_UNREAD = frozenset({"board.not_read", "board.not_read_since"})


def brief_board(d: Digest, directory: Directory) -> list[Row]:
    """Who spoke in one line: the numbers of his lines; who said nothing new, and whose side was not read, by name."""
    spoke: list[Frame] = []
    quiet: list[Name] = []
    unread: list[Name] = []
    for entry in d.board:
        who = Name(directory.actor_name(entry.actor_id))
        refs = [r for f in entry.frames if f.key in _OWN_WORDS for r in _refs_of(f)]
        if refs:
            in_order = sorted(dict.fromkeys(refs), key=lambda n: (len(n), n))
            spoke.append(say("board.spoke", who=who, lines=Refs(tuple(in_order))))
        else:
            (unread if any(f.key in _UNREAD for f in entry.frames) else quiet).append(who)
    pieces = [say("digest.who_spoke"), *spoke]
    pieces += [say("board.quiet", names=tuple(quiet))] if quiet else []
    pieces += [say("board.unread", names=tuple(unread))] if unread else []
    return [Row(Tone.STATUS, tuple(pieces))]


def _refs_of(frame: Frame) -> tuple[str, ...]:
    return next((slot.refs for _, slot in frame.slots if isinstance(slot, Refs)), ())

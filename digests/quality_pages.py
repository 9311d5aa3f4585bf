"""Figures about the bot's own work -> a page. Hides their order and how a share or a delay is put."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from digests.frames import say
from digests.model import Button, Count, Frame, Instant, Page, Row, Tone
from digests.rows import Setting


@dataclass(frozen=True)
class Lag:
    """The middle of so many delays."""

    middle: timedelta
    n: int


@dataclass(frozen=True)
class Figures:
    """What was counted in a time. `excerpts`: lines of which nothing was cut from the article's page; `single`: lines
    that one origin alone reported; `twice`: lines that told a conversation what it had been told; `doubted`: lines that
    somebody reported, `upheld` of them taken back, `waiting` not yet looked at."""

    items: int
    feeds: int
    all_feeds: int
    polls_failed: int
    reports: int
    telling: int
    repeated: int
    statements: int
    unsure: int
    digests: int
    alerts: int
    failed: int
    lines: int
    excerpts: int
    single: int
    twice: int
    corrected: int
    doubted: int
    upheld: int
    waiting: int
    read: Lag | None
    alerted: Lag | None
    briefed: Lag | None


def page(f: Figures, since: datetime, now: datetime, zone: str, setting: Setting) -> Page:
    """Read, told, taken back, how long it took; each with what it was counted from."""
    title = say("quality.title", since=Instant(since), at=Instant(now))
    rows = [Row(Tone.TITLE, (title,)), *(Row(Tone.WARNING, (m,)) for m in setting.marks)]
    for head, frames in (
        ("quality.reading", _reading(f)), ("quality.telling", _telling(f)), ("quality.trust", _trust(f)),
        ("quality.speed", _speed(f)),
    ):  # fmt: skip
        rows += [Row(Tone.LINE, (say(head),)), *(Row(Tone.META, (frame,)) for frame in frames)]
    rows.append(Row(Tone.META, (say("quality.not_here"),)))
    return Page(
        "quality", zone, (title,), tuple(rows), buttons=(Button(say("button.health"), "ask", "sources status"),)
    )


def _reading(f: Figures) -> Iterator[Frame]:
    feeds = {"feeds": Count(f.feeds), "all": Count(f.all_feeds)}
    yield say("quality.items", n=Count(f.items), failed=Count(f.polls_failed), **feeds)
    yield say("quality.reports", n=Count(f.reports), new=Count(f.telling), again=Count(f.repeated))
    yield say("quality.statements", n=Count(f.statements), unsure=Count(f.unsure), share=_share(f.unsure, f.statements))


def _telling(f: Figures) -> Iterator[Frame]:
    yield say("quality.told", n=Count(f.lines), digests=Count(f.digests), alerts=Count(f.alerts))
    yield say("quality.twice", n=Count(f.twice), of=Count(f.lines))
    yield say("quality.failed", n=Count(f.failed))


def _trust(f: Figures) -> Iterator[Frame]:
    yield say("quality.excerpts", n=Count(f.excerpts), of=Count(f.lines), share=_share(f.excerpts, f.lines))
    yield say("quality.single", n=Count(f.single), of=Count(f.lines), share=_share(f.single, f.lines))
    yield say("quality.corrected", n=Count(f.corrected))
    yield say("quality.doubted", n=Count(f.doubted), upheld=Count(f.upheld), waiting=Count(f.waiting))


def _speed(f: Figures) -> Iterator[Frame]:
    for key, lag in (("quality.read", f.read), ("quality.alerted", f.alerted), ("quality.briefed", f.briefed)):
        if lag is None:
            yield say(f"{key}_none")
        else:
            minutes = round(lag.middle.total_seconds() / 60)
            yield say(key, h=Count(minutes // 60), m=Count(minutes % 60), n=Count(lag.n))


def _share(part: int, whole: int) -> Count:
    """Of a hundred."""
    return Count(round(100 * part / whole) if whole else 0)

"""One specimen of everything that Slack is handed: messages, answers, modals, the Home tab. Hides how each is come by.

The bot is led through two days of the recorded week on a database that is thrown away, without Slack and without the
network, and asked every verb by the examples of its own help. Of what it would hand to Slack, every kind is kept in
every make-up: the longest of those that are built of the same blocks.
"""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot import forms, help
from bot.answers import DeskAnswers
from bot.app import Parts, open_desk
from bot.commands import BRIEF, VERBS, Misunderstood, parse
from bot.local.week import FOLDER
from bot.local.week_material import Outlet, Version, read_outlet
from bot.slack import cards
from bot.slack.answers import About, Asker
from bot.slack.blocks import Message, home, render
from bot.slack.modals import Return, modal
from config import Config
from digests.desk import Arrivals, Desk, conduct
from digests.desk.newsroom import silent_notes
from digests.desk.rebase import Proposal
from digests.desk.ruling import OpenItem
from digests.desk.tips import Reportable
from digests.frames import say
from digests.model import (
    Channel,
    Choice,
    Delivery,
    Directory,
    Entry,
    Feed,
    Name,
    Page,
    ReviewState,
    Source,
    SourceClass,
)
from digests.ports import Posted

ZONE = "Europe/Brussels"
ME = Asker("U0SPECIMEN", "C0SPECIMEN", ZONE, "somebody")
SLOTS = (datetime(2025, 11, 25, 7, 30, tzinfo=UTC), datetime(2025, 11, 26, 7, 30, tzinfo=UTC))
END = SLOTS[-1] + timedelta(hours=12)
OUTLETS = ("meridian-wire", "volga-state", "potomac-record", "dnipro-bulletin", "gulf-channel", "chornozem")
"""Of the recorded week: enough for copies, wordings that differ, two languages and a text that is edited."""
CARDS = ("evidence", "untold", "footnote", "baseline")
"""Kinds of answers that open over the conversation."""
ANSWER_ADDRESS = "https://hooks.slack.com/x"
UNDERSTOOD_BY_NOBODY = "subscibe actor:rusia"
AMENDED = ("some details that cannot be resolved", "a few delicate details that must be sorted out")

Json = dict[str, Any]


@dataclass(frozen=True)
class Specimen:
    """One thing that Slack is handed: what it is called, and a message, or the view of a modal or of the Home tab."""

    name: str
    shown: Message | Json


async def specimens(config: Config) -> list[Specimen]:
    """At least one of every kind, in order of name."""
    config = replace(config, access=replace(config.access, admins=(ME.user,), reviewers=(ME.user,)))
    with tempfile.TemporaryDirectory(prefix="specimens-") as folder:
        channels = (Channel("specimen", ME.conversation, ZONE, ("08:30",)),)
        parts = Parts(notes=silent_notes, jitter=lambda: 0.5, channels=channels, messenger=_Taker())
        outlets = [read_outlet(FOLDER / f"{name}.yaml") for name in OUTLETS]
        async with open_desk(_with(config, outlets), f"sqlite:///{folder}/specimens.db", parts) as desk:
            found = [s async for s in _all(desk, config, outlets)]
    kept: dict[tuple[str, str], Specimen] = {}
    for specimen in sorted(found, key=lambda s: len(str(s.shown)), reverse=True):
        kept.setdefault((specimen.name, _make_up(specimen.shown)), specimen)
    return [kept[key] for key in sorted(kept)]


class _Taker:
    """A messenger to nowhere, which takes everything."""

    def __init__(self) -> None:
        self._count = 0

    async def post(self, _delivery: Delivery, _now: datetime, *, thread: str | None = None) -> Posted:
        """Take a message."""
        self._count += 1
        return Posted(f"{self._count}.{thread or 0}")

    async def edit(self, _conversation: str, receipt: str, _page: Page) -> Posted:
        """Take a change."""
        return Posted(receipt)

    async def permalink(self, _conversation: str, _receipt: str) -> str:
        """There is none."""
        return ""


def _make_up(shown: Message | Json) -> str:
    """The types of blocks and elements that something is built of."""
    whole = list(shown.blocks) if isinstance(shown, Message) else shown
    types: set[str] = set()

    def look(node: Any) -> None:
        if isinstance(node, dict):
            types.add(str(node.get("type", "")))
            for value in node.values():
                look(value)
        elif isinstance(node, list):
            for value in node:
                look(value)

    look(whole)
    return " ".join(sorted(types))


async def _all(desk: Desk, config: Config, outlets: Sequence[Outlet]) -> AsyncIterator[Specimen]:
    answers = DeskAnswers(config)
    answers.serve(desk)
    for text in ("subscribe actor:russia now", "subscribe issue:process origins:2 to:dm now"):
        await _answered(answers, config, text, SLOTS[0] - timedelta(days=1))
    now = await _two_days(desk, outlets)
    ids = await _ids(desk)
    for verb in VERBS:
        for text in help.examples(verb, config):
            for identity in ids.get(verb, ()) if " ID" in text else ("",):
                page = await _answered(answers, config, text.replace(" ID", f" {identity}"), now)
                for specimen in (*_messages(page.kind, page), *_cards(page)):
                    yield specimen
    for specimen in await _untold(desk, answers, config, now):
        yield specimen
    async for specimen in _beside_commands(desk, answers, config, now):
        yield specimen
    for name in forms.FORMS:
        made = (await answers.form(name, ME), forms.form(name, config.directory, _facts(ids)))
        for form in {form.name: form for form in made if form is not None}.values():
            yield Specimen(f"form {form.name}", modal(form, Return(ME.conversation, ANSWER_ADDRESS), ZONE))
    page = await answers.home(ME, {ME.conversation: "specimen"}, now)
    yield Specimen("home", home(page, ZONE))


async def _two_days(desk: Desk, outlets: Iterable[Outlet]) -> datetime:
    """Two mornings with the days before them, and half a day after; the instant at its end."""
    arrived = sorted(_arrivals(outlets), key=lambda row: (row[0], row[1].feed.id))
    for slot in (*SLOTS, END):
        for at, arrivals in (row for row in arrived if slot - timedelta(days=1) < row[0] <= slot):
            await desk.take(arrivals, at)
        await desk.brief_due(slot)
        await desk.deliver(slot)
    return END


async def _untold(desk: Desk, answers: DeskAnswers, config: Config, now: datetime) -> Iterable[Specimen]:
    """What stands behind an article that no message told."""
    deliveries = await desk.room.store.deliveries()
    lines = [stored.line for d in deliveries for stored in await desk.room.store.lines_of(d.key)]
    told = {article for line in lines for article in line.article_ids}
    address = next(r.article.url for r in desk.room.recorded.values() if r.article.article_id not in told)
    page = await _answered(answers, config, f"why {address}", now)
    return (*_messages(page.kind, page), *_cards(page))


async def _beside_commands(desk: Desk, answers: DeskAnswers, config: Config, now: datetime) -> AsyncIterator[Specimen]:
    """What no verb asks for: rulings, a version, a refusal, greetings and troubles; and all that was owed."""
    waiting = await desk.room.store.reviews(state=ReviewState.WAITING)
    for text in ("review", *(f"review {act} {waiting[0].item_id}" for act in ("scope", "reject") if waiting)):
        for specimen in _messages("review", await _answered(answers, config, text, now)):
            yield specimen
    for name in sorted(forms.RULINGS):
        form = await answers.form(name, ME, About(identity=waiting[0].item_id)) if waiting else None
        if form is not None:
            yield Specimen(f"form {name}", modal(form, Return(ME.conversation, ANSWER_ADDRESS), ZONE))
    for item in waiting:
        page = await _answered(answers, config, f'review reject {item.item_id} "wrong speaker"', now)
        yield Specimen("card review", cards.card(page, Return(ME.conversation), ZONE, kind="review"))
    await desk.rebase(Proposal(ME.user, ZONE, "as reported", "", AMENDED, confirmed=1), now)
    await desk.deliver(now)
    owed = await desk.room.store.deliveries(kind="digest")
    await conduct.refused(desk.room, owed[0], "not_in_channel", conduct.CONVERSATION, now)
    for delivery in await desk.room.store.deliveries():
        for specimen in _messages(f"posted {delivery.kind}", delivery.page):
            yield specimen
    unread = parse(UNDERSTOOD_BY_NOBODY, BRIEF, config.directory, ZONE)
    assert isinstance(unread, Misunderstood)
    said = (
        ("misunderstood", help.misunderstood(unread, config.slack, ZONE)),
        ("greeting", await answers.joined(ME.conversation, ME.user, now)),
        ("trouble", help.trouble("a1b2c3", ZONE)),
    )
    for name, page in said:
        for specimen in _messages(name, page):
            yield specimen


def _cards(page: Page) -> Iterable[Specimen]:
    """An answer that opens over the conversation: while it is looked up, and every part of it."""
    if page.kind not in CARDS:
        return
    back = Return(ME.conversation, ANSWER_ADDRESS, answers="why k7f2ab", over=page.kind == "footnote")
    yield Specimen("card, waiting", cards.waiting(page.kind, back, ZONE))
    shown: Json = {}
    for n in itertools.count(1):
        before, shown = shown, cards.card(page, back, ZONE, n)
        if shown == before:
            return
        yield Specimen(f"card {page.kind}", shown)


def _messages(name: str, page: Page) -> Iterable[Specimen]:
    message = render(page, ZONE)
    yield Specimen(name, message)
    yield from (Specimen(f"{name}, below", part) for part in message.thread)


async def _answered(answers: DeskAnswers, config: Config, text: str, now: datetime) -> Page:
    command = parse(text, BRIEF, config.directory, ZONE)
    if isinstance(command, Misunderstood):
        return help.misunderstood(command, config.slack, ZONE)
    return await answers.answer(command, ME, now)


async def _ids(desk: Desk) -> dict[str, tuple[str, ...]]:
    """What ID stands for in the examples of a verb."""
    lines = [
        stored.line.line_id
        for d in await desk.room.store.deliveries()
        for stored in await desk.room.store.lines_of(d.key)
    ]
    waiting = [item.item_id for item in await desk.room.store.reviews(state=ReviewState.WAITING)]
    alerts = tuple(s.subscription_id for s in await desk.room.store.subscriptions())
    return {
        "why": tuple(lines),
        "report": tuple(lines[:1]),
        "baseline": tuple(lines[:1]),
        "review": tuple(waiting[-1:]),
        "mute": alerts[:1],
        "unmute": alerts[:1],
        "unsubscribe": alerts[-1:],
        "schedule": ("specimen",),
    }


def _facts(ids: dict[str, tuple[str, ...]]) -> forms.Facts:
    """What a form holds that is not opened in a conversation of files, or that is about a message."""
    own = Channel("own", ME.conversation, ZONE, ("08:30",), created_by=ME.user)
    alerts = tuple(Choice(say("label.name", name=Name(i)), i) for i in ids["mute"])
    return forms.Facts(ZONE, own, alerts, Reportable(ids["why"][:20]), item=OpenItem("r2b3c4"))


# --- what was published ---------------------------------------------------------------------------------------------


def _source(outlet: Outlet) -> Source:
    s = outlet.source
    return Source(s.id, s.name, SourceClass(s.kind), s.family, s.side, s.country, s.zone)


def _with(config: Config, outlets: Iterable[Outlet]) -> Config:
    """The configuration with outlets of the week among its sources."""
    d = config.directory
    sources = (*d.sources, *map(_source, outlets))
    return replace(config, directory=Directory(d.actors, d.issues, sources, d.watch))


def _arrivals(outlets: Iterable[Outlet]) -> Iterable[tuple[datetime, Arrivals]]:
    """Every text of the outlets from a day before the first slot on, each as it came."""
    for outlet in outlets:
        s = outlet.source
        feed = Feed(s.id, s.id, f"https://{s.site}/feed", s.language, fetch_pages=False)
        for entry in outlet.entries:
            for version in entry.versions:
                if SLOTS[0] - timedelta(days=1) < version.at <= END:
                    yield version.at, Arrivals(feed, _source(outlet), (_entry(outlet, entry.id, version),))


def _entry(outlet: Outlet, identity: str, version: Version) -> Entry:
    text = "\n".join([*version.body, *([version.notice] if version.notice else [])])
    link = f"https://{outlet.source.site}{outlet.path(version)}"
    return Entry(
        identity,
        version.title,
        version.summary,
        link,
        published=version.published,
        language=outlet.source.language,
        page_text=text,
    )

"""Alter: other terms for an alert that is there. Hides whose it is, what stays of it, what becomes of what it holds.

Its id, who made it and when, its mute, and all that it told stay. What it is to be from now on is said whole; where it
goes stays unless that is said too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from digests.desk import holding, owning, subscribe
from digests.desk.newsroom import Newsroom
from digests.frames import echo, say
from digests.model import Name, Page, Row, Subscription, Tone


@dataclass(frozen=True)
class Whose:
    """An alert that somebody names by its id, in a conversation: his own anywhere, and those of others there,
    which an admin may change."""

    subscription_id: str
    user: str
    conversation: str
    zone: str

    def means(self, s: Subscription) -> bool:
        """Whether it is this one, and his to change."""
        return s.subscription_id == self.subscription_id and (
            s.creator == self.user or s.conversation == self.conversation
        )


@dataclass(frozen=True)
class Terms:
    """What an alert is to be: `to` the conversation that it goes to, None where that stays; `zone` that of its quiet
    hours, where they are other ones than before."""

    filters: Mapping[str, tuple[str, ...]]
    to: str | None
    quiet: tuple[str, str] | None
    cap_per_hour: int
    zone: str


async def found(room: Newsroom, whose: Whose) -> Subscription | None:
    """The alert; None where there is none of that id that is his to change."""
    return next((s for s in await room.store.subscriptions() if whose.means(s)), None)


async def present(room: Newsroom, whose: Whose, now: datetime) -> Page:
    """What an alert is now, and how it is changed."""
    alert = await found(room, whose)
    if alert is None:
        return _unknown(whose)
    typed = subscribe.command_of(alert).replace("subscribe", f"subscribe edit {alert.subscription_id}", 1)
    rows = [
        Row(Tone.TITLE, (say("subscribe.present", id=Name(alert.subscription_id)),)),
        *await subscribe.rehearsed(room, alert, now),
        Row(Tone.META, (say("subscribe.how_to_edit", command=Name(typed)),)),
    ]
    return subscribe.page(whose.zone, rows)


async def alter(room: Newsroom, whose: Whose, terms: Terms, now: datetime, *, rehearsed: str = "") -> Page:
    """Give an alert other terms; with `rehearsed`, the command that saves them, only show what it would fire on."""
    before = await found(room, whose)
    if before is None:
        return _unknown(whose)
    if not owning.may_change(room, before.creator, whose.user):
        return subscribe.page(whose.zone, owning.refused(before.creator, subscribe.terms(before)))
    after = _with(before, terms)
    same = await subscribe.same_as(room, after)
    if same is not None and same.subscription_id != before.subscription_id:
        there = say("subscribe.same", id=Name(same.subscription_id))
        return subscribe.page(whose.zone, [Row(Tone.WARNING, (there,))])
    if rehearsed:
        return await subscribe.rehearse(room, after, rehearsed, now)
    await room.store.save_subscription(after)
    done = say("subscribe.changed", id=Name(after.subscription_id))
    await owning.tell(room, before.creator, whose.user, done, subscribe.terms(after), after.conversation, now)
    await holding.retimed(room, after, now)
    return await subscribe.saved(room, after, "subscribe.changed", now)


def _with(before: Subscription, terms: Terms) -> Subscription:
    zone = before.zone if terms.quiet == before.quiet else terms.zone
    to = before.conversation if terms.to is None else terms.to
    return replace(
        before,
        conversation=to,
        zone=zone,
        filters=dict(terms.filters),
        quiet=terms.quiet,
        cap_per_hour=terms.cap_per_hour,
    )


def _unknown(whose: Whose) -> Page:
    unknown = say("subscribe.unknown", typed=echo(whose.subscription_id))
    return subscribe.page(whose.zone, [Row(Tone.TITLE, (unknown,))])

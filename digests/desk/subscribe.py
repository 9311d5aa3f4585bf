"""Subscribe: alerts made by command. Hides ids, rehearsal, mutes and who owns what.

Subscribing again with the same filters and target updates.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import count

from digests.desk import conduct, holding, owning, rehearsal
from digests.desk.newsroom import Newsroom
from digests.frames import echo, say
from digests.model import (
    FOREVER,
    Button,
    Choice,
    Count,
    Delivery,
    DeliveryState,
    Frame,
    Instant,
    Name,
    Page,
    Piece,
    Row,
    Span,
    Subscription,
    Tone,
)
from digests.rows import evidence

REHEARSED = timedelta(days=7)
SHOWN = 3
MINE, CHANNEL = "mine", "channel"
"""Which subscriptions a list shows, where not both."""
CANCEL = "subscribe cancel"
"""The command that calls a rehearsal off."""


def subscription_id(conversation: str, filters: Mapping[str, Sequence[str]]) -> str:
    """Short and stable: the same filters in the same conversation are the same subscription."""
    plain = "\0".join([conversation, *(f"{k}={','.join(sorted(v))}" for k, v in sorted(filters.items()))])
    return "s" + hashlib.sha256(plain.encode()).hexdigest()[:5]


async def subscribe(room: Newsroom, wished: Subscription, now: datetime) -> Page:
    """Save a subscription and say what it would have fired on in the last seven days. Where one with these filters goes
    there already, that one is updated: it stays who made it, since when, and its mute. What somebody else made is left
    as it is where it is not the asker's to change."""
    existing = await same_as(room, wished)
    if existing is not None:
        if not owning.may_change(room, existing.creator, wished.creator):
            return page(wished.zone, owning.refused(existing.creator, terms(existing)))
        done = say("subscribe.updated", id=Name(existing.subscription_id))
        await owning.tell(room, existing.creator, wished.creator, done, terms(wished), wished.conversation, now)
        wished = replace(
            existing, quiet=wished.quiet, cap_per_hour=wished.cap_per_hour, zone=wished.zone, paused=wished.paused
        )
    else:
        wished = replace(wished, subscription_id=await _free_id(room, wished))
    await room.store.save_subscription(wished)
    await conduct.resume(room, wished.conversation, now)
    await holding.retimed(room, wished, now)
    return await saved(room, wished, "subscribe.updated" if existing else "subscribe.saved", now)


async def same_as(room: Newsroom, wished: Subscription) -> Subscription | None:
    """The subscription with the same filters that goes to the same conversation, whatever it is called."""
    filters = _plain(wished.filters)
    return next((s for s in await room.store.subscriptions(wished.conversation) if _plain(s.filters) == filters), None)


def _plain(filters: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    return {key: sorted(set(values)) for key, values in filters.items()}


async def _free_id(room: Newsroom, wished: Subscription) -> str:
    """Its own id, or the next one where an alert has it that was given other terms since."""
    taken = {s.subscription_id for s in await room.store.subscriptions()}
    tried = wished.subscription_id
    for n in count(2):
        if tried not in taken:
            break
        tried = subscription_id(f"{wished.conversation}\0{n}", wished.filters)
    return tried


async def saved(room: Newsroom, made: Subscription, head: str, now: datetime) -> Page:
    """The answer to what was saved: `head` says what became of it."""
    rows = [
        Row(Tone.TITLE, (say(head, id=Name(made.subscription_id)),)),
        *await rehearsed(room, made, now),
        Row(Tone.META, (say("subscribe.how_to_end", id=Name(made.subscription_id)),)),
    ]
    return page(made.zone, rows)


async def rehearse(room: Newsroom, wished: Subscription, typed: str, now: datetime) -> Page:
    """What a subscription would have fired on, before anything is saved. `typed`: the command that saves it."""
    rows = [
        Row(Tone.TITLE, (say("subscribe.would"),)),
        *await rehearsed(room, wished, now),
        Row(Tone.META, (say("subscribe.to_save", command=Name(typed)),)),
    ]
    buttons = (
        Button(say("button.save"), "ask", typed),
        Button(say("button.narrow"), "narrow", typed.removesuffix(" now")),
        Button(say("button.cancel"), "ask", CANCEL),
    )
    return replace(page(wished.zone, rows), buttons=buttons)


def not_saved(zone: str) -> Page:
    """The answer to a rehearsal that was called off."""
    return page(zone, [Row(Tone.TITLE, (say("subscribe.not_saved"),))])


async def rehearsed(room: Newsroom, wished: Subscription, now: datetime) -> list[Row]:
    """What is asked for, how often it would have fired in seven days, and on what lately."""
    async with room.ledger:
        await room.catch_up()
    fired = await rehearsal.rehearse(room, wished, now - REHEARSED)
    rows = [Row(Tone.STATUS, tuple(terms(wished))), Row(Tone.STATUS, (_rehearsal(room, len(fired), now),))]
    if len(fired) > SHOWN:
        rows.append(Row(Tone.META, (say("subscribe.latest", n=Count(SHOWN)),)))
    for line in reversed(fired[-SHOWN:]):
        rows += evidence((line.headline,), room.setting)
    if fired:
        rows.append(Row(Tone.META, (say("subscribe.put_off"),)))
    return rows


def _rehearsal(room: Newsroom, fired: int, now: datetime) -> Frame:
    first = min((r.article.seen_at for r in room.recorded.values()), default=now)
    if first > now - REHEARSED:
        return say("subscribe.rehearsed_little", n=Count(fired), since=Instant(first))
    return say("subscribe.rehearsed", n=Count(fired))


def terms(s: Subscription) -> list[Frame]:
    """What is asked for, and how it is told."""
    found = [_filters(s)]
    if s.conversation.startswith("@"):
        found.append(say("subscribe.to_dm"))
    if s.quiet is not None:
        found.append(say("subscribe.quiet", start=Name(s.quiet[0]), end=Name(s.quiet[1])))
    found.append(say("subscribe.cap", n=Count(s.cap_per_hour)))
    return found


def _filters(s: Subscription) -> Frame:
    if not s.filters:
        return say("subscribe.everything")
    return say("subscribe.filters", filters=tuple(Name(f"{k}:{','.join(v)}") for k, v in sorted(s.filters.items())))


@dataclass(frozen=True)
class Ending:
    """The subscription that is to end: the one of that id, or the one with just these filters that goes to `to`, a
    conversation, or anywhere; `typed` is how it was asked for. Who asks where: one's own are found anywhere, and
    those of others here, which an admin may end."""

    user: str
    conversation: str
    zone: str
    typed: str
    filters: Mapping[str, Sequence[str]] | None = None
    to: str | None = None

    def means(self, s: Subscription) -> bool:
        """Whether a subscription is meant: one that he may know of."""
        if s.creator != self.user and s.conversation != self.conversation:
            return False
        if self.filters is None:
            return s.subscription_id == self.typed
        return _plain(s.filters) == _plain(self.filters) and self.to in {None, s.conversation}


async def unsubscribe(room: Newsroom, ending: Ending, now: datetime) -> Page:
    """End a subscription; where filters fit several, their ids are told and nothing is done."""
    found = [s for s in await room.store.subscriptions() if ending.means(s)]
    if len(found) > 1:
        buttons = tuple(
            Button(say("label.name", name=Name(s.subscription_id)), "ask", f"unsubscribe {s.subscription_id}")
            for s in found
        )
        which = say("subscribe.which", n=Count(len(found)))
        rows = [Row(Tone.WARNING, (which,)), *(Row(Tone.STATUS, _named(s)) for s in found)]
        return replace(page(ending.zone, rows), buttons=buttons)
    for s in found:
        if not owning.may_change(room, s.creator, ending.user):
            return page(ending.zone, owning.refused(s.creator, terms(s)))
        done = say("subscribe.ended", id=Name(s.subscription_id))
        await owning.tell(room, s.creator, ending.user, done, terms(s), s.conversation, now)
        await room.store.remove_subscription(s.subscription_id)
        await holding.dropped(room, s)
        rows = [
            Row(Tone.TITLE, (done,)),
            Row(Tone.STATUS, tuple(terms(s))),
        ]
        return page(ending.zone, rows)
    unknown = "subscribe.unknown" if ending.filters is None else "subscribe.unknown_filters"
    return page(ending.zone, [Row(Tone.TITLE, (say(unknown, typed=echo(ending.typed)),))])


def _named(s: Subscription) -> tuple[Piece, ...]:
    return say("label.name", name=Name(s.subscription_id)), *terms(s)


async def listing(
    room: Newsroom, conversation: str, creator: str, zone: str, now: datetime, *, whose: str = ""
) -> Page:
    """One's own subscriptions and those of this conversation, or with `whose` MINE or CHANNEL one kind alone: who made
    them, when each last fired, how often lately."""
    mine = [
        s
        for s in await room.store.subscriptions()
        if (s.creator == creator and whose != CHANNEL) or (s.conversation == conversation and whose != MINE)
    ]
    rows = [Row(Tone.TITLE, (say("subscribe.list", n=Count(len(mine))),))]
    alerts = await room.store.deliveries(kind="alert")
    paused = await conduct.paused(room)
    for s in mine:
        own = [d for d in alerts if d.subscription_id == s.subscription_id]
        last = max((d.due_at for d in own if d.due_at <= now), default=None)
        yours = s.creator == creator
        pieces: list[Piece] = [say("label.name", name=Name(s.subscription_id)), *terms(s)]
        if s.conversation == conversation:
            pieces.append(say("subscribe.to_here"))
        elif not s.conversation.startswith("@"):
            pieces.append(say("subscribe.to", where=Name(s.conversation)))
        pieces.append(say("subscribe.yours") if yours else say("subscribe.made_by", who=Name(s.creator)))
        pieces.append(say("subscribe.last_fired", at=Instant(last)) if last else say("subscribe.never_fired"))
        rows.append(Row(Tone.STATUS, (*pieces, *_conduct(s, paused, now))))
        rows.append(Row(Tone.META, (_volume(own, now),), buttons=_handles(s, now)))
    return page(zone, rows)


def _handles(s: Subscription, now: datetime) -> tuple[Button, ...]:
    """What can be done with one subscription: give it other terms, see what it would have fired on, hold it or let it
    go on, end it."""
    muted = s.muted_until is not None and s.muted_until > now
    hold = (
        ("button.unmute", f"unmute {s.subscription_id}") if muted else ("button.mute", f"mute {s.subscription_id} 4h")
    )
    return (
        Button(say("button.edit"), "ask", f"subscribe edit {s.subscription_id}"),
        Button(say("button.rehearse"), "ask", command_of(s)),
        Button(say(hold[0]), "ask", hold[1]),
        Button(say("button.unsubscribe"), "ask", f"unsubscribe {s.subscription_id}"),
    )


def command_of(s: Subscription) -> str:
    """The command that rehearses it, and with whose Save it stays as it is."""
    words = [f"{key}:{','.join(values)}" for key, values in s.filters.items()]
    words.append("to:dm" if s.conversation == f"@{s.creator}" else f"to:{s.conversation}")
    words += [f"quiet:{s.quiet[0]}-{s.quiet[1]}"] if s.quiet else []
    return " ".join(["subscribe", *words, f"cap:{s.cap_per_hour}"])


def _volume(own: Sequence[Delivery], now: datetime) -> Frame:
    """How often it fired in seven days, how much of that was held, and how much told together with other alerts."""
    told = (d for d in own if d.state is not DeliveryState.DROPPED and (d.held or d.state is not DeliveryState.FAILED))
    lately = [d for d in told if d.due_at > now - REHEARSED]
    single = [d for d in lately if not d.key.startswith(holding.MERGED)]
    held = sum(1 for d in single if d.held)
    merged = sum(1 for d in single if d.state is DeliveryState.MERGED)
    return say("subscribe.counts", fired=Count(len(single)), held=Count(held), merged=Count(merged))


def _conduct(s: Subscription, paused: Mapping[str, str], now: datetime) -> list[Frame]:
    """Why it is quiet, where it is."""
    reason = s.paused or paused.get(s.conversation, "")
    found = [say("subscribe.paused", reason=conduct.in_words(reason))] if reason else []
    if s.muted_until == FOREVER:
        found.append(say("subscribe.muted"))
    elif s.muted_until is not None and s.muted_until > now:
        found.append(say("subscribe.muted_until", at=Instant(s.muted_until)))
    return found


# --- mutes ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Muting:
    """What is to be muted or unmuted: one subscription by id, or all of this conversation. Who asks: `user`, in
    `conversation`; in a direct message all of his own that go there."""

    user: str
    conversation: str
    zone: str
    subscription_id: str | None = None

    def means(self, s: Subscription) -> bool:
        """Whether a subscription is meant, and his to mute."""
        if self.subscription_id is not None:
            return s.subscription_id == self.subscription_id and (
                s.creator == self.user or s.conversation == self.conversation
            )
        direct = self.conversation.startswith(("D", "@")) and s.conversation == f"@{self.user}"
        return direct or s.conversation == self.conversation


async def to_mute(room: Newsroom, muting: Muting) -> tuple[Choice, ...]:
    """What may be muted there, or is the asker's own: by id, each with what it asks for in words and where it goes."""
    own = [s for s in await room.store.subscriptions() if muting.means(s) or s.creator == muting.user]
    return tuple(Choice(_in_words(room, s, muting), s.subscription_id) for s in own)


async def to_end(room: Newsroom, muting: Muting) -> tuple[Choice, ...]:
    """What the asker may end, as `to_mute` has it: his own anywhere, and as an admin those of this conversation."""
    own = [
        s
        for s in await room.store.subscriptions()
        if s.creator == muting.user
        or (s.conversation == muting.conversation and owning.may_change(room, s.creator, muting.user))
    ]
    return tuple(Choice(_in_words(room, s, muting), s.subscription_id) for s in own)


def _in_words(room: Newsroom, s: Subscription, muting: Muting) -> Frame:
    words = [_word(room, key, value) for key, values in sorted(s.filters.items()) for value in values]
    place = "form.alert_there"
    if s.conversation == muting.conversation:
        place = "form.alert_here"
    elif s.conversation.startswith("@"):
        place = "form.alert_direct"
    return say(place, id=Name(s.subscription_id), what=tuple(words) or (Name("everything"),))


def _word(room: Newsroom, key: str, value: str) -> Name:
    """One value of a filter: a party and an issue by their names, any other with its key."""
    if key == "actor":
        return Name(room.directory.actor_name(value))
    issue = room.directory.issue_by_id.get(value) if key == "issue" else None
    return Name(issue.name if issue is not None else f"{key}:{value}")


async def mute(room: Newsroom, muting: Muting, until: datetime) -> Page:
    """Hold alerts until an instant; `FOREVER`: until they are unmuted."""
    which = [s for s in await room.store.subscriptions() if muting.means(s)]
    if not which:
        return _nothing_to_mute(muting)
    muted = await holding.mute(room, which, until)
    if until == FOREVER:
        said = say("mute.done_open", id=Name(which[0].subscription_id))
    elif muting.subscription_id is not None:
        said = say("mute.done_one", id=Name(which[0].subscription_id), at=Instant(until))
    else:
        said = say("mute.done", n=Count(muted), at=Instant(until))
    return page(muting.zone, [Row(Tone.TITLE, (said,))])


async def unmute(room: Newsroom, muting: Muting, now: datetime) -> Page:
    """End a mute; what was held goes out."""
    which = [s for s in await room.store.subscriptions() if muting.means(s)]
    if not which:
        return _nothing_to_mute(muting)
    held = await holding.unmute(room, which, now)
    return page(muting.zone, [Row(Tone.TITLE, (say("mute.ended", n=Count(held)),))])


def _nothing_to_mute(muting: Muting) -> Page:
    if muting.subscription_id is not None:
        unknown = say("subscribe.unknown", typed=echo(muting.subscription_id))
        return page(muting.zone, [Row(Tone.TITLE, (unknown,))])
    return page(muting.zone, [Row(Tone.TITLE, (say("mute.nothing"),))])


def page(zone: str, rows: Sequence[Row]) -> Page:
    """Rows as an answer."""
    summary: tuple[Frame | Span, ...] = tuple(p for p in rows[0].pieces if isinstance(p, Frame))
    return Page("notice", zone, summary, tuple(rows))

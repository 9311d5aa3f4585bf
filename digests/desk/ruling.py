"""Ruling: a reviewer decides, once. Hides what becomes of every message that tells the development.

What waits is let out or dropped; what is out is edited, a note goes below a digest, and whoever got an alert of what
was wrong is told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from digests import bulletins, matching, relaying, rulings
from digests.desk import asking, correct, decisions, editing, holding, queue, review
from digests.desk.newsroom import Newsroom
from digests.desk.review import Reviewer
from digests.frames import SAID_AT_MOST, echo, say
from digests.model import (
    AuditEntry,
    Button,
    Choice,
    Count,
    Delivery,
    DeliveryState,
    Frame,
    Line,
    Name,
    Page,
    ReviewItem,
    ReviewState,
    Row,
    Tone,
)
from digests.pages import WRONG
from digests.ports import Ruling, StoredLine
from digests.rows import fate

REASONS = ("wrong speaker", "wrong issue", "wrong date", "not new", "not what the source says")
"""Reasons to press; another may be typed."""
MARKS = ("review.withdrawn", "review.rescoped")
"""What is said of a line that does not stand as it was told."""
REMARKS = (*MARKS, "review.restored")


@dataclass(frozen=True)
class Decision:
    """A decision as it is asked for: approve, reject with a reason, or approve within a scope."""

    item_id: str
    state: ReviewState
    reason: str = ""
    actors: tuple[str, ...] = ()
    issues: tuple[str, ...] = ()
    scope: bool = False  # a scope was asked for

    @property
    def act(self) -> str:
        """The word of the audit log."""
        return "scoped" if self.actors or self.issues else self.state.value

    @property
    def is_half(self) -> bool:
        """Whether it lacks what it needs: a rejection its reason, a scope its extent."""
        if self.scope:
            return not self.actors and not self.issues
        return self.state is ReviewState.REJECTED and not self.reason


async def decide(room: Newsroom, wish: Decision, who: Reviewer, now: datetime) -> Page:
    """Decide once: from now on the ruling counts, and it travels to whoever was told."""
    if not review.may(room, who.user):
        return review.said_to(who, "review.not_yours")
    if len(wish.reason) > SAID_AT_MOST:
        return review.plain(who.zone, [Row(Tone.TITLE, (say("command.too_long", n=Count(SAID_AT_MOST)),))])
    if wish.is_half:
        return await _ask_back(room, wish, who)
    async with room.ledger:
        await room.catch_up()
        items = {item.item_id: item for item in await room.store.reviews()}
        item = items.get(wish.item_id)
        if item is None:
            return review.plain(who.zone, [Row(Tone.TITLE, (say("review.unknown", typed=echo(wish.item_id)),))])
        if item.state is not ReviewState.WAITING:
            return await _decided(room, item.item_id, who)
        same = rulings.on_same(item, items.values())
        if first := next((other for other in same if rulings.overrules(other)), None):
            return await _too_late(room, item, first, who, now)
        decided = replace(
            item,
            state=wish.state,
            decided_by=who.user,
            decided_at=now,
            reason=wish.reason,
            actors=wish.actors,
            issues=wish.issues,
        )
        ruling = Ruling(decided, AuditEntry(now, who.user, wish.act, item.item_id, decided.reason, _typed(wish)))
        ruling = await _effects(room, ruling, [i for i in room.ruled if i.item_id != item.item_id], now)
        changes = [*_effects_in_words(ruling), *await _since(room, item)]
        ruling = await _and_told(room, await _with_others(room, ruling, same, now), same, now)
        if not await room.store.rule(ruling):
            return await _decided(room, item.item_id, who)
        room.rule(await room.store.reviews())
    title = Row(Tone.TITLE, (say(_done(decided, wish), id=Name(item.item_id)),))
    settled = tuple(Name(i) for i in sorted(other.item_id for other, _ in ruling.others))
    with_it = [Row(Tone.META, (say("review.settled", ids=settled),))] if settled else []
    return review.plain(who.zone, [title, *changes, *with_it])


async def _with_others(room: Newsroom, ruling: Ruling, same: Sequence[ReviewItem], now: datetime) -> Ruling:
    """With what it means for the other items on the same words that wait: one that takes these words back settles them
    all; beside any other ruling they wait on, and the messages about them say what was decided."""
    waiting = [other for other in same if other.state is ReviewState.WAITING]
    if rulings.overrules(ruling.item):
        return replace(
            ruling, others=tuple(_settled(other, ruling.item, ruling.item.decided_by, now) for other in waiting)
        )
    for other in waiting if not review.is_looked_at(ruling.item) else []:
        owed = await asking.also(room, other, ruling.item, now)
        ruling = replace(
            ruling, relaid=(*ruling.relaid, *owed.relaid), deliveries=(*ruling.deliveries, *owed.deliveries)
        )
    return ruling


def _settled(other: ReviewItem, first: ReviewItem, by: str, now: datetime) -> tuple[ReviewItem, AuditEntry]:
    """An item as the ruling on another one settled it."""
    done = replace(
        other,
        state=first.state,
        decided_by=first.decided_by,
        decided_at=first.decided_at,
        reason=first.reason,
        settled_by=first.item_id,
    )
    return done, AuditEntry(now, by, "settled", other.item_id, first.reason)


async def _and_told(room: Newsroom, ruling: Ruling, same: Sequence[ReviewItem], now: datetime) -> Ruling:
    """With the answers to whoever reported, and the reviewers' messages about what is decided now."""
    for item in (ruling.item, *(other for other, _ in ruling.others)):
        asked = await asking.decided(room, item, now)
        ruling = replace(
            ruling,
            relaid=(*ruling.relaid, *asked.relaid),
            deliveries=(*ruling.deliveries, *_answer(room, item, same, now), *asked.deliveries),
            dropped=(*ruling.dropped, *await asking.unsent(room, item)),
        )
    return ruling


async def _too_late(room: Newsroom, item: ReviewItem, first: ReviewItem, who: Reviewer, now: datetime) -> Page:
    """The words were taken back because of another item before: this one is settled with it, whatever was asked for.
    Call with the ledger held."""
    ruling = await _and_told(room, Ruling(*_settled(item, first, who.user, now)), (), now)
    if not await room.store.rule(ruling):
        return await _decided(room, item.item_id, who)
    room.rule(await room.store.reviews())
    title = Row(Tone.TITLE, (say("review.too_late", id=Name(item.item_id), first=Name(first.item_id)),))
    rows = [title, Row(Tone.META, queue.ruled(room, first))]
    return replace(review.plain(who.zone, rows), buttons=decisions.again(first))


def _done(decided: ReviewItem, wish: Decision) -> str:
    """The key of what is said of a decision that was made."""
    return "review.looked_done" if review.is_looked_at(decided) else f"review.{wish.act}"


def _effects_in_words(ruling: Ruling) -> list[Row]:
    """How many messages a decision lets out, drops, edits, and adds; nothing where it does none of it."""
    kinds = Counter(d.kind for d in ruling.deliveries)
    counts = {
        "review.let_out": len(ruling.let_out),
        "review.dropped": len(ruling.dropped),
        "review.edited": kinds["edit"],
        "review.words": kinds["note"] + kinds["correction"],
    }
    done = tuple(say(key, n=Count(n)) for key, n in counts.items() if n)
    if not done and rulings.overrules(ruling.item):
        done = (say("review.not_out"),)
    return [Row(Tone.META, done)] if done else []


async def _since(room: Newsroom, item: ReviewItem) -> list[Row]:
    """What the source did to the words that were decided on."""
    line = await queue.line_of(room, item)
    changes = correct.gravest(change for _, change in queue.since(line, room.by_article)) if line is not None else []
    return [Row(Tone.WARNING, (fate(change),)) for change in changes]


async def _decided(room: Newsroom, item_id: str, who: Reviewer) -> Page:
    """Somebody was first: what he decided, and when; of what was approved and told, the way to have it looked at
    again."""
    rows = [Row(Tone.TITLE, (say("review.decided", id=Name(item_id)),))]
    found = next((i for i in await room.store.reviews() if i.item_id == item_id), None)
    by = queue.ruled(room, found) if found is not None else ()
    page = review.plain(who.zone, [*rows, *([Row(Tone.META, by)] if by else [])])
    again = decisions.again(found) if found is not None else ()
    told = await _told(room, found) if found is not None and found.state is ReviewState.APPROVED else ()
    wrong = tuple(Button(say("button.wrong"), WRONG, s.line.line_id) for s in told[:1])
    return replace(page, buttons=(*again, *wrong))


def _typed(wish: Decision) -> tuple[str, ...]:
    given = (("actor", wish.actors), ("issue", wish.issues))
    return tuple(f"{key}:{','.join(values)}" for key, values in given if values)


def _answer(room: Newsroom, item: ReviewItem, same: Sequence[ReviewItem], now: datetime) -> tuple[Delivery, ...]:
    """Whoever reported a line hears what came of it, and why. `same`: other items on the same words."""
    if not item.by:
        return ()
    frame = _came_of_it(item, same)
    made = editing.key_of("w", *item.turned, item.by, "answer")
    marks = (Row(Tone.WARNING, (mark,)) for mark in room.setting.marks)
    page = Page(
        "notice", "Etc/UTC", (frame,), (Row(Tone.TITLE, (frame,)), *marks, Row(Tone.META, queue.ruled(room, item)))
    )
    return (Delivery(made, made, "notice", f"@{item.by}", page, due_at=now),)


def _came_of_it(item: ReviewItem, same: Sequence[ReviewItem]) -> Frame:
    if review.is_looked_at(item):
        key = "review.link_looked" if item.kind == review.LINK else "review.message_looked"
        return say(key, id=Name(item.item_id))
    key = "review.line_stands" if item.state is ReviewState.APPROVED else "review.line_taken_back"
    if item.state is ReviewState.APPROVED and any(map(rulings.rescopes, same)):
        key = "review.line_stands_rescoped"
    key = "review.line_rescoped" if rulings.rescopes(item) else key
    return say(key, id=Name(item.item_id), line=Name(item.line_id))


# --- what is asked back -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class OpenItem:
    """An item that waits for a decision: what it tells, and the parties and issues that it stands under now."""

    item_id: str
    rows: tuple[Row, ...] = ()
    actors: tuple[str, ...] = ()
    issues: tuple[str, ...] = ()


async def open_item(room: Newsroom, item_id: str, who: Reviewer) -> OpenItem | None:
    """What he may decide; None where it is not his to decide, not there, or decided already."""
    item = next((i for i in await room.store.reviews(state=ReviewState.WAITING) if i.item_id == item_id), None)
    if item is None or review.is_looked_at(item) or not review.may(room, who.user):
        return None
    reports = room.by_story.get(room.known.stories.now(item.story_id), ())
    own = [r.development for r in reports if r.development and r.development.development_id in item.development_ids]
    actors = dict.fromkeys(a for d in own for a in d.who_acts if a in room.directory.actor_by_id)
    issues = dict.fromkeys(i for d in own for i in d.issues if i in room.directory.issue_by_id)
    return OpenItem(item_id, tuple(await queue.about(room, item)), tuple(actors), tuple(issues))


async def _ask_back(room: Newsroom, wish: Decision, who: Reviewer) -> Page:
    """What is to be pressed, where nothing can be filled in: a reason, or one party or issue; both, or several, are
    typed."""
    item = next((i for i in await room.store.reviews() if i.item_id == wish.item_id), None)
    if item is None:
        return review.plain(who.zone, [Row(Tone.TITLE, (say("review.unknown", typed=echo(wish.item_id)),))])
    if item.state is not ReviewState.WAITING:
        return await _decided(room, item.item_id, who)
    return _which_scope(room, item.item_id, who.zone) if wish.scope else _which_reason(item.item_id, who.zone)


def _which_reason(item_id: str, zone: str) -> Page:
    rows = [Row(Tone.TITLE, (say("review.why", id=Name(item_id)),))]
    values = ((reason, f'review reject {item_id} "{reason}"') for reason in REASONS)
    buttons = tuple(Button(say("label.name", name=Name(reason)), "ask", value) for reason, value in values)
    return replace(review.plain(zone, rows), buttons=buttons)


def _which_scope(room: Newsroom, item_id: str, zone: str) -> Page:
    rows = [Row(Tone.TITLE, (say("review.which_scope", id=Name(item_id)),))]
    parties = [(a.name, f"actor:{a.id}") for a in room.directory.actors]
    issues = [(i.name, f"issue:{i.id}") for i in room.directory.issues]
    menus = tuple(
        Button(say(label), "ask", choices=tuple(_choice(name, item_id, key) for name, key in of))
        for label, of in (("review.by_whom", parties), ("review.on_what", issues))
    )
    return replace(review.plain(zone, rows), buttons=menus)


def _choice(name: str, item_id: str, key: str) -> Choice:
    return Choice(say("label.name", name=Name(name)), f"review scope {item_id} {key}")


# --- what it does -----------------------------------------------------------------------------------------------------


async def _effects(room: Newsroom, ruling: Ruling, others: Sequence[ReviewItem], now: datetime) -> Ruling:
    """What becomes of every message that tells the development. `others`: rulings that count beside this one."""
    pages: dict[str, Delivery] = {}
    for stored in await _told(room, ruling.item):
        target = pages.get(stored.delivery_key) or await room.store.delivery(stored.delivery_key)
        if target is None or target.state in correct.GIVEN_UP:
            continue
        if await _is_void(room, ruling.item, target, now):
            ruling = replace(ruling, dropped=(*ruling.dropped, target.key))
            continue
        remark = _remark(room, ruling.item, others, stored.line)
        ruling, pages[target.key] = await _laid(room, ruling, target, stored.line, remark, now)
    return ruling


async def _told(room: Newsroom, item: ReviewItem) -> Sequence[StoredLine]:
    wanted = set(item.development_ids)
    told = [s for i in room.known.stories.ids_of(item.story_id) for s in await room.store.lines_on(i)]
    return [s for s in told if wanted & set(s.line.development_ids)]


async def _is_void(room: Newsroom, item: ReviewItem, target: Delivery, now: datetime) -> bool:
    """Whether an alert that waits need not go out: what it tells was taken back, or its scope is one that nobody asked
    for."""
    if target.kind != "alert" or editing.is_out(target, now):
        return False
    if rulings.overrules(item):
        return len(await room.store.lines_of(target.key)) == 1
    return rulings.rescopes(item) and await _nobody_asked(room, item, target)


def _remark(room: Newsroom, item: ReviewItem, others: Sequence[ReviewItem], line: Line) -> Frame | None:
    """What is said of a line by the rulings on what it tells: that it was taken back, else its scope; None where it
    stands as it was told."""
    bear = [i for i in rulings.decided((*others, item)) if set(i.development_ids) & set(line.development_ids)]
    wrong = [i for i in bear if rulings.overrules(i)]
    if wrong:
        return say("review.withdrawn", reason=echo(wrong[-1].reason, SAID_AT_MOST))
    return review.scope(room, bear[-1]) if bear else None


async def _let_out(room: Newsroom, ruling: Ruling, target: Delivery, now: datetime) -> Ruling:
    if target.held != holding.REVIEW or target.state is not DeliveryState.PENDING:
        return ruling
    return replace(ruling, let_out=(*ruling.let_out, (target.key, await holding.not_before(room, target, now))))


async def _nobody_asked(room: Newsroom, item: ReviewItem, target: Delivery) -> bool:
    """Whether an alert that waits would not have fired, had the scope been known."""
    wish = next((s for s in await room.store.subscriptions() if s.subscription_id == target.subscription_id), None)
    if wish is None:
        return False
    reports = room.by_story.get(room.known.stories.now(item.story_id), ())
    own = [r for r in reports if r.development and r.development.development_id in item.development_ids]
    after = [rulings.laid_over(r, (item,), room.directory) for r in own]
    filters = {key: values for key, values in wish.filters.items() if key != matching.ORIGINS}
    return not any(matching.matches(filters, r, room.directory) for r in after)


async def _laid(
    room: Newsroom, ruling: Ruling, target: Delivery, line: Line, remark: Frame | None, now: datetime
) -> tuple[Ruling, Delivery]:
    """The message with what the rulings say of a line instead of its label, and a word to whoever was shown it
    otherwise; that it stands again, where it was said not to."""
    page = relaying.without(target.page, line.line_id, "review.unseen")
    before = relaying.remarks(page, line.line_id, REMARKS)
    if remark is None and any(frame.key in MARKS for frame in before):
        remark = say("review.restored")
    if remark is not None and remark not in before:
        page = relaying.ruled(relaying.without(page, line.line_id, *REMARKS), line.line_id, remark, MARKS)
    if page != target.page:
        edited = editing.edit(replace(target, page=page), page, " ".join((*ruling.item.turned, "ruled")), now)
        deliveries = [*ruling.deliveries, *edited.deliveries]
        if remark is not None and remark not in before and editing.is_out(target, now):
            deliveries.append(await _word(room, ruling.item, target, line, remark, now))
        ruling = replace(ruling, relaid=(*ruling.relaid, *edited.relaid), deliveries=tuple(deliveries))
    return await _let_out(room, ruling, target, now), replace(target, page=page)


async def _word(
    room: Newsroom, item: ReviewItem, target: Delivery, line: Line, remark: Frame, now: datetime
) -> Delivery:
    """A note below a digest; a message to whoever got an alert."""
    is_alert = target.kind == "alert"
    key = editing.key_of("v", target.key, line.line_id, *item.turned)
    return Delivery(
        delivery_id=key,
        key=key,
        kind="correction" if is_alert else "note",
        conversation=target.conversation,
        page=bulletins.ruled(line, remark, target.page.zone, room.setting),
        due_at=await holding.not_before(room, target, now) if is_alert else now,
        subscription_id=target.subscription_id,
        story_id=line.story_id,
        of="" if is_alert else target.key,
    )

"""The contract of `ports.Store`: duties that are merged, put off or parked, pages laid anew, what is followed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.store import SqlStore
from digests.model import FOREVER, DeliveryState
from digests.ports import Follow, Pause, Relaid, Told
from tests.builders import (
    NOON,
    a_brief,
    a_delivery,
    a_line,
    a_page,
    a_recorded,
    a_stored_line,
    a_told_mark,
    an_article,
    an_intake,
    at,
)

LEASE = timedelta(minutes=2)


async def test_a_delivery_is_found_by_its_key(store: SqlStore) -> None:
    await store.enqueue(a_delivery("one", hours=1))
    assert await store.delivery("one") == a_delivery("one", hours=1)
    assert await store.delivery("two") is None


async def test_what_waits_comes_by_due_time_and_nothing_else_does(store: SqlStore) -> None:
    for key, hours in [("b", 2), ("a", 2), ("later", 9), ("sent", 1)]:
        await store.enqueue(a_delivery(key, hours=hours, conversation=key))
    await store.claim(at(1), 1, LEASE)
    assert [d.key for d in await store.waiting(at(2))] == ["a", "b"]


async def test_what_is_put_off_is_due_later_unless_it_is_on_its_way(store: SqlStore) -> None:
    await store.enqueue(a_delivery("waits", conversation="C1"))
    await store.enqueue(a_delivery("leaves", conversation="C2", hours=-1))
    await store.claim(at(0), 1, LEASE)
    assert await store.postpone(["waits", "leaves", "unknown"], FOREVER) == 1
    assert [d.due_at for d in await store.deliveries()] == [at(-1), FOREVER]
    assert await store.claim(at(99), 5, timedelta(days=30)) != []
    assert await store.postpone(["waits"], at(1)) == 1


async def test_several_duties_become_one_with_their_lines_and_told_marks(store: SqlStore) -> None:
    for n in (1, 2):
        line = a_stored_line(a_line(f"line{n}", an_article(f"a{n}")), delivery_key=f"k{n}")
        mark = a_told_mark(f"d{n}", story_id=f"s{n}", line_id=f"line{n}", delivery_key=f"k{n}")
        await store.record(an_intake(deliveries=[a_delivery(f"k{n}")], told=[mark], lines=[line]))
    into = a_delivery("both", hours=1, page=a_page(a_line("line1")))
    assert await store.merge(into, ["k1", "k2"])
    assert not await store.merge(into, ["k1", "k2"])
    states = {d.key: (d.state, d.note) for d in await store.deliveries()}
    merged = (DeliveryState.MERGED, "both")
    assert states == {"k1": merged, "k2": merged, "both": (DeliveryState.PENDING, "")}
    assert {s.line.line_id for s in await store.lines_of("both")} == {"line1", "line2"}
    assert [s.delivery_key for s in await store.lines_citing("a2")] == ["both"]
    [claimed] = await store.claim(at(2), 5, LEASE)
    await store.settle(replace(claimed, state=DeliveryState.FAILED, note="is_archived"))
    assert await store.told("C1") == Told()


async def test_what_is_on_its_way_is_merged_into_nothing(store: SqlStore) -> None:
    await store.enqueue(a_delivery("gone", hours=-1))
    await store.enqueue(a_delivery("waits"))
    await store.claim(at(0), 1, LEASE)
    assert not await store.merge(a_delivery("both"), ["gone", "waits"])
    assert {d.key: d.state for d in await store.deliveries()} == {
        "gone": DeliveryState.SENDING,
        "waits": DeliveryState.PENDING,
    }


async def test_a_page_is_laid_anew_with_what_is_recorded(store: SqlStore) -> None:
    await store.enqueue(a_delivery("told", page=a_page(a_line("old1"))))
    page = a_page(a_line("new1"))
    await store.record(replace(an_intake(a_recorded()), relaid=(Relaid("told", page), Relaid("unknown", page))))
    found = await store.delivery("told")
    assert found == a_delivery("told", page=page)


async def test_lines_are_found_by_what_they_tell_and_what_they_cite(store: SqlStore) -> None:
    await store.record_brief(a_brief(line=a_line("first", an_article("a1"))))
    await store.record_brief(a_brief("other", conversation="C2", line=a_line("second", an_article("a1"))))
    assert [s.line.line_id for s in await store.lines_citing("a1")] == ["first", "second"]
    assert [s.conversation for s in await store.lines_on("story-1")] == ["C1", "C2"]
    assert await store.lines_citing("a9") == await store.lines_on("story-9") == []


async def test_a_told_article_is_followed_once_and_looked_at_when_due(store: SqlStore) -> None:
    first = Follow("a1", NOON, at(1))
    await store.record(replace(an_intake(), follows=(first, Follow("a2", NOON, at(2)))))
    await store.record_brief(replace(a_brief(hours=5), follows=(Follow("a1", at(5), at(6)),)))
    assert await store.follows(at(0.9), 5) == []
    assert await store.follows(at(3), 1) == [first]
    await store.save_follow(replace(first, next_at=None, looks=4, missing=1))
    assert await store.follows(at(99), 5) == [Follow("a2", NOON, at(2))]


async def test_a_conversation_is_paused_once_and_what_it_is_owed_waits(store: SqlStore) -> None:
    await store.record_brief(a_brief(hours=1))
    await store.enqueue(a_delivery("alert", kind="alert"))
    await store.enqueue(a_delivery("elsewhere", kind="alert", conversation="C2"))
    pause = Pause("C1", "is_archived", at(2))
    notice = a_delivery("notice", kind="notice", conversation="@U1", hours=2)
    assert await store.pause(pause, [notice])
    assert not await store.pause(replace(pause, at=at(3)), [a_delivery("again", conversation="@U1")])
    assert await store.pauses() == [pause]
    await store.enqueue(a_delivery("late", kind="edit"))
    assert not await store.pause(pause, [])
    assert (await store.told("C1")).developments == frozenset()
    assert {d.kind: d.state for d in await store.deliveries() if d.conversation == "C1"} == {
        "digest": DeliveryState.FAILED,
        "alert": DeliveryState.PARKED,
        "edit": DeliveryState.PARKED,
    }
    assert {d.key for d in await store.claim(at(9), 9, LEASE)} == {"elsewhere", "notice"}
    assert await store.resume("C1")
    assert not await store.resume("C1")
    assert await store.pauses() == []
    [released] = await store.claim(at(9), 9, LEASE)
    assert released.key == "alert"

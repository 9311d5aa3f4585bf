"""The contract of `ports.Store`: what is reviewed, decided and written down; versions of the baseline."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.store import SqlStore
from digests.model import DeliveryState, ReviewState
from digests.ports import Relaid, Ruling, Told
from tests.builders import (
    a_delivery,
    a_line,
    a_page,
    a_recorded,
    a_review_item,
    a_told_mark,
    a_version,
    an_entry,
    an_intake,
    at,
)

LEASE = timedelta(minutes=2)


async def test_an_item_is_queued_with_what_it_is_about_and_once(store: SqlStore) -> None:
    item = a_review_item()
    intake = replace(an_intake(a_recorded()), reviews=(item, a_review_item("r0", hours=1)))
    await store.record(intake)
    await store.record(replace(intake, recorded=()))
    assert await store.reviews() == [item, a_review_item("r0", hours=1)]
    assert [i.item_id for i in await store.reviews(since=at(0.5))] == ["r0"]
    assert [(e.act, e.what) for e in await store.audit(9)] == [("queued", "r0"), ("queued", "r1")]


async def test_a_report_opens_an_item_once(store: SqlStore) -> None:
    item = replace(a_review_item(kind="report"), by="U7", said="the speaker is wrong <!channel>", line_id="k7f2")
    assert await store.report(item, an_entry(act="reported"), [a_delivery("notice")])
    assert not await store.report(item, an_entry(act="reported"), [a_delivery("another")])
    assert await store.reviews(state=ReviewState.WAITING) == [item]
    assert [d.key for d in await store.deliveries()] == ["notice"]
    assert await store.audit(9) == [an_entry(act="reported")]


async def test_a_decision_takes_effect_whole_and_once(store: SqlStore) -> None:
    held = [a_delivery(key, kind="alert", hours=9, conversation=key) for key in ("out", "drop")]
    marks = [a_told_mark(key, conversation=key, delivery_key=key) for key in ("out", "drop")]
    await store.record(replace(an_intake(deliveries=held, told=marks), reviews=(a_review_item(),)))
    decided = replace(a_review_item(), state=ReviewState.REJECTED, decided_by="U1", decided_at=at(1), reason="not new")
    page = a_page(a_line("anew"))
    ruling = Ruling(
        decided,
        an_entry(act="rejected"),
        relaid=(Relaid("out", page),),
        deliveries=(a_delivery("note", conversation="C9"),),
        let_out=(("out", at(2)),),
        dropped=("drop", "unknown"),
    )
    assert await store.rule(ruling)
    assert not await store.rule(replace(ruling, deliveries=(a_delivery("twice"),)))
    assert await store.reviews(state=ReviewState.REJECTED) == [decided]
    assert await store.reviews(state=ReviewState.WAITING) == []
    found = {d.key: (d.state, d.due_at) for d in await store.deliveries()}
    assert found == {
        "note": (DeliveryState.PENDING, at(0)),
        "out": (DeliveryState.PENDING, at(2)),
        "drop": (DeliveryState.DROPPED, at(9)),
    }
    laid = await store.delivery("out")
    assert laid is not None
    assert laid.page == page
    assert await store.told("drop") == Told()
    assert (await store.told("out")).developments == {"out"}
    assert [e.act for e in await store.audit(9)] == ["rejected", "queued"]


async def test_what_is_out_already_is_not_dropped(store: SqlStore) -> None:
    await store.record(replace(an_intake(deliveries=[a_delivery("sent")]), reviews=(a_review_item(),)))
    [claimed] = await store.claim(at(1), 1, LEASE)
    await store.settle(replace(claimed, state=DeliveryState.SENT, receipt="1.0"))
    assert await store.rule(Ruling(replace(a_review_item(), state=ReviewState.REJECTED), an_entry(), dropped=("sent",)))
    [kept] = await store.deliveries()
    assert kept.state is DeliveryState.SENT


async def test_versions_of_the_baseline_are_all_kept_whole(store: SqlStore) -> None:
    assert await store.baselines() == []
    for n in (3, 2):
        assert await store.save_baseline(a_version(n, hours=n), an_entry(str(n), act="amended"), [a_delivery(f"v{n}")])
    assert not await store.save_baseline(a_version(2, text="Other words that cannot be resolved."), an_entry("2"), [])
    assert await store.baselines() == [a_version(2, hours=2), a_version(3, hours=3)]
    assert [e.what for e in await store.audit(1)] == ["2"]


async def test_the_log_is_read_a_part_at_a_time_and_counted(store: SqlStore) -> None:
    assert await store.audited() == 0
    for n in range(5):
        await store.report(a_review_item(f"t{n}", kind="report"), an_entry(str(n)), [])
    assert [e.what for e in await store.audit(2)] == ["4", "3"]
    assert [e.what for e in await store.audit(2, 2)] == ["2", "1"]
    assert [e.what for e in await store.audit(2, 4)] == ["0"]
    assert await store.audit(2, 6) == []
    assert await store.audited() == 5


async def test_what_one_decision_settles_is_written_with_it_and_opened_again_with_it(store: SqlStore) -> None:
    first, other = a_review_item("t1", kind="report"), a_review_item("t2", kind="report")
    for item in (first, other):
        await store.report(item, an_entry(item.item_id, act="reported"), [])
    done = replace(first, state=ReviewState.REJECTED, decided_by="U1", decided_at=at(1))
    settled = replace(done, item_id="t2", settled_by="t1")
    both = Ruling(done, an_entry("t1", act="rejected"), others=((settled, an_entry("t2", act="settled")),))
    assert await store.rule(both)
    assert await store.reviews(state=ReviewState.WAITING) == []
    again = [replace(item, turn=1) for item in (first, other)]
    entries = [an_entry(item.item_id, act="reopened") for item in again]
    opened = Ruling(again[0], entries[0], others=((again[1], entries[1]),))
    assert await store.rule(opened)
    assert not await store.rule(opened), "it waits already"
    assert await store.reviews(state=ReviewState.WAITING) == again
    assert [e.act for e in await store.audit(9, of="t2")] == ["reopened", "settled", "reported"]
    assert await store.audit(9, of="t%") == []

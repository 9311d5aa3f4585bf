"""The contract of `ports.Store`, each promise on SQLite and on PostgreSQL."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.store import SqlStore, open_store
from bot.store.polling import POLLS_KEPT
from digests import frames
from digests.model import Count, Delivery, DeliveryState, File, Relevance, Span, Verdict
from digests.ports import BriefRecord, FeedCoverage, Recorded, SeenMark, SlotRecord, Store, Told
from tests.builders import (
    NOON,
    a_brief,
    a_channel,
    a_citation,
    a_delivery,
    a_development,
    a_fault,
    a_feed_state,
    a_judgement,
    a_line,
    a_page,
    a_reading,
    a_recorded,
    a_statement,
    a_stored_line,
    a_subscription,
    a_told_mark,
    an_article,
    an_intake,
    at,
)

LEASE = timedelta(minutes=2)
NONSENSE = ["", "\0", "\ud800", "x" * 4000, "'; DROP TABLE articles; --", "k7f2\u202e", "🕊" * 300, "%", "sha256:"]


def ids(found: Sequence[Recorded]) -> list[str]:
    """Article keys, in the order given."""
    return [r.article.key for r in found]


def keys(found: Sequence[Delivery]) -> list[str]:
    """Delivery keys, in the order given."""
    return [d.key for d in found]


def test_the_store_is_the_port(store: SqlStore) -> None:
    port: Store = store  # checked by mypy; at run time, that no verb was forgotten
    verbs = [name for name in vars(Store) if not name.startswith("_")]
    assert [name for name in verbs if not hasattr(port, name)] == []


# --- articles -----------------------------------------------------------------------------------------------------


async def test_what_was_recorded_comes_back_equal(store: SqlStore) -> None:
    article = an_article(text="The page's own text: talks resume on 1 December, the Kremlin said.")
    statements = (a_statement(article, words="talks resume"), a_statement(article, words="Kremlin", speaker=None))
    reading = a_reading(article, statements=statements)
    judged = [a_judgement(s, verdict=Verdict.SHIFT) for s in statements]
    before = a_citation(an_article("a0", title="What was said before"))
    development = a_development(article, judgements=judged, compared=before)
    [written] = await store.record(an_intake(Recorded(article, reading, development, backfill=True)))
    assert written == Recorded(article, reading, development, backfill=True, seq=written.seq)
    assert await store.recorded() == [written]
    assert await store.article("a1") == written
    assert store.dropped == 0


async def test_an_article_and_its_reading_share_one_text(store: SqlStore) -> None:
    await store.record(an_intake(a_recorded()))
    [back] = await store.recorded()
    assert back.reading.article is back.article
    assert back.reading.statements[0].span.text in back.article.texts.values()


async def test_a_revision_recorded_again_has_no_effect_and_brings_no_development(store: SqlStore) -> None:
    first = await store.record(an_intake(a_recorded(story_id="first")))
    assert await store.record(an_intake(a_recorded(story_id="second"))) == ()
    [back] = await store.recorded()
    assert (back, back.development and back.development.story_id) == (first[0], "first")


async def test_the_same_revision_twice_in_one_intake_is_one(store: SqlStore) -> None:
    written = await store.record(an_intake(a_recorded(story_id="first"), a_recorded(story_id="second")))
    assert [r.development and r.development.story_id for r in written] == ["first"]
    assert len(await store.recorded()) == 1


async def test_only_what_is_new_in_an_intake_comes_back_from_it(store: SqlStore) -> None:
    await store.record(an_intake(a_recorded(an_article("a1"))))
    written = await store.record(an_intake(a_recorded(an_article("a0")), a_recorded(an_article("a1"))))
    assert ids(written) == ["a0.0"]


async def test_recorded_comes_in_order_of_recording_not_of_time(store: SqlStore) -> None:
    for name, hours in [("late", 5), ("early", 1), ("middle", 3)]:
        await store.record(an_intake(a_recorded(an_article(name, hours=hours))))
    found = await store.recorded()
    assert ids(found) == ["late.0", "early.0", "middle.0"]
    assert sorted(r.seq for r in found) == [r.seq for r in found]


async def test_a_window_is_open_at_its_beginning_and_closed_at_its_end(store: SqlStore) -> None:
    await store.record(an_intake(*(a_recorded(an_article(f"h{h}", hours=h)) for h in range(5))))
    assert ids(await store.recorded(since=at(1), until=at(3))) == ["h2.0", "h3.0"]
    assert ids(await store.recorded(since=at(3))) == ["h4.0"]
    assert ids(await store.recorded(until=at(0))) == ["h0.0"]
    assert ids(await store.recorded(since=at(1) - timedelta(microseconds=1), until=at(1))) == ["h1.0"]


async def test_a_window_may_be_given_in_any_zone(store: SqlStore) -> None:
    await store.record(an_intake(a_recorded(an_article("noon"))))
    kyiv = NOON.astimezone(datetime.fromisoformat("2025-11-25T14:00:00+02:00").tzinfo)
    assert ids(await store.recorded(since=kyiv - timedelta(hours=1), until=kyiv)) == ["noon.0"]
    assert ids(await store.recorded(since=kyiv)) == []


async def test_what_came_after_a_number_is_what_was_recorded_later(store: SqlStore) -> None:
    written = await store.record(an_intake(*(a_recorded(an_article(f"a{n}")) for n in range(3))))
    assert ids(await store.recorded(after_seq=written[0].seq)) == ["a1.0", "a2.0"]
    assert await store.recorded(after_seq=written[2].seq) == []


async def test_recorded_leaves_out_what_is_not_about_the_talks(store: SqlStore) -> None:
    each = [a_recorded(an_article(r.value), relevance=r) for r in Relevance]
    await store.record(an_intake(*each))
    assert ids(await store.recorded()) == ["yes.0", "context.0"]
    kept = await store.article("no")
    assert kept is not None
    assert (kept.reading.relevance, kept.development) == (Relevance.NO, None)


async def test_an_article_is_its_newest_revision_unless_another_is_asked_for(store: SqlStore) -> None:
    for revision in (0, 2, 1):
        article = an_article(title=f"Headline {revision}", revision=revision, hours=revision)
        await store.record(an_intake(a_recorded(article)))
    found = [await store.article("a1"), await store.article("a1", 1), await store.article("a1", 7)]
    assert [f and f.article.revision for f in found] == [2, 1, None]
    assert ids(await store.recorded()) == ["a1.0", "a1.2", "a1.1"]


@pytest.mark.parametrize("nonsense", NONSENSE, ids=ascii)
async def test_nonsense_names_nothing_and_breaks_nothing(store: SqlStore, nonsense: str) -> None:
    await store.record_brief(a_brief())
    await store.record(an_intake(a_recorded()))
    assert await store.article(nonsense) is None
    assert await store.line(nonsense) is None
    assert await store.told(nonsense) == Told()
    assert await store.subscriptions(nonsense) == []
    assert await store.slots(nonsense, NOON) == []
    assert not await store.remove_channel(nonsense)
    assert await store.seen(nonsense, [nonsense]) == {}


@pytest.mark.parametrize("hostile", NONSENSE, ids=ascii)
async def test_a_feed_may_choose_any_id_address_and_byline(store: SqlStore, hostile: str) -> None:
    article = replace(an_article(), entry_id=hostile, url=hostile, language=hostile, origin=hostile)
    await store.record(an_intake(a_recorded(article)))
    [back] = await store.recorded()
    assert back.article == article
    assert list(await store.seen("harbour-post", [hostile, "another"])) == [hostile]


@pytest.mark.parametrize("year", [1, 9999])
async def test_a_publisher_may_claim_any_date(store: SqlStore, year: int) -> None:
    claimed = datetime(year, 6, 1, tzinfo=UTC)
    await store.record(an_intake(a_recorded(replace(an_article(), published_at=claimed))))
    [back] = await store.recorded()
    assert back.article.published_at == claimed


async def test_a_text_may_hold_any_character_that_has_a_utf_8_form(store: SqlStore) -> None:
    article = an_article(title="".join(chr(n) for n in (*range(1, 0x250), 0x1F54A)), lead="a\0b")
    await store.record(an_intake(a_recorded(article)))
    assert (await store.recorded())[0].article == article
    assert store.dropped == 0


async def test_a_long_article_comes_back_whole(store: SqlStore) -> None:
    article = an_article(text="Слово за словом. " * 60_000)
    await store.record(an_intake(a_recorded(article)))
    assert (await store.recorded())[0].article == article


async def test_a_thousand_articles_come_back_with_their_own_statements(store: SqlStore) -> None:
    each = [a_recorded(an_article(f"a{n}", lead=f"Minister number {n} spoke.", hours=n / 60)) for n in range(1000)]
    written = await store.record(an_intake(*each))
    assert await store.recorded() == list(written)


# --- seen ---------------------------------------------------------------------------------------------------------


async def test_a_seen_mark_keeps_the_newest_revision_and_the_first_time(store: SqlStore) -> None:
    first, edited = an_article(hours=1), an_article(title="Edited", revision=1, hours=4)
    await store.record(an_intake(a_recorded(first)))
    await store.record(an_intake(a_recorded(edited)))
    marks = await store.seen("harbour-post", ["entry-a1"])
    assert marks == {"entry-a1": SeenMark(edited.content_sha, 1, at(1))}


async def test_an_old_intake_that_runs_again_does_not_turn_a_mark_back(store: SqlStore) -> None:
    old = an_intake(a_recorded(an_article()))
    await store.record(old)
    await store.record(an_intake(a_recorded(an_article(title="Edited", revision=1))))
    await store.record(old)
    assert (await store.seen("harbour-post", ["entry-a1"]))["entry-a1"].revision == 1


async def test_marks_are_of_one_feed(store: SqlStore) -> None:
    await store.record(an_intake(a_recorded(an_article("a1")), a_recorded(an_article("a2", feed_id="other"))))
    assert list(await store.seen("harbour-post", ["entry-a1", "entry-a2"])) == ["entry-a1"]


async def test_marks_of_a_very_long_feed_are_found(store: SqlStore) -> None:
    await store.record(an_intake(*(a_recorded(an_article(f"a{n}"), relevance=Relevance.NO) for n in range(0, 1200, 2))))
    marks = await store.seen("harbour-post", (f"entry-a{n}" for n in range(1200)))
    assert len(marks) == 600


async def test_an_entry_that_is_not_about_the_talks_is_seen_too(store: SqlStore) -> None:
    await store.record(an_intake(a_recorded(relevance=Relevance.NO)))
    assert list(await store.seen("harbour-post", ["entry-a1"])) == ["entry-a1"]


# --- polling ------------------------------------------------------------------------------------------------------


async def test_a_feeds_state_comes_back_as_it_was_saved_last(store: SqlStore) -> None:
    await store.save_feed_state(a_feed_state("b", etag="old"), at(0), ok=True)
    await store.save_feed_state(a_feed_state("b", etag="new"), at(1), ok=False)
    await store.record(an_intake(feed_state=a_feed_state("a"), polled_at=at(1)))
    assert await store.feed_states() == {"a": a_feed_state("a"), "b": a_feed_state("b", etag="new")}


async def test_a_feed_that_was_only_replayed_was_never_polled(store: SqlStore) -> None:
    await store.record(an_intake(a_recorded()))
    assert await store.feed_states() == {}


async def test_coverage_counts_polls_and_first_seen_articles_of_the_window(store: SqlStore) -> None:
    for hours, ok in [(1, True), (2, True), (3, False), (4, True), (5, True)]:
        await store.save_feed_state(a_feed_state(), at(hours), ok=ok)
    articles = [("a1", 1.0, 0), ("a2", 2.0, 0), ("a3", 4.0, 0), ("a3", 4.5, 1), ("a4", 5.0, 0)]
    for name, seen, revision in articles:
        await store.record(an_intake(a_recorded(an_article(name, hours=seen, revision=revision))))
    assert await store.coverage(at(1), at(4.5)) == [
        FeedCoverage("harbour-post", "harbour-post", 2, 1, 2, at(4), at(4), None)
    ]


async def test_coverage_tells_since_when_a_feed_fails_as_of_the_windows_end(store: SqlStore) -> None:
    for hours, ok in [(1, False), (2, True), (3, False), (4, False), (6, True)]:
        await store.save_feed_state(a_feed_state(), at(hours), ok=ok)
    ends = [await store.coverage(at(0), at(hours)) for hours in (1, 2, 3, 5, 6)]
    assert [(c.last_ok_at, c.failing_since) for [c] in ends] == [
        (None, at(1)),
        (at(2), None),
        (at(2), at(3)),
        (at(2), at(3)),
        (at(6), None),
    ]


async def test_coverage_is_in_order_of_feed_id_and_knows_only_feeds_touched_by_then(store: SqlStore) -> None:
    for feed_id, hours in [("b", 1), ("a", 2), ("Z", 1), ("late", 9)]:
        await store.save_feed_state(a_feed_state(feed_id), at(hours), ok=True)
    await store.record(an_intake(a_recorded(an_article(feed_id="replayed", source_id="outlet", hours=1))))
    found = await store.coverage(at(3), at(5))
    assert [(c.feed_id, c.polls_ok, c.items) for c in found] == [(f, 0, 0) for f in ("Z", "a", "b", "replayed")]
    assert [c.source_id for c in found] == ["", "", "", "outlet"]


async def test_the_log_forgets_old_polls_but_never_since_when_a_feed_is_silent(store: SqlStore) -> None:
    long_ago, day = POLLS_KEPT / timedelta(hours=1) + 24, 24
    for hours, ok in [(0, True), (1, True), (2, False), (long_ago, False)]:
        await store.save_feed_state(a_feed_state("silent"), at(hours), ok=ok)
    for hours in (0, 1, long_ago - day, long_ago):
        await store.save_feed_state(a_feed_state("read"), at(hours), ok=True)
    read, silent = await store.coverage(at(-1), at(long_ago))
    assert (read.polls_ok, read.last_ok_at) == (2, at(long_ago))
    assert (silent.polls_ok, silent.polls_failed) == (1, 2)
    assert (silent.last_ok_at, silent.failing_since) == (at(1), at(2))


async def test_the_same_poll_told_twice_is_one_poll(store: SqlStore) -> None:
    intake = an_intake(a_recorded(), feed_state=a_feed_state(), polled_at=at(1), items_seen=1)
    await store.record(intake)
    await store.record(intake)
    [found] = await store.coverage(at(-1), at(1))
    assert (found.polls_ok, found.items) == (1, 1)


# --- telling ------------------------------------------------------------------------------------------------------


async def test_a_conversation_remembers_what_it_was_told_and_when_first(store: SqlStore) -> None:
    marks = [
        a_told_mark("d1", story_id="s1", hours=3),
        a_told_mark("d2", story_id="s1", hours=1),
        a_told_mark("d3", story_id="s2", hours=2),
        a_told_mark("d4", story_id="s3", conversation="C2"),
    ]
    await store.record(an_intake(told=marks))
    assert await store.told("C1") == Told(frozenset({"d1", "d2", "d3"}), {"s1": at(1), "s2": at(2)})


async def test_what_is_regrouped_goes_by_its_new_id_and_leads_there_from_the_old_one(store: SqlStore) -> None:
    articles = [an_article(name) for name in ("a1", "a2", "a3", "a4")]
    stories = ("sa1", "sa1", "sa3", "sa4")
    kept = [Recorded(a, a_reading(a), a_development(a, story_id=i)) for a, i in zip(articles, stories, strict=True)]
    marks = [a_told_mark("d-a1.0", story_id="sa1"), a_told_mark("d-a3.0", story_id="sa3", hours=1)]
    await store.record(an_intake(*kept, told=marks))
    await store.regroup({"sa3": "sa4"}, {"d-a1.0": "sa4"})
    developments = [r.development for r in await store.recorded() if r.development is not None]
    assert [d.story_id for d in developments] == ["sa4", "sa1", "sa4", "sa4"]
    assert [d.joins for d in developments] == [("sa1",), (), ("sa3",), ()]
    assert (await store.told("C1")).stories == {"sa4": at(0)}


async def test_told_again_by_another_delivery_it_was_told_by_the_first(store: SqlStore) -> None:
    await store.record(an_intake(told=[a_told_mark("d1", hours=1, delivery_key="first")]))
    await store.record(an_intake(told=[a_told_mark("d1", hours=5, delivery_key="second")]))
    assert (await store.told("C1")).stories == {"story-1": at(1)}


async def test_a_digest_is_written_once_a_slot(store: SqlStore) -> None:
    assert await store.record_brief(a_brief(line=a_line("aaaa")))
    assert not await store.record_brief(a_brief(line=a_line("bbbb", an_article("a2"))))
    assert await store.line("bbbb") is None
    assert (await store.told("C1")).developments == {"d-a1.0"}
    assert len(await store.deliveries()) == 1
    assert await store.record_brief(a_brief(hours=24))
    assert await store.record_brief(a_brief("another channel"))


async def test_a_slot_without_a_message_is_decided_too(store: SqlStore) -> None:
    assert await store.record_brief(BriefRecord("daily", at(0), None, "silent", (), ()))
    assert await store.deliveries() == []
    assert await store.slots("daily", at(0)) == [SlotRecord("daily", at(0), "silent")]
    assert not await store.record_brief(a_brief())


async def test_slots_are_found_in_order_strictly_before_and_at_or_after(store: SqlStore) -> None:
    for hours, outcome in [(48, "skipped"), (0, "posted"), (24, "silent")]:
        await store.record_brief(BriefRecord("daily", at(hours), None, outcome, (), ()))
    await store.record_brief(BriefRecord("other", at(30), None, "posted", (), ()))
    assert await store.last_slot("daily", at(24)) == SlotRecord("daily", at(0), "posted")
    assert await store.last_slot("daily", at(25)) == SlotRecord("daily", at(24), "silent")
    assert await store.last_slot("daily", at(0)) is None
    assert [s.outcome for s in await store.slots("daily", at(24))] == ["silent", "skipped"]


async def test_a_line_comes_back_whole_by_its_short_id(store: SqlStore) -> None:
    line = a_line(
        verdicts=(Verdict.NEW, Verdict.CORRECTION), faults=(a_fault(),), compared=a_citation(an_article("a0"))
    )
    stored = a_stored_line(line, conversation="C7", delivery_key="d7")
    await store.record(an_intake(lines=[stored]))
    assert await store.line("k7f2") == stored
    assert await store.line("K7F2") is None


async def test_a_line_that_was_posted_again_is_its_newest_posting(store: SqlStore) -> None:
    first, second = (a_stored_line(a_line(weight=w), delivery_key=f"d{w}") for w in (1, 2))
    for stored in (first, second, first):
        await store.record(an_intake(lines=[stored]))
    assert await store.line("k7f2") == second


async def test_the_lines_of_a_delivery_come_in_the_order_in_which_they_were_written(store: SqlStore) -> None:
    written = [a_stored_line(a_line(name, an_article(name))) for name in ("zz", "aa", "mm")]
    await store.record(an_intake(lines=[*written, a_stored_line(a_line("other"), delivery_key="other")]))
    assert await store.lines_of("delivery-1") == written
    assert await store.lines_of("unknown") == []


# --- what commands made -------------------------------------------------------------------------------------------


async def test_subscriptions_come_in_order_of_creation_and_are_replaced_in_place(store: SqlStore) -> None:
    for name, hours in [("z", 0), ("a", 2), ("m", 1)]:
        await store.save_subscription(a_subscription(name, hours=hours, conversation=f"C-{name}"))
    await store.save_subscription(replace(a_subscription("z", conversation="C-z"), paused="by its creator"))
    found = await store.subscriptions()
    assert [(s.subscription_id, s.paused) for s in found] == [("z", "by its creator"), ("m", ""), ("a", "")]
    assert [s.subscription_id for s in await store.subscriptions("C-m")] == ["m"]


async def test_a_subscription_comes_back_as_it_was_made(store: SqlStore) -> None:
    filters = {"issue": ("territory", "ceasefire"), "actor": ("russia",)}
    made = a_subscription(filters=filters, quiet=("22:00", "07:00"))
    await store.save_subscription(made)
    assert await store.subscriptions() == [made]


async def test_a_subscription_is_removed_once(store: SqlStore) -> None:
    await store.save_subscription(a_subscription())
    assert await store.remove_subscription("s1")
    assert not await store.remove_subscription("s1")
    assert await store.subscriptions() == []


async def test_channels_come_in_order_of_id_and_are_replaced_and_removed(store: SqlStore) -> None:
    for name in ("b", "a", "B"):
        await store.save_channel(a_channel(name))
    await store.save_channel(replace(a_channel("a"), paused=True, catch_up=timedelta(minutes=7)))
    assert await store.channels() == [
        a_channel("B"),
        replace(a_channel("a"), paused=True, catch_up=timedelta(minutes=7)),
        a_channel("b"),
    ]
    assert [await store.remove_channel("a"), await store.remove_channel("a")] == [True, False]


async def test_an_inbound_key_comes_once_for_the_first_time(store: SqlStore) -> None:
    assert [await store.first_time("Ev1", at(h)) for h in (0, 0, 23)] == [True, False, False]
    assert await store.first_time("Ev2", at(0))


async def test_inbound_keys_are_forgotten_after_a_day(store: SqlStore) -> None:
    await store.first_time("Ev1", at(0))
    assert await store.first_time("Ev2", at(25))
    assert await store.first_time("Ev1", at(25))


# --- the outbox ---------------------------------------------------------------------------------------------------


async def test_a_duty_to_post_is_taken_once(store: SqlStore) -> None:
    assert await store.enqueue(a_delivery(page=a_page(a_line("aaaa"))))
    assert not await store.enqueue(a_delivery(page=a_page(a_line("bbbb"))))
    assert await store.deliveries() == [a_delivery(page=a_page(a_line("aaaa")))]


async def test_a_claimed_delivery_is_on_its_way_and_whole(store: SqlStore) -> None:
    await store.enqueue(a_delivery())
    [claimed] = await store.claim(at(1), 10, LEASE)
    assert claimed == replace(a_delivery(), state=DeliveryState.SENDING, attempts=1, first_try_at=at(1))
    assert await store.deliveries() == [claimed]
    assert all(isinstance(p, Span) for row in claimed.page.rows[2:3] for p in row.pieces)


async def test_deliveries_are_claimed_when_due_oldest_first(store: SqlStore) -> None:
    for n, hours in enumerate([3, 1, 2, 9]):
        await store.enqueue(a_delivery(f"due-{hours}", conversation=f"C{n}", hours=hours))
    assert keys(await store.claim(at(0.5), 10, LEASE)) == []
    assert keys(await store.claim(at(3), 2, LEASE)) == ["due-1", "due-2"]
    assert keys(await store.claim(at(3), 2, LEASE)) == ["due-3"]


async def test_a_conversation_gets_one_delivery_at_a_time(store: SqlStore) -> None:
    for name, conversation, hours in [("a1", "A", 1), ("a2", "A", 2), ("b1", "B", 3)]:
        await store.enqueue(a_delivery(name, conversation=conversation, hours=hours))
    [a1, b1] = await store.claim(at(5), 10, LEASE)
    assert (a1.key, b1.key) == ("a1", "b1")
    assert await store.claim(at(5), 10, LEASE) == []
    await store.settle(replace(a1, state=DeliveryState.SENT, receipt="1.0"))
    assert keys(await store.claim(at(5), 10, LEASE)) == ["a2"]


async def test_a_delivery_left_sending_is_claimed_again_after_its_lease(store: SqlStore) -> None:
    await store.enqueue(a_delivery("lost"))
    await store.enqueue(a_delivery("next", hours=0.01))
    await store.claim(at(1), 10, LEASE)
    assert await store.claim(at(1) + LEASE - timedelta(microseconds=1), 10, LEASE) == []
    [again] = await store.claim(at(1) + LEASE, 10, LEASE)
    assert (again.key, again.attempts, again.first_try_at) == ("lost", 2, at(1))


async def test_a_delivery_put_off_keeps_its_attempts_and_waits(store: SqlStore) -> None:
    await store.enqueue(a_delivery())
    [claimed] = await store.claim(at(1), 10, LEASE)
    await store.settle(replace(claimed, state=DeliveryState.PENDING, due_at=at(2), note="rate limited"))
    assert await store.claim(at(1.9), 10, LEASE) == []
    [again] = await store.claim(at(2), 10, LEASE)
    assert (again.attempts, again.first_try_at, again.note) == (2, at(1), "rate limited")


async def test_a_receipt_is_kept_and_nothing_is_posted_again(store: SqlStore) -> None:
    await store.enqueue(a_delivery())
    [claimed] = await store.claim(at(1), 10, LEASE)
    sent = replace(claimed, state=DeliveryState.SENT, receipt="1764072000.000100", note="ok\0\ud800")
    await store.settle(sent)
    assert await store.deliveries() == [replace(sent, note="ok??")]
    assert await store.claim(at(99), 10, LEASE) == []


async def test_a_failed_delivery_takes_back_what_it_told_and_nothing_else(store: SqlStore) -> None:
    marks = [a_told_mark("d1", delivery_key="fails"), a_told_mark("d2", story_id="s2", delivery_key="arrives")]
    await store.record(an_intake(deliveries=[a_delivery("fails"), a_delivery("arrives", hours=1)], told=marks))
    [claimed] = await store.claim(at(2), 10, LEASE)
    assert claimed.key == "fails"
    await store.settle(replace(claimed, state=DeliveryState.FAILED, note="is_archived"))
    assert await store.told("C1") == Told(frozenset({"d2"}), {"s2": NOON})
    assert keys(await store.claim(at(2), 10, LEASE)) == ["arrives"]


async def test_an_outcome_of_a_lapsed_attempt_does_not_overwrite_a_newer_one(store: SqlStore) -> None:
    await store.record(an_intake(deliveries=[a_delivery()], told=[a_told_mark()]))
    [slow] = await store.claim(at(1), 10, LEASE)
    [quick] = await store.claim(at(2), 10, LEASE)
    await store.settle(replace(slow, state=DeliveryState.FAILED, note="gave up"))
    assert (await store.told("C1")).developments
    await store.settle(replace(quick, state=DeliveryState.SENT, receipt="2.0"))
    await store.settle(replace(quick, state=DeliveryState.PENDING, due_at=at(3)))
    [kept] = await store.deliveries()
    assert (kept.state, kept.receipt) == (DeliveryState.SENT, "2.0")


@pytest.mark.parametrize("state", [DeliveryState.SENT, DeliveryState.FAILED])
async def test_files_are_kept_until_slack_has_them_or_never_will(store: SqlStore, state: DeliveryState) -> None:
    file = File("a.csv", frames.say("export.columns"), text="x" * 5000)
    page = replace(a_page(), files=(file,))
    await store.enqueue(a_delivery("with-file", page=page))
    [claimed] = await store.claim(at(0), 9, LEASE)
    assert claimed.page.files == (file,)
    await store.settle(replace(claimed, state=DeliveryState.PENDING, due_at=at(1)))
    [again] = await store.claim(at(1), 9, LEASE)
    assert again.page.files == (file,)
    await store.settle(replace(again, state=state, receipt="1.0"))
    kept = await store.delivery("with-file")
    assert kept is not None
    assert kept.state is state
    assert kept.page == replace(page, files=())


async def test_a_receipt_that_comes_late_counts(store: SqlStore) -> None:
    await store.enqueue(a_delivery())
    [slow] = await store.claim(at(1), 10, LEASE)
    await store.claim(at(2), 10, LEASE)
    await store.settle(replace(slow, state=DeliveryState.SENT, receipt="1.0"))
    assert await store.claim(at(9), 10, LEASE) == []


async def test_settling_what_was_never_owed_has_no_effect(store: SqlStore) -> None:
    await store.settle(replace(a_delivery("unknown"), state=DeliveryState.SENT))
    assert await store.deliveries() == []


async def test_deliveries_come_by_due_time_then_key_and_by_kind_and_window(store: SqlStore) -> None:
    owed = [("b", "alert", 1), ("a", "alert", 1), ("c", "digest", 0), ("d", "alert", 2)]
    for key, kind, hours in owed:
        await store.enqueue(a_delivery(key, kind=kind, hours=hours))
    assert keys(await store.deliveries()) == ["c", "a", "b", "d"]
    assert keys(await store.deliveries(kind="alert")) == ["a", "b", "d"]
    assert keys(await store.deliveries(kind="alert", since=at(1))) == ["d"]


async def test_an_alert_is_owed_in_the_transaction_that_records_its_article(store: SqlStore) -> None:
    intake = an_intake(
        a_recorded(),
        deliveries=[a_delivery()],
        told=[a_told_mark()],
        lines=[a_stored_line()],
        feed_state=a_feed_state(),
    )
    await store.record(intake)
    await store.record(intake)
    assert keys(await store.deliveries()) == ["delivery-1"]
    assert (await store.told("C1")).developments == {"d-a1.0"}
    assert await store.line("k7f2") == a_stored_line()


# --- looking back -------------------------------------------------------------------------------------------------


async def test_an_article_is_found_by_any_spelling_of_its_address_in_its_newest_revision(store: SqlStore) -> None:
    await store.record(an_intake(a_recorded(), a_recorded(an_article("a2"), relevance=Relevance.NO)))
    await store.record(an_intake(a_recorded(an_article(title="Edited", revision=1, hours=1))))
    for address in ("http://www.harbour-post.example/a1/?utm_source=x#top", "https://HARBOUR-POST.example/a1"):
        assert ids(await store.articles_at(address)) == ["a1.1"]
    assert ids(await store.articles_at("https://harbour-post.example/a2")) == ["a2.0"]
    for nothing in (*NONSENSE, "https://harbour-post.example/", "https://elsewhere.example/a1", "a1"):
        assert await store.articles_at(nothing) == []


async def test_lines_are_found_by_what_they_told_a_conversation(store: SqlStore) -> None:
    first, second = a_stored_line(), a_stored_line(a_line("m3k8", story_id="story-2"))
    marks = [a_told_mark(), a_told_mark("d2", story_id="story-2", line_id="m3k8")]
    await store.record(an_intake(lines=[first, second], told=marks))
    assert await store.lines_telling("C1", "d-a1.0", "another") == [first]
    assert await store.lines_telling("C1", "another", "story-2") == [second]
    assert await store.lines_telling("C1", "d-a1.0", "story-2") == [first, second]
    assert await store.lines_telling("C2", "d-a1.0", "story-1") == []


async def test_the_latest_delivery_of_a_conversation_is_one_that_slack_has(store: SqlStore) -> None:
    for key, conversation, kind in [("d1", "C1", "digest"), ("a1", "C1", "alert"), ("d2", "C2", "digest")]:
        await store.enqueue(a_delivery(key, conversation=conversation, kind=kind))
    for n, claimed in enumerate([*await store.claim(at(1), 10, LEASE), *await store.claim(at(1), 10, LEASE)]):
        await store.settle(replace(claimed, state=DeliveryState.SENT, receipt=f"{n}.0"))
    while left := await store.claim(at(1), 10, LEASE):
        await store.settle(replace(left[0], state=DeliveryState.SENT, receipt="9.0"))
    await store.enqueue(a_delivery("d3", hours=3))
    found = await store.latest("C1", "digest")
    assert found is not None
    assert found.key == "d1"
    assert await store.latest("C3", "digest") is None
    assert found.receipt is not None
    assert await store.delivered(found.receipt, ["C9", "C1"]) == found
    assert await store.delivered(found.receipt, ["C9"]) is None
    assert await store.delivered("0.5", []) is None


async def test_looks_that_are_close_together_are_one(store: SqlStore) -> None:
    apart = timedelta(minutes=30)
    assert await store.look("U1", "news", at(0), apart) is None
    assert await store.look("U1", "news", at(0.4), apart) is None
    assert await store.look("U1", "news", at(5), apart) == at(0.4)
    assert await store.look("U1", "news", at(5.2), apart) == at(0.4)
    assert await store.look("U1", "news", at(9), apart) == at(5.2)
    assert await store.look("U1", "positions", at(9), apart) is None
    assert await store.look("U2", "news", at(9), apart) is None


# --- several at once ----------------------------------------------------------------------------------------------


async def test_calls_made_at_once_all_take_effect(store: SqlStore) -> None:
    intakes = [an_intake(a_recorded(an_article(f"a{n}", hours=n)), told=[a_told_mark(f"d{n}")]) for n in range(40)]
    written = await asyncio.gather(*(store.record(i) for i in intakes), *(store.record(i) for i in intakes))
    numbers = [r.seq for one in written for r in one]
    assert len(numbers) == len(set(numbers)) == 40
    assert len(await store.recorded()) == 40
    assert len((await store.told("C1")).developments) == 40


async def test_one_slot_asked_for_at_once_by_two_stores_is_given_once(store: SqlStore, store_url: str) -> None:
    other = open_store(store_url)
    try:
        for n in range(10):
            taken = await asyncio.gather(*(s.record_brief(a_brief(hours=n)) for s in (store, other) * 2))
            assert sorted(taken) == [False, False, False, True]
    finally:
        await other.close()


async def test_what_one_store_wrote_another_reads(store: SqlStore, store_url: str) -> None:
    await store.record(an_intake(a_recorded()))
    other = open_store(store_url)
    try:
        assert await other.recorded() == await store.recorded()
    finally:
        await other.close()


async def test_a_reader_that_follows_by_number_misses_nothing_that_writers_write(
    store: SqlStore, store_url: str
) -> None:
    other = open_store(store_url)
    names = itertools.count()

    async def write(into: SqlStore) -> None:
        for _ in range(25):
            await into.record(an_intake(a_recorded(an_article(f"a{next(names)}"))))

    async def follow() -> set[str]:
        followed: set[str] = set()
        last = 0
        while len(followed) < 50:
            for r in await store.recorded(after_seq=last):
                followed.add(r.article.article_id)
                last = r.seq
        return followed

    try:
        found, _, _ = await asyncio.wait_for(asyncio.gather(follow(), write(store), write(other)), 60)
        assert found == {f"a{n}" for n in range(50)}
    finally:
        await other.close()


async def test_closing_waits_for_what_was_begun_and_may_be_done_twice(store_url: str) -> None:
    store = open_store(store_url)
    writing = asyncio.gather(*(store.record(an_intake(a_recorded(an_article(f"a{n}")))) for n in range(20)))
    await asyncio.sleep(0)
    await store.close()
    await store.close()
    await writing
    again = open_store(store_url)
    assert len(await again.recorded()) == 20
    await again.close()


async def test_a_database_in_memory_serves_a_try_out() -> None:
    store = open_store("sqlite://")
    await store.record(an_intake(a_recorded()))
    assert ids(await store.recorded()) == ["a1.0"]
    await store.close()


async def test_a_frame_with_every_sort_of_slot_comes_back(store: SqlStore) -> None:
    reason = frames.say("label.count", n=Count(3))
    await store.record(an_intake(Recorded(an_article(), a_reading(), a_development(reason=reason))))
    [back] = await store.recorded()
    assert back.development is not None
    assert back.development.reason == reason

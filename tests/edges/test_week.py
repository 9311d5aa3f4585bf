"""The recorded week keeps its word: what its feeds and pages hold at any instant, and how its server answers."""

import gzip
import re
from calendar import timegm
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp
import feedparser
import pytest
import trafilatura
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.local.week import FOLDER, Week, WeekServer, load
from bot.local.week_material import Outlet, WeekMalformed

WEEK = load()
OUTLETS = [outlet.source.id for outlet in WEEK.outlets]
QUOTED = re.compile(r"[“„«](?:[^“”„«»]|“(?=[^“”]*”[^“”]*”))+[”“»]")


def hours(share: float) -> datetime:
    """The instant at that share of the week."""
    return WEEK.start + (WEEK.end - WEEK.start) * share


def clock_at(*instants: datetime) -> Callable[[], datetime]:
    """A clock that shows these instants one after the other and stays at the last."""
    left = list(instants)
    return lambda: left.pop(0) if len(left) > 1 else left[0]


@pytest.mark.parametrize("outlet_id", OUTLETS)
def test_a_feed_document_holds_exactly_the_entries_of_its_instant(outlet_id: str) -> None:
    outlet = WEEK.outlet(outlet_id)
    for step in range(10):
        at = hours((step + 1) / 10)
        parsed = feedparser.parse(WEEK.feed_document(outlet_id, at))
        standing = [(entry, version) for entry in outlet.entries if (version := entry.version(at))][::-1][:25]
        assert not parsed.bozo, parsed.get("bozo_exception")
        assert "demonstration" in parsed.feed.title
        assert [entry.link.removeprefix(f"http://{outlet.source.site}") for entry in parsed.entries] == [
            outlet.path(version) for _, version in standing
        ]
        if outlet.feed.format != "rdf":  # RDF knows an item by its address alone
            assert [e.id.rpartition("2025:")[2] for e in parsed.entries] == [entry.id for entry, _ in standing]
        shown = "updated" if outlet.feed.format == "rdf" else "published"  # feedparser takes RDF's dc:date as updated
        assert [shown in e for e in parsed.entries] == [v.published is not None for _, v in standing]


@pytest.mark.parametrize("outlet_id", OUTLETS)
def test_titles_and_dates_arrive_as_written(outlet_id: str) -> None:
    raw = WEEK.feed_document(outlet_id, WEEK.end)
    outlet = WEEK.outlet(outlet_id)
    parsed = feedparser.parse(raw, sanitize_html=False, resolve_relative_uris=False)
    for entry, (_, version) in zip(parsed.entries, outlet.standing(WEEK.end), strict=True):
        assert unescape(entry.title) == unescape(version.title)
        if version.published is not None:
            shown = entry.updated_parsed if outlet.feed.format == "rdf" else entry.published_parsed
            assert datetime.fromtimestamp(timegm(shown), UTC) == version.published


@given(st.sampled_from(OUTLETS), st.floats(0, 1))
def test_the_same_state_gives_the_same_bytes(outlet_id: str, share: float) -> None:
    at = hours(share)
    document = WEEK.feed_document(outlet_id, at)
    changed = WEEK.outlet(outlet_id).changed(at)
    assert document == load().feed_document(outlet_id, at)
    assert changed is None or document == WEEK.feed_document(outlet_id, changed)


@pytest.mark.parametrize("outlet", WEEK.outlets, ids=OUTLETS)
def test_an_article_is_found_among_the_furniture_of_its_page(outlet: Outlet) -> None:
    found = expected = 0
    for entry in outlet.entries:
        for version in entry.versions:
            status, page = WEEK.page(outlet.path(version), version.at)
            if entry.gone_at is not None and entry.gone_at <= version.at:
                assert status == 410
                continue
            assert status == 200
            text = trafilatura.extract(page, include_comments=False) or ""
            assert "cookies" not in text
            assert "No rights reserved" not in text
            expected += len(version.body)
            found += sum(" ".join(paragraph.split()) in " ".join(text.split()) for paragraph in version.body)
    assert found >= 0.9 * expected


def test_a_page_follows_its_revisions_and_keeps_its_old_addresses() -> None:
    running = next(e for e in WEEK.outlet("exile-courier").entries if e.id.endswith("c31-running"))
    outlet = WEEK.outlet("exile-courier")
    assert len({version.title for version in running.versions}) == 6
    first, last = running.versions[0], running.versions[-1]
    assert WEEK.page(outlet.path(last), first.at)[0] == 404
    assert WEEK.page(outlet.path(first), last.at) == WEEK.page(outlet.path(last), last.at)


def test_a_notice_and_a_silent_edit_look_as_they_do_in_the_world() -> None:
    corrected = WEEK.page("/meridian-wire/2025/11/24/us-and-ukraine-draft-updated-framework-in-geneva.html", WEEK.end)
    assert b"Correction: an earlier version" in corrected[1]
    path = "/gulf-channel/news/2025/11/26/trump-just-a-concept.html"
    before = WEEK.page(path, datetime(2025, 11, 26, 4, tzinfo=UTC))[1].decode()
    after = WEEK.page(path, datetime(2025, 11, 26, 7, tzinfo=UTC))[1].decode()
    assert before.replace("down to 20 points", "down to 22 points") == after != before


def test_a_withdrawn_page_is_gone() -> None:
    path = "/respun-digest/a/zelensky-white-house-thursday.html"
    assert WEEK.page(path, datetime(2025, 11, 26, 8, 59, tzinfo=UTC))[0] == 200
    assert WEEK.page(path, datetime(2025, 11, 26, 9, tzinfo=UTC))[0] == 410


def test_cyrillic_feeds_and_pages_are_in_windows_1251() -> None:
    document = WEEK.feed_document("naberezhnaya", WEEK.end)
    assert document.startswith(b'<?xml version="1.0" encoding="windows-1251"?>')
    assert "Войска Украины" not in document.decode("utf-8", "replace")
    assert "Путин назвал условие" in document.decode("windows-1251")
    page = WEEK.page("/naberezhnaya/2025/11/27/putin-bishkek.html", WEEK.end)[1]
    assert "Войска Украины уйдут" in page.decode("windows-1251")


def test_hostile_titles_are_escaped_in_the_markup() -> None:
    document = WEEK.feed_document("everyday-feed", WEEK.end).decode()
    assert "<!channel>" not in document
    assert "<script>" not in document
    assert "&lt;!channel&gt; Storm warning" in document
    assert "&lt;https://everyday-feed.example/win|the full text" in document


@cache
def _lines(outlet_id: str) -> list[str]:
    return (FOLDER / f"{outlet_id}.yaml").read_text(encoding="utf-8").splitlines()


def _scalars(lines: list[str]) -> list[tuple[str, str]]:
    """Each quoted YAML string of a file with the comment that stands directly above it."""
    found: list[tuple[str, str]] = []
    comment = ""
    open_text = ""
    for line in lines:
        if open_text:
            open_text += " " + line.strip()
        elif line.lstrip().startswith("#"):
            comment += line.strip()
            continue
        elif re.match(r'\s*(- |title: |summary: |- \w+: )"', line):
            open_text = line.strip()
        else:
            comment = ""
            continue
        if open_text.endswith('"'):
            found.append((open_text, comment))
            comment = open_text = ""
    return found


@pytest.mark.parametrize("outlet_id", OUTLETS)
def test_quoted_words_have_their_source_above_them(outlet_id: str) -> None:
    scalars = _scalars(_lines(outlet_id))
    assert len(scalars) >= len(WEEK.outlet(outlet_id).entries)
    for text, comment in scalars:
        if any(len(quote.split()) >= 4 for quote in QUOTED.findall(text)):
            assert re.match(r"# (source:|wrong on purpose:)\s*\S", comment), text


def test_only_the_rewriter_and_one_silent_edit_misquote() -> None:
    wrong = [outlet_id for outlet_id in OUTLETS for line in _lines(outlet_id) if "# wrong on purpose" in line]
    assert set(wrong) == {"respun-digest", "gulf-channel", "meridian-wire"}


def _entry_versions() -> dict[str, int]:
    return {e.id.replace(":", "/"): len(e.versions) for o in WEEK.outlets for e in o.entries}


def _expected() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((FOLDER / "expected.yaml").read_text(encoding="utf-8"))
    return loaded


def _appeared(reference: str) -> datetime:
    outlet_id, _, rest = reference.partition("/")
    entry_id, _, number = rest.partition("#")
    entry = next(e for e in WEEK.outlet(outlet_id).entries if e.id == f"{outlet_id}:{entry_id}")
    trouble = WEEK.trouble(outlet_id, entry.versions[int(number or 1) - 1].at)
    return trouble.until if trouble else entry.versions[int(number or 1) - 1].at


def test_what_is_expected_of_a_digest_can_be_read_in_its_time() -> None:
    expected = _expected()
    zone = ZoneInfo(expected["zone"])
    hour, minute = map(int, expected["at"].split(":"))
    slots = [
        datetime.fromisoformat(d["day"]).replace(hour=hour, minute=minute, tzinfo=zone) for d in expected["digests"]
    ]
    assert [slot.weekday() for slot in slots] == [1, 2, 3, 4, 5, 6, 0]
    for slot, digest in zip(slots, expected["digests"], strict=True):
        for told in digest["must"] + digest.get("context", []):
            times = [_appeared(reference) for reference in told["entries"]]
            assert any(slot - timedelta(days=1) < t <= slot for t in times), told["happening"]
        barred = [r for group in digest["never"].values() for r in group]
        assert all(_appeared(reference) <= slot for reference in barred), digest["day"]
        for outlet_id in digest.get("blind", []):
            assert WEEK.trouble(outlet_id, slot.astimezone(UTC))
    assert all(_appeared(reference) > slots[-1] for told in expected["after"] for reference in told["entries"])


def test_every_reference_of_the_expectations_exists() -> None:
    known = _entry_versions()
    text = (FOLDER / "expected.yaml").read_text(encoding="utf-8")
    references = re.findall(r"([a-z][a-z-]+/[a-z0-9-]+)(?:#(\d))?(?=[,\]\s])", re.sub(r"#.*\n", "\n", text, count=14))
    assert len(references) > 100
    for reference, number in references:
        assert int(number or 1) <= known[reference], reference


def test_an_outage_covers_exactly_one_digest() -> None:
    slots = [datetime(2025, 11, 24, 7, 30, tzinfo=UTC) + timedelta(days=n) for n in range(1, 8)]
    assert [slot.day for slot in slots if WEEK.trouble("volga-state", slot)] == [28]
    (trouble,) = WEEK.troubles
    assert trouble.until - trouble.start == timedelta(hours=30)


def test_a_fault_in_a_file_is_named_with_its_place(tmp_path: Path) -> None:
    for path in FOLDER.glob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        (tmp_path / path.name).write_text(text.replace("slug: sport/derby", "slugg: x\n    slug: sport/derby"), "utf-8")
    with pytest.raises(WeekMalformed, match=r"everyday-feed.yaml: derby: unknown keys slugg"):
        load(tmp_path)


async def test_a_second_conditional_request_is_answered_304() -> None:
    early, late = hours(0.3), hours(0.3) + timedelta(seconds=1)
    async with WeekServer(WEEK, clock_at(early, late, late, hours(0.9))) as server, aiohttp.ClientSession() as session:
        url = server.feed_url("meridian-wire")
        async with session.get(url) as answer:
            assert answer.status == 200
            assert await answer.read() == WEEK.feed_document("meridian-wire", early, server.root("meridian-wire"))
            etag, modified = answer.headers["ETag"], answer.headers["Last-Modified"]
        async with session.get(url, headers={"If-None-Match": etag}) as answer:
            assert (answer.status, await answer.read()) == (304, b"")
        async with session.get(url, headers={"If-Modified-Since": modified}) as answer:
            assert answer.status == 304
        async with session.get(url, headers={"If-None-Match": etag, "If-Modified-Since": modified}) as answer:
            assert answer.status == 200
            assert answer.headers["ETag"] != etag
        assert server.answered == {200: 2, 304: 2}


async def test_links_of_a_feed_lead_to_their_pages_on_loopback() -> None:
    async with WeekServer(WEEK, lambda: WEEK.end) as server, aiohttp.ClientSession() as session:
        for outlet_id in OUTLETS:
            async with session.get(server.feed_url(outlet_id)) as answer:
                parsed = feedparser.parse(await answer.read())
            for entry in parsed.entries:
                async with session.get(entry.link) as answer:
                    assert answer.status in (200, 410)


async def test_invented_hosts_resolve_to_the_server_and_no_others_do() -> None:
    async with WeekServer(WEEK, lambda: WEEK.end, names=True) as server:
        connector = aiohttp.TCPConnector(resolver=server.resolver())
        async with aiohttp.ClientSession(connector=connector) as session:
            url = server.feed_url("harbour-broadcast")
            assert url == "http://harbour-broadcast.example/harbour-broadcast/feed.xml"
            async with session.get(url) as answer:
                link = feedparser.parse(await answer.read()).entries[0].link
            async with session.get(link) as answer:
                assert answer.status == 200
            async with session.get("http://harbour-broadcast.example/robots.txt") as answer:
                robots = await answer.text()
                assert "Disallow: /harbour-broadcast/news/hb-2511-downing-street.html" in robots
                assert "gulf-channel" not in robots
            with pytest.raises(aiohttp.ClientConnectorError):
                await session.get("http://elsewhere.example/")


async def test_an_outlet_in_trouble_answers_503_with_the_time_to_wait() -> None:
    during = datetime(2025, 11, 28, 7, 30, tzinfo=UTC)
    async with WeekServer(WEEK, lambda: during) as server, aiohttp.ClientSession() as session:
        async with session.get(server.feed_url("volga-state")) as answer:
            assert (answer.status, answer.headers["Retry-After"]) == (503, "3600")
        async with session.get(server.feed_url("naberezhnaya")) as answer:
            assert answer.status == 200
        async with session.get(f"http://127.0.0.1:{server.port}/nobody/feed.xml") as answer:
            assert answer.status == 404


async def test_gzip_is_sent_to_those_who_ask() -> None:
    async with WeekServer(WEEK, lambda: WEEK.end) as server, aiohttp.ClientSession(auto_decompress=False) as session:
        url = server.feed_url("chornozem")
        async with session.get(url, headers={"Accept-Encoding": "gzip"}) as answer:
            packed = await answer.read()
        async with session.get(url, headers={"Accept-Encoding": "identity"}) as answer:
            assert gzip.decompress(packed) == await answer.read()


def test_every_class_side_and_language_has_its_outlet() -> None:
    def have(week: Week, field: str) -> set[str]:
        return {getattr(outlet.source, field) for outlet in week.outlets}

    assert have(WEEK, "kind") == {
        "wire", "official", "state", "broadcaster", "independent", "think-tank", "rewrite"
    }  # fmt: skip
    assert have(WEEK, "side") >= {"russia", "ukraine", "united-states", "eu", "germany", "poland"}
    assert have(WEEK, "language") >= {"en", "uk", "ru", "de", "pl"}

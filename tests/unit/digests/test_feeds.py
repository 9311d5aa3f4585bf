"""Feed documents: the same entries whatever was seen before, nothing raised, hostile documents in bounded time."""

from __future__ import annotations

import tarfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests import feeds
from digests.model import Entry
from digests.ports import FeedDocument

URL = "https://news.example/rss/all.xml"
HEAD = '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>The &amp;amp; News</title>'
TAIL = "</channel></rss>"


def parsed(document: str | bytes, known: frozenset[str] = frozenset(), content_type: str = "") -> FeedDocument:
    body = document.encode() if isinstance(document, str) else document
    return feeds.parse(body, content_type, URL, known)


def rss(*items: str, head: str = HEAD) -> str:
    return head + "".join(items) + TAIL


def item(n: int, more: str = "") -> str:
    return f"<item><title>Title {n}</title><link>https://news.example/{n}</link><guid>g{n}</guid>{more}</item>"


def only(document: str) -> Entry:
    (entry,) = parsed(document).entries
    return entry


# --- what an entry says -----------------------------------------------------------------------------------------


def test_an_rss_item_gives_its_fields() -> None:
    entry = only(
        rss(
            "<language>en-GB</language><ttl>15</ttl>",
            "<item><title>Kyiv &amp;amp; Moscow</title><link> https://news.example/1 </link><guid>abc</guid>"
            "<description><![CDATA[<p>They <b>met</b>.</p>]]></description>"
            "<pubDate>Tue, 25 Nov 2025 22:11:00 +0300</pubDate>"
            "<source url='https://w.example'>The Wire</source></item>",
        )
    )
    assert entry == Entry(
        entry_id="abc",
        title="Kyiv &amp; Moscow",
        summary="<p>They <b>met</b>.</p>",
        link="https://news.example/1",
        published=datetime(2025, 11, 25, 19, 11, tzinfo=UTC),
        language="en",
        origin="The Wire",
    )


def test_an_atom_entry_gives_its_fields() -> None:
    document = (
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="uk"><title>Новини</title>'
        "<entry><id>tag:1</id><title>Заява</title>"
        '<link rel="self" href="https://news.example/a.xml"/><link href="/articles/1"/>'
        '<updated>2025-11-25T10:00:00Z</updated><content type="html">&lt;p&gt;Текст&lt;/p&gt;</content></entry></feed>'
    )
    assert only(document) == Entry(
        entry_id="tag:1",
        title="Заява",
        summary="",
        link="https://news.example/articles/1",
        content="<p>Текст</p>",
        published=datetime(2025, 11, 25, 10, tzinfo=UTC),
        language="uk",
    )


def test_content_and_summary_are_both_kept() -> None:
    head = HEAD.replace("<channel>", '<channel xmlns:content="http://purl.org/rss/1.0/modules/content/">')
    entry = only(
        rss(item(1, "<description>Short</description><content:encoded>Long text</content:encoded>"), head=head)
    )
    assert (entry.summary, entry.content) == ("Short", "Long text")


def test_html_is_handed_on_as_sent() -> None:
    markup = '<a href="/x" onclick="y()">z</a><script>1</script>'
    assert only(rss(item(1, f"<description><![CDATA[{markup}]]></description>"))).summary == markup


def test_the_document_says_its_title_and_pace() -> None:
    found = parsed(rss("<ttl>90</ttl>", item(1)))
    assert (found.title, found.ttl, found.problem) == ("The & News", timedelta(minutes=90), "")


@pytest.mark.parametrize("ttl", ["0", "-5", "soon", "", "1e9", "99999999999"])
def test_a_pace_that_makes_no_sense_is_none(ttl: str) -> None:
    assert parsed(rss(f"<ttl>{ttl}</ttl>", item(1))).ttl is None


def test_a_pace_is_bounded_by_a_day() -> None:
    assert parsed(rss("<ttl>999999</ttl>", item(1))).ttl == timedelta(days=1)


@pytest.mark.parametrize("date", ["yesterday", "", "31 Feb 2026", "Mon, 99 Jan 99999 00:00:00 GMT"])
def test_a_date_that_is_none_is_no_date(date: str) -> None:
    assert only(rss(item(1, f"<pubDate>{date}</pubDate>"))).published is None


@pytest.mark.parametrize(
    ("byline", "origin"),
    [("Reuters", "Reuters"), ("By Jane Doe, AFP", "AFP"), ("Jane Doe", ""), ("Alap Napier", ""), ("ТАСС", "ТАСС")],
)
def test_a_byline_that_names_an_agency_is_an_origin(byline: str, origin: str) -> None:
    head = HEAD.replace("<channel>", '<channel xmlns:dc="http://purl.org/dc/elements/1.1/">')
    assert only(rss(item(1, f"<dc:creator>{byline}</dc:creator>"), head=head)).origin == origin


@pytest.mark.parametrize(
    "link",
    ["", "javascript:alert(1)", "file:///etc/passwd", "ftp://x.example/1", "http://", "http://[x", "data:text/html,x"],
)
def test_an_item_without_a_page_is_skipped_and_counted(link: str) -> None:
    found = parsed(rss(f"<item><title>No page</title><link>{link}</link></item>", item(2)))
    assert [entry.entry_id for entry in found.entries if "news.example" in entry.link] == ["g2"]
    assert all(entry.link.startswith(("https://news.example/", "http://news.example/")) for entry in found.entries)
    assert len(found.entries) + found.skipped == 2


def test_an_item_that_says_nothing_is_skipped_and_counted() -> None:
    found = parsed(rss("<item><link>https://news.example/1</link></item>", item(2)))
    assert (len(found.entries), found.skipped) == (1, 1)


def test_an_id_is_the_publishers_own_else_the_link() -> None:
    assert (
        only(rss("<item><title>t</title><link>https://news.example/1</link></item>")).entry_id
        == "https://news.example/1"
    )
    long = only(rss(f"<item><title>t</title><link>https://news.example/1</link><guid>{'x' * 900}</guid></item>"))
    assert len(long.entry_id) == 32


def test_texts_are_bounded() -> None:
    entry = only(rss(item(1, f"<description>{'word ' * 50_000}</description>").replace("Title 1", "T" * 5_000)))
    assert (len(entry.title), len(entry.summary)) == (feeds.MOST_TITLE, feeds.MOST_SUMMARY)


# --- what is no feed --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (b"", "empty"),
        (b" \r\n\t", "empty"),
        (b"<!DOCTYPE html><html><title>Just a moment...</title></html>", "html"),
        (b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- x --><HTML lang=en><body>Log in</body></HTML>", "html"),
        (b'{"version": "https://jsonfeed.org/version/1", "items": []}', "not-a-feed"),
        (b"Service unavailable", "not-a-feed"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "not-a-feed"),
        (b"<sitemapindex></sitemapindex>", "not-a-feed"),
        (rss().encode(), ""),
    ],
)
def test_what_is_no_feed_is_named(body: bytes, problem: str) -> None:
    assert parsed(body).problem == problem


def test_a_document_that_is_not_well_formed_still_gives_its_entries() -> None:
    assert len(parsed(rss(item(1, "<description>a & b <br> &nbsp; &bogus;</description>"), item(2))).entries) == 2


def test_an_undeclared_encoding_is_read_right() -> None:
    body = '<rss version="2.0"><channel><item><title>Élysée</title><link>https://news.example/1</link></item></channel></rss>'
    assert parsed(body.encode("latin-1")).entries[0].title == "Élysée"


def test_a_wide_encoding_is_read_whole() -> None:
    body = rss(item(1), item(2)).replace("utf-8", "utf-16").encode("utf-16")
    found = parsed(body)
    assert (len(found.entries), found.item_hashes) == (2, ())


def test_an_item_that_was_cut_off_waits_until_it_is_whole() -> None:
    whole = rss(item(1), item(2), item(3))
    found = parsed(whole[: whole.index("Title 3") + 3])
    assert ([entry.entry_id for entry in found.entries], found.skipped) == (["g1", "g2"], 1)
    assert [e.entry_id for e in parsed(whole, frozenset(found.item_hashes)).entries] == ["g3"]


def test_one_item_that_breaks_the_parser_costs_the_others_nothing() -> None:
    head = HEAD.replace("<channel>", '<channel xmlns:gml="http://www.opengis.net/gml">')
    found = parsed(rss(item(1), item(2, "<gml:pos>1 2 x</gml:pos>"), item(3), head=head))
    assert [entry.entry_id for entry in found.entries if entry.entry_id != "g2"] == ["g1", "g3"]


# --- only what is unseen ----------------------------------------------------------------------------------------


def test_a_document_without_news_has_no_entries_and_the_same_hashes() -> None:
    first = parsed(rss(item(1), item(2)))
    again = parsed(rss(item(1), item(2)), frozenset(first.item_hashes))
    assert (again.entries, again.item_hashes, again.title) == ((), first.item_hashes, first.title)


def test_a_changed_item_is_read_again() -> None:
    first = parsed(rss(item(1), item(2)))
    again = parsed(rss(item(1), item(2).replace("Title 2", "Title two")), frozenset(first.item_hashes))
    assert [entry.title for entry in again.entries] == ["Title two"]


def test_tags_inside_cdata_and_comments_part_no_items() -> None:
    odd = item(1, "<description><![CDATA[</item><item> <!-- ]]></description><!-- </item><item> -->")
    found = parsed(rss(odd, item(2)))
    assert ([entry.entry_id for entry in found.entries], len(found.item_hashes)) == (["g1", "g2"], 2)


def test_items_that_nest_are_left_to_the_parser() -> None:
    assert parsed(rss("<item><title>a</title><item>", item(2), "</item>")).item_hashes == ()


@given(st.lists(st.tuples(st.text("ab<>&]!-é \n", max_size=12), st.booleans()), min_size=1, max_size=6))
def test_unseen_entries_are_those_of_the_whole_document(given_items: list[tuple[str, bool]]) -> None:
    written = [
        item(n, f"<description><![CDATA[{words.replace(']]>', '')}]]></description>")
        for n, (words, _) in enumerate(given_items)
    ]
    whole = parsed(rss(*written))
    known = frozenset(h for h, (_, seen) in zip(whole.item_hashes, given_items, strict=True) if seen)
    unseen = tuple(e for e, h in zip(whole.entries, whole.item_hashes, strict=True) if h not in known)
    assert parsed(rss(*written), known).entries == unseen


def _same_whatever_was_seen(body: bytes) -> int:
    whole = feeds.parse(body, "", URL, frozenset())
    if len(whole.entries) != len(whole.item_hashes):
        return 0
    for known in (whole.item_hashes, whole.item_hashes[1:], whole.item_hashes[::2], whole.item_hashes[:1]):
        seen = frozenset(known)
        unseen = tuple(e for e, h in zip(whole.entries, whole.item_hashes, strict=True) if h not in seen)
        assert feeds.parse(body, "", URL, seen).entries == unseen
    return len(whole.entries)


def test_real_feeds_give_the_same_entries_whatever_was_seen(shared: Path) -> None:
    folder = shared / "data" / "news-feeds"
    if not folder.is_dir():
        pytest.skip(f"no recorded feeds in {folder}")
    entries = sum(_same_whatever_was_seen(path.read_bytes()) for path in sorted(folder.iterdir()))
    assert entries == 1080


def _fixtures(archive: Path) -> Iterator[tuple[str, bytes]]:
    with tarfile.open(archive) as packed:
        for member in packed:
            stream = packed.extractfile(member) if member.isfile() else None
            if stream is not None:
                yield member.name, stream.read()


@pytest.mark.slow
def test_no_document_of_five_test_suites_raises_or_reads_differently(shared: Path) -> None:
    archive = shared / "data" / "feed-fixtures.tar.gz"
    if not archive.exists():
        pytest.skip(f"no fixtures at {archive}")
    entries = documents = 0
    for _name, body in _fixtures(archive):
        documents += 1
        entries += _same_whatever_was_seen(body)
    assert documents > 2_000
    assert entries > 300


# --- hostile documents ------------------------------------------------------------------------------------------

_LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
HOSTILE = {
    "billion laughs": f'<!DOCTYPE l [<!ENTITY a0 "ha">{_LAUGHS}]>' + rss(item(1).replace("Title", "&a9;")),
    "a file as entity": '<!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + rss(item(1).replace("Title", "&x;")),
    "100,000 nested tags": rss("<item>" + "<a>" * 100_000 + "</item>"),
    "200,000 items": rss(*(item(n) for n in range(200_000))),
    "64,000 unclosed items": rss("<item><title>a</title>" * 64_000),
    "one text of 5 MB": rss(item(1, f"<description>{'word ' * 999_000}</description>")),
    "bare signs": rss("<item><title>x</title>" + "<" * 500_000),
    "unclosed CDATA": HEAD + "<item><![CDATA[" * 100_000,
    "unclosed comments": HEAD + "<!--" * 100_000,
    "unclosed tags": HEAD + "<item a" * 500_000,
    "attributes": rss("<item " + 'a="b" ' * 200_000 + ">"),
    "a million tags": rss(item(1, "<b/>" * 1_000_000)),
    "entities": rss(item(1, "<description>" + "&amp;" * 800_000 + "</description>")),
}


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_a_hostile_document_is_read_in_bounded_time(name: str) -> None:
    began = time.process_time()
    found = parsed(HOSTILE[name])
    assert time.process_time() - began < 8
    assert len(found.entries) <= feeds.MOST_ENTRIES
    assert all(len(e.title) <= feeds.MOST_TITLE and "root:" not in e.title for e in found.entries)


def test_of_too_many_items_the_newest_are_kept_whichever_end_they_stand_at() -> None:
    dated = [item(n, f"<pubDate>{1 + n // 1000:02d} Jan 2026 00:00:00 GMT</pubDate>") for n in range(3_000)]
    rising, falling = parsed(rss(*dated)), parsed(rss(*reversed(dated)))
    for found in (rising, falling):
        assert (len(found.entries), found.skipped, len(found.item_hashes)) == (2_000, 1_000, 2_000)
        assert "g2999" in {entry.entry_id for entry in found.entries}
        assert "g0" not in {entry.entry_id for entry in found.entries}

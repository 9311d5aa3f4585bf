"""HTTP as publishers and strangers speak it, over real sockets on loopback: limits hold, troubles are values."""

from __future__ import annotations

import asyncio
import gzip
import resource
import socket
import time
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult

from bot.fetch import HttpFetcher
from bot.fetch.addresses import check_url
from digests.ports import Fetched, FetchFailed, NotModified, Validators

NOW = datetime(2025, 11, 25, 12, tzinfo=UTC)
FEED = b"<rss version='2.0'><channel><title>t</title></channel></rss>"
PAGE = b"<html><body><p>Words.</p></body></html>"
NONE = Validators()

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Site:
    """One server; `answers` by path, `asked` what came in."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.asked: list[web.Request] = []
        self.port = 0

    def url(self, path: str = "/feed.xml") -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def says(self, path: str, body: bytes = b"", status: int = 200, headers: Mapping[str, str] | None = None) -> None:
        async def answer(_: web.Request) -> web.StreamResponse:
            return web.Response(body=body, status=status, headers=headers)

        self.answers[path] = answer

    def times(self, path: str) -> int:
        return sum(request.path == path for request in self.asked)

    async def serve(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(request)
        answer = self.answers.get(request.path)
        return await answer(request) if answer else web.Response(status=404)


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    site = Site()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", site.serve)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    site.port = runner.addresses[0][1]
    yield site
    await runner.cleanup()


@asynccontextmanager
async def raw_server(*pieces: bytes, pause: float = 0.0, hold: bool = False) -> AsyncIterator[str]:
    """A server that sends these bytes whatever is asked, a pause between them; with `hold` it does not hang up."""
    tasks: set[asyncio.Task[None]] = set()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        tasks.add(task)
        try:
            await reader.readuntil(b"\r\n\r\n")
            for piece in pieces:
                writer.write(piece)
                await writer.drain()
                await asyncio.sleep(pause)
            if hold:
                await asyncio.sleep(60)
        except (ConnectionError, asyncio.CancelledError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/feed.xml"
    finally:
        server.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


@pytest.fixture
async def fetcher() -> AsyncIterator[HttpFetcher]:
    async with HttpFetcher(allow_loopback=True, user_agent="brief-test/1.0 (+https://who.example)", deadline=3) as it:
        yield it


def fetched(answer: object) -> Fetched:
    assert isinstance(answer, Fetched), answer
    return answer


def failed(answer: object) -> FetchFailed:
    assert isinstance(answer, FetchFailed), answer
    assert len(answer.detail) <= 200
    return answer


# --- a good feed --------------------------------------------------------------------------------------------------


async def test_a_feed_comes_with_its_validators_and_its_freshness(site: Site, fetcher: HttpFetcher) -> None:
    headers = {
        "ETag": 'W/"1"',
        "Last-Modified": "Tue, 25 Nov 2025 10:00:00 GMT",
        "Cache-Control": "public, max-age=600",
    }
    site.says("/feed.xml", FEED, headers={"Content-Type": "application/rss+xml; charset=utf-8", **headers})
    assert fetched(await fetcher.feed(site.url(), NONE)) == Fetched(
        body=FEED,
        content_type="application/rss+xml; charset=utf-8",
        validators=Validators('W/"1"', "Tue, 25 Nov 2025 10:00:00 GMT"),
        final_url=site.url(),
        fresh_for=timedelta(minutes=10),
    )


async def test_what_was_learned_is_asked_with_and_304_is_a_value(site: Site, fetcher: HttpFetcher) -> None:
    site.says("/feed.xml", status=304, headers={"Cache-Control": "max-age=60"})
    answer = await fetcher.feed(site.url(), Validators('"e"', "Tue, 25 Nov 2025 10:00:00 GMT"))
    assert answer == NotModified(timedelta(minutes=1))
    sent = site.asked[0].headers
    assert (sent["If-None-Match"], sent["If-Modified-Since"]) == ('"e"', "Tue, 25 Nov 2025 10:00:00 GMT")


async def test_the_bot_says_who_it_is_and_brings_no_cookies(site: Site, fetcher: HttpFetcher) -> None:
    site.says("/feed.xml", FEED, headers={"Set-Cookie": "track=1; Path=/"})
    await fetcher.feed(site.url(), NONE)
    await fetcher.feed(site.url(), NONE)
    assert [r.headers["User-Agent"] for r in site.asked] == ["brief-test/1.0 (+https://who.example)"] * 2
    assert not any("Cookie" in r.headers for r in site.asked)


async def test_a_proxy_of_the_environment_is_not_used(
    site: Site, fetcher: HttpFetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    site.says("/feed.xml", FEED)
    assert fetched(await fetcher.feed(site.url(), NONE)).body == FEED


@pytest.mark.parametrize(
    ("headers", "fresh"),
    [
        ({"Cache-Control": "max-age=300, must-revalidate"}, timedelta(minutes=5)),
        ({"Cache-Control": "no-cache, max-age=300"}, None),
        ({"Cache-Control": "max-age=0"}, None),
        ({"Cache-Control": "s-maxage=900"}, None),
        ({"Cache-Control": "max-age=999999999"}, timedelta(days=1)),
        ({"Cache-Control": "max-age=-5"}, None),
        ({"Date": "Tue, 25 Nov 2025 10:00:00 GMT", "Expires": "Tue, 25 Nov 2025 10:30:00 GMT"}, timedelta(minutes=30)),
        ({"Date": "Tue, 25 Nov 2025 10:00:00 GMT", "Expires": "0"}, None),
        ({"Expires": "Tue, 25 Nov 2025 10:30:00 GMT", "Date": "x"}, None),
    ],
)
async def test_freshness_is_what_the_headers_say_within_a_day(
    site: Site, fetcher: HttpFetcher, headers: dict[str, str], fresh: timedelta | None
) -> None:
    site.says("/feed.xml", FEED, headers=headers)
    assert fetched(await fetcher.feed(site.url(), NONE)).fresh_for == fresh


async def test_a_validator_that_could_not_be_sent_back_is_dropped(fetcher: HttpFetcher) -> None:
    head = b'HTTP/1.1 200 OK\r\nETag: "\xc3\xa9"\r\nLast-Modified: ' + b"x" * 900 + b"\r\nContent-Length: 2\r\n\r\nhi"
    async with raw_server(head) as url:
        assert fetched(await fetcher.feed(url, NONE)).validators == NONE


# --- codings ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("coding", "packed"),
    [
        ("gzip", gzip.compress(FEED, mtime=0)),
        ("x-gzip", gzip.compress(FEED[:20], mtime=0) + gzip.compress(FEED[20:], mtime=0)),
        ("gzip", gzip.compress(FEED, mtime=0) + b"\0" * 50),
        ("deflate", zlib.compress(FEED)),
        ("deflate", zlib.compress(FEED)[2:-4]),
        ("gzip", FEED),
        ("identity", FEED),
    ],
    ids=["gzip", "two-members", "padded", "zlib", "raw-deflate", "said-but-not-packed", "identity"],
)
async def test_packed_bodies_are_unpacked(site: Site, fetcher: HttpFetcher, coding: str, packed: bytes) -> None:
    site.says("/feed.xml", packed, headers={"Content-Encoding": coding})
    assert fetched(await fetcher.feed(site.url(), NONE)).body == FEED


@pytest.mark.parametrize(
    ("coding", "packed"),
    [
        ("gzip", gzip.compress(FEED, mtime=0)[:-12]),
        ("gzip", b"\x1f\x8bnonsense"),
        ("br", FEED),
        ("deflate", b"\xff\xff\xff"),
    ],
)
async def test_a_body_that_cannot_be_unpacked_is_a_failure(
    site: Site, fetcher: HttpFetcher, coding: str, packed: bytes
) -> None:
    site.says("/feed.xml", packed, headers={"Content-Encoding": coding})
    assert failed(await fetcher.feed(site.url(), NONE)).reason == "decoding"


async def test_a_small_packed_body_cannot_become_a_huge_one(site: Site, fetcher: HttpFetcher) -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    bomb = b"".join(packer.compress(b"\0" * 10_000_000) for _ in range(50)) + packer.flush()
    site.says("/feed.xml", bomb, headers={"Content-Encoding": "gzip"})
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert failed(await fetcher.feed(site.url(), NONE)).reason == "too-large"
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 60_000  # kB; unpacked it is 500 MB


async def test_an_endless_body_ends_at_the_bound(fetcher: HttpFetcher) -> None:
    async with raw_server(b"HTTP/1.1 200 OK\r\n\r\n", *[b"x" * 1_000_000] * 8, hold=True) as url:
        assert failed(await fetcher.feed(url, NONE)).reason == "too-large"


# --- redirects ----------------------------------------------------------------------------------------------------


async def test_a_feed_that_moved_for_good_says_where_to(site: Site, fetcher: HttpFetcher) -> None:
    site.says("/feed.xml", status=301, headers={"Location": "/b.xml"})
    site.says("/b.xml", status=308, headers={"Location": site.url("/c.xml#top")})
    site.says("/c.xml", FEED)
    answer = fetched(await fetcher.feed(site.url(), NONE))
    assert (answer.moved_to, answer.final_url) == (site.url("/c.xml"), site.url("/c.xml"))


@pytest.mark.parametrize("statuses", [(302, 301), (301, 307), (303,)])
async def test_a_redirect_for_now_moves_nothing(site: Site, fetcher: HttpFetcher, statuses: tuple[int, ...]) -> None:
    for n, status in enumerate(statuses):
        site.says(f"/{n}", status=status, headers={"Location": f"/{n + 1}"})
    site.says(f"/{len(statuses)}", FEED)
    assert fetched(await fetcher.feed(site.url("/0"), NONE)).moved_to == ""


async def test_a_circle_of_redirects_ends(site: Site, fetcher: HttpFetcher) -> None:
    site.says("/feed.xml", status=302, headers={"Location": "/feed.xml"})
    assert failed(await fetcher.feed(site.url(), NONE)).reason == "redirects"
    assert site.times("/feed.xml") == 6


async def test_a_redirect_to_nowhere_is_a_failure(site: Site, fetcher: HttpFetcher) -> None:
    site.says("/feed.xml", status=302)
    assert failed(await fetcher.feed(site.url(), NONE)).reason == "redirects"


@pytest.mark.parametrize(
    "target",
    ["http://169.254.169.254/latest/meta-data/", "http://10.0.0.1/", "http://[fd00::1]/", "file:///etc/passwd"],
)
async def test_a_redirect_into_the_network_is_refused(site: Site, fetcher: HttpFetcher, target: str) -> None:
    site.says("/feed.xml", status=302, headers={"Location": target})
    assert failed(await fetcher.feed(site.url(), NONE)).reason in ("refused-address", "not-http")


# --- addresses ----------------------------------------------------------------------------------------------------

PRIVATE = [
    "127.0.0.1", "127.1.2.3", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",  # noqa: S104
    "100.100.100.200", "168.63.129.16", "192.0.0.192", "192.0.2.1", "198.18.0.1", "224.0.0.1", "239.1.1.1", "240.0.0.1",
    "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "fd00:ec2::254", "ff02::1", "::ffff:127.0.0.1",
    "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1", "64:ff9b::a00:1", "64:ff9b::7f00:1", "2002:7f00:1::",
    "2002:a00:1::1", "2001:db8::1",
]  # fmt: skip


class Names(AbstractResolver):
    """A name service that answers every name with one address."""

    def __init__(self, *addresses: str) -> None:
        self._addresses = addresses

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=port,
                family=socket.AF_INET6 if ":" in address else socket.AF_INET,
                proto=0,
                flags=socket.AI_NUMERICHOST,
            )
            for address in self._addresses
        ]

    async def close(self) -> None:
        pass


@pytest.mark.parametrize("address", PRIVATE)
async def test_a_private_address_is_refused_by_number_and_by_name(address: str) -> None:
    literal = f"[{address}]" if ":" in address else address
    async with HttpFetcher(resolver=Names(address)) as fetcher:
        assert failed(await fetcher.feed(f"http://{literal}/feed", NONE)).reason == "refused-address"
        assert failed(await fetcher.feed("http://inside.example/feed", NONE)).reason == "refused-address"
        assert failed(await fetcher.page("https://inside.example/page", NOW)).reason == "robots"


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1", "64:ff9b::5db8:d822"])
def test_a_public_address_is_not_refused(address: str) -> None:
    literal = f"[{address}]" if ":" in address else address
    assert check_url(f"https://{literal}/feed", loopback=False).hostname == address


@pytest.mark.parametrize("address", [a for a in PRIVATE if "127" not in a and a != "::1" and "7f00" not in a])
async def test_the_allowance_for_loopback_lets_nothing_else_in(address: str) -> None:
    async with HttpFetcher(allow_loopback=True, resolver=Names(address)) as fetcher:
        assert failed(await fetcher.feed("http://inside.example/feed", NONE)).reason == "refused-address"


async def test_a_name_with_one_good_and_one_private_address_reaches_the_good_one_alone(site: Site) -> None:
    async with HttpFetcher(allow_loopback=True, resolver=Names("10.0.0.1", "127.0.0.1")) as fetcher:
        site.says("/feed.xml", FEED)
        assert fetched(await fetcher.feed(f"http://two.example:{site.port}/feed.xml", NONE)).body == FEED


@pytest.mark.parametrize("host", ["2130706433", "0x7f000001", "127.1", "0177.0.0.1", "localhost"])
async def test_other_spellings_of_this_machine_are_refused(host: str) -> None:
    async with HttpFetcher() as fetcher:
        assert failed(await fetcher.feed(f"http://{host}/feed", NONE)).reason in ("refused-address", "not-http")


@pytest.mark.parametrize(
    "url", ["http://who:secret@93.184.216.34/feed", "http://93.184.216.34:22/", "https://93.184.216.34:8443/"]
)
async def test_logins_and_odd_ports_are_refused(url: str) -> None:
    async with HttpFetcher() as fetcher:
        answer = failed(await fetcher.feed(url, NONE))
    assert answer.reason == "refused-address"
    assert "secret" not in answer.detail


@pytest.mark.parametrize(
    "url", ["", "feed", "ftp://a.example/x", "http://", "http://[::1", "javascript:1", "http://a.example/" + "x" * 3000]
)
async def test_what_is_no_address_is_named(url: str) -> None:
    async with HttpFetcher() as fetcher:
        assert failed(await fetcher.feed(url, NONE)).reason == "not-http"


async def test_a_host_that_does_not_exist_is_unreachable_and_says_what_to_check() -> None:
    async with HttpFetcher() as fetcher:
        answer = failed(await fetcher.feed("https://nobody.invalid/feed", NONE))
    assert answer.reason == "unreachable"
    assert "nobody.invalid" in answer.detail


# --- servers in trouble -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 429, 500, 503])
async def test_a_refusal_is_a_value_with_its_status(site: Site, fetcher: HttpFetcher, status: int) -> None:
    site.says("/feed.xml", b"<html>no</html>", status)
    answer = failed(await fetcher.feed(site.url(), NONE))
    assert (answer.reason, answer.status, answer.gone) == ("status", status, status in (404, 410))


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({"Retry-After": "120"}, timedelta(minutes=2)),
        ({"Retry-After": "9999999"}, timedelta(days=1)),
        ({"Retry-After": "-1"}, None),
        ({"Retry-After": "soon"}, None),
        ({"Retry-After": "Tue, 25 Nov 2025 11:00:00 GMT", "Date": "Tue, 25 Nov 2025 10:00:00 GMT"}, timedelta(hours=1)),
        ({"Retry-After": "Tue, 25 Nov 2025 09:00:00 GMT", "Date": "Tue, 25 Nov 2025 10:00:00 GMT"}, None),
        ({}, None),
    ],
)
async def test_a_wish_to_be_left_alone_is_read_in_seconds_and_as_a_date(
    site: Site, fetcher: HttpFetcher, headers: dict[str, str], wait: timedelta | None
) -> None:
    site.says("/feed.xml", status=503, headers=headers)
    assert failed(await fetcher.feed(site.url(), NONE)).retry_after == wait


async def test_nobody_listening_is_unreachable(fetcher: HttpFetcher) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    assert failed(await fetcher.feed(f"http://127.0.0.1:{port}/", NONE)).reason == "unreachable"


@pytest.mark.parametrize(
    ("sent", "reason"),
    [
        ([b""], "unreachable"),
        ([b"SSH-2.0-OpenSSH_9.6\r\n\r\n"], "not-http"),
        ([b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nshort"], "unreachable"),
        ([b"HTTP/1.1 200 OK\r\nX: " + b"y" * 200_000 + b"\r\n\r\n"], "not-http"),
        ([b"HTTP/1.1 200 OK\r\n" + b"X-A: yyyyyyyyy\r\n" * 20_000 + b"\r\n"], "not-http"),
        ([b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n"], "not-http"),
    ],
)
async def test_what_is_no_whole_answer_is_a_failure(fetcher: HttpFetcher, sent: list[bytes], reason: str) -> None:
    async with raw_server(*sent) as url:
        assert failed(await fetcher.feed(url, NONE)).reason == reason


@pytest.mark.parametrize("pieces", [[], [b"HTTP/1.1 200 OK\r\n\r\n", *[b"x"] * 500]], ids=["silent", "dripping"])
async def test_a_server_that_hangs_or_drips_is_left_at_the_deadline(pieces: list[bytes]) -> None:
    async with (
        HttpFetcher(allow_loopback=True, deadline=0.5) as fetcher,
        raw_server(*pieces, pause=0.05, hold=True) as url,
    ):
        began = time.monotonic()
        assert failed(await fetcher.feed(url, NONE)).reason == "timeout"
        assert time.monotonic() - began < 3


async def test_feeds_that_hung_do_not_hold_up_the_others(site: Site) -> None:
    site.says("/feed.xml", FEED)
    async with HttpFetcher(allow_loopback=True, deadline=1.0) as fetcher, raw_server(hold=True) as hung:
        hanging = [f"{hung}?{n}" for n in range(100)]
        await asyncio.gather(*(fetcher.feed(url, NONE) for url in hanging[:60]))
        again = [asyncio.ensure_future(fetcher.feed(url, NONE)) for url in hanging[:60]]
        await asyncio.sleep(0)
        began = time.monotonic()
        await asyncio.gather(*(fetcher.feed(site.url(), NONE) for _ in range(60)))
        assert time.monotonic() - began < 0.9
        for task in again:
            task.cancel()
        await asyncio.gather(*again, return_exceptions=True)


# --- pages and robots ---------------------------------------------------------------------------------------------


async def test_a_page_is_read_where_robots_allow_it(site: Site, fetcher: HttpFetcher) -> None:
    site.says("/robots.txt", b"User-agent: *\nDisallow: /private/\n")
    site.says("/a.html", PAGE, headers={"Content-Type": "text/html"})
    site.says("/private/b.html", PAGE)
    assert fetched(await fetcher.page(site.url("/a.html"), NOW)).body == PAGE
    assert failed(await fetcher.page(site.url("/private/b.html"), NOW)).reason == "robots"
    assert (site.times("/robots.txt"), site.times("/private/b.html")) == (1, 0)


@pytest.mark.parametrize(
    ("rules", "allowed"),
    [
        ("User-agent: brief-test\nDisallow: /\n\nUser-agent: *\nAllow: /", False),
        ("User-agent: *\nDisallow: /\n\nUser-agent: Brief-Test\nAllow: /", True),
        ("User-agent: gptbot\nUser-agent: ccbot\nDisallow: /\n", True),
        ("User-agent: *\nAllow: /\n\nUser-agent: gptbot\nDisallow: /\n", True),
        ("User-agent: *\n# a note\nUser-agent: gptbot\nDisallow: /\n", False),
        ("User-agent: *\nDisallow: /*.html$\n", False),
        ("<html>not found</html>", True),
        ("", True),
    ],
)
async def test_robots_are_read_as_they_are_meant(site: Site, fetcher: HttpFetcher, rules: str, allowed: bool) -> None:
    site.says("/robots.txt", rules.encode())
    site.says("/a.html", PAGE)
    answer = await fetcher.page(site.url("/a.html"), NOW)
    assert isinstance(answer, Fetched) is allowed


@pytest.mark.parametrize(
    ("status", "allowed"), [(404, True), (403, True), (410, True), (429, False), (500, False), (503, False)]
)
async def test_without_robots_a_page_is_read_and_with_broken_ones_it_is_not(
    site: Site, fetcher: HttpFetcher, status: int, allowed: bool
) -> None:
    site.says("/robots.txt", b"", status)
    site.says("/a.html", PAGE)
    answer = await fetcher.page(site.url("/a.html"), NOW)
    assert isinstance(answer, Fetched) is allowed
    assert allowed or failed(answer).reason == "robots"


async def test_robots_are_asked_once_an_hour_even_by_many_at_once(site: Site, fetcher: HttpFetcher) -> None:
    site.says("/robots.txt", b"User-agent: *\nAllow: /\n")
    site.says("/a.html", PAGE)
    await asyncio.gather(*(fetcher.page(site.url("/a.html"), NOW) for _ in range(20)))
    await fetcher.page(site.url("/a.html"), NOW + timedelta(minutes=59))
    assert site.times("/robots.txt") == 1
    await fetcher.page(site.url("/a.html"), NOW + timedelta(minutes=61))
    assert site.times("/robots.txt") == 2


async def test_a_redirect_to_a_page_that_robots_refuse_is_not_followed(site: Site, fetcher: HttpFetcher) -> None:
    site.says("/robots.txt", b"User-agent: *\nDisallow: /private/\n")
    site.says("/a.html", status=302, headers={"Location": "/private/b.html"})
    assert failed(await fetcher.page(site.url("/a.html"), NOW)).reason == "robots"


async def test_feeds_are_asked_for_without_robots(site: Site, fetcher: HttpFetcher) -> None:
    site.says("/robots.txt", b"User-agent: *\nDisallow: /\n")
    site.says("/feed.xml", FEED)
    fetched(await fetcher.feed(site.url(), NONE))
    assert site.times("/robots.txt") == 0


async def test_a_robots_txt_made_to_hurt_is_read_in_bounded_time(site: Site, fetcher: HttpFetcher) -> None:
    agents = b"".join(b"User-agent: a%d\n" % n for n in range(15_000))
    rules = b"".join(b"Disallow: /*%d*a*b*c$\n" % n for n in range(10_000))
    site.says("/robots.txt", b"User-agent: *\n" + agents + rules)
    site.says("/a.html", PAGE)
    began = time.process_time()
    await fetcher.page(site.url("/a.html?" + "a" * 1_500), NOW)
    assert time.process_time() - began < 2

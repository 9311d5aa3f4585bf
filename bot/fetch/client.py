"""The fetcher: one bounded GET, redirects followed by hand, two lanes. Hides sessions, connections and timeouts."""

from __future__ import annotations

import asyncio
import re
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self
from urllib.parse import SplitResult, urldefrag, urljoin

import aiohttp
from aiohttp.abc import AbstractResolver

from bot.fetch import answers
from bot.fetch.addresses import GuardedResolver, RefusedAddress, check_url
from bot.fetch.robots import Robots
from digests.ports import Fetched, FetchFailed, NotModified, Validators

USER_AGENT = "peace-plan-briefing"
DEADLINE = 15.0  # seconds for one feed or page, redirects and all
ROBOTS_DEADLINE = 5.0
MOST_BYTES = 5_000_000  # of a body, on the wire and unpacked
MOST_REDIRECTS = 5
FAST_LANE = 64
SLOW_LANE = 8  # for feeds that hung last time: they may hold each other up, not the rest
MOST_DETAIL = 200
MOST_REMEMBERED = 10_000  # feeds that hung

_PERMANENT = frozenset({301, 308})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_FEED_TYPES = "application/rss+xml, application/atom+xml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5"
_PAGE_TYPES = "text/html, application/xhtml+xml, */*;q=0.1"
_CONTROLS = re.compile(r"[^\x20-\x7e\xa0-\uffff]+")

_REMEDIES = {
    401: "the publisher asks for a login: take another address of this source",
    403: "the publisher refuses this robot: ask them, or take another address of this source",
    404: "nothing is there: look for the publisher's new address",
    410: "gone for good: take it out, or look for the publisher's new address",
    429: "asked too often: raise `every` of this feed",
}

Check = Callable[[SplitResult], Awaitable[bool]]


@dataclass(frozen=True)
class _Request:
    """What to ask for and within which limits. `check`: whether an address may be read, asked at every hop."""

    url: str
    headers: dict[str, str]
    deadline: float
    most: int = MOST_BYTES
    check: Check | None = None


class HttpFetcher:
    """The port `Fetcher` over HTTP. An async context manager: it holds one session without cookies or proxies."""

    def __init__(
        self,
        allow_loopback: bool = False,
        user_agent: str = USER_AGENT,
        resolver: AbstractResolver | None = None,
        deadline: float = DEADLINE,
    ) -> None:
        """`allow_loopback` lets this machine be fetched, at any port: for the demonstration and tests alone.

        `user_agent` names the bot and where its people can be written to; `resolver` looks names up (the answers are
        still checked); `deadline` is in seconds.
        """
        self._loopback = allow_loopback
        self._user_agent = _CONTROLS.sub(" ", user_agent).strip() or USER_AGENT
        self._resolver = resolver
        self._deadline = deadline
        self._session: aiohttp.ClientSession | None = None
        self._fast = asyncio.Semaphore(FAST_LANE)
        self._slow = asyncio.Semaphore(SLOW_LANE)
        self._hung: dict[str, None] = {}
        self._robots = Robots(self._robots_txt, self._user_agent)

    async def __aenter__(self) -> Self:
        """Open the session."""
        guarded = GuardedResolver(self._resolver, loopback=self._loopback)
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(resolver=guarded, limit=FAST_LANE + SLOW_LANE, ttl_dns_cache=300),
            timeout=aiohttp.ClientTimeout(total=None),
            headers={"User-Agent": self._user_agent},
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            trust_env=False,
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close it, with every connection."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def feed(self, url: str, validators: Validators) -> Fetched | NotModified | FetchFailed:
        """As the port says. A feed that hung last time waits in a lane of its own."""
        headers = {"Accept": _FEED_TYPES}
        if validators.etag:
            headers["If-None-Match"] = validators.etag
        if validators.last_modified:
            headers["If-Modified-Since"] = validators.last_modified
        async with self._slow if url in self._hung else self._fast:
            answer = await self._get(_Request(url, headers, self._deadline))
        self._hung.pop(url, None)
        if isinstance(answer, FetchFailed) and answer.reason == "timeout":
            self._hung[url] = None
            while len(self._hung) > MOST_REMEMBERED:
                self._hung.pop(next(iter(self._hung)))
        return answer

    async def page(self, url: str, now: datetime) -> Fetched | FetchFailed:
        """As the port says; the robots.txt of every host on the way is asked, by name and at most once an hour."""

        async def allowed(parts: SplitResult) -> bool:
            return await self._robots.allow(parts, now)

        async with self._fast:
            answer = await self._get(_Request(url, {"Accept": _PAGE_TYPES}, self._deadline, check=allowed))
        return FetchFailed("status", 304) if isinstance(answer, NotModified) else answer

    async def _robots_txt(self, url: str) -> Fetched | NotModified | FetchFailed:
        return await self._get(_Request(url, {"Accept": "text/plain, */*;q=0.1"}, ROBOTS_DEADLINE))

    async def _get(self, request: _Request) -> Fetched | NotModified | FetchFailed:
        """One request with every expected trouble as a value."""
        try:
            async with asyncio.timeout(request.deadline):
                return await self._follow(request)
        except TimeoutError:
            return _failed("timeout", f"no whole answer within {request.deadline:.0f} s; tried again later")
        except answers.TooLarge:
            return _failed("too-large", f"more than {request.most:,} bytes; give a smaller feed of this source")
        except answers.Undecodable as broken:
            return _failed("decoding", str(broken))
        except aiohttp.ClientError as broken:
            return _trouble(broken)
        except RefusedAddress as refused:
            return _failed("refused-address", str(refused))
        except OSError as broken:
            return _failed("unreachable", str(broken))
        except ValueError as broken:
            return _failed("not-http", str(broken))

    async def _follow(self, request: _Request) -> Fetched | NotModified | FetchFailed:
        """GET, and GET where the answer points to, each address checked. A permanent chain gives `moved_to`."""
        url, for_good = urldefrag(request.url).url, True
        for _ in range(MOST_REDIRECTS + 1):
            parts = check_url(url, loopback=self._loopback)
            if request.check is not None and not await request.check(parts):
                return _failed("robots", f"robots.txt of {parts.hostname} does not let this page be read")
            answer = await self._once(replace(request, url=url))
            if not isinstance(answer, _Redirect):
                moved = for_good and isinstance(answer, Fetched) and url != urldefrag(request.url).url
                return replace(answer, moved_to=url) if moved and isinstance(answer, Fetched) else answer
            for_good = for_good and answer.for_good
            url = urldefrag(urljoin(url, answer.location)).url
        return _failed("redirects", f"more than {MOST_REDIRECTS} redirects, or a circle of them")

    async def _once(self, request: _Request) -> Fetched | NotModified | FetchFailed | _Redirect:
        if self._session is None:
            raise RuntimeError("HttpFetcher is used outside `async with`")
        sent = {**request.headers, "Accept-Encoding": "gzip, deflate"}
        async with self._session.get(request.url, headers=sent, allow_redirects=False) as response:
            try:
                return await _answer(response, request)
            finally:
                response.close()  # a body that was not wanted is not read to its end


@dataclass(frozen=True)
class _Redirect:
    """Where the server points to, and whether for good."""

    location: str
    for_good: bool


async def _answer(
    response: aiohttp.ClientResponse, request: _Request
) -> Fetched | NotModified | FetchFailed | _Redirect:
    """What one response says."""
    status, headers = response.status, response.headers
    if status in _REDIRECTS:
        location = headers.get("Location", "")
        return _Redirect(location, status in _PERMANENT) if location else _failed("redirects", "it leads nowhere")
    if status == 304:
        return NotModified(answers.fresh_for(headers))
    if not 200 <= status < 300:
        trouble = "the server is in trouble; tried again later" if status >= 500 else ""
        failed = _failed("status", _REMEDIES.get(status, trouble))
        return replace(failed, status=status, retry_after=answers.retry_after(headers))
    body = await answers.unpacked(_chunks(response), headers.get("Content-Encoding", ""), request.most)
    return Fetched(
        body=body,
        content_type=_CONTROLS.sub(" ", headers.get("Content-Type", ""))[:200],
        validators=answers.validators(headers),
        final_url=request.url,
        fresh_for=answers.fresh_for(headers),
    )


async def _chunks(response: aiohttp.ClientResponse) -> AsyncIterator[bytes]:
    async for chunk in response.content.iter_chunked(65_536):
        yield chunk


def _trouble(broken: aiohttp.ClientError) -> FetchFailed:
    """An error of the client library in the port's words."""
    if isinstance(broken, aiohttp.ClientConnectorError):
        if isinstance(broken.os_error, RefusedAddress):
            return _failed("refused-address", str(broken.os_error))
        if isinstance(broken, aiohttp.ClientConnectorDNSError):
            return _failed("unreachable", f"no such host: {broken.host}; check the address")
        return _failed("unreachable", f"{broken.host}: {broken.os_error}")
    if isinstance(broken, aiohttp.ClientSSLError | ssl.SSLError):
        return _failed("unreachable", f"no trust in its certificate: {broken}")
    if isinstance(broken, aiohttp.InvalidURL):
        return _failed("not-http", f"no address that can be asked: {broken}")
    if isinstance(broken, aiohttp.ClientResponseError):
        return _failed("not-http", f"what answers does not speak HTTP: {broken.message}")
    return _failed("unreachable", f"the connection broke: {broken}")


def _failed(reason: str, detail: str) -> FetchFailed:
    return FetchFailed(reason, detail=_CONTROLS.sub(" ", detail)[:MOST_DETAIL])

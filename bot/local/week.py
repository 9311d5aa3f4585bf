"""The recorded week: demonstration feeds and pages as they stood at any instant of 24 November to 1 December 2025.

Hides the loopback server that answers for it with real ETags, 304s, gzip and one scripted outage. Everything but
`WeekServer` is a pure function of the loaded files (`week_material`) and an instant; `week_markup` writes the bytes.
"""

from __future__ import annotations

import gzip
import hashlib
import socket
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime, parsedate_to_datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult

from bot.local import week_markup
from bot.local.week_material import Outlet, WeekMalformed, instant, read_mapping, read_outlet

FOLDER = Path(__file__).with_name("week")
"""Where the shipped material lies."""

_NOT_OUTLETS = frozenset({"week.yaml", "expected.yaml"})
_FEED_TYPES = {"rss": "application/rss+xml", "atom": "application/atom+xml", "rdf": "application/rdf+xml"}


@dataclass(frozen=True, slots=True)
class Trouble:
    """A scripted outage: the outlet answers `status` with Retry-After (seconds) from `start` until before `until`."""

    outlet: str
    start: datetime
    until: datetime
    status: int
    retry_after: int


@dataclass(frozen=True, slots=True)
class Week:
    """The whole recorded week; `start` and `end` bound the simulated clock, instants are aware datetimes in UTC."""

    start: datetime
    end: datetime
    outlets: tuple[Outlet, ...]
    troubles: tuple[Trouble, ...]

    def outlet(self, outlet_id: str) -> Outlet:
        """The outlet of that id; KeyError when there is none."""
        for outlet in self.outlets:
            if outlet.source.id == outlet_id:
                return outlet
        raise KeyError(outlet_id)

    def instants(self) -> list[datetime]:
        """Every instant of the week at which anything changes, sorted."""
        found = {instant for outlet in self.outlets for instant in outlet.instants()}
        for trouble in self.troubles:
            found |= {trouble.start, trouble.until}
        return sorted(instant for instant in found if self.start <= instant <= self.end)

    def trouble(self, outlet_id: str, at: datetime) -> Trouble | None:
        """The outage that the outlet is in at `at`, if any."""
        return next((t for t in self.troubles if t.outlet == outlet_id and t.start <= at < t.until), None)

    def feed_document(self, outlet_id: str, at: datetime, root: str | None = None) -> bytes:
        """The outlet's feed as XML in its own encoding as it stood at `at`; links begin with `root`.

        Without `root` they begin with the outlet's invented host. The bytes change only when a text changes.
        """
        outlet = self.outlet(outlet_id)
        return week_markup.feed(outlet, at, root or f"http://{outlet.source.site}")

    def page(self, path: str, at: datetime) -> tuple[int, bytes]:
        """The article page at `path` (`/<outlet>/<slug>.html`) as (HTTP status, HTML): 200, 404, or 410 once withdrawn.

        Every address that a running article has had answers with the text that stands at `at`.
        """
        for outlet in self.outlets:
            for place, entry in enumerate(outlet.entries):
                version = entry.version(at)
                if version is None or path not in outlet.paths(entry, at):
                    continue
                if entry.gone_at is not None and entry.gone_at <= at:
                    return 410, week_markup.withdrawn_page(outlet)
                older = [e.versions[0] for e in outlet.entries[max(0, place - 4) : place]]
                return 200, week_markup.article_page(outlet, version, older[::-1])
        return 404, b"<!doctype html><title>Not found</title><p>No such page in the demonstration.</p>"

    def robots(self, outlet_id: str | None = None) -> str:
        """The robots.txt of one outlet's host, or of a host that serves all of them (None)."""
        barred = [
            path
            for outlet in self.outlets
            if outlet_id in (None, outlet.source.id)
            for entry in outlet.entries
            if entry.robots_disallowed
            for path in sorted(outlet.paths(entry, self.end))
        ]
        return "\n".join(["User-agent: *", *(f"Disallow: {path}" for path in barred), "Disallow: /search", ""])


def load(folder: Path = FOLDER) -> Week:
    """Read every outlet of the week from `folder`; WeekMalformed names the first file and place that is wrong."""
    frame = read_mapping(folder / "week.yaml")
    paths = sorted(path for path in folder.glob("*.yaml") if path.name not in _NOT_OUTLETS)
    outlets = tuple(read_outlet(path) for path in paths)
    known = {outlet.source.id for outlet in outlets}
    troubles = tuple(
        Trouble(t["outlet"], instant("week.yaml", t["from"]), instant("week.yaml", t["until"]), 503, t["retry_after"])
        for t in frame["troubles"]
    )
    for trouble in troubles:
        if trouble.outlet not in known:
            raise WeekMalformed(f"week.yaml: troubles: no outlet {trouble.outlet}")
    return Week(instant("week.yaml", frame["start"]), instant("week.yaml", frame["end"]), outlets, troubles)


class WeekServer:
    """Serves a week on loopback at the instants of a clock: `async with WeekServer(load(), clock) as server`.

    Feeds stand at `/<outlet>/feed.xml`, pages at `/<outlet>/<slug>.html`, robots at `/robots.txt`. With `names` the
    links in feeds are the outlets' invented hosts and `resolver()` leads an aiohttp client from those hosts to this
    server; without it they are loopback addresses that any client reaches. `answered` counts answers by HTTP status.
    """

    def __init__(self, week: Week, clock: Callable[[], datetime], *, names: bool = False) -> None:
        """`clock` returns the aware instant to answer for; it is read once a request."""
        self.week = week
        self.answered: Counter[int] = Counter()
        self._clock = clock
        self._names = names
        self._written: dict[tuple[str, datetime | None], tuple[bytes, bytes, str]] = {}
        self._runner: web.AppRunner | None = None
        self.port = 0

    async def __aenter__(self) -> Self:
        """Listen on 127.0.0.1 at a free port."""
        app = web.Application()
        app.router.add_get("/robots.txt", self._robots)
        app.router.add_get("/{outlet}/feed.xml", self._feed)
        app.router.add_get("/{outlet}/{slug:.+}.html", self._page)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.port = self._runner.addresses[0][1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop listening and close what is open."""
        if self._runner is not None:
            await self._runner.cleanup()

    def root(self, outlet_id: str) -> str:
        """What the outlet's addresses begin with, without a slash at the end."""
        return f"http://{self.week.outlet(outlet_id).source.site}" if self._names else f"http://127.0.0.1:{self.port}"

    def feed_url(self, outlet_id: str) -> str:
        """The address to poll for an outlet."""
        return self.root(outlet_id) + self.week.outlet(outlet_id).feed.path

    def resolver(self) -> AbstractResolver:
        """A resolver for `aiohttp.TCPConnector`: every outlet's host leads to this server, no other host resolves."""
        return _LoopbackNames({outlet.source.site for outlet in self.week.outlets}, self.port)

    def _refusal(self, request: web.Request, at: datetime) -> web.Response | None:
        """404 for an outlet that does not exist, the scripted answer for one in trouble, else None."""
        outlet_id = request.match_info["outlet"]
        if outlet_id not in {outlet.source.id for outlet in self.week.outlets}:
            return self._counted(web.Response(status=404))
        trouble = self.week.trouble(outlet_id, at)
        if trouble is None:
            return None
        return self._counted(web.Response(status=trouble.status, headers={"Retry-After": str(trouble.retry_after)}))

    def _counted(self, response: web.Response) -> web.Response:
        self.answered[response.status] += 1
        return response

    async def _robots(self, request: web.Request) -> web.Response:
        site = request.host.partition(":")[0]
        outlet_id = next((o.source.id for o in self.week.outlets if o.source.site == site), None)
        return self._counted(web.Response(text=self.week.robots(outlet_id)))

    async def _page(self, request: web.Request) -> web.Response:
        at = self._clock()
        refusal = self._refusal(request, at)
        if refusal is not None:
            return refusal
        status, body = self.week.page(request.path, at)
        charset = self.week.outlet(request.match_info["outlet"]).feed.encoding
        return self._counted(web.Response(status=status, body=body, content_type="text/html", charset=charset))

    async def _feed(self, request: web.Request) -> web.Response:
        at = self._clock()
        refusal = self._refusal(request, at)
        if refusal is not None:
            return refusal
        outlet = self.week.outlet(request.match_info["outlet"])
        changed = outlet.changed(at)
        plain, packed, etag = self._document(outlet, changed, at)
        headers = {"ETag": etag, "Cache-Control": "max-age=900", "Vary": "Accept-Encoding"}
        if changed is not None:
            headers["Last-Modified"] = format_datetime(changed, usegmt=True)
        if _unchanged(request, etag, changed):
            return self._counted(web.Response(status=304, headers=headers))
        body = plain
        if "gzip" in request.headers.get("Accept-Encoding", ""):
            body, headers["Content-Encoding"] = packed, "gzip"
        headers["Content-Type"] = f"{_FEED_TYPES[outlet.feed.format]}; charset={outlet.feed.encoding}"
        return self._counted(web.Response(body=body, headers=headers))

    def _document(self, outlet: Outlet, changed: datetime | None, at: datetime) -> tuple[bytes, bytes, str]:
        """The feed plain, gzipped and its ETag, written once for each change."""
        key = (outlet.source.id, changed)
        if key not in self._written:
            plain = self.week.feed_document(outlet.source.id, at, self.root(outlet.source.id))
            self._written[key] = (plain, gzip.compress(plain, mtime=0), f'"{hashlib.sha256(plain).hexdigest()}"')
        return self._written[key]


def _unchanged(request: web.Request, etag: str, changed: datetime | None) -> bool:
    """Whether the client's validators still hold; an ETag, where sent, decides alone (RFC 9110, 13.1.3)."""
    if "If-None-Match" in request.headers:
        return etag in [part.strip().removeprefix("W/") for part in request.headers["If-None-Match"].split(",")]
    if "If-Modified-Since" not in request.headers or changed is None:
        return False
    try:
        return changed <= parsedate_to_datetime(request.headers["If-Modified-Since"])
    except (TypeError, ValueError):
        return False


class _LoopbackNames(AbstractResolver):
    """Leads the week's host names to one loopback port; any other name does not resolve."""

    def __init__(self, sites: set[str], port: int) -> None:
        self._sites = sites
        self._port = port

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """The loopback address of a host of the week; OSError for any other."""
        if host not in self._sites:
            raise OSError(None, f"{host} is not part of the recorded week")
        return [
            ResolveResult(hostname=host, host="127.0.0.1", port=self._port, family=socket.AF_INET, proto=0, flags=0)
        ]

    async def close(self) -> None:
        """Nothing is held open."""

"""The page's server: who gets in, what is sent with every answer, and what only looks like the page."""

from __future__ import annotations

import asyncio
import hashlib
import json
import socket
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import aiohttp
import pytest

import config
from bot.local.face import Face, Mover, commands, hears
from bot.local.page_server import FOLDER, PageServer, served
from bot.local.person import Person
from bot.local.workspace import Workspace
from bot.settings import has_display
from config.slack_app import manifest

HOSTS = ("evil.example", "127.0.0.1.evil.example", "", "localhost", "[::1]")


class Hourglass:
    """A clock with one digest left."""

    def __init__(self) -> None:
        self.now = datetime(2025, 11, 26, 12, 0, tzinfo=UTC)
        self.end = datetime(2025, 11, 26, 20, 0, tzinfo=UTC)
        self.moves: list[datetime] = []

    def __call__(self) -> datetime:
        return self.now

    def next_digest(self) -> datetime | None:
        """At half past two, once."""
        due = datetime(2025, 11, 26, 14, 30, tzinfo=UTC)
        return due if self.now < due else None

    async def move(self, until: datetime) -> None:
        """Be there at once."""
        self.moves.append(until)
        self.now = until


def article(url: str) -> tuple[int, bytes, str] | None:
    """One page that would do harm."""
    page = b"<script>parent.postMessage('out', '*')</script><p>said</p>"
    return (200, page, "utf-8") if url == "http://outlet.example/a.html" else None


@pytest.fixture
async def server() -> AsyncIterator[PageServer]:
    clock = Hourglass()
    workspace = Workspace(clock)
    await workspace.start()
    ann = workspace.add_user("ann")
    workspace.add_channel("news", ann, bot=True)
    app = manifest(config.load(Path(__file__).resolve().parents[2] / "config").slack)
    person = Person(workspace, ann, commands(app), hears(app))
    face = Face(person, app, outlets=("outlet.example",), mover=Mover(clock))
    try:
        async with served(face, article, port=0) as made:
            yield made
    finally:
        await workspace.close()


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


def origin(server: PageServer) -> str:
    """What the page's own requests say that they come from."""
    return server.address.removesuffix(f"/{server.key}/")


async def act(http: aiohttp.ClientSession, server: PageServer, name: str, **body: Any) -> tuple[int, Any]:
    """One act, as the page does it."""
    async with http.post(f"{server.address}do/{name}", json=body, headers={"Origin": origin(server)}) as answer:
        return answer.status, (await answer.json()).get("answer") if answer.status == 200 else await answer.text()


async def test_the_page_and_its_files_come_with_a_policy_that_lets_nothing_else_in(
    http: aiohttp.ClientSession, server: PageServer
) -> None:
    names = ["", "page/page.js", "page/page.css", "page/mark.svg", "page/vendor/preact.mjs", "state"]
    for name in names:
        async with http.get(server.address + name) as answer:
            assert answer.status == 200, name
            policy = answer.headers["Content-Security-Policy"]
            assert "default-src 'none'" in policy
            assert "script-src 'self'" in policy
            assert "unsafe" not in policy
            assert "frame-ancestors 'none'" in policy
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert answer.headers["Referrer-Policy"] == "no-referrer"
            assert answer.headers["Cache-Control"] == "no-store"


async def test_without_the_key_nothing_is_shown(http: aiohttp.ClientSession, server: PageServer) -> None:
    for path in ("/", "/state", f"/{server.key[:-1]}/", f"/{server.key}x/state", "/../", "/favicon.ico"):
        async with http.get(origin(server) + path) as answer:
            assert answer.status == 404, path
            assert "news" not in await answer.text()


@pytest.mark.parametrize("host", HOSTS)
async def test_a_name_that_is_not_this_machine_is_refused(
    http: aiohttp.ClientSession, server: PageServer, host: str
) -> None:
    async with http.get(f"{server.address}state", headers={"Host": host}) as answer:
        assert answer.status in {400, 421}


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 403),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "OWN", "Content-Type": "text/plain"}, 403),
        ({"Origin": "OWN", "Sec-Fetch-Site": "cross-site"}, 403),
        ({"Origin": "OWN", "Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "OWN", "Sec-Fetch-Site": "same-origin"}, 200),
    ],
)
async def test_only_the_page_itself_may_act(
    http: aiohttp.ClientSession, server: PageServer, headers: dict[str, str], status: int
) -> None:
    sent = {"Content-Type": "application/json"} | headers
    sent = {name: origin(server) if value == "OWN" else value for name, value in sent.items()}
    async with http.post(f"{server.address}do/clock", data='{"wish": "hour"}', headers=sent) as answer:
        assert answer.status == status


async def test_another_site_may_not_even_look(http: aiohttp.ClientSession, server: PageServer) -> None:
    async with http.get(f"{server.address}state", headers={"Sec-Fetch-Site": "cross-site"}) as answer:
        assert answer.status == 403


@pytest.mark.parametrize("name", ["page/../face.py", "page/%2e%2e/face.py", "page/page.py", "page/vendor", "file/F1"])
async def test_no_other_file_is_served(http: aiohttp.ClientSession, server: PageServer, name: str) -> None:
    async with http.get(server.address + name) as answer:
        assert answer.status == 404


async def test_what_an_outlet_wrote_is_shown_and_may_do_nothing(
    http: aiohttp.ClientSession, server: PageServer
) -> None:
    async with http.get(f"{server.address}source?url={quote('http://outlet.example/a.html', safe='')}") as answer:
        assert answer.status == 200
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert "sandbox" in answer.headers["Content-Security-Policy"]
    for url in ("http://outlet.example/b.html", "file:///etc/passwd", "http://127.0.0.1:22/", "x" * 4000, ""):
        async with http.get(f"{server.address}source", params={"url": url}) as answer:
            assert answer.status in {400, 404}


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("say", {"conversation": "C9", "text": "x"}),
        ("say", {"conversation": 5, "text": "x"}),
        ("press", {"conversation": "C9", "ts": "1", "block": 0, "action": "a"}),
        ("press", {"view": "V9", "block": "0", "action": "a"}),
        ("submit", {"view": "V9"}),
        ("close", {"view": "V9"}),
        ("dismiss", {"ts": ["1"]}),
        ("say", {"conversation": "C9", "text": "x" * 5000}),
    ],
)
async def test_what_the_page_never_sends_is_refused(
    http: aiohttp.ClientSession, server: PageServer, name: str, body: dict[str, Any]
) -> None:
    assert (await act(http, server, name, **body))[0] == 400


async def test_an_act_that_does_not_exist_or_is_no_object(http: aiohttp.ClientSession, server: PageServer) -> None:
    assert (await act(http, server, "nonsense"))[0] == 404
    for data in ("[]", "nonsense", '"x"'):
        headers = {"Origin": origin(server), "Content-Type": "application/json"}
        async with http.post(f"{server.address}do/say", data=data, headers=headers) as answer:
            assert answer.status == 400


async def test_changes_are_told_with_the_clock(http: aiohttp.ClientSession, server: PageServer) -> None:
    async with http.get(f"{server.address}changes") as line:
        first = await told(line)
        assert first["clock"]["movable"] is True
        workspace = server.face.person.workspace
        workspace.state.add_message(next(iter(workspace.state.conversations.values())), {"user": "U1", "text": "x"})
        assert (await told(line))["changes"] > first["changes"]
        assert (await act(http, server, "clock", wish="day")) == (200, True)
        while (now := (await told(line))["clock"])["moving"]:
            pass
        assert now["now"] == datetime(2025, 11, 26, 14, 30, tzinfo=UTC).timestamp()
        await server.close()
        assert await line.content.read() == b""


async def told(line: aiohttp.ClientResponse) -> Any:
    """The next thing that the server says of its own accord."""
    async with asyncio.timeout(5):
        words = await line.content.readline()
        assert await line.content.readline() == b"\n"
    return json.loads(words.removeprefix(b"data: "))


async def test_the_clock_moves_hour_by_hour_one_wish_at_a_time_and_stops_at_the_end(
    http: aiohttp.ClientSession, server: PageServer
) -> None:
    mover = server.face.mover
    assert mover is not None
    clock = mover.clock
    assert isinstance(clock, Hourglass)
    assert [(await act(http, server, "clock", wish=w))[1] for w in ("nonsense", "day")] == [False, True]
    await mover.settled()
    assert [move.strftime("%H:%M") for move in clock.moves] == ["13:00", "14:00", "14:30"]
    mover.start("day")
    assert not mover.start("hour"), "it is moving already"
    await mover.settled()
    assert clock.now == clock.end, "no digest is left: on to the end"
    assert not mover.start("week")
    assert (await act(http, server, "clock", wish="hour")) == (200, False)


async def test_a_port_that_is_taken_gives_way_to_a_free_one(server: PageServer) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        async with served(server.face, port=taken.getsockname()[1]) as other:
            assert other.address.startswith("http://127.0.0.1:")
            assert str(taken.getsockname()[1]) not in other.address


@pytest.mark.parametrize(
    ("there", "opens"),
    [
        ({}, False),
        ({"DISPLAY": ":0"}, True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, True),
        ({"DISPLAY": "localhost:10.0", "SSH_CONNECTION": "10.0.0.1 1 10.0.0.2 22"}, False),
    ],
)
def test_a_browser_opens_only_before_who_sits_there(
    monkeypatch: pytest.MonkeyPatch, there: dict[str, str], opens: bool
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    assert has_display(there) is opens


COPIED = {
    "preact.mjs": "bdcbd9abdf2c77c5c45326eab42191e949222d479d0d5f69467387a77040cb55",
    "htm.mjs": "ab33dd3f38059b9be4d5f5350128eefb2356639c4e0bbe9d9e8b3ba75847e9e4",
}
"""What others wrote of the page, as it was taken from the registry: a change of it is seen here."""


def test_what_others_wrote_is_what_they_published() -> None:
    vendor = FOLDER / "vendor"
    assert {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in vendor.glob("*.mjs")} == COPIED
    for name in COPIED:
        assert (vendor / f"{name.removesuffix('.mjs')}-LICENSE.txt").stat().st_size > 1_000


BANNED = ("http://", "https://", "//cdn", "innerHTML", "outerHTML", "insertAdjacent", "eval(", "Function(",
          "dangerouslySet", "document.write", "style=", "@import")  # fmt: skip


def test_every_file_of_the_page_stands_alone_and_sets_no_markup_from_text() -> None:
    for path in sorted(p for p in FOLDER.iterdir() if p.suffix in {".js", ".css", ".html", ".svg"}):
        words = path.read_text(encoding="utf-8").replace('xmlns="http://www.w3.org/2000/svg"', "")
        assert [banned for banned in BANNED if banned in words] == [], path.name

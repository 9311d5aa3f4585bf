"""Serves the page of the local workspace on 127.0.0.1. Hides addresses, guards and how changes reach the browser.

Nobody but the person at this machine gets in: the address holds a random key, the Host header must be loopback's, what
changes something must come from the page itself. The page may load nothing from elsewhere and runs only its own files.
"""

from __future__ import annotations

import asyncio
import contextlib
import hmac
import json
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web

from bot.local.face import Face
from bot.local.person import Person, Place, Refused

FOLDER = Path(__file__).with_name("page")
"""The page's own files."""
PORT = 8780
"""Where the page is served unless that port is taken."""
KINDS: Mapping[str, str] = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
}
"""Content types of the page's files by their endings; no other file is served."""
PICTURES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
"""Files that are shown; every other one is only handed over."""
BODY = 64 * 1024
"""Most bytes of what the page sends."""
BEAT = 15.0
"""Seconds after which a silent line of changes says that it lives."""
GATHER = 0.05
"""Seconds in which changes are told as one."""

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)
_HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
_ALIEN = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""The policy of what others wrote: no script, no frame, no form, no request."""

Article = Callable[[str], tuple[int, bytes, str] | None]
"""An outlet's page by its address: HTTP status, bytes, charset; None where it is none of the workspace's."""


class PageRefused(Exception):
    """The page sent what it never sends."""


@dataclass
class Said:
    """What the page sent with one act, checked as it is read."""

    body: Mapping[str, Any]

    def text(self, name: str, most: int = 4_000) -> str:
        """A text, "" where there is none."""
        value = self.body.get(name, "")
        if not isinstance(value, str) or len(value) > most:
            raise PageRefused(name)
        return value

    def number(self, name: str) -> int:
        """A whole number."""
        value = self.body.get(name)
        if not isinstance(value, int):
            raise PageRefused(name)
        return value

    @property
    def place(self) -> Place:
        """The message or view that is acted on."""
        return Place(self.text("conversation"), self.text("ts"), self.text("view"))


class PageServer:
    """One person's page. `article` gives pages of outlets that the workspace itself holds."""

    def __init__(self, face: Face, article: Article | None = None) -> None:
        self.face = face
        self.key = secrets.token_urlsafe(18)
        self.address = ""
        self._article = article
        self._hosts: frozenset[str] = frozenset()
        self._runner: web.AppRunner | None = None
        self._lines: set[asyncio.Event] = set()
        self._closing = False
        self._files = {p.relative_to(FOLDER).as_posix(): p for p in FOLDER.rglob("*") if p.suffix in KINDS}
        self._acts: Mapping[str, Callable[[Person, Said], Awaitable[Any]]] = {
            "say": _say, "press": _press, "suggest": _suggest, "submit": _submit, "close": _close, "home": _home,
            "dismiss": _dismiss, "seen": _seen, "invite": _invite, "use": _use, "clock": self._move,
        }  # fmt: skip

    async def start(self, port: int = PORT) -> str:
        """Listen on that port of 127.0.0.1, or on a free one where it is taken; gives the page's address."""
        application = web.Application(client_max_size=BODY, middlewares=[self._guard])
        root = f"/{self.key}"
        application.router.add_get(f"{root}/", self._index)
        application.router.add_get(root + "/page/{name:.+}", self._file)
        application.router.add_get(f"{root}/state", self._state)
        application.router.add_get(f"{root}/changes", self._changes)
        application.router.add_get(f"{root}/source", self._source)
        application.router.add_get(root + "/file/{id}", self._kept)
        application.router.add_post(root + "/do/{act}", self._do)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, "127.0.0.1", port).start()
        except OSError:
            await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        bound = self._runner.addresses[0][1]
        self._hosts = frozenset({f"127.0.0.1:{bound}", f"localhost:{bound}"})
        self.address = f"http://127.0.0.1:{bound}{root}/"
        self.face.person.workspace.state.onlookers.append(self.changed)
        if self.face.mover is not None:
            self.face.mover.touched = self._wake
        return self.address

    async def close(self) -> None:
        """Let the clock stop, end every line to a browser, stop listening."""
        self._closing = True
        state = self.face.person.workspace.state
        if self.changed in state.onlookers:
            state.onlookers.remove(self.changed)
        if self.face.mover is not None:
            await self.face.mover.stop()
        self._wake()
        if self._runner is not None:
            await self._runner.cleanup()

    def changed(self) -> None:
        """Something that the page shows has changed."""
        self.face.changes += 1
        self._wake()

    def _wake(self) -> None:
        for line in self._lines:
            line.set()

    # --- guards -------------------------------------------------------------------------------------------------

    @web.middleware
    async def _guard(
        self, request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        """Loopback's name, the key, for acts the page's own origin; and the headers on every answer."""
        refused = self._refusal(request)
        if refused is not None:
            answer: web.StreamResponse = web.Response(status=refused[0], text=refused[1])
        else:
            try:
                answer = await handler(request)
            except web.HTTPException as error:
                answer = web.Response(status=error.status, text=error.reason)
            except (PageRefused, Refused) as error:
                answer = web.json_response({"refused": str(error)}, status=400)
        if not answer.prepared:
            answer.headers.update({k: v for k, v in _HEADERS.items() if k not in answer.headers})
        return answer

    def _refusal(self, request: web.Request) -> tuple[int, str] | None:
        host = request.headers.get("Host", "")
        if host not in self._hosts:
            return 421, "This page answers on this machine alone."
        first = request.path.lstrip("/").partition("/")[0]
        if not hmac.compare_digest(first.encode(), self.key.encode()):
            return 404, "The page has another address: the one that `make run` printed."
        if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
            return 403, "Another page asked for this."
        if request.method == "POST":
            if request.headers.get("Origin") != f"http://{host}" or request.content_type != "application/json":
                return 403, "Only the page itself may do this."
        elif request.method not in {"GET", "HEAD"}:
            return 405, "No such method."
        return None

    # --- what is looked at --------------------------------------------------------------------------------------

    async def _index(self, _request: web.Request) -> web.Response:
        return self._sent("index.html")

    async def _file(self, request: web.Request) -> web.Response:
        return self._sent(request.match_info["name"])

    def _sent(self, name: str) -> web.Response:
        path = self._files.get(name)
        if path is None:
            raise web.HTTPNotFound
        return web.Response(body=path.read_bytes(), content_type=KINDS[path.suffix], charset="utf-8")

    async def _state(self, _request: web.Request) -> web.Response:
        return web.json_response(self.face.shown())

    async def _changes(self, request: web.Request) -> web.StreamResponse:
        """A line that says how many changes there were and what the clock shows, at each change."""
        line = web.StreamResponse(headers={**_HEADERS, "Content-Type": "text/event-stream"})
        await line.prepare(request)
        woken = asyncio.Event()
        self._lines.add(woken)
        try:
            while not self._closing:
                told = {"changes": self.face.changes, "clock": self.face.clock()}
                await line.write(f"data: {json.dumps(told)}\n\n".encode())
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(woken.wait(), BEAT)
                await asyncio.sleep(GATHER)
                woken.clear()
        except ConnectionError:
            return line
        finally:
            self._lines.discard(woken)
        return line

    async def _source(self, request: web.Request) -> web.Response:
        """The outlet's page behind a link; under a policy that lets it do nothing."""
        url = request.query.get("url", "")
        found = self._article(url) if self._article is not None and _web(url) else None
        if found is None:
            raise web.HTTPNotFound
        status, body, charset = found
        answer = web.Response(status=status, body=body, content_type="text/html", charset=charset)
        answer.headers["Content-Security-Policy"] = _ALIEN
        return answer

    async def _kept(self, request: web.Request) -> web.Response:
        """A file of the workspace: a picture to be shown, anything else to be saved."""
        file = self.face.person.workspace.files.kept.get(request.match_info["id"])
        if file is None or file.content is None:
            raise web.HTTPNotFound
        shown = file.mimetype in PICTURES
        name = "".join(c if c.isascii() and (c.isalnum() or c in "._-") else "_" for c in file.name)[:120]
        answer = web.Response(body=file.content, content_type=file.mimetype if shown else "application/octet-stream")
        answer.headers["Content-Disposition"] = f'{"inline" if shown else "attachment"}; filename="{name}"'
        answer.headers["Content-Security-Policy"] = _ALIEN
        return answer

    # --- what is done -------------------------------------------------------------------------------------------

    async def _do(self, request: web.Request) -> web.Response:
        act = self._acts.get(request.match_info["act"])
        if act is None:
            raise web.HTTPNotFound
        try:
            body = await request.json()
        except ValueError:
            raise PageRefused("no JSON") from None
        if not isinstance(body, dict):
            raise PageRefused("no object")
        return web.json_response({"answer": await act(self.face.person, Said(body))})

    async def _move(self, _person: Person, said: Said) -> bool:
        mover = self.face.mover
        return mover is not None and mover.start(said.text("wish"))


def _web(url: str) -> bool:
    with contextlib.suppress(ValueError):
        return len(url) <= 3_000 and urlsplit(url).scheme in {"http", "https"}
    return False


async def _say(person: Person, said: Said) -> None:
    await person.say(said.text("conversation"), said.text("text"), said.text("thread"))


async def _press(person: Person, said: Said) -> bool:
    body = said.body
    return await person.press(
        said.place, said.number("block"), said.text("action"), body.get("chosen"), body.get("values")
    )


async def _use(person: Person, said: Said) -> bool:
    return await person.use(said.text("callback", 255), said.place)


async def _suggest(person: Person, said: Said) -> list[dict[str, Any]]:
    return await person.suggest(said.place, said.number("block"), said.text("action"), said.text("typed"))


async def _submit(person: Person, said: Said) -> dict[str, str]:
    return await person.submit(said.text("view"), said.body.get("values"))


async def _close(person: Person, said: Said) -> None:
    await person.close(said.text("view"))


async def _home(person: Person, _said: Said) -> None:
    await person.open_home()


async def _dismiss(person: Person, said: Said) -> None:
    person.dismiss(said.text("ts"))


async def _seen(person: Person, said: Said) -> None:
    person.seen(said.text("conversation"), said.text("ts"))


async def _invite(person: Person, said: Said) -> None:
    await person.invite(said.text("conversation"))


@asynccontextmanager
async def served(face: Face, article: Article | None = None, port: int = PORT) -> AsyncIterator[PageServer]:
    """A page that is served until the end of the block."""
    server = PageServer(face, article)
    try:
        await server.start(port)
        yield server
    finally:
        await server.close()


__all__ = ["PORT", "Article", "PageServer", "served"]

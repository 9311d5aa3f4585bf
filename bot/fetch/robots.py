"""What a host lets robots read. Hides protego and bounds it: a robots.txt is written by strangers too."""

from __future__ import annotations

import asyncio
import re
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import SplitResult

from protego import Protego

from digests.ports import Fetched, FetchFailed, NotModified

KEPT_FOR = timedelta(hours=1)
KEPT_WHEN_SILENT = timedelta(minutes=10)  # a host that could not answer is asked again sooner
MOST_HOSTS = 1_000
MOST_BYTES = 500_000  # what RFC 9309 asks a reader to take; the rest is not read

_AGENT_LINE = re.compile(r"^\s*user[- ]?agent\s*:?\s*(.*)$", re.IGNORECASE)

Answer = Fetched | NotModified | FetchFailed


@dataclass(frozen=True)
class _Rules:
    """What one host said; `parsed` None means all or nothing, as `allowed` says."""

    until: datetime
    allowed: bool
    parsed: Protego | None = None


class Robots:
    """The rules of hosts, asked once an hour. `get` fetches a robots.txt within the fetcher's own limits."""

    def __init__(self, get: Callable[[str], Awaitable[Answer]], user_agent: str) -> None:
        self._get = get
        self._token = re.split(r"[/\s(]", user_agent, maxsplit=1)[0].lower()
        self._hosts: OrderedDict[str, _Rules] = OrderedDict()
        self._asking: dict[str, asyncio.Lock] = {}

    async def allow(self, parts: SplitResult, now: datetime) -> bool:
        """Whether the host of an address lets this bot read it. An unreachable or failing robots.txt means no."""
        origin = f"{parts.scheme}://{parts.netloc}"
        lock = self._asking.setdefault(origin, asyncio.Lock())
        async with lock:
            rules = self._hosts.get(origin)
            if rules is None or not now < rules.until <= now + KEPT_FOR:
                rules = await self._ask(origin, now)
                self._remember(origin, rules)
        if not lock.locked():
            self._asking.pop(origin, None)
        return rules.allowed if rules.parsed is None else rules.parsed.can_fetch(parts.geturl(), self._token)

    async def _ask(self, origin: str, now: datetime) -> _Rules:
        answer = await self._get(f"{origin}/robots.txt")
        if isinstance(answer, Fetched):
            body = answer.body[:MOST_BYTES].decode("utf-8-sig", "replace")
            return _Rules(now + KEPT_FOR, True, await asyncio.to_thread(self._parse, body))
        if isinstance(answer, FetchFailed) and 400 <= answer.status < 500 and answer.status != 429:
            return _Rules(now + KEPT_FOR, True)
        return _Rules(now + KEPT_WHEN_SILENT, False)

    def _parse(self, body: str) -> Protego:
        """Parse with other robots' names folded into one: each name of a group would copy each of its rules."""
        kept: list[str] = []
        group: set[str] = set()
        for line in body.splitlines():
            agent = _AGENT_LINE.match(line[:500])
            if agent is None:
                kept.append(line[:2_000])
                group = group if not line.strip() or line.lstrip().startswith("#") else set()
                continue
            name = agent[1].partition("#")[0].strip().lower()
            name = name if name == "*" or (name and name.replace("*", "") in self._token) else "somebody-else"
            if name not in group:
                group.add(name)
                kept.append(f"User-agent: {name}")
        return Protego.parse("\n".join(kept))

    def _remember(self, origin: str, rules: _Rules) -> None:
        self._hosts[origin] = rules
        self._hosts.move_to_end(origin)
        while len(self._hosts) > MOST_HOSTS:
            self._hosts.popitem(last=False)

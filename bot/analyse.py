"""The CPU-bound pure steps, away from the event loop. Hides processes: their start, their deadlines and their deaths.

`ProcessAnalyst` for the bot at work: what a feed or page holds can be slow or break a process, and then costs one job.
`InlineAnalyst` for replays, answers and tests: the same steps in a thread of this process, without deadlines.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from itertools import chain
from multiprocessing import get_context, parent_process
from typing import Any, Self, TypeVar

from bot.embed import Embedder
from digests import extract, feeds
from digests.model import Article, Directory, Reading, Relevance, TextOfRecord
from digests.ports import FeedDocument
from digests.reading import Reader

START_SECONDS = 120.0  # for a worker to import and to build its reader on a busy machine
JOB_SECONDS = 10.0  # the slowest hostile document or page measured takes three
CHUNK = 16  # articles a job: pickling and waking cost less than reading one
CHUNK_SECONDS = 30.0

_Answer = TypeVar("_Answer")


class JobLost(Exception):
    """A job did not come back: its worker was killed at the deadline, or died of it."""


class ProcessAnalyst:
    """The port `Analyst` in worker processes. An async context manager: no worker outlives it.

    A job that outlives its deadline is killed with its worker and the worker is replaced: a feed document comes back
    with the problem "took-too-long", a page without text, an article as not about the talks; the other jobs go on.
    """

    def __init__(self, directory: Directory, workers: int = 2, job_seconds: float = JOB_SECONDS) -> None:
        """`workers` processes; `job_seconds` is the deadline of one document, page or article."""
        self._directory = directory
        self._seconds = job_seconds
        self._count = max(1, workers)
        self._workers: list[_Worker] = []
        self._free: asyncio.Queue[_Worker] = asyncio.Queue()

    async def __aenter__(self) -> Self:
        """Start one worker, so that a machine where none starts says so here; others start when there is work."""
        for _ in range(self._count):
            worker = _Worker(self._directory)
            self._workers.append(worker)
            self._free.put_nowait(worker)
        try:
            await self._do(START_SECONDS, _ready)
        except JobLost as lost:
            await self.close()
            raise RuntimeError("analysis workers do not start: see the log for what their first lines say") from lost
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """End the workers; a job in hand is given up."""
        for worker in self._workers:
            await asyncio.to_thread(worker.end)

    async def parse(self, body: bytes, content_type: str, url: str, known: frozenset[str]) -> FeedDocument:
        """As the port says."""
        try:
            return await self._do(self._seconds, feeds.parse, body, content_type, url, known)
        except JobLost:
            return FeedDocument((), 0, problem="took-too-long")

    async def extract(self, body: bytes, content_type: str) -> TextOfRecord | None:
        """As the port says."""
        try:
            return await self._do(self._seconds, extract.extract, body, content_type)
        except JobLost:
            return None

    async def read(self, articles: Sequence[Article], venues: Sequence[str] = ()) -> list[Reading]:
        """As the port says; chunks are spread over the workers."""
        chunks = [articles[start : start + CHUNK] for start in range(0, len(articles), CHUNK)]
        return list(chain.from_iterable(await asyncio.gather(*(self._read_chunk(c, tuple(venues)) for c in chunks))))

    async def _read_chunk(self, articles: Sequence[Article], venues: tuple[str, ...]) -> list[Reading]:
        """A chunk that is lost is read again article by article, so that only what broke it stays unread."""
        seconds = max(CHUNK_SECONDS, self._seconds) if len(articles) > 1 else self._seconds
        try:
            return await self._do(seconds, _read, tuple(articles), venues)
        except JobLost:
            if len(articles) == 1:
                return [Reading(articles[0], Relevance.NO, (), (), ())]
            return [(await self._read_chunk([article], venues))[0] for article in articles]

    async def _do(self, seconds: float, step: Callable[..., _Answer], *given: Any) -> _Answer:
        worker = await self._free.get()
        try:
            return await worker.do(seconds, step, *given)
        finally:
            self._free.put_nowait(worker)


class _Worker:
    """One process that is started when needed and replaced when it is lost."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory
        self._pool: ProcessPoolExecutor | None = None
        self._pid = 0

    async def do(self, seconds: float, step: Callable[..., _Answer], *given: Any) -> _Answer:
        """Run one step; its deadline starts when the process is ready. Raises JobLost.

        A worker that was found dead (the machine ran out of memory, an operator killed it) is replaced and the step is
        tried once more: most likely it was not the step's fault.
        """
        for last in (False, True):
            pool = await self._ready()
            try:
                async with asyncio.timeout(seconds):
                    return await asyncio.wrap_future(pool.submit(step, *given))
            except BrokenExecutor as dead:
                await asyncio.to_thread(self.end)
                if last:
                    raise JobLost(step.__name__) from dead
            except TimeoutError as late:
                await asyncio.to_thread(self.end)
                raise JobLost(step.__name__) from late
            except asyncio.CancelledError:
                await asyncio.to_thread(self.end)  # whoever waited is gone; the step would go on
                raise
        raise AssertionError("unreachable: the last try returns or raises")

    async def _ready(self) -> ProcessPoolExecutor:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(1, get_context("spawn"), _begin, (self._directory,))
            try:
                async with asyncio.timeout(START_SECONDS):
                    self._pid = await asyncio.wrap_future(self._pool.submit(_ready))
            except (TimeoutError, BrokenExecutor) as lost:
                await asyncio.to_thread(self.end)
                raise JobLost("start") from lost
        return self._pool

    def end(self) -> None:
        """Kill the process, if there is one."""
        pool, self._pool = self._pool, None
        if pool is None:
            return
        if self._pid:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._pid, signal.SIGKILL)
            self._pid = 0
        pool.shutdown(wait=True, cancel_futures=True)


class InlineAnalyst:
    """The port `Analyst` in a thread of this process, one step at a time; nothing ends a step before its end."""

    def __init__(self, directory: Directory) -> None:
        """Builds its reader at once."""
        self._reader = Reader(directory)
        self._embedder = Embedder()
        self._one = asyncio.Lock()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        return None

    async def parse(self, body: bytes, content_type: str, url: str, known: frozenset[str]) -> FeedDocument:
        """As the port says."""
        return await self._do(feeds.parse, body, content_type, url, known)

    async def extract(self, body: bytes, content_type: str) -> TextOfRecord | None:
        """As the port says."""
        return await self._do(extract.extract, body, content_type)

    async def read(self, articles: Sequence[Article], venues: Sequence[str] = ()) -> list[Reading]:
        """As the port says."""
        return await self._do(
            lambda: self._embedder.read([self._reader.read(article, venues=venues) for article in articles])
        )

    async def _do(self, step: Callable[..., _Answer], *given: Any) -> _Answer:
        async with self._one:
            return await asyncio.to_thread(step, *given)


# --- in the worker process ----------------------------------------------------------------------------------------

_reader: Reader | None = None  # built once a worker: a pool hands its jobs nothing else that lasts
_embedder = Embedder()  # of one thread, since every worker has one; it loads its model when there is something to read


def _begin(directory: Directory) -> None:
    """What a worker does once: leave signals to the bot, end with it, build the reader."""
    global _reader
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_the_bot, daemon=True).start()
    _reader = Reader(directory)


def _end_with_the_bot() -> None:
    """A bot that was killed cannot end its workers, and a worker's own queue would keep it waiting for ever."""
    bot = parent_process()
    if bot is not None:
        bot.join()
        os._exit(0)


def _ready() -> int:
    return os.getpid()


def _read(articles: Sequence[Article], venues: tuple[str, ...]) -> list[Reading]:
    assert _reader is not None  # `_begin` ran
    return _embedder.read([_reader.read(article, venues=venues) for article in articles])

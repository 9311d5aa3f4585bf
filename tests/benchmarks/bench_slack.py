"""How fast the bot acknowledges: 200 commands one after the other on an idle bot, 100 at once, and 50 under load.

Goals: p99 under 100 ms idle, under 500 ms while the loop has other work.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from pathlib import Path

from tests.benchmarks.acknowledged import ack, said
from tests.edges.slack_stage import Stage, staged

COMMANDS = 200


async def _ack(stage: Stage) -> float:
    return await ack(stage.workspace, stage.ann, stage.news, "status")


async def _load(stage: Stage) -> None:
    """Pure work on the loop in slices of 20 ms, as rendering and judging come."""
    while True:
        until = time.perf_counter() + 0.02
        while time.perf_counter() < until:
            pass
        await asyncio.sleep(0.005)


async def measure() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        async with staged(Path(folder)) as stage:
            await _ack(stage)
            idle = []
            for _ in range(COMMANDS):
                idle.append(await _ack(stage))
                await asyncio.sleep(0.05)
            said("idle", idle)
            said("100 at once", list(await asyncio.gather(*(_ack(stage) for _ in range(100)))))
            load = asyncio.create_task(_load(stage))
            said("loop 80 % busy", [await _ack(stage) for _ in range(50)])
            load.cancel()


def main() -> None:
    """The benchmark."""
    asyncio.run(measure())


if __name__ == "__main__":
    main()

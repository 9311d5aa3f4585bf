"""How fast the bot acknowledges: 200 commands one after the other on an idle bot, 100 at once, and 50 under load.

Goals: p99 under 100 ms idle, under 500 ms while the loop has other work.
"""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from pathlib import Path

from tests.edges.slack_stage import Stage, staged

COMMANDS = 200


async def _ack(stage: Stage) -> float:
    """Milliseconds from an envelope to its acknowledgement."""
    payload = stage.workspace._who(stage.ann, stage.news) | {
        "command": "/brief",
        "text": "status",
        "trigger_id": stage.workspace.trigger(stage.ann),
        "response_url": "",
    }
    ack = await stage.workspace.deliver("slash_commands", payload)
    assert ack is not None, "a command was not acknowledged"
    return ack.after * 1000


def _said(name: str, times: list[float]) -> None:
    p99 = statistics.quantiles(times, n=100)[98]
    print(
        f"{name}: {len(times)} acks, p50 {statistics.median(times):.1f} ms, p99 {p99:.1f} ms, max {max(times):.1f} ms"
    )


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
            _said("idle", idle)
            _said("100 at once", list(await asyncio.gather(*(_ack(stage) for _ in range(100)))))
            load = asyncio.create_task(_load(stage))
            _said("loop 80 % busy", [await _ack(stage) for _ in range(50)])
            load.cancel()


def main() -> None:
    """The benchmark."""
    asyncio.run(measure())


if __name__ == "__main__":
    main()

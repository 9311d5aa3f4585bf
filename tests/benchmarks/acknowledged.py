"""How long the bot takes to acknowledge a command, in milliseconds, and how such times are told. Hides the envelope."""

from __future__ import annotations

import statistics

from bot.local.workspace import Workspace


async def ack(workspace: Workspace, user: str, channel: str, text: str) -> float:
    """Milliseconds from the envelope of `/brief TEXT` to its acknowledgement."""
    payload = workspace._who(user, channel) | {
        "command": "/brief",
        "text": text,
        "trigger_id": workspace.trigger(user),
        "response_url": "",
    }
    answer = await workspace.deliver("slash_commands", payload)
    assert answer is not None, "a command was not acknowledged"
    return answer.after * 1000


def said(name: str, times: list[float], idle: float = 0) -> float:
    """Print one row, beside the p99 of an idle bot where that is known; gives its p99."""
    p99 = statistics.quantiles(times, n=100)[98] if len(times) > 1 else times[0]
    ratio = f", {p99 / idle:.1f} x idle" if idle else ""
    row = f"p50 {statistics.median(times):.1f} ms, p99 {p99:.1f} ms, max {max(times):.1f} ms"
    print(f"{name}: {len(times)} acks, {row}{ratio}", flush=True)
    return p99

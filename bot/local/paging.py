"""Lists of the Web API, a page at a time. Hides cursors and bounds in time."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from bot.local.state import Message


def is_true(value: Any) -> bool:
    """Truth as an argument: JSON's, or a word of a form."""
    return str(value).lower() in {"1", "true"}


def paged(messages: list[Message], args: Mapping[str, Any]) -> dict[str, Any]:
    """One page of messages between `oldest` and `latest` (not inclusive unless asked), with a cursor to the next."""
    inclusive = is_true(args.get("inclusive"))
    oldest, latest = str(args.get("oldest") or "0"), str(args.get("latest") or "9999999999")

    def within(ts: str) -> bool:
        at, low, high = Decimal(ts), Decimal(oldest), Decimal(latest)
        return low < at < high or (inclusive and at in {low, high})

    kept = [m for m in messages if within(m["ts"])]
    cursor, size = int(args.get("cursor") or 0), min(int(args.get("limit") or 100), 999)
    page = kept[cursor : cursor + size]
    if not is_true(args.get("include_all_metadata")):
        page = [{k: v for k, v in m.items() if k != "metadata"} for m in page]
    more = cursor + size < len(kept)
    return {
        "messages": page,
        "has_more": more,
        "response_metadata": {"next_cursor": str(cursor + size) if more else ""},
    }

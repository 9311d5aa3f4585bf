"""The recorded week as feed items of the measuring contract: what a poller would have stored of it."""

from __future__ import annotations

import json
from pathlib import Path

from bot.local import week as weeks


def week_items() -> list[dict[str, object]]:
    """Items in order of `seen`, one for each entry as it first stood, in our own words throughout."""
    rows: list[dict[str, object]] = []
    for outlet in weeks.load().outlets:
        for entry in outlet.entries:
            first = entry.versions[0]
            rows.append(
                {
                    "id": f"{outlet.source.id}/{entry.id}",
                    "seen": first.at.isoformat(),
                    "source_title": outlet.source.name,
                    "language": outlet.source.language,
                    "title": first.title,
                    "description": first.summary,
                    "link": f"https://{outlet.source.site}/{entry.id}.html",
                    "text": "\n".join(first.body),
                }
            )
    return sorted(rows, key=lambda row: (str(row["seen"]), str(row["id"])))


def write_items(rows: list[dict[str, object]], path: Path) -> Path:
    """JSON lines."""
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path

"""Structured logs: one line an outcome, secrets redacted. Hides structlog's set-up."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

_SECRET = re.compile(r"(xox[a-z]-|xapp-|xwfp-)[A-Za-z0-9-]+|hooks\.slack\.com/\S+|(://[^:/\s]+:)[^@/\s]+(@)")
"""Slack tokens, incoming webhooks and the password part of a URL."""


def redact(text: str) -> str:
    """The text without tokens, webhook addresses and passwords in URLs."""
    return _SECRET.sub(lambda m: f"{m[2]}***{m[3]}" if m[2] else f"{m[1] or 'hooks.slack.com/'}***", text)


def _redact(_: object, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    for key, value in event.items():
        if isinstance(value, str):
            event[key] = redact(value)
    return event


class _RedactingFormatter(logging.Formatter):
    """Third-party log records (slack_bolt, aiohttp) pass the same redaction."""

    def format(self, record: logging.LogRecord) -> str:
        return redact(super().format(record))


def set_up(*, level: str = "INFO", json: bool = False) -> None:
    """Log to standard error: lines for people, or JSON lines."""
    number = logging.getLevelNamesMapping().get(level.upper(), logging.INFO)
    stream = logging.StreamHandler(sys.stderr)
    stream.setFormatter(_RedactingFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=max(number, logging.WARNING), handlers=[stream], force=True)
    renderer: Any = (
        structlog.processors.JSONRenderer(ensure_ascii=False, sort_keys=True)
        if json
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            _redact,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )


class LogNotes:
    """The desk's notes as log lines."""

    def __init__(self) -> None:
        self._log = structlog.get_logger("desk")

    def __call__(self, event: str, /, **fields: object) -> None:
        """One outcome, one line; what broke is an error."""
        if event.endswith("_broke"):
            self._log.error(event, **fields)
        else:
            self._log.info(event, **fields)

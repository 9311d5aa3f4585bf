"""Trouble on request: what a workspace can do to a call. Hides how often and to which calls.

A fault is either queued for the next calls of a method (`Faults.next`) or chosen call by call (`Faults.choose`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Trouble(StrEnum):
    """What happens to one call."""

    DROP_AFTER_ACCEPT = "drop_after_accept"  # done, and the connection breaks before the answer
    DROP_BEFORE_ACCEPT = "drop_before_accept"  # not done, and the connection breaks
    SLOW = "slow"  # done at once, answered after `seconds`
    RATE_LIMITED = "ratelimited"  # 429 with Retry-After `seconds`; not done
    RATE_LIMITED_OK = "ratelimited_ok"  # HTTP 200 with the error "ratelimited"; not done
    ERROR_500 = "error_500"  # not done
    ERROR_500_AFTER_ACCEPT = "error_500_after_accept"  # done, and says 500
    HTML = "html"  # HTTP 200 with a page; not done
    HTML_AFTER_ACCEPT = "html_after_accept"  # done, HTTP 503 with a page
    REFUSED = "refused"  # the error `code`; not done


ACCEPTS = frozenset(
    {Trouble.DROP_AFTER_ACCEPT, Trouble.SLOW, Trouble.ERROR_500_AFTER_ACCEPT, Trouble.HTML_AFTER_ACCEPT}
)
"""Troubles whose call is done all the same."""


@dataclass(frozen=True)
class Fault:
    """One trouble with its figures."""

    trouble: Trouble
    seconds: float = 0.0
    code: str = ""


@dataclass
class Faults:
    """What is to go wrong. `paced` refuses more than one message a second and conversation, in real time."""

    choose: Callable[[str, Mapping[str, Any]], Fault | None] | None = None
    paced: bool = False
    queued: dict[str, list[Fault]] = field(default_factory=dict)

    def next(self, method: str, trouble: Trouble, *, times: int = 1, seconds: float = 0.0, code: str = "") -> None:
        """Let the next `times` calls of a method meet one trouble."""
        self.queued.setdefault(method, []).extend([Fault(trouble, seconds, code)] * times)

    def take(self, method: str, args: Mapping[str, Any]) -> Fault | None:
        """What this call meets."""
        waiting = self.queued.get(method)
        if waiting:
            return waiting.pop(0)
        return self.choose(method, args) if self.choose else None

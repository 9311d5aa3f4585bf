"""Where outcomes are noted. Hides the log, which the composition root binds."""

from __future__ import annotations

from typing import Protocol


class Notes(Protocol):
    """Where outcomes are noted: one past-tense event an outcome, with fields."""

    def __call__(self, event: str, /, **fields: object) -> None:
        """Note one outcome."""
        ...


def silent_notes(event: str, /, **fields: object) -> None:
    """Notes nothing."""

"""What goes wrong in a way a person can mend. Hides nothing: one sentence and a remedy, never a traceback."""

from __future__ import annotations


class Problem(Exception):
    """A matter for the operator: what is wrong, and the remedy. The command line prints both and exits 1."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(f"{what}: {remedy}")
        self.what = what
        self.remedy = remedy

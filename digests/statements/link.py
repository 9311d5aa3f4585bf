"""The noun that the rules of attribution hand around: a subject and the words by which it states something."""

from __future__ import annotations

from dataclasses import dataclass

from digests.statements.subjects import Subject
from digests.statements.verbs import Verb


@dataclass(frozen=True)
class Link:
    """A subject and the verb (or noun) by which it states something. `form` names the rule that found it."""

    subject: Subject
    verb: Verb
    cue_start: int
    cue_end: int
    form: str
    negated: bool = False
    perfect: bool = False

    @property
    def start(self) -> int:
        """Offset of the first character of subject or cue."""
        return min(self.subject.start, self.cue_start)

    @property
    def end(self) -> int:
        """Offset behind the last character of subject or cue."""
        return max(self.subject.end, self.cue_end)

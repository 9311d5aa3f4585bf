"""Where a sentence ends inside one line of text. Hides abbreviations, initials, quotations and the rules between them.

Rules, not a model: linear, the same answer everywhere, and each rule is a fact about how newsrooms punctuate.
"""

from __future__ import annotations

import re

_END = re.compile(r"[.!?…]+[\"'”’»“)\]]*")
_NEXT = re.compile(r"\s*[\"'“”‘„«(\[–—-]*\s*(\S\S*)")


def boundaries(line: str, language: str) -> list[int]:
    """Offsets behind which a new sentence starts, ascending, without 0 and the end of the line."""
    found = []
    for end in _END.finditer(line):
        behind = _NEXT.match(line, end.end())
        if behind and end.end() < len(line) and line[end.end()].isspace() and not behind[1][0].islower():
            found.append(end.end())
    return found

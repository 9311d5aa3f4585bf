"""Which reports of one happening a line cannot speak for. Hides how it is known that a headline tells what another one
does not.

Reports are put together because they are alike; yet one of them may tell that a thing was decided, or that a party asks
for something of somebody else, of which the line's headline and what stands below it hold nothing. What a line does not
say, it has not told: such a report gets a line of its own.
"""

from __future__ import annotations

from collections.abc import Sequence

from digests.model import Kind, Reading
from digests.ports import Recorded
from digests.reading import decided
from digests.terms import is_person

UNSHARED = 0.6
"""Share of a headline's content terms that the other report lacks, from which the two speak of different things."""


def parted(reports: Sequence[Recorded], head: Recorded) -> list[Recorded]:
    """The reports that tell what the one whose headline is shown does not."""
    return [r for r in reports if r is not head and tells_apart(r.reading, head.reading)]


def tells_apart(reading: Reading, shown: Reading) -> bool:
    """Whether a report tells a decision that the shown one does not know, or a party's own words about somebody whom
    the shown one does not name, in words that it does not share."""
    if reading.shell is not None or reading.article.language != shown.article.language:
        return False
    known = {t for t, _ in shown.terms}
    if any(act not in known for act in decided(reading)):
        return True
    top = [t for t, n in reading.terms if n > 1]
    strangers = [t for t in top if is_person(t) and t not in known]
    unshared = sum(t not in known for t in top)
    return bool(strangers) and unshared >= UNSHARED * len(top) and _speaks(reading)


def _speaks(reading: Reading) -> bool:
    return any(s.sure and s.kind in {Kind.QUOTED, Kind.REPORTED} for s in reading.statements)

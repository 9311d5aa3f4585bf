"""What the simplest reader makes of the same material: keywords and the first alias, letters and nothing else.

Says how hard the material is: a figure is worth what it is above this one, on the same rows.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence

from bot import measure
from config import Config
from digests.text import as_given, sentences
from digests.topics import Topics
from tests.gate.measures import Said

_LETTERS = (3, 4, 5)  # lengths of the letter runs that two headlines are compared by
_QUOTED = re.compile(r"[“\"«]")


def statements(rows: Sequence[Mapping[str, str]], config: Config) -> list[Said]:
    """Every sentence that holds an alias and an issue's keyword is a neutral statement of the first alias's actor."""
    topics, names = Topics(config.directory), _aliases(config)
    found = []
    for row, day in zip(rows, measure.days_of(rows), strict=True):
        for span in sentences(as_given(row["text"]), "en"):
            named = [(hit.start(), actor, speaker) for p, actor, speaker in names if (hit := p.search(span.chars))]
            issues = frozenset(topics.weights(span.chars, "en"))
            if named and issues:
                _, actor, speaker = min(named)
                kind = "quoted" if _QUOTED.search(span.chars) else "reported"
                said_on = day.isoformat() if day else None
                found.append(Said(row["url"], span.start, span.end, speaker, actor, kind, issues, "neutral", said_on))
    return found


def _aliases(config: Config) -> list[tuple[re.Pattern[str], str, str]]:
    found = []
    for actor in config.directory.actors:
        found += [(alias, actor.id, actor.name) for alias in (actor.name, *actor.aliases, *actor.bodies)]
        found += [(speaker.name.split()[-1], actor.id, speaker.name) for speaker in actor.speakers]
    return [(re.compile(rf"\b{re.escape(alias)}\b"), actor, speaker) for alias, actor, speaker in found if alias[1:]]


class Letters:
    """Headlines by their runs of letters, the rarer the more, as a cosine."""

    def __init__(self, headlines: Sequence[str]) -> None:
        self._in = Counter(run for h in headlines for run in _runs(h))
        self._count = len(headlines)

    def alike(self, a: str, b: str) -> float:
        """0..1."""
        mine, theirs = self._weights(a), self._weights(b)
        return sum(weight * theirs.get(run, 0.0) for run, weight in mine.items())

    def _weights(self, headline: str) -> dict[str, float]:
        raw = {
            run: (1 + math.log(count)) * math.log((self._count + 1) / (self._in[run] + 1))
            for run, count in _runs(headline).items()
        }
        length = math.sqrt(sum(w * w for w in raw.values())) or 1.0
        return {run: w / length for run, w in raw.items()}


def _runs(headline: str) -> Counter[str]:
    padded = f" {headline.lower()} "
    return Counter(padded[at : at + size] for size in _LETTERS for at in range(len(padded) - size + 1))

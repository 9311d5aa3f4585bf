"""Names of outlets inside a text: a paper's name is nobody's word. Hides how they are known.

"The Financial Times reports" speaks of no finance, "the Kyiv Independent" of no party, and "the Times of India" does
not bring India in; nor does "a London newspaper" give London's word.
"""

from __future__ import annotations

import re

_LISTED = (
    "Moscow Times",
    "Kyiv Independent",
    "Kyiv Post",
    "Washington Post",
    "Voice of Ukraine",
    "Voice of America",
    "Russia Today",
    "Washington Examiner",
    "Washington Times",
    "Washington Free Beacon",
    "Financial Times",
    "New York Times",
    "NY Times",
    "Wall Street Journal",
    "Foreign Affairs magazine",
    "Foreign Policy magazine",
    "Defense News",
    "Defence Express",
    "US Weekly",
    "USA Today",
    "US News",
    "European Pravda",
    "Ukrainska Pravda",
    "Radio Free Europe",
    "Politico Europe",
)
_KINDS = "Times|Post|Herald|Journal|Telegraph|Tribune|Examiner|Independent|Gazette|Chronicle"
_UNNAMED = "newspaper|dail(?:y|ies)|weekly|tabloid|broadcaster|magazine|publication"
_LIKELY = re.compile(rf"\b(?:{_KINDS}|{_UNNAMED}|Voice|Radio|Today|News|Express|Beacon|Weekly|Pravda|Politico)\b")
_OUTLET = re.compile(
    rf"\b(?:[Tt]he (?:[A-Z][\w’'-]{{1,30}} ){{1,2}}(?:{_KINDS})|Times of [A-Z]\w{{1,30}}"
    rf"|[A-Z]\w{{2,20}}(?:-based)? (?:{_UNNAMED})s?|{'|'.join(map(re.escape, _LISTED))})\b"
)


def hidden(passage: str) -> str:
    """The passage with dots for every outlet's name: as long as it was, so that offsets hold."""
    if _LIKELY.search(passage) is None:
        return passage
    return _OUTLET.sub(lambda found: "." * len(found.group()), passage)

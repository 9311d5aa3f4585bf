"""Texts that never are developments: opinion, explainer, live page, retrospective, pictures. Hides how they are known.

By configured labels in the headline, by the address, and by how newsrooms head them: a question, a byline, a counsel.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from digests.model import Article, Directory, Part, Shell
from digests.relevance import Lexicon, words_of

_LIVE_ADDRESS = re.compile(r"/live/|/live-?(?:blog|updates|news)|liveblog", re.I)
_LIVE_HEADING = re.compile(
    r"\b(?:live-?(?:blog|ticker)|news-?(?:blog|ticker)|relacja (?:na żywo|live)|na żywo:|minuta po minucie)"
    r"|^(?:en direct|direct|live)\s?[.,:–—|-]|[:|–—-] (?:en direct|le direct|live)$",
    re.I,
)
_OPINION_ADDRESS = re.compile(r"/(?:opinions?|commentisfree|op-?eds?|editorials?|columns?|commentary)/", re.I)
_BYLINED = re.compile(r"^[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]+){1,2}: |\| [A-Z][a-z’'-]+(?: [A-Z][\w.’'-]+){1,2}$")
_CLAUSE = re.compile(r"[:|]|\s[–—-]\s")
_COUNSEL = re.compile(r"\b(?:must|should|ought to|needs? to|can(?:no|')t afford|may be the only)\b", re.I)
_SAYS = re.compile(
    r"\b(?:says?|said|tells?|told|urges?|warns?|calls?|insists?|vows?|demands?|according)\b|[:“\"‘]| '", re.I
)
_OUTLOOK = re.compile(
    r"^\d{1,2}/\d{1,2}: |\b(?:look(?:ing|s)? (?:ahead|back)|the year (?:ahead|that was)|in review|prospects for|outlook"
    r"|what to expect|on the rise)\b",
    re.I,
)
_QUESTION = re.compile(r"^(?:why|how|what)\b(?! (?:happened|a (?:day|week)))[^?]*|[?:–—] (?:why|how|what) |\?$", re.I)


class Shells:
    """Knows shells by the directory's watch words. Build once."""

    def __init__(self, directory: Directory) -> None:
        self._lexicon = Lexicon(directory.watch.shells)

    def of(self, article: Article, title: str) -> Shell | None:
        """The kind of shell that an article is by headline and address, None where it may tell news."""
        labels = {label for clause in _CLAUSE.split(title) for label in self._labels(clause)}
        if _LIVE_ADDRESS.search(article.url) or _LIVE_HEADING.search(title):
            labels.add(Shell.LIVE)
        if _OPINION_ADDRESS.search(article.url) or _columnist(article):
            labels.add(Shell.OPINION)
        if _COUNSEL.search(title) and not _SAYS.search(title):
            labels.add(Shell.OPINION)
        if _OUTLOOK.search(title):
            labels.add(Shell.RETROSPECTIVE)
        if _QUESTION.search(title):
            labels.add(Shell.EXPLAINER)
        return next((shell for shell in Shell if shell.value in labels), None)

    def _labels(self, clause: str) -> Iterator[str]:
        """A phrase counts anywhere; a single word ("editorial", "live") only where it labels: at a clause's end."""
        words = words_of(clause)
        for hit in self._lexicon.hits(words):
            if hit.end - hit.start > 1 or hit.start == 0 or hit.end == len(words):
                yield hit.label


def _columnist(article: Article) -> bool:
    """Whether the headline carries its author, as only columns do: "NAME SURNAME: ..." or "... | Name Surname"."""
    title = article.texts.get(Part.TITLE)
    return title is not None and _BYLINED.search(title.body) is not None

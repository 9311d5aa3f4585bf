"""Whether an article's page is worth fetching, from what the feed gave of it. Hides the prefilter and the gazetteer.

Wider than relevance on purpose: officials publish under bare headlines ("Remarks by the Secretary"), and only the page
says what they are about. What was fetched is still judged by its own text.
"""

from __future__ import annotations

from digests.model import Article, Directory, Part, SourceClass
from digests.names import Gazetteer
from digests.relevance import Scope, Venues

SPEAKS_FOR_ITSELF = frozenset({SourceClass.OFFICIAL, SourceClass.STATE})
"""Classes of source whose bare headlines are followed where they name a person or a body that is watched."""
BARE_LEAD = 200
"""Characters: a longer description says by itself what the article is about."""


class Interest:
    """Built once over a directory; asked for every unseen article."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory
        self._scope = Scope(directory)
        self._names = Gazetteer(directory)

    def in_page(self, article: Article, venues: Venues = ()) -> bool:
        """Whether to fetch the page."""
        title, lead = (_body(article, part) for part in (Part.TITLE, Part.DESCRIPTION))
        if self._scope.may_be(title, lead, article.language, venues):
            return True
        source = self._directory.source_by_id.get(article.source_id)
        if source is None or source.source_class not in SPEAKS_FOR_ITSELF or len(lead) > BARE_LEAD:
            return False
        named = self._names.mentions(f"{title}. {lead}", article.seen_at.date())
        return any(m.kind in {"person", "body", "role"} for m in named)


def _body(article: Article, part: Part) -> str:
    text = article.texts.get(part)
    return text.body if text is not None else ""

"""What a publisher says of its own corrections. Hides how such notices are worded in the languages that are read."""

from __future__ import annotations

import re

from digests import text
from digests.model import Article, Part, Span, TextOfRecord

_NOTICE = re.compile(
    r"^(?:correction|corrections|corrected|clarification|editor[’']?s note on a correction|korrektur|berichtigung"
    r"|rectificatif|sprostowanie|korekta|исправление|уточнение|виправлення|уточнення|спростування)\b[^.:\n]{0,60}:"
    r"|\b(?:this (?:article|story|report|piece|post|page|dispatch|caption)|(?:the|this) headline)"
    r" (?:has been|was) (?:amended|corrected|clarified|(?:updated|edited|revised) to correct)\b"
    r"|\b(?:an earlier|a previous|the original|earlier|previous) versions? of (?:this|the)"
    r" (?:article|story|report|headline|piece|post|page|dispatch)\b"
    r"|\bin einer früheren (?:version|fassung) (?:dieses|des) (?:artikels|textes|beitrags)\b"
    r"|\bune version précédente de (?:cet|cette|l[’'])\s?article\b"
    r"|\bw (?:poprzedniej|pierwotnej) wersji (?:tekstu|artykułu)\b"
    r"|\bв предыдущей версии (?:этого |данного )?(?:текста|материала|статьи|новости)\b"
    r"|\bу попередній версії (?:цього |даного )?(?:тексту|матеріалу|статті|новини)\b",
    re.IGNORECASE,
)


LONGEST = 500
"""Characters of a notice that are shown: the publisher's own paragraph, up to its last whole sentence within them."""


def notice_in(record: TextOfRecord, language: str = "en") -> Span | None:
    """What a publisher says first of having corrected this text, to the end of the paragraph; None where nothing.

    "Updated" alone is no correction, nor is an earlier version of anything but the article.
    """
    sentences = text.sentences(record, language)
    first = next((n for n, s in enumerate(sentences) if _NOTICE.search(s.chars)), None)
    if first is None:
        return None
    start, end = sentences[first].start, sentences[first].end
    for sentence in sentences[first + 1 :]:
        if sentence.end - start > LONGEST or "\n" in record.body[end : sentence.start]:
            break
        end = sentence.end
    return record.span(start, end)


def added(before: Article, after: Article) -> tuple[Part, Span] | None:
    """The notice of a later revision that the earlier one did not have, with the part it stands in."""
    known = {span.chars for _, span in _notices(before)}
    return next(((part, span) for part, span in _notices(after) if span.chars not in known), None)


def _notices(article: Article) -> list[tuple[Part, Span]]:
    found = ((part, notice_in(article.texts[part], article.language)) for part in Part if part in article.texts)
    return [(part, span) for part, span in found if span is not None]

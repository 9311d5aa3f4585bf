"""Texts that never are developments: opinion, explainer, live page, retrospective, pictures. Hides how they are known.

By configured labels in the headline, by the address, and by how newsrooms head them: a question, a byline, a counsel,
an expert's warning, a thread, a review of other papers, a programme.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from digests.model import Article, Directory, Part, Shell, SourceClass
from digests.relevance import Lexicon, words_of

_LIVE_ADDRESS = re.compile(r"/live/|/live-?(?:blog|updates|news)|liveblog", re.I)
_LIVE_HEADING = re.compile(
    r"\b(?:live-?(?:blog|ticker)|news-?(?:blog|ticker)|relacja (?:na żywo|live)|na żywo:|minuta po minucie)"
    r"|^(?:en direct|direct|live)\s?[.,:–—|-]|[:|–—-] (?:en direct|le direct|live)$",
    re.I,
)
_OPINION_ADDRESS = re.compile(r"/(?:opinions?|commentisfree|op-?eds?|editorials?|columns?|commentary)/", re.I)
_PROGRAMME = (
    "Story|News|Live|View|Reports?|Special|Documentary|Stream|Take|Brief|Briefing|Politics|World|Today|Explained"
)
_BYLINED = re.compile(
    r"^[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]+){1,2}: "  # NAME SURNAME: ...
    r"|: (?:[A-Z][A-Z.'’-]{2,} ){1,4}[A-Z][A-Z'’-]{2,}$"  # ...: GENERAL NAME SURNAME
    rf"|\| [A-Z][a-z’'-]+(?: (?!(?:{_PROGRAMME})$)[A-Z][\w.’'-]+){{1,2}}$"  # ... | Name Surname
)
_PRESS = re.compile(
    r"^(?:the papers|newspaper headlines|front pages?|what the papers say|press review|paper review|today.s papers)\b"
    r"|\b(?:front pages|press review|revue de presse|Presseschau|przegląd prasy|огляд преси|обзор прессы)\b",
    re.I,
)
"""What other papers say is told by them."""
_HEARD = re.compile(
    r"\b(?:podcast|episode \d+|the takeout|listen:|audio long read|morning news|evening news|news bulletin"
    r"|to start your (?:\w+ )?day|welcome to the|in (?:today|this week).s (?:episode|edition|newsletter))\b",
    re.I,
)
_THREAD = re.compile(r"\b(?:live|mega|discussion|daily|weekly|open)[ -]?thread\b|\bthread #\d", re.I)
_TWO_SENTENCES = re.compile(r"^[^:“”\"‘]{12,}[a-z]{2}[.] [A-Z“][^:“”\"‘]{5,}[.]$")
"""News has no full stop: "Kyiv has its guarantees. Now comes the hard part." is how a columnist begins."""
_PORTRAIT = re.compile(
    r"^Inside (?:the|Ukraine|Russia)|\b(?:[Mm]eet the|the (?:m[ae]n|wom[ae]n|spy|general|soldiers?) (?:who|behind)"
    r"|the (?:rise|fall|making|second life|story|inside story) of|a portrait|profile:|obituary|remembering)\b"
    r"|^[A-Z][\w’'-]+ [A-Z][\w’'-]+, [a-z ]{5,30}, to ",
)
_YEARS_ON = re.compile(
    r"^(?:a|one|two|three|four|five|six|ten|\d{1,2}) (?:months?|years?|decades?) (?:on|into|after|since|later)\b",
    re.I,
)
_SHARED = re.compile(r"\b(?:we|our|us|I|my)\b(?!\.)")
_EXPERTS_VIEW = re.compile(
    r"\b(?:experts?|analysts?|ex-\w+(?: \w+)?"
    r"|former (?:\w+ )?(?:general|commander|ambassador|minister|diplomat|adviser))"
    r" (?:warns?|argues?|explains?|predicts?)\b"
    r"|\b(?:warns?|argues?|explains?|predicts?) (?:ex-\w+|experts?|analysts?|former)\b",
    re.I,
)
"""An outsider's warning or argument: what he says is no act of anybody who negotiates."""
_OWN_VOICE = re.compile(r"\b(?:[Ww]e (?:need|must|should|have to|can(?:no|.)t)|writes (?:the|our|[A-Z][a-z]+ [A-Z]))\b")
"""In a lead outside quotation marks: whoever writes speaks for himself, or for "us"."""
_QUOTED = re.compile(r"[“‘\"][^”’\"]{1,200}[”’\"]|(?<!\w)'[^']{1,200}'(?!\w)")
_CLAUSE = re.compile(r"[:|]|\s[–—-]\s")
_COUNSEL = re.compile(r"\b(?:must|should|ought to|needs? to|can(?:no|')t afford|may be the only)\b", re.I)
_SAYS = re.compile(
    r"\b(?:says?|said|tells?|told|urges?|warns?|calls?|insists?|vows?|demands?|according)\b|[:“\"‘]| '", re.I
)
_OUTLOOK = re.compile(
    r"^\d{1,2}/\d{1,2}: |\b(?:look(?:ing|s)? (?:ahead|back)|the year (?:ahead|that was)|in review|prospects for|outlook"
    r"|what to expect|on the rise|what next for|what.s next for|the road ahead|^lessons (?:of|from|for)|lessons for"
    r"|moment of truth|work cut out|at a crossroads|\d{1,2} (?:[\w-]{2,20} ){0,2}(?:reads|things|charts))\b",
    re.I,
)
_QUESTION = re.compile(
    r"^(?:why|how|what)\b(?! (?:happened|a (?:day|week)))[^?]*|[?:–—] (?:why|how|what) |\?(?:$| [|–—-] )", re.I
)
_BEGINNING = 160
"""Characters of a lead that show what kind of text it heads."""
_HEADED = (
    (Shell.LIVE, _LIVE_HEADING),
    (Shell.LIVE, _THREAD),
    (Shell.LIVE, _PRESS),
    (Shell.LIVE, _HEARD),
    (Shell.RETROSPECTIVE, _OUTLOOK),
    (Shell.RETROSPECTIVE, _YEARS_ON),
    (Shell.EXPLAINER, _QUESTION),
    (Shell.EXPLAINER, _PORTRAIT),
    (Shell.EXPLAINER, _EXPERTS_VIEW),
)
"""What a headline of each kind looks like."""


class Shells:
    """Knows shells by the directory's watch words. Build once."""

    def __init__(self, directory: Directory) -> None:
        self._lexicon = Lexicon(directory.watch.shells)
        self._official = {s.id for s in directory.sources if s.source_class is SourceClass.OFFICIAL}

    def of(self, article: Article, title: str) -> Shell | None:
        """The kind of shell that an article is by headline and address, None where it may tell news."""
        labels = {label for clause in _CLAUSE.split(title) for label in self._labels(clause)}
        labels.update(shell for shell, headed in _HEADED if headed.search(title))
        if _LIVE_ADDRESS.search(article.url) or _HEARD.search(_beginning(article)):
            labels.add(Shell.LIVE)
        if _OPINION_ADDRESS.search(article.url) or _columnist(article):
            labels.add(Shell.OPINION)
        if not _SAYS.search(title) and (_COUNSEL.search(title) or _SHARED.search(_QUOTED.sub(" ", title))):
            labels.add(Shell.OPINION)
        own_voice = article.source_id not in self._official and _OWN_VOICE.search(_unquoted(_beginning(article)))
        if own_voice or (article.language == "en" and _TWO_SENTENCES.search(title)):
            labels.add(Shell.EXPLAINER)
        return next((shell for shell in Shell if shell.value in labels), None)

    def _labels(self, clause: str) -> Iterator[str]:
        """A phrase counts anywhere; a single word ("editorial", "live") only where it labels: at a clause's end."""
        words = words_of(clause)
        for hit in self._lexicon.hits(words):
            if hit.end - hit.start > 1 or hit.start == 0 or hit.end == len(words):
                yield hit.label


def _beginning(article: Article) -> str:
    lead = article.texts.get(Part.DESCRIPTION)
    return lead.body[:_BEGINNING] if lead is not None else ""


def _unquoted(beginning: str) -> str:
    """The beginning of a lead without what stands in quotation marks, also where they are not closed in it."""
    return re.split(r"[“‘\"]", _QUOTED.sub(" ", beginning))[0]


def _columnist(article: Article) -> bool:
    """Whether the headline carries its author, as only columns do: "NAME SURNAME: ..." or "... | Name Surname"."""
    title = article.texts.get(Part.TITLE)
    return title is not None and _BYLINED.search(title.body) is not None

"""Which links of a sentence stand on their own, and which only stand inside what somebody else says.

Hides clause boundaries. "B said that A agreed" is B's statement; "A rejected it, while B agreed" are two.
"""

from __future__ import annotations

import re

from digests.model import Polarity
from digests.names import Mention
from digests.statements.links import Link
from digests.statements.quotes import MASK

_OUT = re.compile(
    r"; |, (?:while|whereas|although|though|but|even as|after|before|as|something|despite|with)\b"
    r"|\b(?:while|whereas)\b| but (?=[A-Z])|(?<![A-Z])\. "
)
_SOON = 90  # characters behind a colon in which a sentence of its own has its verb
_LISTED = re.compile(r", (?:and )?(?:the )?$")
_LAST = re.compile(r", and (?:the )?(?=[A-Z])")
_APART = re.compile(r"; |, (?:while|whereas|but|and|although|though|even as)\b|(?<![A-Z])\. ")
_SUBORDINATE = re.compile(
    r"(?:\w+, )?(?:[Ww]hen|[Aa]fter|[Aa]s|[Ww]hile|[Bb]efore|[Aa]lthough|[Tt]hough|[Ss]ince|[Ii]f"
    r"|[Ee]ven as)\b.{0,60}$"
)


def outermost(sentence: str, links: list[Link]) -> list[Link]:
    """Links that are not inside the content of another voice's."""
    kept: list[Link] = []
    links = [link for link in links if not _is_dateline(sentence, link, links)]
    for link in links:
        if any(_holds(sentence, other, link) for other in links if other is not link):
            continue
        kept.append(link)
    return kept


def _is_dateline(sentence: str, colon: Link, links: list[Link]) -> bool:
    """Whether a place with a colon only says where a full sentence was written, whose own subject comes soon."""
    head = colon.form == "colon" and colon.subject.start < colon.cue_start and sentence.rstrip().endswith(".")
    return head and any(
        link.form == "left" and link.verb.mode == "speech" and 0 < link.cue_start - colon.cue_end < _SOON
        for link in links
        if isinstance(link.subject, Mention) and isinstance(colon.subject, Mention) and colon.subject.kind == "metonym"
    )


def _is_next(sentence: str, outer: Link, inner: Link) -> bool:
    """Whether a clause only stands next to a demand, in a list: "A urged it, B signed it, and C shared it"."""
    listed = outer.verb.mode == "stance" and inner.verb.form in {"past", "s"} and inner.form == "left"
    return (
        listed
        and _LISTED.search(sentence, outer.cue_end, inner.subject.start) is not None
        and (
            _LAST.search(sentence, inner.start) is not None
            or sentence[: inner.subject.start].endswith((", and ", ", and the "))
        )
    )


def _holds(sentence: str, outer: Link, inner: Link) -> bool:
    """Whether `inner` lies in the content that `outer` introduces or closes."""
    if outer.verb.mode == "act" or (outer.cue_start, outer.cue_end) == (inner.cue_start, inner.cue_end):
        return False
    if is_tail(sentence, outer):
        return (
            not is_tail(sentence, inner)
            and inner.end <= outer.start
            and not _separated(sentence, inner.end, outer.start)
            and not (
                inner.verb.mode == "speech"
                and inner.form == "left"
                and inner.cue_start < 60
                and outer.form == "according"
            )
        )
    if is_tail(sentence, inner) and not _separated(sentence, outer.end, inner.start):
        return False
    if outer.form == "according" and outer.start < 5:
        return inner.start > outer.end and not _OUT.search(sentence[outer.end : inner.start])
    if outer.form == "noun":
        return (
            outer.cue_end < inner.start <= outer.cue_end + 60
            and sentence[outer.cue_end] == " "
            and not _OUT.search(sentence[outer.cue_end : inner.start])
        )
    if _SUBORDINATE.match(sentence[: outer.start]) and sentence[: inner.subject.start].rstrip(" the").endswith(","):
        return False
    if _is_next(sentence, outer, inner):
        return False
    if outer.form in {"left", "predicate", "right", "colon", "passive"} and inner.start >= outer.cue_end:
        return not _OUT.search(sentence[outer.cue_end : inner.start])
    return False


def is_tail(sentence: str, link: Link) -> bool:
    """Whether a link closes what stands before it: ", X said." or ", according to X"."""
    if (
        link.form == "right"
        or (link.form == "according" and link.start > 5)
        or (link.form == "colon" and link.subject.start > link.cue_start)
    ):
        return True
    before = _TITLED.sub("", sentence[: link.subject.start]).rstrip()
    return (
        link.form == "left"
        and link.verb.mode == "speech"
        and before.endswith((",", "\x01"))
        and len(before) > 25
        and bool(
            re.match(
                (
                    r"[.,;]?\s*$|\s*[.,;]|\s+(?:on|in|at|to|late|during|told|reporters|Monday|Tuesday|Wednesday"
                    r"|Thursday|Friday|Saturday|Sunday|this|last)\b[^\x01]{0,60}[.,]?"
                ),
                sentence[link.cue_end :],
            )
            or (link.verb.lemma == "tell" and _LISTENER.match(sentence, link.cue_end))
        )
    )


_TITLED = re.compile(r"(?:\b(?:the|a|an) |\b[A-Z][\w.]+(?: [A-Z][\w.]+)?[’']s? )?$")
"""Before a speaker: an article, or whose he is ("Poland's X")."""
_LISTENER = re.compile(r" (?:the |a |an |this )?[\w’' -]{3,50}[.]?$")  # "told Hungarian radio." closes a sentence


def _separated(sentence: str, start: int, end: int) -> bool:
    return bool(re.search(r"; |, (?:while|whereas|but)\b|(?<![A-Z])\. ", sentence[start:end]))


def clauses(sentence: str, links: list[Link]) -> dict[int, tuple[int, int]]:
    """For each link (by its cue's offset) the clause that carries it: the whole sentence, unless another party's link
    stands apart from it, an act follows a clause of somebody else's, or the reporter's own conclusion trails it."""
    whole = (0, len(sentence))
    cuts = sorted({*(m.start() for m in _APART.finditer(sentence)), *_list_cuts(sentence, links)})
    result = {}
    for link in links:
        start, end = whole
        for other in links:
            if other.subject == link.subject or other.cue_start == link.cue_start:
                continue
            between = [c for c in cuts if min(link.end, other.end) <= c <= max(link.start, other.start)]
            if between and other.start > link.start:
                end = min(end, between[0])
            elif between:
                start = max(start, _behind(sentence, between[-1]))
        if (link.verb.mode == "act" and link.form == "left") or link.verb.lemma == "insistence":
            start = max(start, _act_start(sentence, link, links))
        end = _without_conclusion(sentence, start, end, links)
        result[link.cue_start] = (start, end) if end - start >= _SHORTEST else whole
    return result


_STANDS = re.compile(
    r"insist\w*|\w+ (?:that )?(?:it|he|she|they|the country) (?:would|will|wo|must|should|could|can)\b"
)
_RELATIVE = re.compile(r",? (?:which|who)(?: \w+){0,3} ")
_BESIDE = 25  # characters of adverbs and days between a relative clause and the verb behind it
_AND = re.compile(r",? (?:and|but)(?: (?:has|have|had|is|are|also|then|\w+ly)){0,2} $")


def goes_on(sentence: str, known: Link, more: Link) -> tuple[int, int] | None:
    """Where one voice's second verb parts a sentence in two stands ("rejected it and insists on", "X, which wants it,
    said"): the end of what the first states, the start of what the second does; None where it does not."""
    if "act" in {known.verb.mode, more.verb.mode} or MASK in sentence or more.cue_start < known.cue_end:
        return None
    if more.form not in {"left", "predicate"} or not _takes_stand(sentence, known):
        return None
    if _RELATIVE.fullmatch(sentence, known.subject.end, known.cue_start):
        comma = sentence.rfind(", ", known.cue_end, more.cue_start + 1)
        return (comma, more.cue_start) if comma > 0 and more.cue_start - comma < _BESIDE else None
    joint = _AND.search(sentence, known.cue_end, more.cue_start)
    return (joint.start(), more.cue_start) if joint is not None and _takes_stand(sentence, more) else None


def _takes_stand(sentence: str, link: Link) -> bool:
    """Whether a verb says what its subject will have and what not."""
    return link.verb.stance is not Polarity.NEUTRAL or _STANDS.match(sentence, link.cue_start) is not None


def _list_cuts(sentence: str, links: list[Link]) -> set[int]:
    """Where the clauses of a list begin: at the commas before their subjects."""
    starts = {b.subject.start for a in links for b in links if a is not b and _is_next(sentence, a, b)}
    return {found.start() for at in starts if (found := _LISTED.search(sentence, max(0, at - _JOINT), at))}


_JOINT = 10  # characters of a comma, "and" and an article
_SHORTEST = 25  # characters: less is no clause that a reader could judge
_CONCLUSION = re.compile(
    r", (?:leaving|underscor|highlight|spark|prompt|rais|fuel|mark|cast|deepen|trigger|signal|making"
    r"|set|complicat|rattl|dash)(?:l?ing)? (?:the|a|an|it|fears|concern|doubt|hopes?|new|fresh"
    r"|another|what)\b"
)


def _act_start(sentence: str, link: Link, links: list[Link]) -> int:
    """Where the clause of an act begins, when what stands before it is nobody's statement."""
    for cut in reversed([m.start() for m in _APART.finditer(sentence, 0, link.subject.start)]):
        start = _behind(sentence, cut)
        if link.subject.start - start <= 30 and not any(other.start < cut for other in links if other is not link):
            return start
        break
    return 0


def _without_conclusion(sentence: str, start: int, end: int, links: list[Link]) -> int:
    found = _CONCLUSION.search(sentence, start, end)
    if found and not any(link.end > found.start() for link in links) and "\x01" not in sentence[found.start() : end]:
        return found.start()
    return end


def _behind(sentence: str, cut: int) -> int:
    joint = re.compile(r"[;,.]\s*(?:(?:while|whereas|but|and|although|though|even as)\s+)?").match(sentence, cut)
    return joint.end() if joint else cut

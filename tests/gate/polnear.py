"""Whose words the attribution grammar finds in political news that watches nobody of ours. Hides the labels' format.

The product resolves only watched parties. Here every noun phrase of the material (by its own part-of-speech tags) is
handed to the grammar as a name, and a link's cue and the side of it that carries the words are read off as spans: what
is measured is the grammar (`digests.statements.links`, `scope`, `quotes`), not the gazetteer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from config import Config
from digests.names import Mention
from digests.statements import links, quotes, scope
from digests.statements.links import Link
from digests.statements.verbs import lexicon
from tests.gate import measures
from tests.gate.material import json_rows

Span = tuple[str, int, int]
"""What (source, cue, content), first token, token behind the last."""

_SHOWN = {"``": "“", "''": "”", "-LRB-": "(", "-RRB-": ")", "--": "–"}
_IN_PHRASE = frozenset({"DT", "PRP$", "CD", "JJ", "JJS", "JJR", "NN", "NNS", "NNP", "NNPS", "POS"})
_HEADS = frozenset({"NN", "NNS", "NNP", "NNPS", "PRP", "WP", "DT", "CD"})
_AUXILIARY = frozenset(
    word
    for words in ("has have had also did does do not n't", "would will could may might can is are was were be")
    for word in words.split()
)
_STOPS = frozenset({".", "?", "!"})
_TO_SOMEBODY = frozenset({"tell", "assure", "remind", "urge", "warn", "ask", "inform"})
_SOON = 8  # tokens
_LONGEST_APPOSITION = 14  # tokens between the commas


@dataclass(frozen=True)
class Sentence:
    """A labelled row, or a sentence of it, as one text with the offsets of its tokens."""

    tokens: tuple[str, ...]
    tags: tuple[str, ...]
    wanted: frozenset[Span]
    text: str
    starts: tuple[int, ...]

    def token_at(self, offset: int) -> int:
        """The token that stands at or behind an offset."""
        return next(
            (n for n, start in enumerate(self.starts) if start + len(self._shown(n)) > offset), len(self.tokens)
        )

    def _shown(self, n: int) -> str:
        return _SHOWN.get(self.tokens[n], self.tokens[n])


def sentences(path: Path) -> Iterator[Sentence]:
    """The sentences of a file of tokens, tags and BIO labels."""
    for row in json_rows(path):
        tokens = _with_opening_marks(row["tokens"])
        shown = [_SHOWN.get(t, t) for t in tokens]
        starts, at = [], 0
        for word in shown:
            starts.append(at)
            at += len(word) + 1
        yield Sentence(tuple(tokens), tuple(row["pos"]), spans(row["labels"]), " ".join(shown), tuple(starts))


def _with_opening_marks(tokens: Sequence[str]) -> list[str]:
    """Some publishers' marks were all read as closing ones: one that begins a sentence or follows a comma, while none
    is open, opens."""
    shown, quoting = list(tokens), False
    for n, token in enumerate(tokens):
        if token == "''" and not quoting and (n == 0 or tokens[n - 1] in {*_STOPS, ",", ":", "--", "''"}):
            shown[n] = "``"
        quoting = shown[n] == "``" or (quoting and token != "''")
    return shown


def spans(labels: Sequence[str]) -> frozenset[Span]:
    """BIO labels as spans; an inside without a beginning begins one."""
    found: list[list[object]] = []
    before = "O"
    for n, label in enumerate(labels):
        begins, _, what = label.partition("-")
        if label != "O" and (begins == "B" or before[2:] != what):
            found.append([what, n, n + 1])
        elif label != "O":
            found[-1][2] = n + 1
        before = label
    return frozenset((str(w), int(str(a)), int(str(b))) for w, a, b in found)


def figures(path: Path, config: Config) -> tuple[dict[str, float], dict[str, list[str]]]:
    """Exact span F1 of source, cue and content; and what was missed or made up, in words."""
    counts = {what: [0, 0, 0] for what in ("source", "cue", "content")}
    errors: dict[str, list[str]] = {}
    for sentence in sentences(path):
        found = frozenset(found_spans(sentence))
        for what, count in counts.items():
            wanted, got = ({s for s in side if s[0] == what} for side in (sentence.wanted, found))
            count[0] += len(wanted & got)
            count[1] += len(got - wanted)
            count[2] += len(wanted - got)
            for kind, rows in (("missed", wanted - got), ("made up", got - wanted)):
                for _, a, b in sorted(rows):
                    errors.setdefault(f"polnear {what} {kind}", []).append(
                        f"[{' '.join(sentence.tokens[a:b])}] in: {' '.join(sentence.tokens)}"
                    )
    return {f"polnear.{what}": measures.score(*count).f1 for what, count in counts.items()}, errors


def found_spans(row: Sentence) -> Iterator[Span]:
    """What the grammar finds in the sentences of a row, one after the other."""
    quoting = False  # whether the sentence before had somebody's words in quotation marks
    for first, last in _parted(row):
        found = list(_in_sentence(_part(row, first, last)))
        if not found and quoting and row.tokens[first] == "``" and row.tokens[last - 1] == "''":
            found = [("content", 0, last - first)]  # goes on with the words of the sentence before
        yield from ((what, a + first, b + first) for what, a, b in found)
        quoting = bool(found) and "``" in row.tokens[first:last]


def _parted(row: Sentence) -> Iterator[tuple[int, int]]:
    """Where the sentences of a row begin and end: at a full stop, and behind the quotation that it closes."""
    first, quoting = 0, False
    for n, token in enumerate(row.tokens):
        quoting = token == "``" or (quoting and token != "''")
        ends = token in _STOPS or (token == "''" and n > first and row.tokens[n - 1] in _STOPS)
        if ends and not quoting and row.tokens[n + 1 : n + 2] != ("''",):
            yield first, n + 1
            first = n + 1
    if first < len(row.tokens):
        yield first, len(row.tokens)


def _part(row: Sentence, first: int, last: int) -> Sentence:
    start = row.starts[first]
    end = row.starts[last] - 1 if last < len(row.starts) else len(row.text)
    starts = tuple(at - start for at in row.starts[first:last])
    return Sentence(row.tokens[first:last], row.tags[first:last], frozenset(), row.text[start:end], starts)


def _in_sentence(sentence: Sentence) -> Iterator[Span]:
    """For each outermost link its source, its cue and the words it carries."""
    quoted = quotes.find(sentence.text)
    masked = quotes.masked(sentence.text, quoted)
    mentions = tuple(_phrases(sentence, masked))
    for link in scope.outermost(masked, links.find(masked, mentions)):
        if link.verb.mode == "act":
            continue
        source = _tokens(sentence, link.subject.start, link.subject.end)
        cue = _with_auxiliaries(sentence, _tokens(sentence, link.cue_start, link.cue_end))
        if " " in link.verb.lemma:  # "called for": its particle belongs to it
            cue = cue[0], cue[1] + 1
        if link.form == "according":
            cue = max(0, source[0] - 2), source[0]
        source = _with_apposition(sentence, source, cue)
        yield ("source", *source)
        yield ("cue", *cue)
        content = _trimmed(sentence, *_content(sentence, masked, link, source, cue))
        if content[1] - content[0] >= 2:
            yield ("content", *content)


def _trimmed(sentence: Sentence, first: int, last: int) -> tuple[int, int]:
    """Without a closing mark whose opening one lies outside."""
    words = sentence.tokens[first:last]
    if (words[-1:] == ("''",) and "``" not in words) or (words[-1:] == ("-RRB-",) and "-LRB-" not in words):
        last -= 1
    return first, last


def _phrases(sentence: Sentence, masked: str) -> Iterator[Mention]:
    """Runs of determiners, adjectives and nouns that end in a noun, outside quotations."""
    at = 0
    while at < len(sentence.tags):
        end = at
        while end < len(sentence.tags) and sentence.tags[end] in _IN_PHRASE:
            end += 1
        last = end
        while last > at and sentence.tags[last - 1] not in _HEADS:
            last -= 1
        if last > at and masked[sentence.starts[at]] != quotes.MASK:
            finish = sentence.starts[last - 1] + len(sentence.tokens[last - 1])
            name = sentence.text[sentence.starts[at] : finish]
            yield Mention(sentence.starts[at], finish, name, name, "person")
        at = max(end, at + 1)


def _tokens(sentence: Sentence, start: int, end: int) -> tuple[int, int]:
    return sentence.token_at(start), sentence.token_at(end - 1) + 1


def _with_auxiliaries(sentence: Sentence, cue: tuple[int, int]) -> tuple[int, int]:
    first = cue[0]
    while first > 0 and sentence.tokens[first - 1].lower() in _AUXILIARY:
        first -= 1
    return first, cue[1]


def _with_apposition(sentence: Sentence, source: tuple[int, int], cue: tuple[int, int]) -> tuple[int, int]:
    """A source runs on to its cue over what stands between two commas."""
    between = sentence.tokens[source[1] : cue[0]]
    if 2 < len(between) <= _LONGEST_APPOSITION and between[0] == "," and between[-1] == ",":
        return source[0], cue[0]
    behind = sentence.tokens[source[1] : source[1] + _LONGEST_APPOSITION]
    if source[0] >= cue[1] and behind[:1] == (",",):
        closing = next((n for n, t in enumerate(behind[1:], 1) if t in {",", "."}), None)
        if closing is not None and closing > 1:
            return source[0], source[1] + closing
    return source


def _content(
    sentence: Sentence, masked: str, link: Link, source: tuple[int, int], cue: tuple[int, int]
) -> tuple[int, int]:
    last = len(sentence.tokens)
    while last > 0 and sentence.tokens[last - 1] in _STOPS:
        last -= 1
    behind = max(cue[1], source[1])
    if sentence.tokens[behind : behind + 2] in {(",", "``"), (":", "``")}:
        return behind + 1, last
    if scope.is_tail(masked, link) or behind >= last:
        end = min(source[0], cue[0])
        if end and sentence.tokens[end - 1] == ",":
            end -= 1
        return 0, end
    if link.form == "according":
        return (source[1] + (sentence.tokens[source[1] : source[1] + 1] == (",",)), last)
    if link.form == "passive":
        return 0, cue[0]
    first = _opening(sentence, behind) if link.verb.mode == "speech" else behind
    if first == behind and link.verb.lemma in _TO_SOMEBODY:
        first = _behind_listener(sentence, first)
    while first < last and sentence.tokens[first] in {",", ":"}:
        first += 1
    return first, _before_participle(sentence, first, last)


def _opening(sentence: Sentence, first: int) -> int:
    """Where "that" or a quotation opens soon behind a verb of speech: only when, where and to whom stand between."""
    for n in range(first, min(first + _SOON, len(sentence.tokens))):
        if sentence.tags[n].startswith("VB") or sentence.tags[n] in {"PRP", "MD"}:
            return first
        if (sentence.tokens[n] == "that" and sentence.tags[n] == "IN") or sentence.tokens[n - 1 : n + 1] == (",", "``"):
            return n
    return first


def _behind_listener(sentence: Sentence, first: int) -> int:
    """Behind the phrase that names who was told, and where, if words follow it."""
    at = first
    while at < len(sentence.tags) and (sentence.tags[at] in _IN_PHRASE or sentence.tags[at] == "PRP"):
        at += 1
        if sentence.tokens[at : at + 1] in {("in",), ("at",), ("on",), ("of",)}:
            at += 1
    follows = sentence.tokens[at : at + 1]
    return at if follows and follows[0] not in {*_STOPS, "to"} else first  # "urged X to": X belongs to the words


def _before_participle(sentence: Sentence, first: int, last: int) -> int:
    """Before ", adding that": another cue of the same source begins there."""
    for n in range(first + 2, last - 1):
        quoting = sentence.tokens[first:n].count("``") > sentence.tokens[first:n].count("''")
        if not quoting and sentence.tokens[n] == "," and sentence.tags[n + 1] == "VBG":
            return n
        if not quoting and sentence.tokens[n] in {"and", "but"} and _says(sentence, n + 1):
            return n - (sentence.tokens[n - 1] == ",")
        if (
            not quoting
            and sentence.tokens[n] in {"but", "while", "though", "although"}
            and sentence.tokens[n - 1] in {",", "''"}
        ):
            return n - (sentence.tokens[n - 1] == ",")
    return last


def _says(sentence: Sentence, n: int) -> bool:
    """Whether a finite verb of speech stands there: "and said"."""
    verbs = lexicon().get(sentence.tokens[n].lower(), ()) if sentence.tags[n] in {"VBD", "VBZ"} else ()
    return any(verb.mode == "speech" for verb in verbs)

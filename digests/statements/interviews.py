"""Interviews that are printed as questions and answers: which characters of a page are whose answers.

Hides both ways of printing them: a name and a colon before every turn, or questions on lines of their own and answers
in the first person between them. Whoever answers must be known to the directory or introduced by the text above.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from digests.names import Gazetteer
from digests.statements.referents import Voice, voice_of
from digests.statements.strangers import Strangers

_WORD = r"[A-ZÀ-ÞŚŁŻŹĆŠŽČĐ][\w./’'-]{0,25}"
_TURN = re.compile(rf"^[*_]{{0,3}}(?P<name>{_WORD}(?: {_WORD}){{0,3}})[*_]{{0,3}} ?:[*_]{{0,3}}(?= |$)", re.MULTILINE)
_LINE = re.compile(r"[^\n]+")
_FIRST_PERSON = re.compile(r"\b(?:I|I[’'](?:m|d|ve|ll)|[Mm]y|we|We)\b")
_INTRODUCED = re.compile(
    r"\b(?:interview(?:s|ed)?(?: with)?|(?:spoke|speaks|talk(?:s|ed)|sat down|conversation) (?:to|with)|asked)"
    r" (?:[^.\n]{0,80}?)$"
)
_QUESTIONS = 3  # lines that are questions: fewer are rhetoric
_TURNS = 2  # turns of one name: fewer are a list
_SHORTEST, _LONGEST = 15, 500  # characters of a question
_OPENING = 4000  # characters in which an interview introduces who answers
_WHOLE = 40_000  # characters of a page that are looked at


@dataclass(frozen=True)
class Answer:
    """Characters of a text that are one person's answer."""

    start: int
    end: int
    voice: Voice


def find(body: str, gazetteer: Gazetteer) -> tuple[Answer, ...]:
    """The answers of an interview, in order; none where the text is none, or where nobody knows who answers."""
    body = body[:_WHOLE]
    return _by_turns(body, gazetteer) or _by_questions(body, gazetteer)


def _introduced(body: str, gazetteer: Gazetteer) -> Strangers:
    """Whom the text introduces."""
    strangers = Strangers()
    for line in _LINE.findall(body)[:120]:
        strangers.joined(line[:1500], gazetteer.mentions(line[:1500]))
    return strangers


def _by_turns(body: str, gazetteer: Gazetteer) -> tuple[Answer, ...]:
    turns = list(_TURN.finditer(body))
    names = [turn["name"].split()[-1] for turn in turns]
    often = {name for name in names if names.count(name) >= _TURNS}
    kept = [turn for turn, name in zip(turns, names, strict=True) if name in often]
    if not kept or len({turn["name"].split()[-1] for turn in kept}) == 1:
        return ()
    strangers = _introduced(body[:_OPENING], gazetteer)
    found = []
    for n, turn in enumerate(kept):
        voice = _named(turn["name"], gazetteer, strangers)
        if turn["name"] in {"A", "Answer"}:
            voice = _answering(body[: kept[0].start()][-_OPENING:], gazetteer)
        end = kept[n + 1].start() if n + 1 < len(kept) else len(body)
        if voice is not None:
            found.append(Answer(turn.start(), end, voice))
    return tuple(found)


def _named(name: str, gazetteer: Gazetteer, strangers: Strangers) -> Voice | None:
    """The person whose name stands before a turn."""
    people = [m for m in gazetteer.mentions(name) if m.kind == "person" and m.end == len(name)]
    if people:
        return voice_of(people[0])
    stranger = strangers.known.get(name.split()[-1])
    return Voice(stranger.actor_id, stranger.name, person=True) if stranger is not None else None


def _by_questions(body: str, gazetteer: Gazetteer) -> tuple[Answer, ...]:
    lines = [(line.start(), line.end(), line.group().strip(" *_")) for line in _LINE.finditer(body)]
    asked = [n for n, (_, _, line) in enumerate(lines) if line.endswith("?") and _SHORTEST <= len(line) <= _LONGEST]
    asked = [n for n in asked if lines[n][2][0] not in '“"«„']
    if len(asked) < _QUESTIONS:
        return ()
    turns = list(zip(asked, [*asked[1:], len(lines)], strict=True))
    answers = [(a + 1, b) for a, b in turns if any(_FIRST_PERSON.search(lines[n][2]) for n in range(a + 1, b))]
    quoted = sum(lines[a][2][0] in '“"«„' for a, _ in answers)
    voice = _answering(body[: lines[asked[0]][0]][-_OPENING:], gazetteer)
    if voice is None or len(answers) < _QUESTIONS or quoted:
        return ()
    return tuple(Answer(lines[a][0], lines[b - 1][1], voice) for a, b in answers)


def _answering(intro: str, gazetteer: Gazetteer) -> Voice | None:
    """Who answers, from what stands above the first question."""
    for m in gazetteer.mentions(intro):
        if m.kind == "person" and _INTRODUCED.search(intro[max(0, m.start - 120) : m.start]):
            return voice_of(m)
    known = [s for s in _introduced(intro, gazetteer).known.values() if s.actor_id]
    return Voice(known[-1].actor_id, known[-1].name, person=True) if known else None

"""What a language pipeline says of a text, as plain values, so that the pure part needs no pipeline. Hides its name."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Token:
    """One token. `start`, `end` count characters of the text of record, `head` is an index into the same tuple.

    `tag` is a Penn tag ("VBD"), `relation` an arc to the head ("nsubj", "nsubjpass", "agent", "pobj", "conj").
    """

    start: int
    end: int
    head: int
    tag: str
    relation: str
    lemma: str


@dataclass(frozen=True)
class ParsedText:
    """Tokens of the parsed sentences of one text in order; sentences that were not parsed have none."""

    tokens: tuple[Token, ...]

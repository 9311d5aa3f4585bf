"""Commands that look into the record: why, latest, search, diff, baseline, sources, new. Hides their words and keys."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot import grammar
from bot.commands import mending
from bot.commands.asks import (
    BASELINE,
    AskBaseline,
    AskDiff,
    AskLatest,
    AskNew,
    AskQuality,
    AskQuote,
    AskSearch,
    AskSources,
    AskWhy,
    Command,
)
from bot.commands.positions import an_issue, who
from bot.grammar import Misread
from bot.moments import moment
from bot.naming import Names, nearest
from digests import checking
from digests.frames import echo, say
from digests.model import Frame, Name, SourceClass

MOST_TERMS = 8
"""Words or phrases of one search."""
LONGEST_TERM = 80
"""Characters of one of them."""
MOST_PAGE = 200
"""Pages that may be turned to."""

_AROUND = "<>[](){}.,;\"'`#*_"


def new(words: Sequence[str], pairs: grammar.Pairs, names: Names, _zone: str) -> Command:
    """What is new, by filters, since a time."""
    keys = (*grammar.FILTERS, "since")
    if words:
        raise mending.keyless(words, keys, names, "new")
    grammar.allow(pairs, (*keys, "page"), "new")
    given = grammar.filters({k: v for k, v in pairs.items() if k in grammar.FILTERS}, names)
    since = grammar.when("since", pairs["since"]) if "since" in pairs else None
    return AskNew(given.pairs(), given.read_as, since, page_of(pairs))


def latest(words: Sequence[str], pairs: grammar.Pairs, _names: Names, _zone: str) -> Command:
    """The last digest here, or every line of a digest by its message's link."""
    grammar.allow(pairs, (), "latest")
    link = words[0] if words and grammar.is_address(words[0]) else ""
    grammar.no_words(words[1:] if link else words, "latest")
    return AskLatest(link)


def why(words: Sequence[str], pairs: grammar.Pairs, _names: Names, _zone: str) -> Command:
    """What stands behind a line or a message, or what became of an article."""
    grammar.allow(pairs, (), "why")
    said = [word for word in words if word.casefold() not in {"line", "id"}]
    cite = len(said) > 1 and said[-1].casefold() == "cite"
    said = said[:-1] if cite else said
    if not said:
        raise Misread(say("command.which_line"), ("latest", "help why"))
    grammar.no_words(said[1:], "why")
    what = said[0] if grammar.is_address(said[0]) else said[0].strip(_AROUND).casefold()
    if not what:
        raise Misread(say("command.which_line"), ("latest", "help why"))
    return AskWhy(what, cite)


def search(words: Sequence[str], pairs: grammar.Pairs, names: Names, _zone: str) -> Command:
    """Reports that hold all of the words."""
    grammar.allow(pairs, (*grammar.FILTERS, "since", "page"), "search")
    terms = [" ".join(grammar.unmarked(word).split()) for word in words]
    if not any(re.search(r"[^\W_]{2}", term) for term in terms):
        raise Misread(say("command.which_words"), ("help search",))
    if len(terms) > MOST_TERMS or any(len(term) > LONGEST_TERM for term in terms):
        raise Misread(say("command.too_many_words"), ("help search",))
    given = grammar.filters({k: v for k, v in pairs.items() if k in grammar.FILTERS}, names)
    since = grammar.when("since", pairs["since"]) if "since" in pairs else None
    again = " ".join(["search", *(f'"{term}"' for term in terms), *_typed_again(pairs)])
    return AskSearch(tuple(terms), given.pairs(), since, page_of(pairs), again, given.read_as)


def _typed_again(pairs: grammar.Pairs) -> list[str]:
    return [f'{key}:"{value}"' for key, values in pairs.items() if key != "page" for value in values]


def page_of(pairs: grammar.Pairs) -> int:
    """The page that is asked for, from 1."""
    values = pairs.get("page", ("1",))
    if len(values) != 1 or not re.fullmatch(r"[1-9]\d{0,2}", values[0]) or int(values[0]) > MOST_PAGE:
        raise Misread(say("command.bad_page", typed=echo(",".join(values))))
    return int(values[0])


def quote(words: Sequence[str], pairs: grammar.Pairs, _names: Names, _zone: str) -> Command:
    """Whether these words are on record; each of several quotations where all is in quotation marks."""
    grammar.allow(pairs, (), "quote")
    if len(words) > 1 and all(" " in word for word in words):
        first, *more = (word[: checking.CHARACTERS_AT_MOST] for word in words[: checking.QUOTATIONS_AT_MOST])
        return AskQuote(first, tuple(more))
    quoted = checking.quoted_in(grammar.unmarked(" ".join(words)))
    if checking.words_in(quoted) < checking.WORDS_AT_LEAST:
        raise Misread(say("command.which_quote"), ("help quote",))
    return AskQuote(quoted)


def diff(words: Sequence[str], pairs: grammar.Pairs, names: Names, _zone: str) -> Command:
    """Then and now."""
    grammar.allow(pairs, ("actor", "issue", "vs"), "diff")
    given = grammar.filters({k: v for k, v in pairs.items() if k != "vs"}, names)
    actors, issues = given.values.get("actor", ()), given.values.get("issue", ())
    if len(actors) > 1 or len(issues) > 1:
        raise Misread(say("command.one_at_a_time"))
    actor, issue = actors[0] if actors else None, issues[0] if issues else None
    notes: list[Frame] = [*given.read_as]
    if words and names.issue(" ".join(words)) and not names.who(" ".join(words)):
        issue, note = an_issue(words, names, "diff")
        notes += note
    elif words:
        asked, rest = who(words, names, "diff")
        actor = asked.actor_id
        if asked.speaker is not None:
            notes.append(say("command.read_speaker", speaker=Name(asked.speaker), who=Name(asked.actor)))
        if rest:
            issue, note = an_issue(rest, names, f"diff {actor}")
            notes += note
    vs = pairs.get("vs", (BASELINE,))
    against = BASELINE if vs == (BASELINE,) else grammar.when("vs", vs)
    return AskDiff(actor, issue, against, tuple(notes))


def baseline(words: Sequence[str], pairs: grammar.Pairs, _names: Names, _zone: str) -> Command:
    """The baseline's statements, or its versions."""
    grammar.allow(pairs, ("page",), "baseline")
    first = _one_of(words, ("show", "history"), "baseline")
    return AskBaseline(first == "history", page_of(pairs))


def sources(words: Sequence[str], pairs: grammar.Pairs, _names: Names, _zone: str) -> Command:
    """What is read, how each feed does, or how what is read is changed."""
    grammar.allow(pairs, (), "sources")
    if words and words[0].casefold() in _CHANGES:
        return _source_change(words[0].casefold(), words[1:])
    return AskSources(_one_of(words, ("status", *_CHANGES), "sources") == "status")


_CHANGES = ("add", "pause", "resume", "remove", "label")


def _source_change(change: str, words: Sequence[str]) -> AskSources:
    """`add URL`, `pause ID`, `label ID state`: files alone change what is read, and the answer says how."""
    if not words or (change == "add" and not grammar.is_address(words[0])):
        raise Misread(say("command.which_feed" if change == "add" else "command.which_source"), ("sources status",))
    kinds = [kind.value for kind in SourceClass]
    kind = words[1].casefold() if change == "label" and len(words) > 1 else ""
    if change == "label" and not kind:
        raise Misread(say("command.which_class", kinds=tuple(map(Name, kinds))), ("help sources",))
    if change == "label" and kind not in kinds:
        raise grammar.unknown("source class", kind, nearest(kind, kinds), ("help sources",))
    grammar.no_words(words[2 if change == "label" else 1 :], "sources")
    return AskSources(change=change, what=words[0], kind=kind)


def quality(words: Sequence[str], pairs: grammar.Pairs, _names: Names, _zone: str) -> Command:
    """The bot's own work, of a week or since a time, which may stand alone: `quality 30d`."""
    grammar.allow(pairs, ("since",), "quality")
    grammar.no_words(words[1:], "quality")
    if words and "since" in pairs:
        raise Misread(say("command.one_at_a_time"))
    if words and moment(words[0]) is None:
        raise Misread(say("command.bad_moment", filter=Name("quality"), typed=echo(words[0])))
    given = pairs.get("since", tuple(words))
    return AskQuality(grammar.when("since", given) if given else None)


def _one_of(words: Sequence[str], known: Sequence[str], verb: str) -> str:
    """The only word, one of those known, or ""."""
    grammar.no_words(words[1:], verb)
    if not words:
        return ""
    first = words[0].casefold()
    if first not in known:
        near = nearest(first, known)
        raise grammar.unknown("word", words[0], near, (f"{verb} {near}" if near else f"help {verb}",))
    return first

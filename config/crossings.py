"""What no file can check alone: ids that point into other files, names that two owners claim, dates of office.

Hides the order in which such things are looked at. Adds problems to the documents; changes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from config.document import Document, Place
from config.problems import nearest, shown
from config.schema import ActorEntry, ActorsFile, DigestsFile, FeedsFile, IssuesFile, SlackFile, SpeakerEntry

Period = tuple[date | None, date | None]


def feeds(document: Document, file: FeedsFile, actor_ids: Sequence[str] | None) -> None:
    """Feeds point at sources, sources at actors; no id and no address stands twice. None: actors are not readable."""
    source_ids = [s.id for s in file.sources]
    _unique(document, "sources", source_ids, "id")
    _unique(document, "feeds", [f.id for f in file.feeds], "id")
    _unique(document, "feeds", [f.url for f in file.feeds], "url")
    for n, source in enumerate(file.sources):
        if source.side is not None and actor_ids is not None:
            _known(document, ("sources", n, "side"), source.side, actor_ids, "actor")
        if source.id == BASELINE_ID:
            document.wrong(("sources", n, "id"), f"the id {BASELINE_ID} is the stored baseline's own", "Choose another")
    for n, feed in enumerate(file.feeds):
        _known(document, ("feeds", n, "source"), feed.source, source_ids, "source")


def actors(document: Document, file: ActorsFile) -> None:
    """Parents exist and make no circle, offices end after they begin, and no name belongs to two."""
    ids = [a.id for a in file.actors]
    _unique(document, "actors", ids, "id")
    parents = {a.id: a.parent for a in file.actors}
    for n, actor in enumerate(file.actors):
        if actor.parent is not None:
            _known(document, ("actors", n, "parent"), actor.parent, ids, "actor")
            _no_circle(document, ("actors", n, "parent"), actor.id, parents)
        _offices(document, ("actors", n), actor)
    _clashes(document, file)


def issues(document: Document, file: IssuesFile) -> None:
    """No id stands twice, and English terms are always there."""
    _unique(document, "issues", [i.id for i in file.issues], "id")
    for n, issue in enumerate(file.issues):
        if not issue.terms.get("en"):
            remedy = "Add a list of English terms: most sources are read in English"
            document.wrong(("issues", n, "terms"), "the terms have no “en”", remedy)


def digests(
    document: Document, file: DigestsFile, issue_ids: Sequence[str] | None, actor_ids: Sequence[str] | None
) -> None:
    """Channels name issues that exist, voices actors that exist."""
    _unique(document, "channels", [c.id for c in file.channels], "id")
    _unique(document, "required_sides", [v.id for v in file.required_sides], "id")
    for n, channel in enumerate(file.channels):
        for m, issue in enumerate(channel.issues):
            if issue_ids is not None:
                _known(document, ("channels", n, "issues", m), issue, issue_ids, "issue")
    for n, voice in enumerate(file.required_sides):
        if voice.side is not None and actor_ids is not None:
            _known(document, ("required_sides", n, "side"), voice.side, actor_ids, "actor")
        if voice.side is None and not voice.classes:
            remedy = "Give it a side, classes or both"
            document.wrong(("required_sides", n), "a voice without side and classes is any source", remedy)


def slack(document: Document, file: SlackFile) -> None:
    """The two commands are two."""
    if file.commands.position == file.commands.brief:
        what = f"both commands are {shown(file.commands.brief)}"
        document.wrong(("commands", "brief"), what, "Give them names of their own")


BASELINE_ID = "baseline"
"""Source and feed id of the stored baseline; no source of feeds.yaml may take it."""


def _unique(document: Document, entries: str, values: Sequence[str], key: str) -> None:
    first: dict[str, int] = {}
    for n, value in enumerate(values):
        if value in first:
            what = f"{shown(value)} is the {key} of {entries}[{first[value]}] already"
            document.wrong((entries, n, key), what, f"Give each its own {key}")
        first.setdefault(value, n)


def _known(document: Document, place: Place, value: str, known: Sequence[str], noun: str) -> None:
    if value not in known:
        document.wrong(place, f"there is no {noun} {shown(value)}", nearest(value, known))


def _no_circle(document: Document, place: Place, actor: str, parents: dict[str, str | None]) -> None:
    seen = {actor}
    at = parents[actor]
    while at is not None and at not in seen:
        seen.add(at)
        at = parents.get(at)
    if at == actor:
        document.wrong(place, "an actor cannot be its own parent, however far up", "Name another parent or none")


# --- offices and names --------------------------------------------------------------------------------------------


def _offices(document: Document, place: Place, actor: ActorEntry) -> None:
    """Every office ends after it begins, one person's offices follow each other, a title names one person at a time."""
    _unique_names(document, place, actor)
    holders: dict[str, list[tuple[str, Period]]] = defaultdict(list)
    for n, speaker in enumerate(actor.speakers):
        at = (*place, "speakers", n)
        for where, titles, period in offices(speaker):
            since, until = period
            if since is not None and until is not None and since > until:
                remedy = "Exchange the two, or mend the year"
                document.wrong((*at, *where, "until"), f"it ends on {until}, before it begins on {since}", remedy)
            for title in titles:
                others = [
                    who for who, other in holders[title.casefold()] if _overlap(period, other) and who != speaker.name
                ]
                for who in others:
                    what = f"{shown(title)} is a title of {shown(who)} in the same days"
                    document.wrong((*at, *where, "titles"), what, "Keep it with one of the two, or add since and until")
                holders[title.casefold()].append((speaker.name, period))


def offices(speaker: SpeakerEntry) -> Iterator[tuple[Place, Sequence[str], Period]]:
    """Every office of a person, earlier ones first: where it stands below the person, titles, first and last day."""
    for n, office in enumerate(speaker.earlier):
        yield ("earlier", n), office.titles, (office.since, office.until)
    yield (), speaker.titles, (speaker.since, speaker.until)


def _overlap(a: Period, b: Period) -> bool:
    return (a[0] or date.min) <= (b[1] or date.max) and (b[0] or date.min) <= (a[1] or date.max)


def _unique_names(document: Document, place: Place, actor: ActorEntry) -> None:
    first: dict[str, int] = {}
    for n, speaker in enumerate(actor.speakers):
        if speaker.name in first:
            what = f"{shown(speaker.name)} stands at speakers[{first[speaker.name]}] already"
            document.wrong((*place, "speakers", n, "name"), what, "Put the older office under earlier")
        first.setdefault(speaker.name, n)


def _clashes(document: Document, file: ActorsFile) -> None:
    """A name belongs to one person or one actor: otherwise words are given to somebody who did not say them."""
    for words in ("names", "stems", "adjectives"):
        owners: dict[str, str] = {}
        for owner, place, word in _owned(file, words):
            key = word.casefold()
            taken = owners.setdefault(key, owner)
            if taken != owner:
                what = f"{shown(word)} belongs to {taken} and to {owner}"
                document.wrong(place, what, "Keep it with one of the two, or write a fuller form")


def _owned(file: ActorsFile, words: str) -> Iterable[tuple[str, Place, str]]:
    for n, actor in enumerate(file.actors):
        at: Place = ("actors", n)
        if words == "names":
            yield actor.id, (*at, "name"), actor.name
        keys = {"names": ("aliases", "bodies")}.get(words, (words,))
        for key in keys:
            for m, word in enumerate(getattr(actor, key)):
                yield actor.id, (*at, key, m), word
        if words != "adjectives":
            yield from _owned_by_people(actor, at, words)


def _owned_by_people(actor: ActorEntry, at: Place, words: str) -> Iterable[tuple[str, Place, str]]:
    for n, speaker in enumerate(actor.speakers):
        here = (*at, "speakers", n)
        if words == "names":
            yield speaker.name, (*here, "name"), speaker.name
        key = "aliases" if words == "names" else words
        for m, word in enumerate(getattr(speaker, key)):
            yield speaker.name, (*here, key, m), word

"""From checked entries to the nouns of the rest of the program. Hides pydantic from everything behind it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from config.schema import (
    AccessFile,
    ActorEntry,
    ActorsFile,
    ChannelEntry,
    DigestsFile,
    FeedsFile,
    IssuesFile,
    OfficeEntry,
    SlackFile,
    SpeakerEntry,
    Weekday,
)
from config.values import Access, SlackApp
from digests.model import Actor, Channel, Directory, Feed, Issue, Source, Speaker, Voice, Watch


def directory(feeds: FeedsFile, actors: ActorsFile, issues: IssuesFile, baseline: Source) -> Directory:
    """What reading needs, in the order of the files, the baseline last among the sources."""
    return Directory(
        actors=tuple(_actor(a) for a in actors.actors),
        issues=tuple(
            Issue(i.id, i.name, tuple(i.points), _by_language(i.terms), i.context, _by_language(i.short))
            for i in issues.issues
        ),
        sources=(*_sources(feeds), baseline),
        watch=_watch(issues),
    )


def feeds(file: FeedsFile) -> tuple[Feed, ...]:
    """The addresses that are polled."""
    return tuple(Feed(f.id, f.source, f.url, f.language, f.every, f.pages) for f in file.feeds)


def channels(file: DigestsFile) -> tuple[Channel, ...]:
    """The schedules of digests."""
    return tuple(_channel(c) for c in file.channels)


def voices(file: DigestsFile) -> tuple[Voice, ...]:
    """The voices that a digest must have read."""
    return tuple(Voice(v.id, v.name, v.side or "", tuple(v.classes)) for v in file.required_sides)


def access(file: AccessFile) -> Access:
    """Who may change what."""
    return Access(tuple(file.admins), tuple(file.reviewers), file.hold_until_approved)


def slack(file: SlackFile) -> SlackApp:
    """The app and its commands."""
    app, commands = file.app, file.commands
    return SlackApp(app.name, app.description, app.long_description, app.color, commands.position, commands.brief)


def _sources(file: FeedsFile) -> Iterator[Source]:
    for s in file.sources:
        yield Source(
            id=s.id,
            name=s.name,
            source_class=s.source_class,
            family=s.family or s.id,
            side=s.side or "",
            country=s.country or "",
            zone=s.zone,
            label=s.label or "",
        )


def _actor(entry: ActorEntry) -> Actor:
    return Actor(
        id=entry.id,
        name=entry.name,
        parent=entry.parent,
        aliases=tuple(entry.aliases),
        bodies=tuple(entry.bodies),
        adjectives=tuple(entry.adjectives),
        stems=tuple(entry.stems),
        speakers=tuple(s for person in entry.speakers for s in _offices(person, entry.id)),
    )


def _offices(person: SpeakerEntry, actor_id: str) -> Iterator[Speaker]:
    """One speaker for each office of a person, in order of time."""
    offices: list[OfficeEntry | SpeakerEntry] = [*person.earlier, person]
    for office in offices:
        yield Speaker(
            name=person.name,
            actor_id=actor_id,
            role=office.role,
            aliases=tuple(person.aliases),
            since=office.since,
            until=office.until,
            stems=tuple(person.stems),
            titles=tuple(office.titles),
        )


def _channel(entry: ChannelEntry) -> Channel:
    order = list(Weekday)
    return Channel(
        id=entry.id,
        conversation=entry.conversation,
        zone=entry.zone,
        at=tuple(sorted(entry.at)),
        days=tuple(sorted(order.index(d) for d in entry.days)),
        catch_up=entry.catch_up,
        issues=tuple(entry.issues),
        when_empty=entry.when_empty,
        threads=entry.threads,
        compact=entry.style == "compact",
    )


def _watch(file: IssuesFile) -> Watch:
    watch = file.watch
    shells = {name: _flat(getattr(watch.shells, name)) for name in type(watch.shells).model_fields}
    return Watch(
        conflict=_flat(watch.conflict),
        talks=_flat(watch.talks),
        hints=_flat(watch.hints),
        other_conflicts=_flat(watch.other_conflicts),
        shells=shells,
    )


def _by_language(terms: Mapping[str, list[str]]) -> Mapping[str, tuple[str, ...]]:
    return {language: tuple(words) for language, words in terms.items()}


def _flat(terms: Mapping[str, list[str]]) -> tuple[str, ...]:
    """Terms of all languages in one list, each once."""
    return tuple(dict.fromkeys(word for words in terms.values() for word in words))

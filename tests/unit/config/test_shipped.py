"""What is shipped: complete, consistent, and true of the domain."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import cache
from itertools import pairwise
from pathlib import Path

import jsonschema
import pytest
import yaml

import config
from config import Config, editors, slack_app
from config.schema import FILES
from digests import text
from digests.model import Actor, Days, Part, SourceClass, Speaker

FOLDER = Path(config.__file__).parent


@cache
def shipped() -> Config:
    return config.load(FOLDER)


def actor(actor_id: str) -> Actor:
    return shipped().directory.actor_by_id[actor_id]


def in_office(actor_id: str, title: str, day: str) -> list[str]:
    """Who holds a title of an actor on a day."""
    on = date.fromisoformat(day)
    return [s.name for s in actor(actor_id).speakers if title in s.titles and serves(s, on)]


def serves(speaker: Speaker, on: date) -> bool:
    return (speaker.since or date.min) <= on <= (speaker.until or date.max)


def named(word: str) -> set[str]:
    """People and actors that a name belongs to."""
    found = set()
    for one in shipped().directory.actors:
        if word in (one.name, *one.aliases, *one.bodies):
            found.add(one.id)
        found |= {s.name for s in one.speakers if word in (s.name, *s.aliases)}
    return found


# --- actors -------------------------------------------------------------------------------------------------------


def test_the_parties_are_there_and_members_roll_up() -> None:
    ids = {a.id for a in shipped().directory.actors}
    parties = (
        "russia ukraine united-states europe nato united-nations china turkey belarus uae saudi-arabia qatar india"
    )
    assert ids >= {*parties.split(), "vatican", "analyst"}
    members = {a.id for a in shipped().directory.actors if shipped().directory.rolls_up(a.id, "europe")} - {"europe"}
    assert members >= {"eu", "united-kingdom", "france", "germany", "poland", "italy", "hungary", "finland", "e3"}
    assert "coalition-of-the-willing" in members
    assert shipped().directory.rolls_up("iaea", "united-nations")
    assert not shipped().directory.rolls_up("nato", "europe")


@pytest.mark.parametrize(
    ("actor_id", "title", "day", "holder"),
    [
        ("ukraine", "chief of staff", "2025-11-28", "Andriy Yermak"),
        ("ukraine", "chief of staff", "2025-12-15", None),
        ("ukraine", "chief of staff", "2026-01-02", "Kyrylo Budanov"),
        ("ukraine", "military intelligence chief", "2026-01-01", "Kyrylo Budanov"),
        ("ukraine", "military intelligence chief", "2026-01-03", "Oleh Ivashchenko"),
        ("ukraine", "defence minister", "2025-07-01", "Rustem Umerov"),
        ("ukraine", "defense minister", "2025-11-25", "Denys Shmyhal"),
        ("ukraine", "defense minister", "2026-01-14", "Mykhailo Fedorov"),
        ("ukraine", "chief negotiator", "2025-11-23", "Andriy Yermak"),
        ("ukraine", "chief negotiator", "2026-02-05", "Rustem Umerov"),
        ("ukraine", "prime minister", "2025-07-16", "Denys Shmyhal"),
        ("ukraine", "prime minister", "2025-07-17", "Yulia Svyrydenko"),
        ("ukraine", "SBU chief", "2026-01-05", "Vasyl Malyuk"),
        ("ukraine", "president", "2025-11-25", "Volodymyr Zelensky"),
        ("russia", "foreign minister", "2025-11-25", "Sergei Lavrov"),
        ("russia", "leader", "2025-11-25", "Vladimir Putin"),
        ("united-states", "president", "2025-11-25", "Donald Trump"),
        ("united-states", "president", "2024-11-25", None),
        ("united-states", "Ukraine envoy", "2025-12-01", "Keith Kellogg"),
        ("united-states", "Ukraine envoy", "2026-02-01", None),
        ("united-states", "army secretary", "2025-11-25", "Dan Driscoll"),
        ("united-kingdom", "foreign secretary", "2025-08-01", "David Lammy"),
        ("united-kingdom", "foreign secretary", "2026-01-06", "Yvette Cooper"),
        ("france", "leader", "2026-01-06", "Emmanuel Macron"),
        ("germany", "chancellor", "2026-01-06", "Friedrich Merz"),
        ("poland", "president", "2026-01-06", "Karol Nawrocki"),
        ("nato", "secretary general", "2026-01-06", "Mark Rutte"),
        ("eu", "foreign policy chief", "2026-01-06", "Kaja Kallas"),
        ("iaea", "director general", "2026-01-06", "Rafael Grossi"),
    ],
)
def test_a_title_names_who_held_it_on_the_day(actor_id: str, title: str, day: str, holder: str | None) -> None:
    assert in_office(actor_id, title, day) == ([holder] if holder else [])


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (("Zelensky", "Zelenskyy", "Zelenskiy", "Zelenskyi", "Selenskyj", "Zełenski"), "Volodymyr Zelensky"),
        (("Putin", "Poutine", "Putina", "Wladimir Putin"), "Vladimir Putin"),
        (("Trump", "Donalda Trumpa", "President Trump"), "Donald Trump"),
        (("Umerov", "Umierov"), "Rustem Umerov"),
        (("Sybiha", "Sibiha", "Sybiga"), "Andrii Sybiha"),
        (("Dmitriev", "Dmitriyev"), "Kirill Dmitriev"),
        (("Orban", "Orbán", "Viktor Orbán"), "Viktor Orban"),
        (("Szijjarto", "Péter Szijjártó"), "Peter Szijjarto"),
        (("Leavitt", "Caroline Leavitt"), "Karoline Leavitt"),
        (("Olysia Rutsevich",), "Orysia Lutsevych"),
        (("Kremlin", "Moscow", "Russland", "Rosja"), "russia"),
        (("Kyiv", "Kiev", "Kijów", "Kiew"), "ukraine"),
        (("US", "U.S.", "Washington", "White House", "США"), "united-states"),
        (("Russian Foreign Ministry", "Rosatom"), "russia"),
        (("Sweden", "Czech Republic"), "europe"),
        (("Nato", "NATO", "SACEUR"), "nato"),
        (("ISW", "Chatham House"), "analyst"),
    ],
)
def test_every_spelling_leads_to_one_name(words: tuple[str, ...], name: str) -> None:
    assert {w: named(w) for w in words} == {w: {name} for w in words}


@pytest.mark.parametrize(
    "surname", ["Powell", "Cooper", "Costa", "Miller", "Hill", "Greene", "Johnson", "Bell", "Hart"]
)
def test_a_surname_that_many_bear_is_nobodys_alias(surname: str) -> None:
    assert named(surname) == set()


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("Зеленського", "Volodymyr Zelensky"),
        ("Зеленским", "Volodymyr Zelensky"),
        ("Путіна", "Vladimir Putin"),
        ("Лаврову", "Sergei Lavrov"),
        ("Умєровим", "Rustem Umerov"),
        ("Віткоффа", "Steve Witkoff"),
        ("Уиткоффом", "Steve Witkoff"),
        ("Трампом", "Donald Trump"),
        ("Пєсков", "Dmitry Peskov"),
        ("Єрмака", "Andriy Yermak"),
    ],
)
def test_inflected_cyrillic_forms_begin_with_a_stem_of_one_person(form: str, name: str) -> None:
    people = (s for a in shipped().directory.actors for s in a.speakers)
    assert {s.name for s in people if any(form.startswith(stem) for stem in s.stems)} == {name}


def test_nobody_stands_in_two_offices_under_one_actor_at_once() -> None:
    for one in shipped().directory.actors:
        for name in {s.name for s in one.speakers}:
            terms = [(s.since or date.min, s.until or date.max) for s in one.speakers if s.name == name]
            assert all(a[1] < b[0] for a, b in pairwise(terms)), name


# --- issues -------------------------------------------------------------------------------------------------------


def test_the_issues_cover_every_point_of_the_plan() -> None:
    issues = shipped().directory.issues
    assert len(issues) == 23
    assert {p for i in issues for p in i.points} == set(range(1, 29))
    assert {i.id for i in issues if i.context} == {"military-aid", "hostilities"}
    assert {i.id for i in issues if not i.points} == {"europe-role", "process", "military-aid", "hostilities"}


def test_every_issue_has_words_in_every_language_that_is_read() -> None:
    read = {f.language for f in shipped().feeds}
    for issue in shipped().directory.issues:
        assert set(issue.terms) >= {"en", "uk", "ru", "de", "fr", "pl"} >= read
        assert all(issue.terms.values()), issue.id


def matches(terms: tuple[str, ...], sentence: str) -> bool:
    forms = (re.escape(t[:-1]) + r"\w*" if t.endswith("*") else re.escape(t) for t in terms)
    return re.search(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)", sentence, re.IGNORECASE) is not None


@pytest.mark.parametrize(
    ("issue_id", "language", "sentence"),
    [
        ("territory", "en", "They will not cede the rest of Donetsk."),
        ("nato-membership", "en", "The draft bars the country from joining NATO for good."),
        ("security-guarantees", "en", "An Article 5-like promise is on the table."),
        ("foreign-troops", "en", "A multinational force would go in afterwards."),
        ("armed-forces", "en", "Its forces would be limited to 600,000."),
        ("ceasefire", "en", "An energy truce may come first."),
        ("sanctions", "en", "Tankers of the shadow fleet were listed."),
        ("frozen-assets", "en", "The reparations loan was put off."),
        ("reconstruction", "en", "Rebuilding will cost more than that."),
        ("eu-membership", "en", "A date for EU accession was named."),
        ("nuclear-plant", "en", "Power of the Zaporizhzhia nuclear power plant would be shared."),
        ("elections", "en", "Elections within 100 days are foreseen."),
        ("humanitarian", "en", "A prisoner exchange took place."),
        ("justice", "en", "Full amnesty for all is proposed."),
        ("security-architecture", "en", "The root causes must be removed."),
        ("nuclear-arms", "en", "New START has run out."),
        ("identity-rights", "en", "The Russian language would be protected."),
        ("trade-routes", "en", "Grain may pass the Black Sea."),
        ("monitoring", "en", "A Peace Council would watch over it."),
        ("europe-role", "en", "Europe has no seat at the table."),
        ("process", "en", "Envoys will negotiate on the 28-point draft."),
        ("military-aid", "en", "More Patriot interceptors are needed."),
        ("hostilities", "en", "A drone attack left homes in the dark."),
        ("territory", "uk", "Йдеться про виведення військ із Донбасу."),
        ("security-guarantees", "uk", "Документ про гарантії безпеки готовий."),
        ("ceasefire", "ru", "Переговоры о прекращении огня."),
        ("frozen-assets", "ru", "Судьба замороженных активов."),
        ("security-guarantees", "pl", "Mowa o gwarancjach bezpieczeństwa."),
        ("ceasefire", "de", "Die Waffenruhe hält nicht."),
        ("process", "fr", "Un plan de paix est sur la table."),
    ],
)
def test_a_plain_sentence_on_an_issue_is_known_by_its_words(issue_id: str, language: str, sentence: str) -> None:
    assert matches(shipped().directory.issue_by_id[issue_id].terms[language], sentence)


@pytest.mark.parametrize(
    ("issue_id", "sentence"),
    [
        ("sanctions", "The response was swift."),
        ("hostilities", "The two struck a hopeful tone and were told in advance."),
        ("military-aid", "It is a safe bet."),
        ("europe-role", "They met on the sidelines of a forum."),
        ("nuclear-arms", "The start of the meeting was delayed."),
        ("elections", "The mayor won his election in Texas."),
        ("foreign-troops", "Troops marched through the capital."),
    ],
)
def test_common_words_are_no_terms(issue_id: str, sentence: str) -> None:
    assert not matches(shipped().directory.issue_by_id[issue_id].terms["en"], sentence)


def test_short_watch_stems_do_not_swallow_other_languages() -> None:
    other = shipped().directory.watch.other_conflicts
    for harmless in ("Gazprom raised prices", "газ подорожал", "a gazette", "сирий день"):
        assert not matches(other, harmless), harmless


# --- sources ------------------------------------------------------------------------------------------------------


def test_every_required_voice_has_at_least_one_source_that_is_polled() -> None:
    read = shipped()
    polled = {f.source_id for f in read.feeds}
    for voice in read.required_sides:
        carriers = [s.id for s in read.directory.sources if s.id in polled and read.directory.carries(s, voice)]
        assert carriers, voice.id
    asked = {(v.side, v.classes) for v in read.required_sides}
    assert ("", (SourceClass.WIRE,)) in asked
    assert {side for side, _ in asked} >= {"ukraine", "russia", "united-states", "europe"}


def test_every_source_is_polled_and_no_address_twice() -> None:
    read = shipped()
    assert {f.source_id for f in read.feeds} == {s.id for s in read.directory.sources} - {"baseline"}
    assert len({f.url for f in read.feeds}) == len(read.feeds)


def test_state_media_and_governments_are_labelled_as_such() -> None:
    for source in shipped().directory.sources:
        if source.source_class is SourceClass.STATE:
            assert re.search(r"state|government-run", source.label), source.id
        if source.source_class is SourceClass.OFFICIAL:
            assert re.search(r"government|institution|alliance|agency|United Nations", source.label), source.id


def test_publishers_of_one_owner_are_one_family() -> None:
    families = {s.id: s.family for s in shipped().directory.sources}
    assert families["tass"] == families["rt"] == families["kremlin"]
    assert families["ukrinform"] == families["president-of-ukraine"]
    assert families["reuters"] != families["associated-press"]


def test_pages_behind_a_news_searchs_redirects_are_not_read() -> None:
    searched = [f for f in shipped().feeds if "news.google.com" in f.url]
    assert searched
    assert not any(f.fetch_pages for f in searched)


# --- the channel, the baseline --------------------------------------------------------------------------------------


def test_the_shipped_channel_posts_nowhere_until_it_is_given_a_place() -> None:
    (channel,) = shipped().channels
    assert shipped().unplaced == (channel,)
    assert (channel.at, channel.days, channel.zone) == (("08:30",), (0, 1, 2, 3, 4), "Europe/Brussels")
    assert shipped().placed("C0123456789").unplaced == ()


def test_the_baseline_is_the_file_byte_for_byte_and_its_offsets_are_the_files() -> None:
    baseline = shipped().baseline
    data = (FOLDER / "baseline" / "seed-article.txt").read_bytes()
    body = baseline.article.texts[Part.TEXT].body
    assert body.encode("utf-8") == data
    assert baseline.article.content_sha == hashlib.sha256(data).hexdigest()
    assert text.record(body).body == body.rstrip("\n"), "normalising moves no offset"


def test_the_baseline_is_dated_and_is_a_rewrite() -> None:
    baseline = shipped().baseline
    assert (baseline.version, baseline.article.article_id) == (1, "baseline-v1")
    assert baseline.dated == Days(date(2025, 11, 25), date(2025, 11, 26))
    assert baseline.article.seen_at == datetime(2025, 11, 26, 5, tzinfo=UTC), "midnight in its own zone"
    source = shipped().directory.source_by_id[baseline.article.source_id]
    assert (source.source_class, source.zone) == (SourceClass.REWRITE, "America/New_York")


def test_every_known_fault_stands_in_the_text_with_its_other_wording_and_where_that_is_from() -> None:
    faults = shipped().baseline.faults
    assert [(f.kind, f.span.chars) for f in faults] == [
        ("polarity", "While sensitive, there are some details that cannot be resolved."),
        ("name", "Caroline Leavitt"),
        (
            "wording",
            "Our delegation has reached a common understanding of the core terms of the agreement discussed in Geneva.",
        ),
        ("day", "could form the basis of a final peace settlement"),
        ("wording", "then of course the situation would be radically different"),
        ("hedge", "totally unconstructive"),
        ("name", "Olysia Rutsevich"),
    ]
    assert all(f.other is not None and f.other.text.body == f.other_wording for f in faults)
    assert all(f.other_wording and f.source and f.other_wording != f.span.chars for f in faults)
    people = {s.name for a in shipped().directory.actors for s in a.speakers}
    assert {f.said_by for f in faults} - {""} <= people


# --- what is made from it -------------------------------------------------------------------------------------------


def test_the_manifest_is_fresh() -> None:
    stale = "run `python -m config.slack_app`"
    assert (FOLDER / "manifest.yaml").read_text(encoding="utf-8") == slack_app.written(shipped().slack), stale


def test_the_manifest_follows_the_names_of_commands_and_asks_for_nothing_unexplained() -> None:
    made = slack_app.manifest(shipped().slack)
    commands = [c["command"] for c in made["features"]["slash_commands"]]
    assert commands == [shipped().slack.position_command, shipped().slack.brief_command]
    assert made["settings"]["socket_mode_enabled"] is True
    assert made["settings"]["interactivity"]["is_enabled"] is True
    scopes = made["oauth_config"]["scopes"]["bot"]
    assert scopes == sorted(scopes)
    assert not {"chat:write.public", "channels:join", "files:read", "im:read"} & set(scopes)
    heard = made["settings"]["event_subscriptions"]["bot_events"]
    assert [e for e in heard if e.startswith("message.")] == ["message.im"]  # of no channel
    assert all(why for _, why in (*slack_app.SCOPES, *slack_app.EVENTS))


def test_the_manifest_is_valid_by_slacks_own_schema(shared: Path) -> None:
    schema = json.loads((shared / "data" / "slack" / "manifest.schema.2.0.0.json").read_text(encoding="utf-8"))
    jsonschema.validate(yaml.safe_load((FOLDER / "manifest.yaml").read_text(encoding="utf-8")), schema)


def test_the_manifest_command_writes_the_file_and_says_what_is_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert slack_app.main(tmp_path) == 2
    assert "missing" in capsys.readouterr().err


def test_the_editors_schema_is_fresh_and_true_of_every_shipped_file() -> None:
    assert (FOLDER / editors.NAME).read_text(encoding="utf-8") == editors.written(), "run `python -m config.editors`"
    schema = editors.schema()
    for name in FILES:
        value = yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
        jsonschema.validate({name: value}, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"feeds.yaml": {"sources": [], "feeds": []}}, schema)


def _lines() -> Iterator[tuple[str, str]]:
    for path in sorted(FOLDER.rglob("*.yaml")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield path.name, line


def test_the_files_are_read_alike_by_any_yaml_reader() -> None:
    """No bare word that other readers take for a boolean, a number in base 60, or a date."""
    for name, line in _lines():
        assert not re.search(
            r"(?::|-|\[|,)\s+(?:yes|no|on|off|y|n|NO|\d+:\d\d|\d{4}-\d\d-\d\d)\s*(?:[,\]}]|$)", line
        ), (name, line)

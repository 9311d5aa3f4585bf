"""Loading: plain nouns from a right folder, every problem at once from a wrong one."""

from __future__ import annotations

import pickle
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

import config
from config import ConfigProblems
from config.problems import PER_FILE
from digests.model import SourceClass, Speaker
from tests.unit.config import small


def test_a_right_folder_becomes_plain_nouns(tmp_path: Path) -> None:
    read = small.loaded(small.folder(tmp_path))
    herald, baseline = read.directory.sources
    assert (herald.source_class, herald.family, herald.side) == (SourceClass.INDEPENDENT, "herald", "ruritania")
    assert (herald.country, herald.zone) == ("NO", "Europe/Oslo")
    assert (baseline.id, baseline.source_class, baseline.zone) == ("baseline", SourceClass.REWRITE, "America/New_York")
    assert read.feeds[0].every == timedelta(minutes=30)
    assert read.directory.issue_by_id["territory"].terms == {"en": ("border*", "land swap"), "uk": ("кордон*",)}
    assert [i.context for i in read.directory.issues] == [False, True]
    assert read.directory.watch.shells["live"] == ("live updates",)
    (channel,) = read.channels
    assert (channel.at, channel.days, channel.catch_up) == (("08:30", "18:00"), (0, 4), timedelta(hours=2))
    assert (channel.when_empty, channel.threads, channel.compact) == ("silent", False, True)
    assert (read.slack.position_command, read.slack.brief_command) == ("/stand", "/tell")


def test_a_person_who_changed_office_becomes_one_speaker_an_office(tmp_path: Path) -> None:
    _, ruritania = small.loaded(small.folder(tmp_path)).directory.actors
    assert ruritania.speakers == (
        Speaker(
            "Rudolf Elphberg", "ruritania", "crown prince", ("Elphberg",), None, date(2020, 1, 1), (), ("crown prince",)
        ),
        Speaker("Rudolf Elphberg", "ruritania", "king", ("Elphberg",), date(2020, 1, 2), None, (), ("king",)),
    )


def _types(value: object, seen: set[type]) -> set[type]:
    seen.add(type(value))
    inner: list[object] = []
    if isinstance(value, dict):
        inner = [*value.keys(), *value.values()]
    elif isinstance(value, tuple | list):
        inner = list(value)
    elif hasattr(value, "__dataclass_fields__"):
        inner = [getattr(value, f) for f in value.__dataclass_fields__]
    for item in inner:
        _types(item, seen)
    return seen


def test_nothing_of_pydantic_comes_out_and_all_of_it_travels_to_another_process(tmp_path: Path) -> None:
    read = small.loaded(small.folder(tmp_path))
    assert not any(issubclass(t, BaseModel) for t in _types(read, set()))
    assert pickle.loads(pickle.dumps(read)) == read  # noqa: S301  our own bytes


def test_required_sides_know_which_sources_carry_them(tmp_path: Path) -> None:
    read = small.loaded(small.folder(tmp_path))
    (voice,) = read.required_sides
    carried = [s.id for s in read.directory.sources if read.directory.carries(s, voice)]
    assert carried == ["herald"], "a member's source counts for its parent; the baseline is no voice"


# --- who may, and where digests go --------------------------------------------------------------------------------


@pytest.mark.parametrize("access", [None, "", "# nobody\n", "admins: []\n", "admins:\nreviewers:\n"])
def test_nobody_may_change_anything_where_nobody_is_named(tmp_path: Path, access: str | None) -> None:
    read = small.loaded(small.folder(tmp_path, access=access))
    assert (read.access.admins, read.access.reviewers) == ((), ())


def test_admins_and_reviewers_are_told_apart(tmp_path: Path) -> None:
    access = small.loaded(small.folder(tmp_path)).access
    assert (access.admins, access.reviewers) == (("U0000000001",), ("W0000000002",))


def test_a_conversation_that_is_a_name_is_placed_and_one_that_is_an_id_is_left(tmp_path: Path) -> None:
    second = "  - {id: other, conversation: C0AAAAAAAA, zone: UTC, at: ['09:00']}\nrequired_sides:\n"
    read = small.loaded(small.folder(tmp_path, digests=small.edited("digests.yaml", "required_sides:\n", second)))
    assert [c.id for c in read.unplaced] == ["daily"]
    placed = read.placed("C0BBBBBBBB")
    assert [c.conversation for c in placed.channels] == ["C0BBBBBBBB", "C0AAAAAAAA"]
    assert placed.unplaced == ()


# --- problems -----------------------------------------------------------------------------------------------------

CASES = [
    ("feeds.yaml", "source: herald\n", "source: heralt\n", "feeds[0].source", "no source “heralt”", "mean herald"),
    ("feeds.yaml", "side: ruritania", "side: ruritanie", "sources[0].side", "no actor “ruritanie”", "mean ruritania"),
    ("feeds.yaml", "https://herald.example/rss", "herald.example", "feeds[0].url", "not an http", "https://"),
    (
        "feeds.yaml",
        "https://herald.example/rss",
        "https://a:b@herald.example/",
        "feeds[0].url",
        "no user name",
        "needs none",
    ),
    ("feeds.yaml", "https://herald.example/rss", "ftp://herald.example/", "feeds[0].url", "not an http", "https://"),
    (
        "feeds.yaml",
        "https://herald.example/rss",
        "https://herald.example:x/",
        "feeds[0].url",
        "not an http",
        "https://",
    ),
    ("feeds.yaml", "https://herald.example/rss", "'https://herald.example/a b'", "feeds[0].url", "no spaces", "%20"),
    ("feeds.yaml", "every: 30m", "every: 30", "feeds[0].every", "not a length of time", "15m"),
    ("feeds.yaml", "every: 30m", "every: 1m", "feeds[0].every", "greater than or equal", "docs/configuration.md"),
    ("feeds.yaml", "class: independent", "class: indie", "sources[0].class", "“indie”", "think-tank"),
    ("feeds.yaml", "country:", "cuontry:", "sources[0].cuontry", "no key “cuontry”", "mean country"),
    ("feeds.yaml", "zone: Europe/Oslo", "zone: Europe/Olso", "sources[0].zone", "no such time zone", "Europe/Oslo"),
    ("feeds.yaml", "zone: Europe/Oslo", "zone: Europe", "sources[0].zone", "no such time zone", "IANA"),
    ("feeds.yaml", "zone: Europe/Oslo", "zone: ../etc/passwd", "sources[0].zone", "no such time zone", "IANA"),
    ("feeds.yaml", "id: herald\n", "id: The Herald\n", "sources[0].id", "“The Herald”", "lower-case"),
    ("feeds.yaml", "language: en", "language: English", "feeds[0].language", "“English”", "two-letter"),
    ("feeds.yaml", 'country: "NO"', "country: Norway", "sources[0].country", "“Norway”", "two-letter"),
    ("feeds.yaml", "    url: https://herald.example/rss\n", "", "feeds[0].url", "missing", "docs/configuration.md"),
    ("feeds.yaml", "    name: The Herald", "    name: ''", "sources[0].name", "at least 1", "docs/configuration.md"),
    ("actors.yaml", "parent: continent", "parent: continents", "actors[1].parent", "“continents”", "mean continent"),
    ("actors.yaml", "parent: continent", "parent: ruritania", "actors[1].parent", "its own parent", "another parent"),
    ("actors.yaml", "aliases: [Strelsau]", "aliases: [The Continent]", "actors[1].aliases[0]", "belongs to", "fuller"),
    ("actors.yaml", "aliases: [Strelsau]", "aliases: [A, A]", "actors[1].aliases", "“A” is listed twice", "Remove"),
    ("actors.yaml", "aliases: [Strelsau]", "aliases: Strelsau", "actors[1].aliases", "a list is wanted", "shape"),
    (
        "actors.yaml",
        'since: "2020-01-02"',
        'since: "2.1.2020"',
        "actors[1].speakers[0].since",
        "not a day",
        "2025-11-28",
    ),
    (
        "actors.yaml",
        'since: "2020-01-02"',
        'since: "20200102"',
        "actors[1].speakers[0].since",
        "not a day",
        "2025-11-28",
    ),
    (
        "actors.yaml",
        'since: "2020-01-02"',
        'since: "2025-02-30"',
        "actors[1].speakers[0].since",
        "not a day",
        "2025-11-28",
    ),
    ("issues.yaml", "points: [21, 22]", "points: [21, x]", "issues[0].points[1]", "not a whole number", "digits"),
    ("issues.yaml", "points: [21, 22]", "points: [21, 21]", "issues[0].points", "listed twice", "Remove"),
    ("issues.yaml", "context: true", "context: yes", "issues[1].context", "true or false", "true or false"),
    ("issues.yaml", "[border*, land swap]", "['bor*der']", "issues[0].terms.en[0]", "very end", "withdraw*"),
    ("issues.yaml", "[border*, land swap]", "['bo*']", "issues[0].terms.en[0]", "at least 3 letters", "longer"),
    ("issues.yaml", "[border*, land swap]", "[Land, land]", "issues[0].terms.en", "listed twice", "Remove"),
    ("issues.yaml", "      en: [border*, land swap]\n", "", "issues[0].terms", "no “en”", "English"),
    ("issues.yaml", "id: weather", "id: territory", "issues[1].id", "issues[0] already", "its own id"),
    ("issues.yaml", "    photo: {en: [in pictures]}\n", "", "watch.shells.photo", "missing", "docs/configuration.md"),
    ("digests.yaml", '"08:30"', "8:30", "channels[0].at[1]", "“8:30”", "08:30"),
    ("digests.yaml", '"08:30"', '"24:00"', "channels[0].at[1]", "“24:00”", "08:30"),
    ("digests.yaml", '"08:30"', '"18:00"', "channels[0].at", "listed twice", "Remove"),
    ("digests.yaml", "[fri, mon]", "[fri, monday]", "channels[0].days[1]", "“monday”", "'mon'"),
    ("digests.yaml", "[fri, mon]", "[]", "channels[0].days", "at least 1", "docs/configuration.md"),
    (
        "digests.yaml",
        "issues: [territory]",
        "issues: [teritory]",
        "channels[0].issues[0]",
        "no issue “teritory”",
        "territory",
    ),
    ("digests.yaml", "when_empty: silent", "when_empty: hush", "channels[0].when_empty", "“hush”", "'silent'"),
    (
        "digests.yaml",
        "conversation: somewhere",
        "conversation: '#Some Where'",
        "channels[0].conversation",
        "form",
        "C0123",
    ),
    ("digests.yaml", "side: continent", "side: kontinent", "required_sides[0].side", "“kontinent”", "continent"),
    (
        "digests.yaml",
        "    side: continent\n    classes: [independent]\n",
        "",
        "required_sides[0]",
        "any source",
        "side",
    ),
    ("access.yaml", "U0000000001", "rudolf", "admins[0]", "“rudolf”", "U0123456789"),
    ("access.yaml", "admins:", "admin:", "admin", "no key “admin”", "mean admins"),
    ("slack.yaml", "/stand", "stand", "commands.position", "“stand”", "slash"),
    ("slack.yaml", "/tell", "/stand", "commands.brief", "both commands", "names of their own"),
    ("slack.yaml", "name: Small", f"name: {'x' * 36}", "app.name", "at most 35", "docs/configuration.md"),
    ("slack.yaml", '"#102030"', '"blue"', "app.color", "“blue”", "#2a4d69"),
    (
        "baseline/baseline.yaml",
        "the plan was dead\n",
        "the plan is dead\n",
        "faults[0].span",
        "stands 0 times",
        "exact",
    ),
    ("baseline/baseline.yaml", "span: the plan was dead", "span: e", "faults[0].span", "times in text.txt", "once"),
    ("baseline/baseline.yaml", "kind: polarity", "kind: bad", "faults[0].kind", "“bad”", "'hedge'"),
    (
        "baseline/baseline.yaml",
        'last: "2025-11-25"',
        'last: "2025-11-01"',
        "dated.last",
        "before 2025-11-24",
        "Exchange",
    ),
    ("baseline/baseline.yaml", "text: text.txt", "text: ../../etc/x.txt", "text", "form", ".txt"),
]


@pytest.mark.parametrize(("file", "old", "new", "place", "what", "remedy"), CASES)
def test_a_wrong_value_is_said_with_file_place_line_and_remedy(
    tmp_path: Path, file: str, old: str, new: str, place: str, what: str, remedy: str
) -> None:
    small.folder(tmp_path)
    (tmp_path / file).write_text(small.edited(file, old, new), encoding="utf-8")
    problem = small.only(tmp_path)
    assert problem.file == str(tmp_path / file)
    assert problem.place == place
    assert what in problem.what, problem
    assert remedy in problem.remedy, problem
    assert problem.line is not None
    shown = f"{problem.file}:{problem.line} {problem.place}: "
    assert str(problem).startswith(shown)


def test_an_office_that_ends_before_it_begins_is_a_problem(tmp_path: Path) -> None:
    wrong = small.edited("actors.yaml", 'since: "2020-01-02"', 'since: "2020-01-02"\n        until: "2019-01-02"')
    problem = small.only(small.folder(tmp_path, actors=wrong))
    assert problem.place == "actors[1].speakers[0].until"
    assert "before it begins on 2020-01-02" in problem.what


def test_a_title_names_one_person_at_a_time(tmp_path: Path) -> None:
    rival = "      - {name: Black Michael, role: duke, since: '2021-01-01', titles: [king]}\n"
    problem = small.only(small.folder(tmp_path, actors=small.FILES["actors.yaml"] + rival))
    assert problem.place == "actors[1].speakers[1].titles"
    assert "title of “Rudolf Elphberg” in the same days" in problem.what
    before = rival.replace("since: '2021-01-01'", "until: '2020-01-01'")
    small.loaded(small.folder(tmp_path, actors=small.FILES["actors.yaml"] + before))


def test_one_name_of_two_people_is_a_problem(tmp_path: Path) -> None:
    rival = "      - {name: Black Michael, role: duke, aliases: [ELPHBERG]}\n"
    problem = small.only(small.folder(tmp_path, actors=small.FILES["actors.yaml"] + rival))
    assert problem.place == "actors[1].speakers[1].aliases[0]"
    assert "“ELPHBERG” belongs to Rudolf Elphberg and to Black Michael" in problem.what


def test_no_source_takes_the_baselines_own_id(tmp_path: Path) -> None:
    wrong = (
        small.FILES["feeds.yaml"]
        .replace("id: herald\n", "id: baseline\n")
        .replace("source: herald", "source: baseline")
    )
    problem = small.only(small.folder(tmp_path, feeds=wrong))
    assert problem.place == "sources[0].id"
    assert "baseline's own" in problem.what


def test_a_baseline_text_that_was_changed_is_refused(tmp_path: Path) -> None:
    problem = small.only(small.folder(tmp_path, text=small.TEXT.replace("Nobody", "Everybody")))
    assert problem.place == "sha256"
    assert "not the text that was frozen" in problem.what
    assert "new version" in problem.remedy


def test_a_baseline_text_that_is_missing_is_named(tmp_path: Path) -> None:
    problem = small.only(small.folder(tmp_path, text=None))
    assert problem.file.endswith("text.txt")
    assert "missing" in problem.what


@pytest.mark.parametrize("name", [n for n in small.FILES if n.endswith(".yaml") and n != "access.yaml"])
def test_each_missing_file_is_named(tmp_path: Path, name: str) -> None:
    small.folder(tmp_path)
    (tmp_path / name).unlink()
    problem = small.only(tmp_path)
    assert problem.file == str(tmp_path / name)
    assert problem.what == "the file is missing"


def test_a_folder_that_is_not_there_is_one_problem(tmp_path: Path) -> None:
    problem = small.only(tmp_path / "nowhere")
    assert "no such folder" in problem.what
    assert "BRIEF_CONFIG" in problem.remedy


def test_a_file_that_nobody_reads_is_a_problem_since_its_settings_would_have_no_effect(tmp_path: Path) -> None:
    small.folder(tmp_path)
    (tmp_path / "feed.yaml").write_text("feeds: []\n", encoding="utf-8")
    problem = small.only(tmp_path)
    assert problem.file.endswith("feed.yaml")
    assert "Did you mean feeds.yaml" in problem.remedy


def test_every_problem_of_every_file_comes_at_once(tmp_path: Path) -> None:
    small.folder(
        tmp_path,
        feeds=small.edited("feeds.yaml", "https://herald.example/rss", "nonsense").replace("every: 30m", "every: soon"),
        actors=small.edited("actors.yaml", "parent: continent", "parent: nobody"),
        issues="",
        digests=small.edited("digests.yaml", "Europe/Oslo", "Europe/Olso").replace('"08:30"', "8:30"),
        access="admins: [me]",
        slack=None,
        text="another text\n",
    )
    found = small.problems(tmp_path)
    assert sorted((Path(p.file).name, p.place) for p in found) == [
        ("access.yaml", "admins[0]"),
        ("actors.yaml", "actors[1].parent"),
        ("baseline.yaml", "faults[0].span"),
        ("baseline.yaml", "sha256"),
        ("digests.yaml", "channels[0].at[1]"),
        ("digests.yaml", "channels[0].zone"),
        ("feeds.yaml", "feeds[0].every"),
        ("feeds.yaml", "feeds[0].url"),
        ("issues.yaml", ""),
        ("slack.yaml", ""),
    ]
    text = str(ConfigProblems(found))
    assert text.startswith("configuration: 10 problems\n")
    assert all(p.remedy in text for p in found)


def test_a_key_that_stands_twice_is_said_beside_everything_else(tmp_path: Path) -> None:
    wrong = small.edited("feeds.yaml", "    every: 30m\n", "    every: 30m\n    every: 45m\n    language: xx1\n")
    places = [p.place for p in small.problems(small.folder(tmp_path, feeds=wrong))]
    assert places == ["feeds[0].every", "feeds[0].language", "feeds[0].language"]


def test_a_file_of_a_thousand_mistakes_is_cut_and_says_so(tmp_path: Path) -> None:
    rows = "".join(f"  - {{id: Bad{n}, name: x, class: wire}}\n" for n in range(400))
    wrong = small.edited("feeds.yaml", "feeds:\n", rows + "feeds:\n")
    found = small.problems(small.folder(tmp_path, feeds=wrong))
    assert len(found) == PER_FILE + 1
    assert f"{400 - PER_FILE} more problems" in found[-1].what


def test_what_a_file_holds_cannot_forge_lines_of_the_message(tmp_path: Path) -> None:
    wrong = small.edited("feeds.yaml", "language: en", '"lan\\nguage\\u001b[31m": "\\r\\nall is well"')
    text = "".join(str(p) for p in small.problems(small.folder(tmp_path, feeds=wrong)))
    assert text.isprintable()


# --- nothing else is ever raised ----------------------------------------------------------------------------------

_names = st.sampled_from([n for n in small.FILES if n.endswith(".yaml")])
_bits = st.one_of(
    st.sampled_from(
        [
            ": ",
            "- ",
            "[",
            "]",
            "{",
            "}",
            "'",
            '"',
            "\n",
            "\t",
            "#",
            "&a ",
            "*a",
            "!!set ",
            "? ",
            "|",
            "---\n",
            "\x00",
            "~",
            "<<: ",
        ]
    ),
    st.text(max_size=8),
    st.sampled_from(
        ["99999999999999999999", "-1", "1e999", "nan", "", "Europe", "null", "true", "2025-13-45", "https://["]
    ),
)


@settings(max_examples=250, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=_names, cuts=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 12), _bits), min_size=1, max_size=4))
def test_a_mutated_file_raises_nothing_but_its_problems(
    tmp_path: Path, name: str, cuts: list[tuple[float, int, str]]
) -> None:
    small.folder(tmp_path)
    text = small.FILES[name]
    for where, length, bit in cuts:
        at = int(where * len(text))
        text = text[:at] + bit + text[at + length :]
    (tmp_path / name).write_bytes(text.encode("utf-8", "surrogatepass"))
    for problem in small.problems(tmp_path):
        assert problem.what
        assert problem.remedy


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=_names, data=st.binary(max_size=400))
def test_bytes_of_any_kind_raise_nothing_but_problems(tmp_path: Path, name: str, data: bytes) -> None:
    small.folder(tmp_path)
    (tmp_path / name).write_bytes(data)
    small.problems(tmp_path)


_values: st.SearchStrategy[object] = st.recursive(
    st.one_of(st.text(max_size=20), st.integers(), st.booleans(), st.none(), st.floats()),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=12), inner, max_size=4)),
    max_leaves=12,
)


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=_names, value=_values)
def test_yaml_of_another_shape_raises_nothing_but_problems(tmp_path: Path, name: str, value: object) -> None:
    small.folder(tmp_path)
    (tmp_path / name).write_text(yaml.safe_dump(value), encoding="utf-8")
    if name != "access.yaml":
        assert small.problems(tmp_path)
    else:
        small.problems(tmp_path)


def test_importing_reads_no_file_and_load_takes_a_path_as_text(tmp_path: Path) -> None:
    assert config.load(str(small.folder(tmp_path))).slack.name == "Small"

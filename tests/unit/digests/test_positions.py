"""Facts about positions: only an actor's own words and acts move it, the newest first."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from digests.model import Days, Kind, Part, Polarity, Statement, Verdict
from digests.positions import position
from digests.text import as_given
from tests.unit.digests.parties import DIRECTORY

NOW = datetime(2025, 11, 28, 9, tzinfo=UTC)


def said(
    name: str,
    actor: str = "russia",
    *,
    on: date | None = None,
    issues: tuple[str, ...] = ("territory",),
    kind: Kind = Kind.QUOTED,
    about: tuple[str, ...] = (),
    article: str = "a",
    at: int = 0,
) -> Statement:
    text = as_given("." * at + name)
    return Statement(
        statement_id=name,
        article_id=article,
        revision=0,
        part=Part.TEXT,
        span=text.span(at, at + len(name)),
        actor_id=actor,
        speaker=None,
        kind=kind,
        issues=issues,
        polarity=Polarity.NEUTRAL,
        said_on=Days(on, on) if on else None,
        about=about,
    )


def newest(*statements: Statement, actor: str = "russia", **more: object) -> list[str]:
    held = position(actor, statements, (), DIRECTORY, NOW, **more).held  # type: ignore[arg-type]
    return [s.statement_id for s in held[0].newest] if held else []


def test_what_was_said_last_stands_first_whatever_was_read_last() -> None:
    assert newest(said("new", on=date(2025, 11, 27)), said("old", on=date(2025, 11, 21))) == ["new", "old"]


def test_an_undated_statement_is_as_of_the_day_its_article_was_seen() -> None:
    seen = {"a": NOW - timedelta(days=3), "b": NOW - timedelta(days=1)}
    old, fresh = said("old", on=date(2025, 11, 26), article="a"), said("fresh", article="b")
    assert newest(fresh, old, seen_at=seen) == ["fresh", "old"]


def test_within_one_article_the_top_is_the_news() -> None:
    assert newest(said("top", at=1), said("below", at=9)) == ["top", "below"]


def test_analysis_and_words_about_an_actor_move_nothing() -> None:
    analysis = said("guess", kind=Kind.ANALYSIS)
    others = said("they say", "ukraine", about=("russia",))
    found = position("russia", (analysis, others), (), DIRECTORY, NOW)
    assert found.held == ()
    assert [s.statement_id for s in found.about] == ["they say"]


def test_members_roll_up_to_their_parent() -> None:
    assert newest(said("oui", "france"), actor="europe") == ["oui"]
    assert newest(said("oui", "france"), actor="europe", members=False) == []
    assert newest(said("jointly", "europe"), actor="france") == []


def test_the_baseline_stands_apart_and_silence_is_listed() -> None:
    found = position("russia", (), (said("then"),), DIRECTORY, NOW)
    assert found.held[0].newest == ()
    assert [s.statement_id for s in found.held[0].baseline] == ["then"]
    assert "ceasefire" in found.silent
    assert "territory" not in found.silent


def test_one_issue_can_be_asked_for() -> None:
    both = said("both", issues=("territory", "ceasefire"))
    found = position("russia", (both,), (), DIRECTORY, NOW, "ceasefire")
    assert [h.issue_id for h in found.held] == ["ceasefire"]
    assert found.silent == ()


def test_as_of_travels_in_time() -> None:
    seen = {"a": NOW - timedelta(days=3), "b": NOW}
    statements = (said("then", article="a"), said("now", article="b"))
    found = position("russia", statements, (), DIRECTORY, NOW - timedelta(days=1), seen_at=seen)
    assert [s.statement_id for s in found.held[0].newest] == ["then"]


def test_only_a_shift_moves() -> None:
    seen = {"a": NOW}
    moved = position("russia", (said("s"),), (), DIRECTORY, NOW, seen_at=seen, verdicts={"s": Verdict.SHIFT})
    stood = position("russia", (said("s"),), (), DIRECTORY, NOW, seen_at=seen, verdicts={"s": Verdict.RESTATED})
    assert moved.held[0].moved_at == NOW
    assert stood.held[0].moved_at is None


def test_the_last_words_are_the_baselines_where_they_are_of_a_later_day() -> None:
    early, late = date(2025, 11, 24), date(2025, 11, 25)
    on_record, first = said("record", on=early), said("baseline", on=late)
    [held] = position("russia", [on_record], [first], DIRECTORY, NOW).held
    assert held.last == first
    [held] = position("russia", [said("record", on=late)], [first], DIRECTORY, NOW).held
    assert held.last.statement_id == "record"
    [held] = position("russia", [said("undated")], [first], DIRECTORY, NOW).held
    assert held.last.statement_id == "undated"

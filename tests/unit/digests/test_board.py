"""The board of who spoke: each frame is a query over lines and record, and says nothing about the world."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests import board
from digests.frames import say
from digests.model import Days, Development, Digest, Kind, Statement, Verdict
from digests.phrases import PHRASES
from digests.ports import Recorded
from tests.builders import a_judgement, a_statement, an_article
from tests.unit.digests.newsstand import (
    LEAVITT,
    LEAVITT_LEAD,
    PAPERS,
    TROOPS,
    TROOPS_LEAD,
    Newsstand,
    directory,
    judged,
)
from tests.unit.digests.recount import Recount, shown

SPEAKERS = (
    ("russia", "Sergei Lavrov"),
    ("russia", "Dmitry Peskov"),
    ("ukraine", "Volodymyr Zelensky"),
    ("ukraine", None),
    ("united-states", "Marco Rubio"),
    ("france", "Emmanuel Macron"),
    ("eu", "Kaja Kallas"),
    ("turkey", "Recep Tayyip Erdogan"),
    ("analyst", None),
)
LEADS = (
    "Prisoners must come home before winter, families were told in Kyiv.",
    "Europe wants a seat wherever borders are spoken of, the minister added.",
    "Frozen assets belong to a fund that lawyers have yet to write.",
    "Whoever draws the line in Donetsk must defend it, an aide warned.",
    "Grain ships sail again under three flags since the weekend.",
    "Nobody has seen the nineteen points on paper, the spokesman complained.",
    "Elections can wait until the guns are silent, deputies heard.",
    "A telephone call in October explains much, the envoy argued.",
    "Guarantees without ratification are worth little, senators replied.",
    "The plant at Enerhodar needs water, inspectors reminded both sides.",
    "Istanbul stands ready to host, its president offered once more.",
    "Sanctions will be lifted step by step or not at all, diplomats hinted.",
    "Troops from two countries could arrive first, generals calculated.",
    "Belgium fears the bill for a loan that others praise.",
)
ISSUES = ("process", "territory", "frozen-assets", "hostilities")


def entries(digest: Digest) -> dict[str, set[str]]:
    return {e.actor_id: shown(e) for e in digest.board}


def recounted(stand: Newsstand, digest: Digest) -> dict[str, set[str]]:
    window = stand.window()
    recount = Recount(digest.lines, digest.alerted, window, directory(), digest.freshness)
    return {e.actor_id: recount.said(e) for e in digest.board}


def spoke(
    verdict: Verdict,
    *,
    who: tuple[str, str | None] = ("russia", "Sergei Lavrov"),
    story: str = "s1",
    issue: str = "process",
    kind: Kind = Kind.REPORTED,
    on: date | None = date(2025, 11, 25),
    line: Verdict = Verdict.NEW,
    weight: int = 1,
    outlet: str = "harbour-wire",
    hours: float = 0.0,
    reason: str = "",
) -> Recorded:
    """A report in which one statement has one verdict, and the report itself another."""
    actor, speaker = who
    lead = LEADS[sum(map(ord, story)) % len(LEADS)]
    article = an_article(
        f"{outlet}-{story}-{actor}-{hours:g}", title=f"{story} is told", lead=lead, feed_id=outlet, hours=hours
    )
    said = a_statement(article, actor_id=actor, speaker=speaker, issues=(issue,), kind=kind, said_on=on)
    report = judged(story, article=article, statements=[said], verdict=line, weight=weight, actors=(actor,))
    judgement = a_judgement(said, verdict=verdict)
    judgement = replace(judgement, reason=say(reason)) if reason else judgement
    assert isinstance(report.development, Development)
    return replace(report, development=replace(report.development, judgements=(judgement,)))


def board_of(*reports: Recorded, read: list[str] | None = None) -> dict[str, set[str]]:
    stand = Newsstand()
    for report in reports:
        stand.keeps(report)
    digest = stand.digest(read=read)
    found = entries(digest)
    if read is None:
        assert found == recounted(stand, digest)
    return found


def test_the_four_parties_always_stand_on_the_board() -> None:
    assert [e.actor_id for e in Newsstand().digest().board] == list(board.PARTIES)


def test_new_words_are_named_by_issue_and_line() -> None:
    found = board_of(spoke(Verdict.NEW), spoke(Verdict.UPDATE, story="s2", issue="territory", hours=1))
    assert found["russia"] == {"new on process of the talks: 1", "new on territory: 2", "no shift found"}


def test_members_roll_up_to_their_parent() -> None:
    found = board_of(spoke(Verdict.NEW, who=("france", "Emmanuel Macron"), issue="frozen-assets"))
    assert "new on frozen assets: 1" in found["europe"]
    assert "france" not in found


def test_another_party_stands_on_the_board_when_it_spoke() -> None:
    assert "turkey" not in board_of()
    assert "new on process of the talks: 1" in board_of(spoke(Verdict.NEW, who=("turkey", None)))["turkey"]


@pytest.mark.parametrize(
    ("reason", "what"),
    [
        ("reason.number_changed", "number"),
        ("reason.condition_changed", "condition"),
        ("reason.yes_no_changed", "yes/no"),
    ],
)
def test_a_shift_says_what_changed(reason: str, what: str) -> None:
    found = board_of(spoke(Verdict.SHIFT, line=Verdict.SHIFT, issue="territory", reason=reason))
    assert found["russia"] == {f"shift on territory: 1 ({what} changed)"}


def test_a_possible_shift_asks_to_read_both() -> None:
    found = board_of(spoke(Verdict.POSSIBLE_SHIFT, line=Verdict.POSSIBLE_SHIFT, issue="territory"))
    assert found["russia"] == {"possible shift on territory: read 1, was and now"}


def test_a_corrected_wording_is_no_news_of_the_party() -> None:
    found = board_of(spoke(Verdict.CORRECTION, line=Verdict.CORRECTION))
    assert found["russia"] == {"wording corrected: 1", "no shift found"}


def test_what_was_said_again_has_its_day() -> None:
    found = board_of(spoke(Verdict.RESTATED, on=date(2025, 11, 24)))
    assert found["russia"] == {"said again in other words, 24 Nov 2025: 1", "no shift found"}


def test_a_silent_party_is_given_its_last_words() -> None:
    found = board_of()
    assert found["russia"] == {"nothing of its own · last on record Sergei Lavrov, 25 Nov 2025 (baseline)"}
    assert "ukraine" in found


def test_a_party_that_said_only_what_is_known_said_nothing_new() -> None:
    found = board_of(spoke(Verdict.REPEAT, line=Verdict.REPEAT))
    assert found["russia"] == {"nothing new on record since 25 Nov 2025"}


def test_nothing_new_is_not_said_where_the_side_was_not_read() -> None:
    found = board_of(spoke(Verdict.REPEAT, line=Verdict.REPEAT), read=["harbour-wire"])
    assert found["russia"] == {
        "only words that are on record already",
        "no source of this side read since Mon 24 Nov 10:00",
    }


def test_a_party_whose_words_were_left_out_did_not_say_nothing() -> None:
    assert board_of(spoke(Verdict.NEW, weight=0))["russia"] == {"own words only in what was left out"}


def test_a_party_that_is_only_spoken_of_is_named() -> None:
    stand = Newsstand()
    article = an_article("terms", title="Ukraine agrees to the terms, American official says", lead=LEAVITT_LEAD)
    said = a_statement(article, actor_id="united-states", speaker="Karoline Leavitt")
    stand.keeps(judged("s1", article=article, statements=[said], actors=("ukraine", "united-states")))
    found = entries(stand.digest())
    assert "named in 1" in found["ukraine"]
    assert not any("named in" in f for f in found["united-states"])
    assert found == recounted(stand, stand.digest())


def test_analysis_and_rewrites_are_nobodys_words() -> None:
    view = spoke(Verdict.NEW, kind=Kind.ANALYSIS)
    spun = spoke(Verdict.NEW, story="s2", outlet="spun-daily")
    found = board_of(view, spun)
    assert not any("new on" in f for f in found["russia"])


def test_a_line_told_by_alert_is_named_by_its_id() -> None:
    stand = Newsstand()
    stand.prints(TROOPS, TROOPS_LEAD)
    [line] = stand.tells(-24, 1).lines
    stand.prints(LEAVITT, LEAVITT_LEAD, outlet="north-paper", hours=2)
    digest = stand.digest(-24, 3)
    assert [a.line_id for a in digest.alerted] == [line.line_id]
    assert any(line.line_id in f for f in entries(digest)["russia"])


def test_no_frame_speaks_of_change_in_the_world() -> None:
    for key, template in PHRASES.items():
        if key.startswith("board."):
            assert "no change" not in template
            assert "unchanged" not in template


_REPORTS = st.lists(
    st.builds(
        spoke,
        st.sampled_from(list(Verdict)),
        who=st.sampled_from(SPEAKERS),
        line=st.sampled_from(list(Verdict)),
        issue=st.sampled_from(ISSUES),
        kind=st.sampled_from([Kind.QUOTED, Kind.REPORTED, Kind.ACTION, Kind.ANALYSIS]),
        outlet=st.sampled_from([*PAPERS, "spun-daily"]),
        weight=st.integers(0, 2),
        hours=st.integers(-40, 23).map(float),
        on=st.sampled_from([None, date(2025, 11, 23), date(2025, 11, 24), date(2025, 11, 26)]),
        story=st.sampled_from([chr(97 + n) * 5 + " " + chr(110 - n) * 7 for n in range(13)]),
    ),
    max_size=14,
)


@given(_REPORTS, st.booleans())
def test_every_frame_can_be_recounted(reports: list[Recorded], everyone_read: bool) -> None:
    stand = Newsstand()
    for report in reports:
        stand.keeps(report)
    read = None if everyone_read else ["harbour-wire", "dnipro-office"]
    digest = stand.digest(read=read)
    window = stand.window(read=read)
    recount = Recount(digest.lines, digest.alerted, window, directory(), digest.freshness)
    assert {e.actor_id: shown(e) for e in digest.board} == {e.actor_id: recount.said(e) for e in digest.board}
    assert {e.actor_id for e in digest.board} >= set(board.PARTIES)


def test_a_vague_day_is_shown_as_vague() -> None:
    vague = Days(date(2025, 11, 17), date(2025, 11, 23))
    stand = Newsstand()
    window = stand.window()
    statement = a_statement(an_article(), actor_id="russia", speaker="Dmitry Peskov")
    old: Statement = replace(statement, said_on=vague)
    window = replace(window, last_words={"russia": old})
    [_, russia, *_] = board.entries((), (), window, directory(), stand.digest().freshness)
    assert shown(russia) == {"nothing of its own · last on record Dmitry Peskov, between 17 Nov 2025 and 23 Nov 2025"}

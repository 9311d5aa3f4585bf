"""Who bears out what a line tells: one figure for what fires, what is shown and what is edited."""

from __future__ import annotations

from dataclasses import replace

from digests import carriers, lines, matching
from digests.carriers import Carried
from digests.frames import say
from digests.model import Frame, Name, Verdict
from digests.ports import Recorded, Told
from tests.builders import at
from tests.unit.digests.newsstand import directory, judged

FIRST = say("reason.first_report")
ADDS = say("reason.new_fact", what=Name("what was done or said"))


def a_report(outlet: str, hours: float, verdict: Verdict = Verdict.REPEAT, reason: Frame = FIRST) -> Recorded:
    report = judged("s1", outlet=outlet, hours=hours, verdict=verdict, title=f"{outlet} on the talks in Geneva today")
    assert report.development is not None
    return replace(report, development=replace(report.development, reason=reason))


def told(*reports: Recorded) -> list[str]:
    return [r.development.development_id for r in reports if r.development]


def by(reports: list[Recorded], head: Recorded) -> Carried:
    return carriers.carried(reports, head, told(head), directory())


def test_a_rewrite_and_what_never_is_news_bear_nothing_out() -> None:
    head = a_report("harbour-wire", 0, Verdict.NEW)
    reports = [
        head,
        a_report("spun-daily", 1),
        a_report("north-paper", 2),
        a_report("south-paper", 3, Verdict.BACKGROUND),
    ]
    assert by(reports, head) == Carried(("harbour-wire", "north-paper"), 2)


def test_a_withdrawn_report_bears_nothing_out() -> None:
    head, other = a_report("harbour-wire", 0, Verdict.NEW), a_report("north-paper", 1)
    gone = replace(other, article=replace(other.article, revision=1, gone=True))
    assert by([head, other, gone], head).publishers == ("harbour-wire",)


def test_who_reported_the_happening_before_did_not_report_what_a_later_report_adds() -> None:
    first, second = a_report("harbour-wire", 0, Verdict.NEW), a_report("north-paper", 1)
    added, repeated = a_report("dnipro-office", 5, Verdict.UPDATE, ADDS), a_report("south-paper", 6)
    reports = [first, second, added, repeated]
    assert by(reports, added) == Carried(("dnipro-office", "south-paper"), 2)
    assert by(reports, first).origins == 4


def test_who_adds_something_else_later_does_not_bear_out_what_was_added_before() -> None:
    first = a_report("harbour-wire", 0, Verdict.NEW)
    added, other = (a_report(o, n, Verdict.UPDATE, ADDS) for o, n in (("north-paper", 2), ("south-paper", 3)))
    assert by([first, added, other], added) == Carried(("north-paper",), 1)


def test_a_filter_on_the_verdict_asks_for_the_one_that_heads_the_message() -> None:
    update = a_report("north-paper", 1, Verdict.UPDATE, ADDS)
    assert matching.matches({"verdict": ("update",)}, update, directory())
    assert not matching.matches({"verdict": ("new",)}, update, directory())


def test_a_rewrite_tells_no_told_happening_anew() -> None:
    first, spun = a_report("harbour-wire", 0, Verdict.NEW), a_report("spun-daily", 3, Verdict.UPDATE, ADDS)
    known = Told(frozenset(told(first)), {"s1": at(1)})
    assert lines.line_of([first, spun], known, directory(), at(-24)) is None
    line = lines.line_of([first, spun], Told(), directory(), at(-24))
    assert line is not None
    assert line.headline.source_id == "harbour-wire"

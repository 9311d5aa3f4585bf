"""Facts about what was said before: a change is called only where it is one, and an old word moves nothing."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest

from digests.model import Article, Judgement, Part, Reading, Verdict
from digests.novelty import Known
from digests.ports import Recorded
from digests.text import as_given
from tests.builders import NOON
from tests.unit.digests.shipped import directory, known, reader, shipped

LOUD = {Verdict.SHIFT, Verdict.POSSIBLE_SHIFT}
TABLE = Path(__file__).with_name("shift_pairs.txt")


def report(words: str, *, days: float, issue: str = "foreign troops", language: str = "en") -> Reading:
    """One sentence as a report, so many days after noon of the baseline's day."""
    at, name = NOON + timedelta(days=days), f"r{days:g}"
    texts = {Part.TITLE: as_given(f"Ukraine peace talks: {issue}"), Part.TEXT: as_given(words)}
    return reader().read(
        Article(name, name, name, name, f"https://{name}.example/", language, at, texts, at, page_read=True)
    )


def judged(*readings: Reading, memory: Known | None = None) -> list[Judgement]:
    """The first judgement of every report, each judged after those before it."""
    memory = memory or Known(directory(), shipped().baseline, ())
    found = []
    for one in readings:
        development = memory.take(one)
        found.append(development.judgements[0])
        memory.add(Recorded(one.article, one, development))
    return found


NEVER = "“British troops will not go to Ukraine,” Starmer said."
WILL = "“British troops will go to Ukraine,” Starmer said."


def test_a_yes_that_became_a_no_in_own_words_is_a_shift_with_its_reason() -> None:
    _, second = judged(report(NEVER, days=0), report(WILL, days=20))
    assert (second.verdict, second.reason.key) == (Verdict.SHIFT, "reason.yes_no_changed")
    assert second.compared is not None
    assert "will not go" in second.compared.span.chars


def test_what_others_report_of_it_is_only_a_possible_shift() -> None:
    _, second = judged(
        report("Starmer said British troops would not go to Ukraine.", days=0),
        report("Starmer said British troops would go to Ukraine.", days=20),
    )
    assert (second.verdict, second.reason.key) == (Verdict.POSSIBLE_SHIFT, "reason.maybe_yes_no")


def test_the_newest_on_record_decides_and_a_second_report_of_a_shift_is_none() -> None:
    again = report(WILL.replace("will go", "will surely go"), days=30)
    *_, third = judged(report(NEVER, days=0), report(WILL, days=20), again)
    assert third.verdict not in LOUD


def test_an_old_word_that_arrives_late_moves_nothing() -> None:
    memory = Known(directory(), shipped().baseline, ())
    _, late = judged(report(WILL, days=20), report(NEVER, days=1), memory=memory)
    assert late.verdict not in LOUD


def test_the_same_words_weeks_later_are_said_again_and_not_another_report() -> None:
    _, second = judged(report(NEVER, days=0), report(NEVER.replace("will not", "would not"), days=30))
    assert second.verdict is Verdict.RESTATED


def test_one_utterance_in_other_words_differs_only_where_it_comes_to_something_else() -> None:
    share = "Zelensky said the plan for Ukraine was 90 percent ready."
    for other, verdict in (
        ("“The plan for Ukraine is 80 percent ready,” Zelensky said.", Verdict.DIFFER),
        ("“We do not think that ten percent of the plan for Ukraine is easy,” Zelensky said.", None),
    ):
        _, second = judged(report(share, days=0, issue="process"), report(other, days=0.3, issue="process"))
        assert (second.verdict is Verdict.DIFFER) == (verdict is Verdict.DIFFER), other


def test_what_is_left_unsaid_is_no_shift() -> None:
    _, second = judged(
        report("“British troops will go to Ukraine after a ceasefire,” Starmer said.", days=0),
        report(WILL, days=20),
    )
    assert second.verdict not in LOUD


def test_two_of_a_kind_are_not_the_same_substance() -> None:
    _, second = judged(
        report("Kallas said the 25th package of sanctions would list tankers.", days=0, issue="sanctions"),
        report("Kallas said the 26th package of sanctions would list tankers.", days=10, issue="sanctions"),
    )
    assert second.verdict is Verdict.UPDATE


# --- the baseline's faults --------------------------------------------------------------------------------------------

UMEROV = (
    "“Our delegations reached a common understanding on the core terms of the agreement discussed in Geneva,” "
    "Umerov wrote."
)
REWRITTEN = (
    "“Our delegation has reached a common understanding of the core terms of the agreement discussed in Geneva,” "
    "Umerov wrote."
)


def test_a_better_wording_is_a_correction_once_and_corroborated_after() -> None:
    first, second = judged(
        report(UMEROV, days=0, issue="process"), report(UMEROV, days=0.2, issue="process"), memory=known()
    )
    assert first.verdict is Verdict.CORRECTION
    assert second.verdict is Verdict.CORROBORATED


def test_the_baselines_own_words_come_round_again_set_nothing_right() -> None:
    [again] = judged(report(REWRITTEN, days=0, issue="process"), memory=known())
    assert not again.verdict.tells


def test_a_name_set_right_is_a_correction_of_the_words_and_no_happening() -> None:
    words = (
        "Orysia Lutsevych, deputy director of the Russia and Eurasia Programme at Chatham House, argued that Russia "
        "was trying to delay the peace plan."
    )
    reading = report(words, days=0, issue="process")
    development = known().take(reading)
    [judgement] = [j for j in development.judgements if j.verdict is Verdict.CORRECTION]
    assert judgement.reason.key == "reason.better_name"
    assert judgement.compared is not None
    assert "Olysia Rutsevich" in judgement.compared.span.chars
    assert development.verdict is not Verdict.CORRECTION


def test_another_sentence_of_the_same_day_conflicts_with_nothing() -> None:
    words = (
        "“If the spirit and letter of Anchorage are erased, it will be a fundamentally different situation,” "
        "Lavrov said."
    )
    [judgement] = judged(report(words, days=0, issue="process"), memory=known())
    assert judgement.verdict is Verdict.CORRECTION
    assert judgement.compared is not None
    assert "radically different" in judgement.compared.span.chars


# --- the second set of pairs ------------------------------------------------------------------------------------------


@cache
def pairs() -> tuple[tuple[str, str, str, str, str], ...]:
    """Label, issue, language, and two dated sentences."""
    rows = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if line[:2] in {"@ ", "a ", "b "}]
    found = []
    for head, a, b in zip(rows[::3], rows[1::3], rows[2::3], strict=True):
        fields = [f.strip() for f in head[2:].split("|")]
        language = next((f for f in fields if f in {"uk", "ru"}), "en")
        found.append((fields[0], fields[4].split(",")[0], language, a.partition(" | ")[2], b.partition(" | ")[2]))
    return tuple(found)


def verdict(issue: str, language: str, was: str, now: str) -> Verdict | None:
    name = directory().issue_by_id[issue].name
    apart = 0.0 if was == now else 40.0
    memory = Known(directory(), shipped().baseline, ())
    first = report(was, days=0, issue=name, language=language)
    memory.add(Recorded(first.article, first, memory.take(first)))
    found = memory.take(report(now, days=apart, issue=name, language=language)).judgements
    return next((j.verdict for j in found if j.verdict in LOUD), found[0].verdict if found else None)


@pytest.mark.parametrize("pair", [p for p in pairs() if p[0] in {"same", "other"}], ids=lambda p: p[4][:50])
def test_compatible_statements_are_no_shift(pair: tuple[str, str, str, str, str]) -> None:
    assert verdict(*pair[1:]) not in LOUD


def test_nearly_every_change_is_noticed_and_whatever_is_called_a_shift_is_one() -> None:
    found = [(p[0], verdict(*p[1:])) for p in pairs() if p[0] in {"shift", "possible"}]
    assert sum(v in LOUD for _, v in found) / len(found) >= 0.9
    assert all(label == "shift" for label, v in found if v is Verdict.SHIFT)


def test_two_outlets_words_for_one_days_remarks_are_no_change_of_position() -> None:
    _, second = judged(
        report("Starmer said British troops would not go to Ukraine.", days=0),
        report("Starmer said British troops would go to Ukraine.", days=0.2),
    )
    assert second.verdict not in LOUD

"""Pages: storeys in order, evidence with its source, no faulty wording without its warning, no word of its own."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from digests import bulletins, compose, pages, position_pages, positions, rows
from digests.model import Days, Digest, Frame, Link, Page, Part, Row, Span, Tone, Verdict, Voice
from digests.pages import PARENT_LINES, WORDS_AT_MOST
from digests.ports import Recorded
from tests.builders import TUESDAY, a_channel, a_citation, a_delivery, a_line, a_statement, an_article, at
from tests.unit.digests.newsstand import (
    LEAVITT,
    LEAVITT_LEAD,
    OUTLETS,
    TROOPS,
    TROOPS_LEAD,
    UMEROV,
    UMEROV_LEAD,
    Newsstand,
    directory,
    judged,
    setting,
    text_of,
)
from tests.unit.digests.shipped import shipped

REVERSED = "there are some details that cannot be resolved"
OTHER = "a few delicate, but not insurmountable, details that must be sorted out"


def page_of(digest: Digest) -> Page:
    return pages.digest(digest, setting())


def rows_of(page: Page, tone: Tone) -> list[Row]:
    return [row for row in page.rows if row.tone is tone]


def a_busy_day(lines: int = 12) -> Newsstand:
    stand = Newsstand()
    towns = ["Geneva", "Berlin", "Warsaw", "Paris", "Ankara", "Doha", "Rome", "Bern", "Kyiv", "Minsk", "Oslo", "Riga"]
    for n in range(lines):
        lead = (
            f"Foreign Minister Sergei Lavrov said in {towns[n]} on Tuesday that Moscow would talk about item {n} of "
            f"the plan with all who respected what was agreed in Anchorage, and that {towns[-n - 1]} would hear more "
            "when the delegations met again in the coming days to read the draft from its first page to the last."
        )
        article = an_article(
            f"a{n}", title=f"Lavrov in {towns[n]} speaks about item {n} of the plan", lead=lead, hours=n
        )
        words = a_statement(article, words=lead, speaker="Sergei Lavrov")
        stand.keeps(judged(f"s{n}", article=article, statements=[words]))
    return stand


def test_the_storeys_stand_in_order() -> None:
    stand = Newsstand()
    stand.prints(TROOPS, TROOPS_LEAD, outlet="north-paper")
    text = text_of(page_of(stand.digest()))
    order = ["PEACE PLAN", "item", "against baseline v1", "WHO SPOKE", "1  NEW", TROOPS, "AHEAD", "COUNTS"]
    places = [text.index(part) for part in order]
    assert places == sorted(places)


def test_an_empty_digest_says_who_was_checked() -> None:
    text = text_of(Newsstand().page())
    assert "NOTHING NEW" in text
    assert "Harbour Wire" in text
    assert "Volga Agency" in text
    assert "WHO SPOKE" in text
    assert "nothing of its own" in text


def test_a_blind_digest_says_so_and_nothing_about_calm() -> None:
    page = page_of(Newsstand().digest(read=[]))
    assert page.rows[1].tone is Tone.WARNING
    assert "BLIND" in text_of(page)
    assert "NOTHING NEW" not in text_of(page)


def test_a_partly_blind_digest_names_the_voices_that_it_lacks() -> None:
    voice = Voice("us", "US official", "united-states", ())
    stand = Newsstand()
    stand.prints(TROOPS, TROOPS_LEAD, outlet="north-paper")
    read = [s.id for s in OUTLETS if s.id not in {"volga-agency", "potomac-record"}]
    text = text_of(page_of(stand.digest(voices=[voice], read=read)))
    assert "PARTLY BLIND · no source read from: US official" in text
    assert "Volga Agency: not read since" in text


def test_a_thin_digest_names_the_publisher_and_the_lines() -> None:
    stand = Newsstand()
    for n, title in enumerate(("Merz speaks in Berlin", "Tusk speaks in Warsaw", "Orban speaks in Budapest")):
        stand.keeps(judged(f"s{n}", outlet="north-paper", title=f"{title} about matter {n} of the plan"))
    assert "THIN · lines 1, 2, 3 rest on North Paper alone" in text_of(page_of(stand.digest()))


def test_seven_lines_stand_in_the_parent_and_five_in_the_thread() -> None:
    page = page_of(a_busy_day().digest())
    assert len(rows_of(page, Tone.LINE)) == PARENT_LINES
    assert len([row for row in page.thread if row.tone is Tone.LINE]) == 5
    assert "5 more lines in the thread" in text_of(page)


def test_a_channel_without_threads_gets_everything_in_one_message() -> None:
    page = page_of(a_busy_day().digest(channel=replace(a_channel(), threads=False)))
    assert len(rows_of(page, Tone.LINE)) == 12
    assert page.thread == ()


@pytest.mark.parametrize("lines", [0, 1, 5, 7, 12])
def test_a_digest_is_read_in_ten_minutes(lines: int) -> None:
    page = page_of(a_busy_day(lines).digest())
    assert pages.words_of_page(page) <= WORDS_AT_MOST
    assert len([r for r in (*page.rows, *page.thread) if r.tone is Tone.LINE]) == lines, "spans go, lines stay"


def test_a_compact_digest_is_headlines_alone() -> None:
    page = page_of(a_busy_day(3).digest(channel=replace(a_channel(), compact=True)))
    assert len(rows_of(page, Tone.QUOTE)) == 3


def test_every_quote_is_followed_by_its_source_and_a_way_to_it() -> None:
    stand = Newsstand()
    stand.prints(TROOPS, TROOPS_LEAD, outlet="volga-agency")
    rows = page_of(stand.digest()).rows
    following = [after for row, after in pairwise(rows) if row.tone is Tone.QUOTE and after.tone is not Tone.QUOTE]
    assert following
    for row in following:
        assert any(isinstance(p, Link) and p.url.startswith("https://volga-agency.example/") for p in row.pieces)
    assert "Volga Agency · state, state, Russia" in text_of(page_of(stand.digest()))


def test_who_speaks_stands_in_brackets_where_the_span_lacks_him() -> None:
    said = replace(a_citation(words="no new draft"), speaker="Dmitry Peskov", speaker_in_span=False)
    line = a_line(quotes=[said])
    [row] = [r for r in rows.line_rows(line, "1", setting()) if r.tone is Tone.QUOTE and len(r.pieces) == 2]
    assert isinstance(row.pieces[0], Frame)
    assert isinstance(row.pieces[1], Span)
    assert text_of(Page("x", "UTC", (), (row,))).startswith("[Dmitry Peskov]")


def test_points_of_the_plan_stand_with_their_issue() -> None:
    text = text_of(Page("x", "UTC", (), tuple(rows.line_rows(a_line(issues=["territory", "process"]), "1", setting()))))
    assert "territory (points 21, 22)" in text
    assert "process of the talks (" not in text


def test_what_is_reported_of_a_party_by_another_is_not_called_its_own() -> None:
    article = an_article("terms", title="Ukraine agrees to the terms, American official says")
    line = replace(a_line(article=article, actors=["united-states"]), named=("ukraine", "russia"))
    text = text_of(Page("x", "UTC", (), tuple(rows.line_rows(line, "1", setting()))))
    assert "about Ukraine, not by" in text


def test_a_foreign_language_is_named_and_a_day_is_shown() -> None:
    article = an_article("uk", title="Делегації зустрілися в Женеві у неділю", feed_id="dnipro-office", language="uk")
    spoken = a_statement(article, words="Делегації", speaker="Volodymyr Zelensky")
    cited = compose.cite(article, article.texts[spoken.part].span(0, 20), spoken.part, spoken)
    text = text_of(Page("x", "UTC", (), tuple(rows.evidence([cited], setting()))))
    assert "in Ukrainian" in text
    assert "said 25 Nov 2025" in text


def test_a_shift_shows_was_and_now() -> None:
    old = a_citation(an_article("old", title="Kremlin accepts a ceasefire in the air", feed_id="volga-agency"))
    new = a_citation(an_article("new", title="Kremlin rejects a ceasefire in the air", feed_id="volga-agency", hours=5))
    line = replace(a_line(verdicts=[Verdict.SHIFT], compared=old), now=new)
    text = text_of(Page("x", "UTC", (), tuple(rows.line_rows(line, "1", setting()))))
    assert text.index("now") < text.index("rejects a ceasefire") < text.index("was") < text.index("accepts a ceasefire")


def test_what_a_source_did_to_its_text_is_said_below_it() -> None:
    stand = Newsstand()
    stand.prints(TROOPS, TROOPS_LEAD, outlet="north-paper", name="running")
    stand.prints(LEAVITT, LEAVITT_LEAD, outlet="north-paper", name="running", hours=5, revision=1)
    assert "SINCE REPLACED Tue 25 Nov 18:00" in text_of(page_of(stand.digest()))


def test_what_an_alert_told_is_named_and_not_told_again() -> None:
    stand = Newsstand()
    stand.prints(TROOPS, TROOPS_LEAD)
    [line] = stand.tells(-24, 1).lines
    page = page_of(stand.digest(-24, 3))
    assert rows_of(page, Tone.LINE) == []
    assert "TOLD HERE ALREADY in this time · 1 line" in text_of(page)
    assert "NOTHING BEYOND WHAT WAS TOLD HERE" in text_of(page)
    assert "NOTHING NEW" not in text_of(page)
    assert line.line_id in text_of(page)


def test_what_alerts_told_is_named_to_the_last_line() -> None:
    told = tuple(replace(a_line(f"told{n}"), line_id=f"told{n}") for n in range(7))
    text = text_of(page_of(replace(Newsstand().digest(), alerted=told)))
    assert "TOLD HERE ALREADY in this time · 7 lines" in text
    assert "2 more lines, told above in this conversation: told5, told6" in text
    assert all(f"id told{n} · " in text for n in range(5))


@pytest.mark.parametrize("shown", [0, 1, 2])
def test_a_line_says_how_many_of_its_quotations_it_does_not_show(shown: int) -> None:
    lead = "“It can serve as a basis,” Lavrov said. “There is no other draft before us,” he added."
    article = an_article("two", title="Lavrov on the draft", lead=lead)
    text = article.texts[Part.DESCRIPTION]
    parts = [text.span(0, lead.index(" “There")), text.span(lead.index("“There"), len(lead))]
    quotes = [replace(a_citation(article, part=Part.DESCRIPTION), span=span) for span in parts]
    line = replace(a_line(article=article), quotes=tuple(quotes))
    page = Page("x", "UTC", (), tuple(rows.line_rows(line, "1", setting(), shown)))
    marks = {0: "+2 quotations in Evidence", 1: "+1 quotation in Evidence"}
    assert [m for m in marks.values() if m in text_of(page)] == ([marks[shown]] if shown in marks else [])


def test_nothing_of_a_long_digest_goes_without_a_mark_and_first_quotations_go_last() -> None:
    digest = a_busy_day(12).digest()
    page = page_of(digest)
    heads = [n for n, row in enumerate(page.rows) if row.tone is Tone.LINE]
    for line, begin in zip(digest.lines, heads, strict=False):
        of_it = page.rows[begin : next((n for n in heads if n > begin), len(page.rows))]
        spans = sum(isinstance(p, Span) for row in of_it if row.tone is Tone.QUOTE for p in row.pieces)
        marked = any(isinstance(p, Frame) and p.key == "line.more_quotes" for row in of_it for p in row.pieces)
        assert marked == (spans < 1 + len(line.quotes))


def test_a_compact_line_keeps_what_kind_of_publisher_it_has_who_spoke_and_when() -> None:
    said = replace(a_citation(words="no new draft"), speaker="Dmitry Peskov", said_on=Days(TUESDAY, TUESDAY))
    article = an_article("state", title="Kremlin sees no new draft", feed_id="volga-agency")
    line = replace(a_line(article=article), quotes=(said,))
    page = page_of(replace(Newsstand().digest(), lines=(line,), compact=True))
    [row] = [row for row in page.rows if row.line_id == line.line_id]
    assert "[Volga Agency · state, state, Russia · Tue 25 Nov 12:30] · [Dmitry Peskov, said 25 Nov 2025]" in text_of(
        Page("x", "Europe/Brussels", (), (row,))
    )


def test_an_alert_on_no_issue_of_the_list_is_headed_by_its_verdict_alone() -> None:
    page = bulletins.alert(a_line(issues=[]), "UTC", setting(), "s1")
    assert text_of(page).split("\n")[0] == "ALERT · NEW"


@pytest.mark.parametrize(("held", "title"), [("cap", "BEYOND THE CAP"), ("quiet", "WHILE YOU WERE AWAY")])
def test_what_the_cap_held_back_is_not_called_an_absence(held: str, title: str) -> None:
    kept = [bulletins.Kept(replace(a_delivery(f"d{n}", kind="alert"), held=held), a_line(f"l{n}")) for n in range(2)]
    page = bulletins.away(kept, "UTC", setting(), [3])
    assert text_of(page).startswith(f"{title} · 2 alerts")
    assert ("While you were away" in text_of(page)) == (held == "quiet")


# --- a faulty wording never stands alone ------------------------------------------------------------------------------


def faulty_pages() -> list[Page]:
    """Every kind of page that can come to show the reversed sentence of the baseline."""
    baseline = shipped().baseline
    fault = next(f for f in baseline.faults if f.said_by == "Karoline Leavitt")
    body = baseline.article
    [part] = body.texts
    cited = compose.cite(body, fault.span, part)
    better = an_article("better", title=LEAVITT, lead=LEAVITT_LEAD)
    spun = an_article("spun", title="White House: " + fault.span.chars, lead="", feed_id="north-paper")
    corrected = replace(a_line(article=better, verdicts=[Verdict.CORRECTION], compared=cited), faults=(fault,))
    showing = replace(a_line(article=better), quotes=(cited,))
    echoing = a_line(article=spun, quotes=())
    found = [bulletins.alert(line, "UTC", setting(), "s1") for line in (corrected, showing, echoing)]
    for line in (corrected, showing, echoing):
        kept = bulletins.Kept(a_delivery(kind="alert", subscription_id="s1"), line)
        changed = bulletins.Changed((line.headline, *line.quotes), (cited,))
        found.append(bulletins.away([kept], "UTC", setting(), [3]))
        found.append(bulletins.correction(line, changed, "UTC", setting(), at(9)))
        found.append(bulletins.note(line, changed, "UTC", setting()))
    digest = Newsstand().digest()
    for line in (corrected, showing, echoing):
        found.append(page_of(replace(digest, lines=(line,))))
        found.append(page_of(replace(digest, corrections=(line,))))
        found.append(page_of(replace(digest, alerted=(line,))))
        found.append(page_of(replace(digest, lines=(line,), ahead=((line.line_id, cited),))))
        found.append(page_of(replace(digest, lines=(line,), compact=True)))
    stand = Newsstand()
    stand.prints(LEAVITT, LEAVITT_LEAD)
    held = positions.position(
        "united-states", stand.recorded[0].reading.statements, stand.baseline, directory(), as_of=at(30)
    )
    found.append(position_pages.position(held, "UTC", setting(), _by_key(stand.recorded)))
    about = replace(held, held=(), about=tuple(s for s in stand.baseline if REVERSED in s.span.chars))
    found.append(position_pages.position(about, "UTC", setting(), {}))
    return found


def _by_key(recorded: list[Recorded]) -> dict[str, Recorded]:
    return {r.article.key: r for r in recorded}


def test_the_reversed_sentence_is_never_shown_without_its_other_wording_and_the_warning() -> None:
    showing = [text for page in faulty_pages() if REVERSED in (text := text_of(page))]
    assert len(showing) >= 12, "the test must see the sentence on every kind of page"
    for text in showing:
        assert OTHER in text
        assert "WORDINGS DIFFER: polarity" in text


def test_the_other_wording_of_somebodys_words_is_a_quotation_and_no_word_of_ours() -> None:
    for page in faulty_pages():
        quoted = [
            p.chars
            for row in (*page.rows, *page.thread)
            if row.tone is Tone.QUOTE
            for p in row.pieces
            if isinstance(p, Span)
        ]
        if OTHER in text_of(page):
            assert OTHER in quoted


def test_words_of_the_baseline_are_always_called_what_they_are() -> None:
    for page in faulty_pages():
        spans = [p for row in (*page.rows, *page.thread) for p in row.pieces if isinstance(p, Span)]
        if any(s.text.sha == next(iter(shipped().baseline.article.texts.values())).sha for s in spans):
            assert "rewrite; do not quote" in text_of(page)


def test_a_correction_shows_the_better_wording_first_and_calls_itself_none_of_a_shift() -> None:
    stand = Newsstand()
    stand.prints(UMEROV, UMEROV_LEAD)
    text = text_of(page_of(stand.digest()))
    better, baseline = text.index("“Our delegations reached"), text.index("“Our delegation has reached")
    assert better < text.index("WORDINGS DIFFER") < text.index("rewrite; do not quote") < baseline
    assert "a correction of the baseline, not a shift" in text


def test_a_position_shows_no_words_that_only_a_rewrite_has() -> None:
    stand = Newsstand()
    stand.prints(TROOPS, TROOPS_LEAD, outlet="spun-daily")
    held = positions.position("russia", stand.recorded[0].reading.statements, (), directory(), as_of=at(30))
    assert held.held
    text = text_of(position_pages.position(held, "UTC", setting(), _by_key(stand.recorded)))
    assert "European troops" not in text


def test_a_position_shows_a_sentence_once_that_two_outlets_print() -> None:
    stand = Newsstand()
    stand.prints(TROOPS, TROOPS_LEAD, outlet="north-paper")
    stand.prints(TROOPS, TROOPS_LEAD, outlet="harbour-wire", hours=1)
    said = [s for r in stand.recorded for s in r.reading.statements]
    held = positions.position("russia", said, (), directory(), as_of=at(30))
    assert any(len(h.newest) > 1 for h in held.held)
    page = position_pages.position(held, "UTC", setting(), _by_key(stand.recorded))
    issues = [n for n, row in enumerate(page.rows) if row.tone is Tone.LINE] + [len(page.rows)]
    for begin, end in pairwise(issues):
        quotes = [row.pieces[-1].chars for row in page.rows[begin:end] if isinstance(row.pieces[-1], Span)]
        assert len(quotes) == len(set(quotes))


def test_a_position_shows_the_baselines_words_once_and_names_where() -> None:
    stand = Newsstand()
    held = positions.position("russia", (), stand.baseline, directory(), as_of=at(30))
    page = position_pages.position(held, "UTC", setting(), {})
    quotes = [row.pieces[-1] for row in page.rows if row.tone is Tone.QUOTE]
    assert len(quotes) == len(set(quotes))

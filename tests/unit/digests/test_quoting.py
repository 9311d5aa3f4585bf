"""Who said what: own words before reported ones, nothing that leans, nothing that the headline says already."""

from __future__ import annotations

from digests import excerpts, quoting
from digests.excerpts import cite
from digests.model import Article, Kind, Part, Statement, Verdict
from tests.builders import a_statement, an_article
from tests.unit.digests.newsstand import judged

TITLE = "Kremlin aide calls European plan unsuitable"
QUOTED = "“This morning we learned of a European plan that appears entirely unsuitable for us,” Yuri Ushakov said."
REPORTED = "Germany would not comment on the remarks from Moscow, the Chancellery said on Tuesday evening."
DEED = "Britain summoned the Russian ambassador in London over his interview of Sunday."
LEANING = "It was not discussed in Abu Dhabi at all, the aide said."


def chosen(*statements: tuple[str, str, Kind], verdict: Verdict = Verdict.NEW) -> list[str]:
    article = an_article(title=TITLE, lead=" ".join(text for text, _, _ in statements))
    said = [of(article, *one) for one in statements]
    report = judged("s", article=article, statements=said, verdict=verdict)
    headline = excerpts.headline(article)
    assert headline is not None
    return [c.span.chars for c in quoting.chosen(cite(article, headline, Part.TITLE), report, [report])]


def of(article: Article, words: str, actor: str, kind: Kind) -> Statement:
    return a_statement(article, words=words, actor_id=actor, speaker=actor.title(), kind=kind)


def test_own_words_come_before_reported_ones() -> None:
    assert chosen((REPORTED, "germany", Kind.REPORTED), (QUOTED, "russia", Kind.QUOTED)) == [QUOTED, REPORTED]


def test_one_span_an_actor_and_two_at_most() -> None:
    more = QUOTED.replace("This morning", "Yesterday").replace("unsuitable", "unacceptable in every part")
    shown = chosen((QUOTED, "russia", Kind.QUOTED), (more, "russia", Kind.QUOTED), (REPORTED, "germany", Kind.REPORTED))
    assert len(shown) == 2
    assert shown[1] == REPORTED


def test_a_deed_stands_only_where_nothing_was_said() -> None:
    assert chosen((QUOTED, "russia", Kind.QUOTED), (DEED, "united-kingdom", Kind.ACTION)) == [QUOTED]
    assert chosen((DEED, "united-kingdom", Kind.ACTION)) == [DEED]


def test_what_leans_on_a_sentence_that_is_not_shown_is_no_second_span() -> None:
    assert chosen((QUOTED, "russia", Kind.QUOTED), (LEANING, "united-states", Kind.REPORTED)) == [QUOTED]


def test_analysis_is_nobodys_word() -> None:
    assert chosen((REPORTED, "analyst", Kind.ANALYSIS)) == [REPORTED], "only as the first sentence of the article"
    assert QUOTED not in chosen((REPORTED, "germany", Kind.REPORTED), (QUOTED, "analyst", Kind.ANALYSIS))


def test_what_the_headline_says_is_not_said_again() -> None:
    again = "The Kremlin aide called the European plan unsuitable, agencies reported."
    assert again not in chosen((again, "russia", Kind.REPORTED), (REPORTED, "germany", Kind.REPORTED))


def test_background_is_never_quoted() -> None:
    assert chosen((LEANING, "russia", Kind.REPORTED), verdict=Verdict.BACKGROUND) == []

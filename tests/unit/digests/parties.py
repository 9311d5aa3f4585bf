"""A small directory of parties, speakers and issues for tests of reading. Hides nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime

from digests.model import Actor, Article, Directory, Issue, Part, Source, SourceClass, Speaker, Statement
from digests.statements import Finder
from digests.text import as_given

TUESDAY = date(2025, 11, 25)

RUSSIA = Actor(
    "russia",
    "Russia",
    aliases=("Moscow", "Kremlin"),
    bodies=("Russian Foreign Ministry", "Russian Defense Ministry"),
    adjectives=("Russian",),
    stems=("Росі", "Росси", "Москв", "Кремл", "російськ", "российск"),
    speakers=(
        Speaker("Vladimir Putin", "russia", "president", ("Putin",), titles=("president",), stems=("Путін", "Путин")),
        Speaker(
            "Sergei Lavrov", "russia", "foreign minister", ("Lavrov",), titles=("foreign minister",), stems=("Лавров",)
        ),
        Speaker("Dmitry Peskov", "russia", "Kremlin spokesman", ("Peskov",), stems=("Песков", "Пєсков")),
        Speaker("Maria Zakharova", "russia", "foreign ministry spokeswoman", ("Zakharova",)),
    ),
)
UKRAINE = Actor(
    "ukraine",
    "Ukraine",
    aliases=("Kyiv",),
    adjectives=("Ukrainian",),
    stems=("Україн", "Украин", "Києв", "Киев"),
    speakers=(
        Speaker(
            "Volodymyr Zelensky",
            "ukraine",
            "president",
            ("Zelensky", "Zelenskyy", "Volodymyr Zelenskyy"),
            titles=("president",),
            stems=("Зеленськ", "Зеленск"),
        ),
        Speaker("Rustem Umerov", "ukraine", "chief negotiator", ("Umerov",), stems=("Умєров", "Умеров")),
        Speaker("Andriy Yermak", "ukraine", "head of the office", ("Yermak",), until=date(2025, 11, 28)),
    ),
)
UNITED_STATES = Actor(
    "united-states",
    "United States",
    aliases=("US", "U.S.", "Washington", "White House"),
    adjectives=("American", "US", "U.S."),
    speakers=(
        Speaker("Donald Trump", "united-states", "president", ("Trump",), titles=("president",)),
        Speaker("Steve Witkoff", "united-states", "envoy", ("Witkoff",), titles=("special envoy", "envoy")),
        Speaker("Karoline Leavitt", "united-states", "press secretary", ("Leavitt",), titles=("press secretary",)),
    ),
)
EUROPE = Actor("europe", "Europe", aliases=("Europeans",), adjectives=("European",))
FRANCE = Actor(
    "france",
    "France",
    parent="europe",
    aliases=("Paris",),
    adjectives=("French",),
    speakers=(Speaker("Emmanuel Macron", "france", "president", ("Macron",)),),
)
BRITAIN = Actor(
    "united-kingdom",
    "United Kingdom",
    parent="europe",
    aliases=("Britain", "London"),
    adjectives=("British",),
    speakers=(Speaker("Jonathan Powell", "united-kingdom", "national security adviser"),),
)
ANALYST = Actor("analyst", "Analysts", bodies=("Chatham House", "Institute for the Study of War"))

ISSUES = (
    Issue("territory", "territory", (21,), {"en": ("territor*", "Donbas", "land", "withdraw*"), "uk": ("територі*",)}),
    Issue("ceasefire", "ceasefire", (28,), {"en": ("ceasefire", "truce"), "uk": ("перемир'я",), "ru": ("перемири*",)}),
    Issue("security-guarantees", "security guarantees", (5,), {"en": ("security guarantee*",)}),
    Issue("humanitarian", "prisoners", (24,), {"en": ("prisoner*", "prisoner swap*")}),
    Issue(
        "process",
        "process",
        (),
        {
            "en": ("talks", "plan", "peace plan", "deal", "proposal*", "agreement"),
            "uk": ("переговор*",),
            "ru": ("переговор*",),
        },
    ),
    Issue("hostilities", "hostilities", (), {"en": ("drone*", "missile*", "strike*")}, context=True),
)
OUTLET = Source("wire", "The Moscow Times", SourceClass.INDEPENDENT, "wire", zone="Europe/Amsterdam")
DIRECTORY = Directory((RUSSIA, UKRAINE, UNITED_STATES, EUROPE, FRANCE, BRITAIN, ANALYST), ISSUES, (OUTLET,))
FINDER = Finder(DIRECTORY)


def article(
    text: str = "", *, title: str = "", description: str = "", language: str = "en", cut: bool = False
) -> Article:
    """An article of Tuesday 25 November 2025 with the parts that were given."""
    parts = {Part.TITLE: title, Part.DESCRIPTION: description, Part.TEXT: text}
    at = datetime(2025, 11, 25, 18, tzinfo=UTC)
    return Article(
        article_id="a",
        feed_id="f",
        source_id="wire",
        entry_id="e",
        url="https://outlet.example/a",
        language=language,
        seen_at=at,
        published_at=at,
        texts={part: as_given(body) for part, body in parts.items() if body},
        cut=frozenset({Part.DESCRIPTION}) if cut else frozenset(),
    )


def found(text: str, language: str = "en") -> tuple[Statement, ...]:
    """The statements of a text."""
    return FINDER.find(article(text, language=language))


def who(text: str, language: str = "en") -> list[tuple[str, str | None]]:
    """Actor and speaker of each statement of a text."""
    return [(s.actor_id, s.speaker) for s in found(text, language)]

"""The closed list: every sentence of the bot's own, with typed slots, without a fact, and none that nobody says."""

from __future__ import annotations

import ast
import re
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests import frames
from digests.frames import say, slots_of, words
from digests.model import Count, Day, Instant, Name, Refs, Slot
from digests.phrases import PHRASES
from tests.conftest import REPO

NOON = datetime(2025, 11, 25, 11, 0, tzinfo=UTC)
EXAMPLES: dict[str, Slot] = {
    "count": Count(2),
    "instant": Instant(NOON),
    "day": Day(date(2025, 11, 25)),
    "name": Name("x"),
    "names": (Name("x"), Name("y")),
    "refs": Refs(("1", "2")),
    "echo": frames.echo("x"),
}
FACTS = re.compile(
    r"\b(?:Russia|Ukrain|Putin|Trump|Zelensk|Kremlin|Moscow|Kyiv|Washington|war|ceasefire|agreed|rejected|peace talks)",
    re.I,
)
CLAIMS = re.compile(r"\b(?:no change|unchanged|contradict\w*|stands firm|softened|hardened|escalat\w*)\b", re.I)


@pytest.mark.parametrize("key", sorted(PHRASES))
def test_every_phrase_can_be_said(key: str) -> None:
    frame = say(key, **{s.name: EXAMPLES[s.type] for s in slots_of(key)})
    said = words(frame, UTC)
    assert said
    assert "{" not in said.replace("{}", "")


@pytest.mark.parametrize("key", sorted(PHRASES))
def test_no_phrase_holds_a_fact(key: str) -> None:
    assert not FACTS.search(PHRASES[key].replace("PEACE PLAN", "").replace("Peace plan", ""))
    assert not CLAIMS.search(PHRASES[key])


def test_no_phrase_is_kept_that_nobody_says() -> None:
    said: set[str] = set()
    prefixes: set[str] = set()
    for folder in ("digests", "bot"):
        for path in sorted((REPO / folder).rglob("*.py")):
            if path.name == "phrases.py":
                continue
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    said.add(node.value)
                if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                    prefixes.add(str(node.values[0].value))
    built = {p for p in prefixes if "." in p}
    suffixed = {k for k in PHRASES for p in said if "." in p and k.startswith(p + "_")}
    spoken = {k for k in PHRASES if k in said or any(k.startswith(p) for p in built)} | suffixed
    assert {k for k in PHRASES if k not in spoken and not k.startswith("label.")} == set()


@pytest.mark.parametrize(
    ("key", "slots"),
    [
        ("no.such.frame", {}),
        ("board.named_in", {}),
        ("board.named_in", {"lines": Refs(("1",)), "more": Count(1)}),
        ("board.named_in", {"lines": Name("1")}),
        ("digest.checked", {"names": ("x",)}),
        ("status.title", {"at": Instant(datetime(2025, 11, 25))}),  # noqa: DTZ001 (a naive instant must be refused)
    ],
)
def test_a_frame_takes_its_slots_and_no_others(key: str, slots: dict[str, Slot]) -> None:
    with pytest.raises(ValueError, match="frame"):
        say(key, **slots)


def test_instants_are_shown_in_the_readers_zone_and_days_never_move() -> None:
    said = say("digest.title", at=Instant(NOON), zone=Name("Asia/Tokyo"), since=Instant(NOON))
    assert "Tue 25 Nov 2025, 20:00 JST" in words(said, ZoneInfo("Asia/Tokyo"))
    assert words(say("line.said_on", on=Day(date(2025, 11, 25))), ZoneInfo("Pacific/Kiritimati")) == "said 25 Nov 2025"


@pytest.mark.parametrize(("n", "said"), [(0, "0 lines"), (1, "1 line"), (2, "2 lines"), (1200, "1,200 lines")])
def test_counts_agree_with_their_noun(n: int, said: str) -> None:
    assert words(say("digest.corrected_since_told", n=Count(n)), UTC).endswith(said)


@given(st.text(max_size=200))
def test_what_a_user_typed_is_one_bounded_line(typed: str) -> None:
    shown = frames.echo(typed).typed
    assert len(shown) <= frames.ECHO_LIMIT
    assert not re.search(r"[\x00-\x1f\x7f\u2028\u2029]", shown)


@given(st.text(max_size=60))
def test_a_slot_is_never_read_as_a_template(name: str) -> None:
    assert words(say("label.name", name=Name(name)), UTC) == name
    assert words(say("label.name", name=Name("{at:instant}" + name)), UTC) == "{at:instant}" + name

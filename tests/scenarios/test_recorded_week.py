"""The recorded week as a newcomer sees it: `python -m bot demo </dev/null`, in a process of its own, twice."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import pytest
import yaml

import config
from bot.local import week as weeks
from digests.phrases import PHRASES

ROOT = Path(__file__).resolve().parents[2]
EXPECTED = yaml.safe_load((ROOT / "bot/local/week/expected.yaml").read_text(encoding="utf-8"))
SEEDS = ("0", "4711")
FAULTY = "details that cannot be resolved"
BETTER = "insurmountable"
DAYS = ["24 Nov", "25 Nov", "26 Nov", "27 Nov", "28 Nov", "29 Nov", "30 Nov", "1 Dec"]
RULE = re.compile("^─.*─$", re.MULTILINE)


@dataclass(frozen=True)
class Shown:
    """What one run printed: messages under their rules, and what stood beside them."""

    code: int
    out: str
    errors: str

    @property
    def messages(self) -> list[str]:
        return [part.strip("\n") for part in RULE.split(self.out)[1:]]

    @property
    def digests(self) -> list[str]:
        return [m for m in self.messages if m.startswith("PEACE PLAN")]

    def digest(self, day: str) -> str:
        [found] = [m for m in self.digests if f" {day} 2025, 08:30" in m.splitlines()[0]]
        return found


@pytest.fixture(scope="module")
def shown() -> tuple[Shown, Shown]:
    """Two runs at the same time, under two hash seeds and in two terminals' time zones."""
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "bot", "demo"],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for seed, zone in zip(SEEDS, ("UTC", "Pacific/Auckland"), strict=True)
    ]
    ended = [(process, *process.communicate(timeout=110)) for process in running]
    first, second = (Shown(process.returncode, out.decode(), errors.decode()) for process, out, errors in ended)
    return first, second


@pytest.fixture(scope="module")
def week(shown: tuple[Shown, Shown]) -> Shown:
    return shown[0]


def test_it_ends_well_and_says_what_it_was_and_what_to_do_next(week: Shown) -> None:
    assert week.code == 0, week.errors[-2000:]
    assert "Traceback" not in week.errors
    assert "DEMONSTRATION" in week.errors
    assert "LIVE=1" in week.errors
    assert "SLACK_BOT_TOKEN" in week.errors


def test_two_hash_seeds_and_two_zones_print_the_same_bytes(shown: tuple[Shown, Shown]) -> None:
    first, second = shown
    assert first.out == second.out


def test_every_morning_has_its_digest_in_order(week: Shown) -> None:
    assert [day for m in week.digests for day in DAYS if f" {day} 2025, 08:30" in m.splitlines()[0]] == DAYS


def test_every_message_says_that_it_is_a_demonstration(week: Shown) -> None:
    assert len(week.messages) >= 10
    assert [m.splitlines()[0] for m in week.messages if PHRASES["digest.demonstration"] not in m.splitlines()] == []


def test_an_alert_goes_out(week: Shown) -> None:
    assert [m for m in week.messages if m.startswith("ALERT")]


def test_where_the_state_agency_was_out_of_reach_the_digest_is_partly_blind(week: Shown) -> None:
    blind = {day["day"] for day in EXPECTED["digests"] if day.get("blind")}
    assert blind == {"2025-11-28"}
    digest = week.digest("28 Nov")
    assert "PARTLY BLIND" in digest
    assert "Volga State Agency" in digest.split("WHO SPOKE")[0]
    for day in ("25 Nov", "26 Nov", "27 Nov", "30 Nov", "1 Dec"):
        assert "Volga State Agency: not read" not in week.digest(day)


def test_a_correction_travels_to_the_digest_that_told_it_and_to_the_next(week: Shown) -> None:
    told, right = "Coalition of 26 countries to confer", "Coalition of 35 countries to confer"
    assert told in week.digest("25 Nov")
    above = "The source of a line above changed what was quoted"
    [note] = [m for m in week.messages if m.startswith(above) and told in m]
    assert "CORRECTED BY THE SOURCE Tue 25 Nov 14:00" in note
    assert note.index(told) < note.index("stands there now") < note.index(right)
    notice = "Correction: an earlier version of this story gave the wrong number of countries. The coalition has 35"
    assert note.index(right) < note.index("the source says of it") < note.index(notice)
    listed = week.digest("26 Nov").split("WHO SPOKE")[0]
    assert "CORRECTED SINCE TOLD · " in listed
    assert listed.index(told) < listed.index("stands there now") < listed.index(right)


def test_a_possible_shift_is_shown_with_both_wordings(week: Shown) -> None:
    line = week.digest("26 Nov").split("POSSIBLE SHIFT · ")[1].split("\n9  ")[0]
    assert line.index("ready to limit its army to 800,000") < line.index("was\n") < line.index("will not accept limits")
    assert "read both" in line


def test_the_last_answer_is_russia_s_position(week: Shown) -> None:
    assert "/position russia" in RULE.findall(week.out)[-1]
    assert week.messages[-1].startswith("Russia · as of Mon 1 Dec 2025")


def quotes(message: str) -> list[str]:
    """What stands behind a bar, line by line, without the name that is ours."""
    found = re.findall(r"^ *(?:\[[^\]]+\] )?\| (.+)$", message, re.MULTILINE)
    return [re.sub(r"^\[[^\]]+\] ", "", quote) for quote in found]


def test_nothing_is_told_twice(week: Shown) -> None:
    ids = [i for m in week.digests for i in re.findall(r"· id (\w{6})$", m, re.MULTILINE)]
    assert len(ids) >= 15
    assert [i for i, times in Counter(ids).items() if times > 1] == []
    heads = [quotes(line)[0] for m in week.digests for line in re.split(r"^\d+  ", m, flags=re.MULTILINE)[1:]]
    assert [h for h, times in Counter(heads).items() if times > 1] == []


def test_every_quote_stands_in_a_text_of_the_week_or_is_kept_with_the_baseline(week: Shown) -> None:
    texts = [(ROOT / "config/baseline/seed-article.txt").read_text(encoding="utf-8")]
    texts += [fault.other_wording for fault in config.load(ROOT / "config").baseline.faults]
    for outlet in weeks.load().outlets:
        for entry in outlet.entries:
            for version in entry.versions:
                texts += [version.title, re.sub("<[^>]*>", " ", version.summary), *version.body, version.notice]
    whole = [folded(unescape(text)) for text in texts]
    assert [q for m in week.messages for q in quotes(m) if not any(folded(q) in text for text in whole)] == []


def folded(text: str) -> str:
    return " ".join(text.replace("\u200b", "").split())


def test_noise_and_what_was_wrong_on_purpose_are_in_no_digest(week: Shown) -> None:
    told = "\n".join(week.digests)
    for outlet in ("everyday-feed", "respun-digest"):
        assert f"http://{outlet}.example" not in told


def warned(message: str) -> bool:
    """Wherever the faulty wording of the baseline stands, the warning, the label and the better wording stand by it."""
    lines = message.splitlines()
    for n, line in enumerate(lines):
        if FAULTY in line:
            beside = "\n".join(lines[max(0, n - 6) : n + 5])
            if not all(word in beside for word in ("WORDINGS DIFFER", "rewrite; do not quote", BETTER)):
                return False
    return True


def test_the_baseline_s_reversed_wording_is_never_shown_without_its_warning(week: Shown) -> None:
    assert [m.splitlines()[0] for m in week.messages if not warned(m)] == []


@pytest.mark.parametrize("words", [["position", "united-states"], ["position", "us", "process"]], ids=" ".join)
def test_asked_for_the_side_that_it_misquotes_the_baseline_is_shown_with_its_warning(
    words: list[str], tmp_path: Path
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot", *words, "--database", f"sqlite:///{tmp_path}/empty.db"],
        cwd=ROOT, capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    assert FAULTY in done.stdout, "the baseline says it, and it is shown as what the baseline says"
    assert warned(done.stdout)


def test_who_adds_up_the_counts_comes_to_what_was_read(week: Shown) -> None:
    for digest in week.digests:
        [items] = re.findall(r"(\d+) items? (?:from|·)", digest) or re.findall(r", (\d+) items? ·", digest)
        [[used, reports]] = re.findall(r"from (\d+) of (\d+) reports? on the talks", digest)
        [counts] = re.findall(r"on the talks((?: · [a-z ]+ \d+)+)", digest)
        figures = {name: int(n) for name, n in re.findall(r"· ([a-z ]+) (\d+)", counts)}
        versions = figures.pop("later versions among these reports", 0)
        assert sum(figures.values()) == int(reports)
        _, _, after = digest.partition("LEFT OUT")
        left = {why: int(n) for n, why in re.findall(r"· (\d+) ([a-z]+(?: [a-z]+)*)", after.partition("\n")[0])}
        unread = left.get("not about the talks", 0) + left.get("published earlier", 0)
        assert int(items) == int(reports) - versions + unread
        assert sum(left.values()) == int(reports) - int(used) + unread


def test_no_message_claims_that_nothing_changed(week: Shown) -> None:
    assert not re.search(r"\bno change|\bunchanged\b|\bNone\b|\bnan\b", week.out)

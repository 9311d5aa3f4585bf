"""Every material of the gate with the figures it gives, by name. Hides which run and which measure make a figure.

A figure is a number under a name like `statements.found`; shares are 0..1, counts are whole. What is wrong behind a
figure can be asked for in words (`errors`), by kind, to be read by whoever mends a rule.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import config as configuration
from bot import replay as replaying
from bot.local import week as weeks
from config import Config
from digests.model import Verdict
from tests.gate import checks, labels, material, measures, naive, polnear, runs
from tests.gate.measures import Labelled, Said
from tests.scenarios.recorded import week_items

ROWS_APART = 17  # how far the other half of a random headline pair stands; prime to the number of pairs


@dataclass
class Measured:
    """The figures of one material; `errors` are lines by kind, `naive` what the simplest reader reaches."""

    material: str
    fingerprint: str
    figures: dict[str, float] = field(default_factory=dict)
    naive: dict[str, float] = field(default_factory=dict)  # of the simplest reader, on the same rows
    errors: dict[str, list[str]] = field(default_factory=dict)

    def keep(self, **figures: float | None) -> None:
        """Figures under `family__name`; what is a share of nothing is no figure."""
        self.figures.update(_named(figures))

    def beside(self, **figures: float | None) -> None:
        """The same, of the simplest reader."""
        self.naive.update(_named(figures))

    def wrong(self, kind: str, text: str) -> None:
        """One more thing that went wrong."""
        self.errors.setdefault(kind, []).append(text)


def _named(figures: Mapping[str, float | None]) -> dict[str, float]:
    return {k.replace("__", "."): v for k, v in figures.items() if v is not None}


@cache
def shipped() -> Config:
    """The configuration of the tree: what runs is what ships."""
    return configuration.load(runs.CONFIG)


# --- the corpus ------------------------------------------------------------------------------------------------------


def corpus() -> Measured:
    """Our own writing, all of it."""
    made = Measured("corpus", material.fingerprint(material.corpus_files()))
    texts = {a.url: a.row["text"] for a in material.articles()}
    with tempfile.TemporaryDirectory(prefix="gate-") as name:
        folder = Path(name)
        articles = runs.written([a.row for a in material.articles()], folder, "articles.jsonl")
        wanted = [said for a in material.articles() for said in a.said]
        _statements(made, wanted, runs.statements(articles, folder, shipped()), texts)
        simplest = naive.statements([a.row for a in material.articles()], shipped())
        made.beside(**_of_statements(measures.statements(wanted, simplest)))
        _positions(made, material.corpus_cells(), runs.positions(articles, folder, shipped()))
        items = runs.written([row for row, _ in material.feed_items()], folder, "items.jsonl")
        _items(made, [labels for _, labels in material.feed_items()], runs.replay(items, shipped()))
        _headlines(made, folder)
    _shifts(made)
    return made


def _statements(made: Measured, wanted: Sequence[Said], found: Sequence[Said], texts: Mapping[str, str]) -> None:
    f = measures.statements(wanted, found)
    made.keep(**_of_statements(f))
    for said in f.missed:
        words = texts[said.article][said.start : said.end]
        for form in said.forms or ("plain",):
            made.wrong(f"statements missed ({form})", f"{said.speaker} | {words}")
    for said in f.extra:
        made.wrong("statements extra", f"{said.speaker} {said.kind} | {texts[said.article][said.start : said.end]}")
    for want, got in f.hits:
        words = texts[want.article][want.start : want.end]
        for what, a, b in _differences(want, got):
            made.wrong(f"statements {what}", f"{a} read as {b} | {want.speaker} | {words}")


def _of_statements(f: measures.StatementFigures) -> dict[str, float | None]:
    return {
        "statements__found": f.found.f1,
        "statements__precision": f.found.precision,
        "statements__recall": f.found.recall,
        "statements__quoted_recall": f.quoted_recall,
        "statements__actor": f.actor,
        "statements__speaker": f.speaker,
        "statements__kind": f.kind,
        "statements__day": f.day,
        "statements__vague_kept_vague": f.vague_kept_vague,
        "statements__issues": f.issues.f1,
        "statements__polarity": f.polarity,
        "statements__actor_and_issue": f.actor_and_issue.f1,
    }


def _differences(want: Said, got: Said) -> Iterator[tuple[str, object, object]]:
    if not measures.same_speaker(want, got):
        yield "speaker", want.speaker, got.speaker
    for what in ("actor", "kind", "polarity"):
        if getattr(want, what) != getattr(got, what):
            yield what, getattr(want, what), getattr(got, what)
    if (want.said_on or want.vague) and want.said_on != got.said_on:
        yield "day", want.said_on or "vague", got.said_on
    if want.issues != got.issues:
        yield "issues", ",".join(sorted(want.issues)), ",".join(sorted(got.issues))


def _positions(made: Measured, cells: Sequence[measures.Cell], shown: Sequence[measures.Shown]) -> None:
    found, newest = measures.positions(cells, shown)
    made.keep(positions__cells=found.f1, positions__newest=newest)


def _items(made: Measured, labelled: Sequence[Labelled], replayed: runs.Replayed) -> None:
    f = measures.items(labelled, replayed.judged)
    d = measures.digests(labelled, replayed.told)
    made.keep(
        items__relevance=f.relevance.f1,
        items__tell_or_not=f.tell_or_not.f1,
        items__verdict=f.verdict,
        items__stories=f.stories.f1,
        items__actors=f.actors.f1,
        items__issues=f.issues.f1,
        digest__must_told=d.told_in_time,
        digest__line_precision=d.precision,
        digest__most_lines=d.most_a_slot,
        digest__told_twice=d.told_again,
        digest__mixed=d.mixed,
        digest__unsourced=d.unsourced,
        board__wrong=len(replayed.wrong_frames),
    )
    made.errors["board"] = list(replayed.wrong_frames)
    made.errors["digest must not told in time"] = list(d.missed)
    texts = {g.item: f"{g.texts[0]} [{g.story}, {g.verdict}, {g.weight}]" for g in labelled}
    made.errors["digest lines that told nothing"] = [
        f"{t.slot:%d %b}: {', '.join(texts.get(i, i) for i in t.items)}" for t in d.idle
    ]
    got = {j.item: j for j in replayed.judged}
    for g in (g for g in labelled if g.sure):
        _item_errors(made, g, got.get(g.item))
    _story_errors(made, [g for g in labelled if g.sure and g.relevance != "no"], got)


def _item_errors(made: Measured, g: Labelled, j: measures.Judged | None) -> None:
    if j is None:
        made.wrong("items lost", g.texts[0])
        return
    if g.relevance != "context" and (g.relevance == "yes") != j.relevant:
        made.wrong("items relevance", f"{g.relevance} | {g.texts[0]}")
    if g.relevance == "yes" and j.relevant and g.verdict != j.verdict:
        made.wrong(f"items verdict: {g.verdict} read as {j.verdict}", f"{g.story} | {g.texts[0]}")
    if g.relevance != "no":
        for what, want, has in (("actors", g.actors, j.actors), ("issues", g.issues, j.issues)):
            if want != has:
                made.wrong(f"items {what}", f"-{sorted(want - has)} +{sorted(has - want)} | {g.texts[0]}")


def _story_errors(made: Measured, labelled: Sequence[Labelled], got: Mapping[str, measures.Judged]) -> None:
    groups: dict[str, dict[str, list[str]]] = {}
    kept: dict[str, dict[str, list[str]]] = {}
    for g in labelled:
        story = (got[g.item].story if g.item in got else None) or f"alone {g.item}"
        groups.setdefault(g.story, {}).setdefault(story, []).append(g.texts[0])
        kept.setdefault(story, {}).setdefault(g.story, []).append(g.texts[0])
    for story, parts in groups.items():
        if len(parts) > 1:
            made.wrong("stories torn", f"{story}: " + " // ".join(" + ".join(p) for p in parts.values()))
    for parts in kept.values():
        if len(parts) > 1:
            made.wrong("stories run together", " // ".join(f"{s}: {' + '.join(p)}" for s, p in parts.items()))


def _headlines(made: Measured, folder: Path) -> None:
    pairs = material.headline_pairs()
    same = [(a, b) for label, a, b in pairs if label]
    strangers = [(a, same[(n + ROWS_APART) % len(same)][1]) for n, (a, _) in enumerate(same)]
    likes = [(a, b) for label, a, b in pairs if not label]
    yes, no, hard = (
        runs.scores(runs.written([{"a": a, "b": b} for a, b in rows], folder, "pairs.jsonl"), folder, shipped())
        for rows in (same, strangers, likes)
    )
    made.keep(**_of_headlines(yes, no, hard))
    letters = naive.Letters([h for _, *both in pairs for h in both])
    made.beside(**_of_headlines(*([letters.alike(a, b) for a, b in rows] for rows in (same, strangers, likes))))
    for score, (a, b) in sorted(zip(yes, same, strict=True))[:25]:
        made.wrong("headlines of one happening, least alike", f"{score:.3f} | {a} / {b}")
    for score, (a, b) in sorted(zip(hard, likes, strict=True), reverse=True)[:25]:
        made.wrong("headlines of two happenings, most alike", f"{score:.3f} | {a} / {b}")


def _of_headlines(yes: Sequence[float], no: Sequence[float], hard: Sequence[float]) -> dict[str, float]:
    f1, auc = measures.ranking([*((s, True) for s in yes), *((s, False) for s in no)])
    hard_f1, hard_auc = measures.ranking([*((s, True) for s in yes), *((s, False) for s in hard)])
    return {"headlines__f1": f1, "headlines__auc": auc, "headlines__hard_f1": hard_f1, "headlines__hard_auc": hard_auc}


def _shifts(made: Measured) -> None:
    pairs = material.shift_pairs()
    rows = list(zip(pairs, runs.verdicts(pairs, shipped()), strict=True))
    loud = {Verdict.SHIFT, Verdict.POSSIBLE_SHIFT}
    called = [p for p, v in rows if v is Verdict.SHIFT]
    still = [v in loud for p, v in rows if not p.moved]
    made.keep(
        shifts__precision=measures.share(p.label == "shift" for p in called),
        shifts__called=len(called),
        shifts__recall=measures.share(v in loud for p, v in rows if p.moved),
        shifts__false_alarms=measures.share(still),
        shifts__hard_false_alarms=measures.share(v in loud for p, v in rows if p.hard),
        shifts__unread=sum(v is None for _, v in rows),
    )
    for pair, verdict in rows:
        if pair.moved != (verdict in loud):
            words = f"{pair.before[1]} / {pair.after[1]}"
            made.wrong(f"shifts: {pair.label} {pair.changed} judged {verdict or 'unread'}", words)


# --- the shared folder -----------------------------------------------------------------------------------------------


def dev() -> Measured:
    """The labels over real material."""
    names = ("items.jsonl", "items_source.json", "statements.jsonl", "articles_source.jsonl", "positions.json")
    items, source, said, articles, cells = paths = [material.shared("eval", "dev", name) for name in names]
    made = Measured("dev", material.fingerprint(paths))
    texts = {str(row["url"]): str(row["text"]) for row in material.json_rows(articles)}
    with tempfile.TemporaryDirectory(prefix="gate-") as name:
        folder = Path(name)
        wanted = [material.said_of(row) for row in material.json_rows(said)]
        _statements(made, wanted, runs.statements(articles, folder, shipped()), texts)
        _positions(made, material.cells(cells), runs.positions(articles, folder, shipped()))
        labelled = material.labelled_items(material.json_rows(items), material.json_rows(source))
        _items(made, labelled, runs.replay(source, shipped()))
    return made


def _labelled_statements(name: str) -> Measured:
    wanted, articles = labels.statements(name)
    made = Measured(name, material.fingerprint([labels.path(name)]))
    with tempfile.TemporaryDirectory(prefix="gate-") as folder:
        source = runs.written(articles, Path(folder), "articles.jsonl")
        found = runs.statements(source, Path(folder), shipped())
    _statements(made, wanted, found, {a["url"]: a["text"] for a in articles})
    made.beside(**_of_statements(measures.statements(wanted, naive.statements(articles, shipped()))))
    return made


def _labelled_items(name: str) -> Measured:
    labelled, rows = labels.items(name)
    made = Measured(name, material.fingerprint([labels.path(name)]))
    with tempfile.TemporaryDirectory(prefix="gate-") as folder:
        _items(made, labelled, runs.replay(runs.written(rows, Path(folder), "items.jsonl"), shipped()))
    return made


def _unread(made: Measured) -> Measured:
    """The same without what went wrong: who reads the errors of fresh labels writes rules that fit them."""
    made.errors.clear()
    return made


def pairs() -> Measured:
    """A news search's own grouping of headlines, against random ones."""
    path = material.shared("data", "pairs", "same_story_en.dev.jsonl")
    made = Measured("pairs", material.fingerprint([path]))
    with tempfile.TemporaryDirectory(prefix="gate-") as name:
        labelled = [row["label"] for row in material.json_rows(path)]
        rows = zip(labelled, runs.scores(path, Path(name), shipped()), strict=True)
        f1, auc = measures.ranking([(s, label == 1) for label, s in rows if label is not None])
    made.keep(headlines__f1=f1, headlines__auc=auc)
    return made


def attributions() -> Measured:
    """Political news with every attribution marked."""
    path = material.shared("data", "polnear", "cofenet_valid.txt")
    made = Measured("polnear", material.fingerprint([path]))
    figures, errors = polnear.figures(path, shipped())
    made.figures.update(figures)
    made.errors.update(errors)
    return made


def edits() -> Measured:
    """Pages of one office before and after they were edited without a word."""
    path = material.shared("data", "whitehouse", "silent_edits.dev.jsonl")
    made = Measured("edits", material.fingerprint([path]))
    f = checks.silent_edits(material.json_rows(path), shipped())
    made.keep(
        edits__noticed=f.noticed / f.withdrawn if f.withdrawn else None,
        edits__withdrawn=f.withdrawn,
        edits__standing_reported=f.standing_reported,
        edits__markup_only=f.markup_only,
        edits__markup_reported=f.markup_reported,
    )
    return made


def november() -> Measured:
    """The baseline's own days: real items, with the recorded week that ships."""
    path = material.shared("data", "replay-2025-11", "items.jsonl")
    made = Measured("november", material.fingerprint([path]))
    _faults(made, [*material.json_rows(path), *week_items()])
    return made


def week() -> Measured:
    """The recorded week that ships with the demonstration."""
    made = Measured("week", material.fingerprint(weeks.FOLDER.glob("*.yaml")))
    _faults(made, week_items())
    with tempfile.TemporaryDirectory(prefix="gate-") as name:
        items = runs.written(week_items(), Path(name), "items.jsonl")
        wrong = runs.replay(items, shipped()).wrong_frames
    made.keep(board__wrong=len(wrong))
    made.errors["board"] = list(wrong)
    return made


def _faults(made: Measured, rows: Sequence[Mapping[str, Any]]) -> None:
    with tempfile.TemporaryDirectory(prefix="gate-") as name:
        items = replaying.read_items(runs.written(rows, Path(name), "items.jsonl"), shipped().directory.sources)
    read = checks.read_in_order(((i.entry, i.source, i.seen, i.feed.language) for i in items), shipped())
    f = checks.baseline_faults(read, shipped())
    made.keep(baseline__faults_found=len(f.found) / len(f.known), baseline__false_conflicts=len(f.false))
    made.errors["faults not found"] = [span for span in f.known if span not in f.found]
    made.errors["false conflicts"] = list(f.false)


MATERIALS: dict[str, Callable[[], Measured]] = {
    "corpus": corpus,
    "week": week,
    "dev": dev,
    "february": lambda: _labelled_statements("february"),
    "winter": lambda: _labelled_statements("winter"),
    "fresh": lambda: _unread(_labelled_statements("fresh")),
    "log": lambda: _labelled_items("log"),
    "freshlog": lambda: _unread(_labelled_items("freshlog")),
    "pairs": pairs,
    "polnear": attributions,
    "edits": edits,
    "november": november,
}
"""By name, what ships first."""


@cache
def measured(name: str) -> Measured:
    """The figures of a material, measured once; raises `material.Absent` where it is not on this machine."""
    return MATERIALS[name]()
